import LipBridge.Networks
import Matrix3x3.Data.mix_weight
/-!
# The network `matrix3x3`

3 → 3. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Matrix3x3/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
`w_norm`, that `C ‖w x‖² ≤ T ‖x‖²` where `C` is `w_C` and `T` is `w_T`.

Words of the library:
- `Lipschitz n m N D f`: `D² ‖f x - f y‖² ≤ N² ‖x - y‖²` for all `x` and `y`, with `N ≥ 0` and
  `D > 0`.
- `SqLipschitz n m P Q f`: `Q ‖f x - f y‖² ≤ P ‖x - y‖²` for all `x` and `y`, with `P ≥ 0` and
  `Q > 0`.
- `ofNat n`: The image of a natural number.
-/

set_option autoImplicit false

universe u

namespace Matrix3x3

open LipBridge

variable {R : Type u} [OrderedRing R]

/-- Layer `mix` (linear, 3 → 3): x ↦ Wx, W is 3×3. `mix_weight`: integers, from the spec. -/
noncomputable def mix : Vec R → Vec R := LipBridge.linear 3 mix_weight.entry one (fun _ => zero)

/-- Lip(mix) ≤ √(P/Q) ≤ 9.10111417, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mix_sqLipschitz :
    SqLipschitz 3 3 (ofNat mix_weight_T) (ofNat (Nat.mul mix_weight_C (Nat.mul 1 1)))
      (mix : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz mix_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `relu1` (relu, 3 → 3): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 3 3 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 3

/-- Network `matrix3x3`: its layers in sequence. -/
noncomputable def matrix3x3 : Vec R → Vec R := fun x => relu1 (mix x)

/-- `P`: Lip(matrix3x3)² ≤ P/Q. -/
def matrix3x3_P : Nat := Nat.mul mix_weight_T 1

/-- `Q`: Lip(matrix3x3)² ≤ P/Q. -/
def matrix3x3_Q : Nat := Nat.mul (Nat.mul mix_weight_C (Nat.mul 1 1)) 1

/-- `matrix3x3`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem matrix3x3_sqLipschitz :
    SqLipschitz 3 3 (ofNat matrix3x3_P) (ofNat matrix3x3_Q) (matrix3x3 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := mix) (g := relu1) mix_sqLipschitz relu1_sqLipschitz
    (fun _ _ => True.intro)

/-- `N`: Lip(matrix3x3) ≤ N/D. -/
def matrix3x3_N : Nat := 9772246919

/-- `D`: Lip(matrix3x3) ≤ N/D. -/
def matrix3x3_D : Nat := Nat.pow 2 30

/-- Lip(matrix3x3) ≤ 9.10111417, exactly 9772246919/1073741824: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem matrix3x3_lipschitz :
    Lipschitz 3 3 (ofNat matrix3x3_N) (ofNat matrix3x3_D) (matrix3x3 : Vec R → Vec R) :=
  LipschitzOn.ofSq matrix3x3_sqLipschitz (Eq.refl true) (Eq.refl true)

end Matrix3x3
