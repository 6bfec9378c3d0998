import LipBridge.Vector.CauchySchwarz
/-!
# Integer matrices and bounds on their norm

`matVec cols W x = W x`. `NormBound rows cols W T C` says `C ‖W x‖² ≤ T ‖x‖²` in every ordered ring,
that is `σ_max(W)² ≤ T/C`. A matrix and its transpose have the same bounds: proved without roots.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `(W x)_i = Σ_{j<cols} W_ij x_j`. -/
def matVec (cols : Nat) (W : Nat → Nat → Int) (x : Vec R) : Vec R :=
  fun i => sum cols (fun j => mul (ofInt (W i j)) (x j))

/-- The transpose: `(Wᵀ)_ij = W_ji`. -/
def transpose (W : Nat → Nat → Int) : Nat → Nat → Int := fun i j => W j i

/-- `W (x - y) = W x - W y`, entry by entry. -/
theorem matVec_sub (cols : Nat) (W : Nat → Nat → Int) (x y : Vec R) (i : Nat) :
    Eq (matVec cols W (vsub x y) i) (sub (matVec cols W x i) (matVec cols W y i)) :=
  dot_sub_right cols (fun j => ofInt (W i j)) x y

/-- `⟨y, W x⟩ = ⟨Wᵀ y, x⟩`. -/
theorem dot_matVec (rows cols : Nat) (W : Nat → Nat → Int) (x y : Vec R) :
    Eq (dot rows y (matVec cols W x)) (dot cols (matVec rows (transpose W) y) x) :=
  eq_via
    (sum_ext rows (fun i => Eq.symm (sum_mul_left cols (y i) (fun j => mul (ofInt (W i j)) (x j)))))
    (sum_ext cols (fun j => Eq.symm
      (sum_mul_right rows (x j) (fun i => mul (ofInt (W i j)) (y i)))))
    (Eq.trans (sum_comm rows cols (fun i j => mul (y i) (mul (ofInt (W i j)) (x j))))
      (sum_ext cols (fun j => sum_ext rows (fun i => ring_eq (vars3 (y i) (ofInt (W i j)) (x j))))))

/-- Matrices with equal entries act alike. -/
theorem matVec_congr {rows cols : Nat} {V W : Nat → Nat → Int}
    (h : ∀ i j, Nat.lt i rows → Nat.lt j cols → Eq (V i j) (W i j)) (x : Vec R) :
    Agree rows (matVec cols V x) (matVec cols W x) :=
  fun i hi => sum_congr (fun j hj => congrArg (fun t => mul (ofInt t) (x j)) (h i j hi hj))

/-- The step behind `‖Wᵀ‖ = ‖W‖`: `a² ≤ b e`, `c b ≤ t a` and `a, e ≥ 0` give `c a ≤ t e`. -/
theorem transpose_step {a b c t e : R} (ha : le zero a) (he : le zero e) (hc : le zero c)
    (ht : le zero t) (h : le (sq a) (mul b e)) (k : le (mul c b) (mul t a)) :
    le (mul c a) (mul t e) :=
  Or.elim (pos_or_zero ha)
    (fun hp => le_of_mul_le_mul_left hp
      (le_trans (le_via (mul_le_mul_left hc h) (ring_eq (vars2 a c)) rfl)
        (le_via (mul_le_mul_right he k) (ring_eq (vars3 b c e)) (ring_eq (vars3 a t e)))))
    (fun hz => le_via (mul_nonneg ht he) (Eq.trans (congrArg (mul c) hz) (mul_zero c)) rfl)

end

/-- `C ‖W x‖² ≤ T ‖x‖²` for all `x` in every ordered ring: `σ_max(W)² ≤ T/C`. -/
def NormBound (rows cols : Nat) (W : Nat → Nat → Int) (T C : Nat) : Prop :=
  ∀ {R : Type u} [OrderedRing R] (x : Vec R),
    le (mul (ofNat C) (normSq rows (matVec cols W x))) (mul (ofNat T) (normSq cols x))

/-- A bound for the transpose is a bound for the matrix. -/
theorem NormBound.ofTranspose {rows cols : Nat} {W : Nat → Nat → Int} {T C : Nat}
    (h : NormBound.{u} cols rows (transpose W) T C) : NormBound.{u} rows cols W T C :=
  fun {R} [OrderedRing R] (x : Vec R) =>
    transpose_step (b := normSq cols (matVec rows (transpose W) (matVec cols W x)))
      (normSq_nonneg rows _) (normSq_nonneg cols x) (ofNat_nonneg C) (ofNat_nonneg T)
      (le_via (cauchy_schwarz cols (matVec rows (transpose W) (matVec cols W x)) x)
        (congrArg sq (dot_matVec rows cols W x (matVec cols W x))) rfl)
      (h (matVec cols W x))

/-- Equal entries keep a bound. -/
theorem NormBound.congr {rows cols : Nat} {V W : Nat → Nat → Int} {T C : Nat}
    (hVW : ∀ i j, Nat.lt i rows → Nat.lt j cols → Eq (V i j) (W i j))
    (h : NormBound.{u} rows cols V T C) : NormBound.{u} rows cols W T C :=
  fun {R} [OrderedRing R] (x : Vec R) =>
    le_via (h x)
      (congrArg (mul (ofNat C)) (Eq.symm (normSq_congr (matVec_congr hVW x)))) rfl

end LipBridge
