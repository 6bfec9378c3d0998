import LipBridge.Layers.NormGlobal
import LipBridge.Layers.Tokenwise
/-!
# GroupNorm

A vector of `G` groups of `d` entries, LayerNorm of each group with its part of the gain and of the
bias: the constant is that of LayerNorm. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- A bound of all gains is one of the gains of group `k`. -/
theorem gainBelow_group {G d p : Nat} {g : Nat → Int} (h : Eq (gainBelow (Nat.mul G d) g p) true)
    {k : Nat} (hk : Nat.lt k G) :
    Eq (gainBelow d (fun i => g (Nat.add (Nat.mul k d) i)) p) true :=
  allBelow_complete (fun _ hi => allBelow_sound h (nat_block_lt hk hi))

section
variable {R : Type u} [OrderedRing R]

/-- GroupNorm: LayerNorm of each of `G` groups of `d` entries, with the group's part of the gain `g` and
of the bias `b`, and one given reciprocal `t` of a root mean square. -/
def groupNorm (G d : Nat) (q : R) (g : Vec R) (t : Vec R → R) (b : Vec R) : Vec R → Vec R :=
  eachToken G d d (fun k => layerNorm d q (token d g k) t (token d b k))

/-- The vectors whose groups, centred, all lie in `S`. -/
def Groups (G d : Nat) (q : R) (S : Vec R → Prop) : Vec R → Prop :=
  fun u => ∀ k, Nat.lt k G → S (center d q (token d u k))

/-- GroupNorm with the stored gain `g/e`, `g_i² ≤ p`, any bias and `ε = n/m > 0` has the constant
`√(p m/(e² n))`, `max|g|/(e √ε)`, where the centred groups lie in a set `S` on which the factor is
`√d/√(‖c‖² + dε)`. docs/theorems.md §2. -/
theorem groupNorm_sqLipschitz_ofNat {G d p e n m : Nat} {g : Nat → Int} {q r s : R}
    {S : Vec R → Prop} {t : Vec R → R} (hd : Eq (Nat.ble 1 d) true)
    (hn : Eq (Nat.ble 1 (Nat.mul d n)) true) (hg : Eq (gainBelow (Nat.mul G d) g p) true)
    (hq : Eq (mul (ofNat d) q) one) (hr : Eq (mul (ofNat e) r) one)
    (hs : Eq (mul (ofNat m) s) one) (ht : RmsFactor d (mul (ofNat n) s) S t) (b : Vec R) :
    SqLipschitzOn (Nat.mul G d) (Nat.mul G d) (ofNat (Nat.mul p (Nat.mul m d)) : R)
      (ofNat (Nat.mul (Nat.mul e e) (Nat.mul d n))) (Groups G d q S)
      (groupNorm G d q (fun i => mul (ofInt (g i)) r) t b) where
  num_nonneg := ofNat_nonneg _
  den_pos := lt_congr rfl
    (Eq.trans (ofNat_mul (Nat.mul e e) (Nat.mul d n))
      (congrArg (fun k => mul k (ofNat (Nat.mul d n))) (ofNat_mul e e)))
    (mul_pos (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)) (ofNat_pos hn))
  bound x y hx hy := le_via
    (sum_le (n := G) (fun k hk =>
      (layerNorm_sqLipschitz_ofNat hd hn (gainBelow_group hg hk) hq hr hs ht (token d b k)).bound
        (token d x k) (token d y k) (hx k hk) (hy k hk)))
    (Eq.trans (congrArg (mul _) (eachToken_distSq G d d _ x y)) (Eq.symm (sum_mul_left G _ _)))
    (Eq.trans (congrArg (mul _) (distSq_block G d x y)) (Eq.symm (sum_mul_left G _ _)))

end

end LipBridge
