import LipBridge.Evaluate.Scaled
import LipBridge.Layers.Affine
import LipBridge.Layers.Gain
import LipBridge.Selection.StepKeys
/-!
# How far a map moves in one direction

`DirectionBound n h Q N f v`: what `⟨f x, v⟩` changes by has its square at most `N/Q` times the squared
way. A linear map in front takes a direction `v` to `Wᵀ v`, so that a chain of them has exactly the
length of the direction that is pulled through all of it. Directions are differences of two packed
numbers, digit by digit, and pulled without taking a bias off.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- Digit by digit, what `A` has more than `C`, in base `2^w`. -/
noncomputable def between (w A C : Nat) : Nat → Int := fun i => diff (digit w A i) (digit w C i)

/-- `(u - s)²`, in natural numbers. -/
noncomputable def gapSq (u s : Nat) : Nat :=
  force (Nat.add (Nat.sub u s) (Nat.sub s u)) fun t => Nat.mul t t

/-- The squared length of `between w A C`, over as many digits as the shape has. -/
noncomputable def lengthSq (w : Nat) (sh : Shape) (A C : Nat) : Nat := digitSum w w gapSq sh A C

section
variable {R : Type u} [OrderedRing R]

/-- The images of integers. -/
def images (v : Nat → Int) : Vec R := fun i => ofInt (v i)

/-- `Q·(⟨f x, v⟩ - ⟨f y, v⟩)² ≤ N·‖x - y‖²` for all `x` and `y`. -/
def DirectionBound (n h Q N : Nat) (f : Vec R → Vec R) (v : Nat → Int) : Prop :=
  ∀ x y : Vec R, le
    (mul (ofNat Q) (sq (sub (dot h (f x) (images v)) (dot h (f y) (images v)))))
    (mul (ofNat N) (distSq n x y))

/-- The same for every difference of two packed numbers, `N` computed from them. -/
def DirectionBounds (n h Q w : Nat) (f : Vec R → Vec R) (κ : Nat → Nat → Nat) : Prop :=
  ∀ A C : Nat, DirectionBound n h Q (κ A C) f (between w A C)

/-- `(u + k) - u = k`. -/
theorem nat_add_sub_left (u k : Nat) : Eq (Nat.sub (Nat.add u k) u) k :=
  nat_add_right_cancel u (Eq.trans (nat_sub_add_cancel (nat_le_add u k)) (nat_add_comm u k))

/-- `u - (u + k) = 0`. -/
theorem nat_sub_add_self (u k : Nat) : Eq (Nat.sub u (Nat.add u k)) 0 :=
  Nat.rec (motive := fun u => Eq (Nat.sub u (Nat.add u k)) 0)
    (Eq.trans (congrArg (Nat.sub 0) (nat_zero_add k)) (nat_zero_sub k))
    (fun u ih => Eq.trans (congrArg (Nat.sub (Nat.succ u)) (nat_succ_add u k))
      (Eq.trans (nat_succ_sub_succ u (Nat.add u k)) ih)) u

/-- `gapSq u s` is the square of the difference. -/
theorem gapSq_eq (u s : Nat) :
    Eq (ofNat (gapSq u s) : R) (sq (sub (ofNat u) (ofNat s))) :=
  Or.elim (nat_total u s)
    (fun h => match h with
      | ⟨k, e⟩ => Eq.subst
        (motive := fun s => Eq (ofNat (gapSq u s) : R) (sq (sub (ofNat u) (ofNat s)))) e
        (Eq.trans
          (congrArg (fun t => (ofNat (Nat.mul t t) : R))
            (Eq.trans (congr2 Nat.add (nat_sub_add_self u k) (nat_add_sub_left u k))
              (nat_zero_add k)))
          (Eq.trans (ofNat_mul k k)
            (Eq.symm (Eq.trans
              (congrArg (fun t : R => sq (sub (ofNat u) t)) (ofNat_add u k))
              (ring_eq (vars2 (ofNat u : R) (ofNat k))
                (a := sq (sub (ofNat u) (add (ofNat u) (ofNat k))))
                (b := mul (ofNat k) (ofNat k))))))))
    (fun h => match h with
      | ⟨k, e⟩ => Eq.subst
        (motive := fun u => Eq (ofNat (gapSq u s) : R) (sq (sub (ofNat u) (ofNat s)))) e
        (Eq.trans
          (congrArg (fun t => (ofNat (Nat.mul t t) : R))
            (congr2 Nat.add (nat_add_sub_left s (Nat.succ k)) (nat_sub_add_self s (Nat.succ k))))
          (Eq.trans (ofNat_mul (Nat.succ k) (Nat.succ k))
            (Eq.symm (Eq.trans
              (congrArg (fun t : R => sq (sub t (ofNat s))) (ofNat_add s (Nat.succ k)))
              (ring_eq (vars2 (ofNat s : R) (ofNat (Nat.succ k)))
                (a := sq (sub (add (ofNat s) (ofNat (Nat.succ k))) (ofNat s)))
                (b := mul (ofNat (Nat.succ k)) (ofNat (Nat.succ k)))))))))

/-- `lengthSq` is the squared length. -/
theorem lengthSq_eq {h w : Nat} {sh : Shape} (hS : Eq (Shape.size sh) h) (A C : Nat) :
    Eq (ofNat (lengthSq w sh A C) : R) (normSq h (images (between w A C))) :=
  Eq.trans
    (congrArg ofNat (Eq.trans (digitSum_eq w w gapSq sh A C)
      (congrArg (fun n => natSum n (fun p => gapSq (digit w A p) (digit w C p))) hS)))
    (Eq.trans (ofNat_natSum h _)
      (sum_ext h (fun p => Eq.trans (gapSq_eq (digit w A p) (digit w C p))
        (congr2 mul (Eq.symm (ofInt_diff _ _)) (Eq.symm (ofInt_diff _ _))))))

section
variable {n m k h Q N w : Nat} {f : Vec R → Vec R} {v v' : Nat → Int} {κ : Nat → Nat → Nat}

/-- Only the first `h` entries of a direction matter. -/
theorem DirectionBound.congr (hv : ∀ i, Nat.lt i h → Eq (v i) (v' i))
    (hf : DirectionBound n h Q N f v) : DirectionBound n h Q N f v' :=
  fun x y =>
    have e (z : Vec R) : Eq (dot h z (images v')) (dot h z (images v)) :=
      dot_congr (fun _ _ => rfl) (fun i hi => congrArg ofInt (Eq.symm (hv i hi)))
    le_via (hf x y) (congrArg (mul (ofNat Q)) (congrArg sq (congr2 sub (e (f x)) (e (f y))))) rfl

/-- A map with the constant `√(P/Q)` moves in a direction by at most that times its length. -/
theorem DirectionBound.ofSq {P M : Nat} (hf : SqLipschitz n h (ofNat P) (ofNat Q) f)
    (hM : le (normSq h (images v) : R) (ofNat M)) : DirectionBound n h Q (Nat.mul P M) f v :=
  fun x y => le_trans
    (le_via
      (mul_le_mul_left (le_of_lt hf.den_pos) (cauchy_schwarz h (vsub (f x) (f y)) (images v)))
      (congrArg (fun t => mul (ofNat Q) (sq t)) (Eq.symm (dot_sub_left h (f x) (f y) (images v))))
      (ring_eq (vars3 (ofNat Q) (normSq h (vsub (f x) (f y))) (normSq h (images v)))
        (a := mul (normSq h (images v)) (mul (ofNat Q) (normSq h (vsub (f x) (f y)))))))
    (le_trans (mul_le_mul_left (normSq_nonneg h (images v)) (hf.bound x y ⟨⟩ ⟨⟩))
      (le_via
        (mul_le_mul_left (mul_nonneg (ofNat_nonneg P) (distSq_nonneg n x y)) hM)
        (ring_eq (vars3 (normSq h (images v)) (ofNat P) (distSq n x y))
          (a := mul (normSq h (images v)) (mul (ofNat P) (distSq n x y)))
          (b := mul (mul (ofNat P) (distSq n x y)) (normSq h (images v))))
        (Eq.trans (congrArg (fun t => mul t (distSq n x y)) (ofNat_mul P M))
          (ring_eq (vars3 (ofNat P) (ofNat M) (distSq n x y))
            (a := mul (mul (ofNat P) (ofNat M)) (distSq n x y))
            (b := mul (mul (ofNat P) (distSq n x y)) (ofNat M))))))

/-- The same for all differences. -/
theorem DirectionBounds.ofSq {P : Nat} {sh : Shape} (hf : SqLipschitz n h (ofNat P) (ofNat Q) f)
    (hS : Eq (Shape.size sh) h) (w : Nat) :
    DirectionBounds n h Q w f (fun A C => Nat.mul P (lengthSq w sh A C)) :=
  fun A C => DirectionBound.ofSq hf (le_of_eq (Eq.symm (lengthSq_eq hS A C)))

/-- The identity moves in a direction by its length. -/
theorem DirectionBounds.identity {sh : Shape} (hS : Eq (Shape.size sh) n) (w : Nat) :
    DirectionBounds n n 1 w (fun (x : Vec R) => x) (fun A C => Nat.mul 1 (lengthSq w sh A C)) :=
  DirectionBounds.ofSq (SqLipschitz.identity n) hS w

/-- A map that multiplies what `f` does in the direction `u` by `r = 1/d`. -/
theorem DirectionBound.after {d : Nat} {r : R} {g : Vec R → Vec R} {u : Nat → Int}
    (hr : Eq (mul (ofNat d) r) one)
    (e : ∀ x y, Eq (sub (dot m (g x) (images v)) (dot m (g y) (images v)))
      (mul r (sub (dot k (f x) (images u)) (dot k (f y) (images u)))))
    (hf : DirectionBound n k Q N f u) : DirectionBound n m (Nat.mul Q (Nat.mul d d)) N g v :=
  fun x y => le_via (hf x y)
    (Eq.trans
      (congrArg (mul (ofNat (Nat.mul Q (Nat.mul d d))))
        (Eq.trans (congrArg sq (e x y))
          (ring_eq (vars2 r (sub (dot k (f x) (images u)) (dot k (f y) (images u))))
            (a := sq (mul r (sub (dot k (f x) (images u)) (dot k (f y) (images u)))))
            (b := mul (sq r) (sq (sub (dot k (f x) (images u)) (dot k (f y) (images u))))))))
      (scale_cancel hr Q _)) rfl

/-! ## Linear maps -/

/-- `⟨W y r + b, v⟩ = r ⟨y, Wᵀ v⟩ + ⟨b, v⟩`, where `u = Wᵀ v`. -/
theorem dot_linear {W : Nat → Nat → Int} {r : R} {b : Vec R} {u : Nat → Int}
    (hu : ∀ j, Nat.lt j k →
      Eq (ofInt (u j) : R) (sum m (fun i => mul (ofInt (W i j)) (ofInt (v i)))))
    (y : Vec R) :
    Eq (dot m (linear k W r b y) (images v))
      (add (mul r (dot k y (images u))) (dot m b (images v))) :=
  Eq.trans (dot_congr (y := images v) (fun i _ => linear_eq k W r b y i) (fun _ _ => rfl))
    (Eq.trans (dot_add_left m (fun i => mul r (matVec k W y i)) b (images v))
      (congrArg (fun t => add t (dot m b (images v)))
        (Eq.trans (dot_smul_left m r (matVec k W y) (images v))
          (congrArg (mul r)
            (Eq.trans (dot_comm m (matVec k W y) (images v))
              (Eq.trans (dot_matVec m k W y (images v))
                (Eq.trans (dot_comm k _ y)
                  (dot_congr (fun _ _ => rfl) (fun j hj => Eq.symm (hu j hj))))))))))

/-- A linear layer pulls `v` to `Wᵀ v`. -/
theorem DirectionBound.linear {d : Nat} {W : Nat → Nat → Int} {r : R} {b : Vec R} {u : Nat → Int}
    (hr : Eq (mul (ofNat d) r) one)
    (hu : ∀ j, Nat.lt j k →
      Eq (ofInt (u j) : R) (sum m (fun i => mul (ofInt (W i j)) (ofInt (v i)))))
    (hf : DirectionBound n k Q N f u) :
    DirectionBound n m (Nat.mul Q (Nat.mul d d)) N (fun x => linear k W r b (f x)) v :=
  DirectionBound.after hr
    (fun x y => Eq.trans (congr2 sub (dot_linear hu (f x)) (dot_linear hu (f y)))
      (ring_eq (vars4 r (dot k (f x) (images u)) (dot k (f y) (images u)) (dot m b (images v)))
        (a := sub (add (mul r (dot k (f x) (images u))) (dot m b (images v)))
          (add (mul r (dot k (f y) (images u))) (dot m b (images v))))
        (b := mul r (sub (dot k (f x) (images u)) (dot k (f y) (images u)))))) hf

/-- The packed number of `Σ_i a_i W_ij` and what takes its bias off, without taking it off: with the
digits `a` of `A` and `c` of `C`, `Σ_i a_i u_ij + β Σ_i c_i`, packed in base `2^b`. -/
noncomputable def pulled (β w : Nat) (S : Rows) (o A C : Nat) : Nat :=
  Nat.add (Rows.weighted w (fun p => p) S A)
    (Nat.mul (Nat.mul β (Rows.weighted w (fun _ => 1) S C)) o)

/-- A direction pulled through a packed matrix, and what follows. -/
noncomputable def PackedMatrix.pull (W : PackedMatrix) (w b : Nat) (rs cs : Shape)
    (κ : Nat → Nat → Nat) (A C : Nat) : Nat :=
  force (ones b cs) fun o =>
  force (pulled W.bias w (PackedMatrix.rowsAt W b rs cs) o A C) fun a =>
  force (pulled W.bias w (PackedMatrix.rowsAt W b rs cs) o C A) fun c => κ a c

/-- Whether `b` bits hold a pulled direction. -/
noncomputable def PackedMatrix.pullFits (W : PackedMatrix) (w b : Nat) (rs cs : Shape) : Bool :=
  and (PackedMatrix.fits W b rs cs)
    (Nat.ble (Nat.succ (Nat.add (Nat.mul W.rows (Nat.mul (Nat.pow 2 w) (Nat.pow 2 W.width)))
      (Nat.mul W.bias (Nat.mul W.rows (Nat.pow 2 w))))) (Nat.pow 2 b))

/-- The digits of `pulled`. -/
theorem digit_pulled {W : PackedMatrix} {w b : Nat} {rs cs : Shape}
    (h : Eq (PackedMatrix.pullFits W w b rs cs) true) (A C : Nat) {j : Nat}
    (hj : Nat.lt j W.cols) :
    Eq (digit b (pulled W.bias w (PackedMatrix.rowsAt W b rs cs) (ones b cs) A C) j)
      (Nat.add (natSum W.rows (fun i => Nat.mul (digit w A i) (PackedMatrix.digitAt W i j)))
        (Nat.mul W.bias (natSum W.rows (digit w C)))) :=
  have hf := (bool_and h).left
  have cW : Eq (Shape.size cs) W.cols := Nat.eq_of_beq_eq_true (bool_and (bool_and hf).left).right
  have count := PackedMatrix.count_rowsAt hf
  have rows (t : Nat) (ht : Nat.lt t W.rows) : Eq (Rows.get (PackedMatrix.rowsAt W b rs cs) t)
      (pack (pow2 b) (Shape.size cs) (PackedMatrix.digitAt W t)) :=
    Eq.trans (PackedMatrix.get_rowsAt hf ht)
      (congrArg (fun n => pack (pow2 b) n (PackedMatrix.digitAt W t)) (Eq.symm cW))
  have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
  have e : Eq (pulled W.bias w (PackedMatrix.rowsAt W b rs cs) (ones b cs) A C)
      (pack (pow2 b) (Shape.size cs) (fun q =>
        Nat.add (natSum W.rows (fun i => Nat.mul (digit w A i) (PackedMatrix.digitAt W i q)))
          (Nat.mul W.bias (natSum W.rows (digit w C))))) :=
    Eq.symm (Eq.trans (pack_add (pow2 b) (Shape.size cs) _
        (fun _ => Nat.mul W.bias (natSum W.rows (digit w C))))
      (congr2 Nat.add
        (Eq.symm (weighted_pack (a := digit w A) (u := PackedMatrix.digitAt W) count
          (fun _ _ => rfl) rows))
        (Eq.trans (pack_const b _ cs)
          (congrArg (fun t => Nat.mul (Nat.mul W.bias t) (ones b cs))
            (Eq.symm (weighted_one (a := digit w C) count (fun _ _ => rfl)))))))
  Eq.trans (congrArg (fun t => digit b t j) e)
    (digit_pack b (Shape.size cs)
      (fun q _ => Nat.le_trans
        (Nat.succ_le_succ (nat_add_le_add
          (natSum_le W.rows _ (fun i => nat_mul_le_mul (below (digit_lt w A i))
            (below (PackedMatrix.digitAt_lt W i q))))
          (nat_mul_le_mul_left W.bias (natSum_le W.rows _ (fun i => below (digit_lt w C i))))))
        (Nat.le_of_ble_eq_true (bool_and h).right))
      (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm cW) hj))

/-- `Σ_i (u_i - β)(a_i - c_i)`, the biases not taken off. -/
theorem sum_pulled (m β : Nat) (u a c : Nat → Nat) :
    Eq (sum m (fun i => mul (ofInt (diff (u i) β)) (ofInt (diff (a i) (c i)))) : R)
      (sub
        (ofNat (Nat.add (natSum m (fun i => Nat.mul (a i) (u i))) (Nat.mul β (natSum m c))))
        (ofNat (Nat.add (natSum m (fun i => Nat.mul (c i) (u i))) (Nat.mul β (natSum m a))))) :=
  have side (a c : Nat → Nat) :
      Eq (ofNat (Nat.add (natSum m (fun i => Nat.mul (a i) (u i))) (Nat.mul β (natSum m c))) : R)
        (sum m (fun i => add (mul (ofNat (a i)) (ofNat (u i))) (mul (ofNat β) (ofNat (c i))))) :=
    Eq.trans (ofNat_add _ _)
      (Eq.symm (Eq.trans (sum_add m _ _)
        (congr2 add
          (Eq.symm (Eq.trans (ofNat_natSum m _) (sum_ext m (fun _ => ofNat_mul _ _))))
          (Eq.trans (sum_mul_left m (ofNat β) _)
            (Eq.symm (Eq.trans (ofNat_mul _ _) (congrArg (mul (ofNat β)) (ofNat_natSum m c))))))))
  Eq.trans
    (sum_ext m (fun i => Eq.trans (congr2 mul (ofInt_diff (u i) β) (ofInt_diff (a i) (c i)))
      (ring_eq (vars4 (ofNat (u i)) (ofNat β) (ofNat (a i)) (ofNat (c i)))
        (a := mul (sub (ofNat (u i)) (ofNat β)) (sub (ofNat (a i)) (ofNat (c i))))
        (b := sub (add (mul (ofNat (a i)) (ofNat (u i))) (mul (ofNat β) (ofNat (c i))))
          (add (mul (ofNat (c i)) (ofNat (u i))) (mul (ofNat β) (ofNat (a i))))))))
    (Eq.trans (sum_sub m _ _) (congr2 sub (Eq.symm (side a c)) (Eq.symm (side c a))))

/-- A linear layer with a packed matrix: directions are pulled through it. -/
theorem DirectionBounds.linear {d b : Nat} {W : PackedMatrix} {rs cs : Shape} {r : R} {t : Vec R}
    (hr : Eq (mul (ofNat d) r) one) (h : Eq (PackedMatrix.pullFits W w b rs cs) true)
    (hf : DirectionBounds n W.cols Q b f κ) :
    DirectionBounds n W.rows (Nat.mul Q (Nat.mul d d)) w
      (fun x => LipBridge.linear W.cols (PackedMatrix.entry W) r t (f x))
      (PackedMatrix.pull W w b rs cs κ) :=
  fun A C => DirectionBound.linear hr
    (fun j hj => Eq.trans
      (congrArg ofInt (congr2 diff (digit_pulled h A C hj) (digit_pulled h C A hj)))
      (Eq.trans (ofInt_diff _ _)
        (Eq.symm (Eq.trans
          (sum_ext W.rows (fun i => congrArg (fun z => mul (ofInt z) (ofInt (between w A C i)))
            (PackedMatrix.entry_digitAt W i j)))
          (sum_pulled W.rows W.bias (fun i => PackedMatrix.digitAt W i j) (digit w A)
            (digit w C))))))
    (hf _ _)

/-! ## Gains -/

/-- A direction pulled through a gain whose entries are `(u_i + s) - t`, `u` the digits of `G`. -/
noncomputable def pullGain (v G s t w b : Nat) (sh : Shape) (κ : Nat → Nat → Nat) (A C : Nat) : Nat :=
  force (spread w b sh A) fun a => force (spread w b sh C) fun c =>
  force (Nat.add (Nat.add (pointwise v w b sh G A) (Nat.mul s a)) (Nat.mul t c)) fun p =>
  force (Nat.add (Nat.add (pointwise v w b sh G C) (Nat.mul s c)) (Nat.mul t a)) fun q => κ p q

/-- Whether `b` bits hold it. -/
noncomputable def gainFits (v s t w b k : Nat) (sh : Shape) : Bool :=
  and (and (Nat.beq (Shape.size sh) k) (Nat.ble (Nat.pow 2 w) (Nat.pow 2 b)))
    (Nat.ble (Nat.succ (Nat.add (Nat.add (Nat.mul (Nat.pow 2 v) (Nat.pow 2 w))
      (Nat.mul s (Nat.pow 2 w))) (Nat.mul t (Nat.pow 2 w)))) (Nat.pow 2 b))

/-- The digits of a direction pulled through a gain. -/
theorem digit_gain {v G s t w b k : Nat} {sh : Shape} (h : Eq (gainFits v s t w b k sh) true)
    (A C : Nat) {j : Nat} (hj : Nat.lt j k) :
    Eq (digit b (Nat.add (Nat.add (pointwise v w b sh G A) (Nat.mul s (spread w b sh A)))
        (Nat.mul t (spread w b sh C))) j)
      (Nat.add (Nat.add (Nat.mul (digit v G j) (digit w A j)) (Nat.mul s (digit w A j)))
        (Nat.mul t (digit w C j))) :=
  have hS : Eq (Shape.size sh) k := Nat.eq_of_beq_eq_true (bool_and (bool_and h).left).left
  have hw : Nat.le (pow2 w) (pow2 b) := Nat.le_of_ble_eq_true (bool_and (bool_and h).left).right
  have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
  have times (c x : Nat) : Eq (Nat.mul c (spread w b sh x))
      (pack (pow2 b) (Shape.size sh) (fun p => Nat.mul c (digit w x p))) :=
    Eq.trans (congrArg (Nat.mul c) (spread_eq_pack hw sh x))
      (Eq.symm (pack_mul (pow2 b) (Shape.size sh) c (digit w x)))
  Eq.trans
    (congrArg (fun x => digit b x j)
      (Eq.symm (Eq.trans
        (pack_add (pow2 b) (Shape.size sh)
          (fun p => Nat.add (Nat.mul (digit v G p) (digit w A p)) (Nat.mul s (digit w A p)))
          (fun p => Nat.mul t (digit w C p)))
        (congr2 Nat.add
          (Eq.trans
            (pack_add (pow2 b) (Shape.size sh) (fun p => Nat.mul (digit v G p) (digit w A p))
              (fun p => Nat.mul s (digit w A p)))
            (congr2 Nat.add (Eq.symm (pointwise_eq_pack v w b sh G A)) (Eq.symm (times s A))))
          (Eq.symm (times t C))))))
    (digit_pack b (Shape.size sh)
      (fun p _ => Nat.le_trans
        (Nat.succ_le_succ (nat_add_le_add
          (nat_add_le_add (nat_mul_le_mul (below (digit_lt v G p)) (below (digit_lt w A p)))
            (nat_mul_le_mul_left s (below (digit_lt w A p))))
          (nat_mul_le_mul_left t (below (digit_lt w C p)))))
        (Nat.le_of_ble_eq_true (bool_and h).right))
      (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hS) hj))

/-- A gain with entries `((u_i + s) - t) r`: directions are pulled through it. -/
theorem DirectionBounds.gain {e v G s t b : Nat} {sh : Shape} {r : R} {g : Vec R}
    (hr : Eq (mul (ofNat e) r) one)
    (hg : ∀ i, Nat.lt i k →
      Eq (g i) (mul (ofInt (diff (Nat.add (digit v G i) s) t)) r))
    (h : Eq (gainFits v s t w b k sh) true) (hf : DirectionBounds n k Q b f κ) :
    DirectionBounds n k (Nat.mul Q (Nat.mul e e)) w (fun x => LipBridge.gain g (f x))
      (pullGain v G s t w b sh κ) :=
  fun A C =>
    let p := Nat.add (Nat.add (pointwise v w b sh G A) (Nat.mul s (spread w b sh A)))
      (Nat.mul t (spread w b sh C))
    let q := Nat.add (Nat.add (pointwise v w b sh G C) (Nat.mul s (spread w b sh C)))
      (Nat.mul t (spread w b sh A))
    have entry (i : Nat) (hi : Nat.lt i k) : Eq (ofInt (between b p q i) : R)
        (mul (ofInt (diff (Nat.add (digit v G i) s) t)) (ofInt (between w A C i))) :=
      Eq.trans (congrArg ofInt (congr2 diff (digit_gain h A C hi) (digit_gain h C A hi)))
        (Eq.trans (ofInt_diff _ _)
          (Eq.trans
            (congr2 sub
              (Eq.trans (ofNat_add _ _) (congr2 add
                (Eq.trans (ofNat_add _ _) (congr2 add (ofNat_mul _ _) (ofNat_mul _ _)))
                (ofNat_mul _ _)))
              (Eq.trans (ofNat_add _ _) (congr2 add
                (Eq.trans (ofNat_add _ _) (congr2 add (ofNat_mul _ _) (ofNat_mul _ _)))
                (ofNat_mul _ _))))
            (Eq.trans
              (ring_eq (vars5 (ofNat (digit v G i)) (ofNat s) (ofNat t) (ofNat (digit w A i))
                  (ofNat (digit w C i)))
                (b := mul (sub (add (ofNat (digit v G i)) (ofNat s)) (ofNat t))
                  (sub (ofNat (digit w A i)) (ofNat (digit w C i)))))
              (congr2 mul
                (Eq.symm (Eq.trans (ofInt_diff _ _)
                  (congrArg (fun z => sub z (ofNat t)) (ofNat_add _ _))))
                (Eq.symm (ofInt_diff _ _))))))
    have value (x : Vec R) : Eq (dot k (LipBridge.gain g x) (images (between w A C)))
        (mul r (dot k x (images (between b p q)))) :=
      Eq.trans
        (sum_congr (fun i hi => Eq.trans
          (congrArg (fun z => mul (mul z (x i)) (ofInt (between w A C i))) (hg i hi))
          (Eq.trans
            (ring_eq (vars4 (ofInt (diff (Nat.add (digit v G i) s) t)) r (x i)
                (ofInt (between w A C i)))
              (b := mul r (mul (x i) (mul (ofInt (diff (Nat.add (digit v G i) s) t))
                (ofInt (between w A C i))))))
            (congrArg (fun z => mul r (mul (x i) z)) (Eq.symm (entry i hi))))))
        (sum_mul_left k r _)
    DirectionBound.after hr
      (fun x y => Eq.trans (congr2 sub (value (f x)) (value (f y)))
        (ring_eq (vars3 r (dot k (f x) (images (between b p q)))
            (dot k (f y) (images (between b p q))))
          (b := mul r (sub (dot k (f x) (images (between b p q)))
            (dot k (f y) (images (between b p q)))))))
      (hf p q)

/-- What a stored gain has on its digits: with `c e - β = s - t`, `u + s - t` is `(u - β) + c e`. -/
theorem gain_entry {W : PackedMatrix} (hW : Eq (not W.transposed) true) {c : Int} {e s t : Nat}
    (h : Eq (intBeq (Int.add (diff 0 W.bias) (Int.mul c (Int.ofNat e))) (diff s t)) true) (i : Nat) :
    Eq (Int.add (PackedMatrix.entry W 0 i) (Int.mul c (Int.ofNat e)))
      (diff (Nat.add (digit W.width (Rows.get W.data 0) i) s) t) :=
  have split (u : Nat) : Eq (diff u W.bias) (Int.add (Int.ofNat u) (diff 0 W.bias)) :=
    Eq.trans (congrArg (fun x => diff x W.bias) (Eq.symm (nat_zero_add u)))
      (Eq.trans (congrArg (fun x => diff x W.bias) (nat_add_comm 0 u))
        (Eq.symm (Eq.trans (congrArg (fun x => Int.add x (diff 0 W.bias)) (Eq.symm (diff_zero u)))
          (Eq.trans (diff_add u 0 0 W.bias)
            (congrArg (diff (Nat.add u 0)) (nat_zero_add W.bias))))))
  let u := digit W.width (Rows.get W.data 0) i
  Eq.trans
    (congrArg (fun x => Int.add x (Int.mul c (Int.ofNat e)))
      (Eq.trans (PackedMatrix.entry_of_rows hW 0 i) (split u)))
    (Eq.trans (int_add_assoc _ _ _)
      (Eq.trans (congrArg (Int.add (Int.ofNat u)) (int_eq_of_beq h))
        (Eq.trans (congrArg (fun x => Int.add x (diff s t)) (Eq.symm (diff_zero u)))
          (Eq.trans (diff_add u 0 s t) (congrArg (diff (Nat.add u s)) (nat_zero_add t))))))

/-- A stored gain. -/
theorem DirectionBounds.storedGain {e b : Nat} {W : PackedMatrix} {sh : Shape} {r : R}
    (hr : Eq (mul (ofNat e) r) one) (hW : Eq (not W.transposed) true)
    (h : Eq (gainFits W.width 0 W.bias w b k sh) true) (hf : DirectionBounds n k Q b f κ) :
    DirectionBounds n k (Nat.mul Q (Nat.mul e e)) w
      (fun x => LipBridge.gain (fun i => mul (ofInt (PackedMatrix.entry W 0 i)) r) (f x))
      (pullGain W.width (Rows.get W.data 0) 0 W.bias w b sh κ) :=
  DirectionBounds.gain hr
    (fun i _ => congrArg (fun z => mul (ofInt z) r) (PackedMatrix.entry_of_rows hW 0 i)) h hf

/-- A stored gain, with an integer added to each entry. -/
theorem DirectionBounds.storedGainOffset {e b s t : Nat} {W : PackedMatrix} {sh : Shape} {r : R}
    (c : Int) (hr : Eq (mul (ofNat e) r) one) (hW : Eq (not W.transposed) true)
    (hc : Eq (intBeq (Int.add (diff 0 W.bias) (Int.mul c (Int.ofNat e))) (diff s t)) true)
    (h : Eq (gainFits W.width s t w b k sh) true) (hf : DirectionBounds n k Q b f κ) :
    DirectionBounds n k (Nat.mul Q (Nat.mul e e)) w
      (fun x => LipBridge.gain
        (fun i => add (mul (ofInt (PackedMatrix.entry W 0 i)) r) (ofInt c)) (f x))
      (pullGain W.width (Rows.get W.data 0) s t w b sh κ) :=
  DirectionBounds.gain hr
    (fun i _ => Eq.trans (Eq.symm (offset_entry (PackedMatrix.entry W 0 i) c hr))
      (congrArg (fun z => mul (ofInt z) r) (gain_entry hW hc i))) h hf

end

end

end LipBridge
