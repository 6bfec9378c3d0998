import LipBridge.Algebra.Semiring
/-!
# The ring laws of the integers

Every integer is a difference `a - b` of natural numbers (`diff a b`), and `a - b = c - d` as soon
as `a + d = c + b`. So the laws of ℤ come down to identities between natural numbers.
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

end LipBridge
