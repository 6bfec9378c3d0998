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
  not (and (SpectralCertificate.header W c 1) (SpectralCertificate.tile W c 2 3 0 1))

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
    Eq (refused square { square_certificate with top := 47 }) true := Eq.refl true

/-- A base far too small. -/
theorem small_base_refused :
    Eq (refused square { square_certificate with top := 1 }) true := Eq.refl true

/-- A diagonal that overflows. -/
theorem diagonal_width_refused :
    Eq (refused square { square_certificate with width := 42 }) true := Eq.refl true

/-- A diagonal of another width, past the base. -/
theorem wide_diagonal_refused :
    Eq (refused square { square_certificate with width := 49 }) true := Eq.refl true

/-- Chunks of two rows: the last row has not been checked. -/
theorem chunk_refused :
    Eq (refused square { square_certificate with chunk := 2 }) true := Eq.refl true

/-- Chunks of no rows. -/
theorem no_chunk_refused :
    Eq (refused square { square_certificate with chunk := 0 }) true := Eq.refl true

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
noncomputable def tileRefused (t n a C : Nat) : Bool :=
  not (SpectralCertificate.tile tiled tiled_certificate t n a C)

set_option linter.unusedVariables false in
/-- What the elaborator takes `tileRefused` for. -/
def tileRefused._sunfold (t n a C : Nat) : Bool := true

/-- Fewer columns than the rows of the tile. -/
theorem tile_columns_refused : Eq (tileRefused 4 11 1 2) true := Eq.refl true

/-- Too few levels for the columns. -/
theorem tile_depth_refused : Eq (tileRefused 3 12 1 2) true := Eq.refl true

/-- Whether the header is refused when so many chunks have passed. -/
noncomputable def headerRefused (chunks : Nat) : Bool :=
  not (SpectralCertificate.header tiled tiled_certificate chunks)

set_option linter.unusedVariables false in
/-- What the elaborator takes `headerRefused` for. -/
def headerRefused._sunfold (chunks : Nat) : Bool := true

/-- Chunks that do not reach the last row. -/
theorem chunks_refused : Eq (headerRefused 2) true := Eq.refl true

/-! ## Two matrices -/

/-- The columns of the matrix with the rows (1, 2) and (3, 4). -/
noncomputable def byColumns : PackedMatrix where
  rows := 2
  cols := 2
  width := 4
  bias := 8
  transposed := true
  data := .node (.one 185) (.one 202)

/-- The rows of the matrix with the one row (1, -1). -/
noncomputable def byRows : PackedMatrix where
  rows := 1
  cols := 2
  width := 4
  bias := 8
  transposed := false
  data := .one 121

/-! ## A diagonal of different numbers -/

/-- `diag(7, 27)` up to 9, `d = 18`. -/
noncomputable def form_certificate : FormCertificate where
  slack := 18
  error := 9
  width := 5
  diagonal := 871
  top := 13
  chunk := 2
  factor := .nil

/-- The stacks of both matrices, the second with weight 2. -/
noncomputable abbrev both : List Stack :=
  .cons (PackedMatrix.stack byColumns 1) (.cons (PackedMatrix.stack byRows 2) .nil)

/-- The tile of both matrices. -/
theorem form_tile : Eq (FormCertificate.tile form_certificate both 1 2 0 1) true := Eq.refl true

/-- At `x = (1, 0)`: `‖Uᵀ x‖² + 2 ‖V x‖² = 5 + 2 ≤ 7 + 18`. -/
example : le (stackForm both 2 (fun i => pick (Nat.beq i 0) (Int.ofNat 1) (Int.ofNat 0)))
    (Int.ofNat 25) :=
  FormCertificate.Checked.sound (c := form_certificate) (k := 2)
    (FormCertificate.Checked.step (a := 0) (FormCertificate.Checked.start form_certificate both)
      1 2 1 form_tile) (Nat.le_of_ble_eq_true rfl) (Nat.le_of_ble_eq_true rfl) _

/-- Whether the form is refused. -/
noncomputable def formRefused (c : FormCertificate) : Bool := not (FormCertificate.tile c both 1 2 0 1)

set_option linter.unusedVariables false in
/-- What the elaborator takes `formRefused` for. -/
def formRefused._sunfold (c : FormCertificate) : Bool := true

/-- The diagonal in another order. -/
theorem diagonal_refused :
    Eq (formRefused { form_certificate with diagonal := 251 }) true := Eq.refl true

/-- An error that the entries do not keep. -/
theorem form_error_refused :
    Eq (formRefused { form_certificate with error := 8 }) true := Eq.refl true

end LipBridgeTest
