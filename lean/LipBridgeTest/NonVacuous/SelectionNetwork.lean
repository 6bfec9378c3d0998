import LipBridge.Selection.StepNetwork
import LipBridgeTest.NonVacuous.SelectionStep
/-!
# A recorded step of a network: example

The map `x ↦ (x, -x)` has the constant `√2 ≤ 2`; at 6 its outputs are recorded over the scale 2.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- `x ↦ (x, -x)`. -/
def bothSigns (x : Vec Int) : Vec Int := fun j => crossing j x

/-- Its constant is at most 2. -/
theorem bothSigns_lipschitz : Lipschitz 1 2 (ofNat 2) (ofNat 1) bothSigns where
  num_nonneg := ile rfl
  den_pos := ilt rfl
  bound x y _ _ :=
    have d : Eq (mul (ofNat 1) (distSq 2 (bothSigns x) (bothSigns y)))
        (add (distSq 1 x y) (distSq 1 x y)) :=
      Eq.trans (one_mul _) (ring_eq (vars2 (x 0) (y 0))
        (a := add (add zero (mul (sub (x 0) (y 0)) (sub (x 0) (y 0))))
          (mul (sub (neg (x 0)) (neg (y 0))) (sub (neg (x 0)) (neg (y 0)))))
        (b := add (add zero (mul (sub (x 0) (y 0)) (sub (x 0) (y 0))))
          (add zero (mul (sub (x 0) (y 0)) (sub (x 0) (y 0))))))
    le_congr d (four_mul (distSq 1 x y))
      (le_of_add (add_nonneg (distSq_nonneg 1 x y) (distSq_nonneg 1 x y)) rfl)

/-- Outputs 6 and -6 over the scale 2, constant 2/1, radius 5/2. -/
def networkStep : Step where
  k := 1
  scale := 2
  den := 1
  radiusNum := 5
  radiusDen := 2
  error := 0
  errorNext := 0
  threshold := m 3
  blocks := .cons ⟨i 12, 2, .chosen⟩ (.cons ⟨m 11, 2, .rejected⟩ .nil)

/-- The kernel has checked the step. -/
theorem networkStep_check : Eq networkStep.check true := Eq.refl true

/-- The outputs at 6 are the recorded ones. -/
theorem networkStep_values (j : Nat) (hj : Nat.lt j networkStep.size) : le
    (abs (sub (mul (ofNat networkStep.scale) (bothSigns six j)) (ofInt (networkStep.block j).score)))
    (ofNat networkStep.error) :=
  have exact : ∀ j, Nat.lt j 2 → Eq (mul (ofNat 2) (bothSigns six j)) (networkStep.block j).score :=
    below_two rfl rfl
  Step.value_of_eq (st := networkStep) (exact j hj)

example : networkStep.Fits 1 (fun _ => True) (fun j x => bothSigns x j) six :=
  Step.fits_of_lipschitz bothSigns_lipschitz (Eq.refl true) (Eq.refl true) ⟨⟩ networkStep_values
example : UniqueTopKAmong 2 1 (complement networkStep.forced) (bothSigns (fun _ => i 4))
    networkStep.chosen :=
  Step.network_stable networkStep_check bothSigns_lipschitz (Eq.refl true) (Eq.refl true)
    networkStep_values (ile rfl)
example : ScoreRatio 1 (i 3) (i 1) (fun _ => True) (fun x => bothSigns x 0) :=
  ScoreRatio.mono (N := i 2) (bothSigns_lipschitz.score (i := 0) (Nat.le.step Nat.le.refl)) (ile rfl)
example : ScoreRatio 1 (i 2) (i 1) (fun _ => True) (fun x => bothSigns x 1) :=
  bothSigns_lipschitz.score (i := 1) Nat.le.refl

end LipBridgeTest
