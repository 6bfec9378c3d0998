import LipBridge.Certificate.KernelOnly
/-!
# `last_composed`: matrix

the product of `last_weight` and `first_weight`, 1×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `last_composed`, packed. -/
noncomputable def last_composed_rows : Rows :=
  (Rows.one 58)

/-- `last_composed`: the product of `last_weight` and `first_weight`, 1×2.
Integers over 1; rows of 2 digits of 3 bits. -/
noncomputable def last_composed : PackedMatrix where
  rows := 1
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := last_composed_rows

end Bordered
