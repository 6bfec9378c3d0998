import Matrix3x3.Network
/-!
# Values of the network `matrix3x3` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The kernel
computes its values, layer by layer; exact arithmetic on the stored weights gave the same ones.
-/

set_option autoImplicit false
set_option linter.unusedVariables false

universe u

namespace Matrix3x3

open LipBridge

/-- `mix` depends on the first 3 entries only. -/
theorem mix_congr {R : Type u} [OrderedRing R] {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (mix x) (mix y) :=
  LipBridge.linear_congr 3 3 mix_weight.entry one (fun _ => zero) h

/-- `relu1` depends on the first 3 entries only. -/
theorem relu1_congr {R : Type u} [OrderedRing R] {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- The value of `mix` at the point of `matrix3x3_point1`. -/
theorem matrix3x3_point1_mix :
    Agree 3 (mix (ofPacked 3 4 205))
      (ofList (unpackInts 6 32 3 193060)) :=
  PackedMatrix.product_eval_packed mix_weight (Shape.node (Shape.node Shape.one
 Shape.one)
 Shape.one) 10 (Eq.refl true) (Eq.refl true)

/-- The value of `relu1` at the value before it of `matrix3x3_point1`. -/
theorem matrix3x3_point1_relu1 :
    Agree 3 (relu1 (ofList (unpackInts 6 32 3 193060)))
      (ofList (unpackInts 5 16 3 32276)) :=
  agree_of_check (Eq.refl true)

/-- `matrix3x3` over the integers, every reciprocal replaced by 1:
(1, -3, -1) ↦ (4, 0, 15). -/
theorem matrix3x3_point1 :
    Agree 3 (matrix3x3 (ofPacked 3 4 205))
      (ofList (unpackInts 5 16 3 32276)) :=
  (Agree.trans (relu1_congr matrix3x3_point1_mix) matrix3x3_point1_relu1)

/-- The value of `mix` at the point of `matrix3x3_point2`. -/
theorem matrix3x3_point2_mix :
    Agree 3 (mix (ofPacked 1 1 3))
      (ofList (unpackInts 2 2 3 52)) :=
  PackedMatrix.product_eval_packed mix_weight (Shape.node (Shape.node Shape.one
 Shape.one)
 Shape.one) 8 (Eq.refl true) (Eq.refl true)

/-- The value of `relu1` at the value before it of `matrix3x3_point2`. -/
theorem matrix3x3_point2_relu1 :
    Agree 3 (relu1 (ofList (unpackInts 2 2 3 52)))
      (ofList (unpackInts 2 2 3 58)) :=
  agree_of_check (Eq.refl true)

/-- `matrix3x3` over the integers, every reciprocal replaced by 1:
(0, 0, -1) ↦ (0, 0, 1). -/
theorem matrix3x3_point2 :
    Agree 3 (matrix3x3 (ofPacked 1 1 3))
      (ofList (unpackInts 2 2 3 58)) :=
  (Agree.trans (relu1_congr matrix3x3_point2_mix) matrix3x3_point2_relu1)

end Matrix3x3
