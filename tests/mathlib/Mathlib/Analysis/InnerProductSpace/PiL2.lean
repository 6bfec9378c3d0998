/-!
# A stub of Mathlib, for type-checking the bridge where Mathlib cannot be installed

Declarations under Mathlib's names, with the signatures that were read in its sources (see the table
of the report), as axioms or as consequences of class fields. Part 1 adds what Lean's own core has
and `lean/core/Init.lean` has not. The class hierarchy is flattened: `CommRing` and `RCLike` here
stand for all the classes between them and the ones that a lemma takes.
Nothing of this is Mathlib's text but names and signatures. **Not part of any export.**
-/

set_option autoImplicit false
set_option linter.all false

universe u v w

/-! ## 1. Lean's core, beyond the small core -/

@[reducible] def Ne {α : Sort u} (a b : α) : Prop := Not (Eq a b)
theorem dif_pos {c : Prop} {h : Decidable c} (hc : c) {α : Sort u} {t : c → α} {e : Not c → α} :
    Eq (dite c t e) (t hc) :=
  match h with
  | .isTrue _ => rfl
  | .isFalse hnc => absurd hc hnc
theorem dif_neg {c : Prop} {h : Decidable c} (hnc : Not c) {α : Sort u} {t : c → α}
    {e : Not c → α} : Eq (dite c t e) (e hnc) :=
  match h with
  | .isTrue hc => absurd hc hnc
  | .isFalse _ => rfl
theorem Nat.zero_add : ∀ n : Nat, Eq (HAdd.hAdd 0 n) n
  | 0 => rfl
  | .succ n => congrArg Nat.succ (Nat.zero_add n)
axiom Classical.em (p : Prop) : Or p (Not p)

class Zero (α : Type u) where zero : α
class One (α : Type u) where one : α
instance (priority := 300) Zero.toOfNat0 {α : Type u} [Zero α] : OfNat α 0 where
  ofNat := Zero.zero
instance (priority := 300) One.toOfNat1 {α : Type u} [One α] : OfNat α 1 where
  ofNat := One.one
class NatCast (R : Type u) where natCast : Nat → R
class IntCast (R : Type u) where intCast : Int → R
@[coe, reducible, match_pattern] protected def Nat.cast {R : Type u} [NatCast R] : Nat → R :=
  NatCast.natCast
@[coe, reducible, match_pattern] protected def Int.cast {R : Type u} [IntCast R] : Int → R :=
  IntCast.intCast
instance instNatCastInt : NatCast Int where natCast n := Int.ofNat n
instance Int.instAddInt : Add Int where add := Int.add
instance Int.instMulInt : Mul Int where mul := Int.mul
class Inv (α : Type u) where inv : α → α
class Max (α : Type u) where max : α → α → α
export Max (max)
class HPow (α : Type u) (β : Type v) (γ : outParam (Type w)) where hPow : α → β → γ
class Pow (α : Type u) (β : Type v) where pow : α → β → α
instance instHPow {α : Type u} {β : Type v} [Pow α β] : HPow α β α where hPow := Pow.pow
axiom Classical.propDecidable (a : Prop) : Decidable a
theorem of_decide_eq_true {p : Prop} [inst : Decidable p] (h : Eq (Decidable.decide p) true) : p :=
  match inst, h with
  | .isTrue h, _ => h
theorem decide_eq_true {p : Prop} [inst : Decidable p] (h : p) : Eq (Decidable.decide p) true :=
  match inst with
  | .isTrue _ => rfl
  | .isFalse hn => absurd h hn
def Bool.decEq (a b : Bool) : Decidable (Eq a b) :=
  match a, b with
  | false, false => .isTrue rfl
  | false, true => .isFalse (fun h => Bool.noConfusion h)
  | true, false => .isFalse (fun h => Bool.noConfusion h)
  | true, true => .isTrue rfl
instance instDecidableEqBool : DecidableEq Bool := Bool.decEq
instance Nat.instNatCast : NatCast Nat where natCast n := n
class Membership (α : outParam (Type u)) (γ : Type v) where mem : γ → α → Prop
structure Fin (n : Nat) where
  mk ::
  val : Nat
  isLt : LT.lt val n
@[reducible] def Fin.castSucc {n : Nat} : Fin n → Fin (HAdd.hAdd n 1) :=
  fun i => ⟨i.val, Nat.le.step i.isLt⟩
def Fin.last (n : Nat) : Fin (HAdd.hAdd n 1) := ⟨n, Nat.le.refl⟩

/-! ## 2. Mathlib: algebra and order -/

class Nat.AtLeastTwo (n : Nat) : Prop where
  prop : LE.le 2 n
instance Nat.instAtLeastTwo {n : Nat} : Nat.AtLeastTwo (HAdd.hAdd n 2) where
  prop := Nat.succ_le_succ (Nat.succ_le_succ (Nat.zero_le n))
/-- Mathlib: `instOfNat`; Lean's core uses that name for ℤ, so the stub takes another. -/
instance (priority := 100) instOfNatAtLeastTwo {R : Type u} {n : Nat} [NatCast R] [Nat.AtLeastTwo n] :
    OfNat R n where
  ofNat := Nat.cast (OfNat.ofNat n)

class AddSemigroup (G : Type u) extends Add G where
  protected add_assoc : ∀ a b c : G, Eq (HAdd.hAdd (HAdd.hAdd a b) c) (HAdd.hAdd a (HAdd.hAdd b c))
class AddCommMagma (G : Type u) extends Add G where
  protected add_comm : ∀ a b : G, Eq (HAdd.hAdd a b) (HAdd.hAdd b a)
class AddZeroClass (M : Type u) extends Zero M, Add M where
  protected zero_add : ∀ a : M, Eq (HAdd.hAdd 0 a) a
  protected add_zero : ∀ a : M, Eq (HAdd.hAdd a 0) a
/-- Stands for `SubNegMonoid` and `AddGroup`. -/
class AddGroup (G : Type u) extends AddZeroClass G, Neg G, Sub G where
  protected sub_eq_add_neg : ∀ a b : G, Eq (HSub.hSub a b) (HAdd.hAdd a (Neg.neg b))
  protected add_neg_cancel : ∀ a : G, Eq (HAdd.hAdd a (Neg.neg a)) 0
class AddCommMonoid (M : Type u) extends AddZeroClass M
class Semigroup (G : Type u) extends Mul G where
  protected mul_assoc : ∀ a b c : G, Eq (HMul.hMul (HMul.hMul a b) c) (HMul.hMul a (HMul.hMul b c))
class CommMagma (G : Type u) extends Mul G where
  protected mul_comm : ∀ a b : G, Eq (HMul.hMul a b) (HMul.hMul b a)
class MulOneClass (M : Type u) extends One M, Mul M where
  protected one_mul : ∀ a : M, Eq (HMul.hMul 1 a) a
  protected mul_one : ∀ a : M, Eq (HMul.hMul a 1) a
class Monoid (M : Type u) extends Semigroup M, MulOneClass M where
  npow : Nat → M → M
  /-- Consequence of `npow_zero` and `npow_succ`. -/
  npow_two : ∀ a : M, Eq (npow 2 a) (HMul.hMul a a)
instance Monoid.Pow {M : Type u} [Monoid M] : Pow M Nat where pow x n := Monoid.npow n x
class LeftDistribClass (R : Type u) [Mul R] [Add R] : Prop where
  protected left_distrib : ∀ a b c : R,
    Eq (HMul.hMul a (HAdd.hAdd b c)) (HAdd.hAdd (HMul.hMul a b) (HMul.hMul a c))

/-- Stands for `CommRing` and the classes below it. -/
class CommRing (R : Type u) extends Add R, Mul R, Zero R, One R, Neg R, Sub R, NatCast R,
    IntCast R where
  add_assoc' : ∀ a b c : R, Eq (HAdd.hAdd (HAdd.hAdd a b) c) (HAdd.hAdd a (HAdd.hAdd b c))
  add_comm' : ∀ a b : R, Eq (HAdd.hAdd a b) (HAdd.hAdd b a)
  zero_add' : ∀ a : R, Eq (HAdd.hAdd 0 a) a
  add_zero' : ∀ a : R, Eq (HAdd.hAdd a 0) a
  sub_eq_add_neg' : ∀ a b : R, Eq (HSub.hSub a b) (HAdd.hAdd a (Neg.neg b))
  add_neg_cancel' : ∀ a : R, Eq (HAdd.hAdd a (Neg.neg a)) 0
  mul_assoc' : ∀ a b c : R, Eq (HMul.hMul (HMul.hMul a b) c) (HMul.hMul a (HMul.hMul b c))
  mul_comm' : ∀ a b : R, Eq (HMul.hMul a b) (HMul.hMul b a)
  one_mul' : ∀ a : R, Eq (HMul.hMul 1 a) a
  mul_one' : ∀ a : R, Eq (HMul.hMul a 1) a
  left_distrib' : ∀ a b c : R,
    Eq (HMul.hMul a (HAdd.hAdd b c)) (HAdd.hAdd (HMul.hMul a b) (HMul.hMul a c))
  npow' : Nat → R → R
  npow_two' : ∀ a : R, Eq (npow' 2 a) (HMul.hMul a a)

section
variable {R : Type u} [c : CommRing R]
instance (priority := 50) CommRing.s1 : AddSemigroup R where add_assoc := c.add_assoc'
instance (priority := 50) CommRing.s2 : AddCommMagma R where add_comm := c.add_comm'
instance (priority := 50) CommRing.s3 : AddGroup R where
  zero_add := c.zero_add'
  add_zero := c.add_zero'
  sub_eq_add_neg := c.sub_eq_add_neg'
  add_neg_cancel := c.add_neg_cancel'
instance (priority := 50) CommRing.s4 : AddCommMonoid R where
  zero_add := c.zero_add'
  add_zero := c.add_zero'
instance (priority := 50) CommRing.s5 : CommMagma R where mul_comm := c.mul_comm'
instance (priority := 50) CommRing.s6 : Monoid R where
  mul_assoc := c.mul_assoc'
  one_mul := c.one_mul'
  mul_one := c.mul_one'
  npow := c.npow'
  npow_two := c.npow_two'
instance (priority := 50) CommRing.s7 : LeftDistribClass R where left_distrib := c.left_distrib'
end

theorem add_assoc {G : Type u} [AddSemigroup G] : ∀ a b c : G,
    Eq (HAdd.hAdd (HAdd.hAdd a b) c) (HAdd.hAdd a (HAdd.hAdd b c)) := AddSemigroup.add_assoc
theorem add_comm {G : Type u} [AddCommMagma G] : ∀ a b : G, Eq (HAdd.hAdd a b) (HAdd.hAdd b a) :=
  AddCommMagma.add_comm
theorem add_zero {M : Type u} [AddZeroClass M] : ∀ a : M, Eq (HAdd.hAdd a 0) a :=
  AddZeroClass.add_zero
theorem add_neg_cancel {G : Type u} [AddGroup G] (a : G) : Eq (HAdd.hAdd a (Neg.neg a)) 0 :=
  AddGroup.add_neg_cancel a
theorem sub_eq_add_neg {G : Type u} [AddGroup G] : ∀ a b : G,
    Eq (HSub.hSub a b) (HAdd.hAdd a (Neg.neg b)) := AddGroup.sub_eq_add_neg
theorem mul_assoc {G : Type u} [Semigroup G] : ∀ a b c : G,
    Eq (HMul.hMul (HMul.hMul a b) c) (HMul.hMul a (HMul.hMul b c)) := Semigroup.mul_assoc
theorem mul_comm {G : Type u} [CommMagma G] : ∀ a b : G, Eq (HMul.hMul a b) (HMul.hMul b a) :=
  CommMagma.mul_comm
theorem mul_one {M : Type u} [MulOneClass M] : ∀ a : M, Eq (HMul.hMul a 1) a := MulOneClass.mul_one
theorem mul_add {R : Type u} [Mul R] [Add R] [LeftDistribClass R] (a b c : R) :
    Eq (HMul.hMul a (HAdd.hAdd b c)) (HAdd.hAdd (HMul.hMul a b) (HMul.hMul a c)) :=
  LeftDistribClass.left_distrib a b c
theorem pow_two {M : Type u} [Monoid M] (a : M) : Eq (HPow.hPow a 2) (HMul.hMul a a) :=
  Monoid.npow_two a
theorem sq {M : Type u} [Monoid M] (a : M) : Eq (HPow.hPow a 2) (HMul.hMul a a) := pow_two a

class Preorder (α : Type u) extends LE α, LT α where
  protected le_refl : ∀ a : α, LE.le a a
  protected le_trans : ∀ a b c : α, LE.le a b → LE.le b c → LE.le a c
  lt_iff_le_not_ge' : ∀ a b : α, Iff (LT.lt a b) (And (LE.le a b) (Not (LE.le b a)))
class PartialOrder (α : Type u) extends Preorder α where
  protected le_antisymm : ∀ a b : α, LE.le a b → LE.le b a → Eq a b
class LinearOrder (α : Type u) extends PartialOrder α, Max α where
  protected le_total : ∀ a b : α, Or (LE.le a b) (LE.le b a)
  not_le' : ∀ a b : α, Iff (Not (LE.le a b)) (LT.lt b a)
  le_max_left' : ∀ a b : α, LE.le a (Max.max a b)
  le_max_right' : ∀ a b : α, LE.le b (Max.max a b)
  max_le' : ∀ a b c : α, LE.le a c → LE.le b c → LE.le (Max.max a b) c
/-- Stands for `Lattice`. -/
class Lattice (α : Type u) extends PartialOrder α, Max α
instance (priority := 50) LinearOrder.toLattice {α : Type u} [l : LinearOrder α] : Lattice α where

theorem le_refl {α : Type u} [Preorder α] : ∀ a : α, LE.le a a := Preorder.le_refl
theorem le_trans {α : Type u} [Preorder α] {a b c : α} : LE.le a b → LE.le b c → LE.le a c :=
  Preorder.le_trans a b c
theorem le_antisymm {α : Type u} [PartialOrder α] {a b : α} : LE.le a b → LE.le b a → Eq a b :=
  PartialOrder.le_antisymm a b
theorem le_total {α : Type u} [LinearOrder α] : ∀ a b : α, Or (LE.le a b) (LE.le b a) :=
  LinearOrder.le_total
theorem not_le {α : Type u} [LinearOrder α] {a b : α} : Iff (Not (LE.le a b)) (LT.lt b a) :=
  LinearOrder.not_le' a b
theorem le_max_left {α : Type u} [LinearOrder α] (a b : α) : LE.le a (max a b) :=
  LinearOrder.le_max_left' a b
theorem le_max_right {α : Type u} [LinearOrder α] (a b : α) : LE.le b (max a b) :=
  LinearOrder.le_max_right' a b
theorem max_le {α : Type u} [LinearOrder α] {a b c : α} (h₁ : LE.le a c) (h₂ : LE.le b c) :
    LE.le (max a b) c :=
  LinearOrder.max_le' a b c h₁ h₂

class AddLeftMono (M : Type u) [Add M] [LE M] : Prop where
  out : ∀ m : M, ∀ {a b : M}, LE.le a b → LE.le (HAdd.hAdd m a) (HAdd.hAdd m b)
class AddRightMono (M : Type u) [Add M] [LE M] : Prop where
  out : ∀ m : M, ∀ {a b : M}, LE.le a b → LE.le (HAdd.hAdd a m) (HAdd.hAdd b m)
theorem add_le_add {α : Type u} [Add α] [Preorder α] [AddLeftMono α] [AddRightMono α] {a b c d : α}
    (h₁ : LE.le a b) (h₂ : LE.le c d) : LE.le (HAdd.hAdd a c) (HAdd.hAdd b d) :=
  le_trans (AddLeftMono.out a h₂) (AddRightMono.out d h₁)
class MulZeroClass (M₀ : Type u) extends Mul M₀, Zero M₀ where
  protected zero_mul : ∀ a : M₀, Eq (HMul.hMul 0 a) 0
  protected mul_zero : ∀ a : M₀, Eq (HMul.hMul a 0) 0
class PosMulStrictMono (α : Type u) [Mul α] [Zero α] [Preorder α] : Prop where
  mul_lt_mul_of_pos_left : ∀ {a : α}, LT.lt 0 a → ∀ {b c : α}, LT.lt b c →
    LT.lt (HMul.hMul a b) (HMul.hMul a c)
theorem mul_pos {α : Type u} [MulZeroClass α] {a b : α} [Preorder α] [PosMulStrictMono α]
    (ha : LT.lt 0 a) (hb : LT.lt 0 b) : LT.lt 0 (HMul.hMul a b) :=
  Eq.subst (motive := fun t => LT.lt t (HMul.hMul a b)) (MulZeroClass.mul_zero a)
    (PosMulStrictMono.mul_lt_mul_of_pos_left ha hb)
class NeZero {R : Type u} [Zero R] (n : R) : Prop where
  out : Ne n 0
class ZeroLEOneClass (α : Type u) [Zero α] [One α] [LE α] : Prop where
  zero_le_one : LE.le (0 : α) 1
theorem zero_lt_one {α : Type u} [Zero α] [One α] [PartialOrder α] [ZeroLEOneClass α]
    [NeZero (1 : α)] : LT.lt (0 : α) 1 :=
  (Preorder.lt_iff_le_not_ge' 0 1).mpr ⟨ZeroLEOneClass.zero_le_one, fun h =>
    NeZero.out (PartialOrder.le_antisymm _ _ h ZeroLEOneClass.zero_le_one)⟩

/-! ## 3. Mathlib: ℝ -/

axiom Real : Type
axiom Real.instAdd.data : Add Real
axiom Real.instMul.data : Mul Real
axiom Real.instZero.data : Zero Real
axiom Real.instOne.data : One Real
axiom Real.instNeg.data : Neg Real
axiom Real.instSub.data : Sub Real
axiom Real.instNatCast.data : NatCast Real
axiom Real.instIntCast.data : IntCast Real
axiom Real.instLE.data : LE Real
axiom Real.instLT.data : LT Real
axiom Real.instMax.data : Max Real
axiom Real.instInv.data : Inv Real
axiom Real.instDiv.data : Div Real
noncomputable instance Real.instAdd : Add Real := Real.instAdd.data
noncomputable instance Real.instMul : Mul Real := Real.instMul.data
noncomputable instance Real.instZero : Zero Real := Real.instZero.data
noncomputable instance Real.instOne : One Real := Real.instOne.data
noncomputable instance Real.instNeg : Neg Real := Real.instNeg.data
noncomputable instance Real.instSub : Sub Real := Real.instSub.data
noncomputable instance Real.instNatCast : NatCast Real := Real.instNatCast.data
noncomputable instance Real.instIntCast : IntCast Real := Real.instIntCast.data
noncomputable instance Real.instLE : LE Real := Real.instLE.data
noncomputable instance Real.instLT : LT Real := Real.instLT.data
noncomputable instance Real.instMax : Max Real := Real.instMax.data
noncomputable instance Real.instInv : Inv Real := Real.instInv.data
noncomputable instance Real.instDiv : Div Real := Real.instDiv.data

/-- The laws of an ordered field, as one structure; Mathlib proves them. -/
structure Real.Laws : Prop where
  add_assoc : ∀ a b c : Real, Eq (HAdd.hAdd (HAdd.hAdd a b) c) (HAdd.hAdd a (HAdd.hAdd b c))
  add_comm : ∀ a b : Real, Eq (HAdd.hAdd a b) (HAdd.hAdd b a)
  zero_add : ∀ a : Real, Eq (HAdd.hAdd 0 a) a
  add_zero : ∀ a : Real, Eq (HAdd.hAdd a 0) a
  sub_eq_add_neg : ∀ a b : Real, Eq (HSub.hSub a b) (HAdd.hAdd a (Neg.neg b))
  add_neg_cancel : ∀ a : Real, Eq (HAdd.hAdd a (Neg.neg a)) 0
  mul_assoc : ∀ a b c : Real, Eq (HMul.hMul (HMul.hMul a b) c) (HMul.hMul a (HMul.hMul b c))
  mul_comm : ∀ a b : Real, Eq (HMul.hMul a b) (HMul.hMul b a)
  one_mul : ∀ a : Real, Eq (HMul.hMul 1 a) a
  mul_one : ∀ a : Real, Eq (HMul.hMul a 1) a
  left_distrib : ∀ a b c : Real,
    Eq (HMul.hMul a (HAdd.hAdd b c)) (HAdd.hAdd (HMul.hMul a b) (HMul.hMul a c))
  le_refl : ∀ a : Real, LE.le a a
  le_trans : ∀ a b c : Real, LE.le a b → LE.le b c → LE.le a c
  le_antisymm : ∀ a b : Real, LE.le a b → LE.le b a → Eq a b
  le_total : ∀ a b : Real, Or (LE.le a b) (LE.le b a)
  not_le : ∀ a b : Real, Iff (Not (LE.le a b)) (LT.lt b a)
  le_max_left : ∀ a b : Real, LE.le a (Max.max a b)
  le_max_right : ∀ a b : Real, LE.le b (Max.max a b)
  max_le : ∀ a b c : Real, LE.le a c → LE.le b c → LE.le (Max.max a b) c
  add_left_mono : ∀ m a b : Real, LE.le a b → LE.le (HAdd.hAdd m a) (HAdd.hAdd m b)
  add_right_mono : ∀ m a b : Real, LE.le a b → LE.le (HAdd.hAdd a m) (HAdd.hAdd b m)
  zero_mul : ∀ a : Real, Eq (HMul.hMul 0 a) 0
  mul_zero : ∀ a : Real, Eq (HMul.hMul a 0) 0
  lt_iff_le_not_ge : ∀ a b : Real, Iff (LT.lt a b) (And (LE.le a b) (Not (LE.le b a)))
  mul_lt_mul_left : ∀ a b c : Real, LT.lt 0 a → LT.lt b c → LT.lt (HMul.hMul a b) (HMul.hMul a c)
  zero_le_one : LE.le (0 : Real) 1
  one_ne_zero : Ne (1 : Real) 0
  intCast_one : Eq (Int.cast 1 : Real) 1
  intCast_add : ∀ m n : Int, Eq (Int.cast (HAdd.hAdd m n) : Real) (HAdd.hAdd (Int.cast m) (Int.cast n))
  intCast_mul : ∀ m n : Int, Eq (Int.cast (HMul.hMul m n) : Real) (HMul.hMul (Int.cast m) (Int.cast n))
  intCast_natCast : ∀ n : Nat, Eq (Int.cast (Nat.cast n : Int) : Real) (Nat.cast n)
axiom Real.laws : Real.Laws
axiom Real.npow.data : Nat → Real → Real
axiom Real.npow_two : ∀ a : Real, Eq (Real.npow.data 2 a) (HMul.hMul a a)

noncomputable instance Real.commRing : CommRing Real where
  add := Add.add
  mul := Mul.mul
  zero := Zero.zero
  one := One.one
  neg := Neg.neg
  sub := Sub.sub
  natCast := NatCast.natCast
  intCast := IntCast.intCast
  add_assoc' := Real.laws.add_assoc
  add_comm' := Real.laws.add_comm
  zero_add' := Real.laws.zero_add
  add_zero' := Real.laws.add_zero
  sub_eq_add_neg' := Real.laws.sub_eq_add_neg
  add_neg_cancel' := Real.laws.add_neg_cancel
  mul_assoc' := Real.laws.mul_assoc
  mul_comm' := Real.laws.mul_comm
  one_mul' := Real.laws.one_mul
  mul_one' := Real.laws.mul_one
  left_distrib' := Real.laws.left_distrib
  npow' := Real.npow.data
  npow_two' := Real.npow_two
noncomputable instance Real.linearOrder : LinearOrder Real where
  le := LE.le
  lt := LT.lt
  max := Max.max
  le_refl := Real.laws.le_refl
  le_trans := Real.laws.le_trans
  lt_iff_le_not_ge' := Real.laws.lt_iff_le_not_ge
  le_antisymm := Real.laws.le_antisymm
  le_total := Real.laws.le_total
  not_le' := Real.laws.not_le
  le_max_left' := Real.laws.le_max_left
  le_max_right' := Real.laws.le_max_right
  max_le' := Real.laws.max_le
instance Real.s1 : AddLeftMono Real where out m _ _ h := Real.laws.add_left_mono m _ _ h
instance Real.s2 : AddRightMono Real where out m _ _ h := Real.laws.add_right_mono m _ _ h
noncomputable instance Real.s0 : MulZeroClass Real where
  zero_mul := Real.laws.zero_mul
  mul_zero := Real.laws.mul_zero
instance Real.s3 : PosMulStrictMono Real where
  mul_lt_mul_of_pos_left h _ _ k := Real.laws.mul_lt_mul_left _ _ _ h k
instance Real.s4 : ZeroLEOneClass Real where zero_le_one := Real.laws.zero_le_one
instance Real.s8 : NeZero (1 : Real) where out := Real.laws.one_ne_zero

/-- Mathlib: `[AddGroupWithOne R]` etc. in the place of the stub's class. -/
class IntCastLaws (R : Type u) [CommRing R] : Prop where
  one : Eq (Int.cast 1 : R) 1
  add : ∀ m n : Int, Eq (Int.cast (HAdd.hAdd m n) : R) (HAdd.hAdd (Int.cast m) (Int.cast n))
  mul : ∀ m n : Int, Eq (Int.cast (HMul.hMul m n) : R) (HMul.hMul (Int.cast m) (Int.cast n))
  nat : ∀ n : Nat, Eq (Int.cast (Nat.cast n : Int) : R) (Nat.cast n)
instance Real.s5 : IntCastLaws Real where
  one := Real.laws.intCast_one
  add := Real.laws.intCast_add
  mul := Real.laws.intCast_mul
  nat := Real.laws.intCast_natCast
theorem Int.cast_one {R : Type u} [CommRing R] [IntCastLaws R] : Eq (Int.cast 1 : R) 1 :=
  IntCastLaws.one
theorem Int.cast_add {R : Type u} [CommRing R] [IntCastLaws R] : ∀ m n : Int,
    Eq (Int.cast (HAdd.hAdd m n) : R) (HAdd.hAdd (Int.cast m) (Int.cast n)) := IntCastLaws.add
theorem Int.cast_mul {R : Type u} [CommRing R] [IntCastLaws R] : ∀ m n : Int,
    Eq (Int.cast (HMul.hMul m n) : R) (HMul.hMul (Int.cast m) (Int.cast n)) := IntCastLaws.mul
theorem Int.cast_natCast {R : Type u} [CommRing R] [IntCastLaws R] : ∀ n : Nat,
    Eq (Int.cast (Nat.cast n : Int) : R) (Nat.cast n) := IntCastLaws.nat

/-- Stands for the division rings and fields. -/
class Field (K : Type u) extends CommRing K, Inv K, Div K where
  mul_inv_cancel' : ∀ a : K, Ne a 0 → Eq (HMul.hMul a (Inv.inv a)) 1
  div_mul_eq_mul_div' : ∀ a b c : K, Eq (HMul.hMul (HDiv.hDiv a b) c) (HDiv.hDiv (HMul.hMul a c) b)
axiom Real.field_laws_inv : ∀ a : Real, Ne a 0 → Eq (HMul.hMul a (Inv.inv a)) 1
axiom Real.field_laws_div : ∀ a b c : Real,
  Eq (HMul.hMul (HDiv.hDiv a b) c) (HDiv.hDiv (HMul.hMul a c) b)
noncomputable instance Real.instField : Field Real where
  inv := Inv.inv
  div := Div.div
  mul_inv_cancel' := Real.field_laws_inv
  div_mul_eq_mul_div' := Real.field_laws_div
/-- Mathlib: `[GroupWithZero G₀]`. -/
theorem mul_inv_cancel₀ {K : Type u} [Field K] {a : K} (h : Ne a 0) : Eq (HMul.hMul a (Inv.inv a)) 1 :=
  Field.mul_inv_cancel' a h
/-- Mathlib: `[DivisionCommMonoid α]`. -/
theorem div_mul_eq_mul_div {K : Type u} [Field K] (a b c : K) :
    Eq (HMul.hMul (HDiv.hDiv a b) c) (HDiv.hDiv (HMul.hMul a c) b) := Field.div_mul_eq_mul_div' a b c
class PosMulReflectLT (K : Type u) [Field K] [PartialOrder K] : Prop where
  le_div_iff : ∀ a b c : K, LT.lt 0 c → Iff (LE.le a (HDiv.hDiv b c)) (LE.le (HMul.hMul c a) b)
axiom Real.le_div_iff : ∀ a b c : Real, LT.lt 0 c →
  Iff (LE.le a (HDiv.hDiv b c)) (LE.le (HMul.hMul c a) b)
instance Real.s6 : PosMulReflectLT Real where le_div_iff := Real.le_div_iff
/-- Mathlib: `[CommGroupWithZero G₀] [PartialOrder G₀] [PosMulReflectLT G₀]`. -/
theorem le_div_iff₀' {K : Type u} [Field K] [PartialOrder K] [PosMulReflectLT K] {a b c : K}
    (hc : LT.lt 0 c) : Iff (LE.le a (HDiv.hDiv b c)) (LE.le (HMul.hMul c a) b) :=
  PosMulReflectLT.le_div_iff a b c hc
axiom abs {α : Type u} [Lattice α] [AddGroup α] (a : α) : α
class AbsLaws (α : Type u) [CommRing α] [LinearOrder α] : Prop where
  sq_abs : ∀ a : α, Eq (HPow.hPow (abs a) 2) (HPow.hPow a 2)
axiom Real.sq_abs : ∀ a : Real, Eq (HPow.hPow (abs a) 2) (HPow.hPow a 2)
instance Real.s7 : AbsLaws Real where sq_abs := Real.sq_abs
/-- Mathlib: `[Ring α] [LinearOrder α]`. -/
theorem sq_abs {α : Type u} [CommRing α] [LinearOrder α] [AbsLaws α] (a : α) :
    Eq (HPow.hPow (abs a) 2) (HPow.hPow a 2) := AbsLaws.sq_abs a

/-! ## 4. Mathlib: metric spaces, ℝ≥0, Lipschitz maps -/

class Dist (α : Type u) where dist : α → α → Real
export Dist (dist)
class PseudoMetricSpace (α : Type u) extends Dist α where
  dist_nonneg' : ∀ x y : α, LE.le 0 (dist x y)
class PseudoEMetricSpace (α : Type u) where
  edist' : True
instance (priority := 100) PseudoMetricSpace.toPseudoEMetricSpace {α : Type u} [PseudoMetricSpace α] :
    PseudoEMetricSpace α where edist' := True.intro
theorem dist_nonneg {α : Type u} [PseudoMetricSpace α] {x y : α} : LE.le 0 (dist x y) :=
  PseudoMetricSpace.dist_nonneg' x y
axiom Real.abs_nonneg : ∀ a : Real, LE.le 0 (abs a)
noncomputable instance Real.pseudoMetricSpace : PseudoMetricSpace Real where
  dist x y := abs (HSub.hSub x y)
  dist_nonneg' x y := Real.abs_nonneg _
theorem Real.dist_eq (x y : Real) : Eq (dist x y) (abs (HSub.hSub x y)) := rfl

def NNReal : Type := Subtype fun r : Real => LE.le 0 r
@[coe] def NNReal.toReal : NNReal → Real := Subtype.val
axiom NNReal.instDiv.data : Div NNReal
axiom NNReal.instNatCast.data : NatCast NNReal
noncomputable instance NNReal.instDiv : Div NNReal := NNReal.instDiv.data
noncomputable instance NNReal.instNatCast : NatCast NNReal := NNReal.instNatCast.data
axiom NNReal.coe_div (r₁ r₂ : NNReal) :
  Eq (NNReal.toReal (HDiv.hDiv r₁ r₂)) (HDiv.hDiv (NNReal.toReal r₁) (NNReal.toReal r₂))
axiom NNReal.coe_natCast (n : Nat) : Eq (NNReal.toReal (Nat.cast n)) (Nat.cast n)

def Set (α : Type u) : Type u := α → Prop
@[implicit_reducible] def Set.ofPred {α : Type u} (p : α → Prop) : Set α := p
protected def Set.Mem {α : Type u} (s : Set α) (a : α) : Prop := s a
instance Set.instMembership {α : Type u} : Membership α (Set α) where mem := Set.Mem
theorem Set.mem_ofPred {α : Type u} {a : α} {p : α → Prop} :
    Iff (Membership.mem (Set.ofPred p) a) (p a) := ⟨fun h => h, fun h => h⟩
class HasSubset (α : Type u) where Subset : α → α → Prop
instance Set.instHasSubset {α : Type u} : HasSubset (Set α) where
  Subset s t := ∀ a : α, Membership.mem s a → Membership.mem t a

axiom LipschitzWith {α : Type u} {β : Type v} [PseudoEMetricSpace α] [PseudoEMetricSpace β]
  (K : NNReal) (f : α → β) : Prop
axiom LipschitzOnWith {α : Type u} {β : Type v} [PseudoEMetricSpace α] [PseudoEMetricSpace β]
  (K : NNReal) (f : α → β) (s : Set α) : Prop
axiom LipschitzWith.of_dist_le_mul {α : Type u} {β : Type v} [PseudoMetricSpace α]
  [PseudoMetricSpace β] {K : NNReal} {f : α → β}
  (h : ∀ x y : α, LE.le (dist (f x) (f y)) (HMul.hMul (NNReal.toReal K) (dist x y))) :
  LipschitzWith K f
axiom LipschitzOnWith.of_dist_le_mul {α : Type u} {β : Type v} [PseudoMetricSpace α]
  [PseudoMetricSpace β] {K : NNReal} {s : Set α} {f : α → β}
  (h : ∀ x : α, Membership.mem s x → ∀ y : α, Membership.mem s y →
    LE.le (dist (f x) (f y)) (HMul.hMul (NNReal.toReal K) (dist x y))) :
  LipschitzOnWith K f s

axiom LipschitzWith.dist_le_mul {α : Type u} {β : Type v} [PseudoMetricSpace α]
  [PseudoMetricSpace β] {K : NNReal} {f : α → β} (h : LipschitzWith K f) (x y : α) :
  LE.le (dist (f x) (f y)) (HMul.hMul (NNReal.toReal K) (dist x y))
theorem NNReal.coe_nonneg (r : NNReal) : LE.le (0 : Real) (NNReal.toReal r) := r.property
axiom Real.sqrt (x : Real) : Real
axiom Real.sqrt_nonneg (x : Real) : LE.le 0 (Real.sqrt x)
axiom Real.mul_self_sqrt {x : Real} (h : LE.le 0 x) : Eq (HMul.hMul (Real.sqrt x) (Real.sqrt x)) x

axiom Real.cos (x : Real) : Real
axiom Real.sin (x : Real) : Real
axiom Real.cos_sq_add_sin_sq (x : Real) :
  Eq (HAdd.hAdd (HPow.hPow (Real.cos x) 2) (HPow.hPow (Real.sin x) 2)) 1

axiom LipschitzOnWith.mono {α : Type u} {β : Type v} [PseudoEMetricSpace α] [PseudoEMetricSpace β]
  {K : NNReal} {s t : Set α} {f : α → β} (hf : LipschitzOnWith K f t)
  (h : HasSubset.Subset s t) : LipschitzOnWith K f s
def Metric.closedBall {α : Type u} [PseudoMetricSpace α] (x : α) (ε : Real) : Set α :=
  Set.ofPred fun y => LE.le (dist y x) ε
theorem Metric.mem_closedBall {α : Type u} [PseudoMetricSpace α] {x y : α} {ε : Real} :
    Iff (Membership.mem (Metric.closedBall x ε) y) (LE.le (dist y x) ε) := ⟨fun h => h, fun h => h⟩

/-! ## 5. Mathlib: finite sums and Euclidean space -/

axiom Finset (α : Type u) : Type u
axiom Finset.mem.data {α : Type u} : Finset α → α → Prop
noncomputable instance Finset.instMembership {α : Type u} : Membership α (Finset α) where
  mem := Finset.mem.data
axiom Fintype (α : Type u) : Type u
attribute [class] Fintype
axiom Fin.fintype.data (n : Nat) : Fintype (Fin n)
noncomputable instance Fin.fintype (n : Nat) : Fintype (Fin n) := Fin.fintype.data n
axiom Finset.univ {α : Type u} [Fintype α] : Finset α
axiom Finset.sum {ι : Type u} {M : Type v} [AddCommMonoid M] (s : Finset ι) (f : ι → M) : M
axiom Finset.sum_congr {ι : Type u} {M : Type v} {s₁ s₂ : Finset ι} [AddCommMonoid M] {f g : ι → M}
  (h : Eq s₁ s₂) : (∀ x : ι, Membership.mem s₂ x → Eq (f x) (g x)) → Eq (Finset.sum s₁ f) (Finset.sum s₂ g)
axiom Fin.sum_univ_zero {M : Type u} [AddCommMonoid M] (f : Fin 0 → M) :
  Eq (Finset.sum Finset.univ f) 0
axiom Fin.sum_univ_castSucc {M : Type u} [AddCommMonoid M] {n : Nat} (f : Fin (HAdd.hAdd n 1) → M) :
  Eq (Finset.sum Finset.univ f)
    (HAdd.hAdd (Finset.sum Finset.univ fun i : Fin n => f (Fin.castSucc i)) (f (Fin.last n)))

axiom Finset.card {α : Type u} (s : Finset α) : Nat
axiom Finset.filter {α : Type u} (p : α → Prop) [(a : α) → Decidable (p a)] (s : Finset α) : Finset α
axiom Finset.mem_univ {α : Type u} [Fintype α] (x : α) : Membership.mem (Finset.univ : Finset α) x
axiom Finset.mem_filter {α : Type u} {p : α → Prop} [(a : α) → Decidable (p a)] {s : Finset α} {a : α} :
  Iff (Membership.mem (Finset.filter p s) a) (And (Membership.mem s a) (p a))
axiom Finset.ext {α : Type u} {s₁ s₂ : Finset α}
  (h : ∀ a : α, Iff (Membership.mem s₁ a) (Membership.mem s₂ a)) : Eq s₁ s₂
noncomputable instance Nat.instZero : Zero Nat where zero := 0
/-- Mathlib: from `Nat.instCommSemiring`. -/
noncomputable instance Nat.instAddCommMonoid : AddCommMonoid Nat where
  zero_add := Nat.zero_add
  add_zero _ := rfl
axiom Finset.card_filter {ι : Type u} (p : ι → Prop) [(a : ι) → Decidable (p a)] (s : Finset ι) :
  Eq (Finset.card (Finset.filter p s)) (Finset.sum s fun i => ite (p i) 1 0)

axiom ENNReal : Type
axiom ENNReal.instNatCast.data : NatCast ENNReal
noncomputable instance ENNReal.instNatCast : NatCast ENNReal := ENNReal.instNatCast.data
structure WithLp (p : ENNReal) (V : Type u) where
  toLp (p) ::
  ofLp : V
abbrev PiLp (p : ENNReal) {ι : Type u} (α : ι → Type v) : Type (max u v) := WithLp p ((i : ι) → α i)
noncomputable abbrev EuclideanSpace (𝕜 : Type u) (n : Type v) : Type (max u v) := PiLp 2 fun _ : n => 𝕜
class Norm (E : Type u) where norm : E → Real
noncomputable instance Real.norm : Norm Real where norm r := abs r
theorem Real.norm_eq_abs (r : Real) : Eq (Norm.norm r) (abs r) := rfl
/-- Stands for the classes from `RCLike 𝕜` down to `PseudoMetricSpace 𝕜` and `Norm 𝕜`. -/
class RCLike (K : Type u) extends PseudoMetricSpace K, Norm K
noncomputable instance Real.instRCLike : RCLike Real where
  dist := dist
  dist_nonneg' := PseudoMetricSpace.dist_nonneg'
  norm := Norm.norm
axiom PiLp.dist.data {p : ENNReal} {ι : Type u} [Fintype ι] {β : ι → Type v}
  [(i : ι) → PseudoMetricSpace (β i)] : PiLp p β → PiLp p β → Real
axiom PiLp.dist_nonneg.data {p : ENNReal} {ι : Type u} [Fintype ι] {β : ι → Type v}
  [(i : ι) → PseudoMetricSpace (β i)] (x y : PiLp p β) : LE.le 0 (PiLp.dist.data x y)
/-- Mathlib: with `[Fact (1 ≤ p)]`. -/
noncomputable instance PiLp.instPseudoMetricSpace {p : ENNReal} {ι : Type u} [Fintype ι] {β : ι → Type v}
    [(i : ι) → PseudoMetricSpace (β i)] : PseudoMetricSpace (PiLp p β) where
  dist := PiLp.dist.data
  dist_nonneg' := PiLp.dist_nonneg.data
axiom EuclideanSpace.dist_sq_eq {𝕜 : Type u} [RCLike 𝕜] {n : Type v} [Fintype n]
  (x y : EuclideanSpace 𝕜 n) :
  Eq (HPow.hPow (dist x y) 2)
    (Finset.sum Finset.univ fun i => HPow.hPow (dist (WithLp.ofLp x i) (WithLp.ofLp y i)) 2)
/-- Stands for `SeminormedAddCommGroup` and its parents: the laws of the group are left out. -/
class SeminormedAddCommGroup (E : Type u) extends Norm E, Zero E, Sub E, PseudoMetricSpace E where
  dist_eq_norm' : ∀ a b : E, Eq (dist a b) (norm (HSub.hSub a b))
  dist_zero' : ∀ a : E, Eq (dist a 0) (norm a)
theorem dist_eq_norm {E : Type u} [SeminormedAddCommGroup E] (a b : E) :
    Eq (dist a b) (Norm.norm (HSub.hSub a b)) := SeminormedAddCommGroup.dist_eq_norm' a b
axiom EuclideanSpace.norm.data {𝕜 : Type u} [RCLike 𝕜] {n : Type v} [Fintype n] : EuclideanSpace 𝕜 n → Real
axiom EuclideanSpace.sub.data {𝕜 : Type u} [RCLike 𝕜] {n : Type v} :
  EuclideanSpace 𝕜 n → EuclideanSpace 𝕜 n → EuclideanSpace 𝕜 n
axiom EuclideanSpace.zero.data {𝕜 : Type u} [RCLike 𝕜] {n : Type v} : EuclideanSpace 𝕜 n
axiom EuclideanSpace.dist_eq_norm.data {𝕜 : Type u} [RCLike 𝕜] {n : Type v} [Fintype n]
  (a b : EuclideanSpace 𝕜 n) :
  Eq (dist a b) (EuclideanSpace.norm.data (EuclideanSpace.sub.data a b))
axiom EuclideanSpace.dist_zero.data {𝕜 : Type u} [RCLike 𝕜] {n : Type v} [Fintype n]
  (a : EuclideanSpace 𝕜 n) : Eq (dist a EuclideanSpace.zero.data) (EuclideanSpace.norm.data a)
/-- Mathlib: from `PiLp.normedAddCommGroup`. -/
noncomputable instance EuclideanSpace.s1 {𝕜 : Type u} [RCLike 𝕜] {n : Type v} [Fintype n] :
    SeminormedAddCommGroup (EuclideanSpace 𝕜 n) where
  norm := EuclideanSpace.norm.data
  sub := EuclideanSpace.sub.data
  zero := EuclideanSpace.zero.data
  dist := dist
  dist_nonneg' := PseudoMetricSpace.dist_nonneg'
  dist_eq_norm' := EuclideanSpace.dist_eq_norm.data
  dist_zero' := EuclideanSpace.dist_zero.data
axiom EuclideanSpace.norm_sq_eq {𝕜 : Type u} [RCLike 𝕜] {n : Type v} [Fintype n]
  (x : EuclideanSpace 𝕜 n) :
  Eq (HPow.hPow (Norm.norm x) 2)
    (Finset.sum Finset.univ fun i => HPow.hPow (Norm.norm (WithLp.ofLp x i)) 2)
/-- Mathlib: `[SeminormedAddGroup E]`. -/
theorem mem_closedBall_zero_iff {E : Type u} [SeminormedAddCommGroup E] {a : E} {r : Real} :
    Iff (Membership.mem (Metric.closedBall 0 r) a) (LE.le (Norm.norm a) r) :=
  ⟨fun h => Eq.subst (motive := fun t => LE.le t r) (SeminormedAddCommGroup.dist_zero' a) h,
    fun h => Eq.subst (motive := fun t => LE.le t r) (Eq.symm (SeminormedAddCommGroup.dist_zero' a)) h⟩
axiom norm_nonneg {E : Type u} [SeminormedAddCommGroup E] (a : E) : LE.le 0 (Norm.norm a)
