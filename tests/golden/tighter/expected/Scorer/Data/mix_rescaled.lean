import LipBridge.Certificate.KernelOnly
/-!
# `mix_rescaled`: matrix

`mix_merged` with rows and columns scaled, 2×2;
the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `mix_rescaled`, packed. -/
noncomputable def mix_rescaled_rows : Rows :=
  (Rows.node (Rows.one 3458573933928)
 (Rows.one 2554969787736))

/-- Rows of the factor of `mix_rescaled`, part 0, packed. -/
noncomputable def mix_rescaled_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287446736)
 (Rows.one 2640708926679666378))

/-- `mix_rescaled`: `mix_merged` with rows and columns scaled, 2×2.
Integers over 2; rows of 2 digits of 21 bits. -/
noncomputable def mix_rescaled : PackedMatrix where
  rows := 2
  cols := 2
  width := 21
  bias := 1048576
  transposed := false
  data := mix_rescaled_rows

/-- `T`: the norm satisfies `C ‖mix_rescaled x‖² ≤ T ‖x‖²`. -/
def mix_rescaled_T : Nat := 432765105689815028

/-- `C`: the norm satisfies `C ‖mix_rescaled x‖² ≤ T ‖x‖²`. -/
def mix_rescaled_C : Nat := 1048576

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def mix_rescaled_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := mix_rescaled_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def mix_rescaled_certificate : SpectralCertificate where
  scale := mix_rescaled_C
  bound := mix_rescaled_T
  slack := 282974816
  error := 141487408
  width := 59
  top := 64
  chunk := 2
  factor := .cons mix_rescaled_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem mix_rescaled_tile0 :
    Eq (SpectralCertificate.tile
      mix_rescaled mix_rescaled_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem mix_rescaled_header :
    Eq (SpectralCertificate.header mix_rescaled mix_rescaled_certificate 1) true :=
  Eq.refl true

/-- `C ‖mix_rescaled x‖² ≤ T ‖x‖²` for all `x`: `σ_max(mix_rescaled)² ≤ T / C`. -/
theorem mix_rescaled_norm :
    NormBound.{u} 2 2 mix_rescaled.entry mix_rescaled_T mix_rescaled_C :=
  SpectralCertificate.Checked.sound
    (W := mix_rescaled) (c := mix_rescaled_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start mix_rescaled mix_rescaled_certificate)
      1 2 1 mix_rescaled_tile0)
    mix_rescaled_header

end Scorer
