import LipBridge.Selections
import Scorer.Tighter
/-!
# Selections of the network `scorer` at points

The kernel evaluates the network at each point, layer by layer, as integers over a denominator, and
compares every gap between a selected score and another with what it can change by within a radius.

Words of the library:
- `Reciprocals l r`: `r d` is `1/d` for every `d` in the list: `d * r d = 1`.
- `ofNat n`: The image of a natural number.
- `WithinRatio n a b q q'`: `q'` is within `a/b` of `q`: `b²·‖q' - q‖² ≤ a²`.
- `WithinError m u v s t`: The scores `t` are within `u/v` of the exact ones `s`:
  `v·|t_i - s_i| ≤ u`.
- `storedVec z r`: The vector of the stored integers `z` times `r = 1/d`.
- `UniqueTopK m k s S`: `S` is a top-k set of the scores, and the only one.
- `oneOf l`: The set of the listed indices.
- `Over n d x z`: `d·x_i = z_i` for `i < n`: `x` is the integer vector `z` over `d`.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The point, packed: integers over 2^1. -/
noncomputable def scorer_at1_x : Vec Int := ofPacked 3 4 47

/-- The value of `lift` at the point, packed: integers over 2^2. -/
noncomputable def scorer_at1_lift_value : Vec Int := ofPacked 6 32 146356

/-- What `lift` makes of `scorer_at1_x`. -/
theorem scorer_at1_lift (hr : Reciprocals scorer_denominators r) {x : Vec R}
    (h : Over 2 2 x scorer_at1_x) :
    Over 3 4 (lift r x) scorer_at1_lift_value :=
  Over.known (LipBridge.Over.linear (hr 2 (Eq.refl true)) (Eq.refl true)
    (LipBridge.Over.bias (e := 4) LipBridge.ofNat_one_mul_one (Eq.refl true)) h)
    (PackedMatrix.product_packed lift_weight (Shape.node Shape.one Shape.one) 12 (Eq.refl true))

/-- The value of `mix` at the point, packed: integers over 2^2. -/
noncomputable def scorer_at1_mix_value : Vec Int := ofPacked 8 128 49840

/-- What `mix` makes of `scorer_at1_lift_value`. -/
theorem scorer_at1_mix {x : Vec R} (h : Over 3 4 x scorer_at1_lift_value) :
    Over 2 4 (mix x) scorer_at1_mix_value :=
  Over.known (LipBridge.Over.linear LipBridge.ofNat_one_mul_one (Eq.refl true) LipBridge.Over.zero
    h) (PackedMatrix.product_packed mix_weight (Shape.node Shape.one Shape.one) 15 (Eq.refl true))

/-- The value of `relu1` at the point, packed: integers over 2^2. -/
noncomputable def scorer_at1_relu1_value : Vec Int := ofPacked 8 128 49840

/-- What `relu1` makes of `scorer_at1_mix_value`. -/
theorem scorer_at1_relu1 {x : Vec R} (h : Over 2 4 x scorer_at1_mix_value) :
    Over 2 4 (relu1 x) scorer_at1_relu1_value :=
  Over.known (LipBridge.Over.relu h) (packedCheck_sound (Eq.refl true))

/-- The value of `score` at the point, packed: integers over 2^4. -/
noncomputable def scorer_at1_score_value : Vec Int := ofPacked 12 2048 12054340

/-- What `score` makes of `scorer_at1_relu1_value`. -/
theorem scorer_at1_score (hr : Reciprocals scorer_denominators r) {x : Vec R}
    (h : Over 2 4 x scorer_at1_relu1_value) :
    Over 2 16 (score r x) scorer_at1_score_value :=
  Over.known (LipBridge.Over.dotKeys (hr 4 (Eq.refl true)) (Eq.refl true) h)
    (PackedMatrix.product_packed score_keys (Shape.node Shape.one Shape.one) 19 (Eq.refl true))

/-- The scores of `scorer` at the point. -/
theorem scorer_at1_value (hr : Reciprocals scorer_denominators r) {x : Vec R}
    (h : Over 2 2 x scorer_at1_x) :
    Over 2 16 ((scorer r : Vec R → Vec R) x) scorer_at1_score_value :=
  scorer_at1_score r hr (scorer_at1_relu1 (scorer_at1_mix (scorer_at1_lift r hr h)))

/-- Wherever `‖x - p‖ ≤ δ` = 1679287872623/2199023255552, at least 0.763651711, p the stored point
(1.5, 0.5), the only top-1 set of the scores of `scorer` is {0}. -/
theorem scorer_at1_selection (hr : Reciprocals scorer_denominators r) {s : R} {x : Vec R} :
    Eq (mul (ofNat 2) s) one →
    WithinRatio 2 (ofNat 1679287872623) (ofNat (Nat.pow 2 41)) (storedVec scorer_at1_x s) x →
    UniqueTopK 2 1 (scorer r x) (oneOf (.cons 0 .nil)) :=
  fun hs hx =>
    selection_pairs (scorer_pairs r hr) (scorer_at1_value r hr (Over.point hs _)) (Eq.refl true) hx
      (within_error_self _ 0 1 _)

/-- Wherever `‖x - p‖ ≤ δ` = 1678418676001/2199023255552, at least 0.763256446, p the stored point
(1.5, 0.5), the only top-1 set of scores that are computed within 1/64 of those of `scorer` is
{0}. -/
theorem scorer_at1_computed (hr : Reciprocals scorer_denominators r) {s : R} {x : Vec R}
    {t : Nat → R} :
    Eq (mul (ofNat 2) s) one →
    WithinRatio 2 (ofNat 1678418676001) (ofNat (Nat.pow 2 41)) (storedVec scorer_at1_x s) x →
    WithinError 2 1 64 (scorer r x) t → UniqueTopK 2 1 t (oneOf (.cons 0 .nil)) :=
  fun hs hx ht =>
    selection_pairs (scorer_pairs r hr) (scorer_at1_value r hr (Over.point hs _)) (Eq.refl true) hx
      ht

end Scorer
