import LipBridge.Certificate.KernelOnly
/-!
# `blocks_gram`: matrix

inner products of the rows of `keys_rescaled`, 6×6; the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `blocks_gram`, packed: inner products of the rows of `keys_rescaled`, 6×6. -/
noncomputable def blocks_gram_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x1f90734a90c670c80941ebe024617c835204eecf5123a13684)
 (Rows.one 0x202abf691063386408cc9af0c34d8f86a228dfffc1027767a8))
 (Rows.one 0x1f3af4788f9cc79c07d65a2ca62818d891a6c7c351185f20d4))
 (Rows.node (Rows.node (Rows.one 0x21ad81509129a92c0c08fc9f23eb2d16523326bc31283d7c04)
 (Rows.one 0x20000000106338640894d49603e731e7020c670c810c670c80))
 (Rows.one 0x20f9274e90000000086b605423e75e8f1202abf690fc839a54)))

/-- `blocks_gram`: inner products of the rows of `keys_rescaled`, 6×6, as integers over 1. Rows of 6 digits of 33 bits. -/
noncomputable def blocks_gram : PackedMatrix where
  rows := 6
  cols := 6
  width := 33
  bias := 4294967296
  transposed := false
  data := blocks_gram_rows

end Blocks
