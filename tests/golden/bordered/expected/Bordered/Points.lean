import Bordered.Network
/-!
# Values of the network `bordered` at integer points

Over the integers, with every reciprocal replaced by 1 and every given function by a plain one (a
root by 1, a rotation by a quarter turn, an activation by the identity), the network is an integer
function. The kernel computes its values, layer by layer; exact arithmetic on the stored weights
gave the same.

Words of the library:
- `Agree n x y`: `x` and `y` agree in their first `n` entries.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Bordered

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R) (gelu1_t : R → R)

/-- `c` depends on the first 2 entries only. -/
theorem c_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 3 (c r x) (c r y) :=
  LipBridge.linear_congr 3 2 c_weight.entry one (fun i => mul (ofInt (c_bias.entry 0 i)) (r 2)) h

/-- `relu1` depends on the first 3 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `d` depends on the first 3 entries only. -/
theorem d_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (d x) (d y) :=
  LipBridge.linear_congr 2 3 d_weight.entry one (fun _ => zero) h

/-- `residual1_branch1` depends on the first 2 entries only. -/
theorem residual1_branch1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (residual1_branch1 r x) (residual1_branch1 r y) :=
  d_congr (relu1_congr (c_congr r h))

/-- `into` depends on the first 2 entries only. -/
theorem into_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (into x) (into y) :=
  LipBridge.linear_congr 2 2 into_weight.entry one (fun _ => zero) h

/-- `leaky_relu1` depends on the first 2 entries only. -/
theorem leaky_relu1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (leaky_relu1 r x) (leaky_relu1 r y) :=
  LipBridge.leakyRelu_congr _ h

/-- `onto` depends on the first 2 entries only. -/
theorem onto_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (onto r x) (onto r y) :=
  LipBridge.linear_congr 2 2 onto_weight.entry (r 2) (fun _ => zero) h

/-- `sum1_branch1` depends on the first 2 entries only. -/
theorem sum1_branch1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (sum1_branch1 r x) (sum1_branch1 r y) :=
  onto_congr r (leaky_relu1_congr r (into_congr h))

/-- `side` depends on the first 2 entries only. -/
theorem side_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (side r x) (side r y) :=
  LipBridge.linear_congr 2 2 side_weight.entry (r 2) (fun _ => zero) h

/-- `sum1_branch2` depends on the first 2 entries only. -/
theorem sum1_branch2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (sum1_branch2 r x) (sum1_branch2 r y) :=
  side_congr r h

/-- `base` depends on the first 2 entries only. -/
theorem base_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (base x) (base y) :=
  LipBridge.linear_congr 1 2 base_weight.entry one (fun _ => zero) h

/-- `sum2_branch1` depends on the first 2 entries only. -/
theorem sum2_branch1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (sum2_branch1 x) (sum2_branch1 y) :=
  base_congr h

/-- `first` depends on the first 2 entries only. -/
theorem first_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (first x) (first y) :=
  LipBridge.linear_congr 2 2 first_weight.entry one (fun _ => zero) h

/-- `abs1` depends on the first 2 entries only. -/
theorem abs1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (abs1 x) (abs1 y) :=
  LipBridge.entrywise_congr h

/-- `last` depends on the first 2 entries only. -/
theorem last_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (last x) (last y) :=
  LipBridge.linear_congr 1 2 last_weight.entry one (fun _ => zero) h

/-- `sum2_branch2` depends on the first 2 entries only. -/
theorem sum2_branch2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (sum2_branch2 x) (sum2_branch2 y) :=
  last_congr (abs1_congr (first_congr h))

/-- `a` depends on the first 4 entries only. -/
theorem a_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 3 (a r x) (a r y) :=
  LipBridge.linear_congr 3 4 a_weight.entry (r 2) (fun i => mul (ofInt (a_bias.entry 0 i)) one) h

/-- `gelu1` depends on the first 3 entries only. -/
theorem gelu1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (gelu1 (fun x => x) x) (gelu1 (fun x => x) y) :=
  LipBridge.entrywise_congr (φ := fun x => x) h

/-- `b` depends on the first 3 entries only. -/
theorem b_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (b x) (b y) :=
  LipBridge.linear_congr 2 3 b_weight.entry one (fun _ => zero) h

/-- `residual1` depends on the first 2 entries only. -/
theorem residual1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (residual1 r x) (residual1 r y) :=
  LipBridge.vadd_congr h (residual1_branch1_congr r h)

/-- `sum1` depends on the first 2 entries only. -/
theorem sum1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (sum1 r x) (sum1 r y) :=
  LipBridge.vadd_congr (sum1_branch1_congr r h) (sum1_branch2_congr r h)

/-- `sum2` depends on the first 2 entries only. -/
theorem sum2_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (sum2 x) (sum2 y) :=
  LipBridge.vadd_congr (sum2_branch1_congr h) (sum2_branch2_congr h)

/-- The input x at the point, packed: (3, -3, -2, -2). -/
noncomputable def bordered_point1_x : Vec Int := ofPacked 3 4 1167

/-- The value of `a` at the point, packed: (13, -22, 21). -/
noncomputable def bordered_point1_a_value : Vec Int := ofPacked 6 32 217773

/-- What `a` makes of `bordered_point1_x`. -/
theorem bordered_point1_a :
    Agree 3 ((a (fun (_ : Nat) => one) : Vec Int → Vec Int) bordered_point1_x)
      bordered_point1_a_value :=
  PackedMatrix.product_packed a_weight (Shape.node (Shape.node Shape.one Shape.one) Shape.one) 11
    (Eq.refl true)

/-- The value of `gelu1` at the point, packed: (13, -22, 21). -/
noncomputable def bordered_point1_gelu1_value : Vec Int := ofPacked 6 32 217773

/-- What `gelu1` makes of `bordered_point1_a_value`. -/
theorem bordered_point1_gelu1 :
    Agree 3 ((gelu1 (fun x => x) : Vec Int → Vec Int) bordered_point1_a_value)
      bordered_point1_gelu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `b` at the point, packed: (78, -17). -/
noncomputable def bordered_point1_b_value : Vec Int := ofPacked 8 128 28622

/-- What `b` makes of `bordered_point1_gelu1_value`. -/
theorem bordered_point1_b :
    Agree 2 ((b : Vec Int → Vec Int) bordered_point1_gelu1_value) bordered_point1_b_value :=
  PackedMatrix.product_packed b_weight (Shape.node Shape.one Shape.one) 12 (Eq.refl true)

/-- The value of `residual1` at the point, packed: (296, 27). -/
noncomputable def bordered_point1_residual1_value : Vec Int := ofPacked 10 512 552744

/-- What `residual1` makes of `bordered_point1_b_value`. -/
theorem bordered_point1_residual1 :
    Agree 2 ((residual1 (fun (_ : Nat) => one) : Vec Int → Vec Int) bordered_point1_b_value)
      bordered_point1_residual1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `sum1` at the point, packed: (1346, -1238). -/
noncomputable def bordered_point1_sum1_value : Vec Int := ofPacked 12 2048 3321154

/-- What `sum1` makes of `bordered_point1_residual1_value`. -/
theorem bordered_point1_sum1 :
    Agree 2 ((sum1 (fun (_ : Nat) => one) : Vec Int → Vec Int) bordered_point1_residual1_value)
      bordered_point1_sum1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `sum2` at the point, packed: (-4038). -/
noncomputable def bordered_point1_sum2_value : Vec Int := ofPacked 13 4096 58

/-- What `sum2` makes of `bordered_point1_sum1_value`. -/
theorem bordered_point1_sum2 :
    Agree 1 ((sum2 : Vec Int → Vec Int) bordered_point1_sum1_value) bordered_point1_sum2_value :=
  packedCheck_sound (Eq.refl true)

/-- `bordered` over the integers, every reciprocal being 1, given functions plain ones, at
`bordered_point1_x`: (-4038). -/
theorem bordered_point1 :
    Agree 1 ((bordered (fun (_ : Nat) => one) (fun x => x) : Vec Int → Vec Int) bordered_point1_x)
      bordered_point1_sum2_value :=
  Agree.trans (sum2_congr (Agree.trans (sum1_congr (fun (_ : Nat) => one)
    (Agree.trans (residual1_congr (fun (_ : Nat) => one)
      (Agree.trans (b_congr (Agree.trans (gelu1_congr bordered_point1_a) bordered_point1_gelu1))
        bordered_point1_b)) bordered_point1_residual1)) bordered_point1_sum1)) bordered_point1_sum2

/-- The input x at the point, packed: (1, -2, -3, 2). -/
noncomputable def bordered_point2_x : Vec Int := ofPacked 3 4 3157

/-- The value of `a` at the point, packed: (3, -14, 23). -/
noncomputable def bordered_point2_a_value : Vec Int := ofPacked 6 32 226467

/-- What `a` makes of `bordered_point2_x`. -/
theorem bordered_point2_a :
    Agree 3 ((a (fun (_ : Nat) => one) : Vec Int → Vec Int) bordered_point2_x)
      bordered_point2_a_value :=
  PackedMatrix.product_packed a_weight (Shape.node (Shape.node Shape.one Shape.one) Shape.one) 11
    (Eq.refl true)

/-- The value of `gelu1` at the point, packed: (3, -14, 23). -/
noncomputable def bordered_point2_gelu1_value : Vec Int := ofPacked 6 32 226467

/-- What `gelu1` makes of `bordered_point2_a_value`. -/
theorem bordered_point2_gelu1 :
    Agree 3 ((gelu1 (fun x => x) : Vec Int → Vec Int) bordered_point2_a_value)
      bordered_point2_gelu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `b` at the point, packed: (54, -31). -/
noncomputable def bordered_point2_b_value : Vec Int := ofPacked 7 64 4342

/-- What `b` makes of `bordered_point2_gelu1_value`. -/
theorem bordered_point2_b :
    Agree 2 ((b : Vec Int → Vec Int) bordered_point2_gelu1_value) bordered_point2_b_value :=
  PackedMatrix.product_packed b_weight (Shape.node Shape.one Shape.one) 12 (Eq.refl true)

/-- The value of `residual1` at the point, packed: (194, -31). -/
noncomputable def bordered_point2_residual1_value : Vec Int := ofPacked 9 256 115650

/-- What `residual1` makes of `bordered_point2_b_value`. -/
theorem bordered_point2_residual1 :
    Agree 2 ((residual1 (fun (_ : Nat) => one) : Vec Int → Vec Int) bordered_point2_b_value)
      bordered_point2_residual1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `sum1` at the point, packed: (590, -714). -/
noncomputable def bordered_point2_sum1_value : Vec Int := ofPacked 11 1024 636494

/-- What `sum1` makes of `bordered_point2_residual1_value`. -/
theorem bordered_point2_sum1 :
    Agree 2 ((sum1 (fun (_ : Nat) => one) : Vec Int → Vec Int) bordered_point2_residual1_value)
      bordered_point2_sum1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `sum2` at the point, packed: (-1770). -/
noncomputable def bordered_point2_sum2_value : Vec Int := ofPacked 12 2048 278

/-- What `sum2` makes of `bordered_point2_sum1_value`. -/
theorem bordered_point2_sum2 :
    Agree 1 ((sum2 : Vec Int → Vec Int) bordered_point2_sum1_value) bordered_point2_sum2_value :=
  packedCheck_sound (Eq.refl true)

/-- `bordered` over the integers, every reciprocal being 1, given functions plain ones, at
`bordered_point2_x`: (-1770). -/
theorem bordered_point2 :
    Agree 1 ((bordered (fun (_ : Nat) => one) (fun x => x) : Vec Int → Vec Int) bordered_point2_x)
      bordered_point2_sum2_value :=
  Agree.trans (sum2_congr (Agree.trans (sum1_congr (fun (_ : Nat) => one)
    (Agree.trans (residual1_congr (fun (_ : Nat) => one)
      (Agree.trans (b_congr (Agree.trans (gelu1_congr bordered_point2_a) bordered_point2_gelu1))
        bordered_point2_b)) bordered_point2_residual1)) bordered_point2_sum1)) bordered_point2_sum2

end Bordered
