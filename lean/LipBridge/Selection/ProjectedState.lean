import LipBridge.Layers.Sum
import LipBridge.Selection.Gated
import LipBridge.Selection.Ratio
/-!
# From queries and head weights to the hidden state

Where no queries and head weights near stored ones select others, and the maps from the hidden state to both
have known constants and values at a point, no hidden state near that point does. docs/theorems.md §3.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- A vector within `a₀/b` of `q₀` that moves by at most `(N/D)·(u/v)`: within `a/b`, where
`a₀/b + (N/D)·(u/v) ≤ a/b`. -/
theorem WithinRatio.moved {n d : Nat} {a a₀ b N D u v : R} {A : Vec R → Prop} {f : Vec R → Vec R}
    {q₀ x x' : Vec R} (near : WithinRatio d a₀ b q₀ (f x)) (h : LipschitzOn n d N D A f) (hx : A x)
    (hx' : A x') (ha₀ : le zero a₀) (hb : le zero b) (hu : le zero u) (hv : lt zero v)
    (step : WithinRatio n u v x x')
    (fits : le (add (mul a₀ (mul D v)) (mul (mul N u) b)) (mul (mul D v) a)) :
    WithinRatio d a b q₀ (f x') :=
  have hD : lt zero (mul D v) := mul_pos h.den_pos hv
  have hN : le zero (mul N u) := mul_nonneg h.num_nonneg hu
  have drift : le (mul (sq (mul D v)) (normSq d (vsub (f x') (f x)))) (mul (sq (mul N u)) one) :=
    le_trans
      (le_via (mul_le_mul_left (sq_nonneg v) (h.bound x' x hx' hx))
        (ring_eq (vars3 D v (normSq d (vsub (f x') (f x))))
          (a := mul (sq (mul D v)) (normSq d (vsub (f x') (f x))))
          (b := mul (sq v) (mul (sq D) (normSq d (vsub (f x') (f x))))))
        (ring_eq (vars3 N v (distSq n x' x))
          (a := mul (sq N) (mul (sq v) (distSq n x' x)))
          (b := mul (sq v) (mul (sq N) (distSq n x' x)))))
      (le_via (mul_le_mul_left (sq_nonneg N) step) rfl
        (ring_eq (vars2 N u) (a := mul (sq (mul N u)) one) (b := mul (sq N) (sq u))))
  have both := ratio_add ha₀ hb hN (le_of_lt hD) zero_le_one
    (le_via near rfl (mul_one _)) drift
  le_of_mul_le_mul_left (sq_pos hD)
    (le_trans
      (le_via both
        (Eq.trans (congrArg (fun t => mul (sq (mul D v)) (mul (sq b) t))
            (normSq_congr (fun i _ => ring_eq (vars3 (f x' i) (f x i) (q₀ i))
              (a := sub (f x' i) (q₀ i)) (b := add (sub (f x i) (q₀ i)) (sub (f x' i) (f x i))))))
          (ring_eq (vars3 (mul D v) b
              (normSq d (vadd (vsub (f x) q₀) (vsub (f x') (f x)))))
            (a := mul (sq (mul D v)) (mul (sq b)
              (normSq d (vadd (vsub (f x) q₀) (vsub (f x') (f x))))))
            (b := mul (sq (mul b (mul D v)))
              (normSq d (vadd (vsub (f x) q₀) (vsub (f x') (f x)))))))
        rfl)
      (le_via (sq_le_sq (add_nonneg (mul_nonneg ha₀ (le_of_lt hD)) (mul_nonneg hN hb)) fits)
        (mul_one _)
        (ring_eq (vars2 (mul D v) a) (a := mul (sq (mul D v)) (sq a)) (b := sq (mul (mul D v) a)))))

/-- A number within `f₀/e` of `w₀` that moves by at most `(M/E)·(u/v)`: within `f/e`. -/
theorem ScoreRatio.moved {n : Nat} {M E u v e f f₀ w₀ : R} {A : Vec R → Prop} {g : Vec R → R}
    {x x' : Vec R} (h : ScoreRatio n M E A g) (hx : A x) (hx' : A x') (he : le zero e)
    (hu : le zero u) (hv : lt zero v) (near : le (abs (mul e (sub (g x) w₀))) f₀)
    (step : WithinRatio n u v x x')
    (fits : le (add (mul (mul E v) f₀) (mul e (mul M u))) (mul (mul E v) f)) :
    le (abs (mul e (sub (g x') w₀))) f :=
  have hE : lt zero (mul E v) := mul_pos h.den_pos hv
  have drift := h.abs_le hu hx hx' step
  have bound (s : R) (hs : Or (Eq s one) (Eq s (neg one))) :
      le (mul s (mul e (sub (g x') w₀))) f :=
    have first : le (mul s (mul e (sub (g x) w₀))) f₀ :=
      Or.elim hs
        (fun k => le_via (le_trans (le_abs _) near) (Eq.trans (congrArg (fun t => mul t _) k) (one_mul _)) rfl)
        (fun k => le_via (le_trans (neg_le_abs _) near)
          (Eq.trans (congrArg (fun t => mul t _) k) (ring_eq (vars1 (mul e (sub (g x) w₀)))
            (a := mul (neg one) (mul e (sub (g x) w₀))) (b := neg (mul e (sub (g x) w₀))))) rfl)
    have second : le (mul s (sub (mul (mul E v) (g x')) (mul (mul E v) (g x)))) (mul M u) :=
      Or.elim hs
        (fun k => le_via (le_trans (le_abs _) drift) (Eq.trans (congrArg (fun t => mul t _) k) (one_mul _)) rfl)
        (fun k => le_via (le_trans (neg_le_abs _) drift)
          (Eq.trans (congrArg (fun t => mul t _) k)
            (ring_eq (vars1 (sub (mul (mul E v) (g x')) (mul (mul E v) (g x))))
              (a := mul (neg one) (sub (mul (mul E v) (g x')) (mul (mul E v) (g x))))
              (b := neg (sub (mul (mul E v) (g x')) (mul (mul E v) (g x)))))) rfl)
    le_of_mul_le_mul_left hE
      (le_trans
        (le_via (add_le_add (mul_le_mul_left (le_of_lt hE) first) (mul_le_mul_left he second))
          (ring_eq (vars6 s e (g x') (g x) w₀ (mul E v))
            (a := mul (mul E v) (mul s (mul e (sub (g x') w₀))))
            (b := add (mul (mul E v) (mul s (mul e (sub (g x) w₀))))
              (mul e (mul s (sub (mul (mul E v) (g x')) (mul (mul E v) (g x)))))))
          rfl)
        fits)
  LipBridge.abs_le (le_via (bound one (Or.inl rfl)) (Eq.symm (one_mul _)) rfl)
    (le_via (bound (neg one) (Or.inr rfl))
      (ring_eq (vars1 (mul e (sub (g x') w₀))) (a := neg (mul e (sub (g x') w₀)))
        (b := mul (neg one) (mul e (sub (g x') w₀)))) rfl)

/-- The selection near a hidden state. Where no queries within `a/b` of `q₀` with head weights within `f/e` of `w₀`
select others, the maps `Q_h` and `ω_h` from the hidden state have the constants `N_h/D_h` and `M_h/E_h` and are at
`x` within `a₀/b` and `f₀/e` of `q₀` and `w₀`, no hidden state within `u/v` of `x` selects others, as long as
`a₀/b + (N_h/D_h)·(u/v) ≤ a/b` and `f₀/e + (M_h/E_h)·(u/v) ≤ f/e`. -/
theorem projected_state {n d H T k : Nat} {a a₀ b f f₀ e u v c : R} {N D M E : Nat → R} {A : Vec R → Prop}
    {K : Nat → Nat → Int} {q₀ : Nat → Vec R} {w₀ : Nat → R} {Q : Nat → Vec R → Vec R} {ω : Nat → Vec R → R}
    {S : BlockSet} {x x' : Vec R}
    (select : ∀ (q : Nat → Vec R) (w : Nat → R), (∀ h, Nat.lt h H → WithinRatio d a b (q₀ h) (q h)) →
      (∀ h, Nat.lt h H → le (abs (mul e (sub (w h) (w₀ h)))) f) →
      UniqueTopK T k (fun t => mul c (gated H w (fun h => matVec d K (q h) t))) S)
    (hQ : ∀ h, Nat.lt h H → LipschitzOn n d (N h) (D h) A (Q h))
    (hω : ∀ h, Nat.lt h H → ScoreRatio n (M h) (E h) A (ω h)) (hx : A x) (hx' : A x')
    (ha₀ : le zero a₀) (hb : le zero b) (he : le zero e) (hu : le zero u) (hv : lt zero v)
    (hq : ∀ h, Nat.lt h H → WithinRatio d a₀ b (q₀ h) (Q h x))
    (hw : ∀ h, Nat.lt h H → le (abs (mul e (sub (ω h x) (w₀ h)))) f₀)
    (step : WithinRatio n u v x x')
    (fits : ∀ h, Nat.lt h H →
      And (le (add (mul a₀ (mul (D h) v)) (mul (mul (N h) u) b)) (mul (mul (D h) v) a))
        (le (add (mul (mul (E h) v) f₀) (mul e (mul (M h) u))) (mul (mul (E h) v) f))) :
    UniqueTopK T k (fun t => mul c (gated H (fun h => ω h x') (fun h => matVec d K (Q h x') t))) S :=
  select (fun h => Q h x') (fun h => ω h x')
    (fun h hh => (hq h hh).moved (hQ h hh) hx hx' ha₀ hb hu hv step (fits h hh).left)
    (fun h hh => (hω h hh).moved hx hx' he hu hv (hw h hh) step (fits h hh).right)

end

end LipBridge
