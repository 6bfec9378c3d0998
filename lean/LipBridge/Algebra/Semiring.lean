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

/-- An entry behind the first six. -/
instance (priority := 400) instLookupTail {α : Type u} (p q r s t u : α) (l : List α) (x : α)
    (n : Nat) [h : Lookup l x n] :
    Lookup (.cons p (.cons q (.cons r (.cons s (.cons t (.cons u l)))))) x (Nat.add n 6) where
  eq d := h.eq d

/-- The sixth entry. -/
instance (priority := 500) instLookupSixth {α : Type u} (p q r s t : α) (l : List α) (x : α) :
    Lookup (.cons p (.cons q (.cons r (.cons s (.cons t (.cons x l)))))) x 5 where
  eq _ := rfl

/-- The fifth entry. -/
instance (priority := 600) instLookupFifth {α : Type u} (p q r s : α) (l : List α) (x : α) :
    Lookup (.cons p (.cons q (.cons r (.cons s (.cons x l))))) x 4 where
  eq _ := rfl

/-- The fourth entry. -/
instance (priority := 700) instLookupFourth {α : Type u} (p q r : α) (l : List α) (x : α) :
    Lookup (.cons p (.cons q (.cons r (.cons x l)))) x 3 where
  eq _ := rfl

/-- The third entry. -/
instance (priority := 800) instLookupThird {α : Type u} (p q : α) (l : List α) (x : α) :
    Lookup (.cons p (.cons q (.cons x l))) x 2 where
  eq _ := rfl

/-- The second entry. -/
instance (priority := 900) instLookupSecond {α : Type u} (p : α) (l : List α) (x : α) :
    Lookup (.cons p (.cons x l)) x 1 where
  eq _ := rfl

/-- The head. -/
instance (priority := 1000) instLookupHead {α : Type u} (l : List α) (x : α) :
    Lookup (.cons x l) x 0 where
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

/-- `a` and `b` are the values of `e` and `f` at `v`: in one search, so that what both contain is found
once. -/
class SReifyBoth {S : Type u} [CommSemiring S] (v : List S) (a b : S) (e f : outParam SExpr) :
    Prop where
  /-- The first value is `a`. -/
  left : Eq (SExpr.eval v e) a
  /-- The second value is `b`. -/
  right : Eq (SExpr.eval v f) b

/-- One after the other. -/
instance instSReifyBoth {S : Type u} [CommSemiring S] (v : List S) (a b : S) (e f : SExpr)
    [h : SReify v a e] [k : SReify v b f] : SReifyBoth v a b e f where
  left := h.eq
  right := k.eq

/-- An identity in a commutative semiring, by normal forms. -/
theorem semiring_eq {S : Type u} [CommSemiring S] (v : List S) {a b : S} {e f : SExpr}
    [h : SReifyBoth v a b e f] [s : Holds (SExpr.same e f)] : Eq a b :=
  Eq.trans (Eq.symm h.left) (Eq.trans (SExpr.sound v e f s.eq) h.right)

/-- An identity between natural numbers, by normal forms: `nat_ring (vars2 a b)`. -/
theorem nat_ring (v : List Nat) {a b : Nat} {e f : SExpr} [h : SReifyBoth v a b e f]
    [s : Holds (SExpr.same e f)] : Eq a b :=
  semiring_eq v (h := h) (s := s)

end LipBridge
