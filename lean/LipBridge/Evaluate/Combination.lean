import LipBridge.Evaluate.Block
import LipBridge.Layers.SlopeBordered
/-!
# A packed matrix that is a sum of multiples of two others

Whether `M = x X + y Y`, row by row, each row one equality of large numbers. So the kernel finds that the corner
of a bordered matrix is a multiple of a product, beside a multiple of the linear map that a hidden layer is
added to.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Three lists side by side -/

/-- Whether `f x y z` holds of the numbers of three lists, one after the other; the second and the third are as
long as the first, at least. -/
noncomputable def tripleRows (f : Nat → Nat → Nat → Bool) (l : List Nat) :
    List Nat → List Nat → Bool :=
  List.rec (motive := fun _ => List Nat → List Nat → Bool) (fun _ _ => true)
    (fun x _ ih l' l'' => List.rec (motive := fun _ => Bool) false
      (fun y t _ => List.rec (motive := fun _ => Bool) false
        (fun z u _ => and (f x y z) (ih t u)) l'') l') l

/-- `tripleRows` speaks of every place. -/
theorem tripleRows_sound {f : Nat → Nat → Nat → Bool} (l : List Nat) : ∀ l' l'' : List Nat,
    Eq (tripleRows f l l' l'') true →
      ∀ i, Nat.lt i (len l) → Eq (f (nth 0 l i) (nth 0 l' i) (nth 0 l'' i)) true :=
  List.rec
    (motive := fun l => ∀ l' l'' : List Nat, Eq (tripleRows f l l' l'') true →
      ∀ i, Nat.lt i (len l) → Eq (f (nth 0 l i) (nth 0 l' i) (nth 0 l'' i)) true)
    (fun _ _ _ i hi => absurd hi (Nat.not_succ_le_zero i))
    (fun _ _ ih l' l'' h i hi => match l', l'', i, h, hi with
      | .nil, _, _, h, _ => bool_absurd (Eq.symm h)
      | .cons _ _, .nil, _, h, _ => bool_absurd (Eq.symm h)
      | .cons _ _, .cons _ _, 0, h, _ => (bool_and h).left
      | .cons _ t, .cons _ u, .succ i, h, hi => ih t u (bool_and h).right i (Nat.le_of_succ_le_succ hi)) l

/-! ## The check -/

/-- One row: whether `m + (x β + y γ) 1 = (x a + y b) + μ 1`, packed; `o` is the packed 1. -/
noncomputable def combinedRow (x y β γ μ o m a b : Nat) : Bool :=
  Nat.beq (Nat.add m (Nat.mul (Nat.add (Nat.mul x β) (Nat.mul y γ)) o))
    (Nat.add (Nat.add (Nat.mul x a) (Nat.mul y b)) (Nat.mul μ o))

/-- Whether `b` bits hold both sides of `combinedRow`. -/
noncomputable def combinedBits (b u v w x y β γ μ : Nat) : Bool :=
  and
    (Nat.ble (Nat.succ (Nat.add (Nat.pow 2 w) (Nat.add (Nat.mul x β) (Nat.mul y γ)))) (Nat.pow 2 b))
    (Nat.ble (Nat.succ (Nat.add (Nat.add (Nat.mul x (Nat.pow 2 u)) (Nat.mul y (Nat.pow 2 v))) μ))
      (Nat.pow 2 b))

/-- Whether `M = x X + y Y`; `rs` and `cs` have a digit for each row and each column. -/
noncomputable def PackedMatrix.isCombination (X Y M : PackedMatrix) (x y b : Nat) (rs cs : Shape) :
    Bool :=
  and
    (and (PackedMatrix.fits M b rs cs)
      (and (PackedMatrix.fits X b rs cs) (PackedMatrix.fits Y b rs cs)))
    (and (combinedBits b X.width Y.width M.width x y X.bias Y.bias M.bias)
      (force (ones b cs) fun o =>
        tripleRows (combinedRow x y X.bias Y.bias M.bias o)
          (Rows.toList (PackedMatrix.rowsAt M b rs cs) .nil)
          (Rows.toList (PackedMatrix.rowsAt X b rs cs) .nil)
          (Rows.toList (PackedMatrix.rowsAt Y b rs cs) .nil)))

/-! ## Soundness -/

/-- `m + (x β + y γ) = (x u + y v) + μ` gives `m - μ = x (u - β) + y (v - γ)`. -/
theorem diff_combined {m u v x y β γ μ : Nat}
    (h : Eq (Nat.add m (Nat.add (Nat.mul x β) (Nat.mul y γ)))
      (Nat.add (Nat.add (Nat.mul x u) (Nat.mul y v)) μ)) :
    Eq (diff m μ) (Int.add (Int.mul (Int.ofNat x) (diff u β)) (Int.mul (Int.ofNat y) (diff v γ))) :=
  have e (c a b : Nat) : Eq (Int.mul (Int.ofNat c) (diff a b)) (diff (Nat.mul a c) (Nat.mul b c)) :=
    Eq.trans (int_mul_comm (Int.ofNat c) (diff a b)) (diff_mul_ofNat a b c)
  Eq.symm (Eq.trans (congr2 Int.add (e x u β) (e y v γ))
    (Eq.trans (diff_add _ _ _ _)
      (Eq.symm (diff_eq (Eq.trans
        (nat_ring (vars5 m x y β γ) (a := Nat.add m (Nat.add (Nat.mul β x) (Nat.mul γ y)))
          (b := Nat.add m (Nat.add (Nat.mul x β) (Nat.mul y γ))))
        (Eq.trans h (nat_ring (vars5 x y u v μ)
          (a := Nat.add (Nat.add (Nat.mul x u) (Nat.mul y v)) μ)
          (b := Nat.add (Nat.add (Nat.mul u x) (Nat.mul v y)) μ))))))))

/-- A row of a matrix that fits. -/
theorem PackedMatrix.nth_rowsAt {W : PackedMatrix} {b i : Nat} {rs cs : Shape}
    (h : Eq (PackedMatrix.fits W b rs cs) true) (hi : Nat.lt i (Shape.size rs)) :
    Eq (nth 0 (Rows.toList (PackedMatrix.rowsAt W b rs cs) .nil) i)
      (pack (pow2 b) (Shape.size cs) (PackedMatrix.digitAt W i)) :=
  have r : Eq (Shape.size rs) W.rows := Nat.eq_of_beq_eq_true (bool_and (bool_and h).left).left
  have c : Eq (Shape.size cs) W.cols := Nat.eq_of_beq_eq_true (bool_and (bool_and h).left).right
  Eq.trans (Rows.nth_toList _ i)
    (Eq.trans (PackedMatrix.get_rowsAt h (Eq.subst (motive := fun n => Nat.lt i n) r hi))
      (congrArg (fun n => pack (pow2 b) n (PackedMatrix.digitAt W i)) (Eq.symm c)))

/-- `isCombination` that says yes is right: `M_ij = x X_ij + y Y_ij`. -/
theorem PackedMatrix.isCombination_sound {X Y M : PackedMatrix} {x y b : Nat} {rs cs : Shape}
    (h : Eq (PackedMatrix.isCombination X Y M x y b rs cs) true) (i j : Nat)
    (hi : Nat.lt i (Shape.size rs)) (hj : Nat.lt j (Shape.size cs)) :
    Eq (PackedMatrix.entry M i j)
      (Int.add (Int.mul (Int.ofNat x) (PackedMatrix.entry X i j))
        (Int.mul (Int.ofNat y) (PackedMatrix.entry Y i j))) :=
  have hM := (bool_and (bool_and h).left).left
  have hX := (bool_and (bool_and (bool_and h).left).right).left
  have hY := (bool_and (bool_and (bool_and h).left).right).right
  have hb := bool_and (bool_and (bool_and h).right).left
  let n := Shape.size cs
  let f := PackedMatrix.digitAt M i
  let g := PackedMatrix.digitAt X i
  let k := PackedMatrix.digitAt Y i
  let K := Nat.add (Nat.mul x X.bias) (Nat.mul y Y.bias)
  have r : Eq (Shape.size rs) M.rows := Nat.eq_of_beq_eq_true (bool_and (bool_and hM).left).left
  have row := tripleRows_sound (Rows.toList (PackedMatrix.rowsAt M b rs cs) .nil)
    (Rows.toList (PackedMatrix.rowsAt X b rs cs) .nil)
    (Rows.toList (PackedMatrix.rowsAt Y b rs cs) .nil) (bool_and (bool_and h).right).right i
    (Eq.subst (motive := fun n => Nat.lt i n)
      (Eq.symm (Eq.trans (Rows.len_toList (PackedMatrix.rowsAt M b rs cs) .nil)
        (Eq.trans (nat_zero_add _) (Eq.trans (PackedMatrix.count_rowsAt hM) (Eq.symm r))))) hi)
  have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
  have left : Eq (Nat.add (nth 0 (Rows.toList (PackedMatrix.rowsAt M b rs cs) .nil) i)
        (Nat.mul K (ones b cs)))
      (pack (pow2 b) n (fun p => Nat.add (f p) K)) :=
    Eq.symm (Eq.trans (pack_add (pow2 b) n f (fun _ => K))
      (congr2 Nat.add (Eq.symm (PackedMatrix.nth_rowsAt hM hi)) (pack_const b K cs)))
  have times (c : Nat) {W : PackedMatrix} (hW : Eq (PackedMatrix.fits W b rs cs) true) :
      Eq (pack (pow2 b) n (fun p => Nat.mul c (PackedMatrix.digitAt W i p)))
        (Nat.mul c (nth 0 (Rows.toList (PackedMatrix.rowsAt W b rs cs) .nil) i)) :=
    Eq.trans (pack_mul (pow2 b) n c _) (congrArg (Nat.mul c) (Eq.symm (PackedMatrix.nth_rowsAt hW hi)))
  have right : Eq (Nat.add (Nat.add
          (Nat.mul x (nth 0 (Rows.toList (PackedMatrix.rowsAt X b rs cs) .nil) i))
          (Nat.mul y (nth 0 (Rows.toList (PackedMatrix.rowsAt Y b rs cs) .nil) i)))
        (Nat.mul M.bias (ones b cs)))
      (pack (pow2 b) n (fun p => Nat.add (Nat.add (Nat.mul x (g p)) (Nat.mul y (k p))) M.bias)) :=
    Eq.symm (Eq.trans (pack_add (pow2 b) n _ (fun _ => M.bias))
      (congr2 Nat.add
        (Eq.trans (pack_add (pow2 b) n _ _) (congr2 Nat.add (times x hX) (times y hY)))
        (pack_const b M.bias cs)))
  have e := pack_inj b n
    (fun p _ => Nat.le_trans
      (Nat.succ_le_succ (nat_add_le_add (below (PackedMatrix.digitAt_lt M i p)) Nat.le.refl))
      (Nat.le_of_ble_eq_true hb.left))
    (fun p _ => Nat.le_trans
      (Nat.succ_le_succ (nat_add_le_add
        (nat_add_le_add (nat_mul_le_mul_left x (below (PackedMatrix.digitAt_lt X i p)))
          (nat_mul_le_mul_left y (below (PackedMatrix.digitAt_lt Y i p))))
        Nat.le.refl))
      (Nat.le_of_ble_eq_true hb.right))
    (Eq.trans (Eq.symm left) (Eq.trans (Nat.eq_of_beq_eq_true row) right)) j hj
  Eq.trans (PackedMatrix.entry_digitAt M i j)
    (Eq.trans (diff_combined e)
      (congr2 Int.add
        (congrArg (Int.mul (Int.ofNat x)) (Eq.symm (PackedMatrix.entry_digitAt X i j)))
        (congrArg (Int.mul (Int.ofNat y)) (Eq.symm (PackedMatrix.entry_digitAt Y i j)))))

/-! ## The identity -/

/-- The identity, packed; `rs` has `n` digits. -/
noncomputable def PackedMatrix.identity (n : Nat) (rs : Shape) : PackedMatrix :=
  .mk n n 1 0 false (Rows.tabulate (fun i => Nat.pow 2 i) rs 0)

/-- `2^i` has the digit 1 at the place `i`, and else 0. -/
theorem pow2_eq_pack (n : Nat) : ∀ i, Nat.lt i n →
    Eq (Nat.pow 2 i) (pack (pow2 1) n (fun p => cond (Nat.beq i p) 1 0)) :=
  Nat.rec
    (motive := fun n => ∀ i, Nat.lt i n →
      Eq (Nat.pow 2 i) (pack (pow2 1) n (fun p => cond (Nat.beq i p) 1 0)))
    (fun i hi => absurd hi (Nat.not_succ_le_zero i))
    (fun n ih i hi => match i, hi with
      | 0, _ => Eq.symm (congrArg (fun t => Nat.add 1 (Nat.mul (pow2 1) t))
        (pack_zero (pow2 1) n))
      | .succ i, hi => Eq.trans (nat_mul_comm (Nat.pow 2 i) 2)
        (Eq.trans (congrArg (Nat.mul 2) (ih i (Nat.le_of_succ_le_succ hi)))
          (Eq.symm (nat_zero_add _)))) n

/-- Its entries. -/
theorem PackedMatrix.entry_identity {n : Nat} {rs : Shape} (h : Eq (Shape.size rs) n) {i j : Nat}
    (hi : Nat.lt i n) (hj : Nat.lt j n) :
    Eq (PackedMatrix.entry (PackedMatrix.identity n rs) i j) (identityMatrix i j) :=
  have small (t : Bool) : Nat.lt (cond t 1 0) (pow2 1) := match t with
    | true => Nat.le.refl
    | false => pow2_pos 1
  have same (t : Bool) : Eq (Int.ofNat (cond t 1 0)) (cond t (Int.ofNat 1) (Int.ofNat 0)) :=
    match t with
    | true => rfl
    | false => rfl
  Eq.trans
    (congrArg (fun x => diff x 0)
      (Eq.trans
        (congrArg (fun x => digit 1 x j)
          (Eq.trans
            (Rows.walk_tabulate (fun i => Nat.pow 2 i) rs 0 (fun _ => 0) i
              (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm h) hi))
            (Eq.trans (congrArg (Nat.pow 2) (nat_zero_add i)) (pow2_eq_pack n i hi))))
        (digit_pack 1 n (fun p _ => small (Nat.beq i p)) hj)))
    (Eq.trans (diff_zero _) (same (Nat.beq i j)))

/-! ## The corner of a bordered matrix -/

/-- Equal weights may be exchanged. -/
theorem LayerBlock.congr {m k M N : Nat} {B W : Nat → Nat → Int} {c c' o o' : Nat → Nat}
    (h : LayerBlock m k M N B W c c') (hc : ∀ j, Nat.lt j k → Eq (c j) (o j))
    (hc' : ∀ i, Nat.lt i m → Eq (c' i) (o' i)) : LayerBlock m k M N B W o o' where
  block i j hi hj := eq_via
    (congrArg (fun t => Int.mul (B (Nat.add M i) (Nat.add N j)) (Int.ofNat t)) (Eq.symm (hc j hj)))
    (congrArg (fun t => Int.mul (Int.ofNat t) (W i j)) (Eq.symm (hc' i hi))) (h.block i j hi hj)
  zeros := h.zeros

section
variable {n k m κ x y b : Nat} {B G : PackedMatrix} {M A U V : Nat → Nat → Int} {c o o' : Nat → Nat}
  {rs cs : Shape}

/-- A bordered matrix from its blocks, where the corner is a combination of the product and `A`. -/
theorem Bordered.ofBlocks (inner : LayerBlock k n 0 k M U o c) (ho : Eq (allEqual n 1 o) true)
    (outer : LayerBlock m k k 0 M V c o') (ho' : Eq (allEqual m κ o') true)
    (corner : ∀ i j, Nat.lt i m → Nat.lt j n → Eq (M (Nat.add k i) (Nat.add k j))
      (Int.add (Int.mul (Int.ofNat x) (matMul k V U i j)) (Int.mul (Int.ofNat y) (A i j)))) :
    Bordered n k m M A U V c κ x y :=
  have equal {n K : Nat} {c : Nat → Nat} (h : Eq (allEqual n K c) true) (i : Nat) (hi : Nat.lt i n) :
      Eq (c i) K :=
    Nat.eq_of_beq_eq_true (allBelow_sound (p := fun i => Nat.beq (c i) K) h hi)
  ⟨inner.congr (equal ho) (fun _ _ => rfl), outer.congr (fun _ _ => rfl) (equal ho'), corner⟩

/-- The corner of a matrix kept by rows: `x G + y A`. -/
theorem corner_ofRows {Y : PackedMatrix} (hB : Eq B.transposed false)
    (h : Eq (PackedMatrix.isCombination G Y (PackedMatrix.block B k k m n rs) x y b rs cs) true)
    (hr : Eq (Shape.size rs) m) (hc : Eq (Shape.size cs) n)
    (hG : ∀ i j, Nat.lt i m → Nat.lt j n → Eq (PackedMatrix.entry G i j) (matMul k V U i j))
    (hY : ∀ i j, Nat.lt i m → Nat.lt j n → Eq (PackedMatrix.entry Y i j) (A i j)) (i j : Nat)
    (hi : Nat.lt i m) (hj : Nat.lt j n) :
    Eq (PackedMatrix.entry B (Nat.add k i) (Nat.add k j))
      (Int.add (Int.mul (Int.ofNat x) (matMul k V U i j)) (Int.mul (Int.ofNat y) (A i j))) :=
  have hi' : Nat.lt i (Shape.size rs) := Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hr) hi
  Eq.trans (Eq.symm (PackedMatrix.entry_block hB k k m n rs hi' hj))
    (Eq.trans
      (PackedMatrix.isCombination_sound h i j hi'
        (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hc) hj))
      (congr2 Int.add (congrArg (Int.mul (Int.ofNat x)) (hG i j hi hj))
        (congrArg (Int.mul (Int.ofNat y)) (hY i j hi hj))))

/-- The corner of a matrix kept by columns. -/
theorem corner_ofColumns {Y : PackedMatrix} (hB : Eq B.transposed false)
    (h : Eq (PackedMatrix.isCombination (PackedMatrix.turn G) (PackedMatrix.turn Y)
      (PackedMatrix.block B k k n m rs) x y b rs cs) true)
    (hr : Eq (Shape.size rs) n) (hc : Eq (Shape.size cs) m)
    (hG : ∀ i j, Nat.lt i m → Nat.lt j n → Eq (PackedMatrix.entry G i j) (matMul k V U i j))
    (hY : ∀ i j, Nat.lt i m → Nat.lt j n → Eq (PackedMatrix.entry Y i j) (A i j)) (i j : Nat)
    (hi : Nat.lt i m) (hj : Nat.lt j n) :
    Eq (transpose (PackedMatrix.entry B) (Nat.add k i) (Nat.add k j))
      (Int.add (Int.mul (Int.ofNat x) (matMul k V U i j)) (Int.mul (Int.ofNat y) (A i j))) :=
  have hj' : Nat.lt j (Shape.size rs) := Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hr) hj
  Eq.trans (Eq.symm (PackedMatrix.entry_block hB k k n m rs hj' hi))
    (Eq.trans
      (PackedMatrix.isCombination_sound h j i hj'
        (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hc) hi))
      (congr2 Int.add
        (congrArg (Int.mul (Int.ofNat x))
          (Eq.trans (PackedMatrix.entry_turn G j i) (hG i j hi hj)))
        (congrArg (Int.mul (Int.ofNat y))
          (Eq.trans (PackedMatrix.entry_turn Y j i) (hY i j hi hj)))))

end

end LipBridge
