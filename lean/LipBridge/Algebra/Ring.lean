import LipBridge.Algebra.Semiring
import LipBridge.Algebra.OrderedRing
/-!
# Identities in a commutative ring

`ring_eq (vars3 a b c)` proves any identity between two terms built from `a`, `b`, `c` with
`add mul neg sub sq zero one`. Instance search finds the expression of a term (`RReify`); the kernel
writes it as a difference, `a + N = P` with `N`, `P` free of signs, so that an identity becomes one in
a commutative semiring.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `c + a = c + b` gives `a = b`. -/
theorem add_left_cancel {a b : R} (c : R) (h : Eq (add c a) (add c b)) : Eq a b :=
  have g (x : R) : Eq (add (neg c) (add c x)) x :=
    Eq.trans (Eq.symm (add_assoc (neg c) c x))
      (Eq.trans (congrArg (fun t => add t x) (Eq.trans (add_comm (neg c) c) (add_neg c)))
        (Eq.trans (add_comm zero x) (add_zero x)))
  Eq.trans (Eq.symm (g a)) (Eq.trans (congrArg (add (neg c)) h) (g b))

/-- `a * 0 = 0`. -/
theorem mul_zero (a : R) : Eq (mul a zero) zero :=
  add_left_cancel (mul a zero)
    (Eq.trans (Eq.symm (mul_add a zero zero))
      (Eq.trans (congrArg (mul a) (add_zero zero)) (Eq.symm (add_zero (mul a zero)))))

end

/-- An ordered ring is a commutative semiring. -/
instance instCommSemiringOrderedRing {R : Type u} [OrderedRing R] : CommSemiring R where
  zero := zero
  one := one
  add := add
  mul := mul
  add_assoc := add_assoc
  add_comm := add_comm
  add_zero := add_zero
  mul_assoc := mul_assoc
  mul_comm := mul_comm
  mul_one := mul_one
  mul_add := mul_add
  mul_zero := mul_zero

section
variable {R : Type u} [OrderedRing R]

/-- 0. -/
instance instSReifyZero (v : List R) : SReify v (zero : R) .zero where
  eq := rfl

/-- 1. -/
instance instSReifyOne (v : List R) : SReify v (one : R) .one where
  eq := rfl

/-- A sum. -/
instance instSReifyAdd (v : List R) (a b : R) (e f : SExpr) [h : SReify v a e] [k : SReify v b f] :
    SReify v (add a b) (.add e f) where
  eq := congr2 add h.eq k.eq

/-- A product. -/
instance instSReifyMul (v : List R) (a b : R) (e f : SExpr) [h : SReify v a e] [k : SReify v b f] :
    SReify v (mul a b) (.mul e f) where
  eq := congr2 mul h.eq k.eq

/-- An expression over a list of ring elements. -/
inductive RExpr : Type where
  /-- Entry `n` of the list. -/
  | var (n : Nat) : RExpr
  /-- 0. -/
  | zero : RExpr
  /-- 1. -/
  | one : RExpr
  /-- A sum. -/
  | add (a b : RExpr) : RExpr
  /-- A product. -/
  | mul (a b : RExpr) : RExpr
  /-- An opposite. -/
  | neg (a : RExpr) : RExpr

/-- The value of an expression. -/
noncomputable def RExpr.eval (v : List R) (e : RExpr) : R :=
  RExpr.rec (motive := fun _ => R) (fun n => nth OrderedRing.zero v n) OrderedRing.zero
    OrderedRing.one (fun _ _ a b => OrderedRing.add a b) (fun _ _ a b => OrderedRing.mul a b)
    (fun _ a => OrderedRing.neg a) e

/-- `P` and `N` without signs, so that `a = P - N`. -/
noncomputable def RExpr.split (e : RExpr) : Prod SExpr SExpr :=
  RExpr.rec (motive := fun _ => Prod SExpr SExpr) (fun n => ⟨.var n, .zero⟩) ⟨.zero, .zero⟩
    ⟨.one, .zero⟩ (fun _ _ a b => ⟨.add a.1 b.1, .add a.2 b.2⟩)
    (fun _ _ a b =>
      ⟨.add (.mul a.1 b.1) (.mul a.2 b.2), .add (.mul a.1 b.2) (.mul a.2 b.1)⟩)
    (fun _ a => ⟨a.2, a.1⟩) e

/-- Whether `P + M` and `Q + N` have the same normal form for `a = P - N` and `b = Q - M`. -/
noncomputable def RExpr.same (a b : RExpr) : Bool :=
  SExpr.same (.add (RExpr.split a).1 (RExpr.split b).2) (.add (RExpr.split b).1 (RExpr.split a).2)

/-- The identity behind a product of differences. -/
theorem mul_split (a b n m p q : R) (h : Eq (add a n) p) (k : Eq (add b m) q) :
    Eq (add (mul a b) (add (mul p m) (mul n q))) (add (mul p q) (mul n m)) :=
  Eq.subst (motive := fun p => Eq (add (mul a b) (add (mul p m) (mul n q)))
      (add (mul p q) (mul n m))) h
    (Eq.subst (motive := fun q => Eq (add (mul a b) (add (mul (add a n) m) (mul n q)))
        (add (mul (add a n) q) (mul n m))) k
      (semiring_eq (vars4 a b n m)))

/-- `a + N = P` and `b + M = Q` with `P + M = Q + N` give `a = b`. -/
theorem eq_of_split {a b n m p q : R} (h : Eq (add a n) p) (k : Eq (add b m) q)
    (e : Eq (add p m) (add q n)) : Eq a b :=
  add_left_cancel (add n m)
    (Eq.trans (semiring_eq (vars3 a n m) (b := add (add a n) m))
      (Eq.trans (congrArg (fun t => add t m) h)
        (Eq.trans e
          (Eq.trans (congrArg (fun t => add t n) (Eq.symm k)) (semiring_eq (vars3 b n m))))))

/-- `a + N = P`. -/
theorem eq_split (v : List R) (e : RExpr) :
    Eq (add (RExpr.eval v e) (SExpr.eval v (RExpr.split e).2)) (SExpr.eval v (RExpr.split e).1) :=
  RExpr.rec
    (motive := fun e => Eq (add (RExpr.eval v e) (SExpr.eval v (RExpr.split e).2))
      (SExpr.eval v (RExpr.split e).1))
    (fun _ => add_zero _) (add_zero zero) (add_zero one)
    (fun a b h k => Eq.trans
      (semiring_eq (vars4 (RExpr.eval v a) (RExpr.eval v b) (SExpr.eval v (RExpr.split a).2)
          (SExpr.eval v (RExpr.split b).2))
        (a := add (add (RExpr.eval v a) (RExpr.eval v b))
          (add (SExpr.eval v (RExpr.split a).2) (SExpr.eval v (RExpr.split b).2)))
        (b := add (add (RExpr.eval v a) (SExpr.eval v (RExpr.split a).2))
          (add (RExpr.eval v b) (SExpr.eval v (RExpr.split b).2))))
      (congr2 add h k))
    (fun _ _ h k => mul_split _ _ _ _ _ _ h k)
    (fun a h => Eq.trans (congrArg (add (neg (RExpr.eval v a))) (Eq.symm h))
      (Eq.trans (Eq.symm (add_assoc _ _ _))
        (Eq.trans
          (congrArg (fun t => add t (SExpr.eval v (RExpr.split a).2))
            (Eq.trans (add_comm (neg (RExpr.eval v a)) (RExpr.eval v a)) (add_neg _)))
          (Eq.trans (add_comm zero _) (add_zero _)))))
    e

/-- Expressions with the same normal form have the same value. -/
theorem RExpr.sound (v : List R) (a b : RExpr) (h : Eq (RExpr.same a b) true) :
    Eq (RExpr.eval v a) (RExpr.eval v b) :=
  eq_of_split (eq_split v a) (eq_split v b) (SExpr.sound v _ _ h)

set_option linter.unusedVariables false in
/-- What the elaborator takes `RExpr.same` for: the kernel computes it, and much faster. -/
def RExpr.same._sunfold (a b : RExpr) : Bool := true

/-- `a` is the value of `e` at `v`. -/
class RReify (v : List R) (a : R) (e : outParam RExpr) : Prop where
  /-- The value is `a`. -/
  eq : Eq (RExpr.eval v e) a

/-- Any listed term is a variable. -/
instance (priority := 10) instRReifyVar (v : List R) (a : R) (n : Nat) [h : Lookup v a n] :
    RReify v a (.var n) where
  eq := h.eq zero

/-- 0. -/
instance instRReifyZero (v : List R) : RReify v (zero : R) .zero where
  eq := rfl

/-- 1. -/
instance instRReifyOne (v : List R) : RReify v (one : R) .one where
  eq := rfl

/-- A sum. -/
instance instRReifyAdd (v : List R) (a b : R) (e f : RExpr) [h : RReify v a e] [k : RReify v b f] :
    RReify v (add a b) (.add e f) where
  eq := congr2 add h.eq k.eq

/-- A product. -/
instance instRReifyMul (v : List R) (a b : R) (e f : RExpr) [h : RReify v a e] [k : RReify v b f] :
    RReify v (mul a b) (.mul e f) where
  eq := congr2 mul h.eq k.eq

/-- An opposite. -/
instance instRReifyNeg (v : List R) (a : R) (e : RExpr) [h : RReify v a e] :
    RReify v (neg a) (.neg e) where
  eq := congrArg neg h.eq

/-- A difference. -/
instance instRReifySub (v : List R) (a b : R) (e f : RExpr) [h : RReify v a e] [k : RReify v b f] :
    RReify v (sub a b) (.add e (.neg f)) where
  eq := congr2 sub h.eq k.eq

/-- A square. -/
instance instRReifySq (v : List R) (a : R) (e : RExpr) [h : RReify v a e] :
    RReify v (sq a) (.mul e e) where
  eq := congrArg sq h.eq

/-- `a` and `b` are the values of `e` and `f` at `v`, found in one search. -/
class RReifyBoth (v : List R) (a b : R) (e f : outParam RExpr) : Prop where
  /-- The first value is `a`. -/
  left : Eq (RExpr.eval v e) a
  /-- The second value is `b`. -/
  right : Eq (RExpr.eval v f) b

/-- One after the other. -/
instance instRReifyBoth (v : List R) (a b : R) (e f : RExpr) [h : RReify v a e]
    [k : RReify v b f] : RReifyBoth v a b e f where
  left := h.eq
  right := k.eq

/-- An identity in a commutative ring, by normal forms: `ring_eq (vars2 a b)`. -/
theorem ring_eq (v : List R) {a b : R} {e f : RExpr} [h : RReifyBoth v a b e f]
    [s : Holds (RExpr.same e f)] : Eq a b :=
  Eq.trans (Eq.symm h.left) (Eq.trans (RExpr.sound v e f s.eq) h.right)

end

end LipBridge
