{-# OPTIONS --safe --without-K #-}
-- The check of a certificate: natural numbers and lists only, evaluated by the type checker.
module LipBridge.Check where

open import LipBridge.Base

-- Stored integers, by rows.
data Signed : Set where
  plus minus : Nat → Signed
Row : Set
Row = List Signed
Matrix : Set
Matrix = List Row

-- Sums of products: what is positive of them, and what is negative.
data Pair : Set where
  _⊖_ : Nat → Nat → Pair
infix 6 _⊖_
Sums : Set
Sums = List Pair

-- m + a·u and m − a·u; entries that are missing are 0.
raise lower : Nat → Row → Sums → Sums
raise a [] m = m
raise a (plus b ∷ u) ((p ⊖ q) ∷ m) = ((p + a * b) ⊖ q) ∷ raise a u m
raise a (minus b ∷ u) ((p ⊖ q) ∷ m) = (p ⊖ (q + a * b)) ∷ raise a u m
raise a (plus b ∷ u) [] = ((a * b) ⊖ 0) ∷ raise a u []
raise a (minus b ∷ u) [] = (0 ⊖ (a * b)) ∷ raise a u []
lower a [] m = m
lower a (plus b ∷ u) ((p ⊖ q) ∷ m) = (p ⊖ (q + a * b)) ∷ lower a u m
lower a (minus b ∷ u) ((p ⊖ q) ∷ m) = ((p + a * b) ⊖ q) ∷ lower a u m
lower a (plus b ∷ u) [] = (0 ⊖ (a * b)) ∷ lower a u []
lower a (minus b ∷ u) [] = ((a * b) ⊖ 0) ∷ lower a u []

add : Signed → Row → Sums → Sums
add (plus a) = raise a
add (minus a) = lower a

-- Symmetric matrices by their upper triangles, each row from the diagonal on.
Triangle : Set
Triangle = List Sums

-- M + u uᵀ
outer : Row → Triangle → Triangle
outer [] M = M
outer (a ∷ u) [] = add a (a ∷ u) [] ∷ outer u []
outer (a ∷ u) (m ∷ M) = add a (a ∷ u) m ∷ outer u M

-- Σ u uᵀ over the rows u of a matrix V: VᵀV
gram : Matrix → Triangle
gram [] = []
gram (u ∷ V) = outer u (gram V)

-- c·M + e·N
module _ (c e : Nat) where
  mix : Sums → Sums → Sums
  mix [] [] = []
  mix [] ((p ⊖ q) ∷ n) = ((e * p) ⊖ (e * q)) ∷ mix [] n
  mix ((p ⊖ q) ∷ m) [] = ((c * p) ⊖ (c * q)) ∷ mix m []
  mix ((p ⊖ q) ∷ m) ((p′ ⊖ q′) ∷ n) = ((c * p + e * p′) ⊖ (c * q + e * q′)) ∷ mix m n
  mixes : Triangle → Triangle → Triangle
  mixes [] [] = []
  mixes [] (n ∷ N) = mix [] n ∷ mixes [] N
  mixes (m ∷ M) [] = mix m [] ∷ mixes M []
  mixes (m ∷ M) (n ∷ N) = mix m n ∷ mixes M N

-- Every entry within ε of that of D·I, of order n.
module _ (ε : Nat) where
  near : Nat → Pair → Bool
  near D (p ⊖ q) = (p ≤ᵇ (D + q + ε)) && ((D + q) ≤ᵇ (p + ε))
  nearZero : Nat → Sums → Bool
  nearZero _ [] = true
  nearZero zero (_ ∷ _) = false
  nearZero (suc n) (a ∷ m) = near 0 a && nearZero n m
  nearIdentity : Nat → Nat → Triangle → Bool
  nearIdentity D zero [] = true
  nearIdentity D (suc n) ((a ∷ m) ∷ M) = near D a && (nearZero n m && nearIdentity D n M)
  nearIdentity D _ _ = false

-- T·I − C·VᵀV = E·LᵀL + d·I + R with every |R_ij| ≤ ε, and n·ε ≤ d ≤ T; so C·‖V x‖² ≤ T·‖x‖².
record Certificate : Set where
  field
    C T E d ε : Nat
    L : Matrix

check : Nat → Matrix → Certificate → Bool
check n V c = ((n * ε) ≤ᵇ d) && ((d ≤ᵇ T) && nearIdentity ε (T - d) n (mixes C E (gram V) (gram L)))
  where open Certificate c

-- A wrapper, so that the type checker compares names and evaluates the check once.
data Checked (n : Nat) (V : Matrix) (c : Certificate) : Set where
  checks : check n V c ≡ true → Checked n V c

-- Whether every row has at most m entries.
fits : Nat → Row → Bool
fits _ [] = true
fits zero (_ ∷ _) = false
fits (suc m) (_ ∷ u) = fits m u
allFit : Nat → Matrix → Bool
allFit m [] = true
allFit m (u ∷ V) = fits m u && allFit m V
