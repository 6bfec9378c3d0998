import LipBridge.Selection.Stability
/-!
# The constant 2 is the best, and the folklore lemma is false

Folklore asks only for a gap `> L·δ`. Two scores that move against each other, `L·x` and `-L·x - γ`,
have gap `γ` at 0 and change their order at `-δ` as soon as `γ < 2·L·δ`; at `γ = 2·L·δ` they tie.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The set that has block `b` alone. -/
def only (b : Nat) : BlockSet := fun i => Nat.beq i b

/-- `i + 2 < 2` is false. -/
theorem not_two_le {i : Nat} (h : Nat.lt (Nat.succ (Nat.succ i)) 2) : False :=
  Nat.not_succ_le_zero i (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ h))

/-- Of two blocks, `{0}` has the one pair `(0, 1)` across. -/
theorem across_first {P : Nat → Nat → Prop} (h : P 0 1) : Across 2 (only 0) P :=
  fun i j _ hj ei ej =>
    match i, j, hj, ei, ej with
    | 0, 1, _, _, _ => h
    | 0, 0, _, _, ej => bool_absurd ej
    | .succ _, _, _, ei, _ => bool_absurd (Eq.symm ei)
    | 0, .succ (.succ _), hj, _, _ => False.elim (not_two_le hj)

/-- Of two blocks, `{1}` has the one pair `(1, 0)` across. -/
theorem across_second {P : Nat → Nat → Prop} (h : P 1 0) : Across 2 (only 1) P :=
  fun i j _ hj ei ej =>
    match i, j, hj, ei, ej with
    | 1, 0, _, _, _ => h
    | 0, _, _, ei, _ => bool_absurd (Eq.symm ei)
    | .succ (.succ _), _, _, ei, _ => bool_absurd (Eq.symm ei)
    | 1, 1, _, _, ej => bool_absurd ej
    | 1, .succ (.succ _), hj, _, _ => False.elim (not_two_le hj)

/-- Of two blocks, the one with the strictly greater score is the only top-1 set: block 0. -/
theorem unique_first {s : Nat → R} (h : lt (s 1) (s 0)) : UniqueTopK 2 1 s (only 0) :=
  unique_of_separated rfl (across_first h)

/-- Of two blocks, the one with the strictly greater score is the only top-1 set: block 1. -/
theorem unique_second {s : Nat → R} (h : lt (s 0) (s 1)) : UniqueTopK 2 1 s (only 1) :=
  unique_of_separated rfl (across_second h)

/-- A score vector for two blocks that ties them has both `{0}` and `{1}` as top-1 sets. -/
theorem tie_both {s : Nat → R} (h : Eq (s 0) (s 1)) : And (TopK 2 1 s (only 0))
    (TopK 2 1 s (only 1)) :=
  ⟨⟨rfl, across_first (le_of_eq (Eq.symm h))⟩, ⟨rfl, across_second (le_of_eq h)⟩⟩

/-- Two scores in dimension 1 that move against each other: `s_0(x) = L·x`, `s_i(x) = -L·x - γ`
otherwise. Each has constant `L`; at `x = 0` their gap is `γ`. -/
def opposing (L γ : R) (i : Nat) : Vec R → R :=
  match i with
  | 0 => fun x => add (mul L (x 0)) zero
  | .succ _ => fun x => add (mul (neg L) (x 0)) (neg γ)

/-- Both opposing scores have constant `L`. -/
theorem opposing_lipschitz {L : R} (γ : R) (hL : le zero L) (i : Nat) :
    ScoreLipschitz 1 L (opposing L γ i) :=
  match i with
  | 0 => ScoreLipschitz.affine zero hL (le_refl _)
  | .succ _ => ScoreLipschitz.affine (neg γ) hL (le_of_eq (ring_eq (vars1 L)))

/-- The query `-δ` is within `δ` of the query 0. -/
theorem opposing_within (δ : R) : Within 1 δ vzero (fun _ => neg δ) :=
  le_of_eq (ring_eq (vars1 δ) (a := add zero (mul (sub (neg δ) zero) (sub (neg δ) zero))))

/-- At the query 0 the opposing scores have gap `γ`. -/
theorem opposing_gap (L γ : R) : Eq (sub (opposing L γ 0 vzero) (opposing L γ 1 vzero)) γ :=
  ring_eq (vars2 L γ) (a := sub (add (mul L zero) zero) (add (mul (neg L) zero) (neg γ)))

/-- At the query `-δ` the opposing scores have gap `γ - 2·L·δ`. -/
theorem opposing_gap_moved (L γ δ : R) : Eq
    (sub (opposing L γ 0 (fun _ => neg δ)) (opposing L γ 1 (fun _ => neg δ)))
    (sub γ (mul (ofNat 2) (mul L δ))) :=
  Eq.trans
    (ring_eq (vars3 L γ δ)
      (a := sub (add (mul L (neg δ)) zero) (add (mul (neg L) (neg δ)) (neg γ)))
      (b := sub γ (add (mul L δ) (mul L δ))))
    (congrArg (sub γ) (Eq.symm (two_mul (mul L δ))))

/-- The 2 cannot be lowered. For every `L ≥ 0`, every `δ` and every gap `γ` with `0 < γ < 2·L·δ`
there are two scores with constant `L` and gap `γ` at `q`, whose only top-1 set is `{0}` at `q` and
`{1}` at some `q'` with `‖q' - q‖ ≤ δ`. -/
theorem two_is_optimal {L δ γ : R} (hL : le zero L) (hγ : lt zero γ)
    (h : lt γ (mul (ofNat 2) (mul L δ))) :
    Exists fun s : Nat → Vec R → R => Exists fun q : Vec R => Exists fun q' : Vec R =>
      And (∀ i, ScoreLipschitz 1 L (s i)) (And (Within 1 δ q q')
        (And (Eq (sub (s 0 q) (s 1 q)) γ)
          (And (UniqueTopK 2 1 (fun i => s i q) (only 0)) (UniqueTopK 2 1 (fun i => s i q')
            (only 1))))) :=
  have swap : lt (opposing L γ 0 (fun _ => neg δ)) (opposing L γ 1 (fun _ => neg δ)) :=
    lt_of_sub_pos (lt_congr rfl
      (Eq.trans (ring_eq (vars2 (opposing L γ 0 (fun _ => neg δ)) (opposing L γ 1 (fun _ => neg δ)))
          (b := neg (sub (opposing L γ 0 (fun _ => neg δ)) (opposing L γ 1 (fun _ => neg δ)))))
        (Eq.trans (congrArg neg (opposing_gap_moved L γ δ))
          (ring_eq (vars2 γ (mul (ofNat 2) (mul L δ))) (b := sub (mul (ofNat 2) (mul L δ)) γ))))
      (sub_pos h))
  ⟨opposing L γ, vzero, fun _ => neg δ, opposing_lipschitz γ hL, opposing_within δ, opposing_gap L γ,
    unique_first (lt_of_sub_pos (lt_congr rfl (opposing_gap L γ) hγ)), unique_second swap⟩

/-- Nor can the strict inequality be weakened. For every `L ≥ 0`, every `δ` and the gap
`γ = 2·L·δ > 0` there are two scores with constant `L` and gap `γ` at `q`, whose only top-1 set at `q`
is `{0}`, while at some `q'` with `‖q' - q‖ ≤ δ` both `{0}` and `{1}` are top-1 sets. -/
theorem strict_is_optimal {L δ : R} (hL : le zero L) (hγ : lt zero (mul (ofNat 2) (mul L δ))) :
    Exists fun s : Nat → Vec R → R => Exists fun q : Vec R => Exists fun q' : Vec R =>
      And (∀ i, ScoreLipschitz 1 L (s i)) (And (Within 1 δ q q')
        (And (Eq (sub (s 0 q) (s 1 q)) (mul (ofNat 2) (mul L δ)))
          (And (UniqueTopK 2 1 (fun i => s i q) (only 0))
            (And (TopK 2 1 (fun i => s i q') (only 0)) (TopK 2 1 (fun i => s i q') (only 1)))))) :=
  have tie := opposing_gap_moved L (mul (ofNat 2) (mul L δ)) δ
  ⟨opposing L (mul (ofNat 2) (mul L δ)), vzero, fun _ => neg δ, opposing_lipschitz _ hL,
    opposing_within δ, opposing_gap L _,
    unique_first (lt_of_sub_pos (lt_congr rfl (opposing_gap L _) hγ)),
    tie_both (eq_of_sub_zero (Eq.trans tie (add_neg _)))⟩

/-- Two blocks that are not equal have different top-1 sets. -/
theorem only_ne : Not (SameOn 2 (only 0) (only 1)) :=
  fun h => bool_absurd (h 0 (Nat.le.step Nat.le.refl))

end

end LipBridge
