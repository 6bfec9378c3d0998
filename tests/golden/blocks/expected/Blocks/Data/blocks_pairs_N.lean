import LipBridge.Certificate.KernelOnly
/-!
# `blocks_pairs_N`: matrix

constants of differences, over (Nat.pow 2 34), 6×6; the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `blocks_pairs_N`, packed: constants of differences, over (Nat.pow 2 34), 6×6. -/
noncomputable def blocks_pairs_N_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x9c900545c764269a4a2f2a4f0401796ab3e29cbf299cc600e5b920000000000)
 (Rows.one 0x9456fc04ef63cba827eaba7eaa94546afd4dd71f3a8000000000273180396e4))
 (Rows.one 0xb2992f132b6c96eccdfbdc3096e429fe0000000000bf5375c7ceab3e29cbf29))
 (Rows.node (Rows.node (Rows.one 0xaa36e36e16e9f6dd95df2800000000030c25b90a7fa7eaa94546a93c1005e5a)
 (Rows.one 0x8f0c7fdbf8e0000000000a7db76577cac96eccdfbd8f2ea09faae4269a4a2f2))
 (Rows.one 0x800000000023c31ff6fe3aa36e36e16eca64bc4cad9456fc04ef6724015171d)))

/-- `blocks_pairs_N`: constants of differences, over (Nat.pow 2 34), 6×6, as integers over 1. Rows of 6 digits of 42 bits. -/
noncomputable def blocks_pairs_N : PackedMatrix where
  rows := 6
  cols := 6
  width := 42
  bias := 2199023255552
  transposed := false
  data := blocks_pairs_N_rows

end Blocks
