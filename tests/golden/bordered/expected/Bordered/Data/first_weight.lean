import LipBridge.Certificate.KernelOnly
/-!
# `first_weight`: matrix

the spec, 2×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `first_weight`, packed. -/
noncomputable def first_weight_rows : Rows :=
  (Rows.node (Rows.one 53)
 (Rows.one 31))

/-- Rows of the factor of `first_weight`, part 0, packed. -/
noncomputable def first_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287439226)
 (Rows.one 3619437877903327056))

/-- `first_weight`: the spec, 2×2.
Integers over 1; rows of 2 digits of 3 bits. -/
noncomputable def first_weight : PackedMatrix where
  rows := 2
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := first_weight_rows

/-- `T`: the norm satisfies `C ‖first_weight x‖² ≤ T ‖x‖²`. -/
def first_weight_T : Nat := 734452965323825641

/-- `C`: the norm satisfies `C ‖first_weight x‖² ≤ T ‖x‖²`. -/
def first_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def first_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := first_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def first_weight_certificate : SpectralCertificate where
  scale := first_weight_C
  bound := first_weight_T
  slack := 315698464
  error := 157849232
  width := 60
  top := 64
  chunk := 2
  factor := .cons first_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem first_weight_tile0 :
    Eq (SpectralCertificate.tile
      first_weight first_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem first_weight_header :
    Eq (SpectralCertificate.header first_weight first_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖first_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(first_weight)² ≤ T / C`. -/
theorem first_weight_norm :
    NormBound.{u} 2 2 first_weight.entry first_weight_T first_weight_C :=
  SpectralCertificate.Checked.sound
    (W := first_weight) (c := first_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start first_weight first_weight_certificate)
      1 2 1 first_weight_tile0)
    first_weight_header

end Bordered
