import LipBridge.Layers.SlopeRow
import LipBridgeTest.NonVacuous.SlopeChain
/-!
# One score after a hidden layer: not vacuous

`x ↦ -max(3 x, 0)` over ℤ, twice over as two scores: the certificate `9 y² + 9 (-y)² = 18 y²` with the
weight 1 has the squared constant `18² / (4·9) = 9`, which is exact.
-/

set_option autoImplicit false

namespace LipBridgeTest.Rows

open LipBridge

/-- The hidden layer: 3. -/
noncomputable def hidden : PackedMatrix := .mk 1 1 4 8 true (.one 11)

/-- The scores: -1 and -1. -/
noncomputable def last : PackedMatrix := .mk 2 1 2 2 false (.node (.one 1) (.one 1))

/-- The certificate of a score. -/
noncomputable def certificate : RowCertificate :=
  .mk (.mk 0 0 5 18 8 1 .nil) 1 9 18 1 1 1 2 2 1

/-- The sums of the hidden layer: `u² = 121`, `u = 11`. -/
theorem sums : Columns 9 1 0 1 0 1 (PackedMatrix.stack hidden 1)
    (fun c => Rows.get (.one 121) (Nat.sub c 0)) 11 :=
  Columns.check (b := 9) (k := 1) (t := 0) (u := 0) (l := 1) (m := 1) (a := 0) (C := 1) (P := 11)
    (s := PackedMatrix.stack hidden 1) (dots := .one 121) rfl

/-- Its only chunk passes. -/
theorem passed : RowCertificate.Checked hidden certificate 1 :=
  RowCertificate.Checked.step (a := 0) (t := 0) (n := 1) (C := 1)
    (RowCertificate.Checked.start hidden certificate) sums rfl rfl

/-- The two scores. -/
noncomputable def both : Vec Int → Vec Int := linear 1 (PackedMatrix.entry last) one vzero

/-- The network. -/
noncomputable def net (x : Vec Int) : Vec Int :=
  both (entrywise (fun t => sup t zero) (linear 1 (PackedMatrix.entry hidden) one vzero x))

/-- Score 0 has the constant 3. -/
theorem score : Lipschitz 1 1 (ofNat 3 : Int) (ofNat 1) (fun x _ => net x 0) :=
  RowCertificate.score (U := hidden) (c := certificate) (f := fun x => x) (l := both)
    (L := last) (i := 0) (m := 2) (N := 3) (D := 1)
    (C := 1) (p := 1) (q := 1) rfl passed (fun _ _ _ _ => rfl) (SqLipschitz.identity 1)
    SlopeWithin.relu (Affine.layer 1 1 (PackedMatrix.entry hidden) one vzero) one_inv
    (Affine.layer 1 2 (PackedMatrix.entry last) one vzero) one_inv (Nat.le_of_ble_eq_true rfl) rfl rfl
    rfl

/-- Between 1 and 0 it moves by 3. -/
example : le (i 9) (i 9) := score.bound (fun _ => i 1) vzero ⟨⟩ ⟨⟩

/-- Every score is one of the two; that of 1 is as steep. -/
theorem every : ∀ k, Nat.lt k 2 → Lipschitz 1 1 (ofNat 3 : Int) (ofNat 1) (fun x _ => net x k) :=
  below_succ (P := fun k => Lipschitz 1 1 (ofNat 3 : Int) (ofNat 1) (fun x _ => net x k)) (n := 1)
    (below_succ (P := fun k => Lipschitz 1 1 (ofNat 3 : Int) (ofNat 1) (fun x _ => net x k)) (n := 0)
      below_zero score)
    score

example : Lipschitz 1 1 (ofNat 0 : Int) (ofNat 1) (fun x _ => sub (net x 0) (net x 0)) :=
  difference_self (D := 1) 0 rfl net 0

/-- A difference and its opposite. -/
example (h : Lipschitz 1 1 (ofNat 3 : Int) (ofNat 1) (fun x _ => sub (net x 1) (net x 0))) :
    Lipschitz 1 1 (ofNat 3 : Int) (ofNat 1) (fun x _ => sub (net x 0) (net x 1)) :=
  difference_swap h rfl

end LipBridgeTest.Rows
