import LipBridge.Certificate.KernelOnly
/-!
# `mix_weight`: matrix

the spec, 2×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

/-- Rows of `mix_weight`, packed. -/
noncomputable def mix_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 2145)
 (Rows.one 2018))
 (Rows.one 3360))

/-- Rows of the factor of `mix_weight`, part 0, packed. -/
noncomputable def mix_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 9223372039004370994)
 (Rows.one 9237837881034348609))

/-- `mix_weight`: the spec, 2×3.
Integers over 1; columns of 2 digits of 6 bits. -/
noncomputable def mix_weight : PackedMatrix where
  rows := 2
  cols := 3
  width := 6
  bias := 32
  transposed := true
  data := mix_weight_rows

/-- `T`: the norm satisfies `C ‖mix_weight x‖² ≤ T ‖x‖²`. -/
def mix_weight_T : Nat := 1810458394451844003

/-- `C`: the norm satisfies `C ‖mix_weight x‖² ≤ T ‖x‖²`. -/
def mix_weight_C : Nat := 4503599627370496

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 32 bits. -/
noncomputable def mix_weight_factor0 : Stack where
  weight := 1
  width := 32
  bias := 2147483648
  size := 2
  rows := mix_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def mix_weight_certificate : SpectralCertificate where
  scale := mix_weight_C
  bound := mix_weight_T
  slack := 423840660
  error := 211920330
  width := 61
  top := 66
  chunk := 2
  factor := .cons mix_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem mix_weight_tile0 :
    Eq (SpectralCertificate.tile
      mix_weight mix_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem mix_weight_header :
    Eq (SpectralCertificate.header mix_weight mix_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖mix_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(mix_weight)² ≤ T / C`. -/
theorem mix_weight_norm :
    NormBound.{u} 2 3 mix_weight.entry mix_weight_T mix_weight_C :=
  SpectralCertificate.Checked.sound
    (W := mix_weight) (c := mix_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start mix_weight mix_weight_certificate)
      1 2 1 mix_weight_tile0)
    mix_weight_header

end Scorer
