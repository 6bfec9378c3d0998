import LipBridge.Selection.OrderNat
/-!
# Sets of blocks and their cardinality

A set of blocks is a function from indices to truth values; only indices below `m` count.
-/

set_option autoImplicit false

namespace LipBridge

/-- A set of blocks: `S i = true` says that block `i` is in `S`. -/
abbrev BlockSet := Nat → Bool

/-- The number `|S|` of blocks `i < m` in `S`. -/
def count (m : Nat) (S : BlockSet) : Nat :=
  match m with
  | 0 => 0
  | .succ m => Nat.add (count m S) (cond (S m) 1 0)

/-- `S` and `T` have the same blocks below `m`. -/
def SameOn (m : Nat) (S T : BlockSet) : Prop := ∀ i, Nat.lt i m → Eq (S i) (T i)

/-- `P i j` for every block `i` in `S` and every block `j` outside, both below `m`. -/
def Across (m : Nat) (S : BlockSet) (P : Nat → Nat → Prop) : Prop :=
  ∀ i j, Nat.lt i m → Nat.lt j m → Eq (S i) true → Eq (S j) false → P i j

/-! ## Equality of sets -/

/-- A set has the same blocks as itself. -/
theorem SameOn.rfl {m : Nat} {S : BlockSet} : SameOn m S S := fun _ _ => Eq.refl _

/-- Having the same blocks is symmetric. -/
theorem SameOn.symm {m : Nat} {S T : BlockSet} (h : SameOn m S T) : SameOn m T S :=
  fun i hi => Eq.symm (h i hi)

/-- Having the same blocks is transitive. -/
theorem SameOn.trans {m : Nat} {S T U : BlockSet} (h : SameOn m S T) (k : SameOn m T U) :
    SameOn m S U :=
  fun i hi => Eq.trans (h i hi) (k i hi)

/-- Sets with the same blocks have the same cardinality. -/
theorem SameOn.count_eq {m : Nat} {S T : BlockSet} (h : SameOn m S T) :
    Eq (count m S) (count m T) :=
  match m, h with
  | 0, _ => Eq.refl 0
  | .succ m, h =>
    have e : Eq (count m S) (count m T) := SameOn.count_eq (fun i hi => h i (Nat.le.step hi))
    congr2 Nat.add e (congrArg (fun b => cond b 1 0) (h m Nat.le.refl))

/-- A block below `m` in `P`, or none. -/
theorem exists_or_none (m : Nat) (P : BlockSet) :
    Or (Exists fun i => And (Nat.lt i m) (Eq (P i) true)) (∀ i, Nat.lt i m → Eq (P i) false) :=
  match m with
  | 0 => Or.inr (fun i hi => False.elim (Nat.not_succ_le_zero i hi))
  | .succ m => Or.elim (exists_or_none m P)
      (fun h => match h with
        | ⟨i, hi⟩ => Or.inl ⟨i, ⟨Nat.le.step hi.left, hi.right⟩⟩)
      (fun h => Or.elim (bool_em (P m)) (fun e => Or.inl ⟨m, ⟨Nat.le.refl, e⟩⟩)
        (fun e => Or.inr (forall_lt_succ h e)))

/-! ## Cardinality -/

/-- The larger of two truth values counts at least as much. -/
theorem bit_le {a b : Bool} (h : Eq a true → Eq b true) : Nat.le (cond a 1 0) (cond b 1 0) :=
  match a, b, h with
  | false, b, _ => Nat.zero_le (cond b 1 0)
  | true, true, _ => Nat.le.refl
  | true, false, h => bool_absurd (Eq.symm (h (Eq.refl true)))

/-- `S ⊆ T` gives `|S| ≤ |T|`. -/
theorem count_le {m : Nat} {S T : BlockSet} (h : ∀ i, Nat.lt i m → Eq (S i) true → Eq (T i) true) :
    Nat.le (count m S) (count m T) :=
  match m, h with
  | 0, _ => Nat.le.refl
  | .succ m, h => nat_add_le_add (count_le (fun i hi => h i (Nat.le.step hi)))
      (bit_le (h m Nat.le.refl))

/-- Two truth values that imply each other are equal. -/
theorem bool_eq {a b : Bool} (h : Eq a true → Eq b true) (k : Eq b true → Eq a true) : Eq a b :=
  match a, b, h, k with
  | true, _, h, _ => Eq.symm (h (Eq.refl true))
  | false, true, _, k => k (Eq.refl true)
  | false, false, _, _ => Eq.refl false

/-- A truth value that counts at least as much as another follows from it. -/
theorem bit_of_le {a b : Bool} (h : Nat.le (cond b 1 0) (cond a 1 0)) (e : Eq b true) : Eq a true :=
  match a, b, h, e with
  | true, _, _, _ => Eq.refl true
  | false, true, h, _ => False.elim (Nat.not_succ_le_zero 0 h)
  | false, false, _, e => e

/-- `S ⊆ T` and `|T| ≤ |S|` give `S = T`. -/
theorem same_of_subset {m : Nat} {S T : BlockSet}
    (h : ∀ i, Nat.lt i m → Eq (S i) true → Eq (T i) true) (hc : Nat.le (count m T) (count m S)) :
    SameOn m S T :=
  match m, h, hc with
  | 0, _, _ => fun i hi => False.elim (Nat.not_succ_le_zero i hi)
  | .succ m, h, hc =>
    have hm : Nat.le (cond (S m) 1 0) (cond (T m) 1 0) := bit_le (h m Nat.le.refl)
    have hs : ∀ i, Nat.lt i m → Eq (S i) true → Eq (T i) true := fun i hi => h i (Nat.le.step hi)
    have hT : Nat.le (cond (T m) 1 0) (cond (S m) 1 0) :=
      nat_le_of_add_le (nat_add_comm (count m T) (cond (T m) 1 0) ▸
        nat_add_comm (count m S) (cond (S m) 1 0) ▸ hc) (count_le hs)
    forall_lt_succ (same_of_subset hs (nat_le_of_add_le hc hm))
      (bool_eq (h m Nat.le.refl) (bit_of_le hT))

/-- The blocks of `S` that are not in `T`. -/
noncomputable def minus (S T : BlockSet) : BlockSet := fun i => and (S i) (not (T i))

/-- A block of `S \ T` is in `S` and not in `T`. -/
theorem minus_true {S T : BlockSet} {i : Nat} (h : Eq (minus S T i) true) :
    And (Eq (S i) true) (Eq (T i) false) :=
  have g (a b : Bool) (h : Eq (and a (not b)) true) : And (Eq a true) (Eq b false) :=
    match a, b, h with
    | true, false, _ => ⟨Eq.refl true, Eq.refl false⟩
    | true, true, h => bool_absurd (Eq.symm h)
    | false, _, h => bool_absurd (Eq.symm h)
  g (S i) (T i) h

/-- A block of `S` that is not in `S \ T` is in `T`. -/
theorem minus_false {S T : BlockSet} {i : Nat} (h : Eq (minus S T i) false) (hS : Eq (S i) true) :
    Eq (T i) true :=
  have g (a b : Bool) (h : Eq (and a (not b)) false) (k : Eq a true) : Eq b true :=
    match a, b, h, k with
    | _, true, _, _ => Eq.refl true
    | true, false, h, _ => bool_absurd h
    | false, false, _, k => k
  g (S i) (T i) h hS

/-- The cardinality argument. Two sets of equal cardinality are equal unless each has a block that
the other lacks: if no pair `i ∈ S \ T`, `j ∈ T \ S` exists, then `S = T`. -/
theorem same_of_count_eq {m : Nat} {S T : BlockSet} (hc : Eq (count m S) (count m T))
    (h : ∀ i j, Nat.lt i m → Nat.lt j m → Eq (S i) true → Eq (T i) false → Eq (T j) true →
      Eq (S j) false → False) : SameOn m S T :=
  Or.elim (exists_or_none m (minus S T))
    (fun hi => Or.elim (exists_or_none m (minus T S))
      (fun hj => match hi, hj with
        | ⟨i, hi, ei⟩, ⟨j, hj, ej⟩ => False.elim (h i j hi hj (minus_true ei).left
            (minus_true ei).right (minus_true ej).left (minus_true ej).right))
      (fun hT => SameOn.symm (same_of_subset (fun j hj => minus_false (hT j hj)) (hc ▸ Nat.le.refl))))
    (fun hS => same_of_subset (fun i hi => minus_false (hS i hi)) (hc ▸ Nat.le.refl))

end LipBridge
