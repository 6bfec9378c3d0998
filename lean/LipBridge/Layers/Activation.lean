import LipBridge.Layers.Relu
/-!
# Activations with a bounded slope

Any function `φ` applied to each entry has as its constant the greatest slope `|φ a - φ b|/|a - b|`.
Functions that are not algebraic (tanh, sigmoid, GELU, SiLU) enter with their slope as a hypothesis:
1, 1/4, 1.13 and 1.10. `|·|` and clamping to an interval are proved here. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u}

/-- The function `φ` applied to each entry. -/
def entrywise (φ : R → R) (x : Vec R) : Vec R := fun i => φ (x i)

/-- The outputs of an activation depend on the inputs at the same places. -/
theorem entrywise_congr {n : Nat} {φ : R → R} {x y : Vec R} (h : Agree n x y) :
    Agree n (entrywise φ x) (entrywise φ y) :=
  fun i hi => congrArg φ (h i hi)

end

section
variable {R : Type u} [OrderedRing R]

/-- An activation with `Q (φ a - φ b)² ≤ P (a - b)²` has the constant `√(P/Q)`. -/
theorem entrywise_sqLipschitz (n : Nat) {P Q : R} {φ : R → R} (hP : le zero P) (hQ : lt zero Q)
    (h : ∀ a b, le (mul Q (sq (sub (φ a) (φ b)))) (mul P (sq (sub a b)))) :
    SqLipschitz n n P Q (entrywise φ) :=
  ⟨hP, hQ, fun x y _ _ => le_via
    (sum_le (n := n) (f := fun i => mul Q (sq (sub (φ (x i)) (φ (y i)))))
      (g := fun i => mul P (sq (sub (x i) (y i)))) (fun i _ => h (x i) (y i)))
    (Eq.symm (sum_mul_left n Q _)) (Eq.symm (sum_mul_left n P _))⟩

/-- `φ` has slopes between `-N/D` and `N/D`: `D |φ a - φ b| ≤ N |a - b|`. -/
def SlopeBound (N D : Nat) (φ : R → R) : Prop :=
  ∀ a b, le (mul (ofNat D) (abs (sub (φ a) (φ b)))) (mul (ofNat N) (abs (sub a b)))

/-- An activation of slope at most `N/D` has the constant `N/D`: tanh 1/1, sigmoid 1/4,
GELU 113/100, SiLU 11/10. -/
theorem activation_sqLipschitz (n : Nat) {N D : Nat} {φ : R → R} (h : SlopeBound N D φ)
    (hD : Eq (Nat.ble 1 D) true) :
    SqLipschitz n n (ofNat (Nat.mul N N) : R) (ofNat (Nat.mul D D)) (entrywise φ) :=
  entrywise_sqLipschitz n (ofNat_nonneg _) (lt_congr rfl (ofNat_mul D D)
      (mul_pos (ofNat_pos hD) (ofNat_pos hD)))
    (fun a b =>
      have e (m : Nat) (c : R) : Eq (mul (ofNat (Nat.mul m m)) (sq c)) (sq (mul (ofNat m) (abs c))) :=
        Eq.trans (congr2 mul (ofNat_mul m m) (Eq.symm (sq_abs c)))
          (ring_eq (vars2 (ofNat m) (abs c)))
      le_via
        (sq_le_sq (mul_nonneg (ofNat_nonneg D) (abs_nonneg _)) (h a b))
        (e D (sub (φ a) (φ b))) (e N (sub a b)))

/-- An activation that never falls and never rises faster than its argument has slope at most 1. -/
theorem SlopeBound.ofSlope {φ : R → R}
    (h : ∀ a b, le a b → And (le (φ a) (φ b)) (le (sub (φ b) (φ a)) (sub b a))) :
    SlopeBound 1 1 φ :=
  fun a b => mul_le_mul_left (ofNat_nonneg 1)
    (abs_le_of_sq_le_sq (abs_nonneg _)
      (le_via (slope_sq_le h a b) rfl (sq_abs _)))

/-- `||a| - |b||² ≤ |a - b|²`. -/
theorem abs_sq_le (a b : R) : le (sq (sub (abs a) (abs b))) (sq (sub a b)) :=
  have h : le (mul a b) (mul (abs a) (abs b)) :=
    le_of_sq_le_sq (mul_nonneg (abs_nonneg a) (abs_nonneg b))
      (le_of_eq (Eq.trans (ring_eq (vars2 a b) (b := mul (sq a) (sq b)))
        (Eq.trans (congr2 mul (Eq.symm (sq_abs a)) (Eq.symm (sq_abs b)))
          (ring_eq (vars2 (abs a) (abs b))))))
  le_via
    (add_le_add_left (add (sq a) (sq b)) (neg_le_neg (add_le_add h h)))
    (Eq.trans (ring_eq (vars2 (abs a) (abs b))
        (b := add (add (sq (abs a)) (sq (abs b)))
          (neg (add (mul (abs a) (abs b)) (mul (abs a) (abs b))))))
      (congrArg (fun t => add t _) (congr2 add (sq_abs a) (sq_abs b))))
    (ring_eq (vars2 a b) (b := add (add (sq a) (sq b)) (neg (add (mul a b) (mul a b)))))

/-- `x ↦ |x|`, entry by entry, has the constant 1. -/
theorem abs_sqLipschitz (n : Nat) :
    SqLipschitz n n (ofNat 1 : R) (ofNat 1) (entrywise abs) :=
  SqLipschitz.pointwise n abs_sq_le

/-- The smaller of two elements. -/
def inf (a b : R) : R := neg (sup (neg a) (neg b))

/-- `clamp lo hi a = min(max(a, lo), hi)`. -/
def clamp (lo hi a : R) : R := inf (sup a lo) hi

/-- The slope of `max(·, c)` lies in [0, 1]. -/
theorem sup_slope (c a b : R) (h : le a b) :
    And (le (sup a c) (sup b c)) (le (sub (sup b c) (sup a c)) (sub b a)) :=
  have hab : le b (add (sup a c) (sub b a)) :=
    le_via (add_le_add_right (sub b a) (le_sup_left a c)) (ring_eq (vars2 a b)) rfl
  have hc : le c (add (sup a c) (sub b a)) :=
    le_via (add_le_add (le_sup_right a c) (sub_nonneg h)) (Eq.symm (add_zero c)) rfl
  ⟨sup_le_sup h (le_refl c), sub_le_of_le_add (sup_le hab hc)⟩

/-- The slope of `min(·, c)` lies in [0, 1]. -/
theorem inf_slope (c a b : R) (h : le a b) :
    And (le (inf a c) (inf b c)) (le (sub (inf b c) (inf a c)) (sub b a)) :=
  have g := sup_slope (neg c) (neg b) (neg a) (neg_le_neg h)
  ⟨neg_le_neg g.left,
   le_via g.right
    (ring_eq (vars2 (sup (neg b) (neg c)) (sup (neg a) (neg c)))
      (a := sub (neg (sup (neg b) (neg c))) (neg (sup (neg a) (neg c))))
      (b := sub (sup (neg a) (neg c)) (sup (neg b) (neg c))))
    (ring_eq (vars2 a b) (a := sub b a) (b := sub (neg a) (neg b)))⟩

/-- The slope of `clamp` lies in [0, 1]. -/
theorem clamp_slope (lo hi a b : R) (h : le a b) :
    And (le (clamp lo hi a) (clamp lo hi b)) (le (sub (clamp lo hi b) (clamp lo hi a)) (sub b a)) :=
  have s := sup_slope lo a b h
  have i := inf_slope hi (sup a lo) (sup b lo) s.left
  ⟨i.left, le_trans i.right s.right⟩

/-- Clamping each entry to `[lo, hi]` has the constant 1. -/
theorem clamp_sqLipschitz (n : Nat) (lo hi : R) :
    SqLipschitz n n (ofNat 1 : R) (ofNat 1) (entrywise (clamp lo hi)) :=
  SqLipschitz.slope n (clamp_slope lo hi)

/-- Softmax, or any map whose slope is known: with `‖f x - f y‖ ≤ (1/2) ‖x - y‖`, stated as
`4 ‖f x - f y‖² ≤ ‖x - y‖²`, the constant is 1/2. -/
theorem softmax_lipschitz (n : Nat) {f : Vec R → Vec R}
    (h : ∀ x y, le (mul (ofNat 4) (distSq n (f x) (f y))) (distSq n x y)) :
    Lipschitz n n (ofNat 1 : R) (ofNat 2) f :=
  ⟨ofNat_nonneg 1, ofNat_pos rfl, fun x y _ _ => le_via (h x y)
    (congrArg (fun t => mul t (distSq n (f x) (f y))) (Eq.symm (ofNat_sq 2)))
    (Eq.trans (congrArg (fun t => mul t (distSq n x y)) (Eq.symm (ofNat_sq 1)))
      (Eq.trans (congrArg (fun t => mul t (distSq n x y)) ofNat_one) (one_mul _)))⟩

end

end LipBridge
