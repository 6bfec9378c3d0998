import LipBridge.Layers.Dot
import LipBridge.Layers.Scale
import LipBridge.Layers.Gain
import LipBridge.Lipschitz.Sup
import LipBridge.Evaluate.Packed
import LipBridge.Layers.RmsNormBound
/-!
# Linear maps in the maximum norm

In ℓ∞ the constant of `x ↦ W x + b` is the largest absolute row sum of `W`, exactly: the kernel adds up the
stored integers of each row. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- `|a - b|` of natural numbers. -/
def natDist (a b : Nat) : Nat := Nat.add (Nat.sub a b) (Nat.sub b a)

/-- `Σ_j |z_j|` of the `n` integers that the packed number `x` holds, digits of `w` bits less the bias `β`;
`p` is `2^w`. -/
noncomputable def absSum (w p β n : Nat) : Nat → Nat :=
  Nat.rec (motive := fun _ => Nat → Nat) (fun _ => 0)
    (fun _ ih x => Nat.add (natDist (Nat.mod x p) β) (ih (Nat.shiftRight x w))) n

/-- Whether `absSum` of each number of a list is at most `T`. -/
noncomputable def sumsBelow (w β n T : Nat) (l : List Nat) : Bool :=
  force (Nat.pow 2 w) fun p =>
    List.rec (motive := fun _ => Bool) true
      (fun x _ ih => pick (Nat.ble (absSum w p β n x) T) ih false) l

/-- Whether every absolute row sum of a packed `rows × cols` matrix is at most `T`. -/
noncomputable def PackedMatrix.rowSumsBelow (W : PackedMatrix) (rows cols T : Nat) : Bool :=
  pick (and (Nat.beq W.cols cols) (not W.transposed))
    (pick (Nat.ble rows (len (Rows.toList W.data .nil)))
      (sumsBelow W.width W.bias W.cols T (Rows.toList W.data .nil)) false) false

/-- `Σ_{j<cols} |W_ij| ≤ T` for each row `i < rows`. -/
def RowSums (rows cols : Nat) (W : Nat → Nat → Int) (T : Nat) : Prop :=
  ∀ {R : Type u} [OrderedRing R], ∀ i, Nat.lt i rows →
    le (sum cols (fun j => (ofNat (Int.natAbs (W i j)) : R))) (ofNat T)

/-- `|a - b|` is the absolute value of the difference as an integer. -/
theorem natAbs_diff (a b : Nat) : Eq (Int.natAbs (diff a b)) (natDist a b) :=
  have none (n : Nat) : Eq (Nat.sub 0 n) 0 :=
    Nat.rec (motive := fun n => Eq (Nat.sub 0 n) 0) rfl (fun _ ih => congrArg Nat.pred ih) n
  match a, b with
  | 0, 0 => rfl
  | .succ a, 0 => Eq.trans (congrArg Int.natAbs (diff_zero (Nat.succ a)))
      (congrArg (Nat.add (Nat.succ a)) (Eq.symm (none (Nat.succ a))))
  | 0, .succ b => Eq.symm (Eq.trans (congrArg (fun t => Nat.add t (Nat.succ b)) (none (Nat.succ b)))
      (nat_zero_add (Nat.succ b)))
  | .succ a, .succ b => Eq.trans (congrArg Int.natAbs (diff_succ a b))
      (Eq.trans (natAbs_diff a b) (Eq.symm (congr2 Nat.add (Nat.succ_sub_succ_eq_sub a b)
        (Nat.succ_sub_succ_eq_sub b a))))

/-- What every number of a list passes, number `i` passes. -/
theorem sumsBelow_nth {w β n T : Nat} {l : List Nat} (h : Eq (sumsBelow w β n T l) true) {i : Nat}
    (hi : Nat.lt i (len l)) : Nat.le (absSum w (Nat.pow 2 w) β n (nth 0 l i)) T :=
  match l, i, h, hi with
  | .nil, i, _, hi => False.elim (Nat.not_succ_le_zero i hi)
  | .cons _ _, 0, h, _ => Nat.le_of_ble_eq_true (both_of_pick h).left
  | .cons _ _, .succ _, h, hi =>
    sumsBelow_nth (both_of_pick h).right (Nat.le_of_succ_le_succ hi)

section
variable {R : Type u} [OrderedRing R]

/-- `absSum` is the sum that it stands for. -/
theorem absSum_eq (w β n : Nat) : ∀ x, Eq (ofNat (absSum w (Nat.pow 2 w) β n x) : R)
    (sum n (fun j => ofNat (Int.natAbs (diff (digit w x j) β)))) :=
  match n with
  | 0 => fun _ => ofNat_zero
  | .succ n => fun x => Eq.trans (ofNat_add _ _)
      (Eq.trans (congr2 add (congrArg ofNat (Eq.symm (natAbs_diff _ β))) (Eq.trans (absSum_eq w β n (Nat.shiftRight x w))
          (sum_ext n (fun j => congrArg (fun t => ofNat (Int.natAbs (diff t β)))
            (Eq.symm (digit_succ w x j))))))
        (Eq.symm (sum_first n (fun j => ofNat (Int.natAbs (diff (digit w x j) β))))))

end

/-- `rowSumsBelow` that says yes is right. -/
theorem PackedMatrix.rowSums_sound {W : PackedMatrix} {rows cols T : Nat}
    (h : Eq (PackedMatrix.rowSumsBelow W rows cols T) true) :
    RowSums.{u} rows cols (PackedMatrix.entry W) T :=
  fun {R} [OrderedRing R] i hi =>
    have h0 := both_of_pick h
    have h1 := both_of_pick h0.right
    have shape := bool_and h0.left
    have cols : Eq W.cols cols := Nat.eq_of_beq_eq_true shape.left
    have below := sumsBelow_nth h1.right (Nat.le_trans hi (Nat.le_of_ble_eq_true h1.left))
    le_congr
      (Eq.trans (congrArg (fun m => sum m (fun j => (ofNat (Int.natAbs (W.entry i j)) : R)))
          (Eq.symm cols))
        (Eq.trans (sum_ext W.cols (fun j => congrArg (fun z => ofNat (Int.natAbs z))
            (Eq.trans (PackedMatrix.entry_of_rows shape.right i j)
              (congrArg (fun x => diff (digit W.width x j) W.bias)
                (Eq.symm (Rows.nth_toList W.data i))))))
          (Eq.symm (absSum_eq W.width W.bias W.cols (nth 0 (Rows.toList W.data .nil) i)))))
      rfl (ofNat_le below)

section
variable {R : Type u} [OrderedRing R]

/-- `w·z ≤ |w|·e` where `z ≤ e` and `-z ≤ e`. -/
theorem ofInt_mul_le {z e : R} (w : Int) (h : le z e) (k : le (neg z) e) :
    le (mul (ofInt w) z) (mul (ofNat (Int.natAbs w)) e) :=
  match w with
  | .ofNat m => mul_le_mul_left (ofNat_nonneg m) h
  | .negSucc m => le_congr
      (Eq.trans (congrArg (fun t => mul t z) (ofInt_negSucc m))
        (ring_eq (vars2 (ofNat (Nat.succ m)) z) (a := mul (neg (ofNat (Nat.succ m))) z)
          (b := mul (ofNat (Nat.succ m)) (neg z)))) rfl
      (mul_le_mul_left (ofNat_nonneg (Nat.succ m)) k)

/-- `d·Σ_j w_j (x_j - y_j) ≤ (Σ_j |w_j|)·e` where `d·|x_j - y_j| ≤ e`. -/
theorem signed_row_le {n : Nat} {d e : R} {x y : Vec R} (hd : le zero d) (h : SupWithin n d e x y)
    (w : Nat → Int) : le (mul d (sum n (fun j => mul (ofInt (w j)) (vsub x y j))))
      (mul (sum n (fun j => ofNat (Int.natAbs (w j)))) e) :=
  le_congr (Eq.symm (sum_mul_left n d (fun j => mul (ofInt (w j)) (vsub x y j))))
    (Eq.symm (sum_mul_right n e (fun j => ofNat (Int.natAbs (w j)))))
    (sum_le (fun j hj => le_congr
      (ring_eq (vars3 d (ofInt (w j)) (vsub x y j)) (a := mul d (mul (ofInt (w j)) (vsub x y j)))
        (b := mul (ofInt (w j)) (mul d (vsub x y j)))) rfl
      (ofInt_mul_le (w j) (h.above hd hj)
        (le_congr (ring_eq (vars3 d (x j) (y j)) (a := neg (mul d (sub (x j) (y j))))
          (b := mul d (sub (y j) (x j)))) rfl (h.below hd hj)))))

/-- `(d r)·s = s` where `d r = 1`. -/
theorem reciprocal_cancel {d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) (c s : R) :
    Eq (mul (mul (ofNat d) c) (mul r s)) (mul c s) :=
  Eq.trans (ring_eq (vars4 (ofNat d) r c s) (b := mul (mul (ofNat d) r) (mul c s)))
    (Eq.trans (congrArg (fun t => mul t (mul c s)) hr) (one_mul _))

/-- In ℓ∞ the linear layer has the constant `T/d`, where no absolute row sum of `W` exceeds `T` and
`r = 1/d`. -/
theorem linear_supLipschitz {rows cols T d : Nat} {W : Nat → Nat → Int} {r : R}
    (h : RowSums.{u} rows cols W T) (hr : Eq (mul (ofNat d) r) one) (b : Vec R) :
    SupLipschitz cols rows (ofNat T) (ofNat d) (linear cols W r b) :=
  SupLipschitz.ofAbove (ofNat_nonneg T) (pos_of_reciprocal hr) (fun x y c _ hc he w i hi =>
    le_congr
      (Eq.trans
        (congrArg (mul (mul (ofNat d) c))
          (eq_via (congr2 sub (linear_eq cols W r b x i) (linear_eq cols W r b y i))
            (congrArg (mul r) (matVec_sub cols W x y i))
            (ring_eq (vars4 r (matVec cols W x i) (matVec cols W y i) (b i)))))
        (reciprocal_cancel hr c _))
      rfl
      (le_trans (signed_row_le hc w (W i)) (mul_le_mul_right he (h i hi))))

/-- In ℓ∞ the scores of stored keys have the constant `max_s ‖k_s‖₁`, at most `T/d`. -/
theorem dot_supLipschitz {keys n T d : Nat} {K : Nat → Nat → Int} {r : R}
    (h : RowSums.{u} keys n K T) (hr : Eq (mul (ofNat d) r) one) :
    SupLipschitz n keys (ofNat T) (ofNat d) (dotKeys n K r) :=
  linear_supLipschitz h hr vzero

/-- `d·c·((n r)·x - (n r)·y) ≤ |n|·e` where `c·|x - y| ≤ e` and `d r = 1`. -/
theorem scale_le {d : Nat} {r c e a b : R} (n : Int) (hr : Eq (mul (ofNat d) r) one)
    (h : le (mul c (sub a b)) e) (k : le (mul c (sub b a)) e) :
    le (mul (mul (ofNat d) c) (sub (mul (mul (ofInt n) r) a) (mul (mul (ofInt n) r) b)))
      (mul (ofNat (Int.natAbs n)) e) :=
  le_congr
    (Eq.trans (congrArg (mul (mul (ofNat d) c))
        (ring_eq (vars4 (ofInt n) r a b)
          (a := sub (mul (mul (ofInt n) r) a) (mul (mul (ofInt n) r) b))
          (b := mul r (mul (ofInt n) (sub a b)))))
      (Eq.trans (reciprocal_cancel hr c _)
        (ring_eq (vars3 c (ofInt n) (sub a b)) (b := mul (ofInt n) (mul c (sub a b))))))
    rfl
    (ofInt_mul_le n h (le_congr (ring_eq (vars3 c a b) (a := neg (mul c (sub a b)))
      (b := mul c (sub b a))) rfl k))

/-- Scaling by `n/d` has the constant `|n|/d`. -/
theorem scale_supLipschitz (m : Nat) {n : Int} {N d : Nat} {r : R}
    [hN : Holds (Nat.beq (Int.natAbs n) N)] (hr : Eq (mul (ofNat d) r) one) :
    SupLipschitz m m (ofNat N : R) (ofNat d) (scale (mul (ofInt n) r)) :=
  SupLipschitz.ofAbove (ofNat_nonneg N) (pos_of_reciprocal hr) (fun _ _ _ e hc _ w _ hi =>
    le_congr rfl (congrArg (fun t => mul (ofNat t) e) (Eq.symm (Nat.eq_of_beq_eq_true hN.eq)))
      (scale_le n hr (w.above hc hi) (w.below hc hi)))

/-- In ℓ∞, too, a gain with `|g_i| ≤ N/D` has the constant `N/D`. -/
theorem gain_supLipschitz {n N D : Nat} {g : Vec R} (hD : Eq (Nat.ble 1 D) true)
    (hg : ∀ i, Nat.lt i n → le (mul (ofNat D) (abs (g i))) (ofNat N)) :
    SupLipschitz n n (ofNat N) (ofNat D) (gain g) :=
  SupLipschitz.ofAbove (ofNat_nonneg N) (ofNat_pos hD) (fun x y c e hc he w i hi =>
    have aim (s : R) (hs : le s (abs (g i))) {z : R} (hz : le (mul c z) e) (h0 : le zero s) :
        le (mul (mul (ofNat D) c) (mul s z)) (mul (ofNat N) e) :=
      le_trans
        (le_congr (ring_eq (vars4 (ofNat D) c s z) (b := mul (mul (ofNat D) s) (mul c z))) rfl
          (mul_le_mul_left (mul_nonneg (ofNat_nonneg D) h0) hz))
        (mul_le_mul_right he (le_trans (mul_le_mul_left (ofNat_nonneg D) hs) (hg i hi)))
    Or.elim (abs_cases (g i))
      (fun p => le_congr (congrArg (mul (mul (ofNat D) c))
          (ring_eq (vars3 (g i) (x i) (y i)) (a := sub (mul (g i) (x i)) (mul (g i) (y i)))
            (b := mul (g i) (sub (x i) (y i))))) rfl
        (aim (g i) (le_abs _) (w.above hc hi) (le_congr rfl (Eq.symm p) (abs_nonneg _))))
      (fun p => le_congr (congrArg (mul (mul (ofNat D) c))
          (ring_eq (vars3 (g i) (x i) (y i)) (a := sub (mul (g i) (x i)) (mul (g i) (y i)))
            (b := mul (neg (g i)) (sub (y i) (x i))))) rfl
        (aim (neg (g i)) (neg_le_abs _) (w.below hc hi) (le_congr rfl (Eq.symm p) (abs_nonneg _)))))

/-- `d·|a| ≤ N` where `d²·a² ≤ N²`. -/
theorem abs_le_of_square {N d : Nat} {a : R}
    (h : le (mul (ofNat (Nat.mul d d)) (sq a)) (ofNat (Nat.mul N N))) :
    le (mul (ofNat d) (abs a)) (ofNat N) :=
  le_of_sq_le_sq (ofNat_nonneg N)
    (le_congr
      (Eq.trans (ring_eq (vars2 (ofNat d) (abs a)) (b := mul (mul (ofNat d) (ofNat d)) (sq (abs a))))
        (congr2 mul (Eq.symm (ofNat_mul d d)) (sq_abs a)))
      (Eq.symm (ofNat_mul N N)) h)

/-- The stored gain `g/d`, `g_i² ≤ N²`, has the constant `N/d`. -/
theorem gain_supLipschitz_ofNat {n N d : Nat} {g : Nat → Int} {r : R}
    (hg : Eq (gainBelow n g (Nat.mul N N)) true) (hD : Eq (Nat.ble 1 d) true)
    (hr : Eq (mul (ofNat d) r) one) :
    SupLipschitz n n (ofNat N : R) (ofNat d) (gain (fun i => mul (ofInt (g i)) r)) :=
  gain_supLipschitz hD (fun i hi => abs_le_of_square (gainBelow_sound hg hr i hi))

/-- The stored gain `g/d + c`, `(g_i + c d)² ≤ N²`, has the constant `N/d`. -/
theorem gain_supLipschitz_offset {n N d : Nat} {g : Nat → Int} {r : R} (c : Int)
    (hg : Eq (gainBelow n (fun i => Int.add (g i) (Int.mul c (Int.ofNat d))) (Nat.mul N N)) true)
    (hD : Eq (Nat.ble 1 d) true) (hr : Eq (mul (ofNat d) r) one) :
    SupLipschitz n n (ofNat N : R) (ofNat d)
      (gain (fun i => add (mul (ofInt (g i)) r) (ofInt c))) :=
  gain_supLipschitz hD (fun i hi => abs_le_of_square
    (le_via (gainBelow_sound hg hr i hi)
      (congrArg (fun t => mul (ofNat (Nat.mul d d)) (sq t)) (Eq.symm (offset_entry (g i) c hr))) rfl))

end

set_option linter.unusedVariables false in
/-- What the elaborator takes `PackedMatrix.rowSumsBelow` for; see `Selection/StepKernelOnly.lean`. -/
def PackedMatrix.rowSumsBelow._sunfold (W : PackedMatrix) (rows cols T : Nat) : Bool := true

end LipBridge
