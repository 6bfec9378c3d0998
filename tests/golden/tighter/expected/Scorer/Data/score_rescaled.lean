import LipBridge.Certificate.KernelOnly
/-!
# `score_rescaled`: matrix

`score_keys` with rows and columns scaled, 2×2;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `score_rescaled`, packed. -/
noncomputable def score_rescaled_rows : Rows :=
  (Rows.node (Rows.one 46471017712)
 (Rows.one 28304396080))

/-- Rows of the factor of `score_rescaled`, part 0, packed. -/
noncomputable def score_rescaled_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287439630)
 (Rows.one 4086926940787894283))

/-- `score_rescaled`: `score_keys` with rows and columns scaled, 2×2.
Integers over 4; rows of 2 digits of 18 bits. -/
noncomputable def score_rescaled : PackedMatrix where
  rows := 2
  cols := 2
  width := 18
  bias := 131072
  transposed := false
  data := score_rescaled_rows

/-- `T`: the norm satisfies `C ‖score_rescaled x‖² ≤ T ‖x‖²`. -/
def score_rescaled_T : Nat := 866924035654434452

/-- `C`: the norm satisfies `C ‖score_rescaled x‖² ≤ T ‖x‖²`. -/
def score_rescaled_C : Nat := 67108864

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def score_rescaled_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := score_rescaled_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def score_rescaled_certificate : SpectralCertificate where
  scale := score_rescaled_C
  bound := score_rescaled_T
  slack := 781669038
  error := 390834519
  width := 60
  top := 64
  chunk := 2
  factor := .cons score_rescaled_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem score_rescaled_tile0 :
    Eq (SpectralCertificate.tile
      score_rescaled score_rescaled_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem score_rescaled_header :
    Eq (SpectralCertificate.header score_rescaled score_rescaled_certificate 1) true :=
  Eq.refl true

/-- `C ‖score_rescaled x‖² ≤ T ‖x‖²` for all `x`: `σ_max(score_rescaled)² ≤ T / C`. -/
theorem score_rescaled_norm :
    NormBound.{u} 2 2 score_rescaled.entry score_rescaled_T score_rescaled_C :=
  SpectralCertificate.Checked.sound
    (W := score_rescaled) (c := score_rescaled_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start score_rescaled score_rescaled_certificate)
      1 2 1 score_rescaled_tile0)
    score_rescaled_header

end Scorer
