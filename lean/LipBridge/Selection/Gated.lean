import LipBridge.Certificate.Psd
import LipBridge.Selection.Point
/-!
# Scores that are weighted sums of ReLUs, near a point

`I = Σ_h w_h·max(z_h, 0)` over the heads, weights and products both linear in the hidden state, as in
DeepSeek's indexer. Within a ball a product that is further from 0 than it can move keeps its side; a ReLU is
never below its tangents, which will do where its weight is certainly not negative; of any other it moves by
half of what the product does, give or take the other half. So `I` is above a linear function less a rest,
and `-I`, the same with the weights' signs changed, is too. The rest is of second order but where a side may
change. All in integers that the kernel computes. docs/theorems.md §3.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `Σ_h w_h·max(z_h, 0)`. -/
def gated (H : Nat) (w z : Nat → R) : R := sum H (fun h => mul (w h) (sup (z h) zero))

/-! ## Absolute values -/

/-- `|a| ≤ c` and `|b| ≤ e` give `|a b| ≤ c e`. -/
theorem abs_mul_le {a b c e : R} (h : le (abs a) c) (k : le (abs b) e) :
    le (abs (mul a b)) (mul c e) :=
  abs_le_of_sq_le_sq (mul_nonneg (le_trans (abs_nonneg a) h) (le_trans (abs_nonneg b) k))
    (le_via (mul_le_mul (le_trans (sq_nonneg a) (sq_le_sq_of_abs h)) (sq_nonneg b)
        (sq_le_sq_of_abs h) (sq_le_sq_of_abs k))
      (ring_eq (vars2 a b) (a := sq (mul a b)) (b := mul (sq a) (sq b)))
      (ring_eq (vars2 c e) (a := sq (mul c e)) (b := mul (sq c) (sq e))))

/-- `|a| ≤ c` and `|b| ≤ e` give `|a + b| ≤ c + e`. -/
theorem abs_add_le {a b c e : R} (h : le (abs a) c) (k : le (abs b) e) :
    le (abs (add a b)) (add c e) :=
  abs_le (add_le_add (le_trans (le_abs a) h) (le_trans (le_abs b) k))
    (le_congr (ring_eq (vars2 a b) (a := neg (add a b)) (b := add (neg a) (neg b))) rfl
      (add_le_add (le_trans (neg_le_abs a) h) (le_trans (neg_le_abs b) k)))

/-- `|w| ≤ |w|` as a natural number. -/
theorem abs_ofInt_le (w : Int) : le (abs (ofInt w : R)) (ofNat (Int.natAbs w)) :=
  match w with
  | .ofNat m => abs_le (le_refl _)
      (le_trans (le_congr rfl (ring_eq .nil (a := zero) (b := neg zero)) (neg_le_neg (ofNat_nonneg m)))
        (ofNat_nonneg m))
  | .negSucc m => abs_le
      (le_trans (le_congr (ofInt_negSucc m) (ring_eq .nil (a := zero) (b := neg zero))
        (neg_le_neg (ofNat_nonneg (Nat.succ m)))) (ofNat_nonneg (Nat.succ m)))
      (le_of_eq (Eq.trans (congrArg neg (ofInt_negSucc m))
        (ring_eq (vars1 (ofNat (Nat.succ m))) (b := ofNat (Nat.succ m)))))

/-! ## One ReLU -/

/-- The slopes of a ReLU over twice its argument's way: 0, 1 or 2; 0 and 2 where the argument `ζ` is further
from 0 than `lo`, or on that side at the point while its weight is certainly not negative: a ReLU is never
below its tangents. -/
noncomputable def slopeOk (τ lo : Nat) (ζ : Int) (sure : Bool) : Bool :=
  match τ with
  | 0 => pick sure (intBle ζ (Int.ofNat 0)) (intBle (Int.ofNat lo) (Int.neg ζ))
  | 1 => true
  | 2 => pick sure (intBle (Int.ofNat 0) ζ) (intBle (Int.ofNat lo) ζ)
  | .succ (.succ (.succ _)) => false

/-- `max(z + p, 0) ≤ max(z, 0) + max(p, 0)`. -/
theorem relu_add_le (z p : R) : le (sup (add z p) zero) (add (sup z zero) (sup p zero)) :=
  sup_le (add_le_add (le_sup_left z zero) (le_sup_left p zero))
    (add_nonneg (le_sup_right z zero) (le_sup_right p zero))

/-- `max(z, 0) ≤ max(z + p, 0) + max(-p, 0)`. -/
theorem relu_le_add (z p : R) :
    le (sup z zero) (add (sup (add z p) zero) (sup (neg p) zero)) :=
  le_congr (congrArg (fun t => sup t zero)
      (ring_eq (vars2 z p) (a := z) (b := add (add z p) (neg p)))) rfl
    (relu_add_le (add z p) (neg p))

/-- `max(p, 0) + max(p, 0) - p ≤ c` where `|p| ≤ c`. -/
theorem twice_relu_le {p c : R} (h : le (abs p) c) :
    le (sub (add (sup p zero) (sup p zero)) p) c :=
  Or.elim (sup_cases p zero)
    (fun e => le_trans (le_of_eq (Eq.trans (congrArg (fun t => sub (add t t) p) e)
      (ring_eq (vars1 p) (a := sub (add p p) p) (b := p)))) (le_trans (le_abs p) h))
    (fun e => le_trans (le_of_eq (Eq.trans (congrArg (fun t => sub (add t t) p) e)
      (ring_eq (vars1 p) (a := sub (add zero zero) p) (b := neg p)))) (le_trans (neg_le_abs p) h))

/-- Where `|p| ≤ lo`, twice the change of a ReLU is that of its argument up to `lo`, and its change at most
`lo`. -/
theorem relu_rest {lo : Nat} {z p : R} (hp : le (abs p) (ofNat lo)) :
    And
      (le (abs (sub (add (sub (sup (add z p) zero) (sup z zero)) (sub (sup (add z p) zero) (sup z zero)))
        p)) (ofNat lo))
      (le (abs (sub (sup (add z p) zero) (sup z zero))) (ofNat lo)) :=
  have up : le (sub (sup (add z p) zero) (sup z zero)) (sup p zero) :=
    le_congr rfl (ring_eq (vars2 (sup z zero) (sup p zero)) (a := sup p zero)
        (b := sub (add (sup z zero) (sup p zero)) (sup z zero)))
      (add_le_add_right (neg (sup z zero)) (relu_add_le z p))
  have down : le (neg (sub (sup (add z p) zero) (sup z zero))) (sup (neg p) zero) :=
    le_congr
      (ring_eq (vars2 (sup (add z p) zero) (sup z zero))
        (a := neg (sub (sup (add z p) zero) (sup z zero)))
        (b := sub (sup z zero) (sup (add z p) zero)))
      (ring_eq (vars2 (sup (add z p) zero) (sup (neg p) zero)) (a := sup (neg p) zero)
        (b := sub (add (sup (add z p) zero) (sup (neg p) zero)) (sup (add z p) zero)))
      (add_le_add_right (neg (sup (add z p) zero)) (relu_le_add z p))
  have back : le (abs (neg p)) (ofNat lo) :=
    le_trans (abs_le (neg_le_abs p)
      (le_congr (ring_eq (vars1 p) (a := neg (neg p)) (b := p)) rfl (le_abs p))) hp
  ⟨abs_le
    (le_trans (add_le_add_right (neg p) (add_le_add up up)) (twice_relu_le hp))
    (le_trans
      (le_via (add_le_add_right (neg (neg p)) (add_le_add down down))
        (ring_eq (vars2 p (sub (sup (add z p) zero) (sup z zero)))) rfl)
      (twice_relu_le back)),
   abs_le (le_trans up (sup_le (le_trans (le_abs p) hp) (ofNat_nonneg lo)))
    (le_trans down (sup_le (le_trans (neg_le_abs p) hp) (ofNat_nonneg lo)))⟩

/-! ## One score -/

section
variable {H n a b d : Nat} {τ : Nat → Nat} {ω ζ : Nat → Int} {W J : Nat → Nat → Int} {ν μ : Nat → Nat}

/-- `Σ_h ω_h·max(ζ_h, 0)`. -/
noncomputable def gatedValue (H : Nat) (ω ζ : Nat → Int) : Int :=
  sum H (fun h => Int.mul (ω h) (sup (ζ h) (Int.ofNat 0)))

/-- Entry `j` of the gradient: `Σ_h (2·max(ζ_h, 0) W_hj + τ_h ω_h J_hj)`, twice that of the score. -/
noncomputable def gatedSlope (H : Nat) (τ : Nat → Nat) (ω ζ : Nat → Int) (W J : Nat → Nat → Int)
    (j : Nat) : Int :=
  sum H (fun h => Int.add (Int.mul (Int.mul (Int.ofNat 2) (sup (ζ h) (Int.ofNat 0))) (W h j))
    (Int.mul (Int.mul (Int.ofNat (τ h)) (ω h)) (J h j)))

/-- What a head takes off at most: nothing where it is off; `b |ω| α μ + 2 α ν α μ` where its side may
change; `α² (ν μ - ⟨W, J⟩)` where it is on, half of the product of the lengths if the rows are orthogonal. -/
noncomputable def headRest (n α b τ ν μ : Nat) (ω : Int) (W J : Nat → Int) : Int :=
  match τ with
  | 0 => Int.ofNat 0
  | 1 => Int.ofNat (Nat.add (Nat.mul (Nat.mul b (Int.natAbs ω)) (Nat.mul α μ))
      (Nat.mul 2 (Nat.mul (Nat.mul α ν) (Nat.mul α μ))))
  | .succ (.succ _) => Int.mul (Int.ofNat (Nat.mul α α))
      (Int.add (Int.ofNat (Nat.mul ν μ)) (Int.neg (dot n W J)))

/-- What a score may fall short of its linear function: the sum over its heads. -/
noncomputable def gatedRest (H n α b : Nat) (τ : Nat → Nat) (ω : Nat → Int) (W J : Nat → Nat → Int)
    (ν μ : Nat → Nat) : Int :=
  sum H (fun h => headRest n α b (τ h) (ν h) (μ h) (ω h) (W h) (J h))

/-- A row of length `ν` moves by at most `ν` times the way: `b d |⟨w, e⟩| ≤ a d ν`. -/
theorem row_moves {w : Nat → Int} {c : Nat} {e : Vec R}
    (he : le (mul (sq (ofNat b)) (normSq n e)) (sq (ofNat a)))
    (hw : Eq (intBle (normSq n w) (Int.ofNat (Nat.mul c c))) true) :
    le (abs (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (w j)) e)))
      (ofNat (Nat.mul (Nat.mul a d) c)) :=
  have length : le (normSq n (fun j => (ofInt (w j) : R))) (sq (ofNat c)) :=
    le_via (ofInt_le (R := R) (int_le_of_ble hw))
      (Eq.symm (Eq.trans (ofInt_sum n (fun j => Int.mul (w j) (w j)))
        (sum_ext n (fun j => ofInt_mul (w j) (w j)))))
      (Eq.symm (ofNat_mul c c))
  have product := le_trans
    (mul_le_mul_left (mul_nonneg (sq_nonneg (ofNat b)) (sq_nonneg (ofNat d)))
      (cauchy_schwarz n (fun j => ofInt (w j)) e))
    (le_via
      (mul_le_mul_left (sq_nonneg (ofNat d))
        (mul_le_mul (sq_nonneg (ofNat c))
          (mul_nonneg (sq_nonneg (ofNat b)) (normSq_nonneg n e)) length he))
      (ring_eq (vars4 (ofNat b) (ofNat d) (normSq n (fun j => (ofInt (w j) : R))) (normSq n e))
        (a := mul (mul (sq (ofNat b)) (sq (ofNat d)))
          (mul (normSq n (fun j => ofInt (w j))) (normSq n e)))
        (b := mul (sq (ofNat d)) (mul (normSq n (fun j => ofInt (w j)))
          (mul (sq (ofNat b)) (normSq n e)))))
      (ring_eq (vars3 (ofNat a) (ofNat c) (ofNat d))
        (a := sq (mul (mul (ofNat a) (ofNat d)) (ofNat c)))
        (b := mul (sq (ofNat d)) (mul (sq (ofNat c)) (sq (ofNat a))))))
  abs_le_of_sq_le_sq (ofNat_nonneg _)
    (le_via product
      (ring_eq (vars3 (ofNat b) (ofNat d) (dot n (fun j => ofInt (w j)) e))
        (a := sq (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (w j)) e)))
        (b := mul (mul (sq (ofNat b)) (sq (ofNat d))) (sq (dot n (fun j => ofInt (w j)) e))))
      (congrArg sq (Eq.trans (ofNat_mul _ c) (congrArg (fun t => mul t (ofNat c)) (ofNat_mul a d)))))

/-- The product of two rows' ways: `2 ⟨u, e⟩ ⟨v, e⟩ ≥ -(ν μ - ⟨u, v⟩) ‖e‖²` for `‖u‖ ≤ ν`, `‖v‖ ≤ μ`, both
positive. -/
theorem product_moves {n : Nat} {u v e : Vec R} {ν μ : R} (hν : lt zero ν) (hμ : lt zero μ)
    (hu : le (normSq n u) (sq ν)) (hv : le (normSq n v) (sq μ)) :
    le zero (add (mul (sub (mul ν μ) (dot n u v)) (normSq n e))
      (mul (add one one) (mul (dot n u e) (dot n v e)))) :=
  -- `‖μ u - ν v‖² ≤ 2 ν μ (ν μ - ⟨u, v⟩)`
  have short : le (normSq n (vadd (vsmul μ u) (vsmul (neg ν) v)))
      (mul (add one one) (mul (mul ν μ) (sub (mul ν μ) (dot n u v)))) :=
    le_via
      (add_le_add_right (neg (mul (add one one) (mul (mul ν μ) (dot n u v))))
        (add_le_add (mul_le_mul_left (sq_nonneg μ) hu) (mul_le_mul_left (sq_nonneg ν) hv)))
      (Eq.trans (normSq_add n _ _)
        (Eq.trans
          (congr2 add
            (congr2 add (normSq_smul n μ u)
              (congrArg (fun t => add t t) (Eq.trans (dot_smul_left n μ u _)
                (congrArg (mul μ) (Eq.trans (dot_comm n u _)
                  (Eq.trans (dot_smul_left n (neg ν) v u) (congrArg (mul (neg ν)) (dot_comm n v u))))))))
            (normSq_smul n (neg ν) v))
          (ring_eq (vars5 ν μ (normSq n u) (normSq n v) (dot n u v)))))
      (ring_eq (vars3 ν μ (dot n u v)))
  have way : Eq (dot n (vadd (vsmul μ u) (vsmul (neg ν) v)) e)
      (sub (mul μ (dot n u e)) (mul ν (dot n v e))) :=
    Eq.trans (dot_add_left n _ _ e)
      (Eq.trans (congr2 add (dot_smul_left n μ u e) (dot_smul_left n (neg ν) v e))
        (ring_eq (vars4 μ (dot n u e) ν (dot n v e))))
  have cs : le (sq (sub (mul μ (dot n u e)) (mul ν (dot n v e))))
      (mul (mul (add one one) (mul (mul ν μ) (sub (mul ν μ) (dot n u v)))) (normSq n e)) :=
    le_trans (le_congr (congrArg sq (Eq.symm way)) rfl
        (cauchy_schwarz n (vadd (vsmul μ u) (vsmul (neg ν) v)) e))
      (mul_le_mul_right (normSq_nonneg n e) short)
  -- `-4 μ ν a b ≤ (μ a - ν b)²`
  le_of_mul_le_mul_left (mul_pos (add_pos zero_lt_one zero_le_one) (mul_pos hν hμ))
    (le_via
      (add_nonneg (sq_nonneg (add (mul μ (dot n u e)) (mul ν (dot n v e)))) (sub_nonneg cs))
      (mul_zero _)
      (ring_eq (vars6 ν μ (dot n u e) (dot n v e) (dot n u v) (normSq n e))))

/-- A choice that is true has its first part true, and its condition, or its second part. -/
theorem pick_either {s x y : Bool} (h : Eq (pick s x y) true) :
    Or (And (Eq s true) (Eq x true)) (Eq y true) :=
  match s, h with
  | true, h => Or.inl ⟨rfl, h⟩
  | false, h => Or.inr h

/-- The length of a stored row. -/
theorem row_length {n c : Nat} {w : Nat → Int}
    (hw : Eq (intBle (normSq n w) (Int.ofNat (Nat.mul c c))) true) :
    le (normSq n (fun j => (ofInt (w j) : R))) (sq (ofNat c)) :=
  le_via (ofInt_le (R := R) (int_le_of_ble hw))
    (Eq.symm (Eq.trans (ofInt_sum n (fun j => Int.mul (w j) (w j)))
      (sum_ext n (fun j => ofInt_mul (w j) (w j)))))
    (Eq.symm (ofNat_mul c c))

/-- A head that is off. -/
theorem head_off {A Z r p ρ : R} (hZ : le Z zero) (h : le zero (mul (add A r) ρ)) :
    le (sub (add (mul (add one one) (mul A (sup Z zero)))
        (add (mul (add one one) (mul (sup Z zero) r)) (mul (mul (ofNat 0) A) p))) (ofInt (Int.ofNat 0)))
      (mul (add one one) (mul (add A r) ρ)) :=
  le_congr
    (Eq.trans
      (congr2 (fun s t => sub (add (mul (add one one) (mul A t))
          (add (mul (add one one) (mul t r)) (mul (mul s A) p))) s)
        ofNat_zero (sup_of_le hZ))
      (ring_eq (vars3 A r p) (b := zero))) rfl
    (mul_nonneg (add_nonneg zero_le_one zero_le_one) h)

/-- The product of two stored rows' ways, over the radius. -/
theorem rows_product {u v : Nat → Int} {ν μ : Nat} {e : Vec R}
    (he : le (mul (sq (ofNat b)) (normSq n e)) (sq (ofNat a)))
    (hν : Eq (and (Nat.ble 1 ν) (intBle (normSq n u) (Int.ofNat (Nat.mul ν ν)))) true)
    (hμ : Eq (and (Nat.ble 1 μ) (intBle (normSq n v) (Int.ofNat (Nat.mul μ μ)))) true) :
    le zero (add (ofInt (Int.mul (Int.ofNat (Nat.mul (Nat.mul a d) (Nat.mul a d)))
        (Int.add (Int.ofNat (Nat.mul ν μ)) (Int.neg (dot n u v)))))
      (mul (add one one) (mul (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (u j)) e))
        (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (v j)) e))))) :=
  have hu := row_length (R := R) (bool_and hν).right
  have hv := row_length (R := R) (bool_and hμ).right
  have apart : le (dot n (fun j => (ofInt (u j) : R)) (fun j => ofInt (v j)))
      (mul (ofNat ν) (ofNat μ)) :=
    le_of_sq_le_sq (mul_nonneg (ofNat_nonneg ν) (ofNat_nonneg μ))
      (le_via (le_trans (cauchy_schwarz n _ _)
          (mul_le_mul (sq_nonneg (ofNat ν)) (normSq_nonneg n _) hu hv))
        rfl (ring_eq (vars2 (ofNat ν) (ofNat μ)) (a := sq (mul (ofNat ν) (ofNat μ)))
          (b := mul (sq (ofNat ν)) (sq (ofNat μ)))))
  have image : Eq (ofInt (Int.mul (Int.ofNat (Nat.mul (Nat.mul a d) (Nat.mul a d)))
      (Int.add (Int.ofNat (Nat.mul ν μ)) (Int.neg (dot n u v)))) : R)
      (mul (sq (mul (ofNat a) (ofNat d))) (sub (mul (ofNat ν) (ofNat μ))
        (dot n (fun j => ofInt (u j)) (fun j => ofInt (v j))))) :=
    Eq.trans (ofInt_mul _ _) (congr2 mul
      (Eq.trans (ofNat_mul _ _) (congrArg sq (ofNat_mul a d)))
      (Eq.trans (ofInt_add _ _) (congr2 add (ofNat_mul ν μ)
        (Eq.trans (ofInt_neg _) (congrArg neg (Eq.trans (ofInt_sum n (fun j => Int.mul (u j) (v j)))
          (sum_ext n (fun j => ofInt_mul (u j) (v j)))))))))
  have least := mul_le_mul_left (sq_nonneg (mul (ofNat b) (ofNat d)))
    (product_moves (e := e) (ofNat_pos (bool_and hν).left) (ofNat_pos (bool_and hμ).left) hu hv)
  le_trans
    (le_congr (Eq.symm (mul_zero _)) rfl least)
    (le_via
      (add_le_add_right
        (mul (add one one) (mul (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (u j)) e))
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (v j)) e))))
        (mul_le_mul_left (mul_nonneg (sq_nonneg (ofNat d)) (sub_nonneg apart)) he))
      (ring_eq (vars6 (ofNat b) (ofNat d) (normSq n e) (dot n (fun j => ofInt (u j)) e)
          (dot n (fun j => ofInt (v j)) e)
          (sub (mul (ofNat ν) (ofNat μ)) (dot n (fun j => ofInt (u j)) (fun j => ofInt (v j))))))
      (congrArg (fun t => add t _) (Eq.trans image
        (ring_eq (vars3 (ofNat a) (ofNat d)
            (sub (mul (ofNat ν) (ofNat μ)) (dot n (fun j => ofInt (u j)) (fun j => ofInt (v j)))))
          (b := mul (mul (sq (ofNat d)) (sub (mul (ofNat ν) (ofNat μ))
            (dot n (fun j => ofInt (u j)) (fun j => ofInt (v j))))) (sq (ofNat a)))))))

/-- A head that is on: its linear function is at most what the product of the ways takes off above it. -/
theorem head_on {A Z r p ρ k : R} (hZ : le zero Z) (hr : le zero (add k (mul (add one one) (mul r p))))
    (h : le (mul (add A r) (add Z p)) (mul (add A r) ρ)) :
    le (sub (add (mul (add one one) (mul A (sup Z zero)))
        (add (mul (add one one) (mul (sup Z zero) r)) (mul (mul (add one one) A) p))) k)
      (mul (add one one) (mul (add A r) ρ)) :=
  le_trans
    (le_of_add hr (Eq.trans
      (congrArg (fun t => add (sub (add (mul (add one one) (mul A t))
          (add (mul (add one one) (mul t r)) (mul (mul (add one one) A) p))) k)
        (add k (mul (add one one) (mul r p)))) (sup_of_ge hZ))
      (ring_eq (vars5 A Z r p k)
        (b := mul (add one one) (mul (add A r) (add Z p))))))
    (mul_le_mul_left (add_nonneg zero_le_one zero_le_one) h)

/-- A head whose side may change. -/
theorem head_unsure {A Z r p : R} {c k l : Nat} (hA : le (abs A) (ofNat c)) (hr : le (abs r) (ofNat k))
    (hp : le (abs p) (ofNat l)) :
    le (sub (add (mul (add one one) (mul A (sup Z zero)))
        (add (mul (add one one) (mul (sup Z zero) r)) (mul (mul (ofNat 1) A) p)))
        (ofNat (Nat.add (Nat.mul c l) (Nat.mul 2 (Nat.mul k l)))))
      (mul (add one one) (mul (add A r) (sup (add Z p) zero))) :=
  have rest := relu_rest (z := Z) hp
  have change := abs_mul_le hr rest.right
  have most := le_trans (neg_le_abs _)
    (abs_add_le (abs_mul_le hA rest.left) (abs_add_le change change))
  have number : Eq (ofNat (Nat.add (Nat.mul c l) (Nat.mul 2 (Nat.mul k l))) : R)
      (add (mul (ofNat c) (ofNat l)) (add (mul (ofNat k) (ofNat l)) (mul (ofNat k) (ofNat l)))) :=
    Eq.trans (ofNat_add _ _) (congr2 add (ofNat_mul c l)
      (Eq.trans (ofNat_mul 2 _) (Eq.trans (congr2 mul ofNat_two (ofNat_mul k l))
        (ring_eq (vars1 (mul (ofNat k) (ofNat l)))
          (a := mul (add one one) (mul (ofNat k) (ofNat l)))))))
  le_of_sub_nonneg (le_congr rfl
    (Eq.trans
      (congr2 (fun s t => sub (mul (add one one) (mul (add A r) (sup (add Z p) zero)))
          (sub (add (mul (add one one) (mul A (sup Z zero)))
            (add (mul (add one one) (mul (sup Z zero) r)) (mul (mul s A) p))) t))
        ofNat_one number)
      (ring_eq (vars6 A r p (sup (add Z p) zero) (sup Z zero)
          (add (mul (ofNat c) (ofNat l)) (add (mul (ofNat k) (ofNat l)) (mul (ofNat k) (ofNat l)))))
        (b := sub (add (mul (ofNat c) (ofNat l)) (add (mul (ofNat k) (ofNat l)) (mul (ofNat k) (ofNat l))))
          (neg (add
            (mul A (sub (add (sub (sup (add Z p) zero) (sup Z zero))
              (sub (sup (add Z p) zero) (sup Z zero))) p))
            (add (mul r (sub (sup (add Z p) zero) (sup Z zero)))
              (mul r (sub (sup (add Z p) zero) (sup Z zero)))))))))
    (sub_nonneg most))

/-- One head: twice its score at the moved point, times `(b d)²`, is at least its linear function less its
rest. -/
theorem head_moves {τ ν μ : Nat} {ω ζ : Int} {W J : Nat → Int} {w z : R} {e : Vec R}
    (he : le (mul (sq (ofNat b)) (normSq n e)) (sq (ofNat a)))
    (hw : Eq (mul (mul (ofNat b) (ofNat d)) w) (add (mul (ofNat b) (ofInt ω))
      (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e))))
    (hz : Eq (mul (mul (ofNat b) (ofNat d)) z) (add (mul (ofNat b) (ofInt ζ))
      (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e))))
    (hν : Eq (and (Nat.ble 1 ν) (intBle (normSq n W) (Int.ofNat (Nat.mul ν ν)))) true)
    (hμ : Eq (and (Nat.ble 1 μ) (intBle (normSq n J) (Int.ofNat (Nat.mul μ μ)))) true)
    (hs : Eq (slopeOk τ (Nat.mul (Nat.mul a d) μ) (Int.mul (Int.ofNat b) ζ)
      (intBle (Int.ofNat (Nat.mul (Nat.mul a d) ν)) (Int.mul (Int.ofNat b) ω))) true) :
    le (sub
      (add (mul (add one one) (mul (sq (ofNat b)) (mul (ofInt ω) (sup (ofInt ζ) zero))))
        (mul (ofNat b) (add (mul (add one one) (mul (sup (ofInt ζ) zero)
            (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e))))
          (mul (mul (ofNat τ) (ofInt ω))
            (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e))))))
      (ofInt (headRest n (Nat.mul a d) b τ ν μ ω W J)))
      (mul (mul (add one one) (sq (mul (ofNat b) (ofNat d)))) (mul w (sup z zero))) :=
  have image : Eq (ofInt (Int.mul (Int.ofNat b) ζ) : R) (mul (ofNat b) (ofInt ζ)) := ofInt_mul _ _
  have weight : Eq (ofInt (Int.mul (Int.ofNat b) ω) : R) (mul (ofNat b) (ofInt ω)) := ofInt_mul _ _
  have start : Eq (mul (ofNat b) (sup (ofInt ζ) zero)) (sup (ofInt (Int.mul (Int.ofNat b) ζ)) zero) :=
    Eq.trans (mul_sup (ofNat_nonneg b) (ofInt ζ) zero)
      (congr2 sup (Eq.symm image) (mul_zero (ofNat b)))
  have moved : Eq (mul (mul (ofNat b) (ofNat d)) (sup z zero))
      (sup (add (ofInt (Int.mul (Int.ofNat b) ζ))
        (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e))) zero) :=
    Eq.trans (mul_sup (mul_nonneg (ofNat_nonneg b) (ofNat_nonneg d)) z zero)
      (congr2 sup (Eq.trans hz (congrArg (fun t => add t _) (Eq.symm image))) (mul_zero _))
  have hr := row_moves (d := d) he (bool_and hν).right
  have hp := row_moves (d := d) he (bool_and hμ).right
  have up : Eq (mul (mul (add one one) (sq (mul (ofNat b) (ofNat d)))) (mul w (sup z zero)))
      (mul (add one one) (mul (add (mul (ofNat b) (ofInt ω))
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e)))
        (sup (add (ofInt (Int.mul (Int.ofNat b) ζ))
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e))) zero))) :=
    Eq.trans
      (ring_eq (vars4 (ofNat b) (ofNat d) w (sup z zero))
        (a := mul (mul (add one one) (sq (mul (ofNat b) (ofNat d)))) (mul w (sup z zero)))
        (b := mul (add one one) (mul (mul (mul (ofNat b) (ofNat d)) w)
          (mul (mul (ofNat b) (ofNat d)) (sup z zero)))))
      (congr2 (fun s t => mul (add one one) (mul s t)) hw moved)
  have main : Eq (add (mul (add one one) (mul (sq (ofNat b)) (mul (ofInt ω) (sup (ofInt ζ) zero))))
      (mul (ofNat b) (add (mul (add one one) (mul (sup (ofInt ζ) zero)
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e))))
        (mul (mul (ofNat τ) (ofInt ω))
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e))))))
      (add (mul (add one one) (mul (mul (ofNat b) (ofInt ω))
          (sup (ofInt (Int.mul (Int.ofNat b) ζ)) zero)))
        (add (mul (add one one) (mul (sup (ofInt (Int.mul (Int.ofNat b) ζ)) zero)
            (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e))))
          (mul (mul (ofNat τ) (mul (ofNat b) (ofInt ω)))
            (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e))))) :=
    Eq.trans
      (ring_eq (vars6 (ofNat b) (ofInt ω) (sup (ofInt ζ) zero)
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e)) (ofNat τ)
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e)))
        (b := add (mul (add one one) (mul (mul (ofNat b) (ofInt ω))
            (mul (ofNat b) (sup (ofInt ζ) zero))))
          (add (mul (add one one) (mul (mul (ofNat b) (sup (ofInt ζ) zero))
              (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e))))
            (mul (mul (ofNat τ) (mul (ofNat b) (ofInt ω)))
              (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e))))))
      (congrArg (fun t => add (mul (add one one) (mul (mul (ofNat b) (ofInt ω)) t))
        (add (mul (add one one) (mul t
            (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e))))
          (mul (mul (ofNat τ) (mul (ofNat b) (ofInt ω)))
            (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e))))) start)
  have size : le (abs (mul (ofNat b) (ofInt ω) : R)) (ofNat (Nat.mul b (Int.natAbs ω))) :=
    le_trans (abs_mul_le (abs_le (le_refl (ofNat b))
        (le_trans (le_congr rfl (ring_eq .nil (a := zero) (b := neg zero))
          (neg_le_neg (ofNat_nonneg b))) (ofNat_nonneg b))) (abs_ofInt_le ω))
      (le_of_eq (Eq.symm (ofNat_mul b _)))
  have positive (s : Eq (intBle (Int.ofNat (Nat.mul (Nat.mul a d) ν)) (Int.mul (Int.ofNat b) ω)) true) :
      le zero (add (mul (ofNat b) (ofInt ω))
        (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e))) :=
    le_congr rfl
      (ring_eq (vars2 (mul (ofNat b) (ofInt ω))
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e)))
        (b := sub (mul (ofNat b) (ofInt ω))
          (neg (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e)))))
      (sub_nonneg (le_trans (le_trans (neg_le_abs _) hr)
        (le_congr rfl (Eq.symm weight) (ofInt_le (int_le_of_ble s)))))
  le_congr (congrArg (fun t => sub t _) main) up
    (match τ, hs with
    | 0, hs => Or.elim (pick_either hs)
      (fun c => head_off (le_congr rfl (Eq.symm ofInt_zero) (ofInt_le (int_le_of_ble c.right)))
        (mul_nonneg (positive c.left) (le_sup_right _ _)))
      (fun c =>
        have away : le (ofNat (Nat.mul (Nat.mul a d) μ)) (neg (ofInt (Int.mul (Int.ofNat b) ζ)) : R) :=
          le_via (ofInt_le (R := R) (int_le_of_ble c)) rfl (Eq.symm (ofInt_neg _))
        head_off
          (le_congr (ring_eq (vars1 (ofInt (Int.mul (Int.ofNat b) ζ)))
              (a := ofInt (Int.mul (Int.ofNat b) ζ)) (b := neg (neg (ofInt (Int.mul (Int.ofNat b) ζ)))))
            (ring_eq .nil (a := zero) (b := neg zero))
            (neg_le_neg (le_trans (ofNat_nonneg _) away)))
          (le_of_eq (Eq.symm (Eq.trans
            (congrArg (mul _) (sup_of_le (le_via
              (add_le_add_left (ofInt (Int.mul (Int.ofNat b) ζ)) (le_trans (le_trans (le_abs _) hp) away))
              rfl
              (ring_eq (vars1 (ofInt (Int.mul (Int.ofNat b) ζ))) (a := zero)
                (b := add (ofInt (Int.mul (Int.ofNat b) ζ))
                  (neg (ofInt (Int.mul (Int.ofNat b) ζ))))))))
            (mul_zero _)))))
    | 1, _ => head_unsure size hr hp
    | 2, hs => Or.elim (pick_either hs)
      (fun c => le_via
        (head_on (le_congr (Eq.symm ofInt_zero) rfl (ofInt_le (int_le_of_ble c.right)))
          (rows_product he hν hμ)
          (mul_le_mul_left (positive c.left) (le_sup_left _ _)))
        (congrArg (fun t => sub (add _ (add _ (mul (mul t _) _))) _) ofNat_two) rfl)
      (fun c =>
        have away : le (ofNat (Nat.mul (Nat.mul a d) μ)) (ofInt (Int.mul (Int.ofNat b) ζ) : R) :=
          ofInt_le (int_le_of_ble c)
        le_via
          (head_on (le_trans (ofNat_nonneg _) away) (rows_product he hν hμ)
            (le_of_eq (congrArg (mul _) (Eq.symm (sup_of_ge (le_congr rfl
              (ring_eq (vars3 (ofInt (Int.mul (Int.ofNat b) ζ))
                  (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e))
                  (ofNat (Nat.mul (Nat.mul a d) μ)))
                (a := add (ofInt (Int.mul (Int.ofNat b) ζ))
                  (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e)))
                (b := sub (add (ofInt (Int.mul (Int.ofNat b) ζ)) (ofNat (Nat.mul (Nat.mul a d) μ)))
                  (add (ofNat (Nat.mul (Nat.mul a d) μ))
                    (neg (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J j)) e))))))
              (sub_nonneg (add_le_add away (le_trans (neg_le_abs _) hp)))))))))
          (congrArg (fun t => sub (add _ (add _ (mul (mul t _) _))) _) ofNat_two) rfl)
    | .succ (.succ (.succ _)), hs => bool_absurd (Eq.symm hs))

/-- `⟨G, e⟩ = Σ_h (2·max(ζ_h, 0) ⟨W_h, e⟩ + τ_h ω_h ⟨J_h, e⟩)`. -/
theorem gatedSlope_dot (H n : Nat) (τ : Nat → Nat) (ω ζ : Nat → Int) (W J : Nat → Nat → Int)
    (e : Vec R) :
    Eq (dot n (fun j => ofInt (gatedSlope H τ ω ζ W J j)) e)
      (sum H (fun h => add
        (mul (add one one) (mul (sup (ofInt (ζ h)) zero) (dot n (fun j => ofInt (W h j)) e)))
        (mul (mul (ofNat (τ h)) (ofInt (ω h))) (dot n (fun j => ofInt (J h j)) e)))) :=
  have part (u : Int) : Eq (ofInt (sup u (Int.ofNat 0)) : R) (sup (ofInt u) zero) :=
    Eq.trans (ofInt_sup u (Int.ofNat 0)) (congrArg (sup (ofInt u)) ofInt_zero)
  have entry (h j : Nat) : Eq
      (mul (ofInt (Int.add (Int.mul (Int.mul (Int.ofNat 2) (sup (ζ h) (Int.ofNat 0))) (W h j))
        (Int.mul (Int.mul (Int.ofNat (τ h)) (ω h)) (J h j))) : R) (e j))
      (add (mul (mul (add one one) (sup (ofInt (ζ h)) zero)) (mul (ofInt (W h j)) (e j)))
        (mul (mul (ofNat (τ h)) (ofInt (ω h))) (mul (ofInt (J h j)) (e j)))) :=
    Eq.trans
      (congrArg (fun t => mul t (e j))
        (Eq.trans (ofInt_add _ _) (congr2 add
          (Eq.trans (ofInt_mul _ (W h j)) (congrArg (fun t => mul t (ofInt (W h j)))
            (Eq.trans (ofInt_mul _ _) (congr2 mul ofNat_two (part (ζ h))))))
          (Eq.trans (ofInt_mul _ (J h j)) (congrArg (fun t => mul t (ofInt (J h j)))
            (ofInt_mul (Int.ofNat (τ h)) (ω h)))))))
      (ring_eq (vars5 (mul (add one one) (sup (ofInt (ζ h)) zero)) (ofInt (W h j))
          (mul (ofNat (τ h)) (ofInt (ω h))) (ofInt (J h j)) (e j))
        (a := mul (add (mul (mul (add one one) (sup (ofInt (ζ h)) zero)) (ofInt (W h j)))
          (mul (mul (ofNat (τ h)) (ofInt (ω h))) (ofInt (J h j)))) (e j)))
  Eq.trans
    (sum_ext n (fun j => Eq.trans
      (congrArg (fun t => mul t (e j)) (ofInt_sum H (fun h =>
        Int.add (Int.mul (Int.mul (Int.ofNat 2) (sup (ζ h) (Int.ofNat 0))) (W h j))
          (Int.mul (Int.mul (Int.ofNat (τ h)) (ω h)) (J h j)))))
      (Eq.trans (Eq.symm (sum_mul_right H (e j) _)) (sum_ext H (fun h => entry h j)))))
    (Eq.trans (sum_comm n H _)
      (sum_ext H (fun h => Eq.trans (sum_add n _ _)
        (congr2 add
          (Eq.trans (sum_mul_left n (mul (add one one) (sup (ofInt (ζ h)) zero)) _)
            (mul_assoc _ _ _))
          (sum_mul_left n (mul (ofNat (τ h)) (ofInt (ω h))) _)))))

/-- A value near a stored one: `b d w' = b ω + b d ⟨W, e⟩`, from `d w' = ω + d ⟨W, e⟩`. -/
theorem near_value {ω : Int} {w y : R} (h : Eq (mul (ofNat d) w) (add (ofInt ω) (mul (ofNat d) y))) :
    Eq (mul (mul (ofNat b) (ofNat d)) w)
      (add (mul (ofNat b) (ofInt ω)) (mul (mul (ofNat b) (ofNat d)) y)) :=
  Eq.trans (mul_assoc _ _ _) (Eq.trans (congrArg (mul (ofNat b)) h)
    (ring_eq (vars4 (ofNat b) (ofNat d) (ofInt ω) y)
      (a := mul (ofNat b) (add (ofInt ω) (mul (ofNat d) y)))))

/-- The check of one token's heads: every slope is right, no row is longer than is said. -/
noncomputable def headsOk (H n α b : Nat) (τ : Nat → Nat) (ω ζ : Nat → Int) (J : Nat → Nat → Int)
    (ν μ : Nat → Nat) : Bool :=
  everyBelow H fun h =>
    and (slopeOk (τ h) (Nat.mul α (μ h)) (Int.mul (Int.ofNat b) (ζ h))
        (intBle (Int.ofNat (Nat.mul α (ν h))) (Int.mul (Int.ofNat b) (ω h))))
      (and (Nat.ble 1 (μ h)) (intBle (normSq n (J h)) (Int.ofNat (Nat.mul (μ h) (μ h)))))

/-- The check of the weights' rows. -/
noncomputable def weightsOk (H n : Nat) (W : Nat → Nat → Int) (ν : Nat → Nat) : Bool :=
  everyBelow H fun h =>
    and (Nat.ble 1 (ν h)) (intBle (normSq n (W h)) (Int.ofNat (Nat.mul (ν h) (ν h))))

/-- One score: within `a/b` of the point, `2 (b d)²` times it is at least `2 b² S + b² d ⟨G, e⟩` less its
rest. -/
theorem gated_moves {w z : Nat → R} {e : Vec R}
    (he : le (mul (sq (ofNat b)) (normSq n e)) (sq (ofNat a)))
    (hw : ∀ h, Nat.lt h H → Eq (mul (ofNat d) (w h))
      (add (ofInt (ω h)) (mul (ofNat d) (dot n (fun j => ofInt (W h j)) e))))
    (hz : ∀ h, Nat.lt h H → Eq (mul (ofNat d) (z h))
      (add (ofInt (ζ h)) (mul (ofNat d) (dot n (fun j => ofInt (J h j)) e))))
    (hν : Eq (weightsOk H n W ν) true) (hμ : Eq (headsOk H n (Nat.mul a d) b τ ω ζ J ν μ) true) :
    le (sub (add (mul (add one one) (mul (sq (ofNat b)) (ofInt (gatedValue H ω ζ))))
        (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
          (dot n (fun j => ofInt (gatedSlope H τ ω ζ W J j)) e))))
      (ofInt (gatedRest H n (Nat.mul a d) b τ ω W J ν μ)))
      (mul (mul (add one one) (sq (mul (ofNat b) (ofNat d)))) (gated H w z)) :=
  have each (h : Nat) (hh : Nat.lt h H) :=
    have c := bool_and (everyBelow_sound hμ h hh)
    head_moves he (near_value (b := b) (hw h hh)) (near_value (b := b) (hz h hh))
      (everyBelow_sound hν h hh) c.right c.left
  have value : Eq (mul (add one one) (mul (sq (ofNat b)) (ofInt (gatedValue H ω ζ))))
      (sum H (fun h => mul (add one one) (mul (sq (ofNat b))
        (mul (ofInt (ω h)) (sup (ofInt (ζ h)) zero))) : Nat → R)) :=
    Eq.trans
      (congrArg (fun t => mul (add one one) (mul (sq (ofNat b)) t))
        (Eq.trans (ofInt_sum H (fun h => Int.mul (ω h) (sup (ζ h) (Int.ofNat 0))))
          (sum_ext H (fun h => Eq.trans (ofInt_mul _ _) (congrArg (mul (ofInt (ω h)))
            (Eq.trans (ofInt_sup (ζ h) (Int.ofNat 0)) (congrArg (sup (ofInt (ζ h))) ofInt_zero)))))))
      (Eq.trans (congrArg (mul (add one one)) (Eq.symm (sum_mul_left H (sq (ofNat b)) _)))
        (Eq.symm (sum_mul_left H (add one one) _)))
  have slope : Eq (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
      (dot n (fun j => ofInt (gatedSlope H τ ω ζ W J j)) e)))
      (sum H (fun h => mul (ofNat b) (add
        (mul (add one one) (mul (sup (ofInt (ζ h)) zero)
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W h j)) e))))
        (mul (mul (ofNat (τ h)) (ofInt (ω h)))
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (J h j)) e)))))) :=
    Eq.trans
      (congrArg (fun t => mul (ofNat b) (mul (mul (ofNat b) (ofNat d)) t))
        (gatedSlope_dot H n τ ω ζ W J e))
      (Eq.trans (congrArg (mul (ofNat b)) (Eq.symm (sum_mul_left H (mul (ofNat b) (ofNat d)) _)))
        (Eq.trans (Eq.symm (sum_mul_left H (ofNat b) _))
          (sum_ext H (fun h => congrArg (mul (ofNat b))
            (ring_eq (vars5 (mul (ofNat b) (ofNat d)) (sup (ofInt (ζ h)) zero)
                (dot n (fun j => ofInt (W h j)) e) (mul (ofNat (τ h)) (ofInt (ω h)))
                (dot n (fun j => ofInt (J h j)) e))
              (a := mul (mul (ofNat b) (ofNat d)) (add
                (mul (add one one) (mul (sup (ofInt (ζ h)) zero)
                  (dot n (fun j => ofInt (W h j)) e)))
                (mul (mul (ofNat (τ h)) (ofInt (ω h)))
                  (dot n (fun j => ofInt (J h j)) e)))))))))
  le_via (sum_le each)
    (Eq.trans
      (congr2 sub
        (Eq.trans (congr2 add value slope) (Eq.symm (sum_add H _ _)))
        (ofInt_sum H (fun h => headRest n (Nat.mul a d) b (τ h) (ν h) (μ h) (ω h) (W h) (J h))))
      (Eq.symm (sum_sub H _ _)))
    (Eq.symm (sum_mul_left H _ (fun h => mul (w h) (sup (z h) zero))))

end

/-! ## Two scores, and the selection -/

/-- What a gap of two scores leaves, the second one with its sign changed: `2 b² (S + S') - (r + r')`. -/
noncomputable def gapLeft (b : Nat) (S S' r r' : Int) : Int :=
  Int.add (Int.mul (Int.ofNat (Nat.mul 2 (Nat.mul b b))) (Int.add S S')) (Int.neg (Int.add r r'))

/-- Whether it stays open: `L ≥ 0` is left of it, and `(b α)² ‖G + G'‖² < L²`. -/
noncomputable def gapStays (n b α : Nat) (L : Int) (G G' : Nat → Int) : Bool :=
  and (intBle (Int.ofNat 0) L)
    (intBle (Int.add (Int.mul (Int.ofNat (Nat.mul (Nat.mul b α) (Nat.mul b α)))
      (normSq n (vadd G G'))) (Int.ofNat 1)) (Int.mul L L))

section
variable {H n a b d : Nat}

/-- `b² g² ≤ ‖G + G'‖² a²`, and so `|b·(b d)·g| < L`: a gap that stays open is positive. -/
theorem gap_positive {L : Int} {G G' : Nat → Int} {e : Vec R}
    (he : le (mul (sq (ofNat b)) (normSq n e)) (sq (ofNat a)))
    (h : Eq (gapStays n b (Nat.mul a d) L G G') true) :
    lt zero (add (ofInt L) (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
      (add (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e))))) :=
  have c := bool_and h
  have whole : le (zero : R) (ofInt L) :=
    le_congr (Eq.symm ofInt_zero) rfl (ofInt_le (int_le_of_ble c.left))
  have joint : Eq (add (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e))
      (dot n (fun j => (ofInt (vadd G G' j) : R)) e) :=
    Eq.trans (Eq.symm (dot_add_left n _ _ e))
      (dot_congr (fun j _ => Eq.symm (ofInt_add (G j) (G' j))) (fun _ _ => rfl))
  have length : Eq (normSq n (fun j => (ofInt (vadd G G' j) : R))) (ofInt (normSq n (vadd G G'))) :=
    Eq.symm (Eq.trans (ofInt_sum n (fun j => Int.mul (vadd G G' j) (vadd G G' j)))
      (sum_ext n (fun j => ofInt_mul (vadd G G' j) (vadd G G' j))))
  have number : Eq (ofNat (Nat.mul (Nat.mul b (Nat.mul a d)) (Nat.mul b (Nat.mul a d))) : R)
      (sq (mul (ofNat b) (mul (ofNat a) (ofNat d)))) :=
    Eq.trans (ofNat_mul _ _) (congrArg sq
      (Eq.trans (ofNat_mul b _) (congrArg (mul (ofNat b)) (ofNat_mul a d))))
  have most : le (sq (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
      (add (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e)))))
      (mul (sq (mul (ofNat b) (mul (ofNat a) (ofNat d)))) (ofInt (normSq n (vadd G G')))) :=
    le_via
      (le_trans
        (mul_le_mul_left
          (mul_nonneg (sq_nonneg (ofNat b)) (mul_nonneg (sq_nonneg (ofNat b)) (sq_nonneg (ofNat d))))
          (cauchy_schwarz n (fun j => (ofInt (vadd G G' j) : R)) e))
        (le_via
          (mul_le_mul_left
            (mul_nonneg (mul_nonneg (sq_nonneg (ofNat b)) (sq_nonneg (ofNat d)))
              (normSq_nonneg n (fun j => (ofInt (vadd G G' j) : R)))) he)
          (ring_eq (vars4 (ofNat b) (ofNat d) (normSq n (fun j => (ofInt (vadd G G' j) : R)))
              (normSq n e))
            (a := mul (mul (sq (ofNat b)) (mul (sq (ofNat b)) (sq (ofNat d))))
              (mul (normSq n (fun j => ofInt (vadd G G' j))) (normSq n e)))
            (b := mul (mul (mul (sq (ofNat b)) (sq (ofNat d)))
              (normSq n (fun j => ofInt (vadd G G' j)))) (mul (sq (ofNat b)) (normSq n e))))
          (ring_eq (vars4 (ofNat a) (ofNat b) (ofNat d)
              (normSq n (fun j => (ofInt (vadd G G' j) : R))))
            (a := mul (sq (mul (ofNat b) (mul (ofNat a) (ofNat d))))
              (normSq n (fun j => ofInt (vadd G G' j))))
            (b := mul (mul (mul (sq (ofNat b)) (sq (ofNat d)))
              (normSq n (fun j => ofInt (vadd G G' j)))) (sq (ofNat a))))))
      (Eq.trans
        (congrArg (fun t => sq (mul (ofNat b) (mul (mul (ofNat b) (ofNat d)) t))) joint)
        (ring_eq (vars3 (ofNat b) (ofNat d) (dot n (fun j => (ofInt (vadd G G' j) : R)) e))
          (a := sq (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
            (dot n (fun j => ofInt (vadd G G' j)) e))))
          (b := mul (mul (sq (ofNat b)) (mul (sq (ofNat b)) (sq (ofNat d))))
            (sq (dot n (fun j => ofInt (vadd G G' j)) e)))))
      (congrArg (mul _) (Eq.symm length))
  have less : le (add (mul (sq (mul (ofNat b) (mul (ofNat a) (ofNat d))))
      (ofInt (normSq n (vadd G G')))) one) (sq (ofInt L) : R) :=
    le_via (ofInt_le (R := R) (int_le_of_ble c.right))
      (Eq.symm (Eq.trans (ofInt_add _ _) (congr2 add
        (Eq.trans (ofInt_mul _ _) (congrArg (fun t => mul t _) number)) ofInt_one)))
      (Eq.symm (ofInt_mul L L))
  fun low =>
    have back : le (ofInt L) (neg (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
        (add (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e))))) :=
      le_via (add_le_add_right (neg (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
          (add (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e))))) low)
        (ring_eq (vars2 (ofInt L) (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
            (add (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e)))))
          (a := ofInt L))
        (Eq.symm (zero_add _))
    zero_lt_one (le_of_add_le_add_left _ (le_trans less (le_trans (sq_le_sq whole back)
      (le_via most (ring_eq (vars1 (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
          (add (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e)))))
        (a := sq (neg (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
          (add (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e)))))))
        (add_zero _)))))

/-- The check of one token: its heads, and that value, rest and gradient are what is said. -/
noncomputable def tokenOk (H n α b : Nat) (τ : Nat → Nat) (ω ζ : Nat → Int) (W J : Nat → Nat → Int)
    (ν μ : Nat → Nat) (S r : Int) (G : Nat → Int) : Bool :=
  and (and (headsOk H n α b τ ω ζ J ν μ) (intBeq S (gatedValue H ω ζ)))
    (and (intBle (gatedRest H n α b τ ω W J ν μ) r)
      (everyBelow n fun j => intBeq (G j) (gatedSlope H τ ω ζ W J j)))

/-- The check of all tokens: a selected one is bounded below as it is, another with its sign changed. -/
noncomputable def tokensOk (T H n α b : Nat) (l : List Nat) (τ : Nat → Nat → Nat) (ω : Nat → Int)
    (ζ : Nat → Nat → Int) (W : Nat → Nat → Int) (J : Nat → Nat → Nat → Int) (ν : Nat → Nat)
    (μ : Nat → Nat → Nat) (S r : Nat → Int) (G : Nat → Nat → Int) : Bool :=
  everyBelow T fun s => pick (oneOf l s)
    (tokenOk H n α b (τ s) ω (ζ s) W (J s) ν (μ s) (S s) (r s) (G s))
    (tokenOk H n α b (τ s) (fun h => Int.neg (ω h)) (ζ s) (fun h j => Int.neg (W h j)) (J s) ν (μ s)
      (S s) (r s) (G s))

/-- The check of a selection: the listed tokens are `k`, and every gap between one of them and another
stays open. -/
noncomputable def gapsStay (T k n b α : Nat) (l : List Nat) (S r : Nat → Int)
    (G : Nat → Nat → Int) : Bool :=
  and (Nat.beq (count T (oneOf l)) k)
    (everyBelow T fun s => pick (oneOf l s)
      (everyBelow T fun t => pick (oneOf l t) true
        (gapStays n b α (gapLeft b (S s) (S t) (r s) (r t)) (G s) (G t))) true)

/-- Two scores, `q` times the one and `q` times the other with its sign changed bounded below. -/
theorem two_scores {q i j m m' : R} (hq : le zero q) (h : le m (mul q i)) (h' : le m' (mul q (neg j)))
    (g : lt zero (add m m')) : lt zero (sub i j) :=
  pos_of_mul_pos hq (lt_of_lt_of_le g (le_via (add_le_add h h') rfl (ring_eq (vars3 q i j))))

/-- The sum of two linear functions less their rests: value and gradient apart. -/
theorem gap_split (B D s t g h r u : R) :
    Eq (add (sub (mul (add one one) (mul (sq B) (add s t))) (add r u))
        (mul B (mul (mul B D) (add g h))))
      (add (sub (add (mul (add one one) (mul (sq B) s)) (mul B (mul (mul B D) g))) r)
        (sub (add (mul (add one one) (mul (sq B) t)) (mul B (mul (mul B D) h))) u)) :=
  ring_eq (.cons r (.cons u (vars6 B D s t g h)))

/-- One token: what its check says, its score at the moved point is bounded below. -/
theorem token_moves {τ μ ν : Nat → Nat} {ω ζ : Nat → Int} {W J : Nat → Nat → Int} {S r : Int}
    {G : Nat → Int} {w z : Nat → R} {e : Vec R}
    (he : le (mul (sq (ofNat b)) (normSq n e)) (sq (ofNat a)))
    (hw : ∀ h, Nat.lt h H → Eq (mul (ofNat d) (w h))
      (add (ofInt (ω h)) (mul (ofNat d) (dot n (fun j => ofInt (W h j)) e))))
    (hz : ∀ h, Nat.lt h H → Eq (mul (ofNat d) (z h))
      (add (ofInt (ζ h)) (mul (ofNat d) (dot n (fun j => ofInt (J h j)) e))))
    (hν : Eq (weightsOk H n W ν) true)
    (ht : Eq (tokenOk H n (Nat.mul a d) b τ ω ζ W J ν μ S r G) true) :
    le (sub (add (mul (add one one) (mul (sq (ofNat b)) (ofInt S)))
        (mul (ofNat b) (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (G j)) e)))) (ofInt r))
      (mul (mul (add one one) (sq (mul (ofNat b) (ofNat d)))) (gated H w z)) :=
  have o := bool_and ht
  have p := bool_and o.left
  have q := bool_and o.right
  le_trans
    (le_congr
      (congrArg (fun t => sub t (ofInt r)) (congr2 add
        (congrArg (fun t => mul (add one one) (mul (sq (ofNat b)) (ofInt t))) (int_eq_of_beq p.right))
        (congrArg (fun t => mul (ofNat b) (mul (mul (ofNat b) (ofNat d)) t))
          (dot_congr (fun j hj => congrArg ofInt (int_eq_of_beq (everyBelow_sound q.right j hj)))
            (fun _ _ => rfl))))) rfl
      (add_le_add_left _ (neg_le_neg (ofInt_le (int_le_of_ble q.left)))))
    (gated_moves he hw hz hν p.left)

/-- The selection by weighted sums of ReLUs, near a point. Let weights and products be linear in `x`, with
the rows `W_h` and `J_sh`, and have the values `ω_h/d` and `ζ_sh/d` at `x`; let the checks say yes. Then at
every `x'` with `‖x' - x‖ ≤ a/b` the listed tokens are the only top-k set of the scores, and of the scores
times any positive number. -/
theorem gated_selection {T k : Nat} {l : List Nat} {W : Nat → Nat → Int} {ω : Nat → Int} {ν : Nat → Nat}
    {J : Nat → Nat → Nat → Int} {ζ : Nat → Nat → Int} {S r : Nat → Int} {τ μ : Nat → Nat → Nat}
    {G : Nat → Nat → Int} {x x' : Vec R} {w : Nat → R} {z : Nat → Nat → R} {c : R}
    (hc : lt zero c) (hx : WithinRatio n (ofNat a) (ofNat b) x x')
    (hw : ∀ h, Nat.lt h H → Eq (mul (ofNat d) (w h))
      (add (ofInt (ω h)) (mul (ofNat d) (dot n (fun j => ofInt (W h j)) (vsub x' x)))))
    (hz : ∀ s, Nat.lt s T → ∀ h, Nat.lt h H → Eq (mul (ofNat d) (z s h))
      (add (ofInt (ζ s h)) (mul (ofNat d) (dot n (fun j => ofInt (J s h j)) (vsub x' x)))))
    (hν : Eq (and (weightsOk H n W ν) (weightsOk H n (fun h j => Int.neg (W h j)) ν)) true)
    (ht : Eq (tokensOk T H n (Nat.mul a d) b l τ ω ζ W J ν μ S r G) true)
    (hg : Eq (gapsStay T k n b (Nat.mul a d) l S r G) true) :
    UniqueTopK T k (fun s => mul c (gated H w (z s))) (oneOf l) :=
  have changed (h : Nat) (hh : Nat.lt h H) : Eq (mul (ofNat d) (neg (w h)))
      (add (ofInt (Int.neg (ω h)))
        (mul (ofNat d) (dot n (fun j => ofInt (Int.neg (W h j))) (vsub x' x)))) :=
    have row : Eq (dot n (fun j => (ofInt (Int.neg (W h j)) : R)) (vsub x' x))
        (neg (dot n (fun j => ofInt (W h j)) (vsub x' x))) :=
      Eq.trans (sum_ext n (fun j => Eq.trans (congrArg (fun t => mul t _) (ofInt_neg (W h j)))
          (ring_eq (vars2 (ofInt (W h j)) (vsub x' x j))
            (a := mul (neg (ofInt (W h j))) (vsub x' x j))
            (b := neg (mul (ofInt (W h j)) (vsub x' x j))))))
        (sum_neg n _)
    Eq.trans (ring_eq (vars2 (ofNat d) (w h)) (b := neg (mul (ofNat d) (w h))))
      (Eq.trans (congrArg neg (hw h hh))
        (Eq.trans
          (ring_eq (vars3 (ofInt (ω h)) (ofNat d) (dot n (fun j => ofInt (W h j)) (vsub x' x)))
            (a := neg (add (ofInt (ω h)) (mul (ofNat d) (dot n (fun j => ofInt (W h j)) (vsub x' x)))))
            (b := add (neg (ofInt (ω h)))
              (mul (ofNat d) (neg (dot n (fun j => ofInt (W h j)) (vsub x' x))))))
          (congr2 add (Eq.symm (ofInt_neg (ω h))) (congrArg (mul (ofNat d)) (Eq.symm row)))))
  have opposite (s : Nat) : Eq (gated H (fun h => neg (w h)) (z s)) (neg (gated H w (z s))) :=
    Eq.trans (sum_ext H (fun h => ring_eq (vars2 (w h) (sup (z s h) zero))
      (a := mul (neg (w h)) (sup (z s h) zero)) (b := neg (mul (w h) (sup (z s h) zero)))))
      (sum_neg H _)
  have left (s t : Nat) : Eq (ofInt (gapLeft b (S s) (S t) (r s) (r t)) : R)
      (sub (mul (add one one) (mul (sq (ofNat b)) (add (ofInt (S s)) (ofInt (S t)))))
        (add (ofInt (r s)) (ofInt (r t)))) :=
    Eq.trans (ofInt_add _ _) (congr2 add
      (Eq.trans (ofInt_mul _ _) (Eq.trans
        (congr2 mul (Eq.trans (ofNat_mul 2 _) (congr2 mul ofNat_two (ofNat_mul b b)))
          (ofInt_add _ _))
        (mul_assoc _ _ _)))
      (Eq.trans (ofInt_neg _) (congrArg neg (ofInt_add (r s) (r t)))))
  unique_of_separated (Nat.eq_of_beq_eq_true (bool_and hg).left) (fun s t hs hi es et =>
    have stays := pick_false et (everyBelow_sound
      (pick_true es (everyBelow_sound (bool_and hg).right s hs)) t hi)
    have apart := two_scores
      (mul_nonneg (add_nonneg zero_le_one zero_le_one) (sq_nonneg (mul (ofNat b) (ofNat d))))
      (token_moves hx hw (hz s hs) (bool_and hν).left (pick_true es (everyBelow_sound ht s hs)))
      (le_congr rfl (congrArg (mul _) (Eq.symm (opposite t)))
        (token_moves hx changed (hz t hi) (bool_and hν).right
          (pick_false et (everyBelow_sound ht t hi))))
      (lt_congr rfl (Eq.symm (Eq.trans (congrArg (fun t => add t _) (left s t))
          (gap_split (ofNat b) (ofNat d) (ofInt (S s)) (ofInt (S t))
            (dot n (fun j => ofInt (G s j)) (vsub x' x)) (dot n (fun j => ofInt (G t j)) (vsub x' x))
            (ofInt (r s)) (ofInt (r t)))))
        (gap_positive hx stays))
    lt_of_sub_pos (lt_congr rfl
      (ring_eq (vars3 c (gated H w (z s)) (gated H w (z t)))
        (a := sub (mul c (gated H w (z s))) (mul c (gated H w (z t))))
        (b := mul c (sub (gated H w (z s)) (gated H w (z t)))))
      (mul_pos hc apart)))

end

end

/-! ## Left to the kernel

As in `StepKernelOnly.lean`. -/

set_option linter.unusedVariables false

/-- What the elaborator takes `weightsOk` for. -/
def weightsOk._sunfold (H n : Nat) (W : Nat → Nat → Int) (ν : Nat → Nat) : Bool := true

/-- What the elaborator takes `tokensOk` for. -/
def tokensOk._sunfold (T H n α b : Nat) (l : List Nat) (τ : Nat → Nat → Nat) (ω : Nat → Int)
    (ζ : Nat → Nat → Int) (W : Nat → Nat → Int) (J : Nat → Nat → Nat → Int) (ν : Nat → Nat)
    (μ : Nat → Nat → Nat) (S r : Nat → Int) (G : Nat → Nat → Int) : Bool := true

/-- What the elaborator takes `gapsStay` for. -/
def gapsStay._sunfold (T k n b α : Nat) (l : List Nat) (S r : Nat → Int) (G : Nat → Nat → Int) :
    Bool := true

end LipBridge
