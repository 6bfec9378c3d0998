import LipBridge.Certificate.KernelOnly
/-!
# `b_weight`: matrix

the spec, 3×3;
the integers are over the denominator 3.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `b_weight`, packed. -/
noncomputable def b_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 2859)
 (Rows.one 1470))
 (Rows.one 3001))

/-- Rows of the factor of `b_weight`, part 0, packed. -/
noncomputable def b_weight_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x8000000080000000800075ff)
 (Rows.one 0x8000000096636c323cd5bb6a))
 (Rows.one 0xe2156645aefaf73c8fa8fd14))

/-- `b_weight`: the spec, 3×3.
Integers over 3; rows of 3 digits of 4 bits. -/
noncomputable def b_weight : PackedMatrix where
  rows := 3
  cols := 3
  width := 4
  bias := 8
  transposed := false
  data := b_weight_rows

/-- `T`: the norm satisfies `C ‖b_weight x‖² ≤ T ‖x‖²`. -/
def b_weight_T : Nat := 4653454365004721820

/-- `C`: the norm satisfies `C ‖b_weight x‖² ≤ T ‖x‖²`. -/
def b_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 32 bits. -/
noncomputable def b_weight_factor0 : Stack where
  weight := 1
  width := 32
  bias := 2147483648
  size := 3
  rows := b_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def b_weight_certificate : SpectralCertificate where
  scale := b_weight_C
  bound := b_weight_T
  slack := 1214041644
  error := 404680548
  width := 63
  top := 66
  chunk := 3
  factor := .cons b_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem b_weight_tile0 :
    Eq (SpectralCertificate.tile
      b_weight b_weight_certificate
      2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem b_weight_header :
    Eq (SpectralCertificate.header b_weight b_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖b_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(b_weight)² ≤ T / C`. -/
theorem b_weight_norm :
    NormBound.{u} 3 3 b_weight.entry b_weight_T b_weight_C :=
  SpectralCertificate.Checked.sound
    (W := b_weight) (c := b_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start b_weight b_weight_certificate)
      2 3 1 b_weight_tile0)
    b_weight_header

end Falling
