import Inputs.Network
/-!
# Values of the network `inputs` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.

Words of the library:
- `Agree n x y`: `x` and `y` agree in their first `n` entries.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Inputs

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `from1` depends on the first 11 entries only. -/
theorem from1_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 3 (from1 x) (from1 y) :=
  LipBridge.slice_congr (n := 11) (t := 0) (m := 3) (Eq.refl true) h

/-- `linear1` depends on the first 3 entries only. -/
theorem linear1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (linear1 r x) (linear1 r y) :=
  LipBridge.linear_congr 2 3 linear1_weight.entry (r 2)
    (fun i => mul (ofInt (linear1_bias.entry 0 i)) (r 3)) h

/-- `leaky_relu1` depends on the first 2 entries only. -/
theorem leaky_relu1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (leaky_relu1 r x) (leaky_relu1 r y) :=
  LipBridge.leakyRelu_congr _ h

/-- `concat1_branch1` depends on the first 11 entries only. -/
theorem concat1_branch1_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 2 (concat1_branch1 r x) (concat1_branch1 r y) :=
  leaky_relu1_congr r (linear1_congr r (from1_congr h))

/-- `from2` depends on the first 11 entries only. -/
theorem from2_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 2 (from2 x) (from2 y) :=
  LipBridge.slice_congr (n := 11) (t := 9) (m := 2) (Eq.refl true) h

/-- `linear2` depends on the first 2 entries only. -/
theorem linear2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (linear2 x) (linear2 y) :=
  LipBridge.linear_congr 1 2 linear2_weight.entry one (fun _ => zero) h

/-- `scale1` depends on the first 1 entries only. -/
theorem scale1_congr {x y : Vec R} (h : Agree 1 x y) :
    Agree 1 (scale1 r x) (scale1 r y) :=
  LipBridge.scale_congr _ h

/-- `concat1_branch2` depends on the first 11 entries only. -/
theorem concat1_branch2_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 1 (concat1_branch2 r x) (concat1_branch2 r y) :=
  scale1_congr r (linear2_congr (from2_congr h))

/-- `concat1` depends on the first 11 entries only. -/
theorem concat1_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 3 (concat1 r x) (concat1 r y) :=
  LipBridge.append_congr (concat1_branch1_congr r h) (concat1_branch2_congr r h)

/-- `similarity1_branch1` depends on the first 11 entries only. -/
theorem similarity1_branch1_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 3 (similarity1_branch1 r x) (similarity1_branch1 r y) :=
  concat1_congr r h

/-- `from3` depends on the first 11 entries only. -/
theorem from3_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 6 (from3 x) (from3 y) :=
  LipBridge.slice_congr (n := 11) (t := 3) (m := 6) (Eq.refl true) h

/-- `linear3` depends on the first 6 entries only. -/
theorem linear3_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 6 (linear3 r x) (linear3 r y) :=
  LipBridge.tokenwise_congr (n := 3) (m := 3)
    (f := LipBridge.linear 3 linear3_weight.entry (r 2)
      (fun i => mul (ofInt (linear3_bias.entry 0 i)) one)) 2
    (fun k =>
      LipBridge.linear_congr 3 3 linear3_weight.entry (r 2)
        (fun i => mul (ofInt (linear3_bias.entry 0 i)) one) k) h

/-- `relu1` depends on the first 6 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 6 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `mean_pool1` depends on the first 6 entries only. -/
theorem mean_pool1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 3 (mean_pool1 r x) (mean_pool1 r y) :=
  LipBridge.meanPool_congr 2 3 (r 2) h

/-- `sum1_branch1` depends on the first 11 entries only. -/
theorem sum1_branch1_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 3 (sum1_branch1 r x) (sum1_branch1 r y) :=
  mean_pool1_congr r (relu1_congr (linear3_congr r (from3_congr h)))

/-- `from4` depends on the first 11 entries only. -/
theorem from4_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 6 (from4 x) (from4 y) :=
  LipBridge.slice_congr (n := 11) (t := 3) (m := 6) (Eq.refl true) h

/-- `max_pool1` depends on the first 6 entries only. -/
theorem max_pool1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 3 (max_pool1 x) (max_pool1 y) :=
  LipBridge.maxPool_congr 2 3 h

/-- `dot1` depends on the first 3 entries only. -/
theorem dot1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (dot1 r x) (dot1 r y) :=
  LipBridge.dotKeys_congr 3 3 linear3_weight.entry (r 2) h

/-- `abs1` depends on the first 3 entries only. -/
theorem abs1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (abs1 x) (abs1 y) :=
  LipBridge.entrywise_congr h

/-- `sum1_branch2` depends on the first 11 entries only. -/
theorem sum1_branch2_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 3 (sum1_branch2 r x) (sum1_branch2 r y) :=
  abs1_congr (dot1_congr r (max_pool1_congr (from4_congr h)))

/-- `from5` depends on the first 11 entries only. -/
theorem from5_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 3 (from5 x) (from5 y) :=
  LipBridge.slice_congr (n := 11) (t := 0) (m := 3) (Eq.refl true) h

/-- `linear4` depends on the first 3 entries only. -/
theorem linear4_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 1 (linear4 x) (linear4 y) :=
  LipBridge.linear_congr 1 3 linear4_weight.entry one (fun _ => zero) h

/-- `concat2_branch1` depends on the first 11 entries only. -/
theorem concat2_branch1_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 1 (concat2_branch1 x) (concat2_branch1 y) :=
  linear4_congr (from5_congr h)

/-- `from6` depends on the first 11 entries only. -/
theorem from6_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 2 (from6 x) (from6 y) :=
  LipBridge.slice_congr (n := 11) (t := 9) (m := 2) (Eq.refl true) h

/-- `similarity2_branch1` depends on the first 11 entries only. -/
theorem similarity2_branch1_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 2 (similarity2_branch1 x) (similarity2_branch1 y) :=
  from6_congr h

/-- `from7` depends on the first 11 entries only. -/
theorem from7_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 2 (from7 x) (from7 y) :=
  LipBridge.slice_congr (n := 11) (t := 9) (m := 2) (Eq.refl true) h

/-- `similarity2_branch2` depends on the first 11 entries only. -/
theorem similarity2_branch2_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 2 (similarity2_branch2 x) (similarity2_branch2 y) :=
  from7_congr h

/-- `similarity2` depends on the first 11 entries only. -/
theorem similarity2_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 1 (similarity2 x) (similarity2 y) :=
  LipBridge.similarity_congr (b := 1) (d := 2) (f := similarity2_branch1)
    (f' := similarity2_branch1) (g := similarity2_branch2) (g' := similarity2_branch2)
    (similarity2_branch1_congr h) (similarity2_branch2_congr h)

/-- `linear5` depends on the first 1 entries only. -/
theorem linear5_congr {x y : Vec R} (h : Agree 1 x y) :
    Agree 2 (linear5 x) (linear5 y) :=
  LipBridge.linear_congr 2 1 linear5_weight.entry one (fun _ => zero) h

/-- `concat2_branch2` depends on the first 11 entries only. -/
theorem concat2_branch2_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 2 (concat2_branch2 x) (concat2_branch2 y) :=
  linear5_congr (similarity2_congr h)

/-- `concat2` depends on the first 11 entries only. -/
theorem concat2_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 3 (concat2 x) (concat2 y) :=
  LipBridge.append_congr (concat2_branch1_congr h) (concat2_branch2_congr h)

/-- `sum1_branch3` depends on the first 11 entries only. -/
theorem sum1_branch3_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 3 (sum1_branch3 x) (sum1_branch3 y) :=
  concat2_congr h

/-- `sum1` depends on the first 11 entries only. -/
theorem sum1_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 3 (sum1 r x) (sum1 r y) :=
  LipBridge.vadd_congr (LipBridge.vadd_congr (sum1_branch1_congr r h) (sum1_branch2_congr r h))
    (sum1_branch3_congr h)

/-- `similarity1_branch2` depends on the first 11 entries only. -/
theorem similarity1_branch2_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 3 (similarity1_branch2 r x) (similarity1_branch2 r y) :=
  sum1_congr r h

/-- `similarity1` depends on the first 11 entries only. -/
theorem similarity1_congr {x y : Vec R} (h : Agree 11 x y) :
    Agree 1 (similarity1 r x) (similarity1 r y) :=
  LipBridge.similarity_congr (b := 1) (d := 3) (f := similarity1_branch1 r)
    (f' := similarity1_branch1 r) (g := similarity1_branch2 r) (g' := similarity1_branch2 r)
    (similarity1_branch1_congr r h) (similarity1_branch2_congr r h)

/-- `scale2` depends on the first 1 entries only. -/
theorem scale2_congr {x y : Vec R} (h : Agree 1 x y) :
    Agree 1 (scale2 x) (scale2 y) :=
  LipBridge.scale_congr _ h

/-- The input x at the point, packed: (-2, -3, -2, 0, -1, -2, -2, -2, …). -/
noncomputable def inputs_point1_x : Vec Int := ofPacked 3 4 3175692426

/-- The value of `similarity1` at the point, packed: (20). -/
noncomputable def inputs_point1_similarity1_value : Vec Int := ofPacked 6 32 52

/-- What `similarity1` makes of `inputs_point1_x`. -/
theorem inputs_point1_similarity1 :
    Agree 1 ((similarity1 (fun (_ : Nat) => one) : Vec Int → Vec Int) inputs_point1_x)
      inputs_point1_similarity1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `scale2` at the point, packed: (40). -/
noncomputable def inputs_point1_scale2_value : Vec Int := ofPacked 7 64 104

/-- What `scale2` makes of `inputs_point1_similarity1_value`. -/
theorem inputs_point1_scale2 :
    Agree 1 ((scale2 : Vec Int → Vec Int) inputs_point1_similarity1_value)
      inputs_point1_scale2_value :=
  packedCheck_sound (Eq.refl true)

/-- `inputs` over the integers, every reciprocal being 1, at `inputs_point1_x`: (40). -/
theorem inputs_point1 :
    Agree 1 ((inputs (fun (_ : Nat) => one) : Vec Int → Vec Int) inputs_point1_x)
      inputs_point1_scale2_value :=
  Agree.trans (scale2_congr inputs_point1_similarity1) inputs_point1_scale2

/-- The input x at the point, packed: (-3, 1, 1, -2, 0, 0, -2, 3, …). -/
noncomputable def inputs_point2_x : Vec Int := ofPacked 3 4 7967753577

/-- The value of `similarity1` at the point, packed: (-65). -/
noncomputable def inputs_point2_similarity1_value : Vec Int := ofPacked 8 128 63

/-- What `similarity1` makes of `inputs_point2_x`. -/
theorem inputs_point2_similarity1 :
    Agree 1 ((similarity1 (fun (_ : Nat) => one) : Vec Int → Vec Int) inputs_point2_x)
      inputs_point2_similarity1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `scale2` at the point, packed: (-130). -/
noncomputable def inputs_point2_scale2_value : Vec Int := ofPacked 9 256 126

/-- What `scale2` makes of `inputs_point2_similarity1_value`. -/
theorem inputs_point2_scale2 :
    Agree 1 ((scale2 : Vec Int → Vec Int) inputs_point2_similarity1_value)
      inputs_point2_scale2_value :=
  packedCheck_sound (Eq.refl true)

/-- `inputs` over the integers, every reciprocal being 1, at `inputs_point2_x`: (-130). -/
theorem inputs_point2 :
    Agree 1 ((inputs (fun (_ : Nat) => one) : Vec Int → Vec Int) inputs_point2_x)
      inputs_point2_scale2_value :=
  Agree.trans (scale2_congr inputs_point2_similarity1) inputs_point2_scale2

end Inputs
