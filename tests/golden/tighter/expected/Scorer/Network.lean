import LipBridge.Networks
import Scorer.Data.lift_weight
import Scorer.Data.lift_bias
import Scorer.Data.mix_weight
import Scorer.Data.score_keys
/-!
# The network `scorer`

2 → 2. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Scorer/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
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

namespace Scorer

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def scorer_denominators : List Nat := .cons 2 (.cons 4 .nil)

/-- Layer `lift` (linear, 2 → 3): x ↦ Wx + b, W is 3×2. `lift_weight`: integers times 2^-1, from the
spec. `lift_bias`: integers, from the spec. -/
noncomputable def lift : Vec R → Vec R :=
  LipBridge.linear 2 lift_weight.entry (r 2) (fun i => mul (ofInt (lift_bias.entry 0 i)) one)

/-- Lip(lift) ≤ √(P/Q) ≤ 7.35453654, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem lift_sqLipschitz (hr : Reciprocals scorer_denominators r) :
    SqLipschitz 2 3 (ofNat lift_weight_T) (ofNat (Nat.mul lift_weight_C (Nat.mul 2 2)))
      (lift r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz lift_weight_norm (hr 2 (Eq.refl true))
    (fun i => mul (ofInt (lift_bias.entry 0 i)) one)

/-- Layer `mix` (linear, 3 → 2): x ↦ Wx, W is 2×3. `mix_weight`: integers, from the spec. -/
noncomputable def mix : Vec R → Vec R := LipBridge.linear 3 mix_weight.entry one (fun _ => zero)

/-- Lip(mix) ≤ √(P/Q) ≤ 20.0500005, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mix_sqLipschitz :
    SqLipschitz 3 2 (ofNat mix_weight_T) (ofNat (Nat.mul mix_weight_C (Nat.mul 1 1)))
      (mix : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz mix_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Layer `relu1` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- Layer `score` (dot, 2 → 2): q ↦ ⟨q, k_s⟩ for 2 fixed keys of dimension 2. `score_keys`: integers
times 2^-2, from the spec. -/
noncomputable def score : Vec R → Vec R := LipBridge.dotKeys 2 score_keys.entry (r 4)

/-- Lip(score) ≤ √(P/Q) ≤ 10.3004780, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem score_sqLipschitz (hr : Reciprocals scorer_denominators r) :
    SqLipschitz 2 2 (ofNat score_keys_T) (ofNat (Nat.mul score_keys_C (Nat.mul 4 4)))
      (score r : Vec R → Vec R) :=
  LipBridge.dot_sqLipschitz score_keys_norm (hr 4 (Eq.refl true))

/-- Network `scorer`: its layers in sequence. -/
noncomputable def scorer : Vec R → Vec R := fun x => score r (relu1 (mix (lift r x)))

/-- `P`: Lip(scorer)² ≤ P/Q. -/
def scorer_P : Nat := Nat.mul (Nat.mul (Nat.mul lift_weight_T mix_weight_T) 1) score_keys_T

/-- `Q`: Lip(scorer)² ≤ P/Q. -/
def scorer_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul lift_weight_C (Nat.mul 2 2))
    (Nat.mul mix_weight_C (Nat.mul 1 1))) 1) (Nat.mul score_keys_C (Nat.mul 4 4))

/-- `scorer`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scorer_sqLipschitz (hr : Reciprocals scorer_denominators r) :
    SqLipschitz 2 2 (ofNat scorer_P) (ofNat scorer_Q) (scorer r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => relu1 (mix (lift r x))) (g := score r)
    (SqLipschitzOn.comp_ofNat (f := fun x => mix (lift r x)) (g := relu1)
      (SqLipschitzOn.comp_ofNat (f := lift r) (g := mix) (lift_sqLipschitz r hr) mix_sqLipschitz
        (fun _ _ => True.intro)) relu1_sqLipschitz (fun _ _ => True.intro)) (score_sqLipschitz r hr)
    (fun _ _ => True.intro)

/-- `N`: Lip(scorer) ≤ N/D. -/
def scorer_N : Nat := 1592674359

/-- `D`: Lip(scorer) ≤ N/D. -/
def scorer_D : Nat := Nat.pow 2 20

/-- Lip(scorer) ≤ 1518.89264, exactly 1592674359/1048576: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem scorer_lipschitz (hr : Reciprocals scorer_denominators r) :
    Lipschitz 2 2 (ofNat scorer_N) (ofNat scorer_D) (scorer r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scorer_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

end Scorer
