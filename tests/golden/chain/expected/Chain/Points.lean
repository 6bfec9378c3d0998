import Chain.Network
/-!
# Values of the network `chain` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.

Words of the library:
- `Agree n x y`: `x` and `y` agree in their first `n` entries.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Chain

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `a` depends on the first 2 entries only. -/
theorem a_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 3 (a r x) (a r y) :=
  LipBridge.linear_congr 3 2 a_weight.entry (r 2) (fun i => mul (ofInt (a_bias.entry 0 i)) one) h

/-- `relu1` depends on the first 3 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `b` depends on the first 3 entries only. -/
theorem b_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (b x) (b y) :=
  LipBridge.linear_congr 2 3 b_weight.entry one (fun _ => zero) h

/-- `leaky_relu1` depends on the first 2 entries only. -/
theorem leaky_relu1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (leaky_relu1 r x) (leaky_relu1 r y) :=
  LipBridge.leakyRelu_congr _ h

/-- `c` depends on the first 2 entries only. -/
theorem c_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (c x) (c y) :=
  LipBridge.linear_congr 2 2 c_weight.entry one (fun _ => zero) h

/-- `clamp1` depends on the first 2 entries only. -/
theorem clamp1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (clamp1 r x) (clamp1 r y) :=
  LipBridge.entrywise_congr h

/-- `d` depends on the first 2 entries only. -/
theorem d_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (d x) (d y) :=
  LipBridge.linear_congr 1 2 d_weight.entry one (fun _ => zero) h

/-- The input x at the point, packed: (-3, -3). -/
noncomputable def chain_point1_x : Vec Int := ofPacked 3 4 9

/-- The value of `a` at the point, packed: (-11, -15, -7). -/
noncomputable def chain_point1_a_value : Vec Int := ofPacked 5 16 9253

/-- What `a` makes of `chain_point1_x`. -/
theorem chain_point1_a :
    Agree 3 ((a (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point1_x) chain_point1_a_value :=
  PackedMatrix.product_packed a_weight (Shape.node Shape.one Shape.one) 11 (Eq.refl true)

/-- The value of `relu1` at the point, packed: (0, 0, 0). -/
noncomputable def chain_point1_relu1_value : Vec Int := ofPacked 1 1 7

/-- What `relu1` makes of `chain_point1_a_value`. -/
theorem chain_point1_relu1 :
    Agree 3 ((relu1 : Vec Int → Vec Int) chain_point1_a_value) chain_point1_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `b` at the point, packed: (0, 0). -/
noncomputable def chain_point1_b_value : Vec Int := ofPacked 1 1 3

/-- What `b` makes of `chain_point1_relu1_value`. -/
theorem chain_point1_b :
    Agree 2 ((b : Vec Int → Vec Int) chain_point1_relu1_value) chain_point1_b_value :=
  PackedMatrix.product_packed b_weight (Shape.node Shape.one Shape.one) 7 (Eq.refl true)

/-- The value of `leaky_relu1` at the point, packed: (0, 0). -/
noncomputable def chain_point1_leaky_relu1_value : Vec Int := ofPacked 1 1 3

/-- What `leaky_relu1` makes of `chain_point1_b_value`. -/
theorem chain_point1_leaky_relu1 :
    Agree 2 ((leaky_relu1 (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point1_b_value)
      chain_point1_leaky_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `c` at the point, packed: (0, 0). -/
noncomputable def chain_point1_c_value : Vec Int := ofPacked 1 1 3

/-- What `c` makes of `chain_point1_leaky_relu1_value`. -/
theorem chain_point1_c :
    Agree 2 ((c : Vec Int → Vec Int) chain_point1_leaky_relu1_value) chain_point1_c_value :=
  PackedMatrix.product_packed c_weight (Shape.node Shape.one Shape.one) 8 (Eq.refl true)

/-- The value of `clamp1` at the point, packed: (0, 0). -/
noncomputable def chain_point1_clamp1_value : Vec Int := ofPacked 1 1 3

/-- What `clamp1` makes of `chain_point1_c_value`. -/
theorem chain_point1_clamp1 :
    Agree 2 ((clamp1 (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point1_c_value)
      chain_point1_clamp1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `d` at the point, packed: (0). -/
noncomputable def chain_point1_d_value : Vec Int := ofPacked 1 1 1

/-- What `d` makes of `chain_point1_clamp1_value`. -/
theorem chain_point1_d :
    Agree 1 ((d : Vec Int → Vec Int) chain_point1_clamp1_value) chain_point1_d_value :=
  PackedMatrix.product_packed d_weight Shape.one 6 (Eq.refl true)

/-- `chain` over the integers, every reciprocal being 1, at `chain_point1_x`: (0). -/
theorem chain_point1 :
    Agree 1 ((chain (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point1_x)
      chain_point1_d_value :=
  Agree.trans (d_congr (Agree.trans (clamp1_congr (fun (_ : Nat) => one)
    (Agree.trans (c_congr (Agree.trans (leaky_relu1_congr (fun (_ : Nat) => one)
      (Agree.trans (b_congr (Agree.trans (relu1_congr chain_point1_a) chain_point1_relu1))
        chain_point1_b)) chain_point1_leaky_relu1)) chain_point1_c)) chain_point1_clamp1))
    chain_point1_d

/-- The input x at the point, packed: (3, 3). -/
noncomputable def chain_point2_x : Vec Int := ofPacked 3 4 63

/-- The value of `a` at the point, packed: (13, 15, 5). -/
noncomputable def chain_point2_a_value : Vec Int := ofPacked 5 16 22525

/-- What `a` makes of `chain_point2_x`. -/
theorem chain_point2_a :
    Agree 3 ((a (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point2_x) chain_point2_a_value :=
  PackedMatrix.product_packed a_weight (Shape.node Shape.one Shape.one) 11 (Eq.refl true)

/-- The value of `relu1` at the point, packed: (13, 15, 5). -/
noncomputable def chain_point2_relu1_value : Vec Int := ofPacked 5 16 22525

/-- What `relu1` makes of `chain_point2_a_value`. -/
theorem chain_point2_relu1 :
    Agree 3 ((relu1 : Vec Int → Vec Int) chain_point2_a_value) chain_point2_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `b` at the point, packed: (-12, 36). -/
noncomputable def chain_point2_b_value : Vec Int := ofPacked 7 64 12852

/-- What `b` makes of `chain_point2_relu1_value`. -/
theorem chain_point2_b :
    Agree 2 ((b : Vec Int → Vec Int) chain_point2_relu1_value) chain_point2_b_value :=
  PackedMatrix.product_packed b_weight (Shape.node Shape.one Shape.one) 11 (Eq.refl true)

/-- The value of `leaky_relu1` at the point, packed: (-12, 36). -/
noncomputable def chain_point2_leaky_relu1_value : Vec Int := ofPacked 7 64 12852

/-- What `leaky_relu1` makes of `chain_point2_b_value`. -/
theorem chain_point2_leaky_relu1 :
    Agree 2 ((leaky_relu1 (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point2_b_value)
      chain_point2_leaky_relu1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `c` at the point, packed: (-60, 120). -/
noncomputable def chain_point2_c_value : Vec Int := ofPacked 8 128 63556

/-- What `c` makes of `chain_point2_leaky_relu1_value`. -/
theorem chain_point2_c :
    Agree 2 ((c : Vec Int → Vec Int) chain_point2_leaky_relu1_value) chain_point2_c_value :=
  PackedMatrix.product_packed c_weight (Shape.node Shape.one Shape.one) 14 (Eq.refl true)

/-- The value of `clamp1` at the point, packed: (-1, 3). -/
noncomputable def chain_point2_clamp1_value : Vec Int := ofPacked 3 4 59

/-- What `clamp1` makes of `chain_point2_c_value`. -/
theorem chain_point2_clamp1 :
    Agree 2 ((clamp1 (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point2_c_value)
      chain_point2_clamp1_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `d` at the point, packed: (-7). -/
noncomputable def chain_point2_d_value : Vec Int := ofPacked 4 8 1

/-- What `d` makes of `chain_point2_clamp1_value`. -/
theorem chain_point2_d :
    Agree 1 ((d : Vec Int → Vec Int) chain_point2_clamp1_value) chain_point2_d_value :=
  PackedMatrix.product_packed d_weight Shape.one 8 (Eq.refl true)

/-- `chain` over the integers, every reciprocal being 1, at `chain_point2_x`: (-7). -/
theorem chain_point2 :
    Agree 1 ((chain (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point2_x)
      chain_point2_d_value :=
  Agree.trans (d_congr (Agree.trans (clamp1_congr (fun (_ : Nat) => one)
    (Agree.trans (c_congr (Agree.trans (leaky_relu1_congr (fun (_ : Nat) => one)
      (Agree.trans (b_congr (Agree.trans (relu1_congr chain_point2_a) chain_point2_relu1))
        chain_point2_b)) chain_point2_leaky_relu1)) chain_point2_c)) chain_point2_clamp1))
    chain_point2_d

end Chain
