import LipBridge.Evaluate.KernelOnly
import LipBridge.Evaluate.Stored
import LipBridgeTest.Accepted
/-!
# Accepted and refused products

`W x` over the integers from packed digits, for a matrix kept by rows and one kept by columns; a wrong
result, a base too narrow and a wrong shape are refused.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- Three digits. -/
noncomputable def square_shape0 : Shape := .node (.node .one .one) .one

/-- Two digits. -/
noncomputable def wide_shape0 : Shape := .node .one .one

/-- `square (1, 2, -1) = (-1, 11, 0)`: rows. -/
theorem square_product :
    Agree 3 (linear 3 square.entry one (fun _ => Int.ofNat 0) (ofPacked 3 4 245))
      (ofPacked 5 16 17263) :=
  PackedMatrix.product_packed square square_shape0 12 (Eq.refl true)

/-- `wide (1, 0, -1, 2, 1) = (2, -1)`: columns. -/
theorem wide_product :
    Agree 2 (linear 5 wide.entry one (fun _ => Int.ofNat 0) (ofPacked 3 4 23781))
      (ofPacked 5 16 498) :=
  PackedMatrix.product_packed wide wide_shape0 10 (Eq.refl true)

/-- With a bias: `square (1, 2, -1) + (1, 1, 1) = (0, 12, 1)`. -/
theorem square_product_bias :
    Agree 3 (linear 3 square.entry one (fun _ => Int.ofNat 1) (ofPacked 3 4 245))
      (ofPacked 5 16 18320) :=
  PackedMatrix.product_packed square square_shape0 12 (Eq.refl true)

/-- Whether a product is refused. -/
noncomputable def productRefused (W : PackedMatrix) (sh : Shape) (b v γ X v' γ' Y : Nat) : Bool :=
  not (PackedMatrix.productCheck W sh b v γ X (fun _ => Int.ofNat 0)
    (fun i => diff (digit v' Y i) γ'))

set_option linter.unusedVariables false in
/-- What the elaborator takes `productRefused` for. -/
def productRefused._sunfold (W : PackedMatrix) (sh : Shape) (b v γ X v' γ' Y : Nat) : Bool := true

/-- A wrong entry of the result: rows. -/
theorem square_result_refused :
    Eq (productRefused square square_shape0 12 3 4 245 5 16 17264) true := Eq.refl true

/-- A wrong entry of the result: columns. -/
theorem wide_result_refused :
    Eq (productRefused wide wide_shape0 10 3 4 23781 5 16 497) true := Eq.refl true

/-- Another point. -/
theorem point_refused :
    Eq (productRefused wide wide_shape0 10 3 4 23780 5 16 498) true := Eq.refl true

/-- A base in which the sums overflow. -/
theorem product_base_refused :
    Eq (productRefused wide wide_shape0 9 3 4 23781 5 16 498) true := Eq.refl true

/-- A shape of another size. -/
theorem product_shape_refused :
    Eq (productRefused wide square_shape0 10 3 4 23781 5 16 498) true := Eq.refl true

/-! ## Pooling -/

/-- The mean of (1, 2) and (-1, 3), without its reciprocal, is (0, 5). -/
theorem pool_packed : Agree 2 (meanPool 2 2 one (ofPacked 3 4 3829)) (ofPacked 4 8 216) :=
  meanPool_packed 5 1 (Eq.refl true)

/-- Whether pooling of two tokens of dimension 2 is refused. -/
noncomputable def poolRefused (u l X Y : Nat) : Bool := not (poolCheck 2 2 u l 3 4 X 4 8 Y)

set_option linter.unusedVariables false in
/-- What the elaborator takes `poolRefused` for. -/
def poolRefused._sunfold (u l X Y : Nat) : Bool := true

/-- A wrong sum. -/
theorem pool_result_refused : Eq (poolRefused 5 1 3829 217) true := Eq.refl true

/-- Another point. -/
theorem pool_point_refused : Eq (poolRefused 5 1 3828 216) true := Eq.refl true

/-- A base in which the sums overflow. -/
theorem pool_base_refused : Eq (poolRefused 4 1 3829 216) true := Eq.refl true

/-- Too few levels for the dimension. -/
theorem pool_depth_refused : Eq (poolRefused 5 0 3829 216) true := Eq.refl true

end LipBridgeTest
