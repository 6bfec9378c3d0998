import LipBridge.Certificate.KernelOnly
/-!
# `keys_merged`: matrix

the product keys·gain1·query, 6×3;
the integers are over the denominator 8.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `keys_merged`, packed. -/
noncomputable def keys_merged_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 72473846)
 (Rows.one 68325584))
 (Rows.one 77653370))
 (Rows.node (Rows.node (Rows.one 92513482)
 (Rows.one 68294892))
 (Rows.one 70413558)))

/-- Rows of the factor of `keys_merged`, part 0, packed. -/
noncomputable def keys_merged_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x4000000020000000100005dba)
 (Rows.one 0x4000000027bff2da7849fb07a))
 (Rows.one 0x6348c0d4dca7ddac301964d09))

/-- `keys_merged`: the product keys·gain1·query, 6×3.
Integers over 8; rows of 3 digits of 9 bits. -/
noncomputable def keys_merged : PackedMatrix where
  rows := 6
  cols := 3
  width := 9
  bias := 256
  transposed := false
  data := keys_merged_rows

/-- `T`: the norm satisfies `C ‖keys_merged x‖² ≤ T ‖x‖²`. -/
def keys_merged_T : Nat := 6408506221566775740

/-- `C`: the norm satisfies `C ‖keys_merged x‖² ≤ T ‖x‖²`. -/
def keys_merged_C : Nat := 70368744177664

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 33 bits. -/
noncomputable def keys_merged_factor0 : Stack where
  weight := 1
  width := 33
  bias := 4294967296
  size := 3
  rows := keys_merged_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def keys_merged_certificate : SpectralCertificate where
  scale := keys_merged_C
  bound := keys_merged_T
  slack := 4355223963
  error := 1451741321
  width := 63
  top := 68
  chunk := 3
  factor := .cons keys_merged_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem keys_merged_tile0 :
    Eq (SpectralCertificate.tile
      keys_merged keys_merged_certificate
      2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem keys_merged_header :
    Eq (SpectralCertificate.header keys_merged keys_merged_certificate 1) true :=
  Eq.refl true

/-- `C ‖keys_merged x‖² ≤ T ‖x‖²` for all `x`: `σ_max(keys_merged)² ≤ T / C`. -/
theorem keys_merged_norm :
    NormBound.{u} 6 3 keys_merged.entry keys_merged_T keys_merged_C :=
  SpectralCertificate.Checked.sound
    (W := keys_merged) (c := keys_merged_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start keys_merged keys_merged_certificate)
      2 3 1 keys_merged_tile0)
    keys_merged_header

end Blocks
