import LipBridge.Evaluate.Columns
import LipBridge.Selection.GramDirection
import LipBridge.Selection.KeyBlocks
/-!
# Blocks of keys: theorems are not vacuous

Two blocks of one key each, 1 and -1, whose scores at 3 are 3 and -3; and the direction 2, pulled through
the matrix of one row (1, 2), whose squared length is 20.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- The keys 1 and -1, stored as one column with bias 2. -/
def twoBlocks : PackedMatrix := ⟨2, 1, 2, 2, true, .one 7⟩

example : Agree 2
    (linear 1 (PackedMatrix.entry twoBlocks) one (fun _ => Int.ofNat 0) (ofPacked 4 8 11))
    (ofPacked 4 8 91) :=
  PackedMatrix.columns_packed twoBlocks (.node .one .one) 7 (Eq.refl true)

/-- Their comparison within a radius of 1, the map before them being the identity. -/
noncomputable def twoBlocksGap : KeyGap :=
  ⟨twoBlocks, .one, 1, 1, 1, 1, fun a c => Nat.mul 1 (lengthSq 2 .one a c), 1, 1, 1, 0, 1, 2, 1,
    Int.ofNat 3, Int.negSucc 0⟩

example : Eq (twoBlocksGap.stay 2 1 1 (.cons 0 .nil) (.cons ⟨0, 0, 3⟩ .nil) (ofPacked 4 8 91)) true :=
  KeyGap.stay_of_packed (C := 7) (sh := .one) (Eq.refl true)

/-- The matrix (1, 2), stored as two columns with bias 4. -/
def oneTwo : PackedMatrix := ⟨1, 2, 3, 4, true, .node (.one 5) (.one 6)⟩

/-- `5² + 6² = 61` and `5 + 6 = 11`. -/
theorem oneTwo_sums : Columns 8 1 0 1 0 1 (PackedMatrix.stack oneTwo 1)
    (fun c => Rows.get (.one 61) (Nat.sub c 0)) 11 :=
  Columns.check (t := 0) (u := 0) (l := 1) (a := 0) (C := 1) (dots := .one 61) (Eq.refl true)

example : DirectionBounds 2 1 (Nat.mul 1 (Nat.mul 1 1)) 3
    (fun x => LipBridge.linear 2 (PackedMatrix.entry oneTwo) one vzero ((fun x => x) x) :
      Vec Int → Vec Int)
    (fun A C => Nat.mul 1 (PackedMatrix.pulledSq oneTwo 8 14 1 3 1 .one .one .one
      (fun c => Rows.get (.one 61) (Nat.sub c 0)) 11 A C)) :=
  DirectionBounds.gram (f := fun x => x) ofNat_one_mul_one (Eq.refl true) oneTwo_sums
    (SqLipschitz.identity 2)

set_option maxRecDepth 4000 in
example : Eq (PackedMatrix.pulledSq oneTwo 8 14 1 3 1 .one .one .one
    (fun c => Rows.get (.one 61) (Nat.sub c 0)) 11 3 1) 20 := Eq.refl 20

end LipBridgeTest
