import LipBridge.Algebra.Polynomial
/-!
# A normalizer for commutative semirings

`SReify` finds the expression of a term by instance search, and the kernel compares normal forms; so
`nat_ring (vars3 a b c)` proves an identity between natural numbers.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- The list `[a]`. -/
abbrev vars1 {α : Type u} (a : α) : List α := .cons a .nil
/-- The list `[a, b]`. -/
abbrev vars2 {α : Type u} (a b : α) : List α := .cons a (vars1 b)
/-- The list `[a, b, c]`. -/
abbrev vars3 {α : Type u} (a b c : α) : List α := .cons a (vars2 b c)
/-- The list `[a, b, c, d]`. -/
abbrev vars4 {α : Type u} (a b c d : α) : List α := .cons a (vars3 b c d)
/-- The list `[a, b, c, d, e]`. -/
abbrev vars5 {α : Type u} (a b c d e : α) : List α := .cons a (vars4 b c d e)
/-- The list `[a, b, c, d, e, f]`. -/
abbrev vars6 {α : Type u} (a b c d e f : α) : List α := .cons a (vars5 b c d e f)
/-- The list `[a, b, c, d, e, f, g]`. -/
abbrev vars7 {α : Type u} (a b c d e f g : α) : List α := .cons a (vars6 b c d e f g)
/-- The list `[a, b, c, d, e, f, g, h]`. -/
abbrev vars8 {α : Type u} (a b c d e f g h : α) : List α := .cons a (vars7 b c d e f g h)

/-- `x` is entry `n` of the list `l`. -/
class Lookup {α : Type u} (l : List α) (x : α) (n : outParam Nat) : Prop where
  /-- The entry is `x`. -/
  eq : ∀ d, Eq (nth d l n) x

/-- An entry of the tail. -/
instance instLookupTail {α : Type u} (y : α) (l : List α) (x : α) (n : Nat) [h : Lookup l x n] :
    Lookup (.cons y l) x (Nat.succ n) where
  eq d := h.eq d

/-- The head. -/
instance instLookupHead {α : Type u} (l : List α) (x : α) : Lookup (.cons x l) x 0 where
  eq _ := rfl

/-- `a` is the value of `e` at `v`. -/
class SReify {S : Type u} [CommSemiring S] (v : List S) (a : S) (e : outParam SExpr) : Prop where
  /-- The value is `a`. -/
  eq : Eq (SExpr.eval v e) a

/-- Any listed term is a variable. -/
instance (priority := 10) instSReifyVar {S : Type u} [CommSemiring S] (v : List S) (a : S) (n : Nat)
    [h : Lookup v a n] : SReify v a (.var n) where
  eq := h.eq CommSemiring.zero

/-- 0. -/
instance instSReifyNatZero (v : List Nat) : SReify v 0 .zero where
  eq := rfl

/-- 1. -/
instance instSReifyNatOne (v : List Nat) : SReify v 1 .one where
  eq := rfl

/-- A sum. -/
instance instSReifyNatAdd (v : List Nat) (a b : Nat) (e f : SExpr) [h : SReify v a e]
    [k : SReify v b f] : SReify v (Nat.add a b) (.add e f) where
  eq := congr2 Nat.add h.eq k.eq

/-- A product. -/
instance instSReifyNatMul (v : List Nat) (a b : Nat) (e f : SExpr) [h : SReify v a e]
    [k : SReify v b f] : SReify v (Nat.mul a b) (.mul e f) where
  eq := congr2 Nat.mul h.eq k.eq

/-- A successor. -/
instance instSReifyNatSucc (v : List Nat) (a : Nat) (e : SExpr) [h : SReify v a e] :
    SReify v (Nat.succ a) (.add e .one) where
  eq := congrArg Nat.succ h.eq

set_option linter.unusedVariables false in
/-- What the elaborator takes `SExpr.same` for: the kernel computes it, and much faster. -/
def SExpr.same._sunfold (a b : SExpr) : Bool := true

/-- `b` is true. The parameter counts as an output, so instance search evaluates `b`. -/
class Holds (b : outParam Bool) : Prop where
  /-- `b` is true. -/
  eq : Eq b true

/-- `true` is true. -/
instance instHoldsTrue : Holds true where
  eq := rfl

/-- An identity in a commutative semiring, by normal forms. -/
theorem semiring_eq {S : Type u} [CommSemiring S] (v : List S) {a b : S} {e f : SExpr}
    [h : SReify v a e] [k : SReify v b f] [s : Holds (SExpr.same e f)] : Eq a b :=
  Eq.trans (Eq.symm h.eq) (Eq.trans (SExpr.sound v e f s.eq) k.eq)

/-- An identity between natural numbers, by normal forms: `nat_ring (vars2 a b)`. -/
theorem nat_ring (v : List Nat) {a b : Nat} {e f : SExpr} [h : SReify v a e] [k : SReify v b f]
    [s : Holds (SExpr.same e f)] : Eq a b :=
  semiring_eq v (h := h) (k := k) (s := s)

end LipBridge
