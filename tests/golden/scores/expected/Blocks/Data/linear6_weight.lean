import LipBridge.Certificate.KernelOnly
/-!
# `linear6_weight`: matrix

the spec, 1×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `linear6_weight`, packed. -/
noncomputable def linear6_weight_rows : Rows :=
  (Rows.node (Rows.one 3)
 (Rows.one 3))

/-- Rows of the factor of `linear6_weight`, part 0, packed. -/
noncomputable def linear6_weight_factor0_rows : Rows :=
  (Rows.one 1)

/-- `linear6_weight`: the spec, 1×2.
Integers over 1; columns of 1 digits of 2 bits. -/
noncomputable def linear6_weight : PackedMatrix where
  rows := 1
  cols := 2
  width := 2
  bias := 2
  transposed := true
  data := linear6_weight_rows

/-- `T`: the norm satisfies `C ‖linear6_weight x‖² ≤ T ‖x‖²`. -/
def linear6_weight_T : Nat := 2

/-- `C`: the norm satisfies `C ‖linear6_weight x‖² ≤ T ‖x‖²`. -/
def linear6_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 1 digits of 1 bits. -/
noncomputable def linear6_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 1
  rows := linear6_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def linear6_weight_certificate : SpectralCertificate where
  scale := linear6_weight_C
  bound := linear6_weight_T
  slack := 0
  error := 0
  width := 2
  top := 5
  chunk := 1
  factor := .cons linear6_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 1 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem linear6_weight_tile0 :
    Eq (SpectralCertificate.tile
      linear6_weight linear6_weight_certificate
      0 1 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem linear6_weight_header :
    Eq (SpectralCertificate.header linear6_weight linear6_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖linear6_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(linear6_weight)² ≤ T / C`. -/
theorem linear6_weight_norm :
    NormBound.{u} 1 2 linear6_weight.entry linear6_weight_T linear6_weight_C :=
  SpectralCertificate.Checked.sound
    (W := linear6_weight) (c := linear6_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start linear6_weight linear6_weight_certificate)
      0 1 1 linear6_weight_tile0)
    linear6_weight_header

end Blocks
