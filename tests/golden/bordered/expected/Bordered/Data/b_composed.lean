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
  (Rows.node (Rows.node (Rows.one 0x2c2a6fa8ee1314bae1d08e559915d9635f0)
 (Rows.one 0x26f3ad851a540bd8805927bb85881ee3b40))
 (Rows.node (Rows.one 0x34db088f4efc238980e43149eb96afd09e0)
 (Rows.one 0x2379d6c28d2a05ec41379d6c28d2a05ec40)))

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
