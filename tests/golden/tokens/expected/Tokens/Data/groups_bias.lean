import LipBridge.Certificate.KernelOnly
/-!
# `groups_bias`: matrix

the spec, 1×4;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Tokens

open LipBridge

/-- Rows of `groups_bias`, packed. -/
noncomputable def groups_bias_rows : Rows :=
  (Rows.one 2420)

/-- `groups_bias`: the spec, 1×4.
Integers over 2; rows of 4 digits of 3 bits. -/
noncomputable def groups_bias : PackedMatrix where
  rows := 1
  cols := 4
  width := 3
  bias := 4
  transposed := false
  data := groups_bias_rows

end Tokens
