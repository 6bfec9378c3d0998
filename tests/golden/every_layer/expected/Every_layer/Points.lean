import Every_layer.Network
/-!
# Values of the network `every_layer` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.

Words of the library:
- `Agree n x y`: `x` and `y` agree in their first `n` entries.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Every_layer

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `linear1` depends on the first 2 entries only. -/
theorem linear1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (linear1 r x) (linear1 r y) :=
  LipBridge.linear_congr 2 2 linear1_weight.entry (r 3) (fun _ => zero) h

/-- `relu2` depends on the first 2 entries only. -/
theorem relu2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (relu2 x) (relu2 y) :=
  LipBridge.relu_congr h

/-- `residual1_branch1` depends on the first 2 entries only. -/
theorem residual1_branch1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (residual1_branch1 r x) (residual1_branch1 r y) :=
  relu2_congr (linear1_congr r h)

/-- `relu3` depends on the first 2 entries only. -/
theorem relu3_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (relu3 x) (relu3 y) :=
  LipBridge.relu_congr h

/-- `sum1_branch1` depends on the first 2 entries only. -/
theorem sum1_branch1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (sum1_branch1 x) (sum1_branch1 y) :=
  relu3_congr h

/-- `scale2` depends on the first 2 entries only. -/
theorem scale2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (scale2 r x) (scale2 r y) :=
  LipBridge.scale_congr _ h

/-- `sum1_branch2` depends on the first 2 entries only. -/
theorem sum1_branch2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (sum1_branch2 r x) (sum1_branch2 r y) :=
  scale2_congr r h

/-- `scale3` depends on the first 2 entries only. -/
theorem scale3_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (scale3 x) (scale3 y) :=
  LipBridge.scale_congr _ h

/-- `sum1_branch3` depends on the first 2 entries only. -/
theorem sum1_branch3_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (sum1_branch3 x) (sum1_branch3 y) :=
  scale3_congr h

/-- `relu4` depends on the first 2 entries only. -/
theorem relu4_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (relu4 x) (relu4 y) :=
  LipBridge.relu_congr h

/-- `concat1_branch1` depends on the first 2 entries only. -/
theorem concat1_branch1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (concat1_branch1 x) (concat1_branch1 y) :=
  relu4_congr h

/-- `scale4` depends on the first 2 entries only. -/
theorem scale4_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (scale4 r x) (scale4 r y) :=
  LipBridge.scale_congr _ h

/-- `concat1_branch2` depends on the first 2 entries only. -/
theorem concat1_branch2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (concat1_branch2 r x) (concat1_branch2 r y) :=
  scale4_congr r h

/-- `query` depends on the first 12 entries only. -/
theorem query_congr {x y : Vec R} (h : Agree 12 x y) :
    Agree 8 (query r x) (query r y) :=
  LipBridge.tokenwise_congr (n := 3) (m := 2)
    (f := LipBridge.linear 3 query_weight.entry (r 4)
      (fun i => mul (ofInt (query_bias.entry 0 i)) one)) 4
    (fun k =>
      LipBridge.linear_congr 2 3 query_weight.entry (r 4)
        (fun i => mul (ofInt (query_bias.entry 0 i)) one) k) h

/-- `each` depends on the first 8 entries only. -/
theorem each_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (each r x) (each r y) :=
  LipBridge.tokenwise_congr (n := 2) (m := 2)
    (f := LipBridge.gain (fun i => mul (ofInt (each_gain.entry 0 i)) (r 2))) 4
    (fun k => LipBridge.gain_congr (fun i => mul (ofInt (each_gain.entry 0 i)) (r 2)) k) h

/-- `mean_pool1` depends on the first 8 entries only. -/
theorem mean_pool1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 2 (mean_pool1 r x) (mean_pool1 r y) :=
  LipBridge.meanPool_congr 4 2 (r 4) h

/-- `gain1` depends on the first 2 entries only. -/
theorem gain1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (gain1 r x) (gain1 r y) :=
  LipBridge.gain_congr
    (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 4)) (ofInt (Int.ofNat 1))) h

/-- `relu1` depends on the first 2 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `leaky_relu1` depends on the first 2 entries only. -/
theorem leaky_relu1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (leaky_relu1 r x) (leaky_relu1 r y) :=
  LipBridge.leakyRelu_congr _ h

/-- `scale1` depends on the first 2 entries only. -/
theorem scale1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (scale1 r x) (scale1 r y) :=
  LipBridge.scale_congr _ h

/-- `residual1` depends on the first 2 entries only. -/
theorem residual1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (residual1 r x) (residual1 r y) :=
  LipBridge.vadd_congr h (residual1_branch1_congr r h)

/-- `sum1` depends on the first 2 entries only. -/
theorem sum1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (sum1 r x) (sum1 r y) :=
  LipBridge.vadd_congr (LipBridge.vadd_congr (sum1_branch1_congr h) (sum1_branch2_congr r h))
    (sum1_branch3_congr h)

/-- `concat1` depends on the first 2 entries only. -/
theorem concat1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 4 (concat1 r x) (concat1 r y) :=
  LipBridge.append_congr (concat1_branch1_congr h) (concat1_branch2_congr r h)

/-- `score` depends on the first 4 entries only. -/
theorem score_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 1 (score x) (score y) :=
  LipBridge.dotKeys_congr 1 4 score_keys.entry one h

/-- The input x at the point, packed: (1, -2, -1, 3, 3, 0, 1, -1, …). -/
noncomputable def every_layer_point1_x : Vec Int := ofPacked 3 4 56211439317

/-- The value of `query` at the point, packed: (-9, -3, 7, 26, 27, 4, 21, -4). -/
noncomputable def every_layer_point1_query_value : Vec Int := ofPacked 6 32 126827094505303

/-- What `query` makes of `every_layer_point1_x`. -/
theorem every_layer_point1_query :
    Agree 8 ((query (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point1_x)
      every_layer_point1_query_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `each` at the point, packed: (-9, 18, 7, -156, 27, -24, 21, 24). -/
noncomputable def every_layer_point1_each_value : Vec Int := ofPacked 9 256 0x8c455d11b3241e24f7

/-- What `each` makes of `every_layer_point1_query_value`. -/
theorem every_layer_point1_each :
    Agree 8 ((each (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point1_query_value)
      every_layer_point1_each_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `mean_pool1` at the point, packed: (46, -138). -/
noncomputable def every_layer_point1_mean_pool1_value : Vec Int := ofPacked 9 256 60718

/-- What `mean_pool1` makes of `every_layer_point1_each_value`. -/
theorem every_layer_point1_mean_pool1 :
    Agree 2 ((mean_pool1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point1_each_value)
      every_layer_point1_mean_pool1_value :=
  meanPool_packed 12 1 (Eq.refl true)

/-- The value of `gain1` at the point, packed: (92, 966). -/
noncomputable def every_layer_point1_gain1_value : Vec Int := ofPacked 11 1024 4076636

/-- What `gain1` makes of `every_layer_point1_mean_pool1_value`. -/
theorem every_layer_point1_gain1 :
    Agree 2 ((gain1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point1_mean_pool1_value)
      every_layer_point1_gain1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `relu1` at the point, packed: (92, 966). -/
noncomputable def every_layer_point1_relu1_value : Vec Int := ofPacked 11 1024 4076636

/-- What `relu1` makes of `every_layer_point1_gain1_value`. -/
theorem every_layer_point1_relu1 :
    Agree 2 ((relu1 : Vec Int → Vec Int) every_layer_point1_gain1_value)
      every_layer_point1_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `leaky_relu1` at the point, packed: (92, 966). -/
noncomputable def every_layer_point1_leaky_relu1_value : Vec Int := ofPacked 11 1024 4076636

/-- What `leaky_relu1` makes of `every_layer_point1_relu1_value`. -/
theorem every_layer_point1_leaky_relu1 :
    Agree 2
      ((leaky_relu1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point1_relu1_value)
      every_layer_point1_leaky_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `scale1` at the point, packed: (-92, -966). -/
noncomputable def every_layer_point1_scale1_value : Vec Int := ofPacked 11 1024 119716

/-- What `scale1` makes of `every_layer_point1_leaky_relu1_value`. -/
theorem every_layer_point1_scale1 :
    Agree 2
      ((scale1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point1_leaky_relu1_value)
      every_layer_point1_scale1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `residual1` at the point, packed: (-92, -966). -/
noncomputable def every_layer_point1_residual1_value : Vec Int := ofPacked 11 1024 119716

/-- What `residual1` makes of `every_layer_point1_scale1_value`. -/
theorem every_layer_point1_residual1 :
    Agree 2 ((residual1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point1_scale1_value)
      every_layer_point1_residual1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `sum1` at the point, packed: (-276, -2898). -/
noncomputable def every_layer_point1_sum1_value : Vec Int := ofPacked 13 4096 9817836

/-- What `sum1` makes of `every_layer_point1_residual1_value`. -/
theorem every_layer_point1_sum1 :
    Agree 2 ((sum1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point1_residual1_value)
      every_layer_point1_sum1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `concat1` at the point, packed: (0, 0, -276, -2898). -/
noncomputable def every_layer_point1_concat1_value : Vec Int := ofPacked 13 4096 658863854456832

/-- What `concat1` makes of `every_layer_point1_sum1_value`. -/
theorem every_layer_point1_concat1 :
    Agree 4 ((concat1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point1_sum1_value)
      every_layer_point1_concat1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `score` at the point, packed: (-12420). -/
noncomputable def every_layer_point1_score_value : Vec Int := ofPacked 15 16384 3964

/-- What `score` makes of `every_layer_point1_concat1_value`. -/
theorem every_layer_point1_score :
    Agree 1 ((score : Vec Int → Vec Int) every_layer_point1_concat1_value)
      every_layer_point1_score_value :=
  PackedMatrix.product_packed score_keys Shape.one 21 (Eq.refl true)

/-- `every_layer` over the integers, every reciprocal being 1, at `every_layer_point1_x`:
(-12420). -/
theorem every_layer_point1 :
    Agree 1 ((every_layer (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point1_x)
      every_layer_point1_score_value :=
  Agree.trans (score_congr (Agree.trans (concat1_congr (fun (_ : Nat) => one)
    (Agree.trans (sum1_congr (fun (_ : Nat) => one)
      (Agree.trans (residual1_congr (fun (_ : Nat) => one)
        (Agree.trans (scale1_congr (fun (_ : Nat) => one)
          (Agree.trans (leaky_relu1_congr (fun (_ : Nat) => one)
            (Agree.trans (relu1_congr (Agree.trans
              (gain1_congr (fun (_ : Nat) => one)
                (Agree.trans (mean_pool1_congr (fun (_ : Nat) => one)
                  (Agree.trans (each_congr (fun (_ : Nat) => one) every_layer_point1_query)
                    every_layer_point1_each)) every_layer_point1_mean_pool1))
              every_layer_point1_gain1)) every_layer_point1_relu1)) every_layer_point1_leaky_relu1))
          every_layer_point1_scale1)) every_layer_point1_residual1)) every_layer_point1_sum1))
    every_layer_point1_concat1)) every_layer_point1_score

/-- The input x at the point, packed: (2, -3, -1, -2, -3, 1, -3, 3, …). -/
noncomputable def every_layer_point2_x : Vec Int := ofPacked 3 4 48518042830

/-- The value of `query` at the point, packed: (-7, -3, 9, -17, -17, 1, 7, -5). -/
noncomputable def every_layer_point2_query_value : Vec Int := ofPacked 6 32 121463004632921

/-- What `query` makes of `every_layer_point2_x`. -/
theorem every_layer_point2_query :
    Agree 8 ((query (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point2_x)
      every_layer_point2_query_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `each` at the point, packed: (-7, 18, 9, 102, -17, -6, 7, 30). -/
noncomputable def every_layer_point2_each_value : Vec Int := ofPacked 8 128 11423233600876286585

/-- What `each` makes of `every_layer_point2_query_value`. -/
theorem every_layer_point2_each :
    Agree 8 ((each (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point2_query_value)
      every_layer_point2_each_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `mean_pool1` at the point, packed: (-8, 144). -/
noncomputable def every_layer_point2_mean_pool1_value : Vec Int := ofPacked 9 256 205048

/-- What `mean_pool1` makes of `every_layer_point2_each_value`. -/
theorem every_layer_point2_mean_pool1 :
    Agree 2 ((mean_pool1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point2_each_value)
      every_layer_point2_mean_pool1_value :=
  meanPool_packed 11 1 (Eq.refl true)

/-- The value of `gain1` at the point, packed: (-16, -1008). -/
noncomputable def every_layer_point2_gain1_value : Vec Int := ofPacked 11 1024 33776

/-- What `gain1` makes of `every_layer_point2_mean_pool1_value`. -/
theorem every_layer_point2_gain1 :
    Agree 2 ((gain1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point2_mean_pool1_value)
      every_layer_point2_gain1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `relu1` at the point, packed: (0, 0). -/
noncomputable def every_layer_point2_relu1_value : Vec Int := ofPacked 1 1 3

/-- What `relu1` makes of `every_layer_point2_gain1_value`. -/
theorem every_layer_point2_relu1 :
    Agree 2 ((relu1 : Vec Int → Vec Int) every_layer_point2_gain1_value)
      every_layer_point2_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `leaky_relu1` at the point, packed: (0, 0). -/
noncomputable def every_layer_point2_leaky_relu1_value : Vec Int := ofPacked 1 1 3

/-- What `leaky_relu1` makes of `every_layer_point2_relu1_value`. -/
theorem every_layer_point2_leaky_relu1 :
    Agree 2
      ((leaky_relu1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point2_relu1_value)
      every_layer_point2_leaky_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `scale1` at the point, packed: (0, 0). -/
noncomputable def every_layer_point2_scale1_value : Vec Int := ofPacked 1 1 3

/-- What `scale1` makes of `every_layer_point2_leaky_relu1_value`. -/
theorem every_layer_point2_scale1 :
    Agree 2
      ((scale1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point2_leaky_relu1_value)
      every_layer_point2_scale1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `residual1` at the point, packed: (0, 0). -/
noncomputable def every_layer_point2_residual1_value : Vec Int := ofPacked 1 1 3

/-- What `residual1` makes of `every_layer_point2_scale1_value`. -/
theorem every_layer_point2_residual1 :
    Agree 2 ((residual1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point2_scale1_value)
      every_layer_point2_residual1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `sum1` at the point, packed: (0, 0). -/
noncomputable def every_layer_point2_sum1_value : Vec Int := ofPacked 1 1 3

/-- What `sum1` makes of `every_layer_point2_residual1_value`. -/
theorem every_layer_point2_sum1 :
    Agree 2 ((sum1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point2_residual1_value)
      every_layer_point2_sum1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `concat1` at the point, packed: (0, 0, 0, 0). -/
noncomputable def every_layer_point2_concat1_value : Vec Int := ofPacked 1 1 15

/-- What `concat1` makes of `every_layer_point2_sum1_value`. -/
theorem every_layer_point2_concat1 :
    Agree 4 ((concat1 (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point2_sum1_value)
      every_layer_point2_concat1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `score` at the point, packed: (0). -/
noncomputable def every_layer_point2_score_value : Vec Int := ofPacked 1 1 1

/-- What `score` makes of `every_layer_point2_concat1_value`. -/
theorem every_layer_point2_score :
    Agree 1 ((score : Vec Int → Vec Int) every_layer_point2_concat1_value)
      every_layer_point2_score_value :=
  PackedMatrix.product_packed score_keys Shape.one 9 (Eq.refl true)

/-- `every_layer` over the integers, every reciprocal being 1, at `every_layer_point2_x`: (0). -/
theorem every_layer_point2 :
    Agree 1 ((every_layer (fun (_ : Nat) => one) : Vec Int → Vec Int) every_layer_point2_x)
      every_layer_point2_score_value :=
  Agree.trans (score_congr (Agree.trans (concat1_congr (fun (_ : Nat) => one)
    (Agree.trans (sum1_congr (fun (_ : Nat) => one)
      (Agree.trans (residual1_congr (fun (_ : Nat) => one)
        (Agree.trans (scale1_congr (fun (_ : Nat) => one)
          (Agree.trans (leaky_relu1_congr (fun (_ : Nat) => one)
            (Agree.trans (relu1_congr (Agree.trans
              (gain1_congr (fun (_ : Nat) => one)
                (Agree.trans (mean_pool1_congr (fun (_ : Nat) => one)
                  (Agree.trans (each_congr (fun (_ : Nat) => one) every_layer_point2_query)
                    every_layer_point2_each)) every_layer_point2_mean_pool1))
              every_layer_point2_gain1)) every_layer_point2_relu1)) every_layer_point2_leaky_relu1))
          every_layer_point2_scale1)) every_layer_point2_residual1)) every_layer_point2_sum1))
    every_layer_point2_concat1)) every_layer_point2_score

end Every_layer
