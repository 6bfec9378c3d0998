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

end

end LipBridge
