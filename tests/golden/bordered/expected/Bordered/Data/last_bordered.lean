import LipBridge.Certificate.KernelOnly
/-!
# `last_bordered`: matrix

weighted blocks `first_weight`, `last_weight` and the linear part of all, 4×4;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `last_bordered`, packed. -/
noncomputable def last_bordered_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0xcf0777dc29e0eefb880000000200000000)
 (Rows.one 0x6105e7c0b73b922fa80000000200000000))
 (Rows.node (Rows.one 0x9000000024000000049e8202e2a99f6cc2)
 (Rows.one 0x70000000200000000b617dfd23533ed984)))

/-- Rows of the factor of `last_bordered`, part 0, packed. -/
noncomputable def last_bordered_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x80000001000000020000000400034b6)
 (Rows.one 0x80000001000000031c7a01f1f1e4fff))
 (Rows.node (Rows.one 0x8000000153a556ffb0fcbdba48bbba1)
 (Rows.one 0xf2071b8cdcea0ad2f2e2d18cbe68413)))

/-- `last_bordered`: weighted blocks `first_weight`, `last_weight` and the linear part of all, 4×4.
Integers over 1; rows of 4 digits of 34 bits. -/
noncomputable def last_bordered : PackedMatrix where
  rows := 4
  cols := 4
  width := 34
  bias := 8589934592
  transposed := false
  data := last_bordered_rows

/-- `T`: the norm satisfies `C ‖last_bordered x‖² ≤ T ‖x‖²`. -/
def last_bordered_T : Nat := 0x2ad7c3633055d46f0

/-- `C`: the norm satisfies `C ‖last_bordered x‖² ≤ T ‖x‖²`. -/
def last_bordered_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 4 digits of 31 bits. -/
noncomputable def last_bordered_factor0 : Stack where
  weight := 16
  width := 31
  bias := 1073741824
  size := 4
  rows := last_bordered_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def last_bordered_certificate : SpectralCertificate where
  scale := last_bordered_C
  bound := last_bordered_T
  slack := 47560363712
  error := 11890090928
  width := 66
  top := 70
  chunk := 4
  factor := .cons last_bordered_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 4 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem last_bordered_tile0 :
    Eq (SpectralCertificate.tile
      last_bordered last_bordered_certificate
      2 4 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem last_bordered_header :
    Eq (SpectralCertificate.header last_bordered last_bordered_certificate 1) true :=
  Eq.refl true

/-- `C ‖last_bordered x‖² ≤ T ‖x‖²` for all `x`: `σ_max(last_bordered)² ≤ T / C`. -/
theorem last_bordered_norm :
    NormBound.{u} 4 4 last_bordered.entry last_bordered_T last_bordered_C :=
  SpectralCertificate.Checked.sound
    (W := last_bordered) (c := last_bordered_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start last_bordered last_bordered_certificate)
      2 4 1 last_bordered_tile0)
    last_bordered_header

end Bordered
