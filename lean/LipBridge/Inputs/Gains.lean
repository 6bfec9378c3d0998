import LipBridge.Inputs.Bounded
import LipBridge.Layers.LayerNorm
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.Activation
import LipBridge.Layers.MaxPool
import LipBridge.Layers.MeanPool
import LipBridge.Layers.Scale
import LipBridge.Layers.RotaryPairs
/-!
# How much single layers lengthen

Layers that fix 0 lengthen by no more than their constant; pooling keeps or stacks lengths; a norm
caps them, whatever its input. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-! ## Layers that fix 0 -/

/-- A linear map without bias fixes 0. -/
theorem linear_normGain {rows cols T C d : Nat} {W : Nat → Nat → Int} {r : R}
    [hC : Holds (Nat.ble 1 C)] (h : NormBound.{u} rows cols W T C)
    (hr : Eq (mul (ofNat d) r) one) :
    NormGain cols rows (ofNat T : R) (ofNat (Nat.mul C (Nat.mul d d)))
      (linear cols W r (fun _ => zero)) :=
  (linear_sqLipschitz h hr (fun _ => zero)).normGain (fun _ _ =>
    Eq.trans (add_zero _) (Eq.trans (sum_ext cols (fun _ => mul_zero _)) (sum_zero cols)))

/-- `W x + b` is `W x` with `b` added. -/
theorem linear_shift (rows cols : Nat) (W : Nat → Nat → Int) (r : R) (b x : Vec R) :
    Agree rows (linear cols W r b x) (vadd (linear cols W r (fun _ => zero) x) b) :=
  fun i _ => congrArg (fun t => add t (b i)) (Eq.symm (add_zero _))

/-- Whether `‖b‖² ≤ P`. -/
def normBelow (n : Nat) (b : Nat → Int) (P : Nat) : Bool :=
  intBle (sumByHalves n (fun i => Int.mul (b i) (b i))) (Int.ofNat P)

/-- A stored bias `b/d` with `‖b‖² ≤ P` has a length of at most `A/B` where `√P/d ≤ A/B`. -/
theorem bias_normSq {n d P A B : Nat} {b : Nat → Int} {r : R} (hr : Eq (mul (ofNat d) r) one)
    (hb : Eq (normBelow n b P) true)
    (hc : Eq (Nat.ble (Nat.mul P (Nat.mul B B)) (Nat.mul (Nat.mul A A) (Nat.mul d d))) true) :
    le (mul (sq (ofNat B)) (normSq n (fun j => mul (ofInt (b j)) r))) (sq (ofNat A)) :=
  root_step
    (lt_congr rfl (ofNat_mul d d) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
    (le_via (ofInt_le (R := R) (int_le_of_ble hb))
      (Eq.trans (stored_normSq hr b) (congrArg ofInt (Eq.symm (sumByHalves_eq n _)))) rfl) hc

set_option linter.unusedVariables false in
/-- What the elaborator takes `normBelow` for; see `Certificate.KernelOnly`. -/
def normBelow._sunfold (n : Nat) (b : Nat → Int) (P : Nat) : Bool := true

section
variable {rows cols T C d A B N D F E b : Nat} {W : Nat → Nat → Int} {r : R} {S : Vec R → Prop}
  {f : Vec R → Vec R} {c : Vec R}

/-- A linear map with a bias: `σ(W)·A/B + ‖c‖ ≤ N/D + F/E`. -/
theorem BoundedOn.linear [hC : Holds (Nat.ble 1 C)] (hf : BoundedOn 1 cols (ofNat A : R) (ofNat B) S f)
    (h : NormBound.{u} rows cols W T C) (hr : Eq (mul (ofNat d) r) one)
    (hc : le (mul (sq (ofNat E)) (normSq rows c)) (sq (ofNat F)))
    (hD : Eq (Nat.ble 1 D) true) (hE : Eq (Nat.ble 1 E) true)
    (hN : Eq (Nat.ble (Nat.mul (Nat.mul T (Nat.mul A A)) (Nat.mul D D))
      (Nat.mul (Nat.mul N N) (Nat.mul (Nat.mul C (Nat.mul d d)) (Nat.mul B B)))) true) :
    BoundedOn 1 rows (ofNat (Nat.add (Nat.mul N E) (Nat.mul F D)) : R) (ofNat (Nat.mul D E)) S
      (fun x => LipBridge.linear cols W r c (f x)) :=
  (hf.then (linear_normGain h hr) hD hN).shift hE hc (fun x t ht i hi =>
    have e : Eq t 0 := nat_le_antisymm (Nat.le_of_succ_le_succ ht) (Nat.zero_le t)
    Eq.trans (congrArg (fun t => token rows (LipBridge.linear cols W r c (f x)) t i) e)
      (Eq.trans (token_zero rows _ i)
        (Eq.trans (linear_shift rows cols W r c (f x) i hi)
          (congrArg (fun w => OrderedRing.add w (c i)) (Eq.symm (Eq.trans
            (congrArg (fun t => token rows (LipBridge.linear cols W r (fun _ => zero) (f x)) t i) e)
            (token_zero rows _ i)))))))

/-- A linear map with a bias, applied to each token. -/
theorem BoundedOn.tokenwiseLinear [hC : Holds (Nat.ble 1 C)]
    (hf : BoundedOn b cols (ofNat A : R) (ofNat B) S f)
    (h : NormBound.{u} rows cols W T C) (hr : Eq (mul (ofNat d) r) one)
    (hc : le (mul (sq (ofNat E)) (normSq rows c)) (sq (ofNat F)))
    (hD : Eq (Nat.ble 1 D) true) (hE : Eq (Nat.ble 1 E) true)
    (hN : Eq (Nat.ble (Nat.mul (Nat.mul T (Nat.mul A A)) (Nat.mul D D))
      (Nat.mul (Nat.mul N N) (Nat.mul (Nat.mul C (Nat.mul d d)) (Nat.mul B B)))) true) :
    BoundedOn b rows (ofNat (Nat.add (Nat.mul N E) (Nat.mul F D)) : R) (ofNat (Nat.mul D E)) S
      (fun x => LipBridge.tokenwise b cols rows (LipBridge.linear cols W r c) (f x)) :=
  (hf.tokenwise (linear_normGain h hr) hD hN).shift hE hc (fun x t _ i hi =>
    Eq.trans (tokenwise_entry b cols rows (LipBridge.linear cols W r c) (f x) t hi)
      (Eq.trans (linear_shift rows cols W r c (token cols (f x) t) i hi)
        (congrArg (fun w => OrderedRing.add w (c i))
          (Eq.symm (tokenwise_entry b cols rows (LipBridge.linear cols W r (fun _ => zero)) (f x) t
            hi)))))

end

/-- ReLU fixes 0. -/
theorem relu_normGain (n : Nat) : NormGain n n (ofNat 1 : R) (ofNat 1) relu :=
  (relu_sqLipschitz n).normGain (fun _ _ => sup_of_le (le_refl zero))

/-- Leaky ReLU fixes 0. -/
theorem leakyRelu_normGain (m : Nat) {n d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one)
    (h : Eq (Nat.ble n d) true) :
    NormGain m m (ofNat 1 : R) (ofNat 1) (leakyRelu (mul (ofNat n) r)) :=
  (leakyRelu_sqLipschitz m hr h).normGain (fun _ _ =>
    Eq.trans (congrArg (sup zero) (mul_zero _)) (sup_of_le (le_refl zero)))

/-- The absolute value fixes 0. -/
theorem abs_normGain (n : Nat) : NormGain n n (ofNat 1 : R) (ofNat 1) (entrywise abs) :=
  (abs_sqLipschitz n).normGain (fun _ _ =>
    Or.elim (abs_cases zero) (fun h => h)
      (fun h => Eq.trans h (ring_eq .nil (a := neg zero) (b := zero))))

/-- Scaling fixes 0. -/
theorem scale_normGain (m : Nat) {n : Int} {P d : Nat} {r : R}
    [hP : Holds (Nat.beq (Nat.mul (Int.natAbs n) (Int.natAbs n)) P)]
    (hr : Eq (mul (ofNat d) r) one) :
    NormGain m m (ofNat P : R) (ofNat (Nat.mul d d)) (scale (mul (ofInt n) r)) :=
  (scale_sqLipschitz m hr).normGain (fun _ _ => mul_zero _)

/-- A map that keeps distances and fixes 0 keeps lengths. -/
theorem Isometry.normGain {n m : Nat} {f : Vec R → Vec R} (h : Isometry n m f)
    (h0 : ∀ i, Eq (f vzero i) zero) : NormGain n m (ofNat 1 : R) (ofNat 1) f :=
  h.sqLipschitz.normGain (fun i _ => h0 i)

/-- Rotary fixes 0. -/
theorem rotary_normGain (h k : Nat) {c s : Vec R}
    (hcs : ∀ i, Nat.lt i h → Eq (add (sq (c i)) (sq (s i))) one) :
    NormGain (Nat.add h (Nat.add h k)) (Nat.add h (Nat.add h k)) (ofNat 1 : R) (ofNat 1)
      (rotary h c s) :=
  (rotary_isometry h k hcs).normGain (rotary_zero h c s)

/-! ## Pooling and concatenation -/

section
variable {b m k A B A' B' C E : Nat} {S : Vec R → Prop} {f g : Vec R → Vec R}

/-- A block of `b` bounded tokens, stacked: `B² ‖f x‖² ≤ b A²`. -/
theorem BoundedOn.stacked (hf : BoundedOn b m (ofNat A : R) (ofNat B) S f) {x : Vec R} (hx : S x) :
    le (mul (ofNat (Nat.mul B B)) (normSq (Nat.mul b m) (f x)))
      (ofNat (Nat.mul b (Nat.mul A A))) :=
  le_via
    (sum_le (n := b) (f := fun t => mul (sq (ofNat B)) (normSq m (token m (f x) t)))
      (g := fun _ => sq (ofNat A)) (fun t ht => hf.bound x hx t ht))
    (Eq.trans (congr2 mul (ofNat_sq B) (normSq_block b m (f x))) (Eq.symm (sum_mul_left b _ _)))
    (Eq.trans (ofNat_mul b _) (Eq.trans (congrArg (mul (ofNat b)) (ofNat_sq A))
      (Eq.symm (sum_const b _))))

/-- The mean of tokens is no longer than the longest of them may be. -/
theorem BoundedOn.meanPool {r : R} (hf : BoundedOn b m (ofNat A : R) (ofNat B) S f)
    (hr : Eq (mul (ofNat b) r) one) (hB : Eq (Nat.ble 1 B') true)
    (hc : Eq (Nat.ble (Nat.mul (Nat.mul A A) (Nat.mul B' B'))
      (Nat.mul (Nat.mul A' A') (Nat.mul B B))) true) :
    BoundedOn 1 m (ofNat A' : R) (ofNat B') S (fun x => LipBridge.meanPool b m r (f x)) :=
  .ofVector (ofNat_nonneg A') (ofNat_pos hB) (fun x hx =>
    root_step (lt_congr rfl (ofNat_sq B) (sq_pos hf.den_pos))
      (le_of_mul_le_mul_left (pos_of_reciprocal hr)
        (le_trans
          (le_via (mul_le_mul_left (ofNat_nonneg (Nat.mul B B)) (meanPool_normSq m hr (f x)))
            (ring_eq (vars3 (ofNat b) (ofNat (Nat.mul B B))
              (normSq m (LipBridge.meanPool b m r (f x))))) rfl)
          (le_via (hf.stacked hx) rfl (Eq.symm (ofNat_mul b _)))))
      hc)

/-- A maximum of zeros is 0. -/
theorem maxOver_zero (b : Nat) : Eq (maxOver b (fun _ => (zero : R))) zero :=
  match b with
  | 0 => rfl
  | .succ k => Nat.rec (motive := fun k => Eq (maxUpTo k (fun _ => (zero : R))) zero) rfl
      (fun _ ih => Eq.trans (congrArg (fun t => sup t zero) ih) (sup_of_le (le_refl zero))) k

/-- The coordinatewise maximum of `b` tokens is at most `√b` times as long as they may be. -/
theorem BoundedOn.maxPool (hf : BoundedOn b m (ofNat A : R) (ofNat B) S f)
    (hB : Eq (Nat.ble 1 B') true)
    (hc : Eq (Nat.ble (Nat.mul (Nat.mul b (Nat.mul A A)) (Nat.mul B' B'))
      (Nat.mul (Nat.mul A' A') (Nat.mul B B))) true) :
    BoundedOn 1 m (ofNat A' : R) (ofNat B') S (fun x => LipBridge.maxPool b m (f x)) :=
  have gain := ((maxPool_sqLipschitz (R := R) b m).normGain (fun _ _ => maxOver_zero b))
  .ofVector (ofNat_nonneg A') (ofNat_pos hB) (fun x hx =>
    root_step (lt_congr rfl (ofNat_sq B) (sq_pos hf.den_pos))
      (le_trans
        (mul_le_mul_left (ofNat_nonneg _) (le_via (gain.bound (f x))
          (Eq.symm (Eq.trans (congrArg (fun t => mul t _) ofNat_one) (one_mul _)))
          (Eq.symm (Eq.trans (congrArg (fun t => mul t _) ofNat_one) (one_mul _)))))
        (hf.stacked hx))
      hc)

/-- `Q ‖f x‖² ≤ P` for all `x` in `S`, with `Q ≥ 1`: what stacking branches adds up. -/
structure SqBoundedOn (m P Q : Nat) (S : Vec R → Prop) (f : Vec R → Vec R) : Prop where
  /-- `0 < Q`. -/
  den_pos : lt (zero : R) (ofNat Q)
  /-- `Q ‖f x‖² ≤ P`. -/
  bound : ∀ x, S x → le (mul (ofNat Q) (normSq m (f x))) (ofNat P)

/-- `A/B` is `√(A²/B²)`. -/
theorem BoundedOn.squared (hf : BoundedOn 1 m (ofNat A : R) (ofNat B) S f) :
    SqBoundedOn m (Nat.mul A A) (Nat.mul B B) S f :=
  ⟨lt_congr rfl (ofNat_sq B) (sq_pos hf.den_pos), fun _ hx =>
    le_via (hf.vector hx) (congrArg (fun t => mul t _) (ofNat_sq B)) (ofNat_sq A)⟩

/-- Branches side by side: the squares add. -/
theorem SqBoundedOn.concat {P₁ Q₁ P₂ Q₂ : Nat} (hf : SqBoundedOn m P₁ Q₁ S f)
    (hg : SqBoundedOn k P₂ Q₂ S g) :
    SqBoundedOn (Nat.add m k) (Nat.add (Nat.mul P₁ Q₂) (Nat.mul P₂ Q₁)) (Nat.mul Q₁ Q₂) S
      (LipBridge.concat m f g) :=
  ⟨lt_congr rfl (ofNat_mul Q₁ Q₂) (mul_pos hf.den_pos hg.den_pos), fun x hx =>
    le_via
      (add_le_add (mul_le_mul_left (ofNat_nonneg Q₂) (hf.bound x hx))
        (mul_le_mul_left (ofNat_nonneg Q₁) (hg.bound x hx)))
      (Eq.trans (congr2 mul (ofNat_mul Q₁ Q₂) (normSq_append m k (f x) (g x)))
        (ring_eq (vars4 (ofNat Q₁) (ofNat Q₂) (normSq m (f x)) (normSq k (g x)))))
      (Eq.trans (Eq.symm (ofNat_cross P₁ Q₁ P₂ Q₂))
        (congr2 OrderedRing.add (mul_comm _ _) (mul_comm _ _)))⟩

/-- `√(P/Q) ≤ A/B`, checked on natural numbers. -/
theorem SqBoundedOn.root {P Q : Nat} (hf : SqBoundedOn m P Q S f) (hB : Eq (Nat.ble 1 B) true)
    (hc : Eq (Nat.ble (Nat.mul P (Nat.mul B B)) (Nat.mul (Nat.mul A A) Q)) true) :
    BoundedOn 1 m (ofNat A : R) (ofNat B) S f :=
  .ofVector (ofNat_nonneg A) (ofNat_pos hB) (fun x hx => root_step hf.den_pos (hf.bound x hx) hc)

end

/-! ## Norms, whatever their input -/

/-- `B² ‖h u‖² ≤ A²` for all `u`, with `B ≥ 1`. -/
structure NormCap (m A B : Nat) (h : Vec R → Vec R) : Prop where
  /-- `1 ≤ B`. -/
  den_pos : Eq (Nat.ble 1 B) true
  /-- `B² ‖h u‖² ≤ A²`. -/
  bound : ∀ u, le (mul (sq (ofNat B)) (normSq m (h u))) (sq (ofNat A))

section
variable {b n m A B C E : Nat} {S : Vec R → Prop} {f h : Vec R → Vec R}

/-- The values of a capped map. -/
theorem BoundedOn.cap (hh : NormCap m A B h) :
    BoundedOn 1 m (ofNat A : R) (ofNat B) S (fun x => h (f x)) :=
  .ofVector (ofNat_nonneg A) (ofNat_pos hh.den_pos) (fun x _ => hh.bound (f x))

/-- The values of a map that is capped on each token. -/
theorem BoundedOn.tokenwiseCap (hh : NormCap m A B h) :
    BoundedOn b m (ofNat A : R) (ofNat B) S (fun x => LipBridge.tokenwise b n m h (f x)) :=
  ⟨ofNat_nonneg A, ofNat_pos hh.den_pos, fun x _ t _ => le_via (hh.bound (token n (f x) t))
    (congrArg (mul _) (normSq_congr (fun _ hj => tokenwise_entry b n m h (f x) t hj))) rfl⟩

/-- A vector added: `‖h u + c‖ ≤ A/B + C/E`. -/
theorem NormCap.shift {c : Vec R} (hh : NormCap m A B h)
    (hc : le (mul (sq (ofNat E)) (normSq m c)) (sq (ofNat C)))
    (hBE : Eq (Nat.ble 1 (Nat.mul B E)) true) :
    NormCap m (Nat.add (Nat.mul A E) (Nat.mul C B)) (Nat.mul B E) (fun u => vadd (h u) c) :=
  ⟨hBE, fun u => le_via
    (ratio_add (E := one) (ofNat_nonneg A) (ofNat_nonneg B) (ofNat_nonneg C) (ofNat_nonneg E)
      (le_of_lt zero_lt_one) (le_via (hh.bound u) rfl (mul_one _)) (le_via hc rfl (mul_one _)))
    (congrArg (fun e => mul (sq e) _) (ofNat_mul B E))
    (Eq.trans (congrArg sq (Eq.symm (ofNat_cross A B C E))) (Eq.symm (mul_one _)))⟩

/-- RMSNorm with the stored gain `g/e`, `g_i² ≤ p`: its values have a length of at most
`√d·max|g|/e ≤ A/B`, whatever its input. -/
theorem rmsNorm_cap {d p e : Nat} {g : Nat → Int} {r ε l : R} {t : Vec R → R}
    (hg : Eq (gainBelow d g p) true) (hr : Eq (mul (ofNat e) r) one) (hε : le zero ε)
    (ht : RmsFactorAtLeast d ε l (fun _ => True) t) (hB : Eq (Nat.ble 1 B) true)
    (hc : Eq (Nat.ble (Nat.mul (Nat.mul p d) (Nat.mul B B)) (Nat.mul (Nat.mul A A) (Nat.mul e e)))
      true) :
    NormCap d A B (rmsNorm (fun i => mul (ofInt (g i)) r) t) :=
  ⟨hB, fun _ => root_step
    (lt_congr rfl (ofNat_mul e e) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
    (le_via (rmsNorm_normSq_le hε (ofNat_nonneg p) (gainBelow_sound hg hr) ht True.intro) rfl
      (ofNat_mul p d)) hc⟩

/-- LayerNorm without a bias is RMSNorm of the centred vector. -/
theorem layerNorm_plain_cap {d : Nat} {q : R} {g : Vec R} {t : Vec R → R}
    (hh : NormCap d A B (rmsNorm g t)) : NormCap d A B (layerNorm d q g t (fun _ => zero)) :=
  ⟨hh.den_pos, fun u => le_via (hh.bound (center d q u))
    (congrArg (mul _) (normSq_congr (fun _ _ => add_zero _))) rfl⟩

/-- LayerNorm is RMSNorm of the centred vector, with its bias added. -/
theorem layerNorm_cap {d : Nat} {q : R} {g c : Vec R} {t : Vec R → R}
    (hh : NormCap d A B (rmsNorm g t))
    (hc : le (mul (sq (ofNat E)) (normSq d c)) (sq (ofNat C)))
    (hBE : Eq (Nat.ble 1 (Nat.mul B E)) true) :
    NormCap d (Nat.add (Nat.mul A E) (Nat.mul C B)) (Nat.mul B E) (layerNorm d q g t c) :=
  ⟨hBE, fun u => (hh.shift hc hBE).bound (center d q u)⟩

end

end

end LipBridge
