import LipBridge.Certificate.KernelOnly
/-!
# `score_keys`: matrix

the spec, 2×2;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `score_keys`, packed. -/
noncomputable def score_keys_rows : Rows :=
  (Rows.node (Rows.one 8548)
 (Rows.one 8148))

/-- Rows of the factor of `score_keys`, part 0, packed. -/
noncomputable def score_keys_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287438510)
 (Rows.one 3788110606506946156))

/-- `score_keys`: the spec, 2×2.
Integers over 4; rows of 2 digits of 7 bits. -/
noncomputable def score_keys : PackedMatrix where
  rows := 2
  cols := 2
  width := 7
  bias := 64
  transposed := false
  data := score_keys_rows

/-- `T`: the norm satisfies `C ‖score_keys x‖² ≤ T ‖x‖²`. -/
def score_keys_T : Nat := 477831229493358698

/-- `C`: the norm satisfies `C ‖score_keys x‖² ≤ T ‖x‖²`. -/
def score_keys_C : Nat := 281474976710656

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def score_keys_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := score_keys_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def score_keys_certificate : SpectralCertificate where
  scale := score_keys_C
  bound := score_keys_T
  slack := 330189100
  error := 165094550
  width := 59
  top := 64
  chunk := 2
  factor := .cons score_keys_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem score_keys_tile0 :
    Eq (SpectralCertificate.tile
      score_keys score_keys_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem score_keys_header :
    Eq (SpectralCertificate.header score_keys score_keys_certificate 1) true :=
  Eq.refl true

/-- `C ‖score_keys x‖² ≤ T ‖x‖²` for all `x`: `σ_max(score_keys)² ≤ T / C`. -/
theorem score_keys_norm :
    NormBound.{u} 2 2 score_keys.entry score_keys_T score_keys_C :=
  SpectralCertificate.Checked.sound
    (W := score_keys) (c := score_keys_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start score_keys score_keys_certificate)
      1 2 1 score_keys_tile0)
    score_keys_header

end Scorer
