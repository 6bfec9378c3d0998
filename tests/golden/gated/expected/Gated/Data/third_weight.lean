import LipBridge.Certificate.KernelOnly
/-!
# `third_weight`: matrix

the spec, 2×3;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Gated

open LipBridge

/-- Rows of `third_weight`, packed. -/
noncomputable def third_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 233)
 (Rows.one 168))
 (Rows.one 138))

/-- Rows of the factor of `third_weight`, part 0, packed. -/
noncomputable def third_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287456440)
 (Rows.one 2594073385633841152))

/-- `third_weight`: the spec, 2×3.
Integers over 2; columns of 2 digits of 4 bits. -/
noncomputable def third_weight : PackedMatrix where
  rows := 2
  cols := 3
  width := 4
  bias := 8
  transposed := true
  data := third_weight_rows

/-- `T`: the norm satisfies `C ‖third_weight x‖² ≤ T ‖x‖²`. -/
def third_weight_T : Nat := 738590339529262688

/-- `C`: the norm satisfies `C ‖third_weight x‖² ≤ T ‖x‖²`. -/
def third_weight_C : Nat := 18014398509481984

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def third_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := third_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def third_weight_certificate : SpectralCertificate where
  scale := third_weight_C
  bound := third_weight_T
  slack := 427000896
  error := 213500448
  width := 60
  top := 64
  chunk := 2
  factor := .cons third_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem third_weight_tile0 :
    Eq (SpectralCertificate.tile
      third_weight third_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem third_weight_header :
    Eq (SpectralCertificate.header third_weight third_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖third_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(third_weight)² ≤ T / C`. -/
theorem third_weight_norm :
    NormBound.{u} 2 3 third_weight.entry third_weight_T third_weight_C :=
  SpectralCertificate.Checked.sound
    (W := third_weight) (c := third_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start third_weight third_weight_certificate)
      1 2 1 third_weight_tile0)
    third_weight_header

end Gated
