import Blocks.Network
/-!
# Values of the network `blocks` at integer points

Over the integers, with every reciprocal replaced by 1, the network is an integer function. The kernel
computes its values, layer by layer; exact arithmetic on the stored weights gave the same ones.
-/

set_option autoImplicit false
set_option linter.unusedVariables false

universe u

namespace Blocks

open LipBridge

/-- `from1` depends on the first 9 entries only. -/
theorem from1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 4 (from1 r x) (from1 r y) :=
  LipBridge.slice_congr (n := 9) (t := 3) (m := 4) (Eq.refl true) h

/-- `linear1` depends on the first 4 entries only. -/
theorem linear1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (linear1 r x) (linear1 r y) :=
  LipBridge.tokenwise_congr 2 (fun k => LipBridge.linear_congr 2 2 linear1_weight.entry (r 2) (fun _ => zero) k) h

/-- `scores1_branch1` depends on the first 9 entries only. -/
theorem scores1_branch1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 4 (scores1_branch1 r x) (scores1_branch1 r y) :=
  (linear1_congr r (from1_congr r h))

/-- `from2` depends on the first 9 entries only. -/
theorem from2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (from2 r x) (from2 r y) :=
  LipBridge.slice_congr (n := 9) (t := 7) (m := 2) (Eq.refl true) h

/-- `scores1_branch2` depends on the first 9 entries only. -/
theorem scores1_branch2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (scores1_branch2 r x) (scores1_branch2 r y) :=
  (from2_congr r h)

/-- `scores1` depends on the first 9 entries only. -/
theorem scores1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (scores1 r x) (scores1 r y) :=
  LipBridge.scores_congr (b := 2) (d := 2) (f := (scores1_branch1 r)) (f' := (scores1_branch1 r)) (g := (scores1_branch2 r)) (g' := (scores1_branch2 r)) (scores1_branch1_congr r h) (scores1_branch2_congr r h)

/-- `concat1_branch1` depends on the first 9 entries only. -/
theorem concat1_branch1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (concat1_branch1 r x) (concat1_branch1 r y) :=
  (scores1_congr r h)

/-- `linear2` depends on the first 3 entries only. -/
theorem linear2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (linear2 r x) (linear2 r y) :=
  LipBridge.linear_congr 2 3 linear2_weight.entry one (fun _ => zero) h

/-- `concat2_branch1` depends on the first 3 entries only. -/
theorem concat2_branch1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (concat2_branch1 r x) (concat2_branch1 r y) :=
  (linear2_congr r h)

/-- `linear3` depends on the first 3 entries only. -/
theorem linear3_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 3 x y) :
    Agree 4 (linear3 r x) (linear3 r y) :=
  LipBridge.linear_congr 4 3 linear3_weight.entry (r 3) (fun _ => zero) h

/-- `concat2_branch2` depends on the first 3 entries only. -/
theorem concat2_branch2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 3 x y) :
    Agree 4 (concat2_branch2 r x) (concat2_branch2 r y) :=
  (linear3_congr r h)

/-- `from3` depends on the first 9 entries only. -/
theorem from3_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (from3 r x) (from3 r y) :=
  LipBridge.slice_congr (n := 9) (t := 0) (m := 3) (Eq.refl true) h

/-- `concat2` depends on the first 3 entries only. -/
theorem concat2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 3 x y) :
    Agree 6 (concat2 r x) (concat2 r y) :=
  (LipBridge.append_congr (concat2_branch1_congr r h) (concat2_branch2_congr r h))

/-- `split1` depends on the first 6 entries only. -/
theorem split1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 6 x y) :
    Agree 6 (split1 r x) (split1 r y) :=
  LipBridge.split_congr 3 2 h

/-- `scores2_branch1` depends on the first 9 entries only. -/
theorem scores2_branch1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 6 (scores2_branch1 r x) (scores2_branch1 r y) :=
  (split1_congr r (concat2_congr r (from3_congr r h)))

/-- `from4` depends on the first 9 entries only. -/
theorem from4_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (from4 r x) (from4 r y) :=
  LipBridge.slice_congr (n := 9) (t := 7) (m := 2) (Eq.refl true) h

/-- `linear4` depends on the first 2 entries only. -/
theorem linear4_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 2 x y) :
    Agree 2 (linear4 r x) (linear4 r y) :=
  LipBridge.linear_congr 2 2 linear4_weight.entry one (fun i => mul (ofInt (linear4_bias.entry 0 i)) (r 2)) h

/-- `scores2_branch2` depends on the first 9 entries only. -/
theorem scores2_branch2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (scores2_branch2 r x) (scores2_branch2 r y) :=
  (linear4_congr r (from4_congr r h))

/-- `scores2` depends on the first 9 entries only. -/
theorem scores2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (scores2 r x) (scores2 r y) :=
  LipBridge.scores_congr (b := 3) (d := 2) (f := (scores2_branch1 r)) (f' := (scores2_branch1 r)) (g := (scores2_branch2 r)) (g' := (scores2_branch2 r)) (scores2_branch1_congr r h) (scores2_branch2_congr r h)

/-- `relu1` depends on the first 3 entries only. -/
theorem relu1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (relu1 r x) (relu1 r y) :=
  LipBridge.relu_congr h

/-- `concat1_branch2` depends on the first 9 entries only. -/
theorem concat1_branch2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (concat1_branch2 r x) (concat1_branch2 r y) :=
  (relu1_congr r (scores2_congr r h))

/-- `from5` depends on the first 9 entries only. -/
theorem from5_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (from5 r x) (from5 r y) :=
  LipBridge.slice_congr (n := 9) (t := 0) (m := 3) (Eq.refl true) h

/-- `linear5` depends on the first 3 entries only. -/
theorem linear5_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 3 x y) :
    Agree 4 (linear5 r x) (linear5 r y) :=
  LipBridge.linear_congr 4 3 linear5_weight.entry one (fun _ => zero) h

/-- `split2` depends on the first 4 entries only. -/
theorem split2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (split2 r x) (split2 r y) :=
  LipBridge.split_congr 2 2 h

/-- `linear6` depends on the first 4 entries only. -/
theorem linear6_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 4 x y) :
    Agree 2 (linear6 r x) (linear6 r y) :=
  LipBridge.tokenwise_congr 2 (fun k => LipBridge.linear_congr 1 2 linear6_weight.entry one (fun _ => zero) k) h

/-- `scores3_branch1` depends on the first 9 entries only. -/
theorem scores3_branch1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (scores3_branch1 r x) (scores3_branch1 r y) :=
  (linear6_congr r (split2_congr r (linear5_congr r (from5_congr r h))))

/-- `from6` depends on the first 9 entries only. -/
theorem from6_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (from6 r x) (from6 r y) :=
  LipBridge.slice_congr (n := 9) (t := 0) (m := 3) (Eq.refl true) h

/-- `linear7` depends on the first 3 entries only. -/
theorem linear7_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 3 x y) :
    Agree 1 (linear7 r x) (linear7 r y) :=
  LipBridge.linear_congr 1 3 linear7_weight.entry one (fun _ => zero) h

/-- `scores3_branch2` depends on the first 9 entries only. -/
theorem scores3_branch2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 1 (scores3_branch2 r x) (scores3_branch2 r y) :=
  (linear7_congr r (from6_congr r h))

/-- `scores3` depends on the first 9 entries only. -/
theorem scores3_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (scores3 r x) (scores3 r y) :=
  LipBridge.scores_congr (b := 2) (d := 1) (f := (scores3_branch1 r)) (f' := (scores3_branch1 r)) (g := (scores3_branch2 r)) (g' := (scores3_branch2 r)) (scores3_branch1_congr r h) (scores3_branch2_congr r h)

/-- `concat1_branch3` depends on the first 9 entries only. -/
theorem concat1_branch3_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (concat1_branch3 r x) (concat1_branch3 r y) :=
  (scores3_congr r h)

/-- `from7` depends on the first 9 entries only. -/
theorem from7_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 3 (from7 r x) (from7 r y) :=
  LipBridge.slice_congr (n := 9) (t := 0) (m := 3) (Eq.refl true) h

/-- `linear8` depends on the first 3 entries only. -/
theorem linear8_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 3 x y) :
    Agree 2 (linear8 r x) (linear8 r y) :=
  LipBridge.linear_congr 2 3 linear2_weight.entry one (fun _ => zero) h

/-- `similarity1_branch1` depends on the first 9 entries only. -/
theorem similarity1_branch1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (similarity1_branch1 r x) (similarity1_branch1 r y) :=
  (linear8_congr r (from7_congr r h))

/-- `from8` depends on the first 9 entries only. -/
theorem from8_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (from8 r x) (from8 r y) :=
  LipBridge.slice_congr (n := 9) (t := 7) (m := 2) (Eq.refl true) h

/-- `similarity1_branch2` depends on the first 9 entries only. -/
theorem similarity1_branch2_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 2 (similarity1_branch2 r x) (similarity1_branch2 r y) :=
  (from8_congr r h)

/-- `similarity1` depends on the first 9 entries only. -/
theorem similarity1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 1 (similarity1 r x) (similarity1 r y) :=
  LipBridge.similarity_congr (b := 1) (d := 2) (f := (similarity1_branch1 r)) (f' := (similarity1_branch1 r)) (g := (similarity1_branch2 r)) (g' := (similarity1_branch2 r)) (similarity1_branch1_congr r h) (similarity1_branch2_congr r h)

/-- `concat1_branch4` depends on the first 9 entries only. -/
theorem concat1_branch4_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 1 (concat1_branch4 r x) (concat1_branch4 r y) :=
  (similarity1_congr r h)

/-- `concat1` depends on the first 9 entries only. -/
theorem concat1_congr {R : Type u} [OrderedRing R] (r : Nat → R) {x y : Vec R} (h : Agree 9 x y) :
    Agree 8 (concat1 r x) (concat1 r y) :=
  (LipBridge.append_congr (LipBridge.append_congr (LipBridge.append_congr (concat1_branch1_congr r h) (concat1_branch2_congr r h)) (concat1_branch3_congr r h)) (concat1_branch4_congr r h))

/-- The value of `concat1` at the point of `blocks_point1`. -/
theorem blocks_point1_concat1 :
    Agree 8 (concat1 (fun _ => one) (ofPacked 3 4 95672477))
      (ofList (unpackInts 6 32 8 117957527996837)) :=
  agree_of_check (Eq.refl true)

/-- `blocks` over the integers, every reciprocal replaced by 1:
(1, -1, -2, 0, 1, 3, 0, 1, …) ↦ (5, 6, 0, 3, 0, 0, 20, -6). -/
theorem blocks_point1 :
    Agree 8 (blocks (fun _ => one) (ofPacked 3 4 95672477))
      (ofList (unpackInts 6 32 8 117957527996837)) :=
  blocks_point1_concat1

/-- The value of `concat1` at the point of `blocks_point2`. -/
theorem blocks_point2_concat1 :
    Agree 8 (concat1 (fun _ => one) (ofPacked 3 4 104306857))
      (ofList (unpackInts 7 64 8 47140832642519646)) :=
  agree_of_check (Eq.refl true)

/-- `blocks` over the integers, every reciprocal replaced by 1:
(-3, 1, -2, 0, -3, 3, 1, -3, …) ↦ (30, -28, 11, 0, 38, 10, 30, 19). -/
theorem blocks_point2 :
    Agree 8 (blocks (fun _ => one) (ofPacked 3 4 104306857))
      (ofList (unpackInts 7 64 8 47140832642519646)) :=
  blocks_point2_concat1

end Blocks
