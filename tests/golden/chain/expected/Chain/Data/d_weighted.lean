import LipBridge.Certificate.KernelOnly
/-!
# `d_weighted`: matrix

weighted blocks `a_weight`, `b_weight`, `c_weight`, `d_weight`, 5×5;
the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Chain

open LipBridge

/-- Rows of `d_weighted`, packed. -/
noncomputable def d_weighted_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x2000000000b5146284c2b44a5aa606fc0500002c2fc40000)
 (Rows.one 0x20000000009039e45181238b81d008d49d60002d49d60000))
 (Rows.one 0x20000000006de79898927aece0b70afa9c00001a0ac80000))
 (Rows.node (Rows.one 0x283b6700006e072b9f4254a89d2188000000002000000000)
 (Rows.one 0xdf9208000b13defa101d9571ab508000000002000000000)))

/-- Rows of the factor of `d_weighted`, part 0, packed. -/
noncomputable def d_weighted_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x100000000800000004000000020000000100007a3b)
 (Rows.one 0x100000000800000004000000037b02b7b341af7800))
 (Rows.one 0x100000000800000006461be791eb187f65432330aa))
 (Rows.node (Rows.one 0x100000000ba724481475cd300a674c1f727b3069dc)
 (Rows.one 0x19c3774fdb50904b83713ddc6a0000000100000000)))

/-- `d_weighted`: weighted blocks `a_weight`, `b_weight`, `c_weight`, `d_weight`, 5×5.
Integers over 1; rows of 5 digits of 38 bits. -/
noncomputable def d_weighted : PackedMatrix where
  rows := 5
  cols := 5
  width := 38
  bias := 137438953472
  transposed := false
  data := d_weighted_rows

/-- `T`: the norm satisfies `C ‖d_weighted x‖² ≤ T ‖x‖²`. -/
def d_weighted_T : Nat := 0x3060a6045bff760e900

/-- `C`: the norm satisfies `C ‖d_weighted x‖² ≤ T ‖x‖²`. -/
def d_weighted_C : Nat := 1

/-- Part 0 of the factor `L`, with its weight `α`: rows of 5 digits of 33 bits. -/
noncomputable def d_weighted_factor0 : Stack where
  weight := 1024
  width := 33
  bias := 4294967296
  size := 5
  rows := d_weighted_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def d_weighted_certificate : SpectralCertificate where
  scale := d_weighted_C
  bound := d_weighted_T
  slack := 5634389664320
  error := 1126877932864
  width := 74
  top := 79
  chunk := 5
  factor := .cons d_weighted_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 5 rows each, are those of
`(T - d) I`, up to `ε`. -/
theorem d_weighted_tile0 :
    Eq (SpectralCertificate.tile
      d_weighted d_weighted_certificate
      3 5 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem d_weighted_header :
    Eq (SpectralCertificate.header d_weighted d_weighted_certificate 1) true :=
  Eq.refl true

/-- `C ‖d_weighted x‖² ≤ T ‖x‖²` for all `x`: `σ_max(d_weighted)² ≤ T / C`. -/
theorem d_weighted_norm :
    NormBound.{u} 5 5 d_weighted.entry d_weighted_T d_weighted_C :=
  SpectralCertificate.Checked.sound
    (W := d_weighted) (c := d_weighted_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (
      SpectralCertificate.Checked.start d_weighted d_weighted_certificate)
      3 5 1 d_weighted_tile0)
    d_weighted_header

end Chain
