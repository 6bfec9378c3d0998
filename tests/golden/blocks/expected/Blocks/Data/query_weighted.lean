import LipBridge.Certificate.KernelOnly
/-!
# `query_weighted`: matrix

`query_weight` with its hidden units weighted, 4×3; the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `query_weighted`, packed: `query_weight` with its hidden units weighted, 4×3. -/
noncomputable def query_weighted_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x8f57298586aac2db60)
 (Rows.one 0x9eae1a498caa61b6e0))
 (Rows.one 0x9eae1e1888aaa29240))

/-- `query_weighted`: `query_weight` with its hidden units weighted, 4×3, as integers over 2. Columns of 4 digits of 18 bits. -/
noncomputable def query_weighted : PackedMatrix where
  rows := 4
  cols := 3
  width := 18
  bias := 131072
  transposed := true
  data := query_weighted_rows

end Blocks
