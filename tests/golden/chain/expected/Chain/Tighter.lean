import LipBridge.Tighter
import Chain.Network
import Chain.Data.a_rescaled
import Chain.Data.b_rescaled
import Chain.Data.c_rescaled
import Chain.Data.d_weighted
/-!
# Tighter constants of the network `chain`

Theorems about the function of `Chain.Network`, with constants below the product of its
layers'.

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

/-- Positive factors of rows, divisors of columns, packed: digits of 1 bits. -/
def chain_chain1_scale0 : Nat := 3

/-- Positive factors of rows, divisors of columns, packed: digits of 14 bits. -/
def chain_chain1_scale1 : Nat := 2126153653010

/-- Positive factors of rows, divisors of columns, packed: digits of 39 bits. -/
def chain_chain1_scale2 : Nat := 0x35586e43c074d16474e0

/-- Positive factors of rows, divisors of columns, packed: digits of 52 bits. -/
def chain_chain1_scale3 : Nat := 0xd55462f36f100d55462f36f100

/-- `a_rescaled` is `a_weight`, row i multiplied by digit i of `chain_chain1_scale1` and column j
divided by digit j of `chain_chain1_scale0`. -/
theorem a_rescaled_scaled :
    Eq (PackedMatrix.isScaled a_weight a_rescaled 1 chain_chain1_scale0 14 chain_chain1_scale1 19
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) (Shape.node Shape.one Shape.one))
      true :=
  Eq.refl true

/-- `b_rescaled` is `b_weight`, row i multiplied by digit i of `chain_chain1_scale2` and column j
divided by digit j of `chain_chain1_scale1`. -/
theorem b_rescaled_scaled :
    Eq (PackedMatrix.isScaled b_weight b_rescaled 14 chain_chain1_scale1 39 chain_chain1_scale2 43
      (Shape.node Shape.one Shape.one) (Shape.node (Shape.node Shape.one Shape.one) Shape.one))
      true :=
  Eq.refl true

/-- `c_rescaled` is `c_weight`, row i multiplied by digit i of `chain_chain1_scale3` and column j
divided by digit j of `chain_chain1_scale2`. -/
theorem c_rescaled_scaled :
    Eq (PackedMatrix.isScaled c_weight c_rescaled 39 chain_chain1_scale2 52 chain_chain1_scale3 56
      (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `P`: Lip(a, relu1, b, leaky_relu1, c)² ≤ P/Q. -/
def chain_chain1_P : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul a_rescaled_T 1) b_rescaled_T) 1) c_rescaled_T

/-- `Q`: Lip(a, relu1, b, leaky_relu1, c)² ≤ P/Q. -/
def chain_chain1_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul (Nat.mul a_rescaled_C (Nat.mul 2 2)) 1)
    (Nat.mul b_rescaled_C (Nat.mul 1 1))) 1) (Nat.mul c_rescaled_C (Nat.mul 1 1)))
    (Nat.mul 3752934625440000 3752934625440000)

/-- a, relu1, b, leaky_relu1, c in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem chain_chain1_sqLipschitz (hr : Reciprocals chain_denominators r) :
    SqLipschitz 2 2 (ofNat chain_chain1_P) (ofNat chain_chain1_Q)
      ((fun x => c (leaky_relu1 r (b (relu1 (a r x))))) : Vec R → Vec R) :=
  Rescaled.sqLipschitz (K := 3752934625440000)
    (Rescaled.comp (f₁ := fun x => leaky_relu1 r (b (relu1 (a r x)))) (f₂ := c)
      (Rescaled.comp (f₁ := fun x => b (relu1 (a r x))) (f₂ := leaky_relu1 r)
        (Rescaled.comp (f₁ := fun x => relu1 (a r x)) (f₂ := b)
          (Rescaled.comp (f₁ := a r) (f₂ := relu1)
            (Rescaled.affine (W' := a_rescaled.entry) (c := digit 1 chain_chain1_scale0)
              (c' := digit 14 chain_chain1_scale1)
              (Affine.layer 2 3 a_weight.entry (r 2) (fun i => mul (ofInt (a_bias.entry 0 i)) one))
              (PackedMatrix.isScaled_sound a_rescaled_scaled) a_rescaled_norm (hr 2 (Eq.refl true)))
            (Rescaled.relu 3 (digit 14 chain_chain1_scale1)))
          (Rescaled.affine (W' := b_rescaled.entry) (c := digit 14 chain_chain1_scale1)
            (c' := digit 39 chain_chain1_scale2) (Affine.layer 3 2 b_weight.entry one vzero)
            (PackedMatrix.isScaled_sound b_rescaled_scaled) b_rescaled_norm
            LipBridge.ofNat_one_mul_one))
        (Rescaled.leakyRelu 2 (digit 39 chain_chain1_scale2) (hr 4 (Eq.refl true)) (Eq.refl true)))
      (Rescaled.affine (W' := c_rescaled.entry) (c := digit 39 chain_chain1_scale2)
        (c' := digit 52 chain_chain1_scale3) (Affine.layer 2 2 c_weight.entry one vzero)
        (PackedMatrix.isScaled_sound c_rescaled_scaled) c_rescaled_norm
        LipBridge.ofNat_one_mul_one)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(chain)² ≤ P/Q. -/
def chain_rescaled_P : Nat := Nat.mul (Nat.mul chain_chain1_P 1) d_weight_T

/-- `Q`: Lip(chain)² ≤ P/Q. -/
def chain_rescaled_Q : Nat := Nat.mul (Nat.mul chain_chain1_Q 1) (Nat.mul d_weight_C (Nat.mul 1 1))

/-- `chain`; hidden units are scaled by positive numbers, which changes no value:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem chain_rescaled_sqLipschitz (hr : Reciprocals chain_denominators r) :
    SqLipschitz 2 1 (ofNat chain_rescaled_P) (ofNat chain_rescaled_Q) (chain r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => clamp1 r (c (leaky_relu1 r (b (relu1 (a r x)))))) (g := d)
    (SqLipschitzOn.comp_ofNat (f := fun x => c (leaky_relu1 r (b (relu1 (a r x))))) (g := clamp1 r)
      (chain_chain1_sqLipschitz r hr) (clamp1_sqLipschitz r) (fun _ _ => True.intro)) d_sqLipschitz
    (fun _ _ => True.intro)

/-- `N`: Lip(chain) ≤ N/D. -/
def chain_rescaled_N : Nat := 1312242717

/-- `D`: Lip(chain) ≤ N/D. -/
def chain_rescaled_D : Nat := Nat.pow 2 24

/-- Lip(chain) ≤ 78.2157611, exactly 1312242717/16777216: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; hidden units are scaled by positive numbers, which changes no
value. -/
theorem chain_rescaled_lipschitz (hr : Reciprocals chain_denominators r) :
    Lipschitz 2 1 (ofNat chain_rescaled_N) (ofNat chain_rescaled_D) (chain r : Vec R → Vec R) :=
  LipschitzOn.ofSq (chain_rescaled_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Positive factors of rows, divisors of columns, packed: digits of 1 bits. -/
def chain_relu1_stack_scale0 : Nat := 3

/-- Positive factors of rows, divisors of columns, packed: digits of 34 bits. -/
def chain_relu1_stack_scale1 : Nat := 0x2caf24000ce8a4000217410000

/-- Positive factors of rows, divisors of columns, packed: digits of 69 bits. -/
def chain_relu1_stack_scale2 : Nat := 0x1b26b393da5c400001259d0aed81c200000

/-- Positive factors of rows, divisors of columns, packed: digits of 102 bits. -/
def chain_relu1_stack_scale3 : Nat := 0xe67e8d93111ebcc10dbe000003b0074fec206369afeb8000000

/-- Positive factors of rows, divisors of columns, packed: digits of 137 bits. -/
def chain_relu1_stack_scale4 : Nat := 0x1f1e92ccfcb2187fa8031897c0000000000

/-- The block of `d_weighted` at row 0 and column 0 is `a_weight`, row i multiplied by digit i of
`chain_relu1_stack_scale1` and column j divided by digit j of `chain_relu1_stack_scale0`. -/
theorem d_weighted_a_block :
    Eq (PackedMatrix.isScaled a_weight
      (PackedMatrix.block d_weighted 0 0 3 2
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 1 chain_relu1_stack_scale0 34
      chain_relu1_stack_scale1 40 (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- The transpose of the block of `d_weighted` at row 0 and column 2 is `b_weight`, row i multiplied
by digit i of `chain_relu1_stack_scale2` and column j divided by digit j of
`chain_relu1_stack_scale1`. -/
theorem d_weighted_b_block :
    Eq (PackedMatrix.isScaled b_weight
      (PackedMatrix.turn (PackedMatrix.block d_weighted 0 2 3 2
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one))) 34 chain_relu1_stack_scale1 69
      chain_relu1_stack_scale2 73 (Shape.node Shape.one Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- The block of `d_weighted` at row 3 and column 2 is `c_weight`, row i multiplied by digit i of
`chain_relu1_stack_scale3` and column j divided by digit j of `chain_relu1_stack_scale2`. -/
theorem d_weighted_c_block :
    Eq (PackedMatrix.isScaled c_weight
      (PackedMatrix.block d_weighted 3 2 2 2 (Shape.node Shape.one Shape.one)) 69
      chain_relu1_stack_scale2 102 chain_relu1_stack_scale3 108 (Shape.node Shape.one Shape.one)
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `d_weighted` vanishes in 2 rows from row 3 and 2 columns from column 0 on. -/
theorem d_weighted_c_zeros :
    Eq (PackedMatrix.isZero (PackedMatrix.block d_weighted 3 0 2 2 (Shape.node Shape.one Shape.one))
      40 (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- The transpose of the block of `d_weighted` at row 3 and column 4 is `d_weight`, row i multiplied
by digit i of `chain_relu1_stack_scale4` and column j divided by digit j of
`chain_relu1_stack_scale3`. -/
theorem d_weighted_d_block :
    Eq (PackedMatrix.isScaled d_weight
      (PackedMatrix.turn (PackedMatrix.block d_weighted 3 4 2 1 (Shape.node Shape.one Shape.one)))
      102 chain_relu1_stack_scale3 137 chain_relu1_stack_scale4 141 Shape.one
      (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `d_weighted` vanishes in 3 rows from row 0 and 1 columns from column 4 on. -/
theorem d_weighted_d_zeros :
    Eq (PackedMatrix.isZero (PackedMatrix.block d_weighted 0 4 3 1
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) 40
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) Shape.one) true :=
  Eq.refl true

/-- `P`: Lip(a, relu1, b, leaky_relu1, c, clamp1, d)² ≤ P/Q. -/
def chain_relu1_stack_P : Nat :=
  Nat.mul d_weighted_T
    (Nat.mul (Nat.mul d_weighted_T d_weighted_T)
      (Nat.mul (Nat.mul (Nat.mul d_weighted_C 1)
        (Nat.mul (Nat.mul d_weighted_T 1) (Nat.mul (Nat.mul d_weighted_C 1) 1)))
        (Nat.mul (Nat.mul d_weighted_C 1)
          (Nat.mul (Nat.mul d_weighted_T 1) (Nat.mul (Nat.mul d_weighted_C 1) 1)))))

/-- `Q`: Lip(a, relu1, b, leaky_relu1, c, clamp1, d)² ≤ P/Q. -/
def chain_relu1_stack_Q : Nat :=
  Nat.mul d_weighted_T
    (Nat.mul (Nat.mul d_weighted_C d_weighted_C)
      (Nat.mul (Nat.mul (Nat.mul 1
        (Nat.mul (Nat.mul 2 d_weighted_C)
          (Nat.mul (Nat.mul 1 1)
            (Nat.mul (Nat.mul 2 d_weighted_C)
              (Nat.mul (Nat.mul 1 1)
                (Nat.mul (Nat.mul 2 d_weighted_C) (Nat.mul (Nat.mul 2 1) 1)))))))
        0x1f1e92ccfcb2187fa8031897c0000000000)
        (Nat.mul (Nat.mul 1
          (Nat.mul (Nat.mul 2 d_weighted_C)
            (Nat.mul (Nat.mul 1 1)
              (Nat.mul (Nat.mul 2 d_weighted_C)
                (Nat.mul (Nat.mul 1 1)
                  (Nat.mul (Nat.mul 2 d_weighted_C) (Nat.mul (Nat.mul 2 1) 1)))))))
          0x1f1e92ccfcb2187fa8031897c0000000000)))

/-- a, relu1, b, leaky_relu1, c, clamp1, d in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem chain_relu1_stack_sqLipschitz (hr : Reciprocals chain_denominators r) :
    SqLipschitz 2 1 (ofNat chain_relu1_stack_P) (ofNat chain_relu1_stack_Q)
      ((fun x => d (clamp1 r (c (leaky_relu1 r (b (relu1 (a r x))))))) : Vec R → Vec R) :=
  SlopeChain.last (K := 0x1f1e92ccfcb2187fa8031897c0000000000)
    (f := fun x => clamp1 r (c (leaky_relu1 r (b (relu1 (a r x)))))) (g := d)
    (SlopeChain.step (p := 1) (q := 1) (f := fun x => leaky_relu1 r (b (relu1 (a r x)))) (g := c)
      (φ := LipBridge.clamp (mul (ofInt (Int.negSucc 0)) one) (mul (ofInt (Int.ofNat 3)) (r 2)))
      (SlopeChain.step (p := 1) (q := 1) (f := fun x => relu1 (a r x)) (g := b)
        (φ := fun t => LipBridge.sup t (mul (mul (ofNat 1) (r 4)) t))
        (SlopeChain.step (p := 1) (q := 1) (f := fun x => x) (g := a r)
          (φ := fun t => LipBridge.sup t zero)
          (SlopeChain.start (c := digit 1 chain_relu1_stack_scale0) 2 d_weighted.entry d_weighted_C
            d_weighted_C d_weighted_T (Eq.refl true)) LipBridge.SlopeWithin.relu
          (Affine.layer 2 3 a_weight.entry (r 2) (fun i => mul (ofInt (a_bias.entry 0 i)) one))
          (hr 2 (Eq.refl true))
          (LayerBlock.ofRows (B := d_weighted) (W := a_weight) (b' := 0) (zs := Shape.one) rfl
            d_weighted_a_block rfl (Or.inl rfl)))
        (LipBridge.SlopeWithin.leakyRelu (hr 4 (Eq.refl true)) (Eq.refl true))
        (Affine.layer 3 2 b_weight.entry one vzero) LipBridge.ofNat_one_mul_one
        (LayerBlock.ofColumns (B := d_weighted) (W := b_weight) (b' := 0) (zs := Shape.one) rfl
          d_weighted_b_block rfl (Or.inl rfl)))
      (LipBridge.SlopeWithin.clamp (mul (ofInt (Int.negSucc 0)) one)
        (mul (ofInt (Int.ofNat 3)) (r 2))) (Affine.layer 2 2 c_weight.entry one vzero)
      LipBridge.ofNat_one_mul_one
      (LayerBlock.ofRows (B := d_weighted) (W := c_weight) rfl d_weighted_c_block rfl
        (Or.inr d_weighted_c_zeros))) (Affine.layer 2 1 d_weight.entry one vzero)
    LipBridge.ofNat_one_mul_one
    (LayerBlock.ofColumns (B := d_weighted) (W := d_weight) rfl d_weighted_d_block rfl
      (Or.inr (And.intro d_weighted_d_zeros rfl))) (Eq.refl true)
    (CrossBound.swap (CrossBound.ofNorm d_weighted_norm)) (Eq.refl true)

/-- `P`: Lip(chain)² ≤ P/Q. -/
def chain_lipsdp_P : Nat := chain_relu1_stack_P

/-- `Q`: Lip(chain)² ≤ P/Q. -/
def chain_lipsdp_Q : Nat := chain_relu1_stack_Q

/-- `chain`; hidden units have positive weights (LipSDP): Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem chain_lipsdp_sqLipschitz (hr : Reciprocals chain_denominators r) :
    SqLipschitz 2 1 (ofNat chain_lipsdp_P) (ofNat chain_lipsdp_Q) (chain r : Vec R → Vec R) :=
  chain_relu1_stack_sqLipschitz r hr

/-- `N`: Lip(chain) ≤ N/D. -/
def chain_lipsdp_N : Nat := 5076544147

/-- `D`: Lip(chain) ≤ N/D. -/
def chain_lipsdp_D : Nat := Nat.pow 2 26

/-- Lip(chain) ≤ 75.6464027, exactly 5076544147/67108864: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; hidden units have positive weights (LipSDP). -/
theorem chain_lipsdp_lipschitz (hr : Reciprocals chain_denominators r) :
    Lipschitz 2 1 (ofNat chain_lipsdp_N) (ofNat chain_lipsdp_D) (chain r : Vec R → Vec R) :=
  LipschitzOn.ofSq (chain_lipsdp_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

end Chain
