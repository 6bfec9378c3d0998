import LipBridge.Certificate.KernelOnly
/-!
# `a_bias`: matrix

the spec, 1×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `a_bias`, packed. -/
noncomputable def a_bias_rows : Rows :=
  (Rows.one 43)

/-- `a_bias`: the spec, 1×3.
Integers over 1; rows of 3 digits of 2 bits. -/
noncomputable def a_bias : PackedMatrix where
  rows := 1
  cols := 3
  width := 2
  bias := 2
  transposed := false
  data := a_bias_rows

end Falling
