import LipBridge.Layers.Scores
/-!
# The product of two branches, entry by entry

`x ↦ f x ⊙ g x`, as in gated units. With `‖f x‖ ≤ ρ_f` and `‖g x‖ ≤ ρ_g` the constant is
`ρ_g K_f + ρ_f K_g`, since `‖a ⊙ u‖ ≤ ‖a‖ ‖u‖`. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `x ↦ f x ⊙ g x`. -/
def entryProduct (f g : Vec R → Vec R) : Vec R → Vec R := fun x i => mul (f x i) (g x i)

/-- `‖a ⊙ u‖² ≤ ‖a‖² ‖u‖²`. -/
theorem entryProduct_normSq_le (d : Nat) (a u : Vec R) :
    le (normSq d (fun i => mul (a i) (u i))) (mul (normSq d a) (normSq d u)) :=
  le_via
    (sum_le (n := d) (f := fun i => sq (mul (a i) (u i))) (g := fun i => mul (sq (a i)) (normSq d u))
      (fun i hi => le_via
        (mul_le_mul_left (sq_nonneg (a i)) (entry_le_normSq u hi))
        (ring_eq (vars2 (a i) (u i)) (a := sq (mul (a i) (u i)))
          (b := mul (sq (a i)) (mul (u i) (u i))))
        rfl))
    rfl
    (Eq.symm (sum_mul_right d (normSq d u) _))

section
variable {n d : Nat} {N₁ D₁ N₂ D₂ A₁ B₁ A₂ B₂ : R} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- The part of a difference of products that the first branch makes. -/
theorem entryProduct_first_le {x y : Vec R} (hf : LipschitzOn n d N₁ D₁ S f)
    (kg : BoundedOn 1 d A₂ B₂ S g) (hx : S x) (hy : S y) :
    le (mul (sq (mul B₂ D₁)) (normSq d (fun i => mul (vsub (f x) (f y) i) (g x i))))
      (mul (sq (mul A₂ N₁)) (distSq n x y)) :=
  product_ratio
    (le_via (entryProduct_normSq_le d (vsub (f x) (f y)) (g x)) rfl (mul_comm _ _))
    (normSq_nonneg d _) (kg.vector hx) (hf.bound x y hx hy)

/-- The part of a difference of products that the second branch makes. -/
theorem entryProduct_second_le {x y : Vec R} (hg : LipschitzOn n d N₂ D₂ S g)
    (kf : BoundedOn 1 d A₁ B₁ S f) (hx : S x) (hy : S y) :
    le (mul (sq (mul B₁ D₂)) (normSq d (fun i => mul (f y i) (vsub (g x) (g y) i))))
      (mul (sq (mul A₁ N₂)) (distSq n x y)) :=
  product_ratio (entryProduct_normSq_le d (f y) (vsub (g x) (g y))) (normSq_nonneg d _)
    (kf.vector hy) (hg.bound x y hx hy)

/-- On `S`, where `f` has the constant `N₁/D₁` and values no longer than `A₁/B₁`, `g` the constant
`N₂/D₂` and values no longer than `A₂/B₂`, the product has the constant
`(A₂/B₂)(N₁/D₁) + (A₁/B₁)(N₂/D₂)`. -/
theorem entryProduct_lipschitzOn (hf : LipschitzOn n d N₁ D₁ S f) (hg : LipschitzOn n d N₂ D₂ S g)
    (kf : BoundedOn 1 d A₁ B₁ S f) (kg : BoundedOn 1 d A₂ B₂ S g) :
    LipschitzOn n d
      (add (mul (mul A₂ N₁) (mul B₁ D₂)) (mul (mul A₁ N₂) (mul B₂ D₁)))
      (mul (mul B₂ D₁) (mul B₁ D₂)) S (entryProduct f g) :=
  have hN₁ := mul_nonneg kg.num_nonneg hf.num_nonneg
  have hN₂ := mul_nonneg kf.num_nonneg hg.num_nonneg
  have hD₁ := mul_pos kg.den_pos hf.den_pos
  have hD₂ := mul_pos kf.den_pos hg.den_pos
  ⟨add_nonneg (mul_nonneg hN₁ (le_of_lt hD₂)) (mul_nonneg hN₂ (le_of_lt hD₁)), mul_pos hD₁ hD₂,
   fun x y hx hy => le_via
    (ratio_add hN₁ (le_of_lt hD₁) hN₂ (le_of_lt hD₂) (distSq_nonneg n x y)
      (entryProduct_first_le hf kg hx hy) (entryProduct_second_le hg kf hx hy))
    (congrArg (mul _) (normSq_congr (fun i _ =>
      ring_eq (vars4 (f x i) (f y i) (g x i) (g y i))
        (a := sub (mul (f x i) (g x i)) (mul (f y i) (g y i)))
        (b := add (mul (sub (f x i) (f y i)) (g x i)) (mul (f y i) (sub (g x i) (g y i)))))))
    rfl⟩

/-- The product is at most `(A₁/B₁)(A₂/B₂)` long. -/
theorem entryProduct_boundedOn (kf : BoundedOn 1 d A₁ B₁ S f) (kg : BoundedOn 1 d A₂ B₂ S g) :
    BoundedOn 1 d (mul A₁ A₂) (mul B₁ B₂) S (entryProduct f g) :=
  .ofVector (mul_nonneg kf.num_nonneg kg.num_nonneg) (mul_pos kf.den_pos kg.den_pos) (fun x hx =>
    le_via
      (product_ratio (E := one) (entryProduct_normSq_le d (f x) (g x)) (normSq_nonneg d _)
        (kf.vector hx) (le_via (kg.vector hx) rfl (mul_one _)))
      rfl (Eq.symm (mul_one _)))

end

/-! ## Constants that are natural numbers -/

section
variable {n d N₁ D₁ N₂ D₂ A₁ B₁ A₂ B₂ : Nat} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- `ρ_g K_f + ρ_f K_g` for constants that are natural numbers. -/
theorem entryProduct_lipschitzOn_ofNat (hf : LipschitzOn n d (ofNat N₁ : R) (ofNat D₁) S f)
    (hg : LipschitzOn n d (ofNat N₂ : R) (ofNat D₂) S g)
    (kf : BoundedOn 1 d (ofNat A₁ : R) (ofNat B₁) S f)
    (kg : BoundedOn 1 d (ofNat A₂ : R) (ofNat B₂) S g) :
    LipschitzOn n d
      (ofNat (Nat.add (Nat.mul (Nat.mul A₂ N₁) (Nat.mul B₁ D₂))
        (Nat.mul (Nat.mul A₁ N₂) (Nat.mul B₂ D₁))) : R)
      (ofNat (Nat.mul (Nat.mul B₂ D₁) (Nat.mul B₁ D₂))) S (entryProduct f g) :=
  have four (x y z w : Nat) : Eq (mul (mul (ofNat x) (ofNat y)) (mul (ofNat z) (ofNat w)) : R)
      (ofNat (Nat.mul (Nat.mul x y) (Nat.mul z w))) :=
    Eq.symm (Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_mul x y) (ofNat_mul z w)))
  (entryProduct_lipschitzOn hf hg kf kg).congr
    (Eq.trans (congr2 add (four A₂ N₁ B₁ D₂) (four A₁ N₂ B₂ D₁)) (Eq.symm (ofNat_add _ _)))
    (four B₂ D₁ B₁ D₂)

/-- `ρ_f ρ_g` for bounds that are natural numbers. -/
theorem entryProduct_boundedOn_ofNat (kf : BoundedOn 1 d (ofNat A₁ : R) (ofNat B₁) S f)
    (kg : BoundedOn 1 d (ofNat A₂ : R) (ofNat B₂) S g) :
    BoundedOn 1 d (ofNat (Nat.mul A₁ A₂) : R) (ofNat (Nat.mul B₁ B₂)) S (entryProduct f g) :=
  Eq.symm (ofNat_mul (R := R) A₁ A₂) ▸ Eq.symm (ofNat_mul (R := R) B₁ B₂) ▸
    entryProduct_boundedOn kf kg

/-- The product depends on what the branches give. -/
theorem entryProduct_congr {f' g' : Vec R → Vec R} {x y : Vec R} (hf : Agree d (f x) (f' y))
    (hg : Agree d (g x) (g' y)) : Agree d (entryProduct f g x) (entryProduct f' g' y) :=
  fun i hi => congr2 mul (hf i hi) (hg i hi)

end

end

end LipBridge
