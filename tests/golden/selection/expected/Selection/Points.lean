import Selection.Network
/-!
# Values of the network `selection` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.
-/

set_option autoImplicit false

universe u

namespace Selection

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `gain2` depends on the first 8 entries only. -/
theorem gain2_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (gain2 r x) (gain2 r y) :=
  LipBridge.tokenwise_congr (n := 4) (m := 4)
    (f := LipBridge.gain (fun i => mul (ofInt (gain2_gain.entry 0 i)) (r 2))) 2
    (fun k => LipBridge.gain_congr (fun i => mul (ofInt (gain2_gain.entry 0 i)) (r 2)) k) h

/-- `residual1_branch1` depends on the first 8 entries only. -/
theorem residual1_branch1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (residual1_branch1 r x) (residual1_branch1 r y) :=
  gain2_congr r h

/-- `relu1` depends on the first 4 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `concat1_branch1` depends on the first 4 entries only. -/
theorem concat1_branch1_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (concat1_branch1 x) (concat1_branch1 y) :=
  relu1_congr h

/-- `linear1` depends on the first 4 entries only. -/
theorem linear1_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (linear1 r x) (linear1 r y) :=
  LipBridge.linear_congr 4 4 linear1_weight.entry (r 5) (fun _ => zero) h

/-- `leaky_relu1` depends on the first 4 entries only. -/
theorem leaky_relu1_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (leaky_relu1 r x) (leaky_relu1 r y) :=
  LipBridge.leakyRelu_congr _ h

/-- `concat1_branch2` depends on the first 4 entries only. -/
theorem concat1_branch2_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (concat1_branch2 r x) (concat1_branch2 r y) :=
  leaky_relu1_congr r (linear1_congr r h)

/-- `relu2` depends on the first 8 entries only. -/
theorem relu2_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (relu2 x) (relu2 y) :=
  LipBridge.relu_congr h

/-- `sum1_branch1` depends on the first 8 entries only. -/
theorem sum1_branch1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (sum1_branch1 x) (sum1_branch1 y) :=
  relu2_congr h

/-- `scale1` depends on the first 8 entries only. -/
theorem scale1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (scale1 r x) (scale1 r y) :=
  LipBridge.scale_congr _ h

/-- `sum1_branch2` depends on the first 8 entries only. -/
theorem sum1_branch2_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (sum1_branch2 r x) (sum1_branch2 r y) :=
  scale1_congr r h

/-- `abs2` depends on the first 8 entries only. -/
theorem abs2_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (abs2 x) (abs2 y) :=
  LipBridge.entrywise_congr h

/-- `sum1_branch3` depends on the first 8 entries only. -/
theorem sum1_branch3_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (sum1_branch3 x) (sum1_branch3 y) :=
  abs2_congr h

/-- `tok` depends on the first 6 entries only. -/
theorem tok_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 8 (tok r x) (tok r y) :=
  LipBridge.tokenwise_congr (n := 3) (m := 4)
    (f := LipBridge.linear 3 tok_weight.entry (r 2)
      (fun i => mul (ofInt (tok_bias.entry 0 i)) (r 4))) 2
    (fun k =>
      LipBridge.linear_congr 4 3 tok_weight.entry (r 2)
        (fun i => mul (ofInt (tok_bias.entry 0 i)) (r 4)) k) h

/-- `gain1` depends on the first 8 entries only. -/
theorem gain1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (gain1 r x) (gain1 r y) :=
  LipBridge.tokenwise_congr (n := 4) (m := 4)
    (f := LipBridge.gain
      (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 3)) (ofInt (Int.ofNat 1)))) 2
    (fun k =>
      LipBridge.gain_congr
        (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 3)) (ofInt (Int.ofNat 1))) k) h

/-- `abs1` depends on the first 8 entries only. -/
theorem abs1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (abs1 x) (abs1 y) :=
  LipBridge.entrywise_congr h

/-- `residual1` depends on the first 8 entries only. -/
theorem residual1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (residual1 r x) (residual1 r y) :=
  LipBridge.vadd_congr h (residual1_branch1_congr r h)

/-- `clamp1` depends on the first 8 entries only. -/
theorem clamp1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (clamp1 r x) (clamp1 r y) :=
  LipBridge.entrywise_congr h

/-- `max_pool1` depends on the first 8 entries only. -/
theorem max_pool1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 4 (max_pool1 x) (max_pool1 y) :=
  LipBridge.maxPool_congr 2 4 h

/-- `concat1` depends on the first 4 entries only. -/
theorem concat1_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 8 (concat1 r x) (concat1 r y) :=
  LipBridge.append_congr (concat1_branch1_congr h) (concat1_branch2_congr r h)

/-- `hadamard1` depends on the first 8 entries only. -/
theorem hadamard1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (hadamard1 x) (hadamard1 y) :=
  LipBridge.hadamard_congr 3 h

/-- `sum1` depends on the first 8 entries only. -/
theorem sum1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (sum1 r x) (sum1 r y) :=
  LipBridge.vadd_congr (LipBridge.vadd_congr (sum1_branch1_congr h) (sum1_branch2_congr r h))
    (sum1_branch3_congr h)

/-- `split1` depends on the first 8 entries only. -/
theorem split1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (split1 x) (split1 y) :=
  LipBridge.split_congr 2 4 h

/-- `mean_pool1` depends on the first 8 entries only. -/
theorem mean_pool1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 4 (mean_pool1 r x) (mean_pool1 r y) :=
  LipBridge.meanPool_congr 2 4 (r 2) h

/-- `relu3` depends on the first 4 entries only. -/
theorem relu3_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (relu3 x) (relu3 y) :=
  LipBridge.relu_congr h

/-- The point, packed. -/
noncomputable def selection_point1_x : Vec Int := ofPacked 3 4 111213

/-- The value of `tok` at the point, packed. -/
noncomputable def selection_point1_tok_value : List Int := unpackInts 6 32 8 58166964840729

/-- `tok` takes the point to its. -/
theorem selection_point1_tok :
    Agree 8 ((tok (fun (_ : Nat) => one) : Vec Int → Vec Int) selection_point1_x)
      (ofList selection_point1_tok_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `gain1` at the point, packed. -/
noncomputable def selection_point1_gain1_value : List Int := unpackInts 9 256 8 0x3dc91e0da4bb9220f2

/-- `gain1` takes the value before it to its. -/
theorem selection_point1_gain1 :
    Agree 8 ((gain1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList selection_point1_tok_value))
      (ofList selection_point1_gain1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `abs1` at the point, packed. -/
noncomputable def selection_point1_abs1_value : List Int := unpackInts 9 256 8 0xc2c922126b4c72210e

/-- `abs1` takes the value before it to its. -/
theorem selection_point1_abs1 :
    Agree 8 ((abs1 : Vec Int → Vec Int) (ofList selection_point1_gain1_value))
      (ofList selection_point1_abs1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `residual1` at the point, packed. -/
noncomputable def selection_point1_residual1_value : List Int :=
  unpackInts 11 1024 8 0xd330921844cc1b0721841c

/-- `residual1` takes the value before it to its. -/
theorem selection_point1_residual1 :
    Agree 8
      ((residual1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList selection_point1_abs1_value))
      (ofList selection_point1_residual1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `clamp1` at the point, packed. -/
noncomputable def selection_point1_clamp1_value : List Int := unpackInts 6 32 8 232328552205620

/-- `clamp1` takes the value before it to its. -/
theorem selection_point1_clamp1 :
    Agree 8
      ((clamp1 (fun (_ : Nat) => one) : Vec Int → Vec Int)
        (ofList selection_point1_residual1_value)) (ofList selection_point1_clamp1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `max_pool1` at the point, packed. -/
noncomputable def selection_point1_max_pool1_value : List Int := unpackInts 6 32 4 13847860

/-- `max_pool1` takes the value before it to its. -/
theorem selection_point1_max_pool1 :
    Agree 4 ((max_pool1 : Vec Int → Vec Int) (ofList selection_point1_clamp1_value))
      (ofList selection_point1_max_pool1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `concat1` at the point, packed. -/
noncomputable def selection_point1_concat1_value : List Int :=
  unpackInts 9 256 8 0xe4592c9788a4522914

/-- `concat1` takes the value before it to its. -/
theorem selection_point1_concat1 :
    Agree 8
      ((concat1 (fun (_ : Nat) => one) : Vec Int → Vec Int)
        (ofList selection_point1_max_pool1_value)) (ofList selection_point1_concat1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `hadamard1` at the point, packed. -/
noncomputable def selection_point1_hadamard1_value : List Int :=
  unpackInts 11 1024 8 0x711142282488f0ec1d8658

/-- `hadamard1` takes the value before it to its. -/
theorem selection_point1_hadamard1 :
    Agree 8 ((hadamard1 : Vec Int → Vec Int) (ofList selection_point1_concat1_value))
      (ofList selection_point1_hadamard1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `sum1` at the point, packed. -/
noncomputable def selection_point1_sum1_value : List Int :=
  unpackInts 12 2048 8 0x8008f08f0800968800800f08

/-- `sum1` takes the value before it to its. -/
theorem selection_point1_sum1 :
    Agree 8
      ((sum1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList selection_point1_hadamard1_value))
      (ofList selection_point1_sum1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `split1` at the point, packed. -/
noncomputable def selection_point1_split1_value : List Int :=
  unpackInts 12 2048 8 0x8008f08f0800968800800f08

/-- `split1` takes the value before it to its. -/
theorem selection_point1_split1 :
    Agree 8 ((split1 : Vec Int → Vec Int) (ofList selection_point1_sum1_value))
      (ofList selection_point1_split1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `mean_pool1` at the point, packed. -/
noncomputable def selection_point1_mean_pool1_value : List Int :=
  unpackInts 12 2048 4 165514895625992

/-- `mean_pool1` takes the value before it to its. -/
theorem selection_point1_mean_pool1 :
    Agree 4
      ((mean_pool1 (fun (_ : Nat) => one) : Vec Int → Vec Int)
        (ofList selection_point1_split1_value)) (ofList selection_point1_mean_pool1_value) :=
  meanPool_eval_list 14 2 (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- The value of `relu3` at the point, packed. -/
noncomputable def selection_point1_relu3_value : List Int := unpackInts 12 2048 4 165514895625992

/-- `relu3` takes the value before it to its. -/
theorem selection_point1_relu3 :
    Agree 4 ((relu3 : Vec Int → Vec Int) (ofList selection_point1_mean_pool1_value))
      (ofList selection_point1_relu3_value) :=
  agree_of_check (Eq.refl true)

/-- `selection` over the integers, every reciprocal replaced by 1: (1, 1, -3, -3, -1, -1) ↦ (1800,
240, 240, 360). -/
theorem selection_point1 :
    Agree 4 ((selection (fun (_ : Nat) => one) : Vec Int → Vec Int) selection_point1_x)
      (ofList selection_point1_relu3_value) :=
  Agree.trans (relu3_congr (Agree.trans (mean_pool1_congr (fun (_ : Nat) => one)
    (Agree.trans (split1_congr (Agree.trans (sum1_congr (fun (_ : Nat) => one)
      (Agree.trans (hadamard1_congr (Agree.trans (concat1_congr (fun (_ : Nat) => one)
        (Agree.trans (max_pool1_congr (Agree.trans
          (clamp1_congr (fun (_ : Nat) => one)
            (Agree.trans (residual1_congr (fun (_ : Nat) => one)
              (Agree.trans (abs1_congr (Agree.trans
                (gain1_congr (fun (_ : Nat) => one) selection_point1_tok) selection_point1_gain1))
                selection_point1_abs1)) selection_point1_residual1)) selection_point1_clamp1))
          selection_point1_max_pool1)) selection_point1_concat1)) selection_point1_hadamard1))
      selection_point1_sum1)) selection_point1_split1)) selection_point1_mean_pool1))
    selection_point1_relu3

/-- The point, packed. -/
noncomputable def selection_point2_x : Vec Int := ofPacked 3 4 122806

/-- The value of `tok` at the point, packed. -/
noncomputable def selection_point2_tok_value : List Int := unpackInts 6 32 8 105450800057905

/-- `tok` takes the point to its. -/
theorem selection_point2_tok :
    Agree 8 ((tok (fun (_ : Nat) => one) : Vec Int → Vec Int) selection_point2_x)
      (ofList selection_point2_tok_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `gain1` at the point, packed. -/
noncomputable def selection_point2_gain1_value : List Int := unpackInts 8 128 8 4703025311714959522

/-- `gain1` takes the value before it to its. -/
theorem selection_point2_gain1 :
    Agree 8 ((gain1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList selection_point2_tok_value))
      (ofList selection_point2_gain1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `abs1` at the point, packed. -/
noncomputable def selection_point2_abs1_value : List Int := unpackInts 8 128 8 13816059158171017378

/-- `abs1` takes the value before it to its. -/
theorem selection_point2_abs1 :
    Agree 8 ((abs1 : Vec Int → Vec Int) (ofList selection_point2_gain1_value))
      (ofList selection_point2_abs1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `residual1` at the point, packed. -/
noncomputable def selection_point2_residual1_value : List Int :=
  unpackInts 10 512 8 0xcee3c8023491a10c8244

/-- `residual1` takes the value before it to its. -/
theorem selection_point2_residual1 :
    Agree 8
      ((residual1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList selection_point2_abs1_value))
      (ofList selection_point2_residual1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `clamp1` at the point, packed. -/
noncomputable def selection_point2_clamp1_value : List Int := unpackInts 6 32 8 232307077352756

/-- `clamp1` takes the value before it to its. -/
theorem selection_point2_clamp1 :
    Agree 8
      ((clamp1 (fun (_ : Nat) => one) : Vec Int → Vec Int)
        (ofList selection_point2_residual1_value)) (ofList selection_point2_clamp1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `max_pool1` at the point, packed. -/
noncomputable def selection_point2_max_pool1_value : List Int := unpackInts 6 32 4 13847860

/-- `max_pool1` takes the value before it to its. -/
theorem selection_point2_max_pool1 :
    Agree 4 ((max_pool1 : Vec Int → Vec Int) (ofList selection_point2_clamp1_value))
      (ofList selection_point2_max_pool1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `concat1` at the point, packed. -/
noncomputable def selection_point2_concat1_value : List Int :=
  unpackInts 9 256 8 0xe4592c9788a4522914

/-- `concat1` takes the value before it to its. -/
theorem selection_point2_concat1 :
    Agree 8
      ((concat1 (fun (_ : Nat) => one) : Vec Int → Vec Int)
        (ofList selection_point2_max_pool1_value)) (ofList selection_point2_concat1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `hadamard1` at the point, packed. -/
noncomputable def selection_point2_hadamard1_value : List Int :=
  unpackInts 11 1024 8 0x711142282488f0ec1d8658

/-- `hadamard1` takes the value before it to its. -/
theorem selection_point2_hadamard1 :
    Agree 8 ((hadamard1 : Vec Int → Vec Int) (ofList selection_point2_concat1_value))
      (ofList selection_point2_hadamard1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `sum1` at the point, packed. -/
noncomputable def selection_point2_sum1_value : List Int :=
  unpackInts 12 2048 8 0x8008f08f0800968800800f08

/-- `sum1` takes the value before it to its. -/
theorem selection_point2_sum1 :
    Agree 8
      ((sum1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList selection_point2_hadamard1_value))
      (ofList selection_point2_sum1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `split1` at the point, packed. -/
noncomputable def selection_point2_split1_value : List Int :=
  unpackInts 12 2048 8 0x8008f08f0800968800800f08

/-- `split1` takes the value before it to its. -/
theorem selection_point2_split1 :
    Agree 8 ((split1 : Vec Int → Vec Int) (ofList selection_point2_sum1_value))
      (ofList selection_point2_split1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `mean_pool1` at the point, packed. -/
noncomputable def selection_point2_mean_pool1_value : List Int :=
  unpackInts 12 2048 4 165514895625992

/-- `mean_pool1` takes the value before it to its. -/
theorem selection_point2_mean_pool1 :
    Agree 4
      ((mean_pool1 (fun (_ : Nat) => one) : Vec Int → Vec Int)
        (ofList selection_point2_split1_value)) (ofList selection_point2_mean_pool1_value) :=
  meanPool_eval_list 14 2 (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- The value of `relu3` at the point, packed. -/
noncomputable def selection_point2_relu3_value : List Int := unpackInts 12 2048 4 165514895625992

/-- `relu3` takes the value before it to its. -/
theorem selection_point2_relu3 :
    Agree 4 ((relu3 : Vec Int → Vec Int) (ofList selection_point2_mean_pool1_value))
      (ofList selection_point2_relu3_value) :=
  agree_of_check (Eq.refl true)

/-- `selection` over the integers, every reciprocal replaced by 1: (2, 2, 2, 3, 1, -1) ↦ (1800, 240,
240, 360). -/
theorem selection_point2 :
    Agree 4 ((selection (fun (_ : Nat) => one) : Vec Int → Vec Int) selection_point2_x)
      (ofList selection_point2_relu3_value) :=
  Agree.trans (relu3_congr (Agree.trans (mean_pool1_congr (fun (_ : Nat) => one)
    (Agree.trans (split1_congr (Agree.trans (sum1_congr (fun (_ : Nat) => one)
      (Agree.trans (hadamard1_congr (Agree.trans (concat1_congr (fun (_ : Nat) => one)
        (Agree.trans (max_pool1_congr (Agree.trans
          (clamp1_congr (fun (_ : Nat) => one)
            (Agree.trans (residual1_congr (fun (_ : Nat) => one)
              (Agree.trans (abs1_congr (Agree.trans
                (gain1_congr (fun (_ : Nat) => one) selection_point2_tok) selection_point2_gain1))
                selection_point2_abs1)) selection_point2_residual1)) selection_point2_clamp1))
          selection_point2_max_pool1)) selection_point2_concat1)) selection_point2_hadamard1))
      selection_point2_sum1)) selection_point2_split1)) selection_point2_mean_pool1))
    selection_point2_relu3

end Selection
