import LipBridge.Layers.Separable
/-!
# Why softmax has the constant 1/2

At a point with outputs `p` (`p_i ≥ 0`, `Σ p_i = 1`) the derivative of softmax takes `v` to
`(J v)_i = p_i (v_i - Σ_j p_j v_j)`. This file proves `‖J v‖ ≤ (1/2) ‖v‖`, in squares, for every `n`
and every such `p`: the slope that `softmax_lipschitz` asks for. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `p` is a probability vector of `n` entries: `p_i ≥ 0` and `Σ p_i = 1`. -/
structure Probability (n : Nat) (p : Vec R) : Prop where
  /-- `0 ≤ p_i`. -/
  nonneg : ∀ i, Nat.lt i n → le zero (p i)
  /-- `Σ p_i = 1`. -/
  total : Eq (sum n p) one

/-- The derivative of softmax where its outputs are `p`: `(J v)_i = p_i (v_i - Σ_j p_j v_j)`. -/
def softmaxSlope (n : Nat) (p v : Vec R) : Vec R := fun i => mul (p i) (sub (v i) (dot n p v))

/-- `Σ_i p_i v_i²`. -/
def secondMoment (n : Nat) (p v : Vec R) : R := sum n (fun i => mul (p i) (sq (v i)))

/-- The covariance `Σ_i p_i (x_i - mean x)(y_i - mean y)`. -/
def covariance (n : Nat) (p x y : Vec R) : R :=
  sum n (fun i => mul (p i) (mul (sub (x i) (dot n p x)) (sub (y i) (dot n p y))))

section
variable {n : Nat} {p : Vec R}

/-- `Σ_i p_i c = c`. -/
theorem Probability.sum_mul (hp : Probability n p) (c : R) :
    Eq (sum n (fun i => mul (p i) c)) c :=
  Eq.trans (sum_mul_right n c p) (Eq.trans (congrArg (fun t => mul t c) hp.total) (one_mul c))

/-- The entries of `J v` add up to 0. -/
theorem softmaxSlope_sum (hp : Probability n p) (v : Vec R) :
    Eq (sum n (softmaxSlope n p v)) zero :=
  Eq.trans
    (sum_ext n (fun i => ring_eq (vars3 (p i) (v i) (dot n p v))
      (a := mul (p i) (sub (v i) (dot n p v)))
      (b := sub (mul (p i) (v i)) (mul (p i) (dot n p v)))))
    (Eq.trans (sum_sub n _ _)
      (Eq.trans (congrArg (sub (dot n p v)) (hp.sum_mul (dot n p v)))
        (ring_eq (vars1 (dot n p v)))))

/-- `⟨x, J y⟩` is the covariance of `x` and `y`. -/
theorem dot_softmaxSlope (hp : Probability n p) (x y : Vec R) :
    Eq (dot n x (softmaxSlope n p y)) (covariance n p x y) :=
  Eq.symm (Eq.trans
    (sum_ext n (fun i => ring_eq (vars5 (p i) (x i) (y i) (dot n p x) (dot n p y))
      (a := mul (p i) (mul (sub (x i) (dot n p x)) (sub (y i) (dot n p y))))
      (b := sub (mul (x i) (mul (p i) (sub (y i) (dot n p y))))
        (mul (dot n p x) (mul (p i) (sub (y i) (dot n p y)))))))
    (Eq.trans (sum_sub n _ _)
      (Eq.trans
        (congrArg (sub (dot n x (softmaxSlope n p y)))
          (Eq.trans (sum_mul_left n (dot n p x) (softmaxSlope n p y))
            (Eq.trans (congrArg (mul (dot n p x)) (softmaxSlope_sum hp y)) (mul_zero _))))
        (ring_eq (vars1 (dot n x (softmaxSlope n p y)))
          (a := sub (dot n x (softmaxSlope n p y)) zero)))))

/-- The variance: `Σ p_i (v_i - mean)² = Σ p_i v_i² - mean²`. -/
theorem variance_eq (hp : Probability n p) (v : Vec R) :
    Eq (covariance n p v v) (sub (secondMoment n p v) (sq (dot n p v))) :=
  Eq.trans
    (sum_ext n (fun i => ring_eq (vars3 (p i) (v i) (dot n p v))
      (a := mul (p i) (mul (sub (v i) (dot n p v)) (sub (v i) (dot n p v))))
      (b := sub (add (mul (p i) (sq (v i))) (mul (p i) (sq (dot n p v))))
        (mul (mul (p i) (v i)) (add (dot n p v) (dot n p v))))))
    (Eq.trans (sum_sub n _ _)
      (Eq.trans
        (congr2 sub
          (Eq.trans (sum_add n _ _) (congrArg (add (secondMoment n p v)) (hp.sum_mul _)))
          (sum_mul_right n (add (dot n p v) (dot n p v)) (fun i => mul (p i) (v i))))
        (ring_eq (vars2 (secondMoment n p v) (dot n p v))
          (a := sub (add (secondMoment n p v) (sq (dot n p v)))
            (mul (dot n p v) (add (dot n p v) (dot n p v)))))))

/-- `Σ_i Σ_j p_i p_j (v_i + v_j)² = 2 Σ p_i v_i² + 2 mean²`. -/
theorem double_sum_eq (hp : Probability n p) (v : Vec R) :
    Eq (sum n (fun i => sum n (fun j => mul (mul (p i) (p j)) (sq (add (v i) (v j))))))
      (mul (add one one) (add (secondMoment n p v) (sq (dot n p v)))) :=
  have inner (i : Nat) : Eq (sum n (fun j => mul (mul (p i) (p j)) (sq (add (v i) (v j)))))
      (add (add (mul (p i) (sq (v i))) (mul (mul (p i) (v i)) (add (dot n p v) (dot n p v))))
        (mul (p i) (secondMoment n p v))) :=
    Eq.trans
      (sum_ext n (fun j => ring_eq (vars4 (p i) (p j) (v i) (v j))
        (a := mul (mul (p i) (p j)) (sq (add (v i) (v j))))
        (b := add (add (mul (p j) (mul (p i) (sq (v i))))
          (mul (mul (add one one) (mul (p i) (v i))) (mul (p j) (v j))))
          (mul (p i) (mul (p j) (sq (v j)))))))
      (Eq.trans (sum_add n _ _) (congr2 add
        (Eq.trans (sum_add n _ _) (congr2 add (hp.sum_mul _)
          (Eq.trans (sum_mul_left n _ (fun j => mul (p j) (v j)))
            (ring_eq (vars2 (mul (p i) (v i)) (dot n p v))
              (a := mul (mul (add one one) (mul (p i) (v i))) (dot n p v))))))
        (sum_mul_left n (p i) _)))
  Eq.trans (sum_ext n inner)
    (Eq.trans (sum_add n _ _)
      (Eq.trans
        (congr2 add
          (Eq.trans (sum_add n _ _) (congrArg (add (secondMoment n p v))
            (sum_mul_right n (add (dot n p v) (dot n p v)) (fun i => mul (p i) (v i)))))
          (hp.sum_mul (secondMoment n p v)))
        (ring_eq (vars2 (secondMoment n p v) (dot n p v))
          (a := add (add (secondMoment n p v) (mul (dot n p v) (add (dot n p v) (dot n p v))))
            (secondMoment n p v)))))

/-- The diagonal is at most the whole double sum: `4 Σ p_i² v_i² ≤ 2 Σ p_i v_i² + 2 mean²`. -/
theorem diagonal_le (hp : Probability n p) (v : Vec R) :
    le (sum n (fun i => mul (mul (p i) (p i)) (sq (add (v i) (v i)))))
      (mul (add one one) (add (secondMoment n p v) (sq (dot n p v)))) :=
  le_via
    (sum_le (n := n) (fun i hi =>
      term_le_sum (f := fun j => mul (mul (p i) (p j)) (sq (add (v i) (v j))))
        (fun j hj => mul_nonneg (mul_nonneg (hp.nonneg i hi) (hp.nonneg j hj)) (sq_nonneg _)) hi))
    rfl (Eq.symm (double_sum_eq hp v))

/-- `4 p (1 - p) ≤ 1`. -/
theorem four_mul_le_one (q : R) :
    le (mul (mul (add one one) (add one one)) (mul q (sub one q))) one :=
  le_of_add (sq_nonneg (sub one (mul (add one one) q))) (ring_eq (vars1 q))

/-- Twice the variance is at most `‖v‖²`. -/
theorem two_variance_le (hp : Probability n p) (v : Vec R) :
    le (mul (add one one) (covariance n p v v)) (normSq n v) :=
  have h₁ : le
      (sum n (fun i => mul (mul (mul (add one one) (add one one)) (mul (p i) (sub one (p i))))
        (sq (v i)))) (normSq n v) :=
    sum_le (fun i _ => le_via (mul_le_mul_right (sq_nonneg (v i)) (four_mul_le_one (p i))) rfl
      (ring_eq (vars1 (v i)) (a := mul (v i) (v i)) (b := mul one (sq (v i)))))
  have h₂ : Eq
      (sum n (fun i => mul (mul (mul (add one one) (add one one)) (mul (p i) (sub one (p i))))
        (sq (v i))))
      (sub (mul (mul (add one one) (add one one)) (secondMoment n p v))
        (sum n (fun i => mul (mul (p i) (p i)) (sq (add (v i) (v i)))))) :=
    Eq.trans
      (sum_ext n (fun i => ring_eq (vars2 (p i) (v i))
        (b := sub (mul (mul (add one one) (add one one)) (mul (p i) (sq (v i))))
          (mul (mul (p i) (p i)) (sq (add (v i) (v i)))))))
      (Eq.trans (sum_sub n _ _) (congrArg (fun t => sub t _) (sum_mul_left n _ _)))
  le_trans
    (le_via (add_le_add_left (mul (mul (add one one) (add one one)) (secondMoment n p v))
        (neg_le_neg (diagonal_le hp v)))
      (Eq.trans (congrArg (mul (add one one)) (variance_eq hp v))
        (ring_eq (vars2 (secondMoment n p v) (dot n p v))
          (b := add (mul (mul (add one one) (add one one)) (secondMoment n p v))
            (neg (mul (add one one) (add (secondMoment n p v) (sq (dot n p v))))))))
      rfl)
    (le_via h₁ (Eq.symm h₂) rfl)

/-- `cov(x, y)² ≤ var(x) var(y)`. -/
theorem covariance_sq_le (hp : Probability n p) (x y : Vec R) :
    le (sq (covariance n p x y)) (mul (covariance n p x x) (covariance n p y y)) :=
  have nn (z : Vec R) : ∀ i, Nat.lt i n →
      le zero (mul (p i) (mul (sub (z i) (dot n p z)) (sub (z i) (dot n p z)))) :=
    fun i hi => mul_nonneg (hp.nonneg i hi) (mul_self_nonneg _)
  cauchy_terms (nn x) (nn y) (fun i _ => le_of_eq
    (ring_eq (vars3 (p i) (sub (x i) (dot n p x)) (sub (y i) (dot n p y)))
      (a := sq (mul (p i) (mul (sub (x i) (dot n p x)) (sub (y i) (dot n p y)))))
      (b := mul (mul (p i) (mul (sub (x i) (dot n p x)) (sub (x i) (dot n p x))))
        (mul (p i) (mul (sub (y i) (dot n p y)) (sub (y i) (dot n p y)))))))

/-- The derivative of softmax has norm at most 1/2: `4 ‖J v‖² ≤ ‖v‖²`. -/
theorem softmaxSlope_normSq_le (hp : Probability n p) (v : Vec R) :
    le (mul (mul (add one one) (add one one)) (normSq n (softmaxSlope n p v))) (normSq n v) :=
  have h := covariance_sq_le hp (softmaxSlope n p v) v
  have hJ := two_variance_le hp (softmaxSlope n p v)
  have hv := two_variance_le hp v
  have nn : le zero (covariance n p v v) :=
    sum_nonneg (fun i hi => mul_nonneg (hp.nonneg i hi) (mul_self_nonneg _))
  have e : Eq (normSq n (softmaxSlope n p v)) (covariance n p (softmaxSlope n p v) v) :=
    dot_softmaxSlope hp (softmaxSlope n p v) v
  have g : le (sq (mul (add one one) (normSq n (softmaxSlope n p v))))
      (mul (normSq n (softmaxSlope n p v)) (normSq n v)) :=
    le_trans
      (le_via (mul_le_mul_left (mul_nonneg two_nonneg two_nonneg) h)
        (Eq.trans (congrArg (fun t => sq (mul (add one one) t)) e)
          (ring_eq (vars1 (covariance n p (softmaxSlope n p v) v))
            (a := sq (mul (add one one) (covariance n p (softmaxSlope n p v) v)))
            (b := mul (mul (add one one) (add one one))
              (sq (covariance n p (softmaxSlope n p v) v)))))
        rfl)
      (le_via (mul_le_mul (normSq_nonneg n (softmaxSlope n p v))
          (mul_nonneg two_nonneg nn) hJ hv)
        (ring_eq (vars2 (covariance n p (softmaxSlope n p v) (softmaxSlope n p v))
          (covariance n p v v))) rfl)
  Or.elim (pos_or_zero (normSq_nonneg n (softmaxSlope n p v)))
    (fun hpos => le_of_mul_le_mul_left hpos
      (le_via g (ring_eq (vars1 (normSq n (softmaxSlope n p v)))) rfl))
    (fun hz => le_congr (Eq.trans (congrArg (mul _) hz) (mul_zero _)) rfl (normSq_nonneg n v))

end

end

end LipBridge
