import LipBridge.Evaluate.Columns
import LipBridge.Layers.TighterKernelOnly
import LipBridgeTest.NonVacuous.Evaluate
import LipBridgeTest.NonVacuous.LayersScore
/-!
# Products, rescaled chains and tables of scores are not vacuous

Packed 2×2 matrices with a product, a rescaled form and tables of constants; each check refuses a
matrix with one digit changed.
-/

set_option autoImplicit false

namespace LipBridgeTest.Tighter

open LipBridge LipBridgeTest LipBridgeTest.Score

/-- Two digits. -/
def two : Shape := .node .one .one

/-- The two rows of a packed matrix. -/
def pair (x y : Nat) : Rows := .node (.one x) (.one y)

/-- Whether a check refuses; computed by the kernel alone. -/
noncomputable def refused (b : Bool) : Bool := not b

set_option linter.unusedVariables false in
/-- What the elaborator takes `refused` for. -/
def refused._sunfold (b : Bool) : Bool := true

/-! ## Products -/

/-- `((-5, -10), (15, 10))`, the square of `((1, -2), (3, 4))`: digits of 6 bits, bias 32. -/
def squared : PackedMatrix :=
  .mk 2 2 6 32 false (pair (Nat.add 27 (Nat.mul 64 22)) (Nat.add 47 (Nat.mul 64 42)))

/-- From rows times columns. -/
theorem squared_product : Eq (PackedMatrix.isProduct byRows byColumns squared 10 two two two) true :=
  Eq.refl true

example : Eq (PackedMatrix.isProduct byColumns byRows squared 10 two two two) true := Eq.refl true
example : Eq (PackedMatrix.isProduct byRows byRows squared 10 two two two) true := Eq.refl true
example : Eq (PackedMatrix.entry squared 1 0) (i 15) := rfl
example : Eq (PackedMatrix.entry squared 1 0)
    (matMul 2 (PackedMatrix.entry byRows) (PackedMatrix.entry byColumns) 1 0) :=
  PackedMatrix.isProduct_sound squared_product 1 0 Nat.le.refl (Nat.le.step Nat.le.refl)

/-- One digit changed. -/
def wrong : PackedMatrix :=
  .mk 2 2 6 32 false (pair (Nat.add 27 (Nat.mul 64 22)) (Nat.add 46 (Nat.mul 64 42)))

example : Eq (refused (PackedMatrix.isProduct byRows byColumns wrong 10 two two two)) true :=
  Eq.refl true
example : Eq (refused (PackedMatrix.isProduct byRows byColumns squared 9 two two two)) true :=
  Eq.refl true

/-- The layer twice is the layer of the square. -/
theorem twice : Affine 2 2 (PackedMatrix.entry squared) (mul one one : Int)
    (mergedBias 2 (PackedMatrix.entry byRows) one bias2 bias2)
    (fun x => linear 2 (PackedMatrix.entry byRows) one bias2
      (linear 2 (PackedMatrix.entry byColumns) one bias2 x)) :=
  Affine.comp (Affine.layer 2 2 (PackedMatrix.entry byRows) one bias2)
    (Affine.layer 2 2 (PackedMatrix.entry byColumns) one bias2)
    (PackedMatrix.isProduct_sound squared_product)

example : SqLipschitz 2 1 (ofNat 10) (ofNat (Nat.mul 1 (Nat.mul 1 1)))
    (linear 2 row (one : Int) vzero) :=
  Affine.sqLipschitz (C := 1) (d := 1) (Affine.layer 2 1 row one vzero) row_norm one_inv

/-! ## Rescaling -/

/-- `((2, -2), (12, 8))` by columns: digits of 5 bits, bias 16. -/
def scaled : PackedMatrix :=
  .mk 2 2 5 16 true (pair (Nat.add 18 (Nat.mul 32 28)) (Nat.add 14 (Nat.mul 32 24)))

/-- `((2, -4), (12, 16))`: digits of 6 bits, bias 32. -/
def rowsScaled : PackedMatrix :=
  .mk 2 2 6 32 false (pair (Nat.add 34 (Nat.mul 64 28)) (Nat.add 44 (Nat.mul 64 48)))

/-- Columns that are not divided. -/
theorem rowsScaled_check : Eq (PackedMatrix.isScaled byRows rowsScaled 1 3 3 34 9 two two) true :=
  Eq.refl true

example : Eq (refused (PackedMatrix.isScaled byRows rowsScaled 1 3 3 35 9 two two)) true :=
  Eq.refl true
example : Eq (refused (PackedMatrix.isScaled byRows rowsScaled 1 1 3 34 9 two two)) true :=
  Eq.refl true
example : Eq (Int.mul (PackedMatrix.entry rowsScaled 1 0) (Int.ofNat (digit 1 3 0)))
    (Int.mul (Int.ofNat (digit 3 34 1)) (PackedMatrix.entry byRows 1 0)) :=
  PackedMatrix.isScaled_sound rowsScaled_check 1 0 Nat.le.refl (Nat.le.step Nat.le.refl)

/-- `((1, -2), (3, 4))` with its rows times `(2, 4)` and its columns divided by `(1, 2)`. -/
theorem scaled_check : Eq (PackedMatrix.isScaled byRows scaled 2 9 3 34 8 two two) true :=
  Eq.refl true

example : Eq (refused (PackedMatrix.isScaled byRows scaled 2 9 3 35 8 two two)) true := Eq.refl true
example : Eq (refused (PackedMatrix.isScaled byRows scaled 2 9 3 34 7 two two)) true := Eq.refl true
example : Eq (PackedMatrix.isScaled byColumns scaled 2 9 3 34 8 two two) true := Eq.refl true
example : Eq (Int.mul (PackedMatrix.entry scaled 1 1) (i 2))
    (Int.mul (i 4) (PackedMatrix.entry byRows 1 1)) :=
  PackedMatrix.isScaled_sound scaled_check 1 1 Nat.le.refl Nat.le.refl

/-- `6 = 2·3` on the way in, and `2·3 = 2·3` on the way out. -/
example : SqLipschitz 1 1 (ofNat 36) (ofNat 1)
    (fun x => linear 1 (fun _ _ => i 6) (one : Int) vzero
      (relu (linear 1 (fun _ _ => i 1) one vzero x))) :=
  Rescaled.sqLipschitz (P := 36) (Q := 1) (K := 1) (c := fun _ => 1) (c' := fun _ => 1)
    (Rescaled.comp (P₁ := 4) (Q₁ := 1) (P₂ := 9) (Q₂ := 1)
      (Rescaled.comp (P₁ := 4) (Q₁ := 1) (P₂ := 1) (Q₂ := 1)
        (Rescaled.affine (W' := fun _ _ => i 2) (c' := fun _ => 2) (C := 1) (d := 1)
          (Affine.layer 1 1 (fun _ _ => i 1) one vzero) (fun _ _ _ _ => rfl)
          (dotKey_normBound (n := 1) (P := 4) (K := fun _ _ => i 2) rfl) one_inv)
        (Rescaled.relu 1 (fun _ => 2)))
      (Rescaled.affine (W' := fun _ _ => i 3) (C := 1) (d := 1)
        (Affine.layer 1 1 (fun _ _ => i 6) one vzero) (fun _ _ _ _ => rfl)
        (dotKey_normBound (n := 1) (P := 9) (K := fun _ _ => i 3) rfl) one_inv)) rfl rfl rfl

example : Rescaled Int 1 1 (fun _ => 2) (fun _ => 2) 1 1 (leakyRelu (mul (ofNat 1) one)) :=
  Rescaled.leakyRelu 1 (fun _ => 2) (p := 1) (d := 1) one_inv rfl
example : Rescaled Int 1 1 (fun _ => 2) (fun _ => 2) 1 1 (entrywise LipBridge.abs) :=
  Rescaled.abs 1 (fun _ => 2)

/-! ## Scores -/

/-- `((5, -5), (-5, 25))`, the inner products of `(1, -2)` and `(3, 4)`. -/
def inner : PackedMatrix :=
  .mk 2 2 6 32 false (pair (Nat.add 37 (Nat.mul 64 27)) (Nat.add 27 (Nat.mul 64 57)))

/-- They are. -/
theorem inner_product :
    Eq (PackedMatrix.isProduct byRows (PackedMatrix.flip byRows) inner 10 two two two) true :=
  Eq.refl true

/-- `√5 ≤ 3` and `√25 ≤ 5`. -/
def single : PackedMatrix := .mk 1 2 4 8 false (.one (Nat.add 11 (Nat.mul 16 13)))

/-- `√40 ≤ 7`. -/
def gaps : PackedMatrix :=
  .mk 2 2 4 8 false (pair (Nat.add 8 (Nat.mul 16 15)) (Nat.add 15 (Nat.mul 16 8)))

example : Eq (refused (scoresCheck 2 1 1 1 inner gaps)) true := Eq.refl true
example : Eq (refused (pairsCheck 2 1 1 1 inner inner)) true := Eq.refl true

/-- The scores `x_0 - 2 x_1 + 5` and `3 x_0 + 4 x_1 - 100` have the constants 3 and 5. -/
theorem scores : ∀ t, Nat.lt t 2 → Lipschitz 2 1 (ofNat (PackedMatrix.natAt single 0 t)) (ofNat 1)
    (fun x _ => linear 2 (PackedMatrix.entry byRows) (one : Int) bias2 x t) :=
  scores_lipschitz (P := 1) (Q := 1) (d := 1) (f := fun x => x) (W := PackedMatrix.entry byRows)
    (SqLipschitz.identity 2) (Affine.layer 2 2 (PackedMatrix.entry byRows) one bias2) one_inv
    (PackedMatrix.isGram_sound inner_product) rfl rfl

/-- Their difference has the constant 7, and that of a score and itself 0. -/
theorem pairs : ∀ s t, Nat.lt s 2 → Nat.lt t 2 →
    Lipschitz 2 1 (ofNat (PackedMatrix.natAt gaps s t)) (ofNat 1)
      (fun x _ => sub (linear 2 (PackedMatrix.entry byRows) (one : Int) bias2 x s)
        (linear 2 (PackedMatrix.entry byRows) one bias2 x t)) :=
  pairs_lipschitz (P := 1) (Q := 1) (d := 1) (f := fun x => x) (W := PackedMatrix.entry byRows)
    (SqLipschitz.identity 2) (Affine.layer 2 2 (PackedMatrix.entry byRows) one bias2) one_inv
    (PackedMatrix.isGram_sound inner_product) rfl rfl

example : Eq (PackedMatrix.natAt gaps 0 1) 7 := rfl

/-- The identity, then the scores, with every unit scaled by 1. -/
theorem unscaled : Rescaled Int 2 2 (fun _ => 1) (fun _ => 1) 1 1 (fun x => x) :=
  Rescaled.ofSq (SqLipschitz.identity 2) rfl

/-- The same constants from a rescaled chain. -/
example : ∀ t, Nat.lt t 2 → Lipschitz 2 1 (ofNat (PackedMatrix.natAt single 0 t)) (ofNat 1)
    (fun x _ => linear 2 (PackedMatrix.entry byRows) (one : Int) bias2 x t) :=
  rescaled_scores (d := 1) (K := 1) (f := fun x => x) (W := PackedMatrix.entry byRows)
    (W' := PackedMatrix.entry byRows) (c'' := fun _ => 1) unscaled rfl
    (Affine.layer 2 2 (PackedMatrix.entry byRows) one bias2) one_inv
    (fun _ _ _ _ => int_mul_comm _ _) rfl rfl (PackedMatrix.isGram_sound inner_product) rfl rfl

example : ∀ s t, Nat.lt s 2 → Nat.lt t 2 →
    Lipschitz 2 1 (ofNat (PackedMatrix.natAt gaps s t)) (ofNat 1)
      (fun x _ => sub (linear 2 (PackedMatrix.entry byRows) (one : Int) bias2 x s)
        (linear 2 (PackedMatrix.entry byRows) one bias2 x t)) :=
  rescaled_pairs (d := 1) (K := 1) (f := fun x => x) (W := PackedMatrix.entry byRows)
    (W' := PackedMatrix.entry byRows) (c'' := fun _ => 1) unscaled rfl
    (Affine.layer 2 2 (PackedMatrix.entry byRows) one bias2) one_inv
    (fun _ _ _ _ => int_mul_comm _ _) rfl rfl (PackedMatrix.isGram_sound inner_product) rfl rfl

/-! ## A matrix of columns at few entries -/

/-- `[[1, 2, 3], [0, 1, 2]]`, less 1 each, by columns of digits of four bits. -/
noncomputable def sparse : PackedMatrix := .mk 2 3 4 1 true
  (.node (.node (.one 0x01) (.one 0x12)) (.one 0x23))

/-- At `(0, 0, 3)`, digits of two bits: `(6, 3)`. -/
example : Agree 2 (linear 3 (PackedMatrix.entry sparse) one (fun _ => Int.ofNat 0) (ofPacked 2 0 0x30))
    (ofPacked 4 0 0x36) :=
  PackedMatrix.sparse_packed sparse (.node .one .one) 12 (Eq.refl true)
example : Eq (refused (PackedMatrix.sparsePacked sparse (.node .one .one) 12 2 0x30 4 0 0x37)) true :=
  Eq.refl true

end LipBridgeTest.Tighter
