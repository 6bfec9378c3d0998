import LipBridge.Certificate.KernelOnly
/-!
# `c_composed`: matrix

the product of the block of `c_weight` and the rows before, 2×5;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `c_composed`, packed. -/
noncomputable def c_composed_rows : Rows :=
  (Rows.node (Rows.one (nat_lit 0xb0838ec1a7c950464c4023683a718e9d0929a9a800071deca9b8eaf4983258ca47e9662f49d52624168000645dbeafc3f78e4e44da4a275204ef4660333690000200000000000000000000000000000000000000000010000000000000000000000000000000000000000000))
 (Rows.one (nat_lit 0xe6a6d06f421148e254e64722b764dc35c5f83ae8000d11bb7791618749e2521d16bd942fb898e2914300004ee92b09d923024daff10354fd886f67e5e673f0000200000000000000000000000000000000000000000010000000000000000000000000000000000000000000)))

/-- `c_composed`: the product of the block of `c_weight` and the rows before, 2×5.
Integers over 1; rows of 5 digits of 173 bits. -/
noncomputable def c_composed : PackedMatrix where
  rows := 2
  cols := 5
  width := 173
  bias := (Nat.pow 2 172)
  transposed := false
  data := c_composed_rows

end Falling
