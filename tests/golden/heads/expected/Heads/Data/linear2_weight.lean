import LipBridge.Certificate.KernelOnly
/-!
# `linear2_weight`: matrix

the spec, 8×3;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Heads

open LipBridge

/-- Rows of `linear2_weight`, packed. -/
noncomputable def linear2_weight_rows : Rows :=
  (Rows.cut 9 0xb2f925926b6d925925)

/-- Rows of the factor of `linear2_weight`, part 0, packed. -/
noncomputable def linear2_weight_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x100000002000000040002bc9)
 (Rows.one 0x10000000379d982f2e144643))
 (Rows.one 0x13b992b5d768be491da2f924))

/-- `linear2_weight`: the spec, 8×3.
Integers over 1; rows of 3 digits of 3 bits. -/
noncomputable def linear2_weight : PackedMatrix where
  rows := 8
  cols := 3
  width := 3
  bias := 4
  transposed := false
  data := linear2_weight_rows

/-- `T`: the norm satisfies `C ‖linear2_weight x‖² ≤ T ‖x‖²`. -/
def linear2_weight_T : Nat := 927177861312225318

/-- `C`: the norm satisfies `C ‖linear2_weight x‖² ≤ T ‖x‖²`. -/
def linear2_weight_C : Nat := 72057594037927936

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 31 bits. -/
noncomputable def linear2_weight_factor0 : Stack where
  weight := 1
  width := 31
  bias := 1073741824
  size := 3
  rows := linear2_weight_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def linear2_weight_certificate : SpectralCertificate where
  scale := linear2_weight_C
  bound := linear2_weight_T
  slack := 952587930
  error := 317529310
  width := 60
  top := 65
  chunk := 3
  factor := .cons linear2_weight_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 3 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem linear2_weight_tile0 :
    Eq (SpectralCertificate.tile
      linear2_weight linear2_weight_certificate
      2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem linear2_weight_header :
    Eq (SpectralCertificate.header linear2_weight linear2_weight_certificate 1) true :=
  Eq.refl true

/-- `C ‖linear2_weight x‖² ≤ T ‖x‖²` for all `x`: `σ_max(linear2_weight)² ≤ T / C`. -/
theorem linear2_weight_norm :
    NormBound.{u} 8 3 linear2_weight.entry linear2_weight_T linear2_weight_C :=
  SpectralCertificate.Checked.sound
    (W := linear2_weight) (c := linear2_weight_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start linear2_weight linear2_weight_certificate)
      2 3 1 linear2_weight_tile0)
    linear2_weight_header

end Heads
