import LipBridge.Inputs.Bounded
import LipBridge.Layers.Separable
import LipBridge.Selection.Dsa
/-!
# How steep a weighted sum of ReLUs is in a ball

`I(x) = Σ_h (W x)_h·max((J x)_h, 0)`, the score of one token, is a product of two functions of `x` and has
no constant that holds everywhere. On `‖x‖ ≤ ρ` the product rule gives `2·σ(W)·σ(J)·ρ`. Taken together the
two give less: with positive weights `α` and `β` of the heads, `α_h β_h ≥ γ`, and one matrix `V` of the rows
`α_h W_h` and `β_h J_h`, the constant is `σ(V)²·ρ/γ`. For one head that is the best one. Between two points
`p s - p' s'` is at most half the length of `(p - p', s - s')` times that of `(p + p', s + s')`, so that no
derivative is needed. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `(2 (p s - p' s'))² ≤ ((p - p')² + (s - s')²)·2·((p² + s²) + (p'² + s'²))`. -/
theorem product_difference_le (p s p' s' : R) :
    le (sq (mul (add one one) (sub (mul p s) (mul p' s'))))
      (mul (add (sq (sub p p')) (sq (sub s s')))
        (mul (add one one) (add (add (sq p) (sq s)) (add (sq p') (sq s'))))) :=
  le_of_add
    (add_nonneg (sq_nonneg (add (sq (sub p p')) (sq (sub s s'))))
      (sq_nonneg (sub (sub (sq p) (sq p')) (sub (sq s) (sq s')))))
    (ring_eq (vars4 p s p' s'))

/-- `(a b)² = a² b²`. -/
theorem square_product (a b : R) : Eq (sq (mul a b)) (mul (sq a) (sq b)) := ring_eq (vars2 a b)

/-- `max(z, 0)² ≤ z²`. -/
theorem relu_sq_le (z : R) : le (sq (sup z zero)) (sq z) :=
  le_via (slope_sq_le relu_slope z zero)
    (Eq.trans (ring_eq (vars1 (sup z zero)) (a := sq (sup z zero)) (b := sq (sub (sup z zero) zero)))
      (congrArg (fun t => sq (sub (sup z zero) t)) (Eq.symm (sup_of_le (le_refl zero)))))
    (ring_eq (vars1 z) (a := sq z) (b := sq (sub z zero)))

/-- One head: `2γ` times the change of `w·max(z, 0)`, where `γ ≤ α β`. -/
theorem head_difference_le {γ α β w z w' z' : R} (hγ : le zero γ) (h : le γ (mul α β)) :
    le (sq (mul (mul (add one one) γ) (sub (mul w (sup z zero)) (mul w' (sup z' zero)))))
      (mul (add (sq (mul α (sub w w'))) (sq (mul β (sub z z'))))
        (mul (add one one) (add (add (sq (mul α w)) (sq (mul β z)))
          (add (sq (mul α w')) (sq (mul β z')))))) :=
  have relu (u : R) : le (sq (mul β (sup u zero))) (sq (mul β u)) :=
    le_via (mul_le_mul_left (sq_nonneg β) (relu_sq_le u))
      (ring_eq (vars2 β (sup u zero))) (ring_eq (vars2 β u))
  have moved : le (sq (sub (mul β (sup z zero)) (mul β (sup z' zero)))) (sq (mul β (sub z z'))) :=
    le_via (mul_le_mul_left (sq_nonneg β) (slope_sq_le relu_slope z z'))
      (ring_eq (vars3 β (sup z zero) (sup z' zero))) (ring_eq (vars3 β z z'))
  have scaled : le
      (sq (mul (mul (add one one) γ) (sub (mul w (sup z zero)) (mul w' (sup z' zero)))))
      (sq (mul (add one one) (sub (mul (mul α w) (mul β (sup z zero)))
        (mul (mul α w') (mul β (sup z' zero)))))) :=
    le_via
      (mul_le_mul_right
        (sq_nonneg (mul (add one one) (sub (mul w (sup z zero)) (mul w' (sup z' zero)))))
        (sq_le_sq hγ h))
      (ring_eq (vars5 γ w (sup z zero) w' (sup z' zero)))
      (ring_eq (vars6 α β w (sup z zero) w' (sup z' zero)))
  le_trans scaled (le_trans
    (product_difference_le (mul α w) (mul β (sup z zero)) (mul α w') (mul β (sup z' zero)))
    (mul_le_mul
      (add_nonneg (sq_nonneg _) (sq_nonneg _))
      (mul_nonneg two_nonneg (add_nonneg (add_nonneg (sq_nonneg _) (sq_nonneg _))
        (add_nonneg (sq_nonneg _) (sq_nonneg _))))
      (add_le_add (le_of_eq (ring_eq (vars3 α w w'))) moved)
      (mul_le_mul_left two_nonneg
        (add_le_add (add_le_add (le_refl _) (relu z)) (add_le_add (le_refl _) (relu z'))))))

/-! ## The matrix of both -/

/-- Whether `V` has the rows `α_h W_h`, then `β_h J_h`, of `n` entries each, and `γ ≤ α_h β_h`. -/
noncomputable def isJoint (H n γ : Nat) (α β : Nat → Nat) (W J V : Nat → Nat → Int) : Bool :=
  everyBelow H fun h =>
    and (Nat.ble γ (Nat.mul (α h) (β h)))
      (everyBelow n fun j =>
        and (intBeq (V h j) (Int.mul (Int.ofNat (α h)) (W h j)))
          (intBeq (V (Nat.add H h) j) (Int.mul (Int.ofNat (β h)) (J h j))))

/-- Whether `T A/(C B γ d) ≤ N/D`, with positive denominators: the numbers of a constant. -/
noncomputable def jointCheck (γ T C A B d N D : Nat) : Bool :=
  and (and (Nat.ble 1 D) (Nat.ble 1 (Nat.mul (Nat.mul (Nat.mul C B) γ) d)))
    (Nat.ble (Nat.mul (Nat.mul T A) D) (Nat.mul N (Nat.mul (Nat.mul (Nat.mul C B) γ) d)))

section
variable {H n γ T C : Nat} {α β : Nat → Nat} {W J V : Nat → Nat → Int}

/-- A row that is a multiple of another. -/
theorem matVec_multiple {c : Nat} {v w : Nat → Int}
    (h : ∀ j, Nat.lt j n → Eq (v j) (Int.mul (Int.ofNat c) (w j))) (x : Vec R) :
    Eq (dot n (fun j => ofInt (v j)) x) (mul (ofNat c) (dot n (fun j => ofInt (w j)) x)) :=
  Eq.trans
    (sum_congr (fun j hj => Eq.trans
      (congrArg (fun t => mul t (x j)) (Eq.trans (congrArg ofInt (h j hj)) (ofInt_mul _ _)))
      (mul_assoc (ofNat c) (ofInt (w j)) (x j))))
    (sum_mul_left n (ofNat c) _)

/-- `‖V x‖²` is the sum over the heads. -/
theorem joint_normSq (hV : Eq (isJoint H n γ α β W J V) true) (x : Vec R) :
    Eq (normSq (Nat.add H H) (matVec n V x))
      (sum H (fun h => add (sq (mul (ofNat (α h)) (matVec n W x h)))
        (sq (mul (ofNat (β h)) (matVec n J x h))))) :=
  have entry (h : Nat) (hh : Nat.lt h H) (j : Nat) (hj : Nat.lt j n) :=
    bool_and (everyBelow_sound (bool_and (everyBelow_sound hV h hh)).right j hj)
  Eq.trans (sum_append H H _)
    (Eq.trans (Eq.symm (sum_add H _ _))
      (sum_congr (fun h hh => congr2 (fun s t => add (sq s) (sq t))
        (matVec_multiple (fun j hj => int_eq_of_beq (entry h hh j hj).left) x)
        (matVec_multiple (fun j hj => int_eq_of_beq (entry h hh j hj).right) x))))

/-- The score of one token has on `‖x‖ ≤ A/B` the constant `T A/(C B γ)`, where `C ‖V x‖² ≤ T ‖x‖²`; in
squares and four times. -/
theorem gated_difference_le {A B : R} (hV : Eq (isJoint H n γ α β W J V) true)
    (hT : ∀ z : Vec R, le (mul (ofNat C) (normSq (Nat.add H H) (matVec n V z)))
      (mul (ofNat T) (normSq n z)))
    {x y : Vec R}
    (hx : le (mul (sq B) (normSq n x)) (sq A)) (hy : le (mul (sq B) (normSq n y)) (sq A)) :
    le (sq (mul (mul (ofNat C) B) (mul (mul (add one one) (ofNat γ))
        (sub (gated H (matVec n W x) (matVec n J x)) (gated H (matVec n W y) (matVec n J y))))))
      (mul (sq (mul (add one one) (mul (ofNat T) A))) (distSq n x y)) :=
  let form (z : Vec R) : R := normSq (Nat.add H H) (matVec n V z)
  have lift : Eq
      (mul (mul (add one one) (ofNat γ))
        (sub (gated H (matVec n W x) (matVec n J x)) (gated H (matVec n W y) (matVec n J y))))
      (sum H (fun h => mul (mul (add one one) (ofNat γ))
        (sub (mul (matVec n W x h) (sup (matVec n J x h) zero))
          (mul (matVec n W y h) (sup (matVec n J y h) zero))))) :=
    Eq.symm (Eq.trans (sum_mul_left H _ _) (congrArg (mul _) (sum_sub H _ _)))
  have terms := cauchy_terms (n := H)
    (a := fun h => add (sq (mul (ofNat (α h)) (sub (matVec n W x h) (matVec n W y h))))
      (sq (mul (ofNat (β h)) (sub (matVec n J x h) (matVec n J y h)))))
    (b := fun h => mul (add one one)
      (add (add (sq (mul (ofNat (α h)) (matVec n W x h))) (sq (mul (ofNat (β h)) (matVec n J x h))))
        (add (sq (mul (ofNat (α h)) (matVec n W y h))) (sq (mul (ofNat (β h)) (matVec n J y h))))))
    (e := fun h => mul (mul (add one one) (ofNat γ))
        (sub (mul (matVec n W x h) (sup (matVec n J x h) zero))
          (mul (matVec n W y h) (sup (matVec n J y h) zero))))
    (fun _ _ => add_nonneg (sq_nonneg _) (sq_nonneg _))
    (fun _ _ => mul_nonneg two_nonneg (add_nonneg (add_nonneg (sq_nonneg _) (sq_nonneg _))
      (add_nonneg (sq_nonneg _) (sq_nonneg _))))
    (fun h hh => head_difference_le (R := R) (ofNat_nonneg γ)
      (le_via (ofNat_le_of_ble (bool_and (everyBelow_sound hV h hh)).left) rfl
        (Eq.symm (ofNat_mul _ _))))
  have first : Eq
      (sum H (fun h => add (sq (mul (ofNat (α h)) (sub (matVec n W x h) (matVec n W y h))))
        (sq (mul (ofNat (β h)) (sub (matVec n J x h) (matVec n J y h))))))
      (form (vsub x y)) :=
    Eq.symm (Eq.trans (joint_normSq hV (vsub x y))
      (sum_ext H (fun h => congr2
        (fun s t => add (sq (mul (ofNat (α h)) s)) (sq (mul (ofNat (β h)) t)))
        (matVec_sub n W x y h) (matVec_sub n J x y h))))
  have second : Eq
      (sum H (fun h => mul (add one one)
        (add (add (sq (mul (ofNat (α h)) (matVec n W x h))) (sq (mul (ofNat (β h)) (matVec n J x h))))
          (add (sq (mul (ofNat (α h)) (matVec n W y h))) (sq (mul (ofNat (β h)) (matVec n J y h)))))))
      (mul (add one one) (add (form x) (form y))) :=
    Eq.trans (sum_mul_left H _ _) (congrArg (mul _) (Eq.trans (sum_add H _ _)
      (congr2 add (Eq.symm (joint_normSq hV x)) (Eq.symm (joint_normSq hV y)))))
  have change : le (mul (ofNat C) (form (vsub x y))) (mul (ofNat T) (distSq n x y)) := hT (vsub x y)
  have reach (z : Vec R) (hz : le (mul (sq B) (normSq n z)) (sq A)) :
      le (mul (mul (ofNat C) (sq B)) (form z)) (mul (ofNat T) (sq A)) :=
    le_trans
      (le_via (mul_le_mul_left (sq_nonneg B) (hT z)) (ring_eq (vars3 (ofNat C) B (form z)))
        (ring_eq (vars3 (ofNat T) B (normSq n z))
          (a := mul (ofNat T) (mul (sq B) (normSq n z)))
          (b := mul (sq B) (mul (ofNat T) (normSq n z)))))
      (mul_le_mul_left (ofNat_nonneg T) hz)
  have positive (z : Vec R) : le zero (form z) := normSq_nonneg _ _
  le_trans
    (le_via
      (mul_le_mul_left (sq_nonneg (mul (ofNat C) B)) terms)
      (Eq.trans (congrArg (fun t => sq (mul (mul (ofNat C) B) t)) lift)
        (square_product (mul (ofNat C) B) _))
      (Eq.trans
        (ring_eq (vars5 (ofNat C) B (form (vsub x y)) (form x) (form y))
          (a := mul (mul (ofNat C) (form (vsub x y)))
            (mul (add one one) (add (mul (mul (ofNat C) (sq B)) (form x))
              (mul (mul (ofNat C) (sq B)) (form y)))))
          (b := mul (sq (mul (ofNat C) B))
            (mul (form (vsub x y)) (mul (add one one) (add (form x) (form y))))))
        (congrArg (mul (sq (mul (ofNat C) B)))
          (congr2 mul (Eq.symm first) (Eq.symm second)))))
    (le_via
      (mul_le_mul
        (mul_nonneg (ofNat_nonneg T) (distSq_nonneg n x y))
        (mul_nonneg two_nonneg (add_nonneg
          (mul_nonneg (mul_nonneg (ofNat_nonneg C) (sq_nonneg B)) (positive x))
          (mul_nonneg (mul_nonneg (ofNat_nonneg C) (sq_nonneg B)) (positive y))))
        change (mul_le_mul_left two_nonneg (add_le_add (reach x hx) (reach y hy))))
      rfl
      (ring_eq (vars3 (ofNat T) A (distSq n x y))
        (a := mul (sq (mul (add one one) (mul (ofNat T) A))) (distSq n x y))
        (b := mul (mul (ofNat T) (distSq n x y))
          (mul (add one one) (add (mul (ofNat T) (sq A)) (mul (ofNat T) (sq A)))))))

end

/-! ## Constants -/

section
variable {H n γ T C A B d N D : Nat} {α β : Nat → Nat} {W J V : Nat → Nat → Int}

/-- A point of the ball of a whole input. -/
theorem InBall.whole {x : Vec R} (h : InBall 0 1 n A B x) :
    le (mul (sq (ofNat B)) (normSq n x)) (sq (ofNat A)) :=
  le_via (h 0 Nat.le.refl)
    (congrArg (mul _) (normSq_congr (fun j _ => Eq.symm
      (Eq.trans (token_zero n (slice 0 x) j) (congrArg x (nat_zero_add j)))))) rfl

/-- A score `c·Σ_h (W x)_h·max((J x)_h, 0)`, `c = 1/d`, has on `‖x‖ ≤ A/B` the constant `N/D`, at least
`T A/(C B γ d)`. -/
theorem gated_lipschitzOn {c : R} {f : Vec R → R}
    (hf : ∀ x, Eq (f x) (gated H (matVec n W x) (matVec n J x)))
    (hV : Eq (isJoint H n γ α β W J V) true)
    (hT : ∀ z : Vec R, le (mul (ofNat C) (normSq (Nat.add H H) (matVec n V z)))
      (mul (ofNat T) (normSq n z)))
    (hN : Eq (jointCheck γ T C A B d N D) true) (hc : Eq (mul (ofNat d) c) one) :
    LipschitzOn n 1 (ofNat N) (ofNat D) (InBall 0 1 n A B) (fun x _ => mul c (f x)) :=
  have checked := bool_and hN
  have numbers := bool_and checked.left
  have den : lt (zero : R) (ofNat (Nat.mul (Nat.mul (Nat.mul C B) γ) d)) := ofNat_pos numbers.right
  have four : lt zero (sq (add one one) : R) := sq_pos (add_pos zero_lt_one (le_of_lt zero_lt_one))
  have product : Eq (ofNat (Nat.mul (Nat.mul (Nat.mul C B) γ) d) : R)
      (mul (mul (mul (ofNat C) (ofNat B)) (ofNat γ)) (ofNat d)) :=
    Eq.trans (ofNat_mul _ _) (congrArg (fun t => mul t (ofNat d))
      (Eq.trans (ofNat_mul _ _) (congrArg (fun t => mul t (ofNat γ)) (ofNat_mul C B))))
  have known : LipschitzOn n 1 (ofNat (Nat.mul T A)) (ofNat (Nat.mul (Nat.mul (Nat.mul C B) γ) d))
      (InBall 0 1 n A B) (fun x _ => mul c (f x)) :=
    ⟨ofNat_nonneg _, den, fun x y hx hy =>
      le_of_mul_le_mul_left four
        (le_via (gated_difference_le (A := ofNat A) (B := ofNat B) hV hT hx.whole hy.whole)
          (Eq.trans
            (congr2 (fun s t => mul (sq (add one one)) (mul (sq s) t)) product
              (Eq.trans (distSq_one _ _) (congrArg sq (congr2 sub (congrArg (mul c) (hf x))
                (congrArg (mul c) (hf y))))))
            (Eq.trans
              (ring_eq (vars6 (mul (ofNat C) (ofNat B)) (ofNat γ) (ofNat d) c
                  (gated H (matVec n W x) (matVec n J x)) (gated H (matVec n W y) (matVec n J y)))
                (a := mul (sq (add one one)) (mul
                  (sq (mul (mul (mul (ofNat C) (ofNat B)) (ofNat γ)) (ofNat d)))
                  (sq (sub (mul c (gated H (matVec n W x) (matVec n J x)))
                    (mul c (gated H (matVec n W y) (matVec n J y)))))))
                (b := sq (mul (mul (ofNat d) c) (mul (mul (ofNat C) (ofNat B))
                  (mul (mul (add one one) (ofNat γ))
                    (sub (gated H (matVec n W x) (matVec n J x))
                      (gated H (matVec n W y) (matVec n J y))))))))
              (congrArg sq (Eq.trans (congrArg (fun t => mul t _) hc) (one_mul _)))))
          (Eq.trans (congrArg (fun t => mul (sq (add one one)) (mul (sq t) (distSq n x y)))
              (ofNat_mul T A))
            (ring_eq (vars2 (mul (ofNat T) (ofNat A)) (distSq n x y))
              (a := mul (sq (add one one))
                (mul (sq (mul (ofNat T) (ofNat A))) (distSq n x y)))
              (b := mul (sq (mul (add one one) (mul (ofNat T) (ofNat A)))) (distSq n x y)))))⟩
  ⟨ofNat_nonneg N, ofNat_pos numbers.left, fun x y hx hy =>
    ratio_weaken (sq_pos den) (sq_pos (ofNat_pos numbers.left)) (distSq_nonneg n x y)
      (le_via
        (sq_le_sq (mul_nonneg (ofNat_nonneg (Nat.mul T A)) (ofNat_nonneg D))
          (ofNat_mul_le checked.right))
        (Eq.symm (square_product _ _)) (Eq.symm (square_product _ _)))
      (known.bound x y hx hy)⟩

/-- The score of one token of DeepSeek's indexer, times `c = 1/d`, on the ball `‖x‖ ≤ A/B`; `V` is the joint
matrix of the head weights and of the token's rows of the products. -/
theorem dsa_lipschitzOn {l d' T' : Nat} {A' P' K' W' L' C' V' : PackedMatrix} {g : Nat → Int}
    {B' M' J' : Nat → PackedMatrix} {b b' b'' : Nat} {sd sT sl sn : Shape} {s : Nat} {c : R}
    (hd : Eq (Shape.size sd) d') (hs : Eq (Shape.size sT) T') (hl : Eq (Shape.size sl) l)
    (hn : Eq (Shape.size sn) n)
    (hL : Eq (isScaled l n g (PackedMatrix.entry A') (PackedMatrix.entry L')) true)
    (hP : Eq (dsaProductsOk H b b' b'' sd sT sl sn L' P' K' C' B' M' J') true)
    (hV : Eq (isJoint H n γ α β (PackedMatrix.entry W') (fun h => PackedMatrix.entry (J' h) s)
      (PackedMatrix.entry V')) true)
    (hT : ∀ z : Vec R, le (mul (ofNat C) (normSq (Nat.add H H) (matVec n (PackedMatrix.entry V') z)))
      (mul (ofNat T) (normSq n z)))
    (hN : Eq (jointCheck γ T C A B d N D) true) (ht : Eq (Nat.ble (Nat.succ s) T') true)
    (hc : Eq (mul (ofNat d) c) one) :
    LipschitzOn n 1 (ofNat N) (ofNat D) (InBall 0 1 n A B) (fun x _ =>
      mul c (dsaScores n l d' H (PackedMatrix.entry A') g (fun h => PackedMatrix.entry (B' h))
        (PackedMatrix.entry P') (PackedMatrix.entry K') (PackedMatrix.entry W') x s)) :=
  match sd, sT, sl, sn, hd, hs, hl, hn, hP with
  | _, _, _, _, rfl, rfl, rfl, rfl, hP =>
    gated_lipschitzOn (J := fun h => PackedMatrix.entry (J' h) s)
      (fun x => sum_congr (fun h hh => congrArg
        (fun t => mul (matVec _ (PackedMatrix.entry W') x h) (sup t zero))
        (dsaProducts_stored hL hP hh x (Nat.le_of_ble_eq_true ht))))
      hV hT hN hc

end

end

/-! ## Left to the kernel

As in `StepKernelOnly.lean`. -/

set_option linter.unusedVariables false

/-- What the elaborator takes `isJoint` for. -/
def isJoint._sunfold (H n γ : Nat) (α β : Nat → Nat) (W J V : Nat → Nat → Int) : Bool := true

end LipBridge
