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

/-- The point, packed. -/
noncomputable def chain_point1_x : Vec Int := ofPacked 3 4 9

/-- The value of `a` at the point, packed. -/
noncomputable def chain_point1_a_value : List Int := unpackInts 5 16 3 9253

/-- `a` takes the point to its. -/
theorem chain_point1_a :
    Agree 3 ((a (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point1_x)
      (ofList chain_point1_a_value) :=
  PackedMatrix.product_eval_packed a_weight (Shape.node Shape.one Shape.one) 11 (Eq.refl true)
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
noncomputable def chain_point1_c_value : List Int := unpackInts 1 1 2 3

/-- `c` takes the value before it to its. -/
theorem chain_point1_c :
    Agree 2 ((c : Vec Int → Vec Int) (ofList chain_point1_leaky_relu1_value))
      (ofList chain_point1_c_value) :=
  PackedMatrix.product_eval_list c_weight (Shape.node Shape.one Shape.one) 8 (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- The value of `clamp1` at the point, packed. -/
noncomputable def chain_point1_clamp1_value : List Int := unpackInts 1 1 2 3

/-- `clamp1` takes the value before it to its. -/
theorem chain_point1_clamp1 :
    Agree 2 ((clamp1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList chain_point1_c_value))
      (ofList chain_point1_clamp1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `d` at the point, packed. -/
noncomputable def chain_point1_d_value : List Int := unpackInts 1 1 1 1

/-- `d` takes the value before it to its. -/
theorem chain_point1_d :
    Agree 1 ((d : Vec Int → Vec Int) (ofList chain_point1_clamp1_value))
      (ofList chain_point1_d_value) :=
  PackedMatrix.product_eval_list d_weight Shape.one 6 (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- `chain` over the integers, every reciprocal replaced by 1: (-3, -3) ↦ (0). -/
theorem chain_point1 :
    Agree 1 ((chain (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point1_x)
      (ofList chain_point1_d_value) :=
  Agree.trans (d_congr (Agree.trans (clamp1_congr (fun (_ : Nat) => one)
    (Agree.trans (c_congr (Agree.trans (leaky_relu1_congr (fun (_ : Nat) => one)
      (Agree.trans (b_congr (Agree.trans (relu1_congr chain_point1_a) chain_point1_relu1))
        chain_point1_b)) chain_point1_leaky_relu1)) chain_point1_c)) chain_point1_clamp1))
    chain_point1_d

/-- The point, packed. -/
noncomputable def chain_point2_x : Vec Int := ofPacked 3 4 63

/-- The value of `a` at the point, packed. -/
noncomputable def chain_point2_a_value : List Int := unpackInts 5 16 3 22525

/-- `a` takes the point to its. -/
theorem chain_point2_a :
    Agree 3 ((a (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point2_x)
      (ofList chain_point2_a_value) :=
  PackedMatrix.product_eval_packed a_weight (Shape.node Shape.one Shape.one) 11 (Eq.refl true)
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
noncomputable def chain_point2_c_value : List Int := unpackInts 8 128 2 63556

/-- `c` takes the value before it to its. -/
theorem chain_point2_c :
    Agree 2 ((c : Vec Int → Vec Int) (ofList chain_point2_leaky_relu1_value))
      (ofList chain_point2_c_value) :=
  PackedMatrix.product_eval_list c_weight (Shape.node Shape.one Shape.one) 14 (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- The value of `clamp1` at the point, packed. -/
noncomputable def chain_point2_clamp1_value : List Int := unpackInts 3 4 2 59

/-- `clamp1` takes the value before it to its. -/
theorem chain_point2_clamp1 :
    Agree 2 ((clamp1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList chain_point2_c_value))
      (ofList chain_point2_clamp1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `d` at the point, packed. -/
noncomputable def chain_point2_d_value : List Int := unpackInts 4 8 1 1

/-- `d` takes the value before it to its. -/
theorem chain_point2_d :
    Agree 1 ((d : Vec Int → Vec Int) (ofList chain_point2_clamp1_value))
      (ofList chain_point2_d_value) :=
  PackedMatrix.product_eval_list d_weight Shape.one 8 (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- `chain` over the integers, every reciprocal replaced by 1: (3, 3) ↦ (-7). -/
theorem chain_point2 :
    Agree 1 ((chain (fun (_ : Nat) => one) : Vec Int → Vec Int) chain_point2_x)
      (ofList chain_point2_d_value) :=
  Agree.trans (d_congr (Agree.trans (clamp1_congr (fun (_ : Nat) => one)
    (Agree.trans (c_congr (Agree.trans (leaky_relu1_congr (fun (_ : Nat) => one)
      (Agree.trans (b_congr (Agree.trans (relu1_congr chain_point2_a) chain_point2_relu1))
        chain_point2_b)) chain_point2_leaky_relu1)) chain_point2_c)) chain_point2_clamp1))
    chain_point2_d

end Chain
