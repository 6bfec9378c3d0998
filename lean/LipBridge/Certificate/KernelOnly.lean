import LipBridge.Certificate.Floats
import LipBridge.Certificate.SpectralNorm
/-!
# Leaving a long computation to the kernel

`theorem t : Eq (tile …) true := Eq.refl true` is checked twice: by the elaborator, slowly, and by the
kernel, with its fast natural numbers. Where a constant `f` has a companion `f._sunfold`, the
elaborator unfolds `f` to that; here the companions answer `true` at once. The kernel knows nothing of
them: it computes `tile` from its definition, and refuses the theorem where the answer is `false`. So
they are a hint, and no part of what is trusted.
-/

set_option autoImplicit false

namespace LipBridge

set_option linter.unusedVariables false

/-- What the elaborator takes `FormCertificate.tile` for. -/
def FormCertificate.tile._sunfold (c : FormCertificate) (l : List Stack) (t n a C : Nat) : Bool := true

/-- What the elaborator takes `uniformCheck` for. -/
def uniformCheck._sunfold (T d ε v n passed : Nat) : Bool := true

/-- What the elaborator takes `SpectralCertificate.tile` for. -/
def SpectralCertificate.tile._sunfold (W : PackedMatrix) (c : SpectralCertificate) (t n a C : Nat) :
    Bool := true

/-- What the elaborator takes `SpectralCertificate.tileWith` for. -/
def SpectralCertificate.tileWith._sunfold (W : PackedMatrix) (c : SpectralCertificate)
    (t n : Nat) (dots : Nat → Nat) (P a C : Nat) : Bool := true

/-- What the elaborator takes `partCheck` for. -/
def partCheck._sunfold (b k t u l m a : Nat) (s : Stack) (dots : Rows) (P C : Nat) : Bool :=
  true

/-- What the elaborator takes `SpectralCertificate.header` for. -/
def SpectralCertificate.header._sunfold (W : PackedMatrix) (c : SpectralCertificate)
    (chunks : Nat) : Bool := true

end LipBridge
