import LipBridge.Selection.StepNetwork
import LipBridge.Layers.StoredKeys
import LipBridge.Evaluate.Packed
/-!
# Recorded steps of stored keys

Where the scores are inner products with stored keys and the query is stored too, nothing about a
recorded step is left to assume: the kernel computes that the recorded scores are the inner products,
and that no recorded constant is below the length of its key.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- Block `b` is recorded as the query `z` and its key `k`, stored over `d`, say: its score is `⟨z, k⟩`,
and `D²·‖k‖² ≤ N²·d²`. -/
def Step.KeyAgrees (st : Step) (n d : Nat) (z k : Nat → Int) (b : StepBlock) : Prop :=
  And (Eq (dot n z k) b.score)
    (Eq (intBle (Int.mul (Int.ofNat (Nat.mul st.den st.den)) (normSq n k))
      (Int.ofNat (Nat.mul (Nat.mul b.bound b.bound) (Nat.mul d d)))) true)

/-- The step is recorded as the query `z` and the keys `K`, stored over `d`, say: `P = d²`, `D ≥ 1`,
and every block agrees. -/
structure Step.KeysAgree (st : Step) (n d : Nat) (K : Nat → Nat → Int) (z : Nat → Int) : Prop where
  /-- `P = d²`. -/
  scale : Eq st.scale (Nat.mul d d)
  /-- `D ≥ 1`. -/
  den : Eq (Nat.ble 1 st.den) true
  /-- Scores and constants. -/
  blocks : ∀ i, Nat.lt i st.size → st.KeyAgrees n d z (K i) (st.block i)

section
variable {R : Type u} [OrderedRing R]

/-- The score `⟨x, k⟩` has constant `N/D`, where `D²·‖k‖² ≤ N²`. -/
theorem dot_scoreRatio {n : Nat} {N D : R} {k : Vec R} (hN : le zero N) (hD : lt zero D)
    (h : le (mul (sq D) (normSq n k)) (sq N)) (A : Vec R → Prop) :
    ScoreRatio n N D A (fun x => dot n x k) where
  num_nonneg := hN
  den_pos := hD
  bound x y _ _ :=
    le_congr
      (congrArg (fun t => mul (sq D) (sq t)) (Eq.symm (dot_sub_left n x y k))) rfl
      (le_trans (mul_le_mul_left (sq_nonneg D) (cauchy_schwarz n (vsub x y) k))
        (le_congr
          (ring_eq (vars3 (sq D) (normSq n (vsub x y)) (normSq n k))
            (b := mul (mul (sq D) (normSq n k)) (normSq n (vsub x y)))) rfl
          (mul_le_mul_right (normSq_nonneg n (vsub x y)) h)))

/-- A stored key whose integer check says yes: `D²·‖k r‖² ≤ N²`, since `d²·‖k r‖² = ‖k‖²`. -/
theorem stored_length {n d D N : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) {k : Nat → Int}
    (h : Eq (intBle (Int.mul (Int.ofNat (Nat.mul D D)) (normSq n k))
      (Int.ofNat (Nat.mul (Nat.mul N N) (Nat.mul d d)))) true) :
    le (mul (sq (ofNat D)) (normSq n (storedVec k r))) (sq (ofNat N)) :=
  le_of_mul_le_mul_left (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr))
    (le_congr
      (Eq.trans
        (ring_eq (vars3 (ofNat d) (ofNat D) (normSq n (storedVec k r)))
          (a := mul (mul (ofNat d) (ofNat d)) (mul (sq (ofNat D)) (normSq n (storedVec k r))))
          (b := mul (mul (ofNat D) (ofNat D))
            (mul (mul (ofNat d) (ofNat d)) (normSq n (storedVec k r)))))
        (Eq.trans
          (congr2 mul (Eq.symm (ofNat_mul D D))
            (Eq.trans (congrArg (fun t => mul t _) (Eq.symm (ofNat_mul d d)))
              (stored_dot hr k k)))
          (Eq.symm (ofInt_mul _ _))))
      (Eq.trans
        (ring_eq (vars2 (ofNat d) (ofNat N)) (a := mul (mul (ofNat d) (ofNat d)) (sq (ofNat N)))
          (b := mul (mul (ofNat N) (ofNat N)) (mul (ofNat d) (ofNat d))))
        (Eq.symm (Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_mul N N) (ofNat_mul d d)))))
      (ofInt_le (int_le_of_ble h)))

/-- Stored keys on a recorded step: the inner products with the stored keys fit the step at the stored
query. -/
theorem Step.fits_of_keys {st : Step} {n d : Nat} {K : Nat → Nat → Int} {z : Nat → Int} {r : R}
    (hr : Eq (mul (ofNat d) r) one) (h : st.KeysAgree n d K z) :
    st.Fits n (fun _ => True) (fun i x => dot n x (storedVec (K i) r)) (storedVec z r) :=
  Step.fits_of_eq True.intro
    (fun i hi => Eq.trans (congrArg (fun t => mul (ofNat t) _) h.scale)
      (Eq.trans (stored_dot hr z (K i)) (congrArg ofInt (h.blocks i hi).left)))
    (fun i hi => dot_scoreRatio (ofNat_nonneg _) (ofNat_pos h.den)
      (stored_length hr (h.blocks i hi).right) _)

/-- The selection among stored keys. Let the kernel have checked the step, and let its scores and
constants be those of the stored query and keys. Then at every `q'` with `‖q' - q‖ ≤ a/b` the recorded
blocks are the only top-k set of the scores `⟨q', k_i⟩` among the blocks that are not forced. -/
theorem Step.keys_stable {st : Step} {n d : Nat} {K : Nat → Nat → Int} {z : Nat → Int} {r : R}
    {q' : Vec R} (hst : Eq st.check true) (h : st.KeysAgree n d K z)
    (hr : Eq (mul (ofNat d) r) one) (hq : st.Near n (storedVec z r) q') :
    UniqueTopKAmong st.size st.k (complement st.forced)
      (fun i => dot n q' (storedVec (K i) r)) st.chosen :=
  Step.stable hst (Step.fits_of_keys hr h) True.intro hq

/-- The same where no block is forced. -/
theorem Step.keys_stable_unforced {st : Step} {n d : Nat} {K : Nat → Nat → Int} {z : Nat → Int}
    {r : R} {q' : Vec R} (hst : Eq st.check true) (hu : Eq st.unforced true)
    (h : st.KeysAgree n d K z) (hr : Eq (mul (ofNat d) r) one)
    (hq : st.Near n (storedVec z r) q') :
    UniqueTopK st.size st.k (fun i => dot n q' (storedVec (K i) r)) st.chosen :=
  Step.stable_unforced hst hu (Step.fits_of_keys hr h) True.intro hq

end

/-! ## Packed keys -/

/-- `Σ_j W_j v_j` for the packed row `x` of `W`. -/
noncomputable def PackedMatrix.packedDot (W : PackedMatrix) (v : List Int) (x : Nat) : Int :=
  fastDot (fun y => Nat.mod y (Nat.pow 2 W.width)) W.bias v (shifts W.width W.cols x)

/-- The entries of the packed row `x` of `W`. -/
noncomputable def PackedMatrix.packedRow (W : PackedMatrix) (x : Nat) : List Int :=
  unpackInts W.width W.bias W.cols x

/-- Whether block `b` is recorded as the query `v` and the packed row `x` of `K` say. -/
noncomputable def Step.packedCheck (st : Step) (d : Nat) (K : PackedMatrix) (v : List Int) (x : Nat)
    (b : StepBlock) : Bool :=
  pick (intBeq (PackedMatrix.packedDot K v x) b.score)
    (intBle (Int.mul (Int.ofNat (Nat.mul st.den st.den))
        (PackedMatrix.packedDot K (PackedMatrix.packedRow K x) x))
      (Int.ofNat (Nat.mul (Nat.mul b.bound b.bound) (Nat.mul d d)))) false

/-- Whether every block of a list passes with the number at its place. -/
noncomputable def Step.allPairs (p : Nat → StepBlock → Bool) (l : List StepBlock) : List Nat → Bool :=
  List.rec (motive := fun _ => List Nat → Bool) (fun _ => true)
    (fun b _ ih r => List.rec (motive := fun _ => Bool) false (fun x t _ => pick (p x b) (ih t) false) r)
    l

/-- Whether the step is recorded as the query, row `t` of `Q`, and the keys, the rows of `K`, stored over
`d`, say. -/
noncomputable def Step.keysCheck (st : Step) (n d : Nat) (K Q : PackedMatrix) (t : Nat) : Bool :=
  pick (and (Nat.beq st.scale (Nat.mul d d)) (Nat.ble 1 st.den))
    (pick (and (Nat.beq K.cols n) (not K.transposed))
      (pick (and (Nat.beq Q.cols n) (not Q.transposed))
        (Step.allPairs (st.packedCheck d K (PackedMatrix.packedRow Q (Rows.get Q.data t))) st.blocks
          (Rows.toList K.data .nil)) false) false) false

/-- What every pair passes, pair `i` passes. -/
theorem Step.allPairs_nth {p : Nat → StepBlock → Bool} (e : StepBlock) {l : List StepBlock}
    {r : List Nat} (h : Eq (Step.allPairs p l r) true) {i : Nat} (hi : Nat.lt i (listLength l)) :
    Eq (p (nth 0 r i) (nth e l i)) true :=
  match l, r, i, h, hi with
  | .nil, _, i, _, hi => False.elim (Nat.not_succ_le_zero i hi)
  | .cons _ _, .nil, _, h, _ => bool_absurd (Eq.symm h)
  | .cons _ _, .cons _ _, 0, h, _ => (both_of_pick h).left
  | .cons _ _, .cons _ _, .succ _, h, hi =>
    Step.allPairs_nth e (both_of_pick h).right (Nat.le_of_succ_le_succ hi)

/-- There are `n` unpacked integers. -/
theorem len_unpackInts (w β n : Nat) : ∀ x, Eq (len (unpackInts w β n x)) n :=
  Nat.rec (motive := fun n => ∀ x, Eq (len (unpackInts w β n x)) n) (fun _ => rfl)
    (fun _ ih x => congrArg Nat.succ (ih (Nat.shiftRight x w))) n

/-- Unpacked integer `p` is digit `p` less the bias. -/
theorem nth_unpackInts (w β n : Nat) : ∀ (x p : Nat), Nat.lt p n →
    Eq (ofList (unpackInts w β n x) p) (diff (digit w x p) β) :=
  Nat.rec
    (motive := fun n => ∀ (x p : Nat), Nat.lt p n →
      Eq (ofList (unpackInts w β n x) p) (diff (digit w x p) β))
    (fun _ _ hp => False.elim (Nat.not_succ_le_zero _ hp))
    (fun _ ih x p hp => match p, hp with
      | 0, _ => rfl
      | .succ p, hp => Eq.trans (ih (Nat.shiftRight x w) p (Nat.le_of_succ_le_succ hp))
          (congrArg (fun t => diff t β) (Eq.symm (digit_succ w x p)))) n

/-- `packedDot` is the sum it stands for. -/
theorem PackedMatrix.packedDot_eq (W : PackedMatrix) {v : List Int} (x : Nat)
    (hv : Eq (len v) W.cols) : Eq (PackedMatrix.packedDot W v x)
    (dot W.cols (ofList v) (fun j => diff (digit W.width x j) W.bias)) :=
  have hs : Nat.le (len v) (len (shifts W.width W.cols x)) :=
    Eq.subst (motive := Nat.le (len v)) (Eq.trans hv (Eq.symm (len_shifts W.width W.cols x)))
      Nat.le.refl
  Eq.trans
    (Eq.symm (fastDot_eq (fun y => Nat.mod y (Nat.pow 2 W.width)) W.bias v _ hs))
    (Eq.trans
      (dotMap_eq (fun y => diff (Nat.mod y (Nat.pow 2 W.width)) W.bias) v _ W.cols hs
        (Eq.subst (motive := Nat.le (len v)) hv Nat.le.refl))
      (sum_congr (fun j hj => Eq.trans
        (congrArg (fun t => Int.mul (diff t W.bias) (ofList v j)) (digit_shifts W.width W.cols x j hj))
        (mul_comm (R := Int) (diff (digit W.width x j) W.bias) (ofList v j)))))

/-- `keysCheck` that says yes is right. -/
theorem Step.agree_of_check {st : Step} {n d t : Nat} {K Q : PackedMatrix}
    (h : Eq (st.keysCheck n d K Q t) true) :
    st.KeysAgree n d (PackedMatrix.entry K) (PackedMatrix.entry Q t) :=
  have h0 := both_of_pick h
  have h1 := both_of_pick h0.right
  have h2 := both_of_pick h1.right
  have hK := bool_and h1.left
  have hQ := bool_and h2.left
  have cK : Eq K.cols n := Nat.eq_of_beq_eq_true hK.left
  have cQ : Eq Q.cols n := Nat.eq_of_beq_eq_true hQ.left
  have query : Agree n (PackedMatrix.entry Q t)
      (ofList (PackedMatrix.packedRow Q (Rows.get Q.data t))) :=
    fun j hj => Eq.trans (PackedMatrix.entry_of_rows hQ.right t j)
      (Eq.symm (nth_unpackInts Q.width Q.bias Q.cols _ j
        (Eq.subst (motive := Nat.lt j) (Eq.symm cQ) hj)))
  have row (i : Nat) : Agree n (PackedMatrix.entry K i)
      (fun j => diff (digit K.width (nth 0 (Rows.toList K.data .nil) i) j) K.bias) :=
    fun j _ => Eq.trans (PackedMatrix.entry_of_rows hK.right i j)
      (congrArg (fun x => diff (digit K.width x j) K.bias) (Eq.symm (Rows.nth_toList K.data i)))
  { scale := Nat.eq_of_beq_eq_true (bool_and h0.left).left
    den := (bool_and h0.left).right
    blocks := fun i hi =>
      have p := both_of_pick (Step.allPairs_nth ⟨Int.ofNat 0, 0, Role.rejected⟩ h2.right hi)
      have product := PackedMatrix.packedDot_eq K (v := PackedMatrix.packedRow Q (Rows.get Q.data t))
        (nth 0 (Rows.toList K.data .nil) i)
        (Eq.trans (len_unpackInts _ _ _ _) (Eq.trans cQ (Eq.symm cK)))
      have square := PackedMatrix.packedDot_eq K
        (v := PackedMatrix.packedRow K (nth 0 (Rows.toList K.data .nil) i))
        (nth 0 (Rows.toList K.data .nil) i) (len_unpackInts _ _ _ _)
      have length : Eq (normSq n (PackedMatrix.entry K i)) (PackedMatrix.packedDot K
          (PackedMatrix.packedRow K (nth 0 (Rows.toList K.data .nil) i))
          (nth 0 (Rows.toList K.data .nil) i)) :=
        Eq.trans
          (dot_congr
            (fun j hj => Eq.trans (row i j hj) (Eq.symm (nth_unpackInts K.width K.bias K.cols _ j
              (Eq.subst (motive := Nat.lt j) (Eq.symm cK) hj)))) (row i))
          (Eq.trans (congrArg (fun m => dot m _ _) (Eq.symm cK)) (Eq.symm square))
      ⟨Eq.trans (dot_congr query (row i))
          (Eq.trans (congrArg (fun m => dot m _ _) (Eq.symm cK))
            (Eq.trans (Eq.symm product) (int_eq_of_beq p.left))),
        Eq.trans (congrArg (fun t => intBle (Int.mul _ t) _) length) p.right⟩ }

set_option linter.unusedVariables false in
/-- What the elaborator takes `Step.keysCheck` for; see `StepKernelOnly.lean`. -/
def Step.keysCheck._sunfold (st : Step) (n d : Nat) (K Q : PackedMatrix) (t : Nat) : Bool := true

end LipBridge
