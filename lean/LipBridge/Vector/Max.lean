import LipBridge.Vector.Vec
/-!
# Finite maxima

`maxOver b f = max (f 0, …, f (b-1))` (0 for `b = 0`). Maxima of two families differ by no more than
some pair of their members does.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `max (f 0, …, f k)`. -/
def maxUpTo (k : Nat) (f : Nat → R) : R :=
  match k with
  | 0 => f 0
  | .succ k => sup (maxUpTo k f) (f (Nat.succ k))

/-- `max (f 0, …, f (b-1))`; 0 for `b = 0`. -/
def maxOver (b : Nat) (f : Nat → R) : R :=
  match b with
  | 0 => zero
  | .succ k => maxUpTo k f

/-- One-sided step: if `s` is `a` or `b` and `t` is at least `c` and `d`, then `s - t ≥ 0` is at
most `a - c` or `b - d`. -/
theorem sup_dist_aux {a b c d : R} (h : le (sup c d) (sup a b)) :
    Or (le (sq (sub (sup a b) (sup c d))) (sq (sub a c)))
      (le (sq (sub (sup a b) (sup c d))) (sq (sub b d))) :=
  have hs : le zero (sub (sup a b) (sup c d)) := sub_nonneg h
  Or.elim (sup_cases a b)
    (fun e => Or.inl (sq_le_sq hs (add_le_add (le_of_eq e) (neg_le_neg (le_sup_left c d)))))
    (fun e => Or.inr (sq_le_sq hs (add_le_add (le_of_eq e) (neg_le_neg (le_sup_right c d)))))

/-- `(a - b)² = (b - a)²`. -/
theorem sq_sub_comm (a b : R) : Eq (sq (sub a b)) (sq (sub b a)) := ring_eq (vars2 a b)

/-- `|max a b - max c d|` is at most `|a - c|` or `|b - d|`. -/
theorem sup_dist (a b c d : R) :
    Or (le (sq (sub (sup a b) (sup c d))) (sq (sub a c)))
      (le (sq (sub (sup a b) (sup c d))) (sq (sub b d))) :=
  Or.elim (le_total (sup c d) (sup a b)) sup_dist_aux
    (fun h => Or.elim (sup_dist_aux h)
      (fun g => Or.inl (le_via g (sq_sub_comm _ _) (sq_sub_comm _ _)))
      (fun g => Or.inr (le_via g (sq_sub_comm _ _) (sq_sub_comm _ _))))

/-- Maxima differ by at most the difference of some pair of members. -/
theorem maxUpTo_dist (k : Nat) (f g : Nat → R) :
    Exists fun t => And (Nat.le t k)
      (le (sq (sub (maxUpTo k f) (maxUpTo k g))) (sq (sub (f t) (g t)))) :=
  match k with
  | 0 => ⟨0, Nat.le.refl, le_refl _⟩
  | .succ k =>
    Or.elim (sup_dist (maxUpTo k f) (f (Nat.succ k)) (maxUpTo k g) (g (Nat.succ k)))
      (fun h => match maxUpTo_dist k f g with
        | ⟨t, ht, e⟩ => ⟨t, Nat.le.step ht, le_trans h e⟩)
      (fun h => ⟨Nat.succ k, Nat.le.refl, h⟩)

/-- Maxima over `b > 0` members differ by at most the difference of some pair of members. -/
theorem maxOver_dist {b : Nat} (hb : Nat.lt 0 b) (f g : Nat → R) :
    Exists fun t => And (Nat.lt t b)
      (le (sq (sub (maxOver b f) (maxOver b g))) (sq (sub (f t) (g t)))) :=
  match b, hb with
  | .succ k, _ => match maxUpTo_dist k f g with
    | ⟨t, ht, e⟩ => ⟨t, Nat.succ_le_succ ht, e⟩

/-- The squared difference of two maxima is at most the sum of the squared differences. -/
theorem maxOver_sq_le (b : Nat) (f g : Nat → R) :
    le (sq (sub (maxOver b f) (maxOver b g))) (sum b (fun t => sq (sub (f t) (g t)))) :=
  match b with
  | 0 => le_of_eq (ring_eq .nil (a := sq (sub zero zero)) (b := zero))
  | .succ k => match maxOver_dist (Nat.succ_le_succ (Nat.zero_le k)) f g with
    | ⟨_, ht, e⟩ => le_trans e
      (term_le_sum (f := fun t => sq (sub (f t) (g t))) (fun _ _ => sq_nonneg _) ht)

/-- Each member is at most the maximum. -/
theorem le_maxUpTo {k t : Nat} (f : Nat → R) (h : Nat.le t k) : le (f t) (maxUpTo k f) :=
  match k, h with
  | 0, h => le_of_eq (congrArg f (nat_le_antisymm h (Nat.zero_le t)))
  | .succ k, h => Or.elim (nat_lt_or_ge t (Nat.succ k))
      (fun g => le_trans (le_maxUpTo f (Nat.le_of_succ_le_succ g)) (le_sup_left _ _))
      (fun g => le_trans (le_of_eq (congrArg f (nat_le_antisymm h g))) (le_sup_right _ _))

/-- Each member is at most the maximum. -/
theorem le_maxOver {b t : Nat} (f : Nat → R) (h : Nat.lt t b) : le (f t) (maxOver b f) :=
  match b, h with
  | .succ _, h => le_maxUpTo f (Nat.le_of_succ_le_succ h)

/-- What bounds each member bounds the maximum. -/
theorem maxUpTo_le {k : Nat} {f : Nat → R} {c : R} (h : ∀ t, Nat.le t k → le (f t) c) :
    le (maxUpTo k f) c :=
  match k, h with
  | 0, h => h 0 Nat.le.refl
  | .succ k, h =>
    sup_le (maxUpTo_le (fun t ht => h t (Nat.le.step ht))) (h (Nat.succ k) Nat.le.refl)

/-- What bounds each of `b > 0` members bounds the maximum. -/
theorem maxOver_le {b : Nat} {f : Nat → R} {c : R} (hb : Nat.lt 0 b)
    (h : ∀ t, Nat.lt t b → le (f t) c) : le (maxOver b f) c :=
  match b, hb, h with
  | .succ _, _, h => maxUpTo_le (fun t ht => h t (Nat.succ_le_succ ht))

end

end LipBridge
