import LipBridge.Networks
import Falling.Data.a_weight
import Falling.Data.a_bias
import Falling.Data.b_weight
import Falling.Data.c_weight
import Falling.Data.c_bias
import Falling.Data.d_weight
/-!
# The network `falling`

2 → 3. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Falling/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
`w_norm`, that `C ‖w x‖² ≤ T ‖x‖²` where `C` is `w_C` and `T` is `w_T`.
Numbers that are no integers are `n · r d`: integers `n` times `r d`, over the real numbers `1/d`.

Roots and activations that no ring has are given functions, one a layer,
each with a hypothesis that says what it must be:
`sin1_t` with `sin1_ht`,
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
- `SlopeBound N D φ`: `φ` has slopes between `-N/D` and `N/D`: `D |φ a - φ b| ≤ N |a - b|`.
-/

set_option autoImplicit false

universe u

namespace Falling

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R) (sin1_t : R → R) (gelu1_t : R → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def falling_denominators : List Nat := .cons 2 (.cons 3 .nil)

/-- Layer `a` (linear, 2 → 3): x ↦ Wx + b, W is 3×2. `a_weight`: integers times 2^-1, from the spec.
`a_bias`: integers, from the spec. -/
noncomputable def a : Vec R → Vec R :=
  LipBridge.linear 2 a_weight.entry (r 2) (fun i => mul (ofInt (a_bias.entry 0 i)) one)

/-- Lip(a) ≤ √(P/Q) ≤ 4.32685076, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem a_sqLipschitz (hr : Reciprocals falling_denominators r) :
    SqLipschitz 2 3 (ofNat a_weight_T) (ofNat (Nat.mul a_weight_C (Nat.mul 2 2)))
      (a r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz a_weight_norm (hr 2 (Eq.refl true))
    (fun i => mul (ofInt (a_bias.entry 0 i)) one)

/-- Layer `sin1` (sin, 3 → 3): x ↦ sin x in each entry, as a given function of slope at most 1. -/
noncomputable def sin1 : Vec R → Vec R := LipBridge.entrywise sin1_t

/-- Lip(sin1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem sin1_sqLipschitz (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t) :
    SqLipschitz 3 3 (ofNat (Nat.mul 1 1)) (ofNat (Nat.mul 1 1)) (sin1 sin1_t : Vec R → Vec R) :=
  LipBridge.activation_sqLipschitz 3 sin1_ht (Eq.refl true)

/-- Layer `b` (linear, 3 → 3): x ↦ Wx, W is 3×3. `b_weight`: integers over 3, from the spec. -/
noncomputable def b : Vec R → Vec R := LipBridge.linear 3 b_weight.entry (r 3) (fun _ => zero)

/-- Lip(b) ≤ √(P/Q) ≤ 2.67871554, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem b_sqLipschitz (hr : Reciprocals falling_denominators r) :
    SqLipschitz 3 3 (ofNat b_weight_T) (ofNat (Nat.mul b_weight_C (Nat.mul 3 3)))
      (b r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz b_weight_norm (hr 3 (Eq.refl true)) (fun _ => zero)

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

/-- Layer `c` (linear, 3 → 2): x ↦ Wx + b, W is 2×3. `c_weight`: integers times 2^-1, from the spec.
`c_bias`: integers, from the spec. -/
noncomputable def c : Vec R → Vec R :=
  LipBridge.linear 3 c_weight.entry (r 2) (fun i => mul (ofInt (c_bias.entry 0 i)) one)

/-- Lip(c) ≤ √(P/Q) ≤ 2.47644549, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem c_sqLipschitz (hr : Reciprocals falling_denominators r) :
    SqLipschitz 3 2 (ofNat c_weight_T) (ofNat (Nat.mul c_weight_C (Nat.mul 2 2)))
      (c r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz c_weight_norm (hr 2 (Eq.refl true))
    (fun i => mul (ofInt (c_bias.entry 0 i)) one)

/-- Layer `relu1` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Layer `d` (linear, 2 → 3): x ↦ Wx, W is 3×2. `d_weight`: integers, from the spec. -/
noncomputable def d : Vec R → Vec R := LipBridge.linear 2 d_weight.entry one (fun _ => zero)

/-- Lip(d) ≤ √(P/Q) ≤ 2.64575132, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem d_sqLipschitz :
    SqLipschitz 2 3 (ofNat d_weight_T) (ofNat (Nat.mul d_weight_C (Nat.mul 1 1)))
      (d : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz d_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Network `falling`: its layers in sequence. -/
noncomputable def falling : Vec R → Vec R :=
  fun x => d (relu1 (c r (gelu1 gelu1_t (b r (sin1 sin1_t (a r x))))))

/-- `P`: Lip(falling)² ≤ P/Q. -/
def falling_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul a_weight_T (Nat.mul 1 1)) b_weight_T)
    (Nat.mul 113 113)) c_weight_T) 1) d_weight_T

/-- `Q`: Lip(falling)² ≤ P/Q. -/
def falling_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul a_weight_C (Nat.mul 2 2))
    (Nat.mul 1 1)) (Nat.mul b_weight_C (Nat.mul 3 3))) (Nat.mul 100 100))
    (Nat.mul c_weight_C (Nat.mul 2 2))) 1) (Nat.mul d_weight_C (Nat.mul 1 1))

/-- `falling`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem falling_sqLipschitz (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    SqLipschitz 2 3 (ofNat falling_P) (ofNat falling_Q)
      (falling r sin1_t gelu1_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => relu1 (c r (gelu1 gelu1_t (b r (sin1 sin1_t (a r x))))))
    (g := d)
    (SqLipschitzOn.comp_ofNat (f := fun x => c r (gelu1 gelu1_t (b r (sin1 sin1_t (a r x)))))
      (g := relu1)
      (SqLipschitzOn.comp_ofNat (f := fun x => gelu1 gelu1_t (b r (sin1 sin1_t (a r x)))) (g := c r)
        (SqLipschitzOn.comp_ofNat (f := fun x => b r (sin1 sin1_t (a r x))) (g := gelu1 gelu1_t)
          (SqLipschitzOn.comp_ofNat (f := fun x => sin1 sin1_t (a r x)) (g := b r)
            (SqLipschitzOn.comp_ofNat (f := a r) (g := sin1 sin1_t) (a_sqLipschitz r hr)
              (sin1_sqLipschitz sin1_t sin1_ht) (fun _ _ => True.intro)) (b_sqLipschitz r hr)
            (fun _ _ => True.intro)) (gelu1_sqLipschitz gelu1_t gelu1_ht) (fun _ _ => True.intro))
        (c_sqLipschitz r hr) (fun _ _ => True.intro)) relu1_sqLipschitz (fun _ _ => True.intro))
    d_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(falling) ≤ N/D. -/
def falling_N : Nat := 5758834975

/-- `D`: Lip(falling) ≤ N/D. -/
def falling_D : Nat := Nat.pow 2 26

/-- Lip(falling) ≤ 85.8133283, exactly 5758834975/67108864: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem falling_lipschitz (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    Lipschitz 2 3 (ofNat falling_N) (ofNat falling_D) (falling r sin1_t gelu1_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (falling_sqLipschitz r sin1_t gelu1_t hr sin1_ht gelu1_ht) (Eq.refl true)
    (Eq.refl true)

end Falling
