import Chain.Network
/-!
# Values of the network `chain` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.
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
    Agree 1 (c x) (c y) :=
  LipBridge.linear_congr 1 2 c_weight.entry one (fun _ => zero) h

/-- The point, packed. -/
noncomputable def chain_point1_x : Vec Int := ofPacked 3 4 9

/-- The value of `a` at the point, packed. -/
noncomputable def chain_point1_a_value : List Int := unpackInts 5 16 3 9253

/-- `a` takes the point to its. -/
theorem chain_point1_a :
    Agree 3 ((a (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point1_x)
      (ofList chain_point1_a_value) :=
  PackedMatrix.product_eval_packed a_weight (Shape.node Shape.one Shape.one) 10 (Eq.refl true)
    (Eq.refl true)

/-- The value of `relu1` at the point, packed. -/
noncomputable def chain_point1_relu1_value : List Int := unpackInts 1 1 3 7

/-- `relu1` takes the value before it to its. -/
theorem chain_point1_relu1 :
    Agree 3 ((relu1 : Vec Int → Vec Int) (ofList chain_point1_a_value))
      (ofList chain_point1_relu1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `b` at the point, packed. -/
noncomputable def chain_point1_b_value : List Int := unpackInts 1 1 2 3

/-- `b` takes the value before it to its. -/
theorem chain_point1_b :
    Agree 2 ((b : Vec Int → Vec Int) (ofList chain_point1_relu1_value))
      (ofList chain_point1_b_value) :=
  PackedMatrix.product_eval_list b_weight (Shape.node Shape.one Shape.one) 7 (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- The value of `leaky_relu1` at the point, packed. -/
noncomputable def chain_point1_leaky_relu1_value : List Int := unpackInts 1 1 2 3

/-- `leaky_relu1` takes the value before it to its. -/
theorem chain_point1_leaky_relu1 :
    Agree 2 ((leaky_relu1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList chain_point1_b_value))
      (ofList chain_point1_leaky_relu1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `c` at the point, packed. -/
noncomputable def chain_point1_c_value : List Int := unpackInts 1 1 1 1

/-- `c` takes the value before it to its. -/
theorem chain_point1_c :
    Agree 1 ((c : Vec Int → Vec Int) (ofList chain_point1_leaky_relu1_value))
      (ofList chain_point1_c_value) :=
  PackedMatrix.product_eval_list c_weight Shape.one 7 (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- `chain` over the integers, every reciprocal replaced by 1: (-3, -3) ↦ (0). -/
theorem chain_point1 :
    Agree 1 ((chain (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point1_x)
      (ofList chain_point1_c_value) :=
  Agree.trans (c_congr (Agree.trans (leaky_relu1_congr (fun (_ : Nat) => one)
    (Agree.trans (b_congr (Agree.trans (relu1_congr chain_point1_a) chain_point1_relu1))
      chain_point1_b)) chain_point1_leaky_relu1)) chain_point1_c

/-- The point, packed. -/
noncomputable def chain_point2_x : Vec Int := ofPacked 3 4 63

/-- The value of `a` at the point, packed. -/
noncomputable def chain_point2_a_value : List Int := unpackInts 5 16 3 22525

/-- `a` takes the point to its. -/
theorem chain_point2_a :
    Agree 3 ((a (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point2_x)
      (ofList chain_point2_a_value) :=
  PackedMatrix.product_eval_packed a_weight (Shape.node Shape.one Shape.one) 10 (Eq.refl true)
    (Eq.refl true)

/-- The value of `relu1` at the point, packed. -/
noncomputable def chain_point2_relu1_value : List Int := unpackInts 5 16 3 22525

/-- `relu1` takes the value before it to its. -/
theorem chain_point2_relu1 :
    Agree 3 ((relu1 : Vec Int → Vec Int) (ofList chain_point2_a_value))
      (ofList chain_point2_relu1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `b` at the point, packed. -/
noncomputable def chain_point2_b_value : List Int := unpackInts 7 64 2 12852

/-- `b` takes the value before it to its. -/
theorem chain_point2_b :
    Agree 2 ((b : Vec Int → Vec Int) (ofList chain_point2_relu1_value))
      (ofList chain_point2_b_value) :=
  PackedMatrix.product_eval_list b_weight (Shape.node Shape.one Shape.one) 11 (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- The value of `leaky_relu1` at the point, packed. -/
noncomputable def chain_point2_leaky_relu1_value : List Int := unpackInts 7 64 2 12852

/-- `leaky_relu1` takes the value before it to its. -/
theorem chain_point2_leaky_relu1 :
    Agree 2 ((leaky_relu1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList chain_point2_b_value))
      (ofList chain_point2_leaky_relu1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `c` at the point, packed. -/
noncomputable def chain_point2_c_value : List Int := unpackInts 7 64 1 4

/-- `c` takes the value before it to its. -/
theorem chain_point2_c :
    Agree 1 ((c : Vec Int → Vec Int) (ofList chain_point2_leaky_relu1_value))
      (ofList chain_point2_c_value) :=
  PackedMatrix.product_eval_list c_weight Shape.one 13 (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- `chain` over the integers, every reciprocal replaced by 1: (3, 3) ↦ (-60). -/
theorem chain_point2 :
    Agree 1 ((chain (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point2_x)
      (ofList chain_point2_c_value) :=
  Agree.trans (c_congr (Agree.trans (leaky_relu1_congr (fun (_ : Nat) => one)
    (Agree.trans (b_congr (Agree.trans (relu1_congr chain_point2_a) chain_point2_relu1))
      chain_point2_b)) chain_point2_leaky_relu1)) chain_point2_c

end Chain
