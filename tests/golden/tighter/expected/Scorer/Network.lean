import LipBridge
import Scorer.Data.lift_weight
import Scorer.Data.lift_bias
import Scorer.Data.mix_weight
import Scorer.Data.score_keys
/-!
# The network `scorer`

2 → 2. Exported by lipbridge 0.1.0.

Vectors are functions of the index; a block of tokens is one vector, token after token. In a ring `R`
the weights are `n · r d`: integers `n` of the data modules times the element `r d` with
`d · r d = 1`; over the real numbers `r d` is `1/d`.
-/

set_option autoImplicit false
-- Every layer takes all hypotheses of the network, whether it needs them or not.
set_option linter.unusedVariables false

universe u

namespace Scorer

open LipBridge

/-- Layer `lift` (linear, 2 → 3): x ↦ Wx + b, W is 3×2. -/
noncomputable def lift {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 2 lift_weight.entry (r 2) (fun i => mul (ofInt (lift_bias.entry 0 i)) one)

/-- Squared constant of `lift` is `lift_P / lift_Q`. -/
def lift_P : Nat := lift_weight_T

/-- Squared constant of `lift` is `lift_P / lift_Q`. -/
def lift_Q : Nat := Nat.mul lift_weight_C (Nat.mul 2 2)

/-- Layer `lift`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem lift_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 4) (r 4)) one) :
    SqLipschitz 2 3 (ofNat lift_P) (ofNat lift_Q) (lift r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz lift_weight_norm h1 (fun i => mul (ofInt (lift_bias.entry 0 i)) one)

/-- Layer `mix` (linear, 3 → 2): x ↦ Wx, W is 2×3. -/
noncomputable def mix {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 3 mix_weight.entry one (fun _ => zero)

/-- Squared constant of `mix` is `mix_P / mix_Q`. -/
def mix_P : Nat := mix_weight_T

/-- Squared constant of `mix` is `mix_P / mix_Q`. -/
def mix_Q : Nat := Nat.mul mix_weight_C (Nat.mul 1 1)

/-- Layer `mix`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mix_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 4) (r 4)) one) :
    SqLipschitz 3 2 (ofNat mix_P) (ofNat mix_Q) (mix r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz mix_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `relu1` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.relu

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_P : Nat := 1

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_Q : Nat := 1

/-- Layer `relu1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 4) (r 4)) one) :
    SqLipschitz 2 2 (ofNat relu1_P) (ofNat relu1_Q) (relu1 r : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Layer `score` (dot, 2 → 2): q ↦ ⟨q, k_s⟩ for 2 fixed keys of dimension 2. -/
noncomputable def score {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.dotKeys 2 score_keys.entry (r 4)

/-- Squared constant of `score` is `score_P / score_Q`. -/
def score_P : Nat := score_keys_T

/-- Squared constant of `score` is `score_P / score_Q`. -/
def score_Q : Nat := Nat.mul score_keys_C (Nat.mul 4 4)

/-- Layer `score`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem score_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 4) (r 4)) one) :
    SqLipschitz 2 2 (ofNat score_P) (ofNat score_Q) (score r : Vec R → Vec R) :=
  LipBridge.dot_sqLipschitz score_keys_norm h2

/-- The network `scorer`: its layers in sequence. -/
noncomputable def scorer {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => score r (relu1 r (mix r (lift r x)))

/-- What `scorer_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scorer_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 P4 Q4 : Nat} {f1 f2 f3 f4 : Vec R → Vec R}
    (k1 : SqLipschitz 2 3 (ofNat P1) (ofNat Q1) f1)
    (k2 : SqLipschitz 3 2 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 2 2 (ofNat P3) (ofNat Q3) f3)
    (k4 : SqLipschitz 2 2 (ofNat P4) (ofNat Q4) f4)
    : SqLipschitz 2 2 (ofNat (Nat.mul (Nat.mul (Nat.mul P1 P2) P3) P4)) (ofNat (Nat.mul (Nat.mul (Nat.mul Q1 Q2) Q3) Q4))
      (fun x => f4 (f3 (f2 (f1 x)))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩)) k4 (fun _ _ => ⟨⟩))

/-- Squared constant of `scorer` is `scorer_P / scorer_Q`. -/
def scorer_P : Nat := Nat.mul (Nat.mul (Nat.mul lift_P mix_P) relu1_P) score_P

/-- Squared constant of `scorer` is `scorer_P / scorer_Q`. -/
def scorer_Q : Nat := Nat.mul (Nat.mul (Nat.mul lift_Q mix_Q) relu1_Q) score_Q

/-- Constant of `scorer` is `scorer_N / scorer_D`. -/
def scorer_N : Nat := 1592674359

/-- Constant of `scorer` is `scorer_N / scorer_D`. -/
def scorer_D : Nat := (Nat.pow 2 20)

/-- `scorer`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scorer_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 4) (r 4)) one) :
    SqLipschitz 2 2 (ofNat scorer_P) (ofNat scorer_Q) (scorer r : Vec R → Vec R) :=
  scorer_general (f1 := lift r) (f2 := mix r) (f3 := relu1 r) (f4 := score r) (lift_sqLipschitz r h1 h2) (mix_sqLipschitz r h1 h2) (relu1_sqLipschitz r h1 h2) (score_sqLipschitz r h1 h2)

/-- `scorer` has Lipschitz constant 1518.89264 (rounded up; exactly
1592674359/(Nat.pow 2 20)): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scorer_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 4) (r 4)) one) :
    Lipschitz 2 2 (ofNat scorer_N) (ofNat scorer_D) (scorer r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scorer_sqLipschitz r h1 h2) (Eq.refl true) (Eq.refl true)

end Scorer
