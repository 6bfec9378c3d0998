import LipBridge.Certificate.GramEntries
/-!
# Soundness of the check of Gram rows

`gramCheck … = true` gives `GramEntry` for every entry of the rows that it checks: the packed numbers
are packed entries, and packed numbers with digits below the base are equal only where their digits
are.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## The digits of the difference -/

/-- `a - m = 0` gives `a ≤ m`. -/
theorem nat_le_of_sub_eq_zero {a m : Nat} (h : Eq (Nat.sub a m) 0) : Nat.le a m :=
  Or.elim (nat_lt_or_ge m a)
    (fun g => Eq.subst (motive := fun t => Nat.le t m)
      (Eq.trans (Eq.symm (nat_zero_add m)) (Eq.trans (congrArg (fun t => Nat.add t m) (Eq.symm h))
        (nat_sub_add_cancel (Nat.le_trans (Nat.le_succ m) g)))) Nat.le.refl)
    (fun g => g)

/-- A sum that vanishes has vanishing terms. -/
theorem nat_add_eq_zero {a b : Nat} (h : Eq (Nat.add a b) 0) : And (Eq a 0) (Eq b 0) :=
  ⟨nat_eq_zero_of_add h, nat_eq_zero_of_add (Eq.trans (nat_add_comm b a) h)⟩

/-- Where the first eight digits exceed `m` by nothing, they are at most `m`. -/
theorem excess8_sound {b m y : Nat}
    (h : Eq (excess8 b (Nat.mul b 2) (Nat.mul b 3) (Nat.mul b 4) (Nat.mul b 5) (Nat.mul b 6)
      (Nat.mul b 7) (Nat.pow 2 b) m y) 0) : ∀ p, Nat.lt p 8 → Nat.le (digit b y p) m :=
  have k := nat_add_eq_zero h
  have l := nat_add_eq_zero k.left
  have r := nat_add_eq_zero k.right
  have l₁ := nat_add_eq_zero l.left
  have l₂ := nat_add_eq_zero l.right
  have r₁ := nat_add_eq_zero r.left
  have r₂ := nat_add_eq_zero r.right
  fun p => match p with
  | 0 => fun _ => nat_le_of_sub_eq_zero l₁.left
  | 1 => fun _ => Eq.subst (motive := fun t => Nat.le (Nat.mod (Nat.shiftRight y t) (Nat.pow 2 b)) m)
      (Eq.symm (nat_zero_add b)) (nat_le_of_sub_eq_zero l₁.right)
  | 2 => fun _ => nat_le_of_sub_eq_zero l₂.left
  | 3 => fun _ => nat_le_of_sub_eq_zero l₂.right
  | 4 => fun _ => nat_le_of_sub_eq_zero r₁.left
  | 5 => fun _ => nat_le_of_sub_eq_zero r₁.right
  | 6 => fun _ => nat_le_of_sub_eq_zero r₂.left
  | 7 => fun _ => nat_le_of_sub_eq_zero r₂.right
  | .succ (.succ (.succ (.succ (.succ (.succ (.succ (.succ p))))))) => fun hp =>
      absurd (Nat.le_trans (nat_le_add 9 p)
        (Eq.subst (motive := fun t => Nat.le t 8) (nat_add_comm p 9) hp)) (Nat.not_succ_le_self 8)

/-- A place below `m + n` is below `m`, or `m` and a place below `n`. -/
theorem nat_lt_add_cases {p m n : Nat} (h : Nat.lt p (Nat.add m n)) :
    Or (Nat.lt p m) (Exists fun q => And (Nat.lt q n) (Eq (Nat.add m q) p)) :=
  Or.elim (nat_lt_or_ge p m) Or.inl (fun g =>
    match nat_exists_of_le g with
    | ⟨q, e⟩ => Or.inr ⟨q, nat_lt_of_add_lt (m := m)
        (Eq.subst (motive := fun t => Nat.lt t (Nat.add m n)) (Eq.symm e) h), e⟩)

/-- Where the digits exceed `m` by nothing, they are at most `m`. -/
theorem excess_sound (b m : Nat) (s : Shape) : ∀ y,
    Eq (excess b (Nat.mul b 2) (Nat.mul b 3) (Nat.mul b 4) (Nat.mul b 5) (Nat.mul b 6) (Nat.mul b 7)
      (Nat.pow 2 b) m s y) 0 → ∀ p, Nat.lt p (Shape.size s) → Nat.le (digit b y p) m :=
  Shape.rec
    (motive := fun s => ∀ y, Eq (excess b (Nat.mul b 2) (Nat.mul b 3) (Nat.mul b 4) (Nat.mul b 5)
      (Nat.mul b 6) (Nat.mul b 7) (Nat.pow 2 b) m s y) 0 →
      ∀ p, Nat.lt p (Shape.size s) → Nat.le (digit b y p) m)
    (fun _ h p => match p with
      | .zero => fun _ => nat_le_of_sub_eq_zero h
      | .succ p => fun hp => absurd (Nat.le_of_succ_le_succ hp) (Nat.not_succ_le_zero p))
    (fun _ h => excess8_sound h)
    (fun l _ f g y h p hp =>
      have h' := nat_add_eq_zero h
      Or.elim (nat_lt_add_cases hp)
        (fun k => Eq.subst (motive := fun t => Nat.le t m) (digit_mod b y (Shape.size l) k)
          (f _ h'.left p k))
        (fun k => match k with
          | ⟨q, hq, e⟩ => Eq.subst (motive := fun p => Nat.le (digit b y p) m) e
            (Eq.subst (motive := fun t => Nat.le t m) (Eq.symm (digit_add b y (Shape.size l) q))
              (g _ h'.right q hq)))) s

/-- `digitsLe` speaks of the digits. -/
theorem digitsLe_sound (b m : Nat) (s : Shape) (y : Nat) (h : Eq (digitsLe b m s y) true) :
    ∀ p, Nat.lt p (Shape.size s) → Nat.le (digit b y p) m :=
  excess_sound b m s y (Nat.eq_of_beq_eq_true h)

/-- Two packed numbers that pass `diffCheck` have digits that differ by `0, …, m`. -/
theorem diffCheck_sound {b m : Nat} {sh : Shape} {f g : Nat → Nat}
    (hf : ∀ q, Nat.lt q (Shape.size sh) → Nat.lt (Nat.add (f q) m) (pow2 b))
    (hg : ∀ q, Nat.lt q (Shape.size sh) → Nat.lt (g q) (pow2 b))
    (h : Eq (diffCheck b m sh (pack (pow2 b) (Shape.size sh) f) (pack (pow2 b) (Shape.size sh) g))
      true) {q : Nat} (hq : Nat.lt q (Shape.size sh)) :
    Exists fun n => And (Nat.le n m) (Eq (Nat.add (f q) n) (g q)) :=
  have k := bool_and h
  have k' := bool_and k.right
  let N := Nat.sub (pack (pow2 b) (Shape.size sh) g) (pack (pow2 b) (Shape.size sh) f)
  have hN : Eq (Nat.add N (pack (pow2 b) (Shape.size sh) f)) (pack (pow2 b) (Shape.size sh) g) :=
    nat_sub_add_cancel (Nat.le_of_ble_eq_true k.left)
  have hd : ∀ p, Nat.lt p (Shape.size sh) → Nat.le (digit b N p) m :=
    digitsLe_sound b m sh N k'.right
  have z : Eq (Nat.shiftRight N (Nat.mul b (Shape.size sh))) 0 := Nat.eq_of_beq_eq_true k'.left
  have e : Eq (pack (pow2 b) (Shape.size sh) (digit b N)) N :=
    Eq.trans (congrArg (fun t => Nat.add (pack (pow2 b) (Shape.size sh) (digit b N))
        (Nat.mul (Nat.pow (pow2 b) (Shape.size sh)) t)) (Eq.symm z))
      (pack_digit_add b (Shape.size sh) N)
  have s : Eq (pack (pow2 b) (Shape.size sh) (fun p => Nat.add (f p) (digit b N p)))
      (pack (pow2 b) (Shape.size sh) g) :=
    Eq.trans (pack_add (pow2 b) (Shape.size sh) f (digit b N))
      (Eq.trans (congrArg (Nat.add (pack (pow2 b) (Shape.size sh) f)) e)
        (Eq.trans (nat_add_comm _ N) hN))
  ⟨digit b N q, hd q hq,
    pack_inj b (Shape.size sh)
      (fun p hp => Nat.le_trans (Nat.succ_le_succ (nat_add_le_add Nat.le.refl (hd p hp))) (hf p hp))
      hg s q hq⟩

/-! ## The rows -/

/-- `rowCheck` gives every entry of the row. -/
theorem rowCheck_sound {b : Nat} {sh : Shape} {l : List Stack} {D ε i : Nat}
    (hb : Eq (widthCheck b l D ε) true) (h : Eq (rowCheck b sh l D ε i) true)
    (hi : Nat.lt i (Shape.size sh)) {q : Nat} (hq : Nat.lt q (Shape.size sh)) :
    EntryOf (fun s => Stack.plus s i q) (fun s => Stack.minus s i q) l D ε i q :=
  have hf := (bool_and hb).left
  have h₁ := Nat.le_of_ble_eq_true (bool_and (bool_and hb).right).left
  have h₂ := Nat.le_of_ble_eq_true (bool_and (bool_and hb).right).right
  have e : Eq (Nat.add (Nat.shiftLeft D (Nat.mul b i))
        (Nat.add (stackSum (Stack.minusRow b sh i) l) (Nat.mul ε (ones b sh))))
      (pack (pow2 b) (Shape.size sh) (fun q => Nat.add (pick (Nat.beq q i) D 0)
        (Nat.add (stackSum (fun s => Stack.minus s i q) l) ε))) :=
    Eq.symm (Eq.trans (pack_add (pow2 b) (Shape.size sh) (fun q => pick (Nat.beq q i) D 0) _)
      (congr2 Nat.add
        (Eq.trans (pack_single (pow2 b) D hi)
          (Eq.trans (nat_mul_comm D _)
            (Eq.trans (congrArg (fun t => Nat.mul t D) (Eq.symm (pow2_mul b i)))
              (Eq.symm (shiftLeft_eq_mul D (Nat.mul b i))))))
        (Eq.trans (pack_add (pow2 b) (Shape.size sh) _ (fun _ => ε))
          (congr2 Nat.add (Eq.symm (minusRows_eq_pack b sh hi l hf)) (pack_const b ε sh)))))
  diffCheck_sound
    (fun q _ => Nat.le_trans (Nat.succ_le_succ
      (nat_add_le_add (stackSum_le (fun s => plus_le s i q) l) Nat.le.refl)) h₁)
    (fun q _ => Nat.le_trans (Nat.succ_le_succ
      (nat_add_le_add (pick_le (Nat.beq q i) D)
        (nat_add_le_add (stackSum_le (fun s => minus_le s i q) l) Nat.le.refl))) h₂)
    (Eq.subst (motive := fun t => Eq (diffCheck b (Nat.mul 2 ε) sh t _) true)
      (plusRows_eq_pack b sh i l hf)
      (Eq.subst (motive := fun t => Eq (diffCheck b (Nat.mul 2 ε) sh
        (stackSum (Stack.plusRow b sh i) l) t) true) e h)) hq

/-- `rowsCheck` gives every row. -/
theorem rowsCheck_sound {b : Nat} {sh : Shape} {l : List Stack} {D ε a n : Nat}
    (h : Eq (rowsCheck b sh l D ε a n) true) :
    ∀ j, Nat.lt j n → Eq (rowCheck b sh l D ε (Nat.add a j)) true :=
  Nat.rec
    (motive := fun n => Eq (rowsCheck b sh l D ε a n) true →
      ∀ j, Nat.lt j n → Eq (rowCheck b sh l D ε (Nat.add a j)) true)
    (fun _ j hj => absurd hj (Nat.not_succ_le_zero j))
    (fun n ih h j hj => Or.elim (nat_lt_or_ge j n) (ih (bool_and h).right j)
      (fun g => Eq.subst (motive := fun j => Eq (rowCheck b sh l D ε (Nat.add a j)) true)
        (nat_le_antisymm g (Nat.le_of_succ_le_succ hj)) (bool_and h).left)) n h

/-! ## All stacks -/

/-- `allStacks` speaks of the head and of the tail. -/
theorem sum_active {a n i q : Nat} (hi : Nat.le a i) (hin : Nat.lt i n) (hqn : Nat.lt q n)
    (f : Stack → Nat) (l : List Stack)
    (h : Eq (allStacks (fun s => Nat.ble n s.size) (activeStacks a l)) true) :
    Eq (stackSum f (activeStacks a l)) (stackSum (fun s => pick (Stack.has s i q) (f s) 0) l) :=
  List.rec
    (motive := fun l => Eq (allStacks (fun s => Nat.ble n s.size) (activeStacks a l)) true →
      Eq (stackSum f (activeStacks a l)) (stackSum (fun s => pick (Stack.has s i q) (f s) 0) l))
    (fun _ => rfl)
    (fun s l ih => Or.elim (bool_em (Nat.ble s.size a))
      (fun e h =>
        have c : Eq (activeStacks a (.cons s l)) (activeStacks a l) :=
          congrArg (fun t => pick t (activeStacks a l) (.cons s (activeStacks a l))) e
        have no : Eq (Stack.has s i q) false :=
          congrArg (fun t => and t (Nat.ble (Nat.succ q) s.size))
            (Bool.eq_false_of_ne_true (fun g => absurd
              (Nat.le_trans (Nat.le_of_ble_eq_true g)
                (Nat.le_trans (Nat.le_of_ble_eq_true e) hi)) (Nat.not_succ_le_self i)))
        Eq.trans (congrArg (stackSum f) c)
          (Eq.trans (ih (Eq.subst (motive := fun t => Eq (allStacks _ t) true) c h))
            (Eq.trans (Eq.symm (nat_zero_add _))
              (congrArg (fun t => Nat.add (pick t (f s) 0) _) (Eq.symm no)))))
      (fun e h =>
        have c : Eq (activeStacks a (.cons s l)) (.cons s (activeStacks a l)) :=
          congrArg (fun t => pick t (activeStacks a l) (.cons s (activeStacks a l))) e
        have h' := bool_and (Eq.subst (motive := fun t => Eq (allStacks _ t) true) c h)
        have k := Nat.le_of_ble_eq_true h'.left
        have yes : Eq (Stack.has s i q) true :=
          congr2 and (Nat.ble_eq_true_of_le (Nat.le_trans hin k))
            (Nat.ble_eq_true_of_le (Nat.le_trans hqn k))
        Eq.trans (congrArg (stackSum f) c)
          (congr2 Nat.add (congrArg (fun t => pick t (f s) 0) (Eq.symm yes)) (ih h'.right)))) l h

/-- All entries `(i, q)` with `q ≤ i < n`. -/
def GramRows (l : List Stack) (D ε n : Nat) : Prop :=
  ∀ i, Nat.lt i n → ∀ q, Nat.le q i → GramEntry l D ε i q

/-- No rows: nothing to check. -/
theorem GramRows.zero (l : List Stack) (D ε : Nat) : GramRows l D ε 0 :=
  fun i hi => absurd hi (Nat.not_succ_le_zero i)

/-- `gramCheck` gives the entries of its rows. -/
theorem gramCheck_sound {b : Nat} {sh : Shape} {l : List Stack} {D ε a n : Nat}
    (h : Eq (gramCheck b sh l D ε a n) true) {j q : Nat} (hj : Nat.lt j n)
    (hq : Nat.le q (Nat.add a j)) : GramEntry l D ε (Nat.add a j) q :=
  have hs := Nat.le_of_ble_eq_true (bool_and h).left
  have k := bool_and (bool_and h).right
  have k' := bool_and k.right
  have hi : Nat.lt (Nat.add a j) (Nat.add a n) := nat_add_le_add (Nat.le.refl (n := a)) hj
  have hqn : Nat.lt q (Nat.add a n) := Nat.le_trans (Nat.succ_le_succ hq) hi
  match rowCheck_sound k'.left (rowsCheck_sound k'.right j hj) (Nat.le_trans hi hs)
    (Nat.le_trans hqn hs) with
  | ⟨m, hm, e⟩ => ⟨m, hm,
      Eq.trans
        (congrArg (fun t => Nat.add t m)
          (Eq.symm (sum_active (nat_le_add a j) hi hqn _ l k.left)))
        (Eq.trans e
          (congrArg (fun t => Nat.add (pick (Nat.beq q (Nat.add a j)) D 0) (Nat.add t ε))
            (sum_active (nat_le_add a j) hi hqn _ l k.left)))⟩

/-- `gramCheck` adds the rows `a, …, a + n - 1`. -/
theorem GramRows.step {b : Nat} {sh : Shape} {l : List Stack} {D ε a n : Nat}
    (g : GramRows l D ε a) (h : Eq (gramCheck b sh l D ε a n) true) :
    GramRows l D ε (Nat.add a n) :=
  fun i hi q hq => Or.elim (nat_lt_add_cases hi) (fun ha => g i ha q hq)
    (fun e => match e with
      | ⟨_, hj, e⟩ => Eq.subst (motive := fun i => Nat.le q i → GramEntry l D ε i q) e
          (fun hq => gramCheck_sound h hj hq) hq)

/-- The condition on an entry is symmetric. -/
theorem GramEntry.symm {l : List Stack} {D ε i q : Nat} (h : GramEntry l D ε i q) :
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
        (Eq.trans e (congr2 Nat.add (congrArg (fun t => pick t D 0) (nat_beq_comm q i))
          (congrArg (fun t => Nat.add t ε) (c _ _
            (fun s => congr2 (fun a b => pick a b 0) (w s) (m s))))))⟩

/-- All entries `(i, q)` with `i, q < n`. -/
theorem GramRows.entry {l : List Stack} {D ε n : Nat} (g : GramRows l D ε n) {i q : Nat}
    (hi : Nat.lt i n) (hq : Nat.lt q n) : GramEntry l D ε i q :=
  Or.elim (nat_lt_or_ge i q) (fun h => GramEntry.symm (g q hq i (Nat.le_trans (Nat.le_succ i) h)))
    (fun h => g i hi q h)

end LipBridge
