import LipBridge.Algebra.Semiring
/-!
# Inequalities between natural numbers

What the bounds on packed digits need.
-/

set_option autoImplicit false

namespace LipBridge

/-- `a ≤ b` and `c ≤ d` give `a + c ≤ b + d`. -/
theorem nat_add_le_add {a b c d : Nat} (h : Nat.le a b) (k : Nat.le c d) :
    Nat.le (Nat.add a c) (Nat.add b d) :=
  match nat_exists_of_le h, nat_exists_of_le k with
  | ⟨m, e⟩, ⟨n, f⟩ => nat_le_of_add_eq (k := Nat.add m n)
      (Eq.trans (nat_ring (vars4 a c m n) (b := Nat.add (Nat.add a m) (Nat.add c n)))
        (congr2 Nat.add e f))

/-- `a ≤ b` gives `c * a ≤ c * b`. -/
theorem nat_mul_le_mul_left (c : Nat) {a b : Nat} (h : Nat.le a b) :
    Nat.le (Nat.mul c a) (Nat.mul c b) :=
  match nat_exists_of_le h with
  | ⟨k, e⟩ => nat_le_of_add_eq (k := Nat.mul c k)
      (Eq.trans (Eq.symm (nat_mul_add c a k)) (congrArg (Nat.mul c) e))

/-- `a ≤ b` and `c ≤ d` give `a * c ≤ b * d`. -/
theorem nat_mul_le_mul {a b c d : Nat} (h : Nat.le a b) (k : Nat.le c d) :
    Nat.le (Nat.mul a c) (Nat.mul b d) :=
  Nat.le_trans (nat_mul_le_mul_left a k)
    (Eq.subst (motive := fun t => Nat.le t (Nat.mul b d)) (nat_mul_comm d a)
      (Eq.subst (motive := fun t => Nat.le (Nat.mul d a) t) (nat_mul_comm d b)
        (nat_mul_le_mul_left d h)))

/-- `m + q < m + n` gives `q < n`. -/
theorem nat_lt_of_add_lt {m q n : Nat} (h : Nat.lt (Nat.add m q) (Nat.add m n)) : Nat.lt q n :=
  Or.elim (nat_lt_or_ge q n) (fun g => g)
    (fun g => absurd (Nat.le_trans h (nat_add_le_add Nat.le.refl g)) (Nat.not_succ_le_self _))

/-- A digit that is `D` or 0 is at most `D`. -/
theorem pick_le (c : Bool) (D : Nat) : Nat.le (pick c D 0) D :=
  match c with
  | true => Nat.le.refl
  | false => Nat.zero_le D

/-- `and` is symmetric. -/
theorem bool_and_comm (a b : Bool) : Eq (and a b) (and b a) :=
  match a, b with
  | true, true => rfl
  | true, false => rfl
  | false, true => rfl
  | false, false => rfl

/-- `Nat.beq` is symmetric. -/
theorem nat_beq_comm (m n : Nat) : Eq (Nat.beq m n) (Nat.beq n m) :=
  match m, n with
  | .zero, .zero => rfl
  | .zero, .succ _ => rfl
  | .succ _, .zero => rfl
  | .succ m, .succ n => nat_beq_comm m n

end LipBridge
