import LipBridge.Certificate.KernelOnly
/-!
# `scorer_pairs_N`: matrix

constants of differences, over (Nat.pow 2 33), 2×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `scorer_pairs_N`, packed. -/
noncomputable def scorer_pairs_N_rows : Rows :=
  (Rows.node (Rows.one 0x33c3e5f748b0000000000)
 (Rows.one 0x200000000019e1f2fba45))

/-- `scorer_pairs_N`: constants of differences, over (Nat.pow 2 33), 2×2.
Integers over 1; rows of 2 digits of 41 bits. -/
noncomputable def scorer_pairs_N : PackedMatrix where
  rows := 2
  cols := 2
  width := 41
  bias := 1099511627776
  transposed := false
  data := scorer_pairs_N_rows

end Scorer
