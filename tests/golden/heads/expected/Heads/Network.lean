import LipBridge
import Heads.Data.linear1_weight
import Heads.Data.rms_norm1_gain
import Heads.Data.linear2_weight
import Heads.Data.layer_norm1_gain
import Heads.Data.layer_norm1_bias
import Heads.Data.linear3_weight
import Heads.Data.layer_norm2_gain
import Heads.Data.rms_norm2_gain
/-!
# The network `heads`

6 → 1. Exported by lipbridge 0.1.0.

Vectors are functions of the index; a block of tokens is one vector, token after token. In a ring `R`
the weights are `n · r d`: integers `n` of the data modules times the element `r d` with
`d · r d = 1`; over the real numbers `r d` is `1/d`.

Roots and activations that no ring has are given functions, one for all layers that share it, each with a hypothesis that
says what it must be: `rms_norm1_t` with `rms_norm1_ht`, `rotary1_t` with `rotary1_ht`, `layer_norm2_t` with `layer_norm2_ht`, `rotary2_t` with `rotary2_ht`.
-/

set_option autoImplicit false
-- Every layer takes all hypotheses of the network, whether it needs them or not.
set_option linter.unusedVariables false

universe u

namespace Heads

open LipBridge

/-- Where the inputs lie: ‖hidden‖ ≤ 2. -/
def heads_domain {R : Type u} [OrderedRing R] : Vec R → Prop :=
  (fun x => InBall 0 1 3 2 1 x)

/-- Layer `from1` (from, 6 → 3): the input hidden, entries 0 to 2 of the stacked inputs. -/
noncomputable def from1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.slice 0

/-- Squared constant of `from1` in `hidden` is `from1_hidden_P / from1_hidden_Q`. -/
def from1_hidden_P : Nat := 1

/-- Squared constant of `from1` in `hidden` is `from1_hidden_P / from1_hidden_Q`. -/
def from1_hidden_Q : Nat := 1

/-- Layer `from1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat from1_hidden_P) (ofNat from1_hidden_Q) (Slice 6 0 3 heads_domain z) (from1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 6) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Squared constant of `from1` in `token` is `from1_token_P / from1_token_Q`. -/
def from1_token_P : Nat := 0

/-- Squared constant of `from1` in `token` is `from1_token_P / from1_token_Q`. -/
def from1_token_Q : Nat := 1

/-- Layer `from1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat from1_token_P) (ofNat from1_token_Q) (Slice 6 3 3 heads_domain z) (from1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from1` are at most `from1_A / from1_B` long. -/
def from1_A : Nat := 2

/-- Values of `from1` are at most `from1_A / from1_B` long. -/
def from1_B : Nat := 1

/-- On the domain the values of `from1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 3 (ofNat from1_A) (ofNat from1_B) (heads_domain : Vec R → Prop)
      (fun x => from1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h)

/-- Layer `linear1` (linear, 3 → 4): x ↦ Wx, W is 4×3. -/
noncomputable def linear1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.linear 3 linear1_weight.entry one (fun _ => zero)

/-- Squared constant of `linear1` is `linear1_P / linear1_Q`. -/
def linear1_P : Nat := linear1_weight_T

/-- Squared constant of `linear1` is `linear1_P / linear1_Q`. -/
def linear1_Q : Nat := Nat.mul linear1_weight_C (Nat.mul 1 1)

/-- Layer `linear1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 3 4 (ofNat linear1_P) (ofNat linear1_Q) (linear1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear1_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Values of `linear1` are at most `linear1_A / linear1_B` long. -/
def linear1_A : Nat := 5747188509

/-- Values of `linear1` are at most `linear1_A / linear1_B` long. -/
def linear1_B : Nat := (Nat.pow 2 30)

/-- On the domain the values of `linear1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat linear1_A) (ofNat linear1_B) (heads_domain : Vec R → Prop)
      (fun x => linear1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) :=
  LipBridge.BoundedOn.then (f := (fun x => from1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) (g := linear1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.linear_normGain linear1_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Branch `similarity1_branch1`: its layers in sequence. -/
noncomputable def similarity1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  fun x => linear1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)

/-- What `similarity1_branch1_hidden_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem similarity1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 6 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 4 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitzOn 6 4 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2)) S
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `similarity1_branch1` in `hidden` is `similarity1_branch1_hidden_P / similarity1_branch1_hidden_Q`. -/
def similarity1_branch1_hidden_P : Nat := Nat.mul from1_hidden_P linear1_P

/-- Squared constant of `similarity1_branch1` in `hidden` is `similarity1_branch1_hidden_P / similarity1_branch1_hidden_Q`. -/
def similarity1_branch1_hidden_Q : Nat := Nat.mul from1_hidden_Q linear1_Q

/-- Constant of `similarity1_branch1` in `hidden` is `similarity1_branch1_hidden_N / similarity1_branch1_hidden_D`. -/
def similarity1_branch1_hidden_N : Nat := 5747188509

/-- Constant of `similarity1_branch1` in `hidden` is `similarity1_branch1_hidden_N / similarity1_branch1_hidden_D`. -/
def similarity1_branch1_hidden_D : Nat := (Nat.pow 2 31)

/-- `similarity1_branch1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch1_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat similarity1_branch1_hidden_P) (ofNat similarity1_branch1_hidden_Q) (Slice 6 0 3 heads_domain z) (similarity1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  similarity1_branch1_general (f1 := from1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := linear1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (linear1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `similarity1_branch1` has Lipschitz constant 2.67624320 in `hidden` (rounded up; exactly
5747188509/(Nat.pow 2 31)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_hidden_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 4 (ofNat similarity1_branch1_hidden_N) (ofNat similarity1_branch1_hidden_D) (Slice 6 0 3 heads_domain z) (similarity1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity1_branch1` in `token` is `similarity1_branch1_token_P / similarity1_branch1_token_Q`. -/
def similarity1_branch1_token_P : Nat := Nat.mul from1_token_P linear1_P

/-- Squared constant of `similarity1_branch1` in `token` is `similarity1_branch1_token_P / similarity1_branch1_token_Q`. -/
def similarity1_branch1_token_Q : Nat := Nat.mul from1_token_Q linear1_Q

/-- Constant of `similarity1_branch1` in `token` is `similarity1_branch1_token_N / similarity1_branch1_token_D`. -/
def similarity1_branch1_token_N : Nat := 0

/-- Constant of `similarity1_branch1` in `token` is `similarity1_branch1_token_N / similarity1_branch1_token_D`. -/
def similarity1_branch1_token_D : Nat := 1

/-- `similarity1_branch1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch1_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat similarity1_branch1_token_P) (ofNat similarity1_branch1_token_Q) (Slice 6 3 3 heads_domain z) (similarity1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  similarity1_branch1_general (f1 := from1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := linear1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (linear1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `similarity1_branch1` has Lipschitz constant 0 in `token` (rounded up; exactly
0/1): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_token_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 4 (ofNat similarity1_branch1_token_N) (ofNat similarity1_branch1_token_D) (Slice 6 3 3 heads_domain z) (similarity1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `from2` (from, 6 → 3): the input hidden, entries 0 to 2 of the stacked inputs. -/
noncomputable def from2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.slice 0

/-- Squared constant of `from2` in `hidden` is `from2_hidden_P / from2_hidden_Q`. -/
def from2_hidden_P : Nat := 1

/-- Squared constant of `from2` in `hidden` is `from2_hidden_P / from2_hidden_Q`. -/
def from2_hidden_Q : Nat := 1

/-- Layer `from2` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat from2_hidden_P) (ofNat from2_hidden_Q) (Slice 6 0 3 heads_domain z) (from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 6) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Squared constant of `from2` in `token` is `from2_token_P / from2_token_Q`. -/
def from2_token_P : Nat := 0

/-- Squared constant of `from2` in `token` is `from2_token_P / from2_token_Q`. -/
def from2_token_Q : Nat := 1

/-- Layer `from2` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat from2_token_P) (ofNat from2_token_Q) (Slice 6 3 3 heads_domain z) (from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from2` are at most `from2_A / from2_B` long. -/
def from2_A : Nat := 2

/-- Values of `from2` are at most `from2_A / from2_B` long. -/
def from2_B : Nat := 1

/-- On the domain the values of `from2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 3 (ofNat from2_A) (ofNat from2_B) (heads_domain : Vec R → Prop)
      (fun x => from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h)

/-- Layer `rms_norm1` (rms_norm, 3 → 3): u ↦ g ⊙ u / √(mean(u²) + ε), ε = 1/100, g the stored gain. -/
noncomputable def rms_norm1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.rmsNorm (fun i => mul (ofInt (rms_norm1_gain.entry 0 i)) (r 2)) rms_norm1_t

/-- Squared constant of `rms_norm1` is `rms_norm1_P / rms_norm1_Q`. -/
def rms_norm1_P : Nat := Nat.mul 16 (Nat.mul 100 3)

/-- Squared constant of `rms_norm1` is `rms_norm1_P / rms_norm1_Q`. -/
def rms_norm1_Q : Nat := Nat.mul (Nat.mul 2 2) (Nat.mul 3 1)

/-- Layer `rms_norm1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rms_norm1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 3 3 (ofNat rms_norm1_P) (ofNat rms_norm1_Q) (rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.rmsNorm_sqLipschitz_ofNat (d := 3) (n := 1) (m := 100) (e := 2) (g := fun i => rms_norm1_gain.entry 0 i) (p := 16) (Eq.refl true) (Eq.refl true) (Eq.refl true) h1 h4 rms_norm1_ht

/-- Values of `rms_norm1` are at most `rms_norm1_A / rms_norm1_B` long. -/
def rms_norm1_A : Nat := 3719550787

/-- Values of `rms_norm1` are at most `rms_norm1_A / rms_norm1_B` long. -/
def rms_norm1_B : Nat := (Nat.pow 2 30)

/-- On the domain the values of `rms_norm1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rms_norm1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 3 (ofNat rms_norm1_A) (ofNat rms_norm1_B) (heads_domain : Vec R → Prop)
      (fun x => rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) :=
  LipBridge.BoundedOn.cap (f := (fun x => from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) (LipBridge.rmsNorm_cap (d := 3) (e := 2) (g := fun i => rms_norm1_gain.entry 0 i) (p := 16) (A := 3719550787) (B := (Nat.pow 2 30)) (Eq.refl true) h1 (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg _) (LipBridge.reciprocal_nonneg h4)) rms_norm1_ht (Eq.refl true) (Eq.refl true))

/-- Layer `linear2` (linear, 3 → 8): x ↦ Wx, W is 8×3. -/
noncomputable def linear2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.linear 3 linear2_weight.entry one (fun _ => zero)

/-- Squared constant of `linear2` is `linear2_P / linear2_Q`. -/
def linear2_P : Nat := linear2_weight_T

/-- Squared constant of `linear2` is `linear2_P / linear2_Q`. -/
def linear2_Q : Nat := Nat.mul linear2_weight_C (Nat.mul 1 1)

/-- Layer `linear2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 3 8 (ofNat linear2_P) (ofNat linear2_Q) (linear2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear2_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Values of `linear2` are at most `linear2_A / linear2_B` long. -/
def linear2_A : Nat := 6671172113

/-- Values of `linear2` are at most `linear2_A / linear2_B` long. -/
def linear2_B : Nat := (Nat.pow 2 29)

/-- On the domain the values of `linear2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 8 (ofNat linear2_A) (ofNat linear2_B) (heads_domain : Vec R → Prop)
      (fun x => linear2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))) :=
  LipBridge.BoundedOn.then (f := (fun x => rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))) (g := linear2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (rms_norm1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.linear_normGain linear2_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Layer `split1` (split, 8 → 8): the 8 entries as 2 tokens of dimension 4. -/
noncomputable def split1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.split 2 4

/-- Squared constant of `split1` is `split1_P / split1_Q`. -/
def split1_P : Nat := 1

/-- Squared constant of `split1` is `split1_P / split1_Q`. -/
def split1_Q : Nat := 1

/-- Layer `split1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem split1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 8 8 (ofNat split1_P) (ofNat split1_Q) (split1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.split_sqLipschitz 2 4

/-- Values of `split1` are at most `split1_A / split1_B` long. -/
def split1_A : Nat := 6671172113

/-- Values of `split1` are at most `split1_A / split1_B` long. -/
def split1_B : Nat := (Nat.pow 2 29)

/-- On the domain the values of `split1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem split1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 8 (ofNat split1_A) (ofNat split1_B) (heads_domain : Vec R → Prop)
      (fun x => split1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))) :=
  LipBridge.BoundedOn.then (f := (fun x => linear2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))) (g := split1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (linear2_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.split_normGain 2 4) (Eq.refl true) (Eq.refl true)

/-- Layer `rotary1` (rotary, 8 → 8): pairs (i, 1 + i), i < 1, rotated by given cosines and sines, the other entries unchanged, each of 2 tokens by its own. -/
noncomputable def rotary1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.eachToken 2 4 4 (fun k => LipBridge.rotary 1 (rotary1_t k 0) (rotary1_t k 1))

/-- Squared constant of `rotary1` is `rotary1_P / rotary1_Q`. -/
def rotary1_P : Nat := 1

/-- Squared constant of `rotary1` is `rotary1_P / rotary1_Q`. -/
def rotary1_Q : Nat := 1

/-- Layer `rotary1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rotary1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 8 8 (ofNat rotary1_P) (ofNat rotary1_Q) (rotary1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.rotaryTokens_isometry 2 1 2 rotary1_ht).sqLipschitz

/-- Values of `rotary1` are at most `rotary1_A / rotary1_B` long. -/
def rotary1_A : Nat := 6671172113

/-- Values of `rotary1` are at most `rotary1_A / rotary1_B` long. -/
def rotary1_B : Nat := (Nat.pow 2 29)

/-- On the domain the values of `rotary1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rotary1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 8 (ofNat rotary1_A) (ofNat rotary1_B) (heads_domain : Vec R → Prop)
      (fun x => rotary1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (split1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))))) :=
  LipBridge.BoundedOn.then (f := (fun x => split1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))))) (g := rotary1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (split1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.rotaryTokens_normGain 2 1 2 rotary1_ht) (Eq.refl true) (Eq.refl true)

/-- Branch `scores1_branch1`: its layers in sequence. -/
noncomputable def scores1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  fun x => rotary1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (split1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))))

/-- What `scores1_branch1_hidden_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scores1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 P4 Q4 P5 Q5 : Nat} {f1 f2 f3 f4 f5 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 6 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 3 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 3 8 (ofNat P3) (ofNat Q3) f3)
    (k4 : SqLipschitz 8 8 (ofNat P4) (ofNat Q4) f4)
    (k5 : SqLipschitz 8 8 (ofNat P5) (ofNat Q5) f5)
    : SqLipschitzOn 6 8 (ofNat (Nat.mul (Nat.mul (Nat.mul (Nat.mul P1 P2) P3) P4) P5)) (ofNat (Nat.mul (Nat.mul (Nat.mul (Nat.mul Q1 Q2) Q3) Q4) Q5)) S
      (fun x => f5 (f4 (f3 (f2 (f1 x))))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩)) k4 (fun _ _ => ⟨⟩)) k5 (fun _ _ => ⟨⟩))

/-- Squared constant of `scores1_branch1` in `hidden` is `scores1_branch1_hidden_P / scores1_branch1_hidden_Q`. -/
def scores1_branch1_hidden_P : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul from2_hidden_P rms_norm1_P) linear2_P) split1_P) rotary1_P

/-- Squared constant of `scores1_branch1` in `hidden` is `scores1_branch1_hidden_P / scores1_branch1_hidden_Q`. -/
def scores1_branch1_hidden_Q : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul from2_hidden_Q rms_norm1_Q) linear2_Q) split1_Q) rotary1_Q

/-- Constant of `scores1_branch1` in `hidden` is `scores1_branch1_hidden_N / scores1_branch1_hidden_D`. -/
def scores1_branch1_hidden_N : Nat := 9629007537

/-- Constant of `scores1_branch1` in `hidden` is `scores1_branch1_hidden_N / scores1_branch1_hidden_D`. -/
def scores1_branch1_hidden_D : Nat := (Nat.pow 2 27)

/-- `scores1_branch1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores1_branch1_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 8 (ofNat scores1_branch1_hidden_P) (ofNat scores1_branch1_hidden_Q) (Slice 6 0 3 heads_domain z) (scores1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores1_branch1_general (f1 := from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f3 := linear2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f4 := split1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f5 := rotary1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from2_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (rms_norm1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (linear2_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (split1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `scores1_branch1` has Lipschitz constant 71.7416968 in `hidden` (rounded up; exactly
9629007537/(Nat.pow 2 27)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch1_hidden_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 8 (ofNat scores1_branch1_hidden_N) (ofNat scores1_branch1_hidden_D) (Slice 6 0 3 heads_domain z) (scores1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores1_branch1` in `token` is `scores1_branch1_token_P / scores1_branch1_token_Q`. -/
def scores1_branch1_token_P : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul from2_token_P rms_norm1_P) linear2_P) split1_P) rotary1_P

/-- Squared constant of `scores1_branch1` in `token` is `scores1_branch1_token_P / scores1_branch1_token_Q`. -/
def scores1_branch1_token_Q : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul from2_token_Q rms_norm1_Q) linear2_Q) split1_Q) rotary1_Q

/-- Constant of `scores1_branch1` in `token` is `scores1_branch1_token_N / scores1_branch1_token_D`. -/
def scores1_branch1_token_N : Nat := 0

/-- Constant of `scores1_branch1` in `token` is `scores1_branch1_token_N / scores1_branch1_token_D`. -/
def scores1_branch1_token_D : Nat := 1

/-- `scores1_branch1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores1_branch1_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 8 (ofNat scores1_branch1_token_P) (ofNat scores1_branch1_token_Q) (Slice 6 3 3 heads_domain z) (scores1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores1_branch1_general (f1 := from2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := rms_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f3 := linear2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f4 := split1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f5 := rotary1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from2_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (rms_norm1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (linear2_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (split1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `scores1_branch1` has Lipschitz constant 0 in `token` (rounded up; exactly
0/1): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch1_token_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 8 (ofNat scores1_branch1_token_N) (ofNat scores1_branch1_token_D) (Slice 6 3 3 heads_domain z) (scores1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `from3` (from, 6 → 3): the input token, entries 3 to 5 of the stacked inputs. -/
noncomputable def from3 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.slice 3

/-- Squared constant of `from3` in `hidden` is `from3_hidden_P / from3_hidden_Q`. -/
def from3_hidden_P : Nat := 0

/-- Squared constant of `from3` in `hidden` is `from3_hidden_P / from3_hidden_Q`. -/
def from3_hidden_Q : Nat := 1

/-- Layer `from3` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat from3_hidden_P) (ofNat from3_hidden_Q) (Slice 6 0 3 heads_domain z) (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from3` in `token` is `from3_token_P / from3_token_Q`. -/
def from3_token_P : Nat := 1

/-- Squared constant of `from3` in `token` is `from3_token_P / from3_token_Q`. -/
def from3_token_Q : Nat := 1

/-- Layer `from3` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat from3_token_P) (ofNat from3_token_Q) (Slice 6 3 3 heads_domain z) (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 6) (s := 3) (m := 3) (Eq.refl true)).on _

/-- Layer `layer_norm1` (layer_norm, 3 → 3): u ↦ g ⊙ (u - mean(u)) / √(var(u) + ε) + b, ε = 1/100. -/
noncomputable def layer_norm1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.layerNorm 3 (r 3) (fun i => mul (ofInt (layer_norm1_gain.entry 0 i)) one) rms_norm1_t (fun i => mul (ofInt (layer_norm1_bias.entry 0 i)) (r 4))

/-- Squared constant of `layer_norm1` is `layer_norm1_P / layer_norm1_Q`. -/
def layer_norm1_P : Nat := Nat.mul 1 (Nat.mul 100 3)

/-- Squared constant of `layer_norm1` is `layer_norm1_P / layer_norm1_Q`. -/
def layer_norm1_Q : Nat := Nat.mul (Nat.mul 1 1) (Nat.mul 3 1)

/-- Layer `layer_norm1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem layer_norm1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 3 3 (ofNat layer_norm1_P) (ofNat layer_norm1_Q) (layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.layerNorm_sqLipschitz_ofNat (d := 3) (n := 1) (m := 100) (e := 1) (g := fun i => layer_norm1_gain.entry 0 i) (p := 1) (Eq.refl true) (Eq.refl true) (Eq.refl true) h2 LipBridge.ofNat_one_mul_one h4 rms_norm1_ht (fun i => mul (ofInt (layer_norm1_bias.entry 0 i)) (r 4))

/-- Values of `layer_norm1` are at most `layer_norm1_A / layer_norm1_B` long. -/
def layer_norm1_A : Nat := Nat.add (Nat.mul 3719550787 4) (Nat.mul 1 (Nat.pow 2 31))

/-- Values of `layer_norm1` are at most `layer_norm1_A / layer_norm1_B` long. -/
def layer_norm1_B : Nat := Nat.mul (Nat.pow 2 31) 4

/-- On the domain the values of `layer_norm1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem layer_norm1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 3 (ofNat layer_norm1_A) (ofNat layer_norm1_B) (heads_domain : Vec R → Prop)
      (fun x => layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) :=
  LipBridge.BoundedOn.cap (f := (fun x => from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) (LipBridge.layerNorm_cap (LipBridge.rmsNorm_cap (d := 3) (e := 1) (g := fun i => layer_norm1_gain.entry 0 i) (p := 1) (A := 3719550787) (B := (Nat.pow 2 31)) (Eq.refl true) LipBridge.ofNat_one_mul_one (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg _) (LipBridge.reciprocal_nonneg h4)) rms_norm1_ht (Eq.refl true) (Eq.refl true)) (LipBridge.bias_normSq (P := 1) (A := 1) (B := 4) h3 (Eq.refl true) (Eq.refl true)) (Eq.refl true))

/-- Layer `linear3` (linear, 3 → 4): x ↦ Wx, W is 4×3. -/
noncomputable def linear3 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.linear 3 linear3_weight.entry one (fun _ => zero)

/-- Squared constant of `linear3` is `linear3_P / linear3_Q`. -/
def linear3_P : Nat := linear3_weight_T

/-- Squared constant of `linear3` is `linear3_P / linear3_Q`. -/
def linear3_Q : Nat := Nat.mul linear3_weight_C (Nat.mul 1 1)

/-- Layer `linear3`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear3_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 3 4 (ofNat linear3_P) (ofNat linear3_Q) (linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear3_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Values of `linear3` are at most `linear3_A / linear3_B` long. -/
def linear3_A : Nat := 4256421699

/-- Values of `linear3` are at most `linear3_A / linear3_B` long. -/
def linear3_B : Nat := (Nat.pow 2 30)

/-- On the domain the values of `linear3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear3_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat linear3_A) (ofNat linear3_B) (heads_domain : Vec R → Prop)
      (fun x => linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))) :=
  LipBridge.BoundedOn.then (f := (fun x => layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))) (g := linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (layer_norm1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.linear_normGain linear3_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Layer `layer_norm2` (layer_norm, 4 → 4): u ↦ g ⊙ (u - mean(u)) / √(var(u) + ε), ε = 1/4. -/
noncomputable def layer_norm2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.layerNorm 4 (r 4) (fun i => mul (ofInt (layer_norm2_gain.entry 0 i)) one) layer_norm2_t (fun _ => zero)

/-- Squared constant of `layer_norm2` is `layer_norm2_P / layer_norm2_Q`. -/
def layer_norm2_P : Nat := Nat.mul 1 (Nat.mul 4 4)

/-- Squared constant of `layer_norm2` is `layer_norm2_P / layer_norm2_Q`. -/
def layer_norm2_Q : Nat := Nat.mul (Nat.mul 1 1) (Nat.mul 4 1)

/-- Layer `layer_norm2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem layer_norm2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat layer_norm2_P) (ofNat layer_norm2_Q) (layer_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.layerNorm_sqLipschitz_ofNat (d := 4) (n := 1) (m := 4) (e := 1) (g := fun i => layer_norm2_gain.entry 0 i) (p := 1) (Eq.refl true) (Eq.refl true) (Eq.refl true) h3 LipBridge.ofNat_one_mul_one h3 layer_norm2_ht (fun _ => zero)

/-- Values of `layer_norm2` are at most `layer_norm2_A / layer_norm2_B` long. -/
def layer_norm2_A : Nat := 2

/-- Values of `layer_norm2` are at most `layer_norm2_A / layer_norm2_B` long. -/
def layer_norm2_B : Nat := 1

/-- On the domain the values of `layer_norm2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem layer_norm2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat layer_norm2_A) (ofNat layer_norm2_B) (heads_domain : Vec R → Prop)
      (fun x => layer_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))) :=
  LipBridge.BoundedOn.cap (f := (fun x => linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))) (LipBridge.layerNorm_plain_cap (LipBridge.rmsNorm_cap (d := 4) (e := 1) (g := fun i => layer_norm2_gain.entry 0 i) (p := 1) (A := 2) (B := 1) (Eq.refl true) LipBridge.ofNat_one_mul_one (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg _) (LipBridge.reciprocal_nonneg h3)) layer_norm2_ht (Eq.refl true) (Eq.refl true)))

/-- Layer `rotary2` (rotary, 4 → 4): pairs (i, 1 + i), i < 1, rotated by given cosines and sines, the other entries unchanged. -/
noncomputable def rotary2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.rotary 1 (rotary2_t 0) (rotary2_t 1)

/-- Squared constant of `rotary2` is `rotary2_P / rotary2_Q`. -/
def rotary2_P : Nat := 1

/-- Squared constant of `rotary2` is `rotary2_P / rotary2_Q`. -/
def rotary2_Q : Nat := 1

/-- Layer `rotary2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rotary2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat rotary2_P) (ofNat rotary2_Q) (rotary2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.rotary_isometry 1 2 rotary2_ht).sqLipschitz

/-- Values of `rotary2` are at most `rotary2_A / rotary2_B` long. -/
def rotary2_A : Nat := 2

/-- Values of `rotary2` are at most `rotary2_A / rotary2_B` long. -/
def rotary2_B : Nat := 1

/-- On the domain the values of `rotary2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rotary2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat rotary2_A) (ofNat rotary2_B) (heads_domain : Vec R → Prop)
      (fun x => rotary2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))))) :=
  LipBridge.BoundedOn.then (f := (fun x => layer_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))))) (g := rotary2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (layer_norm2_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.rotary_normGain 1 2 rotary2_ht) (Eq.refl true) (Eq.refl true)

/-- Layer `rotary3` (rotary, 4 → 4): pairs (i, 1 + i), i < 1, rotated by given cosines and sines, the other entries unchanged. -/
noncomputable def rotary3 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.rotary 1 (rotary2_t 0) (rotary2_t 1)

/-- Squared constant of `rotary3` is `rotary3_P / rotary3_Q`. -/
def rotary3_P : Nat := 1

/-- Squared constant of `rotary3` is `rotary3_P / rotary3_Q`. -/
def rotary3_Q : Nat := 1

/-- Layer `rotary3`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rotary3_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat rotary3_P) (ofNat rotary3_Q) (rotary3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.rotary_isometry 1 2 rotary2_ht).sqLipschitz

/-- Values of `rotary3` are at most `rotary3_A / rotary3_B` long. -/
def rotary3_A : Nat := 2

/-- Values of `rotary3` are at most `rotary3_A / rotary3_B` long. -/
def rotary3_B : Nat := 1

/-- On the domain the values of `rotary3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rotary3_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat rotary3_A) (ofNat rotary3_B) (heads_domain : Vec R → Prop)
      (fun x => rotary3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rotary2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))))) :=
  LipBridge.BoundedOn.then (f := (fun x => rotary2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))))) (g := rotary3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (rotary2_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.rotary_normGain 1 2 rotary2_ht) (Eq.refl true) (Eq.refl true)

/-- Branch `scores1_branch2`: its layers in sequence. -/
noncomputable def scores1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  fun x => rotary3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rotary2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))))

/-- What `scores1_branch2_hidden_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scores1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 P4 Q4 P5 Q5 P6 Q6 : Nat} {f1 f2 f3 f4 f5 f6 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 6 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 3 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 3 4 (ofNat P3) (ofNat Q3) f3)
    (k4 : SqLipschitz 4 4 (ofNat P4) (ofNat Q4) f4)
    (k5 : SqLipschitz 4 4 (ofNat P5) (ofNat Q5) f5)
    (k6 : SqLipschitz 4 4 (ofNat P6) (ofNat Q6) f6)
    : SqLipschitzOn 6 4 (ofNat (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul P1 P2) P3) P4) P5) P6)) (ofNat (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul Q1 Q2) Q3) Q4) Q5) Q6)) S
      (fun x => f6 (f5 (f4 (f3 (f2 (f1 x)))))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩)) k4 (fun _ _ => ⟨⟩)) k5 (fun _ _ => ⟨⟩)) k6 (fun _ _ => ⟨⟩))

/-- Squared constant of `scores1_branch2` in `hidden` is `scores1_branch2_hidden_P / scores1_branch2_hidden_Q`. -/
def scores1_branch2_hidden_P : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul from3_hidden_P layer_norm1_P) linear3_P) layer_norm2_P) rotary2_P) rotary3_P

/-- Squared constant of `scores1_branch2` in `hidden` is `scores1_branch2_hidden_P / scores1_branch2_hidden_Q`. -/
def scores1_branch2_hidden_Q : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul from3_hidden_Q layer_norm1_Q) linear3_Q) layer_norm2_Q) rotary2_Q) rotary3_Q

/-- Constant of `scores1_branch2` in `hidden` is `scores1_branch2_hidden_N / scores1_branch2_hidden_D`. -/
def scores1_branch2_hidden_N : Nat := 0

/-- Constant of `scores1_branch2` in `hidden` is `scores1_branch2_hidden_N / scores1_branch2_hidden_D`. -/
def scores1_branch2_hidden_D : Nat := 1

/-- `scores1_branch2` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores1_branch2_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat scores1_branch2_hidden_P) (ofNat scores1_branch2_hidden_Q) (Slice 6 0 3 heads_domain z) (scores1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores1_branch2_general (f1 := from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f3 := linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f4 := layer_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f5 := rotary2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f6 := rotary3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from3_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (layer_norm1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (linear3_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (layer_norm2_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary2_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary3_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `scores1_branch2` has Lipschitz constant 0 in `hidden` (rounded up; exactly
0/1): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch2_hidden_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 4 (ofNat scores1_branch2_hidden_N) (ofNat scores1_branch2_hidden_D) (Slice 6 0 3 heads_domain z) (scores1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch2_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores1_branch2` in `token` is `scores1_branch2_token_P / scores1_branch2_token_Q`. -/
def scores1_branch2_token_P : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul from3_token_P layer_norm1_P) linear3_P) layer_norm2_P) rotary2_P) rotary3_P

/-- Squared constant of `scores1_branch2` in `token` is `scores1_branch2_token_P / scores1_branch2_token_Q`. -/
def scores1_branch2_token_Q : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul from3_token_Q layer_norm1_Q) linear3_Q) layer_norm2_Q) rotary2_Q) rotary3_Q

/-- Constant of `scores1_branch2` in `token` is `scores1_branch2_token_N / scores1_branch2_token_D`. -/
def scores1_branch2_token_N : Nat := 40

/-- Constant of `scores1_branch2` in `token` is `scores1_branch2_token_N / scores1_branch2_token_D`. -/
def scores1_branch2_token_D : Nat := 1

/-- `scores1_branch2` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores1_branch2_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat scores1_branch2_token_P) (ofNat scores1_branch2_token_Q) (Slice 6 3 3 heads_domain z) (scores1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores1_branch2_general (f1 := from3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := layer_norm1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f3 := linear3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f4 := layer_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f5 := rotary2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f6 := rotary3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from3_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (layer_norm1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (linear3_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (layer_norm2_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary2_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary3_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `scores1_branch2` has Lipschitz constant 40 in `token` (rounded up; exactly
40/1): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch2_token_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 4 (ofNat scores1_branch2_token_N) (ofNat scores1_branch2_token_D) (Slice 6 3 3 heads_domain z) (scores1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch2_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `scores1` (scores, 6 → 2): x ↦ the scores of the 2 tokens of scores1_branch1 against scores1_branch2. -/
noncomputable def scores1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.scores 4 (scores1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (scores1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t)

/-- Squared constant of `scores1` in `hidden` is `scores1_hidden_P / scores1_hidden_Q`. -/
def scores1_hidden_P : Nat := Nat.mul (Nat.mul rotary3_A scores1_branch1_hidden_N) (Nat.mul rotary3_A scores1_branch1_hidden_N)

/-- Squared constant of `scores1` in `hidden` is `scores1_hidden_P / scores1_hidden_Q`. -/
def scores1_hidden_Q : Nat := Nat.mul (Nat.mul rotary3_B scores1_branch1_hidden_D) (Nat.mul rotary3_B scores1_branch1_hidden_D)

/-- Layer `scores1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat scores1_hidden_P) (ofNat scores1_hidden_Q) (Slice 6 0 3 heads_domain z) (scores1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_queries_lipschitzOn_ofNat (b := 2) (d := 4) (scores1_branch1_hidden_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (scores1_branch2_hidden_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) ((rotary3_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht).mono (fun _ h => h.left)))

/-- Squared constant of `scores1` in `token` is `scores1_token_P / scores1_token_Q`. -/
def scores1_token_P : Nat := Nat.mul (Nat.mul rotary1_A scores1_branch2_token_N) (Nat.mul rotary1_A scores1_branch2_token_N)

/-- Squared constant of `scores1` in `token` is `scores1_token_P / scores1_token_Q`. -/
def scores1_token_Q : Nat := Nat.mul (Nat.mul rotary1_B scores1_branch2_token_D) (Nat.mul rotary1_B scores1_branch2_token_D)

/-- Layer `scores1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat scores1_token_P) (ofNat scores1_token_Q) (Slice 6 3 3 heads_domain z) (scores1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_key_lipschitzOn_ofNat (b := 2) (d := 4) (scores1_branch1_token_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (scores1_branch2_token_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) ((rotary1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht).mono (fun _ h => h.left)))

/-- Values of `scores1` are at most `scores1_A / scores1_B` long. -/
def scores1_A : Nat := Nat.mul rotary1_A rotary3_A

/-- Values of `scores1` are at most `scores1_A / scores1_B` long. -/
def scores1_B : Nat := Nat.mul rotary1_B rotary3_B

/-- On the domain the values of `scores1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem scores1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 2 (ofNat scores1_A) (ofNat scores1_B) (heads_domain : Vec R → Prop)
      (fun x => scores1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x) :=
  LipBridge.scores_boundedOn_ofNat (b := 2) (d := 4) (rotary1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary3_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- Branch `concat1_branch1`: its layers in sequence. -/
noncomputable def concat1_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  fun x => scores1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x

/-- What `concat1_branch1_hidden_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat1_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 6 2 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 6 2 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `concat1_branch1` in `hidden` is `concat1_branch1_hidden_P / concat1_branch1_hidden_Q`. -/
def concat1_branch1_hidden_P : Nat := scores1_hidden_P

/-- Squared constant of `concat1_branch1` in `hidden` is `concat1_branch1_hidden_P / concat1_branch1_hidden_Q`. -/
def concat1_branch1_hidden_Q : Nat := scores1_hidden_Q

/-- Constant of `concat1_branch1` in `hidden` is `concat1_branch1_hidden_N / concat1_branch1_hidden_D`. -/
def concat1_branch1_hidden_N : Nat := 9629007537

/-- Constant of `concat1_branch1` in `hidden` is `concat1_branch1_hidden_N / concat1_branch1_hidden_D`. -/
def concat1_branch1_hidden_D : Nat := (Nat.pow 2 26)

/-- `concat1_branch1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch1_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat concat1_branch1_hidden_P) (ofNat concat1_branch1_hidden_Q) (Slice 6 0 3 heads_domain z) (concat1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  concat1_branch1_general (f1 := scores1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (scores1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z)

/-- `concat1_branch1` has Lipschitz constant 143.483394 in `hidden` (rounded up; exactly
9629007537/(Nat.pow 2 26)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_hidden_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 2 (ofNat concat1_branch1_hidden_N) (ofNat concat1_branch1_hidden_D) (Slice 6 0 3 heads_domain z) (concat1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch1` in `token` is `concat1_branch1_token_P / concat1_branch1_token_Q`. -/
def concat1_branch1_token_P : Nat := scores1_token_P

/-- Squared constant of `concat1_branch1` in `token` is `concat1_branch1_token_P / concat1_branch1_token_Q`. -/
def concat1_branch1_token_Q : Nat := scores1_token_Q

/-- Constant of `concat1_branch1` in `token` is `concat1_branch1_token_N / concat1_branch1_token_D`. -/
def concat1_branch1_token_N : Nat := 4169482571

/-- Constant of `concat1_branch1` in `token` is `concat1_branch1_token_N / concat1_branch1_token_D`. -/
def concat1_branch1_token_D : Nat := (Nat.pow 2 23)

/-- `concat1_branch1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch1_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat concat1_branch1_token_P) (ofNat concat1_branch1_token_Q) (Slice 6 3 3 heads_domain z) (concat1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  concat1_branch1_general (f1 := scores1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (scores1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z)

/-- `concat1_branch1` has Lipschitz constant 497.041056 in `token` (rounded up; exactly
4169482571/(Nat.pow 2 23)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_token_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 2 (ofNat concat1_branch1_token_N) (ofNat concat1_branch1_token_D) (Slice 6 3 3 heads_domain z) (concat1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `from4` (from, 6 → 3): the input hidden, entries 0 to 2 of the stacked inputs. -/
noncomputable def from4 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.slice 0

/-- Squared constant of `from4` in `hidden` is `from4_hidden_P / from4_hidden_Q`. -/
def from4_hidden_P : Nat := 1

/-- Squared constant of `from4` in `hidden` is `from4_hidden_P / from4_hidden_Q`. -/
def from4_hidden_Q : Nat := 1

/-- Layer `from4` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat from4_hidden_P) (ofNat from4_hidden_Q) (Slice 6 0 3 heads_domain z) (from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 6) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Squared constant of `from4` in `token` is `from4_token_P / from4_token_Q`. -/
def from4_token_P : Nat := 0

/-- Squared constant of `from4` in `token` is `from4_token_P / from4_token_Q`. -/
def from4_token_Q : Nat := 1

/-- Layer `from4` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat from4_token_P) (ofNat from4_token_Q) (Slice 6 3 3 heads_domain z) (from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Values of `from4` are at most `from4_A / from4_B` long. -/
def from4_A : Nat := 2

/-- Values of `from4` are at most `from4_A / from4_B` long. -/
def from4_B : Nat := 1

/-- On the domain the values of `from4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from4_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 3 (ofNat from4_A) (ofNat from4_B) (heads_domain : Vec R → Prop)
      (fun x => from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h)

/-- Layer `linear4` (linear, 3 → 8): x ↦ Wx, W is 8×3. -/
noncomputable def linear4 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.linear 3 linear2_weight.entry one (fun _ => zero)

/-- Squared constant of `linear4` is `linear4_P / linear4_Q`. -/
def linear4_P : Nat := linear2_weight_T

/-- Squared constant of `linear4` is `linear4_P / linear4_Q`. -/
def linear4_Q : Nat := Nat.mul linear2_weight_C (Nat.mul 1 1)

/-- Layer `linear4`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear4_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 3 8 (ofNat linear4_P) (ofNat linear4_Q) (linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear2_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Values of `linear4` are at most `linear4_A / linear4_B` long. -/
def linear4_A : Nat := 7703206029

/-- Values of `linear4` are at most `linear4_A / linear4_B` long. -/
def linear4_B : Nat := (Nat.pow 2 30)

/-- On the domain the values of `linear4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear4_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 8 (ofNat linear4_A) (ofNat linear4_B) (heads_domain : Vec R → Prop)
      (fun x => linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) :=
  LipBridge.BoundedOn.then (f := (fun x => from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) (g := linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from4_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.linear_normGain linear2_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true) (Eq.refl true)

/-- Layer `split2` (split, 8 → 8): the 8 entries as 2 tokens of dimension 4. -/
noncomputable def split2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.split 2 4

/-- Squared constant of `split2` is `split2_P / split2_Q`. -/
def split2_P : Nat := 1

/-- Squared constant of `split2` is `split2_P / split2_Q`. -/
def split2_Q : Nat := 1

/-- Layer `split2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem split2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 8 8 (ofNat split2_P) (ofNat split2_Q) (split2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.split_sqLipschitz 2 4

/-- Values of `split2` are at most `split2_A / split2_B` long. -/
def split2_A : Nat := 7703206029

/-- Values of `split2` are at most `split2_A / split2_B` long. -/
def split2_B : Nat := (Nat.pow 2 30)

/-- On the domain the values of `split2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem split2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 8 (ofNat split2_A) (ofNat split2_B) (heads_domain : Vec R → Prop)
      (fun x => split2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))) :=
  LipBridge.BoundedOn.then (f := (fun x => linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))) (g := split2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (linear4_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.split_normGain 2 4) (Eq.refl true) (Eq.refl true)

/-- Layer `rms_norm2` (rms_norm, 8 → 8): u ↦ g ⊙ u / √(mean(u²) + ε), ε = 1/4, g the stored gain, on each of 2 tokens. -/
noncomputable def rms_norm2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.tokenwise 2 4 4 (LipBridge.rmsNorm (fun i => mul (ofInt (rms_norm2_gain.entry 0 i)) one) layer_norm2_t)

/-- Squared constant of `rms_norm2` is `rms_norm2_P / rms_norm2_Q`. -/
def rms_norm2_P : Nat := Nat.mul 4 (Nat.mul 4 4)

/-- Squared constant of `rms_norm2` is `rms_norm2_P / rms_norm2_Q`. -/
def rms_norm2_Q : Nat := Nat.mul (Nat.mul 1 1) (Nat.mul 4 1)

/-- Layer `rms_norm2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rms_norm2_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 8 8 (ofNat rms_norm2_P) (ofNat rms_norm2_Q) (rms_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2 (LipBridge.rmsNorm_sqLipschitz_ofNat (d := 4) (n := 1) (m := 4) (e := 1) (g := fun i => rms_norm2_gain.entry 0 i) (p := 4) (Eq.refl true) (Eq.refl true) (Eq.refl true) LipBridge.ofNat_one_mul_one h3 layer_norm2_ht)

/-- Values of `rms_norm2` are at most `rms_norm2_A / rms_norm2_B` long, each token. -/
def rms_norm2_A : Nat := 4

/-- Values of `rms_norm2` are at most `rms_norm2_A / rms_norm2_B` long, each token. -/
def rms_norm2_B : Nat := 1

/-- On the domain the values of `rms_norm2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rms_norm2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 2 4 (ofNat rms_norm2_A) (ofNat rms_norm2_B) (heads_domain : Vec R → Prop)
      (fun x => rms_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (split2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))) :=
  LipBridge.BoundedOn.tokenwiseCap (f := (fun x => split2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))) (LipBridge.rmsNorm_cap (d := 4) (e := 1) (g := fun i => rms_norm2_gain.entry 0 i) (p := 4) (A := 4) (B := 1) (Eq.refl true) LipBridge.ofNat_one_mul_one (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg _) (LipBridge.reciprocal_nonneg h3)) layer_norm2_ht (Eq.refl true) (Eq.refl true))

/-- Layer `rotary4` (rotary, 8 → 8): pairs (i, 1 + i), i < 1, rotated by given cosines and sines, the other entries unchanged, each of 2 tokens by its own. -/
noncomputable def rotary4 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.eachToken 2 4 4 (fun k => LipBridge.rotary 1 (rotary1_t k 0) (rotary1_t k 1))

/-- Squared constant of `rotary4` is `rotary4_P / rotary4_Q`. -/
def rotary4_P : Nat := 1

/-- Squared constant of `rotary4` is `rotary4_P / rotary4_Q`. -/
def rotary4_Q : Nat := 1

/-- Layer `rotary4`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rotary4_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 8 8 (ofNat rotary4_P) (ofNat rotary4_Q) (rotary4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.rotaryTokens_isometry 2 1 2 rotary1_ht).sqLipschitz

/-- Values of `rotary4` are at most `rotary4_A / rotary4_B` long, each token. -/
def rotary4_A : Nat := 4

/-- Values of `rotary4` are at most `rotary4_A / rotary4_B` long, each token. -/
def rotary4_B : Nat := 1

/-- On the domain the values of `rotary4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rotary4_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 2 4 (ofNat rotary4_A) (ofNat rotary4_B) (heads_domain : Vec R → Prop)
      (fun x => rotary4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rms_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (split2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))))) :=
  LipBridge.BoundedOn.eachToken (f := (fun x => rms_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (split2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))))) (rms_norm2_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (fun k hk => LipBridge.rotary_normGain 1 2 (fun i => rotary1_ht k i hk)) (Eq.refl true) (Eq.refl true)

/-- Branch `scores2_branch1`: its layers in sequence. -/
noncomputable def scores2_branch1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  fun x => rotary4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rms_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (split2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))))

/-- What `scores2_branch1_hidden_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scores2_branch1_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 P4 Q4 P5 Q5 : Nat} {f1 f2 f3 f4 f5 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 6 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 8 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 8 8 (ofNat P3) (ofNat Q3) f3)
    (k4 : SqLipschitz 8 8 (ofNat P4) (ofNat Q4) f4)
    (k5 : SqLipschitz 8 8 (ofNat P5) (ofNat Q5) f5)
    : SqLipschitzOn 6 8 (ofNat (Nat.mul (Nat.mul (Nat.mul (Nat.mul P1 P2) P3) P4) P5)) (ofNat (Nat.mul (Nat.mul (Nat.mul (Nat.mul Q1 Q2) Q3) Q4) Q5)) S
      (fun x => f5 (f4 (f3 (f2 (f1 x))))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩)) k4 (fun _ _ => ⟨⟩)) k5 (fun _ _ => ⟨⟩))

/-- Squared constant of `scores2_branch1` in `hidden` is `scores2_branch1_hidden_P / scores2_branch1_hidden_Q`. -/
def scores2_branch1_hidden_P : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul from4_hidden_P linear4_P) split2_P) rms_norm2_P) rotary4_P

/-- Squared constant of `scores2_branch1` in `hidden` is `scores2_branch1_hidden_P / scores2_branch1_hidden_Q`. -/
def scores2_branch1_hidden_Q : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul from4_hidden_Q linear4_Q) split2_Q) rms_norm2_Q) rotary4_Q

/-- Constant of `scores2_branch1` in `hidden` is `scores2_branch1_hidden_N / scores2_branch1_hidden_D`. -/
def scores2_branch1_hidden_N : Nat := 7703206029

/-- Constant of `scores2_branch1` in `hidden` is `scores2_branch1_hidden_N / scores2_branch1_hidden_D`. -/
def scores2_branch1_hidden_D : Nat := (Nat.pow 2 29)

/-- `scores2_branch1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores2_branch1_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 8 (ofNat scores2_branch1_hidden_P) (ofNat scores2_branch1_hidden_Q) (Slice 6 0 3 heads_domain z) (scores2_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores2_branch1_general (f1 := from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f3 := split2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f4 := rms_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f5 := rotary4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from4_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (linear4_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (split2_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rms_norm2_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary4_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `scores2_branch1` has Lipschitz constant 14.3483394 in `hidden` (rounded up; exactly
7703206029/(Nat.pow 2 29)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch1_hidden_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 8 (ofNat scores2_branch1_hidden_N) (ofNat scores2_branch1_hidden_D) (Slice 6 0 3 heads_domain z) (scores2_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores2_branch1` in `token` is `scores2_branch1_token_P / scores2_branch1_token_Q`. -/
def scores2_branch1_token_P : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul from4_token_P linear4_P) split2_P) rms_norm2_P) rotary4_P

/-- Squared constant of `scores2_branch1` in `token` is `scores2_branch1_token_P / scores2_branch1_token_Q`. -/
def scores2_branch1_token_Q : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul from4_token_Q linear4_Q) split2_Q) rms_norm2_Q) rotary4_Q

/-- Constant of `scores2_branch1` in `token` is `scores2_branch1_token_N / scores2_branch1_token_D`. -/
def scores2_branch1_token_N : Nat := 0

/-- Constant of `scores2_branch1` in `token` is `scores2_branch1_token_N / scores2_branch1_token_D`. -/
def scores2_branch1_token_D : Nat := 1

/-- `scores2_branch1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores2_branch1_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 8 (ofNat scores2_branch1_token_P) (ofNat scores2_branch1_token_Q) (Slice 6 3 3 heads_domain z) (scores2_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores2_branch1_general (f1 := from4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := linear4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f3 := split2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f4 := rms_norm2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f5 := rotary4 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from4_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (linear4_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (split2_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rms_norm2_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary4_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `scores2_branch1` has Lipschitz constant 0 in `token` (rounded up; exactly
0/1): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch1_token_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 8 (ofNat scores2_branch1_token_N) (ofNat scores2_branch1_token_D) (Slice 6 3 3 heads_domain z) (scores2_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `from5` (from, 6 → 3): the input token, entries 3 to 5 of the stacked inputs. -/
noncomputable def from5 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.slice 3

/-- Squared constant of `from5` in `hidden` is `from5_hidden_P / from5_hidden_Q`. -/
def from5_hidden_P : Nat := 0

/-- Squared constant of `from5` in `hidden` is `from5_hidden_P / from5_hidden_Q`. -/
def from5_hidden_Q : Nat := 1

/-- Layer `from5` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat from5_hidden_P) (ofNat from5_hidden_Q) (Slice 6 0 3 heads_domain z) (from5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Squared constant of `from5` in `token` is `from5_token_P / from5_token_Q`. -/
def from5_token_P : Nat := 1

/-- Squared constant of `from5` in `token` is `from5_token_P / from5_token_Q`. -/
def from5_token_Q : Nat := 1

/-- Layer `from5` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat from5_token_P) (ofNat from5_token_Q) (Slice 6 3 3 heads_domain z) (from5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 6) (s := 3) (m := 3) (Eq.refl true)).on _

/-- Layer `linear5` (linear, 3 → 4): x ↦ Wx, W is 4×3. -/
noncomputable def linear5 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.linear 3 linear3_weight.entry one (fun _ => zero)

/-- Squared constant of `linear5` is `linear5_P / linear5_Q`. -/
def linear5_P : Nat := linear3_weight_T

/-- Squared constant of `linear5` is `linear5_P / linear5_Q`. -/
def linear5_Q : Nat := Nat.mul linear3_weight_C (Nat.mul 1 1)

/-- Layer `linear5`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear5_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 3 4 (ofNat linear5_P) (ofNat linear5_Q) (linear5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear3_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `rms_norm3` (rms_norm, 4 → 4): u ↦ g ⊙ u / √(mean(u²) + ε), ε = 1/4, g the stored gain. -/
noncomputable def rms_norm3 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.rmsNorm (fun i => mul (ofInt (layer_norm2_gain.entry 0 i)) one) layer_norm2_t

/-- Squared constant of `rms_norm3` is `rms_norm3_P / rms_norm3_Q`. -/
def rms_norm3_P : Nat := Nat.mul 1 (Nat.mul 4 4)

/-- Squared constant of `rms_norm3` is `rms_norm3_P / rms_norm3_Q`. -/
def rms_norm3_Q : Nat := Nat.mul (Nat.mul 1 1) (Nat.mul 4 1)

/-- Layer `rms_norm3`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rms_norm3_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat rms_norm3_P) (ofNat rms_norm3_Q) (rms_norm3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.rmsNorm_sqLipschitz_ofNat (d := 4) (n := 1) (m := 4) (e := 1) (g := fun i => layer_norm2_gain.entry 0 i) (p := 1) (Eq.refl true) (Eq.refl true) (Eq.refl true) LipBridge.ofNat_one_mul_one h3 layer_norm2_ht

/-- Values of `rms_norm3` are at most `rms_norm3_A / rms_norm3_B` long. -/
def rms_norm3_A : Nat := 2

/-- Values of `rms_norm3` are at most `rms_norm3_A / rms_norm3_B` long. -/
def rms_norm3_B : Nat := 1

/-- On the domain the values of `rms_norm3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rms_norm3_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat rms_norm3_A) (ofNat rms_norm3_B) (heads_domain : Vec R → Prop)
      (fun x => rms_norm3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))) :=
  LipBridge.BoundedOn.cap (f := (fun x => linear5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x))) (LipBridge.rmsNorm_cap (d := 4) (e := 1) (g := fun i => layer_norm2_gain.entry 0 i) (p := 1) (A := 2) (B := 1) (Eq.refl true) LipBridge.ofNat_one_mul_one (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg _) (LipBridge.reciprocal_nonneg h3)) layer_norm2_ht (Eq.refl true) (Eq.refl true))

/-- Layer `rotary5` (rotary, 4 → 4): pairs (i, 1 + i), i < 1, rotated by given cosines and sines, the other entries unchanged. -/
noncomputable def rotary5 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.rotary 1 (rotary2_t 0) (rotary2_t 1)

/-- Squared constant of `rotary5` is `rotary5_P / rotary5_Q`. -/
def rotary5_P : Nat := 1

/-- Squared constant of `rotary5` is `rotary5_P / rotary5_Q`. -/
def rotary5_Q : Nat := 1

/-- Layer `rotary5`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rotary5_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat rotary5_P) (ofNat rotary5_Q) (rotary5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.rotary_isometry 1 2 rotary2_ht).sqLipschitz

/-- Values of `rotary5` are at most `rotary5_A / rotary5_B` long. -/
def rotary5_A : Nat := 2

/-- Values of `rotary5` are at most `rotary5_A / rotary5_B` long. -/
def rotary5_B : Nat := 1

/-- On the domain the values of `rotary5`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rotary5_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat rotary5_A) (ofNat rotary5_B) (heads_domain : Vec R → Prop)
      (fun x => rotary5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rms_norm3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))) :=
  LipBridge.BoundedOn.then (f := (fun x => rms_norm3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))) (g := rotary5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (rms_norm3_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.rotary_normGain 1 2 rotary2_ht) (Eq.refl true) (Eq.refl true)

/-- Branch `scores2_branch2`: its layers in sequence. -/
noncomputable def scores2_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  fun x => rotary5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (rms_norm3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (linear5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (from5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)))

/-- What `scores2_branch2_hidden_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem scores2_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 P4 Q4 : Nat} {f1 f2 f3 f4 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 6 3 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 3 4 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 4 4 (ofNat P3) (ofNat Q3) f3)
    (k4 : SqLipschitz 4 4 (ofNat P4) (ofNat Q4) f4)
    : SqLipschitzOn 6 4 (ofNat (Nat.mul (Nat.mul (Nat.mul P1 P2) P3) P4)) (ofNat (Nat.mul (Nat.mul (Nat.mul Q1 Q2) Q3) Q4)) S
      (fun x => f4 (f3 (f2 (f1 x)))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩)) k4 (fun _ _ => ⟨⟩))

/-- Squared constant of `scores2_branch2` in `hidden` is `scores2_branch2_hidden_P / scores2_branch2_hidden_Q`. -/
def scores2_branch2_hidden_P : Nat := Nat.mul (Nat.mul (Nat.mul from5_hidden_P linear5_P) rms_norm3_P) rotary5_P

/-- Squared constant of `scores2_branch2` in `hidden` is `scores2_branch2_hidden_P / scores2_branch2_hidden_Q`. -/
def scores2_branch2_hidden_Q : Nat := Nat.mul (Nat.mul (Nat.mul from5_hidden_Q linear5_Q) rms_norm3_Q) rotary5_Q

/-- Constant of `scores2_branch2` in `hidden` is `scores2_branch2_hidden_N / scores2_branch2_hidden_D`. -/
def scores2_branch2_hidden_N : Nat := 0

/-- Constant of `scores2_branch2` in `hidden` is `scores2_branch2_hidden_N / scores2_branch2_hidden_D`. -/
def scores2_branch2_hidden_D : Nat := 1

/-- `scores2_branch2` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores2_branch2_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat scores2_branch2_hidden_P) (ofNat scores2_branch2_hidden_Q) (Slice 6 0 3 heads_domain z) (scores2_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores2_branch2_general (f1 := from5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := linear5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f3 := rms_norm3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f4 := rotary5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from5_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (linear5_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rms_norm3_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary5_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `scores2_branch2` has Lipschitz constant 0 in `hidden` (rounded up; exactly
0/1): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch2_hidden_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 4 (ofNat scores2_branch2_hidden_N) (ofNat scores2_branch2_hidden_D) (Slice 6 0 3 heads_domain z) (scores2_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch2_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `scores2_branch2` in `token` is `scores2_branch2_token_P / scores2_branch2_token_Q`. -/
def scores2_branch2_token_P : Nat := Nat.mul (Nat.mul (Nat.mul from5_token_P linear5_P) rms_norm3_P) rotary5_P

/-- Squared constant of `scores2_branch2` in `token` is `scores2_branch2_token_P / scores2_branch2_token_Q`. -/
def scores2_branch2_token_Q : Nat := Nat.mul (Nat.mul (Nat.mul from5_token_Q linear5_Q) rms_norm3_Q) rotary5_Q

/-- Constant of `scores2_branch2` in `token` is `scores2_branch2_token_N / scores2_branch2_token_D`. -/
def scores2_branch2_token_N : Nat := 4

/-- Constant of `scores2_branch2` in `token` is `scores2_branch2_token_N / scores2_branch2_token_D`. -/
def scores2_branch2_token_D : Nat := 1

/-- `scores2_branch2` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem scores2_branch2_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat scores2_branch2_token_P) (ofNat scores2_branch2_token_Q) (Slice 6 3 3 heads_domain z) (scores2_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores2_branch2_general (f1 := from5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := linear5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f3 := rms_norm3 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f4 := rotary5 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (from5_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (linear5_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rms_norm3_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (rotary5_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `scores2_branch2` has Lipschitz constant 4 in `token` (rounded up; exactly
4/1): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch2_token_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 4 (ofNat scores2_branch2_token_N) (ofNat scores2_branch2_token_D) (Slice 6 3 3 heads_domain z) (scores2_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch2_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `scores2` (scores, 6 → 2): x ↦ the scores of the 2 tokens of scores2_branch1 against scores2_branch2. -/
noncomputable def scores2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.scores 4 (scores2_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (scores2_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t)

/-- Squared constant of `scores2` in `hidden` is `scores2_hidden_P / scores2_hidden_Q`. -/
def scores2_hidden_P : Nat := Nat.mul (Nat.mul rotary5_A scores2_branch1_hidden_N) (Nat.mul rotary5_A scores2_branch1_hidden_N)

/-- Squared constant of `scores2` in `hidden` is `scores2_hidden_P / scores2_hidden_Q`. -/
def scores2_hidden_Q : Nat := Nat.mul (Nat.mul rotary5_B scores2_branch1_hidden_D) (Nat.mul rotary5_B scores2_branch1_hidden_D)

/-- Layer `scores2` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat scores2_hidden_P) (ofNat scores2_hidden_Q) (Slice 6 0 3 heads_domain z) (scores2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_queries_lipschitzOn_ofNat (b := 2) (d := 4) (scores2_branch1_hidden_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (scores2_branch2_hidden_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) ((rotary5_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht).mono (fun _ h => h.left)))

/-- Squared constant of `scores2` in `token` is `scores2_token_P / scores2_token_Q`. -/
def scores2_token_P : Nat := Nat.mul (Nat.mul (Nat.mul 759250125 rotary4_A) scores2_branch2_token_N) (Nat.mul (Nat.mul 759250125 rotary4_A) scores2_branch2_token_N)

/-- Squared constant of `scores2` in `token` is `scores2_token_P / scores2_token_Q`. -/
def scores2_token_Q : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.pow 2 29) rotary4_B) scores2_branch2_token_D) (Nat.mul (Nat.mul (Nat.pow 2 29) rotary4_B) scores2_branch2_token_D)

/-- Layer `scores2` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat scores2_token_P) (ofNat scores2_token_Q) (Slice 6 3 3 heads_domain z) (scores2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_key_lipschitzOn_ofNat (b := 2) (d := 4) (scores2_branch1_token_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (scores2_branch2_token_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) ((LipBridge.BoundedOn.whole (A' := (Nat.mul 759250125 rotary4_A)) (B' := (Nat.mul (Nat.pow 2 29) rotary4_B)) (rotary4_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (Eq.refl true) (Eq.refl true)).mono (fun _ h => h.left)))

/-- Values of `scores2` are at most `scores2_A / scores2_B` long. -/
def scores2_A : Nat := Nat.mul (Nat.mul 759250125 rotary4_A) rotary5_A

/-- Values of `scores2` are at most `scores2_A / scores2_B` long. -/
def scores2_B : Nat := Nat.mul (Nat.mul (Nat.pow 2 29) rotary4_B) rotary5_B

/-- On the domain the values of `scores2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem scores2_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 2 (ofNat scores2_A) (ofNat scores2_B) (heads_domain : Vec R → Prop)
      (fun x => scores2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x) :=
  LipBridge.scores_boundedOn_ofNat (b := 2) (d := 4) (LipBridge.BoundedOn.whole (A' := (Nat.mul 759250125 rotary4_A)) (B' := (Nat.mul (Nat.pow 2 29) rotary4_B)) (rotary4_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (Eq.refl true) (Eq.refl true)) (rotary5_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- Branch `concat1_branch2`: its layers in sequence. -/
noncomputable def concat1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  fun x => scores2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x

/-- What `concat1_branch2_hidden_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem concat1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 6 2 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 6 2 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `concat1_branch2` in `hidden` is `concat1_branch2_hidden_P / concat1_branch2_hidden_Q`. -/
def concat1_branch2_hidden_P : Nat := scores2_hidden_P

/-- Squared constant of `concat1_branch2` in `hidden` is `concat1_branch2_hidden_P / concat1_branch2_hidden_Q`. -/
def concat1_branch2_hidden_Q : Nat := scores2_hidden_Q

/-- Constant of `concat1_branch2` in `hidden` is `concat1_branch2_hidden_N / concat1_branch2_hidden_D`. -/
def concat1_branch2_hidden_N : Nat := 7703206029

/-- Constant of `concat1_branch2` in `hidden` is `concat1_branch2_hidden_N / concat1_branch2_hidden_D`. -/
def concat1_branch2_hidden_D : Nat := (Nat.pow 2 28)

/-- `concat1_branch2` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch2_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat concat1_branch2_hidden_P) (ofNat concat1_branch2_hidden_Q) (Slice 6 0 3 heads_domain z) (concat1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  concat1_branch2_general (f1 := scores2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (scores2_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z)

/-- `concat1_branch2` has Lipschitz constant 28.6966787 in `hidden` (rounded up; exactly
7703206029/(Nat.pow 2 28)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_hidden_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 2 (ofNat concat1_branch2_hidden_N) (ofNat concat1_branch2_hidden_D) (Slice 6 0 3 heads_domain z) (concat1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `concat1_branch2` in `token` is `concat1_branch2_token_P / concat1_branch2_token_Q`. -/
def concat1_branch2_token_P : Nat := scores2_token_P

/-- Squared constant of `concat1_branch2` in `token` is `concat1_branch2_token_P / concat1_branch2_token_Q`. -/
def concat1_branch2_token_Q : Nat := scores2_token_Q

/-- Constant of `concat1_branch2` in `token` is `concat1_branch2_token_N / concat1_branch2_token_D`. -/
def concat1_branch2_token_N : Nat := 759250125

/-- Constant of `concat1_branch2` in `token` is `concat1_branch2_token_N / concat1_branch2_token_D`. -/
def concat1_branch2_token_D : Nat := (Nat.pow 2 25)

/-- `concat1_branch2` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem concat1_branch2_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat concat1_branch2_token_P) (ofNat concat1_branch2_token_Q) (Slice 6 3 3 heads_domain z) (concat1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  concat1_branch2_general (f1 := scores2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (scores2_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z)

/-- `concat1_branch2` has Lipschitz constant 22.6274170 in `token` (rounded up; exactly
759250125/(Nat.pow 2 25)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_token_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 2 (ofNat concat1_branch2_token_N) (ofNat concat1_branch2_token_D) (Slice 6 3 3 heads_domain z) (concat1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `concat1` (concat, 6 → 4): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  (LipBridge.concat 2 (concat1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (concat1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t))

/-- Squared constant of `concat1` in `hidden` is `concat1_hidden_P / concat1_hidden_Q`. -/
def concat1_hidden_P : Nat := (Nat.add (Nat.mul concat1_branch1_hidden_P concat1_branch2_hidden_Q) (Nat.mul concat1_branch2_hidden_P concat1_branch1_hidden_Q))

/-- Squared constant of `concat1` in `hidden` is `concat1_hidden_P / concat1_hidden_Q`. -/
def concat1_hidden_Q : Nat := (Nat.mul concat1_branch1_hidden_Q concat1_branch2_hidden_Q)

/-- Layer `concat1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat concat1_hidden_P) (ofNat concat1_hidden_Q) (Slice 6 0 3 heads_domain z) (concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (concat1_branch2_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z))

/-- Squared constant of `concat1` in `token` is `concat1_token_P / concat1_token_Q`. -/
def concat1_token_P : Nat := (Nat.add (Nat.mul concat1_branch1_token_P concat1_branch2_token_Q) (Nat.mul concat1_branch2_token_P concat1_branch1_token_Q))

/-- Squared constant of `concat1` in `token` is `concat1_token_P / concat1_token_Q`. -/
def concat1_token_Q : Nat := (Nat.mul concat1_branch1_token_Q concat1_branch2_token_Q)

/-- Layer `concat1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat concat1_token_P) (ofNat concat1_token_Q) (Slice 6 3 3 heads_domain z) (concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (concat1_branch2_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z))

/-- Values of `concat1` are at most `concat1_A / concat1_B` long. -/
def concat1_A : Nat := 1832483107

/-- Values of `concat1` are at most `concat1_A / concat1_B` long. -/
def concat1_B : Nat := (Nat.pow 2 26)

/-- On the domain the values of `concat1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem concat1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat concat1_A) (ofNat concat1_B) (heads_domain : Vec R → Prop)
      (fun x => concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x) :=
  LipBridge.SqBoundedOn.root (LipBridge.SqBoundedOn.concat (LipBridge.BoundedOn.squared (scores1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)) (LipBridge.BoundedOn.squared (scores2_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht))) (Eq.refl true) (Eq.refl true)

/-- Layer `relu1` (relu, 4 → 4): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.relu

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_P : Nat := 1

/-- Squared constant of `relu1` is `relu1_P / relu1_Q`. -/
def relu1_Q : Nat := 1

/-- Layer `relu1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat relu1_P) (ofNat relu1_Q) (relu1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 4

/-- Values of `relu1` are at most `relu1_A / relu1_B` long. -/
def relu1_A : Nat := 1832483107

/-- Values of `relu1` are at most `relu1_A / relu1_B` long. -/
def relu1_B : Nat := (Nat.pow 2 26)

/-- On the domain the values of `relu1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem relu1_boundedOn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat relu1_A) (ofNat relu1_B) (heads_domain : Vec R → Prop)
      (fun x => relu1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) :=
  LipBridge.BoundedOn.then (f := (fun x => concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) (g := relu1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (concat1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (LipBridge.relu_normGain 4) (Eq.refl true) (Eq.refl true)

/-- Branch `similarity1_branch2`: its layers in sequence. -/
noncomputable def similarity1_branch2 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  fun x => relu1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t (concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)

/-- What `similarity1_branch2_hidden_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem similarity1_branch2_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 : Nat} {f1 f2 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 6 4 (ofNat P1) (ofNat Q1) S f1)
    (k2 : SqLipschitz 4 4 (ofNat P2) (ofNat Q2) f2)
    : SqLipschitzOn 6 4 (ofNat (Nat.mul P1 P2)) (ofNat (Nat.mul Q1 Q2)) S
      (fun x => f2 (f1 x)) :=
  (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩))

/-- Squared constant of `similarity1_branch2` in `hidden` is `similarity1_branch2_hidden_P / similarity1_branch2_hidden_Q`. -/
def similarity1_branch2_hidden_P : Nat := Nat.mul concat1_hidden_P relu1_P

/-- Squared constant of `similarity1_branch2` in `hidden` is `similarity1_branch2_hidden_P / similarity1_branch2_hidden_Q`. -/
def similarity1_branch2_hidden_Q : Nat := Nat.mul concat1_hidden_Q relu1_Q

/-- Constant of `similarity1_branch2` in `hidden` is `similarity1_branch2_hidden_N / similarity1_branch2_hidden_D`. -/
def similarity1_branch2_hidden_N : Nat := 4909849733

/-- Constant of `similarity1_branch2` in `hidden` is `similarity1_branch2_hidden_N / similarity1_branch2_hidden_D`. -/
def similarity1_branch2_hidden_D : Nat := (Nat.pow 2 25)

/-- `similarity1_branch2` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch2_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat similarity1_branch2_hidden_P) (ofNat similarity1_branch2_hidden_Q) (Slice 6 0 3 heads_domain z) (similarity1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  similarity1_branch2_general (f1 := concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := relu1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (concat1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (relu1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `similarity1_branch2` has Lipschitz constant 146.324925 in `hidden` (rounded up; exactly
4909849733/(Nat.pow 2 25)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_hidden_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 4 (ofNat similarity1_branch2_hidden_N) (ofNat similarity1_branch2_hidden_D) (Slice 6 0 3 heads_domain z) (similarity1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `similarity1_branch2` in `token` is `similarity1_branch2_token_P / similarity1_branch2_token_Q`. -/
def similarity1_branch2_token_P : Nat := Nat.mul concat1_token_P relu1_P

/-- Squared constant of `similarity1_branch2` in `token` is `similarity1_branch2_token_P / similarity1_branch2_token_Q`. -/
def similarity1_branch2_token_Q : Nat := Nat.mul concat1_token_Q relu1_Q

/-- Constant of `similarity1_branch2` in `token` is `similarity1_branch2_token_N / similarity1_branch2_token_D`. -/
def similarity1_branch2_token_N : Nat := 4173800871

/-- Constant of `similarity1_branch2` in `token` is `similarity1_branch2_token_N / similarity1_branch2_token_D`. -/
def similarity1_branch2_token_D : Nat := (Nat.pow 2 23)

/-- `similarity1_branch2` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem similarity1_branch2_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat similarity1_branch2_token_P) (ofNat similarity1_branch2_token_Q) (Slice 6 3 3 heads_domain z) (similarity1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  similarity1_branch2_general (f1 := concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (f2 := relu1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (concat1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (relu1_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht)

/-- `similarity1_branch2` has Lipschitz constant 497.555837 in `token` (rounded up; exactly
4173800871/(Nat.pow 2 23)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_token_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 4 (ofNat similarity1_branch2_token_N) (ofNat similarity1_branch2_token_D) (Slice 6 3 3 heads_domain z) (similarity1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `similarity1` (similarity, 6 → 1): x ↦ the score of similarity1_branch1 against similarity1_branch2. -/
noncomputable def similarity1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.similarity 1 4 (similarity1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (similarity1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t)

/-- Squared constant of `similarity1` in `hidden` is `similarity1_hidden_P / similarity1_hidden_Q`. -/
def similarity1_hidden_P : Nat := Nat.mul (Nat.add (Nat.mul (Nat.mul relu1_A similarity1_branch1_hidden_N) (Nat.mul linear1_B similarity1_branch2_hidden_D)) (Nat.mul (Nat.mul linear1_A similarity1_branch2_hidden_N) (Nat.mul relu1_B similarity1_branch1_hidden_D))) (Nat.add (Nat.mul (Nat.mul relu1_A similarity1_branch1_hidden_N) (Nat.mul linear1_B similarity1_branch2_hidden_D)) (Nat.mul (Nat.mul linear1_A similarity1_branch2_hidden_N) (Nat.mul relu1_B similarity1_branch1_hidden_D)))

/-- Squared constant of `similarity1` in `hidden` is `similarity1_hidden_P / similarity1_hidden_Q`. -/
def similarity1_hidden_Q : Nat := Nat.mul (Nat.mul (Nat.mul relu1_B similarity1_branch1_hidden_D) (Nat.mul linear1_B similarity1_branch2_hidden_D)) (Nat.mul (Nat.mul relu1_B similarity1_branch1_hidden_D) (Nat.mul linear1_B similarity1_branch2_hidden_D))

/-- Layer `similarity1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 1 (ofNat similarity1_hidden_P) (ofNat similarity1_hidden_Q) (Slice 6 0 3 heads_domain z) (similarity1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_lipschitzOn_ofNat (b := 1) (d := 4) (Eq.refl true) (similarity1_branch1_hidden_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (similarity1_branch2_hidden_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) ((linear1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht).mono (fun _ h => h.left)) ((relu1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht).mono (fun _ h => h.left)))

/-- Squared constant of `similarity1` in `token` is `similarity1_token_P / similarity1_token_Q`. -/
def similarity1_token_P : Nat := Nat.mul (Nat.mul linear1_A similarity1_branch2_token_N) (Nat.mul linear1_A similarity1_branch2_token_N)

/-- Squared constant of `similarity1` in `token` is `similarity1_token_P / similarity1_token_Q`. -/
def similarity1_token_Q : Nat := Nat.mul (Nat.mul linear1_B similarity1_branch2_token_D) (Nat.mul linear1_B similarity1_branch2_token_D)

/-- Layer `similarity1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 1 (ofNat similarity1_token_P) (ofNat similarity1_token_Q) (Slice 6 3 3 heads_domain z) (similarity1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_keys_lipschitzOn_ofNat (b := 1) (d := 4) (Eq.refl true) (similarity1_branch1_token_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (similarity1_branch2_token_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) ((linear1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht).mono (fun _ h => h.left)))

/-- The network `heads`: its layers in sequence. -/
noncomputable def heads {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) : Vec R → Vec R :=
  fun x => similarity1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x

/-- What `heads_hidden_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem heads_general {R : Type u} [OrderedRing R]
    {P1 Q1 : Nat} {f1 : Vec R → Vec R} {S : Vec R → Prop}
    (k1 : SqLipschitzOn 6 1 (ofNat P1) (ofNat Q1) S f1)
    : SqLipschitzOn 6 1 (ofNat P1) (ofNat Q1) S
      (fun x => f1 x) :=
  k1

/-- Squared constant of `heads` in `hidden` is `heads_hidden_P / heads_hidden_Q`. -/
def heads_hidden_P : Nat := similarity1_hidden_P

/-- Squared constant of `heads` in `hidden` is `heads_hidden_P / heads_hidden_Q`. -/
def heads_hidden_Q : Nat := similarity1_hidden_Q

/-- Constant of `heads` in `hidden` is `heads_hidden_N / heads_hidden_D`. -/
def heads_hidden_N : Nat := 3591498643

/-- Constant of `heads` in `hidden` is `heads_hidden_N / heads_hidden_D`. -/
def heads_hidden_D : Nat := (Nat.pow 2 22)

/-- `heads` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem heads_hidden_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 1 (ofNat heads_hidden_P) (ofNat heads_hidden_Q) (Slice 6 0 3 heads_domain z) (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  heads_general (f1 := similarity1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (similarity1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z)

/-- `heads` has Lipschitz constant 856.280004 in `hidden` (rounded up; exactly
3591498643/(Nat.pow 2 22)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem heads_hidden_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 1 (ofNat heads_hidden_N) (ofNat heads_hidden_D) (Slice 6 0 3 heads_domain z) (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (heads_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `heads` in `token` is `heads_token_P / heads_token_Q`. -/
def heads_token_P : Nat := similarity1_token_P

/-- Squared constant of `heads` in `token` is `heads_token_P / heads_token_Q`. -/
def heads_token_Q : Nat := similarity1_token_Q

/-- Constant of `heads` in `token` is `heads_token_N / heads_token_D`. -/
def heads_token_N : Nat := 5585053099

/-- Constant of `heads` in `token` is `heads_token_N / heads_token_D`. -/
def heads_token_D : Nat := (Nat.pow 2 21)

/-- `heads` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem heads_token_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    SqLipschitzOn 6 1 (ofNat heads_token_P) (ofNat heads_token_Q) (Slice 6 3 3 heads_domain z) (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  heads_general (f1 := similarity1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t) (similarity1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z)

/-- `heads` has Lipschitz constant 2663.16085 in `token` (rounded up; exactly
5585053099/(Nat.pow 2 21)): for all x, y with ‖hidden‖ ≤ 2 that agree with z outside of `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem heads_token_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) (z : Vec R) :
    LipschitzOn 6 1 (ofNat heads_token_N) (ofNat heads_token_D) (Slice 6 3 3 heads_domain z) (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (heads_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Squared constant of `heads` in all inputs together is `heads_P / heads_Q`: the squares add. -/
def heads_P : Nat := (Nat.add (Nat.mul heads_hidden_P heads_token_Q) (Nat.mul heads_token_P heads_hidden_Q))

/-- Squared constant of `heads` in all inputs together is `heads_P / heads_Q`: the squares add. -/
def heads_Q : Nat := (Nat.mul heads_hidden_Q heads_token_Q)

/-- Constant of `heads` in all inputs together is `heads_N / heads_D`. -/
def heads_N : Nat := 1466661467

/-- Constant of `heads` in all inputs together is `heads_N / heads_D`. -/
def heads_D : Nat := (Nat.pow 2 19)

/-- `heads` in all inputs together: Q·‖f x − f y‖² ≤ P·‖x − y‖² on the domain. -/
theorem heads_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitzOn 6 1 (ofNat heads_P) (ofNat heads_Q) (heads_domain : Vec R → Prop) (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  SqLipschitzOn.ofSlices (SqLipschitzOn.join_ofNat (fun x y hx hy => show InBall 0 1 3 2 1 (splice 3 x y) from (InBall.splice_below (Eq.refl true) hy)) (heads_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (heads_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht))

/-- `heads` has Lipschitz constant 2797.43475 in all inputs together (rounded up; exactly
1466661467/(Nat.pow 2 19)): for all x, y with ‖hidden‖ ≤ 2, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem heads_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R) (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 100) (r 100)) one) (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) (rotary1_ht : ∀ k i : Nat, Nat.lt k 2 → Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) (rotary2_ht : ∀ i : Nat, Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    LipschitzOn 6 1 (ofNat heads_N) (ofNat heads_D) (heads_domain : Vec R → Prop) (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (heads_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t h1 h2 h3 h4 rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (Eq.refl true) (Eq.refl true)

end Heads
