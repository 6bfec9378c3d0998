import LipBridge.Selection.Dense
import LipBridgeTest.NonVacuous.Selection
/-!
# Forced blocks: examples

Three blocks over ℤ with the scores `q`, `-q`, `-q`; block 2 is the local window. At `q = 6` block 0 is
selected, so the active set is `{0, 2}`, and stays so within 5.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- Block 0 is the only selected block that block 1 could replace. -/
theorem across_forced {P : Nat → Nat → Prop} (h : P 0 1) :
    Across 3 (only 0) fun j l => Eq (complement (only 2) l) true → P j l :=
  fun j l _ hl ej el ec =>
    match j, l, hl, ej, el, ec with
    | 0, 1, _, _, _, _ => h
    | 0, 0, _, _, el, _ => bool_absurd el
    | 0, 2, _, _, _, ec => bool_absurd (Eq.symm ec)
    | .succ _, _, _, ej, _, _ => bool_absurd (Eq.symm ej)
    | 0, .succ (.succ (.succ _)), hl, _, _, _ => False.elim (not_two_le (Nat.le_of_succ_le_succ hl))

/-- Block 0 is not forced. -/
theorem competes_forced (j : Nat) (_ : Nat.lt j 3) (e : Eq (only 0 j) true) :
    Eq (complement (only 2) j) true :=
  match j, e with
  | 0, _ => rfl
  | .succ _, e => bool_absurd (Eq.symm e)

/-- On the ball of radius 5 around 6, `{0}` is the only top-1 set of the blocks 0 and 1. -/
theorem forced_ball (x : Vec Int) (hx : Within 1 (i 5) six x) :
    UniqueTopKAmong 3 1 (complement (only 2)) (fun j => crossing j x) (only 0) :=
  stability_radius_forced (L := fun _ => i 1) (q := six) (δ := i 5)
    (fun j _ => crossing_lipschitz j) (ile rfl)
    competes_forced rfl (across_forced (ilt rfl)) hx

/-- `{0, 2}` is an active set at 2. -/
theorem active_two : ActiveSet 3 1 (only 2) (fun j => crossing j two) (union (only 2) (only 0)) :=
  ⟨only 0, (forced_ball two two_near).isTopK, SameOn.rfl⟩

example : UniqueTopKAmong 3 1 (complement (only 2)) (fun j => crossing j two) (only 0) :=
  unique_among_of_separated competes_forced rfl (across_forced (ilt rfl))
example : SameOn 3 (union (only 2) (only 0)) (union (only 2) (only 0)) :=
  active_stable (L := fun _ => i 1) (q := six) (δ := i 5) (fun j _ => crossing_lipschitz j)
    (ile rfl) competes_forced rfl
    (across_forced (ilt rfl)) two_near active_two
example : SameOn 3 (union (only 2) (only 0)) (union (only 2) (only 0)) :=
  active_unique (forced_ball two two_near) active_two
example : TopK 2 1 (fun j => crossing j six) (only 0) :=
  topKAmong_all.mp (topKAmong_all.mpr unique_six.isTopK)
example : SameOn 2 (union (only 2) (only 0)) (union (only 2) (only 0)) := union_same SameOn.rfl

/-- The value of block 0 if it is active, else 0. -/
def activeValue (x : Vec Int) (S : BlockSet) : Int := cond (S 0) (crossing 0 x) (i 0)

/-- It depends on the blocks below 3 only. -/
theorem activeValue_depends : DependsOnBlocks 3 activeValue :=
  fun x _ _ h => congrArg (fun b => cond b (crossing 0 x) (i 0))
    (h 0 (Nat.le.step (Nat.le.step Nat.le.refl)))

/-- Blocks 0 and 1 by score, block 2 always. -/
noncomputable def activeSelect (x : Vec Int) : BlockSet := union (only 2) (select x)

/-- What `select` picks is a top-1 set of the blocks 0 and 1. -/
theorem select_among (x : Vec Int) :
    TopKAmong 3 1 (complement (only 2)) (fun j => crossing j x) (select x) :=
  cond_ind (P := fun S => TopKAmong 3 1 (complement (only 2)) (fun j => crossing j x) S)
    (fun h => ⟨competes_forced, rfl, across_forced (int_le_of_ble h)⟩)
    (fun h => ⟨
      fun j _ e => match j, e with
        | 1, _ => rfl
        | 0, e => bool_absurd (Eq.symm e)
        | .succ (.succ _), e => bool_absurd (Eq.symm e),
      rfl,
      fun j l _ hl ej el ec =>
        match j, l, hl, ej, el, ec with
        | 1, 0, _, _, _, _ => int_le_of_ble_false h
        | 1, 1, _, _, el, _ => bool_absurd el
        | 1, 2, _, _, _, ec => bool_absurd (Eq.symm ec)
        | 0, _, _, ej, _, _ => bool_absurd (Eq.symm ej)
        | .succ (.succ _), _, _, ej, _, _ => bool_absurd (Eq.symm ej)
        | 1, .succ (.succ (.succ _)), hl, _, _, _ =>
          False.elim (not_two_le (Nat.le_of_succ_le_succ hl))⟩)

example : Eq (activeValue two (activeSelect two)) (activeValue two (union (only 2) (only 0))) :=
  dense_reduction_forced (m := 3) (k := 1) (s := crossing) (F := only 2) (S := only 0) (n := 1)
    (δ := i 5) (q := six) activeValue_depends (fun x => ⟨select x, select_among x, SameOn.rfl⟩)
    forced_ball two_near

end LipBridgeTest
