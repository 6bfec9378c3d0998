import LipBridge.Certificate.KernelOnly
/-!
# `gain1_gain`: matrix

the spec, 1×2;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Maximum

open LipBridge

/-- Rows of `gain1_gain`, packed. -/
noncomputable def gain1_gain_rows : Rows :=
  (Rows.one 233)

/-- `gain1_gain`: the spec, 1×2.
Integers over 4; rows of 2 digits of 4 bits. -/
noncomputable def gain1_gain : PackedMatrix where
  rows := 1
  cols := 2
  width := 4
  bias := 8
  transposed := false
  data := gain1_gain_rows

end Maximum
