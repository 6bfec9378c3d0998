import LipBridge.Certificate.KernelOnly
/-!
# `gain1_merged`: matrix

the product gain1·query, 4×3;
the integers are over the denominator 8.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `gain1_merged`, packed. -/
noncomputable def gain1_merged_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 1122118)
 (Rows.one 1195056))
 (Rows.node (Rows.one 1123884)
 (Rows.one 1321032)))

/-- `gain1_merged`: the product gain1·query, 4×3.
Integers over 8; rows of 3 digits of 7 bits. -/
noncomputable def gain1_merged : PackedMatrix where
  rows := 4
  cols := 3
  width := 7
  bias := 64
  transposed := false
  data := gain1_merged_rows

end Blocks
