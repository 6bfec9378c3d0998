import LipBridge.Networks
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

9 → 8. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Blocks/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
`w_norm`, that `C ‖w x‖² ≤ T ‖x‖²` where `C` is `w_C` and `T` is `w_T`.
Numbers that are no integers are `n · r d`: integers `n` times `r d`, over the real numbers `1/d`.

Words of the library:
- `Lipschitz n m N D f`: `D² ‖f x - f y‖² ≤ N² ‖x - y‖²` for all `x` and `y`, with `N ≥ 0` and
  `D > 0`.
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
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def blocks_denominators : List Nat := .cons 2 (.cons 3 .nil)

/-- Where the inputs lie: ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3. -/
noncomputable def blocks_domain : Vec R → Prop :=
  fun x => And (InBall 0 1 3 3 2 x) (And (InBall 3 2 2 2 1 x) (InBall 7 1 2 1 3 x))

/-- Layer `from1` (from, 9 → 4): the input queries, entries 3 to 6 of the stacked inputs. -/
noncomputable def from1 : Vec R → Vec R := LipBridge.slice 3

/-- Lip(from1) ≤ √(P/Q) ≤ 0 in `state`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat 0) (ofNat 1) (Slice 9 0 3 blocks_domain z : Vec R → Prop)
      (from1 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from1) ≤ √(P/Q) ≤ 1 in `queries`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat 1) (ofNat 1) (Slice 9 3 4 blocks_domain z : Vec R → Prop)
      (from1 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 3) (m := 4) (Eq.refl true)).on _

/-- Lip(from1) ≤ √(P/Q) ≤ 0 in `key`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat 0) (ofNat 1) (Slice 9 7 2 blocks_domain z : Vec R → Prop)
      (from1 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from1` are at most A/B long, each token. -/
def from1_A : Nat := 2

/-- `B`: values of `from1` are at most A/B long, each token. -/
def from1_B : Nat := 1

/-- On the domain the values of `from1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from1_boundedOn :
    BoundedOn 2 2 (ofNat from1_A) (ofNat from1_B) (blocks_domain : Vec R → Prop)
      (fun x => from1 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.left)

/-- Layer `linear1` (linear, 4 → 4): x ↦ Wx, W is 2×2, on each of 2 tokens. `linear1_weight`:
integers times 2^-1, from the spec. -/
noncomputable def linear1 : Vec R → Vec R :=
  LipBridge.tokenwise 2 2 2 (LipBridge.linear 2 linear1_weight.entry (r 2) (fun _ => zero))

/-- Lip(linear1) ≤ √(P/Q) ≤ 2.28077641, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear1_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 4 4 (ofNat linear1_weight_T) (ofNat (Nat.mul linear1_weight_C (Nat.mul 2 2)))
      (linear1 r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2
    (LipBridge.linear_sqLipschitz linear1_weight_norm (hr 2 (Eq.refl true)) (fun _ => zero))

/-- `A`: values of `linear1` are at most A/B long, each token. -/
def linear1_A : Nat := 2448965019

/-- `B`: values of `linear1` are at most A/B long, each token. -/
def linear1_B : Nat := Nat.pow 2 29

/-- On the domain the values of `linear1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear1_boundedOn (hr : Reciprocals blocks_denominators r) :
    BoundedOn 2 2 (ofNat linear1_A) (ofNat linear1_B) (blocks_domain : Vec R → Prop)
      (fun x => linear1 r (from1 x)) :=
  LipBridge.BoundedOn.tokenwise (f := fun x => from1 x) from1_boundedOn
    (LipBridge.linear_normGain linear1_weight_norm (hr 2 (Eq.refl true))) (Eq.refl true)
    (Eq.refl true)

/-- Branch `scores1_branch1`: its layers in sequence. -/
noncomputable def scores1_branch1 : Vec R → Vec R := fun x => linear1 r (from1 x)

/-- `P`: Lip(scores1_branch1_state)² ≤ P/Q. -/
def scores1_branch1_state_P : Nat := Nat.mul 0 linear1_weight_T

/-- `Q`: Lip(scores1_branch1_state)² ≤ P/Q. -/
def scores1_branch1_state_Q : Nat := Nat.mul 1 (Nat.mul linear1_weight_C (Nat.mul 2 2))

/-- `scores1_branch1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_branch1_state_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat scores1_branch1_state_P) (ofNat scores1_branch1_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from1) (g := linear1 r) (from1_state_sqLipschitz z)
    (linear1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(scores1_branch1_state) ≤ N/D. -/
def scores1_branch1_state_N : Nat := 0

/-- `D`: Lip(scores1_branch1_state) ≤ N/D. -/
def scores1_branch1_state_D : Nat := 1

/-- Lip(scores1_branch1) ≤ 0 in `state`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch1_state_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 4 (ofNat scores1_branch1_state_N) (ofNat scores1_branch1_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch1_state_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores1_branch1_queries)² ≤ P/Q. -/
def scores1_branch1_queries_P : Nat := Nat.mul 1 linear1_weight_T

/-- `Q`: Lip(scores1_branch1_queries)² ≤ P/Q. -/
def scores1_branch1_queries_Q : Nat := Nat.mul 1 (Nat.mul linear1_weight_C (Nat.mul 2 2))

/-- `scores1_branch1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_branch1_queries_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat scores1_branch1_queries_P) (ofNat scores1_branch1_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from1) (g := linear1 r) (from1_queries_sqLipschitz z)
    (linear1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(scores1_branch1_queries) ≤ N/D. -/
def scores1_branch1_queries_N : Nat := 2448965019

/-- `D`: Lip(scores1_branch1_queries) ≤ N/D. -/
def scores1_branch1_queries_D : Nat := Nat.pow 2 30

/-- Lip(scores1_branch1) ≤ 2.28077641 in `queries`, exactly 2448965019/1073741824: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch1_queries_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 4 (ofNat scores1_branch1_queries_N) (ofNat scores1_branch1_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch1_queries_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores1_branch1_key)² ≤ P/Q. -/
def scores1_branch1_key_P : Nat := Nat.mul 0 linear1_weight_T

/-- `Q`: Lip(scores1_branch1_key)² ≤ P/Q. -/
def scores1_branch1_key_Q : Nat := Nat.mul 1 (Nat.mul linear1_weight_C (Nat.mul 2 2))

/-- `scores1_branch1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_branch1_key_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 4 (ofNat scores1_branch1_key_P) (ofNat scores1_branch1_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from1) (g := linear1 r) (from1_key_sqLipschitz z)
    (linear1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(scores1_branch1_key) ≤ N/D. -/
def scores1_branch1_key_N : Nat := 0

/-- `D`: Lip(scores1_branch1_key) ≤ N/D. -/
def scores1_branch1_key_D : Nat := 1

/-- Lip(scores1_branch1) ≤ 0 in `key`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch1_key_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 4 (ofNat scores1_branch1_key_N) (ofNat scores1_branch1_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch1_key_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- Layer `from2` (from, 9 → 2): the input key, entries 7 to 8 of the stacked inputs. -/
noncomputable def from2 : Vec R → Vec R := LipBridge.slice 7

/-- Lip(from2) ≤ √(P/Q) ≤ 0 in `state`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat 0) (ofNat 1) (Slice 9 0 3 blocks_domain z : Vec R → Prop)
      (from2 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from2) ≤ √(P/Q) ≤ 0 in `queries`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat 0) (ofNat 1) (Slice 9 3 4 blocks_domain z : Vec R → Prop)
      (from2 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from2) ≤ √(P/Q) ≤ 1 in `key`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat 1) (ofNat 1) (Slice 9 7 2 blocks_domain z : Vec R → Prop)
      (from2 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 7) (m := 2) (Eq.refl true)).on _

/-- `A`: values of `from2` are at most A/B long. -/
def from2_A : Nat := 1

/-- `B`: values of `from2` are at most A/B long. -/
def from2_B : Nat := 3

/-- On the domain the values of `from2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from2_boundedOn :
    BoundedOn 1 2 (ofNat from2_A) (ofNat from2_B) (blocks_domain : Vec R → Prop)
      (fun x => from2 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Branch `scores1_branch2`: its layers in sequence. -/
noncomputable def scores1_branch2 : Vec R → Vec R := fun x => from2 x

/-- `P`: Lip(scores1_branch2_state)² ≤ P/Q. -/
def scores1_branch2_state_P : Nat := 0

/-- `Q`: Lip(scores1_branch2_state)² ≤ P/Q. -/
def scores1_branch2_state_Q : Nat := 1

/-- `scores1_branch2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_branch2_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_branch2_state_P) (ofNat scores1_branch2_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores1_branch2 : Vec R → Vec R) :=
  from2_state_sqLipschitz z

/-- `N`: Lip(scores1_branch2_state) ≤ N/D. -/
def scores1_branch2_state_N : Nat := 0

/-- `D`: Lip(scores1_branch2_state) ≤ N/D. -/
def scores1_branch2_state_D : Nat := 1

/-- Lip(scores1_branch2) ≤ 0 in `state`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch2_state_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores1_branch2_state_N) (ofNat scores1_branch2_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores1_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch2_state_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores1_branch2_queries)² ≤ P/Q. -/
def scores1_branch2_queries_P : Nat := 0

/-- `Q`: Lip(scores1_branch2_queries)² ≤ P/Q. -/
def scores1_branch2_queries_Q : Nat := 1

/-- `scores1_branch2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_branch2_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_branch2_queries_P) (ofNat scores1_branch2_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores1_branch2 : Vec R → Vec R) :=
  from2_queries_sqLipschitz z

/-- `N`: Lip(scores1_branch2_queries) ≤ N/D. -/
def scores1_branch2_queries_N : Nat := 0

/-- `D`: Lip(scores1_branch2_queries) ≤ N/D. -/
def scores1_branch2_queries_D : Nat := 1

/-- Lip(scores1_branch2) ≤ 0 in `queries`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤
2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch2_queries_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores1_branch2_queries_N) (ofNat scores1_branch2_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores1_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch2_queries_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores1_branch2_key)² ≤ P/Q. -/
def scores1_branch2_key_P : Nat := 1

/-- `Q`: Lip(scores1_branch2_key)² ≤ P/Q. -/
def scores1_branch2_key_Q : Nat := 1

/-- `scores1_branch2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_branch2_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_branch2_key_P) (ofNat scores1_branch2_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores1_branch2 : Vec R → Vec R) :=
  from2_key_sqLipschitz z

/-- `N`: Lip(scores1_branch2_key) ≤ N/D. -/
def scores1_branch2_key_N : Nat := 1

/-- `D`: Lip(scores1_branch2_key) ≤ N/D. -/
def scores1_branch2_key_D : Nat := 1

/-- Lip(scores1_branch2) ≤ 1 in `key`, exactly 1/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores1_branch2_key_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores1_branch2_key_N) (ofNat scores1_branch2_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores1_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores1_branch2_key_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `scores1` (scores, 9 → 2): x ↦ the scores of the 2 tokens of scores1_branch1 against
scores1_branch2. -/
noncomputable def scores1 : Vec R → Vec R := LipBridge.scores 2 (scores1_branch1 r) scores1_branch2

/-- `P`: Lip(scores1_state)² ≤ P/Q. -/
def scores1_state_P : Nat := Nat.mul 0 0

/-- `Q`: Lip(scores1_state)² ≤ P/Q. -/
def scores1_state_Q : Nat := Nat.mul 1 1

/-- Lip(scores1) ≤ √(P/Q) ≤ 0 in `state`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_state_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_state_P) (ofNat scores1_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_still_lipschitzOn_ofNat (b := 2) (d := 2)
    (scores1_branch1_state_lipschitz r hr z) (scores1_branch2_state_lipschitz z))

/-- `P`: Lip(scores1_queries)² ≤ P/Q. -/
def scores1_queries_P : Nat :=
  Nat.mul (Nat.mul from2_A scores1_branch1_queries_N) (Nat.mul from2_A scores1_branch1_queries_N)

/-- `Q`: Lip(scores1_queries)² ≤ P/Q. -/
def scores1_queries_Q : Nat :=
  Nat.mul (Nat.mul from2_B scores1_branch1_queries_D) (Nat.mul from2_B scores1_branch1_queries_D)

/-- Lip(scores1) ≤ √(P/Q) ≤ 0.760258803 in `queries`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_queries_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_queries_P) (ofNat scores1_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_queries_lipschitzOn_ofNat (b := 2) (d := 2)
    (scores1_branch1_queries_lipschitz r hr z) (scores1_branch2_queries_lipschitz z)
    (from2_boundedOn.mono (fun _ h => h.left)))

/-- `P`: Lip(scores1_key)² ≤ P/Q. -/
def scores1_key_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul 759250125 linear1_A) scores1_branch2_key_N)
    (Nat.mul (Nat.mul 759250125 linear1_A) scores1_branch2_key_N)

/-- `Q`: Lip(scores1_key)² ≤ P/Q. -/
def scores1_key_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.pow 2 29) linear1_B) scores1_branch2_key_D)
    (Nat.mul (Nat.mul (Nat.pow 2 29) linear1_B) scores1_branch2_key_D)

/-- Lip(scores1) ≤ √(P/Q) ≤ 6.45100986 in `key`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores1_key_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores1_key_P) (ofNat scores1_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_key_lipschitzOn_ofNat (b := 2) (d := 2)
    (scores1_branch1_key_lipschitz r hr z) (scores1_branch2_key_lipschitz z)
    ((LipBridge.BoundedOn.whole (A' := Nat.mul 759250125 linear1_A)
      (B' := Nat.mul (Nat.pow 2 29) linear1_B) (linear1_boundedOn r hr) (Eq.refl true)
      (Eq.refl true)).mono (fun _ h => h.left)))

/-- Branch `concat1_branch1`: its layers in sequence. -/
noncomputable def concat1_branch1 : Vec R → Vec R := fun x => scores1 r x

/-- `P`: Lip(concat1_branch1_state)² ≤ P/Q. -/
def concat1_branch1_state_P : Nat := scores1_state_P

/-- `Q`: Lip(concat1_branch1_state)² ≤ P/Q. -/
def concat1_branch1_state_Q : Nat := scores1_state_Q

/-- `concat1_branch1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch1_state_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch1_state_P) (ofNat concat1_branch1_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  scores1_state_sqLipschitz r hr z

/-- `N`: Lip(concat1_branch1_state) ≤ N/D. -/
def concat1_branch1_state_N : Nat := 0

/-- `D`: Lip(concat1_branch1_state) ≤ N/D. -/
def concat1_branch1_state_D : Nat := 1

/-- Lip(concat1_branch1) ≤ 0 in `state`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_state_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch1_state_N) (ofNat concat1_branch1_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_state_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch1_queries)² ≤ P/Q. -/
def concat1_branch1_queries_P : Nat := scores1_queries_P

/-- `Q`: Lip(concat1_branch1_queries)² ≤ P/Q. -/
def concat1_branch1_queries_Q : Nat := scores1_queries_Q

/-- `concat1_branch1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch1_queries_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch1_queries_P) (ofNat concat1_branch1_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  scores1_queries_sqLipschitz r hr z

/-- `N`: Lip(concat1_branch1_queries) ≤ N/D. -/
def concat1_branch1_queries_N : Nat := 816321673

/-- `D`: Lip(concat1_branch1_queries) ≤ N/D. -/
def concat1_branch1_queries_D : Nat := Nat.pow 2 30

/-- Lip(concat1_branch1) ≤ 0.760258803 in `queries`, exactly 816321673/1073741824: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_queries_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch1_queries_N) (ofNat concat1_branch1_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_queries_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch1_key)² ≤ P/Q. -/
def concat1_branch1_key_P : Nat := scores1_key_P

/-- `Q`: Lip(concat1_branch1_key)² ≤ P/Q. -/
def concat1_branch1_key_Q : Nat := scores1_key_Q

/-- `concat1_branch1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch1_key_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch1_key_P) (ofNat concat1_branch1_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  scores1_key_sqLipschitz r hr z

/-- `N`: Lip(concat1_branch1_key) ≤ N/D. -/
def concat1_branch1_key_N : Nat := 432919943

/-- `D`: Lip(concat1_branch1_key) ≤ N/D. -/
def concat1_branch1_key_D : Nat := Nat.pow 2 26

/-- Lip(concat1_branch1) ≤ 6.45100986 in `key`, exactly 432919943/67108864: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_key_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch1_key_N) (ofNat concat1_branch1_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_key_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- Layer `linear2` (linear, 3 → 2): x ↦ Wx, W is 2×3. `linear2_weight`: integers, from the spec. -/
noncomputable def linear2 : Vec R → Vec R :=
  LipBridge.linear 3 linear2_weight.entry one (fun _ => zero)

/-- Lip(linear2) ≤ √(P/Q) ≤ 2.44948975, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear2_sqLipschitz :
    SqLipschitz 3 2 (ofNat linear2_weight_T) (ofNat (Nat.mul linear2_weight_C (Nat.mul 1 1)))
      (linear2 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear2_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Branch `concat2_branch1`: its layers in sequence. -/
noncomputable def concat2_branch1 : Vec R → Vec R := fun x => linear2 x

/-- `P`: Lip(concat2_branch1)² ≤ P/Q. -/
def concat2_branch1_P : Nat := linear2_weight_T

/-- `Q`: Lip(concat2_branch1)² ≤ P/Q. -/
def concat2_branch1_Q : Nat := Nat.mul linear2_weight_C (Nat.mul 1 1)

/-- `concat2_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_branch1_sqLipschitz :
    SqLipschitz 3 2 (ofNat concat2_branch1_P) (ofNat concat2_branch1_Q)
      (concat2_branch1 : Vec R → Vec R) :=
  linear2_sqLipschitz

/-- `N`: Lip(concat2_branch1) ≤ N/D. -/
def concat2_branch1_N : Nat := 5260239169

/-- `D`: Lip(concat2_branch1) ≤ N/D. -/
def concat2_branch1_D : Nat := Nat.pow 2 31

/-- Lip(concat2_branch1) ≤ 2.44948975, exactly 5260239169/2147483648: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch1_lipschitz :
    Lipschitz 3 2 (ofNat concat2_branch1_N) (ofNat concat2_branch1_D)
      (concat2_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq concat2_branch1_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `linear3` (linear, 3 → 4): x ↦ Wx, W is 4×3. `linear3_weight`: integers over 3, from the
spec. -/
noncomputable def linear3 : Vec R → Vec R :=
  LipBridge.linear 3 linear3_weight.entry (r 3) (fun _ => zero)

/-- Lip(linear3) ≤ √(P/Q) ≤ 1.76383421, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear3_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 4 (ofNat linear3_weight_T) (ofNat (Nat.mul linear3_weight_C (Nat.mul 3 3)))
      (linear3 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear3_weight_norm (hr 3 (Eq.refl true)) (fun _ => zero)

/-- Branch `concat2_branch2`: its layers in sequence. -/
noncomputable def concat2_branch2 : Vec R → Vec R := fun x => linear3 r x

/-- `P`: Lip(concat2_branch2)² ≤ P/Q. -/
def concat2_branch2_P : Nat := linear3_weight_T

/-- `Q`: Lip(concat2_branch2)² ≤ P/Q. -/
def concat2_branch2_Q : Nat := Nat.mul linear3_weight_C (Nat.mul 3 3)

/-- `concat2_branch2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_branch2_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 4 (ofNat concat2_branch2_P) (ofNat concat2_branch2_Q)
      (concat2_branch2 r : Vec R → Vec R) :=
  linear3_sqLipschitz r hr

/-- `N`: Lip(concat2_branch2) ≤ N/D. -/
def concat2_branch2_N : Nat := 3787805119

/-- `D`: Lip(concat2_branch2) ≤ N/D. -/
def concat2_branch2_D : Nat := Nat.pow 2 31

/-- Lip(concat2_branch2) ≤ 1.76383421, exactly 3787805119/2147483648: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch2_lipschitz (hr : Reciprocals blocks_denominators r) :
    Lipschitz 3 4 (ofNat concat2_branch2_N) (ofNat concat2_branch2_D)
      (concat2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch2_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `from3` (from, 9 → 3): the input state, entries 0 to 2 of the stacked inputs. -/
noncomputable def from3 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from3) ≤ √(P/Q) ≤ 1 in `state`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 1) (ofNat 1) (Slice 9 0 3 blocks_domain z : Vec R → Prop)
      (from3 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Lip(from3) ≤ √(P/Q) ≤ 0 in `queries`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 0) (ofNat 1) (Slice 9 3 4 blocks_domain z : Vec R → Prop)
      (from3 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Lip(from3) ≤ √(P/Q) ≤ 0 in `key`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 0) (ofNat 1) (Slice 9 7 2 blocks_domain z : Vec R → Prop)
      (from3 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from3` are at most A/B long. -/
def from3_A : Nat := 3

/-- `B`: values of `from3` are at most A/B long. -/
def from3_B : Nat := 2

/-- On the domain the values of `from3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from3_boundedOn :
    BoundedOn 1 3 (ofNat from3_A) (ofNat from3_B) (blocks_domain : Vec R → Prop)
      (fun x => from3 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `concat2` (concat, 3 → 6): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat2 : Vec R → Vec R := LipBridge.concat 2 concat2_branch1 (concat2_branch2 r)

/-- `P`: Lip(concat2)² ≤ P/Q. -/
def concat2_P : Nat :=
  Nat.add (Nat.mul concat2_branch1_P concat2_branch2_Q)
    (Nat.mul concat2_branch2_P concat2_branch1_Q)

/-- `Q`: Lip(concat2)² ≤ P/Q. -/
def concat2_Q : Nat := Nat.mul concat2_branch1_Q concat2_branch2_Q

/-- Lip(concat2) ≤ √(P/Q) ≤ 3.01846172, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 6 (ofNat concat2_P) (ofNat concat2_Q) (concat2 r : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat concat2_branch1_sqLipschitz (concat2_branch2_sqLipschitz r hr)

/-- `A`: values of `concat2` are at most A/B long. -/
def concat2_A : Nat := 9723145757

/-- `B`: values of `concat2` are at most A/B long. -/
def concat2_B : Nat := Nat.pow 2 31

/-- On the domain the values of `concat2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem concat2_boundedOn (hr : Reciprocals blocks_denominators r) :
    BoundedOn 1 6 (ofNat concat2_A) (ofNat concat2_B) (blocks_domain : Vec R → Prop)
      (fun x => concat2 r (from3 x)) :=
  LipBridge.BoundedOn.then (f := fun x => from3 x) (g := concat2 r) from3_boundedOn
    (LipBridge.NormGain.concat (LipBridge.linear_normGain linear2_weight_norm
      LipBridge.ofNat_one_mul_one)
      (LipBridge.linear_normGain linear3_weight_norm (hr 3 (Eq.refl true)))) (Eq.refl true)
    (Eq.refl true)

/-- Layer `split1` (split, 6 → 6): the 6 entries as 3 tokens of dimension 2. -/
noncomputable def split1 : Vec R → Vec R := LipBridge.split 3 2

/-- Lip(split1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem split1_sqLipschitz :
    SqLipschitz 6 6 (ofNat 1) (ofNat 1) (split1 : Vec R → Vec R) :=
  LipBridge.split_sqLipschitz 3 2

/-- `A`: values of `split1` are at most A/B long. -/
def split1_A : Nat := 9723145757

/-- `B`: values of `split1` are at most A/B long. -/
def split1_B : Nat := Nat.pow 2 31

/-- On the domain the values of `split1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem split1_boundedOn (hr : Reciprocals blocks_denominators r) :
    BoundedOn 1 6 (ofNat split1_A) (ofNat split1_B) (blocks_domain : Vec R → Prop)
      (fun x => split1 (concat2 r (from3 x))) :=
  LipBridge.BoundedOn.then (f := fun x => concat2 r (from3 x)) (g := split1)
    (concat2_boundedOn r hr) (LipBridge.split_normGain 3 2) (Eq.refl true) (Eq.refl true)

/-- Branch `scores2_branch1`: its layers in sequence. -/
noncomputable def scores2_branch1 : Vec R → Vec R := fun x => split1 (concat2 r (from3 x))

/-- `P`: Lip(scores2_branch1_state)² ≤ P/Q. -/
def scores2_branch1_state_P : Nat := Nat.mul (Nat.mul 1 concat2_P) 1

/-- `Q`: Lip(scores2_branch1_state)² ≤ P/Q. -/
def scores2_branch1_state_Q : Nat := Nat.mul (Nat.mul 1 concat2_Q) 1

/-- `scores2_branch1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_branch1_state_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 6 (ofNat scores2_branch1_state_P) (ofNat scores2_branch1_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores2_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => concat2 r (from3 x)) (g := split1)
    (SqLipschitzOn.comp_ofNat (f := from3) (g := concat2 r) (from3_state_sqLipschitz z)
      (concat2_sqLipschitz r hr) (fun _ _ => True.intro)) split1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(scores2_branch1_state) ≤ N/D. -/
def scores2_branch1_state_N : Nat := 1620524293

/-- `D`: Lip(scores2_branch1_state) ≤ N/D. -/
def scores2_branch1_state_D : Nat := Nat.pow 2 29

/-- Lip(scores2_branch1) ≤ 3.01846172 in `state`, exactly 1620524293/536870912: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch1_state_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 6 (ofNat scores2_branch1_state_N) (ofNat scores2_branch1_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch1_state_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores2_branch1_queries)² ≤ P/Q. -/
def scores2_branch1_queries_P : Nat := Nat.mul (Nat.mul 0 concat2_P) 1

/-- `Q`: Lip(scores2_branch1_queries)² ≤ P/Q. -/
def scores2_branch1_queries_Q : Nat := Nat.mul (Nat.mul 1 concat2_Q) 1

/-- `scores2_branch1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_branch1_queries_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 6 (ofNat scores2_branch1_queries_P) (ofNat scores2_branch1_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores2_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => concat2 r (from3 x)) (g := split1)
    (SqLipschitzOn.comp_ofNat (f := from3) (g := concat2 r) (from3_queries_sqLipschitz z)
      (concat2_sqLipschitz r hr) (fun _ _ => True.intro)) split1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(scores2_branch1_queries) ≤ N/D. -/
def scores2_branch1_queries_N : Nat := 0

/-- `D`: Lip(scores2_branch1_queries) ≤ N/D. -/
def scores2_branch1_queries_D : Nat := 1

/-- Lip(scores2_branch1) ≤ 0 in `queries`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤
2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch1_queries_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 6 (ofNat scores2_branch1_queries_N) (ofNat scores2_branch1_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch1_queries_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores2_branch1_key)² ≤ P/Q. -/
def scores2_branch1_key_P : Nat := Nat.mul (Nat.mul 0 concat2_P) 1

/-- `Q`: Lip(scores2_branch1_key)² ≤ P/Q. -/
def scores2_branch1_key_Q : Nat := Nat.mul (Nat.mul 1 concat2_Q) 1

/-- `scores2_branch1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_branch1_key_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 6 (ofNat scores2_branch1_key_P) (ofNat scores2_branch1_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores2_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => concat2 r (from3 x)) (g := split1)
    (SqLipschitzOn.comp_ofNat (f := from3) (g := concat2 r) (from3_key_sqLipschitz z)
      (concat2_sqLipschitz r hr) (fun _ _ => True.intro)) split1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(scores2_branch1_key) ≤ N/D. -/
def scores2_branch1_key_N : Nat := 0

/-- `D`: Lip(scores2_branch1_key) ≤ N/D. -/
def scores2_branch1_key_D : Nat := 1

/-- Lip(scores2_branch1) ≤ 0 in `key`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch1_key_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 6 (ofNat scores2_branch1_key_N) (ofNat scores2_branch1_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores2_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch1_key_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- Layer `from4` (from, 9 → 2): the input key, entries 7 to 8 of the stacked inputs. -/
noncomputable def from4 : Vec R → Vec R := LipBridge.slice 7

/-- Lip(from4) ≤ √(P/Q) ≤ 0 in `state`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat 0) (ofNat 1) (Slice 9 0 3 blocks_domain z : Vec R → Prop)
      (from4 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from4) ≤ √(P/Q) ≤ 0 in `queries`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat 0) (ofNat 1) (Slice 9 3 4 blocks_domain z : Vec R → Prop)
      (from4 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from4) ≤ √(P/Q) ≤ 1 in `key`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat 1) (ofNat 1) (Slice 9 7 2 blocks_domain z : Vec R → Prop)
      (from4 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 7) (m := 2) (Eq.refl true)).on _

/-- `A`: values of `from4` are at most A/B long. -/
def from4_A : Nat := 1

/-- `B`: values of `from4` are at most A/B long. -/
def from4_B : Nat := 3

/-- On the domain the values of `from4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from4_boundedOn :
    BoundedOn 1 2 (ofNat from4_A) (ofNat from4_B) (blocks_domain : Vec R → Prop)
      (fun x => from4 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Layer `linear4` (linear, 2 → 2): x ↦ Wx + b, W is 2×2. `linear4_weight`: integers, from the
spec. `linear4_bias`: integers times 2^-1, from the spec. -/
noncomputable def linear4 : Vec R → Vec R :=
  LipBridge.linear 2 linear4_weight.entry one (fun i => mul (ofInt (linear4_bias.entry 0 i)) (r 2))

/-- Lip(linear4) ≤ √(P/Q) ≤ 1.41421357, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear4_sqLipschitz :
    SqLipschitz 2 2 (ofNat linear4_weight_T) (ofNat (Nat.mul linear4_weight_C (Nat.mul 1 1)))
      (linear4 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear4_weight_norm LipBridge.ofNat_one_mul_one
    (fun i => mul (ofInt (linear4_bias.entry 0 i)) (r 2))

/-- `A`: values of `linear4` are at most A/B long. -/
def linear4_A : Nat := Nat.add (Nat.mul 253083375 2) (Nat.mul 1 (Nat.pow 2 29))

/-- `B`: values of `linear4` are at most A/B long. -/
def linear4_B : Nat := Nat.mul (Nat.pow 2 29) 2

/-- On the domain the values of `linear4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear4_boundedOn (hr : Reciprocals blocks_denominators r) :
    BoundedOn 1 2 (ofNat linear4_A) (ofNat linear4_B) (blocks_domain : Vec R → Prop)
      (fun x => linear4 r (from4 x)) :=
  LipBridge.BoundedOn.linear (f := fun x => from4 x) (N := 253083375) (D := Nat.pow 2 29)
    from4_boundedOn linear4_weight_norm LipBridge.ofNat_one_mul_one
    (LipBridge.bias_normSq (P := 1) (A := 1) (B := 2) (hr 2 (Eq.refl true)) (Eq.refl true)
      (Eq.refl true)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- Branch `scores2_branch2`: its layers in sequence. -/
noncomputable def scores2_branch2 : Vec R → Vec R := fun x => linear4 r (from4 x)

/-- `P`: Lip(scores2_branch2_state)² ≤ P/Q. -/
def scores2_branch2_state_P : Nat := Nat.mul 0 linear4_weight_T

/-- `Q`: Lip(scores2_branch2_state)² ≤ P/Q. -/
def scores2_branch2_state_Q : Nat := Nat.mul 1 (Nat.mul linear4_weight_C (Nat.mul 1 1))

/-- `scores2_branch2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_branch2_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores2_branch2_state_P) (ofNat scores2_branch2_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores2_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from4) (g := linear4 r) (from4_state_sqLipschitz z)
    (linear4_sqLipschitz r) (fun _ _ => True.intro)

/-- `N`: Lip(scores2_branch2_state) ≤ N/D. -/
def scores2_branch2_state_N : Nat := 0

/-- `D`: Lip(scores2_branch2_state) ≤ N/D. -/
def scores2_branch2_state_D : Nat := 1

/-- Lip(scores2_branch2) ≤ 0 in `state`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch2_state_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores2_branch2_state_N) (ofNat scores2_branch2_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch2_state_sqLipschitz r z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores2_branch2_queries)² ≤ P/Q. -/
def scores2_branch2_queries_P : Nat := Nat.mul 0 linear4_weight_T

/-- `Q`: Lip(scores2_branch2_queries)² ≤ P/Q. -/
def scores2_branch2_queries_Q : Nat := Nat.mul 1 (Nat.mul linear4_weight_C (Nat.mul 1 1))

/-- `scores2_branch2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_branch2_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores2_branch2_queries_P) (ofNat scores2_branch2_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores2_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from4) (g := linear4 r) (from4_queries_sqLipschitz z)
    (linear4_sqLipschitz r) (fun _ _ => True.intro)

/-- `N`: Lip(scores2_branch2_queries) ≤ N/D. -/
def scores2_branch2_queries_N : Nat := 0

/-- `D`: Lip(scores2_branch2_queries) ≤ N/D. -/
def scores2_branch2_queries_D : Nat := 1

/-- Lip(scores2_branch2) ≤ 0 in `queries`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤
2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch2_queries_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores2_branch2_queries_N) (ofNat scores2_branch2_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch2_queries_sqLipschitz r z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores2_branch2_key)² ≤ P/Q. -/
def scores2_branch2_key_P : Nat := Nat.mul 1 linear4_weight_T

/-- `Q`: Lip(scores2_branch2_key)² ≤ P/Q. -/
def scores2_branch2_key_Q : Nat := Nat.mul 1 (Nat.mul linear4_weight_C (Nat.mul 1 1))

/-- `scores2_branch2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_branch2_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores2_branch2_key_P) (ofNat scores2_branch2_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores2_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from4) (g := linear4 r) (from4_key_sqLipschitz z)
    (linear4_sqLipschitz r) (fun _ _ => True.intro)

/-- `N`: Lip(scores2_branch2_key) ≤ N/D. -/
def scores2_branch2_key_N : Nat := 759250125

/-- `D`: Lip(scores2_branch2_key) ≤ N/D. -/
def scores2_branch2_key_D : Nat := Nat.pow 2 29

/-- Lip(scores2_branch2) ≤ 1.41421357 in `key`, exactly 759250125/536870912: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores2_branch2_key_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores2_branch2_key_N) (ofNat scores2_branch2_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores2_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores2_branch2_key_sqLipschitz r z) (Eq.refl true) (Eq.refl true)

/-- Layer `scores2` (scores, 9 → 3): x ↦ the scores of the 3 tokens of scores2_branch1 against
scores2_branch2. -/
noncomputable def scores2 : Vec R → Vec R :=
  LipBridge.scores 2 (scores2_branch1 r) (scores2_branch2 r)

/-- `P`: Lip(scores2_state)² ≤ P/Q. -/
def scores2_state_P : Nat :=
  Nat.mul (Nat.mul linear4_A scores2_branch1_state_N) (Nat.mul linear4_A scores2_branch1_state_N)

/-- `Q`: Lip(scores2_state)² ≤ P/Q. -/
def scores2_state_Q : Nat :=
  Nat.mul (Nat.mul linear4_B scores2_branch1_state_D) (Nat.mul linear4_B scores2_branch1_state_D)

/-- Lip(scores2) ≤ √(P/Q) ≤ 2.93214736 in `state`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_state_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat scores2_state_P) (ofNat scores2_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores2 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_queries_lipschitzOn_ofNat (b := 3) (d := 2)
    (scores2_branch1_state_lipschitz r hr z) (scores2_branch2_state_lipschitz r z)
    ((linear4_boundedOn r hr).mono (fun _ h => h.left)))

/-- `P`: Lip(scores2_queries)² ≤ P/Q. -/
def scores2_queries_P : Nat := Nat.mul 0 0

/-- `Q`: Lip(scores2_queries)² ≤ P/Q. -/
def scores2_queries_Q : Nat := Nat.mul 1 1

/-- Lip(scores2) ≤ √(P/Q) ≤ 0 in `queries`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_queries_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat scores2_queries_P) (ofNat scores2_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores2 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_still_lipschitzOn_ofNat (b := 3) (d := 2)
    (scores2_branch1_queries_lipschitz r hr z) (scores2_branch2_queries_lipschitz r z))

/-- `P`: Lip(scores2_key)² ≤ P/Q. -/
def scores2_key_P : Nat :=
  Nat.mul (Nat.mul split1_A scores2_branch2_key_N) (Nat.mul split1_A scores2_branch2_key_N)

/-- `Q`: Lip(scores2_key)² ≤ P/Q. -/
def scores2_key_Q : Nat :=
  Nat.mul (Nat.mul split1_B scores2_branch2_key_D) (Nat.mul split1_B scores2_branch2_key_D)

/-- Lip(scores2) ≤ √(P/Q) ≤ 6.40312424 in `key`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores2_key_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat scores2_key_P) (ofNat scores2_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores2 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_key_lipschitzOn_ofNat (b := 3) (d := 2)
    (scores2_branch1_key_lipschitz r hr z) (scores2_branch2_key_lipschitz r z)
    ((split1_boundedOn r hr).mono (fun _ h => h.left)))

/-- Layer `relu1` (relu, 3 → 3): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 3 3 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 3

/-- Branch `concat1_branch2`: its layers in sequence. -/
noncomputable def concat1_branch2 : Vec R → Vec R := fun x => relu1 (scores2 r x)

/-- `P`: Lip(concat1_branch2_state)² ≤ P/Q. -/
def concat1_branch2_state_P : Nat := Nat.mul scores2_state_P 1

/-- `Q`: Lip(concat1_branch2_state)² ≤ P/Q. -/
def concat1_branch2_state_Q : Nat := Nat.mul scores2_state_Q 1

/-- `concat1_branch2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch2_state_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat concat1_branch2_state_P) (ofNat concat1_branch2_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := scores2 r) (g := relu1) (scores2_state_sqLipschitz r hr z)
    relu1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(concat1_branch2_state) ≤ N/D. -/
def concat1_branch2_state_N : Nat := 3148369249

/-- `D`: Lip(concat1_branch2_state) ≤ N/D. -/
def concat1_branch2_state_D : Nat := Nat.pow 2 30

/-- Lip(concat1_branch2) ≤ 2.93214736 in `state`, exactly 3148369249/1073741824: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_state_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 3 (ofNat concat1_branch2_state_N) (ofNat concat1_branch2_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_state_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch2_queries)² ≤ P/Q. -/
def concat1_branch2_queries_P : Nat := Nat.mul scores2_queries_P 1

/-- `Q`: Lip(concat1_branch2_queries)² ≤ P/Q. -/
def concat1_branch2_queries_Q : Nat := Nat.mul scores2_queries_Q 1

/-- `concat1_branch2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch2_queries_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat concat1_branch2_queries_P) (ofNat concat1_branch2_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := scores2 r) (g := relu1) (scores2_queries_sqLipschitz r hr z)
    relu1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(concat1_branch2_queries) ≤ N/D. -/
def concat1_branch2_queries_N : Nat := 0

/-- `D`: Lip(concat1_branch2_queries) ≤ N/D. -/
def concat1_branch2_queries_D : Nat := 1

/-- Lip(concat1_branch2) ≤ 0 in `queries`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤
2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_queries_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 3 (ofNat concat1_branch2_queries_N) (ofNat concat1_branch2_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_queries_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch2_key)² ≤ P/Q. -/
def concat1_branch2_key_P : Nat := Nat.mul scores2_key_P 1

/-- `Q`: Lip(concat1_branch2_key)² ≤ P/Q. -/
def concat1_branch2_key_Q : Nat := Nat.mul scores2_key_Q 1

/-- `concat1_branch2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch2_key_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat concat1_branch2_key_P) (ofNat concat1_branch2_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := scores2 r) (g := relu1) (scores2_key_sqLipschitz r hr z)
    relu1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(concat1_branch2_key) ≤ N/D. -/
def concat1_branch2_key_N : Nat := 1718825575

/-- `D`: Lip(concat1_branch2_key) ≤ N/D. -/
def concat1_branch2_key_D : Nat := Nat.pow 2 28

/-- Lip(concat1_branch2) ≤ 6.40312424 in `key`, exactly 1718825575/268435456: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_key_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 3 (ofNat concat1_branch2_key_N) (ofNat concat1_branch2_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_key_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- Layer `from5` (from, 9 → 3): the input state, entries 0 to 2 of the stacked inputs. -/
noncomputable def from5 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from5) ≤ √(P/Q) ≤ 1 in `state`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 1) (ofNat 1) (Slice 9 0 3 blocks_domain z : Vec R → Prop)
      (from5 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Lip(from5) ≤ √(P/Q) ≤ 0 in `queries`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 0) (ofNat 1) (Slice 9 3 4 blocks_domain z : Vec R → Prop)
      (from5 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Lip(from5) ≤ √(P/Q) ≤ 0 in `key`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 0) (ofNat 1) (Slice 9 7 2 blocks_domain z : Vec R → Prop)
      (from5 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from5` are at most A/B long. -/
def from5_A : Nat := 3

/-- `B`: values of `from5` are at most A/B long. -/
def from5_B : Nat := 2

/-- On the domain the values of `from5`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from5_boundedOn :
    BoundedOn 1 3 (ofNat from5_A) (ofNat from5_B) (blocks_domain : Vec R → Prop)
      (fun x => from5 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `linear5` (linear, 3 → 4): x ↦ Wx, W is 4×3. `linear5_weight`: integers, from the spec. -/
noncomputable def linear5 : Vec R → Vec R :=
  LipBridge.linear 3 linear5_weight.entry one (fun _ => zero)

/-- Lip(linear5) ≤ √(P/Q) ≤ 2, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear5_sqLipschitz :
    SqLipschitz 3 4 (ofNat linear5_weight_T) (ofNat (Nat.mul linear5_weight_C (Nat.mul 1 1)))
      (linear5 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear5_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `linear5` are at most A/B long. -/
def linear5_A : Nat := 3

/-- `B`: values of `linear5` are at most A/B long. -/
def linear5_B : Nat := 1

/-- On the domain the values of `linear5`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear5_boundedOn :
    BoundedOn 1 4 (ofNat linear5_A) (ofNat linear5_B) (blocks_domain : Vec R → Prop)
      (fun x => linear5 (from5 x)) :=
  LipBridge.BoundedOn.then (f := fun x => from5 x) (g := linear5) from5_boundedOn
    (LipBridge.linear_normGain linear5_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Layer `split2` (split, 4 → 4): the 4 entries as 2 tokens of dimension 2. -/
noncomputable def split2 : Vec R → Vec R := LipBridge.split 2 2

/-- Lip(split2) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem split2_sqLipschitz :
    SqLipschitz 4 4 (ofNat 1) (ofNat 1) (split2 : Vec R → Vec R) :=
  LipBridge.split_sqLipschitz 2 2

/-- `A`: values of `split2` are at most A/B long. -/
def split2_A : Nat := 3

/-- `B`: values of `split2` are at most A/B long. -/
def split2_B : Nat := 1

/-- On the domain the values of `split2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem split2_boundedOn :
    BoundedOn 1 4 (ofNat split2_A) (ofNat split2_B) (blocks_domain : Vec R → Prop)
      (fun x => split2 (linear5 (from5 x))) :=
  LipBridge.BoundedOn.then (f := fun x => linear5 (from5 x)) (g := split2) linear5_boundedOn
    (LipBridge.split_normGain 2 2) (Eq.refl true) (Eq.refl true)

/-- Layer `linear6` (linear, 4 → 2): x ↦ Wx, W is 1×2, on each of 2 tokens. `linear6_weight`:
integers, from the spec. -/
noncomputable def linear6 : Vec R → Vec R :=
  LipBridge.tokenwise 2 2 1 (LipBridge.linear 2 linear6_weight.entry one (fun _ => zero))

/-- Lip(linear6) ≤ √(P/Q) ≤ 1.41421357, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear6_sqLipschitz :
    SqLipschitz 4 2 (ofNat linear6_weight_T) (ofNat (Nat.mul linear6_weight_C (Nat.mul 1 1)))
      (linear6 : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2
    (LipBridge.linear_sqLipschitz linear6_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero))

/-- `A`: values of `linear6` are at most A/B long, each token. -/
def linear6_A : Nat := 2277750375

/-- `B`: values of `linear6` are at most A/B long, each token. -/
def linear6_B : Nat := Nat.pow 2 29

/-- On the domain the values of `linear6`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear6_boundedOn :
    BoundedOn 2 1 (ofNat linear6_A) (ofNat linear6_B) (blocks_domain : Vec R → Prop)
      (fun x => linear6 (split2 (linear5 (from5 x)))) :=
  LipBridge.BoundedOn.tokenwise (f := fun x => split2 (linear5 (from5 x)))
    (LipBridge.BoundedOn.tokens (b := 2) (m := 2) split2_boundedOn)
    (LipBridge.linear_normGain linear6_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Branch `scores3_branch1`: its layers in sequence. -/
noncomputable def scores3_branch1 : Vec R → Vec R := fun x => linear6 (split2 (linear5 (from5 x)))

/-- `P`: Lip(scores3_branch1_state)² ≤ P/Q. -/
def scores3_branch1_state_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 linear5_weight_T) 1) linear6_weight_T

/-- `Q`: Lip(scores3_branch1_state)² ≤ P/Q. -/
def scores3_branch1_state_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul linear5_weight_C (Nat.mul 1 1))) 1)
    (Nat.mul linear6_weight_C (Nat.mul 1 1))

/-- `scores3_branch1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_branch1_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_branch1_state_P) (ofNat scores3_branch1_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores3_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => split2 (linear5 (from5 x))) (g := linear6)
    (SqLipschitzOn.comp_ofNat (f := fun x => linear5 (from5 x)) (g := split2)
      (SqLipschitzOn.comp_ofNat (f := from5) (g := linear5) (from5_state_sqLipschitz z)
        linear5_sqLipschitz (fun _ _ => True.intro)) split2_sqLipschitz (fun _ _ => True.intro))
    linear6_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(scores3_branch1_state) ≤ N/D. -/
def scores3_branch1_state_N : Nat := 759250125

/-- `D`: Lip(scores3_branch1_state) ≤ N/D. -/
def scores3_branch1_state_D : Nat := Nat.pow 2 28

/-- Lip(scores3_branch1) ≤ 2.82842713 in `state`, exactly 759250125/268435456: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch1_state_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores3_branch1_state_N) (ofNat scores3_branch1_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores3_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch1_state_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores3_branch1_queries)² ≤ P/Q. -/
def scores3_branch1_queries_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul 0 linear5_weight_T) 1) linear6_weight_T

/-- `Q`: Lip(scores3_branch1_queries)² ≤ P/Q. -/
def scores3_branch1_queries_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul linear5_weight_C (Nat.mul 1 1))) 1)
    (Nat.mul linear6_weight_C (Nat.mul 1 1))

/-- `scores3_branch1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_branch1_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_branch1_queries_P) (ofNat scores3_branch1_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores3_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => split2 (linear5 (from5 x))) (g := linear6)
    (SqLipschitzOn.comp_ofNat (f := fun x => linear5 (from5 x)) (g := split2)
      (SqLipschitzOn.comp_ofNat (f := from5) (g := linear5) (from5_queries_sqLipschitz z)
        linear5_sqLipschitz (fun _ _ => True.intro)) split2_sqLipschitz (fun _ _ => True.intro))
    linear6_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(scores3_branch1_queries) ≤ N/D. -/
def scores3_branch1_queries_N : Nat := 0

/-- `D`: Lip(scores3_branch1_queries) ≤ N/D. -/
def scores3_branch1_queries_D : Nat := 1

/-- Lip(scores3_branch1) ≤ 0 in `queries`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤
2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch1_queries_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores3_branch1_queries_N) (ofNat scores3_branch1_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores3_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch1_queries_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores3_branch1_key)² ≤ P/Q. -/
def scores3_branch1_key_P : Nat := Nat.mul (Nat.mul (Nat.mul 0 linear5_weight_T) 1) linear6_weight_T

/-- `Q`: Lip(scores3_branch1_key)² ≤ P/Q. -/
def scores3_branch1_key_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul linear5_weight_C (Nat.mul 1 1))) 1)
    (Nat.mul linear6_weight_C (Nat.mul 1 1))

/-- `scores3_branch1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_branch1_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_branch1_key_P) (ofNat scores3_branch1_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores3_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => split2 (linear5 (from5 x))) (g := linear6)
    (SqLipschitzOn.comp_ofNat (f := fun x => linear5 (from5 x)) (g := split2)
      (SqLipschitzOn.comp_ofNat (f := from5) (g := linear5) (from5_key_sqLipschitz z)
        linear5_sqLipschitz (fun _ _ => True.intro)) split2_sqLipschitz (fun _ _ => True.intro))
    linear6_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(scores3_branch1_key) ≤ N/D. -/
def scores3_branch1_key_N : Nat := 0

/-- `D`: Lip(scores3_branch1_key) ≤ N/D. -/
def scores3_branch1_key_D : Nat := 1

/-- Lip(scores3_branch1) ≤ 0 in `key`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch1_key_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat scores3_branch1_key_N) (ofNat scores3_branch1_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores3_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch1_key_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `from6` (from, 9 → 3): the input state, entries 0 to 2 of the stacked inputs. -/
noncomputable def from6 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from6) ≤ √(P/Q) ≤ 1 in `state`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 1) (ofNat 1) (Slice 9 0 3 blocks_domain z : Vec R → Prop)
      (from6 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Lip(from6) ≤ √(P/Q) ≤ 0 in `queries`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 0) (ofNat 1) (Slice 9 3 4 blocks_domain z : Vec R → Prop)
      (from6 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Lip(from6) ≤ √(P/Q) ≤ 0 in `key`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 0) (ofNat 1) (Slice 9 7 2 blocks_domain z : Vec R → Prop)
      (from6 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from6` are at most A/B long. -/
def from6_A : Nat := 3

/-- `B`: values of `from6` are at most A/B long. -/
def from6_B : Nat := 2

/-- On the domain the values of `from6`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from6_boundedOn :
    BoundedOn 1 3 (ofNat from6_A) (ofNat from6_B) (blocks_domain : Vec R → Prop)
      (fun x => from6 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `linear7` (linear, 3 → 1): x ↦ Wx, W is 1×3. `linear7_weight`: integers, from the spec. -/
noncomputable def linear7 : Vec R → Vec R :=
  LipBridge.linear 3 linear7_weight.entry one (fun _ => zero)

/-- Lip(linear7) ≤ √(P/Q) ≤ 3, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear7_sqLipschitz :
    SqLipschitz 3 1 (ofNat linear7_weight_T) (ofNat (Nat.mul linear7_weight_C (Nat.mul 1 1)))
      (linear7 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear7_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `linear7` are at most A/B long. -/
def linear7_A : Nat := 9

/-- `B`: values of `linear7` are at most A/B long. -/
def linear7_B : Nat := 2

/-- On the domain the values of `linear7`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear7_boundedOn :
    BoundedOn 1 1 (ofNat linear7_A) (ofNat linear7_B) (blocks_domain : Vec R → Prop)
      (fun x => linear7 (from6 x)) :=
  LipBridge.BoundedOn.then (f := fun x => from6 x) (g := linear7) from6_boundedOn
    (LipBridge.linear_normGain linear7_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Branch `scores3_branch2`: its layers in sequence. -/
noncomputable def scores3_branch2 : Vec R → Vec R := fun x => linear7 (from6 x)

/-- `P`: Lip(scores3_branch2_state)² ≤ P/Q. -/
def scores3_branch2_state_P : Nat := Nat.mul 1 linear7_weight_T

/-- `Q`: Lip(scores3_branch2_state)² ≤ P/Q. -/
def scores3_branch2_state_Q : Nat := Nat.mul 1 (Nat.mul linear7_weight_C (Nat.mul 1 1))

/-- `scores3_branch2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_branch2_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat scores3_branch2_state_P) (ofNat scores3_branch2_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores3_branch2 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from6) (g := linear7) (from6_state_sqLipschitz z)
    linear7_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(scores3_branch2_state) ≤ N/D. -/
def scores3_branch2_state_N : Nat := 3

/-- `D`: Lip(scores3_branch2_state) ≤ N/D. -/
def scores3_branch2_state_D : Nat := 1

/-- Lip(scores3_branch2) ≤ 3 in `state`, exactly 3/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch2_state_lipschitz (z : Vec R) :
    LipschitzOn 9 1 (ofNat scores3_branch2_state_N) (ofNat scores3_branch2_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores3_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch2_state_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores3_branch2_queries)² ≤ P/Q. -/
def scores3_branch2_queries_P : Nat := Nat.mul 0 linear7_weight_T

/-- `Q`: Lip(scores3_branch2_queries)² ≤ P/Q. -/
def scores3_branch2_queries_Q : Nat := Nat.mul 1 (Nat.mul linear7_weight_C (Nat.mul 1 1))

/-- `scores3_branch2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_branch2_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat scores3_branch2_queries_P) (ofNat scores3_branch2_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores3_branch2 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from6) (g := linear7) (from6_queries_sqLipschitz z)
    linear7_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(scores3_branch2_queries) ≤ N/D. -/
def scores3_branch2_queries_N : Nat := 0

/-- `D`: Lip(scores3_branch2_queries) ≤ N/D. -/
def scores3_branch2_queries_D : Nat := 1

/-- Lip(scores3_branch2) ≤ 0 in `queries`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤
2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch2_queries_lipschitz (z : Vec R) :
    LipschitzOn 9 1 (ofNat scores3_branch2_queries_N) (ofNat scores3_branch2_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores3_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch2_queries_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scores3_branch2_key)² ≤ P/Q. -/
def scores3_branch2_key_P : Nat := Nat.mul 0 linear7_weight_T

/-- `Q`: Lip(scores3_branch2_key)² ≤ P/Q. -/
def scores3_branch2_key_Q : Nat := Nat.mul 1 (Nat.mul linear7_weight_C (Nat.mul 1 1))

/-- `scores3_branch2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_branch2_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat scores3_branch2_key_P) (ofNat scores3_branch2_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores3_branch2 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from6) (g := linear7) (from6_key_sqLipschitz z) linear7_sqLipschitz
    (fun _ _ => True.intro)

/-- `N`: Lip(scores3_branch2_key) ≤ N/D. -/
def scores3_branch2_key_N : Nat := 0

/-- `D`: Lip(scores3_branch2_key) ≤ N/D. -/
def scores3_branch2_key_D : Nat := 1

/-- Lip(scores3_branch2) ≤ 0 in `key`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scores3_branch2_key_lipschitz (z : Vec R) :
    LipschitzOn 9 1 (ofNat scores3_branch2_key_N) (ofNat scores3_branch2_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores3_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (scores3_branch2_key_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `scores3` (scores, 9 → 2): x ↦ the scores of the 2 tokens of scores3_branch1 against
scores3_branch2. -/
noncomputable def scores3 : Vec R → Vec R := LipBridge.scores 1 scores3_branch1 scores3_branch2

/-- `P`: Lip(scores3_state)² ≤ P/Q. -/
def scores3_state_P : Nat :=
  Nat.mul (Nat.add (Nat.mul (Nat.mul linear7_A scores3_branch1_state_N)
    (Nat.mul (Nat.mul (Nat.pow 2 29) linear6_B) scores3_branch2_state_D))
    (Nat.mul (Nat.mul (Nat.mul 759250125 linear6_A) scores3_branch2_state_N)
      (Nat.mul linear7_B scores3_branch1_state_D)))
    (Nat.add (Nat.mul (Nat.mul linear7_A scores3_branch1_state_N)
      (Nat.mul (Nat.mul (Nat.pow 2 29) linear6_B) scores3_branch2_state_D))
      (Nat.mul (Nat.mul (Nat.mul 759250125 linear6_A) scores3_branch2_state_N)
        (Nat.mul linear7_B scores3_branch1_state_D)))

/-- `Q`: Lip(scores3_state)² ≤ P/Q. -/
def scores3_state_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul linear7_B scores3_branch1_state_D)
    (Nat.mul (Nat.mul (Nat.pow 2 29) linear6_B) scores3_branch2_state_D))
    (Nat.mul (Nat.mul linear7_B scores3_branch1_state_D)
      (Nat.mul (Nat.mul (Nat.pow 2 29) linear6_B) scores3_branch2_state_D))

/-- Lip(scores3) ≤ √(P/Q) ≤ 30.7279221 in `state`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_state_P) (ofNat scores3_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (scores3 : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_lipschitzOn_ofNat (b := 2) (d := 1)
    (scores3_branch1_state_lipschitz z) (scores3_branch2_state_lipschitz z)
    ((LipBridge.BoundedOn.whole (A' := Nat.mul 759250125 linear6_A)
      (B' := Nat.mul (Nat.pow 2 29) linear6_B) linear6_boundedOn (Eq.refl true) (Eq.refl true)).mono
      (fun _ h => h.left)) (linear7_boundedOn.mono (fun _ h => h.left)))

/-- `P`: Lip(scores3_queries)² ≤ P/Q. -/
def scores3_queries_P : Nat := Nat.mul 0 0

/-- `Q`: Lip(scores3_queries)² ≤ P/Q. -/
def scores3_queries_Q : Nat := Nat.mul 1 1

/-- Lip(scores3) ≤ √(P/Q) ≤ 0 in `queries`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_queries_P) (ofNat scores3_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (scores3 : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_still_lipschitzOn_ofNat (b := 2) (d := 1)
    (scores3_branch1_queries_lipschitz z) (scores3_branch2_queries_lipschitz z))

/-- `P`: Lip(scores3_key)² ≤ P/Q. -/
def scores3_key_P : Nat := Nat.mul 0 0

/-- `Q`: Lip(scores3_key)² ≤ P/Q. -/
def scores3_key_Q : Nat := Nat.mul 1 1

/-- Lip(scores3) ≤ √(P/Q) ≤ 0 in `key`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scores3_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat scores3_key_P) (ofNat scores3_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (scores3 : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.scores_still_lipschitzOn_ofNat (b := 2) (d := 1)
    (scores3_branch1_key_lipschitz z) (scores3_branch2_key_lipschitz z))

/-- Branch `concat1_branch3`: its layers in sequence. -/
noncomputable def concat1_branch3 : Vec R → Vec R := fun x => scores3 x

/-- `P`: Lip(concat1_branch3_state)² ≤ P/Q. -/
def concat1_branch3_state_P : Nat := scores3_state_P

/-- `Q`: Lip(concat1_branch3_state)² ≤ P/Q. -/
def concat1_branch3_state_Q : Nat := scores3_state_Q

/-- `concat1_branch3` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch3_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch3_state_P) (ofNat concat1_branch3_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (concat1_branch3 : Vec R → Vec R) :=
  scores3_state_sqLipschitz z

/-- `N`: Lip(concat1_branch3_state) ≤ N/D. -/
def concat1_branch3_state_N : Nat := 8248463771

/-- `D`: Lip(concat1_branch3_state) ≤ N/D. -/
def concat1_branch3_state_D : Nat := Nat.pow 2 28

/-- Lip(concat1_branch3) ≤ 30.7279221 in `state`, exactly 8248463771/268435456: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch3_state_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch3_state_N) (ofNat concat1_branch3_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (concat1_branch3 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch3_state_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch3_queries)² ≤ P/Q. -/
def concat1_branch3_queries_P : Nat := scores3_queries_P

/-- `Q`: Lip(concat1_branch3_queries)² ≤ P/Q. -/
def concat1_branch3_queries_Q : Nat := scores3_queries_Q

/-- `concat1_branch3` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch3_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch3_queries_P) (ofNat concat1_branch3_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (concat1_branch3 : Vec R → Vec R) :=
  scores3_queries_sqLipschitz z

/-- `N`: Lip(concat1_branch3_queries) ≤ N/D. -/
def concat1_branch3_queries_N : Nat := 0

/-- `D`: Lip(concat1_branch3_queries) ≤ N/D. -/
def concat1_branch3_queries_D : Nat := 1

/-- Lip(concat1_branch3) ≤ 0 in `queries`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤
2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch3_queries_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch3_queries_N) (ofNat concat1_branch3_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (concat1_branch3 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch3_queries_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch3_key)² ≤ P/Q. -/
def concat1_branch3_key_P : Nat := scores3_key_P

/-- `Q`: Lip(concat1_branch3_key)² ≤ P/Q. -/
def concat1_branch3_key_Q : Nat := scores3_key_Q

/-- `concat1_branch3` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch3_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat concat1_branch3_key_P) (ofNat concat1_branch3_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (concat1_branch3 : Vec R → Vec R) :=
  scores3_key_sqLipschitz z

/-- `N`: Lip(concat1_branch3_key) ≤ N/D. -/
def concat1_branch3_key_N : Nat := 0

/-- `D`: Lip(concat1_branch3_key) ≤ N/D. -/
def concat1_branch3_key_D : Nat := 1

/-- Lip(concat1_branch3) ≤ 0 in `key`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2
for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch3_key_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat concat1_branch3_key_N) (ofNat concat1_branch3_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (concat1_branch3 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch3_key_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `from7` (from, 9 → 3): the input state, entries 0 to 2 of the stacked inputs. -/
noncomputable def from7 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from7) ≤ √(P/Q) ≤ 1 in `state`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 1) (ofNat 1) (Slice 9 0 3 blocks_domain z : Vec R → Prop)
      (from7 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Lip(from7) ≤ √(P/Q) ≤ 0 in `queries`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 0) (ofNat 1) (Slice 9 3 4 blocks_domain z : Vec R → Prop)
      (from7 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Lip(from7) ≤ √(P/Q) ≤ 0 in `key`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 3 (ofNat 0) (ofNat 1) (Slice 9 7 2 blocks_domain z : Vec R → Prop)
      (from7 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from7` are at most A/B long. -/
def from7_A : Nat := 3

/-- `B`: values of `from7` are at most A/B long. -/
def from7_B : Nat := 2

/-- On the domain the values of `from7`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from7_boundedOn :
    BoundedOn 1 3 (ofNat from7_A) (ofNat from7_B) (blocks_domain : Vec R → Prop)
      (fun x => from7 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `linear8` (linear, 3 → 2): x ↦ Wx, W is 2×3. `linear2_weight`: integers, from the spec. -/
noncomputable def linear8 : Vec R → Vec R :=
  LipBridge.linear 3 linear2_weight.entry one (fun _ => zero)

/-- Lip(linear8) ≤ √(P/Q) ≤ 2.44948975, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear8_sqLipschitz :
    SqLipschitz 3 2 (ofNat linear2_weight_T) (ofNat (Nat.mul linear2_weight_C (Nat.mul 1 1)))
      (linear8 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear2_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `linear8` are at most A/B long. -/
def linear8_A : Nat := 7890358753

/-- `B`: values of `linear8` are at most A/B long. -/
def linear8_B : Nat := Nat.pow 2 31

/-- On the domain the values of `linear8`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear8_boundedOn :
    BoundedOn 1 2 (ofNat linear8_A) (ofNat linear8_B) (blocks_domain : Vec R → Prop)
      (fun x => linear8 (from7 x)) :=
  LipBridge.BoundedOn.then (f := fun x => from7 x) (g := linear8) from7_boundedOn
    (LipBridge.linear_normGain linear2_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Branch `similarity1_branch1`: its layers in sequence. -/
noncomputable def similarity1_branch1 : Vec R → Vec R := fun x => linear8 (from7 x)

/-- `P`: Lip(similarity1_branch1_state)² ≤ P/Q. -/
def similarity1_branch1_state_P : Nat := Nat.mul 1 linear2_weight_T

/-- `Q`: Lip(similarity1_branch1_state)² ≤ P/Q. -/
def similarity1_branch1_state_Q : Nat := Nat.mul 1 (Nat.mul linear2_weight_C (Nat.mul 1 1))

/-- `similarity1_branch1` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch1_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch1_state_P) (ofNat similarity1_branch1_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (similarity1_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from7) (g := linear8) (from7_state_sqLipschitz z)
    linear8_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(similarity1_branch1_state) ≤ N/D. -/
def similarity1_branch1_state_N : Nat := 5260239169

/-- `D`: Lip(similarity1_branch1_state) ≤ N/D. -/
def similarity1_branch1_state_D : Nat := Nat.pow 2 31

/-- Lip(similarity1_branch1) ≤ 2.44948975 in `state`, exactly 5260239169/2147483648: for all x, y
with ‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_state_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch1_state_N) (ofNat similarity1_branch1_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (similarity1_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_state_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity1_branch1_queries)² ≤ P/Q. -/
def similarity1_branch1_queries_P : Nat := Nat.mul 0 linear2_weight_T

/-- `Q`: Lip(similarity1_branch1_queries)² ≤ P/Q. -/
def similarity1_branch1_queries_Q : Nat := Nat.mul 1 (Nat.mul linear2_weight_C (Nat.mul 1 1))

/-- `similarity1_branch1` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch1_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch1_queries_P) (ofNat similarity1_branch1_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (similarity1_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from7) (g := linear8) (from7_queries_sqLipschitz z)
    linear8_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(similarity1_branch1_queries) ≤ N/D. -/
def similarity1_branch1_queries_N : Nat := 0

/-- `D`: Lip(similarity1_branch1_queries) ≤ N/D. -/
def similarity1_branch1_queries_D : Nat := 1

/-- Lip(similarity1_branch1) ≤ 0 in `queries`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2,
‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_queries_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch1_queries_N) (ofNat similarity1_branch1_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (similarity1_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_queries_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity1_branch1_key)² ≤ P/Q. -/
def similarity1_branch1_key_P : Nat := Nat.mul 0 linear2_weight_T

/-- `Q`: Lip(similarity1_branch1_key)² ≤ P/Q. -/
def similarity1_branch1_key_Q : Nat := Nat.mul 1 (Nat.mul linear2_weight_C (Nat.mul 1 1))

/-- `similarity1_branch1` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch1_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch1_key_P) (ofNat similarity1_branch1_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (similarity1_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from7) (g := linear8) (from7_key_sqLipschitz z) linear8_sqLipschitz
    (fun _ _ => True.intro)

/-- `N`: Lip(similarity1_branch1_key) ≤ N/D. -/
def similarity1_branch1_key_N : Nat := 0

/-- `D`: Lip(similarity1_branch1_key) ≤ N/D. -/
def similarity1_branch1_key_D : Nat := 1

/-- Lip(similarity1_branch1) ≤ 0 in `key`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤
2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_key_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch1_key_N) (ofNat similarity1_branch1_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (similarity1_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_key_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `from8` (from, 9 → 2): the input key, entries 7 to 8 of the stacked inputs. -/
noncomputable def from8 : Vec R → Vec R := LipBridge.slice 7

/-- Lip(from8) ≤ √(P/Q) ≤ 0 in `state`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from8_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat 0) (ofNat 1) (Slice 9 0 3 blocks_domain z : Vec R → Prop)
      (from8 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from8) ≤ √(P/Q) ≤ 0 in `queries`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from8_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat 0) (ofNat 1) (Slice 9 3 4 blocks_domain z : Vec R → Prop)
      (from8 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from8) ≤ √(P/Q) ≤ 1 in `key`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from8_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat 1) (ofNat 1) (Slice 9 7 2 blocks_domain z : Vec R → Prop)
      (from8 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 9) (s := 7) (m := 2) (Eq.refl true)).on _

/-- `A`: values of `from8` are at most A/B long. -/
def from8_A : Nat := 1

/-- `B`: values of `from8` are at most A/B long. -/
def from8_B : Nat := 3

/-- On the domain the values of `from8`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from8_boundedOn :
    BoundedOn 1 2 (ofNat from8_A) (ofNat from8_B) (blocks_domain : Vec R → Prop)
      (fun x => from8 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Branch `similarity1_branch2`: its layers in sequence. -/
noncomputable def similarity1_branch2 : Vec R → Vec R := fun x => from8 x

/-- `P`: Lip(similarity1_branch2_state)² ≤ P/Q. -/
def similarity1_branch2_state_P : Nat := 0

/-- `Q`: Lip(similarity1_branch2_state)² ≤ P/Q. -/
def similarity1_branch2_state_Q : Nat := 1

/-- `similarity1_branch2` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch2_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch2_state_P) (ofNat similarity1_branch2_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (similarity1_branch2 : Vec R → Vec R) :=
  from8_state_sqLipschitz z

/-- `N`: Lip(similarity1_branch2_state) ≤ N/D. -/
def similarity1_branch2_state_N : Nat := 0

/-- `D`: Lip(similarity1_branch2_state) ≤ N/D. -/
def similarity1_branch2_state_D : Nat := 1

/-- Lip(similarity1_branch2) ≤ 0 in `state`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖
≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_state_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch2_state_N) (ofNat similarity1_branch2_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (similarity1_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_state_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity1_branch2_queries)² ≤ P/Q. -/
def similarity1_branch2_queries_P : Nat := 0

/-- `Q`: Lip(similarity1_branch2_queries)² ≤ P/Q. -/
def similarity1_branch2_queries_Q : Nat := 1

/-- `similarity1_branch2` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch2_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch2_queries_P) (ofNat similarity1_branch2_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (similarity1_branch2 : Vec R → Vec R) :=
  from8_queries_sqLipschitz z

/-- `N`: Lip(similarity1_branch2_queries) ≤ N/D. -/
def similarity1_branch2_queries_N : Nat := 0

/-- `D`: Lip(similarity1_branch2_queries) ≤ N/D. -/
def similarity1_branch2_queries_D : Nat := 1

/-- Lip(similarity1_branch2) ≤ 0 in `queries`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2,
‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_queries_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch2_queries_N) (ofNat similarity1_branch2_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (similarity1_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_queries_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity1_branch2_key)² ≤ P/Q. -/
def similarity1_branch2_key_P : Nat := 1

/-- `Q`: Lip(similarity1_branch2_key)² ≤ P/Q. -/
def similarity1_branch2_key_Q : Nat := 1

/-- `similarity1_branch2` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch2_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 2 (ofNat similarity1_branch2_key_P) (ofNat similarity1_branch2_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (similarity1_branch2 : Vec R → Vec R) :=
  from8_key_sqLipschitz z

/-- `N`: Lip(similarity1_branch2_key) ≤ N/D. -/
def similarity1_branch2_key_N : Nat := 1

/-- `D`: Lip(similarity1_branch2_key) ≤ N/D. -/
def similarity1_branch2_key_D : Nat := 1

/-- Lip(similarity1_branch2) ≤ 1 in `key`, exactly 1/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤
2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_key_lipschitz (z : Vec R) :
    LipschitzOn 9 2 (ofNat similarity1_branch2_key_N) (ofNat similarity1_branch2_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (similarity1_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_key_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `similarity1` (similarity, 9 → 1): x ↦ the score of similarity1_branch1 against
similarity1_branch2. -/
noncomputable def similarity1 : Vec R → Vec R :=
  LipBridge.similarity 1 2 similarity1_branch1 similarity1_branch2

/-- `P`: Lip(similarity1_state)² ≤ P/Q. -/
def similarity1_state_P : Nat :=
  Nat.mul (Nat.mul from8_A similarity1_branch1_state_N)
    (Nat.mul from8_A similarity1_branch1_state_N)

/-- `Q`: Lip(similarity1_state)² ≤ P/Q. -/
def similarity1_state_Q : Nat :=
  Nat.mul (Nat.mul from8_B similarity1_branch1_state_D)
    (Nat.mul from8_B similarity1_branch1_state_D)

/-- Lip(similarity1) ≤ √(P/Q) ≤ 0.816496582 in `state`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat similarity1_state_P) (ofNat similarity1_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (similarity1 : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_query_lipschitzOn_ofNat (b := 1) (d := 2)
    (Eq.refl true) (similarity1_branch1_state_lipschitz z) (similarity1_branch2_state_lipschitz z)
    (from8_boundedOn.mono (fun _ h => h.left)))

/-- `P`: Lip(similarity1_queries)² ≤ P/Q. -/
def similarity1_queries_P : Nat := Nat.mul 0 0

/-- `Q`: Lip(similarity1_queries)² ≤ P/Q. -/
def similarity1_queries_Q : Nat := Nat.mul 1 1

/-- Lip(similarity1) ≤ √(P/Q) ≤ 0 in `queries`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat similarity1_queries_P) (ofNat similarity1_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (similarity1 : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_still_lipschitzOn_ofNat (b := 1) (d := 2)
    (similarity1_branch1_queries_lipschitz z) (similarity1_branch2_queries_lipschitz z))

/-- `P`: Lip(similarity1_key)² ≤ P/Q. -/
def similarity1_key_P : Nat :=
  Nat.mul (Nat.mul linear8_A similarity1_branch2_key_N)
    (Nat.mul linear8_A similarity1_branch2_key_N)

/-- `Q`: Lip(similarity1_key)² ≤ P/Q. -/
def similarity1_key_Q : Nat :=
  Nat.mul (Nat.mul linear8_B similarity1_branch2_key_D)
    (Nat.mul linear8_B similarity1_branch2_key_D)

/-- Lip(similarity1) ≤ √(P/Q) ≤ 3.67423462 in `key`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat similarity1_key_P) (ofNat similarity1_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (similarity1 : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_keys_lipschitzOn_ofNat (b := 1) (d := 2)
    (Eq.refl true) (similarity1_branch1_key_lipschitz z) (similarity1_branch2_key_lipschitz z)
    (linear8_boundedOn.mono (fun _ h => h.left)))

/-- Branch `concat1_branch4`: its layers in sequence. -/
noncomputable def concat1_branch4 : Vec R → Vec R := fun x => similarity1 x

/-- `P`: Lip(concat1_branch4_state)² ≤ P/Q. -/
def concat1_branch4_state_P : Nat := similarity1_state_P

/-- `Q`: Lip(concat1_branch4_state)² ≤ P/Q. -/
def concat1_branch4_state_Q : Nat := similarity1_state_Q

/-- `concat1_branch4` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch4_state_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat concat1_branch4_state_P) (ofNat concat1_branch4_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (concat1_branch4 : Vec R → Vec R) :=
  similarity1_state_sqLipschitz z

/-- `N`: Lip(concat1_branch4_state) ≤ N/D. -/
def concat1_branch4_state_N : Nat := 3506826113

/-- `D`: Lip(concat1_branch4_state) ≤ N/D. -/
def concat1_branch4_state_D : Nat := Nat.pow 2 32

/-- Lip(concat1_branch4) ≤ 0.816496582 in `state`, exactly 3506826113/4294967296: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch4_state_lipschitz (z : Vec R) :
    LipschitzOn 9 1 (ofNat concat1_branch4_state_N) (ofNat concat1_branch4_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (concat1_branch4 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch4_state_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch4_queries)² ≤ P/Q. -/
def concat1_branch4_queries_P : Nat := similarity1_queries_P

/-- `Q`: Lip(concat1_branch4_queries)² ≤ P/Q. -/
def concat1_branch4_queries_Q : Nat := similarity1_queries_Q

/-- `concat1_branch4` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch4_queries_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat concat1_branch4_queries_P) (ofNat concat1_branch4_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (concat1_branch4 : Vec R → Vec R) :=
  similarity1_queries_sqLipschitz z

/-- `N`: Lip(concat1_branch4_queries) ≤ N/D. -/
def concat1_branch4_queries_N : Nat := 0

/-- `D`: Lip(concat1_branch4_queries) ≤ N/D. -/
def concat1_branch4_queries_D : Nat := 1

/-- Lip(concat1_branch4) ≤ 0 in `queries`, exactly 0/1: for all x, y with ‖state‖ ≤ 3/2, ‖queries‖ ≤
2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch4_queries_lipschitz (z : Vec R) :
    LipschitzOn 9 1 (ofNat concat1_branch4_queries_N) (ofNat concat1_branch4_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (concat1_branch4 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch4_queries_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch4_key)² ≤ P/Q. -/
def concat1_branch4_key_P : Nat := similarity1_key_P

/-- `Q`: Lip(concat1_branch4_key)² ≤ P/Q. -/
def concat1_branch4_key_Q : Nat := similarity1_key_Q

/-- `concat1_branch4` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch4_key_sqLipschitz (z : Vec R) :
    SqLipschitzOn 9 1 (ofNat concat1_branch4_key_P) (ofNat concat1_branch4_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (concat1_branch4 : Vec R → Vec R) :=
  similarity1_key_sqLipschitz z

/-- `N`: Lip(concat1_branch4_key) ≤ N/D. -/
def concat1_branch4_key_N : Nat := 7890358753

/-- `D`: Lip(concat1_branch4_key) ≤ N/D. -/
def concat1_branch4_key_D : Nat := Nat.pow 2 31

/-- Lip(concat1_branch4) ≤ 3.67423462 in `key`, exactly 7890358753/2147483648: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch4_key_lipschitz (z : Vec R) :
    LipschitzOn 9 1 (ofNat concat1_branch4_key_N) (ofNat concat1_branch4_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (concat1_branch4 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch4_key_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `concat1` (concat, 9 → 8): x ↦ the outputs of 4 branches of x, one after the other. -/
noncomputable def concat1 : Vec R → Vec R :=
  LipBridge.concat 7
    (LipBridge.concat 5 (LipBridge.concat 2 (concat1_branch1 r) (concat1_branch2 r))
      concat1_branch3) concat1_branch4

/-- A sum over the first branches of `concat1`. -/
def concat1_state_P2 : Nat :=
  Nat.add (Nat.mul concat1_branch1_state_P concat1_branch2_state_Q)
    (Nat.mul concat1_branch2_state_P concat1_branch1_state_Q)

/-- A sum over the first branches of `concat1`. -/
def concat1_state_Q2 : Nat := Nat.mul concat1_branch1_state_Q concat1_branch2_state_Q

/-- A sum over the first branches of `concat1`. -/
def concat1_state_P3 : Nat :=
  Nat.add (Nat.mul concat1_state_P2 concat1_branch3_state_Q)
    (Nat.mul concat1_branch3_state_P concat1_state_Q2)

/-- A sum over the first branches of `concat1`. -/
def concat1_state_Q3 : Nat := Nat.mul concat1_state_Q2 concat1_branch3_state_Q

/-- `P`: Lip(concat1_state)² ≤ P/Q. -/
def concat1_state_P : Nat :=
  Nat.add (Nat.mul concat1_state_P3 concat1_branch4_state_Q)
    (Nat.mul concat1_branch4_state_P concat1_state_Q3)

/-- `Q`: Lip(concat1_state)² ≤ P/Q. -/
def concat1_state_Q : Nat := Nat.mul concat1_state_Q3 concat1_branch4_state_Q

/-- Lip(concat1) ≤ √(P/Q) ≤ 30.8782991 in `state`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_state_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat concat1_state_P) (ofNat concat1_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (concat1 r : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (LipBridge.concat_sqLipschitz_ofNat
    (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_state_sqLipschitz r hr z)
      (concat1_branch2_state_sqLipschitz r hr z)) (concat1_branch3_state_sqLipschitz z))
    (concat1_branch4_state_sqLipschitz z)

/-- A sum over the first branches of `concat1`. -/
def concat1_queries_P2 : Nat :=
  Nat.add (Nat.mul concat1_branch1_queries_P concat1_branch2_queries_Q)
    (Nat.mul concat1_branch2_queries_P concat1_branch1_queries_Q)

/-- A sum over the first branches of `concat1`. -/
def concat1_queries_Q2 : Nat := Nat.mul concat1_branch1_queries_Q concat1_branch2_queries_Q

/-- A sum over the first branches of `concat1`. -/
def concat1_queries_P3 : Nat :=
  Nat.add (Nat.mul concat1_queries_P2 concat1_branch3_queries_Q)
    (Nat.mul concat1_branch3_queries_P concat1_queries_Q2)

/-- A sum over the first branches of `concat1`. -/
def concat1_queries_Q3 : Nat := Nat.mul concat1_queries_Q2 concat1_branch3_queries_Q

/-- `P`: Lip(concat1_queries)² ≤ P/Q. -/
def concat1_queries_P : Nat :=
  Nat.add (Nat.mul concat1_queries_P3 concat1_branch4_queries_Q)
    (Nat.mul concat1_branch4_queries_P concat1_queries_Q3)

/-- `Q`: Lip(concat1_queries)² ≤ P/Q. -/
def concat1_queries_Q : Nat := Nat.mul concat1_queries_Q3 concat1_branch4_queries_Q

/-- Lip(concat1) ≤ √(P/Q) ≤ 0.760258803 in `queries`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_queries_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat concat1_queries_P) (ofNat concat1_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (concat1 r : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (LipBridge.concat_sqLipschitz_ofNat
    (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_queries_sqLipschitz r hr z)
      (concat1_branch2_queries_sqLipschitz r hr z)) (concat1_branch3_queries_sqLipschitz z))
    (concat1_branch4_queries_sqLipschitz z)

/-- A sum over the first branches of `concat1`. -/
def concat1_key_P2 : Nat :=
  Nat.add (Nat.mul concat1_branch1_key_P concat1_branch2_key_Q)
    (Nat.mul concat1_branch2_key_P concat1_branch1_key_Q)

/-- A sum over the first branches of `concat1`. -/
def concat1_key_Q2 : Nat := Nat.mul concat1_branch1_key_Q concat1_branch2_key_Q

/-- A sum over the first branches of `concat1`. -/
def concat1_key_P3 : Nat :=
  Nat.add (Nat.mul concat1_key_P2 concat1_branch3_key_Q)
    (Nat.mul concat1_branch3_key_P concat1_key_Q2)

/-- A sum over the first branches of `concat1`. -/
def concat1_key_Q3 : Nat := Nat.mul concat1_key_Q2 concat1_branch3_key_Q

/-- `P`: Lip(concat1_key)² ≤ P/Q. -/
def concat1_key_P : Nat :=
  Nat.add (Nat.mul concat1_key_P3 concat1_branch4_key_Q)
    (Nat.mul concat1_branch4_key_P concat1_key_Q3)

/-- `Q`: Lip(concat1_key)² ≤ P/Q. -/
def concat1_key_Q : Nat := Nat.mul concat1_key_Q3 concat1_branch4_key_Q

/-- Lip(concat1) ≤ √(P/Q) ≤ 9.80385273 in `key`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_key_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat concat1_key_P) (ofNat concat1_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (concat1 r : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (LipBridge.concat_sqLipschitz_ofNat
    (LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_key_sqLipschitz r hr z)
      (concat1_branch2_key_sqLipschitz r hr z)) (concat1_branch3_key_sqLipschitz z))
    (concat1_branch4_key_sqLipschitz z)

/-- Network `blocks`: its layers in sequence. -/
noncomputable def blocks : Vec R → Vec R := fun x => concat1 r x

/-- `P`: Lip(blocks_state)² ≤ P/Q. -/
def blocks_state_P : Nat := concat1_state_P

/-- `Q`: Lip(blocks_state)² ≤ P/Q. -/
def blocks_state_Q : Nat := concat1_state_Q

/-- `blocks` in `state`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_state_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat blocks_state_P) (ofNat blocks_state_Q)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (blocks r : Vec R → Vec R) :=
  concat1_state_sqLipschitz r hr z

/-- `N`: Lip(blocks_state) ≤ N/D. -/
def blocks_state_N : Nat := 8288830273

/-- `D`: Lip(blocks_state) ≤ N/D. -/
def blocks_state_D : Nat := Nat.pow 2 28

/-- Lip(blocks) ≤ 30.8782991 in `state`, exactly 8288830273/268435456: for all x, y with ‖state‖ ≤
3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `state`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem blocks_state_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 8 (ofNat blocks_state_N) (ofNat blocks_state_D)
      (Slice 9 0 3 blocks_domain z : Vec R → Prop) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_state_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(blocks_queries)² ≤ P/Q. -/
def blocks_queries_P : Nat := concat1_queries_P

/-- `Q`: Lip(blocks_queries)² ≤ P/Q. -/
def blocks_queries_Q : Nat := concat1_queries_Q

/-- `blocks` in `queries`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_queries_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat blocks_queries_P) (ofNat blocks_queries_Q)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (blocks r : Vec R → Vec R) :=
  concat1_queries_sqLipschitz r hr z

/-- `N`: Lip(blocks_queries) ≤ N/D. -/
def blocks_queries_N : Nat := 816321673

/-- `D`: Lip(blocks_queries) ≤ N/D. -/
def blocks_queries_D : Nat := Nat.pow 2 30

/-- Lip(blocks) ≤ 0.760258803 in `queries`, exactly 816321673/1073741824: for all x, y with ‖state‖
≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `queries`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem blocks_queries_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 8 (ofNat blocks_queries_N) (ofNat blocks_queries_D)
      (Slice 9 3 4 blocks_domain z : Vec R → Prop) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_queries_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(blocks_key)² ≤ P/Q. -/
def blocks_key_P : Nat := concat1_key_P

/-- `Q`: Lip(blocks_key)² ≤ P/Q. -/
def blocks_key_Q : Nat := concat1_key_Q

/-- `blocks` in `key`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_key_sqLipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    SqLipschitzOn 9 8 (ofNat blocks_key_P) (ofNat blocks_key_Q)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (blocks r : Vec R → Vec R) :=
  concat1_key_sqLipschitz r hr z

/-- `N`: Lip(blocks_key) ≤ N/D. -/
def blocks_key_N : Nat := 10526806703

/-- `D`: Lip(blocks_key) ≤ N/D. -/
def blocks_key_D : Nat := Nat.pow 2 30

/-- Lip(blocks) ≤ 9.80385273 in `key`, exactly 10526806703/1073741824: for all x, y with ‖state‖ ≤
3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3 that agree with z but for `key`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem blocks_key_lipschitz (hr : Reciprocals blocks_denominators r) (z : Vec R) :
    LipschitzOn 9 8 (ofNat blocks_key_N) (ofNat blocks_key_D)
      (Slice 9 7 2 blocks_domain z : Vec R → Prop) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_key_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(blocks)² ≤ P/Q. -/
def blocks_P : Nat :=
  Nat.add (Nat.mul (Nat.add (Nat.mul blocks_state_P blocks_queries_Q)
    (Nat.mul blocks_queries_P blocks_state_Q)) blocks_key_Q)
    (Nat.mul blocks_key_P (Nat.mul blocks_state_Q blocks_queries_Q))

/-- `Q`: Lip(blocks)² ≤ P/Q. -/
def blocks_Q : Nat := Nat.mul (Nat.mul blocks_state_Q blocks_queries_Q) blocks_key_Q

/-- `blocks` in all inputs together; the squares of the constants add:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitzOn 9 8 (ofNat blocks_P) (ofNat blocks_Q) (blocks_domain : Vec R → Prop)
      (blocks r : Vec R → Vec R) :=
  SqLipschitzOn.ofSlices (SqLipschitzOn.join_ofNat
    (fun x y hx hy =>
      ⟨InBall.splice_below (Eq.refl true) hy.left,
        InBall.splice_below (Eq.refl true) hy.right.left,
        InBall.splice_from (Eq.refl true) hx.right.right⟩)
    (SqLipschitzOn.join_ofNat
      (fun x y hx hy =>
        ⟨InBall.splice_below (Eq.refl true) hy.left,
          InBall.splice_from (Eq.refl true) hx.right.left,
          InBall.splice_from (Eq.refl true) hx.right.right⟩) (blocks_state_sqLipschitz r hr)
      (blocks_queries_sqLipschitz r hr)) (blocks_key_sqLipschitz r hr))

/-- `N`: Lip(blocks) ≤ N/D. -/
def blocks_N : Nat := 2174744379

/-- `D`: Lip(blocks) ≤ N/D. -/
def blocks_D : Nat := Nat.pow 2 26

/-- Lip(blocks) ≤ 32.4062166 in all inputs together, exactly 2174744379/67108864: for all x, y with
‖state‖ ≤ 3/2, ‖queries‖ ≤ 2 for each token, ‖key‖ ≤ 1/3, D²·‖f x − f y‖² ≤ N²·‖x − y‖²; the squares
of the constants add. -/
theorem blocks_lipschitz (hr : Reciprocals blocks_denominators r) :
    LipschitzOn 9 8 (ofNat blocks_N) (ofNat blocks_D) (blocks_domain : Vec R → Prop)
      (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

end Blocks
