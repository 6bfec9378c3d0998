import LipBridge.Certificate.KernelOnly
/-!
# `dot1_keys`: matrix

the spec, 2×2;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Maximum

open LipBridge

/-- Rows of `dot1_keys`, packed. -/
noncomputable def dot1_keys_rows : Rows :=
  (Rows.node (Rows.one 276)
 (Rows.one 572))

/-- `dot1_keys`: the spec, 2×2.
Integers over 4; rows of 2 digits of 5 bits. -/
noncomputable def dot1_keys : PackedMatrix where
  rows := 2
  cols := 2
  width := 5
  bias := 16
  transposed := false
  data := dot1_keys_rows

end Maximum
