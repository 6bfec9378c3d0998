import LipBridge.Certificate.KernelOnly
/-!
# `c_composed`: matrix

the product of the block of `c_weight` and the rows before, 2×5;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `c_composed`, packed. -/
noncomputable def c_composed_rows : Rows :=
  (Rows.node (Rows.one (nat_lit 0xb086c395006d4696080c7fee21442979d60d9b6bb0071df5c85390065148c1ab698b4fe375cd0a98e24300645c47253db694695f095709d95af563dda61d48e00200000000000000000000000000000000000000000010000000000000000000000000000000000000000000))
 (Rows.one (nat_lit 0xe6a7d632d7804f07947bacad1846de4fdbb83dc1300d11871e5586179478f4c0fbea495e020697f2d29a004ee8910f44ffd18312119a6d00c740fe33758152200200000000000000000000000000000000000000000010000000000000000000000000000000000000000000)))

/-- `c_composed`: the product of the block of `c_weight` and the rows before, 2×5.
Integers over 1; rows of 5 digits of 173 bits. -/
noncomputable def c_composed : PackedMatrix where
  rows := 2
  cols := 5
  width := 173
  bias := (Nat.pow 2 172)
  transposed := false
  data := c_composed_rows

end Falling
