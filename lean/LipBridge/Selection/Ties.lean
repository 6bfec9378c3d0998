import LipBridge.Selection.TopK
/-!
# Ties destroy uniqueness

A top-k set is the only one exactly where its scores exceed the others strictly. A gap of 0 certifies
nothing: exchanging two tied blocks gives another top-k set.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The set `S` with block `a` put to the truth value `b`. -/
def put (S : BlockSet) (a : Nat) (b : Bool) : BlockSet := fun i => cond (Nat.beq i a) b (S i)

/-- `put S a b` has the value `b` at `a`. -/
theorem put_self (S : BlockSet) (a : Nat) (b : Bool) : Eq (put S a b a) b :=
  congrArg (fun t => cond t b (S a)) (nat_beq_self a)

/-- `put S a b` has the values of `S` away from `a`. -/
theorem put_other {S : BlockSet} {a i : Nat} (b : Bool) (h : Not (Eq i a)) : Eq (put S a b i) (S i) :=
  congrArg (fun t => cond t b (S i))
    (Bool.eq_false_of_ne_true (fun e => h (Nat.eq_of_beq_eq_true e)))

/-- Putting a block above `m` changes no count below `m`. -/
theorem count_put_above {m a : Nat} (S : BlockSet) (b : Bool) (h : Nat.le m a) :
    Eq (count m (put S a b)) (count m S) :=
  SameOn.count_eq (fun _ hi => put_other b (fun e =>
    nat_lt_irrefl (n := a) (Nat.le_trans (e ▸ hi) h)))

/-- Taking block `a < m` out of `S` and putting it in: the counts differ by one. -/
theorem count_put {m a : Nat} (S : BlockSet) (h : Nat.lt a m) :
    Eq (count m (put S a true)) (Nat.succ (count m (put S a false))) :=
  match m, h with
  | 0, h => False.elim (Nat.not_succ_le_zero a h)
  | .succ m, h => Or.elim (nat_lt_or_ge a m)
      (fun g =>
        have ne : Not (Eq m a) := fun e => nat_lt_irrefl (n := a) (e ▸ g)
        have e (b : Bool) : Eq (count (Nat.succ m) (put S a b))
            (Nat.add (count m (put S a b)) (cond (S m) 1 0)) :=
          congrArg (fun t => Nat.add (count m (put S a b)) (cond t 1 0)) (put_other b ne)
        Eq.trans (e true) (Eq.trans (congrArg (fun t => Nat.add t (cond (S m) 1 0)) (count_put S g))
          (Eq.trans (nat_succ_add _ _) (congrArg Nat.succ (Eq.symm (e false))))))
      (fun g =>
        have e (b : Bool) : Eq (count (Nat.succ m) (put S m b)) (Nat.add (count m S) (cond b 1 0)) :=
          congr2 Nat.add (count_put_above S b Nat.le.refl)
            (congrArg (fun t => cond t 1 0) (put_self S m b))
        Eq.subst (motive := fun a => Eq (count (Nat.succ m) (put S a true))
            (Nat.succ (count (Nat.succ m) (put S a false))))
          (nat_le_antisymm g (Nat.le_of_succ_le_succ h)) (Eq.trans (e true)
            (congrArg Nat.succ (Eq.symm (e false)))))

/-- Putting a value that is already there changes nothing. -/
theorem put_same {m a : Nat} {S : BlockSet} {b : Bool} (h : Eq (S a) b) : SameOn m (put S a b) S :=
  fun i _ => Or.elim (bool_em (Nat.beq i a))
    (fun e => Nat.eq_of_beq_eq_true e ▸ Eq.trans (put_self S i b)
      (Nat.eq_of_beq_eq_true e ▸ Eq.symm h))
    (fun e => congrArg (fun t => cond t b (S i)) e)

/-- The set `S` with block `i` taken out and block `j` put in. -/
def exchange (S : BlockSet) (i j : Nat) : BlockSet := put (put S i false) j true

/-- An exchange keeps the cardinality. -/
theorem count_exchange {m i j : Nat} {S : BlockSet} (hi : Nat.lt i m) (hj : Nat.lt j m)
    (ei : Eq (S i) true) (ej : Eq (S j) false) : Eq (count m (exchange S i j)) (count m S) :=
  have ne : Not (Eq j i) := fun e => bool_absurd (Eq.trans (Eq.symm ei) (e ▸ ej))
  have h1 : Eq (count m S) (Nat.succ (count m (put S i false))) :=
    Eq.trans (Eq.symm (SameOn.count_eq (put_same ei))) (count_put S hi)
  have h2 : Eq (count m (put (put S i false) j false)) (count m (put S i false)) :=
    SameOn.count_eq (put_same (Eq.trans (put_other false ne) ej))
  Eq.trans (count_put (put S i false) hj) (Eq.trans (congrArg Nat.succ h2) (Eq.symm h1))

/-- Exchanging tied blocks gives a top-k set again: if `S` is a top-k set, `i` in `S`, `j` outside and
`s_i ≤ s_j`, then `S` without `i` and with `j` is a top-k set too. -/
theorem topK_exchange {m k i j : Nat} {s : Nat → R} {S : BlockSet} (h : TopK m k s S)
    (hi : Nat.lt i m) (hj : Nat.lt j m) (ei : Eq (S i) true) (ej : Eq (S j) false)
    (tie : le (s i) (s j)) : TopK m k s (exchange S i j) where
  card := Eq.trans (count_exchange hi hj ei ej) h.card
  best a b ha hb ea eb :=
    -- what is inside scores at least `s_i`, what is outside at most `s_i`
    have inside : le (s i) (s a) := Or.elim (bool_em (Nat.beq a j))
      (fun e => Eq.symm (Nat.eq_of_beq_eq_true e) ▸ tie)
      (fun e => Or.elim (bool_em (Nat.beq a i))
        (fun f => Nat.eq_of_beq_eq_true f ▸ le_refl _)
        (fun f => le_trans tie (h.best a j ha hj (Eq.trans (Eq.symm
          (Eq.trans (congrArg (fun t => cond t true (put S i false a)) e)
            (congrArg (fun t => cond t false (S a)) f))) ea) ej)))
    have outside : le (s b) (s i) := Or.elim (bool_em (Nat.beq b j))
      (fun e => bool_absurd (Eq.trans (Eq.symm
        (congrArg (fun t => cond t true (put S i false b)) e)) eb))
      (fun e => Or.elim (bool_em (Nat.beq b i))
        (fun f => Nat.eq_of_beq_eq_true f ▸ le_refl _)
        (fun f => h.best i b hi hb ei (Eq.trans (Eq.symm
          (Eq.trans (congrArg (fun t => cond t true (put S i false b)) e)
            (congrArg (fun t => cond t false (S b)) f))) eb)))
    le_trans outside inside

/-- A top-k set is the only one if and only if its scores exceed the others strictly: `S` is the only
top-k set exactly when `|S| = k` and `s_j < s_i` for all `i` in `S`, `j` outside. So a gap of 0, a tie
at the border, certifies nothing. -/
theorem unique_iff_separated {m k : Nat} {s : Nat → R} {S : BlockSet} :
    Iff (UniqueTopK m k s S) (And (Eq (count m S) k) (Separated m s S)) :=
  ⟨fun h => ⟨h.isTopK.card, fun i j hi hj ei ej tie =>
      have e : Eq (S j) (exchange S i j j) :=
        h.only _ (topK_exchange h.isTopK hi hj ei ej tie) j hj
      bool_absurd (Eq.trans (Eq.symm (put_self (put S i false) j true)) (Eq.trans (Eq.symm e) ej))⟩,
    fun h => unique_of_separated h.left h.right⟩

end

end LipBridge
