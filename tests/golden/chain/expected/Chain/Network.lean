import LipBridge.Networks
import Chain.Data.a_weight
import Chain.Data.a_bias
import Chain.Data.b_weight
import Chain.Data.c_weight
import Chain.Data.d_weight
/-!
# The network `chain`

2 → 1. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Chain/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
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

namespace Chain

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def chain_denominators : List Nat := .cons 2 (.cons 4 .nil)

/-- Layer `a` (linear, 2 → 3): x ↦ Wx + b, W is 3×2. `a_weight`: integers times 2^-1, from the spec.
`a_bias`: integers, from the spec. -/
noncomputable def a : Vec R → Vec R :=
  LipBridge.linear 2 a_weight.entry (r 2) (fun i => mul (ofInt (a_bias.entry 0 i)) one)

/-- Lip(a) ≤ √(P/Q) ≤ 3.94372323, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem a_sqLipschitz (hr : Reciprocals chain_denominators r) :
    SqLipschitz 2 3 (ofNat a_weight_T) (ofNat (Nat.mul a_weight_C (Nat.mul 2 2)))
      (a r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz a_weight_norm (hr 2 (Eq.refl true))
    (fun i => mul (ofInt (a_bias.entry 0 i)) one)

/-- Layer `relu1` (relu, 3 → 3): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 3 3 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 3

/-- Layer `b` (linear, 3 → 2): x ↦ Wx, W is 2×3. `b_weight`: integers, from the spec. -/
noncomputable def b : Vec R → Vec R := LipBridge.linear 3 b_weight.entry one (fun _ => zero)

/-- Lip(b) ≤ √(P/Q) ≤ 2.64575132, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem b_sqLipschitz :
    SqLipschitz 3 2 (ofNat b_weight_T) (ofNat (Nat.mul b_weight_C (Nat.mul 1 1)))
      (b : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz b_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `leaky_relu1` (leaky_relu, 2 → 2): x ↦ max(x, a·x) in each entry, a = 1/4. -/
noncomputable def leaky_relu1 : Vec R → Vec R := LipBridge.leakyRelu (mul (ofNat 1) (r 4))

/-- Lip(leaky_relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem leaky_relu1_sqLipschitz (hr : Reciprocals chain_denominators r) :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (leaky_relu1 r : Vec R → Vec R) :=
  LipBridge.leakyRelu_sqLipschitz 2 (hr 4 (Eq.refl true)) (Eq.refl true)

/-- Layer `c` (linear, 2 → 2): x ↦ Wx, W is 2×2. `c_weight`: integers, from the spec. -/
noncomputable def c : Vec R → Vec R := LipBridge.linear 2 c_weight.entry one (fun _ => zero)

/-- Lip(c) ≤ √(P/Q) ≤ 3.61803400, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem c_sqLipschitz :
    SqLipschitz 2 2 (ofNat c_weight_T) (ofNat (Nat.mul c_weight_C (Nat.mul 1 1)))
      (c : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz c_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `clamp1` (clamp, 2 → 2): x ↦ min(max(x, -1), 3/2) in each entry. -/
noncomputable def clamp1 : Vec R → Vec R :=
  LipBridge.entrywise (LipBridge.clamp (mul (ofInt (Int.negSucc 0)) one)
    (mul (ofInt (Int.ofNat 3)) (r 2)))

/-- Lip(clamp1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem clamp1_sqLipschitz :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (clamp1 r : Vec R → Vec R) :=
  LipBridge.clamp_sqLipschitz 2 (mul (ofInt (Int.negSucc 0)) one) (mul (ofInt (Int.ofNat 3)) (r 2))

/-- Layer `d` (linear, 2 → 1): x ↦ Wx, W is 1×2. `d_weight`: integers, from the spec. -/
noncomputable def d : Vec R → Vec R := LipBridge.linear 2 d_weight.entry one (fun _ => zero)

/-- Lip(d) ≤ √(P/Q) ≤ 2.23606798, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem d_sqLipschitz :
    SqLipschitz 2 1 (ofNat d_weight_T) (ofNat (Nat.mul d_weight_C (Nat.mul 1 1)))
      (d : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz d_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Network `chain`: its layers in sequence. -/
noncomputable def chain : Vec R → Vec R :=
  fun x => d (clamp1 r (c (leaky_relu1 r (b (relu1 (a r x))))))

/-- `P`: Lip(chain)² ≤ P/Q. -/
def chain_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul a_weight_T 1) b_weight_T) 1) c_weight_T) 1)
    d_weight_T

/-- `Q`: Lip(chain)² ≤ P/Q. -/
def chain_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul a_weight_C (Nat.mul 2 2)) 1)
    (Nat.mul b_weight_C (Nat.mul 1 1))) 1) (Nat.mul c_weight_C (Nat.mul 1 1))) 1)
    (Nat.mul d_weight_C (Nat.mul 1 1))

/-- `chain`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem chain_sqLipschitz (hr : Reciprocals chain_denominators r) :
    SqLipschitz 2 1 (ofNat chain_P) (ofNat chain_Q) (chain r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => clamp1 r (c (leaky_relu1 r (b (relu1 (a r x)))))) (g := d)
    (SqLipschitzOn.comp_ofNat (f := fun x => c (leaky_relu1 r (b (relu1 (a r x))))) (g := clamp1 r)
      (SqLipschitzOn.comp_ofNat (f := fun x => leaky_relu1 r (b (relu1 (a r x)))) (g := c)
        (SqLipschitzOn.comp_ofNat (f := fun x => b (relu1 (a r x))) (g := leaky_relu1 r)
          (SqLipschitzOn.comp_ofNat (f := fun x => relu1 (a r x)) (g := b)
            (SqLipschitzOn.comp_ofNat (f := a r) (g := relu1) (a_sqLipschitz r hr) relu1_sqLipschitz
              (fun _ _ => True.intro)) b_sqLipschitz (fun _ _ => True.intro))
          (leaky_relu1_sqLipschitz r hr) (fun _ _ => True.intro)) c_sqLipschitz
        (fun _ _ => True.intro)) (clamp1_sqLipschitz r) (fun _ _ => True.intro)) d_sqLipschitz
    (fun _ _ => True.intro)

/-- `N`: Lip(chain) ≤ N/D. -/
def chain_N : Nat := 11329819095

/-- `D`: Lip(chain) ≤ N/D. -/
def chain_D : Nat := Nat.pow 2 27

/-- Lip(chain) ≤ 84.4137304, exactly 11329819095/134217728: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem chain_lipschitz (hr : Reciprocals chain_denominators r) :
    Lipschitz 2 1 (ofNat chain_N) (ofNat chain_D) (chain r : Vec R → Vec R) :=
  LipschitzOn.ofSq (chain_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

end Chain
