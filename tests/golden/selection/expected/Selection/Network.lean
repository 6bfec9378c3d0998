import LipBridge.Networks
import Selection.Data.tok_weight
import Selection.Data.tok_bias
import Selection.Data.gain1_gain
import Selection.Data.gain2_gain
import Selection.Data.linear1_weight
/-!
# The network `selection`

6 → 4. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Selection/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
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

namespace Selection

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def selection_denominators : List Nat := .cons 2 (.cons 3 (.cons 4 (.cons 5 (.cons 8 .nil))))

/-- Layer `gain2` (gain, 8 → 8): x ↦ g ⊙ x, g the stored gain, on each of 2 tokens. `gain2_gain`:
integers times 2^-1, from the spec. -/
noncomputable def gain2 : Vec R → Vec R :=
  LipBridge.tokenwise 2 4 4 (LipBridge.gain (fun i => mul (ofInt (gain2_gain.entry 0 i)) (r 2)))

/-- Lip(gain2) ≤ √(P/Q) ≤ 2, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem gain2_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 8 8 (ofNat 16) (ofNat (Nat.mul 2 2)) (gain2 r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2
    (LipBridge.gain_sqLipschitz_ofNat (n := 4) (p := 16) (e := 2)
      (g := fun i => gain2_gain.entry 0 i) (Eq.refl true) (hr 2 (Eq.refl true)))

/-- Branch `residual1_branch1`: its layers in sequence. -/
noncomputable def residual1_branch1 : Vec R → Vec R := fun x => gain2 r x

/-- `P`: Lip(residual1_branch1)² ≤ P/Q. -/
def residual1_branch1_P : Nat := 16

/-- `Q`: Lip(residual1_branch1)² ≤ P/Q. -/
def residual1_branch1_Q : Nat := Nat.mul 2 2

/-- `residual1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem residual1_branch1_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 8 8 (ofNat residual1_branch1_P) (ofNat residual1_branch1_Q)
      (residual1_branch1 r : Vec R → Vec R) :=
  gain2_sqLipschitz r hr

/-- `N`: Lip(residual1_branch1) ≤ N/D. -/
def residual1_branch1_N : Nat := 2

/-- `D`: Lip(residual1_branch1) ≤ N/D. -/
def residual1_branch1_D : Nat := 1

/-- Lip(residual1_branch1) ≤ 2, exactly 2/1: for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem residual1_branch1_lipschitz (hr : Reciprocals selection_denominators r) :
    Lipschitz 8 8 (ofNat residual1_branch1_N) (ofNat residual1_branch1_D)
      (residual1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (residual1_branch1_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `relu1` (relu, 4 → 4): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 4 4 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 4

/-- Branch `concat1_branch1`: its layers in sequence. -/
noncomputable def concat1_branch1 : Vec R → Vec R := fun x => relu1 x

/-- `P`: Lip(concat1_branch1)² ≤ P/Q. -/
def concat1_branch1_P : Nat := 1

/-- `Q`: Lip(concat1_branch1)² ≤ P/Q. -/
def concat1_branch1_Q : Nat := 1

/-- `concat1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch1_sqLipschitz :
    SqLipschitz 4 4 (ofNat concat1_branch1_P) (ofNat concat1_branch1_Q)
      (concat1_branch1 : Vec R → Vec R) :=
  relu1_sqLipschitz

/-- `N`: Lip(concat1_branch1) ≤ N/D. -/
def concat1_branch1_N : Nat := 1

/-- `D`: Lip(concat1_branch1) ≤ N/D. -/
def concat1_branch1_D : Nat := 1

/-- Lip(concat1_branch1) ≤ 1, exactly 1/1: for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch1_lipschitz :
    Lipschitz 4 4 (ofNat concat1_branch1_N) (ofNat concat1_branch1_D)
      (concat1_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq concat1_branch1_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `linear1` (linear, 4 → 4): x ↦ Wx, W is 4×4. `linear1_weight`: integers over 5, from the
spec. -/
noncomputable def linear1 : Vec R → Vec R :=
  LipBridge.linear 4 linear1_weight.entry (r 5) (fun _ => zero)

/-- Lip(linear1) ≤ √(P/Q) ≤ 1.62364493, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem linear1_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 4 4 (ofNat linear1_weight_T) (ofNat (Nat.mul linear1_weight_C (Nat.mul 5 5)))
      (linear1 r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz linear1_weight_norm (hr 5 (Eq.refl true)) (fun _ => zero)

/-- Layer `leaky_relu1` (leaky_relu, 4 → 4): x ↦ max(x, a·x) in each entry, a = 1/8. -/
noncomputable def leaky_relu1 : Vec R → Vec R := LipBridge.leakyRelu (mul (ofNat 1) (r 8))

/-- Lip(leaky_relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem leaky_relu1_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 4 4 (ofNat 1) (ofNat 1) (leaky_relu1 r : Vec R → Vec R) :=
  LipBridge.leakyRelu_sqLipschitz 4 (hr 8 (Eq.refl true)) (Eq.refl true)

/-- Branch `concat1_branch2`: its layers in sequence. -/
noncomputable def concat1_branch2 : Vec R → Vec R := fun x => leaky_relu1 r (linear1 r x)

/-- `P`: Lip(concat1_branch2)² ≤ P/Q. -/
def concat1_branch2_P : Nat := Nat.mul linear1_weight_T 1

/-- `Q`: Lip(concat1_branch2)² ≤ P/Q. -/
def concat1_branch2_Q : Nat := Nat.mul (Nat.mul linear1_weight_C (Nat.mul 5 5)) 1

/-- `concat1_branch2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_branch2_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 4 4 (ofNat concat1_branch2_P) (ofNat concat1_branch2_Q)
      (concat1_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := linear1 r) (g := leaky_relu1 r) (linear1_sqLipschitz r hr)
    (leaky_relu1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(concat1_branch2) ≤ N/D. -/
def concat1_branch2_N : Nat := 3486750933

/-- `D`: Lip(concat1_branch2) ≤ N/D. -/
def concat1_branch2_D : Nat := Nat.pow 2 31

/-- Lip(concat1_branch2) ≤ 1.62364493, exactly 3486750933/2147483648: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem concat1_branch2_lipschitz (hr : Reciprocals selection_denominators r) :
    Lipschitz 4 4 (ofNat concat1_branch2_N) (ofNat concat1_branch2_D)
      (concat1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (concat1_branch2_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `relu2` (relu, 8 → 8): x ↦ max(x, 0) in each entry. -/
noncomputable def relu2 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu2) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu2_sqLipschitz :
    SqLipschitz 8 8 (ofNat 1) (ofNat 1) (relu2 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 8

/-- Branch `sum1_branch1`: its layers in sequence. -/
noncomputable def sum1_branch1 : Vec R → Vec R := fun x => relu2 x

/-- `P`: Lip(sum1_branch1)² ≤ P/Q. -/
def sum1_branch1_P : Nat := 1

/-- `Q`: Lip(sum1_branch1)² ≤ P/Q. -/
def sum1_branch1_Q : Nat := 1

/-- `sum1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch1_sqLipschitz :
    SqLipschitz 8 8 (ofNat sum1_branch1_P) (ofNat sum1_branch1_Q) (sum1_branch1 : Vec R → Vec R) :=
  relu2_sqLipschitz

/-- `N`: Lip(sum1_branch1) ≤ N/D. -/
def sum1_branch1_N : Nat := 1

/-- `D`: Lip(sum1_branch1) ≤ N/D. -/
def sum1_branch1_D : Nat := 1

/-- Lip(sum1_branch1) ≤ 1, exactly 1/1: for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch1_lipschitz :
    Lipschitz 8 8 (ofNat sum1_branch1_N) (ofNat sum1_branch1_D) (sum1_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq sum1_branch1_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `scale1` (scale, 8 → 8): x ↦ c·x, c = 1/3. -/
noncomputable def scale1 : Vec R → Vec R := LipBridge.scale (mul (ofInt (Int.ofNat 1)) (r 3))

/-- Lip(scale1) ≤ √(P/Q) ≤ 0.333333334, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scale1_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 8 8 (ofNat 1) (ofNat 9) (scale1 r : Vec R → Vec R) :=
  LipBridge.scale_sqLipschitz 8 (hr 3 (Eq.refl true))

/-- Branch `sum1_branch2`: its layers in sequence. -/
noncomputable def sum1_branch2 : Vec R → Vec R := fun x => scale1 r x

/-- `P`: Lip(sum1_branch2)² ≤ P/Q. -/
def sum1_branch2_P : Nat := 1

/-- `Q`: Lip(sum1_branch2)² ≤ P/Q. -/
def sum1_branch2_Q : Nat := 9

/-- `sum1_branch2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch2_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 8 8 (ofNat sum1_branch2_P) (ofNat sum1_branch2_Q)
      (sum1_branch2 r : Vec R → Vec R) :=
  scale1_sqLipschitz r hr

/-- `N`: Lip(sum1_branch2) ≤ N/D. -/
def sum1_branch2_N : Nat := 2863311531

/-- `D`: Lip(sum1_branch2) ≤ N/D. -/
def sum1_branch2_D : Nat := Nat.pow 2 33

/-- Lip(sum1_branch2) ≤ 0.333333334, exactly 2863311531/8589934592: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch2_lipschitz (hr : Reciprocals selection_denominators r) :
    Lipschitz 8 8 (ofNat sum1_branch2_N) (ofNat sum1_branch2_D) (sum1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch2_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `abs2` (abs, 8 → 8): x ↦ |x| in each entry. -/
noncomputable def abs2 : Vec R → Vec R := LipBridge.entrywise LipBridge.abs

/-- Lip(abs2) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem abs2_sqLipschitz :
    SqLipschitz 8 8 (ofNat 1) (ofNat 1) (abs2 : Vec R → Vec R) :=
  LipBridge.abs_sqLipschitz 8

/-- Branch `sum1_branch3`: its layers in sequence. -/
noncomputable def sum1_branch3 : Vec R → Vec R := fun x => abs2 x

/-- `P`: Lip(sum1_branch3)² ≤ P/Q. -/
def sum1_branch3_P : Nat := 1

/-- `Q`: Lip(sum1_branch3)² ≤ P/Q. -/
def sum1_branch3_Q : Nat := 1

/-- `sum1_branch3`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch3_sqLipschitz :
    SqLipschitz 8 8 (ofNat sum1_branch3_P) (ofNat sum1_branch3_Q) (sum1_branch3 : Vec R → Vec R) :=
  abs2_sqLipschitz

/-- `N`: Lip(sum1_branch3) ≤ N/D. -/
def sum1_branch3_N : Nat := 1

/-- `D`: Lip(sum1_branch3) ≤ N/D. -/
def sum1_branch3_D : Nat := 1

/-- Lip(sum1_branch3) ≤ 1, exactly 1/1: for all x, y, D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch3_lipschitz :
    Lipschitz 8 8 (ofNat sum1_branch3_N) (ofNat sum1_branch3_D) (sum1_branch3 : Vec R → Vec R) :=
  LipschitzOn.ofSq sum1_branch3_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `tok` (linear, 6 → 8): x ↦ Wx + b, W is 4×3, on each of 2 tokens. `tok_weight`: integers
times 2^-1, from the spec. `tok_bias`: integers times 2^-2, from the spec. -/
noncomputable def tok : Vec R → Vec R :=
  LipBridge.tokenwise 2 3 4
    (LipBridge.linear 3 tok_weight.entry (r 2) (fun i => mul (ofInt (tok_bias.entry 0 i)) (r 4)))

/-- Lip(tok) ≤ √(P/Q) ≤ 9.12220253, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem tok_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 6 8 (ofNat tok_weight_T) (ofNat (Nat.mul tok_weight_C (Nat.mul 2 2)))
      (tok r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2
    (LipBridge.linear_sqLipschitz tok_weight_norm (hr 2 (Eq.refl true))
      (fun i => mul (ofInt (tok_bias.entry 0 i)) (r 4)))

/-- Layer `gain1` (gain, 8 → 8): x ↦ g ⊙ x, g the stored gain plus 1, on each of 2 tokens.
`gain1_gain`: integers over 3, from the spec. -/
noncomputable def gain1 : Vec R → Vec R :=
  LipBridge.tokenwise 2 4 4
    (LipBridge.gain (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 3)) (ofInt (Int.ofNat 1))))

/-- Lip(gain1) ≤ √(P/Q) ≤ 3, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem gain1_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 8 8 (ofNat 81) (ofNat (Nat.mul 3 3)) (gain1 r : Vec R → Vec R) :=
  LipBridge.tokenwise_sqLipschitz 2
    (LipBridge.gain_sqLipschitz_offset (n := 4) (p := 81) (e := 3)
      (g := fun i => gain1_gain.entry 0 i) (Int.ofNat 1) (Eq.refl true) (hr 3 (Eq.refl true)))

/-- Layer `abs1` (abs, 8 → 8): x ↦ |x| in each entry. -/
noncomputable def abs1 : Vec R → Vec R := LipBridge.entrywise LipBridge.abs

/-- Lip(abs1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem abs1_sqLipschitz :
    SqLipschitz 8 8 (ofNat 1) (ofNat 1) (abs1 : Vec R → Vec R) :=
  LipBridge.abs_sqLipschitz 8

/-- Layer `residual1` (residual, 8 → 8): x ↦ x + f x for the branch f = residual1_branch1. -/
noncomputable def residual1 : Vec R → Vec R := fun x => LipBridge.vadd x (residual1_branch1 r x)

/-- `P`: Lip(residual1)² ≤ P/Q. -/
def residual1_P : Nat :=
  Nat.mul (Nat.add residual1_branch1_D residual1_branch1_N)
    (Nat.add residual1_branch1_D residual1_branch1_N)

/-- `Q`: Lip(residual1)² ≤ P/Q. -/
def residual1_Q : Nat := Nat.mul residual1_branch1_D residual1_branch1_D

/-- Lip(residual1) ≤ √(P/Q) ≤ 3, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem residual1_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 8 8 (ofNat residual1_P) (ofNat residual1_Q) (residual1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.residual_lipschitz_ofNat
    (residual1_branch1_lipschitz r hr))

/-- Layer `clamp1` (clamp, 8 → 8): x ↦ min(max(x, -5), 20/3) in each entry. -/
noncomputable def clamp1 : Vec R → Vec R :=
  LipBridge.entrywise (LipBridge.clamp (mul (ofInt (Int.negSucc 4)) one)
    (mul (ofInt (Int.ofNat 20)) (r 3)))

/-- Lip(clamp1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem clamp1_sqLipschitz :
    SqLipschitz 8 8 (ofNat 1) (ofNat 1) (clamp1 r : Vec R → Vec R) :=
  LipBridge.clamp_sqLipschitz 8 (mul (ofInt (Int.negSucc 4)) one) (mul (ofInt (Int.ofNat 20)) (r 3))

/-- Layer `max_pool1` (max_pool, 8 → 4): the maximum of 2 tokens of dimension 4, in each
coordinate. -/
noncomputable def max_pool1 : Vec R → Vec R := LipBridge.maxPool 2 4

/-- Lip(max_pool1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem max_pool1_sqLipschitz :
    SqLipschitz 8 4 (ofNat 1) (ofNat 1) (max_pool1 : Vec R → Vec R) :=
  LipBridge.maxPool_sqLipschitz 2 4

/-- Layer `concat1` (concat, 4 → 8): x ↦ the outputs of 2 branches of x, one after the other. -/
noncomputable def concat1 : Vec R → Vec R := LipBridge.concat 4 concat1_branch1 (concat1_branch2 r)

/-- `P`: Lip(concat1)² ≤ P/Q. -/
def concat1_P : Nat :=
  Nat.add (Nat.mul concat1_branch1_P concat1_branch2_Q)
    (Nat.mul concat1_branch2_P concat1_branch1_Q)

/-- `Q`: Lip(concat1)² ≤ P/Q. -/
def concat1_Q : Nat := Nat.mul concat1_branch1_Q concat1_branch2_Q

/-- Lip(concat1) ≤ √(P/Q) ≤ 1.90688827, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem concat1_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 4 8 (ofNat concat1_P) (ofNat concat1_Q) (concat1 r : Vec R → Vec R) :=
  LipBridge.concat_sqLipschitz_ofNat concat1_branch1_sqLipschitz (concat1_branch2_sqLipschitz r hr)

/-- Layer `hadamard1` (hadamard, 8 → 8): the Hadamard transform of dimension 8, without a
normalizing factor. -/
noncomputable def hadamard1 : Vec R → Vec R := LipBridge.hadamard 3

/-- Lip(hadamard1) ≤ √(P/Q) ≤ 2.82842713, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem hadamard1_sqLipschitz :
    SqLipschitz 8 8 (ofNat 8) (ofNat 1) (hadamard1 : Vec R → Vec R) :=
  LipBridge.hadamard_sqLipschitz 3

/-- Layer `sum1` (sum, 8 → 8): x ↦ the sum of 3 branches of x. -/
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

/-- Lip(sum1) ≤ √(P/Q) ≤ 2.33333334, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 8 8 (ofNat sum1_P) (ofNat sum1_Q) (sum1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat
    (LipBridge.sum_lipschitz_ofNat sum1_branch1_lipschitz (sum1_branch2_lipschitz r hr))
    sum1_branch3_lipschitz)

/-- Layer `split1` (split, 8 → 8): the 8 entries as 2 tokens of dimension 4. -/
noncomputable def split1 : Vec R → Vec R := LipBridge.split 2 4

/-- Lip(split1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem split1_sqLipschitz :
    SqLipschitz 8 8 (ofNat 1) (ofNat 1) (split1 : Vec R → Vec R) :=
  LipBridge.split_sqLipschitz 2 4

/-- Layer `mean_pool1` (mean_pool, 8 → 4): the mean of 2 tokens of dimension 4. -/
noncomputable def mean_pool1 : Vec R → Vec R := LipBridge.meanPool 2 4 (r 2)

/-- Lip(mean_pool1) ≤ √(P/Q) ≤ 0.707106782, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mean_pool1_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 8 4 (ofNat 1) (ofNat 2) (mean_pool1 r : Vec R → Vec R) :=
  LipBridge.meanPool_sqLipschitz 2 4 (hr 2 (Eq.refl true))

/-- Layer `relu3` (relu, 4 → 4): x ↦ max(x, 0) in each entry. -/
noncomputable def relu3 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu3) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu3_sqLipschitz :
    SqLipschitz 4 4 (ofNat 1) (ofNat 1) (relu3 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 4

/-- Network `selection`: its layers in sequence. -/
noncomputable def selection : Vec R → Vec R :=
  fun x =>
    relu3 (mean_pool1 r
      (split1 (sum1 r
        (hadamard1 (concat1 r (max_pool1 (clamp1 r (residual1 r (abs1 (gain1 r (tok r x)))))))))))

/-- `P`: Lip(selection)² ≤ P/Q. -/
def selection_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul
    (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul tok_weight_T 81) 1) residual1_P) 1) 1) concat1_P)
    8) sum1_P) 1) 1) 1

/-- `Q`: Lip(selection)² ≤ P/Q. -/
def selection_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul
    (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul tok_weight_C (Nat.mul 2 2)) (Nat.mul 3 3))
      1) residual1_Q) 1) 1) concat1_Q) 1) sum1_Q) 1) 2) 1

/-- `selection`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem selection_sqLipschitz (hr : Reciprocals selection_denominators r) :
    SqLipschitz 6 4 (ofNat selection_P) (ofNat selection_Q) (selection r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat
    (f := fun x =>
      mean_pool1 r
        (split1 (sum1 r
          (hadamard1 (concat1 r (max_pool1 (clamp1 r (residual1 r (abs1 (gain1 r (tok r x)))))))))))
    (g := relu3)
    (SqLipschitzOn.comp_ofNat
      (f := fun x =>
        split1 (sum1 r
          (hadamard1 (concat1 r (max_pool1 (clamp1 r (residual1 r (abs1 (gain1 r (tok r x))))))))))
      (g := mean_pool1 r)
      (SqLipschitzOn.comp_ofNat
        (f := fun x =>
          sum1 r
            (hadamard1 (concat1 r (max_pool1 (clamp1 r (residual1 r (abs1 (gain1 r (tok r x)))))))))
        (g := split1)
        (SqLipschitzOn.comp_ofNat
          (f := fun x =>
            hadamard1 (concat1 r (max_pool1 (clamp1 r (residual1 r (abs1 (gain1 r (tok r x))))))))
          (g := sum1 r)
          (SqLipschitzOn.comp_ofNat
            (f := fun x =>
              concat1 r (max_pool1 (clamp1 r (residual1 r (abs1 (gain1 r (tok r x)))))))
            (g := hadamard1)
            (SqLipschitzOn.comp_ofNat
              (f := fun x => max_pool1 (clamp1 r (residual1 r (abs1 (gain1 r (tok r x))))))
              (g := concat1 r)
              (SqLipschitzOn.comp_ofNat
                (f := fun x => clamp1 r (residual1 r (abs1 (gain1 r (tok r x))))) (g := max_pool1)
                (SqLipschitzOn.comp_ofNat (f := fun x => residual1 r (abs1 (gain1 r (tok r x))))
                  (g := clamp1 r)
                  (SqLipschitzOn.comp_ofNat (f := fun x => abs1 (gain1 r (tok r x)))
                    (g := residual1 r)
                    (SqLipschitzOn.comp_ofNat (f := fun x => gain1 r (tok r x)) (g := abs1)
                      (SqLipschitzOn.comp_ofNat (f := tok r) (g := gain1 r) (tok_sqLipschitz r hr)
                        (gain1_sqLipschitz r hr) (fun _ _ => True.intro)) abs1_sqLipschitz
                      (fun _ _ => True.intro)) (residual1_sqLipschitz r hr) (fun _ _ => True.intro))
                  (clamp1_sqLipschitz r) (fun _ _ => True.intro)) max_pool1_sqLipschitz
                (fun _ _ => True.intro)) (concat1_sqLipschitz r hr) (fun _ _ => True.intro))
            hadamard1_sqLipschitz (fun _ _ => True.intro)) (sum1_sqLipschitz r hr)
          (fun _ _ => True.intro)) split1_sqLipschitz (fun _ _ => True.intro))
      (mean_pool1_sqLipschitz r hr) (fun _ _ => True.intro)) relu3_sqLipschitz
    (fun _ _ => True.intro)

/-- `N`: Lip(selection) ≤ N/D. -/
def selection_N : Nat := 6128640497

/-- `D`: Lip(selection) ≤ N/D. -/
def selection_D : Nat := Nat.pow 2 23

/-- Lip(selection) ≤ 730.590880, exactly 6128640497/8388608: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem selection_lipschitz (hr : Reciprocals selection_denominators r) :
    Lipschitz 6 4 (ofNat selection_N) (ofNat selection_D) (selection r : Vec R → Vec R) :=
  LipschitzOn.ofSq (selection_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

end Selection
