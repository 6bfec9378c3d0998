import LipBridge.Certificate.KernelOnly
/-!
# `c_bias`: matrix

the spec, 1×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `c_bias`, packed. -/
noncomputable def c_bias_rows : Rows :=
  (Rows.one 14)

/-- `c_bias`: the spec, 1×2.
Integers over 1; rows of 2 digits of 2 bits. -/
noncomputable def c_bias : PackedMatrix where
  rows := 1
  cols := 2
  width := 2
  bias := 2
  transposed := false
  data := c_bias_rows

end Falling
