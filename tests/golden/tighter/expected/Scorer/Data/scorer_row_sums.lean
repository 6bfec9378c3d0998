import LipBridge.Layers.TighterKernelOnly
import Scorer.Data.scorer_columns
/-!
# `scorer_row_sums`: sums of `scorer_columns`


Shared by the certificates of all rows.
-/

set_option autoImplicit false

namespace Scorer

open LipBridge

/-- The sum `Σ_r X_r`. -/
noncomputable def scorer_row_sums_narrow : Nat :=
  0x15a00000000000120

/-- The sums `Σ_r A_r P_r` of the columns 0 to 1, a chunk each. -/
noncomputable def scorer_row_sums_dots0 : Rows :=
  (Rows.one 0xeca40000000000c41c0000000000c41c0000000000a2c8)

/-- The sum `Σ_r P_r` of these columns. -/
noncomputable def scorer_row_sums_wide0 : Nat :=
  0x15a0000000000000000000000000120

/-- These are the sums. -/
theorem scorer_row_sums_sums0 :
    Eq (partCheck
      56 2 1 2 0 2
      (PackedMatrix.stack scorer_columns 1)
      scorer_row_sums_dots0
      scorer_row_sums_wide0
      scorer_row_sums_narrow 1) true :=
  Eq.refl true

/-- The sums `Σ_r A_r P_r` of chunk `c`. -/
noncomputable def scorer_row_sums_dots (c : Nat) : Nat :=
  (Rows.get scorer_row_sums_dots0 c)

/-- The sum `Σ_r P_r`. -/
noncomputable def scorer_row_sums_wide : Nat :=
  scorer_row_sums_wide0

/-- The kernel has computed them. -/
theorem scorer_row_sums_summed :
    Summed 56 2 1 2 1
      (PackedMatrix.stack scorer_columns 1) scorer_row_sums_dots scorer_row_sums_wide scorer_row_sums_narrow :=
  Summed.columns
    (Columns.check scorer_row_sums_sums0)

end Scorer
