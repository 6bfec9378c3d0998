import LipBridge.Certificate.KernelOnly
/-!
# `last_bordered`: matrix

weighted blocks `first_weight`, `last_weight` and the linear part of all, 4×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `last_bordered`, packed. -/
noncomputable def last_bordered_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x16001fca1200000000400000000)
 (Rows.one 0x8ca11bb7200000000400000000))
 (Rows.node (Rows.one 0x12000000031ec97e984e5c04190)
 (Rows.one 0x1200000001a06780785cb808320)))

/-- Rows of the factor of `last_bordered`, part 0, packed. -/
noncomputable def last_bordered_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x100000002000000040003526)
 (Rows.one 0x1000000031b7995c95637f7a))
 (Rows.one 0x18f1d2d5954fffbf997899fc))

/-- `last_bordered`: weighted blocks `first_weight`, `last_weight` and the linear part of all, 4×3.
Integers over 1; rows of 3 digits of 35 bits. -/
noncomputable def last_bordered : PackedMatrix where
  rows := 4
  cols := 3
  width := 35
  bias := 17179869184
  transposed := false
  data := last_bordered_rows

/-- `T`: the norm satisfies `C ‖last_bordered x‖² ≤ T ‖x‖²`. -/
def last_bordered_T : Nat := 0x740048c2702d4d400

/-- `C`: the norm satisfies `C ‖last_bordered x‖² ≤ T ‖x‖²`. -/
def last_bordered_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 31 bits. -/
noncomputable def last_bordered_factor0 : Stack where
  weight := 64
  width := 31
  bias := 1073741824
  size := 3
  rows := last_bordered_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def last_bordered_certificate : SpectralCertificate where
  scale := last_bordered_C
  bound := last_bordered_T
  slack := 70245940608
  error := 23415313536
  width := 67
  top := 72
  chunk := 3
  factor := .cons last_bordered_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem last_bordered_tile0 :
    Eq (SpectralCertificate.tile
      last_bordered last_bordered_certificate
      2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem last_bordered_header :
    Eq (SpectralCertificate.header last_bordered last_bordered_certificate 1) true :=
  Eq.refl true

/-- `C ‖last_bordered x‖² ≤ T ‖x‖²` for all `x`: `σ_max(last_bordered)² ≤ T / C`. -/
theorem last_bordered_norm :
    NormBound.{u} 4 3 last_bordered.entry last_bordered_T last_bordered_C :=
  SpectralCertificate.Checked.sound
    (W := last_bordered) (c := last_bordered_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start last_bordered last_bordered_certificate)
      2 3 1 last_bordered_tile0)
    last_bordered_header

end Bordered
