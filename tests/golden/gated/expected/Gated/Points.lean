import Gated.Network
/-!
# Values of the network `gated` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.

Words of the library:
- `Agree n x y`: `x` and `y` agree in their first `n` entries.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Gated

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `from1` depends on the first 3 entries only. -/
theorem from1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (from1 x) (from1 y) :=
  LipBridge.slice_congr (n := 3) (t := 0) (m := 3) (Eq.refl true) h

/-- `first` depends on the first 3 entries only. -/
theorem first_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (first x) (first y) :=
  LipBridge.linear_congr 2 3 first_weight.entry one (fun _ => zero) h

/-- `relu1` depends on the first 2 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `gate_branch1` depends on the first 3 entries only. -/
theorem gate_branch1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (gate_branch1 x) (gate_branch1 y) :=
  relu1_congr (first_congr (from1_congr h))

/-- `from2` depends on the first 3 entries only. -/
theorem from2_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (from2 x) (from2 y) :=
  LipBridge.slice_congr (n := 3) (t := 0) (m := 3) (Eq.refl true) h

/-- `second` depends on the first 3 entries only. -/
theorem second_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (second x) (second y) :=
  LipBridge.linear_congr 2 3 second_weight.entry one (fun _ => zero) h

/-- `gate_branch2` depends on the first 3 entries only. -/
theorem gate_branch2_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (gate_branch2 x) (gate_branch2 y) :=
  second_congr (from2_congr h)

/-- `gate` depends on the first 3 entries only. -/
theorem gate_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (gate x) (gate y) :=
  LipBridge.entryProduct_congr (d := 2) (f := gate_branch1) (f' := gate_branch1) (g := gate_branch2)
    (g' := gate_branch2) (gate_branch1_congr h) (gate_branch2_congr h)

/-- `unit_branch1` depends on the first 3 entries only. -/
theorem unit_branch1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (unit_branch1 x) (unit_branch1 y) :=
  gate_congr h

/-- `from3` depends on the first 3 entries only. -/
theorem from3_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (from3 x) (from3 y) :=
  LipBridge.slice_congr (n := 3) (t := 0) (m := 3) (Eq.refl true) h

/-- `third` depends on the first 3 entries only. -/
theorem third_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (third r x) (third r y) :=
  LipBridge.linear_congr 2 3 third_weight.entry (r 2)
    (fun i => mul (ofInt (third_bias.entry 0 i)) (r 4)) h

/-- `unit_branch2` depends on the first 3 entries only. -/
theorem unit_branch2_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (unit_branch2 r x) (unit_branch2 r y) :=
  third_congr r (from3_congr h)

/-- `unit` depends on the first 3 entries only. -/
theorem unit_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (unit r x) (unit r y) :=
  LipBridge.entryProduct_congr (d := 2) (f := unit_branch1) (f' := unit_branch1)
    (g := unit_branch2 r) (g' := unit_branch2 r) (unit_branch1_congr h) (unit_branch2_congr r h)

/-- `last` depends on the first 2 entries only. -/
theorem last_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 1 (last x) (last y) :=
  LipBridge.linear_congr 1 2 last_weight.entry one (fun _ => zero) h

/-- The input x at the point, packed: (0, -3, 0). -/
noncomputable def gated_point1_x : Vec Int := ofPacked 3 4 268

/-- The value of `unit` at the point, packed: (0, 0). -/
noncomputable def gated_point1_unit_value : Vec Int := ofPacked 1 1 3

/-- What `unit` makes of `gated_point1_x`. -/
theorem gated_point1_unit :
    Agree 2 ((unit (fun (_ : Nat) => one) : Vec Int → Vec Int) gated_point1_x)
      gated_point1_unit_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `last` at the point, packed: (0). -/
noncomputable def gated_point1_last_value : Vec Int := ofPacked 1 1 1

/-- What `last` makes of `gated_point1_unit_value`. -/
theorem gated_point1_last :
    Agree 1 ((last : Vec Int → Vec Int) gated_point1_unit_value) gated_point1_last_value :=
  PackedMatrix.product_packed last_weight Shape.one 6 (Eq.refl true)

/-- `gated` over the integers, every reciprocal being 1, at `gated_point1_x`: (0). -/
theorem gated_point1 :
    Agree 1 ((gated (fun (_ : Nat) => one) : Vec Int → Vec Int) gated_point1_x)
      gated_point1_last_value :=
  Agree.trans (last_congr gated_point1_unit) gated_point1_last

/-- The input x at the point, packed: (-2, -2, -1). -/
noncomputable def gated_point2_x : Vec Int := ofPacked 2 2 16

/-- The value of `unit` at the point, packed: (0, 0). -/
noncomputable def gated_point2_unit_value : Vec Int := ofPacked 1 1 3

/-- What `unit` makes of `gated_point2_x`. -/
theorem gated_point2_unit :
    Agree 2 ((unit (fun (_ : Nat) => one) : Vec Int → Vec Int) gated_point2_x)
      gated_point2_unit_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `last` at the point, packed: (0). -/
noncomputable def gated_point2_last_value : Vec Int := ofPacked 1 1 1

/-- What `last` makes of `gated_point2_unit_value`. -/
theorem gated_point2_last :
    Agree 1 ((last : Vec Int → Vec Int) gated_point2_unit_value) gated_point2_last_value :=
  PackedMatrix.product_packed last_weight Shape.one 6 (Eq.refl true)

/-- `gated` over the integers, every reciprocal being 1, at `gated_point2_x`: (0). -/
theorem gated_point2 :
    Agree 1 ((gated (fun (_ : Nat) => one) : Vec Int → Vec Int) gated_point2_x)
      gated_point2_last_value :=
  Agree.trans (last_congr gated_point2_unit) gated_point2_last

end Gated
