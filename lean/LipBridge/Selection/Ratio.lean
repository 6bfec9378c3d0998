import LipBridge.Selection.Stability
import LipBridge.Lipschitz.Comp
/-!
# Stability with rational constants, on a set

Certified constants are fractions `N/D`, radii are fractions `a/b`, and some indexers have a constant
on a set of queries only (behind an RMSNorm, on a ball). The stability radius in that form, without
division.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The score `f` has constant `N/D` on the set `A` of queries: `N ≥ 0`, `D > 0` and
`D²·(f x - f y)² ≤ N²·‖x - y‖²` for all `x`, `y` in `A`. -/
structure ScoreRatio (n : Nat) (N D : R) (A : Vec R → Prop) (f : Vec R → R) : Prop where
  /-- `0 ≤ N`. -/
  num_nonneg : le zero N
  /-- `0 < D`. -/
  den_pos : lt zero D
  /-- `D²·(f x - f y)² ≤ N²·‖x - y‖²`. -/
  bound : ∀ x y, A x → A y → le (mul (sq D) (sq (sub (f x) (f y)))) (mul (sq N) (distSq n x y))

/-- `q'` is within `a/b` of `q`: `b²·‖q' - q‖² ≤ a²`. -/
def WithinRatio (n : Nat) (a b : R) (q q' : Vec R) : Prop := le (mul (sq b) (distSq n q' q)) (sq a)

/-- Every query is within `a/b` of itself. -/
theorem WithinRatio.self (n : Nat) (a b : R) (q : Vec R) : WithinRatio n a b q q :=
  le_congr (Eq.trans (congrArg (mul (sq b)) (distSq_of_agree (fun _ _ => rfl))) (mul_zero _)) rfl
    (sq_nonneg a)

/-- A constant `L` is the fraction `L/1`. -/
theorem ScoreLipschitz.ratio {n : Nat} {L : R} {f : Vec R → R} (h : ScoreLipschitz n L f)
    (A : Vec R → Prop) : ScoreRatio n L one A f where
  num_nonneg := h.nonneg
  den_pos := zero_lt_one
  bound x y _ _ := le_congr (ring_eq (vars1 (sub (f x) (f y))) (b := sq (sub (f x) (f y)))) rfl
    (h.bound x y)

/-- Output `i` of a map with constant `N/D` on `A` is a score with that constant on `A`. -/
theorem LipschitzOn.score {n p : Nat} {N D : R} {A : Vec R → Prop} {f : Vec R → Vec R}
    (h : LipschitzOn n p N D A f) {i : Nat} (hi : Nat.lt i p) :
    ScoreRatio n N D A (fun x => f x i) where
  num_nonneg := h.num_nonneg
  den_pos := h.den_pos
  bound _ _ hx hy := h.entry hx hy hi

/-- A fraction may be expanded: `N/D = cN/cD` for `c > 0`. -/
theorem ScoreRatio.expand {n : Nat} {N D c : R} {A : Vec R → Prop} {f : Vec R → R}
    (h : ScoreRatio n N D A f) (hc : lt zero c) : ScoreRatio n (mul c N) (mul c D) A f where
  num_nonneg := mul_nonneg (le_of_lt hc) h.num_nonneg
  den_pos := mul_pos hc h.den_pos
  bound x y hx hy := le_via (mul_le_mul_left (sq_nonneg c) (h.bound x y hx hy))
    (ring_eq (vars4 c D (f x) (f y))) (ring_eq (vars3 c N (distSq n x y)))

/-- Within `a/b` a score with constant `N/D` moves by at most `(N/D)·(a/b)`:
`|D·b·f q' - D·b·f q| ≤ N·a`. -/
theorem ScoreRatio.abs_le {n : Nat} {N D a b : R} {A : Vec R → Prop} {f : Vec R → R} {q q' : Vec R}
    (h : ScoreRatio n N D A f) (ha : le zero a) (hA : A q) (hA' : A q')
    (hq : WithinRatio n a b q q') :
    le (abs (sub (mul (mul D b) (f q')) (mul (mul D b) (f q)))) (mul N a) :=
  abs_le_of_sq_le_sq (mul_nonneg h.num_nonneg ha)
    (le_via
      (le_trans (mul_le_mul_left (sq_nonneg b) (h.bound q' q hA' hA))
        (le_congr (ring_eq (vars3 b N (distSq n q' q)) (b := mul (sq N) (mul (sq b) (distSq n q' q))))
          rfl (mul_le_mul_left (sq_nonneg N) hq)))
      (ring_eq (vars4 D b (f q') (f q))) (ring_eq (vars2 N a)))

/-- One pair of scores with constants `N/D` and `M/D`: if `D·b·(f(q) - g(q)) > (N + M)·a`, then
`f(q') > g(q')` wherever `‖q' - q‖ ≤ a/b`. -/
theorem pair_stable_ratio {n : Nat} {N M D a b : R} {A : Vec R → Prop} {f g : Vec R → R}
    {q q' : Vec R} (hf : ScoreRatio n N D A f) (hg : ScoreRatio n M D A g) (ha : le zero a)
    (hb : le zero b) (hA : A q) (hA' : A q') (hq : WithinRatio n a b q q')
    (gap : lt (mul (add N M) a) (mul (mul D b) (sub (f q) (g q)))) : lt (g q') (f q') :=
  lt_of_sub_pos (pos_of_mul_pos (mul_nonneg (le_of_lt hf.den_pos) hb)
    (lt_congr rfl (ring_eq (vars3 (mul D b) (f q') (g q'))
        (b := sub (mul (mul D b) (f q')) (mul (mul D b) (g q'))))
      (gap_pos gap (le_congr
        (ring_eq (vars5 (mul D b) (f q) (g q) (f q') (g q'))
          (b := sub (sub (mul (mul D b) (f q)) (mul (mul D b) (g q)))
            (sub (mul (mul D b) (f q')) (mul (mul D b) (g q')))))
        (add_mul N M a)
        (gap_drift (hf.abs_le ha hA hA' hq) (hg.abs_le ha hA hA' hq))))))

/-- The stability radius with certified constants. Let score `i` have constant `N_i/D_i` on a set `A`
of queries, and let `a/b` be the radius. If `D_i·D_j·b·(s_i(q) - s_j(q)) > (D_j·N_i + D_i·N_j)·a` for
all `i` in `S`, `j` outside (that is, `s_i(q) - s_j(q) > (N_i/D_i + N_j/D_j)·a/b`), then at every `q'`
in `A` with `‖q' - q‖ ≤ a/b` the set `S` is the only top-k set. -/
theorem stability_radius_ratio {n m k : Nat} {s : Nat → Vec R → R} {N D : Nat → R} {a b : R}
    {A : Vec R → Prop} {q q' : Vec R} {S : BlockSet}
    (hs : ∀ i, Nat.lt i m → ScoreRatio n (N i) (D i) A (s i)) (ha : le zero a) (hb : le zero b)
    (hk : Eq (count m S) k)
    (gap : Across m S fun i j => lt (mul (add (mul (D j) (N i)) (mul (D i) (N j))) a)
      (mul (mul (mul (D i) (D j)) b) (sub (s i q) (s j q))))
    (hA : A q) (hA' : A q') (hq : WithinRatio n a b q q') : UniqueTopK m k (fun i => s i q') S :=
  unique_of_separated hk (fun i j hi hj ei ej =>
    have hf : ScoreRatio n (mul (D j) (N i)) (mul (D i) (D j)) A (s i) :=
      mul_comm (D j) (D i) ▸ (hs i hi).expand (hs j hj).den_pos
    pair_stable_ratio hf ((hs j hj).expand (hs i hi).den_pos) ha hb hA hA' hq (gap i j hi hj ei ej))

end

end LipBridge
