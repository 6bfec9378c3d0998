import LipBridge.Evaluate.Combination
import LipBridge.Layers.Rescaled
import LipBridge.Layers.ScoreTable
import LipBridge.Layers.SlopeRow
import LipBridge.Layers.Steep
/-!
# Leaving the checks of tighter constants to the kernel

As in `Certificate.KernelOnly`: the elaborator unfolds a constant `f` to its companion `f._sunfold`,
where there is one; these answer `true` at once. The kernel knows nothing of them and computes the
checks from their definitions, so they are a hint and no part of what is trusted.
-/

set_option autoImplicit false

namespace LipBridge

set_option linter.unusedVariables false

/-- What the elaborator takes `PackedMatrix.isProduct` for. -/
def PackedMatrix.isProduct._sunfold (A B M : PackedMatrix) (b : Nat) (rs ms cs : Shape) : Bool := true

/-- What the elaborator takes `PackedMatrix.isScaled` for. -/
def PackedMatrix.isScaled._sunfold (W W' : PackedMatrix) (v C v' C' b : Nat) (rs cs : Shape) : Bool :=
  true

/-- What the elaborator takes `PackedMatrix.isZero` for. -/
def PackedMatrix.isZero._sunfold (Z : PackedMatrix) (b : Nat) (rs cs : Shape) : Bool := true

/-- What the elaborator takes `PackedMatrix.isCombination` for. -/
def PackedMatrix.isCombination._sunfold (X Y M : PackedMatrix) (x y b : Nat) (rs cs : Shape) : Bool :=
  true

/-- What the elaborator takes `allEqual` for. -/
def allEqual._sunfold (n K : Nat) (c : Nat → Nat) : Bool := true

/-- What the elaborator takes `scoresCheck` for. -/
def scoresCheck._sunfold (m P Q D : Nat) (G N : PackedMatrix) : Bool := true

/-- What the elaborator takes `pairsCheck` for. -/
def pairsCheck._sunfold (m P Q D : Nat) (G N : PackedMatrix) : Bool := true

/-- What the elaborator takes `steepCheck` for. -/
def steepCheck._sunfold (N D d e : Nat) (g h : Int) : Bool := true

/-- What the elaborator takes `sameMatrix` for. -/
def sameMatrix._sunfold (rows cols : Nat) (V W : Nat → Nat → Int) : Bool := true

/-- What the elaborator takes `RowCertificate.tile` for. -/
def RowCertificate.tile._sunfold (U : PackedMatrix) (c : RowCertificate) (t n : Nat)
    (dots : Nat → Nat) (P a C : Nat) : Bool := true

/-- What the elaborator takes `RowCertificate.check` for. -/
def RowCertificate.check._sunfold (U : PackedMatrix) (c : RowCertificate) (plus minus : Nat → Nat)
    (C : Nat) : Bool := true

/-- What the elaborator takes `numberCheck` for. -/
def numberCheck._sunfold (P Q D N : Nat) : Bool := true

/-- What the elaborator takes `sameNumber` for. -/
def sameNumber._sunfold (M N : Nat) : Bool := true

end LipBridge
