import LipBridge.Layers.BlockMax
/-!
# Sums over coordinates: the bounding-box score

A score `Σ_i φ_i(q_i)` whose terms have slopes at most `√C_i` has the constant `√(Σ C_i)`. The score
of a block by its coordinatewise extremes, `Σ_i max(q_i M_i, q_i m_i)`, has `√(Σ max(M_i², m_i²))`,
and the difference of two such scores `√(Σ max((M_i - M'_i)², (m_i - m'_i)²))`. docs/theorems.md §§1 and 2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `2 = 1 + 1` is not negative. -/
theorem two_nonneg : le (zero : R) (add one one) :=
  add_nonneg (le_of_lt zero_lt_one) (le_of_lt zero_lt_one)

/-- One step of Cauchy–Schwarz: `B² ≤ A C` and `e² ≤ a b` give `(B + e)² ≤ (A + a)(C + b)`. -/
theorem cauchy_pair {A B C a b e : R} (hA : le zero A) (hC : le zero C) (ha : le zero a)
    (hb : le zero b) (h : le (sq B) (mul A C)) (k : le (sq e) (mul a b)) :
    le (sq (add B e)) (mul (add A a) (add C b)) :=
  have hs : le zero (add (mul A b) (mul C a)) := add_nonneg (mul_nonneg hA hb) (mul_nonneg hC ha)
  have hx : le (mul (add B B) e) (add (mul A b) (mul C a)) :=
    le_of_sq_le_sq hs (le_trans
      (le_via (mul_le_mul_left (mul_nonneg two_nonneg two_nonneg)
          (mul_le_mul (mul_nonneg hA hC) (sq_nonneg e) h k))
        (ring_eq (vars2 B e)) rfl)
      (le_of_add (sq_nonneg (sub (mul A b) (mul C a))) (ring_eq (vars4 A C a b))))
  le_via (add_le_add (add_le_add h hx) k) (ring_eq (vars2 B e)) (ring_eq (vars4 A C a b))

/-- Cauchy–Schwarz, term by term: `e_i² ≤ a_i b_i` gives `(Σ e_i)² ≤ (Σ a_i)(Σ b_i)`. -/
theorem cauchy_terms {n : Nat} {a b e : Nat → R} (ha : ∀ i, Nat.lt i n → le zero (a i))
    (hb : ∀ i, Nat.lt i n → le zero (b i)) (h : ∀ i, Nat.lt i n → le (sq (e i)) (mul (a i) (b i))) :
    le (sq (sum n e)) (mul (sum n a) (sum n b)) :=
  match n, ha, hb, h with
  | 0, _, _, _ => le_of_eq rfl
  | .succ n, ha, hb, h =>
    cauchy_pair (sum_nonneg (fun i hi => ha i (Nat.le.step hi)))
      (sum_nonneg (fun i hi => hb i (Nat.le.step hi))) (ha n Nat.le.refl) (hb n Nat.le.refl)
      (cauchy_terms (fun i hi => ha i (Nat.le.step hi)) (fun i hi => hb i (Nat.le.step hi))
        (fun i hi => h i (Nat.le.step hi))) (h n Nat.le.refl)

/-- `q ↦ Σ_{i<n} φ_i(q_i)`, as a vector with one entry. -/
def separable (n : Nat) (φ : Nat → R → R) : Vec R → Vec R := fun q _ => sum n (fun i => φ i (q i))

/-- Where `(φ_i a - φ_i b)² ≤ C_i (a - b)²`, the score `Σ φ_i(q_i)` has the constant `√(Σ C_i)`:
`√(P/Q)` where `Q Σ C_i ≤ P`. -/
theorem separable_sqLipschitz {n : Nat} {P Q : R} {φ : Nat → R → R} {C : Nat → R}
    (hC : ∀ i, Nat.lt i n → le zero (C i)) (hQ : lt zero Q) (hP : le (mul Q (sum n C)) P)
    (h : ∀ i, Nat.lt i n → ∀ a b,
      le (sq (sub (φ i a) (φ i b))) (mul (C i) (mul (sub a b) (sub a b)))) :
    SqLipschitz n 1 P Q (separable n φ) :=
  ⟨le_trans (mul_nonneg (le_of_lt hQ) (sum_nonneg hC)) hP, hQ, fun x y _ _ =>
    le_trans
      (le_via (mul_le_mul_left (le_of_lt hQ)
          (cauchy_terms (e := fun i => sub (φ i (x i)) (φ i (y i))) hC
            (fun i _ => mul_self_nonneg (sub (x i) (y i))) (fun i hi => h i hi (x i) (y i))))
        (congrArg (mul Q) (Eq.trans (distSq_one _ _) (congrArg sq
          (Eq.symm (sum_sub n (fun i => φ i (x i)) (fun i => φ i (y i)))))))
        (mul_assoc Q (sum n C) (distSq n x y)))
      (mul_le_mul_right (distSq_nonneg n x y) hP)⟩

/-! ## The bounding-box score -/

/-- `q ↦ Σ_i max(q_i M_i, q_i m_i)`, with `M` and `m` the greatest and least entries of a block. -/
def boxScore (n : Nat) (M m : Vec R) : Vec R → Vec R :=
  separable n (fun i a => sup (mul a (M i)) (mul a (m i)))

/-- The bounding-box score has the constant `√(Σ max(M_i², m_i²))`. -/
theorem boxScore_sqLipschitz {n : Nat} {P Q : R} {M m : Vec R} (hQ : lt zero Q)
    (hP : le (mul Q (sum n (fun i => sup (sq (M i)) (sq (m i))))) P) :
    SqLipschitz n 1 P Q (boxScore n M m) :=
  separable_sqLipschitz (fun i _ => le_trans (sq_nonneg (M i)) (le_sup_left _ _)) hQ hP
    (fun i _ a b =>
      have e (c : R) : Eq (sq (sub (mul a c) (mul b c))) (mul (sq c) (mul (sub a b) (sub a b))) :=
        ring_eq (vars3 a b c)
      Or.elim (sup_dist (mul a (M i)) (mul a (m i)) (mul b (M i)) (mul b (m i)))
        (fun k => le_trans k (le_congr (e (M i)) rfl
          (mul_le_mul_right (mul_self_nonneg _) (le_sup_left _ _))))
        (fun k => le_trans k (le_congr (e (m i)) rfl
          (mul_le_mul_right (mul_self_nonneg _) (le_sup_right _ _)))))

/-- `max(a M, a m) = a M` for `a ≥ 0` and `m ≤ M`. -/
theorem box_pos {a M m : R} (ha : le zero a) (h : le m M) :
    Eq (sup (mul a M) (mul a m)) (mul a M) :=
  sup_of_ge (mul_le_mul_left ha h)

/-- `max(a M, a m) = a m` for `a ≤ 0` and `m ≤ M`. -/
theorem box_neg {a M m : R} (ha : le a zero) (h : le m M) :
    Eq (sup (mul a M) (mul a m)) (mul a m) :=
  sup_of_le (le_of_sub_nonneg
    (le_via (mul_nonneg (neg_nonneg ha) (sub_nonneg h)) rfl (ring_eq (vars3 a M m))))

/-- `(a p + b q)² ≤ C (a + b)²` for `a, b ≥ 0` and `p², q² ≤ C`. -/
theorem mix_sq_le {a b p q C : R} (ha : le zero a) (hb : le zero b) (hp : le (sq p) C)
    (hq : le (sq q) C) : le (sq (add (mul a p) (mul b q))) (mul C (sq (add a b))) :=
  le_via
    (add_le_add (add_le_add (mul_le_mul_left (sq_nonneg a) hp) (mul_le_mul_left (sq_nonneg b) hq))
      (mul_le_mul_left (mul_nonneg ha hb) (le_trans (two_mul_le_sq_add_sq p q) (add_le_add hp hq))))
    (ring_eq (vars4 a b p q)) (ring_eq (vars3 a b C))

/-- One coordinate of the difference of two bounding-box scores has the slope
`max(|M - M'|, |m - m'|)`: at points of the same sign, or of opposite signs. -/
theorem box_gap_sq_le {M m M' m' C : R} (h : le m M) (h' : le m' M') (hM : le (sq (sub M M')) C)
    (hm : le (sq (sub m m')) C) (a b : R) :
    le (sq (sub (sub (sup (mul a M) (mul a m)) (sup (mul a M') (mul a m')))
      (sub (sup (mul b M) (mul b m)) (sup (mul b M') (mul b m')))))
      (mul C (mul (sub a b) (sub a b))) :=
  have hpos (c : R) (hc : le zero c) : Eq (sub (sup (mul c M) (mul c m)) (sup (mul c M') (mul c m')))
      (mul c (sub M M')) :=
    Eq.trans (congr2 sub (box_pos hc h) (box_pos hc h')) (ring_eq (vars3 c M M'))
  have hneg (c : R) (hc : le c zero) : Eq (sub (sup (mul c M) (mul c m)) (sup (mul c M') (mul c m')))
      (mul c (sub m m')) :=
    Eq.trans (congr2 sub (box_neg hc h) (box_neg hc h')) (ring_eq (vars3 c m m'))
  have same (s : R) (hs : le (sq s) C) :
      le (sq (sub (mul a s) (mul b s))) (mul C (mul (sub a b) (sub a b))) :=
    le_via (mul_le_mul_right (mul_self_nonneg (sub a b)) hs) (ring_eq (vars3 a b s)) rfl
  have rw (s t : R) (hs : Eq (sub (sup (mul a M) (mul a m)) (sup (mul a M') (mul a m'))) s)
      (ht : Eq (sub (sup (mul b M) (mul b m)) (sup (mul b M') (mul b m'))) t)
      (g : le (sq (sub s t)) (mul C (mul (sub a b) (sub a b)))) :=
    le_congr (congr2 (fun s t => sq (sub s t)) hs ht) rfl g
  Or.elim (le_total zero a)
    (fun ha => Or.elim (le_total zero b)
      (fun hb => rw _ _ (hpos a ha) (hpos b hb) (same (sub M M') hM))
      (fun hb => rw _ _ (hpos a ha) (hneg b hb)
        (le_via (mix_sq_le ha (neg_nonneg hb) hM hm)
          (ring_eq (vars4 a b (sub M M') (sub m m')))
          (ring_eq (vars3 a b C) (a := mul C (mul (sub a b) (sub a b)))))))
    (fun ha => Or.elim (le_total zero b)
      (fun hb => rw _ _ (hneg a ha) (hpos b hb)
        (le_via (mix_sq_le (neg_nonneg ha) hb hm hM)
          (ring_eq (vars4 a b (sub M M') (sub m m')))
          (ring_eq (vars3 a b C) (a := mul C (mul (sub a b) (sub a b))))))
      (fun hb => rw _ _ (hneg a ha) (hneg b hb) (same (sub m m') hm)))

/-- The difference of two bounding-box scores has the constant
`√(Σ max((M_i - M'_i)², (m_i - m'_i)²))`. -/
theorem boxGap_sqLipschitz {n : Nat} {P Q : R} {M m M' m' : Vec R} (hQ : lt zero Q)
    (h : ∀ i, Nat.lt i n → le (m i) (M i)) (h' : ∀ i, Nat.lt i n → le (m' i) (M' i))
    (hP : le (mul Q (sum n (fun i => sup (sq (sub (M i) (M' i))) (sq (sub (m i) (m' i)))))) P) :
    SqLipschitz n 1 P Q (separable n (fun i a =>
      sub (sup (mul a (M i)) (mul a (m i))) (sup (mul a (M' i)) (mul a (m' i))))) :=
  separable_sqLipschitz (fun i _ => le_trans (sq_nonneg (sub (M i) (M' i))) (le_sup_left _ _)) hQ hP
    (fun i hi a b => box_gap_sq_le (h i hi) (h' i hi) (le_sup_left _ _) (le_sup_right _ _) a b)

end

end LipBridge
