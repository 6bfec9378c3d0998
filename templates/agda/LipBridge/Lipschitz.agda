{-# OPTIONS --safe --without-K #-}
-- Lipschitz constants without roots, composition, σ³.
module LipBridge.Lipschitz where

open import LipBridge.Base renaming (_+_ to _+ᴺ_; _*_ to _*ᴺ_; _-_ to _-ᴺ_; _⊔_ to _⊔ˡ_)
open import LipBridge.Ring
open import LipBridge.Order

module Lip {ℓ : Level} (R : OrderedRing ℓ) where
  open Ordered R public

  -- D²·‖f x − f y‖² ≤ N²·‖x − y‖² for all x, y; N ≥ 0, D > 0
  record Lipschitz (n m : Nat) (N D : C) (f : Vec → Vec) : Set ℓ where
    field
      num : #0 ≤ N
      den : #0 ≪ D
      bound : ∀ x y → sq D * distSq m (f x) (f y) ≤ sq N * distSq n x y
  open Lipschitz public

  -- Q·‖f x − f y‖² ≤ P·‖x − y‖² for all x, y
  record SqLipschitz (n m P Q : Nat) (f : Vec → Vec) : Set ℓ where
    field
      apart : ∀ x y → nat Q * distSq m (f x) (f y) ≤ nat P * distSq n x y
  open SqLipschitz public

  infixr 5 _then_
  _then_ : ∀ {n m k P Q P′ Q′ f g} → SqLipschitz n m P Q f → SqLipschitz m k P′ Q′ g →
    SqLipschitz n k (P *ᴺ P′) (Q *ᴺ Q′) (λ x → g (f x))
  apart (_then_ {n} {m} {k} {P} {Q} {P′} {Q′} {f} {g} h h′) x y =
    let a = distSq k (g (f x)) (g (f y))
        b = distSq m (f x) (f y)
        c = distSq n x y
    in ≤-trans
      (≤-via (trans (cong (_* a) (nat-* Q Q′)) (*-assoc _ _ _)) (≤-mul (nat Q) (0≤nat Q) (apart h′ (f x) (f y)))
        (*-swap (nat Q) (nat P′) b))
      (≤-via refl (≤-mul (nat P′) (0≤nat P′) (apart h x y))
        (trans (*-swap (nat P′) (nat P) c) (trans (sym (*-assoc _ _ _)) (cong (_* c) (sym (nat-* P P′))))))

  -- P·D² ≤ N²·Q: the constant is at most N/D.
  constant : ∀ {n m P Q} N D {f} → SqLipschitz n m P (suc Q) f →
    ((P *ᴺ (suc D *ᴺ suc D)) ≤ᵇ (N *ᴺ N *ᴺ suc Q)) ≡ true → Lipschitz n m (nat N) (nat (suc D)) f
  constant {n} {m} {P} {Q} N D {f} h p = record
    { num = 0≤nat N
    ; den = 0≪nat D
    ; bound = λ x y →
        let a = distSq m (f x) (f y)
            c = distSq n x y
        in ≤-mul-cancel (nat (suc Q)) (0≪nat Q) (≤-trans
          (≤-via (*-swap (nat (suc Q)) (sq (nat (suc D))) a)
            (≤-mul (sq (nat (suc D))) (0≤sq (nat (suc D))) (apart h x y))
            (trans (sym (*-assoc _ _ _)) (cong (_* c) (trans (*-comm _ _)
              (trans (cong (nat P *_) (sym (nat-* (suc D) (suc D)))) (sym (nat-* P (suc D *ᴺ suc D))))))))
          (≤-via (*-comm _ c) (≤-mul c (0≤norm n (x ∸ y)) (nat-≤ _ _ p))
            (trans (cong (c *_) (trans (nat-* (N *ᴺ N) (suc Q)) (cong (_* nat (suc Q)) (nat-* N N))))
              (solve (c ∷ nat N ∷ nat (suc Q) ∷ []) (x₀ ⊗ (x₁ ⊗ x₁ ⊗ x₂)) (x₂ ⊗ (x₁ ⊗ x₁ ⊗ x₀)) refl)))) }

  -- Composition and the folklore about three layers

  Nonexpansive : Nat → Nat → (Vec → Vec) → Set ℓ
  Nonexpansive n m = Lipschitz n m #1 #1

  comp : ∀ {n m k N D M E f g} → Lipschitz n m N D f → Lipschitz m k M E g →
    Lipschitz n k (M * N) (E * D) (λ x → g (f x))
  comp {n} {m} {k} {N} {D} {M} {E} {f} {g} p q = record
    { num = 0≤mul (num q) (num p)
    ; den = *-pos (den q) (den p)
    ; bound = λ x y →
        let a = distSq k (g (f x)) (g (f y))
            b = distSq m (f x) (f y)
            c = distSq n x y
        in ≤-trans (≤-via (solve (D ∷ E ∷ a ∷ []) ((x₁ ⊗ x₀) ⊗ (x₁ ⊗ x₀) ⊗ x₂) (x₀ ⊗ x₀ ⊗ (x₁ ⊗ x₁ ⊗ x₂)) refl)
            (≤-mul (sq D) (0≤sq D) (bound q (f x) (f y)))
            (solve (D ∷ M ∷ b ∷ []) (x₀ ⊗ x₀ ⊗ (x₁ ⊗ x₁ ⊗ x₂)) (x₁ ⊗ x₁ ⊗ (x₀ ⊗ x₀ ⊗ x₂)) refl))
          (≤-via refl (≤-mul (sq M) (0≤sq M) (bound p x y))
            (solve (N ∷ M ∷ c ∷ []) (x₁ ⊗ x₁ ⊗ (x₀ ⊗ x₀ ⊗ x₂)) ((x₁ ⊗ x₀) ⊗ (x₁ ⊗ x₀) ⊗ x₂) refl)) }

  convert : ∀ {n m N D M E f} → Lipschitz n m N D f → N ≡ M → D ≡ E → Lipschitz n m M E f
  convert p refl refl = p

  cube : C → C
  cube a = a * (a * a)

  -- Three layers of constant σ = N/D, activations and a projection of constant 1: σ³.
  sigma-cubed : ∀ {n₀ n₁ n₂ n₃ n₄ N D f₁ f₂ f₃ φ₁ φ₂ φ₃ p} →
    Lipschitz n₀ n₁ N D f₁ → Nonexpansive n₁ n₁ φ₁ →
    Lipschitz n₁ n₂ N D f₂ → Nonexpansive n₂ n₂ φ₂ →
    Lipschitz n₂ n₃ N D f₃ → Nonexpansive n₃ n₃ φ₃ → Nonexpansive n₃ n₄ p →
    Lipschitz n₀ n₄ (cube N) (cube D) (λ x → p (φ₃ (f₃ (φ₂ (f₂ (φ₁ (f₁ x)))))))
  sigma-cubed {N = N} {D} h₁ k₁ h₂ k₂ h₃ k₃ hp =
    convert (comp (comp (comp (comp (comp (comp h₁ k₁) h₂) k₂) h₃) k₃) hp) (e N) (e D)
    where
    e : ∀ a → #1 * (#1 * (a * (#1 * (a * (#1 * a))))) ≡ cube a
    e a = solve (a ∷ []) (un ⊗ (un ⊗ (x₀ ⊗ (un ⊗ (x₀ ⊗ (un ⊗ x₀)))))) (x₀ ⊗ (x₀ ⊗ x₀)) refl

  -- Two layers do not: halving twice has 1/4, not 1/8. So σ² ≤ σ³ needs σ ≥ 1.
  TwoLayers : Set ℓ
  TwoLayers = ∀ (N D : C) (f₁ f₂ : Vec → Vec) → Lipschitz 1 1 N D f₁ → Lipschitz 1 1 N D f₂ →
    Lipschitz 1 1 (cube N) (cube D) (λ x → f₂ (f₁ x))

  two-layers-false : ∀ h → h + h ≡ #1 → Not TwoLayers
  two-layers-false h e claim = 0≪1 (≤-trans
      (≤-by (#1 + #1) (0≤add (≪-≤ 0≪1) (≪-≤ 0≪1)) refl)
      (≤-via (solve [] (un ⊕ (un ⊕ un)) (⊖ un ⊕ four) refl) (+-mono (neg #1) 4≤1) (neg+ #1)))
    where
    two four : Expr
    two = un ⊕ un
    four = two ⊕ two
    #2 #4 : C
    #2 = #1 + #1
    #4 = #2 + #2
    half : Vec → Vec
    half x j = h * x j
    h-half : Lipschitz 1 1 #1 #2 half
    h-half = record
      { num = ≪-≤ 0≪1
      ; den = λ p → 0≪1 (≤-trans (≤-by #1 (≪-≤ 0≪1) refl) p)
      ; bound = λ x y → ≤-of (trans
          (solve (h ∷ x 0 ∷ y 0 ∷ []) (two ⊗ two ⊗ ((x₀ ⊗ x₁ ⊝ x₀ ⊗ x₂) ⊗ (x₀ ⊗ x₁ ⊝ x₀ ⊗ x₂) ⊕ ze))
            ((x₀ ⊕ x₀) ⊗ (x₀ ⊕ x₀) ⊗ ((x₁ ⊝ x₂) ⊗ (x₁ ⊝ x₂) ⊕ ze)) refl)
          (cong (λ t → t * t * (sq (x 0 - y 0) + #0)) e)) }
    4≤1 : #4 ≤ #1
    4≤1 = ≤-via
      (trans (solve [] four (four ⊗ (un ⊗ un ⊗ (un ⊗ un))) refl)
        (trans (cong (λ t → #4 * (t * t * (t * t))) (sym e))
          (solve (h ∷ []) (four ⊗ ((x₀ ⊕ x₀) ⊗ (x₀ ⊕ x₀) ⊗ ((x₀ ⊕ x₀) ⊗ (x₀ ⊕ x₀))))
            ((two ⊗ (two ⊗ two)) ⊗ (two ⊗ (two ⊗ two)) ⊗
              ((x₀ ⊗ (x₀ ⊗ un) ⊝ x₀ ⊗ (x₀ ⊗ ze)) ⊗ (x₀ ⊗ (x₀ ⊗ un) ⊝ x₀ ⊗ (x₀ ⊗ ze)) ⊕ ze)) refl)))
      (bound (claim #1 #2 half half h-half h-half) (λ _ → #1) (λ _ → #0))
      (solve [] ((un ⊗ (un ⊗ un)) ⊗ (un ⊗ (un ⊗ un)) ⊗ ((un ⊝ ze) ⊗ (un ⊝ ze) ⊕ ze)) un refl)
