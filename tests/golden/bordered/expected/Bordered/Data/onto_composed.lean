import LipBridge.Certificate.KernelOnly
/-!
# `onto_composed`: matrix

the product of `onto_weight` and `into_weight`, 2×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `onto_composed`, packed. -/
noncomputable def onto_composed_rows : Rows :=
  (Rows.node (Rows.one 234)
 (Rows.one 131))

/-- `onto_composed`: the product of `onto_weight` and `into_weight`, 2×2.
Integers over 2; rows of 2 digits of 4 bits. -/
noncomputable def onto_composed : PackedMatrix where
  rows := 2
  cols := 2
  width := 4
  bias := 8
  transposed := false
  data := onto_composed_rows

end Bordered
