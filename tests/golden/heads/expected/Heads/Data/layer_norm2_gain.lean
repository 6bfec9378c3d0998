import LipBridge.Certificate.KernelOnly
/-!
# `layer_norm2_gain`: matrix

the spec, 1×4;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Heads

open LipBridge

/-- Rows of `layer_norm2_gain`, packed. -/
noncomputable def layer_norm2_gain_rows : Rows :=
  (Rows.one 255)

/-- `layer_norm2_gain`: the spec, 1×4.
Integers over 1; rows of 4 digits of 2 bits. -/
noncomputable def layer_norm2_gain : PackedMatrix where
  rows := 1
  cols := 4
  width := 2
  bias := 2
  transposed := false
  data := layer_norm2_gain_rows

end Heads
