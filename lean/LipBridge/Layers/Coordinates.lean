import LipBridge.Lipschitz.Comp
/-!
# Choosing and permuting coordinates

`x ↦ (x_{σ 0}, …, x_{σ (m-1)})` has the constant 1 when no coordinate is chosen twice: slices and
permutations are cases. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The coordinates `σ 0, σ 1, …` of `x`. -/
def gather (σ : Nat → Nat) (x : Vec R) : Vec R := fun i => x (σ i)

/-- The coordinates from `s` on. -/
def slice (s : Nat) : Vec R → Vec R := gather (Nat.add s)

/-- 1 where `a = b`, else 0. -/
def kron (a b : Nat) : R := cond (Nat.beq a b) one zero

/-- `kron a a = 1`. -/
theorem kron_self (a : Nat) : Eq (kron a a : R) one :=
  cond_ind (P := fun t : R => Eq t one) (fun _ => rfl)
    (fun e => absurd rfl (Nat.ne_of_beq_eq_false e))

/-- `kron a b = 0` where `a ≠ b`. -/
theorem kron_ne {a b : Nat} (h : Not (Eq a b)) : Eq (kron a b : R) zero :=
  cond_ind (P := fun t : R => Eq t zero) (fun e => False.elim (h (Nat.eq_of_beq_eq_true e)))
    (fun _ => rfl)

/-- `0 ≤ kron a b`. -/
theorem kron_nonneg (a b : Nat) : le (zero : R) (kron a b) :=
  cond_ind (P := fun t : R => le zero t) (fun _ => le_of_lt zero_lt_one) (fun _ => le_refl zero)

/-- No value is taken twice below `m`: the number of `i < m` with `σ i = j` is at most 1. -/
theorem count_le_one {m : Nat} {σ : Nat → Nat}
    (h : ∀ i j, Nat.lt i m → Nat.lt j m → Eq (σ i) (σ j) → Eq i j) (j : Nat) :
    le (sum m (fun i => (kron (σ i) j : R))) one :=
  match m, h with
  | 0, _ => le_of_lt zero_lt_one
  | .succ m, h =>
    match e : Nat.beq (σ m) j with
    | true =>
      have hj : Eq (σ m) j := Nat.eq_of_beq_eq_true e
      le_of_eq (Eq.trans
        (congr2 add
          (Eq.trans (sum_congr (fun i hi => kron_ne (fun g => nat_lt_irrefl (n := m)
              (Eq.subst (motive := fun i => Nat.lt i m)
                (h i m (Nat.le.step hi) Nat.le.refl (Eq.trans g (Eq.symm hj))) hi))))
            (sum_zero m))
          (Eq.trans (congrArg (fun t => kron t j) hj) (kron_self j)))
        (zero_add one))
    | false => le_via
        (count_le_one (fun i k hi hk => h i k (Nat.le.step hi) (Nat.le.step hk)) j)
        (Eq.trans (congrArg (add _) (kron_ne (Nat.ne_of_beq_eq_false e))) (add_zero _)) rfl

/-- `f (σ i) = Σ_{j<n} kron (σ i) j * f j`. -/
theorem sum_kron {n k : Nat} (f : Nat → R) (hk : Nat.lt k n) :
    Eq (f k) (sum n (fun j => mul (kron k j) (f j))) :=
  Eq.symm (Eq.trans
    (sum_single hk (fun j hj => Eq.trans
      (congrArg (fun t => mul t (f j)) (kron_ne (fun e => hj (Eq.symm e)))) (zero_mul (f j))))
    (Eq.trans (congrArg (fun t => mul t (f k)) (kron_self k)) (one_mul (f k))))

/-- A sum over chosen places is at most the sum over all: `Σ_{i<m} f (σ i) ≤ Σ_{j<n} f j` for `f ≥ 0`,
no place chosen twice. -/
theorem sum_gather_le {n m : Nat} {σ : Nat → Nat} {f : Nat → R} (hf : ∀ j, le zero (f j))
    (hσ : ∀ i, Nat.lt i m → Nat.lt (σ i) n)
    (h : ∀ i j, Nat.lt i m → Nat.lt j m → Eq (σ i) (σ j) → Eq i j) :
    le (sum m (fun i => f (σ i))) (sum n f) :=
  le_via
    (sum_le (n := n) (f := fun j => mul (sum m (fun i => (kron (σ i) j : R))) (f j))
      (g := fun j => mul one (f j)) (fun j _ => mul_le_mul_right (hf j) (count_le_one h j)))
    (Eq.trans (sum_congr (fun i hi => sum_kron f (hσ i hi)))
      (Eq.trans (sum_comm m n (fun i j => mul (kron (σ i) j) (f j)))
        (sum_ext n (fun j => sum_mul_right m (f j) (fun i => (kron (σ i) j : R))))))
    (sum_ext n (fun j => Eq.symm (one_mul (f j))))

/-- Choosing coordinates, none of them twice, has the constant 1. -/
theorem gather_sqLipschitz {n m : Nat} {σ : Nat → Nat} (hσ : ∀ i, Nat.lt i m → Nat.lt (σ i) n)
    (h : ∀ i j, Nat.lt i m → Nat.lt j m → Eq (σ i) (σ j) → Eq i j) :
    SqLipschitz n m (ofNat 1 : R) (ofNat 1) (gather σ) :=
  SqLipschitz.ofLe (fun x y =>
    sum_gather_le (f := fun j => mul (sub (x j) (y j)) (sub (x j) (y j)))
      (fun _ => mul_self_nonneg _) hσ h)

/-- A slice `x_s, …, x_{s+m-1}` has the constant 1. -/
theorem slice_sqLipschitz {n s m : Nat} (h : Eq (Nat.ble (Nat.add s m) n) true) :
    SqLipschitz n m (ofNat 1 : R) (ofNat 1) (slice s) :=
  SqLipschitz.ofLe (fun x y => le_trans
    (le_of_add (normSq_nonneg s (vsub x y))
      (Eq.trans (add_comm _ _) (Eq.symm (sum_append s m _))))
    (normSq_le_of_le (vsub x y) (Nat.le_of_ble_eq_true h)))

/-- A permutation of the coordinates has the constant 1 (it is an isometry). -/
theorem permute_sqLipschitz {n : Nat} {σ τ : Nat → Nat} (hσ : ∀ i, Nat.lt i n → Nat.lt (σ i) n)
    (h : ∀ i, Nat.lt i n → Eq (τ (σ i)) i) :
    SqLipschitz n n (ofNat 1 : R) (ofNat 1) (gather σ) :=
  gather_sqLipschitz hσ (fun i j hi hj e =>
    Eq.trans (Eq.symm (h i hi)) (Eq.trans (congrArg τ e) (h j hj)))

end

end LipBridge
