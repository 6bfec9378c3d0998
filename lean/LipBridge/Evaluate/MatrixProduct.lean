import LipBridge.Evaluate.Turn
import LipBridge.Layers.Merge
/-!
# The product of two packed matrices

Whether `M = A B`, row by row: with the rows of `B` and `M` packed in base `2^b`, row `i` of `M` is
`Σ_t A_it * (row t of B)`, one sum of large products; `rows * mid` steps in all, not `rows * mid *
cols`. Biases are moved to the other side, since
`Σ (a - β)(b - γ) = Σ a b + mid β γ - γ Σ a - β Σ b`, so that every number is natural.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Two lists side by side -/

/-- Whether `f x y` holds of the numbers of two lists, one after the other; the second list is as long
as the first, at least. -/
noncomputable def pairRows (f : Nat → Nat → Bool) (l : List Nat) : List Nat → Bool :=
  List.rec (motive := fun _ => List Nat → Bool) (fun _ => true)
    (fun x _ ih l' => List.rec (motive := fun _ => Bool) false
      (fun y t _ => and (f x y) (ih t)) l') l

/-- `pairRows` speaks of every place. -/
theorem pairRows_sound {f : Nat → Nat → Bool} (l : List Nat) : ∀ l' : List Nat,
    Eq (pairRows f l l') true → ∀ i, Nat.lt i (len l) → Eq (f (nth 0 l i) (nth 0 l' i)) true :=
  List.rec
    (motive := fun l => ∀ l' : List Nat, Eq (pairRows f l l') true →
      ∀ i, Nat.lt i (len l) → Eq (f (nth 0 l i) (nth 0 l' i)) true)
    (fun _ _ i hi => absurd hi (Nat.not_succ_le_zero i))
    (fun _ _ ih l' h i hi => match l', i, h, hi with
      | .nil, _, h, _ => bool_absurd (Eq.symm h)
      | .cons _ _, 0, h, _ => (bool_and h).left
      | .cons _ t, .succ i, h, hi => ih t (bool_and h).right i (Nat.le_of_succ_le_succ hi)) l

/-- The list of a tree is as long as the tree has rows. -/
theorem Rows.len_toList (t : Rows) : ∀ k : List Nat,
    Eq (len (Rows.toList t k)) (Nat.add (len k) (Rows.count t)) :=
  Rows.rec
    (motive := fun t => ∀ k : List Nat,
      Eq (len (Rows.toList t k)) (Nat.add (len k) (Rows.count t)))
    (fun _ _ => rfl) (fun _ _ _ _ _ _ _ _ _ => rfl)
    (fun l r a b k => Eq.trans (a (Rows.toList r k))
      (Eq.trans (congrArg (fun n => Nat.add n (Rows.count l)) (b k))
        (Eq.trans (nat_add_assoc (len k) (Rows.count r) (Rows.count l))
          (congrArg (Nat.add (len k)) (nat_add_comm (Rows.count r) (Rows.count l)))))) t

/-- Row `i` of two trees, where `pairRows` holds of their lists. -/
theorem pairRows_get {f : Nat → Nat → Bool} {s t : Rows}
    (h : Eq (pairRows f (Rows.toList s .nil) (Rows.toList t .nil)) true) {i : Nat}
    (hi : Nat.lt i (Rows.count s)) : Eq (f (Rows.get s i) (Rows.get t i)) true :=
  Eq.subst (motive := fun x => Eq (f x (Rows.get t i)) true) (Rows.nth_toList s i)
    (Eq.subst (motive := fun y => Eq (f (nth 0 (Rows.toList s .nil) i) y) true)
      (Rows.nth_toList t i)
      (pairRows_sound (Rows.toList s .nil) (Rows.toList t .nil) h i
        (Eq.subst (motive := fun n => Nat.lt i n)
          (Eq.symm (Eq.trans (Rows.len_toList s .nil) (nat_zero_add _))) hi)))

/-! ## The check -/

/-- One row: whether `Σ_t a_t S_t + (mid β γ + μ) 1 = m + β Σ_t S_t + (γ Σ_t a_t) 1`, packed; `a_t` is
digit `t` of `X` in base `2^v`, `s` is `Σ_t S_t`, `o` is the packed 1. -/
noncomputable def productRow (v mid β γ μ : Nat) (S : Rows) (s o X m : Nat) : Bool :=
  Nat.beq
    (Nat.add (Rows.weighted v (fun p => p) S X)
      (Nat.mul (Nat.add (Nat.mul mid (Nat.mul β γ)) μ) o))
    (Nat.add m (Nat.add (Nat.mul β s) (Nat.mul (Nat.mul γ (Rows.weighted v (fun _ => 1) S X)) o)))

/-- Whether `b` bits hold both sides of `productRow`. -/
noncomputable def productBits (b v w z mid β γ μ : Nat) : Bool :=
  and
    (Nat.ble (Nat.succ (Nat.add (Nat.mul mid (Nat.mul (Nat.pow 2 v) (Nat.pow 2 w)))
      (Nat.add (Nat.mul mid (Nat.mul β γ)) μ))) (Nat.pow 2 b))
    (Nat.ble (Nat.succ (Nat.add (Nat.pow 2 z) (Nat.add (Nat.mul β (Nat.mul mid (Nat.pow 2 w)))
      (Nat.mul γ (Nat.mul mid (Nat.pow 2 v)))))) (Nat.pow 2 b))

/-- Whether `M = A B`; `rs`, `ms` and `cs` have a digit for each row of `A`, each column of `A` and
each column of `B`. -/
noncomputable def PackedMatrix.isProduct (A B M : PackedMatrix) (b : Nat) (rs ms cs : Shape) : Bool :=
  and
    (and (PackedMatrix.fits A A.width rs ms)
      (and (PackedMatrix.fits B b ms cs) (PackedMatrix.fits M b rs cs)))
    (and (productBits b A.width B.width M.width A.cols A.bias B.bias M.bias)
      (force (ones b cs) fun o =>
        force (Rows.sum (fun p => p) (PackedMatrix.rowsAt B b ms cs)) fun s =>
        pairRows
          (productRow A.width A.cols A.bias B.bias M.bias (PackedMatrix.rowsAt B b ms cs) s o)
          (Rows.toList (PackedMatrix.rowsAt A A.width rs ms) .nil)
          (Rows.toList (PackedMatrix.rowsAt M b rs cs) .nil)))

/-! ## Soundness -/

/-- The packed sum of multiples of packed rows. -/
theorem weighted_pack {b v n mid : Nat} {S : Rows} {X : Nat} {a : Nat → Nat} {u : Nat → Nat → Nat}
    (hc : Eq (Rows.count S) mid) (ha : ∀ t, Nat.lt t mid → Eq (digit v X t) (a t))
    (hS : ∀ t, Nat.lt t mid → Eq (Rows.get S t) (pack (pow2 b) n (u t))) :
    Eq (Rows.weighted v (fun p => p) S X)
      (pack (pow2 b) n (fun q => natSum mid (fun t => Nat.mul (a t) (u t q)))) :=
  Eq.trans (Rows.weighted_eq v (fun p => p) S X)
    (Eq.trans (congrArg (fun k => natSum k (fun r => Nat.mul (digit v X r) (Rows.get S r))) hc)
      (Eq.trans
        (natSum_congr (fun t ht => Eq.trans (congr2 Nat.mul (ha t ht) (hS t ht))
          (Eq.symm (pack_mul (pow2 b) n (a t) (u t)))))
        (Eq.symm (pack_natSum (pow2 b) n mid (fun t q => Nat.mul (a t) (u t q))))))

/-- `Σ_t a_t` from the digits of a number. -/
theorem weighted_one {v mid : Nat} {S : Rows} {X : Nat} {a : Nat → Nat}
    (hc : Eq (Rows.count S) mid) (ha : ∀ t, Nat.lt t mid → Eq (digit v X t) (a t)) :
    Eq (Rows.weighted v (fun _ => 1) S X) (natSum mid a) :=
  Eq.trans (Rows.weighted_eq v (fun _ => 1) S X)
    (Eq.trans (congrArg (fun k => natSum k (fun r => Nat.mul (digit v X r) 1)) hc)
      (natSum_congr (fun t ht => Eq.trans (nat_mul_one (digit v X t)) (ha t ht))))

/-- The packed sum of packed rows. -/
theorem sum_pack {b n mid : Nat} {S : Rows} {u : Nat → Nat → Nat} (hc : Eq (Rows.count S) mid)
    (hS : ∀ t, Nat.lt t mid → Eq (Rows.get S t) (pack (pow2 b) n (u t))) :
    Eq (Rows.sum (fun p => p) S) (pack (pow2 b) n (fun q => natSum mid (fun t => u t q))) :=
  Eq.trans (Rows.sum_eq (fun p => p) S)
    (Eq.trans (congrArg (fun k => natSum k (fun r => Rows.get S r)) hc)
      (Eq.trans (natSum_congr hS) (Eq.symm (pack_natSum (pow2 b) n mid u))))

/-- A row that passes has the entries of the product: `Σ_t a_t u_tq + (mid β γ + μ) = m_q + (β Σ_t
u_tq + γ Σ_t a_t)`. -/
theorem productRow_sound {b v w z mid β γ μ X : Nat} {S : Rows} {cs : Shape} {a f : Nat → Nat}
    {u : Nat → Nat → Nat} (hb : Eq (productBits b v w z mid β γ μ) true)
    (hc : Eq (Rows.count S) mid) (ha : ∀ t, Nat.lt t mid → Eq (digit v X t) (a t))
    (hS : ∀ t, Nat.lt t mid → Eq (Rows.get S t) (pack (pow2 b) (Shape.size cs) (u t)))
    (ha' : ∀ t, Nat.lt (a t) (pow2 v)) (hu : ∀ t q, Nat.lt (u t q) (pow2 w))
    (hf : ∀ q, Nat.lt (f q) (pow2 z))
    (h : Eq (productRow v mid β γ μ S (Rows.sum (fun p => p) S) (ones b cs) X
      (pack (pow2 b) (Shape.size cs) f)) true) {q : Nat} (hq : Nat.lt q (Shape.size cs)) :
    Eq (Nat.add (natSum mid (fun t => Nat.mul (a t) (u t q))) (Nat.add (Nat.mul mid (Nat.mul β γ)) μ))
      (Nat.add (f q) (Nat.add (Nat.mul β (natSum mid (fun t => u t q)))
        (Nat.mul γ (natSum mid a)))) :=
  let n := Shape.size cs
  let K := Nat.add (Nat.mul mid (Nat.mul β γ)) μ
  have left : Eq (Nat.add (Rows.weighted v (fun p => p) S X) (Nat.mul K (ones b cs)))
      (pack (pow2 b) n (fun q => Nat.add (natSum mid (fun t => Nat.mul (a t) (u t q))) K)) :=
    Eq.symm (Eq.trans (pack_add (pow2 b) n _ (fun _ => K))
      (congr2 Nat.add (Eq.symm (weighted_pack hc ha hS)) (pack_const b K cs)))
  have right : Eq (Nat.add (pack (pow2 b) n f) (Nat.add (Nat.mul β (Rows.sum (fun p => p) S))
        (Nat.mul (Nat.mul γ (Rows.weighted v (fun _ => 1) S X)) (ones b cs))))
      (pack (pow2 b) n (fun q => Nat.add (f q) (Nat.add (Nat.mul β (natSum mid (fun t => u t q)))
        (Nat.mul γ (natSum mid a))))) :=
    Eq.symm (Eq.trans (pack_add (pow2 b) n f _)
      (congrArg (Nat.add (pack (pow2 b) n f))
        (Eq.trans (pack_add (pow2 b) n _ (fun _ => Nat.mul γ (natSum mid a)))
          (congr2 Nat.add
            (Eq.trans (pack_mul (pow2 b) n β (fun q => natSum mid (fun t => u t q)))
              (congrArg (Nat.mul β) (Eq.symm (sum_pack hc hS))))
            (Eq.trans (pack_const b (Nat.mul γ (natSum mid a)) cs)
              (congrArg (fun y => Nat.mul (Nat.mul γ y) (ones b cs))
                (Eq.symm (weighted_one hc ha))))))))
  have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
  pack_inj b n
    (fun q _ => Nat.le_trans
      (Nat.succ_le_succ (nat_add_le_add
        (natSum_le mid _ (fun t => nat_mul_le_mul (below (ha' t)) (below (hu t q)))) Nat.le.refl))
      (Nat.le_of_ble_eq_true (bool_and hb).left))
    (fun q _ => Nat.le_trans
      (Nat.succ_le_succ (nat_add_le_add (below (hf q))
        (nat_add_le_add (nat_mul_le_mul_left β (natSum_le mid _ (fun t => below (hu t q))))
          (nat_mul_le_mul_left γ (natSum_le mid _ (fun t => below (ha' t)))))))
      (Nat.le_of_ble_eq_true (bool_and hb).right))
    (Eq.trans (Eq.symm left) (Eq.trans (Nat.eq_of_beq_eq_true h) right)) q hq

/-- `isProduct` that says yes is right: `M_ij = (A B)_ij`. -/
theorem PackedMatrix.isProduct_sound {A B M : PackedMatrix} {b : Nat} {rs ms cs : Shape}
    (h : Eq (PackedMatrix.isProduct A B M b rs ms cs) true) (i j : Nat) (hi : Nat.lt i A.rows)
    (hj : Nat.lt j B.cols) :
    Eq (PackedMatrix.entry M i j)
      (matMul A.cols (PackedMatrix.entry A) (PackedMatrix.entry B) i j) :=
  have hA := (bool_and (bool_and h).left).left
  have hB := (bool_and (bool_and (bool_and h).left).right).left
  have hM := (bool_and (bool_and (bool_and h).left).right).right
  have hb := (bool_and (bool_and h).right).left
  have hr := (bool_and (bool_and h).right).right
  have rA : Eq (Shape.size rs) A.rows := Nat.eq_of_beq_eq_true (bool_and (bool_and hA).left).left
  have cA : Eq (Shape.size ms) A.cols := Nat.eq_of_beq_eq_true (bool_and (bool_and hA).left).right
  have rB : Eq (Shape.size ms) B.rows := Nat.eq_of_beq_eq_true (bool_and (bool_and hB).left).left
  have cB : Eq (Shape.size cs) B.cols := Nat.eq_of_beq_eq_true (bool_and (bool_and hB).left).right
  have rM : Eq (Shape.size rs) M.rows := Nat.eq_of_beq_eq_true (bool_and (bool_and hM).left).left
  have cM : Eq (Shape.size cs) M.cols := Nat.eq_of_beq_eq_true (bool_and (bool_and hM).left).right
  have mid : Eq A.cols B.rows := Eq.trans (Eq.symm cA) rB
  have hiM : Nat.lt i M.rows := Eq.subst (motive := fun n => Nat.lt i n) (Eq.trans (Eq.symm rA) rM) hi
  have row := pairRows_get (s := PackedMatrix.rowsAt A A.width rs ms)
    (t := PackedMatrix.rowsAt M b rs cs) hr
    (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm (PackedMatrix.count_rowsAt hA)) hi)
  have row' : Eq (productRow A.width A.cols A.bias B.bias M.bias (PackedMatrix.rowsAt B b ms cs)
      (Rows.sum (fun p => p) (PackedMatrix.rowsAt B b ms cs)) (ones b cs)
      (Rows.get (PackedMatrix.rowsAt A A.width rs ms) i)
      (pack (pow2 b) (Shape.size cs) (PackedMatrix.digitAt M i))) true :=
    Eq.subst
      (motive := fun m => Eq (productRow A.width A.cols A.bias B.bias M.bias
        (PackedMatrix.rowsAt B b ms cs) (Rows.sum (fun p => p) (PackedMatrix.rowsAt B b ms cs))
        (ones b cs) (Rows.get (PackedMatrix.rowsAt A A.width rs ms) i) m) true)
      (Eq.trans (PackedMatrix.get_rowsAt hM hiM)
        (congrArg (fun n => pack (pow2 b) n (PackedMatrix.digitAt M i)) (Eq.symm cM))) row
  have e := productRow_sound (a := PackedMatrix.digitAt A i) (u := PackedMatrix.digitAt B) hb
    (Eq.trans (PackedMatrix.count_rowsAt hB) (Eq.symm mid))
    (fun t ht => Eq.trans
      (congrArg (fun x => digit A.width x t) (PackedMatrix.get_rowsAt hA hi))
      (digit_pack A.width A.cols (fun p _ => PackedMatrix.digitAt_lt A i p) ht))
    (fun t ht => Eq.trans
      (PackedMatrix.get_rowsAt hB (Eq.subst (motive := fun n => Nat.lt t n) mid ht))
      (congrArg (fun n => pack (pow2 b) n (PackedMatrix.digitAt B t)) (Eq.symm cB)))
    (PackedMatrix.digitAt_lt A i) (PackedMatrix.digitAt_lt B) (PackedMatrix.digitAt_lt M i) row'
    (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm cB) hj)
  Eq.trans (PackedMatrix.entry_digitAt M i j)
    (Eq.symm (Eq.trans
      (sum_eq_unbias (n := A.cols) (β := A.bias) (γ := B.bias) (f := PackedMatrix.digitAt A i)
        (g := fun t => PackedMatrix.digitAt B t j)
        (fun t _ => PackedMatrix.entry_digitAt A i t) (fun t _ => PackedMatrix.entry_digitAt B t j)
        rfl rfl rfl)
      (diff_eq (Eq.trans (nat_add_assoc _ _ _)
        (Eq.trans e (congrArg (Nat.add (PackedMatrix.digitAt M i j)) (nat_add_comm _ _)))))))

end LipBridge
