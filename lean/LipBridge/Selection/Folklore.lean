import LipBridge.Selection.Optimal
/-!
# The folklore lemma is false

Write-ups of sparse attention claim that a gap `> L·δ` keeps the selection within `δ`. It does not:
both scores may move, against each other, so `2·L·δ` is needed.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- The folklore claim over `R`: if all scores have constant `L`, `S` is a top-k set at `q` and
`s_i(q) - s_j(q) > L·δ` for `i` in `S`, `j` outside, then `S` is still a top-k set at every `q'` with
`‖q' - q‖ ≤ δ`. It is false; compare `stability_radius_uniform`, which asks for `2·L·δ`. -/
def FolkloreClaim (R : Type u) [OrderedRing R] : Prop :=
  ∀ (n m k : Nat) (s : Nat → Vec R → R) (L δ : R) (q q' : Vec R) (S : BlockSet),
    (∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) → le zero δ → TopK m k (fun i => s i q) S →
    (Across m S fun i j => lt (mul L δ) (sub (s i q) (s j q))) → Within n δ q q' →
    TopK m k (fun i => s i q') S

/-- The counterexample's scores over ℤ: `s_0(q) = q` and `s_1(q) = -q`. -/
def crossing (i : Nat) : Vec Int → Int :=
  match i with
  | 0 => fun x => x 0
  | .succ _ => fun x => Int.neg (x 0)

/-- The crossing scores have constant 1. -/
theorem crossing_lipschitz (i : Nat) : ScoreLipschitz 1 1 (crossing i) where
  nonneg := int_le_of_ble rfl
  bound x y :=
    have d : Eq (sq (sub (x 0) (y 0))) (distSq 1 x y) := Eq.symm (zero_add _)
    have one_sq (t : Int) : Eq (mul (sq 1) t) t := one_mul t
    match i with
    | 0 => le_of_eq (Eq.trans d (Eq.symm (one_sq _)))
    | .succ _ => le_of_eq (Eq.trans
        (ring_eq (vars2 (x 0) (y 0)) (a := sq (sub (neg (x 0)) (neg (y 0))))
          (b := sq (sub (x 0) (y 0))))
        (Eq.trans d (Eq.symm (one_sq _))))

/-- The folklore lemma is false, by a concrete instance over ℤ: `s_0(q) = q`, `s_1(q) = -q`, `L = 1`,
`δ = 10`. At `q = 6` the gap is `12 > 10` and block 0 is selected; `q' = -4` is within 10 of `q`, and
there the scores are `-4 < 4`: block 0 is no longer a top-1 set. -/
theorem folklore_false : Not (FolkloreClaim Int) :=
  fun claim =>
    have first : lt (crossing 1 (fun _ => 6)) (crossing 0 (fun _ => 6)) :=
      fun h => bool_absurd (Eq.symm (int_ble_of_le h))
    have gap : Across 2 (only 0) fun i j =>
        lt (mul (1 : Int) 10) (sub (crossing i (fun _ => 6)) (crossing j (fun _ => 6))) :=
      across_first (fun h => bool_absurd (Eq.symm (int_ble_of_le h)))
    have kept : TopK 2 1 (fun i => crossing i (fun _ => Int.negSucc 3)) (only 0) :=
      claim 1 2 1 crossing 1 10 (fun _ => 6) (fun _ => Int.negSucc 3) (only 0)
        (fun i _ => crossing_lipschitz i) (int_le_of_ble rfl)
        (unique_first (s := fun i => crossing i (fun _ => 6)) first).isTopK gap (int_le_of_ble rfl)
    bool_absurd (Eq.symm (int_ble_of_le (kept.best 0 1 (Nat.le.step Nat.le.refl) Nat.le.refl rfl rfl)))

/-- The folklore lemma is false over every ordered ring, ℝ included: scores with constant 1, gap 3 and
`δ = 2` exist whose selection changes (`1·2 < 3 < 2·1·2`). -/
theorem folklore_false_everywhere {R : Type u} [OrderedRing R] : Not (FolkloreClaim R) :=
  fun claim =>
    have h34 : lt (ofNat 3 : R) (mul (ofNat 2) (mul one (ofNat 2))) :=
      lt_congr rfl (Eq.trans (congrArg (mul (ofNat 2)) (one_mul _)) (Eq.symm (ofNat_mul 2 2)))
        (ofNat_lt (Nat.le.refl : Nat.lt 3 4))
    have h23 : lt (mul one (ofNat 2) : R) (ofNat 3) :=
      lt_congr (one_mul _) rfl (ofNat_lt (Nat.le.refl : Nat.lt 2 3))
    match two_is_optimal zero_le_one (ofNat_pos (R := R) (n := 3) rfl) h34 with
    | ⟨s, q, q', hs, hw, hg, h0, h1⟩ =>
      have gap : Across 2 (only 0) fun i j => lt (mul one (ofNat 2)) (sub (s i q) (s j q)) :=
        across_first (lt_congr rfl hg h23)
      have kept := claim 1 2 1 s one (ofNat 2) q q' (only 0) (fun i _ => hs i) (ofNat_nonneg 2)
        h0.isTopK gap hw
      only_ne (SameOn.symm (h1.only (only 0) kept))

end LipBridge
