import Scorer.Data.scorer_row_sums
import Scorer.Data.score_keys
/-!
# Certificates of single scores and differences

LipSDP of rows: `scorer_columns` is the hidden layer, `score_keys` the scores' linear map.
-/

set_option autoImplicit false

namespace Scorer

open LipBridge

/-- Rows of part 0 of the factor `L`, packed. -/
noncomputable def scorer_score0_factor0_rows : Rows :=
  (Rows.node (Rows.one 2199024304888)
 (Rows.one 3751843684076))

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 21 bits. -/
noncomputable def scorer_score0_factor0 : Stack where
  weight := 4096
  width := 21
  bias := 1048576
  size := 2
  rows := scorer_score0_factor0_rows

/-- The certificate: `C₁ Uᵀ U + C₂ v' v'ᵀ + α LᵀL = diag(D_i)` up to `ε`. -/
noncomputable def scorer_score0_certificate : RowCertificate where
  form := {
    slack := 5634911872
    error := 305057792
    width := 52
    diagonal := 0x9209da604f000032e08e898ae8
    top := 55
    chunk := 2
    factor := .cons scorer_score0_factor0 (.nil) }
  first := 34359738368
  second := 14176
  cap := 2967358885957065600
  unit := 61261200
  bits := 26
  weights := 77510790960
  width := 18
  bias := 131072
  row := 62168146540

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`diag(D_i)`, up to `ε`. -/
theorem scorer_score0_tile0 :
    Eq (RowCertificate.tile
      scorer_columns scorer_score0_certificate
      1 2
      scorer_row_sums_dots0
      scorer_row_sums_wide0 0 1) true :=
  Eq.refl true

/-- All chunks have passed. -/
theorem scorer_score0_checked :
    RowCertificate.Checked scorer_columns scorer_score0_certificate 1 :=
RowCertificate.Checked.step (a := 0) (n := 2) (C := 1) (
RowCertificate.Checked.start scorer_columns scorer_score0_certificate)
    scorer_row_sums0 (Eq.refl true) scorer_score0_tile0

/-- The row is that of score 0,
and the numbers of the certificate fit together. -/
theorem scorer_score0_check :
    Eq (RowCertificate.check
      scorer_columns scorer_score0_certificate
      (PackedMatrix.digitAt score_keys 0)
      (fun _ => score_keys.bias) 1) true :=
  Eq.refl true

/-- Rows of part 0 of the factor `L`, packed. -/
noncomputable def scorer_pair1_0_factor0_rows : Rows :=
  (Rows.node (Rows.one 137439216099)
 (Rows.one 243742239820))

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 19 bits. -/
noncomputable def scorer_pair1_0_factor0 : Stack where
  weight := 16384
  width := 19
  bias := 262144
  size := 2
  rows := scorer_pair1_0_factor0_rows

/-- The certificate: `C₁ Uᵀ U + C₂ v' v'ᵀ + α LᵀL = diag(D_i)` up to `ε`. -/
noncomputable def scorer_pair1_0_certificate : RowCertificate where
  form := {
    slack := 9305990208
    error := 1100304896
    width := 50
    diagonal := 0xe3c8a3477e8004194f5668e00
    top := 55
    chunk := 2
    factor := .cons scorer_pair1_0_factor0 (.nil) }
  first := 34359738368
  second := 21450
  cap := 2103806870201836800
  unit := 61261200
  bits := 26
  weights := 140928643572
  width := 18
  bias := 131072
  row := 11418041536

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`diag(D_i)`, up to `ε`. -/
theorem scorer_pair1_0_tile0 :
    Eq (RowCertificate.tile
      scorer_columns scorer_pair1_0_certificate
      1 2
      scorer_row_sums_dots0
      scorer_row_sums_wide0 0 1) true :=
  Eq.refl true

/-- All chunks have passed. -/
theorem scorer_pair1_0_checked :
    RowCertificate.Checked scorer_columns scorer_pair1_0_certificate 1 :=
RowCertificate.Checked.step (a := 0) (n := 2) (C := 1) (
RowCertificate.Checked.start scorer_columns scorer_pair1_0_certificate)
    scorer_row_sums0 (Eq.refl true) scorer_pair1_0_tile0

/-- The row is that of the difference of the scores 1 and 0,
and the numbers of the certificate fit together. -/
theorem scorer_pair1_0_check :
    Eq (RowCertificate.check
      scorer_columns scorer_pair1_0_certificate
      (PackedMatrix.digitAt score_keys 1)
      (PackedMatrix.digitAt score_keys 0) 1) true :=
  Eq.refl true

/-- Rows of part 0 of the factor `L`, packed. -/
noncomputable def scorer_score1_factor0_rows : Rows :=
  (Rows.node (Rows.one 8796095120608)
 (Rows.one 14925177028739))

/-- Part 0 of the factor `L`, with its weight `α`: rows of 2 digits of 22 bits. -/
noncomputable def scorer_score1_factor0 : Stack where
  weight := 256
  width := 22
  bias := 2097152
  size := 2
  rows := scorer_score1_factor0_rows

/-- The certificate: `C₁ Uᵀ U + C₂ v' v'ᵀ + α LᵀL = diag(D_i)` up to `ε`. -/
noncomputable def scorer_score1_certificate : RowCertificate where
  form := {
    slack := 1111926676
    error := 180521728
    width := 50
    diagonal := 0x8ec6327f2f9800b1d94667e00
    top := 55
    chunk := 2
    factor := .cons scorer_score1_factor0 (.nil) }
  first := 8589934592
  second := 12800
  cap := 685698161569621200
  unit := 61261200
  bits := 26
  weights := 73282935588
  width := 17
  bias := 65536
  row := 1236882768

/-- Chunks 0 to 0 of the Gram matrix, 2 rows each, are those of
`diag(D_i)`, up to `ε`. -/
theorem scorer_score1_tile0 :
    Eq (RowCertificate.tile
      scorer_columns scorer_score1_certificate
      1 2
      scorer_row_sums_dots0
      scorer_row_sums_wide0 0 1) true :=
  Eq.refl true

/-- All chunks have passed. -/
theorem scorer_score1_checked :
    RowCertificate.Checked scorer_columns scorer_score1_certificate 1 :=
RowCertificate.Checked.step (a := 0) (n := 2) (C := 1) (
RowCertificate.Checked.start scorer_columns scorer_score1_certificate)
    scorer_row_sums0 (Eq.refl true) scorer_score1_tile0

/-- The row is that of score 1,
and the numbers of the certificate fit together. -/
theorem scorer_score1_check :
    Eq (RowCertificate.check
      scorer_columns scorer_score1_certificate
      (PackedMatrix.digitAt score_keys 1)
      (fun _ => score_keys.bias) 1) true :=
  Eq.refl true

end Scorer
