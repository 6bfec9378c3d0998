import LipBridge.Certificate.KernelOnly
/-!
# `blocks_pairs_N`: matrix

constants of differences, over (Nat.pow 2 35), 6×6;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `blocks_pairs_N`, packed. -/
noncomputable def blocks_pairs_N_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x921c5b70da22370a9c1eabd14f832f26b6356b803998bfad401b60000000000)
 (Rows.one 0x8ab351d2d9a4236374ec8a97dafbe24b13aa9d75878000000000262feb5006d))
 (Rows.one 0xbb7d4f892ead48be529dee360c8eec8e0000000000c4eaa75d61eb6356b8039))
 (Rows.node (Rows.node (Rows.one 0xada3d025c3adcf6272a4e800000000038d8323bb23a97dafbe24af453e0cbc9)
 (Rows.one 0x8afa2d00eaa0000000000b73d89ca93ad48be529de908d8dd3b222370a9c1ea))
 (Rows.one 0x800000000022be8b403aaada3d025c3aedf53e24ba8ab351d2d9a48716dc368)))

/-- `blocks_pairs_N`: constants of differences, over (Nat.pow 2 35), 6×6.
Integers over 1; rows of 6 digits of 42 bits. -/
noncomputable def blocks_pairs_N : PackedMatrix where
  rows := 6
  cols := 6
  width := 42
  bias := 2199023255552
  transposed := false
  data := blocks_pairs_N_rows

end Blocks
