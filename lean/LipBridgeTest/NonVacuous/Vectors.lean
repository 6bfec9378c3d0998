import LipBridge.Vector.Matrix
import LipBridge.Vector.Max
import LipBridge.Evaluate.Linear
import LipBridgeTest.NonVacuous.Order
/-!
# The theorems on sums and vectors are not vacuous

Each theorem with hypotheses, met by a proved example over ℤ.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- The vector `(3, 4, 0, 0, …)`. -/
def p34 : Vec Int := ofList (vars2 (i 3) (i 4))

/-- The vector `(1, -2, 0, 0, …)`. -/
def p12 : Vec Int := ofList (vars2 (i 1) (m 1))

/-- `(3, 4, 5, 0, …)` agrees with `p34` in two entries. -/
def p345 : Vec Int := ofList (vars3 (i 3) (i 4) (i 5))

/-- Two entries of `p345` and `p34` agree. -/
theorem agree2 : Agree 2 p345 p34 := agree_of_check (w := vars2 (i 3) (i 4)) rfl

/-- `0 ≤ x²` for the entries of a vector. -/
theorem sq_entries (n : Nat) (x : Vec Int) : ∀ j, Nat.lt j n → le zero (mul (x j) (x j)) :=
  fun j _ => mul_self_nonneg (x j)

example : Eq (sum 2 p345) (sum 2 p34) := sum_congr agree2
example : Eq (sum 3 p34) (i 7) := rfl
example : Eq (sum 2 (fun j => pick (Nat.beq j 1) (i 5) zero)) (i 5) :=
  sum_single (k := 1) Nat.le.refl (fun j h => Or.elim (bool_em (Nat.beq j 1))
    (fun e => False.elim (h (Nat.eq_of_beq_eq_true e)))
    (fun e => Eq.subst (motive := fun b => Eq (pick b (i 5) zero) zero) (Eq.symm e) rfl))
example : le (sum 2 p12) (sum 2 p34) := sum_le (fun j hj => ile (
  match j, hj with
  | 0, _ => rfl
  | .succ 0, _ => rfl
  | .succ (.succ _), hj =>
    False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ hj)))))
example : le zero (normSq 2 p12) := sum_nonneg (sq_entries 2 p12)
example : le (mul (p34 1) (p34 1)) (normSq 2 p34) := term_le_sum (sq_entries 2 p34) Nat.le.refl
example : le (normSq 1 p34) (normSq 2 p34) :=
  sum_le_of_le (fun j => mul_self_nonneg (p34 j)) (nat_le_add 1 1)
example : Eq (dot 2 p345 p12) (dot 2 p34 p12) := dot_congr agree2 (fun _ _ => rfl)
example : Eq (normSq 2 p345) (normSq 2 p34) := normSq_congr agree2
example : Eq (distSq 2 p345 p12) (distSq 2 p34 p12) := distSq_congr agree2 (fun _ _ => rfl)
example : le (mul (p34 1) (p34 1)) (normSq 2 p34) := entry_le_normSq p34 Nat.le.refl
example : le (normSq 1 p34) (normSq 2 p34) := normSq_le_of_le p34 (nat_le_add 1 1)
example : le (sq (add (i 3) (mul (i 2) (i 5)))) (mul (add (i 9) (mul (i 2) (i 2))) (add (i 1) (mul (i 5) (i 5)))) :=
  cauchy_step (i 2) (i 5) (ile rfl) (ile rfl) (ile rfl)
example : le (sq (dot 2 p34 p12)) (mul (normSq 2 p34) (normSq 2 p12)) := cauchy_schwarz 2 p34 p12
example : le (dot 2 p34 p12) (mul (mul (i 5) (i 3)) one) :=
  dot_le_of_normSq (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl)
example : le (normSq 2 (vadd p34 p12)) (mul (sq (add (i 5) (i 3))) one) :=
  minkowski (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl)
example : Exists fun t => And (Nat.lt t 2)
    (le (sq (sub (maxOver 2 p34) (maxOver 2 p12))) (sq (sub (p34 t) (p12 t)))) :=
  maxOver_dist (nat_le_add 1 1) p34 p12
example : Eq (maxOver 2 p34) (i 4) := rfl
example : le (p34 1) (maxOver 2 p34) := le_maxOver p34 Nat.le.refl
example : le (maxOver 2 (fun _ => i 4)) (i 4) := maxOver_le (nat_le_add 1 1) (fun _ _ => ile rfl)

/-- The 1×2 matrix `(3, -1)`. -/
def row : Nat → Nat → Int := fun _ j => ofList (vars2 (i 3) (m 0)) j

example : Agree 1 (matVec 2 row p34) (matVec 2 row p34) := matVec_congr (fun _ _ _ _ => rfl) p34
example : le (mul (i 2) (i 3)) (mul (i 3) (i 5)) :=
  transpose_step (b := i 2) (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl)

end LipBridgeTest
