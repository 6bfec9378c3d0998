import LipBridge.Certificate.KernelOnly
/-!
# `layer_norm1_gain`: matrix

the spec, 1×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Heads

open LipBridge

/-- Rows of `layer_norm1_gain`, packed. -/
noncomputable def layer_norm1_gain_rows : Rows :=
  (Rows.one 63)

/-- `layer_norm1_gain`: the spec, 1×3.
Integers over 1; rows of 3 digits of 2 bits. -/
noncomputable def layer_norm1_gain : PackedMatrix where
  rows := 1
  cols := 3
  width := 2
  bias := 2
  transposed := false
  data := layer_norm1_gain_rows

end Heads
