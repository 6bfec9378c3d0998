import LipBridge.Algebra.Numerals
/-!
# Order lemmas for gaps

How far a difference moves when its two terms move a little.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `2 * a = a + a`. -/
theorem two_mul (a : R) : Eq (mul (ofNat 2) a) (add a a) :=
  Eq.trans (congrArg (fun t => mul t a) ofNat_two) (ring_eq (vars1 a))

/-- `4 * a = (a + a) + (a + a)`. -/
theorem four_mul (a : R) : Eq (mul (ofNat 4) a) (add (add a a) (add a a)) :=
  Eq.trans (congrArg (fun t => mul t a) (Eq.trans (ofNat_add 2 2) (congr2 add ofNat_two ofNat_two)))
    (ring_eq (vars1 a) (a := mul (add (add one one) (add one one)) a))

/-- `m < n` gives `ofNat m < ofNat n`. -/
theorem ofNat_lt {m n : Nat} (h : Nat.lt m n) : lt (ofNat m : R) (ofNat n) :=
  lt_of_lt_of_le
    (lt_of_sub_pos (lt_congr rfl (Eq.trans (congrArg (fun t => sub t (ofNat m)) (ofNat_succ m))
      (ring_eq (vars1 (ofNat m)) (b := one))) zero_lt_one))
    (ofNat_le h)

/-- `0 ≤ 1`. -/
theorem zero_le_one : le (zero : R) one := le_of_lt zero_lt_one

/-- `0 < a` and `0 ≤ b` give `0 < a + b`. -/
theorem add_pos {a b : R} (h : lt zero a) (k : le zero b) : lt zero (add a b) :=
  lt_of_lt_of_le h (le_of_add k rfl)

/-- `a - b = 0` gives `a = b`. -/
theorem eq_of_sub_zero {a b : R} (h : Eq (sub a b) zero) : Eq a b :=
  Eq.trans (ring_eq (vars2 a b) (b := add (sub a b) b))
    (Eq.trans (congrArg (fun t => add t b) h) (zero_add b))

/-- A gap `g > D` that shrinks by at most `D` stays positive: `D < g` and `g - g' ≤ D` give `0 < g'`. -/
theorem gap_pos {g g' D : R} (h : lt D g) (k : le (sub g g') D) : lt zero g' :=
  lt_of_sub_pos (lt_congr rfl (ring_eq (vars2 g g') (a := sub g' zero) (b := sub g (sub g g')))
    (sub_pos (lt_of_le_of_lt k h)))

/-- `|a' - a| ≤ d` and `|b' - b| ≤ e` give `(a - b) - (a' - b') ≤ d + e`. -/
theorem gap_drift {a a' b b' d e : R} (h : le (abs (sub a' a)) d) (k : le (abs (sub b' b)) e) :
    le (sub (sub a b) (sub a' b')) (add d e) :=
  le_via (add_le_add (le_trans (neg_le_abs (sub a' a)) h) (le_trans (le_abs (sub b' b)) k))
    (ring_eq (vars4 a a' b b')) rfl

/-- `|a - b| = |b - a|`. -/
theorem abs_sub_comm (a b : R) : Eq (abs (sub a b)) (abs (sub b a)) :=
  le_antisymm
    (abs_le (le_congr (ring_eq (vars2 a b) (b := neg (sub b a))) rfl (neg_le_abs (sub b a)))
      (le_congr (ring_eq (vars2 a b) (b := sub b a)) rfl (le_abs (sub b a))))
    (abs_le (le_congr (ring_eq (vars2 a b) (b := neg (sub a b))) rfl (neg_le_abs (sub a b)))
      (le_congr (ring_eq (vars2 a b) (b := sub a b)) rfl (le_abs (sub a b))))

/-- `|a - c| ≤ |a - b| + |b - c|`. -/
theorem abs_sub_le (a b c : R) : le (abs (sub a c)) (add (abs (sub a b)) (abs (sub b c))) :=
  abs_le
    (le_congr (ring_eq (vars3 a b c) (b := add (sub a b) (sub b c))) rfl
      (add_le_add (le_abs _) (le_abs _)))
    (le_congr (ring_eq (vars3 a b c) (b := add (neg (sub a b)) (neg (sub b c)))) rfl
      (add_le_add (neg_le_abs _) (neg_le_abs _)))

/-- `|0| = 0`. -/
theorem abs_zero : Eq (abs (zero : R)) zero :=
  le_antisymm (abs_le (le_refl zero) (le_of_eq (ring_eq .nil))) (abs_nonneg zero)

/-- `|a - a| = 0`. -/
theorem abs_sub_self (a : R) : Eq (abs (sub a a)) zero :=
  Eq.trans (congrArg abs (ring_eq (vars1 a) (b := zero))) abs_zero

end

end LipBridge
