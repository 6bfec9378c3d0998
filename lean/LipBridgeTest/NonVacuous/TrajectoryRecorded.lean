import LipBridge.Layers.SupLinear
import LipBridge.Layers.SupPointwise
import LipBridge.Trajectory.Exchange
import LipBridge.Trajectory.Recorded
import LipBridgeTest.NonVacuous.SelectionBlocks
import LipBridgeTest.NonVacuous.SelectionKeys
import LipBridgeTest.NonVacuous.TrajectoryRate
/-!
# Recorded paths, exchanged mass, the maximum norm: not vacuous

The recorded path 6, 5, 5 against the keys 1 and -1: its first step is certified within 11/2, nothing is
said of its second.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-! ## A recorded path -/

/-- The queries 6, 5, 5. -/
def threeStored : PackedMatrix := ⟨3, 1, 4, 8, false, .node (.one 14) (.node (.one 13) (.one 13))⟩

/-- Around 6, within 11/2, the first key wins. -/
def firstLock : Lock := ⟨.cons 0 .nil, 11, 2⟩

/-- Its steps. -/
def twoLinks : List Link := .cons (.locked firstLock) (.cons .free .nil)

/-- The kernel has checked them. -/
theorem twoLinks_check : Eq (linksCheck 2 1 1 1 twoKeys threeStored twoLinks 0) true := Eq.refl true

/-- The path 6, 5, 5. -/
noncomputable def recordedPath (t : Nat) : Vec Int := storedVec (PackedMatrix.entry threeStored t) (i 1)

/-- It stays within its radii. -/
theorem recordedPath_follows : Follows 1 threeStored (i 1) twoLinks recordedPath 2 :=
  recorded_follows twoLinks_check one_stored 2

/-- The first key wins at 6, 5 and 5. -/
theorem recordedPath_selects (t : Nat) (ht : Nat.le t 2) :
    KeysSelect 2 1 1 twoKeys (i 1) (recordedPath t) (only 0) :=
  match t, ht with
  | 0, _ => ⟨rfl, across_first (ile rfl)⟩
  | 1, _ => ⟨rfl, across_first (ile rfl)⟩
  | 2, _ => ⟨rfl, across_first (ile rfl)⟩
  | .succ (.succ (.succ _)), ht => False.elim
      (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ ht)))

/-- At most one change in two steps, and `e_2 ≤ 2·1·e_0`. -/
example : And (Nat.le (transitions 2 (fun _ => only 0) 2) 1)
    (le (i 2) (mul (mul (rpow (i 2) 1) (rpow (i 1) 1)) (i 2))) :=
  recorded_rate (e := fun _ => i 2) (ρ := i 1) (κ := i 2) (b := 1) twoLinks_check (Eq.refl true)
    one_stored recordedPath_follows recordedPath_selects (ile rfl) (ile rfl) (fun _ _ _ => ile rfl)
    (fun _ _ => ile rfl)

/-- A step that moves further than its radius, from 6 to 0, is refused. -/
example : Eq (firstLock.moveCheck 1 ⟨2, 1, 4, 8, false, .node (.one 14) (.one 8)⟩ 0) false := rfl

set_option smartUnfolding false in
/-- So is a radius of 6, where the gap of 12 closes. -/
example : Eq (Lock.staysCheck 2 1 1 twoKeys threeStored 0 ⟨.cons 0 .nil, 6, 1⟩) false := rfl

set_option smartUnfolding false in
/-- So is the key that does not win. -/
example : Eq (Lock.staysCheck 2 1 1 twoKeys threeStored 0 ⟨.cons 1 .nil, 1, 2⟩) false := rfl

/-- Of three steps the one that is not in the set keeps its blocks: `e_3 ≤ 2²·1·e_0`. -/
example : And (Nat.le (transitions 2 selections 3) 2)
    (le (distances 3) (mul (mul (rpow (i 2) 2) (rpow (i 1) 1)) (distances 0))) :=
  certified_rate (B := fun t => Nat.ble t 1) (T := 3) (ρ := i 1) (κ := i 2) (ile rfl) (ile rfl)
    (fun t _ e => match t, e with
      | 0, e => bool_absurd e
      | 1, e => bool_absurd e
      | .succ (.succ _), _ => fun _ _ => rfl)
    (fun t _ => distances_locked t) (fun t _ => distances_jump t)

/-! ## Exchanged mass -/

/-- The values 0 and 5. -/
def twoValues (j : Nat) : Vec Int := fun _ => match j with
  | 0 => i 0
  | .succ _ => i 5

/-- They are at most 5 apart. -/
theorem twoValues_diameter (j k : Nat) : Within 1 (i 5) (twoValues j) (twoValues k) :=
  match j, k with
  | 0, 0 => ile rfl
  | 0, .succ _ => ile rfl
  | .succ _, 0 => ile rfl
  | .succ _, .succ _ => ile rfl

/-- All the mass on block `k`. -/
def massAt (k j : Nat) : Int := cond (only k j) (i 1) (i 0)

/-- From block 0 to block 1 the whole mass is exchanged: the output moves by 1·5. -/
example : Within 1 (i 5) (attend 2 (massAt 0) twoValues) (attend 2 (massAt 1) twoValues) :=
  selection_exchange (n := 1) (m := 2) (S := only 0) (T := only 1) (w := fun _ => i 1) (W := i 1)
    (W' := i 1) (Δ := i 5) (ilt rfl) (ile rfl) (fun _ _ => ile rfl)
    (fun j _ => match j with
      | 0 => ⟨ile rfl, rfl⟩
      | .succ _ => ⟨ile rfl, rfl⟩)
    (fun j _ => match j with
      | 0 => ⟨ile rfl, rfl⟩
      | 1 => ⟨ile rfl, rfl⟩
      | .succ (.succ _) => ⟨ile rfl, rfl⟩)
    rfl rfl (fun j k _ _ => twoValues_diameter j k)

/-- A jump of 4 at a distance of at least 2 is a factor of at most 1 + 4/2: `2·9 ≤ (2·1 + 4)·5`. -/
example : le (mul (i 2) (i 9)) (mul (add (mul (i 2) (i 1)) (i 4)) (i 5)) :=
  jump_factor (e := i 5) (ile rfl) (ile rfl) (ile rfl) (ile rfl)

/-! ## The maximum norm -/

/-- `‖(3, 0) - (1, 1)‖∞ ≤ 2`. -/
example : SupWithin 2 (i 1) (i 2) (fun j => cond (Nat.beq j 0) (i 3) (i 0)) (fun _ => i 1) :=
  fun j _ => match j with
    | 0 => ile rfl
    | .succ _ => ile rfl

/-- The row sums of the keys 1 and -1 are 1. -/
theorem twoKeys_sums : RowSums 2 1 (PackedMatrix.entry twoKeys) 1 :=
  PackedMatrix.rowSums_sound (Eq.refl true)
example : SupLipschitz 1 2 (ofNat 1) (ofNat 1) (linear 1 (PackedMatrix.entry twoKeys) (i 1) vzero) :=
  linear_supLipschitz twoKeys_sums one_stored vzero
example : Eq (sumsBelow 2 2 1 0 (.cons 3 .nil)) false := rfl
example : SupLipschitz 1 1 (ofNat 3) (ofNat 2) (relu : Vec Int → Vec Int) :=
  (relu_supLipschitz 1).weaken_ofNat (Eq.refl true) (Eq.refl true)
example : SupLipschitz 1 1 (ofNat 1) (ofNat 1) (entrywise (fun a => sup a (i 0)) : Vec Int → Vec Int) :=
  activation_supLipschitz 1 (SlopeBound.ofSlope relu_slope) (Eq.refl true)

end LipBridgeTest
