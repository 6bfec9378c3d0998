import LipBridge.Selection.Scores
/-!
# Paths of queries

A path `q_0, q_1, …` with steps of length at most `σ_t` is, after `d` steps from `N`, within
`σ_N + … + σ_{N+d-1}` of where it was.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- Triangle inequality: `‖q - p‖ ≤ δ` and `‖r - q‖ ≤ ε` give `‖r - p‖ ≤ δ + ε`. -/
theorem Within.trans {n : Nat} {δ ε : R} {p q r : Vec R} (hδ : le zero δ) (hε : le zero ε)
    (h : Within n δ p q) (k : Within n ε q r) : Within n (add δ ε) p r :=
  le_congr
    (normSq_congr (y := vadd (vsub q p) (vsub r q))
      (fun i _ => ring_eq (vars3 (p i) (q i) (r i)) (a := sub (r i) (p i))))
    (Eq.symm (mul_one _))
    (minkowski (E := one) hδ hε (le_of_lt zero_lt_one) (le_congr rfl (mul_one _) h)
      (le_congr rfl (mul_one _) k))

/-- The path `q_0, q_1, …` moves by at most `σ_t` from step `t` to step `t + 1`: `σ_t ≥ 0` and
`‖q_{t+1} - q_t‖ ≤ σ_t`. -/
structure Path (n : Nat) (q : Nat → Vec R) (σ : Nat → R) : Prop where
  /-- `0 ≤ σ_t`. -/
  nonneg : ∀ t, le zero (σ t)
  /-- `‖q_{t+1} - q_t‖ ≤ σ_t`. -/
  step : ∀ t, Within n (σ t) (q t) (q (Nat.succ t))

/-- After `d` steps from `N` a path is within the sum of those steps:
`‖q_{N+d} - q_N‖ ≤ Σ_{i<d} σ_{N+i}`. -/
theorem Path.within {n : Nat} {q : Nat → Vec R} {σ : Nat → R} (h : Path n q σ) (N d : Nat) :
    Within n (sum d (fun i => σ (Nat.add N i))) (q N) (q (Nat.add N d)) :=
  match d with
  | 0 => Within.self n zero (q N)
  | .succ d => Within.trans (sum_nonneg (fun i _ => h.nonneg (Nat.add N i)))
      (h.nonneg (Nat.add N d)) (h.within N d) (h.step (Nat.add N d))

end

end LipBridge
