import Blocks.Network
/-!
# Values of the network `blocks` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The
kernel computes its values, layer by layer; exact arithmetic on the stored weights gave the same.

Words of the library:
- `Agree n x y`: `x` and `y` agree in their first `n` entries.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- `from1` depends on the first 9 entries only. -/
theorem from1_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 4 (from1 x) (from1 y) :=
  LipBridge.slice_congr (n := 9) (t := 3) (m := 4) (Eq.refl true) h

/-- `linear1` depends on the first 4 entries only. -/
theorem linear1_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (linear1 r x) (linear1 r y) :=
  LipBridge.tokenwise_congr (n := 2) (m := 2)
    (f := LipBridge.linear 2 linear1_weight.entry (r 2) (fun _ => zero)) 2
    (fun k => LipBridge.linear_congr 2 2 linear1_weight.entry (r 2) (fun _ => zero) k) h

/-- `scores1_branch1` depends on the first 9 entries only. -/
theorem scores1_branch1_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 4 (scores1_branch1 r x) (scores1_branch1 r y) :=
  linear1_congr r (from1_congr h)

/-- `from2` depends on the first 9 entries only. -/
theorem from2_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (from2 x) (from2 y) :=
  LipBridge.slice_congr (n := 9) (t := 7) (m := 2) (Eq.refl true) h

/-- `scores1_branch2` depends on the first 9 entries only. -/
theorem scores1_branch2_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (scores1_branch2 x) (scores1_branch2 y) :=
  from2_congr h

/-- `scores1` depends on the first 9 entries only. -/
theorem scores1_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (scores1 r x) (scores1 r y) :=
  LipBridge.scores_congr (b := 2) (d := 2) (f := scores1_branch1 r) (f' := scores1_branch1 r)
    (g := scores1_branch2) (g' := scores1_branch2) (scores1_branch1_congr r h)
    (scores1_branch2_congr h)

/-- `concat1_branch1` depends on the first 9 entries only. -/
theorem concat1_branch1_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (concat1_branch1 r x) (concat1_branch1 r y) :=
  scores1_congr r h

/-- `linear2` depends on the first 3 entries only. -/
theorem linear2_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (linear2 x) (linear2 y) :=
  LipBridge.linear_congr 2 3 linear2_weight.entry one (fun _ => zero) h

/-- `concat2_branch1` depends on the first 3 entries only. -/
theorem concat2_branch1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (concat2_branch1 x) (concat2_branch1 y) :=
  linear2_congr h

/-- `linear3` depends on the first 3 entries only. -/
theorem linear3_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 4 (linear3 r x) (linear3 r y) :=
  LipBridge.linear_congr 4 3 linear3_weight.entry (r 3) (fun _ => zero) h

/-- `concat2_branch2` depends on the first 3 entries only. -/
theorem concat2_branch2_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 4 (concat2_branch2 r x) (concat2_branch2 r y) :=
  linear3_congr r h

/-- `from3` depends on the first 9 entries only. -/
theorem from3_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (from3 x) (from3 y) :=
  LipBridge.slice_congr (n := 9) (t := 0) (m := 3) (Eq.refl true) h

/-- `concat2` depends on the first 3 entries only. -/
theorem concat2_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 6 (concat2 r x) (concat2 r y) :=
  LipBridge.append_congr (concat2_branch1_congr h) (concat2_branch2_congr r h)

/-- `split1` depends on the first 6 entries only. -/
theorem split1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 6 (split1 x) (split1 y) :=
  LipBridge.split_congr 3 2 h

/-- `scores2_branch1` depends on the first 9 entries only. -/
theorem scores2_branch1_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 6 (scores2_branch1 r x) (scores2_branch1 r y) :=
  split1_congr (concat2_congr r (from3_congr h))

/-- `from4` depends on the first 9 entries only. -/
theorem from4_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (from4 x) (from4 y) :=
  LipBridge.slice_congr (n := 9) (t := 7) (m := 2) (Eq.refl true) h

/-- `linear4` depends on the first 2 entries only. -/
theorem linear4_congr {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (linear4 r x) (linear4 r y) :=
  LipBridge.linear_congr 2 2 linear4_weight.entry one
    (fun i => mul (ofInt (linear4_bias.entry 0 i)) (r 2)) h

/-- `scores2_branch2` depends on the first 9 entries only. -/
theorem scores2_branch2_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (scores2_branch2 r x) (scores2_branch2 r y) :=
  linear4_congr r (from4_congr h)

/-- `scores2` depends on the first 9 entries only. -/
theorem scores2_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (scores2 r x) (scores2 r y) :=
  LipBridge.scores_congr (b := 3) (d := 2) (f := scores2_branch1 r) (f' := scores2_branch1 r)
    (g := scores2_branch2 r) (g' := scores2_branch2 r) (scores2_branch1_congr r h)
    (scores2_branch2_congr r h)

/-- `relu1` depends on the first 3 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `concat1_branch2` depends on the first 9 entries only. -/
theorem concat1_branch2_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (concat1_branch2 r x) (concat1_branch2 r y) :=
  relu1_congr (scores2_congr r h)

/-- `from5` depends on the first 9 entries only. -/
theorem from5_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (from5 x) (from5 y) :=
  LipBridge.slice_congr (n := 9) (t := 0) (m := 3) (Eq.refl true) h

/-- `linear5` depends on the first 3 entries only. -/
theorem linear5_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 4 (linear5 x) (linear5 y) :=
  LipBridge.linear_congr 4 3 linear5_weight.entry one (fun _ => zero) h

/-- `split2` depends on the first 4 entries only. -/
theorem split2_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (split2 x) (split2 y) :=
  LipBridge.split_congr 2 2 h

/-- `linear6` depends on the first 4 entries only. -/
theorem linear6_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 2 (linear6 x) (linear6 y) :=
  LipBridge.tokenwise_congr (n := 2) (m := 1)
    (f := LipBridge.linear 2 linear6_weight.entry one (fun _ => zero)) 2
    (fun k => LipBridge.linear_congr 1 2 linear6_weight.entry one (fun _ => zero) k) h

/-- `scores3_branch1` depends on the first 9 entries only. -/
theorem scores3_branch1_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (scores3_branch1 x) (scores3_branch1 y) :=
  linear6_congr (split2_congr (linear5_congr (from5_congr h)))

/-- `from6` depends on the first 9 entries only. -/
theorem from6_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (from6 x) (from6 y) :=
  LipBridge.slice_congr (n := 9) (t := 0) (m := 3) (Eq.refl true) h

/-- `linear7` depends on the first 3 entries only. -/
theorem linear7_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 1 (linear7 x) (linear7 y) :=
  LipBridge.linear_congr 1 3 linear7_weight.entry one (fun _ => zero) h

/-- `scores3_branch2` depends on the first 9 entries only. -/
theorem scores3_branch2_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 1 (scores3_branch2 x) (scores3_branch2 y) :=
  linear7_congr (from6_congr h)

/-- `scores3` depends on the first 9 entries only. -/
theorem scores3_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (scores3 x) (scores3 y) :=
  LipBridge.scores_congr (b := 2) (d := 1) (f := scores3_branch1) (f' := scores3_branch1)
    (g := scores3_branch2) (g' := scores3_branch2) (scores3_branch1_congr h)
    (scores3_branch2_congr h)

/-- `concat1_branch3` depends on the first 9 entries only. -/
theorem concat1_branch3_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (concat1_branch3 x) (concat1_branch3 y) :=
  scores3_congr h

/-- `from7` depends on the first 9 entries only. -/
theorem from7_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (from7 x) (from7 y) :=
  LipBridge.slice_congr (n := 9) (t := 0) (m := 3) (Eq.refl true) h

/-- `linear8` depends on the first 3 entries only. -/
theorem linear8_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (linear8 x) (linear8 y) :=
  LipBridge.linear_congr 2 3 linear2_weight.entry one (fun _ => zero) h

/-- `similarity1_branch1` depends on the first 9 entries only. -/
theorem similarity1_branch1_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (similarity1_branch1 x) (similarity1_branch1 y) :=
  linear8_congr (from7_congr h)

/-- `from8` depends on the first 9 entries only. -/
theorem from8_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (from8 x) (from8 y) :=
  LipBridge.slice_congr (n := 9) (t := 7) (m := 2) (Eq.refl true) h

/-- `similarity1_branch2` depends on the first 9 entries only. -/
theorem similarity1_branch2_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (similarity1_branch2 x) (similarity1_branch2 y) :=
  from8_congr h

/-- `similarity1` depends on the first 9 entries only. -/
theorem similarity1_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 1 (similarity1 x) (similarity1 y) :=
  LipBridge.similarity_congr (b := 1) (d := 2) (f := similarity1_branch1)
    (f' := similarity1_branch1) (g := similarity1_branch2) (g' := similarity1_branch2)
    (similarity1_branch1_congr h) (similarity1_branch2_congr h)

/-- `concat1_branch4` depends on the first 9 entries only. -/
theorem concat1_branch4_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 1 (concat1_branch4 x) (concat1_branch4 y) :=
  similarity1_congr h

/-- `concat1` depends on the first 9 entries only. -/
theorem concat1_congr {x y : Vec R} (h : Agree 9 x y) :
    Agree 8 (concat1 r x) (concat1 r y) :=
  LipBridge.append_congr (LipBridge.append_congr (LipBridge.append_congr (concat1_branch1_congr r h)
    (concat1_branch2_congr r h)) (concat1_branch3_congr h)) (concat1_branch4_congr h)

/-- The input x at the point, packed: (1, -1, -2, 0, 1, 3, 0, 1, …). -/
noncomputable def blocks_point1_x : Vec Int := ofPacked 3 4 95672477

/-- The value of `concat1` at the point, packed: (5, 6, 0, 3, 0, 0, 20, -6). -/
noncomputable def blocks_point1_concat1_value : Vec Int := ofPacked 6 32 117957527996837

/-- What `concat1` makes of `blocks_point1_x`. -/
theorem blocks_point1_concat1 :
    Agree 8 ((concat1 (fun (_ : Nat) => one) : Vec Int → Vec Int) blocks_point1_x)
      blocks_point1_concat1_value :=
  packedCheck_sound (Eq.refl true)

/-- `blocks` over the integers, every reciprocal being 1, at `blocks_point1_x`: (5, 6, 0, 3, 0, 0,
20, -6). -/
theorem blocks_point1 :
    Agree 8 ((blocks (fun (_ : Nat) => one) : Vec Int → Vec Int) blocks_point1_x)
      blocks_point1_concat1_value :=
  blocks_point1_concat1

/-- The input x at the point, packed: (-3, 1, -2, 0, -3, 3, 1, -3, …). -/
noncomputable def blocks_point2_x : Vec Int := ofPacked 3 4 104306857

/-- The value of `concat1` at the point, packed: (30, -28, 11, 0, 38, 10, 30, 19). -/
noncomputable def blocks_point2_concat1_value : Vec Int := ofPacked 7 64 47140832642519646

/-- What `concat1` makes of `blocks_point2_x`. -/
theorem blocks_point2_concat1 :
    Agree 8 ((concat1 (fun (_ : Nat) => one) : Vec Int → Vec Int) blocks_point2_x)
      blocks_point2_concat1_value :=
  packedCheck_sound (Eq.refl true)

/-- `blocks` over the integers, every reciprocal being 1, at `blocks_point2_x`: (30, -28, 11, 0, 38,
10, 30, 19). -/
theorem blocks_point2 :
    Agree 8 ((blocks (fun (_ : Nat) => one) : Vec Int → Vec Int) blocks_point2_x)
      blocks_point2_concat1_value :=
  blocks_point2_concat1

end Blocks
