import LipBridge.Selections
import Selection.Network
/-!
# Selections of the network `selection` at points

The kernel evaluates the network at each point, layer by layer, as integers over a denominator, and
compares every gap between a selected score and another with what it can change by within a radius.

Words of the library:
- `Reciprocals l r`: `r d` is `1/d` for every `d` in the list: `d * r d = 1`.
- `ofNat n`: The image of a natural number.
- `WithinRatio n a b q q'`: `q'` is within `a/b` of `q`: `b²·‖q' - q‖² ≤ a²`.
- `storedVec z r`: The vector of the stored integers `z` times `r = 1/d`.
- `UniqueTopK m k s S`: `S` is a top-k set of the scores, and the only one.
- `oneOf l`: The set of the listed indices.
- `Over n d x z`: `d·x_i = z_i` for `i < n`: `x` is the integer vector `z` over `d`.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Selection

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The point, packed: integers over 2^2. -/
noncomputable def selection_at1_x : Vec Int := ofPacked 5 16 956872532

/-- The value of `tok` at the point, packed: integers over 2^3. -/
noncomputable def selection_at1_tok_value : Vec Int := ofPacked 8 128 9329933098101175930

/-- What `tok` makes of `selection_at1_x`. -/
theorem selection_at1_tok (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 6 4 x selection_at1_x) :
    Over 8 8 (tok r x) selection_at1_tok_value :=
  Over.known (LipBridge.Over.tokenwise (n := 3) (m := 4)
    (f := LipBridge.linear 3 tok_weight.entry (r 2)
      (fun i => mul (ofInt (tok_bias.entry 0 i)) (r 4))) 2
    (fun k =>
      LipBridge.Over.linear (hr 2 (Eq.refl true)) (Eq.refl true)
        (LipBridge.Over.bias (e := 2) (hr 4 (Eq.refl true)) (Eq.refl true)) k) h)
    (packedCheck_sound (Eq.refl true))

/-- The value of `gain1` at the point, packed: integers over 24. -/
noncomputable def selection_at1_gain1_value : Vec Int := ofPacked 11 1024 0x8130023c4e0795003623e8

/-- What `gain1` makes of `selection_at1_tok_value`. -/
theorem selection_at1_gain1 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 8 8 x selection_at1_tok_value) :
    Over 8 24 (gain1 r x) selection_at1_gain1_value :=
  Over.known (LipBridge.Over.tokenwise (n := 4) (m := 4)
    (f := LipBridge.gain
      (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 3)) (ofInt (Int.ofNat 1)))) 2
    (fun k => LipBridge.Over.gainOffset (Int.ofNat 1) (hr 3 (Eq.refl true)) (Eq.refl true) k) h)
    (packedCheck_sound (Eq.refl true))

/-- The value of `abs1` at the point, packed: integers over 24. -/
noncomputable def selection_at1_abs1_value : Vec Int := ofPacked 11 1024 0x8130023c4e086d00362418

/-- What `abs1` makes of `selection_at1_gain1_value`. -/
theorem selection_at1_abs1 {x : Vec R} (h : Over 8 24 x selection_at1_gain1_value) :
    Over 8 24 (abs1 x) selection_at1_abs1_value :=
  Over.known (LipBridge.Over.abs h) (packedCheck_sound (Eq.refl true))

/-- The value of `residual1` at the point, packed: integers over 48. -/
noncomputable def selection_at1_residual1_value : Vec Int :=
  ofPacked 13 4096 0x81b40023c12a08a24003621048

/-- `selection_at1_abs1_value`, packed: integers over 48. -/
noncomputable def selection_at1_residual1_x : Vec Int := ofPacked 12 2048 0x8128008f09c086c800d88830

/-- `selection_at1_abs1_value` over a denominator 2 times as fine. -/
theorem selection_at1_residual1_x_finer {x : Vec R} (h : Over 8 24 x selection_at1_abs1_value) :
    Over 8 48 x selection_at1_residual1_x :=
  Over.known (Over.finer h 2 (Eq.refl true)) (packedCheck_sound (Eq.refl true))

/-- The value of `gain2` at the point, packed: integers over 48. -/
noncomputable def selection_at1_gain2_value : Vec Int := ofPacked 12 2048 0x8248008f08e08d8800d88818

/-- What `gain2` makes of `selection_at1_abs1_value`. -/
theorem selection_at1_gain2 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 8 24 x selection_at1_abs1_value) :
    Over 8 48 (gain2 r x) selection_at1_gain2_value :=
  Over.known (LipBridge.Over.tokenwise (n := 4) (m := 4)
    (f := LipBridge.gain (fun i => mul (ofInt (gain2_gain.entry 0 i)) (r 2))) 2
    (fun k => LipBridge.Over.gain (hr 2 (Eq.refl true)) (Eq.refl true) k) h)
    (packedCheck_sound (Eq.refl true))

/-- `residual1_branch1` at the point. -/
theorem selection_at1_residual1_branch1 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 8 24 x selection_at1_abs1_value) :
    Over 8 48 (residual1_branch1 r x) selection_at1_gain2_value :=
  selection_at1_gain2 r hr h

/-- What `residual1` makes of `selection_at1_abs1_value`. -/
theorem selection_at1_residual1 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 8 24 x selection_at1_abs1_value) :
    Over 8 48 (residual1 r x) selection_at1_residual1_value :=
  Over.known (LipBridge.Over.vadd (selection_at1_residual1_x_finer h)
    (selection_at1_residual1_branch1 r hr h)) (packedCheck_sound (Eq.refl true))

/-- The value of `clamp1` at the point, packed: integers over 48. -/
noncomputable def selection_at1_clamp1_value : Vec Int := ofPacked 10 512 0x8da00d0340d0200d0248

/-- What `clamp1` makes of `selection_at1_residual1_value`. -/
theorem selection_at1_clamp1 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 8 48 x selection_at1_residual1_value) :
    Over 8 48 (clamp1 r x) selection_at1_clamp1_value :=
  Over.known (LipBridge.Over.clamp (e := 48) (e' := 16) LipBridge.ofNat_one_mul_one
    (hr 3 (Eq.refl true)) (Eq.refl true) (Eq.refl true) h) (packedCheck_sound (Eq.refl true))

/-- The value of `max_pool1` at the point, packed: integers over 48. -/
noncomputable def selection_at1_max_pool1_value : Vec Int := ofPacked 10 512 893890921280

/-- What `max_pool1` makes of `selection_at1_clamp1_value`. -/
theorem selection_at1_max_pool1 {x : Vec R} (h : Over 8 48 x selection_at1_clamp1_value) :
    Over 4 48 (max_pool1 x) selection_at1_max_pool1_value :=
  Over.known (LipBridge.Over.maxPool h) (packedCheck_sound (Eq.refl true))

/-- The value of `concat1` at the point, packed: integers over 1920. -/
noncomputable def selection_at1_concat1_value : Vec Int :=
  ofPacked 15 16384 0xe40100039007c00e40100039007200

/-- `selection_at1_max_pool1_value`, packed: integers over 1920. -/
noncomputable def selection_at1_concat1_x : Vec Int := ofPacked 15 16384 1026838308182848000

/-- `selection_at1_max_pool1_value` over a denominator 40 times as fine. -/
theorem selection_at1_concat1_x_finer {x : Vec R} (h : Over 4 48 x selection_at1_max_pool1_value) :
    Over 4 1920 x selection_at1_concat1_x :=
  Over.known (Over.finer h 40 (Eq.refl true)) (packedCheck_sound (Eq.refl true))

/-- The value of `relu1` at the point, packed: integers over 48. -/
noncomputable def selection_at1_relu1_value : Vec Int := ofPacked 10 512 893890921280

/-- What `relu1` makes of `selection_at1_max_pool1_value`. -/
theorem selection_at1_relu1 {x : Vec R} (h : Over 4 48 x selection_at1_max_pool1_value) :
    Over 4 48 (relu1 x) selection_at1_relu1_value :=
  Over.known (LipBridge.Over.relu h) (packedCheck_sound (Eq.refl true))

/-- `selection_at1_relu1_value`, packed: integers over 1920. -/
noncomputable def selection_at1_concat1_branch1_value : Vec Int :=
  ofPacked 15 16384 1026838308182848000

/-- `selection_at1_relu1_value` over a denominator 40 times as fine. -/
theorem selection_at1_concat1_branch1_value_finer {x : Vec R}
    (h : Over 4 48 x selection_at1_relu1_value) :
    Over 4 1920 x selection_at1_concat1_branch1_value :=
  Over.known (Over.finer h 40 (Eq.refl true)) (packedCheck_sound (Eq.refl true))

/-- `concat1_branch1` at the point. -/
theorem selection_at1_concat1_branch1 {x : Vec R} (h : Over 4 48 x selection_at1_max_pool1_value) :
    Over 4 1920 (concat1_branch1 x) selection_at1_concat1_branch1_value :=
  selection_at1_concat1_branch1_value_finer (selection_at1_relu1 h)

/-- The value of `linear1` at the point, packed: integers over 240. -/
noncomputable def selection_at1_linear1_value : Vec Int := ofPacked 12 2048 250723025817472

/-- What `linear1` makes of `selection_at1_max_pool1_value`. -/
theorem selection_at1_linear1 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 4 48 x selection_at1_max_pool1_value) :
    Over 4 240 (linear1 r x) selection_at1_linear1_value :=
  Over.known (LipBridge.Over.linear (hr 5 (Eq.refl true)) (Eq.refl true) LipBridge.Over.zero h)
    (PackedMatrix.product_packed linear1_weight
      (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) 19
      (Eq.refl true))

/-- The value of `leaky_relu1` at the point, packed: integers over 1920. -/
noncomputable def selection_at1_leaky_relu1_value : Vec Int := ofPacked 15 16384 1026838308182850560

/-- What `leaky_relu1` makes of `selection_at1_linear1_value`. -/
theorem selection_at1_leaky_relu1 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 4 240 x selection_at1_linear1_value) :
    Over 4 1920 (leaky_relu1 r x) selection_at1_leaky_relu1_value :=
  Over.known (LipBridge.Over.leakyRelu (hr 8 (Eq.refl true)) (Eq.refl true) h)
    (packedCheck_sound (Eq.refl true))

/-- `concat1_branch2` at the point. -/
theorem selection_at1_concat1_branch2 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 4 48 x selection_at1_max_pool1_value) :
    Over 4 1920 (concat1_branch2 r x) selection_at1_leaky_relu1_value :=
  selection_at1_leaky_relu1 r hr (selection_at1_linear1 r hr h)

/-- What `concat1` makes of `selection_at1_max_pool1_value`. -/
theorem selection_at1_concat1 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 4 48 x selection_at1_max_pool1_value) :
    Over 8 1920 (concat1 r x) selection_at1_concat1_value :=
  Over.known (LipBridge.Over.append (selection_at1_concat1_branch1 h)
    (selection_at1_concat1_branch2 r hr h)) (packedCheck_sound (Eq.refl true))

/-- The value of `hadamard1` at the point, packed: integers over 1920. -/
noncomputable def selection_at1_hadamard1_value : Vec Int :=
  ofPacked 18 131072 0x7d801f6007d801f6009b8026e00698033600

/-- What `hadamard1` makes of `selection_at1_concat1_value`. -/
theorem selection_at1_hadamard1 {x : Vec R} (h : Over 8 1920 x selection_at1_concat1_value) :
    Over 8 1920 (hadamard1 x) selection_at1_hadamard1_value :=
  Over.known (LipBridge.Over.hadamard 3 h) (packedCheck_sound (Eq.refl true))

/-- The value of `sum1` at the point, packed: integers over 5760. -/
noncomputable def selection_at1_sum1_value : Vec Int :=
  ofPacked 21 1048576 0x80a004050020280101400981004c08021680187a00

/-- `selection_at1_hadamard1_value`, packed: integers over 5760. -/
noncomputable def selection_at1_sum1_x : Vec Int :=
  ofPacked 19 262144 0x7c400f8801f1003e200a94015280179007a200

/-- `selection_at1_hadamard1_value` over a denominator 3 times as fine. -/
theorem selection_at1_sum1_x_finer {x : Vec R} (h : Over 8 1920 x selection_at1_hadamard1_value) :
    Over 8 5760 x selection_at1_sum1_x :=
  Over.known (Over.finer h 3 (Eq.refl true)) (packedCheck_sound (Eq.refl true))

/-- The value of `relu2` at the point, packed: integers over 1920. -/
noncomputable def selection_at1_relu2_value : Vec Int :=
  ofPacked 18 131072 0x8000200008000200009b8026e00800033600

/-- What `relu2` makes of `selection_at1_hadamard1_value`. -/
theorem selection_at1_relu2 {x : Vec R} (h : Over 8 1920 x selection_at1_hadamard1_value) :
    Over 8 1920 (relu2 x) selection_at1_relu2_value :=
  Over.known (LipBridge.Over.relu h) (packedCheck_sound (Eq.refl true))

/-- `selection_at1_relu2_value`, packed: integers over 5760. -/
noncomputable def selection_at1_sum1_branch1_value : Vec Int :=
  ofPacked 19 262144 0x8000100002000040000a94015280200007a200

/-- `selection_at1_relu2_value` over a denominator 3 times as fine. -/
theorem selection_at1_sum1_branch1_value_finer {x : Vec R}
    (h : Over 8 1920 x selection_at1_relu2_value) :
    Over 8 5760 x selection_at1_sum1_branch1_value :=
  Over.known (Over.finer h 3 (Eq.refl true)) (packedCheck_sound (Eq.refl true))

/-- `sum1_branch1` at the point. -/
theorem selection_at1_sum1_branch1 {x : Vec R} (h : Over 8 1920 x selection_at1_hadamard1_value) :
    Over 8 5760 (sum1_branch1 x) selection_at1_sum1_branch1_value :=
  selection_at1_sum1_branch1_value_finer (selection_at1_relu2 h)

/-- The value of `scale1` at the point, packed: integers over 5760. -/
noncomputable def selection_at1_scale1_value : Vec Int :=
  ofPacked 18 131072 0x7d801f6007d801f6009b8026e00698033600

/-- What `scale1` makes of `selection_at1_hadamard1_value`. -/
theorem selection_at1_scale1 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 8 1920 x selection_at1_hadamard1_value) :
    Over 8 5760 (scale1 r x) selection_at1_scale1_value :=
  Over.known (LipBridge.Over.scale (hr 3 (Eq.refl true)) (Eq.refl true) h)
    (packedCheck_sound (Eq.refl true))

/-- `sum1_branch2` at the point. -/
theorem selection_at1_sum1_branch2 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 8 1920 x selection_at1_hadamard1_value) :
    Over 8 5760 (sum1_branch2 r x) selection_at1_scale1_value :=
  selection_at1_scale1 r hr h

/-- The value of `abs2` at the point, packed: integers over 1920. -/
noncomputable def selection_at1_abs2_value : Vec Int :=
  ofPacked 18 131072 0x828020a00828020a009b8026e00968033600

/-- What `abs2` makes of `selection_at1_hadamard1_value`. -/
theorem selection_at1_abs2 {x : Vec R} (h : Over 8 1920 x selection_at1_hadamard1_value) :
    Over 8 1920 (abs2 x) selection_at1_abs2_value :=
  Over.known (LipBridge.Over.abs h) (packedCheck_sound (Eq.refl true))

/-- `selection_at1_abs2_value`, packed: integers over 5760. -/
noncomputable def selection_at1_sum1_branch3_value : Vec Int :=
  ofPacked 19 262144 0x83c01078020f0041e00a94015280287007a200

/-- `selection_at1_abs2_value` over a denominator 3 times as fine. -/
theorem selection_at1_sum1_branch3_value_finer {x : Vec R}
    (h : Over 8 1920 x selection_at1_abs2_value) :
    Over 8 5760 x selection_at1_sum1_branch3_value :=
  Over.known (Over.finer h 3 (Eq.refl true)) (packedCheck_sound (Eq.refl true))

/-- `sum1_branch3` at the point. -/
theorem selection_at1_sum1_branch3 {x : Vec R} (h : Over 8 1920 x selection_at1_hadamard1_value) :
    Over 8 5760 (sum1_branch3 x) selection_at1_sum1_branch3_value :=
  selection_at1_sum1_branch3_value_finer (selection_at1_abs2 h)

/-- What `sum1` makes of `selection_at1_hadamard1_value`. -/
theorem selection_at1_sum1 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 8 1920 x selection_at1_hadamard1_value) :
    Over 8 5760 (sum1 r x) selection_at1_sum1_value :=
  Over.known (LipBridge.Over.vadd (LipBridge.Over.vadd (selection_at1_sum1_branch1 h)
    (selection_at1_sum1_branch2 r hr h)) (selection_at1_sum1_branch3 h))
    (packedCheck_sound (Eq.refl true))

/-- The value of `split1` at the point, packed: integers over 5760. -/
noncomputable def selection_at1_split1_value : Vec Int :=
  ofPacked 21 1048576 0x80a004050020280101400981004c08021680187a00

/-- What `split1` makes of `selection_at1_sum1_value`. -/
theorem selection_at1_split1 {x : Vec R} (h : Over 8 5760 x selection_at1_sum1_value) :
    Over 8 5760 (split1 x) selection_at1_split1_value :=
  Over.known (LipBridge.Over.split 2 4 h) (packedCheck_sound (Eq.refl true))

/-- The value of `mean_pool1` at the point, packed: integers over 11520. -/
noncomputable def selection_at1_mean_pool1_value : Vec Int :=
  ofPacked 21 1048576 0x98b004c58021900188e00

/-- What `mean_pool1` makes of `selection_at1_split1_value`. -/
theorem selection_at1_mean_pool1 (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 8 5760 x selection_at1_split1_value) :
    Over 4 11520 (mean_pool1 r x) selection_at1_mean_pool1_value :=
  Over.known (LipBridge.Over.meanPool (hr 2 (Eq.refl true)) (Eq.refl true) h)
    (meanPool_packed 23 2 (Eq.refl true))

/-- The value of `relu3` at the point, packed: integers over 11520. -/
noncomputable def selection_at1_relu3_value : Vec Int := ofPacked 21 1048576 0x98b004c58021900188e00

/-- What `relu3` makes of `selection_at1_mean_pool1_value`. -/
theorem selection_at1_relu3 {x : Vec R} (h : Over 4 11520 x selection_at1_mean_pool1_value) :
    Over 4 11520 (relu3 x) selection_at1_relu3_value :=
  Over.known (LipBridge.Over.relu h) (packedCheck_sound (Eq.refl true))

/-- The scores of `selection` at the point. -/
theorem selection_at1_value (hr : Reciprocals selection_denominators r) {x : Vec R}
    (h : Over 6 4 x selection_at1_x) :
    Over 4 11520 ((selection r : Vec R → Vec R) x) selection_at1_relu3_value :=
  selection_at1_relu3 (selection_at1_mean_pool1 r hr
    (selection_at1_split1 (selection_at1_sum1 r hr
      (selection_at1_hadamard1 (selection_at1_concat1 r hr
        (selection_at1_max_pool1 (selection_at1_clamp1 r hr
          (selection_at1_residual1 r hr
            (selection_at1_abs1 (selection_at1_gain1 r hr (selection_at1_tok r hr h)))))))))))

/-- Wherever `‖x - p‖ ≤ δ` = 1059439308751/35184372088832, at least 0.0301110761, p the stored point
(1, 2.5, -0.75, 0.25, 0, 3), the only top-1 set of the scores of `selection` is {0}. -/
theorem selection_at1_selection (hr : Reciprocals selection_denominators r) {s : R} {x : Vec R} :
    Eq (mul (ofNat 4) s) one →
    WithinRatio 6 (ofNat 1059439308751) (ofNat (Nat.pow 2 45)) (storedVec selection_at1_x s) x →
    UniqueTopK 4 1 (selection r x) (oneOf (.cons 0 .nil)) :=
  fun hs hx =>
    LipBridge.selection_scores (selection_sqLipschitz r hr) True.intro True.intro
      (selection_at1_value r hr (Over.point hs _)) (Eq.refl true) hx (within_error_self _ 0 1 _)

end Selection
