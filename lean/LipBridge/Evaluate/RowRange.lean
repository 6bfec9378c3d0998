import LipBridge.Evaluate.Turn
/-!
# A range of the rows of a tree

A check of the rows from one number to another passes over what is outside branch by branch, so that neither the
depth of the kernel's recursion nor its work grows with the number at which the range begins.
-/

set_option autoImplicit false

namespace LipBridge

/-- Whether `f s x` holds, if `s` is from `a` to below `e`. -/
noncomputable def inRange (f : Nat → Nat → Bool) (a e s x : Nat) : Bool :=
  force s fun s => pick (Nat.ble a s) (pick (Nat.ble (Nat.succ s) e) (f s x) true) true

/-- Whether `f t x` holds of the rows `x` whose numbers `t` are from `a` to below `e`; `s` is the number of the
tree's first row. -/
noncomputable def Rows.within (f : Nat → Nat → Bool) (a e : Nat) (t : Rows) : Nat → Bool :=
  Rows.rec (motive := fun _ => Nat → Bool)
    (fun x s => inRange f a e s x)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ s =>
      and (and (and (inRange f a e s x₀) (inRange f a e (Nat.add s 1) x₁))
          (and (inRange f a e (Nat.add s 2) x₂) (inRange f a e (Nat.add s 3) x₃)))
        (and (and (inRange f a e (Nat.add s 4) x₄) (inRange f a e (Nat.add s 5) x₅))
          (and (inRange f a e (Nat.add s 6) x₆) (inRange f a e (Nat.add s 7) x₇))))
    (fun l _ p q s => force (Nat.add s (Rows.count l)) fun m =>
      and (pick (Nat.ble m a) true (p s)) (pick (Nat.ble e m) true (q m))) t

/-- `inRange` that says yes is right. -/
theorem inRange_sound {f : Nat → Nat → Bool} {a e s x : Nat} (h : Eq (inRange f a e s x) true)
    (ha : Nat.le a s) (he : Nat.lt s e) : Eq (f s x) true :=
  have pass {b c : Bool} (k : Eq (pick b c true) true) (e : Eq b true) : Eq c true :=
    match b, k, e with
    | true, k, _ => k
  pass (pass h (Nat.ble_eq_true_of_le ha)) (Nat.ble_eq_true_of_le he)

/-- What is passed over where `b` holds. -/
theorem passed {b c : Bool} (h : Eq (pick b true c) true) (k : Eq b true → False) : Eq c true :=
  match b, h, k with
  | true, _, k => False.elim (k rfl)
  | false, h, _ => h

/-- `Rows.within` that says yes is right of all rows that are in the range. -/
theorem Rows.within_walk {f : Nat → Nat → Bool} {a e : Nat} (t : Rows) : ∀ (s : Nat) (k : Nat → Nat),
    Eq (Rows.within f a e t s) true → ∀ i, Nat.lt i (Rows.count t) → Nat.le a (Nat.add s i) →
      Nat.lt (Nat.add s i) e → Eq (f (Nat.add s i) (Rows.walk t k i)) true :=
  Rows.rec
    (motive := fun t => ∀ (s : Nat) (k : Nat → Nat), Eq (Rows.within f a e t s) true →
      ∀ i, Nat.lt i (Rows.count t) → Nat.le a (Nat.add s i) → Nat.lt (Nat.add s i) e →
        Eq (f (Nat.add s i) (Rows.walk t k i)) true)
    (fun _ _ _ h i hi => match i, hi with
      | 0, _ => inRange_sound h
      | .succ i, hi => absurd (Nat.le_of_succ_le_succ hi) (Nat.not_succ_le_zero i))
    (fun _ _ _ _ _ _ _ _ _ _ h =>
      have low := bool_and (bool_and h).left
      have high := bool_and (bool_and h).right
      fun i => match i with
      | 0 => fun _ => inRange_sound (bool_and low.left).left
      | 1 => fun _ => inRange_sound (bool_and low.left).right
      | 2 => fun _ => inRange_sound (bool_and low.right).left
      | 3 => fun _ => inRange_sound (bool_and low.right).right
      | 4 => fun _ => inRange_sound (bool_and high.left).left
      | 5 => fun _ => inRange_sound (bool_and high.left).right
      | 6 => fun _ => inRange_sound (bool_and high.right).left
      | 7 => fun _ => inRange_sound (bool_and high.right).right
      | .succ (.succ (.succ (.succ (.succ (.succ (.succ (.succ p))))))) => fun hi =>
        absurd (Nat.le_trans (nat_le_add 9 p)
          (Eq.subst (motive := fun t => Nat.le t 8) (nat_add_comm p 9) hi)) (Nat.not_succ_le_self 8))
    (fun l r p q s k h i hi ha he =>
      have both := bool_and (a := pick (Nat.ble (Nat.add s (Rows.count l)) a) true (Rows.within f a e l s)) h
      Or.elim (nat_lt_add_cases hi)
        (fun g => p s (Rows.walk r k)
          (passed both.left (fun b => absurd
            (Nat.le_trans (nat_add_le_add (Nat.le.refl (n := s)) g) (Nat.le_trans (Nat.le_of_ble_eq_true b) ha))
            (Nat.not_succ_le_self _))) i g ha he)
        (fun g => match g with
        | ⟨j, hj, same⟩ => match i, same, ha, he with
          | _, rfl, ha, he =>
            have place := nat_add_assoc s (Rows.count l) j
            have done := q (Nat.add s (Rows.count l)) k
              (passed both.right (fun b => absurd
                (Nat.le_trans he (Nat.le_trans (Nat.le_of_ble_eq_true b)
                  (Eq.subst (motive := fun n => Nat.le (Nat.add s (Rows.count l)) n) place
                    (nat_le_add _ j)))) (Nat.not_succ_le_self _))) j hj
              (Eq.subst (motive := fun n => Nat.le a n) (Eq.symm place) ha)
              (Eq.subst (motive := fun n => Nat.lt n e) (Eq.symm place) he)
            Eq.subst (motive := fun n => Eq (f n (Rows.walk l (Rows.walk r k) (Nat.add (Rows.count l) j))) true)
              place (Eq.subst (motive := fun x => Eq (f (Nat.add (Nat.add s (Rows.count l)) j) x) true)
                (Eq.symm (Rows.walk_past l (Rows.walk r k) j)) done))) t

/-- `Rows.within` of a whole tree that says yes is right. -/
theorem Rows.within_sound {f : Nat → Nat → Bool} {a e : Nat} {t : Rows}
    (h : Eq (Rows.within f a e t 0) true) {i : Nat} (hi : Nat.lt i (Rows.count t)) (ha : Nat.le a i)
    (he : Nat.lt i e) : Eq (f i (Rows.get t i)) true :=
  have z := nat_zero_add i
  Eq.subst (motive := fun n => Eq (f n (Rows.get t i)) true) z
    (Rows.within_walk t 0 (fun _ => 0) h i hi (Eq.subst (motive := fun n => Nat.le a n) (Eq.symm z) ha)
      (Eq.subst (motive := fun n => Nat.lt n e) (Eq.symm z) he))

end LipBridge
