import LipBridge.Certificate.KernelOnly
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
noncomputable def upper : Stack := .mk 68719476736 4 8 3 (.node (.one 2683) (.one 2550))

/-- The last row, packed. -/
noncomputable def lower : Stack := .mk 68719476736 4 8 3 (.one 1885)

/-- The matrix. -/
noncomputable def matrix : PackedMatrix where
  rows := 3
  cols := 3
  width := 4
  bias := 8
  transposed := false
  data := .node (.node (.one 2683) (.one 2550)) (.one 1885)

/-- The factor of its certificate. -/
noncomputable def factor : Stack where
  weight := 1
  width := 23
  bias := 4194304
  size := 3
  rows := .node (.node (.one 0x100000200000400202) (.one 0x1000002997525ac73d))
    (.one 0x18c3ea1e2cb44074d3)

/-- Its certificate, in chunks of two rows. -/
noncomputable def certificate : SpectralCertificate where
  scale := 68719476736
  bound := 5692056708800
  slack := 3099840
  error := 1033280
  width := 43
  top := 48
  chunk := 2
  factor := .cons factor .nil

/-- The sums of a part, for two chunks. -/
noncomputable def dots (s : Stack) : Rows :=
  .node (.one (Stack.dot 49 2 2 4 s 0)) (.one (Stack.dot 49 2 2 4 s 1))

/-- The sums of some of its columns. -/
noncomputable def dotsAt (s : Stack) (q m : Nat) : Rows :=
  .node (.one (Stack.dotAt 49 2 2 4 q m s 0)) (.one (Stack.dotAt 49 2 2 4 q m s 1))

/-- The kernel has summed two columns of a part. -/
theorem upper_two : Columns 49 2 2 4 2 0 2 upper (Rows.get (dotsAt upper 0 2))
    (Lanes.sum (Stack.lanesAt 49 2 2 4 0 2 upper)) (Lanes.sumX (Stack.lanesAt 49 2 2 4 0 2 upper)) :=
  Columns.check (Eq.refl true)

/-- The kernel has summed the third. -/
theorem upper_third : Columns 49 2 2 4 2 2 1 upper (Rows.get (dotsAt upper 2 1))
    (Lanes.sum (Stack.lanesAt 49 2 2 4 2 1 upper)) (Lanes.sumX (Stack.lanesAt 49 2 2 4 2 1 upper)) :=
  Columns.check (Eq.refl true)

/-- The kernel has summed a part. -/
theorem upper_summed : Summed 49 2 2 4 2 upper (Rows.get (dots upper))
    (Lanes.sum (Stack.lanes 49 2 2 4 upper)) (Lanes.sumX (Stack.lanes 49 2 2 4 upper)) :=
  Summed.columns (Columns.check (Eq.refl true))

/-- The kernel has summed the other part. -/
theorem lower_summed : Summed 49 2 2 4 2 lower (Rows.get (dots lower))
    (Lanes.sum (Stack.lanes 49 2 2 4 lower)) (Lanes.sumX (Stack.lanes 49 2 2 4 lower)) :=
  Summed.columns (Columns.check (Eq.refl true))

/-- Its columns side by side. -/
example : Summed 49 2 2 4 2 upper
    (fun c => Nat.add (Rows.get (dotsAt upper 0 2) c)
      (Nat.shiftLeft (Rows.get (dotsAt upper 2 1) c) (Nat.mul (Nat.mul 49 2) 2)))
    (Nat.add (Lanes.sum (Stack.lanesAt 49 2 2 4 0 2 upper))
      (Nat.shiftLeft (Lanes.sum (Stack.lanesAt 49 2 2 4 2 1 upper)) (Nat.mul (Nat.mul 49 2) 2)))
    (Lanes.sumX (Stack.lanesAt 49 2 2 4 0 2 upper)) :=
  Summed.columns (Columns.append upper_two upper_third (Eq.refl true) (Eq.refl true))

/-- The sums of both. -/
theorem both_summed : Summed 49 2 2 4 2 (PackedMatrix.stack matrix 68719476736)
    (fun c => Nat.add (Rows.get (dots upper) c) (Rows.get (dots lower) c))
    (Nat.add (Lanes.sum (Stack.lanes 49 2 2 4 upper)) (Lanes.sum (Stack.lanes 49 2 2 4 lower)))
    (Nat.add (Lanes.sumX (Stack.lanes 49 2 2 4 upper)) (Lanes.sumX (Stack.lanes 49 2 2 4 lower))) :=
  Summed.node upper_summed lower_summed

/-- The kernel has compared all chunks. -/
theorem all_chunks : Eq (SpectralCertificate.tileWith matrix certificate 2 4
    (fun c => Nat.add (Rows.get (dots upper) c) (Rows.get (dots lower) c))
    (Nat.add (Lanes.sum (Stack.lanes 49 2 2 4 upper)) (Lanes.sum (Stack.lanes 49 2 2 4 lower)))
    (Nat.add (Lanes.sumX (Stack.lanes 49 2 2 4 upper)) (Lanes.sumX (Stack.lanes 49 2 2 4 lower))) 2)
    true := Eq.refl true

/-- `C ‖W x‖² ≤ T ‖x‖²`. -/
example : NormBound.{u} 3 3 (PackedMatrix.entry matrix) 5692056708800 68719476736 :=
  SpectralCertificate.Checked.sound (W := matrix) (c := certificate)
    (SpectralCertificate.Checked.ofParts both_summed all_chunks) (Eq.refl true)

end LipBridgeTest.Parts
