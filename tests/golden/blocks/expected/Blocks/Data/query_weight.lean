import LipBridge.Certificate.KernelOnly
/-!
# `query_weight`: matrix

the spec, 4×3;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `query_weight`, packed. -/
noncomputable def query_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 20950)
 (Rows.one 19404))
 (Rows.node (Rows.one 14682)
 (Rows.one 19025)))

/-- Rows of the factor of `query_weight`, part 0, packed. -/
noncomputable def query_weight_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x800000008000000080002112)
 (Rows.one 0x80000000a5a70d8db5a47e1f))
 (Rows.one 0xc5d73ca777c0aedc80754b9e))

/-- `query_weight`: the spec, 4×3.
Integers over 2; rows of 3 digits of 5 bits. -/
noncomputable def query_weight : PackedMatrix where
  rows := 4
  cols := 3
  width := 5
  bias := 16
  transposed := false
  data := query_weight_rows

/-- `T`: the norm satisfies `C ‖query_weight x‖² ≤ T ‖x‖²`. -/
def query_weight_T : Nat := 1499060586330324173

/-- `C`: the norm satisfies `C ‖query_weight x‖² ≤ T ‖x‖²`. -/
def query_weight_C : Nat := 4503599627370496

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 32 bits. -/
noncomputable def query_weight_factor0 : Stack where
  weight := 1
  width := 32
  bias := 2147483648
  size := 3
  rows := query_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def query_weight_certificate : SpectralCertificate where
  scale := query_weight_C
  bound := query_weight_T
  slack := 1513221066
  error := 504407022
  width := 61
  top := 66
  chunk := 3
  factor := .cons query_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem query_weight_tile0 :
    Eq (SpectralCertificate.tile
      query_weight query_weight_certificate
      2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem query_weight_header :
    Eq (SpectralCertificate.header query_weight query_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖query_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(query_weight)² ≤ T / C`. -/
theorem query_weight_norm :
    NormBound.{u} 4 3 query_weight.entry query_weight_T query_weight_C :=
  SpectralCertificate.Checked.sound
    (W := query_weight) (c := query_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start query_weight query_weight_certificate)
      2 3 1 query_weight_tile0)
    query_weight_header

end Blocks
