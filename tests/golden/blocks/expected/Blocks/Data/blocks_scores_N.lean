import LipBridge.Certificate.KernelOnly
/-!
# `blocks_scores_N`: matrix

constants of single scores, over (Nat.pow 2 35), 1×6;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `blocks_scores_N`, packed. -/
noncomputable def blocks_scores_N_rows : Rows :=
  (Rows.one 0x2706d8152ff17aa10d194f69102051cefdbf275d6aad4052bf491cb4951b56)

/-- `blocks_scores_N`: constants of single scores, over (Nat.pow 2 35), 1×6.
Integers over 1; rows of 6 digits of 41 bits. -/
noncomputable def blocks_scores_N : PackedMatrix where
  rows := 1
  cols := 6
  width := 41
  bias := 1099511627776
  transposed := false
  data := blocks_scores_N_rows

end Blocks
