import LipBridge.Certificate.KernelOnly
/-!
# `linear7_weight`: matrix

the spec, 1×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `linear7_weight`, packed. -/
noncomputable def linear7_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 5)
 (Rows.one 6))
 (Rows.one 6))

/-- Rows of the factor of `linear7_weight`, part 0, packed. -/
noncomputable def linear7_weight_factor0_rows : Rows :=
  (Rows.one 1)

/-- `linear7_weight`: the spec, 1×3.
Integers over 1; columns of 1 digits of 3 bits. -/
noncomputable def linear7_weight : PackedMatrix where
  rows := 1
  cols := 3
  width := 3
  bias := 4
  transposed := true
  data := linear7_weight_rows

/-- `T`: the norm satisfies `C ‖linear7_weight x‖² ≤ T ‖x‖²`. -/
def linear7_weight_T : Nat := 9

/-- `C`: the norm satisfies `C ‖linear7_weight x‖² ≤ T ‖x‖²`. -/
def linear7_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 1 digits of 1 bits. -/
noncomputable def linear7_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 1
  rows := linear7_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def linear7_weight_certificate : SpectralCertificate where
  scale := linear7_weight_C
  bound := linear7_weight_T
  slack := 0
  error := 0
  width := 4
  top := 7
  chunk := 1
  factor := .cons linear7_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 1 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem linear7_weight_tile0 :
    Eq (SpectralCertificate.tile
      linear7_weight linear7_weight_certificate
      0 1 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem linear7_weight_header :
    Eq (SpectralCertificate.header linear7_weight linear7_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖linear7_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(linear7_weight)² ≤ T / C`. -/
theorem linear7_weight_norm :
    NormBound.{u} 1 3 linear7_weight.entry linear7_weight_T linear7_weight_C :=
  SpectralCertificate.Checked.sound
    (W := linear7_weight) (c := linear7_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start linear7_weight linear7_weight_certificate)
      0 1 1 linear7_weight_tile0)
    linear7_weight_header

end Blocks
