import LipBridge.Certificate.KernelOnly
/-!
# `weigh_gain`: matrix

the spec, 1×4;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Tokens

open LipBridge

/-- Rows of `weigh_gain`, packed. -/
noncomputable def weigh_gain_rows : Rows :=
  (Rows.one 570258)

/-- `weigh_gain`: the spec, 1×4.
Integers over 4; rows of 4 digits of 5 bits. -/
noncomputable def weigh_gain : PackedMatrix where
  rows := 1
  cols := 4
  width := 5
  bias := 16
  transposed := false
  data := weigh_gain_rows

end Tokens
