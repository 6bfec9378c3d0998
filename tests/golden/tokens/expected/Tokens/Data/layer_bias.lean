import LipBridge.Certificate.KernelOnly
/-!
# `layer_bias`: matrix

the spec, 1×4;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Tokens

open LipBridge

/-- Rows of `layer_bias`, packed. -/
noncomputable def layer_bias_rows : Rows :=
  (Rows.one 2940)

/-- `layer_bias`: the spec, 1×4.
Integers over 1; rows of 4 digits of 3 bits. -/
noncomputable def layer_bias : PackedMatrix where
  rows := 1
  cols := 4
  width := 3
  bias := 4
  transposed := false
  data := layer_bias_rows

end Tokens
