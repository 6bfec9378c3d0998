import LipBridge.Certificate.KernelOnly
/-!
# `lift_weight`: matrix

the spec, 3×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `lift_weight`, packed. -/
noncomputable def lift_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 470)
 (Rows.one 976))
 (Rows.one 657))

/-- Rows of the factor of `lift_weight`, part 0, packed. -/
noncomputable def lift_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287523342)
 (Rows.one 2391930646324958648))

/-- `lift_weight`: the spec, 3×2.
Integers over 2; rows of 2 digits of 5 bits. -/
noncomputable def lift_weight : PackedMatrix where
  rows := 3
  cols := 2
  width := 5
  bias := 16
  transposed := false
  data := lift_weight_rows

/-- `T`: the norm satisfies `C ‖lift_weight x‖² ≤ T ‖x‖²`. -/
def lift_weight_T : Nat := 974384541939187712

/-- `C`: the norm satisfies `C ‖lift_weight x‖² ≤ T ‖x‖²`. -/
def lift_weight_C : Nat := 4503599627370496

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def lift_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := lift_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def lift_weight_certificate : SpectralCertificate where
  scale := lift_weight_C
  bound := lift_weight_T
  slack := 839107070
  error := 419553535
  width := 60
  top := 64
  chunk := 2
  factor := .cons lift_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem lift_weight_tile0 :
    Eq (SpectralCertificate.tile
      lift_weight lift_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem lift_weight_header :
    Eq (SpectralCertificate.header lift_weight lift_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖lift_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(lift_weight)² ≤ T / C`. -/
theorem lift_weight_norm :
    NormBound.{u} 3 2 lift_weight.entry lift_weight_T lift_weight_C :=
  SpectralCertificate.Checked.sound
    (W := lift_weight) (c := lift_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start lift_weight lift_weight_certificate)
      1 2 1 lift_weight_tile0)
    lift_weight_header

end Scorer
