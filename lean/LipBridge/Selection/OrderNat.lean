import LipBridge.Algebra.NatLemmas
/-!
# Order lemmas for counting

Cancellation laws of `≤` on ℕ, and statements about all `i < m + 1`.
-/

set_option autoImplicit false

namespace LipBridge

/-- `a + c ≤ b + c` gives `a ≤ b`. -/
theorem nat_le_of_add_le_add_right {a b : Nat} (c : Nat) (h : Nat.le (Nat.add a c) (Nat.add b c)) :
    Nat.le a b :=
  match c, h with
  | 0, h => h
  | .succ c, h => nat_le_of_add_le_add_right c (Nat.le_of_succ_le_succ h)

/-- `a ≤ b` gives `c + a ≤ c + b`. -/
theorem nat_add_le_add_left {a b : Nat} (c : Nat) (h : Nat.le a b) :
    Nat.le (Nat.add c a) (Nat.add c b) :=
  Nat.le.rec (motive := fun b _ => Nat.le (Nat.add c a) (Nat.add c b)) Nat.le.refl
    (fun _ ih => Nat.le.step ih) h

/-- `a ≤ b` and `c ≤ d` give `a + c ≤ b + d`. -/
theorem nat_add_le_add {a b c d : Nat} (h : Nat.le a b) (k : Nat.le c d) :
    Nat.le (Nat.add a c) (Nat.add b d) :=
  have g : Nat.le (Nat.add a c) (Nat.add b c) :=
    nat_add_comm c a ▸ nat_add_comm c b ▸ nat_add_le_add_left c h
  Nat.le_trans g (nat_add_le_add_left b k)

/-- `b + y ≤ a + x` and `x ≤ y` give `b ≤ a`. -/
theorem nat_le_of_add_le {a b x y : Nat} (h : Nat.le (Nat.add b y) (Nat.add a x))
    (k : Nat.le x y) : Nat.le b a :=
  nat_le_of_add_le_add_right y (Nat.le_trans h (nat_add_le_add_left a k))

/-- `Nat.beq n n` is true. -/
theorem nat_beq_self (n : Nat) : Eq (Nat.beq n n) true :=
  match n with
  | 0 => rfl
  | .succ n => nat_beq_self n

/-- What holds below `m` and at `m` holds below `m + 1`. -/
theorem forall_lt_succ {m : Nat} {P : Nat → Prop} (h : ∀ i, Nat.lt i m → P i) (k : P m) (i : Nat)
    (hi : Nat.lt i (Nat.succ m)) : P i :=
  Or.elim (nat_lt_or_ge i m) (h i) (fun g =>
    Eq.subst (motive := P) (nat_le_antisymm g (Nat.le_of_succ_le_succ hi)) k)

/-- What holds below `m + 1` holds below `m`. -/
theorem forall_lt_of_succ {m : Nat} {P : Nat → Prop} (h : ∀ i, Nat.lt i (Nat.succ m) → P i) (i : Nat)
    (hi : Nat.lt i m) : P i :=
  h i (Nat.le.step hi)

end LipBridge
