import LipBridge.Layers.Bilinear
import LipBridge.Layers.Separable
/-!
# Weights times scores, both depending on the input

`(w, q) ↦ Σ_j w_j s_j(q)`, the score of an indexer with several heads: a product, so it has a constant
on a ball only. Where `s` has the constant `√(P/Q)`, `‖w‖² ≤ a` and `‖s(q)‖² ≤ (P/Q) b`, it is
`√(P/Q) √(a + b)`. Also two maps side by side, on the two parts of the input. docs/theorems.md §§1 and 2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `⟨w, s(q)⟩` for the stacked vector `(w, q)`, `w` of dimension `h`. -/
def weighted (h : Nat) (s : Vec R → Vec R) : Vec R → Vec R := fun z _ => dot h z (s (drop h z))

/-- The step behind `weighted`: `A² X ≤ u b` and `B² X ≤ v a` give `(A + B)² X ≤ (a + b)(u + v)`. -/
theorem mixed_sq_le {A B X a b u v : R} (hX : lt zero X) (ha : le zero a) (hb : le zero b)
    (hu : le zero u) (hv : le zero v) (h : le (mul X (sq A)) (mul u b))
    (k : le (mul X (sq B)) (mul v a)) :
    le (mul X (sq (add A B))) (mul (add a b) (add u v)) :=
  have hX0 := le_of_lt hX
  le_of_mul_le_mul_left hX
    (le_via
      (cauchy_pair (A := mul X u) (B := mul X A) (C := b) (a := mul X v) (b := a) (e := mul X B)
        (mul_nonneg hX0 hu) hb (mul_nonneg hX0 hv) ha
        (le_via (mul_le_mul_left hX0 h) (ring_eq (vars2 X A)) (ring_eq (vars3 X u b)))
        (le_via (mul_le_mul_left hX0 k) (ring_eq (vars2 X B)) (ring_eq (vars3 X v a))))
      (ring_eq (vars3 X A B))
      (ring_eq (vars5 X a b u v)))

/-- `⟨w, s⟩ - ⟨w', s'⟩ = ⟨w - w', s⟩ + ⟨w', s - s'⟩`. -/
theorem dot_sub_split (n : Nat) (w w' s s' : Vec R) :
    Eq (sub (dot n w s) (dot n w' s')) (add (dot n (vsub w w') s) (dot n w' (vsub s s'))) :=
  Eq.symm (Eq.trans (congr2 add (dot_sub_left n w w' s) (dot_sub_right n w' s s'))
    (ring_eq (vars3 (dot n w s) (dot n w' s) (dot n w' s'))
      (b := sub (dot n w s) (dot n w' s'))))

/-- Where `s` has the constant `√(P/Q)` and on `S` both `c ‖w‖² ≤ a` and `c ‖s(q)‖² ≤ (P/Q) b`,
the map `(w, q) ↦ ⟨w, s(q)⟩` has on `S` the constant `√(P/Q) √((a + b)/c)`. -/
theorem weighted_sqLipschitzOn {h n : Nat} {P Q a b c : R} {s : Vec R → Vec R} {S : Vec R → Prop}
    (hs : SqLipschitz n h P Q s) (ha : le zero a) (hb : le zero b) (hc : lt zero c)
    (hw : ∀ z, S z → le (mul c (normSq h z)) a)
    (hq : ∀ z, S z → le (mul (mul Q c) (normSq h (s (drop h z)))) (mul P b)) :
    SqLipschitzOn (Nat.add h n) 1 (mul P (add a b)) (mul Q c) S (weighted h s) :=
  have hX : lt zero (mul Q c) := mul_pos hs.den_pos hc
  ⟨mul_nonneg hs.num_nonneg (add_nonneg ha hb), hX, fun x y hx hy =>
    le_via
      (mixed_sq_le (A := dot h (vsub x y) (s (drop h x)))
        (B := dot h y (vsub (s (drop h x)) (s (drop h y))))
        (u := mul P (distSq h x y)) (v := mul P (distSq n (drop h x) (drop h y))) hX ha hb
        (mul_nonneg hs.num_nonneg (distSq_nonneg h x y))
        (mul_nonneg hs.num_nonneg (distSq_nonneg n _ _))
        (le_via (dot_sq_le (le_of_lt hX) (hq x hx)) rfl
          (ring_eq (vars3 P b (distSq h x y)) (a := mul (mul P (distSq h x y)) b)
            (b := mul (mul P b) (distSq h x y))))
        (le_trans
          (le_via (mul_le_mul_left (le_of_lt hX)
              (cauchy_schwarz h y (vsub (s (drop h x)) (s (drop h y))))) rfl
            (ring_eq (vars4 Q c (normSq h y) (distSq h (s (drop h x)) (s (drop h y))))
              (a := mul (mul Q (distSq h (s (drop h x)) (s (drop h y)))) (mul c (normSq h y)))
              (b := mul (mul Q c)
                (mul (normSq h y) (distSq h (s (drop h x)) (s (drop h y)))))))
          (mul_le_mul (mul_nonneg hs.num_nonneg (distSq_nonneg n _ _))
            (mul_nonneg (le_of_lt hc) (normSq_nonneg h y)) (hs.bound (drop h x) (drop h y) ⟨⟩ ⟨⟩)
            (hw y hy))))
      (congrArg (mul (mul Q c)) (Eq.trans (distSq_one _ _) (congrArg sq (dot_sub_split h _ _ _ _))))
      (Eq.trans (congrArg (mul (mul P (add a b))) (distSq_split h n x y))
        (ring_eq (vars5 P a b (distSq h x y) (distSq n (drop h x) (drop h y)))
          (a := mul (mul P (add a b)) (add (distSq h x y) (distSq n (drop h x) (drop h y)))))) ⟩

/-- The same on the ball `{c ‖w‖² ≤ a, c ‖q‖² ≤ b}` for scores with `s(0) = 0`: `√(P/Q) √((a+b)/c)`. -/
theorem weighted_sqLipschitzOn_ball {h n : Nat} {P Q a b c : R} {s : Vec R → Vec R}
    (hs : SqLipschitz n h P Q s) (h0 : Agree h (s vzero) vzero) (ha : le zero a) (hb : le zero b)
    (hc : lt zero c) :
    SqLipschitzOn (Nat.add h n) 1 (mul P (add a b)) (mul Q c) (PairBall h n a b c) (weighted h s) :=
  have sub0 (x : Vec R) (i : Nat) : Eq (x i) (vsub x vzero i) :=
    ring_eq (vars1 (x i)) (b := sub (x i) zero)
  weighted_sqLipschitzOn hs ha hb hc (fun _ hz => hz.left) (fun z hz =>
    le_trans
      (le_via (mul_le_mul_left (le_of_lt hc) (hs.bound (drop h z) vzero ⟨⟩ ⟨⟩))
        (Eq.trans (congrArg (mul (mul Q c)) (normSq_congr (y := vsub (s (drop h z)) (s vzero))
            (fun i hi => Eq.trans (sub0 (s (drop h z)) i)
              (congrArg (sub (s (drop h z) i)) (Eq.symm (h0 i hi))))))
          (ring_eq (vars3 Q c (distSq h (s (drop h z)) (s vzero)))
            (a := mul (mul Q c) (distSq h (s (drop h z)) (s vzero)))
            (b := mul c (mul Q (distSq h (s (drop h z)) (s vzero)))))) rfl)
      (le_via (mul_le_mul_left hs.num_nonneg hz.right)
        (Eq.trans (congrArg (fun t => mul c (mul P t))
            (normSq_congr (fun i _ => Eq.symm (sub0 (drop h z) i))))
          (ring_eq (vars3 c P (normSq n (drop h z))))) rfl))

/-! ## Side by side -/

/-- `(x, y) ↦ (f x, g y)`: `f` has `n` inputs and `m` outputs. -/
def parallel (n m : Nat) (f g : Vec R → Vec R) : Vec R → Vec R :=
  fun z => append m (f z) (g (drop n z))

/-- `(x, y) ↦ (f x, g y)` has a constant that both `f` and `g` have: `max(K_f, K_g)`. -/
theorem parallel_sqLipschitz {n m n' m' : Nat} {P Q : R} {f g : Vec R → Vec R}
    (hf : SqLipschitz n m P Q f) (hg : SqLipschitz n' m' P Q g) :
    SqLipschitz (Nat.add n n') (Nat.add m m') P Q (parallel n m f g) :=
  ⟨hf.num_nonneg, hf.den_pos, fun x y _ _ => le_congr
    (Eq.trans (congrArg (mul Q) (distSq_append m m' _ _ _ _)) (mul_add Q _ _))
    (Eq.trans (congrArg (mul P) (distSq_split n n' x y)) (mul_add P _ _))
    (add_le_add (hf.bound x y ⟨⟩ ⟨⟩) (hg.bound (drop n x) (drop n y) ⟨⟩ ⟨⟩))⟩

end

end LipBridge
