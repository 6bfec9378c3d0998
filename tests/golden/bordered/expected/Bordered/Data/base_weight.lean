import LipBridge.Certificate.KernelOnly
/-!
# `base_weight`: matrix

the spec, 2×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `base_weight`, packed. -/
noncomputable def base_weight_rows : Rows :=
  (Rows.node (Rows.one 15)
 (Rows.one 6))

/-- Rows of the factor of `base_weight`, part 0, packed. -/
noncomputable def base_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287442307)
 (Rows.one 3212213838582357363))

/-- `base_weight`: the spec, 2×2.
Integers over 1; rows of 2 digits of 2 bits. -/
noncomputable def base_weight : PackedMatrix where
  rows := 2
  cols := 2
  width := 2
  bias := 2
  transposed := false
  data := base_weight_rows

/-- `T`: the norm satisfies `C ‖base_weight x‖² ≤ T ‖x‖²`. -/
def base_weight_T : Nat := 754596921465299838

/-- `C`: the norm satisfies `C ‖base_weight x‖² ≤ T ‖x‖²`. -/
def base_weight_C : Nat := 288230376151711744

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def base_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := base_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def base_weight_certificate : SpectralCertificate where
  scale := base_weight_C
  bound := base_weight_T
  slack := 467542202
  error := 233771101
  width := 60
  top := 64
  chunk := 2
  factor := .cons base_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem base_weight_tile0 :
    Eq (SpectralCertificate.tile
      base_weight base_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem base_weight_header :
    Eq (SpectralCertificate.header base_weight base_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖base_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(base_weight)² ≤ T / C`. -/
theorem base_weight_norm :
    NormBound.{u} 2 2 base_weight.entry base_weight_T base_weight_C :=
  SpectralCertificate.Checked.sound
    (W := base_weight) (c := base_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start base_weight base_weight_certificate)
      1 2 1 base_weight_tile0)
    base_weight_header

end Bordered
