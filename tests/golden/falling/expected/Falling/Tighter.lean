import LipBridge.Tighter
import Falling.Network
import Falling.Data.c_rescaled
import Falling.Data.d_rescaled
import Falling.Data.d_bordered
import Falling.Data.b_composed
import Falling.Data.c_composed
import Falling.Data.d_composed
import Falling.Data.falling_gram
import Falling.Data.falling_scores_N
import Falling.Data.falling_pairs_N
/-!
# Tighter constants of the network `falling`

Theorems about the function of `Falling.Network`, with constants below the product of its
layers'.

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

/-- Positive factors of rows, divisors of columns, packed: digits of 1 bits. -/
def falling_chain1_scale0 : Nat := 7

/-- Positive factors of rows, divisors of columns, packed: digits of 14 bits. -/
def falling_chain1_scale1 : Nat := 140581860

/-- Positive factors of rows, divisors of columns, packed: digits of 26 bits. -/
def falling_chain1_scale2 : Nat := 0x3a6c590e9b1643a6c590

/-- `c_rescaled` is `c_weight`, row i multiplied by digit i of `falling_chain1_scale1` and column j
divided by digit j of `falling_chain1_scale0`. -/
theorem c_rescaled_scaled :
    Eq (PackedMatrix.isScaled c_weight c_rescaled 1 falling_chain1_scale0 14 falling_chain1_scale1
      19 (Shape.node Shape.one Shape.one) (Shape.node (Shape.node Shape.one Shape.one) Shape.one))
      true :=
  Eq.refl true

/-- `d_rescaled` is `d_weight`, row i multiplied by digit i of `falling_chain1_scale2` and column j
divided by digit j of `falling_chain1_scale1`. -/
theorem d_rescaled_scaled :
    Eq (PackedMatrix.isScaled d_weight d_rescaled 14 falling_chain1_scale1 26 falling_chain1_scale2
      30 (Shape.node (Shape.node Shape.one Shape.one) Shape.one) (Shape.node Shape.one Shape.one))
      true :=
  Eq.refl true

/-- `P`: Lip(c, relu1, d)² ≤ P/Q. -/
def falling_chain1_P : Nat := Nat.mul (Nat.mul c_rescaled_T 1) d_rescaled_T

/-- `Q`: Lip(c, relu1, d)² ≤ P/Q. -/
def falling_chain1_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul c_rescaled_C (Nat.mul 2 2)) 1)
    (Nat.mul d_rescaled_C (Nat.mul 1 1))) (Nat.mul 61261200 61261200)

/-- c, relu1, d in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem falling_chain1_sqLipschitz (hr : Reciprocals falling_denominators r) :
    SqLipschitz 3 3 (ofNat falling_chain1_P) (ofNat falling_chain1_Q)
      ((fun x => d (relu1 (c r x))) : Vec R → Vec R) :=
  Rescaled.sqLipschitz (K := 61261200)
    (Rescaled.comp (f₁ := fun x => relu1 (c r x)) (f₂ := d)
      (Rescaled.comp (f₁ := c r) (f₂ := relu1)
        (Rescaled.affine (W' := c_rescaled.entry) (c := digit 1 falling_chain1_scale0)
          (c' := digit 14 falling_chain1_scale1)
          (Affine.layer 3 2 c_weight.entry (r 2) (fun i => mul (ofInt (c_bias.entry 0 i)) one))
          (PackedMatrix.isScaled_sound c_rescaled_scaled) c_rescaled_norm (hr 2 (Eq.refl true)))
        (Rescaled.relu 2 (digit 14 falling_chain1_scale1)))
      (Rescaled.affine (W' := d_rescaled.entry) (c := digit 14 falling_chain1_scale1)
        (c' := digit 26 falling_chain1_scale2) (Affine.layer 2 3 d_weight.entry one vzero)
        (PackedMatrix.isScaled_sound d_rescaled_scaled) d_rescaled_norm
        LipBridge.ofNat_one_mul_one)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(falling)² ≤ P/Q. -/
def falling_rescaled_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul a_weight_T (Nat.mul 1 1)) b_weight_T) (Nat.mul 113 113))
    falling_chain1_P

/-- `Q`: Lip(falling)² ≤ P/Q. -/
def falling_rescaled_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul a_weight_C (Nat.mul 2 2)) (Nat.mul 1 1))
    (Nat.mul b_weight_C (Nat.mul 3 3))) (Nat.mul 100 100)) falling_chain1_Q

/-- `falling`; hidden units are scaled by positive numbers, which changes no value:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem falling_rescaled_sqLipschitz (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    SqLipschitz 2 3 (ofNat falling_rescaled_P) (ofNat falling_rescaled_Q)
      (falling r sin1_t gelu1_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => gelu1 gelu1_t (b r (sin1 sin1_t (a r x))))
    (g := fun x => d (relu1 (c r x)))
    (SqLipschitzOn.comp_ofNat (f := fun x => b r (sin1 sin1_t (a r x))) (g := gelu1 gelu1_t)
      (SqLipschitzOn.comp_ofNat (f := fun x => sin1 sin1_t (a r x)) (g := b r)
        (SqLipschitzOn.comp_ofNat (f := a r) (g := sin1 sin1_t) (a_sqLipschitz r hr)
          (sin1_sqLipschitz sin1_t sin1_ht) (fun _ _ => True.intro)) (b_sqLipschitz r hr)
        (fun _ _ => True.intro)) (gelu1_sqLipschitz gelu1_t gelu1_ht) (fun _ _ => True.intro))
    (falling_chain1_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(falling) ≤ N/D. -/
def falling_rescaled_N : Nat := 10492902107

/-- `D`: Lip(falling) ≤ N/D. -/
def falling_rescaled_D : Nat := Nat.pow 2 27

/-- Lip(falling) ≤ 78.1782129, exactly 10492902107/134217728: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; hidden units are scaled by positive numbers, which changes no
value. -/
theorem falling_rescaled_lipschitz (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    Lipschitz 2 3 (ofNat falling_rescaled_N) (ofNat falling_rescaled_D)
      (falling r sin1_t gelu1_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (falling_rescaled_sqLipschitz r sin1_t gelu1_t hr sin1_ht gelu1_ht)
    (Eq.refl true) (Eq.refl true)

/-- Positive factors of rows, divisors of columns, packed: digits of 1 bits. -/
def falling_sin1_bordered_scale0 : Nat := 3

/-- Positive factors of rows, divisors of columns, packed: digits of 84 bits. -/
def falling_sin1_bordered_scale1 : Nat :=
  0x81a3cca6e11174ddfb440b6521d414470c0fbad790a54a71bb2bc30e9b06c38

/-- Positive factors of rows, divisors of columns, packed: digits of 168 bits. -/
def falling_sin1_bordered_scale2 : Nat :=
  0x9a9b43f5f5b8a2f86406fc86f11d23b3ad77d8740056929905f630a7b55e3cac19c05a29b5fca547af003dd66d4d66b50a13d5990d36f71bd4a68fe3c57d00

/-- Positive factors of rows, divisors of columns, packed: digits of 251 bits. -/
def falling_sin1_bordered_scale3 : Nat :=
  0x2239b68f64ca7fdd0b854fb31901c50ca7b3a5612ab509cbe8d28d4ca6fe00035a9418fbcb97070001bbaee859d6ad013ad5ac04f1f51f74e56dc6197c7000

/-- Positive factors of rows, divisors of columns, packed: digits of 335 bits. -/
def falling_sin1_bordered_scale4 : Nat :=
  nat_lit
    0x176273b2bac23c760b9d1d4807974ceee42c96d0329d955333b69e5529dae15a0ae0fb8f7031bfe040002ec4e765758478ec173a3a900f2e99ddc8592da0653b2aa6676d3caa53b5c2b415c1f71ee0637fc080005d89cecaeb08f1d82e7475201e5d33bb90b25b40ca76554cceda7954a76b85682b83ee3dc0c6ff810000

/-- Positive factors of rows, divisors of columns, packed: digits of 0 bits. -/
def falling_sin1_bordered_fill1_times : Nat := 0

/-- Positive factors of rows, divisors of columns, packed: digits of 1 bits. -/
def falling_sin1_bordered_fill1_over : Nat := 3

/-- Positive factors of rows, divisors of columns, packed: digits of 15 bits. -/
def falling_sin1_bordered_fill2_times : Nat := 536887296

/-- Positive factors of rows, divisors of columns, packed: digits of 101 bits. -/
def falling_sin1_bordered_fill2_over : Nat :=
  0x1b97a224023b84f5c3ea2e826fdcbd112011dc27ae1f5174137ee5e889008ee13d70fa8ba09bf72f4448047709eb87d45d04dfb97a224023b84f5c3ea2e826f

/-- Positive factors of rows, divisors of columns, packed: digits of 28 bits. -/
def falling_sin1_bordered_fill3_times : Nat := 0xb7e04dfb7e04dfb7e04df

/-- Positive factors of rows, divisors of columns, packed: digits of 114 bits. -/
def falling_sin1_bordered_fill3_over : Nat :=
  nat_lit
    0xfbaa49fd59e68c0ae052f75097283eea927f5679a302b814bdd425ca0fbaa49fd59e68c0ae052f75097283eea927f5679a302b814bdd425ca0fbaa49fd59e68c0ae052f75097283eea927f5679a302b814bdd425ca0fbaa49fd59e68c0ae052f75097283eea927f5679a302b814bdd425ca0

/-- The block of `d_bordered` at row 0 and column 0 is `a_weight`, row i multiplied by digit i of
`falling_sin1_bordered_scale1` and column j divided by digit j of `falling_sin1_bordered_scale0`. -/
theorem d_bordered_a_block :
    Eq (PackedMatrix.isScaled a_weight
      (PackedMatrix.block d_bordered 0 0 3 2
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 1 falling_sin1_bordered_scale0 84
      falling_sin1_bordered_scale1 89 (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- The block of `d_bordered` at row 3 and column 2 is `b_weight`, row i multiplied by digit i of
`falling_sin1_bordered_scale2` and column j divided by digit j of `falling_sin1_bordered_scale1`. -/
theorem d_bordered_b_block :
    Eq (PackedMatrix.isScaled b_weight
      (PackedMatrix.block d_bordered 3 2 3 3
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 84 falling_sin1_bordered_scale1 168
      falling_sin1_bordered_scale2 173 (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- `b_composed` is the product of this block and the layer before, as they lie there. -/
theorem b_composed_product :
    Eq (PackedMatrix.isProduct (PackedMatrix.block d_bordered 3 2 3 3
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one))
      (PackedMatrix.block d_bordered 0 0 3 2
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) b_composed 177
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) (Shape.node Shape.one Shape.one))
      true :=
  Eq.refl true

/-- What lies before this block is `b_composed`, row i multiplied by digit i of
`falling_sin1_bordered_fill1_times` and column j divided by digit j of
`falling_sin1_bordered_fill1_over`. -/
theorem d_bordered_b_fill :
    Eq (PackedMatrix.isScaled b_composed
      (PackedMatrix.block d_bordered 3 0 3 2
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 1 falling_sin1_bordered_fill1_over
      0 falling_sin1_bordered_fill1_times 174
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) (Shape.node Shape.one Shape.one))
      true :=
  Eq.refl true

/-- `d_bordered` vanishes in 3 rows from row 0 and 3 columns from column 2 on. -/
theorem d_bordered_b_zeros :
    Eq (PackedMatrix.isZero (PackedMatrix.block d_bordered 0 2 3 3
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 89
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- The block of `d_bordered` at row 6 and column 5 is `c_weight`, row i multiplied by digit i of
`falling_sin1_bordered_scale3` and column j divided by digit j of `falling_sin1_bordered_scale2`. -/
theorem d_bordered_c_block :
    Eq (PackedMatrix.isScaled c_weight
      (PackedMatrix.block d_bordered 6 5 2 3 (Shape.node Shape.one Shape.one)) 168
      falling_sin1_bordered_scale2 251 falling_sin1_bordered_scale3 256
      (Shape.node Shape.one Shape.one) (Shape.node (Shape.node Shape.one Shape.one) Shape.one))
      true :=
  Eq.refl true

/-- `c_composed` is the product of this block and the layer before, as they lie there. -/
theorem c_composed_product :
    Eq (PackedMatrix.isProduct (PackedMatrix.block d_bordered 6 5 2 3
      (Shape.node Shape.one Shape.one))
      (PackedMatrix.block d_bordered 3 0 3 5
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) c_composed 177
      (Shape.node Shape.one Shape.one) (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (Shape.node Shape.one Shape.one))) true :=
  Eq.refl true

/-- What lies before this block is `c_composed`, row i multiplied by digit i of
`falling_sin1_bordered_fill2_times` and column j divided by digit j of
`falling_sin1_bordered_fill2_over`. -/
theorem d_bordered_c_fill :
    Eq (PackedMatrix.isScaled c_composed
      (PackedMatrix.block d_bordered 6 0 2 5 (Shape.node Shape.one Shape.one)) 101
      falling_sin1_bordered_fill2_over 15 falling_sin1_bordered_fill2_times 189
      (Shape.node Shape.one Shape.one)
      (Shape.node (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (Shape.node Shape.one Shape.one))) true :=
  Eq.refl true

/-- `d_bordered` vanishes in 6 rows from row 0 and 3 columns from column 5 on. -/
theorem d_bordered_c_zeros :
    Eq (PackedMatrix.isZero (PackedMatrix.block d_bordered 0 5 6 3
      (Shape.node (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one))) 89
      (Shape.node (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one))
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- The block of `d_bordered` at row 8 and column 8 is `d_weight`, row i multiplied by digit i of
`falling_sin1_bordered_scale4` and column j divided by digit j of `falling_sin1_bordered_scale3`. -/
theorem d_bordered_d_block :
    Eq (PackedMatrix.isScaled d_weight
      (PackedMatrix.block d_bordered 8 8 3 2
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 251 falling_sin1_bordered_scale3
      335 falling_sin1_bordered_scale4 339 (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `d_composed` is the product of this block and the layer before, as they lie there. -/
theorem d_composed_product :
    Eq (PackedMatrix.isProduct (PackedMatrix.block d_bordered 8 8 3 2
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one))
      (PackedMatrix.block d_bordered 6 0 2 8 (Shape.node Shape.one Shape.one)) d_composed 176
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) (Shape.node Shape.one Shape.one)
      Shape.eight) true :=
  Eq.refl true

/-- What lies before this block is `d_composed`, row i multiplied by digit i of
`falling_sin1_bordered_fill3_times` and column j divided by digit j of
`falling_sin1_bordered_fill3_over`. -/
theorem d_bordered_d_fill :
    Eq (PackedMatrix.isScaled d_composed
      (PackedMatrix.block d_bordered 8 0 3 8
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 114
      falling_sin1_bordered_fill3_over 28 falling_sin1_bordered_fill3_times 202
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) Shape.eight) true :=
  Eq.refl true

/-- `d_bordered` vanishes in 8 rows from row 0 and 2 columns from column 8 on. -/
theorem d_bordered_d_zeros :
    Eq (PackedMatrix.isZero (PackedMatrix.block d_bordered 0 8 8 2 Shape.eight) 89 Shape.eight
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `P`: Lip(a, sin1, b, gelu1, c, relu1, d)² ≤ P/Q. -/
def falling_sin1_bordered_P : Nat :=
  Nat.mul d_bordered_T
    (Nat.mul (Nat.mul 0x14221a663026ec7bc006a3252ad
      (Nat.mul 0xe5ef9c8167effeaab5f4d8e99d (Nat.mul 0xab3542228115528eb366c8c39c0 1)))
      (Nat.mul 0x14221a663026ec7bc006a3252ad
        (Nat.mul 0xe5ef9c8167effeaab5f4d8e99d (Nat.mul 0xab3542228115528eb366c8c39c0 1))))

/-- `Q`: Lip(a, sin1, b, gelu1, c, relu1, d)² ≤ P/Q. -/
def falling_sin1_bordered_Q : Nat :=
  Nat.mul d_bordered_C
    (Nat.mul (Nat.mul (Nat.mul (Nat.mul 2 1) (Nat.mul 1618571150186033152 1))
      0x5d89cecaeb08f1d82e7475201e5d33bb90b25b40ca76554cceda7954a76b85682b83ee3dc0c6ff810000)
      (Nat.mul (Nat.mul (Nat.mul 2 1) (Nat.mul 1618571150186033152 1))
        0x5d89cecaeb08f1d82e7475201e5d33bb90b25b40ca76554cceda7954a76b85682b83ee3dc0c6ff810000))

/-- a, sin1, b, gelu1, c, relu1, d in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem falling_sin1_bordered_sqLipschitz (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    SqLipschitz 2 3 (ofNat falling_sin1_bordered_P) (ofNat falling_sin1_bordered_Q)
      ((fun x => d (relu1 (c r (gelu1 gelu1_t (b r (sin1 sin1_t (a r x))))))) : Vec R → Vec R) :=
  BorderedChain.sqLipschitz
    (K := 0x5d89cecaeb08f1d82e7475201e5d33bb90b25b40ca76554cceda7954a76b85682b83ee3dc0c6ff810000)
    (g := fun x => d (relu1 (c r (gelu1 gelu1_t (b r (sin1 sin1_t (a r x)))))))
    (BorderedChain.step (n := 2) (k := 2) (m := 3) (M := 6) (N := 8) (B := d_bordered.entry)
      (C := d_bordered_C) (T := d_bordered_T) (c := digit 251 falling_sin1_bordered_scale3)
      (c' := digit 335 falling_sin1_bordered_scale4)
      (κ := Nat.mul 0xe5ef9c8167effeaab5f4d8e99d (Nat.mul 0xab3542228115528eb366c8c39c0 1))
      (ρ := Nat.mul (Nat.mul 2 100) (Nat.mul 16789446656 2)) (σ := 0x14221a663026ec7bc006a3252ad)
      (τ := 1618571150186033152) (s := 1) (p := 1) (q := 1) (d := 1) (lo := Int.ofNat 0)
      (hi := Int.ofNat 1) (a := 192808159) (e := 0x3eea927f5679a302b814bdd425ca0)
      (g := fun x => c r (gelu1 gelu1_t (b r (sin1 sin1_t (a r x))))) (f := d)
      (φ := fun t => LipBridge.sup t zero)
      (BorderedChain.step (n := 2) (k := 3) (m := 2) (M := 3) (N := 5) (B := d_bordered.entry)
        (C := d_bordered_C) (T := d_bordered_T) (c := digit 168 falling_sin1_bordered_scale2)
        (c' := digit 251 falling_sin1_bordered_scale3)
        (κ := Nat.mul 0xab3542228115528eb366c8c39c0 1)
        (ρ := Nat.mul (Nat.mul 2 1) (Nat.mul 2049493 3)) (σ := 0xe5ef9c8167effeaab5f4d8e99d)
        (τ := 16789446656) (s := 100) (p := 126) (q := 100) (d := 2) (lo := Int.negSucc 12)
        (hi := Int.ofNat 113) (a := 16384) (e := 0x1b97a224023b84f5c3ea2e826f)
        (g := fun x => b r (sin1 sin1_t (a r x))) (f := c r) (φ := gelu1_t)
        (BorderedChain.step (n := 2) (k := 3) (m := 3) (M := 0) (N := 2) (B := d_bordered.entry)
          (C := d_bordered_C) (T := d_bordered_T) (c := digit 84 falling_sin1_bordered_scale1)
          (c' := digit 168 falling_sin1_bordered_scale2) (κ := 1) (ρ := 2)
          (σ := 0xab3542228115528eb366c8c39c0) (τ := 2049493) (s := 0) (p := 2) (q := 1) (d := 3)
          (lo := Int.negSucc 0) (hi := Int.ofNat 1) (a := 0) (e := 1) (g := a r) (f := b r)
          (φ := sin1_t)
          (BorderedChain.start (n := 2) (k := 3) (B := d_bordered.entry)
            (c := digit 84 falling_sin1_bordered_scale1) (d := 2) (g := a r)
            (Affine.layer 2 3 a_weight.entry (r 2) (fun i => mul (ofInt (a_bias.entry 0 i)) one))
            (hr 2 (Eq.refl true))
            (LayerBlock.ofRows (B := d_bordered) (W := a_weight) (b' := 0) (zs := Shape.one) rfl
              d_bordered_a_block rfl (Or.inl rfl)) (Eq.refl true) d_bordered_C d_bordered_T)
          (LipBridge.SlopeBound.between sin1_ht) rfl rfl
          (Affine.layer 3 3 b_weight.entry (r 3) vzero) (hr 3 (Eq.refl true))
          (FilledBlock.ofRows (B := d_bordered) (W := b_weight) (J := b_composed) (M := 0) (N := 2)
            (a := 0) (e := 1) rfl d_bordered_b_block b_composed_product d_bordered_b_fill
            d_bordered_b_zeros (And.intro rfl rfl) rfl rfl rfl (Eq.refl true) (Eq.refl true))
          (Eq.refl true) rfl (Eq.refl true)) gelu1_ht rfl rfl
        (Affine.layer 3 2 c_weight.entry (r 2) (fun i => mul (ofInt (c_bias.entry 0 i)) one))
        (hr 2 (Eq.refl true))
        (FilledBlock.ofRows (B := d_bordered) (W := c_weight) (J := c_composed) (M := 3) (N := 5)
          (a := 16384) (e := 0x1b97a224023b84f5c3ea2e826f) rfl d_bordered_c_block c_composed_product
          d_bordered_c_fill d_bordered_c_zeros (And.intro rfl rfl) rfl rfl rfl (Eq.refl true)
          (Eq.refl true)) (Eq.refl true) rfl (Eq.refl true))
      (LipBridge.SlopeWithin.between LipBridge.SlopeWithin.relu) rfl rfl
      (Affine.layer 2 3 d_weight.entry one vzero) LipBridge.ofNat_one_mul_one
      (FilledBlock.ofRows (B := d_bordered) (W := d_weight) (J := d_composed) (M := 6) (N := 8)
        (a := 192808159) (e := 0x3eea927f5679a302b814bdd425ca0) rfl d_bordered_d_block
        d_composed_product d_bordered_d_fill d_bordered_d_zeros (And.intro rfl rfl) rfl rfl rfl
        (Eq.refl true) (Eq.refl true)) (Eq.refl true) rfl (Eq.refl true)) d_bordered_norm
    (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(falling)² ≤ P/Q. -/
def falling_lipsdp_P : Nat := falling_sin1_bordered_P

/-- `Q`: Lip(falling)² ≤ P/Q. -/
def falling_lipsdp_Q : Nat := falling_sin1_bordered_Q

/-- `falling`; hidden units have positive weights (LipSDP): Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem falling_lipsdp_sqLipschitz (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    SqLipschitz 2 3 (ofNat falling_lipsdp_P) (ofNat falling_lipsdp_Q)
      (falling r sin1_t gelu1_t : Vec R → Vec R) :=
  falling_sin1_bordered_sqLipschitz r sin1_t gelu1_t hr sin1_ht gelu1_ht

/-- `N`: Lip(falling) ≤ N/D. -/
def falling_lipsdp_N : Nat := 2165488519

/-- `D`: Lip(falling) ≤ N/D. -/
def falling_lipsdp_D : Nat := Nat.pow 2 25

/-- Lip(falling) ≤ 64.5365870, exactly 2165488519/33554432: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; hidden units have positive weights (LipSDP). -/
theorem falling_lipsdp_lipschitz (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    Lipschitz 2 3 (ofNat falling_lipsdp_N) (ofNat falling_lipsdp_D)
      (falling r sin1_t gelu1_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (falling_lipsdp_sqLipschitz r sin1_t gelu1_t hr sin1_ht gelu1_ht) (Eq.refl true)
    (Eq.refl true)

/-- `P`: Lip² ≤ P/Q of the layers before the scores. -/
def falling_before_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul a_weight_T (Nat.mul 1 1)) b_weight_T)
    (Nat.mul 113 113)) c_weight_T) 1

/-- `Q`: Lip² ≤ P/Q of the layers before the scores. -/
def falling_before_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul a_weight_C (Nat.mul 2 2)) (Nat.mul 1 1))
    (Nat.mul b_weight_C (Nat.mul 3 3))) (Nat.mul 100 100)) (Nat.mul c_weight_C (Nat.mul 2 2))) 1

/-- `D`: the denominator of every constant of a score or a difference. -/
def falling_scores_D : Nat := Nat.pow 2 34

/-- `falling_gram` holds the inner products of the rows of `d_weight`. -/
theorem falling_gram_product :
    Eq (PackedMatrix.isProduct d_weight (PackedMatrix.flip d_weight) falling_gram 8
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) (Shape.node Shape.one Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- Every constant of a score is large enough. -/
theorem falling_scores_check :
    Eq (scoresCheck 3 falling_before_P (Nat.mul falling_before_Q (Nat.mul 1 (Nat.mul 1 1)))
      falling_scores_D falling_gram falling_scores_N) true :=
  Eq.refl true

/-- Every constant of a difference is large enough. -/
theorem falling_pairs_check :
    Eq (pairsCheck 3 falling_before_P (Nat.mul falling_before_Q (Nat.mul 1 (Nat.mul 1 1)))
      falling_scores_D falling_gram falling_pairs_N) true :=
  Eq.refl true

/-- Every score of `falling` has a constant of its own: score i alone moves by at most
`falling_scores_N`_i / `falling_scores_D` times the way of x. -/
theorem falling_scores (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    ∀ i,
      Nat.lt i 3 →
      Lipschitz 2 1 (ofNat (PackedMatrix.natAt falling_scores_N 0 i)) (ofNat falling_scores_D)
        (fun x _ => (falling r sin1_t gelu1_t : Vec R → Vec R) x i) :=
  scores_lipschitz (P := falling_before_P) (Q := falling_before_Q) (D := falling_scores_D)
    (W := d_weight.entry) (f := fun x => relu1 (c r (gelu1 gelu1_t (b r (sin1 sin1_t (a r x))))))
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
    (Affine.layer 2 3 d_weight.entry one vzero) LipBridge.ofNat_one_mul_one
    (PackedMatrix.isGram_sound falling_gram_product) (Eq.refl true) falling_scores_check

/-- Every difference of two scores of `falling` has a constant of its own: score i less score j
moves by at most `falling_pairs_N`_ij / `falling_scores_D` times the way of x. -/
theorem falling_pairs (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    ∀ i j,
      Nat.lt i 3 →
      Nat.lt j 3 →
      Lipschitz 2 1 (ofNat (PackedMatrix.natAt falling_pairs_N i j)) (ofNat falling_scores_D)
        (fun x _ =>
          sub ((falling r sin1_t gelu1_t : Vec R → Vec R) x i)
            ((falling r sin1_t gelu1_t : Vec R → Vec R) x j)) :=
  pairs_lipschitz (P := falling_before_P) (Q := falling_before_Q) (D := falling_scores_D)
    (W := d_weight.entry) (f := fun x => relu1 (c r (gelu1 gelu1_t (b r (sin1 sin1_t (a r x))))))
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
    (Affine.layer 2 3 d_weight.entry one vzero) LipBridge.ofNat_one_mul_one
    (PackedMatrix.isGram_sound falling_gram_product) (Eq.refl true) falling_pairs_check

/-- No score of `falling` moves more than all scores together. -/
theorem falling_each_score (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    ∀ i,
      Nat.lt i 3 →
      Lipschitz 2 1 (ofNat falling_lipsdp_N) (ofNat falling_lipsdp_D)
        (fun x _ => (falling r sin1_t gelu1_t : Vec R → Vec R) x i) :=
  single_score (f := falling r sin1_t gelu1_t)
    (falling_lipsdp_lipschitz r sin1_t gelu1_t hr sin1_ht gelu1_ht)

/-- No difference of two scores of `falling` moves more than √2 times all together. -/
theorem falling_each_difference (hr : Reciprocals falling_denominators r)
    (sin1_ht : LipBridge.SlopeBound 1 1 sin1_t)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    ∀ i j,
      Nat.lt i 3 →
      Nat.lt j 3 →
      Lipschitz 2 1 (ofNat (Nat.mul 1414213563 falling_lipsdp_N))
        (ofNat (Nat.mul 1000000000 falling_lipsdp_D))
        (fun x _ =>
          sub ((falling r sin1_t gelu1_t : Vec R → Vec R) x i)
            ((falling r sin1_t gelu1_t : Vec R → Vec R) x j)) :=
  score_difference (f := falling r sin1_t gelu1_t)
    (falling_lipsdp_lipschitz r sin1_t gelu1_t hr sin1_ht gelu1_ht)

end Falling
