import LipBridge.Certificate.KernelOnly
/-!
# `mix_weight`: matrix

the spec, 3×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Matrix3x3

open LipBridge

/-- Rows of `mix_weight`, packed. -/
noncomputable def mix_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 2683)
 (Rows.one 2550))
 (Rows.one 1885))

/-- Rows of the factor of `mix_weight`, part 0, packed. -/
noncomputable def mix_weight_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x800000008000000080002087)
 (Rows.one 0x80000000a65d47e8b58e7a8c))
 (Rows.one 0xc61f4f7878b2cf0c80e9a61f))

/-- `mix_weight`: the spec, 3×3.
Integers over 1; rows of 3 digits of 4 bits. -/
noncomputable def mix_weight : PackedMatrix where
  rows := 3
  cols := 3
  width := 4
  bias := 8
  transposed := false
  data := mix_weight_rows

/-- `T`: the norm satisfies `C ‖mix_weight x‖² ≤ T ‖x‖²`. -/
def mix_weight_T : Nat := 1492137653608214568

/-- `C`: the norm satisfies `C ‖mix_weight x‖² ≤ T ‖x‖²`. -/
def mix_weight_C : Nat := 18014398509481984

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 32 bits. -/
noncomputable def mix_weight_factor0 : Stack where
  weight := 1
  width := 32
  bias := 2147483648
  size := 3
  rows := mix_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def mix_weight_certificate : SpectralCertificate where
  scale := mix_weight_C
  bound := mix_weight_T
  slack := 1822017540
  error := 607339180
  width := 61
  top := 66
  chunk := 3
  factor := .cons mix_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem mix_weight_tile0 :
    Eq (SpectralCertificate.tile
      mix_weight mix_weight_certificate
      2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem mix_weight_header :
    Eq (SpectralCertificate.header mix_weight mix_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖mix_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(mix_weight)² ≤ T / C`. -/
theorem mix_weight_norm :
    NormBound.{u} 3 3 mix_weight.entry mix_weight_T mix_weight_C :=
  SpectralCertificate.Checked.sound
    (W := mix_weight) (c := mix_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start mix_weight mix_weight_certificate)
      2 3 1 mix_weight_tile0)
    mix_weight_header

end Matrix3x3
