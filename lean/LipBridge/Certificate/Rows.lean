import LipBridge.Certificate.Digits
/-!
# Rows of packed numbers

A matrix of integers is kept as one natural number a row: entry `p` is digit `p` in base `2^w`, minus
a bias. The rows hang in a binary tree, so that no recursion of the kernel goes deep.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Rows -/

/-- The rows of a packed matrix: a binary tree with one or eight rows in a leaf. -/
inductive Rows : Type where
  /-- One row. -/
  | one (x : Nat) : Rows
  /-- Eight rows. -/
  | eight (x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ : Nat) : Rows
  /-- The rows of `l`, then those of `r`. -/
  | node (l r : Rows) : Rows

/-- The number of rows. -/
noncomputable def Rows.count (t : Rows) : Nat :=
  Rows.rec (fun _ => 1) (fun _ _ _ _ _ _ _ _ => 8) (fun _ _ a b => Nat.add a b) t

/-- `x`, then the values of `k`: `cons x k 0 = x`, `cons x k (i+1) = k i`. -/
noncomputable abbrev natCons (x : Nat) (k : Nat → Nat) (i : Nat) : Nat :=
  Nat.rec (motive := fun _ => Nat) x (fun j _ => k j) i

/-- The rows of `t` followed by the values of `k`. -/
noncomputable def Rows.walk (t : Rows) : (Nat → Nat) → Nat → Nat :=
  Rows.rec (motive := fun _ => (Nat → Nat) → Nat → Nat) natCons
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ k =>
      natCons x₀ (natCons x₁ (natCons x₂ (natCons x₃ (natCons x₄ (natCons x₅ (natCons x₆
        (natCons x₇ k))))))))
    (fun _ _ a b k => a (b k)) t

/-- Row `r`; 0 past the last. -/
noncomputable def Rows.get (t : Rows) (r : Nat) : Nat := Rows.walk t (fun _ => 0) r

/-- `Σ f(x)` over the rows `x`. -/
noncomputable def Rows.sum (f : Nat → Nat) (t : Rows) : Nat :=
  Rows.rec (motive := fun _ => Nat) (fun x => f x)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ =>
      Nat.add (Nat.add (Nat.add (f x₀) (f x₁)) (Nat.add (f x₂) (f x₃)))
        (Nat.add (Nat.add (f x₄) (f x₅)) (Nat.add (f x₆) (f x₇))))
    (fun _ _ a b => Nat.add a b) t

/-- Four pieces of a long number, of `s` bits each, the lowest first. -/
noncomputable def pieces (s a b c d : Nat) : Nat :=
  Nat.add (Nat.add a (Nat.shiftLeft b s))
    (Nat.shiftLeft (Nat.add c (Nat.shiftLeft d s)) (Nat.mul s 2))

/-- Eight rows of `s` bits each, cut from one number, the first from the lowest bits. -/
noncomputable def Rows.cut (s x : Nat) : Rows :=
  let m := Nat.pow 2 s
  .eight (Nat.mod x m) (Nat.mod (Nat.shiftRight x s) m)
    (Nat.mod (Nat.shiftRight x (Nat.mul s 2)) m) (Nat.mod (Nat.shiftRight x (Nat.mul s 3)) m)
    (Nat.mod (Nat.shiftRight x (Nat.mul s 4)) m) (Nat.mod (Nat.shiftRight x (Nat.mul s 5)) m)
    (Nat.mod (Nat.shiftRight x (Nat.mul s 6)) m) (Nat.mod (Nat.shiftRight x (Nat.mul s 7)) m)

/-- The first term of a sum: `Σ_{i≤n} f i = f 0 + Σ_{i<n} f (i+1)`. -/
theorem natSum_first (n : Nat) (f : Nat → Nat) :
    Eq (natSum (Nat.succ n) f) (Nat.add (f 0) (natSum n (fun i => f (Nat.succ i)))) :=
  Nat.rec
    (motive := fun n => Eq (natSum (Nat.succ n) f)
      (Nat.add (f 0) (natSum n (fun i => f (Nat.succ i)))))
    (nat_add_comm 0 (f 0))
    (fun n ih => Eq.trans (congrArg (fun t => Nat.add t (f (Nat.succ n))) ih) (nat_add_assoc _ _ _)) n

/-- A sum over the rows, the first row apart. -/
theorem natSum_cons (f : Nat → Nat) (n x : Nat) (k : Nat → Nat) :
    Eq (natSum (Nat.succ n) (fun r => f (natCons x k r)))
      (Nat.add (f x) (natSum n (fun r => f (k r)))) :=
  natSum_first n (fun r => f (natCons x k r))

/-- `Σ_{r<n} f r` depends on the terms only. -/
theorem natSum_congr {n : Nat} {f g : Nat → Nat} (h : ∀ r, Nat.lt r n → Eq (f r) (g r)) :
    Eq (natSum n f) (natSum n g) :=
  Nat.rec
    (motive := fun n => (∀ r, Nat.lt r n → Eq (f r) (g r)) → Eq (natSum n f) (natSum n g))
    (fun _ => rfl)
    (fun n ih h => congr2 Nat.add (ih (fun r hr => h r (Nat.le.step hr))) (h n Nat.le.refl)) n h

/-- The sum over the rows of `t` followed by the values of `k`. -/
theorem Rows.sum_walk (f : Nat → Nat) (t : Rows) : ∀ (n : Nat) (k : Nat → Nat),
    Eq (natSum (Nat.add (Rows.count t) n) (fun r => f (Rows.walk t k r)))
      (Nat.add (Rows.sum f t) (natSum n (fun r => f (k r)))) :=
  Rows.rec
    (motive := fun t => ∀ (n : Nat) (k : Nat → Nat),
      Eq (natSum (Nat.add (Rows.count t) n) (fun r => f (Rows.walk t k r)))
        (Nat.add (Rows.sum f t) (natSum n (fun r => f (k r)))))
    (fun x n k => Eq.trans
      (congr2 natSum (nat_add_comm 1 n) (rfl : Eq (fun r => f (natCons x k r)) _))
      (natSum_cons f n x k))
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ n k =>
      have step (n x : Nat) (k : Nat → Nat) {s : Nat} (h : Eq (natSum n (fun r => f (k r))) s) :
          Eq (natSum (Nat.succ n) (fun r => f (natCons x k r))) (Nat.add (f x) s) :=
        Eq.trans (natSum_cons f n x k) (congrArg (Nat.add (f x)) h)
      Eq.trans
        (congr2 natSum (nat_add_comm 8 n)
          (rfl : Eq (fun r => f (Rows.walk (.eight x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇) k r)) _))
        (Eq.trans
          (step _ x₀ _ (step _ x₁ _ (step _ x₂ _ (step _ x₃ _ (step _ x₄ _ (step _ x₅ _
            (step _ x₆ _ (step n x₇ k rfl))))))))
          (nat_ring (.cons (natSum n (fun r => f (k r)))
              (vars8 (f x₀) (f x₁) (f x₂) (f x₃) (f x₄) (f x₅) (f x₆) (f x₇)))
            (b := Nat.add (Nat.add (Nat.add (Nat.add (f x₀) (f x₁)) (Nat.add (f x₂) (f x₃)))
                (Nat.add (Nat.add (f x₄) (f x₅)) (Nat.add (f x₆) (f x₇))))
              (natSum n (fun r => f (k r)))))))
    (fun l r a b n k => Eq.trans
      (congr2 natSum (nat_add_assoc (Rows.count l) (Rows.count r) n)
        (rfl : Eq (fun i => f (Rows.walk l (Rows.walk r k) i)) _))
      (Eq.trans (a (Nat.add (Rows.count r) n) (Rows.walk r k))
        (Eq.trans (congrArg (Nat.add (Rows.sum f l)) (b n k)) (Eq.symm (nat_add_assoc _ _ _))))) t

/-- A sum over the tree is a sum over the row numbers. -/
theorem Rows.sum_eq (f : Nat → Nat) (t : Rows) :
    Eq (Rows.sum f t) (natSum (Rows.count t) (fun r => f (Rows.get t r))) :=
  Eq.symm (Rows.sum_walk f t 0 (fun _ => 0))

/-- Equal functions have equal sums. -/
theorem Rows.sum_congr {f g : Nat → Nat} (h : ∀ x, Eq (f x) (g x)) (t : Rows) :
    Eq (Rows.sum f t) (Rows.sum g t) :=
  Eq.trans (Rows.sum_eq f t)
    (Eq.trans (natSum_congr (fun r _ => h (Rows.get t r))) (Eq.symm (Rows.sum_eq g t)))

end LipBridge
