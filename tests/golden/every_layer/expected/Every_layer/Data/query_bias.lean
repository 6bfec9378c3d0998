import LipBridge.Certificate.KernelOnly
/-!
# `query_bias`: matrix

the spec, 1×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Every_layer

open LipBridge

/-- Rows of `query_bias`, packed. -/
noncomputable def query_bias_rows : Rows :=
  (Rows.one 53)

/-- `query_bias`: the spec, 1×2.
Integers over 1; rows of 2 digits of 3 bits. -/
noncomputable def query_bias : PackedMatrix where
  rows := 1
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := query_bias_rows

end Every_layer
