import LipBridge.Certificate.Grid
/-!
# Rows beside their spread digits

The kernel evaluates lazily and looks up in its cache whatever it has evaluated before. `Lanes.make`
makes the tree of all rows with their spread digits as literals, once; every chunk of the Gram matrix
then works on literals.
-/

set_option autoImplicit false

namespace LipBridge

/-- `x`, with 32 bits put below it that depend on all of `x`. The kernel looks up what it has evaluated
by a hash, and that of a literal is its lowest 64 bits; rows of a matrix may well agree there. -/
noncomputable def salt (x : Nat) : Nat :=
  Nat.add (Nat.mod x 2147483647) (Nat.mul (Nat.pow 2 32) x)

/-- `salt x >> 32 = x`. -/
theorem salt_shift (x : Nat) : Eq (Nat.shiftRight (salt x) 32) x :=
  (mod_shiftRight_eq (s := 32)
    (Nat.le_trans (nat_mod_lt x (y := 2147483647) (Nat.le_of_ble_eq_true rfl))
      (Nat.le_of_ble_eq_true rfl)) rfl).right

/-- `salt x >> (32 + s) = x >> s`. -/
theorem salt_shift_add (x s : Nat) :
    Eq (Nat.shiftRight (salt x) (Nat.add 32 s)) (Nat.shiftRight x s) :=
  Eq.trans (shiftRight_add (salt x) 32 s) (congrArg (fun t => Nat.shiftRight t s) (salt_shift x))

/-- Rows `x` with numbers `p` of their own, in a tree like `Rows`. -/
inductive Lanes : Type where
  /-- One row. -/
  | one (x p : Nat) : Lanes
  /-- Eight rows. -/
  | eight (x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ p₀ p₁ p₂ p₃ p₄ p₅ p₆ p₇ : Nat) : Lanes
  /-- The rows of `l`, then those of `r`. -/
  | node (l r : Lanes) : Lanes

/-- `e x`, salted, beside `f x`, for every row `x`. -/
noncomputable def Lanes.make (e f : Nat → Nat) (t : Rows) : Lanes :=
  Rows.rec (motive := fun _ => Lanes)
    (fun x => force (salt x) fun x => force (salt (e (Nat.shiftRight x 32))) fun y =>
      force (f (Nat.shiftRight x 32)) fun p => .one y p)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ =>
      force (salt x₀) fun x₀ => force (salt x₁) fun x₁ => force (salt x₂) fun x₂ =>
      force (salt x₃) fun x₃ => force (salt x₄) fun x₄ => force (salt x₅) fun x₅ =>
      force (salt x₆) fun x₆ => force (salt x₇) fun x₇ =>
      force (salt (e (Nat.shiftRight x₀ 32))) fun y₀ =>
      force (salt (e (Nat.shiftRight x₁ 32))) fun y₁ =>
      force (salt (e (Nat.shiftRight x₂ 32))) fun y₂ =>
      force (salt (e (Nat.shiftRight x₃ 32))) fun y₃ =>
      force (salt (e (Nat.shiftRight x₄ 32))) fun y₄ =>
      force (salt (e (Nat.shiftRight x₅ 32))) fun y₅ =>
      force (salt (e (Nat.shiftRight x₆ 32))) fun y₆ =>
      force (salt (e (Nat.shiftRight x₇ 32))) fun y₇ =>
      force (f (Nat.shiftRight x₀ 32)) fun p₀ => force (f (Nat.shiftRight x₁ 32)) fun p₁ =>
      force (f (Nat.shiftRight x₂ 32)) fun p₂ => force (f (Nat.shiftRight x₃ 32)) fun p₃ =>
      force (f (Nat.shiftRight x₄ 32)) fun p₄ => force (f (Nat.shiftRight x₅ 32)) fun p₅ =>
      force (f (Nat.shiftRight x₆ 32)) fun p₆ => force (f (Nat.shiftRight x₇ 32)) fun p₇ =>
        .eight y₀ y₁ y₂ y₃ y₄ y₅ y₆ y₇ p₀ p₁ p₂ p₃ p₄ p₅ p₆ p₇)
    (fun _ _ a b => .node a b) t

/-- `Σ p`. -/
noncomputable def Lanes.sum (t : Lanes) : Nat :=
  Lanes.rec (motive := fun _ => Nat) (fun _ p => p)
    (fun _ _ _ _ _ _ _ _ p₀ p₁ p₂ p₃ p₄ p₅ p₆ p₇ =>
      Nat.add (Nat.add (Nat.add p₀ p₁) (Nat.add p₂ p₃)) (Nat.add (Nat.add p₄ p₅) (Nat.add p₆ p₇)))
    (fun _ _ a b => Nat.add a b) t

/-- `Σ (x >> 32)`. -/
noncomputable def Lanes.sumX (t : Lanes) : Nat :=
  Lanes.rec (motive := fun _ => Nat) (fun x _ => Nat.shiftRight x 32)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ _ _ _ _ _ _ _ _ => Nat.add
      (Nat.add (Nat.add (Nat.shiftRight x₀ 32) (Nat.shiftRight x₁ 32))
        (Nat.add (Nat.shiftRight x₂ 32) (Nat.shiftRight x₃ 32)))
      (Nat.add (Nat.add (Nat.shiftRight x₄ 32) (Nat.shiftRight x₅ 32))
        (Nat.add (Nat.shiftRight x₆ 32) (Nat.shiftRight x₇ 32))))
    (fun _ _ a b => Nat.add a b) t

/-- `Σ (land (x >> s) W) * p`. -/
noncomputable def Lanes.dot (s W : Nat) (t : Lanes) : Nat :=
  Lanes.rec (motive := fun _ => Nat) (fun x p => Nat.mul (Nat.land (Nat.shiftRight x s) W) p)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ p₀ p₁ p₂ p₃ p₄ p₅ p₆ p₇ => Nat.add
      (Nat.add
        (Nat.add (Nat.mul (Nat.land (Nat.shiftRight x₀ s) W) p₀)
          (Nat.mul (Nat.land (Nat.shiftRight x₁ s) W) p₁))
        (Nat.add (Nat.mul (Nat.land (Nat.shiftRight x₂ s) W) p₂)
          (Nat.mul (Nat.land (Nat.shiftRight x₃ s) W) p₃)))
      (Nat.add
        (Nat.add (Nat.mul (Nat.land (Nat.shiftRight x₄ s) W) p₄)
          (Nat.mul (Nat.land (Nat.shiftRight x₅ s) W) p₅))
        (Nat.add (Nat.mul (Nat.land (Nat.shiftRight x₆ s) W) p₆)
          (Nat.mul (Nat.land (Nat.shiftRight x₇ s) W) p₇))))
    (fun _ _ a b => Nat.add a b) t

section
variable (e f : Nat → Nat) (t : Rows)

/-- `Lanes.sum` is a sum over the rows. -/
theorem Lanes.sum_make : Eq (Lanes.sum (Lanes.make e f t)) (Rows.sum f t) :=
  Eq.trans
    (Rows.rec
      (motive := fun t => Eq (Lanes.sum (Lanes.make e f t))
        (Rows.sum (fun x => f (Nat.shiftRight (salt x) 32)) t))
      (fun _ => rfl) (fun _ _ _ _ _ _ _ _ => rfl) (fun _ _ a b => congr2 Nat.add a b) t)
    (Rows.sum_congr (fun x => congrArg f (salt_shift x)) t)

/-- `Lanes.sumX` is a sum over the rows. -/
theorem Lanes.sumX_make : Eq (Lanes.sumX (Lanes.make e f t)) (Rows.sum e t) :=
  Eq.trans
    (Rows.rec
      (motive := fun t => Eq (Lanes.sumX (Lanes.make e f t))
        (Rows.sum (fun x => Nat.shiftRight (salt (e (Nat.shiftRight (salt x) 32))) 32) t))
      (fun _ => rfl) (fun _ _ _ _ _ _ _ _ => rfl) (fun _ _ a b => congr2 Nat.add a b) t)
    (Rows.sum_congr (fun x => Eq.trans (salt_shift _) (congrArg e (salt_shift x))) t)

/-- `Lanes.dot` is a sum over the rows. -/
theorem Lanes.dot_make (s W : Nat) : Eq (Lanes.dot (Nat.add 32 s) W (Lanes.make e f t))
    (Rows.sum (fun x => Nat.mul (Nat.land (Nat.shiftRight (e x) s) W) (f x)) t) :=
  Eq.trans
    (Rows.rec
      (motive := fun t => Eq (Lanes.dot (Nat.add 32 s) W (Lanes.make e f t))
        (Rows.sum (fun x => Nat.mul
          (Nat.land (Nat.shiftRight (salt (e (Nat.shiftRight (salt x) 32))) (Nat.add 32 s)) W)
          (f (Nat.shiftRight (salt x) 32))) t))
      (fun _ => rfl) (fun _ _ _ _ _ _ _ _ => rfl) (fun _ _ a b => congr2 Nat.add a b) t)
    (Rows.sum_congr (fun x => congr2 Nat.mul
      (congrArg (fun y => Nat.land y W) (Eq.trans (salt_shift_add _ s)
        (congrArg (fun y => Nat.shiftRight (e y) s) (salt_shift x))))
      (congrArg f (salt_shift x))) t)

end

end LipBridge
