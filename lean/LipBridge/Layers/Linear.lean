import LipBridge.Vector.Matrix
import LipBridge.Lipschitz.Comp
/-!
# Linear layers

`x ↦ W x + b` has the constant `σ_max(W)`; weights are stored integers times `r = 1/d`. docs/theorems.md §2, first row.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `x ↦ W x * r + b`: entry `i` is `Σ_{j<cols} (W_ij * r) * x_j + b_i`. -/
def linear (cols : Nat) (W : Nat → Nat → Int) (r : R) (b : Vec R) : Vec R → Vec R :=
  fun x i => add (sum cols (fun j => mul (mul (ofInt (W i j)) r) (x j))) (b i)

/-- An entry of `linear` is `r * (W x)_i + b_i`. -/
theorem linear_eq (cols : Nat) (W : Nat → Nat → Int) (r : R) (b x : Vec R) (i : Nat) :
    Eq (linear cols W r b x i) (add (mul r (matVec cols W x i)) (b i)) :=
  congrArg (fun t => add t (b i))
    (Eq.trans (sum_ext cols (fun j => ring_eq (vars3 (ofInt (W i j)) r (x j))
        (b := mul r (mul (ofInt (W i j)) (x j)))))
      (sum_mul_left cols r (fun j => mul (ofInt (W i j)) (x j))))

/-- `‖linear x - linear y‖² = r² ‖W (x - y)‖²`. -/
theorem linear_distSq (rows cols : Nat) (W : Nat → Nat → Int) (r : R) (b x y : Vec R) :
    Eq (distSq rows (linear cols W r b x) (linear cols W r b y))
      (mul (sq r) (normSq rows (matVec cols W (vsub x y)))) :=
  Eq.trans
    (normSq_congr (y := vsmul r (matVec cols W (vsub x y))) (fun i _ =>
      eq_via (congr2 sub (linear_eq cols W r b x i) (linear_eq cols W r b y i))
        (congrArg (mul r) (matVec_sub cols W x y i))
        (ring_eq (vars4 r (matVec cols W x i) (matVec cols W y i) (b i)))))
    (normSq_smul rows r _)

/-- A number `d` with a reciprocal is positive. -/
theorem pos_of_reciprocal {d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) :
    lt (zero : R) (ofNat d) :=
  pos_of_mul_pos (reciprocal_nonneg hr) (lt_congr rfl (Eq.trans (mul_comm r _) hr) zero_lt_one)

/-- `(c d²) (r² w) = c w` where `d r = 1`. -/
theorem scale_cancel {d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) (C : Nat) (w : R) :
    Eq (mul (ofNat (Nat.mul C (Nat.mul d d))) (mul (sq r) w)) (mul (ofNat C) w) :=
  Eq.trans (congrArg (fun t => mul t (mul (sq r) w))
      (Eq.trans (ofNat_mul C (Nat.mul d d)) (congrArg (mul (ofNat C)) (ofNat_mul d d))))
    (Eq.trans
      (ring_eq (vars4 (ofNat C) (ofNat d) r w)
        (b := mul (ofNat C) (mul (sq (mul (ofNat d) r)) w)))
      (Eq.trans (congrArg (fun t => mul (ofNat C) (mul (sq t) w)) hr)
        (ring_eq (vars2 (ofNat C) w))))

/-- The linear layer has constant `√(T/(C d²))`, where `C ‖W x‖² ≤ T ‖x‖²`, `C ≥ 1` (found by
evaluation) and `r = 1/d`. -/
theorem linear_sqLipschitz {rows cols T C d : Nat} {W : Nat → Nat → Int} {r : R}
    [hC : Holds (Nat.ble 1 C)] (h : NormBound.{u} rows cols W T C)
    (hr : Eq (mul (ofNat d) r) one) (b : Vec R) :
    SqLipschitz cols rows (ofNat T) (ofNat (Nat.mul C (Nat.mul d d))) (linear cols W r b) where
  num_nonneg := ofNat_nonneg T
  den_pos := lt_congr rfl
    (Eq.trans (ofNat_mul C (Nat.mul d d)) (congrArg (mul (ofNat C)) (ofNat_mul d d)))
    (mul_pos (ofNat_pos hC.eq) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
  bound x y _ _ := le_via (h (vsub x y))
    (Eq.trans (congrArg (mul _) (linear_distSq rows cols W r b x y)) (scale_cancel hr C _)) rfl

/-- The outputs of a linear layer depend on its `cols` inputs only. -/
theorem linear_congr (rows cols : Nat) (W : Nat → Nat → Int) (r : R) (b : Vec R) {x y : Vec R}
    (h : Agree cols x y) : Agree rows (linear cols W r b x) (linear cols W r b y) :=
  fun i _ => congrArg (fun t => add t (b i))
    (sum_congr (fun j hj => congrArg (mul (mul (ofInt (W i j)) r)) (h j hj)))

end

end LipBridge
