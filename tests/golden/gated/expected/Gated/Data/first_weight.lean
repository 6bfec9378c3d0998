import LipBridge.Certificate.KernelOnly
/-!
# `first_weight`: matrix

the spec, 2×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Gated

open LipBridge

/-- Rows of `first_weight`, packed. -/
noncomputable def first_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 37)
 (Rows.one 46))
 (Rows.one 28))

/-- Rows of the factor of `first_weight`, part 0, packed. -/
noncomputable def first_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287438682)
 (Rows.one 3458764514625847296))

/-- `first_weight`: the spec, 2×3.
Integers over 1; columns of 2 digits of 3 bits. -/
noncomputable def first_weight : PackedMatrix where
  rows := 2
  cols := 3
  width := 3
  bias := 4
  transposed := true
  data := first_weight_rows

/-- `T`: the norm satisfies `C ‖first_weight x‖² ≤ T ‖x‖²`. -/
def first_weight_T : Nat := 432345564240234870

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
  slack := 8444836
  error := 4222418
  width := 59
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
    NormBound.{u} 2 3 first_weight.entry first_weight_T first_weight_C :=
  SpectralCertificate.Checked.sound
    (W := first_weight) (c := first_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start first_weight first_weight_certificate)
      1 2 1 first_weight_tile0)
    first_weight_header

end Gated
