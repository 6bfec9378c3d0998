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
  (Rows.node (Rows.node (Rows.node (Rows.one 0x2000000000b3f17631028c6dc34206f45f80002c8b860000)
 (Rows.one 0x200000000090d39704814a09a01c08ce8a40002ce8a40000))
 (Rows.one 0x20000000006c8e572e02692242c80acaf240001a6a1b8000))
 (Rows.node (Rows.one 0x28705c80006e9d86390266e2fdb808000000002000000000)
 (Rows.one 0xeb7f00000b2ef8e7ed1cdc2201048000000002000000000)))

/-- Rows of the factor of `d_weighted`, part 0, packed. -/
noncomputable def d_weighted_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x100000000800000004000000020000000100007ca3)
 (Rows.one 0x1000000008000000040000000380cb481741b14fdd))
 (Rows.one 0x1000000008000000067fba819ddd213be34a34f6e7))
 (Rows.node (Rows.one 0x100000000bbbfda6d4db271c1265ca1c267d20b73c)
 (Rows.one 0x1a1482ca6b2f08727b53badbde0000000100000000)))

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
def d_weighted_T : Nat := 0x3084cf424c690030f10

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
  slack := 10324621571520
  error := 2064924314304
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
