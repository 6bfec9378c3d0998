import LipBridge.Certificate.KernelOnly
/-!
# `d_composed`: matrix

the product of the block of `d_weight` and the rows before, 3×8;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `d_composed`, packed. -/
noncomputable def d_composed_rows : Rows :=
  (Rows.node (Rows.node (Rows.one (nat_lit 0x935c3b9ecc186cadc1f5a282d5658419e24e1b0da806293218d5e0135ee6b736fcc2be66cb08d6cf8f9e0019f30d540f8c968fe065660911eae02de740213aac00e1e0354cc0dc5e09ae9e79810358ba5b786520000009c8f548e5bbe45d16bfd5d41d6c434912caa00000004f184bea459075f7cd4f8b579d46fd876dc7c000000200000000000000000000000000000000000000000010000000000000000000000000000000000000000000))
 (Rows.one (nat_lit 0x98334a867f1e87d932730b238abee5205ae1a1d1120375b379ca87fb2846523240cf50664d3dca4c1c188013e61aa81f192d1fc0cacc1223d5c05bce80427558010f0fe5599f91d0fb28b0c33f7e53a2d243cd700000093a28a21df12cffffa3e301d43a6e423ceb4e00000039c3e0a4cd018c7dd2277e190762ad8ad838a000000200000000000000000000000000000000000000000010000000000000000000000000000000000000000000)))
 (Rows.one (nat_lit 0x84d70ee7b3061b2b707d68a0b5596106789386c36a059ee592a0680e872d09693d920ecd1846a11babb68020000000000000000000000000000000000000000000e6e581bff60cf90811840feb82c9f0a18efef0000008c7eb4fe48233e8b9f3ed8cccdf5d6ff838a60000004c243d0fea0a7525ed7d32dcbbb919d6abc7a000000200000000000000000000000000000000000000000010000000000000000000000000000000000000000000)))

/-- `d_composed`: the product of the block of `d_weight` and the rows before, 3×8.
Integers over 1; rows of 8 digits of 173 bits. -/
noncomputable def d_composed : PackedMatrix where
  rows := 3
  cols := 8
  width := 173
  bias := (Nat.pow 2 172)
  transposed := false
  data := d_composed_rows

end Falling
