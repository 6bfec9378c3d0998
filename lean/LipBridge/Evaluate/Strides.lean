import LipBridge.Certificate.GramEntries
/-!
# Sums of packed rows without spreading each of them

A sum of rows with weights needs wider digits than the rows have. Every `n`-th digit of a row has room
enough, and a mask cuts these out: so a row is `n` such numbers side by side, and only the sum of all rows
has its digits moved to where they belong.
-/

set_option autoImplicit false

namespace LipBridge

/-- Digit `(q, j)` of a grid. -/
theorem digit_grid {b k m : Nat} {X : Nat → Nat → Nat} (h : ∀ j q, Nat.lt (X j q) (pow2 b))
    {q j : Nat} (hq : Nat.lt q m) (hj : Nat.lt j k) :
    Eq (digit b (grid b k m X) (Nat.add (Nat.mul k q) j)) (X j q) :=
  Eq.trans (Eq.symm (digit_digit b k (grid b k m X) q hj))
    (Eq.trans
      (congrArg (fun x => digit b x j)
        (digit_pack (Nat.mul b k) m (fun q _ => pack_lt b k (fun j => h j q)) hq))
      (digit_pack b k (fun j _ => h j q) hj))

/-- `Σ_l 2^(S l) g_l`, by shifts. -/
noncomputable def beside (S n : Nat) (g : Nat → Nat) : Nat :=
  natSum n fun l => Nat.shiftLeft (g l) (Nat.mul S l)

/-- It packs them, wide as they may be. -/
theorem beside_eq (S n : Nat) (g : Nat → Nat) : Eq (beside S n g) (pack (pow2 S) n g) :=
  Nat.rec (motive := fun n => Eq (beside S n g) (pack (pow2 S) n g)) rfl
    (fun n ih => Eq.trans
      (congr2 Nat.add ih (Eq.trans (shiftLeft_eq_mul (g n) (Nat.mul S n))
        (congrArg (fun t => Nat.mul t (g n)) (pow2_mul S n))))
      (Eq.symm (pack_last (pow2 S) n g))) n

/-- Two packings change places. -/
theorem pack_comm (B C n N : Nat) (F : Nat → Nat → Nat) :
    Eq (pack B n (fun l => pack C N (F l))) (pack C N (fun q => pack B n (fun l => F l q))) :=
  Nat.rec
    (motive := fun N => ∀ F : Nat → Nat → Nat,
      Eq (pack B n (fun l => pack C N (F l))) (pack C N (fun q => pack B n (fun l => F l q))))
    (fun _ => pack_zero B n)
    (fun N ih F => Eq.trans
      (pack_add B n (fun l => F l 0) (fun l => Nat.mul C (pack C N (fun q => F l (Nat.succ q)))))
      (congrArg (Nat.add (pack B n (fun l => F l 0)))
        (Eq.trans (pack_mul B n C _)
          (congrArg (Nat.mul C) (ih (fun l q => F l (Nat.succ q))))))) N F

/-- The digits of every `n`-th place, `N` of them. -/
noncomputable def strideMask (w n N : Nat) : Nat :=
  Nat.mul (Nat.sub (Nat.pow 2 w) 1) (rep (Nat.mul w n) N)

/-- The digits `l, n + l, 2n + l, …` of each `l < n`, side by side; `S = w n N`. -/
noncomputable def strided (w n S m x : Nat) : Nat :=
  force (salt x) fun x =>
    beside S n fun l => Nat.land (Nat.shiftRight x (Nat.add 32 (Nat.mul w l))) m

/-- Digits that stand side by side, in their places: `M` digits in base `2^b`, `N ≤ 2^t`. -/
noncomputable def unstrided (w n b t N S M z : Nat) : Nat :=
  Nat.land
    (beside b n fun l =>
      spreadTo (Nat.mul w n) (Nat.mul b n) t N (Nat.shiftRight z (Nat.mul S l)))
    (Nat.sub (Nat.pow 2 (Nat.mul b M)) 1)

section
variable {w n b N : Nat}

/-- Every `n`-th digit, cut out. -/
theorem stride_eq (hw : Nat.lt 0 w) (hn : Nat.lt 0 n) (l x : Nat) :
    Eq (Nat.land (Nat.shiftRight x (Nat.mul w l)) (strideMask w n N))
      (pack (pow2 (Nat.mul w n)) N (fun q => digit w x (Nat.add (Nat.mul n q) l))) :=
  let e := Nat.mul w n
  let y := Nat.shiftRight x (Nat.mul w l)
  let c := Nat.sub (pow2 w) 1
  have he : Nat.lt 0 e := nat_mul_le_mul (a := 1) (c := 1) hw hn
  have wide : Nat.le w e := Eq.subst (motive := fun t => Nat.le t e) (nat_mul_one w)
    (nat_mul_le_mul_left w hn)
  have hc : Nat.lt c (pow2 e) :=
    Nat.le_trans (Eq.subst (motive := fun t => Nat.le t (pow2 w))
      (Eq.symm (nat_sub_add_cancel (pow2_pos w))) Nat.le.refl) (pow2_le wide)
  have mask : Eq (strideMask w n N) (pack (pow2 e) N (fun _ => c)) := rep_mul he c N
  have split : Eq y (Nat.add (pack (pow2 e) N (digit e y))
      (Nat.mul (pow2 (Nat.mul e N)) (Nat.shiftRight y (Nat.mul e N)))) :=
    Eq.trans (Eq.symm (pack_digit_add e N y))
      (congrArg (fun t => Nat.add (pack (pow2 e) N (digit e y))
        (Nat.mul t (Nat.shiftRight y (Nat.mul e N)))) (Eq.symm (pow2_mul e N)))
  Eq.trans (congr2 Nat.land split mask)
    (Eq.trans
      (land_append (Nat.mul e N) (Nat.shiftRight y (Nat.mul e N)) 0
        (pack_lt e N (fun p => digit_lt e y p)) (pack_lt e N (fun _ => hc)))
      (Eq.trans
        (congr2 (fun s t => Nat.add s (Nat.mul (pow2 (Nat.mul e N)) t))
          (land_pack e N (fun p => digit_lt e y p) (fun _ => hc))
          (land_mask _ (lt_pow2 _)).left)
        (pack_congr (pow2 e) N (fun q _ => Eq.trans (land_eq_mod (digit e y q) w)
          (Eq.trans (digit_digit w n y q hn)
            (Eq.trans (Eq.symm (digit_add w x l (Nat.mul n q)))
              (congrArg (digit w x) (nat_add_comm l (Nat.mul n q)))))))))

/-- A row, its digits side by side. -/
theorem strided_eq (hw : Nat.lt 0 w) (hn : Nat.lt 0 n) (x : Nat) :
    Eq (strided w n (Nat.mul (Nat.mul w n) N) (strideMask w n N) x)
      (grid (Nat.mul w n) N n (fun q l => digit w x (Nat.add (Nat.mul n q) l))) :=
  Eq.trans (beside_eq _ n _)
    (pack_congr _ n (fun l _ => Eq.trans
      (congrArg (fun t => Nat.land t (strideMask w n N))
        (Eq.trans (shiftRight_add (salt x) 32 (Nat.mul w l))
          (congrArg (fun t => Nat.shiftRight t (Nat.mul w l)) (salt_shift x))))
      (stride_eq hw hn l x)))

/-- Digits in their places again. -/
theorem unstrided_eq {t M : Nat} {Y : Nat → Nat} (hw : Nat.le w b) (hb : Nat.le b (Nat.mul w n))
    (hM : Nat.le M (Nat.mul n N)) (ht : Nat.le N (Nat.pow 2 t)) (hY : ∀ i, Nat.lt (Y i) (pow2 b)) :
    Eq (unstrided w n b t N (Nat.mul (Nat.mul w n) N) M
        (grid (Nat.mul w n) N n (fun q l => Y (Nat.add (Nat.mul n q) l))))
      (pack (pow2 b) M Y) :=
  let e := Nat.mul w n
  let z := grid e N n (fun q l => Y (Nat.add (Nat.mul n q) l))
  have small (q l : Nat) : Nat.lt (Y (Nat.add (Nat.mul n q) l)) (pow2 e) :=
    Nat.le_trans (hY _) (pow2_le hb)
  have row (l : Nat) (hl : Nat.lt l n) :
      Eq (spreadTo e (Nat.mul b n) t N (Nat.shiftRight z (Nat.mul (Nat.mul e N) l)))
        (pack (pow2 (Nat.mul b n)) N (fun q => Y (Nat.add (Nat.mul n q) l))) :=
    Eq.trans
      (spreadTo_eq_pack
        (nat_mul_le_mul hw (Nat.le.refl (n := n))) ht _)
      (pack_congr _ N (fun q hq => Eq.trans
        (congrArg (fun s => digit e (Nat.shiftRight z s) q) (nat_mul_assoc e N l))
        (Eq.trans (Eq.symm (digit_add e z (Nat.mul N l) q)) (digit_grid small hl hq))))
  have whole : Eq
      (beside b n fun l => spreadTo e (Nat.mul b n) t N
        (Nat.shiftRight z (Nat.mul (Nat.mul e N) l)))
      (pack (pow2 b) (Nat.mul n N) Y) :=
    Eq.trans (beside_eq b n _)
      (Eq.trans (pack_congr (pow2 b) n row)
        (Eq.trans (pack_comm (pow2 b) (pow2 (Nat.mul b n)) n N
            (fun l q => Y (Nat.add (Nat.mul n q) l)))
          (Eq.trans
            (congrArg (fun B => pack B N (fun q => pack (pow2 b) n
              (fun l => Y (Nat.add (Nat.mul n q) l)))) (pow2_mul b n))
            (Eq.symm (pack_blocks (pow2 b) n N Y)))))
  match nat_exists_of_le hM with
  | ⟨k, f⟩ =>
    Eq.trans (land_eq_mod _ (Nat.mul b M))
      (mod_shiftRight_eq (pack_lt b M (fun p => hY p))
        (Eq.trans whole
          (Eq.trans (congrArg (fun c => pack (pow2 b) c Y) (Eq.symm f))
            (Eq.trans (pack_append (pow2 b) M k Y)
              (congrArg (fun B => Nat.add (pack (pow2 b) M Y)
                (Nat.mul B (pack (pow2 b) k (fun p => Y (Nat.add M p)))))
                (Eq.symm (pow2_mul b M))))))).left

end

/-- How many digits are passed over from one of a number to the next. -/
noncomputable def strideOf (w b : Nat) : Nat := Nat.succ (Nat.div b w)

/-- `sum f` for sums of rows of digits below `2^w` where `f` spreads them to base `2^b`. -/
noncomputable def stridedSum (w b : Nat) (sh : Shape) (sum : (Nat → Nat) → Nat) : Nat :=
  force (strideOf w b) fun n => force (Nat.succ (Nat.div (Shape.size sh) n)) fun N =>
  force (Nat.mul (Nat.mul w n) N) fun S => force (strideMask w n N) fun m =>
  force (sum (strided w n S m)) fun z => unstrided w n b (Shape.depth sh) N S (Shape.size sh) z

/-- Whether the numbers that `stridedSum` works with fit. -/
noncomputable def strideFits (w b : Nat) (sh : Shape) : Bool :=
  force (strideOf w b) fun n => force (Nat.succ (Nat.div (Shape.size sh) n)) fun N =>
    and (and (Nat.ble 1 w) (Nat.ble b (Nat.mul w n)))
      (and (Nat.ble (Shape.size sh) (Nat.mul n N)) (Nat.ble N (Nat.pow 2 (Shape.depth sh))))

section
variable {w b : Nat} {t : Rows} {a : Nat → Nat} {sum : (Nat → Nat) → Nat}

/-- A sum of rows with weights `a_r`, for any stride. -/
theorem strided_total {n N d M : Nat} (hw : Nat.lt 0 w) (hn : Nat.lt 0 n) (wb : Nat.le w b)
    (hb : Nat.le b (Nat.mul w n)) (hM : Nat.le M (Nat.mul n N)) (hd : Nat.le N (Nat.pow 2 d))
    (hs : ∀ f, Eq (sum f) (natSum (Rows.count t) (fun r => Nat.mul (a r) (f (Rows.get t r)))))
    (small : ∀ i, Nat.lt
      (natSum (Rows.count t) (fun r => Nat.mul (a r) (digit w (Rows.get t r) i))) (pow2 b)) :
    Eq
      (unstrided w n b d N (Nat.mul (Nat.mul w n) N) M
        (sum (strided w n (Nat.mul (Nat.mul w n) N) (strideMask w n N))))
      (pack (pow2 b) M (fun i =>
        natSum (Rows.count t) (fun r => Nat.mul (a r) (digit w (Rows.get t r) i)))) :=
  Eq.trans
    (congrArg (unstrided w n b d N (Nat.mul (Nat.mul w n) N) M)
      (Eq.trans (hs _)
        (Eq.trans
          (natSum_congr (fun r _ => Eq.trans
            (congrArg (Nat.mul (a r)) (strided_eq hw hn (Rows.get t r)))
            (Eq.symm (grid_mul (a r)
              (fun q l => digit w (Rows.get t r) (Nat.add (Nat.mul n q) l))))))
          (Eq.symm (grid_natSum (Rows.count t) (fun r q l =>
            Nat.mul (a r) (digit w (Rows.get t r) (Nat.add (Nat.mul n q) l))))))))
    (unstrided_eq (Y := fun i =>
        natSum (Rows.count t) (fun r => Nat.mul (a r) (digit w (Rows.get t r) i)))
      wb hb hM hd small)

/-- A sum of rows with weights `a_r`. -/
theorem stridedSum_eq {sh : Shape} (h : Eq (strideFits w b sh) true) (hw : Nat.le (pow2 w) (pow2 b))
    (hs : ∀ f, Eq (sum f) (natSum (Rows.count t) (fun r => Nat.mul (a r) (f (Rows.get t r)))))
    (small : ∀ i, Nat.lt
      (natSum (Rows.count t) (fun r => Nat.mul (a r) (digit w (Rows.get t r) i))) (pow2 b)) :
    Eq (stridedSum w b sh sum) (pack (pow2 b) (Shape.size sh) (fun i =>
      natSum (Rows.count t) (fun r => Nat.mul (a r) (digit w (Rows.get t r) i)))) :=
  have g := bool_and (bool_and h).left
  have k := bool_and (bool_and h).right
  strided_total (n := strideOf w b) (N := Nat.succ (Nat.div (Shape.size sh) (strideOf w b)))
    (d := Shape.depth sh) (Nat.le_of_ble_eq_true g.left) (Nat.succ_le_succ (Nat.zero_le _))
    (le_of_pow2_le hw) (Nat.le_of_ble_eq_true g.right) (Nat.le_of_ble_eq_true k.left)
    (Nat.le_of_ble_eq_true k.right) hs small

end

end LipBridge
