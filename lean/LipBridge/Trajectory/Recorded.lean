import LipBridge.Selection.Point
import LipBridge.Selection.StepKeys
import LipBridge.Trajectory.Contraction
/-!
# A recorded path of stored queries and keys

A recorded path has a query at each step, the same keys all along, and for some of its steps a `Lock`: a
radius around the query within which the selection cannot change, since no gap between a selected and
another score can close: the difference of two scores has the constant `‖k_i - k_j‖`. Where both ends of
a step lie within the radius, the selection keeps its blocks. The kernel computes scores and constants
from the stored numbers, checks every radius, and that the recorded path stays within them; the theorem
is about every path that does.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- A radius `a/b` around a query within which the listed keys have the greatest scores. -/
structure Lock : Type where
  /-- The selected keys. -/
  chosen : List Nat
  /-- `a`. -/
  num : Nat
  /-- `b`. -/
  den : Nat

/-- One step of a recorded path. -/
inductive Link : Type where
  /-- Nothing is certified of it. -/
  | free : Link
  /-- The selection cannot change within the radius of `l` around the query. -/
  | locked (l : Lock) : Link

/-- Whether nothing is certified of a step. -/
noncomputable def Link.isFree (l : Link) : Bool := Link.rec true (fun _ => false) l

/-- `⟨z, k⟩` of row `t` of `Q` and row `i` of `K`, from their packed digits. -/
noncomputable def PackedMatrix.packedScore (K Q : PackedMatrix) (t i : Nat) : Int :=
  PackedMatrix.packedDot K (PackedMatrix.packedRow Q (Rows.get Q.data t)) (Rows.get K.data i)

/-- `‖z_i - z_j‖²` of rows `i` and `j` of `Q`, from their packed digits. -/
noncomputable def PackedMatrix.packedDistSq (Q : PackedMatrix) (i j : Nat) : Int :=
  Int.add (Int.add (PackedMatrix.packedScore Q Q i i) (PackedMatrix.packedScore Q Q j j))
    (Int.mul (Int.negSucc 1) (PackedMatrix.packedScore Q Q i j))

/-- Whether `Q` stores its rows, of `n` integers each. -/
noncomputable def PackedMatrix.hasRows (n : Nat) (Q : PackedMatrix) : Bool :=
  and (Nat.beq Q.cols n) (not Q.transposed)

/-- Whether rows `t` and `t + 1` of `Q`, stored over `d`, are at most the radius of a lock apart. -/
noncomputable def Lock.moveCheck (d : Nat) (Q : PackedMatrix) (t : Nat) (l : Lock) : Bool :=
  intBle (Int.mul (Int.ofNat (Nat.mul l.den l.den)) (PackedMatrix.packedDistSq Q (Nat.succ t) t))
    (Int.ofNat (Nat.mul (Nat.mul l.num l.num) (Nat.mul d d)))

/-- Whether a lock lists `k` of the `m` rows of `K`, and no gap between the score of one of them and that
of another row can close within the radius around row `t` of `Q`; both are stored over `d`. -/
noncomputable def Lock.staysCheck (m k d : Nat) (K Q : PackedMatrix) (t : Nat) (l : Lock) : Bool :=
  and (Nat.beq (count m (oneOf l.chosen)) k)
    (everyBelow m fun i => pick (oneOf l.chosen i)
      (everyBelow m fun j => pick (oneOf l.chosen j) true
        (staysOpen (Int.toNat (PackedMatrix.packedDistSq K i j)) (Nat.mul d d) l.num l.den
          (Nat.mul d d) (Int.add (PackedMatrix.packedScore K Q t i)
            (Int.neg (PackedMatrix.packedScore K Q t j))))) true)

/-- The check of step `t`: a certified one selects `k` of the `m` keys `K` around the query, row `t` of
`Q`, and the next query lies within its radius. -/
noncomputable def Link.check (m k n d : Nat) (K Q : PackedMatrix) (t : Nat) (l : Link) : Bool :=
  Link.rec true (fun l =>
    pick (and (PackedMatrix.hasRows n K) (PackedMatrix.hasRows n Q))
      (pick (l.staysCheck m k d K Q t) (l.moveCheck d Q t) false) false) l

/-- The check of the steps of a list, the first of which is step `t`. -/
noncomputable def linksCheck (m k n d : Nat) (K Q : PackedMatrix) (l : List Link) : Nat → Bool :=
  List.rec (motive := fun _ => Nat → Bool) (fun _ => true)
    (fun l _ ih t => pick (Link.check m k n d K Q t l) (ih (Nat.succ t)) false) l

/-- Step `t` of a list. -/
def linkAt (l : List Link) (t : Nat) : Link := nth .free l t

/-- The steps of which nothing is certified. -/
noncomputable def freeSteps (l : List Link) : BlockSet := fun t => Link.isFree (linkAt l t)

/-- Every step of a checked list is checked. -/
theorem linkAt_check {m k n d : Nat} {K Q : PackedMatrix} {l : List Link} {s t : Nat}
    (h : Eq (linksCheck m k n d K Q l s) true) :
    Eq (Link.check m k n d K Q (Nat.add s t) (linkAt l t)) true :=
  match l, t, h with
  | .nil, _, _ => rfl
  | .cons _ _, 0, h => (both_of_pick h).left
  | .cons _ l, .succ t, h =>
    Eq.subst (motive := fun p => Eq (Link.check m k n d K Q p (linkAt l t)) true)
      (nat_succ_add s t) (linkAt_check (s := Nat.succ s) (t := t) (both_of_pick h).right)

section
variable {R : Type u} [OrderedRing R] {m k n d : Nat} {K Q : PackedMatrix} {r : R}

/-- Both ends of a step lie within its radius around the query `z r`; nothing is asked where nothing is
certified. -/
def Link.Near (n : Nat) (z : Nat → Int) (r : R) (p p' : Vec R) (l : Link) : Prop :=
  match l with
  | .free => True
  | .locked l => And (WithinRatio n (ofNat l.num) (ofNat l.den) (storedVec z r) p)
      (WithinRatio n (ofNat l.num) (ofNat l.den) (storedVec z r) p')

/-- A path stays within the radii of a recorded one for `T` steps. -/
def Follows (n : Nat) (Q : PackedMatrix) (r : R) (l : List Link) (p : Nat → Vec R) (T : Nat) : Prop :=
  ∀ t, Nat.lt t T → Link.Near n (PackedMatrix.entry Q t) r (p t) (p (Nat.succ t)) (linkAt l t)

/-- The top-k set of the stored keys `K r` at `x`. -/
def KeysSelect (m k n : Nat) (K : PackedMatrix) (r : R) (x : Vec R) (S : BlockSet) : Prop :=
  TopK m k (fun i => dot n x (storedVec (PackedMatrix.entry K i) r)) S

/-- `‖a - b‖² = ‖a‖² + ‖b‖² - 2⟨a, b⟩` among integers. -/
theorem int_distSq (n : Nat) (a b : Nat → Int) : Eq (normSq n (vsub a b))
    (Int.add (Int.add (normSq n a) (normSq n b)) (Int.mul (Int.negSucc 1) (dot n a b))) :=
  Eq.trans
    (sum_ext n (fun i => ring_eq (R := Int) (vars2 (a i) (b i))
      (a := mul (sub (a i) (b i)) (sub (a i) (b i)))
      (b := sub (sub (add (mul (a i) (a i)) (mul (b i) (b i))) (mul (a i) (b i))) (mul (a i) (b i)))))
    (Eq.trans (sum_sub n (fun i => sub (add (mul (a i) (a i)) (mul (b i) (b i))) (mul (a i) (b i)))
        (fun i => mul (a i) (b i)))
      (Eq.trans (congrArg (fun t => sub t (dot n a b))
          (Eq.trans (sum_sub n (fun i => add (mul (a i) (a i)) (mul (b i) (b i)))
              (fun i => mul (a i) (b i)))
            (congrArg (fun t => sub t (dot n a b))
              (sum_add n (fun i => mul (a i) (a i)) (fun i => mul (b i) (b i))))))
        (Eq.trans
          (ring_eq (R := Int) (vars2 (add (normSq n a) (normSq n b)) (dot n a b))
            (a := sub (sub (add (normSq n a) (normSq n b)) (dot n a b)) (dot n a b))
            (b := add (add (normSq n a) (normSq n b)) (mul (neg (add one one)) (dot n a b))))
          rfl)))

/-- `packedScore` is the inner product it stands for. -/
theorem PackedMatrix.packedScore_eq (hK : Eq (PackedMatrix.hasRows n K) true)
    (hQ : Eq (PackedMatrix.hasRows n Q) true) (t i : Nat) :
    Eq (dot n (PackedMatrix.entry Q t) (PackedMatrix.entry K i)) (PackedMatrix.packedScore K Q t i) :=
  have k := bool_and hK
  have q := bool_and hQ
  have cK : Eq K.cols n := Nat.eq_of_beq_eq_true k.left
  have cQ : Eq Q.cols n := Nat.eq_of_beq_eq_true q.left
  Eq.trans
    (dot_congr
      (fun j hj => Eq.trans (PackedMatrix.entry_of_rows q.right t j)
        (Eq.symm (nth_unpackInts Q.width Q.bias Q.cols _ j
          (Eq.subst (motive := Nat.lt j) (Eq.symm cQ) hj))))
      (fun j _ => PackedMatrix.entry_of_rows k.right i j))
    (Eq.trans (congrArg (fun c => dot c _ _) (Eq.symm cK))
      (Eq.symm (PackedMatrix.packedDot_eq K (Rows.get K.data i)
        (Eq.trans (len_unpackInts _ _ _ _) (Eq.trans cQ (Eq.symm cK))))))

/-- `packedDistSq` is the squared distance it stands for. -/
theorem PackedMatrix.packedDistSq_eq (h : Eq (PackedMatrix.hasRows n Q) true) (i j : Nat) :
    Eq (normSq n (vsub (PackedMatrix.entry Q i) (PackedMatrix.entry Q j)))
      (PackedMatrix.packedDistSq Q i j) :=
  Eq.trans (int_distSq n _ _)
    (congr2 Int.add
      (congr2 Int.add (PackedMatrix.packedScore_eq h h i i) (PackedMatrix.packedScore_eq h h j j))
      (congrArg (Int.mul (Int.negSucc 1)) (PackedMatrix.packedScore_eq h h i j)))

/-- The difference of stored vectors is stored. -/
theorem stored_vsub (a b : Nat → Int) (r : R) (j : Nat) :
    Eq (vsub (storedVec a r) (storedVec b r) j) (storedVec (vsub a b) r j) :=
  Eq.trans
    (ring_eq (vars3 (ofInt (a j)) (ofInt (b j)) r)
      (a := sub (mul (ofInt (a j)) r) (mul (ofInt (b j)) r))
      (b := mul (add (ofInt (a j)) (neg (ofInt (b j)))) r))
    (congrArg (fun w => mul w r)
      (Eq.symm (Eq.trans (ofInt_add _ _) (congrArg (add _) (ofInt_neg _)))))

/-- The difference of the scores of two stored keys changes by at most `‖a - b‖` times the way. -/
theorem stored_gap (hr : Eq (mul (ofNat d) r) one) (a b : Nat → Int) {z : Int}
    (hz : Eq (normSq n (vsub a b)) z) (x x' : Vec R) :
    le (mul (ofNat (Nat.mul d d)) (sq (sub
        (sub (dot n x' (storedVec a r)) (dot n x' (storedVec b r)))
        (sub (dot n x (storedVec a r)) (dot n x (storedVec b r))))))
      (mul (ofNat (Int.toNat z)) (distSq n x' x)) :=
  have length : Eq (mul (ofNat (Nat.mul d d)) (normSq n (vsub (storedVec a r) (storedVec b r))))
      (ofInt z) :=
    Eq.trans (congrArg (mul _) (normSq_congr (fun j _ => stored_vsub a b r j)))
      (Eq.trans (stored_dot hr (vsub a b) (vsub a b)) (congrArg ofInt hz))
  le_congr
    (congrArg (fun v => mul (ofNat (Nat.mul d d)) (sq v))
      (Eq.trans (congr2 sub (Eq.symm (dot_sub_right n x' _ _)) (Eq.symm (dot_sub_right n x _ _)))
        (Eq.symm (dot_sub_left n x' x (vsub (storedVec a r) (storedVec b r))))))
    rfl
    (le_trans
      (mul_le_mul_left (ofNat_nonneg _) (cauchy_schwarz n (vsub x' x)
        (vsub (storedVec a r) (storedVec b r))))
      (le_via (mul_le_mul_right (normSq_nonneg n (vsub x' x))
          (le_congr length rfl (ofInt_le_toNat z)))
        (ring_eq (vars3 (ofNat (Nat.mul d d)) (normSq n (vsub x' x))
            (normSq n (vsub (storedVec a r) (storedVec b r))))
          (a := mul (ofNat (Nat.mul d d)) (mul (normSq n (vsub x' x))
            (normSq n (vsub (storedVec a r) (storedVec b r)))))
          (b := mul (mul (ofNat (Nat.mul d d)) (normSq n (vsub (storedVec a r) (storedVec b r))))
            (normSq n (vsub x' x))))
        rfl))

/-- Within the radius of a checked lock the listed keys are the only top-k set. -/
theorem Lock.stable {t : Nat} {l : Lock} (hK : Eq (PackedMatrix.hasRows n K) true)
    (hQ : Eq (PackedMatrix.hasRows n Q) true) (h : Eq (l.staysCheck m k d K Q t) true)
    (hr : Eq (mul (ofNat d) r) one) {x : Vec R}
    (hx : WithinRatio n (ofNat l.num) (ofNat l.den) (storedVec (PackedMatrix.entry Q t) r) x) :
    UniqueTopK m k (fun i => dot n x (storedVec (PackedMatrix.entry K i) r)) (oneOf l.chosen) :=
  have value (i : Nat) (_ : Nat.lt i m) : Eq (mul (ofNat (Nat.mul d d))
      (dot n (storedVec (PackedMatrix.entry Q t) r) (storedVec (PackedMatrix.entry K i) r)))
      (ofInt (PackedMatrix.packedScore K Q t i)) :=
    Eq.trans (stored_dot hr _ _) (congrArg ofInt (PackedMatrix.packedScore_eq hK hQ t i))
  unique_of_separated (Nat.eq_of_beq_eq_true (bool_and h).left) (fun i j hi hj ei ej =>
    lt_of_sub_pos (gap_open
      (g := fun y => sub (dot n y (storedVec (PackedMatrix.entry K i) r))
        (dot n y (storedVec (PackedMatrix.entry K j) r)))
      (stored_gap hr _ _ (PackedMatrix.packedDistSq_eq hK i j) _ x)
      (add_over (value i hi) (neg_over (value j hj))) hx
      (pick_false ej (everyBelow_sound (pick_true ei (everyBelow_sound (bool_and h).right i hi)) j hj))))

/-- Where both ends of a certified step are near, the selection keeps its blocks. -/
theorem Link.keeps {t : Nat} {l : Link} {p p' : Vec R} {S S' : BlockSet}
    (h : Eq (Link.check m k n d K Q t l) true) (hr : Eq (mul (ofNat d) r) one)
    (near : Link.Near n (PackedMatrix.entry Q t) r p p' l) (hS : KeysSelect m k n K r p S)
    (hS' : KeysSelect m k n K r p' S') (certified : Eq (Link.isFree l) false) : SameOn m S S' :=
  match l, h, near, certified with
  | .free, _, _, certified => bool_absurd certified
  | .locked _, h, near, _ =>
    have h0 := both_of_pick h
    have rows := bool_and h0.left
    have stays := (both_of_pick h0.right).left
    fun i hi => Eq.trans (Eq.symm ((Lock.stable rows.left rows.right stays hr near.left).only S hS i hi))
      ((Lock.stable rows.left rows.right stays hr near.right).only S' hS' i hi)

/-- `moveCheck` that says yes is right: the next stored query lies within the radius. -/
theorem Lock.near_of_check {t : Nat} {l : Lock} (hQ : Eq (PackedMatrix.hasRows n Q) true)
    (h : Eq (l.moveCheck d Q t) true) (hr : Eq (mul (ofNat d) r) one) :
    WithinRatio n (ofNat l.num) (ofNat l.den) (storedVec (PackedMatrix.entry Q t) r)
      (storedVec (PackedMatrix.entry Q (Nat.succ t)) r) :=
  le_congr (congrArg (mul _) (normSq_congr (fun j _ => stored_vsub _ _ r j))) rfl
    (stored_length hr (Eq.trans
      (congrArg (fun z => intBle (Int.mul _ z) _) (PackedMatrix.packedDistSq_eq hQ (Nat.succ t) t)) h))

/-- The recorded path stays within its own radii. -/
theorem recorded_follows {l : List Link} (h : Eq (linksCheck m k n d K Q l 0) true)
    (hr : Eq (mul (ofNat d) r) one) (T : Nat) :
    Follows n Q r l (fun t => storedVec (PackedMatrix.entry Q t) r) T :=
  fun t _ =>
    have near (l : Link) (h : Eq (Link.check m k n d K Q t l) true) :
        Link.Near n (PackedMatrix.entry Q t) r (storedVec (PackedMatrix.entry Q t) r)
          (storedVec (PackedMatrix.entry Q (Nat.succ t)) r) l :=
      match l, h with
      | .free, _ => True.intro
      | .locked _, h =>
        have h0 := both_of_pick h
        ⟨WithinRatio.self n _ _ _,
          Lock.near_of_check (bool_and h0.left).right (both_of_pick h0.right).right hr⟩
    near (linkAt l t) (Eq.subst (motive := fun p => Eq (Link.check m k n d K Q p (linkAt l t)) true)
      (nat_zero_add t) (linkAt_check h))

/-- The rate of a recorded path, and of every path that stays within its radii: of `T` steps at most `N`
change the selection, those of which nothing is certified; and whatever a step that keeps the selection
contracts by `ρ`, any other by `κ` at worst, is after them at most `κᴺ ρ^(T-N)` times what it was. -/
theorem recorded_rate {l : List Link} {p : Nat → Vec R} {S : Nat → BlockSet} {e : Nat → R}
    {ρ κ : R} {T N b : Nat} (h : Eq (linksCheck m k n d K Q l 0) true)
    (hN : Eq (and (Nat.beq (count T (freeSteps l)) N)
      (Nat.beq (count T (others (freeSteps l))) b)) true)
    (hr : Eq (mul (ofNat d) r) one) (near : Follows n Q r l p T)
    (hS : ∀ t, Nat.le t T → KeysSelect m k n K r (p t) (S t)) (hρ : le zero ρ) (hκ : le zero κ)
    (locked : ∀ t, Nat.lt t T → SameOn m (S t) (S (Nat.succ t)) → le (e (Nat.succ t)) (mul ρ (e t)))
    (jump : ∀ t, Nat.lt t T → le (e (Nat.succ t)) (mul κ (e t))) :
    And (Nat.le (transitions m S T) N) (le (e T) (mul (mul (rpow κ N) (rpow ρ b)) (e 0))) :=
  have numbers := bool_and hN
  Eq.subst (motive := fun a => And (Nat.le (transitions m S T) a)
      (le (e T) (mul (mul (rpow κ a) (rpow ρ b)) (e 0)))) (Nat.eq_of_beq_eq_true numbers.left)
    (Eq.subst (motive := fun c => And (Nat.le (transitions m S T) (count T (freeSteps l)))
        (le (e T) (mul (mul (rpow κ (count T (freeSteps l))) (rpow ρ c)) (e 0))))
      (Nat.eq_of_beq_eq_true numbers.right)
      (certified_rate hρ hκ
        (fun t ht certified => Link.keeps
          (Eq.subst (motive := fun p => Eq (Link.check m k n d K Q p (linkAt l t)) true)
            (nat_zero_add t) (linkAt_check h))
          hr (near t ht) (hS t (Nat.le_trans (Nat.le_succ t) ht)) (hS (Nat.succ t) ht) certified)
        locked jump))

end

set_option linter.unusedVariables false

/-- What the elaborator takes `Lock.staysCheck` for; see `Selection/StepKernelOnly.lean`. -/
def Lock.staysCheck._sunfold (m k d : Nat) (K Q : PackedMatrix) (t : Nat) (l : Lock) : Bool := true

/-- What the elaborator takes `linksCheck` for. -/
def linksCheck._sunfold (m k n d : Nat) (K Q : PackedMatrix) (l : List Link) (t : Nat) : Bool := true

end LipBridge
