import LipBridge.Certificate.KernelOnly
/-!
# `b_bordered`: matrix

weighted blocks `a_weight`, `b_weight` and products of them, 7×5;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `b_bordered`, packed. -/
noncomputable def b_bordered_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x4dd9cb0f0bb5c41ae1189c06270d01fb40869d60a758)
 (Rows.one 0x47ea2ae405082fea806c57db16297f025fc320dfc838))
 (Rows.node (Rows.one 0x57be80ac07815d51c0cec7f3b2297f025fc5be406f90)
 (Rows.one 0x43f5157208fd455c8131380c4e2000000004df2037c8)))
 (Rows.node (Rows.node (Rows.one 0x7fcf40218bfcf4021900000000200000000400000000)
 (Rows.one 0x576d35154224b2bab100000000200000000400000000))
 (Rows.one 0x1bd75ba8cc85148ae900000000200000000400000000)))

/-- Rows of the factor of `b_bordered`, part 0, packed. -/
noncomputable def b_bordered_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x200000000800000002000000008000000020000e409)
 (Rows.one 0x20000000080000000200000000b9358e8dace04adc5))
 (Rows.one 0x20000000080000000320d58b1ca05046e2dc3c6cd59))
 (Rows.node (Rows.one 0x200000000ab61a914d89a7030ca66aae041820175c5)
 (Rows.one 0x28a9050638606699f23402a6787dd490e7176fe17a9)))

/-- `b_bordered`: weighted blocks `a_weight`, `b_weight` and products of them, 7×5.
Integers over 1; rows of 5 digits of 35 bits. -/
noncomputable def b_bordered : PackedMatrix where
  rows := 7
  cols := 5
  width := 35
  bias := 17179869184
  transposed := false
  data := b_bordered_rows

/-- `T`: the norm satisfies `C ‖b_bordered x‖² ≤ T ‖x‖²`. -/
def b_bordered_T : Nat := 0x1f19d91f5eb588a090

/-- `C`: the norm satisfies `C ‖b_bordered x‖² ≤ T ‖x‖²`. -/
def b_bordered_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 5 digits of 34 bits. -/
noncomputable def b_bordered_factor0 : Stack where
  weight := 16
  width := 34
  bias := 8589934592
  size := 5
  rows := b_bordered_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def b_bordered_certificate : SpectralCertificate where
  scale := b_bordered_C
  bound := b_bordered_T
  slack := 231253547680
  error := 46250709536
  width := 69
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
