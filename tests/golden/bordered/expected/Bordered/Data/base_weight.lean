import LipBridge.Certificate.KernelOnly
/-!
# `base_weight`: matrix

the spec, 1×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `base_weight`, packed. -/
noncomputable def base_weight_rows : Rows :=
  (Rows.node (Rows.one 3)
 (Rows.one 3))

/-- Rows of the factor of `base_weight`, part 0, packed. -/
noncomputable def base_weight_factor0_rows : Rows :=
  (Rows.one 1)

/-- `base_weight`: the spec, 1×2.
Integers over 1; columns of 1 digits of 2 bits. -/
noncomputable def base_weight : PackedMatrix where
  rows := 1
  cols := 2
  width := 2
  bias := 2
  transposed := true
  data := base_weight_rows

/-- `T`: the norm satisfies `C ‖base_weight x‖² ≤ T ‖x‖²`. -/
def base_weight_T : Nat := 2

/-- `C`: the norm satisfies `C ‖base_weight x‖² ≤ T ‖x‖²`. -/
def base_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 1 digits of 1 bits. -/
noncomputable def base_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 1
  rows := base_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def base_weight_certificate : SpectralCertificate where
  scale := base_weight_C
  bound := base_weight_T
  slack := 0
  error := 0
  width := 2
  top := 5
  chunk := 1
  factor := .cons base_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 1 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem base_weight_tile0 :
    Eq (SpectralCertificate.tile
      base_weight base_weight_certificate
      0 1 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem base_weight_header :
    Eq (SpectralCertificate.header base_weight base_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖base_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(base_weight)² ≤ T / C`. -/
theorem base_weight_norm :
    NormBound.{u} 1 2 base_weight.entry base_weight_T base_weight_C :=
  SpectralCertificate.Checked.sound
    (W := base_weight) (c := base_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start base_weight base_weight_certificate)
      0 1 1 base_weight_tile0)
    base_weight_header

end Bordered
