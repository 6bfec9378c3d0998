import LipBridge.Certificate.KernelOnly
/-!
# `falling_pairs_N`: matrix

constants of differences, over (Nat.pow 2 34), 3×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `falling_pairs_N`, packed. -/
noncomputable def falling_pairs_N_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x281bcd09241c88687223aa0000000000)
 (Rows.one 0x30379a1248280000000003221a1c88ea))
 (Rows.one 0x20000000000c0de684920a81bcd09241))

/-- `falling_pairs_N`: constants of differences, over (Nat.pow 2 34), 3×3.
Integers over 1; rows of 3 digits of 42 bits. -/
noncomputable def falling_pairs_N : PackedMatrix where
  rows := 3
  cols := 3
  width := 42
  bias := 2199023255552
  transposed := false
  data := falling_pairs_N_rows

end Falling
