import LipBridge.Algebra.Int
import LipBridge.Algebra.Numerals
/-!
# The order lemmas are not vacuous

Each theorem about `≤` and `<` that has hypotheses, met by a proved example over ℤ.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- An integer from a natural number. -/
abbrev i (n : Nat) : Int := Int.ofNat n

/-- `m ≤ n` over ℤ, by comparison. -/
theorem ile {x y : Int} (h : Eq (intBle x y) true) : le x y := int_le_of_ble h

/-- `x < y` over ℤ, by comparison. -/
theorem ilt {x y : Int} (h : Eq (intBle y x) false) : lt x y :=
  fun g => bool_absurd (Eq.trans (Eq.symm (int_ble_of_le g)) h)

/-- `-(n+1)`. -/
abbrev m (n : Nat) : Int := Int.negSucc n

example : le (i 2) (i 5) := ile rfl
example : lt (m 2) (i 5) := ilt rfl
example : le (i 2) (i 7) := le_trans (b := i 5) (ile rfl) (ile rfl)
example : Eq (i 2) (i 2) := le_antisymm (ile rfl) (ile rfl)
example : Not (le (mul (i 2) (i 3)) zero) := mul_pos (ilt rfl) (ilt rfl)
example : le (sup (i 2) (m 3)) (i 4) := sup_le (ile rfl) (ile rfl)
example : le (i 2) (i 5) := le_of_lt (ilt rfl)
example : le (i 2) (i 5) := le_of_not_lt (fun h => h (ile rfl))
example : lt (i 2) (i 7) := lt_of_lt_of_le (b := i 5) (ilt rfl) (ile rfl)
example : lt (i 2) (i 7) := lt_of_le_of_lt (b := i 5) (ile rfl) (ilt rfl)
example : le (i 2) (i 5) := le_congr (b := i 2) (d := i 5) rfl rfl (ile rfl)
example : le (i 2) (i 5) := le_via (b := i 2) (d := i 5) (ile rfl) rfl rfl
example : lt (i 2) (i 5) := lt_congr (b := i 2) (d := i 5) rfl rfl (ilt rfl)
example : Eq (i 2) (i 2) := add_left_cancel (i 7) rfl
example : le (i 3) (i 6) := add_le_add_right (a := i 2) (b := i 5) (i 1) (ile rfl)
example : le (i 3) (i 7) := add_le_add (a := i 2) (b := i 5) (c := i 1) (d := i 2) (ile rfl) (ile rfl)
example : le (i 2) (i 5) := le_of_add_le_add_left (i 1) (ile rfl)
example : le (i 2) (i 5) := le_of_add (c := i 3) (ile rfl) rfl
example : le zero (add (i 2) (i 3)) := add_nonneg (ile rfl) (ile rfl)
example : le (i 2) (i 5) := le_of_sub_nonneg (ile rfl)
example : le zero (sub (i 5) (i 2)) := sub_nonneg (ile rfl)
example : le (neg (i 5)) (neg (i 2)) := neg_le_neg (ile rfl)
example : le zero (neg (m 4)) := neg_nonneg (ile rfl)
example : lt (add (i 1) (i 2)) (add (i 2) (i 2)) := add_lt_add (ilt rfl) (ile rfl)
example : lt (i 2) (i 5) := lt_of_sub_pos (ilt rfl)
example : lt zero (sub (i 5) (i 2)) := sub_pos (ilt rfl)
example : Or (lt zero (i 3)) (Eq (i 3) zero) := pos_or_zero (ile rfl)
example : le zero (mul (i 2) (i 3)) := mul_nonneg (ile rfl) (ile rfl)
example : le (mul (i 3) (m 1)) (mul (i 3) (i 1)) := mul_le_mul_left (ile rfl) (ile rfl)
example : le (mul (m 1) (i 3)) (mul (i 1) (i 3)) := mul_le_mul_right (ile rfl) (ile rfl)
example : le (mul (i 2) (i 3)) (mul (i 4) (i 5)) := mul_le_mul (ile rfl) (ile rfl) (ile rfl) (ile rfl)
example : le (m 4) (i 2) := le_of_mul_le_mul_left (c := i 3) (ilt rfl) (ile rfl)
example : lt zero (i 2) := pos_of_mul_pos (c := i 3) (ile rfl) (ilt rfl)
example : le (i 2) (i 5) := le_of_sq_le_sq (ile rfl) (ile rfl)
example : le (sq (i 2)) (sq (i 5)) := sq_le_sq (ile rfl) (ile rfl)
example : Eq (i 0) zero := eq_zero_of_sq (ile rfl)
example : lt zero (sq (i 3)) := sq_pos (ilt rfl)
example : le (abs (m 2)) (i 5) := abs_le (ile rfl) (ile rfl)
example : le (abs (m 2)) (i 5) := abs_le_of_sq_le_sq (ile rfl) (ile rfl)
example : le (sq (m 2)) (sq (i 5)) := sq_le_sq_of_abs (ile rfl)
example : Eq (sup (i 2) (i 5)) (i 5) := sup_of_le (ile rfl)
example : Eq (sup (i 5) (i 2)) (i 5) := sup_of_ge (ile rfl)
example : le (sup (i 1) (i 2)) (sup (i 3) (i 4)) := sup_le_sup (ile rfl) (ile rfl)
example : le (ofNat 3 : Int) (ofNat 4) := ofNat_le (nat_le_add 3 1)
example : le (ofNat 3 : Int) (ofNat 4) := ofNat_le_of_ble rfl
example : lt (zero : Int) (ofNat 4) := ofNat_pos rfl
example : le (ofInt (m 3) : Int) (ofInt (i 4)) := ofInt_le (ile rfl)
example : Reciprocals (vars2 1 1) (fun _ => (one : Int)) := .cons rfl (.cons rfl .nil)
example : le (zero : Int) one := reciprocal_nonneg (d := 1) rfl

end LipBridgeTest
