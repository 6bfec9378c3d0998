import LipBridgeReal.Ring
/-!
# `Vec ℝ` and `EuclideanSpace ℝ (Fin n)`

A vector of LipBridge is a function of the index; its first `n` entries are a point of Euclidean
space, which goes back with zeros after them.
-/

set_option autoImplicit false

namespace LipBridgeReal

/-- A point of Euclidean space as a vector of LipBridge: entries beyond `n` are 0. -/
noncomputable def toVec {n : Nat} (x : EuclideanSpace Real (Fin n)) : LipBridge.Vec Real :=
  fun i => dite (LT.lt i n) (fun h => WithLp.ofLp x ⟨i, h⟩) (fun _ => 0)

/-- The first `n` entries of a vector of LipBridge. -/
noncomputable def ofVec (n : Nat) (v : LipBridge.Vec Real) : EuclideanSpace Real (Fin n) :=
  WithLp.toLp _ (fun i => v i.val)

/-- A function on vectors as one between Euclidean spaces. -/
noncomputable def lift (n m : Nat) (f : LipBridge.Vec Real → LipBridge.Vec Real) :
    EuclideanSpace Real (Fin n) → EuclideanSpace Real (Fin m) :=
  fun x => ofVec m (f (toVec x))

/-- Zero extension keeps the entries. -/
theorem toVec_apply {n : Nat} (x : EuclideanSpace Real (Fin n)) (i : Fin n) :
    Eq (toVec x i.val) (WithLp.ofLp x i) :=
  dif_pos i.isLt

/-- Restriction after zero extension is the identity. -/
theorem ofVec_toVec {n : Nat} (x : EuclideanSpace Real (Fin n)) : Eq (ofVec n (toVec x)) x :=
  congrArg (WithLp.toLp _) (funext (fun i => toVec_apply x i))

/-- Zero extension after restriction agrees in the first `n` entries. -/
theorem toVec_ofVec (n : Nat) (v : LipBridge.Vec Real) : LipBridge.Agree n (toVec (ofVec n v)) v :=
  fun i h => toVec_apply (ofVec n v) ⟨i, h⟩

/-- LipBridge's sums are Mathlib's. -/
theorem sum_eq (n : Nat) (g : Nat → Real) :
    Eq (LipBridge.sum n g) (Finset.sum Finset.univ (fun i : Fin n => g i.val)) :=
  match n with
  | 0 => Eq.symm (Fin.sum_univ_zero (fun i : Fin 0 => g i.val))
  | .succ n => Eq.trans (congrArg (fun t : Real => HAdd.hAdd t (g n)) (sum_eq n g))
      (Eq.symm (Fin.sum_univ_castSucc (fun i : Fin (HAdd.hAdd n 1) => g i.val)))

/-- `dist a b ^ 2 = (a + -b) * (a + -b)`. -/
theorem dist_sq_real (a b : Real) : Eq (HPow.hPow (dist a b) (2 : Nat))
    (HMul.hMul (HAdd.hAdd a (Neg.neg b)) (HAdd.hAdd a (Neg.neg b))) :=
  Eq.trans (congrArg (fun t : Real => HPow.hPow t (2 : Nat)) (Real.dist_eq a b))
    (Eq.trans (sq_abs (HSub.hSub a b))
      (Eq.trans (pow_two (HSub.hSub a b))
        (congrArg (fun t : Real => HMul.hMul t t) (sub_eq_add_neg a b))))

/-- `dist x y ^ 2` on Euclidean space is LipBridge's `distSq`. -/
theorem dist_sq_ofVec (n : Nat) (u v : LipBridge.Vec Real) :
    Eq (HPow.hPow (dist (ofVec n u) (ofVec n v)) (2 : Nat)) (LipBridge.distSq n u v) :=
  Eq.trans (EuclideanSpace.dist_sq_eq (ofVec n u) (ofVec n v))
    (Eq.trans (Finset.sum_congr rfl (fun i _ => dist_sq_real (u i.val) (v i.val)))
      (Eq.symm (sum_eq n (fun i => LipBridge.mul (LipBridge.sub (u i) (v i)) (LipBridge.sub (u i) (v i))))))

/-- `dist x y ^ 2` on Euclidean space is LipBridge's `distSq` of the zero extensions. -/
theorem dist_sq_toVec {n : Nat} (x y : EuclideanSpace Real (Fin n)) :
    Eq (HPow.hPow (dist x y) (2 : Nat)) (LipBridge.distSq n (toVec x) (toVec y)) :=
  Eq.trans (congrArg (fun t : Real => HPow.hPow t (2 : Nat))
      (LipBridge.congr2 dist (Eq.symm (ofVec_toVec x)) (Eq.symm (ofVec_toVec y))))
    (dist_sq_ofVec n (toVec x) (toVec y))

/-- `‖x‖ ^ 2` on Euclidean space is LipBridge's `normSq` of the zero extension. -/
theorem norm_sq_toVec {n : Nat} (x : EuclideanSpace Real (Fin n)) :
    Eq (HPow.hPow (Norm.norm x) (2 : Nat)) (LipBridge.normSq n (toVec x)) :=
  Eq.trans (EuclideanSpace.norm_sq_eq x)
    (Eq.trans (Finset.sum_congr rfl (fun i _ =>
        Eq.trans (congrArg (fun t : Real => HPow.hPow t (2 : Nat)) (Real.norm_eq_abs (WithLp.ofLp x i)))
          (Eq.trans (sq_abs (WithLp.ofLp x i))
            (Eq.trans (pow_two (WithLp.ofLp x i))
              (congrArg (fun t : Real => HMul.hMul t t) (Eq.symm (toVec_apply x i)))))))
      (Eq.symm (sum_eq n (fun i => LipBridge.mul (toVec x i) (toVec x i)))))

end LipBridgeReal
