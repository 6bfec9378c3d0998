import LipBridge.Selection.Optimal
import LipBridge.Trajectory.LockIn
import LipBridge.Trajectory.Speculative
import LipBridge.Rational.Ring
/-!
# Lock-in and speculative decoding at 1/2

Over ℤ a ratio `0 ≤ ρ < 1` is 0. In ℚ the theorems are met with `ρ = 1/2`: the path
`0, -1, -3/2, -7/4, …` for the scores `x` and `-x - 8`, and an acceptance rate of 1/2.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- 1/2 in ℚ. -/
def oneHalf : Rational := inverse 2

example : Eq (mul (ofNat 2) oneHalf) one := mul_inverse 2 rfl
example : lt zero oneHalf := ratio_lt rfl
example : lt oneHalf one := ratio_lt rfl

/-- `0, -1, -3/2, -7/4, …`: the path `-Σ_{i<t} (1/2)ⁱ`. -/
def halving (t : Nat) : Vec Rational := fun _ => neg (sum t (rpow oneHalf))

/-- Its steps are `1·(1/2)ᵗ`. -/
theorem halving_path : Path 1 halving (fun t => mul one (rpow oneHalf t)) where
  nonneg t := mul_nonneg zero_le_one (rpow_nonneg (a := oneHalf) (ratio_le rfl) t)
  step t := le_of_eq (ring_eq (vars2 (sum t (rpow oneHalf)) (rpow oneHalf t))
    (a := add zero (mul
      (sub (neg (add (sum t (rpow oneHalf)) (rpow oneHalf t))) (neg (sum t (rpow oneHalf))))
      (sub (neg (add (sum t (rpow oneHalf)) (rpow oneHalf t))) (neg (sum t (rpow oneHalf)))))))

/-- At step 1 the scores `-1` and `1 - 8` select block 0, with gap 6. -/
theorem halving_first : UniqueTopK 2 1 (fun i => opposing one (ofNat 8) i (halving 1)) (only 0) :=
  unique_first (ratio_lt rfl)

/-- The lock-in condition at step 1: `2·1·1·(1/2) < (1 - 1/2)·6`. -/
theorem locks_at_one : LocksIn (one : Rational) one oneHalf (ofNat 6) 1 := ratio_lt rfl

/-- Lock-in at step 1: `{0}` is the only top-1 set from there on. -/
example (d : Nat) : UniqueTopK 2 1 (fun i => opposing one (ofNat 8) i (halving (Nat.add 1 d)))
    (only 0) :=
  lock_in (n := 1) (L := one) (ρ := oneHalf) (C := one) (γ := ofNat 6) (S := fun _ => only 0) (N := 1)
    zero_le_one (fun i _ => opposing_lipschitz (ofNat 8) zero_le_one i) (ratio_le rfl) (ratio_lt rfl)
      zero_le_one
    halving_path halving_first.isTopK (across_first (ratio_le rfl)) locks_at_one d

/-- With a constant 4 times as large, two steps later. -/
example : LocksIn (ofNat 4) one oneHalf (ofNat 6) 3 :=
  lock_in_logarithmic (L := one) (N := 1) (j := 2) (ratio_le rfl) zero_le_one locks_at_one (ratio_le rfl)

/-- At acceptance rate 1/2 and draft length 2 a verification step yields `7/4` tokens, so that 4 steps
are enough for 7 tokens. -/
example : le (ofNat 7) (mul (ofNat 4) (expectedTokens oneHalf 2)) :=
  (verification_steps (α := oneHalf) (ratio_lt rfl) 2 (ofNat 7) (ofNat 4)).mpr (ratio_le rfl)

/-- Three steps are not. -/
example : Not (le (ofNat 7) (mul (ofNat 3) (expectedTokens oneHalf 2))) := ratio_lt rfl

end LipBridgeTest
