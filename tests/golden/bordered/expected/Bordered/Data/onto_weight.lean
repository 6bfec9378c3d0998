import LipBridge.Certificate.KernelOnly
/-!
# `onto_weight`: matrix

the spec, 2×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `onto_weight`, packed. -/
noncomputable def onto_weight_rows : Rows :=
  (Rows.node (Rows.one 54)
 (Rows.one 42))

/-- Rows of the factor of `onto_weight`, part 0, packed. -/
noncomputable def onto_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287439335)
 (Rows.one 3458764514625847296))

/-- `onto_weight`: the spec, 2×2.
Integers over 2; rows of 2 digits of 3 bits. -/
noncomputable def onto_weight : PackedMatrix where
  rows := 2
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := onto_weight_rows

/-- `T`: the norm satisfies `C ‖onto_weight x‖² ≤ T ‖x‖²`. -/
def onto_weight_T : Nat := 648518346360351146

/-- `C`: the norm satisfies `C ‖onto_weight x‖² ≤ T ‖x‖²`. -/
def onto_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def onto_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := onto_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def onto_weight_certificate : SpectralCertificate where
  scale := onto_weight_C
  bound := onto_weight_T
  slack := 12666482
  error := 6333241
  width := 60
  top := 64
  chunk := 2
  factor := .cons onto_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem onto_weight_tile0 :
    Eq (SpectralCertificate.tile
      onto_weight onto_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem onto_weight_header :
    Eq (SpectralCertificate.header onto_weight onto_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖onto_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(onto_weight)² ≤ T / C`. -/
theorem onto_weight_norm :
    NormBound.{u} 2 2 onto_weight.entry onto_weight_T onto_weight_C :=
  SpectralCertificate.Checked.sound
    (W := onto_weight) (c := onto_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start onto_weight onto_weight_certificate)
      1 2 1 onto_weight_tile0)
    onto_weight_header

end Bordered
