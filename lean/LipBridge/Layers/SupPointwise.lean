import LipBridge.Layers.Activation
import LipBridge.Layers.BlockMax
import LipBridge.Layers.Concat
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.MaxPool
import LipBridge.Layers.MeanPool
import LipBridge.Layers.Split
import LipBridge.Layers.Tokenwise
import LipBridge.Lipschitz.Sup
import LipBridge.Selection.OrderNat
/-!
# Activations, pooling and branches in the maximum norm

In ℓ∞ activations keep their slope, poolings over tokens have the constant 1, branches side by side have
the greatest of their constants. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-! ## Entry by entry -/

/-- `(φ a - φ b)² ≤ (a - b)²` gives the constant 1 in ℓ∞. -/
theorem SupLipschitz.pointwise (n : Nat) {φ : R → R}
    (h : ∀ a b, le (sq (sub (φ a) (φ b))) (sq (sub a b))) :
    SupLipschitz n n (ofNat 1 : R) (ofNat 1) (fun x i => φ (x i)) :=
  ⟨ofNat_nonneg 1, ofNat_pos rfl, fun x y d e hd _ w i hi => le_congr
    (congrArg (fun t => mul t _) (Eq.trans (congrArg (fun t => mul t d) ofNat_one) (one_mul d)))
    (Eq.trans (congrArg (fun t => mul t e) ofNat_one) (one_mul e))
    (le_trans (mul_le_mul_left hd (abs_le_of_sq_le_sq (abs_nonneg _)
      (le_via (h (x i) (y i)) rfl (sq_abs _)))) (w i hi))⟩

/-- ReLU. -/
theorem relu_supLipschitz (n : Nat) : SupLipschitz n n (ofNat 1 : R) (ofNat 1) relu :=
  SupLipschitz.pointwise n (slope_sq_le relu_slope)

/-- Leaky ReLU of slope `n/d ≤ 1`. -/
theorem leakyRelu_supLipschitz (m : Nat) {n d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one)
    (h : Eq (Nat.ble n d) true) :
    SupLipschitz m m (ofNat 1 : R) (ofNat 1) (leakyRelu (mul (ofNat n) r)) :=
  SupLipschitz.pointwise m (slope_sq_le (leakyRelu_slope
    (mul_nonneg (ofNat_nonneg n) (reciprocal_nonneg hr)) (ratio_le_one hr h)))

/-- `x ↦ |x|`. -/
theorem abs_supLipschitz (n : Nat) : SupLipschitz n n (ofNat 1 : R) (ofNat 1) (entrywise abs) :=
  SupLipschitz.pointwise n abs_sq_le

/-- Clamping to an interval. -/
theorem clamp_supLipschitz (n : Nat) (lo hi : R) :
    SupLipschitz n n (ofNat 1 : R) (ofNat 1) (entrywise (clamp lo hi)) :=
  SupLipschitz.pointwise n
    (slope_sq_le (clamp_slope lo hi))

/-- An activation of slope at most `N/D` has the constant `N/D`. -/
theorem activation_supLipschitz (n : Nat) {N D : Nat} {φ : R → R} (h : SlopeBound N D φ)
    (hD : Eq (Nat.ble 1 D) true) : SupLipschitz n n (ofNat N : R) (ofNat D) (entrywise φ) :=
  ⟨ofNat_nonneg N, ofNat_pos hD, fun x y d _ hd _ w i hi => le_trans
    (le_congr (ring_eq (vars3 (ofNat D) d (abs (sub (φ (x i)) (φ (y i)))))
        (a := mul (mul (ofNat D) d) (abs (sub (φ (x i)) (φ (y i))))) (b := mul d (mul (ofNat D) (abs (sub (φ (x i)) (φ (y i))))))) rfl
      (mul_le_mul_left hd (h (x i) (y i))))
    (le_congr (ring_eq (vars3 d (ofNat N) (abs (sub (x i) (y i))))
        (b := mul (ofNat N) (mul d (abs (sub (x i) (y i)))))) rfl
      (mul_le_mul_left (ofNat_nonneg N) (w i hi)))⟩

/-! ## Pooling and blocks of tokens -/

/-- `d·|max f - max g| ≤ e` where `d·|f_t - g_t| ≤ e` for each of the `b > 0` members. -/
theorem maxOver_sup_le {b : Nat} (hb : Nat.lt 0 b) {d e : R} (hd : le zero d) {f g : Nat → R}
    (h : ∀ t, Nat.lt t b → le (mul d (abs (sub (f t) (g t)))) e) :
    le (mul d (abs (sub (maxOver b f) (maxOver b g)))) e :=
  match maxOver_dist hb f g with
  | ⟨t, ht, k⟩ => le_trans (mul_le_mul_left hd (abs_le_of_sq_le_sq (abs_nonneg _)
      (le_via k rfl (sq_abs _)))) (h t ht)

/-- A map that takes bounds of entries to the same bounds has the constant 1. -/
theorem SupLipschitz.ofSame {n m : Nat} {f : Vec R → Vec R}
    (h : ∀ x y d e, le zero d → le zero e → SupWithin n d e x y → SupWithin m d e (f x) (f y)) :
    SupLipschitz n m (ofNat 1 : R) (ofNat 1) f :=
  ⟨ofNat_nonneg 1, ofNat_pos rfl, fun x y d e hd he w i hi => le_congr
    (congrArg (fun t => mul t _) (Eq.trans (congrArg (fun t => mul t d) ofNat_one) (one_mul d)))
    (Eq.trans (congrArg (fun t => mul t e) ofNat_one) (one_mul e))
    (h x y d e hd he w i hi)⟩

/-- Max pooling over `b > 0` tokens has the constant 1. -/
theorem maxPool_supLipschitz (b d : Nat) (hb : Eq (Nat.ble 1 b) true) :
    SupLipschitz (Nat.mul b d) d (ofNat 1 : R) (ofNat 1) (maxPool b d) :=
  SupLipschitz.ofSame (fun _ _ _ _ hc _ w _ hj => maxOver_sup_le (Nat.le_of_ble_eq_true hb) hc
    (fun _ ht => w _ (nat_block_lt ht hj)))

/-- The maximum of each of `blocks` groups of `b > 0` scores has the constant 1. -/
theorem blockMax_supLipschitz (blocks b : Nat) (hb : Eq (Nat.ble 1 b) true) :
    SupLipschitz (Nat.mul blocks b) blocks (ofNat 1 : R) (ofNat 1) (blockMax b) :=
  SupLipschitz.ofSame (fun _ _ _ _ hc _ w _ hj => maxOver_sup_le (Nat.le_of_ble_eq_true hb) hc
    (fun _ ht => w _ (nat_block_lt hj ht)))

/-- The mean of `b` tokens has the constant 1. -/
theorem meanPool_supLipschitz (b d : Nat) {r : R} (hr : Eq (mul (ofNat b) r) one) :
    SupLipschitz (Nat.mul b d) d (ofNat 1) (ofNat 1) (meanPool b d r) :=
  SupLipschitz.ofAbove (ofNat_nonneg 1) (ofNat_pos rfl) (fun x y c e hc _ w j hj =>
    le_congr
      (Eq.trans (congr2 mul (Eq.trans (congrArg (fun t => mul t c) ofNat_one) (one_mul c))
          (meanPool_sub b d r x y j))
        (Eq.trans (ring_eq (vars3 c r (sum b (fun t => vsub x y (Nat.add (Nat.mul t d) j))))
            (a := mul c (mul r (sum b (fun t => vsub x y (Nat.add (Nat.mul t d) j)))))
            (b := mul r (mul c (sum b (fun t => vsub x y (Nat.add (Nat.mul t d) j))))))
          (congrArg (mul r) (Eq.symm (sum_mul_left b c _)))))
      (Eq.trans (congrArg (fun t => mul t e) ofNat_one) (Eq.trans (one_mul e)
        (Eq.symm (Eq.trans (ring_eq (vars3 r (ofNat b) e) (a := mul r (mul (ofNat b) e))
            (b := mul (mul (ofNat b) r) e))
          (Eq.trans (congrArg (fun t => mul t e) hr) (one_mul e))))))
      (mul_le_mul_left (reciprocal_nonneg hr) (le_congr rfl (Eq.symm (sum_const b e))
        (sum_le (fun _ ht => w.above hc (nat_block_lt ht hj))))))

/-- Entry `i < b·m` lies in a block below `b`, at a place below `m`. -/
theorem nat_block_place {b m i : Nat} (h : Nat.lt i (Nat.mul b m)) :
    And (Nat.lt (Nat.div i m) b) (Nat.lt (Nat.mod i m) m) :=
  match m, h with
  | 0, h => False.elim (Nat.not_succ_le_zero i h)
  | .succ m, h =>
    have whole := nat_div_add_mod i (Nat.succ m)
    have low : Nat.le (Nat.mul (Nat.div i (Nat.succ m)) (Nat.succ m)) i :=
      nat_le_of_add_eq (Eq.trans
        (congrArg (fun t => Nat.add t (Nat.mod i (Nat.succ m))) (nat_mul_comm _ _)) whole)
    have more (g : Nat.le b (Nat.div i (Nat.succ m))) :
        Nat.le (Nat.mul b (Nat.succ m)) (Nat.mul (Nat.div i (Nat.succ m)) (Nat.succ m)) :=
      match nat_exists_of_le g with
      | ⟨k, e⟩ => nat_le_of_add_eq (k := Nat.mul k (Nat.succ m)) (Eq.trans
          (Eq.symm (nat_add_mul b k (Nat.succ m))) (congrArg (fun t => Nat.mul t (Nat.succ m)) e))
    ⟨Or.elim (nat_lt_or_ge (Nat.div i (Nat.succ m)) b) (fun g => g)
        (fun g => False.elim (nat_lt_irrefl (Nat.le_trans h
          (Nat.le_trans (more g) low)))),
      Nat.mod_lt _ (Nat.succ_le_succ (Nat.zero_le m))⟩

/-- Token by token the constant stays the same. -/
theorem tokenwise_supLipschitz (b : Nat) {n m : Nat} {N D : R} {f : Vec R → Vec R}
    (h : SupLipschitz n m N D f) :
    SupLipschitz (Nat.mul b n) (Nat.mul b m) N D (tokenwise b n m f) :=
  ⟨h.num_nonneg, h.den_pos, fun x y d e hd he w i hi =>
    have at_ := nat_block_place hi
    h.bound (token n x (Nat.div i m)) (token n y (Nat.div i m)) d e hd he
      (fun _ hj => w _ (nat_block_lt at_.left hj)) (Nat.mod i m) at_.right⟩

/-- Reading a vector as a block of tokens has the constant 1. -/
theorem split_supLipschitz (b d : Nat) :
    SupLipschitz (Nat.mul b d) (Nat.mul b d) (ofNat 1 : R) (ofNat 1) (split b d) :=
  SupLipschitz.ofSame (fun _ _ _ _ _ _ w => w)

/-! ## Branches -/

section
variable {n m k : Nat} {N D N' D' : R} {f g : Vec R → Vec R}

/-- `x ↦ f x + g x` has the constant `N/D + N'/D'`. -/
theorem sum_supLipschitz (hf : SupLipschitz n m N D f) (hg : SupLipschitz n m N' D' g) :
    SupLipschitz n m (add (mul N D') (mul N' D)) (mul D D') (fun x => vadd (f x) (g x)) :=
  SupLipschitz.ofAbove
    (add_nonneg (mul_nonneg hf.num_nonneg (le_of_lt hg.den_pos))
      (mul_nonneg hg.num_nonneg (le_of_lt hf.den_pos)))
    (mul_pos hf.den_pos hg.den_pos)
    (fun x y d e hd he w i hi =>
      have u := (hf.bound x y d e hd he w).above (mul_nonneg (le_of_lt hf.den_pos) hd) hi
      have v := (hg.bound x y d e hd he w).above (mul_nonneg (le_of_lt hg.den_pos) hd) hi
      le_congr
        (ring_eq (vars7 D D' d (f x i) (g x i) (f y i) (g y i))
          (a := mul (mul (mul D D') d) (sub (add (f x i) (g x i)) (add (f y i) (g y i))))
          (b := add (mul D' (mul (mul D d) (sub (f x i) (f y i))))
            (mul D (mul (mul D' d) (sub (g x i) (g y i))))))
        (ring_eq (vars5 N D' N' D e)
          (b := add (mul D' (mul N e)) (mul D (mul N' e))))
        (add_le_add (mul_le_mul_left (le_of_lt hg.den_pos) u)
          (mul_le_mul_left (le_of_lt hf.den_pos) v)))

/-- The identity has the constant 1. -/
theorem identity_supLipschitz (n : Nat) : SupLipschitz n n (one : R) one (fun x => x) :=
  ⟨le_of_lt zero_lt_one, zero_lt_one, fun _ _ d e _ _ w i hi =>
    le_congr (congrArg (fun t => mul t _) (one_mul d)) (one_mul e) (w i hi)⟩

/-- `x ↦ x + f x` has the constant `1 + N/D`. -/
theorem residual_supLipschitz (hf : SupLipschitz n n N D f) :
    SupLipschitz n n (add D N) D (fun x => vadd x (f x)) :=
  (sum_supLipschitz (identity_supLipschitz n) hf).congr (ring_eq (vars2 N D)) (ring_eq (vars1 D))

/-- `x ↦ (f x, g x)` has the constant that both have: the greater one. -/
theorem concat_supLipschitz (hf : SupLipschitz n m N D f) (hg : SupLipschitz n k N D g) :
    SupLipschitz n (Nat.add m k) N D (concat m f g) :=
  ⟨hf.num_nonneg, hf.den_pos, fun x y d e hd he w i hi =>
    Or.elim (nat_lt_or_ge i m)
      (fun h => le_congr (congrArg (fun t => mul _ (abs t))
          (congr2 sub (append_left m (f x) (g x) h) (append_left m (f y) (g y) h))) rfl
        (hf.bound x y d e hd he w i h))
      (fun h => match nat_exists_of_le h with
        | ⟨j, ej⟩ =>
          le_congr (congrArg (fun t => mul _ (abs t))
              (congr2 sub
                (Eq.trans (congrArg (append m (f x) (g x)) (Eq.symm ej)) (append_right m _ _ j))
                (Eq.trans (congrArg (append m (f y) (g y)) (Eq.symm ej)) (append_right m _ _ j)))) rfl
            (hg.bound x y d e hd he w j (Or.elim (nat_lt_or_ge j k) (fun g => g)
              (fun g => False.elim (nat_lt_irrefl (Nat.le_trans hi (Eq.subst
                (motive := Nat.le (Nat.add m k)) ej (nat_add_le_add_left m g))))))))⟩

end

section
variable {n m N D N' D' : Nat} {f g : Vec R → Vec R}

/-- `K_f + K_g`, for constants that are natural numbers. -/
theorem sum_supLipschitz_ofNat (hf : SupLipschitz n m (ofNat N : R) (ofNat D) f)
    (hg : SupLipschitz n m (ofNat N' : R) (ofNat D') g) :
    SupLipschitz n m (ofNat (Nat.add (Nat.mul N D') (Nat.mul N' D)) : R) (ofNat (Nat.mul D D'))
      (fun x => vadd (f x) (g x)) :=
  (sum_supLipschitz hf hg).congr (ofNat_cross N D N' D') (Eq.symm (ofNat_mul D D'))

/-- `1 + K_f`, for constants that are natural numbers. -/
theorem residual_supLipschitz_ofNat (hf : SupLipschitz n n (ofNat N : R) (ofNat D) f) :
    SupLipschitz n n (ofNat (Nat.add D N) : R) (ofNat D) (fun x => vadd x (f x)) :=
  (residual_supLipschitz hf).congr (Eq.symm (ofNat_add D N)) rfl

end

end

end LipBridge
