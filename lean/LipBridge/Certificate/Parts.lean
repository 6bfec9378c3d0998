import LipBridge.Certificate.GramSound
/-!
# Gram chunks of a long matrix, part by part

A matrix with many more rows than columns is cut into parts, and these into strips of columns. For
each strip, the export states the sums `Σ_r A_r P_r` of every chunk, `Σ_r P_r` and `Σ_r X_r` (`X_r` is
the row spread to base `2^b`, `P_r` the strip of it spread to base `2^(b k)`), and the kernel computes
them in a theorem of its own (`partCheck`), with a cache of its own. Strips side by side (`Columns`)
are the sums of a part, and those of all parts stand in for the computation (`Summed`):
`chunkCheckWith` is `chunkCheck` with the sums handed in.
-/

set_option autoImplicit false

namespace LipBridge

/-- `Σ_r A_r P_r` for chunk `c`. -/
noncomputable def Stack.dot (b k t n : Nat) (s : Stack) (c : Nat) : Nat :=
  force (Nat.add 32 (Nat.mul (Nat.mul b k) c)) fun d =>
    force (Nat.sub (Nat.pow 2 (Nat.mul b k)) 1) fun W => Lanes.dot d W (Stack.lanes b k t n s)

/-- The rows, spread to base `2^b`, and their columns `q, …, q + m - 1`, spread to base `2^(b k)`. -/
noncomputable def Stack.lanesAt (b k t n q m : Nat) (s : Stack) : Lanes :=
  force s.width fun w => force b fun b => force (Nat.mul b k) fun g => force t fun t =>
  force (Stack.places n s) fun n => force (Nat.mul w q) fun d => force m fun m =>
    Lanes.make (spreadTo w b t n) (fun x => spreadTo w g t m (Nat.shiftRight x d)) s.rows

/-- `Σ_r A_r P_r` for chunk `c`, the columns `q, …, q + m - 1` of it. -/
noncomputable def Stack.dotAt (b k t n q m : Nat) (s : Stack) (c : Nat) : Nat :=
  force (Nat.add 32 (Nat.mul (Nat.mul b k) c)) fun d =>
    force (Nat.sub (Nat.pow 2 (Nat.mul b k)) 1) fun W =>
      Lanes.dot d W (Stack.lanesAt b k t n q m s)

/-- Whether the first `C` sums of these columns are those of the list `dots`. -/
noncomputable def dotsCheck (b k t n q m : Nat) (s : Stack) (dots : Rows) (C : Nat) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun c ih => and (Nat.beq (Stack.dotAt b k t n q m s c) (Rows.get dots c)) ih) C

/-- Whether `dots`, `P` and `X` are the sums of the columns `q, …, q + m - 1` of the rows of a matrix. -/
noncomputable def partCheck (b k t n q m : Nat) (s : Stack) (dots : Rows) (P X C : Nat) : Bool :=
  and (Nat.beq (Lanes.sum (Stack.lanesAt b k t n q m s)) P)
    (and (Nat.beq (Lanes.sumX (Stack.lanesAt b k t n q m s)) X) (dotsCheck b k t n q m s dots C))

/-- The sums of the columns `q, …, q + m - 1`, for the chunks `c < C`. -/
structure Columns (b k t n C q m : Nat) (s : Stack) (dots : Nat → Nat) (P X : Nat) : Prop where
  /-- The sums of the chunks. -/
  dots : ∀ c, Nat.lt c C → Eq (Stack.dotAt b k t n q m s c) (dots c)
  /-- The sum of the columns, spread to base `2^(b k)`. -/
  wide : Eq (Lanes.sum (Stack.lanesAt b k t n q m s)) P
  /-- The sum of the rows, spread to base `2^b`. -/
  narrow : Eq (Lanes.sumX (Stack.lanesAt b k t n q m s)) X

/-- `dots c`, `P` and `X` are the sums of the stack, for the chunks `c < C`. -/
structure Summed (b k t n C : Nat) (s : Stack) (dots : Nat → Nat) (P X : Nat) : Prop where
  /-- The sums of the chunks. -/
  dots : ∀ c, Nat.lt c C → Eq (Stack.dot b k t n s c) (dots c)
  /-- The sum of the rows, spread to base `2^(b k)`. -/
  wide : Eq (Lanes.sum (Stack.lanes b k t n s)) P
  /-- The sum of the rows, spread to base `2^b`. -/
  narrow : Eq (Lanes.sumX (Stack.lanes b k t n s)) X

section
variable {b k t n C : Nat}

/-- The sums of some columns of a part, as the kernel has computed them. -/
theorem Columns.check {q m : Nat} {s : Stack} {dots : Rows} {P X : Nat}
    (h : Eq (partCheck b k t n q m s dots P X C) true) :
    Columns b k t n C q m s (Rows.get dots) P X where
  dots := Nat.rec
    (motive := fun C => Eq (dotsCheck b k t n q m s dots C) true →
      ∀ c, Nat.lt c C → Eq (Stack.dotAt b k t n q m s c) (Rows.get dots c))
    (fun _ c hc => absurd hc (Nat.not_succ_le_zero c))
    (fun C ih h c hc => Or.elim (nat_lt_or_ge c C) (ih (bool_and h).right c)
      (fun g => Eq.subst (motive := fun c => Eq (Stack.dotAt b k t n q m s c) (Rows.get dots c))
        (nat_le_antisymm g (Nat.le_of_succ_le_succ hc))
        (Nat.eq_of_beq_eq_true (bool_and h).left))) C (bool_and (bool_and h).right).right
  wide := Nat.eq_of_beq_eq_true (bool_and h).left
  narrow := Nat.eq_of_beq_eq_true (bool_and (bool_and h).right).left

/-- The digits of a row, spread in two pieces. -/
theorem spreadTo_append {w g t m l : Nat} (hw : Nat.le w g)
    (ht : Nat.le (Nat.add m l) (Nat.pow 2 t)) (x : Nat) :
    Eq (spreadTo w g t (Nat.add m l) x)
      (Nat.add (spreadTo w g t m x)
        (Nat.mul (pow2 (Nat.mul g m)) (spreadTo w g t l (Nat.shiftRight x (Nat.mul w m))))) :=
  have hm : Nat.le m (Nat.pow 2 t) := Nat.le_trans (nat_le_add m l) ht
  have hl : Nat.le l (Nat.pow 2 t) := Nat.le_trans
    (Eq.subst (motive := fun a => Nat.le l a) (nat_add_comm l m) (nat_le_add l m)) ht
  Eq.trans (spreadTo_eq_pack hw ht x)
    (Eq.trans (pack_append (pow2 g) m l (digit w x))
      (congr2 Nat.add (Eq.symm (spreadTo_eq_pack hw hm x))
        (congr2 Nat.mul (Eq.symm (pow2_mul g m))
          (Eq.trans (pack_congr (pow2 g) l (fun p _ => digit_add w x m p))
            (Eq.symm (spreadTo_eq_pack hw hl _))))))

/-- A sum over the rows of `a (f + c g)`. -/
theorem Rows.sum_split (c : Nat) (a f g : Nat → Nat) (t : Rows) :
    Eq (Rows.sum (fun x => Nat.mul (a x) (Nat.add (f x) (Nat.mul c (g x)))) t)
      (Nat.add (Rows.sum (fun x => Nat.mul (a x) (f x)) t)
        (Nat.mul c (Rows.sum (fun x => Nat.mul (a x) (g x)) t))) :=
  have step (n : Nat) (a f g : Nat → Nat) :
      Eq (natSum n (fun r => Nat.mul (a r) (Nat.add (f r) (Nat.mul c (g r)))))
        (Nat.add (natSum n (fun r => Nat.mul (a r) (f r)))
          (Nat.mul c (natSum n (fun r => Nat.mul (a r) (g r))))) :=
    Nat.rec
      (motive := fun n => Eq (natSum n (fun r => Nat.mul (a r) (Nat.add (f r) (Nat.mul c (g r)))))
        (Nat.add (natSum n (fun r => Nat.mul (a r) (f r)))
          (Nat.mul c (natSum n (fun r => Nat.mul (a r) (g r)))))) rfl
      (fun n ih => Eq.trans (congrArg (fun t => Nat.add t _) ih)
        (nat_ring (vars6 (natSum n (fun r => Nat.mul (a r) (f r)))
            (natSum n (fun r => Nat.mul (a r) (g r))) (a n) (f n) (g n) c)
          (a := Nat.add (Nat.add (natSum n (fun r => Nat.mul (a r) (f r)))
              (Nat.mul c (natSum n (fun r => Nat.mul (a r) (g r)))))
            (Nat.mul (a n) (Nat.add (f n) (Nat.mul c (g n)))))
          (b := Nat.add (Nat.add (natSum n (fun r => Nat.mul (a r) (f r))) (Nat.mul (a n) (f n)))
            (Nat.mul c (Nat.add (natSum n (fun r => Nat.mul (a r) (g r)))
              (Nat.mul (a n) (g n))))))) n
  Eq.trans (Rows.sum_eq _ t)
    (Eq.trans
      (step (Rows.count t) (fun r => a (Rows.get t r)) (fun r => f (Rows.get t r))
        (fun r => g (Rows.get t r)))
      (congr2 (fun u v => Nat.add u (Nat.mul c v)) (Eq.symm (Rows.sum_eq _ t))
        (Eq.symm (Rows.sum_eq _ t))))

/-- The sums of columns side by side. -/
theorem Columns.append {q m l : Nat} {s : Stack} {d e : Nat → Nat} {P X P' X' : Nat}
    (h : Columns b k t n C q m s d P X) (g : Columns b k t n C (Nat.add q m) l s e P' X')
    (hw : Eq (Nat.ble s.width (Nat.mul b k)) true)
    (ht : Eq (Nat.ble (Nat.add m l) (Nat.pow 2 t)) true) :
    Columns b k t n C q (Nat.add m l) s
      (fun c => Nat.add (d c) (Nat.shiftLeft (e c) (Nat.mul (Nat.mul b k) m)))
      (Nat.add P (Nat.shiftLeft P' (Nat.mul (Nat.mul b k) m))) X :=
  let w := s.width
  let B := Nat.mul b k
  let K := pow2 (Nat.mul B m)
  let E : Nat → Nat := spreadTo w b t (Stack.places n s)
  let F (q m : Nat) (x : Nat) : Nat := spreadTo w B t m (Nat.shiftRight x (Nat.mul w q))
  have split (x : Nat) : Eq (F q (Nat.add m l) x)
      (Nat.add (F q m x) (Nat.mul K (F (Nat.add q m) l x))) :=
    Eq.trans
      (spreadTo_append (Nat.le_of_ble_eq_true hw) (Nat.le_of_ble_eq_true ht) _)
      (congrArg (fun y => Nat.add (F q m x) (Nat.mul K (spreadTo w B t l y)))
        (Eq.trans (Eq.symm (shiftRight_add x (Nat.mul w q) (Nat.mul w m)))
          (congrArg (Nat.shiftRight x) (Eq.symm (nat_mul_add w q m)))))
  have total (a : Nat → Nat) : Eq (Rows.sum (fun x => Nat.mul (a x) (F q (Nat.add m l) x)) s.rows)
      (Nat.add (Rows.sum (fun x => Nat.mul (a x) (F q m x)) s.rows)
        (Nat.mul K (Rows.sum (fun x => Nat.mul (a x) (F (Nat.add q m) l x)) s.rows))) :=
    Eq.trans (Rows.sum_congr (fun x => congrArg (Nat.mul (a x)) (split x)) s.rows)
      (Rows.sum_split K a (F q m) (F (Nat.add q m) l) s.rows)
  have dot (q m c : Nat) : Eq (Stack.dotAt b k t n q m s c)
      (Rows.sum (fun x => Nat.mul
        (Nat.land (Nat.shiftRight (E x) (Nat.mul B c)) (Nat.sub (Nat.pow 2 B) 1)) (F q m x)) s.rows) :=
    Lanes.dot_make E (F q m) s.rows (Nat.mul B c) (Nat.sub (Nat.pow 2 B) 1)
  have one (f : Nat → Nat) : Eq (Rows.sum (fun x => Nat.mul 1 (f x)) s.rows) (Rows.sum f s.rows) :=
    Rows.sum_congr (fun x => Eq.trans (nat_mul_comm 1 (f x)) (nat_mul_one (f x))) s.rows
  have sum (q m : Nat) : Eq (Lanes.sum (Stack.lanesAt b k t n q m s)) (Rows.sum (F q m) s.rows) :=
    Lanes.sum_make E (F q m) s.rows
  { dots := fun c hc => Eq.trans (dot q (Nat.add m l) c)
      (Eq.trans (total _)
        (Eq.trans
          (congr2 (fun u v => Nat.add u (Nat.mul K v))
            (Eq.trans (Eq.symm (dot q m c)) (h.dots c hc))
            (Eq.trans (Eq.symm (dot (Nat.add q m) l c)) (g.dots c hc)))
          (congrArg (Nat.add (d c)) (Eq.symm (shiftLeft_eq_mul (e c) (Nat.mul B m))))))
    wide := Eq.trans (sum q (Nat.add m l))
      (Eq.trans (Eq.symm (one _))
        (Eq.trans (total (fun _ => 1))
          (Eq.trans
            (congr2 (fun u v => Nat.add u (Nat.mul K v))
              (Eq.trans (one _) (Eq.trans (Eq.symm (sum q m)) h.wide))
              (Eq.trans (one _) (Eq.trans (Eq.symm (sum (Nat.add q m) l)) g.wide)))
            (congrArg (Nat.add P) (Eq.symm (shiftLeft_eq_mul P' (Nat.mul B m)))))))
    narrow := Eq.trans (Lanes.sumX_make E (F q (Nat.add m l)) s.rows)
      (Eq.trans (Eq.symm (Lanes.sumX_make E (F q m) s.rows)) h.narrow) }

/-- The sums of all columns of a part. -/
theorem Summed.columns {s : Stack} {dots : Nat → Nat} {P X : Nat}
    (h : Columns b k t n C 0 (Stack.places n s) s dots P X) : Summed b k t n C s dots P X :=
  ⟨h.dots, h.wide, h.narrow⟩

/-- The sums of two parts add up. -/
theorem Summed.node {α w β m : Nat} {l r : Rows} {d e : Nat → Nat} {P X P' X' : Nat}
    (h : Summed b k t n C (.mk α w β m l) d P X) (g : Summed b k t n C (.mk α w β m r) e P' X') :
    Summed b k t n C (.mk α w β m (.node l r)) (fun c => Nat.add (d c) (e c)) (Nat.add P P')
      (Nat.add X X') where
  dots c hc := congr2 Nat.add (h.dots c hc) (g.dots c hc)
  wide := congr2 Nat.add h.wide g.wide
  narrow := congr2 Nat.add h.narrow g.narrow

/-- `chunkCheck` for a stack `s` whose sums are known, and further stacks. -/
noncomputable def chunkCheckWith (e k t n : Nat) (s : Stack) (dot P X : Nat) (l : List Stack)
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
              (Nat.mul (chunk b k X c) (Stack.ones b k n s))))
            (stackSum (Stack.minusChunk b k t n c) l))
          (Nat.mul ε (Nat.mul (rep b k) (rep (Nat.mul b k) n)))))

/-- Whether the first `C` chunks pass. -/
noncomputable def chunksCheckWith (e k t n : Nat) (s : Stack) (dots : Nat → Nat) (P X : Nat)
    (l : List Stack) (v T ε C : Nat) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun c ih => and (force c fun c => chunkCheckWith e k t n s (dots c) P X l v T ε c) ih) C

/-- The check of the chunks `0, …, C - 1`, where the sums of the first stack are known. -/
noncomputable def gramCheckWith (e k t n : Nat) (s : Stack) (dots : Nat → Nat) (P X : Nat)
    (l : List Stack) (v T ε C : Nat) : Bool :=
  and (and (Nat.ble 1 k) (and (Nat.ble (Nat.mul k C) n) (Nat.ble n (Nat.pow 2 t))))
    (and (widthCheck e (.cons s l) v ε) (chunksCheckWith e k t n s dots P X l v T ε C))

/-- With the right sums, `chunkCheckWith` is `chunkCheck`. -/
theorem chunkCheckWith_eq {e : Nat} {s : Stack} {dots : Nat → Nat} {P X : Nat} {l : List Stack}
    {v T ε c : Nat} (h : Summed (Nat.succ e) k t n C s dots P X) (hc : Nat.lt c C) :
    Eq (chunkCheckWith e k t n s (dots c) P X l v T ε c)
      (chunkCheck e k t n (.cons s l) v T ε c) :=
  Eq.trans
    (congrArg (fun d => chunkCheckWith e k t n s d P X l v T ε c) (Eq.symm (h.dots c hc)))
    (congr2 (fun P X => chunkCheckWith e k t n s (Stack.dot (Nat.succ e) k t n s c) P X l v T ε c)
      (Eq.symm h.wide) (Eq.symm h.narrow))

/-- `gramCheckWith` gives all rows. -/
theorem GramRows.ofParts {e : Nat} {s : Stack} {dots : Nat → Nat} {P X : Nat} {l : List Stack}
    {v T ε : Nat} (h : Summed (Nat.succ e) k t n C s dots P X)
    (g : Eq (gramCheckWith e k t n s dots P X l v T ε C) true) :
    GramRows (.cons s l) (digit v T) ε (Nat.mul k C) :=
  have a := bool_and (bool_and g).left
  have a' := bool_and a.right
  have c := bool_and (bool_and g).right
  GramRows.ofChunks (Nat.le_of_ble_eq_true a.left) (Nat.le_of_ble_eq_true a'.left)
    (Nat.le_of_ble_eq_true a'.right) c.left
    (Nat.rec
      (motive := fun m => Nat.le m C → Eq (chunksCheckWith e k t n s dots P X l v T ε m) true →
        ∀ c, Nat.lt c m → Eq (chunkCheck e k t n (.cons s l) v T ε c) true)
      (fun _ _ c hc => absurd hc (Nat.not_succ_le_zero c))
      (fun m ih hm g c hc => Or.elim (nat_lt_or_ge c m)
        (ih (Nat.le_trans (Nat.le_succ m) hm) (bool_and g).right c)
        (fun k' => Eq.subst
          (motive := fun c => Eq (chunkCheck e k t n (.cons s l) v T ε c) true)
          (nat_le_antisymm k' (Nat.le_of_succ_le_succ hc))
          (Eq.trans (Eq.symm (chunkCheckWith_eq h hm)) (bool_and g).left)))
      C Nat.le.refl c.right)

end

end LipBridge
