import LipBridge.Networks
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

6 → 1. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Heads/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
`w_norm`, that `C ‖w x‖² ≤ T ‖x‖²` where `C` is `w_C` and `T` is `w_T`.
Numbers that are no integers are `n · r d`: integers `n` times `r d`, over the real numbers `1/d`.

Roots and activations that no ring has are given functions, one for all layers that share it,
each with a hypothesis that says what it must be:
`rms_norm1_t` with `rms_norm1_ht`,
`rotary1_t` with `rotary1_ht`,
`layer_norm2_t` with `layer_norm2_ht`,
`rotary2_t` with `rotary2_ht`.

Words of the library:
- `LipschitzOn n m N D S f`: `D² ‖f x - f y‖² ≤ N² ‖x - y‖²` for all `x` and `y` in `S`, with
  `N ≥ 0` and `D > 0`.
- `SqLipschitz n m P Q f`: `Q ‖f x - f y‖² ≤ P ‖x - y‖²` for all `x` and `y`, with `P ≥ 0` and
  `Q > 0`.
- `SqLipschitzOn n m P Q S f`: `Q ‖f x - f y‖² ≤ P ‖x - y‖²` for all `x` and `y` in `S`, with
  `P ≥ 0` and `Q > 0`.
- `Reciprocals l r`: `r d` is `1/d` for every `d` in the list: `d * r d = 1`.
- `ofNat n`: The image of a natural number.
- `BoundedOn b m A B S f`: `B² ‖token t of f x‖² ≤ A²` for all `x` in `S` and `t < b`, with `A ≥ 0`
  and `B > 0`.
- `InBall s b d N D x`: Each of the `b` tokens, of dimension `d`, of the input that starts at `s`
  has a length of at most `N/D`.
- `Slice n s k S z`: The points of `S` that differ from `z` in the input `s, …, s + k - 1` only.
- `RmsFactor d ε S t`: On `S`, `t(u) = √d / √(‖u‖² + dε)`: `t(u) ≥ 0` and `t(u)² (‖u‖² + dε) = d`,
  `d` the dimension.
-/

set_option autoImplicit false

universe u

namespace Heads

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R)
  (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R)

/-- The numbers d for which `r d` is to be 1/d. -/
def heads_denominators : List Nat := .cons 2 (.cons 3 (.cons 4 (.cons 100 .nil)))

/-- Where the inputs lie: ‖hidden‖ ≤ 2. -/
noncomputable def heads_domain : Vec R → Prop := fun x => InBall 0 1 3 2 1 x

/-- Layer `from1` (from, 6 → 3): the input hidden, entries 0 to 2 of the stacked inputs. -/
noncomputable def from1 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from1) ≤ √(P/Q) ≤ 1 in `hidden`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_hidden_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat 1) (ofNat 1) (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (from1 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 6) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Lip(from1) ≤ √(P/Q) ≤ 0 in `token`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_token_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat 0) (ofNat 1) (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (from1 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from1` are at most A/B long. -/
def from1_A : Nat := 2

/-- `B`: values of `from1` are at most A/B long. -/
def from1_B : Nat := 1

/-- On the domain the values of `from1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from1_boundedOn :
    BoundedOn 1 3 (ofNat from1_A) (ofNat from1_B) (heads_domain : Vec R → Prop)
      (fun x => from1 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h)

/-- Layer `linear1` (linear, 3 → 4): x ↦ Wx, W is 4×3. `linear1_weight`: integers, from the spec. -/
noncomputable def linear1 : Vec R → Vec R :=
  LipBridge.linear 3 linear1_weight.entry one (fun _ => zero)

/-- Lip(linear1) ≤ √(P/Q) ≤ 2.67624320, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear1_sqLipschitz :
    SqLipschitz 3 4 (ofNat linear1_weight_T) (ofNat (Nat.mul linear1_weight_C (Nat.mul 1 1)))
      (linear1 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear1_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `linear1` are at most A/B long. -/
def linear1_A : Nat := 5747188509

/-- `B`: values of `linear1` are at most A/B long. -/
def linear1_B : Nat := Nat.pow 2 30

/-- On the domain the values of `linear1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear1_boundedOn :
    BoundedOn 1 4 (ofNat linear1_A) (ofNat linear1_B) (heads_domain : Vec R → Prop)
      (fun x => linear1 (from1 x)) :=
  LipBridge.BoundedOn.then (f := fun x => from1 x) (g := linear1) from1_boundedOn
    (LipBridge.linear_normGain linear1_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Branch `similarity1_branch1`: its layers in sequence. -/
noncomputable def similarity1_branch1 : Vec R → Vec R := fun x => linear1 (from1 x)

/-- `P`: Lip(similarity1_branch1_hidden)² ≤ P/Q. -/
def similarity1_branch1_hidden_P : Nat := Nat.mul 1 linear1_weight_T

/-- `Q`: Lip(similarity1_branch1_hidden)² ≤ P/Q. -/
def similarity1_branch1_hidden_Q : Nat := Nat.mul 1 (Nat.mul linear1_weight_C (Nat.mul 1 1))

/-- `similarity1_branch1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch1_hidden_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat similarity1_branch1_hidden_P) (ofNat similarity1_branch1_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop) (similarity1_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from1) (g := linear1) (from1_hidden_sqLipschitz z)
    linear1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(similarity1_branch1_hidden) ≤ N/D. -/
def similarity1_branch1_hidden_N : Nat := 5747188509

/-- `D`: Lip(similarity1_branch1_hidden) ≤ N/D. -/
def similarity1_branch1_hidden_D : Nat := Nat.pow 2 31

/-- Lip(similarity1_branch1) ≤ 2.67624320 in `hidden`, exactly 5747188509/2147483648: for all x, y
with ‖hidden‖ ≤ 2 that agree with z but for `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_hidden_lipschitz (z : Vec R) :
    LipschitzOn 6 4 (ofNat similarity1_branch1_hidden_N) (ofNat similarity1_branch1_hidden_D)
      (Slice 6 0 3 heads_domain z : Vec R → Prop) (similarity1_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_hidden_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity1_branch1_token)² ≤ P/Q. -/
def similarity1_branch1_token_P : Nat := Nat.mul 0 linear1_weight_T

/-- `Q`: Lip(similarity1_branch1_token)² ≤ P/Q. -/
def similarity1_branch1_token_Q : Nat := Nat.mul 1 (Nat.mul linear1_weight_C (Nat.mul 1 1))

/-- `similarity1_branch1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch1_token_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat similarity1_branch1_token_P) (ofNat similarity1_branch1_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop) (similarity1_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from1) (g := linear1) (from1_token_sqLipschitz z)
    linear1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(similarity1_branch1_token) ≤ N/D. -/
def similarity1_branch1_token_N : Nat := 0

/-- `D`: Lip(similarity1_branch1_token) ≤ N/D. -/
def similarity1_branch1_token_D : Nat := 1

/-- Lip(similarity1_branch1) ≤ 0 in `token`, exactly 0/1: for all x, y with ‖hidden‖ ≤ 2 that agree
with z but for `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_token_lipschitz (z : Vec R) :
    LipschitzOn 6 4 (ofNat similarity1_branch1_token_N) (ofNat similarity1_branch1_token_D)
      (Slice 6 3 3 heads_domain z : Vec R → Prop) (similarity1_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_token_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `from2` (from, 6 → 3): the input hidden, entries 0 to 2 of the stacked inputs. -/
noncomputable def from2 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from2) ≤ √(P/Q) ≤ 1 in `hidden`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_hidden_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat 1) (ofNat 1) (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (from2 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 6) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Lip(from2) ≤ √(P/Q) ≤ 0 in `token`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_token_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat 0) (ofNat 1) (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (from2 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from2` are at most A/B long. -/
def from2_A : Nat := 2

/-- `B`: values of `from2` are at most A/B long. -/
def from2_B : Nat := 1

/-- On the domain the values of `from2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from2_boundedOn :
    BoundedOn 1 3 (ofNat from2_A) (ofNat from2_B) (heads_domain : Vec R → Prop)
      (fun x => from2 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h)

/-- Layer `rms_norm1` (rms_norm, 3 → 3): u ↦ g ⊙ u / √(mean(u²) + ε), ε = 1/100, g the stored gain.
`rms_norm1_gain`: integers times 2^-1, from the spec. -/
noncomputable def rms_norm1 : Vec R → Vec R :=
  LipBridge.rmsNorm (fun i => mul (ofInt (rms_norm1_gain.entry 0 i)) (r 2)) rms_norm1_t

/-- Lip(rms_norm1) ≤ √(P/Q) ≤ 20, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rms_norm1_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) :
    SqLipschitz 3 3 (ofNat (Nat.mul 16 (Nat.mul 100 3)))
      (ofNat (Nat.mul (Nat.mul 2 2) (Nat.mul 3 1))) (rms_norm1 r rms_norm1_t : Vec R → Vec R) :=
  LipBridge.rmsNorm_sqLipschitz_ofNat (d := 3) (n := 1) (m := 100) (e := 2)
    (g := fun i => rms_norm1_gain.entry 0 i) (p := 16) (Eq.refl true) (Eq.refl true) (Eq.refl true)
    (hr 2 (Eq.refl true)) (hr 100 (Eq.refl true)) rms_norm1_ht

/-- `A`: values of `rms_norm1` are at most A/B long. -/
def rms_norm1_A : Nat := 3719550787

/-- `B`: values of `rms_norm1` are at most A/B long. -/
def rms_norm1_B : Nat := Nat.pow 2 30

/-- On the domain the values of `rms_norm1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rms_norm1_boundedOn (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) :
    BoundedOn 1 3 (ofNat rms_norm1_A) (ofNat rms_norm1_B) (heads_domain : Vec R → Prop)
      (fun x => rms_norm1 r rms_norm1_t (from2 x)) :=
  LipBridge.BoundedOn.cap (f := fun x => from2 x)
    (LipBridge.rmsNorm_cap (d := 3) (e := 2) (g := fun i => rms_norm1_gain.entry 0 i) (p := 16)
      (A := 3719550787) (B := Nat.pow 2 30) (Eq.refl true) (hr 2 (Eq.refl true))
      (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg _)
        (LipBridge.reciprocal_nonneg (hr 100 (Eq.refl true))))
      (LipBridge.RmsFactor.atLeast rms_norm1_ht) (Eq.refl true) (Eq.refl true))

/-- Layer `linear2` (linear, 3 → 8): x ↦ Wx, W is 8×3. `linear2_weight`: integers, from the spec. -/
noncomputable def linear2 : Vec R → Vec R :=
  LipBridge.linear 3 linear2_weight.entry one (fun _ => zero)

/-- Lip(linear2) ≤ √(P/Q) ≤ 3.58708484, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear2_sqLipschitz :
    SqLipschitz 3 8 (ofNat linear2_weight_T) (ofNat (Nat.mul linear2_weight_C (Nat.mul 1 1)))
      (linear2 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear2_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `linear2` are at most A/B long. -/
def linear2_A : Nat := 6671172113

/-- `B`: values of `linear2` are at most A/B long. -/
def linear2_B : Nat := Nat.pow 2 29

/-- On the domain the values of `linear2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear2_boundedOn (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) :
    BoundedOn 1 8 (ofNat linear2_A) (ofNat linear2_B) (heads_domain : Vec R → Prop)
      (fun x => linear2 (rms_norm1 r rms_norm1_t (from2 x))) :=
  LipBridge.BoundedOn.then (f := fun x => rms_norm1 r rms_norm1_t (from2 x)) (g := linear2)
    (rms_norm1_boundedOn r rms_norm1_t hr rms_norm1_ht)
    (LipBridge.linear_normGain linear2_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Layer `split1` (split, 8 → 8): the 8 entries as 2 tokens of dimension 4. -/
noncomputable def split1 : Vec R → Vec R := LipBridge.split 2 4

/-- Lip(split1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem split1_sqLipschitz :
    SqLipschitz 8 8 (ofNat 1) (ofNat 1) (split1 : Vec R → Vec R) :=
  LipBridge.split_sqLipschitz 2 4

/-- `A`: values of `split1` are at most A/B long. -/
def split1_A : Nat := 6671172113

/-- `B`: values of `split1` are at most A/B long. -/
def split1_B : Nat := Nat.pow 2 29

/-- On the domain the values of `split1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem split1_boundedOn (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) :
    BoundedOn 1 8 (ofNat split1_A) (ofNat split1_B) (heads_domain : Vec R → Prop)
      (fun x => split1 (linear2 (rms_norm1 r rms_norm1_t (from2 x)))) :=
  LipBridge.BoundedOn.then (f := fun x => linear2 (rms_norm1 r rms_norm1_t (from2 x))) (g := split1)
    (linear2_boundedOn r rms_norm1_t hr rms_norm1_ht) (LipBridge.split_normGain 2 4) (Eq.refl true)
    (Eq.refl true)

/-- Layer `rotary1` (rotary, 8 → 8): pairs (i, 1 + i), i < 1, rotated by given cosines and sines,
the other entries unchanged, each of 2 tokens by its own. -/
noncomputable def rotary1 : Vec R → Vec R :=
  LipBridge.eachToken 2 4 4 (fun k => LipBridge.rotary 1 (rotary1_t k 0) (rotary1_t k 1))

/-- Lip(rotary1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rotary1_sqLipschitz
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) :
    SqLipschitz 8 8 (ofNat 1) (ofNat 1) (rotary1 rotary1_t : Vec R → Vec R) :=
  (LipBridge.rotaryTokens_isometry 2 1 2 rotary1_ht).sqLipschitz

/-- `A`: values of `rotary1` are at most A/B long. -/
def rotary1_A : Nat := 6671172113

/-- `B`: values of `rotary1` are at most A/B long. -/
def rotary1_B : Nat := Nat.pow 2 29

/-- On the domain the values of `rotary1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rotary1_boundedOn (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) :
    BoundedOn 1 8 (ofNat rotary1_A) (ofNat rotary1_B) (heads_domain : Vec R → Prop)
      (fun x => rotary1 rotary1_t (split1 (linear2 (rms_norm1 r rms_norm1_t (from2 x))))) :=
  LipBridge.BoundedOn.then (f := fun x => split1 (linear2 (rms_norm1 r rms_norm1_t (from2 x))))
    (g := rotary1 rotary1_t) (split1_boundedOn r rms_norm1_t hr rms_norm1_ht)
    (LipBridge.rotaryTokens_normGain 2 1 2 rotary1_ht) (Eq.refl true) (Eq.refl true)

/-- Branch `scores1_branch1`: its layers in sequence. -/
noncomputable def scores1_branch1 : Vec R → Vec R :=
  fun x => rotary1 rotary1_t (split1 (linear2 (rms_norm1 r rms_norm1_t (from2 x))))

/-- `P`: Lip(scores1_branch1_hidden)² ≤ P/Q. -/
def scores1_branch1_hidden_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul 16 (Nat.mul 100 3))) linear2_weight_T) 1) 1

/-- `Q`: Lip(scores1_branch1_hidden)² ≤ P/Q. -/
def scores1_branch1_hidden_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul (Nat.mul 2 2) (Nat.mul 3 1)))
    (Nat.mul linear2_weight_C (Nat.mul 1 1))) 1) 1

/-- `scores1_branch1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_branch1_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 8 (ofNat scores1_branch1_hidden_P) (ofNat scores1_branch1_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (scores1_branch1 r rms_norm1_t rotary1_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => split1 (linear2 (rms_norm1 r rms_norm1_t (from2 x))))
    (g := rotary1 rotary1_t)
    (SqLipschitzOn.comp_ofNat (f := fun x => linear2 (rms_norm1 r rms_norm1_t (from2 x)))
      (g := split1)
      (SqLipschitzOn.comp_ofNat (f := fun x => rms_norm1 r rms_norm1_t (from2 x)) (g := linear2)
        (SqLipschitzOn.comp_ofNat (f := from2) (g := rms_norm1 r rms_norm1_t)
          (from2_hidden_sqLipschitz z) (rms_norm1_sqLipschitz r rms_norm1_t hr rms_norm1_ht)
          (fun _ _ => True.intro)) linear2_sqLipschitz (fun _ _ => True.intro)) split1_sqLipschitz
      (fun _ _ => True.intro)) (rotary1_sqLipschitz rotary1_t rotary1_ht) (fun _ _ => True.intro)

/-- `N`: Lip(scores1_branch1_hidden) ≤ N/D. -/
def scores1_branch1_hidden_N : Nat := 9629007537

/-- `D`: Lip(scores1_branch1_hidden) ≤ N/D. -/
def scores1_branch1_hidden_D : Nat := Nat.pow 2 27

/-- Lip(scores1_branch1) ≤ 71.7416968 in `hidden`, exactly 9629007537/134217728: for all x, y with
‖hidden‖ ≤ 2 that agree with z but for `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch1_hidden_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 8 (ofNat scores1_branch1_hidden_N) (ofNat scores1_branch1_hidden_D)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (scores1_branch1 r rms_norm1_t rotary1_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch1_hidden_sqLipschitz r rms_norm1_t rotary1_t hr rms_norm1_ht
    rotary1_ht z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores1_branch1_token)² ≤ P/Q. -/
def scores1_branch1_token_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul 0 (Nat.mul 16 (Nat.mul 100 3))) linear2_weight_T) 1) 1

/-- `Q`: Lip(scores1_branch1_token)² ≤ P/Q. -/
def scores1_branch1_token_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul (Nat.mul 2 2) (Nat.mul 3 1)))
    (Nat.mul linear2_weight_C (Nat.mul 1 1))) 1) 1

/-- `scores1_branch1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_branch1_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 8 (ofNat scores1_branch1_token_P) (ofNat scores1_branch1_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (scores1_branch1 r rms_norm1_t rotary1_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => split1 (linear2 (rms_norm1 r rms_norm1_t (from2 x))))
    (g := rotary1 rotary1_t)
    (SqLipschitzOn.comp_ofNat (f := fun x => linear2 (rms_norm1 r rms_norm1_t (from2 x)))
      (g := split1)
      (SqLipschitzOn.comp_ofNat (f := fun x => rms_norm1 r rms_norm1_t (from2 x)) (g := linear2)
        (SqLipschitzOn.comp_ofNat (f := from2) (g := rms_norm1 r rms_norm1_t)
          (from2_token_sqLipschitz z) (rms_norm1_sqLipschitz r rms_norm1_t hr rms_norm1_ht)
          (fun _ _ => True.intro)) linear2_sqLipschitz (fun _ _ => True.intro)) split1_sqLipschitz
      (fun _ _ => True.intro)) (rotary1_sqLipschitz rotary1_t rotary1_ht) (fun _ _ => True.intro)

/-- `N`: Lip(scores1_branch1_token) ≤ N/D. -/
def scores1_branch1_token_N : Nat := 0

/-- `D`: Lip(scores1_branch1_token) ≤ N/D. -/
def scores1_branch1_token_D : Nat := 1

/-- Lip(scores1_branch1) ≤ 0 in `token`, exactly 0/1: for all x, y with ‖hidden‖ ≤ 2 that agree with
z but for `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch1_token_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 8 (ofNat scores1_branch1_token_N) (ofNat scores1_branch1_token_D)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (scores1_branch1 r rms_norm1_t rotary1_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch1_token_sqLipschitz r rms_norm1_t rotary1_t hr rms_norm1_ht
    rotary1_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `from3` (from, 6 → 3): the input token, entries 3 to 5 of the stacked inputs. -/
noncomputable def from3 : Vec R → Vec R := LipBridge.slice 3

/-- Lip(from3) ≤ √(P/Q) ≤ 0 in `hidden`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_hidden_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat 0) (ofNat 1) (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (from3 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from3) ≤ √(P/Q) ≤ 1 in `token`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_token_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat 1) (ofNat 1) (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (from3 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 6) (s := 3) (m := 3) (Eq.refl true)).on _

/-- Layer `layer_norm1` (layer_norm, 3 → 3): u ↦ g ⊙ (u - mean(u)) / √(var(u) + ε) + b, ε = 1/100.
`layer_norm1_gain`: integers, from the spec. `layer_norm1_bias`: integers times 2^-2, from the
spec. -/
noncomputable def layer_norm1 : Vec R → Vec R :=
  LipBridge.layerNorm 3 (r 3) (fun i => mul (ofInt (layer_norm1_gain.entry 0 i)) one) rms_norm1_t
    (fun i => mul (ofInt (layer_norm1_bias.entry 0 i)) (r 4))

/-- Lip(layer_norm1) ≤ √(P/Q) ≤ 10, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem layer_norm1_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) :
    SqLipschitz 3 3 (ofNat (Nat.mul 1 (Nat.mul 100 3)))
      (ofNat (Nat.mul (Nat.mul 1 1) (Nat.mul 3 1))) (layer_norm1 r rms_norm1_t : Vec R → Vec R) :=
  LipBridge.layerNorm_sqLipschitz_ofNat (d := 3) (n := 1) (m := 100) (e := 1)
    (g := fun i => layer_norm1_gain.entry 0 i) (p := 1) (Eq.refl true) (Eq.refl true) (Eq.refl true)
    (hr 3 (Eq.refl true)) LipBridge.ofNat_one_mul_one (hr 100 (Eq.refl true)) rms_norm1_ht
    (fun i => mul (ofInt (layer_norm1_bias.entry 0 i)) (r 4))

/-- `A`: values of `layer_norm1` are at most A/B long. -/
def layer_norm1_A : Nat := Nat.add (Nat.mul 3719550787 4) (Nat.mul 1 (Nat.pow 2 31))

/-- `B`: values of `layer_norm1` are at most A/B long. -/
def layer_norm1_B : Nat := Nat.mul (Nat.pow 2 31) 4

/-- On the domain the values of `layer_norm1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem layer_norm1_boundedOn (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) :
    BoundedOn 1 3 (ofNat layer_norm1_A) (ofNat layer_norm1_B) (heads_domain : Vec R → Prop)
      (fun x => layer_norm1 r rms_norm1_t (from3 x)) :=
  LipBridge.BoundedOn.cap (f := fun x => from3 x)
    (LipBridge.layerNorm_cap (LipBridge.rmsNorm_cap (d := 3) (e := 1)
      (g := fun i => layer_norm1_gain.entry 0 i) (p := 1) (A := 3719550787) (B := Nat.pow 2 31)
      (Eq.refl true) LipBridge.ofNat_one_mul_one
      (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg _)
        (LipBridge.reciprocal_nonneg (hr 100 (Eq.refl true))))
      (LipBridge.RmsFactor.atLeast rms_norm1_ht) (Eq.refl true) (Eq.refl true))
      (LipBridge.bias_normSq (P := 1) (A := 1) (B := 4) (hr 4 (Eq.refl true)) (Eq.refl true)
        (Eq.refl true)) (Eq.refl true))

/-- Layer `linear3` (linear, 3 → 4): x ↦ Wx, W is 4×3. `linear3_weight`: integers, from the spec. -/
noncomputable def linear3 : Vec R → Vec R :=
  LipBridge.linear 3 linear3_weight.entry one (fun _ => zero)

/-- Lip(linear3) ≤ √(P/Q) ≤ 2, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear3_sqLipschitz :
    SqLipschitz 3 4 (ofNat linear3_weight_T) (ofNat (Nat.mul linear3_weight_C (Nat.mul 1 1)))
      (linear3 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear3_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `linear3` are at most A/B long. -/
def linear3_A : Nat := 4256421699

/-- `B`: values of `linear3` are at most A/B long. -/
def linear3_B : Nat := Nat.pow 2 30

/-- On the domain the values of `linear3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear3_boundedOn (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t) :
    BoundedOn 1 4 (ofNat linear3_A) (ofNat linear3_B) (heads_domain : Vec R → Prop)
      (fun x => linear3 (layer_norm1 r rms_norm1_t (from3 x))) :=
  LipBridge.BoundedOn.then (f := fun x => layer_norm1 r rms_norm1_t (from3 x)) (g := linear3)
    (layer_norm1_boundedOn r rms_norm1_t hr rms_norm1_ht)
    (LipBridge.linear_normGain linear3_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Layer `layer_norm2` (layer_norm, 4 → 4): u ↦ g ⊙ (u - mean(u)) / √(var(u) + ε), ε = 1/4.
`layer_norm2_gain`: integers, from the spec. -/
noncomputable def layer_norm2 : Vec R → Vec R :=
  LipBridge.layerNorm 4 (r 4) (fun i => mul (ofInt (layer_norm2_gain.entry 0 i)) one) layer_norm2_t
    (fun _ => zero)

/-- Lip(layer_norm2) ≤ √(P/Q) ≤ 2, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem layer_norm2_sqLipschitz (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) :
    SqLipschitz 4 4 (ofNat (Nat.mul 1 (Nat.mul 4 4))) (ofNat (Nat.mul (Nat.mul 1 1) (Nat.mul 4 1)))
      (layer_norm2 r layer_norm2_t : Vec R → Vec R) :=
  LipBridge.layerNorm_sqLipschitz_ofNat (d := 4) (n := 1) (m := 4) (e := 1)
    (g := fun i => layer_norm2_gain.entry 0 i) (p := 1) (Eq.refl true) (Eq.refl true) (Eq.refl true)
    (hr 4 (Eq.refl true)) LipBridge.ofNat_one_mul_one (hr 4 (Eq.refl true)) layer_norm2_ht
    (fun _ => zero)

/-- `A`: values of `layer_norm2` are at most A/B long. -/
def layer_norm2_A : Nat := 2

/-- `B`: values of `layer_norm2` are at most A/B long. -/
def layer_norm2_B : Nat := 1

/-- On the domain the values of `layer_norm2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem layer_norm2_boundedOn (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) :
    BoundedOn 1 4 (ofNat layer_norm2_A) (ofNat layer_norm2_B) (heads_domain : Vec R → Prop)
      (fun x => layer_norm2 r layer_norm2_t (linear3 (layer_norm1 r rms_norm1_t (from3 x)))) :=
  LipBridge.BoundedOn.cap (f := fun x => linear3 (layer_norm1 r rms_norm1_t (from3 x)))
    (LipBridge.layerNorm_plain_cap (LipBridge.rmsNorm_cap (d := 4) (e := 1)
      (g := fun i => layer_norm2_gain.entry 0 i) (p := 1) (A := 2) (B := 1) (Eq.refl true)
      LipBridge.ofNat_one_mul_one
      (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg _)
        (LipBridge.reciprocal_nonneg (hr 4 (Eq.refl true))))
      (LipBridge.RmsFactor.atLeast layer_norm2_ht) (Eq.refl true) (Eq.refl true)))

/-- Layer `rotary2` (rotary, 4 → 4): pairs (i, 1 + i), i < 1, rotated by given cosines and sines,
the other entries unchanged. -/
noncomputable def rotary2 : Vec R → Vec R := LipBridge.rotary 1 (rotary2_t 0) (rotary2_t 1)

/-- Lip(rotary2) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rotary2_sqLipschitz
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat 1) (ofNat 1) (rotary2 rotary2_t : Vec R → Vec R) :=
  (LipBridge.rotary_isometry 1 2 rotary2_ht).sqLipschitz

/-- `A`: values of `rotary2` are at most A/B long. -/
def rotary2_A : Nat := 2

/-- `B`: values of `rotary2` are at most A/B long. -/
def rotary2_B : Nat := 1

/-- On the domain the values of `rotary2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rotary2_boundedOn (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat rotary2_A) (ofNat rotary2_B) (heads_domain : Vec R → Prop)
      (fun x =>
        rotary2 rotary2_t
          (layer_norm2 r layer_norm2_t (linear3 (layer_norm1 r rms_norm1_t (from3 x))))) :=
  LipBridge.BoundedOn.then
    (f := fun x => layer_norm2 r layer_norm2_t (linear3 (layer_norm1 r rms_norm1_t (from3 x))))
    (g := rotary2 rotary2_t) (layer_norm2_boundedOn r rms_norm1_t layer_norm2_t hr layer_norm2_ht)
    (LipBridge.rotary_normGain 1 2 rotary2_ht) (Eq.refl true) (Eq.refl true)

/-- Layer `rotary3` (rotary, 4 → 4): pairs (i, 1 + i), i < 1, rotated by given cosines and sines,
the other entries unchanged. -/
noncomputable def rotary3 : Vec R → Vec R := LipBridge.rotary 1 (rotary2_t 0) (rotary2_t 1)

/-- Lip(rotary3) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rotary3_sqLipschitz
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat 1) (ofNat 1) (rotary3 rotary2_t : Vec R → Vec R) :=
  (LipBridge.rotary_isometry 1 2 rotary2_ht).sqLipschitz

/-- `A`: values of `rotary3` are at most A/B long. -/
def rotary3_A : Nat := 2

/-- `B`: values of `rotary3` are at most A/B long. -/
def rotary3_B : Nat := 1

/-- On the domain the values of `rotary3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rotary3_boundedOn (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat rotary3_A) (ofNat rotary3_B) (heads_domain : Vec R → Prop)
      (fun x =>
        rotary3 rotary2_t
          (rotary2 rotary2_t
            (layer_norm2 r layer_norm2_t (linear3 (layer_norm1 r rms_norm1_t (from3 x)))))) :=
  LipBridge.BoundedOn.then
    (f := fun x =>
      rotary2 rotary2_t
        (layer_norm2 r layer_norm2_t (linear3 (layer_norm1 r rms_norm1_t (from3 x)))))
    (g := rotary3 rotary2_t)
    (rotary2_boundedOn r rms_norm1_t layer_norm2_t rotary2_t hr layer_norm2_ht rotary2_ht)
    (LipBridge.rotary_normGain 1 2 rotary2_ht) (Eq.refl true) (Eq.refl true)

/-- Branch `scores1_branch2`: its layers in sequence. -/
noncomputable def scores1_branch2 : Vec R → Vec R :=
  fun x =>
    rotary3 rotary2_t
      (rotary2 rotary2_t
        (layer_norm2 r layer_norm2_t (linear3 (layer_norm1 r rms_norm1_t (from3 x)))))

/-- `P`: Lip(scores1_branch2_hidden)² ≤ P/Q. -/
def scores1_branch2_hidden_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul 0 (Nat.mul 1 (Nat.mul 100 3))) linear3_weight_T)
    (Nat.mul 1 (Nat.mul 4 4))) 1) 1

/-- `Q`: Lip(scores1_branch2_hidden)² ≤ P/Q. -/
def scores1_branch2_hidden_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul (Nat.mul 1 1) (Nat.mul 3 1)))
    (Nat.mul linear3_weight_C (Nat.mul 1 1))) (Nat.mul (Nat.mul 1 1) (Nat.mul 4 1))) 1) 1

/-- `scores1_branch2` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_branch2_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat scores1_branch2_hidden_P) (ofNat scores1_branch2_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (scores1_branch2 r rms_norm1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat
    (f := fun x =>
      rotary2 rotary2_t
        (layer_norm2 r layer_norm2_t (linear3 (layer_norm1 r rms_norm1_t (from3 x)))))
    (g := rotary3 rotary2_t)
    (SqLipschitzOn.comp_ofNat
      (f := fun x => layer_norm2 r layer_norm2_t (linear3 (layer_norm1 r rms_norm1_t (from3 x))))
      (g := rotary2 rotary2_t)
      (SqLipschitzOn.comp_ofNat (f := fun x => linear3 (layer_norm1 r rms_norm1_t (from3 x)))
        (g := layer_norm2 r layer_norm2_t)
        (SqLipschitzOn.comp_ofNat (f := fun x => layer_norm1 r rms_norm1_t (from3 x)) (g := linear3)
          (SqLipschitzOn.comp_ofNat (f := from3) (g := layer_norm1 r rms_norm1_t)
            (from3_hidden_sqLipschitz z) (layer_norm1_sqLipschitz r rms_norm1_t hr rms_norm1_ht)
            (fun _ _ => True.intro)) linear3_sqLipschitz (fun _ _ => True.intro))
        (layer_norm2_sqLipschitz r layer_norm2_t hr layer_norm2_ht) (fun _ _ => True.intro))
      (rotary2_sqLipschitz rotary2_t rotary2_ht) (fun _ _ => True.intro))
    (rotary3_sqLipschitz rotary2_t rotary2_ht) (fun _ _ => True.intro)

/-- `N`: Lip(scores1_branch2_hidden) ≤ N/D. -/
def scores1_branch2_hidden_N : Nat := 0

/-- `D`: Lip(scores1_branch2_hidden) ≤ N/D. -/
def scores1_branch2_hidden_D : Nat := 1

/-- Lip(scores1_branch2) ≤ 0 in `hidden`, exactly 0/1: for all x, y with ‖hidden‖ ≤ 2 that agree
with z but for `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch2_hidden_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 4 (ofNat scores1_branch2_hidden_N) (ofNat scores1_branch2_hidden_D)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (scores1_branch2 r rms_norm1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch2_hidden_sqLipschitz r rms_norm1_t layer_norm2_t rotary2_t hr
    rms_norm1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores1_branch2_token)² ≤ P/Q. -/
def scores1_branch2_token_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul 1 (Nat.mul 100 3))) linear3_weight_T)
    (Nat.mul 1 (Nat.mul 4 4))) 1) 1

/-- `Q`: Lip(scores1_branch2_token)² ≤ P/Q. -/
def scores1_branch2_token_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul (Nat.mul 1 1) (Nat.mul 3 1)))
    (Nat.mul linear3_weight_C (Nat.mul 1 1))) (Nat.mul (Nat.mul 1 1) (Nat.mul 4 1))) 1) 1

/-- `scores1_branch2` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_branch2_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat scores1_branch2_token_P) (ofNat scores1_branch2_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (scores1_branch2 r rms_norm1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat
    (f := fun x =>
      rotary2 rotary2_t
        (layer_norm2 r layer_norm2_t (linear3 (layer_norm1 r rms_norm1_t (from3 x)))))
    (g := rotary3 rotary2_t)
    (SqLipschitzOn.comp_ofNat
      (f := fun x => layer_norm2 r layer_norm2_t (linear3 (layer_norm1 r rms_norm1_t (from3 x))))
      (g := rotary2 rotary2_t)
      (SqLipschitzOn.comp_ofNat (f := fun x => linear3 (layer_norm1 r rms_norm1_t (from3 x)))
        (g := layer_norm2 r layer_norm2_t)
        (SqLipschitzOn.comp_ofNat (f := fun x => layer_norm1 r rms_norm1_t (from3 x)) (g := linear3)
          (SqLipschitzOn.comp_ofNat (f := from3) (g := layer_norm1 r rms_norm1_t)
            (from3_token_sqLipschitz z) (layer_norm1_sqLipschitz r rms_norm1_t hr rms_norm1_ht)
            (fun _ _ => True.intro)) linear3_sqLipschitz (fun _ _ => True.intro))
        (layer_norm2_sqLipschitz r layer_norm2_t hr layer_norm2_ht) (fun _ _ => True.intro))
      (rotary2_sqLipschitz rotary2_t rotary2_ht) (fun _ _ => True.intro))
    (rotary3_sqLipschitz rotary2_t rotary2_ht) (fun _ _ => True.intro)

/-- `N`: Lip(scores1_branch2_token) ≤ N/D. -/
def scores1_branch2_token_N : Nat := 40

/-- `D`: Lip(scores1_branch2_token) ≤ N/D. -/
def scores1_branch2_token_D : Nat := 1

/-- Lip(scores1_branch2) ≤ 40 in `token`, exactly 40/1: for all x, y with ‖hidden‖ ≤ 2 that agree
with z but for `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch2_token_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 4 (ofNat scores1_branch2_token_N) (ofNat scores1_branch2_token_D)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (scores1_branch2 r rms_norm1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch2_token_sqLipschitz r rms_norm1_t layer_norm2_t rotary2_t hr
    rms_norm1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `scores1` (scores, 6 → 2): x ↦ the scores of the 2 tokens of scores1_branch1 against
scores1_branch2. -/
noncomputable def scores1 : Vec R → Vec R :=
  LipBridge.scores 4 (scores1_branch1 r rms_norm1_t rotary1_t)
    (scores1_branch2 r rms_norm1_t layer_norm2_t rotary2_t)

/-- `P`: Lip(scores1_hidden)² ≤ P/Q. -/
def scores1_hidden_P : Nat :=
  Nat.mul (Nat.mul rotary3_A scores1_branch1_hidden_N) (Nat.mul rotary3_A scores1_branch1_hidden_N)

/-- `Q`: Lip(scores1_hidden)² ≤ P/Q. -/
def scores1_hidden_Q : Nat :=
  Nat.mul (Nat.mul rotary3_B scores1_branch1_hidden_D) (Nat.mul rotary3_B scores1_branch1_hidden_D)

/-- Lip(scores1) ≤ √(P/Q) ≤ 143.483394 in `hidden`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat scores1_hidden_P) (ofNat scores1_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (scores1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_queries_lipschitzOn_ofNat (b := 2) (d := 4)
    (scores1_branch1_hidden_lipschitz r rms_norm1_t rotary1_t hr rms_norm1_ht rotary1_ht z)
    (scores1_branch2_hidden_lipschitz r rms_norm1_t layer_norm2_t rotary2_t hr rms_norm1_ht
      layer_norm2_ht rotary2_ht z)
    ((rotary3_boundedOn r rms_norm1_t layer_norm2_t rotary2_t hr layer_norm2_ht rotary2_ht).mono
      (fun _ h => h.left)))

/-- `P`: Lip(scores1_token)² ≤ P/Q. -/
def scores1_token_P : Nat :=
  Nat.mul (Nat.mul rotary1_A scores1_branch2_token_N) (Nat.mul rotary1_A scores1_branch2_token_N)

/-- `Q`: Lip(scores1_token)² ≤ P/Q. -/
def scores1_token_Q : Nat :=
  Nat.mul (Nat.mul rotary1_B scores1_branch2_token_D) (Nat.mul rotary1_B scores1_branch2_token_D)

/-- Lip(scores1) ≤ √(P/Q) ≤ 497.041056 in `token`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat scores1_token_P) (ofNat scores1_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (scores1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_key_lipschitzOn_ofNat (b := 2) (d := 4)
    (scores1_branch1_token_lipschitz r rms_norm1_t rotary1_t hr rms_norm1_ht rotary1_ht z)
    (scores1_branch2_token_lipschitz r rms_norm1_t layer_norm2_t rotary2_t hr rms_norm1_ht
      layer_norm2_ht rotary2_ht z)
    ((rotary1_boundedOn r rms_norm1_t rotary1_t hr rms_norm1_ht rotary1_ht).mono
      (fun _ h => h.left)))

/-- `A`: values of `scores1` are at most A/B long. -/
def scores1_A : Nat := Nat.mul rotary1_A rotary3_A

/-- `B`: values of `scores1` are at most A/B long. -/
def scores1_B : Nat := Nat.mul rotary1_B rotary3_B

/-- On the domain the values of `scores1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem scores1_boundedOn (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 2 (ofNat scores1_A) (ofNat scores1_B) (heads_domain : Vec R → Prop)
      (fun x => scores1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x) :=
  LipBridge.scores_boundedOn_ofNat (b := 2) (d := 4)
    (rotary1_boundedOn r rms_norm1_t rotary1_t hr rms_norm1_ht rotary1_ht)
    (rotary3_boundedOn r rms_norm1_t layer_norm2_t rotary2_t hr layer_norm2_ht rotary2_ht)

/-- Branch `concat1_branch1`: its layers in sequence. -/
noncomputable def concat1_branch1 : Vec R → Vec R :=
  fun x => scores1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x

/-- `P`: Lip(concat1_branch1_hidden)² ≤ P/Q. -/
def concat1_branch1_hidden_P : Nat := scores1_hidden_P

/-- `Q`: Lip(concat1_branch1_hidden)² ≤ P/Q. -/
def concat1_branch1_hidden_Q : Nat := scores1_hidden_Q

/-- `concat1_branch1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch1_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat concat1_branch1_hidden_P) (ofNat concat1_branch1_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (concat1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr rms_norm1_ht
    rotary1_ht layer_norm2_ht rotary2_ht z

/-- `N`: Lip(concat1_branch1_hidden) ≤ N/D. -/
def concat1_branch1_hidden_N : Nat := 9629007537

/-- `D`: Lip(concat1_branch1_hidden) ≤ N/D. -/
def concat1_branch1_hidden_D : Nat := Nat.pow 2 26

/-- Lip(concat1_branch1) ≤ 143.483394 in `hidden`, exactly 9629007537/67108864: for all x, y with
‖hidden‖ ≤ 2 that agree with z but for `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_hidden_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 2 (ofNat concat1_branch1_hidden_N) (ofNat concat1_branch1_hidden_D)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (concat1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t
    rotary2_t hr rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch1_token)² ≤ P/Q. -/
def concat1_branch1_token_P : Nat := scores1_token_P

/-- `Q`: Lip(concat1_branch1_token)² ≤ P/Q. -/
def concat1_branch1_token_Q : Nat := scores1_token_Q

/-- `concat1_branch1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch1_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat concat1_branch1_token_P) (ofNat concat1_branch1_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (concat1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr rms_norm1_ht
    rotary1_ht layer_norm2_ht rotary2_ht z

/-- `N`: Lip(concat1_branch1_token) ≤ N/D. -/
def concat1_branch1_token_N : Nat := 4169482571

/-- `D`: Lip(concat1_branch1_token) ≤ N/D. -/
def concat1_branch1_token_D : Nat := Nat.pow 2 23

/-- Lip(concat1_branch1) ≤ 497.041056 in `token`, exactly 4169482571/8388608: for all x, y with
‖hidden‖ ≤ 2 that agree with z but for `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_token_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 2 (ofNat concat1_branch1_token_N) (ofNat concat1_branch1_token_D)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (concat1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t
    rotary2_t hr rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `from4` (from, 6 → 3): the input hidden, entries 0 to 2 of the stacked inputs. -/
noncomputable def from4 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from4) ≤ √(P/Q) ≤ 1 in `hidden`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_hidden_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat 1) (ofNat 1) (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (from4 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 6) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Lip(from4) ≤ √(P/Q) ≤ 0 in `token`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_token_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat 0) (ofNat 1) (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (from4 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from4` are at most A/B long. -/
def from4_A : Nat := 2

/-- `B`: values of `from4` are at most A/B long. -/
def from4_B : Nat := 1

/-- On the domain the values of `from4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from4_boundedOn :
    BoundedOn 1 3 (ofNat from4_A) (ofNat from4_B) (heads_domain : Vec R → Prop)
      (fun x => from4 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h)

/-- Layer `linear4` (linear, 3 → 8): x ↦ Wx, W is 8×3. `linear2_weight`: integers, from the spec. -/
noncomputable def linear4 : Vec R → Vec R :=
  LipBridge.linear 3 linear2_weight.entry one (fun _ => zero)

/-- Lip(linear4) ≤ √(P/Q) ≤ 3.58708484, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear4_sqLipschitz :
    SqLipschitz 3 8 (ofNat linear2_weight_T) (ofNat (Nat.mul linear2_weight_C (Nat.mul 1 1)))
      (linear4 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear2_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `linear4` are at most A/B long. -/
def linear4_A : Nat := 7703206029

/-- `B`: values of `linear4` are at most A/B long. -/
def linear4_B : Nat := Nat.pow 2 30

/-- On the domain the values of `linear4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear4_boundedOn :
    BoundedOn 1 8 (ofNat linear4_A) (ofNat linear4_B) (heads_domain : Vec R → Prop)
      (fun x => linear4 (from4 x)) :=
  LipBridge.BoundedOn.then (f := fun x => from4 x) (g := linear4) from4_boundedOn
    (LipBridge.linear_normGain linear2_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Layer `split2` (split, 8 → 8): the 8 entries as 2 tokens of dimension 4. -/
noncomputable def split2 : Vec R → Vec R := LipBridge.split 2 4

/-- Lip(split2) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem split2_sqLipschitz :
    SqLipschitz 8 8 (ofNat 1) (ofNat 1) (split2 : Vec R → Vec R) :=
  LipBridge.split_sqLipschitz 2 4

/-- `A`: values of `split2` are at most A/B long. -/
def split2_A : Nat := 7703206029

/-- `B`: values of `split2` are at most A/B long. -/
def split2_B : Nat := Nat.pow 2 30

/-- On the domain the values of `split2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem split2_boundedOn :
    BoundedOn 1 8 (ofNat split2_A) (ofNat split2_B) (heads_domain : Vec R → Prop)
      (fun x => split2 (linear4 (from4 x))) :=
  LipBridge.BoundedOn.then (f := fun x => linear4 (from4 x)) (g := split2) linear4_boundedOn
    (LipBridge.split_normGain 2 4) (Eq.refl true) (Eq.refl true)

/-- Layer `rms_norm2` (rms_norm, 8 → 8): u ↦ g ⊙ u / √(mean(u²) + ε), ε = 1/4, g the stored gain, on
each of 2 tokens. `rms_norm2_gain`: integers, from the spec. -/
noncomputable def rms_norm2 : Vec R → Vec R :=
  LipBridge.tokenwise 2 4 4
    (LipBridge.rmsNorm (fun i => mul (ofInt (rms_norm2_gain.entry 0 i)) one) layer_norm2_t)

/-- Lip(rms_norm2) ≤ √(P/Q) ≤ 4, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rms_norm2_sqLipschitz (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) :
    SqLipschitz 8 8 (ofNat (Nat.mul 4 (Nat.mul 4 4))) (ofNat (Nat.mul (Nat.mul 1 1) (Nat.mul 4 1)))
      (rms_norm2 layer_norm2_t : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2
    (LipBridge.rmsNorm_sqLipschitz_ofNat (d := 4) (n := 1) (m := 4) (e := 1)
      (g := fun i => rms_norm2_gain.entry 0 i) (p := 4) (Eq.refl true) (Eq.refl true) (Eq.refl true)
      LipBridge.ofNat_one_mul_one (hr 4 (Eq.refl true)) layer_norm2_ht)

/-- `A`: values of `rms_norm2` are at most A/B long, each token. -/
def rms_norm2_A : Nat := 4

/-- `B`: values of `rms_norm2` are at most A/B long, each token. -/
def rms_norm2_B : Nat := 1

/-- On the domain the values of `rms_norm2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rms_norm2_boundedOn (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) :
    BoundedOn 2 4 (ofNat rms_norm2_A) (ofNat rms_norm2_B) (heads_domain : Vec R → Prop)
      (fun x => rms_norm2 layer_norm2_t (split2 (linear4 (from4 x)))) :=
  LipBridge.BoundedOn.tokenwiseCap (f := fun x => split2 (linear4 (from4 x)))
    (LipBridge.rmsNorm_cap (d := 4) (e := 1) (g := fun i => rms_norm2_gain.entry 0 i) (p := 4)
      (A := 4) (B := 1) (Eq.refl true) LipBridge.ofNat_one_mul_one
      (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg _)
        (LipBridge.reciprocal_nonneg (hr 4 (Eq.refl true))))
      (LipBridge.RmsFactor.atLeast layer_norm2_ht) (Eq.refl true) (Eq.refl true))

/-- Layer `rotary4` (rotary, 8 → 8): pairs (i, 1 + i), i < 1, rotated by given cosines and sines,
the other entries unchanged, each of 2 tokens by its own. -/
noncomputable def rotary4 : Vec R → Vec R :=
  LipBridge.eachToken 2 4 4 (fun k => LipBridge.rotary 1 (rotary1_t k 0) (rotary1_t k 1))

/-- Lip(rotary4) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rotary4_sqLipschitz
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one) :
    SqLipschitz 8 8 (ofNat 1) (ofNat 1) (rotary4 rotary1_t : Vec R → Vec R) :=
  (LipBridge.rotaryTokens_isometry 2 1 2 rotary1_ht).sqLipschitz

/-- `A`: values of `rotary4` are at most A/B long, each token. -/
def rotary4_A : Nat := 4

/-- `B`: values of `rotary4` are at most A/B long, each token. -/
def rotary4_B : Nat := 1

/-- On the domain the values of `rotary4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rotary4_boundedOn (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) :
    BoundedOn 2 4 (ofNat rotary4_A) (ofNat rotary4_B) (heads_domain : Vec R → Prop)
      (fun x => rotary4 rotary1_t (rms_norm2 layer_norm2_t (split2 (linear4 (from4 x))))) :=
  LipBridge.BoundedOn.eachToken (f := fun x => rms_norm2 layer_norm2_t (split2 (linear4 (from4 x))))
    (rms_norm2_boundedOn r layer_norm2_t hr layer_norm2_ht)
    (fun k hk => LipBridge.rotary_normGain 1 2 (fun i => rotary1_ht k i hk)) (Eq.refl true)
    (Eq.refl true)

/-- Branch `scores2_branch1`: its layers in sequence. -/
noncomputable def scores2_branch1 : Vec R → Vec R :=
  fun x => rotary4 rotary1_t (rms_norm2 layer_norm2_t (split2 (linear4 (from4 x))))

/-- `P`: Lip(scores2_branch1_hidden)² ≤ P/Q. -/
def scores2_branch1_hidden_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul 1 linear2_weight_T) 1) (Nat.mul 4 (Nat.mul 4 4))) 1

/-- `Q`: Lip(scores2_branch1_hidden)² ≤ P/Q. -/
def scores2_branch1_hidden_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul linear2_weight_C (Nat.mul 1 1))) 1)
    (Nat.mul (Nat.mul 1 1) (Nat.mul 4 1))) 1

/-- `scores2_branch1` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_branch1_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (z : Vec R) :
    SqLipschitzOn 6 8 (ofNat scores2_branch1_hidden_P) (ofNat scores2_branch1_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (scores2_branch1 rotary1_t layer_norm2_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => rms_norm2 layer_norm2_t (split2 (linear4 (from4 x))))
    (g := rotary4 rotary1_t)
    (SqLipschitzOn.comp_ofNat (f := fun x => split2 (linear4 (from4 x)))
      (g := rms_norm2 layer_norm2_t)
      (SqLipschitzOn.comp_ofNat (f := fun x => linear4 (from4 x)) (g := split2)
        (SqLipschitzOn.comp_ofNat (f := from4) (g := linear4) (from4_hidden_sqLipschitz z)
          linear4_sqLipschitz (fun _ _ => True.intro)) split2_sqLipschitz (fun _ _ => True.intro))
      (rms_norm2_sqLipschitz r layer_norm2_t hr layer_norm2_ht) (fun _ _ => True.intro))
    (rotary4_sqLipschitz rotary1_t rotary1_ht) (fun _ _ => True.intro)

/-- `N`: Lip(scores2_branch1_hidden) ≤ N/D. -/
def scores2_branch1_hidden_N : Nat := 7703206029

/-- `D`: Lip(scores2_branch1_hidden) ≤ N/D. -/
def scores2_branch1_hidden_D : Nat := Nat.pow 2 29

/-- Lip(scores2_branch1) ≤ 14.3483394 in `hidden`, exactly 7703206029/536870912: for all x, y with
‖hidden‖ ≤ 2 that agree with z but for `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch1_hidden_lipschitz (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (z : Vec R) :
    LipschitzOn 6 8 (ofNat scores2_branch1_hidden_N) (ofNat scores2_branch1_hidden_D)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (scores2_branch1 rotary1_t layer_norm2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch1_hidden_sqLipschitz r rotary1_t layer_norm2_t hr rotary1_ht
    layer_norm2_ht z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores2_branch1_token)² ≤ P/Q. -/
def scores2_branch1_token_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul 0 linear2_weight_T) 1) (Nat.mul 4 (Nat.mul 4 4))) 1

/-- `Q`: Lip(scores2_branch1_token)² ≤ P/Q. -/
def scores2_branch1_token_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul linear2_weight_C (Nat.mul 1 1))) 1)
    (Nat.mul (Nat.mul 1 1) (Nat.mul 4 1))) 1

/-- `scores2_branch1` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_branch1_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (z : Vec R) :
    SqLipschitzOn 6 8 (ofNat scores2_branch1_token_P) (ofNat scores2_branch1_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (scores2_branch1 rotary1_t layer_norm2_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => rms_norm2 layer_norm2_t (split2 (linear4 (from4 x))))
    (g := rotary4 rotary1_t)
    (SqLipschitzOn.comp_ofNat (f := fun x => split2 (linear4 (from4 x)))
      (g := rms_norm2 layer_norm2_t)
      (SqLipschitzOn.comp_ofNat (f := fun x => linear4 (from4 x)) (g := split2)
        (SqLipschitzOn.comp_ofNat (f := from4) (g := linear4) (from4_token_sqLipschitz z)
          linear4_sqLipschitz (fun _ _ => True.intro)) split2_sqLipschitz (fun _ _ => True.intro))
      (rms_norm2_sqLipschitz r layer_norm2_t hr layer_norm2_ht) (fun _ _ => True.intro))
    (rotary4_sqLipschitz rotary1_t rotary1_ht) (fun _ _ => True.intro)

/-- `N`: Lip(scores2_branch1_token) ≤ N/D. -/
def scores2_branch1_token_N : Nat := 0

/-- `D`: Lip(scores2_branch1_token) ≤ N/D. -/
def scores2_branch1_token_D : Nat := 1

/-- Lip(scores2_branch1) ≤ 0 in `token`, exactly 0/1: for all x, y with ‖hidden‖ ≤ 2 that agree with
z but for `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch1_token_lipschitz (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (z : Vec R) :
    LipschitzOn 6 8 (ofNat scores2_branch1_token_N) (ofNat scores2_branch1_token_D)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (scores2_branch1 rotary1_t layer_norm2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch1_token_sqLipschitz r rotary1_t layer_norm2_t hr rotary1_ht
    layer_norm2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `from5` (from, 6 → 3): the input token, entries 3 to 5 of the stacked inputs. -/
noncomputable def from5 : Vec R → Vec R := LipBridge.slice 3

/-- Lip(from5) ≤ √(P/Q) ≤ 0 in `hidden`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_hidden_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat 0) (ofNat 1) (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (from5 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from5) ≤ √(P/Q) ≤ 1 in `token`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_token_sqLipschitz (z : Vec R) :
    SqLipschitzOn 6 3 (ofNat 1) (ofNat 1) (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (from5 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 6) (s := 3) (m := 3) (Eq.refl true)).on _

/-- Layer `linear5` (linear, 3 → 4): x ↦ Wx, W is 4×3. `linear3_weight`: integers, from the spec. -/
noncomputable def linear5 : Vec R → Vec R :=
  LipBridge.linear 3 linear3_weight.entry one (fun _ => zero)

/-- Lip(linear5) ≤ √(P/Q) ≤ 2, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear5_sqLipschitz :
    SqLipschitz 3 4 (ofNat linear3_weight_T) (ofNat (Nat.mul linear3_weight_C (Nat.mul 1 1)))
      (linear5 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear3_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `rms_norm3` (rms_norm, 4 → 4): u ↦ g ⊙ u / √(mean(u²) + ε), ε = 1/4, g the stored gain.
`layer_norm2_gain`: integers, from the spec. -/
noncomputable def rms_norm3 : Vec R → Vec R :=
  LipBridge.rmsNorm (fun i => mul (ofInt (layer_norm2_gain.entry 0 i)) one) layer_norm2_t

/-- Lip(rms_norm3) ≤ √(P/Q) ≤ 2, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rms_norm3_sqLipschitz (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) :
    SqLipschitz 4 4 (ofNat (Nat.mul 1 (Nat.mul 4 4))) (ofNat (Nat.mul (Nat.mul 1 1) (Nat.mul 4 1)))
      (rms_norm3 layer_norm2_t : Vec R → Vec R) :=
  LipBridge.rmsNorm_sqLipschitz_ofNat (d := 4) (n := 1) (m := 4) (e := 1)
    (g := fun i => layer_norm2_gain.entry 0 i) (p := 1) (Eq.refl true) (Eq.refl true) (Eq.refl true)
    LipBridge.ofNat_one_mul_one (hr 4 (Eq.refl true)) layer_norm2_ht

/-- `A`: values of `rms_norm3` are at most A/B long. -/
def rms_norm3_A : Nat := 2

/-- `B`: values of `rms_norm3` are at most A/B long. -/
def rms_norm3_B : Nat := 1

/-- On the domain the values of `rms_norm3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rms_norm3_boundedOn (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t) :
    BoundedOn 1 4 (ofNat rms_norm3_A) (ofNat rms_norm3_B) (heads_domain : Vec R → Prop)
      (fun x => rms_norm3 layer_norm2_t (linear5 (from5 x))) :=
  LipBridge.BoundedOn.cap (f := fun x => linear5 (from5 x))
    (LipBridge.rmsNorm_cap (d := 4) (e := 1) (g := fun i => layer_norm2_gain.entry 0 i) (p := 1)
      (A := 2) (B := 1) (Eq.refl true) LipBridge.ofNat_one_mul_one
      (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg _)
        (LipBridge.reciprocal_nonneg (hr 4 (Eq.refl true))))
      (LipBridge.RmsFactor.atLeast layer_norm2_ht) (Eq.refl true) (Eq.refl true))

/-- Layer `rotary5` (rotary, 4 → 4): pairs (i, 1 + i), i < 1, rotated by given cosines and sines,
the other entries unchanged. -/
noncomputable def rotary5 : Vec R → Vec R := LipBridge.rotary 1 (rotary2_t 0) (rotary2_t 1)

/-- Lip(rotary5) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rotary5_sqLipschitz
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat 1) (ofNat 1) (rotary5 rotary2_t : Vec R → Vec R) :=
  (LipBridge.rotary_isometry 1 2 rotary2_ht).sqLipschitz

/-- `A`: values of `rotary5` are at most A/B long. -/
def rotary5_A : Nat := 2

/-- `B`: values of `rotary5` are at most A/B long. -/
def rotary5_B : Nat := 1

/-- On the domain the values of `rotary5`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem rotary5_boundedOn (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat rotary5_A) (ofNat rotary5_B) (heads_domain : Vec R → Prop)
      (fun x => rotary5 rotary2_t (rms_norm3 layer_norm2_t (linear5 (from5 x)))) :=
  LipBridge.BoundedOn.then (f := fun x => rms_norm3 layer_norm2_t (linear5 (from5 x)))
    (g := rotary5 rotary2_t) (rms_norm3_boundedOn r layer_norm2_t hr layer_norm2_ht)
    (LipBridge.rotary_normGain 1 2 rotary2_ht) (Eq.refl true) (Eq.refl true)

/-- Branch `scores2_branch2`: its layers in sequence. -/
noncomputable def scores2_branch2 : Vec R → Vec R :=
  fun x => rotary5 rotary2_t (rms_norm3 layer_norm2_t (linear5 (from5 x)))

/-- `P`: Lip(scores2_branch2_hidden)² ≤ P/Q. -/
def scores2_branch2_hidden_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul 0 linear3_weight_T) (Nat.mul 1 (Nat.mul 4 4))) 1

/-- `Q`: Lip(scores2_branch2_hidden)² ≤ P/Q. -/
def scores2_branch2_hidden_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul linear3_weight_C (Nat.mul 1 1)))
    (Nat.mul (Nat.mul 1 1) (Nat.mul 4 1))) 1

/-- `scores2_branch2` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_branch2_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat scores2_branch2_hidden_P) (ofNat scores2_branch2_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (scores2_branch2 layer_norm2_t rotary2_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => rms_norm3 layer_norm2_t (linear5 (from5 x)))
    (g := rotary5 rotary2_t)
    (SqLipschitzOn.comp_ofNat (f := fun x => linear5 (from5 x)) (g := rms_norm3 layer_norm2_t)
      (SqLipschitzOn.comp_ofNat (f := from5) (g := linear5) (from5_hidden_sqLipschitz z)
        linear5_sqLipschitz (fun _ _ => True.intro))
      (rms_norm3_sqLipschitz r layer_norm2_t hr layer_norm2_ht) (fun _ _ => True.intro))
    (rotary5_sqLipschitz rotary2_t rotary2_ht) (fun _ _ => True.intro)

/-- `N`: Lip(scores2_branch2_hidden) ≤ N/D. -/
def scores2_branch2_hidden_N : Nat := 0

/-- `D`: Lip(scores2_branch2_hidden) ≤ N/D. -/
def scores2_branch2_hidden_D : Nat := 1

/-- Lip(scores2_branch2) ≤ 0 in `hidden`, exactly 0/1: for all x, y with ‖hidden‖ ≤ 2 that agree
with z but for `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch2_hidden_lipschitz (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 4 (ofNat scores2_branch2_hidden_N) (ofNat scores2_branch2_hidden_D)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (scores2_branch2 layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch2_hidden_sqLipschitz r layer_norm2_t rotary2_t hr layer_norm2_ht
    rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores2_branch2_token)² ≤ P/Q. -/
def scores2_branch2_token_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 linear3_weight_T) (Nat.mul 1 (Nat.mul 4 4))) 1

/-- `Q`: Lip(scores2_branch2_token)² ≤ P/Q. -/
def scores2_branch2_token_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul linear3_weight_C (Nat.mul 1 1)))
    (Nat.mul (Nat.mul 1 1) (Nat.mul 4 1))) 1

/-- `scores2_branch2` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_branch2_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat scores2_branch2_token_P) (ofNat scores2_branch2_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (scores2_branch2 layer_norm2_t rotary2_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => rms_norm3 layer_norm2_t (linear5 (from5 x)))
    (g := rotary5 rotary2_t)
    (SqLipschitzOn.comp_ofNat (f := fun x => linear5 (from5 x)) (g := rms_norm3 layer_norm2_t)
      (SqLipschitzOn.comp_ofNat (f := from5) (g := linear5) (from5_token_sqLipschitz z)
        linear5_sqLipschitz (fun _ _ => True.intro))
      (rms_norm3_sqLipschitz r layer_norm2_t hr layer_norm2_ht) (fun _ _ => True.intro))
    (rotary5_sqLipschitz rotary2_t rotary2_ht) (fun _ _ => True.intro)

/-- `N`: Lip(scores2_branch2_token) ≤ N/D. -/
def scores2_branch2_token_N : Nat := 4

/-- `D`: Lip(scores2_branch2_token) ≤ N/D. -/
def scores2_branch2_token_D : Nat := 1

/-- Lip(scores2_branch2) ≤ 4 in `token`, exactly 4/1: for all x, y with ‖hidden‖ ≤ 2 that agree with
z but for `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch2_token_lipschitz (hr : Reciprocals heads_denominators r)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 4 (ofNat scores2_branch2_token_N) (ofNat scores2_branch2_token_D)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (scores2_branch2 layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch2_token_sqLipschitz r layer_norm2_t rotary2_t hr layer_norm2_ht
    rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `scores2` (scores, 6 → 2): x ↦ the scores of the 2 tokens of scores2_branch1 against
scores2_branch2. -/
noncomputable def scores2 : Vec R → Vec R :=
  LipBridge.scores 4 (scores2_branch1 rotary1_t layer_norm2_t)
    (scores2_branch2 layer_norm2_t rotary2_t)

/-- `P`: Lip(scores2_hidden)² ≤ P/Q. -/
def scores2_hidden_P : Nat :=
  Nat.mul (Nat.mul rotary5_A scores2_branch1_hidden_N) (Nat.mul rotary5_A scores2_branch1_hidden_N)

/-- `Q`: Lip(scores2_hidden)² ≤ P/Q. -/
def scores2_hidden_Q : Nat :=
  Nat.mul (Nat.mul rotary5_B scores2_branch1_hidden_D) (Nat.mul rotary5_B scores2_branch1_hidden_D)

/-- Lip(scores2) ≤ √(P/Q) ≤ 28.6966787 in `hidden`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat scores2_hidden_P) (ofNat scores2_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (scores2 rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_queries_lipschitzOn_ofNat (b := 2) (d := 4)
    (scores2_branch1_hidden_lipschitz r rotary1_t layer_norm2_t hr rotary1_ht layer_norm2_ht z)
    (scores2_branch2_hidden_lipschitz r layer_norm2_t rotary2_t hr layer_norm2_ht rotary2_ht z)
    ((rotary5_boundedOn r layer_norm2_t rotary2_t hr layer_norm2_ht rotary2_ht).mono
      (fun _ h => h.left)))

/-- `P`: Lip(scores2_token)² ≤ P/Q. -/
def scores2_token_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul 759250125 rotary4_A) scores2_branch2_token_N)
    (Nat.mul (Nat.mul 759250125 rotary4_A) scores2_branch2_token_N)

/-- `Q`: Lip(scores2_token)² ≤ P/Q. -/
def scores2_token_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.pow 2 29) rotary4_B) scores2_branch2_token_D)
    (Nat.mul (Nat.mul (Nat.pow 2 29) rotary4_B) scores2_branch2_token_D)

/-- Lip(scores2) ≤ √(P/Q) ≤ 22.6274170 in `token`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat scores2_token_P) (ofNat scores2_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (scores2 rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_key_lipschitzOn_ofNat (b := 2) (d := 4)
    (scores2_branch1_token_lipschitz r rotary1_t layer_norm2_t hr rotary1_ht layer_norm2_ht z)
    (scores2_branch2_token_lipschitz r layer_norm2_t rotary2_t hr layer_norm2_ht rotary2_ht z)
    ((LipBridge.BoundedOn.whole (A' := Nat.mul 759250125 rotary4_A)
      (B' := Nat.mul (Nat.pow 2 29) rotary4_B)
      (rotary4_boundedOn r rotary1_t layer_norm2_t hr rotary1_ht layer_norm2_ht) (Eq.refl true)
      (Eq.refl true)).mono (fun _ h => h.left)))

/-- `A`: values of `scores2` are at most A/B long. -/
def scores2_A : Nat := Nat.mul (Nat.mul 759250125 rotary4_A) rotary5_A

/-- `B`: values of `scores2` are at most A/B long. -/
def scores2_B : Nat := Nat.mul (Nat.mul (Nat.pow 2 29) rotary4_B) rotary5_B

/-- On the domain the values of `scores2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem scores2_boundedOn (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 2 (ofNat scores2_A) (ofNat scores2_B) (heads_domain : Vec R → Prop)
      (fun x => scores2 rotary1_t layer_norm2_t rotary2_t x) :=
  LipBridge.scores_boundedOn_ofNat (b := 2) (d := 4)
    (LipBridge.BoundedOn.whole (A' := Nat.mul 759250125 rotary4_A)
      (B' := Nat.mul (Nat.pow 2 29) rotary4_B)
      (rotary4_boundedOn r rotary1_t layer_norm2_t hr rotary1_ht layer_norm2_ht) (Eq.refl true)
      (Eq.refl true)) (rotary5_boundedOn r layer_norm2_t rotary2_t hr layer_norm2_ht rotary2_ht)

/-- Branch `concat1_branch2`: its layers in sequence. -/
noncomputable def concat1_branch2 : Vec R → Vec R :=
  fun x => scores2 rotary1_t layer_norm2_t rotary2_t x

/-- `P`: Lip(concat1_branch2_hidden)² ≤ P/Q. -/
def concat1_branch2_hidden_P : Nat := scores2_hidden_P

/-- `Q`: Lip(concat1_branch2_hidden)² ≤ P/Q. -/
def concat1_branch2_hidden_Q : Nat := scores2_hidden_Q

/-- `concat1_branch2` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch2_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat concat1_branch2_hidden_P) (ofNat concat1_branch2_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (concat1_branch2 rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores2_hidden_sqLipschitz r rotary1_t layer_norm2_t rotary2_t hr rotary1_ht layer_norm2_ht
    rotary2_ht z

/-- `N`: Lip(concat1_branch2_hidden) ≤ N/D. -/
def concat1_branch2_hidden_N : Nat := 7703206029

/-- `D`: Lip(concat1_branch2_hidden) ≤ N/D. -/
def concat1_branch2_hidden_D : Nat := Nat.pow 2 28

/-- Lip(concat1_branch2) ≤ 28.6966787 in `hidden`, exactly 7703206029/268435456: for all x, y with
‖hidden‖ ≤ 2 that agree with z but for `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_hidden_lipschitz (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 2 (ofNat concat1_branch2_hidden_N) (ofNat concat1_branch2_hidden_D)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (concat1_branch2 rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_hidden_sqLipschitz r rotary1_t layer_norm2_t rotary2_t hr
    rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch2_token)² ≤ P/Q. -/
def concat1_branch2_token_P : Nat := scores2_token_P

/-- `Q`: Lip(concat1_branch2_token)² ≤ P/Q. -/
def concat1_branch2_token_Q : Nat := scores2_token_Q

/-- `concat1_branch2` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch2_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 2 (ofNat concat1_branch2_token_P) (ofNat concat1_branch2_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (concat1_branch2 rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  scores2_token_sqLipschitz r rotary1_t layer_norm2_t rotary2_t hr rotary1_ht layer_norm2_ht
    rotary2_ht z

/-- `N`: Lip(concat1_branch2_token) ≤ N/D. -/
def concat1_branch2_token_N : Nat := 759250125

/-- `D`: Lip(concat1_branch2_token) ≤ N/D. -/
def concat1_branch2_token_D : Nat := Nat.pow 2 25

/-- Lip(concat1_branch2) ≤ 22.6274170 in `token`, exactly 759250125/33554432: for all x, y with
‖hidden‖ ≤ 2 that agree with z but for `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_token_lipschitz (hr : Reciprocals heads_denominators r)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 2 (ofNat concat1_branch2_token_N) (ofNat concat1_branch2_token_D)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (concat1_branch2 rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_token_sqLipschitz r rotary1_t layer_norm2_t rotary2_t hr
    rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `concat1` (concat, 6 → 4): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat1 : Vec R → Vec R :=
  LipBridge.concat 2 (concat1_branch1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t)
    (concat1_branch2 rotary1_t layer_norm2_t rotary2_t)

/-- `P`: Lip(concat1_hidden)² ≤ P/Q. -/
def concat1_hidden_P : Nat :=
  Nat.add (Nat.mul concat1_branch1_hidden_P concat1_branch2_hidden_Q)
    (Nat.mul concat1_branch2_hidden_P concat1_branch1_hidden_Q)

/-- `Q`: Lip(concat1_hidden)² ≤ P/Q. -/
def concat1_hidden_Q : Nat := Nat.mul concat1_branch1_hidden_Q concat1_branch2_hidden_Q

/-- Lip(concat1) ≤ √(P/Q) ≤ 146.324925 in `hidden`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat concat1_hidden_P) (ofNat concat1_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_hidden_sqLipschitz r rms_norm1_t rotary1_t
    layer_norm2_t rotary2_t hr rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z)
    (concat1_branch2_hidden_sqLipschitz r rotary1_t layer_norm2_t rotary2_t hr rotary1_ht
      layer_norm2_ht rotary2_ht z)

/-- `P`: Lip(concat1_token)² ≤ P/Q. -/
def concat1_token_P : Nat :=
  Nat.add (Nat.mul concat1_branch1_token_P concat1_branch2_token_Q)
    (Nat.mul concat1_branch2_token_P concat1_branch1_token_Q)

/-- `Q`: Lip(concat1_token)² ≤ P/Q. -/
def concat1_token_Q : Nat := Nat.mul concat1_branch1_token_Q concat1_branch2_token_Q

/-- Lip(concat1) ≤ √(P/Q) ≤ 497.555837 in `token`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat concat1_token_P) (ofNat concat1_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_token_sqLipschitz r rms_norm1_t rotary1_t
    layer_norm2_t rotary2_t hr rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z)
    (concat1_branch2_token_sqLipschitz r rotary1_t layer_norm2_t rotary2_t hr rotary1_ht
      layer_norm2_ht rotary2_ht z)

/-- `A`: values of `concat1` are at most A/B long. -/
def concat1_A : Nat := 1832483107

/-- `B`: values of `concat1` are at most A/B long. -/
def concat1_B : Nat := Nat.pow 2 26

/-- On the domain the values of `concat1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem concat1_boundedOn (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat concat1_A) (ofNat concat1_B) (heads_domain : Vec R → Prop)
      (fun x => concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x) :=
  LipBridge.SqBoundedOn.root (LipBridge.SqBoundedOn.concat
    (LipBridge.BoundedOn.squared (scores1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t
      hr rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht))
    (LipBridge.BoundedOn.squared (scores2_boundedOn r rotary1_t layer_norm2_t rotary2_t hr
      rotary1_ht layer_norm2_ht rotary2_ht))) (Eq.refl true) (Eq.refl true)

/-- Layer `relu1` (relu, 4 → 4): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 4 4 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 4

/-- `A`: values of `relu1` are at most A/B long. -/
def relu1_A : Nat := 1832483107

/-- `B`: values of `relu1` are at most A/B long. -/
def relu1_B : Nat := Nat.pow 2 26

/-- On the domain the values of `relu1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem relu1_boundedOn (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    BoundedOn 1 4 (ofNat relu1_A) (ofNat relu1_B) (heads_domain : Vec R → Prop)
      (fun x => relu1 (concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)) :=
  LipBridge.BoundedOn.then (f := fun x => concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)
    (g := relu1)
    (concat1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr rms_norm1_ht rotary1_ht
      layer_norm2_ht rotary2_ht) (LipBridge.relu_normGain 4) (Eq.refl true) (Eq.refl true)

/-- Branch `similarity1_branch2`: its layers in sequence. -/
noncomputable def similarity1_branch2 : Vec R → Vec R :=
  fun x => relu1 (concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x)

/-- `P`: Lip(similarity1_branch2_hidden)² ≤ P/Q. -/
def similarity1_branch2_hidden_P : Nat := Nat.mul concat1_hidden_P 1

/-- `Q`: Lip(similarity1_branch2_hidden)² ≤ P/Q. -/
def similarity1_branch2_hidden_Q : Nat := Nat.mul concat1_hidden_Q 1

/-- `similarity1_branch2` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch2_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat similarity1_branch2_hidden_P) (ofNat similarity1_branch2_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (similarity1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t)
    (g := relu1)
    (concat1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr rms_norm1_ht
      rotary1_ht layer_norm2_ht rotary2_ht z) relu1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(similarity1_branch2_hidden) ≤ N/D. -/
def similarity1_branch2_hidden_N : Nat := 4909849733

/-- `D`: Lip(similarity1_branch2_hidden) ≤ N/D. -/
def similarity1_branch2_hidden_D : Nat := Nat.pow 2 25

/-- Lip(similarity1_branch2) ≤ 146.324925 in `hidden`, exactly 4909849733/33554432: for all x, y
with ‖hidden‖ ≤ 2 that agree with z but for `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_hidden_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 4 (ofNat similarity1_branch2_hidden_N) (ofNat similarity1_branch2_hidden_D)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (similarity1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t
    rotary2_t hr rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity1_branch2_token)² ≤ P/Q. -/
def similarity1_branch2_token_P : Nat := Nat.mul concat1_token_P 1

/-- `Q`: Lip(similarity1_branch2_token)² ≤ P/Q. -/
def similarity1_branch2_token_Q : Nat := Nat.mul concat1_token_Q 1

/-- `similarity1_branch2` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch2_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 4 (ofNat similarity1_branch2_token_P) (ofNat similarity1_branch2_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (similarity1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := concat1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t)
    (g := relu1)
    (concat1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr rms_norm1_ht
      rotary1_ht layer_norm2_ht rotary2_ht z) relu1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(similarity1_branch2_token) ≤ N/D. -/
def similarity1_branch2_token_N : Nat := 4173800871

/-- `D`: Lip(similarity1_branch2_token) ≤ N/D. -/
def similarity1_branch2_token_D : Nat := Nat.pow 2 23

/-- Lip(similarity1_branch2) ≤ 497.555837 in `token`, exactly 4173800871/8388608: for all x, y with
‖hidden‖ ≤ 2 that agree with z but for `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_token_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 4 (ofNat similarity1_branch2_token_N) (ofNat similarity1_branch2_token_D)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (similarity1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t
    rotary2_t hr rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- Layer `similarity1` (similarity, 6 → 1): x ↦ the score of similarity1_branch1 against
similarity1_branch2. -/
noncomputable def similarity1 : Vec R → Vec R :=
  LipBridge.similarity 1 4 similarity1_branch1
    (similarity1_branch2 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t)

/-- `P`: Lip(similarity1_hidden)² ≤ P/Q. -/
def similarity1_hidden_P : Nat :=
  Nat.mul (Nat.add (Nat.mul (Nat.mul relu1_A similarity1_branch1_hidden_N)
    (Nat.mul linear1_B similarity1_branch2_hidden_D))
    (Nat.mul (Nat.mul linear1_A similarity1_branch2_hidden_N)
      (Nat.mul relu1_B similarity1_branch1_hidden_D)))
    (Nat.add (Nat.mul (Nat.mul relu1_A similarity1_branch1_hidden_N)
      (Nat.mul linear1_B similarity1_branch2_hidden_D))
      (Nat.mul (Nat.mul linear1_A similarity1_branch2_hidden_N)
        (Nat.mul relu1_B similarity1_branch1_hidden_D)))

/-- `Q`: Lip(similarity1_hidden)² ≤ P/Q. -/
def similarity1_hidden_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul relu1_B similarity1_branch1_hidden_D)
    (Nat.mul linear1_B similarity1_branch2_hidden_D))
    (Nat.mul (Nat.mul relu1_B similarity1_branch1_hidden_D)
      (Nat.mul linear1_B similarity1_branch2_hidden_D))

/-- Lip(similarity1) ≤ √(P/Q) ≤ 856.280004 in `hidden`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 1 (ofNat similarity1_hidden_P) (ofNat similarity1_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (similarity1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_lipschitzOn_ofNat (b := 1) (d := 4)
    (Eq.refl true) (similarity1_branch1_hidden_lipschitz z)
    (similarity1_branch2_hidden_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr
      rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z)
    (linear1_boundedOn.mono (fun _ h => h.left))
    ((relu1_boundedOn r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr rms_norm1_ht rotary1_ht
      layer_norm2_ht rotary2_ht).mono (fun _ h => h.left)))

/-- `P`: Lip(similarity1_token)² ≤ P/Q. -/
def similarity1_token_P : Nat :=
  Nat.mul (Nat.mul linear1_A similarity1_branch2_token_N)
    (Nat.mul linear1_A similarity1_branch2_token_N)

/-- `Q`: Lip(similarity1_token)² ≤ P/Q. -/
def similarity1_token_Q : Nat :=
  Nat.mul (Nat.mul linear1_B similarity1_branch2_token_D)
    (Nat.mul linear1_B similarity1_branch2_token_D)

/-- Lip(similarity1) ≤ √(P/Q) ≤ 2663.16085 in `token`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 1 (ofNat similarity1_token_P) (ofNat similarity1_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (similarity1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_keys_lipschitzOn_ofNat (b := 1) (d := 4)
    (Eq.refl true) (similarity1_branch1_token_lipschitz z)
    (similarity1_branch2_token_lipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr
      rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z)
    (linear1_boundedOn.mono (fun _ h => h.left)))

/-- Network `heads`: its layers in sequence. -/
noncomputable def heads : Vec R → Vec R :=
  fun x => similarity1 r rms_norm1_t rotary1_t layer_norm2_t rotary2_t x

/-- `P`: Lip(heads_hidden)² ≤ P/Q. -/
def heads_hidden_P : Nat := similarity1_hidden_P

/-- `Q`: Lip(heads_hidden)² ≤ P/Q. -/
def heads_hidden_Q : Nat := similarity1_hidden_Q

/-- `heads` in `hidden`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem heads_hidden_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 1 (ofNat heads_hidden_P) (ofNat heads_hidden_Q)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  similarity1_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr rms_norm1_ht
    rotary1_ht layer_norm2_ht rotary2_ht z

/-- `N`: Lip(heads_hidden) ≤ N/D. -/
def heads_hidden_N : Nat := 3591498643

/-- `D`: Lip(heads_hidden) ≤ N/D. -/
def heads_hidden_D : Nat := Nat.pow 2 22

/-- Lip(heads) ≤ 856.280004 in `hidden`, exactly 3591498643/4194304: for all x, y with ‖hidden‖ ≤ 2
that agree with z but for `hidden`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem heads_hidden_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 1 (ofNat heads_hidden_N) (ofNat heads_hidden_D)
      (Slice 6 0 3 heads_domain z : Vec R → Prop)
      (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (heads_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr
    rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(heads_token)² ≤ P/Q. -/
def heads_token_P : Nat := similarity1_token_P

/-- `Q`: Lip(heads_token)² ≤ P/Q. -/
def heads_token_Q : Nat := similarity1_token_Q

/-- `heads` in `token`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem heads_token_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    SqLipschitzOn 6 1 (ofNat heads_token_P) (ofNat heads_token_Q)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  similarity1_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr rms_norm1_ht
    rotary1_ht layer_norm2_ht rotary2_ht z

/-- `N`: Lip(heads_token) ≤ N/D. -/
def heads_token_N : Nat := 5585053099

/-- `D`: Lip(heads_token) ≤ N/D. -/
def heads_token_D : Nat := Nat.pow 2 21

/-- Lip(heads) ≤ 2663.16085 in `token`, exactly 5585053099/2097152: for all x, y with ‖hidden‖ ≤ 2
that agree with z but for `token`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem heads_token_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one)
    (z : Vec R) :
    LipschitzOn 6 1 (ofNat heads_token_N) (ofNat heads_token_D)
      (Slice 6 3 3 heads_domain z : Vec R → Prop)
      (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (heads_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr
    rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(heads)² ≤ P/Q. -/
def heads_P : Nat :=
  Nat.add (Nat.mul heads_hidden_P heads_token_Q) (Nat.mul heads_token_P heads_hidden_Q)

/-- `Q`: Lip(heads)² ≤ P/Q. -/
def heads_Q : Nat := Nat.mul heads_hidden_Q heads_token_Q

/-- `heads` in all inputs together; the squares of the constants add:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem heads_sqLipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    SqLipschitzOn 6 1 (ofNat heads_P) (ofNat heads_Q) (heads_domain : Vec R → Prop)
      (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  SqLipschitzOn.ofSlices (SqLipschitzOn.join_ofNat
    (fun x y hx hy => (InBall.splice_below (Eq.refl true) hy : InBall 0 1 3 2 1 (splice 3 x y)))
    (heads_hidden_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr rms_norm1_ht
      rotary1_ht layer_norm2_ht rotary2_ht)
    (heads_token_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr rms_norm1_ht
      rotary1_ht layer_norm2_ht rotary2_ht))

/-- `N`: Lip(heads) ≤ N/D. -/
def heads_N : Nat := 1466661467

/-- `D`: Lip(heads) ≤ N/D. -/
def heads_D : Nat := Nat.pow 2 19

/-- Lip(heads) ≤ 2797.43475 in all inputs together, exactly 1466661467/524288: for all x, y with
‖hidden‖ ≤ 2, D²·‖f x − f y‖² ≤ N²·‖x − y‖²; the squares of the constants add. -/
theorem heads_lipschitz (hr : Reciprocals heads_denominators r)
    (rms_norm1_ht : LipBridge.RmsFactor 3 (mul (ofNat 1) (r 100)) (fun _ => True) rms_norm1_t)
    (rotary1_ht : ∀ k i : Nat,
      Nat.lt k 2 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary1_t k 0 i)) (LipBridge.sq (rotary1_t k 1 i))) one)
    (layer_norm2_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_norm2_t)
    (rotary2_ht : ∀ i : Nat,
      Nat.lt i 1 → Eq (add (LipBridge.sq (rotary2_t 0 i)) (LipBridge.sq (rotary2_t 1 i))) one) :
    LipschitzOn 6 1 (ofNat heads_N) (ofNat heads_D) (heads_domain : Vec R → Prop)
      (heads r rms_norm1_t rotary1_t layer_norm2_t rotary2_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (heads_sqLipschitz r rms_norm1_t rotary1_t layer_norm2_t rotary2_t hr
    rms_norm1_ht rotary1_ht layer_norm2_ht rotary2_ht) (Eq.refl true) (Eq.refl true)

end Heads
