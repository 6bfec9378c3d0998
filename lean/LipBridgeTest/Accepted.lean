import LipBridge.Certificate.KernelOnly
/-!
# Accepted certificates

A square matrix, one with more columns than rows (kept by columns), and one whose Gram rows are
checked in two tiles. `PackedMatrix.entry` reads the integers back.
-/

set_option autoImplicit false

universe u

namespace LipBridgeTest

open LipBridge

/-! ## Square -/

/-- Rows of `square`, packed: a test matrix, 3×3. -/
noncomputable def square_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 2683)
 (Rows.one 2550))
 (Rows.one 1885))

/-- Rows of the factor of `square`, part 0, packed: a test matrix, 3×3. -/
noncomputable def square_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x100000200000400202)
 (Rows.one 0x1000002997525ac73d))
 (Rows.one 0x18c3ea1e2cb44074d3))

/-- `square`: a test matrix, 3×3, as integers over 1. Rows of 3 digits of 4 bits. -/
noncomputable def square : PackedMatrix where
  rows := 3
  cols := 3
  width := 4
  bias := 8
  transposed := false
  data := square_rows

/-- `T`: the norm satisfies `C ‖square x‖² ≤ T ‖x‖²`. -/
def square_T : Nat := 5692056708800

/-- `C`: the norm satisfies `C ‖square x‖² ≤ T ‖x‖²`. -/
def square_C : Nat := 68719476736

/-- Part 0 of the factor `L`, with its weight `α`: rows of 3 digits of 23 bits. -/
noncomputable def square_factor0 : Stack where
  weight := 1
  width := 23
  bias := 4194304
  size := 3
  rows := square_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def square_certificate : SpectralCertificate where
  scale := square_C
  bound := square_T
  slack := 3099840
  error := 1033280
  width := 43
  top := 48
  chunk := 3
  factor := .cons square_factor0 (.nil)

/-- Chunks 0 to 0 of `C VᵀV + α LᵀL`, 3 rows each, are those of `(T - d) I`, up to `ε`. -/
theorem square_tile0 :
    Eq (SpectralCertificate.tile square square_certificate 2 3 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem square_header :
    Eq (SpectralCertificate.header square square_certificate 1) true :=
  Eq.refl true

/-- `C ‖square x‖² ≤ T ‖x‖²` for all `x`: `σ_max(square)² ≤ T / C`. -/
theorem square_norm :
    NormBound.{u} 3 3 square.entry square_T square_C :=
  SpectralCertificate.Checked.sound (W := square) (c := square_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (SpectralCertificate.Checked.start square square_certificate)
      2 3 1 square_tile0)
    square_header

/-! ## More columns than rows -/

/-- Rows of `wide`, packed: a test matrix, 2×5. -/
noncomputable def wide_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 107)
 (Rows.one 247))
 (Rows.one 154))
 (Rows.node (Rows.one 200)
 (Rows.one 41)))

/-- Rows of the factor of `wide`, part 0, packed: a test matrix, 2×5. -/
noncomputable def wide_factor0_rows : Rows :=
  (Rows.node (Rows.one 8796095120322)
 (Rows.one 9759679014381))

/-- `wide`: a test matrix, 2×5, as integers over 1. Columns of 2 digits of 4 bits. -/
noncomputable def wide : PackedMatrix where
  rows := 2
  cols := 5
  width := 4
  bias := 8
  transposed := true
  data := wide_rows

/-- `T`: the norm satisfies `C ‖wide x‖² ≤ T ‖x‖²`. -/
def wide_T : Nat := 1873845079944

/-- `C`: the norm satisfies `C ‖wide x‖² ≤ T ‖x‖²`. -/
def wide_C : Nat := 17179869184

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 22 bits. -/
noncomputable def wide_factor0 : Stack where
  weight := 1
  width := 22
  bias := 2097152
  size := 2
  rows := wide_factor0_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def wide_certificate : SpectralCertificate where
  scale := wide_C
  bound := wide_T
  slack := 633488
  error := 316744
  width := 41
  top := 46
  chunk := 2
  factor := .cons wide_factor0 (.nil)

/-- Chunks 0 to 0 of `C VᵀV + α LᵀL`, 2 rows each, are those of `(T - d) I`, up to `ε`. -/
theorem wide_tile0 :
    Eq (SpectralCertificate.tile wide wide_certificate 1 2 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem wide_header :
    Eq (SpectralCertificate.header wide wide_certificate 1) true :=
  Eq.refl true

/-- `C ‖wide x‖² ≤ T ‖x‖²` for all `x`: `σ_max(wide)² ≤ T / C`. -/
theorem wide_norm :
    NormBound.{u} 2 5 wide.entry wide_T wide_C :=
  SpectralCertificate.Checked.sound (W := wide) (c := wide_certificate) (C := 1)
    (SpectralCertificate.Checked.step (a := 0) (SpectralCertificate.Checked.start wide wide_certificate)
      1 2 1 wide_tile0)
    wide_header

/-! ## Two tiles -/

/-- Rows of `tiled`, packed: a test matrix, 11×9. -/
noncomputable def tiled_rows : Rows :=
  (Rows.node (Rows.node (Rows.cut 36 0x543dcba98ccccccccc89abcd345468ac3579b369c47ad7b48c59d638d7c6b5aa5b6c7d83)
 (Rows.one 40621615204))
 (Rows.node (Rows.one 58641389115)
 (Rows.one 29416522935)))

/-- Rows of the factor of `tiled`, part 0, packed: a test matrix, 11×9. -/
noncomputable def tiled_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x80000100000200000400d34)
 (Rows.one 0x8000010000031b41286b5ea))
 (Rows.node (Rows.one 0x800001f9b38100218b55347)
 (Rows.one 0xcf6199074ceefba4fcb7fde)))


/-- Rows of the factor of `tiled`, part 1, packed: a test matrix, 11×9. -/
noncomputable def tiled_factor1_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x80000080000080000080000096542d800000800000800000800000)
 (Rows.one 0x800000800000800000bbeaff800000872a3072cdb0627931679d7d))
 (Rows.one 0x800000800000bd4a838c12c680000062676172c0658c771f72f291))
 (Rows.node (Rows.one 0x800000c3f40160eb7597cf178000005c495e932cff6b47a47ce946)
 (Rows.one 0xc4b89375c174800000947d1880000061445c75c1748000006b82e8)))


/-- `tiled`: a test matrix, 11×9, as integers over 1. Rows of 9 digits of 4 bits. -/
noncomputable def tiled : PackedMatrix where
  rows := 11
  cols := 9
  width := 4
  bias := 8
  transposed := false
  data := tiled_rows

/-- `T`: the norm satisfies `C ‖tiled x‖² ≤ T ‖x‖²`. -/
def tiled_T : Nat := 50519926369094

/-- `C`: the norm satisfies `C ‖tiled x‖² ≤ T ‖x‖²`. -/
def tiled_C : Nat := 274877906944

/-- Part 0 of the factor `L`, with its weight `α`: rows of 4 digits of 23 bits. -/
noncomputable def tiled_factor0 : Stack where
  weight := 1
  width := 23
  bias := 4194304
  size := 4
  rows := tiled_factor0_rows

/-- Part 1 of the factor `L`, with its weight `α`: rows of 9 digits of 24 bits. -/
noncomputable def tiled_factor1 : Stack where
  weight := 1
  width := 24
  bias := 8388608
  size := 9
  rows := tiled_factor1_rows

/-- The certificate: `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def tiled_certificate : SpectralCertificate where
  scale := tiled_C
  bound := tiled_T
  slack := 47898378
  error := 5322042
  width := 46
  top := 51
  chunk := 4
  factor := .cons tiled_factor0 (.cons tiled_factor1 (.nil))


/-- Chunks 0 to 0 of `C VᵀV + α LᵀL`, 4 rows each, are those of `(T - d) I`, up to `ε`. -/
theorem tiled_tile0 :
    Eq (SpectralCertificate.tile tiled tiled_certificate 2 4 0 1) true :=
  Eq.refl true


/-- Chunks 1 to 2 of `C VᵀV + α LᵀL`, 4 rows each, are those of `(T - d) I`, up to `ε`. -/
theorem tiled_tile1 :
    Eq (SpectralCertificate.tile tiled tiled_certificate 4 12 1 2) true :=
  Eq.refl true


/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem tiled_header :
    Eq (SpectralCertificate.header tiled tiled_certificate 3) true :=
  Eq.refl true

/-- `C ‖tiled x‖² ≤ T ‖x‖²` for all `x`: `σ_max(tiled)² ≤ T / C`. -/
theorem tiled_norm :
    NormBound.{u} 11 9 tiled.entry tiled_T tiled_C :=
  SpectralCertificate.Checked.sound (W := tiled) (c := tiled_certificate) (C := 3)
    (SpectralCertificate.Checked.step (a := 1) (SpectralCertificate.Checked.step (a := 0) (SpectralCertificate.Checked.start tiled tiled_certificate)
      2 4 1 tiled_tile0)
      4 12 2 tiled_tile1)
    tiled_header

/-! ## The entries are those of the matrices -/

example : Eq (square.entry 0 0) (Int.ofNat 3) := rfl
example : Eq (square.entry 0 1) (Int.negSucc 0) := rfl
example : Eq (square.entry 1 1) (Int.ofNat 7) := rfl
example : Eq (square.entry 2 1) (Int.negSucc 2) := rfl
example : Eq (wide.entry 0 2) (Int.ofNat 2) := rfl
example : Eq (wide.entry 1 4) (Int.negSucc 5) := rfl
example : Eq (wide.entry 1 0) (Int.negSucc 1) := rfl

/-- At `x = (0, 1, 0)`: `‖W x‖² = 1 + 49 + 9 = 59`, so `59 C ≤ T`. -/
example : le (mul (ofNat square_C) (Int.ofNat 59)) (mul (ofNat square_T) (Int.ofNat 1)) :=
  square_norm (R := Int) (fun i => pick (Nat.beq i 1) (Int.ofNat 1) (Int.ofNat 0))

end LipBridgeTest
