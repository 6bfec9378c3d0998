import LipBridge.Certificate.KernelOnly
/-!
# `linear4_weight`: matrix

the spec, 1×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Inputs

open LipBridge

/-- Rows of `linear4_weight`, packed. -/
noncomputable def linear4_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 3)
 (Rows.one 3))
 (Rows.one 3))

/-- Rows of the factor of `linear4_weight`, part 0, packed. -/
noncomputable def linear4_weight_factor0_rows : Rows :=
  (Rows.one 1)

/-- `linear4_weight`: the spec, 1×3.
Integers over 1; columns of 1 digits of 2 bits. -/
noncomputable def linear4_weight : PackedMatrix where
  rows := 1
  cols := 3
  width := 2
  bias := 2
  transposed := true
  data := linear4_weight_rows

/-- `T`: the norm satisfies `C ‖linear4_weight x‖² ≤ T ‖x‖²`. -/
def linear4_weight_T : Nat := 3

/-- `C`: the norm satisfies `C ‖linear4_weight x‖² ≤ T ‖x‖²`. -/
def linear4_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 1 digits of 1 bits. -/
noncomputable def linear4_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 1
  rows := linear4_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def linear4_weight_certificate : SpectralCertificate where
  scale := linear4_weight_C
  bound := linear4_weight_T
  slack := 0
  error := 0
  width := 2
  top := 6
  chunk := 1
  factor := .cons linear4_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 1 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem linear4_weight_tile0 :
    Eq (SpectralCertificate.tile
      linear4_weight linear4_weight_certificate
      0 1 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem linear4_weight_header :
    Eq (SpectralCertificate.header linear4_weight linear4_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖linear4_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(linear4_weight)² ≤ T / C`. -/
theorem linear4_weight_norm :
    NormBound.{u} 1 3 linear4_weight.entry linear4_weight_T linear4_weight_C :=
  SpectralCertificate.Checked.sound
    (W := linear4_weight) (c := linear4_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start linear4_weight linear4_weight_certificate)
      0 1 1 linear4_weight_tile0)
    linear4_weight_header

end Inputs
