import LipBridge.Certificate.KernelOnly
/-!
# `layer_norm1_bias`: matrix

the spec, 1×3;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Heads

open LipBridge

/-- Rows of `layer_norm1_bias`, packed. -/
noncomputable def layer_norm1_bias_rows : Rows :=
  (Rows.one 46)

/-- `layer_norm1_bias`: the spec, 1×3.
Integers over 4; rows of 3 digits of 2 bits. -/
noncomputable def layer_norm1_bias : PackedMatrix where
  rows := 1
  cols := 3
  width := 2
  bias := 2
  transposed := false
  data := layer_norm1_bias_rows

end Heads
