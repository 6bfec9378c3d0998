import LipBridge.Certificate.GramSound
/-!
# Gram chunks of a long matrix, part by part

A matrix with many more rows than columns is cut into parts, and these into strips of columns
`q, …, q + m - 1`. The Gram matrix is symmetric: a strip is needed by the chunks from `a` on only, where
`q = k a`. For each strip of each part, the export states the sums `Σ_r A_r P_r` of these chunks and
`Σ_r P_r` (`P_r` is the strip of row `r`, spread to base `2^(b k)`), and the kernel computes them in a
theorem of its own (`partCheck`), with a cache of its own. The sums of parts are added
(`Columns.node`), those of strips set side by side (`Columns.append`), and they stand in for the
computation in a tile (`tileCheckWith`).
-/

set_option autoImplicit false

namespace LipBridge

/-- The rows from place `q` on: `l` digits in base `2^b`, and the first `m` in base `2^(b k)`. -/
noncomputable def Stack.lanesAt (b k t u l q m : Nat) (s : Stack) : Lanes :=
  force s.width fun w => force b fun b => force (Nat.mul b k) fun g => force t fun t =>
  force u fun u => force l fun l => force m fun m => force (Nat.mul w q) fun d =>
    Lanes.make (Nat.mul b (Nat.pow 2 t))
      (eightAfter (spreadEight w b t l) (fun x => Nat.shiftRight x d))
      (fun x => spreadTo w b t l (Nat.shiftRight x d))
      (fun x => spreadTo w g u m (Nat.shiftRight x d)) s.rows

/-- `Σ_r A_r P_r` for chunk `i` of these rows. -/
noncomputable def Stack.dotAt (b k t u l q m : Nat) (s : Stack) (i : Nat) : Nat :=
  force (Nat.add 32 (Nat.mul (Nat.mul b k) i)) fun d =>
    force (Nat.sub (Nat.pow 2 (Nat.mul b k)) 1) fun W =>
      Lanes.dot d W (Stack.lanesAt b k t u l q m s)

/-- Whether the first `C` sums of these rows are those of the list `dots`. -/
noncomputable def dotsCheck (b k t u l q m : Nat) (s : Stack) (dots : Rows) (C : Nat) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun i ih => and (Nat.beq (Stack.dotAt b k t u l q m s i) (Rows.get dots i)) ih) C

/-- Whether `dots` and `P` are the sums of the columns `k a, …, k a + m - 1` of the rows of a matrix, for
the chunks `a, …, a + C - 1`; `l` digits of a row are left from `k a` on,
at most `2^t`, and `m ≤ 2^u`. -/
noncomputable def partCheck (b k t u l m a : Nat) (s : Stack) (dots : Rows) (P C : Nat) : Bool :=
  and
    (and (and (Nat.ble 1 k) (Nat.ble s.width b))
      (and (Nat.beq (Nat.add (Nat.mul k a) l) s.size)
        (and (Nat.ble l (Nat.pow 2 t)) (Nat.ble m (Nat.pow 2 u)))))
    (and (Nat.beq (Lanes.sum (Stack.lanesAt b k t u l (Nat.mul k a) m s)) P)
      (dotsCheck b k t u l (Nat.mul k a) m s dots C))

/-- `Σ_r u_ri u_rq`, where places past the end of a row do not count for `i`. -/
noncomputable def Stack.cross (s : Stack) (i q : Nat) : Nat :=
  Rows.sum (fun x => Nat.mul (cut s.size (LipBridge.digit s.width x) i) (LipBridge.digit s.width x q))
    s.rows

/-- `Σ_r u_rq`. -/
noncomputable def Stack.column (s : Stack) (q : Nat) : Nat :=
  Rows.sum (fun x => LipBridge.digit s.width x q) s.rows

/-- `dots` and `P` are the sums of the columns `q, …, q + m - 1`, for the chunks `a ≤ c < E`. -/
structure Columns (b k q m a E : Nat) (s : Stack) (dots : Nat → Nat) (P : Nat) : Prop where
  /-- The sums of the chunks. -/
  dots : ∀ c, Nat.le a c → Nat.lt c E →
    Eq (dots c) (grid b k m (fun j p => Stack.cross s (Nat.add (Nat.mul k c) j) (Nat.add q p)))
  /-- The sums of the columns, in base `2^(b k)`. -/
  wide : Eq P (pack (pow2 (Nat.mul b k)) m (fun p => Stack.column s (Nat.add q p)))

/-! ## What the kernel has computed -/

/-- The grid of a sum over the rows. -/
theorem grid_rowsSum {b k n : Nat} (F : Nat → Nat → Nat → Nat) (t : Rows) :
    Eq (Rows.sum (fun x => grid b k n (F x)) t)
      (grid b k n (fun j q => Rows.sum (fun x => F x j q) t)) :=
  Eq.trans (Rows.sum_eq _ t)
    (Eq.trans (Eq.symm (grid_natSum (Rows.count t) (fun r => F (Rows.get t r))))
      (grid_congr (fun j q _ _ => Eq.symm (Rows.sum_eq (fun x => F x j q) t))))

/-- The digits of a row from `q` on. -/
theorem cut_shift {q l m : Nat} (h : Eq (Nat.add q l) m) (f : Nat → Nat) (p : Nat) :
    Eq (cut l (fun p => f (Nat.add q p)) p) (cut m f (Nat.add q p)) :=
  Or.elim (nat_lt_or_ge p l)
    (fun g => Eq.trans (cut_lt g) (Eq.symm (cut_lt (Eq.subst
      (motive := fun m => Nat.lt (Nat.add q p) m) h (nat_add_le_add (Nat.le.refl (n := q)) g)))))
    (fun g => Eq.trans (cut_ge g) (Eq.symm (cut_ge (Eq.subst
      (motive := fun m => Nat.le m (Nat.add q p)) h (nat_add_le_add (Nat.le.refl (n := q)) g)))))

/-- Digits of a row whose first `q` are dropped. -/
theorem digit_drop (w x q p : Nat) :
    Eq (digit w (Nat.shiftRight x (Nat.mul w q)) p) (digit w x (Nat.add q p)) :=
  Eq.symm (digit_add w x q p)

section
variable {b k : Nat}

/-- The dot product of chunk `i` from place `q` on. -/
theorem dotAt_eq_grid {t u l q m : Nat} {s : Stack} (hk : Nat.le 1 k) (hw : Nat.le s.width b)
    (hs : Eq (Nat.add q l) s.size) (hl : Nat.le l (Nat.pow 2 t)) (hm : Nat.le m (Nat.pow 2 u))
    (i : Nat) :
    Eq (Stack.dotAt b k t u l q m s i)
      (grid b k m (fun j p =>
        Stack.cross s (Nat.add q (Nat.add (Nat.mul k i) j)) (Nat.add q p))) :=
  let w := s.width
  let drop (x : Nat) : Nat := Nat.shiftRight x (Nat.mul w q)
  Eq.trans
    (Lanes.dot_make (Joins.after (spreadEight_joins hw hl) drop)
      (fun x => spreadTo w (Nat.mul b k) u m (drop x)) s.rows _ _)
    (Eq.trans
      (Rows.sum_congr (fun x => Eq.trans
        (congr2 Nat.mul
          (Eq.trans (congrArg (fun y => chunk b k y i) (spreadTo_eq_pack hw hl (drop x)))
            (chunk_pack b k i (fun p => Nat.le_trans (digit_lt w (drop x) p) (pow2_le hw))))
          (spreadTo_eq_pack (Nat.le_trans hw (le_mul_chunk b hk)) hm (drop x)))
        (Eq.trans (grid_outer _ _)
          (grid_congr (fun j p _ _ => congr2 Nat.mul
            (Eq.trans
              (congrArg (fun v => pick (Nat.ble (Nat.succ (Nat.add (Nat.mul k i) j)) l) v 0)
                (digit_drop w x q (Nat.add (Nat.mul k i) j)))
              (cut_shift hs (digit w x) (Nat.add (Nat.mul k i) j)))
            (digit_drop w x q p))))) s.rows)
      (grid_rowsSum _ s.rows))

/-- The sum of the columns from place `q` on. -/
theorem sumAt_eq_pack {t u l q m : Nat} {s : Stack} (hk : Nat.le 1 k) (hw : Nat.le s.width b)
    (hm : Nat.le m (Nat.pow 2 u)) :
    Eq (Lanes.sum (Stack.lanesAt b k t u l q m s))
      (pack (pow2 (Nat.mul b k)) m (fun p => Stack.column s (Nat.add q p))) :=
  let w := s.width
  let drop (x : Nat) : Nat := Nat.shiftRight x (Nat.mul w q)
  Eq.trans
    (Lanes.sum_make (j := eightAfter (spreadEight w b t l) drop)
      (e := fun x => spreadTo w b t l (drop x))
      (fun x => spreadTo w (Nat.mul b k) u m (drop x)) s.rows)
    (Eq.trans
      (Rows.sum_congr (fun x => Eq.trans
        (spreadTo_eq_pack (Nat.le_trans hw (le_mul_chunk b hk)) hm (drop x))
        (pack_congr _ m (fun p _ => digit_drop w x q p))) s.rows)
      (Eq.trans (Rows.sum_eq _ s.rows)
        (Eq.trans
          (Eq.symm (pack_natSum _ m (Rows.count s.rows)
            (fun r p => digit w (Rows.get s.rows r) (Nat.add q p))))
          (pack_congr _ m (fun p _ => Eq.symm
            (Rows.sum_eq (fun x => digit w x (Nat.add q p)) s.rows))))))

/-- The sums of a strip of a part, as the kernel has computed them. -/
theorem Columns.check {t u l m a C : Nat} {s : Stack} {dots : Rows} {P : Nat}
    (h : Eq (partCheck b k t u l m a s dots P C) true) :
    Columns b k (Nat.mul k a) m a (Nat.add a C) s (fun c => Rows.get dots (Nat.sub c a)) P :=
  have g := bool_and (bool_and h).left
  have f := bool_and g.left
  have f' := bool_and g.right
  have f'' := bool_and f'.right
  have hk := Nat.le_of_ble_eq_true f.left
  have hw := Nat.le_of_ble_eq_true f.right
  have hm := Nat.le_of_ble_eq_true f''.right
  have d := bool_and (bool_and h).right
  have each : ∀ i, Nat.lt i C → Eq (Stack.dotAt b k t u l (Nat.mul k a) m s i) (Rows.get dots i) :=
    Nat.rec
      (motive := fun C => Eq (dotsCheck b k t u l (Nat.mul k a) m s dots C) true →
        ∀ i, Nat.lt i C → Eq (Stack.dotAt b k t u l (Nat.mul k a) m s i) (Rows.get dots i))
      (fun _ i hi => absurd hi (Nat.not_succ_le_zero i))
      (fun C ih h i hi => Or.elim (nat_lt_or_ge i C) (ih (bool_and h).right i)
        (fun g => Eq.subst
          (motive := fun i => Eq (Stack.dotAt b k t u l (Nat.mul k a) m s i) (Rows.get dots i))
          (nat_le_antisymm g (Nat.le_of_succ_le_succ hi))
          (Nat.eq_of_beq_eq_true (bool_and h).left))) C d.right
  { dots := fun c ha hc => match nat_exists_of_le ha with
      | ⟨i, e⟩ =>
        have hi : Nat.lt i C := nat_lt_of_add_lt (m := a)
          (Eq.subst (motive := fun c => Nat.lt c (Nat.add a C)) (Eq.symm e) hc)
        have sub : Eq (Nat.sub c a) i :=
          Eq.trans (congrArg (fun c => Nat.sub c a) (Eq.trans (Eq.symm e) (nat_add_comm a i)))
            (nat_add_sub i a)
        Eq.trans (congrArg (Rows.get dots) sub)
          (Eq.trans (Eq.symm (each i hi))
            (Eq.trans
              (dotAt_eq_grid hk hw (Nat.eq_of_beq_eq_true f'.left) (Nat.le_of_ble_eq_true f''.left)
                hm i)
              (grid_congr (fun j p _ _ => congrArg
                (fun u => Stack.cross s u (Nat.add (Nat.mul k a) p))
                (Eq.trans (Eq.symm (nat_add_assoc (Nat.mul k a) (Nat.mul k i) j))
                  (congrArg (fun u => Nat.add u j)
                    (Eq.trans (Eq.symm (nat_mul_add k a i)) (congrArg (Nat.mul k) e))))))))
    wide := Eq.trans (Eq.symm (Nat.eq_of_beq_eq_true d.left)) (sumAt_eq_pack hk hw hm) }

/-! ## Adding parts, appending strips -/

/-- The sums of two parts add up. -/
theorem Columns.node {α w β z q m a E : Nat} {l r : Rows} {d e : Nat → Nat} {P P' : Nat}
    (h : Columns b k q m a E (.mk α w β z l) d P) (g : Columns b k q m a E (.mk α w β z r) e P') :
    Columns b k q m a E (.mk α w β z (.node l r)) (fun c => Nat.add (d c) (e c)) (Nat.add P P') where
  dots c ha hc := Eq.trans (congr2 Nat.add (h.dots c ha hc) (g.dots c ha hc))
    (Eq.symm (grid_add _ _))
  wide := Eq.trans (congr2 Nat.add h.wide g.wide) (Eq.symm (pack_add _ m _ _))

/-- The sums of strips side by side, for the chunks that need both. -/
theorem Columns.append {q m l a a' E : Nat} {s : Stack} {d e : Nat → Nat} {P P' : Nat}
    (h : Columns b k q m a' E s d P) (g : Columns b k (Nat.add q m) l a E s e P')
    (ha : Eq (Nat.ble a' a) true) :
    Columns b k q (Nat.add m l) a E s
      (fun c => Nat.add (d c) (Nat.shiftLeft (e c) (Nat.mul (Nat.mul b k) m)))
      (Nat.add P (Nat.shiftLeft P' (Nat.mul (Nat.mul b k) m))) :=
  have join (f : Nat → Nat) {x y : Nat} (hx : Eq x (pack (pow2 (Nat.mul b k)) m (fun p => f (Nat.add q p))))
      (hy : Eq y (pack (pow2 (Nat.mul b k)) l (fun p => f (Nat.add (Nat.add q m) p)))) :
      Eq (Nat.add x (Nat.shiftLeft y (Nat.mul (Nat.mul b k) m)))
        (pack (pow2 (Nat.mul b k)) (Nat.add m l) (fun p => f (Nat.add q p))) :=
    Eq.symm (Eq.trans (pack_append _ m l _)
      (congr2 Nat.add (Eq.symm hx)
        (Eq.trans
          (congr2 Nat.mul (Eq.symm (pow2_mul (Nat.mul b k) m))
            (Eq.trans
              (pack_congr _ l (fun p _ => congrArg f (Eq.symm (nat_add_assoc q m p))))
              (Eq.symm hy)))
          (Eq.symm (shiftLeft_eq_mul y (Nat.mul (Nat.mul b k) m))))))
  { dots := fun c hc hE =>
      join (fun u => pack (pow2 b) k (fun j => Stack.cross s (Nat.add (Nat.mul k c) j) u))
        (h.dots c (Nat.le_trans (Nat.le_of_ble_eq_true ha) hc) hE) (g.dots c hc hE)
    wide := join (Stack.column s) h.wide g.wide }

/-! ## A tile with these sums -/

/-- `chunkCheck` for a stack `s` whose sums are known, and further stacks. -/
noncomputable def chunkCheckWith (e k t n : Nat) (s : Stack) (dot P : Nat) (l : List Stack)
    (v T ε c : Nat) : Bool :=
  force (Nat.succ e) fun b =>
    diffCheck e (Nat.mul k n) (Nat.mul 2 ε)
      (Nat.add
        (Nat.mul s.weight (Nat.add dot
          (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias))
            (Nat.mul (Stack.onesAt b k n c s) (Stack.ones b k n s)))))
        (stackSum (Stack.plusChunk b k t n c) l))
      (Nat.add (diagonalChunk b k v T c)
        (Nat.add
          (Nat.add
            (Nat.mul (Nat.mul s.weight s.bias) (Nat.add
              (Nat.mul (Stack.onesAt b k n c s) P)
              (Nat.mul (pack (Nat.pow 2 b) k (fun j => digit (Nat.mul b k) P (Nat.add (Nat.mul k c) j)))
                (Stack.ones b k n s))))
            (stackSum (Stack.minusChunk b k t n c) l))
          (Nat.mul ε (Nat.mul (rep b k) (rep (Nat.mul b k) n)))))

/-- Whether the chunks `a, …, a + C - 1` pass. -/
noncomputable def chunksCheckWith (e k t n : Nat) (s : Stack) (dots : Nat → Nat) (P : Nat)
    (l : List Stack) (v T ε a C : Nat) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun i ih => and (force (Nat.add a i) fun c => chunkCheckWith e k t n s (dots c) P l v T ε c) ih) C

/-- The check of the chunks `a, …, a + C - 1`, columns `0, …, n - 1`, where the sums of the first stack
are known. -/
noncomputable def gramCheckWith (e k t n : Nat) (s : Stack) (dots : Nat → Nat) (P : Nat)
    (l : List Stack) (v T ε a C : Nat) : Bool :=
  and (Nat.ble (Nat.succ (Nat.mul k a)) s.size)
    (and (and (Nat.ble 1 k) (and (Nat.ble (Nat.mul k (Nat.add a C)) n) (Nat.ble n (Nat.pow 2 t))))
      (and (widthCheck e (.cons s (activeStacks (Nat.mul k a) l)) v ε)
        (force P fun P => chunksCheckWith e k t n s dots P (activeStacks (Nat.mul k a) l) v T ε a C)))

section
variable {t n : Nat} {s : Stack} {dots : Nat → Nat} {P a E : Nat}

/-- The sum of a chunk is the dot product of it. -/
theorem Columns.dot (h : Columns b k 0 (Stack.places n s) a E s dots P) (hk : Nat.le 1 k)
    (hw : Nat.le s.width b) (ht : Nat.le n (Nat.pow 2 t)) {c : Nat} (ha : Nat.le a c)
    (hE : Nat.lt c E) (hc : Nat.le (Nat.add (Nat.mul k c) k) n) :
    Eq (dots c)
      (Lanes.dot (Nat.add 32 (Nat.mul (Nat.mul b k) c)) (Nat.sub (Nat.pow 2 (Nat.mul b k)) 1)
        (Stack.lanes b k t n s)) :=
  let M := Stack.places n s
  let i (j : Nat) : Nat := Nat.add (Nat.mul k c) j
  let F (j q : Nat) : Nat := natSum (Rows.count s.rows) (fun r =>
    Nat.mul (Stack.value n s r (i j)) (Stack.value n s r q))
  Eq.trans (h.dots c ha hE)
    (Eq.trans
      (Eq.trans
        (grid_congr (G := F) (fun j q hj hq => Eq.trans
          (congrArg (Stack.cross s (i j)) (nat_zero_add q))
          (Eq.trans (Rows.sum_eq _ s.rows)
            (natSum_congr (fun r _ => congr2 Nat.mul
              (Eq.symm (cut_places s (Stack.digit s r)
                (Nat.le_trans (nat_add_le_add (Nat.le.refl (n := Nat.mul k c)) hj) hc)))
              (Eq.symm (cut_lt hq)))))))
        (Eq.symm (pack_pad (pow2 (Nat.mul b k)) (Stack.places_le n s)
          (fun p => Eq.trans
            (pack_congr (pow2 b) k (g := fun _ => 0) (fun j _ => Eq.trans
              (natSum_congr (g := fun _ => 0) (fun r _ => congrArg
                (Nat.mul (Stack.value n s r (i j))) (cut_ge (nat_le_add M p))))
              (natSum_zero _)))
            (pack_zero (pow2 b) k)))))
      (Eq.symm (dot_eq_grid hk hw ht c)))

/-- The sum of the columns is that of the stack. -/
theorem Columns.sum (h : Columns b k 0 (Stack.places n s) a E s dots P) :
    Eq P (pack (pow2 (Nat.mul b k)) n (Stack.colSum n s)) :=
  Eq.trans h.wide
    (Eq.trans
      (pack_congr _ _ (fun q _ => Eq.trans (congrArg (Stack.column s) (nat_zero_add q))
        (Rows.sum_eq _ s.rows)))
      (pack_cut (pow2 (Nat.mul b k)) (Stack.places_le n s) _))

end

/-- With the right sums, `chunkCheckWith` is `chunkCheck`. -/
theorem chunkCheckWith_eq {e t n a E : Nat} {s : Stack} {dots : Nat → Nat} {P : Nat}
    {l : List Stack} {v T ε c : Nat}
    (h : Columns (Nat.succ e) k 0 (Stack.places n s) a E s dots P) (hk : Nat.le 1 k)
    (hf : Eq (Stack.fits (Nat.succ e) s) true) (ht : Nat.le n (Nat.pow 2 t)) (ha : Nat.le a c)
    (hE : Nat.lt c E) (hc : Nat.le (Nat.add (Nat.mul k c) k) n) :
    Eq (chunkCheckWith e k t n s (dots c) P l v T ε c)
      (chunkCheck e k t n (.cons s l) v T ε c) :=
  let b := Nat.succ e
  have hw := Nat.le_of_ble_eq_true (bool_and hf).left
  have small (q : Nat) : Nat.lt (Stack.colSum n s q) (pow2 (Nat.mul b k)) :=
    Nat.le_trans
      (Nat.le_trans (Nat.succ_le_succ (cut_le (digitSum_le s) q))
        (Nat.le_of_ble_eq_true (bool_and hf).right))
      (pow2_le (le_mul_chunk b hk))
  have narrow : Eq
      (pack (pow2 b) k (fun j => digit (Nat.mul b k) P (Nat.add (Nat.mul k c) j)))
      (chunk b k (Lanes.sumX (Stack.lanes b k t n s)) c) :=
    Eq.trans
      (pack_congr (pow2 b) k (fun j hj => Eq.trans
        (congrArg (fun y => digit (Nat.mul b k) y (Nat.add (Nat.mul k c) j)) (Columns.sum h))
        (digit_pack (Nat.mul b k) n (fun q _ => small q)
          (Nat.le_trans (nat_add_le_add (Nat.le.refl (n := Nat.mul k c)) hj) hc))))
      (Eq.symm (colSumsAt_eq_pack hf ht c))
  have wide : Eq P (Lanes.sum (Stack.lanes b k t n s)) :=
    Eq.trans (Columns.sum h) (Eq.symm (colSums_eq_pack hk hw ht))
  let check (dot Q X : Nat) : Bool :=
    diffCheck e (Nat.mul k n) (Nat.mul 2 ε)
      (Nat.add
        (Nat.mul s.weight (Nat.add dot
          (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias))
            (Nat.mul (Stack.onesAt b k n c s) (Stack.ones b k n s)))))
        (stackSum (Stack.plusChunk b k t n c) l))
      (Nat.add (diagonalChunk b k v T c)
        (Nat.add
          (Nat.add
            (Nat.mul (Nat.mul s.weight s.bias) (Nat.add
              (Nat.mul (Stack.onesAt b k n c s) Q)
              (Nat.mul X (Stack.ones b k n s))))
            (stackSum (Stack.minusChunk b k t n c) l))
          (Nat.mul ε (Nat.mul (rep b k) (rep (Nat.mul b k) n)))))
  Eq.trans
    (congrArg (fun dot => check dot P _) (Columns.dot (t := t) h hk hw ht ha hE hc))
    (congr2 (fun Q X => check _ Q X) wide narrow)

/-- A tile with the sums of a long matrix adds its rows. -/
theorem GramRows.stepWith {e t n a C E : Nat} {s : Stack} {dots : Nat → Nat} {P : Nat}
    {l : List Stack} {v T ε : Nat} (g : GramRows (.cons s l) (digit v T) ε (Nat.mul k a))
    (h : Columns (Nat.succ e) k 0 (Stack.places n s) a E s dots P)
    (hE : Eq (Nat.ble (Nat.add a C) E) true)
    (w : Eq (gramCheckWith e k t n s dots P l v T ε a C) true) :
    GramRows (.cons s l) (digit v T) ε (Nat.mul k (Nat.add a C)) :=
  let A := activeStacks (Nat.mul k a) l
  have f := bool_and w
  have r := bool_and f.right
  have r₁ := bool_and r.left
  have r₂ := bool_and r.right
  have hk := Nat.le_of_ble_eq_true r₁.left
  have hn := Nat.le_of_ble_eq_true (bool_and r₁.right).left
  have ht := Nat.le_of_ble_eq_true (bool_and r₁.right).right
  have hf := (bool_and (bool_and (bool_and r₂.left).left).right).left
  have active : Eq (activeStacks (Nat.mul k a) (.cons s l)) (.cons s A) :=
    congrArg (fun c => pick c A (.cons s A)) (Bool.eq_false_of_ne_true (fun z => nat_lt_irrefl
      (Nat.le_trans (Nat.le_of_ble_eq_true f.left) (Nat.le_of_ble_eq_true z))))
  have chunks : ∀ m, Nat.le m C → Eq (chunksCheckWith e k t n s dots P A v T ε a m) true →
      Eq (chunksCheck e k t n (.cons s A) v T ε a m) true :=
    Nat.rec
      (motive := fun m => Nat.le m C → Eq (chunksCheckWith e k t n s dots P A v T ε a m) true →
        Eq (chunksCheck e k t n (.cons s A) v T ε a m) true)
      (fun _ _ => rfl)
      (fun m ih hm z =>
        have below : Nat.lt (Nat.add a m) (Nat.add a C) :=
          nat_add_le_add (Nat.le.refl (n := a)) hm
        have eq := chunkCheckWith_eq (l := A) (v := v) (T := T) (ε := ε) (t := t) h hk hf ht
          (nat_le_add a m) (Nat.le_trans below (Nat.le_of_ble_eq_true hE))
          (Nat.le_trans (nat_mul_le_mul_left k below) hn)
        congr2 and (Eq.trans (Eq.symm eq) (bool_and z).left)
          (ih (Nat.le_trans (Nat.le_succ m) hm) (bool_and z).right))
  GramRows.step g
    (congr2 and r.left
      (congr2 and
        (Eq.subst (motive := fun l => Eq (widthCheck e l v ε) true) (Eq.symm active) r₂.left)
        (Eq.subst (motive := fun l => Eq (chunksCheck e k t n l v T ε a C) true) (Eq.symm active)
          (chunks C Nat.le.refl r₂.right))))

end

end LipBridge
