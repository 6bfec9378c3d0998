import LipBridge.Algebra.Numerals
import LipBridge.Certificate.Division
/-!
# Fractions in lowest terms

A fraction `n / (k + 1)` is an integer with a natural number `k`, its denominator less one, so that no
denominator is 0. Euclid's algorithm finds the greatest common divisor; since it commutes with
multiplication, fractions of the same value have the same lowest terms, and the rational numbers are
a type without quotients.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Euclid's algorithm -/

/-- The greatest common divisor of `a` and `b`, where `b` is below the fuel. -/
def euclid (fuel a b : Nat) : Nat :=
  match fuel with
  | 0 => a
  | .succ fuel => cond (Nat.beq b 0) a (euclid fuel b (Nat.mod a b))

/-- `(a c) % (b c) = (a % b) c` and `(a c) / (b c) = a / b` for `c = j + 1`. -/
theorem nat_mod_div_mul (a j : Nat) {b : Nat} (hb : Nat.lt 0 b) :
    And (Eq (Nat.mod (Nat.mul a (.succ j)) (Nat.mul b (.succ j))) (Nat.mul (Nat.mod a b) (.succ j)))
      (Eq (Nat.div (Nat.mul a (.succ j)) (Nat.mul b (.succ j))) (Nat.div a b)) :=
  nat_div_mod_eq (nat_block_lt (j := 0) (nat_mod_lt a hb) (Nat.succ_le_succ (Nat.zero_le j)))
    (Eq.trans (congrArg (fun t => Nat.mul t (.succ j)) (Eq.symm (nat_mod_add_div a b)))
      (nat_ring (vars4 (Nat.mod a b) b (Nat.div a b) j)
        (a := Nat.mul (Nat.add (Nat.mod a b) (Nat.mul b (Nat.div a b))) (.succ j))
        (b := Nat.add (Nat.mul (Nat.mod a b) (.succ j)) (Nat.mul (Nat.mul b (.succ j)) (Nat.div a b)))))

/-- The greatest common divisor of `a c` and `b c` is `c` times that of `a` and `b`. -/
theorem euclid_mul (j : Nat) : ∀ (f g a b : Nat), Nat.lt b f → Nat.lt (Nat.mul b (.succ j)) g →
    Eq (euclid g (Nat.mul a (.succ j)) (Nat.mul b (.succ j))) (Nat.mul (euclid f a b) (.succ j))
  | 0, _, _, b, h, _ => absurd h (Nat.not_succ_le_zero b)
  | _, 0, _, _, _, h => absurd h (Nat.not_succ_le_zero _)
  | .succ _, .succ g, a, 0, _, _ =>
    congrArg (euclid (.succ g) (Nat.mul a (.succ j))) (nat_zero_mul (.succ j))
  | .succ f, .succ g, a, .succ b, h, k =>
    have small : Nat.lt (Nat.mod a (.succ b)) (.succ b) := nat_mod_lt a (Nat.succ_le_succ (Nat.zero_le b))
    have e := (nat_mod_div_mul a j (Nat.succ_le_succ (Nat.zero_le b))).left
    Eq.trans (congrArg (euclid g (Nat.mul (.succ b) (.succ j))) e)
      (euclid_mul j f g (.succ b) (Nat.mod a (.succ b))
        (Nat.le_trans small (Nat.le_of_succ_le_succ h))
        (Nat.le_trans (nat_block_lt (j := 0) small (Nat.succ_le_succ (Nat.zero_le j)))
          (Nat.le_of_succ_le_succ k)))

/-- It divides both. -/
theorem euclid_divides : ∀ (f a b : Nat), Nat.lt b f →
    And (Exists fun q => Eq (Nat.mul (euclid f a b) q) a)
      (Exists fun q => Eq (Nat.mul (euclid f a b) q) b)
  | 0, _, b, h => absurd h (Nat.not_succ_le_zero b)
  | .succ _, a, 0, _ => ⟨⟨1, nat_mul_one a⟩, ⟨0, rfl⟩⟩
  | .succ f, a, .succ b, h =>
    match euclid_divides f (.succ b) (Nat.mod a (.succ b))
      (Nat.le_trans (nat_mod_lt a (Nat.succ_le_succ (Nat.zero_le b))) (Nat.le_of_succ_le_succ h)) with
    | ⟨⟨q, e⟩, ⟨p, g⟩⟩ =>
      ⟨⟨Nat.add p (Nat.mul q (Nat.div a (.succ b))), Eq.trans
          (nat_ring (vars4 (euclid f (.succ b) (Nat.mod a (.succ b))) p q (Nat.div a (.succ b)))
            (a := Nat.mul (euclid f (.succ b) (Nat.mod a (.succ b)))
              (Nat.add p (Nat.mul q (Nat.div a (.succ b)))))
            (b := Nat.add (Nat.mul (euclid f (.succ b) (Nat.mod a (.succ b))) p)
              (Nat.mul (Nat.mul (euclid f (.succ b) (Nat.mod a (.succ b))) q) (Nat.div a (.succ b)))))
          (Eq.trans (congr2 Nat.add g (congrArg (fun t => Nat.mul t _) e)) (nat_mod_add_div a (.succ b)))⟩,
        ⟨q, e⟩⟩

/-! ## Lowest terms -/

/-- The integer `k + 1`. -/
def den (k : Nat) : Int := ofNat (Nat.succ k)

/-- The denominator of a product: `(k + 1)(l + 1)`, less one. -/
def times (k l : Nat) : Nat := Nat.add (Nat.mul (Nat.succ k) l) k

/-- `0 < k + 1`. -/
theorem den_pos (k : Nat) : lt zero (den k) := ofNat_pos rfl

/-- What `times` is. -/
theorem den_times (k l : Nat) : Eq (den (times k l)) (mul (den k) (den l)) :=
  ofNat_mul (Nat.succ k) (Nat.succ l)

/-- Numbers with equal successors are equal. -/
theorem nat_succ_inj {k l : Nat} (h : Eq (Nat.succ k) (Nat.succ l)) : Eq k l := congrArg Nat.pred h

/-- `times` is commutative. -/
theorem times_comm (k l : Nat) : Eq (times k l) (times l k) :=
  nat_succ_inj (nat_mul_comm (Nat.succ k) (Nat.succ l))

/-- A product with a number whose denominator is 1. -/
theorem times_zero (k : Nat) : Eq (times k 0) k := nat_zero_add k

/-- `times` is associative. -/
theorem times_assoc (k l j : Nat) : Eq (times (times k l) j) (times k (times l j)) :=
  nat_succ_inj (nat_mul_assoc (Nat.succ k) (Nat.succ l) (Nat.succ j))

/-- The absolute value of an integer. -/
def magnitude : Int → Nat
  | .ofNat n => n
  | .negSucc n => Nat.succ n

/-- `n / g`, rounded towards 0. -/
def divide (g : Nat) : Int → Int
  | .ofNat n => Int.ofNat (Nat.div n g)
  | .negSucc n => Int.neg (Int.ofNat (Nat.div (Nat.succ n) g))

/-- The greatest common divisor of `n` and `k + 1`. -/
def common (n : Int) (k : Nat) : Nat := euclid (Nat.succ (Nat.succ k)) (magnitude n) (Nat.succ k)

/-- `n / (k + 1)` in lowest terms. -/
def lowest (n : Int) (k : Nat) : Prod Int Nat :=
  ⟨divide (common n k) n, Nat.pred (Nat.div (Nat.succ k) (common n k))⟩

/-- `|n (j + 1)| = |n| (j + 1)`. -/
theorem magnitude_mul (n : Int) (j : Nat) :
    Eq (magnitude (mul n (den j))) (Nat.mul (magnitude n) (Nat.succ j)) :=
  match n with
  | .ofNat _ => rfl
  | .negSucc _ => rfl

/-- A common factor is part of the greatest common divisor. -/
theorem common_mul (n : Int) (k j : Nat) :
    Eq (common (mul n (den j)) (times k j)) (Nat.mul (common n k) (Nat.succ j)) :=
  Eq.trans
    (congrArg (fun t => euclid (Nat.succ (Nat.succ (times k j))) t (Nat.succ (times k j)))
      (magnitude_mul n j))
    (euclid_mul j (Nat.succ (Nat.succ k)) (Nat.succ (Nat.succ (times k j))) (magnitude n) (Nat.succ k)
      Nat.le.refl Nat.le.refl)

/-- The greatest common divisor is not 0. -/
theorem common_pos (n : Int) (k : Nat) : Nat.lt 0 (common n k) :=
  match euclid_divides (Nat.succ (Nat.succ k)) (magnitude n) (Nat.succ k) Nat.le.refl with
  | ⟨_, ⟨q, e⟩⟩ => match h : common n k with
    | 0 => Nat.noConfusion (Eq.trans (Eq.symm (nat_zero_mul q))
        (Eq.trans (congrArg (fun t => Nat.mul t q) (Eq.symm h)) e))
    | .succ _ => Nat.succ_le_succ (Nat.zero_le _)

/-- `(n c) / (g c) = n / g` for `c = j + 1`. -/
theorem divide_mul (n : Int) (j : Nat) {g : Nat} (hg : Nat.lt 0 g) :
    Eq (divide (Nat.mul g (Nat.succ j)) (mul n (den j))) (divide g n) :=
  match n with
  | .ofNat n => congrArg Int.ofNat (nat_mod_div_mul n j hg).right
  | .negSucc n => congrArg (fun t => Int.neg (Int.ofNat t)) (nat_mod_div_mul (Nat.succ n) j hg).right

/-- `n c / ((k + 1) c)` and `n / (k + 1)` have the same lowest terms. -/
theorem lowest_mul (n : Int) (k j : Nat) :
    Eq (lowest (mul n (den j)) (times k j)) (lowest n k) :=
  have e := common_mul n k j
  congr2 Prod.mk
    (Eq.trans (congrArg (fun g => divide g (mul n (den j))) e) (divide_mul n j (common_pos n k)))
    (congrArg Nat.pred (Eq.trans (congrArg (Nat.div (Nat.succ (times k j))) e)
      (nat_mod_div_mul (Nat.succ k) j (common_pos n k)).right))

/-- `n (l + 1) = m (k + 1)` gives the same lowest terms of `n / (k + 1)` and `m / (l + 1)`. -/
theorem lowest_eq {n m : Int} {k l : Nat} (h : Eq (mul n (den l)) (mul m (den k))) :
    Eq (lowest n k) (lowest m l) :=
  Eq.trans (Eq.symm (lowest_mul n k l))
    (Eq.trans (congr2 lowest h (times_comm k l)) (lowest_mul m l k))

/-- `(g q) / g = q`. -/
theorem nat_mul_div (q : Nat) {g : Nat} (hg : Nat.lt 0 g) : Eq (Nat.div (Nat.mul g q) g) q :=
  (nat_div_mod_eq hg (Eq.symm (nat_zero_add _))).right

/-- Division of a multiple is exact. -/
theorem nat_mul_div_self {n g q : Nat} (hg : Nat.lt 0 g) (h : Eq (Nat.mul g q) n) :
    Eq (Nat.mul g (Nat.div n g)) n :=
  Eq.trans (congrArg (fun t => Nat.mul g (Nat.div t g)) (Eq.symm h))
    (Eq.trans (congrArg (Nat.mul g) (nat_mul_div q hg)) h)

/-- Division of a multiple is exact, for integers. -/
theorem mul_divide {n : Int} {g q : Nat} (hg : Nat.lt 0 g) (h : Eq (Nat.mul g q) (magnitude n)) :
    Eq (mul (ofNat g) (divide g n)) n :=
  match n, h with
  | .ofNat n, h => Eq.trans (Eq.symm (ofNat_mul g (Nat.div n g)))
      (congrArg Int.ofNat (nat_mul_div_self hg h))
  | .negSucc n, h =>
    Eq.trans (ring_eq (vars2 (ofNat g : Int) (ofNat (Nat.div (Nat.succ n) g)))
        (a := mul (ofNat g) (neg (ofNat (Nat.div (Nat.succ n) g))))
        (b := neg (mul (ofNat g) (ofNat (Nat.div (Nat.succ n) g)))))
      (congrArg Int.neg (Eq.trans (Eq.symm (ofNat_mul g (Nat.div (Nat.succ n) g)))
        (congrArg Int.ofNat (nat_mul_div_self hg h))))

/-- Lowest terms have the value of the fraction. -/
theorem lowest_sound (n : Int) (k : Nat) :
    Eq (mul (lowest n k).fst (den k)) (mul n (den (lowest n k).snd)) :=
  have hg := common_pos n k
  match euclid_divides (Nat.succ (Nat.succ k)) (magnitude n) (Nat.succ k) Nat.le.refl with
  | ⟨_, ⟨0, f⟩⟩ => Nat.noConfusion f
  | ⟨⟨_, e⟩, ⟨.succ p, f⟩⟩ =>
    have ek : Eq (den k) (mul (ofNat (common n k)) (den p)) :=
      Eq.trans (congrArg ofNat (Eq.symm f)) (ofNat_mul (common n k) (Nat.succ p))
    have el : Eq (lowest n k).snd p := congrArg Nat.pred
      (Eq.trans (congrArg (fun t => Nat.div t (common n k)) (Eq.symm f)) (nat_mul_div (Nat.succ p) hg))
    eq_via (congrArg (mul (divide (common n k) n)) ek)
      (congr2 mul (Eq.symm (mul_divide hg e)) (congrArg den el))
      (ring_eq (vars3 (divide (common n k) n) (ofNat (common n k)) (den p))
        (b := mul (mul (ofNat (common n k)) (divide (common n k) n)) (den p)))

/-- Lowest terms are their own lowest terms. -/
theorem lowest_idem (n : Int) (k : Nat) :
    Eq (lowest (lowest n k).fst (lowest n k).snd) (lowest n k) :=
  lowest_eq (lowest_sound n k)

end LipBridge
