import LipBridge.Certificate.KernelOnly
/-!
# `d_weight`: matrix

the spec, 1×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Chain

open LipBridge

/-- Rows of `d_weight`, packed. -/
noncomputable def d_weight_rows : Rows :=
  (Rows.node (Rows.one 3)
 (Rows.one 0))

/-- Rows of the factor of `d_weight`, part 0, packed. -/
noncomputable def d_weight_factor0_rows : Rows :=
  (Rows.one 1)

/-- `d_weight`: the spec, 1×2.
Integers over 1; columns of 1 digits of 2 bits. -/
noncomputable def d_weight : PackedMatrix where
  rows := 1
  cols := 2
  width := 2
  bias := 2
  transposed := true
  data := d_weight_rows

/-- `T`: the norm satisfies `C ‖d_weight x‖² ≤ T ‖x‖²`. -/
def d_weight_T : Nat := 5

/-- `C`: the norm satisfies `C ‖d_weight x‖² ≤ T ‖x‖²`. -/
def d_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 1 digits of 1 bits. -/
noncomputable def d_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 1
  rows := d_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def d_weight_certificate : SpectralCertificate where
  scale := d_weight_C
  bound := d_weight_T
  slack := 0
  error := 0
  width := 3
  top := 5
  chunk := 1
  factor := .cons d_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 1 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem d_weight_tile0 :
    Eq (SpectralCertificate.tile
      d_weight d_weight_certificate
      0 1 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem d_weight_header :
    Eq (SpectralCertificate.header d_weight d_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖d_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(d_weight)² ≤ T / C`. -/
theorem d_weight_norm :
    NormBound.{u} 1 2 d_weight.entry d_weight_T d_weight_C :=
  SpectralCertificate.Checked.sound
    (W := d_weight) (c := d_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start d_weight d_weight_certificate)
      0 1 1 d_weight_tile0)
    d_weight_header

end Chain
