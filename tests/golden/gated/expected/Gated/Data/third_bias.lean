import LipBridge.Certificate.KernelOnly
/-!
# `third_bias`: matrix

the spec, 1×2;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Gated

open LipBridge

/-- Rows of `third_bias`, packed. -/
noncomputable def third_bias_rows : Rows :=
  (Rows.one 156)

/-- `third_bias`: the spec, 1×2.
Integers over 4; rows of 2 digits of 4 bits. -/
noncomputable def third_bias : PackedMatrix where
  rows := 1
  cols := 2
  width := 4
  bias := 8
  transposed := false
  data := third_bias_rows

end Gated
