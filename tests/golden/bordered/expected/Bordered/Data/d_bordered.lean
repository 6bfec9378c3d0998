import LipBridge.Certificate.KernelOnly
/-!
# `d_bordered`: matrix

weighted blocks `c_weight`, `d_weight` and the linear part of all, 5×5;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `d_bordered`, packed. -/
noncomputable def d_bordered_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x3936a6e2cb26d4dc5a0000000080000000200000000)
 (Rows.one 0x2c9b537164d92b23aa0000000080000000200000000))
 (Rows.one 0x170932b68c7b66a4c20000000080000000200000000))
 (Rows.node (Rows.one 0x200000000e000000031d97545c4d3b7b042cb1213f0)
 (Rows.one 0x34000000080000000200000000b2c484fc2cb1213f0)))

/-- Rows of the factor of `d_bordered`, part 0, packed. -/
noncomputable def d_bordered_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x8000000080000000800000008000000080009b49)
 (Rows.one 0x800000008000000080000000d38dec0ad4635a61))
 (Rows.one 0x8000000080000000f1741b44cffedc313070d6e2))
 (Rows.node (Rows.one 0x80000000ce76071528a464ddbe6641cc422acf41)
 (Rows.one 0xc81d9dc980650d458000000047ae96ac47ae96ac)))

/-- `d_bordered`: weighted blocks `c_weight`, `d_weight` and the linear part of all, 5×5.
Integers over 1; rows of 5 digits of 34 bits. -/
noncomputable def d_bordered : PackedMatrix where
  rows := 5
  cols := 5
  width := 34
  bias := 8589934592
  transposed := false
  data := d_bordered_rows

/-- `T`: the norm satisfies `C ‖d_bordered x‖² ≤ T ‖x‖²`. -/
def d_bordered_T : Nat := 0x6400bdaa6181f73e8

/-- `C`: the norm satisfies `C ‖d_bordered x‖² ≤ T ‖x‖²`. -/
def d_bordered_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 5 digits of 32 bits. -/
noncomputable def d_bordered_factor0 : Stack where
  weight := 16
  width := 32
  bias := 2147483648
  size := 5
  rows := d_bordered_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def d_bordered_certificate : SpectralCertificate where
  scale := d_bordered_C
  bound := d_bordered_T
  slack := 100998705280
  error := 20199741056
  width := 67
  top := 71
  chunk := 5
  factor := .cons d_bordered_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 5 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem d_bordered_tile0 :
    Eq (SpectralCertificate.tile
      d_bordered d_bordered_certificate
      3 5 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem d_bordered_header :
    Eq (SpectralCertificate.header d_bordered d_bordered_certificate 1) true :=
  Eq.refl true

/-- `C ‖d_bordered x‖² ≤ T ‖x‖²` for all `x`: `σ_max(d_bordered)² ≤ T / C`. -/
theorem d_bordered_norm :
    NormBound.{u} 5 5 d_bordered.entry d_bordered_T d_bordered_C :=
  SpectralCertificate.Checked.sound
    (W := d_bordered) (c := d_bordered_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start d_bordered d_bordered_certificate)
      3 5 1 d_bordered_tile0)
    d_bordered_header

end Bordered
