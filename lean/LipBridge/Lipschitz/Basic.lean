import LipBridge.Vector.CauchySchwarz
/-!
# Lipschitz constants without roots

`SqLipschitzOn n m P Q S f` says `Q ‖f x - f y‖² ≤ P ‖x - y‖²` on the set `S`: there the constant of
`f : Rⁿ → Rᵐ` is at most `√(P/Q)`. `LipschitzOn n m N D S f` says `D² ‖f x - f y‖² ≤ N² ‖x - y‖²`: it is
at most `N/D`. `SqLipschitz` and `Lipschitz` are the same on all points. docs/theorems.md §5.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `Q ‖f x - f y‖² ≤ P ‖x - y‖²` for all `x` and `y` in `S`, with `P ≥ 0` and `Q > 0`. -/
structure SqLipschitzOn (n m : Nat) (P Q : R) (S : Vec R → Prop) (f : Vec R → Vec R) : Prop where
  /-- `0 ≤ P`. -/
  num_nonneg : le zero P
  /-- `0 < Q`. -/
  den_pos : lt zero Q
  /-- `Q ‖f x - f y‖² ≤ P ‖x - y‖²`. -/
  bound : ∀ x y, S x → S y → le (mul Q (distSq m (f x) (f y))) (mul P (distSq n x y))

/-- `D² ‖f x - f y‖² ≤ N² ‖x - y‖²` for all `x` and `y` in `S`, with `N ≥ 0` and `D > 0`. -/
structure LipschitzOn (n m : Nat) (N D : R) (S : Vec R → Prop) (f : Vec R → Vec R) : Prop where
  /-- `0 ≤ N`. -/
  num_nonneg : le zero N
  /-- `0 < D`. -/
  den_pos : lt zero D
  /-- `D² ‖f x - f y‖² ≤ N² ‖x - y‖²`. -/
  bound : ∀ x y, S x → S y → le (mul (sq D) (distSq m (f x) (f y))) (mul (sq N) (distSq n x y))

/-- `Q ‖f x - f y‖² ≤ P ‖x - y‖²` for all `x` and `y`, with `P ≥ 0` and `Q > 0`. -/
abbrev SqLipschitz (n m : Nat) (P Q : R) (f : Vec R → Vec R) : Prop :=
  SqLipschitzOn n m P Q (fun _ => True) f

/-- `D² ‖f x - f y‖² ≤ N² ‖x - y‖²` for all `x` and `y`, with `N ≥ 0` and `D > 0`. -/
abbrev Lipschitz (n m : Nat) (N D : R) (f : Vec R → Vec R) : Prop :=
  LipschitzOn n m N D (fun _ => True) f

/-! ## Smaller sets, squares and roots -/

section
variable {n m : Nat} {P Q N D : R} {S T : Vec R → Prop} {f : Vec R → Vec R}

/-- What holds everywhere holds on `S`. -/
theorem SqLipschitzOn.on (h : SqLipschitzOn n m P Q (fun _ => True) f) (S : Vec R → Prop) :
    SqLipschitzOn n m P Q S f :=
  ⟨h.num_nonneg, h.den_pos, fun x y _ _ => h.bound x y ⟨⟩ ⟨⟩⟩

/-- What holds everywhere holds on `S`. -/
theorem LipschitzOn.on (h : LipschitzOn n m N D (fun _ => True) f) (S : Vec R → Prop) :
    LipschitzOn n m N D S f :=
  ⟨h.num_nonneg, h.den_pos, fun x y _ _ => h.bound x y ⟨⟩ ⟨⟩⟩

/-- A smaller set keeps the constant. -/
theorem SqLipschitzOn.mono (h : SqLipschitzOn n m P Q S f) (hT : ∀ x, T x → S x) :
    SqLipschitzOn n m P Q T f :=
  ⟨h.num_nonneg, h.den_pos, fun x y hx hy => h.bound x y (hT x hx) (hT y hy)⟩

/-- A smaller set keeps the constant. -/
theorem LipschitzOn.mono (h : LipschitzOn n m N D S f) (hT : ∀ x, T x → S x) :
    LipschitzOn n m N D T f :=
  ⟨h.num_nonneg, h.den_pos, fun x y hx hy => h.bound x y (hT x hx) (hT y hy)⟩

/-- `N/D` is `√(N²/D²)`. -/
theorem LipschitzOn.toSq (h : LipschitzOn n m N D S f) : SqLipschitzOn n m (sq N) (sq D) S f :=
  ⟨sq_nonneg N, sq_pos h.den_pos, h.bound⟩

/-- `√(N²/D²)` is `N/D`. -/
theorem SqLipschitzOn.toLipschitz (h : SqLipschitzOn n m (sq N) (sq D) S f) (hN : le zero N)
    (hD : lt zero D) : LipschitzOn n m N D S f :=
  ⟨hN, hD, h.bound⟩

/-! ## Weaker constants -/

/-- The step behind weakening: `Q d ≤ P e` and `P Q' ≤ P' Q` give `Q' d ≤ P' e`. -/
theorem ratio_weaken {P Q P' Q' d e : R} (hQ : lt zero Q) (hQ' : lt zero Q') (he : le zero e)
    (hc : le (mul P Q') (mul P' Q)) (h : le (mul Q d) (mul P e)) : le (mul Q' d) (mul P' e) :=
  le_of_mul_le_mul_left hQ
    (le_trans (le_via (mul_le_mul_left (le_of_lt hQ') h) (ring_eq (vars3 Q Q' d)) rfl)
      (le_via (mul_le_mul_right he hc) (ring_eq (vars3 P Q' e)) (ring_eq (vars3 P' Q e))))

/-- A greater constant is a constant too: `P/Q ≤ P'/Q'` as `P Q' ≤ P' Q`. -/
theorem SqLipschitzOn.weaken {P' Q' : R} (h : SqLipschitzOn n m P Q S f) (hP : le zero P')
    (hQ : lt zero Q') (hc : le (mul P Q') (mul P' Q)) : SqLipschitzOn n m P' Q' S f :=
  ⟨hP, hQ, fun x y hx hy =>
    ratio_weaken h.den_pos hQ (distSq_nonneg n x y) hc (h.bound x y hx hy)⟩

end

/-! ## Constants that are natural numbers -/

/-- The image of a product of four, for comparing ratios. -/
theorem ofNat_mul_le {a b c d : Nat} (h : Eq (Nat.ble (Nat.mul a b) (Nat.mul c d)) true) :
    le (mul (ofNat a) (ofNat b) : R) (mul (ofNat c) (ofNat d)) :=
  le_via (ofNat_le_of_ble h) (Eq.symm (ofNat_mul a b)) (Eq.symm (ofNat_mul c d))

/-- The image of a square. -/
theorem ofNat_sq (n : Nat) : Eq (ofNat (Nat.mul n n) : R) (sq (ofNat n)) := ofNat_mul n n

section
variable {n m P Q P' Q' N D : Nat} {S : Vec R → Prop} {f : Vec R → Vec R}

/-- `√(P/Q) ≤ √(P'/Q')`, checked on natural numbers. -/
theorem SqLipschitzOn.weaken_ofNat (h : SqLipschitzOn n m (ofNat P : R) (ofNat Q) S f)
    (hQ : Eq (Nat.ble 1 Q') true)
    (hc : Eq (Nat.ble (Nat.mul P Q') (Nat.mul P' Q)) true) :
    SqLipschitzOn n m (ofNat P') (ofNat Q') S f :=
  h.weaken (ofNat_nonneg P') (ofNat_pos hQ) (ofNat_mul_le hc)

/-- `√(P/Q) ≤ N/D`, as `P D² ≤ N² Q`, checked on natural numbers. -/
theorem LipschitzOn.ofSq (h : SqLipschitzOn n m (ofNat P : R) (ofNat Q) S f)
    (hD : Eq (Nat.ble 1 D) true)
    (hc : Eq (Nat.ble (Nat.mul P (Nat.mul D D)) (Nat.mul (Nat.mul N N) Q)) true) :
    LipschitzOn n m (ofNat N) (ofNat D) S f :=
  SqLipschitzOn.toLipschitz
    (h.weaken (sq_nonneg _) (sq_pos (ofNat_pos hD))
      (le_via (ofNat_mul_le hc) (congrArg (mul _) (Eq.symm (ofNat_sq D)))
        (congrArg (fun t => mul t (ofNat Q)) (Eq.symm (ofNat_sq N)))))
    (ofNat_nonneg N) (ofNat_pos hD)

end

end

end LipBridge
