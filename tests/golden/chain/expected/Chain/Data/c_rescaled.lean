import LipBridge.Certificate.KernelOnly
/-!
# `c_rescaled`: matrix

`c_weight` with rows and columns scaled, 1×2; the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Chain

open LipBridge

/-- Rows of `c_rescaled`, packed: `c_weight` with rows and columns scaled, 1×2. -/
noncomputable def c_rescaled_rows : Rows :=
  (Rows.node (Rows.one 30944)
 (Rows.one 7969))

/-- Rows of the factor of `c_rescaled`, part 0, packed: `c_weight` with rows and columns scaled, 1×2. -/
noncomputable def c_rescaled_factor0_rows : Rows :=
  (Rows.one 1)

/-- `c_rescaled`: `c_weight` with rows and columns scaled, 1×2, as integers over 1. Columns of 1 digits of 15 bits. -/
noncomputable def c_rescaled : PackedMatrix where
  rows := 1
  cols := 2
  width := 15
  bias := 16384
  transposed := true
  data := c_rescaled_rows

/-- `T`: the norm satisfies `C ‖c_rescaled x‖² ≤ T ‖x‖²`. -/
def c_rescaled_T : Nat := 282805825

/-- `C`: the norm satisfies `C ‖c_rescaled x‖² ≤ T ‖x‖²`. -/
def c_rescaled_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 1 digits of 1 bits. -/
noncomputable def c_rescaled_factor0 : Stack where
  weight := 1
  width := 1
  bias := 1
  size := 1
  rows := c_rescaled_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def c_rescaled_certificate : SpectralCertificate where
  scale := c_rescaled_C
  bound := c_rescaled_T
  slack := 0
  error := 0
  width := 29
  top := 31
  chunk := 1
  factor := .cons c_rescaled_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 1 rows each, are those of `(T - d) I`, up to `ε`. -/
theorem c_rescaled_tile0 :
    Eq (SpectralCertificate.tile c_rescaled c_rescaled_certificate 0 1 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem c_rescaled_header :
    Eq (SpectralCertificate.header c_rescaled c_rescaled_certificate 1) true :=
  Eq.refl true

/-- `C ‖c_rescaled x‖² ≤ T ‖x‖²` for all `x`: `σ_max(c_rescaled)² ≤ T / C`. -/
theorem c_rescaled_norm :
    NormBound.{u} 1 2 c_rescaled.entry c_rescaled_T c_rescaled_C :=
  SpectralCertificate.Checked.sound (W := c_rescaled) (c := c_rescaled_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (SpectralCertificate.Checked.start c_rescaled c_rescaled_certificate)
      0 1 1 c_rescaled_tile0)
    c_rescaled_header

end Chain
