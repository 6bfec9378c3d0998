import LipBridge.Certificate.Grid
/-!
# Rows beside their spread digits

The kernel evaluates lazily and looks up in its cache whatever it has evaluated before. `Lanes.make`
makes the tree of all rows with their spread digits as literals, once; every chunk of the Gram matrix
then works on literals. Digits in the narrower base are spread for eight rows at once, which takes hardly
more steps than for one.
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

/-! ## Eight rows side by side -/

/-- `y₀ + 2^S y₁ + … + 2^(7 S) y₇`. -/
noncomputable def eightOf (S y₀ y₁ y₂ y₃ y₄ y₅ y₆ y₇ : Nat) : Nat :=
  Nat.add y₀ (Nat.shiftLeft (Nat.add y₁ (Nat.shiftLeft (Nat.add y₂ (Nat.shiftLeft (Nat.add y₃
    (Nat.shiftLeft (Nat.add y₄ (Nat.shiftLeft (Nat.add y₅ (Nat.shiftLeft (Nat.add y₆
      (Nat.shiftLeft y₇ S)) S)) S)) S)) S)) S)) S)

/-- It packs them. -/
theorem eightOf_eq (S y₀ y₁ y₂ y₃ y₄ y₅ y₆ y₇ : Nat) :
    Eq (eightOf S y₀ y₁ y₂ y₃ y₄ y₅ y₆ y₇)
      (pack (pow2 S) 8 (Rows.get (.eight y₀ y₁ y₂ y₃ y₄ y₅ y₆ y₇))) :=
  have next (x : Nat) {y z : Nat} (h : Eq y z) :
      Eq (Nat.add x (Nat.shiftLeft y S)) (Nat.add x (Nat.mul (pow2 S) z)) :=
    congrArg (Nat.add x)
      (Eq.trans (shiftLeft_eq_mul y S) (congrArg (Nat.mul (pow2 S)) h))
  next y₀ (next y₁ (next y₂ (next y₃ (next y₄ (next y₅ (next y₆
    (rfl : Eq y₇ (Nat.add y₇ (Nat.mul (pow2 S) 0)))))))))

/-- The first `n ≤ 2^t` digits of eight numbers in base `2^w`, in base `2^b`, each number at a digit of base
`2^(b 2^t)`: level by level as `spreadTo`, all eight at once. -/
noncomputable def spreadEight (w b t n x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ : Nat) : Nat :=
  Plan.run
    (plan w b (lastLevels w b t) (Nat.sub t (lastLevels w b t))
      (pack (Nat.pow 2 (Nat.mul b (Nat.pow 2 t))) 8 (fun _ => 1)))
    (force (Nat.sub (Nat.pow 2 (Nat.mul w n)) 1) fun m => eightOf (Nat.mul b (Nat.pow 2 t))
      (Nat.land x₀ m) (Nat.land x₁ m) (Nat.land x₂ m) (Nat.land x₃ m)
      (Nat.land x₄ m) (Nat.land x₅ m) (Nat.land x₆ m) (Nat.land x₇ m))

/-- Digits of `j x₀ … x₇` are the values of `e`. -/
def Joins (S : Nat) (j : Nat → Nat → Nat → Nat → Nat → Nat → Nat → Nat → Nat) (e : Nat → Nat) : Prop :=
  ∀ x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ i, Nat.lt i 8 →
    Eq (digit S (j x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇) i) (e (Rows.get (.eight x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇) i))

/-- `spreadEight` joins what `spreadTo` makes of each number. -/
theorem spreadEight_joins {w b t n : Nat} (hw : Nat.le w b) (hn : Nat.le n (Nat.pow 2 t)) :
    Joins (Nat.mul b (Nat.pow 2 t)) (spreadEight w b t n) (spreadTo w b t n) :=
  fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ i hi =>
    let f := lastLevels w b t
    let m := Nat.sub (pow2 (Nat.mul w n)) 1
    let S := Nat.mul b (Nat.pow 2 t)
    let x := Rows.get (.eight x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇)
    let h : Nat → Nat := fun p => Nat.mod (x p) (pow2 (Nat.mul w n))
    have ft : Eq (Nat.add f (Nat.sub t f)) t :=
      Eq.trans (nat_add_comm f (Nat.sub t f)) (nat_sub_add_cancel (lastLevels_fit w b t).left)
    have run := plan_run hw (lastLevels_fit w b t).right (Nat.sub t f) 8 h
      (fun p => Eq.subst (motive := fun t => Nat.lt (h p) (pow2 (Nat.mul w (Nat.pow 2 t))))
        (Eq.symm ft) (cut_lt_block w hn (x p)))
    have run' : Eq (Plan.run (plan w b f (Nat.sub t f) (pack (pow2 S) 8 (fun _ => 1)))
        (pack (pow2 S) 8 h)) (pack (pow2 S) 8 (fun p => blockOf w b t (h p))) :=
      Eq.subst (motive := fun z => Eq
          (Plan.run (plan w b f (Nat.sub t f) (pack (pow2 (Nat.mul b (Nat.pow 2 z))) 8 (fun _ => 1)))
            (pack (pow2 (Nat.mul b (Nat.pow 2 z))) 8 h))
          (pack (pow2 (Nat.mul b (Nat.pow 2 z))) 8 (fun p => blockOf w b z (h p)))) ft run
    have c (x : Nat) : Eq (Nat.land x m) (Nat.mod x (pow2 (Nat.mul w n))) := land_eq_mod x (Nat.mul w n)
    have joined : Eq
        (eightOf S (Nat.land x₀ m) (Nat.land x₁ m) (Nat.land x₂ m) (Nat.land x₃ m)
          (Nat.land x₄ m) (Nat.land x₅ m) (Nat.land x₆ m) (Nat.land x₇ m)) (pack (pow2 S) 8 h) :=
      have next {y y' z z' : Nat} (h : Eq y y') (k : Eq z z') :
          Eq (Nat.add y (Nat.mul (pow2 S) z)) (Nat.add y' (Nat.mul (pow2 S) z')) :=
        congr2 (fun a b => Nat.add a (Nat.mul (pow2 S) b)) h k
      Eq.trans (eightOf_eq S _ _ _ _ _ _ _ _)
        (next (c x₀) (next (c x₁) (next (c x₂) (next (c x₃) (next (c x₄) (next (c x₅) (next (c x₆)
          (next (c x₇) rfl))))))))
    Eq.trans
      (congrArg (fun z => digit S z i) (Eq.trans
        (congrArg (Plan.run (plan w b f (Nat.sub t f) (pack (pow2 S) 8 (fun _ => 1)))) joined) run'))
      (Eq.trans
        (digit_pack S 8 (f := fun p => blockOf w b t (h p))
          (fun p _ => pack_lt b (Nat.pow 2 t) (fun q =>
            Nat.le_trans (digit_lt w (h p) q) (pow2_le hw))) hi)
        (Eq.trans (blockOf_cut w b hn (x i)) (Eq.symm (spreadTo_eq_pack hw hn (x i)))))

/-- `j` of eight values of `f`. -/
noncomputable abbrev eightAfter (j : Nat → Nat → Nat → Nat → Nat → Nat → Nat → Nat → Nat)
    (f : Nat → Nat) (x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ : Nat) : Nat :=
  j (f x₀) (f x₁) (f x₂) (f x₃) (f x₄) (f x₅) (f x₆) (f x₇)

/-- What joins values of `e` joins those of `e ∘ f`. -/
theorem Joins.after {S : Nat} {j : Nat → Nat → Nat → Nat → Nat → Nat → Nat → Nat → Nat}
    {e : Nat → Nat} (h : Joins S j e) (f : Nat → Nat) :
    Joins S (eightAfter j f) (fun x => e (f x)) :=
  fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ i =>
    have k := h (f x₀) (f x₁) (f x₂) (f x₃) (f x₄) (f x₅) (f x₆) (f x₇)
    match i with
    | 0 => k 0
    | 1 => k 1
    | 2 => k 2
    | 3 => k 3
    | 4 => k 4
    | 5 => k 5
    | 6 => k 6
    | 7 => k 7
    | .succ (.succ (.succ (.succ (.succ (.succ (.succ (.succ p))))))) => fun hi =>
      absurd (Nat.le_trans (nat_le_add 9 p)
        (Eq.subst (motive := fun t => Nat.le t 8) (nat_add_comm p 9) hi)) (Nat.not_succ_le_self 8)

/-! ## The tree -/

/-- Number `i` of eight, salted. -/
noncomputable abbrev Lanes.part (S W z i : Nat) : Nat :=
  salt (Nat.land (Nat.shiftRight z (Nat.mul S i)) W)

/-- `e x`, salted, beside `f x`, for every row `x`; `j` joins eight `e x`, as digits in base `2^S`. -/
noncomputable def Lanes.make (S : Nat) (j : Nat → Nat → Nat → Nat → Nat → Nat → Nat → Nat → Nat)
    (e f : Nat → Nat) (t : Rows) : Lanes :=
  force S fun S => force (Nat.sub (Nat.pow 2 S) 1) fun W =>
  Rows.rec (motive := fun _ => Lanes)
    (fun x => force (salt x) fun x => force (salt (e (Nat.shiftRight x 32))) fun y =>
      force (f (Nat.shiftRight x 32)) fun p => .one y p)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ =>
      force (salt x₀) fun x₀ => force (salt x₁) fun x₁ => force (salt x₂) fun x₂ =>
      force (salt x₃) fun x₃ => force (salt x₄) fun x₄ => force (salt x₅) fun x₅ =>
      force (salt x₆) fun x₆ => force (salt x₇) fun x₇ =>
      force (j (Nat.shiftRight x₀ 32) (Nat.shiftRight x₁ 32) (Nat.shiftRight x₂ 32)
        (Nat.shiftRight x₃ 32) (Nat.shiftRight x₄ 32) (Nat.shiftRight x₅ 32)
        (Nat.shiftRight x₆ 32) (Nat.shiftRight x₇ 32)) fun z =>
      force (Lanes.part S W z 0) fun y₀ => force (Lanes.part S W z 1) fun y₁ =>
      force (Lanes.part S W z 2) fun y₂ => force (Lanes.part S W z 3) fun y₃ =>
      force (Lanes.part S W z 4) fun y₄ => force (Lanes.part S W z 5) fun y₅ =>
      force (Lanes.part S W z 6) fun y₆ => force (Lanes.part S W z 7) fun y₇ =>
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
variable {S : Nat} {j : Nat → Nat → Nat → Nat → Nat → Nat → Nat → Nat → Nat} {e : Nat → Nat}

/-- `Lanes.sum` is a sum over the rows. -/
theorem Lanes.sum_make (f : Nat → Nat) (t : Rows) :
    Eq (Lanes.sum (Lanes.make S j e f t)) (Rows.sum f t) :=
  Eq.trans
    (Rows.rec
      (motive := fun t => Eq (Lanes.sum (Lanes.make S j e f t))
        (Rows.sum (fun x => f (Nat.shiftRight (salt x) 32)) t))
      (fun _ => rfl) (fun _ _ _ _ _ _ _ _ => rfl) (fun _ _ a b => congr2 Nat.add a b) t)
    (Rows.sum_congr (fun x => congrArg f (salt_shift x)) t)

/-- Number `i` of eight rows. -/
theorem Lanes.part_shift (h : Joins S j e) (s x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ i : Nat)
    (hi : Eq (Nat.ble (Nat.succ i) 8) true) :
    Eq (Nat.shiftRight (Lanes.part S (Nat.sub (Nat.pow 2 S) 1) (j x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇) i)
        (Nat.add 32 s))
      (Nat.shiftRight (e (Rows.get (.eight x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇) i)) s) :=
  Eq.trans (salt_shift_add _ s)
    (congrArg (fun y => Nat.shiftRight y s)
      (Eq.trans (land_eq_mod _ S) (h x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ i (Nat.le_of_ble_eq_true hi))))

/-- A sum over the rows of what `F` makes of `e x`, moved by `s`, and of `f x`. -/
theorem Lanes.eight_congr (h : Joins S j e) (f : Nat → Nat) (F : Nat → Nat → Nat) (s : Nat)
    (x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ : Nat) :
    let u (x : Nat) : Nat := Nat.shiftRight (salt x) 32
    let g (i : Nat) : Nat := Nat.shiftRight (Lanes.part S (Nat.sub (Nat.pow 2 S) 1)
      (j (u x₀) (u x₁) (u x₂) (u x₃) (u x₄) (u x₅) (u x₆) (u x₇)) i) (Nat.add 32 s)
    Eq
      (Nat.add
        (Nat.add (Nat.add (F (g 0) (f (u x₀))) (F (g 1) (f (u x₁))))
          (Nat.add (F (g 2) (f (u x₂))) (F (g 3) (f (u x₃)))))
        (Nat.add (Nat.add (F (g 4) (f (u x₄))) (F (g 5) (f (u x₅))))
          (Nat.add (F (g 6) (f (u x₆))) (F (g 7) (f (u x₇))))))
      (Rows.sum (fun x => F (Nat.shiftRight (e (u x)) s) (f (u x))) (.eight x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇)) :=
  let u (x : Nat) : Nat := Nat.shiftRight (salt x) 32
  have p (i y : Nat) (hi : Eq (Nat.ble (Nat.succ i) 8) true) := congrArg (fun z => F z (f y))
    (Lanes.part_shift h s (u x₀) (u x₁) (u x₂) (u x₃) (u x₄) (u x₅) (u x₆) (u x₇) i hi)
  congr2 Nat.add
    (congr2 Nat.add (congr2 Nat.add (p 0 (u x₀) rfl) (p 1 (u x₁) rfl))
      (congr2 Nat.add (p 2 (u x₂) rfl) (p 3 (u x₃) rfl)))
    (congr2 Nat.add (congr2 Nat.add (p 4 (u x₄) rfl) (p 5 (u x₅) rfl))
      (congr2 Nat.add (p 6 (u x₆) rfl) (p 7 (u x₇) rfl)))

/-- `Lanes.sumX` is a sum over the rows. -/
theorem Lanes.sumX_make (h : Joins S j e) (f : Nat → Nat) (t : Rows) :
    Eq (Lanes.sumX (Lanes.make S j e f t)) (Rows.sum e t) :=
  Eq.trans
    (Rows.rec
      (motive := fun t => Eq (Lanes.sumX (Lanes.make S j e f t))
        (Rows.sum (fun x => Nat.shiftRight (e (Nat.shiftRight (salt x) 32)) 0) t))
      (fun _ => salt_shift _)
      (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ =>
        Lanes.eight_congr h f (fun y _ => y) 0 x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇)
      (fun _ _ a b => congr2 Nat.add a b) t)
    (Rows.sum_congr (fun x => congrArg e (salt_shift x)) t)

/-- `Lanes.dot` is a sum over the rows. -/
theorem Lanes.dot_make (h : Joins S j e) (f : Nat → Nat) (t : Rows) (s W : Nat) :
    Eq (Lanes.dot (Nat.add 32 s) W (Lanes.make S j e f t))
      (Rows.sum (fun x => Nat.mul (Nat.land (Nat.shiftRight (e x) s) W) (f x)) t) :=
  Eq.trans
    (Rows.rec
      (motive := fun t => Eq (Lanes.dot (Nat.add 32 s) W (Lanes.make S j e f t))
        (Rows.sum (fun x => Nat.mul
          (Nat.land (Nat.shiftRight (e (Nat.shiftRight (salt x) 32)) s) W)
          (f (Nat.shiftRight (salt x) 32))) t))
      (fun x => congrArg
        (fun y => Nat.mul (Nat.land y W) (f (Nat.shiftRight (salt x) 32))) (salt_shift_add _ s))
      (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ =>
        Lanes.eight_congr h f (fun y p => Nat.mul (Nat.land y W) p) s x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇)
      (fun _ _ a b => congr2 Nat.add a b) t)
    (Rows.sum_congr (fun x => congr2 Nat.mul
      (congrArg (fun y => Nat.land (Nat.shiftRight (e y) s) W) (salt_shift x))
      (congrArg f (salt_shift x))) t)

end

end LipBridge
