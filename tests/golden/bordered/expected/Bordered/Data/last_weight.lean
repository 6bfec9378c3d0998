import LipBridge.Certificate.KernelOnly
/-!
# `last_weight`: matrix

the spec, 1×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `last_weight`, packed. -/
noncomputable def last_weight_rows : Rows :=
  (Rows.node (Rows.one 3)
 (Rows.one 1))

/-- Rows of the factor of `last_weight`, part 0, packed. -/
noncomputable def last_weight_factor0_rows : Rows :=
  (Rows.one 1)

/-- `last_weight`: the spec, 1×2.
Integers over 1; columns of 1 digits of 2 bits. -/
noncomputable def last_weight : PackedMatrix where
  rows := 1
  cols := 2
  width := 2
  bias := 2
  transposed := true
  data := last_weight_rows

/-- `T`: the norm satisfies `C ‖last_weight x‖² ≤ T ‖x‖²`. -/
def last_weight_T : Nat := 2

/-- `C`: the norm satisfies `C ‖last_weight x‖² ≤ T ‖x‖²`. -/
def last_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 1 digits of 1 bits. -/
noncomputable def last_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 1
  rows := last_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def last_weight_certificate : SpectralCertificate where
  scale := last_weight_C
  bound := last_weight_T
  slack := 0
  error := 0
  width := 2
  top := 5
  chunk := 1
  factor := .cons last_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 1 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem last_weight_tile0 :
    Eq (SpectralCertificate.tile
      last_weight last_weight_certificate
      0 1 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem last_weight_header :
    Eq (SpectralCertificate.header last_weight last_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖last_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(last_weight)² ≤ T / C`. -/
theorem last_weight_norm :
    NormBound.{u} 1 2 last_weight.entry last_weight_T last_weight_C :=
  SpectralCertificate.Checked.sound
    (W := last_weight) (c := last_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start last_weight last_weight_certificate)
      0 1 1 last_weight_tile0)
    last_weight_header

end Bordered
