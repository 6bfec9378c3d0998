import LipBridge.Layers.Linear
/-!
# Scaling by a number

`x ↦ c x` with `c = n/d` has constant `|c|`. Theory, section 2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `x ↦ (n * r) * x`, with `r = 1/d`: multiplication by `n/d`. -/
def scale (n : Int) (r : R) (x : Vec R) : Vec R := fun i => mul (mul (ofInt n) r) (x i)

/-- `n² = |n|²`. -/
theorem ofInt_sq (n : Int) :
    Eq (sq (ofInt n : R)) (ofNat (Nat.mul (Int.natAbs n) (Int.natAbs n))) :=
  Eq.symm (match n with
  | .ofNat m => ofNat_mul m m
  | .negSucc m => Eq.trans (ofNat_mul (Nat.succ m) (Nat.succ m))
      (Eq.symm (Eq.trans (congrArg sq (ofInt_negSucc m)) (ring_eq (vars1 (ofNat (Nat.succ m)))
        (a := sq (neg (ofNat (Nat.succ m))))
        (b := mul (ofNat (Nat.succ m)) (ofNat (Nat.succ m)))))))

/-- `‖scale x - scale y‖² = (n r)² ‖x - y‖²`. -/
theorem scale_distSq (m : Nat) (n : Int) (r : R) (x y : Vec R) :
    Eq (distSq m (scale n r x) (scale n r y)) (mul (sq (mul (ofInt n) r)) (distSq m x y)) :=
  Eq.trans
    (normSq_congr (y := vsmul (mul (ofInt n) r) (vsub x y)) (fun i _ =>
      ring_eq (vars4 (ofInt n) r (x i) (y i))
        (a := sub (mul (mul (ofInt n) r) (x i)) (mul (mul (ofInt n) r) (y i)))))
    (normSq_smul m _ _)

/-- Scaling by `n/d` has constant `√(n²/d²)`. -/
theorem scale_sqLipschitz (m : Nat) (n : Int) {d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) :
    SqLipschitz m m (ofNat (Nat.mul (Int.natAbs n) (Int.natAbs n)) : R) (ofNat (Nat.mul d d))
      (scale n r) where
  num_nonneg := ofNat_nonneg _
  den_pos := lt_congr rfl (ofNat_mul d d) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr))
  bound x y := le_of_eq (Eq.trans
    (congr2 mul (ofNat_mul d d) (scale_distSq m n r x y))
    (Eq.trans
      (ring_eq (vars4 (ofNat d) (ofInt n) r (distSq m x y))
        (b := mul (sq (ofInt n)) (mul (sq (mul (ofNat d) r)) (distSq m x y))))
      (congr2 mul (ofInt_sq n)
        (Eq.trans (congrArg (fun t => mul (sq t) (distSq m x y)) hr)
          (ring_eq (vars1 (distSq m x y)))))))

/-- The outputs of scaling depend on the inputs at the same places. -/
theorem scale_congr {m : Nat} (n : Int) (r : R) {x y : Vec R} (h : Agree m x y) :
    Agree m (scale n r x) (scale n r y) :=
  fun i hi => congrArg (mul (mul (ofInt n) r)) (h i hi)

end

end LipBridge
