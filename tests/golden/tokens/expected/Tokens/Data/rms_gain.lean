import LipBridge.Certificate.KernelOnly
/-!
# `rms_gain`: matrix

the spec, 1×4;
the integers are over the denominator 8.
-/

set_option autoImplicit false

universe u

namespace Tokens

open LipBridge

/-- Rows of `rms_gain`, packed. -/
noncomputable def rms_gain_rows : Rows :=
  (Rows.one 51305)

/-- `rms_gain`: the spec, 1×4.
Integers over 8; rows of 4 digits of 4 bits. -/
noncomputable def rms_gain : PackedMatrix where
  rows := 1
  cols := 4
  width := 4
  bias := 8
  transposed := false
  data := rms_gain_rows

end Tokens
