/-!
# The small core against its own arithmetic

The kernel computes `Nat.add` and its kin on literals by itself, whatever their definitions say; a
definition that says something else makes it inconsistent. So for each of them:

1. `*_def`: it satisfies its recursion equations for *all* arguments (the kernel unfolds the
   definition here, since the arguments are variables);
2. a copy of the recursion that the kernel does not know agrees with the kernel's own arithmetic on a
   grid of literals (`grid … = true`).

This file is about `lean/core/Init.lean` alone and is not part of the library.
-/

set_option autoImplicit false

namespace CoreTest

/-! ## Equations, for all arguments -/

theorem add_zero_def (a : Nat) : Eq (Nat.add a 0) a := rfl
theorem add_succ_def (a b : Nat) : Eq (Nat.add a (Nat.succ b)) (Nat.succ (Nat.add a b)) := rfl
theorem mul_zero_def (a : Nat) : Eq (Nat.mul a 0) 0 := rfl
theorem mul_succ_def (a b : Nat) : Eq (Nat.mul a (Nat.succ b)) (Nat.add (Nat.mul a b) a) := rfl
theorem pow_zero_def (a : Nat) : Eq (Nat.pow a 0) 1 := rfl
theorem pow_succ_def (a b : Nat) : Eq (Nat.pow a (Nat.succ b)) (Nat.mul (Nat.pow a b) a) := rfl
theorem sub_zero_def (a : Nat) : Eq (Nat.sub a 0) a := rfl
theorem sub_succ_def (a b : Nat) : Eq (Nat.sub a (Nat.succ b)) (Nat.pred (Nat.sub a b)) := rfl
theorem pred_zero_def : Eq (Nat.pred 0) 0 := rfl
theorem pred_succ_def (a : Nat) : Eq (Nat.pred (Nat.succ a)) a := rfl
theorem beq_zero_zero_def : Eq (Nat.beq 0 0) true := rfl
theorem beq_zero_succ_def (b : Nat) : Eq (Nat.beq 0 (Nat.succ b)) false := rfl
theorem beq_succ_zero_def (a : Nat) : Eq (Nat.beq (Nat.succ a) 0) false := rfl
theorem beq_succ_succ_def (a b : Nat) : Eq (Nat.beq (Nat.succ a) (Nat.succ b)) (Nat.beq a b) := rfl
theorem ble_zero_def (b : Nat) : Eq (Nat.ble 0 b) true := rfl
theorem ble_succ_zero_def (a : Nat) : Eq (Nat.ble (Nat.succ a) 0) false := rfl
theorem ble_succ_succ_def (a b : Nat) : Eq (Nat.ble (Nat.succ a) (Nat.succ b)) (Nat.ble a b) := rfl
theorem shiftLeft_zero_def (a : Nat) : Eq (Nat.shiftLeft a 0) a := rfl
theorem shiftLeft_succ_def (a b : Nat) :
    Eq (Nat.shiftLeft a (Nat.succ b)) (Nat.shiftLeft (Nat.mul 2 a) b) := rfl
theorem shiftRight_zero_def (a : Nat) : Eq (Nat.shiftRight a 0) a := rfl
theorem shiftRight_succ_def (a b : Nat) :
    Eq (Nat.shiftRight a (Nat.succ b)) (Nat.div (Nat.shiftRight a b) 2) := rfl
/-- The remainder is smaller than the divisor. Together with `b * (a / b) + a % b = a`, this
determines division with remainder. -/
theorem mod_lt_def (a b : Nat) : Nat.lt (Nat.mod a (Nat.succ b)) (Nat.succ b) :=
  Nat.mod_lt a (Nat.succ_le_succ (Nat.zero_le b))

/-! ## Copies that the kernel does not know -/

/-- `a + b`. -/
noncomputable def add (a b : Nat) : Nat := b.rec a (fun _ s => Nat.succ s)
/-- `a * b`. -/
noncomputable def mul (a b : Nat) : Nat := b.rec Nat.zero (fun _ s => add s a)
/-- `a ^ b`. -/
noncomputable def pow (a b : Nat) : Nat := b.rec (Nat.succ Nat.zero) (fun _ s => mul s a)
/-- `a - 1`, at least 0. -/
noncomputable def pred (a : Nat) : Nat := a.rec Nat.zero (fun n _ => n)
/-- `a - b`, at least 0. -/
noncomputable def sub (a b : Nat) : Nat := b.rec a (fun _ s => pred s)
/-- Whether `a = 0`. -/
noncomputable def isZero (a : Nat) : Bool := a.rec true (fun _ _ => false)
/-- Whether `a ≤ b`. -/
noncomputable def ble (a b : Nat) : Bool := isZero (sub a b)
/-- Whether `a = b`. -/
noncomputable def beq (a b : Nat) : Bool := and (ble a b) (ble b a)
/-- `f` repeated `n` times. -/
noncomputable def iter (n : Nat) (f : Nat → Nat) (a : Nat) : Nat := n.rec a (fun _ s => f s)
/-- `a % b`, with fuel `a`. -/
noncomputable def mod (a b : Nat) : Nat :=
  (isZero b).rec (iter a (fun s => (ble b s).rec s (sub s b)) a) a
/-- `a / b`: how many `k` in `1 … a` have `b * k ≤ a`. -/
noncomputable def div (a b : Nat) : Nat :=
  (isZero b).rec (a.rec Nat.zero (fun k s => (ble (mul b (Nat.succ k)) a).rec s (Nat.succ s))) Nat.zero
/-- `gcd a b` with fuel. -/
noncomputable def gcd (a b : Nat) : Nat :=
  Nat.rec (motive := fun _ => Nat → Nat → Nat) (fun _ b => b)
    (fun _ ih a b => (isZero a).rec (ih (mod b a) a) b) (Nat.succ a) a b
/-- Combines bits with fuel `n`, least first: `2 * (rest) + f (a % 2) (b % 2)`. -/
noncomputable def bits (f : Bool → Bool → Bool) (n a b : Nat) : Nat :=
  Nat.rec (motive := fun _ => Nat → Nat → Nat) (fun _ _ => Nat.zero)
    (fun _ ih a b => add (mul 2 (ih (div a 2) (div b 2)))
      ((f (beq (mod a 2) 1) (beq (mod b 2) 1)).rec Nat.zero 1)) n a b
/-- The number of halvings until 1 or less. -/
noncomputable def log2 (a : Nat) : Nat :=
  Nat.rec (motive := fun _ => Nat → Nat) (fun _ => Nat.zero)
    (fun _ ih a => (ble 2 a).rec Nat.zero (Nat.succ (ih (div a 2)))) a a

/-! ## Grids of literals -/

/-- Whether `p a b` for all `a < m`, `b < n`. -/
noncomputable def grid (m n : Nat) (p : Nat → Nat → Bool) : Bool :=
  m.rec true (fun a s => and s (n.rec true (fun b t => and t (p a b))))

/-- Whether two operations agree on a grid, compared by unary recursion. -/
noncomputable def same (m n : Nat) (f g : Nat → Nat → Nat) : Bool :=
  grid m n (fun a b => beq (f a b) (g a b))

/-- Whether two truth values are equal. -/
noncomputable def iff (a b : Bool) : Bool := a.rec (not b) b

theorem add_grid : Eq (same 9 9 Nat.add add) true := rfl
theorem mul_grid : Eq (same 7 7 Nat.mul mul) true := rfl
theorem pow_grid : Eq (same 4 5 Nat.pow pow) true := rfl
theorem sub_grid : Eq (same 9 9 Nat.sub sub) true := rfl
theorem div_grid : Eq (same 13 6 Nat.div div) true := rfl
theorem mod_grid : Eq (same 13 6 Nat.mod mod) true := rfl
theorem gcd_grid : Eq (same 10 10 Nat.gcd gcd) true := rfl
theorem land_grid : Eq (same 10 10 Nat.land (bits and 4)) true := rfl
theorem lor_grid : Eq (same 10 10 Nat.lor (bits or 4)) true := rfl
theorem xor_grid : Eq (same 10 10 Nat.xor (bits (fun a b => not (iff a b)) 4)) true := rfl
theorem shiftLeft_grid : Eq (same 5 4 Nat.shiftLeft (fun a b => mul (pow 2 b) a)) true := rfl
theorem shiftRight_grid : Eq (same 20 5 Nat.shiftRight (fun a b => div a (pow 2 b))) true := rfl
theorem log2_grid : Eq (same 20 1 (fun a _ => Nat.log2 a) (fun a _ => log2 a)) true := rfl
theorem beq_grid : Eq (grid 9 9 (fun a b => iff (Nat.beq a b) (beq a b))) true := rfl
theorem ble_grid : Eq (grid 9 9 (fun a b => iff (Nat.ble a b) (ble a b))) true := rfl

/-! ## The definitions themselves, on the grid

`Nat.gcd`, `Nat.log2` and the bitwise operations are restated in another form than the official one;
their bodies, which the kernel does not shortcut, agree with its arithmetic too. -/

/-- The body of `Nat.gcd`. -/
noncomputable def gcdBody (m n : Nat) : Nat :=
  m.rec (fun _ n => n) (fun _ ih m n => (Nat.beq m 0).rec (ih (Nat.mod n m) m) n) m n

theorem gcd_body (m n : Nat) : Eq (Nat.gcd m n) (gcdBody m n) := rfl
theorem gcd_body_grid : Eq (same 12 12 gcdBody gcd) true := rfl
theorem land_body : Eq Nat.land (Nat.bitwise and) := rfl
theorem land_body_grid : Eq (same 10 10 (Nat.bitwise and) (bits and 4)) true := rfl
theorem lor_body : Eq Nat.lor (Nat.bitwise or) := rfl
theorem lor_body_grid : Eq (same 10 10 (Nat.bitwise or) (bits or 4)) true := rfl
theorem xor_body : Eq Nat.xor (Nat.bitwise (fun a b => cond a (not b) b)) := rfl
theorem xor_body_grid : Eq (same 10 10 (Nat.bitwise (fun a b => cond a (not b) b))
    (bits (fun a b => not (iff a b)) 4)) true := rfl

/-- The body of `Nat.log2`. -/
noncomputable def log2Body (n : Nat) : Nat :=
  n.rec (fun _ => 0) (fun _ ih n => (Nat.ble 2 n).rec 0 (Nat.succ (ih (Nat.div n 2)))) n

theorem log2_body (n : Nat) : Eq (Nat.log2 n) (log2Body n) := rfl
theorem log2_body_grid : Eq (same 20 1 (fun a _ => log2Body a) (fun a _ => log2 a)) true := rfl

/-! ## Large literals -/

theorem big_mul : Eq (Nat.mul 0x123456789abcdef0123456789 0xfedcba9876543210fedcba987)
    0x121fa00ad77d742247acc913f9efd92c744933bccc59960a3f := rfl

end CoreTest
