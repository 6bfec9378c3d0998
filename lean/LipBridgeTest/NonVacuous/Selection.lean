import LipBridge.Selection.Computed
import LipBridge.Selection.Dense
import LipBridge.Selection.Folklore
import LipBridge.Selection.Ties
import LipBridgeTest.NonVacuous.Order
/-!
# The selection theorems are not vacuous

Two blocks over ℤ with the scores `s_0(q) = q` and `s_1(q) = -q` (`crossing`), constant 1. At `q = 6` the
gap is 12, so the selection `{0}` is stable within every `δ < 6`; here `δ = 5` and `q' = 2`. Every theorem
with hypotheses is met by these.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- The query 6. -/
def six : Vec Int := fun _ => i 6

/-- The query 2. -/
def two : Vec Int := fun _ => i 2

/-- 2 is within 5 of 6. -/
theorem two_near : Within 1 (i 5) six two := ile rfl

/-- At 6 the set `{0}` is the only top-1 set. -/
theorem unique_six : UniqueTopK 2 1 (fun j => crossing j six) (only 0) := unique_first (ilt rfl)

/-- A property of two blocks is one of both. -/
theorem below_two {P : Nat → Prop} (h0 : P 0) (h1 : P 1) : ∀ j, Nat.lt j 2 → P j :=
  forall_lt_succ (forall_lt_succ (fun j hj => False.elim (Nat.not_succ_le_zero j hj)) h0) h1

-- sets and cardinality
example : Nat.le 3 4 := nat_le_of_add_le_add_right 2 (Nat.le.step Nat.le.refl : Nat.le 5 6)
example : Nat.le 5 6 := nat_add_le_add_left 2 (Nat.le.step Nat.le.refl : Nat.le 3 4)
example : Nat.le 5 7 :=
  nat_add_le_add (a := 3) (b := 4) (c := 2) (d := 3) (Nat.le.step Nat.le.refl)
    (Nat.le.step Nat.le.refl)
example : Nat.le 3 4 :=
  nat_le_of_add_le (a := 4) (b := 3) (x := 1) (y := 2) Nat.le.refl (Nat.le.step Nat.le.refl)
example : Eq (count 2 (only 0)) 1 := rfl
example : Eq (count 2 (only 0)) (count 2 (only 0)) :=
  SameOn.count_eq (SameOn.trans (SameOn.symm SameOn.rfl) SameOn.rfl)
example : Nat.le (count 2 (only 0)) (count 2 (fun _ => true)) := count_le (fun _ _ _ => rfl)
example : SameOn 2 (only 0) (only 0) := same_of_subset (fun _ _ e => e) Nat.le.refl
example : SameOn 2 (only 0) (only 0) :=
  same_of_count_eq rfl (fun _ _ _ _ e f _ _ => bool_absurd (Eq.trans (Eq.symm e) f))
example : And (Eq (only 0 0) true) (Eq (only 1 0) false) := minus_true (i := 0) rfl
example : Eq (only 0 0) true := minus_false (S := only 0) (T := only 0) (i := 0) rfl rfl

-- top-k sets
example : UniqueTopK 2 1 (fun j => crossing j six) (only 0) :=
  unique_of_separated rfl (across_first (ilt rfl))
example : SameOn 2 (only 0) (only 0) := unique_six.same unique_six
example : Separated 2 (fun j => crossing j six) (only 0) := (unique_iff_separated.mp unique_six).right
example : TopK 2 1 (fun _ => i 7) (exchange (only 0) 0 1) :=
  topK_exchange (tie_both (s := fun _ => i 7) rfl).left (Nat.le.step Nat.le.refl) Nat.le.refl rfl
    rfl (ile rfl)
example : Eq (count 2 (exchange (only 0) 0 1)) 1 :=
  count_exchange (S := only 0) (Nat.le.step Nat.le.refl) Nat.le.refl rfl rfl

-- gaps and scores
example : lt zero (i 3) := gap_pos (g := i 7) (D := i 5) (ilt rfl) (ile rfl)
example : le (sub (sub (i 6) (m 5)) (sub (i 2) (m 1))) (add (i 4) (i 4)) :=
  gap_drift (ile rfl) (ile rfl)
example : Eq (i 5) (i 5) := eq_of_sub_zero rfl
example : lt (ofNat 2 : Int) (ofNat 3) := ofNat_lt Nat.le.refl
example : lt zero (add (i 2) (i 0)) := add_pos (ilt rfl) (ile rfl)
example : Within 1 (i 7) six two := Within.mono (δ := i 5) two_near (ile rfl) (ile rfl)
example : le (abs (sub (two 0) (six 0))) (mul (i 1) (i 5)) :=
  ScoreLipschitz.abs_le (q := six) (q' := two) (δ := i 5) (crossing_lipschitz 0) (ile rfl) two_near
example : ScoreLipschitz 1 (i 3) (crossing 0) := (crossing_lipschitz 0).mono (ile rfl)
example : ScoreLipschitz 1 (i 2) (fun x => sub (crossing 0 x) (crossing 1 x)) :=
  (crossing_lipschitz 0).difference (crossing_lipschitz 1)
example : ScoreLipschitz 1 (i 3) (fun x : Vec Int => add (mul (m 2) (x 0)) (i 8)) :=
  ScoreLipschitz.affine (i 8) (ile rfl) (ile rfl)

-- the stability radius: (1 + 1)·5 < 12
example : lt (crossing 1 two) (crossing 0 two) :=
  pair_stable (q := six) (δ := i 5) (crossing_lipschitz 0) (crossing_lipschitz 1) (ile rfl) two_near
    (ilt rfl)
example : UniqueTopK 2 1 (fun j => crossing j two) (only 0) :=
  stability_radius (L := fun _ => i 1) (q := six) (δ := i 5) (fun j _ => crossing_lipschitz j)
    (ile rfl) rfl (across_first (ilt rfl)) two_near
example : UniqueTopK 2 1 (fun j => crossing j two) (only 0) :=
  stability_radius_uniform (L := i 1) (q := six) (δ := i 5) (fun j _ => crossing_lipschitz j)
    (ile rfl) rfl
    (across_first (ilt rfl)) two_near
example : UniqueTopK 2 1 (fun j => crossing j two) (only 0) :=
  stability_radius_pairwise (L := fun _ _ => i 2) (q := six) (δ := i 5)
    (across_first ((crossing_lipschitz 0).difference (crossing_lipschitz 1))) (ile rfl) rfl
    (across_first (ilt rfl)) two_near
example : UniqueTopK 2 1 (fun j => crossing j six) (only 0) :=
  unique_at_query (L := fun _ => i 1) (δ := i 5) (fun j _ => crossing_lipschitz j) (ile rfl) rfl
    (across_first (ilt rfl))

-- optimality of the 2: 3 < 2·1·2, and the tie at 4 = 2·1·2
example := two_is_optimal (L := i 1) (δ := i 2) (γ := i 3) (ile rfl) (ilt rfl) (ilt rfl)
example := strict_is_optimal (L := i 1) (δ := i 2) (ile rfl) (ilt rfl)
example : Not (FolkloreClaim Int) := folklore_false_everywhere

-- computed scores: at 6 they are (6, -5) with error 1, at 4 they are (3, -3); 2·1·1 + 4·1 < 11
/-- Scores computed at 6 with an error of at most 1. -/
def computed (j : Nat) : Int := nth (m 4) (.cons (i 6) .nil) j

/-- Scores computed at 5 with an error of at most 1. -/
def computedNext (j : Nat) : Int := nth (m 3) (.cons (i 4) .nil) j

/-- The query 5. -/
def five : Vec Int := fun _ => i 5

/-- The scores computed at 6 are within 1 of the exact ones. -/
theorem computed_within : ComputedWithin 2 (i 1) crossing six computed :=
  below_two (ile rfl) (ile rfl)

/-- The scores computed at 5 are within 1 of the exact ones. -/
theorem computedNext_within : ComputedWithin 2 (i 1) crossing five computedNext :=
  below_two (ile rfl) (ile rfl)

example : le (abs (sub (i 4) (i 6))) (add (add (i 1) (mul (i 1) (i 1))) (i 1)) :=
  computed_drift (q := six) (q' := five) (crossing_lipschitz 0) (ile rfl) (ile rfl) (ile rfl)
    (ile rfl)
example : UniqueTopK 2 1 computedNext (only 0) :=
  computed_stability (L := fun _ => i 1) (δ := i 1) (fun j _ => crossing_lipschitz j) (ile rfl) rfl
    computed_within computedNext_within (ile rfl) (across_first (ilt rfl))
example : UniqueTopK 2 1 computedNext (only 0) :=
  computed_stability_uniform (L := i 1) (δ := i 1) (fun j _ => crossing_lipschitz j) (ile rfl) rfl
    computed_within computedNext_within (ile rfl) (across_first (ilt rfl))
example : SameOn 2 (only 0) (only 0) :=
  computed_selections_agree (L := i 1) (δ := i 1) (fun j _ => crossing_lipschitz j) (ile rfl)
    (S := only 0) rfl
    computed_within computedNext_within (ile rfl) (across_first (ilt rfl))
    (unique_first (s := computed) (ilt rfl)).isTopK (unique_first (s := computedNext)
      (ilt rfl)).isTopK

-- dense reduction: A(x, S) = s_0(x) or s_1(x), as block 0 is in S or not
/-- The value of the selected block. -/
def selectedValue (x : Vec Int) (S : BlockSet) : Int := cond (S 0) (crossing 0 x) (crossing 1 x)

/-- It depends on the blocks below 2 only. -/
theorem selectedValue_depends : DependsOnBlocks 2 selectedValue :=
  fun x _ _ h => congrArg (fun b => cond b (crossing 0 x) (crossing 1 x))
    (h 0 (Nat.le.step Nat.le.refl))

/-- Selects the block with the greater score; `{0}` where they tie. -/
def select (x : Vec Int) : BlockSet := cond (intBle (crossing 1 x) (crossing 0 x)) (only 0) (only 1)

/-- It selects a top-1 set. -/
theorem select_topK : Selects 2 1 crossing select :=
  fun x => cond_ind (P := fun S => TopK 2 1 (fun j => crossing j x) S)
    (fun h => ⟨rfl, across_first (int_le_of_ble h)⟩)
    (fun h => ⟨rfl, across_second (int_le_of_ble_false h)⟩)

/-- On the ball of radius 5 around 6 the set `{0}` is the only top-1 set. -/
theorem stable_ball : ∀ x, Within 1 (i 5) six x → UniqueTopK 2 1 (fun j => crossing j x) (only 0) :=
  fun _ hx => stability_radius (L := fun _ => i 1) (q := six) (δ := i 5)
    (fun j _ => crossing_lipschitz j) (ile rfl) rfl
    (across_first (ilt rfl)) hx

example : Eq (selectedValue two (select two)) (selectedValue two (only 0)) :=
  dense_reduction selectedValue_depends select_topK stable_ball two_near
example : Eq (selectedValue two (select two)) (selectedValue two (only 0)) :=
  dense_reduction_of_gap selectedValue_depends select_topK (L := fun _ => i 1) (S := only 0)
    (δ := i 5) (q := six) (fun j _ => crossing_lipschitz j) (ile rfl) rfl (across_first (ilt rfl))
    two_near

/-- On that ball the sparse operator has the value of the dense one, `x ↦ x`. -/
example : ∀ x y z, Within 1 (i 5) six x → Within 1 (i 5) six y → Within 1 (i 5) six z →
    And (Eq (selectedValue x (select x)) (x 0)) (And (Eq (selectedValue y (select y)) (y 0))
      (Eq (selectedValue z (select z)) (z 0))) :=
  dense_transfer selectedValue_depends select_topK stable_ball
    (onBall_three (fun x y z a b c => And (Eq a (x 0)) (And (Eq b (y 0)) (Eq c (z 0)))))
    (fun _ _ _ _ _ _ => ⟨rfl, ⟨rfl, rfl⟩⟩)

end LipBridgeTest
