import LipBridge.Certificate.KernelOnly
/-!
# `linear1_bias`: matrix

the spec, 1×2;
the integers are over the denominator 3.
-/

set_option autoImplicit false

universe u

namespace Inputs

open LipBridge

/-- Rows of `linear1_bias`, packed. -/
noncomputable def linear1_bias_rows : Rows :=
  (Rows.one 47)

/-- `linear1_bias`: the spec, 1×2.
Integers over 3; rows of 2 digits of 3 bits. -/
noncomputable def linear1_bias : PackedMatrix where
  rows := 1
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := linear1_bias_rows

end Inputs
