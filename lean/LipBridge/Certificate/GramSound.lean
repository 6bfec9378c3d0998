import LipBridge.Certificate.GramEntries
/-!
# Soundness of the check of Gram rows

`gramCheck … = true` gives `GramEntry` for every entry of the rows that it checks: the packed numbers
are packed entries, and packed numbers with digits below the base are equal only where their digits
are.
-/

set_option autoImplicit false

namespace LipBridge

/-- A place below `m + n` is below `m`, or `m` and a place below `n`. -/
theorem nat_lt_add_cases {p m n : Nat} (h : Nat.lt p (Nat.add m n)) :
    Or (Nat.lt p m) (Exists fun q => And (Nat.lt q n) (Eq (Nat.add m q) p)) :=
  Or.elim (nat_lt_or_ge p m) Or.inl (fun g =>
    match nat_exists_of_le g with
    | ⟨q, e⟩ => Or.inr ⟨q, nat_lt_of_add_lt (m := m)
        (Eq.subst (motive := fun t => Nat.lt t (Nat.add m n)) (Eq.symm e) h), e⟩)

/-! ## One chunk -/

/-- `chunkCheck` gives the entries of its rows. -/
theorem chunkCheck_sound {e k t n : Nat} {l : List Stack} {v T ε c : Nat} (hk : Nat.le 1 k)
    (ht : Nat.le n (Nat.pow 2 t)) (hc : Nat.le (Nat.add (Nat.mul k c) k) n)
    (hb : Eq (widthCheck e l v ε) true) (h : Eq (chunkCheck e k t n l v T ε c) true) {j q : Nat}
    (hj : Nat.lt j k) (hq : Nat.lt q n) :
    EntryOf (fun s => Stack.plusAt n s (Nat.add (Nat.mul k c) j) q)
      (fun s => Stack.minusAt n s (Nat.add (Nat.mul k c) j) q) l (digit v T) ε
      (Nat.add (Nat.mul k c) j) q :=
  let b := Nat.succ e
  let i : Nat → Nat := fun j => Nat.add (Nat.mul k c) j
  have pos : Nat.lt 0 b := Nat.succ_le_succ (Nat.zero_le e)
  have hf := (bool_and (bool_and hb).left).right
  have h₀ := Nat.le_of_ble_eq_true (bool_and (bool_and hb).left).left
  have h₁ := Nat.le_of_ble_eq_true (bool_and (bool_and hb).right).left
  have h₂ := Nat.le_of_ble_eq_true (bool_and (bool_and hb).right).right
  have x := plusChunks_eq_grid pos hk ht c l hf
  have y : Eq (Nat.add (diagonalChunk b k v T c)
        (Nat.add (stackSum (Stack.minusChunk b k t n c) l)
          (Nat.mul ε (Nat.mul (rep b k) (rep (Nat.mul b k) n)))))
      (grid b k n (fun j q => Nat.add (pick (Nat.beq q (i j)) (digit v T (i j)) 0)
        (Nat.add (stackSum (fun s => Stack.minusAt n s (i j) q) l) ε))) :=
    Eq.symm (Eq.trans (grid_add _ _)
      (congr2 Nat.add (Eq.symm (diagonalChunk_eq_grid hc))
        (Eq.trans (grid_add _ _)
          (congr2 Nat.add (Eq.symm (minusChunks_eq_grid pos hk ht c l hf))
            (Eq.symm (error_eq_grid pos hk ε))))))
  diffCheck_sound h₀
    (F := fun j q => stackSum (fun s => Stack.plusAt n s (i j) q) l)
    (G := fun j q => Nat.add (pick (Nat.beq q (i j)) (digit v T (i j)) 0)
      (Nat.add (stackSum (fun s => Stack.minusAt n s (i j) q) l) ε))
    (fun j q => Nat.le_trans (Nat.succ_le_succ
      (nat_add_le_add (stackSum_le (fun s => plusAt_le n s (i j) q) l) Nat.le.refl)) h₁)
    (fun j q => Nat.le_trans (Nat.succ_le_succ
      (nat_add_le_add
        (Nat.le_trans (pick_le (Nat.beq q (i j)) (digit v T (i j)))
          (Nat.le_trans (Nat.le_succ _) (digit_lt v T (i j))))
        (nat_add_le_add (stackSum_le (fun s => minusAt_le n s (i j) q) l) Nat.le.refl))) h₂)
    (Eq.subst (motive := fun x => Eq (diffCheck e (Nat.mul k n) (Nat.mul 2 ε) x _) true) x
      (Eq.subst (motive := fun y => Eq (diffCheck e (Nat.mul k n) (Nat.mul 2 ε)
        (stackSum (Stack.plusChunk b k t n c) l) y) true) y h)) hj hq

/-- `chunksCheck` gives every chunk. -/
theorem chunksCheck_sound {e k t n : Nat} {l : List Stack} {v T ε a C : Nat}
    (h : Eq (chunksCheck e k t n l v T ε a C) true) :
    ∀ c, Nat.lt c C → Eq (chunkCheck e k t n l v T ε (Nat.add a c)) true :=
  Nat.rec
    (motive := fun C => Eq (chunksCheck e k t n l v T ε a C) true →
      ∀ c, Nat.lt c C → Eq (chunkCheck e k t n l v T ε (Nat.add a c)) true)
    (fun _ c hc => absurd hc (Nat.not_succ_le_zero c))
    (fun C ih h c hc => Or.elim (nat_lt_or_ge c C) (ih (bool_and h).right c)
      (fun g => Eq.subst (motive := fun c => Eq (chunkCheck e k t n l v T ε (Nat.add a c)) true)
        (nat_le_antisymm g (Nat.le_of_succ_le_succ hc)) (bool_and h).left)) C h

/-! ## All stacks -/

/-- From place `a` on, only the active stacks count. -/
theorem sum_active {a i q : Nat} (hi : Nat.le a i) (f : Stack → Nat) (l : List Stack) :
    Eq (stackSum (fun s => pick (Stack.has s i q) (f s) 0) (activeStacks a l))
      (stackSum (fun s => pick (Stack.has s i q) (f s) 0) l) :=
  let F : Stack → Nat := fun s => pick (Stack.has s i q) (f s) 0
  List.rec
    (motive := fun l => Eq (stackSum F (activeStacks a l)) (stackSum F l)) rfl
    (fun s l ih => Or.elim (bool_em (Nat.ble s.size a))
      (fun e =>
        have no : Eq (Stack.has s i q) false :=
          congrArg (fun t => and t (Nat.ble (Nat.succ q) s.size))
            (Bool.eq_false_of_ne_true (fun g => absurd
              (Nat.le_trans (Nat.le_of_ble_eq_true g)
                (Nat.le_trans (Nat.le_of_ble_eq_true e) hi)) (Nat.not_succ_le_self i)))
        Eq.trans
          (congrArg (fun t => stackSum F (pick t (activeStacks a l) (.cons s (activeStacks a l)))) e)
          (Eq.trans ih (Eq.trans (Eq.symm (nat_zero_add _))
            (congrArg (fun t => Nat.add (pick t (f s) 0) (stackSum F l)) (Eq.symm no)))))
      (fun e => Eq.trans
        (congrArg (fun t => stackSum F (pick t (activeStacks a l) (.cons s (activeStacks a l)))) e)
        (congrArg (Nat.add (F s)) ih))) l

/-- Equal terms have equal sums over the stacks. -/
theorem stackSum_congr {f g : Stack → Nat} (h : ∀ s, Eq (f s) (g s)) (l : List Stack) :
    Eq (stackSum f l) (stackSum g l) :=
  List.rec (motive := fun l => Eq (stackSum f l) (stackSum g l)) rfl
    (fun s _ ih => congr2 Nat.add (h s) ih) l

/-- `gramCheck` gives the entries of its rows. -/
theorem gramCheck_sound {e k t n : Nat} {l : List Stack} {v T ε a C : Nat}
    (h : Eq (gramCheck e k t n l v T ε a C) true) {i q : Nat} (ha : Nat.le (Nat.mul k a) i)
    (hi : Nat.lt i (Nat.mul k (Nat.add a C))) (hq : Nat.le q i) : GramEntry l (digit v T) ε i q :=
  have g := bool_and (bool_and h).left
  have hk : Nat.le 1 k := Nat.le_of_ble_eq_true g.left
  have hn : Nat.le (Nat.mul k (Nat.add a C)) n := Nat.le_of_ble_eq_true (bool_and g.right).left
  have ht := Nat.le_of_ble_eq_true (bool_and g.right).right
  have w := bool_and (bool_and h).right
  let c := Nat.div i k
  let j := Nat.mod i k
  have hj : Nat.lt j k := nat_mod_lt i hk
  have e₁ : Eq (Nat.add (Nat.mul k c) j) i := Eq.trans (nat_add_comm _ _) (nat_mod_add_div i k)
  have below (y : Nat) (hy : Nat.lt i (Nat.mul k y)) : Nat.lt c y :=
    Or.elim (nat_lt_or_ge c y) (fun g => g) (fun g => absurd
      (Nat.le_trans hy (Nat.le_trans (nat_mul_le_mul_left k g)
        (nat_le_of_add_eq e₁))) nat_lt_irrefl)
  have above : Nat.le a c :=
    Or.elim (nat_lt_or_ge c a)
      (fun g => absurd (Nat.le_trans (Nat.succ_le_succ ha)
        (Eq.subst (motive := fun x => Nat.le (Nat.succ x) (Nat.mul k a)) e₁
          (Nat.le_trans
            (nat_add_le_add (Nat.le.refl (n := Nat.mul k c)) hj)
            (nat_mul_le_mul_left k g)))) nat_lt_irrefl)
      (fun g => g)
  have hqn : Nat.lt q n := Nat.le_trans (Nat.succ_le_succ hq) (Nat.le_trans hi hn)
  match nat_exists_of_le above with
  | ⟨d, hd⟩ =>
    have hdC : Nat.lt d C := nat_lt_of_add_lt (m := a)
      (Eq.subst (motive := fun x => Nat.lt x (Nat.add a C)) (Eq.symm hd) (below _ hi))
    have chunk : Eq (chunkCheck e k t n (activeStacks (Nat.mul k a) l) v T ε c) true :=
      Eq.subst (motive := fun c => Eq (chunkCheck e k t n (activeStacks (Nat.mul k a) l) v T ε c)
        true) hd (chunksCheck_sound w.right d hdC)
    have hc : Nat.le (Nat.add (Nat.mul k c) k) n :=
      Nat.le_trans (nat_mul_le_mul_left k (below _ hi)) hn
    have entry := chunkCheck_sound hk ht hc w.left chunk hj hqn
    match (Eq.subst (motive := fun x => EntryOf (fun s => Stack.plusAt n s x q)
        (fun s => Stack.minusAt n s x q) (activeStacks (Nat.mul k a) l) (digit v T) ε x q) e₁
        entry : EntryOf (fun s => Stack.plusAt n s i q) (fun s => Stack.minusAt n s i q)
          (activeStacks (Nat.mul k a) l) (digit v T) ε i q) with
    | ⟨m, hm, e⟩ =>
      have hin : Nat.lt i n := Nat.le_trans hi hn
      have p := Eq.trans (stackSum_congr (fun s => plusAt_eq s hin hqn) (activeStacks (Nat.mul k a) l))
        (sum_active ha (fun s => Stack.plus s i q) l)
      have r := Eq.trans (stackSum_congr (fun s => minusAt_eq s hin hqn) (activeStacks (Nat.mul k a) l))
        (sum_active ha (fun s => Stack.minus s i q) l)
      ⟨m, hm, Eq.trans (congrArg (fun x => Nat.add x m) (Eq.symm p))
        (Eq.trans e (congrArg
          (fun x => Nat.add (pick (Nat.beq q i) (digit v T i) 0) (Nat.add x ε)) r))⟩

/-- All entries `(i, q)` with `q ≤ i < n`. -/
def GramRows (l : List Stack) (D : Nat → Nat) (ε n : Nat) : Prop :=
  ∀ i, Nat.lt i n → ∀ q, Nat.le q i → GramEntry l D ε i q

/-- No rows: nothing to check. -/
theorem GramRows.zero (l : List Stack) (D : Nat → Nat) (ε : Nat) : GramRows l D ε 0 :=
  fun i hi => absurd hi (Nat.not_succ_le_zero i)

/-- `gramCheck` adds the rows of its chunks. -/
theorem GramRows.step {e k t n : Nat} {l : List Stack} {v T ε a C : Nat}
    (g : GramRows l (digit v T) ε (Nat.mul k a)) (h : Eq (gramCheck e k t n l v T ε a C) true) :
    GramRows l (digit v T) ε (Nat.mul k (Nat.add a C)) :=
  fun i hi q hq => Or.elim (nat_lt_or_ge i (Nat.mul k a)) (fun ha => g i ha q hq)
    (fun ha => gramCheck_sound h ha hi hq)

/-- The diagonal is symmetric. -/
theorem diagonal_symm (D : Nat → Nat) (i q : Nat) :
    Eq (pick (Nat.beq q i) (D i) 0) (pick (Nat.beq i q) (D q) 0) :=
  Or.elim (bool_em (Nat.beq q i))
    (fun h => have e := Nat.eq_of_beq_eq_true h
      Eq.subst (motive := fun x => Eq (pick (Nat.beq q x) (D x) 0) (pick (Nat.beq x q) (D q) 0)) e
        rfl)
    (fun h => Eq.trans (congrArg (fun t => pick t (D i) 0) h)
      (congrArg (fun t => pick t (D q) 0) (Eq.symm (Eq.trans (nat_beq_comm i q) h))))

/-- The condition on an entry is symmetric. -/
theorem GramEntry.symm {l : List Stack} {D : Nat → Nat} {ε i q : Nat} (h : GramEntry l D ε i q) :
    GramEntry l D ε q i :=
  have w (s : Stack) : Eq (Stack.has s i q) (Stack.has s q i) := bool_and_comm _ _
  have p (s : Stack) : Eq (Stack.plus s i q) (Stack.plus s q i) :=
    congrArg (fun t => Nat.mul s.weight (Nat.add t _)) (natSum_congr (fun _ _ => nat_mul_comm _ _))
  have m (s : Stack) : Eq (Stack.minus s i q) (Stack.minus s q i) :=
    congrArg (Nat.mul (Nat.mul s.weight s.bias)) (nat_add_comm _ _)
  have c (f g : Stack → Nat) (e : ∀ s, Eq (f s) (g s)) : Eq (stackSum f l) (stackSum g l) :=
    List.rec (motive := fun l => Eq (stackSum f l) (stackSum g l)) rfl
      (fun s _ ih => congr2 Nat.add (e s) ih) l
  match h with
  | ⟨n, hn, e⟩ => ⟨n, hn,
      Eq.trans (congrArg (fun t => Nat.add t n) (Eq.symm (c _ _
          (fun s => congr2 (fun a b => pick a b 0) (w s) (p s)))))
        (Eq.trans e (congr2 Nat.add (diagonal_symm D i q)
          (congrArg (fun t => Nat.add t ε) (c _ _
            (fun s => congr2 (fun a b => pick a b 0) (w s) (m s))))))⟩

/-- All entries `(i, q)` with `i, q < n`. -/
theorem GramRows.entry {l : List Stack} {D : Nat → Nat} {ε n : Nat} (g : GramRows l D ε n)
    {i q : Nat} (hi : Nat.lt i n) (hq : Nat.lt q n) : GramEntry l D ε i q :=
  Or.elim (nat_lt_or_ge i q) (fun h => GramEntry.symm (g q hq i (Nat.le_trans (Nat.le_succ i) h)))
    (fun h => g i hi q h)

end LipBridge
