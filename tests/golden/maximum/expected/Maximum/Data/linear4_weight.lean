import LipBridge.Certificate.KernelOnly
/-!
# `linear4_weight`: matrix

the spec, 1×2;
the integers are over the denominator 7.
-/

set_option autoImplicit false

universe u

namespace Maximum

open LipBridge

/-- Rows of `linear4_weight`, packed. -/
noncomputable def linear4_weight_rows : Rows :=
  (Rows.one 12737)

/-- `linear4_weight`: the spec, 1×2.
Integers over 7; rows of 2 digits of 7 bits. -/
noncomputable def linear4_weight : PackedMatrix where
  rows := 1
  cols := 2
  width := 7
  bias := 64
  transposed := false
  data := linear4_weight_rows

end Maximum
