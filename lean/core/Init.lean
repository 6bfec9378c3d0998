prelude

/-!
# A small core for the embedded Lean checker

The embedded compiler comes without Lean's compiled core library. This `prelude` file stands in for
it: it restates the part of the official core (Lean 4.35, `Init`) that `LipBridge` uses, each
declaration under its official name, with the official universe levels, named arguments, binder
kinds and meaning. Nothing here is peculiar to this project, so that `LipBridge` compiles unchanged
against the official toolchain.

The file belongs to the trusted base of the embedded checker: the kernel computes `Nat.add` and its
kin by name, so a definition that meant something else would make it inconsistent.
`LipBridgeTest/Core.lean` checks each of them against its recursion equations.
-/

set_option autoImplicit false

universe u v w

/-! ## What the compiler itself looks for -/

/-- Stands for a value that the code generator has erased. -/
unsafe axiom lcErased : Type

/-- Stands for a type argument that the code generator has erased. -/
unsafe axiom lcAny : Type

/-- The code generator's `Void`. -/
unsafe axiom lcVoid : Type

set_option bootstrap.inductiveCheckResultingUniverse false in
/-- The type with one element, in any universe. -/
inductive PUnit : Sort u where
  /-- Its element. -/
  | unit : PUnit

/-! ## Equality -/

/-- Equality, `a = b`. -/
inductive Eq {α : Sort u} : α → α → Prop where
  /-- `a = a`. -/
  | refl (a : α) : Eq a a

/-- Transport along an equality, motive independent of the proof. -/
abbrev Eq.ndrec.{u1, u2} {α : Sort u2} {a : α} {motive : α → Sort u1} (m : motive a) {b : α}
    (h : Eq a b) : motive b :=
  h.rec m

/-- Equality between elements of possibly different types. -/
inductive HEq {α : Sort u} : α → {β : Sort u} → β → Prop where
  /-- Every element equals itself. -/
  | refl (a : α) : HEq a a

/-- The truth values of computation. -/
inductive Bool : Type where
  /-- False. -/
  | false : Bool
  /-- True. -/
  | true : Bool

export Bool (false true)

/-- The identity function. -/
@[inline, implicit_reducible] def id {α : Sort u} (a : α) : α := a

/-- The composite `f ∘ g`. -/
@[inline, implicit_reducible] def Function.comp {α : Sort u} {β : Sort v} {δ : Sort w} (f : β → δ)
    (g : α → β) : α → δ :=
  fun x => f (g x)

/-- The constant function with value `a`. -/
@[inline] def Function.const {α : Sort u} (β : Sort v) (a : α) : β → α :=
  fun _ => a

set_option checkBinderAnnotations false in
/-- The value that instance search finds for `α`. -/
abbrev inferInstance {α : Sort u} [i : α] : α := i

/-- The type with one element. -/
abbrev Unit : Type := PUnit

/-- The element of `Unit`. -/
@[match_pattern] abbrev Unit.unit : Unit := PUnit.unit

/-- Marks erased proofs in compiled code. -/
unsafe axiom lcProof {α : Prop} : α

/-- Marks erased casts in compiled code. -/
unsafe axiom lcCast {α : Sort u} {β : Sort v} (a : α) : β

/-- Marks unreachable places in compiled code. -/
unsafe axiom lcUnreachable {α : Sort u} : α

/-! ## Logic -/

/-- The true proposition. -/
inductive True : Prop where
  /-- Its proof. -/
  | intro : True

/-- The false proposition. -/
inductive False : Prop

/-- The empty type. -/
inductive Empty : Type

set_option bootstrap.inductiveCheckResultingUniverse false in
/-- The empty type, in any universe. -/
inductive PEmpty : Sort u where

/-- Negation: `a → False`. -/
@[implicit_reducible] def Not (a : Prop) : Prop := a → False

/-- Anything follows from falsity. -/
@[macro_inline] def False.elim {C : Sort u} (h : False) : C :=
  h.rec

/-- Anything follows from a contradiction. -/
@[macro_inline] def absurd {a : Prop} {b : Sort v} (h₁ : a) (h₂ : Not a) : b :=
  (h₂ h₁).rec

set_option linter.defProp false in
/-- `a = a`, with `a` left implicit. -/
@[match_pattern] def rfl {α : Sort u} {a : α} : Eq a a := Eq.refl a

/-- Substitution of equals. -/
theorem Eq.subst {α : Sort u} {motive : α → Prop} {a b : α} (h₁ : Eq a b) (h₂ : motive a) :
    motive b :=
  Eq.ndrec h₂ h₁

/-- Symmetry of equality. -/
@[symm] theorem Eq.symm {α : Sort u} {a b : α} (h : Eq a b) : Eq b a :=
  h ▸ rfl

/-- Transitivity of equality. -/
theorem Eq.trans {α : Sort u} {a b c : α} (h₁ : Eq a b) (h₂ : Eq b c) : Eq a c :=
  h₂ ▸ h₁

/-- Transport of an element along an equality of types. -/
@[macro_inline, implicit_reducible] def cast {α β : Sort u} (h : Eq α β) (a : α) : β :=
  h.rec a

/-- Functions preserve equality. -/
theorem congrArg {α : Sort u} {β : Sort v} {a₁ a₂ : α} (f : α → β) (h : Eq a₁ a₂) :
    Eq (f a₁) (f a₂) :=
  h ▸ rfl

/-- Equal functions at equal arguments are equal. -/
theorem congr {α : Sort u} {β : Sort v} {f₁ f₂ : α → β} {a₁ a₂ : α} (h₁ : Eq f₁ f₂)
    (h₂ : Eq a₁ a₂) : Eq (f₁ a₁) (f₂ a₂) :=
  h₁ ▸ h₂ ▸ rfl

/-- Equal functions agree at each argument. -/
theorem congrFun {α : Sort u} {β : α → Sort v} {f g : (x : α) → β x} (h : Eq f g) (a : α) :
    Eq (f a) (g a) :=
  h ▸ rfl

/-! ## Quotients: used by examples and by the code generator only -/

init_quot

/-- Related elements have equal classes. -/
axiom Quot.sound : ∀ {α : Sort u} {r : α → α → Prop} {a b : α},
  r a b → Eq (Quot.mk r a) (Quot.mk r b)

/-- Marks an erased `Quot.lift` in compiled code. -/
unsafe axiom Quot.lcInv {α : Sort u} {r : α → α → Prop} (q : Quot r) : α

/-- `Quot.lift` with the quotient first. -/
protected abbrev Quot.liftOn {α : Sort u} {β : Sort v} {r : α → α → Prop}
    (q : Quot r) (f : α → β) (c : (a b : α) → r a b → Eq (f a) (f b)) : β :=
  Quot.lift f c q

/-- Functions that agree everywhere are equal. -/
theorem funext {α : Sort u} {β : α → Sort v} {f g : (x : α) → β x}
    (h : ∀ x, Eq (f x) (g x)) : Eq f g :=
  let eqv (f g : (x : α) → β x) := ∀ x, Eq (f x) (g x)
  let extfunApp (f : Quot eqv) (x : α) : β x :=
    Quot.liftOn f (fun (f : ∀ (x : α), β x) => f x) (fun _ _ h => h x)
  congrArg extfunApp (Quot.sound h)

/-- Heterogeneous equality inside one type is equality. -/
theorem eq_of_heq {α : Sort u} {a a' : α} (h : HEq a a') : Eq a a' :=
  have : (α β : Sort u) → (a : α) → (b : β) → HEq a b → (h : Eq α β) → Eq (cast h a) b :=
    fun _ _ _ _ h₁ => h₁.rec (fun _ => rfl)
  this α α a a' h rfl

/-- Equality gives heterogeneous equality. -/
theorem heq_of_eq {α : Sort u} {a a' : α} (h : Eq a a') : HEq a a' :=
  Eq.subst h (HEq.refl a)

/-! ## Pairs and connectives -/

/-- Pairs. -/
structure Prod (α : Type u) (β : Type v) where
  /-- The pair of `fst` and `snd`. -/
  mk ::
  /-- First component. -/
  fst : α
  /-- Second component. -/
  snd : β

attribute [unbox] Prod

/-- Pairs of elements of any two sorts. -/
structure PProd (α : Sort u) (β : Sort v) where
  /-- First component. -/
  fst : α
  /-- Second component. -/
  snd : β

/-- Pairs of types of one universe. -/
structure MProd (α β : Type u) where
  /-- First component. -/
  fst : α
  /-- Second component. -/
  snd : β

/-- Conjunction. -/
@[pp_using_anonymous_constructor]
structure And (a b : Prop) : Prop where
  /-- From both parts. -/
  intro ::
  /-- The left part. -/
  left : a
  /-- The right part. -/
  right : b

/-- Disjunction. -/
inductive Or (a b : Prop) : Prop where
  /-- The left case. -/
  | inl (h : a) : Or a b
  /-- The right case. -/
  | inr (h : b) : Or a b

/-- Proof by cases. -/
theorem Or.elim {a b c : Prop} (h : Or a b) (left : a → c) (right : b → c) : c :=
  match h with
  | Or.inl h => left h
  | Or.inr h => right h

/-- Elements with a property. -/
@[pp_using_anonymous_constructor]
structure Subtype {α : Sort u} (p : α → Prop) where
  /-- The element. -/
  val : α
  /-- Its property. -/
  property : p val

/-- Dependent pairs. -/
structure PSigma {α : Sort u} (β : α → Sort v) where
  /-- Constructs a pair. -/
  mk ::
  /-- First component. -/
  fst : α
  /-- Second component. -/
  snd : β fst

/-- Existence of a witness. -/
inductive Exists {α : Sort u} (p : α → Prop) : Prop where
  /-- From a witness. -/
  | intro (w : α) (h : p w) : Exists p

/-- Equivalence of propositions. -/
structure Iff (a b : Prop) : Prop where
  /-- From both directions. -/
  intro ::
  /-- From left to right. -/
  mp : a → b
  /-- From right to left. -/
  mpr : b → a

set_option linter.unusedVariables.funArgs false in
/-- Marks an argument with a default value. -/
@[reducible] def optParam (α : Sort u) (default : α) : Sort u := α

/-- Marks an output parameter of a class. -/
@[reducible] def outParam (α : Sort u) : Sort u := α

/-- Marks a half-output parameter of a class. -/
@[reducible] def semiOutParam (α : Sort u) : Sort u := α

set_option linter.unusedVariables.funArgs false in
/-- Carries the name of a pattern `x@h:p`. -/
@[reducible] def namedPattern {α : Sort u} (x a : α) (h : Eq x a) : α := a

/-- What `sorry` stands for: a theorem that uses it is not proved. -/
@[extern "lean_sorry", never_extract]
axiom sorryAx (α : Sort u) (synthetic : Bool) : α

/-! ## Truth values -/

/-- What is not true is false. -/
theorem Bool.eq_false_of_ne_true : {b : Bool} → Not (Eq b true) → Eq b false
  | true, h => False.elim (h rfl)
  | false, _ => rfl

/-- What is true is not false. -/
theorem Bool.ne_false_of_eq_true : {b : Bool} → Eq b true → Not (Eq b false)
  | true, _ => fun h => Bool.noConfusion h
  | false, h => Bool.noConfusion h

/-- What is false is not true. -/
theorem Bool.ne_true_of_eq_false : {b : Bool} → Eq b false → Not (Eq b true)
  | true, h => Bool.noConfusion h
  | false, _ => fun h => Bool.noConfusion h

/-- A type with a chosen element. -/
class Inhabited (α : Sort u) where
  /-- The chosen element. -/
  default : α

/-- An element of a type, raised to another universe. -/
structure PULift.{r, s} (α : Sort s) : Sort (max s r 1) where
  /-- Raises an element. -/
  up ::
  /-- Lowers it again. -/
  down : α

/-- An element of a type, raised to another universe. -/
structure ULift.{r, s} (α : Type s) : Type (max s r) where
  /-- Raises an element. -/
  up ::
  /-- Lowers it again. -/
  down : α

/-- `x` if `c` is true, else `y`. -/
@[macro_inline, implicit_reducible] def cond {α : Sort u} (c : Bool) (x y : α) : α :=
  match c with
  | true => x
  | false => y

/-- Disjunction of truth values. -/
@[implicit_reducible]
noncomputable def Bool.or (x y : Bool) : Bool :=
  Bool.rec y true x

/-- Compiled form of `Bool.or`. -/
@[macro_inline] def Bool.Internal.or (x y : Bool) : Bool :=
  match x with
  | true => true
  | false => y

/-- Conjunction of truth values. -/
@[implicit_reducible]
noncomputable def Bool.and (x y : Bool) : Bool :=
  Bool.rec false y x

/-- Compiled form of `Bool.and`. -/
@[macro_inline] def Bool.Internal.and (x y : Bool) : Bool :=
  match x with
  | false => false
  | true => y

/-- Negation of a truth value. -/
@[implicit_reducible]
noncomputable def Bool.not (x : Bool) : Bool :=
  Bool.rec true false x

/-- Compiled form of `Bool.not`. -/
@[inline] def Bool.Internal.not : Bool → Bool
  | true => false
  | false => true

/-- `Bool.and` is compiled as `Bool.Internal.and`. -/
@[csimp] theorem Bool.and_eq_internalAnd : Eq Bool.and Bool.Internal.and :=
  funext (fun x => match x with | true | false => rfl)

/-- `Bool.or` is compiled as `Bool.Internal.or`. -/
@[csimp] theorem Bool.or_eq_internalOr : Eq Bool.or Bool.Internal.or :=
  funext (fun x => match x with | true | false => rfl)

/-- `Bool.not` is compiled as `Bool.Internal.not`. -/
@[csimp] theorem Bool.not_eq_internalNot : Eq Bool.not Bool.Internal.not :=
  funext (fun x => match x with | true | false => rfl)

export Bool (or and not)

/-! ## Decidable propositions -/

/-- `b` tells whether `p` holds. -/
abbrev Bool.Reflects : Bool → Prop → Prop
  | false, p => Not p
  | true, p => p

/-- A proposition with a truth value that tells whether it holds. -/
class Decidable (p : Prop) where
  /-- From the truth value and its proof. -/
  intro ::
  /-- The truth value. -/
  decide : Bool
  /-- It tells whether `p` holds. -/
  reflects_decide (p) : decide.Reflects p

attribute [implicit_reducible] Decidable.decide

/-- The negative decision. -/
@[match_pattern] abbrev Decidable.isFalse {p : Prop} (h : Not p) : Decidable p := ⟨false, h⟩

/-- The positive decision. -/
@[match_pattern] abbrev Decidable.isTrue {p : Prop} (h : p) : Decidable p := ⟨true, h⟩

/-- Cases on a decision. -/
@[cases_eliminator, induction_eliminator, elab_as_elim]
abbrev Decidable.falseTrueCases {p : Prop} {motive : Decidable p → Sort u}
    (isFalse : ∀ h, motive (isFalse h)) (isTrue : ∀ h, motive (isTrue h))
    (t : Decidable p) : motive t :=
  t.casesOn fun x => x.casesOn isFalse isTrue

export Decidable (isTrue isFalse decide)

/-- Equality of any two elements is decidable. -/
abbrev DecidableEq (α : Sort u) :=
  (a b : α) → Decidable (Eq a b)

/-- `t h` if `c` holds by `h`, else `e h`. -/
@[macro_inline, implicit_reducible]
def dite {α : Sort u} (c : Prop) [h : Decidable c] (t : c → α) (e : Not c → α) : α :=
  h.decide.casesOn e t h.reflects_decide

/-- `t` if `c` holds, else `e`. -/
@[macro_inline, implicit_reducible]
def ite {α : Sort u} (c : Prop) [h : Decidable c] (t e : α) : α :=
  dite c (fun _ => t) (fun _ => e)

/-! ## Natural numbers -/

set_option genCtorIdx false in
/-- The natural numbers. The kernel and the compiler compute with them in binary. -/
inductive Nat where
  /-- Zero. -/
  | zero : Nat
  /-- The next number. -/
  | succ (n : Nat) : Nat

set_option genCtorIdx false in
/-- Lists. -/
inductive List (α : Type u) where
  /-- The empty list. -/
  | nil : List α
  /-- A list with `head` put before `tail`. -/
  | cons (head : α) (tail : List α) : List α

/-- Gives the numeral `n` a meaning in `α`. -/
class OfNat (α : Type u) (_ : Nat) where
  /-- The meaning of the numeral. -/
  ofNat : α

/-- Numerals of type `Nat` stand for themselves. -/
@[default_instance 100]
instance instOfNatNat (n : Nat) : OfNat Nat n where
  ofNat := n

/-- The notation `x ≤ y`. -/
class LE (α : Type u) where
  /-- The relation. -/
  le : α → α → Prop

/-- The notation `x < y`. -/
class LT (α : Type u) where
  /-- The relation. -/
  lt : α → α → Prop

/-- `a ≥ b` is `b ≤ a`. -/
@[reducible] def GE.ge {α : Type u} [LE α] (a b : α) : Prop := LE.le b a

/-- `a > b` is `b < a`. -/
@[reducible] def GT.gt {α : Type u} [LT α] (a b : α) : Prop := LT.lt b a

/-- The notation `a + b`. -/
class HAdd (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  /-- The sum. -/
  hAdd : α → β → γ

/-- The notation `a - b`. -/
class HSub (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  /-- The difference. -/
  hSub : α → β → γ

/-- The notation `a * b`. -/
class HMul (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  /-- The product. -/
  hMul : α → β → γ

/-- The notation `a / b`. -/
class HDiv (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  /-- The quotient. -/
  hDiv : α → β → γ

/-- The notation `a % b`. -/
class HMod (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  /-- The remainder. -/
  hMod : α → β → γ

/-- `a + b` inside one type. -/
class Add (α : Type u) where
  /-- The sum. -/
  add : α → α → α

/-- `a - b` inside one type. -/
class Sub (α : Type u) where
  /-- The difference. -/
  sub : α → α → α

/-- `a * b` inside one type. -/
class Mul (α : Type u) where
  /-- The product. -/
  mul : α → α → α

/-- `a / b` inside one type. -/
class Div (α : Type u) where
  /-- The quotient. -/
  div : α → α → α

/-- `a % b` inside one type. -/
class Mod (α : Type u) where
  /-- The remainder. -/
  mod : α → α → α

/-- `Add` gives the notation. -/
@[default_instance]
instance instHAdd {α : Type u} [Add α] : HAdd α α α where
  hAdd a b := Add.add a b

/-- `Sub` gives the notation. -/
@[default_instance]
instance instHSub {α : Type u} [Sub α] : HSub α α α where
  hSub a b := Sub.sub a b

/-- `Mul` gives the notation. -/
@[default_instance]
instance instHMul {α : Type u} [Mul α] : HMul α α α where
  hMul a b := Mul.mul a b

/-- `Div` gives the notation. -/
@[default_instance]
instance instHDiv {α : Type u} [Div α] : HDiv α α α where
  hDiv a b := Div.div a b

/-- `Mod` gives the notation. -/
@[default_instance]
instance instHMod {α : Type u} [Mod α] : HMod α α α where
  hMod a b := Mod.mod a b

set_option bootstrap.genMatcherCode false in
/-- Addition: `a + 0 = a`, `a + (b+1) = (a+b) + 1`. -/
@[extern "lean_nat_add", instance_reducible]
protected def Nat.add : (@& Nat) → (@& Nat) → Nat
  | a, Nat.zero => a
  | a, Nat.succ b => Nat.succ (Nat.add a b)

/-- `m + n` on `Nat` is `Nat.add`. -/
instance instAddNat : Add Nat where
  add := Nat.add

attribute [match_pattern] Nat.add Add.add HAdd.hAdd

set_option bootstrap.genMatcherCode false in
/-- Multiplication: `a * 0 = 0`, `a * (b+1) = a * b + a`. -/
@[extern "lean_nat_mul", instance_reducible]
protected def Nat.mul : (@& Nat) → (@& Nat) → Nat
  | _, 0 => 0
  | a, Nat.succ b => Nat.add (Nat.mul a b) a

/-- `m * n` on `Nat` is `Nat.mul`. -/
instance instMulNat : Mul Nat where
  mul := Nat.mul

set_option bootstrap.genMatcherCode false in
/-- Powers: `m ^ 0 = 1`, `m ^ (n+1) = m ^ n * m`. -/
@[extern "lean_nat_pow"]
protected def Nat.pow (m : @& Nat) : (@& Nat) → Nat
  | 0 => 1
  | Nat.succ n => Nat.mul (Nat.pow m n) m

set_option bootstrap.genMatcherCode false in
/-- Whether two numbers are equal. -/
@[extern "lean_nat_dec_eq"]
def Nat.beq : (@& Nat) → (@& Nat) → Bool
  | Nat.zero, Nat.zero => true
  | Nat.zero, Nat.succ _ => false
  | Nat.succ _, Nat.zero => false
  | Nat.succ n, Nat.succ m => Nat.beq n m

/-- `Nat.beq` is right when it says yes. -/
theorem Nat.eq_of_beq_eq_true : {n m : Nat} → Eq (Nat.beq n m) true → Eq n m
  | Nat.zero, Nat.zero, _ => rfl
  | Nat.zero, Nat.succ _, h => Bool.noConfusion h
  | Nat.succ _, Nat.zero, h => Bool.noConfusion h
  | Nat.succ n, Nat.succ m, h =>
    have : Eq (Nat.beq n m) true := h
    have : Eq n m := Nat.eq_of_beq_eq_true this
    this ▸ rfl

/-- `Nat.beq` is right when it says no. -/
theorem Nat.ne_of_beq_eq_false : {n m : Nat} → Eq (Nat.beq n m) false → Not (Eq n m)
  | Nat.zero, Nat.zero, h₁, _ => Bool.noConfusion h₁
  | Nat.zero, Nat.succ _, _, h₂ => Nat.noConfusion h₂
  | Nat.succ _, Nat.zero, _, h₂ => Nat.noConfusion h₂
  | Nat.succ n, Nat.succ m, h₁, h₂ =>
    have : Eq (Nat.beq n m) false := h₁
    Nat.noConfusion h₂ (fun h₂ => absurd h₂ (Nat.ne_of_beq_eq_false this))

private theorem noConfusion_of_Nat.aux : (a : Nat) → (Nat.beq a a).rec False True
  | Nat.zero => True.intro
  | Nat.succ n => noConfusion_of_Nat.aux n

/-- A contradiction from `a = b` where `f a` and `f b` differ. -/
theorem noConfusion_of_Nat {α : Sort u} (f : α → Nat) {a b : α} (h : Eq a b) :
    (Nat.beq (f a) (f b)).rec False True :=
  congrArg f h ▸ noConfusion_of_Nat.aux (f a)

/-- Equality of numbers is decidable. -/
@[reducible, extern "lean_nat_dec_eq"]
protected def Nat.decEq (n m : @& Nat) : Decidable (Eq n m) where
  decide := Nat.beq n m
  reflects_decide :=
    match h : Nat.beq n m with
    | true => Nat.eq_of_beq_eq_true h
    | false => Nat.ne_of_beq_eq_false h

/-- Equality of numbers is decidable. -/
@[inline] instance instDecidableEqNat : DecidableEq Nat := Nat.decEq

set_option bootstrap.genMatcherCode false in
/-- Whether `n ≤ m`. -/
@[extern "lean_nat_dec_le"]
def Nat.ble : @& Nat → @& Nat → Bool
  | Nat.zero, _ => true
  | Nat.succ _, Nat.zero => false
  | Nat.succ n, Nat.succ m => Nat.ble n m

attribute [gen_constructor_elims] Bool

/-- The order on natural numbers: `n ≤ n`, and `n ≤ m` gives `n ≤ m + 1`. -/
protected inductive Nat.le (n : Nat) : Nat → Prop
  /-- `n ≤ n`. -/
  | refl : Nat.le n n
  /-- From `n ≤ m` follows `n ≤ m + 1`. -/
  | step {m : Nat} : Nat.le n m → Nat.le n (Nat.succ m)

/-- `n ≤ m` on `Nat` is `Nat.le`. -/
instance instLENat : LE Nat where
  le := Nat.le

/-- `n < m` is `n + 1 ≤ m`. -/
@[implicit_reducible] protected def Nat.lt (n m : Nat) : Prop :=
  Nat.le (Nat.succ n) m

/-- `n < m` on `Nat` is `Nat.lt`. -/
instance instLTNat : LT Nat where
  lt := Nat.lt

/-- No successor is `≤ 0`. -/
theorem Nat.not_succ_le_zero (n : Nat) : LE.le (Nat.succ n) 0 → False :=
  have : ∀ m, Eq m 0 → LE.le (Nat.succ n) m → False := fun _ hm hle =>
    Nat.le.casesOn (motive := fun m _ => Eq m 0 → False) hle
      (fun h => Nat.noConfusion h)
      (fun _ h => Nat.noConfusion h)
      hm
  this 0 rfl

/-- Nothing is `< 0`. -/
theorem Nat.not_lt_zero (n : Nat) : Not (LT.lt n 0) :=
  Nat.not_succ_le_zero n

/-- `0 ≤ n`. -/
theorem Nat.zero_le : (n : Nat) → LE.le 0 n
  | Nat.zero => Nat.le.refl
  | Nat.succ n => Nat.le.step (Nat.zero_le n)

/-- Successors keep the order. -/
theorem Nat.succ_le_succ {n m : Nat} : LE.le n m → LE.le (Nat.succ n) (Nat.succ m)
  | Nat.le.refl => Nat.le.refl
  | Nat.le.step h => Nat.le.step (Nat.succ_le_succ h)

/-- Transitivity of `≤`. -/
protected theorem Nat.le_trans {n m k : Nat} : LE.le n m → LE.le m k → LE.le n k
  | h, Nat.le.refl => h
  | h₁, Nat.le.step h₂ => Nat.le.step (Nat.le_trans h₁ h₂)

/-- `n ≤ n + 1`. -/
theorem Nat.le_succ (n : Nat) : LE.le n (Nat.succ n) :=
  Nat.le.step Nat.le.refl

/-- `n ≤ n`. -/
protected theorem Nat.le_refl (n : Nat) : LE.le n n :=
  Nat.le.refl

set_option bootstrap.genMatcherCode false in
/-- The predecessor; that of 0 is 0. -/
@[extern "lean_nat_pred", implicit_reducible]
def Nat.pred : (@& Nat) → Nat
  | 0 => 0
  | Nat.succ a => a

/-- Predecessors keep the order. -/
theorem Nat.pred_le_pred : {n m : Nat} → LE.le n m → LE.le (Nat.pred n) (Nat.pred m)
  | _, _, Nat.le.refl => Nat.le.refl
  | 0, Nat.succ _, Nat.le.step h => h
  | Nat.succ _, Nat.succ _, Nat.le.step h => Nat.le_trans (Nat.le_succ _) h

/-- From `n + 1 ≤ m + 1` follows `n ≤ m`. -/
theorem Nat.le_of_succ_le_succ {n m : Nat} : LE.le (Nat.succ n) (Nat.succ m) → LE.le n m :=
  Nat.pred_le_pred

/-- From `m < n + 1` follows `m ≤ n`. -/
theorem Nat.le_of_lt_succ {m n : Nat} : LT.lt m (Nat.succ n) → LE.le m n :=
  Nat.le_of_succ_le_succ

/-- Nothing is less than itself. -/
theorem Nat.not_succ_le_self : (n : Nat) → Not (LE.le (Nat.succ n) n)
  | 0 => Nat.not_succ_le_zero _
  | Nat.succ n => fun h => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_self n)

/-- `Nat.ble` is right when it says yes. -/
theorem Nat.le_of_ble_eq_true {n m : Nat} (h : Eq (Nat.ble n m) true) : LE.le n m :=
  match n, m with
  | 0, _ => Nat.zero_le _
  | Nat.succ _, Nat.succ _ => Nat.succ_le_succ (Nat.le_of_ble_eq_true h)

/-- `Nat.ble n n`. -/
theorem Nat.ble_self_eq_true : (n : Nat) → Eq (Nat.ble n n) true
  | 0 => rfl
  | Nat.succ n => Nat.ble_self_eq_true n

/-- `Nat.ble` is monotone in its second argument. -/
theorem Nat.ble_succ_eq_true : {n m : Nat} → Eq (Nat.ble n m) true →
    Eq (Nat.ble n (Nat.succ m)) true
  | 0, _, _ => rfl
  | Nat.succ n, Nat.succ _, h => Nat.ble_succ_eq_true (n := n) h

/-- `Nat.ble` says yes where `n ≤ m`. -/
theorem Nat.ble_eq_true_of_le {n m : Nat} (h : LE.le n m) : Eq (Nat.ble n m) true :=
  match h with
  | Nat.le.refl => Nat.ble_self_eq_true n
  | Nat.le.step h => Nat.ble_succ_eq_true (Nat.ble_eq_true_of_le h)

/-- `Nat.ble` is right when it says no. -/
theorem Nat.not_le_of_not_ble_eq_true {n m : Nat} (h : Not (Eq (Nat.ble n m) true)) :
    Not (LE.le n m) :=
  fun h' => absurd (Nat.ble_eq_true_of_le h') h

/-- The order of numbers is decidable. -/
@[extern "lean_nat_dec_le"]
instance Nat.decLe (n m : @& Nat) : Decidable (LE.le n m) where
  decide := Nat.ble n m
  reflects_decide :=
    match h : Nat.ble n m with
    | true => Nat.le_of_ble_eq_true h
    | false => Nat.not_le_of_not_ble_eq_true (fun h' => Bool.noConfusion (Eq.trans (Eq.symm h') h))

/-- The strict order of numbers is decidable. -/
@[extern "lean_nat_dec_lt"]
instance Nat.decLt (n m : @& Nat) : Decidable (LT.lt n m) :=
  Nat.decLe (Nat.succ n) m

set_option bootstrap.genMatcherCode false in
/-- Subtraction, cut off at 0: `a - 0 = a`, `a - (b+1) = pred (a - b)`. -/
@[extern "lean_nat_sub", instance_reducible]
protected def Nat.sub : (@& Nat) → (@& Nat) → Nat
  | a, 0 => a
  | a, Nat.succ b => Nat.pred (Nat.sub a b)

attribute [gen_constructor_elims] Nat List

/-- `m - n` on `Nat` is `Nat.sub`. -/
instance instSubNat : Sub Nat where
  sub := Nat.sub

/-- `(n+1) - (m+1) = n - m`. -/
theorem Nat.succ_sub_succ_eq_sub (n m : Nat) :
    Eq (HSub.hSub (Nat.succ n) (Nat.succ m)) (HSub.hSub n m) :=
  m.rec rfl (fun _ ih => congrArg Nat.pred ih)

/-- `pred n ≤ n`. -/
theorem Nat.pred_le : ∀ (n : Nat), LE.le (Nat.pred n) n
  | Nat.zero => Nat.le.refl
  | Nat.succ _ => Nat.le_succ _

/-- `n - m ≤ n`. -/
theorem Nat.sub_le (n m : Nat) : LE.le (HSub.hSub n m) n :=
  m.rec (Nat.le_refl _) (fun _ ih => Nat.le_trans (Nat.pred_le _) ih)

/-- Subtracting something positive makes a positive number smaller. -/
theorem Nat.sub_lt : ∀ {n m : Nat}, LT.lt 0 n → LT.lt 0 m → LT.lt (HSub.hSub n m) n
  | 0, _, h1, _ => absurd h1 (Nat.not_succ_le_self 0)
  | Nat.succ _, 0, _, h2 => absurd h2 (Nat.not_succ_le_self 0)
  | Nat.succ n, Nat.succ m, _, _ =>
    Eq.symm (Nat.succ_sub_succ_eq_sub n m) ▸
      show LT.lt (HSub.hSub n m) (Nat.succ n) from
      Nat.succ_le_succ (Nat.sub_le n m)

/-- Each step of division makes the dividend smaller. -/
theorem Nat.div_rec_lemma {x y : Nat} :
    (And (LT.lt 0 y) (LE.le y x)) → LT.lt (HSub.hSub x y) x :=
  fun h => Nat.sub_lt (Nat.le_trans h.left h.right) h.left

/-- Fuel for each step of division. -/
theorem Nat.div_rec_fuel_lemma {x y fuel : Nat} (hy : LT.lt 0 y) (hle : LE.le y x)
    (hfuel : LT.lt x (HAdd.hAdd fuel 1)) : LT.lt (HSub.hSub x y) fuel :=
  Nat.le_trans (Nat.div_rec_lemma ⟨hy, hle⟩) (Nat.le_of_lt_succ hfuel)

set_option bootstrap.genMatcherCode false in
/-- Division, rounded down; `x / 0 = 0`. -/
@[extern "lean_nat_div"]
protected def Nat.div (x y : @& Nat) : Nat :=
  dite (LT.lt 0 y) (fun hy =>
    let rec
      /-- Division with fuel. -/
      go (fuel : Nat) (x : Nat) (hfuel : LT.lt x fuel) : Nat :=
      match fuel with
      | Nat.succ fuel =>
        dite (LE.le y x)
          (fun h => HAdd.hAdd (go fuel (HSub.hSub x y) (Nat.div_rec_fuel_lemma hy h hfuel)) 1)
          (fun _ => 0)
      termination_by structural fuel
    go (Nat.succ x) x (Nat.le_refl _))
    (fun _ => 0)

/-- `x / y` on `Nat` is `Nat.div`. -/
instance Nat.instDiv : Div Nat := ⟨Nat.div⟩

set_option bootstrap.genMatcherCode false in
/-- The remainder, by repeated subtraction. -/
@[extern "lean_nat_mod"]
protected noncomputable def Nat.modCore (x y : Nat) : Nat :=
  dite (LT.lt 0 y)
    (fun hy =>
      let rec
        /-- The remainder with fuel. -/
        go (fuel : Nat) (x : Nat) (hfuel : LT.lt x fuel) : Nat :=
        match fuel with
        | Nat.succ fuel =>
          dite (LE.le y x)
            (fun h => go fuel (HSub.hSub x y) (Nat.div_rec_fuel_lemma hy h hfuel))
            (fun _ => x)
        termination_by structural fuel
      go (Nat.succ x) x (Nat.le_refl _))
    (fun _ => x)

set_option bootstrap.genMatcherCode false in
/-- The remainder of division; `x % 0 = x`. -/
@[extern "lean_nat_mod"]
protected def Nat.mod : @& Nat → @& Nat → Nat
  | 0, _ => 0
  | n@(Nat.succ _), m => ite (LE.le m n) (Nat.modCore n m) n

/-- `x % y` on `Nat` is `Nat.mod`. -/
instance Nat.instMod : Mod Nat := ⟨Nat.mod⟩

/-- What is not `≤` is greater. -/
protected theorem Nat.lt_of_not_le : {a b : Nat} → Not (LE.le a b) → LT.lt b a
  | 0, b, h => absurd (Nat.zero_le b) h
  | Nat.succ a, 0, _ => Nat.succ_le_succ (Nat.zero_le a)
  | Nat.succ _, Nat.succ _, h =>
    Nat.succ_le_succ (Nat.lt_of_not_le (fun g => h (Nat.succ_le_succ g)))

/-- With fuel, the remainder is less than the divisor. -/
theorem Nat.modCoreGo_lt {fuel y : Nat} (hy : LT.lt 0 y) : (x : Nat) → (hfuel : LT.lt x fuel) →
    LT.lt (Nat.modCore.go y hy fuel x hfuel) y :=
  match fuel with
  | 0 => fun _ h => absurd h (Nat.not_lt_zero _)
  | Nat.succ _ => fun x _ =>
    match hd : Nat.decLe y x with
    | isTrue _ =>
      show LT.lt (dite (h := Nat.decLe y x) (LE.le y x) _ _) y from
      Eq.symm hd ▸ Nat.modCoreGo_lt hy _ _
    | isFalse h =>
      show LT.lt (dite (h := Nat.decLe y x) (LE.le y x) _ _) y from
      Eq.symm hd ▸ Nat.lt_of_not_le h

/-- The remainder is less than the divisor. -/
theorem Nat.modCore_lt {x y : Nat} (hy : LT.lt 0 y) : LT.lt (Nat.modCore x y) y :=
  match y, hy with
  | 0, hy => absurd hy (Nat.not_lt_zero 0)
  | Nat.succ _, hy => Nat.modCoreGo_lt hy x (Nat.le_refl _)

/-- `x % y < y` where `y > 0`. -/
theorem Nat.mod_lt : (x : Nat) → {y : Nat} → (hy : LT.lt 0 y) → LT.lt (HMod.hMod x y) y
  | 0, _, hy => hy
  | Nat.succ n, y, hy =>
    match hd : Nat.decLe y (Nat.succ n) with
    | isTrue _ =>
      show LT.lt (ite (h := Nat.decLe y (Nat.succ n)) (LE.le y (Nat.succ n)) _ _) y from
      Eq.symm hd ▸ Nat.modCore_lt hy
    | isFalse h =>
      show LT.lt (ite (h := Nat.decLe y (Nat.succ n)) (LE.le y (Nat.succ n)) _ _) y from
      Eq.symm hd ▸ Nat.lt_of_not_le h

/-! ### Division with remainder, for what follows -/

private theorem Nat.zero_plus : ∀ (n : Nat), Eq (Nat.add 0 n) n
  | 0 => rfl
  | Nat.succ n => congrArg Nat.succ (Nat.zero_plus n)

private theorem Nat.succ_plus : ∀ (n m : Nat), Eq (Nat.add (Nat.succ n) m) (Nat.succ (Nat.add n m))
  | _, 0 => rfl
  | n, Nat.succ m => congrArg Nat.succ (Nat.succ_plus n m)

private theorem Nat.plus_comm : ∀ (n m : Nat), Eq (Nat.add n m) (Nat.add m n)
  | n, 0 => Eq.symm (Nat.zero_plus n)
  | n, Nat.succ m => Eq.trans (congrArg Nat.succ (Nat.plus_comm n m)) (Eq.symm (Nat.succ_plus m n))

private theorem Nat.plus_right_comm (n m : Nat) : ∀ (k : Nat),
    Eq (Nat.add (Nat.add n m) k) (Nat.add (Nat.add n k) m)
  | 0 => rfl
  | Nat.succ k => Eq.trans (congrArg Nat.succ (Nat.plus_right_comm n m k))
      (Eq.symm (Nat.succ_plus (Nat.add n k) m))

private theorem Nat.minus_plus : {n m : Nat} → Nat.le m n → Eq (Nat.add (Nat.sub n m) m) n
  | _, 0, _ => rfl
  | 0, Nat.succ _, h => absurd h (Nat.not_succ_le_zero _)
  | Nat.succ n, Nat.succ m, h =>
    congrArg Nat.succ (Eq.trans
      (congrArg (fun t => Nat.add t m) (Nat.succ_sub_succ_eq_sub n m))
      (Nat.minus_plus (Nat.le_of_succ_le_succ h)))

private theorem Nat.go_div_mod (k : Nat) (hk : Nat.lt 0 k) : ∀ (fuel x : Nat) (h : Nat.lt x fuel),
    Eq (Nat.add (Nat.mul k (Nat.div.go k hk fuel x h)) (Nat.modCore.go k hk fuel x h)) x
  | 0, _, h => absurd h (Nat.not_lt_zero _)
  | Nat.succ fuel, x, h =>
    match hd : Nat.decLe k x with
    | isTrue hx =>
      have e := Nat.go_div_mod k hk fuel (Nat.sub x k) (Nat.div_rec_fuel_lemma hk hx h)
      show Eq (Nat.add (Nat.mul k (dite (h := Nat.decLe k x) (LE.le k x) _ _))
          (dite (h := Nat.decLe k x) (LE.le k x) _ _)) x from
      Eq.symm hd ▸ Eq.trans (Nat.plus_right_comm _ k _)
        (Eq.trans (congrArg (fun t => Nat.add t k) e) (Nat.minus_plus hx))
    | isFalse _ =>
      show Eq (Nat.add (Nat.mul k (dite (h := Nat.decLe k x) (LE.le k x) _ _))
          (dite (h := Nat.decLe k x) (LE.le k x) _ _)) x from
      Eq.symm hd ▸ Nat.zero_plus x

private theorem Nat.mod_eq_core : ∀ (m k : Nat),
    Eq (Nat.mod m (Nat.succ k)) (Nat.modCore m (Nat.succ k))
  | 0, k =>
    have step (fuel : Nat) (hk : Nat.lt 0 (Nat.succ k)) (hf : Nat.lt 0 (Nat.succ fuel)) :
        Eq (Nat.modCore.go (Nat.succ k) hk (Nat.succ fuel) 0 hf) 0 :=
      match hd : Nat.decLe (Nat.succ k) 0 with
      | isTrue hx => absurd hx (Nat.not_succ_le_zero k)
      | isFalse _ =>
        show Eq (dite (h := Nat.decLe (Nat.succ k) 0) (LE.le (Nat.succ k) 0) _ _) 0 from
        Eq.symm hd ▸ rfl
    Eq.symm (step 0 (Nat.succ_le_succ (Nat.zero_le k)) (Nat.succ_le_succ (Nat.zero_le 0)))
  | Nat.succ m, k =>
    have step (fuel : Nat) (hk : Nat.lt 0 (Nat.succ k)) (hf : Nat.lt (Nat.succ m) (Nat.succ fuel))
        (h : Not (Nat.le (Nat.succ k) (Nat.succ m))) :
        Eq (Nat.modCore.go (Nat.succ k) hk (Nat.succ fuel) (Nat.succ m) hf) (Nat.succ m) :=
      match hd : Nat.decLe (Nat.succ k) (Nat.succ m) with
      | isTrue hx => absurd hx h
      | isFalse _ =>
        show Eq (dite (h := Nat.decLe (Nat.succ k) (Nat.succ m))
          (LE.le (Nat.succ k) (Nat.succ m)) _ _) (Nat.succ m) from Eq.symm hd ▸ rfl
    match hd : Nat.decLe (Nat.succ k) (Nat.succ m) with
    | isTrue _ =>
      show Eq (ite (h := Nat.decLe (Nat.succ k) (Nat.succ m))
        (LE.le (Nat.succ k) (Nat.succ m)) _ _) _ from Eq.symm hd ▸ rfl
    | isFalse h =>
      show Eq (ite (h := Nat.decLe (Nat.succ k) (Nat.succ m))
        (LE.le (Nat.succ k) (Nat.succ m)) _ _) _ from Eq.symm hd ▸ Eq.symm
        (step (Nat.succ m) (Nat.succ_le_succ (Nat.zero_le k)) (Nat.le_refl _) h)

/-- `k * (m / k) + m % k = m`. -/
theorem Nat.div_add_mod : ∀ (m k : Nat), Eq (Nat.add (Nat.mul k (Nat.div m k)) (Nat.mod m k)) m
  | m, Nat.succ k =>
    Eq.trans (congrArg (fun t => Nat.add (Nat.mul (Nat.succ k) (Nat.div m (Nat.succ k))) t)
      (Nat.mod_eq_core m k))
      (Nat.go_div_mod (Nat.succ k) (Nat.succ_le_succ (Nat.zero_le k)) (Nat.succ m) m (Nat.le_refl _))
  | 0, 0 => rfl
  | Nat.succ m, 0 =>
    match hd : Nat.decLe 0 (Nat.succ m) with
    | isTrue _ =>
      show Eq (Nat.add 0 (ite (h := Nat.decLe 0 (Nat.succ m)) (LE.le 0 (Nat.succ m)) _ _)) _ from
      Eq.symm hd ▸ Nat.zero_plus (Nat.succ m)
    | isFalse h => absurd (Nat.zero_le (Nat.succ m)) h

private theorem Nat.half_mod (m : Nat) : Eq (Nat.add (Nat.mul 2 (Nat.div m 2)) (Nat.mod m 2)) m :=
  Nat.div_add_mod m 2

attribute [irreducible] Nat.modCore Nat.div

/-- The greatest common divisor: `gcd 0 n = n`, and `gcd (m+1) n = gcd (n % (m+1)) (m+1)`.
Officially by well-founded recursion; here by recursion on fuel, with the same equations. -/
@[extern "lean_nat_gcd"]
def Nat.gcd (m n : @& Nat) : Nat :=
  m.rec (fun _ n => n) (fun _ ih m n => (Nat.beq m 0).rec (ih (Nat.mod n m) m) n) m n

/-- Combines two numbers bit by bit: with `n = 2n' + b`, `m = 2m' + c` both positive, the result is
`2 * bitwise f n' m' + f b c`; with one of them 0, it is the other or 0. Officially by well-founded
recursion; here by recursion on fuel, with the same equations. -/
noncomputable def Nat.bitwise (f : Bool → Bool → Bool) (n m : Nat) : Nat :=
  n.rec (fun _ m => cond (f false true) m 0)
    (fun _ ih n m =>
      cond (Nat.beq n 0) (cond (f false true) m 0)
        (cond (Nat.beq m 0) (cond (f true false) n 0)
          (cond (f (Nat.beq (Nat.mod n 2) 1) (Nat.beq (Nat.mod m 2) 1))
            (Nat.succ (Nat.add (ih (Nat.div n 2) (Nat.div m 2)) (ih (Nat.div n 2) (Nat.div m 2))))
            (Nat.add (ih (Nat.div n 2) (Nat.div m 2)) (ih (Nat.div n 2) (Nat.div m 2))))))
    n m

/-- Bitwise conjunction. -/
@[extern "lean_nat_land"]
def Nat.land : @& Nat → @& Nat → Nat := Nat.bitwise and

/-- The notation `a &&& b`, for operands of different types. -/
class HAnd (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  /-- Bitwise conjunction. -/
  hAnd : α → β → γ

/-- The notation `a &&& b` within one type. -/
class AndOp (α : Type u) where
  /-- Bitwise conjunction. -/
  and : α → α → α

/-- `AndOp` gives the notation. -/
@[default_instance]
instance instHAndOfAndOp {α : Type u} [AndOp α] : HAnd α α α where
  hAnd a b := AndOp.and a b

/-- `x &&& y` on `Nat` is `Nat.land`. -/
instance Nat.instAndOp : AndOp Nat := ⟨Nat.land⟩

/-! ### Conjunction, bit by bit -/

/-- One step of `land`, with the value `r` for the remaining bits. -/
private noncomputable abbrev Nat.landStep (r n m : Nat) : Nat :=
  cond (Nat.beq n 0) 0 (cond (Nat.beq m 0) 0
    (cond (and (Nat.beq (Nat.mod n 2) 1) (Nat.beq (Nat.mod m 2) 1))
      (Nat.succ (Nat.add r r)) (Nat.add r r)))

/-- `land` with fuel. -/
private noncomputable abbrev Nat.landFuel (k : Nat) : Nat → Nat → Nat :=
  k.rec (fun _ _ => 0) (fun _ ih n m => Nat.landStep (ih (Nat.div n 2) (Nat.div m 2)) n m)

private theorem Nat.le_add : ∀ (n k : Nat), Nat.le n (Nat.add n k)
  | _, 0 => Nat.le.refl
  | n, Nat.succ k => Nat.le.step (Nat.le_add n k)

private theorem Nat.le_double : ∀ (n : Nat), Nat.le n (Nat.mul 2 n)
  | 0 => Nat.le.refl
  | Nat.succ n => Nat.le.step (Nat.succ_le_succ (Nat.le_double n))

private theorem Nat.half_le {n k : Nat} (h : Nat.le n (Nat.succ k)) : Nat.le (Nat.div n 2) k :=
  have e : Nat.le (Nat.mul 2 (Nat.div n 2)) n :=
    Eq.subst (motive := fun t => Nat.le (Nat.mul 2 (Nat.div n 2)) t) (Nat.half_mod n)
      (Nat.le_add (Nat.mul 2 (Nat.div n 2)) (Nat.mod n 2))
  have go : ∀ q, Nat.le (Nat.mul 2 q) n → Nat.le q k := fun q => match q with
    | 0 => fun _ => Nat.zero_le k
    | Nat.succ q => fun g => Nat.le_of_succ_le_succ
        (Nat.le_trans (Nat.succ_le_succ (Nat.succ_le_succ (Nat.le_double q))) (Nat.le_trans g h))
  go (Nat.div n 2) e

private theorem Nat.landFuel_succ : ∀ (k n m : Nat), Nat.le n k →
    Eq (Nat.landFuel (Nat.succ k) n m) (Nat.landFuel k n m)
  | 0, 0, _, _ => rfl
  | 0, Nat.succ _, _, h => absurd h (Nat.not_succ_le_zero _)
  | Nat.succ k, n, m, h => congrArg (fun r => Nat.landStep r n m)
      (Nat.landFuel_succ k (Nat.div n 2) (Nat.div m 2) (Nat.half_le h))

private theorem Nat.landFuel_eq {n k : Nat} (m : Nat) (h : Nat.le n k) :
    Eq (Nat.landFuel k n m) (Nat.land n m) :=
  Nat.le.rec (motive := fun k _ => Eq (Nat.landFuel k n m) (Nat.land n m)) rfl
    (fun {k} h ih => Eq.trans (Nat.landFuel_succ k n m h) ih) h

private theorem Nat.land_step : ∀ (n m : Nat),
    Eq (Nat.land n m) (Nat.landStep (Nat.land (Nat.div n 2) (Nat.div m 2)) n m)
  | 0, _ => rfl
  | Nat.succ n, m => congrArg (fun r => Nat.landStep r (Nat.succ n) m)
      (Nat.landFuel_eq (Nat.div m 2) (Nat.half_le Nat.le.refl))

private theorem Nat.land_zero (n : Nat) : Eq (Nat.land n 0) 0 :=
  Eq.trans (Nat.land_step n 0) (match n with
    | 0 => rfl
    | Nat.succ _ => rfl)

private theorem Nat.add_self : ∀ (r : Nat), Eq (Nat.add r r) (Nat.mul 2 r)
  | 0 => rfl
  | Nat.succ r => congrArg Nat.succ
      (Eq.trans (Nat.succ_plus r r) (congrArg Nat.succ (Nat.add_self r)))

/-- The lowest bit of `land n m`. -/
private noncomputable abbrev Nat.landBit (n m : Nat) : Nat :=
  cond (and (Nat.beq (Nat.mod n 2) 1) (Nat.beq (Nat.mod m 2) 1)) 1 0

private theorem Nat.land_bit (n m : Nat) :
    Eq (Nat.land n m)
      (Nat.add (Nat.landBit n m) (Nat.mul 2 (Nat.land (Nat.div n 2) (Nat.div m 2)))) :=
  match n, m with
  | 0, _ => rfl
  | Nat.succ n, 0 => Eq.trans (Nat.land_zero (Nat.succ n)) (Eq.symm
      (Eq.trans (congrArg (fun t => Nat.add (Nat.landBit (Nat.succ n) 0) (Nat.mul 2 t))
        (Nat.land_zero (Nat.div (Nat.succ n) 2)))
        ((fun c => match c with
          | true => rfl
          | false => rfl : ∀ c, Eq (Nat.add (cond (and c false) 1 0) 0) 0)
          (Nat.beq (Nat.mod (Nat.succ n) 2) 1))))
  | Nat.succ n, Nat.succ m => Eq.trans (Nat.land_step (Nat.succ n) (Nat.succ m))
      ((fun r c => match c with
        | true => Eq.trans (congrArg Nat.succ (Nat.add_self r)) (Nat.plus_comm (Nat.mul 2 r) 1)
        | false => Eq.trans (Nat.add_self r) (Eq.symm (Nat.zero_plus (Nat.mul 2 r))) :
          ∀ (r : Nat) (c : Bool), Eq (cond c (Nat.succ (Nat.add r r)) (Nat.add r r))
            (Nat.add (cond c 1 0) (Nat.mul 2 r))) _
        (and (Nat.beq (Nat.mod (Nat.succ n) 2) 1) (Nat.beq (Nat.mod (Nat.succ m) 2) 1)))

private theorem Nat.half_unique : ∀ (q r s t : Nat), Nat.lt s 2 → Nat.lt t 2 →
    Eq (Nat.add s (Nat.mul 2 q)) (Nat.add t (Nat.mul 2 r)) → And (Eq q r) (Eq s t)
  | 0, 0, _, _, _, _, e => ⟨rfl, e⟩
  | 0, Nat.succ _, _, _, hs, _, e => absurd hs (fun g => Nat.not_succ_le_zero _
      (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ
        (Eq.subst (motive := fun x => Nat.le (Nat.succ x) 2) e g))))
  | Nat.succ _, 0, _, _, _, ht, e => absurd ht (fun g => Nat.not_succ_le_zero _
      (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ
        (Eq.subst (motive := fun x => Nat.le (Nat.succ x) 2) (Eq.symm e) g))))
  | Nat.succ q, Nat.succ r, s, t, hs, ht, e =>
    have k := Nat.half_unique q r s t hs ht
      (Nat.noConfusion e (fun e => Nat.noConfusion e (fun e => e)))
    ⟨congrArg Nat.succ k.left, k.right⟩

private theorem Nat.landBit_lt (n m : Nat) : Nat.lt (Nat.landBit n m) 2 :=
  have go : ∀ c, Nat.lt (cond c 1 0) 2
    | true => Nat.le.refl
    | false => Nat.le.step Nat.le.refl
  go _

private theorem Nat.land_half (a b : Nat) :
    And (Eq (Nat.div (Nat.land a b) 2) (Nat.land (Nat.div a 2) (Nat.div b 2)))
      (Eq (Nat.mod (Nat.land a b) 2) (Nat.landBit a b)) :=
  Nat.half_unique _ _ _ _ (Nat.mod_lt _ (Nat.succ_le_succ (Nat.zero_le 1))) (Nat.landBit_lt a b)
    (Eq.trans (Nat.plus_comm (Nat.mod (Nat.land a b) 2) (Nat.mul 2 (Nat.div (Nat.land a b) 2)))
      (Eq.trans (Nat.half_mod (Nat.land a b)) (Nat.land_bit a b)))

/-- `(a &&& b) / 2 = a / 2 &&& b / 2`. -/
theorem Nat.and_div_two {a b : Nat} :
    Eq (HDiv.hDiv (HAnd.hAnd a b) 2) (HAnd.hAnd (HDiv.hDiv a 2) (HDiv.hDiv b 2)) :=
  (Nat.land_half a b).left

private theorem Nat.beq_self : ∀ (n : Nat), Eq (Nat.beq n n) true
  | 0 => rfl
  | Nat.succ n => Nat.beq_self n

/-- `a &&& b` is odd where both are. -/
theorem Nat.and_mod_two_eq_one {a b : Nat} :
    Iff (Eq (HMod.hMod (HAnd.hAnd a b) 2) 1) (And (Eq (HMod.hMod a 2) 1) (Eq (HMod.hMod b 2) 1)) :=
  ⟨fun h =>
    have go : ∀ c d : Bool, Eq (cond (and c d) 1 0) 1 → And (Eq c true) (Eq d true)
      | true, true, _ => ⟨rfl, rfl⟩
      | true, false, e => Nat.noConfusion e
      | false, _, e => Nat.noConfusion e
    have k := go _ _ (Eq.trans (Eq.symm (Nat.land_half a b).right) h)
    ⟨Nat.eq_of_beq_eq_true k.left, Nat.eq_of_beq_eq_true k.right⟩,
   fun h => Eq.trans (Nat.land_half a b).right
    (Eq.subst (motive := fun t => Eq (cond (and (Nat.beq t 1) (Nat.beq (Nat.mod b 2) 1)) 1 0) 1)
      (Eq.symm h.left)
      (Eq.subst (motive := fun t => Eq (cond (and (Nat.beq 1 1) (Nat.beq t 1)) 1 0) 1)
        (Eq.symm h.right) rfl))⟩

/-- Bitwise disjunction. -/
@[extern "lean_nat_lor"]
def Nat.lor : @& Nat → @& Nat → Nat := Nat.bitwise or

/-- Bitwise exclusive disjunction. -/
@[extern "lean_nat_lxor"]
def Nat.xor : @& Nat → @& Nat → Nat := Nat.bitwise (fun a b => cond a (not b) b)

/-- `shiftLeft n m = 2 ^ m * n`. -/
@[extern "lean_nat_shiftl", implicit_reducible]
def Nat.shiftLeft : @& Nat → @& Nat → Nat
  | n, 0 => n
  | n, Nat.succ m => Nat.shiftLeft (Nat.mul 2 n) m

/-- `shiftRight n m = n / 2 ^ m`, rounded down. -/
@[extern "lean_nat_shiftr", implicit_reducible]
def Nat.shiftRight : @& Nat → @& Nat → Nat
  | n, 0 => n
  | n, Nat.succ m => Nat.div (Nat.shiftRight n m) 2

/-- The logarithm to base 2, rounded down; 0 at 0. -/
@[extern "lean_nat_log2"]
def Nat.log2 (n : @& Nat) : Nat :=
  n.rec (fun _ => 0) (fun _ ih n => (Nat.ble 2 n).rec 0 (Nat.succ (ih (Nat.div n 2)))) n

/-! ## Integers -/

set_option genCtorIdx false in
/-- The integers: `ofNat n` is `n`, `negSucc n` is `-(n+1)`. -/
inductive Int : Type where
  /-- `n`. -/
  | ofNat : Nat → Int
  /-- `-(n+1)`. -/
  | negSucc : Nat → Int

attribute [extern "lean_nat_to_int"] Int.ofNat
attribute [extern "lean_int_neg_succ_of_nat"] Int.negSucc

/-- Numerals of type `Int`. -/
instance instOfNat {n : Nat} : OfNat Int n where
  ofNat := Int.ofNat n

/-- The notation `-a`. -/
class Neg (α : Type u) where
  /-- The opposite. -/
  neg : α → α

/-- `-n` for a natural number `n`. -/
def Int.negOfNat : Nat → Int
  | 0 => 0
  | Nat.succ m => Int.negSucc m

set_option bootstrap.genMatcherCode false in
/-- `-n`. -/
@[extern "lean_int_neg"]
protected def Int.neg (n : @& Int) : Int :=
  match n with
  | Int.ofNat n => Int.negOfNat n
  | Int.negSucc n => Int.ofNat (Nat.succ n)

/-- `-n` on `Int` is `Int.neg`. -/
@[default_instance]
instance Int.instNegInt : Neg Int where
  neg := Int.neg

/-- `m - n` for natural numbers, as an integer. -/
def Int.subNatNat (m n : Nat) : Int :=
  match (Nat.sub n m : Nat) with
  | 0 => Int.ofNat (Nat.sub m n)
  | Nat.succ k => Int.negSucc k

set_option bootstrap.genMatcherCode false in
/-- `m + n`. -/
@[extern "lean_int_add"]
protected def Int.add (m n : @& Int) : Int :=
  match m, n with
  | Int.ofNat m, Int.ofNat n => Int.ofNat (Nat.add m n)
  | Int.ofNat m, Int.negSucc n => Int.subNatNat m (Nat.succ n)
  | Int.negSucc m, Int.ofNat n => Int.subNatNat n (Nat.succ m)
  | Int.negSucc m, Int.negSucc n => Int.negSucc (Nat.succ (Nat.add m n))

set_option bootstrap.genMatcherCode false in
/-- `m * n`. -/
@[extern "lean_int_mul"]
protected def Int.mul (m n : @& Int) : Int :=
  match m, n with
  | Int.ofNat m, Int.ofNat n => Int.ofNat (Nat.mul m n)
  | Int.ofNat m, Int.negSucc n => Int.negOfNat (Nat.mul m (Nat.succ n))
  | Int.negSucc m, Int.ofNat n => Int.negOfNat (Nat.mul (Nat.succ m) n)
  | Int.negSucc m, Int.negSucc n => Int.ofNat (Nat.mul (Nat.succ m) (Nat.succ n))

/-- `m - n`. -/
@[extern "lean_int_sub"]
protected def Int.sub (m n : @& Int) : Int := Int.add m (Int.neg n)

/-- `0 ≤ n`. -/
inductive Int.NonNeg : Int → Prop where
  /-- A natural number is not negative. -/
  | mk (n : Nat) : Int.NonNeg (Int.ofNat n)

/-- `a ≤ b` is `0 ≤ b - a`. -/
protected def Int.le (a b : Int) : Prop := Int.NonNeg (Int.sub b a)

/-- `a ≤ b` on `Int` is `Int.le`. -/
instance Int.instLEInt : LE Int where
  le := Int.le

/-- `a < b` is `a + 1 ≤ b`. -/
protected def Int.lt (a b : Int) : Prop := Int.le (Int.add a 1) b

/-- `a < b` on `Int` is `Int.lt`. -/
instance Int.instLTInt : LT Int where
  lt := Int.lt

set_option bootstrap.genMatcherCode false in
/-- Whether an integer is `≥ 0`. -/
@[extern "lean_int_dec_nonneg"]
private def Int.decNonneg (m : @& Int) : Decidable (Int.NonNeg m) :=
  match m with
  | Int.ofNat m => isTrue (Int.NonNeg.mk m)
  | Int.negSucc k => isFalse (fun h =>
      have : ∀ n, Eq n (Int.negSucc k) → Int.NonNeg n → False := fun _ e h =>
        Int.NonNeg.casesOn (motive := fun n _ => Eq n (Int.negSucc k) → False) h
          (fun _ e => Int.noConfusion e) e
      this _ rfl h)

/-- The order of integers is decidable. -/
@[extern "lean_int_dec_le"]
instance Int.decLe (a b : @& Int) : Decidable (LE.le a b) :=
  Int.decNonneg _

/-- The strict order of integers is decidable. -/
@[extern "lean_int_dec_lt"]
instance Int.decLt (a b : @& Int) : Decidable (LT.lt a b) :=
  Int.decNonneg _

set_option bootstrap.genMatcherCode false in
/-- `|m|` as a natural number. -/
@[extern "lean_nat_abs"]
def Int.natAbs (m : @& Int) : Nat :=
  match m with
  | Int.ofNat m => m
  | Int.negSucc m => Nat.succ m

attribute [gen_constructor_elims] Int

/-- `m`, or 0 where `m` is negative. -/
def Int.toNat : Int → Nat
  | Int.ofNat n => n
  | Int.negSucc _ => 0

/-! ## Names

`sorry` leaves a name behind, which says where it stands; stubs need no more of strings and names. -/

/-- Text. Opaque here: no theorem may depend on what a string is made of. -/
opaque String : Type := Nat

namespace Lean

/-- A hierarchical name. -/
inductive Name where
  /-- The empty name. -/
  | anonymous : Name
  /-- A name followed by a word. -/
  | str (pre : Name) (str : String)
  /-- A name followed by a number. -/
  | num (pre : Name) (i : Nat)

/-- A name of one word more. -/
abbrev Name.mkStr (p : Name) (s : String) : Name := Name.str p s

/-- A name of one number more. -/
abbrev Name.mkNum (p : Name) (v : Nat) : Name := Name.num p v

/-- A name of one word. -/
abbrev Name.mkSimple (s : String) : Name := .str .anonymous s

/-- A name of one word. -/
abbrev Name.mkStr1 (s₁ : String) : Name := .str .anonymous s₁

/-- A name of two words. -/
abbrev Name.mkStr2 (s₁ s₂ : String) : Name := .str (.str .anonymous s₁) s₂

/-- A name of three words. -/
abbrev Name.mkStr3 (s₁ s₂ s₃ : String) : Name := .str (.str (.str .anonymous s₁) s₂) s₃

/-- A name of four words. -/
abbrev Name.mkStr4 (s₁ s₂ s₃ s₄ : String) : Name := .str (.str (.str (.str .anonymous s₁) s₂) s₃) s₄

/-- A kind of node of the syntax tree. -/
abbrev SyntaxNodeKind := Name

/-- How a piece of syntax is parsed: what `syntax` declares. -/
inductive ParserDescr where
  /-- A parser without arguments. -/
  | const (name : Name)
  /-- A parser with one argument. -/
  | unary (name : Name) (p : ParserDescr)
  /-- A parser with two arguments. -/
  | binary (name : Name) (p₁ p₂ : ParserDescr)
  /-- A node. -/
  | node (kind : SyntaxNodeKind) (prec : Nat) (p : ParserDescr)
  /-- A node that continues what stands before it. -/
  | trailingNode (kind : SyntaxNodeKind) (prec lhsPrec : Nat) (p : ParserDescr)
  /-- A keyword. -/
  | symbol (val : String)
  /-- A keyword that may serve as a name. -/
  | nonReservedSymbol (val : String) (includeIdent : Bool)
  /-- A category. -/
  | cat (catName : Name) (rbp : Nat)
  /-- A parser by its name. -/
  | parser (declName : Name)
  /-- A node that may be an antiquotation. -/
  | nodeWithAntiquot (name : String) (kind : SyntaxNodeKind) (p : ParserDescr)
  /-- A list with separators. -/
  | sepBy (p : ParserDescr) (sep : String) (psep : ParserDescr) (allowTrailingSep : Bool)
  /-- A list with separators, not empty. -/
  | sepBy1 (p : ParserDescr) (sep : String) (psep : ParserDescr) (allowTrailingSep : Bool)
  /-- A keyword in two spellings. -/
  | unicodeSymbol (val asciiVal : String) (preserveForPP : Bool)

end Lean

/-- `nat_lit n` is the number `n` itself, not a numeral of any type. -/
syntax (name := rawNatLit) "nat_lit " num : term
