import LipBridge.Certificate.KernelOnly
/-!
# `into_weight`: matrix

the spec, 2×2;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `into_weight`, packed. -/
noncomputable def into_weight_rows : Rows :=
  (Rows.node (Rows.one 46)
 (Rows.one 51))

/-- Rows of the factor of `into_weight`, part 0, packed. -/
noncomputable def into_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 3)
 (Rows.one 3))

/-- `into_weight`: the spec, 2×2.
Integers over 1; rows of 2 digits of 3 bits. -/
noncomputable def into_weight : PackedMatrix where
  rows := 2
  cols := 2
  width := 3
  bias := 4
  transposed := false
  data := into_weight_rows

/-- `T`: the norm satisfies `C ‖into_weight x‖² ≤ T ‖x‖²`. -/
def into_weight_T : Nat := 5

/-- `C`: the norm satisfies `C ‖into_weight x‖² ≤ T ‖x‖²`. -/
def into_weight_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 1 bits. -/
noncomputable def into_weight_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 2
  rows := into_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def into_weight_certificate : SpectralCertificate where
  scale := into_weight_C
  bound := into_weight_T
  slack := 0
  error := 0
  width := 3
  top := 7
  chunk := 2
  factor := .cons into_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem into_weight_tile0 :
    Eq (SpectralCertificate.tile
      into_weight into_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem into_weight_header :
    Eq (SpectralCertificate.header into_weight into_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖into_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(into_weight)² ≤ T / C`. -/
theorem into_weight_norm :
    NormBound.{u} 2 2 into_weight.entry into_weight_T into_weight_C :=
  SpectralCertificate.Checked.sound
    (W := into_weight) (c := into_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start into_weight into_weight_certificate)
      1 2 1 into_weight_tile0)
    into_weight_header

end Bordered
