import LipBridge
import Every_layer.Data.query_weight
import Every_layer.Data.query_bias
import Every_layer.Data.each_gain
import Every_layer.Data.gain1_gain
import Every_layer.Data.linear1_weight
import Every_layer.Data.score_keys
/-!
# The network `every_layer`

12 → 1. Exported by lipbridge 0.1.0.

Vectors are functions of the index; a block of tokens is one vector, token after token. In a ring `R`
the weights are `n · r d`: integers `n` of the data modules times the element `r d` with
`d · r d = 1`; over the real numbers `r d` is `1/d`.
-/

set_option autoImplicit false
-- Every layer takes all hypotheses of the network, whether it needs them or not.
set_option linter.unusedVariables false

universe u

namespace Every_layer

open LipBridge

/-- Layer `linear1` (linear, 2 → 2): x ↦ Wx, W is 2×2. -/
noncomputable def linear1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 2 linear1_weight.entry (r 3) (fun _ => zero)

/-- Squared constant of `linear1` is `linear1_P / linear1_Q`. -/
def linear1_P : Nat := linear1_weight_T

/-- Squared constant of `linear1` is `linear1_P / linear1_Q`. -/
def linear1_Q : Nat := Nat.mul linear1_weight_C (Nat.mul 3 3)

/-- Layer `linear1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat linear1_P) (ofNat linear1_Q) (linear1 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear1_weight_norm h2 (fun _ => zero)

/-- Layer `relu2` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.relu

/-- Squared constant of `relu2` is `relu2_P / relu2_Q`. -/
def relu2_P : Nat := 1

/-- Squared constant of `relu2` is `relu2_P / relu2_Q`. -/
def relu2_Q : Nat := 1

/-- Layer `relu2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat relu2_P) (ofNat relu2_Q) (relu2 r : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Branch `residual1_branch1`: its layers in sequence. -/
noncomputable def residual1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => relu2 r (linear1 r x)

/-- What `residual1_branch1_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem residual1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R}
    (k1 : SqLipschitz 2 2 (ofNat P1) (ofNat Q1) f1)
    (k2 : SqLipschitz 2 2 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitz 2 2 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2))
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `residual1_branch1` is `residual1_branch1_P / residual1_branch1_Q`. -/
def residual1_branch1_P : Nat := Nat.mul linear1_P relu2_P

/-- Squared constant of `residual1_branch1` is `residual1_branch1_P / residual1_branch1_Q`. -/
def residual1_branch1_Q : Nat := Nat.mul linear1_Q relu2_Q

/-- Constant of `residual1_branch1` is `residual1_branch1_N / residual1_branch1_D`. -/
def residual1_branch1_N : Nat := 385005847

/-- Constant of `residual1_branch1` is `residual1_branch1_N / residual1_branch1_D`. -/
def residual1_branch1_D : Nat := (Nat.pow 2 28)

/-- `residual1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem residual1_branch1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat residual1_branch1_P) (ofNat residual1_branch1_Q) (residual1_branch1 r : Vec R → Vec R) :=
  residual1_branch1_general (f1 := linear1 r) (f2 := relu2 r) (linear1_sqLipschitz r h1 h2 h3 h4 h5) (relu2_sqLipschitz r h1 h2 h3 h4 h5)

/-- `residual1_branch1` has Lipschitz constant 1.43425855 (rounded up; exactly
385005847/(Nat.pow 2 28)): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem residual1_branch1_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    Lipschitz 2 2 (ofNat residual1_branch1_N) (ofNat residual1_branch1_D) (residual1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (residual1_branch1_sqLipschitz r h1 h2 h3 h4 h5) (Eq.refl true) (Eq.refl true)

/-- Layer `relu3` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu3 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.relu

/-- Squared constant of `relu3` is `relu3_P / relu3_Q`. -/
def relu3_P : Nat := 1

/-- Squared constant of `relu3` is `relu3_P / relu3_Q`. -/
def relu3_Q : Nat := 1

/-- Layer `relu3`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu3_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat relu3_P) (ofNat relu3_Q) (relu3 r : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Branch `sum1_branch1`: its layers in sequence. -/
noncomputable def sum1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => relu3 r x

/-- What `sum1_branch1_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem sum1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R}
    (k1 : SqLipschitz 2 2 (ofNat P1) (ofNat Q1) f1)
    : SqLipschitz 2 2 (ofNat P1) (ofNat Q1)
      (fun x => f1 x) :=
  k1

/-- Squared constant of `sum1_branch1` is `sum1_branch1_P / sum1_branch1_Q`. -/
def sum1_branch1_P : Nat := relu3_P

/-- Squared constant of `sum1_branch1` is `sum1_branch1_P / sum1_branch1_Q`. -/
def sum1_branch1_Q : Nat := relu3_Q

/-- Constant of `sum1_branch1` is `sum1_branch1_N / sum1_branch1_D`. -/
def sum1_branch1_N : Nat := 1

/-- Constant of `sum1_branch1` is `sum1_branch1_N / sum1_branch1_D`. -/
def sum1_branch1_D : Nat := 1

/-- `sum1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat sum1_branch1_P) (ofNat sum1_branch1_Q) (sum1_branch1 r : Vec R → Vec R) :=
  sum1_branch1_general (f1 := relu3 r) (relu3_sqLipschitz r h1 h2 h3 h4 h5)

/-- `sum1_branch1` has Lipschitz constant 1 (rounded up; exactly
1/1): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch1_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    Lipschitz 2 2 (ofNat sum1_branch1_N) (ofNat sum1_branch1_D) (sum1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch1_sqLipschitz r h1 h2 h3 h4 h5) (Eq.refl true) (Eq.refl true)

/-- Layer `scale2` (scale, 2 → 2): x ↦ c·x, c = 1/2. -/
noncomputable def scale2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.scale (mul (ofInt (Int.ofNat 1)) (r 2))

/-- Squared constant of `scale2` is `scale2_P / scale2_Q`. -/
def scale2_P : Nat := 1

/-- Squared constant of `scale2` is `scale2_P / scale2_Q`. -/
def scale2_Q : Nat := 4

/-- Layer `scale2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat scale2_P) (ofNat scale2_Q) (scale2 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 2 h1

/-- Branch `sum1_branch2`: its layers in sequence. -/
noncomputable def sum1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => scale2 r x

/-- What `sum1_branch2_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem sum1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R}
    (k1 : SqLipschitz 2 2 (ofNat P1) (ofNat Q1) f1)
    : SqLipschitz 2 2 (ofNat P1) (ofNat Q1)
      (fun x => f1 x) :=
  k1

/-- Squared constant of `sum1_branch2` is `sum1_branch2_P / sum1_branch2_Q`. -/
def sum1_branch2_P : Nat := scale2_P

/-- Squared constant of `sum1_branch2` is `sum1_branch2_P / sum1_branch2_Q`. -/
def sum1_branch2_Q : Nat := scale2_Q

/-- Constant of `sum1_branch2` is `sum1_branch2_N / sum1_branch2_D`. -/
def sum1_branch2_N : Nat := 1

/-- Constant of `sum1_branch2` is `sum1_branch2_N / sum1_branch2_D`. -/
def sum1_branch2_D : Nat := 2

/-- `sum1_branch2`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat sum1_branch2_P) (ofNat sum1_branch2_Q) (sum1_branch2 r : Vec R → Vec R) :=
  sum1_branch2_general (f1 := scale2 r) (scale2_sqLipschitz r h1 h2 h3 h4 h5)

/-- `sum1_branch2` has Lipschitz constant 0.5 (rounded up; exactly
1/2): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch2_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    Lipschitz 2 2 (ofNat sum1_branch2_N) (ofNat sum1_branch2_D) (sum1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch2_sqLipschitz r h1 h2 h3 h4 h5) (Eq.refl true) (Eq.refl true)

/-- Layer `scale3` (scale, 2 → 2): x ↦ c·x, c = 2. -/
noncomputable def scale3 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.scale (mul (ofInt (Int.ofNat 2)) one)

/-- Squared constant of `scale3` is `scale3_P / scale3_Q`. -/
def scale3_P : Nat := 4

/-- Squared constant of `scale3` is `scale3_P / scale3_Q`. -/
def scale3_Q : Nat := 1

/-- Layer `scale3`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale3_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat scale3_P) (ofNat scale3_Q) (scale3 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 2 LipBridge.ofNat_one_mul_one

/-- Branch `sum1_branch3`: its layers in sequence. -/
noncomputable def sum1_branch3 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => scale3 r x

/-- What `sum1_branch3_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem sum1_branch3_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R}
    (k1 : SqLipschitz 2 2 (ofNat P1) (ofNat Q1) f1)
    : SqLipschitz 2 2 (ofNat P1) (ofNat Q1)
      (fun x => f1 x) :=
  k1

/-- Squared constant of `sum1_branch3` is `sum1_branch3_P / sum1_branch3_Q`. -/
def sum1_branch3_P : Nat := scale3_P

/-- Squared constant of `sum1_branch3` is `sum1_branch3_P / sum1_branch3_Q`. -/
def sum1_branch3_Q : Nat := scale3_Q

/-- Constant of `sum1_branch3` is `sum1_branch3_N / sum1_branch3_D`. -/
def sum1_branch3_N : Nat := 2

/-- Constant of `sum1_branch3` is `sum1_branch3_N / sum1_branch3_D`. -/
def sum1_branch3_D : Nat := 1

/-- `sum1_branch3`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch3_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat sum1_branch3_P) (ofNat sum1_branch3_Q) (sum1_branch3 r : Vec R → Vec R) :=
  sum1_branch3_general (f1 := scale3 r) (scale3_sqLipschitz r h1 h2 h3 h4 h5)

/-- `sum1_branch3` has Lipschitz constant 2 (rounded up; exactly
2/1): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch3_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    Lipschitz 2 2 (ofNat sum1_branch3_N) (ofNat sum1_branch3_D) (sum1_branch3 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch3_sqLipschitz r h1 h2 h3 h4 h5) (Eq.refl true) (Eq.refl true)

/-- Layer `relu4` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu4 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.relu

/-- Squared constant of `relu4` is `relu4_P / relu4_Q`. -/
def relu4_P : Nat := 1

/-- Squared constant of `relu4` is `relu4_P / relu4_Q`. -/
def relu4_Q : Nat := 1

/-- Layer `relu4`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu4_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat relu4_P) (ofNat relu4_Q) (relu4 r : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Branch `concat1_branch1`: its layers in sequence. -/
noncomputable def concat1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => relu4 r x

/-- What `concat1_branch1_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R}
    (k1 : SqLipschitz 2 2 (ofNat P1) (ofNat Q1) f1)
    : SqLipschitz 2 2 (ofNat P1) (ofNat Q1)
      (fun x => f1 x) :=
  k1

/-- Squared constant of `concat1_branch1` is `concat1_branch1_P / concat1_branch1_Q`. -/
def concat1_branch1_P : Nat := relu4_P

/-- Squared constant of `concat1_branch1` is `concat1_branch1_P / concat1_branch1_Q`. -/
def concat1_branch1_Q : Nat := relu4_Q

/-- Constant of `concat1_branch1` is `concat1_branch1_N / concat1_branch1_D`. -/
def concat1_branch1_N : Nat := 1

/-- Constant of `concat1_branch1` is `concat1_branch1_N / concat1_branch1_D`. -/
def concat1_branch1_D : Nat := 1

/-- `concat1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat concat1_branch1_P) (ofNat concat1_branch1_Q) (concat1_branch1 r : Vec R → Vec R) :=
  concat1_branch1_general (f1 := relu4 r) (relu4_sqLipschitz r h1 h2 h3 h4 h5)

/-- `concat1_branch1` has Lipschitz constant 1 (rounded up; exactly
1/1): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    Lipschitz 2 2 (ofNat concat1_branch1_N) (ofNat concat1_branch1_D) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_sqLipschitz r h1 h2 h3 h4 h5) (Eq.refl true) (Eq.refl true)

/-- Layer `scale4` (scale, 2 → 2): x ↦ c·x, c = 1/3. -/
noncomputable def scale4 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.scale (mul (ofInt (Int.ofNat 1)) (r 3))

/-- Squared constant of `scale4` is `scale4_P / scale4_Q`. -/
def scale4_P : Nat := 1

/-- Squared constant of `scale4` is `scale4_P / scale4_Q`. -/
def scale4_Q : Nat := 9

/-- Layer `scale4`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale4_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat scale4_P) (ofNat scale4_Q) (scale4 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 2 h2

/-- Branch `concat1_branch2`: its layers in sequence. -/
noncomputable def concat1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => scale4 r x

/-- What `concat1_branch2_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R}
    (k1 : SqLipschitz 2 2 (ofNat P1) (ofNat Q1) f1)
    : SqLipschitz 2 2 (ofNat P1) (ofNat Q1)
      (fun x => f1 x) :=
  k1

/-- Squared constant of `concat1_branch2` is `concat1_branch2_P / concat1_branch2_Q`. -/
def concat1_branch2_P : Nat := scale4_P

/-- Squared constant of `concat1_branch2` is `concat1_branch2_P / concat1_branch2_Q`. -/
def concat1_branch2_Q : Nat := scale4_Q

/-- Constant of `concat1_branch2` is `concat1_branch2_N / concat1_branch2_D`. -/
def concat1_branch2_N : Nat := 2863311531

/-- Constant of `concat1_branch2` is `concat1_branch2_N / concat1_branch2_D`. -/
def concat1_branch2_D : Nat := (Nat.pow 2 33)

/-- `concat1_branch2`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat concat1_branch2_P) (ofNat concat1_branch2_Q) (concat1_branch2 r : Vec R → Vec R) :=
  concat1_branch2_general (f1 := scale4 r) (scale4_sqLipschitz r h1 h2 h3 h4 h5)

/-- `concat1_branch2` has Lipschitz constant 0.333333334 (rounded up; exactly
2863311531/(Nat.pow 2 33)): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    Lipschitz 2 2 (ofNat concat1_branch2_N) (ofNat concat1_branch2_D) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_sqLipschitz r h1 h2 h3 h4 h5) (Eq.refl true) (Eq.refl true)

/-- Layer `query` (linear, 12 → 8): x ↦ Wx + b, W is 2×3, on each of 4 tokens. -/
noncomputable def query {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.tokenwise 4 3 2 (LipBridge.linear 3 query_weight.entry (r 4) (fun i => mul (ofInt (query_bias.entry 0 i)) one))

/-- Squared constant of `query` is `query_P / query_Q`. -/
def query_P : Nat := query_weight_T

/-- Squared constant of `query` is `query_P / query_Q`. -/
def query_Q : Nat := Nat.mul query_weight_C (Nat.mul 4 4)

/-- Layer `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 12 8 (ofNat query_P) (ofNat query_Q) (query r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 4 (LipBridge.linear_sqLipschitz query_weight_norm h3 (fun i => mul (ofInt (query_bias.entry 0 i)) one))

/-- Layer `each` (gain, 8 → 8): x ↦ g ⊙ x, g the stored gain, on each of 4 tokens. -/
noncomputable def each {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.tokenwise 4 2 2 (LipBridge.gain (fun i => mul (ofInt (each_gain.entry 0 i)) (r 2)))

/-- Squared constant of `each` is `each_P / each_Q`. -/
def each_P : Nat := 36

/-- Squared constant of `each` is `each_P / each_Q`. -/
def each_Q : Nat := Nat.mul 2 2

/-- Layer `each`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem each_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 8 8 (ofNat each_P) (ofNat each_Q) (each r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 4 (LipBridge.gain_sqLipschitz_ofNat (n := 2) (p := 36) (e := 2) (g := fun i => each_gain.entry 0 i) (Eq.refl true) h1)

/-- Layer `mean_pool1` (mean_pool, 8 → 2): the mean of 4 tokens of dimension 2. -/
noncomputable def mean_pool1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.meanPool 4 2 (r 4)

/-- Squared constant of `mean_pool1` is `mean_pool1_P / mean_pool1_Q`. -/
def mean_pool1_P : Nat := 1

/-- Squared constant of `mean_pool1` is `mean_pool1_P / mean_pool1_Q`. -/
def mean_pool1_Q : Nat := 4

/-- Layer `mean_pool1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mean_pool1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 8 2 (ofNat mean_pool1_P) (ofNat mean_pool1_Q) (mean_pool1 r : Vec R → Vec R) :=
  LipBridge.meanPool_sqLipschitz 4 2 h3

/-- Layer `gain1` (gain, 2 → 2): x ↦ g ⊙ x, g the stored gain plus 1. -/
noncomputable def gain1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.gain (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 4)) (ofInt (Int.ofNat 1)))

/-- Squared constant of `gain1` is `gain1_P / gain1_Q`. -/
def gain1_P : Nat := 25

/-- Squared constant of `gain1` is `gain1_P / gain1_Q`. -/
def gain1_Q : Nat := Nat.mul 4 4

/-- Layer `gain1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem gain1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat gain1_P) (ofNat gain1_Q) (gain1 r : Vec R → Vec R) :=
  LipBridge.gain_sqLipschitz_offset (n := 2) (p := 25) (e := 4) (g := fun i => gain1_gain.entry 0 i) (Int.ofNat 1) (Eq.refl true) h3

/-- Layer `relu1` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.relu

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_P : Nat := 1

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_Q : Nat := 1

/-- Layer `relu1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat relu1_P) (ofNat relu1_Q) (relu1 r : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Layer `leaky_relu1` (leaky_relu, 2 → 2): x ↦ max(x, a·x) in each entry, a = 1/10. -/
noncomputable def leaky_relu1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.leakyRelu (mul (ofNat 1) (r 10))

/-- Squared constant of `leaky_relu1` is `leaky_relu1_P / leaky_relu1_Q`. -/
def leaky_relu1_P : Nat := 1

/-- Squared constant of `leaky_relu1` is `leaky_relu1_P / leaky_relu1_Q`. -/
def leaky_relu1_Q : Nat := 1

/-- Layer `leaky_relu1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem leaky_relu1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat leaky_relu1_P) (ofNat leaky_relu1_Q) (leaky_relu1 r : Vec R → Vec R) :=
  LipBridge.leakyRelu_sqLipschitz 2 h5 (Eq.refl true)

/-- Layer `scale1` (scale, 2 → 2): x ↦ c·x, c = -1/8. -/
noncomputable def scale1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.scale (mul (ofInt (Int.negSucc 0)) (r 8))

/-- Squared constant of `scale1` is `scale1_P / scale1_Q`. -/
def scale1_P : Nat := 1

/-- Squared constant of `scale1` is `scale1_P / scale1_Q`. -/
def scale1_Q : Nat := 64

/-- Layer `scale1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat scale1_P) (ofNat scale1_Q) (scale1 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 2 h4

/-- Layer `residual1` (residual, 2 → 2): x ↦ x + f x for the branch f = residual1_branch1. -/
noncomputable def residual1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  (fun x => LipBridge.vadd x ((residual1_branch1 r) x))

/-- Squared constant of `residual1` is `residual1_P / residual1_Q`. -/
def residual1_P : Nat := Nat.mul (Nat.add residual1_branch1_D residual1_branch1_N) (Nat.add residual1_branch1_D residual1_branch1_N)

/-- Squared constant of `residual1` is `residual1_P / residual1_Q`. -/
def residual1_Q : Nat := Nat.mul residual1_branch1_D residual1_branch1_D

/-- Layer `residual1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem residual1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat residual1_P) (ofNat residual1_Q) (residual1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.residual_lipschitz_ofNat (residual1_branch1_lipschitz r h1 h2 h3 h4 h5))

/-- Layer `sum1` (sum, 2 → 2): x ↦ the sum of 3 branches of x. -/
noncomputable def sum1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  (fun x => LipBridge.vadd (LipBridge.vadd ((sum1_branch1 r) x) ((sum1_branch2 r) x)) ((sum1_branch3 r) x))

/-- Squared constant of `sum1` is `sum1_P / sum1_Q`. -/
def sum1_P : Nat := Nat.mul (Nat.add (Nat.mul (Nat.add (Nat.mul sum1_branch1_N sum1_branch2_D) (Nat.mul sum1_branch2_N sum1_branch1_D)) sum1_branch3_D) (Nat.mul sum1_branch3_N (Nat.mul sum1_branch1_D sum1_branch2_D))) (Nat.add (Nat.mul (Nat.add (Nat.mul sum1_branch1_N sum1_branch2_D) (Nat.mul sum1_branch2_N sum1_branch1_D)) sum1_branch3_D) (Nat.mul sum1_branch3_N (Nat.mul sum1_branch1_D sum1_branch2_D)))

/-- Squared constant of `sum1` is `sum1_P / sum1_Q`. -/
def sum1_Q : Nat := Nat.mul (Nat.mul (Nat.mul sum1_branch1_D sum1_branch2_D) sum1_branch3_D) (Nat.mul (Nat.mul sum1_branch1_D sum1_branch2_D) sum1_branch3_D)

/-- Layer `sum1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat sum1_P) (ofNat sum1_Q) (sum1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat (LipBridge.sum_lipschitz_ofNat (sum1_branch1_lipschitz r h1 h2 h3 h4 h5) (sum1_branch2_lipschitz r h1 h2 h3 h4 h5)) (sum1_branch3_lipschitz r h1 h2 h3 h4 h5))

/-- Layer `concat1` (concat, 2 → 4): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  (LipBridge.concat 2 (concat1_branch1 r) (concat1_branch2 r))

/-- Squared constant of `concat1` is `concat1_P / concat1_Q`. -/
def concat1_P : Nat := (Nat.add (Nat.mul concat1_branch1_P concat1_branch2_Q) (Nat.mul concat1_branch2_P concat1_branch1_Q))

/-- Squared constant of `concat1` is `concat1_P / concat1_Q`. -/
def concat1_Q : Nat := (Nat.mul concat1_branch1_Q concat1_branch2_Q)

/-- Layer `concat1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 4 (ofNat concat1_P) (ofNat concat1_Q) (concat1 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_sqLipschitz r h1 h2 h3 h4 h5) (concat1_branch2_sqLipschitz r h1 h2 h3 h4 h5))

/-- Layer `score` (dot, 4 → 1): q ↦ ⟨q, k_s⟩ for 1 fixed key of dimension 4. -/
noncomputable def score {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.dotKeys 4 score_keys.entry one

/-- Squared constant of `score` is `score_P / score_Q`. -/
def score_P : Nat := score_keys_T

/-- Squared constant of `score` is `score_P / score_Q`. -/
def score_Q : Nat := Nat.mul score_keys_C (Nat.mul 1 1)

/-- Layer `score`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem score_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 4 1 (ofNat score_P) (ofNat score_Q) (score r : Vec R → Vec R) :=
  LipBridge.dot_sqLipschitz score_keys_norm LipBridge.ofNat_one_mul_one

/-- The network `every_layer`: its layers in sequence. -/
noncomputable def every_layer {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => score r (concat1 r (sum1 r (residual1 r (scale1 r (leaky_relu1 r (relu1 r (gain1 r (mean_pool1 r (each r (query r x))))))))))

/-- What `every_layer_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem every_layer_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 P4 Q4 P5 Q5 P6 Q6 P7 Q7 P8 Q8 P9 Q9 P10 Q10 P11 Q11 : Nat} {f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 : Vec R → Vec R}
    (k1 : SqLipschitz 12 8 (ofNat P1) (ofNat Q1) f1)
    (k2 : SqLipschitz 8 8 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 8 2 (ofNat P3) (ofNat Q3) f3)
    (k4 : SqLipschitz 2 2 (ofNat P4) (ofNat Q4) f4)
    (k5 : SqLipschitz 2 2 (ofNat P5) (ofNat Q5) f5)
    (k6 : SqLipschitz 2 2 (ofNat P6) (ofNat Q6) f6)
    (k7 : SqLipschitz 2 2 (ofNat P7) (ofNat Q7) f7)
    (k8 : SqLipschitz 2 2 (ofNat P8) (ofNat Q8) f8)
    (k9 : SqLipschitz 2 2 (ofNat P9) (ofNat Q9) f9)
    (k10 : SqLipschitz 2 4 (ofNat P10) (ofNat Q10) f10)
    (k11 : SqLipschitz 4 1 (ofNat P11) (ofNat Q11) f11)
    : SqLipschitz 12 1 (ofNat (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul P1 P2) P3) P4) P5) P6) P7) P8) P9) P10) P11)) (ofNat (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul Q1 Q2) Q3) Q4) Q5) Q6) Q7) Q8) Q9) Q10) Q11))
      (fun x => f11 (f10 (f9 (f8 (f7 (f6 (f5 (f4 (f3 (f2 (f1 x))))))))))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩)) k4 (fun _ _ => ⟨⟩)) k5 (fun _ _ => ⟨⟩)) k6 (fun _ _ => ⟨⟩)) k7 (fun _ _ => ⟨⟩)) k8 (fun _ _ => ⟨⟩)) k9 (fun _ _ => ⟨⟩)) k10 (fun _ _ => ⟨⟩)) k11 (fun _ _ => ⟨⟩))

/-- Squared constant of `every_layer` is `every_layer_P / every_layer_Q`. -/
def every_layer_P : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul query_P each_P) mean_pool1_P) gain1_P) relu1_P) leaky_relu1_P) scale1_P) residual1_P) sum1_P) concat1_P) score_P

/-- Squared constant of `every_layer` is `every_layer_P / every_layer_Q`. -/
def every_layer_Q : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul query_Q each_Q) mean_pool1_Q) gain1_Q) relu1_Q) leaky_relu1_Q) scale1_Q) residual1_Q) sum1_Q) concat1_Q) score_Q

/-- Constant of `every_layer` is `every_layer_N / every_layer_D`. -/
def every_layer_N : Nat := 9519147971

/-- Constant of `every_layer` is `every_layer_N / every_layer_D`. -/
def every_layer_D : Nat := (Nat.pow 2 28)

/-- `every_layer`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem every_layer_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 12 1 (ofNat every_layer_P) (ofNat every_layer_Q) (every_layer r : Vec R → Vec R) :=
  every_layer_general (f1 := query r) (f2 := each r) (f3 := mean_pool1 r) (f4 := gain1 r) (f5 := relu1 r) (f6 := leaky_relu1 r) (f7 := scale1 r) (f8 := residual1 r) (f9 := sum1 r) (f10 := concat1 r) (f11 := score r) (query_sqLipschitz r h1 h2 h3 h4 h5) (each_sqLipschitz r h1 h2 h3 h4 h5) (mean_pool1_sqLipschitz r h1 h2 h3 h4 h5) (gain1_sqLipschitz r h1 h2 h3 h4 h5) (relu1_sqLipschitz r h1 h2 h3 h4 h5) (leaky_relu1_sqLipschitz r h1 h2 h3 h4 h5) (scale1_sqLipschitz r h1 h2 h3 h4 h5) (residual1_sqLipschitz r h1 h2 h3 h4 h5) (sum1_sqLipschitz r h1 h2 h3 h4 h5) (concat1_sqLipschitz r h1 h2 h3 h4 h5) (score_sqLipschitz r h1 h2 h3 h4 h5)

/-- `every_layer` has Lipschitz constant 35.4615896 (rounded up; exactly
9519147971/(Nat.pow 2 28)): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem every_layer_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 10) (r 10)) one) :
    Lipschitz 12 1 (ofNat every_layer_N) (ofNat every_layer_D) (every_layer r : Vec R → Vec R) :=
  LipschitzOn.ofSq (every_layer_sqLipschitz r h1 h2 h3 h4 h5) (Eq.refl true) (Eq.refl true)

end Every_layer
