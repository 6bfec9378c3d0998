import LipBridge.Lipschitz.Comp
/-!
# Lipschitz constants in the maximum norm

`SupWithin n d e x y` says `‖x - y‖∞ ≤ e/d`, as `d·|x_i - y_i| ≤ e` for each `i < n`; `SupLipschitz n m N D f`
says that then `‖f x - f y‖∞ ≤ (N·e)/(D·d)`: in ℓ∞ the constant of `f : Rⁿ → Rᵐ` is at most `N/D`.
docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `‖x - y‖∞ ≤ e/d`: `d·|x_i - y_i| ≤ e` for each `i < n`. -/
def SupWithin (n : Nat) (d e : R) (x y : Vec R) : Prop :=
  ∀ i, Nat.lt i n → le (mul d (abs (sub (x i) (y i)))) e

/-- `‖f x - f y‖∞ ≤ (N/D)·‖x - y‖∞` for all `x` and `y`, with `N ≥ 0` and `D > 0`: whatever bounds the
entries of `x - y`, `N/D` times it bounds those of `f x - f y`. -/
structure SupLipschitz (n m : Nat) (N D : R) (f : Vec R → Vec R) : Prop where
  /-- `0 ≤ N`. -/
  num_nonneg : le zero N
  /-- `0 < D`. -/
  den_pos : lt zero D
  /-- `‖x - y‖∞ ≤ e/d` gives `‖f x - f y‖∞ ≤ (N·e)/(D·d)`. -/
  bound : ∀ x y d e, le zero d → le zero e → SupWithin n d e x y →
    SupWithin m (mul D d) (mul N e) (f x) (f y)

/-! ## Bounds of entries -/

section
variable {n : Nat} {d e : R} {x y : Vec R}

/-- `d·z ≤ e` and `d·(-z) ≤ e` give `d·|z| ≤ e`. -/
theorem mul_abs_le {z : R} (h : le (mul d z) e) (k : le (mul d (neg z)) e) : le (mul d (abs z)) e :=
  Or.elim (abs_cases z) (fun c => le_congr (congrArg (mul d) c) rfl h)
    (fun c => le_congr (congrArg (mul d) c) rfl k)

/-- From above: `d·(x_i - y_i) ≤ e`. -/
theorem SupWithin.above (hd : le zero d) (h : SupWithin n d e x y) {i : Nat} (hi : Nat.lt i n) :
    le (mul d (sub (x i) (y i))) e :=
  le_trans (mul_le_mul_left hd (le_abs _)) (h i hi)

/-- From below: `d·(y_i - x_i) ≤ e`. -/
theorem SupWithin.below (hd : le zero d) (h : SupWithin n d e x y) {i : Nat} (hi : Nat.lt i n) :
    le (mul d (sub (y i) (x i))) e :=
  le_trans (mul_le_mul_left hd (le_congr (ring_eq (vars2 (x i) (y i))
    (b := neg (sub (x i) (y i)))) rfl (neg_le_abs _))) (h i hi)

/-- The distance is that of `y` and `x`. -/
theorem SupWithin.symm (hd : le zero d) (h : SupWithin n d e x y) : SupWithin n d e y x :=
  fun i hi => mul_abs_le (h.below hd hi)
    (le_congr (ring_eq (vars3 d (x i) (y i)) (a := mul d (neg (sub (y i) (x i))))
      (b := mul d (sub (x i) (y i)))) rfl (h.above hd hi))

end

section
variable {n m k : Nat} {N D : R} {f g : Vec R → Vec R}

/-- A bound from above is enough, since `x` and `y` may change places. -/
theorem SupLipschitz.ofAbove (hN : le zero N) (hD : lt zero D)
    (h : ∀ x y d e, le zero d → le zero e → SupWithin n d e x y → ∀ i, Nat.lt i m →
      le (mul (mul D d) (sub (f x i) (f y i))) (mul N e)) : SupLipschitz n m N D f :=
  ⟨hN, hD, fun x y d e hd he w i hi => mul_abs_le (h x y d e hd he w i hi)
    (le_congr (ring_eq (vars4 D d (f x i) (f y i))
      (a := mul (mul D d) (neg (sub (f x i) (f y i))))
      (b := mul (mul D d) (sub (f y i) (f x i)))) rfl (h y x d e hd he (w.symm hd) i hi))⟩

/-- Equal constants may be exchanged. -/
theorem SupLipschitz.congr {N' D' : R} (h : SupLipschitz n m N D f) (hN : Eq N N') (hD : Eq D D') :
    SupLipschitz n m N' D' f :=
  hN ▸ hD ▸ h

/-- Constants multiply under composition. -/
theorem SupLipschitz.comp {N' D' : R} (hf : SupLipschitz n m N D f) (hg : SupLipschitz m k N' D' g) :
    SupLipschitz n k (mul N N') (mul D D') (fun x => g (f x)) :=
  ⟨mul_nonneg hf.num_nonneg hg.num_nonneg, mul_pos hf.den_pos hg.den_pos,
    fun x y d e hd he w i hi => le_congr
      (ring_eq (vars4 D D' d (abs (sub (g (f x) i) (g (f y) i))))
        (b := mul (mul D' (mul D d)) (abs (sub (g (f x) i) (g (f y) i)))))
      (ring_eq (vars3 N N' e) (b := mul N' (mul N e)))
      (hg.bound (f x) (f y) (mul D d) (mul N e) (mul_nonneg (le_of_lt hf.den_pos) hd)
        (mul_nonneg hf.num_nonneg he) (hf.bound x y d e hd he w) i hi)⟩

/-- A greater constant is a constant too: `N/D ≤ N'/D'` as `N D' ≤ N' D`. -/
theorem SupLipschitz.weaken {N' D' : R} (h : SupLipschitz n m N D f) (hN : le zero N')
    (hD : lt zero D') (hc : le (mul N D') (mul N' D)) : SupLipschitz n m N' D' f :=
  ⟨hN, hD, fun x y d e hd he w i hi => le_congr (mul_assoc D' d _) rfl
    (ratio_weaken h.den_pos hD he hc
      (le_congr (Eq.symm (mul_assoc D d _)) rfl (h.bound x y d e hd he w i hi)))⟩

end

/-! ## Constants that are natural numbers -/

section
variable {n m k N D N' D' : Nat} {f g : Vec R → Vec R}

/-- Constants that are natural numbers multiply. -/
theorem SupLipschitz.comp_ofNat (hf : SupLipschitz n m (ofNat N : R) (ofNat D) f)
    (hg : SupLipschitz m k (ofNat N' : R) (ofNat D') g) :
    SupLipschitz n k (ofNat (Nat.mul N N')) (ofNat (Nat.mul D D')) (fun x => g (f x)) :=
  (hf.comp hg).congr (Eq.symm (ofNat_mul N N')) (Eq.symm (ofNat_mul D D'))

/-- `N/D ≤ N'/D'`, checked on natural numbers. -/
theorem SupLipschitz.weaken_ofNat (h : SupLipschitz n m (ofNat N : R) (ofNat D) f)
    (hD : Eq (Nat.ble 1 D') true) (hc : Eq (Nat.ble (Nat.mul N D') (Nat.mul N' D)) true) :
    SupLipschitz n m (ofNat N') (ofNat D') f :=
  h.weaken (ofNat_nonneg N') (ofNat_pos hD) (ofNat_mul_le hc)

end

end

end LipBridge
