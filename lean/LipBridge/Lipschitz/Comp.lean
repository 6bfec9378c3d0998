import LipBridge.Lipschitz.Basic
/-!
# Composition, and what a Lipschitz map depends on

Constants multiply under composition. A Lipschitz map with `n` inputs and `m` outputs takes vectors
that agree in their first `n` entries to vectors that agree in their first `m`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-! ## Composition -/

/-- The step behind composition: `Q₁ d₁ ≤ P₁ d₀`, `Q₂ d₂ ≤ P₂ d₁` give `Q₁ Q₂ d₂ ≤ P₁ P₂ d₀`. -/
theorem ratio_comp {P₁ Q₁ P₂ Q₂ d₀ d₁ d₂ : R} (hQ : le zero Q₁) (hP : le zero P₂)
    (h : le (mul Q₁ d₁) (mul P₁ d₀)) (k : le (mul Q₂ d₂) (mul P₂ d₁)) :
    le (mul (mul Q₁ Q₂) d₂) (mul (mul P₁ P₂) d₀) :=
  le_trans
    (le_via (mul_le_mul_left hQ k) (mul_assoc Q₁ Q₂ d₂) rfl)
    (le_via (mul_le_mul_left hP h) (ring_eq (vars3 Q₁ P₂ d₁)) (ring_eq (vars3 P₁ P₂ d₀)))

section
variable {n m k : Nat} {P₁ Q₁ P₂ Q₂ : R} {S T : Vec R → Prop} {f g : Vec R → Vec R}

/-- `g ∘ f` on `S`, where `f` takes `S` into `T`, has the product of the constants. -/
theorem SqLipschitzOn.comp (hf : SqLipschitzOn n m P₁ Q₁ S f) (hg : SqLipschitzOn m k P₂ Q₂ T g)
    (hST : ∀ x, S x → T (f x)) :
    SqLipschitzOn n k (mul P₁ P₂) (mul Q₁ Q₂) S (fun x => g (f x)) :=
  ⟨mul_nonneg hf.num_nonneg hg.num_nonneg, mul_pos hf.den_pos hg.den_pos, fun x y hx hy =>
    ratio_comp (le_of_lt hf.den_pos) hg.num_nonneg (hf.bound x y hx hy)
      (hg.bound (f x) (f y) (hST x hx) (hST y hy))⟩

/-- `g ∘ f` on `S`, where `f` takes `S` into `T`, has the product of the constants. -/
theorem LipschitzOn.comp {N₁ D₁ N₂ D₂ : R} (hf : LipschitzOn n m N₁ D₁ S f)
    (hg : LipschitzOn m k N₂ D₂ T g) (hST : ∀ x, S x → T (f x)) :
    LipschitzOn n k (mul N₁ N₂) (mul D₁ D₂) S (fun x => g (f x)) :=
  ⟨mul_nonneg hf.num_nonneg hg.num_nonneg, mul_pos hf.den_pos hg.den_pos, fun x y hx hy =>
    le_via (ratio_comp (le_of_lt (sq_pos hf.den_pos)) (sq_nonneg N₂) (hf.bound x y hx hy)
        (hg.bound (f x) (f y) (hST x hx) (hST y hy)))
      (ring_eq (vars3 D₁ D₂ (distSq k (g (f x)) (g (f y))))) (ring_eq (vars3 N₁ N₂ (distSq n x y)))⟩

end

section
variable {n m k P₁ Q₁ P₂ Q₂ : Nat} {S T : Vec R → Prop} {f g : Vec R → Vec R}

/-- `g ∘ f` on `S`, where `f` takes `S` into `T`; the products are natural numbers. -/
theorem SqLipschitzOn.comp_ofNat (hf : SqLipschitzOn n m (ofNat P₁ : R) (ofNat Q₁) S f)
    (hg : SqLipschitzOn m k (ofNat P₂ : R) (ofNat Q₂) T g) (hST : ∀ x, S x → T (f x)) :
    SqLipschitzOn n k (ofNat (Nat.mul P₁ P₂) : R) (ofNat (Nat.mul Q₁ Q₂)) S (fun x => g (f x)) :=
  Eq.subst (motive := fun p => SqLipschitzOn n k p (ofNat (Nat.mul Q₁ Q₂)) S (fun x => g (f x)))
    (Eq.symm (ofNat_mul P₁ P₂))
    (Eq.subst
      (motive := fun q => SqLipschitzOn n k (mul (ofNat P₁) (ofNat P₂)) q S (fun x => g (f x)))
      (Eq.symm (ofNat_mul Q₁ Q₂)) (hf.comp hg hST))

end

/-! ## Simple maps -/

/-- The identity has constant 1. -/
theorem SqLipschitz.identity (n : Nat) : SqLipschitz n n (ofNat 1 : R) (ofNat 1) (fun x => x) :=
  ⟨ofNat_nonneg 1, ofNat_pos rfl, fun _ _ _ _ => le_refl _⟩

/-- A map that never lengthens a distance has constant 1. -/
theorem SqLipschitz.ofLe {n m : Nat} {f : Vec R → Vec R}
    (h : ∀ x y, le (distSq m (f x) (f y)) (distSq n x y)) :
    SqLipschitz n m (ofNat 1 : R) (ofNat 1) f :=
  ⟨ofNat_nonneg 1, ofNat_pos rfl, fun x y _ _ => mul_le_mul_left (ofNat_nonneg 1) (h x y)⟩

/-- A map that acts on each entry and never lengthens a difference has constant 1. -/
theorem SqLipschitz.pointwise (n : Nat) {φ : R → R}
    (h : ∀ a b, le (sq (sub (φ a) (φ b))) (sq (sub a b))) :
    SqLipschitz n n (ofNat 1 : R) (ofNat 1) (fun x i => φ (x i)) :=
  SqLipschitz.ofLe (fun x y => sum_le (fun i _ => h (x i) (y i)))

/-! ## What a Lipschitz map depends on -/

/-- `a² = 0` gives `a = 0`, for a difference. -/
theorem eq_of_sub_sq {a b : R} (h : le (mul (sub a b) (sub a b)) zero) : Eq a b :=
  Eq.trans (ring_eq (vars2 a b) (b := add (sub a b) b))
    (Eq.trans (congrArg (fun t => add t b) (eq_zero_of_sq h)) (zero_add b))

/-- Vectors at distance 0 agree. -/
theorem agree_of_distSq {n : Nat} {x y : Vec R} (h : le (distSq n x y) zero) : Agree n x y :=
  fun _ hi => eq_of_sub_sq (le_trans (entry_le_normSq (vsub x y) hi) h)

/-- Vectors that agree are at distance 0. -/
theorem distSq_of_agree {n : Nat} {x y : Vec R} (h : Agree n x y) : Eq (distSq n x y) zero :=
  Eq.trans
    (sum_congr (f := fun i => mul (sub (x i) (y i)) (sub (x i) (y i))) (fun i hi =>
      Eq.trans (congrArg (fun t => mul (sub t (y i)) (sub t (y i))) (h i hi))
        (ring_eq (vars1 (y i)) (b := zero))))
    (sum_zero n)

/-- The outputs depend on the first `n` inputs only. -/
theorem SqLipschitzOn.agree {n m : Nat} {P Q : R} {S : Vec R → Prop} {f : Vec R → Vec R}
    (h : SqLipschitzOn n m P Q S f) {x y : Vec R} (hx : S x) (hy : S y) (hxy : Agree n x y) :
    Agree m (f x) (f y) :=
  agree_of_distSq (le_of_mul_le_mul_left h.den_pos
    (le_via (h.bound x y hx hy) rfl
      (Eq.trans (mul_zero Q)
        (Eq.symm (Eq.trans (congrArg (mul P) (distSq_of_agree hxy)) (mul_zero P))))))

/-! ## Single outputs -/

/-- `D² (f x i - f y i)² ≤ N² ‖x - y‖²` for each output `i`. -/
theorem LipschitzOn.entry {n m : Nat} {N D : R} {S : Vec R → Prop} {f : Vec R → Vec R}
    (h : LipschitzOn n m N D S f) {x y : Vec R} (hx : S x) (hy : S y) {i : Nat} (hi : Nat.lt i m) :
    le (mul (sq D) (sq (sub (f x i) (f y i)))) (mul (sq N) (distSq n x y)) :=
  le_trans (mul_le_mul_left (sq_nonneg D) (entry_le_normSq (vsub (f x) (f y)) hi))
    (h.bound x y hx hy)

/-- `‖x - y‖² ≤ δ²` gives `D |f x i - f y i| ≤ N δ`. -/
theorem LipschitzOn.abs_le {n m : Nat} {N D δ : R} {S : Vec R → Prop} {f : Vec R → Vec R}
    (h : LipschitzOn n m N D S f) {x y : Vec R} (hx : S x) (hy : S y) {i : Nat} (hi : Nat.lt i m)
    (hδ : le zero δ) (hxy : le (distSq n x y) (sq δ)) :
    le (mul D (abs (sub (f x i) (f y i)))) (mul N δ) :=
  le_of_sq_le_sq (mul_nonneg h.num_nonneg hδ)
    (le_via
      (le_trans (h.entry hx hy hi) (mul_le_mul_left (sq_nonneg N) hxy))
      (Eq.trans (ring_eq (vars2 D (abs (sub (f x i) (f y i))))
          (b := mul (sq D) (sq (abs (sub (f x i) (f y i))))))
        (congrArg (mul (sq D)) (sq_abs _)))
      (ring_eq (vars2 N δ)))

end

end LipBridge
