import LipBridge.Certificate.KernelOnly
/-!
# `each_gain`: matrix

the spec, 1×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Every_layer

open LipBridge

/-- Rows of `each_gain`, packed. -/
noncomputable def each_gain_rows : Rows :=
  (Rows.one 41)

/-- `each_gain`: the spec, 1×2.
Integers over 2; rows of 2 digits of 4 bits. -/
noncomputable def each_gain : PackedMatrix where
  rows := 1
  cols := 2
  width := 4
  bias := 8
  transposed := false
  data := each_gain_rows

end Every_layer
