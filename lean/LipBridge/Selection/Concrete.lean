import LipBridge.Selection.Step
/-!
# The concrete selection theorem

A recorded step whose integer check the kernel has computed certifies the selection: for every family
of scores with the recorded values at `q` and the recorded constants, no `q'` within the radius selects
other blocks.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `0 ≤ c` and `|a - b| ≤ d` give `|c·a - c·b| ≤ c·d`. -/
theorem abs_mul_sub {a b c d : R} (hc : le zero c) (h : le (abs (sub a b)) d) :
    le (abs (sub (mul c a) (mul c b))) (mul c d) :=
  abs_le
    (le_congr (ring_eq (vars3 a b c) (b := mul c (sub a b))) rfl
      (mul_le_mul_left hc (le_trans (le_abs _) h)))
    (le_congr (ring_eq (vars3 a b c) (b := mul c (neg (sub a b)))) rfl
      (mul_le_mul_left hc (le_trans (neg_le_abs _) h)))

/-- `0 ≤ c` and `c·a < c·b` give `a < b`. -/
theorem lt_of_mul_lt_mul {a b c : R} (hc : le zero c) (h : lt (mul c a) (mul c b)) : lt a b :=
  fun g => h (mul_le_mul_left hc g)

/-- `x₁ ≤ y₁ + d₁ ≤ θ` and `θ + d₂ + 1 ≤ y₂`, `y₂ ≤ x₂ + d₂` give `x₁ < x₂`. -/
theorem threshold_lt {x₁ y₁ d₁ x₂ y₂ d₂ θ : R} (h₁ : le (abs (sub x₁ y₁)) d₁)
    (k₁ : le (add y₁ d₁) θ) (h₂ : le (abs (sub x₂ y₂)) d₂) (k₂ : le (add θ (add d₂ one)) y₂) :
    lt x₁ x₂ :=
  have low : le x₁ θ := le_trans
    (le_congr (ring_eq (vars2 x₁ y₁) (b := add y₁ (sub x₁ y₁))) rfl
      (add_le_add_left y₁ (le_trans (le_abs _) h₁))) k₁
  have high : le (add θ one) x₂ := le_congr
    (ring_eq (vars4 θ x₂ y₂ d₂) (b := add (add (add θ (add d₂ one)) (neg (sub x₂ y₂)))
      (sub (sub x₂ y₂) d₂)))
    (ring_eq (vars3 x₂ y₂ d₂) (b := add (add y₂ d₂) (sub (sub x₂ y₂) d₂)))
    (add_le_add_right _ (add_le_add k₂ (le_trans (neg_le_abs _) h₂)))
  lt_of_le_of_lt low (lt_of_lt_of_le
    (lt_of_sub_pos (lt_congr rfl (ring_eq (vars1 θ) (a := sub (add θ one) θ) (b := one)) zero_lt_one))
    high)

/-! ## Scores that fit a recorded step -/

/-- The family of scores `s` fits the recorded step at the query `q`, on the set `A` of queries: `q` is
in `A`, `|P·s_i(q) - z_i| ≤ e`, and score `i` has constant `N_i/D` on `A`. -/
structure Step.Fits (st : Step) (n : Nat) (A : Vec R → Prop) (s : Nat → Vec R → R) (q : Vec R) :
    Prop where
  /-- `q` is in `A`. -/
  mem : A q
  /-- `|P·s_i(q) - z_i| ≤ e` for every block. -/
  values : ∀ i, Nat.lt i st.size → le
    (abs (sub (mul (ofNat st.scale) (s i q)) (ofInt (st.block i).score))) (ofNat st.error)
  /-- Score `i` has constant `N_i/D` on `A`. -/
  constants : ∀ i, Nat.lt i st.size →
    ScoreRatio n (ofNat (st.block i).bound) (ofNat st.den) A (s i)

/-- The scores `t` are within `e'/P` of the exact scores at `q'`: `|P·t_i - P·s_i(q')| ≤ e'`. -/
def Step.ComputedAt (st : Step) (s : Nat → Vec R → R) (q' : Vec R) (t : Nat → R) : Prop :=
  ∀ i, Nat.lt i st.size →
    le (abs (sub (mul (ofNat st.scale) (t i)) (mul (ofNat st.scale) (s i q')))) (ofNat st.errorNext)

/-- `q'` is within the radius of the step: `b²·‖q' - q‖² ≤ a²`. -/
def Step.Near (st : Step) (n : Nat) (q q' : Vec R) : Prop :=
  WithinRatio n (ofNat st.radiusNum) (ofNat st.radiusDen) q q'

/-- A value that is exactly the recorded one, `P·v = z`, is within any error of it. -/
theorem Step.value_of_eq {st : Step} {v : R} {z : Int} (h : Eq (mul (ofNat st.scale) v) (ofInt z)) :
    le (abs (sub (mul (ofNat st.scale) v) (ofInt z))) (ofNat st.error) :=
  le_congr (Eq.trans (congrArg (fun t => abs (sub t _)) h) (abs_sub_self _)) rfl
    (ofNat_nonneg st.error)

/-- Scores that are exactly the recorded ones fit: `P·s_i(q) = z_i`. -/
theorem Step.fits_of_eq {st : Step} {n : Nat} {A : Vec R → Prop} {s : Nat → Vec R → R} {q : Vec R}
    (mem : A q)
    (values : ∀ i, Nat.lt i st.size →
      Eq (mul (ofNat st.scale) (s i q)) (ofInt (st.block i).score))
    (constants : ∀ i, Nat.lt i st.size →
      ScoreRatio n (ofNat (st.block i).bound) (ofNat st.den) A (s i)) : st.Fits n A s q where
  mem := mem
  values i hi := Step.value_of_eq (values i hi)
  constants := constants

/-- The exact scores are within any error of themselves. -/
theorem Step.computedAt_self (st : Step) (s : Nat → Vec R → R) (q' : Vec R) :
    st.ComputedAt s q' (fun i => s i q') :=
  fun _ _ => le_congr (abs_sub_self _) rfl (ofNat_nonneg st.errorNext)

/-- The image of the margin: `(e' + P-scaled drift + e)`, term by term. -/
theorem Step.ofNat_margin (st : Step) (N : Nat) : Eq (ofNat (st.margin N) : R)
    (add (add (mul (mul (ofNat st.den) (ofNat st.radiusDen)) (ofNat st.errorNext))
      (mul (ofNat st.scale) (mul (ofNat N) (ofNat st.radiusNum))))
      (mul (mul (ofNat st.den) (ofNat st.radiusDen)) (ofNat st.error))) :=
  Eq.trans (ofNat_add _ _)
    (Eq.trans
      (congr2 add
        (Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_add _ _) (ofNat_mul _ _)))
        (Eq.trans (ofNat_mul _ _) (congrArg (fun t => mul t (ofNat st.radiusNum)) (ofNat_mul _ _))))
      (ring_eq (vars7 (ofNat st.error) (ofNat st.errorNext) (ofNat st.den) (ofNat st.radiusDen)
          (ofNat st.scale) (ofNat N) (ofNat st.radiusNum))
        (a := add (mul (add (ofNat st.error) (ofNat st.errorNext))
            (mul (ofNat st.den) (ofNat st.radiusDen)))
          (mul (mul (ofNat st.scale) (ofNat N)) (ofNat st.radiusNum)))))

/-- At `q'` every computed score is within the margin of the recorded one:
`|D·b·P·t_i - D·b·z_i| ≤ (e + e')·D·b + P·N_i·a`. -/
theorem Step.drift {st : Step} {n : Nat} {A : Vec R → Prop} {s : Nat → Vec R → R} {q q' : Vec R}
    {t : Nat → R} (hs : st.Fits n A s q) (hA : A q') (hq : st.Near n q q')
    (ht : st.ComputedAt s q' t) {i : Nat} (hi : Nat.lt i st.size) :
    le (abs (sub (mul (mul (ofNat st.den) (ofNat st.radiusDen)) (mul (ofNat st.scale) (t i)))
        (mul (mul (ofNat st.den) (ofNat st.radiusDen)) (ofInt (st.block i).score))))
      (ofNat (st.margin (st.block i).bound)) :=
  have K0 : le (zero : R) (mul (ofNat st.den) (ofNat st.radiusDen)) :=
    mul_nonneg (ofNat_nonneg _) (ofNat_nonneg _)
  have h1 := abs_mul_sub K0 (ht i hi)
  have h2 := abs_mul_sub (ofNat_nonneg st.scale)
    ((hs.constants i hi).abs_le (ofNat_nonneg st.radiusNum) hs.mem hA hq)
  have h3 := abs_mul_sub K0 (hs.values i hi)
  have swap (x : R) : Eq (mul (mul (ofNat st.den) (ofNat st.radiusDen)) (mul (ofNat st.scale) x))
      (mul (ofNat st.scale) (mul (mul (ofNat st.den) (ofNat st.radiusDen)) x)) :=
    ring_eq (vars4 (ofNat st.den) (ofNat st.radiusDen) (ofNat st.scale) x)
  le_congr rfl (Step.ofNat_margin st (st.block i).bound)
    (le_trans (abs_sub_le _ (mul (mul (ofNat st.den) (ofNat st.radiusDen))
        (mul (ofNat st.scale) (s i q))) _)
      (add_le_add
        (le_trans (abs_sub_le _ (mul (mul (ofNat st.den) (ofNat st.radiusDen))
            (mul (ofNat st.scale) (s i q'))) _)
          (add_le_add h1 (le_congr
            (congrArg abs (congr2 sub (swap (s i q')) (swap (s i q)))) rfl h2))) h3))

/-- The concrete selection theorem, for computed scores. Let the kernel have checked the step
(`st.check = true`), let the scores `s` fit it at `q` on `A`, and let `q'` in `A` satisfy
`‖q' - q‖ ≤ a/b`. Then for any scores `t` within `e'/P` of the exact ones at `q'`, the recorded blocks
are the only top-k set of `t` among the blocks that are not forced. -/
theorem Step.computed_stable {st : Step} {n : Nat} {A : Vec R → Prop} {s : Nat → Vec R → R}
    {q q' : Vec R} {t : Nat → R} (hst : Eq st.check true) (hs : st.Fits n A s q) (hA : A q')
    (hq : st.Near n q q') (ht : st.ComputedAt s q' t) :
    UniqueTopKAmong st.size st.k (complement st.forced) t st.chosen :=
  unique_among_of_separated (fun _ _ e => Step.chosen_competes st e) (Step.card_chosen hst)
    (fun _ _ hi hj ei ej ec =>
      have low := ofInt_le (R := R) (Step.rejected_passes ej ec (Step.block_passes hst hj))
      have high := ofInt_le (R := R) (Step.chosen_passes ei (Step.block_passes hst hi))
      have image (z : Int) : Eq (ofInt (Int.mul z (Int.ofNat (Nat.mul st.den st.radiusDen))) : R)
          (mul (mul (ofNat st.den) (ofNat st.radiusDen)) (ofInt z)) :=
        Eq.trans (ofInt_mul _ _) (Eq.trans (congrArg (mul (ofInt z)) (ofNat_mul _ _)) (mul_comm _ _))
      have low' := le_congr
        (Eq.symm (Eq.trans (ofInt_add _ _) (congrArg (fun x => add x _) (image _)))) rfl low
      have high' := le_congr
        (Eq.symm (Eq.trans (ofInt_add _ _) (congrArg (add (ofInt st.threshold)) (ofNat_succ _))))
        (Eq.symm (image _)) high
      lt_of_mul_lt_mul (ofNat_nonneg st.scale) (lt_of_mul_lt_mul
        (mul_nonneg (ofNat_nonneg st.den) (ofNat_nonneg st.radiusDen))
        (threshold_lt (Step.drift hs hA hq ht hj) low' (Step.drift hs hA hq ht hi) high')))

/-- The concrete selection theorem. Let the kernel have checked the step (`st.check = true`), and let
the scores `s` have the recorded values at `q` (within `e/P`) and the recorded constants on `A`. Then at
every `q'` in `A` with `‖q' - q‖ ≤ a/b` the recorded blocks are the only top-k set among the blocks
that are not forced: no such `q'` changes the selection. -/
theorem Step.stable {st : Step} {n : Nat} {A : Vec R → Prop} {s : Nat → Vec R → R} {q q' : Vec R}
    (hst : Eq st.check true) (hs : st.Fits n A s q) (hA : A q') (hq : st.Near n q q') :
    UniqueTopKAmong st.size st.k (complement st.forced) (fun i => s i q') st.chosen :=
  Step.computed_stable hst hs hA hq (Step.computedAt_self st s q')

/-- The same where no block is forced: the recorded blocks are the only top-k set at `q'`. -/
theorem Step.stable_unforced {st : Step} {n : Nat} {A : Vec R → Prop} {s : Nat → Vec R → R}
    {q q' : Vec R} (hst : Eq st.check true) (hu : Eq st.unforced true) (hs : st.Fits n A s q)
    (hA : A q') (hq : st.Near n q q') :
    UniqueTopK st.size st.k (fun i => s i q') st.chosen :=
  unique_of_unique_among (fun _ hi => Step.allBlocks_nth _ hu hi) (Step.stable hst hs hA hq)

/-- For computed scores, where no block is forced: the recorded blocks are the only top-k set of `t`. -/
theorem Step.computed_stable_unforced {st : Step} {n : Nat} {A : Vec R → Prop} {s : Nat → Vec R → R}
    {q q' : Vec R} {t : Nat → R} (hst : Eq st.check true) (hu : Eq st.unforced true)
    (hs : st.Fits n A s q) (hA : A q') (hq : st.Near n q q') (ht : st.ComputedAt s q' t) :
    UniqueTopK st.size st.k t st.chosen :=
  unique_of_unique_among (fun _ hi => Step.allBlocks_nth _ hu hi)
    (Step.computed_stable hst hs hA hq ht)

/-- The active set of a checked step: at every `q'` within the radius, the forced blocks together with
any top-k set of the others are the recorded forced and selected blocks. -/
theorem Step.active_stable {st : Step} {n : Nat} {A : Vec R → Prop} {s : Nat → Vec R → R}
    {q q' : Vec R} (hst : Eq st.check true) (hs : st.Fits n A s q) (hA : A q')
    (hq : st.Near n q q') {U : BlockSet}
    (hU : ActiveSet st.size st.k st.forced (fun i => s i q') U) :
    SameOn st.size U (union st.forced st.chosen) :=
  active_unique (Step.stable hst hs hA hq) hU

end

end LipBridge
