import LipBridge.Selection.Direction
import LipBridge.Selection.Point
/-!
# The selection among blocks of stored keys

Scores are inner products of a map `g` with stored keys, and a block has the largest score of its keys.
Of every selected block one key stays above every key of every block that is not selected. What may
close such a gap is bounded four times, the cheapest first: by the largest and by the actual length of
the key with the constant of `g`, by the length of the difference of the two keys with that constant,
and by the difference pulled through `g`, which is exact where `g` is linear.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- Row `i` of a packed matrix as a packed number, however the matrix is stored. -/
noncomputable def PackedMatrix.rowAt (K : PackedMatrix) (i : Nat) : Nat :=
  pick K.transposed (Rows.column K.width K.width i K.data) (Rows.get K.data i)

/-- A key of a selected block. -/
structure ChosenKey : Type where
  /-- The block. -/
  block : Nat
  /-- The number of the key in its block. -/
  place : Nat
  /-- The packed key. -/
  row : Nat

/-- Whether `p` holds of every key of a list. -/
noncomputable def everyChosen (p : ChosenKey → Bool) (l : List ChosenKey) : Bool :=
  List.rec (motive := fun _ => Bool) true (fun c _ ih => and (p c) ih) l

/-- Whether a key of a list is of block `i`. -/
noncomputable def someChosen (i : Nat) (l : List ChosenKey) : Bool :=
  List.rec (motive := fun _ => Bool) false (fun c _ ih => pick (Nat.beq c.block i) true ih) l

/-- What holds of every key of a list holds of the one of block `i`. -/
theorem chosen_of_some {p q : ChosenKey → Bool} {i : Nat} {l : List ChosenKey}
    (hp : Eq (everyChosen p l) true) (hq : Eq (everyChosen q l) true)
    (h : Eq (someChosen i l) true) :
    Exists fun c => And (Eq c.block i) (And (Eq (p c) true) (Eq (q c) true)) :=
  match l, hp, hq, h with
  | .nil, _, _, h => bool_absurd (Eq.symm h)
  | .cons c _, hp, hq, h => Or.elim (pick_or h)
      (fun e => ⟨c, Nat.eq_of_beq_eq_true e, (bool_and hp).left, (bool_and hq).left⟩)
      (fun e => chosen_of_some (bool_and hp).right (bool_and hq).right e)

/-- The number of a key among all. -/
noncomputable def ChosenKey.number (B : Nat) (c : ChosenKey) : Nat := Nat.add (Nat.mul c.block B) c.place

/-- What a comparison of keys needs to know. -/
structure KeyGap : Type where
  /-- The keys, one a row. -/
  keys : PackedMatrix
  /-- A digit for each entry of a key. -/
  shape : Shape
  /-- `D`: the keys are integers over it. -/
  scale : Nat
  /-- `√(P/Q)`: the constant of the map whose inner products with the keys are the scores. -/
  P : Nat
  /-- `√(P/Q)`: the constant of the map. -/
  Q : Nat
  /-- The squares of directions pulled through the map are over this number. -/
  over : Nat
  /-- Directions pulled through the map. -/
  pull : Nat → Nat → Nat
  /-- `a`: the radius is `a/b`. -/
  a : Nat
  /-- `b`: the radius is `a/b`. -/
  b : Nat
  /-- Scores are integers over `d`. -/
  d : Nat
  /-- `u`: gaps stay above `2·u/v`. -/
  u : Nat
  /-- `v`: gaps stay above `2·u/v`. -/
  v : Nat
  /-- No entry of a key is longer. -/
  entry : Nat
  /-- No squared length of a chosen key is larger. -/
  length : Nat
  /-- No score of a chosen key is lower. -/
  least : Int
  /-- A key whose score is at most this stays below the chosen ones, however long it is. -/
  cap : Int

namespace KeyGap

/-- The bias of every entry, packed. -/
noncomputable def origin (t : KeyGap) : Nat := Nat.mul t.keys.bias (ones t.keys.width t.shape)

/-- Whether a gap stays open by the constant of the map, for a difference of keys of squared length `N`. -/
noncomputable def far (t : KeyGap) (N : Nat) (z : Int) : Bool :=
  staysAbove (Nat.mul t.P N) (Nat.mul t.Q (Nat.mul t.scale t.scale)) t.a t.b t.d t.u t.v z

/-- Whether the gap of two keys stays open. -/
noncomputable def pair (t : KeyGap) (A C : Nat) (z : Int) : Bool :=
  pick (t.far (lengthSq t.keys.width t.shape A C) z) true
    (staysAbove (t.pull A C) (Nat.mul t.over (Nat.mul t.scale t.scale)) t.a t.b t.d t.u t.v z)

/-- Whether a key stays below the chosen ones; `z` are the scores. -/
noncomputable def below (t : KeyGap) (B : Nat) (l : List ChosenKey) (z : Vec Int) (q : Nat) : Bool :=
  pick (intBle (z q) t.cap) true
    (force (PackedMatrix.rowAt t.keys q) fun x => force t.origin fun o => force t.keys.width fun w =>
      pick (t.far (Nat.mul 2 (Nat.add t.length (lengthSq w t.shape x o)))
        (Int.add t.least (Int.neg (z q)))) true
      (everyChosen (fun c => t.pair c.row x (Int.add (z (ChosenKey.number B c)) (Int.neg (z q)))) l))

/-- Whether a key of the largest length that the entries allow stays below, with the score `cap`. -/
noncomputable def capped (t : KeyGap) : Bool :=
  t.far (Nat.mul 2 (Nat.add t.length (Nat.mul t.keys.cols (Nat.mul t.entry t.entry))))
    (Int.add t.least (Int.neg t.cap))

/-- Whether a chosen key is what it is taken for. -/
noncomputable def known (t : KeyGap) (B : Nat) (z : Vec Int) (c : ChosenKey) : Bool :=
  force (ChosenKey.number B c) fun q => force c.row fun x => force t.origin fun o =>
  force t.keys.width fun w =>
    and (and (Nat.ble (Nat.succ c.place) B) (Nat.beq (PackedMatrix.rowAt t.keys q) x))
      (and (intBle t.least (z q)) (Nat.ble (lengthSq w t.shape x o) t.length))

/-- Whether sizes fit. -/
noncomputable def fits (t : KeyGap) : Bool :=
  and (and (Nat.beq (Shape.size t.shape) t.keys.cols)
      (Nat.beq (Rows.count t.keys.data) (PackedMatrix.count t.keys)))
    (and (Nat.ble (Nat.succ t.keys.bias) (Nat.pow 2 t.keys.width))
      (and (Nat.ble t.keys.bias t.entry)
        (Nat.ble (Nat.pow 2 t.keys.width) (Nat.succ (Nat.add t.keys.bias t.entry)))))

/-- The check of a selection of blocks of `B` keys: the listed blocks are `k`, each has a chosen key, and
every key of every other block stays below all chosen ones. -/
noncomputable def stay (t : KeyGap) (m B k : Nat) (l : List Nat) (c : List ChosenKey) (z : Vec Int) : Bool :=
  and (and (and (and (Nat.beq (count m (oneOf l)) k) (Nat.ble 1 B)) t.capped)
      (and t.fits (everyChosen (t.known B z) c)))
    (everyBelow m fun i => pick (oneOf l i) (someChosen i c)
      (everyBelow B fun s => force (Nat.add (Nat.mul i B) s) fun q => t.below B c z q))

end KeyGap

section

/-- A row packs the digits of its entries. -/
theorem digit_rowAt {K : PackedMatrix} (h : Eq (Nat.beq (Rows.count K.data) (PackedMatrix.count K)) true)
    (i : Nat) {j : Nat} (hj : Nat.lt j K.cols) :
    Eq (digit K.width (PackedMatrix.rowAt K i) j) (PackedMatrix.digitAt K i j) :=
  match K, h, hj with
  | .mk _ _ _ _ false _, _, _ => rfl
  | .mk _ cols w _ true data, h, hj =>
    have c : Eq (Rows.count data) cols := Nat.eq_of_beq_eq_true h
    Eq.trans (congrArg (fun x => digit w x j) (Rows.column_walk w w i data (fun _ => 0)))
      (digit_pack w (Rows.count data) (f := fun r => digit w (Rows.get data r) i)
        (fun p _ => digit_lt w (Rows.get data p) i)
        (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm c) hj))

section
variable {R : Type u} [OrderedRing R]

/-- The difference of two rows. -/
theorem images_between {K : PackedMatrix}
    (h : Eq (Nat.beq (Rows.count K.data) (PackedMatrix.count K)) true) (p q : Nat) {j : Nat}
    (hj : Nat.lt j K.cols) :
    Eq (images (between K.width (PackedMatrix.rowAt K p) (PackedMatrix.rowAt K q)) j : R)
      (sub (ofInt (PackedMatrix.entry K p j)) (ofInt (PackedMatrix.entry K q j))) :=
  have e (i : Nat) : Eq (ofInt (PackedMatrix.entry K i j) : R)
      (sub (ofNat (PackedMatrix.digitAt K i j)) (ofNat K.bias)) :=
    Eq.trans (congrArg ofInt (PackedMatrix.entry_digitAt K i j)) (ofInt_diff _ _)
  Eq.trans (ofInt_diff _ _)
    (Eq.trans (congr2 sub (congrArg ofNat (digit_rowAt h p hj)) (congrArg ofNat (digit_rowAt h q hj)))
      (Eq.symm (Eq.trans (congr2 sub (e p) (e q))
        (ring_eq (vars3 (ofNat (PackedMatrix.digitAt K p j)) (ofNat (PackedMatrix.digitAt K q j))
            (ofNat K.bias))
          (b := sub (ofNat (PackedMatrix.digitAt K p j)) (ofNat (PackedMatrix.digitAt K q j)))))))

/-- A row less the biases, where `o` packs them. -/
theorem images_origin {t : KeyGap} (h : Eq t.fits true) (q : Nat) {j : Nat} (hj : Nat.lt j t.keys.cols) :
    Eq (images (between t.keys.width (PackedMatrix.rowAt t.keys q) t.origin) j : R)
      (ofInt (PackedMatrix.entry t.keys q j)) :=
  have sizes := bool_and (bool_and h).left
  have hS : Eq (Shape.size t.shape) t.keys.cols := Nat.eq_of_beq_eq_true sizes.left
  have o : Eq (digit t.keys.width t.origin j) t.keys.bias :=
    Eq.trans
      (congrArg (fun x => digit t.keys.width x j)
        (Eq.symm (pack_const t.keys.width t.keys.bias t.shape)))
      (digit_pack t.keys.width (Shape.size t.shape)
        (fun _ _ => Nat.le_of_ble_eq_true (bool_and (bool_and h).right).left)
        (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hS) hj))
  congrArg ofInt (Eq.trans (congr2 diff (digit_rowAt sizes.right q hj) o)
    (Eq.symm (PackedMatrix.entry_digitAt t.keys q j)))

/-- `‖a - b‖² ≤ 2 (‖a‖² + ‖b‖²)`. -/
theorem normSq_vsub_le (h : Nat) (a b : Vec R) :
    le (normSq h (vsub a b)) (mul (ofNat 2) (add (normSq h a) (normSq h b))) :=
  le_via (sum_le (fun i _ => sq_sub_le (a i) (b i))) rfl
    (Eq.trans (congrArg (mul (ofNat 2)) (Eq.symm (sum_add h _ _))) (Eq.symm (sum_mul_left h (ofNat 2) _)))

/-- `(u - β)² ≤ e²` for digits `u < 2^w`, where `β ≤ e` and `2^w ≤ β + e + 1`. -/
theorem digit_sq_le {w β e u : Nat} (hu : Nat.lt u (pow2 w)) (h : Nat.le β e)
    (k : Nat.le (pow2 w) (Nat.succ (Nat.add β e))) :
    le (sq (ofInt (diff u β) : R)) (ofNat (Nat.mul e e)) :=
  have up : le (ofNat u : R) (add (ofNat β) (ofNat e)) :=
    le_congr rfl (Eq.symm (ofNat_add β e)) (ofNat_le (Nat.le_of_succ_le_succ (Nat.le_trans hu k)))
  have low : le (ofNat β : R) (ofNat e) := ofNat_le h
  le_congr rfl (ofNat_mul e e) (sq_le_sq_of_abs (abs_le
    (le_via (add_le_add_right (neg (ofNat β)) up) (ofInt_diff u β)
      (ring_eq (vars2 (ofNat β : R) (ofNat e))
        (a := ofNat e) (b := add (add (ofNat β) (ofNat e)) (neg (ofNat β)))))
    (le_trans
      (le_via
        (add_le_add_left (ofNat β) (neg_le_neg (ofNat_nonneg u)))
        (Eq.trans (congrArg neg (ofInt_diff u β))
          (ring_eq (vars2 (ofNat u : R) (ofNat β))
            (a := neg (sub (ofNat u) (ofNat β))) (b := add (ofNat β) (neg (ofNat u)))))
        (ring_eq (vars1 (ofNat β : R)) (a := ofNat β) (b := add (ofNat β) (neg zero))))
      low)))

/-- A gap that stays open stays open where it is larger. -/
theorem staysAbove_mono {P Q a b d u v : Nat} {z z' : Int} (h : Eq (staysAbove P Q a b d u v z) true)
    (hz : Int.le z z') : Eq (staysAbove P Q a b d u v z') true :=
  have c := bool_and h
  have shift : Int.le (Int.add (Int.mul (Int.ofNat v) z) (Int.neg (Int.ofNat (Nat.mul d (Nat.mul 2 u)))))
      (Int.add (Int.mul (Int.ofNat v) z') (Int.neg (Int.ofNat (Nat.mul d (Nat.mul 2 u))))) :=
    add_le_add_right (R := Int) _ (mul_le_mul_left (R := Int) (ofNat_nonneg (R := Int) v) hz)
  have low := int_le_of_ble c.left
  congr2 and (int_ble_of_le (int_le_trans low shift))
    (int_ble_of_le (int_le_trans (int_le_of_ble c.right)
      (mul_le_mul_left (R := Int) (ofNat_nonneg (R := Int) (Nat.mul Q (Nat.mul b b)))
        (sq_le_sq (R := Int) low shift))))

section
variable {n m B k N Q : Nat} {g : Vec R → Vec R} {t : KeyGap} {r : R} {c : Vec R} {x x' : Vec R}
  {z : Vec Int} {l : List Nat} {keys : List ChosenKey} {y : Nat → R}

/-- The scores of the keys. -/
noncomputable def KeyGap.scores (t : KeyGap) (g : Vec R → Vec R) (r : R) (c : Vec R) (x : Vec R) : Vec R :=
  linear t.keys.cols (PackedMatrix.entry t.keys) r c (g x)

/-- An inner product with a difference of two keys. -/
theorem dot_between {K : PackedMatrix}
    (h : Eq (Nat.beq (Rows.count K.data) (PackedMatrix.count K)) true) (p q : Nat) (y : Vec R) :
    Eq (dot K.cols y (images (between K.width (PackedMatrix.rowAt K p) (PackedMatrix.rowAt K q))))
      (sub (matVec K.cols (PackedMatrix.entry K) y p) (matVec K.cols (PackedMatrix.entry K) y q)) :=
  Eq.trans
    (sum_congr (fun j hj => Eq.trans (congrArg (mul (y j)) (images_between h p q hj))
      (ring_eq (vars3 (y j) (ofInt (PackedMatrix.entry K p j)) (ofInt (PackedMatrix.entry K q j)))
        (b := sub (mul (ofInt (PackedMatrix.entry K p j)) (y j))
          (mul (ofInt (PackedMatrix.entry K q j)) (y j))))))
    (sum_sub K.cols _ _)

/-- A gap of two scores that stays open, by a bound for the difference of their keys. -/
theorem KeyGap.above (hf : Eq t.fits true) {p q : Nat}
    (hN : DirectionBound n t.keys.cols Q N g
      (between t.keys.width (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q)))
    (hr : Eq (mul (ofNat t.scale) r) one) (hv : Over (Nat.mul m B) t.d (t.scores g r c x) z)
    (hp : Nat.lt p (Nat.mul m B)) (hq : Nat.lt q (Nat.mul m B))
    (hx : WithinRatio n (ofNat t.a) (ofNat t.b) x x')
    (h : Eq (staysAbove N (Nat.mul Q (Nat.mul t.scale t.scale)) t.a t.b t.d t.u t.v
      (Int.add (z p) (Int.neg (z q)))) true) :
    lt (ofNat (Nat.mul 2 t.u)) (mul (ofNat t.v) (sub (t.scores g r c x' p) (t.scores g r c x' q))) :=
  have hK := (bool_and (bool_and hf).left).right
  have score (y : Vec R) (i : Nat) : Eq (t.scores g r c y i)
      (add (mul r (matVec t.keys.cols (PackedMatrix.entry t.keys) (g y) i)) (c i)) :=
    linear_eq t.keys.cols (PackedMatrix.entry t.keys) r c (g y) i
  have gap (y : Vec R) : Eq (sub (t.scores g r c y p) (t.scores g r c y q))
      (add (mul r (dot t.keys.cols (g y) (images (between t.keys.width
        (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q))))) (sub (c p) (c q))) :=
    Eq.trans (congr2 sub (score y p) (score y q))
      (Eq.trans
        (ring_eq (vars5 r (matVec t.keys.cols (PackedMatrix.entry t.keys) (g y) p)
            (matVec t.keys.cols (PackedMatrix.entry t.keys) (g y) q) (c p) (c q))
          (b := add (mul r (sub (matVec t.keys.cols (PackedMatrix.entry t.keys) (g y) p)
            (matVec t.keys.cols (PackedMatrix.entry t.keys) (g y) q))) (sub (c p) (c q))))
        (congrArg (fun s => add (mul r s) (sub (c p) (c q))) (Eq.symm (dot_between hK p q (g y)))))
  gap_above (g := fun y => sub (t.scores g r c y p) (t.scores g r c y q))
    (le_via (hN x' x)
      (Eq.trans
        (congrArg (fun s => mul _ (sq s)) (Eq.trans (congr2 sub (gap x') (gap x))
          (ring_eq (vars4 r
              (dot t.keys.cols (g x') (images (between t.keys.width
                (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q))))
              (dot t.keys.cols (g x) (images (between t.keys.width
                (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q))))
              (sub (c p) (c q)))
            (b := mul r (sub
              (dot t.keys.cols (g x') (images (between t.keys.width
                (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q))))
              (dot t.keys.cols (g x) (images (between t.keys.width
                (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q)))))))))
        (Eq.trans
          (congrArg (mul _) (ring_eq (vars2 r (sub
              (dot t.keys.cols (g x') (images (between t.keys.width
                (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q))))
              (dot t.keys.cols (g x) (images (between t.keys.width
                (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q))))))
            (a := sq (mul r (sub
              (dot t.keys.cols (g x') (images (between t.keys.width
                (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q))))
              (dot t.keys.cols (g x) (images (between t.keys.width
                (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q)))))))
            (b := mul (sq r) (sq (sub
              (dot t.keys.cols (g x') (images (between t.keys.width
                (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q))))
              (dot t.keys.cols (g x) (images (between t.keys.width
                (PackedMatrix.rowAt t.keys p) (PackedMatrix.rowAt t.keys q)))))))))
          (scale_cancel hr Q _)))
      rfl)
    (gap_value (f := t.scores g r c) hv hp hq) hx h

/-- The squared length of a key, less the biases. -/
theorem KeyGap.length_eq (hf : Eq t.fits true) (q : Nat) :
    Eq (ofNat (lengthSq t.keys.width t.shape (PackedMatrix.rowAt t.keys q) t.origin) : R)
      (normSq t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys q j))) :=
  Eq.trans
    (lengthSq_eq (Nat.eq_of_beq_eq_true (bool_and (bool_and hf).left).left) _ _)
    (normSq_congr (fun _ hj => images_origin hf q hj))

/-- No key is longer than its entries allow. -/
theorem KeyGap.length_le (hf : Eq t.fits true) (q : Nat) :
    le (normSq t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys q j)) : R)
      (ofNat (Nat.mul t.keys.cols (Nat.mul t.entry t.entry))) :=
  have e := bool_and (bool_and (bool_and hf).right).right
  le_trans
    (sum_le (g := fun _ => ofNat (Nat.mul t.entry t.entry)) (fun j _ =>
      le_congr (congrArg (fun s => sq (ofInt s)) (PackedMatrix.entry_digitAt t.keys q j)) rfl
        (digit_sq_le (PackedMatrix.digitAt_lt t.keys q j) (Nat.le_of_ble_eq_true e.left)
          (Nat.le_of_ble_eq_true e.right))))
    (le_of_eq (Eq.trans (sum_const t.keys.cols _) (Eq.symm (ofNat_mul _ _))))

/-- A key that stays below a chosen one by the lengths of the two. -/
theorem KeyGap.far_sound (hf : Eq t.fits true)
    (hg : SqLipschitz n t.keys.cols (ofNat t.P) (ofNat t.Q) g)
    (hr : Eq (mul (ofNat t.scale) r) one) (hv : Over (Nat.mul m B) t.d (t.scores g r c x) z)
    {p q M : Nat} (hp : Nat.lt p (Nat.mul m B)) (hq : Nat.lt q (Nat.mul m B))
    (hx : WithinRatio n (ofNat t.a) (ofNat t.b) x x')
    (hM : le (normSq t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys q j)) : R) (ofNat M))
    (hL : Eq (Nat.ble (lengthSq t.keys.width t.shape (PackedMatrix.rowAt t.keys p) t.origin) t.length)
      true)
    (hz : Eq (intBle t.least (z p)) true)
    (h : Eq (t.far (Nat.mul 2 (Nat.add t.length M)) (Int.add t.least (Int.neg (z q)))) true) :
    lt (ofNat (Nat.mul 2 t.u)) (mul (ofNat t.v) (sub (t.scores g r c x' p) (t.scores g r c x' q))) :=
  KeyGap.above hf
    (DirectionBound.ofSq hg
      (le_trans
        (le_via (normSq_vsub_le t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys p j))
            (fun j => ofInt (PackedMatrix.entry t.keys q j)))
          (normSq_congr (fun _ hj => images_between (bool_and (bool_and hf).left).right p q hj)) rfl)
        (le_via
          (mul_le_mul_left (ofNat_nonneg 2) (add_le_add
            (le_congr (Eq.symm (KeyGap.length_eq hf p)) rfl (ofNat_le_of_ble hL)) hM))
          rfl
          (Eq.trans (ofNat_mul 2 _) (congrArg (mul (ofNat 2)) (ofNat_add t.length M))))))
    hr hv hp hq hx
    (staysAbove_mono h (add_le_add_right (R := Int) _ (int_le_of_ble hz)))

/-- A key that stays below stays below every chosen one. -/
theorem KeyGap.below_sound (hf : Eq t.fits true)
    (hg : SqLipschitz n t.keys.cols (ofNat t.P) (ofNat t.Q) g)
    (hd : DirectionBounds n t.keys.cols t.over t.keys.width g t.pull)
    (hr : Eq (mul (ofNat t.scale) r) one) (hv : Over (Nat.mul m B) t.d (t.scores g r c x) z)
    {i q : Nat} (hi : Nat.lt i m) (hq : Nat.lt q (Nat.mul m B))
    (hx : WithinRatio n (ofNat t.a) (ofNat t.b) x x') (hc : Eq t.capped true)
    (hk : Eq (everyChosen (t.known B z) keys) true) (hs : Eq (someChosen i keys) true)
    (h : Eq (t.below B keys z q) true) :
    Exists fun s => And (Nat.lt s B) (lt (ofNat (Nat.mul 2 t.u)) (mul (ofNat t.v)
      (sub (t.scores g r c x' (Nat.add (Nat.mul i B) s)) (t.scores g r c x' q)))) :=
  have use {p : ChosenKey → Bool} (hp : Eq (everyChosen p keys) true)
      (then_ : ∀ e, Nat.lt (ChosenKey.number B e) (Nat.mul m B) →
        Eq (PackedMatrix.rowAt t.keys (ChosenKey.number B e)) e.row →
        Eq (intBle t.least (z (ChosenKey.number B e))) true →
        Eq (Nat.ble (lengthSq t.keys.width t.shape e.row t.origin) t.length) true → Eq (p e) true →
        lt (ofNat (Nat.mul 2 t.u)) (mul (ofNat t.v)
          (sub (t.scores g r c x' (ChosenKey.number B e)) (t.scores g r c x' q)))) :
      Exists fun s => And (Nat.lt s B) (lt (ofNat (Nat.mul 2 t.u)) (mul (ofNat t.v)
        (sub (t.scores g r c x' (Nat.add (Nat.mul i B) s)) (t.scores g r c x' q)))) :=
    match chosen_of_some hk hp hs with
    | ⟨e, eb, ek, ep⟩ =>
      have k := bool_and ek
      have place := Nat.le_of_ble_eq_true (bool_and k.left).left
      have number : Eq (ChosenKey.number B e) (Nat.add (Nat.mul i B) e.place) :=
        congrArg (fun b => Nat.add (Nat.mul b B) e.place) eb
      have inside : Nat.lt (ChosenKey.number B e) (Nat.mul m B) :=
        Eq.subst (motive := fun p => Nat.lt p (Nat.mul m B)) (Eq.symm number) (nat_block_lt hi place)
      ⟨e.place, place, Eq.subst
        (motive := fun p => lt (ofNat (Nat.mul 2 t.u)) (mul (ofNat t.v)
          (sub (t.scores g r c x' p) (t.scores g r c x' q)))) number
        (then_ e inside (Nat.eq_of_beq_eq_true (bool_and k.left).right) (bool_and k.right).left
          (bool_and k.right).right ep)⟩
  have lengths {M : Nat}
      (hM : le (normSq t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys q j)) : R) (ofNat M))
      (e : Eq (t.far (Nat.mul 2 (Nat.add t.length M)) (Int.add t.least (Int.neg (z q)))) true) :=
    use hk (fun _ inside row low long _ => KeyGap.far_sound hf hg hr hv inside hq hx hM
      (Eq.subst (motive := fun X => Eq (Nat.ble (lengthSq t.keys.width t.shape X t.origin) t.length) true)
        (Eq.symm row) long) low e)
  Or.elim (pick_or h)
    (fun e => lengths (KeyGap.length_le hf q) (staysAbove_mono hc
      (int_add_le_add_left t.least (neg_le_neg (R := Int) (int_le_of_ble e)))))
    (fun h => Or.elim (pick_or h)
      (lengths (le_of_eq (Eq.symm (KeyGap.length_eq hf q))))
      (fun h => use h (fun e inside row _ _ ep =>
        have ep' : Eq (t.pair (PackedMatrix.rowAt t.keys (ChosenKey.number B e))
            (PackedMatrix.rowAt t.keys q)
            (Int.add (z (ChosenKey.number B e)) (Int.neg (z q)))) true :=
          Eq.subst (motive := fun X => Eq (t.pair X (PackedMatrix.rowAt t.keys q)
            (Int.add (z (ChosenKey.number B e)) (Int.neg (z q)))) true) (Eq.symm row) ep
        Or.elim (pick_or ep')
          (KeyGap.above hf
            (DirectionBounds.ofSq hg (Nat.eq_of_beq_eq_true (bool_and (bool_and hf).left).left) _ _ _)
            hr hv inside hq hx)
          (KeyGap.above hf (hd _ _) hr hv inside hq hx))))

/-- The selection among blocks of stored keys. Let `g` have the constant `√(P/Q)` and pull directions as
said, let the scores at `x` be `z/d`, and let the check say yes. Then at every `x'` with
`‖x' - x‖ ≤ a/b`, for block scores `y` that are computed within `u/v` of the exact ones there, the listed
blocks are the only top-k set. -/
theorem KeyGap.selection (hg : SqLipschitz n t.keys.cols (ofNat t.P) (ofNat t.Q) g)
    (hd : DirectionBounds n t.keys.cols t.over t.keys.width g t.pull)
    (hr : Eq (mul (ofNat t.scale) r) one) (hv : Over (Nat.mul m B) t.d (t.scores g r c x) z)
    (h : Eq (t.stay m B k l keys z) true) (hx : WithinRatio n (ofNat t.a) (ofNat t.b) x x')
    (hy : WithinError m t.u t.v (blockMax B (t.scores g r c x')) y) : UniqueTopK m k y (oneOf l) :=
  have head := bool_and (bool_and h).left
  have sizes := bool_and (bool_and head.left).left
  have keysOk := bool_and head.right
  have each := everyBelow_sound (bool_and h).right
  unique_of_separated (Nat.eq_of_beq_eq_true sizes.left) (fun i j hi hj ei ej =>
    computed_lt hy hi hj (match maxOver_mem (Nat.le_of_ble_eq_true sizes.right)
        (fun s => t.scores g r c x' (Nat.add (Nat.mul j B) s)) with
    | ⟨s, hs, e⟩ =>
      match KeyGap.below_sound keysOk.left hg hd hr hv hi (nat_block_lt hj hs) hx
          (bool_and head.left).right keysOk.right
          (pick_true ei (each i hi)) (everyBelow_sound (pick_false ej (each j hj)) s hs) with
      | ⟨_, hp, low⟩ => lt_of_lt_of_le low
        (mul_le_mul_left (ofNat_nonneg t.v) (add_le_add
          (le_maxOver (fun s => t.scores g r c x' (Nat.add (Nat.mul i B) s)) hp)
          (le_of_eq (congrArg neg (Eq.symm e)))))))

end

end

end

set_option linter.unusedVariables false

/-- What the elaborator takes `KeyGap.stay` for; see `StepKernelOnly.lean`. -/
def KeyGap.stay._sunfold (t : KeyGap) (m B k : Nat) (l : List Nat) (c : List ChosenKey) (z : Vec Int) :
    Bool := true

/-- What the elaborator takes `PackedMatrix.pullFits` for. -/
def PackedMatrix.pullFits._sunfold (W : PackedMatrix) (w b : Nat) (rs cs : Shape) : Bool := true

/-- What the elaborator takes `gainFits` for. -/
def gainFits._sunfold (v s t w b k : Nat) (sh : Shape) : Bool := true

end LipBridge
