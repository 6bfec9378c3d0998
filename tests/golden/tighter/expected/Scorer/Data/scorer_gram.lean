import LipBridge.Certificate.KernelOnly
/-!
# `scorer_gram`: matrix

inner products of the rows of `score_rescaled`, 2×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `scorer_gram`, packed. -/
noncomputable def scorer_gram_rows : Rows :=
  (Rows.node (Rows.one 0x2771bc07069e835940)
 (Rows.one 0x263be73884ee3780e0))

/-- `scorer_gram`: inner products of the rows of `score_rescaled`, 2×2.
Integers over 1; rows of 2 digits of 35 bits. -/
noncomputable def scorer_gram : PackedMatrix where
  rows := 2
  cols := 2
  width := 35
  bias := 17179869184
  transposed := false
  data := scorer_gram_rows

end Scorer
