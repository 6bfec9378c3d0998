import LipBridge.Algebra.Ring
/-!
# Inequalities in an ordered ring

Sums, products, squares and images of natural numbers under `≤` and `<`. To prove `a ≤ b`, most
often one names a `c ≥ 0` with `a + c = b` (`le_of_add`) and leaves the identity to `ring_eq`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-! ## Comparing -/

/-- `a = b` gives `a ≤ b`. -/
theorem le_of_eq {a b : R} (h : Eq a b) : le a b := h ▸ le_refl a

/-- `a < b` gives `a ≤ b`. -/
theorem le_of_lt {a b : R} (h : lt a b) : le a b :=
  Or.elim (le_total a b) (fun g => g) (fun g => False.elim (h g))

/-- `a ≤ b` or `b < a`. -/
theorem le_or_lt (a b : R) : Or (le a b) (lt b a) := le_em a b

/-- What is not less is at least. -/
theorem le_of_not_lt {a b : R} (h : Not (lt b a)) : le a b :=
  Or.elim (le_em a b) (fun g => g) (fun g => False.elim (h g))

/-- `a < b` and `b ≤ c` give `a < c`. -/
theorem lt_of_lt_of_le {a b c : R} (h : lt a b) (k : le b c) : lt a c := fun g => h (le_trans k g)

/-- `a ≤ b` and `b < c` give `a < c`. -/
theorem lt_of_le_of_lt {a b c : R} (h : le a b) (k : lt b c) : lt a c := fun g => k (le_trans g h)

/-- Rewriting both sides of `≤`. -/
theorem le_congr {a b c d : R} (h : Eq a b) (k : Eq c d) (g : le b d) : le a c :=
  le_trans (le_of_eq h) (le_trans g (le_of_eq (Eq.symm k)))

/-- Rewriting both sides of `≤`, the known inequality first: the identities may then be left to
`ring_eq`. -/
theorem le_via {a b c d : R} (g : le b d) (h : Eq a b) (k : Eq c d) : le a c := le_congr h k g

/-- Rewriting both sides of `<`. -/
theorem lt_congr {a b c d : R} (h : Eq a b) (k : Eq c d) (g : lt b d) : lt a c :=
  fun m => g (le_congr (Eq.symm k) (Eq.symm h) m)

/-! ## Sums -/

/-- `0 + a = a`. -/
theorem zero_add (a : R) : Eq (add zero a) a := ring_eq (vars1 a)

/-- `1 * a = a`. -/
theorem one_mul (a : R) : Eq (mul one a) a := ring_eq (vars1 a)

/-- `0 * a = 0`. -/
theorem zero_mul (a : R) : Eq (mul zero a) zero := ring_eq (vars1 a)

/-- `(a + b) * c = a * c + b * c`. -/
theorem add_mul (a b c : R) : Eq (mul (add a b) c) (add (mul a c) (mul b c)) :=
  ring_eq (vars3 a b c)

/-- `a ≤ b` gives `a + c ≤ b + c`. -/
theorem add_le_add_right {a b : R} (c : R) (h : le a b) : le (add a c) (add b c) :=
  le_congr (add_comm a c) (add_comm b c) (add_le_add_left c h)

/-- `a ≤ b` and `c ≤ d` give `a + c ≤ b + d`. -/
theorem add_le_add {a b c d : R} (h : le a b) (k : le c d) : le (add a c) (add b d) :=
  le_trans (add_le_add_right c h) (add_le_add_left b k)

/-- `c + a ≤ c + b` gives `a ≤ b`. -/
theorem le_of_add_le_add_left {a b : R} (c : R) (h : le (add c a) (add c b)) : le a b :=
  le_congr (b := add (neg c) (add c a)) (d := add (neg c) (add c b)) (ring_eq (vars2 c a))
    (ring_eq (vars2 c b)) (add_le_add_left (neg c) h)

/-- `a + c = b` with `c ≥ 0` gives `a ≤ b`. -/
theorem le_of_add {a b c : R} (h : le zero c) (e : Eq (add a c) b) : le a b :=
  le_congr (Eq.symm (add_zero a)) (Eq.symm e) (add_le_add_left a h)

/-- `0 ≤ a` and `0 ≤ b` give `0 ≤ a + b`. -/
theorem add_nonneg {a b : R} (h : le zero a) (k : le zero b) : le zero (add a b) :=
  le_trans h (le_of_add k rfl)

/-- `0 ≤ b - a` gives `a ≤ b`. -/
theorem le_of_sub_nonneg {a b : R} (h : le zero (sub b a)) : le a b :=
  le_of_add h (ring_eq (vars2 a b))

/-- `a ≤ b` gives `0 ≤ b - a`. -/
theorem sub_nonneg {a b : R} (h : le a b) : le zero (sub b a) :=
  le_congr (b := add (neg a) a) (ring_eq (vars1 a)) (ring_eq (vars2 a b) (b := add (neg a) b))
    (add_le_add_left (neg a) h)

/-- `a ≤ b` gives `-b ≤ -a`. -/
theorem neg_le_neg {a b : R} (h : le a b) : le (neg b) (neg a) :=
  le_of_add (sub_nonneg h) (ring_eq (vars2 a b))

/-- `a ≤ 0` gives `0 ≤ -a`. -/
theorem neg_nonneg {a : R} (h : le a zero) : le zero (neg a) :=
  le_congr (b := neg zero) (ring_eq .nil) rfl (neg_le_neg h)

/-- `a < b` and `c ≤ d` give `a + c < b + d`. -/
theorem add_lt_add {a b c d : R} (h : lt a b) (k : le c d) : lt (add a c) (add b d) :=
  fun g => h (le_of_add_le_add_left c
    (le_congr (add_comm c b) (add_comm c a) (le_trans (add_le_add_left b k) g)))

/-- `0 < b - a` gives `a < b`. -/
theorem lt_of_sub_pos {a b : R} (h : lt zero (sub b a)) : lt a b :=
  fun g => h (le_congr (d := sub b b) rfl (ring_eq (vars1 b)) (add_le_add_left b (neg_le_neg g)))

/-- `a < b` gives `0 < b - a`. -/
theorem sub_pos {a b : R} (h : lt a b) : lt zero (sub b a) :=
  fun g => h (le_congr (b := add a (sub b a)) (d := add a zero) (ring_eq (vars2 a b))
    (Eq.symm (add_zero a)) (add_le_add_left a g))

/-! ## Products -/

/-- `a ≥ 0` and not `a ≤ 0`, or `a = 0`. -/
theorem pos_or_zero {a : R} (h : le zero a) : Or (lt zero a) (Eq a zero) :=
  Or.elim (le_em a zero) (fun g => Or.inr (le_antisymm g h)) Or.inl

/-- `0 ≤ a` and `0 ≤ b` give `0 ≤ a * b`. -/
theorem mul_nonneg {a b : R} (h : le zero a) (k : le zero b) : le zero (mul a b) :=
  Or.elim (pos_or_zero h)
    (fun ha => Or.elim (pos_or_zero k) (fun hb => le_of_lt (mul_pos ha hb))
      (fun hb => le_of_eq (Eq.symm (Eq.trans (congrArg (mul a) hb) (mul_zero a)))))
    (fun ha => le_of_eq (Eq.symm (Eq.trans (congrArg (fun t => mul t b) ha) (zero_mul b))))

/-- `0 ≤ c` and `a ≤ b` give `c * a ≤ c * b`. -/
theorem mul_le_mul_left {a b c : R} (hc : le zero c) (h : le a b) : le (mul c a) (mul c b) :=
  le_of_add (mul_nonneg hc (sub_nonneg h)) (ring_eq (vars3 a b c))

/-- `0 ≤ c` and `a ≤ b` give `a * c ≤ b * c`. -/
theorem mul_le_mul_right {a b c : R} (hc : le zero c) (h : le a b) : le (mul a c) (mul b c) :=
  le_of_add (mul_nonneg (sub_nonneg h) hc) (ring_eq (vars3 a b c))

/-- `0 ≤ a ≤ b` and `0 ≤ c ≤ d` give `a * c ≤ b * d`. -/
theorem mul_le_mul {a b c d : R} (hb : le zero b) (hc : le zero c) (h : le a b) (k : le c d) :
    le (mul a c) (mul b d) :=
  le_trans (mul_le_mul_right hc h) (mul_le_mul_left hb k)

/-- `0 < c` and `c * a ≤ c * b` give `a ≤ b`. -/
theorem le_of_mul_le_mul_left {a b c : R} (hc : lt zero c) (h : le (mul c a) (mul c b)) : le a b :=
  Or.elim (le_em a b) (fun g => g) (fun g =>
    False.elim (mul_pos hc (sub_pos g)
      (le_congr (b := sub (mul c a) (mul c b)) (d := sub (mul c b) (mul c b))
        (ring_eq (vars3 a b c)) (ring_eq (vars2 c b)) (add_le_add_right _ h))))

/-- `0 < c` and `0 < c * a` give `0 < a`. -/
theorem pos_of_mul_pos {a c : R} (hc : le zero c) (h : lt zero (mul c a)) : lt zero a :=
  fun g => h (le_congr rfl (Eq.symm (mul_zero c)) (mul_le_mul_left hc g))

/-! ## Squares -/

/-- `0 ≤ a * a`. -/
theorem mul_self_nonneg (a : R) : le zero (mul a a) :=
  Or.elim (le_total zero a) (fun h => mul_nonneg h h) (fun h =>
    le_via (mul_nonneg (neg_nonneg h) (neg_nonneg h)) rfl (ring_eq (vars1 a)))

/-- `0 ≤ a²`. -/
theorem sq_nonneg (a : R) : le zero (sq a) := mul_self_nonneg a

/-- `a * b + a * b ≤ a² + b²`. -/
theorem two_mul_le_sq_add_sq (a b : R) : le (add (mul a b) (mul a b)) (add (sq a) (sq b)) :=
  le_of_add (sq_nonneg (sub a b)) (ring_eq (vars2 a b))

/-- `0 ≤ b` and `a² ≤ b²` give `a ≤ b`. -/
theorem le_of_sq_le_sq {a b : R} (hb : le zero b) (h : le (sq a) (sq b)) : le a b :=
  Or.elim (le_em a b) (fun g => g) (fun g =>
    have ha : lt zero a := lt_of_le_of_lt hb g
    False.elim (mul_pos (sub_pos g) (lt_of_lt_of_le ha (le_of_add hb rfl))
      (le_congr (b := sub (sq a) (sq b)) (d := sub (sq b) (sq b)) (ring_eq (vars2 a b))
        (ring_eq (vars1 b)) (add_le_add_right _ h))))

/-- `0 ≤ a ≤ b` gives `a² ≤ b²`. -/
theorem sq_le_sq {a b : R} (ha : le zero a) (h : le a b) : le (sq a) (sq b) :=
  mul_le_mul (le_trans ha h) ha h h

/-- `a² ≤ 0` gives `a = 0`. -/
theorem eq_zero_of_sq {a : R} (h : le (sq a) zero) : Eq a zero :=
  have g (b : R) (k : le (sq b) zero) : le b zero :=
    le_of_sq_le_sq (le_refl zero) (le_via k rfl (ring_eq .nil))
  le_antisymm (g a h)
    (le_congr (b := sub zero zero) (d := sub a zero) (ring_eq .nil) (ring_eq (vars1 a))
      (le_of_add (neg_nonneg (g (neg a) (le_congr (b := sq a) (ring_eq (vars1 a)) rfl h)))
        (ring_eq (vars1 a))))

/-- `0 < a` gives `0 < a²`. -/
theorem sq_pos {a : R} (h : lt zero a) : lt zero (sq a) := mul_pos h h

/-! ## The absolute value -/

/-- `|a|`. -/
def abs (a : R) : R := sup a (neg a)

/-- `|a|` is `a` or `-a`. -/
theorem abs_cases (a : R) : Or (Eq (abs a) a) (Eq (abs a) (neg a)) :=
  Or.elim (le_total a (neg a))
    (fun h => Or.inr (le_antisymm (sup_le h (le_refl _)) (le_sup_right _ _)))
    (fun h => Or.inl (le_antisymm (sup_le (le_refl _) h) (le_sup_left _ _)))

/-- `a ≤ |a|`. -/
theorem le_abs (a : R) : le a (abs a) := le_sup_left a (neg a)

/-- `-a ≤ |a|`. -/
theorem neg_le_abs (a : R) : le (neg a) (abs a) := le_sup_right a (neg a)

/-- `0 ≤ |a|`. -/
theorem abs_nonneg (a : R) : le zero (abs a) :=
  Or.elim (le_total zero a) (fun h => le_trans h (le_abs a))
    (fun h => le_trans (neg_nonneg h) (neg_le_abs a))

/-- `|a|² = a²`. -/
theorem sq_abs (a : R) : Eq (sq (abs a)) (sq a) :=
  Or.elim (abs_cases a) (fun h => congrArg sq h)
    (fun h => Eq.trans (congrArg sq h) (ring_eq (vars1 a)))

/-- `a ≤ b` and `-a ≤ b` give `|a| ≤ b`. -/
theorem abs_le {a b : R} (h : le a b) (k : le (neg a) b) : le (abs a) b := sup_le h k

/-- `0 ≤ b` and `a² ≤ b²` give `|a| ≤ b`. -/
theorem abs_le_of_sq_le_sq {a b : R} (hb : le zero b) (h : le (sq a) (sq b)) : le (abs a) b :=
  le_of_sq_le_sq hb (le_congr (sq_abs a) rfl h)

/-- `|a| ≤ b` gives `a² ≤ b²`. -/
theorem sq_le_sq_of_abs {a b : R} (h : le (abs a) b) : le (sq a) (sq b) :=
  le_congr (Eq.symm (sq_abs a)) rfl (sq_le_sq (abs_nonneg a) h)

/-! ## Maxima -/

/-- The maximum of two elements is one of them. -/
theorem sup_cases (a b : R) : Or (Eq (sup a b) a) (Eq (sup a b) b) :=
  Or.elim (le_total a b)
    (fun h => Or.inr (le_antisymm (sup_le h (le_refl b)) (le_sup_right a b)))
    (fun h => Or.inl (le_antisymm (sup_le (le_refl a) h) (le_sup_left a b)))

/-- `sup a b = b` where `a ≤ b`. -/
theorem sup_of_le {a b : R} (h : le a b) : Eq (sup a b) b :=
  le_antisymm (sup_le h (le_refl b)) (le_sup_right a b)

/-- `sup a b = a` where `b ≤ a`. -/
theorem sup_of_ge {a b : R} (h : le b a) : Eq (sup a b) a :=
  le_antisymm (sup_le (le_refl a) h) (le_sup_left a b)

/-- The maximum is monotone. -/
theorem sup_le_sup {a b c d : R} (h : le a b) (k : le c d) : le (sup a c) (sup b d) :=
  sup_le (le_trans h (le_sup_left b d)) (le_trans k (le_sup_right b d))

/-- `sup a b + c = sup (a + c) (b + c)`. -/
theorem sup_add (a b c : R) : Eq (add (sup a b) c) (sup (add a c) (add b c)) :=
  le_antisymm
    (Or.elim (sup_cases a b)
      (fun h => le_trans (le_of_eq (congrArg (fun t => add t c) h)) (le_sup_left _ _))
      (fun h => le_trans (le_of_eq (congrArg (fun t => add t c) h)) (le_sup_right _ _)))
    (sup_le (add_le_add_right c (le_sup_left a b)) (add_le_add_right c (le_sup_right a b)))

end

end LipBridge
