import LipBridge.Certificate.Parts
import LipBridge.Certificate.SpectralNorm
/-!
# The check part by part is not vacuous

The rows `(3, -1, 2)`, `(-2, 7, 1)`, `(5, -3, -1)` in two parts, of two rows and of one, with the
certificate of their norm: `σ² ≤ 5692056708800 / 2^36`.
-/

set_option autoImplicit false

universe u

namespace LipBridgeTest.Parts

open LipBridge

/-- The first two rows, packed. -/
noncomputable def upper : Rows := .node (.one 2683) (.one 2550)

/-- The last row, packed. -/
noncomputable def lower : Rows := .one 1885

/-- The matrix. -/
noncomputable def matrix : PackedMatrix where
  rows := 3
  cols := 3
  width := 4
  bias := 8
  transposed := false
  data := .node upper lower

/-- The factor of its certificate. -/
noncomputable def factor : Stack where
  weight := 1
  width := 23
  bias := 4194304
  size := 3
  rows := .node (.node (.one 0x100000200000400202) (.one 0x1000002997525ac73d))
    (.one 0x18c3ea1e2cb44074d3)

/-- Its certificate. -/
noncomputable def certificate : SpectralCertificate where
  scale := 68719476736
  bound := 5692056708800
  slack := 3099840
  error := 1033280
  base := 49
  factor := .cons factor .nil

/-- Three digits. -/
noncomputable def three : Shape := .node (.node .one .one) .one

/-- The sums of a part. -/
noncomputable def dots (t : Rows) : Rows :=
  .node (.node (.one (dotRow 4 49 three t 0)) (.one (dotRow 4 49 three t 1)))
    (.one (dotRow 4 49 three t 2))

/-- The kernel has summed the first part. -/
theorem upper_summed : Summed 4 49 three 3 upper (Rows.get (dots upper))
    (Lanes.sum (lanes 4 49 three upper)) := Summed.part (Eq.refl true)

/-- The kernel has summed the second part. -/
theorem lower_summed : Summed 4 49 three 3 lower (Rows.get (dots lower))
    (Lanes.sum (lanes 4 49 three lower)) := Summed.part (Eq.refl true)

/-- `C ‖W x‖² ≤ T ‖x‖²`. -/
example : NormBound.{u} 3 3 (PackedMatrix.entry matrix) 5692056708800 68719476736 :=
  SpectralCertificate.Checked.sound (W := matrix) (c := certificate)
    (SpectralCertificate.Checked.ofParts (sh := three) (Summed.node upper_summed lower_summed)
      (Eq.refl true))
    (Eq.refl true)

end LipBridgeTest.Parts
