import LipBridge.Selection.Stability
import LipBridge.Trajectory.Path
/-!
# When a selection can change along a path

From step `t` to step `t + 1` the selection can change only if the gap is at most `2·L·step`. Hence the
number of changes is at most `(2·L/γ)` times the length of the path.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R] {n m k : Nat} {s : Nat → Vec R → R} {L : R}

/-- The gap of the scores `s` at the set `S` is at least `γ`: `s_i - s_j ≥ γ` for `i` in `S`, `j`
outside. -/
def GapAtLeast (m : Nat) (s : Nat → R) (S : BlockSet) (γ : R) : Prop :=
  Across m S fun i j => le γ (sub (s i) (s j))

/-- A gap `> 2·L·δ` keeps every selection: if `S` is a top-k set at `q` with gap at least `γ > 2·L·δ`,
it is the only top-k set at every `q'` with `‖q' - q‖ ≤ δ`. -/
theorem unique_of_gap {δ γ : R} {q q' : Vec R} {S : BlockSet}
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hδ : le zero δ)
    (hS : TopK m k (fun i => s i q) S) (gap : GapAtLeast m (fun i => s i q) S γ)
    (h : lt (mul (ofNat 2) (mul L δ)) γ) (hq : Within n δ q q') :
    UniqueTopK m k (fun i => s i q') S :=
  stability_radius_uniform hL hδ hS.card
    (fun i j hi hj ei ej => lt_of_lt_of_le h (gap i j hi hj ei ej)) hq

/-- A change needs a step: if `S` is a top-k set at `q` with gap at least `γ`, `T` is a top-k set at
`q'`, `‖q' - q‖ ≤ δ` and `T` is not `S`, then `γ ≤ 2·L·δ`. -/
theorem gap_le_of_change {δ γ : R} {q q' : Vec R} {S T : BlockSet}
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hδ : le zero δ)
    (hS : TopK m k (fun i => s i q) S) (gap : GapAtLeast m (fun i => s i q) S γ)
    (hq : Within n δ q q') (hT : TopK m k (fun i => s i q') T) (change : Not (SameOn m S T)) :
    le γ (mul (ofNat 2) (mul L δ)) :=
  le_of_not_lt (fun h => change ((unique_of_gap hL hδ hS gap h hq).only T hT))

/-- Along a path: with selections `S_t` (a top-k set at every `q_t`) and gaps at least `γ_t`, the
selection can change from `t` to `t + 1` only if `γ_t ≤ 2·L·σ_t`, where `‖q_{t+1} - q_t‖ ≤ σ_t`. -/
theorem change_only_if {q : Nat → Vec R} {σ γ : Nat → R} {S : Nat → BlockSet}
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hq : Path n q σ)
    (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : ∀ t, GapAtLeast m (fun i => s i (q t)) (S t) (γ t)) (t : Nat)
    (change : Not (SameOn m (S t) (S (Nat.succ t)))) : le (γ t) (mul (ofNat 2) (mul L (σ t))) :=
  gap_le_of_change hL (hq.nonneg t) (hS t) (gap t) (hq.step t) (hS (Nat.succ t)) change

/-! ## Counting the changes -/

/-- Whether two sets have the same blocks below `m`. -/
def agrees (m : Nat) (S T : BlockSet) : Bool :=
  match m with
  | 0 => true
  | .succ m => cond (agrees m S T) (cond (S m) (T m) (cond (T m) false true)) false

/-- `agrees` that says yes means equality. -/
theorem same_of_agrees {m : Nat} {S T : BlockSet} (h : Eq (agrees m S T) true) : SameOn m S T :=
  match m, h with
  | 0, _ => fun i hi => False.elim (Nat.not_succ_le_zero i hi)
  | .succ m, h =>
    have g (a b c : Bool) (h : Eq (cond a (cond b c (cond c false true)) false) true) :
        And (Eq a true) (Eq b c) :=
      match a, b, c, h with
      | true, true, true, _ => ⟨rfl, rfl⟩
      | true, false, false, _ => ⟨rfl, rfl⟩
      | true, true, false, h => bool_absurd (Eq.symm h)
      | true, false, true, h => bool_absurd (Eq.symm h)
      | false, _, _, h => bool_absurd (Eq.symm h)
    have p := g (agrees m S T) (S m) (T m) h
    forall_lt_succ (same_of_agrees p.left) p.right

/-- `agrees` says yes to equal sets. -/
theorem agrees_of_same {m : Nat} {S T : BlockSet} (h : SameOn m S T) : Eq (agrees m S T) true :=
  match m, h with
  | 0, _ => rfl
  | .succ m, h =>
    have g (b c : Bool) (e : Eq b c) : Eq (cond b c (cond c false true)) true :=
      match b, c, e with
      | true, true, _ => rfl
      | false, false, _ => rfl
      | true, false, e => bool_absurd e
      | false, true, e => bool_absurd (Eq.symm e)
    Eq.trans (congrArg (fun t => cond t _ false) (agrees_of_same (fun i hi => h i (Nat.le.step hi))))
      (g (S m) (T m) (h m Nat.le.refl))

/-- The steps `t` at which the selection changes: `S_{t+1}` is not `S_t`. -/
def changesAt (m : Nat) (S : Nat → BlockSet) : BlockSet :=
  fun t => cond (agrees m (S t) (S (Nat.succ t))) false true

/-- The number of changes among the first `T` steps. -/
def transitions (m : Nat) (S : Nat → BlockSet) (T : Nat) : Nat := count T (changesAt m S)

/-- A counted change is a change. -/
theorem change_of_counted {m : Nat} {S : Nat → BlockSet} {t : Nat}
    (h : Eq (changesAt m S t) true) : Not (SameOn m (S t) (S (Nat.succ t))) :=
  fun e => bool_absurd (Eq.symm (Eq.trans
    (congrArg (fun b => cond b false true) (Eq.symm (agrees_of_same e))) h))

/-- If every counted term is at least `γ` and no term is negative, `count · γ ≤ Σ`. -/
theorem count_mul_le_sum {T : Nat} {B : BlockSet} {w : Nat → R} {γ : R}
    (hw : ∀ t, Nat.lt t T → le zero (w t)) (h : ∀ t, Nat.lt t T → Eq (B t) true → le γ (w t)) :
    le (mul (ofNat (count T B)) γ) (sum T w) :=
  match T, hw, h with
  | 0, _, _ => le_of_eq (Eq.trans (congrArg (fun x => mul x γ) ofNat_zero) (zero_mul γ))
  | .succ T, hw, h =>
    have bit (b : Bool) (e : Eq b true → le γ (w T)) : le (mul (ofNat (cond b 1 0)) γ) (w T) :=
      match b, e with
      | true, e => le_congr (Eq.trans (congrArg (fun x => mul x γ) ofNat_one) (one_mul γ)) rfl (e rfl)
      | false, _ => le_congr (Eq.trans (congrArg (fun x => mul x γ) ofNat_zero) (zero_mul γ)) rfl
          (hw T Nat.le.refl)
    le_congr (Eq.trans (congrArg (fun x => mul x γ) (ofNat_add _ _)) (add_mul _ _ _)) rfl
      (add_le_add (count_mul_le_sum (forall_lt_of_succ hw) (forall_lt_of_succ h))
        (bit (B T) (h T Nat.le.refl)))

/-- Transition count: if the gap is at least `γ` at each of the first `T` steps, the number of changes
times `γ` is at most `2·L·Σ_{t<T} σ_t`; so for `γ > 0` there are at most `(2L/γ)·Σ‖q_{t+1} - q_t‖`
changes, proportional to `L`. -/
theorem transition_count {q : Nat → Vec R} {σ : Nat → R} {γ : R} {S : Nat → BlockSet} (T : Nat)
    (hL0 : le zero L) (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hq : Path n q σ)
    (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : ∀ t, Nat.lt t T → GapAtLeast m (fun i => s i (q t)) (S t) γ) :
    le (mul (ofNat (transitions m S T)) γ) (mul (ofNat 2) (mul L (sum T σ))) :=
  le_congr rfl
    (Eq.symm (Eq.trans (sum_mul_left T (ofNat 2) (fun t => mul L (σ t)))
      (congrArg (mul (ofNat 2)) (sum_mul_left T L σ))))
    (count_mul_le_sum
      (fun t _ => mul_nonneg (ofNat_nonneg 2) (mul_nonneg hL0 (hq.nonneg t)))
      (fun t ht e => gap_le_of_change hL (hq.nonneg t) (hS t) (gap t ht) (hq.step t)
        (hS (Nat.succ t)) (change_of_counted e)))

end

end LipBridge
