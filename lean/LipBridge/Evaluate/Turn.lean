import LipBridge.Evaluate.Product
/-!
# The rows of a packed matrix in one base, however it is stored

A `PackedMatrix` keeps its rows or its columns. `PackedMatrix.rowsAt` makes a tree of its rows with
digits in base `2^b`, from either: rows are spread, columns are turned, digit by digit. Every row is a
literal once it has been looked at, so that what follows works on large numbers only.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Rows of a tree -/

/-- Below the number of rows, what follows the tree makes no difference. -/
theorem Rows.walk_below (t : Rows) : ∀ (k k' : Nat → Nat) (r : Nat), Nat.lt r (Rows.count t) →
    Eq (Rows.walk t k r) (Rows.walk t k' r) :=
  Rows.rec
    (motive := fun t => ∀ (k k' : Nat → Nat) (r : Nat), Nat.lt r (Rows.count t) →
      Eq (Rows.walk t k r) (Rows.walk t k' r))
    (fun _ _ _ r => match r with
      | 0 => fun _ => rfl
      | .succ _ => fun h => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _))
    (fun _ _ _ _ _ _ _ _ _ _ r => match r with
      | 0 => fun _ => rfl
      | 1 => fun _ => rfl
      | 2 => fun _ => rfl
      | 3 => fun _ => rfl
      | 4 => fun _ => rfl
      | 5 => fun _ => rfl
      | 6 => fun _ => rfl
      | 7 => fun _ => rfl
      | .succ (.succ (.succ (.succ (.succ (.succ (.succ (.succ p))))))) => fun h =>
        absurd (Nat.le_trans (nat_le_add 9 p)
          (Eq.subst (motive := fun t => Nat.le t 8) (nat_add_comm p 9) h)) (Nat.not_succ_le_self 8))
    (fun l r a b k k' i h => Or.elim (nat_lt_add_cases h)
      (fun g => a (Rows.walk r k) (Rows.walk r k') i g)
      (fun g => match g with
        | ⟨j, hj, e⟩ => Eq.subst
          (motive := fun i => Eq (Rows.walk l (Rows.walk r k) i) (Rows.walk l (Rows.walk r k') i)) e
          (Eq.trans (Rows.walk_past l (Rows.walk r k) j)
            (Eq.trans (b k k' j hj) (Eq.symm (Rows.walk_past l (Rows.walk r k') j)))))) t

/-- Row `r`, found by halves: a step a level of the tree, where `get` walks past every row before. -/
noncomputable def Rows.row (t : Rows) : Nat → Nat :=
  Rows.rec (motive := fun _ => Nat → Nat) (fun x => natCons x (fun _ => 0))
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ =>
      natCons x₀ (natCons x₁ (natCons x₂ (natCons x₃ (natCons x₄ (natCons x₅ (natCons x₆
        (natCons x₇ (fun _ => 0)))))))))
    (fun l _ a b i => pick (Nat.ble (Nat.succ i) (Rows.count l)) (a i)
      (force (Nat.sub i (Rows.count l)) b)) t

/-- It is that row. -/
theorem Rows.row_eq (t : Rows) : ∀ i, Eq (Rows.row t i) (Rows.get t i) :=
  Rows.rec (motive := fun t => ∀ i, Eq (Rows.row t i) (Rows.get t i)) (fun _ _ => rfl)
    (fun _ _ _ _ _ _ _ _ _ => rfl)
    (fun l r a b i =>
      let c := Rows.count l
      let found (left : Bool) : Nat := pick left (Rows.row l i) (Rows.row r (Nat.sub i c))
      Or.elim (nat_lt_or_ge i c)
        (fun h => Eq.trans (congrArg found (Nat.ble_eq_true_of_le h))
          (Eq.trans (a i) (Rows.walk_below l (fun _ => 0) (Rows.walk r (fun _ => 0)) i h)))
        (fun h => Eq.trans
          (congrArg found (Bool.eq_false_of_ne_true (fun e =>
            nat_lt_irrefl (Nat.le_trans (Nat.le_of_ble_eq_true e) h))))
          (Eq.trans (b (Nat.sub i c)) (Eq.subst
            (motive := fun j => Eq (Rows.get r (Nat.sub i c))
              (Rows.walk l (Rows.walk r (fun _ => 0)) j))
            (Eq.trans (nat_add_comm c (Nat.sub i c)) (nat_sub_add_cancel h))
            (Eq.symm (Rows.walk_past l (Rows.walk r (fun _ => 0)) (Nat.sub i c))))))) t

/-- `f x` for every row `x`, each evaluated once. -/
noncomputable def Rows.map (f : Nat → Nat) (t : Rows) : Rows :=
  Rows.rec (motive := fun _ => Rows) (fun x => force (f x) fun p => .one p)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ =>
      force (f x₀) fun p₀ => force (f x₁) fun p₁ => force (f x₂) fun p₂ => force (f x₃) fun p₃ =>
      force (f x₄) fun p₄ => force (f x₅) fun p₅ => force (f x₆) fun p₆ => force (f x₇) fun p₇ =>
        .eight p₀ p₁ p₂ p₃ p₄ p₅ p₆ p₇)
    (fun _ _ a b => .node a b) t

/-- There are as many. -/
theorem Rows.count_map (f : Nat → Nat) (t : Rows) : Eq (Rows.count (Rows.map f t)) (Rows.count t) :=
  Rows.rec (motive := fun t => Eq (Rows.count (Rows.map f t)) (Rows.count t)) (fun _ => rfl)
    (fun _ _ _ _ _ _ _ _ => rfl) (fun _ _ a b => congr2 Nat.add a b) t

/-- `f` in front of `cons`. -/
theorem natCons_map (f : Nat → Nat) (x : Nat) (k : Nat → Nat) (r : Nat) :
    Eq (natCons (f x) (fun i => f (k i)) r) (f (natCons x k r)) :=
  match r with
  | 0 => rfl
  | .succ _ => rfl

/-- The rows are those of `t`, mapped. -/
theorem Rows.walk_map (f : Nat → Nat) (t : Rows) : ∀ (k : Nat → Nat) (r : Nat),
    Eq (Rows.walk (Rows.map f t) (fun i => f (k i)) r) (f (Rows.walk t k r)) :=
  Rows.rec
    (motive := fun t => ∀ (k : Nat → Nat) (r : Nat),
      Eq (Rows.walk (Rows.map f t) (fun i => f (k i)) r) (f (Rows.walk t k r)))
    (fun x k r => natCons_map f x k r)
    (fun _ _ _ _ _ _ _ _ _ r => match r with
      | 0 => rfl
      | 1 => rfl
      | 2 => rfl
      | 3 => rfl
      | 4 => rfl
      | 5 => rfl
      | 6 => rfl
      | 7 => rfl
      | .succ (.succ (.succ (.succ (.succ (.succ (.succ (.succ _))))))) => rfl)
    (fun l r a b k i => Or.elim (nat_lt_or_ge i (Rows.count l))
      (fun h => Eq.trans
        (Rows.walk_below (Rows.map f l) (Rows.walk (Rows.map f r) (fun j => f (k j)))
          (fun j => f (Rows.walk r k j)) i
          (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm (Rows.count_map f l)) h))
        (a (Rows.walk r k) i))
      (fun h => match nat_exists_of_le h with
        | ⟨j, e⟩ => Eq.subst
          (motive := fun i => Eq
            (Rows.walk (Rows.map f l) (Rows.walk (Rows.map f r) (fun j => f (k j))) i)
            (f (Rows.walk l (Rows.walk r k) i))) e
          (Eq.trans
            (Eq.subst
              (motive := fun n => Eq (Rows.walk (Rows.map f l)
                (Rows.walk (Rows.map f r) (fun j => f (k j))) (Nat.add n j))
                (Rows.walk (Rows.map f r) (fun j => f (k j)) j)) (Rows.count_map f l)
              (Rows.walk_past (Rows.map f l) (Rows.walk (Rows.map f r) (fun j => f (k j))) j))
            (Eq.trans (b k j) (congrArg f (Eq.symm (Rows.walk_past l (Rows.walk r k) j))))))) t

/-- Row `r` of the mapped tree. -/
theorem Rows.get_map (f : Nat → Nat) {t : Rows} {r : Nat} (h : Nat.lt r (Rows.count t)) :
    Eq (Rows.get (Rows.map f t) r) (f (Rows.get t r)) :=
  Eq.trans
    (Rows.walk_below (Rows.map f t) (fun _ => 0) (fun _ => f 0) r
      (Eq.subst (motive := fun n => Nat.lt r n) (Eq.symm (Rows.count_map f t)) h))
    (Rows.walk_map f t (fun _ => 0) r)

/-! ## Columns -/

/-- `Σ_r digit_p(x_r) * 2^(b*r)` over the rows `x_r`: column `p`, packed. -/
noncomputable def Rows.column (w b p : Nat) (t : Rows) : Nat :=
  Rows.rec (motive := fun _ => Nat) (fun x => digit w x p)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ =>
      Nat.add (digit w x₀ p) (Nat.mul (Nat.pow 2 b)
      (Nat.add (digit w x₁ p) (Nat.mul (Nat.pow 2 b)
      (Nat.add (digit w x₂ p) (Nat.mul (Nat.pow 2 b)
      (Nat.add (digit w x₃ p) (Nat.mul (Nat.pow 2 b)
      (Nat.add (digit w x₄ p) (Nat.mul (Nat.pow 2 b)
      (Nat.add (digit w x₅ p) (Nat.mul (Nat.pow 2 b)
      (Nat.add (digit w x₆ p) (Nat.mul (Nat.pow 2 b) (digit w x₇ p)))))))))))))))
    (fun l _ x y => Nat.add x (Nat.shiftLeft y (Nat.mul b (Rows.count l)))) t

/-- A column packs the digits at one place. -/
theorem Rows.column_walk (w b p : Nat) (t : Rows) : ∀ k : Nat → Nat,
    Eq (Rows.column w b p t)
      (pack (pow2 b) (Rows.count t) (fun r => digit w (Rows.walk t k r) p)) :=
  Rows.rec
    (motive := fun t => ∀ k : Nat → Nat, Eq (Rows.column w b p t)
      (pack (pow2 b) (Rows.count t) (fun r => digit w (Rows.walk t k r) p)))
    (fun _ _ => rfl)
    (fun _ _ _ _ _ _ _ _ _ => rfl)
    (fun l r a c k => Eq.trans
      (congr2 Nat.add (a (Rows.walk r k))
        (Eq.trans (shiftLeft_eq_mul _ (Nat.mul b (Rows.count l)))
          (congr2 Nat.mul (pow2_mul b (Rows.count l))
            (Eq.trans (c k) (pack_congr (pow2 b) (Rows.count r) (fun j _ =>
              congrArg (fun x => digit w x p) (Eq.symm (Rows.walk_past l (Rows.walk r k) j))))))))
      (Eq.symm (pack_append (pow2 b) (Rows.count l) (Rows.count r)
        (fun i => digit w (Rows.walk l (Rows.walk r k) i) p)))) t

/-- All columns at once, of rows of as many digits as the shape has: column `i` stands in digit `i` of
base `2^(w*count)`. Halves are spread and put side by side, so that a digit takes a few steps for every
eight rows, not for every row. -/
noncomputable def Rows.cross (w : Nat) (sh : Shape) (t : Rows) : Nat :=
  Rows.rec (motive := fun _ => Nat) (fun x => spread w w sh x)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ => force (Nat.mul w 8) fun b =>
      Nat.add (spread w b sh x₀) (Nat.mul (Nat.pow 2 w)
      (Nat.add (spread w b sh x₁) (Nat.mul (Nat.pow 2 w)
      (Nat.add (spread w b sh x₂) (Nat.mul (Nat.pow 2 w)
      (Nat.add (spread w b sh x₃) (Nat.mul (Nat.pow 2 w)
      (Nat.add (spread w b sh x₄) (Nat.mul (Nat.pow 2 w)
      (Nat.add (spread w b sh x₅) (Nat.mul (Nat.pow 2 w)
      (Nat.add (spread w b sh x₆) (Nat.mul (Nat.pow 2 w) (spread w b sh x₇)))))))))))))))
    (fun l r x y => force x fun x => force y fun y =>
      force (Nat.mul w (Nat.add (Rows.count l) (Rows.count r))) fun b =>
      Nat.add (spread (Nat.mul w (Rows.count l)) b sh x)
        (Nat.mul (Nat.pow 2 (Nat.mul w (Rows.count l))) (spread (Nat.mul w (Rows.count r)) b sh y))) t

/-- A column of `n` rows is below `2^(w*n)`. -/
theorem Rows.column_lt (w p : Nat) (t : Rows) :
    Nat.lt (Rows.column w w p t) (pow2 (Nat.mul w (Rows.count t))) :=
  Eq.subst (motive := fun x => Nat.lt x (pow2 (Nat.mul w (Rows.count t))))
    (Eq.symm (Rows.column_walk w w p t (fun _ => 0)))
    (pack_lt w (Rows.count t) (fun r => digit_lt w (Rows.walk t (fun _ => 0) r) p))

/-- A packed spread number times a power. -/
theorem spread_times {w b : Nat} (hw : Nat.le (pow2 w) (pow2 b)) (sh : Shape) (c x : Nat) :
    Eq (Nat.mul c (spread w b sh x))
      (pack (pow2 b) (Shape.size sh) (fun p => Nat.mul c (digit w x p))) :=
  Eq.trans (congrArg (Nat.mul c) (spread_eq_pack hw sh x))
    (Eq.symm (pack_mul (pow2 b) (Shape.size sh) c (digit w x)))

/-- `cross` packs the columns. -/
theorem Rows.cross_eq (w : Nat) (sh : Shape) (t : Rows) :
    Eq (Rows.cross w sh t) (pack (pow2 (Nat.mul w (Rows.count t))) (Shape.size sh)
      (fun p => Rows.column w w p t)) :=
  have wide (m n : Nat) : Nat.le (pow2 (Nat.mul w m)) (pow2 (Nat.mul w (Nat.add m n))) :=
    pow2_le (nat_mul_le_mul_left w (nat_le_add m n))
  Rows.rec
    (motive := fun t => Eq (Rows.cross w sh t)
      (pack (pow2 (Nat.mul w (Rows.count t))) (Shape.size sh) (fun p => Rows.column w w p t)))
    (fun x => Eq.trans (spread_eq_pack Nat.le.refl sh x)
      (congrArg (fun v => pack (pow2 v) (Shape.size sh) (digit w x)) (Eq.symm (nat_mul_one w))))
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ =>
      let b := Nat.mul w 8
      have hw : Nat.le (pow2 w) (pow2 b) := Eq.subst (motive := fun v => Nat.le (pow2 v) (pow2 b))
        (nat_mul_one w) (wide 1 7)
      have one (x : Nat) : Eq (spread w b sh x) (pack (pow2 b) (Shape.size sh) (digit w x)) :=
        spread_eq_pack hw sh x
      have more (x : Nat) {y : Nat} {f : Nat → Nat}
          (h : Eq y (pack (pow2 b) (Shape.size sh) f)) :
          Eq (Nat.add (spread w b sh x) (Nat.mul (Nat.pow 2 w) y))
            (pack (pow2 b) (Shape.size sh)
              (fun p => Nat.add (digit w x p) (Nat.mul (Nat.pow 2 w) (f p)))) :=
        Eq.symm (Eq.trans (pack_add (pow2 b) (Shape.size sh) (digit w x)
            (fun p => Nat.mul (Nat.pow 2 w) (f p)))
          (congr2 Nat.add (Eq.symm (one x))
            (Eq.trans (pack_mul (pow2 b) (Shape.size sh) (Nat.pow 2 w) f)
              (congrArg (Nat.mul (Nat.pow 2 w)) (Eq.symm h)))))
      more x₀ (more x₁ (more x₂ (more x₃ (more x₄ (more x₅ (more x₆ (one x₇))))))))
    (fun l r x y =>
      let b := Nat.mul w (Nat.add (Rows.count l) (Rows.count r))
      have left : Nat.le (pow2 (Nat.mul w (Rows.count l))) (pow2 b) := wide _ _
      have right : Nat.le (pow2 (Nat.mul w (Rows.count r))) (pow2 b) :=
        Eq.subst (motive := fun n => Nat.le (pow2 (Nat.mul w (Rows.count r))) (pow2 (Nat.mul w n)))
          (nat_add_comm (Rows.count r) (Rows.count l)) (wide _ _)
      have digits (t : Rows) {z : Nat}
          (h : Eq z (pack (pow2 (Nat.mul w (Rows.count t))) (Shape.size sh)
            (fun p => Rows.column w w p t))) (p : Nat) (hp : Nat.lt p (Shape.size sh)) :
          Eq (digit (Nat.mul w (Rows.count t)) z p) (Rows.column w w p t) :=
        Eq.trans (congrArg (fun z => digit (Nat.mul w (Rows.count t)) z p) h)
          (digit_pack (Nat.mul w (Rows.count t)) (Shape.size sh)
            (fun p _ => Rows.column_lt w p t) hp)
      Eq.trans
        (congr2 Nat.add (spread_eq_pack left sh (Rows.cross w sh l))
          (spread_times right sh (pow2 (Nat.mul w (Rows.count l))) (Rows.cross w sh r)))
        (Eq.trans (Eq.symm (pack_add (pow2 b) (Shape.size sh) _ _))
          (pack_congr (pow2 b) (Shape.size sh) (fun p hp => congr2 Nat.add (digits l x p hp)
            (Eq.trans
              (congrArg (Nat.mul (pow2 (Nat.mul w (Rows.count l)))) (digits r y p hp))
              (Eq.symm (shiftLeft_eq_mul (Rows.column w w p r) (Nat.mul w (Rows.count l)))))))))
    t

/-- `g k, g (k+1), …`: as many rows as the shape has digits, each evaluated once. -/
noncomputable def Rows.tabulate (g : Nat → Nat) (s : Shape) : Nat → Rows :=
  Shape.rec (motive := fun _ => Nat → Rows) (fun k => force (g k) fun p => .one p)
    (fun k =>
      force (g k) fun p₀ => force (g (Nat.add k 1)) fun p₁ => force (g (Nat.add k 2)) fun p₂ =>
      force (g (Nat.add k 3)) fun p₃ => force (g (Nat.add k 4)) fun p₄ =>
      force (g (Nat.add k 5)) fun p₅ => force (g (Nat.add k 6)) fun p₆ =>
      force (g (Nat.add k 7)) fun p₇ => .eight p₀ p₁ p₂ p₃ p₄ p₅ p₆ p₇)
    (fun l _ a b k => .node (a k) (b (Nat.add k (Shape.size l)))) s

/-- There are as many rows as digits. -/
theorem Rows.count_tabulate (g : Nat → Nat) (s : Shape) : ∀ k,
    Eq (Rows.count (Rows.tabulate g s k)) (Shape.size s) :=
  Shape.rec (motive := fun s => ∀ k, Eq (Rows.count (Rows.tabulate g s k)) (Shape.size s))
    (fun _ => rfl) (fun _ => rfl)
    (fun _ _ a b _ => congr2 Nat.add (a _) (b _)) s

/-- The rows are the values of `g`, whatever follows. -/
theorem Rows.walk_tabulate (g : Nat → Nat) (s : Shape) : ∀ (k : Nat) (c : Nat → Nat) (r : Nat),
    Nat.lt r (Shape.size s) → Eq (Rows.walk (Rows.tabulate g s k) c r) (g (Nat.add k r)) :=
  Shape.rec
    (motive := fun s => ∀ (k : Nat) (c : Nat → Nat) (r : Nat), Nat.lt r (Shape.size s) →
      Eq (Rows.walk (Rows.tabulate g s k) c r) (g (Nat.add k r)))
    (fun _ _ r => match r with
      | 0 => fun _ => rfl
      | .succ _ => fun h => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _))
    (fun _ _ r => match r with
      | 0 => fun _ => rfl
      | 1 => fun _ => rfl
      | 2 => fun _ => rfl
      | 3 => fun _ => rfl
      | 4 => fun _ => rfl
      | 5 => fun _ => rfl
      | 6 => fun _ => rfl
      | 7 => fun _ => rfl
      | .succ (.succ (.succ (.succ (.succ (.succ (.succ (.succ p))))))) => fun h =>
        absurd (Nat.le_trans (nat_le_add 9 p)
          (Eq.subst (motive := fun t => Nat.le t 8) (nat_add_comm p 9) h)) (Nat.not_succ_le_self 8))
    (fun l r a b k c i h => Or.elim (nat_lt_add_cases h)
      (fun e => a k (Rows.walk (Rows.tabulate g r (Nat.add k (Shape.size l))) c) i e)
      (fun e => match e with
        | ⟨j, hj, e⟩ => Eq.subst
          (motive := fun i => Eq (Rows.walk (Rows.tabulate g l k)
            (Rows.walk (Rows.tabulate g r (Nat.add k (Shape.size l))) c) i) (g (Nat.add k i))) e
          (Eq.trans
            (Eq.subst
              (motive := fun n => Eq (Rows.walk (Rows.tabulate g l k)
                (Rows.walk (Rows.tabulate g r (Nat.add k (Shape.size l))) c) (Nat.add n j))
                (Rows.walk (Rows.tabulate g r (Nat.add k (Shape.size l))) c j))
              (Rows.count_tabulate g l k)
              (Rows.walk_past (Rows.tabulate g l k)
                (Rows.walk (Rows.tabulate g r (Nat.add k (Shape.size l))) c) j))
            (Eq.trans (b (Nat.add k (Shape.size l)) c j hj)
              (congrArg g (nat_add_assoc k (Shape.size l) j)))))) s

/-! ## The rows of a matrix -/

/-- The digit that stands for the entry `W_ij`. -/
noncomputable def PackedMatrix.digitAt (W : PackedMatrix) (i j : Nat) : Nat :=
  pick W.transposed (digit W.width (Rows.get W.data j) i) (digit W.width (Rows.get W.data i) j)

/-- An entry is its digit, less the bias. -/
theorem PackedMatrix.entry_digitAt (W : PackedMatrix) (i j : Nat) :
    Eq (PackedMatrix.entry W i j) (diff (PackedMatrix.digitAt W i j) W.bias) :=
  match W with
  | .mk _ _ _ _ true _ => rfl
  | .mk _ _ _ _ false _ => rfl

/-- Digits are below the base. -/
theorem PackedMatrix.digitAt_lt (W : PackedMatrix) (i j : Nat) :
    Nat.lt (PackedMatrix.digitAt W i j) (pow2 W.width) :=
  match W with
  | .mk _ _ w _ true data => digit_lt w (Rows.get data j) i
  | .mk _ _ w _ false data => digit_lt w (Rows.get data i) j

/-- The rows with digits in base `2^b`; `rs` has a digit for each row, `cs` for each column. -/
noncomputable def PackedMatrix.rowsAt (W : PackedMatrix) (b : Nat) (rs cs : Shape) : Rows :=
  pick W.transposed
    (force (Rows.cross W.width rs W.data) fun z => Rows.tabulate
      (fun i => spreadRow W.width b cs (digit (Nat.mul W.width (Rows.count W.data)) z i)) rs 0)
    (Rows.map (spreadRow W.width b cs) W.data)

/-- Whether the shapes have the sizes of the matrix, the data are as many as they should be, and a
digit fits into `b` bits. -/
noncomputable def PackedMatrix.fits (W : PackedMatrix) (b : Nat) (rs cs : Shape) : Bool :=
  and (and (Nat.beq (Shape.size rs) W.rows) (Nat.beq (Shape.size cs) W.cols))
    (and (Nat.beq (Rows.count W.data) (PackedMatrix.count W))
      (Nat.ble (Nat.pow 2 W.width) (Nat.pow 2 b)))

/-- There are as many rows as the matrix has. -/
theorem PackedMatrix.count_rowsAt {W : PackedMatrix} {b : Nat} {rs cs : Shape}
    (h : Eq (PackedMatrix.fits W b rs cs) true) :
    Eq (Rows.count (PackedMatrix.rowsAt W b rs cs)) W.rows :=
  match W, h with
  | .mk _ _ _ _ true _, h => Eq.trans (Rows.count_tabulate _ rs 0)
      (Nat.eq_of_beq_eq_true (bool_and (bool_and h).left).left)
  | .mk _ _ _ _ false data, h => Eq.trans (Rows.count_map _ data)
      (Nat.eq_of_beq_eq_true (bool_and (bool_and h).right).left)

/-- Row `i` packs the digits of its entries. -/
theorem PackedMatrix.get_rowsAt {W : PackedMatrix} {b : Nat} {rs cs : Shape}
    (h : Eq (PackedMatrix.fits W b rs cs) true) {i : Nat} (hi : Nat.lt i W.rows) :
    Eq (Rows.get (PackedMatrix.rowsAt W b rs cs) i)
      (pack (pow2 b) W.cols (PackedMatrix.digitAt W i)) :=
  match W, h, hi with
  | .mk _ cols w _ true data, h, hi =>
    have hr := Nat.eq_of_beq_eq_true (bool_and (bool_and h).left).left
    have hs := Nat.eq_of_beq_eq_true (bool_and (bool_and h).left).right
    have hc : Eq (Rows.count data) cols := Nat.eq_of_beq_eq_true (bool_and (bool_and h).right).left
    have hi' : Nat.lt i (Shape.size rs) := Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hr) hi
    have column : Eq (digit (Nat.mul w (Rows.count data)) (Rows.cross w rs data) i)
        (pack (pow2 w) (Rows.count data) (fun r => digit w (Rows.get data r) i)) :=
      Eq.trans
        (congrArg (fun z => digit (Nat.mul w (Rows.count data)) z i) (Rows.cross_eq w rs data))
        (Eq.trans
          (digit_pack (Nat.mul w (Rows.count data)) (Shape.size rs)
            (fun p _ => Rows.column_lt w p data) hi')
          (Rows.column_walk w w i data (fun _ => 0)))
    Eq.trans
      (Rows.walk_tabulate (fun i => spreadRow w b cs
        (digit (Nat.mul w (Rows.count data)) (Rows.cross w rs data) i)) rs 0 (fun _ => 0) i hi')
      (Eq.trans
        (congrArg (fun i => spreadRow w b cs
          (digit (Nat.mul w (Rows.count data)) (Rows.cross w rs data) i)) (nat_zero_add i))
        (Eq.trans (spreadRow_eq w b cs _)
          (Eq.trans
            (spread_eq_pack (Nat.le_of_ble_eq_true (bool_and (bool_and h).right).right) cs _)
            (Eq.trans
              (pack_congr (pow2 b) (Shape.size cs) (fun p hp => Eq.trans
                (congrArg (fun x => digit w x p) column)
                (digit_pack w (Rows.count data) (f := fun r => digit w (Rows.get data r) i)
                  (fun r _ => digit_lt w (Rows.get data r) i)
                  (Eq.subst (motive := fun n => Nat.lt p n) (Eq.trans hs (Eq.symm hc)) hp))))
              (congrArg (fun n => pack (pow2 b) n (fun r => digit w (Rows.get data r) i)) hs)))))
  | .mk _ _ w _ false data, h, hi =>
    have hc := Nat.eq_of_beq_eq_true (bool_and (bool_and h).left).right
    have hr := Nat.eq_of_beq_eq_true (bool_and (bool_and h).right).left
    Eq.trans
      (Rows.get_map (spreadRow w b cs)
        (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hr) hi))
      (Eq.trans (spreadRow_eq w b cs (Rows.get data i))
        (Eq.trans
          (spread_eq_pack (Nat.le_of_ble_eq_true (bool_and (bool_and h).right).right) cs
            (Rows.get data i))
          (congrArg (fun n => pack (pow2 b) n (digit w (Rows.get data i))) hc)))

end LipBridge
