import LipBridgeReal.Vector
/-!
# Lipschitz constants in Mathlib's words

`Lipschitz` and `LipschitzOn` give `LipschitzWith`, `LipschitzOnWith` and inequalities of norms.
-/

set_option autoImplicit false

namespace LipBridgeReal

/-- The step from squares: `D²·a'² ≤ N²·a²` gives `a' ≤ N / D * a`. -/
theorem le_of_sq {N D a a' s s' : Real} (hN : LipBridge.le LipBridge.zero N)
    (hD : LipBridge.lt LipBridge.zero D) (ha : LE.le 0 a) (e : Eq (HPow.hPow a (2 : Nat)) s)
    (e' : Eq (HPow.hPow a' (2 : Nat)) s')
    (h : LipBridge.le (LipBridge.mul (LipBridge.sq D) s') (LipBridge.mul (LipBridge.sq N) s)) :
    LE.le a' (HMul.hMul (HDiv.hDiv N D) a) :=
  have square (c t : Real) : Eq (LipBridge.sq (LipBridge.mul c t))
      (LipBridge.mul (LipBridge.sq c) (HPow.hPow t (2 : Nat))) :=
    Eq.trans (LipBridge.ring_eq (LipBridge.vars2 c t)
      (b := LipBridge.mul (LipBridge.sq c) (LipBridge.mul t t)))
      (congrArg (LipBridge.mul (LipBridge.sq c)) (Eq.symm (pow_two t)))
  have k : LipBridge.le (LipBridge.mul D a') (LipBridge.mul N a) :=
    LipBridge.le_of_sq_le_sq (LipBridge.mul_nonneg hN ha)
      (LipBridge.le_via h
        (Eq.trans (square D a') (congrArg (LipBridge.mul (LipBridge.sq D)) e'))
        (Eq.trans (square N a) (congrArg (LipBridge.mul (LipBridge.sq N)) e)))
  Eq.subst (motive := fun t => LE.le a' t) (Eq.symm (div_mul_eq_mul_div N D a))
    ((le_div_iff₀' (pos_of_lt hD)).mpr k)

section
variable {n m : Nat} {f : LipBridge.Vec Real → LipBridge.Vec Real} {S : LipBridge.Vec Real → Prop}

/-- `dist (f x) (f y) ≤ N / D * dist x y` for `x`, `y` in the domain. -/
theorem dist_le_on {N D : Real} (h : LipBridge.LipschitzOn n m N D S f)
    (x y : EuclideanSpace Real (Fin n)) (hx : S (toVec x)) (hy : S (toVec y)) :
    LE.le (dist (lift n m f x) (lift n m f y)) (HMul.hMul (HDiv.hDiv N D) (dist x y)) :=
  le_of_sq h.num_nonneg h.den_pos dist_nonneg (dist_sq_toVec x y)
    (dist_sq_ofVec m (f (toVec x)) (f (toVec y))) (h.bound (toVec x) (toVec y) hx hy)

/-- The cast of a quotient of natural numbers. -/
theorem coe_ratio (N D : Nat) :
    Eq (NNReal.toReal (HDiv.hDiv (Nat.cast N : NNReal) (Nat.cast D : NNReal)))
      (HDiv.hDiv (LipBridge.ofNat N : Real) (LipBridge.ofNat D)) :=
  Eq.trans (NNReal.coe_div (Nat.cast N) (Nat.cast D))
    (LipBridge.congr2 HDiv.hDiv
      (Eq.trans (NNReal.coe_natCast N) (Eq.symm (ofNat_eq_cast N)))
      (Eq.trans (NNReal.coe_natCast D) (Eq.symm (ofNat_eq_cast D))))

variable {N D : Nat}

/-- **What an export uses** for norms: `‖f x - f y‖ ≤ N / D * ‖x - y‖` for `x`, `y` in the domain. -/
theorem norm_sub_le_on
    (h : LipBridge.LipschitzOn n m (LipBridge.ofNat N : Real) (LipBridge.ofNat D) S f)
    (x y : EuclideanSpace Real (Fin n)) (hx : S (toVec x)) (hy : S (toVec y)) :
    LE.le (Norm.norm (HSub.hSub (lift n m f x) (lift n m f y)))
      (HMul.hMul (HDiv.hDiv (Nat.cast N : Real) (Nat.cast D : Real)) (Norm.norm (HSub.hSub x y))) :=
  LipBridge.le_congr (Eq.symm (dist_eq_norm (lift n m f x) (lift n m f y)))
    (LipBridge.congr2 HMul.hMul
      (LipBridge.congr2 HDiv.hDiv (Eq.symm (ofNat_eq_cast N)) (Eq.symm (ofNat_eq_cast D)))
      (Eq.symm (dist_eq_norm x y)))
    (dist_le_on h x y hx hy)

/-- **What an export uses** where nothing is asked of the inputs: Mathlib's `LipschitzWith (N / D)`. -/
theorem lipschitzWith
    (h : LipBridge.LipschitzOn n m (LipBridge.ofNat N : Real) (LipBridge.ofNat D) S f)
    (hS : ∀ x, S x) :
    LipschitzWith (HDiv.hDiv (Nat.cast N : NNReal) (Nat.cast D : NNReal)) (lift n m f) :=
  LipschitzWith.of_dist_le_mul (fun x y =>
    Eq.subst (motive := fun t => LE.le (dist (lift n m f x) (lift n m f y)) (HMul.hMul t (dist x y)))
      (Eq.symm (coe_ratio N D)) (dist_le_on h x y (hS (toVec x)) (hS (toVec y))))

/-- **What an export uses** on a domain: `LipschitzOnWith (N / D)`. -/
theorem lipschitzOnWith
    (h : LipBridge.LipschitzOn n m (LipBridge.ofNat N : Real) (LipBridge.ofNat D) S f) :
    LipschitzOnWith (HDiv.hDiv (Nat.cast N : NNReal) (Nat.cast D : NNReal)) (lift n m f)
      (Set.ofPred fun x : EuclideanSpace Real (Fin n) => S (toVec x)) :=
  LipschitzOnWith.of_dist_le_mul (fun x hx y hy =>
    Eq.subst (motive := fun t => LE.le (dist (lift n m f x) (lift n m f y)) (HMul.hMul t (dist x y)))
      (Eq.symm (coe_ratio N D)) (dist_le_on h x y (Set.mem_ofPred.mp hx) (Set.mem_ofPred.mp hy)))

/-- The largest length of an input is a closed ball: `‖x‖ ≤ A / B` gives `InBall`. -/
theorem inBall_of_norm {A B : Nat} (hB : Eq (Nat.ble 1 B) true) {x : EuclideanSpace Real (Fin n)}
    (hx : LE.le (Norm.norm x) (HDiv.hDiv (Nat.cast A : Real) (Nat.cast B : Real))) :
    LipBridge.InBall 0 1 n A B (toVec x) :=
  have first (t : Nat) (ht : Nat.lt t 1) : Eq (LipBridge.normSq n
      (LipBridge.token n (LipBridge.slice 0 (toVec x)) t)) (LipBridge.normSq n (toVec x)) :=
    LipBridge.normSq_congr (fun j _ => congrArg (toVec x)
      (Eq.trans (LipBridge.nat_zero_add _)
        (Eq.trans (congrArg (fun t => Nat.add (Nat.mul t n) j)
            (LipBridge.nat_le_antisymm (Nat.le_of_succ_le_succ ht) (Nat.zero_le t)))
          (Eq.trans (congrArg (fun k => Nat.add k j) (LipBridge.nat_zero_mul n))
            (LipBridge.nat_zero_add j)))))
  have scaled : LE.le (HMul.hMul (Nat.cast B : Real) (Norm.norm x)) (Nat.cast A : Real) :=
    (le_div_iff₀' (pos_of_lt (LipBridge.lt_congr rfl (Eq.symm (ofNat_eq_cast B))
      (LipBridge.ofNat_pos hB)))).mp hx
  fun t ht => LipBridge.le_congr
    (Eq.trans (congrArg (LipBridge.mul (LipBridge.sq (LipBridge.ofNat B)))
        (Eq.trans (first t ht) (Eq.trans (Eq.symm (norm_sq_toVec x)) (pow_two (Norm.norm x)))))
      (Eq.trans (LipBridge.ring_eq (LipBridge.vars2 (LipBridge.ofNat B) (Norm.norm x))
          (a := LipBridge.mul (LipBridge.sq (LipBridge.ofNat B)) (LipBridge.mul (Norm.norm x) (Norm.norm x)))
          (b := LipBridge.sq (LipBridge.mul (LipBridge.ofNat B) (Norm.norm x))))
        (congrArg (fun c => LipBridge.sq (LipBridge.mul c (Norm.norm x))) (ofNat_eq_cast B))))
    (congrArg LipBridge.sq (ofNat_eq_cast A))
    (LipBridge.sq_le_sq (LipBridge.mul_nonneg
        (LipBridge.le_congr rfl (Eq.symm (ofNat_eq_cast B)) (LipBridge.ofNat_nonneg B))
        (norm_nonneg x)) scaled)

/-- **What an export uses** for one input with a largest length: Lipschitz on the closed ball. -/
theorem lipschitzOnWith_closedBall {A B : Nat} (hB : Eq (Nat.ble 1 B) true)
    (hS : ∀ x : LipBridge.Vec Real, LipBridge.InBall 0 1 n A B x → S x)
    (h : LipBridge.LipschitzOn n m (LipBridge.ofNat N : Real) (LipBridge.ofNat D) S f) :
    LipschitzOnWith (HDiv.hDiv (Nat.cast N : NNReal) (Nat.cast D : NNReal)) (lift n m f)
      (Metric.closedBall 0 (HDiv.hDiv (Nat.cast A : Real) (Nat.cast B : Real))) :=
  (lipschitzOnWith h).mono (fun x hx =>
    Set.mem_ofPred.mpr (hS (toVec x) (inBall_of_norm hB (mem_closedBall_zero_iff.mp hx))))

end

end LipBridgeReal
