import LipBridge.Certificate.KernelOnly
/-!
# `gain2_gain`: matrix

the spec, 1×4;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Selection

open LipBridge

/-- Rows of `gain2_gain`, packed. -/
noncomputable def gain2_gain_rows : Rows :=
  (Rows.one 51369)

/-- `gain2_gain`: the spec, 1×4.
Integers over 2; rows of 4 digits of 4 bits. -/
noncomputable def gain2_gain : PackedMatrix where
  rows := 1
  cols := 4
  width := 4
  bias := 8
  transposed := false
  data := gain2_gain_rows

end Selection
