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

/-- What a row takes a ReLU for: 0 off, 1 either, 2 on, each by what the ball allows; 3 off, 4 on, each
assumed. This is its slope, doubled. -/
noncomputable def slopeOf (c : Nat) : Nat :=
  match c with
  | 0 => 0
  | 1 => 1
  | 2 => 2
  | 3 => 0
  | .succ (.succ (.succ (.succ _))) => 2

/-- Whether the ball allows it: the argument `Z` is further from 0 than `lo`, or the weight is certainly not
negative, since a ReLU is never below its tangents. -/
noncomputable def sideOk (c lo : Nat) (Z : Int) (sure : Bool) : Bool :=
  match c with
  | 0 => pick sure true (intBle (Int.ofNat lo) (Int.neg Z))
  | 1 => true
  | 2 => pick sure true (intBle (Int.ofNat lo) Z)
  | 3 => true
  | 4 => true
  | .succ (.succ (.succ (.succ (.succ _)))) => false

/-- A product has the side that is assumed. -/
def Assumed (c : Nat) (z : R) : Prop := And (Eq c 3 → le z zero) (Eq c 4 → le zero z)

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

/-! ## One head

At the point `b w = A` and `b z = Z`, and the way `y` is the displacement times `b d`, at most `α` long. Where a
head is on, the product of two ways is linearized at the shift `E`. -/

section
variable {n α : Nat}

/-- The constant of a head's linear function. -/
noncomputable def headLow (n α c : Nat) (A Z : Int) (W J E : Nat → Int) (ν μ : Nat) : Int :=
  match slopeOf c with
  | 0 => Int.ofNat 0
  | 1 => Int.add (Int.mul (Int.ofNat 2) (Int.mul A (sup Z (Int.ofNat 0))))
      (Int.neg (Int.ofNat (Nat.add (Nat.mul (Int.natAbs A) (Nat.mul α μ))
        (Nat.mul 2 (Nat.mul (Nat.mul α ν) (Nat.mul α μ))))))
  | .succ (.succ _) => Int.mul (Int.ofNat 2) (Int.add (Int.mul A Z)
      (Int.neg (Int.mul (dot n W E) (dot n J E))))

/-- How much of `W` is in its slope. -/
noncomputable def headWeight (n c : Nat) (Z : Int) (J E : Nat → Int) : Int :=
  match slopeOf c with
  | 0 => Int.ofNat 0
  | 1 => Int.mul (Int.ofNat 2) (sup Z (Int.ofNat 0))
  | .succ (.succ _) => Int.mul (Int.ofNat 2) (Int.add Z (dot n J E))

/-- How much of `J` is in its slope. -/
noncomputable def headProduct (n c : Nat) (A : Int) (W E : Nat → Int) : Int :=
  match slopeOf c with
  | 0 => Int.ofNat 0
  | 1 => A
  | .succ (.succ _) => Int.mul (Int.ofNat 2) (Int.add A (dot n W E))

/-- What times the squared distance from the shift it falls short of that: `‖W‖‖J‖ - ⟨W, J⟩` where it is on,
half of the product of the lengths if the rows are orthogonal. -/
noncomputable def headCurve (n c : Nat) (W J : Nat → Int) (ν μ : Nat) : Int :=
  match slopeOf c with
  | 0 => Int.ofNat 0
  | 1 => Int.ofNat 0
  | .succ (.succ _) => Int.add (Int.ofNat (Nat.mul ν μ)) (Int.neg (dot n W J))

/-- The inner product of integers. -/
theorem ofInt_dot (n : Nat) (a b : Nat → Int) :
    Eq (ofInt (dot n a b) : R) (dot n (fun j => ofInt (a j)) (fun j => ofInt (b j))) :=
  Eq.trans (ofInt_sum n (fun j => Int.mul (a j) (b j))) (sum_ext n (fun j => ofInt_mul (a j) (b j)))

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

/-- The length of a stored row. -/
theorem row_length {n c : Nat} {w : Nat → Int}
    (hw : Eq (intBle (normSq n w) (Int.ofNat (Nat.mul c c))) true) :
    le (normSq n (fun j => (ofInt (w j) : R))) (sq (ofNat c)) :=
  le_via (ofInt_le (R := R) (int_le_of_ble hw))
    (Eq.symm (Eq.trans (ofInt_sum n (fun j => Int.mul (w j) (w j)))
      (sum_ext n (fun j => ofInt_mul (w j) (w j)))))
    (Eq.symm (ofNat_mul c c))

/-- A row of length `c` moves by at most `c` times the way. -/
theorem row_moves {w : Nat → Int} {c : Nat} {y : Vec R} (hy : le (normSq n y) (sq (ofNat α)))
    (hw : Eq (intBle (normSq n w) (Int.ofNat (Nat.mul c c))) true) :
    le (abs (dot n (fun j => ofInt (w j)) y)) (ofNat (Nat.mul α c)) :=
  abs_le_of_sq_le_sq (ofNat_nonneg _)
    (le_trans (cauchy_schwarz n (fun j => ofInt (w j)) y)
      (le_via (mul_le_mul (sq_nonneg (ofNat c)) (normSq_nonneg n y) (row_length hw) hy) rfl
        (Eq.trans (congrArg sq (ofNat_mul α c)) (ring_eq (vars2 (ofNat α) (ofNat c))
          (a := sq (mul (ofNat α) (ofNat c))) (b := mul (sq (ofNat c)) (sq (ofNat α)))))))

/-- `⟨u, v⟩ ≤ ν μ` for stored rows of these lengths. -/
theorem rows_apart {u v : Nat → Int} {ν μ : Nat}
    (hu : Eq (intBle (normSq n u) (Int.ofNat (Nat.mul ν ν))) true)
    (hv : Eq (intBle (normSq n v) (Int.ofNat (Nat.mul μ μ))) true) :
    le (zero : R) (ofInt (Int.add (Int.ofNat (Nat.mul ν μ)) (Int.neg (dot n u v)))) :=
  le_via
    (sub_nonneg (le_of_sq_le_sq (mul_nonneg (ofNat_nonneg ν) (ofNat_nonneg μ))
      (le_via (le_trans (cauchy_schwarz n (fun j => ofInt (u j)) (fun j => ofInt (v j)))
          (mul_le_mul (sq_nonneg (ofNat ν)) (normSq_nonneg n _) (row_length hu) (row_length hv)))
        rfl (ring_eq (vars2 (ofNat ν) (ofNat μ)) (a := sq (mul (ofNat ν) (ofNat μ)))
          (b := mul (sq (ofNat ν)) (sq (ofNat μ)))))))
    rfl
    (Eq.trans (ofInt_add _ _) (congr2 add (ofNat_mul ν μ)
      (Eq.trans (ofInt_neg _) (congrArg neg (ofInt_dot n u v)))))

/-- The product of two stored rows' ways from a shift. -/
theorem rows_product {u v E : Nat → Int} {ν μ : Nat} {y : Vec R}
    (hν : Eq (and (Nat.ble 1 ν) (intBle (normSq n u) (Int.ofNat (Nat.mul ν ν)))) true)
    (hμ : Eq (and (Nat.ble 1 μ) (intBle (normSq n v) (Int.ofNat (Nat.mul μ μ)))) true) :
    le zero (add (mul (ofInt (Int.add (Int.ofNat (Nat.mul ν μ)) (Int.neg (dot n u v))))
        (normSq n (vsub y (fun j => ofInt (E j)))))
      (mul (add one one) (mul (sub (dot n (fun j => ofInt (u j)) y) (ofInt (dot n u E)))
        (sub (dot n (fun j => ofInt (v j)) y) (ofInt (dot n v E)))))) :=
  have way (w : Nat → Int) : Eq (sub (dot n (fun j => ofInt (w j)) y) (ofInt (dot n w E)))
      (dot n (fun j => (ofInt (w j) : R)) (vsub y (fun j => ofInt (E j)))) :=
    Eq.symm (Eq.trans (dot_sub_right n _ y _) (congrArg (sub _) (Eq.symm (ofInt_dot n w E))))
  le_via
    (product_moves (e := vsub y (fun j => ofInt (E j))) (ofNat_pos (bool_and hν).left)
      (ofNat_pos (bool_and hμ).left) (row_length (bool_and hν).right) (row_length (bool_and hμ).right))
    rfl
    (congr2 add
      (congrArg (fun t => mul t _) (Eq.trans (ofInt_add _ _) (congr2 add (ofNat_mul ν μ)
        (Eq.trans (ofInt_neg _) (congrArg neg (ofInt_dot n u v))))))
      (congrArg (mul (add one one)) (congr2 mul (way u) (way v))))

/-- A head that is off. -/
theorem head_off {A r p ρ N l u v k : R} (hl : Eq l zero) (hu : Eq u zero) (hv : Eq v zero)
    (hk : Eq k zero) (h : le zero (mul (add A r) ρ)) :
    le (add l (add (mul u r) (mul v p)))
      (add (mul (add one one) (mul (add A r) ρ)) (mul k N)) :=
  match l, u, v, k, hl, hu, hv, hk with
  | _, _, _, _, rfl, rfl, rfl, rfl => le_via
      (mul_nonneg (add_nonneg zero_le_one zero_le_one) h)
      (ring_eq (vars2 r p) (a := add zero (add (mul zero r) (mul zero p))) (b := zero))
      (ring_eq (vars2 (mul (add A r) ρ) N) (b := mul (add one one) (mul (add A r) ρ)))

/-- A head that is on. -/
theorem head_on {A Z r p r' p' ρ N l u v k : R} (hl : Eq l (mul (add one one) (sub (mul A Z) (mul r' p'))))
    (hu : Eq u (mul (add one one) (add Z p'))) (hv : Eq v (mul (add one one) (add A r')))
    (product : le zero (add (mul k N) (mul (add one one) (mul (sub r r') (sub p p')))))
    (h : le (mul (add A r) (add Z p)) (mul (add A r) ρ)) :
    le (add l (add (mul u r) (mul v p)))
      (add (mul (add one one) (mul (add A r) ρ)) (mul k N)) :=
  match l, u, v, hl, hu, hv with
  | _, _, _, rfl, rfl, rfl => le_trans
      (le_of_add product (Eq.trans
        (ring_eq (vars4 (add (mul (add one one) (sub (mul A Z) (mul r' p')))
            (add (mul (mul (add one one) (add Z p')) r) (mul (mul (add one one) (add A r')) p)))
            k N (mul (add one one) (mul (sub r r') (sub p p'))))
          (b := add (add (add (mul (add one one) (sub (mul A Z) (mul r' p')))
            (add (mul (mul (add one one) (add Z p')) r) (mul (mul (add one one) (add A r')) p)))
            (mul (add one one) (mul (sub r r') (sub p p')))) (mul k N)))
        (congrArg (fun t => add t (mul k N)) (ring_eq (vars6 A Z r p r' p')
          (b := mul (add one one) (mul (add A r) (add Z p)))))))
      (add_le_add_right (mul k N)
        (mul_le_mul_left (add_nonneg zero_le_one zero_le_one) h))

/-- A head whose side may change. -/
theorem head_unsure {A Z r p N l u v : R} {c k m : Nat} (hA : le (abs A) (ofNat c))
    (hr : le (abs r) (ofNat k)) (hp : le (abs p) (ofNat m))
    (hl : Eq l (sub (mul (add one one) (mul A (sup Z zero)))
      (ofNat (Nat.add (Nat.mul c m) (Nat.mul 2 (Nat.mul k m))))))
    (hu : Eq u (mul (add one one) (sup Z zero))) (hv : Eq v A) :
    le (add l (add (mul u r) (mul v p)))
      (add (mul (add one one) (mul (add A r) (sup (add Z p) zero))) (mul (ofInt (Int.ofNat 0)) N)) :=
  have rest := relu_rest (z := Z) hp
  have change := abs_mul_le hr rest.right
  have most := le_trans (neg_le_abs _)
    (abs_add_le (abs_mul_le hA rest.left) (abs_add_le change change))
  have number : Eq (ofNat (Nat.add (Nat.mul c m) (Nat.mul 2 (Nat.mul k m))) : R)
      (add (mul (ofNat c) (ofNat m)) (add (mul (ofNat k) (ofNat m)) (mul (ofNat k) (ofNat m)))) :=
    Eq.trans (ofNat_add _ _) (congr2 add (ofNat_mul c m)
      (Eq.trans (ofNat_mul 2 _) (Eq.trans (congr2 mul ofNat_two (ofNat_mul k m))
        (ring_eq (vars1 (mul (ofNat k) (ofNat m)))
          (a := mul (add one one) (mul (ofNat k) (ofNat m)))))))
  match l, u, v, hl, hu, hv with
  | _, _, _, rfl, rfl, rfl => le_of_sub_nonneg (le_congr rfl
    (Eq.trans
      (congr2 (fun s t => sub (add (mul (add one one) (mul (add A r) (sup (add Z p) zero))) (mul s N))
          (add (sub (mul (add one one) (mul A (sup Z zero))) t)
            (add (mul (mul (add one one) (sup Z zero)) r) (mul A p))))
        ofInt_zero number)
      (ring_eq (.cons N (vars6 A r p (sup (add Z p) zero) (sup Z zero)
          (add (mul (ofNat c) (ofNat m)) (add (mul (ofNat k) (ofNat m)) (mul (ofNat k) (ofNat m))))))
        (b := sub (add (mul (ofNat c) (ofNat m)) (add (mul (ofNat k) (ofNat m)) (mul (ofNat k) (ofNat m))))
          (neg (add
            (mul A (sub (add (sub (sup (add Z p) zero) (sup Z zero))
              (sub (sup (add Z p) zero) (sup Z zero))) p))
            (add (mul r (sub (sup (add Z p) zero) (sup Z zero)))
              (mul r (sub (sup (add Z p) zero) (sup Z zero)))))))))
    (sub_nonneg most))

/-- One head: its linear function is at most twice its score at the moved point, times `B²`, and what the
distance from the shift takes off. -/
theorem head_below {c ν μ : Nat} {A Z : Int} {W J E : Nat → Int} {B w z : R} {y : Vec R}
    (hB : le zero B) (hy : le (normSq n y) (sq (ofNat α)))
    (hw : Eq (mul B w) (add (ofInt A) (dot n (fun j => ofInt (W j)) y)))
    (hz : Eq (mul B z) (add (ofInt Z) (dot n (fun j => ofInt (J j)) y)))
    (hν : Eq (and (Nat.ble 1 ν) (intBle (normSq n W) (Int.ofNat (Nat.mul ν ν)))) true)
    (hμ : Eq (and (Nat.ble 1 μ) (intBle (normSq n J) (Int.ofNat (Nat.mul μ μ)))) true)
    (hs : Eq (sideOk c (Nat.mul α μ) Z (intBle (Int.ofNat (Nat.mul α ν)) A)) true) (ha : Assumed c z) :
    le (add (ofInt (headLow n α c A Z W J E ν μ))
        (add (mul (ofInt (headWeight n c Z J E)) (dot n (fun j => ofInt (W j)) y))
          (mul (ofInt (headProduct n c A W E)) (dot n (fun j => ofInt (J j)) y))))
      (add (mul (mul (add one one) (sq B)) (mul w (sup z zero)))
        (mul (ofInt (headCurve n c W J ν μ)) (normSq n (vsub y (fun j => ofInt (E j)))))) :=
  have hr := row_moves hy (bool_and hν).right
  have hp := row_moves hy (bool_and hμ).right
  have moved : Eq (mul B (sup z zero))
      (sup (add (ofInt Z) (dot n (fun j => ofInt (J j)) y)) zero) :=
    Eq.trans (mul_sup hB z zero) (congr2 sup hz (mul_zero B))
  have up : Eq (mul (mul (add one one) (sq B)) (mul w (sup z zero)))
      (mul (add one one) (mul (add (ofInt A) (dot n (fun j => ofInt (W j)) y))
        (sup (add (ofInt Z) (dot n (fun j => ofInt (J j)) y)) zero))) :=
    Eq.trans
      (ring_eq (vars3 B w (sup z zero))
        (b := mul (add one one) (mul (mul B w) (mul B (sup z zero)))))
      (congr2 (fun s t => mul (add one one) (mul s t)) hw moved)
  have positive (s : Eq (intBle (Int.ofNat (Nat.mul α ν)) A) true) :
      le zero (add (ofInt A) (dot n (fun j => ofInt (W j)) y)) :=
    le_congr rfl
      (ring_eq (vars2 (ofInt A) (dot n (fun j => ofInt (W j)) y))
        (b := sub (ofInt A) (neg (dot n (fun j => ofInt (W j)) y))))
      (sub_nonneg (le_trans (le_trans (neg_le_abs _) hr) (ofInt_le (int_le_of_ble s))))
  have off (h : le (add (ofInt Z) (dot n (fun j => ofInt (J j)) y)) zero) :
      le zero (mul (add (ofInt A) (dot n (fun j => ofInt (W j)) y))
        (sup (add (ofInt Z) (dot n (fun j => ofInt (J j)) y)) zero)) :=
    le_of_eq (Eq.symm (Eq.trans (congrArg (mul _) (sup_of_le h)) (mul_zero _)))
  have on (h : le zero (add (ofInt Z) (dot n (fun j => ofInt (J j)) y))) :
      le (mul (add (ofInt A) (dot n (fun j => ofInt (W j)) y))
          (add (ofInt Z) (dot n (fun j => ofInt (J j)) y)))
        (mul (add (ofInt A) (dot n (fun j => ofInt (W j)) y))
          (sup (add (ofInt Z) (dot n (fun j => ofInt (J j)) y)) zero)) :=
    le_of_eq (congrArg (mul _) (Eq.symm (sup_of_ge h)))
  have onHead (h : le (mul (add (ofInt A) (dot n (fun j => ofInt (W j)) y))
          (add (ofInt Z) (dot n (fun j => ofInt (J j)) y)))
        (mul (add (ofInt A) (dot n (fun j => ofInt (W j)) y))
          (sup (add (ofInt Z) (dot n (fun j => ofInt (J j)) y)) zero))) :=
    head_on (r' := ofInt (dot n W E)) (p' := ofInt (dot n J E))
      (Eq.trans (ofInt_mul (Int.ofNat 2) (Int.add (Int.mul A Z) (Int.neg (Int.mul (dot n W E) (dot n J E)))))
        (congr2 mul ofNat_two (Eq.trans (ofInt_add _ _) (congr2 add (ofInt_mul A Z)
          (Eq.trans (ofInt_neg _) (congrArg neg (ofInt_mul _ _)))))))
      (Eq.trans (ofInt_mul (Int.ofNat 2) (Int.add Z (dot n J E))) (congr2 mul ofNat_two (ofInt_add _ _)))
      (Eq.trans (ofInt_mul (Int.ofNat 2) (Int.add A (dot n W E))) (congr2 mul ofNat_two (ofInt_add _ _)))
      (rows_product hν hμ) h
  le_congr rfl (congrArg (fun t => add t _) up)
    (match c, hs, ha with
    | 0, hs, _ => head_off ofInt_zero ofInt_zero ofInt_zero ofInt_zero
      (Or.elim (pick_or hs)
        (fun s => mul_nonneg (positive s) (le_sup_right _ _))
        (fun s => off (le_via
          (add_le_add_left (ofInt Z) (le_trans (le_trans (le_abs _) hp)
            (le_via (ofInt_le (R := R) (int_le_of_ble s)) rfl (Eq.symm (ofInt_neg Z))))) rfl
          (ring_eq (vars1 (ofInt Z)) (a := zero) (b := add (ofInt Z) (neg (ofInt Z)))))))
    | 1, _, _ => head_unsure (abs_ofInt_le A) hr hp
      (Eq.trans (ofInt_add _ _) (congr2 add
        (Eq.trans (ofInt_mul _ _) (congr2 mul ofNat_two (Eq.trans (ofInt_mul _ _)
          (congrArg (mul (ofInt A)) (Eq.trans (ofInt_sup Z (Int.ofNat 0))
            (congrArg (sup (ofInt Z)) ofInt_zero)))))) (ofInt_neg _)))
      (Eq.trans (ofInt_mul _ _) (congr2 mul ofNat_two (Eq.trans (ofInt_sup Z (Int.ofNat 0))
        (congrArg (sup (ofInt Z)) ofInt_zero)))) rfl
    | 2, hs, _ => onHead (Or.elim (pick_or hs)
      (fun s => mul_le_mul_left (positive s) (le_sup_left _ _))
      (fun s => on (le_congr rfl
        (ring_eq (vars2 (ofInt Z) (dot n (fun j => ofInt (J j)) y))
          (b := sub (ofInt Z) (neg (dot n (fun j => ofInt (J j)) y))))
        (sub_nonneg (le_trans (le_trans (neg_le_abs _) hp) (ofInt_le (int_le_of_ble s)))))))
    | 3, _, ha => head_off ofInt_zero ofInt_zero ofInt_zero ofInt_zero
      (off (le_via (mul_le_mul_left hB (ha.left rfl)) (Eq.symm hz) (Eq.symm (mul_zero B))))
    | 4, _, ha => onHead (on (le_via (mul_nonneg hB (ha.right rfl)) rfl (Eq.symm hz)))
    | .succ (.succ (.succ (.succ (.succ _)))), hs, _ => bool_absurd (Eq.symm hs))

/-! ## One row: a score -/

/-- The check of a row's heads: what each is taken for is allowed, no row is longer than is said, and `u`
and `v` are what of `W` and of `J` its slope has. -/
noncomputable def headsOk (H n α : Nat) (c : Nat → Nat) (A Z : Nat → Int) (W J : Nat → Nat → Int)
    (E : Nat → Int) (ν μ : Nat → Nat) (u v : Nat → Int) : Bool :=
  everyBelow H fun h =>
    and (and (sideOk (c h) (Nat.mul α (μ h)) (Z h) (intBle (Int.ofNat (Nat.mul α (ν h))) (A h)))
        (and (Nat.ble 1 (μ h)) (intBle (normSq n (J h)) (Int.ofNat (Nat.mul (μ h) (μ h))))))
      (and (intBeq (u h) (headWeight n (c h) (Z h) (J h) E))
        (intBeq (v h) (headProduct n (c h) (A h) (W h) E)))

/-- The constant of a row's linear function. -/
noncomputable def rowLow (H n α : Nat) (c : Nat → Nat) (A Z : Nat → Int) (W J : Nat → Nat → Int)
    (E : Nat → Int) (ν μ : Nat → Nat) (K : Int) : Int :=
  Int.add (sum H (fun h => headLow n α (c h) (A h) (Z h) (W h) (J h) E (ν h) (μ h)))
    (Int.neg (Int.mul K (Int.add (Int.ofNat (Nat.mul α α)) (normSq n E))))

/-- Entry `j` of its gradient. -/
noncomputable def rowSlope (H : Nat) (u v : Nat → Int) (W J : Nat → Nat → Int) (K : Int) (E : Nat → Int)
    (j : Nat) : Int :=
  Int.add (sum H (fun h => Int.add (Int.mul (u h) (W h j)) (Int.mul (v h) (J h j))))
    (Int.mul (Int.mul (Int.ofNat 2) K) (E j))

/-- The check of a row: its heads, and that curve, constant and gradient are what is said. -/
noncomputable def rowOk (H n α : Nat) (c : Nat → Nat) (A Z : Nat → Int) (W J : Nat → Nat → Int)
    (E : Nat → Int) (ν μ : Nat → Nat) (u v : Nat → Int) (K L : Int) (G : Nat → Int) : Bool :=
  and (headsOk H n α c A Z W J E ν μ u v)
    (and (and (intBeq K (sum H (fun h => headCurve n (c h) (W h) (J h) (ν h) (μ h))))
        (intBle L (rowLow H n α c A Z W J E ν μ K)))
      (everyBelow n fun j => intBeq (G j) (rowSlope H u v W J K E j)))

/-- The check of the weights' rows. -/
noncomputable def weightsOk (H n : Nat) (W : Nat → Nat → Int) (ν : Nat → Nat) : Bool :=
  everyBelow H fun h =>
    and (Nat.ble 1 (ν h)) (intBle (normSq n (W h)) (Int.ofNat (Nat.mul (ν h) (ν h))))

/-- `⟨G, y⟩` of a row's gradient. -/
theorem rowSlope_dot (H n : Nat) (u v : Nat → Int) (W J : Nat → Nat → Int) (K : Int) (E : Nat → Int)
    (y : Vec R) :
    Eq (dot n (fun j => ofInt (rowSlope H u v W J K E j)) y)
      (add (sum H (fun h => add (mul (ofInt (u h)) (dot n (fun j => ofInt (W h j)) y))
          (mul (ofInt (v h)) (dot n (fun j => ofInt (J h j)) y))))
        (mul (mul (add one one) (ofInt K)) (dot n (fun j => ofInt (E j)) y))) :=
  have head (h j : Nat) : Eq (mul (ofInt (Int.add (Int.mul (u h) (W h j)) (Int.mul (v h) (J h j)))) (y j))
      (add (mul (ofInt (u h)) (mul (ofInt (W h j)) (y j)))
        (mul (ofInt (v h)) (mul (ofInt (J h j)) (y j)))) :=
    Eq.trans
      (congrArg (fun t => mul t (y j)) (Eq.trans (ofInt_add _ _) (congr2 add (ofInt_mul _ _) (ofInt_mul _ _))))
      (ring_eq (vars5 (ofInt (u h)) (ofInt (W h j)) (ofInt (v h)) (ofInt (J h j)) (y j)))
  have heads (j : Nat) : Eq
      (mul (ofInt (sum H (fun h => Int.add (Int.mul (u h) (W h j)) (Int.mul (v h) (J h j))))) (y j))
      (sum H (fun h => add (mul (ofInt (u h)) (mul (ofInt (W h j)) (y j)))
        (mul (ofInt (v h)) (mul (ofInt (J h j)) (y j))))) :=
    Eq.trans (congrArg (fun t => mul t (y j)) (ofInt_sum H _))
      (Eq.trans (Eq.symm (sum_mul_right H (y j) _)) (sum_ext H (fun h => head h j)))
  Eq.trans
    (sum_ext n (fun j => Eq.trans
      (congrArg (fun t => mul t (y j)) (ofInt_add _ _))
      (Eq.trans (add_mul _ _ (y j)) (congr2 add (heads j)
        (Eq.trans
          (congrArg (fun t => mul t (y j)) (Eq.trans (ofInt_mul _ _)
            (congrArg (fun t => mul t (ofInt (E j)))
              (Eq.trans (ofInt_mul _ K) (congrArg (fun t => mul t (ofInt K)) ofNat_two)))))
          (mul_assoc (mul (add one one) (ofInt K)) (ofInt (E j)) (y j)))))))
    (Eq.trans (sum_add n _ _) (congr2 add
      (Eq.trans (sum_comm n H _)
        (sum_ext H (fun h => Eq.trans (sum_add n _ _)
          (congr2 add (sum_mul_left n (ofInt (u h)) _) (sum_mul_left n (ofInt (v h)) _)))))
      (sum_mul_left n (mul (add one one) (ofInt K)) _)))

/-- The squared distance from a shift. -/
theorem shift_distance {n α : Nat} {E : Nat → Int} {y : Vec R} (hy : le (normSq n y) (sq (ofNat α))) :
    le (normSq n (vsub y (fun j => ofInt (E j))))
      (sub (ofInt (Int.add (Int.ofNat (Nat.mul α α)) (normSq n E)))
        (mul (add one one) (dot n (fun j => ofInt (E j)) y))) :=
  have whole : Eq (ofInt (Int.add (Int.ofNat (Nat.mul α α)) (normSq n E)) : R)
      (add (sq (ofNat α)) (normSq n (fun j => ofInt (E j)))) :=
    Eq.trans (ofInt_add _ _) (congr2 add (ofNat_sq α) (ofInt_dot n E E))
  have split : Eq (normSq n (vsub y (fun j => ofInt (E j))))
      (add (normSq n y) (sub (normSq n (fun j => ofInt (E j)))
        (mul (add one one) (dot n (fun j => ofInt (E j)) y)))) :=
    Eq.trans
      (sum_ext n (fun j => ring_eq (vars2 (y j) (ofInt (E j)))
        (a := mul (vsub y (fun j => ofInt (E j)) j) (vsub y (fun j => ofInt (E j)) j))
        (b := add (mul (y j) (y j)) (sub (mul (ofInt (E j)) (ofInt (E j)))
          (mul (add one one) (mul (ofInt (E j)) (y j)))))))
      (Eq.trans (sum_add n _ _) (congrArg (add _) (Eq.trans (sum_sub n _ _)
        (congrArg (sub _) (sum_mul_left n (add one one) _)))))
  le_via (add_le_add_right (sub (normSq n (fun j => ofInt (E j)))
      (mul (add one one) (dot n (fun j => ofInt (E j)) y))) hy) split
    (Eq.trans (congrArg (fun t => sub t _) whole)
      (ring_eq (vars3 (sq (ofNat α)) (normSq n (fun j => (ofInt (E j) : R)))
        (dot n (fun j => ofInt (E j)) y))))

/-- One row: a score at the moved point, twice and times `B²`, is at least its linear function. -/
theorem row_below {H : Nat} {c ν μ : Nat → Nat} {A Z u v : Nat → Int} {W J : Nat → Nat → Int}
    {E G : Nat → Int} {K L : Int} {B : R} {w z : Nat → R} {y : Vec R}
    (hB : le zero B) (hy : le (normSq n y) (sq (ofNat α)))
    (hw : ∀ h, Nat.lt h H → Eq (mul B (w h)) (add (ofInt (A h)) (dot n (fun j => ofInt (W h j)) y)))
    (hz : ∀ h, Nat.lt h H → Eq (mul B (z h)) (add (ofInt (Z h)) (dot n (fun j => ofInt (J h j)) y)))
    (hν : Eq (weightsOk H n W ν) true) (hs : ∀ h, Nat.lt h H → Assumed (c h) (z h))
    (hr : Eq (rowOk H n α c A Z W J E ν μ u v K L G) true) :
    le (add (ofInt L) (dot n (fun j => ofInt (G j)) y))
      (mul (mul (add one one) (sq B)) (gated H w z)) :=
  have o := bool_and hr
  have p := bool_and o.right
  have q := bool_and p.left
  have head (h : Nat) (hh : Nat.lt h H) := bool_and (everyBelow_sound o.left h hh)
  have curve : Eq (sum H (fun h => ofInt (headCurve n (c h) (W h) (J h) (ν h) (μ h)))) (ofInt K : R) :=
    Eq.symm (Eq.trans (congrArg ofInt (int_eq_of_beq q.left)) (ofInt_sum H _))
  have curved : le (zero : R) (ofInt K) :=
    le_via (sum_nonneg (f := fun h => ofInt (headCurve n (c h) (W h) (J h) (ν h) (μ h))) (fun h hh =>
      have apart := rows_apart (R := R) (bool_and (everyBelow_sound hν h hh)).right
        (bool_and (bool_and (head h hh).left).right).right
      match c h with
      | 0 => le_of_eq (Eq.symm ofInt_zero)
      | 1 => le_of_eq (Eq.symm ofInt_zero)
      | 2 => apart
      | 3 => le_of_eq (Eq.symm ofInt_zero)
      | .succ (.succ (.succ (.succ _))) => apart)) rfl (Eq.symm curve)
  have each (h : Nat) (hh : Nat.lt h H) :
      le (add (ofInt (headLow n α (c h) (A h) (Z h) (W h) (J h) E (ν h) (μ h)))
          (add (mul (ofInt (u h)) (dot n (fun j => ofInt (W h j)) y))
            (mul (ofInt (v h)) (dot n (fun j => ofInt (J h j)) y))))
        (add (mul (mul (add one one) (sq B)) (mul (w h) (sup (z h) zero)))
          (mul (ofInt (headCurve n (c h) (W h) (J h) (ν h) (μ h)))
            (normSq n (vsub y (fun j => ofInt (E j)))))) :=
    have k := head h hh
    le_congr
      (congrArg (add _) (congr2 (fun s t => add (mul (ofInt s) _) (mul (ofInt t) _))
        (int_eq_of_beq (bool_and k.right).left) (int_eq_of_beq (bool_and k.right).right))) rfl
      (head_below hB hy (hw h hh) (hz h hh) (everyBelow_sound hν h hh) (bool_and k.left).right
        (bool_and k.left).left (hs h hh))
  have total := le_trans
    (le_via (sum_le each)
      (Eq.trans (congrArg (fun t => add t _) (ofInt_sum H _)) (Eq.symm (sum_add H _ _)))
      (Eq.symm (Eq.trans (sum_add H _ _)
        (congr2 add (sum_mul_left H (mul (add one one) (sq B)) (fun h => mul (w h) (sup (z h) zero)))
          (Eq.trans (sum_mul_right H _ _) (congrArg (fun t => mul t _) curve))))))
    (add_le_add_left (mul (mul (add one one) (sq B)) (gated H w z))
      (mul_le_mul_left curved (shift_distance (E := E) hy)))
  le_trans
    (le_congr
      (congrArg (add (ofInt L)) (Eq.trans
        (dot_congr (fun j hj => congrArg ofInt (int_eq_of_beq (everyBelow_sound p.right j hj)))
          (fun _ _ => rfl)) (rowSlope_dot H n u v W J K E y))) rfl
      (add_le_add_right _ (ofInt_le (int_le_of_ble q.right))))
    (le_via
      (add_le_add_right (neg (mul (ofInt K)
        (sub (ofInt (Int.add (Int.ofNat (Nat.mul α α)) (normSq n E)))
          (mul (add one one) (dot n (fun j => ofInt (E j)) y))))) total)
      (Eq.trans
        (congrArg (fun t => add t _) (Eq.trans (ofInt_add _ _)
          (congrArg (add _) (Eq.trans (ofInt_neg _) (congrArg neg (ofInt_mul K _))))))
        (ring_eq (vars5 (ofInt (sum H (fun h => headLow n α (c h) (A h) (Z h) (W h) (J h) E (ν h) (μ h))))
            (sum H (fun h => add (mul (ofInt (u h)) (dot n (fun j => ofInt (W h j)) y))
              (mul (ofInt (v h)) (dot n (fun j => ofInt (J h j)) y))))
            (ofInt K) (ofInt (Int.add (Int.ofNat (Nat.mul α α)) (normSq n E)))
            (dot n (fun j => (ofInt (E j) : R)) y))))
      (ring_eq (vars2 (mul (mul (add one one) (sq B)) (gated H w z))
        (mul (ofInt K) (sub (ofInt (Int.add (Int.ofNat (Nat.mul α α)) (normSq n E)))
          (mul (add one one) (dot n (fun j => (ofInt (E j) : R)) y))))))) 

end

end

end LipBridge
