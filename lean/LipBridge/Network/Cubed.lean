import LipBridge.Network.Mlp
/-!
# The σ³ bound

Three layers of norm at most `σ` with activations of constant 1, and a final projection of norm at
most 1, have the constant `σ³`. Folklore says "2–3 layers": for two layers the bound is `σ²`, and `σ³`
follows when `σ ≥ 1`. For `σ < 1` it is false: two scalar layers `x ↦ x/2` have the constant
`1/4 > 1/8`. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `a³`. -/
def cube (a : R) : R := mul a (mul a a)

section
variable {n₀ n₁ n₂ n₃ n₄ : Nat} {N D : R} {f₁ f₂ f₃ φ₁ φ₂ φ₃ p : Vec R → Vec R}

/-- The σ³ theorem: three layers of constant `σ = N/D`, activations of constant 1 between and after
them, a final projection of constant 1: `Lip(p ∘ φ₃ ∘ f₃ ∘ φ₂ ∘ f₂ ∘ φ₁ ∘ f₁) ≤ σ³`. -/
theorem sigma_cubed (h₁ : Lipschitz n₀ n₁ N D f₁) (hφ₁ : Nonexpansive n₁ n₁ φ₁)
    (h₂ : Lipschitz n₁ n₂ N D f₂) (hφ₂ : Nonexpansive n₂ n₂ φ₂) (h₃ : Lipschitz n₂ n₃ N D f₃)
    (hφ₃ : Nonexpansive n₃ n₃ φ₃) (hp : Nonexpansive n₃ n₄ p) :
    Lipschitz n₀ n₄ (cube N) (cube D) (fun x => p (φ₃ (f₃ (φ₂ (f₂ (φ₁ (f₁ x))))))) :=
  ((h₁.thenNonexpansive hφ₁).comp ((h₂.thenNonexpansive hφ₂).comp
    (h₃.thenNonexpansive hφ₃) (fun _ _ => ⟨⟩)) (fun _ _ => ⟨⟩)).thenNonexpansive hp

/-- Two layers of constant `σ = N/D` and a final projection: `Lip(p ∘ φ₂ ∘ f₂ ∘ φ₁ ∘ f₁) ≤ σ²`. -/
theorem sigma_squared (h₁ : Lipschitz n₀ n₁ N D f₁) (hφ₁ : Nonexpansive n₁ n₁ φ₁)
    (h₂ : Lipschitz n₁ n₂ N D f₂) (hφ₂ : Nonexpansive n₂ n₂ φ₂) (hp : Nonexpansive n₂ n₃ p) :
    Lipschitz n₀ n₃ (sq N) (sq D) (fun x => p (φ₂ (f₂ (φ₁ (f₁ x))))) :=
  ((h₁.thenNonexpansive hφ₁).comp (h₂.thenNonexpansive hφ₂) (fun _ _ => ⟨⟩)).thenNonexpansive hp

/-- The folklore's bound for two layers holds where `σ ≥ 1`, that is `D ≤ N`: `σ² ≤ σ³`. -/
theorem sigma_cubed_two (hσ : le D N) (h₁ : Lipschitz n₀ n₁ N D f₁) (hφ₁ : Nonexpansive n₁ n₁ φ₁)
    (h₂ : Lipschitz n₁ n₂ N D f₂) (hφ₂ : Nonexpansive n₂ n₂ φ₂) (hp : Nonexpansive n₂ n₃ p) :
    Lipschitz n₀ n₃ (cube N) (cube D) (fun x => p (φ₂ (f₂ (φ₁ (f₁ x))))) :=
  have h := sigma_squared h₁ hφ₁ h₂ hφ₂ hp
  ⟨mul_nonneg h₁.num_nonneg (mul_nonneg h₁.num_nonneg h₁.num_nonneg),
   mul_pos h₁.den_pos (mul_pos h₁.den_pos h₁.den_pos),
   fun x y _ _ => le_trans
    (le_via (mul_le_mul_left (sq_nonneg D) (h.bound x y ⟨⟩ ⟨⟩))
      (Eq.symm (Eq.trans (Eq.symm (mul_assoc _ _ _)) (congrArg (fun t => mul t _)
        (ring_eq (vars1 D) (a := mul (sq D) (sq (sq D))) (b := sq (mul D (mul D D)))))))
      rfl)
    (le_via (mul_le_mul_right (mul_nonneg (sq_nonneg (sq N)) (distSq_nonneg n₀ x y))
        (sq_le_sq (le_of_lt h₁.den_pos) hσ))
      rfl
      (Eq.symm (Eq.trans (Eq.symm (mul_assoc _ _ _)) (congrArg (fun t => mul t _)
        (ring_eq (vars1 N) (a := mul (sq N) (sq (sq N))) (b := sq (mul N (mul N N))))))))⟩

end

/-! ## Below 1 the folklore is wrong -/

/-- The scalar layer `x ↦ h x`. -/
def scalar (h : R) (x : Vec R) : Vec R := fun i => mul h (x i)

/-- With `2 h = 1` the scalar layer `x ↦ h x` has the constant 1/2. -/
theorem scalar_half {h : R} (hh : Eq (mul (ofNat 2) h) one) :
    Lipschitz 1 1 (one : R) (ofNat 2) (scalar h) :=
  ⟨le_of_lt zero_lt_one, ofNat_pos rfl, fun x y _ _ => le_of_eq
    (Eq.trans
      (congrArg (mul (sq (ofNat 2))) (Eq.trans
        (normSq_congr (y := vsmul h (vsub x y)) (fun i _ => ring_eq (vars3 h (x i) (y i))
          (a := sub (mul h (x i)) (mul h (y i))) (b := mul h (sub (x i) (y i)))))
        (normSq_smul 1 h (vsub x y))))
      (Eq.trans (ring_eq (vars3 (ofNat 2) h (normSq 1 (vsub x y)))
          (b := mul (sq (mul (ofNat 2) h)) (normSq 1 (vsub x y))))
        (congrArg (fun t => mul (sq t) (normSq 1 (vsub x y))) hh)))⟩

/-- `2⁶ ≤ 2⁴` is false. -/
theorem not_sixth_le : Not (le (mul (sq (cube (ofNat 2 : R))) one) (mul (sq (cube one))
    (sq (mul (ofNat 2 : R) (ofNat 2))))) :=
  have e : Eq (mul (sq (cube (ofNat 2 : R))) one) (ofNat 64) :=
    Eq.trans (mul_one _) (Eq.trans
      (congrArg sq (Eq.trans (congrArg (mul (ofNat 2)) (Eq.symm (ofNat_mul 2 2)))
        (Eq.symm (ofNat_mul 2 4)))) (Eq.symm (ofNat_mul 8 8)))
  have f : Eq (mul (sq (cube one)) (sq (mul (ofNat 2 : R) (ofNat 2)))) (ofNat 16) :=
    Eq.trans
      (ring_eq (vars1 (mul (ofNat 2 : R) (ofNat 2)))
        (a := mul (sq (mul one (mul one one))) (sq (mul (ofNat 2 : R) (ofNat 2))))
        (b := sq (mul (ofNat 2 : R) (ofNat 2))))
      (Eq.trans (congrArg sq (Eq.symm (ofNat_mul 2 2))) (Eq.symm (ofNat_mul 4 4)))
  fun h =>
    have g : le (add (ofNat 16) (ofNat 48) : R) (add (ofNat 16) zero) :=
      le_congr (Eq.trans (Eq.symm (ofNat_add 16 48)) (Eq.symm e)) (Eq.trans (add_zero _) (Eq.symm f)) h
    ofNat_pos (n := 48) rfl (le_of_add_le_add_left (ofNat 16) g)

/-- The folklore's σ³ bound fails for two layers: with `σ = 1/2`, the scalar layers `x ↦ x/2` in any
ring that has 1/2 compose to a map that has not the constant `σ³ = 1/8`. -/
theorem sigma_cubed_two_false {h : R} (hh : Eq (mul (ofNat 2) h) one) :
    Not (Lipschitz 1 1 (cube one) (cube (ofNat 2)) (fun x => scalar h (scalar h x))) :=
  fun g => not_sixth_le (le_via
    (g.bound (fun _ => mul (ofNat 2) (ofNat 2)) (fun _ => zero) ⟨⟩ ⟨⟩)
    (congrArg (mul _) (Eq.symm (Eq.trans (zero_add _) (Eq.trans
      (ring_eq (vars2 (ofNat 2 : R) h)
        (a := sq (sub (mul h (mul h (mul (ofNat 2) (ofNat 2)))) (mul h (mul h zero))))
        (b := sq (mul (mul (ofNat 2) h) (mul (ofNat 2) h))))
      (Eq.trans (congrArg (fun t => sq (mul t t)) hh)
        (ring_eq .nil (a := sq (mul (one : R) one)) (b := one)))))))
    (congrArg (mul _) (Eq.symm (Eq.trans (zero_add _)
      (ring_eq (vars1 (mul (ofNat 2 : R) (ofNat 2)))
        (a := sq (sub (mul (ofNat 2 : R) (ofNat 2)) zero)))))))

/-- So "two layers of constant σ have the constant σ³" is false in any ring that has 1/2. -/
theorem folklore_two_layers_false {h : R} (hh : Eq (mul (ofNat 2) h) one) :
    Not (∀ (N D : R) (f₁ f₂ : Vec R → Vec R), Lipschitz 1 1 N D f₁ → Lipschitz 1 1 N D f₂ →
      Lipschitz 1 1 (cube N) (cube D) (fun x => f₂ (f₁ x))) :=
  fun g => sigma_cubed_two_false hh (g one (ofNat 2) _ _ (scalar_half hh) (scalar_half hh))

end

end LipBridge
