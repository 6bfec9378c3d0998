import LipBridge.Layers.RmsNormBound
/-!
# LayerNorm

Centring `u ↦ u - mean(u)` is a projection, so its constant is 1; LayerNorm is RMSNorm of the centred
vector, plus a bias. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `u - mean(u)`: entry `i` is `u_i - (Σ_j u_j) * r`, with `r = 1/d`. -/
def center (d : Nat) (r : R) : Vec R → Vec R := fun u i => sub (u i) (mul (sum d u) r)

/-- `‖u - mean(u)‖²`, written out. -/
theorem normSq_center (d : Nat) (r : R) (u : Vec R) :
    Eq (normSq d (center d r u))
      (add (normSq d u) (sub (mul (ofNat d) (sq (mul (sum d u) r)))
        (mul (add one one) (mul (sum d u) (mul (sum d u) r))))) :=
  Eq.trans
    (sum_ext d (fun i => ring_eq (vars2 (u i) (mul (sum d u) r))
      (a := mul (sub (u i) (mul (sum d u) r)) (sub (u i) (mul (sum d u) r)))
      (b := add (mul (u i) (u i))
        (sub (sq (mul (sum d u) r)) (mul (u i) (mul (add one one) (mul (sum d u) r)))))))
    (Eq.trans (sum_add d _ _) (congrArg (add (normSq d u))
      (Eq.trans (sum_sub d _ _) (congr2 sub (sum_const d _)
        (Eq.trans (sum_mul_right d _ u)
          (ring_eq (vars2 (sum d u) (mul (sum d u) r))
            (b := mul (add one one) (mul (sum d u) (mul (sum d u) r)))))))))

/-- Centring shortens: `‖u - mean(u)‖² ≤ ‖u‖²`. -/
theorem center_normSq_le {d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) (u : Vec R) :
    le (normSq d (center d r u)) (normSq d u) :=
  have h : Eq (mul (ofNat d) (sq (mul (sum d u) r))) (mul (sq (sum d u)) r) :=
    Eq.trans (ring_eq (vars3 (ofNat d) r (sum d u))
        (b := mul (mul (ofNat d) r) (mul (sq (sum d u)) r)))
      (Eq.trans (congrArg (fun t => mul t (mul (sq (sum d u)) r)) hr)
        (one_mul _))
  le_of_add (mul_nonneg (sq_nonneg (sum d u)) (reciprocal_nonneg hr))
    (Eq.trans
      (congrArg (fun t => add t (mul (sq (sum d u)) r))
        (Eq.trans (normSq_center d r u) (congrArg (fun t => add (normSq d u)
          (sub t (mul (add one one) (mul (sum d u) (mul (sum d u) r))))) h)))
      (ring_eq (vars3 (normSq d u) (sum d u) r)
        (a := add (add (normSq d u) (sub (mul (sq (sum d u)) r)
          (mul (add one one) (mul (sum d u) (mul (sum d u) r))))) (mul (sq (sum d u)) r))))

/-- `center u - center v = center (u - v)`. -/
theorem center_sub (d : Nat) (r : R) (u v : Vec R) (i : Nat) :
    Eq (vsub (center d r u) (center d r v) i) (center d r (vsub u v) i) :=
  Eq.trans
    (ring_eq (vars5 (u i) (v i) (sum d u) (sum d v) r)
      (a := sub (sub (u i) (mul (sum d u) r)) (sub (v i) (mul (sum d v) r)))
      (b := sub (sub (u i) (v i)) (mul (sub (sum d u) (sum d v)) r)))
    (congrArg (fun t => sub (sub (u i) (v i)) (mul t r)) (Eq.symm (sum_sub d u v)))

/-- Centring never lengthens a distance. -/
theorem center_distSq {d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) (u v : Vec R) :
    le (distSq d (center d r u) (center d r v)) (distSq d u v) :=
  le_via (center_normSq_le hr (vsub u v)) (normSq_congr (fun i _ => center_sub d r u v i)) rfl

/-- Centring has the constant 1. -/
theorem center_sqLipschitz {d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) :
    SqLipschitz d d (ofNat 1 : R) (ofNat 1) (center d r) :=
  SqLipschitz.ofLe (center_distSq hr)

/-- LayerNorm: `g ⊙ v * t(v) + b` for the centred vector `v = u - mean(u)`, where
`t(v) = 1/√(‖v‖²/d + ε)`, that is `t(v)² (‖v‖² + dε) = d`. -/
def layerNorm (d : Nat) (r : R) (g : Vec R) (t : Vec R → R) (b : Vec R) : Vec R → Vec R :=
  fun u => vadd (rmsNorm g t (center d r u)) b

/-- Adding the same vector keeps distances. -/
theorem distSq_bias (n : Nat) (x y b : Vec R) : Eq (distSq n (vadd x b) (vadd y b)) (distSq n x y) :=
  normSq_congr (fun i _ => ring_eq (vars3 (x i) (y i) (b i))
    (a := sub (add (x i) (b i)) (add (y i) (b i))) (b := sub (x i) (y i)))

/-- LayerNorm has the constant of RMSNorm on the centred vectors. -/
theorem layerNorm_of_rmsNorm {d : Nat} {r P Q : R} {S : Vec R → Prop} {g b : Vec R} {t : Vec R → R}
    (hr : Eq (mul (ofNat d) r) one) (h : SqLipschitzOn d d P Q S (rmsNorm g t)) :
    SqLipschitzOn d d P Q (fun u => S (center d r u)) (layerNorm d r g t b) :=
  ⟨h.num_nonneg, h.den_pos, fun u v hu hv =>
    le_trans
      (le_via (h.bound (center d r u) (center d r v) hu hv)
        (congrArg (mul Q) (distSq_bias d _ _ b)) rfl)
      (mul_le_mul_left h.num_nonneg (center_distSq hr u v))⟩

/-- LayerNorm with the stored gain `g/e`, `g_i² ≤ p`, and any bias has the constant `√(p B d/(e² A))`
where the centred vector lies in `S`, on which `‖v‖² + dε ≥ A/B`. -/
theorem layerNorm_sqLipschitzOn_ofNat {d p e A B : Nat} {g : Nat → Int} {r s ε : R}
    {S : Vec R → Prop} {t : Vec R → R} (hd : Eq (Nat.ble 1 d) true) (hA : Eq (Nat.ble 1 A) true)
    (hg : Eq (gainBelow d g p) true) (hr : Eq (mul (ofNat d) r) one)
    (hs : Eq (mul (ofNat e) s) one) (hε : le zero ε) (hS : ∀ u, S u → RmsDomain d ε A B u)
    (ht : RmsFactor d ε S t) (b : Vec R) :
    SqLipschitzOn d d (ofNat (Nat.mul p (Nat.mul B d)) : R) (ofNat (Nat.mul (Nat.mul e e) A))
      (fun u => S (center d r u)) (layerNorm d r (fun i => mul (ofInt (g i)) s) t b) :=
  layerNorm_of_rmsNorm hr (rmsNorm_sqLipschitzOn_ofNat hd hA hg hs hε hS ht)

end

end LipBridge
