import LipBridge.Certificate.KernelOnly
/-!
# `linear2_weight`: matrix

the spec, 2×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Maximum

open LipBridge

/-- Rows of `linear2_weight`, packed. -/
noncomputable def linear2_weight_rows : Rows :=
  (Rows.node (Rows.one 53)
 (Rows.one 38))

/-- `linear2_weight`: the spec, 2×2.
Integers over 2; rows of 2 digits of 3 bits. -/
noncomputable def linear2_weight : PackedMatrix where
  rows := 2
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := linear2_weight_rows

end Maximum
