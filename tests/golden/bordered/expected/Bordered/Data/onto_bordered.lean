import LipBridge.Certificate.KernelOnly
/-!
# `onto_bordered`: matrix

weighted blocks `into_weight`, `onto_weight` and the linear part of all, 4×4;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `onto_bordered`, packed. -/
noncomputable def onto_bordered_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0xadc2e8a6b6e17453480000000200000000)
 (Rows.one 0xdfce45941406374d880000000200000000))
 (Rows.node (Rows.one 0xe0000000340000000c239c4bf3154ca470)
 (Rows.one 0x50000000120000000a11ce25f8eab35b90)))

/-- Rows of the factor of `onto_bordered`, part 0, packed. -/
noncomputable def onto_bordered_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x800000004000000020000000100007922)
 (Rows.one 0x8000000040000000356f08334b64d6451))
 (Rows.node (Rows.one 0x800000005c9ac83f19184695678f55fca)
 (Rows.one 0xc0438070ac9d07ca1b5cd44aeb2545d4f)))

/-- `onto_bordered`: weighted blocks `into_weight`, `onto_weight` and the linear part of all, 4×4.
Integers over 1; rows of 4 digits of 34 bits. -/
noncomputable def onto_bordered : PackedMatrix where
  rows := 4
  cols := 4
  width := 34
  bias := 8589934592
  transposed := false
  data := onto_bordered_rows

/-- `T`: the norm satisfies `C ‖onto_bordered x‖² ≤ T ‖x‖²`. -/
def onto_bordered_T : Nat := 0x9990201cb1fcaecd8

/-- `C`: the norm satisfies `C ‖onto_bordered x‖² ≤ T ‖x‖²`. -/
def onto_bordered_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 4 digits of 33 bits. -/
noncomputable def onto_bordered_factor0 : Stack where
  weight := 16
  width := 33
  bias := 4294967296
  size := 4
  rows := onto_bordered_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def onto_bordered_certificate : SpectralCertificate where
  scale := onto_bordered_C
  bound := onto_bordered_T
  slack := 106222347680
  error := 26555586920
  width := 68
  top := 72
  chunk := 4
  factor := .cons onto_bordered_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 4 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem onto_bordered_tile0 :
    Eq (SpectralCertificate.tile
      onto_bordered onto_bordered_certificate
      2 4 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem onto_bordered_header :
    Eq (SpectralCertificate.header onto_bordered onto_bordered_certificate 1) true :=
  Eq.refl true

/-- `C ‖onto_bordered x‖² ≤ T ‖x‖²` for all `x`: `σ_max(onto_bordered)² ≤ T / C`. -/
theorem onto_bordered_norm :
    NormBound.{u} 4 4 onto_bordered.entry onto_bordered_T onto_bordered_C :=
  SpectralCertificate.Checked.sound
    (W := onto_bordered) (c := onto_bordered_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start onto_bordered onto_bordered_certificate)
      2 4 1 onto_bordered_tile0)
    onto_bordered_header

end Bordered
