import LipBridge.Vector.Sum
/-!
# Vectors and their Euclidean length

A vector is a function of the index; a dimension `n` says how many entries count. Everything is in
squares: `normSq n x = ‖x‖²`, `distSq n x y = ‖x - y‖²`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- A vector: entries at or beyond the dimension are ignored by every norm and every layer. -/
abbrev Vec (R : Type u) := Nat → R

section
variable {R : Type u} [OrderedRing R]

/-- `⟨x, y⟩ = Σ_{i<n} x_i * y_i`. -/
def dot (n : Nat) (x y : Vec R) : R := sum n (fun i => mul (x i) (y i))

/-- `‖x‖² = Σ_{i<n} x_i * x_i`. -/
def normSq (n : Nat) (x : Vec R) : R := sum n (fun i => mul (x i) (x i))

/-- `x + y`. -/
def vadd (x y : Vec R) : Vec R := fun i => add (x i) (y i)

/-- `x - y`. -/
def vsub (x y : Vec R) : Vec R := fun i => sub (x i) (y i)

/-- `-x`. -/
def vneg (x : Vec R) : Vec R := fun i => neg (x i)

/-- `c * x`. -/
def vsmul (c : R) (x : Vec R) : Vec R := fun i => mul c (x i)

/-- The vector 0. -/
def vzero : Vec R := fun _ => zero

/-- `‖x - y‖²`. -/
def distSq (n : Nat) (x y : Vec R) : R := normSq n (vsub x y)

/-- `x` and `y` agree in their first `n` entries. -/
def Agree (n : Nat) (x y : Vec R) : Prop := ∀ i, Nat.lt i n → Eq (x i) (y i)

/-! ## Entries, for the ring normalizer -/

/-- An entry of a sum. -/
instance instRReifyVadd (v : List R) (x y : Vec R) (i : Nat) (e f : RExpr) [h : RReify v (x i) e]
    [k : RReify v (y i) f] : RReify v (vadd x y i) (.add e f) where
  eq := congr2 add h.eq k.eq

/-- An entry of a difference. -/
instance instRReifyVsub (v : List R) (x y : Vec R) (i : Nat) (e f : RExpr) [h : RReify v (x i) e]
    [k : RReify v (y i) f] : RReify v (vsub x y i) (.add e (.neg f)) where
  eq := congr2 sub h.eq k.eq

/-- An entry of an opposite. -/
instance instRReifyVneg (v : List R) (x : Vec R) (i : Nat) (e : RExpr) [h : RReify v (x i) e] :
    RReify v (vneg x i) (.neg e) where
  eq := congrArg neg h.eq

/-- An entry of a multiple. -/
instance instRReifyVsmul (v : List R) (c : R) (x : Vec R) (i : Nat) (e f : RExpr)
    [h : RReify v c e] [k : RReify v (x i) f] : RReify v (vsmul c x i) (.mul e f) where
  eq := congr2 mul h.eq k.eq

/-! ## The inner product -/

/-- `⟨x, y⟩ = ⟨y, x⟩`. -/
theorem dot_comm (n : Nat) (x y : Vec R) : Eq (dot n x y) (dot n y x) :=
  sum_ext n (fun i => mul_comm (x i) (y i))

/-- `⟨x + y, z⟩ = ⟨x, z⟩ + ⟨y, z⟩`. -/
theorem dot_add_left (n : Nat) (x y z : Vec R) :
    Eq (dot n (vadd x y) z) (add (dot n x z) (dot n y z)) :=
  Eq.trans (sum_ext n (fun i => add_mul (x i) (y i) (z i))) (sum_add n _ _)

/-- `⟨x - y, z⟩ = ⟨x, z⟩ - ⟨y, z⟩`. -/
theorem dot_sub_left (n : Nat) (x y z : Vec R) :
    Eq (dot n (vsub x y) z) (sub (dot n x z) (dot n y z)) :=
  Eq.trans (sum_ext n (fun i => ring_eq (vars3 (x i) (y i) (z i))
    (b := sub (mul (x i) (z i)) (mul (y i) (z i))))) (sum_sub n _ _)

/-- `⟨x, y - z⟩ = ⟨x, y⟩ - ⟨x, z⟩`. -/
theorem dot_sub_right (n : Nat) (x y z : Vec R) :
    Eq (dot n x (vsub y z)) (sub (dot n x y) (dot n x z)) :=
  Eq.trans (sum_ext n (fun i => ring_eq (vars3 (x i) (y i) (z i))
    (b := sub (mul (x i) (y i)) (mul (x i) (z i))))) (sum_sub n _ _)

/-- `⟨c * x, y⟩ = c * ⟨x, y⟩`. -/
theorem dot_smul_left (n : Nat) (c : R) (x y : Vec R) :
    Eq (dot n (vsmul c x) y) (mul c (dot n x y)) :=
  Eq.trans (sum_ext n (fun i => mul_assoc c (x i) (y i))) (sum_mul_left n c _)

/-- Vectors that agree have the same inner products. -/
theorem dot_congr {n : Nat} {x x' y y' : Vec R} (h : Agree n x x') (k : Agree n y y') :
    Eq (dot n x y) (dot n x' y') :=
  sum_congr (fun i hi => congr2 mul (h i hi) (k i hi))

/-! ## The squared length -/

/-- `‖x‖² = ⟨x, x⟩`. -/
theorem normSq_eq_dot (n : Nat) (x : Vec R) : Eq (normSq n x) (dot n x x) := rfl

/-- `0 ≤ ‖x‖²`. -/
theorem normSq_nonneg (n : Nat) (x : Vec R) : le zero (normSq n x) :=
  sum_nonneg (fun i _ => mul_self_nonneg (x i))

/-- `0 ≤ ‖x - y‖²`. -/
theorem distSq_nonneg (n : Nat) (x y : Vec R) : le zero (distSq n x y) := normSq_nonneg n _

/-- Vectors that agree have the same length. -/
theorem normSq_congr {n : Nat} {x y : Vec R} (h : Agree n x y) : Eq (normSq n x) (normSq n y) :=
  dot_congr h h

/-- Distances depend on the first `n` entries only. -/
theorem distSq_congr {n : Nat} {x x' y y' : Vec R} (h : Agree n x x') (k : Agree n y y') :
    Eq (distSq n x y) (distSq n x' y') :=
  normSq_congr (fun i hi => congr2 sub (h i hi) (k i hi))

/-- `‖0‖² = 0`. -/
theorem normSq_zero (n : Nat) : Eq (normSq n (vzero : Vec R)) zero :=
  Eq.trans (sum_ext n (fun _ => mul_zero zero)) (sum_zero n)

/-- `‖x - y‖² = ‖y - x‖²`. -/
theorem distSq_comm (n : Nat) (x y : Vec R) : Eq (distSq n x y) (distSq n y x) :=
  sum_ext n (fun i => ring_eq (vars2 (x i) (y i))
    (a := mul (sub (x i) (y i)) (sub (x i) (y i))) (b := mul (sub (y i) (x i)) (sub (y i) (x i))))

/-- `‖c * x‖² = c² * ‖x‖²`. -/
theorem normSq_smul (n : Nat) (c : R) (x : Vec R) :
    Eq (normSq n (vsmul c x)) (mul (sq c) (normSq n x)) :=
  Eq.trans (sum_ext n (fun i => ring_eq (vars2 c (x i))
      (a := mul (mul c (x i)) (mul c (x i))) (b := mul (sq c) (mul (x i) (x i)))))
    (sum_mul_left n (sq c) _)

/-- `‖-x‖² = ‖x‖²`. -/
theorem normSq_neg (n : Nat) (x : Vec R) : Eq (normSq n (vneg x)) (normSq n x) :=
  sum_ext n (fun i => ring_eq (vars1 (x i)) (a := mul (neg (x i)) (neg (x i))))

/-- `‖x + y‖² = ‖x‖² + (⟨x, y⟩ + ⟨x, y⟩) + ‖y‖²`. -/
theorem normSq_add (n : Nat) (x y : Vec R) : Eq (normSq n (vadd x y))
    (add (add (normSq n x) (add (dot n x y) (dot n x y))) (normSq n y)) :=
  Eq.trans (sum_ext n (fun i => ring_eq (vars2 (x i) (y i))
      (a := mul (add (x i) (y i)) (add (x i) (y i)))
      (b := add (add (mul (x i) (x i)) (add (mul (x i) (y i)) (mul (x i) (y i))))
        (mul (y i) (y i)))))
    (Eq.trans (sum_add n _ _) (congrArg (fun t => add t (normSq n y))
      (Eq.trans (sum_add n _ _) (congrArg (add (normSq n x)) (sum_add n _ _)))))

/-- An entry squared is at most the squared length. -/
theorem entry_le_normSq {n i : Nat} (x : Vec R) (h : Nat.lt i n) :
    le (mul (x i) (x i)) (normSq n x) :=
  term_le_sum (f := fun i => mul (x i) (x i)) (fun i _ => mul_self_nonneg (x i)) h

/-- A smaller dimension gives a smaller length. -/
theorem normSq_le_of_le {m n : Nat} (x : Vec R) (h : Nat.le m n) : le (normSq m x) (normSq n x) :=
  sum_le_of_le (fun i => mul_self_nonneg (x i)) h

/-- The squared length of a block of `b` tokens of dimension `d` is the sum over its tokens. -/
theorem normSq_block (b d : Nat) (x : Vec R) : Eq (normSq (Nat.mul b d) x)
    (sum b (fun t => normSq d (fun j => x (Nat.add (Nat.mul t d) j)))) :=
  sum_block b d (fun i => mul (x i) (x i))

end

end LipBridge
