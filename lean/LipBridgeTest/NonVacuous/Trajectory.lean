import LipBridge.Trajectory.LockIn
import LipBridge.Trajectory.Pulse
import LipBridge.Trajectory.Speculative
import LipBridgeTest.NonVacuous.Selection
/-!
# The trajectory theorems are not vacuous

Paths over ℤ for the crossing scores `q` and `-q`: one that crosses 0, so that the selection changes
once, and one that stops. Powers of a ρ strictly between 0 and 1: `TrajectoryHalf.lean`.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

-- powers and geometric sums
example : le zero (rpow (i 3) 4) := rpow_nonneg (a := i 3) (ile rfl) 4
example : le (rpow (i 0) 4) one := rpow_le_one (a := i 0) (ile rfl) (ile rfl) 4
example : le (rpow (i 2) 4) (rpow (i 3) 4) := rpow_le_rpow (a := i 2) (b := i 3) (ile rfl) (ile rfl) 4
example : le (mul (sub one (i 0)) (sum 5 (fun j => mul (i 7) (rpow (i 0) (Nat.add 0 j)))))
    (mul (i 7) (rpow (i 0) 0)) := geometric_tail (a := i 0) (C := i 7) (ile rfl) (ile rfl) 0 5
example : Eq (mul (sub one (i 3)) (sum 4 (rpow (i 3)))) (sub one (i 81)) := geometric_sum (i 3) 4

/-- 6, 2, -2, -2, … -/
def crossingPath (t : Nat) : Vec Int :=
  match t with
  | 0 => six
  | 1 => two
  | .succ (.succ _) => fun _ => m 1

/-- Its steps: 4, 4, 0, 0, … -/
def crossingSteps (t : Nat) : Int :=
  match t with
  | 0 => i 4
  | 1 => i 4
  | .succ (.succ _) => i 0

/-- It is a path. -/
theorem crossing_path : Path 1 crossingPath crossingSteps where
  nonneg t := match t with
    | 0 => ile rfl
    | 1 => ile rfl
    | .succ (.succ _) => ile rfl
  step t := match t with
    | 0 => ile rfl
    | 1 => ile rfl
    | .succ (.succ _) => Within.self 1 (i 0) (fun _ => m 1)

/-- The selections: `{0}`, `{0}`, `{1}`, `{1}`, … -/
def selections (t : Nat) : BlockSet := select (crossingPath t)

/-- They are top-1 sets. -/
theorem selections_topK (t : Nat) :
    TopK 2 1 (fun j => crossing j (crossingPath t)) (selections t) := select_topK (crossingPath t)

/-- The gaps: 12, 4, 4, … -/
def gaps (t : Nat) : Int :=
  match t with
  | 0 => i 12
  | .succ _ => i 4

/-- They are gaps of the selections. -/
theorem gaps_hold (t : Nat) :
    GapAtLeast 2 (fun j => crossing j (crossingPath t)) (selections t) (gaps t) :=
  match t with
  | 0 => across_first (ile rfl)
  | 1 => across_first (ile rfl)
  | .succ (.succ _) => across_second (ile rfl)

/-- The gap is at least 4 throughout. -/
theorem gaps_four (t : Nat) :
    GapAtLeast 2 (fun j => crossing j (crossingPath t)) (selections t) (i 4) :=
  fun j l hj hl ej el => le_trans
    (match t with
      | 0 => ile rfl
      | .succ _ => ile rfl : le (i 4) (gaps t)) (gaps_hold t j l hj hl ej el)

example : Within 1 (add (i 4) (i 4)) six (fun _ => m 1) :=
  Within.trans (q := two) (ile rfl) (ile rfl) (ile rfl) (ile rfl)
example : Within 1 (sum 2 (fun j => crossingSteps (Nat.add 0 j))) six (fun _ => m 1) :=
  crossing_path.within 0 2
example : UniqueTopK 2 1 (fun j => crossing j two) (only 0) :=
  unique_of_gap (L := i 1) (δ := i 5) (γ := i 12) (q := six) (fun j _ => crossing_lipschitz j)
    (ile rfl) unique_six.isTopK (gaps_hold 0) (ilt rfl) two_near

/-- The selection changes from step 1 to step 2, where `4 ≤ 2·1·4`. -/
example : le (i 4) (mul (ofNat 2) (mul (i 1) (i 4))) :=
  change_only_if (n := 1) (k := 1) (γ := gaps) (fun j _ => crossing_lipschitz j) crossing_path
    selections_topK gaps_hold 1 (fun h => only_ne h)
example : le (i 4) (mul (ofNat 2) (mul (i 1) (i 4))) :=
  gap_le_of_change (n := 1) (k := 1) (L := i 1) (δ := i 4) (γ := i 4) (q := two) (q' := fun _ => m 1)
    (fun j _ => crossing_lipschitz j) (ile rfl) (selections_topK 1) (gaps_hold 1) (ile rfl)
    (selections_topK 2) (fun h => only_ne h)
example : Eq (transitions 2 selections 5) 1 := rfl
example : SameOn 2 (selections 0) (selections 1) := same_of_agrees rfl
example : Eq (agrees 2 (only 0) (only 0)) true := agrees_of_same SameOn.rfl
example : Not (SameOn 2 (selections 1) (selections 2)) := change_of_counted (t := 1) rfl

/-- One change, gap 4, path length 8: `1·4 ≤ 2·1·8`. -/
example : le (mul (ofNat (transitions 2 selections 3)) (i 4))
    (mul (ofNat 2) (mul (i 1) (sum 3 crossingSteps))) :=
  transition_count 3 (n := 1) (k := 1) (ile rfl) (fun j _ => crossing_lipschitz j) crossing_path
    selections_topK (fun t _ => gaps_four t)
example : le (mul (ofNat (count 3 (fun _ => true))) (i 2)) (sum 3 (fun _ => i 2)) :=
  count_mul_le_sum (fun _ _ => ile rfl) (fun _ _ _ => ile rfl)

/-- 6, 2, 2, 2, … -/
def stopping (t : Nat) : Vec Int :=
  match t with
  | 0 => six
  | .succ _ => two

/-- Its steps are at most `4·0ᵗ`. -/
theorem stopping_path : Path 1 stopping (fun t => mul (i 4) (rpow (i 0) t)) where
  nonneg t := mul_nonneg (ile rfl) (rpow_nonneg (a := i 0) (ile rfl) t)
  step t := match t with
    | 0 => ile rfl
    | .succ _ => Within.self 1 _ two

/-- From step 1 on nothing changes: `2·1·4·0 < (1 - 0)·4`. -/
example (d : Nat) : SameOn 2 (select (stopping 1)) (select (stopping (Nat.add 1 d))) :=
  selection_constant (n := 1) (k := 1) (s := crossing) (L := i 1) (γ := i 4) (ρ := i 0) (C := i 4)
    (N := 1) (q := stopping)
    (S := fun t => select (stopping t)) (ile rfl)
    (fun j _ => crossing_lipschitz j) (ile rfl) (ilt rfl) (ile rfl) stopping_path
    (fun t => select_topK (stopping t)) (across_first (ile rfl)) (ilt rfl) d

-- the pulse map: gaps 12, 4, 4, …; 4 ≤ 2·1·3 < 12 and 12 ≤ 2·1·6
/-- The queries among the first 3 that are not certified at radius 3. -/
def pulse3 (t : Nat) : Bool := Nat.ble 1 t

/-- They are those with a gap of at most 6. -/
theorem pulse3_spec : Uncertified 3 gaps (i 1) (i 3) pulse3 :=
  forall_lt_succ (below_two
    ⟨fun h => bool_absurd (Eq.symm h), fun h => False.elim ((ilt rfl : lt (i 6) (i 12)) h)⟩
    ⟨fun _ => ile rfl, fun _ => rfl⟩) ⟨fun _ => ile rfl, fun _ => rfl⟩

/-- At radius 6 no query is certified. -/
theorem pulse6_spec : Uncertified 3 gaps (i 1) (i 6) (fun _ => true) :=
  forall_lt_succ (below_two ⟨fun _ => ile rfl, fun _ => rfl⟩ ⟨fun _ => ile rfl, fun _ => rfl⟩)
    ⟨fun _ => ile rfl, fun _ => rfl⟩

/-- At radius 3 and constant 2 no query is certified. -/
theorem pulse_twice : Uncertified 3 gaps (i 2) (i 3) (fun _ => true) := pulse6_spec

example : Nat.le 2 3 :=
  pulse_monotone_radius (L := i 1) (ε := i 3) (ε' := i 6) (ile rfl) (ile rfl) (ile rfl) pulse3_spec
    pulse6_spec
example : Nat.le 2 3 :=
  pulse_monotone_constant (L := i 1) (L' := i 2) (ε := i 3) (ile rfl) (ile rfl) (ile rfl)
    pulse3_spec pulse_twice
example : Nat.le 2 3 :=
  pulse_monotone (L := i 1) (L' := i 1) (ε := i 3) (ε' := i 6) (ile rfl) (ile rfl) (ile rfl)
    (ile rfl) pulse3_spec pulse6_spec
example : Eq (count 3 pulse3) 2 := pulse_unique pulse3_spec pulse3_spec
example : UniqueTopK 2 1 (fun j => crossing j five) (selections 0) :=
  certified_stable (n := 1) (k := 1) (L := i 1) (ε := i 3) (γ := gaps) (B := pulse3)
    (fun j _ => crossing_lipschitz j)
    (ile rfl) selections_topK gaps_hold pulse3_spec (t := 0) (Nat.succ_le_succ (Nat.zero_le 2)) rfl
    (ile rfl)

-- speculative decoding at α = 0, where a verification step yields one token
example : le one (expectedTokens (i 3) 4) :=
  one_le_expectedTokens (α := i 3) (ile rfl) 4
example : le (expectedTokens (i 1) 4) (ofNat 5) := expectedTokens_le (α := i 1) (ile rfl) (ile rfl) 4
example : le (expectedTokens (i 0) 4) (expectedTokens (i 1) 4) :=
  expectedTokens_mono (ile rfl) (ile rfl)
example : le (i 7) (mul (i 7) (expectedTokens (i 0) 4)) :=
  (verification_steps (α := i 0) (ilt rfl) 4 (i 7) (i 7)).mpr (ile rfl)
example : le (i 7) (mul (i 7) (expectedTokens (i 1) 4)) :=
  verification_steps_le (α := i 1) (ile rfl) 4 (ile rfl)
example : le (i 7) (mul (i 2) (ofNat 5)) :=
  verification_steps_ge (α := i 1) (ile rfl) (ile rfl) 4 (ile rfl) (ile rfl)

end LipBridgeTest
