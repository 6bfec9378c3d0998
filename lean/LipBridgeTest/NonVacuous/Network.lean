import LipBridge.Network.Cubed
import LipBridgeTest.NonVacuous.LayersBranch
import LipBridge.Rational.Ring
/-!
# Depth is not vacuous, and two layers have no σ³

Chains, MLPs and the σ³ theorem over ℤ; the counterexample below 1 in ℚ.
-/

set_option autoImplicit false

namespace LipBridgeTest.Depth

open LipBridge Branch

/-! ## Chains -/

/-- `x ↦ 3 x`, then ReLU. -/
def chain : List (Stage Int) :=
  vars2 ⟨2, ofNat 9, ofNat 1, scale (mul (ofInt (i 3)) one)⟩ ⟨2, ofNat 1, ofNat 1, relu⟩

/-- Each layer has its constant. -/
theorem chain_holds : StagesHold 2 chain :=
  ⟨triple.toSq_ofNat, relu_sqLipschitz 2, True.intro⟩

example : SqLipschitz 2 2 (stagesNum chain) (stagesDen chain) (runStages chain) :=
  stages_sqLipschitz chain_holds
example : Eq (stagesNum chain) (i 9) := rfl
example : Eq (runStages chain p12 0) (i 3) := rfl

/-- Five times `x ↦ 3 x`: `3^5 = 243`. -/
example : Lipschitz 2 2 (rpow (ofNat 3) 5) (rpow (ofNat 1) 5)
    (compose 5 (fun _ => scale (mul (ofInt (i 3)) (one : Int)))) :=
  sigma_pow 5 (n := fun _ => 2) (fun _ _ => triple)
example : Eq (rpow (ofNat 3 : Int) 5) (i 243) := rfl
example : Lipschitz 2 2 (prod 5 (fun _ => ofNat 3)) (prod 5 (fun _ => ofNat 1))
    (compose 5 (fun _ => scale (mul (ofInt (i 3)) (one : Int)))) :=
  compose_lipschitz 5 (n := fun _ => 2) (fun _ _ => triple)
example : SqLipschitz 2 2 (prod 5 (fun _ => ofNat 9)) (prod 5 (fun _ => ofNat 1))
    (compose 5 (fun _ => scale (mul (ofInt (i 3)) (one : Int)))) :=
  compose_sqLipschitz 5 (n := fun _ => 2) (fun _ _ => triple.toSq_ofNat)

/-! ## An MLP -/

/-- The weights of three scalar layers, `x ↦ 2 x`. -/
def two : Nat → Nat → Int := fun _ _ => i 2

example : SqLipschitz 1 1 (ofNat 64) (ofNat 1)
    (mlp 3 (fun _ => 1) (fun _ => two) (fun _ => (one : Int)) (fun _ => vzero) (fun _ => relu)) :=
  mlp_sqLipschitz 3 (n := fun _ => 1) (T := fun _ => 4) (C := fun _ => 1) (d := fun _ => 1)
    (fun _ => vzero) (fun _ _ => dotKey_normBound (n := 1) (P := 4) (K := two) rfl) (fun _ _ => rfl)
    (fun _ _ => one_inv) (fun _ _ => (relu_sqLipschitz 1).nonexpansive)
example : Nonexpansive 2 2 (relu : Vec Int → Vec Int) := (relu_sqLipschitz 2).nonexpansive
example : SqLipschitz 2 2 (ofNat 9) (ofNat 1)
    (fun x => relu (scale (mul (ofInt (i 3)) (one : Int)) x)) :=
  triple.toSq_ofNat.thenNonexpansive (relu_sqLipschitz 2).nonexpansive
example : Lipschitz 2 2 (ofNat 3) (ofNat 1)
    (fun x => relu (scale (mul (ofInt (i 3)) (one : Int)) x)) :=
  triple.thenNonexpansive (relu_sqLipschitz 2).nonexpansive

/-! ## The σ³ bound -/

/-- ReLU never lengthens a distance. -/
theorem relu_one : Nonexpansive 2 2 (relu : Vec Int → Vec Int) := (relu_sqLipschitz 2).nonexpansive

/-- Three layers `x ↦ 3 x` with ReLU, projected to one coordinate: `3³ = 27`. -/
example : Lipschitz 2 1 (cube (ofNat 3)) (cube (ofNat 1)) (fun x => slice 1 (relu
    (scale (mul (ofInt (i 3)) (one : Int)) (relu (scale (mul (ofInt (i 3)) one)
      (relu (scale (mul (ofInt (i 3)) one) x))))))) :=
  sigma_cubed triple relu_one triple relu_one triple relu_one
    (slice_sqLipschitz (n := 2) (s := 1) (m := 1) rfl).nonexpansive
example : Eq (cube (ofNat 3 : Int)) (i 27) := rfl
example : Lipschitz 2 1 (sq (ofNat 3)) (sq (ofNat 1)) (fun x => slice 1 (relu
    (scale (mul (ofInt (i 3)) (one : Int)) (relu (scale (mul (ofInt (i 3)) one) x))))) :=
  sigma_squared triple relu_one triple relu_one
    (slice_sqLipschitz (n := 2) (s := 1) (m := 1) rfl).nonexpansive
example : Lipschitz 2 1 (cube (ofNat 3)) (cube (ofNat 1)) (fun x => slice 1 (relu
    (scale (mul (ofInt (i 3)) (one : Int)) (relu (scale (mul (ofInt (i 3)) one) x))))) :=
  sigma_cubed_two (ile rfl) triple relu_one triple relu_one
    (slice_sqLipschitz (n := 2) (s := 1) (m := 1) rfl).nonexpansive

/-! ## The counterexample -/

/-- In ℚ: `x ↦ x/2` twice has not the constant 1/8. -/
example : Not (Lipschitz 1 1 (cube one) (cube (ofNat 2))
    (fun x => scalar (inverse 2) (scalar (inverse 2) x))) :=
  sigma_cubed_two_false (mul_inverse 2 rfl)

/-- Folklore's claim, that any two layers of constant σ have the constant σ³, in all ordered rings. -/
def TwoLayerFolklore : Prop :=
  ∀ {R : Type} [OrderedRing R] (N D : R) (f₁ f₂ : Vec R → Vec R), Lipschitz 1 1 N D f₁ →
    Lipschitz 1 1 N D f₂ → Lipschitz 1 1 (cube N) (cube D) (fun x => f₂ (f₁ x))

/-- It is false. -/
theorem not_twoLayerFolklore : Not TwoLayerFolklore :=
  fun h => folklore_two_layers_false (mul_inverse 2 rfl) (fun N D f₁ f₂ => h (R := Rational) N D f₁ f₂)

example : Lipschitz 1 1 (one : Rational) (ofNat 2) (scalar (inverse 2)) := scalar_half (mul_inverse 2 rfl)

end LipBridgeTest.Depth
