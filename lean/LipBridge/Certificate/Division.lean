import LipBridge.Algebra.Semiring
/-!
# Division with remainder, and shifts

`x = x % y + y * (x / y)` with `x % y < y`, from the recursion equations of `Nat.div` and `Nat.mod`;
a shift to the right is a division by a power of two.
-/

set_option autoImplicit false

namespace LipBridge

/-- A property of both branches of two `dite`s on one condition. -/
theorem dite_ind.{u} {α : Type u} {c : Prop} [d : Decidable c] {t t' : c → α} {e e' : Not c → α}
    {P : α → α → Prop} (h : ∀ k, P (t k) (t' k)) (k : ∀ k, P (e k) (e' k)) :
    P (dite c t e) (dite c t' e') :=
  match d with
  | isTrue g => h g
  | isFalse g => k g

/-- A property of both branches of an `ite`. -/
theorem ite_ind.{u} {α : Type u} {c : Prop} [d : Decidable c] {t e : α} {P : α → Prop}
    (h : c → P t) (k : Not c → P e) : P (ite c t e) :=
  match d with
  | isTrue g => h g
  | isFalse g => k g

/-- `b ≤ a` gives `(a - b) + b = a`. -/
theorem nat_sub_add_cancel {a b : Nat} (h : Nat.le b a) : Eq (Nat.add (Nat.sub a b) b) a :=
  Nat.rec (motive := fun b => ∀ a, Nat.le b a → Eq (Nat.add (Nat.sub a b) b) a) (fun _ _ => rfl)
    (fun b ih a h => match a, h with
      | .zero, h => absurd h (Nat.not_succ_le_zero b)
      | .succ a, h => Eq.trans
          (congrArg (fun t => Nat.succ (Nat.add t b)) (Nat.succ_sub_succ_eq_sub a b))
          (congrArg Nat.succ (ih a (Nat.le_of_succ_le_succ h)))) b a h

/-- What `not` says about `≤`. -/
theorem nat_lt_of_not_le {a b : Nat} (h : Not (Nat.le b a)) : Nat.lt a b :=
  Or.elim (nat_lt_or_ge a b) (fun g => g) (fun g => absurd g h)

/-- Division with fuel: `x = x % y + y * (x / y)`, and `x % y < y`. -/
theorem nat_div_mod_go (y : Nat) (hy : Nat.lt 0 y) (fuel : Nat) :
    ∀ x (h : Nat.lt x fuel),
      And (Eq (Nat.add (Nat.modCore.go y hy fuel x h) (Nat.mul y (Nat.div.go y hy fuel x h))) x)
        (Nat.lt (Nat.modCore.go y hy fuel x h) y) :=
  Nat.rec
    (motive := fun fuel => ∀ x (h : Nat.lt x fuel),
      And (Eq (Nat.add (Nat.modCore.go y hy fuel x h) (Nat.mul y (Nat.div.go y hy fuel x h))) x)
        (Nat.lt (Nat.modCore.go y hy fuel x h) y))
    (fun x h => absurd h (Nat.not_succ_le_zero x))
    (fun fuel ih x h =>
      dite_ind (c := LE.le y x)
        (t := fun g => Nat.modCore.go y hy fuel (Nat.sub x y) (Nat.div_rec_fuel_lemma hy g h))
        (t' := fun g => Nat.succ (Nat.div.go y hy fuel (Nat.sub x y) (Nat.div_rec_fuel_lemma hy g h)))
        (e := fun _ => x) (e' := fun _ => 0)
        (P := fun m q => And (Eq (Nat.add m (Nat.mul y q)) x) (Nat.lt m y))
        (fun g =>
          have k := ih (Nat.sub x y) (Nat.div_rec_fuel_lemma hy g h)
          ⟨Eq.trans (Eq.symm (nat_add_assoc _ _ y))
            (Eq.trans (congrArg (fun t => Nat.add t y) k.left) (nat_sub_add_cancel g)), k.right⟩)
        (fun g => ⟨rfl, nat_lt_of_not_le g⟩))
    fuel

/-- `x / y` is division with fuel `x + 1`. -/
theorem nat_div_eq_go {x y : Nat} (hy : Nat.lt 0 y) :
    Eq (Nat.div x y) (Nat.div.go y hy (Nat.succ x) x (Nat.le_refl _)) :=
  Eq.trans (Nat.div.eq_1 x y)
    (match Nat.decLt 0 y with
    | isTrue _ => rfl
    | isFalse g => absurd hy g)

/-- `x % y` is the remainder with fuel `x + 1`. -/
theorem nat_modCore_eq_go {x y : Nat} (hy : Nat.lt 0 y) :
    Eq (Nat.modCore x y) (Nat.modCore.go y hy (Nat.succ x) x (Nat.le_refl _)) :=
  Eq.trans (Nat.modCore.eq_1 x y)
    (match Nat.decLt 0 y with
    | isTrue _ => rfl
    | isFalse g => absurd hy g)
