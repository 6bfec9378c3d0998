import LipBridge.Algebra.Semiring
import LipBridge.Algebra.OrderedRing
/-!
# Identities in a commutative ring

`ring_eq (vars3 a b c)` proves any identity between two terms built from `a`, `b`, `c` with
`add mul neg sub sq zero one`. A term `a` is written as a difference: `a + N = P` with `N`, `P` free
of signs (`RReify`); so an identity becomes one in a commutative semiring.
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

/-- `a = P - N`, that is `a + N = P`, where `P` and `N` are the values of `p` and `n` at `v`. -/
class RReify (v : List R) (a : R) (p n : outParam SExpr) : Prop where
  /-- `a + N = P`. -/
  eq : Eq (add a (SExpr.eval v n)) (SExpr.eval v p)

/-- Any listed term is a variable. -/
instance (priority := 10) instRReifyVar (v : List R) (a : R) (n : Nat) [h : Lookup v a n] :
    RReify v a (.var n) .zero where
  eq := Eq.trans (add_zero a) (Eq.symm (h.eq zero))

/-- 0. -/
instance instRReifyZero (v : List R) : RReify v (zero : R) .zero .zero where
  eq := add_zero zero

/-- 1. -/
instance instRReifyOne (v : List R) : RReify v (one : R) .one .zero where
  eq := add_zero one

/-- A sum. -/
instance instRReifyAdd (v : List R) (a b : R) (p n q m : SExpr) [h : RReify v a p n]
    [k : RReify v b q m] : RReify v (add a b) (.add p q) (.add n m) where
  eq := Eq.trans
    (semiring_eq (vars4 a b (SExpr.eval v n) (SExpr.eval v m))
      (a := add (add a b) (add (SExpr.eval v n) (SExpr.eval v m)))
      (b := add (add a (SExpr.eval v n)) (add b (SExpr.eval v m))))
    (congr2 add h.eq k.eq)

/-- The identity behind a product of differences. -/
theorem mul_split (a b n m p q : R) (h : Eq (add a n) p) (k : Eq (add b m) q) :
    Eq (add (mul a b) (add (mul p m) (mul n q))) (add (mul p q) (mul n m)) :=
  Eq.subst (motive := fun p => Eq (add (mul a b) (add (mul p m) (mul n q)))
      (add (mul p q) (mul n m))) h
    (Eq.subst (motive := fun q => Eq (add (mul a b) (add (mul (add a n) m) (mul n q)))
        (add (mul (add a n) q) (mul n m))) k
      (semiring_eq (vars4 a b n m)))

/-- A product. -/
instance instRReifyMul (v : List R) (a b : R) (p n q m : SExpr) [h : RReify v a p n]
    [k : RReify v b q m] :
    RReify v (mul a b) (.add (.mul p q) (.mul n m)) (.add (.mul p m) (.mul n q)) where
  eq := mul_split a b _ _ _ _ h.eq k.eq

/-- An opposite. -/
instance instRReifyNeg (v : List R) (a : R) (p n : SExpr) [h : RReify v a p n] :
    RReify v (neg a) n p where
  eq := Eq.trans (congrArg (add (neg a)) (Eq.symm h.eq))
    (Eq.trans (Eq.symm (add_assoc (neg a) a (SExpr.eval v n)))
      (Eq.trans (congrArg (fun t => add t (SExpr.eval v n))
        (Eq.trans (add_comm (neg a) a) (add_neg a)))
        (Eq.trans (add_comm zero _) (add_zero _))))

/-- A difference. -/
instance instRReifySub (v : List R) (a b : R) (p n q m : SExpr) [RReify v a p n]
    [RReify v b q m] : RReify v (sub a b) (.add p m) (.add n q) where
  eq := (instRReifyAdd v a (neg b) p n m q).eq

/-- A square. -/
instance instRReifySq (v : List R) (a : R) (p n : SExpr) [RReify v a p n] :
    RReify v (sq a) (.add (.mul p p) (.mul n n)) (.add (.mul p n) (.mul n p)) where
  eq := (instRReifyMul v a a p n p n).eq

/-- `a + N = P` and `b + M = Q` with `P + M = Q + N` give `a = b`. -/
theorem eq_of_split {a b n m p q : R} (h : Eq (add a n) p) (k : Eq (add b m) q)
    (e : Eq (add p m) (add q n)) : Eq a b :=
  add_left_cancel (add n m)
    (Eq.trans (semiring_eq (vars3 a n m) (b := add (add a n) m))
      (Eq.trans (congrArg (fun t => add t m) h)
        (Eq.trans e
          (Eq.trans (congrArg (fun t => add t n) (Eq.symm k)) (semiring_eq (vars3 b n m))))))

/-- An identity in a commutative ring, by normal forms: `ring_eq (vars2 a b)`. -/
theorem ring_eq (v : List R) {a b : R} {p n q m : SExpr} [h : RReify v a p n] [k : RReify v b q m]
    [s : Holds (SExpr.same (.add p m) (.add q n))] : Eq a b :=
  eq_of_split h.eq k.eq (SExpr.sound v (.add p m) (.add q n) s.eq)

end

end LipBridge
