/-!
# Ordered rings

The numbers that every theorem of this library speaks of: a commutative ring with a total order, in
which products of positive elements are positive. ℤ, ℚ and ℝ are such rings. No division, no
roots: a statement about `√a ≤ b` is stated as `a ≤ b²`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- A linearly ordered commutative ring. `sup` is the maximum, `ofInt` the image of the integers. -/
class OrderedRing (R : Type u) where
  /-- 0. -/
  zero : R
  /-- 1. -/
  one : R
  /-- The sum. -/
  add : R → R → R
  /-- The product. -/
  mul : R → R → R
  /-- The greater of two elements. -/
  sup : R → R → R
  /-- The opposite. -/
  neg : R → R
  /-- The order `a ≤ b`. -/
  le : R → R → Prop
  /-- The image of an integer. -/
  ofInt : Int → R
  /-- `(a + b) + c = a + (b + c)`. -/
  add_assoc : ∀ a b c, Eq (add (add a b) c) (add a (add b c))
  /-- `a + b = b + a`. -/
  add_comm : ∀ a b, Eq (add a b) (add b a)
  /-- `a + 0 = a`. -/
  add_zero : ∀ a, Eq (add a zero) a
  /-- `a + (-a) = 0`. -/
  add_neg : ∀ a, Eq (add a (neg a)) zero
  /-- `(a * b) * c = a * (b * c)`. -/
  mul_assoc : ∀ a b c, Eq (mul (mul a b) c) (mul a (mul b c))
  /-- `a * b = b * a`. -/
  mul_comm : ∀ a b, Eq (mul a b) (mul b a)
  /-- `a * 1 = a`. -/
  mul_one : ∀ a, Eq (mul a one) a
  /-- `a * (b + c) = a * b + a * c`. -/
  mul_add : ∀ a b c, Eq (mul a (add b c)) (add (mul a b) (mul a c))
  /-- `a ≤ a`. -/
  le_refl : ∀ a, le a a
  /-- `a ≤ b` and `b ≤ c` give `a ≤ c`. -/
  le_trans : ∀ {a b c}, le a b → le b c → le a c
  /-- `a ≤ b` and `b ≤ a` give `a = b`. -/
  le_antisymm : ∀ {a b}, le a b → le b a → Eq a b
  /-- `a ≤ b` or `b ≤ a`. -/
  le_total : ∀ a b, Or (le a b) (le b a)
  /-- `a ≤ b` or not. -/
  le_em : ∀ a b, Or (le a b) (Not (le a b))
  /-- `a ≤ b` gives `c + a ≤ c + b`. -/
  add_le_add_left : ∀ {a b} (c), le a b → le (add c a) (add c b)
  /-- `0 < a` and `0 < b` give `0 < a * b`. -/
  mul_pos : ∀ {a b}, Not (le a zero) → Not (le b zero) → Not (le (mul a b) zero)
  /-- `0 < 1`. -/
  zero_lt_one : Not (le one zero)
  /-- `a ≤ sup a b`. -/
  le_sup_left : ∀ a b, le a (sup a b)
  /-- `b ≤ sup a b`. -/
  le_sup_right : ∀ a b, le b (sup a b)
  /-- `a ≤ c` and `b ≤ c` give `sup a b ≤ c`. -/
  sup_le : ∀ {a b c}, le a c → le b c → le (sup a b) c
  /-- The image of 1 is 1. -/
  ofInt_one : Eq (ofInt (Int.ofNat 1)) one
  /-- The image of a sum is the sum of the images. -/
  ofInt_add : ∀ m n, Eq (ofInt (Int.add m n)) (add (ofInt m) (ofInt n))
  /-- The image of a product is the product of the images. -/
  ofInt_mul : ∀ m n, Eq (ofInt (Int.mul m n)) (mul (ofInt m) (ofInt n))

export OrderedRing (zero one add mul sup neg le ofInt add_assoc add_comm add_zero add_neg mul_assoc
  mul_comm mul_one mul_add le_refl le_trans le_antisymm le_total le_em add_le_add_left mul_pos
  zero_lt_one le_sup_left le_sup_right sup_le ofInt_one ofInt_add ofInt_mul)

section
variable {R : Type u} [OrderedRing R]

/-- The strict order: `a < b` is `¬ b ≤ a`. -/
abbrev lt (a b : R) : Prop := Not (le b a)

/-- The difference `a - b = a + (-b)`. -/
def sub (a b : R) : R := add a (neg b)

/-- The image of a natural number. -/
def ofNat (n : Nat) : R := ofInt (Int.ofNat n)

/-- The square `a * a`. -/
def sq (a : R) : R := mul a a

end

end LipBridge
