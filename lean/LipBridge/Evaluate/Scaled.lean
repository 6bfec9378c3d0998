import LipBridge.Evaluate.Pointwise
/-!
# Rows and columns of a packed matrix multiplied by numbers

Whether `W' diag(c) = diag(c') W`: `W'_ij c_j = c'_i W_ij` for the packed numbers `c`, `c'` of positive
scalings. All rows stand in one number, each entry a digit, so that it is one equality of two numbers. Two
matrices that are kept by columns are compared as their transposes, for which `c` and `c'` change places.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## All rows in one number -/

/-- The first `n ≤ 2^t` digits of `m` rows in base `2^w`, in base `2^b`, each row at a digit of base
`2^(b 2^t)`: level by level, all rows at once. -/
noncomputable def Rows.flat (w b n t m : Nat) (x : Rows) : Nat :=
  Plan.run
    (plan w b (lastLevels w b t) (Nat.sub t (lastLevels w b t)) (rep (Nat.mul b (Nat.pow 2 t)) m))
    (Rows.column (Nat.mul w n) (Nat.mul b (Nat.pow 2 t)) 0 x)

/-- It packs the digits of all rows. -/
theorem Rows.flat_eq {w b n t m : Nat} {x : Rows} (hb : Nat.lt 0 b) (hw : Nat.le w b)
    (hn : Nat.le n (Nat.pow 2 t)) (hm : Eq (Rows.count x) m) :
    Eq (Rows.flat w b n t m x)
      (grid b (Nat.pow 2 t) m (fun j r => LipBridge.cut n (digit w (Rows.get x r)) j)) :=
  let f := lastLevels w b t
  let e := Nat.mul w n
  let S := Nat.mul b (Nat.pow 2 t)
  let h : Nat → Nat := fun r => digit e (Rows.get x r) 0
  have hS : Nat.lt 0 S := nat_mul_le_mul (a := 1) (c := 1) hb (pow2_pos t)
  have ft : Eq (Nat.add f (Nat.sub t f)) t :=
    Eq.trans (nat_add_comm f (Nat.sub t f)) (nat_sub_add_cancel (lastLevels_fit w b t).left)
  have run := plan_run hw (lastLevels_fit w b t).right (Nat.sub t f) m h
    (fun r => Eq.subst (motive := fun t => Nat.lt (h r) (pow2 (Nat.mul w (Nat.pow 2 t))))
      (Eq.symm ft) (cut_lt_block w hn (Rows.get x r)))
  have run' : Eq (Plan.run (plan w b f (Nat.sub t f) (pack (pow2 S) m (fun _ => 1)))
      (pack (pow2 S) m h)) (pack (pow2 S) m (fun r => blockOf w b t (h r))) :=
    Eq.subst (motive := fun z => Eq
        (Plan.run (plan w b f (Nat.sub t f) (pack (pow2 (Nat.mul b (Nat.pow 2 z))) m (fun _ => 1)))
          (pack (pow2 (Nat.mul b (Nat.pow 2 z))) m h))
        (pack (pow2 (Nat.mul b (Nat.pow 2 z))) m (fun r => blockOf w b z (h r)))) ft run
  have rows : Eq (Rows.column e S 0 x) (pack (pow2 S) m h) :=
    Eq.trans (Rows.column_walk e S 0 x (fun _ => 0))
      (congrArg (fun k => pack (pow2 S) k h) hm)
  Eq.trans
    (congr2 (fun o y => Plan.run (plan w b f (Nat.sub t f) o) y) (rep_eq_pack hS m) rows)
    (Eq.trans run' (pack_congr _ m (fun r _ =>
      Eq.trans (blockOf_cut w b hn (Rows.get x r)) (pack_cut (pow2 b) hn (digit w (Rows.get x r))))))

/-- The transpose: the same numbers, read the other way. -/
noncomputable def PackedMatrix.turn (W : PackedMatrix) : PackedMatrix :=
  .mk W.cols W.rows W.width W.bias (not W.transposed) W.data

/-- Its entries. -/
theorem PackedMatrix.entry_turn (W : PackedMatrix) (i j : Nat) :
    Eq (PackedMatrix.entry (PackedMatrix.turn W) i j) (PackedMatrix.entry W j i) :=
  match W with
  | .mk _ _ _ _ true _ => rfl
  | .mk _ _ _ _ false _ => rfl

/-- The rows of a matrix, in the base of its digits, however it is kept. -/
noncomputable def PackedMatrix.narrow (W : PackedMatrix) (rs cs : Shape) : Rows :=
  pick W.transposed (PackedMatrix.rowsAt W W.width rs cs) W.data

/-- They are as many as the matrix has, and have the digits of its entries. -/
theorem PackedMatrix.narrow_eq {W : PackedMatrix} {b : Nat} {rs cs : Shape}
    (h : Eq (PackedMatrix.fits W b rs cs) true) :
    And (Eq (Rows.count (PackedMatrix.narrow W rs cs)) W.rows)
      (∀ i j, Nat.lt i W.rows → Nat.lt j W.cols →
        Eq (digit W.width (Rows.get (PackedMatrix.narrow W rs cs) i) j) (PackedMatrix.digitAt W i j)) :=
  match W, h with
  | .mk rows cols w β true data, h =>
    let W : PackedMatrix := .mk rows cols w β true data
    have k := bool_and h
    have own : Eq (PackedMatrix.fits W w rs cs) true :=
      congr2 and k.left (congr2 and (bool_and k.right).left
        (Nat.ble_eq_true_of_le (Nat.le.refl (n := pow2 w))))
    ⟨PackedMatrix.count_rowsAt own, fun i j hi hj =>
      Eq.trans (congrArg (fun x => digit w x j) (PackedMatrix.get_rowsAt own hi))
        (digit_pack w cols (fun p _ => PackedMatrix.digitAt_lt W i p) hj)⟩
  | .mk _ _ _ _ false _, h =>
    ⟨Nat.eq_of_beq_eq_true (bool_and (bool_and h).right).left, fun _ _ _ _ => rfl⟩

/-- `spreadTo`, where all digits are often 1: then nothing is moved. -/
noncomputable def spreadOnes (w b t n x : Nat) : Nat :=
  pick (and (Nat.ble 1 w) (Nat.beq x (rep w n))) (rep b n) (spreadTo w b t n x)

/-- It packs the digits in the wider base. -/
theorem spreadOnes_eq_pack {w b t n : Nat} (hb : Nat.lt 0 b) (hw : Nat.le w b)
    (hn : Nat.le n (Nat.pow 2 t)) (x : Nat) :
    Eq (spreadOnes w b t n x) (pack (pow2 b) n (digit w x)) :=
  let c := and (Nat.ble 1 w) (Nat.beq x (rep w n))
  have all := spreadTo_eq_pack hw hn x
  Or.elim (bool_em c)
    (fun h =>
      have pos := Nat.le_of_ble_eq_true (bool_and h).left
      have one (p : Nat) (hp : Nat.lt p n) : Eq (digit w x p) 1 :=
        Eq.trans
          (congrArg (fun x => digit w x p)
            (Eq.trans (Nat.eq_of_beq_eq_true (bool_and h).right) (rep_eq_pack pos n)))
          (digit_pack w n (f := fun _ => 1) (fun _ _ => pow2_le (v := 1) pos) hp)
      Eq.trans (congrArg (fun c => pick c (rep b n) (spreadTo w b t n x)) h)
        (Eq.trans (rep_eq_pack hb n) (pack_congr _ n (fun p hp => Eq.symm (one p hp)))))
    (fun h => Eq.trans (congrArg (fun c => pick c (rep b n) (spreadTo w b t n x)) h) all)

/-! ## The check -/

/-- Whether `b` bits hold `u' c + c' β` and `c' u + β' c`, where `c` has `v` bits, `u` has `w`. -/
noncomputable def scaledBits (b v v' w w' β β' : Nat) : Bool :=
  and (and (Nat.ble 1 b) (and (Nat.ble v b) (Nat.ble v' b)))
    (and
      (Nat.ble (Nat.succ (Nat.add (Nat.mul (Nat.pow 2 w') (Nat.pow 2 v)) (Nat.mul (Nat.pow 2 v') β)))
        (Nat.pow 2 b))
      (Nat.ble (Nat.succ (Nat.add (Nat.mul (Nat.pow 2 v') (Nat.pow 2 w)) (Nat.mul β' (Nat.pow 2 v))))
        (Nat.pow 2 b)))

/-- Whether `(u'_rj - β') c_j = c'_r (u_rj - β)` for `m ≤ 2^s` rows `x'`, `x` of `n ≤ 2^t` digits `u'`,
`u`: `u' c + β c' = c' u + β' c`, every digit at its place. -/
noncomputable def scaledRows (m n s t : Nat) (w β : Nat) (x : Rows) (w' β' : Nat) (x' : Rows)
    (v C v' C' b : Nat) : Bool :=
  and (and (and (Nat.ble m (Nat.pow 2 s)) (Nat.ble n (Nat.pow 2 t)))
      (and (Nat.ble w b) (and (Nat.ble w' b) (scaledBits b v v' w w' β β'))))
    (force (Nat.mul b (Nat.pow 2 t)) fun g =>
      force (rep g m) fun l => force (Nat.mul (rep b (Nat.pow 2 t)) l) fun o =>
      force (Nat.mul (spreadTo v b t n C) l) fun c =>
      force (Nat.mul (rep b n) (spreadOnes v' g s m C')) fun c' =>
      force (Rows.flat w b n t m x) fun u => force (Rows.flat w' b n t m x') fun u' =>
        Nat.beq (Nat.add (planes b v o c u') (Nat.mul β c'))
          (Nat.add (planes b v' o c' u) (Nat.mul β' c)))

/-- Whether `W'_ij c_j = c'_i W_ij`: `c_j` is digit `j` of `C` in base `2^v`, `c'_i` digit `i` of `C'` in
base `2^v'`; `rs` and `cs` have a digit for each row and each column. -/
noncomputable def PackedMatrix.isScaled (W W' : PackedMatrix) (v C v' C' b : Nat) (rs cs : Shape) :
    Bool :=
  and (and (PackedMatrix.fits W' b rs cs) (PackedMatrix.fits W b rs cs))
    (force (Shape.depth rs) fun s => force (Shape.depth cs) fun t =>
      pick (and W.transposed W'.transposed)
        (scaledRows W.cols W.rows t s W'.width W'.bias W'.data W.width W.bias W.data v' C' v C b)
        (scaledRows W.rows W.cols s t W.width W.bias (PackedMatrix.narrow W rs cs)
          W'.width W'.bias (PackedMatrix.narrow W' rs cs) v C v' C' b))

/-! ## Soundness -/

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

/-- `scaledRows` that says yes is right. -/
theorem scaledRows_sound {m n s t w β w' β' v C v' C' b : Nat} {x x' : Rows}
    (h : Eq (scaledRows m n s t w β x w' β' x' v C v' C' b) true) (hx : Eq (Rows.count x) m)
    (hx' : Eq (Rows.count x') m) {r j : Nat} (hr : Nat.lt r m) (hj : Nat.lt j n) :
    Eq (Int.mul (diff (digit w' (Rows.get x' r) j) β') (Int.ofNat (digit v C j)))
      (Int.mul (Int.ofNat (digit v' C' r)) (diff (digit w (Rows.get x r) j) β)) :=
  have k := bool_and (bool_and h).left
  have hm := Nat.le_of_ble_eq_true (bool_and k.left).left
  have ht := Nat.le_of_ble_eq_true (bool_and k.left).right
  have hw := Nat.le_of_ble_eq_true (bool_and k.right).left
  have hw' := Nat.le_of_ble_eq_true (bool_and (bool_and k.right).right).left
  have bits := bool_and (bool_and (bool_and k.right).right).right
  have hb := Nat.le_of_ble_eq_true (bool_and bits.left).left
  have hv := Nat.le_of_ble_eq_true (bool_and (bool_and bits.left).right).left
  have hv' := Nat.le_of_ble_eq_true (bool_and (bool_and bits.left).right).right
  let K := Nat.pow 2 t
  let g := Nat.mul b K
  let u : Nat → Nat → Nat := fun j r => cut n (digit w (Rows.get x r)) j
  let u' : Nat → Nat → Nat := fun j r => cut n (digit w' (Rows.get x' r)) j
  let d : Nat → Nat := cut n (digit v C)
  let d' : Nat → Nat → Nat := fun j r => Nat.mul (cut n (fun _ => 1) j) (digit v' C' r)
  let l := rep g m
  let o := Nat.mul (rep b K) l
  let c := Nat.mul (spreadTo v b t n C) l
  let c' := Nat.mul (rep b n) (spreadOnes v' g s m C')
  have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
  have hg : Nat.lt 0 g := nat_mul_le_mul (a := 1) (c := 1) hb (pow2_pos t)
  have wide : Nat.le v' g := Nat.le_trans hv'
    (Eq.subst (motive := fun k => Nat.le k g) (nat_mul_one b) (nat_mul_le_mul_left b (pow2_pos t)))
  have small {w y j : Nat} : Nat.lt (cut n (digit w y) j) (pow2 w) := Or.elim (nat_lt_or_ge j n)
    (fun h => Eq.subst (motive := fun z => Nat.lt z (pow2 w)) (Eq.symm (cut_lt h)) (digit_lt w y j))
    (fun h => Eq.subst (motive := fun z => Nat.lt z (pow2 w)) (Eq.symm (cut_ge h)) (pow2_pos w))
  have small' (j r : Nat) : Nat.lt (d' j r) (pow2 v') := Nat.le_trans
    (Nat.succ_le_succ (nat_mul_le_mul
      (cut_le (f := fun _ => 1) (fun _ => Nat.le.refl) j) (Nat.le.refl (n := digit v' C' r))))
    (Eq.subst (motive := fun z => Nat.lt z (pow2 v'))
      (Eq.symm (Eq.trans (nat_mul_comm 1 _) (nat_mul_one (digit v' C' r)))) (digit_lt v' C' r))
  have ho : Eq o (grid b K m (fun _ _ => 1)) :=
    Eq.trans (congr2 Nat.mul (rep_eq_pack hb K) (rep_eq_pack hg m))
      (grid_outer (fun _ => 1) (fun _ => 1))
  have hc : Eq c (grid b K m (fun j _ => d j)) :=
    Eq.trans (rep_mul hg (spreadTo v b t n C) m)
      (pack_congr _ m (fun _ _ => Eq.trans (spreadTo_eq_pack hv ht C)
        (pack_cut (pow2 b) ht (digit v C))))
  have hc' : Eq c' (grid b K m d') :=
    Eq.trans
      (congr2 Nat.mul (Eq.trans (rep_eq_pack hb n) (pack_cut (pow2 b) ht (fun _ => 1)))
        (spreadOnes_eq_pack hg wide hm C'))
      (grid_outer (cut n (fun _ => 1)) (digit v' C'))
  let L : Nat → Nat → Nat := fun j r => Nat.add (Nat.mul (d j) (u' j r)) (Nat.mul β (d' j r))
  let R : Nat → Nat → Nat := fun j r => Nat.add (Nat.mul (d' j r) (u j r)) (Nat.mul β' (d j))
  have left : Eq (Nat.add (planes b v o c (Rows.flat w' b n t m x')) (Nat.mul β c')) (grid b K m L) :=
    Eq.trans
      (congr2 Nat.add
        (planes_eq_grid hv (fun _ _ => Nat.le_trans small (pow2_le hw')) (fun _ _ => small) ho hc
          (Rows.flat_eq hb hw' ht hx'))
        (Eq.trans (congrArg (Nat.mul β) hc') (Eq.symm (grid_mul β _))))
      (Eq.symm (grid_add _ _))
  have right : Eq (Nat.add (planes b v' o c' (Rows.flat w b n t m x)) (Nat.mul β' c)) (grid b K m R) :=
    Eq.trans
      (congr2 Nat.add
        (planes_eq_grid hv' (fun _ _ => Nat.le_trans small (pow2_le hw)) small' ho hc'
          (Rows.flat_eq hb hw ht hx))
        (Eq.trans (congrArg (Nat.mul β') hc) (Eq.symm (grid_mul β' _))))
      (Eq.symm (grid_add _ _))
  have hL (j r : Nat) : Nat.lt (L j r) (pow2 b) := Nat.le_trans
    (Nat.succ_le_succ (nat_add_le_add
      (Eq.subst (motive := fun k => Nat.le (Nat.mul (d j) (u' j r)) k)
        (nat_mul_comm (pow2 v) (pow2 w')) (nat_mul_le_mul (below small) (below small)))
      (Eq.subst (motive := fun k => Nat.le (Nat.mul β (d' j r)) k) (nat_mul_comm β (pow2 v'))
        (nat_mul_le_mul_left β (below (small' j r))))))
    (Nat.le_of_ble_eq_true (bool_and bits.right).left)
  have hR (j r : Nat) : Nat.lt (R j r) (pow2 b) := Nat.le_trans
    (Nat.succ_le_succ (nat_add_le_add (nat_mul_le_mul (below (small' j r)) (below small))
      (nat_mul_le_mul_left β' (below small))))
    (Nat.le_of_ble_eq_true (bool_and bits.right).right)
  have hj' : Nat.lt j K := Nat.le_trans hj ht
  have e : Eq (L j r) (R j r) :=
    Eq.trans (Eq.symm (digit_grid hL hr hj'))
      (Eq.trans
        (congrArg (fun z => digit b z (Nat.add (Nat.mul K r) j))
          (Eq.trans (Eq.symm left)
            (Eq.trans (Nat.eq_of_beq_eq_true (bool_and h).right) right)))
        (digit_grid hR hr hj'))
  have one : Eq (d' j r) (digit v' C' r) :=
    Eq.trans (congrArg (fun z => Nat.mul z (digit v' C' r)) (cut_lt (f := fun _ => 1) hj))
      (Eq.trans (nat_mul_comm 1 _) (nat_mul_one (digit v' C' r)))
  have dj : Eq (d j) (digit v C j) := cut_lt hj
  have uj : Eq (u j r) (digit w (Rows.get x r) j) := cut_lt hj
  have uj' : Eq (u' j r) (digit w' (Rows.get x' r) j) := cut_lt hj
  diff_scaled (Eq.trans
    (Eq.symm (congr2 Nat.add
      (Eq.trans (nat_mul_comm (d j) (u' j r)) (congr2 Nat.mul uj' dj))
      (Eq.trans (nat_mul_comm β (d' j r)) (congrArg (fun z => Nat.mul z β) one))))
    (Eq.trans e (congr2 Nat.add (congr2 Nat.mul one uj) (congrArg (Nat.mul β') dj))))

/-- `isScaled` that says yes is right: `W'_ij c_j = c'_i W_ij`. -/
theorem PackedMatrix.isScaled_sound {W W' : PackedMatrix} {v C v' C' b : Nat} {rs cs : Shape}
    (h : Eq (PackedMatrix.isScaled W W' v C v' C' b rs cs) true) (i j : Nat) (hi : Nat.lt i W.rows)
    (hj : Nat.lt j W.cols) :
    Eq (Int.mul (PackedMatrix.entry W' i j) (Int.ofNat (digit v C j)))
      (Int.mul (Int.ofNat (digit v' C' i)) (PackedMatrix.entry W i j)) :=
  have hW' := (bool_and (bool_and h).left).left
  have hW := (bool_and (bool_and h).left).right
  have dims {U : PackedMatrix} (h : Eq (PackedMatrix.fits U b rs cs) true) :
      And (Eq (Shape.size rs) U.rows) (Eq (Shape.size cs) U.cols) :=
    ⟨Nat.eq_of_beq_eq_true (bool_and (bool_and h).left).left,
      Nat.eq_of_beq_eq_true (bool_and (bool_and h).left).right⟩
  have sameRows : Eq W.rows W'.rows := Eq.trans (Eq.symm (dims hW).left) (dims hW').left
  have sameCols : Eq W.cols W'.cols := Eq.trans (Eq.symm (dims hW).right) (dims hW').right
  have entries {f f' : Nat} (hf : Eq f (PackedMatrix.digitAt W i j))
      (hf' : Eq f' (PackedMatrix.digitAt W' i j))
      (e : Eq (Int.mul (diff f' W'.bias) (Int.ofNat (digit v C j)))
        (Int.mul (Int.ofNat (digit v' C' i)) (diff f W.bias))) :
      Eq (Int.mul (PackedMatrix.entry W' i j) (Int.ofNat (digit v C j)))
        (Int.mul (Int.ofNat (digit v' C' i)) (PackedMatrix.entry W i j)) :=
    Eq.trans
      (congrArg (fun z => Int.mul z (Int.ofNat (digit v C j)))
        (Eq.trans (PackedMatrix.entry_digitAt W' i j)
          (congrArg (fun u => diff u W'.bias) (Eq.symm hf'))))
      (Eq.trans e
        (congrArg (Int.mul (Int.ofNat (digit v' C' i)))
          (Eq.trans (congrArg (fun u => diff u W.bias) hf)
            (Eq.symm (PackedMatrix.entry_digitAt W i j)))))
  let s := Shape.depth rs
  let t := Shape.depth cs
  let byColumns := scaledRows W.cols W.rows t s W'.width W'.bias W'.data W.width W.bias W.data v' C' v C b
  let byRows := scaledRows W.rows W.cols s t W.width W.bias (PackedMatrix.narrow W rs cs)
    W'.width W'.bias (PackedMatrix.narrow W' rs cs) v C v' C' b
  have kept {U : PackedMatrix} (h : Eq (PackedMatrix.fits U b rs cs) true)
      (k : Eq U.transposed true) : And (Eq (Rows.count U.data) U.cols)
        (Eq (digit U.width (Rows.get U.data j) i) (PackedMatrix.digitAt U i j)) :=
    ⟨Eq.trans (Nat.eq_of_beq_eq_true (bool_and (bool_and h).right).left)
        (congrArg (fun c => pick c U.cols U.rows) k),
      Eq.symm (congrArg (fun c => pick c (digit U.width (Rows.get U.data j) i)
        (digit U.width (Rows.get U.data i) j)) k)⟩
  have read : Eq (pick (and W.transposed W'.transposed) byColumns byRows) true := (bool_and h).right
  Or.elim (bool_em (and W.transposed W'.transposed))
    (fun k =>
      have q := kept hW (bool_and k).left
      have q' := kept hW' (bool_and k).right
      have e := scaledRows_sound
        (Eq.trans (Eq.symm (congrArg (fun c => pick c byColumns byRows) k)) read)
        (Eq.trans q'.left (Eq.symm sameCols)) q.left hj hi
      entries q.right q'.right
        (Eq.trans (int_mul_comm _ _) (Eq.trans (Eq.symm e) (int_mul_comm _ _))))
    (fun k =>
      have q := PackedMatrix.narrow_eq hW
      have q' := PackedMatrix.narrow_eq hW'
      entries (q.right i j hi hj)
        (q'.right i j (Eq.subst (motive := fun n => Nat.lt i n) sameRows hi)
          (Eq.subst (motive := fun n => Nat.lt j n) sameCols hj))
        (scaledRows_sound
          (Eq.trans (Eq.symm (congrArg (fun c => pick c byColumns byRows) k)) read)
          q.left (Eq.trans q'.left (Eq.symm sameRows)) hi hj))

end LipBridge
