import LipBridge.Layers.Steep
import LipBridgeTest.NonVacuous.Layers
/-!
# Constants from below: not vacuous

`x ↦ 2·max(x, 0)` between the points 3 and 1, over ℤ.
-/

set_option autoImplicit false

namespace LipBridgeTest.Below

open LipBridge

/-- 3 and 1. -/
def points (_ j : Nat) : Int := cond (Nat.beq j 0) (i 3) (i 1)

/-- What the first map, the identity, makes of them. -/
def products : Nat → Nat → Int := matMul 1 (fun _ _ => i 1) points

/-- The second map. -/
def twoTimes : Vec Int → Vec Int := linear 1 (fun _ _ => i 2) one vzero

/-- The first map. -/
def same : Vec Int → Vec Int := linear 1 (fun _ _ => i 1) one vzero

example : Eq (linear 1 (fun _ _ => i 1) one vzero (point points 1) 0)
    (mul (ofInt (preSum 1 1 (fun _ => i 0) products 0 1)) (mul (one : Int) one)) :=
  linear_point (k := 1) one_inv one_inv zero_bias (fun _ _ _ _ => rfl) Nat.le.refl Nat.le.refl
example : Eq (i 3) (i 3) := eq_of_intBle rfl
example : Eq (sub (sup (same (point points 0) 0) zero) (sup (same (point points 1) 0) zero))
    (mul one (ofInt (i 2))) :=
  unit_difference (n := 1) (k := 1) (d := 1) (db := 1) (r := one) (rb := one) (U := fun _ _ => i 1)
    (B := fun _ => i 0) (P := points) (M := products) (z := fun _ => i 2) one_inv one_inv zero_bias
    (fun _ _ _ _ => rfl) Nat.le.refl rfl

/-- No constant is below 2. -/
theorem steep : Steep 1 1 2 1 (fun x => twoTimes (relu (same x))) :=
  Affine.reluSteep (n := 1) (k := 1) (m := 1) (c := 1) (d := 1) (e := 1) (db := 1) (r := one)
    (s := one) (rb := one) (U := fun _ _ => i 1) (V := fun _ _ => i 2) (P := points) (M := products)
    (Z := fun _ _ => i 2) (O := fun _ _ => i 4) (B := fun _ => i 0) (b := vzero) (a := vzero)
    (f := same) (g := twoTimes) (fun _ _ _ => rfl) (fun _ _ _ => rfl) (Lifts.identity 1 points)
    one_inv one_inv one_inv zero_bias (fun _ _ _ _ => rfl) rfl
    (fun t ht => match t, ht with
      | 0, _ => rfl
      | .succ _, ht => absurd (Nat.le_of_succ_le_succ ht) (Nat.not_succ_le_zero _))
    (S := i 4) rfl rfl rfl

end LipBridgeTest.Below
