import LipBridge.Certificate.KernelOnly
/-!
# `linear2_weight`: matrix

the spec, 1×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Inputs

open LipBridge

/-- Rows of `linear2_weight`, packed. -/
noncomputable def linear2_weight_rows : Rows :=
  (Rows.node (Rows.one 5)
 (Rows.one 6))

/-- Rows of the factor of `linear2_weight`, part 0, packed. -/
noncomputable def linear2_weight_factor0_rows : Rows :=
  (Rows.one 1)

/-- `linear2_weight`: the spec, 1×2.
Integers over 1; columns of 1 digits of 3 bits. -/
noncomputable def linear2_weight : PackedMatrix where
  rows := 1
  cols := 2
  width := 3
  bias := 4
  transposed := true
  data := linear2_weight_rows

/-- `T`: the norm satisfies `C ‖linear2_weight x‖² ≤ T ‖x‖²`. -/
def linear2_weight_T : Nat := 5

/-- `C`: the norm satisfies `C ‖linear2_weight x‖² ≤ T ‖x‖²`. -/
def linear2_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 1 digits of 1 bits. -/
noncomputable def linear2_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 1
  rows := linear2_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def linear2_weight_certificate : SpectralCertificate where
  scale := linear2_weight_C
  bound := linear2_weight_T
  slack := 0
  error := 0
  width := 3
  top := 7
  chunk := 1
  factor := .cons linear2_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 1 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem linear2_weight_tile0 :
    Eq (SpectralCertificate.tile
      linear2_weight linear2_weight_certificate
      0 1 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem linear2_weight_header :
    Eq (SpectralCertificate.header linear2_weight linear2_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖linear2_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(linear2_weight)² ≤ T / C`. -/
theorem linear2_weight_norm :
    NormBound.{u} 1 2 linear2_weight.entry linear2_weight_T linear2_weight_C :=
  SpectralCertificate.Checked.sound
    (W := linear2_weight) (c := linear2_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start linear2_weight linear2_weight_certificate)
      0 1 1 linear2_weight_tile0)
    linear2_weight_header

end Inputs
