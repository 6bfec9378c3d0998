import LipBridge.Trajectory.Change
import LipBridge.Trajectory.Power
/-!
# Lock-in under geometric steps

Where the steps of a path shrink geometrically, what is left of the path is short, and from some step
on the selection no longer changes.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R] {n m k : Nat} {s : Nat → Vec R → R} {L ρ C γ : R}
  {q : Nat → Vec R} {S : Nat → BlockSet} {N : Nat}

/-- The lock-in condition at step `N`, without division: `2·L·C·ρᴺ < (1 - ρ)·γ`. -/
def LocksIn (L C ρ γ : R) (N : Nat) : Prop :=
  lt (mul (ofNat 2) (mul L (mul C (rpow ρ N)))) (mul (sub one ρ) γ)

/-- Lock-in. Let the steps be geometric, `‖q_{t+1} - q_t‖ ≤ C·ρᵗ` with `0 ≤ ρ < 1`, let `S_N` be a
top-k set at `q_N` with gap at least `γ`, and let `γ > 2·L·C·ρᴺ/(1 - ρ)`. Then `S_N` is the only top-k
set at every later query `q_{N+d}`. -/
theorem lock_in (hL0 : le zero L) (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i))
    (hρ : le zero ρ) (hρ1 : lt ρ one) (hC : le zero C)
    (hq : Path n q (fun t => mul C (rpow ρ t)))
    (hS : TopK m k (fun i => s i (q N)) (S N)) (gap : GapAtLeast m (fun i => s i (q N)) (S N) γ)
    (h : LocksIn L C ρ γ N) (d : Nat) : UniqueTopK m k (fun i => s i (q (Nat.add N d))) (S N) :=
  have pos : le zero (sub one ρ) := le_of_lt (sub_pos hρ1)
  have tail := geometric_tail hρ hC N d
  have short : lt (mul (ofNat 2) (mul L (sum d (fun i => mul C (rpow ρ (Nat.add N i)))))) γ :=
    fun g => h (le_trans (mul_le_mul_left pos g)
      (le_congr
        (ring_eq (vars4 (ofNat 2) L ρ (sum d (fun i => mul C (rpow ρ (Nat.add N i)))))
          (b := mul (ofNat 2) (mul L (mul (sub one ρ)
            (sum d (fun i => mul C (rpow ρ (Nat.add N i)))))))) rfl
        (mul_le_mul_left (ofNat_nonneg 2) (mul_le_mul_left hL0 tail))))
  unique_of_gap hL (sum_nonneg (fun i _ => hq.nonneg (Nat.add N i))) hS gap short (hq.within N d)

/-- Lock-in, for selections: under the hypotheses of `lock_in` the selection is constant from step `N`
on, whatever top-k set is selected at each step. -/
theorem selection_constant (hL0 : le zero L) (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i))
    (hρ : le zero ρ) (hρ1 : lt ρ one) (hC : le zero C)
    (hq : Path n q (fun t => mul C (rpow ρ t)))
    (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : GapAtLeast m (fun i => s i (q N)) (S N) γ) (h : LocksIn L C ρ γ N) (d : Nat) :
    SameOn m (S N) (S (Nat.add N d)) :=
  (lock_in hL0 hL hρ hρ1 hC hq (hS N) gap h d).only _ (hS (Nat.add N d))

/-- The lock-in step grows only with log L: if the condition holds at step `N` for the constant `L`, it
holds at step `N + j` for any `L'` with `L'·ρʲ ≤ L`, that is for a constant `ρ⁻ʲ` times as large. -/
theorem lock_in_logarithmic {L' : R} {j : Nat} (hρ : le zero ρ) (hC : le zero C)
    (h : LocksIn L C ρ γ N) (hL : le (mul L' (rpow ρ j)) L) : LocksIn L' C ρ γ (Nat.add N j) :=
  lt_of_le_of_lt
    (mul_le_mul_left (ofNat_nonneg 2)
      (le_congr
        (Eq.trans (congrArg (fun t => mul L' (mul C t)) (rpow_add ρ N j))
          (ring_eq (vars4 L' C (rpow ρ N) (rpow ρ j))
            (b := mul (mul L' (rpow ρ j)) (mul C (rpow ρ N))))) rfl
        (mul_le_mul_right (mul_nonneg hC (rpow_nonneg hρ N)) hL))) h

end

end LipBridge
