import Heads.Network
/-!
# Values of the network `heads` at integer points

Over the integers, with every reciprocal replaced by 1 and every given function by a plain one (a
root by 1, a rotation by a quarter turn, an activation by the identity), the network is an integer
function. The kernel computes its values, layer by layer; exact arithmetic on the stored weights
gave the same.

Words of the library:
- `Agree n x y`: `x` and `y` agree in their first `n` entries.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Heads

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R) (rms_norm1_t : Vec R → R)
  (rotary1_t : Nat → Nat → Vec R) (layer_norm2_t : Vec R → R) (rotary2_t : Nat → Vec R)

/-- `from1` depends on the first 6 entries only. -/
theorem from1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 3 (from1 x) (from1 y) :=
  LipBridge.slice_congr (n := 6) (t := 0) (m := 3) (Eq.refl true) h

/-- `linear1` depends on the first 3 entries only. -/
theorem linear1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 4 (linear1 x) (linear1 y) :=
  LipBridge.linear_congr 4 3 linear1_weight.entry one (fun _ => zero) h

/-- `similarity1_branch1` depends on the first 6 entries only. -/
theorem similarity1_branch1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 4 (similarity1_branch1 x) (similarity1_branch1 y) :=
  linear1_congr (from1_congr h)

/-- `from2` depends on the first 6 entries only. -/
theorem from2_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 3 (from2 x) (from2 y) :=
  LipBridge.slice_congr (n := 6) (t := 0) (m := 3) (Eq.refl true) h

/-- `rms_norm1` depends on the first 3 entries only. -/
theorem rms_norm1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (rms_norm1 r (fun _ => one) x) (rms_norm1 r (fun _ => one) y) :=
  LipBridge.rmsNorm_given_congr (fun i => mul (ofInt (rms_norm1_gain.entry 0 i)) (r 2)) h

/-- `linear2` depends on the first 3 entries only. -/
theorem linear2_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 8 (linear2 x) (linear2 y) :=
  LipBridge.linear_congr 8 3 linear2_weight.entry one (fun _ => zero) h

/-- `split1` depends on the first 8 entries only. -/
theorem split1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (split1 x) (split1 y) :=
  LipBridge.split_congr 2 4 h

/-- `rotary1` depends on the first 8 entries only. -/
theorem rotary1_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (rotary1 (fun _ => quarterTurn) x) (rotary1 (fun _ => quarterTurn) y) :=
  LipBridge.eachToken_congr 2 (n := 4) (m := 4)
    (f := fun k => LipBridge.rotary 1 ((fun _ => quarterTurn) k 0) ((fun _ => quarterTurn) k 1))
    (fun _ _ _ e => LipBridge.rotary_congr 1 2 _ _ e) h

/-- `scores1_branch1` depends on the first 6 entries only. -/
theorem scores1_branch1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 8 (scores1_branch1 r (fun _ => one) (fun _ => quarterTurn) x)
      (scores1_branch1 r (fun _ => one) (fun _ => quarterTurn) y) :=
  rotary1_congr (split1_congr (linear2_congr (rms_norm1_congr r (from2_congr h))))

/-- `from3` depends on the first 6 entries only. -/
theorem from3_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 3 (from3 x) (from3 y) :=
  LipBridge.slice_congr (n := 6) (t := 3) (m := 3) (Eq.refl true) h

/-- `layer_norm1` depends on the first 3 entries only. -/
theorem layer_norm1_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 3 (layer_norm1 r (fun _ => one) x) (layer_norm1 r (fun _ => one) y) :=
  LipBridge.layerNorm_given_congr (r 3) (fun i => mul (ofInt (layer_norm1_gain.entry 0 i)) one)
    (fun i => mul (ofInt (layer_norm1_bias.entry 0 i)) (r 4)) h

/-- `linear3` depends on the first 3 entries only. -/
theorem linear3_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 4 (linear3 x) (linear3 y) :=
  LipBridge.linear_congr 4 3 linear3_weight.entry one (fun _ => zero) h

/-- `layer_norm2` depends on the first 4 entries only. -/
theorem layer_norm2_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (layer_norm2 r (fun _ => one) x) (layer_norm2 r (fun _ => one) y) :=
  LipBridge.layerNorm_given_congr (r 4) (fun i => mul (ofInt (layer_norm2_gain.entry 0 i)) one)
    (fun _ => zero) h

/-- `rotary2` depends on the first 4 entries only. -/
theorem rotary2_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (rotary2 quarterTurn x) (rotary2 quarterTurn y) :=
  LipBridge.rotary_congr 1 2 _ _ h

/-- `rotary3` depends on the first 4 entries only. -/
theorem rotary3_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (rotary3 quarterTurn x) (rotary3 quarterTurn y) :=
  LipBridge.rotary_congr 1 2 _ _ h

/-- `scores1_branch2` depends on the first 6 entries only. -/
theorem scores1_branch2_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 4 (scores1_branch2 r (fun _ => one) (fun _ => one) quarterTurn x)
      (scores1_branch2 r (fun _ => one) (fun _ => one) quarterTurn y) :=
  rotary3_congr (rotary2_congr (layer_norm2_congr r
    (linear3_congr (layer_norm1_congr r (from3_congr h)))))

/-- `scores1` depends on the first 6 entries only. -/
theorem scores1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 2 (scores1 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn x)
      (scores1 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn y) :=
  LipBridge.scores_congr (b := 2) (d := 4)
    (f := scores1_branch1 r (fun _ => one) (fun _ => quarterTurn))
    (f' := scores1_branch1 r (fun _ => one) (fun _ => quarterTurn))
    (g := scores1_branch2 r (fun _ => one) (fun _ => one) quarterTurn)
    (g' := scores1_branch2 r (fun _ => one) (fun _ => one) quarterTurn) (scores1_branch1_congr r h)
    (scores1_branch2_congr r h)

/-- `concat1_branch1` depends on the first 6 entries only. -/
theorem concat1_branch1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 2 (concat1_branch1 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn x)
      (concat1_branch1 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn y) :=
  scores1_congr r h

/-- `from4` depends on the first 6 entries only. -/
theorem from4_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 3 (from4 x) (from4 y) :=
  LipBridge.slice_congr (n := 6) (t := 0) (m := 3) (Eq.refl true) h

/-- `linear4` depends on the first 3 entries only. -/
theorem linear4_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 8 (linear4 x) (linear4 y) :=
  LipBridge.linear_congr 8 3 linear2_weight.entry one (fun _ => zero) h

/-- `split2` depends on the first 8 entries only. -/
theorem split2_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (split2 x) (split2 y) :=
  LipBridge.split_congr 2 4 h

/-- `rms_norm2` depends on the first 8 entries only. -/
theorem rms_norm2_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (rms_norm2 (fun _ => one) x) (rms_norm2 (fun _ => one) y) :=
  LipBridge.tokenwise_congr (n := 4) (m := 4)
    (f := LipBridge.rmsNorm (fun i => mul (ofInt (rms_norm2_gain.entry 0 i)) one) (fun _ => one)) 2
    (fun k => LipBridge.rmsNorm_given_congr (fun i => mul (ofInt (rms_norm2_gain.entry 0 i)) one) k)
    h

/-- `rotary4` depends on the first 8 entries only. -/
theorem rotary4_congr {x y : Vec R} (h : Agree 8 x y) :
    Agree 8 (rotary4 (fun _ => quarterTurn) x) (rotary4 (fun _ => quarterTurn) y) :=
  LipBridge.eachToken_congr 2 (n := 4) (m := 4)
    (f := fun k => LipBridge.rotary 1 ((fun _ => quarterTurn) k 0) ((fun _ => quarterTurn) k 1))
    (fun _ _ _ e => LipBridge.rotary_congr 1 2 _ _ e) h

/-- `scores2_branch1` depends on the first 6 entries only. -/
theorem scores2_branch1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 8 (scores2_branch1 (fun _ => quarterTurn) (fun _ => one) x)
      (scores2_branch1 (fun _ => quarterTurn) (fun _ => one) y) :=
  rotary4_congr (rms_norm2_congr (split2_congr (linear4_congr (from4_congr h))))

/-- `from5` depends on the first 6 entries only. -/
theorem from5_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 3 (from5 x) (from5 y) :=
  LipBridge.slice_congr (n := 6) (t := 3) (m := 3) (Eq.refl true) h

/-- `linear5` depends on the first 3 entries only. -/
theorem linear5_congr {x y : Vec R} (h : Agree 3 x y) :
    Agree 4 (linear5 x) (linear5 y) :=
  LipBridge.linear_congr 4 3 linear3_weight.entry one (fun _ => zero) h

/-- `rms_norm3` depends on the first 4 entries only. -/
theorem rms_norm3_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (rms_norm3 (fun _ => one) x) (rms_norm3 (fun _ => one) y) :=
  LipBridge.rmsNorm_given_congr (fun i => mul (ofInt (layer_norm2_gain.entry 0 i)) one) h

/-- `rotary5` depends on the first 4 entries only. -/
theorem rotary5_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (rotary5 quarterTurn x) (rotary5 quarterTurn y) :=
  LipBridge.rotary_congr 1 2 _ _ h

/-- `scores2_branch2` depends on the first 6 entries only. -/
theorem scores2_branch2_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 4 (scores2_branch2 (fun _ => one) quarterTurn x)
      (scores2_branch2 (fun _ => one) quarterTurn y) :=
  rotary5_congr (rms_norm3_congr (linear5_congr (from5_congr h)))

/-- `scores2` depends on the first 6 entries only. -/
theorem scores2_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 2 (scores2 (fun _ => quarterTurn) (fun _ => one) quarterTurn x)
      (scores2 (fun _ => quarterTurn) (fun _ => one) quarterTurn y) :=
  LipBridge.scores_congr (b := 2) (d := 4)
    (f := scores2_branch1 (fun _ => quarterTurn) (fun _ => one))
    (f' := scores2_branch1 (fun _ => quarterTurn) (fun _ => one))
    (g := scores2_branch2 (fun _ => one) quarterTurn)
    (g' := scores2_branch2 (fun _ => one) quarterTurn) (scores2_branch1_congr h)
    (scores2_branch2_congr h)

/-- `concat1_branch2` depends on the first 6 entries only. -/
theorem concat1_branch2_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 2 (concat1_branch2 (fun _ => quarterTurn) (fun _ => one) quarterTurn x)
      (concat1_branch2 (fun _ => quarterTurn) (fun _ => one) quarterTurn y) :=
  scores2_congr h

/-- `concat1` depends on the first 6 entries only. -/
theorem concat1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 4 (concat1 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn x)
      (concat1 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn y) :=
  LipBridge.append_congr (concat1_branch1_congr r h) (concat1_branch2_congr h)

/-- `relu1` depends on the first 4 entries only. -/
theorem relu1_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (relu1 x) (relu1 y) :=
  LipBridge.relu_congr h

/-- `similarity1_branch2` depends on the first 6 entries only. -/
theorem similarity1_branch2_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 4
      (similarity1_branch2 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn x)
      (similarity1_branch2 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn y) :=
  relu1_congr (concat1_congr r h)

/-- `similarity1` depends on the first 6 entries only. -/
theorem similarity1_congr {x y : Vec R} (h : Agree 6 x y) :
    Agree 1 (similarity1 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn x)
      (similarity1 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn y) :=
  LipBridge.similarity_congr (b := 1) (d := 4) (f := similarity1_branch1)
    (f' := similarity1_branch1)
    (g := similarity1_branch2 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn)
    (g' := similarity1_branch2 r (fun _ => one) (fun _ => quarterTurn) (fun _ => one) quarterTurn)
    (similarity1_branch1_congr h) (similarity1_branch2_congr r h)

/-- The input x at the point, packed: (2, -1, 3, -1, -1, -1). -/
noncomputable def heads_point1_x : Vec Int := ofPacked 3 4 112606

/-- The value of `similarity1` at the point, packed: (0). -/
noncomputable def heads_point1_similarity1_value : Vec Int := ofPacked 1 1 1

/-- What `similarity1` makes of `heads_point1_x`. -/
theorem heads_point1_similarity1 :
    Agree 1
      ((similarity1 (fun (_ : Nat) => one) (fun _ => one) (fun _ => quarterTurn) (fun _ => one)
        quarterTurn :
        Vec Int → Vec Int) heads_point1_x) heads_point1_similarity1_value :=
  packedCheck_sound (Eq.refl true)

/-- `heads` over the integers, every reciprocal being 1, given functions plain ones, at
`heads_point1_x`: (0). -/
theorem heads_point1 :
    Agree 1
      ((heads (fun (_ : Nat) => one) (fun _ => one) (fun _ => quarterTurn) (fun _ => one)
        quarterTurn :
        Vec Int → Vec Int) heads_point1_x) heads_point1_similarity1_value :=
  heads_point1_similarity1

/-- The input x at the point, packed: (-2, 2, -2, 2, 1, 1). -/
noncomputable def heads_point2_x : Vec Int := ofPacked 3 4 187570

/-- The value of `similarity1` at the point, packed: (0). -/
noncomputable def heads_point2_similarity1_value : Vec Int := ofPacked 1 1 1

/-- What `similarity1` makes of `heads_point2_x`. -/
theorem heads_point2_similarity1 :
    Agree 1
      ((similarity1 (fun (_ : Nat) => one) (fun _ => one) (fun _ => quarterTurn) (fun _ => one)
        quarterTurn :
        Vec Int → Vec Int) heads_point2_x) heads_point2_similarity1_value :=
  packedCheck_sound (Eq.refl true)

/-- `heads` over the integers, every reciprocal being 1, given functions plain ones, at
`heads_point2_x`: (0). -/
theorem heads_point2 :
    Agree 1
      ((heads (fun (_ : Nat) => one) (fun _ => one) (fun _ => quarterTurn) (fun _ => one)
        quarterTurn :
        Vec Int → Vec Int) heads_point2_x) heads_point2_similarity1_value :=
  heads_point2_similarity1

end Heads
