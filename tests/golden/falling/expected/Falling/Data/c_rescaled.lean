import LipBridge.Certificate.KernelOnly
/-!
# `c_rescaled`: matrix

`c_weight` with rows and columns scaled, 2×3;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

/-- Rows of `c_rescaled`, packed. -/
noncomputable def c_rescaled_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 1022932936)
 (Rows.one 3272142736))
 (Rows.one 3834398776))

/-- Rows of the factor of `c_rescaled`, part 0, packed. -/
noncomputable def c_rescaled_factor0_rows : Rows :=
  (Rows.node (Rows.one 144115188344294916)
 (Rows.one 236089547726874157))

/-- `c_rescaled`: `c_weight` with rows and columns scaled, 2×3.
Integers over 2; columns of 2 digits of 16 bits. -/
noncomputable def c_rescaled : PackedMatrix where
  rows := 2
  cols := 3
  width := 16
  bias := 32768
  transposed := true
  data := c_rescaled_rows

/-- `T`: the norm satisfies `C ‖c_rescaled x‖² ≤ T ‖x‖²`. -/
def c_rescaled_T : Nat := 365290315398229700

/-- `C`: the norm satisfies `C ‖c_rescaled x‖² ≤ T ‖x‖²`. -/
def c_rescaled_C : Nat := 268435456

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 29 bits. -/
noncomputable def c_rescaled_factor0 : Stack where
  weight := 1
  width := 29
  bias := 268435456
  size := 2
  rows := c_rescaled_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def c_rescaled_certificate : SpectralCertificate where
  scale := c_rescaled_C
  bound := c_rescaled_T
  slack := 198882710
  error := 99441355
  width := 59
  top := 62
  chunk := 2
  factor := .cons c_rescaled_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem c_rescaled_tile0 :
    Eq (SpectralCertificate.tile
      c_rescaled c_rescaled_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem c_rescaled_header :
    Eq (SpectralCertificate.header c_rescaled c_rescaled_certificate 1) true :=
  Eq.refl true

/-- `C ‖c_rescaled x‖² ≤ T ‖x‖²` for all `x`: `σ_max(c_rescaled)² ≤ T / C`. -/
theorem c_rescaled_norm :
    NormBound.{u} 2 3 c_rescaled.entry c_rescaled_T c_rescaled_C :=
  SpectralCertificate.Checked.sound
    (W := c_rescaled) (c := c_rescaled_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start c_rescaled c_rescaled_certificate)
      1 2 1 c_rescaled_tile0)
    c_rescaled_header

end Falling
