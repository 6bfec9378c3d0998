import LipBridge.Rational.Lowest
/-!
# Rational numbers

Fractions in lowest terms, with the sum, product and order of fractions. No quotient and no axiom: two
fractions of the same value are the same pair.
-/

set_option autoImplicit false

namespace LipBridge

/-- ℚ: fractions `num / (under + 1)` in lowest terms. -/
structure Rational where
  /-- The numerator. -/
  num : Int
  /-- The denominator, less one. -/
  under : Nat
  /-- The fraction is in lowest terms. -/
  canon : Eq (lowest num under) ⟨num, under⟩

/-- The fraction `n / (k + 1)`. -/
def ratio (n : Int) (k : Nat) : Rational := ⟨(lowest n k).fst, (lowest n k).snd, lowest_idem n k⟩

/-- Fractions with the same numerator and denominator are equal. -/
theorem ratio_ext {p q : Prod Int Nat} (hp : Eq (lowest p.fst p.snd) p)
    (hq : Eq (lowest q.fst q.snd) q) (h : Eq p q) :
    Eq (⟨p.fst, p.snd, hp⟩ : Rational) ⟨q.fst, q.snd, hq⟩ :=
  match q, h, hq with
  | _, rfl, _ => rfl

/-- `n (l + 1) = m (k + 1)` gives `n / (k + 1) = m / (l + 1)`. -/
theorem ratio_eq {n m : Int} {k l : Nat} (h : Eq (mul n (den l)) (mul m (den k))) :
    Eq (ratio n k) (ratio m l) :=
  ratio_ext (lowest_idem n k) (lowest_idem m l) (lowest_eq h)

/-- A fraction is made of its numerator and denominator. -/
theorem ratio_self (x : Rational) : Eq (ratio x.num x.under) x :=
  ratio_ext (lowest_idem x.num x.under) (q := ⟨x.num, x.under⟩) x.canon x.canon

/-- What holds for all `n / (k + 1)` holds for all fractions. -/
@[elab_as_elim] theorem ratio_ind {motive : Rational → Prop} (h : ∀ n k, motive (ratio n k))
    (x : Rational) : motive x :=
  ratio_self x ▸ h x.num x.under

/-- The value of `n / (k + 1)` is that of the pair. -/
theorem ratio_sound (n : Int) (k : Nat) :
    Eq (mul (ratio n k).num (den k)) (mul n (den (ratio n k).under)) :=
  lowest_sound n k

/-! ## Sum and product -/

/-- `n/k' + m/l' = (n l' + m k') / (k' l')` with `k' = k + 1`, `l' = l + 1`. -/
def ratioAdd (x y : Rational) : Rational :=
  ratio (add (mul x.num (den y.under)) (mul y.num (den x.under))) (times x.under y.under)

/-- `n/k' * m/l' = (n m) / (k' l')`. -/
def ratioMul (x y : Rational) : Rational := ratio (mul x.num y.num) (times x.under y.under)

/-- `-(n/k') = (-n)/k'`. -/
def ratioNeg (x : Rational) : Rational := ratio (neg x.num) x.under

/-- The sum of two fractions. -/
theorem add_ratio (n : Int) (k : Nat) (m : Int) (l : Nat) : Eq (ratioAdd (ratio n k) (ratio m l))
    (ratio (add (mul n (den l)) (mul m (den k))) (times k l)) :=
  have h := ratio_sound n k
  have g := ratio_sound m l
  ratio_eq (Eq.trans (congrArg (mul _) (den_times k l))
    (Eq.trans (ring_eq (vars6 (ratio n k).num (ratio m l).num (den k) (den l)
          (den (ratio n k).under) (den (ratio m l).under))
        (b := add
          (mul (mul (ratio n k).num (den k)) (mul (den l) (den (ratio m l).under)))
          (mul (mul (ratio m l).num (den l)) (mul (den k) (den (ratio n k).under)))))
      (Eq.trans (congr2 add (congrArg (fun t => mul t _) h) (congrArg (fun t => mul t _) g))
        (Eq.trans (ring_eq (vars6 n m (den k) (den l)
            (den (ratio n k).under) (den (ratio m l).under))
            (b := mul (add (mul n (den l)) (mul m (den k)))
              (mul (den (ratio n k).under) (den (ratio m l).under))))
          (congrArg (mul _) (Eq.symm (den_times _ _)))))))

/-- The product of two fractions. -/
theorem mul_ratio (n : Int) (k : Nat) (m : Int) (l : Nat) :
    Eq (ratioMul (ratio n k) (ratio m l)) (ratio (mul n m) (times k l)) :=
  have h := ratio_sound n k
  have g := ratio_sound m l
  ratio_eq (Eq.trans (congrArg (mul _) (den_times k l))
    (Eq.trans (ring_eq (vars4 (ratio n k).num (ratio m l).num (den k) (den l))
        (b := mul (mul (ratio n k).num (den k)) (mul (ratio m l).num (den l))))
      (Eq.trans (congr2 mul h g)
        (Eq.trans (ring_eq (vars4 n m (den (ratio n k).under) (den (ratio m l).under))
            (b := mul (mul n m)
              (mul (den (ratio n k).under) (den (ratio m l).under))))
          (congrArg (mul _) (Eq.symm (den_times _ _)))))))

/-- The opposite of a fraction. -/
theorem neg_ratio (n : Int) (k : Nat) : Eq (ratioNeg (ratio n k)) (ratio (neg n) k) :=
  have h := ratio_sound n k
  ratio_eq (Eq.trans (ring_eq (vars2 (ratio n k).num (den k))
      (b := neg (mul (ratio n k).num (den k))))
    (Eq.trans (congrArg neg h) (ring_eq (vars2 n (den (ratio n k).under)))))

/-! ## The order -/

/-- `n/k' ≤ m/l'` when `n l' ≤ m k'`. -/
def ratioLe (x y : Rational) : Prop := le (mul x.num (den y.under)) (mul y.num (den x.under))

/-- Scaling both sides of `≤` by positive integers and back. -/
theorem le_scale {x y z w c d : Int} (hc : lt zero c) (hd : lt zero d) (h : Eq (mul d x) (mul c z))
    (k : Eq (mul d y) (mul c w)) (g : le x y) : le z w :=
  le_of_mul_le_mul_left hc
    (le_congr (Eq.symm h) (Eq.symm k) (mul_le_mul_left (le_of_lt hd) g))

/-- The order does not depend on how fractions are written. -/
theorem le_ratio {n m : Int} {k l : Nat} :
    Iff (ratioLe (ratio n k) (ratio m l)) (le (mul n (den l)) (mul m (den k))) :=
  have h := ratio_sound n k
  have g := ratio_sound m l
  have hc : lt zero (mul (den (ratio n k).under) (den (ratio m l).under)) :=
    mul_pos (den_pos _) (den_pos _)
  have hd : lt zero (mul (den k) (den l)) := mul_pos (den_pos k) (den_pos l)
  have e : Eq
      (mul (mul (den k) (den l)) (mul (ratio n k).num (den (ratio m l).under)))
      (mul (mul (den (ratio n k).under) (den (ratio m l).under)) (mul n (den l))) :=
    Eq.trans (ring_eq (vars4 (den k) (den l) (ratio n k).num (den (ratio m l).under))
        (b := mul (mul (ratio n k).num (den k)) (mul (den l) (den (ratio m l).under))))
      (Eq.trans (congrArg (fun t => mul t _) h)
        (ring_eq (vars4 n (den l) (den (ratio n k).under) (den (ratio m l).under))))
  have f : Eq
      (mul (mul (den k) (den l)) (mul (ratio m l).num (den (ratio n k).under)))
      (mul (mul (den (ratio n k).under) (den (ratio m l).under)) (mul m (den k))) :=
    Eq.trans (ring_eq (vars4 (den k) (den l) (ratio m l).num (den (ratio n k).under))
        (b := mul (mul (ratio m l).num (den l)) (mul (den k) (den (ratio n k).under))))
      (Eq.trans (congrArg (fun t => mul t _) g)
        (ring_eq (vars4 m (den k) (den (ratio n k).under) (den (ratio m l).under))))
  ⟨le_scale hc hd e f, le_scale hd hc (Eq.symm e) (Eq.symm f)⟩

end LipBridge
