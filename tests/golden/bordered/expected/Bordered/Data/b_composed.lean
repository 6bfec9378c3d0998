import LipBridge.Certificate.KernelOnly
/-!
# `b_composed`: matrix

the product of the block of `b_weight` and the rows before, 4×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `b_composed`, packed. -/
noncomputable def b_composed_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x2c2a77a5c03d48c5a1d08ede8728acdf850)
 (Rows.one 0x26f3b215926c29958059274dfa45dc19fc0))
 (Rows.node (Rows.one 0x34db1640b7447cc080e43137a9b64f59aa0)
 (Rows.one 0x2379d90ac93614cac1379d90ac93614cac0)))

/-- `b_composed`: the product of the block of `b_weight` and the rows before, 4×2.
Integers over 1; rows of 2 digits of 69 bits. -/
noncomputable def b_composed : PackedMatrix where
  rows := 4
  cols := 2
  width := 69
  bias := (Nat.pow 2 68)
  transposed := false
  data := b_composed_rows

end Bordered
