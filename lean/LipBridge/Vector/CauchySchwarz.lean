import LipBridge.Vector.Vec
/-!
# Cauchy–Schwarz and Minkowski, in squares

`⟨x, y⟩² ≤ ‖x‖² ‖y‖²`, by induction on the dimension; and the triangle inequality in the form
`‖x‖² ≤ p² E`, `‖y‖² ≤ q² E` ⟹ `‖x + y‖² ≤ (p + q)² E`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- One step of Cauchy–Schwarz: `B² ≤ A * C` gives `(B + a*b)² ≤ (A + a²) * (C + b²)`. -/
theorem cauchy_step {A B C : R} (a b : R) (hA : le zero A) (hC : le zero C)
    (h : le (sq B) (mul A C)) :
    le (sq (add B (mul a b))) (mul (add A (mul a a)) (add C (mul b b))) :=
  -- `2 B a b ≤ A b² + C a²`, since its square is at most `4 A C a² b²`
  have hs : le zero (add (mul A (mul b b)) (mul C (mul a a))) :=
    add_nonneg (mul_nonneg hA (mul_self_nonneg b)) (mul_nonneg hC (mul_self_nonneg a))
  have four : le zero (mul (add (add one one) (add one one)) (sq (mul a b))) :=
    mul_nonneg (add_nonneg (add_nonneg (le_of_lt zero_lt_one) (le_of_lt zero_lt_one))
      (add_nonneg (le_of_lt zero_lt_one) (le_of_lt zero_lt_one))) (sq_nonneg _)
  have hsq : le (sq (mul (add B B) (mul a b)))
      (sq (add (mul A (mul b b)) (mul C (mul a a)))) :=
    le_trans
      (le_congr
        (b := mul (mul (add (add one one) (add one one)) (sq (mul a b))) (sq B))
        (d := mul (mul (add (add one one) (add one one)) (sq (mul a b))) (mul A C))
        (ring_eq (vars3 a b B)) rfl (mul_le_mul_left four h))
      (le_of_add (sq_nonneg (sub (mul A (mul b b)) (mul C (mul a a))))
        (ring_eq (vars4 a b A C)))
  have hx : le (mul (add B B) (mul a b)) (add (mul A (mul b b)) (mul C (mul a a))) :=
    le_of_sq_le_sq hs hsq
  le_via (add_le_add_right (sq (mul a b)) (add_le_add h hx))
    (ring_eq (vars3 a b B)) (ring_eq (vars4 a b A C))

/-- Cauchy–Schwarz: `⟨x, y⟩² ≤ ‖x‖² * ‖y‖²`. -/
theorem cauchy_schwarz (n : Nat) (x y : Vec R) :
    le (sq (dot n x y)) (mul (normSq n x) (normSq n y)) :=
  match n with
  | 0 => le_of_eq rfl
  | .succ n => cauchy_step (x n) (y n) (normSq_nonneg n x) (normSq_nonneg n y)
      (cauchy_schwarz n x y)

/-- `‖x‖² ≤ p² E` and `‖y‖² ≤ q² E` give `⟨x, y⟩ ≤ p q E`. -/
theorem dot_le_of_normSq {n : Nat} {x y : Vec R} {p q E : R} (hp : le zero p) (hq : le zero q)
    (hE : le zero E) (hx : le (normSq n x) (mul (sq p) E)) (hy : le (normSq n y) (mul (sq q) E)) :
    le (dot n x y) (mul (mul p q) E) :=
  le_of_sq_le_sq (mul_nonneg (mul_nonneg hp hq) hE)
    (le_via (le_trans (cauchy_schwarz n x y)
        (mul_le_mul (mul_nonneg (sq_nonneg p) hE) (normSq_nonneg n y) hx hy))
      rfl (ring_eq (vars3 p q E)))

/-- Minkowski: `‖x‖² ≤ p² E` and `‖y‖² ≤ q² E` give `‖x + y‖² ≤ (p + q)² E`. -/
theorem minkowski {n : Nat} {x y : Vec R} {p q E : R} (hp : le zero p) (hq : le zero q)
    (hE : le zero E) (hx : le (normSq n x) (mul (sq p) E)) (hy : le (normSq n y) (mul (sq q) E)) :
    le (normSq n (vadd x y)) (mul (sq (add p q)) E) :=
  have h := dot_le_of_normSq hp hq hE hx hy
  le_via (add_le_add (add_le_add hx (add_le_add h h)) hy) (normSq_add n x y)
    (ring_eq (vars3 p q E))

end

end LipBridge
