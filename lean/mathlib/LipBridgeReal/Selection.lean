import LipBridgeReal.Lipschitz
/-!
# Top-k selection over ℝ, in Mathlib's words

Sets of blocks are `Finset (Fin m)`; the stability theorem speaks of `LipschitzWith` and `dist`.
-/

set_option autoImplicit false

namespace LipBridgeReal

/-- The blocks of `S` below `m`. -/
noncomputable def blocks (m : Nat) (S : LipBridge.BlockSet) : Finset (Fin m) :=
  Finset.filter (fun i : Fin m => Eq (S i.val) true) Finset.univ


/-- Membership in `blocks`. -/
theorem mem_blocks {m : Nat} {S : LipBridge.BlockSet} {i : Fin m} :
    Iff (Membership.mem (blocks m S) i) (Eq (S i.val) true) :=
  ⟨fun h => (Finset.mem_filter.mp h).right, fun h => Finset.mem_filter.mpr ⟨Finset.mem_univ i, h⟩⟩

/-- A set of blocks as truth values. -/
noncomputable def ofFinset {m : Nat} (T : Finset (Fin m)) : LipBridge.BlockSet :=
  fun i => dite (LT.lt i m)
    (fun h => @Decidable.decide (Membership.mem T (⟨i, h⟩ : Fin m)) (Classical.propDecidable _))
    (fun _ => false)

/-- Membership in `ofFinset`. -/
theorem ofFinset_true {m : Nat} {T : Finset (Fin m)} {i : Fin m} :
    Iff (Eq (ofFinset T i.val) true) (Membership.mem T i) :=
  have e : Eq (ofFinset T i.val)
      (@Decidable.decide (Membership.mem T i) (Classical.propDecidable _)) := dif_pos i.isLt
  ⟨fun h => @of_decide_eq_true _ (Classical.propDecidable _) (Eq.trans (Eq.symm e) h),
    fun h => Eq.trans e (@decide_eq_true _ (Classical.propDecidable _) h)⟩

/-- There and back. -/
theorem blocks_ofFinset {m : Nat} (T : Finset (Fin m)) : Eq (blocks m (ofFinset T)) T :=
  Finset.ext (fun _ => ⟨fun h => ofFinset_true.mp (mem_blocks.mp h),
    fun h => mem_blocks.mpr (ofFinset_true.mpr h)⟩)

/-- A truth value counts as the decision whether it is true. -/
theorem cond_eq_ite (b : Bool) : Eq (cond b 1 0) (ite (Eq b true) 1 0) :=
  match b with
  | true => rfl
  | false => rfl

/-- LipBridge's count is a sum over `Fin m`. -/
theorem count_eq_sum (m : Nat) (S : LipBridge.BlockSet) :
    Eq (LipBridge.count m S) (Finset.sum Finset.univ
      (fun i : Fin m => ite (Eq (S i.val) true) 1 0)) :=
  match m with
  | 0 => Eq.symm (Fin.sum_univ_zero (fun i : Fin 0 =>
      ite (Eq (S i.val) true) 1 0))
  | .succ m => Eq.trans (LipBridge.congr2 Nat.add (count_eq_sum m S) (cond_eq_ite (S m)))
      (Eq.symm (Fin.sum_univ_castSucc (fun i : Fin (HAdd.hAdd m 1) =>
        ite (Eq (S i.val) true) 1 0)))

/-- LipBridge's count is Mathlib's cardinality. -/
theorem card_blocks (m : Nat) (S : LipBridge.BlockSet) :
    Eq (Finset.card (blocks m S)) (LipBridge.count m S) :=
  Eq.trans (Finset.card_filter (fun i : Fin m => Eq (S i.val) true) Finset.univ) (Eq.symm (count_eq_sum m S))

/-- The same blocks below `m`. -/
theorem blocks_congr {m : Nat} {S T : LipBridge.BlockSet} (h : LipBridge.SameOn m S T) :
    Eq (blocks m S) (blocks m T) :=
  Finset.ext (fun i => ⟨fun k => mem_blocks.mpr (Eq.trans (Eq.symm (h i.val i.isLt)) (mem_blocks.mp k)),
    fun k => mem_blocks.mpr (Eq.trans (h i.val i.isLt) (mem_blocks.mp k))⟩)

/-- `T` is a top-k set of the scores: every score in `T` is at least every score outside. -/
def IsTop {m : Nat} (s : Fin m → Real) (T : Finset (Fin m)) : Prop :=
  ∀ i : Fin m, Membership.mem T i → ∀ j : Fin m, Not (Membership.mem T j) → LE.le (s j) (s i)

/-- What is false is not in `T`. -/
theorem not_mem_of_false {m : Nat} {T : Finset (Fin m)} {i : Fin m}
    (h : Eq (ofFinset T i.val) false) : Not (Membership.mem T i) :=
  fun k => Bool.noConfusion (Eq.trans (Eq.symm (ofFinset_true.mpr k)) h)

/-- LipBridge's `UniqueTopK` in Mathlib's words: the sets of `k` blocks that are top are `S` alone. -/
theorem unique_finset {m k : Nat} {s : Nat → Real} {S : LipBridge.BlockSet}
    (h : LipBridge.UniqueTopK m k s S) (T : Finset (Fin m)) :
    Iff (And (Eq (Finset.card T) k) (IsTop (fun i => s i.val) T)) (Eq T (blocks m S)) :=
  ⟨fun g => Eq.trans (Eq.symm (blocks_ofFinset T)) (Eq.symm (blocks_congr (h.only (ofFinset T)
      ⟨Eq.trans (Eq.symm (card_blocks m (ofFinset T)))
          (Eq.trans (congrArg Finset.card (blocks_ofFinset T)) g.left),
        fun i j hi hj ei ej => g.right ⟨i, hi⟩ (ofFinset_true.mp ei) ⟨j, hj⟩ (not_mem_of_false ej)⟩))),
    fun e => Eq.subst (motive := fun T => And (Eq (Finset.card T) k) (IsTop (fun i => s i.val) T))
      (Eq.symm e)
      ⟨Eq.trans (card_blocks m S) h.isTopK.card, fun i hi j hj =>
        h.isTopK.best i.val j.val i.isLt j.isLt (mem_blocks.mp hi)
          (Or.elim (LipBridge.bool_em (S j.val)) (fun e => absurd (mem_blocks.mpr e) hj) (fun e => e))⟩⟩

/-- A score on Euclidean space as one of LipBridge. -/
noncomputable def score {m n : Nat} (s : Fin m → EuclideanSpace Real (Fin n) → Real) (i : Nat)
    (v : LipBridge.Vec Real) : Real :=
  dite (LT.lt i m) (fun h => s ⟨i, h⟩ (ofVec n v)) (fun _ => 0)

/-- A constant of each score as one of LipBridge. -/
noncomputable def constant {m : Nat} (L : Fin m → NNReal) (i : Nat) : Real :=
  dite (LT.lt i m) (fun h => NNReal.toReal (L ⟨i, h⟩)) (fun _ => 0)

/-- `LipschitzWith` gives LipBridge's `ScoreLipschitz`. -/
theorem scoreLipschitz {m n : Nat} {s : Fin m → EuclideanSpace Real (Fin n) → Real}
    {L : Fin m → NNReal} (h : ∀ i, LipschitzWith (L i) (s i)) (i : Fin m) :
    LipBridge.ScoreLipschitz n (constant L i.val) (score s i.val) :=
  have eL : Eq (constant L i.val) (NNReal.toReal (L i)) := dif_pos i.isLt
  have es (v : LipBridge.Vec Real) : Eq (score s i.val v) (s i (ofVec n v)) := dif_pos i.isLt
  have key : LipBridge.ScoreLipschitz n (NNReal.toReal (L i)) (fun v => s i (ofVec n v)) :=
    ⟨NNReal.coe_nonneg (L i), fun x y =>
      LipBridge.le_congr
        (Eq.trans (Eq.symm (dist_sq_real (s i (ofVec n x)) (s i (ofVec n y)))) (pow_two _))
        (Eq.trans (congrArg (LipBridge.mul (LipBridge.sq (NNReal.toReal (L i))))
            (Eq.trans (Eq.symm (dist_sq_ofVec n x y)) (pow_two _)))
          (LipBridge.ring_eq (LipBridge.vars2 (NNReal.toReal (L i)) (dist (ofVec n x) (ofVec n y)))
            (a := LipBridge.mul (LipBridge.sq (NNReal.toReal (L i)))
              (LipBridge.mul (dist (ofVec n x) (ofVec n y)) (dist (ofVec n x) (ofVec n y))))
            (b := LipBridge.sq (LipBridge.mul (NNReal.toReal (L i))
              (dist (ofVec n x) (ofVec n y))))))
        (LipBridge.sq_le_sq dist_nonneg ((h i).dist_le_mul (ofVec n x) (ofVec n y)))⟩
  ⟨Eq.subst (motive := fun t => LipBridge.le LipBridge.zero t) (Eq.symm eL) key.nonneg, fun x y =>
    Eq.subst (motive := fun t => LipBridge.le _ (LipBridge.mul (LipBridge.sq t) _)) (Eq.symm eL)
      (LipBridge.le_congr (congrArg LipBridge.sq (LipBridge.congr2 LipBridge.sub (es x) (es y))) rfl
        (key.bound x y))⟩

/-- **The stability radius**, in Mathlib's words. The scores `s i` are Lipschitz with constants `L i`;
at `q` every score in `S` exceeds every score outside by more than `(L i + L j) * δ`. Then at every
`q'` with `dist q' q ≤ δ` the set `S` is a top-k set, and the only one. -/
theorem stability {m n : Nat} {s : Fin m → EuclideanSpace Real (Fin n) → Real} {L : Fin m → NNReal}
    {S : Finset (Fin m)} {q q' : EuclideanSpace Real (Fin n)} {δ : Real}
    (hL : ∀ i, LipschitzWith (L i) (s i)) (hδ : LE.le 0 δ)
    (gap : ∀ i, Membership.mem S i → ∀ j, Not (Membership.mem S j) →
      LT.lt (HMul.hMul (HAdd.hAdd (NNReal.toReal (L i)) (NNReal.toReal (L j))) δ)
        (HSub.hSub (s i q) (s j q)))
    (hq : LE.le (dist q' q) δ) (T : Finset (Fin m)) :
    Iff (And (Eq (Finset.card T) (Finset.card S)) (IsTop (fun i => s i q') T)) (Eq T S) :=
  have es (i : Nat) (h : LT.lt i m) (x : EuclideanSpace Real (Fin n)) :
      Eq (score s i (toVec x)) (s ⟨i, h⟩ x) :=
    Eq.trans (dif_pos h) (congrArg (s ⟨i, h⟩) (ofVec_toVec x))
  have near : LipBridge.Within n δ (toVec q) (toVec q') :=
    LipBridge.le_congr (Eq.trans (Eq.symm (dist_sq_toVec q' q)) (pow_two _)) rfl
      (LipBridge.sq_le_sq dist_nonneg hq)
  have unique : LipBridge.UniqueTopK m (Finset.card S) (fun i => score s i (toVec q')) (ofFinset S) :=
    LipBridge.stability_radius (L := constant L) (s := score s) (n := n) (q := toVec q) (δ := δ)
      (fun i hi => scoreLipschitz hL ⟨i, hi⟩) hδ
      (Eq.trans (Eq.symm (card_blocks m (ofFinset S))) (congrArg Finset.card (blocks_ofFinset S)))
      (fun i j hi hj ei ej => LipBridge.lt_congr
        (congrArg (fun t : Real => HMul.hMul t δ) (LipBridge.congr2 HAdd.hAdd (dif_pos hi) (dif_pos hj)))
        (Eq.trans (LipBridge.congr2 LipBridge.sub (es i hi q) (es j hj q)) (Eq.symm (sub_eq_add_neg _ _)))
        (not_le.mpr (gap ⟨i, hi⟩ (ofFinset_true.mp ei) ⟨j, hj⟩ (not_mem_of_false ej))))
      near
  have scores : Eq (fun i : Fin m => score s i.val (toVec q')) (fun i => s i q') :=
    funext (fun i => es i.val i.isLt q')
  Eq.subst (motive := fun U => Iff (And (Eq (Finset.card T) (Finset.card S)) (IsTop (fun i => s i q') T))
      (Eq T U)) (blocks_ofFinset S)
    (Eq.subst (motive := fun t => Iff (And (Eq (Finset.card T) (Finset.card S)) (IsTop t T))
      (Eq T (blocks m (ofFinset S)))) scores (unique_finset unique T))

end LipBridgeReal
