import LipBridge.Algebra.NatDivision
import LipBridge.Layers.Isometry
import LipBridge.Layers.Tokenwise
/-!
# Rotary embeddings of adjacent pairs, and of the last entries

The layout that rotates `(x_0, x_1), (x_2, x_3), …`; the one that rotates the two halves against each
other is in `Isometry`. Either may leave the first entries as they are. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The pair `(a, b)` turned by `(c, s)`: entry 0 is `c a - s b`, entry 1 is `s a + c b`. -/
def turn (c s a b : R) : Vec R :=
  fun j => cond (Nat.beq j 0) (sub (mul c a) (mul s b)) (add (mul s a) (mul c b))

/-- Rotary embedding of the first `h` adjacent pairs; the other entries are unchanged. -/
def rotaryPairs (h : Nat) (c s : Vec R) (x : Vec R) : Vec R :=
  append (Nat.mul h 2)
    (fun i => turn (c (Nat.div i 2)) (s (Nat.div i 2)) (token 2 x (Nat.div i 2) 0)
      (token 2 x (Nat.div i 2) 1) (Nat.mod i 2))
    (drop (Nat.mul h 2) x)

/-- The squared distance of vectors with two entries. -/
theorem distSq_two (x y : Vec R) :
    Eq (distSq 2 x y) (add (sq (sub (x 0) (y 0))) (sq (sub (x 1) (y 1)))) :=
  congrArg (fun t => add t (mul (sub (x 1) (y 1)) (sub (x 1) (y 1)))) (zero_add _)

/-- Pair `t` of the result is pair `t` of the input, turned. -/
theorem token_turn (c s x : Vec R) (t : Nat) :
    Agree 2
      (token 2 (fun i => turn (c (Nat.div i 2)) (s (Nat.div i 2)) (token 2 x (Nat.div i 2) 0)
        (token 2 x (Nat.div i 2) 1) (Nat.mod i 2)) t)
      (turn (c t) (s t) (token 2 x t 0) (token 2 x t 1)) :=
  fun _ hj => congr2
    (fun t j => turn (c t) (s t) (token 2 x t 0) (token 2 x t 1) j)
    (nat_div_mod_block t hj).left (nat_div_mod_block t hj).right

/-- A turn of a pair with `c² + s² = 1` keeps distances. -/
theorem turn_distSq {c s : R} (h : Eq (add (sq c) (sq s)) one) (a b a' b' : R) :
    Eq (distSq 2 (turn c s a b) (turn c s a' b')) (add (sq (sub a a')) (sq (sub b b'))) :=
  Eq.trans (distSq_two _ _) (Eq.trans (rotate_pair c s a b a' b')
    (Eq.trans (congrArg (fun t => mul t _) h) (one_mul _)))

/-- A rotary embedding of adjacent pairs with `c² + s² = 1` keeps distances. -/
theorem rotaryPairs_isometry (h k : Nat) {c s : Vec R}
    (hcs : ∀ i, Nat.lt i h → Eq (add (sq (c i)) (sq (s i))) one) :
    Isometry (Nat.add (Nat.mul h 2) k) (Nat.add (Nat.mul h 2) k) (rotaryPairs h c s) :=
  fun x y => eq_via (distSq_append (Nat.mul h 2) k _ _ _ _) (distSq_split (Nat.mul h 2) k x y)
    (congrArg (fun t => add t _) (eq_via (distSq_block h 2 _ _) (distSq_block h 2 x y)
      (sum_congr (fun t ht =>
        Eq.trans (distSq_congr (token_turn c s x t) (token_turn c s y t))
          (Eq.trans (turn_distSq (hcs t ht) _ _ _ _)
            (Eq.symm (distSq_two (token 2 x t) (token 2 y t))))))))

/-- `f` of the entries from `n` on; the first `n` are unchanged. -/
def after (n : Nat) (f : Vec R → Vec R) (x : Vec R) : Vec R := append n x (f (drop n x))

/-- Where `f` keeps distances, so does `f` of the entries from `n` on. -/
theorem after_isometry (n : Nat) {m k : Nat} {f : Vec R → Vec R} (h : Isometry m k f) :
    Isometry (Nat.add n m) (Nat.add n k) (after n f) :=
  fun x y => eq_via (distSq_append n k x (f (drop n x)) y (f (drop n y))) (distSq_split n m x y)
    (congrArg (add _) (h (drop n x) (drop n y)))

/-- `a·0 - b·0 = 0`. -/
theorem sub_mul_zero (a b : R) : Eq (sub (mul a zero) (mul b zero)) zero :=
  ring_eq (vars2 a b) (a := sub (mul a zero) (mul b zero)) (b := zero)

/-- `a·0 + b·0 = 0`. -/
theorem add_mul_zero (a b : R) : Eq (add (mul a zero) (mul b zero)) zero :=
  ring_eq (vars2 a b) (a := add (mul a zero) (mul b zero)) (b := zero)

/-- A rotary embedding fixes 0. -/
theorem rotary_zero (h : Nat) (c s : Vec R) (i : Nat) : Eq (rotary h c s vzero i) zero :=
  cond_ind (P := fun t : R => Eq t zero)
    (fun _ => cond_ind (P := fun t : R => Eq t zero) (fun _ => rfl) (fun _ => add_mul_zero _ _))
    (fun _ => sub_mul_zero _ _)

/-- A rotary embedding of adjacent pairs fixes 0. -/
theorem rotaryPairs_zero (h : Nat) (c s : Vec R) (i : Nat) : Eq (rotaryPairs h c s vzero i) zero :=
  cond_ind (P := fun t : R => Eq t zero) (fun _ => rfl)
    (fun _ => cond_ind (P := fun t : R => Eq t zero) (fun _ => sub_mul_zero _ _)
      (fun _ => add_mul_zero _ _))

/-- Where `f` fixes 0, so does `f` of the entries from `n` on. -/
theorem after_zero (n : Nat) {f : Vec R → Vec R} (h : ∀ i, Eq (f vzero i) zero) (i : Nat) :
    Eq (after n f vzero i) zero :=
  cond_ind (P := fun t : R => Eq t zero) (fun _ => h _) (fun _ => rfl)

end

end LipBridge
