import LipBridge.Layers.Diagonal
/-!
# A gain after a linear map, under one certificate

A certificate `C ‖Wᵀ y‖² ≤ Σ E_i y_i²` with `E_i g_i² ≤ T` bounds `diag(g) W`: for `y = g ⊙ z` it says
`C ‖(diag(g) W)ᵀ z‖² ≤ T ‖z‖²`, and a matrix and its transpose have one norm. It speaks of `W` as it is
stored, by its columns, so that no product is formed, and the sums of a long `W` serve its own norm and
this one. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- A certificate of `diag(g) W`: `C W Wᵀ + α LᵀL = diag(D_i)` up to `ε`, and `(D_i + d) g_i² ≤ T`. -/
structure GainedCertificate : Type where
  /-- `D_i`, `ε`, `d` and `L`. -/
  form : FormCertificate
  /-- `C`, the weight of `W`. -/
  scale : Nat
  /-- `T`, the bound. -/
  bound : Nat

/-- The chunks `0, …, C - 1` of the Gram matrix have passed. -/
def GainedCertificate.Checked (W : PackedMatrix) (c : GainedCertificate) (C : Nat) : Prop :=
  FormCertificate.Checked c.form (.cons (PackedMatrix.stack W c.scale) .nil) (Nat.mul c.form.chunk C)

/-- Nothing is checked yet. -/
theorem GainedCertificate.Checked.start (W : PackedMatrix) (c : GainedCertificate) :
    GainedCertificate.Checked W c 0 :=
  FormCertificate.Checked.start c.form _

/-- The check of the chunks `a, …, a + C - 1`, columns `0, …, n - 1`; `n ≤ 2^t`. -/
noncomputable def GainedCertificate.tile (W : PackedMatrix) (c : GainedCertificate)
    (t n a C : Nat) : Bool :=
  FormCertificate.tile c.form (.cons (PackedMatrix.stack W c.scale) .nil) t n a C

/-- A tile adds its chunks. -/
theorem GainedCertificate.Checked.step {W : PackedMatrix} {c : GainedCertificate} {a : Nat}
    (g : GainedCertificate.Checked W c a) (t n C : Nat)
    (h : Eq (GainedCertificate.tile W c t n a C) true) :
    GainedCertificate.Checked W c (Nat.add a C) :=
  FormCertificate.Checked.step (c := c.form) g t n C h

/-- The check of the chunks `a, …, a + C - 1`, columns `0, …, n - 1`, where the sums of `W` are known. -/
noncomputable def GainedCertificate.tileWith (W : PackedMatrix) (c : GainedCertificate)
    (t n : Nat) (dots : Nat → Nat) (P a C : Nat) : Bool :=
  force c.form.diagonal fun T =>
    gramCheckWith c.form.top c.form.chunk t n (PackedMatrix.stack W c.scale) dots P c.form.factor
      c.form.width T c.form.error a C

/-- Such a tile adds its chunks; the sums are those of the certificate of `W` itself, whatever its weight. -/
theorem GainedCertificate.Checked.stepWith {W : PackedMatrix} {c : GainedCertificate}
    {t n w P a C E : Nat} {dots : Nat → Nat} (g : GainedCertificate.Checked W c a)
    (s : Columns (Nat.succ c.form.top) c.form.chunk 0 (Stack.places n (PackedMatrix.stack W w)) a E
      (PackedMatrix.stack W w) dots P)
    (hE : Eq (Nat.ble (Nat.add a C) E) true)
    (h : Eq (GainedCertificate.tileWith W c t n dots P a C) true) :
    GainedCertificate.Checked W c (Nat.add a C) :=
  GramRows.stepWith g
    (⟨s.dots, s.wide⟩ : Columns (Nat.succ c.form.top) c.form.chunk 0
      (Stack.places n (PackedMatrix.stack W c.scale)) a E (PackedMatrix.stack W c.scale) dots P) hE h

/-- Whether `W` is kept by columns, `n` rows of the Gram matrix are enough, `n ε ≤ d`, and
`(D_i + d) g_i² ≤ T` for every `i`. -/
noncomputable def GainedCertificate.check (W : PackedMatrix) (c : GainedCertificate) (g : Nat → Int)
    (C : Nat) : Bool :=
  and
    (and (and W.transposed (Nat.beq (Rows.count W.data) W.cols))
      (and (Nat.ble W.rows (Nat.mul c.form.chunk C))
        (Nat.ble (Nat.mul W.rows c.form.error) c.form.slack)))
    (everyBelow W.rows (fun i => intBle
      (Int.mul (Int.ofNat (Nat.add (digit c.form.width c.form.diagonal i) c.form.slack))
        (Int.mul (g i) (g i)))
      (Int.ofNat c.bound)))

/-- The matrix `diag(g) W`. -/
def gainedRows (g : Nat → Int) (W : Nat → Nat → Int) : Nat → Nat → Int :=
  fun i j => Int.mul (g i) (W i j)

/-- What the certificate says: `C ‖diag(g) W x‖² ≤ T ‖x‖²`. -/
theorem GainedCertificate.sound {W : PackedMatrix} {c : GainedCertificate} {g : Nat → Int} {C : Nat}
    (h : Eq (GainedCertificate.check W c g C) true) (k : GainedCertificate.Checked W c C) :
    NormBound.{u} W.rows W.cols (gainedRows g (PackedMatrix.entry W)) c.bound c.scale :=
  have top := bool_and (bool_and h).left
  have size := bool_and top.right
  have each := everyBelow_sound (bool_and h).right
  match W, k, size, each, bool_and top.left with
  | .mk _ _ _ _ false _, _, _, _, kept => bool_absurd (Eq.symm kept.left)
  | .mk rows cols w β true data, k, size, each, kept =>
    NormBound.ofTranspose (fun {R} [OrderedRing R] (y : Vec R) =>
      let W : PackedMatrix := .mk rows cols w β true data
      let x : Vec R := fun i => mul (ofInt (g i)) (y i)
      let E : Nat → Nat := fun i => Nat.add (digit c.form.width c.form.diagonal i) c.form.slack
      have form := FormCertificate.Checked.sound (k := rows) k (Nat.le_of_ble_eq_true size.left)
        (Nat.le_of_ble_eq_true size.right) x
      have image : Eq (normSq cols (matVec rows (transpose (gainedRows g (PackedMatrix.entry W))) y))
          (normSq cols (matVec rows (PackedMatrix.stored W) x)) :=
        normSq_congr (fun j _ => sum_congr (fun i _ => Eq.trans
          (congrArg (fun t => mul t (y i)) (ofInt_mul (g i) (PackedMatrix.stored W j i)))
          (ring_eq (vars3 (ofInt (g i)) (ofInt (PackedMatrix.stored W j i)) (y i))
            (b := mul (ofInt (PackedMatrix.stored W j i)) (mul (ofInt (g i)) (y i))))))
      have weights : le (sum rows (fun i => mul (ofNat (E i)) (mul (x i) (x i))))
          (mul (ofNat c.bound) (normSq rows y)) :=
        le_via
          (sum_le (g := fun i => mul (ofNat c.bound) (mul (y i) (y i))) (fun i hi => le_via
            (mul_le_mul_right (mul_self_nonneg (y i))
              (ofInt_le (R := R) (int_le_of_ble (each i hi))))
            (Eq.trans
              (ring_eq (vars3 (ofNat (E i)) (ofInt (g i)) (y i))
                (a := mul (ofNat (E i)) (mul (mul (ofInt (g i)) (y i)) (mul (ofInt (g i)) (y i))))
                (b := mul (mul (ofNat (E i)) (mul (ofInt (g i)) (ofInt (g i)))) (mul (y i) (y i))))
              (congrArg (fun t => mul t (mul (y i) (y i)))
                (Eq.symm (Eq.trans (ofInt_mul (Int.ofNat (E i)) (Int.mul (g i) (g i)))
                  (congrArg (mul (ofNat (E i))) (ofInt_mul (g i) (g i))))))) rfl))
          rfl (Eq.symm (sum_mul_left rows (ofNat c.bound) (fun i => mul (y i) (y i))))
      le_trans
        (le_via form
          (Eq.trans (congrArg (mul (ofNat c.scale)) image)
            (Eq.symm (Eq.trans (add_zero _) (congrArg (mul (ofNat c.scale))
              (PackedMatrix.normSq_stack (W := W) (Nat.eq_of_beq_eq_true kept.right) c.scale x)))))
          (Eq.trans
            (sum_ext rows (fun i => Eq.trans
              (congrArg (fun t => mul t (mul (x i) (x i))) (ofNat_add _ c.form.slack))
              (add_mul _ _ _)))
            (Eq.trans (sum_add rows _ _)
              (congrArg (add _)
                (sum_mul_left rows (ofNat c.form.slack) (fun i => mul (x i) (x i)))))))
        weights)

section
variable {R : Type u} [OrderedRing R] {n m d e C : Nat} {g : Nat → Int} {r s : R} {b γ : Vec R}
  {f : Vec R → Vec R}

/-- A gain after a linear map is one linear map, with the matrix `diag(g) W`. -/
theorem Affine.gained {W : Nat → Nat → Int} (hf : Affine n m W s b f)
    (hγ : ∀ i, Eq (γ i) (mul (ofInt (g i)) r)) :
    Affine n m (gainedRows g W) (mul r s) (fun i => mul (γ i) (b i)) (fun x => LipBridge.gain γ (f x)) :=
  fun x i hi => Eq.trans (congrArg (mul (γ i)) (hf x i hi))
    (Eq.trans (mul_add (γ i) _ (b i))
      (congrArg (fun t => add t (mul (γ i) (b i)))
        (Eq.trans (Eq.symm (sum_mul_left n (γ i) (fun j => mul (mul (ofInt (W i j)) s) (x j))))
          (sum_ext n (fun j => Eq.trans
            (congrArg (fun t => mul t (mul (mul (ofInt (W i j)) s) (x j))) (hγ i))
            (Eq.trans
              (ring_eq (vars5 (ofInt (g i)) r (ofInt (W i j)) s (x j))
                (b := mul (mul (mul (ofInt (g i)) (ofInt (W i j))) (mul r s)) (x j)))
              (congrArg (fun t => mul (mul t (mul r s)) (x j))
                (Eq.symm (ofInt_mul (g i) (W i j))))))))))

section
variable {W : PackedMatrix} {c : GainedCertificate}

/-- The constant of a linear map and the stored gain `g/e` after it: `√(T/(C (e d)²))`. -/
theorem GainedCertificate.sqLipschitz (hc : Eq (GainedCertificate.check W c g C) true)
    (k : GainedCertificate.Checked W c C) (pos : Eq (Nat.ble 1 c.scale) true)
    (hf : Affine W.cols W.rows (PackedMatrix.entry W) s b f) (hr : Eq (mul (ofNat e) r) one)
    (hs : Eq (mul (ofNat d) s) one) :
    SqLipschitz W.cols W.rows (ofNat c.bound)
      (ofNat (Nat.mul c.scale (Nat.mul (Nat.mul e d) (Nat.mul e d))))
      (fun x => LipBridge.gain (fun i => mul (ofInt (g i)) r) (f x)) :=
  Affine.sqLipschitz (hC := ⟨pos⟩) (Affine.gained hf (fun _ => rfl)) (GainedCertificate.sound hc k)
    (reciprocal_mul hr hs)

/-- The same for the gain `g/e + z`, stored as `g`. -/
theorem GainedCertificate.sqLipschitz_offset (z : Int)
    (hc : Eq (GainedCertificate.check W c (fun i => Int.add (g i) (Int.mul z (Int.ofNat e))) C) true)
    (k : GainedCertificate.Checked W c C) (pos : Eq (Nat.ble 1 c.scale) true)
    (hf : Affine W.cols W.rows (PackedMatrix.entry W) s b f) (hr : Eq (mul (ofNat e) r) one)
    (hs : Eq (mul (ofNat d) s) one) :
    SqLipschitz W.cols W.rows (ofNat c.bound)
      (ofNat (Nat.mul c.scale (Nat.mul (Nat.mul e d) (Nat.mul e d))))
      (fun x => LipBridge.gain (fun i => add (mul (ofInt (g i)) r) (ofInt z)) (f x)) :=
  Affine.sqLipschitz (hC := ⟨pos⟩)
    (Affine.gained hf (fun i => Eq.symm (offset_entry (g i) z hr)))
    (GainedCertificate.sound hc k) (reciprocal_mul hr hs)

end

end

set_option linter.unusedVariables false

/-- What the elaborator takes `GainedCertificate.tile` for; see `TighterKernelOnly.lean`. -/
def GainedCertificate.tile._sunfold (W : PackedMatrix) (c : GainedCertificate)
    (t n a C : Nat) : Bool := true

/-- What the elaborator takes `GainedCertificate.tileWith` for. -/
def GainedCertificate.tileWith._sunfold (W : PackedMatrix) (c : GainedCertificate)
    (t n : Nat) (dots : Nat → Nat) (P a C : Nat) : Bool := true

/-- What the elaborator takes `GainedCertificate.check` for. -/
def GainedCertificate.check._sunfold (W : PackedMatrix) (c : GainedCertificate) (g : Nat → Int)
    (C : Nat) : Bool := true

end LipBridge
