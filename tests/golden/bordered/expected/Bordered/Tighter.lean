import LipBridge.Tighter
import Bordered.Network
import Bordered.Data.b_bordered
import Bordered.Data.b_composed
import Bordered.Data.d_bordered
import Bordered.Data.d_composed
import Bordered.Data.onto_bordered
import Bordered.Data.onto_composed
import Bordered.Data.last_bordered
import Bordered.Data.last_composed
/-!
# Tighter constants of the network `bordered`

Theorems about the function of `Bordered.Network`, with constants below the product of its
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
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R) (gelu1_t : R → R)

/-- Positive factors of rows, divisors of columns, packed: digits of 1 bits. -/
def bordered_gelu1_bordered_scale0 : Nat := 15

/-- Positive factors of rows, divisors of columns, packed: digits of 32 bits. -/
def bordered_gelu1_bordered_scale1 : Nat := 0x6270189c97f025fc6f901be4

/-- Positive factors of rows, divisors of columns, packed: digits of 64 bits. -/
def bordered_gelu1_bordered_scale2 : Nat := 0xde75b0a34a817b10de75b0a34a817b10

/-- Positive factors of rows, divisors of columns, packed: digits of 28 bits. -/
def bordered_gelu1_bordered_fill1_times : Nat := 0xfd44b63fd44b63fd44b63fd44b63

/-- Positive factors of rows, divisors of columns, packed: digits of 63 bits. -/
def bordered_gelu1_bordered_fill1_over : Nat := 0x379d6c28d2a05ec46f3ad851a540bd88

/-- The transpose of the block of `b_bordered` at row 0 and column 0 is `a_weight`, row i multiplied
by digit i of `bordered_gelu1_bordered_scale1` and column j divided by digit j of
`bordered_gelu1_bordered_scale0`. -/
theorem b_bordered_a_block :
    Eq (PackedMatrix.isScaled a_weight
      (PackedMatrix.turn (PackedMatrix.block b_bordered 0 0 4 3
        (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)))) 1
      bordered_gelu1_bordered_scale0 32 bordered_gelu1_bordered_scale1 37
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))) true :=
  Eq.refl true

/-- The transpose of the block of `b_bordered` at row 4 and column 3 is `b_weight`, row i multiplied
by digit i of `bordered_gelu1_bordered_scale2` and column j divided by digit j of
`bordered_gelu1_bordered_scale1`. -/
theorem b_bordered_b_block :
    Eq (PackedMatrix.isScaled b_weight
      (PackedMatrix.turn (PackedMatrix.block b_bordered 4 3 3 2
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one))) 32 bordered_gelu1_bordered_scale1
      64 bordered_gelu1_bordered_scale2 68 (Shape.node Shape.one Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- `b_composed` is the product of this block and the layer before, as they lie there. -/
theorem b_composed_product :
    Eq (PackedMatrix.isProduct (PackedMatrix.block b_bordered 0 0 4 3
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)))
      (PackedMatrix.block b_bordered 4 3 3 2
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) b_composed 73
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) (Shape.node Shape.one Shape.one))
      true :=
  Eq.refl true

/-- What lies before this block is `b_composed`, row i multiplied by digit i of
`bordered_gelu1_bordered_fill1_times` and column j divided by digit j of
`bordered_gelu1_bordered_fill1_over`. -/
theorem b_bordered_b_fill :
    Eq (PackedMatrix.isScaled b_composed
      (PackedMatrix.block b_bordered 0 3 4 2
        (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))) 63
      bordered_gelu1_bordered_fill1_over 28 bordered_gelu1_bordered_fill1_times 99
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `b_bordered` vanishes in 3 rows from row 4 and 3 columns from column 0 on. -/
theorem b_bordered_b_zeros :
    Eq (PackedMatrix.isZero (PackedMatrix.block b_bordered 4 0 3 3
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 37
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- `P`: Lip(a, gelu1, b)² ≤ P/Q. -/
def bordered_gelu1_bordered_P : Nat :=
  Nat.mul b_bordered_T (Nat.mul (Nat.mul 0x15b97e3ff246a50490 1) (Nat.mul 0x15b97e3ff246a50490 1))

/-- `Q`: Lip(a, gelu1, b)² ≤ P/Q. -/
def bordered_gelu1_bordered_Q : Nat :=
  Nat.mul b_bordered_C
    (Nat.mul (Nat.mul (Nat.mul (Nat.mul 2 100) (Nat.mul 265571171 1)) 16029912664071306000)
      (Nat.mul (Nat.mul (Nat.mul 2 100) (Nat.mul 265571171 1)) 16029912664071306000))

/-- a, gelu1, b in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem bordered_gelu1_bordered_sqLipschitz (hr : Reciprocals bordered_denominators r)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    SqLipschitz 4 2 (ofNat bordered_gelu1_bordered_P) (ofNat bordered_gelu1_bordered_Q)
      ((fun x => b (gelu1 gelu1_t (a r x))) : Vec R → Vec R) :=
  BorderedChain.sqLipschitz (K := 16029912664071306000) (g := fun x => b (gelu1 gelu1_t (a r x)))
    (BorderedChain.step (n := 4) (k := 3) (m := 2) (M := 0) (N := 4)
      (B := transpose b_bordered.entry) (C := b_bordered_C) (T := b_bordered_T)
      (c := digit 32 bordered_gelu1_bordered_scale1) (c' := digit 64 bordered_gelu1_bordered_scale2)
      (κ := 1) (ρ := 2) (σ := 0x15b97e3ff246a50490) (τ := 265571171) (s := 100) (p := 126)
      (q := 100) (d := 1) (lo := Int.negSucc 12) (hi := Int.ofNat 113) (a := 265571171)
      (e := 8014956332035653000) (g := a r) (f := b) (φ := gelu1_t)
      (BorderedChain.start (n := 4) (k := 3) (B := transpose b_bordered.entry)
        (c := digit 32 bordered_gelu1_bordered_scale1) (d := 2) (g := a r)
        (Affine.layer 4 3 a_weight.entry (r 2) (fun i => mul (ofInt (a_bias.entry 0 i)) one))
        (hr 2 (Eq.refl true))
        (LayerBlock.ofColumns (B := b_bordered) (W := a_weight) (b' := 0) (zs := Shape.one) rfl
          b_bordered_a_block rfl (Or.inl rfl)) (Eq.refl true) b_bordered_C b_bordered_T) gelu1_ht
      rfl rfl (Affine.layer 3 2 b_weight.entry one vzero) LipBridge.ofNat_one_mul_one
      (FilledBlock.ofColumns (B := b_bordered) (W := b_weight) (J := b_composed) (M := 0) (N := 4)
        (a := 265571171) (e := 8014956332035653000) rfl b_bordered_b_block b_composed_product
        b_bordered_b_fill b_bordered_b_zeros (And.intro rfl rfl) rfl rfl (Eq.refl true)
        (Eq.refl true)) (Eq.refl true) rfl (Eq.refl true))
    (NormBound.ofTranspose (W := transpose b_bordered.entry) b_bordered_norm) (Eq.refl true)
    (Eq.refl true)

/-- Positive factors of rows, divisors of columns, packed: digits of 1 bits. -/
def bordered_relu1_bordered_scale0 : Nat := 3

/-- Positive factors of rows, divisors of columns, packed: digits of 32 bits. -/
def bordered_relu1_bordered_scale1 : Nat := 0x8f6cd498c9b53716c9b53716

/-- Positive factors of rows, divisors of columns, packed: digits of 64 bits. -/
def bordered_relu1_bordered_scale2 : Nat := 0xa000f121de8646a0a000f121de8646a0

/-- The block of `d_bordered` at row 0 and column 3 is `c_weight`, row i multiplied by digit i of
`bordered_relu1_bordered_scale1` and column j divided by digit j of
`bordered_relu1_bordered_scale0`. -/
theorem d_bordered_c_block :
    Eq (PackedMatrix.isScaled c_weight
      (PackedMatrix.block d_bordered 0 3 3 2
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 1 bordered_relu1_bordered_scale0 32
      bordered_relu1_bordered_scale1 36 (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `d_bordered` vanishes in 3 rows from row 0 and 3 columns from column 0 on. -/
theorem d_bordered_c_zeros :
    Eq (PackedMatrix.isZero (PackedMatrix.block d_bordered 0 0 3 3
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 36
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- The block of `d_bordered` at row 3 and column 0 is `d_weight`, row i multiplied by digit i of
`bordered_relu1_bordered_scale2` and column j divided by digit j of
`bordered_relu1_bordered_scale1`. -/
theorem d_bordered_d_block :
    Eq (PackedMatrix.isScaled d_weight
      (PackedMatrix.block d_bordered 3 0 2 3 (Shape.node Shape.one Shape.one)) 32
      bordered_relu1_bordered_scale1 64 bordered_relu1_bordered_scale2 67
      (Shape.node Shape.one Shape.one) (Shape.node (Shape.node Shape.one Shape.one) Shape.one))
      true :=
  Eq.refl true

/-- `d_composed` is the product of `d_weight` and `c_weight`. -/
theorem d_composed_product :
    Eq (PackedMatrix.isProduct d_weight c_weight d_composed 8 (Shape.node Shape.one Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) (Shape.node Shape.one Shape.one))
      true :=
  Eq.refl true

/-- The corner of `d_bordered` is a sum of multiples of `d_composed` and the identity. -/
theorem d_bordered_corner :
    Eq (PackedMatrix.isCombination d_composed
      (PackedMatrix.identity 2 (Shape.node Shape.one Shape.one))
      (PackedMatrix.block d_bordered 3 3 2 2 (Shape.node Shape.one Shape.one))
      (Nat.mul 1073741824 (Nat.mul 1 1)) (Nat.mul 1073741824 (Nat.mul 2 (Nat.mul 1 (Nat.mul 1 1))))
      35 (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `P`: Lip(residual1)² ≤ P/Q. -/
def bordered_relu1_bordered_P : Nat := d_bordered_T

/-- `Q`: Lip(residual1)² ≤ P/Q. -/
def bordered_relu1_bordered_Q : Nat :=
  Nat.mul d_bordered_C
    (Nat.mul (Nat.mul 1073741824 (Nat.mul 1 (Nat.mul 2 (Nat.mul 1 (Nat.mul 1 1)))))
      (Nat.mul 1073741824 (Nat.mul 1 (Nat.mul 2 (Nat.mul 1 (Nat.mul 1 1))))))

/-- residual1 in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem bordered_relu1_bordered_sqLipschitz :
    SqLipschitz 2 2 (ofNat bordered_relu1_bordered_P) (ofNat bordered_relu1_bordered_Q)
      (residual1 r : Vec R → Vec R) :=
  Bordered.sqLipschitz (n := 2) (k := 3) (m := 2) (B := d_bordered.entry)
    (c := digit 32 bordered_relu1_bordered_scale1) (G := 1073741824) (κ := 11529480173838026400)
    (s := 1) (p := 1) (q := 1) (lo := Int.ofNat 0) (hi := Int.ofNat 1) (d := 1) (d' := 1) (e := 1)
    (A := identityMatrix) (l := fun x => x) (g := c r) (h := d) (φ := fun t => LipBridge.sup t zero)
    d_bordered_norm
    (Bordered.ofBlocks (LayerBlock.ofRows (B := d_bordered) (W := c_weight) rfl d_bordered_c_block
      rfl (Or.inr d_bordered_c_zeros)) (Eq.refl true)
      (LayerBlock.ofRows (B := d_bordered) (W := d_weight) (b' := 0) (zs := Shape.one) rfl
        d_bordered_d_block rfl (Or.inl rfl)) (Eq.refl true)
      (corner_ofRows (B := d_bordered) (G := d_composed)
        (Y := PackedMatrix.identity 2 (Shape.node Shape.one Shape.one)) (A := identityMatrix) rfl
        d_bordered_corner rfl rfl (PackedMatrix.isProduct_sound d_composed_product)
        (fun _ _ hi hj =>
          PackedMatrix.entry_identity (n := 2) (rs := Shape.node Shape.one Shape.one) rfl hi hj)))
    (LipBridge.SlopeWithin.between LipBridge.SlopeWithin.relu) rfl rfl (Affine.identity 2)
    LipBridge.ofNat_one_mul_one
    (Affine.layer 2 3 c_weight.entry one (fun i => mul (ofInt (c_bias.entry 0 i)) (r 2)))
    LipBridge.ofNat_one_mul_one (Affine.layer 3 2 d_weight.entry one vzero)
    LipBridge.ofNat_one_mul_one (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- Positive factors of rows, divisors of columns, packed: digits of 1 bits. -/
def bordered_leaky_relu1_bordered_scale0 : Nat := 3

/-- Positive factors of rows, divisors of columns, packed: digits of 32 bits. -/
def bordered_leaky_relu1_bordered_scale1 : Nat := 13807063564597043866

/-- Positive factors of rows, divisors of columns, packed: digits of 63 bits. -/
def bordered_leaky_relu1_bordered_scale2 : Nat := 0x319198fe1c3e72d8632331fc387ce5b0

/-- The block of `onto_bordered` at row 0 and column 2 is `into_weight`, row i multiplied by digit i
of `bordered_leaky_relu1_bordered_scale1` and column j divided by digit j of
`bordered_leaky_relu1_bordered_scale0`. -/
theorem onto_bordered_into_block :
    Eq (PackedMatrix.isScaled into_weight
      (PackedMatrix.block onto_bordered 0 2 2 2 (Shape.node Shape.one Shape.one)) 1
      bordered_leaky_relu1_bordered_scale0 32 bordered_leaky_relu1_bordered_scale1 36
      (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `onto_bordered` vanishes in 2 rows from row 0 and 2 columns from column 0 on. -/
theorem onto_bordered_into_zeros :
    Eq (PackedMatrix.isZero (PackedMatrix.block onto_bordered 0 0 2 2
      (Shape.node Shape.one Shape.one)) 36 (Shape.node Shape.one Shape.one)
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- The block of `onto_bordered` at row 2 and column 0 is `onto_weight`, row i multiplied by digit i
of `bordered_leaky_relu1_bordered_scale2` and column j divided by digit j of
`bordered_leaky_relu1_bordered_scale1`. -/
theorem onto_bordered_onto_block :
    Eq (PackedMatrix.isScaled onto_weight
      (PackedMatrix.block onto_bordered 2 0 2 2 (Shape.node Shape.one Shape.one)) 32
      bordered_leaky_relu1_bordered_scale1 63 bordered_leaky_relu1_bordered_scale2 67
      (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `onto_composed` is the product of `onto_weight` and `into_weight`. -/
theorem onto_composed_product :
    Eq (PackedMatrix.isProduct onto_weight into_weight onto_composed 8
      (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- The corner of `onto_bordered` is a sum of multiples of `onto_composed` and `side_weight`. -/
theorem onto_bordered_corner :
    Eq (PackedMatrix.isCombination onto_composed side_weight
      (PackedMatrix.block onto_bordered 2 2 2 2 (Shape.node Shape.one Shape.one))
      (Nat.mul 134217728 (Nat.mul 4 2)) (Nat.mul 134217728 (Nat.mul 2 (Nat.mul 3 (Nat.mul 1 2)))) 36
      (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `P`: Lip(sum1)² ≤ P/Q. -/
def bordered_leaky_relu1_bordered_P : Nat := onto_bordered_T

/-- `Q`: Lip(sum1)² ≤ P/Q. -/
def bordered_leaky_relu1_bordered_Q : Nat :=
  Nat.mul onto_bordered_C
    (Nat.mul (Nat.mul 134217728 (Nat.mul 2 (Nat.mul 2 (Nat.mul 3 (Nat.mul 1 2)))))
      (Nat.mul 134217728 (Nat.mul 2 (Nat.mul 2 (Nat.mul 3 (Nat.mul 1 2))))))

/-- sum1 in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem bordered_leaky_relu1_bordered_sqLipschitz (hr : Reciprocals bordered_denominators r) :
    SqLipschitz 2 2 (ofNat bordered_leaky_relu1_bordered_P) (ofNat bordered_leaky_relu1_bordered_Q)
      (sum1 r : Vec R → Vec R) :=
  SqLipschitz.vadd_comm (Bordered.sqLipschitz (n := 2) (k := 2) (m := 2) (B := onto_bordered.entry)
    (c := digit 32 bordered_leaky_relu1_bordered_scale1) (G := 134217728) (κ := 7143608393288967600)
    (s := 4) (p := 2) (q := 3) (lo := Int.ofNat 1) (hi := Int.ofNat 3) (d := 1) (d' := 2) (e := 2)
    (A := side_weight.entry) (l := side r) (g := into) (h := onto r)
    (φ := fun t => LipBridge.sup t (mul (mul (ofNat 1) (r 3)) t)) onto_bordered_norm
    (Bordered.ofBlocks (LayerBlock.ofRows (B := onto_bordered) (W := into_weight) rfl
      onto_bordered_into_block rfl (Or.inr onto_bordered_into_zeros)) (Eq.refl true)
      (LayerBlock.ofRows (B := onto_bordered) (W := onto_weight) (b' := 0) (zs := Shape.one) rfl
        onto_bordered_onto_block rfl (Or.inl rfl)) (Eq.refl true)
      (corner_ofRows (B := onto_bordered) (G := onto_composed) (Y := side_weight)
        (A := side_weight.entry) rfl onto_bordered_corner rfl rfl
        (PackedMatrix.isProduct_sound onto_composed_product) (fun _ _ _ _ => rfl)))
    (LipBridge.SlopeBetween.leakyRelu (hr 3 (Eq.refl true)) (Eq.refl true)) rfl rfl
    (Affine.layer 2 2 side_weight.entry (r 2) vzero) (hr 2 (Eq.refl true))
    (Affine.layer 2 2 into_weight.entry one vzero) LipBridge.ofNat_one_mul_one
    (Affine.layer 2 2 onto_weight.entry (r 2) vzero) (hr 2 (Eq.refl true)) (Eq.refl true)
    (Eq.refl true) (Eq.refl true))

/-- Positive factors of rows, divisors of columns, packed: digits of 1 bits. -/
def bordered_abs1_bordered_scale0 : Nat := 3

/-- Positive factors of rows, divisors of columns, packed: digits of 32 bits. -/
def bordered_abs1_bordered_scale1 : Nat := 13776791708165489040

/-- Positive factors of rows, divisors of columns, packed: digits of 65 bits. -/
def bordered_abs1_bordered_scale2 : Nat := 0x158a78440000bee40

/-- The transpose of the block of `last_bordered` at row 2 and column 0 is `first_weight`, row i
multiplied by digit i of `bordered_abs1_bordered_scale1` and column j divided by digit j of
`bordered_abs1_bordered_scale0`. -/
theorem last_bordered_first_block :
    Eq (PackedMatrix.isScaled first_weight
      (PackedMatrix.turn (PackedMatrix.block last_bordered 2 0 2 2
        (Shape.node Shape.one Shape.one))) 1 bordered_abs1_bordered_scale0 32
      bordered_abs1_bordered_scale1 37 (Shape.node Shape.one Shape.one)
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `last_bordered` vanishes in 2 rows from row 0 and 2 columns from column 0 on. -/
theorem last_bordered_first_zeros :
    Eq (PackedMatrix.isZero (PackedMatrix.block last_bordered 0 0 2 2
      (Shape.node Shape.one Shape.one)) 37 (Shape.node Shape.one Shape.one)
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- The transpose of the block of `last_bordered` at row 0 and column 2 is `last_weight`, row i
multiplied by digit i of `bordered_abs1_bordered_scale2` and column j divided by digit j of
`bordered_abs1_bordered_scale1`. -/
theorem last_bordered_last_block :
    Eq (PackedMatrix.isScaled last_weight
      (PackedMatrix.turn (PackedMatrix.block last_bordered 0 2 2 1
        (Shape.node Shape.one Shape.one))) 32 bordered_abs1_bordered_scale1 65
      bordered_abs1_bordered_scale2 68 Shape.one (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `last_composed` is the product of `last_weight` and `first_weight`. -/
theorem last_composed_product :
    Eq (PackedMatrix.isProduct last_weight first_weight last_composed 7 Shape.one
      (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- The corner of `last_bordered` is a sum of multiples of `last_composed` and `base_weight`. -/
theorem last_bordered_corner :
    Eq (PackedMatrix.isCombination (PackedMatrix.turn last_composed) (PackedMatrix.turn base_weight)
      (PackedMatrix.block last_bordered 2 2 2 1 (Shape.node Shape.one Shape.one))
      (Nat.mul 1073741824 (Nat.mul 0 1)) (Nat.mul 1073741824 (Nat.mul 2 (Nat.mul 1 (Nat.mul 1 1))))
      36 (Shape.node Shape.one Shape.one) Shape.one) true :=
  Eq.refl true

/-- `P`: Lip(sum2)² ≤ P/Q. -/
def bordered_abs1_bordered_P : Nat := last_bordered_T

/-- `Q`: Lip(sum2)² ≤ P/Q. -/
def bordered_abs1_bordered_Q : Nat :=
  Nat.mul last_bordered_C
    (Nat.mul (Nat.mul 1073741824 (Nat.mul 1 (Nat.mul 2 (Nat.mul 1 (Nat.mul 1 1)))))
      (Nat.mul 1073741824 (Nat.mul 1 (Nat.mul 2 (Nat.mul 1 (Nat.mul 1 1))))))

/-- sum2 in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem bordered_abs1_bordered_sqLipschitz :
    SqLipschitz 2 1 (ofNat bordered_abs1_bordered_P) (ofNat bordered_abs1_bordered_Q)
      (sum2 : Vec R → Vec R) :=
  Bordered.sqLipschitz (n := 2) (k := 2) (m := 1) (B := transpose last_bordered.entry)
    (c := digit 32 bordered_abs1_bordered_scale1) (G := 1073741824) (κ := 0x158a78440000bee40)
    (s := 0) (p := 2) (q := 1) (lo := Int.negSucc 0) (hi := Int.ofNat 1) (d := 1) (d' := 1) (e := 1)
    (A := base_weight.entry) (l := base) (g := first) (h := last) (φ := LipBridge.abs)
    (NormBound.ofTranspose (W := transpose last_bordered.entry) last_bordered_norm)
    (Bordered.ofBlocks (LayerBlock.ofColumns (B := last_bordered) (W := first_weight) rfl
      last_bordered_first_block rfl (Or.inr (And.intro last_bordered_first_zeros rfl)))
      (Eq.refl true)
      (LayerBlock.ofColumns (B := last_bordered) (W := last_weight) (b' := 0) (zs := Shape.one) rfl
        last_bordered_last_block rfl (Or.inl rfl)) (Eq.refl true)
      (corner_ofColumns (B := last_bordered) (G := last_composed) (Y := base_weight)
        (A := base_weight.entry) rfl last_bordered_corner rfl rfl
        (PackedMatrix.isProduct_sound last_composed_product) (fun _ _ _ _ => rfl)))
    LipBridge.SlopeBetween.abs rfl rfl (Affine.layer 2 1 base_weight.entry one vzero)
    LipBridge.ofNat_one_mul_one (Affine.layer 2 2 first_weight.entry one vzero)
    LipBridge.ofNat_one_mul_one (Affine.layer 2 1 last_weight.entry one vzero)
    LipBridge.ofNat_one_mul_one (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(bordered)² ≤ P/Q. -/
def bordered_lipsdp_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul bordered_gelu1_bordered_P bordered_relu1_bordered_P)
    bordered_leaky_relu1_bordered_P) bordered_abs1_bordered_P

/-- `Q`: Lip(bordered)² ≤ P/Q. -/
def bordered_lipsdp_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul bordered_gelu1_bordered_Q bordered_relu1_bordered_Q)
    bordered_leaky_relu1_bordered_Q) bordered_abs1_bordered_Q

/-- `bordered`; hidden units have positive weights (LipSDP): Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem bordered_lipsdp_sqLipschitz (hr : Reciprocals bordered_denominators r)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    SqLipschitz 4 1 (ofNat bordered_lipsdp_P) (ofNat bordered_lipsdp_Q)
      (bordered r gelu1_t : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => sum1 r (residual1 r (b (gelu1 gelu1_t (a r x)))))
    (g := sum2)
    (SqLipschitzOn.comp_ofNat (f := fun x => residual1 r (b (gelu1 gelu1_t (a r x)))) (g := sum1 r)
      (SqLipschitzOn.comp_ofNat (f := fun x => b (gelu1 gelu1_t (a r x))) (g := residual1 r)
        (bordered_gelu1_bordered_sqLipschitz r gelu1_t hr gelu1_ht)
        (bordered_relu1_bordered_sqLipschitz r) (fun _ _ => True.intro))
      (bordered_leaky_relu1_bordered_sqLipschitz r hr) (fun _ _ => True.intro))
    bordered_abs1_bordered_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(bordered) ≤ N/D. -/
def bordered_lipsdp_N : Nat := 657419267

/-- `D`: Lip(bordered) ≤ N/D. -/
def bordered_lipsdp_D : Nat := Nat.pow 2 19

/-- Lip(bordered) ≤ 1253.92775, exactly 657419267/524288: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; hidden units have positive weights (LipSDP). -/
theorem bordered_lipsdp_lipschitz (hr : Reciprocals bordered_denominators r)
    (gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t) :
    Lipschitz 4 1 (ofNat bordered_lipsdp_N) (ofNat bordered_lipsdp_D)
      (bordered r gelu1_t : Vec R → Vec R) :=
  LipschitzOn.ofSq (bordered_lipsdp_sqLipschitz r gelu1_t hr gelu1_ht) (Eq.refl true) (Eq.refl true)

end Bordered
