import LipBridge.Networks
import Bordered.Data.a_weight
import Bordered.Data.a_bias
import Bordered.Data.b_weight
import Bordered.Data.c_weight
import Bordered.Data.c_bias
import Bordered.Data.d_weight
import Bordered.Data.into_weight
import Bordered.Data.onto_weight
import Bordered.Data.side_weight
import Bordered.Data.base_weight
import Bordered.Data.first_weight
import Bordered.Data.last_weight
/-!
# The network `bordered`

4 → 1. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Bordered/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
`w_norm`, that `C ‖w x‖² ≤ T ‖x‖²` where `C` is `w_C` and `T` is `w_T`.
Numbers that are no integers are `n · r d`: integers `n` times `r d`, over the real numbers `1/d`.

Roots and activations that no ring has are given functions, one a layer,
each with a hypothesis that says what it must be:
`gelu1_t` with `gelu1_ht`.

Words of the library:
- `Lipschitz n m N D f`: `D² ‖f x - f y‖² ≤ N² ‖x - y‖²` for all `x` and `y`, with `N ≥ 0` and
  `D > 0`.
- `SqLipschitz n m P Q f`: `Q ‖f x - f y‖² ≤ P ‖x - y‖²` for all `x` and `y`, with `P ≥ 0` and
  `Q > 0`.
- `Reciprocals l r`: `r d` is `1/d` for every `d` in the list: `d * r d = 1`.
- `ofNat n`: The image of a natural number.
- `SlopeBetween lo hi q φ`: `φ` has slopes between `lo/q` and `hi/q`:
  `0 ≤ (q (φ a - φ b) - lo (a - b)) (hi (a - b) - q (φ a - φ b))`.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R) (gelu1_t : R → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def bordered_denominators : List Nat := .cons 2 (.cons 3 .nil)

/-- Layer `c` (linear, 2 → 3): x ↦ Wx + b, W is 3×2. `c_weight`: integers, from the spec. `c_bias`:
integers times 2^-1, from the spec. -/
noncomputable def c : Vec R → Vec R :=
  LipBridge.linear 2 c_weight.entry one (fun i => mul (ofInt (c_bias.entry 0 i)) (r 2))

/-- Lip(c) ≤ √(P/Q) ≤ 2.64575132, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem c_sqLipschitz :
    SqLipschitz 2 3 (ofNat c_weight_T) (ofNat (Nat.mul c_weight_C (Nat.mul 1 1)))
      (c r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz c_weight_norm LipBridge.ofNat_one_mul_one
    (fun i => mul (ofInt (c_bias.entry 0 i)) (r 2))

/-- Layer `relu1` (relu, 3 → 3): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 3 3 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 3

/-- Layer `d` (linear, 3 → 2): x ↦ Wx, W is 2×3. `d_weight`: integers, from the spec. -/
noncomputable def d : Vec R → Vec R := LipBridge.linear 3 d_weight.entry one (fun _ => zero)

/-- Lip(d) ≤ √(P/Q) ≤ 1.73205081, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem d_sqLipschitz :
    SqLipschitz 3 2 (ofNat d_weight_T) (ofNat (Nat.mul d_weight_C (Nat.mul 1 1)))
      (d : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz d_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Branch `residual1_branch1`: its layers in sequence. -/
noncomputable def residual1_branch1 : Vec R → Vec R := fun x => d (relu1 (c r x))

/-- `P`: Lip(residual1_branch1)² ≤ P/Q. -/
def residual1_branch1_P : Nat := Nat.mul (Nat.mul c_weight_T 1) d_weight_T

/-- `Q`: Lip(residual1_branch1)² ≤ P/Q. -/
def residual1_branch1_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul c_weight_C (Nat.mul 1 1)) 1) (Nat.mul d_weight_C (Nat.mul 1 1))

/-- `residual1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem residual1_branch1_sqLipschitz :
    SqLipschitz 2 2 (ofNat residual1_branch1_P) (ofNat residual1_branch1_Q)
      (residual1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => relu1 (c r x)) (g := d)
    (SqLipschitzOn.comp_ofNat (f := c r) (g := relu1) (c_sqLipschitz r) relu1_sqLipschitz
      (fun _ _ => True.intro)) d_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(residual1_branch1) ≤ N/D. -/
def residual1_branch1_N : Nat := 9841006371

/-- `D`: Lip(residual1_branch1) ≤ N/D. -/
def residual1_branch1_D : Nat := Nat.pow 2 31

/-- Lip(residual1_branch1) ≤ 4.58257570, exactly 9841006371/2147483648: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem residual1_branch1_lipschitz :
    Lipschitz 2 2 (ofNat residual1_branch1_N) (ofNat residual1_branch1_D)
      (residual1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (residual1_branch1_sqLipschitz r) (Eq.refl true) (Eq.refl true)

/-- Layer `into` (linear, 2 → 2): x ↦ Wx, W is 2×2. `into_weight`: integers, from the spec. -/
noncomputable def into : Vec R → Vec R := LipBridge.linear 2 into_weight.entry one (fun _ => zero)

/-- Lip(into) ≤ √(P/Q) ≤ 2.23606798, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem into_sqLipschitz :
    SqLipschitz 2 2 (ofNat into_weight_T) (ofNat (Nat.mul into_weight_C (Nat.mul 1 1)))
      (into : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz into_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `leaky_relu1` (leaky_relu, 2 → 2): x ↦ max(x, a·x) in each entry, a = 1/3. -/
noncomputable def leaky_relu1 : Vec R → Vec R := LipBridge.leakyRelu (mul (ofNat 1) (r 3))

/-- Lip(leaky_relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem leaky_relu1_sqLipschitz (hr : Reciprocals bordered_denominators r) :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (leaky_relu1 r : Vec R → Vec R) :=
  LipBridge.leakyRelu_sqLipschitz 2 (hr 3 (Eq.refl true)) (Eq.refl true)

/-- Layer `onto` (linear, 2 → 2): x ↦ Wx, W is 2×2. `onto_weight`: integers times 2^-1, from the
spec. -/
noncomputable def onto : Vec R → Vec R := LipBridge.linear 2 onto_weight.entry (r 2) (fun _ => zero)

/-- Lip(onto) ≤ √(P/Q) ≤ 1.50000001, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem onto_sqLipschitz (hr : Reciprocals bordered_denominators r) :
    SqLipschitz 2 2 (ofNat onto_weight_T) (ofNat (Nat.mul onto_weight_C (Nat.mul 2 2)))
      (onto r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz onto_weight_norm (hr 2 (Eq.refl true)) (fun _ => zero)

/-- Branch `sum1_branch1`: its layers in sequence. -/
noncomputable def sum1_branch1 : Vec R → Vec R := fun x => onto r (leaky_relu1 r (into x))

/-- `P`: Lip(sum1_branch1)² ≤ P/Q. -/
def sum1_branch1_P : Nat := Nat.mul (Nat.mul into_weight_T 1) onto_weight_T

/-- `Q`: Lip(sum1_branch1)² ≤ P/Q. -/
def sum1_branch1_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul into_weight_C (Nat.mul 1 1)) 1) (Nat.mul onto_weight_C (Nat.mul 2 2))

/-- `sum1_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch1_sqLipschitz (hr : Reciprocals bordered_denominators r) :
    SqLipschitz 2 2 (ofNat sum1_branch1_P) (ofNat sum1_branch1_Q)
      (sum1_branch1 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => leaky_relu1 r (into x)) (g := onto r)
    (SqLipschitzOn.comp_ofNat (f := into) (g := leaky_relu1 r) into_sqLipschitz
      (leaky_relu1_sqLipschitz r hr) (fun _ _ => True.intro)) (onto_sqLipschitz r hr)
    (fun _ _ => True.intro)

/-- `N`: Lip(sum1_branch1) ≤ N/D. -/
def sum1_branch1_N : Nat := 7202879127

/-- `D`: Lip(sum1_branch1) ≤ N/D. -/
def sum1_branch1_D : Nat := Nat.pow 2 31

/-- Lip(sum1_branch1) ≤ 3.35410197, exactly 7202879127/2147483648: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch1_lipschitz (hr : Reciprocals bordered_denominators r) :
    Lipschitz 2 2 (ofNat sum1_branch1_N) (ofNat sum1_branch1_D) (sum1_branch1 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch1_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `side` (linear, 2 → 2): x ↦ Wx, W is 2×2. `side_weight`: integers times 2^-1, from the
spec. -/
noncomputable def side : Vec R → Vec R := LipBridge.linear 2 side_weight.entry (r 2) (fun _ => zero)

/-- Lip(side) ≤ √(P/Q) ≤ 1.28077641, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem side_sqLipschitz (hr : Reciprocals bordered_denominators r) :
    SqLipschitz 2 2 (ofNat side_weight_T) (ofNat (Nat.mul side_weight_C (Nat.mul 2 2)))
      (side r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz side_weight_norm (hr 2 (Eq.refl true)) (fun _ => zero)

/-- Branch `sum1_branch2`: its layers in sequence. -/
noncomputable def sum1_branch2 : Vec R → Vec R := fun x => side r x

/-- `P`: Lip(sum1_branch2)² ≤ P/Q. -/
def sum1_branch2_P : Nat := side_weight_T

/-- `Q`: Lip(sum1_branch2)² ≤ P/Q. -/
def sum1_branch2_Q : Nat := Nat.mul side_weight_C (Nat.mul 2 2)

/-- `sum1_branch2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_branch2_sqLipschitz (hr : Reciprocals bordered_denominators r) :
    SqLipschitz 2 2 (ofNat sum1_branch2_P) (ofNat sum1_branch2_Q)
      (sum1_branch2 r : Vec R → Vec R) :=
  side_sqLipschitz r hr

/-- `N`: Lip(sum1_branch2) ≤ N/D. -/
def sum1_branch2_N : Nat := 11001785559

/-- `D`: Lip(sum1_branch2) ≤ N/D. -/
def sum1_branch2_D : Nat := Nat.pow 2 33

/-- Lip(sum1_branch2) ≤ 1.28077641, exactly 11001785559/8589934592: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum1_branch2_lipschitz (hr : Reciprocals bordered_denominators r) :
    Lipschitz 2 2 (ofNat sum1_branch2_N) (ofNat sum1_branch2_D) (sum1_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (sum1_branch2_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `base` (linear, 2 → 1): x ↦ Wx, W is 1×2. `base_weight`: integers, from the spec. -/
noncomputable def base : Vec R → Vec R := LipBridge.linear 2 base_weight.entry one (fun _ => zero)

/-- Lip(base) ≤ √(P/Q) ≤ 1.41421357, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem base_sqLipschitz :
    SqLipschitz 2 1 (ofNat base_weight_T) (ofNat (Nat.mul base_weight_C (Nat.mul 1 1)))
      (base : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz base_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Branch `sum2_branch1`: its layers in sequence. -/
noncomputable def sum2_branch1 : Vec R → Vec R := fun x => base x

/-- `P`: Lip(sum2_branch1)² ≤ P/Q. -/
def sum2_branch1_P : Nat := base_weight_T

/-- `Q`: Lip(sum2_branch1)² ≤ P/Q. -/
def sum2_branch1_Q : Nat := Nat.mul base_weight_C (Nat.mul 1 1)

/-- `sum2_branch1`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum2_branch1_sqLipschitz :
    SqLipschitz 2 1 (ofNat sum2_branch1_P) (ofNat sum2_branch1_Q) (sum2_branch1 : Vec R → Vec R) :=
  base_sqLipschitz

/-- `N`: Lip(sum2_branch1) ≤ N/D. -/
def sum2_branch1_N : Nat := 759250125

/-- `D`: Lip(sum2_branch1) ≤ N/D. -/
def sum2_branch1_D : Nat := Nat.pow 2 29

/-- Lip(sum2_branch1) ≤ 1.41421357, exactly 759250125/536870912: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum2_branch1_lipschitz :
    Lipschitz 2 1 (ofNat sum2_branch1_N) (ofNat sum2_branch1_D) (sum2_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq sum2_branch1_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `first` (linear, 2 → 2): x ↦ Wx, W is 2×2. `first_weight`: integers, from the spec. -/
noncomputable def first : Vec R → Vec R := LipBridge.linear 2 first_weight.entry one (fun _ => zero)

/-- Lip(first) ≤ √(P/Q) ≤ 3.19258241, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem first_sqLipschitz :
    SqLipschitz 2 2 (ofNat first_weight_T) (ofNat (Nat.mul first_weight_C (Nat.mul 1 1)))
      (first : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz first_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `abs1` (abs, 2 → 2): x ↦ |x| in each entry. -/
noncomputable def abs1 : Vec R → Vec R := LipBridge.entrywise LipBridge.abs

/-- Lip(abs1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem abs1_sqLipschitz :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (abs1 : Vec R → Vec R) :=
  LipBridge.abs_sqLipschitz 2

/-- Layer `last` (linear, 2 → 1): x ↦ Wx, W is 1×2. `last_weight`: integers, from the spec. -/
noncomputable def last : Vec R → Vec R := LipBridge.linear 2 last_weight.entry one (fun _ => zero)

/-- Lip(last) ≤ √(P/Q) ≤ 1.41421357, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem last_sqLipschitz :
    SqLipschitz 2 1 (ofNat last_weight_T) (ofNat (Nat.mul last_weight_C (Nat.mul 1 1)))
      (last : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz last_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Branch `sum2_branch2`: its layers in sequence. -/
noncomputable def sum2_branch2 : Vec R → Vec R := fun x => last (abs1 (first x))

/-- `P`: Lip(sum2_branch2)² ≤ P/Q. -/
def sum2_branch2_P : Nat := Nat.mul (Nat.mul first_weight_T 1) last_weight_T

/-- `Q`: Lip(sum2_branch2)² ≤ P/Q. -/
def sum2_branch2_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul first_weight_C (Nat.mul 1 1)) 1) (Nat.mul last_weight_C (Nat.mul 1 1))

/-- `sum2_branch2`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum2_branch2_sqLipschitz :
    SqLipschitz 2 1 (ofNat sum2_branch2_P) (ofNat sum2_branch2_Q) (sum2_branch2 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => abs1 (first x)) (g := last)
    (SqLipschitzOn.comp_ofNat (f := first) (g := abs1) first_sqLipschitz abs1_sqLipschitz
      (fun _ _ => True.intro)) last_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(sum2_branch2) ≤ N/D. -/
def sum2_branch2_N : Nat := 4847937179

/-- `D`: Lip(sum2_branch2) ≤ N/D. -/
def sum2_branch2_D : Nat := Nat.pow 2 30

/-- Lip(sum2_branch2) ≤ 4.51499334, exactly 4847937179/1073741824: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem sum2_branch2_lipschitz :
    Lipschitz 2 1 (ofNat sum2_branch2_N) (ofNat sum2_branch2_D) (sum2_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq sum2_branch2_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `a` (linear, 4 → 3): x ↦ Wx + b, W is 3×4. `a_weight`: integers times 2^-1, from the spec.
`a_bias`: integers, from the spec. -/
noncomputable def a : Vec R → Vec R :=
  LipBridge.linear 4 a_weight.entry (r 2) (fun i => mul (ofInt (a_bias.entry 0 i)) one)

/-- Lip(a) ≤ √(P/Q) ≤ 4.51868205, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem a_sqLipschitz (hr : Reciprocals bordered_denominators r) :
    SqLipschitz 4 3 (ofNat a_weight_T) (ofNat (Nat.mul a_weight_C (Nat.mul 2 2)))
      (a r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz a_weight_norm (hr 2 (Eq.refl true))
    (fun i => mul (ofInt (a_bias.entry 0 i)) one)

/-- Layer `gelu1` (gelu, 3 → 3): x ↦ x·Φ(x), Φ the normal distribution, in each entry, as a given
function with slopes between -13/100 and 113/100. -/
noncomputable def gelu1 : Vec R → Vec R := LipBridge.entrywise gelu1_t

/-- Lip(gelu1) ≤ √(P/Q) ≤ 1.13000001, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem gelu1_sqLipschitz
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    SqLipschitz 3 3 (ofNat (Nat.mul 113 113)) (ofNat (Nat.mul 100 100))
      (gelu1 gelu1_t : Vec R → Vec R) :=
  LipBridge.activation_sqLipschitz 3
    (LipBridge.SlopeBetween.bounded (s := 100) (p := 126) gelu1_ht rfl rfl rfl) (Eq.refl true)

/-- Layer `b` (linear, 3 → 2): x ↦ Wx, W is 2×3. `b_weight`: integers, from the spec. -/
noncomputable def b : Vec R → Vec R := LipBridge.linear 3 b_weight.entry one (fun _ => zero)

/-- Lip(b) ≤ √(P/Q) ≤ 2.64575132, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem b_sqLipschitz :
    SqLipschitz 3 2 (ofNat b_weight_T) (ofNat (Nat.mul b_weight_C (Nat.mul 1 1)))
      (b : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz b_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `residual1` (residual, 2 → 2): x ↦ x + f x for the branch f = residual1_branch1. -/
noncomputable def residual1 : Vec R → Vec R := fun x => LipBridge.vadd x (residual1_branch1 r x)

/-- `P`: Lip(residual1)² ≤ P/Q. -/
def residual1_P : Nat :=
  Nat.mul (Nat.add residual1_branch1_D residual1_branch1_N)
    (Nat.add residual1_branch1_D residual1_branch1_N)

/-- `Q`: Lip(residual1)² ≤ P/Q. -/
def residual1_Q : Nat := Nat.mul residual1_branch1_D residual1_branch1_D

/-- Lip(residual1) ≤ √(P/Q) ≤ 5.58257570, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem residual1_sqLipschitz :
    SqLipschitz 2 2 (ofNat residual1_P) (ofNat residual1_Q) (residual1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.residual_lipschitz_ofNat
    (residual1_branch1_lipschitz r))

/-- Layer `sum1` (sum, 2 → 2): x ↦ the sum of 2 branches of x. -/
noncomputable def sum1 : Vec R → Vec R :=
  fun x => LipBridge.vadd (sum1_branch1 r x) (sum1_branch2 r x)

/-- `P`: Lip(sum1)² ≤ P/Q. -/
def sum1_P : Nat :=
  Nat.mul (Nat.add (Nat.mul sum1_branch1_N sum1_branch2_D) (Nat.mul sum1_branch2_N sum1_branch1_D))
    (Nat.add (Nat.mul sum1_branch1_N sum1_branch2_D) (Nat.mul sum1_branch2_N sum1_branch1_D))

/-- `Q`: Lip(sum1)² ≤ P/Q. -/
def sum1_Q : Nat :=
  Nat.mul (Nat.mul sum1_branch1_D sum1_branch2_D) (Nat.mul sum1_branch1_D sum1_branch2_D)

/-- Lip(sum1) ≤ √(P/Q) ≤ 4.63487838, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum1_sqLipschitz (hr : Reciprocals bordered_denominators r) :
    SqLipschitz 2 2 (ofNat sum1_P) (ofNat sum1_Q) (sum1 r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat (sum1_branch1_lipschitz r hr)
    (sum1_branch2_lipschitz r hr))

/-- Layer `sum2` (sum, 2 → 1): x ↦ the sum of 2 branches of x. -/
noncomputable def sum2 : Vec R → Vec R := fun x => LipBridge.vadd (sum2_branch1 x) (sum2_branch2 x)

/-- `P`: Lip(sum2)² ≤ P/Q. -/
def sum2_P : Nat :=
  Nat.mul (Nat.add (Nat.mul sum2_branch1_N sum2_branch2_D) (Nat.mul sum2_branch2_N sum2_branch1_D))
    (Nat.add (Nat.mul sum2_branch1_N sum2_branch2_D) (Nat.mul sum2_branch2_N sum2_branch1_D))

/-- `Q`: Lip(sum2)² ≤ P/Q. -/
def sum2_Q : Nat :=
  Nat.mul (Nat.mul sum2_branch1_D sum2_branch2_D) (Nat.mul sum2_branch1_D sum2_branch2_D)

/-- Lip(sum2) ≤ √(P/Q) ≤ 5.92920690, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sum2_sqLipschitz :
    SqLipschitz 2 1 (ofNat sum2_P) (ofNat sum2_Q) (sum2 : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.sum_lipschitz_ofNat sum2_branch1_lipschitz
    sum2_branch2_lipschitz)

/-- Network `bordered`: its layers in sequence. -/
noncomputable def bordered : Vec R → Vec R :=
  fun x => sum2 (sum1 r (residual1 r (b (gelu1 gelu1_t (a r x)))))

/-- `P`: Lip(bordered)² ≤ P/Q. -/
def bordered_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul a_weight_T (Nat.mul 113 113)) b_weight_T) residual1_P)
    sum1_P) sum2_P

/-- `Q`: Lip(bordered)² ≤ P/Q. -/
def bordered_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul a_weight_C (Nat.mul 2 2)) (Nat.mul 100 100))
    (Nat.mul b_weight_C (Nat.mul 1 1))) residual1_Q) sum1_Q) sum2_Q

/-- `bordered`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem bordered_sqLipschitz (hr : Reciprocals bordered_denominators r)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    SqLipschitz 4 1 (ofNat bordered_P) (ofNat bordered_Q) (bordered r gelu1_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => sum1 r (residual1 r (b (gelu1 gelu1_t (a r x)))))
    (g := sum2)
    (SqLipschitzOn.comp_ofNat (f := fun x => residual1 r (b (gelu1 gelu1_t (a r x)))) (g := sum1 r)
      (SqLipschitzOn.comp_ofNat (f := fun x => b (gelu1 gelu1_t (a r x))) (g := residual1 r)
        (SqLipschitzOn.comp_ofNat (f := fun x => gelu1 gelu1_t (a r x)) (g := b)
          (SqLipschitzOn.comp_ofNat (f := a r) (g := gelu1 gelu1_t) (a_sqLipschitz r hr)
            (gelu1_sqLipschitz gelu1_t gelu1_ht) (fun _ _ => True.intro)) b_sqLipschitz
          (fun _ _ => True.intro)) (residual1_sqLipschitz r) (fun _ _ => True.intro))
      (sum1_sqLipschitz r hr) (fun _ _ => True.intro)) sum2_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(bordered) ≤ N/D. -/
def bordered_N : Nat := 2173245193

/-- `D`: Lip(bordered) ≤ N/D. -/
def bordered_D : Nat := Nat.pow 2 20

/-- Lip(bordered) ≤ 2072.56813, exactly 2173245193/1048576: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem bordered_lipschitz (hr : Reciprocals bordered_denominators r)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    Lipschitz 4 1 (ofNat bordered_N) (ofNat bordered_D) (bordered r gelu1_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (bordered_sqLipschitz r gelu1_t hr gelu1_ht) (Eq.refl true) (Eq.refl true)

end Bordered
