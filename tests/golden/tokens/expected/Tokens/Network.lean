import LipBridge
import Tokens.Data.key_weight
import Tokens.Data.rms_gain
import Tokens.Data.weigh_gain
import Tokens.Data.layer_gain
import Tokens.Data.layer_bias
/-!
# The network `tokens`

12 → 4. Exported by lipbridge 0.1.0.

Vectors are functions of the index; a block of tokens is one vector, token after token. In a ring `R`
the weights are `n · r d`: integers `n` of the data modules times the element `r d` with
`d · r d = 1`; over the real numbers `r d` is `1/d`.

Roots and activations that no ring has are given functions, one a layer, each with a hypothesis that
says what it must be: `rms_t` with `rms_ht`, `turn_t` with `turn_ht`, `layer_t` with `layer_ht`, `same_t` with `same_ht`, `vector_t` with `vector_ht`.
-/

set_option autoImplicit false
-- Every layer takes all hypotheses of the network, whether it needs them or not.
set_option linter.unusedVariables false

universe u

namespace Tokens

open LipBridge

/-- Layer `key` (linear, 12 → 12): x ↦ Wx, W is 4×4, on each of 3 tokens. -/
noncomputable def key {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.tokenwise 3 4 4 (LipBridge.linear 4 key_weight.entry (r 4) (fun _ => zero))

/-- Squared constant of `key` is `key_P / key_Q`. -/
def key_P : Nat := key_weight_T

/-- Squared constant of `key` is `key_P / key_Q`. -/
def key_Q : Nat := Nat.mul key_weight_C (Nat.mul 4 4)

/-- Layer `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem key_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 100) (r 100)) one) (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) (turn_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) (same_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) (vector_ht : ∀ i : Nat, Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 12 12 (ofNat key_P) (ofNat key_Q) (key r rms_t turn_t layer_t same_t vector_t : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 3 (LipBridge.linear_sqLipschitz key_weight_norm h3 (fun _ => zero))

/-- Layer `rms` (rms_norm, 12 → 12): u ↦ g ⊙ u / √(mean(u²) + ε), ε = 1/100, g the stored gain plus 1, on each of 3 tokens. -/
noncomputable def rms {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.tokenwise 3 4 4 (LipBridge.rmsNorm (fun i => mul (ofInt (Int.add (rms_gain.entry 0 i) (Int.ofNat 8))) (r 8)) rms_t)

/-- Squared constant of `rms` is `rms_P / rms_Q`. -/
def rms_P : Nat := Nat.mul 144 (Nat.mul 100 4)

/-- Squared constant of `rms` is `rms_P / rms_Q`. -/
def rms_Q : Nat := Nat.mul (Nat.mul 8 8) (Nat.mul 4 1)

/-- Layer `rms`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rms_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 100) (r 100)) one) (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) (turn_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) (same_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) (vector_ht : ∀ i : Nat, Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 12 12 (ofNat rms_P) (ofNat rms_Q) (rms r rms_t turn_t layer_t same_t vector_t : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 3 (LipBridge.rmsNorm_sqLipschitz_ofNat (d := 4) (n := 1) (m := 100) (e := 8) (g := fun i => Int.add (rms_gain.entry 0 i) (Int.ofNat 8)) (p := 144) (Eq.refl true) (Eq.refl true) (Eq.refl true) h4 h5 rms_ht)

/-- Layer `turn` (rotary, 12 → 12): pairs (i, 1 + i), i < 1, rotated by given cosines and sines, the other entries unchanged, each of 3 tokens by its own. -/
noncomputable def turn {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.eachToken 3 4 4 (fun k => LipBridge.rotary 1 (turn_t k 0) (turn_t k 1))

/-- Squared constant of `turn` is `turn_P / turn_Q`. -/
def turn_P : Nat := 1

/-- Squared constant of `turn` is `turn_P / turn_Q`. -/
def turn_Q : Nat := 1

/-- Layer `turn`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem turn_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 100) (r 100)) one) (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) (turn_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) (same_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) (vector_ht : ∀ i : Nat, Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 12 12 (ofNat turn_P) (ofNat turn_Q) (turn r rms_t turn_t layer_t same_t vector_t : Vec R → Vec R) :=
  (LipBridge.rotaryTokens_isometry 3 1 2 turn_ht).sqLipschitz

/-- Layer `weigh` (gain, 12 → 12): x ↦ g ⊙ x, g the stored gain plus -1, on each of 3 tokens. -/
noncomputable def weigh {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.tokenwise 3 4 4 (LipBridge.gain (fun i => add (mul (ofInt (weigh_gain.entry 0 i)) (r 4)) (ofInt (Int.negSucc 0))))

/-- Squared constant of `weigh` is `weigh_P / weigh_Q`. -/
def weigh_P : Nat := 64

/-- Squared constant of `weigh` is `weigh_P / weigh_Q`. -/
def weigh_Q : Nat := Nat.mul 4 4

/-- Layer `weigh`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem weigh_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 100) (r 100)) one) (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) (turn_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) (same_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) (vector_ht : ∀ i : Nat, Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 12 12 (ofNat weigh_P) (ofNat weigh_Q) (weigh r rms_t turn_t layer_t same_t vector_t : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 3 (LipBridge.gain_sqLipschitz_offset (n := 4) (p := 64) (e := 4) (g := fun i => weigh_gain.entry 0 i) (Int.negSucc 0) (Eq.refl true) h3)

/-- Layer `layer` (layer_norm, 12 → 12): u ↦ g ⊙ (u - mean(u)) / √(var(u) + ε) + b, ε = 1/4, on each of 3 tokens. -/
noncomputable def layer {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.tokenwise 3 4 4 (LipBridge.layerNorm 4 (r 4) (fun i => mul (ofInt (layer_gain.entry 0 i)) (r 2)) layer_t (fun i => mul (ofInt (layer_bias.entry 0 i)) one))

/-- Squared constant of `layer` is `layer_P / layer_Q`. -/
def layer_P : Nat := Nat.mul 36 (Nat.mul 4 4)

/-- Squared constant of `layer` is `layer_P / layer_Q`. -/
def layer_Q : Nat := Nat.mul (Nat.mul 2 2) (Nat.mul 4 1)

/-- Layer `layer`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem layer_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 100) (r 100)) one) (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) (turn_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) (same_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) (vector_ht : ∀ i : Nat, Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 12 12 (ofNat layer_P) (ofNat layer_Q) (layer r rms_t turn_t layer_t same_t vector_t : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 3 (LipBridge.layerNorm_sqLipschitz_ofNat (d := 4) (n := 1) (m := 4) (e := 2) (g := fun i => layer_gain.entry 0 i) (p := 36) (Eq.refl true) (Eq.refl true) (Eq.refl true) h3 h1 h3 layer_ht (fun i => mul (ofInt (layer_bias.entry 0 i)) one))

/-- Layer `same` (rotary, 12 → 12): pairs (i, 2 + i), i < 2, rotated by given cosines and sines, the other entries unchanged, each of 3 tokens by its own. -/
noncomputable def same {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.eachToken 3 4 4 (fun k => LipBridge.rotary 2 (same_t k 0) (same_t k 1))

/-- Squared constant of `same` is `same_P / same_Q`. -/
def same_P : Nat := 1

/-- Squared constant of `same` is `same_P / same_Q`. -/
def same_Q : Nat := 1

/-- Layer `same`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem same_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 100) (r 100)) one) (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) (turn_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) (same_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) (vector_ht : ∀ i : Nat, Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 12 12 (ofNat same_P) (ofNat same_Q) (same r rms_t turn_t layer_t same_t vector_t : Vec R → Vec R) :=
  (LipBridge.rotaryTokens_isometry 3 2 0 same_ht).sqLipschitz

/-- Layer `mean_pool1` (mean_pool, 12 → 4): the mean of 3 tokens of dimension 4. -/
noncomputable def mean_pool1 {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.meanPool 3 4 (r 3)

/-- Squared constant of `mean_pool1` is `mean_pool1_P / mean_pool1_Q`. -/
def mean_pool1_P : Nat := 1

/-- Squared constant of `mean_pool1` is `mean_pool1_P / mean_pool1_Q`. -/
def mean_pool1_Q : Nat := 3

/-- Layer `mean_pool1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mean_pool1_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 100) (r 100)) one) (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) (turn_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) (same_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) (vector_ht : ∀ i : Nat, Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 12 4 (ofNat mean_pool1_P) (ofNat mean_pool1_Q) (mean_pool1 r rms_t turn_t layer_t same_t vector_t : Vec R → Vec R) :=
  LipBridge.meanPool_sqLipschitz 3 4 h2

/-- Layer `vector` (rotary, 4 → 4): pairs (i, 2 + i), i < 2, rotated by given cosines and sines, the other entries unchanged. -/
noncomputable def vector {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) : Vec R → Vec R :=
  LipBridge.rotary 2 (vector_t 0) (vector_t 1)

/-- Squared constant of `vector` is `vector_P / vector_Q`. -/
def vector_P : Nat := 1

/-- Squared constant of `vector` is `vector_P / vector_Q`. -/
def vector_Q : Nat := 1

/-- Layer `vector`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem vector_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 100) (r 100)) one) (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) (turn_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) (same_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) (vector_ht : ∀ i : Nat, Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat vector_P) (ofNat vector_Q) (vector r rms_t turn_t layer_t same_t vector_t : Vec R → Vec R) :=
  (LipBridge.rotary_isometry 2 0 vector_ht).sqLipschitz

/-- The network `tokens`: its layers in sequence. -/
noncomputable def tokens {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) : Vec R → Vec R :=
  fun x => vector r rms_t turn_t layer_t same_t vector_t (mean_pool1 r rms_t turn_t layer_t same_t vector_t (same r rms_t turn_t layer_t same_t vector_t (layer r rms_t turn_t layer_t same_t vector_t (weigh r rms_t turn_t layer_t same_t vector_t (turn r rms_t turn_t layer_t same_t vector_t (rms r rms_t turn_t layer_t same_t vector_t (key r rms_t turn_t layer_t same_t vector_t x)))))))

/-- What `tokens_sqLipschitz` instantiates: any layers with these squared constants, composed,
have the product of them. -/
theorem tokens_general {R : Type u} [OrderedRing R]
    {P1 Q1 P2 Q2 P3 Q3 P4 Q4 P5 Q5 P6 Q6 P7 Q7 P8 Q8 : Nat} {f1 f2 f3 f4 f5 f6 f7 f8 : Vec R → Vec R}
    (k1 : SqLipschitz 12 12 (ofNat P1) (ofNat Q1) f1)
    (k2 : SqLipschitz 12 12 (ofNat P2) (ofNat Q2) f2)
    (k3 : SqLipschitz 12 12 (ofNat P3) (ofNat Q3) f3)
    (k4 : SqLipschitz 12 12 (ofNat P4) (ofNat Q4) f4)
    (k5 : SqLipschitz 12 12 (ofNat P5) (ofNat Q5) f5)
    (k6 : SqLipschitz 12 12 (ofNat P6) (ofNat Q6) f6)
    (k7 : SqLipschitz 12 4 (ofNat P7) (ofNat Q7) f7)
    (k8 : SqLipschitz 4 4 (ofNat P8) (ofNat Q8) f8)
    : SqLipschitz 12 4 (ofNat (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul P1 P2) P3) P4) P5) P6) P7) P8)) (ofNat (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul Q1 Q2) Q3) Q4) Q5) Q6) Q7) Q8))
      (fun x => f8 (f7 (f6 (f5 (f4 (f3 (f2 (f1 x)))))))) :=
  (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat (SqLipschitzOn.comp_ofNat k1 k2 (fun _ _ => ⟨⟩)) k3 (fun _ _ => ⟨⟩)) k4 (fun _ _ => ⟨⟩)) k5 (fun _ _ => ⟨⟩)) k6 (fun _ _ => ⟨⟩)) k7 (fun _ _ => ⟨⟩)) k8 (fun _ _ => ⟨⟩))

/-- Squared constant of `tokens` is `tokens_P / tokens_Q`. -/
def tokens_P : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul key_P rms_P) turn_P) weigh_P) layer_P) same_P) mean_pool1_P) vector_P

/-- Squared constant of `tokens` is `tokens_P / tokens_Q`. -/
def tokens_Q : Nat := Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul key_Q rms_Q) turn_Q) weigh_Q) layer_Q) same_Q) mean_pool1_Q) vector_Q

/-- Constant of `tokens` is `tokens_N / tokens_D`. -/
def tokens_N : Nat := 11393451437

/-- Constant of `tokens` is `tokens_N / tokens_D`. -/
def tokens_D : Nat := (Nat.pow 2 25)

/-- `tokens`: Q·‖f x − f y‖² ≤ P·‖x − y‖² with P/Q the product of the layers' squared constants. -/
theorem tokens_sqLipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 100) (r 100)) one) (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) (turn_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) (same_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) (vector_ht : ∀ i : Nat, Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 12 4 (ofNat tokens_P) (ofNat tokens_Q) (tokens r rms_t turn_t layer_t same_t vector_t : Vec R → Vec R) :=
  tokens_general (f1 := key r rms_t turn_t layer_t same_t vector_t) (f2 := rms r rms_t turn_t layer_t same_t vector_t) (f3 := turn r rms_t turn_t layer_t same_t vector_t) (f4 := weigh r rms_t turn_t layer_t same_t vector_t) (f5 := layer r rms_t turn_t layer_t same_t vector_t) (f6 := same r rms_t turn_t layer_t same_t vector_t) (f7 := mean_pool1 r rms_t turn_t layer_t same_t vector_t) (f8 := vector r rms_t turn_t layer_t same_t vector_t) (key_sqLipschitz r rms_t turn_t layer_t same_t vector_t h1 h2 h3 h4 h5 rms_ht turn_ht layer_ht same_ht vector_ht) (rms_sqLipschitz r rms_t turn_t layer_t same_t vector_t h1 h2 h3 h4 h5 rms_ht turn_ht layer_ht same_ht vector_ht) (turn_sqLipschitz r rms_t turn_t layer_t same_t vector_t h1 h2 h3 h4 h5 rms_ht turn_ht layer_ht same_ht vector_ht) (weigh_sqLipschitz r rms_t turn_t layer_t same_t vector_t h1 h2 h3 h4 h5 rms_ht turn_ht layer_ht same_ht vector_ht) (layer_sqLipschitz r rms_t turn_t layer_t same_t vector_t h1 h2 h3 h4 h5 rms_ht turn_ht layer_ht same_ht vector_ht) (same_sqLipschitz r rms_t turn_t layer_t same_t vector_t h1 h2 h3 h4 h5 rms_ht turn_ht layer_ht same_ht vector_ht) (mean_pool1_sqLipschitz r rms_t turn_t layer_t same_t vector_t h1 h2 h3 h4 h5 rms_ht turn_ht layer_ht same_ht vector_ht) (vector_sqLipschitz r rms_t turn_t layer_t same_t vector_t h1 h2 h3 h4 h5 rms_ht turn_ht layer_ht same_ht vector_ht)

/-- `tokens` has Lipschitz constant 339.551313 (rounded up; exactly
11393451437/(Nat.pow 2 25)): for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem tokens_lipschitz {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R) (layer_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R) (h1 : Eq (mul (ofNat 2) (r 2)) one) (h2 : Eq (mul (ofNat 3) (r 3)) one) (h3 : Eq (mul (ofNat 4) (r 4)) one) (h4 : Eq (mul (ofNat 8) (r 8)) one) (h5 : Eq (mul (ofNat 100) (r 100)) one) (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) (turn_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) (same_ht : ∀ k i : Nat, Nat.lt k 3 → Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) (vector_ht : ∀ i : Nat, Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    Lipschitz 12 4 (ofNat tokens_N) (ofNat tokens_D) (tokens r rms_t turn_t layer_t same_t vector_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (tokens_sqLipschitz r rms_t turn_t layer_t same_t vector_t h1 h2 h3 h4 h5 rms_ht turn_ht layer_ht same_ht vector_ht) (Eq.refl true) (Eq.refl true)

end Tokens
