import LipBridge.Certificate.KernelOnly
/-!
# `c_weighted`: matrix

weighted blocks `a_weight`, `b_weight`, `c_weight`, 4×4; the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Chain

open LipBridge

/-- Rows of `c_weighted`, packed: weighted blocks `a_weight`, `b_weight`, `c_weight`, 4×4. -/
noncomputable def c_weighted_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0xc06fc48b05f5b5a2b01d8a2760013b0c4f000)
 (Rows.one 0x8ae3466b62ace8082823a3e54001747ca8000))
 (Rows.node (Rows.one 0x732f9775d4c78b26862c5f3a0000ce8318000)
 (Rows.one 0x4f586000058fee80002000000001000000000)))

/-- Rows of the factor of `c_weighted`, part 0, packed: weighted blocks `a_weight`, `b_weight`, `c_weight`, 4×4. -/
noncomputable def c_weighted_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x800000004000000020000000100008174)
 (Rows.one 0x800000004000000030063688b17626841))
 (Rows.node (Rows.one 0x800000004471532b2ab6f885f396d7247)
 (Rows.one 0xb11c1f1d3792e7c4e5a63a2868bc90a78)))

/-- `c_weighted`: weighted blocks `a_weight`, `b_weight`, `c_weight`, 4×4, as integers over 1. Rows of 4 digits of 37 bits. -/
noncomputable def c_weighted : PackedMatrix where
  rows := 4
  cols := 4
  width := 37
  bias := 68719476736
  transposed := false
  data := c_weighted_rows

/-- `T`: the norm satisfies `C ‖c_weighted x‖² ≤ T ‖x‖²`. -/
def c_weighted_T : Nat := 0x8ff78a44b49b6ace20

/-- `C`: the norm satisfies `C ‖c_weighted x‖² ≤ T ‖x‖²`. -/
def c_weighted_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 4 digits of 33 bits. -/
noncomputable def c_weighted_factor0 : Stack where
  weight := 256
  width := 33
  bias := 4294967296
  size := 4
  rows := c_weighted_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def c_weighted_certificate : SpectralCertificate where
  scale := c_weighted_C
  bound := c_weighted_T
  slack := 948931028352
  error := 237232757088
  width := 72
  top := 77
  chunk := 4
  factor := .cons c_weighted_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 4 rows each, are those of `(T - d) I`, up to `ε`. -/
theorem c_weighted_tile0 :
    Eq (SpectralCertificate.tile c_weighted c_weighted_certificate 2 4 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem c_weighted_header :
    Eq (SpectralCertificate.header c_weighted c_weighted_certificate 1) true :=
  Eq.refl true

/-- `C ‖c_weighted x‖² ≤ T ‖x‖²` for all `x`: `σ_max(c_weighted)² ≤ T / C`. -/
theorem c_weighted_norm :
    NormBound.{u} 4 4 c_weighted.entry c_weighted_T c_weighted_C :=
  SpectralCertificate.Checked.sound (W := c_weighted) (c := c_weighted_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (SpectralCertificate.Checked.start c_weighted c_weighted_certificate)
      2 4 1 c_weighted_tile0)
    c_weighted_header

end Chain
