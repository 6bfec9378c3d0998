import LipBridge
import Inputs.Data.linear1_weight
import Inputs.Data.linear1_bias
import Inputs.Data.linear2_weight
import Inputs.Data.linear3_weight
import Inputs.Data.linear3_bias
import Inputs.Data.linear4_weight
import Inputs.Data.linear5_weight
/-!
# The network `inputs`

11 → 1. Exported by lipbridge 0.1.0.

Vectors are functions of the index; a block of tokens is one vector, token after token. In a ring `R`
the weights are `n · r d`: integers `n` of the data modules times the element `r d` with
`d · r d = 1`; over the real numbers `r d` is `1/d`.
-/

set_option autoImplicit false
-- Every layer takes all hypotheses of the network, whether it needs them or not.
set_option linter.unusedVariables false

universe u

namespace Inputs

open LipBridge

/-- Where the inputs lie: ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3. -/
def inputs_domain {R : Type u} [OrderedRing R] : Vec R → Prop :=
  (fun x => And (InBall 0 1 3 3 1 x) (And (InBall 3 2 3 3 2 x) (InBall 9 1 2 1 3 x)))

/-- Layer `from1` (from, 11 → 3): the input query, entries 0 to 2 of the stacked inputs. -/
noncomputable def from1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 0

/-- Squared constant of `from1` in `query` is `from1_query_P / from1_query_Q`. -/
def from1_query_P : Nat := 1

/-- Squared constant of `from1` in `query` is `from1_query_P / from1_query_Q`. -/
def from1_query_Q : Nat := 1

/-- Layer `from1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat from1_query_P) (ofNat from1_query_Q) (Slice 11 0 3 inputs_domain z) (from1 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Squared constant of `from1` in `keys` is `from1_keys_P / from1_keys_Q`. -/
def from1_keys_P : Nat := 0

/-- Squared constant of `from1` in `keys` is `from1_keys_P / from1_keys_Q`. -/
def from1_keys_Q : Nat := 1

/-- Layer `from1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat from1_keys_P) (ofNat from1_keys_Q) (Slice 11 3 6 inputs_domain z) (from1 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from1` in `extra` is `from1_extra_P / from1_extra_Q`. -/
def from1_extra_P : Nat := 0

/-- Squared constant of `from1` in `extra` is `from1_extra_P / from1_extra_Q`. -/
def from1_extra_Q : Nat := 1

/-- Layer `from1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat from1_extra_P) (ofNat from1_extra_Q) (Slice 11 9 2 inputs_domain z) (from1 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from1` are at most `from1_A / from1_B` long. -/
def from1_A : Nat := 3

/-- Values of `from1` are at most `from1_A / from1_B` long. -/
def from1_B : Nat := 1

/-- On the domain the values of `from1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 3 (ofNat from1_A) (ofNat from1_B) (inputs_domain : Vec R → Prop)
      (fun x => from1 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `linear1` (linear, 3 → 2): x ↦ Wx + b, W is 2×3. -/
noncomputable def linear1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 3 linear1_weight.entry (r 2) (fun i => mul (ofInt (linear1_bias.entry 0 i)) (r 3))

/-- Squared constant of `linear1` is `linear1_P / linear1_Q`. -/
def linear1_P : Nat := linear1_weight_T

/-- Squared constant of `linear1` is `linear1_P / linear1_Q`. -/
def linear1_Q : Nat := Nat.mul linear1_weight_C (Nat.mul 2 2)

/-- Layer `linear1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 3 2 (ofNat linear1_P) (ofNat linear1_Q) (linear1 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear1_weight_norm h1 (fun i => mul (ofInt (linear1_bias.entry 0 i)) (r 3))

/-- Values of `linear1` are at most `linear1_A / linear1_B` long. -/
def linear1_A : Nat := Nat.add (Nat.mul 7202879127 (Nat.pow 2 30)) (Nat.mul 1131823261 (Nat.pow 2 30))

/-- Values of `linear1` are at most `linear1_A / linear1_B` long. -/
def linear1_B : Nat := Nat.mul (Nat.pow 2 30) (Nat.pow 2 30)

/-- On the domain the values of `linear1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 2 (ofNat linear1_A) (ofNat linear1_B) (inputs_domain : Vec R → Prop)
      (fun x => linear1 r (from1 r x)) :=
  LipBridge.BoundedOn.linear (f := (fun x => from1 r x)) (N := 7202879127) (D := (Nat.pow 2 30)) (from1_boundedOn r h1 h2 h3 h4) linear1_weight_norm h1 (LipBridge.bias_normSq (P := 10) (A := 1131823261) (B := (Nat.pow 2 30)) h2 (Eq.refl true) (Eq.refl true)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- Layer `leaky_relu1` (leaky_relu, 2 → 2): x ↦ max(x, a·x) in each entry, a = 1/10. -/
noncomputable def leaky_relu1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.leakyRelu (mul (ofNat 1) (r 10))

/-- Squared constant of `leaky_relu1` is `leaky_relu1_P / leaky_relu1_Q`. -/
def leaky_relu1_P : Nat := 1

/-- Squared constant of `leaky_relu1` is `leaky_relu1_P / leaky_relu1_Q`. -/
def leaky_relu1_Q : Nat := 1

/-- Layer `leaky_relu1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem leaky_relu1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 2 (ofNat leaky_relu1_P) (ofNat leaky_relu1_Q) (leaky_relu1 r : Vec R → Vec R) :=
  LipBridge.leakyRelu_sqLipschitz 2 h4 (Eq.refl true)

/-- Values of `leaky_relu1` are at most `leaky_relu1_A / leaky_relu1_B` long. -/
def leaky_relu1_A : Nat := 2083675597

/-- Values of `leaky_relu1` are at most `leaky_relu1_A / leaky_relu1_B` long. -/
def leaky_relu1_B : Nat := (Nat.pow 2 28)

/-- On the domain the values of `leaky_relu1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem leaky_relu1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 2 (ofNat leaky_relu1_A) (ofNat leaky_relu1_B) (inputs_domain : Vec R → Prop)
      (fun x => leaky_relu1 r (linear1 r (from1 r x))) :=
  LipBridge.BoundedOn.then (f := (fun x => linear1 r (from1 r x))) (g := leaky_relu1 r) (linear1_boundedOn r h1 h2 h3 h4) (LipBridge.leakyRelu_normGain 2 h4 (Eq.refl true)) (Eq.refl true) (Eq.refl true)

/-- Branch `concat1_branch1`: its layers in sequence. -/
noncomputable def concat1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => leaky_relu1 r (linear1 r (from1 r x))

/-- What `concat1_branch1_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 : Nat} {f1 f2 f3 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 2 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 2 2 (ofNat P3) (ofNat Q3) f3)
    : SqLipschitzOn 11 2 (ofNat (Nat.mul (Nat.mul P1 P2) P3)) (ofNat (Nat.mul (Nat.mul Q1 Q2) Q3)) S
      (fun x => f3 (f2 (f1 x))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩))

/-- Squared constant of `concat1_branch1` in `query` is `concat1_branch1_query_P / concat1_branch1_query_Q`. -/
def concat1_branch1_query_P : Nat := Nat.mul (Nat.mul from1_query_P linear1_P) leaky_relu1_P

/-- Squared constant of `concat1_branch1` in `query` is `concat1_branch1_query_P / concat1_branch1_query_Q`. -/
def concat1_branch1_query_Q : Nat := Nat.mul (Nat.mul from1_query_Q linear1_Q) leaky_relu1_Q

/-- Constant of `concat1_branch1` in `query` is `concat1_branch1_query_N / concat1_branch1_query_D`. -/
def concat1_branch1_query_N : Nat := 2400959709

/-- Constant of `concat1_branch1` in `query` is `concat1_branch1_query_N / concat1_branch1_query_D`. -/
def concat1_branch1_query_D : Nat := (Nat.pow 2 30)

/-- `concat1_branch1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch1_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat1_branch1_query_P) (ofNat concat1_branch1_query_Q) (Slice 11 0 3 inputs_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  concat1_branch1_general (f1 := from1 r) (f2 := linear1 r) (f3 := leaky_relu1 r) (from1_query_sqLipschitz r h1 h2 h3 h4 z) (linear1_sqLipschitz r h1 h2 h3 h4) (leaky_relu1_sqLipschitz r h1 h2 h3 h4)

/-- `concat1_branch1` has Lipschitz constant 2.23606798 in `query` (rounded up; exactly
2400959709/(Nat.pow 2 30)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat1_branch1_query_N) (ofNat concat1_branch1_query_D) (Slice 11 0 3 inputs_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch1` in `keys` is `concat1_branch1_keys_P / concat1_branch1_keys_Q`. -/
def concat1_branch1_keys_P : Nat := Nat.mul (Nat.mul from1_keys_P linear1_P) leaky_relu1_P

/-- Squared constant of `concat1_branch1` in `keys` is `concat1_branch1_keys_P / concat1_branch1_keys_Q`. -/
def concat1_branch1_keys_Q : Nat := Nat.mul (Nat.mul from1_keys_Q linear1_Q) leaky_relu1_Q

/-- Constant of `concat1_branch1` in `keys` is `concat1_branch1_keys_N / concat1_branch1_keys_D`. -/
def concat1_branch1_keys_N : Nat := 0

/-- Constant of `concat1_branch1` in `keys` is `concat1_branch1_keys_N / concat1_branch1_keys_D`. -/
def concat1_branch1_keys_D : Nat := 1

/-- `concat1_branch1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch1_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat1_branch1_keys_P) (ofNat concat1_branch1_keys_Q) (Slice 11 3 6 inputs_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  concat1_branch1_general (f1 := from1 r) (f2 := linear1 r) (f3 := leaky_relu1 r) (from1_keys_sqLipschitz r h1 h2 h3 h4 z) (linear1_sqLipschitz r h1 h2 h3 h4) (leaky_relu1_sqLipschitz r h1 h2 h3 h4)

/-- `concat1_branch1` has Lipschitz constant 0 in `keys` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat1_branch1_keys_N) (ofNat concat1_branch1_keys_D) (Slice 11 3 6 inputs_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch1` in `extra` is `concat1_branch1_extra_P / concat1_branch1_extra_Q`. -/
def concat1_branch1_extra_P : Nat := Nat.mul (Nat.mul from1_extra_P linear1_P) leaky_relu1_P

/-- Squared constant of `concat1_branch1` in `extra` is `concat1_branch1_extra_P / concat1_branch1_extra_Q`. -/
def concat1_branch1_extra_Q : Nat := Nat.mul (Nat.mul from1_extra_Q linear1_Q) leaky_relu1_Q

/-- Constant of `concat1_branch1` in `extra` is `concat1_branch1_extra_N / concat1_branch1_extra_D`. -/
def concat1_branch1_extra_N : Nat := 0

/-- Constant of `concat1_branch1` in `extra` is `concat1_branch1_extra_N / concat1_branch1_extra_D`. -/
def concat1_branch1_extra_D : Nat := 1

/-- `concat1_branch1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch1_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat1_branch1_extra_P) (ofNat concat1_branch1_extra_Q) (Slice 11 9 2 inputs_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  concat1_branch1_general (f1 := from1 r) (f2 := linear1 r) (f3 := leaky_relu1 r) (from1_extra_sqLipschitz r h1 h2 h3 h4 z) (linear1_sqLipschitz r h1 h2 h3 h4) (leaky_relu1_sqLipschitz r h1 h2 h3 h4)

/-- `concat1_branch1` has Lipschitz constant 0 in `extra` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat1_branch1_extra_N) (ofNat concat1_branch1_extra_D) (Slice 11 9 2 inputs_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from2` (from, 11 → 2): the input extra, entries 9 to 10 of the stacked inputs. -/
noncomputable def from2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 9

/-- Squared constant of `from2` in `query` is `from2_query_P / from2_query_Q`. -/
def from2_query_P : Nat := 0

/-- Squared constant of `from2` in `query` is `from2_query_P / from2_query_Q`. -/
def from2_query_Q : Nat := 1

/-- Layer `from2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat from2_query_P) (ofNat from2_query_Q) (Slice 11 0 3 inputs_domain z) (from2 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from2` in `keys` is `from2_keys_P / from2_keys_Q`. -/
def from2_keys_P : Nat := 0

/-- Squared constant of `from2` in `keys` is `from2_keys_P / from2_keys_Q`. -/
def from2_keys_Q : Nat := 1

/-- Layer `from2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat from2_keys_P) (ofNat from2_keys_Q) (Slice 11 3 6 inputs_domain z) (from2 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from2` in `extra` is `from2_extra_P / from2_extra_Q`. -/
def from2_extra_P : Nat := 1

/-- Squared constant of `from2` in `extra` is `from2_extra_P / from2_extra_Q`. -/
def from2_extra_Q : Nat := 1

/-- Layer `from2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat from2_extra_P) (ofNat from2_extra_Q) (Slice 11 9 2 inputs_domain z) (from2 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 9) (m := 2) (Eq.refl true)).on _

/-- Values of `from2` are at most `from2_A / from2_B` long. -/
def from2_A : Nat := 1

/-- Values of `from2` are at most `from2_A / from2_B` long. -/
def from2_B : Nat := 3

/-- On the domain the values of `from2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 2 (ofNat from2_A) (ofNat from2_B) (inputs_domain : Vec R → Prop)
      (fun x => from2 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Layer `linear2` (linear, 2 → 1): x ↦ Wx, W is 1×2. -/
noncomputable def linear2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 2 linear2_weight.entry one (fun _ => zero)

/-- Squared constant of `linear2` is `linear2_P / linear2_Q`. -/
def linear2_P : Nat := linear2_weight_T

/-- Squared constant of `linear2` is `linear2_P / linear2_Q`. -/
def linear2_Q : Nat := Nat.mul linear2_weight_C (Nat.mul 1 1)

/-- Layer `linear2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 2 1 (ofNat linear2_P) (ofNat linear2_Q) (linear2 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear2_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Values of `linear2` are at most `linear2_A / linear2_B` long. -/
def linear2_A : Nat := 800319903

/-- Values of `linear2` are at most `linear2_A / linear2_B` long. -/
def linear2_B : Nat := (Nat.pow 2 30)

/-- On the domain the values of `linear2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 1 (ofNat linear2_A) (ofNat linear2_B) (inputs_domain : Vec R → Prop)
      (fun x => linear2 r (from2 r x)) :=
  LipBridge.BoundedOn.then (f := (fun x => from2 r x)) (g := linear2 r) (from2_boundedOn r h1 h2 h3 h4) (LipBridge.linear_normGain linear2_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Layer `scale1` (scale, 1 → 1): x ↦ c·x, c = -1/7. -/
noncomputable def scale1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.scale (mul (ofInt (Int.negSucc 0)) (r 7))

/-- Squared constant of `scale1` is `scale1_P / scale1_Q`. -/
def scale1_P : Nat := 1

/-- Squared constant of `scale1` is `scale1_P / scale1_Q`. -/
def scale1_Q : Nat := 49

/-- Layer `scale1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 1 1 (ofNat scale1_P) (ofNat scale1_Q) (scale1 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 1 h3

/-- Values of `scale1` are at most `scale1_A / scale1_B` long. -/
def scale1_A : Nat := 800319903

/-- Values of `scale1` are at most `scale1_A / scale1_B` long. -/
def scale1_B : Nat := 7516192768

/-- On the domain the values of `scale1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem scale1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 1 (ofNat scale1_A) (ofNat scale1_B) (inputs_domain : Vec R → Prop)
      (fun x => scale1 r (linear2 r (from2 r x))) :=
  LipBridge.BoundedOn.then (f := (fun x => linear2 r (from2 r x))) (g := scale1 r) (linear2_boundedOn r h1 h2 h3 h4) (LipBridge.scale_normGain (P := 1) 1 h3) (Eq.refl true) (Eq.refl true)

/-- Branch `concat1_branch2`: its layers in sequence. -/
noncomputable def concat1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => scale1 r (linear2 r (from2 r x))

/-- What `concat1_branch2_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 : Nat} {f1 f2 f3 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 2 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 2 1 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 1 1 (ofNat P3) (ofNat Q3) f3)
    : SqLipschitzOn 11 1 (ofNat (Nat.mul (Nat.mul P1 P2) P3)) (ofNat (Nat.mul (Nat.mul Q1 Q2) Q3)) S
      (fun x => f3 (f2 (f1 x))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩))

/-- Squared constant of `concat1_branch2` in `query` is `concat1_branch2_query_P / concat1_branch2_query_Q`. -/
def concat1_branch2_query_P : Nat := Nat.mul (Nat.mul from2_query_P linear2_P) scale1_P

/-- Squared constant of `concat1_branch2` in `query` is `concat1_branch2_query_P / concat1_branch2_query_Q`. -/
def concat1_branch2_query_Q : Nat := Nat.mul (Nat.mul from2_query_Q linear2_Q) scale1_Q

/-- Constant of `concat1_branch2` in `query` is `concat1_branch2_query_N / concat1_branch2_query_D`. -/
def concat1_branch2_query_N : Nat := 0

/-- Constant of `concat1_branch2` in `query` is `concat1_branch2_query_N / concat1_branch2_query_D`. -/
def concat1_branch2_query_D : Nat := 1

/-- `concat1_branch2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch2_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat1_branch2_query_P) (ofNat concat1_branch2_query_Q) (Slice 11 0 3 inputs_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  concat1_branch2_general (f1 := from2 r) (f2 := linear2 r) (f3 := scale1 r) (from2_query_sqLipschitz r h1 h2 h3 h4 z) (linear2_sqLipschitz r h1 h2 h3 h4) (scale1_sqLipschitz r h1 h2 h3 h4)

/-- `concat1_branch2` has Lipschitz constant 0 in `query` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat1_branch2_query_N) (ofNat concat1_branch2_query_D) (Slice 11 0 3 inputs_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch2` in `keys` is `concat1_branch2_keys_P / concat1_branch2_keys_Q`. -/
def concat1_branch2_keys_P : Nat := Nat.mul (Nat.mul from2_keys_P linear2_P) scale1_P

/-- Squared constant of `concat1_branch2` in `keys` is `concat1_branch2_keys_P / concat1_branch2_keys_Q`. -/
def concat1_branch2_keys_Q : Nat := Nat.mul (Nat.mul from2_keys_Q linear2_Q) scale1_Q

/-- Constant of `concat1_branch2` in `keys` is `concat1_branch2_keys_N / concat1_branch2_keys_D`. -/
def concat1_branch2_keys_N : Nat := 0

/-- Constant of `concat1_branch2` in `keys` is `concat1_branch2_keys_N / concat1_branch2_keys_D`. -/
def concat1_branch2_keys_D : Nat := 1

/-- `concat1_branch2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch2_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat1_branch2_keys_P) (ofNat concat1_branch2_keys_Q) (Slice 11 3 6 inputs_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  concat1_branch2_general (f1 := from2 r) (f2 := linear2 r) (f3 := scale1 r) (from2_keys_sqLipschitz r h1 h2 h3 h4 z) (linear2_sqLipschitz r h1 h2 h3 h4) (scale1_sqLipschitz r h1 h2 h3 h4)

/-- `concat1_branch2` has Lipschitz constant 0 in `keys` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat1_branch2_keys_N) (ofNat concat1_branch2_keys_D) (Slice 11 3 6 inputs_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch2` in `extra` is `concat1_branch2_extra_P / concat1_branch2_extra_Q`. -/
def concat1_branch2_extra_P : Nat := Nat.mul (Nat.mul from2_extra_P linear2_P) scale1_P

/-- Squared constant of `concat1_branch2` in `extra` is `concat1_branch2_extra_P / concat1_branch2_extra_Q`. -/
def concat1_branch2_extra_Q : Nat := Nat.mul (Nat.mul from2_extra_Q linear2_Q) scale1_Q

/-- Constant of `concat1_branch2` in `extra` is `concat1_branch2_extra_N / concat1_branch2_extra_D`. -/
def concat1_branch2_extra_N : Nat := 2743953953

/-- Constant of `concat1_branch2` in `extra` is `concat1_branch2_extra_N / concat1_branch2_extra_D`. -/
def concat1_branch2_extra_D : Nat := (Nat.pow 2 33)

/-- `concat1_branch2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch2_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat1_branch2_extra_P) (ofNat concat1_branch2_extra_Q) (Slice 11 9 2 inputs_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  concat1_branch2_general (f1 := from2 r) (f2 := linear2 r) (f3 := scale1 r) (from2_extra_sqLipschitz r h1 h2 h3 h4 z) (linear2_sqLipschitz r h1 h2 h3 h4) (scale1_sqLipschitz r h1 h2 h3 h4)

/-- `concat1_branch2` has Lipschitz constant 0.319438283 in `extra` (rounded up; exactly
2743953953/(Nat.pow 2 33)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat1_branch2_extra_N) (ofNat concat1_branch2_extra_D) (Slice 11 9 2 inputs_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `concat1` (concat, 11 → 3): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  (LipBridge.concat 2 (concat1_branch1 r) (concat1_branch2 r))

/-- Squared constant of `concat1` in `query` is `concat1_query_P / concat1_query_Q`. -/
def concat1_query_P : Nat := (Nat.add (Nat.mul concat1_branch1_query_P concat1_branch2_query_Q) (Nat.mul concat1_branch2_query_P concat1_branch1_query_Q))

/-- Squared constant of `concat1` in `query` is `concat1_query_P / concat1_query_Q`. -/
def concat1_query_Q : Nat := (Nat.mul concat1_branch1_query_Q concat1_branch2_query_Q)

/-- Layer `concat1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat1_query_P) (ofNat concat1_query_Q) (Slice 11 0 3 inputs_domain z) (concat1 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_query_sqLipschitz r h1 h2 h3 h4 z) (concat1_branch2_query_sqLipschitz r h1 h2 h3 h4 z))

/-- Squared constant of `concat1` in `keys` is `concat1_keys_P / concat1_keys_Q`. -/
def concat1_keys_P : Nat := (Nat.add (Nat.mul concat1_branch1_keys_P concat1_branch2_keys_Q) (Nat.mul concat1_branch2_keys_P concat1_branch1_keys_Q))

/-- Squared constant of `concat1` in `keys` is `concat1_keys_P / concat1_keys_Q`. -/
def concat1_keys_Q : Nat := (Nat.mul concat1_branch1_keys_Q concat1_branch2_keys_Q)

/-- Layer `concat1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat1_keys_P) (ofNat concat1_keys_Q) (Slice 11 3 6 inputs_domain z) (concat1 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_keys_sqLipschitz r h1 h2 h3 h4 z) (concat1_branch2_keys_sqLipschitz r h1 h2 h3 h4 z))

/-- Squared constant of `concat1` in `extra` is `concat1_extra_P / concat1_extra_Q`. -/
def concat1_extra_P : Nat := (Nat.add (Nat.mul concat1_branch1_extra_P concat1_branch2_extra_Q) (Nat.mul concat1_branch2_extra_P concat1_branch1_extra_Q))

/-- Squared constant of `concat1` in `extra` is `concat1_extra_P / concat1_extra_Q`. -/
def concat1_extra_Q : Nat := (Nat.mul concat1_branch1_extra_Q concat1_branch2_extra_Q)

/-- Layer `concat1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat1_extra_P) (ofNat concat1_extra_Q) (Slice 11 9 2 inputs_domain z) (concat1 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_extra_sqLipschitz r h1 h2 h3 h4 z) (concat1_branch2_extra_sqLipschitz r h1 h2 h3 h4 z))

/-- Values of `concat1` are at most `concat1_A / concat1_B` long. -/
def concat1_A : Nat := 8335486523

/-- Values of `concat1` are at most `concat1_A / concat1_B` long. -/
def concat1_B : Nat := (Nat.pow 2 30)

/-- On the domain the values of `concat1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem concat1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 3 (ofNat concat1_A) (ofNat concat1_B) (inputs_domain : Vec R → Prop)
      (fun x => concat1 r x) :=
  LipBridge.SqBoundedOn.root (LipBridge.SqBoundedOn.concat (LipBridge.BoundedOn.squared (leaky_relu1_boundedOn r h1 h2 h3 h4)) (LipBridge.BoundedOn.squared (scale1_boundedOn r h1 h2 h3 h4))) (Eq.refl true) (Eq.refl true)

/-- Branch `similarity1_branch1`: its layers in sequence. -/
noncomputable def similarity1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => concat1 r x

/-- What `similarity1_branch1_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem similarity1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 3 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 11 3 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `similarity1_branch1` in `query` is `similarity1_branch1_query_P / similarity1_branch1_query_Q`. -/
def similarity1_branch1_query_P : Nat := concat1_query_P

/-- Squared constant of `similarity1_branch1` in `query` is `similarity1_branch1_query_P / similarity1_branch1_query_Q`. -/
def similarity1_branch1_query_Q : Nat := concat1_query_Q

/-- Constant of `similarity1_branch1` in `query` is `similarity1_branch1_query_N / similarity1_branch1_query_D`. -/
def similarity1_branch1_query_N : Nat := 2400959709

/-- Constant of `similarity1_branch1` in `query` is `similarity1_branch1_query_N / similarity1_branch1_query_D`. -/
def similarity1_branch1_query_D : Nat := (Nat.pow 2 30)

/-- `similarity1_branch1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch1_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch1_query_P) (ofNat similarity1_branch1_query_Q) (Slice 11 0 3 inputs_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  similarity1_branch1_general (f1 := concat1 r) (concat1_query_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity1_branch1` has Lipschitz constant 2.23606798 in `query` (rounded up; exactly
2400959709/(Nat.pow 2 30)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch1_query_N) (ofNat similarity1_branch1_query_D) (Slice 11 0 3 inputs_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity1_branch1` in `keys` is `similarity1_branch1_keys_P / similarity1_branch1_keys_Q`. -/
def similarity1_branch1_keys_P : Nat := concat1_keys_P

/-- Squared constant of `similarity1_branch1` in `keys` is `similarity1_branch1_keys_P / similarity1_branch1_keys_Q`. -/
def similarity1_branch1_keys_Q : Nat := concat1_keys_Q

/-- Constant of `similarity1_branch1` in `keys` is `similarity1_branch1_keys_N / similarity1_branch1_keys_D`. -/
def similarity1_branch1_keys_N : Nat := 0

/-- Constant of `similarity1_branch1` in `keys` is `similarity1_branch1_keys_N / similarity1_branch1_keys_D`. -/
def similarity1_branch1_keys_D : Nat := 1

/-- `similarity1_branch1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch1_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch1_keys_P) (ofNat similarity1_branch1_keys_Q) (Slice 11 3 6 inputs_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  similarity1_branch1_general (f1 := concat1 r) (concat1_keys_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity1_branch1` has Lipschitz constant 0 in `keys` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch1_keys_N) (ofNat similarity1_branch1_keys_D) (Slice 11 3 6 inputs_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity1_branch1` in `extra` is `similarity1_branch1_extra_P / similarity1_branch1_extra_Q`. -/
def similarity1_branch1_extra_P : Nat := concat1_extra_P

/-- Squared constant of `similarity1_branch1` in `extra` is `similarity1_branch1_extra_P / similarity1_branch1_extra_Q`. -/
def similarity1_branch1_extra_Q : Nat := concat1_extra_Q

/-- Constant of `similarity1_branch1` in `extra` is `similarity1_branch1_extra_N / similarity1_branch1_extra_D`. -/
def similarity1_branch1_extra_N : Nat := 2743953953

/-- Constant of `similarity1_branch1` in `extra` is `similarity1_branch1_extra_N / similarity1_branch1_extra_D`. -/
def similarity1_branch1_extra_D : Nat := (Nat.pow 2 33)

/-- `similarity1_branch1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch1_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch1_extra_P) (ofNat similarity1_branch1_extra_Q) (Slice 11 9 2 inputs_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  similarity1_branch1_general (f1 := concat1 r) (concat1_extra_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity1_branch1` has Lipschitz constant 0.319438283 in `extra` (rounded up; exactly
2743953953/(Nat.pow 2 33)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch1_extra_N) (ofNat similarity1_branch1_extra_D) (Slice 11 9 2 inputs_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from3` (from, 11 → 6): the input keys, entries 3 to 8 of the stacked inputs. -/
noncomputable def from3 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 3

/-- Squared constant of `from3` in `query` is `from3_query_P / from3_query_Q`. -/
def from3_query_P : Nat := 0

/-- Squared constant of `from3` in `query` is `from3_query_P / from3_query_Q`. -/
def from3_query_Q : Nat := 1

/-- Layer `from3` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat from3_query_P) (ofNat from3_query_Q) (Slice 11 0 3 inputs_domain z) (from3 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from3` in `keys` is `from3_keys_P / from3_keys_Q`. -/
def from3_keys_P : Nat := 1

/-- Squared constant of `from3` in `keys` is `from3_keys_P / from3_keys_Q`. -/
def from3_keys_Q : Nat := 1

/-- Layer `from3` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat from3_keys_P) (ofNat from3_keys_Q) (Slice 11 3 6 inputs_domain z) (from3 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 3) (m := 6) (Eq.refl true)).on _

/-- Squared constant of `from3` in `extra` is `from3_extra_P / from3_extra_Q`. -/
def from3_extra_P : Nat := 0

/-- Squared constant of `from3` in `extra` is `from3_extra_P / from3_extra_Q`. -/
def from3_extra_Q : Nat := 1

/-- Layer `from3` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat from3_extra_P) (ofNat from3_extra_Q) (Slice 11 9 2 inputs_domain z) (from3 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from3` are at most `from3_A / from3_B` long, each token. -/
def from3_A : Nat := 3

/-- Values of `from3` are at most `from3_A / from3_B` long, each token. -/
def from3_B : Nat := 2

/-- On the domain the values of `from3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from3_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 2 3 (ofNat from3_A) (ofNat from3_B) (inputs_domain : Vec R → Prop)
      (fun x => from3 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.left)

/-- Layer `linear3` (linear, 6 → 6): x ↦ Wx + b, W is 3×3, on each of 2 tokens. -/
noncomputable def linear3 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.tokenwise 2 3 3 (LipBridge.linear 3 linear3_weight.entry (r 2) (fun i => mul (ofInt (linear3_bias.entry 0 i)) one))

/-- Squared constant of `linear3` is `linear3_P / linear3_Q`. -/
def linear3_P : Nat := linear3_weight_T

/-- Squared constant of `linear3` is `linear3_P / linear3_Q`. -/
def linear3_Q : Nat := Nat.mul linear3_weight_C (Nat.mul 2 2)

/-- Layer `linear3`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear3_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 6 6 (ofNat linear3_P) (ofNat linear3_Q) (linear3 r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2 (LipBridge.linear_sqLipschitz linear3_weight_norm h1 (fun i => mul (ofInt (linear3_bias.entry 0 i)) one))

/-- Values of `linear3` are at most `linear3_A / linear3_B` long, each token. -/
def linear3_A : Nat := Nat.add (Nat.mul 486045389 1) (Nat.mul 1 (Nat.pow 2 27))

/-- Values of `linear3` are at most `linear3_A / linear3_B` long, each token. -/
def linear3_B : Nat := Nat.mul (Nat.pow 2 27) 1

/-- On the domain the values of `linear3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear3_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 2 3 (ofNat linear3_A) (ofNat linear3_B) (inputs_domain : Vec R → Prop)
      (fun x => linear3 r (from3 r x)) :=
  LipBridge.BoundedOn.tokenwiseLinear (f := (fun x => from3 r x)) (N := 486045389) (D := (Nat.pow 2 27)) (from3_boundedOn r h1 h2 h3 h4) linear3_weight_norm h1 (LipBridge.bias_normSq (P := 1) (A := 1) (B := 1) LipBridge.ofNat_one_mul_one (Eq.refl true) (Eq.refl true)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- Layer `relu1` (relu, 6 → 6): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.relu

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_P : Nat := 1

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_Q : Nat := 1

/-- Layer `relu1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 6 6 (ofNat relu1_P) (ofNat relu1_Q) (relu1 r : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 6

/-- Values of `relu1` are at most `relu1_A / relu1_B` long, each token. -/
def relu1_A : Nat := 620263117

/-- Values of `relu1` are at most `relu1_A / relu1_B` long, each token. -/
def relu1_B : Nat := (Nat.pow 2 27)

/-- On the domain the values of `relu1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem relu1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 2 3 (ofNat relu1_A) (ofNat relu1_B) (inputs_domain : Vec R → Prop)
      (fun x => relu1 r (linear3 r (from3 r x))) :=
  LipBridge.BoundedOn.through (f := (fun x => linear3 r (from3 r x))) (g := relu1 r) (h := LipBridge.relu) (linear3_boundedOn r h1 h2 h3 h4) (fun _ _ _ _ _ => rfl) (LipBridge.relu_normGain 3) (Eq.refl true) (Eq.refl true)

/-- Layer `mean_pool1` (mean_pool, 6 → 3): the mean of 2 tokens of dimension 3. -/
noncomputable def mean_pool1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.meanPool 2 3 (r 2)

/-- Squared constant of `mean_pool1` is `mean_pool1_P / mean_pool1_Q`. -/
def mean_pool1_P : Nat := 1

/-- Squared constant of `mean_pool1` is `mean_pool1_P / mean_pool1_Q`. -/
def mean_pool1_Q : Nat := 2

/-- Layer `mean_pool1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mean_pool1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 6 3 (ofNat mean_pool1_P) (ofNat mean_pool1_Q) (mean_pool1 r : Vec R → Vec R) :=
  LipBridge.meanPool_sqLipschitz 2 3 h1

/-- Values of `mean_pool1` are at most `mean_pool1_A / mean_pool1_B` long. -/
def mean_pool1_A : Nat := 620263117

/-- Values of `mean_pool1` are at most `mean_pool1_A / mean_pool1_B` long. -/
def mean_pool1_B : Nat := (Nat.pow 2 27)

/-- On the domain the values of `mean_pool1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem mean_pool1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 3 (ofNat mean_pool1_A) (ofNat mean_pool1_B) (inputs_domain : Vec R → Prop)
      (fun x => mean_pool1 r (relu1 r (linear3 r (from3 r x)))) :=
  LipBridge.BoundedOn.meanPool (f := (fun x => relu1 r (linear3 r (from3 r x)))) (relu1_boundedOn r h1 h2 h3 h4) h1 (Eq.refl true) (Eq.refl true)

/-- Branch `sum1_branch1`: its layers in sequence. -/
noncomputable def sum1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => mean_pool1 r (relu1 r (linear3 r (from3 r x)))

/-- What `sum1_branch1_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem sum1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 P4 Q4 : Nat} {f1 f2 f3 f4 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 6 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 6 6 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 6 6 (ofNat P3) (ofNat Q3) f3)
    (k4 : SqLipschitz 6 3 (ofNat P4) (ofNat Q4) f4)
    : SqLipschitzOn 11 3 (ofNat (Nat.mul (Nat.mul (Nat.mul P1 P2) P3) P4)) (ofNat (Nat.mul (Nat.mul (Nat.mul Q1 Q2) Q3) Q4)) S
      (fun x => f4 (f3 (f2 (f1 x)))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩)) k4 (fun _ _ => ⟨⟩))

/-- Squared constant of `sum1_branch1` in `query` is `sum1_branch1_query_P / sum1_branch1_query_Q`. -/
def sum1_branch1_query_P : Nat := Nat.mul (Nat.mul (Nat.mul from3_query_P linear3_P) relu1_P) mean_pool1_P

/-- Squared constant of `sum1_branch1` in `query` is `sum1_branch1_query_P / sum1_branch1_query_Q`. -/
def sum1_branch1_query_Q : Nat := Nat.mul (Nat.mul (Nat.mul from3_query_Q linear3_Q) relu1_Q) mean_pool1_Q

/-- Constant of `sum1_branch1` in `query` is `sum1_branch1_query_N / sum1_branch1_query_D`. -/
def sum1_branch1_query_N : Nat := 0

/-- Constant of `sum1_branch1` in `query` is `sum1_branch1_query_N / sum1_branch1_query_D`. -/
def sum1_branch1_query_D : Nat := 1

/-- `sum1_branch1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch1_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch1_query_P) (ofNat sum1_branch1_query_Q) (Slice 11 0 3 inputs_domain z) (sum1_branch1 r : Vec R → Vec R) :=
  sum1_branch1_general (f1 := from3 r) (f2 := linear3 r) (f3 := relu1 r) (f4 := mean_pool1 r) (from3_query_sqLipschitz r h1 h2 h3 h4 z) (linear3_sqLipschitz r h1 h2 h3 h4) (relu1_sqLipschitz r h1 h2 h3 h4) (mean_pool1_sqLipschitz r h1 h2 h3 h4)

/-- `sum1_branch1` has Lipschitz constant 0 in `query` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch1_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch1_query_N) (ofNat sum1_branch1_query_D) (Slice 11 0 3 inputs_domain z) (sum1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch1_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `sum1_branch1` in `keys` is `sum1_branch1_keys_P / sum1_branch1_keys_Q`. -/
def sum1_branch1_keys_P : Nat := Nat.mul (Nat.mul (Nat.mul from3_keys_P linear3_P) relu1_P) mean_pool1_P

/-- Squared constant of `sum1_branch1` in `keys` is `sum1_branch1_keys_P / sum1_branch1_keys_Q`. -/
def sum1_branch1_keys_Q : Nat := Nat.mul (Nat.mul (Nat.mul from3_keys_Q linear3_Q) relu1_Q) mean_pool1_Q

/-- Constant of `sum1_branch1` in `keys` is `sum1_branch1_keys_N / sum1_branch1_keys_D`. -/
def sum1_branch1_keys_N : Nat := 3665983899

/-- Constant of `sum1_branch1` in `keys` is `sum1_branch1_keys_N / sum1_branch1_keys_D`. -/
def sum1_branch1_keys_D : Nat := (Nat.pow 2 31)

/-- `sum1_branch1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch1_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch1_keys_P) (ofNat sum1_branch1_keys_Q) (Slice 11 3 6 inputs_domain z) (sum1_branch1 r : Vec R → Vec R) :=
  sum1_branch1_general (f1 := from3 r) (f2 := linear3 r) (f3 := relu1 r) (f4 := mean_pool1 r) (from3_keys_sqLipschitz r h1 h2 h3 h4 z) (linear3_sqLipschitz r h1 h2 h3 h4) (relu1_sqLipschitz r h1 h2 h3 h4) (mean_pool1_sqLipschitz r h1 h2 h3 h4)

/-- `sum1_branch1` has Lipschitz constant 1.70710679 in `keys` (rounded up; exactly
3665983899/(Nat.pow 2 31)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch1_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch1_keys_N) (ofNat sum1_branch1_keys_D) (Slice 11 3 6 inputs_domain z) (sum1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch1_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `sum1_branch1` in `extra` is `sum1_branch1_extra_P / sum1_branch1_extra_Q`. -/
def sum1_branch1_extra_P : Nat := Nat.mul (Nat.mul (Nat.mul from3_extra_P linear3_P) relu1_P) mean_pool1_P

/-- Squared constant of `sum1_branch1` in `extra` is `sum1_branch1_extra_P / sum1_branch1_extra_Q`. -/
def sum1_branch1_extra_Q : Nat := Nat.mul (Nat.mul (Nat.mul from3_extra_Q linear3_Q) relu1_Q) mean_pool1_Q

/-- Constant of `sum1_branch1` in `extra` is `sum1_branch1_extra_N / sum1_branch1_extra_D`. -/
def sum1_branch1_extra_N : Nat := 0

/-- Constant of `sum1_branch1` in `extra` is `sum1_branch1_extra_N / sum1_branch1_extra_D`. -/
def sum1_branch1_extra_D : Nat := 1

/-- `sum1_branch1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch1_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch1_extra_P) (ofNat sum1_branch1_extra_Q) (Slice 11 9 2 inputs_domain z) (sum1_branch1 r : Vec R → Vec R) :=
  sum1_branch1_general (f1 := from3 r) (f2 := linear3 r) (f3 := relu1 r) (f4 := mean_pool1 r) (from3_extra_sqLipschitz r h1 h2 h3 h4 z) (linear3_sqLipschitz r h1 h2 h3 h4) (relu1_sqLipschitz r h1 h2 h3 h4) (mean_pool1_sqLipschitz r h1 h2 h3 h4)

/-- `sum1_branch1` has Lipschitz constant 0 in `extra` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch1_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch1_extra_N) (ofNat sum1_branch1_extra_D) (Slice 11 9 2 inputs_domain z) (sum1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch1_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from4` (from, 11 → 6): the input keys, entries 3 to 8 of the stacked inputs. -/
noncomputable def from4 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 3

/-- Squared constant of `from4` in `query` is `from4_query_P / from4_query_Q`. -/
def from4_query_P : Nat := 0

/-- Squared constant of `from4` in `query` is `from4_query_P / from4_query_Q`. -/
def from4_query_Q : Nat := 1

/-- Layer `from4` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat from4_query_P) (ofNat from4_query_Q) (Slice 11 0 3 inputs_domain z) (from4 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from4` in `keys` is `from4_keys_P / from4_keys_Q`. -/
def from4_keys_P : Nat := 1

/-- Squared constant of `from4` in `keys` is `from4_keys_P / from4_keys_Q`. -/
def from4_keys_Q : Nat := 1

/-- Layer `from4` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat from4_keys_P) (ofNat from4_keys_Q) (Slice 11 3 6 inputs_domain z) (from4 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 3) (m := 6) (Eq.refl true)).on _

/-- Squared constant of `from4` in `extra` is `from4_extra_P / from4_extra_Q`. -/
def from4_extra_P : Nat := 0

/-- Squared constant of `from4` in `extra` is `from4_extra_P / from4_extra_Q`. -/
def from4_extra_Q : Nat := 1

/-- Layer `from4` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat from4_extra_P) (ofNat from4_extra_Q) (Slice 11 9 2 inputs_domain z) (from4 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from4` are at most `from4_A / from4_B` long, each token. -/
def from4_A : Nat := 3

/-- Values of `from4` are at most `from4_A / from4_B` long, each token. -/
def from4_B : Nat := 2

/-- On the domain the values of `from4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from4_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 2 3 (ofNat from4_A) (ofNat from4_B) (inputs_domain : Vec R → Prop)
      (fun x => from4 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.left)

/-- Layer `max_pool1` (max_pool, 6 → 3): the maximum of 2 tokens of dimension 3, in each coordinate. -/
noncomputable def max_pool1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.maxPool 2 3

/-- Squared constant of `max_pool1` is `max_pool1_P / max_pool1_Q`. -/
def max_pool1_P : Nat := 1

/-- Squared constant of `max_pool1` is `max_pool1_P / max_pool1_Q`. -/
def max_pool1_Q : Nat := 1

/-- Layer `max_pool1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem max_pool1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 6 3 (ofNat max_pool1_P) (ofNat max_pool1_Q) (max_pool1 r : Vec R → Vec R) :=
  LipBridge.maxPool_sqLipschitz 2 3

/-- Values of `max_pool1` are at most `max_pool1_A / max_pool1_B` long. -/
def max_pool1_A : Nat := 2277750375

/-- Values of `max_pool1` are at most `max_pool1_A / max_pool1_B` long. -/
def max_pool1_B : Nat := (Nat.pow 2 30)

/-- On the domain the values of `max_pool1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem max_pool1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 3 (ofNat max_pool1_A) (ofNat max_pool1_B) (inputs_domain : Vec R → Prop)
      (fun x => max_pool1 r (from4 r x)) :=
  LipBridge.BoundedOn.maxPool (f := (fun x => from4 r x)) (from4_boundedOn r h1 h2 h3 h4) (Eq.refl true) (Eq.refl true)

/-- Layer `dot1` (dot, 3 → 3): q ↦ ⟨q, k_s⟩ for 3 fixed keys of dimension 3. -/
noncomputable def dot1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.dotKeys 3 linear3_weight.entry (r 2)

/-- Squared constant of `dot1` is `dot1_P / dot1_Q`. -/
def dot1_P : Nat := linear3_weight_T

/-- Squared constant of `dot1` is `dot1_P / dot1_Q`. -/
def dot1_Q : Nat := Nat.mul linear3_weight_C (Nat.mul 2 2)

/-- Layer `dot1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem dot1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 3 3 (ofNat dot1_P) (ofNat dot1_Q) (dot1 r : Vec R → Vec R) :=
  LipBridge.dot_sqLipschitz linear3_weight_norm h1

/-- Values of `dot1` are at most `dot1_A / dot1_B` long. -/
def dot1_A : Nat := 10997951697

/-- Values of `dot1` are at most `dot1_A / dot1_B` long. -/
def dot1_B : Nat := (Nat.pow 2 31)

/-- On the domain the values of `dot1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem dot1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 3 (ofNat dot1_A) (ofNat dot1_B) (inputs_domain : Vec R → Prop)
      (fun x => dot1 r (max_pool1 r (from4 r x))) :=
  LipBridge.BoundedOn.then (f := (fun x => max_pool1 r (from4 r x))) (g := dot1 r) (max_pool1_boundedOn r h1 h2 h3 h4) (LipBridge.linear_normGain linear3_weight_norm h1) (Eq.refl true) (Eq.refl true)

/-- Layer `abs1` (abs, 3 → 3): x ↦ |x| in each entry. -/
noncomputable def abs1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.entrywise abs

/-- Squared constant of `abs1` is `abs1_P / abs1_Q`. -/
def abs1_P : Nat := 1

/-- Squared constant of `abs1` is `abs1_P / abs1_Q`. -/
def abs1_Q : Nat := 1

/-- Layer `abs1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem abs1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 3 3 (ofNat abs1_P) (ofNat abs1_Q) (abs1 r : Vec R → Vec R) :=
  LipBridge.abs_sqLipschitz 3

/-- Values of `abs1` are at most `abs1_A / abs1_B` long. -/
def abs1_A : Nat := 10997951697

/-- Values of `abs1` are at most `abs1_A / abs1_B` long. -/
def abs1_B : Nat := (Nat.pow 2 31)

/-- On the domain the values of `abs1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem abs1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 3 (ofNat abs1_A) (ofNat abs1_B) (inputs_domain : Vec R → Prop)
      (fun x => abs1 r (dot1 r (max_pool1 r (from4 r x)))) :=
  LipBridge.BoundedOn.then (f := (fun x => dot1 r (max_pool1 r (from4 r x)))) (g := abs1 r) (dot1_boundedOn r h1 h2 h3 h4) (LipBridge.abs_normGain 3) (Eq.refl true) (Eq.refl true)

/-- Branch `sum1_branch2`: its layers in sequence. -/
noncomputable def sum1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => abs1 r (dot1 r (max_pool1 r (from4 r x)))

/-- What `sum1_branch2_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem sum1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 P4 Q4 : Nat} {f1 f2 f3 f4 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 6 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 6 3 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 3 3 (ofNat P3) (ofNat Q3) f3)
    (k4 : SqLipschitz 3 3 (ofNat P4) (ofNat Q4) f4)
    : SqLipschitzOn 11 3 (ofNat (Nat.mul (Nat.mul (Nat.mul P1 P2) P3) P4)) (ofNat (Nat.mul (Nat.mul (Nat.mul Q1 Q2) Q3) Q4)) S
      (fun x => f4 (f3 (f2 (f1 x)))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩)) k4 (fun _ _ => ⟨⟩))

/-- Squared constant of `sum1_branch2` in `query` is `sum1_branch2_query_P / sum1_branch2_query_Q`. -/
def sum1_branch2_query_P : Nat := Nat.mul (Nat.mul (Nat.mul from4_query_P max_pool1_P) dot1_P) abs1_P

/-- Squared constant of `sum1_branch2` in `query` is `sum1_branch2_query_P / sum1_branch2_query_Q`. -/
def sum1_branch2_query_Q : Nat := Nat.mul (Nat.mul (Nat.mul from4_query_Q max_pool1_Q) dot1_Q) abs1_Q

/-- Constant of `sum1_branch2` in `query` is `sum1_branch2_query_N / sum1_branch2_query_D`. -/
def sum1_branch2_query_N : Nat := 0

/-- Constant of `sum1_branch2` in `query` is `sum1_branch2_query_N / sum1_branch2_query_D`. -/
def sum1_branch2_query_D : Nat := 1

/-- `sum1_branch2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch2_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch2_query_P) (ofNat sum1_branch2_query_Q) (Slice 11 0 3 inputs_domain z) (sum1_branch2 r : Vec R → Vec R) :=
  sum1_branch2_general (f1 := from4 r) (f2 := max_pool1 r) (f3 := dot1 r) (f4 := abs1 r) (from4_query_sqLipschitz r h1 h2 h3 h4 z) (max_pool1_sqLipschitz r h1 h2 h3 h4) (dot1_sqLipschitz r h1 h2 h3 h4) (abs1_sqLipschitz r h1 h2 h3 h4)

/-- `sum1_branch2` has Lipschitz constant 0 in `query` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch2_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch2_query_N) (ofNat sum1_branch2_query_D) (Slice 11 0 3 inputs_domain z) (sum1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch2_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `sum1_branch2` in `keys` is `sum1_branch2_keys_P / sum1_branch2_keys_Q`. -/
def sum1_branch2_keys_P : Nat := Nat.mul (Nat.mul (Nat.mul from4_keys_P max_pool1_P) dot1_P) abs1_P

/-- Squared constant of `sum1_branch2` in `keys` is `sum1_branch2_keys_P / sum1_branch2_keys_Q`. -/
def sum1_branch2_keys_Q : Nat := Nat.mul (Nat.mul (Nat.mul from4_keys_Q max_pool1_Q) dot1_Q) abs1_Q

/-- Constant of `sum1_branch2` in `keys` is `sum1_branch2_keys_N / sum1_branch2_keys_D`. -/
def sum1_branch2_keys_N : Nat := 10368968299

/-- Constant of `sum1_branch2` in `keys` is `sum1_branch2_keys_N / sum1_branch2_keys_D`. -/
def sum1_branch2_keys_D : Nat := (Nat.pow 2 32)

/-- `sum1_branch2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch2_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch2_keys_P) (ofNat sum1_branch2_keys_Q) (Slice 11 3 6 inputs_domain z) (sum1_branch2 r : Vec R → Vec R) :=
  sum1_branch2_general (f1 := from4 r) (f2 := max_pool1 r) (f3 := dot1 r) (f4 := abs1 r) (from4_keys_sqLipschitz r h1 h2 h3 h4 z) (max_pool1_sqLipschitz r h1 h2 h3 h4) (dot1_sqLipschitz r h1 h2 h3 h4) (abs1_sqLipschitz r h1 h2 h3 h4)

/-- `sum1_branch2` has Lipschitz constant 2.41421357 in `keys` (rounded up; exactly
10368968299/(Nat.pow 2 32)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch2_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch2_keys_N) (ofNat sum1_branch2_keys_D) (Slice 11 3 6 inputs_domain z) (sum1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch2_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `sum1_branch2` in `extra` is `sum1_branch2_extra_P / sum1_branch2_extra_Q`. -/
def sum1_branch2_extra_P : Nat := Nat.mul (Nat.mul (Nat.mul from4_extra_P max_pool1_P) dot1_P) abs1_P

/-- Squared constant of `sum1_branch2` in `extra` is `sum1_branch2_extra_P / sum1_branch2_extra_Q`. -/
def sum1_branch2_extra_Q : Nat := Nat.mul (Nat.mul (Nat.mul from4_extra_Q max_pool1_Q) dot1_Q) abs1_Q

/-- Constant of `sum1_branch2` in `extra` is `sum1_branch2_extra_N / sum1_branch2_extra_D`. -/
def sum1_branch2_extra_N : Nat := 0

/-- Constant of `sum1_branch2` in `extra` is `sum1_branch2_extra_N / sum1_branch2_extra_D`. -/
def sum1_branch2_extra_D : Nat := 1

/-- `sum1_branch2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch2_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch2_extra_P) (ofNat sum1_branch2_extra_Q) (Slice 11 9 2 inputs_domain z) (sum1_branch2 r : Vec R → Vec R) :=
  sum1_branch2_general (f1 := from4 r) (f2 := max_pool1 r) (f3 := dot1 r) (f4 := abs1 r) (from4_extra_sqLipschitz r h1 h2 h3 h4 z) (max_pool1_sqLipschitz r h1 h2 h3 h4) (dot1_sqLipschitz r h1 h2 h3 h4) (abs1_sqLipschitz r h1 h2 h3 h4)

/-- `sum1_branch2` has Lipschitz constant 0 in `extra` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch2_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch2_extra_N) (ofNat sum1_branch2_extra_D) (Slice 11 9 2 inputs_domain z) (sum1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch2_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from5` (from, 11 → 3): the input query, entries 0 to 2 of the stacked inputs. -/
noncomputable def from5 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 0

/-- Squared constant of `from5` in `query` is `from5_query_P / from5_query_Q`. -/
def from5_query_P : Nat := 1

/-- Squared constant of `from5` in `query` is `from5_query_P / from5_query_Q`. -/
def from5_query_Q : Nat := 1

/-- Layer `from5` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat from5_query_P) (ofNat from5_query_Q) (Slice 11 0 3 inputs_domain z) (from5 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Squared constant of `from5` in `keys` is `from5_keys_P / from5_keys_Q`. -/
def from5_keys_P : Nat := 0

/-- Squared constant of `from5` in `keys` is `from5_keys_P / from5_keys_Q`. -/
def from5_keys_Q : Nat := 1

/-- Layer `from5` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat from5_keys_P) (ofNat from5_keys_Q) (Slice 11 3 6 inputs_domain z) (from5 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from5` in `extra` is `from5_extra_P / from5_extra_Q`. -/
def from5_extra_P : Nat := 0

/-- Squared constant of `from5` in `extra` is `from5_extra_P / from5_extra_Q`. -/
def from5_extra_Q : Nat := 1

/-- Layer `from5` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat from5_extra_P) (ofNat from5_extra_Q) (Slice 11 9 2 inputs_domain z) (from5 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from5` are at most `from5_A / from5_B` long. -/
def from5_A : Nat := 3

/-- Values of `from5` are at most `from5_A / from5_B` long. -/
def from5_B : Nat := 1

/-- On the domain the values of `from5`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from5_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 3 (ofNat from5_A) (ofNat from5_B) (inputs_domain : Vec R → Prop)
      (fun x => from5 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `linear4` (linear, 3 → 1): x ↦ Wx, W is 1×3. -/
noncomputable def linear4 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 3 linear4_weight.entry one (fun _ => zero)

/-- Squared constant of `linear4` is `linear4_P / linear4_Q`. -/
def linear4_P : Nat := linear4_weight_T

/-- Squared constant of `linear4` is `linear4_P / linear4_Q`. -/
def linear4_Q : Nat := Nat.mul linear4_weight_C (Nat.mul 1 1)

/-- Layer `linear4`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear4_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 3 1 (ofNat linear4_P) (ofNat linear4_Q) (linear4 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear4_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Values of `linear4` are at most `linear4_A / linear4_B` long. -/
def linear4_A : Nat := 11158652361

/-- Values of `linear4` are at most `linear4_A / linear4_B` long. -/
def linear4_B : Nat := (Nat.pow 2 31)

/-- On the domain the values of `linear4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear4_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 1 (ofNat linear4_A) (ofNat linear4_B) (inputs_domain : Vec R → Prop)
      (fun x => linear4 r (from5 r x)) :=
  LipBridge.BoundedOn.then (f := (fun x => from5 r x)) (g := linear4 r) (from5_boundedOn r h1 h2 h3 h4) (LipBridge.linear_normGain linear4_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Branch `concat2_branch1`: its layers in sequence. -/
noncomputable def concat2_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => linear4 r (from5 r x)

/-- What `concat2_branch1_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat2_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 1 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitzOn 11 1 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2)) S
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `concat2_branch1` in `query` is `concat2_branch1_query_P / concat2_branch1_query_Q`. -/
def concat2_branch1_query_P : Nat := Nat.mul from5_query_P linear4_P

/-- Squared constant of `concat2_branch1` in `query` is `concat2_branch1_query_P / concat2_branch1_query_Q`. -/
def concat2_branch1_query_Q : Nat := Nat.mul from5_query_Q linear4_Q

/-- Constant of `concat2_branch1` in `query` is `concat2_branch1_query_N / concat2_branch1_query_D`. -/
def concat2_branch1_query_N : Nat := 3719550787

/-- Constant of `concat2_branch1` in `query` is `concat2_branch1_query_N / concat2_branch1_query_D`. -/
def concat2_branch1_query_D : Nat := (Nat.pow 2 31)

/-- `concat2_branch1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat2_branch1_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat2_branch1_query_P) (ofNat concat2_branch1_query_Q) (Slice 11 0 3 inputs_domain z) (concat2_branch1 r : Vec R → Vec R) :=
  concat2_branch1_general (f1 := from5 r) (f2 := linear4 r) (from5_query_sqLipschitz r h1 h2 h3 h4 z) (linear4_sqLipschitz r h1 h2 h3 h4)

/-- `concat2_branch1` has Lipschitz constant 1.73205081 in `query` (rounded up; exactly
3719550787/(Nat.pow 2 31)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch1_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat2_branch1_query_N) (ofNat concat2_branch1_query_D) (Slice 11 0 3 inputs_domain z) (concat2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch1_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat2_branch1` in `keys` is `concat2_branch1_keys_P / concat2_branch1_keys_Q`. -/
def concat2_branch1_keys_P : Nat := Nat.mul from5_keys_P linear4_P

/-- Squared constant of `concat2_branch1` in `keys` is `concat2_branch1_keys_P / concat2_branch1_keys_Q`. -/
def concat2_branch1_keys_Q : Nat := Nat.mul from5_keys_Q linear4_Q

/-- Constant of `concat2_branch1` in `keys` is `concat2_branch1_keys_N / concat2_branch1_keys_D`. -/
def concat2_branch1_keys_N : Nat := 0

/-- Constant of `concat2_branch1` in `keys` is `concat2_branch1_keys_N / concat2_branch1_keys_D`. -/
def concat2_branch1_keys_D : Nat := 1

/-- `concat2_branch1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat2_branch1_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat2_branch1_keys_P) (ofNat concat2_branch1_keys_Q) (Slice 11 3 6 inputs_domain z) (concat2_branch1 r : Vec R → Vec R) :=
  concat2_branch1_general (f1 := from5 r) (f2 := linear4 r) (from5_keys_sqLipschitz r h1 h2 h3 h4 z) (linear4_sqLipschitz r h1 h2 h3 h4)

/-- `concat2_branch1` has Lipschitz constant 0 in `keys` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch1_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat2_branch1_keys_N) (ofNat concat2_branch1_keys_D) (Slice 11 3 6 inputs_domain z) (concat2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch1_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat2_branch1` in `extra` is `concat2_branch1_extra_P / concat2_branch1_extra_Q`. -/
def concat2_branch1_extra_P : Nat := Nat.mul from5_extra_P linear4_P

/-- Squared constant of `concat2_branch1` in `extra` is `concat2_branch1_extra_P / concat2_branch1_extra_Q`. -/
def concat2_branch1_extra_Q : Nat := Nat.mul from5_extra_Q linear4_Q

/-- Constant of `concat2_branch1` in `extra` is `concat2_branch1_extra_N / concat2_branch1_extra_D`. -/
def concat2_branch1_extra_N : Nat := 0

/-- Constant of `concat2_branch1` in `extra` is `concat2_branch1_extra_N / concat2_branch1_extra_D`. -/
def concat2_branch1_extra_D : Nat := 1

/-- `concat2_branch1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat2_branch1_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat2_branch1_extra_P) (ofNat concat2_branch1_extra_Q) (Slice 11 9 2 inputs_domain z) (concat2_branch1 r : Vec R → Vec R) :=
  concat2_branch1_general (f1 := from5 r) (f2 := linear4 r) (from5_extra_sqLipschitz r h1 h2 h3 h4 z) (linear4_sqLipschitz r h1 h2 h3 h4)

/-- `concat2_branch1` has Lipschitz constant 0 in `extra` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch1_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat2_branch1_extra_N) (ofNat concat2_branch1_extra_D) (Slice 11 9 2 inputs_domain z) (concat2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch1_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from6` (from, 11 → 2): the input extra, entries 9 to 10 of the stacked inputs. -/
noncomputable def from6 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 9

/-- Squared constant of `from6` in `query` is `from6_query_P / from6_query_Q`. -/
def from6_query_P : Nat := 0

/-- Squared constant of `from6` in `query` is `from6_query_P / from6_query_Q`. -/
def from6_query_Q : Nat := 1

/-- Layer `from6` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat from6_query_P) (ofNat from6_query_Q) (Slice 11 0 3 inputs_domain z) (from6 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from6` in `keys` is `from6_keys_P / from6_keys_Q`. -/
def from6_keys_P : Nat := 0

/-- Squared constant of `from6` in `keys` is `from6_keys_P / from6_keys_Q`. -/
def from6_keys_Q : Nat := 1

/-- Layer `from6` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat from6_keys_P) (ofNat from6_keys_Q) (Slice 11 3 6 inputs_domain z) (from6 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from6` in `extra` is `from6_extra_P / from6_extra_Q`. -/
def from6_extra_P : Nat := 1

/-- Squared constant of `from6` in `extra` is `from6_extra_P / from6_extra_Q`. -/
def from6_extra_Q : Nat := 1

/-- Layer `from6` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat from6_extra_P) (ofNat from6_extra_Q) (Slice 11 9 2 inputs_domain z) (from6 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 9) (m := 2) (Eq.refl true)).on _

/-- Values of `from6` are at most `from6_A / from6_B` long. -/
def from6_A : Nat := 1

/-- Values of `from6` are at most `from6_A / from6_B` long. -/
def from6_B : Nat := 3

/-- On the domain the values of `from6`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from6_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 2 (ofNat from6_A) (ofNat from6_B) (inputs_domain : Vec R → Prop)
      (fun x => from6 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Branch `similarity2_branch1`: its layers in sequence. -/
noncomputable def similarity2_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => from6 r x

/-- What `similarity2_branch1_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem similarity2_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 2 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 11 2 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `similarity2_branch1` in `query` is `similarity2_branch1_query_P / similarity2_branch1_query_Q`. -/
def similarity2_branch1_query_P : Nat := from6_query_P

/-- Squared constant of `similarity2_branch1` in `query` is `similarity2_branch1_query_P / similarity2_branch1_query_Q`. -/
def similarity2_branch1_query_Q : Nat := from6_query_Q

/-- Constant of `similarity2_branch1` in `query` is `similarity2_branch1_query_N / similarity2_branch1_query_D`. -/
def similarity2_branch1_query_N : Nat := 0

/-- Constant of `similarity2_branch1` in `query` is `similarity2_branch1_query_N / similarity2_branch1_query_D`. -/
def similarity2_branch1_query_D : Nat := 1

/-- `similarity2_branch1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity2_branch1_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch1_query_P) (ofNat similarity2_branch1_query_Q) (Slice 11 0 3 inputs_domain z) (similarity2_branch1 r : Vec R → Vec R) :=
  similarity2_branch1_general (f1 := from6 r) (from6_query_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity2_branch1` has Lipschitz constant 0 in `query` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch1_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch1_query_N) (ofNat similarity2_branch1_query_D) (Slice 11 0 3 inputs_domain z) (similarity2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch1_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity2_branch1` in `keys` is `similarity2_branch1_keys_P / similarity2_branch1_keys_Q`. -/
def similarity2_branch1_keys_P : Nat := from6_keys_P

/-- Squared constant of `similarity2_branch1` in `keys` is `similarity2_branch1_keys_P / similarity2_branch1_keys_Q`. -/
def similarity2_branch1_keys_Q : Nat := from6_keys_Q

/-- Constant of `similarity2_branch1` in `keys` is `similarity2_branch1_keys_N / similarity2_branch1_keys_D`. -/
def similarity2_branch1_keys_N : Nat := 0

/-- Constant of `similarity2_branch1` in `keys` is `similarity2_branch1_keys_N / similarity2_branch1_keys_D`. -/
def similarity2_branch1_keys_D : Nat := 1

/-- `similarity2_branch1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity2_branch1_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch1_keys_P) (ofNat similarity2_branch1_keys_Q) (Slice 11 3 6 inputs_domain z) (similarity2_branch1 r : Vec R → Vec R) :=
  similarity2_branch1_general (f1 := from6 r) (from6_keys_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity2_branch1` has Lipschitz constant 0 in `keys` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch1_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch1_keys_N) (ofNat similarity2_branch1_keys_D) (Slice 11 3 6 inputs_domain z) (similarity2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch1_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity2_branch1` in `extra` is `similarity2_branch1_extra_P / similarity2_branch1_extra_Q`. -/
def similarity2_branch1_extra_P : Nat := from6_extra_P

/-- Squared constant of `similarity2_branch1` in `extra` is `similarity2_branch1_extra_P / similarity2_branch1_extra_Q`. -/
def similarity2_branch1_extra_Q : Nat := from6_extra_Q

/-- Constant of `similarity2_branch1` in `extra` is `similarity2_branch1_extra_N / similarity2_branch1_extra_D`. -/
def similarity2_branch1_extra_N : Nat := 1

/-- Constant of `similarity2_branch1` in `extra` is `similarity2_branch1_extra_N / similarity2_branch1_extra_D`. -/
def similarity2_branch1_extra_D : Nat := 1

/-- `similarity2_branch1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity2_branch1_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch1_extra_P) (ofNat similarity2_branch1_extra_Q) (Slice 11 9 2 inputs_domain z) (similarity2_branch1 r : Vec R → Vec R) :=
  similarity2_branch1_general (f1 := from6 r) (from6_extra_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity2_branch1` has Lipschitz constant 1 in `extra` (rounded up; exactly
1/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch1_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch1_extra_N) (ofNat similarity2_branch1_extra_D) (Slice 11 9 2 inputs_domain z) (similarity2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch1_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from7` (from, 11 → 2): the input extra, entries 9 to 10 of the stacked inputs. -/
noncomputable def from7 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 9

/-- Squared constant of `from7` in `query` is `from7_query_P / from7_query_Q`. -/
def from7_query_P : Nat := 0

/-- Squared constant of `from7` in `query` is `from7_query_P / from7_query_Q`. -/
def from7_query_Q : Nat := 1

/-- Layer `from7` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat from7_query_P) (ofNat from7_query_Q) (Slice 11 0 3 inputs_domain z) (from7 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from7` in `keys` is `from7_keys_P / from7_keys_Q`. -/
def from7_keys_P : Nat := 0

/-- Squared constant of `from7` in `keys` is `from7_keys_P / from7_keys_Q`. -/
def from7_keys_Q : Nat := 1

/-- Layer `from7` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat from7_keys_P) (ofNat from7_keys_Q) (Slice 11 3 6 inputs_domain z) (from7 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from7` in `extra` is `from7_extra_P / from7_extra_Q`. -/
def from7_extra_P : Nat := 1

/-- Squared constant of `from7` in `extra` is `from7_extra_P / from7_extra_Q`. -/
def from7_extra_Q : Nat := 1

/-- Layer `from7` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat from7_extra_P) (ofNat from7_extra_Q) (Slice 11 9 2 inputs_domain z) (from7 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 9) (m := 2) (Eq.refl true)).on _

/-- Values of `from7` are at most `from7_A / from7_B` long. -/
def from7_A : Nat := 1

/-- Values of `from7` are at most `from7_A / from7_B` long. -/
def from7_B : Nat := 3

/-- On the domain the values of `from7`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from7_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 2 (ofNat from7_A) (ofNat from7_B) (inputs_domain : Vec R → Prop)
      (fun x => from7 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Branch `similarity2_branch2`: its layers in sequence. -/
noncomputable def similarity2_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => from7 r x

/-- What `similarity2_branch2_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem similarity2_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 2 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 11 2 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `similarity2_branch2` in `query` is `similarity2_branch2_query_P / similarity2_branch2_query_Q`. -/
def similarity2_branch2_query_P : Nat := from7_query_P

/-- Squared constant of `similarity2_branch2` in `query` is `similarity2_branch2_query_P / similarity2_branch2_query_Q`. -/
def similarity2_branch2_query_Q : Nat := from7_query_Q

/-- Constant of `similarity2_branch2` in `query` is `similarity2_branch2_query_N / similarity2_branch2_query_D`. -/
def similarity2_branch2_query_N : Nat := 0

/-- Constant of `similarity2_branch2` in `query` is `similarity2_branch2_query_N / similarity2_branch2_query_D`. -/
def similarity2_branch2_query_D : Nat := 1

/-- `similarity2_branch2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity2_branch2_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch2_query_P) (ofNat similarity2_branch2_query_Q) (Slice 11 0 3 inputs_domain z) (similarity2_branch2 r : Vec R → Vec R) :=
  similarity2_branch2_general (f1 := from7 r) (from7_query_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity2_branch2` has Lipschitz constant 0 in `query` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch2_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch2_query_N) (ofNat similarity2_branch2_query_D) (Slice 11 0 3 inputs_domain z) (similarity2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch2_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity2_branch2` in `keys` is `similarity2_branch2_keys_P / similarity2_branch2_keys_Q`. -/
def similarity2_branch2_keys_P : Nat := from7_keys_P

/-- Squared constant of `similarity2_branch2` in `keys` is `similarity2_branch2_keys_P / similarity2_branch2_keys_Q`. -/
def similarity2_branch2_keys_Q : Nat := from7_keys_Q

/-- Constant of `similarity2_branch2` in `keys` is `similarity2_branch2_keys_N / similarity2_branch2_keys_D`. -/
def similarity2_branch2_keys_N : Nat := 0

/-- Constant of `similarity2_branch2` in `keys` is `similarity2_branch2_keys_N / similarity2_branch2_keys_D`. -/
def similarity2_branch2_keys_D : Nat := 1

/-- `similarity2_branch2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity2_branch2_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch2_keys_P) (ofNat similarity2_branch2_keys_Q) (Slice 11 3 6 inputs_domain z) (similarity2_branch2 r : Vec R → Vec R) :=
  similarity2_branch2_general (f1 := from7 r) (from7_keys_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity2_branch2` has Lipschitz constant 0 in `keys` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch2_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch2_keys_N) (ofNat similarity2_branch2_keys_D) (Slice 11 3 6 inputs_domain z) (similarity2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch2_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity2_branch2` in `extra` is `similarity2_branch2_extra_P / similarity2_branch2_extra_Q`. -/
def similarity2_branch2_extra_P : Nat := from7_extra_P

/-- Squared constant of `similarity2_branch2` in `extra` is `similarity2_branch2_extra_P / similarity2_branch2_extra_Q`. -/
def similarity2_branch2_extra_Q : Nat := from7_extra_Q

/-- Constant of `similarity2_branch2` in `extra` is `similarity2_branch2_extra_N / similarity2_branch2_extra_D`. -/
def similarity2_branch2_extra_N : Nat := 1

/-- Constant of `similarity2_branch2` in `extra` is `similarity2_branch2_extra_N / similarity2_branch2_extra_D`. -/
def similarity2_branch2_extra_D : Nat := 1

/-- `similarity2_branch2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity2_branch2_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch2_extra_P) (ofNat similarity2_branch2_extra_Q) (Slice 11 9 2 inputs_domain z) (similarity2_branch2 r : Vec R → Vec R) :=
  similarity2_branch2_general (f1 := from7 r) (from7_extra_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity2_branch2` has Lipschitz constant 1 in `extra` (rounded up; exactly
1/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch2_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch2_extra_N) (ofNat similarity2_branch2_extra_D) (Slice 11 9 2 inputs_domain z) (similarity2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch2_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `similarity2` (similarity, 11 → 1): x ↦ the score of similarity2_branch1 against similarity2_branch2. -/
noncomputable def similarity2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.similarity 1 2 (similarity2_branch1 r) (similarity2_branch2 r)

/-- Squared constant of `similarity2` in `query` is `similarity2_query_P / similarity2_query_Q`. -/
def similarity2_query_P : Nat := Nat.mul 0 0

/-- Squared constant of `similarity2` in `query` is `similarity2_query_P / similarity2_query_Q`. -/
def similarity2_query_Q : Nat := Nat.mul 1 1

/-- Layer `similarity2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity2_query_P) (ofNat similarity2_query_Q) (Slice 11 0 3 inputs_domain z) (similarity2 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_still_lipschitzOn_ofNat (b := 1) (d := 2) (similarity2_branch1_query_lipschitz r h1 h2 h3 h4 z) (similarity2_branch2_query_lipschitz r h1 h2 h3 h4 z))

/-- Squared constant of `similarity2` in `keys` is `similarity2_keys_P / similarity2_keys_Q`. -/
def similarity2_keys_P : Nat := Nat.mul 0 0

/-- Squared constant of `similarity2` in `keys` is `similarity2_keys_P / similarity2_keys_Q`. -/
def similarity2_keys_Q : Nat := Nat.mul 1 1

/-- Layer `similarity2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity2_keys_P) (ofNat similarity2_keys_Q) (Slice 11 3 6 inputs_domain z) (similarity2 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_still_lipschitzOn_ofNat (b := 1) (d := 2) (similarity2_branch1_keys_lipschitz r h1 h2 h3 h4 z) (similarity2_branch2_keys_lipschitz r h1 h2 h3 h4 z))

/-- Squared constant of `similarity2` in `extra` is `similarity2_extra_P / similarity2_extra_Q`. -/
def similarity2_extra_P : Nat := Nat.mul (Nat.add (Nat.mul (Nat.mul from7_A similarity2_branch1_extra_N) (Nat.mul from6_B similarity2_branch2_extra_D)) (Nat.mul (Nat.mul from6_A similarity2_branch2_extra_N) (Nat.mul from7_B similarity2_branch1_extra_D))) (Nat.add (Nat.mul (Nat.mul from7_A similarity2_branch1_extra_N) (Nat.mul from6_B similarity2_branch2_extra_D)) (Nat.mul (Nat.mul from6_A similarity2_branch2_extra_N) (Nat.mul from7_B similarity2_branch1_extra_D)))

/-- Squared constant of `similarity2` in `extra` is `similarity2_extra_P / similarity2_extra_Q`. -/
def similarity2_extra_Q : Nat := Nat.mul (Nat.mul (Nat.mul from7_B similarity2_branch1_extra_D) (Nat.mul from6_B similarity2_branch2_extra_D)) (Nat.mul (Nat.mul from7_B similarity2_branch1_extra_D) (Nat.mul from6_B similarity2_branch2_extra_D))

/-- Layer `similarity2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity2_extra_P) (ofNat similarity2_extra_Q) (Slice 11 9 2 inputs_domain z) (similarity2 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_lipschitzOn_ofNat (b := 1) (d := 2) (Eq.refl true) (similarity2_branch1_extra_lipschitz r h1 h2 h3 h4 z) (similarity2_branch2_extra_lipschitz r h1 h2 h3 h4 z) ((from6_boundedOn r h1 h2 h3 h4).mono (fun _ h => h.left)) ((from7_boundedOn r h1 h2 h3 h4).mono (fun _ h => h.left)))

/-- Values of `similarity2` are at most `similarity2_A / similarity2_B` long. -/
def similarity2_A : Nat := Nat.mul from6_A from7_A

/-- Values of `similarity2` are at most `similarity2_A / similarity2_B` long. -/
def similarity2_B : Nat := Nat.mul from6_B from7_B

/-- On the domain the values of `similarity2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem similarity2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 1 (ofNat similarity2_A) (ofNat similarity2_B) (inputs_domain : Vec R → Prop)
      (fun x => similarity2 r x) :=
  LipBridge.similarity_boundedOn_ofNat (b := 1) (d := 2) (Eq.refl true) (from6_boundedOn r h1 h2 h3 h4) (from7_boundedOn r h1 h2 h3 h4)

/-- Layer `linear5` (linear, 1 → 2): x ↦ Wx, W is 2×1. -/
noncomputable def linear5 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 1 linear5_weight.entry one (fun _ => zero)

/-- Squared constant of `linear5` is `linear5_P / linear5_Q`. -/
def linear5_P : Nat := linear5_weight_T

/-- Squared constant of `linear5` is `linear5_P / linear5_Q`. -/
def linear5_Q : Nat := Nat.mul linear5_weight_C (Nat.mul 1 1)

/-- Layer `linear5`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear5_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 1 2 (ofNat linear5_P) (ofNat linear5_Q) (linear5 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear5_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Values of `linear5` are at most `linear5_A / linear5_B` long. -/
def linear5_A : Nat := 266773301

/-- Values of `linear5` are at most `linear5_A / linear5_B` long. -/
def linear5_B : Nat := (Nat.pow 2 30)

/-- On the domain the values of `linear5`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear5_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 2 (ofNat linear5_A) (ofNat linear5_B) (inputs_domain : Vec R → Prop)
      (fun x => linear5 r (similarity2 r x)) :=
  LipBridge.BoundedOn.then (f := (fun x => similarity2 r x)) (g := linear5 r) (similarity2_boundedOn r h1 h2 h3 h4) (LipBridge.linear_normGain linear5_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Branch `concat2_branch2`: its layers in sequence. -/
noncomputable def concat2_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => linear5 r (similarity2 r x)

/-- What `concat2_branch2_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat2_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 1 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 1 2 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitzOn 11 2 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2)) S
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `concat2_branch2` in `query` is `concat2_branch2_query_P / concat2_branch2_query_Q`. -/
def concat2_branch2_query_P : Nat := Nat.mul similarity2_query_P linear5_P

/-- Squared constant of `concat2_branch2` in `query` is `concat2_branch2_query_P / concat2_branch2_query_Q`. -/
def concat2_branch2_query_Q : Nat := Nat.mul similarity2_query_Q linear5_Q

/-- Constant of `concat2_branch2` in `query` is `concat2_branch2_query_N / concat2_branch2_query_D`. -/
def concat2_branch2_query_N : Nat := 0

/-- Constant of `concat2_branch2` in `query` is `concat2_branch2_query_N / concat2_branch2_query_D`. -/
def concat2_branch2_query_D : Nat := 1

/-- `concat2_branch2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat2_branch2_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat2_branch2_query_P) (ofNat concat2_branch2_query_Q) (Slice 11 0 3 inputs_domain z) (concat2_branch2 r : Vec R → Vec R) :=
  concat2_branch2_general (f1 := similarity2 r) (f2 := linear5 r) (similarity2_query_sqLipschitz r h1 h2 h3 h4 z) (linear5_sqLipschitz r h1 h2 h3 h4)

/-- `concat2_branch2` has Lipschitz constant 0 in `query` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch2_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat2_branch2_query_N) (ofNat concat2_branch2_query_D) (Slice 11 0 3 inputs_domain z) (concat2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch2_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat2_branch2` in `keys` is `concat2_branch2_keys_P / concat2_branch2_keys_Q`. -/
def concat2_branch2_keys_P : Nat := Nat.mul similarity2_keys_P linear5_P

/-- Squared constant of `concat2_branch2` in `keys` is `concat2_branch2_keys_P / concat2_branch2_keys_Q`. -/
def concat2_branch2_keys_Q : Nat := Nat.mul similarity2_keys_Q linear5_Q

/-- Constant of `concat2_branch2` in `keys` is `concat2_branch2_keys_N / concat2_branch2_keys_D`. -/
def concat2_branch2_keys_N : Nat := 0

/-- Constant of `concat2_branch2` in `keys` is `concat2_branch2_keys_N / concat2_branch2_keys_D`. -/
def concat2_branch2_keys_D : Nat := 1

/-- `concat2_branch2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat2_branch2_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat2_branch2_keys_P) (ofNat concat2_branch2_keys_Q) (Slice 11 3 6 inputs_domain z) (concat2_branch2 r : Vec R → Vec R) :=
  concat2_branch2_general (f1 := similarity2 r) (f2 := linear5 r) (similarity2_keys_sqLipschitz r h1 h2 h3 h4 z) (linear5_sqLipschitz r h1 h2 h3 h4)

/-- `concat2_branch2` has Lipschitz constant 0 in `keys` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch2_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat2_branch2_keys_N) (ofNat concat2_branch2_keys_D) (Slice 11 3 6 inputs_domain z) (concat2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch2_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat2_branch2` in `extra` is `concat2_branch2_extra_P / concat2_branch2_extra_Q`. -/
def concat2_branch2_extra_P : Nat := Nat.mul similarity2_extra_P linear5_P

/-- Squared constant of `concat2_branch2` in `extra` is `concat2_branch2_extra_P / concat2_branch2_extra_Q`. -/
def concat2_branch2_extra_Q : Nat := Nat.mul similarity2_extra_Q linear5_Q

/-- Constant of `concat2_branch2` in `extra` is `concat2_branch2_extra_N / concat2_branch2_extra_D`. -/
def concat2_branch2_extra_N : Nat := 800319903

/-- Constant of `concat2_branch2` in `extra` is `concat2_branch2_extra_N / concat2_branch2_extra_D`. -/
def concat2_branch2_extra_D : Nat := (Nat.pow 2 29)

/-- `concat2_branch2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat2_branch2_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat2_branch2_extra_P) (ofNat concat2_branch2_extra_Q) (Slice 11 9 2 inputs_domain z) (concat2_branch2 r : Vec R → Vec R) :=
  concat2_branch2_general (f1 := similarity2 r) (f2 := linear5 r) (similarity2_extra_sqLipschitz r h1 h2 h3 h4 z) (linear5_sqLipschitz r h1 h2 h3 h4)

/-- `concat2_branch2` has Lipschitz constant 1.49071199 in `extra` (rounded up; exactly
800319903/(Nat.pow 2 29)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch2_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat2_branch2_extra_N) (ofNat concat2_branch2_extra_D) (Slice 11 9 2 inputs_domain z) (concat2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch2_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `concat2` (concat, 11 → 3): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  (LipBridge.concat 1 (concat2_branch1 r) (concat2_branch2 r))

/-- Squared constant of `concat2` in `query` is `concat2_query_P / concat2_query_Q`. -/
def concat2_query_P : Nat := (Nat.add (Nat.mul concat2_branch1_query_P concat2_branch2_query_Q) (Nat.mul concat2_branch2_query_P concat2_branch1_query_Q))

/-- Squared constant of `concat2` in `query` is `concat2_query_P / concat2_query_Q`. -/
def concat2_query_Q : Nat := (Nat.mul concat2_branch1_query_Q concat2_branch2_query_Q)

/-- Layer `concat2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat2_query_P) (ofNat concat2_query_Q) (Slice 11 0 3 inputs_domain z) (concat2 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (concat2_branch1_query_sqLipschitz r h1 h2 h3 h4 z) (concat2_branch2_query_sqLipschitz r h1 h2 h3 h4 z))

/-- Squared constant of `concat2` in `keys` is `concat2_keys_P / concat2_keys_Q`. -/
def concat2_keys_P : Nat := (Nat.add (Nat.mul concat2_branch1_keys_P concat2_branch2_keys_Q) (Nat.mul concat2_branch2_keys_P concat2_branch1_keys_Q))

/-- Squared constant of `concat2` in `keys` is `concat2_keys_P / concat2_keys_Q`. -/
def concat2_keys_Q : Nat := (Nat.mul concat2_branch1_keys_Q concat2_branch2_keys_Q)

/-- Layer `concat2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat2_keys_P) (ofNat concat2_keys_Q) (Slice 11 3 6 inputs_domain z) (concat2 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (concat2_branch1_keys_sqLipschitz r h1 h2 h3 h4 z) (concat2_branch2_keys_sqLipschitz r h1 h2 h3 h4 z))

/-- Squared constant of `concat2` in `extra` is `concat2_extra_P / concat2_extra_Q`. -/
def concat2_extra_P : Nat := (Nat.add (Nat.mul concat2_branch1_extra_P concat2_branch2_extra_Q) (Nat.mul concat2_branch2_extra_P concat2_branch1_extra_Q))

/-- Squared constant of `concat2` in `extra` is `concat2_extra_P / concat2_extra_Q`. -/
def concat2_extra_Q : Nat := (Nat.mul concat2_branch1_extra_Q concat2_branch2_extra_Q)

/-- Layer `concat2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat2_extra_P) (ofNat concat2_extra_Q) (Slice 11 9 2 inputs_domain z) (concat2 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (concat2_branch1_extra_sqLipschitz r h1 h2 h3 h4 z) (concat2_branch2_extra_sqLipschitz r h1 h2 h3 h4 z))

/-- Values of `concat2` are at most `concat2_A / concat2_B` long. -/
def concat2_A : Nat := 2792850185

/-- Values of `concat2` are at most `concat2_A / concat2_B` long. -/
def concat2_B : Nat := (Nat.pow 2 29)

/-- On the domain the values of `concat2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem concat2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 3 (ofNat concat2_A) (ofNat concat2_B) (inputs_domain : Vec R → Prop)
      (fun x => concat2 r x) :=
  LipBridge.SqBoundedOn.root (LipBridge.SqBoundedOn.concat (LipBridge.BoundedOn.squared (linear4_boundedOn r h1 h2 h3 h4)) (LipBridge.BoundedOn.squared (linear5_boundedOn r h1 h2 h3 h4))) (Eq.refl true) (Eq.refl true)

/-- Branch `sum1_branch3`: its layers in sequence. -/
noncomputable def sum1_branch3 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => concat2 r x

/-- What `sum1_branch3_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem sum1_branch3_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 3 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 11 3 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `sum1_branch3` in `query` is `sum1_branch3_query_P / sum1_branch3_query_Q`. -/
def sum1_branch3_query_P : Nat := concat2_query_P

/-- Squared constant of `sum1_branch3` in `query` is `sum1_branch3_query_P / sum1_branch3_query_Q`. -/
def sum1_branch3_query_Q : Nat := concat2_query_Q

/-- Constant of `sum1_branch3` in `query` is `sum1_branch3_query_N / sum1_branch3_query_D`. -/
def sum1_branch3_query_N : Nat := 3719550787

/-- Constant of `sum1_branch3` in `query` is `sum1_branch3_query_N / sum1_branch3_query_D`. -/
def sum1_branch3_query_D : Nat := (Nat.pow 2 31)

/-- `sum1_branch3` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch3_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch3_query_P) (ofNat sum1_branch3_query_Q) (Slice 11 0 3 inputs_domain z) (sum1_branch3 r : Vec R → Vec R) :=
  sum1_branch3_general (f1 := concat2 r) (concat2_query_sqLipschitz r h1 h2 h3 h4 z)

/-- `sum1_branch3` has Lipschitz constant 1.73205081 in `query` (rounded up; exactly
3719550787/(Nat.pow 2 31)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch3_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch3_query_N) (ofNat sum1_branch3_query_D) (Slice 11 0 3 inputs_domain z) (sum1_branch3 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch3_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `sum1_branch3` in `keys` is `sum1_branch3_keys_P / sum1_branch3_keys_Q`. -/
def sum1_branch3_keys_P : Nat := concat2_keys_P

/-- Squared constant of `sum1_branch3` in `keys` is `sum1_branch3_keys_P / sum1_branch3_keys_Q`. -/
def sum1_branch3_keys_Q : Nat := concat2_keys_Q

/-- Constant of `sum1_branch3` in `keys` is `sum1_branch3_keys_N / sum1_branch3_keys_D`. -/
def sum1_branch3_keys_N : Nat := 0

/-- Constant of `sum1_branch3` in `keys` is `sum1_branch3_keys_N / sum1_branch3_keys_D`. -/
def sum1_branch3_keys_D : Nat := 1

/-- `sum1_branch3` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch3_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch3_keys_P) (ofNat sum1_branch3_keys_Q) (Slice 11 3 6 inputs_domain z) (sum1_branch3 r : Vec R → Vec R) :=
  sum1_branch3_general (f1 := concat2 r) (concat2_keys_sqLipschitz r h1 h2 h3 h4 z)

/-- `sum1_branch3` has Lipschitz constant 0 in `keys` (rounded up; exactly
0/1): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch3_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch3_keys_N) (ofNat sum1_branch3_keys_D) (Slice 11 3 6 inputs_domain z) (sum1_branch3 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch3_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `sum1_branch3` in `extra` is `sum1_branch3_extra_P / sum1_branch3_extra_Q`. -/
def sum1_branch3_extra_P : Nat := concat2_extra_P

/-- Squared constant of `sum1_branch3` in `extra` is `sum1_branch3_extra_P / sum1_branch3_extra_Q`. -/
def sum1_branch3_extra_Q : Nat := concat2_extra_Q

/-- Constant of `sum1_branch3` in `extra` is `sum1_branch3_extra_N / sum1_branch3_extra_D`. -/
def sum1_branch3_extra_N : Nat := 800319903

/-- Constant of `sum1_branch3` in `extra` is `sum1_branch3_extra_N / sum1_branch3_extra_D`. -/
def sum1_branch3_extra_D : Nat := (Nat.pow 2 29)

/-- `sum1_branch3` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem sum1_branch3_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch3_extra_P) (ofNat sum1_branch3_extra_Q) (Slice 11 9 2 inputs_domain z) (sum1_branch3 r : Vec R → Vec R) :=
  sum1_branch3_general (f1 := concat2 r) (concat2_extra_sqLipschitz r h1 h2 h3 h4 z)

/-- `sum1_branch3` has Lipschitz constant 1.49071199 in `extra` (rounded up; exactly
800319903/(Nat.pow 2 29)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch3_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch3_extra_N) (ofNat sum1_branch3_extra_D) (Slice 11 9 2 inputs_domain z) (sum1_branch3 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch3_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `sum1` (sum, 11 → 3): x ↦ the sum of 3 branches of x. -/
noncomputable def sum1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  (fun x => LipBridge.vadd (LipBridge.vadd ((sum1_branch1 r) x) ((sum1_branch2 r) x)) ((sum1_branch3 r) x))

/-- Squared constant of `sum1` in `query` is `sum1_query_P / sum1_query_Q`. -/
def sum1_query_P : Nat := Nat.mul (Nat.add (Nat.mul (Nat.add (Nat.mul sum1_branch1_query_N sum1_branch2_query_D) (Nat.mul sum1_branch2_query_N sum1_branch1_query_D)) sum1_branch3_query_D) (Nat.mul sum1_branch3_query_N (Nat.mul sum1_branch1_query_D sum1_branch2_query_D))) (Nat.add (Nat.mul (Nat.add (Nat.mul sum1_branch1_query_N sum1_branch2_query_D) (Nat.mul sum1_branch2_query_N sum1_branch1_query_D)) sum1_branch3_query_D) (Nat.mul sum1_branch3_query_N (Nat.mul sum1_branch1_query_D sum1_branch2_query_D)))

/-- Squared constant of `sum1` in `query` is `sum1_query_P / sum1_query_Q`. -/
def sum1_query_Q : Nat := Nat.mul (Nat.mul (Nat.mul sum1_branch1_query_D sum1_branch2_query_D) sum1_branch3_query_D) (Nat.mul (Nat.mul sum1_branch1_query_D sum1_branch2_query_D) sum1_branch3_query_D)

/-- Layer `sum1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_query_P) (ofNat sum1_query_Q) (Slice 11 0 3 inputs_domain z) (sum1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat (LipBridge.sum_lipschitz_ofNat (sum1_branch1_query_lipschitz r h1 h2 h3 h4 z) (sum1_branch2_query_lipschitz r h1 h2 h3 h4 z)) (sum1_branch3_query_lipschitz r h1 h2 h3 h4 z))

/-- Squared constant of `sum1` in `keys` is `sum1_keys_P / sum1_keys_Q`. -/
def sum1_keys_P : Nat := Nat.mul (Nat.add (Nat.mul (Nat.add (Nat.mul sum1_branch1_keys_N sum1_branch2_keys_D) (Nat.mul sum1_branch2_keys_N sum1_branch1_keys_D)) sum1_branch3_keys_D) (Nat.mul sum1_branch3_keys_N (Nat.mul sum1_branch1_keys_D sum1_branch2_keys_D))) (Nat.add (Nat.mul (Nat.add (Nat.mul sum1_branch1_keys_N sum1_branch2_keys_D) (Nat.mul sum1_branch2_keys_N sum1_branch1_keys_D)) sum1_branch3_keys_D) (Nat.mul sum1_branch3_keys_N (Nat.mul sum1_branch1_keys_D sum1_branch2_keys_D)))

/-- Squared constant of `sum1` in `keys` is `sum1_keys_P / sum1_keys_Q`. -/
def sum1_keys_Q : Nat := Nat.mul (Nat.mul (Nat.mul sum1_branch1_keys_D sum1_branch2_keys_D) sum1_branch3_keys_D) (Nat.mul (Nat.mul sum1_branch1_keys_D sum1_branch2_keys_D) sum1_branch3_keys_D)

/-- Layer `sum1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_keys_P) (ofNat sum1_keys_Q) (Slice 11 3 6 inputs_domain z) (sum1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat (LipBridge.sum_lipschitz_ofNat (sum1_branch1_keys_lipschitz r h1 h2 h3 h4 z) (sum1_branch2_keys_lipschitz r h1 h2 h3 h4 z)) (sum1_branch3_keys_lipschitz r h1 h2 h3 h4 z))

/-- Squared constant of `sum1` in `extra` is `sum1_extra_P / sum1_extra_Q`. -/
def sum1_extra_P : Nat := Nat.mul (Nat.add (Nat.mul (Nat.add (Nat.mul sum1_branch1_extra_N sum1_branch2_extra_D) (Nat.mul sum1_branch2_extra_N sum1_branch1_extra_D)) sum1_branch3_extra_D) (Nat.mul sum1_branch3_extra_N (Nat.mul sum1_branch1_extra_D sum1_branch2_extra_D))) (Nat.add (Nat.mul (Nat.add (Nat.mul sum1_branch1_extra_N sum1_branch2_extra_D) (Nat.mul sum1_branch2_extra_N sum1_branch1_extra_D)) sum1_branch3_extra_D) (Nat.mul sum1_branch3_extra_N (Nat.mul sum1_branch1_extra_D sum1_branch2_extra_D)))

/-- Squared constant of `sum1` in `extra` is `sum1_extra_P / sum1_extra_Q`. -/
def sum1_extra_Q : Nat := Nat.mul (Nat.mul (Nat.mul sum1_branch1_extra_D sum1_branch2_extra_D) sum1_branch3_extra_D) (Nat.mul (Nat.mul sum1_branch1_extra_D sum1_branch2_extra_D) sum1_branch3_extra_D)

/-- Layer `sum1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_extra_P) (ofNat sum1_extra_Q) (Slice 11 9 2 inputs_domain z) (sum1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat (LipBridge.sum_lipschitz_ofNat (sum1_branch1_extra_lipschitz r h1 h2 h3 h4 z) (sum1_branch2_extra_lipschitz r h1 h2 h3 h4 z)) (sum1_branch3_extra_lipschitz r h1 h2 h3 h4 z))

/-- Values of `sum1` are at most `sum1_A / sum1_B` long. -/
def sum1_A : Nat := (Nat.add (Nat.mul (Nat.add (Nat.mul mean_pool1_A abs1_B) (Nat.mul abs1_A mean_pool1_B)) concat2_B) (Nat.mul concat2_A (Nat.mul mean_pool1_B abs1_B)))

/-- Values of `sum1` are at most `sum1_A / sum1_B` long. -/
def sum1_B : Nat := (Nat.mul (Nat.mul mean_pool1_B abs1_B) concat2_B)

/-- On the domain the values of `sum1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem sum1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    BoundedOn 1 3 (ofNat sum1_A) (ofNat sum1_B) (inputs_domain : Vec R → Prop)
      (fun x => sum1 r x) :=
  (LipBridge.BoundedOn.plus (LipBridge.BoundedOn.plus (mean_pool1_boundedOn r h1 h2 h3 h4) (abs1_boundedOn r h1 h2 h3 h4)) (concat2_boundedOn r h1 h2 h3 h4))

/-- Branch `similarity1_branch2`: its layers in sequence. -/
noncomputable def similarity1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => sum1 r x

/-- What `similarity1_branch2_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem similarity1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 3 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 11 3 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `similarity1_branch2` in `query` is `similarity1_branch2_query_P / similarity1_branch2_query_Q`. -/
def similarity1_branch2_query_P : Nat := sum1_query_P

/-- Squared constant of `similarity1_branch2` in `query` is `similarity1_branch2_query_P / similarity1_branch2_query_Q`. -/
def similarity1_branch2_query_Q : Nat := sum1_query_Q

/-- Constant of `similarity1_branch2` in `query` is `similarity1_branch2_query_N / similarity1_branch2_query_D`. -/
def similarity1_branch2_query_N : Nat := 3719550787

/-- Constant of `similarity1_branch2` in `query` is `similarity1_branch2_query_N / similarity1_branch2_query_D`. -/
def similarity1_branch2_query_D : Nat := (Nat.pow 2 31)

/-- `similarity1_branch2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch2_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch2_query_P) (ofNat similarity1_branch2_query_Q) (Slice 11 0 3 inputs_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  similarity1_branch2_general (f1 := sum1 r) (sum1_query_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity1_branch2` has Lipschitz constant 1.73205081 in `query` (rounded up; exactly
3719550787/(Nat.pow 2 31)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch2_query_N) (ofNat similarity1_branch2_query_D) (Slice 11 0 3 inputs_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity1_branch2` in `keys` is `similarity1_branch2_keys_P / similarity1_branch2_keys_Q`. -/
def similarity1_branch2_keys_P : Nat := sum1_keys_P

/-- Squared constant of `similarity1_branch2` in `keys` is `similarity1_branch2_keys_P / similarity1_branch2_keys_Q`. -/
def similarity1_branch2_keys_Q : Nat := sum1_keys_Q

/-- Constant of `similarity1_branch2` in `keys` is `similarity1_branch2_keys_N / similarity1_branch2_keys_D`. -/
def similarity1_branch2_keys_N : Nat := 8850468049

/-- Constant of `similarity1_branch2` in `keys` is `similarity1_branch2_keys_N / similarity1_branch2_keys_D`. -/
def similarity1_branch2_keys_D : Nat := (Nat.pow 2 31)

/-- `similarity1_branch2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch2_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch2_keys_P) (ofNat similarity1_branch2_keys_Q) (Slice 11 3 6 inputs_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  similarity1_branch2_general (f1 := sum1 r) (sum1_keys_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity1_branch2` has Lipschitz constant 4.12132035 in `keys` (rounded up; exactly
8850468049/(Nat.pow 2 31)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch2_keys_N) (ofNat similarity1_branch2_keys_D) (Slice 11 3 6 inputs_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity1_branch2` in `extra` is `similarity1_branch2_extra_P / similarity1_branch2_extra_Q`. -/
def similarity1_branch2_extra_P : Nat := sum1_extra_P

/-- Squared constant of `similarity1_branch2` in `extra` is `similarity1_branch2_extra_P / similarity1_branch2_extra_Q`. -/
def similarity1_branch2_extra_Q : Nat := sum1_extra_Q

/-- Constant of `similarity1_branch2` in `extra` is `similarity1_branch2_extra_N / similarity1_branch2_extra_D`. -/
def similarity1_branch2_extra_N : Nat := 800319903

/-- Constant of `similarity1_branch2` in `extra` is `similarity1_branch2_extra_N / similarity1_branch2_extra_D`. -/
def similarity1_branch2_extra_D : Nat := (Nat.pow 2 29)

/-- `similarity1_branch2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch2_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch2_extra_P) (ofNat similarity1_branch2_extra_Q) (Slice 11 9 2 inputs_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  similarity1_branch2_general (f1 := sum1 r) (sum1_extra_sqLipschitz r h1 h2 h3 h4 z)

/-- `similarity1_branch2` has Lipschitz constant 1.49071199 in `extra` (rounded up; exactly
800319903/(Nat.pow 2 29)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch2_extra_N) (ofNat similarity1_branch2_extra_D) (Slice 11 9 2 inputs_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Layer `similarity1` (similarity, 11 → 1): x ↦ the score of similarity1_branch1 against similarity1_branch2. -/
noncomputable def similarity1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.similarity 1 3 (similarity1_branch1 r) (similarity1_branch2 r)

/-- Squared constant of `similarity1` in `query` is `similarity1_query_P / similarity1_query_Q`. -/
def similarity1_query_P : Nat := Nat.mul (Nat.add (Nat.mul (Nat.mul sum1_A similarity1_branch1_query_N) (Nat.mul concat1_B similarity1_branch2_query_D)) (Nat.mul (Nat.mul concat1_A similarity1_branch2_query_N) (Nat.mul sum1_B similarity1_branch1_query_D))) (Nat.add (Nat.mul (Nat.mul sum1_A similarity1_branch1_query_N) (Nat.mul concat1_B similarity1_branch2_query_D)) (Nat.mul (Nat.mul concat1_A similarity1_branch2_query_N) (Nat.mul sum1_B similarity1_branch1_query_D)))

/-- Squared constant of `similarity1` in `query` is `similarity1_query_P / similarity1_query_Q`. -/
def similarity1_query_Q : Nat := Nat.mul (Nat.mul (Nat.mul sum1_B similarity1_branch1_query_D) (Nat.mul concat1_B similarity1_branch2_query_D)) (Nat.mul (Nat.mul sum1_B similarity1_branch1_query_D) (Nat.mul concat1_B similarity1_branch2_query_D))

/-- Layer `similarity1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity1_query_P) (ofNat similarity1_query_Q) (Slice 11 0 3 inputs_domain z) (similarity1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_lipschitzOn_ofNat (b := 1) (d := 3) (Eq.refl true) (similarity1_branch1_query_lipschitz r h1 h2 h3 h4 z) (similarity1_branch2_query_lipschitz r h1 h2 h3 h4 z) ((concat1_boundedOn r h1 h2 h3 h4).mono (fun _ h => h.left)) ((sum1_boundedOn r h1 h2 h3 h4).mono (fun _ h => h.left)))

/-- Squared constant of `similarity1` in `keys` is `similarity1_keys_P / similarity1_keys_Q`. -/
def similarity1_keys_P : Nat := Nat.mul (Nat.mul concat1_A similarity1_branch2_keys_N) (Nat.mul concat1_A similarity1_branch2_keys_N)

/-- Squared constant of `similarity1` in `keys` is `similarity1_keys_P / similarity1_keys_Q`. -/
def similarity1_keys_Q : Nat := Nat.mul (Nat.mul concat1_B similarity1_branch2_keys_D) (Nat.mul concat1_B similarity1_branch2_keys_D)

/-- Layer `similarity1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity1_keys_P) (ofNat similarity1_keys_Q) (Slice 11 3 6 inputs_domain z) (similarity1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_keys_lipschitzOn_ofNat (b := 1) (d := 3) (Eq.refl true) (similarity1_branch1_keys_lipschitz r h1 h2 h3 h4 z) (similarity1_branch2_keys_lipschitz r h1 h2 h3 h4 z) ((concat1_boundedOn r h1 h2 h3 h4).mono (fun _ h => h.left)))

/-- Squared constant of `similarity1` in `extra` is `similarity1_extra_P / similarity1_extra_Q`. -/
def similarity1_extra_P : Nat := Nat.mul (Nat.add (Nat.mul (Nat.mul sum1_A similarity1_branch1_extra_N) (Nat.mul concat1_B similarity1_branch2_extra_D)) (Nat.mul (Nat.mul concat1_A similarity1_branch2_extra_N) (Nat.mul sum1_B similarity1_branch1_extra_D))) (Nat.add (Nat.mul (Nat.mul sum1_A similarity1_branch1_extra_N) (Nat.mul concat1_B similarity1_branch2_extra_D)) (Nat.mul (Nat.mul concat1_A similarity1_branch2_extra_N) (Nat.mul sum1_B similarity1_branch1_extra_D)))

/-- Squared constant of `similarity1` in `extra` is `similarity1_extra_P / similarity1_extra_Q`. -/
def similarity1_extra_Q : Nat := Nat.mul (Nat.mul (Nat.mul sum1_B similarity1_branch1_extra_D) (Nat.mul concat1_B similarity1_branch2_extra_D)) (Nat.mul (Nat.mul sum1_B similarity1_branch1_extra_D) (Nat.mul concat1_B similarity1_branch2_extra_D))

/-- Layer `similarity1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity1_extra_P) (ofNat similarity1_extra_Q) (Slice 11 9 2 inputs_domain z) (similarity1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_lipschitzOn_ofNat (b := 1) (d := 3) (Eq.refl true) (similarity1_branch1_extra_lipschitz r h1 h2 h3 h4 z) (similarity1_branch2_extra_lipschitz r h1 h2 h3 h4 z) ((concat1_boundedOn r h1 h2 h3 h4).mono (fun _ h => h.left)) ((sum1_boundedOn r h1 h2 h3 h4).mono (fun _ h => h.left)))

/-- Layer `scale2` (scale, 1 → 1): x ↦ c·x, c = 2. -/
noncomputable def scale2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.scale (mul (ofInt (Int.ofNat 2)) one)

/-- Squared constant of `scale2` is `scale2_P / scale2_Q`. -/
def scale2_P : Nat := 4

/-- Squared constant of `scale2` is `scale2_P / scale2_Q`. -/
def scale2_Q : Nat := 1

/-- Layer `scale2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitz 1 1 (ofNat scale2_P) (ofNat scale2_Q) (scale2 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 1 LipBridge.ofNat_one_mul_one

/-- The network `inputs`: its layers in sequence. -/
noncomputable def inputs {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => scale2 r (similarity1 r x)

/-- What `inputs_query_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem inputs_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 11 1 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 1 1 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitzOn 11 1 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2)) S
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `inputs` in `query` is `inputs_query_P / inputs_query_Q`. -/
def inputs_query_P : Nat := Nat.mul similarity1_query_P scale2_P

/-- Squared constant of `inputs` in `query` is `inputs_query_P / inputs_query_Q`. -/
def inputs_query_Q : Nat := Nat.mul similarity1_query_Q scale2_Q

/-- Constant of `inputs` in `query` is `inputs_query_N / inputs_query_D`. -/
def inputs_query_N : Nat := 6289897457

/-- Constant of `inputs` in `query` is `inputs_query_N / inputs_query_D`. -/
def inputs_query_D : Nat := (Nat.pow 2 26)

/-- `inputs` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem inputs_query_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat inputs_query_P) (ofNat inputs_query_Q) (Slice 11 0 3 inputs_domain z) (inputs r : Vec R → Vec R) :=
  inputs_general (f1 := similarity1 r) (f2 := scale2 r) (similarity1_query_sqLipschitz r h1 h2 h3 h4 z) (scale2_sqLipschitz r h1 h2 h3 h4)

/-- `inputs` has Lipschitz constant 93.7267759 in `query` (rounded up; exactly
6289897457/(Nat.pow 2 26)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem inputs_query_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 1 (ofNat inputs_query_N) (ofNat inputs_query_D) (Slice 11 0 3 inputs_domain z) (inputs r : Vec R → Vec R) :=
  LipschitzOn.ofSq (inputs_query_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `inputs` in `keys` is `inputs_keys_P / inputs_keys_Q`. -/
def inputs_keys_P : Nat := Nat.mul similarity1_keys_P scale2_P

/-- Squared constant of `inputs` in `keys` is `inputs_keys_P / inputs_keys_Q`. -/
def inputs_keys_Q : Nat := Nat.mul similarity1_keys_Q scale2_Q

/-- Constant of `inputs` in `keys` is `inputs_keys_N / inputs_keys_D`. -/
def inputs_keys_N : Nat := 8588302549

/-- Constant of `inputs` in `keys` is `inputs_keys_N / inputs_keys_D`. -/
def inputs_keys_D : Nat := (Nat.pow 2 27)

/-- `inputs` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem inputs_keys_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat inputs_keys_P) (ofNat inputs_keys_Q) (Slice 11 3 6 inputs_domain z) (inputs r : Vec R → Vec R) :=
  inputs_general (f1 := similarity1 r) (f2 := scale2 r) (similarity1_keys_sqLipschitz r h1 h2 h3 h4 z) (scale2_sqLipschitz r h1 h2 h3 h4)

/-- `inputs` has Lipschitz constant 63.9878404 in `keys` (rounded up; exactly
8588302549/(Nat.pow 2 27)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem inputs_keys_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 1 (ofNat inputs_keys_N) (ofNat inputs_keys_D) (Slice 11 3 6 inputs_domain z) (inputs r : Vec R → Vec R) :=
  LipschitzOn.ofSq (inputs_keys_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `inputs` in `extra` is `inputs_extra_P / inputs_extra_Q`. -/
def inputs_extra_P : Nat := Nat.mul similarity1_extra_P scale2_P

/-- Squared constant of `inputs` in `extra` is `inputs_extra_P / inputs_extra_Q`. -/
def inputs_extra_Q : Nat := Nat.mul similarity1_extra_Q scale2_Q

/-- Constant of `inputs` in `extra` is `inputs_extra_N / inputs_extra_D`. -/
def inputs_extra_N : Nat := 8775882937

/-- Constant of `inputs` in `extra` is `inputs_extra_N / inputs_extra_D`. -/
def inputs_extra_D : Nat := (Nat.pow 2 28)

/-- `inputs` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem inputs_extra_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat inputs_extra_P) (ofNat inputs_extra_Q) (Slice 11 9 2 inputs_domain z) (inputs r : Vec R → Vec R) :=
  inputs_general (f1 := similarity1 r) (f2 := scale2 r) (similarity1_extra_sqLipschitz r h1 h2 h3 h4 z) (scale2_sqLipschitz r h1 h2 h3 h4)

/-- `inputs` has Lipschitz constant 32.6927116 in `extra` (rounded up; exactly
8775882937/(Nat.pow 2 28)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z outside of `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem inputs_extra_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) (z : Vec R) :
    LipschitzOn 11 1 (ofNat inputs_extra_N) (ofNat inputs_extra_D) (Slice 11 9 2 inputs_domain z) (inputs r : Vec R → Vec R) :=
  LipschitzOn.ofSq (inputs_extra_sqLipschitz r h1 h2 h3 h4 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `inputs` in all inputs together is `inputs_P / inputs_Q`: the squares add. -/
def inputs_P : Nat := (Nat.add (Nat.mul (Nat.add (Nat.mul inputs_query_P inputs_keys_Q) (Nat.mul inputs_keys_P inputs_query_Q)) inputs_extra_Q) (Nat.mul inputs_extra_P (Nat.mul inputs_query_Q inputs_keys_Q)))

/-- Squared constant of `inputs` in all inputs together is `inputs_P / inputs_Q`: the squares add. -/
def inputs_Q : Nat := (Nat.mul (Nat.mul inputs_query_Q inputs_keys_Q) inputs_extra_Q)

/-- Constant of `inputs` in all inputs together is `inputs_N / inputs_D`. -/
def inputs_N : Nat := 1981414469

/-- Constant of `inputs` in all inputs together is `inputs_N / inputs_D`. -/
def inputs_D : Nat := (Nat.pow 2 24)

/-- `inputs` in all inputs together: Q·‖f x − f y‖² ≤ P·‖x − y‖² on the domain. -/
theorem inputs_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    SqLipschitzOn 11 1 (ofNat inputs_P) (ofNat inputs_Q) (inputs_domain : Vec R → Prop) (inputs r : Vec R → Vec R) :=
  SqLipschitzOn.ofSlices (SqLipschitzOn.join_ofNat (fun x y hx hy => ⟨(InBall.splice_below (Eq.refl true) hy.left), (InBall.splice_below (Eq.refl true) hy.right.left), (InBall.splice_from (Eq.refl true) hx.right.right)⟩) (SqLipschitzOn.join_ofNat (fun x y hx hy => ⟨(InBall.splice_below (Eq.refl true) hy.left), (InBall.splice_from (Eq.refl true) hx.right.left), (InBall.splice_from (Eq.refl true) hx.right.right)⟩) (inputs_query_sqLipschitz r h1 h2 h3 h4) (inputs_keys_sqLipschitz r h1 h2 h3 h4)) (inputs_extra_sqLipschitz r h1 h2 h3 h4))

/-- `inputs` has Lipschitz constant 118.101506 in all inputs together (rounded up; exactly
1981414469/(Nat.pow 2 24)): for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem inputs_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 7) (r 7)) one) (h4 : Eq (mul (ofNat 10) (r 10)) one) :
    LipschitzOn 11 1 (ofNat inputs_N) (ofNat inputs_D) (inputs_domain : Vec R → Prop) (inputs r : Vec R → Vec R) :=
  LipschitzOn.ofSq (inputs_sqLipschitz r h1 h2 h3 h4) (Eq.refl true) (Eq.refl true)

end Inputs
