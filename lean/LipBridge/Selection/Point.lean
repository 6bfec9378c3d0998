import LipBridge.Evaluate.Stored
import LipBridge.Layers.ScoreTable
import LipBridge.Selection.OrderGap
import LipBridge.Selection.Ratio
/-!
# The selection of a network at a point

The scores of a network at a point are computed by the kernel, and so is every comparison of a gap with
what that gap can change by within the radius. Nothing is assumed of the scores. With `k = 1` this is
certified classification at a point. docs/theorems.md §3.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- The set of the listed indices. -/
noncomputable def oneOf (l : List Nat) : BlockSet := fun i => listed i l

/-- A choice that is true has its first part true, where the condition is. -/
theorem pick_true {c x y : Bool} (e : Eq c true) (h : Eq (pick c x y) true) : Eq x true :=
  match c, e, h with
  | true, _, h => h

/-- `true`, or what follows. -/
theorem pick_or {a b : Bool} (h : Eq (pick a true b) true) : Or (Eq a true) (Eq b true) :=
  match a, h with
  | true, _ => Or.inl rfl
  | false, h => Or.inr h

/-- A choice that is true has its second part true, where the condition is not. -/
theorem pick_false {c x y : Bool} (e : Eq c false) (h : Eq (pick c x y) true) : Eq y true :=
  match c, e, h with
  | false, _, h => h

/-- Whether a gap of `z/d` is positive and cannot close within `a/b`, where its square changes by at most
`P/Q` times the squared way: `P·(a d)² < Q·b²·z²`, `z ≥ 0`. -/
noncomputable def staysOpen (P Q a b d : Nat) (z : Int) : Bool :=
  and (intBle (Int.ofNat 0) z)
    (intBle (Int.ofNat (Nat.succ (Nat.mul P (Nat.mul (Nat.mul a d) (Nat.mul a d)))))
      (Int.mul (Int.ofNat (Nat.mul Q (Nat.mul b b))) (Int.mul z z)))

/-- The same for a gap that has to stay above `2·u/v`, twice an error. -/
noncomputable def staysAbove (P Q a b d u v : Nat) (z : Int) : Bool :=
  staysOpen (Nat.mul (Nat.mul v v) P) Q a b d
    (Int.add (Int.mul (Int.ofNat v) z) (Int.neg (Int.ofNat (Nat.mul d (Nat.mul 2 u)))))

/-- The check of a selection, the constants of differences being those of a table: the listed indices are
`k`, and every gap between one of them and another index stays open. -/
noncomputable def pairsStay (m k a b d u v D : Nat) (N : PackedMatrix) (l : List Nat) (z : Vec Int) :
    Bool :=
  and (Nat.beq (count m (oneOf l)) k)
    (everyBelow m fun i => pick (oneOf l i)
      (everyBelow m fun j => pick (oneOf l j) true
        (staysAbove (Nat.mul (PackedMatrix.natAt N i j) (PackedMatrix.natAt N i j)) (Nat.mul D D) a b d
          u v (Int.add (z i) (Int.neg (z j))))) true)

/-- The check of a selection, all scores together having the constant `√(P/Q)`. -/
noncomputable def scoresStay (m k a b d u v P Q : Nat) (l : List Nat) (z : Vec Int) : Bool :=
  and (Nat.beq (count m (oneOf l)) k)
    (everyBelow m fun i => pick (oneOf l i)
      (everyBelow m fun j => pick (oneOf l j) true
        (staysAbove (Nat.mul 2 P) Q a b d u v (Int.add (z i) (Int.neg (z j))))) true)

section
variable {R : Type u} [OrderedRing R]

/-- A gap that stays open. Let `g` have the value `z/d` at `x`, let `‖x' - x‖ ≤ a/b`, and let the square
of what `g` changes by be at most `P/Q` times the squared way. Then `g x' > 0`. -/
theorem gap_open {n P Q a b d : Nat} {g : Vec R → R} {x x' : Vec R} {z : Int}
    (hg : le (mul (ofNat Q) (sq (sub (g x') (g x)))) (mul (ofNat P) (distSq n x' x)))
    (hv : Eq (mul (ofNat d) (g x)) (ofInt z)) (hx : WithinRatio n (ofNat a) (ofNat b) x x')
    (h : Eq (staysOpen P Q a b d z) true) : lt zero (g x') :=
  fun low =>
    have c := bool_and h
    have hz : le (zero : R) (ofInt z) :=
      le_congr (Eq.symm ofInt_zero) rfl (ofInt_le (int_le_of_ble c.left))
    have fall : le (sq (ofInt z)) (sq (mul (ofNat d) (sub (g x) (g x')))) :=
      sq_le_sq hz (le_via
        (add_le_add_left (ofInt z) (mul_nonneg (ofNat_nonneg d) (neg_nonneg low)))
        (Eq.symm (add_zero _))
        (Eq.trans (ring_eq (vars3 (ofNat d) (g x) (g x'))
            (a := mul (ofNat d) (sub (g x) (g x')))
            (b := add (mul (ofNat d) (g x)) (mul (ofNat d) (neg (g x')))))
          (congrArg (fun t => add t _) hv)))
    have least : le (mul (mul (ofNat Q) (sq (ofNat b))) (sq (ofInt z)))
        (mul (mul (ofNat P) (sq (ofNat d))) (sq (ofNat a))) :=
      le_trans
        (mul_le_mul_left (mul_nonneg (ofNat_nonneg Q) (sq_nonneg (ofNat b))) fall)
        (le_trans
          (le_via (mul_le_mul_left (mul_nonneg (sq_nonneg (ofNat d)) (sq_nonneg (ofNat b))) hg)
            (ring_eq (vars5 (ofNat Q) (ofNat b) (ofNat d) (g x) (g x'))
              (a := mul (mul (ofNat Q) (sq (ofNat b))) (sq (mul (ofNat d) (sub (g x) (g x')))))
              (b := mul (mul (sq (ofNat d)) (sq (ofNat b)))
                (mul (ofNat Q) (sq (sub (g x') (g x))))))
            (ring_eq (vars4 (ofNat P) (ofNat b) (ofNat d) (distSq n x' x))
              (a := mul (mul (ofNat P) (sq (ofNat d))) (mul (sq (ofNat b)) (distSq n x' x)))
              (b := mul (mul (sq (ofNat d)) (sq (ofNat b))) (mul (ofNat P) (distSq n x' x)))))
          (mul_le_mul_left (mul_nonneg (ofNat_nonneg P) (sq_nonneg (ofNat d))) hx))
    have image : Eq (ofNat (Nat.succ (Nat.mul P (Nat.mul (Nat.mul a d) (Nat.mul a d)))) : R)
        (add (mul (mul (ofNat P) (sq (ofNat d))) (sq (ofNat a))) one) :=
      Eq.trans (ofNat_succ _) (congrArg (fun t => add t one)
        (Eq.trans (ofNat_mul _ _) (Eq.trans
          (congrArg (mul (ofNat P)) (Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_mul a d) (ofNat_mul a d))))
          (ring_eq (vars3 (ofNat P) (ofNat a) (ofNat d))
            (a := mul (ofNat P) (mul (mul (ofNat a) (ofNat d)) (mul (ofNat a) (ofNat d))))
            (b := mul (mul (ofNat P) (sq (ofNat d))) (sq (ofNat a)))))))
    have bound : le (add (mul (mul (ofNat P) (sq (ofNat d))) (sq (ofNat a))) one)
        (mul (mul (ofNat Q) (sq (ofNat b))) (sq (ofInt z))) :=
      le_congr (Eq.symm image)
        (Eq.symm (Eq.trans (ofInt_mul _ _) (congr2 mul
          (Eq.trans (ofNat_mul Q _) (congrArg (mul (ofNat Q)) (ofNat_mul b b))) (ofInt_mul z z))))
        (ofInt_le (int_le_of_ble c.right))
    zero_lt_one (le_of_add_le_add_left (mul (mul (ofNat P) (sq (ofNat d))) (sq (ofNat a)))
      (le_congr rfl (add_zero _) (le_trans bound least)))

/-- A gap that stays above `2·u/v`: as `gap_open`, and then `v·g x' > 2·u`. -/
theorem gap_above {n P Q a b d u v : Nat} {g : Vec R → R} {x x' : Vec R} {z : Int}
    (hg : le (mul (ofNat Q) (sq (sub (g x') (g x)))) (mul (ofNat P) (distSq n x' x)))
    (hv : Eq (mul (ofNat d) (g x)) (ofInt z)) (hx : WithinRatio n (ofNat a) (ofNat b) x x')
    (h : Eq (staysAbove P Q a b d u v z) true) :
    lt (ofNat (Nat.mul 2 u)) (mul (ofNat v) (g x')) :=
  lt_of_sub_pos (gap_open (g := fun y => sub (mul (ofNat v) (g y)) (ofNat (Nat.mul 2 u)))
    (P := Nat.mul (Nat.mul v v) P) (Q := Q)
    (le_via (mul_le_mul_left (sq_nonneg (ofNat v)) hg)
      (ring_eq (vars5 (ofNat Q) (ofNat v) (g x') (g x) (ofNat (Nat.mul 2 u)))
        (a := mul (ofNat Q) (sq (sub (sub (mul (ofNat v) (g x')) (ofNat (Nat.mul 2 u)))
          (sub (mul (ofNat v) (g x)) (ofNat (Nat.mul 2 u))))))
        (b := mul (sq (ofNat v)) (mul (ofNat Q) (sq (sub (g x') (g x))))))
      (Eq.trans
        (congrArg (fun t => mul t (distSq n x' x)) (Eq.trans (ofNat_mul _ _)
          (congrArg (fun t => mul t (ofNat P)) (ofNat_mul v v))))
        (mul_assoc _ _ _)))
    (Eq.trans
      (ring_eq (vars4 (ofNat d) (ofNat v) (g x) (ofNat (Nat.mul 2 u)))
        (a := mul (ofNat d) (sub (mul (ofNat v) (g x)) (ofNat (Nat.mul 2 u))))
        (b := add (mul (ofNat v) (mul (ofNat d) (g x))) (neg (mul (ofNat d) (ofNat (Nat.mul 2 u))))))
      (Eq.symm (Eq.trans (ofInt_add _ _) (congr2 add
        (Eq.trans (ofInt_mul (Int.ofNat v) z) (congrArg (mul (ofNat v)) (Eq.symm hv)))
        (Eq.trans (ofInt_neg _) (congrArg neg (ofNat_mul d (Nat.mul 2 u))))))))
    hx h)

/-- The scores `t` are within `u/v` of the exact ones `s`: `v·|t_i - s_i| ≤ u`. -/
def WithinError (m u v : Nat) (s t : Nat → R) : Prop :=
  ∀ i, Nat.lt i m → le (mul (ofNat v) (LipBridge.abs (sub (t i) (s i)))) (ofNat u)

/-- Exact scores are within any error of themselves. -/
theorem within_error_self (m u v : Nat) (s : Nat → R) : WithinError m u v s s :=
  fun i _ => le_congr (Eq.trans (congrArg (mul (ofNat v)) (abs_sub_self (s i))) (mul_zero _)) rfl
    (ofNat_nonneg u)

/-- Scores within an error of exact ones that are further apart than twice that error. -/
theorem computed_lt {m u v : Nat} {s t : Nat → R} (ht : WithinError m u v s t) {i j : Nat}
    (hi : Nat.lt i m) (hj : Nat.lt j m)
    (h : lt (ofNat (Nat.mul 2 u)) (mul (ofNat v) (sub (s i) (s j)))) : lt (t j) (t i) :=
  fun low =>
    have up (k : Nat) (hk : Nat.lt k m) : le (mul (ofNat v) (sub (t k) (s k))) (ofNat u) :=
      le_trans (mul_le_mul_left (ofNat_nonneg v) (le_abs _)) (ht k hk)
    have down (k : Nat) (hk : Nat.lt k m) : le (mul (ofNat v) (neg (sub (t k) (s k)))) (ofNat u) :=
      le_trans (mul_le_mul_left (ofNat_nonneg v) (neg_le_abs _)) (ht k hk)
    h (le_via
      (add_le_add (add_le_add (down i hi) (up j hj))
        (mul_le_mul_left (ofNat_nonneg v) (le_via (add_le_add_right (neg (t j)) low) rfl (Eq.symm (add_neg (t j))))))
      (ring_eq (vars5 (ofNat v) (s i) (s j) (t i) (t j))
        (a := mul (ofNat v) (sub (s i) (s j)))
        (b := add (add (mul (ofNat v) (neg (sub (t i) (s i)))) (mul (ofNat v) (sub (t j) (s j))))
          (mul (ofNat v) (add (t i) (neg (t j))))))
      (Eq.trans (ofNat_mul 2 u) (Eq.trans (congrArg (fun c => mul c (ofNat u)) ofNat_two)
        (Eq.trans (ring_eq (vars1 (ofNat u)) (a := mul (add one one) (ofNat u))
            (b := add (add (ofNat u) (ofNat u)) zero))
          (congrArg (add (add (ofNat u) (ofNat u))) (Eq.symm (mul_zero (ofNat v))))))))

section
variable {n m k a b d u v D P Q : Nat} {N : PackedMatrix} {f : Vec R → Vec R} {x x' : Vec R}
  {z : Vec Int} {l : List Nat} {t : Nat → R}

/-- The value of a difference. -/
theorem gap_value (hv : Over m d (f x) z) {i j : Nat} (hi : Nat.lt i m) (hj : Nat.lt j m) :
    Eq (mul (ofNat d) (sub (f x i) (f x j))) (ofInt (Int.add (z i) (Int.neg (z j)))) :=
  add_over (hv i hi) (neg_over (hv j hj))

/-- A difference of two scores with a constant of its own. -/
theorem pair_above {i j : Nat} (hf : Lipschitz n 1 (ofNat (PackedMatrix.natAt N i j)) (ofNat D)
      (fun x _ => sub (f x i) (f x j)))
    (hv : Over m d (f x) z) (hi : Nat.lt i m) (hj : Nat.lt j m)
    (hx : WithinRatio n (ofNat a) (ofNat b) x x')
    (h : Eq (staysAbove (Nat.mul (PackedMatrix.natAt N i j) (PackedMatrix.natAt N i j)) (Nat.mul D D)
      a b d u v (Int.add (z i) (Int.neg (z j)))) true) :
    lt (ofNat (Nat.mul 2 u)) (mul (ofNat v) (sub (f x' i) (f x' j))) :=
  gap_above (g := fun x => sub (f x i) (f x j))
    (le_congr (Eq.trans (congrArg (fun t => mul t _) (ofNat_mul D D))
        (congrArg (mul (sq (ofNat D))) (Eq.symm (zero_add _))))
      (congrArg (fun t => mul t _) (ofNat_mul _ _)) (hf.bound x' x ⟨⟩ ⟨⟩))
    (gap_value hv hi hj) hx h

/-- The selection of a network at a point, by the constants of its differences. Let the scores at `x` be
`z/d`, let the difference of the scores `i` and `j` have the constant `N_ij/D`, and let the check say yes.
Then at every `x'` with `‖x' - x‖ ≤ a/b`, for scores `t` that are computed within `u/v` of the exact ones
there, the listed indices are the only top-k set. -/
theorem selection_pairs
    (hf : ∀ i j, Nat.lt i m → Nat.lt j m → Lipschitz n 1 (ofNat (PackedMatrix.natAt N i j)) (ofNat D)
      (fun x _ => sub (f x i) (f x j)))
    (hv : Over m d (f x) z) (h : Eq (pairsStay m k a b d u v D N l z) true)
    (hx : WithinRatio n (ofNat a) (ofNat b) x x') (ht : WithinError m u v (f x') t) :
    UniqueTopK m k t (oneOf l) :=
  unique_of_separated (Nat.eq_of_beq_eq_true (bool_and h).left) (fun i j hi hj ei ej =>
    computed_lt ht hi hj (pair_above (hf i j hi hj) hv hi hj hx
      (pick_false ej (everyBelow_sound (pick_true ei (everyBelow_sound (bool_and h).right i hi)) j hj))))

/-- Two different terms are at most the sum. -/
theorem two_terms_le_sum {n i j : Nat} {f : Nat → R} (h : ∀ t, Nat.lt t n → le zero (f t))
    (hij : Nat.lt i j) (hj : Nat.lt j n) : le (add (f i) (f j)) (sum n f) :=
  match n, h, hj with
  | .succ n, h, hj => Or.elim (nat_lt_or_ge j n)
      (fun g => le_trans (two_terms_le_sum (fun t ht => h t (Nat.le.step ht)) hij g)
        (le_of_add (h n Nat.le.refl) rfl))
      (fun g => have e : Eq n j := nat_le_antisymm g (Nat.le_of_succ_le_succ hj)
        Eq.subst (motive := fun t => le (add (f i) (f t)) (sum (Nat.succ n) f)) e
          (add_le_add_right (f n) (term_le_sum (fun t ht => h t (Nat.le.step ht))
            (Eq.subst (motive := Nat.lt i) (Eq.symm e) hij))))

/-- `(a - b)² ≤ 2(a² + b²)`. -/
theorem sq_sub_le (a b : R) : le (sq (sub a b)) (mul (ofNat 2) (add (sq a) (sq b))) :=
  le_of_add (sq_nonneg (add a b))
    (Eq.trans (ring_eq (vars2 a b) (a := add (sq (sub a b)) (sq (add a b)))
        (b := mul (add one one) (add (sq a) (sq b))))
      (congrArg (fun t => mul t (add (sq a) (sq b))) (Eq.symm ofNat_two)))

/-- The square of a difference of two entries is at most twice the squared length. -/
theorem sq_entries_le {m i j : Nat} (v : Vec R) (hi : Nat.lt i m) (hj : Nat.lt j m)
    (ne : Eq i j → False) : le (sq (sub (v i) (v j))) (mul (ofNat 2) (normSq m v)) :=
  have square (t : Nat) (_ : Nat.lt t m) : le zero (sq (v t)) := sq_nonneg (v t)
  le_trans (sq_sub_le (v i) (v j)) (mul_le_mul_left (ofNat_nonneg 2)
    (Or.elim (nat_lt_or_ge i j) (fun g => two_terms_le_sum square g hj)
      (fun g => Or.elim (nat_lt_or_ge j i)
        (fun l => le_congr (add_comm _ _) rfl (two_terms_le_sum square l hi))
        (fun l => False.elim (ne (nat_le_antisymm l g))))))

/-- The same by the constant `√(P/Q)` of all scores together: a difference
of two has at most √2 times it. The constant need hold between `x` and `x'` only. -/
theorem selection_scores {S : Vec R → Prop} (hf : SqLipschitzOn n m (ofNat P) (ofNat Q) S f)
    (hS : S x) (hS' : S x') (hv : Over m d (f x) z)
    (h : Eq (scoresStay m k a b d u v P Q l z) true)
    (hx : WithinRatio n (ofNat a) (ofNat b) x x') (ht : WithinError m u v (f x') t) :
    UniqueTopK m k t (oneOf l) :=
  unique_of_separated (Nat.eq_of_beq_eq_true (bool_and h).left) (fun i j hi hj ei ej =>
    computed_lt ht hi hj (gap_above (g := fun x => sub (f x i) (f x j)) (P := Nat.mul 2 P) (Q := Q)
      (le_trans
        (mul_le_mul_left (le_of_lt hf.den_pos)
          (le_congr (congrArg sq (ring_eq (vars4 (f x' i) (f x' j) (f x i) (f x j))
              (a := sub (sub (f x' i) (f x' j)) (sub (f x i) (f x j)))
              (b := sub (vsub (f x') (f x) i) (vsub (f x') (f x) j)))) rfl
            (sq_entries_le (vsub (f x') (f x)) hi hj
              (fun e => bool_absurd (Eq.trans (Eq.symm ei) (Eq.subst (motive := fun t => Eq (oneOf l t) false)
                (Eq.symm e) ej))))))
        (le_via (mul_le_mul_left (ofNat_nonneg 2) (hf.bound x' x hS' hS))
          (ring_eq (vars3 (ofNat Q) (ofNat 2) (normSq m (vsub (f x') (f x))))
            (a := mul (ofNat Q) (mul (ofNat 2) (normSq m (vsub (f x') (f x)))))
            (b := mul (ofNat 2) (mul (ofNat Q) (normSq m (vsub (f x') (f x))))))
          (Eq.trans (congrArg (fun t => mul t (distSq n x' x)) (ofNat_mul 2 P)) (mul_assoc _ _ _))))
      (gap_value hv hi hj) hx
      (pick_false ej
        (everyBelow_sound (pick_true ei (everyBelow_sound (bool_and h).right i hi)) j hj))))

end

end

set_option linter.unusedVariables false

/-- What the elaborator takes `pairsStay` for; see `StepKernelOnly.lean`. -/
def pairsStay._sunfold (m k a b d u v D : Nat) (N : PackedMatrix) (l : List Nat) (z : Vec Int) : Bool :=
  true

/-- What the elaborator takes `scoresStay` for. -/
def scoresStay._sunfold (m k a b d u v P Q : Nat) (l : List Nat) (z : Vec Int) : Bool := true

end LipBridge
