import LipBridge.Certificate.KernelOnly
/-!
# `keys_weighted`: matrix

weighted blocks `query_weight`, `keys_keys`, 9×4; the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `keys_weighted`, packed: weighted blocks `query_weight`, `keys_keys`, 9×4. -/
noncomputable def keys_weighted_rows : Rows :=
  (Rows.node (Rows.cut 108 (nat_lit 0x80000014378aa20000004000000a180f41ca69fe2c0c67847073c69920b70bc87560ded64c63242de80000014378aa260633c31f187488603d186f15419f9cc447073c6a835090ec08de237e72c57f55c0a835090c41a9a38752343405520941a84963d3aa19031a863f00a0))
 (Rows.one 0x8000001000000260633c47073c6))

/-- Rows of the factor of `keys_weighted`, part 0, packed: weighted blocks `query_weight`, `keys_keys`, 9×4. -/
noncomputable def keys_weighted_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x800000004000000020000000100004684)
 (Rows.one 0x80000000400000002851574f159ba9966))
 (Rows.node (Rows.one 0x80000000505c3e539b4b3b668cb418f51)
 (Rows.one 0xc825633dbba865809cf12f818defd9dc8)))

/-- `keys_weighted`: weighted blocks `query_weight`, `keys_keys`, 9×4, as integers over 1. Rows of 4 digits of 27 bits. -/
noncomputable def keys_weighted : PackedMatrix where
  rows := 9
  cols := 4
  width := 27
  bias := 67108864
  transposed := false
  data := keys_weighted_rows

/-- `T`: the norm satisfies `C ‖keys_weighted x‖² ≤ T ‖x‖²`. -/
def keys_weighted_T : Nat := 7397628540069675215

/-- `C`: the norm satisfies `C ‖keys_weighted x‖² ≤ T ‖x‖²`. -/
def keys_weighted_C : Nat := 1024

/-- Part 0 of the factor `L`, with its weight `α`: rows of 4 digits of 33 bits. -/
noncomputable def keys_weighted_factor0 : Stack where
  weight := 1
  width := 33
  bias := 4294967296
  size := 4
  rows := keys_weighted_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def keys_weighted_certificate : SpectralCertificate where
  scale := keys_weighted_C
  bound := keys_weighted_T
  slack := 3986594552
  error := 996648638
  width := 63
  top := 68
  chunk := 4
  factor := .cons keys_weighted_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 4 rows each, are those of `(T - d) I`, up to `ε`. -/
theorem keys_weighted_tile0 :
    Eq (SpectralCertificate.tile keys_weighted keys_weighted_certificate 2 4 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem keys_weighted_header :
    Eq (SpectralCertificate.header keys_weighted keys_weighted_certificate 1) true :=
  Eq.refl true

/-- `C ‖keys_weighted x‖² ≤ T ‖x‖²` for all `x`: `σ_max(keys_weighted)² ≤ T / C`. -/
theorem keys_weighted_norm :
    NormBound.{u} 9 4 keys_weighted.entry keys_weighted_T keys_weighted_C :=
  SpectralCertificate.Checked.sound (W := keys_weighted) (c := keys_weighted_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (SpectralCertificate.Checked.start keys_weighted keys_weighted_certificate)
      2 4 1 keys_weighted_tile0)
    keys_weighted_header

end Blocks
