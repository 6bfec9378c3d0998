import LipBridge.Layers.Steep
import LipBridgeTest.NonVacuous.Layers
/-!
# Constants from below: not vacuous

`x ↦ 2·max(x, 0)` between the points 3 and 1, over ℤ.
-/

set_option autoImplicit false

namespace LipBridgeTest.Below

open LipBridge

/-- Twice the positive part. -/
def twice : Vec Int → Vec Int := fun x => linear 1 (fun _ _ => i 2) one vzero (relu x)

/-- An integer vector over 1. -/
theorem itself (z : Vec Int) : Over 1 1 z z := fun j _ => one_mul (z j)

/-- No constant is below 2. -/
theorem steep : Steep 1 1 2 1 twice :=
  Steep.ofValues (d := 1) (e := 1) (g := i 4) (h := i 16) (x := fun _ => i 3) (y := fun _ => i 1)
    (distSq_over (itself (fun _ => i 3)) (itself (fun _ => i 1)))
    (distSq_over (itself (fun _ => i 6)) (itself (fun _ => i 2))) rfl

/-- An integer vector of two equal tokens. -/
theorem two (z : Int) : Over 2 1 (fun _ => z) (repeated 1 (fun _ => z)) := fun _ _ => one_mul z

/-- Nor of the sum of its entries. -/
theorem steepSum : Steep 2 1 1 1 (fun (x : Vec Int) _ => add (x 0) (x 1)) :=
  Steep.ofValues (d := 1) (e := 1) (g := i 8) (h := i 16) (x := fun _ => i 3) (y := fun _ => i 1)
    (distSq_repeated (b := 2) (n := 1) (two (i 3)) (two (i 1)))
    (distSq_over (itself (fun _ => i 6)) (itself (fun _ => i 2))) rfl

/-- The mean of one token is the token. -/
theorem mean : Over 1 1 (meanPool 1 1 one (fun _ => i 3)) (fun _ => i 3) :=
  Over.meanPool_repeated (b := 1) (n := 1) (z := fun _ => i 3) ofNat_one_mul_one
    (fun _ _ => one_mul (i 3))

end LipBridgeTest.Below
