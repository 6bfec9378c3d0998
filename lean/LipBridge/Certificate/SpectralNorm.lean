import LipBridge.Certificate.Psd
/-!
# Certificates for sums of squares, and for the spectral norm of an integer matrix

A matrix `W` is kept packed, row by row or column by column (`V = W` or `V = Wᵀ`).

`FormCertificate` bounds a sum over several stored matrices: it holds `D_i, d, ε` and an integer matrix
`L` of weight `α` with `Σ C_j V_jᵀV_j + α LᵀL = diag(D_i)` up to `ε` in every entry, and `k ε ≤ d`. Then
`Σ C_j ‖V_j x‖² ≤ Σ (D_i + d) x_i²` for all `x` (`FormCertificate.Checked.sound`). Nothing is copied
into one stacked matrix.

Checking relies on the kernel's table of closed terms: what it has reduced once, such as a row with
its spread digits, it looks up wherever the same term occurs again. An evaluator that keeps nothing
computes the same and needs 25 times as many operations on numbers for a matrix of 3 × 3.

`SpectralCertificate` is the case of one matrix, with as few columns as can be, and `D_i = T - d`: then
`C ‖W x‖² ≤ T ‖x‖²`, that is `σ_max(W)² ≤ T / C`. The certificate has the shape of a Cholesky factor
with an exact remainder.
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

/-- A matrix that is not transposed stores its rows. -/
theorem PackedMatrix.entry_of_rows {W : PackedMatrix} (h : Eq (not W.transposed) true) (i j : Nat) :
    Eq (PackedMatrix.entry W i j) (diff (digit W.width (Rows.get W.data i) j) W.bias) :=
  match W, h with
  | ⟨_, _, _, _, false, _⟩, _ => rfl
  | ⟨_, _, _, _, true, _⟩, h => bool_absurd (Eq.symm h)

/-- The number of packed numbers. -/
noncomputable def PackedMatrix.count (W : PackedMatrix) : Nat := pick W.transposed W.cols W.rows

/-- The number of digits of each. -/
noncomputable def PackedMatrix.size (W : PackedMatrix) : Nat := pick W.transposed W.rows W.cols

/-- The stored numbers with a weight `C`: the Gram matrix is `C VᵀV`. -/
noncomputable def PackedMatrix.stack (W : PackedMatrix) (C : Nat) : Stack :=
  .mk C W.width W.bias (PackedMatrix.size W) W.data

/-- The stored matrix `V` acts as its stack does. -/
theorem PackedMatrix.normSq_stack {R : Type u} [OrderedRing R] {W : PackedMatrix}
    (h : Eq (Rows.count W.data) (PackedMatrix.count W)) (C : Nat) (x : Vec R) :
    Eq (Stack.normSq (PackedMatrix.stack W C) (PackedMatrix.size W) x)
      (normSq (PackedMatrix.count W) (matVec (PackedMatrix.size W) (PackedMatrix.stored W) x)) :=
  Eq.trans
    (normSq_congr (matVec_congr (V := Stack.entry (PackedMatrix.stack W C))
      (fun i j _ hj => congrArg
        (fun t => pick t (PackedMatrix.stored W i j) (Int.ofNat 0)) (Nat.ble_eq_true_of_le hj)) x))
    (congrArg (fun M => normSq M (matVec (PackedMatrix.size W) (PackedMatrix.stored W) x)) h)

/-! ## Sums of squares -/

/-- `Σ C_j V_jᵀV_j + α LᵀL = diag(D_i)` up to `ε`. -/
structure FormCertificate : Type where
  /-- `d`, what covers the errors. -/
  slack : Nat
  /-- `ε`, the largest error of an entry. -/
  error : Nat
  /-- Bits of `D_i`. -/
  width : Nat
  /-- The `D_i`, packed in base `2^width`. -/
  diagonal : Nat
  /-- Bits of a digit of a packed chunk of the Gram matrix, less one. -/
  top : Nat
  /-- Rows of a chunk. -/
  chunk : Nat
  /-- `L` and its weight `α`, in stacks by the number of digits of a row. -/
  factor : List Stack

/-- The stacks of `l`, then those of `f`. -/
noncomputable def stacksOf (l f : List Stack) : List Stack :=
  List.rec (motive := fun _ => List Stack) f (fun s _ ih => .cons s ih) l

/-- The check of the chunks `a, …, a + C - 1` of the Gram matrix, columns `0, …, n - 1`; `n ≤ 2^t`. -/
noncomputable def FormCertificate.tile (c : FormCertificate) (l : List Stack) (t n a C : Nat) : Bool :=
  force c.diagonal fun T =>
    gramCheck c.top c.chunk t n (stacksOf l c.factor) c.width T c.error a C

/-- The rows `0, …, n - 1` of the Gram matrix have passed. -/
def FormCertificate.Checked (c : FormCertificate) (l : List Stack) (n : Nat) : Prop :=
  GramRows (stacksOf l c.factor) (digit c.width c.diagonal) c.error n

/-- Nothing is checked yet. -/
theorem FormCertificate.Checked.start (c : FormCertificate) (l : List Stack) :
    FormCertificate.Checked c l (Nat.mul c.chunk 0) :=
  GramRows.zero _ _ _

/-- A tile adds its rows. -/
theorem FormCertificate.Checked.step {c : FormCertificate} {l : List Stack} {a : Nat}
    (g : FormCertificate.Checked c l (Nat.mul c.chunk a)) (t n C : Nat)
    (h : Eq (FormCertificate.tile c l t n a C) true) :
    FormCertificate.Checked c l (Nat.mul c.chunk (Nat.add a C)) :=
  GramRows.step g h

section
variable {R : Type u} [OrderedRing R]

/-- `Σ α ‖v x‖² ≥ 0`. -/
theorem stackForm_nonneg (l : List Stack) (k : Nat) (x : Vec R) : le zero (stackForm l k x) :=
  List.rec (motive := fun l => le zero (stackForm l k x)) (le_refl zero)
    (fun s _ ih => add_nonneg (mul_nonneg (ofNat_nonneg s.weight)
      (normSq_nonneg (Rows.count s.rows) (matVec k (Stack.entry s) x))) ih) l

/-- The sum over fewer stacks is smaller. -/
theorem stackForm_le (l f : List Stack) (k : Nat) (x : Vec R) :
    le (stackForm l k x) (stackForm (stacksOf l f) k x) :=
  List.rec (motive := fun l => le (stackForm l k x) (stackForm (stacksOf l f) k x))
    (stackForm_nonneg f k x) (fun _ _ ih => add_le_add (le_refl _) ih) l

/-- A certificate whose rows have all passed: `Σ C_j ‖V_j x‖² ≤ Σ D_i x_i² + d ‖x‖²`. -/
theorem FormCertificate.Checked.sound {c : FormCertificate} {l : List Stack} {k n : Nat}
    (g : FormCertificate.Checked c l n) (hn : Nat.le k n)
    (hd : Nat.le (Nat.mul k c.error) c.slack) (x : Vec R) :
    le (stackForm l k x)
      (add (weightedSq k (fun i => ofNat (digit c.width c.diagonal i)) x)
        (mul (ofNat c.slack) (normSq k x))) :=
  le_trans (stackForm_le l c.factor k x) (GramRows.form_le g hn hd x)

/-- One number for all `D_i`. -/
theorem weightedSq_const {k D : Nat} {f : Nat → Nat} (h : ∀ i, Nat.lt i k → Eq (f i) D) (x : Vec R) :
    Eq (weightedSq k (fun i => ofNat (f i)) x) (mul (ofNat D) (normSq k x)) :=
  Eq.trans
    (sum_congr (fun i hi => congrArg (fun t => mul (ofNat t) (mul (x i) (x i))) (h i hi)))
    (sum_mul_left k (ofNat D) (fun i => mul (x i) (x i)))

end

/-- The certificate with `D_i = T - d` for all `i < n`. -/
noncomputable def FormCertificate.uniform (T d ε v n e k : Nat) (factor : List Stack) :
    FormCertificate where
  slack := d
  error := ε
  width := v
  diagonal := Nat.mul (Nat.sub T d) (rep v n)
  top := e
  chunk := k
  factor := factor

/-- The conditions on its numbers: `n ε ≤ d ≤ T`, `T - d < 2^v`, `n` rows have passed. -/
noncomputable def uniformCheck (T d ε v n passed : Nat) : Bool :=
  and (and (Nat.ble (Nat.mul n ε) d) (Nat.ble d T))
    (and (and (Nat.ble 1 v) (Nat.ble (Nat.succ (Nat.sub T d)) (Nat.pow 2 v))) (Nat.ble n passed))

/-- `Σ C_j ‖V_j x‖² ≤ T ‖x‖²`. -/
theorem FormCertificate.uniform_sound {R : Type u} [OrderedRing R] {T d ε v n e k m : Nat}
    {factor l : List Stack} (h : Eq (uniformCheck T d ε v n m) true)
    (g : FormCertificate.Checked (FormCertificate.uniform T d ε v n e k factor) l m) (x : Vec R) :
    le (stackForm l n x) (mul (ofNat T) (normSq n x)) :=
  have a := bool_and (bool_and h).left
  have b := bool_and (bool_and h).right
  have b' := bool_and b.left
  have hT : Eq (Nat.add (Nat.sub T d) d) T := nat_sub_add_cancel (Nat.le_of_ble_eq_true a.right)
  have hD : ∀ i, Nat.lt i n → Eq (digit v (Nat.mul (Nat.sub T d) (rep v n)) i) (Nat.sub T d) :=
    fun _ hi => Eq.trans
      (congrArg (fun y => digit v y _) (rep_mul (Nat.le_of_ble_eq_true b'.left) (Nat.sub T d) n))
      (digit_pack v n (fun _ _ => Nat.le_of_ble_eq_true b'.right) hi)
  le_via
    (FormCertificate.Checked.sound g (Nat.le_of_ble_eq_true b.right)
      (Nat.le_of_ble_eq_true a.left) x)
    rfl
    (Eq.symm (Eq.trans
      (congrArg (fun t => add t (mul (ofNat d) (normSq n x))) (weightedSq_const hD x))
      (Eq.trans (Eq.symm (add_mul (ofNat (Nat.sub T d)) (ofNat d) (normSq n x)))
        (congrArg (fun t => mul t (normSq n x))
          (Eq.trans (Eq.symm (ofNat_add (Nat.sub T d) d)) (congrArg ofNat hT))))))

/-! ## The spectral norm -/

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
  /-- Bits of `T - d`. -/
  width : Nat
  /-- Bits of a digit of a packed chunk of the Gram matrix, less one. -/
  top : Nat
  /-- Rows of a chunk. -/
  chunk : Nat
  /-- `L` and its weight `α`, in stacks by the number of digits of a row. -/
  factor : List Stack

/-- The certificate as one for a sum of squares. -/
noncomputable def SpectralCertificate.form (W : PackedMatrix) (c : SpectralCertificate) :
    FormCertificate :=
  .uniform c.bound c.slack c.error c.width (PackedMatrix.size W) c.top c.chunk c.factor

/-- The conditions on the numbers of the certificate: `V` has the right number of rows, all `n` rows of
the Gram matrix have passed, `n ε ≤ d ≤ T`. -/
noncomputable def SpectralCertificate.header (W : PackedMatrix) (c : SpectralCertificate)
    (chunks : Nat) : Bool :=
  and (Nat.beq (Rows.count W.data) (PackedMatrix.count W))
    (uniformCheck c.bound c.slack c.error c.width (PackedMatrix.size W) (Nat.mul c.chunk chunks))

/-- The check of the chunks `a, …, a + C - 1` of the Gram matrix, columns `0, …, n - 1`; `n ≤ 2^t`. -/
noncomputable def SpectralCertificate.tile (W : PackedMatrix) (c : SpectralCertificate)
    (t n a C : Nat) : Bool :=
  FormCertificate.tile (SpectralCertificate.form W c)
    (.cons (PackedMatrix.stack W c.scale) .nil) t n a C

/-- The chunks `0, …, C - 1` of the Gram matrix have passed. -/
def SpectralCertificate.Checked (W : PackedMatrix) (c : SpectralCertificate) (C : Nat) : Prop :=
  FormCertificate.Checked (SpectralCertificate.form W c)
    (.cons (PackedMatrix.stack W c.scale) .nil) (Nat.mul c.chunk C)

/-- Nothing is checked yet. -/
theorem SpectralCertificate.Checked.start (W : PackedMatrix) (c : SpectralCertificate) :
    SpectralCertificate.Checked W c 0 :=
  FormCertificate.Checked.start (SpectralCertificate.form W c) _

/-- A tile adds its chunks. -/
theorem SpectralCertificate.Checked.step {W : PackedMatrix} {c : SpectralCertificate} {a : Nat}
    (g : SpectralCertificate.Checked W c a) (t n C : Nat)
    (h : Eq (SpectralCertificate.tile W c t n a C) true) :
    SpectralCertificate.Checked W c (Nat.add a C) :=
  FormCertificate.Checked.step (c := SpectralCertificate.form W c) g t n C h

/-- The check of the chunks `a, …, a + C - 1`, columns `0, …, n - 1`, where the sums of `V` are known. -/
noncomputable def SpectralCertificate.tileWith (W : PackedMatrix) (c : SpectralCertificate)
    (t n : Nat) (dots : Nat → Nat) (P a C : Nat) : Bool :=
  force (FormCertificate.diagonal (SpectralCertificate.form W c)) fun T =>
    gramCheckWith c.top c.chunk t n (PackedMatrix.stack W c.scale) dots P c.factor c.width T c.error a C

/-- Such a tile adds its chunks. -/
theorem SpectralCertificate.Checked.stepWith {W : PackedMatrix} {c : SpectralCertificate}
    {t n P a C E : Nat} {dots : Nat → Nat} (g : SpectralCertificate.Checked W c a)
    (h : Columns (Nat.succ c.top) c.chunk 0 (Stack.places n (PackedMatrix.stack W c.scale)) a E
      (PackedMatrix.stack W c.scale) dots P)
    (hE : Eq (Nat.ble (Nat.add a C) E) true)
    (w : Eq (SpectralCertificate.tileWith W c t n dots P a C) true) :
    SpectralCertificate.Checked W c (Nat.add a C) :=
  GramRows.stepWith g h hE w

/-- What the rows say about `V`: `C ‖V x‖² ≤ T ‖x‖²`. -/
theorem SpectralCertificate.storedBound {W : PackedMatrix} {c : SpectralCertificate} {C : Nat}
    (h : Eq (SpectralCertificate.header W c C) true) (g : SpectralCertificate.Checked W c C) :
    NormBound.{u} (PackedMatrix.count W) (PackedMatrix.size W) (PackedMatrix.stored W)
      c.bound c.scale :=
  fun {R} [OrderedRing R] (x : Vec R) =>
  le_via (FormCertificate.uniform_sound (bool_and h).right g x)
    (Eq.symm (Eq.trans (add_zero _) (congrArg (mul (ofNat c.scale))
      (PackedMatrix.normSq_stack (Nat.eq_of_beq_eq_true (bool_and h).left) c.scale x)))) rfl

/-- A certificate whose chunks have all passed bounds the matrix: `C ‖W x‖² ≤ T ‖x‖²`. -/
theorem SpectralCertificate.Checked.sound {W : PackedMatrix} {c : SpectralCertificate} {C : Nat}
    (g : SpectralCertificate.Checked W c C) (h : Eq (SpectralCertificate.header W c C) true) :
    NormBound.{u} W.rows W.cols (PackedMatrix.entry W) c.bound c.scale :=
  match W, g, h with
  | .mk _ _ _ _ true _, g, h =>
    NormBound.ofTranspose (SpectralCertificate.storedBound h g)
  | .mk _ _ _ _ false _, g, h => SpectralCertificate.storedBound h g

end LipBridge
