import LipBridge.Certificate.KernelOnly
/-!
# `linear4_bias`: matrix

the spec, 1×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `linear4_bias`, packed. -/
noncomputable def linear4_bias_rows : Rows :=
  (Rows.one 14)

/-- `linear4_bias`: the spec, 1×2.
Integers over 2; rows of 2 digits of 2 bits. -/
noncomputable def linear4_bias : PackedMatrix where
  rows := 1
  cols := 2
  width := 2
  bias := 2
  transposed := false
  data := linear4_bias_rows

end Blocks
