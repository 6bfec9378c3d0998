import LipBridge.Lipschitz.Comp
/-!
# ReLU, and activations of slope between 0 and 1

`relu x = max(x, 0)`, entry by entry, has constant 1; so has every activation that never falls and
never rises faster than its argument. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- If `a ≤ b` gives `0 ≤ φ b - φ a ≤ b - a`, then `(φ a - φ b)² ≤ (a - b)²` for all `a`, `b`. -/
theorem slope_sq_le {φ : R → R}
    (h : ∀ a b, le a b → And (le (φ a) (φ b)) (le (sub (φ b) (φ a)) (sub b a))) (a b : R) :
    le (sq (sub (φ a) (φ b))) (sq (sub a b)) :=
  Or.elim (le_total a b)
    (fun g => le_via (sq_le_sq (sub_nonneg (h a b g).left) (h a b g).right)
      (ring_eq (vars2 (φ a) (φ b))) (ring_eq (vars2 a b)))
    (fun g => sq_le_sq (sub_nonneg (h b a g).left) (h b a g).right)

/-- An activation of slope in [0, 1], applied to each entry, has constant 1. -/
theorem SqLipschitz.slope (n : Nat) {φ : R → R}
    (h : ∀ a b, le a b → And (le (φ a) (φ b)) (le (sub (φ b) (φ a)) (sub b a))) :
    SqLipschitz n n (ofNat 1 : R) (ofNat 1) (fun x i => φ (x i)) :=
  SqLipschitz.pointwise n (slope_sq_le h)

/-- `φ b ≤ φ a + (b - a)` gives `φ b - φ a ≤ b - a`. -/
theorem sub_le_of_le_add {s t c : R} (h : le s (add t c)) : le (sub s t) c :=
  le_via (add_le_add_right (neg t) h) rfl (ring_eq (vars2 t c))

/-- `relu x = max(x, 0)`, entry by entry. -/
def relu (x : Vec R) : Vec R := fun i => sup (x i) zero

/-- The slope of `max(·, 0)` lies in [0, 1]. -/
theorem relu_slope (a b : R) (h : le a b) :
    And (le (sup a zero) (sup b zero)) (le (sub (sup b zero) (sup a zero)) (sub b a)) :=
  have hab : le b (add (sup a zero) (sub b a)) :=
    le_via (add_le_add_right (sub b a) (le_sup_left a zero)) (ring_eq (vars2 a b)) rfl
  ⟨sup_le_sup h (le_refl zero),
    sub_le_of_le_add (sup_le hab (add_nonneg (le_sup_right a zero) (sub_nonneg h)))⟩

/-- ReLU has constant 1. -/
theorem relu_sqLipschitz (n : Nat) : SqLipschitz n n (ofNat 1 : R) (ofNat 1) relu :=
  SqLipschitz.slope n relu_slope

/-- The outputs of ReLU depend on the inputs at the same places. -/
theorem relu_congr {n : Nat} {x y : Vec R} (h : Agree n x y) : Agree n (relu x) (relu y) :=
  fun i hi => congrArg (fun t => sup t zero) (h i hi)

end

end LipBridge
