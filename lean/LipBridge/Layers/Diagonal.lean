import LipBridge.Evaluate.Stored
import LipBridge.Layers.Affine
import LipBridge.Layers.ScoreTable
/-!
# Gains as linear maps

A gain is the linear map with its entries on the diagonal, and merges with the linear maps around it: the
constant of `diag(g) W` is often far below `max|g| σ(W)`. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- Whether `W` has the entries `g` on its diagonal and 0 elsewhere. -/
noncomputable def isDiagonal (n : Nat) (W : Nat → Nat → Int) (g : Nat → Int) : Bool :=
  everyBelow n fun i => everyBelow n fun j =>
    intBeq (W i j) (cond (Nat.beq i j) (g i) (Int.ofNat 0))

section
variable {R : Type u} [OrderedRing R]

section
variable {n q : Nat} {W : Nat → Nat → Int} {g : Nat → Int} {r : R}

/-- A stored gain is a linear map. -/
theorem Affine.gain (h : Eq (isDiagonal n W g) true) :
    Affine n n W r vzero (gain (fun i => mul (ofInt (g i)) r)) :=
  fun x i hi =>
    have term (j : Nat) (hj : Nat.lt j n) : Eq (mul (mul (ofInt (W i j)) r) (x j))
        (cond (Nat.beq i j) (mul (mul (ofInt (g i)) r) (x j)) zero) :=
      Eq.trans
        (congrArg (fun w => mul (mul (ofInt w) r) (x j))
          (int_eq_of_beq (everyBelow_sound (everyBelow_sound h i hi) j hj)))
        (match Nat.beq i j with
          | true => rfl
          | false => Eq.trans (congrArg (fun w => mul (mul w r) (x j)) ofInt_zero)
            (ring_eq (vars2 r (x j)) (a := mul (mul zero r) (x j)) (b := zero)))
    Eq.symm (Eq.trans (add_zero _) (Eq.trans (sum_congr term)
      (Eq.trans
        (sum_single hi (fun j ne => match k : Nat.beq i j with
          | true => False.elim (ne (Eq.symm (Nat.eq_of_beq_eq_true k)))
          | false => rfl))
        (match k : Nat.beq i i with
          | true => rfl
          | false => False.elim (Nat.ne_of_beq_eq_false k rfl)))))

/-- A stored gain with an integer added to each entry is a linear map. -/
theorem Affine.gainOffset (c : Int) (hr : Eq (mul (ofNat q) r) one)
    (h : Eq (isDiagonal n W (fun i => Int.add (g i) (Int.mul c (Int.ofNat q)))) true) :
    Affine n n W r vzero (LipBridge.gain (fun i => add (mul (ofInt (g i)) r) (ofInt c))) :=
  fun x i hi => Eq.trans
    (congrArg (fun t => mul t (x i)) (offset_eq c hr (g i)))
    (Affine.gain h x i hi)

end

end

set_option linter.unusedVariables false in
/-- What the elaborator takes `isDiagonal` for; see `TighterKernelOnly.lean`. -/
def isDiagonal._sunfold (n : Nat) (W : Nat → Nat → Int) (g : Nat → Int) : Bool := true

end LipBridge
