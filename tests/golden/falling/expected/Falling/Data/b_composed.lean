import LipBridge.Certificate.KernelOnly
/-!
# `b_composed`: matrix

the product of the block of `b_weight` and the rows before, 3×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `b_composed`, packed. -/
noncomputable def b_composed_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0xe9bb1423b1d152a6becf4488a802c312787f074d801adeb1369b0dd2c57c8be752a96fe461474b09b6f900)
 (Rows.one 0x281dbe588f148fb900d5b0226a0873e90faf7eb8680171a068d7d31fdc1e0bafa1e1cc7656bedb98ee15b00))
 (Rows.one 0xf170491191fce2cd50f3c613da0d0185906e4535000e302e341e1ed61716d3eb0a6b2ca894e4f79876a400))

/-- `b_composed`: the product of the block of `b_weight` and the rows before, 3×2.
Integers over 1; rows of 2 digits of 173 bits. -/
noncomputable def b_composed : PackedMatrix where
  rows := 3
  cols := 2
  width := 173
  bias := (Nat.pow 2 172)
  transposed := false
  data := b_composed_rows

end Falling
