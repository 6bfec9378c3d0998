import LipBridge.Certificate.KernelOnly
/-!
# `tok_weight`: matrix

the spec, 4×3;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Selection

open LipBridge

/-- Rows of `tok_weight`, packed. -/
noncomputable def tok_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 20950)
 (Rows.one 19404))
 (Rows.node (Rows.one 14682)
 (Rows.one 19025)))

/-- Rows of the factor of `tok_weight`, part 0, packed. -/
noncomputable def tok_weight_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x800000008000000080002112)
 (Rows.one 0x80000000a5a70d8db5a47e1f))
 (Rows.one 0xc5d73ca777c0aedc80754b9e))

/-- `tok_weight`: the spec, 4×3.
Integers over 2; rows of 3 digits of 5 bits. -/
noncomputable def tok_weight : PackedMatrix where
  rows := 4
  cols := 3
  width := 5
  bias := 16
  transposed := false
  data := tok_weight_rows

/-- `T`: the norm satisfies `C ‖tok_weight x‖² ≤ T ‖x‖²`. -/
def tok_weight_T : Nat := 1499060586330324173

/-- `C`: the norm satisfies `C ‖tok_weight x‖² ≤ T ‖x‖²`. -/
def tok_weight_C : Nat := 4503599627370496

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 32 bits. -/
noncomputable def tok_weight_factor0 : Stack where
  weight := 1
  width := 32
  bias := 2147483648
  size := 3
  rows := tok_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def tok_weight_certificate : SpectralCertificate where
  scale := tok_weight_C
  bound := tok_weight_T
  slack := 1513221066
  error := 504407022
  width := 61
  top := 66
  chunk := 3
  factor := .cons tok_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem tok_weight_tile0 :
    Eq (SpectralCertificate.tile
      tok_weight tok_weight_certificate
      2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem tok_weight_header :
    Eq (SpectralCertificate.header tok_weight tok_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖tok_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(tok_weight)² ≤ T / C`. -/
theorem tok_weight_norm :
    NormBound.{u} 4 3 tok_weight.entry tok_weight_T tok_weight_C :=
  SpectralCertificate.Checked.sound
    (W := tok_weight) (c := tok_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start tok_weight tok_weight_certificate)
      2 3 1 tok_weight_tile0)
    tok_weight_header

end Selection
