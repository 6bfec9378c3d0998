import LipBridge.Networks
import Inputs.Data.linear1_weight
import Inputs.Data.linear1_bias
import Inputs.Data.linear2_weight
import Inputs.Data.linear3_weight
import Inputs.Data.linear3_bias
import Inputs.Data.linear4_weight
import Inputs.Data.linear5_weight
/-!
# The network `inputs`

11 → 1. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Inputs/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
`w_norm`, that `C ‖w x‖² ≤ T ‖x‖²` where `C` is `w_C` and `T` is `w_T`.
Numbers that are no integers are `n · r d`: integers `n` times `r d`, over the real numbers `1/d`.

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
-/

set_option autoImplicit false

universe u

namespace Inputs

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def inputs_denominators : List Nat := .cons 2 (.cons 3 (.cons 7 (.cons 10 .nil)))

/-- Where the inputs lie: ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3. -/
noncomputable def inputs_domain : Vec R → Prop :=
  fun x => And (InBall 0 1 3 3 1 x) (And (InBall 3 2 3 3 2 x) (InBall 9 1 2 1 3 x))

/-- Layer `from1` (from, 11 → 3): the input query, entries 0 to 2 of the stacked inputs. -/
noncomputable def from1 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from1) ≤ √(P/Q) ≤ 1 in `query`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat 1) (ofNat 1) (Slice 11 0 3 inputs_domain z : Vec R → Prop)
      (from1 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Lip(from1) ≤ √(P/Q) ≤ 0 in `keys`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat 0) (ofNat 1) (Slice 11 3 6 inputs_domain z : Vec R → Prop)
      (from1 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Lip(from1) ≤ √(P/Q) ≤ 0 in `extra`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat 0) (ofNat 1) (Slice 11 9 2 inputs_domain z : Vec R → Prop)
      (from1 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from1` are at most A/B long. -/
def from1_A : Nat := 3

/-- `B`: values of `from1` are at most A/B long. -/
def from1_B : Nat := 1

/-- On the domain the values of `from1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from1_boundedOn :
    BoundedOn 1 3 (ofNat from1_A) (ofNat from1_B) (inputs_domain : Vec R → Prop)
      (fun x => from1 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `linear1` (linear, 3 → 2): x ↦ Wx + b, W is 2×3. `linear1_weight`: integers times 2^-1,
from the spec. `linear1_bias`: integers over 3, from the spec. -/
noncomputable def linear1 : Vec R → Vec R :=
  LipBridge.linear 3 linear1_weight.entry (r 2)
    (fun i => mul (ofInt (linear1_bias.entry 0 i)) (r 3))

/-- Lip(linear1) ≤ √(P/Q) ≤ 2.23606798, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear1_sqLipschitz (hr : Reciprocals inputs_denominators r) :
    SqLipschitz 3 2 (ofNat linear1_weight_T) (ofNat (Nat.mul linear1_weight_C (Nat.mul 2 2)))
      (linear1 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear1_weight_norm (hr 2 (Eq.refl true))
    (fun i => mul (ofInt (linear1_bias.entry 0 i)) (r 3))

/-- `A`: values of `linear1` are at most A/B long. -/
def linear1_A : Nat :=
  Nat.add (Nat.mul 7202879127 (Nat.pow 2 30)) (Nat.mul 1131823261 (Nat.pow 2 30))

/-- `B`: values of `linear1` are at most A/B long. -/
def linear1_B : Nat := Nat.mul (Nat.pow 2 30) (Nat.pow 2 30)

/-- On the domain the values of `linear1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear1_boundedOn (hr : Reciprocals inputs_denominators r) :
    BoundedOn 1 2 (ofNat linear1_A) (ofNat linear1_B) (inputs_domain : Vec R → Prop)
      (fun x => linear1 r (from1 x)) :=
  LipBridge.BoundedOn.linear (f := fun x => from1 x) (N := 7202879127) (D := Nat.pow 2 30)
    from1_boundedOn linear1_weight_norm (hr 2 (Eq.refl true))
    (LipBridge.bias_normSq (P := 10) (A := 1131823261) (B := Nat.pow 2 30) (hr 3 (Eq.refl true))
      (Eq.refl true) (Eq.refl true)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- Layer `leaky_relu1` (leaky_relu, 2 → 2): x ↦ max(x, a·x) in each entry, a = 1/10. -/
noncomputable def leaky_relu1 : Vec R → Vec R := LipBridge.leakyRelu (mul (ofNat 1) (r 10))

/-- Lip(leaky_relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem leaky_relu1_sqLipschitz (hr : Reciprocals inputs_denominators r) :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (leaky_relu1 r : Vec R → Vec R) :=
  LipBridge.leakyRelu_sqLipschitz 2 (hr 10 (Eq.refl true)) (Eq.refl true)

/-- `A`: values of `leaky_relu1` are at most A/B long. -/
def leaky_relu1_A : Nat := 2083675597

/-- `B`: values of `leaky_relu1` are at most A/B long. -/
def leaky_relu1_B : Nat := Nat.pow 2 28

/-- On the domain the values of `leaky_relu1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem leaky_relu1_boundedOn (hr : Reciprocals inputs_denominators r) :
    BoundedOn 1 2 (ofNat leaky_relu1_A) (ofNat leaky_relu1_B) (inputs_domain : Vec R → Prop)
      (fun x => leaky_relu1 r (linear1 r (from1 x))) :=
  LipBridge.BoundedOn.then (f := fun x => linear1 r (from1 x)) (g := leaky_relu1 r)
    (linear1_boundedOn r hr) (LipBridge.leakyRelu_normGain 2 (hr 10 (Eq.refl true)) (Eq.refl true))
    (Eq.refl true) (Eq.refl true)

/-- Branch `concat1_branch1`: its layers in sequence. -/
noncomputable def concat1_branch1 : Vec R → Vec R := fun x => leaky_relu1 r (linear1 r (from1 x))

/-- `P`: Lip(concat1_branch1_query)² ≤ P/Q. -/
def concat1_branch1_query_P : Nat := Nat.mul (Nat.mul 1 linear1_weight_T) 1

/-- `Q`: Lip(concat1_branch1_query)² ≤ P/Q. -/
def concat1_branch1_query_Q : Nat := Nat.mul (Nat.mul 1 (Nat.mul linear1_weight_C (Nat.mul 2 2))) 1

/-- `concat1_branch1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch1_query_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat1_branch1_query_P) (ofNat concat1_branch1_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => linear1 r (from1 x)) (g := leaky_relu1 r)
    (SqLipschitzOn.comp_ofNat (f := from1) (g := linear1 r) (from1_query_sqLipschitz z)
      (linear1_sqLipschitz r hr) (fun _ _ => True.intro)) (leaky_relu1_sqLipschitz r hr)
    (fun _ _ => True.intro)

/-- `N`: Lip(concat1_branch1_query) ≤ N/D. -/
def concat1_branch1_query_N : Nat := 2400959709

/-- `D`: Lip(concat1_branch1_query) ≤ N/D. -/
def concat1_branch1_query_D : Nat := Nat.pow 2 30

/-- Lip(concat1_branch1) ≤ 2.23606798 in `query`, exactly 2400959709/1073741824: for all x, y with
‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_query_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat1_branch1_query_N) (ofNat concat1_branch1_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_query_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch1_keys)² ≤ P/Q. -/
def concat1_branch1_keys_P : Nat := Nat.mul (Nat.mul 0 linear1_weight_T) 1

/-- `Q`: Lip(concat1_branch1_keys)² ≤ P/Q. -/
def concat1_branch1_keys_Q : Nat := Nat.mul (Nat.mul 1 (Nat.mul linear1_weight_C (Nat.mul 2 2))) 1

/-- `concat1_branch1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch1_keys_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat1_branch1_keys_P) (ofNat concat1_branch1_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => linear1 r (from1 x)) (g := leaky_relu1 r)
    (SqLipschitzOn.comp_ofNat (f := from1) (g := linear1 r) (from1_keys_sqLipschitz z)
      (linear1_sqLipschitz r hr) (fun _ _ => True.intro)) (leaky_relu1_sqLipschitz r hr)
    (fun _ _ => True.intro)

/-- `N`: Lip(concat1_branch1_keys) ≤ N/D. -/
def concat1_branch1_keys_N : Nat := 0

/-- `D`: Lip(concat1_branch1_keys) ≤ N/D. -/
def concat1_branch1_keys_D : Nat := 1

/-- Lip(concat1_branch1) ≤ 0 in `keys`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for
each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_keys_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat1_branch1_keys_N) (ofNat concat1_branch1_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_keys_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch1_extra)² ≤ P/Q. -/
def concat1_branch1_extra_P : Nat := Nat.mul (Nat.mul 0 linear1_weight_T) 1

/-- `Q`: Lip(concat1_branch1_extra)² ≤ P/Q. -/
def concat1_branch1_extra_Q : Nat := Nat.mul (Nat.mul 1 (Nat.mul linear1_weight_C (Nat.mul 2 2))) 1

/-- `concat1_branch1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch1_extra_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat1_branch1_extra_P) (ofNat concat1_branch1_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => linear1 r (from1 x)) (g := leaky_relu1 r)
    (SqLipschitzOn.comp_ofNat (f := from1) (g := linear1 r) (from1_extra_sqLipschitz z)
      (linear1_sqLipschitz r hr) (fun _ _ => True.intro)) (leaky_relu1_sqLipschitz r hr)
    (fun _ _ => True.intro)

/-- `N`: Lip(concat1_branch1_extra) ≤ N/D. -/
def concat1_branch1_extra_N : Nat := 0

/-- `D`: Lip(concat1_branch1_extra) ≤ N/D. -/
def concat1_branch1_extra_D : Nat := 1

/-- Lip(concat1_branch1) ≤ 0 in `extra`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2
for each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_extra_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat1_branch1_extra_N) (ofNat concat1_branch1_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (concat1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch1_extra_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- Layer `from2` (from, 11 → 2): the input extra, entries 9 to 10 of the stacked inputs. -/
noncomputable def from2 : Vec R → Vec R := LipBridge.slice 9

/-- Lip(from2) ≤ √(P/Q) ≤ 0 in `query`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat 0) (ofNat 1) (Slice 11 0 3 inputs_domain z : Vec R → Prop)
      (from2 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from2) ≤ √(P/Q) ≤ 0 in `keys`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat 0) (ofNat 1) (Slice 11 3 6 inputs_domain z : Vec R → Prop)
      (from2 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from2) ≤ √(P/Q) ≤ 1 in `extra`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat 1) (ofNat 1) (Slice 11 9 2 inputs_domain z : Vec R → Prop)
      (from2 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 9) (m := 2) (Eq.refl true)).on _

/-- `A`: values of `from2` are at most A/B long. -/
def from2_A : Nat := 1

/-- `B`: values of `from2` are at most A/B long. -/
def from2_B : Nat := 3

/-- On the domain the values of `from2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from2_boundedOn :
    BoundedOn 1 2 (ofNat from2_A) (ofNat from2_B) (inputs_domain : Vec R → Prop)
      (fun x => from2 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Layer `linear2` (linear, 2 → 1): x ↦ Wx, W is 1×2. `linear2_weight`: integers, from the spec. -/
noncomputable def linear2 : Vec R → Vec R :=
  LipBridge.linear 2 linear2_weight.entry one (fun _ => zero)

/-- Lip(linear2) ≤ √(P/Q) ≤ 2.23606798, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear2_sqLipschitz :
    SqLipschitz 2 1 (ofNat linear2_weight_T) (ofNat (Nat.mul linear2_weight_C (Nat.mul 1 1)))
      (linear2 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear2_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `linear2` are at most A/B long. -/
def linear2_A : Nat := 800319903

/-- `B`: values of `linear2` are at most A/B long. -/
def linear2_B : Nat := Nat.pow 2 30

/-- On the domain the values of `linear2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear2_boundedOn :
    BoundedOn 1 1 (ofNat linear2_A) (ofNat linear2_B) (inputs_domain : Vec R → Prop)
      (fun x => linear2 (from2 x)) :=
  LipBridge.BoundedOn.then (f := fun x => from2 x) (g := linear2) from2_boundedOn
    (LipBridge.linear_normGain linear2_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Layer `scale1` (scale, 1 → 1): x ↦ c·x, c = -1/7. -/
noncomputable def scale1 : Vec R → Vec R := LipBridge.scale (mul (ofInt (Int.negSucc 0)) (r 7))

/-- Lip(scale1) ≤ √(P/Q) ≤ 0.142857143, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale1_sqLipschitz (hr : Reciprocals inputs_denominators r) :
    SqLipschitz 1 1 (ofNat 1) (ofNat 49) (scale1 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 1 (hr 7 (Eq.refl true))

/-- `A`: values of `scale1` are at most A/B long. -/
def scale1_A : Nat := 800319903

/-- `B`: values of `scale1` are at most A/B long. -/
def scale1_B : Nat := 7516192768

/-- On the domain the values of `scale1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem scale1_boundedOn (hr : Reciprocals inputs_denominators r) :
    BoundedOn 1 1 (ofNat scale1_A) (ofNat scale1_B) (inputs_domain : Vec R → Prop)
      (fun x => scale1 r (linear2 (from2 x))) :=
  LipBridge.BoundedOn.then (f := fun x => linear2 (from2 x)) (g := scale1 r) linear2_boundedOn
    (LipBridge.scale_normGain (P := 1) 1 (hr 7 (Eq.refl true))) (Eq.refl true) (Eq.refl true)

/-- Branch `concat1_branch2`: its layers in sequence. -/
noncomputable def concat1_branch2 : Vec R → Vec R := fun x => scale1 r (linear2 (from2 x))

/-- `P`: Lip(concat1_branch2_query)² ≤ P/Q. -/
def concat1_branch2_query_P : Nat := Nat.mul (Nat.mul 0 linear2_weight_T) 1

/-- `Q`: Lip(concat1_branch2_query)² ≤ P/Q. -/
def concat1_branch2_query_Q : Nat := Nat.mul (Nat.mul 1 (Nat.mul linear2_weight_C (Nat.mul 1 1))) 49

/-- `concat1_branch2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch2_query_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat1_branch2_query_P) (ofNat concat1_branch2_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => linear2 (from2 x)) (g := scale1 r)
    (SqLipschitzOn.comp_ofNat (f := from2) (g := linear2) (from2_query_sqLipschitz z)
      linear2_sqLipschitz (fun _ _ => True.intro)) (scale1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(concat1_branch2_query) ≤ N/D. -/
def concat1_branch2_query_N : Nat := 0

/-- `D`: Lip(concat1_branch2_query) ≤ N/D. -/
def concat1_branch2_query_D : Nat := 1

/-- Lip(concat1_branch2) ≤ 0 in `query`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2
for each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_query_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat1_branch2_query_N) (ofNat concat1_branch2_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_query_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch2_keys)² ≤ P/Q. -/
def concat1_branch2_keys_P : Nat := Nat.mul (Nat.mul 0 linear2_weight_T) 1

/-- `Q`: Lip(concat1_branch2_keys)² ≤ P/Q. -/
def concat1_branch2_keys_Q : Nat := Nat.mul (Nat.mul 1 (Nat.mul linear2_weight_C (Nat.mul 1 1))) 49

/-- `concat1_branch2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch2_keys_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat1_branch2_keys_P) (ofNat concat1_branch2_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => linear2 (from2 x)) (g := scale1 r)
    (SqLipschitzOn.comp_ofNat (f := from2) (g := linear2) (from2_keys_sqLipschitz z)
      linear2_sqLipschitz (fun _ _ => True.intro)) (scale1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(concat1_branch2_keys) ≤ N/D. -/
def concat1_branch2_keys_N : Nat := 0

/-- `D`: Lip(concat1_branch2_keys) ≤ N/D. -/
def concat1_branch2_keys_D : Nat := 1

/-- Lip(concat1_branch2) ≤ 0 in `keys`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for
each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_keys_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat1_branch2_keys_N) (ofNat concat1_branch2_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_keys_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat1_branch2_extra)² ≤ P/Q. -/
def concat1_branch2_extra_P : Nat := Nat.mul (Nat.mul 1 linear2_weight_T) 1

/-- `Q`: Lip(concat1_branch2_extra)² ≤ P/Q. -/
def concat1_branch2_extra_Q : Nat := Nat.mul (Nat.mul 1 (Nat.mul linear2_weight_C (Nat.mul 1 1))) 49

/-- `concat1_branch2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch2_extra_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat1_branch2_extra_P) (ofNat concat1_branch2_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => linear2 (from2 x)) (g := scale1 r)
    (SqLipschitzOn.comp_ofNat (f := from2) (g := linear2) (from2_extra_sqLipschitz z)
      linear2_sqLipschitz (fun _ _ => True.intro)) (scale1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(concat1_branch2_extra) ≤ N/D. -/
def concat1_branch2_extra_N : Nat := 2743953953

/-- `D`: Lip(concat1_branch2_extra) ≤ N/D. -/
def concat1_branch2_extra_D : Nat := Nat.pow 2 33

/-- Lip(concat1_branch2) ≤ 0.319438283 in `extra`, exactly 2743953953/8589934592: for all x, y with
‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_extra_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat1_branch2_extra_N) (ofNat concat1_branch2_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_extra_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- Layer `concat1` (concat, 11 → 3): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat1 : Vec R → Vec R :=
  LipBridge.concat 2 (concat1_branch1 r) (concat1_branch2 r)

/-- `P`: Lip(concat1_query)² ≤ P/Q. -/
def concat1_query_P : Nat :=
  Nat.add (Nat.mul concat1_branch1_query_P concat1_branch2_query_Q)
    (Nat.mul concat1_branch2_query_P concat1_branch1_query_Q)

/-- `Q`: Lip(concat1_query)² ≤ P/Q. -/
def concat1_query_Q : Nat := Nat.mul concat1_branch1_query_Q concat1_branch2_query_Q

/-- Lip(concat1) ≤ √(P/Q) ≤ 2.23606798 in `query`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_query_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat1_query_P) (ofNat concat1_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (concat1 r : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_query_sqLipschitz r hr z)
    (concat1_branch2_query_sqLipschitz r hr z)

/-- `P`: Lip(concat1_keys)² ≤ P/Q. -/
def concat1_keys_P : Nat :=
  Nat.add (Nat.mul concat1_branch1_keys_P concat1_branch2_keys_Q)
    (Nat.mul concat1_branch2_keys_P concat1_branch1_keys_Q)

/-- `Q`: Lip(concat1_keys)² ≤ P/Q. -/
def concat1_keys_Q : Nat := Nat.mul concat1_branch1_keys_Q concat1_branch2_keys_Q

/-- Lip(concat1) ≤ √(P/Q) ≤ 0 in `keys`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_keys_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat1_keys_P) (ofNat concat1_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (concat1 r : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_keys_sqLipschitz r hr z)
    (concat1_branch2_keys_sqLipschitz r hr z)

/-- `P`: Lip(concat1_extra)² ≤ P/Q. -/
def concat1_extra_P : Nat :=
  Nat.add (Nat.mul concat1_branch1_extra_P concat1_branch2_extra_Q)
    (Nat.mul concat1_branch2_extra_P concat1_branch1_extra_Q)

/-- `Q`: Lip(concat1_extra)² ≤ P/Q. -/
def concat1_extra_Q : Nat := Nat.mul concat1_branch1_extra_Q concat1_branch2_extra_Q

/-- Lip(concat1) ≤ √(P/Q) ≤ 0.319438283 in `extra`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_extra_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat1_extra_P) (ofNat concat1_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (concat1 r : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (concat1_branch1_extra_sqLipschitz r hr z)
    (concat1_branch2_extra_sqLipschitz r hr z)

/-- `A`: values of `concat1` are at most A/B long. -/
def concat1_A : Nat := 8335486523

/-- `B`: values of `concat1` are at most A/B long. -/
def concat1_B : Nat := Nat.pow 2 30

/-- On the domain the values of `concat1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem concat1_boundedOn (hr : Reciprocals inputs_denominators r) :
    BoundedOn 1 3 (ofNat concat1_A) (ofNat concat1_B) (inputs_domain : Vec R → Prop)
      (fun x => concat1 r x) :=
  LipBridge.SqBoundedOn.root (LipBridge.SqBoundedOn.concat
    (LipBridge.BoundedOn.squared (leaky_relu1_boundedOn r hr))
    (LipBridge.BoundedOn.squared (scale1_boundedOn r hr))) (Eq.refl true) (Eq.refl true)

/-- Branch `similarity1_branch1`: its layers in sequence. -/
noncomputable def similarity1_branch1 : Vec R → Vec R := fun x => concat1 r x

/-- `P`: Lip(similarity1_branch1_query)² ≤ P/Q. -/
def similarity1_branch1_query_P : Nat := concat1_query_P

/-- `Q`: Lip(similarity1_branch1_query)² ≤ P/Q. -/
def similarity1_branch1_query_Q : Nat := concat1_query_Q

/-- `similarity1_branch1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch1_query_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch1_query_P) (ofNat similarity1_branch1_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (similarity1_branch1 r : Vec R → Vec R) :=
  concat1_query_sqLipschitz r hr z

/-- `N`: Lip(similarity1_branch1_query) ≤ N/D. -/
def similarity1_branch1_query_N : Nat := 2400959709

/-- `D`: Lip(similarity1_branch1_query) ≤ N/D. -/
def similarity1_branch1_query_D : Nat := Nat.pow 2 30

/-- Lip(similarity1_branch1) ≤ 2.23606798 in `query`, exactly 2400959709/1073741824: for all x, y
with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_query_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch1_query_N) (ofNat similarity1_branch1_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (similarity1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_query_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity1_branch1_keys)² ≤ P/Q. -/
def similarity1_branch1_keys_P : Nat := concat1_keys_P

/-- `Q`: Lip(similarity1_branch1_keys)² ≤ P/Q. -/
def similarity1_branch1_keys_Q : Nat := concat1_keys_Q

/-- `similarity1_branch1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch1_keys_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch1_keys_P) (ofNat similarity1_branch1_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (similarity1_branch1 r : Vec R → Vec R) :=
  concat1_keys_sqLipschitz r hr z

/-- `N`: Lip(similarity1_branch1_keys) ≤ N/D. -/
def similarity1_branch1_keys_N : Nat := 0

/-- `D`: Lip(similarity1_branch1_keys) ≤ N/D. -/
def similarity1_branch1_keys_D : Nat := 1

/-- Lip(similarity1_branch1) ≤ 0 in `keys`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2
for each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_keys_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch1_keys_N) (ofNat similarity1_branch1_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (similarity1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_keys_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity1_branch1_extra)² ≤ P/Q. -/
def similarity1_branch1_extra_P : Nat := concat1_extra_P

/-- `Q`: Lip(similarity1_branch1_extra)² ≤ P/Q. -/
def similarity1_branch1_extra_Q : Nat := concat1_extra_Q

/-- `similarity1_branch1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch1_extra_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch1_extra_P) (ofNat similarity1_branch1_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (similarity1_branch1 r : Vec R → Vec R) :=
  concat1_extra_sqLipschitz r hr z

/-- `N`: Lip(similarity1_branch1_extra) ≤ N/D. -/
def similarity1_branch1_extra_N : Nat := 2743953953

/-- `D`: Lip(similarity1_branch1_extra) ≤ N/D. -/
def similarity1_branch1_extra_D : Nat := Nat.pow 2 33

/-- Lip(similarity1_branch1) ≤ 0.319438283 in `extra`, exactly 2743953953/8589934592: for all x, y
with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch1_extra_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch1_extra_N) (ofNat similarity1_branch1_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (similarity1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch1_extra_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- Layer `from3` (from, 11 → 6): the input keys, entries 3 to 8 of the stacked inputs. -/
noncomputable def from3 : Vec R → Vec R := LipBridge.slice 3

/-- Lip(from3) ≤ √(P/Q) ≤ 0 in `query`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat 0) (ofNat 1) (Slice 11 0 3 inputs_domain z : Vec R → Prop)
      (from3 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from3) ≤ √(P/Q) ≤ 1 in `keys`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat 1) (ofNat 1) (Slice 11 3 6 inputs_domain z : Vec R → Prop)
      (from3 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 3) (m := 6) (Eq.refl true)).on _

/-- Lip(from3) ≤ √(P/Q) ≤ 0 in `extra`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat 0) (ofNat 1) (Slice 11 9 2 inputs_domain z : Vec R → Prop)
      (from3 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from3` are at most A/B long, each token. -/
def from3_A : Nat := 3

/-- `B`: values of `from3` are at most A/B long, each token. -/
def from3_B : Nat := 2

/-- On the domain the values of `from3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from3_boundedOn :
    BoundedOn 2 3 (ofNat from3_A) (ofNat from3_B) (inputs_domain : Vec R → Prop)
      (fun x => from3 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.left)

/-- Layer `linear3` (linear, 6 → 6): x ↦ Wx + b, W is 3×3, on each of 2 tokens. `linear3_weight`:
integers times 2^-1, from the spec. `linear3_bias`: integers, from the spec. -/
noncomputable def linear3 : Vec R → Vec R :=
  LipBridge.tokenwise 2 3 3
    (LipBridge.linear 3 linear3_weight.entry (r 2)
      (fun i => mul (ofInt (linear3_bias.entry 0 i)) one))

/-- Lip(linear3) ≤ √(P/Q) ≤ 2.41421357, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear3_sqLipschitz (hr : Reciprocals inputs_denominators r) :
    SqLipschitz 6 6 (ofNat linear3_weight_T) (ofNat (Nat.mul linear3_weight_C (Nat.mul 2 2)))
      (linear3 r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2
    (LipBridge.linear_sqLipschitz linear3_weight_norm (hr 2 (Eq.refl true))
      (fun i => mul (ofInt (linear3_bias.entry 0 i)) one))

/-- `A`: values of `linear3` are at most A/B long, each token. -/
def linear3_A : Nat := Nat.add (Nat.mul 486045389 1) (Nat.mul 1 (Nat.pow 2 27))

/-- `B`: values of `linear3` are at most A/B long, each token. -/
def linear3_B : Nat := Nat.mul (Nat.pow 2 27) 1

/-- On the domain the values of `linear3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear3_boundedOn (hr : Reciprocals inputs_denominators r) :
    BoundedOn 2 3 (ofNat linear3_A) (ofNat linear3_B) (inputs_domain : Vec R → Prop)
      (fun x => linear3 r (from3 x)) :=
  LipBridge.BoundedOn.tokenwiseLinear (f := fun x => from3 x) (N := 486045389) (D := Nat.pow 2 27)
    from3_boundedOn linear3_weight_norm (hr 2 (Eq.refl true))
    (LipBridge.bias_normSq (P := 1) (A := 1) (B := 1) LipBridge.ofNat_one_mul_one (Eq.refl true)
      (Eq.refl true)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- Layer `relu1` (relu, 6 → 6): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 6 6 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 6

/-- `A`: values of `relu1` are at most A/B long, each token. -/
def relu1_A : Nat := 620263117

/-- `B`: values of `relu1` are at most A/B long, each token. -/
def relu1_B : Nat := Nat.pow 2 27

/-- On the domain the values of `relu1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem relu1_boundedOn (hr : Reciprocals inputs_denominators r) :
    BoundedOn 2 3 (ofNat relu1_A) (ofNat relu1_B) (inputs_domain : Vec R → Prop)
      (fun x => relu1 (linear3 r (from3 x))) :=
  LipBridge.BoundedOn.through (f := fun x => linear3 r (from3 x)) (g := relu1) (h := LipBridge.relu)
    (linear3_boundedOn r hr) (fun _ _ _ _ _ => rfl) (LipBridge.relu_normGain 3) (Eq.refl true)
    (Eq.refl true)

/-- Layer `mean_pool1` (mean_pool, 6 → 3): the mean of 2 tokens of dimension 3. -/
noncomputable def mean_pool1 : Vec R → Vec R := LipBridge.meanPool 2 3 (r 2)

/-- Lip(mean_pool1) ≤ √(P/Q) ≤ 0.707106782, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mean_pool1_sqLipschitz (hr : Reciprocals inputs_denominators r) :
    SqLipschitz 6 3 (ofNat 1) (ofNat 2) (mean_pool1 r : Vec R → Vec R) :=
  LipBridge.meanPool_sqLipschitz 2 3 (hr 2 (Eq.refl true))

/-- `A`: values of `mean_pool1` are at most A/B long. -/
def mean_pool1_A : Nat := 620263117

/-- `B`: values of `mean_pool1` are at most A/B long. -/
def mean_pool1_B : Nat := Nat.pow 2 27

/-- On the domain the values of `mean_pool1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem mean_pool1_boundedOn (hr : Reciprocals inputs_denominators r) :
    BoundedOn 1 3 (ofNat mean_pool1_A) (ofNat mean_pool1_B) (inputs_domain : Vec R → Prop)
      (fun x => mean_pool1 r (relu1 (linear3 r (from3 x)))) :=
  LipBridge.BoundedOn.meanPool (f := fun x => relu1 (linear3 r (from3 x))) (relu1_boundedOn r hr)
    (hr 2 (Eq.refl true)) (Eq.refl true) (Eq.refl true)

/-- Branch `sum1_branch1`: its layers in sequence. -/
noncomputable def sum1_branch1 : Vec R → Vec R :=
  fun x => mean_pool1 r (relu1 (linear3 r (from3 x)))

/-- `P`: Lip(sum1_branch1_query)² ≤ P/Q. -/
def sum1_branch1_query_P : Nat := Nat.mul (Nat.mul (Nat.mul 0 linear3_weight_T) 1) 1

/-- `Q`: Lip(sum1_branch1_query)² ≤ P/Q. -/
def sum1_branch1_query_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul linear3_weight_C (Nat.mul 2 2))) 1) 2

/-- `sum1_branch1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch1_query_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch1_query_P) (ofNat sum1_branch1_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (sum1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => relu1 (linear3 r (from3 x))) (g := mean_pool1 r)
    (SqLipschitzOn.comp_ofNat (f := fun x => linear3 r (from3 x)) (g := relu1)
      (SqLipschitzOn.comp_ofNat (f := from3) (g := linear3 r) (from3_query_sqLipschitz z)
        (linear3_sqLipschitz r hr) (fun _ _ => True.intro)) relu1_sqLipschitz
      (fun _ _ => True.intro)) (mean_pool1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(sum1_branch1_query) ≤ N/D. -/
def sum1_branch1_query_N : Nat := 0

/-- `D`: Lip(sum1_branch1_query) ≤ N/D. -/
def sum1_branch1_query_D : Nat := 1

/-- Lip(sum1_branch1) ≤ 0 in `query`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for
each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch1_query_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch1_query_N) (ofNat sum1_branch1_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (sum1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch1_query_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(sum1_branch1_keys)² ≤ P/Q. -/
def sum1_branch1_keys_P : Nat := Nat.mul (Nat.mul (Nat.mul 1 linear3_weight_T) 1) 1

/-- `Q`: Lip(sum1_branch1_keys)² ≤ P/Q. -/
def sum1_branch1_keys_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul linear3_weight_C (Nat.mul 2 2))) 1) 2

/-- `sum1_branch1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch1_keys_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch1_keys_P) (ofNat sum1_branch1_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (sum1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => relu1 (linear3 r (from3 x))) (g := mean_pool1 r)
    (SqLipschitzOn.comp_ofNat (f := fun x => linear3 r (from3 x)) (g := relu1)
      (SqLipschitzOn.comp_ofNat (f := from3) (g := linear3 r) (from3_keys_sqLipschitz z)
        (linear3_sqLipschitz r hr) (fun _ _ => True.intro)) relu1_sqLipschitz
      (fun _ _ => True.intro)) (mean_pool1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(sum1_branch1_keys) ≤ N/D. -/
def sum1_branch1_keys_N : Nat := 3665983899

/-- `D`: Lip(sum1_branch1_keys) ≤ N/D. -/
def sum1_branch1_keys_D : Nat := Nat.pow 2 31

/-- Lip(sum1_branch1) ≤ 1.70710679 in `keys`, exactly 3665983899/2147483648: for all x, y with
‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch1_keys_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch1_keys_N) (ofNat sum1_branch1_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (sum1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch1_keys_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(sum1_branch1_extra)² ≤ P/Q. -/
def sum1_branch1_extra_P : Nat := Nat.mul (Nat.mul (Nat.mul 0 linear3_weight_T) 1) 1

/-- `Q`: Lip(sum1_branch1_extra)² ≤ P/Q. -/
def sum1_branch1_extra_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul linear3_weight_C (Nat.mul 2 2))) 1) 2

/-- `sum1_branch1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch1_extra_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch1_extra_P) (ofNat sum1_branch1_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (sum1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => relu1 (linear3 r (from3 x))) (g := mean_pool1 r)
    (SqLipschitzOn.comp_ofNat (f := fun x => linear3 r (from3 x)) (g := relu1)
      (SqLipschitzOn.comp_ofNat (f := from3) (g := linear3 r) (from3_extra_sqLipschitz z)
        (linear3_sqLipschitz r hr) (fun _ _ => True.intro)) relu1_sqLipschitz
      (fun _ _ => True.intro)) (mean_pool1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(sum1_branch1_extra) ≤ N/D. -/
def sum1_branch1_extra_N : Nat := 0

/-- `D`: Lip(sum1_branch1_extra) ≤ N/D. -/
def sum1_branch1_extra_D : Nat := 1

/-- Lip(sum1_branch1) ≤ 0 in `extra`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for
each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch1_extra_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch1_extra_N) (ofNat sum1_branch1_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (sum1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch1_extra_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- Layer `from4` (from, 11 → 6): the input keys, entries 3 to 8 of the stacked inputs. -/
noncomputable def from4 : Vec R → Vec R := LipBridge.slice 3

/-- Lip(from4) ≤ √(P/Q) ≤ 0 in `query`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat 0) (ofNat 1) (Slice 11 0 3 inputs_domain z : Vec R → Prop)
      (from4 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from4) ≤ √(P/Q) ≤ 1 in `keys`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat 1) (ofNat 1) (Slice 11 3 6 inputs_domain z : Vec R → Prop)
      (from4 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 3) (m := 6) (Eq.refl true)).on _

/-- Lip(from4) ≤ √(P/Q) ≤ 0 in `extra`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from4_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 6 (ofNat 0) (ofNat 1) (Slice 11 9 2 inputs_domain z : Vec R → Prop)
      (from4 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from4` are at most A/B long, each token. -/
def from4_A : Nat := 3

/-- `B`: values of `from4` are at most A/B long, each token. -/
def from4_B : Nat := 2

/-- On the domain the values of `from4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from4_boundedOn :
    BoundedOn 2 3 (ofNat from4_A) (ofNat from4_B) (inputs_domain : Vec R → Prop)
      (fun x => from4 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.left)

/-- Layer `max_pool1` (max_pool, 6 → 3): the maximum of 2 tokens of dimension 3, in each
coordinate. -/
noncomputable def max_pool1 : Vec R → Vec R := LipBridge.maxPool 2 3

/-- Lip(max_pool1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem max_pool1_sqLipschitz :
    SqLipschitz 6 3 (ofNat 1) (ofNat 1) (max_pool1 : Vec R → Vec R) :=
  LipBridge.maxPool_sqLipschitz 2 3

/-- `A`: values of `max_pool1` are at most A/B long. -/
def max_pool1_A : Nat := 2277750375

/-- `B`: values of `max_pool1` are at most A/B long. -/
def max_pool1_B : Nat := Nat.pow 2 30

/-- On the domain the values of `max_pool1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem max_pool1_boundedOn :
    BoundedOn 1 3 (ofNat max_pool1_A) (ofNat max_pool1_B) (inputs_domain : Vec R → Prop)
      (fun x => max_pool1 (from4 x)) :=
  LipBridge.BoundedOn.maxPool (f := fun x => from4 x) from4_boundedOn (Eq.refl true) (Eq.refl true)

/-- Layer `dot1` (dot, 3 → 3): q ↦ ⟨q, k_s⟩ for 3 fixed keys of dimension 3. `linear3_weight`:
integers times 2^-1, from the spec. -/
noncomputable def dot1 : Vec R → Vec R := LipBridge.dotKeys 3 linear3_weight.entry (r 2)

/-- Lip(dot1) ≤ √(P/Q) ≤ 2.41421357, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem dot1_sqLipschitz (hr : Reciprocals inputs_denominators r) :
    SqLipschitz 3 3 (ofNat linear3_weight_T) (ofNat (Nat.mul linear3_weight_C (Nat.mul 2 2)))
      (dot1 r : Vec R → Vec R) :=
  LipBridge.dot_sqLipschitz linear3_weight_norm (hr 2 (Eq.refl true))

/-- `A`: values of `dot1` are at most A/B long. -/
def dot1_A : Nat := 10997951697

/-- `B`: values of `dot1` are at most A/B long. -/
def dot1_B : Nat := Nat.pow 2 31

/-- On the domain the values of `dot1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem dot1_boundedOn (hr : Reciprocals inputs_denominators r) :
    BoundedOn 1 3 (ofNat dot1_A) (ofNat dot1_B) (inputs_domain : Vec R → Prop)
      (fun x => dot1 r (max_pool1 (from4 x))) :=
  LipBridge.BoundedOn.then (f := fun x => max_pool1 (from4 x)) (g := dot1 r) max_pool1_boundedOn
    (LipBridge.linear_normGain linear3_weight_norm (hr 2 (Eq.refl true))) (Eq.refl true)
    (Eq.refl true)

/-- Layer `abs1` (abs, 3 → 3): x ↦ |x| in each entry. -/
noncomputable def abs1 : Vec R → Vec R := LipBridge.entrywise LipBridge.abs

/-- Lip(abs1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem abs1_sqLipschitz :
    SqLipschitz 3 3 (ofNat 1) (ofNat 1) (abs1 : Vec R → Vec R) :=
  LipBridge.abs_sqLipschitz 3

/-- `A`: values of `abs1` are at most A/B long. -/
def abs1_A : Nat := 10997951697

/-- `B`: values of `abs1` are at most A/B long. -/
def abs1_B : Nat := Nat.pow 2 31

/-- On the domain the values of `abs1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem abs1_boundedOn (hr : Reciprocals inputs_denominators r) :
    BoundedOn 1 3 (ofNat abs1_A) (ofNat abs1_B) (inputs_domain : Vec R → Prop)
      (fun x => abs1 (dot1 r (max_pool1 (from4 x)))) :=
  LipBridge.BoundedOn.then (f := fun x => dot1 r (max_pool1 (from4 x))) (g := abs1)
    (dot1_boundedOn r hr) (LipBridge.abs_normGain 3) (Eq.refl true) (Eq.refl true)

/-- Branch `sum1_branch2`: its layers in sequence. -/
noncomputable def sum1_branch2 : Vec R → Vec R := fun x => abs1 (dot1 r (max_pool1 (from4 x)))

/-- `P`: Lip(sum1_branch2_query)² ≤ P/Q. -/
def sum1_branch2_query_P : Nat := Nat.mul (Nat.mul (Nat.mul 0 1) linear3_weight_T) 1

/-- `Q`: Lip(sum1_branch2_query)² ≤ P/Q. -/
def sum1_branch2_query_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 1) (Nat.mul linear3_weight_C (Nat.mul 2 2))) 1

/-- `sum1_branch2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch2_query_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch2_query_P) (ofNat sum1_branch2_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (sum1_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => dot1 r (max_pool1 (from4 x))) (g := abs1)
    (SqLipschitzOn.comp_ofNat (f := fun x => max_pool1 (from4 x)) (g := dot1 r)
      (SqLipschitzOn.comp_ofNat (f := from4) (g := max_pool1) (from4_query_sqLipschitz z)
        max_pool1_sqLipschitz (fun _ _ => True.intro)) (dot1_sqLipschitz r hr)
      (fun _ _ => True.intro)) abs1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(sum1_branch2_query) ≤ N/D. -/
def sum1_branch2_query_N : Nat := 0

/-- `D`: Lip(sum1_branch2_query) ≤ N/D. -/
def sum1_branch2_query_D : Nat := 1

/-- Lip(sum1_branch2) ≤ 0 in `query`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for
each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch2_query_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch2_query_N) (ofNat sum1_branch2_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (sum1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch2_query_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(sum1_branch2_keys)² ≤ P/Q. -/
def sum1_branch2_keys_P : Nat := Nat.mul (Nat.mul (Nat.mul 1 1) linear3_weight_T) 1

/-- `Q`: Lip(sum1_branch2_keys)² ≤ P/Q. -/
def sum1_branch2_keys_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 1) (Nat.mul linear3_weight_C (Nat.mul 2 2))) 1

/-- `sum1_branch2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch2_keys_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch2_keys_P) (ofNat sum1_branch2_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (sum1_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => dot1 r (max_pool1 (from4 x))) (g := abs1)
    (SqLipschitzOn.comp_ofNat (f := fun x => max_pool1 (from4 x)) (g := dot1 r)
      (SqLipschitzOn.comp_ofNat (f := from4) (g := max_pool1) (from4_keys_sqLipschitz z)
        max_pool1_sqLipschitz (fun _ _ => True.intro)) (dot1_sqLipschitz r hr)
      (fun _ _ => True.intro)) abs1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(sum1_branch2_keys) ≤ N/D. -/
def sum1_branch2_keys_N : Nat := 10368968299

/-- `D`: Lip(sum1_branch2_keys) ≤ N/D. -/
def sum1_branch2_keys_D : Nat := Nat.pow 2 32

/-- Lip(sum1_branch2) ≤ 2.41421357 in `keys`, exactly 10368968299/4294967296: for all x, y with
‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch2_keys_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch2_keys_N) (ofNat sum1_branch2_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (sum1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch2_keys_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(sum1_branch2_extra)² ≤ P/Q. -/
def sum1_branch2_extra_P : Nat := Nat.mul (Nat.mul (Nat.mul 0 1) linear3_weight_T) 1

/-- `Q`: Lip(sum1_branch2_extra)² ≤ P/Q. -/
def sum1_branch2_extra_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul 1 1) (Nat.mul linear3_weight_C (Nat.mul 2 2))) 1

/-- `sum1_branch2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch2_extra_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch2_extra_P) (ofNat sum1_branch2_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (sum1_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => dot1 r (max_pool1 (from4 x))) (g := abs1)
    (SqLipschitzOn.comp_ofNat (f := fun x => max_pool1 (from4 x)) (g := dot1 r)
      (SqLipschitzOn.comp_ofNat (f := from4) (g := max_pool1) (from4_extra_sqLipschitz z)
        max_pool1_sqLipschitz (fun _ _ => True.intro)) (dot1_sqLipschitz r hr)
      (fun _ _ => True.intro)) abs1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(sum1_branch2_extra) ≤ N/D. -/
def sum1_branch2_extra_N : Nat := 0

/-- `D`: Lip(sum1_branch2_extra) ≤ N/D. -/
def sum1_branch2_extra_D : Nat := 1

/-- Lip(sum1_branch2) ≤ 0 in `extra`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for
each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch2_extra_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch2_extra_N) (ofNat sum1_branch2_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (sum1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch2_extra_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- Layer `from5` (from, 11 → 3): the input query, entries 0 to 2 of the stacked inputs. -/
noncomputable def from5 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from5) ≤ √(P/Q) ≤ 1 in `query`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat 1) (ofNat 1) (Slice 11 0 3 inputs_domain z : Vec R → Prop)
      (from5 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 0) (m := 3) (Eq.refl true)).on _

/-- Lip(from5) ≤ √(P/Q) ≤ 0 in `keys`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat 0) (ofNat 1) (Slice 11 3 6 inputs_domain z : Vec R → Prop)
      (from5 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- Lip(from5) ≤ √(P/Q) ≤ 0 in `extra`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from5_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat 0) (ofNat 1) (Slice 11 9 2 inputs_domain z : Vec R → Prop)
      (from5 : Vec R → Vec R) :=
  LipBridge.slice_still_before (Eq.refl true) (Eq.refl true)

/-- `A`: values of `from5` are at most A/B long. -/
def from5_A : Nat := 3

/-- `B`: values of `from5` are at most A/B long. -/
def from5_B : Nat := 1

/-- On the domain the values of `from5`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from5_boundedOn :
    BoundedOn 1 3 (ofNat from5_A) (ofNat from5_B) (inputs_domain : Vec R → Prop)
      (fun x => from5 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.left)

/-- Layer `linear4` (linear, 3 → 1): x ↦ Wx, W is 1×3. `linear4_weight`: integers, from the spec. -/
noncomputable def linear4 : Vec R → Vec R :=
  LipBridge.linear 3 linear4_weight.entry one (fun _ => zero)

/-- Lip(linear4) ≤ √(P/Q) ≤ 1.73205081, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear4_sqLipschitz :
    SqLipschitz 3 1 (ofNat linear4_weight_T) (ofNat (Nat.mul linear4_weight_C (Nat.mul 1 1)))
      (linear4 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear4_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `linear4` are at most A/B long. -/
def linear4_A : Nat := 11158652361

/-- `B`: values of `linear4` are at most A/B long. -/
def linear4_B : Nat := Nat.pow 2 31

/-- On the domain the values of `linear4`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear4_boundedOn :
    BoundedOn 1 1 (ofNat linear4_A) (ofNat linear4_B) (inputs_domain : Vec R → Prop)
      (fun x => linear4 (from5 x)) :=
  LipBridge.BoundedOn.then (f := fun x => from5 x) (g := linear4) from5_boundedOn
    (LipBridge.linear_normGain linear4_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Branch `concat2_branch1`: its layers in sequence. -/
noncomputable def concat2_branch1 : Vec R → Vec R := fun x => linear4 (from5 x)

/-- `P`: Lip(concat2_branch1_query)² ≤ P/Q. -/
def concat2_branch1_query_P : Nat := Nat.mul 1 linear4_weight_T

/-- `Q`: Lip(concat2_branch1_query)² ≤ P/Q. -/
def concat2_branch1_query_Q : Nat := Nat.mul 1 (Nat.mul linear4_weight_C (Nat.mul 1 1))

/-- `concat2_branch1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_branch1_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat2_branch1_query_P) (ofNat concat2_branch1_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (concat2_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from5) (g := linear4) (from5_query_sqLipschitz z)
    linear4_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(concat2_branch1_query) ≤ N/D. -/
def concat2_branch1_query_N : Nat := 3719550787

/-- `D`: Lip(concat2_branch1_query) ≤ N/D. -/
def concat2_branch1_query_D : Nat := Nat.pow 2 31

/-- Lip(concat2_branch1) ≤ 1.73205081 in `query`, exactly 3719550787/2147483648: for all x, y with
‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch1_query_lipschitz (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat2_branch1_query_N) (ofNat concat2_branch1_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (concat2_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch1_query_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat2_branch1_keys)² ≤ P/Q. -/
def concat2_branch1_keys_P : Nat := Nat.mul 0 linear4_weight_T

/-- `Q`: Lip(concat2_branch1_keys)² ≤ P/Q. -/
def concat2_branch1_keys_Q : Nat := Nat.mul 1 (Nat.mul linear4_weight_C (Nat.mul 1 1))

/-- `concat2_branch1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_branch1_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat2_branch1_keys_P) (ofNat concat2_branch1_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (concat2_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from5) (g := linear4) (from5_keys_sqLipschitz z)
    linear4_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(concat2_branch1_keys) ≤ N/D. -/
def concat2_branch1_keys_N : Nat := 0

/-- `D`: Lip(concat2_branch1_keys) ≤ N/D. -/
def concat2_branch1_keys_D : Nat := 1

/-- Lip(concat2_branch1) ≤ 0 in `keys`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for
each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch1_keys_lipschitz (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat2_branch1_keys_N) (ofNat concat2_branch1_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (concat2_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch1_keys_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat2_branch1_extra)² ≤ P/Q. -/
def concat2_branch1_extra_P : Nat := Nat.mul 0 linear4_weight_T

/-- `Q`: Lip(concat2_branch1_extra)² ≤ P/Q. -/
def concat2_branch1_extra_Q : Nat := Nat.mul 1 (Nat.mul linear4_weight_C (Nat.mul 1 1))

/-- `concat2_branch1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_branch1_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat concat2_branch1_extra_P) (ofNat concat2_branch1_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (concat2_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from5) (g := linear4) (from5_extra_sqLipschitz z)
    linear4_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(concat2_branch1_extra) ≤ N/D. -/
def concat2_branch1_extra_N : Nat := 0

/-- `D`: Lip(concat2_branch1_extra) ≤ N/D. -/
def concat2_branch1_extra_D : Nat := 1

/-- Lip(concat2_branch1) ≤ 0 in `extra`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2
for each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch1_extra_lipschitz (z : Vec R) :
    LipschitzOn 11 1 (ofNat concat2_branch1_extra_N) (ofNat concat2_branch1_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (concat2_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch1_extra_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `from6` (from, 11 → 2): the input extra, entries 9 to 10 of the stacked inputs. -/
noncomputable def from6 : Vec R → Vec R := LipBridge.slice 9

/-- Lip(from6) ≤ √(P/Q) ≤ 0 in `query`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat 0) (ofNat 1) (Slice 11 0 3 inputs_domain z : Vec R → Prop)
      (from6 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from6) ≤ √(P/Q) ≤ 0 in `keys`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat 0) (ofNat 1) (Slice 11 3 6 inputs_domain z : Vec R → Prop)
      (from6 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from6) ≤ √(P/Q) ≤ 1 in `extra`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from6_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat 1) (ofNat 1) (Slice 11 9 2 inputs_domain z : Vec R → Prop)
      (from6 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 9) (m := 2) (Eq.refl true)).on _

/-- `A`: values of `from6` are at most A/B long. -/
def from6_A : Nat := 1

/-- `B`: values of `from6` are at most A/B long. -/
def from6_B : Nat := 3

/-- On the domain the values of `from6`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from6_boundedOn :
    BoundedOn 1 2 (ofNat from6_A) (ofNat from6_B) (inputs_domain : Vec R → Prop)
      (fun x => from6 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Branch `similarity2_branch1`: its layers in sequence. -/
noncomputable def similarity2_branch1 : Vec R → Vec R := fun x => from6 x

/-- `P`: Lip(similarity2_branch1_query)² ≤ P/Q. -/
def similarity2_branch1_query_P : Nat := 0

/-- `Q`: Lip(similarity2_branch1_query)² ≤ P/Q. -/
def similarity2_branch1_query_Q : Nat := 1

/-- `similarity2_branch1` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_branch1_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch1_query_P) (ofNat similarity2_branch1_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (similarity2_branch1 : Vec R → Vec R) :=
  from6_query_sqLipschitz z

/-- `N`: Lip(similarity2_branch1_query) ≤ N/D. -/
def similarity2_branch1_query_N : Nat := 0

/-- `D`: Lip(similarity2_branch1_query) ≤ N/D. -/
def similarity2_branch1_query_D : Nat := 1

/-- Lip(similarity2_branch1) ≤ 0 in `query`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤
3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch1_query_lipschitz (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch1_query_N) (ofNat similarity2_branch1_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (similarity2_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch1_query_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity2_branch1_keys)² ≤ P/Q. -/
def similarity2_branch1_keys_P : Nat := 0

/-- `Q`: Lip(similarity2_branch1_keys)² ≤ P/Q. -/
def similarity2_branch1_keys_Q : Nat := 1

/-- `similarity2_branch1` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_branch1_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch1_keys_P) (ofNat similarity2_branch1_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (similarity2_branch1 : Vec R → Vec R) :=
  from6_keys_sqLipschitz z

/-- `N`: Lip(similarity2_branch1_keys) ≤ N/D. -/
def similarity2_branch1_keys_N : Nat := 0

/-- `D`: Lip(similarity2_branch1_keys) ≤ N/D. -/
def similarity2_branch1_keys_D : Nat := 1

/-- Lip(similarity2_branch1) ≤ 0 in `keys`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2
for each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch1_keys_lipschitz (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch1_keys_N) (ofNat similarity2_branch1_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (similarity2_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch1_keys_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity2_branch1_extra)² ≤ P/Q. -/
def similarity2_branch1_extra_P : Nat := 1

/-- `Q`: Lip(similarity2_branch1_extra)² ≤ P/Q. -/
def similarity2_branch1_extra_Q : Nat := 1

/-- `similarity2_branch1` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_branch1_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch1_extra_P) (ofNat similarity2_branch1_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (similarity2_branch1 : Vec R → Vec R) :=
  from6_extra_sqLipschitz z

/-- `N`: Lip(similarity2_branch1_extra) ≤ N/D. -/
def similarity2_branch1_extra_N : Nat := 1

/-- `D`: Lip(similarity2_branch1_extra) ≤ N/D. -/
def similarity2_branch1_extra_D : Nat := 1

/-- Lip(similarity2_branch1) ≤ 1 in `extra`, exactly 1/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤
3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch1_extra_lipschitz (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch1_extra_N) (ofNat similarity2_branch1_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (similarity2_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch1_extra_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `from7` (from, 11 → 2): the input extra, entries 9 to 10 of the stacked inputs. -/
noncomputable def from7 : Vec R → Vec R := LipBridge.slice 9

/-- Lip(from7) ≤ √(P/Q) ≤ 0 in `query`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat 0) (ofNat 1) (Slice 11 0 3 inputs_domain z : Vec R → Prop)
      (from7 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from7) ≤ √(P/Q) ≤ 0 in `keys`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat 0) (ofNat 1) (Slice 11 3 6 inputs_domain z : Vec R → Prop)
      (from7 : Vec R → Vec R) :=
  LipBridge.slice_still_after (Eq.refl true) (Eq.refl true)

/-- Lip(from7) ≤ √(P/Q) ≤ 1 in `extra`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from7_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat 1) (ofNat 1) (Slice 11 9 2 inputs_domain z : Vec R → Prop)
      (from7 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 11) (s := 9) (m := 2) (Eq.refl true)).on _

/-- `A`: values of `from7` are at most A/B long. -/
def from7_A : Nat := 1

/-- `B`: values of `from7` are at most A/B long. -/
def from7_B : Nat := 3

/-- On the domain the values of `from7`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from7_boundedOn :
    BoundedOn 1 2 (ofNat from7_A) (ofNat from7_B) (inputs_domain : Vec R → Prop)
      (fun x => from7 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h.right.right)

/-- Branch `similarity2_branch2`: its layers in sequence. -/
noncomputable def similarity2_branch2 : Vec R → Vec R := fun x => from7 x

/-- `P`: Lip(similarity2_branch2_query)² ≤ P/Q. -/
def similarity2_branch2_query_P : Nat := 0

/-- `Q`: Lip(similarity2_branch2_query)² ≤ P/Q. -/
def similarity2_branch2_query_Q : Nat := 1

/-- `similarity2_branch2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_branch2_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch2_query_P) (ofNat similarity2_branch2_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (similarity2_branch2 : Vec R → Vec R) :=
  from7_query_sqLipschitz z

/-- `N`: Lip(similarity2_branch2_query) ≤ N/D. -/
def similarity2_branch2_query_N : Nat := 0

/-- `D`: Lip(similarity2_branch2_query) ≤ N/D. -/
def similarity2_branch2_query_D : Nat := 1

/-- Lip(similarity2_branch2) ≤ 0 in `query`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤
3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch2_query_lipschitz (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch2_query_N) (ofNat similarity2_branch2_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (similarity2_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch2_query_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity2_branch2_keys)² ≤ P/Q. -/
def similarity2_branch2_keys_P : Nat := 0

/-- `Q`: Lip(similarity2_branch2_keys)² ≤ P/Q. -/
def similarity2_branch2_keys_Q : Nat := 1

/-- `similarity2_branch2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_branch2_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch2_keys_P) (ofNat similarity2_branch2_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (similarity2_branch2 : Vec R → Vec R) :=
  from7_keys_sqLipschitz z

/-- `N`: Lip(similarity2_branch2_keys) ≤ N/D. -/
def similarity2_branch2_keys_N : Nat := 0

/-- `D`: Lip(similarity2_branch2_keys) ≤ N/D. -/
def similarity2_branch2_keys_D : Nat := 1

/-- Lip(similarity2_branch2) ≤ 0 in `keys`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2
for each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch2_keys_lipschitz (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch2_keys_N) (ofNat similarity2_branch2_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (similarity2_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch2_keys_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity2_branch2_extra)² ≤ P/Q. -/
def similarity2_branch2_extra_P : Nat := 1

/-- `Q`: Lip(similarity2_branch2_extra)² ≤ P/Q. -/
def similarity2_branch2_extra_Q : Nat := 1

/-- `similarity2_branch2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_branch2_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat similarity2_branch2_extra_P) (ofNat similarity2_branch2_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (similarity2_branch2 : Vec R → Vec R) :=
  from7_extra_sqLipschitz z

/-- `N`: Lip(similarity2_branch2_extra) ≤ N/D. -/
def similarity2_branch2_extra_N : Nat := 1

/-- `D`: Lip(similarity2_branch2_extra) ≤ N/D. -/
def similarity2_branch2_extra_D : Nat := 1

/-- Lip(similarity2_branch2) ≤ 1 in `extra`, exactly 1/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤
3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity2_branch2_extra_lipschitz (z : Vec R) :
    LipschitzOn 11 2 (ofNat similarity2_branch2_extra_N) (ofNat similarity2_branch2_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (similarity2_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity2_branch2_extra_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `similarity2` (similarity, 11 → 1): x ↦ the score of similarity2_branch1 against
similarity2_branch2. -/
noncomputable def similarity2 : Vec R → Vec R :=
  LipBridge.similarity 1 2 similarity2_branch1 similarity2_branch2

/-- `P`: Lip(similarity2_query)² ≤ P/Q. -/
def similarity2_query_P : Nat := Nat.mul 0 0

/-- `Q`: Lip(similarity2_query)² ≤ P/Q. -/
def similarity2_query_Q : Nat := Nat.mul 1 1

/-- Lip(similarity2) ≤ √(P/Q) ≤ 0 in `query`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity2_query_P) (ofNat similarity2_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (similarity2 : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_still_lipschitzOn_ofNat (b := 1) (d := 2)
    (similarity2_branch1_query_lipschitz z) (similarity2_branch2_query_lipschitz z))

/-- `P`: Lip(similarity2_keys)² ≤ P/Q. -/
def similarity2_keys_P : Nat := Nat.mul 0 0

/-- `Q`: Lip(similarity2_keys)² ≤ P/Q. -/
def similarity2_keys_Q : Nat := Nat.mul 1 1

/-- Lip(similarity2) ≤ √(P/Q) ≤ 0 in `keys`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity2_keys_P) (ofNat similarity2_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (similarity2 : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_still_lipschitzOn_ofNat (b := 1) (d := 2)
    (similarity2_branch1_keys_lipschitz z) (similarity2_branch2_keys_lipschitz z))

/-- `P`: Lip(similarity2_extra)² ≤ P/Q. -/
def similarity2_extra_P : Nat :=
  Nat.mul (Nat.add (Nat.mul (Nat.mul from7_A similarity2_branch1_extra_N)
    (Nat.mul from6_B similarity2_branch2_extra_D))
    (Nat.mul (Nat.mul from6_A similarity2_branch2_extra_N)
      (Nat.mul from7_B similarity2_branch1_extra_D)))
    (Nat.add (Nat.mul (Nat.mul from7_A similarity2_branch1_extra_N)
      (Nat.mul from6_B similarity2_branch2_extra_D))
      (Nat.mul (Nat.mul from6_A similarity2_branch2_extra_N)
        (Nat.mul from7_B similarity2_branch1_extra_D)))

/-- `Q`: Lip(similarity2_extra)² ≤ P/Q. -/
def similarity2_extra_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul from7_B similarity2_branch1_extra_D)
    (Nat.mul from6_B similarity2_branch2_extra_D))
    (Nat.mul (Nat.mul from7_B similarity2_branch1_extra_D)
      (Nat.mul from6_B similarity2_branch2_extra_D))

/-- Lip(similarity2) ≤ √(P/Q) ≤ 0.666666667 in `extra`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity2_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity2_extra_P) (ofNat similarity2_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (similarity2 : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_lipschitzOn_ofNat (b := 1) (d := 2)
    (Eq.refl true) (similarity2_branch1_extra_lipschitz z) (similarity2_branch2_extra_lipschitz z)
    (from6_boundedOn.mono (fun _ h => h.left)) (from7_boundedOn.mono (fun _ h => h.left)))

/-- `A`: values of `similarity2` are at most A/B long. -/
def similarity2_A : Nat := Nat.mul from6_A from7_A

/-- `B`: values of `similarity2` are at most A/B long. -/
def similarity2_B : Nat := Nat.mul from6_B from7_B

/-- On the domain the values of `similarity2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem similarity2_boundedOn :
    BoundedOn 1 1 (ofNat similarity2_A) (ofNat similarity2_B) (inputs_domain : Vec R → Prop)
      (fun x => similarity2 x) :=
  LipBridge.similarity_boundedOn_ofNat (b := 1) (d := 2) (Eq.refl true) from6_boundedOn
    from7_boundedOn

/-- Layer `linear5` (linear, 1 → 2): x ↦ Wx, W is 2×1. `linear5_weight`: integers, from the spec. -/
noncomputable def linear5 : Vec R → Vec R :=
  LipBridge.linear 1 linear5_weight.entry one (fun _ => zero)

/-- Lip(linear5) ≤ √(P/Q) ≤ 2.23606798, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear5_sqLipschitz :
    SqLipschitz 1 2 (ofNat linear5_weight_T) (ofNat (Nat.mul linear5_weight_C (Nat.mul 1 1)))
      (linear5 : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear5_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `linear5` are at most A/B long. -/
def linear5_A : Nat := 266773301

/-- `B`: values of `linear5` are at most A/B long. -/
def linear5_B : Nat := Nat.pow 2 30

/-- On the domain the values of `linear5`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem linear5_boundedOn :
    BoundedOn 1 2 (ofNat linear5_A) (ofNat linear5_B) (inputs_domain : Vec R → Prop)
      (fun x => linear5 (similarity2 x)) :=
  LipBridge.BoundedOn.then (f := fun x => similarity2 x) (g := linear5) similarity2_boundedOn
    (LipBridge.linear_normGain linear5_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Branch `concat2_branch2`: its layers in sequence. -/
noncomputable def concat2_branch2 : Vec R → Vec R := fun x => linear5 (similarity2 x)

/-- `P`: Lip(concat2_branch2_query)² ≤ P/Q. -/
def concat2_branch2_query_P : Nat := Nat.mul similarity2_query_P linear5_weight_T

/-- `Q`: Lip(concat2_branch2_query)² ≤ P/Q. -/
def concat2_branch2_query_Q : Nat :=
  Nat.mul similarity2_query_Q (Nat.mul linear5_weight_C (Nat.mul 1 1))

/-- `concat2_branch2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_branch2_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat2_branch2_query_P) (ofNat concat2_branch2_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (concat2_branch2 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := similarity2) (g := linear5) (similarity2_query_sqLipschitz z)
    linear5_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(concat2_branch2_query) ≤ N/D. -/
def concat2_branch2_query_N : Nat := 0

/-- `D`: Lip(concat2_branch2_query) ≤ N/D. -/
def concat2_branch2_query_D : Nat := 1

/-- Lip(concat2_branch2) ≤ 0 in `query`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2
for each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch2_query_lipschitz (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat2_branch2_query_N) (ofNat concat2_branch2_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (concat2_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch2_query_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat2_branch2_keys)² ≤ P/Q. -/
def concat2_branch2_keys_P : Nat := Nat.mul similarity2_keys_P linear5_weight_T

/-- `Q`: Lip(concat2_branch2_keys)² ≤ P/Q. -/
def concat2_branch2_keys_Q : Nat :=
  Nat.mul similarity2_keys_Q (Nat.mul linear5_weight_C (Nat.mul 1 1))

/-- `concat2_branch2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_branch2_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat2_branch2_keys_P) (ofNat concat2_branch2_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (concat2_branch2 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := similarity2) (g := linear5) (similarity2_keys_sqLipschitz z)
    linear5_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(concat2_branch2_keys) ≤ N/D. -/
def concat2_branch2_keys_N : Nat := 0

/-- `D`: Lip(concat2_branch2_keys) ≤ N/D. -/
def concat2_branch2_keys_D : Nat := 1

/-- Lip(concat2_branch2) ≤ 0 in `keys`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for
each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch2_keys_lipschitz (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat2_branch2_keys_N) (ofNat concat2_branch2_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (concat2_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch2_keys_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(concat2_branch2_extra)² ≤ P/Q. -/
def concat2_branch2_extra_P : Nat := Nat.mul similarity2_extra_P linear5_weight_T

/-- `Q`: Lip(concat2_branch2_extra)² ≤ P/Q. -/
def concat2_branch2_extra_Q : Nat :=
  Nat.mul similarity2_extra_Q (Nat.mul linear5_weight_C (Nat.mul 1 1))

/-- `concat2_branch2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_branch2_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 2 (ofNat concat2_branch2_extra_P) (ofNat concat2_branch2_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (concat2_branch2 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := similarity2) (g := linear5) (similarity2_extra_sqLipschitz z)
    linear5_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(concat2_branch2_extra) ≤ N/D. -/
def concat2_branch2_extra_N : Nat := 800319903

/-- `D`: Lip(concat2_branch2_extra) ≤ N/D. -/
def concat2_branch2_extra_D : Nat := Nat.pow 2 29

/-- Lip(concat2_branch2) ≤ 1.49071199 in `extra`, exactly 800319903/536870912: for all x, y with
‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat2_branch2_extra_lipschitz (z : Vec R) :
    LipschitzOn 11 2 (ofNat concat2_branch2_extra_N) (ofNat concat2_branch2_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (concat2_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat2_branch2_extra_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `concat2` (concat, 11 → 3): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat2 : Vec R → Vec R := LipBridge.concat 1 concat2_branch1 concat2_branch2

/-- `P`: Lip(concat2_query)² ≤ P/Q. -/
def concat2_query_P : Nat :=
  Nat.add (Nat.mul concat2_branch1_query_P concat2_branch2_query_Q)
    (Nat.mul concat2_branch2_query_P concat2_branch1_query_Q)

/-- `Q`: Lip(concat2_query)² ≤ P/Q. -/
def concat2_query_Q : Nat := Nat.mul concat2_branch1_query_Q concat2_branch2_query_Q

/-- Lip(concat2) ≤ √(P/Q) ≤ 1.73205081 in `query`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat2_query_P) (ofNat concat2_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (concat2 : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (concat2_branch1_query_sqLipschitz z)
    (concat2_branch2_query_sqLipschitz z)

/-- `P`: Lip(concat2_keys)² ≤ P/Q. -/
def concat2_keys_P : Nat :=
  Nat.add (Nat.mul concat2_branch1_keys_P concat2_branch2_keys_Q)
    (Nat.mul concat2_branch2_keys_P concat2_branch1_keys_Q)

/-- `Q`: Lip(concat2_keys)² ≤ P/Q. -/
def concat2_keys_Q : Nat := Nat.mul concat2_branch1_keys_Q concat2_branch2_keys_Q

/-- Lip(concat2) ≤ √(P/Q) ≤ 0 in `keys`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat2_keys_P) (ofNat concat2_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (concat2 : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (concat2_branch1_keys_sqLipschitz z)
    (concat2_branch2_keys_sqLipschitz z)

/-- `P`: Lip(concat2_extra)² ≤ P/Q. -/
def concat2_extra_P : Nat :=
  Nat.add (Nat.mul concat2_branch1_extra_P concat2_branch2_extra_Q)
    (Nat.mul concat2_branch2_extra_P concat2_branch1_extra_Q)

/-- `Q`: Lip(concat2_extra)² ≤ P/Q. -/
def concat2_extra_Q : Nat := Nat.mul concat2_branch1_extra_Q concat2_branch2_extra_Q

/-- Lip(concat2) ≤ √(P/Q) ≤ 1.49071199 in `extra`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat2_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat concat2_extra_P) (ofNat concat2_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (concat2 : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat (concat2_branch1_extra_sqLipschitz z)
    (concat2_branch2_extra_sqLipschitz z)

/-- `A`: values of `concat2` are at most A/B long. -/
def concat2_A : Nat := 2792850185

/-- `B`: values of `concat2` are at most A/B long. -/
def concat2_B : Nat := Nat.pow 2 29

/-- On the domain the values of `concat2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem concat2_boundedOn :
    BoundedOn 1 3 (ofNat concat2_A) (ofNat concat2_B) (inputs_domain : Vec R → Prop)
      (fun x => concat2 x) :=
  LipBridge.SqBoundedOn.root (LipBridge.SqBoundedOn.concat
    (LipBridge.BoundedOn.squared linear4_boundedOn) (LipBridge.BoundedOn.squared linear5_boundedOn))
    (Eq.refl true) (Eq.refl true)

/-- Branch `sum1_branch3`: its layers in sequence. -/
noncomputable def sum1_branch3 : Vec R → Vec R := fun x => concat2 x

/-- `P`: Lip(sum1_branch3_query)² ≤ P/Q. -/
def sum1_branch3_query_P : Nat := concat2_query_P

/-- `Q`: Lip(sum1_branch3_query)² ≤ P/Q. -/
def sum1_branch3_query_Q : Nat := concat2_query_Q

/-- `sum1_branch3` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch3_query_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch3_query_P) (ofNat sum1_branch3_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (sum1_branch3 : Vec R → Vec R) :=
  concat2_query_sqLipschitz z

/-- `N`: Lip(sum1_branch3_query) ≤ N/D. -/
def sum1_branch3_query_N : Nat := 3719550787

/-- `D`: Lip(sum1_branch3_query) ≤ N/D. -/
def sum1_branch3_query_D : Nat := Nat.pow 2 31

/-- Lip(sum1_branch3) ≤ 1.73205081 in `query`, exactly 3719550787/2147483648: for all x, y with
‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch3_query_lipschitz (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch3_query_N) (ofNat sum1_branch3_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (sum1_branch3 : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch3_query_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(sum1_branch3_keys)² ≤ P/Q. -/
def sum1_branch3_keys_P : Nat := concat2_keys_P

/-- `Q`: Lip(sum1_branch3_keys)² ≤ P/Q. -/
def sum1_branch3_keys_Q : Nat := concat2_keys_Q

/-- `sum1_branch3` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch3_keys_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch3_keys_P) (ofNat sum1_branch3_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (sum1_branch3 : Vec R → Vec R) :=
  concat2_keys_sqLipschitz z

/-- `N`: Lip(sum1_branch3_keys) ≤ N/D. -/
def sum1_branch3_keys_N : Nat := 0

/-- `D`: Lip(sum1_branch3_keys) ≤ N/D. -/
def sum1_branch3_keys_D : Nat := 1

/-- Lip(sum1_branch3) ≤ 0 in `keys`, exactly 0/1: for all x, y with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for
each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch3_keys_lipschitz (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch3_keys_N) (ofNat sum1_branch3_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (sum1_branch3 : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch3_keys_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(sum1_branch3_extra)² ≤ P/Q. -/
def sum1_branch3_extra_P : Nat := concat2_extra_P

/-- `Q`: Lip(sum1_branch3_extra)² ≤ P/Q. -/
def sum1_branch3_extra_Q : Nat := concat2_extra_Q

/-- `sum1_branch3` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch3_extra_sqLipschitz (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_branch3_extra_P) (ofNat sum1_branch3_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (sum1_branch3 : Vec R → Vec R) :=
  concat2_extra_sqLipschitz z

/-- `N`: Lip(sum1_branch3_extra) ≤ N/D. -/
def sum1_branch3_extra_N : Nat := 800319903

/-- `D`: Lip(sum1_branch3_extra) ≤ N/D. -/
def sum1_branch3_extra_D : Nat := Nat.pow 2 29

/-- Lip(sum1_branch3) ≤ 1.49071199 in `extra`, exactly 800319903/536870912: for all x, y with
‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch3_extra_lipschitz (z : Vec R) :
    LipschitzOn 11 3 (ofNat sum1_branch3_extra_N) (ofNat sum1_branch3_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (sum1_branch3 : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch3_extra_sqLipschitz z) (Eq.refl true) (Eq.refl true)

/-- Layer `sum1` (sum, 11 → 3): x ↦ the sum of 3 branches of x. -/
noncomputable def sum1 : Vec R → Vec R :=
  fun x => LipBridge.vadd (LipBridge.vadd (sum1_branch1 r x) (sum1_branch2 r x)) (sum1_branch3 x)

/-- A sum over the first branches of `sum1`. -/
def sum1_query_N2 : Nat :=
  Nat.add (Nat.mul sum1_branch1_query_N sum1_branch2_query_D)
    (Nat.mul sum1_branch2_query_N sum1_branch1_query_D)

/-- A sum over the first branches of `sum1`. -/
def sum1_query_D2 : Nat := Nat.mul sum1_branch1_query_D sum1_branch2_query_D

/-- `P`: Lip(sum1_query)² ≤ P/Q. -/
def sum1_query_P : Nat :=
  Nat.mul (Nat.add (Nat.mul sum1_query_N2 sum1_branch3_query_D)
    (Nat.mul sum1_branch3_query_N sum1_query_D2))
    (Nat.add (Nat.mul sum1_query_N2 sum1_branch3_query_D)
      (Nat.mul sum1_branch3_query_N sum1_query_D2))

/-- `Q`: Lip(sum1_query)² ≤ P/Q. -/
def sum1_query_Q : Nat :=
  Nat.mul (Nat.mul sum1_query_D2 sum1_branch3_query_D) (Nat.mul sum1_query_D2 sum1_branch3_query_D)

/-- Lip(sum1) ≤ √(P/Q) ≤ 1.73205081 in `query`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_query_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_query_P) (ofNat sum1_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (sum1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat
    (LipBridge.sum_lipschitz_ofNat (sum1_branch1_query_lipschitz r hr z)
      (sum1_branch2_query_lipschitz r hr z)) (sum1_branch3_query_lipschitz z))

/-- A sum over the first branches of `sum1`. -/
def sum1_keys_N2 : Nat :=
  Nat.add (Nat.mul sum1_branch1_keys_N sum1_branch2_keys_D)
    (Nat.mul sum1_branch2_keys_N sum1_branch1_keys_D)

/-- A sum over the first branches of `sum1`. -/
def sum1_keys_D2 : Nat := Nat.mul sum1_branch1_keys_D sum1_branch2_keys_D

/-- `P`: Lip(sum1_keys)² ≤ P/Q. -/
def sum1_keys_P : Nat :=
  Nat.mul (Nat.add (Nat.mul sum1_keys_N2 sum1_branch3_keys_D)
    (Nat.mul sum1_branch3_keys_N sum1_keys_D2))
    (Nat.add (Nat.mul sum1_keys_N2 sum1_branch3_keys_D) (Nat.mul sum1_branch3_keys_N sum1_keys_D2))

/-- `Q`: Lip(sum1_keys)² ≤ P/Q. -/
def sum1_keys_Q : Nat :=
  Nat.mul (Nat.mul sum1_keys_D2 sum1_branch3_keys_D) (Nat.mul sum1_keys_D2 sum1_branch3_keys_D)

/-- Lip(sum1) ≤ √(P/Q) ≤ 4.12132035 in `keys`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_keys_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_keys_P) (ofNat sum1_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (sum1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat
    (LipBridge.sum_lipschitz_ofNat (sum1_branch1_keys_lipschitz r hr z)
      (sum1_branch2_keys_lipschitz r hr z)) (sum1_branch3_keys_lipschitz z))

/-- A sum over the first branches of `sum1`. -/
def sum1_extra_N2 : Nat :=
  Nat.add (Nat.mul sum1_branch1_extra_N sum1_branch2_extra_D)
    (Nat.mul sum1_branch2_extra_N sum1_branch1_extra_D)

/-- A sum over the first branches of `sum1`. -/
def sum1_extra_D2 : Nat := Nat.mul sum1_branch1_extra_D sum1_branch2_extra_D

/-- `P`: Lip(sum1_extra)² ≤ P/Q. -/
def sum1_extra_P : Nat :=
  Nat.mul (Nat.add (Nat.mul sum1_extra_N2 sum1_branch3_extra_D)
    (Nat.mul sum1_branch3_extra_N sum1_extra_D2))
    (Nat.add (Nat.mul sum1_extra_N2 sum1_branch3_extra_D)
      (Nat.mul sum1_branch3_extra_N sum1_extra_D2))

/-- `Q`: Lip(sum1_extra)² ≤ P/Q. -/
def sum1_extra_Q : Nat :=
  Nat.mul (Nat.mul sum1_extra_D2 sum1_branch3_extra_D) (Nat.mul sum1_extra_D2 sum1_branch3_extra_D)

/-- Lip(sum1) ≤ √(P/Q) ≤ 1.49071199 in `extra`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_extra_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat sum1_extra_P) (ofNat sum1_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (sum1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat
    (LipBridge.sum_lipschitz_ofNat (sum1_branch1_extra_lipschitz r hr z)
      (sum1_branch2_extra_lipschitz r hr z)) (sum1_branch3_extra_lipschitz z))

/-- `A`: values of `sum1` are at most A/B long. -/
def sum1_A : Nat :=
  Nat.add (Nat.mul (Nat.add (Nat.mul mean_pool1_A abs1_B) (Nat.mul abs1_A mean_pool1_B)) concat2_B)
    (Nat.mul concat2_A (Nat.mul mean_pool1_B abs1_B))

/-- `B`: values of `sum1` are at most A/B long. -/
def sum1_B : Nat := Nat.mul (Nat.mul mean_pool1_B abs1_B) concat2_B

/-- On the domain the values of `sum1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem sum1_boundedOn (hr : Reciprocals inputs_denominators r) :
    BoundedOn 1 3 (ofNat sum1_A) (ofNat sum1_B) (inputs_domain : Vec R → Prop)
      (fun x => sum1 r x) :=
  LipBridge.BoundedOn.plus (LipBridge.BoundedOn.plus (mean_pool1_boundedOn r hr)
    (abs1_boundedOn r hr)) concat2_boundedOn

/-- Branch `similarity1_branch2`: its layers in sequence. -/
noncomputable def similarity1_branch2 : Vec R → Vec R := fun x => sum1 r x

/-- `P`: Lip(similarity1_branch2_query)² ≤ P/Q. -/
def similarity1_branch2_query_P : Nat := sum1_query_P

/-- `Q`: Lip(similarity1_branch2_query)² ≤ P/Q. -/
def similarity1_branch2_query_Q : Nat := sum1_query_Q

/-- `similarity1_branch2` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch2_query_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch2_query_P) (ofNat similarity1_branch2_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (similarity1_branch2 r : Vec R → Vec R) :=
  sum1_query_sqLipschitz r hr z

/-- `N`: Lip(similarity1_branch2_query) ≤ N/D. -/
def similarity1_branch2_query_N : Nat := 3719550787

/-- `D`: Lip(similarity1_branch2_query) ≤ N/D. -/
def similarity1_branch2_query_D : Nat := Nat.pow 2 31

/-- Lip(similarity1_branch2) ≤ 1.73205081 in `query`, exactly 3719550787/2147483648: for all x, y
with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_query_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch2_query_N) (ofNat similarity1_branch2_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (similarity1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_query_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity1_branch2_keys)² ≤ P/Q. -/
def similarity1_branch2_keys_P : Nat := sum1_keys_P

/-- `Q`: Lip(similarity1_branch2_keys)² ≤ P/Q. -/
def similarity1_branch2_keys_Q : Nat := sum1_keys_Q

/-- `similarity1_branch2` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch2_keys_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch2_keys_P) (ofNat similarity1_branch2_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (similarity1_branch2 r : Vec R → Vec R) :=
  sum1_keys_sqLipschitz r hr z

/-- `N`: Lip(similarity1_branch2_keys) ≤ N/D. -/
def similarity1_branch2_keys_N : Nat := 8850468049

/-- `D`: Lip(similarity1_branch2_keys) ≤ N/D. -/
def similarity1_branch2_keys_D : Nat := Nat.pow 2 31

/-- Lip(similarity1_branch2) ≤ 4.12132035 in `keys`, exactly 8850468049/2147483648: for all x, y
with ‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_keys_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch2_keys_N) (ofNat similarity1_branch2_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (similarity1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_keys_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(similarity1_branch2_extra)² ≤ P/Q. -/
def similarity1_branch2_extra_P : Nat := sum1_extra_P

/-- `Q`: Lip(similarity1_branch2_extra)² ≤ P/Q. -/
def similarity1_branch2_extra_Q : Nat := sum1_extra_Q

/-- `similarity1_branch2` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_branch2_extra_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 3 (ofNat similarity1_branch2_extra_P) (ofNat similarity1_branch2_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (similarity1_branch2 r : Vec R → Vec R) :=
  sum1_extra_sqLipschitz r hr z

/-- `N`: Lip(similarity1_branch2_extra) ≤ N/D. -/
def similarity1_branch2_extra_N : Nat := 800319903

/-- `D`: Lip(similarity1_branch2_extra) ≤ N/D. -/
def similarity1_branch2_extra_D : Nat := Nat.pow 2 29

/-- Lip(similarity1_branch2) ≤ 1.49071199 in `extra`, exactly 800319903/536870912: for all x, y with
‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem similarity1_branch2_extra_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 3 (ofNat similarity1_branch2_extra_N) (ofNat similarity1_branch2_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (similarity1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (similarity1_branch2_extra_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- Layer `similarity1` (similarity, 11 → 1): x ↦ the score of similarity1_branch1 against
similarity1_branch2. -/
noncomputable def similarity1 : Vec R → Vec R :=
  LipBridge.similarity 1 3 (similarity1_branch1 r) (similarity1_branch2 r)

/-- `P`: Lip(similarity1_query)² ≤ P/Q. -/
def similarity1_query_P : Nat :=
  Nat.mul (Nat.add (Nat.mul (Nat.mul sum1_A similarity1_branch1_query_N)
    (Nat.mul concat1_B similarity1_branch2_query_D))
    (Nat.mul (Nat.mul concat1_A similarity1_branch2_query_N)
      (Nat.mul sum1_B similarity1_branch1_query_D)))
    (Nat.add (Nat.mul (Nat.mul sum1_A similarity1_branch1_query_N)
      (Nat.mul concat1_B similarity1_branch2_query_D))
      (Nat.mul (Nat.mul concat1_A similarity1_branch2_query_N)
        (Nat.mul sum1_B similarity1_branch1_query_D)))

/-- `Q`: Lip(similarity1_query)² ≤ P/Q. -/
def similarity1_query_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul sum1_B similarity1_branch1_query_D)
    (Nat.mul concat1_B similarity1_branch2_query_D))
    (Nat.mul (Nat.mul sum1_B similarity1_branch1_query_D)
      (Nat.mul concat1_B similarity1_branch2_query_D))

/-- Lip(similarity1) ≤ √(P/Q) ≤ 46.8633880 in `query`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_query_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity1_query_P) (ofNat similarity1_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (similarity1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_lipschitzOn_ofNat (b := 1) (d := 3)
    (Eq.refl true) (similarity1_branch1_query_lipschitz r hr z)
    (similarity1_branch2_query_lipschitz r hr z) ((concat1_boundedOn r hr).mono (fun _ h => h.left))
    ((sum1_boundedOn r hr).mono (fun _ h => h.left)))

/-- `P`: Lip(similarity1_keys)² ≤ P/Q. -/
def similarity1_keys_P : Nat :=
  Nat.mul (Nat.mul concat1_A similarity1_branch2_keys_N)
    (Nat.mul concat1_A similarity1_branch2_keys_N)

/-- `Q`: Lip(similarity1_keys)² ≤ P/Q. -/
def similarity1_keys_Q : Nat :=
  Nat.mul (Nat.mul concat1_B similarity1_branch2_keys_D)
    (Nat.mul concat1_B similarity1_branch2_keys_D)

/-- Lip(similarity1) ≤ √(P/Q) ≤ 31.9939202 in `keys`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_keys_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity1_keys_P) (ofNat similarity1_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (similarity1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_keys_lipschitzOn_ofNat (b := 1) (d := 3)
    (Eq.refl true) (similarity1_branch1_keys_lipschitz r hr z)
    (similarity1_branch2_keys_lipschitz r hr z) ((concat1_boundedOn r hr).mono (fun _ h => h.left)))

/-- `P`: Lip(similarity1_extra)² ≤ P/Q. -/
def similarity1_extra_P : Nat :=
  Nat.mul (Nat.add (Nat.mul (Nat.mul sum1_A similarity1_branch1_extra_N)
    (Nat.mul concat1_B similarity1_branch2_extra_D))
    (Nat.mul (Nat.mul concat1_A similarity1_branch2_extra_N)
      (Nat.mul sum1_B similarity1_branch1_extra_D)))
    (Nat.add (Nat.mul (Nat.mul sum1_A similarity1_branch1_extra_N)
      (Nat.mul concat1_B similarity1_branch2_extra_D))
      (Nat.mul (Nat.mul concat1_A similarity1_branch2_extra_N)
        (Nat.mul sum1_B similarity1_branch1_extra_D)))

/-- `Q`: Lip(similarity1_extra)² ≤ P/Q. -/
def similarity1_extra_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul sum1_B similarity1_branch1_extra_D)
    (Nat.mul concat1_B similarity1_branch2_extra_D))
    (Nat.mul (Nat.mul sum1_B similarity1_branch1_extra_D)
      (Nat.mul concat1_B similarity1_branch2_extra_D))

/-- Lip(similarity1) ≤ √(P/Q) ≤ 16.3463558 in `extra`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem similarity1_extra_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat similarity1_extra_P) (ofNat similarity1_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (similarity1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.similarity_lipschitzOn_ofNat (b := 1) (d := 3)
    (Eq.refl true) (similarity1_branch1_extra_lipschitz r hr z)
    (similarity1_branch2_extra_lipschitz r hr z) ((concat1_boundedOn r hr).mono (fun _ h => h.left))
    ((sum1_boundedOn r hr).mono (fun _ h => h.left)))

/-- Layer `scale2` (scale, 1 → 1): x ↦ c·x, c = 2. -/
noncomputable def scale2 : Vec R → Vec R := LipBridge.scale (mul (ofInt (Int.ofNat 2)) one)

/-- Lip(scale2) ≤ √(P/Q) ≤ 2, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale2_sqLipschitz :
    SqLipschitz 1 1 (ofNat 4) (ofNat 1) (scale2 : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 1 LipBridge.ofNat_one_mul_one

/-- Network `inputs`: its layers in sequence. -/
noncomputable def inputs : Vec R → Vec R := fun x => scale2 (similarity1 r x)

/-- `P`: Lip(inputs_query)² ≤ P/Q. -/
def inputs_query_P : Nat := Nat.mul similarity1_query_P 4

/-- `Q`: Lip(inputs_query)² ≤ P/Q. -/
def inputs_query_Q : Nat := Nat.mul similarity1_query_Q 1

/-- `inputs` in `query`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem inputs_query_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat inputs_query_P) (ofNat inputs_query_Q)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (inputs r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := similarity1 r) (g := scale2) (similarity1_query_sqLipschitz r hr z)
    scale2_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(inputs_query) ≤ N/D. -/
def inputs_query_N : Nat := 6289897457

/-- `D`: Lip(inputs_query) ≤ N/D. -/
def inputs_query_D : Nat := Nat.pow 2 26

/-- Lip(inputs) ≤ 93.7267759 in `query`, exactly 6289897457/67108864: for all x, y with ‖query‖ ≤ 3,
‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `query`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem inputs_query_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 1 (ofNat inputs_query_N) (ofNat inputs_query_D)
      (Slice 11 0 3 inputs_domain z : Vec R → Prop) (inputs r : Vec R → Vec R) :=
  LipschitzOn.ofSq (inputs_query_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(inputs_keys)² ≤ P/Q. -/
def inputs_keys_P : Nat := Nat.mul similarity1_keys_P 4

/-- `Q`: Lip(inputs_keys)² ≤ P/Q. -/
def inputs_keys_Q : Nat := Nat.mul similarity1_keys_Q 1

/-- `inputs` in `keys`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem inputs_keys_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat inputs_keys_P) (ofNat inputs_keys_Q)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (inputs r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := similarity1 r) (g := scale2) (similarity1_keys_sqLipschitz r hr z)
    scale2_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(inputs_keys) ≤ N/D. -/
def inputs_keys_N : Nat := 8588302549

/-- `D`: Lip(inputs_keys) ≤ N/D. -/
def inputs_keys_D : Nat := Nat.pow 2 27

/-- Lip(inputs) ≤ 63.9878404 in `keys`, exactly 8588302549/134217728: for all x, y with ‖query‖ ≤ 3,
‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `keys`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem inputs_keys_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 1 (ofNat inputs_keys_N) (ofNat inputs_keys_D)
      (Slice 11 3 6 inputs_domain z : Vec R → Prop) (inputs r : Vec R → Vec R) :=
  LipschitzOn.ofSq (inputs_keys_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(inputs_extra)² ≤ P/Q. -/
def inputs_extra_P : Nat := Nat.mul similarity1_extra_P 4

/-- `Q`: Lip(inputs_extra)² ≤ P/Q. -/
def inputs_extra_Q : Nat := Nat.mul similarity1_extra_Q 1

/-- `inputs` in `extra`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem inputs_extra_sqLipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    SqLipschitzOn 11 1 (ofNat inputs_extra_P) (ofNat inputs_extra_Q)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (inputs r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := similarity1 r) (g := scale2) (similarity1_extra_sqLipschitz r hr z)
    scale2_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(inputs_extra) ≤ N/D. -/
def inputs_extra_N : Nat := 8775882937

/-- `D`: Lip(inputs_extra) ≤ N/D. -/
def inputs_extra_D : Nat := Nat.pow 2 28

/-- Lip(inputs) ≤ 32.6927116 in `extra`, exactly 8775882937/268435456: for all x, y with ‖query‖ ≤
3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3 that agree with z but for `extra`,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem inputs_extra_lipschitz (hr : Reciprocals inputs_denominators r) (z : Vec R) :
    LipschitzOn 11 1 (ofNat inputs_extra_N) (ofNat inputs_extra_D)
      (Slice 11 9 2 inputs_domain z : Vec R → Prop) (inputs r : Vec R → Vec R) :=
  LipschitzOn.ofSq (inputs_extra_sqLipschitz r hr z) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(inputs)² ≤ P/Q. -/
def inputs_P : Nat :=
  Nat.add (Nat.mul (Nat.add (Nat.mul inputs_query_P inputs_keys_Q)
    (Nat.mul inputs_keys_P inputs_query_Q)) inputs_extra_Q)
    (Nat.mul inputs_extra_P (Nat.mul inputs_query_Q inputs_keys_Q))

/-- `Q`: Lip(inputs)² ≤ P/Q. -/
def inputs_Q : Nat := Nat.mul (Nat.mul inputs_query_Q inputs_keys_Q) inputs_extra_Q

/-- `inputs` in all inputs together; the squares of the constants add:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem inputs_sqLipschitz (hr : Reciprocals inputs_denominators r) :
    SqLipschitzOn 11 1 (ofNat inputs_P) (ofNat inputs_Q) (inputs_domain : Vec R → Prop)
      (inputs r : Vec R → Vec R) :=
  SqLipschitzOn.ofSlices (SqLipschitzOn.join_ofNat
    (fun x y hx hy =>
      ⟨InBall.splice_below (Eq.refl true) hy.left,
        InBall.splice_below (Eq.refl true) hy.right.left,
        InBall.splice_from (Eq.refl true) hx.right.right⟩)
    (SqLipschitzOn.join_ofNat
      (fun x y hx hy =>
        ⟨InBall.splice_below (Eq.refl true) hy.left,
          InBall.splice_from (Eq.refl true) hx.right.left,
          InBall.splice_from (Eq.refl true) hx.right.right⟩) (inputs_query_sqLipschitz r hr)
      (inputs_keys_sqLipschitz r hr)) (inputs_extra_sqLipschitz r hr))

/-- `N`: Lip(inputs) ≤ N/D. -/
def inputs_N : Nat := 1981414469

/-- `D`: Lip(inputs) ≤ N/D. -/
def inputs_D : Nat := Nat.pow 2 24

/-- Lip(inputs) ≤ 118.101506 in all inputs together, exactly 1981414469/16777216: for all x, y with
‖query‖ ≤ 3, ‖keys‖ ≤ 3/2 for each token, ‖extra‖ ≤ 1/3, D²·‖f x − f y‖² ≤ N²·‖x − y‖²; the squares
of the constants add. -/
theorem inputs_lipschitz (hr : Reciprocals inputs_denominators r) :
    LipschitzOn 11 1 (ofNat inputs_N) (ofNat inputs_D) (inputs_domain : Vec R → Prop)
      (inputs r : Vec R → Vec R) :=
  LipschitzOn.ofSq (inputs_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

end Inputs
