import LipBridge.Certificate.KernelOnly
/-!
# `last_weight`: matrix

the spec, 2×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `last_weight`, packed. -/
noncomputable def last_weight_rows : Rows :=
  (Rows.node (Rows.one 29)
 (Rows.one 46))

/-- Rows of the factor of `last_weight`, part 0, packed. -/
noncomputable def last_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 576460752840296953)
 (Rows.one 1100277385400560770))

/-- `last_weight`: the spec, 2×2.
Integers over 1; rows of 2 digits of 3 bits. -/
noncomputable def last_weight : PackedMatrix where
  rows := 2
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := last_weight_rows

/-- `T`: the norm satisfies `C ‖last_weight x‖² ≤ T ‖x‖²`. -/
def last_weight_T : Nat := 382105254367909535

/-- `C`: the norm satisfies `C ‖last_weight x‖² ≤ T ‖x‖²`. -/
def last_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 30 bits. -/
noncomputable def last_weight_factor0 : Stack where
  weight := 1
  width := 30
  bias := 536870912
  size := 2
  rows := last_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def last_weight_certificate : SpectralCertificate where
  scale := last_weight_C
  bound := last_weight_T
  slack := 352379092
  error := 176189546
  width := 59
  top := 63
  chunk := 2
  factor := .cons last_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem last_weight_tile0 :
    Eq (SpectralCertificate.tile
      last_weight last_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem last_weight_header :
    Eq (SpectralCertificate.header last_weight last_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖last_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(last_weight)² ≤ T / C`. -/
theorem last_weight_norm :
    NormBound.{u} 2 2 last_weight.entry last_weight_T last_weight_C :=
  SpectralCertificate.Checked.sound
    (W := last_weight) (c := last_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start last_weight last_weight_certificate)
      1 2 1 last_weight_tile0)
    last_weight_header

end Bordered
