import LipBridge.Certificate.KernelOnly
/-!
# `scorer_scores_N`: matrix

constants of single scores, over (Nat.pow 2 33), 1×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `scorer_scores_N`, packed. -/
noncomputable def scorer_scores_N_rows : Rows :=
  (Rows.one 0xa15b99c10d31257a27e6e)

/-- `scorer_scores_N`: constants of single scores, over (Nat.pow 2 33), 1×2.
Integers over 1; rows of 2 digits of 42 bits. -/
noncomputable def scorer_scores_N : PackedMatrix where
  rows := 1
  cols := 2
  width := 42
  bias := 2199023255552
  transposed := false
  data := scorer_scores_N_rows

end Scorer
