import LipBridge.Certificate.KernelOnly
/-!
# `side_weight`: matrix

the spec, 2×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `side_weight`, packed. -/
noncomputable def side_weight_rows : Rows :=
  (Rows.node (Rows.one 38)
 (Rows.one 21))

/-- Rows of the factor of `side_weight`, part 0, packed. -/
noncomputable def side_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 576460752840297848)
 (Rows.one 1037769198509388457))

/-- `side_weight`: the spec, 2×2.
Integers over 2; rows of 2 digits of 3 bits. -/
noncomputable def side_weight : PackedMatrix where
  rows := 2
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := side_weight_rows

/-- `T`: the norm satisfies `C ‖side_weight x‖² ≤ T ‖x‖²`. -/
def side_weight_T : Nat := 472809708901923088

/-- `C`: the norm satisfies `C ‖side_weight x‖² ≤ T ‖x‖²`. -/
def side_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 30 bits. -/
noncomputable def side_weight_factor0 : Stack where
  weight := 1
  width := 30
  bias := 536870912
  size := 2
  rows := side_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def side_weight_certificate : SpectralCertificate where
  scale := side_weight_C
  bound := side_weight_T
  slack := 269499006
  error := 134749503
  width := 59
  top := 63
  chunk := 2
  factor := .cons side_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem side_weight_tile0 :
    Eq (SpectralCertificate.tile
      side_weight side_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem side_weight_header :
    Eq (SpectralCertificate.header side_weight side_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖side_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(side_weight)² ≤ T / C`. -/
theorem side_weight_norm :
    NormBound.{u} 2 2 side_weight.entry side_weight_T side_weight_C :=
  SpectralCertificate.Checked.sound
    (W := side_weight) (c := side_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start side_weight side_weight_certificate)
      1 2 1 side_weight_tile0)
    side_weight_header

end Bordered
