import LipBridge.Algebra.IntRing
import LipBridge.Algebra.OrderedRing
/-!
# The integers are an ordered ring

The order of ℤ: `x ≤ y` as soon as `x + k = y` for a natural number `k`. `intBle` decides it by
comparing natural numbers, which the kernel does fast.
-/

set_option autoImplicit false

namespace LipBridge

/-- `x + k = y` with `k ≥ 0` gives `x ≤ y`. -/
theorem int_le_of_add {x y : Int} (k : Nat) (h : Eq (Int.add x (Int.ofNat k)) y) : Int.le x y :=
  have e : Eq (Int.add y (Int.neg x)) (Int.ofNat k) :=
    Eq.trans (congrArg (fun t => Int.add t (Int.neg x)) (Eq.symm h))
      (Eq.trans (congrArg (fun t => Int.add t (Int.neg x)) (int_add_comm x (Int.ofNat k)))
        (Eq.trans (int_add_assoc _ _ _)
          (Eq.trans (congrArg (Int.add (Int.ofNat k)) (int_add_neg x)) (int_add_zero _))))
  Eq.subst (motive := Int.NonNeg) (Eq.symm e) (Int.NonNeg.mk k)

/-- `x ≤ y` gives a `k ≥ 0` with `x + k = y`. -/
theorem int_exists_of_le {x y : Int} (h : Int.le x y) :
    Exists fun k => Eq (Int.add x (Int.ofNat k)) y :=
  have g : ∀ z, Int.NonNeg z → Eq (Int.sub y x) z →
      Exists fun k => Eq (Int.add x (Int.ofNat k)) y :=
    fun _ hz => match hz with
      | .mk k => fun e => ⟨k, Eq.trans (congrArg (Int.add x) (Eq.symm e))
          (Eq.trans (int_add_comm x (Int.add y (Int.neg x)))
            (Eq.trans (int_add_assoc y (Int.neg x) x)
              (Eq.trans (congrArg (Int.add y)
                (Eq.trans (int_add_comm (Int.neg x) x) (int_add_neg x))) (int_add_zero y))))⟩
  g (Int.sub y x) h rfl

/-- `x ≤ y` and `y ≤ z` give `x ≤ z`. -/
theorem int_le_trans {x y z : Int} (h : Int.le x y) (k : Int.le y z) : Int.le x z :=
  match int_exists_of_le h, int_exists_of_le k with
  | ⟨m, e⟩, ⟨n, f⟩ => int_le_of_add (Nat.add m n)
      (Eq.trans (Eq.symm (int_add_assoc x (Int.ofNat m) (Int.ofNat n)))
        (Eq.trans (congrArg (fun t => Int.add t (Int.ofNat n)) e) f))

/-- `x + k = x` gives `k = 0`. -/
theorem int_add_left_zero {x k : Int} (h : Eq (Int.add x k) x) : Eq k (Int.ofNat 0) :=
  Eq.trans (Eq.symm (int_add_zero k))
    (Eq.trans (congrArg (Int.add k) (Eq.symm (int_add_neg x)))
      (Eq.trans (Eq.symm (int_add_assoc k x (Int.neg x)))
        (Eq.trans (congrArg (fun t => Int.add t (Int.neg x)) (Eq.trans (int_add_comm k x) h))
          (int_add_neg x))))

/-- `x ≤ y` and `y ≤ x` give `x = y`. -/
theorem int_le_antisymm {x y : Int} (h : Int.le x y) (k : Int.le y x) : Eq x y :=
  match int_exists_of_le h, int_exists_of_le k with
  | ⟨m, e⟩, ⟨n, f⟩ =>
    have g : Eq (Int.ofNat (Nat.add m n)) (Int.ofNat 0) :=
      int_add_left_zero (x := x)
        (Eq.trans (Eq.symm (int_add_assoc x (Int.ofNat m) (Int.ofNat n)))
          (Eq.trans (congrArg (fun t => Int.add t (Int.ofNat n)) e) f))
    have m0 : Eq m 0 := nat_eq_zero_of_add (Int.noConfusion g (fun e => e))
    Eq.trans (Eq.symm (int_add_zero x))
      (Eq.trans (congrArg (fun t => Int.add x (Int.ofNat t)) (Eq.symm m0)) e)

/-- Whether `x ≤ y`, computed by comparing natural numbers. -/
def intBle : Int → Int → Bool
  | .ofNat m, .ofNat n => Nat.ble m n
  | .ofNat _, .negSucc _ => false
  | .negSucc _, .ofNat _ => true
  | .negSucc m, .negSucc n => Nat.ble n m

/-- `intBle` is right when it says yes. -/
theorem int_le_of_ble {x y : Int} (h : Eq (intBle x y) true) : Int.le x y :=
  match x, y, h with
  | .ofNat _, .ofNat _, h => match nat_exists_of_le (Nat.le_of_ble_eq_true h) with
    | ⟨k, e⟩ => int_le_of_add k (congrArg Int.ofNat e)
  | .ofNat _, .negSucc _, h => bool_absurd (Eq.symm h)
  | .negSucc m, .ofNat n, _ => int_le_of_add (Nat.add n (Nat.succ m))
      (Eq.trans (diff_eq (c := n) (d := 0) rfl) (diff_zero n))
  | .negSucc m, .negSucc n, h => match nat_exists_of_le (Nat.le_of_ble_eq_true h) with
    | ⟨k, e⟩ => int_le_of_add k (diff_eq (a := k) (b := Nat.succ m) (c := 0) (d := Nat.succ n)
        (congrArg Nat.succ (Eq.trans (nat_add_comm k n) (Eq.trans e (Eq.symm (nat_zero_add m))))))

/-- `intBle` that says no reverses the order. -/
theorem int_le_of_ble_false {x y : Int} (h : Eq (intBle x y) false) : Int.le y x :=
  match x, y, h with
  | .ofNat _, .ofNat _, h => int_le_of_ble (x := .ofNat _) (y := .ofNat _)
      (Nat.ble_eq_true_of_le (nat_le_of_ble_false h))
  | .ofNat m, .negSucc n, _ => int_le_of_ble (x := .negSucc n) (y := .ofNat m) rfl
  | .negSucc _, .ofNat _, h => bool_absurd h
  | .negSucc _, .negSucc _, h => int_le_of_ble (x := .negSucc _) (y := .negSucc _)
      (Nat.ble_eq_true_of_le (nat_le_of_ble_false h))

/-- `x ≤ y` or `y ≤ x`. -/
theorem int_le_total (x y : Int) : Or (Int.le x y) (Int.le y x) :=
  Or.elim (bool_em (intBle x y)) (fun h => Or.inl (int_le_of_ble h))
    (fun h => Or.inr (int_le_of_ble_false h))

/-- `x ≤ x`. -/
theorem int_le_refl (x : Int) : Int.le x x := int_le_of_add 0 (int_add_zero x)

/-- `intBle` says yes where `x ≤ y`. -/
theorem int_ble_of_le {x y : Int} (h : Int.le x y) : Eq (intBle x y) true :=
  Or.elim (bool_em (intBle x y)) (fun e => e) (fun e =>
    have f : Eq x y := int_le_antisymm h (int_le_of_ble_false e)
    have g (x : Int) : Eq (intBle x x) true :=
      match x with
      | .ofNat n => Nat.ble_self_eq_true n
      | .negSucc n => Nat.ble_self_eq_true n
    Eq.subst (motive := fun t => Eq (intBle x t) true) f (g x))

/-- `x ≤ y` or not. -/
theorem int_le_em (x y : Int) : Or (Int.le x y) (Not (Int.le x y)) :=
  Or.elim (bool_em (intBle x y)) (fun h => Or.inl (int_le_of_ble h))
    (fun h => Or.inr (fun k => bool_absurd (Eq.trans (Eq.symm (int_ble_of_le k)) h)))

/-- `x ≤ y` gives `z + x ≤ z + y`. -/
theorem int_add_le_add_left {x y : Int} (z : Int) (h : Int.le x y) :
    Int.le (Int.add z x) (Int.add z y) :=
  match int_exists_of_le h with
  | ⟨k, e⟩ => int_le_of_add k (Eq.trans (int_add_assoc z x (Int.ofNat k)) (congrArg (Int.add z) e))

/-- The product of positive integers is positive. -/
theorem int_mul_pos {x y : Int} (h : Not (Int.le x (Int.ofNat 0)))
    (k : Not (Int.le y (Int.ofNat 0))) :
    Not (Int.le (Int.mul x y) (Int.ofNat 0)) :=
  match x, y, h, k with
  | .negSucc _, _, h, _ => False.elim (h (int_le_of_ble rfl))
  | .ofNat 0, _, h, _ => False.elim (h (int_le_of_ble rfl))
  | .ofNat (.succ _), .negSucc _, _, k => False.elim (k (int_le_of_ble rfl))
  | .ofNat (.succ _), .ofNat 0, _, k => False.elim (k (int_le_of_ble rfl))
  | .ofNat (.succ _), .ofNat (.succ _), _, _ => fun g => bool_absurd (Eq.symm (int_ble_of_le g))

/-- The greater of two integers. -/
def intSup (x y : Int) : Int := cond (intBle x y) y x

/-- What holds in both cases holds for the choice. -/
theorem cond_ind.{u} {α : Type u} {P : α → Prop} {b : Bool} {s t : α} (h : Eq b true → P s)
    (k : Eq b false → P t) : P (cond b s t) :=
  match b, h, k with
  | true, h, _ => h rfl
  | false, _, k => k rfl

/-- ℤ is an ordered ring; `ofInt` is the identity, so integers are never unfolded. -/
instance instOrderedRingInt : OrderedRing Int where
  zero := Int.ofNat 0
  one := Int.ofNat 1
  add := Int.add
  mul := Int.mul
  sup := intSup
  neg := Int.neg
  le := Int.le
  ofInt n := n
  add_assoc := int_add_assoc
  add_comm := int_add_comm
  add_zero := int_add_zero
  add_neg := int_add_neg
  mul_assoc := int_mul_assoc
  mul_comm := int_mul_comm
  mul_one := int_mul_one
  mul_add := int_mul_add
  le_refl := int_le_refl
  le_trans := int_le_trans
  le_antisymm := int_le_antisymm
  le_total := int_le_total
  le_em := int_le_em
  add_le_add_left := int_add_le_add_left
  mul_pos := int_mul_pos
  zero_lt_one h := bool_absurd (Eq.symm (int_ble_of_le h))
  le_sup_left x _ := cond_ind (P := Int.le x) int_le_of_ble (fun _ => int_le_refl x)
  le_sup_right _ y := cond_ind (P := Int.le y) (fun _ => int_le_refl y) int_le_of_ble_false
  sup_le h k := cond_ind (P := fun t => Int.le t _) (fun _ => k) (fun _ => h)
  ofInt_one := rfl
  ofInt_add _ _ := rfl
  ofInt_mul _ _ := rfl

end LipBridge
