import LipBridge.Certificate.KernelOnly
/-!
# `b_composed`: matrix

the product of `b_weight` and `a_weight`, 2×4;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `b_composed`, packed. -/
noncomputable def b_composed_rows : Rows :=
  (Rows.node (Rows.one 669855)
 (Rows.one 619159))

/-- `b_composed`: the product of `b_weight` and `a_weight`, 2×4.
Integers over 2; rows of 4 digits of 5 bits. -/
noncomputable def b_composed : PackedMatrix where
  rows := 2
  cols := 4
  width := 5
  bias := 16
  transposed := false
  data := b_composed_rows

end Bordered
