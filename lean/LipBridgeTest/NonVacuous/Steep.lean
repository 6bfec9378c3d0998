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
  Steep.ofValues (d := 1) (e := 1) (z := fun _ => i 3) (w := fun _ => i 1) (s := fun _ => i 6)
    (t := fun _ => i 2) (itself _) (itself _) (itself _) (itself _) rfl

end LipBridgeTest.Below
