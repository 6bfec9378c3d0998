import LipBridge.Layers.SlopeRow
import LipBridge.Selection.Joint
import LipBridgeTest.NonVacuous.Order
/-!
# The selection of an indexer near a hidden state is not vacuous

One head, two tokens with keys 3 and 1, at `x = (8, 8)`: `(W x)·max(k_s·x_1, 0)` is 192 and 64, and within
1 of it the first stays above the second. Over ℤ, where `(8, 9)` is such a state.
-/

set_option autoImplicit false

universe u

namespace LipBridgeTest.Dsa

open LipBridge

/-- A stored tensor. -/
noncomputable def down : PackedMatrix :=
  .mk 1 2 2 2 false (Rows.one 14)

/-- A stored tensor. -/
noncomputable def gain : PackedMatrix :=
  .mk 1 1 2 2 false (Rows.one 3)

/-- A stored tensor. -/
noncomputable def weights : PackedMatrix :=
  .mk 1 2 2 2 false (Rows.one 11)

/-- Rotation by the recorded cosines and sines. -/
noncomputable def rotation : PackedMatrix :=
  .mk 1 1 2 2 false (Rows.one 3)

/-- Recorded keys. -/
noncomputable def keys : PackedMatrix :=
  .mk 2 1 3 4 false (Rows.node (Rows.one 7) (Rows.one 5))

/-- Recorded hidden state. -/
noncomputable def hidden : PackedMatrix :=
  .mk 1 2 5 16 false (Rows.one 792)

/-- down, its rows times gain. -/
noncomputable def latent : PackedMatrix :=
  .mk 1 2 2 2 false (Rows.one 14)

/-- keys times rotation. -/
noncomputable def turned : PackedMatrix :=
  .mk 2 1 3 4 false (Rows.node (Rows.one 7) (Rows.one 5))

/-- A stored tensor, head 0. -/
noncomputable def up0 : PackedMatrix :=
  .mk 1 1 2 2 false (Rows.one 3)

/-- up0 times latent. -/
noncomputable def merged0 : PackedMatrix :=
  .mk 1 2 2 2 false (Rows.one 14)

/-- turned times merged0. -/
noncomputable def products0 : PackedMatrix :=
  .mk 2 2 3 4 false (Rows.node (Rows.one 60) (Rows.one 44))

/-- The head weights at the hidden state. -/
noncomputable def weight_values : PackedMatrix :=
  .mk 1 1 5 16 false (Rows.one 24)

/-- The products, a row a token. -/
noncomputable def product_values : PackedMatrix :=
  .mk 2 1 6 32 false (Rows.node (Rows.one 56) (Rows.one 40))

/-- At least the length of each row of W. -/
noncomputable def weight_lengths : PackedMatrix :=
  .mk 1 1 2 2 false (Rows.one 3)

/-- At least that of each product's row. -/
noncomputable def product_lengths : PackedMatrix :=
  .mk 2 1 3 4 false (Rows.node (Rows.one 7) (Rows.one 5))

/-- The token of each row. -/
noncomputable def tokens : PackedMatrix :=
  .mk 1 4 2 2 false (Rows.one 254)

/-- What each row takes a ReLU for; 3 and 4 are assumed. -/
noncomputable def sides : PackedMatrix :=
  .mk 4 1 4 8 false
    (Rows.node (Rows.node (Rows.one 10) (Rows.one 10)) (Rows.node (Rows.one 11) (Rows.one 12)))

/-- Where each row linearizes products of two ways. -/
noncomputable def shifts : PackedMatrix :=
  .mk 4 2 1 1 false (Rows.node (Rows.node (Rows.one 3) (Rows.one 3)) (Rows.node (Rows.one 3) (Rows.one 3)))

/-- How much of W is in each row's gradient. -/
noncomputable def of_weights : PackedMatrix :=
  .mk 4 1 7 64 false
    (Rows.node (Rows.node (Rows.one 112) (Rows.one 80)) (Rows.node (Rows.one 64) (Rows.one 80)))

/-- How much of each product is in it. -/
noncomputable def of_products : PackedMatrix :=
  .mk 4 1 6 32 false
    (Rows.node (Rows.node (Rows.one 48) (Rows.one 16)) (Rows.node (Rows.one 32) (Rows.one 16)))

/-- What each falls short of a linear function. -/
noncomputable def curves : PackedMatrix :=
  .mk 1 4 3 4 false (Rows.one 2863)

/-- The constant of each row. -/
noncomputable def lows : PackedMatrix :=
  .mk 1 4 10 512 false (Rows.one 411780382589)

/-- The gradient of each row. -/
noncomputable def gradients : PackedMatrix :=
  .mk 4 2 7 64 false
    (Rows.node (Rows.node (Rows.one 14448) (Rows.one 6192)) (Rows.node (Rows.one 8256) (Rows.one 6192)))

section
variable {R : Type u} [OrderedRing R]

/-- The rows of the query projection, by heads. -/
noncomputable def ups : Nat → PackedMatrix := fun h => nth up0 (.cons up0 .nil) h

/-- The maps from the hidden state to the queries, by heads. -/
noncomputable def merged : Nat → PackedMatrix := fun h => nth merged0 (.cons merged0 .nil) h

/-- The maps from the hidden state to the products, by heads. -/
noncomputable def products : Nat → PackedMatrix := fun h => nth products0 (.cons products0 .nil) h

/-- Pairs of tokens whose gap stays open by telling sides apart. -/
noncomputable def told_apart : List PairSides :=
  .cons (PairSides.mk 0 1 (Sides.second 0 (Sides.rows 0 2) (Sides.rows 0 3))) .nil

/-- The latent's projection with its gain. -/
theorem recorded_latent :
    Eq (isScaled 1 2 (gain.entry 0) down.entry latent.entry) true :=
  Eq.refl true

/-- The maps are the products of the stored matrices. -/
theorem recorded_products :
    Eq (dsaProductsOk 1 6 5 6 Shape.one (Shape.node Shape.one Shape.one) Shape.one
      (Shape.node Shape.one Shape.one) latent rotation keys turned ups merged products) true :=
  Eq.refl true

/-- Weights and products at the hidden state. -/
theorem recorded_values :
    Eq (valuesOk 2 2 1 weights.entry (fun h => (products h).entry) (hidden.entry 0)
      (weight_values.entry 0) product_values.entry) true :=
  Eq.refl true

/-- No row of the head weights is longer than is said. -/
theorem recorded_weights :
    Eq (and (weightsOk 1 2 weights.entry (fun h => PackedMatrix.natAt weight_lengths 0 h))
      (weightsOk 1 2 (fun h j => Int.neg (weights.entry h j))
        (fun h => PackedMatrix.natAt weight_lengths 0 h))) true :=
  Eq.refl true

/-- Every row is a linear function below its score, or below the opposite of it. -/
theorem recorded_rows :
    Eq (rowsOk 4 1 2 (Nat.mul 1 1) 1 (.cons 0 .nil) (fun i => PackedMatrix.natAt tokens 0 i)
      (fun s h => PackedMatrix.natAt sides s h) (weight_values.entry 0) product_values.entry
      weights.entry (fun s h => (products h).entry s) shifts.entry
      (fun h => PackedMatrix.natAt weight_lengths 0 h)
      (fun s h => PackedMatrix.natAt product_lengths s h) of_weights.entry of_products.entry
      (curves.entry 0) (lows.entry 0) gradients.entry) true :=
  Eq.refl true

/-- Every gap of a selected score and another stays open. -/
theorem recorded_gaps :
    Eq (gapsStay 2 4 1 1 2 (Nat.mul 1 1) (.cons 0 .nil) (fun i => PackedMatrix.natAt tokens 0 i)
      (fun s h => PackedMatrix.natAt sides s h) (lows.entry 0) gradients.entry told_apart) true :=
  Eq.refl true

/-- Layer 0, sequence 0, step 0: no hidden state within 1 selects other tokens: wherever `‖x - x₀‖ ≤
δ` = 1/1, the tokens 0 are the only top-1 set of the scores, whatever positive number all are
multiplied by. -/
theorem selection {ρ c : R} {x : Vec R} :
    Eq (mul (ofNat 1) ρ) one →
    lt zero c →
    WithinRatio 2 (ofNat 1) (ofNat 1) (storedVec (hidden.entry 0) ρ) x →
    UniqueTopK 2 1
      (fun s =>
        mul c
          (dsaScores 2 1 1 1 down.entry (gain.entry 0) (fun h => (ups h).entry) rotation.entry
            keys.entry weights.entry x s)) (oneOf (.cons 0 .nil)) :=
  fun hρ hc hx =>
    dsa_selection (sd := Shape.one) (sT := Shape.node Shape.one Shape.one) (sl := Shape.one)
      (sn := Shape.node Shape.one Shape.one) rfl rfl rfl rfl recorded_latent recorded_products
      recorded_values recorded_weights recorded_rows recorded_gaps hρ hc hx

end

/-! ## The score of one token in a ball

Token 0's score is `x_0·max(3·x_1, 0)`. On `‖x‖ ≤ 2` its constant is 6, which is its slope at `(0, 2)`. -/

/-- `3·(1, 0)` and `1·(0, 3)`: the head's weight and its product, weighted. -/
noncomputable def joint : PackedMatrix :=
  .mk 2 2 3 4 false (Rows.node (Rows.one 39) (Rows.one 60))

/-- `‖V x‖² = 9·‖x‖²`. -/
theorem joint_norm : NormBound.{u} (Nat.add 1 1) 2 joint.entry 9 1 :=
  fun {R} [OrderedRing R] (x : Vec R) =>
    have row (a b : Int) : Eq (add (add zero (mul (ofInt a) (x 0))) (mul (ofInt b) (x 1)))
        (add (mul (ofInt a) (x 0)) (mul (ofInt b) (x 1))) :=
      ring_eq (vars4 (ofInt a) (x 0) (ofInt b) (x 1))
    have three : Eq (ofInt (Int.ofNat 3) : R) (add (add one one) one) :=
      Eq.trans (ofNat_succ 2) (congrArg (fun t => add t one) ofNat_two)
    have nine : Eq (ofNat 9 : R) (mul (add (add one one) one) (add (add one one) one)) :=
      Eq.trans (ofNat_mul 3 3) (congr2 mul three three)
    le_of_eq (Eq.trans
      (congr2 mul ofNat_one (congr2 (fun s t => add (add zero (mul s s)) (mul t t))
        (Eq.trans (row 3 0) (congr2 (fun s t => add (mul s (x 0)) (mul t (x 1))) three ofInt_zero))
        (Eq.trans (row 0 3) (congr2 (fun s t => add (mul s (x 0)) (mul t (x 1))) ofInt_zero three))))
      (Eq.trans
        (ring_eq (vars2 (x 0) (x 1))
          (a := mul one (add (add zero (mul
              (add (mul (add (add one one) one) (x 0)) (mul zero (x 1)))
              (add (mul (add (add one one) one) (x 0)) (mul zero (x 1)))))
            (mul (add (mul zero (x 0)) (mul (add (add one one) one) (x 1)))
              (add (mul zero (x 0)) (mul (add (add one one) one) (x 1))))))
          (b := mul (mul (add (add one one) one) (add (add one one) one))
            (add (add zero (mul (x 0) (x 0))) (mul (x 1) (x 1)))))
        (congrArg (fun t => mul t (normSq 2 x)) (Eq.symm nine))))

/-- The constant of token 0's score. -/
theorem token_lipschitz {R : Type u} [OrderedRing R] {c : R} (hc : Eq (mul (ofNat 1) c) one) :
    LipschitzOn 2 1 (ofNat 6) (ofNat 1) (InBall 0 1 2 2 1) (fun x _ =>
      mul c (dsaScores 2 1 1 1 down.entry (gain.entry 0) (fun h => (ups h).entry) rotation.entry
        keys.entry weights.entry x 0)) :=
  dsa_lipschitzOn (sd := Shape.one) (sT := Shape.node Shape.one Shape.one) (sl := Shape.one)
    (sn := Shape.node Shape.one Shape.one) (α := fun _ => 3) (β := fun _ => 1) (γ := 3) (d := 1)
    rfl rfl rfl rfl recorded_latent recorded_products (Eq.refl true) joint_norm (Eq.refl true)
    (Eq.refl true) hc

/-- All the tokens below 1. -/
example : ∀ s, Nat.lt s 1 → LipschitzOn 2 1 (ofNat 6 : Int) (ofNat 1) (InBall 0 1 2 2 1) (fun x _ =>
    mul (i 1) (dsaScores 2 1 1 1 down.entry (gain.entry 0) (fun h => (ups h).entry) rotation.entry
      keys.entry weights.entry x s)) :=
  below_succ below_zero (token_lipschitz rfl)

/-- Between `(0, 2)` and `(1, 1)`, at a distance of √2, it changes by 3, and that is within 6·√2. -/
example : le (mul (sq (i 1)) (distSq 1
      (fun _ => mul (i 1) (dsaScores 2 1 1 1 down.entry (gain.entry 0) (fun h => (ups h).entry)
        rotation.entry keys.entry weights.entry (ofList (vars2 (i 0) (i 2))) 0))
      (fun _ => mul (i 1) (dsaScores 2 1 1 1 down.entry (gain.entry 0) (fun h => (ups h).entry)
        rotation.entry keys.entry weights.entry (ofList (vars2 (i 1) (i 1))) 0))))
    (mul (sq (i 6)) (distSq 2 (ofList (vars2 (i 0) (i 2))) (ofList (vars2 (i 1) (i 1))))) :=
  (token_lipschitz (c := i 1) rfl).bound _ _ (fun
    | 0, _ => ile rfl
    | .succ _, h => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _)) (fun
    | 0, _ => ile rfl
    | .succ _, h => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _))

/-- The gap stays open as well where the side of token 1's product is told apart. -/
example : Eq (somePair 0 1 (fun f => f.every (rowsStay 4 1 2 1 (fun i => PackedMatrix.natAt tokens 0 i)
    (fun s h => PackedMatrix.natAt sides s h) (lows.entry 0) gradients.entry 0 1) nothing nothing) told_apart)
    true :=
  Eq.refl true

/-- At `(8, 9)`, 1 from the point, token 0 is the only one selected. -/
example : UniqueTopK 2 1
    (fun s => mul (i 1) (dsaScores 2 1 1 1 down.entry (gain.entry 0) (fun h => (ups h).entry)
      rotation.entry keys.entry weights.entry (ofList (vars2 (i 8) (i 9))) s)) (oneOf (.cons 0 .nil)) :=
  selection (ρ := i 1) (c := i 1) rfl (ilt rfl) (ile rfl)

end LipBridgeTest.Dsa
