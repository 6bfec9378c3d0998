import LipBridge.Layers.Concat
/-!
# Isometries: rotary embeddings and the Hadamard transform

A map that keeps distances has the constant 1. A rotary embedding rotates pairs of coordinates by
angles that depend on the position, `c² + s² = 1`; the unnormalized Hadamard transform of dimension
`n = 2^k` multiplies all distances by `√n`. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `f` keeps distances: `‖f x - f y‖² = ‖x - y‖²`. -/
def Isometry (n m : Nat) (f : Vec R → Vec R) : Prop :=
  ∀ x y, Eq (distSq m (f x) (f y)) (distSq n x y)

/-- An isometry has the constant 1. -/
theorem Isometry.sqLipschitz {n m : Nat} {f : Vec R → Vec R} (h : Isometry n m f) :
    SqLipschitz n m (ofNat 1 : R) (ofNat 1) f :=
  SqLipschitz.ofLe (fun x y => le_of_eq (h x y))

/-- A map that multiplies all squared distances by `c` has the constant `√c`. -/
theorem scaledIsometry_sqLipschitz {n m : Nat} {c : R} {f : Vec R → Vec R} (hc : le zero c)
    (h : ∀ x y, Eq (distSq m (f x) (f y)) (mul c (distSq n x y))) : SqLipschitz n m c one f :=
  ⟨hc, zero_lt_one, fun x y _ _ => le_of_eq (Eq.trans (one_mul _) (h x y))⟩

/-! ## Rotary embeddings -/

/-- The entries of `x` from `m` on. -/
def drop (m : Nat) (x : Vec R) : Vec R := fun i => x (Nat.add m i)

/-- `‖x - y‖²` over `m + k` entries, in two parts. -/
theorem distSq_split (m k : Nat) (x y : Vec R) :
    Eq (distSq (Nat.add m k) x y) (add (distSq m x y) (distSq k (drop m x) (drop m y))) :=
  sum_append m k (fun i => mul (sub (x i) (y i)) (sub (x i) (y i)))

/-- Rotary embedding, the halves rotated against each other: with `a` the first `h` entries and `b`
the next `h`, the result is `(c a - s b, s a + c b)`, followed by the other entries unchanged. -/
def rotary (h : Nat) (c s : Vec R) (x : Vec R) : Vec R :=
  append h (fun i => sub (mul (c i) (x i)) (mul (s i) (drop h x i)))
    (append h (fun i => add (mul (s i) (x i)) (mul (c i) (drop h x i))) (drop h (drop h x)))

/-- A rotation of a pair multiplies its squared length by `c² + s²`:
`(c p - s q)² + (s p + c q)² = (c² + s²)(p² + q²)`, for differences `p = a - a'`, `q = b - b'`. -/
theorem rotate_pair (c s a b a' b' : R) :
    Eq (add (sq (sub (sub (mul c a) (mul s b)) (sub (mul c a') (mul s b'))))
        (sq (sub (add (mul s a) (mul c b)) (add (mul s a') (mul c b')))))
      (mul (add (sq c) (sq s)) (add (sq (sub a a')) (sq (sub b b')))) :=
  Eq.trans
    (congr2 (fun u v => add (sq u) (sq v))
      (ring_eq (vars6 c s a b a' b') (a := sub (sub (mul c a) (mul s b)) (sub (mul c a') (mul s b')))
        (b := sub (mul c (sub a a')) (mul s (sub b b'))))
      (ring_eq (vars6 c s a b a' b') (a := sub (add (mul s a) (mul c b)) (add (mul s a') (mul c b')))
        (b := add (mul s (sub a a')) (mul c (sub b b')))))
    (ring_eq (vars4 c s (sub a a') (sub b b'))
      (a := add (sq (sub (mul c (sub a a')) (mul s (sub b b'))))
        (sq (add (mul s (sub a a')) (mul c (sub b b')))))
      (b := mul (add (sq c) (sq s)) (add (sq (sub a a')) (sq (sub b b')))))

/-- `‖rotary x - rotary y‖²`, pair by pair: each pair's squared length is multiplied by `c² + s²`. -/
theorem rotary_distSq (h k : Nat) (c s x y : Vec R) :
    Eq (distSq (Nat.add h (Nat.add h k)) (rotary h c s x) (rotary h c s y))
      (add
        (sum h (fun i => mul (add (sq (c i)) (sq (s i)))
          (add (sq (sub (x i) (y i))) (sq (sub (drop h x i) (drop h y i))))))
        (distSq k (drop h (drop h x)) (drop h (drop h y)))) :=
  Eq.trans (distSq_append h (Nat.add h k) _ _ _ _)
    (Eq.trans (congrArg (add _) (distSq_append h k _ _ _ _))
      (Eq.trans (Eq.symm (add_assoc _ _ _)) (congrArg (fun t => add t _)
        (Eq.trans (Eq.symm (sum_add h _ _)) (sum_ext h (fun i =>
          rotate_pair (c i) (s i) (x i) (drop h x i) (y i) (drop h y i)))))))

/-- `‖x - y‖²`, pair by pair. -/
theorem pairs_distSq (h k : Nat) (x y : Vec R) :
    Eq (distSq (Nat.add h (Nat.add h k)) x y)
      (add
        (sum h (fun i => add (sq (sub (x i) (y i))) (sq (sub (drop h x i) (drop h y i)))))
        (distSq k (drop h (drop h x)) (drop h (drop h y)))) :=
  Eq.trans (distSq_split h (Nat.add h k) x y)
    (Eq.trans (congrArg (add _) (distSq_split h k (drop h x) (drop h y)))
      (Eq.trans (Eq.symm (add_assoc _ _ _)) (congrArg (fun t => add t _)
        (Eq.symm (sum_add h (fun i => sq (sub (x i) (y i)))
          (fun i => sq (sub (drop h x i) (drop h y i))))))))

/-- A rotary embedding with `c² + s² = 1` keeps distances. -/
theorem rotary_isometry (h k : Nat) {c s : Vec R}
    (hcs : ∀ i, Nat.lt i h → Eq (add (sq (c i)) (sq (s i))) one) :
    Isometry (Nat.add h (Nat.add h k)) (Nat.add h (Nat.add h k)) (rotary h c s) :=
  fun x y => eq_via (rotary_distSq h k c s x y) (pairs_distSq h k x y)
    (congrArg (fun t => add t _) (sum_congr (fun i hi =>
      Eq.trans (congrArg (fun t => mul t _) (hcs i hi)) (one_mul _))))

/-- A rotary embedding with stored `c` and `s`, `q (c² + s²) ≤ p` and `q ≤ p`, has the constant
`√(p/q)`: the greater of 1 and the amplitude. -/
theorem rotary_sqLipschitz (h k : Nat) {c s : Vec R} {p q : R} (hp : le zero p) (hq : lt zero q)
    (hqp : le q p) (hcs : ∀ i, Nat.lt i h → le (mul q (add (sq (c i)) (sq (s i)))) p) :
    SqLipschitz (Nat.add h (Nat.add h k)) (Nat.add h (Nat.add h k)) p q (rotary h c s) :=
  ⟨hp, hq, fun x y _ _ => le_congr
    (Eq.trans (congrArg (mul q) (rotary_distSq h k c s x y))
      (Eq.trans (mul_add q _ _) (congrArg (fun t => add t _) (Eq.symm (sum_mul_left h q _)))))
    (Eq.trans (congrArg (mul p) (pairs_distSq h k x y))
      (Eq.trans (mul_add p _ _) (congrArg (fun t => add t _) (Eq.symm (sum_mul_left h p _)))))
    (add_le_add
      (sum_le (fun i hi => le_via
        (mul_le_mul_right (add_nonneg (sq_nonneg _) (sq_nonneg _)) (hcs i hi))
        (Eq.symm (mul_assoc q _ _)) rfl))
      (mul_le_mul_right (distSq_nonneg k _ _) hqp))⟩

end

end LipBridge
