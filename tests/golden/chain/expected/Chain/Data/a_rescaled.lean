import LipBridge.Certificate.KernelOnly
/-!
# `a_rescaled`: matrix

`a_weight` with rows and columns scaled, 3×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Chain

open LipBridge

/-- Rows of `a_rescaled`, packed. -/
noncomputable def a_rescaled_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 6773383788)
 (Rows.one 9748711968))
 (Rows.one 12742345248))

/-- Rows of the factor of `a_rescaled`, part 0, packed. -/
noncomputable def a_rescaled_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287439825)
 (Rows.one 3963701660267423745))

/-- `a_rescaled`: `a_weight` with rows and columns scaled, 3×2.
Integers over 2; rows of 2 digits of 17 bits. -/
noncomputable def a_rescaled : PackedMatrix where
  rows := 3
  cols := 2
  width := 17
  bias := 65536
  transposed := false
  data := a_rescaled_rows

/-- `T`: the norm satisfies `C ‖a_rescaled x‖² ≤ T ‖x‖²`. -/
def a_rescaled_T : Nat := 937936146457396561

/-- `C`: the norm satisfies `C ‖a_rescaled x‖² ≤ T ‖x‖²`. -/
def a_rescaled_C : Nat := 268435456

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def a_rescaled_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := a_rescaled_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def a_rescaled_certificate : SpectralCertificate where
  scale := a_rescaled_C
  bound := a_rescaled_T
  slack := 558111070
  error := 279055535
  width := 60
  top := 64
  chunk := 2
  factor := .cons a_rescaled_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem a_rescaled_tile0 :
    Eq (SpectralCertificate.tile
      a_rescaled a_rescaled_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem a_rescaled_header :
    Eq (SpectralCertificate.header a_rescaled a_rescaled_certificate 1) true :=
  Eq.refl true

/-- `C ‖a_rescaled x‖² ≤ T ‖x‖²` for all `x`: `σ_max(a_rescaled)² ≤ T / C`. -/
theorem a_rescaled_norm :
    NormBound.{u} 3 2 a_rescaled.entry a_rescaled_T a_rescaled_C :=
  SpectralCertificate.Checked.sound
    (W := a_rescaled) (c := a_rescaled_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start a_rescaled a_rescaled_certificate)
      1 2 1 a_rescaled_tile0)
    a_rescaled_header

end Chain
