import LipBridgeTest.Fractions.Ring
/-!
# ℤ[1/β] is an ordered ring: the laws

Each law is an identity or inequality between the integers behind the fractions.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

variable {b : Nat}

/-- `x + y = y + x`. -/
theorem frac_add_comm (x y : Frac b) : Eq (fracAdd x y) (fracAdd y x) :=
  congr2 frac (add_comm (R := Int) _ _) (nat_add_comm x.exp y.exp)

/-- `(x + y) + z = x + (y + z)`. -/
theorem frac_add_assoc (x y z : Frac b) :
    Eq (fracAdd (fracAdd x y) z) (fracAdd x (fracAdd y z)) :=
  frac_ind (fun n k => frac_ind (fun m l => frac_ind (fun p j =>
    eq_via (Eq.trans (congrArg (fun t => fracAdd t (frac p j)) (add_frac n k m l)) (add_frac _ _ p j))
      (Eq.trans (congrArg (fracAdd (frac n k)) (add_frac m l p j)) (add_frac n k _ _))
      (congr2 frac
        (Eq.trans (congrArg (fun t => add _ (mul p t)) (pw_add b k l))
          (Eq.trans (ring_eq (vars6 n m p (pw b k) (pw b l) (pw b j))
              (b := add (mul n (mul (pw b l) (pw b j)))
                (mul (add (mul m (pw b j)) (mul p (pw b l))) (pw b k))))
            (congrArg (fun t => add (mul n t) _) (Eq.symm (pw_add b l j)))))
        (nat_add_assoc k l j))) z) y) x

/-- `x + 0 = x`. -/
theorem frac_add_zero (x : Frac b) : Eq (fracAdd x (frac zero 0)) x :=
  frac_ind (fun n k => Eq.trans (add_frac n k zero 0)
    (congrArg (fun t => frac t k) (ring_eq (vars2 n (pw b k))
      (a := add (mul n one) (mul zero (pw b k)))))) x

/-- `x + (-x) = 0`. -/
theorem frac_add_neg (x : Frac b) : Eq (fracAdd x (fracNeg x)) (frac zero 0) :=
  frac_ind (fun n k => Eq.trans (congrArg (fracAdd (frac n k)) (neg_frac n k))
    (Eq.trans (add_frac n k (neg n) k) (frac_eq
      (ring_eq (vars3 n (pw b k) (pw b (Nat.add k k)))
        (a := mul (add (mul n (pw b k)) (mul (neg n) (pw b k))) one)
        (b := mul zero (pw b (Nat.add k k))))))) x

/-- `x * y = y * x`. -/
theorem frac_mul_comm (x y : Frac b) : Eq (fracMul x y) (fracMul y x) :=
  congr2 frac (mul_comm (R := Int) x.num y.num) (nat_add_comm x.exp y.exp)

/-- `(x * y) * z = x * (y * z)`. -/
theorem frac_mul_assoc (x y z : Frac b) :
    Eq (fracMul (fracMul x y) z) (fracMul x (fracMul y z)) :=
  frac_ind (fun n k => frac_ind (fun m l => frac_ind (fun p j =>
    eq_via (Eq.trans (congrArg (fun t => fracMul t (frac p j)) (mul_frac n k m l)) (mul_frac _ _ p j))
      (Eq.trans (congrArg (fracMul (frac n k)) (mul_frac m l p j)) (mul_frac n k _ _))
      (congr2 frac (mul_assoc (R := Int) n m p) (nat_add_assoc k l j))) z) y) x

/-- `x * 1 = x`. -/
theorem frac_mul_one (x : Frac b) : Eq (fracMul x (frac one 0)) x :=
  frac_ind (fun n k => Eq.trans (mul_frac n k one 0) (congrArg (fun t => frac t k) (mul_one n))) x

/-- `x * (y + z) = x * y + x * z`. -/
theorem frac_mul_add (x y z : Frac b) :
    Eq (fracMul x (fracAdd y z)) (fracAdd (fracMul x y) (fracMul x z)) :=
  frac_ind (fun n k => frac_ind (fun m l => frac_ind (fun p j =>
    eq_via (Eq.trans (congrArg (fracMul (frac n k)) (add_frac m l p j)) (mul_frac n k _ _))
      (Eq.trans (congr2 fracAdd (mul_frac n k m l) (mul_frac n k p j)) (add_frac _ _ _ _))
      (frac_eq
        (eq_via
          (congrArg (mul _) (Eq.trans (pw_add b _ _) (congr2 mul (pw_add b k l) (pw_add b k j))))
          (congr2 mul
            (congr2 add (congrArg (mul _) (pw_add b k j)) (congrArg (mul _) (pw_add b k l)))
            (Eq.trans (pw_add b k _) (congrArg (mul _) (pw_add b l j))))
          (ring_eq (vars6 n m p (pw b k) (pw b l) (pw b j)))))) z) y) x

/-- `x ≤ y` and `y ≤ z` give `x ≤ z`. -/
theorem frac_le_trans {x y z : Frac b} (h : fracLe x y) (k : fracLe y z) : fracLe x z :=
  le_of_mul_le_mul_left (pw_pos b y.exp)
    (le_trans
      (le_via (mul_le_mul_left (le_of_lt (pw_pos b z.exp)) h)
        (ring_eq (vars3 x.num (pw b y.exp) (pw b z.exp))) rfl)
      (le_via (mul_le_mul_left (le_of_lt (pw_pos b x.exp)) k)
        (ring_eq (vars3 y.num (pw b x.exp) (pw b z.exp)))
        (ring_eq (vars3 z.num (pw b x.exp) (pw b y.exp)))))

/-- `x ≤ y` and `y ≤ x` give `x = y`. -/
theorem frac_le_antisymm {x y : Frac b} (h : fracLe x y) (k : fracLe y x) : Eq x y :=
  Eq.trans (Eq.symm (frac_self x))
    (Eq.trans (frac_eq (le_antisymm (R := Int) h k)) (frac_self y))

/-- `x ≤ y` gives `z + x ≤ z + y`. -/
theorem frac_add_le_add_left {x y : Frac b} (z : Frac b) (h : fracLe x y) :
    fracLe (fracAdd z x) (fracAdd z y) :=
  le_frac.mpr
    (le_congr
      (congrArg (mul _) (pw_add b z.exp y.exp)) (congrArg (mul _) (pw_add b z.exp x.exp))
      (le_via
        (add_le_add_left (mul z.num (mul (pw b x.exp) (mul (pw b z.exp) (pw b y.exp))))
          (mul_le_mul_left (le_of_lt (mul_pos (pw_pos b z.exp) (pw_pos b z.exp))) h))
        (ring_eq (vars5 x.num z.num (pw b x.exp) (pw b y.exp) (pw b z.exp)))
        (ring_eq (vars5 y.num z.num (pw b x.exp) (pw b y.exp) (pw b z.exp)))))

/-- `n/β^k ≤ 0` when `n ≤ 0`. -/
theorem frac_le_zero {n : Int} {k : Nat} : Iff (fracLe (frac n k : Frac b) (frac zero 0)) (le n zero) :=
  ⟨fun h => le_via (le_frac.mp h) (Eq.symm (mul_one n)) (ring_eq (vars1 (pw b k))
      (b := mul zero (pw b k))),
   fun h => le_frac.mpr (le_via h (mul_one n) (ring_eq (vars1 (pw b k)) (a := mul zero (pw b k))))⟩

/-- `0 < x` and `0 < y` give `0 < x * y`. -/
theorem frac_mul_pos {x y : Frac b} (h : Not (fracLe x (frac zero 0)))
    (k : Not (fracLe y (frac zero 0))) : Not (fracLe (fracMul x y) (frac zero 0)) :=
  have g (x : Frac b) (h : Not (fracLe x (frac zero 0))) : lt zero x.num :=
    fun l => h (Eq.subst (motive := fun t => fracLe t (frac zero 0)) (frac_self x)
      (frac_le_zero.mpr l))
  fun l => mul_pos (g x h) (g y k) (frac_le_zero.mp l)

/-- The greater of two fractions. -/
def fracSup (x y : Frac b) : Frac b :=
  cond (intBle (mul x.num (pw b y.exp)) (mul y.num (pw b x.exp))) y x

/-- ℤ[1/β] is an ordered ring. -/
instance instOrderedRingFrac : OrderedRing (Frac b) where
  zero := frac zero 0
  one := frac one 0
  add := fracAdd
  mul := fracMul
  sup := fracSup
  neg := fracNeg
  le := fracLe
  ofInt n := frac n 0
  add_assoc := frac_add_assoc
  add_comm := frac_add_comm
  add_zero := frac_add_zero
  add_neg := frac_add_neg
  mul_assoc := frac_mul_assoc
  mul_comm := frac_mul_comm
  mul_one := frac_mul_one
  mul_add := frac_mul_add
  le_refl _ := int_le_refl _
  le_trans := frac_le_trans
  le_antisymm := frac_le_antisymm
  le_total _ _ := int_le_total _ _
  le_em _ _ := int_le_em _ _
  add_le_add_left := frac_add_le_add_left
  mul_pos := frac_mul_pos
  zero_lt_one h := zero_lt_one (R := Int) (frac_le_zero.mp h)
  le_sup_left x _ := cond_ind (P := fracLe x) int_le_of_ble (fun _ => int_le_refl _)
  le_sup_right _ y := cond_ind (P := fracLe y) (fun _ => int_le_refl _) int_le_of_ble_false
  sup_le h k := cond_ind (P := fun t => fracLe t _) (fun _ => k) (fun _ => h)
  ofInt_one := rfl
  ofInt_add m n := Eq.symm (Eq.trans (add_frac m 0 n 0)
    (congrArg (fun t => frac t 0) (congr2 add (mul_one m) (mul_one n))))
  ofInt_mul m n := Eq.symm (mul_frac m 0 n 0)

end LipBridgeTest
