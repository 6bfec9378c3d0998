import LipBridge.Certificate.KernelOnly
/-!
# `blocks_gram`: matrix

inner products of the rows of `keys_merged`, 6×6;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `blocks_gram`, packed. -/
noncomputable def blocks_gram_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x1fb1100407d6c42161fa410338)
 (Rows.one 0x222810730a358307423aa0fd20))
 (Rows.one 0x1be50f070406463ca183a10858))
 (Rows.node (Rows.node (Rows.one 0x265d10f90edd4203228d60fad8)
 (Rows.one 0x20701023087c83c1c20e610040))
 (Rows.one 0x218b10380997437ca22280fd88)))

/-- `blocks_gram`: inner products of the rows of `keys_merged`, 6×6.
Integers over 1; rows of 6 digits of 17 bits. -/
noncomputable def blocks_gram : PackedMatrix where
  rows := 6
  cols := 6
  width := 17
  bias := 65536
  transposed := false
  data := blocks_gram_rows

end Blocks
