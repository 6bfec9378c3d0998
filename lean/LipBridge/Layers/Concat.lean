import LipBridge.Layers.Sum
/-!
# Concatenation and heads

`x ↦ (f x, g x)`, the outputs of two branches one after the other, has the constant
`√(K_f² + K_g²)`: the squares add. Several heads are concatenations of concatenations.
docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u}

/-- The first `m` entries of `a`, then the entries of `b`. -/
def append (m : Nat) (a b : Vec R) : Vec R :=
  fun i => cond (Nat.ble m i) (b (Nat.sub i m)) (a i)

/-- `x ↦ (f x, g x)`: the `m` outputs of `f`, then those of `g`. -/
def concat (m : Nat) (f g : Vec R → Vec R) : Vec R → Vec R := fun x => append m (f x) (g x)

/-- An entry before `m` comes from the first vector. -/
theorem append_left (m : Nat) (a b : Vec R) {i : Nat} (h : Nat.lt i m) :
    Eq (append m a b i) (a i) :=
  cond_ind (P := fun t => Eq t (a i))
    (fun e => False.elim (nat_lt_irrefl (Nat.le_trans h (Nat.le_of_ble_eq_true e)))) (fun _ => rfl)

/-- `(m + i) - m = i` in ℕ. -/
theorem nat_add_sub_self (m i : Nat) : Eq (Nat.sub (Nat.add m i) m) i :=
  Nat.rec (motive := fun m => Eq (Nat.sub (Nat.add m i) m) i) (nat_zero_add i)
    (fun m ih => Eq.trans (congrArg (fun t => Nat.sub t (Nat.succ m)) (nat_succ_add m i))
      (Eq.trans (Nat.succ_sub_succ_eq_sub (Nat.add m i) m) ih)) m

/-- Entry `m + i` comes from the second vector. -/
theorem append_right (m : Nat) (a b : Vec R) (i : Nat) : Eq (append m a b (Nat.add m i)) (b i) :=
  Eq.trans
    (congrArg (fun c => cond c (b (Nat.sub (Nat.add m i) m)) (a (Nat.add m i)))
      (Nat.ble_eq_true_of_le (nat_le_add m i)))
    (congrArg b (nat_add_sub_self m i))

end

section
variable {R : Type u} [OrderedRing R]

/-- `⟨(a, b), (c, d)⟩ = ⟨a, c⟩ + ⟨b, d⟩`. -/
theorem dot_append (m k : Nat) (a b c d : Vec R) :
    Eq (dot (Nat.add m k) (append m a b) (append m c d)) (add (dot m a c) (dot k b d)) :=
  Eq.trans (sum_append m k _) (congr2 add
    (dot_congr (fun _ h => append_left m a b h) (fun _ h => append_left m c d h))
    (dot_congr (fun i _ => append_right m a b i) (fun i _ => append_right m c d i)))

/-- `‖(a, b)‖² = ‖a‖² + ‖b‖²`. -/
theorem normSq_append (m k : Nat) (a b : Vec R) :
    Eq (normSq (Nat.add m k) (append m a b)) (add (normSq m a) (normSq k b)) :=
  dot_append m k a b a b

/-- `(a, b) - (c, d) = (a - c, b - d)`. -/
theorem vsub_append (m : Nat) (a b c d : Vec R) (i : Nat) :
    Eq (vsub (append m a b) (append m c d) i) (append m (vsub a c) (vsub b d) i) :=
  match h : Nat.ble m i with
  | true => eq_via (congr2 sub (congrArg (fun t => cond t _ _) h) (congrArg (fun t => cond t _ _) h))
      (congrArg (fun t => cond t _ _) h) rfl
  | false => eq_via
      (congr2 sub (congrArg (fun t => cond t _ _) h) (congrArg (fun t => cond t _ _) h))
      (congrArg (fun t => cond t _ _) h) rfl

/-- `‖(a, b) - (c, d)‖² = ‖a - c‖² + ‖b - d‖²`. -/
theorem distSq_append (m k : Nat) (a b c d : Vec R) :
    Eq (distSq (Nat.add m k) (append m a b) (append m c d)) (add (distSq m a c) (distSq k b d)) :=
  Eq.trans (normSq_congr (fun i _ => vsub_append m a b c d i)) (normSq_append m k _ _)

/-- The step behind concatenation: `Q₁ d₁ ≤ P₁ e` and `Q₂ d₂ ≤ P₂ e` give
`Q₁ Q₂ (d₁ + d₂) ≤ (P₁ Q₂ + P₂ Q₁) e`. -/
theorem ratio_concat {P₁ Q₁ P₂ Q₂ d₁ d₂ e : R} (hQ₁ : le zero Q₁) (hQ₂ : le zero Q₂)
    (h₁ : le (mul Q₁ d₁) (mul P₁ e)) (h₂ : le (mul Q₂ d₂) (mul P₂ e)) :
    le (mul (mul Q₁ Q₂) (add d₁ d₂)) (mul (add (mul P₁ Q₂) (mul P₂ Q₁)) e) :=
  le_via (add_le_add (mul_le_mul_left hQ₂ h₁) (mul_le_mul_left hQ₁ h₂))
    (ring_eq (vars4 Q₁ Q₂ d₁ d₂)) (ring_eq (vars5 P₁ Q₁ P₂ Q₂ e))

section
variable {n m k : Nat} {P₁ Q₁ P₂ Q₂ : R} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- On `S`, `x ↦ (f x, g x)` has the constant `√(P₁/Q₁ + P₂/Q₂)`. -/
theorem concat_sqLipschitz (hf : SqLipschitzOn n m P₁ Q₁ S f) (hg : SqLipschitzOn n k P₂ Q₂ S g) :
    SqLipschitzOn n (Nat.add m k) (add (mul P₁ Q₂) (mul P₂ Q₁)) (mul Q₁ Q₂) S (concat m f g) :=
  ⟨add_nonneg (mul_nonneg hf.num_nonneg (le_of_lt hg.den_pos))
      (mul_nonneg hg.num_nonneg (le_of_lt hf.den_pos)),
   mul_pos hf.den_pos hg.den_pos,
   fun x y hx hy =>
    le_via
      (ratio_concat (le_of_lt hf.den_pos) (le_of_lt hg.den_pos) (hf.bound x y hx hy)
        (hg.bound x y hx hy))
      (congrArg (mul _) (distSq_append m k (f x) (g x) (f y) (g y))) rfl⟩

end

section
variable {n m k P₁ Q₁ P₂ Q₂ : Nat} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- `√(K_f² + K_g²)` on `S`, for constants that are natural numbers. -/
theorem concat_sqLipschitz_ofNat (hf : SqLipschitzOn n m (ofNat P₁ : R) (ofNat Q₁) S f)
    (hg : SqLipschitzOn n k (ofNat P₂ : R) (ofNat Q₂) S g) :
    SqLipschitzOn n (Nat.add m k) (ofNat (Nat.add (Nat.mul P₁ Q₂) (Nat.mul P₂ Q₁)) : R)
      (ofNat (Nat.mul Q₁ Q₂)) S (concat m f g) :=
  (concat_sqLipschitz hf hg).congr (ofNat_cross P₁ Q₁ P₂ Q₂) (Eq.symm (ofNat_mul Q₁ Q₂))

end

end

end LipBridge
