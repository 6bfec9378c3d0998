import LipBridge.Certificate.KernelOnly
/-!
# `rms_norm1_gain`: matrix

the spec, 1×3;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Heads

open LipBridge

/-- Rows of `rms_norm1_gain`, packed. -/
noncomputable def rms_norm1_gain_rows : Rows :=
  (Rows.one 3226)

/-- `rms_norm1_gain`: the spec, 1×3.
Integers over 2; rows of 3 digits of 4 bits. -/
noncomputable def rms_norm1_gain : PackedMatrix where
  rows := 1
  cols := 3
  width := 4
  bias := 8
  transposed := false
  data := rms_norm1_gain_rows

end Heads
