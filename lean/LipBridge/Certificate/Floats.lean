import LipBridge.Certificate.Grid
/-!
# Rows of short floating-point numbers

Weights of a few significant bits are much longer as integers than as they were stored, and most of the
time that a compiler takes for a literal goes by its length. `Rows.floats` makes rows of packed integers out
of signs, exponents and significands, all entries of some rows at once: a mask for each bit of an exponent
leaves the entries that it moves. The rows of a matrix are what this computes; nothing is assumed of it.
-/

set_option autoImplicit false

namespace LipBridge

/-- All bits of the digits in base `2^w` that have bit `k` in `x`; `o` is the packed 1. -/
noncomputable def bitMask (w o x k : Nat) : Nat :=
  Nat.mul (Nat.sub (Nat.pow 2 w) 1) (Nat.land (Nat.shiftRight x k) o)

/-- `N ≤ 2^t` integers, digits `β + s c 2^e` in base `2^w`, out of the fields of `x`: from the lowest bit on
`M` bits of the significand `c`, `E` of the exponent `e`, one of the sign `s`. -/
noncomputable def floatDigits (w β M E t N x : Nat) : Nat :=
  force (rep w N) fun o => force (spreadTo (Nat.succ (Nat.add M E)) w t N x) fun x =>
  force (Nat.rec (motive := fun _ => Nat) (Nat.land x (Nat.mul (Nat.sub (Nat.pow 2 M) 1) o))
    (fun k c => force c fun c => Nat.add c (Nat.mul (Nat.land c (bitMask w o x (Nat.add M k)))
      (Nat.sub (Nat.pow 2 (Nat.pow 2 k)) 1))) E) fun c =>
  Nat.sub (Nat.add (Nat.mul β o) c) (Nat.mul 2 (Nat.land c (bitMask w o x (Nat.add M E))))

/-- `8·2^k` rows of `s` bits each, cut from one number; nothing is evaluated before it is needed. -/
noncomputable def Rows.cuts (s k : Nat) : Nat → Rows :=
  Nat.rec (motive := fun _ => Nat → Rows) (Rows.cut s)
    (fun k ih x => .node (ih (Nat.mod x (Nat.pow 2 (Nat.mul s (Nat.mul 8 (Nat.pow 2 k))))))
      (ih (Nat.shiftRight x (Nat.mul s (Nat.mul 8 (Nat.pow 2 k)))))) k

/-- `8·2^k` rows of `n` integers, out of the fields of `x` as for `floatDigits`. -/
noncomputable def Rows.floats (w β M E t n k x : Nat) : Rows :=
  Rows.cuts (Nat.mul w n) k (floatDigits w β M E t (Nat.mul n (Nat.mul 8 (Nat.pow 2 k))) x)

end LipBridge
