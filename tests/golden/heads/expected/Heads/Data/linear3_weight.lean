import LipBridge.Certificate.KernelOnly
/-!
# `linear3_weight`: matrix

the spec, 4×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Heads

open LipBridge

/-- Rows of `linear3_weight`, packed. -/
noncomputable def linear3_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 43)
 (Rows.one 46))
 (Rows.node (Rows.one 58)
 (Rows.one 63)))

/-- Rows of the factor of `linear3_weight`, part 0, packed. -/
noncomputable def linear3_weight_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 7)
 (Rows.one 7))
 (Rows.one 7))

/-- `linear3_weight`: the spec, 4×3.
Integers over 1; rows of 3 digits of 2 bits. -/
noncomputable def linear3_weight : PackedMatrix where
  rows := 4
  cols := 3
  width := 2
  bias := 2
  transposed := false
  data := linear3_weight_rows

/-- `T`: the norm satisfies `C ‖linear3_weight x‖² ≤ T ‖x‖²`. -/
def linear3_weight_T : Nat := 4

/-- `C`: the norm satisfies `C ‖linear3_weight x‖² ≤ T ‖x‖²`. -/
def linear3_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 1 bits. -/
noncomputable def linear3_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 3
  rows := linear3_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def linear3_weight_certificate : SpectralCertificate where
  scale := linear3_weight_C
  bound := linear3_weight_T
  slack := 3
  error := 1
  width := 1
  top := 6
  chunk := 3
  factor := .cons linear3_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem linear3_weight_tile0 :
    Eq (SpectralCertificate.tile
      linear3_weight linear3_weight_certificate
      2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem linear3_weight_header :
    Eq (SpectralCertificate.header linear3_weight linear3_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖linear3_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(linear3_weight)² ≤ T / C`. -/
theorem linear3_weight_norm :
    NormBound.{u} 4 3 linear3_weight.entry linear3_weight_T linear3_weight_C :=
  SpectralCertificate.Checked.sound
    (W := linear3_weight) (c := linear3_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start linear3_weight linear3_weight_certificate)
      2 3 1 linear3_weight_tile0)
    linear3_weight_header

end Heads
