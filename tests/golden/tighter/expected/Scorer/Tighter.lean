import LipBridge.Tighter
import Scorer.Network
import Scorer.Data.mix_merged
import Scorer.Data.mix_rescaled
import Scorer.Data.score_rescaled
import Scorer.Data.scorer_scores_N
import Scorer.Data.scorer_pairs_N
import Scorer.Data.scorer_columns
import Scorer.Data.scorer_rows
/-!
# Tighter constants of the network `scorer`

Theorems about the function of `Scorer.Network`, with constants below the product of its
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

namespace Scorer

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `mix_merged` is the product of `mix_weight` and `lift_weight`. -/
theorem mix_merged_product :
    Eq (PackedMatrix.isProduct mix_weight lift_weight mix_merged 13 (Shape.node Shape.one Shape.one)
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) (Shape.node Shape.one Shape.one))
      true :=
  Eq.refl true

/-- lift, mix in a row are one linear map, with the matrix `mix_merged`. -/
theorem mix_merged_affine :
    Affine 2 2 mix_merged.entry (mul one (r 2))
      (mergedBias 3 mix_weight.entry one vzero (fun i => mul (ofInt (lift_bias.entry 0 i)) one))
      ((fun x => mix (lift r x)) : Vec R → Vec R) :=
  Affine.comp (f := lift r) (g := mix) (Affine.layer 3 2 mix_weight.entry one vzero)
    (Affine.layer 2 3 lift_weight.entry (r 2) (fun i => mul (ofInt (lift_bias.entry 0 i)) one))
    (PackedMatrix.isProduct_sound mix_merged_product)

/-- `P`: Lip(lift, mix)² ≤ P/Q. -/
def mix_merged_P : Nat := mix_merged_T

/-- `Q`: Lip(lift, mix)² ≤ P/Q. -/
def mix_merged_Q : Nat := Nat.mul mix_merged_C (Nat.mul (Nat.mul 1 2) (Nat.mul 1 2))

/-- lift, mix in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem mix_merged_sqLipschitz (hr : Reciprocals scorer_denominators r) :
    SqLipschitz 2 2 (ofNat mix_merged_P) (ofNat mix_merged_Q)
      ((fun x => mix (lift r x)) : Vec R → Vec R) :=
  Affine.sqLipschitz (mix_merged_affine r) mix_merged_norm
    (reciprocal_mul LipBridge.ofNat_one_mul_one (hr 2 (Eq.refl true)))

/-- `P`: Lip(scorer)² ≤ P/Q. -/
def scorer_merged_P : Nat := Nat.mul (Nat.mul mix_merged_P 1) score_keys_T

/-- `Q`: Lip(scorer)² ≤ P/Q. -/
def scorer_merged_Q : Nat := Nat.mul (Nat.mul mix_merged_Q 1) (Nat.mul score_keys_C (Nat.mul 4 4))

/-- `scorer`; adjacent linear maps are multiplied out: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scorer_merged_sqLipschitz (hr : Reciprocals scorer_denominators r) :
    SqLipschitz 2 2 (ofNat scorer_merged_P) (ofNat scorer_merged_Q) (scorer r : Vec R → Vec R) :=
  SqLipschitzOn.comp_ofNat (f := fun x => relu1 (mix (lift r x))) (g := score r)
    (SqLipschitzOn.comp_ofNat (f := fun x => mix (lift r x)) (g := relu1)
      (mix_merged_sqLipschitz r hr) relu1_sqLipschitz (fun _ _ => True.intro))
    (score_sqLipschitz r hr) (fun _ _ => True.intro)

/-- `N`: Lip(scorer) ≤ N/D. -/
def scorer_merged_N : Nat := 1597414925

/-- `D`: Lip(scorer) ≤ N/D. -/
def scorer_merged_D : Nat := Nat.pow 2 22

/-- Lip(scorer) ≤ 380.853397, exactly 1597414925/4194304: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; adjacent linear maps are multiplied out. -/
theorem scorer_merged_lipschitz (hr : Reciprocals scorer_denominators r) :
    Lipschitz 2 2 (ofNat scorer_merged_N) (ofNat scorer_merged_D) (scorer r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scorer_merged_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- Positive factors of rows, divisors of columns, packed: digits of 1 bits. -/
def scorer_chain1_scale0 : Nat := 3

/-- Positive factors of rows, divisors of columns, packed: digits of 15 bits. -/
def scorer_chain1_scale1 : Nat := 86923836

/-- Positive factors of rows, divisors of columns, packed: digits of 26 bits. -/
def scorer_chain1_scale2 : Nat := 4111169600538000

/-- `mix_rescaled` is `mix_merged`, row i multiplied by digit i of `scorer_chain1_scale1` and column
j divided by digit j of `scorer_chain1_scale0`. -/
theorem mix_rescaled_scaled :
    Eq (PackedMatrix.isScaled mix_merged mix_rescaled 1 scorer_chain1_scale0 15 scorer_chain1_scale1
      24 (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) true :=
  Eq.refl true

/-- `score_rescaled` is `score_keys`, row i multiplied by digit i of `scorer_chain1_scale2` and
column j divided by digit j of `scorer_chain1_scale1`. -/
theorem score_rescaled_scaled :
    Eq (PackedMatrix.isScaled score_keys score_rescaled 15 scorer_chain1_scale1 26
      scorer_chain1_scale2 34 (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      true :=
  Eq.refl true

/-- `P`: Lip(lift, mix, relu1, score)² ≤ P/Q. -/
def scorer_chain1_P : Nat := Nat.mul (Nat.mul mix_rescaled_T 1) score_rescaled_T

/-- `Q`: Lip(lift, mix, relu1, score)² ≤ P/Q. -/
def scorer_chain1_Q : Nat :=
  Nat.mul (Nat.mul (Nat.mul (Nat.mul mix_rescaled_C (Nat.mul (Nat.mul 1 2) (Nat.mul 1 2))) 1)
    (Nat.mul score_rescaled_C (Nat.mul 4 4))) (Nat.mul 61261200 61261200)

/-- lift, mix, relu1, score in sequence: Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scorer_chain1_sqLipschitz (hr : Reciprocals scorer_denominators r) :
    SqLipschitz 2 2 (ofNat scorer_chain1_P) (ofNat scorer_chain1_Q)
      ((fun x => score r (relu1 (mix (lift r x)))) : Vec R → Vec R) :=
  Rescaled.sqLipschitz (K := 61261200)
    (Rescaled.comp (f₁ := fun x => relu1 (mix (lift r x))) (f₂ := score r)
      (Rescaled.comp (f₁ := fun x => mix (lift r x)) (f₂ := relu1)
        (Rescaled.affine (W' := mix_rescaled.entry) (c := digit 1 scorer_chain1_scale0)
          (c' := digit 15 scorer_chain1_scale1) (mix_merged_affine r)
          (PackedMatrix.isScaled_sound mix_rescaled_scaled) mix_rescaled_norm
          (reciprocal_mul LipBridge.ofNat_one_mul_one (hr 2 (Eq.refl true))))
        (Rescaled.relu 2 (digit 15 scorer_chain1_scale1)))
      (Rescaled.affine (W' := score_rescaled.entry) (c := digit 15 scorer_chain1_scale1)
        (c' := digit 26 scorer_chain1_scale2) (Affine.layer 2 2 score_keys.entry (r 4) vzero)
        (PackedMatrix.isScaled_sound score_rescaled_scaled) score_rescaled_norm
        (hr 4 (Eq.refl true)))) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- `P`: Lip(scorer)² ≤ P/Q. -/
def scorer_rescaled_P : Nat := scorer_chain1_P

/-- `Q`: Lip(scorer)² ≤ P/Q. -/
def scorer_rescaled_Q : Nat := scorer_chain1_Q

/-- `scorer`; hidden units are scaled by positive numbers, which changes no value:
Q·‖f x − f y‖² ≤ P·‖x − y‖². -/
theorem scorer_rescaled_sqLipschitz (hr : Reciprocals scorer_denominators r) :
    SqLipschitz 2 2 (ofNat scorer_rescaled_P) (ofNat scorer_rescaled_Q)
      (scorer r : Vec R → Vec R) :=
  scorer_chain1_sqLipschitz r hr

/-- `N`: Lip(scorer) ≤ N/D. -/
def scorer_rescaled_N : Nat := 4999207287

/-- `D`: Lip(scorer) ≤ N/D. -/
def scorer_rescaled_D : Nat := Nat.pow 2 25

/-- Lip(scorer) ≤ 148.987988, exactly 4999207287/33554432: for all x, y,
D²·‖f x − f y‖² ≤ N²·‖x − y‖²; hidden units are scaled by positive numbers, which changes no
value. -/
theorem scorer_rescaled_lipschitz (hr : Reciprocals scorer_denominators r) :
    Lipschitz 2 2 (ofNat scorer_rescaled_N) (ofNat scorer_rescaled_D) (scorer r : Vec R → Vec R) :=
  LipschitzOn.ofSq (scorer_rescaled_sqLipschitz r hr) (Eq.refl true) (Eq.refl true)

/-- `scorer_columns` is `mix_merged`. -/
theorem scorer_columns_copy :
    Eq (sameMatrix 2 2 scorer_columns.entry mix_merged.entry) true :=
  Eq.refl true

/-- `P`: Lip² ≤ P/Q of the layers before the scores. -/
def scorer_before_P : Nat := 1

/-- `Q`: Lip² ≤ P/Q of the layers before the scores. -/
def scorer_before_Q : Nat := 1

/-- `D`: the denominator of every constant of a score or a difference. -/
def scorer_scores_D : Nat := Nat.pow 2 33

/-- Score 0 has the constant of its table. -/
theorem scorer_score0_lipschitz (hr : Reciprocals scorer_denominators r) :
    Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_scores_N 0 0)) (ofNat scorer_scores_D)
      (fun x _ => (scorer r : Vec R → Vec R) x 0) :=
  RowCertificate.score (P := scorer_before_P) (Q := scorer_before_Q) (D := scorer_scores_D) (p := 1)
    (q := 1) (W := mix_merged.entry) (L := score_keys) (f := fun x => x)
    (g := fun x => mix (lift r x)) (l := score r) (φ := fun t => LipBridge.sup t zero) (i := 0)
    scorer_score0_check scorer_score0_checked (sameMatrix_sound scorer_columns_copy)
    (SqLipschitz.identity 2) LipBridge.SlopeWithin.relu (mix_merged_affine r)
    (reciprocal_mul LipBridge.ofNat_one_mul_one (hr 2 (Eq.refl true)))
    (Affine.layer 2 2 score_keys.entry (r 4) vzero) (hr 4 (Eq.refl true))
    (Nat.le_of_ble_eq_true (Eq.refl true)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- The difference of the scores 1 and 0 has the constant of its table. -/
theorem scorer_pair1_0_lipschitz (hr : Reciprocals scorer_denominators r) :
    Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N 1 0)) (ofNat scorer_scores_D)
      (fun x _ => sub ((scorer r : Vec R → Vec R) x 1) ((scorer r : Vec R → Vec R) x 0)) :=
  RowCertificate.difference (P := scorer_before_P) (Q := scorer_before_Q) (D := scorer_scores_D)
    (p := 1) (q := 1) (W := mix_merged.entry) (L := score_keys) (f := fun x => x)
    (g := fun x => mix (lift r x)) (l := score r) (φ := fun t => LipBridge.sup t zero) (i := 1)
    (j := 0) scorer_pair1_0_check scorer_pair1_0_checked (sameMatrix_sound scorer_columns_copy)
    (SqLipschitz.identity 2) LipBridge.SlopeWithin.relu (mix_merged_affine r)
    (reciprocal_mul LipBridge.ofNat_one_mul_one (hr 2 (Eq.refl true)))
    (Affine.layer 2 2 score_keys.entry (r 4) vzero) (hr 4 (Eq.refl true))
    (Nat.le_of_ble_eq_true (Eq.refl true)) (Nat.le_of_ble_eq_true (Eq.refl true)) (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- Score 1 has the constant of its table. -/
theorem scorer_score1_lipschitz (hr : Reciprocals scorer_denominators r) :
    Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_scores_N 0 1)) (ofNat scorer_scores_D)
      (fun x _ => (scorer r : Vec R → Vec R) x 1) :=
  RowCertificate.score (P := scorer_before_P) (Q := scorer_before_Q) (D := scorer_scores_D) (p := 1)
    (q := 1) (W := mix_merged.entry) (L := score_keys) (f := fun x => x)
    (g := fun x => mix (lift r x)) (l := score r) (φ := fun t => LipBridge.sup t zero) (i := 1)
    scorer_score1_check scorer_score1_checked (sameMatrix_sound scorer_columns_copy)
    (SqLipschitz.identity 2) LipBridge.SlopeWithin.relu (mix_merged_affine r)
    (reciprocal_mul LipBridge.ofNat_one_mul_one (hr 2 (Eq.refl true)))
    (Affine.layer 2 2 score_keys.entry (r 4) vzero) (hr 4 (Eq.refl true))
    (Nat.le_of_ble_eq_true (Eq.refl true)) (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- Every score of `scorer` has a constant of its own: score i alone moves by at most
`scorer_scores_N`_i / `scorer_scores_D` times the way of x. -/
theorem scorer_scores (hr : Reciprocals scorer_denominators r) :
    ∀ i,
      Nat.lt i 2 →
      Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_scores_N 0 i)) (ofNat scorer_scores_D)
        (fun x _ => (scorer r : Vec R → Vec R) x i) :=
  below_succ
    (P := fun i =>
      Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_scores_N 0 i)) (ofNat scorer_scores_D)
        (fun x _ => (scorer r : Vec R → Vec R) x i)) (n := 1)
    (below_succ
      (P := fun i =>
        Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_scores_N 0 i)) (ofNat scorer_scores_D)
          (fun x _ => (scorer r : Vec R → Vec R) x i)) (n := 0)
      (below_zero
        (P := fun i =>
          Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_scores_N 0 i)) (ofNat scorer_scores_D)
            (fun x _ => (scorer r : Vec R → Vec R) x i))) (scorer_score0_lipschitz r hr))
    (scorer_score1_lipschitz r hr)

/-- Every difference of two scores of `scorer` has a constant of its own: score i less score j moves
by at most `scorer_pairs_N`_ij / `scorer_scores_D` times the way of x. -/
theorem scorer_pairs (hr : Reciprocals scorer_denominators r) :
    ∀ i j,
      Nat.lt i 2 →
      Nat.lt j 2 →
      Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N i j)) (ofNat scorer_scores_D)
        (fun x _ => sub ((scorer r : Vec R → Vec R) x i) ((scorer r : Vec R → Vec R) x j)) :=
  fun i j hi hj =>
    below_succ
      (P := fun i =>
        ∀ j,
          Nat.lt j 2 →
          Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N i j)) (ofNat scorer_scores_D)
            (fun x _ => sub ((scorer r : Vec R → Vec R) x i) ((scorer r : Vec R → Vec R) x j)))
      (n := 1)
      (below_succ
        (P := fun i =>
          ∀ j,
            Nat.lt j 2 →
            Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N i j)) (ofNat scorer_scores_D)
              (fun x _ => sub ((scorer r : Vec R → Vec R) x i) ((scorer r : Vec R → Vec R) x j)))
        (n := 0)
        (below_zero
          (P := fun i =>
            ∀ j,
              Nat.lt j 2 →
              Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N i j)) (ofNat scorer_scores_D)
                (fun x _ => sub ((scorer r : Vec R → Vec R) x i) ((scorer r : Vec R → Vec R) x j))))
        (below_succ
          (P := fun j =>
            (fun i =>
              Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N i j)) (ofNat scorer_scores_D)
                (fun x _ => sub ((scorer r : Vec R → Vec R) x i) ((scorer r : Vec R → Vec R) x j)))
              0) (n := 1)
          (below_succ
            (P := fun j =>
              (fun i =>
                Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N i j))
                  (ofNat scorer_scores_D)
                  (fun x _ =>
                    sub ((scorer r : Vec R → Vec R) x i) ((scorer r : Vec R → Vec R) x j))) 0)
            (n := 0)
            (below_zero
              (P := fun j =>
                (fun i =>
                  Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N i j))
                    (ofNat scorer_scores_D)
                    (fun x _ =>
                      sub ((scorer r : Vec R → Vec R) x i) ((scorer r : Vec R → Vec R) x j))) 0))
            (difference_self (D := scorer_scores_D) (PackedMatrix.natAt scorer_pairs_N 0 0)
              (Eq.refl true) (fun x => (scorer r : Vec R → Vec R) x) 0))
          (difference_swap (f := fun x => (scorer r : Vec R → Vec R) x) (i := 1) (j := 0)
            (scorer_pair1_0_lipschitz r hr) (Eq.refl true))))
      (below_succ
        (P := fun j =>
          (fun i =>
            Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N i j)) (ofNat scorer_scores_D)
              (fun x _ => sub ((scorer r : Vec R → Vec R) x i) ((scorer r : Vec R → Vec R) x j))) 1)
        (n := 1)
        (below_succ
          (P := fun j =>
            (fun i =>
              Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N i j)) (ofNat scorer_scores_D)
                (fun x _ => sub ((scorer r : Vec R → Vec R) x i) ((scorer r : Vec R → Vec R) x j)))
              1) (n := 0)
          (below_zero
            (P := fun j =>
              (fun i =>
                Lipschitz 2 1 (ofNat (PackedMatrix.natAt scorer_pairs_N i j))
                  (ofNat scorer_scores_D)
                  (fun x _ =>
                    sub ((scorer r : Vec R → Vec R) x i) ((scorer r : Vec R → Vec R) x j))) 1))
          (scorer_pair1_0_lipschitz r hr))
        (difference_self (D := scorer_scores_D) (PackedMatrix.natAt scorer_pairs_N 1 1)
          (Eq.refl true) (fun x => (scorer r : Vec R → Vec R) x) 1)) i hi j hj

end Scorer
