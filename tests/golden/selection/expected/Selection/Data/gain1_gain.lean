import LipBridge.Certificate.KernelOnly
/-!
# `gain1_gain`: matrix

the spec, 1×4;
the integers are over the denominator 3.
-/

set_option autoImplicit false

universe u

namespace Selection

open LipBridge

/-- Rows of `gain1_gain`, packed. -/
noncomputable def gain1_gain_rows : Rows :=
  (Rows.one 58809)

/-- `gain1_gain`: the spec, 1×4.
Integers over 3; rows of 4 digits of 4 bits. -/
noncomputable def gain1_gain : PackedMatrix where
  rows := 1
  cols := 4
  width := 4
  bias := 8
  transposed := false
  data := gain1_gain_rows

end Selection
