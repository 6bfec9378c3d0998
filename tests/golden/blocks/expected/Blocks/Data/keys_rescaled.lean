import LipBridge.Certificate.KernelOnly
/-!
# `keys_rescaled`: matrix

`keys_keys` with rows and columns scaled, 6×4; the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `keys_rescaled`, packed: `keys_keys` with rows and columns scaled, 6×4. -/
noncomputable def keys_rescaled_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 11233331726900303734)
 (Rows.one 9223556585794326804))
 (Rows.one 15252662967054693710))
 (Rows.node (Rows.node (Rows.one 17262569538620790646)
 (Rows.one 9223556585157066752))
 (Rows.one 9223512777127925622)))

/-- Rows of the factor of `keys_rescaled`, part 0, packed: `keys_keys` with rows and columns scaled, 6×4. -/
noncomputable def keys_rescaled_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x80000000400000002000000010000760e)
 (Rows.one 0x800000004000000028dc7e7a36e927313))
 (Rows.node (Rows.one 0x8000000057bf4cdbd1ac19f44c45f8caf)
 (Rows.one 0xc8dc72e5ab07592de1d1487c0a63189f2)))

/-- `keys_rescaled`: `keys_keys` with rows and columns scaled, 6×4, as integers over 1. Rows of 4 digits of 16 bits. -/
noncomputable def keys_rescaled : PackedMatrix where
  rows := 6
  cols := 4
  width := 16
  bias := 32768
  transposed := false
  data := keys_rescaled_rows

/-- `T`: the norm satisfies `C ‖keys_rescaled x‖² ≤ T ‖x‖²`. -/
def keys_rescaled_T : Nat := 11669962969481676265

/-- `C`: the norm satisfies `C ‖keys_rescaled x‖² ≤ T ‖x‖²`. -/
def keys_rescaled_C : Nat := 4294967296

/-- Part 0 of the factor `L`, with its weight `α`: rows of 4 digits of 33 bits. -/
noncomputable def keys_rescaled_factor0 : Stack where
  weight := 1
  width := 33
  bias := 4294967296
  size := 4
  rows := keys_rescaled_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def keys_rescaled_certificate : SpectralCertificate where
  scale := keys_rescaled_C
  bound := keys_rescaled_T
  slack := 8614587380
  error := 2153646845
  width := 64
  top := 68
  chunk := 4
  factor := .cons keys_rescaled_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 4 rows each, are those of `(T - d) I`, up to `ε`. -/
theorem keys_rescaled_tile0 :
    Eq (SpectralCertificate.tile keys_rescaled keys_rescaled_certificate 2 4 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem keys_rescaled_header :
    Eq (SpectralCertificate.header keys_rescaled keys_rescaled_certificate 1) true :=
  Eq.refl true

/-- `C ‖keys_rescaled x‖² ≤ T ‖x‖²` for all `x`: `σ_max(keys_rescaled)² ≤ T / C`. -/
theorem keys_rescaled_norm :
    NormBound.{u} 6 4 keys_rescaled.entry keys_rescaled_T keys_rescaled_C :=
  SpectralCertificate.Checked.sound (W := keys_rescaled) (c := keys_rescaled_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (SpectralCertificate.Checked.start keys_rescaled keys_rescaled_certificate)
      2 4 1 keys_rescaled_tile0)
    keys_rescaled_header

end Blocks
