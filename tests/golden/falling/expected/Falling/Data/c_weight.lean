import LipBridge.Certificate.KernelOnly
/-!
# `c_weight`: matrix

the spec, 2×3;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `c_weight`, packed. -/
noncomputable def c_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 106)
 (Rows.one 172))
 (Rows.one 182))

/-- Rows of the factor of `c_weight`, part 0, packed. -/
noncomputable def c_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 576460752840297119)
 (Rows.one 971954655952407986))

/-- `c_weight`: the spec, 2×3.
Integers over 2; columns of 2 digits of 4 bits. -/
noncomputable def c_weight : PackedMatrix where
  rows := 2
  cols := 3
  width := 4
  bias := 8
  transposed := true
  data := c_weight_rows

/-- `T`: the norm satisfies `C ‖c_weight x‖² ≤ T ‖x‖²`. -/
def c_weight_T : Nat := 441913531688171296

/-- `C`: the norm satisfies `C ‖c_weight x‖² ≤ T ‖x‖²`. -/
def c_weight_C : Nat := 18014398509481984

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 30 bits. -/
noncomputable def c_weight_factor0 : Stack where
  weight := 1
  width := 30
  bias := 536870912
  size := 2
  rows := c_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def c_weight_certificate : SpectralCertificate where
  scale := c_weight_C
  bound := c_weight_T
  slack := 274435136
  error := 137217568
  width := 59
  top := 64
  chunk := 2
  factor := .cons c_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem c_weight_tile0 :
    Eq (SpectralCertificate.tile
      c_weight c_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem c_weight_header :
    Eq (SpectralCertificate.header c_weight c_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖c_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(c_weight)² ≤ T / C`. -/
theorem c_weight_norm :
    NormBound.{u} 2 3 c_weight.entry c_weight_T c_weight_C :=
  SpectralCertificate.Checked.sound
    (W := c_weight) (c := c_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start c_weight c_weight_certificate)
      1 2 1 c_weight_tile0)
    c_weight_header

end Falling
