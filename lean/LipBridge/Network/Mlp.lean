import LipBridge.Network.Chain
import LipBridge.Layers.Linear
/-!
# The product bound of an MLP

`L` linear layers, each followed by an activation of constant 1, have the constant `Π ‖W_ℓ‖₂`, for any
depth and any widths. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `f` never lengthens a distance: its constant is 1. -/
def Nonexpansive (n m : Nat) (f : Vec R → Vec R) : Prop :=
  ∀ x y, le (distSq m (f x) (f y)) (distSq n x y)

/-- A map of constant `√(1/1)` never lengthens a distance. -/
theorem SqLipschitz.nonexpansive {n m : Nat} {f : Vec R → Vec R}
    (h : SqLipschitz n m (ofNat 1 : R) (ofNat 1) f) : Nonexpansive n m f :=
  fun x y => le_of_mul_le_mul_left (ofNat_pos (n := 1) rfl) (h.bound x y ⟨⟩ ⟨⟩)

/-- A map of constant 1 after `f` keeps the constant of `f`. -/
theorem SqLipschitzOn.thenNonexpansive {n m k : Nat} {P Q : R} {S : Vec R → Prop}
    {f φ : Vec R → Vec R} (hf : SqLipschitzOn n m P Q S f) (hφ : Nonexpansive m k φ) :
    SqLipschitzOn n k P Q S (fun x => φ (f x)) :=
  ⟨hf.num_nonneg, hf.den_pos, fun x y hx hy =>
    le_trans (mul_le_mul_left (le_of_lt hf.den_pos) (hφ (f x) (f y))) (hf.bound x y hx hy)⟩

/-- A map of constant 1 after `f` keeps the constant of `f`. -/
theorem LipschitzOn.thenNonexpansive {n m k : Nat} {N D : R} {S : Vec R → Prop}
    {f φ : Vec R → Vec R} (hf : LipschitzOn n m N D S f) (hφ : Nonexpansive m k φ) :
    LipschitzOn n k N D S (fun x => φ (f x)) :=
  ⟨hf.num_nonneg, hf.den_pos, fun x y hx hy =>
    le_trans (mul_le_mul_left (sq_nonneg D) (hφ (f x) (f y))) (hf.bound x y hx hy)⟩

/-- The MLP with weights `W_ℓ * r_ℓ`, biases `b_ℓ` and activations `φ_ℓ`, layer `ℓ` with `n_ℓ`
inputs: `φ_{L-1} (W_{L-1} … φ_0 (W_0 x + b_0) … + b_{L-1})`. -/
def mlp (L : Nat) (n : Nat → Nat) (W : Nat → Nat → Nat → Int) (r : Nat → R) (b : Nat → Vec R)
    (φ : Nat → Vec R → Vec R) : Vec R → Vec R :=
  compose L (fun i x => φ i (linear (n i) (W i) (r i) (b i) x))

/-- `a 0 * a 1 * … * a (L-1)` among natural numbers. -/
def natProd (L : Nat) (a : Nat → Nat) : Nat :=
  match L with
  | 0 => 1
  | .succ L => Nat.mul (natProd L a) (a L)

/-- The image of a product. -/
theorem ofNat_natProd (L : Nat) (a : Nat → Nat) :
    Eq (ofNat (natProd L a) : R) (prod L (fun i => ofNat (a i))) :=
  match L with
  | 0 => ofNat_one
  | .succ L => Eq.trans (ofNat_mul (natProd L a) (a L))
      (congrArg (fun t => mul t (ofNat (a L))) (ofNat_natProd L a))

/-- The product bound: where `C_ℓ ‖W_ℓ x‖² ≤ T_ℓ ‖x‖²`, weights are `W_ℓ/d_ℓ` and activations have
constant 1, the MLP has the constant `Π √(T_ℓ/(C_ℓ d_ℓ²)) = Π ‖W_ℓ‖₂`. -/
theorem mlp_sqLipschitz (L : Nat) {n T C d : Nat → Nat} {W : Nat → Nat → Nat → Int} {r : Nat → R}
    (b : Nat → Vec R) {φ : Nat → Vec R → Vec R}
    (hW : ∀ i, Nat.lt i L → NormBound.{u} (n (Nat.succ i)) (n i) (W i) (T i) (C i))
    (hC : ∀ i, Nat.lt i L → Eq (Nat.ble 1 (C i)) true)
    (hr : ∀ i, Nat.lt i L → Eq (mul (ofNat (d i)) (r i)) one)
    (hφ : ∀ i, Nat.lt i L → Nonexpansive (n (Nat.succ i)) (n (Nat.succ i)) (φ i)) :
    SqLipschitz (n 0) (n L) (ofNat (natProd L T) : R)
      (ofNat (natProd L (fun i => Nat.mul (C i) (Nat.mul (d i) (d i))))) (mlp L n W r b φ) :=
  (compose_sqLipschitz L (fun i hi =>
    (linear_sqLipschitz (hC := ⟨hC i hi⟩) (hW i hi) (hr i hi) (b i)).thenNonexpansive
      (hφ i hi))).congr
    (Eq.symm (ofNat_natProd L T)) (Eq.symm (ofNat_natProd L _))

end

end LipBridge
