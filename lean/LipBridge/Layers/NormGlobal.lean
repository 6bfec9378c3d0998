import LipBridge.Layers.LayerNorm
/-!
# RMSNorm and LayerNorm everywhere

With `ε > 0` every `u` lies in the set `{‖u‖² + dε ≥ dε}`, so the constant on that set holds everywhere:
`max|g|/√ε`, valid and very loose. The factor `√d/√(‖u‖² + dε)` exists for every `u` only in rings
that have those roots, as ℝ; so each theorem is about a set `S` on which it exists.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- With `ε = n/m`, every `u` has `‖u‖² + dε ≥ dn/m`. -/
theorem rmsDomain_all {d n m : Nat} {r : R} (hr : Eq (mul (ofNat m) r) one) (u : Vec R) :
    RmsDomain d (mul (ofNat n) r) (Nat.mul d n) m u :=
  le_via
    (mul_le_mul_left (ofNat_nonneg m)
      (le_of_add (a := mul (ofNat d) (mul (ofNat n) r)) (normSq_nonneg d u)
        (add_comm (mul (ofNat d) (mul (ofNat n) r)) (normSq d u))))
    (Eq.trans (ofNat_mul d n)
      (Eq.symm (Eq.trans (ring_eq (vars4 (ofNat m) (ofNat d) (ofNat n) r)
          (a := mul (ofNat m) (mul (ofNat d) (mul (ofNat n) r)))
          (b := mul (mul (ofNat m) r) (mul (ofNat d) (ofNat n))))
        (Eq.trans (congrArg (fun t => mul t (mul (ofNat d) (ofNat n))) hr) (one_mul _)))))
    rfl

/-- RMSNorm with the stored gain `g/e`, `g_i² ≤ p`, and `ε = n/m > 0` has the constant
`√(p m/(e² n))`, `max|g|/(e √ε)`, on any set `S` where its factor is `√d/√(‖u‖² + dε)`: however short
`u` is. Very loose. -/
theorem rmsNorm_sqLipschitz_ofNat {d p e n m : Nat} {g : Nat → Int} {r s : R}
    {S : Vec R → Prop} {t : Vec R → R} (hd : Eq (Nat.ble 1 d) true)
    (hn : Eq (Nat.ble 1 (Nat.mul d n)) true) (hg : Eq (gainBelow d g p) true)
    (hr : Eq (mul (ofNat e) r) one) (hs : Eq (mul (ofNat m) s) one)
    (ht : RmsFactor d (mul (ofNat n) s) S t) :
    SqLipschitzOn d d (ofNat (Nat.mul p (Nat.mul m d)) : R)
      (ofNat (Nat.mul (Nat.mul e e) (Nat.mul d n))) S (rmsNorm (fun i => mul (ofInt (g i)) r) t) :=
  rmsNorm_sqLipschitzOn_ofNat hd hn hg hr (mul_nonneg (ofNat_nonneg n) (reciprocal_nonneg hs))
    (fun u _ => rmsDomain_all hs u) ht

/-- LayerNorm with the stored gain `g/e`, `g_i² ≤ p`, any bias and `ε = n/m > 0` has the constant
`√(p m/(e² n))` where the centred vector is in a set `S` on which the factor is `√d/√(‖u‖² + dε)`. -/
theorem layerNorm_sqLipschitz_ofNat {d p e n m : Nat} {g : Nat → Int} {q r s : R}
    {S : Vec R → Prop} {t : Vec R → R} (hd : Eq (Nat.ble 1 d) true)
    (hn : Eq (Nat.ble 1 (Nat.mul d n)) true) (hg : Eq (gainBelow d g p) true)
    (hq : Eq (mul (ofNat d) q) one) (hr : Eq (mul (ofNat e) r) one)
    (hs : Eq (mul (ofNat m) s) one) (ht : RmsFactor d (mul (ofNat n) s) S t) (b : Vec R) :
    SqLipschitzOn d d (ofNat (Nat.mul p (Nat.mul m d)) : R)
      (ofNat (Nat.mul (Nat.mul e e) (Nat.mul d n))) (fun u => S (center d q u))
      (layerNorm d q (fun i => mul (ofInt (g i)) r) t b) :=
  layerNorm_of_rmsNorm hq (rmsNorm_sqLipschitz_ofNat hd hn hg hr hs ht)

end

end LipBridge
