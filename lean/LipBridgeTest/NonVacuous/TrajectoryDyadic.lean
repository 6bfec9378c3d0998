import LipBridge.Selection.Optimal
import LipBridge.Trajectory.LockIn
import LipBridge.Trajectory.Speculative
import LipBridgeTest.Dyadic
/-!
# Lock-in and speculative decoding at 1/2

Over ℤ a ratio `0 ≤ ρ < 1` is 0. In ℤ[1/2] the theorems are met with `ρ = 1/2`: the path
`0, -1, -3/2, -7/4, …` for the scores `x` and `-x - 8`, and an acceptance rate of 1/2.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- 1/2 in ℤ[1/2]. -/
def oneHalf : Dyadic := half 2

/-- `a ≤ b` in ℤ[1/2], by comparison of integers. -/
theorem dle {a b : Dyadic} (h : Eq (intBle (mul a.num (pw 1 b.exp)) (mul b.num (pw 1 a.exp))) true) :
    le a b := int_le_of_ble h

/-- `a < b` in ℤ[1/2], by comparison of integers. -/
theorem dlt {a b : Dyadic} (h : Eq (intBle (mul b.num (pw 1 a.exp)) (mul a.num (pw 1 b.exp))) false) :
    lt a b := fun g => bool_absurd (Eq.trans (Eq.symm (int_ble_of_le g)) h)

example : Eq (mul (ofNat 2) oneHalf) one := mul_half 1
example : lt zero oneHalf := dlt rfl
example : lt oneHalf one := dlt rfl

/-- `0, -1, -3/2, -7/4, …`: the path `-Σ_{i<t} (1/2)ⁱ`. -/
def halving (t : Nat) : Vec Dyadic := fun _ => neg (sum t (rpow oneHalf))

/-- Its steps are `1·(1/2)ᵗ`. -/
theorem halving_path : Path 1 halving (fun t => mul one (rpow oneHalf t)) where
  nonneg t := mul_nonneg zero_le_one (rpow_nonneg (a := oneHalf) (dle rfl) t)
  step t := le_of_eq (ring_eq (vars2 (sum t (rpow oneHalf)) (rpow oneHalf t))
    (a := add zero (mul
      (sub (neg (add (sum t (rpow oneHalf)) (rpow oneHalf t))) (neg (sum t (rpow oneHalf))))
      (sub (neg (add (sum t (rpow oneHalf)) (rpow oneHalf t))) (neg (sum t (rpow oneHalf)))))))

/-- At step 1 the scores `-1` and `1 - 8` select block 0, with gap 6. -/
theorem halving_first : UniqueTopK 2 1 (fun i => opposing one (ofNat 8) i (halving 1)) (only 0) :=
  unique_first (dlt rfl)

/-- The lock-in condition at step 1: `2·1·1·(1/2) < (1 - 1/2)·6`. -/
theorem locks_at_one : LocksIn (one : Dyadic) one oneHalf (ofNat 6) 1 := dlt rfl

/-- Lock-in at step 1: `{0}` is the only top-1 set from there on. -/
example (d : Nat) : UniqueTopK 2 1 (fun i => opposing one (ofNat 8) i (halving (Nat.add 1 d)))
    (only 0) :=
  lock_in (n := 1) (L := one) (ρ := oneHalf) (C := one) (γ := ofNat 6) (S := fun _ => only 0) (N := 1)
    zero_le_one (fun i _ => opposing_lipschitz (ofNat 8) zero_le_one i) (dle rfl) (dlt rfl)
      zero_le_one
    halving_path halving_first.isTopK (across_first (dle rfl)) locks_at_one d

/-- With a constant 4 times as large, two steps later. -/
example : LocksIn (ofNat 4) one oneHalf (ofNat 6) 3 :=
  lock_in_logarithmic (L := one) (N := 1) (j := 2) (dle rfl) zero_le_one locks_at_one (dle rfl)

/-- At acceptance rate 1/2 and draft length 2 a verification step yields `7/4` tokens, so that 4 steps
are enough for 7 tokens. -/
example : le (ofNat 7) (mul (ofNat 4) (expectedTokens oneHalf 2)) :=
  (verification_steps (α := oneHalf) (dlt rfl) 2 (ofNat 7) (ofNat 4)).mpr (dle rfl)

/-- Three steps are not. -/
example : Not (le (ofNat 7) (mul (ofNat 3) (expectedTokens oneHalf 2))) := dlt rfl

end LipBridgeTest
