import LipBridge.Tighter
import Blocks.Network
import Blocks.Data.gain1_diagonal
import Blocks.Data.gain1_merged
import Blocks.Data.keys_merged
import Blocks.Data.blocks_gram
import Blocks.Data.blocks_scores_N
import Blocks.Data.blocks_pairs_N
/-!
# Tighter constants of the network `blocks`

Theorems about the function of `Blocks.Network`, with constants below the product of its
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

/-- `P`: Lip(query, gain1, keys)² ≤ P/Q. -/
def keys_merged_P : Nat := keys_merged_T

/-- `Q`: Lip(query, gain1, keys)² ≤ P/Q. -/
def keys_merged_Q : Nat :=
  Nat.mul keys_merged_C (Nat.mul (Nat.mul 1 (Nat.mul 4 2)) (Nat.mul 1 (Nat.mul 4 2)))

/-- query, gain1, keys in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem keys_merged_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 6 (ofNat keys_merged_P) (ofNat keys_merged_Q)
      ((fun x => keys (gain1 r (query r x))) : Vec R → Vec R) :=
  Affine.sqLipschitz (keys_merged_affine r hr) keys_merged_norm
    (reciprocal_mul LipBridge.ofNat_one_mul_one
      (reciprocal_mul (hr 4 (Eq.refl true)) (hr 2 (Eq.refl true))))

/-- `P`: Lip(blocks)² ≤ P/Q. -/
def blocks_merged_P : Nat := Nat.mul keys_merged_P 1

/-- `Q`: Lip(blocks)² ≤ P/Q. -/
def blocks_merged_Q : Nat := Nat.mul keys_merged_Q 1

/-- `blocks`; adjacent linear maps are multiplied out: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem blocks_merged_sqLipschitz (hr : Reciprocals blocks_denominators r) :
    SqLipschitz 3 3 (ofNat blocks_merged_P) (ofNat blocks_merged_Q) (blocks r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => keys (gain1 r (query r x))) (g := block_max1)
    (keys_merged_sqLipschitz r hr) block_max1_sqLipschitz (fun _ _ => True.intro)

/-- `N`: Lip(blocks) ≤ N/D. -/
def blocks_merged_N : Nat := 10126011039

/-- `D`: Lip(blocks) ≤ N/D. -/
def blocks_merged_D : Nat := Nat.pow 2 28

/-- Lip(blocks) ≤ 37.7223307, exactly 10126011039/268435456: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; adjacent linear maps are multiplied out. -/
theorem blocks_merged_lipschitz (hr : Reciprocals blocks_denominators r) :
    Lipschitz 3 3 (ofNat blocks_merged_N) (ofNat blocks_merged_D) (blocks r : Vec R → Vec R) :=
  LipschitzOn.ofSq (blocks_merged_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip² ≤ P/Q of the layers before the scores. -/
def blocks_before_P : Nat := 1

/-- `Q`: Lip² ≤ P/Q of the layers before the scores. -/
def blocks_before_Q : Nat := 1

/-- `D`: the denominator of every constant of a score or a difference. -/
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
