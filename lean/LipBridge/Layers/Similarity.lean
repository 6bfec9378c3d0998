import LipBridge.Inputs.Bounded
import LipBridge.Layers.MaxPool
import LipBridge.Layers.Product
/-!
# Scores of two branches

`x ↦ max_{t<b} ⟨f x, g_t x⟩`: a query against the tokens of a block of keys, both computed from the
input. A product has a constant only where both factors are bounded: with `‖f x‖ ≤ ρ_f` and
`‖g_t x‖ ≤ ρ_g` it is `ρ_g K_f + ρ_f K_g`, the maximum over the block included. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `x ↦ max_{t<b} ⟨f x, g_t x⟩` where `g x` is a block of `b` tokens of dimension `d`, as a vector
with one entry. -/
def similarity (b d : Nat) (f g : Vec R → Vec R) : Vec R → Vec R :=
  fun x _ => maxOver b (fun t => dot d (f x) (token d (g x) t))

/-- A token is no longer than its block: `‖(x - y)_t‖² ≤ ‖x - y‖²`. -/
theorem distSq_token {b t : Nat} (d : Nat) (x y : Vec R) (ht : Nat.lt t b) :
    le (distSq d (token d x t) (token d y t)) (distSq (Nat.mul b d) x y) :=
  le_via
    (term_le_sum (f := fun t => distSq d (token d x t) (token d y t))
      (fun _ _ => distSq_nonneg d _ _) ht)
    rfl (distSq_block b d x y)

/-- `B² ‖a‖² ≤ A²` and `D² ‖u‖² ≤ N² E` give `(B D)² ⟨u, a⟩² ≤ (A N)² E`. -/
theorem dot_ratio {d : Nat} {u a : Vec R} {A B N D E : R} (ha : le (mul (sq B) (normSq d a)) (sq A))
    (hu : le (mul (sq D) (normSq d u)) (mul (sq N) E)) :
    le (mul (sq (mul B D)) (normSq 1 (fun _ => dot d u a))) (mul (sq (mul A N)) E) :=
  le_trans
    (le_via (mul_le_mul_left (sq_nonneg (mul B D)) (cauchy_schwarz d u a))
      (congrArg (mul _) (zero_add _)) rfl)
    (le_via
      (mul_le_mul (sq_nonneg A) (mul_nonneg (sq_nonneg D) (normSq_nonneg d u)) ha hu)
      (ring_eq (vars4 B D (normSq d u) (normSq d a))) (ring_eq (vars3 A N E)))

section
variable {n b d : Nat} {N₁ D₁ N₂ D₂ A₁ B₁ A₂ B₂ : R} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- On `S`, where `f` has the constant `N₁/D₁` and values no longer than `A₁/B₁`, `g` the constant
`N₂/D₂` and tokens no longer than `A₂/B₂`, the score has the constant
`(A₂/B₂)(N₁/D₁) + (A₁/B₁)(N₂/D₂)`. -/
theorem similarity_lipschitzOn (hb : Nat.lt 0 b) (hf : LipschitzOn n d N₁ D₁ S f)
    (hg : LipschitzOn n (Nat.mul b d) N₂ D₂ S g) (kf : BoundedOn 1 d A₁ B₁ S f)
    (kg : BoundedOn b d A₂ B₂ S g) :
    LipschitzOn n 1
      (add (mul (mul A₂ N₁) (mul B₁ D₂)) (mul (mul A₁ N₂) (mul B₂ D₁)))
      (mul (mul B₂ D₁) (mul B₁ D₂)) S (similarity b d f g) :=
  have hN₁ := mul_nonneg kg.num_nonneg hf.num_nonneg
  have hN₂ := mul_nonneg kf.num_nonneg hg.num_nonneg
  have hD₁ := mul_pos kg.den_pos hf.den_pos
  have hD₂ := mul_pos kf.den_pos hg.den_pos
  have hN := add_nonneg (mul_nonneg hN₁ (le_of_lt hD₂)) (mul_nonneg hN₂ (le_of_lt hD₁))
  (maxScore_sqLipschitz hb (sq_nonneg _) (sq_pos (mul_pos hD₁ hD₂)) (fun t ht x y hx hy =>
    le_via
      (ratio_add hN₁ (le_of_lt hD₁) hN₂ (le_of_lt hD₂) (distSq_nonneg n x y)
        (dot_ratio (kg.bound x hx t ht) (hf.bound x y hx hy))
        (dot_ratio (u := vsub (token d (g x) t) (token d (g y) t)) (kf.vector hy)
          (le_trans (mul_le_mul_left (sq_nonneg D₂) (distSq_token d (g x) (g y) ht))
            (hg.bound x y hx hy))))
      (congrArg (mul _) (Eq.trans
        (congrArg sq (Eq.trans (dot_sub_split d (f x) (f y) (token d (g x) t) (token d (g y) t))
          (congrArg (add _) (dot_comm d _ _))))
        (Eq.symm (zero_add _))))
      rfl)).toLipschitz hN (mul_pos hD₁ hD₂)

/-- Where the keys are the same at all points of `S`, only they need be bounded: the score has the
constant `(A₂/B₂)(N₁/D₁)`, however long the query is. -/
theorem similarity_query_lipschitzOn (hb : Nat.lt 0 b) (hf : LipschitzOn n d N₁ D₁ S f)
    (hg : ∀ x y, S x → S y → Agree (Nat.mul b d) (g x) (g y)) (kg : BoundedOn b d A₂ B₂ S g) :
    LipschitzOn n 1 (mul A₂ N₁) (mul B₂ D₁) S (similarity b d f g) :=
  have hN := mul_nonneg kg.num_nonneg hf.num_nonneg
  have hD := mul_pos kg.den_pos hf.den_pos
  (maxScore_sqLipschitz hb (sq_nonneg _) (sq_pos hD) (fun t ht x y hx hy =>
    le_via (dot_ratio (kg.bound x hx t ht) (hf.bound x y hx hy))
      (congrArg (mul _) (Eq.trans
        (congrArg sq (Eq.trans
          (congrArg (sub (dot d (f x) (token d (g x) t)))
            (dot_congr (x := f y) (y := token d (g y) t) (y' := token d (g x) t) (fun _ _ => rfl)
              (fun _ hj => hg y x hy hx _ (nat_block_lt ht hj))))
          (Eq.symm (dot_sub_left d (f x) (f y) (token d (g x) t)))))
        (Eq.symm (zero_add _))))
      rfl)).toLipschitz hN hD

/-- Where the query is the same at all points of `S`, only it need be bounded: the score has the
constant `(A₁/B₁)(N₂/D₂)`, however long the keys are. -/
theorem similarity_keys_lipschitzOn (hb : Nat.lt 0 b)
    (hf : ∀ x y, S x → S y → Agree d (f x) (f y)) (hg : LipschitzOn n (Nat.mul b d) N₂ D₂ S g)
    (kf : BoundedOn 1 d A₁ B₁ S f) :
    LipschitzOn n 1 (mul A₁ N₂) (mul B₁ D₂) S (similarity b d f g) :=
  have hN := mul_nonneg kf.num_nonneg hg.num_nonneg
  have hD := mul_pos kf.den_pos hg.den_pos
  (maxScore_sqLipschitz hb (sq_nonneg _) (sq_pos hD) (fun t ht x y hx hy =>
    le_via
      (dot_ratio (u := vsub (token d (g x) t) (token d (g y) t)) (kf.vector hx)
        (le_trans (mul_le_mul_left (sq_nonneg D₂) (distSq_token d (g x) (g y) ht))
          (hg.bound x y hx hy)))
      (congrArg (mul _) (Eq.trans
        (congrArg sq (Eq.trans
          (congrArg (sub (dot d (f x) (token d (g x) t)))
            (dot_congr (hf y x hy hx) (fun _ _ => rfl)))
          (Eq.trans (Eq.symm (dot_sub_right d (f x) (token d (g x) t) (token d (g y) t)))
            (dot_comm d _ _))))
        (Eq.symm (zero_add _))))
      rfl)).toLipschitz hN hD

/-- The score is at most `(A₁/B₁)(A₂/B₂)` in size. -/
theorem similarity_boundedOn (hb : Nat.lt 0 b) (kf : BoundedOn 1 d A₁ B₁ S f)
    (kg : BoundedOn b d A₂ B₂ S g) :
    BoundedOn 1 1 (mul A₁ A₂) (mul B₁ B₂) S (similarity b d f g) :=
  .ofVector (mul_nonneg kf.num_nonneg kg.num_nonneg) (mul_pos kf.den_pos kg.den_pos)
    (fun x hx => match maxOver_mem hb (fun t => dot d (f x) (token d (g x) t)) with
      | ⟨t, ht, e⟩ => le_trans
        (le_via (mul_le_mul_left (sq_nonneg (mul B₁ B₂))
            (cauchy_schwarz d (f x) (token d (g x) t)))
          (congrArg (mul _) (Eq.trans (zero_add _) (congrArg sq e))) rfl)
        (le_via
          (mul_le_mul (sq_nonneg A₁) (mul_nonneg (sq_nonneg B₂) (normSq_nonneg d _)) (kf.vector hx)
            (kg.bound x hx t ht))
          (ring_eq (vars4 B₁ B₂ (normSq d (f x)) (normSq d (token d (g x) t))))
          (ring_eq (vars2 A₁ A₂))))

end

/-! ## Constants that are natural numbers -/

section
variable {n b d N₁ D₁ N₂ D₂ A₁ B₁ A₂ B₂ : Nat} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- `ρ_g K_f + ρ_f K_g` for constants that are natural numbers. -/
theorem similarity_lipschitzOn_ofNat (hb : Eq (Nat.ble 1 b) true)
    (hf : LipschitzOn n d (ofNat N₁ : R) (ofNat D₁) S f)
    (hg : LipschitzOn n (Nat.mul b d) (ofNat N₂ : R) (ofNat D₂) S g)
    (kf : BoundedOn 1 d (ofNat A₁ : R) (ofNat B₁) S f)
    (kg : BoundedOn b d (ofNat A₂ : R) (ofNat B₂) S g) :
    LipschitzOn n 1
      (ofNat (Nat.add (Nat.mul (Nat.mul A₂ N₁) (Nat.mul B₁ D₂))
        (Nat.mul (Nat.mul A₁ N₂) (Nat.mul B₂ D₁))) : R)
      (ofNat (Nat.mul (Nat.mul B₂ D₁) (Nat.mul B₁ D₂))) S (similarity b d f g) :=
  have four (x y z w : Nat) : Eq (mul (mul (ofNat x) (ofNat y)) (mul (ofNat z) (ofNat w)) : R)
      (ofNat (Nat.mul (Nat.mul x y) (Nat.mul z w))) :=
    Eq.symm (Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_mul x y) (ofNat_mul z w)))
  (similarity_lipschitzOn (Nat.le_of_ble_eq_true hb) hf hg kf kg).congr
    (Eq.trans (congr2 add (four A₂ N₁ B₁ D₂) (four A₁ N₂ B₂ D₁)) (Eq.symm (ofNat_add _ _)))
    (four B₂ D₁ B₁ D₂)

/-- A map with the constant 0 on `S` has the same values at all its points. -/
theorem LipschitzOn.still {m D : Nat} (h : LipschitzOn n m (ofNat 0 : R) (ofNat D) S f) (x y : Vec R)
    (hx : S x) (hy : S y) : Agree m (f x) (f y) :=
  agree_of_distSq (le_of_mul_le_mul_left (sq_pos h.den_pos)
    (le_via (h.bound x y hx hy) rfl
      (Eq.trans (mul_zero _) (Eq.symm (Eq.trans
        (congrArg (fun t => mul (sq t) (distSq n x y)) ofNat_zero)
        (ring_eq (vars1 (distSq n x y)) (a := mul (sq zero) (distSq n x y)) (b := zero)))))))

/-- `ρ_g K_f` for constants that are natural numbers, where the keys do not vary. -/
theorem similarity_query_lipschitzOn_ofNat (hb : Eq (Nat.ble 1 b) true)
    (hf : LipschitzOn n d (ofNat N₁ : R) (ofNat D₁) S f)
    (hg : LipschitzOn n (Nat.mul b d) (ofNat 0 : R) (ofNat D₂) S g)
    (kg : BoundedOn b d (ofNat A₂ : R) (ofNat B₂) S g) :
    LipschitzOn n 1 (ofNat (Nat.mul A₂ N₁) : R) (ofNat (Nat.mul B₂ D₁)) S (similarity b d f g) :=
  (similarity_query_lipschitzOn (Nat.le_of_ble_eq_true hb) hf hg.still kg).congr
    (Eq.symm (ofNat_mul A₂ N₁)) (Eq.symm (ofNat_mul B₂ D₁))

/-- `ρ_f K_g` for constants that are natural numbers, where the query does not vary. -/
theorem similarity_keys_lipschitzOn_ofNat (hb : Eq (Nat.ble 1 b) true)
    (hf : LipschitzOn n d (ofNat 0 : R) (ofNat D₁) S f)
    (hg : LipschitzOn n (Nat.mul b d) (ofNat N₂ : R) (ofNat D₂) S g)
    (kf : BoundedOn 1 d (ofNat A₁ : R) (ofNat B₁) S f) :
    LipschitzOn n 1 (ofNat (Nat.mul A₁ N₂) : R) (ofNat (Nat.mul B₁ D₂)) S (similarity b d f g) :=
  (similarity_keys_lipschitzOn (Nat.le_of_ble_eq_true hb) hf.still hg kf).congr
    (Eq.symm (ofNat_mul A₁ N₂)) (Eq.symm (ofNat_mul B₁ D₂))

/-- The constant 0 where neither varies. -/
theorem similarity_still_lipschitzOn_ofNat
    (hf : LipschitzOn n d (ofNat 0 : R) (ofNat D₁) S f)
    (hg : LipschitzOn n (Nat.mul b d) (ofNat 0 : R) (ofNat D₂) S g) :
    LipschitzOn n 1 (ofNat 0 : R) (ofNat 1) S (similarity b d f g) :=
  ⟨ofNat_nonneg 0, ofNat_pos rfl, fun x y hx hy =>
    le_of_eq (eq_via
      (congrArg (mul _) (distSq_of_agree (fun _ _ => maxOver_congr (fun _ ht =>
        dot_congr (hf.still x y hx hy) (fun _ hj => hg.still x y hx hy _ (nat_block_lt ht hj))))))
      (congrArg (fun t => mul (sq t) (distSq n x y)) ofNat_zero)
      (Eq.trans (mul_zero _)
        (ring_eq (vars1 (distSq n x y)) (a := zero) (b := mul (sq zero) (distSq n x y)))))⟩

/-- `ρ_f ρ_g` for bounds that are natural numbers. -/
theorem similarity_boundedOn_ofNat (hb : Eq (Nat.ble 1 b) true)
    (kf : BoundedOn 1 d (ofNat A₁ : R) (ofNat B₁) S f)
    (kg : BoundedOn b d (ofNat A₂ : R) (ofNat B₂) S g) :
    BoundedOn 1 1 (ofNat (Nat.mul A₁ A₂) : R) (ofNat (Nat.mul B₁ B₂)) S (similarity b d f g) :=
  Eq.symm (ofNat_mul (R := R) A₁ A₂) ▸ Eq.symm (ofNat_mul (R := R) B₁ B₂) ▸
    similarity_boundedOn (Nat.le_of_ble_eq_true hb) kf kg

/-- The score depends on what its branches give. -/
theorem similarity_congr {f' g' : Vec R → Vec R} {x y : Vec R} (hf : Agree d (f x) (f' y))
    (hg : Agree (Nat.mul b d) (g x) (g' y)) :
    Agree 1 (similarity b d f g x) (similarity b d f' g' y) :=
  fun _ _ => maxOver_congr (fun _ ht => dot_congr hf (fun _ hj => hg _ (nat_block_lt ht hj)))

end

end

end LipBridge
