import LipBridge.Inputs.Stacked
import LipBridge.Layers.Similarity
/-!
# Scores of several queries against one key

`x ↦ (⟨f_t x, g x⟩)_{t<b}`: the tokens of a block of queries, as the heads of an indexer, against one
key, both computed from the input. With `‖f x‖ ≤ ρ_f` for the whole block and `‖g x‖ ≤ ρ_g` the
constant is `ρ_g K_f + ρ_f K_g`, by Cauchy–Schwarz over the block: no factor for the number of queries.
docs/theorems.md §§1 and 2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `x ↦ (⟨f_t x, g x⟩)_t` where `f x` is a block of tokens of dimension `d`, and `g x` one token. -/
def scores (d : Nat) (f g : Vec R → Vec R) : Vec R → Vec R :=
  fun x t => dot d (token d (f x) t) (g x)

/-- `Σ_{t<b} ⟨a_t, u⟩² ≤ ‖a‖² ‖u‖²` for a block `a` of `b` tokens. -/
theorem scores_normSq_le (b d : Nat) (a u : Vec R) :
    le (normSq b (fun t => dot d (token d a t) u)) (mul (normSq (Nat.mul b d) a) (normSq d u)) :=
  le_via
    (sum_le (n := b) (f := fun t => sq (dot d (token d a t) u))
      (g := fun t => mul (normSq d (token d a t)) (normSq d u))
      (fun t _ => cauchy_schwarz d (token d a t) u))
    rfl
    (Eq.trans (congrArg (fun s => mul s (normSq d u)) (normSq_block b d a))
      (Eq.symm (sum_mul_right b (normSq d u) _)))

/-- `w ≤ p q`, `B² p ≤ A²` and `D² q ≤ N² E` give `(B D)² w ≤ (A N)² E`. -/
theorem product_ratio {w p q A B N D E : R} (hw : le w (mul p q)) (hq : le zero q)
    (hA : le (mul (sq B) p) (sq A)) (hN : le (mul (sq D) q) (mul (sq N) E)) :
    le (mul (sq (mul B D)) w) (mul (sq (mul A N)) E) :=
  le_trans (mul_le_mul_left (sq_nonneg (mul B D)) hw)
    (le_via (mul_le_mul (sq_nonneg A) (mul_nonneg (sq_nonneg D) hq) hA hN)
      (ring_eq (vars4 B D p q)) (ring_eq (vars3 A N E)))

section
variable {n b d : Nat} {N₁ D₁ N₂ D₂ A₁ B₁ A₂ B₂ : R} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- The part of a difference of scores that the queries make. -/
theorem scores_queries_le {x y : Vec R} (hf : LipschitzOn n (Nat.mul b d) N₁ D₁ S f)
    (kg : BoundedOn 1 d A₂ B₂ S g) (hx : S x) (hy : S y) :
    le (mul (sq (mul B₂ D₁)) (normSq b (fun t => dot d (token d (vsub (f x) (f y)) t) (g x))))
      (mul (sq (mul A₂ N₁)) (distSq n x y)) :=
  product_ratio
    (le_via (scores_normSq_le b d (vsub (f x) (f y)) (g x)) rfl (mul_comm _ _))
    (normSq_nonneg (Nat.mul b d) _) (kg.vector hx) (hf.bound x y hx hy)

/-- The part of a difference of scores that the key makes. -/
theorem scores_key_le {x y : Vec R} (hg : LipschitzOn n d N₂ D₂ S g)
    (kf : BoundedOn 1 (Nat.mul b d) A₁ B₁ S f) (hx : S x) (hy : S y) :
    le (mul (sq (mul B₁ D₂)) (normSq b (fun t => dot d (token d (f y) t) (vsub (g x) (g y)))))
      (mul (sq (mul A₁ N₂)) (distSq n x y)) :=
  product_ratio (scores_normSq_le b d (f y) (vsub (g x) (g y))) (normSq_nonneg d _)
    (kf.vector hy) (hg.bound x y hx hy)

/-- On `S`, where the block `f` has the constant `N₁/D₁` and is as a whole no longer than `A₁/B₁`, `g`
the constant `N₂/D₂` and values no longer than `A₂/B₂`, the scores have the constant
`(A₂/B₂)(N₁/D₁) + (A₁/B₁)(N₂/D₂)`. -/
theorem scores_lipschitzOn (hf : LipschitzOn n (Nat.mul b d) N₁ D₁ S f)
    (hg : LipschitzOn n d N₂ D₂ S g) (kf : BoundedOn 1 (Nat.mul b d) A₁ B₁ S f)
    (kg : BoundedOn 1 d A₂ B₂ S g) :
    LipschitzOn n b
      (add (mul (mul A₂ N₁) (mul B₁ D₂)) (mul (mul A₁ N₂) (mul B₂ D₁)))
      (mul (mul B₂ D₁) (mul B₁ D₂)) S (scores d f g) :=
  have hN₁ := mul_nonneg kg.num_nonneg hf.num_nonneg
  have hN₂ := mul_nonneg kf.num_nonneg hg.num_nonneg
  have hD₁ := mul_pos kg.den_pos hf.den_pos
  have hD₂ := mul_pos kf.den_pos hg.den_pos
  ⟨add_nonneg (mul_nonneg hN₁ (le_of_lt hD₂)) (mul_nonneg hN₂ (le_of_lt hD₁)), mul_pos hD₁ hD₂,
   fun x y hx hy => le_via
    (ratio_add hN₁ (le_of_lt hD₁) hN₂ (le_of_lt hD₂) (distSq_nonneg n x y)
      (scores_queries_le hf kg hx hy) (scores_key_le hg kf hx hy))
    (congrArg (mul _) (normSq_congr (fun t _ =>
      dot_sub_split d (token d (f x) t) (token d (f y) t) (g x) (g y))))
    rfl⟩

/-- Where the key is the same at all points of `S`, only it need be bounded: the scores have the
constant `(A₂/B₂)(N₁/D₁)`, however long the queries are. -/
theorem scores_queries_lipschitzOn (hf : LipschitzOn n (Nat.mul b d) N₁ D₁ S f)
    (hg : ∀ x y, S x → S y → Agree d (g x) (g y)) (kg : BoundedOn 1 d A₂ B₂ S g) :
    LipschitzOn n b (mul A₂ N₁) (mul B₂ D₁) S (scores d f g) :=
  ⟨mul_nonneg kg.num_nonneg hf.num_nonneg, mul_pos kg.den_pos hf.den_pos, fun x y hx hy => le_via
    (scores_queries_le hf kg hx hy)
    (congrArg (mul _) (normSq_congr (fun t _ => Eq.trans
      (congrArg (sub (dot d (token d (f x) t) (g x)))
        (dot_congr (x := token d (f y) t) (fun _ _ => rfl) (hg y x hy hx)))
      (Eq.symm (dot_sub_left d (token d (f x) t) (token d (f y) t) (g x))))))
    rfl⟩

/-- Where the queries are the same at all points of `S`, only they need be bounded: the scores have the
constant `(A₁/B₁)(N₂/D₂)`, however long the key is. -/
theorem scores_key_lipschitzOn (hf : ∀ x y, S x → S y → Agree (Nat.mul b d) (f x) (f y))
    (hg : LipschitzOn n d N₂ D₂ S g) (kf : BoundedOn 1 (Nat.mul b d) A₁ B₁ S f) :
    LipschitzOn n b (mul A₁ N₂) (mul B₁ D₂) S (scores d f g) :=
  ⟨mul_nonneg kf.num_nonneg hg.num_nonneg, mul_pos kf.den_pos hg.den_pos, fun x y hx hy => le_via
    (scores_key_le hg kf hx hy)
    (congrArg (mul _) (normSq_congr (fun t ht => Eq.trans
      (congrArg (fun s => sub s (dot d (token d (f y) t) (g y)))
        (dot_congr (y := g x) (fun _ hj => hf x y hx hy _ (nat_block_lt ht hj)) (fun _ _ => rfl)))
      (Eq.symm (dot_sub_right d (token d (f y) t) (g x) (g y))))))
    rfl⟩

/-- The scores together are at most `(A₁/B₁)(A₂/B₂)` long. -/
theorem scores_boundedOn (kf : BoundedOn 1 (Nat.mul b d) A₁ B₁ S f) (kg : BoundedOn 1 d A₂ B₂ S g) :
    BoundedOn 1 b (mul A₁ A₂) (mul B₁ B₂) S (scores d f g) :=
  .ofVector (mul_nonneg kf.num_nonneg kg.num_nonneg) (mul_pos kf.den_pos kg.den_pos) (fun x hx =>
    le_via
      (product_ratio (E := one) (scores_normSq_le b d (f x) (g x)) (normSq_nonneg d _)
        (kf.vector hx) (le_via (kg.vector hx) rfl (mul_one _)))
      rfl (Eq.symm (mul_one _)))

end

/-! ## Constants that are natural numbers -/

section
variable {n b d N₁ D₁ N₂ D₂ A₁ B₁ A₂ B₂ : Nat} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- `ρ_g K_f + ρ_f K_g` for constants that are natural numbers. -/
theorem scores_lipschitzOn_ofNat (hf : LipschitzOn n (Nat.mul b d) (ofNat N₁ : R) (ofNat D₁) S f)
    (hg : LipschitzOn n d (ofNat N₂ : R) (ofNat D₂) S g)
    (kf : BoundedOn 1 (Nat.mul b d) (ofNat A₁ : R) (ofNat B₁) S f)
    (kg : BoundedOn 1 d (ofNat A₂ : R) (ofNat B₂) S g) :
    LipschitzOn n b
      (ofNat (Nat.add (Nat.mul (Nat.mul A₂ N₁) (Nat.mul B₁ D₂))
        (Nat.mul (Nat.mul A₁ N₂) (Nat.mul B₂ D₁))) : R)
      (ofNat (Nat.mul (Nat.mul B₂ D₁) (Nat.mul B₁ D₂))) S (scores d f g) :=
  have four (x y z w : Nat) : Eq (mul (mul (ofNat x) (ofNat y)) (mul (ofNat z) (ofNat w)) : R)
      (ofNat (Nat.mul (Nat.mul x y) (Nat.mul z w))) :=
    Eq.symm (Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_mul x y) (ofNat_mul z w)))
  (scores_lipschitzOn hf hg kf kg).congr
    (Eq.trans (congr2 add (four A₂ N₁ B₁ D₂) (four A₁ N₂ B₂ D₁)) (Eq.symm (ofNat_add _ _)))
    (four B₂ D₁ B₁ D₂)

/-- `ρ_g K_f` for constants that are natural numbers, where the key does not vary. -/
theorem scores_queries_lipschitzOn_ofNat
    (hf : LipschitzOn n (Nat.mul b d) (ofNat N₁ : R) (ofNat D₁) S f)
    (hg : LipschitzOn n d (ofNat 0 : R) (ofNat D₂) S g)
    (kg : BoundedOn 1 d (ofNat A₂ : R) (ofNat B₂) S g) :
    LipschitzOn n b (ofNat (Nat.mul A₂ N₁) : R) (ofNat (Nat.mul B₂ D₁)) S (scores d f g) :=
  (scores_queries_lipschitzOn hf hg.still kg).congr
    (Eq.symm (ofNat_mul A₂ N₁)) (Eq.symm (ofNat_mul B₂ D₁))

/-- `ρ_f K_g` for constants that are natural numbers, where the queries do not vary. -/
theorem scores_key_lipschitzOn_ofNat
    (hf : LipschitzOn n (Nat.mul b d) (ofNat 0 : R) (ofNat D₁) S f)
    (hg : LipschitzOn n d (ofNat N₂ : R) (ofNat D₂) S g)
    (kf : BoundedOn 1 (Nat.mul b d) (ofNat A₁ : R) (ofNat B₁) S f) :
    LipschitzOn n b (ofNat (Nat.mul A₁ N₂) : R) (ofNat (Nat.mul B₁ D₂)) S (scores d f g) :=
  (scores_key_lipschitzOn hf.still hg kf).congr
    (Eq.symm (ofNat_mul A₁ N₂)) (Eq.symm (ofNat_mul B₁ D₂))

/-- The constant 0 where neither varies. -/
theorem scores_still_lipschitzOn_ofNat
    (hf : LipschitzOn n (Nat.mul b d) (ofNat 0 : R) (ofNat D₁) S f)
    (hg : LipschitzOn n d (ofNat 0 : R) (ofNat D₂) S g) :
    LipschitzOn n b (ofNat 0 : R) (ofNat 1) S (scores d f g) :=
  ⟨ofNat_nonneg 0, ofNat_pos rfl, fun x y hx hy =>
    le_of_eq (eq_via
      (congrArg (mul _) (distSq_of_agree (fun _ ht =>
        dot_congr (fun _ hj => hf.still x y hx hy _ (nat_block_lt ht hj)) (hg.still x y hx hy))))
      (congrArg (fun t => mul (sq t) (distSq n x y)) ofNat_zero)
      (Eq.trans (mul_zero _)
        (ring_eq (vars1 (distSq n x y)) (a := zero) (b := mul (sq zero) (distSq n x y)))))⟩

/-- `ρ_f ρ_g` for bounds that are natural numbers. -/
theorem scores_boundedOn_ofNat (kf : BoundedOn 1 (Nat.mul b d) (ofNat A₁ : R) (ofNat B₁) S f)
    (kg : BoundedOn 1 d (ofNat A₂ : R) (ofNat B₂) S g) :
    BoundedOn 1 b (ofNat (Nat.mul A₁ A₂) : R) (ofNat (Nat.mul B₁ B₂)) S (scores d f g) :=
  Eq.symm (ofNat_mul (R := R) A₁ A₂) ▸ Eq.symm (ofNat_mul (R := R) B₁ B₂) ▸ scores_boundedOn kf kg

/-- The scores depend on what the branches give. -/
theorem scores_congr {f' g' : Vec R → Vec R} {x y : Vec R} (hf : Agree (Nat.mul b d) (f x) (f' y))
    (hg : Agree d (g x) (g' y)) : Agree b (scores d f g x) (scores d f' g' y) :=
  fun _ ht => dot_congr (fun _ hj => hf _ (nat_block_lt ht hj)) hg

end

end

end LipBridge
