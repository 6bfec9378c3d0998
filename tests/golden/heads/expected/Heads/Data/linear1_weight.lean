import LipBridge.Certificate.KernelOnly
/-!
# `linear1_weight`: matrix

the spec, 4×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Heads

open LipBridge

/-- Rows of `linear1_weight`, packed. -/
noncomputable def linear1_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 421)
 (Rows.one 364))
 (Rows.node (Rows.one 301)
 (Rows.one 356)))

/-- Rows of the factor of `linear1_weight`, part 0, packed. -/
noncomputable def linear1_weight_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x4000000020000000100007162)
 (Rows.one 0x400000003097c2a7eac0bd7f8))
 (Rows.one 0x513fdb1c9894580408945803f))

/-- `linear1_weight`: the spec, 4×3.
Integers over 1; rows of 3 digits of 3 bits. -/
noncomputable def linear1_weight : PackedMatrix where
  rows := 4
  cols := 3
  width := 3
  bias := 4
  transposed := false
  data := linear1_weight_rows

/-- `T`: the norm satisfies `C ‖linear1_weight x‖² ≤ T ‖x‖²`. -/
def linear1_weight_T : Nat := 8257543939081460744

/-- `C`: the norm satisfies `C ‖linear1_weight x‖² ≤ T ‖x‖²`. -/
def linear1_weight_C : Nat := 1152921504606846976

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 33 bits. -/
noncomputable def linear1_weight_factor0 : Stack where
  weight := 1
  width := 33
  bias := 4294967296
  size := 3
  rows := linear1_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def linear1_weight_certificate : SpectralCertificate where
  scale := linear1_weight_C
  bound := linear1_weight_T
  slack := 3550442982
  error := 1183480994
  width := 63
  top := 69
  chunk := 3
  factor := .cons linear1_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem linear1_weight_tile0 :
    Eq (SpectralCertificate.tile
      linear1_weight linear1_weight_certificate
      2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem linear1_weight_header :
    Eq (SpectralCertificate.header linear1_weight linear1_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖linear1_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(linear1_weight)² ≤ T / C`. -/
theorem linear1_weight_norm :
    NormBound.{u} 4 3 linear1_weight.entry linear1_weight_T linear1_weight_C :=
  SpectralCertificate.Checked.sound
    (W := linear1_weight) (c := linear1_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start linear1_weight linear1_weight_certificate)
      2 3 1 linear1_weight_tile0)
    linear1_weight_header

end Heads
