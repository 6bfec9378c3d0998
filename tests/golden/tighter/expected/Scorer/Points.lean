import Scorer.Network
/-!
# Values of the network `scorer` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The kernel
computes its values, layer by layer; exact arithmetic on the stored weights gave the same ones.
-/

set_option autoImplicit false
set_option linter.unusedVariables false

universe u

namespace Scorer

open LipBridge

/-- `lift` depends on the first 2 entries only. -/
theorem lift_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 2 x y) :
    Agree 3 (lift r x) (lift r y) :=
  LipBridge.linear_congr 3 2 lift_weight.entry (r 2) (fun i => mul (ofInt (lift_bias.entry 0 i)) one) h

/-- `mix` depends on the first 3 entries only. -/
theorem mix_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (mix r x) (mix r y) :=
  LipBridge.linear_congr 2 3 mix_weight.entry one (fun _ => zero) h

/-- `relu1` depends on the first 2 entries only. -/
theorem relu1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (relu1 r x) (relu1 r y) :=
  LipBridge.relu_congr h

/-- `score` depends on the first 2 entries only. -/
theorem score_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (score r x) (score r y) :=
  LipBridge.dotKeys_congr 2 2 score_keys.entry (r 4) h

/-- The value of `lift` at the point of `scorer_point1`. -/
theorem scorer_point1_lift :
    Agree 3 (lift (fun _ => one) (ofPacked 3 4 46))
      (ofList (unpackInts 5 16 3 22491)) :=
  PackedMatrix.product_eval_packed lift_weight (Shape.node Shape.one
 Shape.one) 11 (Eq.refl true) (Eq.refl true)

/-- The value of `mix` at the value before it of `scorer_point1`. -/
theorem scorer_point1_mix :
    Agree 2 (mix (fun _ => one) (ofList (unpackInts 5 16 3 22491)))
      (ofList (unpackInts 8 128 2 57767)) :=
  PackedMatrix.product_eval_list mix_weight (Shape.node Shape.one
 Shape.one) 14 (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- The value of `relu1` at the value before it of `scorer_point1`. -/
theorem scorer_point1_relu1 :
    Agree 2 (relu1 (fun _ => one) (ofList (unpackInts 8 128 2 57767)))
      (ofList (unpackInts 8 128 2 57767)) :=
  agree_of_check (Eq.refl true)

/-- The value of `score` at the value before it of `scorer_point1`. -/
theorem scorer_point1_score :
    Agree 2 (score (fun _ => one) (ofList (unpackInts 8 128 2 57767)))
      (ofList (unpackInts 12 2048 2 11189822)) :=
  PackedMatrix.product_eval_list score_keys (Shape.node Shape.one
 Shape.one) 18 (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- `scorer` over the integers, every reciprocal replaced by 1:
(2, 1) ↦ (1598, 683). -/
theorem scorer_point1 :
    Agree 2 (scorer (fun _ => one) (ofPacked 3 4 46))
      (ofList (unpackInts 12 2048 2 11189822)) :=
  (Agree.trans (score_congr (fun _ => one) (Agree.trans (relu1_congr (fun _ => one) (Agree.trans (mix_congr (fun _ => one) scorer_point1_lift) scorer_point1_mix)) scorer_point1_relu1)) scorer_point1_score)

/-- The value of `lift` at the point of `scorer_point2`. -/
theorem scorer_point2_lift :
    Agree 3 (lift (fun _ => one) (ofPacked 3 4 9))
      (ofList (unpackInts 7 64 3 789301)) :=
  PackedMatrix.product_eval_packed lift_weight (Shape.node Shape.one
 Shape.one) 11 (Eq.refl true) (Eq.refl true)

/-- The value of `mix` at the value before it of `scorer_point2`. -/
theorem scorer_point2_mix :
    Agree 2 (mix (fun _ => one) (ofList (unpackInts 7 64 3 789301)))
      (ofList (unpackInts 10 512 2 228769)) :=
  PackedMatrix.product_eval_list mix_weight (Shape.node Shape.one
 Shape.one) 16 (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- The value of `relu1` at the value before it of `scorer_point2`. -/
theorem scorer_point2_relu1 :
    Agree 2 (relu1 (fun _ => one) (ofList (unpackInts 10 512 2 228769)))
      (ofList (unpackInts 1 1 2 3)) :=
  agree_of_check (Eq.refl true)

/-- The value of `score` at the value before it of `scorer_point2`. -/
theorem scorer_point2_score :
    Agree 2 (score (fun _ => one) (ofList (unpackInts 1 1 2 3)))
      (ofList (unpackInts 1 1 2 3)) :=
  PackedMatrix.product_eval_list score_keys (Shape.node Shape.one
 Shape.one) 11 (Eq.refl true) (Eq.refl true) (Eq.refl true)

/-- `scorer` over the integers, every reciprocal replaced by 1:
(-3, -3) ↦ (0, 0). -/
theorem scorer_point2 :
    Agree 2 (scorer (fun _ => one) (ofPacked 3 4 9))
      (ofList (unpackInts 1 1 2 3)) :=
  (Agree.trans (score_congr (fun _ => one) (Agree.trans (relu1_congr (fun _ => one) (Agree.trans (mix_congr (fun _ => one) scorer_point2_lift) scorer_point2_mix)) scorer_point2_relu1)) scorer_point2_score)

end Scorer
