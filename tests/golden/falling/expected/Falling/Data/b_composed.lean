import LipBridge.Certificate.KernelOnly
/-!
# `b_composed`: matrix

the product of the block of `b_weight` and the rows before, 3×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `b_composed`, packed. -/
noncomputable def b_composed_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0xe9b6f9ddd101d24170190efce890ab83543c8c48001adeda3d55d5edc9719f056a1eea594cdeb5a2853000)
 (Rows.one 0x281ddcfa98d658cd06549a3ac1c00c106fad2ad7800171a215b45bb8db3658a06f369880a8e61b7857c9000))
 (Rows.one 0xf16c4be32d2e7d2d91fce599ed4e3eefe7f6a670000e30275d8572068d72b11f407596cf47521feff8c000))

/-- `b_composed`: the product of the block of `b_weight` and the rows before, 3×2.
Integers over 1; rows of 2 digits of 173 bits. -/
noncomputable def b_composed : PackedMatrix where
  rows := 3
  cols := 2
  width := 173
  bias := (Nat.pow 2 172)
  transposed := false
  data := b_composed_rows

end Falling
