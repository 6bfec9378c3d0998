import LipBridge.Certificate.KernelOnly
/-!
# `query_rescaled`: matrix

`query_weight` with rows and columns scaled, 4×3; the integers are over the denominator 2.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `query_rescaled`, packed: `query_weight` with rows and columns scaled, 4×3. -/
noncomputable def query_rescaled_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 11810982917762832)
 (Rows.one 9873122142559632))
 (Rows.node (Rows.one 8181765813496476)
 (Rows.one 10186464333799812)))

/-- Rows of the factor of `query_rescaled`, part 0, packed: `query_weight` with rows and columns scaled, 4×3. -/
noncomputable def query_rescaled_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x100000002000000040001754)
 (Rows.one 0x1000000030963d25667e704f))
 (Rows.one 0x1d7f3471ddc726c438e9383c))

/-- `query_rescaled`: `query_weight` with rows and columns scaled, 4×3, as integers over 2. Rows of 3 digits of 18 bits. -/
noncomputable def query_rescaled : PackedMatrix where
  rows := 4
  cols := 3
  width := 18
  bias := 131072
  transposed := false
  data := query_rescaled_rows

/-- `T`: the norm satisfies `C ‖query_rescaled x‖² ≤ T ‖x‖²`. -/
def query_rescaled_T : Nat := 972213962016706652

/-- `C`: the norm satisfies `C ‖query_rescaled x‖² ≤ T ‖x‖²`. -/
def query_rescaled_C : Nat := 67108864

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 31 bits. -/
noncomputable def query_rescaled_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 3
  rows := query_rescaled_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def query_rescaled_certificate : SpectralCertificate where
  scale := query_rescaled_C
  bound := query_rescaled_T
  slack := 1043654676
  error := 347884892
  width := 60
  top := 65
  chunk := 3
  factor := .cons query_rescaled_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of `(T - d) I`, up to `ε`. -/
theorem query_rescaled_tile0 :
    Eq (SpectralCertificate.tile query_rescaled query_rescaled_certificate 2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem query_rescaled_header :
    Eq (SpectralCertificate.header query_rescaled query_rescaled_certificate 1) true :=
  Eq.refl true

/-- `C ‖query_rescaled x‖² ≤ T ‖x‖²` for all `x`: `σ_max(query_rescaled)² ≤ T / C`. -/
theorem query_rescaled_norm :
    NormBound.{u} 4 3 query_rescaled.entry query_rescaled_T query_rescaled_C :=
  SpectralCertificate.Checked.sound (W := query_rescaled) (c := query_rescaled_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (SpectralCertificate.Checked.start query_rescaled query_rescaled_certificate)
      2 3 1 query_rescaled_tile0)
    query_rescaled_header

end Blocks
