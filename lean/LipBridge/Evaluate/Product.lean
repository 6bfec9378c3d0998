import LipBridge.Certificate.SpectralNorm
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

/-- The three sums of entry `i`: packed for columns (`us`, `us'`), from the digits of a row else. -/
noncomputable def PackedMatrix.productEntry (W : PackedMatrix) (sh : Shape) (b v γ X us us' s i : Nat) :
    Int :=
  unbias W.cols W.bias γ
    (pick W.transposed (digit b us i)
      (digitSum W.width v Nat.mul sh (Rows.get W.data i) X))
    (pick W.transposed (digit b us' i)
      (digitSum W.width v (fun u _ => u) sh (Rows.get W.data i) X)) s

/-- Whether `b` bits hold the packed sums, the rows are as many as they should be and the shape has
the right size. -/
noncomputable def PackedMatrix.productFits (W : PackedMatrix) (sh : Shape) (b v : Nat) : Bool :=
  and (and (Nat.beq (Shape.size sh) (PackedMatrix.size W))
      (Nat.beq (Rows.count W.data) (PackedMatrix.count W)))
    (and (Nat.ble (Nat.pow 2 W.width) (Nat.pow 2 b))
      (Nat.ble (Nat.succ (Nat.mul (PackedMatrix.count W)
        (Nat.mul (Nat.pow 2 v) (Nat.pow 2 W.width)))) (Nat.pow 2 b)))

/-- Whether `W x + c = w`, entry by entry, for `x_j = s_j - γ`, `s_j` digit `j` of `X` in base `2^v`. -/
noncomputable def PackedMatrix.productCheck (W : PackedMatrix) (sh : Shape) (b v γ X : Nat)
    (c w : List Int) : Bool :=
  and (PackedMatrix.productFits W sh b v)
    (force (pick W.transposed (Rows.weighted v (spread W.width b sh) W.data X) 0) fun us =>
      force (pick W.transposed (Rows.sum (spread W.width b sh) W.data) 0) fun us' =>
      force (pick W.transposed (Rows.weighted v (fun _ => 1) W.data X)
        (digitSum W.width v (fun _ s => s) sh 0 X)) fun s =>
        agreeCheck W.rows (fun i =>
          Int.add (PackedMatrix.productEntry W sh b v γ X us us' s i) (nth (Int.ofNat 0) c i)) w)

/-- The packed sums of columns have the sums of digits as digits. -/
theorem digit_weighted {w b v : Nat} {sh : Shape} {t : Rows} {X : Nat}
    (hw : Nat.le (pow2 w) (pow2 b))
    (hb : Nat.lt (Nat.mul (Rows.count t) (Nat.mul (pow2 v) (pow2 w))) (pow2 b)) {i : Nat}
    (hi : Nat.lt i (Shape.size sh)) :
    Eq (digit b (Rows.weighted v (spread w b sh) t X) i)
      (natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (digit w (Rows.get t r) i))) :=
  have e : Eq (Rows.weighted v (spread w b sh) t X) (pack (pow2 b) (Shape.size sh)
      (fun q => natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (digit w (Rows.get t r) q)))) :=
    Eq.trans (Rows.weighted_eq v _ t X)
      (Eq.trans (natSum_congr (fun r _ => Eq.trans
          (congrArg (Nat.mul (digit v X r)) (spread_eq_pack hw sh (Rows.get t r)))
          (Eq.symm (pack_mul (pow2 b) (Shape.size sh) (digit v X r) (digit w (Rows.get t r))))))
        (Eq.symm (pack_natSum (pow2 b) (Shape.size sh) (Rows.count t) _)))
  Eq.trans (congrArg (fun y => digit b y i) e)
    (digit_pack b (Shape.size sh)
      (fun p _ => Nat.le_trans (Nat.succ_le_succ (natSum_le _ _ (fun r => nat_mul_le_mul
        (Nat.le_trans (Nat.le_succ _) (digit_lt v X r))
        (Nat.le_trans (Nat.le_succ _) (digit_lt w (Rows.get t r) p))))) hb) hi)

/-- The packed sum of columns has the column sums as digits. -/
theorem digit_rowSum {w b v : Nat} {sh : Shape} {t : Rows}
    (hw : Nat.le (pow2 w) (pow2 b))
    (hb : Nat.lt (Nat.mul (Rows.count t) (Nat.mul (pow2 v) (pow2 w))) (pow2 b)) {i : Nat}
    (hi : Nat.lt i (Shape.size sh)) :
    Eq (digit b (Rows.sum (spread w b sh) t) i)
      (natSum (Rows.count t) (fun r => digit w (Rows.get t r) i)) :=
  have e : Eq (Rows.sum (spread w b sh) t) (pack (pow2 b) (Shape.size sh)
      (fun q => natSum (Rows.count t) (fun r => digit w (Rows.get t r) q))) :=
    Eq.trans (Rows.sum_eq _ t)
      (Eq.trans (natSum_congr (fun r _ => spread_eq_pack hw sh (Rows.get t r)))
        (Eq.symm (pack_natSum (pow2 b) (Shape.size sh) (Rows.count t) _)))
  have one_le : Nat.le (pow2 w) (Nat.mul (pow2 v) (pow2 w)) :=
    Eq.subst (motive := fun y => Nat.le y (Nat.mul (pow2 v) (pow2 w)))
      (Eq.trans (nat_mul_comm 1 (pow2 w)) (nat_mul_one (pow2 w)))
      (nat_mul_le_mul (pow2_pos v) (Nat.le.refl (n := pow2 w)))
  Eq.trans (congrArg (fun y => digit b y i) e)
    (digit_pack b (Shape.size sh)
      (fun p _ => Nat.le_trans (Nat.succ_le_succ (natSum_le _ _ (fun r =>
        Nat.le_trans (Nat.le_trans (Nat.le_succ _) (digit_lt w (Rows.get t r) p)) one_le))) hb) hi)

/-- `Σ_j W_ij x_j` is `unbias` of the sums of its digits. -/
theorem sum_eq_unbias {n β γ us u s : Nat} {f g : Nat → Nat} {y x : Nat → Int}
    (hy : ∀ j, Nat.lt j n → Eq (y j) (diff (f j) β)) (hx : ∀ j, Nat.lt j n → Eq (x j) (diff (g j) γ))
    (h₁ : Eq us (natSum n (fun j => Nat.mul (f j) (g j)))) (h₂ : Eq u (natSum n f))
    (h₃ : Eq s (natSum n g)) :
    Eq (sum n (fun j => Int.mul (y j) (x j))) (unbias n β γ us u s) :=
  Eq.trans (sum_congr (fun j hj => congr2 Int.mul (hy j hj) (hx j hj)))
    (Eq.trans (unbias_eq (R := Int) n β γ f g)
      (congr (congr (congrArg (unbias n β γ) (Eq.symm h₁)) (Eq.symm h₂)) (Eq.symm h₃)))

/-- `productEntry` is `Σ_j W_ij x_j` for `x_j = s_j - γ`. -/
theorem PackedMatrix.productEntry_eq {W : PackedMatrix} {sh : Shape} {b v γ X i : Nat}
    {x : Vec Int} (hx : ∀ j, Nat.lt j W.cols → Eq (x j) (diff (digit v X j) γ))
    (hf : Eq (PackedMatrix.productFits W sh b v) true) (hi : Nat.lt i W.rows) :
    Eq (sum W.cols (fun j => Int.mul (PackedMatrix.entry W i j) (x j)))
      (PackedMatrix.productEntry W sh b v γ X
        (pick W.transposed (Rows.weighted v (spread W.width b sh) W.data X) 0)
        (pick W.transposed (Rows.sum (spread W.width b sh) W.data) 0)
        (pick W.transposed (Rows.weighted v (fun _ => 1) W.data X)
          (digitSum W.width v (fun _ s => s) sh 0 X)) i) :=
  match W, hx, hf, hi with
  | .mk rows cols w _ true data, hx, hf, hi =>
    have k := bool_and hf
    have hs : Eq (Shape.size sh) rows := Nat.eq_of_beq_eq_true (bool_and k.left).left
    have hc : Eq (Rows.count data) cols := Nat.eq_of_beq_eq_true (bool_and k.left).right
    have hw : Nat.le (pow2 w) (pow2 b) := Nat.le_of_ble_eq_true (bool_and k.right).left
    have hb : Nat.lt (Nat.mul (Rows.count data) (Nat.mul (pow2 v) (pow2 w))) (pow2 b) :=
      Eq.subst (motive := fun n => Nat.lt (Nat.mul n (Nat.mul (pow2 v) (pow2 w))) (pow2 b))
        (Eq.symm hc) (Nat.le_of_ble_eq_true (bool_and k.right).right)
    have hi' : Nat.lt i (Shape.size sh) :=
      Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hs) hi
    sum_eq_unbias (f := fun j => digit w (Rows.get data j) i) (g := digit v X) (fun _ _ => rfl) hx
      (Eq.trans (digit_weighted hw hb hi')
        (Eq.trans (natSum_congr (fun _ _ => nat_mul_comm _ _))
          (congrArg (fun n => natSum n (fun j => Nat.mul (digit w (Rows.get data j) i) (digit v X j)))
            hc)))
      (Eq.trans (digit_rowSum hw hb hi')
        (congrArg (fun n => natSum n (fun j => digit w (Rows.get data j) i)) hc))
      (Eq.trans (Rows.weighted_eq v (fun _ => 1) data X)
        (Eq.trans (natSum_congr (fun _ _ => nat_mul_one _)) (congrArg (fun n => natSum n (digit v X)) hc)))
  | .mk _ cols w _ false data, hx, hf, _ =>
    have hs : Eq (Shape.size sh) cols := Nat.eq_of_beq_eq_true (bool_and (bool_and hf).left).left
    sum_eq_unbias (f := digit w (Rows.get data i)) (g := digit v X) (fun _ _ => rfl) hx
      (Eq.trans (digitSum_eq w v Nat.mul sh (Rows.get data i) X)
        (congrArg (fun n => natSum n
          (fun p => Nat.mul (digit w (Rows.get data i) p) (digit v X p))) hs))
      (Eq.trans (digitSum_eq w v (fun u _ => u) sh (Rows.get data i) X)
        (congrArg (fun n => natSum n (digit w (Rows.get data i))) hs))
      (Eq.trans (digitSum_eq w v (fun _ s => s) sh 0 X)
        (congrArg (fun n => natSum n (digit v X)) hs))

/-- A linear layer over the integers, from the packed product: `W x + c = w` where `x_j = s_j - γ`. -/
theorem PackedMatrix.product_eval (W : PackedMatrix) (sh : Shape) (b : Nat) {v γ X : Nat}
    {c x : Vec Int} (d : List Int) {w : List Int} (hc : Agree W.rows c (ofList d))
    (hx : ∀ j, Nat.lt j W.cols → Eq (x j) (diff (digit v X j) γ))
    (h : Eq (PackedMatrix.productCheck W sh b v γ X d w) true) :
    Agree W.rows (linear W.cols (PackedMatrix.entry W) one c x) (ofList w) :=
  fun i hi =>
    have k := bool_and h
    Eq.trans
      (congr2 Int.add
        (Eq.trans
          (sum_congr (fun j _ => congrArg (fun t => Int.mul t (x j))
            (int_mul_one (PackedMatrix.entry W i j))))
          (PackedMatrix.productEntry_eq hx k.left hi))
        (hc i hi))
      (agree_of_check k.right i hi)

/-- Entry `j < n` of an unpacked list is digit `j`, less the bias. -/
theorem ofList_unpackInts (w β n : Nat) : ∀ (X j : Nat), Nat.lt j n →
    Eq (ofList (unpackInts w β n X) j) (diff (digit w X j) β) :=
  Nat.rec
    (motive := fun n => ∀ (X j : Nat), Nat.lt j n →
      Eq (ofList (unpackInts w β n X) j) (diff (digit w X j) β))
    (fun _ j hj => absurd hj (Nat.not_succ_le_zero j))
    (fun _ ih X j hj => match j, hj with
      | .zero, _ => rfl
      | .succ j, hj => Eq.trans (ih (Nat.shiftRight X w) j (Nat.le_of_succ_le_succ hj))
          (congrArg (fun t => diff t β) (Eq.symm (digit_succ w X j)))) n

/-- `product_eval` where `x` is known as a list, packed. -/
theorem PackedMatrix.product_eval_list (W : PackedMatrix) (sh : Shape) (b : Nat) {v γ n X : Nat}
    {c x : Vec Int} (d : List Int) {w : List Int} (hc : Agree W.rows c (ofList d))
    (hx : Agree W.cols x (ofList (unpackInts v γ n X))) (hn : Eq (Nat.ble W.cols n) true)
    (h : Eq (PackedMatrix.productCheck W sh b v γ X d w) true) :
    Agree W.rows (linear W.cols (PackedMatrix.entry W) one c x) (ofList w) :=
  PackedMatrix.product_eval W sh b d hc
    (fun j hj => Eq.trans (hx j hj)
      (ofList_unpackInts v γ n X j (Nat.le_trans hj (Nat.le_of_ble_eq_true hn)))) h

end LipBridge
