import LipBridge.Layers.MeanPool
import LipBridge.Layers.Scale
import LipBridgeTest.Dyadic
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

/-- There is an ordered ring in which the hypothesis is met: ℤ[1/(3·2^38)]. -/
example : Exists fun b : Nat => Exists fun r : Nat → Frac b => SqLipschitz 6 2
    (ofNat (Nat.mul 1 25)) (ofNat (Nat.mul 3 (Nat.mul (Nat.pow 2 38) (Nat.pow 2 38))))
    (fun x => shrink r (mean r x)) :=
  match reciprocal_exists denominators rfl with
  | ⟨b, r, hr⟩ => ⟨b, r, network_sqLipschitz r hr⟩

/-- Powers of two: ℤ[1/2], the largest denominator of a 64-bit number among them. -/
example : Reciprocals (powersOfTwo (.cons 1 (.cons 1074 .nil))) half := reciprocal_half _

/-- Integer weights ask for nothing, so ℤ will do. -/
example : Reciprocals .nil (fun _ => (one : Int)) := .nil

/-- A field is served at once, whatever the denominators. -/
example {R : Type u} [OrderedRing R] (inv : Nat → R)
    (h : ∀ d, Eq (Nat.ble 1 d) true → Eq (mul (ofNat d) (inv d)) one) :
    Reciprocals denominators inv := .ofAll h _ (Eq.refl true)

end LipBridgeTest.Worked
