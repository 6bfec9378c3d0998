import LipBridge.Layers.ScoreTable
import LipBridge.Layers.SlopeChain
import LipBridgeTest.NonVacuous.Layers
/-!
# Chains under one norm: not vacuous

`x ↦ -max(3 x, 0)` as a chain of the maps `3` and `-1`, over ℤ: the matrix with the row (3, -1) has the
squared norm 10, so the squared constant is at most `10²/4`, and no weights are needed.
-/

set_option autoImplicit false

namespace LipBridgeTest.Chained

open LipBridge

/-- The first map. -/
def thrice : Vec Int → Vec Int := linear 1 (fun _ _ => i 3) one vzero

/-- The last map. -/
def minus : Vec Int → Vec Int := linear 1 (fun _ _ => Int.negSucc 0) one vzero

/-- No weights. -/
def plain (_ : Nat) : Nat := 1

/-- The first map is the first entry of the row. -/
theorem first_block : LayerBlock 1 1 0 0 row (fun _ _ => i 3) plain plain where
  block := fun k j hk hj => match k, j, hk, hj with
    | 0, 0, _, _ => rfl
    | .succ _, _, h, _ => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _)
    | 0, .succ _, _, h => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _)
  zeros := fun _ _ _ h => absurd h (Nat.not_succ_le_zero _)

/-- The last map is the second entry, which stands in a column. -/
theorem last_block : LayerBlock 1 1 1 0 (transpose row) (fun _ _ => Int.negSucc 0) plain plain where
  block := fun k j hk hj => match k, j, hk, hj with
    | 0, 0, _, _ => rfl
    | .succ _, _, h, _ => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _)
    | 0, .succ _, _, h => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _)
  zeros := fun _ _ _ h => absurd h (Nat.not_succ_le_zero _)

/-- The chain: `4 ‖f x - f y‖² ≤ 100 ‖x - y‖²`, with factors that cancel. -/
theorem chain : SqLipschitz 1 1 (ofNat 1000 : Int) (ofNat 40)
    (fun x => minus (entrywise (fun t => sup t zero) (thrice x))) :=
  SlopeChain.last (K := 1) (f := fun x => entrywise (fun t => sup t zero) (thrice x)) (g := minus)
    (SlopeChain.step (f := fun x => x) (g := thrice)
      (SlopeChain.start (c := plain) 1 row 1 1 10 rfl) SlopeWithin.relu
      (Affine.layer 1 1 (fun _ _ => i 3) one vzero) one_inv first_block)
    (Affine.layer 1 1 (fun _ _ => Int.negSucc 0) one vzero) one_inv last_block rfl
    (CrossBound.swap (CrossBound.ofNorm row_norm)) rfl

/-- Between 1 and 0 it is steep: `40·9 ≤ 1000`. -/
example : le (i 360) (i 1000) := chain.bound (fun _ => i 1) vzero ⟨⟩ ⟨⟩

/-! ## Single scores -/

/-- The two entries of a vector are its scores. -/
theorem both : Lipschitz 2 2 (ofNat 1 : Int) (ofNat 1) (fun x => x) :=
  LipschitzOn.ofSq (SqLipschitz.identity 2) rfl rfl

example : Lipschitz 2 1 (ofNat 1 : Int) (ofNat 1) (fun x _ => x 1) :=
  single_score both 1 Nat.le.refl

/-- Between (1, 0) and (0, 1) the difference moves by 2, and √2·√2 is enough, just. -/
example : le (mul (sq (ofNat 1000000000)) (i 4)) (mul (sq (ofNat 1414213563)) (i 2)) :=
  (score_difference both 0 1 (Nat.succ_le_succ (Nat.zero_le 1)) Nat.le.refl).bound
    (fun k => cond (Nat.beq k 0) (i 1) (i 0)) (fun k => cond (Nat.beq k 0) (i 0) (i 1)) ⟨⟩ ⟨⟩

/-- A slope of at most 1. -/
example : SlopeBound 1 1 (fun t : Int => sup t zero) := SlopeWithin.relu.bounded

end LipBridgeTest.Chained
