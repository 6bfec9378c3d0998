import LipBridge.Certificate.KernelOnly
/-!
# `second_weight`: matrix

the spec, 2×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Gated

open LipBridge

/-- Rows of `second_weight`, packed. -/
noncomputable def second_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 14)
 (Rows.one 11))
 (Rows.one 14))

/-- Rows of the factor of `second_weight`, part 0, packed. -/
noncomputable def second_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010824306688)
 (Rows.one 2305849454885863424))

/-- `second_weight`: the spec, 2×3.
Integers over 1; columns of 2 digits of 2 bits. -/
noncomputable def second_weight : PackedMatrix where
  rows := 2
  cols := 3
  width := 2
  bias := 2
  transposed := true
  data := second_weight_rows

/-- `T`: the norm satisfies `C ‖second_weight x‖² ≤ T ‖x‖²`. -/
def second_weight_T : Nat := 576460752316932490

/-- `C`: the norm satisfies `C ‖second_weight x‖² ≤ T ‖x‖²`. -/
def second_weight_C : Nat := 288230376151711744

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def second_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := second_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def second_weight_certificate : SpectralCertificate where
  scale := second_weight_C
  bound := second_weight_T
  slack := 9006002
  error := 4503001
  width := 60
  top := 64
  chunk := 2
  factor := .cons second_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem second_weight_tile0 :
    Eq (SpectralCertificate.tile
      second_weight second_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem second_weight_header :
    Eq (SpectralCertificate.header second_weight second_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖second_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(second_weight)² ≤ T / C`. -/
theorem second_weight_norm :
    NormBound.{u} 2 3 second_weight.entry second_weight_T second_weight_C :=
  SpectralCertificate.Checked.sound
    (W := second_weight) (c := second_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start second_weight second_weight_certificate)
      1 2 1 second_weight_tile0)
    second_weight_header

end Gated
