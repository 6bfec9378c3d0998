/-!
# What the official core has besides the small one

Appended to the small core by `tests/e2e/test_variant_core.py`, which also writes its integers and
shifts through instances, as the official core does. Sizes, coercions and further instances change
what Lean elaborates; the theorems here rest on `propext`, as the official ones outside the prelude
do, so that a use of them would show. Compiled with the small core before it, as a `module`.
-/

/-! ## Sizes -/

/-- Size. -/
class SizeOf (α : Sort u) where
  /-- The size of an element. -/
  sizeOf : α → Nat

export SizeOf (sizeOf)

/-- Size 0. -/
protected def default.sizeOf (α : Sort u) : α → Nat
  | _ => 0

/-- Every element of a type without a better size has the size 0. -/
instance (priority := 100) instSizeOfDefault (α : Sort u) : SizeOf α where
  sizeOf := default.sizeOf α

/-- The size of a number is the number. -/
instance instSizeOfNat : SizeOf Nat where
  sizeOf n := n

/-! ## Theorems with an axiom -/

/-- Equivalent propositions are equal. -/
axiom propext {a b : Prop} : Iff a b → Eq a b

/-- A true proposition is `True`. -/
theorem eq_true {p : Prop} (h : p) : Eq p True := propext ⟨fun _ => True.intro, fun _ => h⟩

/-- What is `True` is true. -/
theorem of_eq_true {p : Prop} (h : Eq p True) : p := h ▸ True.intro

/-- `a ∧ b` gives `b ∧ a`. -/
theorem And.symm {a b : Prop} (h : And a b) : And b a := of_eq_true (eq_true ⟨h.right, h.left⟩)

/-- `0 + n = n`. -/
protected theorem Nat.zero_add (n : Nat) : Eq (HAdd.hAdd 0 n) n :=
  of_eq_true (eq_true (n.rec rfl (fun _ ih => congrArg Nat.succ ih)))

/-- `n + m = m + n`. -/
protected theorem Nat.add_comm (n m : Nat) : Eq (HAdd.hAdd n m) (HAdd.hAdd m n) :=
  of_eq_true (eq_true (m.rec (Eq.symm (Nat.zero_add n)) (fun k ih =>
    Eq.trans (congrArg Nat.succ ih) (n.rec rfl (fun _ e => congrArg Nat.succ e)))))

/-! ## Coercions -/

/-- A coercion of one step. -/
class Coe (α : semiOutParam (Sort u)) (β : Sort v) where
  /-- The coerced value. -/
  coe : α → β

attribute [coe_decl] Coe.coe

/-- A coercion of several steps. -/
class CoeTC (α : Sort u) (β : Sort v) where
  /-- The coerced value. -/
  coe : α → β

attribute [coe_decl] CoeTC.coe

instance instCoeTC {α : Sort u} {β : Sort v} {γ : Sort w} [Coe β γ] [CoeTC α β] : CoeTC α γ where
  coe a := Coe.coe (CoeTC.coe a : β)

instance instCoeTC_1 {α : Sort u} {β : Sort v} [Coe α β] : CoeTC α β where
  coe a := Coe.coe a

/-- What the elaborator looks for where a value has another type than the one expected. -/
class CoeT (α : Sort u) (_ : α) (β : Sort v) where
  /-- The coerced value. -/
  coe : β

attribute [coe_decl] CoeT.coe

instance instCoeT {α : Sort u} {β : Sort v} {a : α} [CoeTC α β] : CoeT α a β where
  coe := CoeTC.coe a

/-- What the elaborator looks for where a value is applied that is no function. -/
class CoeFun (α : Sort u) (γ : outParam (α → Sort v)) where
  /-- The function. -/
  coe : (f : α) → γ f

attribute [coe_decl] CoeFun.coe

/-- What the elaborator looks for where a value stands for a type. -/
class CoeSort (α : Sort u) (β : outParam (Sort v)) where
  /-- The type. -/
  coe : α → β

attribute [coe_decl] CoeSort.coe

instance boolToProp : Coe Bool Prop where
  coe b := Eq b true

instance boolToSort : CoeSort Bool Prop where
  coe b := Eq b true

instance instCoeNatInt : Coe Nat Int where
  coe n := Int.ofNat n

/-! ## Instances -/

/-- Boolean equality. -/
class BEq (α : Type u) where
  /-- Whether two values are equal. -/
  beq : α → α → Bool

instance instBEqOfDecidableEq {α : Type u} [DecidableEq α] : BEq α where
  beq a b := Decidable.decide (Eq a b)

/-- A type with a 0. -/
class Zero (α : Type u) where
  /-- 0. -/
  zero : α

/-- A type with a 1. -/
class One (α : Type u) where
  /-- 1. -/
  one : α

/-- A type that takes natural numbers. -/
class NatCast (R : Type u) where
  /-- The natural number. -/
  natCast : Nat → R

instance instNatCastInt : NatCast Int where
  natCast n := Int.ofNat n

instance instZeroInt : Zero Int where
  zero := Int.ofNat 0

instance instInhabitedNat : Inhabited Nat where
  default := 0

instance instInhabitedInt : Inhabited Int where
  default := Int.ofNat 0
