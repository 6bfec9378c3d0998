import LipBridge
import Matrix3x3.Data.mix_weight
/-!
# The network `matrix3x3`

3 → 3. Exported by lipbridge 0.1.0.

Vectors are functions of the index; a block of tokens is one vector, token after token. In a ring `R`
the weights are `n · r d`: integers `n` of the data modules times the element `r d` with
`d · r d = 1`; over the real numbers `r d` is `1/d`.
-/

set_option autoImplicit false
-- Every layer takes all hypotheses of the network, whether it needs them or not.
set_option linter.unusedVariables false

universe u

namespace Matrix3x3

open LipBridge

/-- Layer `mix` (linear, 3 → 3): x ↦ Wx, W is 3×3. -/
noncomputable def mix {R : Type u} [OrderedRing R] : Vec R → Vec R :=
  LipBridge.linear 3 mix_weight.entry one (fun _ => zero)

/-- Squared constant of `mix` is `mix_P / mix_Q`. -/
def mix_P : Nat := mix_weight_T

/-- Squared constant of `mix` is `mix_P / mix_Q`. -/
def mix_Q : Nat := Nat.mul mix_weight_C (Nat.mul 1 1)

/-- Layer `mix`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mix_sqLipschitz {R : Type u} [OrderedRing R] :
    SqLipschitz 3 3 (ofNat mix_P) (ofNat mix_Q) (mix : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz mix_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `relu1` (relu, 3 → 3): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 {R : Type u} [OrderedRing R] : Vec R → Vec R :=
  LipBridge.relu

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_P : Nat := 1

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_Q : Nat := 1

/-- Layer `relu1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz {R : Type u} [OrderedRing R] :
    SqLipschitz 3 3 (ofNat relu1_P) (ofNat relu1_Q) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 3

/-- The network `matrix3x3`: its layers in sequence. -/
noncomputable def matrix3x3 {R : Type u} [OrderedRing R] : Vec R → Vec R :=
  fun x => relu1 (mix x)

/-- What `matrix3x3_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem matrix3x3_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R}
    (k1 : SqLipschitz 3 3 (ofNat P1) (ofNat Q1) f1)
    (k2 : SqLipschitz 3 3 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitz 3 3 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2))
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `matrix3x3` is `matrix3x3_P / matrix3x3_Q`. -/
def matrix3x3_P : Nat := Nat.mul mix_P relu1_P

/-- Squared constant of `matrix3x3` is `matrix3x3_P / matrix3x3_Q`. -/
def matrix3x3_Q : Nat := Nat.mul mix_Q relu1_Q

/-- Constant of `matrix3x3` is `matrix3x3_N / matrix3x3_D`. -/
def matrix3x3_N : Nat := 9772246919

/-- Constant of `matrix3x3` is `matrix3x3_N / matrix3x3_D`. -/
def matrix3x3_D : Nat := (Nat.pow 2 30)

/-- `matrix3x3`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem matrix3x3_sqLipschitz {R : Type u} [OrderedRing R] :
    SqLipschitz 3 3 (ofNat matrix3x3_P) (ofNat matrix3x3_Q) (matrix3x3 : Vec R → Vec R) :=
  matrix3x3_general (f1 := mix) (f2 := relu1) (mix_sqLipschitz) (relu1_sqLipschitz)

/-- `matrix3x3` has Lipschitz constant 9.10111417 (rounded up; exactly
9772246919/(Nat.pow 2 30)): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem matrix3x3_lipschitz {R : Type u} [OrderedRing R] :
    Lipschitz 3 3 (ofNat matrix3x3_N) (ofNat matrix3x3_D) (matrix3x3 : Vec R → Vec R) :=
  LipschitzOn.ofSq (matrix3x3_sqLipschitz) (Eq.refl true) (Eq.refl true)

end Matrix3x3
