import LipBridge.Lipschitz.Comp
/-!
# Sums of branches and residual connections

`x ↦ f x + g x` has the constant `K_f + K_g`, and `x ↦ x + f x` has `1 + K_f`: the triangle
inequality. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `(c x) + (c y) = c (x + y)` has the squared length `c² ‖x + y‖²`. -/
theorem normSq_smul_vadd (n : Nat) (c : R) (x y : Vec R) :
    Eq (normSq n (vadd (vsmul c x) (vsmul c y))) (mul (sq c) (normSq n (vadd x y))) :=
  Eq.trans
    (normSq_congr (y := vsmul c (vadd x y)) (fun i _ => Eq.symm (mul_add c (x i) (y i))))
    (normSq_smul n c (vadd x y))

/-- `(a + b) - (c + d) = (a - c) + (b - d)`, in length. -/
theorem distSq_vadd (n : Nat) (a b c d : Vec R) :
    Eq (distSq n (vadd a b) (vadd c d)) (normSq n (vadd (vsub a c) (vsub b d))) :=
  normSq_congr (fun i _ => ring_eq (vars4 (a i) (b i) (c i) (d i))
    (a := sub (add (a i) (b i)) (add (c i) (d i))) (b := add (sub (a i) (c i)) (sub (b i) (d i))))

/-- The step behind sums: `D₁² ‖u‖² ≤ N₁² E` and `D₂² ‖v‖² ≤ N₂² E` give
`(D₁ D₂)² ‖u + v‖² ≤ (N₁ D₂ + N₂ D₁)² E`. -/
theorem ratio_add {m : Nat} {u v : Vec R} {N₁ D₁ N₂ D₂ E : R} (hN₁ : le zero N₁) (hD₁ : le zero D₁)
    (hN₂ : le zero N₂) (hD₂ : le zero D₂) (hE : le zero E)
    (hu : le (mul (sq D₁) (normSq m u)) (mul (sq N₁) E))
    (hv : le (mul (sq D₂) (normSq m v)) (mul (sq N₂) E)) :
    le (mul (sq (mul D₁ D₂)) (normSq m (vadd u v)))
      (mul (sq (add (mul N₁ D₂) (mul N₂ D₁))) E) :=
  le_via
    (minkowski (mul_nonneg hN₁ hD₂) (mul_nonneg hN₂ hD₁) hE
      (le_via (mul_le_mul_left (sq_nonneg D₂) hu)
        (Eq.trans (normSq_smul m (mul D₁ D₂) u) (ring_eq (vars3 D₁ D₂ (normSq m u))))
        (ring_eq (vars3 N₁ D₂ E)))
      (le_via (mul_le_mul_left (sq_nonneg D₁) hv)
        (Eq.trans (normSq_smul m (mul D₁ D₂) v) (ring_eq (vars3 D₁ D₂ (normSq m v))))
        (ring_eq (vars3 N₂ D₁ E))))
    (Eq.symm (normSq_smul_vadd m (mul D₁ D₂) u v)) rfl

section
variable {n m : Nat} {N₁ D₁ N₂ D₂ : R} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- On `S`, `x ↦ f x + g x` has the constant `N₁/D₁ + N₂/D₂ = (N₁ D₂ + N₂ D₁)/(D₁ D₂)`. -/
theorem sum_lipschitz (hf : LipschitzOn n m N₁ D₁ S f) (hg : LipschitzOn n m N₂ D₂ S g) :
    LipschitzOn n m (add (mul N₁ D₂) (mul N₂ D₁)) (mul D₁ D₂) S (fun x => vadd (f x) (g x)) :=
  ⟨add_nonneg (mul_nonneg hf.num_nonneg (le_of_lt hg.den_pos))
      (mul_nonneg hg.num_nonneg (le_of_lt hf.den_pos)),
   mul_pos hf.den_pos hg.den_pos,
   fun x y hx hy =>
    le_via
      (ratio_add hf.num_nonneg (le_of_lt hf.den_pos) hg.num_nonneg (le_of_lt hg.den_pos)
        (distSq_nonneg n x y) (hf.bound x y hx hy) (hg.bound x y hx hy))
      (congrArg (mul _) (distSq_vadd m (f x) (g x) (f y) (g y))) rfl⟩

/-- The identity has the constant `1/1`. -/
theorem identity_lipschitz (n : Nat) : Lipschitz n n (one : R) one (fun x => x) :=
  ⟨le_of_lt zero_lt_one, zero_lt_one, fun _ _ _ _ => le_refl _⟩

/-- Equal constants may be exchanged. -/
theorem LipschitzOn.congr {N D N' D' : R} (h : LipschitzOn n m N D S f) (hN : Eq N N')
    (hD : Eq D D') : LipschitzOn n m N' D' S f :=
  hN ▸ hD ▸ h

/-- On `S`, `x ↦ x + f x` has the constant `1 + N/D = (D + N)/D`. -/
theorem residual_lipschitz {N D : R} (hf : LipschitzOn n n N D S f) :
    LipschitzOn n n (add D N) D S (fun x => vadd x (f x)) :=
  (sum_lipschitz ((identity_lipschitz n).on S) hf).congr (ring_eq (vars2 N D)) (ring_eq (vars1 D))

end

/-! ## Constants that are natural numbers -/

section
variable {n m N₁ D₁ N₂ D₂ N D : Nat} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- `N₁ D₂ + N₂ D₁` among natural numbers. -/
theorem ofNat_cross (N₁ D₁ N₂ D₂ : Nat) :
    Eq (add (mul (ofNat N₁) (ofNat D₂)) (mul (ofNat N₂) (ofNat D₁)) : R)
      (ofNat (Nat.add (Nat.mul N₁ D₂) (Nat.mul N₂ D₁))) :=
  eq_via (congr2 add (Eq.symm (ofNat_mul N₁ D₂)) (Eq.symm (ofNat_mul N₂ D₁)))
    (ofNat_add (Nat.mul N₁ D₂) (Nat.mul N₂ D₁)) rfl

/-- `K_f + K_g` on `S`, for constants that are natural numbers. -/
theorem sum_lipschitz_ofNat (hf : LipschitzOn n m (ofNat N₁ : R) (ofNat D₁) S f)
    (hg : LipschitzOn n m (ofNat N₂ : R) (ofNat D₂) S g) :
    LipschitzOn n m (ofNat (Nat.add (Nat.mul N₁ D₂) (Nat.mul N₂ D₁)) : R) (ofNat (Nat.mul D₁ D₂)) S
      (fun x => vadd (f x) (g x)) :=
  (sum_lipschitz hf hg).congr (ofNat_cross N₁ D₁ N₂ D₂) (Eq.symm (ofNat_mul D₁ D₂))

/-- `1 + K_f` on `S`, for constants that are natural numbers. -/
theorem residual_lipschitz_ofNat (hf : LipschitzOn n n (ofNat N : R) (ofNat D) S f) :
    LipschitzOn n n (ofNat (Nat.add D N) : R) (ofNat D) S (fun x => vadd x (f x)) :=
  (residual_lipschitz hf).congr (Eq.symm (ofNat_add D N)) rfl

/-- Equal constants may be exchanged. -/
theorem SqLipschitzOn.congr {P Q P' Q' : R} (h : SqLipschitzOn n m P Q S f) (hP : Eq P P')
    (hQ : Eq Q Q') : SqLipschitzOn n m P' Q' S f :=
  hP ▸ hQ ▸ h

/-- `N/D = √(N²/D²)` on `S`, for constants that are natural numbers. -/
theorem LipschitzOn.toSq_ofNat (h : LipschitzOn n m (ofNat N : R) (ofNat D) S f) :
    SqLipschitzOn n m (ofNat (Nat.mul N N) : R) (ofNat (Nat.mul D D)) S f :=
  h.toSq.congr (Eq.symm (ofNat_sq N)) (Eq.symm (ofNat_sq D))

end

end

end LipBridge
