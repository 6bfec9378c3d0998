import LipBridge.Evaluate.Branch
import LipBridge.Inputs.Tokens
import LipBridgeTest.NonVacuous.LayersNorm
/-!
# Gains and maps of single tokens are not vacuous

A gain over ℤ and over ℚ; a block of two tokens, the first left alone and the second turned.
-/

set_option autoImplicit false

namespace LipBridgeTest.Tokens

open LipBridge Norm

/-! ## Gains -/

/-- The gain `(3, -1)`, stored as integers. -/
def stored : Nat → Int := fun j => cond (Nat.beq j 0) (i 3) (m 0)

/-- Its constant is 3. -/
theorem gain_three :
    SqLipschitz 2 2 (ofNat 9) (ofNat 1) (gain (fun j => mul (ofInt (stored j)) (one : Int))) :=
  gain_sqLipschitz_ofNat (n := 2) (p := 9) (e := 1) (g := stored) rfl one_inv

/-- The value at `(3, 4)` is `(9, -4)`. -/
example : Eq (gain (fun j => mul (ofInt (stored j)) (one : Int)) p34 0) (i 9) := rfl
example : Eq (gain (fun j => mul (ofInt (stored j)) (one : Int)) p34 1) (m 3) := rfl

/-- The constant is reached: `(1, 0)` and `(0, 0)` are moved three times as far apart. -/
example : Eq (distSq 2 (gain stored (ofList (vars2 (i 1) (i 0)))) (gain stored vzero)) (i 9) := rfl

/-- A smaller one is refused; so is one of 20 entries, taken by halves. -/
example : Eq (gainBelow 2 stored 8) false := rfl
example : Eq (allBelow 20 (fun j => Nat.ble j 18)) false := rfl
example : Eq (allBelow 20 (fun j => Nat.ble j 19)) true := rfl
example : Eq (sumByHalves 20 (fun j => (ofNat j : Int))) (i 190) := rfl

example : SqLipschitz 2 2 (i 9) (i 1) (gain (fun _ => i 3)) :=
  gain_sqLipschitz (p := i 9) (q := i 1) (ile rfl) (ilt rfl) (fun _ _ => ile rfl)

/-- The gain `(3, -1)/2 + 1 = (5/2, 1/2)` in ℚ, of constant 5/2. -/
example : SqLipschitz 2 2 (ofNat 25) (ofNat 4)
    (gain (fun j => add (mul (ofInt (stored j)) (inverse 2)) (ofInt (i 1)))) :=
  gain_sqLipschitz_offset (n := 2) (p := 25) (e := 2) (g := stored) (i 1) rfl (mul_inverse 2 rfl)
example : Eq (mul (ofInt (Int.add (i 3) (Int.mul (i 1) (Int.ofNat 2)))) (inverse 2))
    (add (mul (ofInt (i 3)) (inverse 2)) (ofInt (i 1))) := offset_entry (i 3) (i 1) (mul_inverse 2 rfl)
example : Agree 2 (gain stored p34) (gain stored (ofList (vars2 (i 3) (i 4)))) :=
  gain_congr stored (agree_of_check rfl)
example : NormGain 2 2 (ofNat 9) (ofNat 1) (gain (fun j => mul (ofInt (stored j)) (one : Int))) :=
  gain_normGain gain_three

/-! ## A map of its own for each token -/

/-- Cosines of two positions: 1 and 0. -/
def cosines : Nat → Vec Int := fun t _ => cond (Nat.beq t 0) (i 1) (i 0)

/-- Sines of two positions: 0 and 1. -/
def sines : Nat → Vec Int := fun t _ => cond (Nat.beq t 0) (i 0) (i 1)

/-- They are cosines and sines. -/
theorem on_circle (t : Nat) : Eq (add (sq (cosines t 0)) (sq (sines t 0))) one :=
  match t with
  | 0 => rfl
  | .succ _ => rfl

/-- For each pair. -/
theorem circles (t j : Nat) (_ : Nat.lt t 2) (_ : Nat.lt j 1) :
    Eq (add (sq (cosines t j)) (sq (sines t j))) one := on_circle t

/-- The first token stays, the second makes a quarter turn. -/
theorem turned : Isometry 4 4 (eachToken 2 2 2 (fun t => rotary 1 (cosines t) (sines t))) :=
  rotaryTokens_isometry 2 1 0 circles

example : SqLipschitz 4 4 (ofNat 1) (ofNat 1)
    (eachToken 2 2 2 (fun t => rotary 1 (cosines t) (sines t))) := turned.sqLipschitz

/-- A block of the tokens `(1, 2)` and `(3, 4)`. -/
def block : Vec Int := ofList (vars4 (i 1) (i 2) (i 3) (i 4))

example : Eq (eachToken 2 2 2 (fun t => rotary 1 (cosines t) (sines t)) block 1) (i 2) := rfl
example : Eq (eachToken 2 2 2 (fun t => rotary 1 (cosines t) (sines t)) block 2) (m 3) := rfl
example : Eq (eachToken 2 2 2 (fun t => rotary 1 (cosines t) (sines t)) block 3) (i 3) := rfl

/-- Maps that differ: token `t` is multiplied by 3 or by -2, so 3 holds for both. -/
def factors : Nat → Vec Int → Vec Int := fun t => gain (fun _ => cond (Nat.beq t 0) (i 3) (m 1))

/-- Each has the constant 3. -/
theorem factors_three (t : Nat) : SqLipschitz 2 2 (ofNat 9) (ofNat 1) (factors t) :=
  match t with
  | 0 => gain_sqLipschitz (p := i 9) (q := i 1) (ile rfl) (ilt rfl) (fun _ _ => ile rfl)
  | .succ _ => gain_sqLipschitz (p := i 9) (q := i 1) (ile rfl) (ilt rfl) (fun _ _ => ile rfl)

example : SqLipschitz 4 4 (ofNat 9) (ofNat 1) (eachToken 2 2 2 factors) :=
  eachToken_sqLipschitz 2 (P := i 9) (Q := i 1) (ile rfl) (ilt rfl) (fun t _ => factors_three t)
example : Isometry 4 4 (eachToken 2 2 2 (fun t => rotary 1 (cosines t) (sines t))) :=
  eachToken_isometry 2 (fun t ht => rotary_isometry 1 0 (fun j hj => circles t j ht hj))
example : Eq (eachToken 2 2 2 factors block (Nat.add (Nat.mul 1 2) 1))
    (factors 1 (token 2 block 1) 1) :=
  eachToken_entry 2 2 2 factors block 1 Nat.le.refl

/-- Tokens of length at most 5 have values of length at most 15. -/
example : BoundedOn 2 2 (ofNat 15) (ofNat 1) (InBall 0 2 2 5 1)
    (fun x => eachToken 2 2 2 factors ((fun x => x) x)) :=
  (BoundedOn.input (B := 1) rfl (fun _ h => h)).eachToken (P := 9) (Q := 1)
    (fun t _ => gain_normGain (factors_three t)) rfl rfl

/-! ## A gain on each token -/

example : SqLipschitz 4 4 (ofNat 9) (ofNat 1)
    (tokenwise 2 2 2 (gain (fun j => mul (ofInt (stored j)) (one : Int)))) :=
  tokenwise_sqLipschitz 2 gain_three
example : Agree 4 (tokenwise 2 2 2 (gain stored) block) (tokenwise 2 2 2 (gain stored) block) :=
  tokenwise_congr 2 (n := 2) (m := 2) (f := gain stored) (fun k => gain_congr stored k) (fun _ _ => rfl)

end LipBridgeTest.Tokens
