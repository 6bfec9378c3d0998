import LipBridge.Selection.Stability
/-!
# Local window and forced blocks

Blocks that are active by position (a local window, a first block) leave the competition; the other
`k` blocks are chosen by score among the competitors. The active set is the union of both.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `S` is a top-k set among the competitors `C`: `S ⊆ C`, `|S| = k`, and `s_j ≤ s_i` for every `i` in
`S` and every competitor `j` outside `S`. -/
structure TopKAmong (m k : Nat) (C : BlockSet) (s : Nat → R) (S : BlockSet) : Prop where
  /-- `S ⊆ C`. -/
  competes : ∀ i, Nat.lt i m → Eq (S i) true → Eq (C i) true
  /-- `|S| = k`. -/
  card : Eq (count m S) k
  /-- `s_j ≤ s_i` for every `i` in `S` and every competitor `j` outside. -/
  best : Across m S fun i j => Eq (C j) true → le (s j) (s i)

/-- `S` is a top-k set among the competitors, and the only one. -/
structure UniqueTopKAmong (m k : Nat) (C : BlockSet) (s : Nat → R) (S : BlockSet) : Prop where
  /-- It is a top-k set among the competitors. -/
  isTopK : TopKAmong m k C s S
  /-- Every top-k set among the competitors is equal to it. -/
  only : ∀ T, TopKAmong m k C s T → SameOn m S T

/-- Strict separation from the other competitors makes a set of `k` competitors the only top-k set
among them. -/
theorem unique_among_of_separated {m k : Nat} {C : BlockSet} {s : Nat → R} {S : BlockSet}
    (hC : ∀ i, Nat.lt i m → Eq (S i) true → Eq (C i) true) (hk : Eq (count m S) k)
    (h : Across m S fun i j => Eq (C j) true → lt (s j) (s i)) : UniqueTopKAmong m k C s S where
  isTopK := ⟨hC, hk, fun i j hi hj ei ej ec => le_of_lt (h i j hi hj ei ej ec)⟩
  only _ hT := same_of_count_eq (Eq.trans hk (Eq.symm hT.card))
    (fun i j hi hj Si Ti Tj Sj =>
      h i j hi hj Si Sj (hT.competes j hj Tj) (hT.best j i hj hi Tj Ti (hC i hi Si)))

/-- Where every block competes, a top-k set among the competitors is a top-k set. -/
theorem topKAmong_all {m k : Nat} {s : Nat → R} {S : BlockSet} :
    Iff (TopKAmong m k (fun _ => true) s S) (TopK m k s S) :=
  ⟨fun h => ⟨h.card, fun i j hi hj ei ej => h.best i j hi hj ei ej rfl⟩,
    fun h => ⟨fun _ _ _ => rfl, h.card, fun i j hi hj ei ej _ => h.best i j hi hj ei ej⟩⟩

/-- Where every block competes, the only top-k set among the competitors is the only top-k set. -/
theorem unique_of_unique_among {m k : Nat} {C : BlockSet} {s : Nat → R} {S : BlockSet}
    (hC : ∀ i, Nat.lt i m → Eq (C i) true) (h : UniqueTopKAmong m k C s S) : UniqueTopK m k s S where
  isTopK := ⟨h.isTopK.card, fun i j hi hj ei ej => h.isTopK.best i j hi hj ei ej (hC j hj)⟩
  only T hT := h.only T
    ⟨fun i hi _ => hC i hi, hT.card, fun i j hi hj ei ej _ => hT.best i j hi hj ei ej⟩

/-- The active set: forced blocks and selected blocks together, `F ∪ S`. -/
noncomputable def union (F S : BlockSet) : BlockSet := fun i => or (F i) (S i)

/-- The blocks that compete where those in `F` are forced. -/
noncomputable def complement (F : BlockSet) : BlockSet := fun i => not (F i)

/-- Equal selections give equal unions. -/
theorem union_same {m : Nat} {F S T : BlockSet} (h : SameOn m S T) :
    SameOn m (union F S) (union F T) :=
  fun i hi => congrArg (fun b => or (F i) b) (h i hi)

/-- `U` is an active set: the forced blocks `F`, which depend on position only, together with a top-k
set of the other blocks by score. -/
def ActiveSet (m k : Nat) (F : BlockSet) (s : Nat → R) (U : BlockSet) : Prop :=
  Exists fun T => And (TopKAmong m k (complement F) s T) (SameOn m U (union F T))

/-- If `S` is the only top-k set of the blocks that are not forced, `F ∪ S` is the only active set. -/
theorem active_unique {m k : Nat} {F : BlockSet} {s : Nat → R} {S : BlockSet}
    (h : UniqueTopKAmong m k (complement F) s S) {U : BlockSet} (hU : ActiveSet m k F s U) :
    SameOn m U (union F S) :=
  match hU with
  | ⟨T, hT, e⟩ => SameOn.trans e (union_same (SameOn.symm (h.only T hT)))

/-- The stability radius with forced blocks. Let the blocks in `F` (local window, forced blocks) be
active by position, and `S` be `k` other blocks. If `s_i(q) - s_j(q) > (L_i + L_j)·δ` for all `i` in
`S` and all `j` neither in `S` nor in `F`, then at every `q'` with `‖q' - q‖ ≤ δ` the set `S` is the
only top-k set of the blocks outside `F`. -/
theorem stability_radius_forced {n m k : Nat} {s : Nat → Vec R → R} {δ : R} {q q' : Vec R}
    {F S : BlockSet} {L : Nat → R} (hL : ∀ i, Nat.lt i m → ScoreLipschitz n (L i) (s i))
    (hδ : le zero δ) (hF : ∀ i, Nat.lt i m → Eq (S i) true → Eq (complement F i) true)
    (hk : Eq (count m S) k)
    (gap : Across m S fun i j => Eq (complement F j) true →
      lt (mul (add (L i) (L j)) δ) (sub (s i q) (s j q)))
    (hq : Within n δ q q') : UniqueTopKAmong m k (complement F) (fun i => s i q') S :=
  unique_among_of_separated hF hk (fun i j hi hj ei ej ec =>
    pair_stable (hL i hi) (hL j hj) hδ hq (gap i j hi hj ei ej ec))

/-- The active set is stable: under the hypotheses of `stability_radius_forced`, every active set at
`q'` (forced blocks and any top-k set of the others) is `F ∪ S`; so the union with the local window
does not change within `δ`. -/
theorem active_stable {n m k : Nat} {s : Nat → Vec R → R} {δ : R} {q q' : Vec R}
    {F S : BlockSet} {L : Nat → R} (hL : ∀ i, Nat.lt i m → ScoreLipschitz n (L i) (s i))
    (hδ : le zero δ) (hF : ∀ i, Nat.lt i m → Eq (S i) true → Eq (complement F i) true)
    (hk : Eq (count m S) k)
    (gap : Across m S fun i j => Eq (complement F j) true →
      lt (mul (add (L i) (L j)) δ) (sub (s i q) (s j q)))
    (hq : Within n δ q q') {U : BlockSet} (hU : ActiveSet m k F (fun i => s i q') U) :
    SameOn m U (union F S) :=
  active_unique (stability_radius_forced hL hδ hF hk gap hq) hU

end

end LipBridge
