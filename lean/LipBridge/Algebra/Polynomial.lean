import LipBridge.Algebra.NatLemmas
/-!
# Normal forms in commutative semirings

A polynomial is a sorted list of monomials, a monomial a sorted list of variables; multiplicities
are repetitions. Two expressions with the same normal form have the same value in every commutative
semiring (`SExpr.sound`).
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- A commutative semiring: `+`, `*`, 0 and 1 with the usual laws. -/
class CommSemiring (S : Type u) where
  /-- 0. -/
  zero : S
  /-- 1. -/
  one : S
  /-- The sum. -/
  add : S → S → S
  /-- The product. -/
  mul : S → S → S
  /-- `(a + b) + c = a + (b + c)`. -/
  add_assoc : ∀ a b c, Eq (add (add a b) c) (add a (add b c))
  /-- `a + b = b + a`. -/
  add_comm : ∀ a b, Eq (add a b) (add b a)
  /-- `a + 0 = a`. -/
  add_zero : ∀ a, Eq (add a zero) a
  /-- `(a * b) * c = a * (b * c)`. -/
  mul_assoc : ∀ a b c, Eq (mul (mul a b) c) (mul a (mul b c))
  /-- `a * b = b * a`. -/
  mul_comm : ∀ a b, Eq (mul a b) (mul b a)
  /-- `a * 1 = a`. -/
  mul_one : ∀ a, Eq (mul a one) a
  /-- `a * (b + c) = a * b + a * c`. -/
  mul_add : ∀ a b c, Eq (mul a (add b c)) (add (mul a b) (mul a c))
  /-- `a * 0 = 0`. -/
  mul_zero : ∀ a, Eq (mul a zero) zero

/-- The natural numbers are a commutative semiring. -/
instance instCommSemiringNat : CommSemiring Nat where
  zero := 0
  one := 1
  add := Nat.add
  mul := Nat.mul
  add_assoc := nat_add_assoc
  add_comm := nat_add_comm
  add_zero _ := rfl
  mul_assoc := nat_mul_assoc
  mul_comm := nat_mul_comm
  mul_one := nat_mul_one
  mul_add := nat_mul_add
  mul_zero _ := rfl

/-- Expressions of a commutative semiring in variables `0, 1, 2, …`. -/
inductive SExpr : Type where
  /-- A variable. -/
  | var (n : Nat) : SExpr
  /-- 0. -/
  | zero : SExpr
  /-- 1. -/
  | one : SExpr
  /-- A sum. -/
  | add (a b : SExpr) : SExpr
  /-- A product. -/
  | mul (a b : SExpr) : SExpr

/-- The `n`-th entry of a list, `d` beyond its end. -/
def nth {α : Type u} (d : α) (l : List α) (n : Nat) : α :=
  match l, n with
  | .nil, _ => d
  | .cons x _, 0 => x
  | .cons _ l, Nat.succ n => nth d l n

/-! ## Normal forms -/

/-- Puts variable `x` into a sorted monomial. -/
noncomputable def insertVar (x : Nat) (m : List Nat) : List Nat :=
  List.rec (.cons x .nil)
    (fun y l ih => pick (Nat.ble x y) (.cons x (.cons y l)) (.cons y ih)) m

/-- The product of two monomials. -/
noncomputable def mulMono (a b : List Nat) : List Nat :=
  List.rec b (fun x _ ih => insertVar x ih) a

/-- The lexicographic order of monomials. -/
noncomputable def leMono (a : List Nat) : List Nat → Bool :=
  List.rec (fun _ => true)
    (fun x _ ih b => List.rec false
      (fun y t _ => pick (Nat.beq x y) (ih t) (Nat.ble x y)) b) a

/-- Puts a monomial into a sorted polynomial. -/
noncomputable def insertMono (m : List Nat) (p : List (List Nat)) : List (List Nat) :=
  List.rec (.cons m .nil)
    (fun k l ih => pick (leMono m k) (.cons m (.cons k l)) (.cons k ih)) p

/-- The sum of two polynomials. -/
noncomputable def addPoly (p q : List (List Nat)) : List (List Nat) :=
  List.rec q (fun m _ ih => insertMono m ih) p

/-- A monomial times a polynomial. -/
noncomputable def mulMonoPoly (m : List Nat) (p : List (List Nat)) : List (List Nat) :=
  List.rec .nil (fun k _ ih => insertMono (mulMono m k) ih) p

/-- The product of two polynomials. -/
noncomputable def mulPoly (p q : List (List Nat)) : List (List Nat) :=
  List.rec .nil (fun m _ ih => addPoly (mulMonoPoly m q) ih) p

/-- The normal form of an expression. -/
noncomputable def SExpr.norm (e : SExpr) : List (List Nat) :=
  SExpr.rec (fun n => .cons (.cons n .nil) .nil) .nil (.cons .nil .nil)
    (fun _ _ p q => addPoly p q) (fun _ _ p q => mulPoly p q) e

/-- Whether two monomials are equal. -/
noncomputable def eqMono (a : List Nat) : List Nat → Bool :=
  List.rec (fun b => List.rec true (fun _ _ _ => false) b)
    (fun x _ ih b => List.rec false
      (fun y t _ => pick (Nat.beq x y) (ih t) false) b) a

/-- Whether two polynomials are equal. -/
noncomputable def eqPoly (p : List (List Nat)) : List (List Nat) → Bool :=
  List.rec (fun q => List.rec true (fun _ _ _ => false) q)
    (fun m _ ih q => List.rec false
      (fun k t _ => pick (eqMono m k) (ih t) false) q) p

/-- Whether two expressions have the same normal form. -/
noncomputable def SExpr.same (a b : SExpr) : Bool := eqPoly (SExpr.norm a) (SExpr.norm b)

/-! ## Soundness -/

section
variable {S : Type u} [CommSemiring S]
open CommSemiring

/-- The value of an expression. -/
noncomputable def SExpr.eval (v : List S) (e : SExpr) : S :=
  SExpr.rec (fun n => nth CommSemiring.zero v n) CommSemiring.zero CommSemiring.one
    (fun _ _ a b => CommSemiring.add a b) (fun _ _ a b => CommSemiring.mul a b) e

/-- The value of a monomial. -/
noncomputable def evalMono (v : List S) (m : List Nat) : S :=
  List.rec one (fun x _ ih => mul (nth zero v x) ih) m

/-- The value of a polynomial. -/
noncomputable def evalPoly (v : List S) (p : List (List Nat)) : S :=
  List.rec zero (fun m _ ih => add (evalMono v m) ih) p

/-- `a + (b + c) = b + (a + c)`. -/
theorem s_add_left_comm (a b c : S) : Eq (add a (add b c)) (add b (add a c)) :=
  Eq.trans (Eq.symm (add_assoc a b c))
    (Eq.trans (congrArg (fun t => add t c) (add_comm a b)) (add_assoc b a c))

/-- `a * (b * c) = b * (a * c)`. -/
theorem s_mul_left_comm (a b c : S) : Eq (mul a (mul b c)) (mul b (mul a c)) :=
  Eq.trans (Eq.symm (mul_assoc a b c))
    (Eq.trans (congrArg (fun t => mul t c) (mul_comm a b)) (mul_assoc b a c))

/-- `0 + a = a`. -/
theorem s_zero_add (a : S) : Eq (add zero a) a := Eq.trans (add_comm zero a) (add_zero a)

/-- `1 * a = a`. -/
theorem s_one_mul (a : S) : Eq (mul one a) a := Eq.trans (mul_comm one a) (mul_one a)

/-- `0 * a = 0`. -/
theorem s_zero_mul (a : S) : Eq (mul zero a) zero := Eq.trans (mul_comm zero a) (mul_zero a)

/-- `(a + b) * c = a * c + b * c`. -/
theorem s_add_mul (a b c : S) : Eq (mul (add a b) c) (add (mul a c) (mul b c)) :=
  Eq.trans (mul_comm (add a b) c)
    (Eq.trans (mul_add c a b) (congr (congrArg add (mul_comm c a)) (mul_comm c b)))

/-- Inserting a variable multiplies by it. -/
theorem evalMono_insertVar (v : List S) (x : Nat) (m : List Nat) :
    Eq (evalMono v (insertVar x m)) (mul (nth zero v x) (evalMono v m)) :=
  List.rec (motive := fun m => Eq (evalMono v (insertVar x m)) (mul (nth zero v x) (evalMono v m)))
    rfl
    (fun y l ih => Bool.rec
      (motive := fun b => Eq (evalMono v (pick b (.cons x (.cons y l)) (.cons y (insertVar x l))))
        (mul (nth zero v x) (mul (nth zero v y) (evalMono v l))))
      (Eq.trans (congrArg (mul (nth zero v y)) ih) (s_mul_left_comm _ _ _)) rfl (Nat.ble x y)) m

/-- The value of a product of monomials. -/
theorem evalMono_mul (v : List S) (a b : List Nat) :
    Eq (evalMono v (mulMono a b)) (mul (evalMono v a) (evalMono v b)) :=
  List.rec (motive := fun a => Eq (evalMono v (mulMono a b)) (mul (evalMono v a) (evalMono v b)))
    (Eq.symm (s_one_mul _))
    (fun x l ih => Eq.trans (evalMono_insertVar v x (mulMono l b))
      (Eq.trans (congrArg (mul (nth zero v x)) ih) (Eq.symm (mul_assoc _ _ _)))) a

/-- Inserting a monomial adds it. -/
theorem evalPoly_insertMono (v : List S) (m : List Nat) (p : List (List Nat)) :
    Eq (evalPoly v (insertMono m p)) (add (evalMono v m) (evalPoly v p)) :=
  List.rec
    (motive := fun p => Eq (evalPoly v (insertMono m p)) (add (evalMono v m) (evalPoly v p))) rfl
    (fun k l ih => Bool.rec
      (motive := fun b => Eq (evalPoly v (pick b (.cons m (.cons k l)) (.cons k (insertMono m l))))
        (add (evalMono v m) (add (evalMono v k) (evalPoly v l))))
      (Eq.trans (congrArg (add (evalMono v k)) ih) (s_add_left_comm _ _ _)) rfl (leMono m k)) p

/-- The value of a sum of polynomials. -/
theorem evalPoly_add (v : List S) (p q : List (List Nat)) :
    Eq (evalPoly v (addPoly p q)) (add (evalPoly v p) (evalPoly v q)) :=
  List.rec (motive := fun p => Eq (evalPoly v (addPoly p q)) (add (evalPoly v p) (evalPoly v q)))
    (Eq.symm (s_zero_add _))
    (fun m l ih => Eq.trans (evalPoly_insertMono v m (addPoly l q))
      (Eq.trans (congrArg (add (evalMono v m)) ih) (Eq.symm (add_assoc _ _ _)))) p

/-- The value of a monomial times a polynomial. -/
theorem evalPoly_mulMono (v : List S) (m : List Nat) (p : List (List Nat)) :
    Eq (evalPoly v (mulMonoPoly m p)) (mul (evalMono v m) (evalPoly v p)) :=
  List.rec
    (motive := fun p => Eq (evalPoly v (mulMonoPoly m p)) (mul (evalMono v m) (evalPoly v p)))
    (Eq.symm (mul_zero _))
    (fun k l ih => Eq.trans (evalPoly_insertMono v (mulMono m k) (mulMonoPoly m l))
      (Eq.trans (congr (congrArg add (evalMono_mul v m k)) ih) (Eq.symm (mul_add _ _ _)))) p

/-- The value of a product of polynomials. -/
theorem evalPoly_mul (v : List S) (p q : List (List Nat)) :
    Eq (evalPoly v (mulPoly p q)) (mul (evalPoly v p) (evalPoly v q)) :=
  List.rec (motive := fun p => Eq (evalPoly v (mulPoly p q)) (mul (evalPoly v p) (evalPoly v q)))
    (Eq.symm (s_zero_mul _))
    (fun m l ih => Eq.trans (evalPoly_add v (mulMonoPoly m q) (mulPoly l q))
      (Eq.trans (congr (congrArg add (evalPoly_mulMono v m q)) ih) (Eq.symm (s_add_mul _ _ _)))) p

/-- The normal form has the value of the expression. -/
theorem SExpr.eval_norm (v : List S) (e : SExpr) :
    Eq (evalPoly v (SExpr.norm e)) (SExpr.eval v e) :=
  SExpr.rec (motive := fun e => Eq (evalPoly v (SExpr.norm e)) (SExpr.eval v e))
    (fun _ => Eq.trans (add_zero _) (mul_one _)) rfl (add_zero _)
    (fun a b p q => Eq.trans (evalPoly_add v (SExpr.norm a) (SExpr.norm b))
      (congr (congrArg CommSemiring.add p) q))
    (fun a b p q => Eq.trans (evalPoly_mul v (SExpr.norm a) (SExpr.norm b))
      (congr (congrArg CommSemiring.mul p) q)) e

/-- `eqMono` that says yes means equality. -/
theorem eq_of_eqMono (a : List Nat) : ∀ b, Eq (eqMono a b) true → Eq a b :=
  List.rec (motive := fun a => ∀ b, Eq (eqMono a b) true → Eq a b)
    (fun b => List.rec (motive := fun b => Eq (eqMono .nil b) true → Eq List.nil b) (fun _ => rfl)
      (fun _ _ _ h => bool_absurd (Eq.symm h)) b)
    (fun x l ih b => List.rec
      (motive := fun b => Eq (eqMono (.cons x l) b) true → Eq (List.cons x l) b)
      (fun h => bool_absurd (Eq.symm h))
      (fun y t _ h => Or.elim (bool_em (Nat.beq x y))
        (fun e => congr (congrArg List.cons (Nat.eq_of_beq_eq_true e))
          (ih t (Eq.subst (motive := fun c => Eq (pick c (eqMono l t) false) true) e h)))
        (fun e => bool_absurd (Eq.symm
          (Eq.subst (motive := fun c => Eq (pick c (eqMono l t) false) true) e h)))) b) a

/-- `eqPoly` that says yes means equality. -/
theorem eq_of_eqPoly (a : List (List Nat)) : ∀ b, Eq (eqPoly a b) true → Eq a b :=
  List.rec (motive := fun a => ∀ b, Eq (eqPoly a b) true → Eq a b)
    (fun b => List.rec (motive := fun b => Eq (eqPoly .nil b) true → Eq List.nil b) (fun _ => rfl)
      (fun _ _ _ h => bool_absurd (Eq.symm h)) b)
    (fun x l ih b => List.rec
      (motive := fun b => Eq (eqPoly (.cons x l) b) true → Eq (List.cons x l) b)
      (fun h => bool_absurd (Eq.symm h))
      (fun y t _ h => Or.elim (bool_em (eqMono x y))
        (fun e => congr (congrArg List.cons (eq_of_eqMono x y e))
          (ih t (Eq.subst (motive := fun c => Eq (pick c (eqPoly l t) false) true) e h)))
        (fun e => bool_absurd (Eq.symm
          (Eq.subst (motive := fun c => Eq (pick c (eqPoly l t) false) true) e h)))) b) a

/-- Expressions with the same normal form have the same value. -/
theorem SExpr.sound (v : List S) (a b : SExpr) (h : Eq (SExpr.same a b) true) :
    Eq (SExpr.eval v a) (SExpr.eval v b) :=
  Eq.trans (Eq.symm (SExpr.eval_norm v a))
    (Eq.trans (congrArg (evalPoly v) (eq_of_eqPoly _ _ h)) (SExpr.eval_norm v b))

end

end LipBridge
