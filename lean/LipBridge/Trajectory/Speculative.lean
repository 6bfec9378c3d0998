import LipBridge.Trajectory.Power
/-!
# The cost of a transient under speculative decoding

With draft length `m` and acceptance rate `α`, a verification step yields on average
`E = 1 + α + … + αᵐ = (1 - α^{m+1})/(1 - α)` tokens, so that `T` tokens cost `T/E` verification steps.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The expected number of tokens a verification step yields: `E = 1 + α + … + αᵐ`; compare
`expectedTokens_eq_mean`. -/
def expectedTokens (α : R) (m : Nat) : R := sum (Nat.succ m) (rpow α)

/-- `(1 - α)·E = 1 - α^{m+1}`: for `α ≠ 1`, `E = (1 - α^{m+1})/(1 - α)`. -/
theorem expectedTokens_closed (α : R) (m : Nat) :
    Eq (mul (sub one α) (expectedTokens α m)) (sub one (rpow α (Nat.succ m))) :=
  geometric_sum α (Nat.succ m)

/-- The probabilities of accepting exactly `0, 1, …, m-1` drafts, and all `m`, add up to 1:
`Σ_{i<m} αⁱ(1 - α) + αᵐ = 1`. -/
theorem acceptance_total (α : R) (m : Nat) :
    Eq (add (sum m (fun i => mul (rpow α i) (sub one α))) (rpow α m)) one :=
  Eq.trans (congrArg (fun t => add t (rpow α m))
      (Eq.trans (sum_mul_right m (sub one α) (rpow α))
        (Eq.trans (mul_comm _ _) (geometric_sum α m))))
    (ring_eq (vars1 (rpow α m)) (a := add (sub one (rpow α m)) (rpow α m)))

/-- `E` is the mean number of tokens: accepting exactly `i < m` drafts (probability `αⁱ(1 - α)`) yields
`i + 1` tokens, accepting all `m` (probability `αᵐ`) yields `m + 1`:
`Σ_{i<m} (i+1)·αⁱ(1 - α) + (m+1)·αᵐ = E`. -/
theorem expectedTokens_eq_mean (α : R) (m : Nat) : Eq
    (add (sum m (fun i => mul (ofNat (Nat.succ i)) (mul (rpow α i) (sub one α))))
      (mul (ofNat (Nat.succ m)) (rpow α m)))
    (expectedTokens α m) :=
  match m with
  | 0 => congrArg (add zero) (Eq.trans (mul_one (ofNat 1)) ofNat_one)
  | .succ m => Eq.trans
      (Eq.trans (congrArg (fun c => add (add (sum m (fun i => mul (ofNat (Nat.succ i))
            (mul (rpow α i) (sub one α)))) (mul (ofNat (Nat.succ m)) (mul (rpow α m) (sub one α))))
            (mul c (mul (rpow α m) α))) (ofNat_succ (Nat.succ m)))
        (ring_eq (vars4 (sum m (fun i => mul (ofNat (Nat.succ i)) (mul (rpow α i) (sub one α))))
            (ofNat (Nat.succ m)) (rpow α m) α)
          (b := add (add (sum m (fun i => mul (ofNat (Nat.succ i)) (mul (rpow α i) (sub one α))))
            (mul (ofNat (Nat.succ m)) (rpow α m))) (mul (rpow α m) α))))
      (congrArg (fun t => add t (mul (rpow α m) α)) (expectedTokens_eq_mean α m))

/-- `1 ≤ E` for `α ≥ 0`: a verification step yields at least one token. -/
theorem one_le_expectedTokens {α : R} (h : le zero α) (m : Nat) : le one (expectedTokens α m) :=
  term_le_sum (k := 0) (f := rpow α) (fun i _ => rpow_nonneg h i)
    (Nat.succ_le_succ (Nat.zero_le m))

/-- `E ≤ m + 1` for `0 ≤ α ≤ 1`: a verification step yields at most `m + 1` tokens. -/
theorem expectedTokens_le {α : R} (h : le zero α) (k : le α one) (m : Nat) :
    le (expectedTokens α m) (ofNat (Nat.succ m)) :=
  le_congr rfl (Eq.symm (Eq.trans (sum_const (Nat.succ m) one) (mul_one _)))
    (sum_le (fun i _ => rpow_le_one h k i))

/-- `E` never decreases in the acceptance rate. -/
theorem expectedTokens_mono {α β : R} {m : Nat} (h : le zero α) (k : le α β) :
    le (expectedTokens α m) (expectedTokens β m) :=
  sum_le (fun i _ => rpow_le_rpow h k i)

/-- Verification steps. For `α < 1`, `V` verification steps yield on average at least `T` tokens,
`T ≤ V·E`, if and only if `T·(1 - α) ≤ V·(1 - α^{m+1})`; so a transient of `T` tokens costs
`V = T/E = T·(1 - α)/(1 - α^{m+1})` of them. -/
theorem verification_steps {α : R} (h : lt α one) (m : Nat) (T V : R) :
    Iff (le T (mul V (expectedTokens α m)))
      (le (mul T (sub one α)) (mul V (sub one (rpow α (Nat.succ m))))) :=
  have e : Eq (mul (sub one α) (mul V (expectedTokens α m)))
      (mul V (sub one (rpow α (Nat.succ m)))) :=
    Eq.trans (ring_eq (vars3 α V (expectedTokens α m))
        (b := mul V (mul (sub one α) (expectedTokens α m))))
      (congrArg (mul V) (expectedTokens_closed α m))
  ⟨fun g => le_congr (mul_comm _ _) (Eq.symm e) (mul_le_mul_left (le_of_lt (sub_pos h)) g),
    fun g => le_of_mul_le_mul_left (sub_pos h) (le_congr (mul_comm _ _) e g)⟩

/-- `T` verification steps always suffice for `T ≥ 0` tokens: `T ≤ T·E`. -/
theorem verification_steps_le {α : R} (h : le zero α) (m : Nat) {T : R} (hT : le zero T) :
    le T (mul T (expectedTokens α m)) :=
  le_congr (Eq.symm (mul_one T)) rfl (mul_le_mul_left hT (one_le_expectedTokens h m))

/-- Fewer than `T/(m+1)` verification steps never suffice: `T ≤ V·E` gives `T ≤ V·(m + 1)`. -/
theorem verification_steps_ge {α : R} (h : le zero α) (k : le α one) (m : Nat) {T V : R}
    (hV : le zero V) (hT : le T (mul V (expectedTokens α m))) :
    le T (mul V (ofNat (Nat.succ m))) :=
  le_trans hT (mul_le_mul_left hV (expectedTokens_le h k m))

end

end LipBridge
