import LipBridge.Selection.Concrete
import LipBridge.Selection.StepKernelOnly
import LipBridgeTest.NonVacuous.Selection
/-!
# Recorded steps: examples

A step with the crossing scores `q`, `-q`, `-q` at `q = 6`, recorded over the scale `P = 2` (so 12, -12,
-12), with constants `2/2`, radius `9/2` and block 2 forced; a step with evaluation errors; steps whose
check says no.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- Scores 6, -6 and a forced block; `δ = 9/2`, no error. -/
def step : Step where
  k := 1
  scale := 2
  den := 2
  radiusNum := 9
  radiusDen := 2
  error := 0
  errorNext := 0
  threshold := m 0
  blocks := .cons ⟨i 12, 2, .chosen⟩ (.cons ⟨m 11, 2, .rejected⟩ (.cons ⟨m 11, 2, .forced⟩ .nil))

/-- The kernel has checked the step. -/
theorem step_check : Eq step.check true := Eq.refl true

example : Eq (Nat.ble 1 step.scale) true := Step.scale_pos step_check
example : Eq (Nat.ble 1 step.radiusDen) true := Step.radiusDen_pos step_check

/-- The set of all queries. -/
def everywhere (_ : Vec Int) : Prop := True

/-- A score with constant 1 has constant `2/2` everywhere. -/
theorem crossing_ratio (j : Nat) : ScoreRatio 1 (ofNat 2 : Int) (ofNat 2) everywhere (crossing j) :=
  ((crossing_lipschitz j).ratio everywhere).expand (c := i 2) (ilt rfl)

/-- A property of three blocks is one of each. -/
theorem below_three {P : Nat → Prop} (h0 : P 0) (h1 : P 1) (h2 : P 2) : ∀ j, Nat.lt j 3 → P j :=
  forall_lt_succ (below_two h0 h1) h2

/-- The crossing scores fit the step at 6. -/
theorem step_fits : step.Fits 1 everywhere crossing six :=
  Step.fits_of_eq True.intro (below_three rfl rfl rfl)
    (below_three (crossing_ratio 0) (crossing_ratio 1) (crossing_ratio 2))

/-- 2 is within `9/2` of 6. -/
theorem step_near : step.Near 1 six two := ile rfl

example : UniqueTopKAmong 3 1 (complement step.forced) (fun j => crossing j two) step.chosen :=
  Step.stable step_check step_fits True.intro step_near
example : SameOn 3 (union (only 2) (only 0)) (union step.forced step.chosen) :=
  Step.active_stable step_check step_fits True.intro step_near
    (U := union (only 2) (only 0))
    ⟨step.chosen, (Step.stable step_check step_fits True.intro step_near).isTopK,
      below_three rfl rfl rfl⟩

/-- Two blocks, recorded scores (12, -11) over 2 with error 1, and an error of 1 at `q'`; `δ = 3/1`. -/
def computedStep : Step where
  k := 1
  scale := 2
  den := 2
  radiusNum := 3
  radiusDen := 1
  error := 1
  errorNext := 1
  threshold := i 0
  blocks := .cons ⟨i 12, 2, .chosen⟩ (.cons ⟨m 10, 2, .rejected⟩ .nil)

/-- The kernel has checked the step with errors. -/
theorem computedStep_check : Eq computedStep.check true := Eq.refl true

/-- The crossing scores fit the step with errors. -/
theorem computedStep_fits : computedStep.Fits 1 everywhere crossing six where
  mem := True.intro
  values := below_two (ile rfl) (ile rfl)
  constants := below_two (crossing_ratio 0) (crossing_ratio 1)

/-- The exact scores at 5 serve as computed ones. -/
example : UniqueTopKAmong 2 1 (complement computedStep.forced) (fun j => crossing j five)
    computedStep.chosen :=
  Step.computed_stable computedStep_check computedStep_fits (q' := five) True.intro (ile rfl)
    (Step.computedAt_self computedStep crossing five)
example : UniqueTopK 2 1 (fun j => crossing j five) computedStep.chosen :=
  Step.stable_unforced computedStep_check (Eq.refl true) computedStep_fits (q' := five) True.intro
    (ile rfl)

example : UniqueTopK 2 1 (fun j => crossing j five) computedStep.chosen :=
  Step.computed_stable_unforced computedStep_check (Eq.refl true) computedStep_fits (q' := five)
    True.intro (ile rfl) (Step.computedAt_self computedStep crossing five)

/-- The step with a radius of 12/2: its check says no, since the gap 12 is not `> 2·6`. -/
noncomputable def tooWide : Step := { step with radiusNum := 12 }

example : Eq (Step.allBlocks tooWide.blockCheck tooWide.blocks) false := rfl

/-- The step with two selected blocks announced: its check says no. -/
noncomputable def wrongCount : Step := { step with k := 2 }

example : Eq (Nat.beq (Step.countChosen wrongCount.blocks) wrongCount.k) false := rfl

-- constants as fractions
example : ScoreRatio 1 (i 1) (i 1) everywhere (crossing 0) := (crossing_lipschitz 0).ratio everywhere
example : lt (crossing 1 two) (crossing 0 two) :=
  pair_stable_ratio (a := i 9) (b := i 2) (crossing_ratio 0) (crossing_ratio 1) (ile rfl) (ile rfl)
    True.intro True.intro step_near (ilt rfl)
example : UniqueTopK 2 1 (fun j => crossing j two) (only 0) :=
  stability_radius_ratio (N := fun _ => ofNat 2) (D := fun _ => ofNat 2) (a := i 9) (b := i 2)
    (q := six)
    (fun j _ => crossing_ratio j) (ile rfl) (ile rfl) rfl (across_first (ilt rfl)) True.intro
      True.intro
    step_near

end LipBridgeTest
