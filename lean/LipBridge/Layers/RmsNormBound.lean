import LipBridge.Layers.RmsNorm
import LipBridge.Layers.StoredKeys
/-!
# The constants of RMSNorm

On `{c (‖u‖² + dε) ≥ ρ}` the constant of RMSNorm is `max|g| √d / √(ρ/c)`; on the whole space it is
`max|g|/√ε`, very loose, and `max|g|/√(r²/d + ε)` with `max(‖u‖², r²)` for `‖u‖²`. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

section
variable {d : Nat} {ε c ρ p q l : R} {S : Vec R → Prop} {g : Vec R} {t : Vec R → R}

/-- Where `max(‖u‖², l) + dε ≥ ρ/c > 0` on `S` and `g_i² ≤ p/q`, RMSNorm with `max(‖u‖², l)` for `‖u‖²`
has on `S` the constant `√(p d c/(q ρ)) = max|g| √d/√(ρ/c)`. -/
theorem rmsNormAtLeast_sqLipschitzOn (hd : Eq (Nat.ble 1 d) true) (hε : le zero ε) (hc : le zero c)
    (hρ : lt zero ρ) (hp : le zero p) (hq : lt zero q)
    (hg : ∀ i, Nat.lt i d → le (mul q (sq (g i))) p)
    (hS : ∀ u, S u → le ρ (mul c (add (sup (normSq d u) l) (mul (ofNat d) ε))))
    (ht : RmsFactorAtLeast d ε l S t) :
    SqLipschitzOn d d (mul p (mul c (ofNat d))) (mul q ρ) S (rmsNorm g t) :=
  ⟨mul_nonneg hp (mul_nonneg hc (ofNat_nonneg d)), mul_pos hq hρ, fun u v hu hv =>
    have hd0 : lt (zero : R) (ofNat d) := ofNat_pos hd
    have ha := factor_pos hd0 (ht u hu).left (ht u hu).right
    have hb := factor_pos hd0 (ht v hv).left (ht v hv).right
    have h₁ := gain_normSq (z := vsub (vsmul (t u) u) (vsmul (t v) v)) hg
    have h₂ := unit_distSq ha hb hd0 (mul_nonneg (ofNat_nonneg d) hε) (ht u hu).right
      (ht v hv).right
    have h₃ := factor_le (le_of_lt hd0) hc (le_of_lt hρ) (hS u hu) (hS v hv) (ht u hu).right
      (ht v hv).right
    le_trans
      (le_via (mul_le_mul_left (le_of_lt hρ) (le_trans h₁ (mul_le_mul_left hp h₂)))
        (Eq.trans (congrArg (mul _) (rmsNorm_distSq d g t u v))
          (ring_eq (vars3 q ρ
            (normSq d (fun i => mul (g i) (vsub (vsmul (t u) u) (vsmul (t v) v) i)))))) rfl)
      (le_via (mul_le_mul_left hp (mul_le_mul_right (distSq_nonneg d u v) h₃))
        (ring_eq (vars5 ρ p (t u) (t v) (distSq d u v)))
        (ring_eq (vars4 p c (ofNat d) (distSq d u v))))⟩

/-- Where `‖u‖² + dε ≥ ρ/c > 0` on `S` and `g_i² ≤ p/q`, RMSNorm has on `S` the constant
`√(p d c/(q ρ)) = max|g| √d/√(ρ/c)`. -/
theorem rmsNorm_sqLipschitzOn (hd : Eq (Nat.ble 1 d) true) (hε : le zero ε) (hc : le zero c)
    (hρ : lt zero ρ) (hp : le zero p) (hq : lt zero q)
    (hg : ∀ i, Nat.lt i d → le (mul q (sq (g i))) p)
    (hS : ∀ u, S u → le ρ (mul c (add (normSq d u) (mul (ofNat d) ε)))) (ht : RmsFactor d ε S t) :
    SqLipschitzOn d d (mul p (mul c (ofNat d))) (mul q ρ) S (rmsNorm g t) :=
  rmsNormAtLeast_sqLipschitzOn hd hε hc hρ hp hq hg
    (fun u hu => le_trans (hS u hu)
      (mul_le_mul_left hc (add_le_add_right _ (le_sup_left (normSq d u) zero)))) ht.atLeast

/-- The loose constant, without a lower bound on `‖u‖`: `√(p/(q ε)) = max|g|/√ε`, for `ε > 0`. -/
theorem rmsNorm_loose (hd : Eq (Nat.ble 1 d) true) (hε : lt zero ε)
    (hp : le zero p) (hq : lt zero q) (hg : ∀ i, Nat.lt i d → le (mul q (sq (g i))) p)
    (ht : RmsFactor d ε S t) : SqLipschitzOn d d p (mul q ε) S (rmsNorm g t) :=
  have hd0 : lt (zero : R) (ofNat d) := ofNat_pos hd
  (rmsNorm_sqLipschitzOn hd (le_of_lt hε) (le_of_lt zero_lt_one) (mul_pos hd0 hε) hp hq hg
    (fun u _ => le_of_add (normSq_nonneg d u)
      (ring_eq (vars2 (normSq d u) (mul (ofNat d) ε)))) ht).weaken hp (mul_pos hq hε)
    (le_of_eq (ring_eq (vars4 p (ofNat d) q ε)))

/-- The output of RMSNorm is bounded: `q ‖N u‖² ≤ p d`, that is `‖N u‖ ≤ max|g| √d`. -/
theorem rmsNorm_normSq_le (hε : le zero ε) (hp : le zero p)
    (hg : ∀ i, Nat.lt i d → le (mul q (sq (g i))) p) (ht : RmsFactorAtLeast d ε l S t) {u : Vec R}
    (hu : S u) : le (mul q (normSq d (rmsNorm g t u))) (mul p (ofNat d)) :=
  le_trans
    (le_via (gain_normSq (z := vsmul (t u) u) hg)
      (congrArg (mul q) (normSq_congr (fun i _ => ring_eq (vars3 (g i) (u i) (t u))
        (a := mul (mul (g i) (u i)) (t u)) (b := mul (g i) (mul (t u) (u i))))))
      (congrArg (mul p) (Eq.symm (normSq_smul d (t u) u))))
    (mul_le_mul_left hp
      (le_via
        (mul_le_mul_left (sq_nonneg (t u)) (le_trans (le_sup_left (normSq d u) l)
          (le_of_add (mul_nonneg (ofNat_nonneg d) hε) rfl))) rfl (Eq.symm (ht u hu).right)))

end

/-! ## Stored gains, constants that are natural numbers -/

/-- The points with `‖u‖² + dε ≥ A/B`. -/
def RmsDomain (d : Nat) (ε : R) (A B : Nat) : Vec R → Prop :=
  fun u => le (ofNat A) (mul (ofNat B) (add (normSq d u) (mul (ofNat d) ε)))

/-- Whether `g_i² ≤ p` for each `i < d`. -/
def gainBelow (d : Nat) (g : Nat → Int) (p : Nat) : Bool :=
  allBelow d (fun i => intBle (Int.mul (g i) (g i)) (Int.ofNat p))

/-- `e² (g * r)² ≤ p` where `g² ≤ p` and `r = 1/e`. -/
theorem gainBelow_sound {d p e : Nat} {g : Nat → Int} {r : R} (hg : Eq (gainBelow d g p) true)
    (hr : Eq (mul (ofNat e) r) one) (i : Nat) (hi : Nat.lt i d) :
    le (mul (ofNat (Nat.mul e e)) (sq (mul (ofInt (g i)) r))) (ofNat p) :=
  le_via (ofInt_le (R := R) (int_le_of_ble (allBelow_sound hg hi)))
    (Eq.trans (congrArg (fun t => mul t (sq (mul (ofInt (g i)) r))) (ofNat_mul e e))
      (Eq.trans (ring_eq (vars3 (ofNat e) r (ofInt (g i)))
          (b := mul (sq (mul (ofNat e) r)) (mul (ofInt (g i)) (ofInt (g i)))))
        (Eq.trans (congrArg (fun t => mul (sq t) (mul (ofInt (g i)) (ofInt (g i)))) hr)
          (Eq.trans (ring_eq (vars1 (ofInt (g i))) (b := mul (ofInt (g i)) (ofInt (g i))))
            (Eq.symm (ofInt_mul (g i) (g i)))))))
    rfl

/-- RMSNorm with the stored gain `g/e`, `g_i² ≤ p`, has on `S`, where `‖u‖² + dε ≥ A/B`, the constant
`√(p B d/(e² A))`. Over ℝ one takes `S = RmsDomain d ε A B`. -/
theorem rmsNorm_sqLipschitzOn_ofNat {d p e A B : Nat} {g : Nat → Int} {r ε : R} {S : Vec R → Prop}
    {t : Vec R → R} (hd : Eq (Nat.ble 1 d) true) (hA : Eq (Nat.ble 1 A) true)
    (hg : Eq (gainBelow d g p) true) (hr : Eq (mul (ofNat e) r) one) (hε : le zero ε)
    (hS : ∀ u, S u → RmsDomain d ε A B u) (ht : RmsFactor d ε S t) :
    SqLipschitzOn d d (ofNat (Nat.mul p (Nat.mul B d)) : R) (ofNat (Nat.mul (Nat.mul e e) A)) S
      (rmsNorm (fun i => mul (ofInt (g i)) r) t) :=
  (rmsNorm_sqLipschitzOn hd hε (ofNat_nonneg B) (ofNat_pos hA) (ofNat_nonneg p)
    (lt_congr rfl (ofNat_mul e e) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
    (gainBelow_sound hg hr) hS ht).congr
    (Eq.symm (Eq.trans (ofNat_mul p (Nat.mul B d)) (congrArg (mul (ofNat p)) (ofNat_mul B d))))
    (Eq.symm (ofNat_mul (Nat.mul e e) A))

/-- RMSNorm with the stored gain `g/e`, `g_i² ≤ p`, `ε = n/m` and `max(‖u‖², (a/b)²)` for `‖u‖²`, so that
it is RMSNorm where `‖u‖ ≥ a/b`, has the constant `√(p d b² m/(e² (a² m + d n b²)))`,
`max|g|/(e √((a/b)²/d + ε))`. -/
theorem rmsNormAtLeast_sqLipschitz_ofNat {d p e n m a b : Nat} {g : Nat → Int} {r s w : R}
    {S : Vec R → Prop} {t : Vec R → R} (hd : Eq (Nat.ble 1 d) true)
    (ha : Eq (Nat.ble 1 (Nat.add (Nat.mul (Nat.mul a a) m) (Nat.mul (Nat.mul d n) (Nat.mul b b)))) true)
    (hg : Eq (gainBelow d g p) true) (hr : Eq (mul (ofNat e) r) one) (hs : Eq (mul (ofNat m) s) one)
    (hw : Eq (mul (ofNat b) w) one)
    (ht : RmsFactorAtLeast d (mul (ofNat n) s) (sq (mul (ofNat a) w)) S t) :
    SqLipschitzOn d d (ofNat (Nat.mul p (Nat.mul (Nat.mul (Nat.mul b b) m) d)) : R)
      (ofNat (Nat.mul (Nat.mul e e)
        (Nat.add (Nat.mul (Nat.mul a a) m) (Nat.mul (Nat.mul d n) (Nat.mul b b)))))
      S (rmsNorm (fun i => mul (ofInt (g i)) r) t) :=
  have least : Eq (mul (ofNat (Nat.mul (Nat.mul b b) m))
      (add (sq (mul (ofNat a) w)) (mul (ofNat d) (mul (ofNat n) s))))
      (ofNat (Nat.add (Nat.mul (Nat.mul a a) m) (Nat.mul (Nat.mul d n) (Nat.mul b b))) : R) :=
    Eq.trans
      (congrArg (fun k => mul k _) (Eq.trans (ofNat_mul _ m)
        (congrArg (fun k => mul k (ofNat m)) (ofNat_mul b b))))
      (Eq.trans
        (ring_eq (.cons w (.cons s (vars5 (ofNat a) (ofNat b) (ofNat d) (ofNat n) (ofNat m))))
          (a := mul (mul (mul (ofNat b) (ofNat b)) (ofNat m))
            (add (sq (mul (ofNat a) w)) (mul (ofNat d) (mul (ofNat n) s))))
          (b := add (mul (sq (mul (ofNat b) w)) (mul (mul (ofNat a) (ofNat a)) (ofNat m)))
            (mul (mul (ofNat m) s) (mul (mul (ofNat d) (ofNat n)) (mul (ofNat b) (ofNat b))))))
        (Eq.trans
          (congr2 (fun y z => add (mul (sq y) (mul (mul (ofNat a) (ofNat a)) (ofNat m)))
            (mul z (mul (mul (ofNat d) (ofNat n)) (mul (ofNat b) (ofNat b))))) hw hs)
          (Eq.trans
            (ring_eq (vars2 (mul (mul (ofNat a) (ofNat a)) (ofNat m))
                (mul (mul (ofNat d) (ofNat n)) (mul (ofNat b) (ofNat b))))
              (a := add (mul (sq one) (mul (mul (ofNat a) (ofNat a)) (ofNat m)))
                (mul one (mul (mul (ofNat d) (ofNat n)) (mul (ofNat b) (ofNat b)))))
              (b := add (mul (mul (ofNat a) (ofNat a)) (ofNat m))
                (mul (mul (ofNat d) (ofNat n)) (mul (ofNat b) (ofNat b)))))
            (Eq.symm (Eq.trans (ofNat_add _ _) (congr2 add
              (Eq.trans (ofNat_mul _ m) (congrArg (fun k => mul k (ofNat m)) (ofNat_mul a a)))
              (Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_mul d n) (ofNat_mul b b)))))))))
  (rmsNormAtLeast_sqLipschitzOn hd (mul_nonneg (ofNat_nonneg n) (reciprocal_nonneg hs))
    (ofNat_nonneg (Nat.mul (Nat.mul b b) m)) (ofNat_pos ha) (ofNat_nonneg p)
    (lt_congr rfl (ofNat_mul e e) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
    (gainBelow_sound hg hr)
    (fun u _ => le_congr (Eq.symm least) rfl
      (mul_le_mul_left (ofNat_nonneg _) (add_le_add_right _ (le_sup_right (normSq d u) _)))) ht).congr
    (Eq.symm (Eq.trans (ofNat_mul p _) (congrArg (mul (ofNat p)) (ofNat_mul _ d))))
    (Eq.symm (ofNat_mul (Nat.mul e e) _))

end

end LipBridge
