import LipBridgeTest.Fractions.Normal
/-!
# ℤ[1/β] is an ordered ring

Fractions `n / β^k` in normal form, with the sum, product and order of fractions. No quotient and no
axiom: two fractions of the same value are the same pair.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- ℤ[1/β], `β = b + 1`: fractions `num / β^exp` in normal form. -/
structure Frac (b : Nat) where
  /-- The numerator. -/
  num : Int
  /-- The exponent of the denominator. -/
  exp : Nat
  /-- The fraction is in normal form. -/
  canon : Eq (norm b num exp) ⟨num, exp⟩

variable {b : Nat}

/-- The fraction `n / β^k`. -/
def frac (n : Int) (k : Nat) : Frac b := ⟨(norm b n k).fst, (norm b n k).snd, norm_idem b n k⟩

/-- Fractions with the same numerator and exponent are equal. -/
theorem frac_ext {p q : Prod Int Nat} (hp : Eq (norm b p.fst p.snd) p)
    (hq : Eq (norm b q.fst q.snd) q) (h : Eq p q) :
    Eq (⟨p.fst, p.snd, hp⟩ : Frac b) ⟨q.fst, q.snd, hq⟩ :=
  match q, h, hq with
  | _, rfl, _ => rfl

/-- `n * β^l = m * β^k` gives `n / β^k = m / β^l`. -/
theorem frac_eq {n m : Int} {k l : Nat} (h : Eq (mul n (pw b l)) (mul m (pw b k))) :
    Eq (frac n k : Frac b) (frac m l) :=
  frac_ext (norm_idem b n k) (norm_idem b m l) (norm_eq h)

/-- A fraction is made of its numerator and exponent. -/
theorem frac_self (x : Frac b) : Eq (frac x.num x.exp) x :=
  frac_ext (norm_idem b x.num x.exp) (q := ⟨x.num, x.exp⟩) x.canon x.canon

/-- What holds for all `n / β^k` holds for all fractions. -/
@[elab_as_elim] theorem frac_ind {motive : Frac b → Prop} (h : ∀ n k, motive (frac n k))
    (x : Frac b) : motive x :=
  frac_self x ▸ h x.num x.exp

/-- The value of `n / β^k` is that of the pair. -/
theorem frac_sound (n : Int) (k : Nat) :
    Eq (mul (frac n k : Frac b).num (pw b k)) (mul n (pw b (frac n k : Frac b).exp)) :=
  norm_sound b n k

/-! ## Sum and product -/

/-- `n/β^k + m/β^l = (n β^l + m β^k) / β^(k+l)`. -/
def fracAdd (x y : Frac b) : Frac b :=
  frac (add (mul x.num (pw b y.exp)) (mul y.num (pw b x.exp))) (Nat.add x.exp y.exp)

/-- `n/β^k * m/β^l = (n m) / β^(k+l)`. -/
def fracMul (x y : Frac b) : Frac b := frac (mul x.num y.num) (Nat.add x.exp y.exp)

/-- `-(n/β^k) = (-n)/β^k`. -/
def fracNeg (x : Frac b) : Frac b := frac (neg x.num) x.exp

/-- The sum of two fractions. -/
theorem add_frac (n : Int) (k : Nat) (m : Int) (l : Nat) : Eq (fracAdd (frac n k : Frac b) (frac m l))
    (frac (add (mul n (pw b l)) (mul m (pw b k))) (Nat.add k l)) :=
  have h := frac_sound (b := b) n k
  have g := frac_sound (b := b) m l
  frac_eq (Eq.trans (congrArg (mul _) (pw_add b k l))
    (Eq.trans (ring_eq (vars6 (frac n k : Frac b).num (frac m l : Frac b).num (pw b k) (pw b l)
          (pw b (frac n k : Frac b).exp) (pw b (frac m l : Frac b).exp))
        (b := add
          (mul (mul (frac n k : Frac b).num (pw b k)) (mul (pw b l) (pw b (frac m l : Frac b).exp)))
          (mul (mul (frac m l : Frac b).num (pw b l)) (mul (pw b k) (pw b (frac n k : Frac b).exp)))))
      (Eq.trans (congr2 add (congrArg (fun t => mul t _) h) (congrArg (fun t => mul t _) g))
        (Eq.trans (ring_eq (vars6 n m (pw b k) (pw b l)
            (pw b (frac n k : Frac b).exp) (pw b (frac m l : Frac b).exp))
            (b := mul (add (mul n (pw b l)) (mul m (pw b k)))
              (mul (pw b (frac n k : Frac b).exp) (pw b (frac m l : Frac b).exp))))
          (congrArg (mul _) (Eq.symm (pw_add b _ _)))))))

/-- The product of two fractions. -/
theorem mul_frac (n : Int) (k : Nat) (m : Int) (l : Nat) :
    Eq (fracMul (frac n k : Frac b) (frac m l)) (frac (mul n m) (Nat.add k l)) :=
  have h := frac_sound (b := b) n k
  have g := frac_sound (b := b) m l
  frac_eq (Eq.trans (congrArg (mul _) (pw_add b k l))
    (Eq.trans (ring_eq (vars4 (frac n k : Frac b).num (frac m l : Frac b).num (pw b k) (pw b l))
        (b := mul (mul (frac n k : Frac b).num (pw b k)) (mul (frac m l : Frac b).num (pw b l))))
      (Eq.trans (congr2 mul h g)
        (Eq.trans (ring_eq (vars4 n m (pw b (frac n k : Frac b).exp) (pw b (frac m l : Frac b).exp))
            (b := mul (mul n m)
              (mul (pw b (frac n k : Frac b).exp) (pw b (frac m l : Frac b).exp))))
          (congrArg (mul _) (Eq.symm (pw_add b _ _)))))))

/-- The opposite of a fraction. -/
theorem neg_frac (n : Int) (k : Nat) : Eq (fracNeg (frac n k : Frac b)) (frac (neg n) k) :=
  have h := frac_sound (b := b) n k
  frac_eq (Eq.trans (ring_eq (vars2 (frac n k : Frac b).num (pw b k))
      (b := neg (mul (frac n k : Frac b).num (pw b k))))
    (Eq.trans (congrArg neg h) (ring_eq (vars2 n (pw b (frac n k : Frac b).exp)))))

/-! ## The order -/

/-- `n/β^k ≤ m/β^l` when `n β^l ≤ m β^k`. -/
def fracLe (x y : Frac b) : Prop := le (mul x.num (pw b y.exp)) (mul y.num (pw b x.exp))

/-- Scaling both sides of `≤` by positive integers and back. -/
theorem le_scale {x y z w c d : Int} (hc : lt zero c) (hd : lt zero d) (h : Eq (mul d x) (mul c z))
    (k : Eq (mul d y) (mul c w)) (g : le x y) : le z w :=
  le_of_mul_le_mul_left hc
    (le_congr (Eq.symm h) (Eq.symm k) (mul_le_mul_left (le_of_lt hd) g))

/-- The order does not depend on how fractions are written. -/
theorem le_frac {n m : Int} {k l : Nat} :
    Iff (fracLe (frac n k : Frac b) (frac m l)) (le (mul n (pw b l)) (mul m (pw b k))) :=
  have h := frac_sound (b := b) n k
  have g := frac_sound (b := b) m l
  have hc : lt zero (mul (pw b (frac n k : Frac b).exp) (pw b (frac m l : Frac b).exp)) :=
    mul_pos (pw_pos b _) (pw_pos b _)
  have hd : lt zero (mul (pw b k) (pw b l)) := mul_pos (pw_pos b k) (pw_pos b l)
  have e : Eq
      (mul (mul (pw b k) (pw b l)) (mul (frac n k : Frac b).num (pw b (frac m l : Frac b).exp)))
      (mul (mul (pw b (frac n k : Frac b).exp) (pw b (frac m l : Frac b).exp)) (mul n (pw b l))) :=
    Eq.trans (ring_eq (vars4 (pw b k) (pw b l) (frac n k : Frac b).num (pw b (frac m l : Frac b).exp))
        (b := mul (mul (frac n k : Frac b).num (pw b k)) (mul (pw b l) (pw b (frac m l : Frac b).exp))))
      (Eq.trans (congrArg (fun t => mul t _) h)
        (ring_eq (vars4 n (pw b l) (pw b (frac n k : Frac b).exp) (pw b (frac m l : Frac b).exp))))
  have f : Eq
      (mul (mul (pw b k) (pw b l)) (mul (frac m l : Frac b).num (pw b (frac n k : Frac b).exp)))
      (mul (mul (pw b (frac n k : Frac b).exp) (pw b (frac m l : Frac b).exp)) (mul m (pw b k))) :=
    Eq.trans (ring_eq (vars4 (pw b k) (pw b l) (frac m l : Frac b).num (pw b (frac n k : Frac b).exp))
        (b := mul (mul (frac m l : Frac b).num (pw b l)) (mul (pw b k) (pw b (frac n k : Frac b).exp))))
      (Eq.trans (congrArg (fun t => mul t _) g)
        (ring_eq (vars4 m (pw b k) (pw b (frac n k : Frac b).exp) (pw b (frac m l : Frac b).exp))))
  ⟨le_scale hc hd e f, le_scale hd hc (Eq.symm e) (Eq.symm f)⟩

end LipBridgeTest
