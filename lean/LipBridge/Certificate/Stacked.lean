import LipBridge.Certificate.SpectralNorm
/-!
# Two matrices under one certificate

`PairCertificate` is a `FormCertificate` of `Uᵀ` and `V` with one `T` for all `D_i + d`:
`C₁ ‖Uᵀ z‖² + C₂ ‖V z‖² ≤ T ‖z‖²`. No entry is copied: `U` is kept by columns, so that its numbers are
the rows of `Uᵀ`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- `C₁ ‖Uᵀ z‖² + C₂ ‖V z‖² ≤ T ‖z‖²` for all `z` of `k` entries, in every ordered ring: a bound of
the norm of `√C₁ Uᵀ` stacked on `√C₂ V`. -/
def StackBound (n k m : Nat) (U V : Nat → Nat → Int) (C₁ C₂ T : Nat) : Prop :=
  ∀ {R : Type u} [OrderedRing R] (z : Vec R),
    le (add (mul (ofNat C₁) (normSq n (matVec k (transpose U) z)))
        (mul (ofNat C₂) (normSq m (matVec k V z))))
      (mul (ofNat T) (normSq k z))

/-- `C₁ U Uᵀ + C₂ VᵀV + α LᵀL = (T - d) I` up to `ε`: `Uᵀ` stacked on `V`, without a copy. `U` is kept by
columns and `V` by rows, so that both have digits for the rows of `U`. -/
structure PairCertificate : Type where
  /-- `C₁`, the weight of `Uᵀ`. -/
  first : Nat
  /-- `C₂`, the weight of `V`. -/
  second : Nat
  /-- `T`, the bound: `C₁ ‖Uᵀ x‖² + C₂ ‖V x‖² ≤ T ‖x‖²`. -/
  bound : Nat
  /-- `d`, the part of `T` that covers the errors. -/
  slack : Nat
  /-- `ε`, the largest error of an entry. -/
  error : Nat
  /-- Bits of `T - d`. -/
  width : Nat
  /-- Bits of a digit of a packed chunk of the Gram matrix, less one. -/
  top : Nat
  /-- Rows of a chunk. -/
  chunk : Nat
  /-- `L` and its weight `α`, in stacks by the number of digits of a row. -/
  factor : List Stack

/-- The certificate as one for a sum of squares. -/
noncomputable def PairCertificate.form (U : PackedMatrix) (c : PairCertificate) : FormCertificate :=
  .uniform c.bound c.slack c.error c.width U.rows c.top c.chunk c.factor

/-- `Uᵀ` and `V` with their weights. -/
noncomputable def PairCertificate.stacks (U V : PackedMatrix) (c : PairCertificate) : List Stack :=
  .cons (PackedMatrix.stack U c.first) (.cons (PackedMatrix.stack V c.second) .nil)

/-- The conditions on the matrices and the numbers: how they are kept, `V` has a column for each row of
`U`, all rows of the Gram matrix have passed, `n ε ≤ d ≤ T`. -/
noncomputable def PairCertificate.header (U V : PackedMatrix) (c : PairCertificate)
    (chunks : Nat) : Bool :=
  and (and U.transposed (not V.transposed))
    (and (and (Nat.beq (Rows.count U.data) U.cols) (Nat.beq (Rows.count V.data) V.rows))
      (and (Nat.beq V.cols U.rows)
        (uniformCheck c.bound c.slack c.error c.width U.rows (Nat.mul c.chunk chunks))))

/-- The check of the chunks `a, …, a + C - 1` of the Gram matrix, columns `0, …, n - 1`; `n ≤ 2^t`. -/
noncomputable def PairCertificate.tile (U V : PackedMatrix) (c : PairCertificate) (t n a C : Nat) :
    Bool :=
  FormCertificate.tile (PairCertificate.form U c) (PairCertificate.stacks U V c) t n a C

/-- The chunks `0, …, C - 1` of the Gram matrix have passed. -/
def PairCertificate.Checked (U V : PackedMatrix) (c : PairCertificate) (C : Nat) : Prop :=
  FormCertificate.Checked (PairCertificate.form U c) (PairCertificate.stacks U V c)
    (Nat.mul c.chunk C)

/-- Nothing is checked yet. -/
theorem PairCertificate.Checked.start (U V : PackedMatrix) (c : PairCertificate) :
    PairCertificate.Checked U V c 0 :=
  FormCertificate.Checked.start (PairCertificate.form U c) _

/-- A tile adds its chunks. -/
theorem PairCertificate.Checked.step {U V : PackedMatrix} {c : PairCertificate} {a : Nat}
    (g : PairCertificate.Checked U V c a) (t n C : Nat)
    (h : Eq (PairCertificate.tile U V c t n a C) true) :
    PairCertificate.Checked U V c (Nat.add a C) :=
  FormCertificate.Checked.step (c := PairCertificate.form U c) g t n C h

/-- A certificate whose chunks have all passed: `C₁ ‖Uᵀ z‖² + C₂ ‖V z‖² ≤ T ‖z‖²` for all `z`. -/
theorem PairCertificate.Checked.sound {U V : PackedMatrix} {c : PairCertificate} {C : Nat}
    (g : PairCertificate.Checked U V c C) (h : Eq (PairCertificate.header U V c C) true) :
    StackBound.{u} U.cols U.rows V.rows (PackedMatrix.entry U) (PackedMatrix.entry V) c.first
      c.second c.bound :=
  fun {R} [OrderedRing R] (x : Vec R) =>
  match U, V, g, h with
  | .mk _ _ _ _ false _, _, _, h => bool_absurd (Eq.symm h)
  | .mk _ _ _ _ true _, .mk _ _ _ _ true _, _, h => bool_absurd (Eq.symm h)
  | .mk rows cols w β true data, .mk rows' cols' w' β' false data', g, h =>
    have k := bool_and (bool_and h).right
    have counts := bool_and k.left
    have l := bool_and k.right
    have hV : Eq cols' rows := Nat.eq_of_beq_eq_true l.left
    have second := PackedMatrix.normSq_stack (W := .mk rows' cols' w' β' false data')
      (Nat.eq_of_beq_eq_true counts.right) c.second x
    le_via (FormCertificate.uniform_sound l.right g x)
      (congr2 add
        (congrArg (mul (ofNat c.first)) (Eq.symm
          (PackedMatrix.normSq_stack (W := .mk rows cols w β true data)
            (Nat.eq_of_beq_eq_true counts.left) c.first x)))
        (Eq.trans
          (congrArg (mul (ofNat c.second)) (Eq.symm (Eq.subst
            (motive := fun n => Eq
              (Stack.normSq (PackedMatrix.stack (.mk rows' cols' w' β' false data') c.second) n x)
              (normSq rows' (matVec n
                (PackedMatrix.stored (.mk rows' cols' w' β' false data')) x))) hV second)))
          (Eq.symm (add_zero _))))
      rfl

end LipBridge
