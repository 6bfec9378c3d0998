import LipBridge.Networks
import Maximum.Data.linear1_weight
import Maximum.Data.gain1_gain
import Maximum.Data.linear2_weight
import Maximum.Data.linear3_weight
import Maximum.Data.linear3_bias
import Maximum.Data.linear4_weight
import Maximum.Data.dot1_keys
import Maximum.Data.gain2_gain
/-!
# The network `maximum`

6 → 1. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Maximum/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
`w_norm`, that `C ‖w x‖² ≤ T ‖x‖²` where `C` is `w_C` and `T` is `w_T`.
Numbers that are no integers are `n · r d`: integers `n` times `r d`, over the real numbers `1/d`.

Constants are for the maximum norm.

Words of the library:
- `SupLipschitz n m N D f`: `‖f x - f y‖∞ ≤ (N/D)·‖x - y‖∞` for all `x` and `y`, with `N ≥ 0` and
  `D > 0`: whatever bounds the entries of `x - y`, `N/D` times it bounds those of `f x - f y`.
- `Reciprocals l r`: `r d` is `1/d` for every `d` in the list: `d * r d = 1`.
- `ofNat n`: The image of a natural number.
-/

set_option autoImplicit false

universe u

namespace Maximum

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def maximum_denominators : List Nat := .cons 2 (.cons 3 (.cons 4 (.cons 7 (.cons 10 .nil))))

/-- Layer `linear2` (linear, 6 → 6): x ↦ Wx, W is 2×2, on each of 3 tokens. `linear2_weight`:
integers times 2^-1, from the spec. -/
noncomputable def linear2 : Vec R → Vec R :=
  LipBridge.tokenwise 3 2 2 (LipBridge.linear 2 linear2_weight.entry (r 2) (fun _ => zero))

/-- Lip(linear2) ≤ P/Q ≤ 1.5, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem linear2_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 6 6 (ofNat 3) (ofNat 2) (linear2 r : Vec R → Vec R) :=
  LipBridge.tokenwise_supLipschitz 3
    (LipBridge.linear_supLipschitz (PackedMatrix.rowSums_sound (W := linear2_weight) (rows := 2)
      (cols := 2) (T := 3) (Eq.refl true)) (hr 2 (Eq.refl true)) (fun _ => zero))

/-- Layer `relu1` (relu, 6 → 6): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ P/Q ≤ 1, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem relu1_supLipschitz :
    SupLipschitz 6 6 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_supLipschitz 6

/-- Branch `residual1_branch1`: its layers in sequence. -/
noncomputable def residual1_branch1 : Vec R → Vec R := fun x => relu1 (linear2 r x)

/-- `P`: Lip(residual1_branch1) ≤ P/Q. -/
def residual1_branch1_P : Nat := Nat.mul 3 1

/-- `Q`: Lip(residual1_branch1) ≤ P/Q. -/
def residual1_branch1_Q : Nat := Nat.mul 2 1

/-- `residual1_branch1`: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem residual1_branch1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 6 6 (ofNat residual1_branch1_P) (ofNat residual1_branch1_Q)
      (residual1_branch1 r : Vec R → Vec R) :=
  SupLipschitz.comp_ofNat (f := linear2 r) (g := relu1) (linear2_supLipschitz r hr)
    relu1_supLipschitz

/-- `N`: Lip(residual1_branch1) ≤ N/D. -/
def residual1_branch1_N : Nat := 3

/-- `D`: Lip(residual1_branch1) ≤ N/D. -/
def residual1_branch1_D : Nat := 2

/-- Lip(residual1_branch1) ≤ 1.5, exactly 3/2: for all x, y, D·‖f x − f y‖∞ ≤ N·‖x − y‖∞. -/
theorem residual1_branch1_lipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 6 6 (ofNat residual1_branch1_N) (ofNat residual1_branch1_D)
      (residual1_branch1 r : Vec R → Vec R) :=
  SupLipschitz.weaken_ofNat (residual1_branch1_supLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `relu2` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu2 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu2) ≤ P/Q ≤ 1, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem relu2_supLipschitz :
    SupLipschitz 2 2 (ofNat 1) (ofNat 1) (relu2 : Vec R → Vec R) :=
  LipBridge.relu_supLipschitz 2

/-- Branch `sum1_branch1`: its layers in sequence. -/
noncomputable def sum1_branch1 : Vec R → Vec R := fun x => relu2 x

/-- `P`: Lip(sum1_branch1) ≤ P/Q. -/
def sum1_branch1_P : Nat := 1

/-- `Q`: Lip(sum1_branch1) ≤ P/Q. -/
def sum1_branch1_Q : Nat := 1

/-- `sum1_branch1`: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem sum1_branch1_supLipschitz :
    SupLipschitz 2 2 (ofNat sum1_branch1_P) (ofNat sum1_branch1_Q) (sum1_branch1 : Vec R → Vec R) :=
  relu2_supLipschitz

/-- `N`: Lip(sum1_branch1) ≤ N/D. -/
def sum1_branch1_N : Nat := 1

/-- `D`: Lip(sum1_branch1) ≤ N/D. -/
def sum1_branch1_D : Nat := 1

/-- Lip(sum1_branch1) ≤ 1, exactly 1/1: for all x, y, D·‖f x − f y‖∞ ≤ N·‖x − y‖∞. -/
theorem sum1_branch1_lipschitz :
    SupLipschitz 2 2 (ofNat sum1_branch1_N) (ofNat sum1_branch1_D) (sum1_branch1 : Vec R → Vec R) :=
  SupLipschitz.weaken_ofNat sum1_branch1_supLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `scale1` (scale, 2 → 2): x ↦ c·x, c = -3/2. -/
noncomputable def scale1 : Vec R → Vec R := LipBridge.scale (mul (ofInt (Int.negSucc 2)) (r 2))

/-- Lip(scale1) ≤ P/Q ≤ 1.5, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem scale1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 2 (ofNat 3) (ofNat 2) (scale1 r : Vec R → Vec R) :=
  LipBridge.scale_supLipschitz 2 (hr 2 (Eq.refl true))

/-- Branch `sum1_branch2`: its layers in sequence. -/
noncomputable def sum1_branch2 : Vec R → Vec R := fun x => scale1 r x

/-- `P`: Lip(sum1_branch2) ≤ P/Q. -/
def sum1_branch2_P : Nat := 3

/-- `Q`: Lip(sum1_branch2) ≤ P/Q. -/
def sum1_branch2_Q : Nat := 2

/-- `sum1_branch2`: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem sum1_branch2_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 2 (ofNat sum1_branch2_P) (ofNat sum1_branch2_Q)
      (sum1_branch2 r : Vec R → Vec R) :=
  scale1_supLipschitz r hr

/-- `N`: Lip(sum1_branch2) ≤ N/D. -/
def sum1_branch2_N : Nat := 3

/-- `D`: Lip(sum1_branch2) ≤ N/D. -/
def sum1_branch2_D : Nat := 2

/-- Lip(sum1_branch2) ≤ 1.5, exactly 3/2: for all x, y, D·‖f x − f y‖∞ ≤ N·‖x − y‖∞. -/
theorem sum1_branch2_lipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 2 (ofNat sum1_branch2_N) (ofNat sum1_branch2_D)
      (sum1_branch2 r : Vec R → Vec R) :=
  SupLipschitz.weaken_ofNat (sum1_branch2_supLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `linear3` (linear, 2 → 3): x ↦ Wx + b, W is 3×2. `linear3_weight`: integers, from the
spec. `linear3_bias`: integers, from the spec. -/
noncomputable def linear3 : Vec R → Vec R :=
  LipBridge.linear 2 linear3_weight.entry one (fun i => mul (ofInt (linear3_bias.entry 0 i)) one)

/-- Lip(linear3) ≤ P/Q ≤ 7, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem linear3_supLipschitz :
    SupLipschitz 2 3 (ofNat 7) (ofNat 1) (linear3 : Vec R → Vec R) :=
  LipBridge.linear_supLipschitz (PackedMatrix.rowSums_sound (W := linear3_weight) (rows := 3)
    (cols := 2) (T := 7) (Eq.refl true)) LipBridge.ofNat_one_mul_one
    (fun i => mul (ofInt (linear3_bias.entry 0 i)) one)

/-- Layer `leaky_relu1` (leaky_relu, 3 → 3): x ↦ max(x, a·x) in each entry, a = 1/10. -/
noncomputable def leaky_relu1 : Vec R → Vec R := LipBridge.leakyRelu (mul (ofNat 1) (r 10))

/-- Lip(leaky_relu1) ≤ P/Q ≤ 1, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem leaky_relu1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 3 3 (ofNat 1) (ofNat 1) (leaky_relu1 r : Vec R → Vec R) :=
  LipBridge.leakyRelu_supLipschitz 3 (hr 10 (Eq.refl true)) (Eq.refl true)

/-- Branch `concat1_branch1`: its layers in sequence. -/
noncomputable def concat1_branch1 : Vec R → Vec R := fun x => leaky_relu1 r (linear3 x)

/-- `P`: Lip(concat1_branch1) ≤ P/Q. -/
def concat1_branch1_P : Nat := Nat.mul 7 1

/-- `Q`: Lip(concat1_branch1) ≤ P/Q. -/
def concat1_branch1_Q : Nat := Nat.mul 1 1

/-- `concat1_branch1`: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem concat1_branch1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 3 (ofNat concat1_branch1_P) (ofNat concat1_branch1_Q)
      (concat1_branch1 r : Vec R → Vec R) :=
  SupLipschitz.comp_ofNat (f := linear3) (g := leaky_relu1 r) linear3_supLipschitz
    (leaky_relu1_supLipschitz r hr)

/-- `N`: Lip(concat1_branch1) ≤ N/D. -/
def concat1_branch1_N : Nat := 7

/-- `D`: Lip(concat1_branch1) ≤ N/D. -/
def concat1_branch1_D : Nat := 1

/-- Lip(concat1_branch1) ≤ 7, exactly 7/1: for all x, y, D·‖f x − f y‖∞ ≤ N·‖x − y‖∞. -/
theorem concat1_branch1_lipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 3 (ofNat concat1_branch1_N) (ofNat concat1_branch1_D)
      (concat1_branch1 r : Vec R → Vec R) :=
  SupLipschitz.weaken_ofNat (concat1_branch1_supLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `abs1` (abs, 2 → 2): x ↦ |x| in each entry. -/
noncomputable def abs1 : Vec R → Vec R := LipBridge.entrywise LipBridge.abs

/-- Lip(abs1) ≤ P/Q ≤ 1, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem abs1_supLipschitz :
    SupLipschitz 2 2 (ofNat 1) (ofNat 1) (abs1 : Vec R → Vec R) :=
  LipBridge.abs_supLipschitz 2

/-- Layer `linear4` (linear, 2 → 1): x ↦ Wx, W is 1×2. `linear4_weight`: integers over 7, from the
spec. -/
noncomputable def linear4 : Vec R → Vec R :=
  LipBridge.linear 2 linear4_weight.entry (r 7) (fun _ => zero)

/-- Lip(linear4) ≤ P/Q ≤ 5.14285715, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem linear4_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 1 (ofNat 36) (ofNat 7) (linear4 r : Vec R → Vec R) :=
  LipBridge.linear_supLipschitz (PackedMatrix.rowSums_sound (W := linear4_weight) (rows := 1)
    (cols := 2) (T := 36) (Eq.refl true)) (hr 7 (Eq.refl true)) (fun _ => zero)

/-- Branch `concat1_branch2`: its layers in sequence. -/
noncomputable def concat1_branch2 : Vec R → Vec R := fun x => linear4 r (abs1 x)

/-- `P`: Lip(concat1_branch2) ≤ P/Q. -/
def concat1_branch2_P : Nat := Nat.mul 1 36

/-- `Q`: Lip(concat1_branch2) ≤ P/Q. -/
def concat1_branch2_Q : Nat := Nat.mul 1 7

/-- `concat1_branch2`: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem concat1_branch2_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 1 (ofNat concat1_branch2_P) (ofNat concat1_branch2_Q)
      (concat1_branch2 r : Vec R → Vec R) :=
  SupLipschitz.comp_ofNat (f := abs1) (g := linear4 r) abs1_supLipschitz (linear4_supLipschitz r hr)

/-- `N`: Lip(concat1_branch2) ≤ N/D. -/
def concat1_branch2_N : Nat := 36

/-- `D`: Lip(concat1_branch2) ≤ N/D. -/
def concat1_branch2_D : Nat := 7

/-- Lip(concat1_branch2) ≤ 5.14285715, exactly 36/7: for all x, y, D·‖f x − f y‖∞ ≤ N·‖x − y‖∞. -/
theorem concat1_branch2_lipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 1 (ofNat concat1_branch2_N) (ofNat concat1_branch2_D)
      (concat1_branch2 r : Vec R → Vec R) :=
  SupLipschitz.weaken_ofNat (concat1_branch2_supLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `linear1` (linear, 6 → 6): x ↦ Wx, W is 2×2, on each of 3 tokens. `linear1_weight`:
integers over 3, from the spec. -/
noncomputable def linear1 : Vec R → Vec R :=
  LipBridge.tokenwise 3 2 2 (LipBridge.linear 2 linear1_weight.entry (r 3) (fun _ => zero))

/-- Lip(linear1) ≤ P/Q ≤ 2, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem linear1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 6 6 (ofNat 6) (ofNat 3) (linear1 r : Vec R → Vec R) :=
  LipBridge.tokenwise_supLipschitz 3
    (LipBridge.linear_supLipschitz (PackedMatrix.rowSums_sound (W := linear1_weight) (rows := 2)
      (cols := 2) (T := 6) (Eq.refl true)) (hr 3 (Eq.refl true)) (fun _ => zero))

/-- Layer `gain1` (gain, 6 → 6): x ↦ g ⊙ x, g the stored gain plus 1, on each of 3 tokens.
`gain1_gain`: integers times 2^-2, from the spec. -/
noncomputable def gain1 : Vec R → Vec R :=
  LipBridge.tokenwise 3 2 2
    (LipBridge.gain (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 4)) (ofInt (Int.ofNat 1))))

/-- Lip(gain1) ≤ P/Q ≤ 2.5, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem gain1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 6 6 (ofNat 10) (ofNat 4) (gain1 r : Vec R → Vec R) :=
  LipBridge.tokenwise_supLipschitz 3
    (LipBridge.gain_supLipschitz_offset (n := 2) (N := 10) (d := 4)
      (g := fun i => gain1_gain.entry 0 i) (Int.ofNat 1) (Eq.refl true) (Eq.refl true)
      (hr 4 (Eq.refl true)))

/-- Layer `residual1` (residual, 6 → 6): x ↦ x + f x for the branch f = residual1_branch1. -/
noncomputable def residual1 : Vec R → Vec R := fun x => LipBridge.vadd x (residual1_branch1 r x)

/-- `P`: Lip(residual1) ≤ P/Q. -/
def residual1_P : Nat := Nat.add residual1_branch1_D residual1_branch1_N

/-- `Q`: Lip(residual1) ≤ P/Q. -/
def residual1_Q : Nat := residual1_branch1_D

/-- Lip(residual1) ≤ P/Q ≤ 2.5, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem residual1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 6 6 (ofNat residual1_P) (ofNat residual1_Q) (residual1 r : Vec R → Vec R) :=
  LipBridge.residual_supLipschitz_ofNat (residual1_branch1_lipschitz r hr)

/-- Layer `max_pool1` (max_pool, 6 → 2): the maximum of 3 tokens of dimension 2, in each
coordinate. -/
noncomputable def max_pool1 : Vec R → Vec R := LipBridge.maxPool 3 2

/-- Lip(max_pool1) ≤ P/Q ≤ 1, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem max_pool1_supLipschitz :
    SupLipschitz 6 2 (ofNat 1) (ofNat 1) (max_pool1 : Vec R → Vec R) :=
  LipBridge.maxPool_supLipschitz 3 2 (Eq.refl true)

/-- Layer `sum1` (sum, 2 → 2): x ↦ the sum of 2 branches of x. -/
noncomputable def sum1 : Vec R → Vec R :=
  fun x => LipBridge.vadd (sum1_branch1 x) (sum1_branch2 r x)

/-- `P`: Lip(sum1) ≤ P/Q. -/
def sum1_P : Nat :=
  Nat.add (Nat.mul sum1_branch1_N sum1_branch2_D) (Nat.mul sum1_branch2_N sum1_branch1_D)

/-- `Q`: Lip(sum1) ≤ P/Q. -/
def sum1_Q : Nat := Nat.mul sum1_branch1_D sum1_branch2_D

/-- Lip(sum1) ≤ P/Q ≤ 2.5, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem sum1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 2 (ofNat sum1_P) (ofNat sum1_Q) (sum1 r : Vec R → Vec R) :=
  LipBridge.sum_supLipschitz_ofNat sum1_branch1_lipschitz (sum1_branch2_lipschitz r hr)

/-- Layer `concat1` (concat, 2 → 4): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat1 : Vec R → Vec R :=
  LipBridge.concat 3 (concat1_branch1 r) (concat1_branch2 r)

/-- `P`: Lip(concat1) ≤ P/Q. -/
def concat1_P : Nat := 7

/-- `Q`: Lip(concat1) ≤ P/Q. -/
def concat1_Q : Nat := 1

/-- Lip(concat1) ≤ P/Q ≤ 7, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem concat1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 4 (ofNat concat1_P) (ofNat concat1_Q) (concat1 r : Vec R → Vec R) :=
  LipBridge.concat_supLipschitz ((concat1_branch1_lipschitz r hr).weaken_ofNat (N' := 7) (D' := 1)
    (Eq.refl true) (Eq.refl true))
    ((concat1_branch2_lipschitz r hr).weaken_ofNat (N' := 7) (D' := 1) (Eq.refl true)
      (Eq.refl true))

/-- Layer `clamp1` (clamp, 4 → 4): x ↦ min(max(x, -1), 5/2) in each entry. -/
noncomputable def clamp1 : Vec R → Vec R :=
  LipBridge.entrywise (LipBridge.clamp (mul (ofInt (Int.negSucc 0)) one)
    (mul (ofInt (Int.ofNat 5)) (r 2)))

/-- Lip(clamp1) ≤ P/Q ≤ 1, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem clamp1_supLipschitz :
    SupLipschitz 4 4 (ofNat 1) (ofNat 1) (clamp1 r : Vec R → Vec R) :=
  LipBridge.clamp_supLipschitz 4 (mul (ofInt (Int.negSucc 0)) one) (mul (ofInt (Int.ofNat 5)) (r 2))

/-- Layer `block_max1` (block_max, 4 → 2): the maximum of each of 2 groups of 2 scores. -/
noncomputable def block_max1 : Vec R → Vec R := LipBridge.blockMax 2

/-- Lip(block_max1) ≤ P/Q ≤ 1, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem block_max1_supLipschitz :
    SupLipschitz 4 2 (ofNat 1) (ofNat 1) (block_max1 : Vec R → Vec R) :=
  LipBridge.blockMax_supLipschitz 2 2 (Eq.refl true)

/-- Layer `dot1` (dot, 2 → 2): q ↦ ⟨q, k_s⟩ for 2 fixed keys of dimension 2. `dot1_keys`: integers
times 2^-2, from the spec. -/
noncomputable def dot1 : Vec R → Vec R := LipBridge.dotKeys 2 dot1_keys.entry (r 4)

/-- Lip(dot1) ≤ P/Q ≤ 3.25, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem dot1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 2 (ofNat 13) (ofNat 4) (dot1 r : Vec R → Vec R) :=
  LipBridge.dot_supLipschitz (PackedMatrix.rowSums_sound (W := dot1_keys) (rows := 2) (cols := 2)
    (T := 13) (Eq.refl true)) (hr 4 (Eq.refl true))

/-- Layer `split1` (split, 2 → 2): the 2 entries as 2 tokens of dimension 1. -/
noncomputable def split1 : Vec R → Vec R := LipBridge.split 2 1

/-- Lip(split1) ≤ P/Q ≤ 1, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem split1_supLipschitz :
    SupLipschitz 2 2 (ofNat 1) (ofNat 1) (split1 : Vec R → Vec R) :=
  LipBridge.split_supLipschitz 2 1

/-- Layer `mean_pool1` (mean_pool, 2 → 1): the mean of 2 tokens of dimension 1. -/
noncomputable def mean_pool1 : Vec R → Vec R := LipBridge.meanPool 2 1 (r 2)

/-- Lip(mean_pool1) ≤ P/Q ≤ 1, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem mean_pool1_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 2 1 (ofNat 1) (ofNat 1) (mean_pool1 r : Vec R → Vec R) :=
  LipBridge.meanPool_supLipschitz 2 1 (hr 2 (Eq.refl true))

/-- Layer `gain2` (gain, 1 → 1): x ↦ g ⊙ x, g the stored gain. `gain2_gain`: integers times 2^-2,
from the spec. -/
noncomputable def gain2 : Vec R → Vec R :=
  LipBridge.gain (fun i => mul (ofInt (gain2_gain.entry 0 i)) (r 4))

/-- Lip(gain2) ≤ P/Q ≤ 0.75, P and Q the numbers below: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem gain2_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 1 1 (ofNat 3) (ofNat 4) (gain2 r : Vec R → Vec R) :=
  LipBridge.gain_supLipschitz_ofNat (n := 1) (N := 3) (d := 4) (g := fun i => gain2_gain.entry 0 i)
    (Eq.refl true) (Eq.refl true) (hr 4 (Eq.refl true))

/-- Network `maximum`: its layers in sequence. -/
noncomputable def maximum : Vec R → Vec R :=
  fun x =>
    gain2 r
      (mean_pool1 r
        (split1 (dot1 r
          (block_max1 (clamp1 r
            (concat1 r (sum1 r (max_pool1 (residual1 r (gain1 r (linear1 r x)))))))))))

/-- `P`: Lip(maximum) ≤ P/Q. -/
def maximum_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul
    (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul 6 10) residual1_P) 1) sum1_P) concat1_P) 1) 1) 13)
    1) 1) 3

/-- `Q`: Lip(maximum) ≤ P/Q. -/
def maximum_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul
    (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul 3 4) residual1_Q) 1) sum1_Q) concat1_Q) 1) 1) 4) 1)
    1) 4

/-- `maximum`: Q·‖f x − f y‖∞ ≤ P·‖x − y‖∞. -/
theorem maximum_supLipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 6 1 (ofNat maximum_P) (ofNat maximum_Q) (maximum r : Vec R → Vec R) :=
  SupLipschitz.comp_ofNat
    (f := fun x =>
      mean_pool1 r
        (split1 (dot1 r
          (block_max1 (clamp1 r
            (concat1 r (sum1 r (max_pool1 (residual1 r (gain1 r (linear1 r x)))))))))))
    (g := gain2 r)
    (SupLipschitz.comp_ofNat
      (f := fun x =>
        split1 (dot1 r
          (block_max1 (clamp1 r
            (concat1 r (sum1 r (max_pool1 (residual1 r (gain1 r (linear1 r x))))))))))
      (g := mean_pool1 r)
      (SupLipschitz.comp_ofNat
        (f := fun x =>
          dot1 r
            (block_max1 (clamp1 r
              (concat1 r (sum1 r (max_pool1 (residual1 r (gain1 r (linear1 r x)))))))))
        (g := split1)
        (SupLipschitz.comp_ofNat
          (f := fun x =>
            block_max1 (clamp1 r
              (concat1 r (sum1 r (max_pool1 (residual1 r (gain1 r (linear1 r x)))))))) (g := dot1 r)
          (SupLipschitz.comp_ofNat
            (f := fun x =>
              clamp1 r (concat1 r (sum1 r (max_pool1 (residual1 r (gain1 r (linear1 r x)))))))
            (g := block_max1)
            (SupLipschitz.comp_ofNat
              (f := fun x => concat1 r (sum1 r (max_pool1 (residual1 r (gain1 r (linear1 r x))))))
              (g := clamp1 r)
              (SupLipschitz.comp_ofNat
                (f := fun x => sum1 r (max_pool1 (residual1 r (gain1 r (linear1 r x)))))
                (g := concat1 r)
                (SupLipschitz.comp_ofNat
                  (f := fun x => max_pool1 (residual1 r (gain1 r (linear1 r x)))) (g := sum1 r)
                  (SupLipschitz.comp_ofNat (f := fun x => residual1 r (gain1 r (linear1 r x)))
                    (g := max_pool1)
                    (SupLipschitz.comp_ofNat (f := fun x => gain1 r (linear1 r x))
                      (g := residual1 r)
                      (SupLipschitz.comp_ofNat (f := linear1 r) (g := gain1 r)
                        (linear1_supLipschitz r hr) (gain1_supLipschitz r hr))
                      (residual1_supLipschitz r hr)) max_pool1_supLipschitz)
                  (sum1_supLipschitz r hr)) (concat1_supLipschitz r hr)) (clamp1_supLipschitz r))
            block_max1_supLipschitz) (dot1_supLipschitz r hr)) split1_supLipschitz)
      (mean_pool1_supLipschitz r hr)) (gain2_supLipschitz r hr)

/-- `N`: Lip(maximum) ≤ N/D. -/
def maximum_N : Nat := 34125

/-- `D`: Lip(maximum) ≤ N/D. -/
def maximum_D : Nat := 64

/-- Lip(maximum) ≤ 533.203125, exactly 34125/64: for all x, y, D·‖f x − f y‖∞ ≤ N·‖x − y‖∞. -/
theorem maximum_lipschitz (hr : Reciprocals maximum_denominators r) :
    SupLipschitz 6 1 (ofNat maximum_N) (ofNat maximum_D) (maximum r : Vec R → Vec R) :=
  SupLipschitz.weaken_ofNat (maximum_supLipschitz r hr) (Eq.refl true) (Eq.refl true)

end Maximum
