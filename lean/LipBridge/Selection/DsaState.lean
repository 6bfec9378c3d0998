import LipBridge.Layers.Stack
import LipBridge.Selection.Dsa
import LipBridge.Selection.Projected
import LipBridge.Selection.ProjectedState
/-!
# The selection of DeepSeek's sparse attention at full size, near a hidden state

`x ↦ P B_h (g ⊙ A x)`, the query of head `h` up to a positive factor, and `x ↦ W x`, the head weights, have the
constants that the certificates of the stored matrices give, and values at a stored point that the kernel computes.
With them a selection that stays near queries and head weights stays near the hidden state. docs/theorems.md §3.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- Row `h` of a matrix that is stored by rows, as a matrix. -/
noncomputable def PackedMatrix.rowOf (W : PackedMatrix) (h : Nat) : PackedMatrix :=
  .mk 1 W.cols W.width W.bias false (Rows.one (Rows.get W.data h))

/-- The entries of one row. -/
theorem PackedMatrix.entry_rowOf {W : PackedMatrix} (hW : Eq W.transposed false) (h j : Nat) :
    Eq (PackedMatrix.entry (PackedMatrix.rowOf W h) 0 j) (PackedMatrix.entry W h j) :=
  match W, hW with
  | .mk _ _ _ _ false _, _ => rfl

section
variable {R : Type u} [OrderedRing R]

/-- A multiple `p·s` of a map, where `s = 1/k`. -/
theorem LipschitzOn.scaled {n m N D k p : Nat} {s : R} {S : Vec R → Prop} {f : Vec R → Vec R}
    (h : LipschitzOn n m (ofNat N : R) (ofNat D) S f) (hs : Eq (mul (ofNat k) s) one) :
    LipschitzOn n m (ofNat (Nat.mul N p)) (ofNat (Nat.mul D k)) S
      (fun x => vsmul (mul (ofNat p) s) (f x)) where
  num_nonneg := ofNat_nonneg _
  den_pos := lt_congr rfl (ofNat_mul D k) (mul_pos h.den_pos (pos_of_reciprocal hs))
  bound x y hx hy :=
    le_via (mul_le_mul_left (sq_nonneg (ofNat p)) (h.bound x y hx hy))
      (Eq.trans
        (congr2 mul (congrArg sq (ofNat_mul D k))
          (Eq.trans
            (normSq_congr (fun i _ => ring_eq (vars3 (mul (ofNat p) s) (f x i) (f y i))
              (a := sub (mul (mul (ofNat p) s) (f x i)) (mul (mul (ofNat p) s) (f y i)))
              (b := mul (mul (ofNat p) s) (sub (f x i) (f y i)))))
            (normSq_smul m (mul (ofNat p) s) (vsub (f x) (f y)))))
        (Eq.trans
          (ring_eq (vars5 (ofNat D) (ofNat k) s (ofNat p) (distSq m (f x) (f y)))
            (a := mul (sq (mul (ofNat D) (ofNat k)))
              (mul (sq (mul (ofNat p) s)) (distSq m (f x) (f y))))
            (b := mul (sq (mul (ofNat k) s))
              (mul (sq (ofNat p)) (mul (sq (ofNat D)) (distSq m (f x) (f y))))))
          (Eq.trans (congrArg (fun t => mul (sq t) _) hs)
            (ring_eq (vars1 (mul (sq (ofNat p)) (mul (sq (ofNat D)) (distSq m (f x) (f y)))))
              (a := mul (sq one) (mul (sq (ofNat p)) (mul (sq (ofNat D)) (distSq m (f x) (f y)))))
              (b := mul (sq (ofNat p)) (mul (sq (ofNat D)) (distSq m (f x) (f y))))))))
      (Eq.trans (congrArg (fun t => mul (sq t) _) (ofNat_mul N p))
        (ring_eq (vars3 (ofNat N) (ofNat p) (distSq n x y))
          (a := mul (sq (mul (ofNat N) (ofNat p))) (distSq n x y))
          (b := mul (sq (ofNat p)) (mul (sq (ofNat N)) (distSq n x y)))))

/-! ## Values at the point -/

/-- A packed product with one row: `W x` where `x` is known. -/
theorem Over.product {n m D b : Nat} {X W M : PackedMatrix} {rs ms cs : Shape} {x : Vec R}
    (h : Eq (PackedMatrix.isProduct X (PackedMatrix.flip W) M b rs ms cs) true) (hX : Eq X.cols n)
    (hr : Eq X.rows 1) (hW : Eq W.rows m) (hx : Over n D x (PackedMatrix.entry X 0)) :
    Over m D (matVec n (PackedMatrix.entry W) x) (PackedMatrix.entry M 0) :=
  match n, m, hX, hW, hx with
  | _, _, rfl, rfl, hx => fun i hi => Eq.trans (over_row (w := PackedMatrix.entry W i) hx)
      (congrArg ofInt (Eq.symm (Eq.trans
        (PackedMatrix.isProduct_sound h 0 i
          (Eq.subst (motive := fun r => Nat.lt 0 r) (Eq.symm hr) Nat.le.refl) hi)
        (sum_ext (R := Int) X.cols (fun j => Eq.trans
          (congrArg (Int.mul (PackedMatrix.entry X 0 j)) (PackedMatrix.entry_flip W j i))
          (mul_comm (R := Int) (PackedMatrix.entry X 0 j) (PackedMatrix.entry W i j)))))))

/-- A matrix in pieces at a point. -/
theorem Over.stackRows {n m k D : Nat} {A B : Nat → Nat → Int} {x : Vec R} {v w : Vec Int}
    (hA : Over m D (matVec n A x) v) (hB : Over k D (matVec n B x) w) :
    Over (Nat.add m k) D (matVec n (LipBridge.stackRows m A B) x) (LipBridge.append m v w) :=
  Over.congr (fun i _ => matVec_stackRows n m A B x i) (hA.append hB)

/-- Whether the entries of `v` times the gain are those of `w`. -/
noncomputable def isGained (l : Nat) (g v w : Nat → Int) : Bool :=
  everyBelow l fun t => intBeq (w t) (Int.mul (g t) (v t))

/-- The gain of the latent at a point. -/
theorem Over.gained {l D : Nat} {g : Nat → Int} {y : Vec R} {v w : Vec Int} (h : Over l D y v)
    (hg : Eq (isGained l g v w) true) : Over l D (fun t => mul (ofInt (g t)) (y t)) w :=
  fun t ht => Eq.trans (ring_eq (vars3 (ofNat D) (ofInt (g t)) (y t))
      (a := mul (ofNat D) (mul (ofInt (g t)) (y t))) (b := mul (ofInt (g t)) (mul (ofNat D) (y t))))
    (Eq.trans (congrArg (mul (ofInt (g t))) (h t ht))
      (Eq.trans (Eq.symm (ofInt_mul (g t) (v t)))
        (congrArg ofInt (Eq.symm (int_eq_of_beq (everyBelow_sound hg t ht))))))

/-- Whether row `h` of `M` is `W x`, where `x` is the one row of `X`. -/
noncomputable def headOk (m b : Nat) (X W M : PackedMatrix) (h : Nat) (ms cs : Shape) : Bool :=
  and (Nat.beq W.rows m)
    (PackedMatrix.isProduct X (PackedMatrix.flip W) (PackedMatrix.rowOf M h) b Shape.one ms cs)

/-- A row that was computed by itself. -/
theorem Over.head {n m D b h : Nat} {X W M : PackedMatrix} {ms cs : Shape} {x : Vec R}
    (k : Eq (headOk m b X W M h ms cs) true) (hX : Eq X.cols n) (hr : Eq X.rows 1)
    (hM : Eq M.transposed false) (hx : Over n D x (PackedMatrix.entry X 0)) :
    Over m D (matVec n (PackedMatrix.entry W) x) (PackedMatrix.entry M h) :=
  (Over.product (bool_and k).right hX hr (Nat.eq_of_beq_eq_true (bool_and k).left) hx).known
    (fun j _ => PackedMatrix.entry_rowOf hM h j)

/-- The rows of `M` are those of `E` turned by `P`: a packed product with many rows. -/
theorem Over.turned {d H D b : Nat} {E P M : PackedMatrix} {rs ms cs : Shape} {y : Vec R} {h : Nat}
    (k : Eq (PackedMatrix.isProduct E (PackedMatrix.flip P) M b rs ms cs) true) (hE : Eq E.cols d)
    (hH : Eq E.rows H) (hP : Eq P.rows d) (hh : Nat.lt h H) (hy : Over d D y (PackedMatrix.entry E h)) :
    Over d D (matVec d (PackedMatrix.entry P) y) (PackedMatrix.entry M h) :=
  match H, hH, hh with
  | _, rfl, hh => fun i hi => Eq.trans (over_row (w := PackedMatrix.entry P i) hy)
      (congrArg ofInt (Eq.symm (Eq.trans
        (PackedMatrix.isProduct_sound k h i hh
          (Eq.subst (motive := fun r => Nat.lt i r) (Eq.symm hP) hi))
        (Eq.trans
          (congrArg (fun n => sum (R := Int) n (fun j =>
            Int.mul (PackedMatrix.entry E h j) (PackedMatrix.entry (PackedMatrix.flip P) j i))) hE)
          (sum_ext (R := Int) d (fun j => Eq.trans
            (congrArg (Int.mul (PackedMatrix.entry E h j)) (PackedMatrix.entry_flip P j i))
            (mul_comm (R := Int) (PackedMatrix.entry E h j) (PackedMatrix.entry P i j))))))))

/-! ## Rounded values -/

/-- `1/D` of `1/(D z)`. -/
theorem part_reciprocal {D z K : Nat} {r : R} (h : Eq (isTimes D z K) true)
    (hr : Eq (mul (ofNat K) r) one) : Eq (mul (ofNat D) (mul (ofNat z) r)) one :=
  Eq.trans (Eq.symm (mul_assoc (ofNat D) (ofNat z) r))
    (Eq.trans (congrArg (fun t => mul t r) (Eq.trans (Eq.symm (ofNat_mul D z))
      (congrArg ofNat (eq_of_isTimes h)))) hr)

/-- What an integer is off `z` times another. -/
noncomputable def offBy (z : Nat) (a q : Int) : Int := Int.add a (Int.neg (Int.mul (Int.ofNat z) q))

/-- Whether the rows of `E` are within `m` of `z` times the columns of `Q`. -/
noncomputable def queriesNear (H z m : Nat) (sd : Shape) (E Q : PackedMatrix) : Bool :=
  and
    (and (and (Nat.beq (Rows.count E.data) (PackedMatrix.count E)) (Nat.beq (Shape.size sd) E.cols))
      (and (Nat.beq (Rows.count Q.data) (PackedMatrix.count (PackedMatrix.flip Q))) (Nat.beq (Shape.size sd) Q.rows)))
    (everyBelow H fun h => force (PackedMatrix.rowAt E h) fun x =>
      force (PackedMatrix.rowAt (PackedMatrix.flip Q) h) fun y => Nat.ble
        (digitSum E.width Q.width
          (fun u s => gapSq (Nat.add u (Nat.mul z Q.bias)) (Nat.add (Nat.mul z s) E.bias)) sd x y)
        (Nat.mul m m))

/-- Whether the entries of `E` are within `m` of `z` times those of `w`. -/
noncomputable def weightsNear (H z m : Nat) (E w : Nat → Int) : Bool :=
  everyBelow H fun h => Nat.ble (Int.natAbs (offBy z (E h) (w h))) m

/-- A known number beside a rounded one: `p s y - q z s = s (E - z q)`. -/
theorem offBy_eq {p z : Nat} {E q : Int} {s y : R} (h : Eq (mul (ofNat p) y) (ofInt E)) :
    Eq (sub (mul (mul (ofNat p) s) y) (mul (ofInt q) (mul (ofNat z) s))) (mul s (ofInt (offBy z E q))) :=
  Eq.trans
    (ring_eq (vars5 (ofNat p) s y (ofInt q) (ofNat z))
      (a := sub (mul (mul (ofNat p) s) y) (mul (ofInt q) (mul (ofNat z) s)))
      (b := mul s (add (mul (ofNat p) y) (neg (mul (ofNat z) (ofInt q))))))
    (congrArg (mul s) (Eq.trans (congrArg (fun t => add t _) h)
      (Eq.symm (Eq.trans (ofInt_add _ _) (congrArg (add (ofInt E))
        (Eq.trans (ofInt_neg _) (congrArg neg (ofInt_mul (Int.ofNat z) q))))))))

/-- `queriesNear` that says yes is right. -/
theorem queriesNear_sound {d H z m : Nat} {E Q : PackedMatrix} {sd : Shape} {h : Nat}
    (hq : Eq (queriesNear H z m sd E Q) true) (hE : Eq E.cols d) (hh : Nat.lt h H) :
    le (normSq d (fun j => (ofInt (offBy z (PackedMatrix.entry E h j) (PackedMatrix.entry Q j h)) : R)))
      (sq (ofNat m)) :=
  have first := bool_and (bool_and (bool_and hq).left).left
  have second := bool_and (bool_and (bool_and hq).left).right
  have size : Eq (Shape.size sd) d := Eq.trans (Nat.eq_of_beq_eq_true first.right) hE
  have term (j : Nat) (hj : Nat.lt j d) :
      Eq (sq (ofInt (offBy z (PackedMatrix.entry E h j) (PackedMatrix.entry Q j h)) : R))
        (ofNat (gapSq
          (Nat.add (digit E.width (PackedMatrix.rowAt E h) j) (Nat.mul z Q.bias))
          (Nat.add (Nat.mul z (digit Q.width (PackedMatrix.rowAt (PackedMatrix.flip Q) h) j)) E.bias))) :=
    have u : Eq (PackedMatrix.entry E h j) (diff (digit E.width (PackedMatrix.rowAt E h) j) E.bias) :=
      Eq.trans (PackedMatrix.entry_digitAt E h j) (congrArg (fun x => diff x E.bias)
        (Eq.symm (digit_rowAt first.left h (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hE) hj))))
    have v : Eq (PackedMatrix.entry Q j h)
        (diff (digit Q.width (PackedMatrix.rowAt (PackedMatrix.flip Q) h) j) Q.bias) :=
      Eq.trans (Eq.symm (PackedMatrix.entry_flip Q h j))
        (Eq.trans (PackedMatrix.entry_digitAt (PackedMatrix.flip Q) h j)
          (congrArg (fun x => diff x Q.bias)
            (Eq.symm (digit_rowAt (K := PackedMatrix.flip Q) second.left h
              (Eq.subst (motive := fun n => Nat.lt j n)
                (Eq.trans (Eq.symm size) (Nat.eq_of_beq_eq_true second.right)) hj)))))
    Eq.trans
      (congrArg sq (Eq.trans (ofInt_add _ _) (congr2 add (Eq.trans (congrArg ofInt u) (ofInt_diff _ _))
        (Eq.trans (ofInt_neg _) (congrArg neg (Eq.trans (ofInt_mul (Int.ofNat z) _)
          (congrArg (mul (ofNat z)) (Eq.trans (congrArg ofInt v) (ofInt_diff _ _)))))))))
      (Eq.trans
        (ring_eq (vars5 (ofNat (digit E.width (PackedMatrix.rowAt E h) j)) (ofNat E.bias) (ofNat z)
            (ofNat (digit Q.width (PackedMatrix.rowAt (PackedMatrix.flip Q) h) j)) (ofNat Q.bias))
          (a := sq (add (sub (ofNat (digit E.width (PackedMatrix.rowAt E h) j)) (ofNat E.bias))
            (neg (mul (ofNat z)
              (sub (ofNat (digit Q.width (PackedMatrix.rowAt (PackedMatrix.flip Q) h) j)) (ofNat Q.bias))))))
          (b := sq (sub (add (ofNat (digit E.width (PackedMatrix.rowAt E h) j)) (mul (ofNat z) (ofNat Q.bias)))
            (add (mul (ofNat z) (ofNat (digit Q.width (PackedMatrix.rowAt (PackedMatrix.flip Q) h) j)))
              (ofNat E.bias)))))
        (Eq.symm (Eq.trans (gapSq_eq _ _) (congrArg sq (congr2 sub
          (Eq.trans (ofNat_add _ _) (congrArg (add _) (ofNat_mul z Q.bias)))
          (Eq.trans (ofNat_add _ _) (congrArg (fun x => add x _) (ofNat_mul z _))))))))
  le_via (ofNat_le_of_ble (everyBelow_sound (bool_and hq).right h hh))
    (Eq.trans (sum_congr term) (Eq.symm (Eq.trans (congrArg ofNat (Eq.trans (digitSum_eq _ _ _ sd _ _)
      (congrArg (fun n => natSum n _) size))) (ofNat_natSum d _))))
    (Eq.symm (ofNat_sq m))

/-- A query at the point is near the stored one, which is rounded. -/
theorem query_near {d H D z m K a b : Nat} {E Q : PackedMatrix} {sd : Shape} {s : R} {y : Vec R} {h : Nat}
    (hq : Eq (queriesNear H z m sd E Q) true) (hE : Eq E.cols d) (hb : Eq (Nat.ble (Nat.mul b m) (Nat.mul K a)) true)
    (hs : Eq (mul (ofNat K) s) one) (hh : Nat.lt h H) (hy : Over d D y (PackedMatrix.entry E h)) :
    WithinRatio d (ofNat a) (ofNat b) (storedVec (fun j => PackedMatrix.entry Q j h) (mul (ofNat z) s))
      (vsmul (mul (ofNat D) s) y) :=
  let off (j : Nat) : Int := offBy z (PackedMatrix.entry E h j) (PackedMatrix.entry Q j h)
  have part : Eq (normSq d (vsub (vsmul (mul (ofNat D) s) y)
      (storedVec (fun j => PackedMatrix.entry Q j h) (mul (ofNat z) s))))
      (mul (sq s) (normSq d (fun j => ofInt (off j)))) :=
    Eq.trans (normSq_congr (y := vsmul s (fun j => ofInt (off j))) (fun j hj => offBy_eq (hy j hj)))
      (normSq_smul d s _)
  have near : le (mul (sq (mul (ofNat b) s)) (normSq d (fun j => ofInt (off j))))
      (mul (sq (mul (ofNat b) s)) (sq (ofNat m))) :=
    mul_le_mul_left (sq_nonneg _) (queriesNear_sound hq hE hh)
  have fits : le (mul s (mul (ofNat b) (ofNat m))) (mul s (mul (ofNat K) (ofNat a))) :=
    mul_le_mul_left (reciprocal_nonneg hs) (ofNat_mul_le hb)
  le_via (le_trans near (le_via (sq_le_sq (mul_nonneg (reciprocal_nonneg hs)
      (mul_nonneg (ofNat_nonneg b) (ofNat_nonneg m))) fits)
    (ring_eq (vars3 (ofNat b) s (ofNat m)) (a := mul (sq (mul (ofNat b) s)) (sq (ofNat m)))
      (b := sq (mul s (mul (ofNat b) (ofNat m))))) rfl))
    (Eq.trans (congrArg (mul (sq (ofNat b))) part)
      (ring_eq (vars3 (ofNat b) s (normSq d (fun j => ofInt (off j))))
        (a := mul (sq (ofNat b)) (mul (sq s) (normSq d (fun j => ofInt (off j)))))
        (b := mul (sq (mul (ofNat b) s)) (normSq d (fun j => ofInt (off j))))))
    (congrArg sq (Eq.symm (Eq.trans
      (ring_eq (vars3 s (ofNat K) (ofNat a)) (a := mul s (mul (ofNat K) (ofNat a)))
        (b := mul (mul (ofNat K) s) (ofNat a)))
      (Eq.trans (congrArg (fun t => mul t (ofNat a)) hs) (one_mul _)))))

/-- A head weight at the point is near the stored one, which is rounded. -/
theorem weight_near {H D z m K e f : Nat} {E w : Nat → Int} {s : R} {y : Vec R} {h : Nat}
    (hw : Eq (weightsNear H z m E w) true) (hb : Eq (Nat.ble (Nat.mul e m) (Nat.mul K f)) true)
    (hs : Eq (mul (ofNat K) s) one) (hh : Nat.lt h H) (hy : Over H D y E) :
    le (abs (mul (ofNat e) (sub (mul (mul (ofNat D) s) (y h)) (mul (ofInt (w h)) (mul (ofNat z) s)))))
      (ofNat f) :=
  have es : le (zero : R) (mul (ofNat e) s) := mul_nonneg (ofNat_nonneg e) (reciprocal_nonneg hs)
  have size : le (abs (mul (mul (ofNat e) s) (ofInt (offBy z (E h) (w h)))))
      (mul (mul (ofNat e) s) (ofNat m)) :=
    abs_mul_le
      (abs_le (le_refl _) (le_trans
        (le_via (neg_le_neg es) rfl (ring_eq .nil (a := (zero : R)) (b := neg zero))) es))
      (le_trans (abs_ofInt_le _) (ofNat_le_of_ble (everyBelow_sound hw h hh)))
  le_via (le_trans size (le_via (mul_le_mul_left (reciprocal_nonneg hs) (ofNat_mul_le hb))
      (ring_eq (vars3 (ofNat e) s (ofNat m)) (a := mul (mul (ofNat e) s) (ofNat m))
        (b := mul s (mul (ofNat e) (ofNat m)))) rfl))
    (congrArg abs (Eq.trans (congrArg (mul (ofNat e)) (offBy_eq (hy h hh)))
      (Eq.symm (mul_assoc (ofNat e) s _))))
    (Eq.symm (Eq.trans
      (ring_eq (vars3 s (ofNat K) (ofNat f)) (a := mul s (mul (ofNat K) (ofNat f)))
        (b := mul (mul (ofNat K) s) (ofNat f)))
      (Eq.trans (congrArg (fun t => mul t (ofNat f)) hs) (one_mul _))))

/-! ## The selection -/

/-- The only top-k set depends on nothing but the scores. -/
theorem UniqueTopK.congr {m k : Nat} {s t : Nat → R} {S : BlockSet} (h : UniqueTopK m k s S)
    (e : ∀ i, Eq (t i) (s i)) : UniqueTopK m k t S where
  isTopK := ⟨h.isTopK.card, fun i j hi hj ei ej => le_congr (e j) (e i) (h.isTopK.best i j hi hj ei ej)⟩
  only T g := h.only T ⟨g.card, fun i j hi hj ei ej =>
    le_congr (Eq.symm (e j)) (Eq.symm (e i)) (g.best i j hi hj ei ej)⟩

/-- The selection of the indexer, near a stored point: within `u/v` of it the marked tokens are the only top-k set of
the scores, and of the scores times any positive number, where they are so near the rounded queries and head weights. -/
theorem dsa_state {n l d H T k a a₀ b f f₀ e u v N D M E K K' z z' X : Nat} {A P keys W : Nat → Nat → Int}
    {g : Nat → Int} {B : Nat → Nat → Nat → Int} {q₀ : Nat → Nat → Int} {w₀ : Nat → Int} {S : BlockSet}
    {ρ r s c : R} {x₀ x : Vec R}
    (select : ∀ {c : R} {q : Nat → Vec R} {w : Nat → R}, lt zero c →
      (∀ h, Nat.lt h H →
        WithinRatio d (ofNat a) (ofNat b) (storedVec (q₀ h) (mul (ofNat z) r)) (q h)) →
      (∀ h, Nat.lt h H →
        le (abs (mul (ofNat e) (sub (w h) (mul (ofInt (w₀ h)) (mul (ofNat z') s))))) (ofNat f)) →
      UniqueTopK T k (fun t => mul c (gated H w (fun h => matVec d keys (q h) t))) S)
    (hQ : ∀ h, Nat.lt h H →
      LipschitzOn n d (ofNat N : R) (ofNat D) (fun _ => True) (dsaQuery n l d A g (B h) P))
    (hW : LipschitzOn n H (ofNat M : R) (ofNat E) (fun _ => True) (matVec n W))
    (hq : ∀ h, Nat.lt h H → WithinRatio d (ofNat a₀) (ofNat b) (storedVec (q₀ h) (mul (ofNat z) r))
      (vsmul (mul (ofNat X) r) (dsaQuery n l d A g (B h) P x₀)))
    (hw : ∀ h, Nat.lt h H → le (abs (mul (ofNat e) (sub (mul (mul (ofNat X) s) (matVec n W x₀ h))
      (mul (ofInt (w₀ h)) (mul (ofNat z') s))))) (ofNat f₀))
    (hv : Eq (Nat.ble 1 v) true)
    (fits : Eq (and
      (Nat.ble (Nat.add (Nat.mul a₀ (Nat.mul (Nat.mul D K) v)) (Nat.mul (Nat.mul (Nat.mul N X) u) b))
        (Nat.mul (Nat.mul (Nat.mul D K) v) a))
      (Nat.ble (Nat.add (Nat.mul (Nat.mul (Nat.mul E K') v) f₀) (Nat.mul e (Nat.mul (Nat.mul M X) u)))
        (Nat.mul (Nat.mul (Nat.mul E K') v) f))) true)
    (hρ : Eq (mul (ofNat X) ρ) one) (hr : Eq (mul (ofNat K) r) one) (hs : Eq (mul (ofNat K') s) one)
    (hc : lt zero c) (hx : WithinRatio n (ofNat u) (ofNat v) x₀ x) :
    UniqueTopK T k (fun t => mul c (dsaScores n l d H A g B P keys W x t)) S :=
  have image {a₁ a₂ b₁ b₂ c₁ c₂ : Nat}
      (h : Eq (Nat.ble (Nat.add (Nat.mul a₁ a₂) (Nat.mul b₁ b₂)) (Nat.mul c₁ c₂)) true) :
      le (add (mul (ofNat a₁ : R) (ofNat a₂)) (mul (ofNat b₁) (ofNat b₂))) (mul (ofNat c₁) (ofNat c₂)) :=
    le_via (ofNat_le_of_ble h)
      (Eq.symm (Eq.trans (ofNat_add _ _) (congr2 add (ofNat_mul a₁ a₂) (ofNat_mul b₁ b₂))))
      (Eq.symm (ofNat_mul c₁ c₂))
  have two := bool_and fits
  have factor : lt (zero : R) (mul c (mul (mul (ofNat K) ρ) (mul (ofNat K') ρ))) :=
    have pos : lt (zero : R) ρ :=
      pos_of_mul_pos (ofNat_nonneg X) (lt_congr rfl hρ zero_lt_one)
    mul_pos hc (mul_pos (mul_pos (pos_of_reciprocal hr) pos) (mul_pos (pos_of_reciprocal hs) pos))
  have found := projected_state (Q := fun h x => vsmul (mul (ofNat X) r) (dsaQuery n l d A g (B h) P x))
    (ω := fun h x => mul (mul (ofNat X) s) (matVec n W x h)) (A := fun _ => True)
    (N := fun _ => ofNat (Nat.mul N X)) (D := fun _ => ofNat (Nat.mul D K))
    (M := fun _ => ofNat (Nat.mul M X)) (E := fun _ => ofNat (Nat.mul E K'))
    (fun _ _ p q => select factor p q)
    (fun h hh => (hQ h hh).scaled hr) (fun _ hh => (hW.scaled hs).score hh) ⟨⟩ ⟨⟩ (ofNat_nonneg a₀)
    (ofNat_nonneg b) (ofNat_nonneg e) (ofNat_nonneg u) (ofNat_pos hv) hq hw hx
    (fun _ _ => ⟨
      le_via (image two.left)
        (congr2 add (congrArg (mul (ofNat a₀)) (Eq.symm (ofNat_mul _ v)))
          (congrArg (fun t => mul t (ofNat b)) (Eq.symm (ofNat_mul _ u))))
        (congrArg (fun t => mul t (ofNat a)) (Eq.symm (ofNat_mul _ v))),
      le_via (image two.right)
        (congr2 add (congrArg (fun t => mul t (ofNat f₀)) (Eq.symm (ofNat_mul _ v)))
          (congrArg (mul (ofNat e)) (Eq.symm (ofNat_mul _ u))))
        (congrArg (fun t => mul t (ofNat f)) (Eq.symm (ofNat_mul _ v)))⟩)
  have away : le (zero : R) (mul (ofNat X) r) := mul_nonneg (ofNat_nonneg X) (reciprocal_nonneg hr)
  found.congr (fun t => Eq.symm (Eq.trans
    (congrArg (mul _) (Eq.trans
      (sum_ext H (fun h => congrArg (fun y => mul (mul (mul (ofNat X) s) (matVec n W x h)) (sup y zero))
        (matVec_smul d keys (mul (ofNat X) r) (dsaQuery n l d A g (B h) P x) t)))
      (scaled_score away (matVec n W x) (fun h => matVec d keys (dsaQuery n l d A g (B h) P x) t))))
    (Eq.trans
      (ring_eq (.cons c (.cons (ofNat K) (.cons (ofNat K') (.cons (ofNat X) (.cons ρ (.cons r (.cons s
          (.cons (dsaScores n l d H A g B P keys W x t) .nil))))))))
        (a := mul (mul c (mul (mul (ofNat K) ρ) (mul (ofNat K') ρ)))
          (mul (mul (mul (ofNat X) s) (mul (ofNat X) r)) (dsaScores n l d H A g B P keys W x t)))
        (b := mul (mul (mul (mul (ofNat K) r) (mul (ofNat K') s)) (sq (mul (ofNat X) ρ)))
          (mul c (dsaScores n l d H A g B P keys W x t))))
      (Eq.trans
        (congr2 (fun p q => mul (mul p (sq q)) (mul c (dsaScores n l d H A g B P keys W x t)))
          (congr2 mul hr hs) hρ)
        (ring_eq (vars1 (mul c (dsaScores n l d H A g B P keys W x t)))
          (a := mul (mul (mul one one) (sq one)) (mul c (dsaScores n l d H A g B P keys W x t)))
          (b := mul c (dsaScores n l d H A g B P keys W x t)))))))

end

/-! ## Left to the kernel

As in `StepKernelOnly.lean`. -/

set_option linter.unusedVariables false

/-- What the elaborator takes `isGained` for. -/
def isGained._sunfold (l : Nat) (g v w : Nat → Int) : Bool := true

/-- What the elaborator takes `headOk` for. -/
def headOk._sunfold (m b : Nat) (X W M : PackedMatrix) (h : Nat) (ms cs : Shape) : Bool := true

/-- What the elaborator takes `queriesNear` for. -/
def queriesNear._sunfold (H z m : Nat) (sd : Shape) (E Q : PackedMatrix) : Bool := true

/-- What the elaborator takes `weightsNear` for. -/
def weightsNear._sunfold (H z m : Nat) (E w : Nat → Int) : Bool := true

end LipBridge
