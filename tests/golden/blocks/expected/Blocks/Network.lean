import LipBridge.Networks
import Blocks.Data.query_weight
import Blocks.Data.query_bias
import Blocks.Data.gain1_gain
import Blocks.Data.keys_keys
/-!
# The network `blocks`

3 → 3. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Blocks/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
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

namespace Blocks

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def blocks_denominators : List Nat := .cons 2 (.cons 4 .nil)

/-- Layer `query` (linear, 3 → 4): x ↦ Wx + b, W is 4×3. `query_weight`: integers times 2^-1, from
the spec. `query_bias`: integers times 2^-2, from the spec. -/
noncomputable def query : Vec R → Vec R :=
  LipBridge.linear 3 query_weight.entry (r 2) (fun i => mul (ofInt (query_bias.entry 0 i)) (r 4))

/-- Lip(query) ≤ √(P/Q) ≤ 9.12220253, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem query_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 4 (ofNat query_weight_T) (ofNat (Nat.mul query_weight_C (Nat.mul 2 2)))
      (query r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz query_weight_norm (hr 2 (Eq.refl true))
    (fun i => mul (ofInt (query_bias.entry 0 i)) (r 4))

/-- Layer `gain1` (gain, 4 → 4): x ↦ g ⊙ x, g the stored gain plus 1. `gain1_gain`: integers times
2^-2, from the spec. -/
noncomputable def gain1 : Vec R → Vec R :=
  LipBridge.gain (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 4)) (ofInt (Int.ofNat 1)))

/-- Lip(gain1) ≤ √(P/Q) ≤ 2, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem gain1_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 4 4 (ofNat 64) (ofNat (Nat.mul 4 4)) (gain1 r : Vec R → Vec R) :=
  LipBridge.gain_sqLipschitz_offset (n := 4) (p := 64) (e := 4) (g := fun i => gain1_gain.entry 0 i)
    (Int.ofNat 1) (Eq.refl true) (hr 4 (Eq.refl true))

/-- Layer `keys` (dot, 4 → 6): q ↦ ⟨q, k_s⟩ for 6 fixed keys of dimension 4. `keys_keys`: integers,
from the spec. -/
noncomputable def keys : Vec R → Vec R := LipBridge.dotKeys 4 keys_keys.entry one

/-- Lip(keys) ≤ √(P/Q) ≤ 7.33498512, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem keys_sqLipschitz :
    SqLipschitz 4 6 (ofNat keys_keys_T) (ofNat (Nat.mul keys_keys_C (Nat.mul 1 1)))
      (keys : Vec R → Vec R) :=
  LipBridge.dot_sqLipschitz keys_keys_norm LipBridge.ofNat_one_mul_one

/-- Layer `block_max1` (block_max, 6 → 3): the maximum of each of 3 groups of 2 scores. -/
noncomputable def block_max1 : Vec R → Vec R := LipBridge.blockMax 2

/-- Lip(block_max1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem block_max1_sqLipschitz :
    SqLipschitz 6 3 (ofNat 1) (ofNat 1) (block_max1 : Vec R → Vec R) :=
  LipBridge.blockMax_sqLipschitz 3 2

/-- Network `blocks`: its layers in sequence. -/
noncomputable def blocks : Vec R → Vec R := fun x => block_max1 (keys (gain1 r (query r x)))

/-- `P`: Lip(blocks)² ≤ P/Q. -/
def blocks_P : Nat := Nat.mul (Nat.mul (Nat.mul query_weight_T 64) keys_keys_T) 1

/-- `Q`: Lip(blocks)² ≤ P/Q. -/
def blocks_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul query_weight_C (Nat.mul 2 2)) (Nat.mul 4 4))
    (Nat.mul keys_keys_C (Nat.mul 1 1))) 1

/-- `blocks`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 3 (ofNat blocks_P) (ofNat blocks_Q) (blocks r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => keys (gain1 r (query r x))) (g := block_max1)
    (SqLipschitzOn.comp_ofNat (f := fun x => gain1 r (query r x)) (g := keys)
      (SqLipschitzOn.comp_ofNat (f := query r) (g := gain1 r) (query_sqLipschitz r hr)
        (gain1_sqLipschitz r hr) (fun _ _ => True.intro)) keys_sqLipschitz (fun _ _ => True.intro))
    block_max1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(blocks) ≤ N/D. -/
def blocks_N : Nat := 8980671895

/-- `D`: Lip(blocks) ≤ N/D. -/
def blocks_D : Nat := Nat.pow 2 26

/-- Lip(blocks) ≤ 133.822440, exactly 8980671895/67108864: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem blocks_lipschitz (hr : Reciprocals blocks_denominators r) :
    Lipschitz 3 3 (ofNat blocks_N) (ofNat blocks_D) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

end Blocks
