import LipBridge.Certificate.KernelOnly
/-!
# `falling_scores_N`: matrix

constants of single scores, over (Nat.pow 2 34), 1×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `falling_scores_N`, packed. -/
noncomputable def falling_scores_N_rows : Rows :=
  (Rows.one 0x2b77a035677adde80d59df221a1c88ea)

/-- `falling_scores_N`: constants of single scores, over (Nat.pow 2 34), 1×3.
Integers over 1; rows of 3 digits of 42 bits. -/
noncomputable def falling_scores_N : PackedMatrix where
  rows := 1
  cols := 3
  width := 42
  bias := 2199023255552
  transposed := false
  data := falling_scores_N_rows

end Falling
