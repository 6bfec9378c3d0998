import LipBridge.Layers.Dot
import LipBridge.Layers.StoredKeys
/-!
# Adjacent linear layers as one

`x ↦ A (B x + b) + a` is a linear layer with the matrix `A B`: its constant is `σ(A B)`, often below
`σ(A) σ(B)`. With one row for `A` this is the constant `‖Wᵀ k‖` of a single score. docs/theorems.md §§2 and 3.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- The product of integer matrices: `(A B)_ij = Σ_{t<mid} A_it B_tj`. -/
def matMul (mid : Nat) (A B : Nat → Nat → Int) : Nat → Nat → Int :=
  fun i j => sum mid (fun t => mul (A i t) (B t j))

section
variable {R : Type u} [OrderedRing R]

/-- `(A B) x = A (B x)`, entry by entry. -/
theorem matVec_matMul (mid cols : Nat) (A B : Nat → Nat → Int) (x : Vec R) (i : Nat) :
    Eq (matVec cols (matMul mid A B) x i) (matVec mid A (matVec cols B x) i) :=
  Eq.trans
    (sum_ext cols (fun j => Eq.trans
      (congrArg (fun w => mul w (x j)) (Eq.trans (ofInt_sum mid (fun t => mul (A i t) (B t j)))
        (sum_ext mid (fun t => ofInt_mul (A i t) (B t j)))))
      (Eq.symm (sum_mul_right mid (x j) (fun t => mul (ofInt (A i t)) (ofInt (B t j)))))))
    (Eq.trans
      (sum_comm cols mid (fun j t => mul (mul (ofInt (A i t)) (ofInt (B t j))) (x j)))
      (sum_ext mid (fun t => Eq.trans
        (sum_ext cols (fun j => mul_assoc (ofInt (A i t)) (ofInt (B t j)) (x j)))
        (sum_mul_left cols (ofInt (A i t)) (fun j => mul (ofInt (B t j)) (x j))))))

/-- `W (x + y) = W x + W y`, entry by entry. -/
theorem matVec_add (cols : Nat) (W : Nat → Nat → Int) (x y : Vec R) (i : Nat) :
    Eq (matVec cols W (vadd x y) i) (add (matVec cols W x i) (matVec cols W y i)) :=
  Eq.trans (sum_ext cols (fun j => mul_add (ofInt (W i j)) (x j) (y j))) (sum_add cols _ _)

/-- `W (c * x) = c * W x`, entry by entry. -/
theorem matVec_smul (cols : Nat) (W : Nat → Nat → Int) (c : R) (x : Vec R) (i : Nat) :
    Eq (matVec cols W (vsmul c x) i) (mul c (matVec cols W x i)) :=
  Eq.trans (sum_ext cols (fun j => ring_eq (vars3 (ofInt (W i j)) c (x j))
      (a := mul (ofInt (W i j)) (mul c (x j))) (b := mul c (mul (ofInt (W i j)) (x j)))))
    (sum_mul_left cols c _)

/-- The bias of two linear layers in a row: `A (b * r) + a`. -/
def mergedBias (mid : Nat) (A : Nat → Nat → Int) (r : R) (a b : Vec R) : Vec R :=
  fun i => add (mul r (matVec mid A b i)) (a i)

/-- Two linear layers in a row are one: `A (B x + b) + a = (A B) x + (A b + a)`. -/
theorem linear_linear (mid cols : Nat) (A B : Nat → Nat → Int) (r s : R) (a b x : Vec R) (i : Nat) :
    Eq (linear mid A r a (linear cols B s b x) i)
      (linear cols (matMul mid A B) (mul r s) (mergedBias mid A r a b) x i) :=
  have h : Eq (matVec mid A (linear cols B s b x) i)
      (add (mul s (matVec cols (matMul mid A B) x i)) (matVec mid A b i)) :=
    Eq.trans
      (sum_ext mid (fun t => congrArg (mul (ofInt (A i t))) (linear_eq cols B s b x t)))
      (Eq.trans (matVec_add mid A (vsmul s (matVec cols B x)) b i)
        (congrArg (fun w => add w (matVec mid A b i))
          (Eq.trans (matVec_smul mid A s (matVec cols B x) i)
            (congrArg (mul s) (Eq.symm (matVec_matMul mid cols A B x i))))))
  eq_via
    (Eq.trans (linear_eq mid A r a _ i) (congrArg (fun w => add (mul r w) (a i)) h))
    (linear_eq cols (matMul mid A B) (mul r s) (mergedBias mid A r a b) x i)
    (ring_eq (vars5 r s (matVec cols (matMul mid A B) x i) (matVec mid A b i) (a i))
      (b := add (mul (mul r s) (matVec cols (matMul mid A B) x i))
        (add (mul r (matVec mid A b i)) (a i))))

/-- Maps with the same values have the same constants. -/
theorem SqLipschitz.congrFun {n m : Nat} {P Q : R} {f g : Vec R → Vec R}
    (h : SqLipschitz n m P Q f) (hfg : ∀ x, Agree m (g x) (f x)) : SqLipschitz n m P Q g :=
  ⟨h.num_nonneg, h.den_pos, fun x y _ _ =>
    le_via (h.bound x y ⟨⟩ ⟨⟩) (congrArg (mul Q) (distSq_congr (hfg x) (hfg y))) rfl⟩

/-- `1/d * 1/e = 1/(d e)`. -/
theorem reciprocal_mul {d e : Nat} {r s : R} (hr : Eq (mul (ofNat d) r) one)
    (hs : Eq (mul (ofNat e) s) one) : Eq (mul (ofNat (Nat.mul d e)) (mul r s)) one :=
  Eq.trans (congrArg (fun t => mul t (mul r s)) (ofNat_mul d e))
    (Eq.trans (ring_eq (vars4 (ofNat d) (ofNat e) r s)
        (b := mul (mul (ofNat d) r) (mul (ofNat e) s)))
      (Eq.trans (congr2 mul hr hs) (mul_one one)))

/-- Two linear layers in a row have the constant `√(T/(C (d e)²))`, where `C ‖A B x‖² ≤ T ‖x‖²`,
`C ≥ 1` (found by evaluation), `r = 1/d` and `s = 1/e`. -/
theorem merge_sqLipschitz {rows mid cols T C d e : Nat} {A B : Nat → Nat → Int} {r s : R}
    [hC : Holds (Nat.ble 1 C)] (h : NormBound.{u} rows cols (matMul mid A B) T C)
    (hr : Eq (mul (ofNat d) r) one) (hs : Eq (mul (ofNat e) s) one) (a b : Vec R) :
    SqLipschitz cols rows (ofNat T : R) (ofNat (Nat.mul C (Nat.mul (Nat.mul d e) (Nat.mul d e))))
      (fun x => linear mid A r a (linear cols B s b x)) :=
  (linear_sqLipschitz h (reciprocal_mul hr hs) (mergedBias mid A r a b)).congrFun
    (fun x i _ => linear_linear mid cols A B r s a b x i)

/-- Whether two integer matrices have the same entries. -/
def sameMatrix (rows cols : Nat) (V W : Nat → Nat → Int) : Bool :=
  allBelow rows (fun i => allBelow cols (fun j =>
    and (intBle (V i j) (W i j)) (intBle (W i j) (V i j))))

/-- `sameMatrix` that says yes is right. -/
theorem sameMatrix_sound {rows cols : Nat} {V W : Nat → Nat → Int}
    (h : Eq (sameMatrix rows cols V W) true) (i j : Nat) (hi : Nat.lt i rows) (hj : Nat.lt j cols) :
    Eq (V i j) (W i j) :=
  match bool_and (allBelow_sound (allBelow_sound h hi) hj) with
  | ⟨g, k⟩ => int_le_antisymm (int_le_of_ble g) (int_le_of_ble k)

/-- Two linear layers in a row whose product is stored as the matrix `M`: the constant is that of
`M`. -/
theorem merge_sqLipschitz_stored {rows mid cols T C d e : Nat} {A B M : Nat → Nat → Int} {r s : R}
    [hC : Holds (Nat.ble 1 C)] (h : NormBound.{u} rows cols M T C)
    (hM : Eq (sameMatrix rows cols M (matMul mid A B)) true) (hr : Eq (mul (ofNat d) r) one)
    (hs : Eq (mul (ofNat e) s) one) (a b : Vec R) :
    SqLipschitz cols rows (ofNat T : R) (ofNat (Nat.mul C (Nat.mul (Nat.mul d e) (Nat.mul d e))))
      (fun x => linear mid A r a (linear cols B s b x)) :=
  merge_sqLipschitz (h.congr (sameMatrix_sound hM)) hr hs a b

/-! ## Single scores -/

/-- The row `Wᵀ k` of a score of key `k` after the matrix `W`: entry `j` is `Σ_t k_t W_tj`. -/
def keyRow (mid : Nat) (k : Nat → Int) (W : Nat → Nat → Int) : Nat → Int :=
  fun j => sum mid (fun t => mul (k t) (W t j))

/-- The score `⟨W x + b, k⟩` has the constant `√(P/(d e)²)`, where `‖Wᵀ k‖² ≤ P`, the weights are
`W/e` and the key is `k/d`: `‖Wᵀ k‖`, not `‖k‖ σ(W)`. -/
theorem score_sqLipschitz {mid cols P d e : Nat} {k : Nat → Int} {W : Nat → Nat → Int} {r s : R}
    (hP : Eq (intBle (normSq cols (keyRow mid k W)) (Int.ofNat P)) true)
    (hr : Eq (mul (ofNat d) r) one) (hs : Eq (mul (ofNat e) s) one) (b : Vec R) :
    SqLipschitz cols 1 (ofNat P : R) (ofNat (Nat.mul 1 (Nat.mul (Nat.mul d e) (Nat.mul d e))))
      (fun x => dotKeys mid (fun _ => k) r (linear cols W s b x)) :=
  merge_sqLipschitz (rows := 1) (A := fun _ => k)
    (dotKey_normBound (K := matMul mid (fun _ => k) W) hP) hr hs vzero b

/-- The difference of two scores is the score of the difference of the keys:
`⟨q, k⟩ - ⟨q, k'⟩ = ⟨q, k - k'⟩`. -/
theorem dotKeys_sub (n : Nat) (k k' : Nat → Int) (r : R) (q : Vec R) (i : Nat) :
    Eq (sub (dotKeys n (fun _ => k) r q i) (dotKeys n (fun _ => k') r q i))
      (dotKeys n (fun _ => vsub k k') r q i) :=
  have h : Eq (matVec n (fun _ => vsub k k') q i)
      (sub (matVec n (fun _ => k) q i) (matVec n (fun _ => k') q i)) :=
    Eq.trans
      (sum_ext n (fun j => Eq.trans
        (congrArg (fun w => mul w (q j))
          (Eq.trans (ofInt_add (k j) (Int.neg (k' j)))
            (congrArg (add (ofInt (k j))) (ofInt_neg (k' j)))))
        (ring_eq (vars3 (ofInt (k j)) (ofInt (k' j)) (q j))
          (a := mul (add (ofInt (k j)) (neg (ofInt (k' j)))) (q j))
          (b := sub (mul (ofInt (k j)) (q j)) (mul (ofInt (k' j)) (q j))))))
      (sum_sub n _ _)
  eq_via
    (congr2 sub (linear_eq n (fun _ => k) r vzero q i) (linear_eq n (fun _ => k') r vzero q i))
    (Eq.trans (linear_eq n (fun _ => vsub k k') r vzero q i)
      (congrArg (fun w => add (mul r w) zero) h))
    (ring_eq (vars3 r (matVec n (fun _ => k) q i) (matVec n (fun _ => k') q i))
      (a := sub (add (mul r (matVec n (fun _ => k) q i)) zero)
        (add (mul r (matVec n (fun _ => k') q i)) zero)))

/-- The difference of two scores `⟨W x + b, k⟩ - ⟨W x + b, k'⟩` has the constant `√(P/(d e)²)`,
where `‖Wᵀ (k - k')‖² ≤ P`. -/
theorem scoreGap_sqLipschitz {mid cols P d e : Nat} {k k' : Nat → Int} {W : Nat → Nat → Int}
    {r s : R}
    (hP : Eq (intBle (normSq cols (keyRow mid (vsub k k') W)) (Int.ofNat P)) true)
    (hr : Eq (mul (ofNat d) r) one) (hs : Eq (mul (ofNat e) s) one) (b : Vec R) :
    SqLipschitz cols 1 (ofNat P : R) (ofNat (Nat.mul 1 (Nat.mul (Nat.mul d e) (Nat.mul d e))))
      (fun x => vsub (dotKeys mid (fun _ => k) r (linear cols W s b x))
        (dotKeys mid (fun _ => k') r (linear cols W s b x))) :=
  (score_sqLipschitz hP hr hs b).congrFun (fun _ i _ => dotKeys_sub mid k k' r _ i)

end

end LipBridge
