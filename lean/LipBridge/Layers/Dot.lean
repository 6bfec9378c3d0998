import LipBridge.Layers.Linear
/-!
# Scores of a query against fixed keys

`q ↦ ⟨q, k⟩` has constant `‖k‖`. Against several keys at once the scores are a linear layer whose
rows are the keys. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The scores `⟨q, k_s⟩` of `q` against the keys `k_s = K_s * r`, the rows of `K`; `r = 1/d`. -/
def dotKeys (n : Nat) (K : Nat → Nat → Int) (r : R) : Vec R → Vec R := linear n K r vzero

/-- The scores have constant `√(T/(C d²))`, where `C ‖K x‖² ≤ T ‖x‖²`. -/
theorem dot_sqLipschitz {keys n T C d : Nat} {K : Nat → Nat → Int} {r : R}
    [hC : Holds (Nat.ble 1 C)] (h : NormBound.{u} keys n K T C) (hr : Eq (mul (ofNat d) r) one) :
    SqLipschitz n keys (ofNat T) (ofNat (Nat.mul C (Nat.mul d d))) (dotKeys n K r) :=
  linear_sqLipschitz h hr vzero

/-- `⟨q, k⟩² ≤ ‖k‖² ‖q‖²`: a norm bound for the matrix with the single row `k`, where `Σ k_i² ≤ P`. -/
theorem dotKey_normBound {n P : Nat} {K : Nat → Nat → Int}
    (hP : Eq (intBle (normSq n (K 0)) (Int.ofNat P)) true) : NormBound.{u} 1 n K P 1 :=
  fun {R} [OrderedRing R] (x : Vec R) =>
    have hk : le (normSq n (fun j => (ofInt (K 0 j) : R))) (ofNat P) :=
      le_via (ofInt_le (int_le_of_ble hP))
        (Eq.symm (Eq.trans (ofInt_sum n (fun j => Int.mul (K 0 j) (K 0 j)))
          (sum_ext n (fun j => ofInt_mul (K 0 j) (K 0 j))))) rfl
    le_via
      (le_trans (cauchy_schwarz n (fun j => (ofInt (K 0 j) : R)) x)
        (mul_le_mul_right (normSq_nonneg n x) hk))
      (Eq.trans (congrArg (fun t => mul t (normSq 1 (matVec n K x))) ofNat_one)
        (Eq.trans (one_mul _) (zero_add _)))
      rfl

/-- The score of a single key has constant `√(P/d²)`, where `Σ k_i² ≤ P`: that is `‖k‖`. -/
theorem dotKey_sqLipschitz {n P d : Nat} {K : Nat → Nat → Int} {r : R}
    (hP : Eq (intBle (normSq n (K 0)) (Int.ofNat P)) true) (hr : Eq (mul (ofNat d) r) one) :
    SqLipschitz n 1 (ofNat P) (ofNat (Nat.mul 1 (Nat.mul d d))) (dotKeys n K r) :=
  dot_sqLipschitz (dotKey_normBound hP) hr

/-- The scores depend on the `n` entries of the query only. -/
theorem dotKeys_congr (keys n : Nat) (K : Nat → Nat → Int) (r : R) {x y : Vec R}
    (h : Agree n x y) : Agree keys (dotKeys n K r x) (dotKeys n K r y) :=
  linear_congr keys n K r vzero h

end

end LipBridge
