import LipBridge.Evaluate.Packed
import LipBridge.Layers.Relu
import LipBridgeTest.NonVacuous.Vectors
/-!
# Evaluating packed layers: examples

A 2×2 matrix packed by rows and by columns, its layer evaluated over the integers, and a network of
two layers evaluated layer by layer.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- `((1, -2), (3, 4))` by rows: digits of 4 bits, bias 8. -/
def byRows : PackedMatrix :=
  .mk 2 2 4 8 false (.node (.one (Nat.add 9 (Nat.mul 16 6))) (.one (Nat.add 11 (Nat.mul 16 12))))

/-- The same matrix by columns. -/
def byColumns : PackedMatrix :=
  .mk 2 2 4 8 true (.node (.one (Nat.add 9 (Nat.mul 16 11))) (.one (Nat.add 6 (Nat.mul 16 12))))

example : Eq (PackedMatrix.entry byRows 0 1) (m 1) := rfl
example : Eq (PackedMatrix.entry byColumns 0 1) (m 1) := rfl

/-- The bias `(5, -100)`. -/
def bias2 : Vec Int := ofList (vars2 (i 5) (m 99))

/-- `W (3, 4) + (5, -100) = (0, -75)`. -/
theorem byRows_value :
    Agree 2 (linear 2 (PackedMatrix.entry byRows) one bias2 p34) (ofList (vars2 (i 0) (m 74))) :=
  PackedMatrix.linear_eval byRows (vars2 (i 5) (m 99)) (v := vars2 (i 3) (i 4)) (agree_of_check rfl)
    (fun _ _ => rfl) rfl

/-- The same value from the columns. -/
theorem byColumns_value :
    Agree 2 (linear 2 (PackedMatrix.entry byColumns) one bias2 p34) (ofList (vars2 (i 0) (m 74))) :=
  PackedMatrix.linear_eval byColumns (vars2 (i 5) (m 99)) (v := vars2 (i 3) (i 4))
    (agree_of_check rfl) (fun _ _ => rfl) rfl

/-- Then ReLU: `(0, 0)`. -/
example : Agree 2 (relu (linear 2 (PackedMatrix.entry byColumns) one bias2 p34))
    (ofList (vars2 (i 0) (i 0))) := eval_step (relu_sqLipschitz 2) byColumns_value rfl

example : Eq (unpackInts 4 8 2 (Nat.add 9 (Nat.mul 16 6))) (vars2 (i 1) (m 1)) := rfl

end LipBridgeTest
