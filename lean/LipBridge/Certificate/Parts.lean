import LipBridge.Certificate.GramSound
/-!
# Gram rows of a long matrix, part by part

A matrix with many more rows than columns is cut into parts. For each, the export states the packed
sums `Σ_r u_ri * spread(u_r)` and `Σ_r spread(u_r)`, and the kernel computes them in a theorem of its
own (`partCheck`), with a cache of its own. The sums of all parts then stand in for the computation
(`Summed`): `rowCheckWith` is `rowCheck` with the sums handed in.
-/

set_option autoImplicit false

namespace LipBridge

/-- `Σ_r u_ri * spread(u_r)` over the rows `t`. -/
noncomputable def dotRow (w b : Nat) (sh : Shape) (t : Rows) (i : Nat) : Nat :=
  force (Nat.add 32 (Nat.mul w i)) fun d => force (Nat.pow 2 w) fun W => Lanes.dot d W (lanes w b sh t)

/-- Whether the first `n` sums of the rows `t` are those of the list `dots`. -/
noncomputable def dotsCheck (w b : Nat) (sh : Shape) (t dots : Rows) (n : Nat) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun i ih => and (Nat.beq (dotRow w b sh t i) (Rows.get dots i)) ih) n

/-- Whether `dots` and `cols` are the sums of the rows `t`. -/
noncomputable def partCheck (w b : Nat) (sh : Shape) (t dots : Rows) (cols n : Nat) : Bool :=
  and (Nat.beq (Lanes.sum (lanes w b sh t)) cols) (dotsCheck w b sh t dots n)

/-- `dots i = Σ_r u_ri * spread(u_r)` for `i < n`, and `cols = Σ_r spread(u_r)`. -/
def Summed (w b : Nat) (sh : Shape) (n : Nat) (t : Rows) (dots : Nat → Nat) (cols : Nat) : Prop :=
  And (∀ i, Nat.lt i n → Eq (dotRow w b sh t i) (dots i)) (Eq (Lanes.sum (lanes w b sh t)) cols)

/-- The sums of a part, as the kernel has computed them. -/
theorem Summed.part {w b : Nat} {sh : Shape} {n : Nat} {t dots : Rows} {cols : Nat}
    (h : Eq (partCheck w b sh t dots cols n) true) : Summed w b sh n t (Rows.get dots) cols :=
  ⟨Nat.rec
    (motive := fun n => Eq (dotsCheck w b sh t dots n) true →
      ∀ i, Nat.lt i n → Eq (dotRow w b sh t i) (Rows.get dots i))
    (fun _ i hi => absurd hi (Nat.not_succ_le_zero i))
    (fun n ih h i hi => Or.elim (nat_lt_or_ge i n) (ih (bool_and h).right i)
      (fun g => Eq.subst (motive := fun i => Eq (dotRow w b sh t i) (Rows.get dots i))
        (nat_le_antisymm g (Nat.le_of_succ_le_succ hi))
        (Nat.eq_of_beq_eq_true (bool_and h).left))) n (bool_and h).right,
   Nat.eq_of_beq_eq_true (bool_and h).left⟩

/-- The sums of two parts add up. -/
theorem Summed.node {w b : Nat} {sh : Shape} {n : Nat} {l r : Rows} {d e : Nat → Nat} {c f : Nat}
    (h : Summed w b sh n l d c) (k : Summed w b sh n r e f) :
    Summed w b sh n (.node l r) (fun i => Nat.add (d i) (e i)) (Nat.add c f) :=
  ⟨fun i hi => congr2 Nat.add (h.left i hi) (k.left i hi), congr2 Nat.add h.right k.right⟩

/-- `rowCheck` for a stack `s` whose sums are known, and further stacks. -/
noncomputable def rowCheckWith (b : Nat) (sh : Shape) (s : Stack) (dot cols : Nat) (l : List Stack)
    (D ε i : Nat) : Bool :=
  diffCheck b (Nat.mul 2 ε) sh
    (Nat.add
      (Nat.mul s.weight (Nat.add dot
        (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)) (ones b sh))))
      (stackSum (Stack.plusRow b sh i) l))
    (Nat.add (Nat.shiftLeft D (Nat.mul b i))
      (Nat.add
        (Nat.add (Nat.mul (Nat.mul s.weight s.bias) (Nat.add cols
          (Nat.mul (digit b cols i) (ones b sh)))) (stackSum (Stack.minusRow b sh i) l))
        (Nat.mul ε (ones b sh))))

/-- Whether the first `n` rows pass. -/
noncomputable def rowsCheckWith (b : Nat) (sh : Shape) (s : Stack) (dots : Nat → Nat) (cols : Nat)
    (l : List Stack) (D ε n : Nat) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun i ih => and (rowCheckWith b sh s (dots i) cols l D ε i) ih) n

/-- The check of all `n` rows, where the sums of the first stack are known. -/
noncomputable def gramCheckWith (b : Nat) (sh : Shape) (s : Stack) (dots : Nat → Nat) (cols : Nat)
    (l : List Stack) (D ε n : Nat) : Bool :=
  and (Nat.ble n (Shape.size sh))
    (and (allStacks (fun s => Nat.ble n s.size) (.cons s l))
      (and (widthCheck b (.cons s l) D ε) (rowsCheckWith b sh s dots cols l D ε n)))

/-- With the right sums, `rowCheckWith` is `rowCheck`. -/
theorem rowCheckWith_eq {b : Nat} {sh : Shape} {s : Stack} {l : List Stack} {D ε i n : Nat}
    {dots : Nat → Nat} {cols : Nat} (h : Summed s.width b sh n s.rows dots cols)
    (hi : Nat.lt i n) :
    Eq (rowCheckWith b sh s (dots i) cols l D ε i) (rowCheck b sh (.cons s l) D ε i) :=
  congr2 (fun d c => rowCheckWith b sh s d c l D ε i) (Eq.symm (h.left i hi)) (Eq.symm h.right)

/-- With the right sums, `rowsCheckWith` gives the rows. -/
theorem rowsCheckWith_sound {b : Nat} {sh : Shape} {s : Stack} {l : List Stack} {D ε n : Nat}
    {dots : Nat → Nat} {cols : Nat} (h : Summed s.width b sh n s.rows dots cols) (m : Nat)
    (hm : Nat.le m n) (g : Eq (rowsCheckWith b sh s dots cols l D ε m) true) :
    ∀ i, Nat.lt i m → Eq (rowCheck b sh (.cons s l) D ε i) true :=
  Nat.rec
    (motive := fun m => Nat.le m n → Eq (rowsCheckWith b sh s dots cols l D ε m) true →
      ∀ i, Nat.lt i m → Eq (rowCheck b sh (.cons s l) D ε i) true)
    (fun _ _ i hi => absurd hi (Nat.not_succ_le_zero i))
    (fun m ih hm g i hi => Or.elim (nat_lt_or_ge i m)
      (ih (Nat.le_trans (Nat.le_succ m) hm) (bool_and g).right i)
      (fun k => Eq.subst (motive := fun i => Eq (rowCheck b sh (.cons s l) D ε i) true)
        (nat_le_antisymm k (Nat.le_of_succ_le_succ hi))
        (Eq.trans (Eq.symm (rowCheckWith_eq h hm)) (bool_and g).left))) m hm g

/-- Where all stacks have digits at both places, every one counts. -/
theorem sum_all {n i q : Nat} (hi : Nat.lt i n) (hq : Nat.lt q n) (f : Stack → Nat)
    (l : List Stack) (h : Eq (allStacks (fun s => Nat.ble n s.size) l) true) :
    Eq (stackSum f l) (stackSum (fun s => pick (Stack.has s i q) (f s) 0) l) :=
  List.rec
    (motive := fun l => Eq (allStacks (fun s => Nat.ble n s.size) l) true →
      Eq (stackSum f l) (stackSum (fun s => pick (Stack.has s i q) (f s) 0) l))
    (fun _ => rfl)
    (fun s _ ih h =>
      have k := Nat.le_of_ble_eq_true (bool_and h).left
      have yes : Eq (Stack.has s i q) true :=
        congr2 and (Nat.ble_eq_true_of_le (Nat.le_trans hi k))
          (Nat.ble_eq_true_of_le (Nat.le_trans hq k))
      congr2 Nat.add (congrArg (fun t => pick t (f s) 0) (Eq.symm yes)) (ih (bool_and h).right)) l h

/-- `gramCheckWith` gives all rows. -/
theorem GramRows.ofParts {b : Nat} {sh : Shape} {s : Stack} {l : List Stack} {D ε n : Nat}
    {dots : Nat → Nat} {cols : Nat} (h : Summed s.width b sh n s.rows dots cols)
    (g : Eq (gramCheckWith b sh s dots cols l D ε n) true) : GramRows (.cons s l) D ε n :=
  have hs := Nat.le_of_ble_eq_true (bool_and g).left
  have k := bool_and (bool_and g).right
  have k' := bool_and k.right
  fun i hi q hq =>
    have hqn : Nat.lt q n := Nat.le_trans (Nat.succ_le_succ hq) hi
    match rowCheck_sound k'.left (rowsCheckWith_sound h n Nat.le.refl k'.right i hi)
      (Nat.le_trans hi hs) (Nat.le_trans hqn hs) with
    | ⟨m, hm, e⟩ => ⟨m, hm,
        Eq.trans (congrArg (fun t => Nat.add t m) (Eq.symm (sum_all hi hqn _ _ k.left)))
          (Eq.trans e (congrArg (fun t => Nat.add (pick (Nat.beq q i) D 0) (Nat.add t ε))
            (sum_all hi hqn _ _ k.left)))⟩

end LipBridge
