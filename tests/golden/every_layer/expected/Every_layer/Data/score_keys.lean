import LipBridge.Certificate.KernelOnly
/-!
# `score_keys`: matrix

the spec, 1×4;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Every_layer

open LipBridge

/-- Rows of `score_keys`, packed. -/
noncomputable def score_keys_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 9)
 (Rows.one 6))
 (Rows.node (Rows.one 11)
 (Rows.one 12)))

/-- Rows of the factor of `score_keys`, part 0, packed. -/
noncomputable def score_keys_factor0_rows : Rows :=
  (Rows.one 1)

/-- `score_keys`: the spec, 1×4.
Integers over 1; columns of 1 digits of 4 bits. -/
noncomputable def score_keys : PackedMatrix where
  rows := 1
  cols := 4
  width := 4
  bias := 8
  transposed := true
  data := score_keys_rows

/-- `T`: the norm satisfies `C ‖score_keys x‖² ≤ T ‖x‖²`. -/
def score_keys_T : Nat := 30

/-- `C`: the norm satisfies `C ‖score_keys x‖² ≤ T ‖x‖²`. -/
def score_keys_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 1 digits of 1 bits. -/
noncomputable def score_keys_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 1
  rows := score_keys_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def score_keys_certificate : SpectralCertificate where
  scale := score_keys_C
  bound := score_keys_T
  slack := 0
  error := 0
  width := 5
  top := 10
  chunk := 1
  factor := .cons score_keys_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 1 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem score_keys_tile0 :
    Eq (SpectralCertificate.tile
      score_keys score_keys_certificate
      0 1 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem score_keys_header :
    Eq (SpectralCertificate.header score_keys score_keys_certificate 1) true :=
  Eq.refl true

/-- `C ‖score_keys x‖² ≤ T ‖x‖²` for all `x`: `σ_max(score_keys)² ≤ T / C`. -/
theorem score_keys_norm :
    NormBound.{u} 1 4 score_keys.entry score_keys_T score_keys_C :=
  SpectralCertificate.Checked.sound
    (W := score_keys) (c := score_keys_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start score_keys score_keys_certificate)
      0 1 1 score_keys_tile0)
    score_keys_header

end Every_layer
