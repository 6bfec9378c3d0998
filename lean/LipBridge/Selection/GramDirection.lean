import LipBridge.Evaluate.GramRows
import LipBridge.Selection.Direction
/-!
# How long a direction is once it is pulled through a certified matrix

`‖Wᵀ v‖² = vᵀ (W Wᵀ) v`, and the certificate of a long `W` has stated the sums that `W Wᵀ` is made of
(`Columns`). So the length takes a few operations for every row of `W`, however many columns it has.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `Σ_j (Σ_i (u_ij - β) v_i)² = Σ_i (Σ_p X_ip v_p) v_i + s (n β² s - 2 β Σ_i S_i v_i)`, where
`X_ip = Σ_j u_ij u_pj`, `S_i = Σ_j u_ij` and `s = Σ_i v_i`. -/
theorem normSq_biased (m n : Nat) (β : R) (u : Nat → Nat → R) (v : Nat → R) :
    Eq (normSq n (fun j => sum m (fun i => mul (sub (u i j) β) (v i))))
      (add
        (sum m (fun i => mul
          (sum m (fun p => mul (sum n (fun j => mul (u i j) (u p j))) (v p))) (v i)))
        (mul (sum m v) (sub (mul (mul (ofNat n) (mul β β)) (sum m v))
          (mul (add β β) (sum m (fun i => mul (sum n (u i)) (v i))))))) :=
  let s := sum m v
  let U (j : Nat) : R := sum m (fun i => mul (u i j) (v i))
  have entry (j : Nat) : Eq (sum m (fun i => mul (sub (u i j) β) (v i))) (sub (U j) (mul β s)) :=
    Eq.trans
      (sum_ext m (fun i => ring_eq (vars3 (u i j) β (v i)) (a := mul (sub (u i j) β) (v i))
        (b := sub (mul (u i j) (v i)) (mul β (v i)))))
      (Eq.trans (sum_sub m _ _) (congrArg (sub (U j)) (sum_mul_left m β v)))
  have square (t : R) : Eq (mul (sub t (mul β s)) (sub t (mul β s)))
      (add (mul t t) (mul s (sub (mul (mul β β) s) (mul (add β β) t)))) :=
    ring_eq (vars3 t β s)
  have squares : Eq (sum n (fun j => mul (U j) (U j)))
      (sum m (fun i => mul (sum m (fun p => mul (sum n (fun j => mul (u i j) (u p j))) (v p)))
        (v i))) :=
    Eq.trans
      (sum_ext n (fun j => Eq.trans (mul_comm (U j) (U j)) (Eq.symm (sum_mul_left m (U j) _))))
      (Eq.trans (sum_comm n m (fun j i => mul (U j) (mul (u i j) (v i))))
        (sum_ext m (fun i => Eq.trans
          (sum_ext n (fun j => ring_eq (vars3 (U j) (u i j) (v i))
            (a := mul (U j) (mul (u i j) (v i))) (b := mul (mul (u i j) (U j)) (v i))))
          (Eq.trans (sum_mul_right n (v i) _)
            (congrArg (fun t => mul t (v i))
              (Eq.trans
                (sum_ext n (fun j => Eq.symm (sum_mul_left m (u i j) _)))
                (Eq.trans (sum_comm n m (fun j p => mul (u i j) (mul (u p j) (v p))))
                  (sum_ext m (fun p => Eq.trans
                    (sum_ext n (fun j => ring_eq (vars3 (u i j) (u p j) (v p))
                      (a := mul (u i j) (mul (u p j) (v p)))
                      (b := mul (mul (u i j) (u p j)) (v p))))
                    (sum_mul_right n (v p) _))))))))))
  have columns : Eq (sum n U) (sum m (fun i => mul (sum n (u i)) (v i))) :=
    Eq.trans (sum_comm n m (fun j i => mul (u i j) (v i)))
      (sum_ext m (fun i => sum_mul_right n (v i) (u i)))
  Eq.trans
    (sum_ext n (fun j => Eq.trans (congrArg (fun t => mul t t) (entry j)) (square (U j))))
    (Eq.trans (sum_add n _ _)
      (congr2 add squares
        (Eq.trans (sum_mul_left n s _)
          (congrArg (mul s) (Eq.trans (sum_sub n _ _)
            (congr2 sub
              (Eq.trans (sum_const n _) (Eq.symm (mul_assoc (ofNat n) (mul β β) s)))
              (Eq.trans (sum_mul_left n (add β β) U)
                (congrArg (mul (add β β)) columns))))))))

/-- A quadratic form at a difference. -/
theorem form_difference (m : Nat) (X : Nat → Nat → R) (a c : Nat → R) :
    Eq (sum m (fun i => mul (sum m (fun p => mul (X i p) (sub (a p) (c p)))) (sub (a i) (c i))))
      (sub
        (add (sum m (fun i => mul (sum m (fun p => mul (X i p) (a p))) (a i)))
          (sum m (fun i => mul (sum m (fun p => mul (X i p) (c p))) (c i))))
        (add (sum m (fun i => mul (sum m (fun p => mul (X i p) (a p))) (c i)))
          (sum m (fun i => mul (sum m (fun p => mul (X i p) (c p))) (a i))))) :=
  let y (a : Nat → R) (i : Nat) : R := sum m (fun p => mul (X i p) (a p))
  Eq.trans
    (sum_ext m (fun i => Eq.trans
      (congrArg (fun t => mul t (sub (a i) (c i)))
        (Eq.trans
          (sum_ext m (fun p => ring_eq (vars3 (X i p) (a p) (c p))
            (a := mul (X i p) (sub (a p) (c p)))
            (b := sub (mul (X i p) (a p)) (mul (X i p) (c p)))))
          (sum_sub m _ _)))
      (ring_eq (vars4 (y a i) (y c i) (a i) (c i))
        (a := mul (sub (y a i) (y c i)) (sub (a i) (c i)))
        (b := sub (add (mul (y a i) (a i)) (mul (y c i) (c i)))
          (add (mul (y a i) (c i)) (mul (y c i) (a i)))))))
    (Eq.trans (sum_sub m _ _) (congr2 sub (sum_add m _ _) (sum_add m _ _)))

end

/-- `‖Wᵀ v‖²` for `v_i = a_i - c_i`, the digits of `A` and `C` in base `2^w`, from the sums `D` and `P` of the
columns of `W`: `D c` packs those of chunk `c` in base `2^b`; `vᵀ X v` has the base `2^e`. -/
noncomputable def PackedMatrix.pulledSq (W : PackedMatrix) (b e k w N : Nat) (sh ks rs : Shape)
    (D : Nat → Nat) (P A C : Nat) : Nat :=
  force (packDown (Nat.mul e k) W.rows (digit w A)) fun a =>
  force (packDown (Nat.mul e k) W.rows (digit w C)) fun c =>
    Int.toNat (Int.add
      (diff
        (Nat.add (gramSum b e k W.rows w N sh ks D a A) (gramSum b e k W.rows w N sh ks D c C))
        (Nat.add (gramSum b e k W.rows w N sh ks D a C) (gramSum b e k W.rows w N sh ks D c A)))
      (Int.mul (diff (digitSum w w (fun u _ => u) rs A 0) (digitSum w w (fun u _ => u) rs C 0))
        (Int.add
          (Int.mul (Int.ofNat (Nat.mul W.cols (Nat.mul W.bias W.bias)))
            (diff (digitSum w w (fun u _ => u) rs A 0) (digitSum w w (fun u _ => u) rs C 0)))
          (Int.neg (Int.mul (Int.ofNat (Nat.add W.bias W.bias))
            (diff (digitSum (Nat.mul b k) w Nat.mul rs P A)
              (digitSum (Nat.mul b k) w Nat.mul rs P C)))))))

/-- Whether `W` is stored by columns and all digits are wide enough. -/
noncomputable def PackedMatrix.pulledFits (W : PackedMatrix) (b e k w N : Nat) (sh ks rs : Shape) :
    Bool :=
  and (and (and W.transposed (Nat.beq (Rows.count W.data) W.cols))
      (and (Nat.beq (Shape.size rs) W.rows) (gramFits b e k W.rows w N sh ks)))
    (and
      (Nat.ble (Nat.succ (Nat.mul W.cols (Nat.mul (Nat.pow 2 W.width) (Nat.pow 2 W.width))))
        (Nat.pow 2 b))
      (Nat.ble (Nat.succ (Nat.mul W.cols (Nat.pow 2 W.width))) (Nat.pow 2 (Nat.mul b k))))

section
variable {R : Type u} [OrderedRing R] {b e k w N σ : Nat} {sh ks rs : Shape} {D : Nat → Nat} {P : Nat}

/-- `pulledSq` is not below `‖Wᵀ v‖²`. -/
theorem PackedMatrix.pulledSq_ge {W : PackedMatrix}
    (h : Eq (PackedMatrix.pulledFits W b e k w N sh ks rs) true)
    (g : Columns b k 0 W.rows 0 N (PackedMatrix.stack W σ) D P) (A C : Nat) :
    le (normSq W.cols (fun j => sum W.rows (fun i =>
        mul (ofInt (PackedMatrix.entry W i j)) (images (between w A C) i))) : R)
      (ofNat (PackedMatrix.pulledSq W b e k w N sh ks rs D P A C)) :=
  match W, bool_and (bool_and (bool_and h).left).left, bool_and (bool_and (bool_and h).left).right,
    bool_and (bool_and h).right, g with
  | .mk _ _ _ _ false _, kept, _, _, _ => bool_absurd (Eq.symm kept.left)
  | .mk m n v β true data, kept, fit, wide, g =>
    have hn : Eq (Rows.count data) n := Nat.eq_of_beq_eq_true kept.right
    have hm : Eq (Shape.size rs) m := Nat.eq_of_beq_eq_true fit.left
    have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
    let s : Stack := .mk σ v β m data
    let u (i j : Nat) : Nat := digit v (Rows.get data j) i
    let X (i p : Nat) : Nat := Stack.cross s i p
    have cross_le (i p : Nat) : Nat.le (X i p) (Nat.mul n (Nat.mul (pow2 v) (pow2 v))) :=
      Eq.subst (motive := fun n => Nat.le (X i p) (Nat.mul n (Nat.mul (pow2 v) (pow2 v)))) hn
        (Eq.subst (motive := fun x => Nat.le x _) (Eq.symm (Rows.sum_eq _ data))
          (natSum_le _ _ (fun r => nat_mul_le_mul
            (cut_le (m := m) (f := digit v (Rows.get data r))
              (fun p => below (digit_lt v (Rows.get data r) p)) i)
            (below (digit_lt v (Rows.get data r) p)))))
    have hX (i p : Nat) : Nat.lt (X i p) (pow2 b) :=
      Nat.le_trans (Nat.succ_le_succ (cross_le i p)) (Nat.le_of_ble_eq_true wide.left)
    have hD (c : Nat) (hc : Nat.lt c N) :
        Eq (D c) (grid b k m (fun j => X (Nat.add (Nat.mul k c) j))) :=
      Eq.trans (g.dots c (Nat.zero_le c) hc)
        (grid_congr (fun j p _ _ =>
          congrArg (Stack.cross s (Nat.add (Nat.mul k c) j)) (nat_zero_add p)))
    have image (i p : Nat) (hi : Nat.lt i m) : Eq (ofNat (X i p) : R)
        (sum n (fun j => mul (ofNat (u i j)) (ofNat (u p j)))) :=
      Eq.trans (congrArg ofNat (Rows.sum_eq _ data))
        (Eq.trans (ofNat_natSum _ _)
          (Eq.trans (congrArg (fun n => sum n _) hn)
            (sum_ext n (fun j => Eq.trans (ofNat_mul _ _)
              (congrArg (fun t => mul (ofNat t) (ofNat (u p j)))
                (cut_lt (f := digit v (Rows.get data j)) hi))))))
    have form (A C : Nat) : Eq
        (ofNat (gramSum b e k m w N sh ks D (packDown (Nat.mul e k) m (digit w A)) C) : R)
        (sum m (fun i => mul (sum m (fun p =>
          mul (sum n (fun j => mul (ofNat (u i j)) (ofNat (u p j)))) (ofNat (digit w A p))))
          (ofNat (digit w C i)))) :=
      Eq.trans (congrArg ofNat (gramSum_eq fit.right hX hD A C))
        (Eq.trans (ofNat_natSum m _)
          (sum_congr (fun i hi => Eq.trans (ofNat_mul _ _)
            (congrArg (fun t => mul t (ofNat (digit w C i)))
              (Eq.trans (ofNat_natSum m _) (sum_ext m (fun p => Eq.trans (ofNat_mul _ _)
                (congrArg (fun t => mul t (ofNat (digit w A p))) (image i p hi)))))))))
    have plain (A : Nat) : Eq (ofNat (digitSum w w (fun u _ => u) rs A 0) : R)
        (sum m (fun i => ofNat (digit w A i))) :=
      Eq.trans (congrArg ofNat (Eq.trans (digitSum_eq w w (fun u _ => u) rs A 0)
        (congrArg (fun n => natSum n (digit w A)) hm))) (ofNat_natSum m _)
    have sums (A : Nat) : Eq (ofNat (digitSum (Nat.mul b k) w Nat.mul rs P A) : R)
        (sum m (fun i => mul (sum n (fun j => ofNat (u i j))) (ofNat (digit w A i)))) :=
      Eq.trans (congrArg ofNat (Eq.trans (digitSum_eq (Nat.mul b k) w Nat.mul rs P A)
        (congrArg (fun n => natSum n
          (fun p => Nat.mul (digit (Nat.mul b k) P p) (digit w A p))) hm)))
        (Eq.trans (ofNat_natSum m _) (sum_congr (fun i hi => Eq.trans (ofNat_mul _ _)
          (congrArg (fun t => mul t (ofNat (digit w A i)))
            (Eq.trans
              (congrArg ofNat (Eq.trans
                (congrArg (fun x => digit (Nat.mul b k) x i) g.wide)
                (Eq.trans
                  (digit_pack (Nat.mul b k) m (fun p _ => Nat.le_trans
                    (Nat.succ_le_succ
                      (Eq.subst (motive := fun n => Nat.le (Stack.column s (Nat.add 0 p))
                          (Nat.mul n (pow2 v))) hn
                        (Eq.subst (motive := fun x => Nat.le x (Nat.mul (Rows.count data) (pow2 v)))
                          (Eq.symm (Rows.sum_eq (fun x => digit v x (Nat.add 0 p)) data))
                          (natSum_le _ _ (fun r =>
                            below (digit_lt v (Rows.get data r) (Nat.add 0 p)))))))
                    (Nat.le_of_ble_eq_true wide.right)) hi)
                  (Eq.trans (Rows.sum_eq _ data)
                    (congrArg (fun p => natSum (Rows.count data)
                      (fun r => digit v (Rows.get data r) p)) (nat_zero_add i))))))
              (Eq.trans (ofNat_natSum _ _)
                (congrArg (fun n => sum n (fun j => ofNat (u i j))) hn)))))))
    have gap (f : Nat → Nat) (F : Nat → R) (hF : ∀ A, Eq (ofNat (f A) : R) (F A)) :
        Eq (ofInt (diff (f A) (f C)) : R) (sub (F A) (F C)) :=
      Eq.trans (ofInt_diff _ _) (congr2 sub (hF A) (hF C))
    have sum_gap (c : Nat → R) : Eq
        (sub (sum m (fun i => mul (c i) (ofNat (digit w A i))))
          (sum m (fun i => mul (c i) (ofNat (digit w C i)))))
        (sum m (fun i => mul (c i) (sub (ofNat (digit w A i)) (ofNat (digit w C i))))) :=
      Eq.trans (Eq.symm (sum_sub m _ _))
        (sum_ext m (fun i => ring_eq (vars3 (c i) (ofNat (digit w A i)) (ofNat (digit w C i)))
          (a := sub (mul (c i) (ofNat (digit w A i))) (mul (c i) (ofNat (digit w C i))))
          (b := mul (c i) (sub (ofNat (digit w A i)) (ofNat (digit w C i))))))
    le_trans
      (le_of_eq (Eq.trans
        (normSq_congr (fun j _ => sum_ext m (fun i =>
          congr2 mul (ofInt_diff (u i j) β) (ofInt_diff (digit w A i) (digit w C i)))))
        (Eq.trans
          (normSq_biased m n (ofNat β) (fun i j => ofNat (u i j))
            (fun i => sub (ofNat (digit w A i)) (ofNat (digit w C i))))
          (Eq.symm (Eq.trans (ofInt_add _ _)
            (congr2 add
              (Eq.trans (ofInt_diff _ _)
                (Eq.trans
                  (congr2 sub
                    (Eq.trans (ofNat_add _ _) (congr2 add (form A A) (form C C)))
                    (Eq.trans (ofNat_add _ _) (congr2 add (form A C) (form C A))))
                  (Eq.symm (form_difference m _ _ _))))
              (Eq.trans (ofInt_mul _ _)
                (congr2 mul
                  (Eq.trans (gap _ _ plain) (Eq.symm (sum_sub m _ _)))
                  (Eq.trans (ofInt_add _ _)
                    (congr2 add
                      (Eq.trans (ofInt_mul _ _) (congr2 mul
                        (Eq.trans (ofNat_mul _ _) (congrArg (mul (ofNat n)) (ofNat_mul β β)))
                        (Eq.trans (gap _ _ plain) (Eq.symm (sum_sub m _ _)))))
                      (Eq.trans (ofInt_neg _)
                        (congrArg neg (Eq.trans (ofInt_mul _ _) (congr2 mul (ofNat_add β β)
                          (Eq.trans (gap _ _ sums) (sum_gap _))))))))))))))))
      (ofInt_le_toNat _)

/-- A linear layer whose matrix has a certificate, after a map with the constant `√(T/Q)`: directions are as
long as they are when they have been pulled through it. -/
theorem DirectionBounds.gram {n d T Q : Nat} {W : PackedMatrix} {f : Vec R → Vec R} {r : R} {t : Vec R}
    (hr : Eq (mul (ofNat d) r) one)
    (h : Eq (PackedMatrix.pulledFits W b e k w N sh ks rs) true)
    (g : Columns b k 0 W.rows 0 N (PackedMatrix.stack W σ) D P)
    (hf : SqLipschitz n W.cols (ofNat T) (ofNat Q) f) :
    DirectionBounds n W.rows (Nat.mul Q (Nat.mul d d)) w
      (fun x => LipBridge.linear W.cols (PackedMatrix.entry W) r t (f x))
      (fun A C => Nat.mul T (PackedMatrix.pulledSq W b e k w N sh ks rs D P A C)) :=
  fun A C =>
    let v (j : Nat) : Int :=
      sum W.rows (fun i => Int.mul (PackedMatrix.entry W i j) (between w A C i))
    have image (j : Nat) : Eq (ofInt (v j) : R) (sum W.rows (fun i =>
        mul (ofInt (PackedMatrix.entry W i j)) (images (between w A C) i))) :=
      Eq.trans (ofInt_sum W.rows _) (sum_ext W.rows (fun _ => ofInt_mul _ _))
    DirectionBound.linear hr (fun j _ => image j)
      (DirectionBound.ofSq hf
        (le_via (PackedMatrix.pulledSq_ge h g A C) (normSq_congr (fun j _ => image j)) rfl))

end

set_option linter.unusedVariables false in
/-- What the elaborator takes `PackedMatrix.pulledFits` for; see `StepKernelOnly.lean`. -/
def PackedMatrix.pulledFits._sunfold (W : PackedMatrix) (b e k w N : Nat) (sh ks rs : Shape) : Bool :=
  true

end LipBridge
