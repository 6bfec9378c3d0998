import LipBridge.Evaluate.Turn
import LipBridge.Evaluate.Stored
import LipBridge.Certificate.GramEntries
/-!
# The product of a matrix that is stored by columns, in one equation

`PackedMatrix.columnsCheck` reads every entry of a product. Where there are thousands, all of them are
compared at once: with `us = Σ_r s_r spread(u_r)`, `u = Σ_r spread(u_r)` (`stridedSum`) and `s = Σ_r s_r`, the packed
numbers `us + (Mβγ + γ')·1…1` and `γ u + βs·1…1 + spread(y)` are equal only where each entry of
`W x` is the digit of `y`, less its bias.
-/

set_option autoImplicit false

namespace LipBridge

/-- Whether a matrix is stored by columns, and `b` bits hold both sides of the equation. -/
noncomputable def PackedMatrix.sidesFit (W : PackedMatrix) (sh : Shape) (b v γ v' γ' : Nat) : Bool :=
  and (and W.transposed (PackedMatrix.productFits W sh b v))
    (and (Nat.ble (Nat.pow 2 v') (Nat.pow 2 b))
      (and (Nat.ble (Nat.succ (Nat.add (Nat.mul (PackedMatrix.count W)
          (Nat.mul (Nat.pow 2 v) (Nat.pow 2 W.width)))
          (Nat.add (Nat.mul W.cols (Nat.mul W.bias γ)) γ'))) (Nat.pow 2 b))
        (Nat.ble (Nat.succ (Nat.add (Nat.add (Nat.mul γ (Nat.mul (PackedMatrix.count W)
            (Nat.pow 2 W.width))) (Nat.mul W.bias (Nat.mul (PackedMatrix.count W) (Nat.pow 2 v))))
          (Nat.pow 2 v'))) (Nat.pow 2 b))))

/-- Whether `W x = w` for a matrix that is stored by columns, where `x_j = s_j - γ`, `s_j` digit `j` of `X`
in base `2^v`, and `w_i = y_i - γ'`, `y_i` digit `i` of `Y` in base `2^v'`: one equation in base `2^b`. -/
noncomputable def PackedMatrix.columnsPacked (W : PackedMatrix) (sh : Shape) (b v γ X v' γ' Y : Nat) :
    Bool :=
  and (and (strideFits W.width b sh) (PackedMatrix.sidesFit W sh b v γ v' γ'))
    (force (stridedSum W.width b sh fun f => Rows.weighted v f W.data X) fun us =>
      force (stridedSum W.width b sh fun f => Rows.sum f W.data) fun u =>
      force (Rows.weighted v (fun _ => 1) W.data X) fun s =>
      force (ones b sh) fun o =>
        Nat.beq (Nat.add us (Nat.mul (Nat.add (Nat.mul W.cols (Nat.mul W.bias γ)) γ') o))
          (Nat.add (Nat.add (Nat.mul γ u) (Nat.mul (Nat.mul W.bias s) o)) (spread v' b sh Y)))

/-- The digits of the two sides. -/
theorem columns_digits {w b v β γ γ' v' Y M X : Nat} {sh : Shape} {t : Rows}
    (hw : Nat.le (pow2 w) (pow2 b)) (hv : Nat.le (pow2 v') (pow2 b))
    (hl : Nat.lt (Nat.add (Nat.mul (Rows.count t) (Nat.mul (pow2 v) (pow2 w)))
      (Nat.add (Nat.mul M (Nat.mul β γ)) γ')) (pow2 b))
    (hr : Nat.lt (Nat.add (Nat.add (Nat.mul γ (Nat.mul (Rows.count t) (pow2 w)))
      (Nat.mul β (Nat.mul (Rows.count t) (pow2 v)))) (pow2 v')) (pow2 b))
    (h : Eq
      (Nat.add (Rows.weighted v (spreadRow w b sh) t X)
        (Nat.mul (Nat.add (Nat.mul M (Nat.mul β γ)) γ') (ones b sh)))
      (Nat.add (Nat.add (Nat.mul γ (Rows.sum (spreadRow w b sh) t))
        (Nat.mul (Nat.mul β (Rows.weighted v (fun _ => 1) t X)) (ones b sh))) (spread v' b sh Y)))
    {i : Nat} (hi : Nat.lt i (Shape.size sh)) :
    Eq
      (Nat.add (natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (digit w (Rows.get t r) i)))
        (Nat.add (Nat.mul M (Nat.mul β γ)) γ'))
      (Nat.add (Nat.add (Nat.mul γ (natSum (Rows.count t) (fun r => digit w (Rows.get t r) i)))
        (Nat.mul β (natSum (Rows.count t) (digit v X)))) (digit v' Y i)) :=
  have s : Eq (Rows.weighted v (fun _ => 1) t X) (natSum (Rows.count t) (digit v X)) :=
    Eq.trans (Rows.weighted_eq v (fun _ => 1) t X) (natSum_congr (fun _ _ => nat_mul_one _))
  have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
  pack_inj b (Shape.size sh)
    (f := fun q => Nat.add
      (natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (digit w (Rows.get t r) q)))
      (Nat.add (Nat.mul M (Nat.mul β γ)) γ'))
    (g := fun q => Nat.add (Nat.add (Nat.mul γ (natSum (Rows.count t)
        (fun r => digit w (Rows.get t r) q))) (Nat.mul β (natSum (Rows.count t) (digit v X))))
      (digit v' Y q))
    (fun p _ => Nat.le_trans (Nat.succ_le_succ (nat_add_le_add (digit_weighted_le p)
      (Nat.le.refl (n := Nat.add (Nat.mul M (Nat.mul β γ)) γ')))) hl)
    (fun p _ => Nat.le_trans (Nat.succ_le_succ (nat_add_le_add
      (nat_add_le_add
        (nat_mul_le_mul_left γ (natSum_le _ _ (fun r => below (digit_lt w (Rows.get t r) p))))
        (nat_mul_le_mul_left β (natSum_le _ _ (fun r => below (digit_lt v X r)))))
      (below (digit_lt v' Y p)))) hr)
    (Eq.trans (pack_add (pow2 b) (Shape.size sh)
        (fun q => natSum (Rows.count t) (fun r => Nat.mul (digit v X r) (digit w (Rows.get t r) q)))
        (fun _ => Nat.add (Nat.mul M (Nat.mul β γ)) γ'))
      (Eq.trans (congr2 Nat.add (Eq.symm (Rows.weighted_spread hw)) (pack_const b _ sh))
        (Eq.trans h
          (Eq.symm (Eq.trans (pack_add (pow2 b) (Shape.size sh)
              (fun q => Nat.add (Nat.mul γ (natSum (Rows.count t)
                (fun r => digit w (Rows.get t r) q))) (Nat.mul β (natSum (Rows.count t) (digit v X))))
              (digit v' Y))
            (congr2 Nat.add
              (Eq.trans (pack_add (pow2 b) (Shape.size sh)
                  (fun q => Nat.mul γ (natSum (Rows.count t) (fun r => digit w (Rows.get t r) q)))
                  (fun _ => Nat.mul β (natSum (Rows.count t) (digit v X))))
                (congr2 Nat.add
                  (Eq.trans (pack_mul (pow2 b) (Shape.size sh) γ
                      (fun q => natSum (Rows.count t) (fun r => digit w (Rows.get t r) q)))
                    (congrArg (Nat.mul γ) (Eq.symm (Rows.sum_spread hw))))
                  (Eq.trans (pack_const b _ sh)
                    (congrArg (fun x => Nat.mul (Nat.mul β x) (ones b sh)) (Eq.symm s)))))
              (Eq.symm (spread_eq_pack hv sh Y))))))))
    i hi

/-- A matrix that is stored by columns at a packed vector, from the equation. -/
theorem PackedMatrix.columns_sides (W : PackedMatrix) (sh : Shape) (b : Nat)
    {v γ X v' γ' Y : Nat} (h : Eq (PackedMatrix.sidesFit W sh b v γ v' γ') true)
    (e : Eq
      (Nat.add (Rows.weighted v (spreadRow W.width b sh) W.data X)
        (Nat.mul (Nat.add (Nat.mul W.cols (Nat.mul W.bias γ)) γ') (ones b sh)))
      (Nat.add (Nat.add (Nat.mul γ (Rows.sum (spreadRow W.width b sh) W.data))
        (Nat.mul (Nat.mul W.bias (Rows.weighted v (fun _ => 1) W.data X)) (ones b sh)))
        (spread v' b sh Y))) :
    Agree W.rows (linear W.cols (PackedMatrix.entry W) one (fun _ => Int.ofNat 0) (ofPacked v γ X))
      (ofPacked v' γ' Y) :=
  match W, h, e with
  | .mk _ _ _ _ false _, h, _ => bool_absurd (Eq.symm (bool_and (bool_and h).left).left)
  | .mk rows cols a β true data, h, e =>
    have k := bool_and (bool_and (bool_and h).left).right
    have sizes := bool_and k.left
    have fits := bool_and (bool_and h).right
    have long := bool_and fits.right
    have hc : Eq (Rows.count data) cols := Nat.eq_of_beq_eq_true sizes.right
    have hs : Eq (Shape.size sh) rows := Nat.eq_of_beq_eq_true sizes.left
    have count {P : Nat → Prop} (p : P cols) : P (Rows.count data) :=
      Eq.subst (motive := P) (Eq.symm hc) p
    fun i hi =>
      have e := columns_digits (Nat.le_of_ble_eq_true (bool_and k.right).left)
        (Nat.le_of_ble_eq_true fits.left)
        (count (P := fun n => Nat.lt (Nat.add (Nat.mul n (Nat.mul (pow2 v) (pow2 a)))
          (Nat.add (Nat.mul cols (Nat.mul β γ)) γ')) (pow2 b)) (Nat.le_of_ble_eq_true long.left))
        (count (P := fun n => Nat.lt (Nat.add (Nat.add (Nat.mul γ (Nat.mul n (pow2 a)))
          (Nat.mul β (Nat.mul n (pow2 v)))) (pow2 v')) (pow2 b)) (Nat.le_of_ble_eq_true long.right))
        e (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hs) hi)
      Eq.trans (int_add_zero _)
        (Eq.trans
          (sum_congr (fun j _ => congrArg (fun t => Int.mul t (ofPacked v γ X j)) (int_mul_one _)))
          (Eq.trans
            (sum_eq_unbias (f := fun j => digit a (Rows.get data j) i) (g := digit v X)
              (us := natSum (Rows.count data)
                (fun r => Nat.mul (digit v X r) (digit a (Rows.get data r) i)))
              (u := natSum (Rows.count data) (fun r => digit a (Rows.get data r) i))
              (s := natSum (Rows.count data) (digit v X))
              (fun _ _ => rfl) (fun _ _ => rfl)
              (Eq.trans (natSum_congr (fun _ _ => nat_mul_comm _ _))
                (congrArg (fun n => natSum n
                  (fun j => Nat.mul (digit a (Rows.get data j) i) (digit v X j))) hc))
              (congrArg (fun n => natSum n (fun j => digit a (Rows.get data j) i)) hc)
              (congrArg (fun n => natSum n (digit v X)) hc))
            (diff_eq (Eq.trans (nat_add_assoc _ _ γ') (Eq.trans e (nat_add_comm _ _))))))

/-- A matrix that is stored by columns at a packed vector, all entries in one equation. -/
theorem PackedMatrix.columns_packed (W : PackedMatrix) (sh : Shape) (b : Nat)
    {v γ X v' γ' Y : Nat} (h : Eq (PackedMatrix.columnsPacked W sh b v γ X v' γ' Y) true) :
    Agree W.rows (linear W.cols (PackedMatrix.entry W) one (fun _ => Int.ofNat 0) (ofPacked v γ X))
      (ofPacked v' γ' Y) :=
  have k := bool_and (bool_and h).left
  have fits := bool_and (bool_and (bool_and k.right).left).right
  have hw : Nat.le (pow2 W.width) (pow2 b) := Nat.le_of_ble_eq_true (bool_and fits.right).left
  have hb : Nat.lt (Nat.mul (Rows.count W.data) (Nat.mul (pow2 v) (pow2 W.width))) (pow2 b) :=
    Eq.subst (motive := fun n => Nat.lt (Nat.mul n (Nat.mul (pow2 v) (pow2 W.width))) (pow2 b))
      (Eq.symm (Nat.eq_of_beq_eq_true (bool_and fits.left).right))
      (Nat.le_of_ble_eq_true (bool_and fits.right).right)
  PackedMatrix.columns_sides W sh b k.right
    (Eq.trans
      (congrArg (fun us => Nat.add us
        (Nat.mul (Nat.add (Nat.mul W.cols (Nat.mul W.bias γ)) γ') (ones b sh)))
        (Eq.symm (strided_weighted k.left hw hb)))
      (Eq.trans (Nat.eq_of_beq_eq_true (bool_and h).right)
        (congrArg (fun u => Nat.add (Nat.add (Nat.mul γ u)
          (Nat.mul (Nat.mul W.bias (Rows.weighted v (fun _ => 1) W.data X)) (ones b sh)))
          (spread v' b sh Y)) (strided_sum (v := v) k.left hw hb))))

/-! ## Vectors with few entries that are not 0 -/

/-- `Rows.weighted`, where all that stands beside zeros is passed over. -/
noncomputable def Rows.sparse (v : Nat) (f : Nat → Nat) (t : Rows) : Nat → Nat :=
  Rows.rec (motive := fun _ => Nat → Nat) (fun x => Rows.weighted v f (.one x))
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ X => pick (Nat.beq X 0) 0
      (Rows.weighted v f (.eight x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇) X))
    (fun l _ a b X => pick (Nat.beq X 0) 0 (Nat.add
      (force (Nat.mod X (Nat.pow 2 (Nat.mul v (Rows.count l)))) a)
      (force (Nat.shiftRight X (Nat.mul v (Rows.count l))) b))) t

/-- Zeros add nothing. -/
theorem Rows.weighted_zero (v : Nat) (f : Nat → Nat) (t : Rows) : Eq (Rows.weighted v f t 0) 0 :=
  Eq.trans (Rows.weighted_eq v f t 0)
    (Eq.trans
      (natSum_congr (fun r _ => Eq.trans
        (congrArg (fun d => Nat.mul d (f (Rows.get t r)))
          (mod_shiftRight_eq (x := Nat.shiftRight 0 (Nat.mul v r)) (q := 0) (pow2_pos v)
            (mod_shiftRight_eq (x := 0) (q := 0) (pow2_pos (Nat.mul v r)) rfl).right).left)
        (nat_zero_mul (f (Rows.get t r)))))
      (natSum_zero (Rows.count t)))

/-- What is passed over is 0. -/
theorem Rows.pass (v : Nat) (f : Nat → Nat) (t : Rows) (X : Nat) :
    Eq (pick (Nat.beq X 0) 0 (Rows.weighted v f t X)) (Rows.weighted v f t X) :=
  Or.elim (bool_em (Nat.beq X 0))
    (fun e => Eq.trans (congrArg (fun c => pick c 0 (Rows.weighted v f t X)) e)
      (Eq.symm (Eq.subst (motive := fun X => Eq (Rows.weighted v f t X) 0)
        (Eq.symm (Nat.eq_of_beq_eq_true e)) (Rows.weighted_zero v f t))))
    (fun e => congrArg (fun c => pick c 0 (Rows.weighted v f t X)) e)

/-- `sparse` is `weighted`. -/
theorem Rows.sparse_eq (v : Nat) (f : Nat → Nat) (t : Rows) : ∀ X,
    Eq (Rows.sparse v f t X) (Rows.weighted v f t X) :=
  Rows.rec (motive := fun t => ∀ X, Eq (Rows.sparse v f t X) (Rows.weighted v f t X))
    (fun _ _ => rfl) (fun _ _ _ _ _ _ _ _ X => Rows.pass v f (.eight _ _ _ _ _ _ _ _) X)
    (fun l r a b X => Eq.trans
      (congrArg (fun w => pick (Nat.beq X 0) 0 w) (congr2 Nat.add (a _) (b _)))
      (Rows.pass v f (.node l r) X)) t

/-- `columnsPacked` for `x_j = s_j`, where most `s_j` are 0. -/
noncomputable def PackedMatrix.sparsePacked (W : PackedMatrix) (sh : Shape) (b v X v' γ' Y : Nat) :
    Bool :=
  and (PackedMatrix.sidesFit W sh b v 0 v' γ')
    (force (Rows.sparse v (spreadRow W.width b sh) W.data X) fun us =>
      force (Rows.sparse v (fun _ => 1) W.data X) fun s =>
      force (ones b sh) fun o =>
        Nat.beq (Nat.add us (Nat.mul (Nat.add (Nat.mul W.cols (Nat.mul W.bias 0)) γ') o))
          (Nat.add (Nat.add 0 (Nat.mul (Nat.mul W.bias s) o)) (spread v' b sh Y)))

/-- A matrix that is stored by columns at a packed vector, most entries of which are 0. -/
theorem PackedMatrix.sparse_packed (W : PackedMatrix) (sh : Shape) (b : Nat)
    {v X v' γ' Y : Nat} (h : Eq (PackedMatrix.sparsePacked W sh b v X v' γ' Y) true) :
    Agree W.rows (linear W.cols (PackedMatrix.entry W) one (fun _ => Int.ofNat 0) (ofPacked v 0 X))
      (ofPacked v' γ' Y) :=
  PackedMatrix.columns_sides W sh b (γ := 0) (bool_and h).left
    (Eq.trans
      (congrArg (fun us => Nat.add us
        (Nat.mul (Nat.add (Nat.mul W.cols (Nat.mul W.bias 0)) γ') (ones b sh)))
        (Eq.symm (Rows.sparse_eq v (spreadRow W.width b sh) W.data X)))
      (Eq.trans (Nat.eq_of_beq_eq_true (bool_and h).right)
        (congr2 (fun u s => Nat.add (Nat.add u (Nat.mul (Nat.mul W.bias s) (ones b sh)))
          (spread v' b sh Y))
          (Eq.symm (nat_zero_mul (Rows.sum (spreadRow W.width b sh) W.data)))
          (Rows.sparse_eq v (fun _ => 1) W.data X))))

set_option linter.unusedVariables false in
/-- What the elaborator takes `PackedMatrix.columnsPacked` for; see `KernelOnly.lean`. -/
def PackedMatrix.columnsPacked._sunfold (W : PackedMatrix) (sh : Shape)
    (b v γ X v' γ' Y : Nat) : Bool := true

set_option linter.unusedVariables false in
/-- What the elaborator takes `PackedMatrix.sparsePacked` for. -/
def PackedMatrix.sparsePacked._sunfold (W : PackedMatrix) (sh : Shape) (b v X v' γ' Y : Nat) : Bool :=
  true

end LipBridge
