import LipBridge.Selection.Keys
/-!
# Blocks of keys whose scores are read off one packed number

`KeyGap.stay` looks at every key. Where the scores are digits of one number, a block that is not
selected is cut out of it, and passed at once if no digit is above that of the cap: only the few blocks
that hold a key near the boundary are looked at key by key.
-/

set_option autoImplicit false

namespace LipBridge

/-- What the digits of `X` in base `2^w` have above `C`, all together; as many as the shape has. -/
noncomputable def digitsAbove (w C : Nat) (sh : Shape) (X : Nat) : Nat :=
  digitSum w w (fun u _ => Nat.sub u C) sh X 0

/-- The parts of a sum of natural numbers that is 0 are 0. -/
theorem natSum_parts {n : Nat} {f : Nat → Nat} (h : Eq (natSum n f) 0) :
    ∀ i, Nat.lt i n → Eq (f i) 0 :=
  Nat.rec (motive := fun n => Eq (natSum n f) 0 → ∀ i, Nat.lt i n → Eq (f i) 0)
    (fun _ i hi => absurd hi (Nat.not_succ_le_zero i))
    (fun n ih h i hi =>
      have zero_left {a b : Nat} (e : Eq (Nat.add a b) 0) : Eq a 0 :=
        nat_le_antisymm (Eq.subst (motive := fun t => Nat.le a t) e (nat_le_add a b)) (Nat.zero_le a)
      Or.elim (nat_lt_or_ge i n) (ih (zero_left h) i)
        (fun g => Eq.subst (motive := fun i => Eq (f i) 0)
          (nat_le_antisymm g (Nat.le_of_succ_le_succ hi))
          (zero_left (Eq.trans (nat_add_comm (f n) (natSum n f)) h)))) n h

/-- `u - C = 0` means `u ≤ C`. -/
theorem le_of_sub_zero {u C : Nat} (h : Eq (Nat.sub u C) 0) : Nat.le u C :=
  Or.elim (nat_total u C)
    (fun e => match e with
      | ⟨k, e⟩ => nat_le_of_add_eq (k := k) e)
    (fun e => match e with
      | ⟨k, e⟩ =>
        have z : Eq (Nat.succ k) 0 := Eq.trans (Eq.symm (nat_add_sub_left C (Nat.succ k)))
          (Eq.trans (congrArg (fun t => Nat.sub t C) e) h)
        absurd (Eq.subst (motive := fun t => Nat.lt 0 t) z (Nat.succ_le_succ (Nat.zero_le k)))
          (Nat.not_succ_le_zero 0))

/-- Where the digits have nothing above `C`, none is. -/
theorem digitsAbove_sound {w C X : Nat} {sh : Shape} (h : Eq (digitsAbove w C sh X) 0) {p : Nat}
    (hp : Nat.lt p (Shape.size sh)) : Nat.le (digit w X p) C :=
  le_of_sub_zero (natSum_parts (Eq.trans (Eq.symm (digitSum_eq w w (fun u _ => Nat.sub u C) sh X 0)) h)
    p hp)

/-- `a ≤ c` gives `a - b ≤ c - b`. -/
theorem diff_le {a b c : Nat} (h : Nat.le a c) : Int.le (diff a b) (diff c b) :=
  match nat_exists_of_le h with
  | ⟨k, e⟩ => int_le_of_add k
      (Eq.trans (congrArg (Int.add (diff a b)) (Eq.symm (diff_zero k)))
        (Eq.trans (diff_add a b k 0) (congrArg (fun t => diff t b) e)))

/-- What holds of each is found by `everyBelow`. -/
theorem everyBelow_of {n : Nat} {p : Nat → Bool} (h : ∀ i, Nat.lt i n → Eq (p i) true) :
    Eq (everyBelow n p) true :=
  Nat.rec (motive := fun n => (∀ i, Nat.lt i n → Eq (p i) true) → Eq (everyBelow n p) true)
    (fun _ => rfl)
    (fun n ih h => congr2 and (h n (Nat.le.refl (n := Nat.succ n)))
      (ih (fun i hi => h i (Nat.le_trans hi (Nat.le_succ n))))) n h

/-- The second part of a choice that is true may be replaced by what it gives. -/
theorem pick_map {c a b b' : Bool} (h : Eq (pick c a b) true) (g : Eq b true → Eq b' true) :
    Eq (pick c a b') true :=
  match c, h with
  | true, h => h
  | false, h => g h

namespace KeyGap

/-- Whether the keys of block `i` stay below the chosen ones; scores are `z`, or digits of `Y` less `γ`. -/
noncomputable def blockBelow (t : KeyGap) (B : Nat) (l : List ChosenKey) (w γ Y C : Nat) (sh : Shape)
    (i : Nat) : Bool :=
  pick (Nat.beq (digitsAbove w C sh (Nat.mod (Nat.shiftRight Y (Nat.mul w (Nat.mul i B)))
      (Nat.pow 2 (Nat.mul w B)))) 0) true
    (everyBelow B fun s => force (Nat.add (Nat.mul i B) s) fun q =>
      t.below B l (ofPacked w γ Y) q)

/-- The check of a selection, as `KeyGap.stay`; the scores are the digits of `Y` in base `2^w` less `γ`, and
blocks whose digits are all at most `C` are passed at once. -/
noncomputable def stayPacked (t : KeyGap) (m B k : Nat) (l : List Nat) (c : List ChosenKey)
    (w γ Y C : Nat) (sh : Shape) : Bool :=
  and (and (and (and (Nat.beq (count m (oneOf l)) k) (Nat.ble 1 B)) t.capped)
      (and t.fits (everyChosen (t.known B (ofPacked w γ Y)) c)))
    (and (and (Nat.beq (Shape.size sh) B) (intBle (diff C γ) t.cap))
      (everyBelow m fun i => pick (oneOf l i) (someChosen i c) (t.blockBelow B c w γ Y C sh i)))

/-- A block whose digits are at most that of the cap is below, key by key. -/
theorem blockBelow_sound {t : KeyGap} {B w γ Y C : Nat} {l : List ChosenKey} {sh : Shape}
    (hs : Eq (Nat.beq (Shape.size sh) B) true) (hc : Eq (intBle (diff C γ) t.cap) true) {i : Nat}
    (h : Eq (t.blockBelow B l w γ Y C sh i) true) :
    Eq (everyBelow B fun s => force (Nat.add (Nat.mul i B) s) fun q =>
      t.below B l (ofPacked w γ Y) q) true :=
  Or.elim (pick_or h)
    (fun e => everyBelow_of (fun s hs' =>
      have low : Nat.le (digit w (Nat.mod (Nat.shiftRight Y (Nat.mul w (Nat.mul i B)))
          (Nat.pow 2 (Nat.mul w B))) s) C :=
        digitsAbove_sound (Nat.eq_of_beq_eq_true e)
          (Eq.subst (motive := fun n => Nat.lt s n) (Eq.symm (Nat.eq_of_beq_eq_true hs)) hs')
      have same : Eq (digit w (Nat.mod (Nat.shiftRight Y (Nat.mul w (Nat.mul i B)))
          (Nat.pow 2 (Nat.mul w B))) s) (digit w Y (Nat.add (Nat.mul i B) s)) :=
        Eq.trans (digit_mod w _ B hs') (Eq.symm (digit_add w Y (Nat.mul i B) s))
      congrArg (fun b => pick b true _)
        (int_ble_of_le (int_le_trans
          (diff_le (Eq.subst (motive := fun d => Nat.le d C) same low)) (int_le_of_ble hc)))))
    (fun e => e)

set_option smartUnfolding false in
/-- The packed check says no more than the check. -/
theorem stay_of_packed {t : KeyGap} {m B k w γ Y C : Nat} {l : List Nat} {c : List ChosenKey}
    {sh : Shape} (h : Eq (t.stayPacked m B k l c w γ Y C sh) true) :
    Eq (t.stay m B k l c (ofPacked w γ Y)) true :=
  have sizes := bool_and (bool_and (bool_and h).right).left
  congr2 and (bool_and h).left
    (everyBelow_of (fun i hi => pick_map (everyBelow_sound (bool_and (bool_and h).right).right i hi)
      (blockBelow_sound sizes.left sizes.right)))

end KeyGap

set_option linter.unusedVariables false in
/-- What the elaborator takes `KeyGap.stayPacked` for; see `StepKernelOnly.lean`. -/
def KeyGap.stayPacked._sunfold (t : KeyGap) (m B k : Nat) (l : List Nat) (c : List ChosenKey)
    (w γ Y C : Nat) (sh : Shape) : Bool := true

end LipBridge
