import LipBridge.Rational.Basic
/-!
# ℚ is an ordered ring, with the reciprocals of all numbers

Each law is an identity or inequality between the integers behind the fractions.
-/

set_option autoImplicit false

namespace LipBridge

/-- `x + y = y + x`. -/
theorem ratio_add_comm (x y : Rational) : Eq (ratioAdd x y) (ratioAdd y x) :=
  congr2 ratio (add_comm (R := Int) _ _) (times_comm x.under y.under)

/-- `(x + y) + z = x + (y + z)`. -/
theorem ratio_add_assoc (x y z : Rational) :
    Eq (ratioAdd (ratioAdd x y) z) (ratioAdd x (ratioAdd y z)) :=
  ratio_ind (fun n k => ratio_ind (fun m l => ratio_ind (fun p j =>
    eq_via (Eq.trans (congrArg (fun t => ratioAdd t (ratio p j)) (add_ratio n k m l)) (add_ratio _ _ p j))
      (Eq.trans (congrArg (ratioAdd (ratio n k)) (add_ratio m l p j)) (add_ratio n k _ _))
      (congr2 ratio
        (Eq.trans (congrArg (fun t => add _ (mul p t)) (den_times k l))
          (Eq.trans (ring_eq (vars6 n m p (den k) (den l) (den j))
              (b := add (mul n (mul (den l) (den j)))
                (mul (add (mul m (den j)) (mul p (den l))) (den k))))
            (congrArg (fun t => add (mul n t) _) (Eq.symm (den_times l j)))))
        (times_assoc k l j))) z) y) x

/-- `x + 0 = x`. -/
theorem ratio_add_zero (x : Rational) : Eq (ratioAdd x (ratio zero 0)) x :=
  ratio_ind (fun n k => Eq.trans (add_ratio n k zero 0)
    (congr2 ratio (ring_eq (vars2 n (den k)) (a := add (mul n one) (mul zero (den k))))
      (times_zero k))) x

/-- `x + (-x) = 0`. -/
theorem ratio_add_neg (x : Rational) : Eq (ratioAdd x (ratioNeg x)) (ratio zero 0) :=
  ratio_ind (fun n k => Eq.trans (congrArg (ratioAdd (ratio n k)) (neg_ratio n k))
    (Eq.trans (add_ratio n k (neg n) k) (ratio_eq
      (ring_eq (vars3 n (den k) (den (times k k)))
        (a := mul (add (mul n (den k)) (mul (neg n) (den k))) one)
        (b := mul zero (den (times k k))))))) x

/-- `x * y = y * x`. -/
theorem ratio_mul_comm (x y : Rational) : Eq (ratioMul x y) (ratioMul y x) :=
  congr2 ratio (mul_comm (R := Int) x.num y.num) (times_comm x.under y.under)

/-- `(x * y) * z = x * (y * z)`. -/
theorem ratio_mul_assoc (x y z : Rational) :
    Eq (ratioMul (ratioMul x y) z) (ratioMul x (ratioMul y z)) :=
  ratio_ind (fun n k => ratio_ind (fun m l => ratio_ind (fun p j =>
    eq_via (Eq.trans (congrArg (fun t => ratioMul t (ratio p j)) (mul_ratio n k m l)) (mul_ratio _ _ p j))
      (Eq.trans (congrArg (ratioMul (ratio n k)) (mul_ratio m l p j)) (mul_ratio n k _ _))
      (congr2 ratio (mul_assoc (R := Int) n m p) (times_assoc k l j))) z) y) x

/-- `x * 1 = x`. -/
theorem ratio_mul_one (x : Rational) : Eq (ratioMul x (ratio one 0)) x :=
  ratio_ind (fun n k => Eq.trans (mul_ratio n k one 0) (congr2 ratio (mul_one n) (times_zero k))) x

/-- `x * (y + z) = x * y + x * z`. -/
theorem ratio_mul_add (x y z : Rational) :
    Eq (ratioMul x (ratioAdd y z)) (ratioAdd (ratioMul x y) (ratioMul x z)) :=
  ratio_ind (fun n k => ratio_ind (fun m l => ratio_ind (fun p j =>
    eq_via (Eq.trans (congrArg (ratioMul (ratio n k)) (add_ratio m l p j)) (mul_ratio n k _ _))
      (Eq.trans (congr2 ratioAdd (mul_ratio n k m l) (mul_ratio n k p j)) (add_ratio _ _ _ _))
      (ratio_eq
        (eq_via
          (congrArg (mul _) (Eq.trans (den_times _ _) (congr2 mul (den_times k l) (den_times k j))))
          (congr2 mul
            (congr2 add (congrArg (mul _) (den_times k j)) (congrArg (mul _) (den_times k l)))
            (Eq.trans (den_times k _) (congrArg (mul _) (den_times l j))))
          (ring_eq (vars6 n m p (den k) (den l) (den j)))))) z) y) x

/-- `x ≤ y` and `y ≤ z` give `x ≤ z`. -/
theorem ratio_le_trans {x y z : Rational} (h : ratioLe x y) (k : ratioLe y z) : ratioLe x z :=
  le_of_mul_le_mul_left (den_pos y.under)
    (le_trans
      (le_via (mul_le_mul_left (le_of_lt (den_pos z.under)) h)
        (ring_eq (vars3 x.num (den y.under) (den z.under))) rfl)
      (le_via (mul_le_mul_left (le_of_lt (den_pos x.under)) k)
        (ring_eq (vars3 y.num (den x.under) (den z.under)))
        (ring_eq (vars3 z.num (den x.under) (den y.under)))))

/-- `x ≤ y` and `y ≤ x` give `x = y`. -/
theorem ratio_le_antisymm {x y : Rational} (h : ratioLe x y) (k : ratioLe y x) : Eq x y :=
  Eq.trans (Eq.symm (ratio_self x))
    (Eq.trans (ratio_eq (le_antisymm (R := Int) h k)) (ratio_self y))

/-- `x ≤ y` gives `z + x ≤ z + y`. -/
theorem ratio_add_le_add_left {x y : Rational} (z : Rational) (h : ratioLe x y) :
    ratioLe (ratioAdd z x) (ratioAdd z y) :=
  le_ratio.mpr
    (le_congr
      (congrArg (mul _) (den_times z.under y.under)) (congrArg (mul _) (den_times z.under x.under))
      (le_via
        (add_le_add_left (mul z.num (mul (den x.under) (mul (den z.under) (den y.under))))
          (mul_le_mul_left (le_of_lt (mul_pos (den_pos z.under) (den_pos z.under))) h))
        (ring_eq (vars5 x.num z.num (den x.under) (den y.under) (den z.under)))
        (ring_eq (vars5 y.num z.num (den x.under) (den y.under) (den z.under)))))

/-- `n/k' ≤ 0` when `n ≤ 0`. -/
theorem ratio_le_zero {n : Int} {k : Nat} : Iff (ratioLe (ratio n k) (ratio zero 0)) (le n zero) :=
  ⟨fun h => le_via (le_ratio.mp h) (Eq.symm (mul_one n)) (ring_eq (vars1 (den k))
      (b := mul zero (den k))),
   fun h => le_ratio.mpr (le_via h (mul_one n) (ring_eq (vars1 (den k)) (a := mul zero (den k))))⟩

/-- `0 < x` and `0 < y` give `0 < x * y`. -/
theorem ratio_mul_pos {x y : Rational} (h : Not (ratioLe x (ratio zero 0)))
    (k : Not (ratioLe y (ratio zero 0))) : Not (ratioLe (ratioMul x y) (ratio zero 0)) :=
  have g (x : Rational) (h : Not (ratioLe x (ratio zero 0))) : lt zero x.num :=
    fun l => h (Eq.subst (motive := fun t => ratioLe t (ratio zero 0)) (ratio_self x)
      (ratio_le_zero.mpr l))
  fun l => mul_pos (g x h) (g y k) (ratio_le_zero.mp l)

/-- The greater of two fractions. -/
def ratioSup (x y : Rational) : Rational :=
  cond (intBle (mul x.num (den y.under)) (mul y.num (den x.under))) y x

/-- ℚ is an ordered ring. -/
instance instOrderedRingRational : OrderedRing (Rational) where
  zero := ratio zero 0
  one := ratio one 0
  add := ratioAdd
  mul := ratioMul
  sup := ratioSup
  neg := ratioNeg
  le := ratioLe
  ofInt n := ratio n 0
  add_assoc := ratio_add_assoc
  add_comm := ratio_add_comm
  add_zero := ratio_add_zero
  add_neg := ratio_add_neg
  mul_assoc := ratio_mul_assoc
  mul_comm := ratio_mul_comm
  mul_one := ratio_mul_one
  mul_add := ratio_mul_add
  le_refl _ := int_le_refl _
  le_trans := ratio_le_trans
  le_antisymm := ratio_le_antisymm
  le_total _ _ := int_le_total _ _
  le_em _ _ := int_le_em _ _
  add_le_add_left := ratio_add_le_add_left
  mul_pos := ratio_mul_pos
  zero_lt_one h := zero_lt_one (R := Int) (ratio_le_zero.mp h)
  le_sup_left x _ := cond_ind (P := ratioLe x) int_le_of_ble (fun _ => int_le_refl _)
  le_sup_right _ y := cond_ind (P := ratioLe y) (fun _ => int_le_refl _) int_le_of_ble_false
  sup_le h k := cond_ind (P := fun t => ratioLe t _) (fun _ => k) (fun _ => h)
  ofInt_one := rfl
  ofInt_add m n := Eq.symm (Eq.trans (add_ratio m 0 n 0)
    (congrArg (fun t => ratio t 0) (congr2 add (mul_one m) (mul_one n))))
  ofInt_mul m n := Eq.symm (mul_ratio m 0 n 0)

/-! ## Reciprocals -/

/-- `1/d`, for `d` at least 1. -/
def inverse (d : Nat) : Rational := ratio one (Nat.pred d)

/-- `d * (1/d) = 1`. -/
theorem mul_inverse : ∀ d, Eq (Nat.ble 1 d) true → Eq (mul (ofNat d) (inverse d)) one
  | .succ k, _ => Eq.trans (mul_ratio (den k) 0 one k)
      (ratio_eq (Eq.trans (ring_eq (vars1 (den k)) (a := mul (mul (den k) one) one) (b := den k))
        (Eq.trans (congrArg den (Eq.symm (Eq.trans (times_comm 0 k) (times_zero k))))
          (Eq.symm (one_mul (den (times 0 k)))))))

/-- Over ℚ every exported hypothesis about reciprocals is met. -/
theorem Reciprocals.rational (l : List Nat) (h : Eq (withoutZero l) true) : Reciprocals l inverse :=
  .ofAll mul_inverse l h

/-! ## Comparisons that the kernel computes -/

/-- `x ≤ y`, by comparison of integers. -/
theorem ratio_le {x y : Rational}
    (h : Eq (intBle (mul x.num (den y.under)) (mul y.num (den x.under))) true) : le x y :=
  int_le_of_ble h

/-- `x < y`, by comparison of integers. -/
theorem ratio_lt {x y : Rational}
    (h : Eq (intBle (mul y.num (den x.under)) (mul x.num (den y.under))) false) : lt x y :=
  fun g => bool_absurd (Eq.trans (Eq.symm (int_ble_of_le g)) h)

/-- Whether `x` is `n / (k + 1)`. -/
noncomputable def hasValue (x : Rational) (n : Int) (k : Nat) : Bool :=
  and (intBle (mul x.num (den k)) (mul n (den x.under)))
    (intBle (mul n (den x.under)) (mul x.num (den k)))

/-- `x = n / (k + 1)`, by comparison of integers. -/
theorem eq_of_hasValue {x : Rational} {n : Int} {k : Nat} (h : Eq (hasValue x n k) true) :
    Eq x (ratio n k) :=
  match bool_and h with
  | ⟨h, g⟩ => Eq.trans (Eq.symm (ratio_self x))
      (ratio_eq (int_le_antisymm (int_le_of_ble h) (int_le_of_ble g)))

set_option linter.unusedVariables false in
/-- What the elaborator takes `hasValue` for: the kernel computes it, as in
`LipBridge.Certificate.KernelOnly`. -/
def hasValue._sunfold (x : Rational) (n : Int) (k : Nat) : Bool := true

end LipBridge
