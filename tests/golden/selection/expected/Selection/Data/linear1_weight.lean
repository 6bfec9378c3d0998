import LipBridge.Certificate.KernelOnly
/-!
# `linear1_weight`: matrix

the spec, 4×4;
the integers are over the denominator 5.
-/

set_option autoImplicit false

universe u

namespace Selection

open LipBridge

/-- Rows of `linear1_weight`, packed. -/
noncomputable def linear1_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 39053)
 (Rows.one 35032))
 (Rows.node (Rows.one 36232)
 (Rows.one 56712)))

/-- Rows of the factor of `linear1_weight`, part 0, packed. -/
noncomputable def linear1_weight_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x8000000040000000200000001000403e4)
 (Rows.one 0x800000004000000039953e87700000000))
 (Rows.node (Rows.one 0x8000000043f2cd9ce0000000034e8ceaf)
 (Rows.one 0xe512c86aa056ff29600000000e6abff54)))

/-- `linear1_weight`: the spec, 4×4.
Integers over 5; rows of 4 digits of 4 bits. -/
noncomputable def linear1_weight : PackedMatrix where
  rows := 4
  cols := 4
  width := 4
  bias := 8
  transposed := false
  data := linear1_weight_rows

/-- `T`: the norm satisfies `C ‖linear1_weight x‖² ≤ T ‖x‖²`. -/
def linear1_weight_T : Nat := 0x1079f4e14b66c02a9

/-- `C`: the norm satisfies `C ‖linear1_weight x‖² ≤ T ‖x‖²`. -/
def linear1_weight_C : Nat := 288230376151711744

/-- Part 0 of the factor `L`, with its weight `α`: rows of 4 digits of 33 bits. -/
noncomputable def linear1_weight_factor0 : Stack where
  weight := 1
  width := 33
  bias := 4294967296
  size := 4
  rows := linear1_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def linear1_weight_certificate : SpectralCertificate where
  scale := linear1_weight_C
  bound := linear1_weight_T
  slack := 7939266368
  error := 1984816592
  width := 65
  top := 69
  chunk := 4
  factor := .cons linear1_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 4 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem linear1_weight_tile0 :
    Eq (SpectralCertificate.tile
      linear1_weight linear1_weight_certificate
      2 4 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem linear1_weight_header :
    Eq (SpectralCertificate.header linear1_weight linear1_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖linear1_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(linear1_weight)² ≤ T / C`. -/
theorem linear1_weight_norm :
    NormBound.{u} 4 4 linear1_weight.entry linear1_weight_T linear1_weight_C :=
  SpectralCertificate.Checked.sound
    (W := linear1_weight) (c := linear1_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start linear1_weight linear1_weight_certificate)
      2 4 1 linear1_weight_tile0)
    linear1_weight_header

end Selection
