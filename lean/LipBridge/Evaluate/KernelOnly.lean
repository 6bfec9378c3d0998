import LipBridge.Evaluate.Pool
/-!
# Leaving an evaluation to the kernel

As in `Certificate.KernelOnly`: the elaborator unfolds a constant `f` to its companion `f._sunfold`,
where there is one; these answer `true` at once. The kernel knows nothing of them and computes the
checks from their definitions, so they are a hint and no part of what is trusted.
-/

set_option autoImplicit false

namespace LipBridge

set_option linter.unusedVariables false

/-- What the elaborator takes `agreeCheck` for. -/
def agreeCheck._sunfold (m : Nat) (y : Vec Int) (w : List Int) : Bool := true

/-- What the elaborator takes `linearCheck` for. -/
def linearCheck._sunfold (v w : List Int) (M : List (List Int)) (b : List Int) : Bool := true

/-- What the elaborator takes `poolCheck` for. -/
def poolCheck._sunfold (b d u l w β X v γ Y : Nat) : Bool := true

/-- What the elaborator takes `PackedMatrix.evalCheck` for. -/
def PackedMatrix.evalCheck._sunfold (W : PackedMatrix) (b v w : List Int) : Bool := true

/-- What the elaborator takes `PackedMatrix.productCheck` for. -/
def PackedMatrix.productCheck._sunfold (W : PackedMatrix) (sh : Shape) (b v γ X : Nat)
    (c w : Vec Int) : Bool := true

end LipBridge
