import Blocks.Network
/-!
# Values of the network `blocks` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `query` depends on the first 3 entries only. -/
theorem query_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 4 (query r x) (query r y) :=
  LipBridge.linear_congr 4 3 query_weight.entry (r 2)
    (fun i => mul (ofInt (query_bias.entry 0 i)) (r 4)) h

/-- `gain1` depends on the first 4 entries only. -/
theorem gain1_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (gain1 r x) (gain1 r y) :=
  LipBridge.gain_congr
    (fun i => add (mul (ofInt (gain1_gain.entry 0 i)) (r 4)) (ofInt (Int.ofNat 1))) h

/-- `keys` depends on the first 4 entries only. -/
theorem keys_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 6 (keys x) (keys y) :=
  LipBridge.dotKeys_congr 6 4 keys_keys.entry one h

/-- `block_max1` depends on the first 6 entries only. -/
theorem block_max1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 3 (block_max1 x) (block_max1 y) :=
  LipBridge.blockMax_congr 3 2 h

/-- The point, packed. -/
noncomputable def blocks_point1_x : Vec Int := ofPacked 2 2 7

/-- The value of `query` at the point, packed. -/
noncomputable def blocks_point1_query_value : List Int := unpackInts 6 32 4 4162209

/-- `query` takes the point to its. -/
theorem blocks_point1_query :
    Agree 4 ((query (fun (_ : Nat) => one) : Vec Int → Vec Int) blocks_point1_x)
      (ofList blocks_point1_query_value) :=
  PackedMatrix.product_eval_packed query_weight
    (Shape.node (Shape.node Shape.one Shape.one) Shape.one) 11 (Eq.refl true) (Eq.refl true)

/-- The value of `gain1` at the point, packed. -/
noncomputable def blocks_point1_gain1_value : List Int := unpackInts 8 128 4 721971838

/-- `gain1` takes the value before it to its. -/
theorem blocks_point1_gain1 :
    Agree 4 ((gain1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList blocks_point1_query_value))
      (ofList blocks_point1_gain1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `keys` at the point, packed. -/
noncomputable def blocks_point1_keys_value : List Int := unpackInts 11 1024 6 0x1f438822cec5bb2cf

/-- `keys` takes the value before it to its. -/
theorem blocks_point1_keys :
    Agree 6 ((keys : Vec Int → Vec Int) (ofList blocks_point1_gain1_value))
      (ofList blocks_point1_keys_value) :=
  PackedMatrix.product_eval_list keys_keys
    (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) 16 (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- The value of `block_max1` at the point, packed. -/
noncomputable def blocks_point1_block_max1_value : List Int := unpackInts 9 256 3 60908150

/-- `block_max1` takes the value before it to its. -/
theorem blocks_point1_block_max1 :
    Agree 3 ((block_max1 : Vec Int → Vec Int) (ofList blocks_point1_keys_value))
      (ofList blocks_point1_block_max1_value) :=
  agree_of_check (Eq.refl true)

/-- `blocks` over the integers, every reciprocal replaced by 1: (1, -1, -2) ↦ (-138, -79, -24). -/
theorem blocks_point1 :
    Agree 3 ((blocks (fun (_ : Nat) => one) : Vec Int → Vec Int) blocks_point1_x)
      (ofList blocks_point1_block_max1_value) :=
  Agree.trans (block_max1_congr (Agree.trans (keys_congr
    (Agree.trans (gain1_congr (fun (_ : Nat) => one) blocks_point1_query) blocks_point1_gain1))
    blocks_point1_keys)) blocks_point1_block_max1

/-- The point, packed. -/
noncomputable def blocks_point2_x : Vec Int := ofPacked 3 4 492

/-- The value of `query` at the point, packed. -/
noncomputable def blocks_point2_query_value : List Int := unpackInts 6 32 4 7441707

/-- `query` takes the point to its. -/
theorem blocks_point2_query :
    Agree 4 ((query (fun (_ : Nat) => one) : Vec Int → Vec Int) blocks_point2_x)
      (ofList blocks_point2_query_value) :=
  PackedMatrix.product_eval_packed query_weight
    (Shape.node (Shape.node Shape.one Shape.one) Shape.one) 12 (Eq.refl true) (Eq.refl true)

/-- The value of `gain1` at the point, packed. -/
noncomputable def blocks_point2_gain1_value : List Int := unpackInts 7 64 4 93989418

/-- `gain1` takes the value before it to its. -/
theorem blocks_point2_gain1 :
    Agree 4 ((gain1 (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList blocks_point2_query_value))
      (ofList blocks_point2_gain1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `keys` at the point, packed. -/
noncomputable def blocks_point2_keys_value : List Int := unpackInts 10 512 6 574816495195496978

/-- `keys` takes the value before it to its. -/
theorem blocks_point2_keys :
    Agree 6 ((keys : Vec Int → Vec Int) (ofList blocks_point2_gain1_value))
      (ofList blocks_point2_keys_value) :=
  PackedMatrix.product_eval_list keys_keys
    (Shape.node (Shape.node Shape.one Shape.one) (Shape.node Shape.one Shape.one)) 15 (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- The value of `block_max1` at the point, packed. -/
noncomputable def blocks_point2_block_max1_value : List Int := unpackInts 8 128 3 11057896

/-- `block_max1` takes the value before it to its. -/
theorem blocks_point2_block_max1 :
    Agree 3 ((block_max1 : Vec Int → Vec Int) (ofList blocks_point2_keys_value))
      (ofList blocks_point2_block_max1_value) :=
  agree_of_check (Eq.refl true)

/-- `blocks` over the integers, every reciprocal replaced by 1: (0, 1, 3) ↦ (104, 58, 40). -/
theorem blocks_point2 :
    Agree 3 ((blocks (fun (_ : Nat) => one) : Vec Int → Vec Int) blocks_point2_x)
      (ofList blocks_point2_block_max1_value) :=
  Agree.trans (block_max1_congr (Agree.trans (keys_congr
    (Agree.trans (gain1_congr (fun (_ : Nat) => one) blocks_point2_query) blocks_point2_gain1))
    blocks_point2_keys)) blocks_point2_block_max1

end Blocks
