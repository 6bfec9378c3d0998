import LipBridge
import Blocks.Data.linear1_weight
import Blocks.Data.linear2_weight
import Blocks.Data.linear3_weight
import Blocks.Data.linear4_weight
import Blocks.Data.linear4_bias
import Blocks.Data.linear5_weight
import Blocks.Data.linear6_weight
import Blocks.Data.linear7_weight
/-!
# The network `blocks`

9 → 8. Exported by lipbridge 0.1.0.

Vectors are functions of the index; a block of tokens is one vector, token after token. In a ring `R`
the weights are `n · r d`: integers `n` of the data modules times the element `r d` with
`d · r d = 1`; over the real numbers `r d` is `1/d`.
-/

set_option autoImplicit false
-- Every layer takes all hypotheses of the network, whether it needs them or not.
set_option linter.unusedVariables false

universe u

namespace Blocks

open LipBridge

/-- Where the inputs lie: ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3. -/
def blocks_domain {R : Type u} [OrderedRing R] : Vec R → Prop :=
  (fun x => And (InBall 0 1 3 3 2 x) (And (InBall 3 2 2 2 1 x) (InBall 7 1 2 1 3 x)))

/-- Layer `from1` (from, 9 → 4): the input queries, entries 3 to 6 of the stacked inputs. -/
noncomputable def from1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 3

/-- Squared constant of `from1` in `state` is `from1_state_P / from1_state_Q`. -/
def from1_state_P : Nat := 0

/-- Squared constant of `from1` in `state` is `from1_state_P / from1_state_Q`. -/
def from1_state_Q : Nat := 1

/-- Layer `from1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat from1_state_P) (ofNat from1_state_Q) (Slice 9 0 3 blocks_domain z) (from1 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from1` in `queries` is `from1_queries_P / from1_queries_Q`. -/
def from1_queries_P : Nat := 1

/-- Squared constant of `from1` in `queries` is `from1_queries_P / from1_queries_Q`. -/
def from1_queries_Q : Nat := 1

/-- Layer `from1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat from1_queries_P) (ofNat from1_queries_Q) (Slice 9 3 4 blocks_domain z) (from1 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 3) (m := 4) (Eq.refl true)).on _

/-- Squared constant of `from1` in `key` is `from1_key_P / from1_key_Q`. -/
def from1_key_P : Nat := 0

/-- Squared constant of `from1` in `key` is `from1_key_P / from1_key_Q`. -/
def from1_key_Q : Nat := 1

/-- Layer `from1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat from1_key_P) (ofNat from1_key_Q) (Slice 9 7 2 blocks_domain z) (from1 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from1` are at most `from1_A / from1_B` long, each token. -/
def from1_A : Nat := 2

/-- Values of `from1` are at most `from1_A / from1_B` long, each token. -/
def from1_B : Nat := 1

/-- On the domain the values of `from1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 2 2 (ofNat from1_A) (ofNat from1_B) (blocks_domain : Vec R → Prop)
      (fun x => from1 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.left)

/-- Layer `linear1` (linear, 4 → 4): x ↦ Wx, W is 2×2, on each of 2 tokens. -/
noncomputable def linear1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.tokenwise 2 2 2 (LipBridge.linear 2 linear1_weight.entry (r 2) (fun _ => zero))

/-- Squared constant of `linear1` is `linear1_P / linear1_Q`. -/
def linear1_P : Nat := linear1_weight_T

/-- Squared constant of `linear1` is `linear1_P / linear1_Q`. -/
def linear1_Q : Nat := Nat.mul linear1_weight_C (Nat.mul 2 2)

/-- Layer `linear1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 4 4 (ofNat linear1_P) (ofNat linear1_Q) (linear1 r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2 (LipBridge.linear_sqLipschitz linear1_weight_norm h1 (fun _ => zero))

/-- Values of `linear1` are at most `linear1_A / linear1_B` long, each token. -/
def linear1_A : Nat := 2448965019

/-- Values of `linear1` are at most `linear1_A / linear1_B` long, each token. -/
def linear1_B : Nat := (Nat.pow 2 29)

/-- On the domain the values of `linear1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 2 2 (ofNat linear1_A) (ofNat linear1_B) (blocks_domain : Vec R → Prop)
      (fun x => linear1 r (from1 r x)) :=
  LipBridge.BoundedOn.tokenwise (f := (fun x => from1 r x)) (from1_boundedOn r h1 h2) (LipBridge.linear_normGain linear1_weight_norm h1) (Eq.refl true) (Eq.refl true)

/-- Branch `scores1_branch1`: its layers in sequence. -/
noncomputable def scores1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => linear1 r (from1 r x)

/-- What `scores1_branch1_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scores1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 4 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 4 4 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitzOn 9 4 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2)) S
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `scores1_branch1` in `state` is `scores1_branch1_state_P / scores1_branch1_state_Q`. -/
def scores1_branch1_state_P : Nat := Nat.mul from1_state_P linear1_P

/-- Squared constant of `scores1_branch1` in `state` is `scores1_branch1_state_P / scores1_branch1_state_Q`. -/
def scores1_branch1_state_Q : Nat := Nat.mul from1_state_Q linear1_Q

/-- Constant of `scores1_branch1` in `state` is `scores1_branch1_state_N / scores1_branch1_state_D`. -/
def scores1_branch1_state_N : Nat := 0

/-- Constant of `scores1_branch1` in `state` is `scores1_branch1_state_N / scores1_branch1_state_D`. -/
def scores1_branch1_state_D : Nat := 1

/-- `scores1_branch1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores1_branch1_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat scores1_branch1_state_P) (ofNat scores1_branch1_state_Q) (Slice 9 0 3 blocks_domain z) (scores1_branch1 r : Vec R → Vec R) :=
  scores1_branch1_general (f1 := from1 r) (f2 := linear1 r) (from1_state_sqLipschitz r h1 h2 z) (linear1_sqLipschitz r h1 h2)

/-- `scores1_branch1` has Lipschitz constant 0 in `state` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch1_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 4 (ofNat scores1_branch1_state_N) (ofNat scores1_branch1_state_D) (Slice 9 0 3 blocks_domain z) (scores1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch1_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores1_branch1` in `queries` is `scores1_branch1_queries_P / scores1_branch1_queries_Q`. -/
def scores1_branch1_queries_P : Nat := Nat.mul from1_queries_P linear1_P

/-- Squared constant of `scores1_branch1` in `queries` is `scores1_branch1_queries_P / scores1_branch1_queries_Q`. -/
def scores1_branch1_queries_Q : Nat := Nat.mul from1_queries_Q linear1_Q

/-- Constant of `scores1_branch1` in `queries` is `scores1_branch1_queries_N / scores1_branch1_queries_D`. -/
def scores1_branch1_queries_N : Nat := 2448965019

/-- Constant of `scores1_branch1` in `queries` is `scores1_branch1_queries_N / scores1_branch1_queries_D`. -/
def scores1_branch1_queries_D : Nat := (Nat.pow 2 30)

/-- `scores1_branch1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores1_branch1_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat scores1_branch1_queries_P) (ofNat scores1_branch1_queries_Q) (Slice 9 3 4 blocks_domain z) (scores1_branch1 r : Vec R → Vec R) :=
  scores1_branch1_general (f1 := from1 r) (f2 := linear1 r) (from1_queries_sqLipschitz r h1 h2 z) (linear1_sqLipschitz r h1 h2)

/-- `scores1_branch1` has Lipschitz constant 2.28077641 in `queries` (rounded up; exactly
2448965019/(Nat.pow 2 30)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch1_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 4 (ofNat scores1_branch1_queries_N) (ofNat scores1_branch1_queries_D) (Slice 9 3 4 blocks_domain z) (scores1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch1_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores1_branch1` in `key` is `scores1_branch1_key_P / scores1_branch1_key_Q`. -/
def scores1_branch1_key_P : Nat := Nat.mul from1_key_P linear1_P

/-- Squared constant of `scores1_branch1` in `key` is `scores1_branch1_key_P / scores1_branch1_key_Q`. -/
def scores1_branch1_key_Q : Nat := Nat.mul from1_key_Q linear1_Q

/-- Constant of `scores1_branch1` in `key` is `scores1_branch1_key_N / scores1_branch1_key_D`. -/
def scores1_branch1_key_N : Nat := 0

/-- Constant of `scores1_branch1` in `key` is `scores1_branch1_key_N / scores1_branch1_key_D`. -/
def scores1_branch1_key_D : Nat := 1

/-- `scores1_branch1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores1_branch1_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat scores1_branch1_key_P) (ofNat scores1_branch1_key_Q) (Slice 9 7 2 blocks_domain z) (scores1_branch1 r : Vec R → Vec R) :=
  scores1_branch1_general (f1 := from1 r) (f2 := linear1 r) (from1_key_sqLipschitz r h1 h2 z) (linear1_sqLipschitz r h1 h2)

/-- `scores1_branch1` has Lipschitz constant 0 in `key` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch1_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 4 (ofNat scores1_branch1_key_N) (ofNat scores1_branch1_key_D) (Slice 9 7 2 blocks_domain z) (scores1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch1_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from2` (from, 9 → 2): the input key, entries 7 to 8 of the stacked inputs. -/
noncomputable def from2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 7

/-- Squared constant of `from2` in `state` is `from2_state_P / from2_state_Q`. -/
def from2_state_P : Nat := 0

/-- Squared constant of `from2` in `state` is `from2_state_P / from2_state_Q`. -/
def from2_state_Q : Nat := 1

/-- Layer `from2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat from2_state_P) (ofNat from2_state_Q) (Slice 9 0 3 blocks_domain z) (from2 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from2` in `queries` is `from2_queries_P / from2_queries_Q`. -/
def from2_queries_P : Nat := 0

/-- Squared constant of `from2` in `queries` is `from2_queries_P / from2_queries_Q`. -/
def from2_queries_Q : Nat := 1

/-- Layer `from2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat from2_queries_P) (ofNat from2_queries_Q) (Slice 9 3 4 blocks_domain z) (from2 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from2` in `key` is `from2_key_P / from2_key_Q`. -/
def from2_key_P : Nat := 1

/-- Squared constant of `from2` in `key` is `from2_key_P / from2_key_Q`. -/
def from2_key_Q : Nat := 1

/-- Layer `from2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat from2_key_P) (ofNat from2_key_Q) (Slice 9 7 2 blocks_domain z) (from2 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 7) (m := 2) (Eq.refl true)).on _

/-- Values of `from2` are at most `from2_A / from2_B` long. -/
def from2_A : Nat := 1

/-- Values of `from2` are at most `from2_A / from2_B` long. -/
def from2_B : Nat := 3

/-- On the domain the values of `from2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 2 (ofNat from2_A) (ofNat from2_B) (blocks_domain : Vec R → Prop)
      (fun x => from2 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Branch `scores1_branch2`: its layers in sequence. -/
noncomputable def scores1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => from2 r x

/-- What `scores1_branch2_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scores1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 2 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 9 2 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `scores1_branch2` in `state` is `scores1_branch2_state_P / scores1_branch2_state_Q`. -/
def scores1_branch2_state_P : Nat := from2_state_P

/-- Squared constant of `scores1_branch2` in `state` is `scores1_branch2_state_P / scores1_branch2_state_Q`. -/
def scores1_branch2_state_Q : Nat := from2_state_Q

/-- Constant of `scores1_branch2` in `state` is `scores1_branch2_state_N / scores1_branch2_state_D`. -/
def scores1_branch2_state_N : Nat := 0

/-- Constant of `scores1_branch2` in `state` is `scores1_branch2_state_N / scores1_branch2_state_D`. -/
def scores1_branch2_state_D : Nat := 1

/-- `scores1_branch2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores1_branch2_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_branch2_state_P) (ofNat scores1_branch2_state_Q) (Slice 9 0 3 blocks_domain z) (scores1_branch2 r : Vec R → Vec R) :=
  scores1_branch2_general (f1 := from2 r) (from2_state_sqLipschitz r h1 h2 z)

/-- `scores1_branch2` has Lipschitz constant 0 in `state` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch2_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores1_branch2_state_N) (ofNat scores1_branch2_state_D) (Slice 9 0 3 blocks_domain z) (scores1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch2_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores1_branch2` in `queries` is `scores1_branch2_queries_P / scores1_branch2_queries_Q`. -/
def scores1_branch2_queries_P : Nat := from2_queries_P

/-- Squared constant of `scores1_branch2` in `queries` is `scores1_branch2_queries_P / scores1_branch2_queries_Q`. -/
def scores1_branch2_queries_Q : Nat := from2_queries_Q

/-- Constant of `scores1_branch2` in `queries` is `scores1_branch2_queries_N / scores1_branch2_queries_D`. -/
def scores1_branch2_queries_N : Nat := 0

/-- Constant of `scores1_branch2` in `queries` is `scores1_branch2_queries_N / scores1_branch2_queries_D`. -/
def scores1_branch2_queries_D : Nat := 1

/-- `scores1_branch2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores1_branch2_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_branch2_queries_P) (ofNat scores1_branch2_queries_Q) (Slice 9 3 4 blocks_domain z) (scores1_branch2 r : Vec R → Vec R) :=
  scores1_branch2_general (f1 := from2 r) (from2_queries_sqLipschitz r h1 h2 z)

/-- `scores1_branch2` has Lipschitz constant 0 in `queries` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch2_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores1_branch2_queries_N) (ofNat scores1_branch2_queries_D) (Slice 9 3 4 blocks_domain z) (scores1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch2_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores1_branch2` in `key` is `scores1_branch2_key_P / scores1_branch2_key_Q`. -/
def scores1_branch2_key_P : Nat := from2_key_P

/-- Squared constant of `scores1_branch2` in `key` is `scores1_branch2_key_P / scores1_branch2_key_Q`. -/
def scores1_branch2_key_Q : Nat := from2_key_Q

/-- Constant of `scores1_branch2` in `key` is `scores1_branch2_key_N / scores1_branch2_key_D`. -/
def scores1_branch2_key_N : Nat := 1

/-- Constant of `scores1_branch2` in `key` is `scores1_branch2_key_N / scores1_branch2_key_D`. -/
def scores1_branch2_key_D : Nat := 1

/-- `scores1_branch2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores1_branch2_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_branch2_key_P) (ofNat scores1_branch2_key_Q) (Slice 9 7 2 blocks_domain z) (scores1_branch2 r : Vec R → Vec R) :=
  scores1_branch2_general (f1 := from2 r) (from2_key_sqLipschitz r h1 h2 z)

/-- `scores1_branch2` has Lipschitz constant 1 in `key` (rounded up; exactly
1/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch2_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores1_branch2_key_N) (ofNat scores1_branch2_key_D) (Slice 9 7 2 blocks_domain z) (scores1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch2_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `scores1` (scores, 9 → 2): x ↦ the scores of the 2 tokens of scores1_branch1 against scores1_branch2. -/
noncomputable def scores1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.scores 2 (scores1_branch1 r) (scores1_branch2 r)

/-- Squared constant of `scores1` in `state` is `scores1_state_P / scores1_state_Q`. -/
def scores1_state_P : Nat := Nat.mul 0 0

/-- Squared constant of `scores1` in `state` is `scores1_state_P / scores1_state_Q`. -/
def scores1_state_Q : Nat := Nat.mul 1 1

/-- Layer `scores1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_state_P) (ofNat scores1_state_Q) (Slice 9 0 3 blocks_domain z) (scores1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_still_lipschitzOn_ofNat (b := 2) (d := 2) (scores1_branch1_state_lipschitz r h1 h2 z) (scores1_branch2_state_lipschitz r h1 h2 z))

/-- Squared constant of `scores1` in `queries` is `scores1_queries_P / scores1_queries_Q`. -/
def scores1_queries_P : Nat := Nat.mul (Nat.mul from2_A scores1_branch1_queries_N) (Nat.mul from2_A scores1_branch1_queries_N)

/-- Squared constant of `scores1` in `queries` is `scores1_queries_P / scores1_queries_Q`. -/
def scores1_queries_Q : Nat := Nat.mul (Nat.mul from2_B scores1_branch1_queries_D) (Nat.mul from2_B scores1_branch1_queries_D)

/-- Layer `scores1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_queries_P) (ofNat scores1_queries_Q) (Slice 9 3 4 blocks_domain z) (scores1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_queries_lipschitzOn_ofNat (b := 2) (d := 2) (scores1_branch1_queries_lipschitz r h1 h2 z) (scores1_branch2_queries_lipschitz r h1 h2 z) ((from2_boundedOn r h1 h2).mono (fun _ h => h.left)))

/-- Squared constant of `scores1` in `key` is `scores1_key_P / scores1_key_Q`. -/
def scores1_key_P : Nat := Nat.mul (Nat.mul (Nat.mul 759250125 linear1_A) scores1_branch2_key_N) (Nat.mul (Nat.mul 759250125 linear1_A) scores1_branch2_key_N)

/-- Squared constant of `scores1` in `key` is `scores1_key_P / scores1_key_Q`. -/
def scores1_key_Q : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.pow 2 29) linear1_B) scores1_branch2_key_D) (Nat.mul (Nat.mul (Nat.pow 2 29) linear1_B) scores1_branch2_key_D)

/-- Layer `scores1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_key_P) (ofNat scores1_key_Q) (Slice 9 7 2 blocks_domain z) (scores1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_key_lipschitzOn_ofNat (b := 2) (d := 2) (scores1_branch1_key_lipschitz r h1 h2 z) (scores1_branch2_key_lipschitz r h1 h2 z) ((LipBridge.BoundedOn.whole (A' := (Nat.mul 759250125 linear1_A)) (B' := (Nat.mul (Nat.pow 2 29) linear1_B)) (linear1_boundedOn r h1 h2) (Eq.refl true) (Eq.refl true)).mono (fun _ h => h.left)))

/-- Branch `concat1_branch1`: its layers in sequence. -/
noncomputable def concat1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => scores1 r x

/-- What `concat1_branch1_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 2 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 9 2 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `concat1_branch1` in `state` is `concat1_branch1_state_P / concat1_branch1_state_Q`. -/
def concat1_branch1_state_P : Nat := scores1_state_P

/-- Squared constant of `concat1_branch1` in `state` is `concat1_branch1_state_P / concat1_branch1_state_Q`. -/
def concat1_branch1_state_Q : Nat := scores1_state_Q

/-- Constant of `concat1_branch1` in `state` is `concat1_branch1_state_N / concat1_branch1_state_D`. -/
def concat1_branch1_state_N : Nat := 0

/-- Constant of `concat1_branch1` in `state` is `concat1_branch1_state_N / concat1_branch1_state_D`. -/
def concat1_branch1_state_D : Nat := 1

/-- `concat1_branch1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch1_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch1_state_P) (ofNat concat1_branch1_state_Q) (Slice 9 0 3 blocks_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  concat1_branch1_general (f1 := scores1 r) (scores1_state_sqLipschitz r h1 h2 z)

/-- `concat1_branch1` has Lipschitz constant 0 in `state` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch1_state_N) (ofNat concat1_branch1_state_D) (Slice 9 0 3 blocks_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch1` in `queries` is `concat1_branch1_queries_P / concat1_branch1_queries_Q`. -/
def concat1_branch1_queries_P : Nat := scores1_queries_P

/-- Squared constant of `concat1_branch1` in `queries` is `concat1_branch1_queries_P / concat1_branch1_queries_Q`. -/
def concat1_branch1_queries_Q : Nat := scores1_queries_Q

/-- Constant of `concat1_branch1` in `queries` is `concat1_branch1_queries_N / concat1_branch1_queries_D`. -/
def concat1_branch1_queries_N : Nat := 816321673

/-- Constant of `concat1_branch1` in `queries` is `concat1_branch1_queries_N / concat1_branch1_queries_D`. -/
def concat1_branch1_queries_D : Nat := (Nat.pow 2 30)

/-- `concat1_branch1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch1_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch1_queries_P) (ofNat concat1_branch1_queries_Q) (Slice 9 3 4 blocks_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  concat1_branch1_general (f1 := scores1 r) (scores1_queries_sqLipschitz r h1 h2 z)

/-- `concat1_branch1` has Lipschitz constant 0.760258803 in `queries` (rounded up; exactly
816321673/(Nat.pow 2 30)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch1_queries_N) (ofNat concat1_branch1_queries_D) (Slice 9 3 4 blocks_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch1` in `key` is `concat1_branch1_key_P / concat1_branch1_key_Q`. -/
def concat1_branch1_key_P : Nat := scores1_key_P

/-- Squared constant of `concat1_branch1` in `key` is `concat1_branch1_key_P / concat1_branch1_key_Q`. -/
def concat1_branch1_key_Q : Nat := scores1_key_Q

/-- Constant of `concat1_branch1` in `key` is `concat1_branch1_key_N / concat1_branch1_key_D`. -/
def concat1_branch1_key_N : Nat := 432919943

/-- Constant of `concat1_branch1` in `key` is `concat1_branch1_key_N / concat1_branch1_key_D`. -/
def concat1_branch1_key_D : Nat := (Nat.pow 2 26)

/-- `concat1_branch1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch1_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch1_key_P) (ofNat concat1_branch1_key_Q) (Slice 9 7 2 blocks_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  concat1_branch1_general (f1 := scores1 r) (scores1_key_sqLipschitz r h1 h2 z)

/-- `concat1_branch1` has Lipschitz constant 6.45100986 in `key` (rounded up; exactly
432919943/(Nat.pow 2 26)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch1_key_N) (ofNat concat1_branch1_key_D) (Slice 9 7 2 blocks_domain z) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `linear2` (linear, 3 → 2): x ↦ Wx, W is 2×3. -/
noncomputable def linear2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 3 linear2_weight.entry one (fun _ => zero)

/-- Squared constant of `linear2` is `linear2_P / linear2_Q`. -/
def linear2_P : Nat := linear2_weight_T

/-- Squared constant of `linear2` is `linear2_P / linear2_Q`. -/
def linear2_Q : Nat := Nat.mul linear2_weight_C (Nat.mul 1 1)

/-- Layer `linear2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 3 2 (ofNat linear2_P) (ofNat linear2_Q) (linear2 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear2_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Branch `concat2_branch1`: its layers in sequence. -/
noncomputable def concat2_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => linear2 r x

/-- What `concat2_branch1_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat2_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R}
    (k1 : SqLipschitz 3 2 (ofNat P1) (ofNat Q1) f1)
    : SqLipschitz 3 2 (ofNat P1) (ofNat Q1)
      (fun x => f1 x) :=
  k1

/-- Squared constant of `concat2_branch1` is `concat2_branch1_P / concat2_branch1_Q`. -/
def concat2_branch1_P : Nat := linear2_P

/-- Squared constant of `concat2_branch1` is `concat2_branch1_P / concat2_branch1_Q`. -/
def concat2_branch1_Q : Nat := linear2_Q

/-- Constant of `concat2_branch1` is `concat2_branch1_N / concat2_branch1_D`. -/
def concat2_branch1_N : Nat := 5260239169

/-- Constant of `concat2_branch1` is `concat2_branch1_N / concat2_branch1_D`. -/
def concat2_branch1_D : Nat := (Nat.pow 2 31)

/-- `concat2_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat2_branch1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 3 2 (ofNat concat2_branch1_P) (ofNat concat2_branch1_Q) (concat2_branch1 r : Vec R → Vec R) :=
  concat2_branch1_general (f1 := linear2 r) (linear2_sqLipschitz r h1 h2)

/-- `concat2_branch1` has Lipschitz constant 2.44948975 (rounded up; exactly
5260239169/(Nat.pow 2 31)): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch1_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    Lipschitz 3 2 (ofNat concat2_branch1_N) (ofNat concat2_branch1_D) (concat2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch1_sqLipschitz r h1 h2) (Eq.refl true) (Eq.refl true)

/-- Layer `linear3` (linear, 3 → 4): x ↦ Wx, W is 4×3. -/
noncomputable def linear3 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 3 linear3_weight.entry (r 3) (fun _ => zero)

/-- Squared constant of `linear3` is `linear3_P / linear3_Q`. -/
def linear3_P : Nat := linear3_weight_T

/-- Squared constant of `linear3` is `linear3_P / linear3_Q`. -/
def linear3_Q : Nat := Nat.mul linear3_weight_C (Nat.mul 3 3)

/-- Layer `linear3`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear3_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 3 4 (ofNat linear3_P) (ofNat linear3_Q) (linear3 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear3_weight_norm h2 (fun _ => zero)

/-- Branch `concat2_branch2`: its layers in sequence. -/
noncomputable def concat2_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => linear3 r x

/-- What `concat2_branch2_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat2_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R}
    (k1 : SqLipschitz 3 4 (ofNat P1) (ofNat Q1) f1)
    : SqLipschitz 3 4 (ofNat P1) (ofNat Q1)
      (fun x => f1 x) :=
  k1

/-- Squared constant of `concat2_branch2` is `concat2_branch2_P / concat2_branch2_Q`. -/
def concat2_branch2_P : Nat := linear3_P

/-- Squared constant of `concat2_branch2` is `concat2_branch2_P / concat2_branch2_Q`. -/
def concat2_branch2_Q : Nat := linear3_Q

/-- Constant of `concat2_branch2` is `concat2_branch2_N / concat2_branch2_D`. -/
def concat2_branch2_N : Nat := 3787805119

/-- Constant of `concat2_branch2` is `concat2_branch2_N / concat2_branch2_D`. -/
def concat2_branch2_D : Nat := (Nat.pow 2 31)

/-- `concat2_branch2`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat2_branch2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 3 4 (ofNat concat2_branch2_P) (ofNat concat2_branch2_Q) (concat2_branch2 r : Vec R → Vec R) :=
  concat2_branch2_general (f1 := linear3 r) (linear3_sqLipschitz r h1 h2)

/-- `concat2_branch2` has Lipschitz constant 1.76383421 (rounded up; exactly
3787805119/(Nat.pow 2 31)): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch2_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    Lipschitz 3 4 (ofNat concat2_branch2_N) (ofNat concat2_branch2_D) (concat2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch2_sqLipschitz r h1 h2) (Eq.refl true) (Eq.refl true)

/-- Layer `from3` (from, 9 → 3): the input state, entries 0 to 2 of the stacked inputs. -/
noncomputable def from3 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 0

/-- Squared constant of `from3` in `state` is `from3_state_P / from3_state_Q`. -/
def from3_state_P : Nat := 1

/-- Squared constant of `from3` in `state` is `from3_state_P / from3_state_Q`. -/
def from3_state_Q : Nat := 1

/-- Layer `from3` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from3_state_P) (ofNat from3_state_Q) (Slice 9 0 3 blocks_domain z) (from3 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Squared constant of `from3` in `queries` is `from3_queries_P / from3_queries_Q`. -/
def from3_queries_P : Nat := 0

/-- Squared constant of `from3` in `queries` is `from3_queries_P / from3_queries_Q`. -/
def from3_queries_Q : Nat := 1

/-- Layer `from3` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from3_queries_P) (ofNat from3_queries_Q) (Slice 9 3 4 blocks_domain z) (from3 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from3` in `key` is `from3_key_P / from3_key_Q`. -/
def from3_key_P : Nat := 0

/-- Squared constant of `from3` in `key` is `from3_key_P / from3_key_Q`. -/
def from3_key_Q : Nat := 1

/-- Layer `from3` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from3_key_P) (ofNat from3_key_Q) (Slice 9 7 2 blocks_domain z) (from3 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from3` are at most `from3_A / from3_B` long. -/
def from3_A : Nat := 3

/-- Values of `from3` are at most `from3_A / from3_B` long. -/
def from3_B : Nat := 2

/-- On the domain the values of `from3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from3_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 3 (ofNat from3_A) (ofNat from3_B) (blocks_domain : Vec R → Prop)
      (fun x => from3 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `concat2` (concat, 3 → 6): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  (LipBridge.concat 2 (concat2_branch1 r) (concat2_branch2 r))

/-- Squared constant of `concat2` is `concat2_P / concat2_Q`. -/
def concat2_P : Nat := (Nat.add (Nat.mul concat2_branch1_P concat2_branch2_Q) (Nat.mul concat2_branch2_P concat2_branch1_Q))

/-- Squared constant of `concat2` is `concat2_P / concat2_Q`. -/
def concat2_Q : Nat := (Nat.mul concat2_branch1_Q concat2_branch2_Q)

/-- Layer `concat2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 3 6 (ofNat concat2_P) (ofNat concat2_Q) (concat2 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (concat2_branch1_sqLipschitz r h1 h2) (concat2_branch2_sqLipschitz r h1 h2))

/-- Values of `concat2` are at most `concat2_A / concat2_B` long. -/
def concat2_A : Nat := 9723145757

/-- Values of `concat2` are at most `concat2_A / concat2_B` long. -/
def concat2_B : Nat := (Nat.pow 2 31)

/-- On the domain the values of `concat2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem concat2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 6 (ofNat concat2_A) (ofNat concat2_B) (blocks_domain : Vec R → Prop)
      (fun x => concat2 r (from3 r x)) :=
  LipBridge.BoundedOn.then (f := (fun x => from3 r x)) (g := concat2 r) (from3_boundedOn r h1 h2) (LipBridge.NormGain.concat (LipBridge.linear_normGain linear2_weight_norm LipBridge.ofNat_one_mul_one) (LipBridge.linear_normGain linear3_weight_norm h2)) (Eq.refl true) (Eq.refl true)

/-- Layer `split1` (split, 6 → 6): the 6 entries as 3 tokens of dimension 2. -/
noncomputable def split1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.split 3 2

/-- Squared constant of `split1` is `split1_P / split1_Q`. -/
def split1_P : Nat := 1

/-- Squared constant of `split1` is `split1_P / split1_Q`. -/
def split1_Q : Nat := 1

/-- Layer `split1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem split1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 6 6 (ofNat split1_P) (ofNat split1_Q) (split1 r : Vec R → Vec R) :=
  LipBridge.split_sqLipschitz 3 2

/-- Values of `split1` are at most `split1_A / split1_B` long. -/
def split1_A : Nat := 9723145757

/-- Values of `split1` are at most `split1_A / split1_B` long. -/
def split1_B : Nat := (Nat.pow 2 31)

/-- On the domain the values of `split1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem split1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 6 (ofNat split1_A) (ofNat split1_B) (blocks_domain : Vec R → Prop)
      (fun x => split1 r (concat2 r (from3 r x))) :=
  LipBridge.BoundedOn.then (f := (fun x => concat2 r (from3 r x))) (g := split1 r) (concat2_boundedOn r h1 h2) (LipBridge.split_normGain 3 2) (Eq.refl true) (Eq.refl true)

/-- Branch `scores2_branch1`: its layers in sequence. -/
noncomputable def scores2_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => split1 r (concat2 r (from3 r x))

/-- What `scores2_branch1_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scores2_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 : Nat} {f1 f2 f3 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 6 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 6 6 (ofNat P3) (ofNat Q3) f3)
    : SqLipschitzOn 9 6 (ofNat (Nat.mul (Nat.mul P1 P2) P3)) (ofNat (Nat.mul (Nat.mul Q1 Q2) Q3)) S
      (fun x => f3 (f2 (f1 x))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩))

/-- Squared constant of `scores2_branch1` in `state` is `scores2_branch1_state_P / scores2_branch1_state_Q`. -/
def scores2_branch1_state_P : Nat := Nat.mul (Nat.mul from3_state_P concat2_P) split1_P

/-- Squared constant of `scores2_branch1` in `state` is `scores2_branch1_state_P / scores2_branch1_state_Q`. -/
def scores2_branch1_state_Q : Nat := Nat.mul (Nat.mul from3_state_Q concat2_Q) split1_Q

/-- Constant of `scores2_branch1` in `state` is `scores2_branch1_state_N / scores2_branch1_state_D`. -/
def scores2_branch1_state_N : Nat := 1620524293

/-- Constant of `scores2_branch1` in `state` is `scores2_branch1_state_N / scores2_branch1_state_D`. -/
def scores2_branch1_state_D : Nat := (Nat.pow 2 29)

/-- `scores2_branch1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores2_branch1_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 6 (ofNat scores2_branch1_state_P) (ofNat scores2_branch1_state_Q) (Slice 9 0 3 blocks_domain z) (scores2_branch1 r : Vec R → Vec R) :=
  scores2_branch1_general (f1 := from3 r) (f2 := concat2 r) (f3 := split1 r) (from3_state_sqLipschitz r h1 h2 z) (concat2_sqLipschitz r h1 h2) (split1_sqLipschitz r h1 h2)

/-- `scores2_branch1` has Lipschitz constant 3.01846172 in `state` (rounded up; exactly
1620524293/(Nat.pow 2 29)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch1_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 6 (ofNat scores2_branch1_state_N) (ofNat scores2_branch1_state_D) (Slice 9 0 3 blocks_domain z) (scores2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch1_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores2_branch1` in `queries` is `scores2_branch1_queries_P / scores2_branch1_queries_Q`. -/
def scores2_branch1_queries_P : Nat := Nat.mul (Nat.mul from3_queries_P concat2_P) split1_P

/-- Squared constant of `scores2_branch1` in `queries` is `scores2_branch1_queries_P / scores2_branch1_queries_Q`. -/
def scores2_branch1_queries_Q : Nat := Nat.mul (Nat.mul from3_queries_Q concat2_Q) split1_Q

/-- Constant of `scores2_branch1` in `queries` is `scores2_branch1_queries_N / scores2_branch1_queries_D`. -/
def scores2_branch1_queries_N : Nat := 0

/-- Constant of `scores2_branch1` in `queries` is `scores2_branch1_queries_N / scores2_branch1_queries_D`. -/
def scores2_branch1_queries_D : Nat := 1

/-- `scores2_branch1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores2_branch1_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 6 (ofNat scores2_branch1_queries_P) (ofNat scores2_branch1_queries_Q) (Slice 9 3 4 blocks_domain z) (scores2_branch1 r : Vec R → Vec R) :=
  scores2_branch1_general (f1 := from3 r) (f2 := concat2 r) (f3 := split1 r) (from3_queries_sqLipschitz r h1 h2 z) (concat2_sqLipschitz r h1 h2) (split1_sqLipschitz r h1 h2)

/-- `scores2_branch1` has Lipschitz constant 0 in `queries` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch1_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 6 (ofNat scores2_branch1_queries_N) (ofNat scores2_branch1_queries_D) (Slice 9 3 4 blocks_domain z) (scores2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch1_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores2_branch1` in `key` is `scores2_branch1_key_P / scores2_branch1_key_Q`. -/
def scores2_branch1_key_P : Nat := Nat.mul (Nat.mul from3_key_P concat2_P) split1_P

/-- Squared constant of `scores2_branch1` in `key` is `scores2_branch1_key_P / scores2_branch1_key_Q`. -/
def scores2_branch1_key_Q : Nat := Nat.mul (Nat.mul from3_key_Q concat2_Q) split1_Q

/-- Constant of `scores2_branch1` in `key` is `scores2_branch1_key_N / scores2_branch1_key_D`. -/
def scores2_branch1_key_N : Nat := 0

/-- Constant of `scores2_branch1` in `key` is `scores2_branch1_key_N / scores2_branch1_key_D`. -/
def scores2_branch1_key_D : Nat := 1

/-- `scores2_branch1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores2_branch1_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 6 (ofNat scores2_branch1_key_P) (ofNat scores2_branch1_key_Q) (Slice 9 7 2 blocks_domain z) (scores2_branch1 r : Vec R → Vec R) :=
  scores2_branch1_general (f1 := from3 r) (f2 := concat2 r) (f3 := split1 r) (from3_key_sqLipschitz r h1 h2 z) (concat2_sqLipschitz r h1 h2) (split1_sqLipschitz r h1 h2)

/-- `scores2_branch1` has Lipschitz constant 0 in `key` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch1_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 6 (ofNat scores2_branch1_key_N) (ofNat scores2_branch1_key_D) (Slice 9 7 2 blocks_domain z) (scores2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch1_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from4` (from, 9 → 2): the input key, entries 7 to 8 of the stacked inputs. -/
noncomputable def from4 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 7

/-- Squared constant of `from4` in `state` is `from4_state_P / from4_state_Q`. -/
def from4_state_P : Nat := 0

/-- Squared constant of `from4` in `state` is `from4_state_P / from4_state_Q`. -/
def from4_state_Q : Nat := 1

/-- Layer `from4` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat from4_state_P) (ofNat from4_state_Q) (Slice 9 0 3 blocks_domain z) (from4 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from4` in `queries` is `from4_queries_P / from4_queries_Q`. -/
def from4_queries_P : Nat := 0

/-- Squared constant of `from4` in `queries` is `from4_queries_P / from4_queries_Q`. -/
def from4_queries_Q : Nat := 1

/-- Layer `from4` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat from4_queries_P) (ofNat from4_queries_Q) (Slice 9 3 4 blocks_domain z) (from4 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from4` in `key` is `from4_key_P / from4_key_Q`. -/
def from4_key_P : Nat := 1

/-- Squared constant of `from4` in `key` is `from4_key_P / from4_key_Q`. -/
def from4_key_Q : Nat := 1

/-- Layer `from4` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat from4_key_P) (ofNat from4_key_Q) (Slice 9 7 2 blocks_domain z) (from4 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 7) (m := 2) (Eq.refl true)).on _

/-- Values of `from4` are at most `from4_A / from4_B` long. -/
def from4_A : Nat := 1

/-- Values of `from4` are at most `from4_A / from4_B` long. -/
def from4_B : Nat := 3

/-- On the domain the values of `from4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from4_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 2 (ofNat from4_A) (ofNat from4_B) (blocks_domain : Vec R → Prop)
      (fun x => from4 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Layer `linear4` (linear, 2 → 2): x ↦ Wx + b, W is 2×2. -/
noncomputable def linear4 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 2 linear4_weight.entry one (fun i => mul (ofInt (linear4_bias.entry 0 i)) (r 2))

/-- Squared constant of `linear4` is `linear4_P / linear4_Q`. -/
def linear4_P : Nat := linear4_weight_T

/-- Squared constant of `linear4` is `linear4_P / linear4_Q`. -/
def linear4_Q : Nat := Nat.mul linear4_weight_C (Nat.mul 1 1)

/-- Layer `linear4`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear4_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 2 2 (ofNat linear4_P) (ofNat linear4_Q) (linear4 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear4_weight_norm LipBridge.ofNat_one_mul_one (fun i => mul (ofInt (linear4_bias.entry 0 i)) (r 2))

/-- Values of `linear4` are at most `linear4_A / linear4_B` long. -/
def linear4_A : Nat := Nat.add (Nat.mul 253083375 2) (Nat.mul 1 (Nat.pow 2 29))

/-- Values of `linear4` are at most `linear4_A / linear4_B` long. -/
def linear4_B : Nat := Nat.mul (Nat.pow 2 29) 2

/-- On the domain the values of `linear4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear4_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 2 (ofNat linear4_A) (ofNat linear4_B) (blocks_domain : Vec R → Prop)
      (fun x => linear4 r (from4 r x)) :=
  LipBridge.BoundedOn.linear (f := (fun x => from4 r x)) (N := 253083375) (D := (Nat.pow 2 29)) (from4_boundedOn r h1 h2) linear4_weight_norm LipBridge.ofNat_one_mul_one (LipBridge.bias_normSq (P := 1) (A := 1) (B := 2) h1 (Eq.refl true) (Eq.refl true)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- Branch `scores2_branch2`: its layers in sequence. -/
noncomputable def scores2_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => linear4 r (from4 r x)

/-- What `scores2_branch2_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scores2_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 2 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 2 2 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitzOn 9 2 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2)) S
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `scores2_branch2` in `state` is `scores2_branch2_state_P / scores2_branch2_state_Q`. -/
def scores2_branch2_state_P : Nat := Nat.mul from4_state_P linear4_P

/-- Squared constant of `scores2_branch2` in `state` is `scores2_branch2_state_P / scores2_branch2_state_Q`. -/
def scores2_branch2_state_Q : Nat := Nat.mul from4_state_Q linear4_Q

/-- Constant of `scores2_branch2` in `state` is `scores2_branch2_state_N / scores2_branch2_state_D`. -/
def scores2_branch2_state_N : Nat := 0

/-- Constant of `scores2_branch2` in `state` is `scores2_branch2_state_N / scores2_branch2_state_D`. -/
def scores2_branch2_state_D : Nat := 1

/-- `scores2_branch2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores2_branch2_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores2_branch2_state_P) (ofNat scores2_branch2_state_Q) (Slice 9 0 3 blocks_domain z) (scores2_branch2 r : Vec R → Vec R) :=
  scores2_branch2_general (f1 := from4 r) (f2 := linear4 r) (from4_state_sqLipschitz r h1 h2 z) (linear4_sqLipschitz r h1 h2)

/-- `scores2_branch2` has Lipschitz constant 0 in `state` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch2_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores2_branch2_state_N) (ofNat scores2_branch2_state_D) (Slice 9 0 3 blocks_domain z) (scores2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch2_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores2_branch2` in `queries` is `scores2_branch2_queries_P / scores2_branch2_queries_Q`. -/
def scores2_branch2_queries_P : Nat := Nat.mul from4_queries_P linear4_P

/-- Squared constant of `scores2_branch2` in `queries` is `scores2_branch2_queries_P / scores2_branch2_queries_Q`. -/
def scores2_branch2_queries_Q : Nat := Nat.mul from4_queries_Q linear4_Q

/-- Constant of `scores2_branch2` in `queries` is `scores2_branch2_queries_N / scores2_branch2_queries_D`. -/
def scores2_branch2_queries_N : Nat := 0

/-- Constant of `scores2_branch2` in `queries` is `scores2_branch2_queries_N / scores2_branch2_queries_D`. -/
def scores2_branch2_queries_D : Nat := 1

/-- `scores2_branch2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores2_branch2_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores2_branch2_queries_P) (ofNat scores2_branch2_queries_Q) (Slice 9 3 4 blocks_domain z) (scores2_branch2 r : Vec R → Vec R) :=
  scores2_branch2_general (f1 := from4 r) (f2 := linear4 r) (from4_queries_sqLipschitz r h1 h2 z) (linear4_sqLipschitz r h1 h2)

/-- `scores2_branch2` has Lipschitz constant 0 in `queries` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch2_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores2_branch2_queries_N) (ofNat scores2_branch2_queries_D) (Slice 9 3 4 blocks_domain z) (scores2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch2_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores2_branch2` in `key` is `scores2_branch2_key_P / scores2_branch2_key_Q`. -/
def scores2_branch2_key_P : Nat := Nat.mul from4_key_P linear4_P

/-- Squared constant of `scores2_branch2` in `key` is `scores2_branch2_key_P / scores2_branch2_key_Q`. -/
def scores2_branch2_key_Q : Nat := Nat.mul from4_key_Q linear4_Q

/-- Constant of `scores2_branch2` in `key` is `scores2_branch2_key_N / scores2_branch2_key_D`. -/
def scores2_branch2_key_N : Nat := 759250125

/-- Constant of `scores2_branch2` in `key` is `scores2_branch2_key_N / scores2_branch2_key_D`. -/
def scores2_branch2_key_D : Nat := (Nat.pow 2 29)

/-- `scores2_branch2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores2_branch2_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores2_branch2_key_P) (ofNat scores2_branch2_key_Q) (Slice 9 7 2 blocks_domain z) (scores2_branch2 r : Vec R → Vec R) :=
  scores2_branch2_general (f1 := from4 r) (f2 := linear4 r) (from4_key_sqLipschitz r h1 h2 z) (linear4_sqLipschitz r h1 h2)

/-- `scores2_branch2` has Lipschitz constant 1.41421357 in `key` (rounded up; exactly
759250125/(Nat.pow 2 29)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch2_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores2_branch2_key_N) (ofNat scores2_branch2_key_D) (Slice 9 7 2 blocks_domain z) (scores2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch2_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `scores2` (scores, 9 → 3): x ↦ the scores of the 3 tokens of scores2_branch1 against scores2_branch2. -/
noncomputable def scores2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.scores 2 (scores2_branch1 r) (scores2_branch2 r)

/-- Squared constant of `scores2` in `state` is `scores2_state_P / scores2_state_Q`. -/
def scores2_state_P : Nat := Nat.mul (Nat.mul linear4_A scores2_branch1_state_N) (Nat.mul linear4_A scores2_branch1_state_N)

/-- Squared constant of `scores2` in `state` is `scores2_state_P / scores2_state_Q`. -/
def scores2_state_Q : Nat := Nat.mul (Nat.mul linear4_B scores2_branch1_state_D) (Nat.mul linear4_B scores2_branch1_state_D)

/-- Layer `scores2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat scores2_state_P) (ofNat scores2_state_Q) (Slice 9 0 3 blocks_domain z) (scores2 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_queries_lipschitzOn_ofNat (b := 3) (d := 2) (scores2_branch1_state_lipschitz r h1 h2 z) (scores2_branch2_state_lipschitz r h1 h2 z) ((linear4_boundedOn r h1 h2).mono (fun _ h => h.left)))

/-- Squared constant of `scores2` in `queries` is `scores2_queries_P / scores2_queries_Q`. -/
def scores2_queries_P : Nat := Nat.mul 0 0

/-- Squared constant of `scores2` in `queries` is `scores2_queries_P / scores2_queries_Q`. -/
def scores2_queries_Q : Nat := Nat.mul 1 1

/-- Layer `scores2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat scores2_queries_P) (ofNat scores2_queries_Q) (Slice 9 3 4 blocks_domain z) (scores2 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_still_lipschitzOn_ofNat (b := 3) (d := 2) (scores2_branch1_queries_lipschitz r h1 h2 z) (scores2_branch2_queries_lipschitz r h1 h2 z))

/-- Squared constant of `scores2` in `key` is `scores2_key_P / scores2_key_Q`. -/
def scores2_key_P : Nat := Nat.mul (Nat.mul split1_A scores2_branch2_key_N) (Nat.mul split1_A scores2_branch2_key_N)

/-- Squared constant of `scores2` in `key` is `scores2_key_P / scores2_key_Q`. -/
def scores2_key_Q : Nat := Nat.mul (Nat.mul split1_B scores2_branch2_key_D) (Nat.mul split1_B scores2_branch2_key_D)

/-- Layer `scores2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat scores2_key_P) (ofNat scores2_key_Q) (Slice 9 7 2 blocks_domain z) (scores2 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_key_lipschitzOn_ofNat (b := 3) (d := 2) (scores2_branch1_key_lipschitz r h1 h2 z) (scores2_branch2_key_lipschitz r h1 h2 z) ((split1_boundedOn r h1 h2).mono (fun _ h => h.left)))

/-- Layer `relu1` (relu, 3 → 3): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.relu

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_P : Nat := 1

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_Q : Nat := 1

/-- Layer `relu1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 3 3 (ofNat relu1_P) (ofNat relu1_Q) (relu1 r : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 3

/-- Branch `concat1_branch2`: its layers in sequence. -/
noncomputable def concat1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => relu1 r (scores2 r x)

/-- What `concat1_branch2_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 3 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitzOn 9 3 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2)) S
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `concat1_branch2` in `state` is `concat1_branch2_state_P / concat1_branch2_state_Q`. -/
def concat1_branch2_state_P : Nat := Nat.mul scores2_state_P relu1_P

/-- Squared constant of `concat1_branch2` in `state` is `concat1_branch2_state_P / concat1_branch2_state_Q`. -/
def concat1_branch2_state_Q : Nat := Nat.mul scores2_state_Q relu1_Q

/-- Constant of `concat1_branch2` in `state` is `concat1_branch2_state_N / concat1_branch2_state_D`. -/
def concat1_branch2_state_N : Nat := 3148369249

/-- Constant of `concat1_branch2` in `state` is `concat1_branch2_state_N / concat1_branch2_state_D`. -/
def concat1_branch2_state_D : Nat := (Nat.pow 2 30)

/-- `concat1_branch2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch2_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat concat1_branch2_state_P) (ofNat concat1_branch2_state_Q) (Slice 9 0 3 blocks_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  concat1_branch2_general (f1 := scores2 r) (f2 := relu1 r) (scores2_state_sqLipschitz r h1 h2 z) (relu1_sqLipschitz r h1 h2)

/-- `concat1_branch2` has Lipschitz constant 2.93214736 in `state` (rounded up; exactly
3148369249/(Nat.pow 2 30)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 3 (ofNat concat1_branch2_state_N) (ofNat concat1_branch2_state_D) (Slice 9 0 3 blocks_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch2` in `queries` is `concat1_branch2_queries_P / concat1_branch2_queries_Q`. -/
def concat1_branch2_queries_P : Nat := Nat.mul scores2_queries_P relu1_P

/-- Squared constant of `concat1_branch2` in `queries` is `concat1_branch2_queries_P / concat1_branch2_queries_Q`. -/
def concat1_branch2_queries_Q : Nat := Nat.mul scores2_queries_Q relu1_Q

/-- Constant of `concat1_branch2` in `queries` is `concat1_branch2_queries_N / concat1_branch2_queries_D`. -/
def concat1_branch2_queries_N : Nat := 0

/-- Constant of `concat1_branch2` in `queries` is `concat1_branch2_queries_N / concat1_branch2_queries_D`. -/
def concat1_branch2_queries_D : Nat := 1

/-- `concat1_branch2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch2_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat concat1_branch2_queries_P) (ofNat concat1_branch2_queries_Q) (Slice 9 3 4 blocks_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  concat1_branch2_general (f1 := scores2 r) (f2 := relu1 r) (scores2_queries_sqLipschitz r h1 h2 z) (relu1_sqLipschitz r h1 h2)

/-- `concat1_branch2` has Lipschitz constant 0 in `queries` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 3 (ofNat concat1_branch2_queries_N) (ofNat concat1_branch2_queries_D) (Slice 9 3 4 blocks_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch2` in `key` is `concat1_branch2_key_P / concat1_branch2_key_Q`. -/
def concat1_branch2_key_P : Nat := Nat.mul scores2_key_P relu1_P

/-- Squared constant of `concat1_branch2` in `key` is `concat1_branch2_key_P / concat1_branch2_key_Q`. -/
def concat1_branch2_key_Q : Nat := Nat.mul scores2_key_Q relu1_Q

/-- Constant of `concat1_branch2` in `key` is `concat1_branch2_key_N / concat1_branch2_key_D`. -/
def concat1_branch2_key_N : Nat := 1718825575

/-- Constant of `concat1_branch2` in `key` is `concat1_branch2_key_N / concat1_branch2_key_D`. -/
def concat1_branch2_key_D : Nat := (Nat.pow 2 28)

/-- `concat1_branch2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch2_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat concat1_branch2_key_P) (ofNat concat1_branch2_key_Q) (Slice 9 7 2 blocks_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  concat1_branch2_general (f1 := scores2 r) (f2 := relu1 r) (scores2_key_sqLipschitz r h1 h2 z) (relu1_sqLipschitz r h1 h2)

/-- `concat1_branch2` has Lipschitz constant 6.40312424 in `key` (rounded up; exactly
1718825575/(Nat.pow 2 28)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 3 (ofNat concat1_branch2_key_N) (ofNat concat1_branch2_key_D) (Slice 9 7 2 blocks_domain z) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from5` (from, 9 → 3): the input state, entries 0 to 2 of the stacked inputs. -/
noncomputable def from5 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 0

/-- Squared constant of `from5` in `state` is `from5_state_P / from5_state_Q`. -/
def from5_state_P : Nat := 1

/-- Squared constant of `from5` in `state` is `from5_state_P / from5_state_Q`. -/
def from5_state_Q : Nat := 1

/-- Layer `from5` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from5_state_P) (ofNat from5_state_Q) (Slice 9 0 3 blocks_domain z) (from5 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Squared constant of `from5` in `queries` is `from5_queries_P / from5_queries_Q`. -/
def from5_queries_P : Nat := 0

/-- Squared constant of `from5` in `queries` is `from5_queries_P / from5_queries_Q`. -/
def from5_queries_Q : Nat := 1

/-- Layer `from5` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from5_queries_P) (ofNat from5_queries_Q) (Slice 9 3 4 blocks_domain z) (from5 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from5` in `key` is `from5_key_P / from5_key_Q`. -/
def from5_key_P : Nat := 0

/-- Squared constant of `from5` in `key` is `from5_key_P / from5_key_Q`. -/
def from5_key_Q : Nat := 1

/-- Layer `from5` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from5_key_P) (ofNat from5_key_Q) (Slice 9 7 2 blocks_domain z) (from5 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from5` are at most `from5_A / from5_B` long. -/
def from5_A : Nat := 3

/-- Values of `from5` are at most `from5_A / from5_B` long. -/
def from5_B : Nat := 2

/-- On the domain the values of `from5`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from5_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 3 (ofNat from5_A) (ofNat from5_B) (blocks_domain : Vec R → Prop)
      (fun x => from5 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `linear5` (linear, 3 → 4): x ↦ Wx, W is 4×3. -/
noncomputable def linear5 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 3 linear5_weight.entry one (fun _ => zero)

/-- Squared constant of `linear5` is `linear5_P / linear5_Q`. -/
def linear5_P : Nat := linear5_weight_T

/-- Squared constant of `linear5` is `linear5_P / linear5_Q`. -/
def linear5_Q : Nat := Nat.mul linear5_weight_C (Nat.mul 1 1)

/-- Layer `linear5`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear5_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 3 4 (ofNat linear5_P) (ofNat linear5_Q) (linear5 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear5_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Values of `linear5` are at most `linear5_A / linear5_B` long. -/
def linear5_A : Nat := 3

/-- Values of `linear5` are at most `linear5_A / linear5_B` long. -/
def linear5_B : Nat := 1

/-- On the domain the values of `linear5`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear5_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 4 (ofNat linear5_A) (ofNat linear5_B) (blocks_domain : Vec R → Prop)
      (fun x => linear5 r (from5 r x)) :=
  LipBridge.BoundedOn.then (f := (fun x => from5 r x)) (g := linear5 r) (from5_boundedOn r h1 h2) (LipBridge.linear_normGain linear5_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Layer `split2` (split, 4 → 4): the 4 entries as 2 tokens of dimension 2. -/
noncomputable def split2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.split 2 2

/-- Squared constant of `split2` is `split2_P / split2_Q`. -/
def split2_P : Nat := 1

/-- Squared constant of `split2` is `split2_P / split2_Q`. -/
def split2_Q : Nat := 1

/-- Layer `split2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem split2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 4 4 (ofNat split2_P) (ofNat split2_Q) (split2 r : Vec R → Vec R) :=
  LipBridge.split_sqLipschitz 2 2

/-- Values of `split2` are at most `split2_A / split2_B` long. -/
def split2_A : Nat := 3

/-- Values of `split2` are at most `split2_A / split2_B` long. -/
def split2_B : Nat := 1

/-- On the domain the values of `split2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem split2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 4 (ofNat split2_A) (ofNat split2_B) (blocks_domain : Vec R → Prop)
      (fun x => split2 r (linear5 r (from5 r x))) :=
  LipBridge.BoundedOn.then (f := (fun x => linear5 r (from5 r x))) (g := split2 r) (linear5_boundedOn r h1 h2) (LipBridge.split_normGain 2 2) (Eq.refl true) (Eq.refl true)

/-- Layer `linear6` (linear, 4 → 2): x ↦ Wx, W is 1×2, on each of 2 tokens. -/
noncomputable def linear6 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.tokenwise 2 2 1 (LipBridge.linear 2 linear6_weight.entry one (fun _ => zero))

/-- Squared constant of `linear6` is `linear6_P / linear6_Q`. -/
def linear6_P : Nat := linear6_weight_T

/-- Squared constant of `linear6` is `linear6_P / linear6_Q`. -/
def linear6_Q : Nat := Nat.mul linear6_weight_C (Nat.mul 1 1)

/-- Layer `linear6`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear6_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 4 2 (ofNat linear6_P) (ofNat linear6_Q) (linear6 r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2 (LipBridge.linear_sqLipschitz linear6_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero))

/-- Values of `linear6` are at most `linear6_A / linear6_B` long, each token. -/
def linear6_A : Nat := 2277750375

/-- Values of `linear6` are at most `linear6_A / linear6_B` long, each token. -/
def linear6_B : Nat := (Nat.pow 2 29)

/-- On the domain the values of `linear6`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear6_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 2 1 (ofNat linear6_A) (ofNat linear6_B) (blocks_domain : Vec R → Prop)
      (fun x => linear6 r (split2 r (linear5 r (from5 r x)))) :=
  LipBridge.BoundedOn.tokenwise (f := (fun x => split2 r (linear5 r (from5 r x)))) (LipBridge.BoundedOn.tokens (b := 2) (m := 2) (split2_boundedOn r h1 h2)) (LipBridge.linear_normGain linear6_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Branch `scores3_branch1`: its layers in sequence. -/
noncomputable def scores3_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => linear6 r (split2 r (linear5 r (from5 r x)))

/-- What `scores3_branch1_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scores3_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 P4 Q4 : Nat} {f1 f2 f3 f4 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 4 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 4 4 (ofNat P3) (ofNat Q3) f3)
    (k4 : SqLipschitz 4 2 (ofNat P4) (ofNat Q4) f4)
    : SqLipschitzOn 9 2 (ofNat (Nat.mul (Nat.mul (Nat.mul P1 P2) P3) P4)) (ofNat (Nat.mul (Nat.mul (Nat.mul Q1 Q2) Q3) Q4)) S
      (fun x => f4 (f3 (f2 (f1 x)))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩)) k4 (fun _ _ => ⟨⟩))

/-- Squared constant of `scores3_branch1` in `state` is `scores3_branch1_state_P / scores3_branch1_state_Q`. -/
def scores3_branch1_state_P : Nat := Nat.mul (Nat.mul (Nat.mul from5_state_P linear5_P) split2_P) linear6_P

/-- Squared constant of `scores3_branch1` in `state` is `scores3_branch1_state_P / scores3_branch1_state_Q`. -/
def scores3_branch1_state_Q : Nat := Nat.mul (Nat.mul (Nat.mul from5_state_Q linear5_Q) split2_Q) linear6_Q

/-- Constant of `scores3_branch1` in `state` is `scores3_branch1_state_N / scores3_branch1_state_D`. -/
def scores3_branch1_state_N : Nat := 759250125

/-- Constant of `scores3_branch1` in `state` is `scores3_branch1_state_N / scores3_branch1_state_D`. -/
def scores3_branch1_state_D : Nat := (Nat.pow 2 28)

/-- `scores3_branch1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores3_branch1_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_branch1_state_P) (ofNat scores3_branch1_state_Q) (Slice 9 0 3 blocks_domain z) (scores3_branch1 r : Vec R → Vec R) :=
  scores3_branch1_general (f1 := from5 r) (f2 := linear5 r) (f3 := split2 r) (f4 := linear6 r) (from5_state_sqLipschitz r h1 h2 z) (linear5_sqLipschitz r h1 h2) (split2_sqLipschitz r h1 h2) (linear6_sqLipschitz r h1 h2)

/-- `scores3_branch1` has Lipschitz constant 2.82842713 in `state` (rounded up; exactly
759250125/(Nat.pow 2 28)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch1_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores3_branch1_state_N) (ofNat scores3_branch1_state_D) (Slice 9 0 3 blocks_domain z) (scores3_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch1_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores3_branch1` in `queries` is `scores3_branch1_queries_P / scores3_branch1_queries_Q`. -/
def scores3_branch1_queries_P : Nat := Nat.mul (Nat.mul (Nat.mul from5_queries_P linear5_P) split2_P) linear6_P

/-- Squared constant of `scores3_branch1` in `queries` is `scores3_branch1_queries_P / scores3_branch1_queries_Q`. -/
def scores3_branch1_queries_Q : Nat := Nat.mul (Nat.mul (Nat.mul from5_queries_Q linear5_Q) split2_Q) linear6_Q

/-- Constant of `scores3_branch1` in `queries` is `scores3_branch1_queries_N / scores3_branch1_queries_D`. -/
def scores3_branch1_queries_N : Nat := 0

/-- Constant of `scores3_branch1` in `queries` is `scores3_branch1_queries_N / scores3_branch1_queries_D`. -/
def scores3_branch1_queries_D : Nat := 1

/-- `scores3_branch1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores3_branch1_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_branch1_queries_P) (ofNat scores3_branch1_queries_Q) (Slice 9 3 4 blocks_domain z) (scores3_branch1 r : Vec R → Vec R) :=
  scores3_branch1_general (f1 := from5 r) (f2 := linear5 r) (f3 := split2 r) (f4 := linear6 r) (from5_queries_sqLipschitz r h1 h2 z) (linear5_sqLipschitz r h1 h2) (split2_sqLipschitz r h1 h2) (linear6_sqLipschitz r h1 h2)

/-- `scores3_branch1` has Lipschitz constant 0 in `queries` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch1_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores3_branch1_queries_N) (ofNat scores3_branch1_queries_D) (Slice 9 3 4 blocks_domain z) (scores3_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch1_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores3_branch1` in `key` is `scores3_branch1_key_P / scores3_branch1_key_Q`. -/
def scores3_branch1_key_P : Nat := Nat.mul (Nat.mul (Nat.mul from5_key_P linear5_P) split2_P) linear6_P

/-- Squared constant of `scores3_branch1` in `key` is `scores3_branch1_key_P / scores3_branch1_key_Q`. -/
def scores3_branch1_key_Q : Nat := Nat.mul (Nat.mul (Nat.mul from5_key_Q linear5_Q) split2_Q) linear6_Q

/-- Constant of `scores3_branch1` in `key` is `scores3_branch1_key_N / scores3_branch1_key_D`. -/
def scores3_branch1_key_N : Nat := 0

/-- Constant of `scores3_branch1` in `key` is `scores3_branch1_key_N / scores3_branch1_key_D`. -/
def scores3_branch1_key_D : Nat := 1

/-- `scores3_branch1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores3_branch1_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_branch1_key_P) (ofNat scores3_branch1_key_Q) (Slice 9 7 2 blocks_domain z) (scores3_branch1 r : Vec R → Vec R) :=
  scores3_branch1_general (f1 := from5 r) (f2 := linear5 r) (f3 := split2 r) (f4 := linear6 r) (from5_key_sqLipschitz r h1 h2 z) (linear5_sqLipschitz r h1 h2) (split2_sqLipschitz r h1 h2) (linear6_sqLipschitz r h1 h2)

/-- `scores3_branch1` has Lipschitz constant 0 in `key` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch1_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores3_branch1_key_N) (ofNat scores3_branch1_key_D) (Slice 9 7 2 blocks_domain z) (scores3_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch1_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from6` (from, 9 → 3): the input state, entries 0 to 2 of the stacked inputs. -/
noncomputable def from6 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 0

/-- Squared constant of `from6` in `state` is `from6_state_P / from6_state_Q`. -/
def from6_state_P : Nat := 1

/-- Squared constant of `from6` in `state` is `from6_state_P / from6_state_Q`. -/
def from6_state_Q : Nat := 1

/-- Layer `from6` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from6_state_P) (ofNat from6_state_Q) (Slice 9 0 3 blocks_domain z) (from6 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Squared constant of `from6` in `queries` is `from6_queries_P / from6_queries_Q`. -/
def from6_queries_P : Nat := 0

/-- Squared constant of `from6` in `queries` is `from6_queries_P / from6_queries_Q`. -/
def from6_queries_Q : Nat := 1

/-- Layer `from6` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from6_queries_P) (ofNat from6_queries_Q) (Slice 9 3 4 blocks_domain z) (from6 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from6` in `key` is `from6_key_P / from6_key_Q`. -/
def from6_key_P : Nat := 0

/-- Squared constant of `from6` in `key` is `from6_key_P / from6_key_Q`. -/
def from6_key_Q : Nat := 1

/-- Layer `from6` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from6_key_P) (ofNat from6_key_Q) (Slice 9 7 2 blocks_domain z) (from6 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from6` are at most `from6_A / from6_B` long. -/
def from6_A : Nat := 3

/-- Values of `from6` are at most `from6_A / from6_B` long. -/
def from6_B : Nat := 2

/-- On the domain the values of `from6`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from6_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 3 (ofNat from6_A) (ofNat from6_B) (blocks_domain : Vec R → Prop)
      (fun x => from6 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `linear7` (linear, 3 → 1): x ↦ Wx, W is 1×3. -/
noncomputable def linear7 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 3 linear7_weight.entry one (fun _ => zero)

/-- Squared constant of `linear7` is `linear7_P / linear7_Q`. -/
def linear7_P : Nat := linear7_weight_T

/-- Squared constant of `linear7` is `linear7_P / linear7_Q`. -/
def linear7_Q : Nat := Nat.mul linear7_weight_C (Nat.mul 1 1)

/-- Layer `linear7`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear7_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 3 1 (ofNat linear7_P) (ofNat linear7_Q) (linear7 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear7_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Values of `linear7` are at most `linear7_A / linear7_B` long. -/
def linear7_A : Nat := 9

/-- Values of `linear7` are at most `linear7_A / linear7_B` long. -/
def linear7_B : Nat := 2

/-- On the domain the values of `linear7`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear7_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 1 (ofNat linear7_A) (ofNat linear7_B) (blocks_domain : Vec R → Prop)
      (fun x => linear7 r (from6 r x)) :=
  LipBridge.BoundedOn.then (f := (fun x => from6 r x)) (g := linear7 r) (from6_boundedOn r h1 h2) (LipBridge.linear_normGain linear7_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Branch `scores3_branch2`: its layers in sequence. -/
noncomputable def scores3_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => linear7 r (from6 r x)

/-- What `scores3_branch2_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scores3_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 1 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitzOn 9 1 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2)) S
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `scores3_branch2` in `state` is `scores3_branch2_state_P / scores3_branch2_state_Q`. -/
def scores3_branch2_state_P : Nat := Nat.mul from6_state_P linear7_P

/-- Squared constant of `scores3_branch2` in `state` is `scores3_branch2_state_P / scores3_branch2_state_Q`. -/
def scores3_branch2_state_Q : Nat := Nat.mul from6_state_Q linear7_Q

/-- Constant of `scores3_branch2` in `state` is `scores3_branch2_state_N / scores3_branch2_state_D`. -/
def scores3_branch2_state_N : Nat := 3

/-- Constant of `scores3_branch2` in `state` is `scores3_branch2_state_N / scores3_branch2_state_D`. -/
def scores3_branch2_state_D : Nat := 1

/-- `scores3_branch2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores3_branch2_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat scores3_branch2_state_P) (ofNat scores3_branch2_state_Q) (Slice 9 0 3 blocks_domain z) (scores3_branch2 r : Vec R → Vec R) :=
  scores3_branch2_general (f1 := from6 r) (f2 := linear7 r) (from6_state_sqLipschitz r h1 h2 z) (linear7_sqLipschitz r h1 h2)

/-- `scores3_branch2` has Lipschitz constant 3 in `state` (rounded up; exactly
3/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch2_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 1 (ofNat scores3_branch2_state_N) (ofNat scores3_branch2_state_D) (Slice 9 0 3 blocks_domain z) (scores3_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch2_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores3_branch2` in `queries` is `scores3_branch2_queries_P / scores3_branch2_queries_Q`. -/
def scores3_branch2_queries_P : Nat := Nat.mul from6_queries_P linear7_P

/-- Squared constant of `scores3_branch2` in `queries` is `scores3_branch2_queries_P / scores3_branch2_queries_Q`. -/
def scores3_branch2_queries_Q : Nat := Nat.mul from6_queries_Q linear7_Q

/-- Constant of `scores3_branch2` in `queries` is `scores3_branch2_queries_N / scores3_branch2_queries_D`. -/
def scores3_branch2_queries_N : Nat := 0

/-- Constant of `scores3_branch2` in `queries` is `scores3_branch2_queries_N / scores3_branch2_queries_D`. -/
def scores3_branch2_queries_D : Nat := 1

/-- `scores3_branch2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores3_branch2_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat scores3_branch2_queries_P) (ofNat scores3_branch2_queries_Q) (Slice 9 3 4 blocks_domain z) (scores3_branch2 r : Vec R → Vec R) :=
  scores3_branch2_general (f1 := from6 r) (f2 := linear7 r) (from6_queries_sqLipschitz r h1 h2 z) (linear7_sqLipschitz r h1 h2)

/-- `scores3_branch2` has Lipschitz constant 0 in `queries` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch2_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 1 (ofNat scores3_branch2_queries_N) (ofNat scores3_branch2_queries_D) (Slice 9 3 4 blocks_domain z) (scores3_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch2_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores3_branch2` in `key` is `scores3_branch2_key_P / scores3_branch2_key_Q`. -/
def scores3_branch2_key_P : Nat := Nat.mul from6_key_P linear7_P

/-- Squared constant of `scores3_branch2` in `key` is `scores3_branch2_key_P / scores3_branch2_key_Q`. -/
def scores3_branch2_key_Q : Nat := Nat.mul from6_key_Q linear7_Q

/-- Constant of `scores3_branch2` in `key` is `scores3_branch2_key_N / scores3_branch2_key_D`. -/
def scores3_branch2_key_N : Nat := 0

/-- Constant of `scores3_branch2` in `key` is `scores3_branch2_key_N / scores3_branch2_key_D`. -/
def scores3_branch2_key_D : Nat := 1

/-- `scores3_branch2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores3_branch2_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat scores3_branch2_key_P) (ofNat scores3_branch2_key_Q) (Slice 9 7 2 blocks_domain z) (scores3_branch2 r : Vec R → Vec R) :=
  scores3_branch2_general (f1 := from6 r) (f2 := linear7 r) (from6_key_sqLipschitz r h1 h2 z) (linear7_sqLipschitz r h1 h2)

/-- `scores3_branch2` has Lipschitz constant 0 in `key` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch2_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 1 (ofNat scores3_branch2_key_N) (ofNat scores3_branch2_key_D) (Slice 9 7 2 blocks_domain z) (scores3_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch2_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `scores3` (scores, 9 → 2): x ↦ the scores of the 2 tokens of scores3_branch1 against scores3_branch2. -/
noncomputable def scores3 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.scores 1 (scores3_branch1 r) (scores3_branch2 r)

/-- Squared constant of `scores3` in `state` is `scores3_state_P / scores3_state_Q`. -/
def scores3_state_P : Nat := Nat.mul (Nat.add (Nat.mul (Nat.mul linear7_A scores3_branch1_state_N) (Nat.mul (Nat.mul (Nat.pow 2 29) linear6_B) scores3_branch2_state_D)) (Nat.mul (Nat.mul (Nat.mul 759250125 linear6_A) scores3_branch2_state_N) (Nat.mul linear7_B scores3_branch1_state_D))) (Nat.add (Nat.mul (Nat.mul linear7_A scores3_branch1_state_N) (Nat.mul (Nat.mul (Nat.pow 2 29) linear6_B) scores3_branch2_state_D)) (Nat.mul (Nat.mul (Nat.mul 759250125 linear6_A) scores3_branch2_state_N) (Nat.mul linear7_B scores3_branch1_state_D)))

/-- Squared constant of `scores3` in `state` is `scores3_state_P / scores3_state_Q`. -/
def scores3_state_Q : Nat := Nat.mul (Nat.mul (Nat.mul linear7_B scores3_branch1_state_D) (Nat.mul (Nat.mul (Nat.pow 2 29) linear6_B) scores3_branch2_state_D)) (Nat.mul (Nat.mul linear7_B scores3_branch1_state_D) (Nat.mul (Nat.mul (Nat.pow 2 29) linear6_B) scores3_branch2_state_D))

/-- Layer `scores3` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_state_P) (ofNat scores3_state_Q) (Slice 9 0 3 blocks_domain z) (scores3 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_lipschitzOn_ofNat (b := 2) (d := 1) (scores3_branch1_state_lipschitz r h1 h2 z) (scores3_branch2_state_lipschitz r h1 h2 z) ((LipBridge.BoundedOn.whole (A' := (Nat.mul 759250125 linear6_A)) (B' := (Nat.mul (Nat.pow 2 29) linear6_B)) (linear6_boundedOn r h1 h2) (Eq.refl true) (Eq.refl true)).mono (fun _ h => h.left)) ((linear7_boundedOn r h1 h2).mono (fun _ h => h.left)))

/-- Squared constant of `scores3` in `queries` is `scores3_queries_P / scores3_queries_Q`. -/
def scores3_queries_P : Nat := Nat.mul 0 0

/-- Squared constant of `scores3` in `queries` is `scores3_queries_P / scores3_queries_Q`. -/
def scores3_queries_Q : Nat := Nat.mul 1 1

/-- Layer `scores3` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_queries_P) (ofNat scores3_queries_Q) (Slice 9 3 4 blocks_domain z) (scores3 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_still_lipschitzOn_ofNat (b := 2) (d := 1) (scores3_branch1_queries_lipschitz r h1 h2 z) (scores3_branch2_queries_lipschitz r h1 h2 z))

/-- Squared constant of `scores3` in `key` is `scores3_key_P / scores3_key_Q`. -/
def scores3_key_P : Nat := Nat.mul 0 0

/-- Squared constant of `scores3` in `key` is `scores3_key_P / scores3_key_Q`. -/
def scores3_key_Q : Nat := Nat.mul 1 1

/-- Layer `scores3` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_key_P) (ofNat scores3_key_Q) (Slice 9 7 2 blocks_domain z) (scores3 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_still_lipschitzOn_ofNat (b := 2) (d := 1) (scores3_branch1_key_lipschitz r h1 h2 z) (scores3_branch2_key_lipschitz r h1 h2 z))

/-- Branch `concat1_branch3`: its layers in sequence. -/
noncomputable def concat1_branch3 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => scores3 r x

/-- What `concat1_branch3_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat1_branch3_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 2 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 9 2 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `concat1_branch3` in `state` is `concat1_branch3_state_P / concat1_branch3_state_Q`. -/
def concat1_branch3_state_P : Nat := scores3_state_P

/-- Squared constant of `concat1_branch3` in `state` is `concat1_branch3_state_P / concat1_branch3_state_Q`. -/
def concat1_branch3_state_Q : Nat := scores3_state_Q

/-- Constant of `concat1_branch3` in `state` is `concat1_branch3_state_N / concat1_branch3_state_D`. -/
def concat1_branch3_state_N : Nat := 8248463771

/-- Constant of `concat1_branch3` in `state` is `concat1_branch3_state_N / concat1_branch3_state_D`. -/
def concat1_branch3_state_D : Nat := (Nat.pow 2 28)

/-- `concat1_branch3` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch3_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch3_state_P) (ofNat concat1_branch3_state_Q) (Slice 9 0 3 blocks_domain z) (concat1_branch3 r : Vec R → Vec R) :=
  concat1_branch3_general (f1 := scores3 r) (scores3_state_sqLipschitz r h1 h2 z)

/-- `concat1_branch3` has Lipschitz constant 30.7279221 in `state` (rounded up; exactly
8248463771/(Nat.pow 2 28)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch3_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch3_state_N) (ofNat concat1_branch3_state_D) (Slice 9 0 3 blocks_domain z) (concat1_branch3 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch3_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch3` in `queries` is `concat1_branch3_queries_P / concat1_branch3_queries_Q`. -/
def concat1_branch3_queries_P : Nat := scores3_queries_P

/-- Squared constant of `concat1_branch3` in `queries` is `concat1_branch3_queries_P / concat1_branch3_queries_Q`. -/
def concat1_branch3_queries_Q : Nat := scores3_queries_Q

/-- Constant of `concat1_branch3` in `queries` is `concat1_branch3_queries_N / concat1_branch3_queries_D`. -/
def concat1_branch3_queries_N : Nat := 0

/-- Constant of `concat1_branch3` in `queries` is `concat1_branch3_queries_N / concat1_branch3_queries_D`. -/
def concat1_branch3_queries_D : Nat := 1

/-- `concat1_branch3` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch3_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch3_queries_P) (ofNat concat1_branch3_queries_Q) (Slice 9 3 4 blocks_domain z) (concat1_branch3 r : Vec R → Vec R) :=
  concat1_branch3_general (f1 := scores3 r) (scores3_queries_sqLipschitz r h1 h2 z)

/-- `concat1_branch3` has Lipschitz constant 0 in `queries` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch3_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch3_queries_N) (ofNat concat1_branch3_queries_D) (Slice 9 3 4 blocks_domain z) (concat1_branch3 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch3_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch3` in `key` is `concat1_branch3_key_P / concat1_branch3_key_Q`. -/
def concat1_branch3_key_P : Nat := scores3_key_P

/-- Squared constant of `concat1_branch3` in `key` is `concat1_branch3_key_P / concat1_branch3_key_Q`. -/
def concat1_branch3_key_Q : Nat := scores3_key_Q

/-- Constant of `concat1_branch3` in `key` is `concat1_branch3_key_N / concat1_branch3_key_D`. -/
def concat1_branch3_key_N : Nat := 0

/-- Constant of `concat1_branch3` in `key` is `concat1_branch3_key_N / concat1_branch3_key_D`. -/
def concat1_branch3_key_D : Nat := 1

/-- `concat1_branch3` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch3_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch3_key_P) (ofNat concat1_branch3_key_Q) (Slice 9 7 2 blocks_domain z) (concat1_branch3 r : Vec R → Vec R) :=
  concat1_branch3_general (f1 := scores3 r) (scores3_key_sqLipschitz r h1 h2 z)

/-- `concat1_branch3` has Lipschitz constant 0 in `key` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch3_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch3_key_N) (ofNat concat1_branch3_key_D) (Slice 9 7 2 blocks_domain z) (concat1_branch3 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch3_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from7` (from, 9 → 3): the input state, entries 0 to 2 of the stacked inputs. -/
noncomputable def from7 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 0

/-- Squared constant of `from7` in `state` is `from7_state_P / from7_state_Q`. -/
def from7_state_P : Nat := 1

/-- Squared constant of `from7` in `state` is `from7_state_P / from7_state_Q`. -/
def from7_state_Q : Nat := 1

/-- Layer `from7` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from7_state_P) (ofNat from7_state_Q) (Slice 9 0 3 blocks_domain z) (from7 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Squared constant of `from7` in `queries` is `from7_queries_P / from7_queries_Q`. -/
def from7_queries_P : Nat := 0

/-- Squared constant of `from7` in `queries` is `from7_queries_P / from7_queries_Q`. -/
def from7_queries_Q : Nat := 1

/-- Layer `from7` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from7_queries_P) (ofNat from7_queries_Q) (Slice 9 3 4 blocks_domain z) (from7 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from7` in `key` is `from7_key_P / from7_key_Q`. -/
def from7_key_P : Nat := 0

/-- Squared constant of `from7` in `key` is `from7_key_P / from7_key_Q`. -/
def from7_key_Q : Nat := 1

/-- Layer `from7` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat from7_key_P) (ofNat from7_key_Q) (Slice 9 7 2 blocks_domain z) (from7 r : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from7` are at most `from7_A / from7_B` long. -/
def from7_A : Nat := 3

/-- Values of `from7` are at most `from7_A / from7_B` long. -/
def from7_B : Nat := 2

/-- On the domain the values of `from7`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from7_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 3 (ofNat from7_A) (ofNat from7_B) (blocks_domain : Vec R → Prop)
      (fun x => from7 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `linear8` (linear, 3 → 2): x ↦ Wx, W is 2×3. -/
noncomputable def linear8 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.linear 3 linear2_weight.entry one (fun _ => zero)

/-- Squared constant of `linear8` is `linear8_P / linear8_Q`. -/
def linear8_P : Nat := linear2_weight_T

/-- Squared constant of `linear8` is `linear8_P / linear8_Q`. -/
def linear8_Q : Nat := Nat.mul linear2_weight_C (Nat.mul 1 1)

/-- Layer `linear8`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear8_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitz 3 2 (ofNat linear8_P) (ofNat linear8_Q) (linear8 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear2_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Values of `linear8` are at most `linear8_A / linear8_B` long. -/
def linear8_A : Nat := 7890358753

/-- Values of `linear8` are at most `linear8_A / linear8_B` long. -/
def linear8_B : Nat := (Nat.pow 2 31)

/-- On the domain the values of `linear8`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear8_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 2 (ofNat linear8_A) (ofNat linear8_B) (blocks_domain : Vec R → Prop)
      (fun x => linear8 r (from7 r x)) :=
  LipBridge.BoundedOn.then (f := (fun x => from7 r x)) (g := linear8 r) (from7_boundedOn r h1 h2) (LipBridge.linear_normGain linear2_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Branch `similarity1_branch1`: its layers in sequence. -/
noncomputable def similarity1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => linear8 r (from7 r x)

/-- What `similarity1_branch1_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem similarity1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 2 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitzOn 9 2 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2)) S
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `similarity1_branch1` in `state` is `similarity1_branch1_state_P / similarity1_branch1_state_Q`. -/
def similarity1_branch1_state_P : Nat := Nat.mul from7_state_P linear8_P

/-- Squared constant of `similarity1_branch1` in `state` is `similarity1_branch1_state_P / similarity1_branch1_state_Q`. -/
def similarity1_branch1_state_Q : Nat := Nat.mul from7_state_Q linear8_Q

/-- Constant of `similarity1_branch1` in `state` is `similarity1_branch1_state_N / similarity1_branch1_state_D`. -/
def similarity1_branch1_state_N : Nat := 5260239169

/-- Constant of `similarity1_branch1` in `state` is `similarity1_branch1_state_N / similarity1_branch1_state_D`. -/
def similarity1_branch1_state_D : Nat := (Nat.pow 2 31)

/-- `similarity1_branch1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch1_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch1_state_P) (ofNat similarity1_branch1_state_Q) (Slice 9 0 3 blocks_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  similarity1_branch1_general (f1 := from7 r) (f2 := linear8 r) (from7_state_sqLipschitz r h1 h2 z) (linear8_sqLipschitz r h1 h2)

/-- `similarity1_branch1` has Lipschitz constant 2.44948975 in `state` (rounded up; exactly
5260239169/(Nat.pow 2 31)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch1_state_N) (ofNat similarity1_branch1_state_D) (Slice 9 0 3 blocks_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity1_branch1` in `queries` is `similarity1_branch1_queries_P / similarity1_branch1_queries_Q`. -/
def similarity1_branch1_queries_P : Nat := Nat.mul from7_queries_P linear8_P

/-- Squared constant of `similarity1_branch1` in `queries` is `similarity1_branch1_queries_P / similarity1_branch1_queries_Q`. -/
def similarity1_branch1_queries_Q : Nat := Nat.mul from7_queries_Q linear8_Q

/-- Constant of `similarity1_branch1` in `queries` is `similarity1_branch1_queries_N / similarity1_branch1_queries_D`. -/
def similarity1_branch1_queries_N : Nat := 0

/-- Constant of `similarity1_branch1` in `queries` is `similarity1_branch1_queries_N / similarity1_branch1_queries_D`. -/
def similarity1_branch1_queries_D : Nat := 1

/-- `similarity1_branch1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch1_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch1_queries_P) (ofNat similarity1_branch1_queries_Q) (Slice 9 3 4 blocks_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  similarity1_branch1_general (f1 := from7 r) (f2 := linear8 r) (from7_queries_sqLipschitz r h1 h2 z) (linear8_sqLipschitz r h1 h2)

/-- `similarity1_branch1` has Lipschitz constant 0 in `queries` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch1_queries_N) (ofNat similarity1_branch1_queries_D) (Slice 9 3 4 blocks_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity1_branch1` in `key` is `similarity1_branch1_key_P / similarity1_branch1_key_Q`. -/
def similarity1_branch1_key_P : Nat := Nat.mul from7_key_P linear8_P

/-- Squared constant of `similarity1_branch1` in `key` is `similarity1_branch1_key_P / similarity1_branch1_key_Q`. -/
def similarity1_branch1_key_Q : Nat := Nat.mul from7_key_Q linear8_Q

/-- Constant of `similarity1_branch1` in `key` is `similarity1_branch1_key_N / similarity1_branch1_key_D`. -/
def similarity1_branch1_key_N : Nat := 0

/-- Constant of `similarity1_branch1` in `key` is `similarity1_branch1_key_N / similarity1_branch1_key_D`. -/
def similarity1_branch1_key_D : Nat := 1

/-- `similarity1_branch1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch1_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch1_key_P) (ofNat similarity1_branch1_key_Q) (Slice 9 7 2 blocks_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  similarity1_branch1_general (f1 := from7 r) (f2 := linear8 r) (from7_key_sqLipschitz r h1 h2 z) (linear8_sqLipschitz r h1 h2)

/-- `similarity1_branch1` has Lipschitz constant 0 in `key` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch1_key_N) (ofNat similarity1_branch1_key_D) (Slice 9 7 2 blocks_domain z) (similarity1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `from8` (from, 9 → 2): the input key, entries 7 to 8 of the stacked inputs. -/
noncomputable def from8 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.slice 7

/-- Squared constant of `from8` in `state` is `from8_state_P / from8_state_Q`. -/
def from8_state_P : Nat := 0

/-- Squared constant of `from8` in `state` is `from8_state_P / from8_state_Q`. -/
def from8_state_Q : Nat := 1

/-- Layer `from8` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from8_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat from8_state_P) (ofNat from8_state_Q) (Slice 9 0 3 blocks_domain z) (from8 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from8` in `queries` is `from8_queries_P / from8_queries_Q`. -/
def from8_queries_P : Nat := 0

/-- Squared constant of `from8` in `queries` is `from8_queries_P / from8_queries_Q`. -/
def from8_queries_Q : Nat := 1

/-- Layer `from8` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from8_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat from8_queries_P) (ofNat from8_queries_Q) (Slice 9 3 4 blocks_domain z) (from8 r : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from8` in `key` is `from8_key_P / from8_key_Q`. -/
def from8_key_P : Nat := 1

/-- Squared constant of `from8` in `key` is `from8_key_P / from8_key_Q`. -/
def from8_key_Q : Nat := 1

/-- Layer `from8` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from8_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat from8_key_P) (ofNat from8_key_Q) (Slice 9 7 2 blocks_domain z) (from8 r : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 7) (m := 2) (Eq.refl true)).on _

/-- Values of `from8` are at most `from8_A / from8_B` long. -/
def from8_A : Nat := 1

/-- Values of `from8` are at most `from8_A / from8_B` long. -/
def from8_B : Nat := 3

/-- On the domain the values of `from8`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from8_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    BoundedOn 1 2 (ofNat from8_A) (ofNat from8_B) (blocks_domain : Vec R → Prop)
      (fun x => from8 r x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Branch `similarity1_branch2`: its layers in sequence. -/
noncomputable def similarity1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => from8 r x

/-- What `similarity1_branch2_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem similarity1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 2 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 9 2 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `similarity1_branch2` in `state` is `similarity1_branch2_state_P / similarity1_branch2_state_Q`. -/
def similarity1_branch2_state_P : Nat := from8_state_P

/-- Squared constant of `similarity1_branch2` in `state` is `similarity1_branch2_state_P / similarity1_branch2_state_Q`. -/
def similarity1_branch2_state_Q : Nat := from8_state_Q

/-- Constant of `similarity1_branch2` in `state` is `similarity1_branch2_state_N / similarity1_branch2_state_D`. -/
def similarity1_branch2_state_N : Nat := 0

/-- Constant of `similarity1_branch2` in `state` is `similarity1_branch2_state_N / similarity1_branch2_state_D`. -/
def similarity1_branch2_state_D : Nat := 1

/-- `similarity1_branch2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch2_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch2_state_P) (ofNat similarity1_branch2_state_Q) (Slice 9 0 3 blocks_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  similarity1_branch2_general (f1 := from8 r) (from8_state_sqLipschitz r h1 h2 z)

/-- `similarity1_branch2` has Lipschitz constant 0 in `state` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch2_state_N) (ofNat similarity1_branch2_state_D) (Slice 9 0 3 blocks_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity1_branch2` in `queries` is `similarity1_branch2_queries_P / similarity1_branch2_queries_Q`. -/
def similarity1_branch2_queries_P : Nat := from8_queries_P

/-- Squared constant of `similarity1_branch2` in `queries` is `similarity1_branch2_queries_P / similarity1_branch2_queries_Q`. -/
def similarity1_branch2_queries_Q : Nat := from8_queries_Q

/-- Constant of `similarity1_branch2` in `queries` is `similarity1_branch2_queries_N / similarity1_branch2_queries_D`. -/
def similarity1_branch2_queries_N : Nat := 0

/-- Constant of `similarity1_branch2` in `queries` is `similarity1_branch2_queries_N / similarity1_branch2_queries_D`. -/
def similarity1_branch2_queries_D : Nat := 1

/-- `similarity1_branch2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch2_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch2_queries_P) (ofNat similarity1_branch2_queries_Q) (Slice 9 3 4 blocks_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  similarity1_branch2_general (f1 := from8 r) (from8_queries_sqLipschitz r h1 h2 z)

/-- `similarity1_branch2` has Lipschitz constant 0 in `queries` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch2_queries_N) (ofNat similarity1_branch2_queries_D) (Slice 9 3 4 blocks_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity1_branch2` in `key` is `similarity1_branch2_key_P / similarity1_branch2_key_Q`. -/
def similarity1_branch2_key_P : Nat := from8_key_P

/-- Squared constant of `similarity1_branch2` in `key` is `similarity1_branch2_key_P / similarity1_branch2_key_Q`. -/
def similarity1_branch2_key_Q : Nat := from8_key_Q

/-- Constant of `similarity1_branch2` in `key` is `similarity1_branch2_key_N / similarity1_branch2_key_D`. -/
def similarity1_branch2_key_N : Nat := 1

/-- Constant of `similarity1_branch2` in `key` is `similarity1_branch2_key_N / similarity1_branch2_key_D`. -/
def similarity1_branch2_key_D : Nat := 1

/-- `similarity1_branch2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch2_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch2_key_P) (ofNat similarity1_branch2_key_Q) (Slice 9 7 2 blocks_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  similarity1_branch2_general (f1 := from8 r) (from8_key_sqLipschitz r h1 h2 z)

/-- `similarity1_branch2` has Lipschitz constant 1 in `key` (rounded up; exactly
1/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch2_key_N) (ofNat similarity1_branch2_key_D) (Slice 9 7 2 blocks_domain z) (similarity1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `similarity1` (similarity, 9 → 1): x ↦ the score of similarity1_branch1 against similarity1_branch2. -/
noncomputable def similarity1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  LipBridge.similarity 1 2 (similarity1_branch1 r) (similarity1_branch2 r)

/-- Squared constant of `similarity1` in `state` is `similarity1_state_P / similarity1_state_Q`. -/
def similarity1_state_P : Nat := Nat.mul (Nat.mul from8_A similarity1_branch1_state_N) (Nat.mul from8_A similarity1_branch1_state_N)

/-- Squared constant of `similarity1` in `state` is `similarity1_state_P / similarity1_state_Q`. -/
def similarity1_state_Q : Nat := Nat.mul (Nat.mul from8_B similarity1_branch1_state_D) (Nat.mul from8_B similarity1_branch1_state_D)

/-- Layer `similarity1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat similarity1_state_P) (ofNat similarity1_state_Q) (Slice 9 0 3 blocks_domain z) (similarity1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_query_lipschitzOn_ofNat (b := 1) (d := 2) (Eq.refl true) (similarity1_branch1_state_lipschitz r h1 h2 z) (similarity1_branch2_state_lipschitz r h1 h2 z) ((from8_boundedOn r h1 h2).mono (fun _ h => h.left)))

/-- Squared constant of `similarity1` in `queries` is `similarity1_queries_P / similarity1_queries_Q`. -/
def similarity1_queries_P : Nat := Nat.mul 0 0

/-- Squared constant of `similarity1` in `queries` is `similarity1_queries_P / similarity1_queries_Q`. -/
def similarity1_queries_Q : Nat := Nat.mul 1 1

/-- Layer `similarity1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat similarity1_queries_P) (ofNat similarity1_queries_Q) (Slice 9 3 4 blocks_domain z) (similarity1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_still_lipschitzOn_ofNat (b := 1) (d := 2) (similarity1_branch1_queries_lipschitz r h1 h2 z) (similarity1_branch2_queries_lipschitz r h1 h2 z))

/-- Squared constant of `similarity1` in `key` is `similarity1_key_P / similarity1_key_Q`. -/
def similarity1_key_P : Nat := Nat.mul (Nat.mul linear8_A similarity1_branch2_key_N) (Nat.mul linear8_A similarity1_branch2_key_N)

/-- Squared constant of `similarity1` in `key` is `similarity1_key_P / similarity1_key_Q`. -/
def similarity1_key_Q : Nat := Nat.mul (Nat.mul linear8_B similarity1_branch2_key_D) (Nat.mul linear8_B similarity1_branch2_key_D)

/-- Layer `similarity1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat similarity1_key_P) (ofNat similarity1_key_Q) (Slice 9 7 2 blocks_domain z) (similarity1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_keys_lipschitzOn_ofNat (b := 1) (d := 2) (Eq.refl true) (similarity1_branch1_key_lipschitz r h1 h2 z) (similarity1_branch2_key_lipschitz r h1 h2 z) ((linear8_boundedOn r h1 h2).mono (fun _ h => h.left)))

/-- Branch `concat1_branch4`: its layers in sequence. -/
noncomputable def concat1_branch4 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => similarity1 r x

/-- What `concat1_branch4_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat1_branch4_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 1 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 9 1 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `concat1_branch4` in `state` is `concat1_branch4_state_P / concat1_branch4_state_Q`. -/
def concat1_branch4_state_P : Nat := similarity1_state_P

/-- Squared constant of `concat1_branch4` in `state` is `concat1_branch4_state_P / concat1_branch4_state_Q`. -/
def concat1_branch4_state_Q : Nat := similarity1_state_Q

/-- Constant of `concat1_branch4` in `state` is `concat1_branch4_state_N / concat1_branch4_state_D`. -/
def concat1_branch4_state_N : Nat := 3506826113

/-- Constant of `concat1_branch4` in `state` is `concat1_branch4_state_N / concat1_branch4_state_D`. -/
def concat1_branch4_state_D : Nat := (Nat.pow 2 32)

/-- `concat1_branch4` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch4_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat concat1_branch4_state_P) (ofNat concat1_branch4_state_Q) (Slice 9 0 3 blocks_domain z) (concat1_branch4 r : Vec R → Vec R) :=
  concat1_branch4_general (f1 := similarity1 r) (similarity1_state_sqLipschitz r h1 h2 z)

/-- `concat1_branch4` has Lipschitz constant 0.816496582 in `state` (rounded up; exactly
3506826113/(Nat.pow 2 32)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch4_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 1 (ofNat concat1_branch4_state_N) (ofNat concat1_branch4_state_D) (Slice 9 0 3 blocks_domain z) (concat1_branch4 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch4_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch4` in `queries` is `concat1_branch4_queries_P / concat1_branch4_queries_Q`. -/
def concat1_branch4_queries_P : Nat := similarity1_queries_P

/-- Squared constant of `concat1_branch4` in `queries` is `concat1_branch4_queries_P / concat1_branch4_queries_Q`. -/
def concat1_branch4_queries_Q : Nat := similarity1_queries_Q

/-- Constant of `concat1_branch4` in `queries` is `concat1_branch4_queries_N / concat1_branch4_queries_D`. -/
def concat1_branch4_queries_N : Nat := 0

/-- Constant of `concat1_branch4` in `queries` is `concat1_branch4_queries_N / concat1_branch4_queries_D`. -/
def concat1_branch4_queries_D : Nat := 1

/-- `concat1_branch4` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch4_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat concat1_branch4_queries_P) (ofNat concat1_branch4_queries_Q) (Slice 9 3 4 blocks_domain z) (concat1_branch4 r : Vec R → Vec R) :=
  concat1_branch4_general (f1 := similarity1 r) (similarity1_queries_sqLipschitz r h1 h2 z)

/-- `concat1_branch4` has Lipschitz constant 0 in `queries` (rounded up; exactly
0/1): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch4_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 1 (ofNat concat1_branch4_queries_N) (ofNat concat1_branch4_queries_D) (Slice 9 3 4 blocks_domain z) (concat1_branch4 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch4_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch4` in `key` is `concat1_branch4_key_P / concat1_branch4_key_Q`. -/
def concat1_branch4_key_P : Nat := similarity1_key_P

/-- Squared constant of `concat1_branch4` in `key` is `concat1_branch4_key_P / concat1_branch4_key_Q`. -/
def concat1_branch4_key_Q : Nat := similarity1_key_Q

/-- Constant of `concat1_branch4` in `key` is `concat1_branch4_key_N / concat1_branch4_key_D`. -/
def concat1_branch4_key_N : Nat := 7890358753

/-- Constant of `concat1_branch4` in `key` is `concat1_branch4_key_N / concat1_branch4_key_D`. -/
def concat1_branch4_key_D : Nat := (Nat.pow 2 31)

/-- `concat1_branch4` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch4_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat concat1_branch4_key_P) (ofNat concat1_branch4_key_Q) (Slice 9 7 2 blocks_domain z) (concat1_branch4 r : Vec R → Vec R) :=
  concat1_branch4_general (f1 := similarity1 r) (similarity1_key_sqLipschitz r h1 h2 z)

/-- `concat1_branch4` has Lipschitz constant 3.67423462 in `key` (rounded up; exactly
7890358753/(Nat.pow 2 31)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch4_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 1 (ofNat concat1_branch4_key_N) (ofNat concat1_branch4_key_D) (Slice 9 7 2 blocks_domain z) (concat1_branch4 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch4_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Layer `concat1` (concat, 9 → 8): x ↦ the outputs of 4 branches of x, one after the other. -/
noncomputable def concat1 {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  (LipBridge.concat 7 (LipBridge.concat 5 (LipBridge.concat 2 (concat1_branch1 r) (concat1_branch2 r)) (concat1_branch3 r)) (concat1_branch4 r))

/-- Squared constant of `concat1` in `state` is `concat1_state_P / concat1_state_Q`. -/
def concat1_state_P : Nat := (Nat.add (Nat.mul (Nat.add (Nat.mul (Nat.add (Nat.mul concat1_branch1_state_P concat1_branch2_state_Q) (Nat.mul concat1_branch2_state_P concat1_branch1_state_Q)) concat1_branch3_state_Q) (Nat.mul concat1_branch3_state_P (Nat.mul concat1_branch1_state_Q concat1_branch2_state_Q))) concat1_branch4_state_Q) (Nat.mul concat1_branch4_state_P (Nat.mul (Nat.mul concat1_branch1_state_Q concat1_branch2_state_Q) concat1_branch3_state_Q)))

/-- Squared constant of `concat1` in `state` is `concat1_state_P / concat1_state_Q`. -/
def concat1_state_Q : Nat := (Nat.mul (Nat.mul (Nat.mul concat1_branch1_state_Q concat1_branch2_state_Q) concat1_branch3_state_Q) concat1_branch4_state_Q)

/-- Layer `concat1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat concat1_state_P) (ofNat concat1_state_Q) (Slice 9 0 3 blocks_domain z) (concat1 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (LipBridge.concat_sqLipschitz_ofNat (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_state_sqLipschitz r h1 h2 z) (concat1_branch2_state_sqLipschitz r h1 h2 z)) (concat1_branch3_state_sqLipschitz r h1 h2 z)) (concat1_branch4_state_sqLipschitz r h1 h2 z))

/-- Squared constant of `concat1` in `queries` is `concat1_queries_P / concat1_queries_Q`. -/
def concat1_queries_P : Nat := (Nat.add (Nat.mul (Nat.add (Nat.mul (Nat.add (Nat.mul concat1_branch1_queries_P concat1_branch2_queries_Q) (Nat.mul concat1_branch2_queries_P concat1_branch1_queries_Q)) concat1_branch3_queries_Q) (Nat.mul concat1_branch3_queries_P (Nat.mul concat1_branch1_queries_Q concat1_branch2_queries_Q))) concat1_branch4_queries_Q) (Nat.mul concat1_branch4_queries_P (Nat.mul (Nat.mul concat1_branch1_queries_Q concat1_branch2_queries_Q) concat1_branch3_queries_Q)))

/-- Squared constant of `concat1` in `queries` is `concat1_queries_P / concat1_queries_Q`. -/
def concat1_queries_Q : Nat := (Nat.mul (Nat.mul (Nat.mul concat1_branch1_queries_Q concat1_branch2_queries_Q) concat1_branch3_queries_Q) concat1_branch4_queries_Q)

/-- Layer `concat1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat concat1_queries_P) (ofNat concat1_queries_Q) (Slice 9 3 4 blocks_domain z) (concat1 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (LipBridge.concat_sqLipschitz_ofNat (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_queries_sqLipschitz r h1 h2 z) (concat1_branch2_queries_sqLipschitz r h1 h2 z)) (concat1_branch3_queries_sqLipschitz r h1 h2 z)) (concat1_branch4_queries_sqLipschitz r h1 h2 z))

/-- Squared constant of `concat1` in `key` is `concat1_key_P / concat1_key_Q`. -/
def concat1_key_P : Nat := (Nat.add (Nat.mul (Nat.add (Nat.mul (Nat.add (Nat.mul concat1_branch1_key_P concat1_branch2_key_Q) (Nat.mul concat1_branch2_key_P concat1_branch1_key_Q)) concat1_branch3_key_Q) (Nat.mul concat1_branch3_key_P (Nat.mul concat1_branch1_key_Q concat1_branch2_key_Q))) concat1_branch4_key_Q) (Nat.mul concat1_branch4_key_P (Nat.mul (Nat.mul concat1_branch1_key_Q concat1_branch2_key_Q) concat1_branch3_key_Q)))

/-- Squared constant of `concat1` in `key` is `concat1_key_P / concat1_key_Q`. -/
def concat1_key_Q : Nat := (Nat.mul (Nat.mul (Nat.mul concat1_branch1_key_Q concat1_branch2_key_Q) concat1_branch3_key_Q) concat1_branch4_key_Q)

/-- Layer `concat1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat concat1_key_P) (ofNat concat1_key_Q) (Slice 9 7 2 blocks_domain z) (concat1 r : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (LipBridge.concat_sqLipschitz_ofNat (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_key_sqLipschitz r h1 h2 z) (concat1_branch2_key_sqLipschitz r h1 h2 z)) (concat1_branch3_key_sqLipschitz r h1 h2 z)) (concat1_branch4_key_sqLipschitz r h1 h2 z))

/-- The network `blocks`: its layers in sequence. -/
noncomputable def blocks {R : Type u} [OrderedRing R] (r : Nat → R) : Vec R → Vec R :=
  fun x => concat1 r x

/-- What `blocks_state_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem blocks_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 9 8 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 9 8 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `blocks` in `state` is `blocks_state_P / blocks_state_Q`. -/
def blocks_state_P : Nat := concat1_state_P

/-- Squared constant of `blocks` in `state` is `blocks_state_P / blocks_state_Q`. -/
def blocks_state_Q : Nat := concat1_state_Q

/-- Constant of `blocks` in `state` is `blocks_state_N / blocks_state_D`. -/
def blocks_state_N : Nat := 8288830273

/-- Constant of `blocks` in `state` is `blocks_state_N / blocks_state_D`. -/
def blocks_state_D : Nat := (Nat.pow 2 28)

/-- `blocks` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem blocks_state_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat blocks_state_P) (ofNat blocks_state_Q) (Slice 9 0 3 blocks_domain z) (blocks r : Vec R → Vec R) :=
  blocks_general (f1 := concat1 r) (concat1_state_sqLipschitz r h1 h2 z)

/-- `blocks` has Lipschitz constant 30.8782991 in `state` (rounded up; exactly
8288830273/(Nat.pow 2 28)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem blocks_state_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 8 (ofNat blocks_state_N) (ofNat blocks_state_D) (Slice 9 0 3 blocks_domain z) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_state_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `blocks` in `queries` is `blocks_queries_P / blocks_queries_Q`. -/
def blocks_queries_P : Nat := concat1_queries_P

/-- Squared constant of `blocks` in `queries` is `blocks_queries_P / blocks_queries_Q`. -/
def blocks_queries_Q : Nat := concat1_queries_Q

/-- Constant of `blocks` in `queries` is `blocks_queries_N / blocks_queries_D`. -/
def blocks_queries_N : Nat := 816321673

/-- Constant of `blocks` in `queries` is `blocks_queries_N / blocks_queries_D`. -/
def blocks_queries_D : Nat := (Nat.pow 2 30)

/-- `blocks` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem blocks_queries_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat blocks_queries_P) (ofNat blocks_queries_Q) (Slice 9 3 4 blocks_domain z) (blocks r : Vec R → Vec R) :=
  blocks_general (f1 := concat1 r) (concat1_queries_sqLipschitz r h1 h2 z)

/-- `blocks` has Lipschitz constant 0.760258803 in `queries` (rounded up; exactly
816321673/(Nat.pow 2 30)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem blocks_queries_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 8 (ofNat blocks_queries_N) (ofNat blocks_queries_D) (Slice 9 3 4 blocks_domain z) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_queries_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `blocks` in `key` is `blocks_key_P / blocks_key_Q`. -/
def blocks_key_P : Nat := concat1_key_P

/-- Squared constant of `blocks` in `key` is `blocks_key_P / blocks_key_Q`. -/
def blocks_key_Q : Nat := concat1_key_Q

/-- Constant of `blocks` in `key` is `blocks_key_N / blocks_key_D`. -/
def blocks_key_N : Nat := 10526806703

/-- Constant of `blocks` in `key` is `blocks_key_N / blocks_key_D`. -/
def blocks_key_D : Nat := (Nat.pow 2 30)

/-- `blocks` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem blocks_key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat blocks_key_P) (ofNat blocks_key_Q) (Slice 9 7 2 blocks_domain z) (blocks r : Vec R → Vec R) :=
  blocks_general (f1 := concat1 r) (concat1_key_sqLipschitz r h1 h2 z)

/-- `blocks` has Lipschitz constant 9.80385273 in `key` (rounded up; exactly
10526806703/(Nat.pow 2 30)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z outside of `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem blocks_key_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (z : Vec R) :
    LipschitzOn 9 8 (ofNat blocks_key_N) (ofNat blocks_key_D) (Slice 9 7 2 blocks_domain z) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_key_sqLipschitz r h1 h2 z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `blocks` in all inputs together is `blocks_P / blocks_Q`: the squares add. -/
def blocks_P : Nat := (Nat.add (Nat.mul (Nat.add (Nat.mul blocks_state_P blocks_queries_Q) (Nat.mul blocks_queries_P blocks_state_Q)) blocks_key_Q) (Nat.mul blocks_key_P (Nat.mul blocks_state_Q blocks_queries_Q)))

/-- Squared constant of `blocks` in all inputs together is `blocks_P / blocks_Q`: the squares add. -/
def blocks_Q : Nat := (Nat.mul (Nat.mul blocks_state_Q blocks_queries_Q) blocks_key_Q)

/-- Constant of `blocks` in all inputs together is `blocks_N / blocks_D`. -/
def blocks_N : Nat := 2174744379

/-- Constant of `blocks` in all inputs together is `blocks_N / blocks_D`. -/
def blocks_D : Nat := (Nat.pow 2 26)

/-- `blocks` in all inputs together: Q·‖f x − f y‖² ≤ P·‖x − y‖² on the domain. -/
theorem blocks_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    SqLipschitzOn 9 8 (ofNat blocks_P) (ofNat blocks_Q) (blocks_domain : Vec R → Prop) (blocks r : Vec R → Vec R) :=
  SqLipschitzOn.ofSlices (SqLipschitzOn.join_ofNat (fun x y hx hy => ⟨(InBall.splice_below (Eq.refl true) hy.left), (InBall.splice_below (Eq.refl true) hy.right.left), (InBall.splice_from (Eq.refl true) hx.right.right)⟩) (SqLipschitzOn.join_ofNat (fun x y hx hy => ⟨(InBall.splice_below (Eq.refl true) hy.left), (InBall.splice_from (Eq.refl true) hx.right.left), (InBall.splice_from (Eq.refl true) hx.right.right)⟩) (blocks_state_sqLipschitz r h1 h2) (blocks_queries_sqLipschitz r h1 h2)) (blocks_key_sqLipschitz r h1 h2))

/-- `blocks` has Lipschitz constant 32.4062166 in all inputs together (rounded up; exactly
2174744379/(Nat.pow 2 26)): for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem blocks_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) :
    LipschitzOn 9 8 (ofNat blocks_N) (ofNat blocks_D) (blocks_domain : Vec R → Prop) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_sqLipschitz r h1 h2) (Eq.refl true) (Eq.refl true)

end Blocks
