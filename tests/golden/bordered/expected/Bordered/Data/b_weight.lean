import LipBridge.Certificate.KernelOnly
/-!
# `b_weight`: matrix

the spec, 2×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `b_weight`, packed. -/
noncomputable def b_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 53)
 (Rows.one 42))
 (Rows.one 29))

/-- Rows of the factor of `b_weight`, part 0, packed. -/
noncomputable def b_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 3)
 (Rows.one 3))

/-- `b_weight`: the spec, 2×3.
Integers over 1; columns of 2 digits of 3 bits. -/
noncomputable def b_weight : PackedMatrix where
  rows := 2
  cols := 3
  width := 3
  bias := 4
  transposed := true
  data := b_weight_rows

/-- `T`: the norm satisfies `C ‖b_weight x‖² ≤ T ‖x‖²`. -/
def b_weight_T : Nat := 7

/-- `C`: the norm satisfies `C ‖b_weight x‖² ≤ T ‖x‖²`. -/
def b_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 1 bits. -/
noncomputable def b_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 2
  rows := b_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def b_weight_certificate : SpectralCertificate where
  scale := b_weight_C
  bound := b_weight_T
  slack := 2
  error := 1
  width := 3
  top := 7
  chunk := 2
  factor := .cons b_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem b_weight_tile0 :
    Eq (SpectralCertificate.tile
      b_weight b_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem b_weight_header :
    Eq (SpectralCertificate.header b_weight b_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖b_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(b_weight)² ≤ T / C`. -/
theorem b_weight_norm :
    NormBound.{u} 2 3 b_weight.entry b_weight_T b_weight_C :=
  SpectralCertificate.Checked.sound
    (W := b_weight) (c := b_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start b_weight b_weight_certificate)
      1 2 1 b_weight_tile0)
    b_weight_header

end Bordered
