import LipBridge.Layers.MeanPool
import LipBridge.Layers.ScoreTable
import LipBridge.Layers.Slope
import LipBridge.Layers.Tokenwise
/-!
# Constants from below

`Steep n m N D f`: somewhere `f` is as steep as `N/D`, so that no constant of `f` is smaller. For two
linear maps around a ReLU two integer points show it, where every hidden unit is on at both or off at
both: the difference of the values is then linear in that of the points, and one product of integer
matrices gives it. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `N² ‖x - y‖² ≤ D² ‖f x - f y‖²` for some `x` and `y` apart. -/
def Steep (n m N D : Nat) (f : Vec R → Vec R) : Prop :=
  Exists fun x => Exists fun y => And (lt zero (distSq n x y))
    (le (mul (ofNat (Nat.mul N N)) (distSq n x y))
      (mul (ofNat (Nat.mul D D)) (distSq m (f x) (f y))))

/-- No constant is smaller: `N D' ≤ N' D` for every constant `N'/D'`, in squares. -/
theorem Steep.le {n m N D : Nat} {N' D' : R} {f : Vec R → Vec R} (h : Steep n m N D f)
    (l : Lipschitz n m N' D' f) :
    le (mul (ofNat (Nat.mul N N)) (sq D')) (mul (ofNat (Nat.mul D D)) (sq N')) :=
  match h with
  | ⟨x, y, hp, hs⟩ =>
    le_of_mul_le_mul_left hp
      (le_trans
        (le_via (mul_le_mul_left (sq_nonneg D') hs)
          (ring_eq (vars3 (distSq n x y) (ofNat (Nat.mul N N)) (sq D'))
            (a := mul (distSq n x y) (mul (ofNat (Nat.mul N N)) (sq D')))
            (b := mul (sq D') (mul (ofNat (Nat.mul N N)) (distSq n x y)))) rfl)
        (le_via (mul_le_mul_left (ofNat_nonneg (Nat.mul D D)) (l.bound x y ⟨⟩ ⟨⟩))
          (ring_eq (vars3 (sq D') (ofNat (Nat.mul D D)) (distSq m (f x) (f y)))
            (a := mul (sq D') (mul (ofNat (Nat.mul D D)) (distSq m (f x) (f y))))
            (b := mul (ofNat (Nat.mul D D)) (mul (sq D') (distSq m (f x) (f y)))))
          (ring_eq (vars3 (distSq n x y) (ofNat (Nat.mul D D)) (sq N'))
            (a := mul (distSq n x y) (mul (ofNat (Nat.mul D D)) (sq N')))
            (b := mul (ofNat (Nat.mul D D)) (mul (sq N') (distSq n x y))))))

/-- The images of integers, column `j` of a matrix of points. -/
def point (P : Nat → Nat → Int) (j : Nat) : Vec R := fun i => ofInt (P i j)

/-- `P_i0 - P_i1`. -/
def pointGap (P : Nat → Nat → Int) (i : Nat) : Int := Int.add (P i 0) (Int.neg (P i 1))

/-- `Σ_{i<n} z_i²`. -/
def squares (n : Nat) (z : Nat → Int) : Int := normSq n z

/-- The image of an integer difference. -/
theorem ofInt_pointGap (P : Nat → Nat → Int) (i : Nat) :
    Eq (ofInt (pointGap P i) : R) (sub (ofInt (P i 0)) (ofInt (P i 1))) :=
  Eq.trans (ofInt_add (P i 0) (Int.neg (P i 1)))
    (congrArg (add (ofInt (P i 0))) (ofInt_neg (P i 1)))

/-- The image of a sum of squares. -/
theorem ofInt_squares (n : Nat) (z : Nat → Int) :
    Eq (ofInt (squares n z) : R) (normSq n (fun i => ofInt (z i))) :=
  Eq.trans (ofInt_sum n (fun i => mul (z i) (z i)))
    (sum_ext n (fun i => ofInt_mul (z i) (z i)))

/-- `‖P_0 - P_1‖²` of the columns of a packed matrix that is kept by columns; `sh` has a digit for
each row. -/
noncomputable def PackedMatrix.gapSquare (P : PackedMatrix) (sh : Shape) : Int :=
  force P.width fun w => force (Rows.get P.data 0) fun x => force (Rows.get P.data 1) fun y =>
    force (Nat.add (digitSum w w Nat.mul sh x x) (digitSum w w Nat.mul sh y y)) fun a =>
      force (Nat.mul 2 (digitSum w w Nat.mul sh x y)) fun b => diff a b

/-- Whether a packed matrix is kept by columns, with as many rows as `sh` has digits. -/
noncomputable def PackedMatrix.byColumns (P : PackedMatrix) (sh : Shape) : Bool :=
  and P.transposed (Nat.beq (Shape.size sh) P.rows)

/-- The distance of two integer points. -/
theorem PackedMatrix.distSq_point {P : PackedMatrix} {sh : Shape}
    (h : Eq (PackedMatrix.byColumns P sh) true) :
    Eq (distSq P.rows (point (PackedMatrix.entry P) 0 : Vec R) (point (PackedMatrix.entry P) 1))
      (ofInt (PackedMatrix.gapSquare P sh)) :=
  match P, h with
  | .mk _ _ _ _ false _, h => bool_absurd (Eq.symm h)
  | .mk n _ w β true data, h =>
    have hn : Eq (Shape.size sh) n := Nat.eq_of_beq_eq_true (bool_and h).right
    let u : Nat → Nat := digit w (Rows.get data 0)
    let v : Nat → Nat := digit w (Rows.get data 1)
    have total (x y : Nat) : Eq (ofNat (digitSum w w Nat.mul sh x y) : R)
        (sum n (fun i => mul (ofNat (digit w x i)) (ofNat (digit w y i)))) :=
      Eq.trans (congrArg ofNat (digitSum_eq w w Nat.mul sh x y))
        (Eq.trans (ofNat_natSum _ _) (Eq.trans (sum_ext _ (fun _ => ofNat_mul _ _))
          (congrArg (fun k => sum k (fun i => mul (ofNat (digit w x i)) (ofNat (digit w y i)))) hn)))
    have term (i : Nat) : Eq
        (mul (sub (ofInt (diff (u i) β) : R) (ofInt (diff (v i) β)))
          (sub (ofInt (diff (u i) β)) (ofInt (diff (v i) β))))
        (sub (add (mul (ofNat (u i)) (ofNat (u i))) (mul (ofNat (v i)) (ofNat (v i))))
          (mul (ofNat 2) (mul (ofNat (u i)) (ofNat (v i))))) :=
      Eq.trans
        (congrArg (fun t => mul t t) (congr2 sub (ofInt_diff (u i) β) (ofInt_diff (v i) β)))
        (Eq.trans
          (ring_eq (vars3 (ofNat (u i)) (ofNat (v i)) (ofNat β))
            (a := mul (sub (sub (ofNat (u i)) (ofNat β)) (sub (ofNat (v i)) (ofNat β)))
              (sub (sub (ofNat (u i)) (ofNat β)) (sub (ofNat (v i)) (ofNat β))))
            (b := sub (add (mul (ofNat (u i)) (ofNat (u i))) (mul (ofNat (v i)) (ofNat (v i))))
              (mul (add one one) (mul (ofNat (u i)) (ofNat (v i))))))
          (congrArg (fun t => sub _ (mul t _)) (Eq.symm ofNat_two)))
    Eq.trans (sum_ext n term)
      (Eq.trans (sum_sub n _ _)
        (Eq.symm (Eq.trans (ofInt_diff _ _)
          (congr2 sub
            (Eq.trans (ofNat_add _ _)
              (Eq.trans (congr2 add (total _ _) (total _ _)) (Eq.symm (sum_add n _ _))))
            (Eq.trans (ofNat_mul _ _)
              (Eq.trans (congrArg (mul (ofNat 2)) (total _ _))
                (Eq.symm (sum_mul_left n (ofNat 2) _))))))))

/-- What unit `i` adds up at point `j`, in integers: `d_b M_ij + d B_i`. -/
def preSum (d db : Nat) (B : Nat → Int) (M : Nat → Nat → Int) (i j : Nat) : Int :=
  Int.add (Int.mul (Int.ofNat db) (M i j)) (Int.mul (Int.ofNat d) (B i))

/-- Whether unit `i` is on at both points, `d_b M_ij + d B_i ≥ 0`, and `z_i = M_i0 - M_i1`; or off at
both, and `z_i = 0`. -/
noncomputable def unitCheck (d db : Nat) (B : Nat → Int) (M : Nat → Nat → Int) (z : Nat → Int)
    (i : Nat) : Bool :=
  pick (intBle (Int.ofNat 0) (preSum d db B M i 0))
    (and (intBle (Int.ofNat 0) (preSum d db B M i 1))
      (and (intBle (z i) (pointGap M i)) (intBle (pointGap M i) (z i))))
    (and (intBle (preSum d db B M i 1) (Int.ofNat 0))
      (and (intBle (z i) (Int.ofNat 0)) (intBle (Int.ofNat 0) (z i))))

section
variable {n k m N D d e db : Nat} {U V P M O : Nat → Nat → Int} {B z : Nat → Int} {r s rb : R}
  {S : Int} {a b : Vec R} {f g : Vec R → Vec R}

/-- The image of a product of an integer matrix and an integer point. -/
theorem matVec_point (cols : Nat) (W P : Nat → Nat → Int) (i j : Nat) :
    Eq (matVec cols W (point P j : Vec R) i) (ofInt (matMul cols W P i j)) :=
  Eq.symm (Eq.trans (ofInt_sum cols (fun t => mul (W i t) (P t j)))
    (sum_ext cols (fun t => ofInt_mul (W i t) (P t j))))

/-- What a unit adds up, `r (U x)_i + b_i`, is `r r_b` times the integer `preSum`. -/
theorem linear_point (hr : Eq (mul (ofNat d) r) one) (hrb : Eq (mul (ofNat db) rb) one)
    (hb : ∀ i, Nat.lt i k → Eq (b i) (mul (ofInt (B i)) rb))
    (hM : ∀ i j, Nat.lt i k → Nat.lt j 2 → Eq (M i j) (matMul n U P i j)) {i j : Nat}
    (hi : Nat.lt i k) (hj : Nat.lt j 2) :
    Eq (linear n U r b (point P j) i) (mul (ofInt (preSum d db B M i j)) (mul r rb)) :=
  Eq.trans (linear_eq n U r b (point P j) i)
    (Eq.trans
      (congr2 add
        (congrArg (mul r) (Eq.trans (matVec_point n U P i j)
          (congrArg ofInt (Eq.symm (hM i j hi hj)))))
        (hb i hi))
      (Eq.symm (Eq.trans
        (congrArg (fun t => mul t (mul r rb))
          (Eq.trans (ofInt_add _ _)
            (congr2 add (ofInt_mul (Int.ofNat db) (M i j)) (ofInt_mul (Int.ofNat d) (B i)))))
        (Eq.trans
          (ring_eq (vars6 (ofNat db) (ofNat d) (ofInt (M i j)) (ofInt (B i)) r rb)
            (a := mul (add (mul (ofNat db) (ofInt (M i j))) (mul (ofNat d) (ofInt (B i))))
              (mul r rb))
            (b := add (mul (mul (ofNat db) rb) (mul r (ofInt (M i j))))
              (mul (mul (ofNat d) r) (mul (ofInt (B i)) rb))))
          (congr2 add
            (Eq.trans (congrArg (fun t => mul t (mul r (ofInt (M i j)))) hrb) (one_mul _))
            (Eq.trans (congrArg (fun t => mul t (mul (ofInt (B i)) rb)) hr) (one_mul _)))))))

/-- Integers that are equal by two comparisons. -/
theorem eq_of_intBle {x y : Int} (h : Eq (and (intBle x y) (intBle y x)) true) : Eq x y :=
  int_le_antisymm (int_le_of_ble (bool_and h).left) (int_le_of_ble (bool_and h).right)

/-- The difference of what ReLU makes of one unit at the two points. -/
theorem unit_difference (hr : Eq (mul (ofNat d) r) one) (hrb : Eq (mul (ofNat db) rb) one)
    (hb : ∀ i, Nat.lt i k → Eq (b i) (mul (ofInt (B i)) rb))
    (hM : ∀ i j, Nat.lt i k → Nat.lt j 2 → Eq (M i j) (matMul n U P i j)) {i : Nat}
    (hi : Nat.lt i k) (h : Eq (unitCheck d db B M z i) true) :
    Eq (sub (sup (linear n U r b (point P 0) i) zero) (sup (linear n U r b (point P 1) i) zero))
      (mul r (ofInt (z i))) :=
  have pos : le zero (mul r rb) := mul_nonneg (reciprocal_nonneg hr) (reciprocal_nonneg hrb)
  have value {j : Nat} (hj : Nat.lt j 2) := linear_point (r := r) hr hrb hb hM hi hj
  have on {j : Nat} (hj : Nat.lt j 2)
      (g : Eq (intBle (Int.ofNat 0) (preSum d db B M i j)) true) :
      Eq (sup (linear n U r b (point P j) i) zero) (linear n U r b (point P j) i) :=
    sup_of_ge (le_congr rfl (value hj) (mul_nonneg
      (le_via (ofInt_le (int_le_of_ble g)) (Eq.symm ofInt_zero) rfl) pos))
  have off {j : Nat} (hj : Nat.lt j 2)
      (g : Eq (intBle (preSum d db B M i j) (Int.ofNat 0)) true) :
      Eq (sup (linear n U r b (point P j) i) zero) zero :=
    sup_of_le (le_congr (value hj) rfl
      (le_via (mul_le_mul_right pos (ofInt_le (int_le_of_ble g))) rfl
        (Eq.symm (Eq.trans (congrArg (fun t => mul t (mul r rb)) ofInt_zero) (zero_mul _)))))
  have zero_lt : Nat.lt 0 2 := Nat.le.step Nat.le.refl
  have one_lt : Nat.lt 1 2 := Nat.le.refl
  Or.elim (bool_em (intBle (Int.ofNat 0) (preSum d db B M i 0)))
    (fun g =>
      have h' := bool_and (Eq.subst (motive := fun c => Eq (pick c
        (and (intBle (Int.ofNat 0) (preSum d db B M i 1))
          (and (intBle (z i) (pointGap M i)) (intBle (pointGap M i) (z i))))
        (and (intBle (preSum d db B M i 1) (Int.ofNat 0))
          (and (intBle (z i) (Int.ofNat 0)) (intBle (Int.ofNat 0) (z i))))) true) g h)
      Eq.trans (congr2 sub (on zero_lt g) (on one_lt h'.left))
        (Eq.trans (linear_sub n U r b (point P 0) (point P 1) i)
          (congrArg (mul r) (Eq.trans (matVec_sub n U (point P 0) (point P 1) i)
            (Eq.trans
              (congr2 sub
                (Eq.trans (matVec_point n U P i 0) (congrArg ofInt (Eq.symm (hM i 0 hi zero_lt))))
                (Eq.trans (matVec_point n U P i 1) (congrArg ofInt (Eq.symm (hM i 1 hi one_lt)))))
              (Eq.trans (Eq.symm (ofInt_pointGap M i))
                (congrArg ofInt (Eq.symm (eq_of_intBle h'.right)))))))))
    (fun g =>
      have h' := bool_and (Eq.subst (motive := fun c => Eq (pick c
        (and (intBle (Int.ofNat 0) (preSum d db B M i 1))
          (and (intBle (z i) (pointGap M i)) (intBle (pointGap M i) (z i))))
        (and (intBle (preSum d db B M i 1) (Int.ofNat 0))
          (and (intBle (z i) (Int.ofNat 0)) (intBle (Int.ofNat 0) (z i))))) true) g h)
      Eq.trans
        (congr2 sub (off zero_lt (int_ble_of_le (int_le_of_ble_false g))) (off one_lt h'.left))
        (Eq.trans (ring_eq (vars1 r) (a := sub zero zero) (b := mul r zero))
          (congrArg (mul r) (Eq.symm (Eq.trans (congrArg ofInt (eq_of_intBle h'.right))
            ofInt_zero)))))

/-- Whether all units pass `unitCheck`. -/
noncomputable def unitsCheck (k d db : Nat) (B : Nat → Int) (M : Nat → Nat → Int) (z : Nat → Int) :
    Bool :=
  everyBelow k (unitCheck d db B M z)

/-- Whether the points are apart, and the values `O / (d e)` are `N/D` times as far from each other as
`c` copies of the points: `N² c (d e)² S ≤ D² ‖O‖²` for `S = ‖P_0 - P_1‖²`. -/
noncomputable def steepCheck (m N D c d e : Nat) (S : Int) (O : Nat → Nat → Int) : Bool :=
  and (intBle (Int.ofNat 1) S)
    (intBle
      (Int.mul
        (Int.ofNat (Nat.mul (Nat.mul (Nat.mul N N) c) (Nat.mul (Nat.mul d e) (Nat.mul d e)))) S)
      (Int.mul (Int.ofNat (Nat.mul D D)) (squares m (fun i => O i 0))))

/-- No bias, as integers. -/
theorem zero_bias (i : Nat) (_ : Nat.lt i k) :
    Eq ((vzero : Vec R) i) (mul (ofInt (Int.ofNat 0)) one) :=
  Eq.symm (Eq.trans (congrArg (fun t => mul t one) ofInt_zero) (zero_mul one))

/-- A point that the maps in front take to `P_j`, at distances `√c` times as long. -/
structure Lifts (n' n c : Nat) (p : Vec R → Vec R) (P : Nat → Nat → Int) (x y : Vec R) : Prop where
  /-- `x` goes to `P_0`. -/
  first : Agree n (p x) (point P 0)
  /-- `y` goes to `P_1`. -/
  second : Agree n (p y) (point P 1)
  /-- `‖x - y‖² = c ‖P_0 - P_1‖²`. -/
  distance : Eq (distSq n' x y) (mul (ofNat c) (distSq n (point P 0 : Vec R) (point P 1)))

/-- Nothing in front. -/
theorem Lifts.identity (n : Nat) (P : Nat → Nat → Int) :
    Lifts (R := R) n n 1 (fun x => x) P (point P 0) (point P 1) :=
  ⟨fun _ _ => rfl, fun _ _ => rfl,
    Eq.symm (Eq.trans (congrArg (fun t => mul t _) ofNat_one) (one_mul _))⟩

/-- Every token of a block the same. -/
def copies (b n : Nat) (x : Vec R) : Vec R := eachToken b n n (fun _ _ => x) vzero

/-- The mean of copies is the point itself. -/
theorem meanPool_copies {b : Nat} {t : R} (ht : Eq (mul (ofNat b) t) one) (n : Nat) (x : Vec R) :
    Agree n (meanPool b n t (copies b n x)) x :=
  fun j hj => Eq.trans
    (congrArg (mul t) (Eq.trans
      (sum_ext b (fun i => eachToken_entry b n n (fun _ _ => x) vzero i hj)) (sum_const b (x j))))
    (Eq.trans
      (ring_eq (vars3 t (ofNat b) (x j)) (a := mul t (mul (ofNat b) (x j)))
        (b := mul (mul (ofNat b) t) (x j)))
      (Eq.trans (congrArg (fun v => mul v (x j)) ht) (one_mul (x j))))

/-- The mean of `b` tokens in front. -/
theorem Lifts.meanPool {b : Nat} {t : R} (ht : Eq (mul (ofNat b) t) one) (n : Nat)
    (P : Nat → Nat → Int) :
    Lifts (R := R) (Nat.mul b n) n b (LipBridge.meanPool b n t) P
      (copies b n (point P 0)) (copies b n (point P 1)) :=
  ⟨meanPool_copies ht n _, meanPool_copies ht n _,
    Eq.trans (distSq_block b n _ _)
      (Eq.trans
        (sum_ext b (fun t => distSq_congr
          (fun _ hj => eachToken_entry b n n (fun _ _ => point P 0) vzero t hj)
          (fun _ hj => eachToken_entry b n n (fun _ _ => point P 1) vzero t hj)))
        (sum_const b _))⟩

/-- Two linear maps around a ReLU are as steep as `N/D`, shown by two points that `p` takes to the
integer points `P_0` and `P_1`: `M` holds what the first map makes of these, `Z` the differences of the
hidden units, `O` what the second map makes of them. -/
theorem Affine.reluSteep {n' c : Nat} {Z : Nat → Nat → Int} {p : Vec R → Vec R} {x y : Vec R}
    (hf : Affine n k U r b f) (hg : Affine k m V s a g) (hx : Lifts n' n c p P x y)
    (hr : Eq (mul (ofNat d) r) one) (hs : Eq (mul (ofNat e) s) one)
    (hrb : Eq (mul (ofNat db) rb) one)
    (hb : ∀ i, Nat.lt i k → Eq (b i) (mul (ofInt (B i)) rb))
    (hM : ∀ i j, Nat.lt i k → Nat.lt j 2 → Eq (M i j) (matMul n U P i j))
    (hz : Eq (unitsCheck k d db B M (fun i => Z i 0)) true)
    (hO : ∀ i, Nat.lt i m → Eq (O i 0) (matMul k V Z i 0))
    (hS : Eq (distSq n (point P 0 : Vec R) (point P 1)) (ofInt S))
    (hc : Eq (Nat.ble 1 c) true) (h : Eq (steepCheck m N D c d e S O) true) :
    Steep n' m N D (fun x => g (relu (f (p x)))) :=
  have value {w : Vec R} {j : Nat} (hw : Agree n (p w) (point P j)) :
      Agree m (g (relu (f (p w)))) (linear k V s a (relu (linear n U r b (point P j)))) :=
    fun i hi => Eq.trans (hg (relu (f (p w))) i hi)
      (linear_congr m k V s a (fun l hl => congrArg (fun t => sup t zero)
        (Eq.trans (hf (p w) l hl) (linear_congr k n U r b hw l hl))) i hi)
  have out : Eq (distSq m (g (relu (f (p x)))) (g (relu (f (p y)))))
      (mul (sq (mul s r)) (ofInt (squares m (fun i => O i 0)))) :=
    Eq.trans (distSq_congr (value hx.first) (value hx.second))
      (Eq.trans (linear_distSq m k V s a _ _)
        (Eq.trans
          (congrArg (mul (sq s)) (Eq.trans
            (normSq_congr (y := vsmul r (fun i => ofInt (O i 0))) (fun i hi => Eq.trans
              (sum_congr (fun j hj => Eq.trans
                (congrArg (mul (ofInt (V i j)))
                  (unit_difference (z := fun i => Z i 0) hr hrb hb hM hj (everyBelow_sound hz j hj)))
                (ring_eq (vars3 (ofInt (V i j)) r (ofInt (Z j 0)))
                  (a := mul (ofInt (V i j)) (mul r (ofInt (Z j 0))))
                  (b := mul r (mul (ofInt (V i j)) (ofInt (Z j 0)))))))
              (Eq.trans (sum_mul_left k r (fun j => mul (ofInt (V i j)) (ofInt (Z j 0))))
                (congrArg (mul r) (Eq.trans
                  (Eq.symm (Eq.trans (ofInt_sum k (fun t => mul (V i t) (Z t 0)))
                    (sum_ext k (fun t => ofInt_mul (V i t) (Z t 0)))))
                  (congrArg ofInt (Eq.symm (hO i hi))))))))
            (Eq.trans (normSq_smul m r (fun i => ofInt (O i 0)))
              (congrArg (mul (sq r)) (Eq.symm (ofInt_squares m (fun i => O i 0)))))))
          (ring_eq (vars3 s r (ofInt (squares m (fun i => O i 0))))
            (a := mul (sq s) (mul (sq r) (ofInt (squares m (fun i => O i 0)))))
            (b := mul (sq (mul s r)) (ofInt (squares m (fun i => O i 0)))))))
  have apart : Eq (distSq n' x y) (mul (ofNat c) (ofInt S)) :=
    Eq.trans hx.distance (congrArg (mul (ofNat c)) hS)
  ⟨x, y,
    lt_congr rfl apart (mul_pos (ofNat_pos hc)
      (lt_of_lt_of_le (lt_congr rfl ofNat_one zero_lt_one)
        (ofInt_le (int_le_of_ble (bool_and h).left)))),
    le_congr (congrArg (mul _) apart) (congrArg (mul _) out)
      (le_via (mul_le_mul_left (sq_nonneg (mul s r))
          (ofInt_le (int_le_of_ble (bool_and h).right)))
        (Eq.symm (Eq.trans
          (congrArg (mul (sq (mul s r))) (Eq.trans (ofInt_mul _ _)
            (congrArg (fun t => mul t (ofInt S))
              (Eq.trans (ofNat_mul (Nat.mul (Nat.mul N N) c) _)
                (congr2 mul (ofNat_mul (Nat.mul N N) c)
                  (Eq.trans (ofNat_sq (Nat.mul d e)) (congrArg sq (ofNat_mul d e))))))))
          (Eq.trans
            (ring_eq (vars6 (mul s r) (ofNat (Nat.mul N N)) (ofNat c) (ofNat d) (ofNat e)
                (ofInt S))
              (a := mul (sq (mul s r)) (mul (mul (mul (ofNat (Nat.mul N N)) (ofNat c))
                (sq (mul (ofNat d) (ofNat e)))) (ofInt S)))
              (b := mul (sq (mul (mul (ofNat d) (ofNat e)) (mul s r)))
                (mul (ofNat (Nat.mul N N)) (mul (ofNat c) (ofInt S)))))
            (Eq.trans
              (congrArg (fun t => mul (sq t) _) (Eq.trans
                (ring_eq (vars4 (ofNat d) (ofNat e) s r)
                  (a := mul (mul (ofNat d) (ofNat e)) (mul s r))
                  (b := mul (mul (ofNat d) r) (mul (ofNat e) s)))
                (Eq.trans (congr2 mul hr hs) (mul_one one))))
              (ring_eq (vars1 (mul (ofNat (Nat.mul N N))
                  (mul (ofNat c) (ofInt S))))
                (a := mul (sq one) (mul (ofNat (Nat.mul N N))
                  (mul (ofNat c) (ofInt S))))
                (b := mul (ofNat (Nat.mul N N))
                  (mul (ofNat c) (ofInt S))))))))
        (Eq.symm (Eq.trans
          (congrArg (mul (sq (mul s r))) (ofInt_mul (Int.ofNat (Nat.mul D D)) _))
          (ring_eq (vars3 (sq (mul s r)) (ofNat (Nat.mul D D))
              (ofInt (squares m (fun i => O i 0))))
            (a := mul (sq (mul s r)) (mul (ofNat (Nat.mul D D))
              (ofInt (squares m (fun i => O i 0)))))
            (b := mul (ofNat (Nat.mul D D)) (mul (sq (mul s r))
              (ofInt (squares m (fun i => O i 0)))))))))⟩

end

end

end LipBridge
