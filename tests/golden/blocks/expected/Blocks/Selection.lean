import LipBridge.Selections
import Blocks.Tighter
/-!
# Selections of the network `blocks` at points

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

namespace Blocks

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- What a difference of two keys is worth at the input, pulled through what is before them. -/
theorem blocks_directions (hr : Reciprocals blocks_denominators r) :
    DirectionBounds 3 4 (Nat.mul (Nat.mul 1 (Nat.mul 2 2)) (Nat.mul 4 4)) 4
      ((fun x => gain1 r (query r x)) : Vec R → Vec R)
      (pullGain 4 (Rows.get gain1_gain.data 0) 0 4 4 9
        (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
        (PackedMatrix.pull query_weight 9 17
          (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
          (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
          (fun A C =>
            Nat.mul 1
              (lengthSq 17 (Shape.node (Shape.node Shape.one Shape.one) Shape.one) A C)))) :=
  DirectionBounds.storedGainOffset (b := 9) (w := 4) (f := query r) (W := gain1_gain)
    (sh := Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) (s := 0)
    (t := 4) (Int.ofNat 1) (hr 4 (Eq.refl true)) (Eq.refl true) (Eq.refl true) (Eq.refl true)
    (DirectionBounds.linear (b := 17) (w := 9) (f := fun x => x) (W := query_weight)
      (rs := Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      (cs := Shape.node (Shape.node Shape.one Shape.one) Shape.one) (hr 2 (Eq.refl true))
      (Eq.refl true)
      (DirectionBounds.ofSq (sh := Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (SqLipschitz.identity 3) (Eq.refl 3) 17))

/-- The point, packed: integers over 2^2. -/
noncomputable def blocks_at1_x : Vec Int := ofPacked 5 16 14164

/-- The value of `query` at the point, packed: integers over 2^3. -/
noncomputable def blocks_at1_query_value : Vec Int := ofPacked 8 128 2054878842

/-- What `query` makes of `blocks_at1_x`. -/
theorem blocks_at1_query (hr : Reciprocals blocks_denominators r) {x : Vec R}
    (h : Over 3 4 x blocks_at1_x) :
    Over 4 8 (query r x) blocks_at1_query_value :=
  Over.known (LipBridge.Over.linear (hr 2 (Eq.refl true)) (Eq.refl true)
    (LipBridge.Over.bias (e := 2) (hr 4 (Eq.refl true)) (Eq.refl true)) h)
    (PackedMatrix.product_packed query_weight
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) 14 (Eq.refl true))

/-- The value of `gain1` at the point, packed: integers over 2^5. -/
noncomputable def blocks_at1_gain1_value : Vec Int := ofPacked 10 512 498766668282

/-- What `gain1` makes of `blocks_at1_query_value`. -/
theorem blocks_at1_gain1 (hr : Reciprocals blocks_denominators r) {x : Vec R}
    (h : Over 4 8 x blocks_at1_query_value) :
    Over 4 32 (gain1 r x) blocks_at1_gain1_value :=
  Over.known (LipBridge.Over.gainOffset (Int.ofNat 1) (hr 4 (Eq.refl true)) (Eq.refl true) h)
    (packedCheck_sound (Eq.refl true))

/-- The value of `keys` at the point, packed: integers over 2^5. -/
noncomputable def blocks_at1_keys_value : Vec Int := ofPacked 12 2048 0x9d280cb0e1be9f060a

/-- What `keys` makes of `blocks_at1_gain1_value`. -/
theorem blocks_at1_keys {x : Vec R} (h : Over 4 32 x blocks_at1_gain1_value) :
    Over 6 32 (keys x) blocks_at1_keys_value :=
  Over.known (LipBridge.Over.dotKeys LipBridge.ofNat_one_mul_one (Eq.refl true) h)
    (PackedMatrix.product_packed keys_keys
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) 19
      (Eq.refl true))

/-- The scores of `blocks` at the point. -/
theorem blocks_at1_value (hr : Reciprocals blocks_denominators r) {x : Vec R}
    (h : Over 3 4 x blocks_at1_x) :
    Over 6 32 (((fun x => keys (gain1 r (query r x))) : Vec R → Vec R) x) blocks_at1_keys_value :=
  blocks_at1_keys (blocks_at1_gain1 r hr (blocks_at1_query r hr h))

/-- What the keys are compared by. -/
noncomputable def blocks_at1_selection_gap : KeyGap :=
  KeyGap.mk keys_keys (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
    1 (Nat.mul query_weight_T 64) (Nat.mul (Nat.mul query_weight_C (Nat.mul 2 2)) (Nat.mul 4 4))
    (Nat.mul (Nat.mul 1 (Nat.mul 2 2)) (Nat.mul 4 4))
    (pullGain 4 (Rows.get gain1_gain.data 0) 0 4 4 9
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      (PackedMatrix.pull query_weight 9 17
        (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (fun A C =>
          Nat.mul 1 (lengthSq 17 (Shape.node (Shape.node Shape.one Shape.one) Shape.one) A C))))
    1894751915725 4398046511104 32 0 1 8 30 (Int.ofNat 782) (Int.negSucc 5233)

/-- The key of each selected block that stays above the others. -/
noncomputable def blocks_at1_best : List ChosenKey := .cons (ChosenKey.mk 1 1 52137) .nil

/-- Every key of another block stays below the chosen ones. -/
theorem blocks_at1_selection_stays :
    Eq (KeyGap.stay blocks_at1_selection_gap 3 2 1 (.cons 1 .nil) blocks_at1_best
      blocks_at1_keys_value) true :=
  Eq.refl true

/-- Wherever `‖x - p‖ ≤ δ` = 1894751915725/4398046511104, at least 0.430816707, p the stored point
(1, 2.5, -0.75), the only top-1 set of the scores of `blocks` is {1}. -/
theorem blocks_at1_selection (hr : Reciprocals blocks_denominators r) {s : R} {x : Vec R} :
    Eq (mul (ofNat 4) s) one →
    WithinRatio 3 (ofNat 1894751915725) (ofNat (Nat.pow 2 42)) (storedVec blocks_at1_x s) x →
    UniqueTopK 3 1 (blocks r x) (oneOf (.cons 1 .nil)) :=
  fun hs hx =>
    KeyGap.selection (t := blocks_at1_selection_gap) (m := 3) (B := 2)
      (g := fun x => gain1 r (query r x)) (r := one) (c := vzero) (keys := blocks_at1_best)
      (SqLipschitzOn.comp_ofNat (f := query r) (g := gain1 r) (query_sqLipschitz r hr)
        (gain1_sqLipschitz r hr) (fun _ _ => True.intro)) (blocks_directions r hr)
      LipBridge.ofNat_one_mul_one (blocks_at1_value r hr (Over.point hs _))
      blocks_at1_selection_stays hx (within_error_self _ 0 1 _)

/-- What the keys are compared by. -/
noncomputable def blocks_at1_computed_gap : KeyGap :=
  KeyGap.mk keys_keys (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
    1 (Nat.mul query_weight_T 64) (Nat.mul (Nat.mul query_weight_C (Nat.mul 2 2)) (Nat.mul 4 4))
    (Nat.mul (Nat.mul 1 (Nat.mul 2 2)) (Nat.mul 4 4))
    (pullGain 4 (Rows.get gain1_gain.data 0) 0 4 4 9
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      (PackedMatrix.pull query_weight 9 17
        (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (fun A C =>
          Nat.mul 1 (lengthSq 17 (Shape.node (Shape.node Shape.one Shape.one) Shape.one) A C))))
    944063454513 2199023255552 32 1 64 8 30 (Int.ofNat 782) (Int.negSucc 5213)

/-- Every key of another block stays below the chosen ones. -/
theorem blocks_at1_computed_stays :
    Eq (KeyGap.stay blocks_at1_computed_gap 3 2 1 (.cons 1 .nil) blocks_at1_best
      blocks_at1_keys_value) true :=
  Eq.refl true

/-- Wherever `‖x - p‖ ≤ δ` = 944063454513/2199023255552, at least 0.429310355, p the stored point
(1, 2.5, -0.75), the only top-1 set of scores that are computed within 1/64 of those of `blocks` is
{1}. -/
theorem blocks_at1_computed (hr : Reciprocals blocks_denominators r) {s : R} {x : Vec R}
    {t : Nat → R} :
    Eq (mul (ofNat 4) s) one →
    WithinRatio 3 (ofNat 944063454513) (ofNat (Nat.pow 2 41)) (storedVec blocks_at1_x s) x →
    WithinError 3 1 64 (blocks r x) t → UniqueTopK 3 1 t (oneOf (.cons 1 .nil)) :=
  fun hs hx ht =>
    KeyGap.selection (t := blocks_at1_computed_gap) (m := 3) (B := 2)
      (g := fun x => gain1 r (query r x)) (r := one) (c := vzero) (keys := blocks_at1_best)
      (SqLipschitzOn.comp_ofNat (f := query r) (g := gain1 r) (query_sqLipschitz r hr)
        (gain1_sqLipschitz r hr) (fun _ _ => True.intro)) (blocks_directions r hr)
      LipBridge.ofNat_one_mul_one (blocks_at1_value r hr (Over.point hs _))
      blocks_at1_computed_stays hx ht

/-- The point, packed: integers over 2^0. -/
noncomputable def blocks_at2_x : Vec Int := ofPacked 3 4 485

/-- The value of `query` at the point, packed: integers over 2^2. -/
noncomputable def blocks_at2_query_value : Vec Int := ofPacked 7 64 139666021

/-- `blocks_at2_x`, packed: integers over 2^1. -/
noncomputable def blocks_at2_query_x : Vec Int := ofPacked 4 8 3722

/-- `blocks_at2_x` over a denominator 2 times as fine. -/
theorem blocks_at2_query_x_finer {x : Vec R} (h : Over 3 1 x blocks_at2_x) :
    Over 3 2 x blocks_at2_query_x :=
  Over.known (Over.finer h 2 (Eq.refl true)) (packedCheck_sound (Eq.refl true))

/-- What `query` makes of `blocks_at2_x`. -/
theorem blocks_at2_query (hr : Reciprocals blocks_denominators r) {x : Vec R}
    (h : Over 3 1 x blocks_at2_x) :
    Over 4 4 (query r x) blocks_at2_query_value :=
  Over.known (LipBridge.Over.linear (hr 2 (Eq.refl true)) (Eq.refl true)
    (LipBridge.Over.bias (e := 1) (hr 4 (Eq.refl true)) (Eq.refl true))
    (blocks_at2_query_x_finer h))
    (PackedMatrix.product_packed query_weight
      (Shape.node (Shape.node Shape.one Shape.one) Shape.one) 13 (Eq.refl true))

/-- The value of `gain1` at the point, packed: integers over 2^4. -/
noncomputable def blocks_at2_gain1_value : Vec Int := ofPacked 7 64 168437861

/-- What `gain1` makes of `blocks_at2_query_value`. -/
theorem blocks_at2_gain1 (hr : Reciprocals blocks_denominators r) {x : Vec R}
    (h : Over 4 4 x blocks_at2_query_value) :
    Over 4 16 (gain1 r x) blocks_at2_gain1_value :=
  Over.known (LipBridge.Over.gainOffset (Int.ofNat 1) (hr 4 (Eq.refl true)) (Eq.refl true) h)
    (packedCheck_sound (Eq.refl true))

/-- The value of `keys` at the point, packed: integers over 2^4. -/
noncomputable def blocks_at2_keys_value : Vec Int := ofPacked 9 256 10887956563057909

/-- What `keys` makes of `blocks_at2_gain1_value`. -/
theorem blocks_at2_keys {x : Vec R} (h : Over 4 16 x blocks_at2_gain1_value) :
    Over 6 16 (keys x) blocks_at2_keys_value :=
  Over.known (LipBridge.Over.dotKeys LipBridge.ofNat_one_mul_one (Eq.refl true) h)
    (PackedMatrix.product_packed keys_keys
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) 16
      (Eq.refl true))

/-- The scores of `blocks` at the point. -/
theorem blocks_at2_value (hr : Reciprocals blocks_denominators r) {x : Vec R}
    (h : Over 3 1 x blocks_at2_x) :
    Over 6 16 (((fun x => keys (gain1 r (query r x))) : Vec R → Vec R) x) blocks_at2_keys_value :=
  blocks_at2_keys (blocks_at2_gain1 r hr (blocks_at2_query r hr h))

/-- What the keys are compared by. -/
noncomputable def blocks_at2_selection_gap : KeyGap :=
  KeyGap.mk keys_keys (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
    1 (Nat.mul query_weight_T 64) (Nat.mul (Nat.mul query_weight_C (Nat.mul 2 2)) (Nat.mul 4 4))
    (Nat.mul (Nat.mul 1 (Nat.mul 2 2)) (Nat.mul 4 4))
    (pullGain 4 (Rows.get gain1_gain.data 0) 0 4 4 9
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      (PackedMatrix.pull query_weight 9 17
        (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (fun A C =>
          Nat.mul 1 (lengthSq 17 (Shape.node (Shape.node Shape.one Shape.one) Shape.one) A C))))
    360407779359 1099511627776 16 0 1 8 44 (Int.ofNat 209) (Int.negSucc 2134)

/-- The key of each selected block that stays above the others. -/
noncomputable def blocks_at2_best : List ChosenKey := .cons (ChosenKey.mk 1 0 46941) .nil

/-- Every key of another block stays below the chosen ones. -/
theorem blocks_at2_selection_stays :
    Eq (KeyGap.stay blocks_at2_selection_gap 3 2 1 (.cons 1 .nil) blocks_at2_best
      blocks_at2_keys_value) true :=
  Eq.refl true

/-- Wherever `‖x - p‖ ≤ δ` = 360407779359/1099511627776, at least 0.327788965, p the stored point
(1, 0, 3), the only top-1 set of the scores of `blocks` is {1}. -/
theorem blocks_at2_selection (hr : Reciprocals blocks_denominators r) {s : R} {x : Vec R} :
    Eq (mul (ofNat 1) s) one →
    WithinRatio 3 (ofNat 360407779359) (ofNat (Nat.pow 2 40)) (storedVec blocks_at2_x s) x →
    UniqueTopK 3 1 (blocks r x) (oneOf (.cons 1 .nil)) :=
  fun hs hx =>
    KeyGap.selection (t := blocks_at2_selection_gap) (m := 3) (B := 2)
      (g := fun x => gain1 r (query r x)) (r := one) (c := vzero) (keys := blocks_at2_best)
      (SqLipschitzOn.comp_ofNat (f := query r) (g := gain1 r) (query_sqLipschitz r hr)
        (gain1_sqLipschitz r hr) (fun _ _ => True.intro)) (blocks_directions r hr)
      LipBridge.ofNat_one_mul_one (blocks_at2_value r hr (Over.point hs _))
      blocks_at2_selection_stays hx (within_error_self _ 0 1 _)

/-- What the keys are compared by. -/
noncomputable def blocks_at2_computed_gap : KeyGap :=
  KeyGap.mk keys_keys (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
    1 (Nat.mul query_weight_T 64) (Nat.mul (Nat.mul query_weight_C (Nat.mul 2 2)) (Nat.mul 4 4))
    (Nat.mul (Nat.mul 1 (Nat.mul 2 2)) (Nat.mul 4 4))
    (pullGain 4 (Rows.get gain1_gain.data 0) 0 4 4 9
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
      (PackedMatrix.pull query_weight 9 17
        (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one))
        (Shape.node (Shape.node Shape.one Shape.one) Shape.one)
        (fun A C =>
          Nat.mul 1 (lengthSq 17 (Shape.node (Shape.node Shape.one Shape.one) Shape.one) A C))))
    89813156555 274877906944 16 1 64 8 44 (Int.ofNat 209) (Int.negSucc 2127)

/-- Every key of another block stays below the chosen ones. -/
theorem blocks_at2_computed_stays :
    Eq (KeyGap.stay blocks_at2_computed_gap 3 2 1 (.cons 1 .nil) blocks_at2_best
      blocks_at2_keys_value) true :=
  Eq.refl true

/-- Wherever `‖x - p‖ ≤ δ` = 89813156555/274877906944, at least 0.326738360, p the stored point (1,
0, 3), the only top-1 set of scores that are computed within 1/64 of those of `blocks` is {1}. -/
theorem blocks_at2_computed (hr : Reciprocals blocks_denominators r) {s : R} {x : Vec R}
    {t : Nat → R} :
    Eq (mul (ofNat 1) s) one →
    WithinRatio 3 (ofNat 89813156555) (ofNat (Nat.pow 2 38)) (storedVec blocks_at2_x s) x →
    WithinError 3 1 64 (blocks r x) t → UniqueTopK 3 1 t (oneOf (.cons 1 .nil)) :=
  fun hs hx ht =>
    KeyGap.selection (t := blocks_at2_computed_gap) (m := 3) (B := 2)
      (g := fun x => gain1 r (query r x)) (r := one) (c := vzero) (keys := blocks_at2_best)
      (SqLipschitzOn.comp_ofNat (f := query r) (g := gain1 r) (query_sqLipschitz r hr)
        (gain1_sqLipschitz r hr) (fun _ _ => True.intro)) (blocks_directions r hr)
      LipBridge.ofNat_one_mul_one (blocks_at2_value r hr (Over.point hs _))
      blocks_at2_computed_stays hx ht

end Blocks
