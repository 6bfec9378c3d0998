{-# OPTIONS --safe --without-K #-}
-- Layers: linear maps given by rows or by columns, scaling, biases, ReLU, pooling.
module LipBridge.Layers where

open import LipBridge.Base renaming (_+_ to _+ᴺ_; _*_ to _*ᴺ_; _-_ to _-ᴺ_; _⊔_ to _⊔ˡ_)
open import LipBridge.Check
open import LipBridge.Ring
open import LipBridge.Certificate

module Layer {ℓ : Level} (R : OrderedRing ℓ) where
  open Certified R public

  -- r d is 1/d for every d of a list.
  Reciprocals : List Nat → (Nat → C) → Set ℓ
  Reciprocals [] r = ⊤
  Reciprocals (d ∷ l) r = Both (nat d * r d ≡ #1) (Reciprocals l r)

  -- Linear maps

  -- V x, V given by its rows
  rows : Matrix → Vec → Vec
  rows [] x _ = #0
  rows (u ∷ V) x zero = lin u x
  rows (u ∷ V) x (suc j) = rows V x j

  entry : Row → Vec
  entry [] _ = #0
  entry (a ∷ u) zero = ⟪ a ⟫
  entry (a ∷ u) (suc j) = entry u j

  -- Vᵀ x: the matrix whose columns are the rows of V
  columns : Matrix → Vec → Vec
  columns [] x _ = #0
  columns (u ∷ V) x j = entry u j * x 0 + columns V (shift x) j

  lin-sub : ∀ u x y → lin u x - lin u y ≡ lin u (x ∸ y)
  lin-sub [] x y = +-neg #0
  lin-sub (a ∷ u) x y = trans
    (solve (⟪ a ⟫ ∷ x 0 ∷ y 0 ∷ lin u (shift x) ∷ lin u (shift y) ∷ [])
      ((x₀ ⊗ x₁ ⊕ x₃) ⊝ (x₀ ⊗ x₂ ⊕ x₄)) (x₀ ⊗ (x₁ ⊝ x₂) ⊕ (x₃ ⊝ x₄)) refl)
    (cong (⟪ a ⟫ * (x 0 - y 0) +_) (lin-sub u (shift x) (shift y)))
  rows-sub : ∀ V x y j → rows V x j - rows V y j ≡ rows V (x ∸ y) j
  rows-sub [] x y j = +-neg #0
  rows-sub (u ∷ V) x y zero = lin-sub u x y
  rows-sub (u ∷ V) x y (suc j) = rows-sub V x y j
  rows-squares : ∀ V x → normSq (length V) (rows V x) ≡ squares V x
  rows-squares [] x = refl
  rows-squares (u ∷ V) x = trans (norm-first (length V) (rows (u ∷ V) x))
    (cong (sq (lin u x) +_) (rows-squares V x))
  columns-sub : ∀ V x y j → columns V x j - columns V y j ≡ columns V (x ∸ y) j
  columns-sub [] x y j = +-neg #0
  columns-sub (u ∷ V) x y j = trans
    (solve (entry u j ∷ x 0 ∷ y 0 ∷ columns V (shift x) j ∷ columns V (shift y) j ∷ [])
      ((x₀ ⊗ x₁ ⊕ x₃) ⊝ (x₀ ⊗ x₂ ⊕ x₄)) (x₀ ⊗ (x₁ ⊝ x₂) ⊕ (x₃ ⊝ x₄)) refl)
    (cong (entry u j * (x 0 - y 0) +_) (columns-sub V (shift x) (shift y) j))

  by-rows : ∀ n V (c : Certificate) → Checked n V c →
    SqLipschitz n (length V) (Certificate.T c) (Certificate.C c) (rows V)
  apart (by-rows n V c (checks h)) x y = ≤-via
    (cong (nat (Certificate.C c) *_) (trans (sum-ext (length V) (λ j → cong sq (rows-sub V x y j)))
      (rows-squares V (x ∸ y))))
    (sound n V c h (x ∸ y)) refl

  -- ⟨x, V y⟩ over the rows of V, and the sum of squares of as many entries
  between : Matrix → Vec → Vec → C
  between [] x y = #0
  between (u ∷ V) x y = x 0 * lin u y + between V (shift x) y

  lin-sum : ∀ m u y → fits m u ≡ true → sum m (λ j → entry u j * y j) ≡ lin u y
  lin-sum m [] y h = trans (sum-ext m (λ j → zero* (y j))) (sum-zero m)
  lin-sum zero (_ ∷ _) y ()
  lin-sum (suc m) (a ∷ u) y h = trans (sum-first m (λ j → entry (a ∷ u) j * y j))
    (cong (⟪ a ⟫ * y 0 +_) (lin-sum m u (shift y) h))

  adjoint : ∀ m V x y → allFit m V ≡ true → sum m (λ j → columns V x j * y j) ≡ between V x y
  adjoint m [] x y h = trans (sum-ext m (λ j → zero* (y j))) (sum-zero m)
  adjoint m (u ∷ V) x y h = trans (sum-ext m (λ j → solve
        (entry u j ∷ x 0 ∷ columns V (shift x) j ∷ y j ∷ [])
        ((x₀ ⊗ x₁ ⊕ x₂) ⊗ x₃) (x₁ ⊗ (x₀ ⊗ x₃) ⊕ x₂ ⊗ x₃) refl))
    (trans (sum-+ m _ _) (cong₂ _+_
      (trans (sum-* m (x 0) (λ j → entry u j * y j)) (cong (x 0 *_) (lin-sum m u y (&&-left _ _ h))))
      (adjoint m V (shift x) y (&&-right (fits m u) _ h))))

  -- ‖T·x − C·V y‖², written out
  gap : ∀ T C V x y → #0 ≤ T * T * normSq (length V) x + C * C * squares V y - (#1 + #1) * (T * C * between V x y)
  gap T C [] x y = ≤-of (solve (T ∷ C ∷ []) ze
    (x₀ ⊗ x₀ ⊗ ze ⊕ x₁ ⊗ x₁ ⊗ ze ⊝ (un ⊕ un) ⊗ (x₀ ⊗ x₁ ⊗ ze)) refl)
  gap T C (u ∷ V) x y = ≤-via refl (0≤add (0≤sq (T * x 0 - C * lin u y)) (gap T C V (shift x) y))
    (trans (solve (T ∷ C ∷ x 0 ∷ lin u y ∷ normSq (length V) (shift x) ∷ squares V y ∷ between V (shift x) y ∷ [])
        ((x₀ ⊗ x₂ ⊝ x₁ ⊗ x₃) ⊗ (x₀ ⊗ x₂ ⊝ x₁ ⊗ x₃) ⊕
          (x₀ ⊗ x₀ ⊗ x₄ ⊕ x₁ ⊗ x₁ ⊗ x₅ ⊝ (un ⊕ un) ⊗ (x₀ ⊗ x₁ ⊗ v 6)))
        (x₀ ⊗ x₀ ⊗ (x₂ ⊗ x₂ ⊕ x₄) ⊕ x₁ ⊗ x₁ ⊗ (x₃ ⊗ x₃ ⊕ x₅) ⊝
          (un ⊕ un) ⊗ (x₀ ⊗ x₁ ⊗ (x₂ ⊗ x₃ ⊕ v 6))) refl)
      (cong (λ t → T * T * t + C * C * squares (u ∷ V) y - (#1 + #1) * (T * C * between (u ∷ V) x y))
        (sym (norm-first (length V) x))))

  -- ‖Vᵀ‖ = ‖V‖, from T·‖x‖² against C·‖Vᵀ x‖².
  by-columns : ∀ m V (c : Certificate) → Checked m V c → allFit m V ≡ true → (1 ≤ᵇ Certificate.T c) ≡ true →
    SqLipschitz (length V) m (Certificate.T c) (Certificate.C c) (columns V)
  apart (by-columns m V c (checks h) fit positive) x y = ≤-via
    (cong (K *_) (sum-ext m (λ j → cong sq (columns-sub V x y j)))) (≤-mul-cancel T 0≪T (sub≤ (≤-trans
      (gap T K V z image)
      (≤-via (cong₂ (λ s t → T * T * normSq (length V) z + s - (#1 + #1) * (T * K * t))
          (*-assoc K K (squares V image)) (sym (adjoint m V z image fit)))
        (≤-add (≤-add (≤-refl _) (≤-mul K (0≤nat _) (sound m V c h image))) (≤-refl _))
        (solve (T ∷ K ∷ normSq (length V) z ∷ normSq m image ∷ [])
          (x₀ ⊗ x₀ ⊗ x₂ ⊕ x₁ ⊗ (x₀ ⊗ x₃) ⊝ (un ⊕ un) ⊗ (x₀ ⊗ x₁ ⊗ x₃))
          (x₀ ⊗ (x₀ ⊗ x₂) ⊝ x₀ ⊗ (x₁ ⊗ x₃)) refl))))) refl
    where
    T K : C
    T = nat (Certificate.T c)
    K = nat (Certificate.C c)
    z image : Vec
    z = x ∸ y
    image = columns V z
    0≪T : #0 ≪ T
    0≪T p = 0≪1 (≤-via (sym nat-1) (nat-≤ 1 _ positive) refl ⟨≤⟩ p)
      where
      _⟨≤⟩_ : ∀ {a b c} → a ≤ b → b ≤ c → a ≤ c
      _⟨≤⟩_ = ≤-trans

  -- Scaling by 1/d, biases, factors

  over : ∀ {n m P Q f} d ρ → nat d * ρ ≡ #1 → SqLipschitz n m P Q f →
    SqLipschitz n m P (Q *ᴺ (d *ᴺ d)) (λ x j → f x j * ρ)
  apart (over {n} {m} {P} {Q} {f} d ρ e h) x y = ≤-via
    (trans (cong₂ _*_ (trans (nat-* Q (d *ᴺ d)) (cong (nat Q *_) (nat-* d d)))
        (trans (sum-ext m (λ j → solve (f x j ∷ f y j ∷ ρ ∷ [])
          ((x₀ ⊗ x₂ ⊝ x₁ ⊗ x₂) ⊗ (x₀ ⊗ x₂ ⊝ x₁ ⊗ x₂)) (x₂ ⊗ x₂ ⊗ ((x₀ ⊝ x₁) ⊗ (x₀ ⊝ x₁))) refl))
          (sum-* m (ρ * ρ) (λ j → sq (f x j - f y j)))))
      (trans (solve (nat Q ∷ nat d ∷ ρ ∷ distSq m (f x) (f y) ∷ [])
          (x₀ ⊗ (x₁ ⊗ x₁) ⊗ (x₂ ⊗ x₂ ⊗ x₃)) (x₀ ⊗ ((x₁ ⊗ x₂) ⊗ (x₁ ⊗ x₂) ⊗ x₃)) refl)
        (trans (cong (λ t → nat Q * (t * t * distSq m (f x) (f y))) e)
          (solve (nat Q ∷ distSq m (f x) (f y) ∷ []) (x₀ ⊗ (un ⊗ un ⊗ x₁)) (x₀ ⊗ x₁) refl))))
    (apart h x y) refl

  shifted : ∀ {n m P Q f} (b : Vec) → SqLipschitz n m P Q f → SqLipschitz n m P Q (λ x j → f x j + b j)
  apart (shifted {n} {m} {P} {Q} {f} b h) x y = ≤-via
    (cong (nat Q *_) (sum-ext m (λ j → cong sq (solve (f x j ∷ f y j ∷ b j ∷ [])
      ((x₀ ⊕ x₂) ⊝ (x₁ ⊕ x₂)) (x₀ ⊝ x₁) refl)))) (apart h x y) refl

  factor : Signed → Vec → Vec
  factor a x j = ⟪ a ⟫ * x j
  size : Signed → Nat
  size (plus a) = a
  size (minus a) = a
  size-sq : ∀ a → ⟪ a ⟫ * ⟪ a ⟫ ≡ nat (size a *ᴺ size a)
  size-sq (plus a) = sym (nat-* a a)
  size-sq (minus a) = trans (solve (nat a ∷ []) (⊖ x₀ ⊗ ⊖ x₀) (x₀ ⊗ x₀) refl) (sym (nat-* a a))
  factor-sq : ∀ n a → SqLipschitz n n (size a *ᴺ size a) 1 (factor a)
  apart (factor-sq n a) x y = ≤-of (trans (trans (cong (_* distSq n (factor a x) (factor a y)) nat-1) (one* _))
    (trans (trans (sum-ext n (λ j → solve (⟪ a ⟫ ∷ x j ∷ y j ∷ [])
        ((x₀ ⊗ x₁ ⊝ x₀ ⊗ x₂) ⊗ (x₀ ⊗ x₁ ⊝ x₀ ⊗ x₂)) (x₀ ⊗ x₀ ⊗ ((x₁ ⊝ x₂) ⊗ (x₁ ⊝ x₂))) refl))
      (sum-* n (⟪ a ⟫ * ⟪ a ⟫) _)) (cong (_* distSq n x y) (size-sq a))))

  -- ReLU and the larger of two numbers

  between-sq : ∀ {s t u} → s ≤ t → t ≤ u → sq t ≤ sq s + sq u
  between-sq {s} {t} {u} p q with ≤-total #0 t
  ... | left r = ≤-trans (sq-mono r q) (≤-by (sq s) (0≤sq s) (+-comm (sq u) (sq s)))
  ... | right r = ≤-via (solve (t ∷ []) (x₀ ⊗ x₀) (⊖ x₀ ⊗ ⊖ x₀) refl)
    (≤-trans (sq-mono (0≤neg r) negated) (≤-by (sq u) (0≤sq u) refl))
    (cong (_+ sq u) (solve (s ∷ []) (⊖ x₀ ⊗ ⊖ x₀) (x₀ ⊗ x₀) refl))
    where
    negated : neg t ≤ neg s
    negated = sub≤ (≤-via refl (0≤sub p) (solve (s ∷ t ∷ []) (x₁ ⊝ x₀) (⊖ x₀ ⊝ ⊖ x₁) refl))

  sup-of : ∀ a b → Either (Both (sup a b ≡ a) (b ≤ a)) (Both (sup a b ≡ b) (a ≤ b))
  sup-of a b with ≤-total a b
  ... | left p = right (both (≤-antisym (sup-least p (≤-refl b)) (sup-right a b)) p)
  ... | right p = left (both (≤-antisym (sup-least (≤-refl a) p) (sup-left a b)) p)

  minus-≤ : ∀ {a b c d} → a ≤ b → d ≤ c → a - c ≤ b - d
  minus-≤ {a} {b} {c} {d} p q = sub≤ (≤-via refl (0≤add (0≤sub p) (0≤sub q))
    (solve (a ∷ b ∷ c ∷ d ∷ []) ((x₁ ⊝ x₀) ⊕ (x₂ ⊝ x₃)) ((x₁ ⊝ x₃) ⊝ (x₀ ⊝ x₂)) refl))

  sup-sq : ∀ a b c d → sq (sup a b - sup c d) ≤ sq (a - c) + sq (b - d)
  sup-sq a b c d with sup-of a b | sup-of c d
  ... | left (both e _) | left (both f _) = ≤-via (cong₂ (λ s t → sq (s - t)) e f)
    (≤-by (sq (b - d)) (0≤sq (b - d)) refl) refl
  ... | right (both e _) | right (both f _) = ≤-via (cong₂ (λ s t → sq (s - t)) e f)
    (≤-by (sq (a - c)) (0≤sq (a - c)) (+-comm (sq (b - d)) (sq (a - c)))) refl
  ... | left (both e p) | right (both f q) = ≤-via (cong₂ (λ s t → sq (s - t)) e f)
    (between-sq (minus-≤ p (≤-refl d)) (minus-≤ (≤-refl a) q)) (+-comm (sq (b - d)) (sq (a - c)))
  ... | right (both e p) | left (both f q) = ≤-via (cong₂ (λ s t → sq (s - t)) e f)
    (between-sq (minus-≤ p (≤-refl c)) (minus-≤ (≤-refl b) q)) refl

  relu : Vec → Vec
  relu x j = sup (x j) #0
  relu-sq : ∀ n → SqLipschitz n n 1 1 relu
  apart (relu-sq n) x y = ≤-mul (nat 1) (0≤nat 1) (sum-≤ n (λ j _ → ≤-via refl (sup-sq (x j) #0 (y j) #0)
    (solve (x j ∷ y j ∷ []) ((x₀ ⊝ x₁) ⊗ (x₀ ⊝ x₁) ⊕ (ze ⊝ ze) ⊗ (ze ⊝ ze)) ((x₀ ⊝ x₁) ⊗ (x₀ ⊝ x₁)) refl)))

  -- Pooling over tokens of n entries, one after the other

  drop : Nat → Vec → Vec
  drop n x i = x (n +ᴺ i)

  -- the sum of b tokens
  total : Nat → Nat → Vec → Vec
  total zero n x j = #0
  total (suc b) n x j = x j + total b n (drop n x) j

  -- the largest of b + 1 tokens
  largest : Nat → Nat → Vec → Vec
  largest zero n x j = x j
  largest (suc b) n x j = sup (x j) (largest b n (drop n x) j)

  total-sub : ∀ b n x y j → total b n x j - total b n y j ≡ total b n (x ∸ y) j
  total-sub zero n x y j = +-neg #0
  total-sub (suc b) n x y j = trans
    (solve (x j ∷ y j ∷ total b n (drop n x) j ∷ total b n (drop n y) j ∷ [])
      ((x₀ ⊕ x₂) ⊝ (x₁ ⊕ x₃)) ((x₀ ⊝ x₁) ⊕ (x₂ ⊝ x₃)) refl)
    (cong ((x j - y j) +_) (total-sub b n (drop n x) (drop n y) j))

  -- the sum of squares of entry j of b tokens, and of their differences from a
  lengths : Nat → Nat → Vec → Vec
  lengths zero n x j = #0
  lengths (suc b) n x j = sq (x j) + lengths b n (drop n x) j

  from : ∀ b n x j a → #0 ≤ nat b * sq a + lengths b n x j - (#1 + #1) * (a * total b n x j)
  from zero n x j a = ≤-of (sym (trans (cong (λ t → t * sq a + #0 - (#1 + #1) * (a * #0)) nat-0)
    (solve (a ∷ []) (ze ⊗ (x₀ ⊗ x₀) ⊕ ze ⊝ (un ⊕ un) ⊗ (x₀ ⊗ ze)) ze refl)))
  from (suc b) n x j a = ≤-via refl (0≤add (0≤sq (a - x j)) (from b n (drop n x) j a))
    (trans (solve (a ∷ x j ∷ nat b ∷ lengths b n (drop n x) j ∷ total b n (drop n x) j ∷ [])
        ((x₀ ⊝ x₁) ⊗ (x₀ ⊝ x₁) ⊕ (x₂ ⊗ (x₀ ⊗ x₀) ⊕ x₃ ⊝ (un ⊕ un) ⊗ (x₀ ⊗ x₄)))
        ((un ⊕ x₂) ⊗ (x₀ ⊗ x₀) ⊕ (x₁ ⊗ x₁ ⊕ x₃) ⊝ (un ⊕ un) ⊗ (x₀ ⊗ (x₁ ⊕ x₄))) refl)
      (cong (λ t → t * sq a + lengths (suc b) n x j - (#1 + #1) * (a * total (suc b) n x j)) (sym (nat-suc b))))

  -- (Σ aₜ)² ≤ b·Σ aₜ²
  total-≤ : ∀ b n x j → sq (total b n x j) ≤ nat b * lengths b n x j
  total-≤ zero n x j = ≤-of (trans (zero* #0) (sym (*-zero (nat 0))))
  total-≤ (suc b) n x j = sub≤ (≤-via refl
    (0≤add (0≤sub (total-≤ b n (drop n x) j)) (from b n (drop n x) j (x j)))
    (trans (solve (x j ∷ nat b ∷ lengths b n (drop n x) j ∷ total b n (drop n x) j ∷ [])
        ((x₁ ⊗ x₂ ⊝ x₃ ⊗ x₃) ⊕ (x₁ ⊗ (x₀ ⊗ x₀) ⊕ x₂ ⊝ (un ⊕ un) ⊗ (x₀ ⊗ x₃)))
        ((un ⊕ x₁) ⊗ (x₀ ⊗ x₀ ⊕ x₂) ⊝ (x₀ ⊕ x₃) ⊗ (x₀ ⊕ x₃)) refl)
      (cong (λ t → t * lengths (suc b) n x j - sq (total (suc b) n x j)) (sym (nat-suc b)))))

  lengths-sum : ∀ b n x → sum n (lengths b n x) ≡ normSq (b *ᴺ n) x
  lengths-sum zero n x = sum-zero n
  lengths-sum (suc b) n x = trans (sum-+ n (λ j → sq (x j)) (lengths b n (drop n x)))
    (trans (cong (normSq n x +_) (lengths-sum b n (drop n x)))
      (sym (sum-append n (b *ᴺ n) (λ j → sq (x j)))))

  total-sq : ∀ b n → SqLipschitz (b *ᴺ n) n b 1 (total b n)
  apart (total-sq b n) x y = ≤-via
    (trans (trans (cong (_* distSq n (total b n x) (total b n y)) nat-1) (one* _))
      (sum-ext n (λ j → cong sq (total-sub b n x y j))))
    (sum-≤ n (λ j _ → total-≤ b n (x ∸ y) j))
    (trans (sum-* n (nat b) (lengths b n (x ∸ y))) (cong (nat b *_) (lengths-sum b n (x ∸ y))))

  largest-≤ : ∀ b n x y j → sq (largest b n x j - largest b n y j) ≤ lengths (suc b) n (x ∸ y) j
  largest-≤ zero n x y j = ≤-of (sym (+-zero _))
  largest-≤ (suc b) n x y j = ≤-trans
    (sup-sq (x j) (largest b n (drop n x) j) (y j) (largest b n (drop n y) j))
    (≤-add (≤-refl _) (largest-≤ b n (drop n x) (drop n y) j))

  largest-sq : ∀ b n → SqLipschitz (suc b *ᴺ n) n 1 1 (largest b n)
  apart (largest-sq b n) x y = ≤-mul (nat 1) (0≤nat 1) (≤-via refl
    (sum-≤ n (λ j _ → largest-≤ b n x y j)) (lengths-sum (suc b) n (x ∸ y)))
