{-# OPTIONS --safe --without-K #-}
-- A certificate that passes the check bounds the matrix, in every ordered ring.
module LipBridge.Certificate where

open import LipBridge.Base renaming (_+_ to _+ᴺ_; _*_ to _*ᴺ_; _-_ to _-ᴺ_; _⊔_ to _⊔ˡ_)
open import LipBridge.Check
open import LipBridge.Ring
open import LipBridge.Lipschitz

module Certified {ℓ : Level} (R : OrderedRing ℓ) where
  open Lip R public

  ⟪_⟫ : Signed → C
  ⟪ plus a ⟫ = nat a
  ⟪ minus a ⟫ = neg (nat a)

  -- u · x, and the values of all rows
  lin : Row → Vec → C
  lin [] x = #0
  lin (a ∷ u) x = ⟪ a ⟫ * x 0 + lin u (shift x)
  squares : Matrix → Vec → C
  squares [] x = #0
  squares (u ∷ V) x = sq (lin u x) + squares V x

  #2 : C
  #2 = #1 + #1

  -- xᵀ M x of a triangle: x₀·(2·⟨m, x⟩ − m₀·x₀) and so on
  value : Pair → C
  value (p ⊖ q) = nat p - nat q
  sums : Sums → Vec → C
  sums [] x = #0
  sums (a ∷ m) x = value a * x 0 + sums m (shift x)
  first : Sums → C
  first [] = #0
  first (a ∷ _) = value a
  form : Triangle → Vec → C
  form [] x = #0
  form (m ∷ M) x = x 0 * (#2 * sums m x - first m * x 0) + form M (shift x)

  0≤squares : ∀ V x → #0 ≤ squares V x
  0≤squares [] x = ≤-refl #0
  0≤squares (u ∷ V) x = 0≤add (0≤sq _) (0≤squares V x)

  private
    two : Expr
    two = un ⊕ un

    more : ∀ a b p q → nat (p +ᴺ a *ᴺ b) - nat q ≡ nat a * nat b + (nat p - nat q)
    more a b p q = trans (cong (_- nat q) (trans (nat-+ p (a *ᴺ b)) (cong (nat p +_) (nat-* a b))))
      (solve (nat a ∷ nat b ∷ nat p ∷ nat q ∷ []) (x₂ ⊕ x₀ ⊗ x₁ ⊝ x₃) (x₀ ⊗ x₁ ⊕ (x₂ ⊝ x₃)) refl)
    less : ∀ a b p q → nat p - nat (q +ᴺ a *ᴺ b) ≡ neg (nat a * nat b) + (nat p - nat q)
    less a b p q = trans (cong (λ t → nat p - t) (trans (nat-+ q (a *ᴺ b)) (cong (nat q +_) (nat-* a b))))
      (solve (nat a ∷ nat b ∷ nat p ∷ nat q ∷ []) (x₂ ⊝ (x₃ ⊕ x₀ ⊗ x₁)) (⊖ (x₀ ⊗ x₁) ⊕ (x₂ ⊝ x₃)) refl)

    step : ∀ a b c y s t → b ≡ a * c → (b * y + (a * s + t)) ≡ a * (c * y + s) + t
    step a b c y s t refl = solve (a ∷ c ∷ y ∷ s ∷ t ∷ [])
      (x₀ ⊗ x₁ ⊗ x₂ ⊕ (x₀ ⊗ x₃ ⊕ x₄)) (x₀ ⊗ (x₁ ⊗ x₂ ⊕ x₃) ⊕ x₄) refl
    step′ : ∀ a b c y s w t → b ≡ a * c + w → (b * y + (a * s + t)) ≡ a * (c * y + s) + (w * y + t)
    step′ a b c y s w t refl = solve (a ∷ c ∷ y ∷ s ∷ w ∷ t ∷ [])
      ((x₀ ⊗ x₁ ⊕ x₄) ⊗ x₂ ⊕ (x₀ ⊗ x₃ ⊕ x₅)) (x₀ ⊗ (x₁ ⊗ x₂ ⊕ x₃) ⊕ (x₄ ⊗ x₂ ⊕ x₅)) refl
    none : ∀ p → nat p - nat 0 ≡ nat p
    none p = trans (cong (nat p -_) nat-0) (solve (nat p ∷ []) (x₀ ⊝ ze) x₀ refl)
    none′ : ∀ q → nat 0 - nat q ≡ neg (nat q)
    none′ q = trans (cong (_- nat q) nat-0) (zero+ (neg (nat q)))

  add-ok : ∀ a u m x → sums (add a u m) x ≡ ⟪ a ⟫ * lin u x + sums m x
  add-ok a [] m x = trans (same a) (sym (trans (cong (_+ sums m x) (*-zero ⟪ a ⟫)) (zero+ _)))
    where
    same : ∀ a → sums (add a [] m) x ≡ sums m x
    same (plus _) = refl
    same (minus _) = refl
  add-ok (plus a) (plus b ∷ u) ((p ⊖ q) ∷ m) x = trans (cong (_ +_) (add-ok (plus a) u m (shift x)))
    (step′ (nat a) _ (nat b) (x 0) _ _ _ (more a b p q))
  add-ok (plus a) (minus b ∷ u) ((p ⊖ q) ∷ m) x = trans (cong (_ +_) (add-ok (plus a) u m (shift x)))
    (step′ (nat a) _ (neg (nat b)) (x 0) _ _ _ (trans (less a b p q) (cong (_+ (nat p - nat q)) (sym (*-neg (nat a) (nat b))))))
  add-ok (minus a) (plus b ∷ u) ((p ⊖ q) ∷ m) x = trans (cong (_ +_) (add-ok (minus a) u m (shift x)))
    (step′ (neg (nat a)) _ (nat b) (x 0) _ _ _ (trans (less a b p q) (cong (_+ (nat p - nat q)) (sym (neg-* (nat a) (nat b))))))
  add-ok (minus a) (minus b ∷ u) ((p ⊖ q) ∷ m) x = trans (cong (_ +_) (add-ok (minus a) u m (shift x)))
    (step′ (neg (nat a)) _ (neg (nat b)) (x 0) _ _ _ (trans (more a b p q) (cong (_+ (nat p - nat q))
      (solve (nat a ∷ nat b ∷ []) (x₀ ⊗ x₁) (⊖ x₀ ⊗ ⊖ x₁) refl))))
  add-ok (plus a) (plus b ∷ u) [] x = trans (cong (_ +_) (add-ok (plus a) u [] (shift x)))
    (step (nat a) _ (nat b) (x 0) _ _ (trans (none (a *ᴺ b)) (nat-* a b)))
  add-ok (plus a) (minus b ∷ u) [] x = trans (cong (_ +_) (add-ok (plus a) u [] (shift x)))
    (step (nat a) _ (neg (nat b)) (x 0) _ _
      (trans (none′ (a *ᴺ b)) (trans (cong neg (nat-* a b)) (sym (*-neg (nat a) (nat b))))))
  add-ok (minus a) (plus b ∷ u) [] x = trans (cong (_ +_) (add-ok (minus a) u [] (shift x)))
    (step (neg (nat a)) _ (nat b) (x 0) _ _
      (trans (none′ (a *ᴺ b)) (trans (cong neg (nat-* a b)) (sym (neg-* (nat a) (nat b))))))
  add-ok (minus a) (minus b ∷ u) [] x = trans (cong (_ +_) (add-ok (minus a) u [] (shift x)))
    (step (neg (nat a)) _ (neg (nat b)) (x 0) _ _
      (trans (none (a *ᴺ b)) (trans (nat-* a b) (solve (nat a ∷ nat b ∷ []) (x₀ ⊗ x₁) (⊖ x₀ ⊗ ⊖ x₁) refl))))

  -- The first entry is the diagonal one.
  first-ok : ∀ a u m → first (add a (a ∷ u) m) ≡ ⟪ a ⟫ * ⟪ a ⟫ + first m
  first-ok (plus a) u [] = trans (trans (none (a *ᴺ a)) (nat-* a a)) (sym (+-zero _))
  first-ok (minus a) u [] = trans (trans (none (a *ᴺ a)) (nat-* a a))
    (solve (nat a ∷ []) (x₀ ⊗ x₀) (⊖ x₀ ⊗ ⊖ x₀ ⊕ ze) refl)
  first-ok (plus a) u ((p ⊖ q) ∷ _) = more a a p q
  first-ok (minus a) u ((p ⊖ q) ∷ _) = trans (more a a p q)
    (cong (_+ (nat p - nat q)) (solve (nat a ∷ []) (x₀ ⊗ x₀) (⊖ x₀ ⊗ ⊖ x₀) refl))

  outer-ok : ∀ u M x → form (outer u M) x ≡ sq (lin u x) + form M x
  outer-ok [] M x = sym (trans (cong (_+ form M x) (zero* #0)) (zero+ _))
  outer-ok (a ∷ u) M x = with-row M
    where
    A y s : C
    A = ⟪ a ⟫
    y = x 0
    s = lin u (shift x)
    row : ∀ m F G → G ≡ sq s + F →
      y * (#2 * sums (add a (a ∷ u) m) x - first (add a (a ∷ u) m) * y) + G ≡
        sq (A * y + s) + (y * (#2 * sums m x - first m * y) + F)
    row m F G e = trans (cong₂ _+_
        (cong₂ (λ t f → y * (#2 * t - f * y)) (add-ok a (a ∷ u) m x) (first-ok a u m)) e)
      (solve (A ∷ y ∷ s ∷ sums m x ∷ first m ∷ F ∷ [])
        (x₁ ⊗ (two ⊗ (x₀ ⊗ (x₀ ⊗ x₁ ⊕ x₂) ⊕ x₃) ⊝ (x₀ ⊗ x₀ ⊕ x₄) ⊗ x₁) ⊕ (x₂ ⊗ x₂ ⊕ x₅))
        ((x₀ ⊗ x₁ ⊕ x₂) ⊗ (x₀ ⊗ x₁ ⊕ x₂) ⊕ (x₁ ⊗ (two ⊗ x₃ ⊝ x₄ ⊗ x₁) ⊕ x₅)) refl)
    with-row : ∀ M → form (outer (a ∷ u) M) x ≡ sq (A * y + s) + form M x
    with-row [] = trans (row [] #0 _ (outer-ok u [] (shift x)))
      (cong (sq (A * y + s) +_) (solve (y ∷ []) (x₀ ⊗ (two ⊗ ze ⊝ ze ⊗ x₀) ⊕ ze) ze refl))
    with-row (m ∷ M) = row m (form M (shift x)) _ (outer-ok u M (shift x))

  gram-ok : ∀ V x → form (gram V) x ≡ squares V x
  gram-ok [] x = refl
  gram-ok (u ∷ V) x = trans (outer-ok u (gram V) x) (cong (sq (lin u x) +_) (gram-ok V x))

  module _ (c e : Nat) where
    private
      only : ∀ k p q → nat (k *ᴺ p) - nat (k *ᴺ q) ≡ nat k * (nat p - nat q)
      only k p q = trans (cong₂ _-_ (nat-* k p) (nat-* k q))
        (solve (nat k ∷ nat p ∷ nat q ∷ []) (x₀ ⊗ x₁ ⊝ x₀ ⊗ x₂) (x₀ ⊗ (x₁ ⊝ x₂)) refl)
      pair : ∀ p q p′ q′ → nat (c *ᴺ p +ᴺ e *ᴺ p′) - nat (c *ᴺ q +ᴺ e *ᴺ q′) ≡
        nat c * (nat p - nat q) + nat e * (nat p′ - nat q′)
      pair p q p′ q′ = trans (cong₂ _-_
          (trans (nat-+ (c *ᴺ p) (e *ᴺ p′)) (cong₂ _+_ (nat-* c p) (nat-* e p′)))
          (trans (nat-+ (c *ᴺ q) (e *ᴺ q′)) (cong₂ _+_ (nat-* c q) (nat-* e q′))))
        (solve (nat c ∷ nat e ∷ nat p ∷ nat q ∷ nat p′ ∷ nat q′ ∷ [])
          ((x₀ ⊗ x₂ ⊕ x₁ ⊗ x₄) ⊝ (x₀ ⊗ x₃ ⊕ x₁ ⊗ x₅)) (x₀ ⊗ (x₂ ⊝ x₃) ⊕ x₁ ⊗ (x₄ ⊝ x₅)) refl)

    mix-first : ∀ m n → first (mix c e m n) ≡ nat c * first m + nat e * first n
    mix-first [] [] = sym (trans (cong₂ _+_ (*-zero (nat c)) (*-zero (nat e))) (+-zero #0))
    mix-first [] ((p ⊖ q) ∷ n) = trans (only e p q)
      (sym (trans (cong (_+ (nat e * (nat p - nat q))) (*-zero (nat c))) (zero+ _)))
    mix-first ((p ⊖ q) ∷ m) [] = trans (only c p q)
      (sym (trans (cong ((nat c * (nat p - nat q)) +_) (*-zero (nat e))) (+-zero _)))
    mix-first ((p ⊖ q) ∷ m) ((p′ ⊖ q′) ∷ n) = pair p q p′ q′

    mix-ok : ∀ m n x → sums (mix c e m n) x ≡ nat c * sums m x + nat e * sums n x
    mix-ok [] [] x = mix-first [] []
    mix-ok [] ((p ⊖ q) ∷ n) x = trans (cong₂ _+_ (cong (_* x 0) (only e p q)) (mix-ok [] n (shift x)))
      (solve (nat c ∷ nat e ∷ (nat p - nat q) ∷ x 0 ∷ sums n (shift x) ∷ [])
        (x₁ ⊗ x₂ ⊗ x₃ ⊕ (x₀ ⊗ ze ⊕ x₁ ⊗ x₄)) (x₀ ⊗ ze ⊕ x₁ ⊗ (x₂ ⊗ x₃ ⊕ x₄)) refl)
    mix-ok ((p ⊖ q) ∷ m) [] x = trans (cong₂ _+_ (cong (_* x 0) (only c p q)) (mix-ok m [] (shift x)))
      (solve (nat c ∷ nat e ∷ (nat p - nat q) ∷ x 0 ∷ sums m (shift x) ∷ [])
        (x₀ ⊗ x₂ ⊗ x₃ ⊕ (x₀ ⊗ x₄ ⊕ x₁ ⊗ ze)) (x₀ ⊗ (x₂ ⊗ x₃ ⊕ x₄) ⊕ x₁ ⊗ ze) refl)
    mix-ok ((p ⊖ q) ∷ m) ((p′ ⊖ q′) ∷ n) x = trans
      (cong₂ _+_ (cong (_* x 0) (pair p q p′ q′)) (mix-ok m n (shift x)))
      (solve (nat c ∷ nat e ∷ (nat p - nat q) ∷ (nat p′ - nat q′) ∷ x 0 ∷ sums m (shift x) ∷ sums n (shift x) ∷ [])
        ((x₀ ⊗ x₂ ⊕ x₁ ⊗ x₃) ⊗ x₄ ⊕ (x₀ ⊗ x₅ ⊕ x₁ ⊗ v 6)) (x₀ ⊗ (x₂ ⊗ x₄ ⊕ x₅) ⊕ x₁ ⊗ (x₃ ⊗ x₄ ⊕ v 6)) refl)

    mixes-ok : ∀ M N x → form (mixes c e M N) x ≡ nat c * form M x + nat e * form N x
    mixes-ok M N x = go M N
      where
      row : ∀ m n F G H → H ≡ nat c * F + nat e * G →
        x 0 * (#2 * sums (mix c e m n) x - first (mix c e m n) * x 0) + H ≡
          nat c * (x 0 * (#2 * sums m x - first m * x 0) + F) +
          nat e * (x 0 * (#2 * sums n x - first n * x 0) + G)
      row m n F G H h = trans (cong₂ _+_
          (cong₂ (λ s f → x 0 * (#2 * s - f * x 0)) (mix-ok m n x) (mix-first m n)) h)
        (solve (nat c ∷ nat e ∷ x 0 ∷ sums m x ∷ sums n x ∷ first m ∷ first n ∷ F ∷ G ∷ [])
          (x₂ ⊗ (two ⊗ (x₀ ⊗ x₃ ⊕ x₁ ⊗ x₄) ⊝ (x₀ ⊗ x₅ ⊕ x₁ ⊗ v 6) ⊗ x₂) ⊕ (x₀ ⊗ v 7 ⊕ x₁ ⊗ v 8))
          (x₀ ⊗ (x₂ ⊗ (two ⊗ x₃ ⊝ x₅ ⊗ x₂) ⊕ v 7) ⊕ x₁ ⊗ (x₂ ⊗ (two ⊗ x₄ ⊝ v 6 ⊗ x₂) ⊕ v 8)) refl)
      empty : #0 ≡ x 0 * (#2 * #0 - #0 * x 0) + #0
      empty = solve (x 0 ∷ []) ze (x₀ ⊗ (two ⊗ ze ⊝ ze ⊗ x₀) ⊕ ze) refl
      go : ∀ M N → form (mixes c e M N) x ≡ nat c * form M x + nat e * form N x
      go [] [] = mix-first [] []
      go [] (n ∷ N) = trans (row [] n #0 (form N (shift x)) _ (mixes-ok [] N (shift x)))
        (cong (λ t → nat c * t + nat e * form (n ∷ N) x) (sym empty))
      go (m ∷ M) [] = trans (row m [] (form M (shift x)) #0 _ (mixes-ok M [] (shift x)))
        (cong (λ t → nat c * form (m ∷ M) x + nat e * t) (sym empty))
      go (m ∷ M) (n ∷ N) = row m n (form M (shift x)) (form N (shift x)) _ (mixes-ok M N (shift x))

  module _ (ε : Nat) where
    private
      r : C
      r = nat ε
    above : ∀ D a → near ε D a ≡ true → value a ≤ nat D + r
    above D (p ⊖ q) h = sub≤ (≤-via refl (0≤sub (nat-≤ _ _ (&&-left _ _ h)))
      (trans (cong (_- nat p) (trans (nat-+ (D +ᴺ q) ε) (cong (_+ r) (nat-+ D q))))
        (solve (nat D ∷ nat p ∷ nat q ∷ r ∷ []) (x₀ ⊕ x₂ ⊕ x₃ ⊝ x₁) (x₀ ⊕ x₃ ⊝ (x₁ ⊝ x₂)) refl)))
    below : ∀ a → near ε 0 a ≡ true → neg r ≤ value a
    below (p ⊖ q) h = sub≤ (≤-via refl (0≤sub (nat-≤ _ _ (&&-right (p ≤ᵇ (0 +ᴺ q +ᴺ ε)) _ h)))
      (trans (cong (_- nat q) (nat-+ p ε))
        (solve (nat p ∷ nat q ∷ r ∷ []) (x₀ ⊕ x₂ ⊝ x₁) (x₀ ⊝ x₁ ⊝ ⊖ x₂) refl)))

    -- 2·y·a·t ≤ ε·(y² + t²)
    small : ∀ a y t → near ε 0 a ≡ true → #2 * (y * (value a * t)) ≤ r * (sq y + sq t)
    small a y t h = ≤-mul-cancel #2 0≪2 (sub≤ (≤-via refl
        (0≤add (0≤mul (0≤sub top) (0≤sq (y + t))) (0≤mul (0≤sub (below a h)) (0≤sq (y - t))))
        (solve (r ∷ value a ∷ y ∷ t ∷ [])
          ((x₀ ⊝ x₁) ⊗ ((x₂ ⊕ x₃) ⊗ (x₂ ⊕ x₃)) ⊕ (x₁ ⊝ ⊖ x₀) ⊗ ((x₂ ⊝ x₃) ⊗ (x₂ ⊝ x₃)))
          (two ⊗ (x₀ ⊗ (x₂ ⊗ x₂ ⊕ x₃ ⊗ x₃)) ⊝ two ⊗ (two ⊗ (x₂ ⊗ (x₁ ⊗ x₃)))) refl)))
      where
      top : value a ≤ r
      top = ≤-via refl (above 0 a h) (trans (cong (_+ r) nat-0) (zero+ r))
      0≪2 : #0 ≪ #2
      0≪2 p = 0≪1 (≤-trans (≤-by #1 (≪-≤ 0≪1) refl) p)

    row-ok : ∀ n m y x → nearZero ε n m ≡ true →
      #2 * (y * sums m x) ≤ r * (nat n * sq y + normSq n x)
    row-ok n [] y x h = ≤-via (solve (y ∷ []) (two ⊗ (x₀ ⊗ ze)) ze refl)
      (0≤mul (0≤nat ε) (0≤add (0≤mul (0≤nat n) (0≤sq y)) (0≤norm n x))) refl
    row-ok zero (_ ∷ _) y x ()
    row-ok (suc n) (a ∷ m) y x h = ≤-via
      (solve (y ∷ value a ∷ x 0 ∷ sums m (shift x) ∷ [])
        (two ⊗ (x₀ ⊗ (x₁ ⊗ x₂ ⊕ x₃))) (two ⊗ (x₀ ⊗ (x₁ ⊗ x₂)) ⊕ two ⊗ (x₀ ⊗ x₃)) refl)
      (≤-add (small a y (x 0) (&&-left _ _ h)) (row-ok n m y (shift x) (&&-right (near ε 0 a) _ h)))
      (trans (solve (r ∷ y ∷ x 0 ∷ nat n ∷ normSq n (shift x) ∷ [])
          (x₀ ⊗ (x₁ ⊗ x₁ ⊕ x₂ ⊗ x₂) ⊕ x₀ ⊗ (x₃ ⊗ (x₁ ⊗ x₁) ⊕ x₄))
          (x₀ ⊗ ((un ⊕ x₃) ⊗ (x₁ ⊗ x₁) ⊕ (x₂ ⊗ x₂ ⊕ x₄))) refl)
        (cong₂ (λ k s → r * (k * sq y + s)) (sym (nat-suc n)) (sym (norm-first n x))))

    form-≤ : ∀ D n M x → nearIdentity ε D n M ≡ true → form M x ≤ (nat D + nat n * r) * normSq n x
    form-≤ D zero [] x h = ≤-of (solve (nat D ∷ nat zero ∷ r ∷ []) ze ((x₀ ⊕ x₁ ⊗ x₂) ⊗ ze) refl)
    form-≤ D (suc n) ((a ∷ m) ∷ M) x h = ≤-via
      (solve (x 0 ∷ value a ∷ sums m (shift x) ∷ form M (shift x) ∷ [])
        (x₀ ⊗ (two ⊗ (x₁ ⊗ x₀ ⊕ x₂) ⊝ x₁ ⊗ x₀) ⊕ x₃) ((x₀ ⊗ x₀) ⊗ x₁ ⊕ two ⊗ (x₀ ⊗ x₂) ⊕ x₃) refl)
      (≤-add (≤-add (≤-mul (sq (x 0)) (0≤sq (x 0)) (above D a (&&-left _ _ h)))
          (row-ok n m (x 0) (shift x) (&&-left _ _ (&&-right (near ε D a) _ h))))
        (form-≤ D n M (shift x) (&&-right (nearZero ε n m) _ (&&-right (near ε D a) _ h))))
      (trans (solve (x 0 ∷ nat D ∷ r ∷ nat n ∷ normSq n (shift x) ∷ [])
          ((x₀ ⊗ x₀) ⊗ (x₁ ⊕ x₂) ⊕ x₂ ⊗ (x₃ ⊗ (x₀ ⊗ x₀) ⊕ x₄) ⊕ (x₁ ⊕ x₃ ⊗ x₂) ⊗ x₄)
          ((x₁ ⊕ (un ⊕ x₃) ⊗ x₂) ⊗ (x₀ ⊗ x₀ ⊕ x₄)) refl)
        (cong₂ (λ k s → (nat D + k * r) * s) (sym (nat-suc n)) (sym (norm-first n x))))
    form-≤ D zero (_ ∷ _) x ()
    form-≤ D (suc n) [] x ()
    form-≤ D (suc n) ([] ∷ M) x ()

  -- The check gives C·‖V x‖² ≤ T·‖x‖².
  sound : ∀ n V (c : Certificate) → check n V c ≡ true →
    ∀ x → nat (Certificate.C c) * squares V x ≤ nat (Certificate.T c) * normSq n x
  sound n V c h x = ≤-trans
    (≤-by (nat E * squares L x) (0≤mul (0≤nat E) (0≤squares L x))
      (sym (trans (mixes-ok C′ E (gram V) (gram L) x)
        (cong₂ (λ s t → nat C′ * s + nat E * t) (gram-ok V x) (gram-ok L x)))))
    (≤-trans (form-≤ ε (T -ᴺ d) n (mixes C′ E (gram V) (gram L)) x nearly)
      (≤-via (*-comm _ _) (≤-mul (normSq n x) (0≤norm n x) enough) (*-comm _ _)))
    where
    open Certificate c renaming (C to C′)
    small-ε : ((n *ᴺ ε) ≤ᵇ d) ≡ true
    small-ε = &&-left _ _ h
    rest : ((d ≤ᵇ T) && nearIdentity ε (T -ᴺ d) n (mixes C′ E (gram V) (gram L))) ≡ true
    rest = &&-right ((n *ᴺ ε) ≤ᵇ d) _ h
    nearly : nearIdentity ε (T -ᴺ d) n (mixes C′ E (gram V) (gram L)) ≡ true
    nearly = &&-right (d ≤ᵇ T) _ rest
    enough : nat (T -ᴺ d) + nat n * nat ε ≤ nat T
    enough = ≤-trans
      (≤-add (≤-refl (nat (T -ᴺ d))) (≤-via (sym (nat-* n ε)) (nat-≤ _ _ small-ε) refl))
      (≤-of (trans (+-comm _ _) (trans (sym (nat-+ d (T -ᴺ d)))
        (cong nat (≤ᵇ-sound d T (&&-left _ _ rest))))))
