import LipBridge.Certificate.KernelOnly
/-!
# `gain1_diagonal`: matrix

the gain `gain1` on its diagonal, 4×4;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `gain1_diagonal`, packed. -/
noncomputable def gain1_diagonal_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 541201)
 (Rows.one 541328))
 (Rows.node (Rows.one 539152)
 (Rows.one 803344)))

/-- `gain1_diagonal`: the gain `gain1` on its diagonal, 4×4.
Integers over 4; rows of 4 digits of 5 bits. -/
noncomputable def gain1_diagonal : PackedMatrix where
  rows := 4
  cols := 4
  width := 5
  bias := 16
  transposed := false
  data := gain1_diagonal_rows

end Blocks
