import LipBridge.Evaluate.Basic
import LipBridge.Layers.Linear
/-!
# Evaluating a linear layer over the integers, fast

`linearCheck rows bias v w` computes `W v + b` from lists, row by row, with bare recursors, and
compares it with `w`: about 0.2 ms an entry in elaborator and kernel together.
-/

set_option autoImplicit false

namespace LipBridge

/-- The matrix whose rows are the lists of a list; 0 past the ends. -/
def ofRows (M : List (List Int)) (i j : Nat) : Int := nth (Int.ofNat 0) (nth .nil M i) j

/-- `Σ a_j b_j` over the common length of two lists. -/
noncomputable def dotList (a : List Int) : List Int → Int :=
  List.rec (motive := fun _ => List Int → Int) (fun _ => Int.ofNat 0)
    (fun x _ ih b => List.rec (motive := fun _ => Int) (Int.ofNat 0)
      (fun y t _ => Int.add (Int.mul x y) (ih t)) b) a

/-- Whether `W v + b = w`, row by row, for as many rows as `w` has entries. -/
noncomputable def linearCheck (v w : List Int) : List (List Int) → List Int → Bool :=
  List.rec (motive := fun _ => List (List Int) → List Int → Bool) (fun _ _ => true)
    (fun y _ ih M b => List.rec (motive := fun _ => Bool) false
      (fun r M' _ => List.rec (motive := fun _ => Bool) false
        (fun c b' _ => pick (intBeq (Int.add (dotList r v) c) y) (ih M' b') false) b) M) w

/-- The length of a list. -/
noncomputable def len {α : Type} (l : List α) : Nat :=
  List.rec (motive := fun _ => Nat) 0 (fun _ _ ih => Nat.succ ih) l

/-- A sum, the first term apart: `Σ_{i≤n} f i = f 0 + Σ_{i<n} f (i+1)`. -/
theorem sum_first.{u} {R : Type u} [OrderedRing R] (n : Nat) (f : Nat → R) :
    Eq (sum (Nat.succ n) f) (add (f 0) (sum n (fun i => f (Nat.succ i)))) :=
  match n with
  | 0 => add_comm zero (f 0)
  | .succ n => Eq.trans (congrArg (fun t => add t (f (Nat.succ n))) (sum_first n f))
      (add_assoc _ _ _)

/-- `0 * x = 0` in ℤ. -/
theorem int_zero_mul (x : Int) : Eq (Int.mul (Int.ofNat 0) x) (Int.ofNat 0) :=
  Eq.trans (mul_comm (R := Int) (Int.ofNat 0) x) (mul_zero (R := Int) x)

/-- `dotList` is the inner product, in any dimension not below the length of the second list. -/
theorem dotList_eq (b : List Int) : ∀ (a : List Int) (n : Nat), Nat.le (len b) n →
    Eq (dotList a b) (sum n (fun j => Int.mul (ofList a j) (ofList b j))) :=
  List.rec
    (motive := fun b => ∀ (a : List Int) (n : Nat), Nat.le (len b) n →
      Eq (dotList a b) (sum n (fun j => Int.mul (ofList a j) (ofList b j))))
    (fun a n _ => Eq.trans
      (match a with
        | .nil => rfl
        | .cons _ _ => rfl)
      (Eq.symm (Eq.trans (sum_ext n (fun j => mul_zero (R := Int) (ofList a j))) (sum_zero n))))
    (fun y t ih a n h => match n, a, h with
      | 0, _, h => False.elim (Nat.not_succ_le_zero _ h)
      | .succ n, .nil, _ => Eq.symm
        (Eq.trans (sum_ext (Nat.succ n) (fun j => int_zero_mul (ofList (.cons y t) j)))
          (sum_zero _))
      | .succ n, .cons x s, h => Eq.trans
        (congrArg (Int.add (Int.mul x y)) (ih s n (Nat.le_of_succ_le_succ h)))
        (Eq.symm (sum_first n (fun j => Int.mul (ofList (.cons x s) j) (ofList (.cons y t) j))))) b

/-- Row `i` of a linear layer with rows from lists. -/
theorem linear_row (cols : Nat) (M : List (List Int)) (b v : List Int) (h : Nat.le (len v) cols)
    (i : Nat) : Eq (linear cols (ofRows M) one (ofList b) (ofList v) i)
      (Int.add (dotList (nth .nil M i) v) (ofList b i)) :=
  congrArg (fun t => Int.add t (ofList b i))
    (Eq.trans
      (sum_ext cols (fun j =>
        congrArg (fun t => Int.mul t (ofList v j)) (int_mul_one (ofRows M i j))))
      (Eq.symm (dotList_eq v (nth .nil M i) cols h)))

/-- `linearCheck` that says yes gives every entry. -/
theorem linearCheck_sound (v w : List Int) : ∀ (M : List (List Int)) (b : List Int),
    Eq (linearCheck v w M b) true → ∀ i, Nat.lt i (len w) →
      Eq (Int.add (dotList (nth .nil M i) v) (ofList b i)) (ofList w i) :=
  List.rec
    (motive := fun w => ∀ (M : List (List Int)) (b : List Int),
      Eq (linearCheck v w M b) true → ∀ i, Nat.lt i (len w) →
        Eq (Int.add (dotList (nth .nil M i) v) (ofList b i)) (ofList w i))
    (fun _ _ _ i hi => False.elim (Nat.not_succ_le_zero i hi))
    (fun _ _ ih M b h i hi => match M, b, i, h, hi with
      | .nil, _, _, h, _ => bool_absurd (Eq.symm h)
      | .cons _ _, .nil, _, h, _ => bool_absurd (Eq.symm h)
      | .cons _ _, .cons _ _, 0, h, _ => int_eq_of_beq (pick_and h).left
      | .cons _ M', .cons _ b', .succ i, h, hi =>
        ih M' b' (pick_and h).right i (Nat.le_of_succ_le_succ hi)) w

/-- A linear layer evaluated: if `x` is the list `v`, then the layer at `x` is the list `w`. `V` is
any matrix whose entries are those of the lists `M`, `c` any bias whose entries are those of `b`. -/
theorem linear_eval {rows cols : Nat} {V : Nat → Nat → Int} {c : Vec Int} (M : List (List Int))
    (b : List Int) {x : Vec Int} {v w : List Int}
    (hV : ∀ i j, Nat.lt i rows → Nat.lt j cols → Eq (V i j) (ofRows M i j))
    (hc : Agree rows c (ofList b)) (hx : Agree cols x (ofList v))
    (hv : Eq (Nat.ble (len v) cols) true) (hw : Eq (Nat.ble rows (len w)) true)
    (h : Eq (linearCheck v w M b) true) :
    Agree rows (linear cols V one c x) (ofList w) :=
  fun i hi => Eq.trans
    (congr2 Int.add
      (sum_congr (fun j hj =>
        congr2 (fun s t => Int.mul (Int.mul s (Int.ofNat 1)) t) (hV i j hi hj) (hx j hj)))
      (hc i hi))
    (Eq.trans (linear_row cols M b v (Nat.le_of_ble_eq_true hv) i)
      (linearCheck_sound v w M b h i (Nat.le_trans hi (Nat.le_of_ble_eq_true hw))))

end LipBridge
