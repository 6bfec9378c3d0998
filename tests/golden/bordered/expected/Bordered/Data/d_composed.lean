import LipBridge.Certificate.KernelOnly
/-!
# `d_composed`: matrix

the product of `d_weight` and `c_weight`, 2×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `d_composed`, packed. -/
noncomputable def d_composed_rows : Rows :=
  (Rows.node (Rows.one 140)
 (Rows.one 184))

/-- `d_composed`: the product of `d_weight` and `c_weight`, 2×2.
Integers over 1; rows of 2 digits of 4 bits. -/
noncomputable def d_composed : PackedMatrix where
  rows := 2
  cols := 2
  width := 4
  bias := 8
  transposed := false
  data := d_composed_rows

end Bordered
