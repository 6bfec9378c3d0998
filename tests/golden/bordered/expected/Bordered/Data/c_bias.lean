import LipBridge.Certificate.KernelOnly
/-!
# `c_bias`: matrix

the spec, 1×3;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `c_bias`, packed. -/
noncomputable def c_bias_rows : Rows :=
  (Rows.one 372)

/-- `c_bias`: the spec, 1×3.
Integers over 2; rows of 3 digits of 3 bits. -/
noncomputable def c_bias : PackedMatrix where
  rows := 1
  cols := 3
  width := 3
  bias := 4
  transposed := false
  data := c_bias_rows

end Bordered
