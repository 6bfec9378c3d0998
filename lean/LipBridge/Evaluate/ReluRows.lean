import LipBridge.Certificate.Land
import LipBridge.Evaluate.MatrixProduct
/-!
# Positive parts of all digits of a row at once, and a check of every digit

With a bias of half the base the first bit of a digit says whether the entry is negative: a mask made of these bits
leaves what is above the bias, 0 where nothing is.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Positive parts -/

/-- `a - b ≤ a`. -/
theorem nat_sub_le (a b : Nat) : Nat.le (Nat.sub a b) a :=
  have less (n : Nat) : Nat.le (Nat.pred n) n :=
    match n with
    | 0 => Nat.le.refl
    | .succ _ => Nat.le.step Nat.le.refl
  Nat.rec (motive := fun b => Nat.le (Nat.sub a b) a) Nat.le.refl
    (fun b ih => Nat.le_trans (less (Nat.sub a b)) ih) b

/-- What is above `2^k` of each digit of `x`; digits have `k + 1` bits. -/
noncomputable def reluRow (k : Nat) (sh : Shape) (x : Nat) : Nat :=
  force (spreadRow (Nat.succ k) (Nat.succ k) sh x) fun y =>
    Nat.land y (Nat.mul (Nat.sub (Nat.pow 2 k) 1)
      (Nat.shiftRight (Nat.land y (Nat.mul (Nat.pow 2 k) (ones (Nat.succ k) sh))) k))

/-- The first bit of a digit. -/
theorem land_first {k d : Nat} (h : Nat.lt d (pow2 (Nat.succ k))) :
    Eq (Nat.land d (pow2 k)) (Nat.mul (pow2 k) (Nat.shiftRight d k)) :=
  Eq.trans (congrArg (Nat.land d) (Eq.symm (nat_mul_one (pow2 k))))
    (land_upper (e := k) (f := 1) (shiftRight_lt (e := k) (f := 1) h))

/-- The mask of a digit leaves what is above `2^k`. -/
theorem land_relu {k d : Nat} (h : Nat.lt d (pow2 (Nat.succ k))) :
    Eq (Nat.land d (Nat.mul (Nat.sub (pow2 k) 1) (Nat.shiftRight d k))) (Nat.sub d (pow2 k)) :=
  have whole := mod_add_shiftRight d k
  have small : Nat.lt (Nat.mod d (pow2 k)) (pow2 k) := nat_mod_lt d (pow2_pos k)
  Or.elim (lt_two_cases (shiftRight_lt (e := k) (f := 1) h))
    (fun e =>
      have below : Eq (Nat.mod d (pow2 k)) d :=
        Eq.trans (congrArg (fun t => Nat.add (Nat.mod d (pow2 k)) (Nat.mul (pow2 k) t)) (Eq.symm e)) whole
      have zero : Eq (Nat.land d 0) 0 :=
        match Nat.mod d 1, land_eq_mod d 0, nat_mod_lt d (y := 1) Nat.le.refl with
        | 0, g, _ => g
        | .succ _, _, g => absurd (Nat.le_of_succ_le_succ g) (Nat.not_succ_le_zero _)
      have none : Eq (Nat.sub d (pow2 k)) 0 :=
        match nat_exists_of_le (Nat.le_trans (Nat.le_succ d)
          (Eq.subst (motive := fun t => Nat.lt t (pow2 k)) below small)) with
        | ⟨j, g⟩ => Eq.subst (motive := fun t => Eq (Nat.sub d t) 0) g
          (Nat.rec (motive := fun u => Eq (Nat.sub u (Nat.add u j)) 0)
            (Eq.trans (congrArg (Nat.sub 0) (nat_zero_add j)) (nat_zero_sub j))
            (fun u ih => Eq.trans (congrArg (Nat.sub (Nat.succ u)) (nat_succ_add u j))
              (Eq.trans (nat_succ_sub_succ u (Nat.add u j)) ih)) d)
      Eq.trans (congrArg (fun t => Nat.land d (Nat.mul (Nat.sub (pow2 k) 1) t)) e)
        (Eq.trans zero (Eq.symm none)))
    (fun e =>
      have sum : Eq (Nat.add (Nat.mod d (pow2 k)) (pow2 k)) d :=
        Eq.trans
          (Eq.trans (congrArg (Nat.add (Nat.mod d (pow2 k))) (Eq.symm (nat_mul_one (pow2 k))))
            (congrArg (fun t => Nat.add (Nat.mod d (pow2 k)) (Nat.mul (pow2 k) t)) (Eq.symm e)))
          whole
      Eq.trans (congrArg (fun t => Nat.land d (Nat.mul (Nat.sub (pow2 k) 1) t)) e)
        (Eq.trans (congrArg (Nat.land d) (nat_mul_one _))
          (Eq.trans (land_eq_mod d k)
            (nat_add_right_cancel (pow2 k) (Eq.trans sum (Eq.symm (nat_sub_add_cancel
              (nat_le_of_add_eq (k := Nat.mod d (pow2 k)) (Eq.trans (nat_add_comm _ _) sum)))))))))

/-- `reluRow` packs what is above the bias. -/
theorem reluRow_eq (k : Nat) (sh : Shape) (x : Nat) : Eq (reluRow k sh x)
    (pack (pow2 (Nat.succ k)) (Shape.size sh) (fun p => Nat.sub (digit (Nat.succ k) x p) (pow2 k))) :=
  let B := pow2 (Nat.succ k)
  let n := Shape.size sh
  let d := digit (Nat.succ k) x
  let s (p : Nat) : Nat := Nat.shiftRight (d p) k
  have hd (p : Nat) : Nat.lt (d p) B := digit_lt (Nat.succ k) x p
  have half : Nat.lt (pow2 k) B :=
    Eq.subst (motive := fun t => Nat.lt (pow2 k) t)
      (nat_ring (vars1 (pow2 k)) (a := Nat.add (pow2 k) (pow2 k)) (b := Nat.mul (pow2 k) (Nat.add 1 1)))
      (Eq.subst (motive := fun t => Nat.le t (Nat.add (pow2 k) (pow2 k))) (nat_add_comm 1 (pow2 k))
        (nat_add_le_add (pow2_pos k) (Nat.le.refl (n := pow2 k))))
  have mask (p : Nat) : Nat.lt (Nat.mul (Nat.sub (pow2 k) 1) (s p)) B :=
    Nat.le_trans (Nat.succ_le_succ (Nat.le_trans
      (nat_mul_le_mul_left (Nat.sub (pow2 k) 1)
        (Nat.le_of_succ_le_succ (shiftRight_lt (e := k) (f := 1) (hd p))))
      (Eq.subst (motive := fun t => Nat.le t (pow2 k)) (Eq.symm (nat_mul_one (Nat.sub (pow2 k) 1)))
        (nat_le_of_add_eq (k := 1) (nat_sub_add_cancel (pow2_pos k)))))) half
  have row : Eq (spreadRow (Nat.succ k) (Nat.succ k) sh x) (pack B n d) :=
    Eq.trans (spreadRow_eq _ _ sh x) (spread_eq_pack Nat.le.refl sh x)
  have first : Eq (Nat.land (pack B n d) (Nat.mul (pow2 k) (ones (Nat.succ k) sh)))
      (Nat.mul (pow2 k) (pack B n s)) :=
    Eq.trans (congrArg (Nat.land (pack B n d)) (Eq.symm (pack_const (Nat.succ k) (pow2 k) sh)))
      (Eq.trans (land_pack (Nat.succ k) n hd (fun _ => half))
        (Eq.trans (pack_congr B n (fun p _ => land_first (hd p))) (pack_mul B n (pow2 k) s)))
  have bits : Eq (Nat.shiftRight (Nat.mul (pow2 k) (pack B n s)) k) (pack B n s) :=
    (mod_shiftRight_eq (s := k) (pow2_pos k) (Eq.symm (nat_zero_add _))).right
  Eq.trans
    (congrArg (fun y => Nat.land y (Nat.mul (Nat.sub (pow2 k) 1)
      (Nat.shiftRight (Nat.land y (Nat.mul (pow2 k) (ones (Nat.succ k) sh))) k))) row)
    (Eq.trans
      (congrArg (fun t => Nat.land (pack B n d) (Nat.mul (Nat.sub (pow2 k) 1) t))
        (Eq.trans (congrArg (fun t => Nat.shiftRight t k) first) bits))
      (Eq.trans (congrArg (Nat.land (pack B n d)) (Eq.symm (pack_mul B n (Nat.sub (pow2 k) 1) s)))
        (Eq.trans (land_pack (Nat.succ k) n hd mask) (pack_congr B n (fun p _ => land_relu (hd p))))))

/-- The positive parts of the entries of a matrix that is stored by rows, where digits have `k + 1` bits and the bias is
`2^k`. -/
noncomputable def PackedMatrix.relu (Z : PackedMatrix) (k : Nat) (sh : Shape) : PackedMatrix :=
  .mk Z.rows Z.cols Z.width 0 false (Rows.map (reluRow k sh) Z.data)

/-- An entry is what is above the bias. -/
theorem PackedMatrix.entry_relu {Z : PackedMatrix} {k : Nat} {sh : Shape} (ht : Eq Z.transposed false)
    (hw : Eq Z.width (Nat.succ k)) (hs : Eq (Shape.size sh) Z.cols) (hr : Eq (Rows.count Z.data) Z.rows)
    {i j : Nat} (hi : Nat.lt i Z.rows) (hj : Nat.lt j Z.cols) :
    Eq (PackedMatrix.entry (PackedMatrix.relu Z k sh) i j)
      (Int.ofNat (Nat.sub (PackedMatrix.digitAt Z i j) (pow2 k))) :=
  match Z, ht, hw, hs, hr, hi, hj with
  | .mk _ _ _ _ false data, _, rfl, hs, hr, hi, hj => Eq.trans (diff_zero _)
      (congrArg Int.ofNat (Eq.trans
        (congrArg (fun y => digit (Nat.succ k) y j) (Eq.trans
          (Rows.get_map (reluRow k sh) (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hr) hi))
          (reluRow_eq k sh (Rows.get data i))))
        (digit_pack (Nat.succ k) (Shape.size sh)
          (fun p _ => Nat.le_trans (Nat.succ_le_succ (nat_sub_le _ (pow2 k)))
            (digit_lt (Nat.succ k) (Rows.get data i) p))
          (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hs) hj))))

/-! ## Every digit -/

/-- Whether `f (s + p) d` holds of every digit `d` of `x`, whose place is `p`. -/
noncomputable def everyDigit (w : Nat) (f : Nat → Nat → Bool) (sh : Shape) : Nat → Nat → Bool :=
  Shape.rec (motive := fun _ => Nat → Nat → Bool) (fun s x => f s (digit w x 0))
    (fun s x =>
      and (and (and (f s (digit w x 0)) (f (Nat.add s 1) (digit w x 1)))
          (and (f (Nat.add s 2) (digit w x 2)) (f (Nat.add s 3) (digit w x 3))))
        (and (and (f (Nat.add s 4) (digit w x 4)) (f (Nat.add s 5) (digit w x 5)))
          (and (f (Nat.add s 6) (digit w x 6)) (f (Nat.add s 7) (digit w x 7)))))
    (fun l _ p q s x => and
      (force (Nat.mod x (Nat.pow 2 (Nat.mul w (Shape.size l)))) fun y => p s y)
      (force (Nat.add s (Shape.size l)) fun s =>
        force (Nat.shiftRight x (Nat.mul w (Shape.size l))) fun y => q s y)) sh

/-- `everyDigit` that says yes is right. -/
theorem everyDigit_sound {w : Nat} {f : Nat → Nat → Bool} (sh : Shape) : ∀ s x : Nat,
    Eq (everyDigit w f sh s x) true → ∀ p, Nat.lt p (Shape.size sh) →
      Eq (f (Nat.add s p) (digit w x p)) true :=
  Shape.rec
    (motive := fun sh => ∀ s x : Nat, Eq (everyDigit w f sh s x) true → ∀ p, Nat.lt p (Shape.size sh) →
      Eq (f (Nat.add s p) (digit w x p)) true)
    (fun _ _ h p hp => match p, hp with
      | 0, _ => h
      | .succ _, hp => absurd (Nat.le_of_succ_le_succ hp) (Nat.not_succ_le_zero _))
    (fun _ _ h =>
      have low := bool_and (bool_and h).left
      have high := bool_and (bool_and h).right
      fun p => match p with
      | 0 => fun _ => (bool_and low.left).left
      | 1 => fun _ => (bool_and low.left).right
      | 2 => fun _ => (bool_and low.right).left
      | 3 => fun _ => (bool_and low.right).right
      | 4 => fun _ => (bool_and high.left).left
      | 5 => fun _ => (bool_and high.left).right
      | 6 => fun _ => (bool_and high.right).left
      | 7 => fun _ => (bool_and high.right).right
      | .succ (.succ (.succ (.succ (.succ (.succ (.succ (.succ p))))))) => fun hp =>
        absurd (Nat.le_trans (nat_le_add 9 p)
          (Eq.subst (motive := fun t => Nat.le t 8) (nat_add_comm p 9) hp)) (Nat.not_succ_le_self 8))
    (fun l _ a b s x h p hp =>
      have both := bool_and (a := everyDigit w f l s (Nat.mod x (Nat.pow 2 (Nat.mul w (Shape.size l))))) h
      Or.elim (nat_lt_add_cases hp)
        (fun g => Eq.subst (motive := fun d => Eq (f (Nat.add s p) d) true) (digit_mod w x (Shape.size l) g)
          (a s _ both.left p g))
        (fun g => match g with
        | ⟨q, hq, same⟩ => match p, same with
          | _, rfl => Eq.subst (motive := fun d => Eq (f (Nat.add s (Nat.add (Shape.size l) q)) d) true)
            (Eq.symm (digit_add w x (Shape.size l) q))
            (Eq.subst (motive := fun i => Eq (f i (digit w (Nat.shiftRight x (Nat.mul w (Shape.size l))) q)) true)
              (nat_add_assoc s (Shape.size l) q) (b _ _ both.right q hq)))) sh

end LipBridge
