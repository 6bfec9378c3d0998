import LipBridge.Certificate.KernelOnly
/-!
# `a_weight`: matrix

the spec, 3×4;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `a_weight`, packed. -/
noncomputable def a_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 2382)
 (Rows.one 678))
 (Rows.node (Rows.one 1708)
 (Rows.one 2698)))

/-- Rows of the factor of `a_weight`, part 0, packed. -/
noncomputable def a_weight_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x8000000080000000800032e1)
 (Rows.one 0x80000000ed6b13ecc0a7df77))
 (Rows.one 0xe0e4f98ab4d74ca55b02e3f3))

/-- `a_weight`: the spec, 3×4.
Integers over 2; columns of 3 digits of 4 bits. -/
noncomputable def a_weight : PackedMatrix where
  rows := 3
  cols := 4
  width := 4
  bias := 8
  transposed := true
  data := a_weight_rows

/-- `T`: the norm satisfies `C ‖a_weight x‖² ≤ T ‖x‖²`. -/
def a_weight_T : Nat := 5885228303845738863

/-- `C`: the norm satisfies `C ‖a_weight x‖² ≤ T ‖x‖²`. -/
def a_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 32 bits. -/
noncomputable def a_weight_factor0 : Stack where
  weight := 1
  width := 32
  bias := 2147483648
  size := 3
  rows := a_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def a_weight_certificate : SpectralCertificate where
  scale := a_weight_C
  bound := a_weight_T
  slack := 3520022601
  error := 1173340867
  width := 63
  top := 67
  chunk := 3
  factor := .cons a_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem a_weight_tile0 :
    Eq (SpectralCertificate.tile
      a_weight a_weight_certificate
      2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem a_weight_header :
    Eq (SpectralCertificate.header a_weight a_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖a_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(a_weight)² ≤ T / C`. -/
theorem a_weight_norm :
    NormBound.{u} 3 4 a_weight.entry a_weight_T a_weight_C :=
  SpectralCertificate.Checked.sound
    (W := a_weight) (c := a_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start a_weight a_weight_certificate)
      2 3 1 a_weight_tile0)
    a_weight_header

end Bordered
