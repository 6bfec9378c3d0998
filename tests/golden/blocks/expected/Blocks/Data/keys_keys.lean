import LipBridge.Certificate.KernelOnly
/-!
# `keys_keys`: matrix

the spec, 6×4;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `keys_keys`, packed. -/
noncomputable def keys_keys_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 39545)
 (Rows.one 35222))
 (Rows.one 46941))
 (Rows.node (Rows.node (Rows.one 52137)
 (Rows.one 35208))
 (Rows.one 34969)))

/-- Rows of the factor of `keys_keys`, part 0, packed. -/
noncomputable def keys_keys_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x800000004000000020000000100005189)
 (Rows.one 0x80000000400000003808eb72f50c27b99))
 (Rows.node (Rows.one 0x800000006e44c5d3db03ae1b8df488c67)
 (Rows.one 0xd45d3a732f4f79b7e184694c6869f1821)))

/-- `keys_keys`: the spec, 6×4.
Integers over 1; rows of 4 digits of 4 bits. -/
noncomputable def keys_keys : PackedMatrix where
  rows := 6
  cols := 4
  width := 4
  bias := 8
  transposed := false
  data := keys_keys_rows

/-- `T`: the norm satisfies `C ‖keys_keys x‖² ≤ T ‖x‖²`. -/
def keys_keys_T : Nat := 15507372622911799308

/-- `C`: the norm satisfies `C ‖keys_keys x‖² ≤ T ‖x‖²`. -/
def keys_keys_C : Nat := 288230376151711744

/-- Part 0 of the factor `L`, with its weight `α`: rows of 4 digits of 33 bits. -/
noncomputable def keys_keys_factor0 : Stack where
  weight := 1
  width := 33
  bias := 4294967296
  size := 4
  rows := keys_keys_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def keys_keys_certificate : SpectralCertificate where
  scale := keys_keys_C
  bound := keys_keys_T
  slack := 6994461152
  error := 1748615288
  width := 64
  top := 69
  chunk := 4
  factor := .cons keys_keys_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 4 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem keys_keys_tile0 :
    Eq (SpectralCertificate.tile
      keys_keys keys_keys_certificate
      2 4 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem keys_keys_header :
    Eq (SpectralCertificate.header keys_keys keys_keys_certificate 1) true :=
  Eq.refl true

/-- `C ‖keys_keys x‖² ≤ T ‖x‖²` for all `x`: `σ_max(keys_keys)² ≤ T / C`. -/
theorem keys_keys_norm :
    NormBound.{u} 6 4 keys_keys.entry keys_keys_T keys_keys_C :=
  SpectralCertificate.Checked.sound
    (W := keys_keys) (c := keys_keys_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start keys_keys keys_keys_certificate)
      2 4 1 keys_keys_tile0)
    keys_keys_header

end Blocks
