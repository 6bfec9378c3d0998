import LipBridge.Lipschitz.Basic
/-!
# A vector read as a block of tokens

The heads of a projection lie one after the other in one vector; read as a block, a token a head, it is
the same stacked vector. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- The same vector, read as `b` tokens of dimension `d`. -/
def split {R : Type u} (_b _d : Nat) : Vec R → Vec R := fun x => x

/-- The tokens depend on the entries of the vector. -/
theorem split_congr {R : Type u} (b d : Nat) {x y : Vec R} (h : Agree (Nat.mul b d) x y) :
    Agree (Nat.mul b d) (split b d x) (split b d y) := h

section
variable {R : Type u} [OrderedRing R]

/-- Reading a vector as a block of tokens has the constant 1. -/
theorem split_sqLipschitz (b d : Nat) :
    SqLipschitz (Nat.mul b d) (Nat.mul b d) (ofNat 1 : R) (ofNat 1) (split b d) :=
  ⟨ofNat_nonneg 1, ofNat_pos rfl, fun _ _ _ _ => le_refl _⟩

end

end LipBridge
