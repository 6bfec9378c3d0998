import LipBridge.Certificate.Gram
import LipBridge.Certificate.NatOrder
/-!
# The packed rows of a Gram matrix hold its entries

`plusRow` and `minusRow` pack `plus` and `minus`, whose difference is an entry of `α vᵀv`.
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

/-- Two sums over the stacks, `f` and `g` of each, and the numbers `D`, `ε`: the difference of the
sums, the diagonal `D` and `ε` is an `n` with `0 ≤ n ≤ 2ε`. -/
def EntryOf (f g : Stack → Nat) (l : List Stack) (D ε i q : Nat) : Prop :=
  Exists fun n => And (Nat.le n (Nat.mul 2 ε))
    (Eq (Nat.add (stackSum f l) n)
      (Nat.add (pick (Nat.beq q i) D 0) (Nat.add (stackSum g l) ε)))

/-- Entry `(i, q)` of `Σ α vᵀv` is that of `D·I`, up to `ε`: the difference plus `ε` is an `n` with
`0 ≤ n ≤ 2ε`. -/
def GramEntry (l : List Stack) (D ε i q : Nat) : Prop :=
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

/-- Sums over the stacks keep inequalities. -/
theorem stackSum_le {f g : Stack → Nat} (h : ∀ s, Nat.le (f s) (g s)) (l : List Stack) :
    Nat.le (stackSum f l) (stackSum g l) :=
  List.rec (motive := fun l => Nat.le (stackSum f l) (stackSum g l)) (Nat.zero_le _)
    (fun s _ ih => nat_add_le_add (h s) ih) l

/-- A packed sum over the stacks is the sum of the packed numbers. -/
theorem pack_stackSum (B n : Nat) (f : Nat → Stack → Nat) (l : List Stack) :
    Eq (pack B n (fun q => stackSum (f q) l)) (stackSum (fun s => pack B n (fun q => f q s)) l) :=
  List.rec
    (motive := fun l => Eq (pack B n (fun q => stackSum (f q) l))
      (stackSum (fun s => pack B n (fun q => f q s)) l))
    (pack_zero B n)
    (fun s l ih => Eq.trans (pack_add B n (fun q => f q s) (fun q => stackSum (f q) l))
      (congrArg (Nat.add (pack B n (fun q => f q s))) ih)) l

/-! ## The packed numbers -/

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

section
variable {b : Nat} {sh : Shape} {s : Stack}

/-- The dot product packs `Σ_r u_ri u_rq` over `q`. -/
theorem dot_eq_pack (hw : Nat.le (pow2 s.width) (pow2 b)) (i : Nat) :
    Eq (Lanes.dot (Nat.add 32 (Nat.mul s.width i)) (Nat.pow 2 s.width) (lanes s.width b sh s.rows))
      (pack (pow2 b) (Shape.size sh)
        (fun q => natSum (Rows.count s.rows)
          (fun r => Nat.mul (Stack.digit s r i) (Stack.digit s r q)))) :=
  Eq.trans (congrArg (Lanes.dot _ _) (lanes_eq s.width b sh s.rows))
    (Eq.trans (Lanes.dot_make _ _ _ s.rows)
      (Eq.trans (Rows.sum_eq _ s.rows)
        (Eq.trans
          (natSum_congr (fun r _ => Eq.trans
            (congrArg (Nat.mul (Stack.digit s r i)) (spread_eq_pack hw sh (Rows.get s.rows r)))
            (Eq.symm (pack_mul (pow2 b) (Shape.size sh) (Stack.digit s r i) (Stack.digit s r)))))
          (Eq.symm (pack_natSum (pow2 b) (Shape.size sh) (Rows.count s.rows)
            (fun r q => Nat.mul (Stack.digit s r i) (Stack.digit s r q)))))))

/-- `plusRow` packs `plus`. -/
theorem plusRow_eq_pack (hw : Nat.le (pow2 s.width) (pow2 b)) (i : Nat) :
    Eq (Stack.plusRow b sh i s)
      (pack (pow2 b) (Shape.size sh) (fun q => Stack.plus s i q)) :=
  Eq.symm (Eq.trans (pack_mul (pow2 b) (Shape.size sh) s.weight _)
    (congrArg (Nat.mul s.weight)
      (Eq.trans (pack_add (pow2 b) (Shape.size sh) _ _)
        (congr2 Nat.add (Eq.symm (dot_eq_pack hw i)) (pack_const b _ sh)))))

/-- `colSums` packs the column sums `Σ_r u_rq`. -/
theorem colSums_eq_pack (hw : Nat.le (pow2 s.width) (pow2 b)) :
    Eq (Stack.colSums b sh s)
      (pack (pow2 b) (Shape.size sh)
        (fun q => natSum (Rows.count s.rows) (fun r => Stack.digit s r q))) :=
  Eq.trans (Eq.trans (congrArg Lanes.sum (lanes_eq s.width b sh s.rows))
      (Eq.trans (Lanes.sum_make _ s.rows) (Rows.sum_eq _ s.rows)))
    (Eq.trans (natSum_congr (fun r _ => spread_eq_pack hw sh (Rows.get s.rows r)))
      (Eq.symm (pack_natSum (pow2 b) (Shape.size sh) (Rows.count s.rows) (Stack.digit s))))

/-- Column sums are at most `M 2^w`. -/
theorem colSum_le (s : Stack) (q : Nat) :
    Nat.le (natSum (Rows.count s.rows) (fun r => Stack.digit s r q))
      (Nat.mul (Rows.count s.rows) (pow2 s.width)) :=
  natSum_le _ _ (fun r => Nat.le_trans (Nat.le_succ _) (digit_lt s.width (Rows.get s.rows r) q))

/-- `minusRow` packs `minus`. -/
theorem minusRow_eq_pack (hf : Eq (Stack.fits b s) true) {i : Nat} (hi : Nat.lt i (Shape.size sh)) :
    Eq (Stack.minusRow b sh i s)
      (pack (pow2 b) (Shape.size sh) (fun q => Stack.minus s i q)) :=
  have hw : Nat.le (pow2 s.width) (pow2 b) := Nat.le_of_ble_eq_true (bool_and hf).left
  have hc : Nat.lt (Nat.mul (Rows.count s.rows) (pow2 s.width)) (pow2 b) :=
    Nat.le_of_ble_eq_true (bool_and hf).right
  have hd : Eq (digit b (Stack.colSums b sh s) i)
      (natSum (Rows.count s.rows) (fun r => Stack.digit s r i)) :=
    Eq.trans (congrArg (fun t => digit b t i) (colSums_eq_pack hw))
      (digit_pack b (Shape.size sh)
        (fun p _ => Nat.le_trans (Nat.succ_le_succ (colSum_le s p)) hc) hi)
  Eq.symm (Eq.trans (pack_mul (pow2 b) (Shape.size sh) (Nat.mul s.weight s.bias) _)
    (congrArg (Nat.mul (Nat.mul s.weight s.bias))
      (Eq.trans (pack_add (pow2 b) (Shape.size sh) _ _)
        (congr2 Nat.add (Eq.symm (colSums_eq_pack hw))
          (Eq.trans (pack_const b _ sh)
            (congrArg (fun t => Nat.mul t (ones b sh)) (Eq.symm hd)))))))

/-- `plus` is at most `plusMax`. -/
theorem plus_le (s : Stack) (i q : Nat) : Nat.le (Stack.plus s i q) (Stack.plusMax s) :=
  nat_mul_le_mul_left s.weight (nat_add_le_add
    (natSum_le _ _ (fun r => nat_mul_le_mul
      (Nat.le_trans (Nat.le_succ _) (digit_lt s.width (Rows.get s.rows r) i))
      (Nat.le_trans (Nat.le_succ _) (digit_lt s.width (Rows.get s.rows r) q))))
    Nat.le.refl)

/-- `minus` is at most `minusMax`. -/
theorem minus_le (s : Stack) (i q : Nat) : Nat.le (Stack.minus s i q) (Stack.minusMax s) :=
  nat_mul_le_mul_left (Nat.mul s.weight s.bias) (nat_add_le_add (colSum_le s q) (colSum_le s i))

end

/-- The packed sums of `plus` over the stacks. -/
theorem plusRows_eq_pack (b : Nat) (sh : Shape) (i : Nat) (l : List Stack)
    (hf : Eq (allStacks (Stack.fits b) l) true) :
    Eq (stackSum (Stack.plusRow b sh i) l)
      (pack (pow2 b) (Shape.size sh) (fun q => stackSum (fun s => Stack.plus s i q) l)) :=
  List.rec
    (motive := fun l => Eq (allStacks (Stack.fits b) l) true → Eq (stackSum (Stack.plusRow b sh i) l)
      (pack (pow2 b) (Shape.size sh) (fun q => stackSum (fun s => Stack.plus s i q) l)))
    (fun _ => Eq.symm (pack_zero _ _))
    (fun s l ih hf => Eq.trans
      (congr2 Nat.add
        (plusRow_eq_pack (Nat.le_of_ble_eq_true (bool_and (bool_and hf).left).left) i)
        (ih (bool_and hf).right))
      (Eq.symm (pack_add (pow2 b) (Shape.size sh) (fun q => Stack.plus s i q)
        (fun q => stackSum (fun s => Stack.plus s i q) l)))) l hf

/-- The packed sums of `minus` over the stacks. -/
theorem minusRows_eq_pack (b : Nat) (sh : Shape) {i : Nat} (hi : Nat.lt i (Shape.size sh))
    (l : List Stack) (hf : Eq (allStacks (Stack.fits b) l) true) :
    Eq (stackSum (Stack.minusRow b sh i) l)
      (pack (pow2 b) (Shape.size sh) (fun q => stackSum (fun s => Stack.minus s i q) l)) :=
  List.rec
    (motive := fun l => Eq (allStacks (Stack.fits b) l) true → Eq (stackSum (Stack.minusRow b sh i) l)
      (pack (pow2 b) (Shape.size sh) (fun q => stackSum (fun s => Stack.minus s i q) l)))
    (fun _ => Eq.symm (pack_zero _ _))
    (fun s l ih hf => Eq.trans
      (congr2 Nat.add (minusRow_eq_pack (bool_and hf).left hi) (ih (bool_and hf).right))
      (Eq.symm (pack_add (pow2 b) (Shape.size sh) (fun q => Stack.minus s i q)
        (fun q => stackSum (fun s => Stack.minus s i q) l)))) l hf

end LipBridge
