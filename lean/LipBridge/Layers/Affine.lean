import LipBridge.Layers.Merge
/-!
# Maps that are linear layers

`Affine n m W s b f`: the map `f` has the values of the linear layer `x ↦ (W x) s + b`. Two such maps
in a row are one, with the product of the matrices, so that a chain of any length has the constant of
its product. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `f` has the `m` values of the linear layer `x ↦ (W x) s + b` with `n` inputs. -/
def Affine (n m : Nat) (W : Nat → Nat → Int) (s : R) (b : Vec R) (f : Vec R → Vec R) : Prop :=
  ∀ x, Agree m (f x) (linear n W s b x)

section
variable {n k m T C d : Nat} {A B M W : Nat → Nat → Int} {s t : R} {a b : Vec R}
  {f g : Vec R → Vec R}

/-- A linear layer is one. -/
theorem Affine.layer (n m : Nat) (W : Nat → Nat → Int) (s : R) (b : Vec R) :
    Affine n m W s b (linear n W s b) := fun _ _ _ => rfl

/-- Equal entries make equal layers. -/
theorem linear_entries (hM : ∀ i j, Nat.lt i m → Nat.lt j n → Eq (M i j) (W i j)) (x : Vec R) :
    Agree m (linear n M s b x) (linear n W s b x) :=
  fun i hi => congrArg (fun y => add y (b i))
    (sum_congr (fun j hj => congrArg (fun w => mul (mul (ofInt w) s) (x j)) (hM i j hi hj)))

/-- Two in a row are one, with the product of the matrices: `A (B x + b) + a = (A B) x + (A b + a)`. -/
theorem Affine.comp (hg : Affine k m A s a g) (hf : Affine n k B t b f)
    (hM : ∀ i j, Nat.lt i m → Nat.lt j n → Eq (M i j) (matMul k A B i j)) :
    Affine n m M (mul s t) (mergedBias k A s a b) (fun x => g (f x)) :=
  fun x i hi => Eq.trans (hg (f x) i hi)
    (Eq.trans (linear_congr m k A s a (hf x) i hi)
      (Eq.trans (linear_linear k n A B s t a b x i)
        (Eq.symm (linear_entries hM x i hi))))

/-- The constant is that of the matrix: `√(T/(C d²))`, where `C ‖W x‖² ≤ T ‖x‖²`, `C ≥ 1` (found by
evaluation) and `s = 1/d`. -/
theorem Affine.sqLipschitz [hC : Holds (Nat.ble 1 C)] (hf : Affine n m W s b f)
    (h : NormBound.{u} m n W T C) (hs : Eq (mul (ofNat d) s) one) :
    SqLipschitz n m (ofNat T) (ofNat (Nat.mul C (Nat.mul d d))) f :=
  (linear_sqLipschitz h hs b).congrFun hf

end

/-- The difference of two values of a linear layer, entry by entry. -/
theorem linear_sub (cols : Nat) (W : Nat → Nat → Int) (r : R) (b x y : Vec R) (i : Nat) :
    Eq (sub (linear cols W r b x i) (linear cols W r b y i))
      (mul r (matVec cols W (vsub x y) i)) :=
  eq_via (congr2 sub (linear_eq cols W r b x i) (linear_eq cols W r b y i))
    (congrArg (mul r) (matVec_sub cols W x y i))
    (ring_eq (vars4 r (matVec cols W x i) (matVec cols W y i) (b i)))

/-- `d (g x - g y) = W (x - y)`, entry by entry, for a linear layer `g` with the matrix `W/d`. -/
theorem Affine.times_sub {n m d i : Nat} {W : Nat → Nat → Int} {r : R} {b : Vec R} {g : Vec R → Vec R}
    (hg : Affine n m W r b g) (hr : Eq (mul (ofNat d) r) one) (x y : Vec R) (hi : Nat.lt i m) :
    Eq (mul (ofNat d) (sub (g x i) (g y i))) (matVec n W (vsub x y) i) :=
  Eq.trans (congrArg (mul (ofNat d))
      (Eq.trans (congr2 sub (hg x i hi) (hg y i hi)) (linear_sub n W r b x y i)))
    (Eq.trans (Eq.symm (mul_assoc (ofNat d) r _))
      (Eq.trans (congrArg (fun t => mul t (matVec n W (vsub x y) i)) hr) (one_mul _)))

/-- `0 ≤ ‖s x + t y‖²`, written out. -/
theorem normSq_combination (n : Nat) (s t : R) (x y : Vec R) :
    le zero (add (add (mul (sq s) (normSq n x))
        (add (mul s (mul t (dot n y x))) (mul s (mul t (dot n y x)))))
      (mul (sq t) (normSq n y))) :=
  have d : Eq (dot n (vsmul s x) (vsmul t y)) (mul s (mul t (dot n y x))) :=
    Eq.trans (dot_smul_left n s x _)
      (congrArg (mul s) (Eq.trans (dot_comm n x _) (dot_smul_left n t y x)))
  le_congr rfl
    (Eq.symm (Eq.trans (normSq_add n (vsmul s x) (vsmul t y))
      (congr2 add (congr2 add (normSq_smul n s x) (congr2 add d d)) (normSq_smul n t y))))
    (normSq_nonneg n (vadd (vsmul s x) (vsmul t y)))

end

end LipBridge
