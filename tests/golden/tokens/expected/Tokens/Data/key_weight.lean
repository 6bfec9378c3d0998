import LipBridge.Certificate.KernelOnly
/-!
# `key_weight`: matrix

the spec, 4×4;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Tokens

open LipBridge

/-- Rows of `key_weight`, packed. -/
noncomputable def key_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 553490)
 (Rows.one 542356))
 (Rows.node (Rows.one 414224)
 (Rows.one 672280)))

/-- Rows of the factor of `key_weight`, part 0, packed. -/
noncomputable def key_weight_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x80000000400000002000000010000b33b)
 (Rows.one 0x800000004000000038b8ea32edb7bba5f))
 (Rows.node (Rows.one 0x800000004b49a6fa1d2a4129a76282a81)
 (Rows.one 0xde40d7b8c56ea2c2e00000000d48ae9eb)))

/-- `key_weight`: the spec, 4×4.
Integers over 4; rows of 4 digits of 5 bits. -/
noncomputable def key_weight : PackedMatrix where
  rows := 4
  cols := 4
  width := 5
  bias := 16
  transposed := false
  data := key_weight_rows

/-- `T`: the norm satisfies `C ‖key_weight x‖² ≤ T ‖x‖²`. -/
def key_weight_T : Nat := 12307980860264119224

/-- `C`: the norm satisfies `C ‖key_weight x‖² ≤ T ‖x‖²`. -/
def key_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 4 digits of 33 bits. -/
noncomputable def key_weight_factor0 : Stack where
  weight := 1
  width := 33
  bias := 4294967296
  size := 4
  rows := key_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def key_weight_certificate : SpectralCertificate where
  scale := key_weight_C
  bound := key_weight_T
  slack := 7469712552
  error := 1867428138
  width := 64
  top := 69
  chunk := 4
  factor := .cons key_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 4 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem key_weight_tile0 :
    Eq (SpectralCertificate.tile
      key_weight key_weight_certificate
      2 4 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem key_weight_header :
    Eq (SpectralCertificate.header key_weight key_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖key_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(key_weight)² ≤ T / C`. -/
theorem key_weight_norm :
    NormBound.{u} 4 4 key_weight.entry key_weight_T key_weight_C :=
  SpectralCertificate.Checked.sound
    (W := key_weight) (c := key_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start key_weight key_weight_certificate)
      2 4 1 key_weight_tile0)
    key_weight_header

end Tokens
