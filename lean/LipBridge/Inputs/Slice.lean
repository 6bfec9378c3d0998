import LipBridge.Layers.Coordinates
import LipBridge.Layers.Concat
import LipBridge.Selection.OrderNat
/-!
# Several inputs

A function of several inputs is a function of the stacked vector. Its constant in one of them is a
constant on every slice: the points that agree in all the others. From the constants `K_i` in the
single inputs follows `√(Σ K_i²)` in all of them together, one input being exchanged after the other.
docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u}

/-- `x` and `z` agree in the entries below `n` outside of `s, …, s + k - 1`. -/
def AgreeOutside (n s k : Nat) (x z : Vec R) : Prop :=
  ∀ i, Nat.lt i n → Or (Nat.lt i s) (Nat.le (Nat.add s k) i) → Eq (x i) (z i)

/-- The points of `S` that differ from `z` in the input `s, …, s + k - 1` only. -/
def Slice (n s k : Nat) (S : Vec R → Prop) (z : Vec R) : Vec R → Prop :=
  fun x => And (S x) (AgreeOutside n s k x z)

/-- A point lies in its own slice. -/
theorem Slice.self {n s k : Nat} {S : Vec R → Prop} {x : Vec R} (h : S x) : Slice n s k S x x :=
  ⟨h, fun _ _ _ => rfl⟩

/-- The part of the input from `t` on depends on its own entries. -/
theorem slice_congr {n t m : Nat} {x y : Vec R} (hn : Eq (Nat.ble (Nat.add t m) n) true) (h : Agree n x y) :
    Agree m (slice t x) (slice t y) :=
  fun i hi => h (Nat.add t i) (Nat.le_trans (nat_add_le_add_left t hi) (Nat.le_of_ble_eq_true hn))

/-- The entries of `y` below `s`, those of `x` from `s` on. -/
def splice (s : Nat) (x y : Vec R) : Vec R := fun i => cond (Nat.ble s i) (x i) (y i)

/-- Below `s` the entries are those of `y`. -/
theorem splice_below {s i : Nat} (x y : Vec R) (h : Nat.lt i s) : Eq (splice s x y i) (y i) :=
  cond_ind (P := fun t => Eq t (y i))
    (fun e => False.elim (nat_lt_irrefl (Nat.le_trans h (Nat.le_of_ble_eq_true e)))) (fun _ => rfl)

/-- From `s` on the entries are those of `x`. -/
theorem splice_from {s i : Nat} (x y : Vec R) (h : Nat.le s i) : Eq (splice s x y i) (x i) :=
  congrArg (fun c => cond c (x i) (y i)) (Nat.ble_eq_true_of_le h)

end

section
variable {R : Type u} [OrderedRing R]

/-! ## One input, while another varies -/

section
variable {n s k t m : Nat} {S : Vec R → Prop} {z : Vec R}

/-- What is constant on a set has the constant 0 there. -/
theorem SqLipschitzOn.zero {f : Vec R → Vec R} (h : ∀ x y, S x → S y → Agree m (f x) (f y)) :
    SqLipschitzOn n m (ofNat 0 : R) (ofNat 1) S f :=
  ⟨ofNat_nonneg 0, ofNat_pos rfl, fun x y hx hy => le_of_eq (eq_via
    (congrArg (mul (ofNat 1)) (distSq_of_agree (h x y hx hy)))
    (congrArg (fun p => mul p (distSq n x y)) ofNat_zero)
    (Eq.trans (mul_zero _) (Eq.symm (zero_mul _))))⟩

/-- An input that stands before the varying one has the constant 0. -/
theorem slice_still_before (hn : Eq (Nat.ble (Nat.add t m) n) true)
    (hs : Eq (Nat.ble (Nat.add t m) s) true) :
    SqLipschitzOn n m (ofNat 0 : R) (ofNat 1) (Slice n s k S z) (slice t) :=
  SqLipschitzOn.zero (fun _ _ hx hy i hi =>
    have below {a : Nat} (h : Eq (Nat.ble (Nat.add t m) a) true) : Nat.lt (Nat.add t i) a :=
      Nat.le_trans (nat_add_le_add_left t hi) (Nat.le_of_ble_eq_true h)
    Eq.trans (hx.right _ (below hn) (Or.inl (below hs)))
      (Eq.symm (hy.right _ (below hn) (Or.inl (below hs)))))

/-- An input that stands after the varying one has the constant 0. -/
theorem slice_still_after (hn : Eq (Nat.ble (Nat.add t m) n) true)
    (hs : Eq (Nat.ble (Nat.add s k) t) true) :
    SqLipschitzOn n m (ofNat 0 : R) (ofNat 1) (Slice n s k S z) (slice t) :=
  SqLipschitzOn.zero (fun _ _ hx hy i hi =>
    have below : Nat.lt (Nat.add t i) n :=
      Nat.le_trans (nat_add_le_add_left t hi) (Nat.le_of_ble_eq_true hn)
    have above : Nat.le (Nat.add s k) (Nat.add t i) :=
      Nat.le_trans (Nat.le_of_ble_eq_true hs) (nat_le_add t i)
    Eq.trans (hx.right _ below (Or.inr above)) (Eq.symm (hy.right _ below (Or.inr above))))

end

/-! ## All inputs together -/

/-- `‖x - y‖² = ‖x - w‖² + ‖w - y‖²` where `w` is spliced from both. -/
theorem distSq_splice (n s : Nat) (x y : Vec R) :
    Eq (distSq n x y) (add (distSq n x (splice s x y)) (distSq n (splice s x y) y)) :=
  Eq.trans
    (sum_ext n (fun i =>
      cond_ind (b := Nat.ble s i) (P := fun w => Eq (mul (sub (x i) (y i)) (sub (x i) (y i)))
          (add (mul (sub (x i) w) (sub (x i) w)) (mul (sub w (y i)) (sub w (y i)))))
        (fun _ => ring_eq (vars2 (x i) (y i)) (a := mul (sub (x i) (y i)) (sub (x i) (y i)))
          (b := add (mul (sub (x i) (x i)) (sub (x i) (x i)))
            (mul (sub (x i) (y i)) (sub (x i) (y i)))))
        (fun _ => ring_eq (vars2 (x i) (y i)) (a := mul (sub (x i) (y i)) (sub (x i) (y i)))
          (b := add (mul (sub (x i) (y i)) (sub (x i) (y i)))
            (mul (sub (y i) (y i)) (sub (y i) (y i)))))))
    (sum_add n _ _)

/-- The step behind exchanging one input after the other: `Q₁ ‖u‖² ≤ P₁ a` and `Q₂ ‖v‖² ≤ P₂ b` give
`Q₁ Q₂ ‖u + v‖² ≤ (P₁ Q₂ + P₂ Q₁)(a + b)`. -/
theorem ratio_join {m : Nat} {u v : Vec R} {P₁ Q₁ P₂ Q₂ a b : R} (hP₁ : le zero P₁)
    (hQ₁ : le zero Q₁) (hP₂ : le zero P₂) (hQ₂ : le zero Q₂) (ha : le zero a) (hb : le zero b)
    (hu : le (mul Q₁ (normSq m u)) (mul P₁ a)) (hv : le (mul Q₂ (normSq m v)) (mul P₂ b)) :
    le (mul (mul Q₁ Q₂) (normSq m (vadd u v)))
      (mul (add (mul P₁ Q₂) (mul P₂ Q₁)) (add a b)) :=
  have hX : le zero (mul Q₁ Q₂) := mul_nonneg hQ₁ hQ₂
  have hr : le zero (mul (mul P₁ Q₂) b) := mul_nonneg (mul_nonneg hP₁ hQ₂) hb
  have ht : le zero (mul (mul P₂ Q₁) a) := mul_nonneg (mul_nonneg hP₂ hQ₁) ha
  have two : le (zero : R) (add one one) :=
    add_nonneg (le_of_lt zero_lt_one) (le_of_lt zero_lt_one)
  -- `(Q₁ Q₂ ⟨u, v⟩)² ≤ (P₁ Q₂ b)(P₂ Q₁ a)`, so twice the product is at most the sum of the factors
  have hc : le (sq (mul (mul Q₁ Q₂) (dot m u v)))
      (mul (mul (mul P₁ Q₂) b) (mul (mul P₂ Q₁) a)) :=
    le_trans
      (le_via (mul_le_mul_left (sq_nonneg (mul Q₁ Q₂)) (cauchy_schwarz m u v))
        (ring_eq (vars3 Q₁ Q₂ (dot m u v))) rfl)
      (le_via
        (mul_le_mul_left hX (mul_le_mul (mul_nonneg hP₁ ha) (mul_nonneg hQ₂ (normSq_nonneg m v))
          hu hv))
        (ring_eq (vars4 Q₁ Q₂ (normSq m u) (normSq m v)))
        (ring_eq (vars6 Q₁ Q₂ P₁ P₂ a b)))
  have h2 : le (add (mul (mul Q₁ Q₂) (dot m u v)) (mul (mul Q₁ Q₂) (dot m u v)))
      (add (mul (mul P₁ Q₂) b) (mul (mul P₂ Q₁) a)) :=
    le_of_sq_le_sq (add_nonneg hr ht)
      (le_trans
        (le_via (mul_le_mul_left (mul_nonneg two two) hc)
          (ring_eq (vars1 (mul (mul Q₁ Q₂) (dot m u v)))) rfl)
        (le_of_add (sq_nonneg (sub (mul (mul P₁ Q₂) b) (mul (mul P₂ Q₁) a)))
          (ring_eq (vars2 (mul (mul P₁ Q₂) b) (mul (mul P₂ Q₁) a)))))
  le_via
    (add_le_add (add_le_add (mul_le_mul_left hQ₂ hu) h2) (mul_le_mul_left hQ₁ hv))
    (Eq.trans (congrArg (mul (mul Q₁ Q₂)) (normSq_add m u v))
      (ring_eq (vars5 Q₁ Q₂ (normSq m u) (dot m u v) (normSq m v))))
    (ring_eq (vars6 Q₁ Q₂ P₁ P₂ a b))

section
variable {n m s k : Nat} {P₁ Q₁ P₂ Q₂ : R} {S : Vec R → Prop} {f : Vec R → Vec R}

/-- A function with the constant `√(P₁/Q₁)` in the inputs before `s` and `√(P₂/Q₂)` in the next one,
of `k` entries, has `√(P₁/Q₁ + P₂/Q₂)` in all of them, where `S` is a product of sets. -/
theorem SqLipschitzOn.join (hS : ∀ x y, S x → S y → S (splice s x y))
    (h₁ : ∀ z, SqLipschitzOn n m P₁ Q₁ (Slice n 0 s S z) f)
    (h₂ : ∀ z, SqLipschitzOn n m P₂ Q₂ (Slice n s k S z) f) (z : Vec R) :
    SqLipschitzOn n m (add (mul P₁ Q₂) (mul P₂ Q₁)) (mul Q₁ Q₂) (Slice n 0 (Nat.add s k) S z) f :=
  have g₁ := h₁ z
  have g₂ := h₂ z
  ⟨add_nonneg (mul_nonneg g₁.num_nonneg (le_of_lt g₂.den_pos))
      (mul_nonneg g₂.num_nonneg (le_of_lt g₁.den_pos)),
   mul_pos g₁.den_pos g₂.den_pos,
   fun x y hx hy =>
    have hw : S (splice s x y) := hS x y hx.left hy.left
    have first := (h₁ x).bound x (splice s x y) (Slice.self hx.left)
      ⟨hw, fun i _ hi => Or.elim hi (fun g => False.elim (Nat.not_succ_le_zero i g))
        (fun g => splice_from x y (Eq.subst (motive := fun a => Nat.le a i) (nat_zero_add s) g))⟩
    have second := (h₂ y).bound (splice s x y) y
      ⟨hw, fun i hn hi => Or.elim hi (splice_below x y)
        (fun g => Eq.trans (splice_from x y (Nat.le_trans (nat_le_add s k) g))
          (have far : Nat.le (Nat.add 0 (Nat.add s k)) i :=
            Eq.subst (motive := fun a => Nat.le a i) (Eq.symm (nat_zero_add (Nat.add s k))) g
          Eq.trans (hx.right i hn (Or.inr far)) (Eq.symm (hy.right i hn (Or.inr far)))))⟩
      (Slice.self hy.left)
    le_via
      (ratio_join g₁.num_nonneg (le_of_lt g₁.den_pos) g₂.num_nonneg (le_of_lt g₂.den_pos)
        (distSq_nonneg n _ _) (distSq_nonneg n _ _) first second)
      (congrArg (mul (mul Q₁ Q₂)) (normSq_congr (fun i _ =>
        ring_eq (vars3 (f x i) (f (splice s x y) i) (f y i))
          (a := sub (f x i) (f y i))
          (b := add (sub (f x i) (f (splice s x y) i)) (sub (f (splice s x y) i) (f y i))))))
      (congrArg (mul _) (distSq_splice n s x y))⟩

/-- What holds in all inputs together holds on `S`. -/
theorem SqLipschitzOn.ofSlices {P Q : R} (h : ∀ z, SqLipschitzOn n m P Q (Slice n 0 n S z) f) :
    SqLipschitzOn n m P Q S f :=
  ⟨(h vzero).num_nonneg, (h vzero).den_pos, fun x y hx hy =>
    (h x).bound x y (Slice.self hx) ⟨hy, fun i hn hi => Or.elim hi
      (fun g => False.elim (Nat.not_succ_le_zero i g))
      (fun g => False.elim (nat_lt_irrefl (Nat.le_trans hn
        (Eq.subst (motive := fun a => Nat.le a i) (nat_zero_add n) g))))⟩⟩

end

/-- `√(K₁² + K₂²)` for constants that are natural numbers. -/
theorem SqLipschitzOn.join_ofNat {n m s k P₁ Q₁ P₂ Q₂ : Nat} {S : Vec R → Prop}
    {f : Vec R → Vec R} (hS : ∀ x y, S x → S y → S (splice s x y))
    (h₁ : ∀ z, SqLipschitzOn n m (ofNat P₁ : R) (ofNat Q₁) (Slice n 0 s S z) f)
    (h₂ : ∀ z, SqLipschitzOn n m (ofNat P₂ : R) (ofNat Q₂) (Slice n s k S z) f) (z : Vec R) :
    SqLipschitzOn n m (ofNat (Nat.add (Nat.mul P₁ Q₂) (Nat.mul P₂ Q₁)) : R)
      (ofNat (Nat.mul Q₁ Q₂)) (Slice n 0 (Nat.add s k) S z) f :=
  (SqLipschitzOn.join hS h₁ h₂ z).congr (ofNat_cross P₁ Q₁ P₂ Q₂) (Eq.symm (ofNat_mul Q₁ Q₂))

end

end LipBridge
