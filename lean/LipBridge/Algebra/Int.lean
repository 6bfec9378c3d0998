import LipBridge.Algebra.Semiring
import LipBridge.Algebra.OrderedRing
/-!
# The integers are an ordered ring

Every integer is a difference `a - b` of natural numbers (`diff a b`), and `a - b = c - d` as soon as
`a + d = c + b`. So the laws of ℤ come down to identities between natural numbers.
-/

set_option autoImplicit false

namespace LipBridge

/-- `a - b` for natural numbers, as an integer. -/
abbrev diff (a b : Nat) : Int := Int.subNatNat a b

/-! ## Differences -/

/-- `0 - n = 0` in ℕ. -/
theorem nat_zero_sub (n : Nat) : Eq (Nat.sub 0 n) 0 :=
  Nat.rec (motive := fun n => Eq (Nat.sub 0 n) 0) rfl (fun _ ih => congrArg Nat.pred ih) n

/-- `(m+1) - (n+1) = m - n` in ℕ. -/
theorem nat_succ_sub_succ (m n : Nat) : Eq (Nat.sub (Nat.succ m) (Nat.succ n)) (Nat.sub m n) :=
  Nat.rec (motive := fun n => Eq (Nat.sub (Nat.succ m) (Nat.succ n)) (Nat.sub m n)) rfl
    (fun _ ih => congrArg Nat.pred ih) n

/-- What `Int.subNatNat` makes of the two cut-off differences. -/
noncomputable def diffOf (s t : Nat) : Int :=
  Nat.rec (motive := fun _ => Int) (Int.ofNat t) (fun k _ => Int.negSucc k) s

set_option smartUnfolding false in
/-- `diff` through cut-off differences. -/
theorem diff_eq_diffOf (a b : Nat) : Eq (diff a b) (diffOf (Nat.sub b a) (Nat.sub a b)) := rfl

/-- `(a+1) - (b+1) = a - b`. -/
theorem diff_succ (a b : Nat) : Eq (diff (Nat.succ a) (Nat.succ b)) (diff a b) :=
  Eq.trans (diff_eq_diffOf _ _)
    (Eq.trans (congr (congrArg diffOf (nat_succ_sub_succ b a)) (nat_succ_sub_succ a b))
      (Eq.symm (diff_eq_diffOf a b)))

/-- `(a+k) - (b+k) = a - b`. -/
theorem diff_add_right (a b k : Nat) : Eq (diff (Nat.add a k) (Nat.add b k)) (diff a b) :=
  Nat.rec (motive := fun k => Eq (diff (Nat.add a k) (Nat.add b k)) (diff a b)) rfl
    (fun k ih => Eq.trans (diff_succ (Nat.add a k) (Nat.add b k)) ih) k

/-- `a + d = c + b` gives `a - b = c - d`. -/
theorem diff_eq {a b c d : Nat} (h : Eq (Nat.add a d) (Nat.add c b)) : Eq (diff a b) (diff c d) :=
  Eq.trans (Eq.symm (diff_add_right a b d))
    (Eq.trans (congr (congrArg diff h) (nat_add_comm b d)) (diff_add_right c d b))

/-- `n - 0 = n`. -/
theorem diff_zero (n : Nat) : Eq (diff n 0) (Int.ofNat n) :=
  Eq.trans (diff_eq_diffOf n 0) (congrArg (fun s => diffOf s n) (nat_zero_sub n))

/-- The positive part of an integer. -/
def posPart : Int → Nat
  | .ofNat n => n
  | .negSucc _ => 0

/-- The negative part of an integer. -/
def negPart : Int → Nat
  | .ofNat _ => 0
  | .negSucc n => Nat.succ n

/-- `x` is the difference of its parts. -/
theorem int_eq_diff (x : Int) : Eq (diff (posPart x) (negPart x)) x :=
  match x with
  | .ofNat n => diff_zero n
  | .negSucc _ => rfl

/-- The parts of `a - b` differ from `a` and `b` by the same number. -/
theorem diff_parts (a b : Nat) :
    Eq (Nat.add (posPart (diff a b)) b) (Nat.add a (negPart (diff a b))) :=
  Or.elim (nat_total b a)
    (fun h => match h with
      | ⟨k, e⟩ =>
        have hd : Eq (diff a b) (Int.ofNat k) :=
          Eq.trans (diff_eq (c := k) (d := 0) (Eq.trans (Eq.symm e) (nat_add_comm b k)))
            (diff_zero k)
        Eq.trans (congrArg (fun x => Nat.add (posPart x) b) hd)
          (Eq.trans (Eq.trans (nat_add_comm k b) e)
            (congrArg (fun x => Nat.add a (negPart x)) (Eq.symm hd))))
    (fun h => match h with
      | ⟨k, e⟩ =>
        have hd : Eq (diff a b) (Int.negSucc k) :=
          diff_eq (c := 0) (d := Nat.succ k) (Eq.trans e (Eq.symm (nat_zero_add b)))
        Eq.trans (congrArg (fun x => Nat.add (posPart x) b) hd)
          (Eq.trans (nat_zero_add b)
            (Eq.trans (Eq.symm e) (congrArg (fun x => Nat.add a (negPart x)) (Eq.symm hd)))))

/-- What holds for all differences holds for all integers. -/
@[elab_as_elim] theorem int_ind {motive : Int → Prop} (h : ∀ a b, motive (diff a b)) (x : Int) :
    motive x :=
  int_eq_diff x ▸ h (posPart x) (negPart x)

/-! ## Sums, opposites and products of differences -/

/-- The sum of two integers by their parts. -/
theorem int_add_parts (x y : Int) : Eq (Int.add x y)
    (diff (Nat.add (posPart x) (posPart y)) (Nat.add (negPart x) (negPart y))) :=
  match x, y with
  | .ofNat m, .ofNat n => Eq.symm (diff_zero (Nat.add m n))
  | .ofNat m, .negSucc n => congrArg (diff m) (Eq.symm (nat_zero_add (Nat.succ n)))
  | .negSucc m, .ofNat n => congrArg (fun t => diff t (Nat.succ m)) (Eq.symm (nat_zero_add n))
  | .negSucc m, .negSucc n =>
    congrArg (fun t => diff 0 (Nat.succ t)) (Eq.symm (nat_succ_add m n))

/-- `(a - b) + (c - d) = (a + c) - (b + d)`. -/
theorem diff_add (a b c d : Nat) :
    Eq (Int.add (diff a b) (diff c d)) (diff (Nat.add a c) (Nat.add b d)) :=
  Eq.trans (int_add_parts (diff a b) (diff c d))
    (diff_eq
      (Eq.trans
        (nat_ring (vars4 (posPart (diff a b)) (posPart (diff c d)) b d)
          (b := Nat.add (Nat.add (posPart (diff a b)) b) (Nat.add (posPart (diff c d)) d)))
        (Eq.trans (congr (congrArg Nat.add (diff_parts a b)) (diff_parts c d))
          (nat_ring (vars4 a c (negPart (diff a b)) (negPart (diff c d)))))))

/-- `-(a - b) = b - a`. -/
theorem diff_neg (a b : Nat) : Eq (Int.neg (diff a b)) (diff b a) :=
  have h (x : Int) : Eq (Int.neg x) (diff (negPart x) (posPart x)) :=
    match x with
    | .ofNat 0 => rfl
    | .ofNat (.succ _) => rfl
    | .negSucc n => Eq.symm (diff_zero (Nat.succ n))
  Eq.trans (h (diff a b))
    (diff_eq (Eq.trans (nat_add_comm _ a)
      (Eq.trans (Eq.symm (diff_parts a b)) (nat_add_comm _ b))))

/-- `-n` as a difference. -/
theorem negOfNat_eq (n : Nat) : Eq (Int.negOfNat n) (diff 0 n) :=
  match n with
  | 0 => rfl
  | .succ _ => rfl

/-- The positive part of a product of differences. -/
abbrev mulPos (a b c d : Nat) : Nat := Nat.add (Nat.mul a c) (Nat.mul b d)

/-- The product of two integers by their parts. -/
theorem int_mul_parts (x y : Int) : Eq (Int.mul x y)
    (diff (mulPos (posPart x) (negPart x) (posPart y) (negPart y))
      (mulPos (posPart x) (negPart x) (negPart y) (posPart y))) :=
  match x, y with
  | .ofNat m, .ofNat n => Eq.trans (Eq.symm (diff_zero (Nat.mul m n)))
      (diff_eq (c := mulPos m 0 n 0) (d := mulPos m 0 0 n) (nat_ring (vars2 m n)))
  | .ofNat m, .negSucc n => Eq.trans (negOfNat_eq (Nat.mul m (Nat.succ n)))
      (diff_eq (c := mulPos m 0 0 (Nat.succ n)) (d := mulPos m 0 (Nat.succ n) 0)
        (nat_ring (vars2 m n)))
  | .negSucc m, .ofNat n => Eq.trans (negOfNat_eq (Nat.mul (Nat.succ m) n))
      (diff_eq (c := mulPos 0 (Nat.succ m) n 0) (d := mulPos 0 (Nat.succ m) 0 n)
        (nat_ring (vars2 m n)))
  | .negSucc m, .negSucc n => Eq.trans (Eq.symm (diff_zero (Nat.mul (Nat.succ m) (Nat.succ n))))
      (diff_eq (c := mulPos 0 (Nat.succ m) 0 (Nat.succ n))
        (d := mulPos 0 (Nat.succ m) (Nat.succ n) 0) (nat_ring (vars2 m n)))

/-- The product of differences does not depend on how the first is written. -/
theorem mulPos_congr {p n a b : Nat} (q m : Nat) (h : Eq (Nat.add p b) (Nat.add a n)) :
    Eq (diff (mulPos p n q m) (mulPos p n m q)) (diff (mulPos a b q m) (mulPos a b m q)) :=
  diff_eq (Eq.trans
    (nat_ring (vars6 p n q m a b)
      (b := Nat.add (Nat.mul (Nat.add p b) q) (Nat.mul (Nat.add a n) m)))
    (Eq.trans (congr (congrArg Nat.add (congrArg (fun t => Nat.mul t q) h))
        (congrArg (fun t => Nat.mul t m) (Eq.symm h)))
      (nat_ring (vars6 p n q m a b))))

/-- The product of differences does not depend on their order. -/
theorem mulPos_comm (a b q m : Nat) :
    Eq (diff (mulPos a b q m) (mulPos a b m q)) (diff (mulPos q m a b) (mulPos q m b a)) :=
  diff_eq (nat_ring (vars4 a b q m))

/-- `(a - b) * (c - d) = (a*c + b*d) - (a*d + b*c)`. -/
theorem diff_mul (a b c d : Nat) :
    Eq (Int.mul (diff a b) (diff c d)) (diff (mulPos a b c d) (mulPos a b d c)) :=
  Eq.trans (int_mul_parts (diff a b) (diff c d))
    (Eq.trans (mulPos_congr _ _ (diff_parts a b))
      (Eq.trans (mulPos_comm a b _ _)
        (Eq.trans (mulPos_congr a b (diff_parts c d)) (mulPos_comm c d a b))))

/-! ## The ring laws -/

/-- `x + y = y + x`. -/
theorem int_add_comm (x y : Int) : Eq (Int.add x y) (Int.add y x) :=
  int_ind (fun a b => int_ind (fun c d =>
    eq_via (diff_add a b c d) (diff_add c d a b) (diff_eq (nat_ring (vars4 a b c d)))) y) x

/-- `(x + y) + z = x + (y + z)`. -/
theorem int_add_assoc (x y z : Int) : Eq (Int.add (Int.add x y) z) (Int.add x (Int.add y z)) :=
  int_ind (fun a b => int_ind (fun c d => int_ind (fun e f =>
    eq_via
      (Eq.trans (congrArg (fun t => Int.add t (diff e f)) (diff_add a b c d)) (diff_add _ _ e f))
      (Eq.trans (congrArg (Int.add (diff a b)) (diff_add c d e f)) (diff_add a b _ _))
      (diff_eq (nat_ring (vars6 a b c d e f)))) z) y) x

/-- `x + 0 = x`. -/
theorem int_add_zero (x : Int) : Eq (Int.add x (Int.ofNat 0)) x :=
  int_ind (fun a b => diff_add a b 0 0) x

/-- `x + (-x) = 0`. -/
theorem int_add_neg (x : Int) : Eq (Int.add x (Int.neg x)) (Int.ofNat 0) :=
  int_ind (fun a b => Eq.trans (congrArg (Int.add (diff a b)) (diff_neg a b))
    (Eq.trans (diff_add a b b a) (diff_eq (c := 0) (d := 0) (nat_ring (vars2 a b))))) x

/-- `x * y = y * x`. -/
theorem int_mul_comm (x y : Int) : Eq (Int.mul x y) (Int.mul y x) :=
  int_ind (fun a b => int_ind (fun c d =>
    eq_via (diff_mul a b c d) (diff_mul c d a b) (mulPos_comm a b c d)) y) x

/-- `(x * y) * z = x * (y * z)`. -/
theorem int_mul_assoc (x y z : Int) : Eq (Int.mul (Int.mul x y) z) (Int.mul x (Int.mul y z)) :=
  int_ind (fun a b => int_ind (fun c d => int_ind (fun e f =>
    eq_via
      (Eq.trans (congrArg (fun t => Int.mul t (diff e f)) (diff_mul a b c d)) (diff_mul _ _ e f))
      (Eq.trans (congrArg (Int.mul (diff a b)) (diff_mul c d e f)) (diff_mul a b _ _))
      (diff_eq (nat_ring (vars6 a b c d e f)))) z) y) x

/-- `x * 1 = x`. -/
theorem int_mul_one (x : Int) : Eq (Int.mul x (Int.ofNat 1)) x :=
  int_ind (fun a b => Eq.trans (diff_mul a b 1 0) (diff_eq (nat_ring (vars2 a b)))) x

/-- `x * (y + z) = x * y + x * z`. -/
theorem int_mul_add (x y z : Int) :
    Eq (Int.mul x (Int.add y z)) (Int.add (Int.mul x y) (Int.mul x z)) :=
  int_ind (fun a b => int_ind (fun c d => int_ind (fun e f =>
    eq_via
      (Eq.trans (congrArg (Int.mul (diff a b)) (diff_add c d e f)) (diff_mul a b _ _))
      (Eq.trans (congr2 Int.add (diff_mul a b c d) (diff_mul a b e f)) (diff_add _ _ _ _))
      (diff_eq (nat_ring (vars6 a b c d e f)))) z) y) x

/-! ## The order -/

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
  have g : ∀ z, Int.NonNeg z → Eq (Int.sub y x) z → Exists fun k => Eq (Int.add x (Int.ofNat k)) y :=
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
theorem int_mul_pos {x y : Int} (h : Not (Int.le x (Int.ofNat 0))) (k : Not (Int.le y (Int.ofNat 0))) :
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
