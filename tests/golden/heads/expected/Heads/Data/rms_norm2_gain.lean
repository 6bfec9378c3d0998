import LipBridge.Certificate.KernelOnly
/-!
# `rms_norm2_gain`: matrix

the spec, 1×4;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Heads

open LipBridge

/-- Rows of `rms_norm2_gain`, packed. -/
noncomputable def rms_norm2_gain_rows : Rows :=
  (Rows.one 2933)

/-- `rms_norm2_gain`: the spec, 1×4.
Integers over 1; rows of 4 digits of 3 bits. -/
noncomputable def rms_norm2_gain : PackedMatrix where
  rows := 1
  cols := 4
  width := 3
  bias := 4
  transposed := false
  data := rms_norm2_gain_rows

end Heads
