{-# OPTIONS --safe --without-K #-}
-- Natural numbers, logic, booleans and lists. No library: the builtin arithmetic is declared here, and
-- Agda compares each operation with its recursion equations.
module LipBridge.Base where

open import Agda.Primitive public using (Level; lsuc; lzero; _⊔_)

-- Natural numbers

data Nat : Set where
  zero : Nat
  suc : Nat → Nat
{-# BUILTIN NATURAL Nat #-}

infixl 6 _+_ _-_
infixl 7 _*_
infix 4 _==_ _<_ _≤ᵇ_ _≡_

_+_ : Nat → Nat → Nat
zero + b = b
suc a + b = suc (a + b)
{-# BUILTIN NATPLUS _+_ #-}

_-_ : Nat → Nat → Nat
a - zero = a
zero - suc b = zero
suc a - suc b = a - b
{-# BUILTIN NATMINUS _-_ #-}

_*_ : Nat → Nat → Nat
zero * b = zero
suc a * b = b + a * b
{-# BUILTIN NATTIMES _*_ #-}

data Bool : Set where
  false true : Bool
{-# BUILTIN BOOL Bool #-}
{-# BUILTIN FALSE false #-}
{-# BUILTIN TRUE true #-}

_==_ : Nat → Nat → Bool
zero == zero = true
suc a == suc b = a == b
_ == _ = false
{-# BUILTIN NATEQUALS _==_ #-}

_<_ : Nat → Nat → Bool
_ < zero = false
zero < suc _ = true
suc a < suc b = a < b
{-# BUILTIN NATLESS _<_ #-}

_≤ᵇ_ : Nat → Nat → Bool
a ≤ᵇ b = a < suc b

-- Equality

data _≡_ {a : Level} {A : Set a} (x : A) : A → Set a where
  refl : x ≡ x
{-# BUILTIN EQUALITY _≡_ #-}

private variable
  ℓ ℓ′ ℓ″ : Level
  A : Set ℓ
  B : Set ℓ′
  D : Set ℓ″

sym : {a b : A} → a ≡ b → b ≡ a
sym refl = refl
trans : {a b c : A} → a ≡ b → b ≡ c → a ≡ c
trans refl p = p
cong : (f : A → B) {a b : A} → a ≡ b → f a ≡ f b
cong f refl = refl
cong₂ : (f : A → B → D) {a b : A} {c d : B} → a ≡ b → c ≡ d → f a c ≡ f b d
cong₂ f refl refl = refl

-- Logic

data ⊥ : Set where
record ⊤ {ℓ : Level} : Set ℓ where
  constructor done
data Either (A : Set ℓ) (B : Set ℓ′) : Set (ℓ ⊔ ℓ′) where
  left : A → Either A B
  right : B → Either A B
record Both (A : Set ℓ) (B : Set ℓ′) : Set (ℓ ⊔ ℓ′) where
  constructor both
  field
    fst : A
    snd : B
open Both public

absurd : ⊥ → A
absurd ()

Not : Set ℓ → Set ℓ
Not A = A → ⊥

-- Lists

data List (A : Set ℓ) : Set ℓ where
  [] : List A
  _∷_ : A → List A → List A
infixr 5 _∷_

length : {A : Set ℓ} → List A → Nat
length [] = 0
length (_ ∷ l) = suc (length l)

-- Booleans

_&&_ : Bool → Bool → Bool
true && b = b
false && _ = false
infixr 4 _&&_

infix 2 if_then_else_
if_then_else_ : Bool → A → A → A
if true then a else _ = a
if false then _ else b = b

&&-left : (a b : Bool) → (a && b) ≡ true → a ≡ true
&&-left true b p = refl
&&-right : (a b : Bool) → (a && b) ≡ true → b ≡ true
&&-right true b p = p

decide : (b : Bool) → Either (b ≡ true) (b ≡ false)
decide true = left refl
decide false = right refl

==-sound : (a b : Nat) → (a == b) ≡ true → a ≡ b
==-sound zero zero _ = refl
==-sound (suc a) (suc b) p = cong suc (==-sound a b p)
==-sound zero (suc _) ()
==-sound (suc _) zero ()

≤ᵇ-sound : (a b : Nat) → (a ≤ᵇ b) ≡ true → a + (b - a) ≡ b
≤ᵇ-sound zero b _ = refl
≤ᵇ-sound (suc a) zero p = absurd (nope a p)
  where
  nope : (a : Nat) → (a < zero) ≡ true → ⊥
  nope zero ()
  nope (suc _) ()
≤ᵇ-sound (suc a) (suc b) p = cong suc (≤ᵇ-sound a b p)
