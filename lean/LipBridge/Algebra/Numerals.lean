import LipBridge.Algebra.Order
import LipBridge.Algebra.Int
/-!
# Images of integers and natural numbers in an ordered ring

`ofInt : ℤ → R` keeps sums, products, opposites and order; `ofNat n = ofInt n`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The image of 0 is 0. -/
theorem ofInt_zero : Eq (ofInt (Int.ofNat 0) : R) zero :=
  add_left_cancel (ofInt (Int.ofNat 0))
    (Eq.trans (Eq.symm (ofInt_add (Int.ofNat 0) (Int.ofNat 0))) (Eq.symm (add_zero _)))

/-- The image of 0 is 0. -/
theorem ofNat_zero : Eq (ofNat 0 : R) zero := ofInt_zero

/-- The image of 1 is 1. -/
theorem ofNat_one : Eq (ofNat 1 : R) one := ofInt_one

/-- The image of a sum. -/
theorem ofNat_add (m n : Nat) : Eq (ofNat (Nat.add m n) : R) (add (ofNat m) (ofNat n)) :=
  ofInt_add (Int.ofNat m) (Int.ofNat n)

/-- The image of a product. -/
theorem ofNat_mul (m n : Nat) : Eq (ofNat (Nat.mul m n) : R) (mul (ofNat m) (ofNat n)) :=
  ofInt_mul (Int.ofNat m) (Int.ofNat n)

/-- The image of `n + 1`. -/
theorem ofNat_succ (n : Nat) : Eq (ofNat (Nat.succ n) : R) (add (ofNat n) one) :=
  Eq.trans (ofNat_add n 1) (congrArg (add (ofNat n)) ofNat_one)

/-- The image of 2. -/
theorem ofNat_two : Eq (ofNat 2 : R) (add one one) :=
  Eq.trans (ofNat_succ 1) (congrArg (fun t => add t one) ofNat_one)

/-- Images of natural numbers are not negative. -/
theorem ofNat_nonneg (n : Nat) : le (zero : R) (ofNat n) :=
  Nat.rec (motive := fun n => le (zero : R) (ofNat n)) (le_of_eq (Eq.symm ofNat_zero))
    (fun n ih => le_congr rfl (ofNat_succ n) (add_nonneg ih (le_of_lt zero_lt_one))) n

/-- `m ≤ n` gives `ofNat m ≤ ofNat n`. -/
theorem ofNat_le {m n : Nat} (h : Nat.le m n) : le (ofNat m : R) (ofNat n) :=
  match nat_exists_of_le h with
  | ⟨k, e⟩ => le_of_add (ofNat_nonneg k) (Eq.trans (Eq.symm (ofNat_add m k)) (congrArg ofNat e))

/-- `Nat.ble m n` gives `ofNat m ≤ ofNat n`. -/
theorem ofNat_le_of_ble {m n : Nat} (h : Eq (Nat.ble m n) true) : le (ofNat m : R) (ofNat n) :=
  ofNat_le (Nat.le_of_ble_eq_true h)

/-- The image of a positive number is positive. -/
theorem ofNat_pos {n : Nat} (h : Eq (Nat.ble 1 n) true) : lt (zero : R) (ofNat n) :=
  lt_of_lt_of_le (lt_congr rfl ofNat_one zero_lt_one) (ofNat_le_of_ble h)

/-- The image of an opposite. -/
theorem ofInt_neg (x : Int) : Eq (ofInt (Int.neg x) : R) (neg (ofInt x)) :=
  add_left_cancel (ofInt x)
    (Eq.trans (Eq.symm (ofInt_add x (Int.neg x)))
      (Eq.trans (congrArg ofInt (int_add_neg x)) (Eq.trans ofInt_zero (Eq.symm (add_neg _)))))

/-- The image of `-(n+1)`. -/
theorem ofInt_negSucc (n : Nat) : Eq (ofInt (Int.negSucc n) : R) (neg (ofNat (Nat.succ n))) :=
  ofInt_neg (Int.ofNat (Nat.succ n))

/-- `m ≤ n` gives `ofInt m ≤ ofInt n`. -/
theorem ofInt_le {m n : Int} (h : Int.le m n) : le (ofInt m : R) (ofInt n) :=
  match int_exists_of_le h with
  | ⟨k, e⟩ => le_of_add (ofNat_nonneg k)
      (Eq.trans (Eq.symm (ofInt_add m (Int.ofNat k))) (congrArg ofInt e))

/-! ## Reciprocals -/

/-- Whether the number `d` stands in the list. -/
noncomputable def listed (d : Nat) (l : List Nat) : Bool :=
  List.rec (motive := fun _ => Bool) false (fun e _ found => pick (Nat.beq d e) true found) l

/-- `r d` is `1/d` for every `d` in the list: `d * r d = 1`. The one hypothesis about reciprocals of
an exported theorem, with the denominators of its weights as the list; `hr d rfl` is that of `d`.
Every ordered field meets it, where the list is without 0, with `r d = 1/d` (`Reciprocals.ofAll`),
every ring meets it for the empty list, and ℚ for every other (`Reciprocals.rational`). -/
def Reciprocals (l : List Nat) (r : Nat → R) : Prop :=
  ∀ d, Eq (listed d l) true → Eq (mul (ofNat d) (r d)) one

/-- Nothing is asked for no denominators. -/
theorem Reciprocals.nil {r : Nat → R} : Reciprocals .nil r := fun _ h => bool_absurd (Eq.symm h)

/-- One denominator more. -/
theorem Reciprocals.cons {d : Nat} {l : List Nat} {r : Nat → R}
    (h : Eq (mul (ofNat d) (r d)) one) (hl : Reciprocals l r) : Reciprocals (.cons d l) r :=
  fun e he => match k : Nat.beq e d with
    | true => Eq.symm (Nat.eq_of_beq_eq_true k) ▸ h
    | false => hl e (Eq.trans (Eq.symm (congrArg (fun b => pick b true (listed e l)) k)) he)

/-- Whether the list is without 0. -/
noncomputable def withoutZero (l : List Nat) : Bool :=
  List.rec (motive := fun _ => Bool) true (fun e _ rest => pick (Nat.ble 1 e) rest false) l

/-- Where all positive numbers have reciprocals, as in an ordered field, every list without 0 has. -/
theorem Reciprocals.ofAll {r : Nat → R}
    (h : ∀ d, Eq (Nat.ble 1 d) true → Eq (mul (ofNat d) (r d)) one) :
    (l : List Nat) → Eq (withoutZero l) true → Reciprocals l r
  | .nil, _ => .nil
  | .cons d l, hl => match k : Nat.ble 1 d with
    | true => .cons (h d k)
        (ofAll h l (Eq.trans (Eq.symm (congrArg (fun b => pick b (withoutZero l) false) k)) hl))
    | false => bool_absurd (Eq.symm
        (Eq.trans (Eq.symm (congrArg (fun b => pick b (withoutZero l) false) k)) hl))

/-- `1 * 1 = 1`: the number 1 is its own reciprocal. -/
theorem ofNat_one_mul_one : Eq (mul (ofNat 1) one : R) one :=
  Eq.trans (mul_one (ofNat 1)) ofNat_one

/-- A number with a reciprocal `r` has `0 ≤ r`. -/
theorem reciprocal_nonneg {d : Nat} {r : R} (h : Eq (mul (ofNat d) r) one) : le zero r :=
  le_of_lt (pos_of_mul_pos (ofNat_nonneg d) (lt_congr rfl h zero_lt_one))

end

/-! ## Left to the kernel

The elaborator takes both answers for `true`, the kernel computes them: see
`LipBridge.Certificate.KernelOnly`. So denominators as large as `2^1074` cost nothing. -/

set_option linter.unusedVariables false in
/-- What the elaborator takes `listed` for. -/
def listed._sunfold (d : Nat) (l : List Nat) : Bool := true

set_option linter.unusedVariables false in
/-- What the elaborator takes `withoutZero` for. -/
def withoutZero._sunfold (l : List Nat) : Bool := true

end LipBridge
