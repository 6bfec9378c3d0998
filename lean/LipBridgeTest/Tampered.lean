import LipBridgeTest.Accepted
/-!
# Tampered certificates

Each change to a certificate or to its matrix is refused by the check. `refused` is computed by the
kernel alone, as in `LipBridge.Certificate.KernelOnly`: these theorems say that the answer is `false`.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- Whether the check refuses. -/
noncomputable def refused (W : PackedMatrix) (c : SpectralCertificate) : Bool :=
  not (SpectralCertificate.check W c square_shape0)

set_option linter.unusedVariables false in
/-- What the elaborator takes `refused` for. -/
def refused._sunfold (W : PackedMatrix) (c : SpectralCertificate) : Bool := true

/-! ## Numbers of the certificate -/

/-- Another scale `C`. -/
theorem scale_refused :
    Eq (refused square { square_certificate with scale := Nat.succ square_C }) true := Eq.refl true

/-- A smaller bound `T`. -/
theorem bound_refused :
    Eq (refused square { square_certificate with bound := Nat.sub square_T 3099840 }) true :=
  Eq.refl true

/-- A bound of 0. -/
theorem zero_bound_refused :
    Eq (refused square { square_certificate with bound := 0 }) true := Eq.refl true

/-- A slack `d` below `k ε`. -/
theorem slack_refused :
    Eq (refused square { square_certificate with slack := 3099839 }) true := Eq.refl true

/-- A slack that hides a larger part of `T`. -/
theorem large_slack_refused :
    Eq (refused square { square_certificate with slack := 30998400 }) true := Eq.refl true

/-- A slack above the bound. -/
theorem slack_above_bound_refused :
    Eq (refused square { square_certificate with slack := Nat.succ square_T }) true := Eq.refl true

/-- An error `ε` that the entries do not keep. -/
theorem error_refused :
    Eq (refused square { square_certificate with error := 1000000 }) true := Eq.refl true

/-- An error too large for the slack. -/
theorem large_error_refused :
    Eq (refused square { square_certificate with error := 1033281 }) true := Eq.refl true

/-- A base in which digits overflow. -/
theorem base_refused :
    Eq (refused square { square_certificate with base := 48 }) true := Eq.refl true

/-- A base far too small. -/
theorem small_base_refused :
    Eq (refused square { square_certificate with base := 1 }) true := Eq.refl true

/-! ## The factor -/

/-- `square_certificate` with another factor. -/
noncomputable def withFactor (s : Stack) : SpectralCertificate :=
  { square_certificate with factor := .cons s .nil }

/-- No factor. -/
theorem no_factor_refused :
    Eq (refused square { square_certificate with factor := .nil }) true := Eq.refl true

/-- The factor twice. -/
theorem factor_twice_refused :
    Eq (refused square
      { square_certificate with factor := .cons square_factor0 (.cons square_factor0 .nil) })
      true := Eq.refl true

/-- Another weight. -/
theorem weight_refused :
    Eq (refused square (withFactor { square_factor0 with weight := 2 })) true := Eq.refl true

/-- Another width. -/
theorem width_refused :
    Eq (refused square (withFactor { square_factor0 with width := 22 })) true := Eq.refl true

/-- Another bias. -/
theorem bias_refused :
    Eq (refused square (withFactor { square_factor0 with bias := 4194305 })) true := Eq.refl true

/-- Fewer digits: the factor counts as 0 from place 2 on, and nothing is known of it there. -/
theorem size_refused :
    Eq (refused square (withFactor { square_factor0 with size := 2 })) true := Eq.refl true

/-- No digits: the factor counts as 0. -/
theorem size_zero_refused :
    Eq (refused square (withFactor { square_factor0 with size := 0 })) true := Eq.refl true

/-- One digit of one row changed by 1. -/
theorem digit_refused :
    Eq (refused square (withFactor { square_factor0 with
      rows := .node (.node (.one 0x100000200000400202) (.one 0x1000002997525ac73d))
        (.one 0x18c3ea1e2cb44074d4) })) true := Eq.refl true

/-- A row left out. -/
theorem row_refused :
    Eq (refused square (withFactor { square_factor0 with
      rows := .node (.one 0x100000200000400202) (.one 0x1000002997525ac73d) })) true := Eq.refl true

/-! ## The matrix -/

/-- Another number of rows than there are. -/
theorem rows_refused :
    Eq (refused { square with rows := 4 } square_certificate) true := Eq.refl true

/-- More columns than the rows have digits. -/
theorem cols_refused :
    Eq (refused { square with cols := 4 } square_certificate) true := Eq.refl true

/-- Another width. -/
theorem matrix_width_refused :
    Eq (refused { square with width := 5 } square_certificate) true := Eq.refl true

/-- Another bias. -/
theorem matrix_bias_refused :
    Eq (refused { square with bias := 7 } square_certificate) true := Eq.refl true

/-- One entry changed by 1. -/
theorem entry_refused :
    Eq (refused { square with data := .node (.node (.one 2684) (.one 2550)) (.one 1885) }
      square_certificate) true := Eq.refl true

/-- Two rows for three. -/
theorem data_refused :
    Eq (refused { square with data := .node (.one 2683) (.one 2550) } square_certificate) true :=
  Eq.refl true

/-! ## Tiles -/

/-- Whether a tile is refused. -/
noncomputable def tileRefused (sh : Shape) (a n : Nat) : Bool :=
  not (SpectralCertificate.tile tiled tiled_certificate sh a n)

set_option linter.unusedVariables false in
/-- What the elaborator takes `tileRefused` for. -/
def tileRefused._sunfold (sh : Shape) (a n : Nat) : Bool := true

/-- The whole check with a shape of fewer digits than the rows. -/
noncomputable def shapeRefused (sh : Shape) : Bool :=
  not (SpectralCertificate.check square square_certificate sh)

set_option linter.unusedVariables false in
/-- What the elaborator takes `shapeRefused` for. -/
def shapeRefused._sunfold (sh : Shape) : Bool := true

/-- A shape with fewer digits than the rows. -/
theorem shape_refused : Eq (shapeRefused (.node .one .one)) true := Eq.refl true

/-- A tile that ends inside the range of a part of the factor. -/
theorem tile_end_refused : Eq (tileRefused tiled_shape1 0 9) true := Eq.refl true

/-- A tile with a shape of fewer digits. -/
theorem tile_shape_refused : Eq (tileRefused tiled_shape0 8 1) true := Eq.refl true

/-- A tile past the last row. -/
theorem tile_past_refused : Eq (tileRefused tiled_shape1 8 2) true := Eq.refl true

end LipBridgeTest
