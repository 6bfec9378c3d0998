import LipBridge.Certificate.KernelOnly
/-!
# `mix_merged`: matrix

the product mix·lift, 2×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `mix_merged`, packed. -/
noncomputable def mix_merged_rows : Rows :=
  (Rows.node (Rows.one 39558)
 (Rows.one 49306))

/-- Rows of the factor of `mix_merged`, part 0, packed. -/
noncomputable def mix_merged_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287442637)
 (Rows.one 2781234724746838696))

/-- `mix_merged`: the product mix·lift, 2×2.
Integers over 2; rows of 2 digits of 8 bits. -/
noncomputable def mix_merged : PackedMatrix where
  rows := 2
  cols := 2
  width := 8
  bias := 128
  transposed := false
  data := mix_merged_rows

/-- `T`: the norm satisfies `C ‖mix_merged x‖² ≤ T ‖x‖²`. -/
def mix_merged_T : Nat := 384804996337797586

/-- `C`: the norm satisfies `C ‖mix_merged x‖² ≤ T ‖x‖²`. -/
def mix_merged_C : Nat := 70368744177664

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def mix_merged_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := mix_merged_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def mix_merged_certificate : SpectralCertificate where
  scale := mix_merged_C
  bound := mix_merged_T
  slack := 280721308
  error := 140360654
  width := 59
  top := 64
  chunk := 2
  factor := .cons mix_merged_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem mix_merged_tile0 :
    Eq (SpectralCertificate.tile
      mix_merged mix_merged_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem mix_merged_header :
    Eq (SpectralCertificate.header mix_merged mix_merged_certificate 1) true :=
  Eq.refl true

/-- `C ‖mix_merged x‖² ≤ T ‖x‖²` for all `x`: `σ_max(mix_merged)² ≤ T / C`. -/
theorem mix_merged_norm :
    NormBound.{u} 2 2 mix_merged.entry mix_merged_T mix_merged_C :=
  SpectralCertificate.Checked.sound
    (W := mix_merged) (c := mix_merged_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start mix_merged mix_merged_certificate)
      1 2 1 mix_merged_tile0)
    mix_merged_header

end Scorer
