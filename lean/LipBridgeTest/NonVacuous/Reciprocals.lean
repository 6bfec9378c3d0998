import LipBridge.Evaluate.Basic
import LipBridge.Layers.MeanPool
import LipBridge.Layers.Scale
import LipBridge.Rational.Ring
/-!
# One hypothesis about reciprocals: a worked example, not vacuous

As an export states it: the denominators of a network in one list, one hypothesis in each theorem,
the reciprocal of a denominator `d` from it by `hr d (Eq.refl true)`.
-/

set_option autoImplicit false

universe u

namespace LipBridgeTest.Worked

open LipBridge

/-- The denominators of the network below: 3 tokens, weights that are multiples of `2^-38`. -/
def denominators : List Nat := .cons 3 (.cons (Nat.pow 2 38) .nil)

section
variable {R : Type u} [OrderedRing R] (r : Nat → R)

/-- The mean of three tokens of dimension 2. -/
def mean : Vec R → Vec R := meanPool 3 2 (r 3)

/-- Scaling by `5·2^-38`. -/
def shrink : Vec R → Vec R := scale (mul (ofInt (Int.ofNat 5)) (r (Nat.pow 2 38)))

variable (hr : Reciprocals denominators r)
include hr

/-- The mean has the constant `√(1/3)`. -/
theorem mean_sqLipschitz : SqLipschitz 6 2 (ofNat 1) (ofNat 3) (mean r) :=
  meanPool_sqLipschitz 3 2 (hr 3 (Eq.refl true))

/-- The scaling has the constant `5·2^-38`. -/
theorem shrink_sqLipschitz : SqLipschitz 2 2 (ofNat 25)
    (ofNat (Nat.mul (Nat.pow 2 38) (Nat.pow 2 38))) (shrink r) :=
  scale_sqLipschitz 2 (hr (Nat.pow 2 38) (Eq.refl true))

/-- Both have the product. -/
theorem network_sqLipschitz : SqLipschitz 6 2 (ofNat (Nat.mul 1 25))
    (ofNat (Nat.mul 3 (Nat.mul (Nat.pow 2 38) (Nat.pow 2 38)))) (fun x => shrink r (mean r x)) :=
  (mean_sqLipschitz r hr).comp_ofNat (shrink_sqLipschitz r hr) (fun _ _ => ⟨⟩)

end

/-- Over ℚ the hypothesis is met. -/
theorem over_rationals : SqLipschitz 6 2 (ofNat (Nat.mul 1 25))
    (ofNat (Nat.mul 3 (Nat.mul (Nat.pow 2 38) (Nat.pow 2 38))))
    (fun x => shrink inverse (mean inverse x)) :=
  network_sqLipschitz inverse (Reciprocals.rational denominators (Eq.refl true))

/-- The tokens (1, 0), (2, 0), (6, 0). -/
noncomputable def three : Vec Rational :=
  fun i => ofInt (ofList (vars5 (Int.ofNat 1) zero (Int.ofNat 2) zero (Int.ofNat 6)) i)

/-- And it has values: the mean of 1, 2 and 6 is 3, and `5·2^-38·3 = 15·2^-38`. -/
theorem value : Eq (shrink inverse (mean inverse three) 0)
    (ratio (Int.ofNat 15) (Nat.pred (Nat.pow 2 38))) :=
  eq_of_hasValue (Eq.refl true)

/-- Fractions of the same value are equal: 2/4 = 1/2. -/
example : Eq (ratio (Int.ofNat 2) 3) (ratio (Int.ofNat 1) 1) := ratio_eq rfl

/-- And they are ordered as fractions are: 1/2 ≤ 2/3. -/
example : le (ratio (Int.ofNat 1) 1) (ratio (Int.ofNat 2) 2) :=
  have compare := le_ratio (n := Int.ofNat 1) (m := Int.ofNat 2) (k := 1) (l := 2)
  compare.mpr (int_le_of_ble rfl)

/-- Integer weights ask for nothing, so ℤ will do. -/
example : Reciprocals .nil (fun _ => (one : Int)) := .nil

/-- A field is served at once, whatever the denominators. -/
example {R : Type u} [OrderedRing R] (inv : Nat → R)
    (h : ∀ d, Eq (Nat.ble 1 d) true → Eq (mul (ofNat d) (inv d)) one) :
    Reciprocals denominators inv := .ofAll h _ (Eq.refl true)

end LipBridgeTest.Worked
