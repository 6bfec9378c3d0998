import LipBridge.Layers.Concat
import LipBridge.Layers.Rescaled
import LipBridge.Layers.Slope
/-!
# A chain of linear layers and activations under one norm (LipSDP of any depth)

Let `z_i` be the difference of two values after layer `i` of a chain, and let `B` have a row for each
unit of the layers 1, 3, …, a column for each of the layers 0, 2, … (layer 0 is the input), and a block
for each linear layer `W_i`, between the units that it joins: `B_rs c_s = c'_r W_rs` with positive weights
`c` of the units. One bound of its norm, `C ‖B v‖² ≤ T ‖v‖²`, bounds `2 C ⟨w, B v⟩` by `C ‖w‖² + T ‖v‖²`,
and where `w` and `v` hold multiples of the `c_i z_i`, that inner product is a sum over the layers, each
term of which is at least a multiple of `‖c_i z_i‖²`. So the squares of the hidden layers cancel, and what
remains bounds the last layer by the first: the squared constant is `T^L / (C^L 4^(L-1) Π …)`. This is
LipSDP-Neuron (Fazlyab et al., 2019) of any depth, without roots and without division.
docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-! ## The norm of the matrix -/

/-- `2 C ⟨w, B v⟩ ≤ α ‖w‖² + β ‖v‖²` for `m` rows and `n` columns. -/
def CrossBound (R : Type u) [OrderedRing R] (m n : Nat) (B : Nat → Nat → Int) (C α β : Nat) : Prop :=
  ∀ w v : Vec R, le (mul (add (ofNat C) (ofNat C)) (dot m w (matVec n B v)))
    (add (mul (ofNat α) (normSq m w)) (mul (ofNat β) (normSq n v)))

/-- `C ‖B v‖² ≤ T ‖v‖²` gives `2 C ⟨w, B v⟩ ≤ C ‖w‖² + T ‖v‖²`. -/
theorem CrossBound.ofNorm {m n C T : Nat} {B : Nat → Nat → Int} (h : NormBound.{u} m n B T C) :
    CrossBound R m n B C C T :=
  fun w v =>
    let u : Vec R := matVec n B v
    let s : R := dot m w u
    have e := mul_nonneg (ofNat_nonneg C : le (zero : R) (ofNat C))
      (le_via (normSq_combination m one (neg one) w u) rfl
        (Eq.trans
          (congrArg (fun t => add (normSq m w) (sub (normSq m u) (add t t))) (dot_comm m w u))
          (ring_eq (vars3 (normSq m w) (dot m u w) (normSq m u))
            (a := add (normSq m w) (sub (normSq m u) (add (dot m u w) (dot m u w))))
            (b := add (add (mul (sq one) (normSq m w))
                (add (mul one (mul (neg one) (dot m u w))) (mul one (mul (neg one) (dot m u w)))))
              (mul (sq (neg one)) (normSq m u))))))
    le_trans
      (le_of_add e
        (ring_eq (vars4 (ofNat C) s (normSq m w) (normSq m u))
          (a := add (mul (add (ofNat C) (ofNat C)) s) (mul (ofNat C)
            (add (normSq m w) (sub (normSq m u) (add s s)))))
          (b := add (mul (ofNat C) (normSq m w)) (mul (ofNat C) (normSq m u)))))
      (add_le_add (le_refl _) (h v))

/-- The same of the transpose. -/
theorem CrossBound.swap {m n C α β : Nat} {B : Nat → Nat → Int} (h : CrossBound R m n B C α β) :
    CrossBound R n m (transpose B) C β α :=
  fun w v => le_via (h v w)
    (congrArg (mul _) (Eq.trans (dot_comm n w _) (Eq.symm (dot_matVec m n B w v))))
    (add_comm _ _)

/-! ## Layer by layer -/

/-- What is known after some layers, with `n` inputs and `k` outputs: vectors `w` and `v` of the units so
far, the last `k` entries of `v` being `κ c_j z_j`, such that
`α ‖w‖² + β ‖v‖² ≤ 2 C ⟨w, B v⟩ + μ κ₀² ‖x - y‖²`. -/
def SlopeChain (R : Type u) [OrderedRing R] (n k M N : Nat) (B : Nat → Nat → Int) (C α β μ : Nat)
    (c : Nat → Nat) (κ₀ κ : Nat) (f : Vec R → Vec R) : Prop :=
  ∀ x y : Vec R, Exists fun w : Vec R => Exists fun v : Vec R =>
    And (∀ j, Nat.lt j k →
        Eq (v (Nat.add N j)) (mul (ofNat κ) (mul (ofNat (c j)) (sub (f x j) (f y j)))))
      (le (add (mul (ofNat α) (normSq M w)) (mul (ofNat β) (normSq (Nat.add N k) v)))
        (add (mul (add (ofNat C) (ofNat C)) (dot M w (matVec (Nat.add N k) B v)))
          (mul (mul (ofNat μ) (sq (ofNat κ₀))) (distSq n x y))))

section
variable {n k m M N C α β μ κ₀ κ p q d K : Nat} {B W : Nat → Nat → Int} {c c' : Nat → Nat} {r : R}
  {b : Vec R} {f g : Vec R → Vec R} {φ : R → R}

/-- Nothing has happened to the input. -/
theorem SlopeChain.start (n : Nat) (B : Nat → Nat → Int) (C α β : Nat)
    (hc : Eq (allEqual n 1 c) true) :
    SlopeChain R n n 0 0 B C α β β c 1 1 (fun x => x) :=
  fun x y => ⟨vzero, vsub x y,
    fun j hj => Eq.trans (congrArg (vsub x y) (nat_zero_add j))
      (Eq.symm (Eq.trans
        (congrArg (fun t => mul t (mul (ofNat (c j)) (sub (x j) (y j)))) ofNat_one)
        (Eq.trans (one_mul _)
          (Eq.trans
            (congrArg (fun t => mul t (sub (x j) (y j))) (Eq.trans
              (congrArg ofNat (Nat.eq_of_beq_eq_true
                (allBelow_sound (p := fun i => Nat.beq (c i) 1) hc hj))) ofNat_one))
            (one_mul _))))),
    le_via (le_refl (mul (ofNat β) (distSq n x y)))
      (Eq.trans
        (congrArg (fun t => add (mul (ofNat α) zero) (mul (ofNat β) (normSq t (vsub x y))))
          (nat_zero_add n))
        (ring_eq (vars3 (ofNat α) (ofNat β) (normSq n (vsub x y)))
          (a := add (mul (ofNat α) zero) (mul (ofNat β) (normSq n (vsub x y))))
          (b := mul (ofNat β) (normSq n (vsub x y)))))
      (Eq.trans
        (congrArg (fun t => add (mul (add (ofNat C) (ofNat C)) zero)
          (mul (mul (ofNat β) (sq t)) (distSq n x y))) ofNat_one)
        (ring_eq (vars3 (ofNat C) (ofNat β) (distSq n x y))
          (a := add (mul (add (ofNat C) (ofNat C)) zero)
            (mul (mul (ofNat β) (sq one)) (distSq n x y)))
          (b := mul (ofNat β) (distSq n x y))))⟩

/-- The rows of one layer in `B`, from row `M` and column `N` on, with zeros before: entry `(i, j)` times
`c_j` is `c'_i W_ij`. -/
structure LayerBlock (m k M N : Nat) (B W : Nat → Nat → Int) (c c' : Nat → Nat) : Prop where
  /-- The block. -/
  block : ∀ i j, Nat.lt i m → Nat.lt j k →
    Eq (Int.mul (B (Nat.add M i) (Nat.add N j)) (Int.ofNat (c j)))
      (Int.mul (Int.ofNat (c' i)) (W i j))
  /-- The zeros. -/
  zeros : ∀ i j, Nat.lt i m → Nat.lt j N → Eq (B (Nat.add M i) j) (Int.ofNat 0)

/-- What a row of the layer makes of `v`: `κ c'_i (W z)_i`. -/
theorem LayerBlock.row (h : LayerBlock m k M N B W c c') {v z : Vec R}
    (hv : ∀ j, Nat.lt j k → Eq (v (Nat.add N j)) (mul (ofNat κ) (mul (ofNat (c j)) (z j)))) (i : Nat)
    (hi : Nat.lt i m) :
    Eq (matVec (Nat.add N k) B v (Nat.add M i))
      (mul (ofNat κ) (mul (ofNat (c' i)) (matVec k W z i))) :=
  Eq.trans (sum_append N k _)
    (Eq.trans
      (congr2 add
        (Eq.trans
          (sum_congr (fun j hj => Eq.trans
            (congrArg (fun t => mul (ofInt t) (v j)) (h.zeros i j hi hj))
            (Eq.trans (congrArg (fun t => mul t (v j)) ofInt_zero) (zero_mul (v j)))))
          (sum_zero N))
        (Eq.trans
          (sum_congr (fun j hj => Eq.trans (congrArg (mul (ofInt (B (Nat.add M i) (Nat.add N j)))) (hv j hj))
            (Eq.trans
              (ring_eq (vars4 (ofInt (B (Nat.add M i) (Nat.add N j))) (ofNat κ) (ofNat (c j)) (z j))
                (a := mul (ofInt (B (Nat.add M i) (Nat.add N j)))
                  (mul (ofNat κ) (mul (ofNat (c j)) (z j))))
                (b := mul (ofNat κ) (mul (mul (ofInt (B (Nat.add M i) (Nat.add N j))) (ofNat (c j)))
                  (z j))))
              (Eq.trans
                (congrArg (fun t => mul (ofNat κ) (mul t (z j)))
                  (Eq.trans (Eq.symm (ofInt_mul _ (Int.ofNat (c j))))
                    (Eq.trans (congrArg ofInt (h.block i j hi hj)) (ofInt_mul (Int.ofNat (c' i)) _))))
                (ring_eq (vars4 (ofNat κ) (ofNat (c' i)) (ofInt (W i j)) (z j))
                  (a := mul (ofNat κ) (mul (mul (ofNat (c' i)) (ofInt (W i j))) (z j)))
                  (b := mul (mul (ofNat κ) (ofNat (c' i))) (mul (ofInt (W i j)) (z j))))))))
          (Eq.trans (sum_mul_left k (mul (ofNat κ) (ofNat (c' i))) (fun j => mul (ofInt (W i j)) (z j)))
            (mul_assoc (ofNat κ) (ofNat (c' i)) _))))
      (zero_add _))

/-- What a new layer adds to the inner product: with `u` for its units,
`⟨(s w, g u), B (s v)⟩ = s² ⟨w, B v⟩ + g s κ Σ u_i c'_i (W z)_i`. -/
theorem LayerBlock.dot (h : LayerBlock m k M N B W c c') {v z : Vec R}
    (hv : ∀ j, Nat.lt j k → Eq (v (Nat.add N j)) (mul (ofNat κ) (mul (ofNat (c j)) (z j)))) (s t : R)
    (w u : Vec R) :
    Eq (LipBridge.dot (Nat.add M m) (append M (vsmul s w) (vsmul t u))
        (matVec (Nat.add N k) B (vsmul s v)))
      (add (mul (sq s) (LipBridge.dot M w (matVec (Nat.add N k) B v)))
        (mul (mul (mul t s) (ofNat κ))
          (sum m (fun i => mul (u i) (mul (ofNat (c' i)) (matVec k W z i)))))) :=
  let L := Nat.add N k
  Eq.trans (sum_append M m _)
    (congr2 add
      (Eq.trans
        (sum_congr (fun i hi => Eq.trans
          (congr2 mul (append_left M (vsmul s w) (vsmul t u) hi) (matVec_smul L B s v i))
          (ring_eq (vars3 s (w i) (matVec L B v i)) (a := mul (mul s (w i)) (mul s (matVec L B v i)))
            (b := mul (sq s) (mul (w i) (matVec L B v i))))))
        (sum_mul_left M (sq s) _))
      (Eq.trans
        (sum_congr (fun i hi => Eq.trans
          (congr2 mul (append_right M (vsmul s w) (vsmul t u) i)
            (Eq.trans (matVec_smul L B s v (Nat.add M i)) (congrArg (mul s) (h.row hv i hi))))
          (ring_eq (vars6 t (u i) s (ofNat κ) (ofNat (c' i)) (matVec k W z i))
            (a := mul (mul t (u i)) (mul s (mul (ofNat κ) (mul (ofNat (c' i)) (matVec k W z i)))))
            (b := mul (mul (mul t s) (ofNat κ)) (mul (u i) (mul (ofNat (c' i)) (matVec k W z i)))))))
        (sum_mul_left m (mul (mul t s) (ofNat κ)) _)))

/-- `d q z'_i² ≤ p z'_i (W z)_i` for the differences `z`, `z'` before and after a linear layer `1/d W` and
an activation with slopes in `[0, p/q]`. -/
theorem slope_entry (hφ : SlopeWithin p q φ) (hg : Affine k m W r b g)
    (hr : Eq (mul (ofNat d) r) one) (x y : Vec R) {i : Nat} (hi : Nat.lt i m) :
    le (mul (ofNat (Nat.mul d q)) (mul (sub (φ (g x i)) (φ (g y i))) (sub (φ (g x i)) (φ (g y i)))))
      (mul (ofNat p) (mul (sub (φ (g x i)) (φ (g y i))) (matVec k W (vsub x y) i))) :=
  let e : R := sub (φ (g x i)) (φ (g y i))
  have step : Eq (mul (ofNat d) (sub (g x i) (g y i))) (matVec k W (vsub x y) i) :=
    hg.times_sub hr x y hi
  le_via (mul_le_mul_left (ofNat_nonneg d) (hφ (g x i) (g y i)))
    (Eq.trans (congrArg (fun t => mul t (mul e e)) (ofNat_mul d q))
      (ring_eq (vars3 (ofNat d) (ofNat q) e) (a := mul (mul (ofNat d) (ofNat q)) (mul e e))
        (b := mul (ofNat d) (mul (ofNat q) (mul e e)))))
    (Eq.trans (congrArg (fun t => mul (ofNat p) (mul e t)) (Eq.symm step))
      (ring_eq (vars4 (ofNat d) (ofNat p) e (sub (g x i) (g y i)))
        (a := mul (ofNat p) (mul e (mul (ofNat d) (sub (g x i) (g y i)))))
        (b := mul (ofNat d) (mul (ofNat p) (mul e (sub (g x i) (g y i)))))))

/-- `d q ‖c' ⊙ z'‖² ≤ p Σ c'_i² z'_i (W z)_i`: the same of all units, with weights. -/
theorem slope_sum (hφ : SlopeWithin p q φ) (hg : Affine k m W r b g)
    (hr : Eq (mul (ofNat d) r) one) (c' : Nat → Nat) (x y : Vec R) :
    le (mul (ofNat (Nat.mul d q)) (normSq m (fun i => mul (ofNat (c' i))
        (sub (φ (g x i)) (φ (g y i))))))
      (mul (ofNat p) (sum m (fun i => mul (mul (ofNat (c' i)) (sub (φ (g x i)) (φ (g y i))))
        (mul (ofNat (c' i)) (matVec k W (vsub x y) i))))) :=
  let e (i : Nat) : R := sub (φ (g x i)) (φ (g y i))
  le_via
    (sum_le (n := m)
      (f := fun i => mul (ofNat (Nat.mul d q)) (mul (mul (ofNat (c' i)) (e i)) (mul (ofNat (c' i)) (e i))))
      (g := fun i => mul (ofNat p) (mul (mul (ofNat (c' i)) (e i))
        (mul (ofNat (c' i)) (matVec k W (vsub x y) i))))
      (fun i hi =>
        le_via (mul_le_mul_left (sq_nonneg (ofNat (c' i) : R)) (slope_entry hφ hg hr x y hi))
          (ring_eq (vars3 (ofNat (Nat.mul d q)) (ofNat (c' i)) (e i))
            (a := mul (ofNat (Nat.mul d q))
              (mul (mul (ofNat (c' i)) (e i)) (mul (ofNat (c' i)) (e i))))
            (b := mul (sq (ofNat (c' i))) (mul (ofNat (Nat.mul d q)) (mul (e i) (e i)))))
          (ring_eq (vars4 (ofNat p) (ofNat (c' i)) (e i) (matVec k W (vsub x y) i))
            (a := mul (ofNat p) (mul (mul (ofNat (c' i)) (e i))
              (mul (ofNat (c' i)) (matVec k W (vsub x y) i))))
            (b := mul (sq (ofNat (c' i)))
              (mul (ofNat p) (mul (e i) (matVec k W (vsub x y) i)))))))
    (Eq.symm (sum_mul_left m (ofNat (Nat.mul d q)) _))
    (Eq.symm (sum_mul_left m (ofNat p) _))

/-- The algebra of a hidden layer. -/
theorem slope_chain_step {A α β s t κ H p C S U V D μ : R} (hs : Eq s (mul α p))
    (ht : Eq t (mul (add C C) (mul H κ))) (hα : le zero α) (hC : le zero C) (hκ : le zero κ)
    (hH : le zero H) (hU : le (mul H U) (mul p S))
    (h : le (add (mul α A) (mul β V)) (add (mul (add C C) D) μ)) :
    le (add (mul β (mul (sq s) V)) (mul α (add (mul (sq s) A) (mul (sq t) U))))
      (add (mul (add C C) (add (mul (sq s) D) (mul (mul (mul t s) κ) S))) (mul (sq s) μ)) :=
  have k : le zero (mul (mul (add C C) (mul α κ)) t) :=
    mul_nonneg (mul_nonneg (add_nonneg hC hC) (mul_nonneg hα hκ))
      (le_via (mul_nonneg (add_nonneg hC hC) (mul_nonneg hH hκ)) rfl ht)
  have a := mul_le_mul_left k hU
  have b := mul_le_mul_left (sq_nonneg s) h
  le_via (add_le_add b a)
    (Eq.trans
      (congrArg (fun e => add (mul β (mul (sq s) V)) (mul α (add (mul (sq s) A) (mul (mul t e) U)))) ht)
      (ring_eq (.cons t (.cons κ (.cons H (.cons U (vars6 A α β s C V)))))
        (a := add (mul β (mul (sq s) V))
          (mul α (add (mul (sq s) A) (mul (mul t (mul (add C C) (mul H κ))) U))))
        (b := add (mul (sq s) (add (mul α A) (mul β V)))
          (mul (mul (mul (add C C) (mul α κ)) t) (mul H U)))))
    (Eq.trans
      (congrArg (fun e => add (mul (add C C) (add (mul (sq s) D) (mul (mul (mul t e) κ) S)))
        (mul (sq s) μ)) hs)
      (ring_eq (.cons t (.cons κ (.cons S (.cons μ (vars5 D α p s C)))))
        (a := add (mul (add C C) (add (mul (sq s) D) (mul (mul (mul t (mul α p)) κ) S)))
          (mul (sq s) μ))
        (b := add (mul (sq s) (add (mul (add C C) D) μ))
          (mul (mul (mul (add C C) (mul α κ)) t) (mul p S)))))

/-- The algebra of the last layer. -/
theorem slope_chain_last {A α β C D V W μ : R}
    (h : le (add (mul (add C C) (mul (sq α) D)) (add W W))
      (add (add (mul α (mul (sq α) A)) W) (mul β (mul (sq α) V))))
    (k : le (add (mul α A) (mul β V)) (add (mul (add C C) D) μ)) : le W (mul (sq α) μ) :=
  le_of_add_le_add_left
    (add (mul (add C C) (mul (sq α) D)) (add W (mul (sq α) (add (mul α A) (mul β V)))))
    (le_via (add_le_add h (mul_le_mul_left (sq_nonneg α) k))
      (ring_eq (vars8 A α β C D V W μ)) (ring_eq (vars8 A α β C D V W μ)))

/-- A hidden layer: a linear one with the block in `B`, and an activation with slopes in `[0, p/q]`. Rows
and columns change places. -/
theorem SlopeChain.step (h : SlopeChain R n k M N B C α β μ c κ₀ κ f) (hφ : SlopeWithin p q φ)
    (hg : Affine k m W r b g) (hr : Eq (mul (ofNat d) r) one)
    (hB : LayerBlock m k M N B W c c') :
    SlopeChain R n m (Nat.add N k) M (transpose B) C β α μ c' (Nat.mul (Nat.mul α p) κ₀)
      (Nat.mul (Nat.mul 2 C) (Nat.mul (Nat.mul d q) κ)) (fun x => entrywise φ (g (f x))) :=
  fun x y => match h x y with
  | ⟨w, v, hv, hw⟩ =>
    let s : R := ofNat (Nat.mul α p)
    let t : R := ofNat (Nat.mul (Nat.mul 2 C) (Nat.mul (Nat.mul d q) κ))
    let z : Vec R := fun i => sub (φ (g (f x) i)) (φ (g (f y) i))
    let u : Vec R := fun i => mul (ofNat (c' i)) (z i)
    have ht : Eq t (mul (add (ofNat C) (ofNat C)) (mul (ofNat (Nat.mul d q)) (ofNat κ))) :=
      Eq.trans (ofNat_mul _ _) (congr2 mul
        (Eq.trans (ofNat_mul 2 C) (Eq.trans (congrArg (fun e => mul e (ofNat C)) ofNat_two)
          (ring_eq (vars1 (ofNat C)) (a := mul (add one one) (ofNat C))
            (b := add (ofNat C) (ofNat C)))))
        (ofNat_mul (Nat.mul d q) κ))
    have eκ : Eq (sq (ofNat (Nat.mul (Nat.mul α p) κ₀)) : R) (mul (sq s) (sq (ofNat κ₀))) :=
      Eq.trans (congrArg sq (ofNat_mul (Nat.mul α p) κ₀))
        (ring_eq (vars2 s (ofNat κ₀)) (a := sq (mul s (ofNat κ₀)))
          (b := mul (sq s) (sq (ofNat κ₀))))
    ⟨vsmul s v, append M (vsmul s w) (vsmul t u),
      fun j _ => append_right M (vsmul s w) (vsmul t u) j,
      le_via
        (slope_chain_step (A := normSq M w) (V := normSq (Nat.add N k) v) (U := normSq m u)
          (ofNat_mul α p) ht (ofNat_nonneg α) (ofNat_nonneg C) (ofNat_nonneg κ)
          (ofNat_nonneg (Nat.mul d q)) (slope_sum hφ hg hr c' (f x) (f y)) hw)
        (congr2 add (congrArg (mul (ofNat β)) (normSq_smul (Nat.add N k) s v))
          (congrArg (mul (ofNat α)) (Eq.trans (normSq_append M m (vsmul s w) (vsmul t u))
            (congr2 add (normSq_smul M s w) (normSq_smul m t u)))))
        (congr2 add
          (congrArg (mul (add (ofNat C) (ofNat C)))
            (Eq.trans
              (Eq.trans (dot_comm (Nat.add N k) (vsmul s v) _)
                (Eq.symm (dot_matVec (Nat.add M m) (Nat.add N k) B (vsmul s v)
                  (append M (vsmul s w) (vsmul t u)))))
              (hB.dot (z := vsub (f x) (f y)) hv s t w u)))
          (Eq.trans (congrArg (fun e => mul (mul (ofNat μ) e) (distSq n x y)) eκ)
            (ring_eq (vars4 (ofNat μ) (sq s) (sq (ofNat κ₀)) (distSq n x y))
              (a := mul (mul (ofNat μ) (mul (sq s) (sq (ofNat κ₀)))) (distSq n x y))
              (b := mul (sq s) (mul (mul (ofNat μ) (sq (ofNat κ₀))) (distSq n x y))))))⟩

/-- The last layer, a linear one: `μ α² κ₀²` over `α C² (e κ K)²` bounds the squared constant. -/
theorem SlopeChain.last (h : SlopeChain R n k M N B C α β μ c κ₀ κ f) (hg : Affine k m W r b g)
    (hr : Eq (mul (ofNat d) r) one) (hB : LayerBlock m k M N B W c c')
    (hK : Eq (allEqual m K c') true)
    (hN : CrossBound R (Nat.add M m) (Nat.add N k) B C α β)
    (hpos : Eq (Nat.ble 1 (Nat.mul α (Nat.mul (Nat.mul C C)
      (Nat.mul (Nat.mul (Nat.mul d κ) K) (Nat.mul (Nat.mul d κ) K))))) true) :
    SqLipschitz n m (ofNat (Nat.mul μ (Nat.mul (Nat.mul α α) (Nat.mul κ₀ κ₀))))
      (ofNat (Nat.mul α (Nat.mul (Nat.mul C C)
        (Nat.mul (Nat.mul (Nat.mul d κ) K) (Nat.mul (Nat.mul d κ) K))))) (fun x => g (f x)) :=
  ⟨ofNat_nonneg _, ofNat_pos hpos, fun x y _ _ => match h x y with
  | ⟨w, v, hv, hw⟩ =>
    let s : R := ofNat α
    let t : R := mul (ofNat C) (mul (ofNat d) (ofNat κ))
    let z : Vec R := fun i => sub (g (f x) i) (g (f y) i)
    let u : Vec R := fun i => mul (ofNat (c' i)) (z i)
    let Z : R := distSq m (g (f x)) (g (f y))
    have eK (i : Nat) (hi : Nat.lt i m) : Eq (c' i) K := Nat.eq_of_beq_eq_true
      (allBelow_sound (p := fun i => Nat.beq (c' i) K) hK hi)
    have eU : Eq (normSq m u) (mul (sq (ofNat K)) Z) :=
      Eq.trans
        (normSq_congr (y := vsmul (ofNat K) z) (fun i hi =>
          congrArg (fun e => mul (ofNat e) (z i)) (eK i hi)))
        (normSq_smul m (ofNat K) z)
    have eS : Eq (sum m (fun i => mul (u i) (mul (ofNat (c' i)) (matVec k W (vsub (f x) (f y)) i))))
        (mul (ofNat d) (normSq m u)) :=
      Eq.trans
        (sum_congr (fun i hi =>
          have step : Eq (matVec k W (vsub (f x) (f y)) i) (mul (ofNat d) (z i)) :=
            Eq.symm (hg.times_sub hr (f x) (f y) hi)
          Eq.trans (congrArg (fun e => mul (u i) (mul (ofNat (c' i)) e)) step)
            (ring_eq (vars3 (ofNat d) (ofNat (c' i)) (z i))
              (a := mul (mul (ofNat (c' i)) (z i)) (mul (ofNat (c' i)) (mul (ofNat d) (z i))))
              (b := mul (ofNat d) (mul (mul (ofNat (c' i)) (z i)) (mul (ofNat (c' i)) (z i)))))))
        (sum_mul_left m (ofNat d) (fun i => mul (u i) (u i)))
    let I : R := dot M w (matVec (Nat.add N k) B v)
    have cross := le_via (hN (append M (vsmul s w) (vsmul t u)) (vsmul s v))
      (Eq.trans
        (ring_eq (.cons t (vars6 (ofNat C) (ofNat d) (ofNat κ) s I (normSq m u)))
          (a := add (mul (add (ofNat C) (ofNat C)) (mul (sq s) I))
            (add (mul s (mul (mul t (mul (ofNat C) (mul (ofNat d) (ofNat κ)))) (normSq m u)))
              (mul s (mul (mul t (mul (ofNat C) (mul (ofNat d) (ofNat κ)))) (normSq m u)))))
          (b := mul (add (ofNat C) (ofNat C)) (add (mul (sq s) I)
            (mul (mul (mul t s) (ofNat κ)) (mul (ofNat d) (normSq m u))))))
        (congrArg (mul (add (ofNat C) (ofNat C)))
          (Eq.trans
            (congrArg (fun e => add (mul (sq s) I) (mul (mul (mul t s) (ofNat κ)) e)) (Eq.symm eS))
            (Eq.symm (hB.dot (z := vsub (f x) (f y)) hv s t w u)))))
      (congr2 add
        (Eq.symm (Eq.trans
          (congrArg (mul (ofNat α)) (Eq.trans (normSq_append M m (vsmul s w) (vsmul t u))
            (congr2 add (normSq_smul M s w) (normSq_smul m t u))))
          (mul_add (ofNat α) _ _)))
        (congrArg (mul (ofNat β)) (Eq.symm (normSq_smul (Nat.add N k) s v))))
    le_via (slope_chain_last cross hw)
      (Eq.trans
        (congrArg (fun e => mul e Z)
          (Eq.trans (ofNat_mul α _) (congrArg (mul (ofNat α)) (Eq.trans (ofNat_mul _ _)
            (congr2 mul (ofNat_sq C) (Eq.trans (ofNat_sq _) (congrArg sq
              (Eq.trans (ofNat_mul _ K) (congrArg (fun e => mul e (ofNat K)) (ofNat_mul d κ))))))))))
        (Eq.trans
          (ring_eq (vars6 (ofNat α) (ofNat C) (ofNat d) (ofNat κ) (ofNat K) Z)
            (a := mul (mul (ofNat α) (mul (sq (ofNat C))
              (sq (mul (mul (ofNat d) (ofNat κ)) (ofNat K))))) Z)
            (b := mul (ofNat α) (mul (sq (mul (ofNat C) (mul (ofNat d) (ofNat κ))))
              (mul (sq (ofNat K)) Z))))
          (congrArg (fun e => mul (ofNat α) (mul (sq t) e)) (Eq.symm eU))))
      (Eq.trans
        (congrArg (fun e => mul e (distSq n x y))
          (Eq.trans (ofNat_mul μ _) (congrArg (mul (ofNat μ)) (Eq.trans (ofNat_mul _ _)
            (congr2 mul (ofNat_sq α) (ofNat_sq κ₀))))))
        (ring_eq (vars4 (ofNat μ) (ofNat α) (ofNat κ₀) (distSq n x y))
          (a := mul (mul (ofNat μ) (mul (sq (ofNat α)) (sq (ofNat κ₀)))) (distSq n x y))
          (b := mul (sq (ofNat α)) (mul (mul (ofNat μ) (sq (ofNat κ₀))) (distSq n x y)))))⟩

end

end

end LipBridge
