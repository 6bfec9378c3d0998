import LipBridge.Trajectory.Contraction
import LipBridge.Trajectory.Expected
import LipBridgeTest.NonVacuous.Trajectory
/-!
# Rates, means and depths along a path: not vacuous

The path 6, 2, -2, -2, … of `Trajectory.lean`, whose selection changes once, with a distance that doubles
at the change and stays elsewhere.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- 1, 1, 2, 2, … -/
def distances (t : Nat) : Int :=
  match t with
  | 0 => i 1
  | 1 => i 1
  | .succ (.succ _) => i 2

/-- Where the selection is locked the distance stays. -/
theorem distances_locked (t : Nat) (h : SameOn 2 (selections t) (selections (Nat.succ t))) :
    le (distances (Nat.succ t)) (mul (i 1) (distances t)) :=
  match t, h with
  | 0, _ => ile rfl
  | 1, h => absurd h (change_of_counted (t := 1) rfl)
  | .succ (.succ _), _ => ile rfl

/-- It doubles at most. -/
theorem distances_jump (t : Nat) : le (distances (Nat.succ t)) (mul (i 2) (distances t)) :=
  match t with
  | 0 => ile rfl
  | 1 => ile rfl
  | .succ (.succ _) => ile rfl

/-- One change among three steps: `e_3 ≤ 2·1²·e_0`, and `1·4 ≤ 2·1·8`. -/
example : And (le (distances 3) (mul (mul (rpow (i 2) 1) (rpow (i 1) 2)) (distances 0)))
    (le (mul (ofNat 1) (i 4)) (mul (ofNat 2) (mul (i 1) (sum 3 crossingSteps)))) :=
  effective_rate 3 (n := 1) (k := 1) (L := i 1) (ρ := i 1) (κ := i 2) (e := distances) (S := selections)
    (ile rfl) (ile rfl) (ile rfl) (fun j _ => crossing_lipschitz j) crossing_path selections_topK
    (fun t _ => gaps_four t) distances_locked distances_jump

/-- `2·1·8 < 5·4`, so at most 4 of 5 steps change the selection: `e_5 ≤ 2⁴·1·e_0`. -/
example : le (distances 5) (mul (mul (rpow (i 2) 4) (rpow (i 1) 1)) (distances 0)) :=
  effective_rate_bound (N := 4) (b := 1) (n := 1) (m := 2) (k := 1) (L := i 1) (γ := i 4)
    (ρ := i 1) (κ := i 2) (e := distances) (S := selections) (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl)
    (fun j _ => crossing_lipschitz j) crossing_path selections_topK (fun t _ => gaps_four t)
    distances_locked distances_jump (ilt rfl)
example : le (distances 3) (mul (pathRate (i 1) (i 2) (fun _ => true) 3) (distances 0)) :=
  contraction (ρ := i 1) (κ := i 2) (e := distances) (B := fun _ => true) (T := 3) (ile rfl) (ile rfl)
    (fun t _ => distances_jump t)
example : le (mul (rpow (i 3) 1) (rpow (i 2) 4)) (mul (rpow (i 3) 3) (rpow (i 2) 2)) :=
  rate_exchange (ρ := i 2) (κ := i 3) (ile rfl) (ile rfl) 1 2 2

/-- The path that stops at 2: `2·1·4·0 < 4` from step 1 on. -/
example (d : Nat) : SameOn 2 (select (stopping (Nat.add 1 d)))
    (select (stopping (Nat.succ (Nat.add 1 d)))) :=
  no_change_after (n := 1) (m := 2) (k := 1) (s := crossing) (L := i 1) (ρ := i 0) (γ := i 4)
    (C := i 4) (N := 1) (q := stopping) (S := fun t => select (stopping t)) (ile rfl) (ile rfl)
    (ile rfl) (ile rfl) (fun j _ => crossing_lipschitz j) stopping_path
    (fun t => select_topK (stopping t))
    (fun t => match t with
      | 0 => across_first (ile rfl)
      | .succ _ => across_first (ile rfl)) (ilt rfl) d

/-- Two paths with the weights 1 and 1: `2·4 ≤ 2·1·16`. -/
example : le (mul (sum 2 (fun _ => mul (i 1) (ofNat (transitions 2 selections 3)))) (i 4))
    (mul (ofNat 2) (mul (i 1) (sum 2 (fun _ => mul (i 1) (sum 3 crossingSteps))))) :=
  expected_transitions 2 3 (n := 1) (k := 1) (w := fun _ => i 1) (q := fun _ => crossingPath)
    (S := fun _ => selections) (fun _ _ => ile rfl) (ile rfl) (fun j _ => crossing_lipschitz j)
    (fun _ _ => crossing_path) (fun _ _ => selections_topK) (fun _ _ t _ => gaps_four t)

/-- Losses of 2 a step: 4 at radius 3, 6 at radius 6. -/
example : le (pulseDepth 3 (fun _ => i 2) pulse3) (pulseDepth 3 (fun _ => i 2) (fun _ => true)) :=
  depth_monotone (L := i 1) (L' := i 1) (ε := i 3) (ε' := i 6) (fun _ _ => ile rfl) (ile rfl)
    (ile rfl) (ile rfl) (ile rfl) pulse3_spec pulse6_spec
example : Eq (pulseDepth 3 (fun _ => i 2) pulse3) (i 4) := rfl

/-- Constant 2 at radius 3 is constant 1 at radius 6. -/
example : Uncertified 3 gaps (i 1) (mul (i 2) (i 3)) (fun _ => true) :=
  (pulse_shape (c := i 2) (L := i 1) (ε := i 3)).mp pulse_twice

/-- With `α = 0`: `2·1·8·1 ≤ 4·4·1`, so four verification steps are enough for one change. -/
example : le (ofNat 1) (mul (i 4) (expectedTokens (i 0) 2)) :=
  transient_steps (L := i 1) (γ := i 4) (σ := i 8) (ilt rfl) (ilt rfl) (ile rfl) (ile rfl)

/-- Two stages of constant 1·1. -/
example : Lipschitz 1 1 (mul (prod 2 (fun _ => i 1)) (prod 2 (fun _ => i 1)))
    (mul (prod 2 (fun _ => i 1)) (prod 2 (fun _ => i 1))) (compose 2 (fun _ x => x)) :=
  absorbed_constant 2 (n := fun _ => 1) (fun _ _ => identity_lipschitz 1)

/-- Along the sequence that stays at 2 the sparse operator is the dense one. -/
example (_t : Nat) : Eq (selectedValue two (select two)) (selectedValue two (only 0)) :=
  dense_along (x := fun _ => two) selectedValue_depends select_topK stable_ball (fun _ => two_near) _t

end LipBridgeTest
