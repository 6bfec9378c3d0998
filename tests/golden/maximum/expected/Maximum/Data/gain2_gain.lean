import LipBridge.Certificate.KernelOnly
/-!
# `gain2_gain`: matrix

the spec, 1×1;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Maximum

open LipBridge

/-- Rows of `gain2_gain`, packed. -/
noncomputable def gain2_gain_rows : Rows :=
  (Rows.one 7)

/-- `gain2_gain`: the spec, 1×1.
Integers over 4; rows of 1 digits of 3 bits. -/
noncomputable def gain2_gain : PackedMatrix where
  rows := 1
  cols := 1
  width := 3
  bias := 4
  transposed := false
  data := gain2_gain_rows

end Maximum
