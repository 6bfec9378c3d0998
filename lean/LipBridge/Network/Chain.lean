import LipBridge.Layers.Sum
/-!
# Any number of layers

Constants multiply under composition, whatever the depth: for lists of layers, each with its own
constant, and for sequences of layers; `L` layers of constant `σ` have `σ^L`. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-! ## Lists of layers -/

/-- A layer with its number of outputs and the square `num/den` of its constant. -/
structure Stage (R : Type u) where
  /-- The number of outputs. -/
  out : Nat
  /-- Numerator of the squared constant. -/
  num : R
  /-- Denominator of the squared constant. -/
  den : R
  /-- The layer. -/
  map : Vec R → Vec R

/-- The layers applied one after the other, the first of the list first. -/
def runStages (l : List (Stage R)) (x : Vec R) : Vec R :=
  match l with
  | .nil => x
  | .cons s l => runStages l (s.map x)

/-- The number of outputs of a list of layers with `n` inputs. -/
def stagesOut (n : Nat) (l : List (Stage R)) : Nat :=
  match l with
  | .nil => n
  | .cons s l => stagesOut s.out l

/-- The product of the numerators. -/
def stagesNum (l : List (Stage R)) : R :=
  match l with
  | .nil => one
  | .cons s l => mul s.num (stagesNum l)

/-- The product of the denominators. -/
def stagesDen (l : List (Stage R)) : R :=
  match l with
  | .nil => one
  | .cons s l => mul s.den (stagesDen l)

/-- Each layer of the list has its constant, and as many inputs as the one before has outputs. -/
def StagesHold (n : Nat) (l : List (Stage R)) : Prop :=
  match l with
  | .nil => True
  | .cons s l => And (SqLipschitz n s.out s.num s.den s.map) (StagesHold s.out l)

/-- The identity has the constant 1. -/
theorem identity_sqLipschitz (n : Nat) : SqLipschitz n n (one : R) one (fun x => x) :=
  ⟨le_of_lt zero_lt_one, zero_lt_one, fun _ _ _ _ => le_refl _⟩

/-- A list of layers has the product of their constants. -/
theorem stages_sqLipschitz {n : Nat} {l : List (Stage R)} (h : StagesHold n l) :
    SqLipschitz n (stagesOut n l) (stagesNum l) (stagesDen l) (runStages l) :=
  match l, h with
  | .nil, _ => identity_sqLipschitz n
  | .cons _ _, h => h.left.comp (stages_sqLipschitz h.right) (fun _ _ => ⟨⟩)

/-! ## Sequences of layers -/

/-- `f (L-1) ∘ … ∘ f 1 ∘ f 0`. -/
def compose (L : Nat) (f : Nat → Vec R → Vec R) (x : Vec R) : Vec R :=
  match L with
  | 0 => x
  | .succ L => f L (compose L f x)

/-- `a 0 * a 1 * … * a (L-1)`. -/
def prod (L : Nat) (a : Nat → R) : R :=
  match L with
  | 0 => one
  | .succ L => mul (prod L a) (a L)

/-- `a^L`. -/
def rpow (a : R) (L : Nat) : R := prod L (fun _ => a)

/-- `L` layers with the constants `√(P_i/Q_i)` have `√(Π P_i/Π Q_i)`; layer `i` has `n_i` inputs and
`n_{i+1}` outputs. -/
theorem compose_sqLipschitz (L : Nat) {n : Nat → Nat} {P Q : Nat → R} {f : Nat → Vec R → Vec R}
    (h : ∀ i, Nat.lt i L → SqLipschitz (n i) (n (Nat.succ i)) (P i) (Q i) (f i)) :
    SqLipschitz (n 0) (n L) (prod L P) (prod L Q) (compose L f) :=
  match L, h with
  | 0, _ => identity_sqLipschitz (n 0)
  | .succ L, h =>
    (compose_sqLipschitz L (fun i hi => h i (Nat.le.step hi))).comp (h L Nat.le.refl) (fun _ _ => ⟨⟩)

/-- `L` layers with the constants `N_i/D_i` have `Π N_i/Π D_i`. -/
theorem compose_lipschitz (L : Nat) {n : Nat → Nat} {N D : Nat → R} {f : Nat → Vec R → Vec R}
    (h : ∀ i, Nat.lt i L → Lipschitz (n i) (n (Nat.succ i)) (N i) (D i) (f i)) :
    Lipschitz (n 0) (n L) (prod L N) (prod L D) (compose L f) :=
  match L, h with
  | 0, _ => identity_lipschitz (n 0)
  | .succ L, h =>
    (compose_lipschitz L (fun i hi => h i (Nat.le.step hi))).comp (h L Nat.le.refl) (fun _ _ => ⟨⟩)

/-- `L` layers of constant `σ = N/D` have `σ^L`. -/
theorem sigma_pow (L : Nat) {n : Nat → Nat} {N D : R} {f : Nat → Vec R → Vec R}
    (h : ∀ i, Nat.lt i L → Lipschitz (n i) (n (Nat.succ i)) N D (f i)) :
    Lipschitz (n 0) (n L) (rpow N L) (rpow D L) (compose L f) :=
  compose_lipschitz L h

end

end LipBridge
