import LipBridge.Certificate.NatOrder
import LipBridge.Layers.SlopeBordered
/-!
# A chain of hidden layers with slopes in an interval under one norm (LipSDP, any depth)

`x ↦ W_L φ_(L-1)(… W_2 φ_1(W_1 x))`, where the slopes of each `φ` lie between `(s - p)/2q` and `(s + p)/2q`. With
`z` the difference of two values after an activation and `w` the one before it, the rest `2 q z - s w` is no longer
than `p w`, unit by unit, and all that follows is linear in the rests of all hidden layers and in the input. So let
a matrix `B` have a row for each hidden unit and each output, and a column for each input and each hidden unit: a
layer's rows hold its own weights, weighted, in the columns of the rests of the layer before it, and before these
a multiple of the product of this block with the rows of the layer before it. Then one norm bounds the whole:
weighted, what comes out of the rows of a hidden layer is at least what goes into its columns, and they cancel.
The best weights give LipSDP-Neuron (Fazlyab et al., 2019), the linear parts taken out, without roots and without
division. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- A positive factor on both sides of an equation may be left out. -/
theorem eq_of_mul_eq_mul_left {a b c : R} (hc : lt zero c) (h : Eq (mul c a) (mul c b)) : Eq a b :=
  le_antisymm (le_of_mul_le_mul_left hc (le_of_eq h))
    (le_of_mul_le_mul_left hc (le_of_eq (Eq.symm h)))

/-- The algebra of a hidden layer: its columns cost no more than its rows give. -/
theorem bordered_chain_step {A C D E H T W κ p ρ σ τ : R} (hT : le zero T) (hW : le zero W)
    (hcap : le (mul T (sq (mul τ p))) (mul C (sq (mul σ ρ)))) (hH : le H (mul (sq p) W))
    (h : le (mul T A) (add (mul C E) (mul (mul T (sq κ)) D))) :
    le (mul T (add (mul (sq σ) A) (mul (sq τ) H)))
      (add (mul C (add (mul (sq σ) E) (mul (sq (mul σ ρ)) W))) (mul (mul T (sq (mul σ κ))) D)) :=
  have paid : le (mul (mul T (sq τ)) H) (mul (mul C (sq (mul σ ρ))) W) :=
    le_trans (mul_le_mul_left (mul_nonneg hT (sq_nonneg τ)) hH)
      (le_via (mul_le_mul_right hW hcap)
        (ring_eq (vars4 T τ p W) (a := mul (mul T (sq τ)) (mul (sq p) W))
          (b := mul (mul T (sq (mul τ p))) W)) rfl)
  le_via (add_le_add (mul_le_mul_left (sq_nonneg σ) h) paid)
    (ring_eq (vars5 T σ τ A H) (a := mul T (add (mul (sq σ) A) (mul (sq τ) H)))
      (b := add (mul (sq σ) (mul T A)) (mul (mul T (sq τ)) H)))
    (ring_eq (vars8 C E T κ D σ ρ W)
      (a := add (mul C (add (mul (sq σ) E) (mul (sq (mul σ ρ)) W))) (mul (mul T (sq (mul σ κ))) D))
      (b := add (mul (sq σ) (add (mul C E) (mul (mul T (sq κ)) D)))
        (mul (mul C (sq (mul σ ρ))) W)))

/-- What is known before an activation, with `n` inputs and `k` units that come next: a vector `v` of the inputs and
the rests so far, `N` entries, such that the rows `M, …` of `B` make of it `ρ c_i (g x - g y)_i`, and
`T ‖v‖² ≤ C ‖B v‖² + T κ² ‖x - y‖²`, with the `M` rows of the units before. -/
def BorderedChain (R : Type u) [OrderedRing R] (n k M N : Nat) (B : Nat → Nat → Int) (C T : Nat)
    (c : Nat → Nat) (κ ρ : Nat) (g : Vec R → Vec R) : Prop :=
  ∀ x y : Vec R, Exists fun v : Vec R => And
    (∀ i, Nat.lt i k → Eq (matVec N B v (Nat.add M i))
      (mul (ofNat ρ) (mul (ofNat (c i)) (sub (g x i) (g y i)))))
    (le (mul (ofNat T) (normSq N v))
      (add (mul (ofNat C) (normSq M (matVec N B v)))
        (mul (mul (ofNat T) (sq (ofNat κ))) (distSq n x y))))

/-- The rows of a layer of `m` units in `B`, after the `M` rows of those before and the `k` rows of the last ones. -/
structure FilledBlock (m k M N : Nat) (B W : Nat → Nat → Int) (c c' : Nat → Nat) (a e : Nat) :
    Prop where
  /-- Its weights, `diag(c') W diag(c)⁻¹`. -/
  block : ∀ i j, Nat.lt i m → Nat.lt j k →
    Eq (Int.mul (B (Nat.add (Nat.add M k) i) (Nat.add N j)) (Int.ofNat (c j)))
      (Int.mul (Int.ofNat (c' i)) (W i j))
  /-- Before them, `a/e` times the product of this block with the last rows. -/
  fill : ∀ i j, Nat.lt i m → Nat.lt j N →
    Eq (Int.mul (Int.ofNat e) (B (Nat.add (Nat.add M k) i) j))
      (Int.mul (Int.ofNat a) (matMul k (fun i j => B (Nat.add (Nat.add M k) i) (Nat.add N j))
        (fun i j => B (Nat.add M i) j) i j))
  /-- The rows before know nothing of what comes after them. -/
  zeros : ∀ i j, Nat.lt i (Nat.add M k) → Nat.lt j k → Eq (B i (Nat.add N j)) (Int.ofNat 0)

section
variable {n k m M N C T κ ρ σ τ s p q d a e K : Nat} {lo hi : Int} {B W : Nat → Nat → Int}
  {c c' o : Nat → Nat} {r : R} {b : Vec R} {f g : Vec R → Vec R} {φ : R → R}

/-- The first layer, a linear one. -/
theorem BorderedChain.start (hg : Affine n k W r b g) (hr : Eq (mul (ofNat d) r) one)
    (hB : LayerBlock k n 0 0 B W o c) (ho : Eq (allEqual n 1 o) true) (C T : Nat) :
    BorderedChain R n k 0 n B C T c 1 d g :=
  fun x y => ⟨vsub x y,
    fun i hi => Eq.trans
      (congrArg (fun t => matVec t B (vsub x y) (Nat.add 0 i)) (Eq.symm (nat_zero_add n)))
      (Eq.trans
        (hB.row (v := vsub x y) (z := vsub x y) (κ := 1)
          (fun j hj => Eq.trans (congrArg (vsub x y) (nat_zero_add j))
            (Eq.symm (Eq.trans
              (congrArg (fun t => mul t (mul (ofNat (o j)) (sub (x j) (y j)))) ofNat_one)
              (Eq.trans (one_mul _)
                (Eq.trans
                  (congrArg (fun t => mul t (sub (x j) (y j))) (Eq.trans
                    (congrArg ofNat (Nat.eq_of_beq_eq_true
                      (allBelow_sound (p := fun i => Nat.beq (o i) 1) ho hj))) ofNat_one))
                  (one_mul _)))))) i hi)
        (Eq.trans
          (congr2 mul ofNat_one (congrArg (mul (ofNat (c i))) (Eq.symm (hg.times_sub hr x y hi))))
          (ring_eq (vars3 (ofNat (c i)) (ofNat d) (sub (g x i) (g y i)))
            (a := mul one (mul (ofNat (c i)) (mul (ofNat d) (sub (g x i) (g y i)))))
            (b := mul (ofNat d) (mul (ofNat (c i)) (sub (g x i) (g y i))))))),
    le_via (le_refl (mul (ofNat T) (distSq n x y))) rfl
      (Eq.trans
        (congrArg (fun t => add (mul (ofNat C) zero) (mul (mul (ofNat T) (sq t)) (distSq n x y)))
          ofNat_one)
        (ring_eq (vars3 (ofNat C) (ofNat T) (distSq n x y))
          (a := add (mul (ofNat C) zero) (mul (mul (ofNat T) (sq one)) (distSq n x y)))
          (b := mul (ofNat T) (distSq n x y))))⟩

/-- What the rows of the units before make of a longer vector. -/
theorem FilledBlock.before (h : FilledBlock m k M N B W c c' a e) (v u : Vec R) {i : Nat}
    (hi : Nat.lt i (Nat.add M k)) :
    Eq (matVec (Nat.add N k) B (append N v u) i) (matVec N B v i) :=
  Eq.trans (sum_append N k (fun j => mul (ofInt (B i j)) (append N v u j)))
    (Eq.trans
      (congr2 add
        (sum_congr (fun j hj => congrArg (mul (ofInt (B i j))) (append_left N v u hj)))
        (Eq.trans
          (sum_congr (fun j hj => Eq.trans
            (congrArg (fun t => mul (ofInt t) (append N v u (Nat.add N j))) (h.zeros i j hi hj))
            (Eq.trans (congrArg (fun t => mul t (append N v u (Nat.add N j))) ofInt_zero)
              (zero_mul _))))
          (sum_zero k)))
      (add_zero _))

/-- What a row of the layer makes of it: where the last rows make `ρ c_j w_j` of `v`, `e` times the row makes
`e 2 q τ c'_i (W z)_i` of `σ v` and the rests `τ c_j (2 q z_j - s w_j)`. -/
theorem FilledBlock.row (h : FilledBlock m k M N B W c c' a e) (v w z : Vec R)
    (hv : ∀ i, Nat.lt i k → Eq (matVec N B v (Nat.add M i)) (mul (ofNat ρ) (mul (ofNat (c i)) (w i))))
    (hfill : Eq (Nat.mul a (Nat.mul σ ρ)) (Nat.mul e (Nat.mul τ s))) {i : Nat} (hi : Nat.lt i m) :
    Eq (mul (ofNat e) (matVec (Nat.add N k) B (append N (vsmul (ofNat σ) v)
        (vsmul (ofNat τ) (fun j => mul (ofNat (c j))
          (sub (mul (mul (add one one) (ofNat q)) (z j)) (mul (ofNat s) (w j))))))
        (Nat.add (Nat.add M k) i)))
      (mul (ofNat e) (mul (mul (mul (add one one) (ofNat q)) (ofNat τ))
        (mul (ofNat (c' i)) (matVec k W z i)))) :=
  let P : Nat := Nat.add (Nat.add M k) i
  let V : Nat → Nat → Int := fun i j => B (Nat.add (Nat.add M k) i) (Nat.add N j)
  let U : Nat → Nat → Int := fun i j => B (Nat.add M i) j
  let η : Vec R := fun j => mul (ofNat (c j))
    (sub (mul (mul (add one one) (ofNat q)) (z j)) (mul (ofNat s) (w j)))
  let v' : Vec R := append N (vsmul (ofNat σ) v) (vsmul (ofNat τ) η)
  let G : R := mul (ofNat e) (mul (mul (add one one) (ofNat q)) (ofNat τ))
  have fill : Eq (mul (ofNat a) (mul (ofNat σ) (ofNat ρ)) : R)
      (mul (ofNat e) (mul (ofNat τ) (ofNat s))) :=
    Eq.trans
      (Eq.symm (Eq.trans (ofNat_mul a (Nat.mul σ ρ)) (congrArg (mul (ofNat a)) (ofNat_mul σ ρ))))
      (Eq.trans (congrArg ofNat hfill)
        (Eq.trans (ofNat_mul e (Nat.mul τ s)) (congrArg (mul (ofNat e)) (ofNat_mul τ s))))
  have left : Eq (mul (ofNat e) (sum N (fun j => mul (ofInt (B P j)) (v' j))))
      (sum k (fun j => mul (ofInt (V i j))
        (mul (mul (ofNat a) (mul (ofNat σ) (ofNat ρ))) (mul (ofNat (c j)) (w j))))) :=
    Eq.trans (Eq.symm (sum_mul_left N (ofNat e) (fun j => mul (ofInt (B P j)) (v' j))))
      (Eq.trans
        (sum_congr (fun j hj => Eq.trans
          (congrArg (fun t => mul (ofNat e) (mul (ofInt (B P j)) t))
            (append_left N (vsmul (ofNat σ) v) (vsmul (ofNat τ) η) hj))
          (Eq.trans
            (ring_eq (vars4 (ofNat e) (ofInt (B P j)) (ofNat σ) (v j))
              (a := mul (ofNat e) (mul (ofInt (B P j)) (mul (ofNat σ) (v j))))
              (b := mul (mul (ofNat e) (ofInt (B P j))) (mul (ofNat σ) (v j))))
            (Eq.trans
              (congrArg (fun t => mul t (mul (ofNat σ) (v j)))
                (Eq.trans (Eq.symm (ofInt_mul (Int.ofNat e) (B P j)))
                  (Eq.trans (congrArg ofInt (h.fill i j hi hj))
                    (ofInt_mul (Int.ofNat a) (matMul k V U i j)))))
              (ring_eq (vars4 (ofNat a) (ofInt (matMul k V U i j)) (ofNat σ) (v j))
                (a := mul (mul (ofNat a) (ofInt (matMul k V U i j))) (mul (ofNat σ) (v j)))
                (b := mul (mul (ofNat a) (ofNat σ)) (mul (ofInt (matMul k V U i j)) (v j))))))))
        (Eq.trans
          (sum_mul_left N (mul (ofNat a) (ofNat σ)) (fun j => mul (ofInt (matMul k V U i j)) (v j)))
          (Eq.trans
            (congrArg (mul (mul (ofNat a) (ofNat σ))) (matVec_matMul k N V U v i))
            (Eq.trans
              (Eq.symm (sum_mul_left k (mul (ofNat a) (ofNat σ))
                (fun j => mul (ofInt (V i j)) (matVec N U v j))))
              (sum_congr (fun j hj => Eq.trans
                (congrArg (fun t => mul (mul (ofNat a) (ofNat σ)) (mul (ofInt (V i j)) t)) (hv j hj))
                (ring_eq (vars6 (ofNat a) (ofNat σ) (ofInt (V i j)) (ofNat ρ) (ofNat (c j)) (w j))
                  (a := mul (mul (ofNat a) (ofNat σ))
                    (mul (ofInt (V i j)) (mul (ofNat ρ) (mul (ofNat (c j)) (w j)))))
                  (b := mul (ofInt (V i j))
                    (mul (mul (ofNat a) (mul (ofNat σ) (ofNat ρ))) (mul (ofNat (c j)) (w j)))))))))))
  have right : Eq (mul (ofNat e) (sum k (fun j => mul (ofInt (B P (Nat.add N j))) (v' (Nat.add N j)))))
      (sum k (fun j => mul (ofNat e) (mul (ofInt (V i j)) (mul (ofNat τ) (η j))))) :=
    Eq.trans (Eq.symm (sum_mul_left k (ofNat e) _))
      (sum_congr (fun j _ => congrArg (fun t => mul (ofNat e) (mul (ofInt (V i j)) t))
        (append_right N (vsmul (ofNat σ) v) (vsmul (ofNat τ) η) j)))
  have entry (j : Nat) (hj : Nat.lt j k) :
      Eq (add
          (mul (ofInt (V i j))
            (mul (mul (ofNat a) (mul (ofNat σ) (ofNat ρ))) (mul (ofNat (c j)) (w j))))
          (mul (ofNat e) (mul (ofInt (V i j)) (mul (ofNat τ) (η j)))))
        (mul (mul G (ofNat (c' i))) (mul (ofInt (W i j)) (z j))) :=
    Eq.trans
      (congrArg (fun t => add (mul (ofInt (V i j)) (mul t (mul (ofNat (c j)) (w j))))
        (mul (ofNat e) (mul (ofInt (V i j)) (mul (ofNat τ) (η j))))) fill)
      (Eq.trans
        (ring_eq (vars8 (ofInt (V i j)) (ofNat e) (ofNat τ) (ofNat s) (ofNat (c j)) (w j) (ofNat q) (z j))
          (a := add
            (mul (ofInt (V i j)) (mul (mul (ofNat e) (mul (ofNat τ) (ofNat s)))
              (mul (ofNat (c j)) (w j))))
            (mul (ofNat e) (mul (ofInt (V i j)) (mul (ofNat τ) (mul (ofNat (c j))
              (sub (mul (mul (add one one) (ofNat q)) (z j)) (mul (ofNat s) (w j))))))))
          (b := mul (mul (mul (ofNat e) (mul (mul (add one one) (ofNat q)) (ofNat τ)))
            (mul (ofInt (V i j)) (ofNat (c j)))) (z j)))
        (Eq.trans
          (congrArg (fun t => mul (mul G t) (z j))
            (Eq.trans (Eq.symm (ofInt_mul (V i j) (Int.ofNat (c j))))
              (Eq.trans (congrArg ofInt (h.block i j hi hj)) (ofInt_mul (Int.ofNat (c' i)) (W i j)))))
          (ring_eq (vars4 G (ofNat (c' i)) (ofInt (W i j)) (z j))
            (a := mul (mul G (mul (ofNat (c' i)) (ofInt (W i j)))) (z j))
            (b := mul (mul G (ofNat (c' i))) (mul (ofInt (W i j)) (z j))))))
  Eq.trans
    (congrArg (mul (ofNat e)) (sum_append N k (fun j => mul (ofInt (B P j)) (v' j))))
    (Eq.trans (mul_add (ofNat e) _ _)
      (Eq.trans (congr2 add left right)
        (Eq.trans (Eq.symm (sum_add k _ _))
          (Eq.trans (sum_congr entry)
            (Eq.trans (sum_mul_left k (mul G (ofNat (c' i))) (fun j => mul (ofInt (W i j)) (z j)))
              (ring_eq
                (vars4 (ofNat e) (mul (mul (add one one) (ofNat q)) (ofNat τ)) (ofNat (c' i))
                  (matVec k W z i))
                (a := mul (mul (mul (ofNat e) (mul (mul (add one one) (ofNat q)) (ofNat τ)))
                  (ofNat (c' i))) (matVec k W z i))
                (b := mul (ofNat e) (mul (mul (mul (add one one) (ofNat q)) (ofNat τ))
                  (mul (ofNat (c' i)) (matVec k W z i))))))))))

/-- A hidden layer: an activation with slopes between `lo/q` and `hi/q`, `s = lo + hi`, `p = hi - lo`, and a linear
layer. `σ` multiplies what is known, `τ` the new rests. -/
theorem BorderedChain.step (h : BorderedChain R n k M N B C T c κ ρ g)
    (hφ : SlopeBetween lo hi q φ) (hs : Eq (Int.add lo hi) (Int.ofNat s))
    (hp : Eq (Int.add hi (Int.neg lo)) (Int.ofNat p))
    (hf : Affine k m W r b f) (hr : Eq (mul (ofNat d) r) one)
    (hB : FilledBlock m k M N B W c c' a e) (he : Eq (Nat.ble 1 e) true)
    (hfill : Eq (Nat.mul a (Nat.mul σ ρ)) (Nat.mul e (Nat.mul τ s)))
    (hcap : Eq (Nat.ble (Nat.mul T (Nat.mul (Nat.mul τ p) (Nat.mul τ p)))
      (Nat.mul C (Nat.mul (Nat.mul σ ρ) (Nat.mul σ ρ)))) true) :
    BorderedChain R n m (Nat.add M k) (Nat.add N k) B C T c' (Nat.mul σ κ)
      (Nat.mul (Nat.mul 2 q) (Nat.mul τ d)) (fun x => f (entrywise φ (g x))) :=
  fun x y => match h x y with
  | ⟨v, hv, hw⟩ =>
    let w : Vec R := fun j => sub (g x j) (g y j)
    let z : Vec R := vsub (entrywise φ (g x)) (entrywise φ (g y))
    let w' : Vec R := fun j => mul (ofNat (c j)) (w j)
    let η : Vec R := fun j => mul (ofNat (c j))
      (sub (mul (mul (add one one) (ofNat q)) (z j)) (mul (ofNat s) (w j)))
    let v' : Vec R := append N (vsmul (ofNat σ) v) (vsmul (ofNat τ) η)
    have slope : le (normSq k η) (mul (sq (ofNat p)) (normSq k w')) :=
      le_via
        (sum_le (n := k) (f := fun j => mul (η j) (η j))
          (g := fun j => mul (sq (ofNat p)) (mul (w' j) (w' j)))
          (fun j _ => le_via
            (mul_le_mul_left (sq_nonneg (ofNat (c j))) (hφ.near hs hp (g x j) (g y j)))
            (ring_eq
              (vars2 (ofNat (c j)) (sub (mul (mul (add one one) (ofNat q)) (z j)) (mul (ofNat s) (w j))))
              (a := sq (mul (ofNat (c j))
                (sub (mul (mul (add one one) (ofNat q)) (z j)) (mul (ofNat s) (w j)))))
              (b := mul (sq (ofNat (c j)))
                (sq (sub (mul (mul (add one one) (ofNat q)) (z j)) (mul (ofNat s) (w j))))))
            (ring_eq (vars3 (ofNat p) (ofNat (c j)) (w j))
              (a := mul (sq (ofNat p)) (sq (mul (ofNat (c j)) (w j))))
              (b := mul (sq (ofNat (c j))) (mul (sq (ofNat p)) (sq (w j)))))))
        rfl (Eq.symm (sum_mul_left k (sq (ofNat p)) _))
    have before (i : Nat) (hi : Nat.lt i (Nat.add M k)) :
        Eq (matVec (Nat.add N k) B v' i) (mul (ofNat σ) (matVec N B v i)) :=
      Eq.trans (hB.before (vsmul (ofNat σ) v) (vsmul (ofNat τ) η) hi) (matVec_smul N B (ofNat σ) v i)
    have inputs : Eq (normSq (Nat.add N k) v')
        (add (mul (sq (ofNat σ)) (normSq N v)) (mul (sq (ofNat τ)) (normSq k η))) :=
      Eq.trans (normSq_append N k _ _)
        (congr2 add (normSq_smul N (ofNat σ) v) (normSq_smul k (ofNat τ) η))
    have outputs : Eq (normSq (Nat.add M k) (matVec (Nat.add N k) B v'))
        (add (mul (sq (ofNat σ)) (normSq M (matVec N B v)))
          (mul (sq (mul (ofNat σ) (ofNat ρ))) (normSq k w'))) :=
      Eq.trans (sum_append M k _)
        (congr2 add
          (Eq.trans
            (normSq_congr (y := vsmul (ofNat σ) (matVec N B v))
              (fun i hi => before i (Nat.le_trans hi (nat_le_add M k))))
            (normSq_smul M (ofNat σ) (matVec N B v)))
          (Eq.trans
            (normSq_congr (x := fun j => matVec (Nat.add N k) B v' (Nat.add M j))
              (y := vsmul (mul (ofNat σ) (ofNat ρ)) w')
              (fun j hj => Eq.trans
                (before (Nat.add M j) (nat_add_le_add (Nat.le.refl (n := M)) hj))
                (Eq.trans (congrArg (mul (ofNat σ)) (hv j hj))
                  (Eq.symm (mul_assoc (ofNat σ) (ofNat ρ) (w' j))))))
            (normSq_smul k (mul (ofNat σ) (ofNat ρ)) w')))
    ⟨v',
      fun i hi => eq_of_mul_eq_mul_left (ofNat_pos he)
        (Eq.trans (hB.row (q := q) v w z hv hfill hi)
          (congrArg (mul (ofNat e))
            (Eq.trans
              (congrArg (fun t => mul (mul (mul (add one one) (ofNat q)) (ofNat τ))
                (mul (ofNat (c' i)) t))
                (Eq.symm (hf.times_sub hr (entrywise φ (g x)) (entrywise φ (g y)) hi)))
              (Eq.trans
                (ring_eq (vars5 (ofNat q) (ofNat τ) (ofNat (c' i)) (ofNat d)
                    (sub (f (entrywise φ (g x)) i) (f (entrywise φ (g y)) i)))
                  (a := mul (mul (mul (add one one) (ofNat q)) (ofNat τ)) (mul (ofNat (c' i))
                    (mul (ofNat d) (sub (f (entrywise φ (g x)) i) (f (entrywise φ (g y)) i)))))
                  (b := mul (mul (mul (add one one) (ofNat q)) (mul (ofNat τ) (ofNat d)))
                    (mul (ofNat (c' i)) (sub (f (entrywise φ (g x)) i) (f (entrywise φ (g y)) i)))))
                (congrArg (fun t => mul t
                    (mul (ofNat (c' i)) (sub (f (entrywise φ (g x)) i) (f (entrywise φ (g y)) i))))
                  (Eq.symm (Eq.trans (ofNat_mul (Nat.mul 2 q) (Nat.mul τ d))
                    (congr2 mul
                      (Eq.trans (ofNat_mul 2 q) (congrArg (fun t => mul t (ofNat q)) ofNat_two))
                      (ofNat_mul τ d))))))))),
      le_via
        (bordered_chain_step (ofNat_nonneg T) (normSq_nonneg k w')
          (le_via (ofNat_mul_le hcap)
            (congrArg (mul (ofNat T)) (Eq.symm (Eq.trans (ofNat_sq (Nat.mul τ p))
              (congrArg sq (ofNat_mul τ p)))))
            (congrArg (mul (ofNat C)) (Eq.symm (Eq.trans (ofNat_sq (Nat.mul σ ρ))
              (congrArg sq (ofNat_mul σ ρ))))))
          slope hw)
        (congrArg (mul (ofNat T)) inputs)
        (congr2 add (congrArg (mul (ofNat C)) outputs)
          (congrArg (fun t => mul (mul (ofNat T) (sq t)) (distSq n x y)) (ofNat_mul σ κ)))⟩

/-- The end: the squared constant is `T κ² / (C (ρ K)²)` where `C ‖B v‖² ≤ T ‖v‖²` and the last rows have the
weight `K`. -/
theorem BorderedChain.sqLipschitz (h : BorderedChain R n k M N B C T c κ ρ g)
    (hN : NormBound.{u} (Nat.add M k) N B T C) (hK : Eq (allEqual k K c) true)
    (pos : Eq (Nat.ble 1 (Nat.mul C (Nat.mul (Nat.mul ρ K) (Nat.mul ρ K)))) true) :
    SqLipschitz n k (ofNat (Nat.mul T (Nat.mul κ κ)))
      (ofNat (Nat.mul C (Nat.mul (Nat.mul ρ K) (Nat.mul ρ K)))) g :=
  ⟨ofNat_nonneg _, ofNat_pos pos, fun x y _ _ => match h x y with
  | ⟨v, hv, hw⟩ =>
    let w : Vec R := vsub (g x) (g y)
    have outputs : Eq (normSq (Nat.add M k) (matVec N B v))
        (add (normSq M (matVec N B v)) (mul (sq (mul (ofNat ρ) (ofNat K))) (normSq k w))) :=
      Eq.trans (sum_append M k _)
        (congrArg (add (normSq M (matVec N B v)))
          (Eq.trans
            (normSq_congr (x := fun j => matVec N B v (Nat.add M j))
              (y := vsmul (mul (ofNat ρ) (ofNat K)) w)
              (fun j hj => Eq.trans (hv j hj)
                (Eq.trans
                  (congrArg (fun t => mul (ofNat ρ) (mul (ofNat t) (w j)))
                    (Nat.eq_of_beq_eq_true (allBelow_sound (p := fun i => Nat.beq (c i) K) hK hj)))
                  (Eq.symm (mul_assoc (ofNat ρ) (ofNat K) (w j))))))
            (normSq_smul k (mul (ofNat ρ) (ofNat K)) w)))
    le_via
      (le_of_add_le_add_left (mul (ofNat C) (normSq M (matVec N B v)))
        (le_via (le_trans (hN v) hw)
          (Eq.symm (Eq.trans (congrArg (mul (ofNat C)) outputs) (mul_add (ofNat C) _ _))) rfl))
      (Eq.trans
        (congrArg (fun t => mul t (normSq k w))
          (Eq.trans (ofNat_mul C _) (congrArg (mul (ofNat C))
            (Eq.trans (ofNat_sq (Nat.mul ρ K)) (congrArg sq (ofNat_mul ρ K))))))
        (mul_assoc (ofNat C) (sq (mul (ofNat ρ) (ofNat K))) (normSq k w)))
      (congrArg (fun t => mul t (distSq n x y))
        (Eq.trans (ofNat_mul T _) (congrArg (mul (ofNat T)) (ofNat_sq κ))))⟩

end

end

end LipBridge
