import LipBridge.Lipschitz.Comp
import LipBridge.Algebra.Int
/-!
# Evaluating a network over the integers

Over ℤ, with every reciprocal replaced by 1, a layer is an integer function that the kernel
computes. `agreeCheck m y w` compares the first `m` entries of `y` with a list; `eval_step` carries
a value that is known as a list through one layer. A network is evaluated layer by layer.
-/

set_option autoImplicit false

namespace LipBridge

/-- The vector whose entries are those of a list, then 0. -/
def ofList (l : List Int) : Vec Int := fun i => nth (Int.ofNat 0) l i

/-- Whether two integers are equal, by comparing natural numbers. -/
noncomputable def intBeq (x y : Int) : Bool :=
  Int.rec (motive := fun _ => Bool)
    (fun m => Int.rec (motive := fun _ => Bool) (fun n => Nat.beq m n) (fun _ => false) y)
    (fun m => Int.rec (motive := fun _ => Bool) (fun _ => false) (fun n => Nat.beq m n) y) x

/-- `intBeq` that says yes means equality. -/
theorem int_eq_of_beq {x y : Int} (h : Eq (intBeq x y) true) : Eq x y :=
  match x, y, h with
  | .ofNat _, .ofNat _, h => congrArg Int.ofNat (Nat.eq_of_beq_eq_true h)
  | .ofNat _, .negSucc _, h => bool_absurd (Eq.symm h)
  | .negSucc _, .ofNat _, h => bool_absurd (Eq.symm h)
  | .negSucc _, .negSucc _, h => congrArg Int.negSucc (Nat.eq_of_beq_eq_true h)

/-- Whether the first `m` entries of `y` are those of the list `w`. -/
noncomputable def agreeCheck (m : Nat) (y : Vec Int) (w : List Int) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun i ih => pick (intBeq (y i) (nth (Int.ofNat 0) w i)) ih false) m

/-- A choice with `false` that is true has both parts true. -/
theorem pick_and {a b : Bool} (h : Eq (pick a b false) true) : And (Eq a true) (Eq b true) :=
  match a, h with
  | true, h => ⟨rfl, h⟩
  | false, h => bool_absurd (Eq.symm h)

/-- `agreeCheck` that says yes means agreement. -/
theorem agree_of_check {m : Nat} {y : Vec Int} {w : List Int} (h : Eq (agreeCheck m y w) true) :
    Agree m y (ofList w) :=
  Nat.rec (motive := fun m => Eq (agreeCheck m y w) true → Agree m y (ofList w))
    (fun _ i hi => False.elim (Nat.not_succ_le_zero i hi))
    (fun m ih h i hi => Or.elim (nat_lt_or_ge i m) (ih (pick_and h).right i)
      (fun g => Eq.subst (motive := fun i => Eq (y i) (ofList w i))
        (nat_le_antisymm g (Nat.le_of_succ_le_succ hi)) (int_eq_of_beq (pick_and h).left))) m h

/-- Agreement is transitive. -/
theorem Agree.trans {n : Nat} {x y z : Vec Int} (h : Agree n x y) (k : Agree n y z) : Agree n x z :=
  fun i hi => Eq.trans (h i hi) (k i hi)

/-- One layer: if `x` is the list `v`, and `f` computes the list `w` from `v`, then `f x` is `w`. -/
theorem eval_step {n m : Nat} {P Q : Int} {f : Vec Int → Vec Int} (hf : SqLipschitz n m P Q f)
    {x : Vec Int} {v w : List Int} (hx : Agree n x (ofList v))
    (h : Eq (agreeCheck m (f (ofList v)) w) true) : Agree m (f x) (ofList w) :=
  Agree.trans (hf.agree ⟨⟩ ⟨⟩ hx) (agree_of_check h)

end LipBridge
