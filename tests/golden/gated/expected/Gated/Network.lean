import LipBridge.Networks
import Gated.Data.first_weight
import Gated.Data.second_weight
import Gated.Data.third_weight
import Gated.Data.third_bias
import Gated.Data.last_weight
/-!
# The network `gated`

3 → 1. Exported by lipbridge 0.2.0.

Vectors (`Vec`, in `LipBridge/Vector/Vec.lean`) are functions of the index; a block of tokens is
one vector, token after token. `R` is any `OrderedRing` (`LipBridge/Algebra/OrderedRing.lean`).
Tensors are in `Gated/Data`: of a matrix `w` the integers `w.entry`, and with a certificate
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
-/

set_option autoImplicit false

universe u

namespace Gated

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The numbers d for which `r d` is to be 1/d. -/
def gated_denominators : List Nat := .cons 2 (.cons 4 .nil)

/-- Where the inputs lie: ‖x‖ ≤ 2. -/
noncomputable def gated_domain : Vec R → Prop := fun x => InBall 0 1 3 2 1 x

/-- Layer `from1` (from, 3 → 3): the input x, entries 0 to 2 of the stacked inputs. -/
noncomputable def from1 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from1) ≤ √(P/Q) ≤ 1 in `x`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from1_sqLipschitz :
    SqLipschitzOn 3 3 (ofNat 1) (ofNat 1) (gated_domain : Vec R → Prop) (from1 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 3) (s := 0) (m := 3) (Eq.refl true)).on _

/-- `A`: values of `from1` are at most A/B long. -/
def from1_A : Nat := 2

/-- `B`: values of `from1` are at most A/B long. -/
def from1_B : Nat := 1

/-- On the domain the values of `from1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from1_boundedOn :
    BoundedOn 1 3 (ofNat from1_A) (ofNat from1_B) (gated_domain : Vec R → Prop)
      (fun x => from1 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h)

/-- Layer `first` (linear, 3 → 2): x ↦ Wx, W is 2×3. `first_weight`: integers, from the spec. -/
noncomputable def first : Vec R → Vec R := LipBridge.linear 3 first_weight.entry one (fun _ => zero)

/-- Lip(first) ≤ √(P/Q) ≤ 2.44948975, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem first_sqLipschitz :
    SqLipschitz 3 2 (ofNat first_weight_T) (ofNat (Nat.mul first_weight_C (Nat.mul 1 1)))
      (first : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz first_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `first` are at most A/B long. -/
def first_A : Nat := 5260239169

/-- `B`: values of `first` are at most A/B long. -/
def first_B : Nat := Nat.pow 2 30

/-- On the domain the values of `first`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem first_boundedOn :
    BoundedOn 1 2 (ofNat first_A) (ofNat first_B) (gated_domain : Vec R → Prop)
      (fun x => first (from1 x)) :=
  LipBridge.BoundedOn.then (f := fun x => from1 x) (g := first) from1_boundedOn
    (LipBridge.linear_normGain first_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Layer `relu1` (relu, 2 → 2): x ↦ max(x, 0) in each entry. -/
noncomputable def relu1 : Vec R → Vec R := LipBridge.relu

/-- Lip(relu1) ≤ √(P/Q) ≤ 1, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem relu1_sqLipschitz :
    SqLipschitz 2 2 (ofNat 1) (ofNat 1) (relu1 : Vec R → Vec R) :=
  LipBridge.relu_sqLipschitz 2

/-- `A`: values of `relu1` are at most A/B long. -/
def relu1_A : Nat := 5260239169

/-- `B`: values of `relu1` are at most A/B long. -/
def relu1_B : Nat := Nat.pow 2 30

/-- On the domain the values of `relu1`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem relu1_boundedOn :
    BoundedOn 1 2 (ofNat relu1_A) (ofNat relu1_B) (gated_domain : Vec R → Prop)
      (fun x => relu1 (first (from1 x))) :=
  LipBridge.BoundedOn.then (f := fun x => first (from1 x)) (g := relu1) first_boundedOn
    (LipBridge.relu_normGain 2) (Eq.refl true) (Eq.refl true)

/-- Branch `gate_branch1`: its layers in sequence. -/
noncomputable def gate_branch1 : Vec R → Vec R := fun x => relu1 (first (from1 x))

/-- `P`: Lip(gate_branch1)² ≤ P/Q. -/
def gate_branch1_P : Nat := Nat.mul (Nat.mul 1 first_weight_T) 1

/-- `Q`: Lip(gate_branch1)² ≤ P/Q. -/
def gate_branch1_Q : Nat := Nat.mul (Nat.mul 1 (Nat.mul first_weight_C (Nat.mul 1 1))) 1

/-- `gate_branch1` in `x`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem gate_branch1_sqLipschitz :
    SqLipschitzOn 3 2 (ofNat gate_branch1_P) (ofNat gate_branch1_Q) (gated_domain : Vec R → Prop)
      (gate_branch1 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => first (from1 x)) (g := relu1)
    (SqLipschitzOn.comp_ofNat (f := from1) (g := first) from1_sqLipschitz first_sqLipschitz
      (fun _ _ => True.intro)) relu1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(gate_branch1) ≤ N/D. -/
def gate_branch1_N : Nat := 5260239169

/-- `D`: Lip(gate_branch1) ≤ N/D. -/
def gate_branch1_D : Nat := Nat.pow 2 31

/-- Lip(gate_branch1) ≤ 2.44948975 in `x`, exactly 5260239169/2147483648: for all x, y with ‖x‖ ≤ 2,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem gate_branch1_lipschitz :
    LipschitzOn 3 2 (ofNat gate_branch1_N) (ofNat gate_branch1_D) (gated_domain : Vec R → Prop)
      (gate_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq gate_branch1_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `from2` (from, 3 → 3): the input x, entries 0 to 2 of the stacked inputs. -/
noncomputable def from2 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from2) ≤ √(P/Q) ≤ 1 in `x`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from2_sqLipschitz :
    SqLipschitzOn 3 3 (ofNat 1) (ofNat 1) (gated_domain : Vec R → Prop) (from2 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 3) (s := 0) (m := 3) (Eq.refl true)).on _

/-- `A`: values of `from2` are at most A/B long. -/
def from2_A : Nat := 2

/-- `B`: values of `from2` are at most A/B long. -/
def from2_B : Nat := 1

/-- On the domain the values of `from2`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from2_boundedOn :
    BoundedOn 1 3 (ofNat from2_A) (ofNat from2_B) (gated_domain : Vec R → Prop)
      (fun x => from2 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h)

/-- Layer `second` (linear, 3 → 2): x ↦ Wx, W is 2×3. `second_weight`: integers, from the spec. -/
noncomputable def second : Vec R → Vec R :=
  LipBridge.linear 3 second_weight.entry one (fun _ => zero)

/-- Lip(second) ≤ √(P/Q) ≤ 1.41421357, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem second_sqLipschitz :
    SqLipschitz 3 2 (ofNat second_weight_T) (ofNat (Nat.mul second_weight_C (Nat.mul 1 1)))
      (second : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz second_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- `A`: values of `second` are at most A/B long. -/
def second_A : Nat := 6074001001

/-- `B`: values of `second` are at most A/B long. -/
def second_B : Nat := Nat.pow 2 31

/-- On the domain the values of `second`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem second_boundedOn :
    BoundedOn 1 2 (ofNat second_A) (ofNat second_B) (gated_domain : Vec R → Prop)
      (fun x => second (from2 x)) :=
  LipBridge.BoundedOn.then (f := fun x => from2 x) (g := second) from2_boundedOn
    (LipBridge.linear_normGain second_weight_norm LipBridge.ofNat_one_mul_one) (Eq.refl true)
    (Eq.refl true)

/-- Branch `gate_branch2`: its layers in sequence. -/
noncomputable def gate_branch2 : Vec R → Vec R := fun x => second (from2 x)

/-- `P`: Lip(gate_branch2)² ≤ P/Q. -/
def gate_branch2_P : Nat := Nat.mul 1 second_weight_T

/-- `Q`: Lip(gate_branch2)² ≤ P/Q. -/
def gate_branch2_Q : Nat := Nat.mul 1 (Nat.mul second_weight_C (Nat.mul 1 1))

/-- `gate_branch2` in `x`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem gate_branch2_sqLipschitz :
    SqLipschitzOn 3 2 (ofNat gate_branch2_P) (ofNat gate_branch2_Q) (gated_domain : Vec R → Prop)
      (gate_branch2 : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from2) (g := second) from2_sqLipschitz second_sqLipschitz
    (fun _ _ => True.intro)

/-- `N`: Lip(gate_branch2) ≤ N/D. -/
def gate_branch2_N : Nat := 6074001001

/-- `D`: Lip(gate_branch2) ≤ N/D. -/
def gate_branch2_D : Nat := Nat.pow 2 32

/-- Lip(gate_branch2) ≤ 1.41421357 in `x`, exactly 6074001001/4294967296: for all x, y with ‖x‖ ≤ 2,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem gate_branch2_lipschitz :
    LipschitzOn 3 2 (ofNat gate_branch2_N) (ofNat gate_branch2_D) (gated_domain : Vec R → Prop)
      (gate_branch2 : Vec R → Vec R) :=
  LipschitzOn.ofSq gate_branch2_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `gate` (product, 3 → 2): x ↦ gate_branch1 times gate_branch2, entry by entry. -/
noncomputable def gate : Vec R → Vec R := LipBridge.entryProduct gate_branch1 gate_branch2

/-- `P`: Lip(gate)² ≤ P/Q. -/
def gate_P : Nat :=
  Nat.mul (Nat.add (Nat.mul (Nat.mul second_A gate_branch1_N) (Nat.mul relu1_B gate_branch2_D))
    (Nat.mul (Nat.mul relu1_A gate_branch2_N) (Nat.mul second_B gate_branch1_D)))
    (Nat.add (Nat.mul (Nat.mul second_A gate_branch1_N) (Nat.mul relu1_B gate_branch2_D))
      (Nat.mul (Nat.mul relu1_A gate_branch2_N) (Nat.mul second_B gate_branch1_D)))

/-- `Q`: Lip(gate)² ≤ P/Q. -/
def gate_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul second_B gate_branch1_D) (Nat.mul relu1_B gate_branch2_D))
    (Nat.mul (Nat.mul second_B gate_branch1_D) (Nat.mul relu1_B gate_branch2_D))

/-- Lip(gate) ≤ √(P/Q) ≤ 13.8564065 in `x`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem gate_sqLipschitz :
    SqLipschitzOn 3 2 (ofNat gate_P) (ofNat gate_Q) (gated_domain : Vec R → Prop)
      (gate : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.entryProduct_lipschitzOn_ofNat (d := 2)
    gate_branch1_lipschitz gate_branch2_lipschitz (relu1_boundedOn.mono (fun _ h => h))
    (second_boundedOn.mono (fun _ h => h)))

/-- `A`: values of `gate` are at most A/B long. -/
def gate_A : Nat := Nat.mul relu1_A second_A

/-- `B`: values of `gate` are at most A/B long. -/
def gate_B : Nat := Nat.mul relu1_B second_B

/-- On the domain the values of `gate`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem gate_boundedOn :
    BoundedOn 1 2 (ofNat gate_A) (ofNat gate_B) (gated_domain : Vec R → Prop) (fun x => gate x) :=
  LipBridge.entryProduct_boundedOn_ofNat (d := 2) relu1_boundedOn second_boundedOn

/-- Branch `unit_branch1`: its layers in sequence. -/
noncomputable def unit_branch1 : Vec R → Vec R := fun x => gate x

/-- `P`: Lip(unit_branch1)² ≤ P/Q. -/
def unit_branch1_P : Nat := gate_P

/-- `Q`: Lip(unit_branch1)² ≤ P/Q. -/
def unit_branch1_Q : Nat := gate_Q

/-- `unit_branch1` in `x`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem unit_branch1_sqLipschitz :
    SqLipschitzOn 3 2 (ofNat unit_branch1_P) (ofNat unit_branch1_Q) (gated_domain : Vec R → Prop)
      (unit_branch1 : Vec R → Vec R) :=
  gate_sqLipschitz

/-- `N`: Lip(unit_branch1) ≤ N/D. -/
def unit_branch1_N : Nat := 929887697

/-- `D`: Lip(unit_branch1) ≤ N/D. -/
def unit_branch1_D : Nat := Nat.pow 2 26

/-- Lip(unit_branch1) ≤ 13.8564065 in `x`, exactly 929887697/67108864: for all x, y with ‖x‖ ≤ 2,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem unit_branch1_lipschitz :
    LipschitzOn 3 2 (ofNat unit_branch1_N) (ofNat unit_branch1_D) (gated_domain : Vec R → Prop)
      (unit_branch1 : Vec R → Vec R) :=
  LipschitzOn.ofSq unit_branch1_sqLipschitz (Eq.refl true) (Eq.refl true)

/-- Layer `from3` (from, 3 → 3): the input x, entries 0 to 2 of the stacked inputs. -/
noncomputable def from3 : Vec R → Vec R := LipBridge.slice 0

/-- Lip(from3) ≤ √(P/Q) ≤ 1 in `x`, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem from3_sqLipschitz :
    SqLipschitzOn 3 3 (ofNat 1) (ofNat 1) (gated_domain : Vec R → Prop) (from3 : Vec R → Vec R) :=
  (LipBridge.slice_sqLipschitz (n := 3) (s := 0) (m := 3) (Eq.refl true)).on _

/-- `A`: values of `from3` are at most A/B long. -/
def from3_A : Nat := 2

/-- `B`: values of `from3` are at most A/B long. -/
def from3_B : Nat := 1

/-- On the domain the values of `from3`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem from3_boundedOn :
    BoundedOn 1 3 (ofNat from3_A) (ofNat from3_B) (gated_domain : Vec R → Prop)
      (fun x => from3 x) :=
  LipBridge.BoundedOn.part (Eq.refl true) (fun _ h => h)

/-- Layer `third` (linear, 3 → 2): x ↦ Wx + b, W is 2×3. `third_weight`: integers times 2^-1, from
the spec. `third_bias`: integers times 2^-2, from the spec. -/
noncomputable def third : Vec R → Vec R :=
  LipBridge.linear 3 third_weight.entry (r 2) (fun i => mul (ofInt (third_bias.entry 0 i)) (r 4))

/-- Lip(third) ≤ √(P/Q) ≤ 3.20156213, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem third_sqLipschitz (hr : Reciprocals gated_denominators r) :
    SqLipschitz 3 2 (ofNat third_weight_T) (ofNat (Nat.mul third_weight_C (Nat.mul 2 2)))
      (third r : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz third_weight_norm (hr 2 (Eq.refl true))
    (fun i => mul (ofInt (third_bias.entry 0 i)) (r 4))

/-- `A`: values of `third` are at most A/B long. -/
def third_A : Nat := Nat.add (Nat.mul 6875302301 (Nat.pow 2 32)) (Nat.mul 4427150955 (Nat.pow 2 30))

/-- `B`: values of `third` are at most A/B long. -/
def third_B : Nat := Nat.mul (Nat.pow 2 30) (Nat.pow 2 32)

/-- On the domain the values of `third`, after the layers before it, have B²·‖f x‖² ≤ A². -/
theorem third_boundedOn (hr : Reciprocals gated_denominators r) :
    BoundedOn 1 2 (ofNat third_A) (ofNat third_B) (gated_domain : Vec R → Prop)
      (fun x => third r (from3 x)) :=
  LipBridge.BoundedOn.linear (f := fun x => from3 x) (N := 6875302301) (D := Nat.pow 2 30)
    from3_boundedOn third_weight_norm (hr 2 (Eq.refl true))
    (LipBridge.bias_normSq (P := 17) (A := 4427150955) (B := Nat.pow 2 32) (hr 4 (Eq.refl true))
      (Eq.refl true) (Eq.refl true)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- Branch `unit_branch2`: its layers in sequence. -/
noncomputable def unit_branch2 : Vec R → Vec R := fun x => third r (from3 x)

/-- `P`: Lip(unit_branch2)² ≤ P/Q. -/
def unit_branch2_P : Nat := Nat.mul 1 third_weight_T

/-- `Q`: Lip(unit_branch2)² ≤ P/Q. -/
def unit_branch2_Q : Nat := Nat.mul 1 (Nat.mul third_weight_C (Nat.mul 2 2))

/-- `unit_branch2` in `x`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem unit_branch2_sqLipschitz (hr : Reciprocals gated_denominators r) :
    SqLipschitzOn 3 2 (ofNat unit_branch2_P) (ofNat unit_branch2_Q) (gated_domain : Vec R → Prop)
      (unit_branch2 r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := from3) (g := third r) from3_sqLipschitz (third_sqLipschitz r hr)
    (fun _ _ => True.intro)

/-- `N`: Lip(unit_branch2) ≤ N/D. -/
def unit_branch2_N : Nat := 6875302301

/-- `D`: Lip(unit_branch2) ≤ N/D. -/
def unit_branch2_D : Nat := Nat.pow 2 31

/-- Lip(unit_branch2) ≤ 3.20156213 in `x`, exactly 6875302301/2147483648: for all x, y with ‖x‖ ≤ 2,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem unit_branch2_lipschitz (hr : Reciprocals gated_denominators r) :
    LipschitzOn 3 2 (ofNat unit_branch2_N) (ofNat unit_branch2_D) (gated_domain : Vec R → Prop)
      (unit_branch2 r : Vec R → Vec R) :=
  LipschitzOn.ofSq (unit_branch2_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Layer `unit` (product, 3 → 2): x ↦ unit_branch1 times unit_branch2, entry by entry. -/
noncomputable def unit : Vec R → Vec R := LipBridge.entryProduct unit_branch1 (unit_branch2 r)

/-- `P`: Lip(unit)² ≤ P/Q. -/
def unit_P : Nat :=
  Nat.mul (Nat.add (Nat.mul (Nat.mul third_A unit_branch1_N) (Nat.mul gate_B unit_branch2_D))
    (Nat.mul (Nat.mul gate_A unit_branch2_N) (Nat.mul third_B unit_branch1_D)))
    (Nat.add (Nat.mul (Nat.mul third_A unit_branch1_N) (Nat.mul gate_B unit_branch2_D))
      (Nat.mul (Nat.mul gate_A unit_branch2_N) (Nat.mul third_B unit_branch1_D)))

/-- `Q`: Lip(unit)² ≤ P/Q. -/
def unit_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul third_B unit_branch1_D) (Nat.mul gate_B unit_branch2_D))
    (Nat.mul (Nat.mul third_B unit_branch1_D) (Nat.mul gate_B unit_branch2_D))

/-- Lip(unit) ≤ √(P/Q) ≤ 147.369296 in `x`, P and Q the numbers below:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem unit_sqLipschitz (hr : Reciprocals gated_denominators r) :
    SqLipschitzOn 3 2 (ofNat unit_P) (ofNat unit_Q) (gated_domain : Vec R → Prop)
      (unit r : Vec R → Vec R) :=
  LipBridge.LipschitzOn.toSq_ofNat (LipBridge.entryProduct_lipschitzOn_ofNat (d := 2)
    unit_branch1_lipschitz (unit_branch2_lipschitz r hr) (gate_boundedOn.mono (fun _ h => h))
    ((third_boundedOn r hr).mono (fun _ h => h)))

/-- Layer `last` (linear, 2 → 1): x ↦ Wx, W is 1×2. `last_weight`: integers, from the spec. -/
noncomputable def last : Vec R → Vec R := LipBridge.linear 2 last_weight.entry one (fun _ => zero)

/-- Lip(last) ≤ √(P/Q) ≤ 2.23606798, P and Q the numbers below: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem last_sqLipschitz :
    SqLipschitz 2 1 (ofNat last_weight_T) (ofNat (Nat.mul last_weight_C (Nat.mul 1 1)))
      (last : Vec R → Vec R) :=
  LipBridge.linear_sqLipschitz last_weight_norm LipBridge.ofNat_one_mul_one (fun _ => zero)

/-- Network `gated`: its layers in sequence. -/
noncomputable def gated : Vec R → Vec R := fun x => last (unit r x)

/-- `P`: Lip(gated)² ≤ P/Q. -/
def gated_P : Nat := Nat.mul unit_P last_weight_T

/-- `Q`: Lip(gated)² ≤ P/Q. -/
def gated_Q : Nat := Nat.mul unit_Q (Nat.mul last_weight_C (Nat.mul 1 1))

/-- `gated` in `x`: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem gated_sqLipschitz (hr : Reciprocals gated_denominators r) :
    SqLipschitzOn 3 1 (ofNat gated_P) (ofNat gated_Q) (gated_domain : Vec R → Prop)
      (gated r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := unit r) (g := last) (unit_sqLipschitz r hr) last_sqLipschitz
    (fun _ _ => True.intro)

/-- `N`: Lip(gated) ≤ N/D. -/
def gated_N : Nat := 5528558433

/-- `D`: Lip(gated) ≤ N/D. -/
def gated_D : Nat := Nat.pow 2 24

/-- Lip(gated) ≤ 329.527762 in `x`, exactly 5528558433/16777216: for all x, y with ‖x‖ ≤ 2,
D²·‖f x − f y‖² ≤ N²·‖x − y‖². -/
theorem gated_lipschitz (hr : Reciprocals gated_denominators r) :
    LipschitzOn 3 1 (ofNat gated_N) (ofNat gated_D) (gated_domain : Vec R → Prop)
      (gated r : Vec R → Vec R) :=
  LipschitzOn.ofSq (gated_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

end Gated
