import LipBridge.Networks
import Tokens.Data.key_weight
import Tokens.Data.rms_gain
import Tokens.Data.weigh_gain
import Tokens.Data.layer_gain
import Tokens.Data.layer_bias
import Tokens.Data.groups_gain
import Tokens.Data.groups_bias
/-!
# The network `tokens`

12 → 4. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Tokens/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
`w_norm`, that `C ‖w x‖² ≤ T ‖x‖²` where `C` is `w_C` and `T` is `w_T`.
Numbers that are no integers are `n · r d`: integers `n` times `r d`, over the real numbers `1/d`.

Roots and activations that no ring has are given functions, one a layer,
each with a hypothesis that says what it must be:
`rms_t` with `rms_ht`,
`turn_t` with `turn_ht`,
`layer_t` with `layer_ht`,
`groups_t` with `groups_ht`,
`same_t` with `same_ht`,
`vector_t` with `vector_ht`.

Words of the library:
- `Lipschitz n m N D f`: `D² ‖f x - f y‖² ≤ N² ‖x - y‖²` for all `x` and `y`, with `N ≥ 0` and
  `D > 0`.
- `SqLipschitz n m P Q f`: `Q ‖f x - f y‖² ≤ P ‖x - y‖²` for all `x` and `y`, with `P ≥ 0` and
  `Q > 0`.
- `Reciprocals l r`: `r d` is `1/d` for every `d` in the list: `d * r d = 1`.
- `ofNat n`: The image of a natural number.
- `RmsFactor d ε S t`: On `S`, `t(u) = √d / √(‖u‖² + dε)`: `t(u) ≥ 0` and `t(u)² (‖u‖² + dε) = d`,
  `d` the dimension.
-/

set_option autoImplicit false

universe u

namespace Tokens

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R)
  (layer_t : Vec R → R) (groups_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R)

/-- The numbers d for which `r d` is to be 1/d. -/
def tokens_denominators : List Nat :=
  .cons 2 (.cons 3 (.cons 4 (.cons 8 (.cons 9 (.cons 100 .nil)))))

/-- Layer `key` (linear, 12 → 12): x ↦ Wx, W is 4×4, on each of 3 tokens. `key_weight`: integers
times 2^-2, from the spec. -/
noncomputable def key : Vec R → Vec R :=
  LipBridge.tokenwise 3 4 4 (LipBridge.linear 4 key_weight.entry (r 4) (fun _ => zero))

/-- Lip(key) ≤ √(P/Q) ≤ 3.26733404, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem key_sqLipschitz (hr : Reciprocals tokens_denominators r) :
    SqLipschitz 12 12 (ofNat key_weight_T) (ofNat (Nat.mul key_weight_C (Nat.mul 4 4)))
      (key r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 3
    (LipBridge.linear_sqLipschitz key_weight_norm (hr 4 (Eq.refl true)) (fun _ => zero))

/-- Layer `rms` (rms_norm, 12 → 12): u ↦ g ⊙ u / √(mean(u²) + ε), ε = 1/100, g the stored gain plus
1, on each of 3 tokens. `rms_gain`: integers times 2^-3, from the spec. -/
noncomputable def rms : Vec R → Vec R :=
  LipBridge.tokenwise 3 4 4
    (LipBridge.rmsNorm (fun i => mul (ofInt (Int.add (rms_gain.entry 0 i) (Int.ofNat 8))) (r 8))
      rms_t)

/-- Lip(rms) ≤ √(P/Q) ≤ 15, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem rms_sqLipschitz (hr : Reciprocals tokens_denominators r)
    (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t) :
    SqLipschitz 12 12 (ofNat (Nat.mul 144 (Nat.mul 100 4)))
      (ofNat (Nat.mul (Nat.mul 8 8) (Nat.mul 4 1))) (rms r rms_t : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 3
    (LipBridge.rmsNorm_sqLipschitz_ofNat (d := 4) (n := 1) (m := 100) (e := 8)
      (g := fun i => Int.add (rms_gain.entry 0 i) (Int.ofNat 8)) (p := 144) (Eq.refl true)
      (Eq.refl true) (Eq.refl true) (hr 8 (Eq.refl true)) (hr 100 (Eq.refl true)) rms_ht)

/-- Layer `turn` (rotary, 12 → 12): pairs (i, 1 + i), i < 1, rotated by given cosines and sines, the
other entries unchanged, each of 3 tokens by its own. -/
noncomputable def turn : Vec R → Vec R :=
  LipBridge.eachToken 3 4 4 (fun k => LipBridge.rotary 1 (turn_t k 0) (turn_t k 1))

/-- Lip(turn) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem turn_sqLipschitz
    (turn_ht : ∀ k i : Nat,
      Nat.lt k 3 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one) :
    SqLipschitz 12 12 (ofNat 1) (ofNat 1) (turn turn_t : Vec R → Vec R) :=
  (LipBridge.rotaryTokens_isometry 3 1 2 turn_ht).sqLipschitz

/-- Layer `weigh` (gain, 12 → 12): x ↦ g ⊙ x, g the stored gain plus -1, on each of 3 tokens.
`weigh_gain`: integers times 2^-2, from the spec. -/
noncomputable def weigh : Vec R → Vec R :=
  LipBridge.tokenwise 3 4 4
    (LipBridge.gain
      (fun i => add (mul (ofInt (weigh_gain.entry 0 i)) (r 4)) (ofInt (Int.negSucc 0))))

/-- Lip(weigh) ≤ √(P/Q) ≤ 2, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem weigh_sqLipschitz (hr : Reciprocals tokens_denominators r) :
    SqLipschitz 12 12 (ofNat 64) (ofNat (Nat.mul 4 4)) (weigh r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 3
    (LipBridge.gain_sqLipschitz_offset (n := 4) (p := 64) (e := 4)
      (g := fun i => weigh_gain.entry 0 i) (Int.negSucc 0) (Eq.refl true) (hr 4 (Eq.refl true)))

/-- Layer `layer` (layer_norm, 12 → 12): u ↦ g ⊙ (u - mean(u)) / √(var(u) + ε) + b, ε = 1/4, on each
of 3 tokens. `layer_gain`: integers times 2^-1, from the spec. `layer_bias`: integers, from the
spec. -/
noncomputable def layer : Vec R → Vec R :=
  LipBridge.tokenwise 3 4 4
    (LipBridge.layerNorm 4 (r 4) (fun i => mul (ofInt (layer_gain.entry 0 i)) (r 2)) layer_t
      (fun i => mul (ofInt (layer_bias.entry 0 i)) one))

/-- Lip(layer) ≤ √(P/Q) ≤ 6, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem layer_sqLipschitz (hr : Reciprocals tokens_denominators r)
    (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t) :
    SqLipschitz 12 12 (ofNat (Nat.mul 36 (Nat.mul 4 4)))
      (ofNat (Nat.mul (Nat.mul 2 2) (Nat.mul 4 1))) (layer r layer_t : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 3
    (LipBridge.layerNorm_sqLipschitz_ofNat (d := 4) (n := 1) (m := 4) (e := 2)
      (g := fun i => layer_gain.entry 0 i) (p := 36) (Eq.refl true) (Eq.refl true) (Eq.refl true)
      (hr 4 (Eq.refl true)) (hr 2 (Eq.refl true)) (hr 4 (Eq.refl true)) layer_ht
      (fun i => mul (ofInt (layer_bias.entry 0 i)) one))

/-- Layer `groups` (group_norm, 12 → 12): u ↦ g ⊙ (c - mean(c)) / √(var(c) + ε) for each of 2 groups
c of 2 entries + b, ε = 1/9, on each of 3 tokens. `groups_gain`: integers over 3, from the spec.
`groups_bias`: integers times 2^-1, from the spec. -/
noncomputable def groups : Vec R → Vec R :=
  LipBridge.tokenwise 3 4 4
    (LipBridge.groupNorm 2 2 (r 2) (fun i => mul (ofInt (groups_gain.entry 0 i)) (r 3)) groups_t
      (fun i => mul (ofInt (groups_bias.entry 0 i)) (r 2)))

/-- Lip(groups) ≤ √(P/Q) ≤ 6, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem groups_sqLipschitz (hr : Reciprocals tokens_denominators r)
    (groups_ht : LipBridge.RmsFactor 2 (mul (ofNat 1) (r 9)) (fun _ => True) groups_t) :
    SqLipschitz 12 12 (ofNat (Nat.mul 36 (Nat.mul 9 2)))
      (ofNat (Nat.mul (Nat.mul 3 3) (Nat.mul 2 1))) (groups r groups_t : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 3
    ((LipBridge.groupNorm_sqLipschitz_ofNat (G := 2) (d := 2) (n := 1) (m := 9) (e := 3)
      (g := fun i => groups_gain.entry 0 i) (p := 36) (Eq.refl true) (Eq.refl true) (Eq.refl true)
      (hr 2 (Eq.refl true)) (hr 3 (Eq.refl true)) (hr 9 (Eq.refl true)) groups_ht
      (fun i => mul (ofInt (groups_bias.entry 0 i)) (r 2))).mono (fun _ _ _ _ => True.intro))

/-- Layer `same` (rotary, 12 → 12): pairs (i, 2 + i), i < 2, rotated by given cosines and sines, the
other entries unchanged, each of 3 tokens by its own. -/
noncomputable def same : Vec R → Vec R :=
  LipBridge.eachToken 3 4 4 (fun k => LipBridge.rotary 2 (same_t k 0) (same_t k 1))

/-- Lip(same) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem same_sqLipschitz
    (same_ht : ∀ k i : Nat,
      Nat.lt k 3 →
      Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one) :
    SqLipschitz 12 12 (ofNat 1) (ofNat 1) (same same_t : Vec R → Vec R) :=
  (LipBridge.rotaryTokens_isometry 3 2 0 same_ht).sqLipschitz

/-- Layer `mean_pool1` (mean_pool, 12 → 4): the mean of 3 tokens of dimension 4. -/
noncomputable def mean_pool1 : Vec R → Vec R := LipBridge.meanPool 3 4 (r 3)

/-- Lip(mean_pool1) ≤ √(P/Q) ≤ 0.577350270, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mean_pool1_sqLipschitz (hr : Reciprocals tokens_denominators r) :
    SqLipschitz 12 4 (ofNat 1) (ofNat 3) (mean_pool1 r : Vec R → Vec R) :=
  LipBridge.meanPool_sqLipschitz 3 4 (hr 3 (Eq.refl true))

/-- Layer `vector` (rotary, 4 → 4): pairs (i, 2 + i), i < 2, rotated by given cosines and sines, the
other entries unchanged. -/
noncomputable def vector : Vec R → Vec R := LipBridge.rotary 2 (vector_t 0) (vector_t 1)

/-- Lip(vector) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem vector_sqLipschitz
    (vector_ht : ∀ i : Nat,
      Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 4 4 (ofNat 1) (ofNat 1) (vector vector_t : Vec R → Vec R) :=
  (LipBridge.rotary_isometry 2 0 vector_ht).sqLipschitz

/-- Network `tokens`: its layers in sequence. -/
noncomputable def tokens : Vec R → Vec R :=
  fun x =>
    vector vector_t
      (mean_pool1 r
        (same same_t
          (groups r groups_t (layer r layer_t (weigh r (turn turn_t (rms r rms_t (key r x))))))))

/-- `P`: Lip(tokens)² ≤ P/Q. -/
def tokens_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul
    (Nat.mul (Nat.mul key_weight_T (Nat.mul 144 (Nat.mul 100 4))) 1) 64) (Nat.mul 36 (Nat.mul 4 4)))
    (Nat.mul 36 (Nat.mul 9 2))) 1) 1) 1

/-- `Q`: Lip(tokens)² ≤ P/Q. -/
def tokens_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul
    (Nat.mul (Nat.mul (Nat.mul key_weight_C (Nat.mul 4 4)) (Nat.mul (Nat.mul 8 8) (Nat.mul 4 1))) 1)
    (Nat.mul 4 4)) (Nat.mul (Nat.mul 2 2) (Nat.mul 4 1))) (Nat.mul (Nat.mul 3 3) (Nat.mul 2 1))) 1)
    3) 1

/-- `tokens`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem tokens_sqLipschitz (hr : Reciprocals tokens_denominators r)
    (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t)
    (turn_ht : ∀ k i : Nat,
      Nat.lt k 3 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one)
    (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t)
    (groups_ht : LipBridge.RmsFactor 2 (mul (ofNat 1) (r 9)) (fun _ => True) groups_t)
    (same_ht : ∀ k i : Nat,
      Nat.lt k 3 →
      Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one)
    (vector_ht : ∀ i : Nat,
      Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    SqLipschitz 12 4 (ofNat tokens_P) (ofNat tokens_Q)
      (tokens r rms_t turn_t layer_t groups_t same_t vector_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat
    (f := fun x =>
      mean_pool1 r
        (same same_t
          (groups r groups_t (layer r layer_t (weigh r (turn turn_t (rms r rms_t (key r x))))))))
    (g := vector vector_t)
    (SqLipschitzOn.comp_ofNat
      (f := fun x =>
        same same_t
          (groups r groups_t (layer r layer_t (weigh r (turn turn_t (rms r rms_t (key r x)))))))
      (g := mean_pool1 r)
      (SqLipschitzOn.comp_ofNat
        (f := fun x =>
          groups r groups_t (layer r layer_t (weigh r (turn turn_t (rms r rms_t (key r x))))))
        (g := same same_t)
        (SqLipschitzOn.comp_ofNat
          (f := fun x => layer r layer_t (weigh r (turn turn_t (rms r rms_t (key r x)))))
          (g := groups r groups_t)
          (SqLipschitzOn.comp_ofNat (f := fun x => weigh r (turn turn_t (rms r rms_t (key r x))))
            (g := layer r layer_t)
            (SqLipschitzOn.comp_ofNat (f := fun x => turn turn_t (rms r rms_t (key r x)))
              (g := weigh r)
              (SqLipschitzOn.comp_ofNat (f := fun x => rms r rms_t (key r x)) (g := turn turn_t)
                (SqLipschitzOn.comp_ofNat (f := key r) (g := rms r rms_t) (key_sqLipschitz r hr)
                  (rms_sqLipschitz r rms_t hr rms_ht) (fun _ _ => True.intro))
                (turn_sqLipschitz turn_t turn_ht) (fun _ _ => True.intro)) (weigh_sqLipschitz r hr)
              (fun _ _ => True.intro)) (layer_sqLipschitz r layer_t hr layer_ht)
            (fun _ _ => True.intro)) (groups_sqLipschitz r groups_t hr groups_ht)
          (fun _ _ => True.intro)) (same_sqLipschitz same_t same_ht) (fun _ _ => True.intro))
      (mean_pool1_sqLipschitz r hr) (fun _ _ => True.intro)) (vector_sqLipschitz vector_t vector_ht)
    (fun _ _ => True.intro)

/-- `N`: Lip(tokens) ≤ N/D. -/
def tokens_N : Nat := 4272544289

/-- `D`: Lip(tokens) ≤ N/D. -/
def tokens_D : Nat := Nat.pow 2 21

/-- Lip(tokens) ≤ 2037.30788, exactly 4272544289/2097152: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem tokens_lipschitz (hr : Reciprocals tokens_denominators r)
    (rms_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 100)) (fun _ => True) rms_t)
    (turn_ht : ∀ k i : Nat,
      Nat.lt k 3 →
      Nat.lt i 1 → Eq (add (LipBridge.sq (turn_t k 0 i)) (LipBridge.sq (turn_t k 1 i))) one)
    (layer_ht : LipBridge.RmsFactor 4 (mul (ofNat 1) (r 4)) (fun _ => True) layer_t)
    (groups_ht : LipBridge.RmsFactor 2 (mul (ofNat 1) (r 9)) (fun _ => True) groups_t)
    (same_ht : ∀ k i : Nat,
      Nat.lt k 3 →
      Nat.lt i 2 → Eq (add (LipBridge.sq (same_t k 0 i)) (LipBridge.sq (same_t k 1 i))) one)
    (vector_ht : ∀ i : Nat,
      Nat.lt i 2 → Eq (add (LipBridge.sq (vector_t 0 i)) (LipBridge.sq (vector_t 1 i))) one) :
    Lipschitz 12 4 (ofNat tokens_N) (ofNat tokens_D)
      (tokens r rms_t turn_t layer_t groups_t same_t vector_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (tokens_sqLipschitz r rms_t turn_t layer_t groups_t same_t vector_t hr rms_ht
    turn_ht layer_ht groups_ht same_ht vector_ht) (Eq.refl true) (Eq.refl true)

end Tokens
