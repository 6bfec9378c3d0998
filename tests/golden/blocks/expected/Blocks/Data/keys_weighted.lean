import LipBridge.Certificate.KernelOnly
import Blocks.Data.query_weighted
/-!
# `keys_weighted`: matrix

`keys_keys` with its hidden units weighted, 6×4; the integers are over the denominator 1.
-/

set_option autoImplicit false

universe u

namespace Blocks

open LipBridge

/-- Rows of `keys_weighted`, packed: `keys_keys` with its hidden units weighted, 6×4. -/
noncomputable def keys_weighted_rows : Rows :=
  (Rows.node (Rows.node (Rows.node (Rows.one 0x879e5eae1a8591991)
 (Rows.one 0x80004f57257a8ccde))
 (Rows.one 0x96da30a90f9097fd5))
 (Rows.node (Rows.node (Rows.one 0x9e786e052af511991)
 (Rows.one 0x80004f57200010000))
 (Rows.one 0x80004000257a91991)))

/-- Rows of the factor of `keys_weighted`, part 0, packed: `keys_keys` with its hidden units weighted, 6×4. -/
noncomputable def keys_weighted_factor0_rows : Rows :=
  (Rows.node (Rows.node (Rows.one 0x800000008000000080000000800031de)
 (Rows.one 0x8000000080000000aef62275bf6698c4))
 (Rows.node (Rows.one 0x80000000ae2e7d526545319d5ab52cfd)
 (Rows.one 0xe5f811c073b685be6eba948e68ac940f)))

/-- `keys_weighted`: `keys_keys` with its hidden units weighted, 6×4, as integers over 1. Rows of 4 digits of 17 bits. -/
noncomputable def keys_weighted : PackedMatrix where
  rows := 6
  cols := 4
  width := 17
  bias := 65536
  transposed := false
  data := keys_weighted_rows

/-- `T`: the norm satisfies `query_weighted_C ‖query_weightedᵀ z‖² + keys_weighted_C ‖keys_weighted z‖² ≤ keys_weighted_T ‖z‖²`. -/
def keys_weighted_T : Nat := 3694176457430105150

/-- `C₁`: the norm satisfies `query_weighted_C ‖query_weightedᵀ z‖² + keys_weighted_C ‖keys_weighted z‖² ≤ keys_weighted_T ‖z‖²`. -/
def query_weighted_C : Nat := 230068224

/-- `C`: the norm satisfies `query_weighted_C ‖query_weightedᵀ z‖² + keys_weighted_C ‖keys_weighted z‖² ≤ keys_weighted_T ‖z‖²`. -/
def keys_weighted_C : Nat := 648822784

/-- Part 0 of the factor `L`, with its weight `α`: rows of 4 digits of 32 bits. -/
noncomputable def keys_weighted_factor0 : Stack where
  weight := 1
  width := 32
  bias := 2147483648
  size := 4
  rows := keys_weighted_factor0_rows

/-- The certificate: `query_weighted_C U Uᵀ + keys_weighted_C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
noncomputable def keys_weighted_certificate : PairCertificate where
  first := query_weighted_C
  second := keys_weighted_C
  bound := keys_weighted_T
  slack := 3225430272
  error := 806357568
  width := 62
  top := 67
  chunk := 4
  factor := .cons keys_weighted_factor0 (.nil)

/-- Chunks 0 to 0 of the Gram matrix, 4 rows each, are those of `(T - d) I`, up to `ε`. -/
theorem keys_weighted_tile0 :
    Eq (PairCertificate.tile query_weighted keys_weighted keys_weighted_certificate 2 4 0 1) true :=
  Eq.refl true

/-- The numbers of the certificate fit together: `k ε ≤ d ≤ T`, and all rows have been checked. -/
theorem keys_weighted_header :
    Eq (PairCertificate.header query_weighted keys_weighted keys_weighted_certificate 1) true :=
  Eq.refl true

/-- `query_weighted_C ‖query_weightedᵀ z‖² + keys_weighted_C ‖keys_weighted z‖² ≤ keys_weighted_T ‖z‖²` for all `z`. -/
theorem keys_weighted_bound :
    StackBound.{u} 3 4 6 query_weighted.entry keys_weighted.entry
      query_weighted_C keys_weighted_C keys_weighted_T :=
  PairCertificate.Checked.sound (U := query_weighted) (V := keys_weighted) (c := keys_weighted_certificate) (C := 1)
    (PairCertificate.Checked.step (a := 0) (PairCertificate.Checked.start query_weighted keys_weighted keys_weighted_certificate)
      2 4 1 keys_weighted_tile0)
    keys_weighted_header

end Blocks
