import LipBridge.Certificate.SpectralNorm
import LipBridge.Evaluate.Linear
/-!
# Evaluating a linear layer with a packed matrix

The stored numbers of a `PackedMatrix` are the rows of `W`, or its columns. Either way `packedCheck`
computes `W v + b` over the integers from the packed digits and compares it with a list.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Lists of stored numbers -/

/-- The numbers of a tree of rows, then those of a list. -/
noncomputable def Rows.toList (t : Rows) : List Nat → List Nat :=
  Rows.rec (motive := fun _ => List Nat → List Nat) (fun x k => .cons x k)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ k => .cons x₀ (.cons x₁ (.cons x₂ (.cons x₃ (.cons x₄
      (.cons x₅ (.cons x₆ (.cons x₇ k))))))))
    (fun _ _ a b k => a (b k)) t

/-- The list `l` holds the values of `k`. -/
def Lists (l : List Nat) (k : Nat → Nat) : Prop := ∀ r, Eq (nth 0 l r) (k r)

/-- One more number in front. -/
theorem Lists.cons {l : List Nat} {k : Nat → Nat} (x : Nat) (h : Lists l k) :
    Lists (.cons x l) (natCons x k) :=
  fun r => match r with
    | 0 => rfl
    | .succ r => h r

/-- The list of a tree holds its numbers. -/
theorem Rows.lists (t : Rows) : ∀ (l : List Nat) (k : Nat → Nat), Lists l k →
    Lists (Rows.toList t l) (Rows.walk t k) :=
  Rows.rec
    (motive := fun t => ∀ (l : List Nat) (k : Nat → Nat), Lists l k →
      Lists (Rows.toList t l) (Rows.walk t k))
    (fun x _ _ h => h.cons x)
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ _ _ h =>
      (((((((h.cons x₇).cons x₆).cons x₅).cons x₄).cons x₃).cons x₂).cons x₁).cons x₀)
    (fun _ _ a b l k h => a _ _ (b l k h)) t

/-- Entry `r` of the list of all rows is row `r`. -/
theorem Rows.nth_toList (t : Rows) (r : Nat) : Eq (nth 0 (Rows.toList t .nil) r) (Rows.get t r) :=
  Rows.lists t .nil (fun _ => 0) (fun _ => rfl) r

/-! ## Inner products -/

/-- `Σ_j f(x_j) v_j` over the common length of two lists. -/
noncomputable def dotMap (f : Nat → Int) (v : List Int) : List Nat → Int :=
  List.rec (motive := fun _ => List Nat → Int) (fun _ => Int.ofNat 0)
    (fun y _ ih b => List.rec (motive := fun _ => Int) (Int.ofNat 0)
      (fun x t _ => Int.add (Int.mul (f x) y) (ih t)) b) v

/-- `dotMap` is a sum, in any dimension not below the length of `v`, if the list is long enough. -/
theorem dotMap_eq (f : Nat → Int) (v : List Int) : ∀ (l : List Nat) (n : Nat),
    Nat.le (len v) (len l) → Nat.le (len v) n →
      Eq (dotMap f v l) (sum n (fun j => Int.mul (f (nth 0 l j)) (ofList v j))) :=
  List.rec
    (motive := fun v => ∀ (l : List Nat) (n : Nat), Nat.le (len v) (len l) → Nat.le (len v) n →
      Eq (dotMap f v l) (sum n (fun j => Int.mul (f (nth 0 l j)) (ofList v j))))
    (fun l n _ _ => Eq.symm
      (Eq.trans (sum_ext n (fun j => mul_zero (R := Int) (f (nth 0 l j)))) (sum_zero n)))
    (fun y t ih l n hl hn => match l, n, hl, hn with
      | .nil, _, hl, _ => False.elim (Nat.not_succ_le_zero _ hl)
      | .cons _ _, 0, _, hn => False.elim (Nat.not_succ_le_zero _ hn)
      | .cons x s, .succ n, hl, hn => Eq.trans
        (congrArg (Int.add (Int.mul (f x) y))
          (ih s n (Nat.le_of_succ_le_succ hl) (Nat.le_of_succ_le_succ hn)))
        (Eq.symm (sum_first n
          (fun j => Int.mul (f (nth 0 (.cons x s) j)) (ofList (.cons y t) j))))) v

/-- The numbers `x, x >> w, x >> 2w, …`: `n` of them. -/
noncomputable def shifts (w n : Nat) : Nat → List Nat :=
  Nat.rec (motive := fun _ => Nat → List Nat) (fun _ => .nil)
    (fun _ ih x => .cons x (ih (Nat.shiftRight x w))) n

/-- There are `n` of them. -/
theorem len_shifts (w n : Nat) : ∀ x, Eq (len (shifts w n x)) n :=
  Nat.rec (motive := fun n => ∀ x, Eq (len (shifts w n x)) n) (fun _ => rfl)
    (fun _ ih x => congrArg Nat.succ (ih (Nat.shiftRight x w))) n

/-- The last `w` bits of number `p` are digit `p`. -/
theorem digit_shifts (w n : Nat) : ∀ (x p : Nat), Nat.lt p n →
    Eq (Nat.mod (nth 0 (shifts w n x) p) (Nat.pow 2 w)) (digit w x p) :=
  Nat.rec
    (motive := fun n => ∀ (x p : Nat), Nat.lt p n →
      Eq (Nat.mod (nth 0 (shifts w n x) p) (Nat.pow 2 w)) (digit w x p))
    (fun _ _ hp => False.elim (Nat.not_succ_le_zero _ hp))
    (fun _ ih x p hp => match p, hp with
      | 0, _ => rfl
      | .succ p, hp => Eq.trans (ih (Nat.shiftRight x w) p (Nat.le_of_succ_le_succ hp))
          (Eq.symm (digit_succ w x p))) n

/-! ## The same in natural numbers -/

/-- `Σ_j f(x_j) v_j` over the `v_j > 0`. -/
noncomputable def posDot (f : Nat → Nat) (v : List Int) : List Nat → Nat :=
  List.rec (motive := fun _ => List Nat → Nat) (fun _ => 0)
    (fun y _ ih b => List.rec (motive := fun _ => Nat) 0
      (fun x t _ => Int.rec (motive := fun _ => Nat) (fun n => Nat.add (Nat.mul n (f x)) (ih t))
        (fun _ => ih t) y) b) v

/-- `Σ_j f(x_j) (-v_j)` over the `v_j < 0`. -/
noncomputable def negDot (f : Nat → Nat) (v : List Int) : List Nat → Nat :=
  List.rec (motive := fun _ => List Nat → Nat) (fun _ => 0)
    (fun y _ ih b => List.rec (motive := fun _ => Nat) 0
      (fun x t _ => Int.rec (motive := fun _ => Nat) (fun _ => ih t)
        (fun n => Nat.add (Nat.mul (Nat.succ n) (f x)) (ih t)) y) b) v

/-- The sum of the positive entries. -/
noncomputable def posSum (v : List Int) : Nat :=
  List.rec (motive := fun _ => Nat) 0 (fun y _ ih => Nat.add (posPart y) ih) v

/-- The sum of the negative entries, without sign. -/
noncomputable def negSum (v : List Int) : Nat :=
  List.rec (motive := fun _ => Nat) 0 (fun y _ ih => Nat.add (negPart y) ih) v

/-- `Σ_j (f(x_j) - β) v_j`, with one subtraction at the end. -/
noncomputable def fastDot (f : Nat → Nat) (β : Nat) (v : List Int) (l : List Nat) : Int :=
  diff (Nat.add (posDot f v l) (Nat.mul β (negSum v)))
    (Nat.add (negDot f v l) (Nat.mul β (posSum v)))

/-- One more term with a factor `n ≥ 0`. -/
theorem fastDot_pos (d β n a s b t : Nat) :
    Eq (Int.add (Int.mul (diff d β) (Int.ofNat n))
        (diff (Nat.add a (Nat.mul β s)) (Nat.add b (Nat.mul β t))))
      (diff (Nat.add (Nat.add (Nat.mul n d) a) (Nat.mul β (Nat.add 0 s)))
        (Nat.add b (Nat.mul β (Nat.add n t)))) :=
  Eq.trans
    (congrArg (fun y => Int.add (Int.mul (diff d β) y)
      (diff (Nat.add a (Nat.mul β s)) (Nat.add b (Nat.mul β t)))) (Eq.symm (diff_zero n)))
    (Eq.trans
      (congrArg (fun z => Int.add z (diff (Nat.add a (Nat.mul β s)) (Nat.add b (Nat.mul β t))))
        (diff_mul d β n 0))
      (Eq.trans (diff_add _ _ _ _) (diff_eq (nat_ring (vars7 d β n a s b t)))))

/-- One more term with a factor `-n ≤ 0`. -/
theorem fastDot_neg (d β n a s b t : Nat) :
    Eq (Int.add (Int.mul (diff d β) (diff 0 n))
        (diff (Nat.add a (Nat.mul β s)) (Nat.add b (Nat.mul β t))))
      (diff (Nat.add a (Nat.mul β (Nat.add n s)))
        (Nat.add (Nat.add (Nat.mul n d) b) (Nat.mul β (Nat.add 0 t)))) :=
  Eq.trans
    (congrArg (fun z => Int.add z (diff (Nat.add a (Nat.mul β s)) (Nat.add b (Nat.mul β t))))
      (diff_mul d β 0 n))
    (Eq.trans (diff_add _ _ _ _) (diff_eq (nat_ring (vars7 d β n a s b t))))

/-- `fastDot` is `dotMap`, if the list is long enough. -/
theorem fastDot_eq (f : Nat → Nat) (β : Nat) (v : List Int) : ∀ l : List Nat,
    Nat.le (len v) (len l) → Eq (dotMap (fun x => diff (f x) β) v l) (fastDot f β v l) :=
  List.rec
    (motive := fun v => ∀ l : List Nat, Nat.le (len v) (len l) →
      Eq (dotMap (fun x => diff (f x) β) v l) (fastDot f β v l))
    (fun _ _ => diff_eq (a := 0) (b := 0) rfl)
    (fun y t ih l h => match l, y, h with
      | .nil, _, h => False.elim (Nat.not_succ_le_zero _ h)
      | .cons x s, .ofNat n, h => Eq.trans
        (congrArg (Int.add (Int.mul (diff (f x) β) (Int.ofNat n)))
          (ih s (Nat.le_of_succ_le_succ h)))
        (fastDot_pos (f x) β n (posDot f t s) (negSum t) (negDot f t s) (posSum t))
      | .cons x s, .negSucc n, h => Eq.trans
        (congrArg (Int.add (Int.mul (diff (f x) β) (Int.negSucc n)))
          (ih s (Nat.le_of_succ_le_succ h)))
        (fastDot_neg (f x) β (Nat.succ n) (posDot f t s) (negSum t) (negDot f t s) (posSum t))) v

/-! ## The layer -/

/-- `(W v)_i` from the packed digits; `l` is the list of the stored numbers. -/
noncomputable def PackedMatrix.rowDot (W : PackedMatrix) (v : List Int) (l : List Nat) (i : Nat) :
    Int :=
  pick W.transposed (fastDot (fun x => digit W.width x i) W.bias v l)
    (fastDot (fun x => Nat.mod x (Nat.pow 2 W.width)) W.bias v
      (shifts W.width W.cols (nth 0 l i)))

/-- Whether `W v + b = w`, entry by entry, and the lists fit. -/
noncomputable def PackedMatrix.evalCheck (W : PackedMatrix) (b v w : List Int) : Bool :=
  and (and (Nat.ble (len v) W.cols)
      (pick W.transposed (Nat.ble (len v) (len (Rows.toList W.data .nil))) true))
    (agreeCheck W.rows (fun i =>
      Int.add (PackedMatrix.rowDot W v (Rows.toList W.data .nil) i) (nth (Int.ofNat 0) b i)) w)

/-- `rowDot` is the sum `Σ_j W_ij v_j`. -/
theorem PackedMatrix.rowDot_eq (W : PackedMatrix) (v : List Int) (i : Nat)
    (hv : Nat.le (len v) W.cols)
    (hl : Eq (pick W.transposed (Nat.ble (len v) (len (Rows.toList W.data .nil))) true) true) :
    Eq (PackedMatrix.rowDot W v (Rows.toList W.data .nil) i)
      (sum W.cols (fun j => Int.mul (PackedMatrix.entry W i j) (ofList v j))) :=
  match W, hv, hl with
  | .mk _ cols w β true data, hv, hl => Eq.trans
    (Eq.symm (fastDot_eq (fun x => digit w x i) β v (Rows.toList data .nil)
      (Nat.le_of_ble_eq_true hl)))
    (Eq.trans
      (dotMap_eq (fun x => diff (digit w x i) β) v (Rows.toList data .nil) cols
        (Nat.le_of_ble_eq_true hl) hv)
      (sum_ext cols (fun j => congrArg (fun x => Int.mul (diff (digit w x i) β) (ofList v j))
        (Rows.nth_toList data j))))
  | .mk _ cols w β false data, hv, _ =>
    have hs : Nat.le (len v) (len (shifts w cols (nth 0 (Rows.toList data .nil) i))) :=
      Eq.subst (motive := Nat.le (len v)) (Eq.symm (len_shifts w cols _)) hv
    Eq.trans
      (Eq.symm (fastDot_eq (fun x => Nat.mod x (Nat.pow 2 w)) β v _ hs))
      (Eq.trans
        (dotMap_eq (fun x => diff (Nat.mod x (Nat.pow 2 w)) β) v _ cols hs hv)
        (sum_congr (fun j hj => congrArg (fun d => Int.mul (diff d β) (ofList v j))
          (Eq.trans (digit_shifts w cols _ j hj)
            (congrArg (fun x => digit w x j) (Rows.nth_toList data i))))))

/-- A linear layer with a packed matrix, evaluated over ℤ: if `x` is the list `v`, then `W x + c` is
the list `w`. -/
theorem PackedMatrix.linear_eval (W : PackedMatrix) {c x : Vec Int} (b : List Int) {v w : List Int}
    (hc : Agree W.rows c (ofList b)) (hx : Agree W.cols x (ofList v))
    (h : Eq (PackedMatrix.evalCheck W b v w) true) :
    Agree W.rows (linear W.cols (PackedMatrix.entry W) one c x) (ofList w) :=
  fun i hi =>
    have hv := bool_and (bool_and h).left
    Eq.trans
      (congr2 Int.add
        (sum_congr (fun j hj => congr2 Int.mul (int_mul_one (PackedMatrix.entry W i j)) (hx j hj)))
        (hc i hi))
      (Eq.trans
        (congrArg (fun t => Int.add t (ofList b i))
          (Eq.symm (PackedMatrix.rowDot_eq W v i (Nat.le_of_ble_eq_true hv.left) hv.right)))
        (agree_of_check (bool_and h).right i hi))

/-- A list of integers packed in one number: `n` digits of `w` bits, less the bias `β`. Long lists
are written so, since a term nested as deep as the list is long is too deep for the parser. -/
noncomputable def unpackInts (w β n : Nat) : Nat → List Int :=
  Nat.rec (motive := fun _ => Nat → List Int) (fun _ => .nil)
    (fun _ ih x => .cons (diff (Nat.mod x (Nat.pow 2 w)) β) (ih (Nat.shiftRight x w))) n

end LipBridge
