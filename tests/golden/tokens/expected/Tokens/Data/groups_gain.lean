import LipBridge.Certificate.KernelOnly
/-!
# `groups_gain`: matrix

the spec, 1×4;
the integers are over the denominator 3.
-/

set_option autoImplicit false

universe u

namespace Tokens

open LipBridge

/-- Rows of `groups_gain`, packed. -/
noncomputable def groups_gain_rows : Rows :=
  (Rows.one 46494)

/-- `groups_gain`: the spec, 1×4.
Integers over 3; rows of 4 digits of 4 bits. -/
noncomputable def groups_gain : PackedMatrix where
  rows := 1
  cols := 4
  width := 4
  bias := 8
  transposed := false
  data := groups_gain_rows

end Tokens
