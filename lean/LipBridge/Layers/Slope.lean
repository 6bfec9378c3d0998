import LipBridge.Layers.Rescaled
/-!
# Activations with slopes between 0 and a bound

An activation whose slopes lie between 0 and `p/q` satisfies
`q (φ a - φ b)² ≤ p (φ a - φ b)(a - b)`. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `φ` has slopes between 0 and `p/q`: `q (φ a - φ b)² ≤ p (φ a - φ b)(a - b)`. -/
def SlopeWithin (p q : Nat) (φ : R → R) : Prop :=
  ∀ a b, le (mul (ofNat q) (mul (sub (φ a) (φ b)) (sub (φ a) (φ b))))
    (mul (ofNat p) (mul (sub (φ a) (φ b)) (sub a b)))

/-- An activation that never falls and never rises faster than its argument has slopes in [0, 1]. -/
theorem SlopeWithin.ofSlope {φ : R → R}
    (h : ∀ a b, le a b → And (le (φ a) (φ b)) (le (sub (φ b) (φ a)) (sub b a))) :
    SlopeWithin 1 1 φ :=
  fun a b => mul_le_mul_left (ofNat_nonneg 1) (Or.elim (le_total b a)
    (fun g => mul_le_mul_left (sub_nonneg (h b a g).left) (h b a g).right)
    (fun g => le_via (mul_le_mul_left (sub_nonneg (h a b g).left) (h a b g).right)
      (ring_eq (vars2 (φ a) (φ b))
        (a := mul (sub (φ a) (φ b)) (sub (φ a) (φ b)))
        (b := mul (sub (φ b) (φ a)) (sub (φ b) (φ a))))
      (ring_eq (vars4 (φ a) (φ b) a b)
        (a := mul (sub (φ a) (φ b)) (sub a b)) (b := mul (sub (φ b) (φ a)) (sub b a)))))

/-- Slopes between 0 and `p/q` are at most `p/q`. -/
theorem SlopeWithin.bounded {p q : Nat} {φ : R → R} (h : SlopeWithin p q φ) : SlopeBound p q φ :=
  fun a b =>
    let z : R := sub (φ a) (φ b)
    let A : R := mul (ofNat q) z
    let B : R := mul (ofNat p) (sub a b)
    have k : le (mul A A) (mul A B) :=
      le_via (mul_le_mul_left (ofNat_nonneg q) (h a b))
        (ring_eq (vars2 (ofNat q) z) (a := mul (mul (ofNat q) z) (mul (ofNat q) z))
          (b := mul (ofNat q) (mul (ofNat q) (mul z z))))
        (ring_eq (vars4 (ofNat q) (ofNat p) z (sub a b))
          (a := mul (mul (ofNat q) z) (mul (ofNat p) (sub a b)))
          (b := mul (ofNat q) (mul (ofNat p) (mul z (sub a b)))))
    have s : le (sq A) (sq B) := le_of_add_le_add_left (sq A)
      (le_via (le_trans (add_le_add k k) (two_mul_le_sq_add_sq A B)) rfl rfl)
    have e (m : Nat) (c : R) : Eq (sq (mul (ofNat m) (abs c))) (sq (mul (ofNat m) c)) :=
      Eq.trans (ring_eq (vars2 (ofNat m) (abs c)) (a := sq (mul (ofNat m) (abs c)))
          (b := mul (sq (ofNat m)) (sq (abs c))))
        (Eq.trans (congrArg (mul (sq (ofNat m))) (sq_abs c))
          (ring_eq (vars2 (ofNat m) c) (a := mul (sq (ofNat m)) (sq c))
            (b := sq (mul (ofNat m) c))))
    le_of_sq_le_sq (mul_nonneg (ofNat_nonneg p) (abs_nonneg (sub a b)))
      (le_via s (e q z) (e p (sub a b)))

/-- The slopes of ReLU lie in [0, 1]. -/
theorem SlopeWithin.relu : SlopeWithin 1 1 (fun t : R => sup t zero) :=
  SlopeWithin.ofSlope relu_slope

/-- The slopes of `clamp` lie in [0, 1]. -/
theorem SlopeWithin.clamp (lo hi : R) : SlopeWithin 1 1 (LipBridge.clamp lo hi) :=
  SlopeWithin.ofSlope (clamp_slope lo hi)

/-- The slopes of leaky ReLU of slope `p/d ≤ 1` lie in [0, 1]. -/
theorem SlopeWithin.leakyRelu {p d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one)
    (h : Eq (Nat.ble p d) true) :
    SlopeWithin 1 1 (fun t : R => sup t (mul (mul (ofNat p) r) t)) :=
  SlopeWithin.ofSlope (leakyRelu_slope (mul_nonneg (ofNat_nonneg p) (reciprocal_nonneg hr))
    (le_via (mul_le_mul_right (reciprocal_nonneg hr) (ofNat_le_of_ble h)) rfl (Eq.symm hr)))

/-- The difference of two values of a linear layer, entry by entry. -/
theorem linear_sub (cols : Nat) (W : Nat → Nat → Int) (r : R) (b x y : Vec R) (i : Nat) :
    Eq (sub (linear cols W r b x i) (linear cols W r b y i))
      (mul r (matVec cols W (vsub x y) i)) :=
  eq_via (congr2 sub (linear_eq cols W r b x i) (linear_eq cols W r b y i))
    (congrArg (mul r) (matVec_sub cols W x y i))
    (ring_eq (vars4 r (matVec cols W x i) (matVec cols W y i) (b i)))

/-- `0 ≤ ‖s x + t y‖²`, written out. -/
theorem normSq_combination (n : Nat) (s t : R) (x y : Vec R) :
    le zero (add (add (mul (sq s) (normSq n x))
        (add (mul s (mul t (dot n y x))) (mul s (mul t (dot n y x)))))
      (mul (sq t) (normSq n y))) :=
  have d : Eq (dot n (vsmul s x) (vsmul t y)) (mul s (mul t (dot n y x))) :=
    Eq.trans (dot_smul_left n s x _)
      (congrArg (mul s) (Eq.trans (dot_comm n x _) (dot_smul_left n t y x)))
  le_congr rfl
    (Eq.symm (Eq.trans (normSq_add n (vsmul s x) (vsmul t y))
      (congr2 add (congr2 add (normSq_smul n s x) (congr2 add d d)) (normSq_smul n t y))))
    (normSq_nonneg n (vadd (vsmul s x) (vsmul t y)))

end

end LipBridge
