import LipBridge.Network.Chain
/-!
# Powers and geometric sums

`rpow a n = aⁿ` in an ordered ring, and `(1 - a)·(1 + a + … + aⁿ⁻¹) = 1 - aⁿ`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `aᵐ⁺ⁿ = aᵐ·aⁿ`. -/
theorem rpow_add (a : R) (m n : Nat) :
    Eq (rpow a (Nat.add m n)) (mul (rpow a m) (rpow a n)) :=
  match n with
  | 0 => Eq.symm (mul_one _)
  | .succ n => Eq.trans (congrArg (fun t => mul t a) (rpow_add a m n)) (mul_assoc _ _ _)

/-- `0 ≤ a` gives `0 ≤ aⁿ`. -/
theorem rpow_nonneg {a : R} (h : le zero a) (n : Nat) : le zero (rpow a n) :=
  match n with
  | 0 => le_of_lt zero_lt_one
  | .succ n => mul_nonneg (rpow_nonneg h n) h

/-- `0 ≤ a ≤ 1` gives `aⁿ ≤ 1`. -/
theorem rpow_le_one {a : R} (h : le zero a) (k : le a one) (n : Nat) : le (rpow a n) one :=
  match n with
  | 0 => le_refl one
  | .succ n => le_congr rfl (Eq.symm (mul_one one))
      (mul_le_mul (le_of_lt zero_lt_one) h (rpow_le_one h k n) k)

/-- `0 ≤ a ≤ b` gives `aⁿ ≤ bⁿ`. -/
theorem rpow_le_rpow {a b : R} (h : le zero a) (k : le a b) (n : Nat) :
    le (rpow a n) (rpow b n) :=
  match n with
  | 0 => le_refl one
  | .succ n => mul_le_mul (rpow_nonneg (le_trans h k) n) h (rpow_le_rpow h k n) k

/-- The geometric sum: `(1 - a)·Σ_{i<n} aⁱ = 1 - aⁿ`. -/
theorem geometric_sum (a : R) (n : Nat) :
    Eq (mul (sub one a) (sum n (rpow a))) (sub one (rpow a n)) :=
  match n with
  | 0 => ring_eq (vars1 a) (a := mul (sub one a) zero) (b := sub one one)
  | .succ n => Eq.trans (mul_add (sub one a) (sum n (rpow a)) (rpow a n))
      (Eq.trans (congrArg (fun t => add t (mul (sub one a) (rpow a n))) (geometric_sum a n))
        (ring_eq (vars2 a (rpow a n)) (b := sub one (mul (rpow a n) a))))

/-- A geometric sum from `N` on: `(1 - a)·Σ_{i<d} C·aᴺ⁺ⁱ ≤ C·aᴺ` for `a, C ≥ 0`. -/
theorem geometric_tail {a C : R} (ha : le zero a) (hC : le zero C) (N d : Nat) :
    le (mul (sub one a) (sum d (fun i => mul C (rpow a (Nat.add N i))))) (mul C (rpow a N)) :=
  have e : Eq (sum d (fun i => mul C (rpow a (Nat.add N i))))
      (mul (mul C (rpow a N)) (sum d (rpow a))) :=
    Eq.trans (sum_ext d (fun i => Eq.trans (congrArg (mul C) (rpow_add a N i))
      (Eq.symm (mul_assoc C (rpow a N) (rpow a i))))) (sum_mul_left d _ _)
  have nonneg : le zero (mul (mul C (rpow a N)) (rpow a d)) :=
    mul_nonneg (mul_nonneg hC (rpow_nonneg ha N)) (rpow_nonneg ha d)
  le_congr
    (Eq.trans (congrArg (mul (sub one a)) e)
      (Eq.trans (ring_eq (vars3 a (mul C (rpow a N)) (sum d (rpow a)))
          (b := mul (mul C (rpow a N)) (mul (sub one a) (sum d (rpow a)))))
        (congrArg (mul (mul C (rpow a N))) (geometric_sum a d)))) rfl
    (le_of_add nonneg (ring_eq (vars2 (mul C (rpow a N)) (rpow a d))))

end

end LipBridge
