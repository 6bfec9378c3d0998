{-# OPTIONS --safe --without-K #-}
-- Inequalities, finite sums, vectors as functions, squared norms.
module LipBridge.Order where

open import LipBridge.Base renaming (_+_ to _+ᴺ_; _*_ to _*ᴺ_; _-_ to _-ᴺ_; _⊔_ to _⊔ˡ_)
open import LipBridge.Ring

module Ordered {ℓ : Level} (R : OrderedRing ℓ) where
  open OrderedRing R public
  open Solver R public

  x₀ x₁ x₂ x₃ x₄ x₅ : Expr
  x₀ = v 0
  x₁ = v 1
  x₂ = v 2
  x₃ = v 3
  x₄ = v 4
  x₅ = v 5

  ≤-of : ∀ {a b} → a ≡ b → a ≤ b
  ≤-of {a} refl = ≤-refl a
  ≤-via : ∀ {a b c d} → a ≡ b → b ≤ c → c ≡ d → a ≤ d
  ≤-via refl p refl = p
  ≪-≤ : ∀ {a b} → a ≪ b → a ≤ b
  ≪-≤ {a} {b} p with ≤-total a b
  ... | left q = q
  ... | right q = absurd (p q)
  ≪-≤-trans : ∀ {a b c} → a ≪ b → b ≤ c → a ≪ c
  ≪-≤-trans p q r = p (≤-trans q r)
  ≤-≪-trans : ∀ {a b c} → a ≤ b → b ≪ c → a ≪ c
  ≤-≪-trans p q r = q (≤-trans r p)
  ≤-add : ∀ {a b c d} → a ≤ b → c ≤ d → a + c ≤ b + d
  ≤-add {a} {b} {c} p q =
    ≤-trans (≤-via (+-comm a c) (+-mono c p) (+-comm c b)) (+-mono b q)
  0≤add : ∀ {a b} → #0 ≤ a → #0 ≤ b → #0 ≤ a + b
  0≤add p q = ≤-via (sym (+-zero #0)) (≤-add p q) refl
  -- a + c = b with c ≥ 0
  ≤-by : ∀ {a b} c → #0 ≤ c → a + c ≡ b → a ≤ b
  ≤-by {a} c p e = ≤-via (sym (+-zero a)) (+-mono a p) e
  0≤sub : ∀ {a b} → a ≤ b → #0 ≤ b - a
  0≤sub {a} {b} p = ≤-via (sym (neg+ a)) (+-mono (neg a) p) (+-comm (neg a) b)
  sub≤ : ∀ {a b} → #0 ≤ b - a → a ≤ b
  sub≤ {a} {b} p = ≤-by (b - a) p (solve (a ∷ b ∷ []) (x₀ ⊕ (x₁ ⊝ x₀)) x₁ refl)
  0≪sub : ∀ {a b} → a ≪ b → #0 ≪ b - a
  0≪sub {a} {b} p q = p (≤-via (solve (a ∷ b ∷ []) x₁ (x₀ ⊕ (x₁ ⊝ x₀)) refl) (+-mono a q) (+-zero a))

  0≤mul : ∀ {a b} → #0 ≤ a → #0 ≤ b → #0 ≤ a * b
  0≤mul {a} {b} p q with ≤-em a #0 | ≤-em b #0
  ... | left r | _ = ≤-of (sym (trans (cong (_* b) (≤-antisym r p)) (zero* b)))
  ... | right _ | left r = ≤-of (sym (trans (cong (a *_) (≤-antisym r q)) (*-zero a)))
  ... | right r | right s = ≪-≤ (*-pos r s)
  ≤-mul : ∀ c {a b} → #0 ≤ c → a ≤ b → c * a ≤ c * b
  ≤-mul c {a} {b} p q = ≤-by (c * (b - a)) (0≤mul p (0≤sub q))
    (solve (a ∷ b ∷ c ∷ []) (x₂ ⊗ x₀ ⊕ x₂ ⊗ (x₁ ⊝ x₀)) (x₂ ⊗ x₁) refl)
  ≤-mul-cancel : ∀ c {a b} → #0 ≪ c → c * a ≤ c * b → a ≤ b
  ≤-mul-cancel c {a} {b} p q with ≤-em a b
  ... | left r = r
  ... | right r = absurd (*-pos p (0≪sub r) (≤-via
    (solve (a ∷ b ∷ c ∷ []) (x₂ ⊗ (x₀ ⊝ x₁)) (⊖ (x₂ ⊗ x₁) ⊕ x₂ ⊗ x₀) refl)
    (+-mono (neg (c * b)) q) (neg+ (c * b))))
  0≤neg : ∀ {a} → a ≤ #0 → #0 ≤ neg a
  0≤neg {a} p = ≤-via refl (0≤sub p) (zero+ (neg a))
  0≤sq : ∀ a → #0 ≤ sq a
  0≤sq a with ≤-total #0 a
  ... | left p = 0≤mul p p
  ... | right p = ≤-via refl (0≤mul (0≤neg p) (0≤neg p)) (solve (a ∷ []) (⊖ x₀ ⊗ ⊖ x₀) (x₀ ⊗ x₀) refl)
  sq-mono : ∀ {a b} → #0 ≤ a → a ≤ b → sq a ≤ sq b
  sq-mono {a} {b} p q = ≤-trans (≤-mul a p q)
    (≤-via (*-comm a b) (≤-mul b (≤-trans p q) q) refl)
  -- a² ≤ b² and 0 ≤ b give a ≤ b
  root : ∀ {a b} → #0 ≤ b → sq a ≤ sq b → a ≤ b
  root {a} {b} p q with ≤-em a b
  ... | left r = r
  ... | right r = absurd (*-pos (0≪sub r) (≪-≤-trans (0≪sub r) (≤-by (b + b) (0≤add p p)
        (solve (a ∷ b ∷ []) (x₀ ⊝ x₁ ⊕ (x₁ ⊕ x₁)) (x₀ ⊕ x₁) refl)))
      (≤-via (solve (a ∷ b ∷ []) ((x₀ ⊝ x₁) ⊗ (x₀ ⊕ x₁)) (⊖ (x₁ ⊗ x₁) ⊕ x₀ ⊗ x₀) refl)
        (+-mono (neg (sq b)) q) (neg+ (sq b))))

  -- sums
  sum : Nat → (Nat → C) → C
  sum zero f = #0
  sum (suc n) f = f n + sum n f

  data _≺_ (a : Nat) : Nat → Set where
    here : a ≺ suc a
    there : ∀ {n} → a ≺ n → a ≺ suc n

  sum-cong : ∀ n {f g} → (∀ i → i ≺ n → f i ≡ g i) → sum n f ≡ sum n g
  sum-cong zero p = refl
  sum-cong (suc n) p = cong₂ _+_ (p n here) (sum-cong n (λ i q → p i (there q)))
  sum-ext : ∀ n {f g} → (∀ i → f i ≡ g i) → sum n f ≡ sum n g
  sum-ext n p = sum-cong n (λ i _ → p i)
  sum-≤ : ∀ n {f g} → (∀ i → i ≺ n → f i ≤ g i) → sum n f ≤ sum n g
  sum-≤ zero p = ≤-refl #0
  sum-≤ (suc n) p = ≤-add (p n here) (sum-≤ n (λ i q → p i (there q)))
  sum-+ : ∀ n f g → sum n (λ i → f i + g i) ≡ sum n f + sum n g
  sum-+ zero f g = sym (+-zero #0)
  sum-+ (suc n) f g = trans (cong ((f n + g n) +_) (sum-+ n f g))
    (solve (f n ∷ g n ∷ sum n f ∷ sum n g ∷ []) ((x₀ ⊕ x₁) ⊕ (x₂ ⊕ x₃)) ((x₀ ⊕ x₂) ⊕ (x₁ ⊕ x₃)) refl)
  sum-* : ∀ n c f → sum n (λ i → c * f i) ≡ c * sum n f
  sum-* zero c f = sym (*-zero c)
  sum-* (suc n) c f = trans (cong (c * f n +_) (sum-* n c f)) (sym (*-+ c (f n) (sum n f)))
  sum-zero : ∀ n → sum n (λ _ → #0) ≡ #0
  sum-zero zero = refl
  sum-zero (suc n) = trans (zero+ _) (sum-zero n)
  sum-swap : ∀ n m (f : Nat → Nat → C) → sum n (λ i → sum m (f i)) ≡ sum m (λ j → sum n (λ i → f i j))
  sum-swap zero m f = sym (sum-zero m)
  sum-swap (suc n) m f = trans (cong (sum m (f n) +_) (sum-swap n m f)) (sym (sum-+ m (f n) _))
  0≤sum : ∀ n {f} → (∀ i → #0 ≤ f i) → #0 ≤ sum n f
  0≤sum zero p = ≤-refl #0
  0≤sum (suc n) p = 0≤add (p n) (0≤sum n p)

  Vec : Set ℓ
  Vec = Nat → C
  normSq : Nat → Vec → C
  normSq n x = sum n (λ i → sq (x i))
  _∸_ : Vec → Vec → Vec
  (x ∸ y) i = x i - y i
  distSq : Nat → Vec → Vec → C
  distSq n x y = normSq n (x ∸ y)
  0≤norm : ∀ n x → #0 ≤ normSq n x
  0≤norm n x = 0≤sum n (λ i → 0≤sq (x i))

  -- images of natural numbers; never unfolded, so that literals stay literals
  abstract
    nat : Nat → C
    nat zero = #0
    nat (suc n) = #1 + nat n
    nat-0 : nat 0 ≡ #0
    nat-0 = refl
    nat-suc : ∀ n → nat (suc n) ≡ #1 + nat n
    nat-suc n = refl
    nat-+ : ∀ a b → nat (a +ᴺ b) ≡ nat a + nat b
    nat-+ zero b = sym (zero+ (nat b))
    nat-+ (suc a) b = trans (cong (#1 +_) (nat-+ a b)) (sym (+-assoc #1 (nat a) (nat b)))
    nat-* : ∀ a b → nat (a *ᴺ b) ≡ nat a * nat b
    nat-* zero b = sym (zero* (nat b))
    nat-* (suc a) b = trans (nat-+ b (a *ᴺ b)) (trans (cong (nat b +_) (nat-* a b))
      (sym (trans (+-* #1 (nat a) (nat b)) (cong (_+ nat a * nat b) (one* (nat b))))))
    0≤nat : ∀ a → #0 ≤ nat a
    0≤nat zero = ≤-refl #0
    0≤nat (suc a) = 0≤add (≪-≤ 0≪1) (0≤nat a)
    0≪nat : ∀ a → #0 ≪ nat (suc a)
    0≪nat a p = 0≪1 (≤-trans (≤-by (nat a) (0≤nat a) refl) p)

  nat-≤ : ∀ a b → (a ≤ᵇ b) ≡ true → nat a ≤ nat b
  nat-≤ a b p = ≤-by (nat (b -ᴺ a)) (0≤nat _) (trans (sym (nat-+ a (b -ᴺ a))) (cong nat (≤ᵇ-sound a b p)))
  nat-1 : nat 1 ≡ #1
  nat-1 = trans (nat-suc 0) (trans (cong (#1 +_) nat-0) (+-zero #1))

  sum-first : ∀ n f → sum (suc n) f ≡ f 0 + sum n (λ j → f (suc j))
  sum-first zero f = refl
  sum-first (suc n) f = trans (cong (f (suc n) +_) (sum-first n f)) (+-swap _ _ _)
  sum-append : ∀ n m f → sum (n +ᴺ m) f ≡ sum n f + sum m (λ i → f (n +ᴺ i))
  sum-append zero m f = sym (zero+ _)
  sum-append (suc n) m f = trans (sum-first (n +ᴺ m) f) (trans
    (cong (f 0 +_) (sum-append n m (λ j → f (suc j))))
    (trans (sym (+-assoc _ _ _)) (cong (_+ sum m (λ i → f (suc (n +ᴺ i)))) (sym (sum-first n f)))))
  shift : Vec → Vec
  shift x j = x (suc j)
  norm-first : ∀ n x → normSq (suc n) x ≡ sq (x 0) + normSq n (shift x)
  norm-first n x = sum-first n (λ j → sq (x j))
