import LipBridge.Certificate.KernelOnly
/-!
# `query_bias`: matrix

the spec, 1×4;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `query_bias`, packed. -/
noncomputable def query_bias_rows : Rows :=
  (Rows.one 152081)

/-- `query_bias`: the spec, 1×4.
Integers over 4; rows of 4 digits of 5 bits. -/
noncomputable def query_bias : PackedMatrix where
  rows := 1
  cols := 4
  width := 5
  bias := 16
  transposed := false
  data := query_bias_rows

end Blocks
