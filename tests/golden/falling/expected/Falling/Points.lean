import Falling.Network
/-!
# Values of the network `falling` at integer points

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

namespace Falling

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R) (sin1_t : R → R) (gelu1_t : R → R)

/-- `a` depends on the first 2 entries only. -/
theorem a_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 3 (a r x) (a r y) :=
  LipBridge.linear_congr 3 2 a_weight.entry (r 2) (fun i => mul (ofInt (a_bias.entry 0 i)) one) h

/-- `sin1` depends on the first 3 entries only. -/
theorem sin1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (sin1 (fun x => x) x) (sin1 (fun x => x) y) :=
  LipBridge.entrywise_congr (φ := fun x => x) h

/-- `b` depends on the first 3 entries only. -/
theorem b_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (b r x) (b r y) :=
  LipBridge.linear_congr 3 3 b_weight.entry (r 3) (fun _ => zero) h

/-- `gelu1` depends on the first 3 entries only. -/
theorem gelu1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (gelu1 (fun x => x) x) (gelu1 (fun x => x) y) :=
  LipBridge.entrywise_congr (φ := fun x => x) h

/-- `c` depends on the first 3 entries only. -/
theorem c_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (c r x) (c r y) :=
  LipBridge.linear_congr 2 3 c_weight.entry (r 2) (fun i => mul (ofInt (c_bias.entry 0 i)) one) h

/-- `relu1` depends on the first 2 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `d` depends on the first 2 entries only. -/
theorem d_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 3 (d x) (d y) :=
  LipBridge.linear_congr 3 2 d_weight.entry one (fun _ => zero) h

/-- The input x at the point, packed: (0, 2). -/
noncomputable def falling_point1_x : Vec Int := ofPacked 3 4 52

/-- The value of `a` at the point, packed: (-3, 4, -12). -/
noncomputable def falling_point1_a_value : Vec Int := ofPacked 5 16 4749

/-- What `a` makes of `falling_point1_x`. -/
theorem falling_point1_a :
    Agree 3 ((a (fun (_ : Nat) => one) : Vec Int → Vec Int) falling_point1_x)
      falling_point1_a_value :=
  PackedMatrix.product_packed a_weight (Shape.node Shape.one Shape.one) 11 (Eq.refl true)

/-- The value of `sin1` at the point, packed: (-3, 4, -12). -/
noncomputable def falling_point1_sin1_value : Vec Int := ofPacked 5 16 4749

/-- What `sin1` makes of `falling_point1_a_value`. -/
theorem falling_point1_sin1 :
    Agree 3 ((sin1 (fun x => x) : Vec Int → Vec Int) falling_point1_a_value)
      falling_point1_sin1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `b` at the point, packed: (-69, 30, -27). -/
noncomputable def falling_point1_b_value : Vec Int := ofPacked 8 128 6659643

/-- What `b` makes of `falling_point1_sin1_value`. -/
theorem falling_point1_b :
    Agree 3 ((b (fun (_ : Nat) => one) : Vec Int → Vec Int) falling_point1_sin1_value)
      falling_point1_b_value :=
  PackedMatrix.product_packed b_weight (Shape.node (Shape.node Shape.one Shape.one) Shape.one) 13
    (Eq.refl true)

/-- The value of `gelu1` at the point, packed: (-69, 30, -27). -/
noncomputable def falling_point1_gelu1_value : Vec Int := ofPacked 8 128 6659643

/-- What `gelu1` makes of `falling_point1_b_value`. -/
theorem falling_point1_gelu1 :
    Agree 3 ((gelu1 (fun x => x) : Vec Int → Vec Int) falling_point1_b_value)
      falling_point1_gelu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `c` at the point, packed: (36, 118). -/
noncomputable def falling_point1_c_value : Vec Int := ofPacked 8 128 63140

/-- What `c` makes of `falling_point1_gelu1_value`. -/
theorem falling_point1_c :
    Agree 2 ((c (fun (_ : Nat) => one) : Vec Int → Vec Int) falling_point1_gelu1_value)
      falling_point1_c_value :=
  PackedMatrix.product_packed c_weight (Shape.node Shape.one Shape.one) 15 (Eq.refl true)

/-- The value of `relu1` at the point, packed: (36, 118). -/
noncomputable def falling_point1_relu1_value : Vec Int := ofPacked 8 128 63140

/-- What `relu1` makes of `falling_point1_c_value`. -/
theorem falling_point1_relu1 :
    Agree 2 ((relu1 : Vec Int → Vec Int) falling_point1_c_value) falling_point1_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `d` at the point, packed: (272, 82, 154). -/
noncomputable def falling_point1_d_value : Vec Int := ofPacked 10 512 698960656

/-- What `d` makes of `falling_point1_relu1_value`. -/
theorem falling_point1_d :
    Agree 3 ((d : Vec Int → Vec Int) falling_point1_relu1_value) falling_point1_d_value :=
  PackedMatrix.product_packed d_weight (Shape.node Shape.one Shape.one) 15 (Eq.refl true)

/-- `falling` over the integers, every reciprocal being 1, given functions plain ones, at
`falling_point1_x`: (272, 82, 154). -/
theorem falling_point1 :
    Agree 3
      ((falling (fun (_ : Nat) => one) (fun x => x) (fun x => x) : Vec Int → Vec Int)
        falling_point1_x) falling_point1_d_value :=
  Agree.trans (d_congr (Agree.trans (relu1_congr (Agree.trans
    (c_congr (fun (_ : Nat) => one)
      (Agree.trans (gelu1_congr (Agree.trans (b_congr (fun (_ : Nat) => one)
        (Agree.trans (sin1_congr falling_point1_a) falling_point1_sin1)) falling_point1_b))
        falling_point1_gelu1)) falling_point1_c)) falling_point1_relu1)) falling_point1_d

/-- The input x at the point, packed: (-1, -3). -/
noncomputable def falling_point2_x : Vec Int := ofPacked 3 4 11

/-- The value of `a` at the point, packed: (1, -2, 17). -/
noncomputable def falling_point2_a_value : Vec Int := ofPacked 6 32 202657

/-- What `a` makes of `falling_point2_x`. -/
theorem falling_point2_a :
    Agree 3 ((a (fun (_ : Nat) => one) : Vec Int → Vec Int) falling_point2_x)
      falling_point2_a_value :=
  PackedMatrix.product_packed a_weight (Shape.node Shape.one Shape.one) 11 (Eq.refl true)

/-- The value of `sin1` at the point, packed: (1, -2, 17). -/
noncomputable def falling_point2_sin1_value : Vec Int := ofPacked 6 32 202657

/-- What `sin1` makes of `falling_point2_a_value`. -/
theorem falling_point2_sin1 :
    Agree 3 ((sin1 (fun x => x) : Vec Int → Vec Int) falling_point2_a_value)
      falling_point2_sin1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `b` at the point, packed: (66, -51, 46). -/
noncomputable def falling_point2_b_value : Vec Int := ofPacked 8 128 11423170

/-- What `b` makes of `falling_point2_sin1_value`. -/
theorem falling_point2_b :
    Agree 3 ((b (fun (_ : Nat) => one) : Vec Int → Vec Int) falling_point2_sin1_value)
      falling_point2_b_value :=
  PackedMatrix.product_packed b_weight (Shape.node (Shape.node Shape.one Shape.one) Shape.one) 14
    (Eq.refl true)

/-- The value of `gelu1` at the point, packed: (66, -51, 46). -/
noncomputable def falling_point2_gelu1_value : Vec Int := ofPacked 8 128 11423170

/-- What `gelu1` makes of `falling_point2_b_value`. -/
theorem falling_point2_gelu1 :
    Agree 3 ((gelu1 (fun x => x) : Vec Int → Vec Int) falling_point2_b_value)
      falling_point2_gelu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `c` at the point, packed: (-164, -95). -/
noncomputable def falling_point2_c_value : Vec Int := ofPacked 9 256 82524

/-- What `c` makes of `falling_point2_gelu1_value`. -/
theorem falling_point2_c :
    Agree 2 ((c (fun (_ : Nat) => one) : Vec Int → Vec Int) falling_point2_gelu1_value)
      falling_point2_c_value :=
  PackedMatrix.product_packed c_weight (Shape.node Shape.one Shape.one) 15 (Eq.refl true)

/-- The value of `relu1` at the point, packed: (0, 0). -/
noncomputable def falling_point2_relu1_value : Vec Int := ofPacked 1 1 3

/-- What `relu1` makes of `falling_point2_c_value`. -/
theorem falling_point2_relu1 :
    Agree 2 ((relu1 : Vec Int → Vec Int) falling_point2_c_value) falling_point2_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `d` at the point, packed: (0, 0, 0). -/
noncomputable def falling_point2_d_value : Vec Int := ofPacked 1 1 7

/-- What `d` makes of `falling_point2_relu1_value`. -/
theorem falling_point2_d :
    Agree 3 ((d : Vec Int → Vec Int) falling_point2_relu1_value) falling_point2_d_value :=
  PackedMatrix.product_packed d_weight (Shape.node Shape.one Shape.one) 8 (Eq.refl true)

/-- `falling` over the integers, every reciprocal being 1, given functions plain ones, at
`falling_point2_x`: (0, 0, 0). -/
theorem falling_point2 :
    Agree 3
      ((falling (fun (_ : Nat) => one) (fun x => x) (fun x => x) : Vec Int → Vec Int)
        falling_point2_x) falling_point2_d_value :=
  Agree.trans (d_congr (Agree.trans (relu1_congr (Agree.trans
    (c_congr (fun (_ : Nat) => one)
      (Agree.trans (gelu1_congr (Agree.trans (b_congr (fun (_ : Nat) => one)
        (Agree.trans (sin1_congr falling_point2_a) falling_point2_sin1)) falling_point2_b))
        falling_point2_gelu1)) falling_point2_c)) falling_point2_relu1)) falling_point2_d

end Falling
