import LipBridge.Evaluate.MatrixProduct
import LipBridge.Layers.Affine
import LipBridge.Layers.Rescaled
/-!
# A constant for each score, and for each difference of two

Where a network ends in a linear layer `W`, score `i` alone has the constant `‖W_i‖ K`, `K` that of the
layers before, and the difference of the scores `i` and `j` has `‖W_i - W_j‖ K`; both are far below
`σ(W) K` and twice it. The constants stand in tables; the lengths come from the packed matrix `G = W Wᵀ`.
docs/theorems.md §3.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-! ## Tables -/

/-- The entry `W_ij` as a natural number; 0 where it is negative. -/
noncomputable def PackedMatrix.natAt (W : PackedMatrix) (i j : Nat) : Nat :=
  Nat.sub (PackedMatrix.digitAt W i j) W.bias

/-- The transposed matrix: the same numbers, read the other way. -/
noncomputable def PackedMatrix.flip (W : PackedMatrix) : PackedMatrix :=
  .mk W.cols W.rows W.width W.bias (pick W.transposed false true) W.data

/-- `(Wᵀ)_ij = W_ji`. -/
theorem PackedMatrix.entry_flip (W : PackedMatrix) (i j : Nat) :
    Eq (PackedMatrix.entry (PackedMatrix.flip W) i j) (PackedMatrix.entry W j i) :=
  match W with
  | .mk _ _ _ _ true _ => rfl
  | .mk _ _ _ _ false _ => rfl

/-- `G = W Wᵀ`, checked as a product of packed matrices: `G_ij = ⟨W_i, W_j⟩`. -/
theorem PackedMatrix.isGram_sound {W G : PackedMatrix} {b : Nat} {rs cs : Shape}
    (h : Eq (PackedMatrix.isProduct W (PackedMatrix.flip W) G b rs cs rs) true) (i j : Nat)
    (hi : Nat.lt i W.rows) (hj : Nat.lt j W.rows) :
    Eq (PackedMatrix.entry G i j)
      (matMul W.cols (PackedMatrix.entry W) (transpose (PackedMatrix.entry W)) i j) :=
  Eq.trans (PackedMatrix.isProduct_sound h i j hi hj)
    (sum_ext (R := Int) W.cols (fun t => congrArg (Int.mul (PackedMatrix.entry W i t))
      (PackedMatrix.entry_flip W t j)))

/-- Whether `p` holds of `0, …, n - 1`; by the bare recursor, each number a literal. -/
noncomputable def everyBelow (n : Nat) (p : Nat → Bool) : Bool :=
  Nat.rec (motive := fun _ => Bool) true (fun i ih => and (force i fun i => p i) ih) n

/-- `everyBelow` that says yes is right. -/
theorem everyBelow_sound {n : Nat} {p : Nat → Bool} (h : Eq (everyBelow n p) true) :
    ∀ i, Nat.lt i n → Eq (p i) true :=
  Nat.rec (motive := fun n => Eq (everyBelow n p) true → ∀ i, Nat.lt i n → Eq (p i) true)
    (fun _ i hi => absurd hi (Nat.not_succ_le_zero i))
    (fun n ih h i hi => Or.elim (nat_lt_or_ge i n) (ih (bool_and h).right i)
      (fun g => Eq.subst (motive := fun i => Eq (p i) true)
        (nat_le_antisymm g (Nat.le_of_succ_le_succ hi)) (bool_and h).left)) n h

/-- Whether `P ‖W_i‖² D² ≤ N_i² Q` for `i < m`, with `‖W_i‖² = G_ii`. -/
noncomputable def scoresCheck (m P Q D : Nat) (G N : PackedMatrix) : Bool :=
  everyBelow m (fun i =>
    Nat.ble (Nat.mul (Nat.mul P (PackedMatrix.natAt G i i)) (Nat.mul D D))
      (Nat.mul (Nat.mul (PackedMatrix.natAt N 0 i) (PackedMatrix.natAt N 0 i)) Q))

/-- `G_ii + G_jj - (G_ij + G_ji)`, from the digits: `‖W_i - W_j‖²`. -/
noncomputable def gapSquare (G : PackedMatrix) (i j : Nat) : Nat :=
  Nat.sub (Nat.add (PackedMatrix.digitAt G i i) (PackedMatrix.digitAt G j j))
    (Nat.add (PackedMatrix.digitAt G i j) (PackedMatrix.digitAt G j i))

/-- Whether `P ‖W_i - W_j‖² D² ≤ N_ij² Q` for `i, j < m`. -/
noncomputable def pairsCheck (m P Q D : Nat) (G N : PackedMatrix) : Bool :=
  everyBelow m (fun i => everyBelow m (fun j =>
    Nat.ble (Nat.mul (Nat.mul P (gapSquare G i j)) (Nat.mul D D))
      (Nat.mul (Nat.mul (PackedMatrix.natAt N i j) (PackedMatrix.natAt N i j)) Q)))

/-- `a - b` is at most its cut-off difference. -/
theorem diff_le_sub (a b : Nat) : Eq (intBle (diff a b) (Int.ofNat (Nat.sub a b))) true :=
  have h (s t : Nat) : Eq (intBle (diffOf s t) (Int.ofNat t)) true :=
    match s with
    | .zero => Nat.ble_self_eq_true t
    | .succ _ => rfl
  Eq.subst (motive := fun x => Eq (intBle x (Int.ofNat (Nat.sub a b))) true)
    (Eq.symm (diff_eq_diffOf a b)) (h (Nat.sub b a) (Nat.sub a b))

/-- `‖x - y‖² = (⟨x, x⟩ + ⟨y, y⟩) - (⟨x, y⟩ + ⟨y, x⟩)`. -/
theorem normSq_vsub {R : Type u} [OrderedRing R] (n : Nat) (x y : Vec R) : Eq (normSq n (vsub x y))
    (sub (add (dot n x x) (dot n y y)) (add (dot n x y) (dot n y x))) :=
  Eq.trans
    (sum_ext n (fun j => ring_eq (vars2 (x j) (y j))
      (a := mul (sub (x j) (y j)) (sub (x j) (y j)))
      (b := sub (add (mul (x j) (x j)) (mul (y j) (y j)))
        (add (mul (x j) (y j)) (mul (y j) (x j))))))
    (Eq.trans (sum_sub n _ _)
      (congr2 sub (sum_add n (fun j => mul (x j) (x j)) (fun j => mul (y j) (y j)))
        (sum_add n (fun j => mul (x j) (y j)) (fun j => mul (y j) (x j)))))

/-- `(a - μ) + (b - μ) - ((c - μ) + (d - μ)) = (a + b) - (c + d)`. -/
theorem diff_cancel (a b c d μ : Nat) :
    Eq (sub (add (diff a μ) (diff b μ)) (add (diff c μ) (diff d μ)) : Int)
      (diff (Nat.add a b) (Nat.add c d)) :=
  have e (a b : Nat) : Eq (diff a b) (sub (ofNat a) (ofNat b) : Int) := ofInt_diff (R := Int) a b
  Eq.trans
    (congr2 sub (congr2 add (e a μ) (e b μ)) (congr2 add (e c μ) (e d μ)))
    (Eq.trans
      (ring_eq (vars5 (ofNat a : Int) (ofNat b) (ofNat c) (ofNat d) (ofNat μ))
        (a := sub (add (sub (ofNat a) (ofNat μ)) (sub (ofNat b) (ofNat μ)))
          (add (sub (ofNat c) (ofNat μ)) (sub (ofNat d) (ofNat μ))))
        (b := sub (add (ofNat a) (ofNat b)) (add (ofNat c) (ofNat d))))
      (Eq.symm (Eq.trans (e (Nat.add a b) (Nat.add c d))
        (congr2 sub (ofNat_add (R := Int) a b) (ofNat_add (R := Int) c d)))))

section
variable {R : Type u} [OrderedRing R]

section
variable {n k m P Q D d : Nat} {W : Nat → Nat → Int} {s : R} {b : Vec R} {f g : Vec R → Vec R}

/-! ## One score, one difference -/

/-- Score `i` has the constant `√(P/d²)`, where `‖W_i‖² ≤ P` and `s = 1/d`. -/
theorem Affine.score (hf : Affine n m W s b f) (hs : Eq (mul (ofNat d) s) one) {i : Nat}
    (hi : Nat.lt i m) (hP : Eq (intBle (normSq n (W i)) (Int.ofNat P)) true) :
    SqLipschitz n 1 (ofNat P) (ofNat (Nat.mul 1 (Nat.mul d d))) (fun y _ => f y i) :=
  (linear_sqLipschitz (rows := 1) (W := fun _ => W i)
    (dotKey_normBound (K := fun _ => W i) hP) hs
    (fun _ => b i)).congrFun (fun y _ _ => hf y i hi)

/-- The difference of the scores `i` and `j` is the linear layer with the row `W_i - W_j`. -/
theorem Affine.difference (hf : Affine n m W s b f) {i j : Nat} (hi : Nat.lt i m) (hj : Nat.lt j m) :
    Affine n 1 (fun _ => vsub (W i) (W j)) s (fun _ => sub (b i) (b j))
      (fun y _ => sub (f y i) (f y j)) :=
  fun y _ _ =>
    have h : Eq (matVec n (fun _ => vsub (W i) (W j)) y 0)
        (sub (matVec n W y i) (matVec n W y j)) :=
      Eq.trans
        (sum_ext n (fun t => Eq.trans
          (congrArg (fun w => mul w (y t))
            (Eq.trans (ofInt_add (W i t) (Int.neg (W j t)))
              (congrArg (add (ofInt (W i t))) (ofInt_neg (W j t)))))
          (ring_eq (vars3 (ofInt (W i t)) (ofInt (W j t)) (y t))
            (a := mul (add (ofInt (W i t)) (neg (ofInt (W j t)))) (y t))
            (b := sub (mul (ofInt (W i t)) (y t)) (mul (ofInt (W j t)) (y t))))))
        (sum_sub n _ _)
    eq_via
      (congr2 sub (Eq.trans (hf y i hi) (linear_eq n W s b y i))
        (Eq.trans (hf y j hj) (linear_eq n W s b y j)))
      (Eq.trans (linear_eq n (fun _ => vsub (W i) (W j)) s (fun _ => sub (b i) (b j)) y 0)
        (congrArg (fun w => add (mul s w) (sub (b i) (b j))) h))
      (ring_eq (vars5 s (matVec n W y i) (matVec n W y j) (b i) (b j))
        (a := sub (add (mul s (matVec n W y i)) (b i)) (add (mul s (matVec n W y j)) (b j)))
        (b := add (mul s (sub (matVec n W y i) (matVec n W y j))) (sub (b i) (b j))))

/-- The difference of the scores `i` and `j` has the constant `√(P/d²)`, where `‖W_i - W_j‖² ≤ P`. -/
theorem Affine.gap (hf : Affine n m W s b f) (hs : Eq (mul (ofNat d) s) one) {i j : Nat}
    (hi : Nat.lt i m) (hj : Nat.lt j m)
    (hP : Eq (intBle (normSq n (vsub (W i) (W j))) (Int.ofNat P)) true) :
    SqLipschitz n 1 (ofNat P) (ofNat (Nat.mul 1 (Nat.mul d d)))
      (fun y _ => sub (f y i) (f y j)) :=
  (hf.difference hi hj).sqLipschitz
    (dotKey_normBound (K := fun _ => vsub (W i) (W j)) hP) hs

/-- The length of a row, from `G = W Wᵀ`. -/
theorem row_le {G : PackedMatrix} (hG : ∀ i j, Nat.lt i m → Nat.lt j m →
      Eq (PackedMatrix.entry G i j) (matMul k W (transpose W) i j)) {i : Nat} (hi : Nat.lt i m) :
    Eq (intBle (normSq k (W i)) (Int.ofNat (PackedMatrix.natAt G i i))) true :=
  Eq.subst
    (motive := fun z => Eq (intBle z (Int.ofNat (PackedMatrix.natAt G i i))) true)
    (Eq.trans (Eq.symm (PackedMatrix.entry_digitAt G i i)) (hG i i hi hi))
    (diff_le_sub (PackedMatrix.digitAt G i i) G.bias)

/-- The length of the difference of two rows, from `G = W Wᵀ`. -/
theorem gap_le {G : PackedMatrix} (hG : ∀ i j, Nat.lt i m → Nat.lt j m →
      Eq (PackedMatrix.entry G i j) (matMul k W (transpose W) i j)) {i j : Nat} (hi : Nat.lt i m)
    (hj : Nat.lt j m) :
    Eq (intBle (normSq k (vsub (W i) (W j))) (Int.ofNat (gapSquare G i j))) true :=
  have e (i j : Nat) (hi : Nat.lt i m) (hj : Nat.lt j m) :
      Eq (dot k (W i) (W j)) (diff (PackedMatrix.digitAt G i j) G.bias) :=
    Eq.trans (Eq.symm (hG i j hi hj)) (PackedMatrix.entry_digitAt G i j)
  Eq.subst (motive := fun z => Eq (intBle z (Int.ofNat (gapSquare G i j))) true)
    (Eq.symm (Eq.trans (normSq_vsub k (W i) (W j))
      (Eq.trans
        (congr2 sub (congr2 add (e i i hi hi) (e j j hj hj)) (congr2 add (e i j hi hj) (e j i hj hi)))
        (diff_cancel _ _ _ _ G.bias))))
    (diff_le_sub _ _)

/-! ## All of them -/

/-- Every score after layers of constant `√(P/Q)` has its constant `N_i/D` of the table, checked on
natural numbers; `G = W Wᵀ`. -/
theorem scores_lipschitz {G N : PackedMatrix} (hf : SqLipschitz n k (ofNat P) (ofNat Q) f)
    (hg : Affine k m W s b g) (hs : Eq (mul (ofNat d) s) one)
    (hG : ∀ i j, Nat.lt i m → Nat.lt j m →
      Eq (PackedMatrix.entry G i j) (matMul k W (transpose W) i j))
    (hD : Eq (Nat.ble 1 D) true) (h : Eq (scoresCheck m P (Nat.mul Q (Nat.mul 1 (Nat.mul d d))) D G N) true) :
    ∀ i, Nat.lt i m →
      Lipschitz n 1 (ofNat (PackedMatrix.natAt N 0 i)) (ofNat D) (fun x _ => g (f x) i) :=
  fun i hi =>
    LipschitzOn.ofSq (hf.comp_ofNat (hg.score hs hi (row_le hG hi)) (fun _ _ => ⟨⟩)) hD (everyBelow_sound h i hi)

/-- Every difference of two scores after layers of constant `√(P/Q)` has its constant `N_ij/D` of the
table, checked on natural numbers; `G = W Wᵀ`. -/
theorem pairs_lipschitz {G N : PackedMatrix} (hf : SqLipschitz n k (ofNat P) (ofNat Q) f)
    (hg : Affine k m W s b g) (hs : Eq (mul (ofNat d) s) one)
    (hG : ∀ i j, Nat.lt i m → Nat.lt j m →
      Eq (PackedMatrix.entry G i j) (matMul k W (transpose W) i j))
    (hD : Eq (Nat.ble 1 D) true) (h : Eq (pairsCheck m P (Nat.mul Q (Nat.mul 1 (Nat.mul d d))) D G N) true) :
    ∀ i j, Nat.lt i m → Nat.lt j m →
      Lipschitz n 1 (ofNat (PackedMatrix.natAt N i j)) (ofNat D)
        (fun x _ => sub (g (f x) i) (g (f x) j)) :=
  fun i j hi hj =>
    LipschitzOn.ofSq (hf.comp_ofNat (hg.gap hs hi hj (gap_le hG hi hj)) (fun _ _ => ⟨⟩)) hD
      (everyBelow_sound (everyBelow_sound h i hi) j hj)

/-! ## The same after rescaled layers -/

/-- One entry of the last scaling. -/
theorem allEqual_one {K : Nat} {c : Nat → Nat} (h : Eq (allEqual m K c) true) {i : Nat}
    (hi : Nat.lt i m) : Eq (allEqual 1 K (fun _ => c i)) true :=
  allBelow_sound (p := fun i => Nat.beq (c i) K) h hi

/-- Layers that start a chain: nothing is scaled. -/
theorem Rescaled.ofSq {c : Nat → Nat} (h : SqLipschitz n m (ofNat P : R) (ofNat Q) f)
    (hc : Eq (allEqual m 1 c) true) : Rescaled R n m (fun _ => 1) c P Q f :=
  have one_mul' (x : R) : Eq (mul (ofNat 1) x) x :=
    Eq.trans (congrArg (fun t => mul t x) ofNat_one) (one_mul x)
  ⟨f, fun x y hy i hi => Eq.trans
    (h.agree (x := y) (y := x) ⟨⟩ ⟨⟩ (fun j hj => Eq.trans (hy j hj) (one_mul' (x j))) i hi)
    (Eq.symm (Eq.trans
      (congrArg (fun t => mul (ofNat t) (f x i)) (Nat.eq_of_beq_eq_true (allBelow_sound hc hi)))
      (one_mul' (f x i)))), h⟩

section
variable {K : Nat} {c c' c'' : Nat → Nat} {W' : Nat → Nat → Int} {D : Nat} {G N : PackedMatrix}

/-- Every score after rescaled layers has its constant `N_i/D` of the table: the last matrix `W'` is
rescaled too, `W'_ij c'_j = K W_ij`, and `G = W' W'ᵀ`. -/
theorem rescaled_scores (hf : Rescaled R n k c c' P Q f) (hc : Eq (allEqual n 1 c) true)
    (hg : Affine k m W s b g) (hs : Eq (mul (ofNat d) s) one)
    (hW : ∀ i j, Nat.lt i m → Nat.lt j k →
      Eq (Int.mul (W' i j) (Int.ofNat (c' j))) (Int.mul (Int.ofNat (c'' i)) (W i j)))
    (hK : Eq (allEqual m K c'') true) (hpos : Eq (Nat.ble 1 K) true)
    (hG : ∀ i j, Nat.lt i m → Nat.lt j m →
      Eq (PackedMatrix.entry G i j) (matMul k W' (transpose W') i j))
    (hD : Eq (Nat.ble 1 D) true)
    (h : Eq (scoresCheck m P (Nat.mul (Nat.mul Q (Nat.mul 1 (Nat.mul d d))) (Nat.mul K K)) D G N)
      true) :
    ∀ i, Nat.lt i m →
      Lipschitz n 1 (ofNat (PackedMatrix.natAt N 0 i)) (ofNat D) (fun x _ => g (f x) i) :=
  fun i hi => LipschitzOn.ofSq
    (Rescaled.sqLipschitz
      (Rescaled.comp (f₂ := fun y _ => g y i) hf
        (Rescaled.affine (W := fun _ => W i) (W' := fun _ => W' i) (c' := fun _ => c'' i)
          (b := fun _ => b i) (fun y _ _ => hg y i hi) (fun _ j _ hj => hW i j hi hj)
          (dotKey_normBound (K := fun _ => W' i) (row_le hG hi)) hs))
      hc (allEqual_one hK hi) hpos) hD (everyBelow_sound h i hi)

/-- Every difference of two scores after rescaled layers has its constant `N_ij/D` of the table. -/
theorem rescaled_pairs (hf : Rescaled R n k c c' P Q f) (hc : Eq (allEqual n 1 c) true)
    (hg : Affine k m W s b g) (hs : Eq (mul (ofNat d) s) one)
    (hW : ∀ i j, Nat.lt i m → Nat.lt j k →
      Eq (Int.mul (W' i j) (Int.ofNat (c' j))) (Int.mul (Int.ofNat (c'' i)) (W i j)))
    (hK : Eq (allEqual m K c'') true) (hpos : Eq (Nat.ble 1 K) true)
    (hG : ∀ i j, Nat.lt i m → Nat.lt j m →
      Eq (PackedMatrix.entry G i j) (matMul k W' (transpose W') i j))
    (hD : Eq (Nat.ble 1 D) true)
    (h : Eq (pairsCheck m P (Nat.mul (Nat.mul Q (Nat.mul 1 (Nat.mul d d))) (Nat.mul K K)) D G N)
      true) :
    ∀ i j, Nat.lt i m → Nat.lt j m →
      Lipschitz n 1 (ofNat (PackedMatrix.natAt N i j)) (ofNat D)
        (fun x _ => sub (g (f x) i) (g (f x) j)) :=
  fun i j hi hj =>
    have same : Eq (c'' j) (c'' i) := Eq.trans
      (Nat.eq_of_beq_eq_true (allBelow_sound (p := fun i => Nat.beq (c'' i) K) hK hj))
      (Eq.symm (Nat.eq_of_beq_eq_true (allBelow_sound (p := fun i => Nat.beq (c'' i) K) hK hi)))
    have row (t : Nat) (ht : Nat.lt t k) :
        Eq (Int.mul (vsub (W' i) (W' j) t) (Int.ofNat (c' t)))
          (Int.mul (Int.ofNat (c'' i)) (vsub (W i) (W j) t)) :=
      Eq.trans
        (ring_eq (R := Int) (vars3 (W' i t) (W' j t) (Int.ofNat (c' t)))
          (a := mul (sub (W' i t) (W' j t)) (Int.ofNat (c' t)))
          (b := sub (mul (W' i t) (Int.ofNat (c' t))) (mul (W' j t) (Int.ofNat (c' t)))))
        (Eq.trans
          (congr2 (sub (R := Int)) (hW i t hi ht)
            (Eq.trans (hW j t hj ht)
              (congrArg (fun z => Int.mul (Int.ofNat z) (W j t)) same)))
          (ring_eq (R := Int) (vars3 (Int.ofNat (c'' i)) (W i t) (W j t))
            (a := sub (mul (Int.ofNat (c'' i)) (W i t)) (mul (Int.ofNat (c'' i)) (W j t)))
            (b := mul (Int.ofNat (c'' i)) (sub (W i t) (W j t)))))
    LipschitzOn.ofSq
      (Rescaled.sqLipschitz
        (Rescaled.comp (f₂ := fun y _ => sub (g y i) (g y j)) hf
          (Rescaled.affine (W' := fun _ => vsub (W' i) (W' j)) (c' := fun _ => c'' i)
            (hg.difference hi hj) (fun _ t _ ht => row t ht)
            (dotKey_normBound (K := fun _ => vsub (W' i) (W' j)) (gap_le hG hi hj)) hs))
        hc (allEqual_one hK hi) hpos) hD (everyBelow_sound (everyBelow_sound h i hi) j hj)

end

end

/-! ## From a constant of all scores together -/

section
variable {n m N D : Nat} {f : Vec R → Vec R}

/-- A score moves no more than all scores together. -/
theorem single_score (h : Lipschitz n m (ofNat N : R) (ofNat D) f) (i : Nat) (hi : Nat.lt i m) :
    Lipschitz n 1 (ofNat N : R) (ofNat D) (fun x _ => f x i) :=
  ⟨h.num_nonneg, h.den_pos, fun x y a b => le_trans
    (mul_le_mul_left (sq_nonneg (ofNat D : R))
      (le_via (entry_le_normSq (vsub (f x) (f y)) hi) (distSq_one _ _) rfl))
    (h.bound x y a b)⟩

/-- Two entries squared are at most the squared length. -/
theorem two_entries_le {i j : Nat} (z : Vec R) (h : Nat.lt i j) (hj : Nat.lt j m) :
    le (add (mul (z i) (z i)) (mul (z j) (z j))) (normSq m z) :=
  le_trans (add_le_add_right _ (entry_le_normSq (n := j) z h)) (normSq_le_of_le z hj)

/-- `(z_i - z_j)² ≤ 2 ‖z‖²`. -/
theorem difference_le (z : Vec R) {i j : Nat} (hi : Nat.lt i m) (hj : Nat.lt j m) :
    le (sq (sub (z i) (z j))) (add (normSq m z) (normSq m z)) :=
  have s (a b : R) : le (sq (sub a b)) (add (add (mul a a) (mul b b)) (add (mul a a) (mul b b))) :=
    le_of_add (sq_nonneg (add a b)) (ring_eq (vars2 a b))
  Or.elim (nat_lt_or_ge i j)
    (fun h => le_trans (s (z i) (z j))
      (add_le_add (two_entries_le z h hj) (two_entries_le z h hj)))
    (fun g => Or.elim (nat_lt_or_ge j i)
      (fun h => le_trans
        (le_via (s (z j) (z i)) (ring_eq (vars2 (z i) (z j)) (a := sq (sub (z i) (z j)))
          (b := sq (sub (z j) (z i)))) rfl)
        (add_le_add (two_entries_le z h hi) (two_entries_le z h hi)))
      (fun g' => le_via (add_nonneg (normSq_nonneg m z) (normSq_nonneg m z))
        (Eq.trans (congrArg (fun k => sq (sub (z i) (z k))) (nat_le_antisymm g g'))
          (ring_eq (vars1 (z i)) (a := sq (sub (z i) (z i))))) rfl))

/-- A difference of two scores moves at most √2 times as much as all scores together:
`√2 ≤ 1414213563/10⁹`. -/
theorem score_difference (h : Lipschitz n m (ofNat N : R) (ofNat D) f) (i j : Nat)
    (hi : Nat.lt i m) (hj : Nat.lt j m) :
    Lipschitz n 1 (ofNat (Nat.mul 1414213563 N) : R) (ofNat (Nat.mul 1000000000 D))
      (fun x _ => sub (f x i) (f x j)) :=
  let q : R := ofNat 1000000000
  let p : R := ofNat 1414213563
  have two : le (add (sq q) (sq q)) (sq p) :=
    le_via (ofNat_le_of_ble (R := R) (m := Nat.mul 2 (Nat.mul 1000000000 1000000000))
        (n := Nat.mul 1414213563 1414213563) rfl)
      (Eq.symm (Eq.trans (ofNat_mul 2 _)
        (Eq.trans (congr2 mul ofNat_two (ofNat_sq 1000000000))
          (ring_eq (vars1 q) (a := mul (add one one) (sq q)) (b := add (sq q) (sq q))))))
      (Eq.symm (ofNat_sq 1414213563))
  ⟨ofNat_nonneg _, lt_congr rfl (ofNat_mul 1000000000 D) (mul_pos (ofNat_pos rfl) h.den_pos),
   fun x y a b =>
    let d : R := distSq m (f x) (f y)
    have gap : le (distSq 1 (fun _ => sub (f x i) (f x j)) (fun _ => sub (f y i) (f y j)))
        (add d d) :=
      le_via (difference_le (vsub (f x) (f y)) hi hj)
        (Eq.trans (distSq_one _ _)
          (ring_eq (vars4 (f x i) (f x j) (f y i) (f y j))
            (a := sq (sub (sub (f x i) (f x j)) (sub (f y i) (f y j))))
            (b := sq (sub (sub (f x i) (f y i)) (sub (f x j) (f y j)))))) rfl
    le_trans
      (le_trans
        (mul_le_mul_left (sq_nonneg (ofNat (Nat.mul 1000000000 D) : R)) gap)
        (le_via (mul_le_mul_right (mul_nonneg (sq_nonneg (ofNat D : R)) (distSq_nonneg m (f x) (f y)))
            two)
          (Eq.trans (congrArg (fun t => mul (sq t) (add d d)) (ofNat_mul 1000000000 D))
            (ring_eq (vars3 q (ofNat D) d) (a := mul (sq (mul q (ofNat D))) (add d d))
              (b := mul (add (sq q) (sq q)) (mul (sq (ofNat D)) d)))) rfl))
      (le_via (mul_le_mul_left (sq_nonneg p) (h.bound x y a b)) rfl
        (Eq.trans (congrArg (fun t => mul (sq t) (distSq n x y)) (ofNat_mul 1414213563 N))
          (ring_eq (vars3 p (ofNat N) (distSq n x y))
            (a := mul (sq (mul p (ofNat N))) (distSq n x y))
            (b := mul (sq p) (mul (sq (ofNat N)) (distSq n x y))))))⟩

end

end

end LipBridge
