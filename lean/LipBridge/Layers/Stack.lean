import LipBridge.Layers.Concat
import LipBridge.Layers.Gain
/-!
# A matrix in pieces, and projections in a row with a gain between

A matrix whose rows are stored in pieces has the sum of the squares of their norms. `x ↦ P B (g ⊙ A x)`, the query of a
head of DeepSeek's indexer up to a positive factor, has the product of the constants. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-! ## A matrix in pieces -/

/-- The rows of `A`, `m` of them, then those of `B`. -/
def stackRows (m : Nat) (A B : Nat → Nat → Int) : Nat → Nat → Int :=
  fun i j => append m (fun i => A i j) (fun i => B i j) i

section
variable {R : Type u} [OrderedRing R]

/-- `(A, B) x = (A x, B x)`. -/
theorem matVec_stackRows (n m : Nat) (A B : Nat → Nat → Int) (x : Vec R) (i : Nat) :
    Eq (matVec n (stackRows m A B) x i) (append m (matVec n A x) (matVec n B x) i) :=
  match h : Nat.ble m i with
  | true => Eq.trans
      (sum_ext n (fun j => congrArg
        (fun t => mul (ofInt (cond t (B (Nat.sub i m) j) (A i j))) (x j)) h))
      (Eq.symm (congrArg (fun t => cond t (matVec n B x (Nat.sub i m)) (matVec n A x i)) h))
  | false => Eq.trans
      (sum_ext n (fun j => congrArg
        (fun t => mul (ofInt (cond t (B (Nat.sub i m) j) (A i j))) (x j)) h))
      (Eq.symm (congrArg (fun t => cond t (matVec n B x (Nat.sub i m)) (matVec n A x i)) h))

end

/-- The squares of norms add. -/
theorem NormBound.stack {m k n T C T' C' : Nat} {A B : Nat → Nat → Int} (hA : NormBound.{u} m n A T C)
    (hB : NormBound.{u} k n B T' C') :
    NormBound.{u} (Nat.add m k) n (stackRows m A B) (Nat.add (Nat.mul T C') (Nat.mul T' C))
      (Nat.mul C C') :=
  fun {R} [OrderedRing R] (x : Vec R) =>
    le_via (ratio_concat (ofNat_nonneg C) (ofNat_nonneg C') (hA x) (hB x))
      (congr2 mul (ofNat_mul C C')
        (Eq.trans (normSq_congr (fun i _ => matVec_stackRows n m A B x i))
          (normSq_append m k (matVec n A x) (matVec n B x))))
      (congrArg (fun t => mul t (normSq n x)) (Eq.trans (ofNat_add _ _)
        (congr2 add (ofNat_mul T C') (ofNat_mul T' C))))

section
variable {R : Type u} [OrderedRing R]

/-! ## Constants -/

/-- A matrix has the constant that bounds its norm. -/
theorem NormBound.sqLipschitz {m n T C : Nat} {W : Nat → Nat → Int} (h : NormBound.{u} m n W T C)
    (hC : Eq (Nat.ble 1 C) true) : SqLipschitz n m (ofNat T : R) (ofNat C) (matVec n W) :=
  ⟨ofNat_nonneg T, ofNat_pos hC, fun x y _ _ => le_via (h (vsub x y))
    (congrArg (mul (ofNat C)) (normSq_congr (fun i _ => Eq.symm (matVec_sub n W x y i)))) rfl⟩

/-- The query of a head, up to a positive factor. -/
def dsaQuery (n l d : Nat) (A : Nat → Nat → Int) (g : Nat → Int) (B P : Nat → Nat → Int) :
    Vec R → Vec R :=
  fun x => matVec d P (matVec l B (fun t => mul (ofInt (g t)) (matVec n A x t)))

/-- The constant of a head's query, from those of its matrices and the largest gain. -/
theorem dsaQuery_lipschitz {n l d p T C T' C' T'' C'' N D : Nat} {A B P : Nat → Nat → Int} {g : Nat → Int}
    (hA : NormBound.{u} l n A T C) (hg : Eq (gainBelow l g p) true) (hB : NormBound.{u} d l B T' C')
    (hP : NormBound.{u} d d P T'' C'')
    (hC : Eq (and (Nat.ble 1 C) (and (Nat.ble 1 C') (Nat.ble 1 C''))) true) (hD : Eq (Nat.ble 1 D) true)
    (hN : Eq (Nat.ble (Nat.mul (Nat.mul (Nat.mul (Nat.mul T p) T') T'') (Nat.mul D D))
      (Nat.mul (Nat.mul N N) (Nat.mul (Nat.mul (Nat.mul C 1) C') C''))) true) :
    LipschitzOn n d (ofNat N : R) (ofNat D) (fun _ => True) (dsaQuery n l d A g B P) :=
  have sizes := bool_and (bool_and hC).right
  have gained : SqLipschitz l l (ofNat p : R) (ofNat 1) (gain (fun t => ofInt (g t))) :=
    gain_sqLipschitz (ofNat_nonneg p) (ofNat_pos rfl) (fun i hi =>
      le_via (ofInt_le (R := R) (int_le_of_ble (allBelow_sound hg hi)))
        (Eq.trans (congrArg (fun t => mul t (sq (ofInt (g i)))) ofNat_one)
          (Eq.trans (one_mul _) (Eq.symm (ofInt_mul (g i) (g i))))) rfl)
  LipschitzOn.ofSq
    ((((hA.sqLipschitz (bool_and hC).left).comp_ofNat gained (fun _ _ => ⟨⟩)).comp_ofNat
      (hB.sqLipschitz sizes.left) (fun _ _ => ⟨⟩)).comp_ofNat (hP.sqLipschitz sizes.right)
        (fun _ _ => ⟨⟩)) hD hN

end

end LipBridge
