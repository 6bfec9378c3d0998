import LipBridge.Certificate.KernelOnly
/-!
# `c_weight`: matrix

the spec, 3×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `c_weight`, packed. -/
noncomputable def c_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 53)
 (Rows.one 43))
 (Rows.one 30))

/-- Rows of the factor of `c_weight`, part 0, packed. -/
noncomputable def c_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 3)
 (Rows.one 3))

/-- `c_weight`: the spec, 3×2.
Integers over 1; rows of 2 digits of 3 bits. -/
noncomputable def c_weight : PackedMatrix where
  rows := 3
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := c_weight_rows

/-- `T`: the norm satisfies `C ‖c_weight x‖² ≤ T ‖x‖²`. -/
def c_weight_T : Nat := 7

/-- `C`: the norm satisfies `C ‖c_weight x‖² ≤ T ‖x‖²`. -/
def c_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 1 bits. -/
noncomputable def c_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 2
  rows := c_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def c_weight_certificate : SpectralCertificate where
  scale := c_weight_C
  bound := c_weight_T
  slack := 2
  error := 1
  width := 3
  top := 7
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
    NormBound.{u} 3 2 c_weight.entry c_weight_T c_weight_C :=
  SpectralCertificate.Checked.sound
    (W := c_weight) (c := c_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start c_weight c_weight_certificate)
      1 2 1 c_weight_tile0)
    c_weight_header

end Bordered
