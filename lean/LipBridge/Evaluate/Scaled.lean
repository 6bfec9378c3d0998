import LipBridge.Evaluate.MatrixProduct
/-!
# Rows and columns of a packed matrix multiplied by numbers

Whether `W' diag(c) = diag(c') W`, row by row: `W'_ij c_j = c'_i W_ij` for the packed numbers `c`, `c'`
of positive scalings. Each row is one equality of large numbers; the products `W'_ij c_j` take a step a
digit, everything else is done on whole rows.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Products digit by digit -/

/-- `Σ_p x_p X_p 2^(b p)` over the digits `x_p` of `x` in base `2^w` and `X_p` of `X` in base `2^v`. -/
noncomputable def pointwise (w v b : Nat) (sh : Shape) : Nat → Nat → Nat :=
  Shape.rec (motive := fun _ => Nat → Nat → Nat)
    (fun x X => Nat.mul (digit w x 0) (digit v X 0))
    (fun x X =>
      Nat.add (Nat.mul (digit w x 0) (digit v X 0)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 1) (digit v X 1)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 2) (digit v X 2)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 3) (digit v X 3)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 4) (digit v X 4)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 5) (digit v X 5)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 6) (digit v X 6))
        (Nat.mul (Nat.pow 2 b) (Nat.mul (digit w x 7) (digit v X 7))))))))))))))))
    (fun l _ f g x X => Nat.add
      (f (Nat.mod x (Nat.pow 2 (Nat.mul w (Shape.size l))))
        (Nat.mod X (Nat.pow 2 (Nat.mul v (Shape.size l)))))
      (Nat.shiftLeft
        (g (Nat.shiftRight x (Nat.mul w (Shape.size l)))
          (Nat.shiftRight X (Nat.mul v (Shape.size l)))) (Nat.mul b (Shape.size l)))) sh

/-- `pointwise` packs the products of the digits. -/
theorem pointwise_eq_pack (w v b : Nat) (sh : Shape) : ∀ x X : Nat,
    Eq (pointwise w v b sh x X)
      (pack (pow2 b) (Shape.size sh) (fun p => Nat.mul (digit w x p) (digit v X p))) :=
  Shape.rec
    (motive := fun sh => ∀ x X : Nat, Eq (pointwise w v b sh x X)
      (pack (pow2 b) (Shape.size sh) (fun p => Nat.mul (digit w x p) (digit v X p))))
    (fun _ _ => rfl)
    (fun _ _ => rfl)
    (fun l r f g x X => Eq.trans
      (congr2 Nat.add
        (Eq.trans (f _ _) (pack_congr (pow2 b) (Shape.size l) (fun _ hp => congr2 Nat.mul
          (digit_mod w x (Shape.size l) hp) (digit_mod v X (Shape.size l) hp))))
        (Eq.trans (shiftLeft_eq_mul _ (Nat.mul b (Shape.size l)))
          (congr2 Nat.mul (pow2_mul b (Shape.size l))
            (Eq.trans (g _ _) (pack_congr (pow2 b) (Shape.size r) (fun p _ => congr2 Nat.mul
              (Eq.symm (digit_add w x (Shape.size l) p))
              (Eq.symm (digit_add v X (Shape.size l) p))))))))
      (Eq.symm (pack_append (pow2 b) (Shape.size l) (Shape.size r)
        (fun p => Nat.mul (digit w x p) (digit v X p))))) sh

/-! ## The check -/

/-- Whether `f c x y` holds of the numbers `x`, `y` of two lists and the digits `c` of `X`, one after
the other; the second list is as long as the first, at least. -/
noncomputable def pairRowsWith (v : Nat) (f : Nat → Nat → Nat → Bool) (l : List Nat) :
    List Nat → Nat → Bool :=
  List.rec (motive := fun _ => List Nat → Nat → Bool) (fun _ _ => true)
    (fun x _ ih l' X => List.rec (motive := fun _ => Bool) false
      (fun y t _ => and (force (digit v X 0) fun c => f c x y)
        (force (Nat.shiftRight X v) (ih t))) l') l

/-- `pairRowsWith` speaks of every place. -/
theorem pairRowsWith_sound {v : Nat} {f : Nat → Nat → Nat → Bool} (l : List Nat) :
    ∀ (l' : List Nat) (X : Nat), Eq (pairRowsWith v f l l' X) true →
      ∀ i, Nat.lt i (len l) → Eq (f (digit v X i) (nth 0 l i) (nth 0 l' i)) true :=
  List.rec
    (motive := fun l => ∀ (l' : List Nat) (X : Nat), Eq (pairRowsWith v f l l' X) true →
      ∀ i, Nat.lt i (len l) → Eq (f (digit v X i) (nth 0 l i) (nth 0 l' i)) true)
    (fun _ _ _ i hi => absurd hi (Nat.not_succ_le_zero i))
    (fun _ l ih l' X h i hi => match l', i, h, hi with
      | .nil, _, h, _ => bool_absurd (Eq.symm h)
      | .cons _ _, 0, h, _ => (bool_and h).left
      | .cons _ t, .succ i, h, hi => Eq.subst
        (motive := fun c => Eq (f c (nth 0 l i) (nth 0 t i)) true)
        (Eq.symm (digit_succ v X i))
        (ih t (Nat.shiftRight X v) (bool_and h).right i (Nat.le_of_succ_le_succ hi))) l

/-- `Σ_j x_j c_j 2^(b j)`; where the packed `c` is the packed 1, that is `x`. -/
noncomputable def scaledDigits (v b C cb o : Nat) (cs : Shape) (x : Nat) : Nat :=
  pick (Nat.beq cb o) x (pointwise b v b cs x C)

/-- One row: whether `Σ_j x'_j c_j + (c' β) 1 = c' x + β' c`, packed; `cb` is the packed `c`, `o` the
packed 1. -/
noncomputable def scaledRow (v b β β' C cb o : Nat) (cs : Shape) (c' x' x : Nat) : Bool :=
  Nat.beq (Nat.add (scaledDigits v b C cb o cs x') (Nat.mul (Nat.mul c' β) o))
    (Nat.add (Nat.mul c' x) (Nat.mul β' cb))

/-- Whether `b` bits hold both sides of `scaledRow`. -/
noncomputable def scaledBits (b v v' w w' β β' : Nat) : Bool :=
  and (Nat.ble (Nat.pow 2 v) (Nat.pow 2 b))
    (and
      (Nat.ble (Nat.succ (Nat.add (Nat.mul (Nat.pow 2 w') (Nat.pow 2 v)) (Nat.mul (Nat.pow 2 v') β)))
        (Nat.pow 2 b))
      (Nat.ble (Nat.succ (Nat.add (Nat.mul (Nat.pow 2 v') (Nat.pow 2 w)) (Nat.mul β' (Nat.pow 2 v))))
        (Nat.pow 2 b)))

/-- Whether `W'_ij c_j = c'_i W_ij`: `c_j` is digit `j` of `C` in base `2^v`, `c'_i` digit `i` of `C'` in
base `2^v'`; `rs` and `cs` have a digit for each row and each column. -/
noncomputable def PackedMatrix.isScaled (W W' : PackedMatrix) (v C v' C' b : Nat) (rs cs : Shape) :
    Bool :=
  and (and (PackedMatrix.fits W' b rs cs) (PackedMatrix.fits W b rs cs))
    (and (scaledBits b v v' W.width W'.width W.bias W'.bias)
      (force (ones b cs) fun o => force (spread v b cs C) fun cb =>
        pairRowsWith v' (scaledRow v b W.bias W'.bias C cb o cs)
          (Rows.toList (PackedMatrix.rowsAt W' b rs cs) .nil)
          (Rows.toList (PackedMatrix.rowsAt W b rs cs) .nil) C'))

/-! ## Soundness -/

/-- `scaledDigits` packs the products of the digits. -/
theorem scaledDigits_eq_pack {v b C x : Nat} {cs : Shape} {f : Nat → Nat}
    (hv : Nat.le (pow2 v) (pow2 b)) (hb : Nat.lt 1 (pow2 b)) (hf : ∀ p, Nat.lt (f p) (pow2 b))
    (hx : Eq x (pack (pow2 b) (Shape.size cs) f)) :
    Eq (scaledDigits v b C (spread v b cs C) (ones b cs) cs x)
      (pack (pow2 b) (Shape.size cs) (fun p => Nat.mul (f p) (digit v C p))) :=
  let n := Shape.size cs
  have all : Eq (pointwise b v b cs x C) (pack (pow2 b) n (fun p => Nat.mul (f p) (digit v C p))) :=
    Eq.trans (pointwise_eq_pack b v b cs x C)
      (pack_congr (pow2 b) n (fun p hp => congrArg (fun t => Nat.mul t (digit v C p))
        (Eq.trans (congrArg (fun y => digit b y p) hx) (digit_pack b n (fun p _ => hf p) hp))))
  Or.elim (bool_em (Nat.beq (spread v b cs C) (ones b cs)))
    (fun h =>
      have one := pack_inj b n (f := digit v C) (g := fun _ => 1)
        (fun p _ => Nat.le_trans (digit_lt v C p) hv) (fun _ _ => hb)
        (Eq.trans (Eq.symm (spread_eq_pack hv cs C))
          (Eq.trans (Nat.eq_of_beq_eq_true h) (ones_eq_pack b cs)))
      Eq.trans (congrArg (fun c => pick c x (pointwise b v b cs x C)) h)
        (Eq.trans hx (pack_congr (pow2 b) n (fun p hp => Eq.symm
          (Eq.trans (congrArg (Nat.mul (f p)) (one p hp)) (nat_mul_one (f p)))))))
    (fun h => Eq.trans (congrArg (fun c => pick c x (pointwise b v b cs x C)) h) all)

/-- `(a - b) c = a c - b c`. -/
theorem diff_mul_ofNat (a b c : Nat) :
    Eq (Int.mul (diff a b) (Int.ofNat c)) (diff (Nat.mul a c) (Nat.mul b c)) :=
  Eq.trans (congrArg (Int.mul (diff a b)) (Eq.symm (diff_zero c)))
    (Eq.trans (diff_mul a b c 0) (diff_eq (nat_ring (vars3 a b c))))

/-- `u' c + c' β = c' u + β' c` gives `(u' - β') c = c' (u - β)`. -/
theorem diff_scaled {u u' c c' β β' : Nat}
    (h : Eq (Nat.add (Nat.mul u' c) (Nat.mul c' β)) (Nat.add (Nat.mul c' u) (Nat.mul β' c))) :
    Eq (Int.mul (diff u' β') (Int.ofNat c)) (Int.mul (Int.ofNat c') (diff u β)) :=
  Eq.trans (diff_mul_ofNat u' β' c)
    (Eq.trans
      (diff_eq (Eq.trans (congrArg (Nat.add (Nat.mul u' c)) (nat_mul_comm β c'))
        (Eq.trans h (congrArg (fun t => Nat.add t (Nat.mul β' c)) (nat_mul_comm c' u)))))
      (Eq.trans (Eq.symm (diff_mul_ofNat u β c')) (int_mul_comm (diff u β) (Int.ofNat c'))))

/-- `isScaled` that says yes is right: `W'_ij c_j = c'_i W_ij`. -/
theorem PackedMatrix.isScaled_sound {W W' : PackedMatrix} {v C v' C' b : Nat} {rs cs : Shape}
    (h : Eq (PackedMatrix.isScaled W W' v C v' C' b rs cs) true) (i j : Nat) (hi : Nat.lt i W.rows)
    (hj : Nat.lt j W.cols) :
    Eq (Int.mul (PackedMatrix.entry W' i j) (Int.ofNat (digit v C j)))
      (Int.mul (Int.ofNat (digit v' C' i)) (PackedMatrix.entry W i j)) :=
  have hW' := (bool_and (bool_and h).left).left
  have hW := (bool_and (bool_and h).left).right
  have hb := bool_and (bool_and (bool_and h).right).left
  have hb' := bool_and hb.right
  have r : Eq (Shape.size rs) W.rows := Nat.eq_of_beq_eq_true (bool_and (bool_and hW).left).left
  have c : Eq (Shape.size cs) W.cols := Nat.eq_of_beq_eq_true (bool_and (bool_and hW).left).right
  have r' : Eq (Shape.size rs) W'.rows := Nat.eq_of_beq_eq_true (bool_and (bool_and hW').left).left
  have c' : Eq (Shape.size cs) W'.cols := Nat.eq_of_beq_eq_true (bool_and (bool_and hW').left).right
  have hi' : Nat.lt i W'.rows := Eq.subst (motive := fun n => Nat.lt i n) (Eq.trans (Eq.symm r) r') hi
  let n := Shape.size cs
  let f' := PackedMatrix.digitAt W' i
  let f := PackedMatrix.digitAt W i
  let d := digit v' C' i
  have row := pairRowsWith_sound (Rows.toList (PackedMatrix.rowsAt W' b rs cs) .nil)
    (Rows.toList (PackedMatrix.rowsAt W b rs cs) .nil) C' (bool_and (bool_and h).right).right i
    (Eq.subst (motive := fun n => Nat.lt i n)
      (Eq.symm (Eq.trans (Rows.len_toList (PackedMatrix.rowsAt W' b rs cs) .nil)
        (Eq.trans (nat_zero_add _) (PackedMatrix.count_rowsAt hW')))) hi')
  have x' : Eq (nth 0 (Rows.toList (PackedMatrix.rowsAt W' b rs cs) .nil) i) (pack (pow2 b) n f') :=
    Eq.trans (Rows.nth_toList _ i)
      (Eq.trans (PackedMatrix.get_rowsAt hW' hi')
        (congrArg (fun m => pack (pow2 b) m f') (Eq.symm c')))
  have x : Eq (nth 0 (Rows.toList (PackedMatrix.rowsAt W b rs cs) .nil) i) (pack (pow2 b) n f) :=
    Eq.trans (Rows.nth_toList _ i)
      (Eq.trans (PackedMatrix.get_rowsAt hW hi)
        (congrArg (fun m => pack (pow2 b) m f) (Eq.symm c)))
  have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
  have wide (p : Nat) : Nat.lt (f' p) (pow2 b) :=
    Nat.le_trans (PackedMatrix.digitAt_lt W' i p)
      (Nat.le_of_ble_eq_true (bool_and (bool_and hW').right).right)
  have two : Nat.lt 1 (pow2 b) := Nat.le_trans
    (Nat.succ_le_succ (Nat.le_trans (nat_mul_le_mul (pow2_pos W'.width) (pow2_pos v))
      (nat_le_add _ _)))
    (Nat.le_of_ble_eq_true hb'.left)
  have left : Eq (Nat.add (scaledDigits v b C (spread v b cs C) (ones b cs) cs (nth 0 (Rows.toList
        (PackedMatrix.rowsAt W' b rs cs) .nil) i)) (Nat.mul (Nat.mul d W.bias) (ones b cs)))
      (pack (pow2 b) n (fun p => Nat.add (Nat.mul (f' p) (digit v C p)) (Nat.mul d W.bias))) :=
    Eq.symm (Eq.trans (pack_add (pow2 b) n _ (fun _ => Nat.mul d W.bias))
      (congr2 Nat.add
        (Eq.symm (scaledDigits_eq_pack (Nat.le_of_ble_eq_true hb.left) two wide x'))
        (pack_const b (Nat.mul d W.bias) cs)))
  have right : Eq (Nat.add (Nat.mul d (nth 0 (Rows.toList (PackedMatrix.rowsAt W b rs cs) .nil) i))
        (Nat.mul W'.bias (spread v b cs C)))
      (pack (pow2 b) n (fun p => Nat.add (Nat.mul d (f p)) (Nat.mul W'.bias (digit v C p)))) :=
    Eq.symm (Eq.trans (pack_add (pow2 b) n _ _)
      (congr2 Nat.add
        (Eq.trans (pack_mul (pow2 b) n d f) (congrArg (Nat.mul d) (Eq.symm x)))
        (Eq.trans (pack_mul (pow2 b) n W'.bias (digit v C))
          (congrArg (Nat.mul W'.bias)
            (Eq.symm (spread_eq_pack (Nat.le_of_ble_eq_true hb.left) cs C))))))
  have e := pack_inj b n
    (fun p _ => Nat.le_trans
      (Nat.succ_le_succ (nat_add_le_add
        (nat_mul_le_mul (below (PackedMatrix.digitAt_lt W' i p)) (below (digit_lt v C p)))
        (nat_mul_le_mul (below (digit_lt v' C' i)) Nat.le.refl)))
      (Nat.le_of_ble_eq_true hb'.left))
    (fun p _ => Nat.le_trans
      (Nat.succ_le_succ (nat_add_le_add
        (nat_mul_le_mul (below (digit_lt v' C' i)) (below (PackedMatrix.digitAt_lt W i p)))
        (nat_mul_le_mul_left W'.bias (below (digit_lt v C p)))))
      (Nat.le_of_ble_eq_true hb'.right))
    (Eq.trans (Eq.symm left) (Eq.trans (Nat.eq_of_beq_eq_true row) right)) j
    (Eq.subst (motive := fun m => Nat.lt j m) (Eq.symm c) hj)
  Eq.trans (congrArg (fun t => Int.mul t (Int.ofNat (digit v C j))) (PackedMatrix.entry_digitAt W' i j))
    (Eq.trans (diff_scaled e)
      (congrArg (Int.mul (Int.ofNat d)) (Eq.symm (PackedMatrix.entry_digitAt W i j))))

end LipBridge
