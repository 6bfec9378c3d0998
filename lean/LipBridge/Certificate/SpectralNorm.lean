import LipBridge.Certificate.Psd
/-!
# A certificate for the spectral norm of an integer matrix

`W` is kept packed, row by row or column by column (`V = W` or `V = Wᵀ`, with as few columns as can
be). The certificate holds `C, T, d, ε` and an integer matrix `L` of weight `α` with
`C VᵀV + α LᵀL = (T - d) I` up to `ε` in every entry, and `k ε ≤ d`. Then `C ‖W x‖² ≤ T ‖x‖²` for all
`x`, that is `σ_max(W)² ≤ T / C`. Source: theory, section 2; the shape of the certificate is that of a
Cholesky factor with an exact remainder.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- An integer matrix, packed: `data` holds its rows, or its columns if `transposed`. -/
structure PackedMatrix : Type where
  /-- The number of rows of the matrix. -/
  rows : Nat
  /-- The number of columns of the matrix. -/
  cols : Nat
  /-- Bits of a digit. -/
  width : Nat
  /-- What is taken off a digit. -/
  bias : Nat
  /-- Whether `data` holds the columns. -/
  transposed : Bool
  /-- The packed rows or columns. -/
  data : Rows

/-- Digit `p` of number `r` of the data, without its bias. -/
noncomputable def PackedMatrix.stored (W : PackedMatrix) (r p : Nat) : Int :=
  diff (digit W.width (Rows.get W.data r) p) W.bias

/-- The entry `W_ij`. -/
noncomputable def PackedMatrix.entry (W : PackedMatrix) (i j : Nat) : Int :=
  pick W.transposed (PackedMatrix.stored W j i) (PackedMatrix.stored W i j)

/-- The number of packed numbers. -/
noncomputable def PackedMatrix.count (W : PackedMatrix) : Nat := pick W.transposed W.cols W.rows

/-- The number of digits of each. -/
noncomputable def PackedMatrix.size (W : PackedMatrix) : Nat := pick W.transposed W.rows W.cols

/-- `C VᵀV + α LᵀL = (T - d) I` up to `ε`. -/
structure SpectralCertificate : Type where
  /-- `C`, the weight of the matrix. -/
  scale : Nat
  /-- `T`, the bound: `C ‖W x‖² ≤ T ‖x‖²`. -/
  bound : Nat
  /-- `d`, the part of `T` that covers the errors. -/
  slack : Nat
  /-- `ε`, the largest error of an entry. -/
  error : Nat
  /-- Bits of a digit of a packed row of the Gram matrix. -/
  base : Nat
  /-- `L` and its weight `α`, in stacks by the number of digits of a row. -/
  factor : List Stack

/-- The stacks: `V`, and those of `L`. -/
noncomputable def SpectralCertificate.stacks (W : PackedMatrix) (c : SpectralCertificate) :
    List Stack :=
  .cons (.mk c.scale W.width W.bias (PackedMatrix.size W) W.data) c.factor

/-- The conditions on the numbers of the certificate: `V` has the right number of rows, `k ε ≤ d` and
`d ≤ T`. -/
noncomputable def SpectralCertificate.header (W : PackedMatrix) (c : SpectralCertificate) : Bool :=
  and (Nat.beq (Rows.count W.data) (PackedMatrix.count W))
    (and (Nat.ble (Nat.mul (PackedMatrix.size W) c.error) c.slack) (Nat.ble c.slack c.bound))

/-- The check of the rows `a, …, a + n - 1` of the Gram matrix. -/
noncomputable def SpectralCertificate.tile (W : PackedMatrix) (c : SpectralCertificate) (sh : Shape)
    (a n : Nat) : Bool :=
  gramCheck c.base sh (SpectralCertificate.stacks W c) (Nat.sub c.bound c.slack) c.error a n

/-- The whole check at once. -/
noncomputable def SpectralCertificate.check (W : PackedMatrix) (c : SpectralCertificate) (sh : Shape) :
    Bool :=
  and (SpectralCertificate.header W c)
    (SpectralCertificate.tile W c sh 0 (PackedMatrix.size W))

/-- The rows `0, …, n - 1` of the Gram matrix have passed. -/
def SpectralCertificate.Checked (W : PackedMatrix) (c : SpectralCertificate) (n : Nat) : Prop :=
  GramRows (SpectralCertificate.stacks W c) (Nat.sub c.bound c.slack) c.error n

/-- Nothing is checked yet. -/
theorem SpectralCertificate.Checked.start (W : PackedMatrix) (c : SpectralCertificate) :
    SpectralCertificate.Checked W c 0 :=
  GramRows.zero _ _ _

/-- A tile adds its rows. -/
theorem SpectralCertificate.Checked.step {W : PackedMatrix} {c : SpectralCertificate} {a : Nat}
    (g : SpectralCertificate.Checked W c a) (sh : Shape) (n : Nat)
    (h : Eq (SpectralCertificate.tile W c sh a n) true) :
    SpectralCertificate.Checked W c (Nat.add a n) :=
  GramRows.step g h

/-- The check of all rows, where the sums of `V` are known. -/
noncomputable def SpectralCertificate.tileWith (W : PackedMatrix) (c : SpectralCertificate)
    (sh : Shape) (dots : Nat → Nat) (cols : Nat) : Bool :=
  gramCheckWith c.base sh (.mk c.scale W.width W.bias (PackedMatrix.size W) W.data) dots cols c.factor
    (Nat.sub c.bound c.slack) c.error (PackedMatrix.size W)

/-- All rows, from the sums of the parts of `V`. -/
theorem SpectralCertificate.Checked.ofParts {W : PackedMatrix} {c : SpectralCertificate} {sh : Shape}
    {dots : Nat → Nat} {cols : Nat}
    (h : Summed W.width c.base sh (PackedMatrix.size W) W.data dots cols)
    (g : Eq (SpectralCertificate.tileWith W c sh dots cols) true) :
    SpectralCertificate.Checked W c (PackedMatrix.size W) :=
  GramRows.ofParts h g

/-- `Σ α ‖v x‖² ≥ 0`. -/
theorem stackForm_nonneg {R : Type u} [OrderedRing R] (l : List Stack) (k : Nat) (x : Vec R) :
    le zero (stackForm l k x) :=
  List.rec (motive := fun l => le zero (stackForm l k x)) (le_refl zero)
    (fun s _ ih => add_nonneg (mul_nonneg (ofNat_nonneg s.weight)
      (normSq_nonneg (Rows.count s.rows) (matVec k (Stack.entry s) x))) ih) l

/-- What the rows say about `V`: `C ‖V x‖² ≤ T ‖x‖²`. -/
theorem SpectralCertificate.storedBound {W : PackedMatrix} {c : SpectralCertificate}
    (h : Eq (SpectralCertificate.header W c) true)
    (g : SpectralCertificate.Checked W c (PackedMatrix.size W)) :
    NormBound.{u} (PackedMatrix.count W) (PackedMatrix.size W) (PackedMatrix.stored W)
      c.bound c.scale :=
  fun {R} [OrderedRing R] (x : Vec R) =>
  have h₁ : Eq (Rows.count W.data) (PackedMatrix.count W) :=
    Nat.eq_of_beq_eq_true (bool_and h).left
  have h₂ := bool_and (bool_and h).right
  have hT : Eq (Nat.add (Nat.sub c.bound c.slack) c.slack) c.bound :=
    nat_sub_add_cancel (Nat.le_of_ble_eq_true h₂.right)
  have hV : Agree (Rows.count W.data)
      (matVec (PackedMatrix.size W) (Stack.entry
        (.mk c.scale W.width W.bias (PackedMatrix.size W) W.data)) x)
      (matVec (PackedMatrix.size W) (PackedMatrix.stored W) x) :=
    matVec_congr (fun i j _ hj => congrArg
      (fun t => pick t (PackedMatrix.stored W i j) (Int.ofNat 0)) (Nat.ble_eq_true_of_le hj)) x
  Eq.subst (motive := fun M => le (mul (ofNat c.scale)
      (normSq M (matVec (PackedMatrix.size W) (PackedMatrix.stored W) x)))
      (mul (ofNat c.bound) (normSq (PackedMatrix.size W) x))) h₁
    (le_trans
      (le_of_add (stackForm_nonneg c.factor (PackedMatrix.size W) x)
        (congrArg (fun t => add (mul (ofNat c.scale) t)
          (stackForm c.factor (PackedMatrix.size W) x)) (Eq.symm (normSq_congr hV))))
      (le_congr rfl
        (congrArg (fun t => mul t (normSq (PackedMatrix.size W) x))
          (Eq.trans (congrArg ofNat (Eq.symm hT)) (ofNat_add _ _)))
        (GramRows.form_le g (Nat.le_of_ble_eq_true h₂.left) x)))

/-- A certificate whose rows have all passed bounds the matrix: `C ‖W x‖² ≤ T ‖x‖²`. -/
theorem SpectralCertificate.Checked.sound {W : PackedMatrix} {c : SpectralCertificate}
    (g : SpectralCertificate.Checked W c (PackedMatrix.size W))
    (h : Eq (SpectralCertificate.header W c) true) :
    NormBound.{u} W.rows W.cols (PackedMatrix.entry W) c.bound c.scale :=
  match W, g, h with
  | .mk _ _ _ _ true _, g, h =>
    NormBound.ofTranspose (SpectralCertificate.storedBound h g)
  | .mk _ _ _ _ false _, g, h => SpectralCertificate.storedBound h g

/-- A certificate that passes the check bounds the matrix: `C ‖W x‖² ≤ T ‖x‖²` for all `x`. -/
theorem SpectralCertificate.sound {W : PackedMatrix} {c : SpectralCertificate} {sh : Shape}
    (h : Eq (SpectralCertificate.check W c sh) true) :
    NormBound.{u} W.rows W.cols (PackedMatrix.entry W) c.bound c.scale :=
  have k := bool_and h
  SpectralCertificate.Checked.sound
    (Eq.subst (motive := SpectralCertificate.Checked W c) (nat_zero_add (PackedMatrix.size W))
      (SpectralCertificate.Checked.step (SpectralCertificate.Checked.start W c) sh
        (PackedMatrix.size W) k.right)) k.left

end LipBridge
