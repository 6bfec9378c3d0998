import LipBridge.Layers.Activation
import LipBridge.Layers.LeakyRelu
/-!
# Activations with slopes in an interval

An activation whose slopes lie between 0 and `p/q` satisfies
`q (φ a - φ b)² ≤ p (φ a - φ b)(a - b)`; one whose slopes lie between `lo/q` and `hi/q`
`0 ≤ (q (φ a - φ b) - lo (a - b)) (hi (a - b) - q (φ a - φ b))`. docs/theorems.md §2.
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

/-- `(m |c|)² = (m c)²`. -/
theorem sq_mul_abs (m : Nat) (c : R) : Eq (sq (mul (ofNat m) (abs c))) (sq (mul (ofNat m) c)) :=
  Eq.trans (ring_eq (vars2 (ofNat m) (abs c)) (a := sq (mul (ofNat m) (abs c)))
      (b := mul (sq (ofNat m)) (sq (abs c))))
    (Eq.trans (congrArg (mul (sq (ofNat m))) (sq_abs c))
      (ring_eq (vars2 (ofNat m) c) (a := mul (sq (ofNat m)) (sq c))
        (b := sq (mul (ofNat m) c))))

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
    le_of_sq_le_sq (mul_nonneg (ofNat_nonneg p) (abs_nonneg (sub a b)))
      (le_via s (sq_mul_abs q z) (sq_mul_abs p (sub a b)))

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

/-- `φ` has slopes between `lo/q` and `hi/q`: `0 ≤ (q (φ a - φ b) - lo (a - b)) (hi (a - b) - q (φ a - φ b))`. -/
def SlopeBetween (lo hi : Int) (q : Nat) (φ : R → R) : Prop :=
  ∀ a b, le zero (mul
    (sub (mul (ofNat q) (sub (φ a) (φ b))) (mul (ofInt lo) (sub a b)))
    (sub (mul (ofInt hi) (sub a b)) (mul (ofNat q) (sub (φ a) (φ b)))))

/-- Slopes between 0 and `p/q`. -/
theorem SlopeWithin.between {p q : Nat} {φ : R → R} (h : SlopeWithin p q φ) :
    SlopeBetween (Int.ofNat 0) (Int.ofNat p) q φ :=
  fun a b =>
    let z : R := sub (φ a) (φ b)
    let w : R := sub a b
    le_via (mul_nonneg (ofNat_nonneg q) (sub_nonneg (h a b))) rfl
      (Eq.trans
        (congrArg (fun t => mul (sub (mul (ofNat q) z) (mul t w))
          (sub (mul (ofNat p) w) (mul (ofNat q) z))) ofInt_zero)
        (ring_eq (vars4 (ofNat q) (ofNat p) z w)
          (a := mul (sub (mul (ofNat q) z) (mul zero w)) (sub (mul (ofNat p) w) (mul (ofNat q) z)))
          (b := mul (ofNat q) (sub (mul (ofNat p) (mul z w)) (mul (ofNat q) (mul z z))))))

/-- Slopes of which the greatest, up or down, is `N/D`. -/
theorem SlopeBound.between {N D : Nat} {φ : R → R} (h : SlopeBound N D φ) :
    SlopeBetween (Int.neg (Int.ofNat N)) (Int.ofNat N) D φ :=
  fun a b =>
    let z : R := sub (φ a) (φ b)
    let w : R := sub a b
    le_via
      (sub_nonneg (le_via (sq_le_sq (mul_nonneg (ofNat_nonneg D) (abs_nonneg z)) (h a b))
        (Eq.symm (sq_mul_abs D z)) (Eq.symm (sq_mul_abs N w)))) rfl
      (Eq.trans
        (congrArg (fun t => mul (sub (mul (ofNat D) z) (mul t w))
          (sub (mul (ofNat N) w) (mul (ofNat D) z))) (ofInt_neg (Int.ofNat N)))
        (ring_eq (vars4 (ofNat D) (ofNat N) z w)
          (a := mul (sub (mul (ofNat D) z) (mul (neg (ofNat N)) w))
            (sub (mul (ofNat N) w) (mul (ofNat D) z)))
          (b := sub (sq (mul (ofNat N) w)) (sq (mul (ofNat D) z)))))

/-- The slopes of the absolute value lie in [-1, 1]. -/
theorem SlopeBetween.abs :
    SlopeBetween (Int.neg (Int.ofNat 1)) (Int.ofNat 1) 1 (LipBridge.abs : R → R) :=
  SlopeBound.between (fun a b => mul_le_mul_left (ofNat_nonneg 1)
    (abs_le_of_sq_le_sq (abs_nonneg _) (le_via (abs_sq_le a b) rfl (sq_abs _))))

/-- The slopes of leaky ReLU of slope `p/d ≤ 1` lie in [p/d, 1]. -/
theorem SlopeBetween.leakyRelu {p d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one)
    (h : Eq (Nat.ble p d) true) :
    SlopeBetween (Int.ofNat p) (Int.ofNat d) d (fun t : R => sup t (mul (mul (ofNat p) r) t)) :=
  let s : R := mul (ofNat p) r
  let f (t : R) : R := sup t (mul s t)
  have h1 : le s one := ratio_le_one hr h
  have up (a b : R) (g : le a b) : le zero
      (mul (sub (sub (f b) (f a)) (mul s (sub b a))) (sub (sub b a) (sub (f b) (f a)))) :=
    mul_nonneg
      (sub_nonneg (le_of_add_le_add_left (f a) (le_via
        (add_le_add_right (mul s (sub b a)) (sup_le (c := sub (f b) (mul s (sub b a)))
          (le_trans
            (le_of_add (mul_nonneg (sub_nonneg h1) (sub_nonneg g))
              (ring_eq (vars3 s a b) (a := add a (mul (sub one s) (sub b a)))
                (b := sub b (mul s (sub b a)))))
            (add_le_add_right (neg (mul s (sub b a))) (le_sup_left b (mul s b))))
          (le_via (add_le_add_right (neg (mul s (sub b a))) (le_sup_right b (mul s b)))
            (ring_eq (vars3 s a b) (a := mul s a) (b := sub (mul s b) (mul s (sub b a)))) rfl)))
        rfl
        (ring_eq (vars3 (f a) (f b) (mul s (sub b a))) (a := add (f a) (sub (f b) (f a)))
          (b := add (sub (f b) (mul s (sub b a))) (mul s (sub b a)))))))
      (sub_nonneg (leakyRelu_slope (mul_nonneg (ofNat_nonneg p) (reciprocal_nonneg hr)) h1 a b g).right)
  fun a b =>
    let z : R := sub (f a) (f b)
    let w : R := sub a b
    have all : le zero (mul (sub z (mul s w)) (sub w z)) := Or.elim (le_total b a)
      (fun g => up b a g)
      (fun g => le_via (up a b g) rfl
        (ring_eq (vars5 (f a) (f b) s a b)
          (a := mul (sub (sub (f a) (f b)) (mul s (sub a b))) (sub (sub a b) (sub (f a) (f b))))
          (b := mul (sub (sub (f b) (f a)) (mul s (sub b a))) (sub (sub b a) (sub (f b) (f a))))))
    have e : Eq (ofNat p : R) (mul (ofNat d) s) := Eq.symm (Eq.trans
      (ring_eq (vars3 (ofNat d) (ofNat p) r) (a := mul (ofNat d) (mul (ofNat p) r))
        (b := mul (ofNat p) (mul (ofNat d) r)))
      (Eq.trans (congrArg (mul (ofNat p)) hr) (mul_one _)))
    le_via (mul_nonneg (sq_nonneg (ofNat d)) all) rfl
      (Eq.trans
        (congrArg (fun t => mul (sub (mul (ofNat d) z) (mul t w))
          (sub (mul (ofNat d) w) (mul (ofNat d) z))) e)
        (ring_eq (vars4 (ofNat d) s z w)
          (a := mul (sub (mul (ofNat d) z) (mul (mul (ofNat d) s) w))
            (sub (mul (ofNat d) w) (mul (ofNat d) z)))
          (b := mul (sq (ofNat d)) (mul (sub z (mul s w)) (sub w z)))))

section
variable {lo hi : Int} {q s p : Nat} {φ : R → R}

/-- Slopes between `(s - p)/2q` and `(s + p)/2q` are at most `p/2q` away from `s/2q`:
`(2 q (φ a - φ b) - s (a - b))² ≤ p² (a - b)²`. -/
theorem SlopeBetween.near (h : SlopeBetween lo hi q φ) (hs : Eq (Int.add lo hi) (Int.ofNat s))
    (hp : Eq (Int.add hi (Int.neg lo)) (Int.ofNat p)) (a b : R) :
    le (sq (sub (mul (mul (add one one) (ofNat q)) (sub (φ a) (φ b))) (mul (ofNat s) (sub a b))))
      (mul (sq (ofNat p)) (sq (sub a b))) :=
  let z : R := sub (φ a) (φ b)
  let w : R := sub a b
  have es : Eq (ofNat s : R) (add (ofInt lo) (ofInt hi)) :=
    Eq.trans (congrArg ofInt (Eq.symm hs)) (ofInt_add lo hi)
  have ep : Eq (ofNat p : R) (sub (ofInt hi) (ofInt lo)) :=
    Eq.trans (congrArg ofInt (Eq.symm hp))
      (Eq.trans (ofInt_add hi (Int.neg lo)) (congrArg (add (ofInt hi)) (ofInt_neg lo)))
  le_of_add (mul_nonneg (mul_self_nonneg (add one one)) (h a b))
    (eq_via
      (congrArg (fun t => add (sq (sub (mul (mul (add one one) (ofNat q)) z) (mul t w)))
        (mul (mul (add one one) (add one one)) (mul (sub (mul (ofNat q) z) (mul (ofInt lo) w))
          (sub (mul (ofInt hi) w) (mul (ofNat q) z))))) es)
      (congrArg (fun t => mul (sq t) (sq w)) ep)
      (ring_eq (vars5 (ofInt lo) (ofInt hi) (ofNat q) z w)
        (a := add (sq (sub (mul (mul (add one one) (ofNat q)) z) (mul (add (ofInt lo) (ofInt hi)) w)))
          (mul (mul (add one one) (add one one)) (mul (sub (mul (ofNat q) z) (mul (ofInt lo) w))
            (sub (mul (ofInt hi) w) (mul (ofNat q) z)))))
        (b := mul (sq (sub (ofInt hi) (ofInt lo))) (sq w))))

/-- Slopes between `lo/q` and `hi/q` are at most `hi/q` up or down, where `-hi ≤ lo < hi`. -/
theorem SlopeBetween.bounded {N : Nat} (h : SlopeBetween lo (Int.ofNat N) q φ)
    (hs : Eq (Int.add lo (Int.ofNat N)) (Int.ofNat s))
    (hp : Eq (Int.add (Int.ofNat N) (Int.neg lo)) (Int.ofNat p)) (h1 : Eq (Nat.ble 1 p) true) :
    SlopeBound N q φ :=
  fun a b =>
    let z : R := sub (φ a) (φ b)
    let w : R := sub a b
    let u : R := sub (mul (ofNat N) w) (mul (ofNat q) z)
    have es : Eq (ofNat s : R) (add (ofInt lo) (ofNat N)) :=
      Eq.trans (congrArg ofInt (Eq.symm hs)) (ofInt_add lo (Int.ofNat N))
    have ep : Eq (ofNat p : R) (sub (ofNat N) (ofInt lo)) :=
      Eq.trans (congrArg ofInt (Eq.symm hp))
        (Eq.trans (ofInt_add (Int.ofNat N) (Int.neg lo)) (congrArg (add (ofNat N)) (ofInt_neg lo)))
    have puw : le zero (mul (ofNat p) (mul u w)) :=
      le_via (add_nonneg (h a b) (sq_nonneg u)) rfl
        (Eq.trans (congrArg (fun t => mul t (mul u w)) ep)
          (ring_eq (vars5 (ofNat N) (ofInt lo) (ofNat q) z w)
            (a := mul (sub (ofNat N) (ofInt lo)) (mul (sub (mul (ofNat N) w) (mul (ofNat q) z)) w))
            (b := add (mul (sub (mul (ofNat q) z) (mul (ofInt lo) w))
                (sub (mul (ofNat N) w) (mul (ofNat q) z)))
              (sq (sub (mul (ofNat N) w) (mul (ofNat q) z))))))
    have uw : le zero (mul u w) :=
      le_of_mul_le_mul_left (ofNat_pos h1) (le_via puw (mul_zero _) rfl)
    have step : le (sq (mul (ofNat q) z)) (sq (mul (ofNat N) w)) :=
      le_of_add (add_nonneg (h a b) (mul_nonneg (ofNat_nonneg s) uw))
        (Eq.trans
          (congrArg (fun t => add (sq (mul (ofNat q) z))
            (add (mul (sub (mul (ofNat q) z) (mul (ofInt lo) w)) u) (mul t (mul u w)))) es)
          (ring_eq (vars5 (ofNat N) (ofInt lo) (ofNat q) z w)
            (a := add (sq (mul (ofNat q) z))
              (add (mul (sub (mul (ofNat q) z) (mul (ofInt lo) w))
                  (sub (mul (ofNat N) w) (mul (ofNat q) z)))
                (mul (add (ofInt lo) (ofNat N)) (mul (sub (mul (ofNat N) w) (mul (ofNat q) z)) w))))
            (b := sq (mul (ofNat N) w))))
    le_of_sq_le_sq (mul_nonneg (ofNat_nonneg N) (abs_nonneg w))
      (le_via step (sq_mul_abs q z) (sq_mul_abs N w))

end

end

end LipBridge
