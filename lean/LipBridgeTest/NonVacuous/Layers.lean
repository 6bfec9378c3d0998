import LipBridge.Layers.Dot
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.MaxPool
import LipBridge.Layers.MeanPool
import LipBridge.Layers.Scale
import LipBridge.Layers.Tokenwise
import LipBridgeTest.NonVacuous.Vectors
/-!
# The Lipschitz theorems are not vacuous

A network over ℤ, its constant, and its values: every rule with hypotheses is met by a proved
example. Over ℤ only 1 has a reciprocal, so `r = 1`; rings with more reciprocals are met elsewhere.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- 1 is the reciprocal of 1. -/
theorem one_inv : Eq (mul (ofNat 1) one : Int) one := ofNat_one_mul_one

/-- `‖(3, -1)‖² = 10`. -/
theorem row_norm : NormBound.{0} 1 2 row 10 1 := dotKey_normBound (n := 2) (P := 10) (K := row) rfl

/-- The column `(3, -1)ᵀ` has the norm of the row. -/
theorem column_norm : NormBound.{0} 2 1 (transpose row) 10 1 :=
  NormBound.ofTranspose (W := transpose row) row_norm

example : NormBound.{0} 1 2 row 10 1 := NormBound.congr (fun _ _ _ _ => rfl) row_norm

/-- `x ↦ 3 x_0 - x_1 + 7`. -/
def affine : Vec Int → Vec Int := linear 2 row one (fun _ => i 7)

/-- Its squared constant is 10. -/
theorem affine_sq : SqLipschitz 2 1 (ofNat 10) (ofNat (Nat.mul 1 (Nat.mul 1 1))) affine :=
  linear_sqLipschitz row_norm one_inv _

/-- `x ↦ max (3 x_0 - x_1 + 7, 0)`. -/
def net : Vec Int → Vec Int := fun x => relu (affine x)

/-- Its squared constant is 10. -/
theorem net_sq : SqLipschitz 2 1 (ofNat (Nat.mul 10 1)) (ofNat (Nat.mul 1 1)) net :=
  affine_sq.comp_ofNat (relu_sqLipschitz 1) (fun _ _ => ⟨⟩)

/-- Its constant is at most 3.17. -/
theorem net_lipschitz : Lipschitz 2 1 (ofNat 317) (ofNat 100) net := LipschitzOn.ofSq net_sq rfl rfl

example : SqLipschitz 2 1 (mul (ofNat 10) (ofNat 1)) (mul (ofNat 1) (ofNat 1)) net :=
  affine_sq.comp (relu_sqLipschitz 1) (fun _ _ => ⟨⟩)
example : SqLipschitz 2 1 (ofNat 11) (ofNat 1) net := net_sq.weaken_ofNat rfl rfl
example : SqLipschitz 2 1 (i 11) (i 1) net := net_sq.weaken (ile rfl) (ilt rfl) (ile rfl)
example : Lipschitz 2 1 (mul (ofNat 317) (ofNat 1)) (mul (ofNat 100) (ofNat 1)) (fun x => net x) :=
  net_lipschitz.comp (LipschitzOn.ofSq (N := 1) (D := 1) (SqLipschitz.identity 1) rfl rfl)
    (fun _ _ => ⟨⟩)
example : SqLipschitz 2 1 (sq (ofNat 317)) (sq (ofNat 100)) net := net_lipschitz.toSq
example : Lipschitz 2 1 (ofNat 317) (ofNat 100) net :=
  net_lipschitz.toSq.toLipschitz (ile rfl) (ilt rfl)

/-! ## On a set -/

/-- The vectors whose first entry is not negative. -/
def Half (x : Vec Int) : Prop := le zero (x 0)

/-- `p34` is one of them. -/
theorem half34 : Half p34 := ile rfl

/-- The network on that set. -/
theorem net_on : LipschitzOn 2 1 (ofNat 317) (ofNat 100) Half net := net_lipschitz.on Half

example : LipschitzOn 2 1 (ofNat 317) (ofNat 100) Half net :=
  LipschitzOn.ofSq (net_sq.on Half) rfl rfl
example : SqLipschitzOn 2 1 (ofNat 11) (ofNat 1) Half net := (net_sq.on Half).weaken_ofNat rfl rfl
example : LipschitzOn 2 1 (ofNat 317) (ofNat 100) (fun x => And (Half x) (Half x)) net :=
  net_on.mono (fun _ h => h.left)
example : SqLipschitzOn 2 1 (sq (ofNat 317)) (sq (ofNat 100)) Half net := net_on.toSq
example : SqLipschitzOn 2 1 (ofNat 10) (ofNat 1) (fun x => And (Half x) (Half x)) net :=
  SqLipschitzOn.mono (net_sq.on Half) (fun _ h => h.left)
example : SqLipschitzOn 2 1 (ofNat (Nat.mul 1 10)) (ofNat (Nat.mul 1 1)) Half (fun x => net x) :=
  SqLipschitzOn.comp_ofNat ((SqLipschitz.identity 2).on Half) (net_sq.on Half) (fun _ h => h)
example : Agree 1 (net p345) (net p34) := (net_sq.on Half).agree (ile rfl) half34 agree2
example : Agree 1 (net p345) (net p34) := net_lipschitz.toSq.agree ⟨⟩ ⟨⟩ agree2
example : le (mul (sq (ofNat 100)) (sq (sub (net p34 0) (net p12 0))))
    (mul (sq (ofNat 317)) (distSq 2 p34 p12)) := net_lipschitz.entry ⟨⟩ ⟨⟩ Nat.le.refl
example : le (mul (ofNat 100) (abs (sub (net p34 0) (net p12 0)))) (mul (ofNat 317) (i 7)) :=
  net_lipschitz.abs_le ⟨⟩ ⟨⟩ Nat.le.refl (ile rfl) (ile rfl)

/-! ## The other layers -/

example : SqLipschitz 2 2 (ofNat 1) (ofNat 1) (leakyRelu (mul (ofNat 0) (one : Int))) :=
  leakyRelu_sqLipschitz 2 one_inv rfl
example : SqLipschitz (Nat.mul 1 2) 2 (ofNat 1) (ofNat 1) (meanPool 1 2 (one : Int)) :=
  meanPool_sqLipschitz 1 2 one_inv
example : SqLipschitz (Nat.mul 1 2) 2 (ofNat 1) (ofNat 1) (meanPool 1 2 (one : Int)) :=
  meanPool_folklore 1 2 one_inv rfl
example : SqLipschitz 6 2 (ofNat 1 : Int) (ofNat 1) (maxPool 3 2) := maxPool_sqLipschitz 3 2
example : SqLipschitz 6 2 (ofNat 3 : Int) (ofNat 1) (maxPool 3 2) := maxPool_folklore 3 2 rfl
example : le (abs (sub (maxPool 1 1 p34 0) (maxPool 1 1 p34 0))) (i 0) :=
  maxPool_supNorm (b := 1) (d := 1) (e := i 0) Nat.le.refl (ile rfl)
    (fun j _ => le_of_eq (Eq.trans (congrArg abs (add_neg (p34 j))) rfl)) Nat.le.refl
example : SqLipschitz 2 2 (ofNat (Nat.mul 3 3)) (ofNat (Nat.mul 1 1))
    (scale (mul (ofInt (m 2)) (one : Int))) := scale_sqLipschitz 2 one_inv
example : SqLipschitz 2 1 (ofNat 10) (ofNat (Nat.mul 1 (Nat.mul 1 1))) (dotKeys 2 row (one : Int)) :=
  dotKey_sqLipschitz rfl one_inv
example : SqLipschitz 1 2 (ofNat 10) (ofNat (Nat.mul 1 (Nat.mul 1 1)))
    (dotKeys 1 (transpose row) (one : Int)) := dot_sqLipschitz column_norm one_inv
example : NormBound.{0} 1 2 (fun _ => row 0) 10 1 := dotKey_normBound (n := 2) (P := 10) (K := fun _ => row 0) rfl
example : SqLipschitz (Nat.mul 4 2) (Nat.mul 4 1) (ofNat 10) (ofNat 1) (tokenwise 4 2 1 affine) :=
  tokenwise_sqLipschitz 4 affine_sq

/-! ## Values -/

/-- `net (3, 4) = 12`. -/
theorem net_value : Agree 1 (net p34) (ofList (vars1 (i 12))) :=
  eval_step (relu_sqLipschitz 1) (v := vars1 (i 12))
    (linear_eval (vars1 (vars2 (i 3) (m 0))) (vars1 (i 7)) (v := vars2 (i 3) (i 4))
      (fun k _ hk _ => match k, hk with
        | 0, _ => rfl
        | .succ _, hk => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ hk)))
      (agree_of_check rfl) (fun _ _ => rfl) rfl rfl rfl)
    rfl

example : Eq (net p34 0) (i 12) := rfl
example : Eq (tokenwise 2 2 1 affine (ofList (vars4 (i 3) (i 4) (i 0) (i 1))) 1) (i 6) := rfl
example : Eq (maxPool 2 2 (ofList (vars4 (i 3) (i 4) (i 0) (i 5))) 1) (i 5) := rfl

end LipBridgeTest
