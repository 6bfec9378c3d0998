import Scorer.Network
/-!
# Values of the network `scorer` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.
-/

set_option autoImplicit false

universe u

namespace Scorer

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `lift` depends on the first 2 entries only. -/
theorem lift_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 3 (lift r x) (lift r y) :=
  LipBridge.linear_congr 3 2 lift_weight.entry (r 2)
    (fun i => mul (ofInt (lift_bias.entry 0 i)) one) h

/-- `mix` depends on the first 3 entries only. -/
theorem mix_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (mix x) (mix y) :=
  LipBridge.linear_congr 2 3 mix_weight.entry one (fun _ => zero) h

/-- `relu1` depends on the first 2 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `score` depends on the first 2 entries only. -/
theorem score_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (score r x) (score r y) :=
  LipBridge.dotKeys_congr 2 2 score_keys.entry (r 4) h

/-- The point, packed. -/
noncomputable def scorer_point1_x : Vec Int := ofPacked 3 4 46

/-- The value of `lift` at the point, packed. -/
noncomputable def scorer_point1_lift_value : List Int := unpackInts 5 16 3 22491

/-- `lift` takes the point to its. -/
theorem scorer_point1_lift :
    Agree 3 ((lift (fun (_ : Nat) => one) : Vec Int → Vec Int) scorer_point1_x)
      (ofList scorer_point1_lift_value) :=
  PackedMatrix.product_eval_packed lift_weight (Shape.node Shape.one Shape.one) 11 (Eq.refl true)
    (Eq.refl true)

/-- The value of `mix` at the point, packed. -/
noncomputable def scorer_point1_mix_value : List Int := unpackInts 8 128 2 57767

/-- `mix` takes the value before it to its. -/
theorem scorer_point1_mix :
    Agree 2 ((mix : Vec Int → Vec Int) (ofList scorer_point1_lift_value))
      (ofList scorer_point1_mix_value) :=
  PackedMatrix.product_eval_list mix_weight (Shape.node Shape.one Shape.one) 14 (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- The value of `relu1` at the point, packed. -/
noncomputable def scorer_point1_relu1_value : List Int := unpackInts 8 128 2 57767

/-- `relu1` takes the value before it to its. -/
theorem scorer_point1_relu1 :
    Agree 2 ((relu1 : Vec Int → Vec Int) (ofList scorer_point1_mix_value))
      (ofList scorer_point1_relu1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `score` at the point, packed. -/
noncomputable def scorer_point1_score_value : List Int := unpackInts 12 2048 2 11189822

/-- `score` takes the value before it to its. -/
theorem scorer_point1_score :
    Agree 2 ((score (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList scorer_point1_relu1_value))
      (ofList scorer_point1_score_value) :=
  PackedMatrix.product_eval_list score_keys (Shape.node Shape.one Shape.one) 18 (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- `scorer` over the integers, every reciprocal replaced by 1: (2, 1) ↦ (1598, 683). -/
theorem scorer_point1 :
    Agree 2 ((scorer (fun (_ : Nat) => one) : Vec Int → Vec Int) scorer_point1_x)
      (ofList scorer_point1_score_value) :=
  Agree.trans (score_congr (fun (_ : Nat) => one)
    (Agree.trans (relu1_congr (Agree.trans (mix_congr scorer_point1_lift) scorer_point1_mix))
      scorer_point1_relu1)) scorer_point1_score

/-- The point, packed. -/
noncomputable def scorer_point2_x : Vec Int := ofPacked 3 4 9

/-- The value of `lift` at the point, packed. -/
noncomputable def scorer_point2_lift_value : List Int := unpackInts 7 64 3 789301

/-- `lift` takes the point to its. -/
theorem scorer_point2_lift :
    Agree 3 ((lift (fun (_ : Nat) => one) : Vec Int → Vec Int) scorer_point2_x)
      (ofList scorer_point2_lift_value) :=
  PackedMatrix.product_eval_packed lift_weight (Shape.node Shape.one Shape.one) 11 (Eq.refl true)
    (Eq.refl true)

/-- The value of `mix` at the point, packed. -/
noncomputable def scorer_point2_mix_value : List Int := unpackInts 10 512 2 228769

/-- `mix` takes the value before it to its. -/
theorem scorer_point2_mix :
    Agree 2 ((mix : Vec Int → Vec Int) (ofList scorer_point2_lift_value))
      (ofList scorer_point2_mix_value) :=
  PackedMatrix.product_eval_list mix_weight (Shape.node Shape.one Shape.one) 16 (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- The value of `relu1` at the point, packed. -/
noncomputable def scorer_point2_relu1_value : List Int := unpackInts 1 1 2 3

/-- `relu1` takes the value before it to its. -/
theorem scorer_point2_relu1 :
    Agree 2 ((relu1 : Vec Int → Vec Int) (ofList scorer_point2_mix_value))
      (ofList scorer_point2_relu1_value) :=
  agree_of_check (Eq.refl true)

/-- The value of `score` at the point, packed. -/
noncomputable def scorer_point2_score_value : List Int := unpackInts 1 1 2 3

/-- `score` takes the value before it to its. -/
theorem scorer_point2_score :
    Agree 2 ((score (fun (_ : Nat) => one) : Vec Int → Vec Int) (ofList scorer_point2_relu1_value))
      (ofList scorer_point2_score_value) :=
  PackedMatrix.product_eval_list score_keys (Shape.node Shape.one Shape.one) 11 (Eq.refl true)
    (Eq.refl true) (Eq.refl true)

/-- `scorer` over the integers, every reciprocal replaced by 1: (-3, -3) ↦ (0, 0). -/
theorem scorer_point2 :
    Agree 2 ((scorer (fun (_ : Nat) => one) : Vec Int → Vec Int) scorer_point2_x)
      (ofList scorer_point2_score_value) :=
  Agree.trans (score_congr (fun (_ : Nat) => one)
    (Agree.trans (relu1_congr (Agree.trans (mix_congr scorer_point2_lift) scorer_point2_mix))
      scorer_point2_relu1)) scorer_point2_score

end Scorer
