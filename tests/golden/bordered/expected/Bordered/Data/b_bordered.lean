import LipBridge.Certificate.KernelOnly
/-!
# `b_bordered`: matrix

weighted blocks `a_weight` to `b_weight` and products of them, 7×5;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

/-- Rows of `b_bordered`, packed. -/
noncomputable def b_bordered_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x4dd9c1f6abb5c1ab35189c06270d01fb40869d60a758)
 (Rows.one 0x47ea25b1850831dd706c57db16297f025fc320dfc838))
 (Rows.node (Rows.one 0x57be711487815da4e8cec7f3b2297f025fc5be406f90)
 (Rows.one 0x43f512d8c8fd44b63131380c4e2000000004df2037c8)))
 (Rows.node (Rows.node (Rows.one 0x7fcf163c8bfcf163c900000000200000000400000000)
 (Rows.one 0x576d25b3c224b6931100000000200000000400000000))
 (Rows.one 0x1bd773664c8511933900000000200000000400000000)))

/-- Rows of the factor of `b_bordered`, part 0, packed. -/
noncomputable def b_bordered_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x200000000800000002000000008000000020000e408)
 (Rows.one 0x20000000080000000200000000b9357d12ece046045))
 (Rows.one 0x20000000080000000320d51b42a0502e6edc3c6c46b))
 (Rows.node (Rows.one 0x200000000ab61b92d989a79345a66a8597d8201bbbb)
 (Rows.one 0x28a90ce2886065c3e23402551d7dd4944c176feedfb)))

/-- `b_bordered`: weighted blocks `a_weight` to `b_weight` and products of them, 7×5.
Integers over 1; rows of 5 digits of 35 bits. -/
noncomputable def b_bordered : PackedMatrix where
  rows := 7
  cols := 5
  width := 35
  bias := 17179869184
  transposed := false
  data := b_bordered_rows

/-- `T`: the norm satisfies `C ‖b_bordered x‖² ≤ T ‖x‖²`. -/
def b_bordered_T : Nat := 0x1f19bef28f35f7fc80

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
  slack := 210712524960
  error := 42142504992
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
