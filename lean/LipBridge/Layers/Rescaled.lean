import LipBridge.Layers.Activation
import LipBridge.Layers.Affine
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.Rescale
/-!
# Rescaling the hidden units of a chain of layers

`Scales n m c c' f g`: what `g` makes of `c ⊙ x` is `c' ⊙ f x`. Linear layers with `W' diag(c) =
diag(c') W` and positively homogeneous activations (ReLU, leaky ReLU, the absolute value) are such
pairs, and so are their compositions. A chain that starts with `c = 1` and ends with `c' = K` has
`g = K f`: every constant of `g` is one of `f`, divided by `K`. No division is needed. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `g (c ⊙ x) = c' ⊙ f x`, for `n` inputs and `m` outputs. -/
def Scales (n m : Nat) (c c' : Nat → Nat) (f g : Vec R → Vec R) : Prop :=
  ∀ x y, (∀ j, Nat.lt j n → Eq (y j) (mul (ofNat (c j)) (x j))) →
    ∀ i, Nat.lt i m → Eq (g y i) (mul (ofNat (c' i)) (f x i))

/-- Some map that `f` scales to has the constant `√(P/Q)`. -/
def Rescaled (R : Type u) [OrderedRing R] (n m : Nat) (c c' : Nat → Nat) (P Q : Nat)
    (f : Vec R → Vec R) : Prop :=
  Exists fun g => And (Scales n m c c' f g) (SqLipschitz n m (ofNat P : R) (ofNat Q) g)

section
variable {n k m P Q P₁ Q₁ P₂ Q₂ T C d K : Nat} {c c' c'' : Nat → Nat} {W W' : Nat → Nat → Int}
  {s : R} {b : Vec R} {f f₁ f₂ g g₁ g₂ : Vec R → Vec R} {φ : R → R}

/-- Scalings compose. -/
theorem Scales.comp (h₁ : Scales n k c c' f₁ g₁) (h₂ : Scales k m c' c'' f₂ g₂) :
    Scales n m c c'' (fun x => f₂ (f₁ x)) (fun x => g₂ (g₁ x)) :=
  fun x y hy => h₂ (f₁ x) (g₁ y) (h₁ x y hy)

/-- A linear layer and its rescaled form `W'`, `c' ⊙ b`, where `W'_ij c_j = c'_i W_ij`. -/
theorem Scales.affine (hf : Affine n m W s b f)
    (hW : ∀ i j, Nat.lt i m → Nat.lt j n →
      Eq (Int.mul (W' i j) (Int.ofNat (c j))) (Int.mul (Int.ofNat (c' i)) (W i j))) :
    Scales n m c c' f (linear n W' s (fun i => mul (ofNat (c' i)) (b i))) :=
  fun x y hy i hi =>
    have term (j : Nat) (hj : Nat.lt j n) : Eq (mul (mul (ofInt (W' i j)) s) (y j))
        (mul (ofNat (c' i)) (mul (mul (ofInt (W i j)) s) (x j))) :=
      Eq.trans (congrArg (mul (mul (ofInt (W' i j)) s)) (hy j hj))
        (Eq.trans
          (ring_eq (vars4 (ofInt (W' i j)) s (ofNat (c j)) (x j))
            (a := mul (mul (ofInt (W' i j)) s) (mul (ofNat (c j)) (x j)))
            (b := mul (mul (mul (ofInt (W' i j)) (ofNat (c j))) s) (x j)))
          (Eq.trans
            (congrArg (fun t => mul (mul t s) (x j))
              (Eq.trans (Eq.symm (ofInt_mul (W' i j) (Int.ofNat (c j))))
                (Eq.trans (congrArg ofInt (hW i j hi hj)) (ofInt_mul (Int.ofNat (c' i)) (W i j)))))
            (ring_eq (vars4 (ofNat (c' i)) (ofInt (W i j)) s (x j))
              (a := mul (mul (mul (ofNat (c' i)) (ofInt (W i j))) s) (x j))
              (b := mul (ofNat (c' i)) (mul (mul (ofInt (W i j)) s) (x j))))))
    Eq.trans
      (congrArg (fun t => add t (mul (ofNat (c' i)) (b i)))
        (Eq.trans (sum_congr term) (sum_mul_left n (ofNat (c' i)) _)))
      (Eq.trans (Eq.symm (mul_add (ofNat (c' i)) _ (b i)))
        (congrArg (mul (ofNat (c' i))) (Eq.symm (hf x i hi))))

/-- A positively homogeneous activation scales to itself. -/
theorem Scales.homogeneous (n : Nat) (c : Nat → Nat)
    (hφ : ∀ t a, le zero t → Eq (φ (mul t a)) (mul t (φ a))) :
    Scales n n c c (fun x i => φ (x i)) (fun x i => φ (x i)) :=
  fun x _ hy i hi => Eq.trans (congrArg φ (hy i hi)) (hφ (ofNat (c i)) (x i) (ofNat_nonneg (c i)))

/-- A linear layer has the constant of its rescaled matrix. -/
theorem Rescaled.affine [hC : Holds (Nat.ble 1 C)] (hf : Affine n m W s b f)
    (hW : ∀ i j, Nat.lt i m → Nat.lt j n →
      Eq (Int.mul (W' i j) (Int.ofNat (c j))) (Int.mul (Int.ofNat (c' i)) (W i j)))
    (h : NormBound.{u} m n W' T C) (hs : Eq (mul (ofNat d) s) one) :
    Rescaled R n m c c' T (Nat.mul C (Nat.mul d d)) f :=
  ⟨_, Scales.affine hf hW, linear_sqLipschitz h hs _⟩

/-- ReLU is positively homogeneous. -/
theorem Rescaled.relu (n : Nat) (c : Nat → Nat) : Rescaled R n n c c 1 1 relu :=
  ⟨_, Scales.homogeneous (φ := fun a => sup a zero) n c (fun t a ht =>
    Eq.trans (congrArg (sup (mul t a)) (Eq.symm (mul_zero t))) (sup_mul ht a zero)),
    relu_sqLipschitz n⟩

/-- Leaky ReLU of slope `p/d ≤ 1` is positively homogeneous. -/
theorem Rescaled.leakyRelu (n : Nat) (c : Nat → Nat) {p d : Nat} {r : R}
    (hr : Eq (mul (ofNat d) r) one) (h : Eq (Nat.ble p d) true) :
    Rescaled R n n c c 1 1 (leakyRelu (mul (ofNat p) r)) :=
  ⟨_, Scales.homogeneous (φ := fun a => sup a (mul (mul (ofNat p) r) a)) n c (fun t a ht =>
    Eq.trans
      (congrArg (sup (mul t a)) (ring_eq (vars3 (mul (ofNat p) r) t a)
        (a := mul (mul (ofNat p) r) (mul t a)) (b := mul t (mul (mul (ofNat p) r) a))))
      (sup_mul ht a (mul (mul (ofNat p) r) a))),
    leakyRelu_sqLipschitz n hr h⟩

/-- The absolute value is positively homogeneous. -/
theorem Rescaled.abs (n : Nat) (c : Nat → Nat) : Rescaled R n n c c 1 1 (entrywise abs) :=
  ⟨_, Scales.homogeneous (φ := LipBridge.abs) n c (fun t a ht =>
    Eq.trans
      (congrArg (sup (mul t a)) (ring_eq (vars2 t a) (a := neg (mul t a)) (b := mul t (neg a))))
      (sup_mul ht a (neg a))),
    abs_sqLipschitz n⟩

/-- Constants multiply. -/
theorem Rescaled.comp (h₁ : Rescaled R n k c c' P₁ Q₁ f₁) (h₂ : Rescaled R k m c' c'' P₂ Q₂ f₂) :
    Rescaled R n m c c'' (Nat.mul P₁ P₂) (Nat.mul Q₁ Q₂) (fun x => f₂ (f₁ x)) :=
  match h₁, h₂ with
  | ⟨_, a₁, l₁⟩, ⟨_, a₂, l₂⟩ => ⟨_, Scales.comp a₁ a₂, l₁.comp_ofNat l₂ (fun _ _ => ⟨⟩)⟩

/-- Whether `c i = K` for `i < n`. -/
def allEqual (n K : Nat) (c : Nat → Nat) : Bool := allBelow n (fun i => Nat.beq (c i) K)

/-- A chain that starts with the scaling 1 and ends with `K` has the constant `√(P/(Q K²))`. -/
theorem Rescaled.sqLipschitz (h : Rescaled R n m c c' P Q f) (h1 : Eq (allEqual n 1 c) true)
    (hK : Eq (allEqual m K c') true) (hpos : Eq (Nat.ble 1 K) true) :
    SqLipschitz n m (ofNat P) (ofNat (Nat.mul Q (Nat.mul K K))) f :=
  match h with
  | ⟨g, hg, l⟩ =>
    have scaled (x : Vec R) : Agree m (g x) (vsmul (ofNat K) (f x)) := fun i hi =>
      Eq.trans
        (hg x x (fun j hj => Eq.symm (Eq.trans
          (congrArg (fun t => mul t (x j)) (Eq.trans
            (congrArg ofNat (Nat.eq_of_beq_eq_true (allBelow_sound h1 hj))) ofNat_one))
          (one_mul (x j)))) i hi)
        (congrArg (fun t => mul (ofNat t) (f x i))
          (Nat.eq_of_beq_eq_true (allBelow_sound hK hi)))
    have dist (x y : Vec R) : Eq (distSq m (g x) (g y)) (mul (sq (ofNat K)) (distSq m (f x) (f y))) :=
      Eq.trans
        (normSq_congr (y := vsmul (ofNat K) (vsub (f x) (f y))) (fun i hi => Eq.trans
          (congr2 sub (scaled x i hi) (scaled y i hi))
          (ring_eq (vars3 (ofNat K) (f x i) (f y i))
            (a := sub (mul (ofNat K) (f x i)) (mul (ofNat K) (f y i)))
            (b := mul (ofNat K) (sub (f x i) (f y i))))))
        (normSq_smul m (ofNat K) (vsub (f x) (f y)))
    have den : Eq (ofNat (Nat.mul Q (Nat.mul K K)) : R) (mul (ofNat Q) (sq (ofNat K))) :=
      Eq.trans (ofNat_mul Q (Nat.mul K K)) (congrArg (mul (ofNat Q)) (ofNat_sq K))
    ⟨l.num_nonneg, lt_congr rfl den (mul_pos l.den_pos (sq_pos (ofNat_pos hpos))), fun x y _ _ =>
      le_via (l.bound x y ⟨⟩ ⟨⟩)
        (Eq.trans (congrArg (fun t => mul t (distSq m (f x) (f y))) den)
          (Eq.trans (mul_assoc (ofNat Q) (sq (ofNat K)) (distSq m (f x) (f y)))
            (congrArg (mul (ofNat Q)) (Eq.symm (dist x y))))) rfl⟩

end

end

end LipBridge
