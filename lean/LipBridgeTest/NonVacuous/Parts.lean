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

/-- The sums of the columns `0, 1` of a part, for both chunks. -/
noncomputable def first (s : Stack) : Rows :=
  .node (.one (Stack.dotAt 49 2 2 1 3 0 2 s 0)) (.one (Stack.dotAt 49 2 2 1 3 0 2 s 1))

/-- The sum of its column `2`, for the second chunk: the first does not need it. -/
noncomputable def second (s : Stack) : Rows := .one (Stack.dotAt 49 2 0 0 1 2 1 s 0)

/-- The sums of two columns. -/
noncomputable abbrev wide (s : Stack) : Nat := Lanes.sum (Stack.lanesAt 49 2 2 1 3 0 2 s)

/-- The sum of the third. -/
noncomputable abbrev last (s : Stack) : Nat := Lanes.sum (Stack.lanesAt 49 2 0 0 1 2 1 s)

/-- The kernel has summed two columns of a part. -/
theorem upper_two : Columns 49 2 0 2 0 2 upper (fun c => Rows.get (first upper) (Nat.sub c 0)) (wide upper) :=
  Columns.check (t := 2) (u := 1) (l := 3) (a := 0) (C := 2) (Eq.refl true)

/-- The kernel has summed the third. -/
theorem upper_third : Columns 49 2 2 1 1 2 upper (fun c => Rows.get (second upper) (Nat.sub c 1)) (last upper) :=
  Columns.check (t := 0) (u := 0) (l := 1) (a := 1) (C := 1) (Eq.refl true)

/-- The same of the other part. -/
theorem lower_two : Columns 49 2 0 2 0 2 lower (fun c => Rows.get (first lower) (Nat.sub c 0)) (wide lower) :=
  Columns.check (t := 2) (u := 1) (l := 3) (a := 0) (C := 2) (Eq.refl true)

/-- The same of the other part. -/
theorem lower_third : Columns 49 2 2 1 1 2 lower (fun c => Rows.get (second lower) (Nat.sub c 1)) (last lower) :=
  Columns.check (t := 0) (u := 0) (l := 1) (a := 1) (C := 1) (Eq.refl true)

/-- The stack of the whole matrix. -/
noncomputable abbrev whole : Stack :=
  PackedMatrix.stack matrix (SpectralCertificate.scale certificate)

/-- The sums of two columns of both parts. -/
noncomputable def dots₀ (c : Nat) : Nat :=
  Nat.add (Rows.get (first upper) (Nat.sub c 0)) (Rows.get (first lower) (Nat.sub c 0))

/-- The sums of all columns of both parts. -/
noncomputable def dots₁ (c : Nat) : Nat :=
  Nat.add (dots₀ c) (Nat.shiftLeft
    (Nat.add (Rows.get (second upper) (Nat.sub c 1)) (Rows.get (second lower) (Nat.sub c 1)))
    (Nat.mul (Nat.mul 49 2) 2))

/-- The sum of two columns. -/
noncomputable def wide₀ : Nat := Nat.add (wide upper) (wide lower)

/-- The sum of all columns. -/
noncomputable def wide₁ : Nat :=
  Nat.add wide₀ (Nat.shiftLeft (Nat.add (last upper) (last lower)) (Nat.mul (Nat.mul 49 2) 2))

/-- The first two columns of the matrix. -/
theorem sums₀ : Columns 49 2 0 2 0 2 whole dots₀ wide₀ := Columns.node upper_two lower_two

/-- All columns, for the second chunk. -/
theorem sums₁ : Columns 49 2 0 3 1 2 whole dots₁ wide₁ :=
  Columns.append sums₀ (Columns.node upper_third lower_third) (Eq.refl true)

/-- The kernel has compared the first chunk: two columns suffice. -/
theorem tile₀ : Eq (SpectralCertificate.tileWith matrix certificate 1 2 dots₀ wide₀ 0 1) true :=
  Eq.refl true

/-- And the second. -/
theorem tile₁ : Eq (SpectralCertificate.tileWith matrix certificate 2 4 dots₁ wide₁ 1 1) true :=
  Eq.refl true

/-- Whether a check refuses; computed by the kernel alone. -/
noncomputable def refused (b : Bool) : Bool := not b

set_option linter.unusedVariables false in
/-- What the elaborator takes `refused` for. -/
def refused._sunfold (b : Bool) : Bool := true

/-- With the sums of the first two columns alone the second chunk does not pass. -/
example : Eq (refused (SpectralCertificate.tileWith matrix certificate 2 4 dots₀ wide₀ 1 1)) true :=
  Eq.refl true

/-- Digits of the strip that lie past a row's end. -/
example : Eq (refused (partCheck 49 2 1 0 2 1 1 upper (second upper) (last upper) 1)) true :=
  Eq.refl true

/-- `C ‖W x‖² ≤ T ‖x‖²`. -/
example : NormBound.{u} 3 3 (PackedMatrix.entry matrix) 5692056708800 68719476736 :=
  SpectralCertificate.Checked.sound (W := matrix) (c := certificate)
    (SpectralCertificate.Checked.stepWith (n := 4) (C := 1) (a := 1)
      (SpectralCertificate.Checked.stepWith (n := 2) (C := 1) (a := 0)
        (SpectralCertificate.Checked.start matrix certificate) sums₀ (Eq.refl true) tile₀)
      sums₁ (Eq.refl true) tile₁)
    (Eq.refl true)

end LipBridgeTest.Parts
