import LipBridge.Certificate.SpectralNorm
/-!
# Two matrices under one certificate

The certificate of `V` holds `C₂ VᵀV + α LᵀL = (T - d) I` up to `ε`. Where its first stack is `Uᵀ` of
weight `C₁`, in front of the factor, the same check bounds both: `C₁ ‖Uᵀ z‖² + C₂ ‖V z‖² ≤ T ‖z‖²`.
No entry is copied: `U` is kept by columns, so that its numbers are the rows of `Uᵀ`.
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

/-- The packed numbers of a matrix as a stack of weight `C`. -/
noncomputable def PackedMatrix.stack (C : Nat) (W : PackedMatrix) : Stack :=
  .mk C W.width W.bias (PackedMatrix.size W) W.data

/-- Whether `U` has `n` columns of `k` digits, and `V` has `m` rows of as many. -/
noncomputable def stackShapes (U V : PackedMatrix) (n k m : Nat) : Bool :=
  and (and (Nat.beq (Rows.count U.data) n) (Nat.beq (PackedMatrix.size U) k))
    (and (Nat.beq (Rows.count V.data) m) (Nat.beq (PackedMatrix.size V) k))

/-- `stackSound` for the shapes that the matrices are kept in. -/
theorem SpectralCertificate.Checked.stackSound {U V : PackedMatrix} {c : SpectralCertificate}
    {C₁ : Nat} {l : List Stack} (g : SpectralCertificate.Checked V c (PackedMatrix.size V))
    (h : Eq (SpectralCertificate.header V c) true)
    (hl : Eq c.factor (.cons (PackedMatrix.stack C₁ U) l)) (hU : Eq U.transposed true)
    (hV : Eq V.transposed false) (hk : Eq (PackedMatrix.size U) (PackedMatrix.size V)) :
    StackBound.{u} (Rows.count U.data) (PackedMatrix.size V) (Rows.count V.data)
      (PackedMatrix.entry U) (PackedMatrix.entry V) C₁ c.scale c.bound :=
  fun {R} [OrderedRing R] (z : Vec R) =>
    let k : Nat := PackedMatrix.size V
    let u : Stack := PackedMatrix.stack C₁ U
    let v : Stack := PackedMatrix.stack c.scale V
    have h₂ := bool_and (bool_and h).right
    have hT : Eq (Nat.add (Nat.sub c.bound c.slack) c.slack) c.bound :=
      nat_sub_add_cancel (Nat.le_of_ble_eq_true h₂.right)
    have eU : Agree (Rows.count U.data) (matVec k (transpose (PackedMatrix.entry U)) z)
        (matVec k (Stack.entry u) z) :=
      matVec_congr (V := transpose (PackedMatrix.entry U)) (W := Stack.entry u)
        (fun i j _ hj => Eq.trans
          (congrArg (fun t => pick t (PackedMatrix.stored U i j) (PackedMatrix.stored U j i)) hU)
          (Eq.symm (congrArg (fun t => pick t (PackedMatrix.stored U i j) (Int.ofNat 0))
            (Nat.ble_eq_true_of_le
              (Eq.subst (motive := fun s => Nat.lt j s) (Eq.symm hk) hj))))) z
    have eV : Agree (Rows.count V.data) (matVec k (PackedMatrix.entry V) z)
        (matVec k (Stack.entry v) z) :=
      matVec_congr (V := PackedMatrix.entry V) (W := Stack.entry v)
        (fun i j _ hj => Eq.trans
          (congrArg (fun t => pick t (PackedMatrix.stored V j i) (PackedMatrix.stored V i j)) hV)
          (Eq.symm (congrArg (fun t => pick t (PackedMatrix.stored V i j) (Int.ofNat 0))
            (Nat.ble_eq_true_of_le hj)))) z
    have f := GramRows.form_le g (Nat.le_of_ble_eq_true h₂.left) z
    have f' : le (stackForm (.cons v (.cons u l)) k z)
        (mul (add (ofNat (Nat.sub c.bound c.slack)) (ofNat c.slack)) (normSq k z)) :=
      Eq.subst (motive := fun F => le (stackForm (.cons v F) k z)
        (mul (add (ofNat (Nat.sub c.bound c.slack)) (ofNat c.slack)) (normSq k z))) hl f
    le_trans
      (le_of_add (stackForm_nonneg l k z)
        (Eq.trans
          (congrArg (fun t => add t (stackForm l k z))
            (congr2 add (congrArg (mul (ofNat C₁)) (normSq_congr eU))
              (congrArg (mul (ofNat c.scale)) (normSq_congr eV))))
          (ring_eq (vars3 (mul (ofNat C₁) (Stack.normSq u k z))
              (mul (ofNat c.scale) (Stack.normSq v k z)) (stackForm l k z))
            (a := add (add (mul (ofNat C₁) (Stack.normSq u k z))
              (mul (ofNat c.scale) (Stack.normSq v k z))) (stackForm l k z))
            (b := add (mul (ofNat c.scale) (Stack.normSq v k z))
              (add (mul (ofNat C₁) (Stack.normSq u k z)) (stackForm l k z))))))
      (le_congr rfl
        (congrArg (fun t => mul t (normSq k z))
          (Eq.trans (congrArg ofNat (Eq.symm hT)) (ofNat_add _ _))) f')

/-- A certificate of `V` with `Uᵀ` in front of its factor, all rows passed, bounds both:
`C₁ ‖Uᵀ z‖² + C₂ ‖V z‖² ≤ T ‖z‖²`. -/
theorem SpectralCertificate.Checked.stacked {U V : PackedMatrix} {c : SpectralCertificate}
    {C₁ n k m : Nat} {l : List Stack}
    (g : SpectralCertificate.Checked V c (PackedMatrix.size V))
    (h : Eq (SpectralCertificate.header V c) true)
    (hl : Eq c.factor (.cons (PackedMatrix.stack C₁ U) l)) (hU : Eq U.transposed true)
    (hV : Eq V.transposed false) (hs : Eq (stackShapes U V n k m) true) :
    StackBound.{u} n k m (PackedMatrix.entry U) (PackedMatrix.entry V) C₁ c.scale c.bound :=
  have s := bool_and (bool_and hs).left
  have t := bool_and (bool_and hs).right
  have hk := Nat.eq_of_beq_eq_true s.right
  have hk' := Nat.eq_of_beq_eq_true t.right
  have f : StackBound.{u} (Rows.count U.data) (PackedMatrix.size V) (Rows.count V.data)
      (PackedMatrix.entry U) (PackedMatrix.entry V) C₁ c.scale c.bound :=
    SpectralCertificate.Checked.stackSound g h hl hU hV (Eq.trans hk (Eq.symm hk'))
  Eq.subst (motive := fun n => StackBound.{u} n k m (PackedMatrix.entry U) (PackedMatrix.entry V)
      C₁ c.scale c.bound) (Nat.eq_of_beq_eq_true s.left)
    (Eq.subst (motive := fun m => StackBound.{u} (Rows.count U.data) k m (PackedMatrix.entry U)
        (PackedMatrix.entry V) C₁ c.scale c.bound) (Nat.eq_of_beq_eq_true t.left)
      (Eq.subst (motive := fun k => StackBound.{u} (Rows.count U.data) k (Rows.count V.data)
        (PackedMatrix.entry U) (PackedMatrix.entry V) C₁ c.scale c.bound) hk' f))

end LipBridge
