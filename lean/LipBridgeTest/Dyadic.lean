import LipBridgeTest.Fractions.Order
/-!
# Reciprocals exist

ℤ[1/2] and, for any list of denominators, ℤ[1/β] with `β` their product: ordered rings, made without
any axiom, in which every hypothesis `Reciprocals [d₁, d₂, …] r` is met. So no theorem about a
concrete network is vacuous. docs/theorems.md §5.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- ℤ[1/2]. -/
abbrev Dyadic : Type := Frac 1

/-- The `j ≤ m` with `2^j = d`, or 0. -/
def exponent (d m : Nat) : Nat :=
  match m with
  | 0 => 0
  | .succ m => cond (Nat.beq (Nat.pow 2 (Nat.succ m)) d) (Nat.succ m) (exponent d m)

/-- The search finds the exponent of a power of two. -/
theorem exponent_spec {k : Nat} (m : Nat) (h : Nat.le k m) :
    Eq (Nat.pow 2 (exponent (Nat.pow 2 k) m)) (Nat.pow 2 k) :=
  match m with
  | 0 => congrArg (Nat.pow 2) (nat_le_antisymm (Nat.zero_le k) h)
  | .succ m => cond_ind (P := fun t => Eq (Nat.pow 2 t) (Nat.pow 2 k)) Nat.eq_of_beq_eq_true
      (fun e => exponent_spec m (Or.elim (nat_lt_or_ge m k)
        (fun g => absurd (congrArg (Nat.pow 2) (nat_le_antisymm g h)) (Nat.ne_of_beq_eq_false e))
        (fun g => g)))

/-- `k < 2^k`. -/
theorem le_two_pow (k : Nat) : Nat.lt k (Nat.pow 2 k) :=
  match k with
  | 0 => Nat.le.refl
  | .succ k =>
    match nat_exists_of_le (le_two_pow k) with
    | ⟨l, e⟩ => nat_le_of_add_eq (k := Nat.add l (Nat.add k l))
        (Eq.trans (nat_ring (vars2 k l) (a := Nat.add (Nat.succ (Nat.succ k)) (Nat.add l (Nat.add k l)))
          (b := Nat.mul (Nat.add (Nat.succ k) l) (Nat.succ 1)))
          (congrArg (fun t => Nat.mul t 2) e))

/-- `2^k`, as an integer. -/
theorem ofNat_two_pow (k : Nat) : Eq (ofNat (Nat.pow 2 k) : Int) (pw 1 k) :=
  match k with
  | 0 => rfl
  | .succ k => Eq.trans (ofNat_mul (Nat.pow 2 k) 2)
      (congrArg (fun t => mul t (base 1)) (ofNat_two_pow k))

/-- `1/d` in ℤ[1/2], where `d` is a power of two. -/
def half (d : Nat) : Dyadic := frac one (exponent d d)

/-- `2^k * (1/2^k) = 1`. -/
theorem mul_half (k : Nat) : Eq (mul (ofNat (Nat.pow 2 k)) (half (Nat.pow 2 k))) one :=
  have e : Eq (Nat.pow 2 (exponent (Nat.pow 2 k) (Nat.pow 2 k))) (Nat.pow 2 k) :=
    exponent_spec (Nat.pow 2 k) (Nat.le_trans (Nat.le_succ k) (le_two_pow k))
  Eq.trans (mul_frac (ofNat (Nat.pow 2 k)) 0 one _)
    (frac_eq (Eq.trans (mul_one _) (Eq.trans (mul_one _) (Eq.trans (congrArg ofNat (Eq.symm e))
      (Eq.trans (ofNat_two_pow _) (Eq.trans
        (congrArg (pw 1) (Eq.symm (nat_zero_add _))) (Eq.symm (one_mul _))))))))

/-- `[2^k₁, 2^k₂, …]`. -/
def powersOfTwo : List Nat → List Nat
  | .nil => .nil
  | .cons k l => .cons (Nat.pow 2 k) (powersOfTwo l)

/-- In ℤ[1/2] all powers of two have reciprocals. -/
theorem reciprocal_half (l : List Nat) : Reciprocals (powersOfTwo l) half :=
  match l with
  | .nil => .nil
  | .cons k l => .cons (mul_half k) (reciprocal_half l)

/-- The hypothesis of an exported theorem with denominators `2^k₁, 2^k₂, …` can be met. -/
theorem reciprocal_exists_dyadic (l : List Nat) :
    Exists fun r : Nat → Dyadic => Reciprocals (powersOfTwo l) r :=
  ⟨half, reciprocal_half l⟩

/-! ## Any denominators -/

/-- The product of a list. -/
def product : List Nat → Nat
  | .nil => 1
  | .cons d l => Nat.mul d (product l)

/-- `β / d`, where `d` divides `β`. -/
def cofactor (β : Nat) : Nat → Nat
  | 0 => 0
  | .succ d => search d β (Nat.succ β)

/-- `1/d` in ℤ[1/β], where `d` divides `β`. -/
def part (b d : Nat) : Frac b := frac (ofNat (cofactor (Nat.succ b) d)) 1

/-- `d * (1/d) = 1` where `d * q = β`. -/
theorem mul_part {b d q : Nat} (h : Eq (Nat.mul d q) (Nat.succ b)) :
    Eq (mul (ofNat d) (part b d)) one :=
  have e : Eq (cofactor (Nat.succ b) d) q :=
    match d, h with
    | 0, h => Nat.noConfusion (Eq.trans (Eq.symm (nat_zero_mul q)) h)
    | .succ d, h => h ▸ search_eq _ (Nat.succ_le_succ (le_base_mul d q))
  Eq.trans (mul_frac (ofNat d) 0 (ofNat (cofactor (Nat.succ b) d)) 1)
    (frac_eq (Eq.trans (mul_one _)
      (Eq.trans (Eq.symm (ofNat_mul d (cofactor (Nat.succ b) d)))
        (Eq.trans (congrArg ofNat (Eq.trans (congrArg (Nat.mul d) e) h))
          (ring_eq (vars1 (base b)) (b := mul one (mul one (base b))))))))

/-- Where `β = a * d₁ * d₂ * …`, all of `d₁, d₂, …` have reciprocals in ℤ[1/β]. -/
theorem reciprocal_part {b : Nat} (a : Nat) (l : List Nat)
    (h : Eq (Nat.mul a (product l)) (Nat.succ b)) : Reciprocals l (part b) :=
  match l, h with
  | .nil, _ => .nil
  | .cons d l, h =>
    .cons (mul_part (q := Nat.mul a (product l)) (Eq.trans (nat_ring (vars3 d a (product l))
        (b := Nat.mul a (Nat.mul d (product l)))) h))
      (reciprocal_part (Nat.mul a d) l (Eq.trans (nat_mul_assoc a d (product l)) h))

/-- For any list of denominators, none of them 0, there is an ordered ring in which the hypothesis of
an exported theorem is met. -/
theorem reciprocal_exists (l : List Nat) (h : Eq (Nat.ble 1 (product l)) true) :
    Exists fun b : Nat => Exists fun r : Nat → Frac b => Reciprocals l r :=
  match e : product l with
  | 0 => bool_absurd (Eq.trans (Eq.symm h) (congrArg (Nat.ble 1) e))
  | .succ b => ⟨b, part b, reciprocal_part 1 l (Eq.trans (nat_ring (vars1 (product l))
      (a := Nat.mul 1 (product l)) (b := product l)) e)⟩

/-- For example `1/2^38` and `1/3`. -/
example : Exists fun b : Nat => Exists fun r : Nat → Frac b =>
    Reciprocals (.cons (Nat.pow 2 38) (.cons 3 .nil)) r :=
  reciprocal_exists _ rfl

end LipBridgeTest
