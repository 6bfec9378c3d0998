import LipBridge.Certificate.KernelOnly
/-!
# `lift_bias`: matrix

the spec, 1×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `lift_bias`, packed. -/
noncomputable def lift_bias_rows : Rows :=
  (Rows.one 27)

/-- `lift_bias`: the spec, 1×3.
Integers over 1; rows of 3 digits of 2 bits. -/
noncomputable def lift_bias : PackedMatrix where
  rows := 1
  cols := 3
  width := 2
  bias := 2
  transposed := false
  data := lift_bias_rows

end Scorer
