import LipBridge.Certificate.KernelOnly
/-!
# `b_bordered`: matrix

weighted blocks `a_weight`, `b_weight` and the linear part of all, 7×5;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `b_bordered`, packed. -/
noncomputable def b_bordered_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0xe4c6dd768b2636ebb4800000000800000000800000000)
 (Rows.one 0xa4ff9c7ec3600c7028800000000800000000800000000))
 (Rows.node (Rows.one 0x46e4a4a34b91b5b5cc800000000800000000800000000)
 (Rows.one 0x95e000000aee00000089b776a6444027abf0c212c06a8)))
 (Rows.node (Rows.node (Rows.one 0x8c80000005a800000045b3381a89dfec2a0869f9bfdc8)
 (Rows.one 0xa5800000079c0000006c9112b389dfec2a08ac0c80470))
 (Rows.one 0x8640000008c8000000936eed4c8800000000960640238)))

/-- Rows of the factor of `b_bordered`, part 0, packed. -/
noncomputable def b_bordered_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x10000000080000000400000002000000010000b413)
 (Rows.one 0x10000000080000000400000003696906a3a2afa1e1))
 (Rows.one 0x10000000080000000790551f56cc22db32d0718a50))
 (Rows.node (Rows.one 0x100000000c4838ec728a2da5e2f2b11b369c819ef9)
 (Rows.one 0x16d6b4eda8983fefb4a448aed9f24b206e93cf3623)))

/-- `b_bordered`: weighted blocks `a_weight`, `b_weight` and the linear part of all, 7×5.
Integers over 1; rows of 5 digits of 36 bits. -/
noncomputable def b_bordered : PackedMatrix where
  rows := 7
  cols := 5
  width := 36
  bias := 34359738368
  transposed := false
  data := b_bordered_rows

/-- `T`: the norm satisfies `C ‖b_bordered x‖² ≤ T ‖x‖²`. -/
def b_bordered_T : Nat := 0x4d9343e1566853adb0

/-- `C`: the norm satisfies `C ‖b_bordered x‖² ≤ T ‖x‖²`. -/
def b_bordered_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 5 digits of 33 bits. -/
noncomputable def b_bordered_factor0 : Stack where
  weight := 64
  width := 33
  bias := 4294967296
  size := 5
  rows := b_bordered_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def b_bordered_certificate : SpectralCertificate where
  scale := b_bordered_C
  bound := b_bordered_T
  slack := 885753858760
  error := 177150771752
  width := 71
  top := 75
  chunk := 5
  factor := .cons b_bordered_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 5 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem b_bordered_tile0 :
    Eq (SpectralCertificate.tile
      b_bordered b_bordered_certificate
      3 5 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem b_bordered_header :
    Eq (SpectralCertificate.header b_bordered b_bordered_certificate 1) true :=
  Eq.refl true

/-- `C ‖b_bordered x‖² ≤ T ‖x‖²` for all `x`: `σ_max(b_bordered)² ≤ T / C`. -/
theorem b_bordered_norm :
    NormBound.{u} 7 5 b_bordered.entry b_bordered_T b_bordered_C :=
  SpectralCertificate.Checked.sound
    (W := b_bordered) (c := b_bordered_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start b_bordered b_bordered_certificate)
      3 5 1 b_bordered_tile0)
    b_bordered_header

end Bordered
