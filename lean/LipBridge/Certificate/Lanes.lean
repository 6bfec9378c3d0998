import LipBridge.Certificate.Spread
/-!
# Rows beside their spread digits

The kernel evaluates lazily and looks up in its cache whatever it has evaluated before. `lanes` makes
the tree of all rows `x` with their spread digits as literals, once; every row of the Gram matrix then
works on literals.
-/

set_option autoImplicit false

namespace LipBridge

/-- Evaluates `n` before `f` sees it: the recursor makes the kernel reduce `n + 1` to a literal, and
hands its predecessor on. For any `n`, `force n f = f n` by definition. -/
noncomputable abbrev force.{u} {α : Type u} (n : Nat) (f : Nat → α) : α :=
  Nat.rec (motive := fun _ => α) (f 0) (fun m _ => f m) (Nat.succ n)

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

/-- Every row, salted, beside `f x`. -/
noncomputable def Lanes.make (f : Nat → Nat) (t : Rows) : Lanes :=
  Rows.rec (motive := fun _ => Lanes)
    (fun x => force (salt x) fun x => force (f (Nat.shiftRight x 32)) fun p => .one x p)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ =>
      force (salt x₀) fun x₀ => force (salt x₁) fun x₁ => force (salt x₂) fun x₂ =>
      force (salt x₃) fun x₃ => force (salt x₄) fun x₄ => force (salt x₅) fun x₅ =>
      force (salt x₆) fun x₆ => force (salt x₇) fun x₇ =>
      force (f (Nat.shiftRight x₀ 32)) fun p₀ => force (f (Nat.shiftRight x₁ 32)) fun p₁ =>
      force (f (Nat.shiftRight x₂ 32)) fun p₂ => force (f (Nat.shiftRight x₃ 32)) fun p₃ =>
      force (f (Nat.shiftRight x₄ 32)) fun p₄ => force (f (Nat.shiftRight x₅ 32)) fun p₅ =>
      force (f (Nat.shiftRight x₆ 32)) fun p₆ => force (f (Nat.shiftRight x₇ 32)) fun p₇ =>
        .eight x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ p₀ p₁ p₂ p₃ p₄ p₅ p₆ p₇)
    (fun _ _ a b => .node a b) t

/-- `Σ p`. -/
noncomputable def Lanes.sum (t : Lanes) : Nat :=
  Lanes.rec (motive := fun _ => Nat) (fun _ p => p)
    (fun _ _ _ _ _ _ _ _ p₀ p₁ p₂ p₃ p₄ p₅ p₆ p₇ =>
      Nat.add (Nat.add (Nat.add p₀ p₁) (Nat.add p₂ p₃)) (Nat.add (Nat.add p₄ p₅) (Nat.add p₆ p₇)))
    (fun _ _ a b => Nat.add a b) t

/-- `Σ ((x >> s) % W) * p`. -/
noncomputable def Lanes.dot (s W : Nat) (t : Lanes) : Nat :=
  Lanes.rec (motive := fun _ => Nat) (fun x p => Nat.mul (Nat.mod (Nat.shiftRight x s) W) p)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ p₀ p₁ p₂ p₃ p₄ p₅ p₆ p₇ => Nat.add
      (Nat.add
        (Nat.add (Nat.mul (Nat.mod (Nat.shiftRight x₀ s) W) p₀)
          (Nat.mul (Nat.mod (Nat.shiftRight x₁ s) W) p₁))
        (Nat.add (Nat.mul (Nat.mod (Nat.shiftRight x₂ s) W) p₂)
          (Nat.mul (Nat.mod (Nat.shiftRight x₃ s) W) p₃)))
      (Nat.add
        (Nat.add (Nat.mul (Nat.mod (Nat.shiftRight x₄ s) W) p₄)
          (Nat.mul (Nat.mod (Nat.shiftRight x₅ s) W) p₅))
        (Nat.add (Nat.mul (Nat.mod (Nat.shiftRight x₆ s) W) p₆)
          (Nat.mul (Nat.mod (Nat.shiftRight x₇ s) W) p₇))))
    (fun _ _ a b => Nat.add a b) t

/-- `Lanes.sum` is a sum over the rows. -/
theorem Lanes.sum_make (f : Nat → Nat) (t : Rows) : Eq (Lanes.sum (Lanes.make f t)) (Rows.sum f t) :=
  Eq.trans
    (Rows.rec
      (motive := fun t => Eq (Lanes.sum (Lanes.make f t))
        (Rows.sum (fun x => f (Nat.shiftRight (salt x) 32)) t))
      (fun _ => rfl) (fun _ _ _ _ _ _ _ _ => rfl) (fun _ _ a b => congr2 Nat.add a b) t)
    (Rows.sum_congr (fun x => congrArg f (salt_shift x)) t)

/-- `Lanes.dot` is a sum over the rows. -/
theorem Lanes.dot_make (s W : Nat) (f : Nat → Nat) (t : Rows) :
    Eq (Lanes.dot (Nat.add 32 s) W (Lanes.make f t))
      (Rows.sum (fun x => Nat.mul (Nat.mod (Nat.shiftRight x s) W) (f x)) t) :=
  Eq.trans
    (Rows.rec
      (motive := fun t => Eq (Lanes.dot (Nat.add 32 s) W (Lanes.make f t))
        (Rows.sum (fun x => Nat.mul (Nat.mod (Nat.shiftRight (salt x) (Nat.add 32 s)) W)
          (f (Nat.shiftRight (salt x) 32))) t))
      (fun _ => rfl) (fun _ _ _ _ _ _ _ _ => rfl) (fun _ _ a b => congr2 Nat.add a b) t)
    (Rows.sum_congr (fun x => congr2 Nat.mul
      (congrArg (fun y => Nat.mod y W) (salt_shift_add x s)) (congrArg f (salt_shift x))) t)

/-- The rows beside their digits in base `2^b`. -/
noncomputable def lanes (w b : Nat) (s : Shape) (t : Rows) : Lanes :=
  force w fun w => force (Nat.mul w 2) fun w₂ => force (Nat.mul w 3) fun w₃ =>
  force (Nat.mul w 4) fun w₄ => force (Nat.mul w 5) fun w₅ => force (Nat.mul w 6) fun w₆ =>
  force (Nat.mul w 7) fun w₇ => force b fun b => force (Nat.pow 2 b) fun B =>
  force (Nat.sub (Nat.pow 2 b) (Nat.pow 2 w)) fun K => force (Nat.pow 2 (Nat.mul w 8)) fun M =>
    Lanes.make (spreadWith w w₂ w₃ w₄ w₅ w₆ w₇ b B K M s) t

/-- `lanes` is `Lanes.make` with `spread`. -/
theorem lanes_eq (w b : Nat) (s : Shape) (t : Rows) :
    Eq (lanes w b s t) (Lanes.make (spread w b s) t) := rfl

end LipBridge
