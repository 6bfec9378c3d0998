import Maximum.Network
/-!
# Values of the network `maximum` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.

Words of the library:
- `Agree n x y`: `x` and `y` agree in their first `n` entries.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Maximum

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `linear2` depends on the first 6 entries only. -/
theorem linear2_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 6 (linear2 r x) (linear2 r y) :=
  LipBridge.tokenwise_congr (n := 2) (m := 2)
    (f := LipBridge.linear 2 linear2_weight.entry (r 2) (fun _ => zero)) 3
    (fun k => LipBridge.linear_congr 2 2 linear2_weight.entry (r 2) (fun _ => zero) k) h

/-- `relu1` depends on the first 6 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 6 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `residual1_branch1` depends on the first 6 entries only. -/
theorem residual1_branch1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 6 (residual1_branch1 r x) (residual1_branch1 r y) :=
  relu1_congr (linear2_congr r h)

/-- `relu2` depends on the first 2 entries only. -/
theorem relu2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (relu2 x) (relu2 y) :=
  LipBridge.relu_congr h

/-- `sum1_branch1` depends on the first 2 entries only. -/
theorem sum1_branch1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (sum1_branch1 x) (sum1_branch1 y) :=
  relu2_congr h

/-- `scale1` depends on the first 2 entries only. -/
theorem scale1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (scale1 r x) (scale1 r y) :=
  LipBridge.scale_congr _ h

/-- `sum1_branch2` depends on the first 2 entries only. -/
theorem sum1_branch2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (sum1_branch2 r x) (sum1_branch2 r y) :=
  scale1_congr r h

/-- `linear3` depends on the first 2 entries only. -/
theorem linear3_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 3 (linear3 x) (linear3 y) :=
  LipBridge.linear_congr 3 2 linear3_weight.entry one
    (fun i => mul (ofInt (linear3_bias.entry 0 i)) one) h

/-- `leaky_relu1` depends on the first 3 entries only. -/
theorem leaky_relu1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (leaky_relu1 r x) (leaky_relu1 r y) :=
  LipBridge.leakyRelu_congr _ h

/-- `concat1_branch1` depends on the first 2 entries only. -/
theorem concat1_branch1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 3 (concat1_branch1 r x) (concat1_branch1 r y) :=
  leaky_relu1_congr r (linear3_congr h)

/-- `abs1` depends on the first 2 entries only. -/
theorem abs1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (abs1 x) (abs1 y) :=
  LipBridge.entrywise_congr h

/-- `linear4` depends on the first 2 entries only. -/
theorem linear4_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (linear4 r x) (linear4 r y) :=
  LipBridge.linear_congr 1 2 linear4_weight.entry (r 7) (fun _ => zero) h

/-- `concat1_branch2` depends on the first 2 entries only. -/
theorem concat1_branch2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (concat1_branch2 r x) (concat1_branch2 r y) :=
  linear4_congr r (abs1_congr h)

/-- `linear1` depends on the first 6 entries only. -/
theorem linear1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 6 (linear1 r x) (linear1 r y) :=
  LipBridge.tokenwise_congr (n := 2) (m := 2)
    (f := LipBridge.linear 2 linear1_weight.entry (r 3) (fun _ => zero)) 3
    (fun k => LipBridge.linear_congr 2 2 linear1_weight.entry (r 3) (fun _ => zero) k) h

/-- `gain1` depends on the first 6 entries only. -/
theorem gain1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 6 (gain1 r x) (gain1 r y) :=
  LipBridge.tokenwise_congr (n := 2) (m := 2)
    (f := LipBridge.gain
      (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 4)) (ofInt (Int.ofNat 1)))) 3
    (fun k =>
      LipBridge.gain_congr
        (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 4)) (ofInt (Int.ofNat 1))) k) h

/-- `residual1` depends on the first 6 entries only. -/
theorem residual1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 6 (residual1 r x) (residual1 r y) :=
  LipBridge.vadd_congr h (residual1_branch1_congr r h)

/-- `max_pool1` depends on the first 6 entries only. -/
theorem max_pool1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 2 (max_pool1 x) (max_pool1 y) :=
  LipBridge.maxPool_congr 3 2 h

/-- `sum1` depends on the first 2 entries only. -/
theorem sum1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (sum1 r x) (sum1 r y) :=
  LipBridge.vadd_congr (sum1_branch1_congr h) (sum1_branch2_congr r h)

/-- `concat1` depends on the first 2 entries only. -/
theorem concat1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 4 (concat1 r x) (concat1 r y) :=
  LipBridge.append_congr (concat1_branch1_congr r h) (concat1_branch2_congr r h)

/-- `clamp1` depends on the first 4 entries only. -/
theorem clamp1_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (clamp1 r x) (clamp1 r y) :=
  LipBridge.entrywise_congr h

/-- `block_max1` depends on the first 4 entries only. -/
theorem block_max1_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 2 (block_max1 x) (block_max1 y) :=
  LipBridge.blockMax_congr 2 2 h

/-- `dot1` depends on the first 2 entries only. -/
theorem dot1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (dot1 r x) (dot1 r y) :=
  LipBridge.dotKeys_congr 2 2 dot1_keys.entry (r 4) h

/-- `split1` depends on the first 2 entries only. -/
theorem split1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (split1 x) (split1 y) :=
  LipBridge.split_congr 2 1 h

/-- `mean_pool1` depends on the first 2 entries only. -/
theorem mean_pool1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (mean_pool1 r x) (mean_pool1 r y) :=
  LipBridge.meanPool_congr 2 1 (r 2) h

/-- `gain2` depends on the first 1 entries only. -/
theorem gain2_congr {x y : Vec R} (h : Agree 1 x y) :
    Agree 1 (gain2 r x) (gain2 r y) :=
  LipBridge.gain_congr (fun i => mul (ofInt (gain2_gain.entry 0 i)) (r 4)) h

/-- The input x at the point, packed: (-1, 3, -1, 0, -1, -1). -/
noncomputable def maximum_point1_x : Vec Int := ofPacked 3 4 112891

/-- The value of `linear1` at the point, packed: (8, -18, -1, 0, -4, 6). -/
noncomputable def maximum_point1_linear1_value : Vec Int := ofPacked 6 32 41280467880

/-- What `linear1` makes of `maximum_point1_x`. -/
theorem maximum_point1_linear1 :
    Agree 6 ((linear1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point1_x)
      maximum_point1_linear1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `gain1` at the point, packed: (16, -126, -2, 0, -8, 42). -/
noncomputable def maximum_point1_gain1_value : Vec Int := ofPacked 8 128 187434528539280

/-- What `gain1` makes of `maximum_point1_linear1_value`. -/
theorem maximum_point1_gain1 :
    Agree 6 ((gain1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point1_linear1_value)
      maximum_point1_gain1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `residual1` at the point, packed: (16, -94, -2, 0, 68, 42). -/
noncomputable def maximum_point1_residual1_value : Vec Int := ofPacked 8 128 187760946061968

/-- What `residual1` makes of `maximum_point1_gain1_value`. -/
theorem maximum_point1_residual1 :
    Agree 6 ((residual1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point1_gain1_value)
      maximum_point1_residual1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `max_pool1` at the point, packed: (68, 42). -/
noncomputable def maximum_point1_max_pool1_value : Vec Int := ofPacked 8 128 43716

/-- What `max_pool1` makes of `maximum_point1_residual1_value`. -/
theorem maximum_point1_max_pool1 :
    Agree 2 ((max_pool1 : Vec Int → Vec Int) maximum_point1_residual1_value)
      maximum_point1_max_pool1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `sum1` at the point, packed: (-136, -84). -/
noncomputable def maximum_point1_sum1_value : Vec Int := ofPacked 9 256 88184

/-- What `sum1` makes of `maximum_point1_max_pool1_value`. -/
theorem maximum_point1_sum1 :
    Agree 2 ((sum1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point1_max_pool1_value)
      maximum_point1_sum1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `concat1` at the point, packed: (-303, -70, -81, 3076). -/
noncomputable def maximum_point1_concat1_value : Vec Int := ofPacked 13 4096 3943118172278481

/-- What `concat1` makes of `maximum_point1_sum1_value`. -/
theorem maximum_point1_concat1 :
    Agree 4 ((concat1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point1_sum1_value)
      maximum_point1_concat1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `clamp1` at the point, packed: (-1, -1, -1, 5). -/
noncomputable def maximum_point1_clamp1_value : Vec Int := ofPacked 4 8 55159

/-- What `clamp1` makes of `maximum_point1_concat1_value`. -/
theorem maximum_point1_clamp1 :
    Agree 4 ((clamp1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point1_concat1_value)
      maximum_point1_clamp1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `block_max1` at the point, packed: (-1, 5). -/
noncomputable def maximum_point1_block_max1_value : Vec Int := ofPacked 4 8 215

/-- What `block_max1` makes of `maximum_point1_clamp1_value`. -/
theorem maximum_point1_block_max1 :
    Agree 2 ((block_max1 : Vec Int → Vec Int) maximum_point1_clamp1_value)
      maximum_point1_block_max1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `dot1` at the point, packed: (-44, -7). -/
noncomputable def maximum_point1_dot1_value : Vec Int := ofPacked 7 64 7316

/-- What `dot1` makes of `maximum_point1_block_max1_value`. -/
theorem maximum_point1_dot1 :
    Agree 2 ((dot1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point1_block_max1_value)
      maximum_point1_dot1_value :=
  PackedMatrix.product_packed dot1_keys (Shape.node Shape.one Shape.one) 13 (Eq.refl true)

/-- The value of `split1` at the point, packed: (-44, -7). -/
noncomputable def maximum_point1_split1_value : Vec Int := ofPacked 7 64 7316

/-- What `split1` makes of `maximum_point1_dot1_value`. -/
theorem maximum_point1_split1 :
    Agree 2 ((split1 : Vec Int → Vec Int) maximum_point1_dot1_value) maximum_point1_split1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `mean_pool1` at the point, packed: (-51). -/
noncomputable def maximum_point1_mean_pool1_value : Vec Int := ofPacked 7 64 13

/-- What `mean_pool1` makes of `maximum_point1_split1_value`. -/
theorem maximum_point1_mean_pool1 :
    Agree 1 ((mean_pool1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point1_split1_value)
      maximum_point1_mean_pool1_value :=
  meanPool_packed 9 0 (Eq.refl true)

/-- The value of `gain2` at the point, packed: (-153). -/
noncomputable def maximum_point1_gain2_value : Vec Int := ofPacked 9 256 103

/-- What `gain2` makes of `maximum_point1_mean_pool1_value`. -/
theorem maximum_point1_gain2 :
    Agree 1 ((gain2 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point1_mean_pool1_value)
      maximum_point1_gain2_value :=
  packedCheck_sound (Eq.refl true)

/-- `maximum` over the integers, every reciprocal being 1, at `maximum_point1_x`: (-153). -/
theorem maximum_point1 :
    Agree 1 ((maximum (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point1_x)
      maximum_point1_gain2_value :=
  Agree.trans (gain2_congr (fun (_ : Nat) => one)
    (Agree.trans (mean_pool1_congr (fun (_ : Nat) => one)
      (Agree.trans (split1_congr (Agree.trans (dot1_congr (fun (_ : Nat) => one)
        (Agree.trans (block_max1_congr (Agree.trans
          (clamp1_congr (fun (_ : Nat) => one)
            (Agree.trans (concat1_congr (fun (_ : Nat) => one)
              (Agree.trans (sum1_congr (fun (_ : Nat) => one)
                (Agree.trans (max_pool1_congr (Agree.trans
                  (residual1_congr (fun (_ : Nat) => one)
                    (Agree.trans (gain1_congr (fun (_ : Nat) => one) maximum_point1_linear1)
                      maximum_point1_gain1)) maximum_point1_residual1)) maximum_point1_max_pool1))
                maximum_point1_sum1)) maximum_point1_concat1)) maximum_point1_clamp1))
          maximum_point1_block_max1)) maximum_point1_dot1)) maximum_point1_split1))
      maximum_point1_mean_pool1)) maximum_point1_gain2

/-- The input x at the point, packed: (1, 2, 1, -3, -2, -1). -/
noncomputable def maximum_point2_x : Vec Int := ofPacked 3 4 107381

/-- The value of `linear1` at the point, packed: (7, -12, -8, 18, -5, 6). -/
noncomputable def maximum_point2_linear1_value : Vec Int := ofPacked 6 32 41268380967

/-- What `linear1` makes of `maximum_point2_x`. -/
theorem maximum_point2_linear1 :
    Agree 6 ((linear1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point2_x)
      maximum_point2_linear1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `gain1` at the point, packed: (14, -84, -16, 126, -10, 42). -/
noncomputable def maximum_point2_gain1_value : Vec Int := ofPacked 8 128 187428051627150

/-- What `gain1` makes of `maximum_point2_linear1_value`. -/
theorem maximum_point2_gain1 :
    Agree 6 ((gain1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point2_linear1_value)
      maximum_point2_gain1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `residual1` at the point, packed: (14, -56, 220, 126, 64, 42). -/
noncomputable def maximum_point2_residual1_value : Vec Int := ofPacked 9 256 10506984511082766

/-- What `residual1` makes of `maximum_point2_gain1_value`. -/
theorem maximum_point2_residual1 :
    Agree 6 ((residual1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point2_gain1_value)
      maximum_point2_residual1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `max_pool1` at the point, packed: (220, 126). -/
noncomputable def maximum_point2_max_pool1_value : Vec Int := ofPacked 9 256 196060

/-- What `max_pool1` makes of `maximum_point2_residual1_value`. -/
theorem maximum_point2_max_pool1 :
    Agree 2 ((max_pool1 : Vec Int → Vec Int) maximum_point2_residual1_value)
      maximum_point2_max_pool1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `sum1` at the point, packed: (-440, -252). -/
noncomputable def maximum_point2_sum1_value : Vec Int := ofPacked 10 512 266312

/-- What `sum1` makes of `maximum_point2_max_pool1_value`. -/
theorem maximum_point2_sum1 :
    Agree 2 ((sum1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point2_max_pool1_value)
      maximum_point2_sum1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `concat1` at the point, packed: (-943, -310, -249, 9260). -/
noncomputable def maximum_point2_concat1_value : Vec Int := ofPacked 15 16384 902285363197066321

/-- What `concat1` makes of `maximum_point2_sum1_value`. -/
theorem maximum_point2_concat1 :
    Agree 4 ((concat1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point2_sum1_value)
      maximum_point2_concat1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `clamp1` at the point, packed: (-1, -1, -1, 5). -/
noncomputable def maximum_point2_clamp1_value : Vec Int := ofPacked 4 8 55159

/-- What `clamp1` makes of `maximum_point2_concat1_value`. -/
theorem maximum_point2_clamp1 :
    Agree 4 ((clamp1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point2_concat1_value)
      maximum_point2_clamp1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `block_max1` at the point, packed: (-1, 5). -/
noncomputable def maximum_point2_block_max1_value : Vec Int := ofPacked 4 8 215

/-- What `block_max1` makes of `maximum_point2_clamp1_value`. -/
theorem maximum_point2_block_max1 :
    Agree 2 ((block_max1 : Vec Int → Vec Int) maximum_point2_clamp1_value)
      maximum_point2_block_max1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `dot1` at the point, packed: (-44, -7). -/
noncomputable def maximum_point2_dot1_value : Vec Int := ofPacked 7 64 7316

/-- What `dot1` makes of `maximum_point2_block_max1_value`. -/
theorem maximum_point2_dot1 :
    Agree 2 ((dot1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point2_block_max1_value)
      maximum_point2_dot1_value :=
  PackedMatrix.product_packed dot1_keys (Shape.node Shape.one Shape.one) 13 (Eq.refl true)

/-- The value of `split1` at the point, packed: (-44, -7). -/
noncomputable def maximum_point2_split1_value : Vec Int := ofPacked 7 64 7316

/-- What `split1` makes of `maximum_point2_dot1_value`. -/
theorem maximum_point2_split1 :
    Agree 2 ((split1 : Vec Int → Vec Int) maximum_point2_dot1_value) maximum_point2_split1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `mean_pool1` at the point, packed: (-51). -/
noncomputable def maximum_point2_mean_pool1_value : Vec Int := ofPacked 7 64 13

/-- What `mean_pool1` makes of `maximum_point2_split1_value`. -/
theorem maximum_point2_mean_pool1 :
    Agree 1 ((mean_pool1 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point2_split1_value)
      maximum_point2_mean_pool1_value :=
  meanPool_packed 9 0 (Eq.refl true)

/-- The value of `gain2` at the point, packed: (-153). -/
noncomputable def maximum_point2_gain2_value : Vec Int := ofPacked 9 256 103

/-- What `gain2` makes of `maximum_point2_mean_pool1_value`. -/
theorem maximum_point2_gain2 :
    Agree 1 ((gain2 (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point2_mean_pool1_value)
      maximum_point2_gain2_value :=
  packedCheck_sound (Eq.refl true)

/-- `maximum` over the integers, every reciprocal being 1, at `maximum_point2_x`: (-153). -/
theorem maximum_point2 :
    Agree 1 ((maximum (fun (_ : Nat) => one) : Vec Int → Vec Int) maximum_point2_x)
      maximum_point2_gain2_value :=
  Agree.trans (gain2_congr (fun (_ : Nat) => one)
    (Agree.trans (mean_pool1_congr (fun (_ : Nat) => one)
      (Agree.trans (split1_congr (Agree.trans (dot1_congr (fun (_ : Nat) => one)
        (Agree.trans (block_max1_congr (Agree.trans
          (clamp1_congr (fun (_ : Nat) => one)
            (Agree.trans (concat1_congr (fun (_ : Nat) => one)
              (Agree.trans (sum1_congr (fun (_ : Nat) => one)
                (Agree.trans (max_pool1_congr (Agree.trans
                  (residual1_congr (fun (_ : Nat) => one)
                    (Agree.trans (gain1_congr (fun (_ : Nat) => one) maximum_point2_linear1)
                      maximum_point2_gain1)) maximum_point2_residual1)) maximum_point2_max_pool1))
                maximum_point2_sum1)) maximum_point2_concat1)) maximum_point2_clamp1))
          maximum_point2_block_max1)) maximum_point2_dot1)) maximum_point2_split1))
      maximum_point2_mean_pool1)) maximum_point2_gain2

end Maximum
