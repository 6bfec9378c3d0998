import LipBridge.Networks
import Every_layer.Data.query_weight
import Every_layer.Data.query_bias
import Every_layer.Data.each_gain
import Every_layer.Data.gain1_gain
import Every_layer.Data.linear1_weight
import Every_layer.Data.score_keys
/-!
# The network `every_layer`

12 → 1. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Every_layer/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
`w_norm`, that `C ‖w x‖² ≤ T ‖x‖²` where `C` is `w_C` and `T` is `w_T`.
Numbers that are no integers are `n · r d`: integers `n` times `r d`, over the real numbers `1/d`.

Words of the library:
- `Lipschitz n m N D f`: `D² ‖f x - f y‖² ≤ N² ‖x - y‖²` for all `x` and `y`, with `N ≥ 0` and
  `D > 0`.
- `SqLipschitz n m P Q f`: `Q ‖f x - f y‖² ≤ P ‖x - y‖²` for all `x` and `y`, with `P ≥ 0` and
  `Q > 0`.
- `Reciprocals l r`: `r d` is `1/d` for every `d` in the list: `d * r d = 1`.
- `ofNat n`: The image of a natural number.
-/

set_option autoImplicit false

universe u

namespace Every_layer

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def every_layer_denominators : List Nat := .cons 2 (.cons 3 (.cons 4 (.cons 8 (.cons 10 .nil))))

/-- Layer `linear1` (linear, 2 → 2): x ↦ Wx, W is 2×2. `linear1_weight`: integers over 3, from the
spec. -/
noncomputable def linear1 : Vec R → Vec R :=
  LipBridge.linear 2 linear1_weight.entry (r 3) (fun _ => zero)

/-- Lip(linear1) ≤ √(P/Q) ≤ 1.43425855, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear1_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat linear1_weight_T) (ofNat (Nat.mul linear1_weight_C (Nat.mul 3 3)))
      (linear1 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear1_weight_norm (hr 3 (Eq.refl true)) (fun _ => zero)

/-- Layer `relu2` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu2 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu2) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu2_sqLipschitz :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (relu2 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Branch `residual1_branch1`: its layers in sequence. -/
noncomputable def residual1_branch1 : Vec R → Vec R := fun x => relu2 (linear1 r x)

/-- `P`: Lip(residual1_branch1)² ≤ P/Q. -/
def residual1_branch1_P : Nat := Nat.mul linear1_weight_T 1

/-- `Q`: Lip(residual1_branch1)² ≤ P/Q. -/
def residual1_branch1_Q : Nat := Nat.mul (Nat.mul linear1_weight_C (Nat.mul 3 3)) 1

/-- `residual1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem residual1_branch1_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat residual1_branch1_P) (ofNat residual1_branch1_Q)
      (residual1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := linear1 r) (g := relu2) (linear1_sqLipschitz r hr)
    relu2_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(residual1_branch1) ≤ N/D. -/
def residual1_branch1_N : Nat := 385005847

/-- `D`: Lip(residual1_branch1) ≤ N/D. -/
def residual1_branch1_D : Nat := Nat.pow 2 28

/-- Lip(residual1_branch1) ≤ 1.43425855, exactly 385005847/268435456: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem residual1_branch1_lipschitz (hr : Reciprocals every_layer_denominators r) :
    Lipschitz 2 2 (ofNat residual1_branch1_N) (ofNat residual1_branch1_D)
      (residual1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (residual1_branch1_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `relu3` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu3 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu3) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu3_sqLipschitz :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (relu3 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Branch `sum1_branch1`: its layers in sequence. -/
noncomputable def sum1_branch1 : Vec R → Vec R := fun x => relu3 x

/-- `P`: Lip(sum1_branch1)² ≤ P/Q. -/
def sum1_branch1_P : Nat := 1

/-- `Q`: Lip(sum1_branch1)² ≤ P/Q. -/
def sum1_branch1_Q : Nat := 1

/-- `sum1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch1_sqLipschitz :
    SqLipschitz 2 2 (ofNat sum1_branch1_P) (ofNat sum1_branch1_Q) (sum1_branch1 : Vec R → Vec R) :=
  relu3_sqLipschitz

/-- `N`: Lip(sum1_branch1) ≤ N/D. -/
def sum1_branch1_N : Nat := 1

/-- `D`: Lip(sum1_branch1) ≤ N/D. -/
def sum1_branch1_D : Nat := 1

/-- Lip(sum1_branch1) ≤ 1, exactly 1/1: for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch1_lipschitz :
    Lipschitz 2 2 (ofNat sum1_branch1_N) (ofNat sum1_branch1_D) (sum1_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq sum1_branch1_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `scale2` (scale, 2 → 2): x ↦ c·x, c = 1/2. -/
noncomputable def scale2 : Vec R → Vec R := LipBridge.scale (mul (ofInt (Int.ofNat 1)) (r 2))

/-- Lip(scale2) ≤ √(P/Q) ≤ 0.5, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale2_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat 1) (ofNat 4) (scale2 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 2 (hr 2 (Eq.refl true))

/-- Branch `sum1_branch2`: its layers in sequence. -/
noncomputable def sum1_branch2 : Vec R → Vec R := fun x => scale2 r x

/-- `P`: Lip(sum1_branch2)² ≤ P/Q. -/
def sum1_branch2_P : Nat := 1

/-- `Q`: Lip(sum1_branch2)² ≤ P/Q. -/
def sum1_branch2_Q : Nat := 4

/-- `sum1_branch2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch2_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat sum1_branch2_P) (ofNat sum1_branch2_Q)
      (sum1_branch2 r : Vec R → Vec R) :=
  scale2_sqLipschitz r hr

/-- `N`: Lip(sum1_branch2) ≤ N/D. -/
def sum1_branch2_N : Nat := 1

/-- `D`: Lip(sum1_branch2) ≤ N/D. -/
def sum1_branch2_D : Nat := 2

/-- Lip(sum1_branch2) ≤ 0.5, exactly 1/2: for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch2_lipschitz (hr : Reciprocals every_layer_denominators r) :
    Lipschitz 2 2 (ofNat sum1_branch2_N) (ofNat sum1_branch2_D) (sum1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch2_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `scale3` (scale, 2 → 2): x ↦ c·x, c = 2. -/
noncomputable def scale3 : Vec R → Vec R := LipBridge.scale (mul (ofInt (Int.ofNat 2)) one)

/-- Lip(scale3) ≤ √(P/Q) ≤ 2, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale3_sqLipschitz :
    SqLipschitz 2 2 (ofNat 4) (ofNat 1) (scale3 : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 2 LipBridge.ofNat_one_mul_one

/-- Branch `sum1_branch3`: its layers in sequence. -/
noncomputable def sum1_branch3 : Vec R → Vec R := fun x => scale3 x

/-- `P`: Lip(sum1_branch3)² ≤ P/Q. -/
def sum1_branch3_P : Nat := 4

/-- `Q`: Lip(sum1_branch3)² ≤ P/Q. -/
def sum1_branch3_Q : Nat := 1

/-- `sum1_branch3`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch3_sqLipschitz :
    SqLipschitz 2 2 (ofNat sum1_branch3_P) (ofNat sum1_branch3_Q) (sum1_branch3 : Vec R → Vec R) :=
  scale3_sqLipschitz

/-- `N`: Lip(sum1_branch3) ≤ N/D. -/
def sum1_branch3_N : Nat := 2

/-- `D`: Lip(sum1_branch3) ≤ N/D. -/
def sum1_branch3_D : Nat := 1

/-- Lip(sum1_branch3) ≤ 2, exactly 2/1: for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch3_lipschitz :
    Lipschitz 2 2 (ofNat sum1_branch3_N) (ofNat sum1_branch3_D) (sum1_branch3 : Vec R → Vec R) :=
  LipschitzOn.ofSq sum1_branch3_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `relu4` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu4 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu4) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu4_sqLipschitz :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (relu4 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Branch `concat1_branch1`: its layers in sequence. -/
noncomputable def concat1_branch1 : Vec R → Vec R := fun x => relu4 x

/-- `P`: Lip(concat1_branch1)² ≤ P/Q. -/
def concat1_branch1_P : Nat := 1

/-- `Q`: Lip(concat1_branch1)² ≤ P/Q. -/
def concat1_branch1_Q : Nat := 1

/-- `concat1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch1_sqLipschitz :
    SqLipschitz 2 2 (ofNat concat1_branch1_P) (ofNat concat1_branch1_Q)
      (concat1_branch1 : Vec R → Vec R) :=
  relu4_sqLipschitz

/-- `N`: Lip(concat1_branch1) ≤ N/D. -/
def concat1_branch1_N : Nat := 1

/-- `D`: Lip(concat1_branch1) ≤ N/D. -/
def concat1_branch1_D : Nat := 1

/-- Lip(concat1_branch1) ≤ 1, exactly 1/1: for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_lipschitz :
    Lipschitz 2 2 (ofNat concat1_branch1_N) (ofNat concat1_branch1_D)
      (concat1_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq concat1_branch1_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `scale4` (scale, 2 → 2): x ↦ c·x, c = 1/3. -/
noncomputable def scale4 : Vec R → Vec R := LipBridge.scale (mul (ofInt (Int.ofNat 1)) (r 3))

/-- Lip(scale4) ≤ √(P/Q) ≤ 0.333333334, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale4_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat 1) (ofNat 9) (scale4 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 2 (hr 3 (Eq.refl true))

/-- Branch `concat1_branch2`: its layers in sequence. -/
noncomputable def concat1_branch2 : Vec R → Vec R := fun x => scale4 r x

/-- `P`: Lip(concat1_branch2)² ≤ P/Q. -/
def concat1_branch2_P : Nat := 1

/-- `Q`: Lip(concat1_branch2)² ≤ P/Q. -/
def concat1_branch2_Q : Nat := 9

/-- `concat1_branch2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch2_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat concat1_branch2_P) (ofNat concat1_branch2_Q)
      (concat1_branch2 r : Vec R → Vec R) :=
  scale4_sqLipschitz r hr

/-- `N`: Lip(concat1_branch2) ≤ N/D. -/
def concat1_branch2_N : Nat := 2863311531

/-- `D`: Lip(concat1_branch2) ≤ N/D. -/
def concat1_branch2_D : Nat := Nat.pow 2 33

/-- Lip(concat1_branch2) ≤ 0.333333334, exactly 2863311531/8589934592: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_lipschitz (hr : Reciprocals every_layer_denominators r) :
    Lipschitz 2 2 (ofNat concat1_branch2_N) (ofNat concat1_branch2_D)
      (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `query` (linear, 12 → 8): x ↦ Wx + b, W is 2×3, on each of 4 tokens. `query_weight`:
integers times 2^-2, from the spec. `query_bias`: integers, from the spec. -/
noncomputable def query : Vec R → Vec R :=
  LipBridge.tokenwise 4 3 2
    (LipBridge.linear 3 query_weight.entry (r 4) (fun i => mul (ofInt (query_bias.entry 0 i)) one))

/-- Lip(query) ≤ √(P/Q) ≤ 3.07590412, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem query_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 12 8 (ofNat query_weight_T) (ofNat (Nat.mul query_weight_C (Nat.mul 4 4)))
      (query r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 4
    (LipBridge.linear_sqLipschitz query_weight_norm (hr 4 (Eq.refl true))
      (fun i => mul (ofInt (query_bias.entry 0 i)) one))

/-- Layer `each` (gain, 8 → 8): x ↦ g ⊙ x, g the stored gain, on each of 4 tokens. `each_gain`:
integers times 2^-1, from the spec. -/
noncomputable def each : Vec R → Vec R :=
  LipBridge.tokenwise 4 2 2 (LipBridge.gain (fun i => mul (ofInt (each_gain.entry 0 i)) (r 2)))

/-- Lip(each) ≤ √(P/Q) ≤ 3, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem each_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 8 8 (ofNat 36) (ofNat (Nat.mul 2 2)) (each r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 4
    (LipBridge.gain_sqLipschitz_ofNat (n := 2) (p := 36) (e := 2)
      (g := fun i => each_gain.entry 0 i) (Eq.refl true) (hr 2 (Eq.refl true)))

/-- Layer `mean_pool1` (mean_pool, 8 → 2): the mean of 4 tokens of dimension 2. -/
noncomputable def mean_pool1 : Vec R → Vec R := LipBridge.meanPool 4 2 (r 4)

/-- Lip(mean_pool1) ≤ √(P/Q) ≤ 0.5, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mean_pool1_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 8 2 (ofNat 1) (ofNat 4) (mean_pool1 r : Vec R → Vec R) :=
  LipBridge.meanPool_sqLipschitz 4 2 (hr 4 (Eq.refl true))

/-- Layer `gain1` (gain, 2 → 2): x ↦ g ⊙ x, g the stored gain plus 1. `gain1_gain`: integers times
2^-2, from the spec. -/
noncomputable def gain1 : Vec R → Vec R :=
  LipBridge.gain (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 4)) (ofInt (Int.ofNat 1)))

/-- Lip(gain1) ≤ √(P/Q) ≤ 1.25, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem gain1_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat 25) (ofNat (Nat.mul 4 4)) (gain1 r : Vec R → Vec R) :=
  LipBridge.gain_sqLipschitz_offset (n := 2) (p := 25) (e := 4) (g := fun i => gain1_gain.entry 0 i)
    (Int.ofNat 1) (Eq.refl true) (hr 4 (Eq.refl true))

/-- Layer `relu1` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Layer `leaky_relu1` (leaky_relu, 2 → 2): x ↦ max(x, a·x) in each entry, a = 1/10. -/
noncomputable def leaky_relu1 : Vec R → Vec R := LipBridge.leakyRelu (mul (ofNat 1) (r 10))

/-- Lip(leaky_relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem leaky_relu1_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (leaky_relu1 r : Vec R → Vec R) :=
  LipBridge.leakyRelu_sqLipschitz 2 (hr 10 (Eq.refl true)) (Eq.refl true)

/-- Layer `scale1` (scale, 2 → 2): x ↦ c·x, c = -1/8. -/
noncomputable def scale1 : Vec R → Vec R := LipBridge.scale (mul (ofInt (Int.negSucc 0)) (r 8))

/-- Lip(scale1) ≤ √(P/Q) ≤ 0.125, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale1_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat 1) (ofNat 64) (scale1 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 2 (hr 8 (Eq.refl true))

/-- Layer `residual1` (residual, 2 → 2): x ↦ x + f x for the branch f = residual1_branch1. -/
noncomputable def residual1 : Vec R → Vec R := fun x => LipBridge.vadd x (residual1_branch1 r x)

/-- `P`: Lip(residual1)² ≤ P/Q. -/
def residual1_P : Nat :=
  Nat.mul (Nat.add residual1_branch1_D residual1_branch1_N)
    (Nat.add residual1_branch1_D residual1_branch1_N)

/-- `Q`: Lip(residual1)² ≤ P/Q. -/
def residual1_Q : Nat := Nat.mul residual1_branch1_D residual1_branch1_D

/-- Lip(residual1) ≤ √(P/Q) ≤ 2.43425855, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem residual1_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat residual1_P) (ofNat residual1_Q) (residual1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.residual_lipschitz_ofNat
    (residual1_branch1_lipschitz r hr))

/-- Layer `sum1` (sum, 2 → 2): x ↦ the sum of 3 branches of x. -/
noncomputable def sum1 : Vec R → Vec R :=
  fun x => LipBridge.vadd (LipBridge.vadd (sum1_branch1 x) (sum1_branch2 r x)) (sum1_branch3 x)

/-- A sum over the first branches of `sum1`. -/
def sum1_N2 : Nat :=
  Nat.add (Nat.mul sum1_branch1_N sum1_branch2_D) (Nat.mul sum1_branch2_N sum1_branch1_D)

/-- A sum over the first branches of `sum1`. -/
def sum1_D2 : Nat := Nat.mul sum1_branch1_D sum1_branch2_D

/-- `P`: Lip(sum1)² ≤ P/Q. -/
def sum1_P : Nat :=
  Nat.mul (Nat.add (Nat.mul sum1_N2 sum1_branch3_D) (Nat.mul sum1_branch3_N sum1_D2))
    (Nat.add (Nat.mul sum1_N2 sum1_branch3_D) (Nat.mul sum1_branch3_N sum1_D2))

/-- `Q`: Lip(sum1)² ≤ P/Q. -/
def sum1_Q : Nat := Nat.mul (Nat.mul sum1_D2 sum1_branch3_D) (Nat.mul sum1_D2 sum1_branch3_D)

/-- Lip(sum1) ≤ √(P/Q) ≤ 3.5, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 2 (ofNat sum1_P) (ofNat sum1_Q) (sum1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat
    (LipBridge.sum_lipschitz_ofNat sum1_branch1_lipschitz (sum1_branch2_lipschitz r hr))
    sum1_branch3_lipschitz)

/-- Layer `concat1` (concat, 2 → 4): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat1 : Vec R → Vec R := LipBridge.concat 2 concat1_branch1 (concat1_branch2 r)

/-- `P`: Lip(concat1)² ≤ P/Q. -/
def concat1_P : Nat :=
  Nat.add (Nat.mul concat1_branch1_P concat1_branch2_Q)
    (Nat.mul concat1_branch2_P concat1_branch1_Q)

/-- `Q`: Lip(concat1)² ≤ P/Q. -/
def concat1_Q : Nat := Nat.mul concat1_branch1_Q concat1_branch2_Q

/-- Lip(concat1) ≤ √(P/Q) ≤ 1.05409256, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 2 4 (ofNat concat1_P) (ofNat concat1_Q) (concat1 r : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat concat1_branch1_sqLipschitz (concat1_branch2_sqLipschitz r hr)

/-- Layer `score` (dot, 4 → 1): q ↦ ⟨q, k_s⟩ for 1 fixed key of dimension 4. `score_keys`: integers,
from the spec. -/
noncomputable def score : Vec R → Vec R := LipBridge.dotKeys 4 score_keys.entry one

/-- Lip(score) ≤ √(P/Q) ≤ 5.47722558, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem score_sqLipschitz :
    SqLipschitz 4 1 (ofNat score_keys_T) (ofNat (Nat.mul score_keys_C (Nat.mul 1 1)))
      (score : Vec R → Vec R) :=
  LipBridge.dot_sqLipschitz score_keys_norm LipBridge.ofNat_one_mul_one

/-- Network `every_layer`: its layers in sequence. -/
noncomputable def every_layer : Vec R → Vec R :=
  fun x =>
    score (concat1 r
      (sum1 r
        (residual1 r
          (scale1 r (leaky_relu1 r (relu1 (gain1 r (mean_pool1 r (each r (query r x))))))))))

/-- `P`: Lip(every_layer)² ≤ P/Q. -/
def every_layer_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul
    (Nat.mul (Nat.mul (Nat.mul (Nat.mul query_weight_T 36) 1) 25) 1) 1) 1) residual1_P) sum1_P)
    concat1_P) score_keys_T

/-- `Q`: Lip(every_layer)² ≤ P/Q. -/
def every_layer_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul
    (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul query_weight_C (Nat.mul 4 4)) (Nat.mul 2 2)) 4)
      (Nat.mul 4 4)) 1) 1) 64) residual1_Q) sum1_Q) concat1_Q) (Nat.mul score_keys_C (Nat.mul 1 1))

/-- `every_layer`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem every_layer_sqLipschitz (hr : Reciprocals every_layer_denominators r) :
    SqLipschitz 12 1 (ofNat every_layer_P) (ofNat every_layer_Q) (every_layer r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat
    (f := fun x =>
      concat1 r
        (sum1 r
          (residual1 r
            (scale1 r (leaky_relu1 r (relu1 (gain1 r (mean_pool1 r (each r (query r x))))))))))
    (g := score)
    (SqLipschitzOn.comp_ofNat
      (f := fun x =>
        sum1 r
          (residual1 r
            (scale1 r (leaky_relu1 r (relu1 (gain1 r (mean_pool1 r (each r (query r x)))))))))
      (g := concat1 r)
      (SqLipschitzOn.comp_ofNat
        (f := fun x =>
          residual1 r
            (scale1 r (leaky_relu1 r (relu1 (gain1 r (mean_pool1 r (each r (query r x))))))))
        (g := sum1 r)
        (SqLipschitzOn.comp_ofNat
          (f := fun x =>
            scale1 r (leaky_relu1 r (relu1 (gain1 r (mean_pool1 r (each r (query r x)))))))
          (g := residual1 r)
          (SqLipschitzOn.comp_ofNat
            (f := fun x => leaky_relu1 r (relu1 (gain1 r (mean_pool1 r (each r (query r x))))))
            (g := scale1 r)
            (SqLipschitzOn.comp_ofNat
              (f := fun x => relu1 (gain1 r (mean_pool1 r (each r (query r x)))))
              (g := leaky_relu1 r)
              (SqLipschitzOn.comp_ofNat (f := fun x => gain1 r (mean_pool1 r (each r (query r x))))
                (g := relu1)
                (SqLipschitzOn.comp_ofNat (f := fun x => mean_pool1 r (each r (query r x)))
                  (g := gain1 r)
                  (SqLipschitzOn.comp_ofNat (f := fun x => each r (query r x)) (g := mean_pool1 r)
                    (SqLipschitzOn.comp_ofNat (f := query r) (g := each r) (query_sqLipschitz r hr)
                      (each_sqLipschitz r hr) (fun _ _ => True.intro)) (mean_pool1_sqLipschitz r hr)
                    (fun _ _ => True.intro)) (gain1_sqLipschitz r hr) (fun _ _ => True.intro))
                relu1_sqLipschitz (fun _ _ => True.intro)) (leaky_relu1_sqLipschitz r hr)
              (fun _ _ => True.intro)) (scale1_sqLipschitz r hr) (fun _ _ => True.intro))
          (residual1_sqLipschitz r hr) (fun _ _ => True.intro)) (sum1_sqLipschitz r hr)
        (fun _ _ => True.intro)) (concat1_sqLipschitz r hr) (fun _ _ => True.intro))
    score_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(every_layer) ≤ N/D. -/
def every_layer_N : Nat := 9519147971

/-- `D`: Lip(every_layer) ≤ N/D. -/
def every_layer_D : Nat := Nat.pow 2 28

/-- Lip(every_layer) ≤ 35.4615896, exactly 9519147971/268435456: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem every_layer_lipschitz (hr : Reciprocals every_layer_denominators r) :
    Lipschitz 12 1 (ofNat every_layer_N) (ofNat every_layer_D) (every_layer r : Vec R → Vec R) :=
  LipschitzOn.ofSq (every_layer_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

end Every_layer
