import LipBridge.Certificate.GramSound
/-!
# Gram chunks of a long matrix, part by part

A matrix with many more rows than columns is cut into parts. For each, the export states the sums
`Σ_r A_r P_r` of every chunk, `Σ_r P_r` and `Σ_r X_r` (`X_r` is the row spread to base `2^b`), and the
kernel computes them in a theorem of its own (`partCheck`), with a cache of its own. The sums of all
parts then stand in for the computation (`Summed`): `chunkCheckWith` is `chunkCheck` with the sums
handed in.
-/

set_option autoImplicit false

namespace LipBridge

/-- `Σ_r A_r P_r` for chunk `c`. -/
noncomputable def Stack.dot (b k t n : Nat) (s : Stack) (c : Nat) : Nat :=
  force (Nat.add 32 (Nat.mul (Nat.mul b k) c)) fun d =>
    force (Nat.sub (Nat.pow 2 (Nat.mul b k)) 1) fun W => Lanes.dot d W (Stack.lanes b k t n s)

/-- Whether the first `C` sums of the stack are those of the list `dots`. -/
noncomputable def dotsCheck (b k t n : Nat) (s : Stack) (dots : Rows) (C : Nat) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun c ih => and (Nat.beq (Stack.dot b k t n s c) (Rows.get dots c)) ih) C

/-- Whether `dots`, `P` and `X` are the sums of the rows `t` of a matrix. -/
noncomputable def partCheck (b k t n : Nat) (s : Stack) (dots : Rows) (P X C : Nat) : Bool :=
  and (Nat.beq (Lanes.sum (Stack.lanes b k t n s)) P)
    (and (Nat.beq (Lanes.sumX (Stack.lanes b k t n s)) X) (dotsCheck b k t n s dots C))

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

/-- The sums of a part, as the kernel has computed them. -/
theorem Summed.part {s : Stack} {dots : Rows} {P X : Nat}
    (h : Eq (partCheck b k t n s dots P X C) true) : Summed b k t n C s (Rows.get dots) P X where
  dots := Nat.rec
    (motive := fun C => Eq (dotsCheck b k t n s dots C) true →
      ∀ c, Nat.lt c C → Eq (Stack.dot b k t n s c) (Rows.get dots c))
    (fun _ c hc => absurd hc (Nat.not_succ_le_zero c))
    (fun C ih h c hc => Or.elim (nat_lt_or_ge c C) (ih (bool_and h).right c)
      (fun g => Eq.subst (motive := fun c => Eq (Stack.dot b k t n s c) (Rows.get dots c))
        (nat_le_antisymm g (Nat.le_of_succ_le_succ hc))
        (Nat.eq_of_beq_eq_true (bool_and h).left))) C (bool_and (bool_and h).right).right
  wide := Nat.eq_of_beq_eq_true (bool_and h).left
  narrow := Nat.eq_of_beq_eq_true (bool_and (bool_and h).right).left

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
