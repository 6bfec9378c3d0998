import LipBridge.Selection.Direction
import LipBridge.Selection.StepKeys
import LipBridgeTest.NonVacuous.SelectionStep
/-!
# A recorded step of stored keys: example

The keys 1 and -1, packed with two bits a digit, and the query 6: the scores are 6 and -6, the constants
1, the radius 11/2. At the end, a direction that is pulled through a stored gain.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- The keys 1 and -1. -/
def twoKeys : PackedMatrix := ⟨2, 1, 2, 2, false, .node (.one 3) (.one 1)⟩

/-- The query 6. -/
def sixStored : PackedMatrix := ⟨1, 1, 4, 8, false, .one 14⟩

/-- The step at the query 6. -/
def keysStep : Step where
  k := 1
  scale := 1
  den := 1
  radiusNum := 11
  radiusDen := 2
  error := 0
  errorNext := 0
  threshold := m 0
  blocks := .cons ⟨i 6, 1, .chosen⟩ (.cons ⟨m 5, 1, .rejected⟩ .nil)

/-- The kernel has checked the step. -/
theorem keysStep_check : Eq keysStep.check true := Eq.refl true

/-- The kernel has computed the scores and compared the constants. -/
theorem keysStep_keys : Eq (keysStep.keysCheck 1 1 twoKeys sixStored 0) true := Eq.refl true

/-- The step agrees with the stored vectors. -/
theorem keysStep_agree :
    keysStep.KeysAgree 1 1 (PackedMatrix.entry twoKeys) (PackedMatrix.entry sixStored 0) :=
  Step.agree_of_check keysStep_keys

/-- `1·1 = 1`. -/
theorem one_stored : Eq (mul (ofNat 1) (i 1)) one := rfl

example : keysStep.Fits 1 (fun _ => True)
    (fun j x => dot 1 x (storedVec (PackedMatrix.entry twoKeys j) (i 1)))
    (storedVec (PackedMatrix.entry sixStored 0) (i 1)) :=
  Step.fits_of_keys one_stored keysStep_agree
example : UniqueTopKAmong 2 1 (complement keysStep.forced)
    (fun j => dot 1 two (storedVec (PackedMatrix.entry twoKeys j) (i 1))) keysStep.chosen :=
  Step.keys_stable keysStep_check keysStep_agree one_stored (ile rfl)
example : UniqueTopK 2 1 (fun j => dot 1 two (storedVec (PackedMatrix.entry twoKeys j) (i 1)))
    keysStep.chosen :=
  Step.keys_stable_unforced keysStep_check (Eq.refl true) keysStep_agree one_stored (ile rfl)
example : ScoreRatio 1 (i 2) (i 1) (fun _ => True) (fun x => dot 1 x (fun _ => i 2)) :=
  dot_scoreRatio (n := 1) (N := i 2) (D := i 1) (k := fun _ => i 2) (ile rfl) (ilt rfl) (ile rfl) _
example : le (mul (sq (ofNat 1)) (normSq 1 (storedVec (fun _ => i 3) (i 1)))) (sq (ofNat 3)) :=
  stored_length one_stored rfl
example : Eq (mul (ofNat (Nat.mul 1 1))
    (dot 1 (storedVec (fun _ => i 3) (i 1)) (storedVec (fun _ => i 4) (i 1)))) (ofInt (i 12)) :=
  stored_dot one_stored (fun _ => i 3) (fun _ => i 4)
example : Eq (PackedMatrix.packedDot twoKeys (.cons (i 5) .nil) 1)
    (dot 1 (ofList (.cons (i 5) .nil)) (fun j => diff (digit 2 1 j) 2)) :=
  PackedMatrix.packedDot_eq twoKeys 1 rfl
example : Eq (PackedMatrix.entry twoKeys 1 0) (diff (digit 2 1 0) 2) :=
  PackedMatrix.entry_of_rows (W := twoKeys) rfl 1 0
example : Eq (ofList (unpackInts 4 8 2 30) 1) (diff (digit 4 30 1) 8) :=
  nth_unpackInts 4 8 2 30 1 Nat.le.refl
example : Eq (Nat.beq 3 (nth 0 (.cons 3 .nil) 0)) true :=
  Step.allPairs_nth (p := fun x _ => Nat.beq 3 x) ⟨i 0, 0, .chosen⟩
    (l := .cons ⟨i 0, 0, .chosen⟩ .nil) (r := .cons 3 .nil) rfl Nat.le.refl

/-- The step with a score of 7 for the first block: the check of its keys says no. -/
noncomputable def wrongScore : Step :=
  { keysStep with blocks := .cons ⟨i 7, 1, .chosen⟩ (.cons ⟨m 5, 1, .rejected⟩ .nil) }

example : Eq (wrongScore.packedCheck 1 twoKeys (.cons (i 6) .nil) 3 ⟨i 7, 1, .chosen⟩) false := rfl
example : Eq (keysStep.packedCheck 1 twoKeys (.cons (i 6) .nil) 3 ⟨i 6, 0, .chosen⟩) false := rfl

/-- The gain 2, stored as 3 with bias 1. -/
def twoGain : PackedMatrix := ⟨1, 1, 2, 1, false, .one 3⟩

/-- The gain 2 moves in the direction `a - c` by `2 |a - c|` times the way. -/
theorem twoGain_moves : DirectionBounds 1 1 1 2
    (fun (x : Vec Int) => gain (fun j => mul (ofInt (PackedMatrix.entry twoGain 0 j)) (i 1)) x)
    (pullGain 2 3 0 1 2 5 .one (fun a c => Nat.mul 1 (lengthSq 5 .one a c))) :=
  DirectionBounds.storedGain (k := 1) (w := 2) (b := 5) (W := twoGain) (sh := .one)
    one_stored rfl rfl (DirectionBounds.identity (n := 1) (sh := .one) rfl 5)

-- The direction 3 - 1 pulls to 4, of square 16; four bits do not hold what is pulled.
example : Eq (pullGain 2 3 0 1 2 5 .one (fun a c => Nat.mul 1 (lengthSq 5 .one a c)) 3 1) 16 := rfl
example : DirectionBound 1 1 1 16
    (fun (x : Vec Int) => gain (fun j => mul (ofInt (PackedMatrix.entry twoGain 0 j)) (i 1)) x)
    (between 2 3 1) :=
  twoGain_moves 3 1
example : Eq (gainFits 2 0 1 2 4 1 .one) false := rfl

end LipBridgeTest
