import LipBridge.Layers.Product
import LipBridge.Layers.RotaryPairs
import LipBridge.Layers.RmsNormScore
import LipBridge.Layers.Softmax
import LipBridgeTest.NonVacuous.LayersScore
import LipBridgeTest.NonVacuous.LayersNorm
/-!
# Bounding boxes, weighted scores, softmax: not vacuous

Each theorem with hypotheses, met by a proved example over ℤ or ℚ.
-/

set_option autoImplicit false

namespace LipBridgeTest.More

open LipBridge Score Norm

/-! ## Bounding-box scores -/

/-- The greatest and least entries of a block: `M = (3, 4)`, `m = (1, -2)`. -/
theorem box_le (j : Nat) (h : Nat.lt j 2) : le (p12 j) (p34 j) :=
  match j, h with
  | 0, _ => ile rfl
  | .succ 0, _ => ile rfl
  | .succ (.succ _), h =>
    False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ h)))

example : SqLipschitz 2 1 (i 25) (i 1) (boxScore 2 p34 p12) :=
  boxScore_sqLipschitz (P := i 25) (Q := i 1) (ilt rfl) (ile rfl)
example : SqLipschitz 2 1 (i 4) (i 1) (separable 2 (fun j a =>
    sub (sup (mul a (p34 j)) (mul a (p12 j)))
      (sup (mul a (sub (p34 j) (i 1))) (mul a (sub (p12 j) (i 1)))))) :=
  boxGap_sqLipschitz (P := i 4) (Q := i 1) (M' := fun j => sub (p34 j) (i 1))
    (m' := fun j => sub (p12 j) (i 1)) (ilt rfl) box_le
    (fun j h => add_le_add (box_le j h) (le_refl _)) (ile rfl)
example : Eq (boxScore 2 p34 p12 p12 0) (i 7) := rfl
example : le (sq (add (i 2) (i 3))) (mul (add (i 1) (i 3)) (add (i 4) (i 3))) :=
  cauchy_pair (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl)
example : le (sq (sum 2 p12)) (mul (sum 2 (fun j => sq (p12 j))) (sum 2 (fun _ => one))) :=
  cauchy_terms (fun j _ => sq_nonneg (p12 j)) (fun _ _ => ile rfl)
    (fun j _ => le_of_eq (Eq.symm (mul_one (sq (p12 j)))))
example : SqLipschitz 2 1 (i 18) (i 1) (separable 2 (fun _ a => mul (i 3) a)) :=
  separable_sqLipschitz (C := fun _ => i 9) (P := i 18) (Q := i 1) (fun _ _ => ile rfl) (ilt rfl)
    (ile rfl) (fun _ _ a b => le_of_eq (ring_eq (vars3 (i 3) a b)
      (a := sq (sub (mul (i 3) a) (mul (i 3) b)))
      (b := mul (mul (i 3) (i 3)) (mul (sub a b) (sub a b)))))
example : Eq (sup (mul (i 2) (i 3)) (mul (i 2) (i 1))) (mul (i 2) (i 3)) := box_pos (ile rfl) (ile rfl)
example : Eq (sup (mul (m 1) (i 3)) (mul (m 1) (i 1))) (mul (m 1) (i 1)) := box_neg (ile rfl) (ile rfl)
example : le (sq (add (mul (i 2) (i 1)) (mul (i 3) (m 1)))) (mul (i 4) (sq (add (i 2) (i 3)))) :=
  mix_sq_le (ile rfl) (ile rfl) (ile rfl) (ile rfl)
example : le (sq (sub (sub (sup (mul (i 2) (i 3)) (mul (i 2) (i 1))) (sup (mul (i 2) (i 2)) (mul (i 2) (i 0))))
      (sub (sup (mul (m 0) (i 3)) (mul (m 0) (i 1))) (sup (mul (m 0) (i 2)) (mul (m 0) (i 0))))))
    (mul (i 1) (mul (sub (i 2) (m 0)) (sub (i 2) (m 0)))) :=
  box_gap_sq_le (M := i 3) (m := i 1) (M' := i 2) (m' := i 0) (C := i 1) (ile rfl) (ile rfl) (ile rfl) (ile rfl) (i 2) (m 0)

/-! ## Weighted scores -/

example : le (mul (i 1) (sq (add (i 1) (i 2)))) (mul (add (i 2) (i 1)) (add (i 1) (i 2))) :=
  mixed_sq_le (A := i 1) (B := i 2) (X := i 1) (a := i 2) (b := i 1) (u := i 1) (v := i 2) (ilt rfl)
    (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl)

/-- ReLU takes 0 to 0. -/
theorem relu_zero : Agree 2 (relu (vzero : Vec Int)) vzero := fun _ _ => rfl

/-- `(w, q) ↦ ⟨w, relu q⟩` where `‖w‖² ≤ 25` and `‖q‖² ≤ 5`: `√30`. -/
example : SqLipschitzOn 4 1 (mul (ofNat 1) (add (i 25) (i 5))) (mul (ofNat 1) (i 1))
    (PairBall 2 2 (i 25) (i 5) (i 1)) (weighted 2 relu) :=
  weighted_sqLipschitzOn_ball (relu_sqLipschitz 2) relu_zero (ile rfl) (ile rfl) (ilt rfl)

/-- The points `(w, 0)` with `‖w‖² ≤ 25`, where the scores vanish. -/
def Flat (z : Vec Int) : Prop :=
  And (le (mul (i 1) (normSq 2 z)) (i 25)) (Eq (normSq 2 (relu (drop 2 z))) zero)

example : SqLipschitzOn 4 1 (mul (ofNat 1) (add (i 25) (i 0))) (mul (ofNat 1) (i 1)) Flat
    (weighted 2 relu) :=
  weighted_sqLipschitzOn (a := i 25) (b := i 0) (c := i 1) (relu_sqLipschitz 2) (ile rfl) (ile rfl)
    (ilt rfl) (fun _ h => h.left) (fun _ h => le_congr (congrArg (mul _) h.right) rfl (ile rfl))
example : SqLipschitz 4 4 (ofNat 1 : Int) (ofNat 1) (parallel 2 2 relu relu) :=
  parallel_sqLipschitz (relu_sqLipschitz 2) (relu_sqLipschitz 2)

/-! ## Rotary pairs, scores of a normalized query -/

example : Isometry 3 3 (rotaryPairs 1 (fun _ => i 0) (fun _ => i 1)) :=
  rotaryPairs_isometry 1 1 (fun _ _ => rfl)
example : Eq (rotaryPairs 1 (fun _ => i 0) (fun _ => i 1) p345 0) (m 3) := rfl
example : Isometry 4 4 (after 1 (rotaryPairs 1 (fun _ => i 0) (fun _ => i 1))) :=
  after_isometry 1 (rotaryPairs_isometry 1 1 (c := fun _ => i 0) (s := fun _ => i 1)
    (fun _ _ => rfl))
example (j : Nat) : Eq (after 1 (rotaryPairs 1 p12 p34) vzero j) zero :=
  after_zero 1 (rotaryPairs_zero 1 p12 p34) j
example : Eq (after 1 (rotaryPairs 1 (fun _ => i 0) (fun _ => i 1)) p345 1) (m 4) := rfl
example : Eq (distSq 2 (turn (i 0) (i 1) (i 3) (i 4)) (turn (i 0) (i 1) (i 1) (i 2)))
    (add (sq (sub (i 3) (i 1))) (sq (sub (i 4) (i 2)))) := turn_distSq (c := i 0) (s := i 1) rfl _ _ _ _

/-- On the sphere `‖u‖² = 4` the normalized scores are ordered as the others. -/
example (u : Vec Int) (hu : Sphere u) :
    Iff (le (dot 4 (rmsNorm gain3 (fun _ => one) u) p34) (dot 4 (rmsNorm gain3 (fun _ => one) u) p12))
      (le (dot 4 u (fun j => mul (gain3 j) (p34 j))) (dot 4 u (fun j => mul (gain3 j) (p12 j)))) :=
  rmsNorm_score_le_iff (d := 4) rfl sphere_factor hu p34 p12

/-! ## Softmax -/

/-- The probabilities `(1/2, 1/2)`. -/
theorem even : Probability 2 (fun _ => inverse 2) :=
  ⟨fun _ _ => reciprocal_nonneg (mul_inverse 2 rfl), Eq.trans (sum_const 2 (inverse 2)) (mul_inverse 2 rfl)⟩

/-- The derivative there has norm at most 1/2, and takes `(1, -1)` to `(1/2, -1/2)`: exactly 1/2. -/
example (v : Vec Rational) :
    le (mul (mul (add one one) (add one one)) (normSq 2 (softmaxSlope 2 (fun _ => inverse 2) v)))
      (normSq 2 v) := softmaxSlope_normSq_le even v
example (v : Vec Rational) : le (mul (add one one) (covariance 2 (fun _ => inverse 2) v v)) (normSq 2 v) :=
  two_variance_le even v

example (c : Rational) : Eq (sum 2 (fun _ => mul (inverse 2) c)) c := even.sum_mul c
example (v : Vec Rational) : Eq (sum 2 (softmaxSlope 2 (fun _ => inverse 2) v)) zero :=
  softmaxSlope_sum even v
example (v : Vec Rational) : Eq (covariance 2 (fun _ => inverse 2) v v)
    (sub (secondMoment 2 (fun _ => inverse 2) v) (sq (dot 2 (fun _ => inverse 2) v))) := variance_eq even v
example (v : Vec Rational) :
    Eq (sum 2 (fun j => sum 2 (fun k => mul (mul (inverse 2) (inverse 2)) (sq (add (v j) (v k))))))
      (mul (add one one) (add (secondMoment 2 (fun _ => inverse 2) v) (sq (dot 2 (fun _ => inverse 2) v)))) :=
  double_sum_eq even v
example (v : Vec Rational) :
    le (sum 2 (fun j => mul (mul (inverse 2) (inverse 2)) (sq (add (v j) (v j)))))
      (mul (add one one) (add (secondMoment 2 (fun _ => inverse 2) v) (sq (dot 2 (fun _ => inverse 2) v)))) :=
  diagonal_le even v

/-- Over ℤ the probabilities are 0 and 1. -/
theorem certain : Probability 1 (fun _ => (one : Int)) := ⟨fun _ _ => ile rfl, rfl⟩

example (x y : Vec Int) : le (sq (covariance 1 (fun _ => one) x y))
    (mul (covariance 1 (fun _ => one) x x) (covariance 1 (fun _ => one) y y)) :=
  covariance_sq_le certain x y
example (x y : Vec Int) : Eq (dot 1 x (softmaxSlope 1 (fun _ => one) y))
    (covariance 1 (fun _ => one) x y) := dot_softmaxSlope certain x y

/-! ## Merged layers, stored -/

/-- The product `(3, -1)ᵀ (3, -1)`, stored. -/
def outer : Nat → Nat → Int := matMul 1 (transpose row) row

example : SqLipschitz 2 2 (ofNat 100) (ofNat 1)
    (fun x => linear 1 (transpose row) (one : Int) vzero (linear 2 row one vzero x)) :=
  merge_sqLipschitz_stored (mid := 1) (A := transpose row) (B := row) (M := outer) (d := 1)
    (e := 1) outer_norm rfl one_inv one_inv vzero vzero

end LipBridgeTest.More
