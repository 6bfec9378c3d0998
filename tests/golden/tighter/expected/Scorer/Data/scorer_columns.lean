import LipBridge.Certificate.KernelOnly
/-!
# `scorer_columns`: matrix

`mix_merged`, by columns, 2×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `scorer_columns`, packed. -/
noncomputable def scorer_columns_rows : Rows :=
  (Rows.node (Rows.one 39558)
 (Rows.one 49306))

/-- `scorer_columns`: `mix_merged`, by columns, 2×2.
Integers over 2; columns of 2 digits of 8 bits. -/
noncomputable def scorer_columns : PackedMatrix where
  rows := 2
  cols := 2
  width := 8
  bias := 128
  transposed := true
  data := scorer_columns_rows

end Scorer
