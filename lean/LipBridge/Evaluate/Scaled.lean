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

/-- The rows of `n` digits in base `2^w`, one after the other, with digits in base `2^b`; `2^t` digits at
most in all. -/
noncomputable def Rows.flat (w b n t m : Nat) (x : Rows) : Nat :=
  spreadTo w b t (Nat.mul n m) (Rows.column (Nat.mul w n) (Nat.mul w n) 0 x)

/-- It packs the digits of all rows. -/
theorem Rows.flat_eq {w b n t m : Nat} {x : Rows} (hw : Nat.le w b)
    (ht : Nat.le (Nat.mul n m) (Nat.pow 2 t)) (hm : Eq (Rows.count x) m) :
    Eq (Rows.flat w b n t m x) (grid b n m (fun j r => digit w (Rows.get x r) j)) :=
  let e := Nat.mul w n
  let X := Rows.column e e 0 x
  have all : Eq X (pack (pow2 e) m (fun r => digit e (Rows.get x r) 0)) :=
    Eq.trans (Rows.column_walk e e 0 x (fun _ => 0))
      (congrArg (fun k => pack (pow2 e) k (fun r => digit e (Rows.get x r) 0)) hm)
  have place (y q : Nat) {j : Nat} (hj : Nat.lt j n) :
      Eq (digit w (digit e y q) j) (digit w y (Nat.add (Nat.mul n q) j)) := digit_digit w n y q hj
  Eq.trans (spreadTo_eq_pack hw ht X)
    (Eq.trans (pack_blocks (pow2 b) n m (digit w X))
      (Eq.trans
        (congrArg (fun B => pack B m (fun r => pack (pow2 b) n
          (fun j => digit w X (Nat.add (Nat.mul n r) j)))) (Eq.symm (pow2_mul b n)))
        (pack_congr _ m (fun r hr => pack_congr _ n (fun j hj =>
          Eq.trans (Eq.symm (place X r hj))
            (Eq.trans
              (congrArg (fun y => digit w y j) (Eq.trans (congrArg (fun y => digit e y r) all)
                (digit_pack e m (fun r _ => digit_lt e (Rows.get x r) 0) hr)))
              (Eq.trans (place (Rows.get x r) 0 hj)
                (congrArg (digit w (Rows.get x r)) (nat_zero_add j)))))))))

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
  and (and (and (Nat.ble 1 n) (and (Nat.ble m (Nat.pow 2 s)) (Nat.ble n (Nat.pow 2 t))))
      (and (Nat.ble w b) (and (Nat.ble w' b) (scaledBits b v v' w w' β β'))))
    (force (rep (Nat.mul b n) m) fun l => force (rep b n) fun k => force (Nat.add t s) fun d =>
      force (Nat.mul k l) fun o =>
      force (Nat.mul (spreadTo v b t n C) l) fun c =>
      force (Nat.mul k (spreadTo v' (Nat.mul b n) s m C')) fun c' =>
      force (Rows.flat w b n d m x) fun u => force (Rows.flat w' b n d m x') fun u' =>
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
  have hn := Nat.le_of_ble_eq_true (bool_and k.left).left
  have hm := Nat.le_of_ble_eq_true (bool_and (bool_and k.left).right).left
  have ht := Nat.le_of_ble_eq_true (bool_and (bool_and k.left).right).right
  have hw := Nat.le_of_ble_eq_true (bool_and k.right).left
  have hw' := Nat.le_of_ble_eq_true (bool_and (bool_and k.right).right).left
  have bits := bool_and (bool_and (bool_and k.right).right).right
  have hb := Nat.le_of_ble_eq_true (bool_and bits.left).left
  have hv := Nat.le_of_ble_eq_true (bool_and (bool_and bits.left).right).left
  have hv' := Nat.le_of_ble_eq_true (bool_and (bool_and bits.left).right).right
  let e := Nat.mul b n
  let f : Nat → Nat → Nat := fun j r => digit w (Rows.get x r) j
  let f' : Nat → Nat → Nat := fun j r => digit w' (Rows.get x' r) j
  let l := rep e m
  let k := rep b n
  let o := Nat.mul k l
  let d := Nat.add t s
  let c := Nat.mul (spreadTo v b t n C) l
  let c' := Nat.mul k (spreadTo v' e s m C')
  have he : Nat.lt 0 e := nat_mul_le_mul (a := 1) (c := 1) hb hn
  have all : Nat.le (Nat.mul n m) (pow2 d) :=
    Eq.subst (motive := fun k => Nat.le (Nat.mul n m) k) (Eq.symm (nat_pow_add 2 t s))
      (nat_mul_le_mul ht hm)
  have narrow : Nat.le v' e := Nat.le_trans hv'
    (Eq.subst (motive := fun k => Nat.le k e) (nat_mul_one b) (nat_mul_le_mul_left b hn))
  have ho : Eq o (grid b n m (fun _ _ => 1)) :=
    Eq.trans (congr2 Nat.mul (rep_eq_pack hb n) (rep_eq_pack he m)) (grid_outer (fun _ => 1) (fun _ => 1))
  have hc : Eq c (grid b n m (fun j _ => digit v C j)) :=
    Eq.trans (rep_mul he (spreadTo v b t n C) m)
      (pack_congr _ m (fun _ _ => spreadTo_eq_pack hv ht C))
  have hc' : Eq c' (grid b n m (fun _ r => digit v' C' r)) :=
    Eq.trans
      (congr2 Nat.mul (rep_eq_pack hb n) (spreadTo_eq_pack narrow hm C'))
      (Eq.trans (grid_outer (fun _ => 1) (digit v' C'))
        (grid_congr (fun _ r _ _ => Eq.trans (nat_mul_comm 1 _) (nat_mul_one (digit v' C' r)))))
  have hu := Rows.flat_eq (x := x) hw all hx
  have hu' := Rows.flat_eq (x := x') hw' all hx'
  have wide {w : Nat} (hw : Nat.le w b) (x : Rows) (j r : Nat) :
      Nat.lt (digit w (Rows.get x r) j) (pow2 b) := Nat.le_trans (digit_lt w _ j) (pow2_le hw)
  let L : Nat → Nat → Nat := fun j r =>
    Nat.add (Nat.mul (digit v C j) (f' j r)) (Nat.mul β (digit v' C' r))
  let R : Nat → Nat → Nat := fun j r =>
    Nat.add (Nat.mul (digit v' C' r) (f j r)) (Nat.mul β' (digit v C j))
  have left : Eq (Nat.add (planes b v o c (Rows.flat w' b n d m x')) (Nat.mul β c')) (grid b n m L) :=
    Eq.trans
      (congr2 Nat.add
        (planes_eq_grid hv (wide hw' x') (fun j _ => digit_lt v C j) ho hc hu')
        (Eq.trans (congrArg (Nat.mul β) hc') (Eq.symm (grid_mul β _))))
      (Eq.symm (grid_add _ _))
  have right : Eq (Nat.add (planes b v' o c' (Rows.flat w b n d m x)) (Nat.mul β' c)) (grid b n m R) :=
    Eq.trans
      (congr2 Nat.add
        (planes_eq_grid hv' (wide hw x) (fun _ r => digit_lt v' C' r) ho hc' hu)
        (Eq.trans (congrArg (Nat.mul β') hc) (Eq.symm (grid_mul β' _))))
      (Eq.symm (grid_add _ _))
  have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
  have hL (j r : Nat) : Nat.lt (L j r) (pow2 b) := Nat.le_trans
    (Nat.succ_le_succ (nat_add_le_add
      (Eq.subst (motive := fun k => Nat.le (Nat.mul (digit v C j) (f' j r)) k)
        (nat_mul_comm (pow2 v) (pow2 w'))
        (nat_mul_le_mul (below (digit_lt v C j)) (below (digit_lt w' (Rows.get x' r) j))))
      (Eq.subst (motive := fun k => Nat.le (Nat.mul β (digit v' C' r)) k) (nat_mul_comm β (pow2 v'))
        (nat_mul_le_mul_left β (below (digit_lt v' C' r))))))
    (Nat.le_of_ble_eq_true (bool_and bits.right).left)
  have hR (j r : Nat) : Nat.lt (R j r) (pow2 b) := Nat.le_trans
    (Nat.succ_le_succ (nat_add_le_add
      (nat_mul_le_mul (below (digit_lt v' C' r)) (below (digit_lt w (Rows.get x r) j)))
      (nat_mul_le_mul_left β' (below (digit_lt v C j)))))
    (Nat.le_of_ble_eq_true (bool_and bits.right).right)
  have e : Eq (L j r) (R j r) :=
    Eq.trans (Eq.symm (digit_grid hL hr hj))
      (Eq.trans
        (congrArg (fun z => digit b z (Nat.add (Nat.mul n r) j))
          (Eq.trans (Eq.symm left)
            (Eq.trans (Nat.eq_of_beq_eq_true (bool_and h).right) right)))
        (digit_grid hR hr hj))
  diff_scaled
    (Eq.trans
      (congr2 Nat.add (nat_mul_comm (f' j r) (digit v C j)) (nat_mul_comm (digit v' C' r) β)) e)

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
