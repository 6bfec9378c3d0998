import LipBridge.Certificate.KernelOnly
/-!
# `a_weight`: matrix

the spec, 3×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `a_weight`, packed. -/
noncomputable def a_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 110)
 (Rows.one 164))
 (Rows.one 41))

/-- Rows of the factor of `a_weight`, part 0, packed. -/
noncomputable def a_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287441777)
 (Rows.one 3907702603566099415))

/-- `a_weight`: the spec, 3×2.
Integers over 2; rows of 2 digits of 4 bits. -/
noncomputable def a_weight : PackedMatrix where
  rows := 3
  cols := 2
  width := 4
  bias := 8
  transposed := false
  data := a_weight_rows

/-- `T`: the norm satisfies `C ‖a_weight x‖² ≤ T ‖x‖²`. -/
def a_weight_T : Nat := 1349036148574699207

/-- `C`: the norm satisfies `C ‖a_weight x‖² ≤ T ‖x‖²`. -/
def a_weight_C : Nat := 18014398509481984

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def a_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := a_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def a_weight_certificate : SpectralCertificate where
  scale := a_weight_C
  bound := a_weight_T
  slack := 762983822
  error := 381491911
  width := 61
  top := 64
  chunk := 2
  factor := .cons a_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem a_weight_tile0 :
    Eq (SpectralCertificate.tile
      a_weight a_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem a_weight_header :
    Eq (SpectralCertificate.header a_weight a_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖a_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(a_weight)² ≤ T / C`. -/
theorem a_weight_norm :
    NormBound.{u} 3 2 a_weight.entry a_weight_T a_weight_C :=
  SpectralCertificate.Checked.sound
    (W := a_weight) (c := a_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start a_weight a_weight_certificate)
      1 2 1 a_weight_tile0)
    a_weight_header

end Falling
