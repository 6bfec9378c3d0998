import LipBridge.Certificate.KernelOnly
/-!
# `linear3_bias`: matrix

the spec, 1×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Maximum

open LipBridge

/-- Rows of `linear3_bias`, packed. -/
noncomputable def linear3_bias_rows : Rows :=
  (Rows.one 501)

/-- `linear3_bias`: the spec, 1×3.
Integers over 1; rows of 3 digits of 3 bits. -/
noncomputable def linear3_bias : PackedMatrix where
  rows := 1
  cols := 3
  width := 3
  bias := 4
  transposed := false
  data := linear3_bias_rows

end Maximum
