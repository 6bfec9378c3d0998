import LipBridge.Certificate.KernelOnly
/-!
# `scorer_gram`: matrix

inner products of the rows of `score_keys`, 2×2; the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `scorer_gram`, packed: inner products of the rows of `score_keys`, 2×2. -/
noncomputable def scorer_gram_rows : Rows :=
  (Rows.node (Rows.one 11332884)
 (Rows.one 10033870))

/-- `scorer_gram`: inner products of the rows of `score_keys`, 2×2, as integers over 1. Rows of 2 digits of 12 bits. -/
noncomputable def scorer_gram : PackedMatrix where
  rows := 2
  cols := 2
  width := 12
  bias := 2048
  transposed := false
  data := scorer_gram_rows

end Scorer
