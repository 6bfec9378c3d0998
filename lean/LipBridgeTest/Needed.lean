import LipBridge.Layers.Dot
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.MaxPool
import LipBridgeTest.NonVacuous.Network
import LipBridgeTest.NonVacuous.TrajectoryRate
import LipBridgeTest.NonVacuous.TrajectoryRecorded
/-!
# No hypothesis can be dropped, no constant lowered

Theorems of the library with a `<` turned into `≤`, a hypothesis left out or a constant made smaller:
each such statement is false, by a counterexample over ℤ (ℚ for σ < 1). Where nothing else is said
the scores are `s_0(q) = q` and `s_1(q) = -q`, of constant 1.
-/

set_option autoImplicit false

namespace LipBridgeTest.Needed

open LipBridge

/-- The query 0, where the two scores tie. -/
def origin : Vec Int := fun _ => i 0

/-- The query -4. -/
def low : Vec Int := fun _ => m 3

/-- At -4 the set `{0}` is no top-1 set. -/
theorem not_low : Not (TopK 2 1 (fun j => crossing j low) (only 0)) :=
  fun h => (ilt rfl : lt (crossing 0 low) (crossing 1 low))
    (h.best 0 1 (Nat.le.step Nat.le.refl) Nat.le.refl rfl rfl)

/-- A tie has no only top-1 set. -/
theorem not_tie {s : Nat → Int} (h : Eq (s 0) (s 1)) : Not (UniqueTopK 2 1 s (only 0)) :=
  fun g => only_ne (g.only (only 1) (tie_both h).right)

/-! ## The stability radius -/

/-- A gap `≥ 2·L·δ` is not enough: `q = 6`, `δ = 6`, `q' = 0`, gap 12. -/
theorem uniform_strict : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ : Int} {q q' : Vec Int}
    {S : BlockSet} {L : Int}, (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → le zero δ →
    Eq (count m S) k →
    (Across m S fun j l => le (mul (ofNat 2) (mul L δ)) (sub (s j q) (s l q))) →
    Within n δ q q' → UniqueTopK m k (fun j => s j q') S) :=
  fun claim => not_tie (s := fun j => crossing j origin) rfl
    (claim (δ := i 6) (q := six) (q' := origin) (L := i 1) (fun j _ => crossing_lipschitz j)
      (ile rfl) rfl (across_first (ile rfl)) (ile rfl))

/-- A gap `> 1·L·δ` is not enough: the folklore lemma. -/
theorem uniform_two : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ : Int} {q q' : Vec Int}
    {S : BlockSet} {L : Int}, (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → le zero δ →
    Eq (count m S) k →
    (Across m S fun j l => lt (mul (ofNat 1) (mul L δ)) (sub (s j q) (s l q))) →
    Within n δ q q' → UniqueTopK m k (fun j => s j q') S) :=
  fun claim => folklore_false (fun _ _ _ _ L δ _ _ _ hL hδ hS gap hq =>
    (claim hL hδ hS.card (fun j l hj hl ej el =>
      lt_congr (one_mul (mul L δ)) rfl (gap j l hj hl ej el)) hq).isTopK)

/-- The scores need constants: with `L = 0`, `q = 6`, `δ = 10`, `q' = -4`. -/
theorem uniform_lipschitz : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ : Int}
    {q q' : Vec Int} {S : BlockSet} {L : Int}, le zero δ → Eq (count m S) k →
    (Across m S fun j l => lt (mul (ofNat 2) (mul L δ)) (sub (s j q) (s l q))) →
    Within n δ q q' → UniqueTopK m k (fun j => s j q') S) :=
  fun claim => not_low (claim (n := 1) (s := crossing) (δ := i 10) (q := six) (q' := low)
    (L := i 0) (ile rfl) rfl (across_first (ilt rfl)) (ile rfl)).isTopK

/-- The radius must not be negative: `q = 6`, `δ = -10`, `q' = -4`. -/
theorem uniform_radius : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ : Int}
    {q q' : Vec Int} {S : BlockSet} {L : Int}, (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) →
    Eq (count m S) k →
    (Across m S fun j l => lt (mul (ofNat 2) (mul L δ)) (sub (s j q) (s l q))) →
    Within n δ q q' → UniqueTopK m k (fun j => s j q') S) :=
  fun claim => not_low (claim (δ := m 9) (q := six) (q' := low) (L := i 1)
    (fun j _ => crossing_lipschitz j) rfl (across_first (ilt rfl)) (ile rfl)).isTopK

/-- The set must have `k` blocks: `{0}` is no top-0 set. -/
theorem uniform_card : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ : Int} {q q' : Vec Int}
    {S : BlockSet} {L : Int}, (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → le zero δ →
    (Across m S fun j l => lt (mul (ofNat 2) (mul L δ)) (sub (s j q) (s l q))) →
    Within n δ q q' → UniqueTopK m k (fun j => s j q') S) :=
  fun claim => Nat.noConfusion (claim (n := 1) (m := 2) (k := 0) (s := crossing) (δ := i 5)
    (q := six) (q' := two) (S := only 0) (L := i 1) (fun j _ => crossing_lipschitz j) (ile rfl)
    (across_first (ilt rfl)) (ile rfl)).isTopK.card

/-- There must be a gap. -/
theorem uniform_gap : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ : Int} {q q' : Vec Int}
    {S : BlockSet} {L : Int}, (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → le zero δ →
    Eq (count m S) k → Within n δ q q' → UniqueTopK m k (fun j => s j q') S) :=
  fun claim => not_low (claim (m := 2) (k := 1) (δ := i 10) (q := six) (q' := low) (S := only 0)
    (L := i 1) (fun j _ => crossing_lipschitz j) (ile rfl) rfl (ile rfl)).isTopK

/-- The queries must be near: `δ = 0`, `q = 6`, `q' = -4`. -/
theorem uniform_near : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ : Int} {q q' : Vec Int}
    {S : BlockSet} {L : Int}, (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → le zero δ →
    Eq (count m S) k →
    (Across m S fun j l => lt (mul (ofNat 2) (mul L δ)) (sub (s j q) (s l q))) →
    UniqueTopK m k (fun j => s j q') S) :=
  fun claim => not_low (claim (δ := i 0) (q := six) (q' := low) (L := i 1)
    (fun j _ => crossing_lipschitz j) (ile rfl) rfl (across_first (ilt rfl))).isTopK

/-- Both constants of a pair count: `L_0·δ` alone is not enough. -/
theorem pair_of_constants : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ : Int}
    {q q' : Vec Int} {S : BlockSet} {L : Nat → Int},
    (∀ j, Nat.lt j m → ScoreLipschitz n (L j) (s j)) → le zero δ → Eq (count m S) k →
    (Across m S fun j l => lt (mul (L j) δ) (sub (s j q) (s l q))) →
    Within n δ q q' → UniqueTopK m k (fun j => s j q') S) :=
  fun claim => not_low (claim (δ := i 10) (q := six) (q' := low) (L := fun _ => i 1)
    (fun j _ => crossing_lipschitz j) (ile rfl) rfl (across_first (ilt rfl)) (ile rfl)).isTopK

/-- With the constant 2 of the difference, a gap `≥ 2·δ` is not enough: `q = 6`, `δ = 6`, `q' = 0`. -/
theorem pairwise_strict : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ : Int}
    {q q' : Vec Int} {S : BlockSet} {L : Nat → Nat → Int},
    (Across m S fun j l => ScoreLipschitz n (L j l) (fun x => sub (s j x) (s l x))) → le zero δ →
    Eq (count m S) k → (Across m S fun j l => le (mul (L j l) δ) (sub (s j q) (s l q))) →
    Within n δ q q' → UniqueTopK m k (fun j => s j q') S) :=
  fun claim => not_tie (s := fun j => crossing j origin) rfl
    (claim (s := crossing) (δ := i 6) (q := six) (L := fun _ _ => i 2)
      (across_first ((crossing_lipschitz 0).difference (crossing_lipschitz 1))) (ile rfl) rfl
      (across_first (ile rfl)) (ile rfl))

/-! ## Computed scores -/

/-- Constant scores: 2, -2, -2, … -/
def steady (j : Nat) : Vec Int → Int := fun _ => nth (m 1) (.cons (i 2) .nil) j

/-- They have constant 0. -/
theorem steady_lipschitz (j : Nat) : ScoreLipschitz 1 (i 0) (steady j) where
  nonneg := ile rfl
  bound _ _ := le_of_eq (Eq.trans (ring_eq (vars1 (nth (m 1) (.cons (i 2) .nil) j))
    (a := sq (sub (nth (m 1) (.cons (i 2) .nil) j) (nth (m 1) (.cons (i 2) .nil) j)))
    (b := zero)) (Eq.symm (zero_mul _)))

/-- Scores computed with an error of 2: at `q` 4 and -4, at `q'` a tie. The computed gap 8 is
`≥ 0 + 4·2`, which is not enough. -/
theorem computed_strict : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ e : Int}
    {q q' : Vec Int} {S : BlockSet} {L : Int} {t t' : Nat → Int},
    (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → le zero δ → Eq (count m S) k →
    ComputedWithin m e s q t → ComputedWithin m e s q' t' → Within n δ q q' →
    (Across m S fun j l =>
      le (add (mul (ofNat 2) (mul L δ)) (mul (ofNat 4) e)) (sub (t j) (t l))) →
    UniqueTopK m k t' S) :=
  fun claim => not_tie (s := fun _ => i 0) rfl
    (claim (e := i 2) (t := nth (m 3) (.cons (i 4) .nil)) (δ := i 0)
      (q := origin) (q' := origin) (L := i 0) (fun j _ => steady_lipschitz j) (ile rfl) rfl
      (below_two (ile rfl) (ile rfl)) (below_two (ile rfl) (ile rfl)) (ile rfl)
      (across_first (ile rfl)))

/-- Nor is a computed gap `> 2·L·δ + 3·e`: here `8 > 6`. -/
theorem computed_four : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {δ e : Int}
    {q q' : Vec Int} {S : BlockSet} {L : Int} {t t' : Nat → Int},
    (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → le zero δ → Eq (count m S) k →
    ComputedWithin m e s q t → ComputedWithin m e s q' t' → Within n δ q q' →
    (Across m S fun j l =>
      lt (add (mul (ofNat 2) (mul L δ)) (mul (ofNat 3) e)) (sub (t j) (t l))) →
    UniqueTopK m k t' S) :=
  fun claim => not_tie (s := fun _ => i 0) rfl
    (claim (e := i 2) (t := nth (m 3) (.cons (i 4) .nil)) (δ := i 0)
      (q := origin) (q' := origin) (L := i 0) (fun j _ => steady_lipschitz j) (ile rfl) rfl
      (below_two (ile rfl) (ile rfl)) (below_two (ile rfl) (ile rfl)) (ile rfl)
      (across_first (ilt rfl)))

/-! ## Trajectories -/

/-- 6, 0, 0, … -/
def halting (t : Nat) : Vec Int :=
  match t with
  | 0 => six
  | .succ _ => origin

/-- Its steps: 6, 0, 0, … -/
def haltingSteps (t : Nat) : Int :=
  match t with
  | 0 => i 6
  | .succ _ => i 0

/-- It is a path. -/
theorem halting_path : Path 1 halting haltingSteps where
  nonneg t := match t with
    | 0 => ile rfl
    | .succ _ => ile rfl
  step t := match t with
    | 0 => ile rfl
    | .succ _ => ile rfl

/-- The selections `{0}`, `{1}`, `{1}`, …: at 0 the scores tie. -/
def haltingSets (t : Nat) : BlockSet :=
  match t with
  | 0 => only 0
  | .succ _ => only 1

/-- They are top-1 sets. -/
theorem halting_topK (t : Nat) : TopK 2 1 (fun j => crossing j (halting t)) (haltingSets t) :=
  match t with
  | 0 => unique_six.isTopK
  | .succ _ => (tie_both (s := fun j => crossing j origin) rfl).right

/-- The gaps: 12, 0, 0, … -/
def haltingGaps (t : Nat) : Int :=
  match t with
  | 0 => i 12
  | .succ _ => i 0

/-- They are gaps of the selections. -/
theorem halting_gaps (t : Nat) :
    GapAtLeast 2 (fun j => crossing j (halting t)) (haltingSets t) (haltingGaps t) :=
  match t with
  | 0 => across_first (ile rfl)
  | .succ _ => across_second (ile rfl)

/-- A change does not need `γ_t < 2·L·σ_t`: here `γ_0 = 12 = 2·1·6`. -/
theorem change_not_strict : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {L : Int}
    {q : Nat → Vec Int} {σ γ : Nat → Int} {S : Nat → BlockSet},
    (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → Path n q σ →
    (∀ t, TopK m k (fun j => s j (q t)) (S t)) →
    (∀ t, GapAtLeast m (fun j => s j (q t)) (S t) (γ t)) → ∀ t,
    Not (SameOn m (S t) (S (Nat.succ t))) → lt (γ t) (mul (ofNat 2) (mul L (σ t)))) :=
  fun claim => claim (L := i 1) (fun j _ => crossing_lipschitz j) halting_path halting_topK
    halting_gaps 0 only_ne (ile rfl)

/-- Nor does `γ_t ≤ 1·L·σ_t` hold at a change. -/
theorem change_two : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {L : Int}
    {q : Nat → Vec Int} {σ γ : Nat → Int} {S : Nat → BlockSet},
    (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → Path n q σ →
    (∀ t, TopK m k (fun j => s j (q t)) (S t)) →
    (∀ t, GapAtLeast m (fun j => s j (q t)) (S t) (γ t)) → ∀ t,
    Not (SameOn m (S t) (S (Nat.succ t))) → le (γ t) (mul (ofNat 1) (mul L (σ t)))) :=
  fun claim => (ilt rfl : lt (i 6) (i 12)) (claim (L := i 1) (fun j _ => crossing_lipschitz j)
    halting_path halting_topK halting_gaps 0 only_ne)

/-- The number of transitions is not bounded by `1·L·Σ σ_t / γ`: one change, `γ = 12`, a step of 6. -/
theorem transitions_two : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {L : Int}
    {q : Nat → Vec Int} {σ : Nat → Int} {γ : Int} {S : Nat → BlockSet} (T : Nat), le zero L →
    (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → Path n q σ →
    (∀ t, TopK m k (fun j => s j (q t)) (S t)) →
    (∀ t, Nat.lt t T → GapAtLeast m (fun j => s j (q t)) (S t) γ) →
    le (mul (ofNat (transitions m S T)) γ) (mul (ofNat 1) (mul L (sum T σ)))) :=
  fun claim => (ilt rfl : lt (i 6) (i 12)) (claim (L := i 1) (γ := i 12) 1 (ile rfl)
    (fun j _ => crossing_lipschitz j) halting_path halting_topK
    (forall_lt_succ (fun t ht => False.elim (Nat.not_succ_le_zero t ht)) (halting_gaps 0)))

/-- The constant must not be negative, even where there are no scores. -/
theorem transitions_nonneg : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {L : Int}
    {q : Nat → Vec Int} {σ : Nat → Int} {γ : Int} {S : Nat → BlockSet} (T : Nat),
    (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → Path n q σ →
    (∀ t, TopK m k (fun j => s j (q t)) (S t)) →
    (∀ t, Nat.lt t T → GapAtLeast m (fun j => s j (q t)) (S t) γ) →
    le (mul (ofNat (transitions m S T)) γ) (mul (ofNat 2) (mul L (sum T σ)))) :=
  fun claim => (ilt rfl : lt (m 11) (i 0)) (claim (m := 0) (k := 0) (s := crossing) (L := m 0)
    (γ := i 12) (S := haltingSets) 1 (fun j hj => False.elim (Nat.not_succ_le_zero j hj))
    halting_path (fun _ => ⟨rfl, fun j _ hj => False.elim (Nat.not_succ_le_zero j hj)⟩)
    (fun _ _ j _ hj => False.elim (Nat.not_succ_le_zero j hj)))

/-- Steps `≤ 6·2ᵗ`. -/
theorem growing_path : Path 1 halting (fun t => mul (i 6) (rpow (i 2) t)) where
  nonneg t := mul_nonneg (a := i 6) (ile rfl) (rpow_nonneg (a := i 2) (ile rfl) t)
  step t := match t with
    | 0 => ile rfl
    | .succ t => Within.mono (δ := i 0) (halting_path.step (Nat.succ t)) (ile rfl)
        (mul_nonneg (a := i 6) (ile rfl) (rpow_nonneg (a := i 2) (ile rfl) (Nat.succ t)))

/-- Lock-in needs `ρ < 1`: with `ρ = 2` the condition `12 < (1 - ρ)·γ` holds for `γ = -13`. -/
theorem lock_in_ratio : Not (∀ {n m k : Nat} {s : Nat → Vec Int → Int} {L ρ C γ : Int}
    {q : Nat → Vec Int} {S : Nat → BlockSet} {N : Nat}, le zero L →
    (∀ j, Nat.lt j m → ScoreLipschitz n L (s j)) → le zero ρ → le zero C →
    Path n q (fun t => mul C (rpow ρ t)) → TopK m k (fun j => s j (q N)) (S N) →
    GapAtLeast m (fun j => s j (q N)) (S N) γ → LocksIn L C ρ γ N →
    ∀ d, UniqueTopK m k (fun j => s j (q (Nat.add N d))) (S N)) :=
  fun claim => not_tie (s := fun j => crossing j origin) rfl
    (claim (L := i 1) (ρ := i 2) (C := i 6) (γ := m 12) (S := haltingSets) (N := 0) (ile rfl)
      (fun j _ => crossing_lipschitz j) (ile rfl) (ile rfl) growing_path unique_six.isTopK
      (across_first (ile rfl)) (ilt rfl) 1)

/-- More changes are a worse rate only where `ρ ≤ κ`: `1⁰·2¹ ≤ 1¹·2⁰` is false. -/
theorem rate_order : Not (∀ {ρ κ : Int}, le zero ρ → ∀ a b j : Nat,
    le (mul (rpow κ a) (rpow ρ (Nat.add b j))) (mul (rpow κ (Nat.add a j)) (rpow ρ b))) :=
  fun claim => (ilt rfl : lt (i 1) (i 2)) (claim (ρ := i 2) (κ := i 1) (ile rfl) 0 0 1)

/-- A depth never decreases only where no loss is negative. -/
theorem depth_losses : Not (∀ {T : Nat} {γ w : Nat → Int} {L L' ε ε' : Int} {B B' : BlockSet},
    le zero L → le zero ε → le L L' → le ε ε' → Uncertified T γ L ε B →
    Uncertified T γ L' ε' B' → le (pulseDepth T w B) (pulseDepth T w B')) :=
  fun claim => (ilt rfl : lt (m 2) (m 1)) (claim (w := fun _ => m 0) (L := i 1) (ε := i 3) (ile rfl) (ile rfl)
    (L' := i 1) (ε' := i 6) (ile rfl) (ile rfl) pulse3_spec pulse6_spec)

/-- A jump is a factor `ρ + j/η` only where the distance is at least `η`: `2·3 ≤ 3·1` is false. -/
theorem jump_far : Not (∀ {ρ j η e e' : Int}, le zero j → le zero η → le e' (add (mul ρ e) j) →
    le (mul η e') (mul (add (mul η ρ) j) e)) :=
  fun claim => (ilt rfl : lt (i 3) (i 6))
    (claim (ρ := i 0) (j := i 3) (η := i 2) (e := i 1) (e' := i 3) (ile rfl) (ile rfl) (ile rfl))

/-- What is gained must be lost: else the output 5 comes out of nothing, though no two values differ. -/
theorem exchange_balance : Not (∀ {n m : Nat} {a b lost gained : Nat → Int} {v : Nat → Vec Int}
    {μ Δ : Int}, (∀ i, Nat.lt i m → le zero (lost i)) → (∀ i, Nat.lt i m → le zero (gained i)) →
    (∀ i, Nat.lt i m → Eq (add (b i) (lost i)) (add (a i) (gained i))) → Eq (sum m gained) μ →
    (∀ i j, Nat.lt i m → Nat.lt j m → Within n Δ (v i) (v j)) →
    Within n (mul μ Δ) (attend m a v) (attend m b v)) :=
  fun claim => (ilt rfl : lt (i 0) (i 25))
    (claim (n := 1) (m := 1) (a := fun _ => i 0) (b := fun _ => i 1) (lost := fun _ => i 0)
      (gained := fun _ => i 1) (v := fun _ _ => i 5) (μ := i 1) (Δ := i 0) (fun _ _ => ile rfl)
      (fun _ _ => ile rfl) (fun _ _ => rfl) rfl (fun _ _ _ _ => ile rfl))

/-- A certified rate needs its locks: a selection that is only assumed to keep its blocks may change. -/
theorem certified_keeps : Not (∀ {m : Nat} {S : Nat → BlockSet} {B : BlockSet} {T : Nat},
    Nat.le (transitions m S T) (count T B)) :=
  fun claim => nat_lt_irrefl
    (claim (m := 2) (S := selections) (B := fun _ => false) (T := 3))

/-- In ℓ∞ the row sum cannot be lowered: `x ↦ x₀ + x₁` reaches 2 at (1, 1). -/
theorem rowSum_reached : Not (SupLipschitz 2 1 (i 1) (i 1) (linear 2 (fun _ _ => i 1) (i 1) vzero)) :=
  fun claim => (ilt rfl : lt (i 1) (i 2))
    (claim.bound (fun _ => i 1) (fun _ => i 0) (i 1) (i 1) (ile rfl) (ile rfl) (fun _ _ => ile rfl) 0
      Nat.le.refl)

/-! ## Networks and layers -/

/-- Two layers have the constant σ³ only where `σ ≥ 1`: folklore, in ℚ. -/
theorem two_layers : Not (∀ {n₀ n₁ n₂ n₃ : Nat} {N D : Rational}
    {f₁ f₂ φ₁ φ₂ p : Vec Rational → Vec Rational}, Lipschitz n₀ n₁ N D f₁ → Nonexpansive n₁ n₁ φ₁ →
    Lipschitz n₁ n₂ N D f₂ → Nonexpansive n₂ n₂ φ₂ → Nonexpansive n₂ n₃ p →
    Lipschitz n₀ n₃ (cube N) (cube D) (fun x => p (φ₂ (f₂ (φ₁ (f₁ x)))))) :=
  fun claim => folklore_two_layers_false (mul_inverse 2 rfl) (fun _ _ _ _ h₁ h₂ =>
    claim (φ₁ := fun x => x) (φ₂ := fun x => x) (p := fun x => x) h₁
      (fun _ _ => le_refl _) h₂ (fun _ _ => le_refl _) (fun _ _ => le_refl _))

/-- ReLU has no constant below 1. -/
theorem relu_one : Not (∀ n, SqLipschitz n n (ofNat 0) (ofNat 1) (relu : Vec Int → Vec Int)) :=
  fun claim => (ilt rfl : lt (i 0) (i 36)) ((claim 1).bound six origin ⟨⟩ ⟨⟩)

/-- Max pooling has no constant below 1. -/
theorem maxPool_one : Not (∀ b d, SqLipschitz (Nat.mul b d) d (ofNat 0) (ofNat 1)
    (maxPool b d : Vec Int → Vec Int)) :=
  fun claim => (ilt rfl : lt (i 0) (i 36)) ((claim 1 1).bound six origin ⟨⟩ ⟨⟩)

/-- A leaky ReLU of slope 2 has not the constant 1. -/
theorem leakyRelu_slope : Not (∀ (m : Nat) {n d : Nat} {r : Int}, Eq (mul (ofNat d) r) one →
    SqLipschitz m m (ofNat 1) (ofNat 1) (leakyRelu (mul (ofNat n) r))) :=
  fun claim => (ilt rfl : lt (i 36) (i 144))
    ((claim 1 (n := 2) (d := 1) (r := i 1) rfl).bound six origin ⟨⟩ ⟨⟩)

end LipBridgeTest.Needed
