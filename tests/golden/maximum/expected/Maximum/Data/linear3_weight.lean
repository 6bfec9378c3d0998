import LipBridge.Certificate.KernelOnly
/-!
# `linear3_weight`: matrix

the spec, 3×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Maximum

open LipBridge

/-- Rows of `linear3_weight`, packed. -/
noncomputable def linear3_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 53)
 (Rows.one 7))
 (Rows.one 44))

/-- `linear3_weight`: the spec, 3×2.
Integers over 1; rows of 2 digits of 3 bits. -/
noncomputable def linear3_weight : PackedMatrix where
  rows := 3
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := linear3_weight_rows

end Maximum
