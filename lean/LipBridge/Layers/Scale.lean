import LipBridge.Layers.Linear
/-!
# Scaling by a number

`x ↦ c x` with `c = n/d` has constant `|c|`. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `x ↦ c * x`. -/
def scale (c : R) (x : Vec R) : Vec R := fun i => mul c (x i)

/-- `n² = |n|²`. -/
theorem ofInt_sq (n : Int) :
    Eq (sq (ofInt n : R)) (ofNat (Nat.mul (Int.natAbs n) (Int.natAbs n))) :=
  Eq.symm (match n with
  | .ofNat m => ofNat_mul m m
  | .negSucc m => Eq.trans (ofNat_mul (Nat.succ m) (Nat.succ m))
      (Eq.symm (Eq.trans (congrArg sq (ofInt_negSucc m)) (ring_eq (vars1 (ofNat (Nat.succ m)))
        (a := sq (neg (ofNat (Nat.succ m))))
        (b := mul (ofNat (Nat.succ m)) (ofNat (Nat.succ m)))))))

/-- `‖c x - c y‖² = c² ‖x - y‖²`. -/
theorem scale_distSq (m : Nat) (c : R) (x y : Vec R) :
    Eq (distSq m (scale c x) (scale c y)) (mul (sq c) (distSq m x y)) :=
  Eq.trans
    (normSq_congr (y := vsmul c (vsub x y)) (fun i _ =>
      ring_eq (vars3 c (x i) (y i)) (a := sub (mul c (x i)) (mul c (y i)))))
    (normSq_smul m c _)

/-- `d² (n r)² e = P e` where `P = n²` and `d r = 1`. -/
theorem scale_ratio {n : Int} {P d : Nat} {r : R} (e : R)
    (hP : Eq (Nat.mul (Int.natAbs n) (Int.natAbs n)) P) (hr : Eq (mul (ofNat d) r) one) :
    Eq (mul (ofNat (Nat.mul d d)) (mul (sq (mul (ofInt n) r)) e)) (mul (ofNat P) e) :=
  Eq.trans (congrArg (fun t => mul t (mul (sq (mul (ofInt n) r)) e)) (ofNat_mul d d))
    (Eq.trans
      (ring_eq (vars4 (ofNat d) (ofInt n) r e)
        (b := mul (sq (ofInt n)) (mul (sq (mul (ofNat d) r)) e)))
      (congr2 mul (Eq.trans (ofInt_sq n) (congrArg ofNat hP))
        (Eq.trans (congrArg (fun t => mul (sq t) e) hr) (ring_eq (vars1 e)))))

/-- Scaling by `n/d` has constant `√(P/d²)`, where `P = n²` (found by evaluation). -/
theorem scale_sqLipschitz (m : Nat) {n : Int} {P d : Nat} {r : R}
    [hP : Holds (Nat.beq (Nat.mul (Int.natAbs n) (Int.natAbs n)) P)]
    (hr : Eq (mul (ofNat d) r) one) :
    SqLipschitz m m (ofNat P : R) (ofNat (Nat.mul d d)) (scale (mul (ofInt n) r)) where
  num_nonneg := ofNat_nonneg _
  den_pos := lt_congr rfl (ofNat_mul d d) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr))
  bound x y _ _ := le_of_eq
    (Eq.trans (congrArg (mul (ofNat (Nat.mul d d))) (scale_distSq m (mul (ofInt n) r) x y))
      (scale_ratio (distSq m x y) (Nat.eq_of_beq_eq_true hP.eq) hr))

/-- The outputs of scaling depend on the inputs at the same places. -/
theorem scale_congr {m : Nat} (c : R) {x y : Vec R} (h : Agree m x y) :
    Agree m (scale c x) (scale c y) :=
  fun i hi => congrArg (mul c) (h i hi)

end

end LipBridge
