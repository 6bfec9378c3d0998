import LipBridge.Certificate.KernelOnly
/-!
# `d_weight`: matrix

the spec, 2×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `d_weight`, packed. -/
noncomputable def d_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 15)
 (Rows.one 13))
 (Rows.one 11))

/-- Rows of the factor of `d_weight`, part 0, packed. -/
noncomputable def d_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287439452)
 (Rows.one 3458764514894282752))

/-- `d_weight`: the spec, 2×3.
Integers over 1; columns of 2 digits of 2 bits. -/
noncomputable def d_weight : PackedMatrix where
  rows := 2
  cols := 3
  width := 2
  bias := 2
  transposed := true
  data := d_weight_rows

/-- `T`: the norm satisfies `C ‖d_weight x‖² ≤ T ‖x‖²`. -/
def d_weight_T : Nat := 864691128475404696

/-- `C`: the norm satisfies `C ‖d_weight x‖² ≤ T ‖x‖²`. -/
def d_weight_C : Nat := 288230376151711744

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def d_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := d_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def d_weight_certificate : SpectralCertificate where
  scale := d_weight_C
  bound := d_weight_T
  slack := 13512976
  error := 6756488
  width := 60
  top := 64
  chunk := 2
  factor := .cons d_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem d_weight_tile0 :
    Eq (SpectralCertificate.tile
      d_weight d_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem d_weight_header :
    Eq (SpectralCertificate.header d_weight d_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖d_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(d_weight)² ≤ T / C`. -/
theorem d_weight_norm :
    NormBound.{u} 2 3 d_weight.entry d_weight_T d_weight_C :=
  SpectralCertificate.Checked.sound
    (W := d_weight) (c := d_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start d_weight d_weight_certificate)
      1 2 1 d_weight_tile0)
    d_weight_header

end Bordered
