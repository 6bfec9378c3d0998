import LipBridge.Certificate.Stacked
import LipBridge.Layers.Rescaled
import LipBridge.Selection.OrderGap
/-!
# Two linear layers around an activation, bounded together (LipSDP)

An activation whose slopes lie between 0 and `p/q` satisfies
`q (φ a - φ b)² ≤ p (φ a - φ b)(a - b)`. With a positive weight `c_i` for every hidden unit, one bound
of two matrices together, `C₁ ‖Uᵀ diag(c) z‖² + C₂ ‖V diag(K/c) z‖² ≤ T ‖z‖²`, gives
`x ↦ V φ(U x + b) + a` the constant `p T / (2 q K √(C₁ C₂))`. This is LipSDP-Neuron (Fazlyab et al.,
2019) of a network with one hidden layer, without roots and without division. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `φ` has slopes between 0 and `p/q`: `q (φ a - φ b)² ≤ p (φ a - φ b)(a - b)`. -/
def SlopeWithin (p q : Nat) (φ : R → R) : Prop :=
  ∀ a b, le (mul (ofNat q) (mul (sub (φ a) (φ b)) (sub (φ a) (φ b))))
    (mul (ofNat p) (mul (sub (φ a) (φ b)) (sub a b)))

/-- An activation that never falls and never rises faster than its argument has slopes in [0, 1]. -/
theorem SlopeWithin.ofSlope {φ : R → R}
    (h : ∀ a b, le a b → And (le (φ a) (φ b)) (le (sub (φ b) (φ a)) (sub b a))) :
    SlopeWithin 1 1 φ :=
  fun a b => mul_le_mul_left (ofNat_nonneg 1) (Or.elim (le_total b a)
    (fun g => mul_le_mul_left (sub_nonneg (h b a g).left) (h b a g).right)
    (fun g => le_via (mul_le_mul_left (sub_nonneg (h a b g).left) (h a b g).right)
      (ring_eq (vars2 (φ a) (φ b))
        (a := mul (sub (φ a) (φ b)) (sub (φ a) (φ b)))
        (b := mul (sub (φ b) (φ a)) (sub (φ b) (φ a))))
      (ring_eq (vars4 (φ a) (φ b) a b)
        (a := mul (sub (φ a) (φ b)) (sub a b)) (b := mul (sub (φ b) (φ a)) (sub b a)))))

/-- The slopes of ReLU lie in [0, 1]. -/
theorem SlopeWithin.relu : SlopeWithin 1 1 (fun t : R => sup t zero) :=
  SlopeWithin.ofSlope relu_slope

/-- The slopes of leaky ReLU of slope `p/d ≤ 1` lie in [0, 1]. -/
theorem SlopeWithin.leakyRelu {p d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one)
    (h : Eq (Nat.ble p d) true) :
    SlopeWithin 1 1 (fun t : R => sup t (mul (mul (ofNat p) r) t)) :=
  SlopeWithin.ofSlope (leakyRelu_slope (mul_nonneg (ofNat_nonneg p) (reciprocal_nonneg hr))
    (le_via (mul_le_mul_right (reciprocal_nonneg hr) (ofNat_le_of_ble h)) rfl (Eq.symm hr)))

/-- The algebra: `C₁ A + C₂ V ≤ T (r B)` and `0 ≤ (T r)² E - 4 C₁ T r B + 4 C₁² A` give
`4 C₁ C₂ V ≤ T² (r² E)`. -/
theorem slope_step {A B C₁ C₂ E T V r : R} (hC : le zero C₁)
    (h₁ : le (add (mul C₁ A) (mul C₂ V)) (mul T (mul r B)))
    (h₂ : le zero (add (add (mul (sq (mul T r)) E)
        (add (mul (mul T r) (mul (neg (add C₁ C₁)) B)) (mul (mul T r) (mul (neg (add C₁ C₁)) B))))
      (mul (sq (neg (add C₁ C₁))) A))) :
    le (mul (mul (add (add C₁ C₁) (add C₁ C₁)) C₂) V) (mul (sq T) (mul (sq r) E)) :=
  have four : le zero (add (add C₁ C₁) (add C₁ C₁)) :=
    add_nonneg (add_nonneg hC hC) (add_nonneg hC hC)
  le_of_add_le_add_left (mul (mul (add (add C₁ C₁) (add C₁ C₁)) C₁) A)
    (le_via (add_le_add (mul_le_mul_left four h₁) h₂)
      (ring_eq (vars4 C₁ C₂ A V)
        (b := add (mul (add (add C₁ C₁) (add C₁ C₁)) (add (mul C₁ A) (mul C₂ V))) zero))
      (ring_eq (vars6 C₁ A B E T r)
        (a := add (mul (mul (add (add C₁ C₁) (add C₁ C₁)) C₁) A) (mul (sq T) (mul (sq r) E)))
        (b := add (mul (add (add C₁ C₁) (add C₁ C₁)) (mul T (mul r B)))
          (add (add (mul (sq (mul T r)) E)
            (add (mul (mul T r) (mul (neg (add C₁ C₁)) B)) (mul (mul T r) (mul (neg (add C₁ C₁)) B))))
          (mul (sq (neg (add C₁ C₁))) A)))))

/-- The difference of two values of a linear layer, entry by entry. -/
theorem linear_sub (cols : Nat) (W : Nat → Nat → Int) (r : R) (b x y : Vec R) (i : Nat) :
    Eq (sub (linear cols W r b x i) (linear cols W r b y i))
      (mul r (matVec cols W (vsub x y) i)) :=
  eq_via (congr2 sub (linear_eq cols W r b x i) (linear_eq cols W r b y i))
    (congrArg (mul r) (matVec_sub cols W x y i))
    (ring_eq (vars4 r (matVec cols W x i) (matVec cols W y i) (b i)))

/-- `0 ≤ ‖s x + t y‖²`, written out. -/
theorem normSq_combination (n : Nat) (s t : R) (x y : Vec R) :
    le zero (add (add (mul (sq s) (normSq n x))
        (add (mul s (mul t (dot n y x))) (mul s (mul t (dot n y x)))))
      (mul (sq t) (normSq n y))) :=
  have d : Eq (dot n (vsmul s x) (vsmul t y)) (mul s (mul t (dot n y x))) :=
    Eq.trans (dot_smul_left n s x _)
      (congrArg (mul s) (Eq.trans (dot_comm n x _) (dot_smul_left n t y x)))
  le_congr rfl
    (Eq.symm (Eq.trans (normSq_add n (vsmul s x) (vsmul t y))
      (congr2 add (congr2 add (normSq_smul n s x) (congr2 add d d)) (normSq_smul n t y))))
    (normSq_nonneg n (vadd (vsmul s x) (vsmul t y)))

section
variable {n k m C₁ C₂ T K p q d e : Nat} {U U' V V' : Nat → Nat → Int} {c c' c'' : Nat → Nat}
  {r s : R} {a b : Vec R} {f g : Vec R → Vec R} {φ : R → R}

/-- What one matrix makes of the scaled difference: `V' (c ⊙ z) = K V z` where `V' diag(c) = K V`. -/
theorem normSq_rescaled
    (hV : ∀ i j, Nat.lt i m → Nat.lt j k →
      Eq (Int.mul (V' i j) (Int.ofNat (c' j))) (Int.mul (Int.ofNat (c'' i)) (V i j)))
    (hK : Eq (allEqual m K c'') true) (z : Vec R) :
    Eq (normSq m (matVec k V' (fun i => mul (ofNat (c' i)) (z i))))
      (mul (sq (ofNat K)) (normSq m (matVec k V z))) :=
  Eq.trans
    (normSq_congr (y := vsmul (ofNat K) (matVec k V z)) (fun i hi => Eq.trans
      (sum_congr (fun j hj => Eq.trans
        (Eq.symm (mul_assoc (ofInt (V' i j)) (ofNat (c' j)) (z j)))
        (Eq.trans
          (congrArg (fun t => mul t (z j))
            (Eq.trans (Eq.symm (ofInt_mul (V' i j) (Int.ofNat (c' j))))
              (Eq.trans (congrArg ofInt (hV i j hi hj))
                (Eq.trans (ofInt_mul (Int.ofNat (c'' i)) (V i j))
                  (congrArg (fun t => mul (ofNat t) (ofInt (V i j)))
                    (Nat.eq_of_beq_eq_true
                      (allBelow_sound (p := fun i => Nat.beq (c'' i) K) hK hi)))))))
          (mul_assoc (ofNat K) (ofInt (V i j)) (z j)))))
      (sum_mul_left k (ofNat K) _)))
    (normSq_smul m (ofNat K) _)

/-- A row of the scaled matrix: `(U' x)_i = c_i (U x)_i`. -/
theorem matVec_rescaled
    (hU : ∀ i j, Nat.lt i k → Nat.lt j n →
      Eq (Int.mul (U' i j) (Int.ofNat (c j))) (Int.mul (Int.ofNat (c' i)) (U i j)))
    (hc : Eq (allEqual n 1 c) true) (x : Vec R) (i : Nat) (hi : Nat.lt i k) :
    Eq (matVec n U' x i) (mul (ofNat (c' i)) (matVec n U x i)) :=
  Eq.trans
    (sum_congr (fun j hj =>
      have w : Eq (ofInt (U' i j) : R) (mul (ofNat (c' i)) (ofInt (U i j))) :=
        Eq.trans (Eq.symm (mul_one _))
          (Eq.trans (congrArg (mul (ofInt (U' i j))) (Eq.symm (Eq.trans
              (congrArg ofNat (Nat.eq_of_beq_eq_true
                (allBelow_sound (p := fun i => Nat.beq (c i) 1) hc hj))) ofNat_one)))
            (Eq.trans (Eq.symm (ofInt_mul (U' i j) (Int.ofNat (c j))))
              (Eq.trans (congrArg ofInt (hU i j hi hj)) (ofInt_mul (Int.ofNat (c' i)) (U i j)))))
      Eq.trans (congrArg (fun t => mul t (x j)) w)
        (mul_assoc (ofNat (c' i)) (ofInt (U i j)) (x j))))
    (sum_mul_left n (ofNat (c' i)) _)

/-- `q ‖c ⊙ z‖² ≤ p r ⟨U'ᵀ (c ⊙ z), x - y⟩` for the difference `z` of two activated layers, where
`U' = diag(c) U`. -/
theorem slope_dot (hφ : SlopeWithin p q φ)
    (hU : ∀ i j, Nat.lt i k → Nat.lt j n →
      Eq (Int.mul (U' i j) (Int.ofNat (c j))) (Int.mul (Int.ofNat (c' i)) (U i j)))
    (hc : Eq (allEqual n 1 c) true) (x y : Vec R) :
    le (mul (ofNat q) (normSq k (fun i => mul (ofNat (c' i))
        (sub (φ (linear n U r b x i)) (φ (linear n U r b y i))))))
      (mul (ofNat p) (mul r (dot n (matVec k (transpose U') (fun i => mul (ofNat (c' i))
        (sub (φ (linear n U r b x i)) (φ (linear n U r b y i))))) (vsub x y)))) :=
  let z : Vec R := fun i => sub (φ (linear n U r b x i)) (φ (linear n U r b y i))
  let w : Vec R := fun i => mul (ofNat (c' i)) (z i)
  let δ : Vec R := fun i => sub (linear n U r b x i) (linear n U r b y i)
  have t (i : Nat) : le (mul (ofNat q) (mul (w i) (w i)))
      (mul (ofNat p) (mul (w i) (mul (ofNat (c' i)) (δ i)))) :=
    le_via (mul_le_mul_left (sq_nonneg (ofNat (c' i) : R))
        (hφ (linear n U r b x i) (linear n U r b y i)))
      (ring_eq (vars3 (ofNat (c' i)) (ofNat q) (z i))
        (a := mul (ofNat q) (mul (mul (ofNat (c' i)) (z i)) (mul (ofNat (c' i)) (z i))))
        (b := mul (sq (ofNat (c' i))) (mul (ofNat q) (mul (z i) (z i)))))
      (ring_eq (vars4 (ofNat (c' i)) (ofNat p) (z i) (δ i))
        (a := mul (ofNat p) (mul (mul (ofNat (c' i)) (z i)) (mul (ofNat (c' i)) (δ i))))
        (b := mul (sq (ofNat (c' i))) (mul (ofNat p) (mul (z i) (δ i)))))
  have e (i : Nat) (hi : Nat.lt i k) : Eq (mul (w i) (mul (ofNat (c' i)) (δ i)))
      (mul r (mul (w i) (matVec n U' (vsub x y) i))) :=
    Eq.trans (congrArg (fun v => mul (w i) (mul (ofNat (c' i)) v)) (linear_sub n U r b x y i))
      (Eq.trans
        (ring_eq (vars4 (w i) (ofNat (c' i)) r (matVec n U (vsub x y) i))
          (a := mul (w i) (mul (ofNat (c' i)) (mul r (matVec n U (vsub x y) i))))
          (b := mul r (mul (w i) (mul (ofNat (c' i)) (matVec n U (vsub x y) i)))))
        (congrArg (fun v => mul r (mul (w i) v))
          (Eq.symm (matVec_rescaled hU hc (vsub x y) i hi))))
  le_via (sum_le (n := k) (f := fun i => mul (ofNat q) (mul (w i) (w i)))
      (g := fun i => mul (ofNat p) (mul (w i) (mul (ofNat (c' i)) (δ i)))) (fun i _ => t i))
    (Eq.symm (sum_mul_left k (ofNat q) (fun i => mul (w i) (w i))))
    (Eq.symm (Eq.trans (sum_mul_left k (ofNat p) (fun i => mul (w i) (mul (ofNat (c' i)) (δ i))))
      (congrArg (mul (ofNat p))
        (Eq.trans (sum_congr e)
          (Eq.trans (sum_mul_left k r (fun i => mul (w i) (matVec n U' (vsub x y) i)))
            (congrArg (mul r) (dot_matVec k n U' (vsub x y) w)))))))

/-- The bound of two differences, before the outer scale: with `C₁' = q C₁`, `C₂' = q C₂` and
`T' = p T`, `4 C₁' C₂' K² ‖V z‖² ≤ T'² (r² ‖x - y‖²)`. -/
theorem slope_bound (hφ : SlopeWithin p q φ)
    (hU : ∀ i j, Nat.lt i k → Nat.lt j n →
      Eq (Int.mul (U' i j) (Int.ofNat (c j))) (Int.mul (Int.ofNat (c' i)) (U i j)))
    (hc : Eq (allEqual n 1 c) true)
    (hV : ∀ i j, Nat.lt i m → Nat.lt j k →
      Eq (Int.mul (V' i j) (Int.ofNat (c' j))) (Int.mul (Int.ofNat (c'' i)) (V i j)))
    (hK : Eq (allEqual m K c'') true) (h : StackBound.{u} n k m U' V' C₁ C₂ T) (x y : Vec R) :
    le (mul (mul (add (add (mul (ofNat q) (ofNat C₁)) (mul (ofNat q) (ofNat C₁)))
          (add (mul (ofNat q) (ofNat C₁)) (mul (ofNat q) (ofNat C₁)))) (mul (ofNat q) (ofNat C₂)))
        (mul (sq (ofNat K)) (normSq m (matVec k V
          (vsub (entrywise φ (linear n U r b x)) (entrywise φ (linear n U r b y)))))))
      (mul (sq (mul (ofNat p) (ofNat T))) (mul (sq r) (distSq n x y))) :=
  let z : Vec R := vsub (entrywise φ (linear n U r b x)) (entrywise φ (linear n U r b y))
  let w : Vec R := fun i => mul (ofNat (c' i)) (z i)
  let u : Vec R := matVec k (transpose U') w
  let o : R := mul (ofNat q) (ofNat C₁)
  let t : R := mul (ofNat p) (ofNat T)
  have first : le (add (mul o (normSq n u)) (mul (mul (ofNat q) (ofNat C₂))
        (mul (sq (ofNat K)) (normSq m (matVec k V z))))) (mul t (mul r (dot n u (vsub x y)))) :=
    le_trans
      (le_via (mul_le_mul_left (ofNat_nonneg q) (h w))
        (Eq.trans
          (ring_eq (vars5 (ofNat q) (ofNat C₁) (ofNat C₂) (normSq n u)
              (mul (sq (ofNat K)) (normSq m (matVec k V z))))
            (b := mul (ofNat q) (add (mul (ofNat C₁) (normSq n u))
              (mul (ofNat C₂) (mul (sq (ofNat K)) (normSq m (matVec k V z)))))))
          (congrArg (fun v => mul (ofNat q) (add (mul (ofNat C₁) (normSq n u)) (mul (ofNat C₂) v)))
            (Eq.symm (normSq_rescaled hV hK z))))
        rfl)
      (le_via (mul_le_mul_left (ofNat_nonneg T)
          (slope_dot (r := r) (b := b) hφ hU hc x y))
        (ring_eq (vars3 (ofNat q) (ofNat T) (normSq k w))
          (a := mul (ofNat q) (mul (ofNat T) (normSq k w)))
          (b := mul (ofNat T) (mul (ofNat q) (normSq k w))))
        (ring_eq (vars4 (ofNat p) (ofNat T) r (dot n u (vsub x y)))
          (a := mul (mul (ofNat p) (ofNat T)) (mul r (dot n u (vsub x y))))
          (b := mul (ofNat T) (mul (ofNat p) (mul r (dot n u (vsub x y)))))))
  slope_step (mul_nonneg (ofNat_nonneg q) (ofNat_nonneg C₁)) first
    (normSq_combination n (mul t r) (neg (add o o)) (vsub x y) u)

/-- LipSDP of one hidden layer: two linear maps around an activation with slopes in `[0, p/q]` have
the constant `p T / (2 q K d e √(C₁ C₂))`, where `C₁ ‖U'ᵀ z‖² + C₂ ‖V' z‖² ≤ T ‖z‖²`, the rows of `U'`
are those of `U` times `c`, and the columns of `V'` are those of `K V` divided by `c`. -/
theorem Affine.slope (hφ : SlopeWithin p q φ) (hf : Affine n k U r b f) (hg : Affine k m V s a g)
    (hU : ∀ i j, Nat.lt i k → Nat.lt j n →
      Eq (Int.mul (U' i j) (Int.ofNat (c j))) (Int.mul (Int.ofNat (c' i)) (U i j)))
    (hc : Eq (allEqual n 1 c) true)
    (hV : ∀ i j, Nat.lt i m → Nat.lt j k →
      Eq (Int.mul (V' i j) (Int.ofNat (c' j))) (Int.mul (Int.ofNat (c'' i)) (V i j)))
    (hK : Eq (allEqual m K c'') true) (h : StackBound.{u} n k m U' V' C₁ C₂ T)
    (hr : Eq (mul (ofNat d) r) one) (hs : Eq (mul (ofNat e) s) one)
    (hpos : Eq (Nat.ble 1 (Nat.mul (Nat.mul q q) (Nat.mul (Nat.mul C₁ C₂) (Nat.mul K K)))) true) :
    SqLipschitz n m (ofNat (Nat.mul (Nat.mul p p) (Nat.mul T T)))
      (ofNat (Nat.mul (Nat.mul 4 (Nat.mul (Nat.mul q q) (Nat.mul (Nat.mul C₁ C₂) (Nat.mul K K))))
        (Nat.mul (Nat.mul d e) (Nat.mul d e))))
      (fun x => g (entrywise φ (f x))) :=
  let N : Nat := Nat.mul (Nat.mul q q) (Nat.mul (Nat.mul C₁ C₂) (Nat.mul K K))
  have eN : Eq (ofNat (Nat.mul 4 N) : R)
      (mul (mul (add (add (mul (ofNat q) (ofNat C₁)) (mul (ofNat q) (ofNat C₁)))
          (add (mul (ofNat q) (ofNat C₁)) (mul (ofNat q) (ofNat C₁)))) (mul (ofNat q) (ofNat C₂)))
        (sq (ofNat K))) :=
    Eq.trans (ofNat_mul 4 N) (Eq.trans (four_mul (ofNat N))
      (Eq.trans (congrArg (fun v => add (add v v) (add v v))
          (Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_sq q)
            (Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_mul C₁ C₂) (ofNat_sq K))))))
        (ring_eq (vars4 (ofNat q) (ofNat C₁) (ofNat C₂) (ofNat K))
          (a := add (add (mul (sq (ofNat q)) (mul (mul (ofNat C₁) (ofNat C₂)) (sq (ofNat K))))
              (mul (sq (ofNat q)) (mul (mul (ofNat C₁) (ofNat C₂)) (sq (ofNat K)))))
            (add (mul (sq (ofNat q)) (mul (mul (ofNat C₁) (ofNat C₂)) (sq (ofNat K))))
              (mul (sq (ofNat q)) (mul (mul (ofNat C₁) (ofNat C₂)) (sq (ofNat K))))))
          (b := mul (mul (add (add (mul (ofNat q) (ofNat C₁)) (mul (ofNat q) (ofNat C₁)))
              (add (mul (ofNat q) (ofNat C₁)) (mul (ofNat q) (ofNat C₁))))
            (mul (ofNat q) (ofNat C₂))) (sq (ofNat K))))))
  have eD : Eq (ofNat (Nat.mul (Nat.mul d e) (Nat.mul d e)) : R)
      (mul (sq (ofNat d)) (sq (ofNat e))) :=
    Eq.trans (ofNat_sq (Nat.mul d e)) (Eq.trans (congrArg sq (ofNat_mul d e))
      (ring_eq (vars2 (ofNat d) (ofNat e)) (a := sq (mul (ofNat d) (ofNat e)))
        (b := mul (sq (ofNat d)) (sq (ofNat e)))))
  have eT : Eq (ofNat (Nat.mul (Nat.mul p p) (Nat.mul T T)) : R)
      (sq (mul (ofNat p) (ofNat T))) :=
    Eq.trans (ofNat_mul _ _) (Eq.trans (congr2 mul (ofNat_sq p) (ofNat_sq T))
      (ring_eq (vars2 (ofNat p) (ofNat T)) (a := mul (sq (ofNat p)) (sq (ofNat T)))
        (b := sq (mul (ofNat p) (ofNat T)))))
  have l : SqLipschitz n m (ofNat (Nat.mul (Nat.mul p p) (Nat.mul T T)))
      (ofNat (Nat.mul (Nat.mul 4 N) (Nat.mul (Nat.mul d e) (Nat.mul d e))))
      (fun x => linear k V s a (entrywise φ (linear n U r b x))) :=
    ⟨ofNat_nonneg _,
      lt_congr rfl (Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_mul 4 N) eD))
        (mul_pos (mul_pos (ofNat_pos rfl) (ofNat_pos hpos))
          (mul_pos (sq_pos (pos_of_reciprocal hr)) (sq_pos (pos_of_reciprocal hs)))),
      fun x y _ _ =>
        let S : R := normSq m (matVec k V
          (vsub (entrywise φ (linear n U r b x)) (entrywise φ (linear n U r b y))))
        let M : R := mul (add (add (mul (ofNat q) (ofNat C₁)) (mul (ofNat q) (ofNat C₁)))
          (add (mul (ofNat q) (ofNat C₁)) (mul (ofNat q) (ofNat C₁)))) (mul (ofNat q) (ofNat C₂))
        le_via (mul_le_mul_left (sq_nonneg (ofNat d : R))
            (slope_bound (r := r) (b := b) hφ hU hc hV hK h x y))
          (Eq.trans
            (congr2 mul (Eq.trans (ofNat_mul _ _) (congr2 mul eN eD))
              (linear_distSq m k V s a
                (entrywise φ (linear n U r b x)) (entrywise φ (linear n U r b y))))
            (Eq.trans
              (ring_eq (vars6 M (sq (ofNat K)) (ofNat d) (ofNat e) s S)
                (a := mul (mul (mul M (sq (ofNat K))) (mul (sq (ofNat d)) (sq (ofNat e))))
                  (mul (sq s) S))
                (b := mul (sq (mul (ofNat e) s)) (mul (sq (ofNat d)) (mul M (mul (sq (ofNat K)) S)))))
              (Eq.trans (congrArg (fun v => mul (sq v) _) hs)
                (ring_eq (vars1 (mul (sq (ofNat d)) (mul M (mul (sq (ofNat K)) S))))
                  (a := mul (sq one) (mul (sq (ofNat d)) (mul M (mul (sq (ofNat K)) S))))
                  (b := mul (sq (ofNat d)) (mul M (mul (sq (ofNat K)) S)))))))
          (Eq.trans (congrArg (fun v => mul v (distSq n x y)) eT)
            (Eq.symm (Eq.trans
              (ring_eq (vars4 (ofNat d) (mul (ofNat p) (ofNat T)) r (distSq n x y))
                (a := mul (sq (ofNat d)) (mul (sq (mul (ofNat p) (ofNat T)))
                  (mul (sq r) (distSq n x y))))
                (b := mul (sq (mul (ofNat d) r)) (mul (sq (mul (ofNat p) (ofNat T)))
                  (distSq n x y))))
              (Eq.trans (congrArg (fun v => mul (sq v) _) hr)
                (ring_eq (vars2 (mul (ofNat p) (ofNat T)) (distSq n x y))
                  (a := mul (sq one) (mul (sq (mul (ofNat p) (ofNat T))) (distSq n x y)))
                  (b := mul (sq (mul (ofNat p) (ofNat T))) (distSq n x y)))))))⟩
  l.congrFun (fun x i hi => Eq.trans (hg (entrywise φ (f x)) i hi)
    (linear_congr m k V s a (fun j hj => congrArg φ (hf x j hj)) i hi))

end

end

end LipBridge
