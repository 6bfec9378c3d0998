import LipBridge.Layers.Isometry
import LipBridge.Layers.Dot
/-!
# Scores in both arguments, on a ball

`(q, k) ↦ ⟨q, k⟩` has no global constant: it is a product. Where `‖q‖² ≤ a` and `‖k‖² ≤ b` it has the
constant `√(a + b)`, and `(q, k) ↦ ⟨q, W k⟩` has `σ(W) √(a + b)`. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `⟨q, W k * r⟩` for the stacked vector `(q, k)`, `q` of dimension `n`, `k` of dimension `m`. -/
def bilinear (n m : Nat) (W : Nat → Nat → Int) (r : R) : Vec R → Vec R :=
  fun z _ => dot n z (vsmul r (matVec m W (drop n z)))

/-- `⟨q, k⟩` for the stacked vector `(q, k)` of two vectors of dimension `n`. -/
def pairScore (n : Nat) : Vec R → Vec R := fun z _ => dot n z (drop n z)

/-- The stacked vectors `(q, k)` with `c ‖q‖² ≤ a` and `c ‖k‖² ≤ b`. -/
def PairBall (n m : Nat) (a b c : R) : Vec R → Prop :=
  fun z => And (le (mul c (normSq n z)) a) (le (mul c (normSq m (drop n z))) b)

/-- `⟨x, (a, b)⟩ = ⟨x₁, a⟩ + ⟨x₂, b⟩`. -/
theorem dot_append_right (m k : Nat) (x a b : Vec R) :
    Eq (dot (Nat.add m k) x (append m a b)) (add (dot m x a) (dot k (drop m x) b)) :=
  Eq.trans (sum_append m k _) (congr2 add
    (dot_congr (fun _ _ => rfl) (fun _ h => append_left m a b h))
    (dot_congr (fun _ _ => rfl) (fun i _ => append_right m a b i)))

/-- `c ⟨x, (a, b)⟩² ≤ B ‖x‖²` where `c (‖a‖² + ‖b‖²) ≤ B`. -/
theorem dot_append_sq_le {m k : Nat} {x a b : Vec R} {c B : R} (hc : le zero c)
    (h : le (mul c (add (normSq m a) (normSq k b))) B) :
    le (mul c (sq (add (dot m x a) (dot k (drop m x) b)))) (mul B (normSq (Nat.add m k) x)) :=
  le_trans
    (le_via (mul_le_mul_left hc (cauchy_schwarz (Nat.add m k) x (append m a b)))
      (congrArg (fun t => mul c (sq t)) (Eq.symm (dot_append_right m k x a b)))
      (Eq.trans
        (ring_eq (vars3 c (add (normSq m a) (normSq k b)) (normSq (Nat.add m k) x))
          (a := mul (mul c (add (normSq m a) (normSq k b))) (normSq (Nat.add m k) x))
          (b := mul c (mul (normSq (Nat.add m k) x) (add (normSq m a) (normSq k b)))))
        (congrArg (fun t => mul c (mul (normSq (Nat.add m k) x) t))
          (Eq.symm (normSq_append m k a b)))))
    (mul_le_mul_right (normSq_nonneg _ _) h)

/-- `(q, k) ↦ ⟨q, k⟩` has on `{c ‖q‖² ≤ a, c ‖k‖² ≤ b}` the constant `√((a + b)/c)`. -/
theorem pairScore_sqLipschitzOn (n : Nat) {a b c : R} (ha : le zero a) (hb : le zero b)
    (hc : lt zero c) :
    SqLipschitzOn (Nat.add n n) 1 (add a b) c (PairBall n n a b c) (pairScore n) :=
  ⟨add_nonneg ha hb, hc, fun x y hx hy => le_via
    (dot_append_sq_le (m := n) (k := n) (x := vsub x y) (a := drop n x) (b := y) (le_of_lt hc)
      (le_via (add_le_add hy.left hx.right)
        (ring_eq (vars3 c (normSq n (drop n x)) (normSq n y))
          (b := add (mul c (normSq n y)) (mul c (normSq n (drop n x))))) rfl))
    (congrArg (mul c) (Eq.trans (zero_add _) (congrArg sq
      (Eq.symm (Eq.trans
        (congr2 add (dot_sub_left n x y (drop n x))
          (Eq.trans (dot_comm n _ y) (dot_sub_right n y (drop n x) (drop n y))))
        (ring_eq (vars3 (dot n x (drop n x)) (dot n y (drop n x)) (dot n y (drop n y)))
          (b := sub (dot n x (drop n x)) (dot n y (drop n y)))))))))
    rfl⟩

/-- `⟨x, W k⟩ - ⟨y, W k'⟩ = ⟨x - y, W k⟩ + ⟨k - k', Wᵀ y⟩`. -/
theorem bilinear_sub (n m : Nat) (W : Nat → Nat → Int) (x y : Vec R) :
    Eq (sub (dot n x (matVec m W (drop n x))) (dot n y (matVec m W (drop n y))))
      (add (dot n (vsub x y) (matVec m W (drop n x)))
        (dot m (drop n (vsub x y)) (matVec n (transpose W) y))) :=
  Eq.symm (Eq.trans
    (congr2 add (dot_sub_left n x y (matVec m W (drop n x)))
      (Eq.trans (dot_comm m _ _) (Eq.trans (Eq.symm (dot_matVec n m W (drop n (vsub x y)) y))
        (Eq.trans (dot_congr (y' := vsub (matVec m W (drop n x)) (matVec m W (drop n y)))
            (fun _ _ => rfl) (fun i _ => matVec_sub m W (drop n x) (drop n y) i))
          (dot_sub_right n y _ _)))))
    (ring_eq (vars3 (dot n x (matVec m W (drop n x))) (dot n y (matVec m W (drop n x)))
        (dot n y (matVec m W (drop n y))))
      (b := sub (dot n x (matVec m W (drop n x))) (dot n y (matVec m W (drop n y))))))

/-- `(q, k) ↦ ⟨q, W k * r⟩`, `r = 1/d`, has on `{c ‖q‖² ≤ a, c ‖k‖² ≤ b}` the constant
`σ(W)/d √((a + b)/c)`: `√(T (a + b)/(C d² c))` where `C ‖W x‖² ≤ T ‖x‖²`. -/
theorem bilinear_sqLipschitzOn {n m T C d : Nat} {W : Nat → Nat → Int} {r a b c : R}
    (hC : Eq (Nat.ble 1 C) true) (h : NormBound.{u} n m W T C)
    (hr : Eq (mul (ofNat d) r) one) (ha : le zero a) (hb : le zero b) (hc : lt zero c) :
    SqLipschitzOn (Nat.add n m) 1 (mul (ofNat T) (add a b))
      (mul (ofNat (Nat.mul C (Nat.mul d d))) c) (PairBall n m a b c) (bilinear n m W r) :=
  have hT : le zero (mul (ofNat T : R) (add a b)) := mul_nonneg (ofNat_nonneg T) (add_nonneg ha hb)
  have hCc : lt zero (mul (ofNat C : R) c) := mul_pos (ofNat_pos hC) hc
  have hd : lt zero (mul (ofNat (Nat.mul C (Nat.mul d d)) : R) c) :=
    mul_pos (lt_congr rfl
      (Eq.trans (ofNat_mul C (Nat.mul d d)) (congrArg (mul (ofNat C)) (ofNat_mul d d)))
      (mul_pos (ofNat_pos hC) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))) hc
  ⟨hT, hd, fun x y hx hy =>
    have hk := mul_le_mul_left (le_of_lt hc) (h (drop n x))
    have hq := mul_le_mul_left (le_of_lt hc)
      (NormBound.ofTranspose (rows := m) (cols := n) (W := transpose W) h y)
    have hkq : le (mul (mul (ofNat C) c) (add (normSq n (matVec m W (drop n x)))
        (normSq m (matVec n (transpose W) y)))) (mul (ofNat T) (add a b)) :=
      le_trans
        (le_via (add_le_add hk hq)
          (ring_eq (vars4 (ofNat C) c (normSq n (matVec m W (drop n x)))
            (normSq m (matVec n (transpose W) y)))) rfl)
        (le_via (add_le_add (mul_le_mul_left (ofNat_nonneg T) hx.right)
            (mul_le_mul_left (ofNat_nonneg T) hy.left))
          (ring_eq (vars4 c (ofNat T) (normSq m (drop n x)) (normSq n y)))
          (ring_eq (vars3 (ofNat T) a b)))
    have e (z : Vec R) : Eq (bilinear n m W r z 0) (mul r (dot n z (matVec m W (drop n z)))) :=
      Eq.trans (dot_comm n z _) (Eq.trans (dot_smul_left n r _ z)
        (congrArg (mul r) (dot_comm n _ z)))
    le_via (dot_append_sq_le (m := n) (k := m) (x := vsub x y) (le_of_lt hCc) hkq)
      (Eq.trans
        (congrArg (mul _) (Eq.trans (zero_add _) (Eq.trans
          (congrArg sq (Eq.trans (congr2 sub (e x) (e y))
            (Eq.trans
              (ring_eq (vars3 r (dot n x (matVec m W (drop n x))) (dot n y (matVec m W (drop n y))))
                (b := mul r (sub (dot n x (matVec m W (drop n x)))
                  (dot n y (matVec m W (drop n y))))))
              (congrArg (mul r) (bilinear_sub n m W x y)))))
          (ring_eq (vars3 r (dot n (vsub x y) (matVec m W (drop n x)))
              (dot m (drop n (vsub x y)) (matVec n (transpose W) y)))
            (b := mul (sq r) (sq (add (dot n (vsub x y) (matVec m W (drop n x)))
              (dot m (drop n (vsub x y)) (matVec n (transpose W) y)))))))))
        (Eq.trans
          (ring_eq (vars4 (ofNat (Nat.mul C (Nat.mul d d))) c (sq r)
              (sq (add (dot n (vsub x y) (matVec m W (drop n x)))
                (dot m (drop n (vsub x y)) (matVec n (transpose W) y)))))
            (b := mul c (mul (ofNat (Nat.mul C (Nat.mul d d)))
              (mul (sq r) (sq (add (dot n (vsub x y) (matVec m W (drop n x)))
                (dot m (drop n (vsub x y)) (matVec n (transpose W) y))))))))
          (Eq.trans (congrArg (mul c) (scale_cancel hr C _))
            (ring_eq (vars3 c (ofNat C) (sq (add (dot n (vsub x y) (matVec m W (drop n x)))
                (dot m (drop n (vsub x y)) (matVec n (transpose W) y)))))
              (b := mul (mul (ofNat C) c) (sq (add (dot n (vsub x y) (matVec m W (drop n x)))
                (dot m (drop n (vsub x y)) (matVec n (transpose W) y)))))))))
      rfl⟩

end

end LipBridge
