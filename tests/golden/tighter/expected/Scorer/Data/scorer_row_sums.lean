import LipBridge.Layers.TighterKernelOnly
import Scorer.Data.scorer_columns
/-!
# `scorer_row_sums`: sums of `scorer_columns`

Shared by the certificates of all rows.
-/

set_option autoImplicit false

namespace Scorer

open LipBridge

/-- The sums `Σ_r A_r P_r` of the columns 0 to 1,
for each chunk from 0 on. -/
noncomputable def scorer_row_sums_strip0 : Rows :=
  (Rows.one 0xeca40000000000c41c0000000000c41c0000000000a2c8)

/-- The sum `Σ_r P_r` of these columns. -/
noncomputable def scorer_row_sums_strip0_wide : Nat :=
  0x15a0000000000000000000000000120

/-- These are the sums. -/
theorem scorer_row_sums_strip0_check :
    Eq (partCheck
      56 2
      1 1 2 2 0
      (PackedMatrix.stack scorer_columns 1)
      scorer_row_sums_strip0
      scorer_row_sums_strip0_wide 1) true :=
  Eq.refl true

/-- The sums of the columns up to 1, for chunk `c`. -/
noncomputable def scorer_row_sums_dots0 (c : Nat) : Nat :=
  (Rows.get scorer_row_sums_strip0 (Nat.sub c 0))

/-- The sum of these columns. -/
noncomputable def scorer_row_sums_wide0 : Nat :=
  scorer_row_sums_strip0_wide

/-- These are their sums. -/
theorem scorer_row_sums0 :
    Columns 56 2 0 2 0 1
      (PackedMatrix.stack scorer_columns 1)
      scorer_row_sums_dots0 scorer_row_sums_wide0 :=
  Columns.check scorer_row_sums_strip0_check

end Scorer
