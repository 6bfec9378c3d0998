import LipBridge.Certificate.KernelOnly
/-!
# `linear1_weight`: matrix

the spec, 2×2;
the integers are over the denominator 3.
-/

set_option autoImplicit false

universe u

namespace Maximum

open LipBridge

/-- Rows of `linear1_weight`, packed. -/
noncomputable def linear1_weight_rows : Rows :=
  (Rows.node (Rows.one 185)
 (Rows.one 40))

/-- `linear1_weight`: the spec, 2×2.
Integers over 3; rows of 2 digits of 4 bits. -/
noncomputable def linear1_weight : PackedMatrix where
  rows := 2
  cols := 2
  width := 4
  bias := 8
  transposed := false
  data := linear1_weight_rows

end Maximum
