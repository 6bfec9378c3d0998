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
  (Rows.node (Rows.one 137439215811)
 (Rows.one 234464991166))

/-- Part 0 of `L`, with its weight `α`: rows of 2 digits of 19 bits. -/
noncomputable def scorer_score0_factor0 : Stack where
  weight := 65536
  width := 19
  bias := 262144
  size := 2
  rows := scorer_score0_factor0_rows

/-- The certificate: `C₁ Uᵀ U + C₂ v' v'ᵀ + α LᵀL = diag(D_i)` up to `ε`. -/
noncomputable def scorer_score0_certificate : RowCertificate where
  form := {
    slack := 8801662611
    error := 2684631168
    width := 52
    diagonal := 0x91f648063fa9d032d90434d210
    top := 55
    chunk := 2
    factor := .cons scorer_score0_factor0 (.nil) }
  first := 34359738368
  second := 14161
  cap := 2965809119294221200
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
noncomputable def scorer_score1_factor0_rows : Rows :=
  (Rows.node (Rows.one 549756338498)
 (Rows.one 932915445803))

/-- Part 0 of `L`, with its weight `α`: rows of 2 digits of 20 bits. -/
noncomputable def scorer_score1_factor0 : Stack where
  weight := 4096
  width := 20
  bias := 524288
  size := 2
  rows := scorer_score1_factor0_rows

/-- The certificate: `C₁ Uᵀ U + C₂ v' v'ᵀ + α LᵀL = diag(D_i)` up to `ε`. -/
noncomputable def scorer_score1_certificate : RowCertificate where
  form := {
    slack := 1122473892
    error := 469825792
    width := 50
    diagonal := 0x8ed79099e4f000b1eedf63ee0
    top := 55
    chunk := 2
    factor := .cons scorer_score1_factor0 (.nil) }
  first := 8589934592
  second := 12812
  cap := 686023996414957200
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

/-- Rows of part 0 of the factor `L`, packed. -/
noncomputable def scorer_pair1_0_factor0_rows : Rows :=
  (Rows.node (Rows.one 137439216105)
 (Rows.one 243768454211))

/-- Part 0 of `L`, with its weight `α`: rows of 2 digits of 19 bits. -/
noncomputable def scorer_pair1_0_factor0 : Stack where
  weight := 16384
  width := 19
  bias := 262144
  size := 2
  rows := scorer_pair1_0_factor0_rows

/-- The certificate: `C₁ Uᵀ U + C₂ v' v'ᵀ + α LᵀL = diag(D_i)` up to `ε`. -/
noncomputable def scorer_pair1_0_certificate : RowCertificate where
  form := {
    slack := 8997301464
    error := 229714688
    width := 50
    diagonal := 0xe3e5601497600419d4cd8c500
    top := 55
    chunk := 2
    factor := .cons scorer_pair1_0_factor0 (.nil) }
  first := 34359738368
  second := 21471
  cap := 2104843005749484000
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

end Scorer
