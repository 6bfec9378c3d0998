import LipBridge.Evaluate.Branch
import LipBridge.Inputs.Slice
import LipBridge.Layers.GroupNorm
import LipBridge.Layers.RotaryPairs
/-!
# Given functions replaced

A network takes some functions as given: the reciprocal of a root, cosines and sines, an activation.
With 1 in the place of the root, a quarter turn in that of every rotation and the identity in that of
an activation, its layers are functions of their inputs' entries, and can be evaluated over the
integers. This file says so of the layers that have such functions.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-! ## Blocks, and vectors in two parts -/

/-- A block, each token of which goes through a map of its own, depends on the block only. -/
theorem eachToken_congr (b : Nat) {R : Type u} {n m : Nat} {f : Nat → Vec R → Vec R}
    (hf : ∀ (k : Nat) (u v : Vec R), Agree n u v → Agree m (f k u) (f k v)) {x y : Vec R}
    (h : Agree (Nat.mul b n) x y) :
    Agree (Nat.mul b m) (eachToken b n m f x) (eachToken b n m f y) :=
  fun i hi => hf (Nat.div i m) (token n x (Nat.div i m)) (token n y (Nat.div i m))
    (fun _ hj => h _ (nat_block_lt (block_of_lt hi).right hj)) (Nat.mod i m)
    (Nat.mod_lt i (block_of_lt hi).left)

/-- What leaves the first entries as they are depends on these and on what the rest depends on. -/
theorem after_congr {R : Type u} (n : Nat) {m : Nat} {f : Vec R → Vec R}
    (hf : ∀ u v : Vec R, Agree m u v → Agree m (f u) (f v)) {x y : Vec R}
    (e : Agree (Nat.add n m) x y) : Agree (Nat.add n m) (after n f x) (after n f y) :=
  append_congr (fun i hi => e i (Nat.le_trans hi (nat_le_add n m)))
    (hf (drop n x) (drop n y)
      (fun i hi => e (Nat.add n i) (nat_add_le_add_left n hi)))

section
variable {R : Type u} [OrderedRing R]

/-- The cosines and sines of a quarter turn: 0 and 1. -/
def quarterTurn : Nat → Vec R := fun k _ => cond (Nat.beq k 0) zero one

/-! ## Norms -/

/-- A gain, with 1 for the reciprocal of the root, depends on the entries that it multiplies. -/
theorem rmsNorm_given_congr {n : Nat} (g : Vec R) {x y : Vec R} (h : Agree n x y) :
    Agree n (rmsNorm g (fun _ => one) x) (rmsNorm g (fun _ => one) y) :=
  fun i hi => congrArg (fun t => mul (mul (g i) t) one) (h i hi)

/-- A centred vector depends on its own entries. -/
theorem center_congr {d : Nat} (q : R) {x y : Vec R} (h : Agree d x y) :
    Agree d (center d q x) (center d q y) :=
  fun i hi => congr2 sub (h i hi) (congrArg (fun s => mul s q) (sum_congr h))

/-- LayerNorm, with 1 for the reciprocal of the root, depends on its input's entries. -/
theorem layerNorm_given_congr {d : Nat} (q : R) (g b : Vec R) {x y : Vec R} (h : Agree d x y) :
    Agree d (layerNorm d q g (fun _ => one) b x) (layerNorm d q g (fun _ => one) b y) :=
  fun i hi => congrArg (fun t => add t (b i)) (rmsNorm_given_congr g (center_congr q h) i hi)

/-- GroupNorm likewise. -/
theorem groupNorm_given_congr {G d : Nat} (q : R) (g b : Vec R) {x y : Vec R}
    (h : Agree (Nat.mul G d) x y) :
    Agree (Nat.mul G d) (groupNorm G d q g (fun _ => one) b x)
      (groupNorm G d q g (fun _ => one) b y) :=
  eachToken_congr G
    (fun k _ _ e => layerNorm_given_congr q (token d g k) (token d b k) e) h

/-! ## Rotations -/

/-- A rotary embedding depends on its input's entries. -/
theorem rotary_congr (h k : Nat) (c s : Vec R) {x y : Vec R}
    (e : Agree (Nat.add h (Nat.add h k)) x y) :
    Agree (Nat.add h (Nat.add h k)) (rotary h c s x) (rotary h c s y) :=
  have first : Agree h x y := fun i hi => e i (Nat.le_trans hi (nat_le_add h (Nat.add h k)))
  have second : Agree h (drop h x) (drop h y) := fun i hi => e (Nat.add h i)
    (nat_add_le_add_left h (Nat.le_trans hi (nat_le_add h k)))
  append_congr
    (fun i hi => congr2 sub (congrArg (mul (c i)) (first i hi)) (congrArg (mul (s i)) (second i hi)))
    (append_congr
      (fun i hi => congr2 add (congrArg (mul (s i)) (first i hi))
        (congrArg (mul (c i)) (second i hi)))
      (fun i hi => e (Nat.add h (Nat.add h i))
        (nat_add_le_add_left h (nat_add_le_add_left h hi))))

/-- A rotary embedding of adjacent pairs likewise. -/
theorem rotaryPairs_congr (h k : Nat) (c s : Vec R) {x y : Vec R}
    (e : Agree (Nat.add (Nat.mul h 2) k) x y) :
    Agree (Nat.add (Nat.mul h 2) k) (rotaryPairs h c s x) (rotaryPairs h c s y) :=
  have entry {i j : Nat} (hi : Nat.lt i (Nat.mul h 2)) (hj : Nat.lt j 2) :
      Eq (token 2 x (Nat.div i 2) j) (token 2 y (Nat.div i 2) j) :=
    e _ (Nat.le_trans (nat_block_lt (block_of_lt hi).right hj) (nat_le_add (Nat.mul h 2) k))
  append_congr
    (fun i hi => congr2
      (fun a b => turn (c (Nat.div i 2)) (s (Nat.div i 2)) a b (Nat.mod i 2))
      (entry (j := 0) hi (Nat.le_of_ble_eq_true rfl)) (entry (j := 1) hi Nat.le.refl))
    (fun i hi => e (Nat.add (Nat.mul h 2) i) (nat_add_le_add_left (Nat.mul h 2) hi))

end

end LipBridge
