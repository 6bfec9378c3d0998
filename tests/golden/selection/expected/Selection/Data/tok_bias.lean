import LipBridge.Certificate.KernelOnly
/-!
# `tok_bias`: matrix

the spec, 1×4;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Selection

open LipBridge

/-- Rows of `tok_bias`, packed. -/
noncomputable def tok_bias_rows : Rows :=
  (Rows.one 152081)

/-- `tok_bias`: the spec, 1×4.
Integers over 4; rows of 4 digits of 5 bits. -/
noncomputable def tok_bias : PackedMatrix where
  rows := 1
  cols := 4
  width := 5
  bias := 16
  transposed := false
  data := tok_bias_rows

end Selection
