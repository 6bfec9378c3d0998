import LipBridge.Selection.StepKeys
import LipBridge.Trajectory.Contraction
/-!
# A recorded path of stored queries and keys

A recorded path has a query at each step, the same keys all along, and for some of its steps a `Step`: a
radius around the query within which the selection cannot change. Where both ends of a step lie within
the radius, the selection keeps its blocks. The kernel checks every radius, and that the recorded path
stays within them; the theorem is about every path that does.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- One step of a recorded path. -/
inductive Link : Type where
  /-- Nothing is certified of it. -/
  | free : Link
  /-- The selection cannot change within the radius of `st` around the query. -/
  | locked (st : Step) : Link

/-- Whether nothing is certified of a step. -/
noncomputable def Link.isFree (l : Link) : Bool := Link.rec true (fun _ => false) l

/-- `‖z_{t+1} - z_t‖²` of rows `t` and `t + 1` of `Q`, from their packed digits. -/
noncomputable def PackedMatrix.packedStep (Q : PackedMatrix) (x y : Nat) : Int :=
  Int.add (Int.add (PackedMatrix.packedDot Q (PackedMatrix.packedRow Q y) y)
      (PackedMatrix.packedDot Q (PackedMatrix.packedRow Q x) x))
    (Int.mul (Int.negSucc 1) (PackedMatrix.packedDot Q (PackedMatrix.packedRow Q y) x))

/-- Whether rows `t` and `t + 1` of `Q`, stored over `d`, are at most the radius of `st` apart. -/
noncomputable def Step.moveCheck (st : Step) (n d : Nat) (Q : PackedMatrix) (t : Nat) : Bool :=
  pick (and (Nat.beq Q.cols n) (not Q.transposed))
    (intBle (Int.mul (Int.ofNat (Nat.mul st.radiusDen st.radiusDen))
        (PackedMatrix.packedStep Q (Rows.get Q.data t) (Rows.get Q.data (Nat.succ t))))
      (Int.ofNat (Nat.mul (Nat.mul st.radiusNum st.radiusNum) (Nat.mul d d)))) false

/-- The check of step `t`: a certified one selects `k` of `m` blocks by the keys `K` and the query, row
`t` of `Q`, and the next query lies within its radius. -/
noncomputable def Link.check (m k n d : Nat) (K Q : PackedMatrix) (t : Nat) (l : Link) : Bool :=
  Link.rec true (fun st =>
    pick (and (Nat.beq st.size m) (Nat.beq st.k k))
      (pick st.check (pick st.unforced
        (pick (st.keysCheck n d K Q t) (st.moveCheck n d Q t) false) false) false) false) l

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
  | .cons _ _, 0, h => (Step.both_of_pick h).left
  | .cons _ l, .succ t, h =>
    Eq.subst (motive := fun p => Eq (Link.check m k n d K Q p (linkAt l t)) true)
      (nat_succ_add s t) (linkAt_check (s := Nat.succ s) (t := t) (Step.both_of_pick h).right)

section
variable {R : Type u} [OrderedRing R] {m k n d : Nat} {K Q : PackedMatrix} {r : R}

/-- Both ends of a step lie within its radius around the query `z r`; nothing is asked where nothing is
certified. -/
def Link.Near (n : Nat) (z : Nat → Int) (r : R) (p p' : Vec R) (l : Link) : Prop :=
  match l with
  | .free => True
  | .locked st => And (st.Near n (storedVec z r) p) (st.Near n (storedVec z r) p')

/-- A path stays within the radii of a recorded one for `T` steps. -/
def Follows (n : Nat) (Q : PackedMatrix) (r : R) (l : List Link) (p : Nat → Vec R) (T : Nat) : Prop :=
  ∀ t, Nat.lt t T → Link.Near n (PackedMatrix.entry Q t) r (p t) (p (Nat.succ t)) (linkAt l t)

/-- The top-k set of the stored keys `K r` at `x`. -/
def KeysSelect (m k n : Nat) (K : PackedMatrix) (r : R) (x : Vec R) (S : BlockSet) : Prop :=
  TopK m k (fun i => dot n x (storedVec (PackedMatrix.entry K i) r)) S

/-- Where both ends of a certified step are near, the selection keeps its blocks. -/
theorem Link.keeps {t : Nat} {l : Link} {p p' : Vec R} {S S' : BlockSet}
    (h : Eq (Link.check m k n d K Q t l) true) (hr : Eq (mul (ofNat d) r) one)
    (near : Link.Near n (PackedMatrix.entry Q t) r p p' l) (hS : KeysSelect m k n K r p S)
    (hS' : KeysSelect m k n K r p' S') (certified : Eq (Link.isFree l) false) : SameOn m S S' :=
  match l, h, near, certified with
  | .free, _, _, certified => bool_absurd certified
  | .locked st, h, near, _ =>
    have h0 := Step.both_of_pick h
    have h1 := Step.both_of_pick h0.right
    have h2 := Step.both_of_pick h1.right
    have h3 := Step.both_of_pick h2.right
    have size : Eq st.size m := Nat.eq_of_beq_eq_true (bool_and h0.left).left
    have count : Eq st.k k := Nat.eq_of_beq_eq_true (bool_and h0.left).right
    have only {x : Vec R} (hx : st.Near n (storedVec (PackedMatrix.entry Q t) r) x) :
        UniqueTopK m k (fun i => dot n x (storedVec (PackedMatrix.entry K i) r)) st.chosen :=
      Eq.subst (motive := fun a => UniqueTopK a k _ _) size
        (Eq.subst (motive := fun b => UniqueTopK st.size b _ _) count
          (Step.keys_stable_unforced h1.left h2.left (Step.agree_of_check h3.left) hr hx))
    fun i hi => Eq.trans (Eq.symm ((only near.left).only S hS i hi)) ((only near.right).only S' hS' i hi)

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

/-- `moveCheck` that says yes is right: the next stored query lies within the radius. -/
theorem Step.near_of_check {st : Step} {t : Nat} (h : Eq (st.moveCheck n d Q t) true)
    (hr : Eq (mul (ofNat d) r) one) :
    st.Near n (storedVec (PackedMatrix.entry Q t) r) (storedVec (PackedMatrix.entry Q (Nat.succ t)) r) :=
  have h0 := Step.both_of_pick h
  have shape := bool_and h0.left
  have cols : Eq Q.cols n := Nat.eq_of_beq_eq_true shape.left
  have row (i : Nat) : Agree n (PackedMatrix.entry Q i)
      (ofList (PackedMatrix.packedRow Q (Rows.get Q.data i))) :=
    fun j hj => Eq.trans (PackedMatrix.entry_of_rows shape.right i j)
      (Eq.symm (nth_unpackInts Q.width Q.bias Q.cols _ j
        (Eq.subst (motive := Nat.lt j) (Eq.symm cols) hj)))
  have product (i j : Nat) : Eq (dot n (PackedMatrix.entry Q i) (PackedMatrix.entry Q j))
      (PackedMatrix.packedDot Q (PackedMatrix.packedRow Q (Rows.get Q.data i)) (Rows.get Q.data j)) :=
    Eq.trans
      (dot_congr (row i) (fun x _ => PackedMatrix.entry_of_rows shape.right j x))
      (Eq.trans (congrArg (fun c => dot c _ _) (Eq.symm cols))
        (Eq.symm (PackedMatrix.packedDot_eq Q (Rows.get Q.data j) (len_unpackInts _ _ _ _))))
  have length : Eq
      (normSq n (vsub (PackedMatrix.entry Q (Nat.succ t)) (PackedMatrix.entry Q t)))
      (PackedMatrix.packedStep Q (Rows.get Q.data t) (Rows.get Q.data (Nat.succ t))) :=
    Eq.trans (int_distSq n _ _)
      (congr2 Int.add (congr2 Int.add (product (Nat.succ t) (Nat.succ t)) (product t t))
        (congrArg (Int.mul (Int.negSucc 1)) (product (Nat.succ t) t)))
  le_congr
    (congrArg (mul _) (normSq_congr
      (y := storedVec (vsub (PackedMatrix.entry Q (Nat.succ t)) (PackedMatrix.entry Q t)) r)
      (fun j _ => Eq.trans
        (ring_eq (vars3 (ofInt (PackedMatrix.entry Q (Nat.succ t) j)) (ofInt (PackedMatrix.entry Q t j)) r)
          (a := sub (mul (ofInt (PackedMatrix.entry Q (Nat.succ t) j)) r)
            (mul (ofInt (PackedMatrix.entry Q t j)) r))
          (b := mul (add (ofInt (PackedMatrix.entry Q (Nat.succ t) j))
            (neg (ofInt (PackedMatrix.entry Q t j)))) r))
        (congrArg (fun w => mul w r)
          (Eq.symm (Eq.trans (ofInt_add _ _) (congrArg (add _) (ofInt_neg _))))))))
    rfl
    (stored_length hr (Eq.trans (congrArg (fun z => intBle (Int.mul _ z) _) length) h0.right))

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
        ⟨WithinRatio.self n _ _ _,
          Step.near_of_check (Step.both_of_pick (Step.both_of_pick (Step.both_of_pick
            (Step.both_of_pick h).right).right).right).right hr⟩
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

set_option linter.unusedVariables false in
/-- What the elaborator takes `linksCheck` for; see `Selection/StepKernelOnly.lean`. -/
def linksCheck._sunfold (m k n d : Nat) (K Q : PackedMatrix) (l : List Link) (t : Nat) : Bool := true

end LipBridge
