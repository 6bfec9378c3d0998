import LipBridge.Certificate.KernelOnly
/-!
# `b_rescaled`: matrix

`b_weight` with rows and columns scaled, 2×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Chain

open LipBridge

/-- Rows of `b_rescaled`, packed. -/
noncomputable def b_rescaled_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 71528419913939696)
 (Rows.one 49943524711066696))
 (Rows.one 20497712290374546))

/-- Rows of the factor of `b_rescaled`, part 0, packed. -/
noncomputable def b_rescaled_factor0_rows : Rows :=
  (Rows.node (Rows.one 144115188344424588)
 (Rows.one 145569255815998081))

/-- `b_rescaled`: `b_weight` with rows and columns scaled, 2×3.
Integers over 1; columns of 2 digits of 28 bits. -/
noncomputable def b_rescaled : PackedMatrix where
  rows := 2
  cols := 3
  width := 28
  bias := 134217728
  transposed := true
  data := b_rescaled_rows

/-- `T`: the norm satisfies `C ‖b_rescaled x‖² ≤ T ‖x‖²`. -/
def b_rescaled_T : Nat := 376385698742473776

/-- `C`: the norm satisfies `C ‖b_rescaled x‖² ≤ T ‖x‖²`. -/
def b_rescaled_C : Nat := 16

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 29 bits. -/
noncomputable def b_rescaled_factor0 : Stack where
  weight := 1
  width := 29
  bias := 268435456
  size := 2
  rows := b_rescaled_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def b_rescaled_certificate : SpectralCertificate where
  scale := b_rescaled_C
  bound := b_rescaled_T
  slack := 133504064
  error := 66752032
  width := 59
  top := 62
  chunk := 2
  factor := .cons b_rescaled_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem b_rescaled_tile0 :
    Eq (SpectralCertificate.tile
      b_rescaled b_rescaled_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem b_rescaled_header :
    Eq (SpectralCertificate.header b_rescaled b_rescaled_certificate 1) true :=
  Eq.refl true

/-- `C ‖b_rescaled x‖² ≤ T ‖x‖²` for all `x`: `σ_max(b_rescaled)² ≤ T / C`. -/
theorem b_rescaled_norm :
    NormBound.{u} 2 3 b_rescaled.entry b_rescaled_T b_rescaled_C :=
  SpectralCertificate.Checked.sound
    (W := b_rescaled) (c := b_rescaled_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start b_rescaled b_rescaled_certificate)
      1 2 1 b_rescaled_tile0)
    b_rescaled_header

end Chain
