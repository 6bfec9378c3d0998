import Matrix3x3.Network
/-!
# Values of the network `matrix3x3` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.

Words of the library:
- `Agree n x y`: `x` and `y` agree in their first `n` entries.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Matrix3x3

open LipBridge

variable {R : Type u} [OrderedRing R]

/-- `mix` depends on the first 3 entries only. -/
theorem mix_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (mix x) (mix y) :=
  LipBridge.linear_congr 3 3 mix_weight.entry one (fun _ => zero) h

/-- `relu1` depends on the first 3 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- The input x at the point, packed: (1, -3, -1). -/
noncomputable def matrix3x3_point1_x : Vec Int := ofPacked 3 4 205

/-- The value of `mix` at the point, packed: (4, -24, 15). -/
noncomputable def matrix3x3_point1_mix_value : Vec Int := ofPacked 6 32 193060

/-- What `mix` makes of `matrix3x3_point1_x`. -/
theorem matrix3x3_point1_mix :
    Agree 3 ((mix : Vec Int → Vec Int) matrix3x3_point1_x) matrix3x3_point1_mix_value :=
  PackedMatrix.product_packed mix_weight (Shape.node (Shape.node Shape.one Shape.one) Shape.one) 11
    (Eq.refl true)

/-- The value of `relu1` at the point, packed: (4, 0, 15). -/
noncomputable def matrix3x3_point1_relu1_value : Vec Int := ofPacked 5 16 32276

/-- What `relu1` makes of `matrix3x3_point1_mix_value`. -/
theorem matrix3x3_point1_relu1 :
    Agree 3 ((relu1 : Vec Int → Vec Int) matrix3x3_point1_mix_value) matrix3x3_point1_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- `matrix3x3` over the integers, every reciprocal being 1, at `matrix3x3_point1_x`: (4, 0, 15). -/
theorem matrix3x3_point1 :
    Agree 3 ((matrix3x3 : Vec Int → Vec Int) matrix3x3_point1_x) matrix3x3_point1_relu1_value :=
  Agree.trans (relu1_congr matrix3x3_point1_mix) matrix3x3_point1_relu1

/-- The input x at the point, packed: (0, 0, -1). -/
noncomputable def matrix3x3_point2_x : Vec Int := ofPacked 1 1 3

/-- The value of `mix` at the point, packed: (-2, -1, 1). -/
noncomputable def matrix3x3_point2_mix_value : Vec Int := ofPacked 2 2 52

/-- What `mix` makes of `matrix3x3_point2_x`. -/
theorem matrix3x3_point2_mix :
    Agree 3 ((mix : Vec Int → Vec Int) matrix3x3_point2_x) matrix3x3_point2_mix_value :=
  PackedMatrix.product_packed mix_weight (Shape.node (Shape.node Shape.one Shape.one) Shape.one) 9
    (Eq.refl true)

/-- The value of `relu1` at the point, packed: (0, 0, 1). -/
noncomputable def matrix3x3_point2_relu1_value : Vec Int := ofPacked 2 2 58

/-- What `relu1` makes of `matrix3x3_point2_mix_value`. -/
theorem matrix3x3_point2_relu1 :
    Agree 3 ((relu1 : Vec Int → Vec Int) matrix3x3_point2_mix_value) matrix3x3_point2_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- `matrix3x3` over the integers, every reciprocal being 1, at `matrix3x3_point2_x`: (0, 0, 1). -/
theorem matrix3x3_point2 :
    Agree 3 ((matrix3x3 : Vec Int → Vec Int) matrix3x3_point2_x) matrix3x3_point2_relu1_value :=
  Agree.trans (relu1_congr matrix3x3_point2_mix) matrix3x3_point2_relu1

end Matrix3x3
