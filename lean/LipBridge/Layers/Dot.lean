import LipBridge.Layers.Linear
/-!
# The score of a query against a fixed key

`q ↦ ⟨q, k⟩` has constant `‖k‖`. Against several keys at once the scores are a linear layer whose
rows are the keys. Theory, section 2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The score `⟨q, k⟩ * r` as a vector with one entry: the key is `k * r`, with `r = 1/d`. -/
def dotKey (n : Nat) (k : Nat → Int) (r : R) : Vec R → Vec R :=
  linear n (fun _ => k) r vzero

/-- `⟨q, k⟩² ≤ ‖k‖² ‖q‖²` as a norm bound for the matrix with the single row `k`. -/
theorem dotKey_normBound {n P : Nat} {k : Nat → Int}
    (hP : Eq (intBle (normSq n k) (Int.ofNat P)) true) :
    NormBound.{u} 1 n (fun _ => k) P 1 :=
  fun {R} [OrderedRing R] (x : Vec R) =>
    have hk : le (normSq n (fun j => (ofInt (k j) : R))) (ofNat P) :=
      le_via (ofInt_le (int_le_of_ble hP))
        (Eq.symm (Eq.trans (ofInt_sum n (fun j => Int.mul (k j) (k j)))
          (sum_ext n (fun j => ofInt_mul (k j) (k j))))) rfl
    le_via
      (le_trans (cauchy_schwarz n (fun j => (ofInt (k j) : R)) x)
        (mul_le_mul_right (normSq_nonneg n x) hk))
      (Eq.trans (congrArg (fun t => mul t (normSq 1 (matVec n (fun _ => k) x))) ofNat_one)
        (Eq.trans (one_mul _) (zero_add _)))
      rfl

/-- The score of a key has constant `√(P/d²)`, where `Σ k_i² ≤ P`. -/
theorem dotKey_sqLipschitz {n P d : Nat} {k : Nat → Int} {r : R}
    (hP : Eq (intBle (normSq n k) (Int.ofNat P)) true) (hr : Eq (mul (ofNat d) r) one) :
    SqLipschitz n 1 (ofNat P) (ofNat (Nat.mul 1 (Nat.mul d d))) (dotKey n k r) :=
  linear_sqLipschitz (dotKey_normBound hP) rfl hr vzero

/-- The score depends on the `n` entries of the query only. -/
theorem dotKey_congr (n : Nat) (k : Nat → Int) (r : R) {x y : Vec R} (h : Agree n x y) :
    Agree 1 (dotKey n k r x) (dotKey n k r y) :=
  linear_congr 1 n (fun _ => k) r vzero h

end

end LipBridge
