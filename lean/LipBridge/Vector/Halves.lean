import LipBridge.Algebra.NatDivision
import LipBridge.Vector.Sum
/-!
# Long sums and conjunctions by halves

One entry after the other, 8192 entries nest 8192 deep, which is more than the stack of a kernel
holds. By halves they nest 13 deep, and the result is the same.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- `step s n`, of the `n` entries from `s` on, put together from its halves by `op` as long as there
are eight entries; `t` bounds how often. -/
def byHalves {α : Type u} (step : Nat → Nat → α) (op : α → α → α) (t s n : Nat) : α :=
  match t with
  | 0 => step s n
  | .succ t => cond (and (Nat.ble 8 n) (Nat.ble (Nat.div n 2) n))
      (op (byHalves step op t s (Nat.div n 2))
        (byHalves step op t (Nat.add s (Nat.div n 2)) (Nat.sub n (Nat.div n 2))))
      (step s n)

/-- Either value is `v`, the first one where it is taken. -/
theorem cond_eq {α : Type u} {c : Bool} {a b v : α} (h : Eq c true → Eq a v) (k : Eq b v) :
    Eq (cond c a b) v :=
  match c, h, k with
  | true, h, _ => h rfl
  | false, _, k => k

/-- By halves as in one go, where `op` puts two neighbouring ranges together. -/
theorem byHalves_eq {α : Type u} {step : Nat → Nat → α} {op : α → α → α}
    (h : ∀ s a b, Eq (op (step s a) (step (Nat.add s a) b)) (step s (Nat.add a b))) (t s n : Nat) :
    Eq (byHalves step op t s n) (step s n) :=
  match t with
  | 0 => rfl
  | .succ t => cond_eq (fun hc => Eq.trans
      (congr2 op (byHalves_eq h t s (Nat.div n 2))
        (byHalves_eq h t (Nat.add s (Nat.div n 2)) (Nat.sub n (Nat.div n 2))))
      (Eq.trans (h s _ _) (congrArg (step s) (Eq.trans (nat_add_comm _ _)
        (nat_sub_add_cancel (Nat.le_of_ble_eq_true (bool_and hc).right)))))) rfl

/-! ## Sums -/

section
variable {R : Type u} [OrderedRing R]

/-- `f 0 + … + f (n-1)`, by halves. -/
def sumByHalves (n : Nat) (f : Nat → R) : R :=
  byHalves (fun s n => sum n (fun i => f (Nat.add s i))) add n 0 n

/-- It is the sum. -/
theorem sumByHalves_eq (n : Nat) (f : Nat → R) : Eq (sumByHalves n f) (sum n f) :=
  Eq.trans
    (byHalves_eq (step := fun s n => sum n (fun i => f (Nat.add s i)))
      (fun s a b => Eq.symm (Eq.trans (sum_append a b _) (congrArg (add _)
        (sum_ext b (fun i => congrArg f (Eq.symm (nat_add_assoc s a i))))))) n 0 n)
    (sum_ext n (fun i => congrArg f (nat_zero_add i)))

end

/-! ## Conjunctions -/

/-- Whether `p` holds of `s, …, s + n - 1`. -/
def allFrom (p : Nat → Bool) (s n : Nat) : Bool :=
  match n with
  | 0 => true
  | .succ n => and (allFrom p s n) (p (Nat.add s n))

/-- Two ranges are one. -/
theorem allFrom_append (p : Nat → Bool) (s a b : Nat) :
    Eq (and (allFrom p s a) (allFrom p (Nat.add s a) b)) (allFrom p s (Nat.add a b)) :=
  match b with
  | 0 => match allFrom p s a with
    | true => rfl
    | false => rfl
  | .succ b =>
    have assoc (x y z : Bool) : Eq (and x (and y z)) (and (and x y) z) :=
      match x with
      | true => rfl
      | false => rfl
    Eq.trans (assoc _ _ _) (congr2 and (allFrom_append p s a b) (congrArg p (nat_add_assoc s a b)))

/-- Whether `p` holds of `0, …, b - 1`, by halves. -/
def allBelow (b : Nat) (p : Nat → Bool) : Bool := byHalves (allFrom p) and b 0 b

/-- It is the conjunction. -/
theorem allBelow_eq (b : Nat) (p : Nat → Bool) : Eq (allBelow b p) (allFrom p 0 b) :=
  byHalves_eq (allFrom_append p) b 0 b

/-- A range that says yes is right. -/
theorem allFrom_sound {p : Nat → Bool} {s n : Nat} (h : Eq (allFrom p s n) true) {i : Nat}
    (hi : Nat.lt i n) : Eq (p (Nat.add s i)) true :=
  match n, h, hi with
  | .succ n, h, hi => match bool_and h with
    | ⟨hl, hr⟩ => Or.elim (nat_lt_or_ge i n) (fun g => allFrom_sound hl g)
        (fun g => Eq.subst (motive := fun t => Eq (p (Nat.add s t)) true)
          (nat_le_antisymm g (Nat.le_of_succ_le_succ hi)) hr)

/-- `allBelow` that says yes is right. -/
theorem allBelow_sound {b : Nat} {p : Nat → Bool} (h : Eq (allBelow b p) true) {s : Nat}
    (hs : Nat.lt s b) : Eq (p s) true :=
  Eq.trans (congrArg p (Eq.symm (nat_zero_add s)))
    (allFrom_sound (Eq.trans (Eq.symm (allBelow_eq b p)) h) hs)

/-- What holds of each entry of a range is found to hold. -/
theorem allFrom_complete {p : Nat → Bool} {s n : Nat}
    (h : ∀ i, Nat.lt i n → Eq (p (Nat.add s i)) true) : Eq (allFrom p s n) true :=
  match n, h with
  | 0, _ => rfl
  | .succ n, h => congr2 and (allFrom_complete (fun i hi => h i (.step hi))) (h n .refl)

/-- What holds of each `s < b` is found to hold. -/
theorem allBelow_complete {b : Nat} {p : Nat → Bool} (h : ∀ s, Nat.lt s b → Eq (p s) true) :
    Eq (allBelow b p) true :=
  Eq.trans (allBelow_eq b p) (allFrom_complete (fun i hi =>
    Eq.trans (congrArg p (nat_zero_add i)) (h i hi)))

end LipBridge
