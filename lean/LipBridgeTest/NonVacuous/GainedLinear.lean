import LipBridge.Layers.GainedLinear
import LipBridgeTest.NonVacuous.SlopeRow
/-!
# A gain after a linear map, under one certificate: not vacuous

`x ↦ 3 x` over ℤ and the gains 2 and 1 + 1 after it: `9 y² ≤ 9 y²` and `9·2² = 36` bound the square of
the constant 6, which is exact.
-/

set_option autoImplicit false

namespace LipBridgeTest.Gained

open LipBridge

/-- The certificate. -/
noncomputable def certificate : GainedCertificate := .mk (.mk 0 0 5 9 8 1 .nil) 1 36

/-- The map `x ↦ 3 x`. -/
theorem triple : Affine 1 1 (PackedMatrix.entry Rows.hidden) one vzero
    (linear 1 (PackedMatrix.entry Rows.hidden) (one : Int) vzero) :=
  Affine.layer 1 1 (PackedMatrix.entry Rows.hidden) one vzero

/-- Its only chunk passes, with sums that are known. -/
theorem passed : GainedCertificate.Checked Rows.hidden certificate 1 :=
  GainedCertificate.Checked.stepWith (a := 0) (t := 0) (n := 1) (C := 1)
    (GainedCertificate.Checked.start Rows.hidden certificate) Rows.sums rfl rfl

/-- And without. -/
example : GainedCertificate.Checked Rows.hidden certificate 1 :=
  GainedCertificate.Checked.step (GainedCertificate.Checked.start Rows.hidden certificate) 0 1 1 rfl

/-- The gain 2 after it has the constant 6. -/
theorem twice : SqLipschitz 1 1 (ofNat 36 : Int) (ofNat 1)
    (fun x => gain (fun _ => mul (ofInt (Int.ofNat 2)) one)
      (linear 1 (PackedMatrix.entry Rows.hidden) one vzero x)) :=
  GainedCertificate.sqLipschitz (W := Rows.hidden) (g := fun _ => Int.ofNat 2) (C := 1) (e := 1) (d := 1)
    rfl passed rfl triple one_inv one_inv

/-- The gain 1 + 1, too. -/
theorem offset : SqLipschitz 1 1 (ofNat 36 : Int) (ofNat 1)
    (fun x => gain (fun _ => add (mul (ofInt (Int.ofNat 1)) one) (ofInt (Int.ofNat 1)))
      (linear 1 (PackedMatrix.entry Rows.hidden) one vzero x)) :=
  GainedCertificate.sqLipschitz_offset (W := Rows.hidden) (g := fun _ => Int.ofNat 1) (C := 1) (e := 1)
    (d := 1) (Int.ofNat 1) rfl passed rfl triple one_inv one_inv

/-- Between 1 and 0 they move by 6. -/
example : le (i 36) (i 36) := twice.bound (fun _ => i 1) vzero ⟨⟩ ⟨⟩

example : le (i 36) (i 36) := offset.bound (fun _ => i 1) vzero ⟨⟩ ⟨⟩

end LipBridgeTest.Gained
