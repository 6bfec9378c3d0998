import LipBridge.Vector.Sum
/-!
# Powers and geometric sums

`power a n = aⁿ` in an ordered ring, and `(1 - a)·(1 + a + … + aⁿ⁻¹) = 1 - aⁿ`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `aⁿ`: `a⁰ = 1`, `aⁿ⁺¹ = aⁿ·a`. -/
def power (a : R) (n : Nat) : R :=
  match n with
  | 0 => one
  | .succ n => mul (power a n) a

/-- `aᵐ⁺ⁿ = aᵐ·aⁿ`. -/
theorem power_add (a : R) (m n : Nat) :
    Eq (power a (Nat.add m n)) (mul (power a m) (power a n)) :=
  match n with
  | 0 => Eq.symm (mul_one _)
  | .succ n => Eq.trans (congrArg (fun t => mul t a) (power_add a m n)) (mul_assoc _ _ _)

/-- `0 ≤ a` gives `0 ≤ aⁿ`. -/
theorem power_nonneg {a : R} (h : le zero a) (n : Nat) : le zero (power a n) :=
  match n with
  | 0 => le_of_lt zero_lt_one
  | .succ n => mul_nonneg (power_nonneg h n) h

/-- `0 ≤ a ≤ 1` gives `aⁿ ≤ 1`. -/
theorem power_le_one {a : R} (h : le zero a) (k : le a one) (n : Nat) : le (power a n) one :=
  match n with
  | 0 => le_refl one
  | .succ n => le_congr rfl (Eq.symm (mul_one one))
      (mul_le_mul (le_of_lt zero_lt_one) h (power_le_one h k n) k)

/-- `0 ≤ a ≤ b` gives `aⁿ ≤ bⁿ`. -/
theorem power_le_power {a b : R} (h : le zero a) (k : le a b) (n : Nat) :
    le (power a n) (power b n) :=
  match n with
  | 0 => le_refl one
  | .succ n => mul_le_mul (power_nonneg (le_trans h k) n) h (power_le_power h k n) k

/-- The geometric sum: `(1 - a)·Σ_{i<n} aⁱ = 1 - aⁿ`. -/
theorem geometric_sum (a : R) (n : Nat) :
    Eq (mul (sub one a) (sum n (power a))) (sub one (power a n)) :=
  match n with
  | 0 => ring_eq (vars1 a) (a := mul (sub one a) zero) (b := sub one one)
  | .succ n => Eq.trans (mul_add (sub one a) (sum n (power a)) (power a n))
      (Eq.trans (congrArg (fun t => add t (mul (sub one a) (power a n))) (geometric_sum a n))
        (ring_eq (vars2 a (power a n)) (b := sub one (mul (power a n) a))))

/-- A geometric sum from `N` on: `(1 - a)·Σ_{i<d} C·aᴺ⁺ⁱ ≤ C·aᴺ` for `a, C ≥ 0`. -/
theorem geometric_tail {a C : R} (ha : le zero a) (hC : le zero C) (N d : Nat) :
    le (mul (sub one a) (sum d (fun i => mul C (power a (Nat.add N i))))) (mul C (power a N)) :=
  have e : Eq (sum d (fun i => mul C (power a (Nat.add N i))))
      (mul (mul C (power a N)) (sum d (power a))) :=
    Eq.trans (sum_ext d (fun i => Eq.trans (congrArg (mul C) (power_add a N i))
      (Eq.symm (mul_assoc C (power a N) (power a i))))) (sum_mul_left d _ _)
  have nonneg : le zero (mul (mul C (power a N)) (power a d)) :=
    mul_nonneg (mul_nonneg hC (power_nonneg ha N)) (power_nonneg ha d)
  le_congr
    (Eq.trans (congrArg (mul (sub one a)) e)
      (Eq.trans (ring_eq (vars3 a (mul C (power a N)) (sum d (power a)))
          (b := mul (mul C (power a N)) (mul (sub one a) (sum d (power a)))))
        (congrArg (mul (mul C (power a N))) (geometric_sum a d)))) rfl
    (le_of_add nonneg (ring_eq (vars2 (mul C (power a N)) (power a d))))

end

end LipBridge
