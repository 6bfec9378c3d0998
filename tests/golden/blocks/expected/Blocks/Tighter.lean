import Blocks.Network
<<<<<<< HEAD
import Blocks.Data.query_rescaled
import Blocks.Data.keys_rescaled
import Blocks.Data.keys_weighted
=======
import Blocks.Data.gain1_diagonal
import Blocks.Data.gain1_merged
import Blocks.Data.keys_merged
>>>>>>> aa1e2f7 (A gain after a linear map is merged with it)
import Blocks.Data.blocks_gram
import Blocks.Data.blocks_scores_N
import Blocks.Data.blocks_pairs_N
/-!
# Tighter constants of the network `blocks`

Theorems about the function of `Blocks.Network`, with constants below the product of its
layers'.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `gain1_diagonal` has the entries of the gain on its diagonal. -/
theorem gain1_diagonal_check :
    Eq (isDiagonal 4 gain1_diagonal.entry
      (fun i => Int.add (gain1_gain.entry 0 i) (Int.mul (Int.ofNat 1) (Int.ofNat 4)))) true :=
  Eq.refl true

/-- `gain1_merged` is the product of `gain1_diagonal` and `query_weight`. -/
theorem gain1_merged_product :
    Eq (PackedMatrix.isProduct gain1_diagonal query_weight gain1_merged 13
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- `keys_merged` is the product of `keys_keys` and `gain1_merged`. -/
theorem keys_merged_product :
    Eq (PackedMatrix.isProduct keys_keys gain1_merged keys_merged 14
      (Shape.node (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one))
<<<<<<< HEAD
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))) true :=
  Eq.refl true

/-- Lip(query, leaky_relu1, keys)² ≤ `blocks_chain1_P / blocks_chain1_Q`. -/
def blocks_chain1_P : Nat := Nat.mul (Nat.mul query_rescaled_T 1) keys_rescaled_T

/-- Lip(query, leaky_relu1, keys)² ≤ `blocks_chain1_P / blocks_chain1_Q`. -/
def blocks_chain1_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul query_rescaled_C (Nat.mul 2 2)) 1)
    (Nat.mul keys_rescaled_C (Nat.mul 1 1))) (Nat.mul 61261200 61261200)

/-- query, leaky_relu1, keys in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_chain1_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 6 (ofNat blocks_chain1_P) (ofNat blocks_chain1_Q)
      ((fun x => keys (leaky_relu1 r (query r x))) : Vec R → Vec R) :=
  Rescaled.sqLipschitz (K := 61261200)
    (Rescaled.comp (f₁ := fun x => leaky_relu1 r (query r x)) (f₂ := keys)
      (Rescaled.comp (f₁ := query r) (f₂ := leaky_relu1 r)
        (Rescaled.affine (W' := query_rescaled.entry) (c := digit 1 blocks_chain1_scale0)
          (c' := digit 14 blocks_chain1_scale1)
          (Affine.layer 3 4 query_weight.entry (r 2)
            (fun i => mul (ofInt (query_bias.entry 0 i)) (r 4)))
          (PackedMatrix.isScaled_sound query_rescaled_scaled) query_rescaled_norm
          (hr 2 (Eq.refl true)))
        (Rescaled.leakyRelu 4 (digit 14 blocks_chain1_scale1) (hr 2 (Eq.refl true)) (Eq.refl true)))
      (Rescaled.affine (W' := keys_rescaled.entry) (c := digit 14 blocks_chain1_scale1)
        (c' := digit 26 blocks_chain1_scale2) (Affine.layer 4 6 keys_keys.entry one vzero)
        (PackedMatrix.isScaled_sound keys_rescaled_scaled) keys_rescaled_norm
        LipBridge.ofNat_one_mul_one)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- Lip(blocks)² ≤ `blocks_rescaled_P / blocks_rescaled_Q`. -/
def blocks_rescaled_P : Nat := Nat.mul blocks_chain1_P 1

/-- Lip(blocks)² ≤ `blocks_rescaled_P / blocks_rescaled_Q`. -/
def blocks_rescaled_Q : Nat := Nat.mul blocks_chain1_Q 1

/-- `blocks`; D₁, D₂, …: positive diagonal matrices that scale hidden units and change no value:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_rescaled_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 3 (ofNat blocks_rescaled_P) (ofNat blocks_rescaled_Q)
      (blocks r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => keys (leaky_relu1 r (query r x))) (g := block_max1)
    (blocks_chain1_sqLipschitz r hr) block_max1_sqLipschitz (fun _ _ => True.intro)

/-- Lip(blocks) ≤ `blocks_rescaled_N / blocks_rescaled_D`. -/
def blocks_rescaled_N : Nat := 6872902441

/-- Lip(blocks) ≤ `blocks_rescaled_N / blocks_rescaled_D`. -/
def blocks_rescaled_D : Nat := Nat.pow 2 27

/-- Lip(blocks) ≤ 51.2071136, exactly 6872902441/134217728: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; D₁, D₂, …: positive diagonal matrices that scale hidden units and
change no value. -/
theorem blocks_rescaled_lipschitz (hr : Reciprocals blocks_denominators r) :
    Lipschitz 3 3 (ofNat blocks_rescaled_N) (ofNat blocks_rescaled_D) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_rescaled_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- A scaling, packed. -/
def blocks_leaky_relu1_stack_scale0 : Nat := 7

/-- A scaling, packed. -/
def blocks_leaky_relu1_stack_scale1 : Nat := 0xa0d42427ee4437e72c5fd570

/-- A scaling, packed. -/
def blocks_leaky_relu1_stack_scale2 : Nat :=
  0xa862e0019282a18b80064a0a862e0019282a18b80064a0a862e0019282a18b80064a0

/-- The transpose of the block of `keys_weighted` at row 0 and column 0 is `query_weight`, row i
multiplied by digit i of `blocks_leaky_relu1_stack_scale1` and column j divided by digit j of
`blocks_leaky_relu1_stack_scale0`. -/
theorem keys_weighted_query_block :
    Eq (PackedMatrix.isScaled (PackedMatrix.block keys_weighted 0 0 3 4
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) (PackedMatrix.turn query_weight) 24
      blocks_leaky_relu1_stack_scale1 1 blocks_leaky_relu1_stack_scale0 30
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))) true :=
  Eq.refl true

/-- The block of `keys_weighted` at row 3 and column 0 is `keys_keys`, row i multiplied by digit i
of `blocks_leaky_relu1_stack_scale2` and column j divided by digit j of
`blocks_leaky_relu1_stack_scale1`. -/
theorem keys_weighted_keys_block :
    Eq (PackedMatrix.isScaled keys_keys
      (PackedMatrix.block keys_weighted 3 0 6 4
        (Shape.node (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
          (Shape.node (Shape.node Shape.one Shape.one) Shape.one))) 24
      blocks_leaky_relu1_stack_scale1 46 blocks_leaky_relu1_stack_scale2 52
      (Shape.node (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one))
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))) true :=
  Eq.refl true

/-- Lip(query, leaky_relu1, keys)² ≤ `blocks_leaky_relu1_stack_P / blocks_leaky_relu1_stack_Q`. -/
def blocks_leaky_relu1_stack_P : Nat :=
  Nat.mul keys_weighted_C
    (Nat.mul (Nat.mul keys_weighted_C keys_weighted_C)
      (Nat.mul (Nat.mul (Nat.mul keys_weighted_T 1) 1) (Nat.mul (Nat.mul keys_weighted_T 1) 1)))

/-- Lip(query, leaky_relu1, keys)² ≤ `blocks_leaky_relu1_stack_P / blocks_leaky_relu1_stack_Q`. -/
def blocks_leaky_relu1_stack_Q : Nat :=
  Nat.mul keys_weighted_C
    (Nat.mul (Nat.mul keys_weighted_C keys_weighted_C)
      (Nat.mul (Nat.mul (Nat.mul 1 (Nat.mul (Nat.mul 2 keys_weighted_C) (Nat.mul (Nat.mul 2 1) 1)))
        46285654615200)
        (Nat.mul (Nat.mul 1 (Nat.mul (Nat.mul 2 keys_weighted_C) (Nat.mul (Nat.mul 2 1) 1)))
          46285654615200)))

/-- query, leaky_relu1, keys in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_leaky_relu1_stack_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 6 (ofNat blocks_leaky_relu1_stack_P) (ofNat blocks_leaky_relu1_stack_Q)
      ((fun x => keys (leaky_relu1 r (query r x))) : Vec R → Vec R) :=
  SlopeChain.last (K := 46285654615200) (f := fun x => leaky_relu1 r (query r x)) (g := keys)
    (SlopeChain.step (p := 1) (q := 1) (f := fun x => x) (g := query r)
      (φ := fun t => sup t (mul (mul (ofNat 1) (r 2)) t))
      (SlopeChain.start (c := digit 1 blocks_leaky_relu1_stack_scale0) 3
        (transpose keys_weighted.entry) keys_weighted_C keys_weighted_T keys_weighted_C
        (Eq.refl true)) (SlopeWithin.leakyRelu (hr 2 (Eq.refl true)) (Eq.refl true))
      (Affine.layer 3 4 query_weight.entry (r 2)
        (fun i => mul (ofInt (query_bias.entry 0 i)) (r 4))) (hr 2 (Eq.refl true))
      (LayerBlock.ofColumns (B := keys_weighted) (W := query_weight) (b' := 0) (zs := Shape.one) rfl
        keys_weighted_query_block rfl (Or.inl rfl))) (Affine.layer 4 6 keys_keys.entry one vzero)
    LipBridge.ofNat_one_mul_one
    (LayerBlock.ofRows (B := keys_weighted) (W := keys_keys) (b' := 0) (zs := Shape.one) rfl
      keys_weighted_keys_block rfl (Or.inl rfl)) (Eq.refl true)
    (CrossBound.ofNorm keys_weighted_norm) (Eq.refl true)
=======
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- query, gain1, keys in a row are one linear map, with the matrix `keys_merged`. -/
theorem keys_merged_affine (hr : Reciprocals blocks_denominators r) :
    Affine 3 6 keys_merged.entry (mul one (mul (r 4) (r 2)))
      (mergedBias 4 keys_keys.entry one vzero
        (mergedBias 4 gain1_diagonal.entry (r 4) vzero
          (fun i => mul (ofInt (query_bias.entry 0 i)) (r 4))))
      ((fun x => keys (gain1 r (query r x))) : Vec R → Vec R) :=
  Affine.comp (f := fun x => gain1 r (query r x)) (g := keys)
    (Affine.layer 4 6 keys_keys.entry one vzero)
    (Affine.comp (f := query r) (g := gain1 r)
      (Affine.gainOffset (Int.ofNat 1) (hr 4 (Eq.refl true)) gain1_diagonal_check)
      (Affine.layer 3 4 query_weight.entry (r 2)
        (fun i => mul (ofInt (query_bias.entry 0 i)) (r 4)))
      (PackedMatrix.isProduct_sound gain1_merged_product))
    (PackedMatrix.isProduct_sound keys_merged_product)

/-- Lip(query, gain1, keys)² ≤ `keys_merged_P / keys_merged_Q`. -/
def keys_merged_P : Nat := keys_merged_T

/-- Lip(query, gain1, keys)² ≤ `keys_merged_P / keys_merged_Q`. -/
def keys_merged_Q : Nat :=
  Nat.mul keys_merged_C (Nat.mul (Nat.mul 1 (Nat.mul 4 2)) (Nat.mul 1 (Nat.mul 4 2)))

/-- query, gain1, keys in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem keys_merged_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 6 (ofNat keys_merged_P) (ofNat keys_merged_Q)
      ((fun x => keys (gain1 r (query r x))) : Vec R → Vec R) :=
  Affine.sqLipschitz (keys_merged_affine r hr) keys_merged_norm
    (reciprocal_mul LipBridge.ofNat_one_mul_one
      (reciprocal_mul (hr 4 (Eq.refl true)) (hr 2 (Eq.refl true))))
>>>>>>> aa1e2f7 (A gain after a linear map is merged with it)

/-- Lip(blocks)² ≤ `blocks_merged_P / blocks_merged_Q`. -/
def blocks_merged_P : Nat := Nat.mul keys_merged_P 1

/-- Lip(blocks)² ≤ `blocks_merged_P / blocks_merged_Q`. -/
def blocks_merged_Q : Nat := Nat.mul keys_merged_Q 1

<<<<<<< HEAD
/-- `blocks`; D₁, D₂, …: positive diagonal matrices, the weights of hidden units (LipSDP); [A₁, …]:
a row for each unit of the layers 1, 3, …, a column for each of the layers 0, 2, …, the blocks
A₁/√2, A₂ᵀ/2, A₃/2, …, the last over √2 again: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_lipsdp_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 3 (ofNat blocks_lipsdp_P) (ofNat blocks_lipsdp_Q) (blocks r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => keys (leaky_relu1 r (query r x))) (g := block_max1)
    (blocks_leaky_relu1_stack_sqLipschitz r hr) block_max1_sqLipschitz (fun _ _ => True.intro)

/-- Lip(blocks) ≤ `blocks_lipsdp_N / blocks_lipsdp_D`. -/
def blocks_lipsdp_N : Nat := 1309290611

/-- Lip(blocks) ≤ `blocks_lipsdp_N / blocks_lipsdp_D`. -/
def blocks_lipsdp_D : Nat := Nat.pow 2 25

/-- Lip(blocks) ≤ 39.0199009, exactly 1309290611/33554432: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; D₁, D₂, …: positive diagonal matrices, the weights of hidden units
(LipSDP); [A₁, …]: a row for each unit of the layers 1, 3, …, a column for each of the layers 0, 2,
…, the blocks A₁/√2, A₂ᵀ/2, A₃/2, …, the last over √2 again. -/
theorem blocks_lipsdp_lipschitz (hr : Reciprocals blocks_denominators r) :
    Lipschitz 3 3 (ofNat blocks_lipsdp_N) (ofNat blocks_lipsdp_D) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_lipsdp_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)
=======
/-- `blocks`; adjacent linear maps are multiplied out: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_merged_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 3 (ofNat blocks_merged_P) (ofNat blocks_merged_Q) (blocks r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => keys (gain1 r (query r x))) (g := block_max1)
    (keys_merged_sqLipschitz r hr) block_max1_sqLipschitz (fun _ _ => True.intro)

/-- Lip(blocks) ≤ `blocks_merged_N / blocks_merged_D`. -/
def blocks_merged_N : Nat := 10126011039

/-- Lip(blocks) ≤ `blocks_merged_N / blocks_merged_D`. -/
def blocks_merged_D : Nat := Nat.pow 2 28

/-- Lip(blocks) ≤ 37.7223307, exactly 10126011039/268435456: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; adjacent linear maps are multiplied out. -/
theorem blocks_merged_lipschitz (hr : Reciprocals blocks_denominators r) :
    Lipschitz 3 3 (ofNat blocks_merged_N) (ofNat blocks_merged_D) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_merged_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)
>>>>>>> aa1e2f7 (A gain after a linear map is merged with it)

/-- The layers before the scores: Lip² ≤ `blocks_before_P / blocks_before_Q`. -/
def blocks_before_P : Nat := 1

/-- The layers before the scores: Lip² ≤ `blocks_before_P / blocks_before_Q`. -/
def blocks_before_Q : Nat := 1

/-- The denominator of every constant of a score or a difference. -/
def blocks_scores_D : Nat := Nat.pow 2 35

/-- `blocks_gram` holds the inner products of the rows of `keys_merged`. -/
theorem blocks_gram_product :
    Eq (PackedMatrix.isProduct keys_merged (PackedMatrix.flip keys_merged) blocks_gram 21
      (Shape.node (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one))
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      (Shape.node (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one))) true :=
  Eq.refl true

/-- Every constant of a score is large enough. -/
theorem blocks_scores_check :
    Eq (scoresCheck 6 blocks_before_P
      (Nat.mul blocks_before_Q
        (Nat.mul 1 (Nat.mul (Nat.mul 1 (Nat.mul 4 2)) (Nat.mul 1 (Nat.mul 4 2))))) blocks_scores_D
      blocks_gram blocks_scores_N) true :=
  Eq.refl true

/-- Every constant of a difference is large enough. -/
theorem blocks_pairs_check :
    Eq (pairsCheck 6 blocks_before_P
      (Nat.mul blocks_before_Q
        (Nat.mul 1 (Nat.mul (Nat.mul 1 (Nat.mul 4 2)) (Nat.mul 1 (Nat.mul 4 2))))) blocks_scores_D
      blocks_gram blocks_pairs_N) true :=
  Eq.refl true

/-- Every score of `blocks` has a constant of its own: score i alone moves by at most
`blocks_scores_N`_i / `blocks_scores_D` times the way of x. -/
theorem blocks_scores (hr : Reciprocals blocks_denominators r) :
    ∀ i,
      Nat.lt i 6 →
      Lipschitz 3 1 (ofNat (PackedMatrix.natAt blocks_scores_N 0 i)) (ofNat blocks_scores_D)
        (fun x _ => ((fun x => keys (gain1 r (query r x))) : Vec R → Vec R) x i) :=
  scores_lipschitz (P := blocks_before_P) (Q := blocks_before_Q) (D := blocks_scores_D)
    (W := keys_merged.entry) (f := fun x => x) (g := fun x => keys (gain1 r (query r x)))
    (SqLipschitz.identity 3) (keys_merged_affine r hr)
    (reciprocal_mul LipBridge.ofNat_one_mul_one
      (reciprocal_mul (hr 4 (Eq.refl true)) (hr 2 (Eq.refl true))))
    (PackedMatrix.isGram_sound blocks_gram_product) (Eq.refl true) blocks_scores_check

/-- Every difference of two scores of `blocks` has a constant of its own: score i less score j moves
by at most `blocks_pairs_N`_ij / `blocks_scores_D` times the way of x. -/
theorem blocks_pairs (hr : Reciprocals blocks_denominators r) :
    ∀ i j,
      Nat.lt i 6 →
      Nat.lt j 6 →
      Lipschitz 3 1 (ofNat (PackedMatrix.natAt blocks_pairs_N i j)) (ofNat blocks_scores_D)
        (fun x _ =>
          sub (((fun x => keys (gain1 r (query r x))) : Vec R → Vec R) x i)
            (((fun x => keys (gain1 r (query r x))) : Vec R → Vec R) x j)) :=
  pairs_lipschitz (P := blocks_before_P) (Q := blocks_before_Q) (D := blocks_scores_D)
    (W := keys_merged.entry) (f := fun x => x) (g := fun x => keys (gain1 r (query r x)))
    (SqLipschitz.identity 3) (keys_merged_affine r hr)
    (reciprocal_mul LipBridge.ofNat_one_mul_one
      (reciprocal_mul (hr 4 (Eq.refl true)) (hr 2 (Eq.refl true))))
    (PackedMatrix.isGram_sound blocks_gram_product) (Eq.refl true) blocks_pairs_check

end Blocks
