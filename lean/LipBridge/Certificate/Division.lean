import LipBridge.Algebra.NatDivision
import LipBridge.Algebra.Semiring
/-!
# Division with remainder, and shifts

Quotient and remainder of concrete sums; a shift to the right is a division by a power of two.
-/

set_option autoImplicit false

namespace LipBridge

/-- `x % y + y * (x / y) = x`. -/
theorem nat_mod_add_div (x y : Nat) : Eq (Nat.add (Nat.mod x y) (Nat.mul y (Nat.div x y))) x :=
  Eq.trans (nat_add_comm (Nat.mod x y) (Nat.mul y (Nat.div x y))) (nat_div_add_mod x y)

/-- `x % y < y`. -/
theorem nat_mod_lt (x : Nat) {y : Nat} (hy : Nat.lt 0 y) : Nat.lt (Nat.mod x y) y :=
  Nat.mod_lt x hy

/-- `(m + y * q) / y = q` and `(m + y * q) % y = m` where `m < y`. -/
theorem nat_div_mod_eq {x y m q : Nat} (hm : Nat.lt m y) (h : Eq x (Nat.add m (Nat.mul y q))) :
    And (Eq (Nat.mod x y) m) (Eq (Nat.div x y) q) :=
  have hy : Nat.lt 0 y := Nat.le_trans (Nat.succ_le_succ (Nat.zero_le m)) hm
  have u := nat_block_unique (nat_mod_lt x hy) hm
    (Eq.trans (nat_div_add_mod x y) (Eq.trans h (nat_add_comm m _)))
  ⟨u.right, u.left⟩

/-! ## Powers of two -/

/-- `2^n`. -/
abbrev pow2 (n : Nat) : Nat := Nat.pow 2 n

/-- `0 < 2^n`. -/
theorem pow2_pos (n : Nat) : Nat.lt 0 (pow2 n) :=
  Nat.rec (motive := fun n => Nat.lt 0 (pow2 n)) Nat.le.refl
    (fun n ih => Nat.le_trans ih (nat_le_of_add_eq (k := pow2 n) (nat_ring (vars1 (pow2 n))
      (b := Nat.mul (pow2 n) (Nat.add 1 1))))) n

/-- `b^(m+n) = b^m * b^n`. -/
theorem nat_pow_add (b m n : Nat) :
    Eq (Nat.pow b (Nat.add m n)) (Nat.mul (Nat.pow b m) (Nat.pow b n)) :=
  Nat.rec (motive := fun n => Eq (Nat.pow b (Nat.add m n)) (Nat.mul (Nat.pow b m) (Nat.pow b n)))
    (Eq.symm (nat_mul_one _))
    (fun _ ih => Eq.trans (congrArg (fun t => Nat.mul t b) ih) (nat_mul_assoc _ _ _)) n

/-- `b^(m*n) = (b^m)^n`. -/
theorem nat_pow_mul (b m n : Nat) : Eq (Nat.pow b (Nat.mul m n)) (Nat.pow (Nat.pow b m) n) :=
  Nat.rec (motive := fun n => Eq (Nat.pow b (Nat.mul m n)) (Nat.pow (Nat.pow b m) n)) rfl
    (fun n ih => Eq.trans (nat_pow_add b (Nat.mul m n) m)
      (congrArg (fun t => Nat.mul t (Nat.pow b m)) ih)) n

/-! ## Shifts -/

/-- `x >> (a + b) = (x >> a) >> b`. -/
theorem shiftRight_add (x a b : Nat) :
    Eq (Nat.shiftRight x (Nat.add a b)) (Nat.shiftRight (Nat.shiftRight x a) b) :=
  Nat.rec (motive := fun b => Eq (Nat.shiftRight x (Nat.add a b))
    (Nat.shiftRight (Nat.shiftRight x a) b)) rfl (fun _ ih => congrArg (fun t => Nat.div t 2) ih) b

/-- `m < b` and `n < c` give `m + b * n < b * c`. -/
theorem nat_add_mul_lt {m n b c : Nat} (hm : Nat.lt m b) (hn : Nat.lt n c) :
    Nat.lt (Nat.add m (Nat.mul b n)) (Nat.mul b c) :=
  match nat_exists_of_le hm, nat_exists_of_le hn with
  | ⟨k, e⟩, ⟨l, f⟩ =>
    nat_le_of_add_eq (k := Nat.add k (Nat.mul b l))
      (Eq.subst (motive := fun c => Eq (Nat.add (Nat.succ (Nat.add m (Nat.mul b n)))
          (Nat.add k (Nat.mul b l))) (Nat.mul b c)) f
        (Eq.subst (motive := fun b => Eq (Nat.add (Nat.succ (Nat.add m (Nat.mul b n)))
          (Nat.add k (Nat.mul b l))) (Nat.mul b (Nat.add (Nat.succ n) l))) e
          (nat_ring (vars4 m n k l))))

/-- `(x / a) / b = x / (a * b)`. -/
theorem nat_div_div (x : Nat) {a b : Nat} (ha : Nat.lt 0 a) (hb : Nat.lt 0 b) :
    Eq (Nat.div (Nat.div x a) b) (Nat.div x (Nat.mul a b)) :=
  have e : Eq x (Nat.add (Nat.add (Nat.mod x a) (Nat.mul a (Nat.mod (Nat.div x a) b)))
      (Nat.mul (Nat.mul a b) (Nat.div (Nat.div x a) b))) :=
    Eq.trans (Eq.symm (nat_mod_add_div x a))
      (Eq.trans (congrArg (fun t => Nat.add (Nat.mod x a) (Nat.mul a t))
          (Eq.symm (nat_mod_add_div (Nat.div x a) b)))
        (nat_ring (vars5 (Nat.mod x a) a (Nat.mod (Nat.div x a) b) b (Nat.div (Nat.div x a) b))))
  Eq.symm (nat_div_mod_eq (nat_add_mul_lt (nat_mod_lt x ha) (nat_mod_lt _ hb)) e).right

/-- `x >> s = x / 2^s`. -/
theorem shiftRight_eq_div (x s : Nat) : Eq (Nat.shiftRight x s) (Nat.div x (pow2 s)) :=
  Nat.rec (motive := fun s => Eq (Nat.shiftRight x s) (Nat.div x (pow2 s)))
    (Eq.symm (nat_div_mod_eq (x := x) (y := 1) (m := 0) (q := x) Nat.le.refl
      (nat_ring (vars1 x) (a := x) (b := Nat.add 0 (Nat.mul 1 x)))).right)
    (fun s ih => Eq.trans (congrArg (fun t => Nat.div t 2) ih)
      (nat_div_div x (pow2_pos s) (Nat.le.step Nat.le.refl))) s

/-- `x % 2^s + 2^s * (x >> s) = x`. -/
theorem mod_add_shiftRight (x s : Nat) :
    Eq (Nat.add (Nat.mod x (pow2 s)) (Nat.mul (pow2 s) (Nat.shiftRight x s))) x :=
  Eq.trans (congrArg (fun t => Nat.add (Nat.mod x (pow2 s)) (Nat.mul (pow2 s) t))
    (shiftRight_eq_div x s)) (nat_mod_add_div x (pow2 s))

/-- `(m + 2^s * q) >> s = q` and `(m + 2^s * q) % 2^s = m` where `m < 2^s`. -/
theorem mod_shiftRight_eq {x s m q : Nat} (hm : Nat.lt m (pow2 s))
    (h : Eq x (Nat.add m (Nat.mul (pow2 s) q))) :
    And (Eq (Nat.mod x (pow2 s)) m) (Eq (Nat.shiftRight x s) q) :=
  have k := nat_div_mod_eq hm h
  ⟨k.left, Eq.trans (shiftRight_eq_div x s) k.right⟩

/-- `x << s = 2^s * x`. -/
theorem shiftLeft_eq_mul (x s : Nat) : Eq (Nat.shiftLeft x s) (Nat.mul (pow2 s) x) :=
  Nat.rec (motive := fun s => ∀ x, Eq (Nat.shiftLeft x s) (Nat.mul (pow2 s) x))
    (fun x => nat_ring (vars1 x) (a := x) (b := Nat.mul 1 x))
    (fun s ih x => Eq.trans (ih (Nat.mul 2 x))
      (nat_ring (vars2 (pow2 s) x) (a := Nat.mul (pow2 s) (Nat.mul (Nat.add 1 1) x))
        (b := Nat.mul (Nat.mul (pow2 s) (Nat.add 1 1)) x))) s x

end LipBridge
