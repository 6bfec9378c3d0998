import LipBridge.Certificate.SpectralNorm
import LipBridge.Evaluate.Branch
import LipBridge.Evaluate.Inner
import LipBridge.Evaluate.Packed
/-!
# The product of a packed matrix and a packed integer vector

`W x` over the integers with a few operations a digit: where `data` holds the columns, `Σ_r s_r *
spread(u_r)` is the packed product of all biased digits; where it holds the rows, each product is a
sum over the digits of two numbers. The biases are taken off at the end, since
`Σ (u - β)(s - γ) = Σ u s + Mβγ - γ Σ u - β Σ s`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-! ## Sums over the rows, with the digits of a number as factors -/

/-- A sum in two parts: `Σ_{r<m+n} f r = Σ_{r<m} f r + Σ_{r<n} f (m + r)`. -/
theorem natSum_append (m n : Nat) (f : Nat → Nat) :
    Eq (natSum (Nat.add m n) f) (Nat.add (natSum m f) (natSum n (fun r => f (Nat.add m r)))) :=
  Nat.rec
    (motive := fun n => Eq (natSum (Nat.add m n) f)
      (Nat.add (natSum m f) (natSum n (fun r => f (Nat.add m r))))) rfl
    (fun n ih => Eq.trans (congrArg (fun t => Nat.add t (f (Nat.add m n))) ih)
      (nat_add_assoc _ _ _)) n

/-- Past the rows of `t` come the values of `k`. -/
theorem Rows.walk_past (t : Rows) : ∀ (k : Nat → Nat) (j : Nat),
    Eq (Rows.walk t k (Nat.add (Rows.count t) j)) (k j) :=
  Rows.rec
    (motive := fun t => ∀ (k : Nat → Nat) (j : Nat),
      Eq (Rows.walk t k (Nat.add (Rows.count t) j)) (k j))
    (fun x k j => congrArg (natCons x k) (nat_add_comm 1 j))
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ k j =>
      congrArg (Rows.walk (.eight x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇) k) (nat_add_comm 8 j))
    (fun l r a b k j => Eq.trans
      (congrArg (Rows.walk l (Rows.walk r k)) (nat_add_assoc (Rows.count l) (Rows.count r) j))
      (Eq.trans (a (Rows.walk r k) (Nat.add (Rows.count r) j)) (b k j))) t

/-- Eight terms, added one by one or in a tree. -/
theorem eight_sum (a b c d e f g h : Nat) :
    Eq (Nat.add (Nat.add (Nat.add (Nat.add (Nat.add (Nat.add (Nat.add (Nat.add 0 a) b) c) d) e) f) g)
        h)
      (Nat.add (Nat.add (Nat.add a b) (Nat.add c d)) (Nat.add (Nat.add e f) (Nat.add g h))) :=
  nat_ring (vars8 a b c d e f g h)

/-- `spread`, of the salted row. -/
noncomputable def spreadRow (w b : Nat) (sh : Shape) (x : Nat) : Nat :=
  force (salt x) fun x => spread w b sh (Nat.shiftRight x 32)

/-- Salt makes no difference. -/
theorem spreadRow_eq (w b : Nat) (sh : Shape) (x : Nat) :
    Eq (spreadRow w b sh x) (spread w b sh x) :=
  congrArg (spread w b sh) (salt_shift x)

/-- `Σ_r s_r * f(x_r)` over the rows `x_r`; `s_r` is digit `r` of `X` in base `2^v`. -/
noncomputable def Rows.weighted (v : Nat) (f : Nat → Nat) (t : Rows) : Nat → Nat :=
  Rows.rec (motive := fun _ => Nat → Nat) (fun x X => Nat.mul (digit v X 0) (f x))
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ X => Nat.add
      (Nat.add (Nat.add (Nat.mul (digit v X 0) (f x₀)) (Nat.mul (digit v X 1) (f x₁)))
        (Nat.add (Nat.mul (digit v X 2) (f x₂)) (Nat.mul (digit v X 3) (f x₃))))
      (Nat.add (Nat.add (Nat.mul (digit v X 4) (f x₄)) (Nat.mul (digit v X 5) (f x₅)))
        (Nat.add (Nat.mul (digit v X 6) (f x₆)) (Nat.mul (digit v X 7) (f x₇)))))
    (fun l _ a b X => Nat.add (a (Nat.mod X (Nat.pow 2 (Nat.mul v (Rows.count l)))))
      (b (Nat.shiftRight X (Nat.mul v (Rows.count l))))) t

/-- `weighted` is a sum over the row numbers, whatever follows the rows. -/
theorem Rows.weighted_walk (v : Nat) (f : Nat → Nat) (t : Rows) : ∀ (X : Nat) (k : Nat → Nat),
    Eq (natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (f (Rows.walk t k r))))
      (Rows.weighted v f t X) :=
  Rows.rec
    (motive := fun t => ∀ (X : Nat) (k : Nat → Nat),
      Eq (natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (f (Rows.walk t k r))))
        (Rows.weighted v f t X))
    (fun _ _ _ => nat_zero_add _)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ X _ =>
      eight_sum (Nat.mul (digit v X 0) (f x₀)) (Nat.mul (digit v X 1) (f x₁))
        (Nat.mul (digit v X 2) (f x₂)) (Nat.mul (digit v X 3) (f x₃))
        (Nat.mul (digit v X 4) (f x₄)) (Nat.mul (digit v X 5) (f x₅))
        (Nat.mul (digit v X 6) (f x₆)) (Nat.mul (digit v X 7) (f x₇)))
    (fun l r a b X k => Eq.trans (natSum_append (Rows.count l) (Rows.count r) _)
      (congr2 Nat.add
        (Eq.trans
          (natSum_congr (fun i hi => congrArg
            (fun t => Nat.mul t (f (Rows.walk l (Rows.walk r k) i)))
            (Eq.symm (digit_mod v X (Rows.count l) hi))))
          (a (Nat.mod X (Nat.pow 2 (Nat.mul v (Rows.count l)))) (Rows.walk r k)))
        (Eq.trans
          (natSum_congr (fun i _ => congr2 (fun s x => Nat.mul s (f x))
            (digit_add v X (Rows.count l) i) (Rows.walk_past l (Rows.walk r k) i)))
          (b (Nat.shiftRight X (Nat.mul v (Rows.count l))) k)))) t

/-- `weighted` is a sum over the row numbers. -/
theorem Rows.weighted_eq (v : Nat) (f : Nat → Nat) (t : Rows) (X : Nat) :
    Eq (Rows.weighted v f t X)
      (natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (f (Rows.get t r)))) :=
  Eq.symm (Rows.weighted_walk v f t X (fun _ => 0))

/-! ## Sums over the digits of two numbers -/

/-- `Σ_p h(u_p, s_p)` over the digits `u_p` of `x` in base `2^w` and `s_p` of `X` in base `2^v`. -/
noncomputable def digitSum (w v : Nat) (h : Nat → Nat → Nat) (sh : Shape) : Nat → Nat → Nat :=
  Shape.rec (motive := fun _ => Nat → Nat → Nat) (fun x X => h (digit w x 0) (digit v X 0))
    (fun x X => Nat.add
      (Nat.add (Nat.add (h (digit w x 0) (digit v X 0)) (h (digit w x 1) (digit v X 1)))
        (Nat.add (h (digit w x 2) (digit v X 2)) (h (digit w x 3) (digit v X 3))))
      (Nat.add (Nat.add (h (digit w x 4) (digit v X 4)) (h (digit w x 5) (digit v X 5)))
        (Nat.add (h (digit w x 6) (digit v X 6)) (h (digit w x 7) (digit v X 7)))))
    (fun l _ f g x X => Nat.add
      (f (Nat.mod x (Nat.pow 2 (Nat.mul w (Shape.size l))))
        (Nat.mod X (Nat.pow 2 (Nat.mul v (Shape.size l)))))
      (g (Nat.shiftRight x (Nat.mul w (Shape.size l)))
        (Nat.shiftRight X (Nat.mul v (Shape.size l))))) sh

/-- `digitSum` is a sum over the places. -/
theorem digitSum_eq (w v : Nat) (h : Nat → Nat → Nat) (sh : Shape) : ∀ x X : Nat,
    Eq (digitSum w v h sh x X)
      (natSum (Shape.size sh) (fun p => h (digit w x p) (digit v X p))) :=
  Shape.rec
    (motive := fun sh => ∀ x X : Nat, Eq (digitSum w v h sh x X)
      (natSum (Shape.size sh) (fun p => h (digit w x p) (digit v X p))))
    (fun _ _ => Eq.symm (nat_zero_add _))
    (fun _ _ => Eq.symm (eight_sum _ _ _ _ _ _ _ _))
    (fun l r a b x X => Eq.trans
      (congr2 Nat.add
        (Eq.trans (a _ _) (natSum_congr (fun _ hp => congr2 h (digit_mod w x (Shape.size l) hp)
          (digit_mod v X (Shape.size l) hp))))
        (Eq.trans (b _ _) (natSum_congr (fun p _ => congr2 h
          (Eq.symm (digit_add w x (Shape.size l) p)) (Eq.symm (digit_add v X (Shape.size l) p))))))
      (Eq.symm (natSum_append (Shape.size l) (Shape.size r) _))) sh

/-! ## Taking the biases off -/

/-- `Σ u s + Mβγ - (γ Σ u + β Σ s)`, from the three sums. -/
noncomputable def unbias (M β γ us u s : Nat) : Int :=
  diff (Nat.add us (Nat.mul M (Nat.mul β γ))) (Nat.add (Nat.mul γ u) (Nat.mul β s))

/-- `Σ (u_r - β)(s_r - γ)` from the sums of `u s`, `u` and `s`. -/
theorem unbias_eq {R : Type u} [OrderedRing R] (M β γ : Nat) (u s : Nat → Nat) :
    Eq (sum M (fun r => mul (ofInt (diff (u r) β)) (ofInt (diff (s r) γ))) : R)
      (ofInt (unbias M β γ (natSum M (fun r => Nat.mul (u r) (s r))) (natSum M u) (natSum M s))) :=
  Eq.trans
    (sum_ext M (fun r => Eq.trans (congr2 mul (ofInt_diff (u r) β) (ofInt_diff (s r) γ))
      (ring_eq (vars4 (ofNat (u r)) (ofNat (s r)) (ofNat β) (ofNat γ))
        (a := mul (sub (ofNat (u r)) (ofNat β)) (sub (ofNat (s r)) (ofNat γ)))
        (b := sub (add (mul (ofNat (u r)) (ofNat (s r))) (mul (ofNat β) (ofNat γ)))
          (add (mul (ofNat γ) (ofNat (u r))) (mul (ofNat β) (ofNat (s r))))))))
    (Eq.trans (sum_sub M _ _)
      (Eq.symm (Eq.trans (ofInt_diff _ _)
        (congr2 sub
          (Eq.trans (ofNat_add _ _) (Eq.symm (Eq.trans (sum_add M _ _)
            (congr2 add
              (Eq.symm (Eq.trans (ofNat_natSum M _) (sum_ext M (fun _ => ofNat_mul _ _))))
              (Eq.trans (sum_const M _)
                (Eq.symm (Eq.trans (ofNat_mul _ _) (congrArg (mul (ofNat M)) (ofNat_mul _ _)))))))))
          (Eq.trans (ofNat_add _ _) (Eq.symm (Eq.trans (sum_add M _ _)
            (congr2 add
              (Eq.trans (sum_mul_left M (ofNat γ) _)
                (Eq.symm (Eq.trans (ofNat_mul _ _) (congrArg (mul (ofNat γ)) (ofNat_natSum M u)))))
              (Eq.trans (sum_mul_left M (ofNat β) _)
                (Eq.symm (Eq.trans (ofNat_mul _ _)
                  (congrArg (mul (ofNat β)) (ofNat_natSum M s)))))))))))))

/-! ## The product -/

/-- Whether `y i = w i` for `i < m`. -/
noncomputable def vecCheck (m : Nat) (y w : Vec Int) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun i ih => and (force i fun i => intBeq (y i) (w i)) ih) m

/-- Whether `y x_i = w i` for the numbers `x_i` of a list, from place `i` on. -/
noncomputable def listCheck (y : Nat → Nat → Int) (w : Vec Int) (l : List Nat) : Nat → Bool :=
  List.rec (motive := fun _ => Nat → Bool) (fun _ => true)
    (fun x _ ih i => and (force (salt x) fun x => intBeq (y (Nat.shiftRight x 32) i) (w i))
      (force (Nat.succ i) ih)) l

/-- Columns: entry `i` of the product, from the packed sums `us = Σ s_r spread(u_r)`,
`u = Σ spread(u_r)` and `s = Σ s_r`. -/
noncomputable def PackedMatrix.columnEntry (W : PackedMatrix) (b γ us u s i : Nat) : Int :=
  unbias W.cols W.bias γ (digit b us i) (digit b u i) s

/-- Rows: the entry of the product that belongs to the row `x`; `Y` and `o` pack the `s_j` and ones
downwards, in base `2^b`. -/
noncomputable def PackedMatrix.rowEntry (W : PackedMatrix) (sh : Shape) (b γ Y o s x : Nat) : Int :=
  force (spread W.width b sh x) fun y =>
    unbias W.cols W.bias γ (innerDigit b W.cols y Y) (innerDigit b W.cols y o) s

/-- Whether `b` bits hold the packed sums, the rows are as many as they should be and the shape has
the right size. -/
noncomputable def PackedMatrix.productFits (W : PackedMatrix) (sh : Shape) (b v : Nat) : Bool :=
  and (and (Nat.beq (Shape.size sh) (PackedMatrix.size W))
      (Nat.beq (Rows.count W.data) (PackedMatrix.count W)))
    (and (Nat.ble (Nat.pow 2 W.width) (Nat.pow 2 b))
      (Nat.ble (Nat.succ (Nat.mul (PackedMatrix.count W)
        (Nat.mul (Nat.pow 2 v) (Nat.pow 2 W.width)))) (Nat.pow 2 b)))

/-- Columns: whether `W x + c = w`, entry by entry. -/
noncomputable def PackedMatrix.columnsCheck (W : PackedMatrix) (sh : Shape) (b v γ X : Nat)
    (c w : Vec Int) : Bool :=
  and (strideFits W.width b sh)
    (force (stridedSum W.width b sh fun f => Rows.weighted v f W.data X) fun us =>
      force (stridedSum W.width b sh fun f => Rows.sum f W.data) fun u =>
      force (Rows.weighted v (fun _ => 1) W.data X) fun s =>
        vecCheck W.rows (fun i => Int.add (PackedMatrix.columnEntry W b γ us u s i) (c i)) w)

/-- Rows: whether `W x + c = w`, entry by entry. -/
noncomputable def PackedMatrix.rowsCheck (W : PackedMatrix) (sh : Shape) (b v γ X : Nat)
    (c w : Vec Int) : Bool :=
  and
    (and (Nat.ble W.rows (len (Rows.toList W.data .nil)))
      (and (Nat.ble 2 (Nat.pow 2 b))
        (Nat.ble (Nat.succ (Nat.mul W.cols
          (Nat.mul (Nat.mul 2 (Nat.pow 2 W.width)) (Nat.pow 2 v)))) (Nat.pow 2 b))))
    (force (digitSum W.width v (fun _ s => s) sh 0 X) fun s =>
      force (packDown b W.cols (digit v X)) fun Y => force (packDown b W.cols fun _ => 1) fun o =>
      listCheck (fun x i => Int.add (PackedMatrix.rowEntry W sh b γ Y o s x) (c i)) w
        (Rows.toList W.data .nil) 0)

/-- Whether `W x + c = w`, entry by entry, for `x_j = s_j - γ`, `s_j` digit `j` of `X` in base `2^v`. -/
noncomputable def PackedMatrix.productCheck (W : PackedMatrix) (sh : Shape) (b v γ X : Nat)
    (c w : Vec Int) : Bool :=
  and (PackedMatrix.productFits W sh b v)
    (pick W.transposed (PackedMatrix.columnsCheck W sh b v γ X c w)
      (PackedMatrix.rowsCheck W sh b v γ X c w))

/-- `vecCheck` gives agreement. -/
theorem vecCheck_sound {m : Nat} {y w : Vec Int} (h : Eq (vecCheck m y w) true) : Agree m y w :=
  Nat.rec (motive := fun m => Eq (vecCheck m y w) true → Agree m y w)
    (fun _ i hi => absurd hi (Nat.not_succ_le_zero i))
    (fun m ih h i hi => Or.elim (nat_lt_or_ge i m) (ih (bool_and h).right i)
      (fun g => Eq.subst (motive := fun i => Eq (y i) (w i))
        (nat_le_antisymm g (Nat.le_of_succ_le_succ hi)) (int_eq_of_beq (bool_and h).left))) m h

/-- `listCheck` speaks of every number of the list. -/
theorem listCheck_sound (y : Nat → Nat → Int) (w : Vec Int) (l : List Nat) : ∀ i,
    Eq (listCheck y w l i) true → ∀ j, Nat.lt j (len l) →
      Eq (y (nth 0 l j) (Nat.add i j)) (w (Nat.add i j)) :=
  List.rec
    (motive := fun l => ∀ i, Eq (listCheck y w l i) true → ∀ j, Nat.lt j (len l) →
      Eq (y (nth 0 l j) (Nat.add i j)) (w (Nat.add i j)))
    (fun _ _ j hj => absurd hj (Nat.not_succ_le_zero j))
    (fun x _ ih i h j => match j with
      | .zero => fun _ => Eq.trans (congrArg (fun t => y t i) (Eq.symm (salt_shift x)))
          (int_eq_of_beq (bool_and h).left)
      | .succ j => fun hj => Eq.subst
          (motive := fun p => Eq (y (nth 0 _ j) p) (w p)) (nat_succ_add i j)
          (ih (Nat.succ i) (bool_and h).right j (Nat.le_of_succ_le_succ hj))) l

/-- The packed sums of columns pack the sums of digits. -/
theorem Rows.weighted_spread {w b v : Nat} {sh : Shape} {t : Rows} {X : Nat}
    (hw : Nat.le (pow2 w) (pow2 b)) :
    Eq (Rows.weighted v (spreadRow w b sh) t X) (pack (pow2 b) (Shape.size sh)
      (fun q => natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (digit w (Rows.get t r) q)))) :=
  Eq.trans (Rows.weighted_eq v _ t X)
    (Eq.trans (natSum_congr (fun r _ => Eq.trans
        (congrArg (Nat.mul (digit v X r)) (Eq.trans (spreadRow_eq w b sh (Rows.get t r))
          (spread_eq_pack hw sh (Rows.get t r))))
        (Eq.symm (pack_mul (pow2 b) (Shape.size sh) (digit v X r) (digit w (Rows.get t r))))))
      (Eq.symm (pack_natSum (pow2 b) (Shape.size sh) (Rows.count t) _)))

/-- No sum of digits is longer than its terms allow. -/
theorem digit_weighted_le {w v : Nat} {t : Rows} {X : Nat} (i : Nat) :
    Nat.le (natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (digit w (Rows.get t r) i)))
      (Nat.mul (Rows.count t) (Nat.mul (pow2 v) (pow2 w))) :=
  natSum_le _ _ (fun r => nat_mul_le_mul
    (Nat.le_trans (Nat.le_succ _) (digit_lt v X r))
    (Nat.le_trans (Nat.le_succ _) (digit_lt w (Rows.get t r) i)))

/-- The packed sums of columns have the sums of digits as digits. -/
theorem digit_weighted {w b v : Nat} {sh : Shape} {t : Rows} {X : Nat}
    (hw : Nat.le (pow2 w) (pow2 b))
    (hb : Nat.lt (Nat.mul (Rows.count t) (Nat.mul (pow2 v) (pow2 w))) (pow2 b)) {i : Nat}
    (hi : Nat.lt i (Shape.size sh)) :
    Eq (digit b (Rows.weighted v (spreadRow w b sh) t X) i)
      (natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (digit w (Rows.get t r) i))) :=
  Eq.trans (congrArg (fun y => digit b y i) (Rows.weighted_spread hw))
    (digit_pack b (Shape.size sh)
      (fun p _ => Nat.le_trans (Nat.succ_le_succ (digit_weighted_le p)) hb) hi)

/-- The packed sum of columns packs the column sums. -/
theorem Rows.sum_spread {w b : Nat} {sh : Shape} {t : Rows} (hw : Nat.le (pow2 w) (pow2 b)) :
    Eq (Rows.sum (spreadRow w b sh) t) (pack (pow2 b) (Shape.size sh)
      (fun q => natSum (Rows.count t) (fun r => digit w (Rows.get t r) q))) :=
  Eq.trans (Rows.sum_eq _ t)
    (Eq.trans (natSum_congr (fun r _ => Eq.trans (spreadRow_eq w b sh (Rows.get t r))
      (spread_eq_pack hw sh (Rows.get t r))))
      (Eq.symm (pack_natSum (pow2 b) (Shape.size sh) (Rows.count t) _)))

/-- The packed sum of columns has the column sums as digits. -/
theorem digit_rowSum {w b v : Nat} {sh : Shape} {t : Rows}
    (hw : Nat.le (pow2 w) (pow2 b))
    (hb : Nat.lt (Nat.mul (Rows.count t) (Nat.mul (pow2 v) (pow2 w))) (pow2 b)) {i : Nat}
    (hi : Nat.lt i (Shape.size sh)) :
    Eq (digit b (Rows.sum (spreadRow w b sh) t) i)
      (natSum (Rows.count t) (fun r => digit w (Rows.get t r) i)) :=
  have one_le : Nat.le (pow2 w) (Nat.mul (pow2 v) (pow2 w)) :=
    Eq.subst (motive := fun y => Nat.le y (Nat.mul (pow2 v) (pow2 w)))
      (Eq.trans (nat_mul_comm 1 (pow2 w)) (nat_mul_one (pow2 w)))
      (nat_mul_le_mul (pow2_pos v) (Nat.le.refl (n := pow2 w)))
  Eq.trans (congrArg (fun y => digit b y i) (Rows.sum_spread hw))
    (digit_pack b (Shape.size sh)
      (fun p _ => Nat.le_trans (Nat.succ_le_succ (natSum_le _ _ (fun r =>
        Nat.le_trans (Nat.le_trans (Nat.le_succ _) (digit_lt w (Rows.get t r) p)) one_le))) hb) hi)

/-- The packed sums of columns, their digits moved last. -/
theorem strided_weighted {w b v : Nat} {sh : Shape} {t : Rows} {X : Nat}
    (h : Eq (strideFits w b sh) true) (hw : Nat.le (pow2 w) (pow2 b))
    (hb : Nat.lt (Nat.mul (Rows.count t) (Nat.mul (pow2 v) (pow2 w))) (pow2 b)) :
    Eq (stridedSum w b sh (fun f => Rows.weighted v f t X))
      (Rows.weighted v (spreadRow w b sh) t X) :=
  Eq.trans
    (stridedSum_eq (a := digit v X) h hw (fun f => Rows.weighted_eq v f t X)
      (fun i => Nat.le_trans (Nat.succ_le_succ (digit_weighted_le i)) hb))
    (Eq.symm (Rows.weighted_spread hw))

/-- The packed sum of columns, its digits moved last. -/
theorem strided_sum {w b v : Nat} {sh : Shape} {t : Rows}
    (h : Eq (strideFits w b sh) true) (hw : Nat.le (pow2 w) (pow2 b))
    (hb : Nat.lt (Nat.mul (Rows.count t) (Nat.mul (pow2 v) (pow2 w))) (pow2 b)) :
    Eq (stridedSum w b sh (fun f => Rows.sum f t)) (Rows.sum (spreadRow w b sh) t) :=
  have one (f : Nat → Nat) : Eq (natSum (Rows.count t) (fun r => Nat.mul 1 (f r)))
      (natSum (Rows.count t) f) :=
    natSum_congr (fun r _ => Eq.trans (nat_mul_comm 1 (f r)) (nat_mul_one (f r)))
  Eq.trans
    (stridedSum_eq (a := fun _ => 1) h hw
      (fun f => Eq.trans (Rows.sum_eq f t) (Eq.symm (one (fun r => f (Rows.get t r)))))
      (fun i => Nat.le_trans
        (Nat.succ_le_succ (natSum_le _ _ (fun r => nat_mul_le_mul (pow2_pos v)
          (Nat.le_trans (Nat.le_succ _) (digit_lt w (Rows.get t r) i))))) hb))
    (Eq.trans
      (pack_congr _ _ (fun i _ => one (fun r => digit w (Rows.get t r) i)))
      (Eq.symm (Rows.sum_spread hw)))

/-- `Σ_j W_ij x_j` is `unbias` of the sums of its digits. -/
theorem sum_eq_unbias {n β γ us u s : Nat} {f g : Nat → Nat} {y x : Nat → Int}
    (hy : ∀ j, Nat.lt j n → Eq (y j) (diff (f j) β)) (hx : ∀ j, Nat.lt j n → Eq (x j) (diff (g j) γ))
    (h₁ : Eq us (natSum n (fun j => Nat.mul (f j) (g j)))) (h₂ : Eq u (natSum n f))
    (h₃ : Eq s (natSum n g)) :
    Eq (sum n (fun j => Int.mul (y j) (x j))) (unbias n β γ us u s) :=
  Eq.trans (sum_congr (fun j hj => congr2 Int.mul (hy j hj) (hx j hj)))
    (Eq.trans (unbias_eq (R := Int) n β γ f g)
      (congr (congr (congrArg (unbias n β γ) (Eq.symm h₁)) (Eq.symm h₂)) (Eq.symm h₃)))

/-- `Σ_j W_ij x_j + c_i = w_i` for `x_j = s_j - γ`. -/
theorem PackedMatrix.productCheck_sound {W : PackedMatrix} {sh : Shape} {b v γ X : Nat}
    {x c w : Vec Int} (hx : ∀ j, Nat.lt j W.cols → Eq (x j) (diff (digit v X j) γ))
    (h : Eq (PackedMatrix.productCheck W sh b v γ X c w) true) {i : Nat} (hi : Nat.lt i W.rows) :
    Eq (Int.add (sum W.cols (fun j => Int.mul (PackedMatrix.entry W i j) (x j))) (c i)) (w i) :=
  match W, hx, bool_and h, hi with
  | .mk rows cols a _ true data, hx, h, hi =>
    have k := bool_and h.left
    have hs : Eq (Shape.size sh) rows := Nat.eq_of_beq_eq_true (bool_and k.left).left
    have hc : Eq (Rows.count data) cols := Nat.eq_of_beq_eq_true (bool_and k.left).right
    have hw : Nat.le (pow2 a) (pow2 b) := Nat.le_of_ble_eq_true (bool_and k.right).left
    have hb : Nat.lt (Nat.mul (Rows.count data) (Nat.mul (pow2 v) (pow2 a))) (pow2 b) :=
      Eq.subst (motive := fun n => Nat.lt (Nat.mul n (Nat.mul (pow2 v) (pow2 a))) (pow2 b))
        (Eq.symm hc) (Nat.le_of_ble_eq_true (bool_and k.right).right)
    have hi' : Nat.lt i (Shape.size sh) :=
      Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hs) hi
    Eq.trans
      (congrArg (fun t => Int.add t (c i))
        (sum_eq_unbias (f := fun j => digit a (Rows.get data j) i) (g := digit v X)
          (fun _ _ => rfl) hx
          (Eq.trans (Eq.trans
              (congrArg (fun y => digit b y i) (strided_weighted (bool_and h.right).left hw hb))
              (digit_weighted hw hb hi'))
            (Eq.trans (natSum_congr (fun _ _ => nat_mul_comm _ _))
              (congrArg (fun n => natSum n
                (fun j => Nat.mul (digit a (Rows.get data j) i) (digit v X j))) hc)))
          (Eq.trans (Eq.trans
              (congrArg (fun y => digit b y i) (strided_sum (bool_and h.right).left hw hb))
              (digit_rowSum hw hb hi'))
            (congrArg (fun n => natSum n (fun j => digit a (Rows.get data j) i)) hc))
          (Eq.trans (Rows.weighted_eq v (fun _ => 1) data X)
            (Eq.trans (natSum_congr (fun _ _ => nat_mul_one _))
              (congrArg (fun n => natSum n (digit v X)) hc)))))
      (vecCheck_sound (bool_and h.right).right i hi)
  | .mk _ cols a β false data, hx, h, hi =>
    have hs : Eq (Shape.size sh) cols :=
      Nat.eq_of_beq_eq_true (bool_and (bool_and h.left).left).left
    have hw : Nat.le (pow2 a) (pow2 b) :=
      Nat.le_of_ble_eq_true (bool_and (bool_and h.left).right).left
    have k := bool_and h.right
    have fits := bool_and (bool_and k.left).right
    have g := listCheck_sound _ _ _ 0 k.right i
      (Nat.le_trans hi (Nat.le_of_ble_eq_true (bool_and k.left).left))
    have row : Eq (nth 0 (Rows.toList data .nil) i) (Rows.get data i) := Rows.nth_toList data i
    have product {f : Nat → Nat} (hf : ∀ p, Nat.le (f p) (pow2 v)) :=
      innerDigit_spread (v := v) (g := f) hs hw (Nat.le_of_ble_eq_true fits.left) hf
        (Nat.le_of_ble_eq_true fits.right) (nth 0 (Rows.toList data .nil) i)
    Eq.trans
      (congrArg (fun t => Int.add t (c i))
        (sum_eq_unbias (f := digit a (nth 0 (Rows.toList data .nil) i)) (g := digit v X)
          (fun j _ => congrArg (fun y => diff (digit a y j) _) (Eq.symm row)) hx
          (product (fun p => Nat.le_trans (Nat.le_succ _) (digit_lt v X p)))
          (Eq.trans (product (f := fun _ => 1) (fun _ => pow2_pos v))
            (natSum_congr (fun _ _ => nat_mul_one _)))
          (Eq.trans (digitSum_eq a v (fun _ s => s) sh 0 X)
            (congrArg (fun n => natSum n (digit v X)) hs))))
      (Eq.subst (motive := fun p => Eq (Int.add (PackedMatrix.rowEntry
          (.mk _ cols a β false data) sh b γ (packDown b cols (digit v X)) (packDown b cols fun _ => 1)
          (digitSum a v (fun _ s => s) sh 0 X) (nth 0 (Rows.toList data .nil) i)) (c p)) (w p))
        (nat_zero_add i) g)

/-- A linear layer over the integers, from the packed product: `W x + c = w` where `x_j = s_j - γ`. -/
theorem PackedMatrix.product_eval (W : PackedMatrix) (sh : Shape) (b : Nat) {v γ X : Nat}
    {c c' x w : Vec Int} (hc : Agree W.rows c c')
    (hx : ∀ j, Nat.lt j W.cols → Eq (x j) (diff (digit v X j) γ))
    (h : Eq (PackedMatrix.productCheck W sh b v γ X c' w) true) :
    Agree W.rows (linear W.cols (PackedMatrix.entry W) one c x) w :=
  fun i hi => Eq.trans
    (congr2 Int.add
      (sum_congr (fun j _ => congrArg (fun t => Int.mul t (x j))
        (int_mul_one (PackedMatrix.entry W i j))))
      (hc i hi))
    (PackedMatrix.productCheck_sound hx h hi)

end LipBridge
