import LipBridge.Certificate.KernelOnly
/-!
# `d_weight`: matrix

the spec, 3×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `d_weight`, packed. -/
noncomputable def d_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 53)
 (Rows.one 43))
 (Rows.one 45))

/-- Rows of the factor of `d_weight`, part 0, packed. -/
noncomputable def d_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 576460752840300677)
 (Rows.one 864691128455135232))

/-- `d_weight`: the spec, 3×2.
Integers over 1; rows of 2 digits of 3 bits. -/
noncomputable def d_weight : PackedMatrix where
  rows := 3
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := d_weight_rows

/-- `T`: the norm satisfies `C ‖d_weight x‖² ≤ T ‖x‖²`. -/
def d_weight_T : Nat := 504403158324596646

/-- `C`: the norm satisfies `C ‖d_weight x‖² ≤ T ‖x‖²`. -/
def d_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 30 bits. -/
noncomputable def d_weight_factor0 : Stack where
  weight := 1
  width := 30
  bias := 536870912
  size := 2
  rows := d_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def d_weight_certificate : SpectralCertificate where
  scale := d_weight_C
  bound := d_weight_T
  slack := 39400730
  error := 19700365
  width := 59
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
    NormBound.{u} 3 2 d_weight.entry d_weight_T d_weight_C :=
  SpectralCertificate.Checked.sound
    (W := d_weight) (c := d_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start d_weight d_weight_certificate)
      1 2 1 d_weight_tile0)
    d_weight_header

end Falling
