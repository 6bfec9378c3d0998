import LipBridge.Certificate.KernelOnly
/-!
# `query_weight`: matrix

the spec, 2×3;
the integers are over the denominator 4.
-/

set_option autoImplicit false

universe u

namespace Every_layer

open LipBridge

/-- Rows of `query_weight`, packed. -/
noncomputable def query_weight_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 658)
 (Rows.one 656))
 (Rows.one 572))

/-- Rows of the factor of `query_weight`, part 0, packed. -/
noncomputable def query_weight_factor0_rows : Rows :=
  (Rows.node (Rows.one 2305843010287439086)
 (Rows.one 3873846578211303159))

/-- `query_weight`: the spec, 2×3.
Integers over 4; columns of 2 digits of 5 bits. -/
noncomputable def query_weight : PackedMatrix where
  rows := 2
  cols := 3
  width := 5
  bias := 16
  transposed := true
  data := query_weight_rows

/-- `T`: the norm satisfies `C ‖query_weight x‖² ≤ T ‖x‖²`. -/
def query_weight_T : Nat := 681750310588934368

/-- `C`: the norm satisfies `C ‖query_weight x‖² ≤ T ‖x‖²`. -/
def query_weight_C : Nat := 4503599627370496

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 31 bits. -/
noncomputable def query_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 2
  rows := query_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def query_weight_certificate : SpectralCertificate where
  scale := query_weight_C
  bound := query_weight_T
  slack := 288868800
  error := 144434400
  width := 60
  top := 64
  chunk := 2
  factor := .cons query_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem query_weight_tile0 :
    Eq (SpectralCertificate.tile
      query_weight query_weight_certificate
      1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem query_weight_header :
    Eq (SpectralCertificate.header query_weight query_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖query_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(query_weight)² ≤ T / C`. -/
theorem query_weight_norm :
    NormBound.{u} 2 3 query_weight.entry query_weight_T query_weight_C :=
  SpectralCertificate.Checked.sound
    (W := query_weight) (c := query_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start query_weight query_weight_certificate)
      1 2 1 query_weight_tile0)
    query_weight_header

end Every_layer
