import LipBridge.Selection.OrderGap
import LipBridge.Vector.CauchySchwarz
/-!
# Scores with Lipschitz constants

A score is a function of the query `x` with values in `R`. It has constant `L` when
`|f x - f y| ≤ L·‖x - y‖`, stated in squares.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The score `f` on queries of dimension `n` has constant `L`: `L ≥ 0` and
`(f x - f y)² ≤ L²·‖x - y‖²` for all `x`, `y`. -/
structure ScoreLipschitz (n : Nat) (L : R) (f : Vec R → R) : Prop where
  /-- `0 ≤ L`. -/
  nonneg : le zero L
  /-- `(f x - f y)² ≤ L²·‖x - y‖²`. -/
  bound : ∀ x y, le (sq (sub (f x) (f y))) (mul (sq L) (distSq n x y))

/-- `q'` is within `δ` of `q`: `‖q' - q‖² ≤ δ²`. -/
def Within (n : Nat) (δ : R) (q q' : Vec R) : Prop := le (distSq n q' q) (sq δ)

/-- Every query is within `δ` of itself. -/
theorem Within.self (n : Nat) (δ : R) (q : Vec R) : Within n δ q q :=
  le_congr (Eq.trans (sum_ext n (fun i => ring_eq (vars1 (q i))
    (a := mul (sub (q i) (q i)) (sub (q i) (q i))) (b := zero))) (sum_zero n)) rfl (sq_nonneg δ)

/-- A larger radius contains a smaller one. -/
theorem Within.mono {n : Nat} {δ ε : R} {q q' : Vec R} (h : Within n δ q q') (hδ : le zero δ)
    (k : le δ ε) : Within n ε q q' :=
  le_trans h (sq_le_sq hδ k)

/-- Within `δ` a score with constant `L` moves by at most `L·δ`: `|f q' - f q| ≤ L·δ`. -/
theorem ScoreLipschitz.abs_le {n : Nat} {L δ : R} {f : Vec R → R} {q q' : Vec R}
    (h : ScoreLipschitz n L f) (hδ : le zero δ) (hq : Within n δ q q') :
    le (abs (sub (f q') (f q))) (mul L δ) :=
  abs_le_of_sq_le_sq (mul_nonneg h.nonneg hδ)
    (le_via (le_trans (h.bound q' q) (mul_le_mul_left (sq_nonneg L) hq)) rfl (ring_eq (vars2 L δ)))

/-- A constant may be enlarged. -/
theorem ScoreLipschitz.mono {n : Nat} {L M : R} {f : Vec R → R} (h : ScoreLipschitz n L f)
    (k : le L M) : ScoreLipschitz n M f where
  nonneg := le_trans h.nonneg k
  bound x y := le_trans (h.bound x y) (mul_le_mul_right (distSq_nonneg n x y) (sq_le_sq h.nonneg k))

/-- If `f` has constant `L` and `g` has constant `M`, then `f - g` has constant `L + M`. -/
theorem ScoreLipschitz.difference {n : Nat} {L M : R} {f g : Vec R → R} (h : ScoreLipschitz n L f)
    (k : ScoreLipschitz n M g) : ScoreLipschitz n (add L M) (fun x => sub (f x) (g x)) where
  nonneg := add_nonneg h.nonneg k.nonneg
  bound x y :=
    have hx : le (normSq 1 (fun _ => sub (f x) (f y))) (mul (sq L) (distSq n x y)) :=
      le_congr (zero_add _) rfl (h.bound x y)
    have hy : le (normSq 1 (vneg (fun _ => sub (g x) (g y)))) (mul (sq M) (distSq n x y)) :=
      le_congr (Eq.trans (normSq_neg 1 _) (zero_add _)) rfl (k.bound x y)
    le_congr (ring_eq (vars4 (f x) (f y) (g x) (g y))
      (b := add zero (sq (add (sub (f x) (f y)) (neg (sub (g x) (g y)))))))
      rfl (minkowski h.nonneg k.nonneg (distSq_nonneg n x y) hx hy)

/-- In dimension 1, `x ↦ c·x + b` has constant `L` as soon as `L ≥ 0` and `c² ≤ L²`. -/
theorem ScoreLipschitz.affine {L c : R} (b : R) (hL : le zero L) (h : le (sq c) (sq L)) :
    ScoreLipschitz 1 L (fun x => add (mul c (x 0)) b) where
  nonneg := hL
  bound x y :=
    have d : Eq (sq (sub (x 0) (y 0))) (distSq 1 x y) := Eq.symm (zero_add _)
    le_via (mul_le_mul_right (sq_nonneg (sub (x 0) (y 0))) h)
      (ring_eq (vars4 c b (x 0) (y 0))) (congrArg (mul (sq L)) (Eq.symm d))

end

end LipBridge
