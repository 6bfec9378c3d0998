{-# OPTIONS --safe --without-K #-}
-- Ordered commutative rings, and a decision procedure for identities of commutative rings.
module LipBridge.Ring where

open import LipBridge.Base renaming (_+_ to _+ᴺ_; _*_ to _*ᴺ_; _-_ to _-ᴺ_; _⊔_ to _⊔ˡ_)

record OrderedRing (ℓ : Level) : Set (lsuc ℓ) where
  infixl 6 _+_ _-_
  infixl 7 _*_
  infix 4 _≤_ _≪_
  field
    C : Set ℓ
    #0 #1 : C
    _+_ _*_ sup : C → C → C
    neg : C → C
    _≤_ : C → C → Set ℓ
    +-assoc : ∀ a b c → (a + b) + c ≡ a + (b + c)
    +-comm : ∀ a b → a + b ≡ b + a
    +-zero : ∀ a → a + #0 ≡ a
    +-neg : ∀ a → a + neg a ≡ #0
    *-assoc : ∀ a b c → (a * b) * c ≡ a * (b * c)
    *-comm : ∀ a b → a * b ≡ b * a
    *-one : ∀ a → a * #1 ≡ a
    *-+ : ∀ a b c → a * (b + c) ≡ a * b + a * c
    ≤-refl : ∀ a → a ≤ a
    ≤-trans : ∀ {a b c} → a ≤ b → b ≤ c → a ≤ c
    ≤-antisym : ∀ {a b} → a ≤ b → b ≤ a → a ≡ b
    ≤-total : ∀ a b → Either (a ≤ b) (b ≤ a)
    ≤-em : ∀ a b → Either (a ≤ b) (Not (a ≤ b))
    +-mono : ∀ c {a b} → a ≤ b → c + a ≤ c + b
    *-pos : ∀ {a b} → Not (a ≤ #0) → Not (b ≤ #0) → Not (a * b ≤ #0)
    0≪1 : Not (#1 ≤ #0)
    sup-left : ∀ a b → a ≤ sup a b
    sup-right : ∀ a b → b ≤ sup a b
    sup-least : ∀ {a b c} → a ≤ c → b ≤ c → sup a b ≤ c

  _-_ : C → C → C
  a - b = a + neg b
  _≪_ : C → C → Set ℓ
  a ≪ b = Not (b ≤ a)
  sq : C → C
  sq a = a * a

-- Identities of commutative rings, decided by normal forms: sorted lists of signed sorted monomials.
module Solver {ℓ : Level} (R : OrderedRing ℓ) where
  open OrderedRing R

  zero+ : ∀ a → #0 + a ≡ a
  zero+ a = trans (+-comm #0 a) (+-zero a)
  one* : ∀ a → #1 * a ≡ a
  one* a = trans (*-comm #1 a) (*-one a)
  neg+ : ∀ a → neg a + a ≡ #0
  neg+ a = trans (+-comm (neg a) a) (+-neg a)
  +-swap : ∀ a b c → a + (b + c) ≡ b + (a + c)
  +-swap a b c = trans (sym (+-assoc a b c)) (trans (cong (_+ c) (+-comm a b)) (+-assoc b a c))
  *-swap : ∀ a b c → a * (b * c) ≡ b * (a * c)
  *-swap a b c = trans (sym (*-assoc a b c)) (trans (cong (_* c) (*-comm a b)) (*-assoc b a c))
  +-* : ∀ a b c → (a + b) * c ≡ a * c + b * c
  +-* a b c = trans (*-comm (a + b) c) (trans (*-+ c a b) (cong₂ _+_ (*-comm c a) (*-comm c b)))
  +-cancel : ∀ c {a b} → c + a ≡ c + b → a ≡ b
  +-cancel c {a} {b} p = trans (sym (undo a)) (trans (cong (neg c +_) p) (undo b))
    where
    undo : ∀ a → neg c + (c + a) ≡ a
    undo a = trans (sym (+-assoc (neg c) c a)) (trans (cong (_+ a) (neg+ c)) (zero+ a))
  *-zero : ∀ a → a * #0 ≡ #0
  *-zero a = +-cancel (a * #0)
    (trans (sym (*-+ a #0 #0)) (trans (cong (a *_) (+-zero #0)) (sym (+-zero (a * #0)))))
  zero* : ∀ a → #0 * a ≡ #0
  zero* a = trans (*-comm #0 a) (*-zero a)
  neg-unique : ∀ {a b} → a + b ≡ #0 → b ≡ neg a
  neg-unique {a} p = +-cancel a (trans p (sym (+-neg a)))
  neg-zero : neg #0 ≡ #0
  neg-zero = sym (neg-unique (+-zero #0))
  neg-neg : ∀ a → neg (neg a) ≡ a
  neg-neg a = sym (neg-unique (neg+ a))
  neg-+ : ∀ a b → neg (a + b) ≡ neg a + neg b
  neg-+ a b = sym (neg-unique (trans (+-assoc a b _) (trans (cong (a +_) (trans (+-swap b (neg a) (neg b))
    (trans (cong (neg a +_) (+-neg b)) (+-zero _)))) (+-neg a))))
  *-neg : ∀ a b → a * neg b ≡ neg (a * b)
  *-neg a b = neg-unique (trans (sym (*-+ a b (neg b))) (trans (cong (a *_) (+-neg b)) (*-zero a)))
  neg-* : ∀ a b → neg a * b ≡ neg (a * b)
  neg-* a b = trans (*-comm (neg a) b) (trans (*-neg b a) (cong neg (*-comm b a)))

  data Expr : Set where
    v : Nat → Expr
    ze un : Expr
    _⊕_ _⊗_ : Expr → Expr → Expr
    ⊖_ : Expr → Expr
  infixl 6 _⊕_ _⊝_
  infixl 7 _⊗_
  infix 8 ⊖_
  _⊝_ : Expr → Expr → Expr
  a ⊝ b = a ⊕ ⊖ b

  Env : Set ℓ
  Env = Nat → C
  vars : List C → Env
  vars [] _ = #0
  vars (a ∷ _) zero = a
  vars (_ ∷ l) (suc n) = vars l n

  ⟦_⟧ : Expr → Env → C
  ⟦ v n ⟧ ρ = ρ n
  ⟦ ze ⟧ ρ = #0
  ⟦ un ⟧ ρ = #1
  ⟦ a ⊕ b ⟧ ρ = ⟦ a ⟧ ρ + ⟦ b ⟧ ρ
  ⟦ a ⊗ b ⟧ ρ = ⟦ a ⟧ ρ * ⟦ b ⟧ ρ
  ⟦ ⊖ a ⟧ ρ = neg (⟦ a ⟧ ρ)

  Mono : Set
  Mono = List Nat
  record Term : Set where
    constructor _·_
    field
      sign : Bool
      mono : Mono
  Poly : Set
  Poly = List Term

  -- monomials
  put : Nat → Mono → Mono
  put a [] = a ∷ []
  put a (b ∷ m) = if a < b then a ∷ b ∷ m else b ∷ put a m
  times : Mono → Mono → Mono
  times [] k = k
  times (a ∷ m) k = put a (times m k)
  sameM : Mono → Mono → Bool
  sameM [] [] = true
  sameM (a ∷ m) (b ∷ k) = (a == b) && sameM m k
  sameM _ _ = false
  lessM : Mono → Mono → Bool
  lessM [] [] = false
  lessM [] (_ ∷ _) = true
  lessM (_ ∷ _) [] = false
  lessM (a ∷ m) (b ∷ k) = if a == b then lessM m k else a < b

  -- polynomials
  sameS : Bool → Bool → Bool
  sameS true b = b
  sameS false true = false
  sameS false false = true
  ins : Term → Poly → Poly
  ins t [] = t ∷ []
  ins (s · m) ((s′ · m′) ∷ p) =
    if sameM m m′
    then (if sameS s s′ then (s · m) ∷ (s′ · m′) ∷ p else p)
    else (if lessM m m′ then (s · m) ∷ (s′ · m′) ∷ p else ((s′ · m′) ∷ ins (s · m) p))
  merge : Poly → Poly → Poly
  merge [] q = q
  merge (t ∷ p) q = ins t (merge p q)
  scale : Term → Poly → Poly
  scale t [] = []
  scale (s · m) ((s′ · m′) ∷ p) = ins (sameS s s′ · times m m′) (scale (s · m) p)
  mult : Poly → Poly → Poly
  mult [] q = []
  mult (t ∷ p) q = merge (scale t q) (mult p q)
  norm : Expr → Poly
  norm (v n) = (true · (n ∷ [])) ∷ []
  norm ze = []
  norm un = (true · []) ∷ []
  norm (a ⊕ b) = merge (norm a) (norm b)
  norm (a ⊗ b) = mult (norm a) (norm b)
  norm (⊖ a) = scale (false · []) (norm a)

  module _ (ρ : Env) where
    ⟦_⟧ᴹ : Mono → C
    ⟦ [] ⟧ᴹ = #1
    ⟦ a ∷ m ⟧ᴹ = ρ a * ⟦ m ⟧ᴹ
    sgn : Bool → C → C
    sgn true a = a
    sgn false a = neg a
    ⟦_⟧ᵀ : Term → C
    ⟦ s · m ⟧ᵀ = sgn s ⟦ m ⟧ᴹ
    ⟦_⟧ᴾ : Poly → C
    ⟦ [] ⟧ᴾ = #0
    ⟦ t ∷ p ⟧ᴾ = ⟦ t ⟧ᵀ + ⟦ p ⟧ᴾ

    put-ok : ∀ a m → ⟦ put a m ⟧ᴹ ≡ ρ a * ⟦ m ⟧ᴹ
    put-ok a [] = refl
    put-ok a (b ∷ m) with a < b
    ... | true = refl
    ... | false = trans (cong (ρ b *_) (put-ok a m)) (*-swap (ρ b) (ρ a) _)
    times-ok : ∀ m k → ⟦ times m k ⟧ᴹ ≡ ⟦ m ⟧ᴹ * ⟦ k ⟧ᴹ
    times-ok [] k = sym (one* _)
    times-ok (a ∷ m) k = trans (put-ok a (times m k))
      (trans (cong (ρ a *_) (times-ok m k)) (sym (*-assoc (ρ a) _ _)))
    sameM-ok : ∀ m k → sameM m k ≡ true → m ≡ k
    sameM-ok [] [] _ = refl
    sameM-ok (a ∷ m) (b ∷ k) p = cong₂ _∷_ (==-sound a b (&&-left (a == b) _ p))
      (sameM-ok m k (&&-right (a == b) _ p))
    sameM-ok [] (_ ∷ _) ()
    sameM-ok (_ ∷ _) [] ()
    sgn-mul : ∀ s s′ a b → sgn (sameS s s′) (a * b) ≡ sgn s a * sgn s′ b
    sgn-mul true true a b = refl
    sgn-mul true false a b = sym (*-neg a b)
    sgn-mul false true a b = sym (neg-* a b)
    sgn-mul false false a b = sym (trans (*-neg (neg a) b) (trans (cong neg (neg-* a b)) (neg-neg _)))
    cancel-ok : ∀ s s′ a r → sameS s s′ ≡ false → r ≡ sgn s a + (sgn s′ a + r)
    cancel-ok true false a r _ = sym (trans (sym (+-assoc _ _ r)) (trans (cong (_+ r) (+-neg a)) (zero+ r)))
    cancel-ok false true a r _ = sym (trans (sym (+-assoc _ _ r)) (trans (cong (_+ r) (neg+ a)) (zero+ r)))
    ins-ok : ∀ t p → ⟦ ins t p ⟧ᴾ ≡ ⟦ t ⟧ᵀ + ⟦ p ⟧ᴾ
    ins-ok t [] = refl
    ins-ok (s · m) ((s′ · m′) ∷ p) with decide (sameM m m′)
    ... | right e rewrite e with lessM m m′
    ...   | true = refl
    ...   | false = trans (cong (⟦ s′ · m′ ⟧ᵀ +_) (ins-ok (s · m) p)) (+-swap _ _ _)
    ins-ok (s · m) ((s′ · m′) ∷ p) | left e with sameM-ok m m′ e
    ... | refl rewrite e with decide (sameS s s′)
    ...   | left g rewrite g = refl
    ...   | right g rewrite g = cancel-ok s s′ ⟦ m ⟧ᴹ ⟦ p ⟧ᴾ g
    merge-ok : ∀ p q → ⟦ merge p q ⟧ᴾ ≡ ⟦ p ⟧ᴾ + ⟦ q ⟧ᴾ
    merge-ok [] q = sym (zero+ _)
    merge-ok (t ∷ p) q = trans (ins-ok t (merge p q))
      (trans (cong (⟦ t ⟧ᵀ +_) (merge-ok p q)) (sym (+-assoc _ _ _)))
    scale-ok : ∀ t p → ⟦ scale t p ⟧ᴾ ≡ ⟦ t ⟧ᵀ * ⟦ p ⟧ᴾ
    scale-ok t [] = sym (*-zero _)
    scale-ok (s · m) ((s′ · m′) ∷ p) = trans (ins-ok (sameS s s′ · times m m′) (scale (s · m) p))
      (trans (cong₂ _+_ (trans (cong (sgn (sameS s s′)) (times-ok m m′)) (sgn-mul s s′ _ _))
        (scale-ok (s · m) p)) (sym (*-+ _ _ _)))
    mult-ok : ∀ p q → ⟦ mult p q ⟧ᴾ ≡ ⟦ p ⟧ᴾ * ⟦ q ⟧ᴾ
    mult-ok [] q = sym (zero* _)
    mult-ok (t ∷ p) q = trans (merge-ok (scale t q) (mult p q))
      (trans (cong₂ _+_ (scale-ok t q) (mult-ok p q)) (sym (+-* _ _ _)))
    norm-ok : ∀ e → ⟦ norm e ⟧ᴾ ≡ ⟦ e ⟧ ρ
    norm-ok (v n) = trans (+-zero _) (*-one _)
    norm-ok ze = refl
    norm-ok un = +-zero #1
    norm-ok (a ⊕ b) = trans (merge-ok (norm a) (norm b)) (cong₂ _+_ (norm-ok a) (norm-ok b))
    norm-ok (a ⊗ b) = trans (mult-ok (norm a) (norm b)) (cong₂ _*_ (norm-ok a) (norm-ok b))
    norm-ok (⊖ a) = trans (scale-ok (false · []) (norm a))
      (trans (neg-* #1 _) (cong neg (trans (one* _) (norm-ok a))))

  solve : (l : List C) (a b : Expr) → norm a ≡ norm b → ⟦ a ⟧ (vars l) ≡ ⟦ b ⟧ (vars l)
  solve l a b p = trans (sym (norm-ok (vars l) a)) (trans (cong ⟦_⟧ᴾ′ p) (norm-ok (vars l) b))
    where
    ⟦_⟧ᴾ′ : Poly → C
    ⟦ p ⟧ᴾ′ = ⟦_⟧ᴾ (vars l) p
