import LipBridge.Certificate.KernelOnly
/-!
# `falling_gram`: matrix

inner products of the rows of `d_weight`, 3×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `falling_gram`, packed. -/
noncomputable def falling_gram_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 2973)
 (Rows.one 2217))
 (Rows.one 2699))

/-- `falling_gram`: inner products of the rows of `d_weight`, 3×3.
Integers over 1; rows of 3 digits of 4 bits. -/
noncomputable def falling_gram : PackedMatrix where
  rows := 3
  cols := 3
  width := 4
  bias := 8
  transposed := false
  data := falling_gram_rows

end Falling
