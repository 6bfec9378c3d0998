import LipBridge.Certificate.Gram
/-!
# The packed chunks of a Gram matrix hold its entries

`plusChunk` and `minusChunk` are the grids of `plusAt` and `minusAt`, whose difference is an entry of
`α vᵀv`.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## The entries -/

/-- The stored digit `u_rp`. -/
noncomputable def Stack.digit (s : Stack) (r p : Nat) : Nat :=
  LipBridge.digit s.width (Rows.get s.rows r) p

/-- `α (Σ_r u_ri u_rq + Mβ²)`. -/
noncomputable def Stack.plus (s : Stack) (i q : Nat) : Nat :=
  Nat.mul s.weight (Nat.add
    (natSum (Rows.count s.rows) (fun r => Nat.mul (Stack.digit s r i) (Stack.digit s r q)))
    (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)))

/-- `αβ (Σ_r u_rq + Σ_r u_ri)`. -/
noncomputable def Stack.minus (s : Stack) (i q : Nat) : Nat :=
  Nat.mul (Nat.mul s.weight s.bias) (Nat.add
    (natSum (Rows.count s.rows) (fun r => Stack.digit s r q))
    (natSum (Rows.count s.rows) (fun r => Stack.digit s r i)))

/-- Whether the stack has digits at both places. -/
noncomputable def Stack.has (s : Stack) (i q : Nat) : Bool :=
  and (Nat.ble (Nat.succ i) s.size) (Nat.ble (Nat.succ q) s.size)

/-- Two sums over the stacks, `f` and `g` of each, and the numbers `D_i`, `ε`: the difference of the
sums, the diagonal and `ε` is an `n` with `0 ≤ n ≤ 2ε`. -/
def EntryOf (f g : Stack → Nat) (l : List Stack) (D : Nat → Nat) (ε i q : Nat) : Prop :=
  Exists fun n => And (Nat.le n (Nat.mul 2 ε))
    (Eq (Nat.add (stackSum f l) n)
      (Nat.add (pick (Nat.beq q i) (D i) 0) (Nat.add (stackSum g l) ε)))

/-- Entry `(i, q)` of `Σ α vᵀv` is that of the diagonal matrix of the `D_i`, up to `ε`: the difference
plus `ε` is an `n` with `0 ≤ n ≤ 2ε`. -/
def GramEntry (l : List Stack) (D : Nat → Nat) (ε i q : Nat) : Prop :=
  EntryOf (fun s => pick (Stack.has s i q) (Stack.plus s i q) 0)
    (fun s => pick (Stack.has s i q) (Stack.minus s i q) 0) l D ε i q

/-! ## Sums -/

/-- Sums keep inequalities: `f r ≤ c` gives `Σ_{r<n} f r ≤ n * c`. -/
theorem natSum_le (n c : Nat) {f : Nat → Nat} (h : ∀ r, Nat.le (f r) c) :
    Nat.le (natSum n f) (Nat.mul n c) :=
  Nat.rec (motive := fun n => Nat.le (natSum n f) (Nat.mul n c)) (Nat.zero_le _)
    (fun n ih => Eq.subst (motive := fun t => Nat.le (natSum (Nat.succ n) f) t)
      (Eq.symm (nat_succ_mul n c)) (nat_add_le_add ih (h n))) n

/-- `Σ (c * f) = c * Σ f`. -/
theorem natSum_mul (n c : Nat) (f : Nat → Nat) :
    Eq (natSum n (fun r => Nat.mul c (f r))) (Nat.mul c (natSum n f)) :=
  Nat.rec
    (motive := fun n => Eq (natSum n (fun r => Nat.mul c (f r))) (Nat.mul c (natSum n f))) rfl
    (fun n ih => Eq.trans (congrArg (fun t => Nat.add t (Nat.mul c (f n))) ih)
      (Eq.symm (nat_mul_add c _ _))) n

/-- `Σ 0 = 0`. -/
theorem natSum_zero (n : Nat) : Eq (natSum n (fun _ => 0)) 0 :=
  Nat.rec (motive := fun n => Eq (natSum n (fun _ => 0)) 0) rfl (fun _ ih => ih) n

/-- Sums over the stacks keep inequalities. -/
theorem stackSum_le {f g : Stack → Nat} (h : ∀ s, Nat.le (f s) (g s)) (l : List Stack) :
    Nat.le (stackSum f l) (stackSum g l) :=
  List.rec (motive := fun l => Nat.le (stackSum f l) (stackSum g l)) (Nat.zero_le _)
    (fun s _ ih => nat_add_le_add (h s) ih) l

/-! ## The packed numbers -/

/-- `pack 1`, a shape's digits. -/
noncomputable def ones (b : Nat) (s : Shape) : Nat :=
  Shape.rec (motive := fun _ => Nat) 1 (pack (Nat.pow 2 b) 8 (fun _ => 1))
    (fun l _ x y => Nat.add x (Nat.shiftLeft y (Nat.mul b (Shape.size l)))) s

/-- `pack 1 = ones`. -/
theorem ones_eq_pack (b : Nat) (s : Shape) :
    Eq (ones b s) (pack (pow2 b) (Shape.size s) (fun _ => 1)) :=
  Shape.rec (motive := fun s => Eq (ones b s) (pack (pow2 b) (Shape.size s) (fun _ => 1)))
    rfl rfl
    (fun l r x y => Eq.trans
      (congr2 Nat.add x (Eq.trans (shiftLeft_eq_mul _ (Nat.mul b (Shape.size l)))
        (congr2 Nat.mul (pow2_mul b (Shape.size l)) y)))
      (Eq.symm (pack_append (pow2 b) (Shape.size l) (Shape.size r) (fun _ => 1)))) s

/-- A constant digit: `pack c = c * ones`. -/
theorem pack_const (b c : Nat) (s : Shape) :
    Eq (pack (pow2 b) (Shape.size s) (fun _ => c)) (Nat.mul c (ones b s)) :=
  Eq.trans (pack_congr (pow2 b) (Shape.size s) (g := fun _ => Nat.mul c 1)
      (fun _ _ => Eq.symm (nat_mul_one c)))
    (Eq.trans (pack_mul (pow2 b) (Shape.size s) c (fun _ => 1))
      (congrArg (Nat.mul c) (Eq.symm (ones_eq_pack b s))))

/-- The digit `u_rp` at a place that the stack has, else 0. -/
noncomputable def Stack.value (n : Nat) (s : Stack) (r : Nat) : Nat → Nat :=
  cut (Stack.places n s) (Stack.digit s r)

/-- The column sum `Σ_r u_rp` at a place that the stack has, else 0. -/
noncomputable def Stack.colSum (n : Nat) (s : Stack) : Nat → Nat :=
  cut (Stack.places n s) (fun p => natSum (Rows.count s.rows) (fun r => Stack.digit s r p))

/-- 1 at a place that the stack has, else 0. -/
noncomputable def Stack.one (n : Nat) (s : Stack) : Nat → Nat := cut (Stack.places n s) (fun _ => 1)

/-- `plus`, 0 where the stack has no digits among the first `n` places. -/
noncomputable def Stack.plusAt (n : Nat) (s : Stack) (i q : Nat) : Nat :=
  Nat.mul s.weight (Nat.add
    (natSum (Rows.count s.rows) (fun r => Nat.mul (Stack.value n s r i) (Stack.value n s r q)))
    (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias))
      (Nat.mul (Stack.one n s i) (Stack.one n s q))))

/-- `minus`, 0 where the stack has no digits among the first `n` places. -/
noncomputable def Stack.minusAt (n : Nat) (s : Stack) (i q : Nat) : Nat :=
  Nat.mul (Nat.mul s.weight s.bias) (Nat.add
    (Nat.mul (Stack.one n s i) (Stack.colSum n s q))
    (Nat.mul (Stack.colSum n s i) (Stack.one n s q)))

/-- There are at most `n` places. -/
theorem Stack.places_le (n : Nat) (s : Stack) : Nat.le (Stack.places n s) n :=
  Or.elim (bool_em (Nat.ble s.size n))
    (fun h => Eq.subst (motive := fun c => Nat.le (pick c s.size n) n) (Eq.symm h)
      (Nat.le_of_ble_eq_true h))
    (fun h => Eq.subst (motive := fun c => Nat.le (pick c s.size n) n) (Eq.symm h) Nat.le.refl)

/-- Among the first `n` places, those of the stack are those below its size. -/
theorem cut_places {n : Nat} (s : Stack) (f : Nat → Nat) {p : Nat} (hp : Nat.lt p n) :
    Eq (cut (Stack.places n s) f p) (cut s.size f p) :=
  Or.elim (bool_em (Nat.ble s.size n))
    (fun h => congrArg (fun c => cut (pick c s.size n) f p) h)
    (fun h => Eq.trans (congrArg (fun c => cut (pick c s.size n) f p) h)
      (Eq.trans (cut_lt hp)
        (Eq.symm (cut_lt (Nat.le_trans hp (nat_le_of_ble_false h))))))

section
variable {b k t n : Nat} {s : Stack}

/-- A row spread to a wider base. -/
theorem spread_value {g : Nat} (hw : Nat.le s.width g) (ht : Nat.le n (Nat.pow 2 t)) (r : Nat) :
    Eq (spreadTo s.width g t (Stack.places n s) (Rows.get s.rows r))
      (pack (pow2 g) (Stack.places n s) (Stack.digit s r)) :=
  spreadTo_eq_pack hw (Nat.le_trans (Stack.places_le n s) ht) (Rows.get s.rows r)

/-- `b ≤ b k` for `k ≥ 1`. -/
theorem le_mul_chunk (b : Nat) {k : Nat} (hk : Nat.le 1 k) : Nat.le b (Nat.mul b k) :=
  Eq.subst (motive := fun t => Nat.le t (Nat.mul b k)) (nat_mul_one b) (nat_mul_le_mul_left b hk)

/-- The dot product is the grid of `Σ_r u_ri u_rq`. -/
theorem dot_eq_grid (hk : Nat.le 1 k) (hw : Nat.le s.width b) (ht : Nat.le n (Nat.pow 2 t))
    (c : Nat) :
    Eq (Lanes.dot (Nat.add 32 (Nat.mul (Nat.mul b k) c)) (Nat.sub (Nat.pow 2 (Nat.mul b k)) 1)
        (Stack.lanes b k t n s))
      (grid b k n (fun j q => natSum (Rows.count s.rows) (fun r =>
        Nat.mul (Stack.value n s r (Nat.add (Nat.mul k c) j)) (Stack.value n s r q)))) :=
  let m := Stack.places n s
  have small (r p : Nat) : Nat.lt (Stack.digit s r p) (pow2 b) :=
    Nat.le_trans (digit_lt s.width (Rows.get s.rows r) p) (pow2_le hw)
  Eq.trans (Lanes.dot_make (spreadEight_joins hw (Nat.le_trans (Stack.places_le n s) ht))
      (spreadTo s.width (Nat.mul b k) t m) s.rows _ _)
    (Eq.trans (Rows.sum_eq _ s.rows)
      (Eq.trans
        (natSum_congr (fun r _ => Eq.trans
          (congr2 Nat.mul
            (Eq.trans (congrArg (fun x => chunk b k x c) (spread_value hw ht r))
              (chunk_pack b k c (small r)))
            (Eq.trans (spread_value (Nat.le_trans hw (le_mul_chunk b hk)) ht r)
              (pack_cut (pow2 (Nat.mul b k)) (Stack.places_le n s) (Stack.digit s r))))
          (grid_outer (fun j => Stack.value n s r (Nat.add (Nat.mul k c) j)) (Stack.value n s r))))
        (Eq.symm (grid_natSum (Rows.count s.rows) _))))

/-- Ones over the rows of a chunk. -/
theorem onesAt_eq_pack (hb : Nat.lt 0 b) (hb' : Nat.lt 1 (pow2 b)) (c : Nat) :
    Eq (Stack.onesAt b k n c s)
      (pack (pow2 b) k (fun j => Stack.one n s (Nat.add (Nat.mul k c) j))) :=
  Eq.trans (congrArg (fun x => chunk b k x c) (rep_eq_pack hb (Stack.places n s)))
    (chunk_pack b k c (fun _ => hb'))

/-- Ones over all places. -/
theorem stackOnes_eq_pack (hg : Nat.lt 0 (Nat.mul b k)) :
    Eq (Stack.ones b k n s) (pack (pow2 (Nat.mul b k)) n (Stack.one n s)) :=
  Eq.trans (rep_eq_pack hg (Stack.places n s))
    (pack_cut (pow2 (Nat.mul b k)) (Stack.places_le n s) (fun _ => 1))

/-- `Lanes.sum` packs the column sums. -/
theorem colSums_eq_pack (hk : Nat.le 1 k) (hw : Nat.le s.width b) (ht : Nat.le n (Nat.pow 2 t)) :
    Eq (Lanes.sum (Stack.lanes b k t n s))
      (pack (pow2 (Nat.mul b k)) n (Stack.colSum n s)) :=
  Eq.trans (Lanes.sum_make _ s.rows)
    (Eq.trans (Rows.sum_eq _ s.rows)
      (Eq.trans
        (natSum_congr (fun r _ => spread_value (Nat.le_trans hw (le_mul_chunk b hk)) ht r))
        (Eq.trans (Eq.symm (pack_natSum _ (Stack.places n s) (Rows.count s.rows) (Stack.digit s)))
          (pack_cut (pow2 (Nat.mul b k)) (Stack.places_le n s) _))))

/-- Column sums are at most `M 2^w`. -/
theorem digitSum_le (s : Stack) (q : Nat) :
    Nat.le (natSum (Rows.count s.rows) (fun r => Stack.digit s r q))
      (Nat.mul (Rows.count s.rows) (pow2 s.width)) :=
  natSum_le _ _ (fun r => Nat.le_trans (Nat.le_succ _) (digit_lt s.width (Rows.get s.rows r) q))

/-- A chunk of `Lanes.sumX` packs column sums. -/
theorem colSumsAt_eq_pack (hf : Eq (Stack.fits b s) true) (ht : Nat.le n (Nat.pow 2 t)) (c : Nat) :
    Eq (chunk b k (Lanes.sumX (Stack.lanes b k t n s)) c)
      (pack (pow2 b) k (fun j => Stack.colSum n s (Nat.add (Nat.mul k c) j))) :=
  have hw := Nat.le_of_ble_eq_true (bool_and hf).left
  have e : Eq (Lanes.sumX (Stack.lanes b k t n s)) (pack (pow2 b) (Stack.places n s)
      (fun p => natSum (Rows.count s.rows) (fun r => Stack.digit s r p))) :=
    Eq.trans (Lanes.sumX_make (spreadEight_joins hw (Nat.le_trans (Stack.places_le n s) ht))
        (spreadTo s.width (Nat.mul b k) t (Stack.places n s)) s.rows)
      (Eq.trans (Rows.sum_eq _ s.rows)
        (Eq.trans (natSum_congr (fun r _ => spread_value hw ht r))
          (Eq.symm (pack_natSum _ (Stack.places n s) (Rows.count s.rows) (Stack.digit s)))))
  Eq.trans (congrArg (fun x => chunk b k x c) e)
    (chunk_pack b k c (fun p => Nat.le_trans (Nat.succ_le_succ (digitSum_le s p))
      (Nat.le_of_ble_eq_true (bool_and hf).right)))

/-- `0 < b k`. -/
theorem mul_pos_chunk {b k : Nat} (hb : Nat.lt 0 b) (hk : Nat.le 1 k) : Nat.lt 0 (Nat.mul b k) :=
  Nat.le_trans hb (le_mul_chunk b hk)

/-- `plusChunk` is the grid of `plusAt`. -/
theorem plusChunk_eq_grid (hb : Nat.lt 0 b) (hk : Nat.le 1 k) (hf : Eq (Stack.fits b s) true)
    (ht : Nat.le n (Nat.pow 2 t)) (c : Nat) :
    Eq (Stack.plusChunk b k t n c s)
      (grid b k n (fun j q => Stack.plusAt n s (Nat.add (Nat.mul k c) j) q)) :=
  have hb' : Nat.lt 1 (pow2 b) := pow2_le (v := 1) hb
  Eq.symm (Eq.trans (grid_mul s.weight _)
    (congrArg (Nat.mul s.weight)
      (Eq.trans (grid_add _ _)
        (congr2 Nat.add (Eq.symm (dot_eq_grid hk (Nat.le_of_ble_eq_true (bool_and hf).left) ht c))
          (Eq.trans (grid_mul _ _)
            (congrArg (Nat.mul _)
              (Eq.symm (Eq.trans
                (congr2 Nat.mul (onesAt_eq_pack hb hb' c) (stackOnes_eq_pack (mul_pos_chunk hb hk)))
                (grid_outer _ _)))))))))

/-- `minusChunk` is the grid of `minusAt`. -/
theorem minusChunk_eq_grid (hb : Nat.lt 0 b) (hk : Nat.le 1 k) (hf : Eq (Stack.fits b s) true)
    (ht : Nat.le n (Nat.pow 2 t)) (c : Nat) :
    Eq (Stack.minusChunk b k t n c s)
      (grid b k n (fun j q => Stack.minusAt n s (Nat.add (Nat.mul k c) j) q)) :=
  have hb' : Nat.lt 1 (pow2 b) := pow2_le (v := 1) hb
  Eq.symm (Eq.trans (grid_mul (Nat.mul s.weight s.bias) _)
    (congrArg (Nat.mul (Nat.mul s.weight s.bias))
      (Eq.trans (grid_add _ _)
        (congr2 Nat.add
          (Eq.symm (Eq.trans
            (congr2 Nat.mul (onesAt_eq_pack hb hb' c)
              (colSums_eq_pack hk (Nat.le_of_ble_eq_true (bool_and hf).left) ht))
            (grid_outer _ _)))
          (Eq.symm (Eq.trans
            (congr2 Nat.mul (colSumsAt_eq_pack hf ht c) (stackOnes_eq_pack (mul_pos_chunk hb hk)))
            (grid_outer _ _)))))))

/-- The diagonal is a grid. -/
theorem diagonalChunk_eq_grid {v T c : Nat} (h : Nat.le (Nat.add (Nat.mul k c) k) n) :
    Eq (diagonalChunk b k v T c)
      (grid b k n (fun j q => pick (Nat.beq q (Nat.add (Nat.mul k c) j))
        (digit v T (Nat.add (Nat.mul k c) j)) 0)) :=
  Eq.symm (Eq.trans
    (grid_diagonal (Nat.mul b k) k (Nat.mul k c) (fun j => digit v T (Nat.add (Nat.mul k c) j)) h)
    (Eq.symm (Eq.trans (shiftLeft_eq_mul _ _)
      (congrArg (fun x => Nat.mul x _) (pow2_mul (Nat.mul b k) (Nat.mul k c))))))

/-- `ε` everywhere. -/
theorem error_eq_grid (hb : Nat.lt 0 b) (hk : Nat.le 1 k) (ε : Nat) :
    Eq (Nat.mul ε (Nat.mul (rep b k) (rep (Nat.mul b k) n))) (grid b k n (fun _ _ => ε)) :=
  Eq.trans
    (congrArg (Nat.mul ε) (Eq.trans
      (congr2 Nat.mul (rep_eq_pack hb k) (rep_eq_pack (mul_pos_chunk hb hk) n))
      (grid_outer (fun _ => 1) (fun _ => 1))))
    (Eq.trans (Eq.symm (grid_mul ε _)) (grid_congr (fun _ _ _ _ => nat_mul_one ε)))

end

/-- The chunks of `plus` over the stacks. -/
theorem plusChunks_eq_grid {b k t n : Nat} (hb : Nat.lt 0 b) (hk : Nat.le 1 k)
    (ht : Nat.le n (Nat.pow 2 t)) (c : Nat) (l : List Stack)
    (hf : Eq (allStacks (Stack.fits b) l) true) :
    Eq (stackSum (Stack.plusChunk b k t n c) l)
      (grid b k n (fun j q => stackSum (fun s => Stack.plusAt n s (Nat.add (Nat.mul k c) j) q) l)) :=
  List.rec
    (motive := fun l => Eq (allStacks (Stack.fits b) l) true →
      Eq (stackSum (Stack.plusChunk b k t n c) l)
        (grid b k n (fun j q => stackSum (fun s => Stack.plusAt n s (Nat.add (Nat.mul k c) j) q) l)))
    (fun _ => Eq.symm grid_zero)
    (fun _ _ ih hf => Eq.trans
      (congr2 Nat.add (plusChunk_eq_grid hb hk (bool_and hf).left ht c) (ih (bool_and hf).right))
      (Eq.symm (grid_add _ _))) l hf

/-- The chunks of `minus` over the stacks. -/
theorem minusChunks_eq_grid {b k t n : Nat} (hb : Nat.lt 0 b) (hk : Nat.le 1 k)
    (ht : Nat.le n (Nat.pow 2 t)) (c : Nat) (l : List Stack)
    (hf : Eq (allStacks (Stack.fits b) l) true) :
    Eq (stackSum (Stack.minusChunk b k t n c) l)
      (grid b k n (fun j q => stackSum (fun s => Stack.minusAt n s (Nat.add (Nat.mul k c) j) q) l)) :=
  List.rec
    (motive := fun l => Eq (allStacks (Stack.fits b) l) true →
      Eq (stackSum (Stack.minusChunk b k t n c) l)
        (grid b k n (fun j q => stackSum (fun s => Stack.minusAt n s (Nat.add (Nat.mul k c) j) q) l)))
    (fun _ => Eq.symm grid_zero)
    (fun _ _ ih hf => Eq.trans
      (congr2 Nat.add (minusChunk_eq_grid hb hk (bool_and hf).left ht c) (ih (bool_and hf).right))
      (Eq.symm (grid_add _ _))) l hf

/-! ## Bounds -/

/-- `a ≤ 1` and `c ≤ 1` give `x a c ≤ x`. -/
theorem mul_ones_le (x : Nat) {a c : Nat} (ha : Nat.le a 1) (hc : Nat.le c 1) :
    Nat.le (Nat.mul x (Nat.mul a c)) x :=
  Eq.subst (motive := fun t => Nat.le (Nat.mul x (Nat.mul a c)) t) (nat_mul_one x)
    (nat_mul_le_mul_left x (nat_mul_le_mul ha hc))

/-- `plusAt` is at most `plusMax`. -/
theorem plusAt_le (n : Nat) (s : Stack) (i q : Nat) :
    Nat.le (Stack.plusAt n s i q) (Stack.plusMax s) :=
  have v (r p : Nat) : Nat.le (Stack.value n s r p) (pow2 s.width) :=
    cut_le (fun p => Nat.le_trans (Nat.le_succ _) (digit_lt s.width (Rows.get s.rows r) p)) p
  nat_mul_le_mul_left s.weight (nat_add_le_add
    (natSum_le _ _ (fun r => nat_mul_le_mul (v r i) (v r q)))
    (mul_ones_le _ (cut_le (fun _ => Nat.le.refl) i) (cut_le (fun _ => Nat.le.refl) q)))

/-- `minusAt` is at most `minusMax`. -/
theorem minusAt_le (n : Nat) (s : Stack) (i q : Nat) :
    Nat.le (Stack.minusAt n s i q) (Stack.minusMax s) :=
  have one (p : Nat) : Nat.le (Stack.one n s p) 1 := cut_le (fun _ => Nat.le.refl) p
  have col (p : Nat) : Nat.le (Stack.colSum n s p) (Nat.mul (Rows.count s.rows) (pow2 s.width)) :=
    cut_le (digitSum_le s) p
  nat_mul_le_mul_left (Nat.mul s.weight s.bias) (nat_add_le_add
    (Eq.subst (motive := fun t => Nat.le (Nat.mul (Stack.one n s i) (Stack.colSum n s q)) t)
      (Eq.trans (nat_mul_comm 1 _) (nat_mul_one _)) (nat_mul_le_mul (one i) (col q)))
    (Eq.subst (motive := fun t => Nat.le (Nat.mul (Stack.colSum n s i) (Stack.one n s q)) t)
      (nat_mul_one _) (nat_mul_le_mul (col i) (one q))))

/-! ## Where the stack has digits -/

/-- `plusAt` is `plus` where the stack has both places, else 0. -/
theorem plusAt_eq {n i q : Nat} (s : Stack) (hi : Nat.lt i n) (hq : Nat.lt q n) :
    Eq (Stack.plusAt n s i q) (pick (Stack.has s i q) (Stack.plus s i q) 0) :=
  let F (c d : Bool) : Nat := Nat.mul s.weight (Nat.add
    (natSum (Rows.count s.rows) (fun r =>
      Nat.mul (pick c (Stack.digit s r i) 0) (pick d (Stack.digit s r q) 0)))
    (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias))
      (Nat.mul (pick c 1 0) (pick d 1 0))))
  have none {f : Nat → Nat} {x : Nat} (h : ∀ r, Eq (f r) 0) (hx : Eq x 0) :
      Eq (Nat.mul s.weight (Nat.add (natSum (Rows.count s.rows) f)
        (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)) x))) 0 :=
    congr2 (fun y z => Nat.mul s.weight (Nat.add y
        (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)) z)))
      (Eq.trans (natSum_congr (fun r _ => h r)) (natSum_zero _)) hx
  have cases : ∀ c d : Bool, Eq (F c d) (pick (and c d) (Stack.plus s i q) 0)
    | true, true => congrArg (fun x => Nat.mul s.weight (Nat.add _ x)) (nat_mul_one _)
    | true, false => none (fun _ => rfl) rfl
    | false, true => none (fun _ => nat_zero_mul _) rfl
    | false, false => none (fun _ => rfl) rfl
  Eq.trans
    (congr2 (fun x y => Nat.mul s.weight (Nat.add x
        (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)) y)))
      (natSum_congr (fun _ _ => congr2 Nat.mul (cut_places s _ hi) (cut_places s _ hq)))
      (congr2 Nat.mul (cut_places s _ hi) (cut_places s _ hq)))
    (cases (Nat.ble (Nat.succ i) s.size) (Nat.ble (Nat.succ q) s.size))

/-- `minusAt` is `minus` where the stack has both places, else 0. -/
theorem minusAt_eq {n i q : Nat} (s : Stack) (hi : Nat.lt i n) (hq : Nat.lt q n) :
    Eq (Stack.minusAt n s i q) (pick (Stack.has s i q) (Stack.minus s i q) 0) :=
  let S (p : Nat) : Nat := natSum (Rows.count s.rows) (fun r => Stack.digit s r p)
  have one (x : Nat) : Eq (Nat.mul 1 x) x := Eq.trans (nat_mul_comm 1 x) (nat_mul_one x)
  have cases : ∀ c d : Bool, Eq (Nat.mul (Nat.mul s.weight s.bias) (Nat.add
      (Nat.mul (pick c 1 0) (pick d (S q) 0)) (Nat.mul (pick c (S i) 0) (pick d 1 0))))
      (pick (and c d) (Stack.minus s i q) 0)
    | true, true => congr2 (fun x y => Nat.mul (Nat.mul s.weight s.bias) (Nat.add x y)) (one (S q))
        (nat_mul_one (S i))
    | true, false => rfl
    | false, true => congr2 (fun x y => Nat.mul (Nat.mul s.weight s.bias) (Nat.add x y))
        (nat_zero_mul (S q)) (nat_zero_mul 1)
    | false, false => rfl
  Eq.trans
    (congr2 (fun x y => Nat.mul (Nat.mul s.weight s.bias) (Nat.add x y))
      (congr2 Nat.mul (cut_places s _ hi) (cut_places s _ hq))
      (congr2 Nat.mul (cut_places s _ hi) (cut_places s _ hq)))
    (cases (Nat.ble (Nat.succ i) s.size) (Nat.ble (Nat.succ q) s.size))

end LipBridge
