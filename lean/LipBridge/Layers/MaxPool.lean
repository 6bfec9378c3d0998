import LipBridge.Vector.Max
import LipBridge.Lipschitz.Comp
/-!
# Max pooling over a block of tokens

The coordinatewise maximum of `b` tokens has constant 1, in ℓ² and in ℓ∞; the folklore's `√b` in ℓ²
is valid but loose. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `maxPool x` at `j` is `max_{t<b} x_{t·d+j}`. -/
def maxPool (b d : Nat) (x : Vec R) : Vec R :=
  fun j => maxOver b (fun t => x (Nat.add (Nat.mul t d) j))

/-- Max pooling never lengthens a distance. -/
theorem maxPool_distSq (b d : Nat) (x y : Vec R) :
    le (distSq d (maxPool b d x) (maxPool b d y)) (distSq (Nat.mul b d) x y) :=
  le_via
    (sum_le (n := d) (fun j _ => maxOver_sq_le b (fun t => x (Nat.add (Nat.mul t d) j))
      (fun t => y (Nat.add (Nat.mul t d) j))))
    rfl
    (Eq.trans (normSq_block b d (vsub x y)) (sum_comm b d _))

/-- Max pooling has constant 1 in ℓ². -/
theorem maxPool_sqLipschitz (b d : Nat) :
    SqLipschitz (Nat.mul b d) d (ofNat 1 : R) (ofNat 1) (maxPool b d) :=
  SqLipschitz.ofLe (maxPool_distSq b d)

/-- The folklore's constant `√b` for max pooling in ℓ²: valid but loose. -/
theorem maxPool_folklore (b d : Nat) (hb : Eq (Nat.ble 1 b) true) :
    SqLipschitz (Nat.mul b d) d (ofNat b : R) (ofNat 1) (maxPool b d) :=
  (maxPool_sqLipschitz b d).weaken (ofNat_nonneg b) (ofNat_pos rfl)
    (mul_le_mul_right (ofNat_nonneg 1) (ofNat_le_of_ble hb))

/-- Max pooling has constant 1 in ℓ∞: entries within `e` of each other stay so. -/
theorem maxPool_supNorm {b d : Nat} (hb : Nat.lt 0 b) {e : R} (he : le zero e) {x y : Vec R}
    (h : ∀ i, Nat.lt i (Nat.mul b d) → le (abs (sub (x i) (y i))) e) {j : Nat} (hj : Nat.lt j d) :
    le (abs (sub (maxPool b d x j) (maxPool b d y j))) e :=
  match maxOver_dist hb (fun t => x (Nat.add (Nat.mul t d) j))
      (fun t => y (Nat.add (Nat.mul t d) j)) with
  | ⟨_, ht, k⟩ => abs_le_of_sq_le_sq he
      (le_trans k (sq_le_sq_of_abs (h _ (nat_block_lt ht hj))))

/-- Maxima of equal families are equal. -/
theorem maxUpTo_congr {k : Nat} {f g : Nat → R} (h : ∀ t, Nat.le t k → Eq (f t) (g t)) :
    Eq (maxUpTo k f) (maxUpTo k g) :=
  match k, h with
  | 0, h => h 0 Nat.le.refl
  | .succ k, h => congr2 sup (maxUpTo_congr (fun t ht => h t (Nat.le.step ht)))
      (h (Nat.succ k) Nat.le.refl)

/-- Maxima of equal families are equal. -/
theorem maxOver_congr {b : Nat} {f g : Nat → R} (h : ∀ t, Nat.lt t b → Eq (f t) (g t)) :
    Eq (maxOver b f) (maxOver b g) :=
  match b, h with
  | 0, _ => rfl
  | .succ _, h => maxUpTo_congr (fun t ht => h t (Nat.succ_le_succ ht))

/-- The maximum depends on the entries of the block only. -/
theorem maxPool_congr (b d : Nat) {x y : Vec R} (h : Agree (Nat.mul b d) x y) :
    Agree d (maxPool b d x) (maxPool b d y) :=
  fun _ hj => maxOver_congr (fun _ ht => h _ (nat_block_lt ht hj))

end

end LipBridge
