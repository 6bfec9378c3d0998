import LipBridge.Certificate.Stacked
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

/-- What the elaborator takes `SpectralCertificate.tile` for. -/
def SpectralCertificate.tile._sunfold (W : PackedMatrix) (c : SpectralCertificate) (sh : Shape)
    (a n : Nat) : Bool := true

/-- What the elaborator takes `SpectralCertificate.header` for. -/
def SpectralCertificate.header._sunfold (W : PackedMatrix) (c : SpectralCertificate) : Bool := true

/-- What the elaborator takes `SpectralCertificate.check` for. -/
def SpectralCertificate.check._sunfold (W : PackedMatrix) (c : SpectralCertificate) (sh : Shape) :
    Bool := true

/-- What the elaborator takes `SpectralCertificate.tileWith` for. -/
def SpectralCertificate.tileWith._sunfold (W : PackedMatrix) (c : SpectralCertificate) (sh : Shape)
    (dots : Nat → Nat) (cols : Nat) : Bool := true

/-- What the elaborator takes `partCheck` for. -/
def partCheck._sunfold (w b : Nat) (sh : Shape) (t dots : Rows) (cols n : Nat) : Bool := true

/-- What the elaborator takes `stackShapes` for. -/
def stackShapes._sunfold (U V : PackedMatrix) (n k m : Nat) : Bool := true

end LipBridge
