import LipBridge.Layers.Relu
/-!
# Leaky ReLU

`leakyRelu s x = max(x, s x)` with slope `0 ≤ s ≤ 1` has constant 1. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `max(x, s * x)`, entry by entry. -/
def leakyRelu (s : R) (x : Vec R) : Vec R := fun i => sup (x i) (mul s (x i))

/-- The slope of `max(·, s ·)` lies in [0, 1]. -/
theorem leakyRelu_slope {s : R} (hs : le zero s) (h1 : le s one) (a b : R) (h : le a b) :
    And (le (sup a (mul s a)) (sup b (mul s b)))
      (le (sub (sup b (mul s b)) (sup a (mul s a))) (sub b a)) :=
  have hab : le b (add (sup a (mul s a)) (sub b a)) :=
    le_via (add_le_add_right (sub b a) (le_sup_left a (mul s a))) (ring_eq (vars2 a b)) rfl
  have hsb : le (mul s b) (add (mul s a) (sub b a)) :=
    le_of_add (mul_nonneg (sub_nonneg h1) (sub_nonneg h)) (ring_eq (vars3 s a b))
  ⟨sup_le_sup h (mul_le_mul_left hs h),
    sub_le_of_le_add (sup_le hab
      (le_trans hsb (add_le_add_right (sub b a) (le_sup_right a (mul s a)))))⟩

/-- `n/d ≤ 1` where `n ≤ d`. -/
theorem ratio_le_one {n d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one)
    (h : Eq (Nat.ble n d) true) : le (mul (ofNat n) r) one :=
  le_via (mul_le_mul_right (reciprocal_nonneg hr) (ofNat_le_of_ble h)) rfl (Eq.symm hr)

/-- Leaky ReLU of slope `n/d ≤ 1` has constant 1. -/
theorem leakyRelu_sqLipschitz (m : Nat) {n d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one)
    (h : Eq (Nat.ble n d) true) : 
    SqLipschitz m m (ofNat 1 : R) (ofNat 1) (leakyRelu (mul (ofNat n) r)) :=
  SqLipschitz.slope m (leakyRelu_slope (mul_nonneg (ofNat_nonneg n) (reciprocal_nonneg hr))
    (ratio_le_one hr h))

/-- The outputs of leaky ReLU depend on the inputs at the same places. -/
theorem leakyRelu_congr {m : Nat} (s : R) {x y : Vec R} (h : Agree m x y) :
    Agree m (leakyRelu s x) (leakyRelu s y) :=
  fun i hi => congrArg (fun t => sup t (mul s t)) (h i hi)

end

end LipBridge
