import LipBridge.Certificate.KernelOnly
/-!
# `layer_gain`: matrix

the spec, 1×4;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Tokens

open LipBridge

/-- Rows of `layer_gain`, packed. -/
noncomputable def layer_gain_rows : Rows :=
  (Rows.one 44698)

/-- `layer_gain`: the spec, 1×4.
Integers over 2; rows of 4 digits of 4 bits. -/
noncomputable def layer_gain : PackedMatrix where
  rows := 1
  cols := 4
  width := 4
  bias := 8
  transposed := false
  data := layer_gain_rows

end Tokens
