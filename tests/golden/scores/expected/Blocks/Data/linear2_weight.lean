import LipBridge.Certificate.KernelOnly
/-!
# `linear2_weight`: matrix

the spec, 2×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `linear2_weight`, packed. -/
noncomputable def linear2_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 37)
 (Rows.one 44))
 (Rows.one 46))

/-- Rows of the factor of `linear2_weight`, part 0, packed. -/
noncomputable def linear2_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287438682)
 (Rows.one 3458764514625847296))

/-- `linear2_weight`: the spec, 2×3.
Integers over 1; columns of 2 digits of 3 bits. -/
noncomputable def linear2_weight : PackedMatrix where
  rows := 2
  cols := 3
  width := 3
  bias := 4
  transposed := true
  data := linear2_weight_rows

/-- `T`: the norm satisfies `C ‖linear2_weight x‖² ≤ T ‖x‖²`. -/
def linear2_weight_T : Nat := 432345564240234870

/-- `C`: the norm satisfies `C ‖linear2_weight x‖² ≤ T ‖x‖²`. -/
def linear2_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def linear2_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := linear2_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def linear2_weight_certificate : SpectralCertificate where
  scale := linear2_weight_C
  bound := linear2_weight_T
  slack := 8444836
  error := 4222418
  width := 59
  top := 64
  chunk := 2
  factor := .cons linear2_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem linear2_weight_tile0 :
    Eq (SpectralCertificate.tile
      linear2_weight linear2_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem linear2_weight_header :
    Eq (SpectralCertificate.header linear2_weight linear2_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖linear2_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(linear2_weight)² ≤ T / C`. -/
theorem linear2_weight_norm :
    NormBound.{u} 2 3 linear2_weight.entry linear2_weight_T linear2_weight_C :=
  SpectralCertificate.Checked.sound
    (W := linear2_weight) (c := linear2_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start linear2_weight linear2_weight_certificate)
      1 2 1 linear2_weight_tile0)
    linear2_weight_header

end Blocks
