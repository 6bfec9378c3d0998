import Blocks.Tighter
/-!
# Selections of the network `blocks` at points

The kernel evaluates the network at each point, layer by layer, as integers over a denominator, and
compares every gap between a selected score and another with what it can change by within a radius.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

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
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) 18
      (Eq.refl true))

/-- The value of `block_max1` at the point, packed: integers over 2^5. -/
noncomputable def blocks_at1_block_max1_value : Vec Int := ofPacked 11 1024 6253213168

/-- What `block_max1` makes of `blocks_at1_keys_value`. -/
theorem blocks_at1_block_max1 {x : Vec R} (h : Over 6 32 x blocks_at1_keys_value) :
    Over 3 32 (block_max1 x) blocks_at1_block_max1_value :=
  Over.known (LipBridge.Over.blockMax h) (packedCheck_sound (Eq.refl true))

/-- The scores of `blocks` at the point. -/
theorem blocks_at1_value (hr : Reciprocals blocks_denominators r) {x : Vec R}
    (h : Over 3 4 x blocks_at1_x) :
    Over 6 32 (((fun x => keys (gain1 r (query r x))) : Vec R → Vec R) x) blocks_at1_keys_value :=
  blocks_at1_keys (blocks_at1_gain1 r hr (blocks_at1_query r hr h))

/-- The best score of each selected block, packed. -/
def blocks_at1_best : Nat := 4

/-- Wherever `‖x' - x‖ ≤ δ` = 473687978931/1099511627776, at least 0.430816707, from the stored
point (1, 2.5, -0.75), the only top-1 set of the scores of `blocks` is {1}. -/
theorem blocks_at1_selection (hr : Reciprocals blocks_denominators r) {s : R} {x : Vec R} :
    Eq (mul (ofNat 4) s) one →
    WithinRatio 3 (ofNat 473687978931) (ofNat (Nat.pow 2 40)) (storedVec blocks_at1_x s) x →
    UniqueTopK 3 1 (blocks r x) (oneOf (.cons 1 .nil)) :=
  fun hs hx =>
    selection_blocks (blocks_pairs r hr) (blocks_at1_value r hr (Over.point hs _)) (m := 3) (B := 2)
      (f := fun x => keys (gain1 r (query r x))) (best := fun i => digit 2 blocks_at1_best i)
      (Eq.refl true) hx (within_error_self _ 0 1 _)

/-- Wherever `‖x' - x‖ ≤ δ` = 944063454513/2199023255552, at least 0.429310355, from the stored
point (1, 2.5, -0.75), the only top-1 set of scores that are computed within 0.015625 of those of
`blocks` is {1}. -/
theorem blocks_at1_computed (hr : Reciprocals blocks_denominators r) {s : R} {x : Vec R}
    {t : Nat → R} :
    Eq (mul (ofNat 4) s) one →
    WithinRatio 3 (ofNat 944063454513) (ofNat (Nat.pow 2 41)) (storedVec blocks_at1_x s) x →
    WithinError 3 1 64 (blocks r x) t → UniqueTopK 3 1 t (oneOf (.cons 1 .nil)) :=
  fun hs hx ht =>
    selection_blocks (blocks_pairs r hr) (blocks_at1_value r hr (Over.point hs _)) (m := 3) (B := 2)
      (f := fun x => keys (gain1 r (query r x))) (best := fun i => digit 2 blocks_at1_best i)
      (Eq.refl true) hx ht

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
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) 15
      (Eq.refl true))

/-- The value of `block_max1` at the point, packed: integers over 2^4. -/
noncomputable def blocks_at2_block_max1_value : Vec Int := ofPacked 9 256 81240821

/-- What `block_max1` makes of `blocks_at2_keys_value`. -/
theorem blocks_at2_block_max1 {x : Vec R} (h : Over 6 16 x blocks_at2_keys_value) :
    Over 3 16 (block_max1 x) blocks_at2_block_max1_value :=
  Over.known (LipBridge.Over.blockMax h) (packedCheck_sound (Eq.refl true))

/-- The scores of `blocks` at the point. -/
theorem blocks_at2_value (hr : Reciprocals blocks_denominators r) {x : Vec R}
    (h : Over 3 1 x blocks_at2_x) :
    Over 6 16 (((fun x => keys (gain1 r (query r x))) : Vec R → Vec R) x) blocks_at2_keys_value :=
  blocks_at2_keys (blocks_at2_gain1 r hr (blocks_at2_query r hr h))

/-- The best score of each selected block, packed. -/
def blocks_at2_best : Nat := 0

/-- Wherever `‖x' - x‖ ≤ δ` = 1441631117435/4398046511104, at least 0.327788965, from the stored
point (1, 0, 3), the only top-1 set of the scores of `blocks` is {1}. -/
theorem blocks_at2_selection (hr : Reciprocals blocks_denominators r) {s : R} {x : Vec R} :
    Eq (mul (ofNat 1) s) one →
    WithinRatio 3 (ofNat 1441631117435) (ofNat (Nat.pow 2 42)) (storedVec blocks_at2_x s) x →
    UniqueTopK 3 1 (blocks r x) (oneOf (.cons 1 .nil)) :=
  fun hs hx =>
    selection_blocks (blocks_pairs r hr) (blocks_at2_value r hr (Over.point hs _)) (m := 3) (B := 2)
      (f := fun x => keys (gain1 r (query r x))) (best := fun i => digit 2 blocks_at2_best i)
      (Eq.refl true) hx (within_error_self _ 0 1 _)

/-- Wherever `‖x' - x‖ ≤ δ` = 1437010504879/4398046511104, at least 0.326738360, from the stored
point (1, 0, 3), the only top-1 set of scores that are computed within 0.015625 of those of `blocks`
is {1}. -/
theorem blocks_at2_computed (hr : Reciprocals blocks_denominators r) {s : R} {x : Vec R}
    {t : Nat → R} :
    Eq (mul (ofNat 1) s) one →
    WithinRatio 3 (ofNat 1437010504879) (ofNat (Nat.pow 2 42)) (storedVec blocks_at2_x s) x →
    WithinError 3 1 64 (blocks r x) t → UniqueTopK 3 1 t (oneOf (.cons 1 .nil)) :=
  fun hs hx ht =>
    selection_blocks (blocks_pairs r hr) (blocks_at2_value r hr (Over.point hs _)) (m := 3) (B := 2)
      (f := fun x => keys (gain1 r (query r x))) (best := fun i => digit 2 blocks_at2_best i)
      (Eq.refl true) hx ht

end Blocks
