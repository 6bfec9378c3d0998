import LipBridge.Certificate.Psd
import LipBridge.Selection.Point
/-!
# Scores that are weighted sums of ReLUs, near a point

`I = Σ_h w_h·max(z_h, 0)` over the heads, weights and products both linear in the hidden state, as in
DeepSeek's indexer. Within a ball a product that is further from 0 than it can move keeps its side; of any
other the ReLU moves by half of what the product does, give or take the other half. So `I` follows a linear
function, with a rest that the norms of the rows bound: first order where a side may change, second order
everywhere. All in integers that the kernel computes. docs/theorems.md §3.
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

/-- `|Σ f| ≤ Σ c` where `|f| ≤ c`. -/
theorem abs_sum_le {n : Nat} {f c : Nat → R} (h : ∀ i, Nat.lt i n → le (abs (f i)) (c i)) :
    le (abs (sum n f)) (sum n c) :=
  abs_le (sum_le (fun i hi => le_trans (le_abs (f i)) (h i hi)))
    (le_congr (Eq.symm (sum_neg n f)) rfl
      (sum_le (fun i hi => le_trans (neg_le_abs (f i)) (h i hi))))

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
from 0 than `lo`. -/
noncomputable def slopeOk (τ lo : Nat) (ζ : Int) : Bool :=
  match τ with
  | 0 => intBle (Int.ofNat lo) (Int.neg ζ)
  | 1 => true
  | 2 => intBle (Int.ofNat lo) ζ
  | .succ (.succ (.succ _)) => false

/-- What may change side: `lo` for the slope 1. -/
noncomputable def unsure (τ lo : Nat) : Nat :=
  match τ with
  | 0 => 0
  | 1 => lo
  | .succ (.succ _) => 0

/-- What is not certainly 0: `lo` but for the slope 0. -/
noncomputable def alive (τ lo : Nat) : Nat :=
  match τ with
  | 0 => 0
  | .succ _ => lo

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

/-- `X = max(z + p, 0) - max(z, 0)` where `|p| ≤ lo`: `|2 X - τ p|` is at most `unsure τ lo`. -/
theorem relu_rest {τ lo : Nat} {ζ : Int} {p : R} (hp : le (abs p) (ofNat lo))
    (h : Eq (slopeOk τ lo ζ) true) :
    And
      (le (abs (sub
        (add (sub (sup (add (ofInt ζ) p) zero) (sup (ofInt ζ) zero))
          (sub (sup (add (ofInt ζ) p) zero) (sup (ofInt ζ) zero)))
        (mul (ofNat τ) p))) (ofNat (unsure τ lo)))
      (le (abs (sub (sup (add (ofInt ζ) p) zero) (sup (ofInt ζ) zero))) (ofNat (alive τ lo))) :=
  have flat {t x : R} (e : Eq t zero) (k : Eq x zero) : Eq (sub t x) zero :=
    Eq.trans (congr2 sub e k) (ring_eq .nil (a := sub zero zero) (b := zero))
  have none {t : R} {n : Nat} (e : Eq t zero) : le (abs t) (ofNat n) :=
    le_trans (le_of_eq (Eq.trans (congrArg abs e) abs_zero)) (ofNat_nonneg n)
  match τ, h with
  | 0, h =>
    have away : le (ofNat lo) (neg (ofInt ζ) : R) :=
      le_via (ofInt_le (R := R) (int_le_of_ble h)) rfl (Eq.symm (ofInt_neg ζ))
    have below : le (ofInt ζ : R) zero :=
      le_congr (ring_eq (vars1 (ofInt ζ)) (a := ofInt ζ) (b := neg (neg (ofInt ζ))))
        (ring_eq .nil (a := zero) (b := neg zero))
        (neg_le_neg (le_trans (ofNat_nonneg lo) away))
    have moved : le (add (ofInt ζ) p) zero :=
      le_via (add_le_add_left (ofInt ζ) (le_trans (le_trans (le_abs p) hp) away)) rfl
        (ring_eq (vars1 (ofInt ζ)) (a := zero) (b := add (ofInt ζ) (neg (ofInt ζ))))
    have x := flat (sup_of_le moved) (sup_of_le below)
    ⟨none (Eq.trans (congr2 (fun s t => sub (add s s) (mul t p)) x ofNat_zero)
        (ring_eq (vars1 p) (a := sub (add zero zero) (mul zero p)) (b := zero))), none x⟩
  | 1, _ =>
    have up : le (sub (sup (add (ofInt ζ) p) zero) (sup (ofInt ζ) zero)) (sup p zero) :=
      le_congr rfl (ring_eq (vars2 (sup (ofInt ζ) zero) (sup p zero)) (a := sup p zero)
          (b := sub (add (sup (ofInt ζ) zero) (sup p zero)) (sup (ofInt ζ) zero)))
        (add_le_add_right (neg (sup (ofInt ζ) zero)) (relu_add_le (ofInt ζ) p))
    have down : le (neg (sub (sup (add (ofInt ζ) p) zero) (sup (ofInt ζ) zero)))
        (sup (neg p) zero) :=
      le_congr
        (ring_eq (vars2 (sup (add (ofInt ζ) p) zero) (sup (ofInt ζ) zero))
          (a := neg (sub (sup (add (ofInt ζ) p) zero) (sup (ofInt ζ) zero)))
          (b := sub (sup (ofInt ζ) zero) (sup (add (ofInt ζ) p) zero)))
        (ring_eq (vars2 (sup (add (ofInt ζ) p) zero) (sup (neg p) zero)) (a := sup (neg p) zero)
          (b := sub (add (sup (add (ofInt ζ) p) zero) (sup (neg p) zero))
            (sup (add (ofInt ζ) p) zero)))
        (add_le_add_right (neg (sup (add (ofInt ζ) p) zero)) (relu_le_add (ofInt ζ) p))
    have back : le (abs (neg p)) (ofNat lo) :=
      le_trans (abs_le (neg_le_abs p)
        (le_congr (ring_eq (vars1 p) (a := neg (neg p)) (b := p)) rfl (le_abs p))) hp
    have one' : Eq (mul (ofNat 1) p) p :=
      Eq.trans (congrArg (fun t => mul t p) ofNat_one) (one_mul p)
    ⟨abs_le
      (le_trans (le_via (add_le_add_right (neg p) (add_le_add up up))
          (congrArg (fun t => add _ (neg t)) one') rfl) (twice_relu_le hp))
      (le_trans
        (le_via (add_le_add_right (neg (neg p)) (add_le_add down down))
          (Eq.trans (congrArg (fun t => neg (sub _ t)) one')
            (ring_eq (vars2 p (sub (sup (add (ofInt ζ) p) zero) (sup (ofInt ζ) zero))))) rfl)
        (twice_relu_le back)),
     abs_le (le_trans up (sup_le (le_trans (le_abs p) hp) (ofNat_nonneg lo)))
      (le_trans down (sup_le (le_trans (neg_le_abs p) hp) (ofNat_nonneg lo)))⟩
  | 2, h =>
    have away : le (ofNat lo) (ofInt ζ : R) := ofInt_le (int_le_of_ble h)
    have above : le zero (ofInt ζ : R) := le_trans (ofNat_nonneg lo) away
    have moved : le zero (add (ofInt ζ) p) :=
      le_congr rfl
        (ring_eq (vars3 (ofInt ζ) p (ofNat lo)) (a := add (ofInt ζ) p)
          (b := sub (add (ofInt ζ) (ofNat lo)) (add (ofNat lo) (neg p))))
        (sub_nonneg (add_le_add away (le_trans (neg_le_abs p) hp)))
    have x : Eq (sub (sup (add (ofInt ζ) p) zero) (sup (ofInt ζ) zero)) p :=
      Eq.trans (congr2 sub (sup_of_ge moved) (sup_of_ge above))
        (ring_eq (vars2 (ofInt ζ) p) (a := sub (add (ofInt ζ) p) (ofInt ζ)) (b := p))
    ⟨none (Eq.trans (congr2 (fun s t => sub (add s s) (mul t p)) x ofNat_two)
        (ring_eq (vars1 p) (a := sub (add p p) (mul (add one one) p)) (b := zero))),
     le_trans (le_of_eq (congrArg abs x)) hp⟩

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

/-- What head `h` adds to the rest: `b |ω_h| α μ_h` where its side may change, and
`2 α ν_h α μ_h` where it is not certainly off. -/
noncomputable def headRest (α b : Nat) (τ : Nat → Nat) (ω : Nat → Int) (ν μ : Nat → Nat)
    (h : Nat) : Nat :=
  Nat.add (Nat.mul (Nat.mul b (Int.natAbs (ω h))) (unsure (τ h) (Nat.mul α (μ h))))
    (Nat.mul 2 (Nat.mul (Nat.mul α (ν h)) (alive (τ h) (Nat.mul α (μ h)))))

/-- The rest of a score: the sum over its heads. -/
noncomputable def gatedRest (H α b : Nat) (τ : Nat → Nat) (ω : Nat → Int) (ν μ : Nat → Nat) : Nat :=
  natSum H (headRest α b τ ω ν μ)

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

/-- One head: twice its score at the moved point, times `(b d)²`, is the linear function of the way, up to
its rest. -/
theorem head_moves {α τ ν μ : Nat} {ω ζ : Int} {w z r p : R}
    (hw : Eq (mul (mul (ofNat b) (ofNat d)) w) (add (mul (ofNat b) (ofInt ω)) r))
    (hz : Eq (mul (mul (ofNat b) (ofNat d)) z) (add (mul (ofNat b) (ofInt ζ)) p))
    (hr : le (abs r) (ofNat (Nat.mul α ν))) (hp : le (abs p) (ofNat (Nat.mul α μ)))
    (hs : Eq (slopeOk τ (Nat.mul α μ) (Int.mul (Int.ofNat b) ζ)) true) :
    le (abs (sub
      (mul (mul (add one one) (sq (mul (ofNat b) (ofNat d)))) (mul w (sup z zero)))
      (add (mul (add one one) (mul (sq (ofNat b)) (mul (ofInt ω) (sup (ofInt ζ) zero))))
        (mul (ofNat b) (add (mul (add one one) (mul (sup (ofInt ζ) zero) r))
          (mul (mul (ofNat τ) (ofInt ω)) p))))))
      (ofNat (Nat.add (Nat.mul (Nat.mul b (Int.natAbs ω)) (unsure τ (Nat.mul α μ)))
        (Nat.mul 2 (Nat.mul (Nat.mul α ν) (alive τ (Nat.mul α μ)))))) :=
  have image : Eq (ofInt (Int.mul (Int.ofNat b) ζ) : R) (mul (ofNat b) (ofInt ζ)) := ofInt_mul _ _
  have start : Eq (sup (ofInt (Int.mul (Int.ofNat b) ζ)) zero) (mul (ofNat b) (sup (ofInt ζ) zero)) :=
    Eq.trans (congrArg (fun t => sup t zero) image)
      (Eq.trans (congrArg (sup _) (Eq.symm (mul_zero (ofNat b))))
        (Eq.symm (mul_sup (ofNat_nonneg b) (ofInt ζ) zero)))
  have moved : Eq (mul (mul (ofNat b) (ofNat d)) (sup z zero))
      (sup (add (ofInt (Int.mul (Int.ofNat b) ζ)) p) zero) :=
    Eq.trans (mul_sup (mul_nonneg (ofNat_nonneg b) (ofNat_nonneg d)) z zero)
      (congr2 sup (Eq.trans hz (congrArg (fun t => add t p) (Eq.symm image))) (mul_zero _))
  have rest := relu_rest hp hs
  have size : le (abs (mul (ofNat b) (ofInt ω) : R)) (ofNat (Nat.mul b (Int.natAbs ω))) :=
    le_trans (abs_mul_le (abs_le (le_refl (ofNat b))
        (le_trans (le_congr rfl (ring_eq .nil (a := zero) (b := neg zero))
          (neg_le_neg (ofNat_nonneg b))) (ofNat_nonneg b))) (abs_ofInt_le ω))
      (le_of_eq (Eq.symm (ofNat_mul b _)))
  have change := abs_mul_le hr rest.right
  le_via
    (abs_add_le (abs_mul_le size rest.left) (abs_add_le change change))
    (congrArg abs (Eq.trans
      (congrArg (fun t => sub t _)
        (Eq.trans
          (ring_eq (vars4 (ofNat b) (ofNat d) w (sup z zero))
            (a := mul (mul (add one one) (sq (mul (ofNat b) (ofNat d)))) (mul w (sup z zero)))
            (b := mul (add one one) (mul (mul (mul (ofNat b) (ofNat d)) w)
              (mul (mul (ofNat b) (ofNat d)) (sup z zero)))))
          (congr2 (fun s t => mul (add one one) (mul s t)) hw moved)))
      (Eq.trans
        (ring_eq (.cons (ofNat τ) (.cons p (vars5 (ofNat b) (ofInt ω) r (sup (ofInt ζ) zero)
            (sup (add (ofInt (Int.mul (Int.ofNat b) ζ)) p) zero))))
          (b := add
            (mul (mul (ofNat b) (ofInt ω)) (sub
              (add (sub (sup (add (ofInt (Int.mul (Int.ofNat b) ζ)) p) zero)
                  (mul (ofNat b) (sup (ofInt ζ) zero)))
                (sub (sup (add (ofInt (Int.mul (Int.ofNat b) ζ)) p) zero)
                  (mul (ofNat b) (sup (ofInt ζ) zero))))
              (mul (ofNat τ) p)))
            (add
              (mul r (sub (sup (add (ofInt (Int.mul (Int.ofNat b) ζ)) p) zero)
                (mul (ofNat b) (sup (ofInt ζ) zero))))
              (mul r (sub (sup (add (ofInt (Int.mul (Int.ofNat b) ζ)) p) zero)
                (mul (ofNat b) (sup (ofInt ζ) zero)))))))
        (congrArg
          (fun t => add
            (mul (mul (ofNat b) (ofInt ω)) (sub
              (add (sub (sup (add (ofInt (Int.mul (Int.ofNat b) ζ)) p) zero) t)
                (sub (sup (add (ofInt (Int.mul (Int.ofNat b) ζ)) p) zero) t))
              (mul (ofNat τ) p)))
            (add
              (mul r (sub (sup (add (ofInt (Int.mul (Int.ofNat b) ζ)) p) zero) t))
              (mul r (sub (sup (add (ofInt (Int.mul (Int.ofNat b) ζ)) p) zero) t))))
          (Eq.symm start)))))
    (Eq.trans (ofNat_add _ _) (congr2 add (ofNat_mul _ _)
      (Eq.trans (ofNat_mul 2 _) (Eq.trans (congrArg (fun t => mul t _) ofNat_two)
        (Eq.trans (congrArg (mul (add one one)) (ofNat_mul _ _))
          (ring_eq (vars2 (ofNat (Nat.mul α ν)) (ofNat (alive τ (Nat.mul α μ))))
            (a := mul (add one one) (mul (ofNat (Nat.mul α ν)) (ofNat (alive τ (Nat.mul α μ)))))
            (b := add (mul (ofNat (Nat.mul α ν)) (ofNat (alive τ (Nat.mul α μ))))
              (mul (ofNat (Nat.mul α ν)) (ofNat (alive τ (Nat.mul α μ)))))))))))

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

/-- The check of one token: every slope is right where it claims a side, no row is longer than is said. -/
noncomputable def headsOk (H n α b : Nat) (τ : Nat → Nat) (ζ : Nat → Int) (J : Nat → Nat → Int)
    (μ : Nat → Nat) : Bool :=
  everyBelow H fun h =>
    and (force (Nat.mul α (μ h)) fun lo => slopeOk (τ h) lo (Int.mul (Int.ofNat b) (ζ h)))
      (intBle (normSq n (J h)) (Int.ofNat (Nat.mul (μ h) (μ h))))

/-- The check of the weights' rows. -/
noncomputable def weightsOk (H n : Nat) (W : Nat → Nat → Int) (ν : Nat → Nat) : Bool :=
  everyBelow H fun h => intBle (normSq n (W h)) (Int.ofNat (Nat.mul (ν h) (ν h)))

/-- One score: within `a/b` of the point, `2 (b d)²` times it is `2 b² S + b² d ⟨G, e⟩`, up to its rest. -/
theorem gated_moves {w z : Nat → R} {e : Vec R}
    (he : le (mul (sq (ofNat b)) (normSq n e)) (sq (ofNat a)))
    (hw : ∀ h, Nat.lt h H → Eq (mul (ofNat d) (w h))
      (add (ofInt (ω h)) (mul (ofNat d) (dot n (fun j => ofInt (W h j)) e))))
    (hz : ∀ h, Nat.lt h H → Eq (mul (ofNat d) (z h))
      (add (ofInt (ζ h)) (mul (ofNat d) (dot n (fun j => ofInt (J h j)) e))))
    (hν : Eq (weightsOk H n W ν) true) (hμ : Eq (headsOk H n (Nat.mul a d) b τ ζ J μ) true) :
    le (abs (sub (mul (mul (add one one) (sq (mul (ofNat b) (ofNat d)))) (gated H w z))
      (add (mul (add one one) (mul (sq (ofNat b)) (ofInt (gatedValue H ω ζ))))
        (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
          (dot n (fun j => ofInt (gatedSlope H τ ω ζ W J j)) e))))))
      (ofNat (gatedRest H (Nat.mul a d) b τ ω ν μ)) :=
  have each (h : Nat) (hh : Nat.lt h H) :=
    have c := bool_and (everyBelow_sound hμ h hh)
    head_moves (near_value (b := b) (hw h hh)) (near_value (b := b) (hz h hh))
      (row_moves (a := a) (d := d) he (everyBelow_sound hν h hh)) (row_moves he c.right) c.left
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
  le_via (abs_sum_le each)
    (congrArg abs (Eq.trans
      (congr2 sub (Eq.symm (sum_mul_left H _ (fun h => mul (w h) (sup (z h) zero))))
        (Eq.trans (congr2 add value slope) (Eq.symm (sum_add H _ _))))
      (Eq.symm (sum_sub H _ _))))
    (ofNat_natSum H (headRest (Nat.mul a d) b τ ω ν μ))

end

/-! ## Two scores, and the selection -/

/-- What a gap of two scores leaves: `2 b² (S - S') - (r + r')`. -/
noncomputable def gapLeft (b : Nat) (S S' : Int) (r r' : Nat) : Int :=
  Int.add (Int.mul (Int.ofNat (Nat.mul 2 (Nat.mul b b))) (Int.add S (Int.neg S')))
    (Int.neg (Int.ofNat (Nat.add r r')))

/-- Whether it stays open: `L ≥ 0` is left of it, and `(b α)² ‖G - G'‖² < L²`. -/
noncomputable def gapStays (n b α : Nat) (L : Int) (G G' : Nat → Int) : Bool :=
  and (intBle (Int.ofNat 0) L)
    (intBle (Int.add (Int.mul (Int.ofNat (Nat.mul (Nat.mul b α) (Nat.mul b α)))
      (normSq n (vsub G G'))) (Int.ofNat 1)) (Int.mul L L))

section
variable {H n a b d : Nat}

/-- `b² g² ≤ ‖G - G'‖² a²`, and so `|b·(b d)·g| < L`: a gap that stays open is positive. -/
theorem gap_positive {L : Int} {G G' : Nat → Int} {e : Vec R}
    (he : le (mul (sq (ofNat b)) (normSq n e)) (sq (ofNat a)))
    (h : Eq (gapStays n b (Nat.mul a d) L G G') true) :
    lt zero (add (ofInt L) (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
      (sub (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e))))) :=
  have c := bool_and h
  have whole : le (zero : R) (ofInt L) :=
    le_congr (Eq.symm ofInt_zero) rfl (ofInt_le (int_le_of_ble c.left))
  have joint : Eq (sub (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e))
      (dot n (fun j => (ofInt (vsub G G' j) : R)) e) :=
    Eq.trans (Eq.symm (dot_sub_left n _ _ e))
      (dot_congr (fun j _ => Eq.symm (Eq.trans (ofInt_add (G j) (Int.neg (G' j)))
        (congrArg (add (ofInt (G j))) (ofInt_neg (G' j))))) (fun _ _ => rfl))
  have length : Eq (normSq n (fun j => (ofInt (vsub G G' j) : R))) (ofInt (normSq n (vsub G G'))) :=
    Eq.symm (Eq.trans (ofInt_sum n (fun j => Int.mul (vsub G G' j) (vsub G G' j)))
      (sum_ext n (fun j => ofInt_mul (vsub G G' j) (vsub G G' j))))
  have number : Eq (ofNat (Nat.mul (Nat.mul b (Nat.mul a d)) (Nat.mul b (Nat.mul a d))) : R)
      (sq (mul (ofNat b) (mul (ofNat a) (ofNat d)))) :=
    Eq.trans (ofNat_mul _ _) (congrArg sq
      (Eq.trans (ofNat_mul b _) (congrArg (mul (ofNat b)) (ofNat_mul a d))))
  have most : le (sq (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
      (sub (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e)))))
      (mul (sq (mul (ofNat b) (mul (ofNat a) (ofNat d)))) (ofInt (normSq n (vsub G G')))) :=
    le_via
      (le_trans
        (mul_le_mul_left
          (mul_nonneg (sq_nonneg (ofNat b)) (mul_nonneg (sq_nonneg (ofNat b)) (sq_nonneg (ofNat d))))
          (cauchy_schwarz n (fun j => (ofInt (vsub G G' j) : R)) e))
        (le_via
          (mul_le_mul_left
            (mul_nonneg (mul_nonneg (sq_nonneg (ofNat b)) (sq_nonneg (ofNat d)))
              (normSq_nonneg n (fun j => (ofInt (vsub G G' j) : R)))) he)
          (ring_eq (vars4 (ofNat b) (ofNat d) (normSq n (fun j => (ofInt (vsub G G' j) : R)))
              (normSq n e))
            (a := mul (mul (sq (ofNat b)) (mul (sq (ofNat b)) (sq (ofNat d))))
              (mul (normSq n (fun j => ofInt (vsub G G' j))) (normSq n e)))
            (b := mul (mul (mul (sq (ofNat b)) (sq (ofNat d)))
              (normSq n (fun j => ofInt (vsub G G' j)))) (mul (sq (ofNat b)) (normSq n e))))
          (ring_eq (vars4 (ofNat a) (ofNat b) (ofNat d)
              (normSq n (fun j => (ofInt (vsub G G' j) : R))))
            (a := mul (sq (mul (ofNat b) (mul (ofNat a) (ofNat d))))
              (normSq n (fun j => ofInt (vsub G G' j))))
            (b := mul (mul (mul (sq (ofNat b)) (sq (ofNat d)))
              (normSq n (fun j => ofInt (vsub G G' j)))) (sq (ofNat a))))))
      (Eq.trans
        (congrArg (fun t => sq (mul (ofNat b) (mul (mul (ofNat b) (ofNat d)) t))) joint)
        (ring_eq (vars3 (ofNat b) (ofNat d) (dot n (fun j => (ofInt (vsub G G' j) : R)) e))
          (a := sq (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
            (dot n (fun j => ofInt (vsub G G' j)) e))))
          (b := mul (mul (sq (ofNat b)) (mul (sq (ofNat b)) (sq (ofNat d))))
            (sq (dot n (fun j => ofInt (vsub G G' j)) e)))))
      (congrArg (mul _) (Eq.symm length))
  have less : le (add (mul (sq (mul (ofNat b) (mul (ofNat a) (ofNat d))))
      (ofInt (normSq n (vsub G G')))) one) (sq (ofInt L) : R) :=
    le_via (ofInt_le (R := R) (int_le_of_ble c.right))
      (Eq.symm (Eq.trans (ofInt_add _ _) (congr2 add
        (Eq.trans (ofInt_mul _ _) (congrArg (fun t => mul t _) number)) ofInt_one)))
      (Eq.symm (ofInt_mul L L))
  fun low =>
    have back : le (ofInt L) (neg (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
        (sub (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e))))) :=
      le_via (add_le_add_right (neg (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
          (sub (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e))))) low)
        (ring_eq (vars2 (ofInt L) (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
            (sub (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e)))))
          (a := ofInt L))
        (Eq.symm (zero_add _))
    zero_lt_one (le_of_add_le_add_left _ (le_trans less (le_trans (sq_le_sq whole back)
      (le_via most (ring_eq (vars1 (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
          (sub (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e)))))
        (a := sq (neg (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
          (sub (dot n (fun j => ofInt (G j)) e) (dot n (fun j => ofInt (G' j)) e)))))))
        (add_zero _)))))

/-- The check of one token: its heads, and that value, rest and gradient are what is said. -/
noncomputable def tokenOk (H n α b : Nat) (τ : Nat → Nat) (ω ζ : Nat → Int) (W J : Nat → Nat → Int)
    (ν μ : Nat → Nat) (S : Int) (r : Nat) (G : Nat → Int) : Bool :=
  and (and (headsOk H n α b τ ζ J μ) (intBeq S (gatedValue H ω ζ)))
    (and (Nat.ble (gatedRest H α b τ ω ν μ) r)
      (everyBelow n fun j => intBeq (G j) (gatedSlope H τ ω ζ W J j)))

/-- The check of all tokens. -/
noncomputable def tokensOk (T H n α b : Nat) (τ : Nat → Nat → Nat) (ω : Nat → Int) (ζ : Nat → Nat → Int)
    (W : Nat → Nat → Int) (J : Nat → Nat → Nat → Int) (ν : Nat → Nat) (μ : Nat → Nat → Nat) (S : Nat → Int)
    (r : Nat → Nat) (G : Nat → Nat → Int) : Bool :=
  everyBelow T fun s => tokenOk H n α b (τ s) ω (ζ s) W (J s) ν (μ s) (S s) (r s) (G s)

/-- The check of a selection: the listed tokens are `k`, and every gap between one of them and another
stays open. -/
noncomputable def gapsStay (T k n b α : Nat) (l : List Nat) (S : Nat → Int) (r : Nat → Nat)
    (G : Nat → Nat → Int) : Bool :=
  and (Nat.beq (count T (oneOf l)) k)
    (everyBelow T fun s => pick (oneOf l s)
      (everyBelow T fun t => pick (oneOf l t) true
        (gapStays n b α (gapLeft b (S s) (S t) (r s) (r t)) (G s) (G t))) true)

/-- Two scores, `q` times each of which is known up to a rest. -/
theorem two_scores {q i j m m' r r' : R} (hq : le zero q) (h : le (abs (sub (mul q i) m)) r)
    (h' : le (abs (sub (mul q j) m')) r') (g : lt zero (sub (sub m m') (add r r'))) :
    lt zero (sub i j) :=
  pos_of_mul_pos hq (lt_of_lt_of_le g (le_of_sub_nonneg (le_congr rfl
    (ring_eq (.cons r (.cons r' (vars5 q i j m m')))
      (a := sub (mul q (sub i j)) (sub (sub m m') (add r r')))
      (b := sub (add r r') (add (neg (sub (mul q i) m)) (sub (mul q j) m'))))
    (sub_nonneg (add_le_add (le_trans (neg_le_abs _) h) (le_trans (le_abs _) h'))))))

/-- The difference of two linear functions, less the rests: value and gradient apart. -/
theorem gap_split (B D s t g h r : R) :
    Eq (add (sub (mul (add one one) (mul (sq B) (sub s t))) r) (mul B (mul (mul B D) (sub g h))))
      (sub (sub (add (mul (add one one) (mul (sq B) s)) (mul B (mul (mul B D) g)))
        (add (mul (add one one) (mul (sq B) t)) (mul B (mul (mul B D) h)))) r) :=
  ring_eq (.cons r (vars6 B D s t g h))

/-- The selection by weighted sums of ReLUs, near a point. Let weights and products be linear in `x`, with
the rows `W_h` and `J_sh`, and have the values `ω_h/d` and `ζ_sh/d` at `x`; let the checks say yes. Then at
every `x'` with `‖x' - x‖ ≤ a/b` the listed tokens are the only top-k set of the scores, and of the scores
times any positive number. -/
theorem gated_selection {T k : Nat} {l : List Nat} {W : Nat → Nat → Int} {ω : Nat → Int} {ν : Nat → Nat}
    {J : Nat → Nat → Nat → Int} {ζ : Nat → Nat → Int} {S : Nat → Int} {τ μ : Nat → Nat → Nat}
    {r : Nat → Nat} {G : Nat → Nat → Int} {x x' : Vec R} {w : Nat → R} {z : Nat → Nat → R} {c : R}
    (hc : lt zero c) (hx : WithinRatio n (ofNat a) (ofNat b) x x')
    (hw : ∀ h, Nat.lt h H → Eq (mul (ofNat d) (w h))
      (add (ofInt (ω h)) (mul (ofNat d) (dot n (fun j => ofInt (W h j)) (vsub x' x)))))
    (hz : ∀ s, Nat.lt s T → ∀ h, Nat.lt h H → Eq (mul (ofNat d) (z s h))
      (add (ofInt (ζ s h)) (mul (ofNat d) (dot n (fun j => ofInt (J s h j)) (vsub x' x)))))
    (hν : Eq (weightsOk H n W ν) true)
    (ht : Eq (tokensOk T H n (Nat.mul a d) b τ ω ζ W J ν μ S r G) true)
    (hg : Eq (gapsStay T k n b (Nat.mul a d) l S r G) true) :
    UniqueTopK T k (fun s => mul c (gated H w (z s))) (oneOf l) :=
  have near (s : Nat) (hs : Nat.lt s T) : le (abs (sub
      (mul (mul (add one one) (sq (mul (ofNat b) (ofNat d)))) (gated H w (z s)))
      (add (mul (add one one) (mul (sq (ofNat b)) (ofInt (S s))))
        (mul (ofNat b) (mul (mul (ofNat b) (ofNat d))
          (dot n (fun j => ofInt (G s j)) (vsub x' x))))))) (ofNat (r s)) :=
    have o := bool_and (everyBelow_sound ht s hs)
    have p := bool_and o.left
    have q := bool_and o.right
    le_trans
      (le_via (gated_moves hx hw (hz s hs) hν p.left)
        (congrArg (fun t => abs (sub _ t)) (congr2 add
          (congrArg (fun t => mul (add one one) (mul (sq (ofNat b)) (ofInt t))) (int_eq_of_beq p.right))
          (congrArg (fun t => mul (ofNat b) (mul (mul (ofNat b) (ofNat d)) t))
            (dot_congr (fun j hj => congrArg ofInt (int_eq_of_beq (everyBelow_sound q.right j hj)))
              (fun _ _ => rfl))))) rfl)
      (ofNat_le_of_ble q.left)
  have left (s t : Nat) : Eq (ofInt (gapLeft b (S s) (S t) (r s) (r t)) : R)
      (sub (mul (add one one) (mul (sq (ofNat b)) (sub (ofInt (S s)) (ofInt (S t)))))
        (add (ofNat (r s)) (ofNat (r t)))) :=
    Eq.trans (ofInt_add _ _) (congr2 add
      (Eq.trans (ofInt_mul _ _) (Eq.trans
        (congr2 mul
          (Eq.trans (ofNat_mul 2 _) (congr2 mul ofNat_two (ofNat_mul b b)))
          (Eq.trans (ofInt_add _ _) (congrArg (add (ofInt (S s))) (ofInt_neg (S t)))))
        (mul_assoc _ _ _)))
      (Eq.trans (ofInt_neg _) (congrArg neg (ofNat_add (r s) (r t)))))
  unique_of_separated (Nat.eq_of_beq_eq_true (bool_and hg).left) (fun s t hs ht es et =>
    have stays := pick_false et (everyBelow_sound
      (pick_true es (everyBelow_sound (bool_and hg).right s hs)) t ht)
    have apart := two_scores
      (mul_nonneg (add_nonneg zero_le_one zero_le_one) (sq_nonneg (mul (ofNat b) (ofNat d))))
      (near s hs) (near t ht)
      (lt_congr rfl (Eq.symm (Eq.trans
          (congrArg (fun t => add t _) (left s t))
          (gap_split (ofNat b) (ofNat d) (ofInt (S s)) (ofInt (S t))
            (dot n (fun j => ofInt (G s j)) (vsub x' x))
            (dot n (fun j => ofInt (G t j)) (vsub x' x)) (add (ofNat (r s)) (ofNat (r t))))))
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
def tokensOk._sunfold (T H n α b : Nat) (τ : Nat → Nat → Nat) (ω : Nat → Int) (ζ : Nat → Nat → Int)
    (W : Nat → Nat → Int) (J : Nat → Nat → Nat → Int) (ν : Nat → Nat) (μ : Nat → Nat → Nat) (S : Nat → Int)
    (r : Nat → Nat) (G : Nat → Nat → Int) : Bool := true

/-- What the elaborator takes `gapsStay` for. -/
def gapsStay._sunfold (T k n b α : Nat) (l : List Nat) (S : Nat → Int) (r : Nat → Nat)
    (G : Nat → Nat → Int) : Bool := true

end LipBridge
