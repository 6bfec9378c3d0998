import LipBridge.Evaluate.Columns
import LipBridge.Selection.KeyBlocks
/-!
# Blocks of keys: theorems are not vacuous

Two blocks of one key each, 1 and -1, whose scores at 3 are 3 and -3.
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

end LipBridgeTest
