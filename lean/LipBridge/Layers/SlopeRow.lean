import LipBridge.Layers.BlockMax
import LipBridge.Layers.ScoreTable
import LipBridge.Layers.SlopeChain
/-!
# One score, or one difference of two, after a hidden layer (LipSDP for a row)

Let `z` be the difference of two values of `φ (U x)`, and `v` the row of one score. With positive weights
`e_i` of the units and `y_i = e_i z_i`, a certificate of the form
`C₁ ‖Uᵀ y‖² + C₂ ⟨v', y⟩² ≤ Σ E_i y_i²` with `v'_i e_i = κ v_i` and `E_i e_i ≤ K` bounds `C₂ κ² ⟨v, z⟩²` by
`K Σ e_i z_i² - C₁ ‖Uᵀ y‖²`, and slopes in `[0, p/q]` bound `Σ e_i z_i²` by a multiple of
`⟨Uᵀ y, x - x'⟩`. So the squared constant of the score is `(K p)²` over `4 C₁ C₂ (κ d q d')²`: LipSDP-Neuron
(Fazlyab et al., 2019) of that score. `U` is stored unscaled, so that the certificates of all scores and all
differences speak of one stored matrix. docs/theorems.md §3.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-! ## The theorem -/

/-- The algebra: `C₁ A + C₂ (κ V)² ≤ K S`, `H S ≤ p I` and `0 ≤ ‖2 C₁ H u - K p δ‖²` give
`4 C₁ C₂ (κ H V)² ≤ (K p)² ‖δ‖²`. -/
theorem slope_row_bound {A V S I Z c₁ c₂ K κ H p : R} (hc : le zero c₁) (hK : le zero K) (hH : le zero H)
    (hform : le (add (mul c₁ A) (mul c₂ (sq (mul κ V)))) (mul K S)) (hslope : le (mul H S) (mul p I))
    (hgap : le zero (add (add (mul (sq (mul (add one one) (mul c₁ H))) A)
        (add (mul (mul (add one one) (mul c₁ H)) (mul (neg (mul K p)) I))
          (mul (mul (add one one) (mul c₁ H)) (mul (neg (mul K p)) I))))
      (mul (sq (neg (mul K p))) Z))) :
    le (mul (mul (mul (add one one) (add one one)) (mul c₁ c₂)) (sq (mul (mul κ H) V)))
      (mul (sq (mul K p)) Z) :=
  let f : R := mul (add one one) (add one one)
  let m : R := mul (add one one) (mul c₁ H)
  let w : R := mul K p
  have four : le (zero : R) f := mul_self_nonneg _
  have low := mul_le_mul_left (mul_nonneg (mul_nonneg four hc) (sq_nonneg H)) hform
  have high := le_via (mul_le_mul_left (mul_nonneg (mul_nonneg four hc) (mul_nonneg hH hK)) hslope)
    (ring_eq (vars4 c₁ H K S) (a := mul (mul (mul (add one one) (add one one)) c₁) (mul (sq H) (mul K S)))
      (b := mul (mul (mul (mul (add one one) (add one one)) c₁) (mul H K)) (mul H S))) rfl
  le_of_add_le_add_left (mul (sq (mul (add one one) (mul c₁ H))) A)
    (le_trans
      (le_via low
        (ring_eq (vars6 A V c₁ c₂ κ H)
          (a := add (mul (sq (mul (add one one) (mul c₁ H))) A)
            (mul (mul (mul (add one one) (add one one)) (mul c₁ c₂)) (sq (mul (mul κ H) V))))
          (b := mul (mul (mul (mul (add one one) (add one one)) c₁) (sq H))
            (add (mul c₁ A) (mul c₂ (sq (mul κ V)))))) rfl)
      (le_trans
        (le_via high (mul_assoc (mul f c₁) (sq H) (mul K S)) rfl)
        (le_via
          (le_of_add hgap
            (ring_eq (vars5 A I Z m w)
              (a := add (add (mul (mul m w) I) (mul (mul m w) I))
                (add (add (mul (sq m) A) (add (mul m (mul (neg w) I)) (mul m (mul (neg w) I))))
                  (mul (sq (neg w)) Z)))
              (b := add (mul (sq m) A) (mul (sq w) Z))))
          (ring_eq (vars5 c₁ H K p I)
            (a := mul (mul (mul (mul (add one one) (add one one)) c₁) (mul H K)) (mul p I))
            (b := add (mul (mul (mul (add one one) (mul c₁ H)) (mul K p)) I)
              (mul (mul (mul (add one one) (mul c₁ H)) (mul K p)) I))) rfl)))

/-- One score after a hidden layer with slopes in `[0, p/q]`. -/
theorem slope_row {n k p q d d' C₁ C₂ K κ : Nat} {U : Nat → Nat → Int} {v v' : Nat → Int}
    {E e : Nat → Nat} {r s : R} {a b : Vec R} {g h : Vec R → Vec R} {φ : R → R}
    (hform : ∀ y : Vec R, le
      (add (mul (ofNat C₁) (normSq n (matVec k (transpose U) y)))
        (mul (ofNat C₂) (sq (sum k (fun i => mul (ofInt (v' i)) (y i))))))
      (sum k (fun i => mul (ofNat (E i)) (mul (y i) (y i)))))
    (hE : ∀ i, Nat.lt i k → Nat.le (Nat.mul (E i) (e i)) K)
    (hv : ∀ i, Nat.lt i k →
      Eq (mul (ofInt (v' i)) (ofNat (e i)) : R) (mul (ofNat κ) (ofInt (v i))))
    (hφ : SlopeWithin p q φ) (hg : Affine n k U r b g) (hr : Eq (mul (ofNat d) r) one)
    (hh : Affine k 1 (fun _ => v) s a h) (hs : Eq (mul (ofNat d') s) one)
    (pos : Eq (Nat.ble 1 (Nat.mul (Nat.mul (Nat.mul 2 2) (Nat.mul C₁ C₂))
      (Nat.mul (Nat.mul κ (Nat.mul (Nat.mul d q) d')) (Nat.mul κ (Nat.mul (Nat.mul d q) d'))))) true) :
    SqLipschitz n 1 (ofNat (Nat.mul (Nat.mul K p) (Nat.mul K p)))
      (ofNat (Nat.mul (Nat.mul (Nat.mul 2 2) (Nat.mul C₁ C₂))
        (Nat.mul (Nat.mul κ (Nat.mul (Nat.mul d q) d')) (Nat.mul κ (Nat.mul (Nat.mul d q) d')))))
      (fun x => h (entrywise φ (g x))) :=
  ⟨ofNat_nonneg _, ofNat_pos pos, fun x x' _ _ =>
    let z : Vec R := fun i => sub (φ (g x i)) (φ (g x' i))
    let y : Vec R := fun i => mul (ofNat (e i)) (z i)
    let δ : Vec R := vsub x x'
    let u : Vec R := matVec k (transpose U) y
    let V : R := matVec k (fun _ => v) (vsub (entrywise φ (g x)) (entrywise φ (g x'))) 0
    let S : R := sum k (fun i => mul (ofNat (e i)) (mul (z i) (z i)))
    let I : R := dot n u δ
    let H : R := ofNat (Nat.mul d q)
    let c₁ : R := ofNat C₁
    let diff : R := sub (h (entrywise φ (g x)) 0) (h (entrywise φ (g x')) 0)
    have form : le (add (mul c₁ (normSq n u)) (mul (ofNat C₂) (sq (mul (ofNat κ) V))))
        (mul (ofNat K) S) :=
      le_via
        (le_trans (hform y)
          (sum_le (g := fun i => mul (ofNat K) (mul (ofNat (e i)) (mul (z i) (z i)))) (fun i hi =>
            le_via
              (mul_le_mul_right (mul_nonneg (ofNat_nonneg (e i)) (mul_self_nonneg (z i)))
                (ofNat_le (hE i hi)))
              (Eq.trans
                (ring_eq (vars3 (ofNat (E i)) (ofNat (e i)) (z i))
                  (a := mul (ofNat (E i)) (mul (mul (ofNat (e i)) (z i)) (mul (ofNat (e i)) (z i))))
                  (b := mul (mul (ofNat (E i)) (ofNat (e i))) (mul (ofNat (e i)) (mul (z i) (z i)))))
                (congrArg (fun t => mul t (mul (ofNat (e i)) (mul (z i) (z i))))
                  (Eq.symm (ofNat_mul (E i) (e i))))) rfl)))
        (congrArg (fun t => add (mul c₁ (normSq n u)) (mul (ofNat C₂) (sq t)))
          (Eq.trans (Eq.symm (sum_mul_left k (ofNat κ) (fun i => mul (ofInt (v i)) (z i))))
            (sum_congr (fun i hi => Eq.trans
              (Eq.trans (Eq.symm (mul_assoc (ofNat κ) (ofInt (v i)) (z i)))
                (congrArg (fun t => mul t (z i)) (Eq.symm (hv i hi))))
              (mul_assoc (ofInt (v' i)) (ofNat (e i)) (z i))))))
        (Eq.symm (sum_mul_left k (ofNat K) (fun i => mul (ofNat (e i)) (mul (z i) (z i)))))
    have slope : le (mul H S) (mul (ofNat p) I) :=
      le_via
        (sum_le (n := k)
          (f := fun i => mul H (mul (ofNat (e i)) (mul (z i) (z i))))
          (g := fun i => mul (ofNat p) (mul (y i) (matVec n U δ i)))
          (fun i hi => le_via
            (mul_le_mul_left (ofNat_nonneg (e i)) (slope_entry hφ hg hr x x' hi))
            (ring_eq (vars3 H (ofNat (e i)) (z i))
              (a := mul H (mul (ofNat (e i)) (mul (z i) (z i))))
              (b := mul (ofNat (e i)) (mul H (mul (z i) (z i)))))
            (ring_eq (vars4 (ofNat p) (ofNat (e i)) (z i) (matVec n U δ i))
              (a := mul (ofNat p) (mul (mul (ofNat (e i)) (z i)) (matVec n U δ i)))
              (b := mul (ofNat (e i)) (mul (ofNat p) (mul (z i) (matVec n U δ i)))))))
        (Eq.symm (sum_mul_left k H _))
        (Eq.trans (congrArg (mul (ofNat p)) (Eq.symm (dot_matVec k n U δ y)))
          (Eq.symm (sum_mul_left k (ofNat p) _)))
    have gap := le_via
      (normSq_combination n (mul (add one one) (mul c₁ H)) (neg (mul (ofNat K) (ofNat p))) u δ) rfl
      (congrArg
        (fun t => add (add (mul (sq (mul (add one one) (mul c₁ H))) (normSq n u))
            (add (mul (mul (add one one) (mul c₁ H)) (mul (neg (mul (ofNat K) (ofNat p))) t))
              (mul (mul (add one one) (mul c₁ H)) (mul (neg (mul (ofNat K) (ofNat p))) t))))
          (mul (sq (neg (mul (ofNat K) (ofNat p)))) (normSq n δ))) (dot_comm n u δ))
    have out : Eq (mul (ofNat d') diff) V :=
      Eq.trans
        (congrArg (mul (ofNat d'))
          (Eq.trans (congr2 sub (hh _ 0 Nat.le.refl) (hh _ 0 Nat.le.refl))
            (linear_sub k (fun _ => v) s a (entrywise φ (g x)) (entrywise φ (g x')) 0)))
        (Eq.trans (Eq.symm (mul_assoc (ofNat d') s V))
          (Eq.trans (congrArg (fun t => mul t V) hs) (one_mul V)))
    le_via
      (slope_row_bound (ofNat_nonneg C₁) (ofNat_nonneg K) (ofNat_nonneg _) form slope gap)
      (Eq.trans
        (congr2 mul
          (Eq.trans (ofNat_mul _ _) (congr2 mul
            (Eq.trans (ofNat_mul _ _) (congr2 mul
              (Eq.trans (ofNat_mul 2 2) (congr2 mul ofNat_two ofNat_two)) (ofNat_mul C₁ C₂)))
            (Eq.trans (ofNat_sq _) (congrArg sq
              (Eq.trans (ofNat_mul κ _) (congrArg (mul (ofNat κ)) (ofNat_mul _ d')))))))
          (distSq_one _ _))
        (Eq.trans
          (ring_eq (vars5 (mul (mul (add one one) (add one one)) (mul c₁ (ofNat C₂))) (ofNat κ) H
              (ofNat d') diff)
            (a := mul (mul (mul (mul (add one one) (add one one)) (mul c₁ (ofNat C₂)))
              (sq (mul (ofNat κ) (mul H (ofNat d'))))) (sq diff))
            (b := mul (mul (mul (add one one) (add one one)) (mul c₁ (ofNat C₂)))
              (sq (mul (mul (ofNat κ) H) (mul (ofNat d') diff)))))
          (congrArg (fun t => mul (mul (mul (add one one) (add one one)) (mul c₁ (ofNat C₂)))
            (sq (mul (mul (ofNat κ) H) t))) out)))
      (congrArg (fun t => mul t (normSq n δ))
        (Eq.trans (ofNat_sq _) (congrArg sq (ofNat_mul K p))))⟩

end

/-! ## What the kernel computes -/

/-- A certificate of one row: `C₁ Uᵀ U + C₂ v' v'ᵀ + α LᵀL = diag(D_i)` up to `ε`, where `U` is the stored
matrix of the hidden layer. -/
structure RowCertificate : Type where
  /-- `D_i`, `ε`, `d` and `L`. -/
  form : FormCertificate
  /-- `C₁`, the weight of `U`. -/
  first : Nat
  /-- `C₂`, the weight of the row. -/
  second : Nat
  /-- `K`, which no `(D_i + d) e_i` exceeds. -/
  cap : Nat
  /-- `κ`: `v'_i e_i = κ v_i`. -/
  unit : Nat
  /-- Bits of `e_i`. -/
  bits : Nat
  /-- The weights `e_i` of the units, packed. -/
  weights : Nat
  /-- Bits of a digit of `v'`. -/
  width : Nat
  /-- What is taken off a digit of `v'`. -/
  bias : Nat
  /-- `v'`, packed. -/
  row : Nat

/-- `v'_i`. -/
noncomputable def RowCertificate.entry (c : RowCertificate) (i : Nat) : Int :=
  diff (digit c.width c.row i) c.bias

/-- `U` and the row, with their weights. -/
noncomputable def RowCertificate.stacks (U : PackedMatrix) (c : RowCertificate) : List Stack :=
  .cons (PackedMatrix.stack U c.first)
    (.cons (.mk c.second c.width c.bias (PackedMatrix.size U) (Rows.one c.row)) .nil)

/-- The chunks `0, …, C - 1` of the Gram matrix have passed. -/
def RowCertificate.Checked (U : PackedMatrix) (c : RowCertificate) (C : Nat) : Prop :=
  FormCertificate.Checked c.form (RowCertificate.stacks U c) (Nat.mul c.form.chunk C)

/-- Nothing is checked yet. -/
theorem RowCertificate.Checked.start (U : PackedMatrix) (c : RowCertificate) :
    RowCertificate.Checked U c 0 :=
  FormCertificate.Checked.start c.form _

/-- The check of the chunks `a, …, a + C - 1`, columns `0, …, n - 1`, where the sums of `U` are known. -/
noncomputable def RowCertificate.tile (U : PackedMatrix) (c : RowCertificate) (t n : Nat)
    (dots : Nat → Nat) (P a C : Nat) : Bool :=
  force c.form.diagonal fun T =>
    gramCheckWith c.form.top c.form.chunk t n (PackedMatrix.stack U c.first) dots P
      (stacksOf (.cons (.mk c.second c.width c.bias (PackedMatrix.size U) (Rows.one c.row)) .nil)
        c.form.factor) c.form.width T c.form.error a C

/-- A tile adds its chunks; the sums of `U` are the same for all rows. -/
theorem RowCertificate.Checked.step {U : PackedMatrix} {c : RowCertificate} {a t n w P E C : Nat}
    {dots : Nat → Nat} (g : RowCertificate.Checked U c a)
    (s : Columns (Nat.succ c.form.top) c.form.chunk 0 (Stack.places n (PackedMatrix.stack U w)) a E
      (PackedMatrix.stack U w) dots P)
    (hE : Eq (Nat.ble (Nat.add a C) E) true)
    (h : Eq (RowCertificate.tile U c t n dots P a C) true) :
    RowCertificate.Checked U c (Nat.add a C) :=
  GramRows.stepWith g
    (⟨s.dots, s.wide⟩ : Columns (Nat.succ c.form.top) c.form.chunk 0
      (Stack.places n (PackedMatrix.stack U c.first)) a E (PackedMatrix.stack U c.first) dots P) hE h

/-- Whether `U` is kept by columns, `n` rows of the Gram matrix are enough, `n ε ≤ d`, and for every unit
`v'_i e_i = κ v_i`, `v_i` being `plus i - minus i`, and `(D_i + d) e_i ≤ K`. -/
noncomputable def RowCertificate.check (U : PackedMatrix) (c : RowCertificate)
    (plus minus : Nat → Nat) (C : Nat) : Bool :=
  and
    (and (and U.transposed (Nat.beq (Rows.count U.data) U.cols))
      (and (Nat.ble U.rows (Nat.mul c.form.chunk C))
        (Nat.ble (Nat.mul U.rows c.form.error) c.form.slack)))
    (everyBelow U.rows (fun i => force (digit c.bits c.weights i) fun e => and
      (Nat.beq (Nat.add (Nat.mul (digit c.width c.row i) e) (Nat.mul c.unit (minus i)))
        (Nat.add (Nat.mul c.unit (plus i)) (Nat.mul c.bias e)))
      (Nat.ble (Nat.mul (Nat.add (digit c.form.width c.form.diagonal i) c.form.slack) e) c.cap)))

/-- Whether `P D² ≤ N² Q`: the number `N` of a table is large enough. -/
noncomputable def numberCheck (P Q D N : Nat) : Bool :=
  Nat.ble (Nat.mul P (Nat.mul D D)) (Nat.mul (Nat.mul N N) Q)

/-- Whether two numbers of a table are the same. -/
noncomputable def sameNumber (M N : Nat) : Bool := Nat.beq M N

section
variable {R : Type u} [OrderedRing R] {C : Nat} {plus minus : Nat → Nat}

/-- What the certificate says: `C₁ ‖Uᵀ y‖² + C₂ ⟨v', y⟩² ≤ Σ (D_i + d) y_i²`. -/
theorem RowCertificate.sound {U : PackedMatrix} {c : RowCertificate}
    (h : Eq (RowCertificate.check U c plus minus C) true) (g : RowCertificate.Checked U c C)
    (y : Vec R) :
    le (add (mul (ofNat c.first) (normSq U.cols (matVec U.rows (transpose (PackedMatrix.entry U)) y)))
        (mul (ofNat c.second) (sq (sum U.rows (fun i => mul (ofInt (c.entry i)) (y i))))))
      (sum U.rows (fun i => mul
        (ofNat (Nat.add (digit c.form.width c.form.diagonal i) c.form.slack)) (mul (y i) (y i)))) :=
  have top := bool_and (bool_and h).left
  have size := bool_and top.right
  match U, g, size, bool_and top.left with
  | .mk _ _ _ _ false _, _, _, kept => bool_absurd (Eq.symm kept.left)
  | .mk rows cols w β true data, g, size, kept =>
    let U : PackedMatrix := .mk rows cols w β true data
    le_via
      (FormCertificate.Checked.sound (k := rows) g (Nat.le_of_ble_eq_true size.left)
        (Nat.le_of_ble_eq_true size.right) y)
      (congr2 add
        (congrArg (mul (ofNat c.first)) (Eq.symm
          (PackedMatrix.normSq_stack (W := U) (Nat.eq_of_beq_eq_true kept.right) c.first y)))
        (Eq.symm (Eq.trans (add_zero _) (congrArg (mul (ofNat c.second))
          (Eq.trans (zero_add _) (congrArg sq (sum_congr (fun i hi => congrArg
            (fun t => mul (ofInt (pick t (c.entry i) (Int.ofNat 0))) (y i))
            (Nat.ble_eq_true_of_le hi)))))))))
      (Eq.trans
        (sum_ext rows (fun i => Eq.trans
          (congrArg (fun t => mul t (mul (y i) (y i))) (ofNat_add _ c.form.slack))
          (add_mul _ _ _)))
        (Eq.trans (sum_add rows _ _)
          (congrArg (add _) (sum_mul_left rows (ofNat c.form.slack) (fun i => mul (y i) (y i))))))

section
variable {U L : PackedMatrix} {c : RowCertificate} {W : Nat → Nat → Int} {v : Nat → Int}
  {k m n P Q D N N' p q d d' i j : Nat} {r s : R} {a b : Vec R} {f g h l : Vec R → Vec R} {φ : R → R}

/-- One score after a hidden layer, from its certificate. -/
theorem RowCertificate.sqLipschitz (hc : Eq (RowCertificate.check U c plus minus C) true)
    (hC : RowCertificate.Checked U c C)
    (hU : ∀ i j, Nat.lt i U.rows → Nat.lt j U.cols → Eq (PackedMatrix.entry U i j) (W i j))
    (hv : ∀ i, Eq (ofInt (v i) : R) (sub (ofNat (plus i)) (ofNat (minus i))))
    (hφ : SlopeWithin p q φ) (hg : Affine U.cols U.rows W r b g) (hr : Eq (mul (ofNat d) r) one)
    (hh : Affine U.rows 1 (fun _ => v) s a h) (hs : Eq (mul (ofNat d') s) one)
    (pos : Eq (Nat.ble 1 (Nat.mul (Nat.mul (Nat.mul 2 2) (Nat.mul c.first c.second)) (Nat.mul
      (Nat.mul c.unit (Nat.mul (Nat.mul d q) d')) (Nat.mul c.unit (Nat.mul (Nat.mul d q) d'))))) true) :
    SqLipschitz U.cols 1 (ofNat (Nat.mul (Nat.mul c.cap p) (Nat.mul c.cap p)))
      (ofNat (Nat.mul (Nat.mul (Nat.mul 2 2) (Nat.mul c.first c.second)) (Nat.mul
        (Nat.mul c.unit (Nat.mul (Nat.mul d q) d')) (Nat.mul c.unit (Nat.mul (Nat.mul d q) d')))))
      (fun x => h (entrywise φ (g x))) :=
  have each (i : Nat) (hi : Nat.lt i U.rows) := bool_and (everyBelow_sound (bool_and hc).right i hi)
  slope_row (U := PackedMatrix.entry U) (v' := c.entry) (e := digit c.bits c.weights)
    (E := fun i => Nat.add (digit c.form.width c.form.diagonal i) c.form.slack)
    (RowCertificate.sound hc hC)
    (fun i hi => Nat.le_of_ble_eq_true (each i hi).right)
    (fun i hi =>
      let A : R := ofNat (digit c.width c.row i)
      let e : R := ofNat (digit c.bits c.weights i)
      let κ : R := ofNat c.unit
      have same : Eq (add (mul A e) (mul κ (ofNat (minus i)))) (add (mul κ (ofNat (plus i)))
          (mul (ofNat c.bias) e)) :=
        eq_via (congr2 add (Eq.symm (ofNat_mul _ _)) (Eq.symm (ofNat_mul _ _)))
          (congr2 add (Eq.symm (ofNat_mul _ _)) (Eq.symm (ofNat_mul _ _)))
          (eq_via (Eq.symm (ofNat_add _ _)) (Eq.symm (ofNat_add _ _))
            (congrArg ofNat (Nat.eq_of_beq_eq_true (each i hi).left)))
      Eq.trans (congrArg (fun t => mul t e) (ofInt_diff _ c.bias))
        (Eq.trans
          (ring_eq (vars5 A e (ofNat c.bias) κ (ofNat (minus i))) (a := mul (sub A (ofNat c.bias)) e)
            (b := sub (add (mul A e) (mul κ (ofNat (minus i))))
              (add (mul κ (ofNat (minus i))) (mul (ofNat c.bias) e))))
          (Eq.trans
            (congrArg (fun t => sub t (add (mul κ (ofNat (minus i))) (mul (ofNat c.bias) e))) same)
            (Eq.trans
              (ring_eq (vars5 (ofNat (plus i)) e (ofNat c.bias) κ (ofNat (minus i)))
                (a := sub (add (mul κ (ofNat (plus i))) (mul (ofNat c.bias) e))
                  (add (mul κ (ofNat (minus i))) (mul (ofNat c.bias) e)))
                (b := mul κ (sub (ofNat (plus i)) (ofNat (minus i)))))
              (congrArg (mul κ) (Eq.symm (hv i)))))))
    hφ (fun x i hi => Eq.trans (hg x i hi) (Eq.symm (linear_entries hU x i hi))) hr hh hs pos

/-- Score `i` of a network that ends in a hidden layer and the linear layer `L`, with its number in a
table. -/
theorem RowCertificate.score
    (hc : Eq (RowCertificate.check U c (PackedMatrix.digitAt L i) (fun _ => L.bias) C) true)
    (hC : RowCertificate.Checked U c C)
    (hU : ∀ i j, Nat.lt i U.rows → Nat.lt j U.cols → Eq (PackedMatrix.entry U i j) (W i j))
    (hf : SqLipschitz n U.cols (ofNat P) (ofNat Q) f) (hφ : SlopeWithin p q φ)
    (hg : Affine U.cols U.rows W r b g) (hr : Eq (mul (ofNat d) r) one)
    (hl : Affine U.rows m (PackedMatrix.entry L) s a l) (hs : Eq (mul (ofNat d') s) one)
    (hi : Nat.lt i m)
    (pos : Eq (Nat.ble 1 (Nat.mul (Nat.mul (Nat.mul 2 2) (Nat.mul c.first c.second)) (Nat.mul
      (Nat.mul c.unit (Nat.mul (Nat.mul d q) d')) (Nat.mul c.unit (Nat.mul (Nat.mul d q) d'))))) true)
    (hD : Eq (Nat.ble 1 D) true)
    (hN : Eq (numberCheck (Nat.mul P (Nat.mul (Nat.mul c.cap p) (Nat.mul c.cap p)))
      (Nat.mul Q (Nat.mul (Nat.mul (Nat.mul 2 2) (Nat.mul c.first c.second)) (Nat.mul
        (Nat.mul c.unit (Nat.mul (Nat.mul d q) d')) (Nat.mul c.unit (Nat.mul (Nat.mul d q) d')))))
      D N) true) :
    Lipschitz n 1 (ofNat N) (ofNat D) (fun x _ => l (entrywise φ (g (f x))) i) :=
  LipschitzOn.ofSq
    (hf.comp_ofNat
      (RowCertificate.sqLipschitz (h := fun y _ => l y i) (a := fun _ => a i) hc hC hU
        (fun t => Eq.trans (congrArg ofInt (PackedMatrix.entry_digitAt L i t)) (ofInt_diff _ _))
        hφ hg hr (fun y _ _ => hl y i hi) hs pos)
      (fun _ _ => ⟨⟩)) hD hN

/-- The difference of the scores `i` and `j`. -/
theorem RowCertificate.difference
    (hc : Eq (RowCertificate.check U c (PackedMatrix.digitAt L i) (PackedMatrix.digitAt L j) C) true)
    (hC : RowCertificate.Checked U c C)
    (hU : ∀ i j, Nat.lt i U.rows → Nat.lt j U.cols → Eq (PackedMatrix.entry U i j) (W i j))
    (hf : SqLipschitz n U.cols (ofNat P) (ofNat Q) f) (hφ : SlopeWithin p q φ)
    (hg : Affine U.cols U.rows W r b g) (hr : Eq (mul (ofNat d) r) one)
    (hl : Affine U.rows m (PackedMatrix.entry L) s a l) (hs : Eq (mul (ofNat d') s) one)
    (hi : Nat.lt i m) (hj : Nat.lt j m)
    (pos : Eq (Nat.ble 1 (Nat.mul (Nat.mul (Nat.mul 2 2) (Nat.mul c.first c.second)) (Nat.mul
      (Nat.mul c.unit (Nat.mul (Nat.mul d q) d')) (Nat.mul c.unit (Nat.mul (Nat.mul d q) d'))))) true)
    (hD : Eq (Nat.ble 1 D) true)
    (hN : Eq (numberCheck (Nat.mul P (Nat.mul (Nat.mul c.cap p) (Nat.mul c.cap p)))
      (Nat.mul Q (Nat.mul (Nat.mul (Nat.mul 2 2) (Nat.mul c.first c.second)) (Nat.mul
        (Nat.mul c.unit (Nat.mul (Nat.mul d q) d')) (Nat.mul c.unit (Nat.mul (Nat.mul d q) d')))))
      D N) true) :
    Lipschitz n 1 (ofNat N) (ofNat D)
      (fun x _ => sub (l (entrywise φ (g (f x))) i) (l (entrywise φ (g (f x))) j)) :=
  have e (i t : Nat) : Eq (ofInt (PackedMatrix.entry L i t) : R)
      (sub (ofNat (PackedMatrix.digitAt L i t)) (ofNat L.bias)) :=
    Eq.trans (congrArg ofInt (PackedMatrix.entry_digitAt L i t)) (ofInt_diff _ _)
  LipschitzOn.ofSq
    (hf.comp_ofNat
      (RowCertificate.sqLipschitz hc hC hU
        (v := vsub (PackedMatrix.entry L i) (PackedMatrix.entry L j))
        (fun t => Eq.trans
          (Eq.trans (ofInt_add _ (Int.neg (PackedMatrix.entry L j t)))
            (congrArg (add (ofInt (PackedMatrix.entry L i t))) (ofInt_neg _)))
          (Eq.trans (congr2 sub (e i t) (e j t))
            (ring_eq (vars3 (ofNat (PackedMatrix.digitAt L i t)) (ofNat (PackedMatrix.digitAt L j t))
                (ofNat L.bias))
              (a := sub (sub (ofNat (PackedMatrix.digitAt L i t)) (ofNat L.bias))
                (sub (ofNat (PackedMatrix.digitAt L j t)) (ofNat L.bias))))))
        hφ hg hr (hl.difference hi hj) hs pos)
      (fun _ _ => ⟨⟩)) hD hN

/-! ## Tables -/

/-- The difference of `j` and `i` moves as much as that of `i` and `j`. -/
theorem difference_swap
    (h : Lipschitz n 1 (ofNat N : R) (ofNat D) (fun x _ => sub (f x i) (f x j)))
    (e : Eq (sameNumber N N') true) :
    Lipschitz n 1 (ofNat N' : R) (ofNat D) (fun x _ => sub (f x j) (f x i)) :=
  Eq.subst (motive := fun M => Lipschitz n 1 (ofNat M : R) (ofNat D) (fun x _ => sub (f x j) (f x i)))
    (Nat.eq_of_beq_eq_true e)
    ⟨h.num_nonneg, h.den_pos, fun x y a b => le_via (h.bound x y a b)
      (congrArg (mul _) (Eq.trans (distSq_one _ _)
        (Eq.trans
          (ring_eq (vars4 (f x i) (f x j) (f y i) (f y j))
            (a := sq (sub (sub (f x j) (f x i)) (sub (f y j) (f y i))))
            (b := sq (sub (sub (f x i) (f x j)) (sub (f y i) (f y j)))))
          (Eq.symm (distSq_one _ _))))) rfl⟩

/-- The difference of a score and itself does not move. -/
theorem difference_self (N : Nat) (hD : Eq (Nat.ble 1 D) true) (f : Vec R → Vec R) (i : Nat) :
    Lipschitz n 1 (ofNat N : R) (ofNat D) (fun x _ => sub (f x i) (f x i)) :=
  ⟨ofNat_nonneg N, ofNat_pos hD, fun x y _ _ =>
    le_via (mul_nonneg (sq_nonneg (ofNat N : R)) (distSq_nonneg n x y))
      (Eq.trans (congrArg (mul _) (distSq_one _ _))
        (ring_eq (vars3 (ofNat D) (f x i) (f y i))
          (a := mul (sq (ofNat D)) (sq (sub (sub (f x i) (f x i)) (sub (f y i) (f y i)))))
          (b := zero))) rfl⟩

end

end

/-- Of nothing, everything holds. -/
theorem below_zero {P : Nat → Prop} : ∀ i, Nat.lt i 0 → P i :=
  fun _ h => absurd h (Nat.not_succ_le_zero _)

/-- What holds below `n`, and of `n`. -/
theorem below_succ {P : Nat → Prop} {n : Nat} (h : ∀ i, Nat.lt i n → P i) (k : P n) :
    ∀ i, Nat.lt i (Nat.succ n) → P i :=
  fun i hi => Or.elim (nat_lt_or_ge i n) (h i) (fun g => Eq.subst (motive := P)
    (nat_le_antisymm g (Nat.le_of_succ_le_succ hi)) k)

end LipBridge
