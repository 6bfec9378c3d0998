import LipBridge.Certificate.KernelOnly
/-!
# `d_rescaled`: matrix

`d_weight` with rows and columns scaled, 3×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `d_rescaled`, packed. -/
noncomputable def d_rescaled_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 1004822916)
 (Rows.one 770842236))
 (Rows.one 770859396))

/-- Rows of the factor of `d_rescaled`, part 0, packed. -/
noncomputable def d_rescaled_factor0_rows : Rows :=
  (Rows.node (Rows.one 576460752840298830)
 (Rows.one 904967951031906610))

/-- `d_rescaled`: `d_weight` with rows and columns scaled, 3×2.
Integers over 1; rows of 2 digits of 15 bits. -/
noncomputable def d_rescaled : PackedMatrix where
  rows := 3
  cols := 2
  width := 15
  bias := 16384
  transposed := false
  data := d_rescaled_rows

/-- `T`: the norm satisfies `C ‖d_rescaled x‖² ≤ T ‖x‖²`. -/
def d_rescaled_T : Nat := 422036631119931000

/-- `C`: the norm satisfies `C ‖d_rescaled x‖² ≤ T ‖x‖²`. -/
def d_rescaled_C : Nat := 1073741824

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 30 bits. -/
noncomputable def d_rescaled_factor0 : Stack where
  weight := 1
  width := 30
  bias := 536870912
  size := 2
  rows := d_rescaled_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def d_rescaled_certificate : SpectralCertificate where
  scale := d_rescaled_C
  bound := d_rescaled_T
  slack := 75039400
  error := 37519700
  width := 59
  top := 62
  chunk := 2
  factor := .cons d_rescaled_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem d_rescaled_tile0 :
    Eq (SpectralCertificate.tile
      d_rescaled d_rescaled_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem d_rescaled_header :
    Eq (SpectralCertificate.header d_rescaled d_rescaled_certificate 1) true :=
  Eq.refl true

/-- `C ‖d_rescaled x‖² ≤ T ‖x‖²` for all `x`: `σ_max(d_rescaled)² ≤ T / C`. -/
theorem d_rescaled_norm :
    NormBound.{u} 3 2 d_rescaled.entry d_rescaled_T d_rescaled_C :=
  SpectralCertificate.Checked.sound
    (W := d_rescaled) (c := d_rescaled_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start d_rescaled d_rescaled_certificate)
      1 2 1 d_rescaled_tile0)
    d_rescaled_header

end Falling
