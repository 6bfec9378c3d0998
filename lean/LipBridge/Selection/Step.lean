import LipBridge.Selection.Window
import LipBridge.Selection.Ratio
/-!
# A recorded step: data and check

A recorded step of a trace says, for one query `q`, which blocks were selected, with integer scores
over a common scale `P`, integer constants over a common denominator `D`, and a radius `a/b`.
`Step.check` is a computation with integers that the kernel carries out: one comparison a block, with
a threshold between the selected blocks and the others.
-/

set_option autoImplicit false

namespace LipBridge

/-- What a step does with a block. -/
inductive Role : Type where
  /-- Selected by its score. -/
  | chosen : Role
  /-- Competed and was not selected. -/
  | rejected : Role
  /-- Active by its position: local window or forced block. It does not compete. -/
  | forced : Role

/-- One block of a recorded step: the score is `score/P`, its constant `bound/D`. -/
structure StepBlock : Type where
  /-- The integer score `z`, in units of `1/P`. -/
  score : Int
  /-- The integer constant `N`, in units of `1/D`. -/
  bound : Nat
  /-- Whether the block is selected, not selected, or forced. -/
  role : Role

/-- A recorded step. -/
structure Step : Type where
  /-- The number `k` of blocks selected by score. -/
  k : Nat
  /-- `P`: scores are integers over `P`. -/
  scale : Nat
  /-- `D`: constants are integers over `D`. -/
  den : Nat
  /-- `a`: the radius is `δ = a/b`. -/
  radiusNum : Nat
  /-- `b`: the radius is `δ = a/b`. -/
  radiusDen : Nat
  /-- `e`: the scores at `q` are within `e/P` of the recorded ones. -/
  error : Nat
  /-- `e'`: the scores compared at `q'` are within `e'/P` of the exact ones. -/
  errorNext : Nat
  /-- `θ`: lies between the selected blocks and the others, in units of `1/(P·D·b)`. -/
  threshold : Int
  /-- The blocks, in the order of their indices. -/
  blocks : List StepBlock

/-- The number of entries of a list. -/
def listLength.{u} {α : Type u} (l : List α) : Nat :=
  match l with
  | .nil => 0
  | .cons _ l => Nat.succ (listLength l)

/-- Whether a role is that of a selected block. -/
noncomputable def Role.isChosen (r : Role) : Bool := Role.rec true false false r

/-- Whether a role is that of a forced block. -/
noncomputable def Role.isForced (r : Role) : Bool := Role.rec false false true r

namespace Step

/-- The number `m` of blocks. -/
def size (st : Step) : Nat := listLength st.blocks

/-- Block `i`. -/
def block (st : Step) (i : Nat) : StepBlock := nth ⟨Int.ofNat 0, 0, Role.rejected⟩ st.blocks i

/-- The blocks selected by score. -/
noncomputable def chosen (st : Step) : BlockSet := fun i => Role.isChosen (st.block i).role

/-- The blocks active by position. -/
noncomputable def forced (st : Step) : BlockSet := fun i => Role.isForced (st.block i).role

/-- How far a score may be from the recorded one, in units of `1/(P·D·b)`:
`(e + e')·D·b + P·N·a`. -/
def margin (st : Step) (N : Nat) : Nat :=
  Nat.add (Nat.mul (Nat.add st.error st.errorNext) (Nat.mul st.den st.radiusDen))
    (Nat.mul (Nat.mul st.scale N) st.radiusNum)

/-- The check of one block: a selected one has `θ + margin + 1 ≤ z·D·b`, one that was not selected has
`z·D·b + margin ≤ θ`; a forced one passes. -/
noncomputable def blockCheck (st : Step) (b : StepBlock) : Bool :=
  Role.rec
    (intBle (Int.add st.threshold (Int.ofNat (Nat.succ (st.margin b.bound))))
      (Int.mul b.score (Int.ofNat (Nat.mul st.den st.radiusDen))))
    (intBle (Int.add (Int.mul b.score (Int.ofNat (Nat.mul st.den st.radiusDen)))
      (Int.ofNat (st.margin b.bound))) st.threshold)
    true b.role

/-- Whether every entry of a list passes. -/
noncomputable def allBlocks (p : StepBlock → Bool) (l : List StepBlock) : Bool :=
  List.rec true (fun b _ ih => pick (p b) ih false) l

/-- The number of selected blocks of a list. -/
noncomputable def countChosen (l : List StepBlock) : Nat :=
  List.rec 0 (fun b _ ih => Nat.add (cond (Role.isChosen b.role) 1 0) ih) l

/-- The check of a step: `P, D, b ≥ 1`, `k` blocks are selected, and every block passes. -/
noncomputable def check (st : Step) : Bool :=
  pick (Nat.ble 1 st.scale)
    (pick (Nat.ble 1 st.den)
      (pick (Nat.ble 1 st.radiusDen)
        (pick (Nat.beq (countChosen st.blocks) st.k) (allBlocks st.blockCheck st.blocks) false) false)
      false) false

/-- Whether no block is forced. -/
noncomputable def unforced (st : Step) : Bool :=
  allBlocks (fun b => not (Role.isForced b.role)) st.blocks

/-! ## What a check that says yes means -/

/-- What every entry passes, entry `i` passes. -/
theorem allBlocks_nth {p : StepBlock → Bool} (d : StepBlock) {l : List StepBlock}
    (h : Eq (allBlocks p l) true) {i : Nat} (hi : Nat.lt i (listLength l)) :
    Eq (p (nth d l i)) true :=
  match l, i, h, hi with
  | .nil, i, _, hi => False.elim (Nat.not_succ_le_zero i hi)
  | .cons _ _, 0, h, _ => (both_of_pick h).left
  | .cons _ _, .succ _, h, hi =>
    allBlocks_nth d (both_of_pick h).right (Nat.le_of_succ_le_succ hi)

/-- Counting from the front: `|S|` is `S 0` and the count of the rest. -/
theorem count_front (m : Nat) (S : BlockSet) :
    Eq (count (Nat.succ m) S) (Nat.add (cond (S 0) 1 0) (count m (fun i => S (Nat.succ i)))) :=
  match m with
  | 0 => nat_zero_add _
  | .succ m => Eq.trans
      (congrArg (fun t => Nat.add t (cond (S (Nat.succ m)) 1 0)) (count_front m S))
      (nat_add_assoc _ _ _)

/-- The selected blocks of a list, counted by index. -/
theorem countChosen_eq (d : StepBlock) (l : List StepBlock) :
    Eq (count (listLength l) (fun i => Role.isChosen (nth d l i).role)) (countChosen l) :=
  match l with
  | .nil => rfl
  | .cons b l => Eq.trans (count_front (listLength l) _)
      (congrArg (Nat.add (cond (Role.isChosen b.role) 1 0)) (countChosen_eq d l))

section
variable {st : Step}

/-- A checked step has `P ≥ 1`. -/
theorem scale_pos (h : Eq st.check true) : Eq (Nat.ble 1 st.scale) true := (both_of_pick h).left

/-- A checked step has `D ≥ 1`. -/
theorem den_pos (h : Eq st.check true) : Eq (Nat.ble 1 st.den) true :=
  (both_of_pick (both_of_pick h).right).left

/-- A checked step has `b ≥ 1`. -/
theorem radiusDen_pos (h : Eq st.check true) : Eq (Nat.ble 1 st.radiusDen) true :=
  (both_of_pick (both_of_pick (both_of_pick h).right).right).left

/-- A checked step selects `k` blocks. -/
theorem card_chosen (h : Eq st.check true) : Eq (count st.size st.chosen) st.k :=
  Eq.trans (countChosen_eq _ st.blocks) (Nat.eq_of_beq_eq_true
    (both_of_pick (both_of_pick (both_of_pick (both_of_pick h).right).right).right).left)

/-- Every block of a checked step passes. -/
theorem block_passes (h : Eq st.check true) {i : Nat} (hi : Nat.lt i st.size) :
    Eq (st.blockCheck (st.block i)) true :=
  allBlocks_nth _
    (both_of_pick (both_of_pick (both_of_pick (both_of_pick h).right).right).right).right hi

/-- A selected block that passes: `θ + margin + 1 ≤ z·D·b`. -/
theorem chosen_passes {b : StepBlock} (hb : Eq (Role.isChosen b.role) true)
    (h : Eq (st.blockCheck b) true) :
    Int.le (Int.add st.threshold (Int.ofNat (Nat.succ (st.margin b.bound))))
      (Int.mul b.score (Int.ofNat (Nat.mul st.den st.radiusDen))) :=
  match b, hb, h with
  | ⟨_, _, .chosen⟩, _, h => int_le_of_ble h
  | ⟨_, _, .rejected⟩, hb, _ => bool_absurd (Eq.symm hb)
  | ⟨_, _, .forced⟩, hb, _ => bool_absurd (Eq.symm hb)

/-- A block that passes and is neither selected nor forced: `z·D·b + margin ≤ θ`. -/
theorem rejected_passes {b : StepBlock} (hb : Eq (Role.isChosen b.role) false)
    (hf : Eq (not (Role.isForced b.role)) true) (h : Eq (st.blockCheck b) true) :
    Int.le (Int.add (Int.mul b.score (Int.ofNat (Nat.mul st.den st.radiusDen)))
      (Int.ofNat (st.margin b.bound))) st.threshold :=
  match b, hb, hf, h with
  | ⟨_, _, .rejected⟩, _, _, h => int_le_of_ble h
  | ⟨_, _, .chosen⟩, hb, _, _ => bool_absurd hb
  | ⟨_, _, .forced⟩, _, hf, _ => bool_absurd (Eq.symm hf)

/-- A selected block is not forced. -/
theorem chosen_competes (st : Step) {i : Nat} (h : Eq (st.chosen i) true) :
    Eq (complement st.forced i) true :=
  have g (r : Role) (h : Eq (Role.isChosen r) true) : Eq (not (Role.isForced r)) true :=
    match r, h with
    | .chosen, _ => rfl
    | .rejected, _ => rfl
    | .forced, h => bool_absurd (Eq.symm h)
  g (st.block i).role h

end

end Step

end LipBridge
