import LipBridge.Inputs.Bounded
import LipBridge.Layers.LayerNorm
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.Activation
import LipBridge.Layers.MaxPool
import LipBridge.Layers.MeanPool
import LipBridge.Layers.Scale
import LipBridge.Layers.Isometry
/-!
# How much single layers lengthen

Layers that fix 0 lengthen by no more than their constant; pooling keeps or stacks lengths; a norm
caps them, whatever its input. Theory, section 2.
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

/-- A stored bias `b/d` with `‖b‖² ≤ P` has a length of at most `A/B` where `√P/d ≤ A/B`. -/
theorem bias_normSq {n d P A B : Nat} {b : Nat → Int} {r : R} (hr : Eq (mul (ofNat d) r) one)
    (hb : Eq (intBle (normSq n b) (Int.ofNat P)) true)
    (hc : Eq (Nat.ble (Nat.mul P (Nat.mul B B)) (Nat.mul (Nat.mul A A) (Nat.mul d d))) true) :
    le (mul (sq (ofNat B)) (normSq n (fun j => mul (ofInt (b j)) r))) (sq (ofNat A)) :=
  root_step
    (lt_congr rfl (ofNat_mul d d) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
    (le_via (ofInt_le (R := R) (int_le_of_ble hb)) (stored_normSq hr b) rfl) hc

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

/-- Rotary fixes 0. -/
theorem rotary_normGain (h k : Nat) {c s : Vec R}
    (hcs : ∀ i, Nat.lt i h → Eq (add (sq (c i)) (sq (s i))) one) :
    NormGain (Nat.add h (Nat.add h k)) (Nat.add h (Nat.add h k)) (ofNat 1 : R) (ofNat 1)
      (rotary h c s) :=
  (rotary_isometry h k hcs).sqLipschitz.normGain (fun _ _ =>
    have z (a b : R) : Eq (sub (mul a zero) (mul b zero)) zero :=
      ring_eq (vars2 a b) (a := sub (mul a zero) (mul b zero)) (b := zero)
    have w (a b : R) : Eq (add (mul a zero) (mul b zero)) zero :=
      ring_eq (vars2 a b) (a := add (mul a zero) (mul b zero)) (b := zero)
    cond_ind (P := fun t : R => Eq t zero)
      (fun _ => cond_ind (P := fun t : R => Eq t zero) (fun _ => rfl) (fun _ => w _ _))
      (fun _ => z _ _))

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
    (hr : Eq (mul (ofNat b) r) one) :
    BoundedOn 1 m (ofNat A : R) (ofNat B) S (fun x => LipBridge.meanPool b m r (f x)) :=
  .ofVector hf.num_nonneg hf.den_pos (fun x hx =>
    le_of_mul_le_mul_left (pos_of_reciprocal hr)
      (le_trans
        (le_via (mul_le_mul_left (sq_nonneg (ofNat B)) (meanPool_normSq m hr (f x)))
          (ring_eq (vars3 (ofNat b) (sq (ofNat B)) (normSq m (LipBridge.meanPool b m r (f x))))) rfl)
        (le_via (hf.stacked hx) (congrArg (fun t => mul t _) (Eq.symm (ofNat_sq B)))
          (Eq.symm (Eq.trans (ofNat_mul b _) (congrArg (mul (ofNat b)) (ofNat_sq A)))))))

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

/-- Branches side by side: `√((A/B)² + (C/E)²) ≤ A'/B'`, checked on natural numbers. -/
theorem BoundedOn.concat (hf : BoundedOn 1 m (ofNat A : R) (ofNat B) S f)
    (hg : BoundedOn 1 k (ofNat C : R) (ofNat E) S g) (hB : Eq (Nat.ble 1 B') true)
    (hc : Eq (Nat.ble
      (Nat.mul (Nat.add (Nat.mul (Nat.mul A A) (Nat.mul E E)) (Nat.mul (Nat.mul C C) (Nat.mul B B)))
        (Nat.mul B' B'))
      (Nat.mul (Nat.mul A' A') (Nat.mul (Nat.mul B B) (Nat.mul E E)))) true) :
    BoundedOn 1 (Nat.add m k) (ofNat A' : R) (ofNat B') S (concat m f g) :=
  have den : Eq (ofNat (Nat.mul (Nat.mul B B) (Nat.mul E E)) : R)
      (mul (sq (ofNat B)) (sq (ofNat E))) :=
    Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_sq B) (ofNat_sq E))
  .ofVector (ofNat_nonneg A') (ofNat_pos hB) (fun x hx =>
    root_step (lt_congr rfl den (mul_pos (sq_pos hf.den_pos) (sq_pos hg.den_pos)))
      (le_via
        (add_le_add (mul_le_mul_left (sq_nonneg (ofNat E)) (hf.vector hx))
          (mul_le_mul_left (sq_nonneg (ofNat B)) (hg.vector hx)))
        (Eq.trans (congr2 mul den (normSq_append m k (f x) (g x)))
          (ring_eq (vars4 (ofNat B) (ofNat E) (normSq m (f x)) (normSq k (g x)))))
        (Eq.trans (ofNat_add _ _) (congr2 add
          (Eq.trans (ofNat_mul _ _) (Eq.trans (congr2 mul (ofNat_sq A) (ofNat_sq E)) (mul_comm _ _)))
          (Eq.trans (ofNat_mul _ _) (Eq.trans (congr2 mul (ofNat_sq C) (ofNat_sq B))
            (mul_comm _ _))))))
      hc)

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
theorem rmsNorm_cap {d p e : Nat} {g : Nat → Int} {r ε : R} {t : Vec R → R}
    (hg : Eq (gainBelow d g p) true) (hr : Eq (mul (ofNat e) r) one) (hε : le zero ε)
    (ht : RmsFactor d ε (fun _ => True) t) (hB : Eq (Nat.ble 1 B) true)
    (hc : Eq (Nat.ble (Nat.mul (Nat.mul p d) (Nat.mul B B)) (Nat.mul (Nat.mul A A) (Nat.mul e e)))
      true) :
    NormCap d A B (rmsNorm (fun i => mul (ofInt (g i)) r) t) :=
  ⟨hB, fun _ => root_step
    (lt_congr rfl (ofNat_mul e e) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
    (le_via (rmsNorm_normSq_le hε (ofNat_nonneg p) (gainBelow_sound hg hr) ht True.intro) rfl
      (ofNat_mul p d)) hc⟩

/-- LayerNorm without its bias is RMSNorm of the centred vector. -/
theorem layerNorm_cap {d : Nat} {q : R} {g c : Vec R} {t : Vec R → R}
    (hh : NormCap d A B (rmsNorm g t))
    (hc : le (mul (sq (ofNat E)) (normSq d c)) (sq (ofNat C)))
    (hBE : Eq (Nat.ble 1 (Nat.mul B E)) true) :
    NormCap d (Nat.add (Nat.mul A E) (Nat.mul C B)) (Nat.mul B E) (layerNorm d q g t c) :=
  ⟨hBE, fun u => (hh.shift hc hBE).bound (center d q u)⟩

end

end

end LipBridge
