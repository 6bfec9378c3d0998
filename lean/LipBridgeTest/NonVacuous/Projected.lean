import LipBridge.Selection.Projected
import LipBridge.Selection.DsaState
import LipBridge.Layers.SlopeRow
import LipBridgeTest.NonVacuous.Order
/-!
# The selection near queries and head weights is not vacuous

One head, three tokens with keys 5, 4 and -1, the query 8 and the weight 8: the scores are 320, 256 and 0, and
wherever query and weight are within 1 of these the first stays above the others. The first two are near the boundary:
they may move to 245 and 324, but not both, and are compared as a pair; the third is far from it. Over ℤ, where 7 and 9
are such queries and weights.
-/

set_option autoImplicit false

universe u

namespace LipBridgeTest.Projected

open LipBridge

/-- Recorded keys. -/
noncomputable def keys : PackedMatrix :=
  .mk 3 1 4 8 true (Rows.one 1997)

/-- Queries of the recorded hidden state, a column each. -/
noncomputable def queries : PackedMatrix :=
  .mk 1 1 5 16 false (Rows.one 24)

/-- Keys times queries. -/
noncomputable def products : PackedMatrix :=
  .mk 3 1 7 64 true (Rows.one 929896)

/-- The scores. -/
noncomputable def scores : PackedMatrix :=
  .mk 1 3 10 512 false (Rows.one 537658176)

/-- The head weights. -/
noncomputable def head_weights : PackedMatrix :=
  .mk 1 1 5 16 false (Rows.one 24)

section
variable {R : Type u} [OrderedRing R]

/-- What they are at least, scaled. -/
noncomputable def low_weights : List Int := .cons (Int.ofNat 7696581394432) .nil

/-- What their opposites are at least. -/
noncomputable def high_weights : List Int := .cons (Int.negSucc 9895604649983) .nil

/-- Bit t is 1 if token t is selected. -/
def selected : Nat := 1

/-- The step. -/
noncomputable def step : ProjectedStep :=
  ProjectedStep.mk keys products scores Shape.one selected low_weights high_weights (Nat.pow 2 40)
    (Nat.pow 2 40) 5 8 (Int.ofNat 391691965555139852604801024) (Int.ofNat 296186825805584147803013119)
    (.cons 0 .nil) (.cons 1 .nil) (.cons 0 (.cons 1 .nil)) (Int.ofNat 525) (Int.ofNat 44)

/-- The products are those of keys and queries, and the weights are at least what is said. -/
theorem recorded_products :
    Eq (ProjectedStep.productsOk step 3 1 (Nat.pow 2 40) (Nat.mul (Nat.pow 2 40) 1)
      (Nat.mul (Nat.pow 2 40) 1) 10 (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
      Shape.one (head_weights.entry 0) queries) true :=
  Eq.refl true

/-- 1 tokens are selected. -/
theorem recorded_marks : Eq (marksOk 3 1 selected) true := Eq.refl true

/-- The scores of 1 selected tokens stay above those of 1 others. -/
theorem recorded_pairs : Eq (ProjectedStep.pairsApart step 1) true := Eq.refl true

/-- The scores are those of the products. -/
theorem recorded_scores :
    Eq (ProjectedStep.scoresOk step 3 1 (Nat.pow 2 40) (Nat.mul (Nat.pow 2 40) 1) 13 6 Shape.one
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) head_weights) true :=
  Eq.refl true

/-- Every score is on its side, but those of the first two tokens. -/
theorem recorded_tokens :
    Eq (ProjectedStep.tokensSided step (Shape.node (Shape.node Shape.one Shape.one) Shape.one)) true :=
  Eq.refl true

/-- The scores of the first two tokens stay on their sides. -/
theorem recorded_listed : Eq (ProjectedStep.nearApart step) true := Eq.refl true

/-- Layer 0, sequence 0, step 1: no queries within 1 and head weights within 1 select other tokens:
the 1 marked ones are the only top-1 set of the scores, whatever positive number all are multiplied
by. -/
theorem selection {r s c : R} {q : Nat → Vec R} {w : Nat → R} :
    Eq (mul (ofNat 1) r) one →
    Eq (mul (ofNat 1) s) one →
    lt zero c →
    (∀ h,
      Nat.lt h 1 →
      WithinRatio 1 (ofNat (Nat.pow 2 40)) (ofNat (Nat.pow 2 40))
        (storedVec (fun j => queries.entry j h) r) (q h)) →
    (∀ h,
      Nat.lt h 1 →
      le (abs (mul (ofNat (Nat.pow 2 40)) (sub (w h) (mul (ofInt (head_weights.entry 0 h)) s))))
        (ofNat (Nat.pow 2 40))) →
    UniqueTopK 3 1 (fun t => mul c (gated 1 w (fun h => matVec 1 keys.entry (q h) t)))
      (marked selected) :=
  fun hr hs hc hq hw =>
    projected_selection recorded_products recorded_scores rfl recorded_tokens recorded_listed recorded_pairs
      recorded_marks hr hs hc hq hw

end

/-- At the query 7 and the weight 9, each 1 from the stored one, token 0 is the only one selected. -/
example : UniqueTopK 3 1
    (fun t => mul (i 1) (gated 1 (fun _ => i 9) (fun _ => matVec 1 keys.entry (fun _ => i 7) t)))
    (marked selected) :=
  selection (r := i 1) (s := i 1) (c := i 1) (q := fun _ _ => i 7) (w := fun _ => i 9) rfl rfl (ilt rfl)
    (fun h hh => match h, hh with
      | 0, _ => ile rfl
      | .succ _, hh => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ hh)))
    (fun h hh => match h, hh with
      | 0, _ => ile rfl
      | .succ _, hh => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ hh)))

/-- Query and head weight are both the hidden state: at 8 they are the recorded ones, and 9, within 1 of it, selects
the same. -/
example : UniqueTopK 3 1
    (fun t => mul (i 1) (gated 1 (fun _ => i 9) (fun _ => matVec 1 keys.entry (fun _ => i 9) t)))
    (marked selected) :=
  projected_state (n := 1) (d := 1) (a := ofNat (Nat.pow 2 40)) (a₀ := i 0) (b := ofNat (Nat.pow 2 40))
    (f := ofNat (Nat.pow 2 40)) (f₀ := i 0) (e := ofNat (Nat.pow 2 40)) (u := i 1) (v := i 1)
    (N := fun _ => i 1) (D := fun _ => i 1) (M := fun _ => i 1) (E := fun _ => i 1) (A := fun _ => True)
    (Q := fun _ x => x) (ω := fun _ x => x 0) (x := fun _ => i 8) (x' := fun _ => i 9)
    (fun _ _ hq hw => selection (r := i 1) (s := i 1) rfl rfl (ilt rfl) hq hw)
    (fun _ _ => ⟨ile rfl, ilt rfl, fun _ _ _ _ => le_refl _⟩)
    (fun _ _ => ⟨ile rfl, ilt rfl, fun x y _ _ =>
      le_of_eq (congrArg (mul (sq (i 1))) (Eq.symm (distSq_one x y)))⟩)
    ⟨⟩ ⟨⟩ (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ilt rfl)
    (fun h hh => match h, hh with
      | 0, _ => ile rfl
      | .succ _, hh => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ hh)))
    (fun h hh => match h, hh with
      | 0, _ => ile rfl
      | .succ _, hh => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ hh)))
    (ile rfl) (fun _ _ => ⟨ile rfl, ile rfl⟩)

/-! ## By way of stored matrices -/

/-- Every stored tensor: one entry, 1. -/
noncomputable def unit : PackedMatrix :=
  .mk 1 1 2 2 false (Rows.one 3)

/-- Its norm. -/
theorem unit_norm : NormBound.{u} 1 1 unit.entry 1 1 :=
  fun {R} [OrderedRing R] (x : Vec R) => le_of_eq (congrArg (mul (ofNat 1)) (normSq_congr (fun h hh =>
    match h, hh with
    | 0, _ => Eq.trans (zero_add _) (Eq.trans (congrArg (fun t => mul t (x 0)) ofInt_one) (one_mul _))
    | .succ _, hh => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ hh)))))

/-- Two rows, one of each of two matrices. -/
example : NormBound.{u} 2 1 (stackRows 1 unit.entry unit.entry) 2 1 := NormBound.stack unit_norm unit_norm

/-- The tensor at a row of two heads' values. -/
theorem recorded_head :
    Eq (headOk 1 10 queries unit (.mk 2 1 5 16 false (Rows.node (Rows.one 24) (Rows.one 24))) 1
      Shape.one Shape.one) true :=
  Eq.refl true

/-- The tensor times the query, which is the hidden state, too. -/
theorem recorded_value :
    Eq (PackedMatrix.isProduct queries (PackedMatrix.flip unit) queries 10 Shape.one Shape.one Shape.one)
      true :=
  Eq.refl true

/-- The latent with its gain. -/
theorem recorded_gained : Eq (isGained 1 (unit.entry 0) (queries.entry 0) (queries.entry 0)) true :=
  Eq.refl true

/-- Values beside rounded ones: 8 and 8. -/
theorem recorded_near : Eq (queriesNear 1 1 0 Shape.one queries queries) true := Eq.refl true

/-- Head weights likewise. -/
theorem recorded_weights : Eq (weightsNear 1 1 0 (queries.entry 0) (head_weights.entry 0)) true := Eq.refl true

/-- A row of two heads' values over ℤ. -/
example : Over 1 1 (matVec 1 unit.entry (fun _ => i 8))
    (PackedMatrix.entry (.mk 2 1 5 16 false (Rows.node (Rows.one 24) (Rows.one 24))) 1) :=
  Over.head recorded_head rfl rfl rfl (fun h hh => match h, hh with
    | 0, _ => rfl
    | .succ _, hh => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ hh)))

/-- All stored tensors are 1: at the hidden state 8 queries and head weights are the recorded ones, and at 9, within 1 of
it, the indexer selects the same. -/
example : UniqueTopK 3 1
    (fun t => mul (i 1) (dsaScores 1 1 1 1 unit.entry (unit.entry 0) (fun _ => unit.entry) unit.entry keys.entry
      unit.entry (fun _ => i 9) t)) (marked selected) :=
  have whole : Eq (mul (ofNat 1) (i 1)) (one : Int) := rfl
  have at8 : Over 1 1 (storedVec (queries.entry 0) (i 1)) (queries.entry 0) := Over.point whole _
  have value : Over 1 1 (matVec 1 unit.entry (storedVec (queries.entry 0) (i 1))) (queries.entry 0) :=
    Over.product recorded_value rfl rfl rfl at8
  dsa_state (a := Nat.pow 2 40) (a₀ := 0) (b := Nat.pow 2 40) (f := Nat.pow 2 40) (f₀ := 0)
    (e := Nat.pow 2 40) (u := 1) (v := 1) (N := 1) (D := 1) (M := 1) (E := 1) (K := 1) (K' := 1) (z := 1) (z' := 1)
    (X := 1) (q₀ := fun h j => queries.entry j h) (w₀ := head_weights.entry 0) (r := i 1) (s := i 1)
    (fun hc hq hw => selection (part_reciprocal (Eq.refl true) whole) (part_reciprocal (Eq.refl true) whole)
      hc hq hw)
    (below_succ below_zero (dsaQuery_lipschitz unit_norm (p := 1) (Eq.refl true) unit_norm unit_norm
      (Eq.refl true) (Eq.refl true) (Eq.refl true)))
    (LipschitzOn.ofSq (NormBound.sqLipschitz unit_norm (Eq.refl true)) (Eq.refl true) (Eq.refl true))
    (below_succ below_zero (query_near recorded_near rfl (Eq.refl true) whole Nat.le.refl
      (Over.turned recorded_value rfl rfl rfl Nat.le.refl
        (Over.product recorded_value rfl rfl rfl (Over.gained value recorded_gained)))))
    (below_succ below_zero (weight_near recorded_weights (Eq.refl true) whole Nat.le.refl value))
    (Eq.refl true) (Eq.refl true) whole whole whole (ilt rfl) (ile rfl)

end LipBridgeTest.Projected
