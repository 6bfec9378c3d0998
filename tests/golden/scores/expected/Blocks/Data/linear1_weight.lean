import LipBridge.Certificate.KernelOnly
/-!
# `linear1_weight`: matrix

the spec, 2×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `linear1_weight`, packed. -/
noncomputable def linear1_weight_rows : Rows :=
  (Rows.node (Rows.one 202)
 (Rows.one 152))

/-- Rows of the factor of `linear1_weight`, part 0, packed. -/
noncomputable def linear1_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 9223372039002270718)
 (Rows.one 11473124599590782037))

/-- `linear1_weight`: the spec, 2×2.
Integers over 2; rows of 2 digits of 4 bits. -/
noncomputable def linear1_weight : PackedMatrix where
  rows := 2
  cols := 2
  width := 4
  bias := 8
  transposed := false
  data := linear1_weight_rows

/-- `T`: the norm satisfies `C ‖linear1_weight x‖² ≤ T ‖x‖²`. -/
def linear1_weight_T : Nat := 1499357416041643342

/-- `C`: the norm satisfies `C ‖linear1_weight x‖² ≤ T ‖x‖²`. -/
def linear1_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 32 bits. -/
noncomputable def linear1_weight_factor0 : Stack where
  weight := 1
  width := 32
  bias := 2147483648
  size := 2
  rows := linear1_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def linear1_weight_certificate : SpectralCertificate where
  scale := linear1_weight_C
  bound := linear1_weight_T
  slack := 1254281722
  error := 627140861
  width := 61
  top := 66
  chunk := 2
  factor := .cons linear1_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem linear1_weight_tile0 :
    Eq (SpectralCertificate.tile
      linear1_weight linear1_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem linear1_weight_header :
    Eq (SpectralCertificate.header linear1_weight linear1_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖linear1_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(linear1_weight)² ≤ T / C`. -/
theorem linear1_weight_norm :
    NormBound.{u} 2 2 linear1_weight.entry linear1_weight_T linear1_weight_C :=
  SpectralCertificate.Checked.sound
    (W := linear1_weight) (c := linear1_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start linear1_weight linear1_weight_certificate)
      1 2 1 linear1_weight_tile0)
    linear1_weight_header

end Blocks
