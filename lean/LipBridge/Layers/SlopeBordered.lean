import LipBridge.Layers.SlopeChain
/-!
# A hidden layer beside a linear map (LipSDP for slopes in an interval)

`x ↦ A x + V φ(U x)`, where the slopes of `φ` lie between `(s - p)/2q` and `(s + p)/2q`: a residual block
(`A = I`), for instance; a hidden layer alone is a chain of `SlopeBorderedChain.lean`. With `z` the difference of two values of
`φ (U x)` and `w = U δ`, the rest `2 q z - s w` is no longer than `p w`, unit by unit. So one norm of the
bordered matrix `[[0, diag(c) U], [V κ diag(c)⁻¹, G Λ]]`, `Λ` the linear part `2 q A + s V U`, bounds the whole:
weighted by `c`, what comes out of the hidden rows is at least what goes into the hidden columns, as long as
the norm is at most `κ/(G p)`. The best weights give LipSDP-Neuron (Fazlyab et al., 2019), a linear map beside
it included, without roots and without division. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The algebra: where the hidden columns cost no more than the hidden rows give, they cancel. -/
theorem bordered_bound {C T κ F E p S Z Y Δ : R} (hT : le zero T) (hS : le zero S) (hκ : lt zero κ)
    (hcap : le (mul T (sq (mul E p))) (mul C (sq κ))) (hY : le Y (mul (sq p) S))
    (h : le (mul C (add (mul (sq κ) S) (mul (sq (mul κ F)) Z)))
      (mul T (add (mul (sq E) Y) (mul (sq κ) Δ)))) :
    le (mul (mul C (sq F)) Z) (mul T Δ) :=
  have low : le (mul (mul T (sq E)) Y) (mul (mul C (sq κ)) S) :=
    le_trans (mul_le_mul_left (mul_nonneg hT (sq_nonneg E)) hY)
      (le_via (mul_le_mul_right hS hcap)
        (ring_eq (vars4 T E p S) (a := mul (mul T (sq E)) (mul (sq p) S))
          (b := mul (mul T (sq (mul E p))) S)) rfl)
  le_of_mul_le_mul_left (mul_pos hκ hκ)
    (le_of_add_le_add_left (mul (mul C (sq κ)) S)
      (le_trans
        (le_via h
          (ring_eq (vars5 C κ F S Z)
            (a := add (mul (mul C (sq κ)) S) (mul (mul κ κ) (mul (mul C (sq F)) Z)))
            (b := mul C (add (mul (sq κ) S) (mul (sq (mul κ F)) Z)))) rfl)
        (le_via (add_le_add_right (mul (mul κ κ) (mul T Δ)) low)
          (ring_eq (vars5 T E κ Y Δ) (a := mul T (add (mul (sq E) Y) (mul (sq κ) Δ)))
            (b := add (mul (mul T (sq E)) Y) (mul (mul κ κ) (mul T Δ)))) rfl)))

/-- The algebra of one output: the linear parts of the hidden columns and of the corner cancel. -/
theorem bordered_row (G e q d d' κ s W H L : R) :
    Eq (add
        (mul (mul G e) (mul κ (sub (mul (mul (mul (add one one) q) d) (mul d' H)) (mul s W))))
        (mul κ (add (mul (mul G (mul s e)) W)
          (mul (mul G (mul (add one one) (mul q (mul d d')))) (mul e L)))))
      (mul (mul κ (mul G (mul e (mul (add one one) (mul q (mul d d')))))) (add L H)) :=
  let u : R := mul κ (mul G e)
  let P : R := mul (add one one) (mul q (mul d d'))
  Eq.trans
    (congr2 add
      (ring_eq (.cons G (.cons e (.cons q (.cons d (vars5 d' κ s W H)))))
        (a := mul (mul G e) (mul κ (sub (mul (mul (mul (add one one) q) d) (mul d' H)) (mul s W))))
        (b := sub (mul (mul κ (mul G e)) (mul (mul (add one one) (mul q (mul d d'))) H))
          (mul (mul κ (mul G e)) (mul s W))))
      (ring_eq (.cons G (.cons e (.cons q (.cons d (vars5 d' κ s W L)))))
        (a := mul κ (add (mul (mul G (mul s e)) W)
          (mul (mul G (mul (add one one) (mul q (mul d d')))) (mul e L))))
        (b := add (mul (mul κ (mul G e)) (mul s W))
          (mul (mul κ (mul G e)) (mul (mul (add one one) (mul q (mul d d'))) L)))))
    (Eq.trans
      (ring_eq (vars6 u P s W H L)
        (a := add (sub (mul u (mul P H)) (mul u (mul s W))) (add (mul u (mul s W)) (mul u (mul P L))))
        (b := mul (mul u P) (add L H)))
      (congrArg (fun t => mul t (add L H))
        (ring_eq (vars4 κ G e P) (a := mul (mul κ (mul G e)) P) (b := mul κ (mul G (mul e P))))))

/-- The bordered matrix of `A x + V φ(U x)`: a row for each of `k` hidden units and `m` outputs, a column for
each hidden unit and each of `n` inputs, `U` weighted in the hidden rows, `V` in the hidden columns, zeros where
these meet, and `X V U + Y A` in the corner. -/
structure Bordered (n k m : Nat) (B A U V : Nat → Nat → Int) (c : Nat → Nat) (κ X Y : Nat) : Prop where
  /-- `diag(c) U`, and the zeros before it. -/
  inner : LayerBlock k n 0 k B U (fun _ => 1) c
  /-- `κ V diag(c)⁻¹`. -/
  outer : LayerBlock m k k 0 B V c (fun _ => κ)
  /-- The corner. -/
  corner : ∀ i j, Nat.lt i m → Nat.lt j n → Eq (B (Nat.add k i) (Nat.add k j))
    (Int.add (Int.mul (Int.ofNat X) (matMul k V U i j)) (Int.mul (Int.ofNat Y) (A i j)))

section
variable {n k m κ X Y E : Nat} {A B U V : Nat → Nat → Int} {c : Nat → Nat}

/-- What the hidden rows make of `(E c ⊙ η, κ δ)`: `κ c_i (U δ)_i`. -/
theorem Bordered.hidden (h : Bordered n k m B A U V c κ X Y) (η δ : Vec R) {i : Nat} (hi : Nat.lt i k) :
    Eq (matVec (Nat.add k n) B
        (append k (fun j => mul (ofNat E) (mul (ofNat (c j)) (η j))) (vsmul (ofNat κ) δ)) i)
      (mul (ofNat κ) (mul (ofNat (c i)) (matVec n U δ i))) :=
  Eq.trans (congrArg (matVec (Nat.add k n) B _) (Eq.symm (nat_zero_add i)))
    (h.inner.row (z := δ) (κ := κ)
      (fun j _ => Eq.trans (append_right k _ (vsmul (ofNat κ) δ) j)
        (congrArg (mul (ofNat κ)) (Eq.symm
          (Eq.trans (congrArg (fun t => mul t (δ j)) ofNat_one) (one_mul (δ j)))))) i hi)

/-- What the other rows make of it: `E κ (V η)_i + κ (X (V (U δ))_i + Y (A δ)_i)`. -/
theorem Bordered.output (h : Bordered n k m B A U V c κ X Y) (η δ : Vec R) {i : Nat} (hi : Nat.lt i m) :
    Eq (matVec (Nat.add k n) B
        (append k (fun j => mul (ofNat E) (mul (ofNat (c j)) (η j))) (vsmul (ofNat κ) δ)) (Nat.add k i))
      (add (mul (ofNat E) (mul (ofNat κ) (matVec k V η i)))
        (mul (ofNat κ) (add (mul (ofNat X) (matVec k V (matVec n U δ) i))
          (mul (ofNat Y) (matVec n A δ i))))) :=
  let v : Vec R := append k (fun j => mul (ofNat E) (mul (ofNat (c j)) (η j))) (vsmul (ofNat κ) δ)
  Eq.trans (sum_append k n (fun j => mul (ofInt (B (Nat.add k i) j)) (v j)))
    (congr2 add
      (Eq.trans
        (congrArg (fun N => matVec N B v (Nat.add k i)) (Eq.symm (nat_zero_add k)))
        (h.outer.row (z := η) (κ := E)
          (fun j hj => Eq.trans (congrArg v (nat_zero_add j))
            (append_left k (fun j => mul (ofNat E) (mul (ofNat (c j)) (η j))) (vsmul (ofNat κ) δ) hj))
          i hi))
      (Eq.trans
        (sum_congr (fun j hj => Eq.trans
          (congr2 mul
            (Eq.trans (congrArg ofInt (h.corner i j hi hj))
              (Eq.trans (ofInt_add _ _) (congr2 add (ofInt_mul (Int.ofNat X) _)
                (ofInt_mul (Int.ofNat Y) _))))
            (append_right k (fun j => mul (ofNat E) (mul (ofNat (c j)) (η j))) (vsmul (ofNat κ) δ) j))
          (ring_eq
            (vars6 (ofNat X) (ofInt (matMul k V U i j)) (ofNat Y) (ofInt (A i j)) (ofNat κ) (δ j))
            (a := mul (add (mul (ofNat X) (ofInt (matMul k V U i j))) (mul (ofNat Y) (ofInt (A i j))))
              (mul (ofNat κ) (δ j)))
            (b := add (mul (mul (ofNat κ) (ofNat X)) (mul (ofInt (matMul k V U i j)) (δ j)))
              (mul (mul (ofNat κ) (ofNat Y)) (mul (ofInt (A i j)) (δ j)))))))
        (Eq.trans (sum_add n _ _)
          (Eq.trans
            (congr2 add
              (Eq.trans (sum_mul_left n (mul (ofNat κ) (ofNat X)) _)
                (congrArg (mul (mul (ofNat κ) (ofNat X))) (matVec_matMul k n V U δ i)))
              (sum_mul_left n (mul (ofNat κ) (ofNat Y)) _))
            (ring_eq (vars5 (ofNat κ) (ofNat X) (ofNat Y) (matVec k V (matVec n U δ) i) (matVec n A δ i))
              (a := add (mul (mul (ofNat κ) (ofNat X)) (matVec k V (matVec n U δ) i))
                (mul (mul (ofNat κ) (ofNat Y)) (matVec n A δ i)))
              (b := mul (ofNat κ) (add (mul (ofNat X) (matVec k V (matVec n U δ) i))
                (mul (ofNat Y) (matVec n A δ i)))))))))

end

section
variable {n k m T C G κ s p q d d' e : Nat} {lo hi : Int} {A B U V : Nat → Nat → Int} {c : Nat → Nat}
  {r r' t : R} {a b b' : Vec R} {l g h : Vec R → Vec R} {φ : R → R}

/-- `l x + h (φ (g x))`, linear maps `l = A/e`, `g = U/d`, `h = V/d'` and an activation with slopes between
`lo/q` and `hi/q`, `s = lo + hi`, `p = hi - lo`: where `C ‖B v‖² ≤ T ‖v‖²` of its bordered matrix `B`, and
`T (G e p)² ≤ C κ²`, the squared constant is `T / (C (2 G e q d d')²)`. -/
theorem Bordered.sqLipschitz (hN : NormBound.{u} (Nat.add k m) (Nat.add k n) B T C)
    (hB : Bordered n k m B A U V c κ (Nat.mul G (Nat.mul s e))
      (Nat.mul G (Nat.mul 2 (Nat.mul q (Nat.mul d d')))))
    (hφ : SlopeBetween lo hi q φ) (hs : Eq (Int.add lo hi) (Int.ofNat s))
    (hp : Eq (Int.add hi (Int.neg lo)) (Int.ofNat p))
    (hl : Affine n m A t a l) (ht : Eq (mul (ofNat e) t) one)
    (hg : Affine n k U r b g) (hr : Eq (mul (ofNat d) r) one)
    (hh : Affine k m V r' b' h) (hr' : Eq (mul (ofNat d') r') one)
    (hκ : Eq (Nat.ble 1 κ) true)
    (hcap : Eq (Nat.ble (Nat.mul T (Nat.mul (Nat.mul (Nat.mul G e) p) (Nat.mul (Nat.mul G e) p)))
      (Nat.mul C (Nat.mul κ κ))) true)
    (pos : Eq (Nat.ble 1 (Nat.mul C (Nat.mul
      (Nat.mul G (Nat.mul e (Nat.mul 2 (Nat.mul q (Nat.mul d d')))))
      (Nat.mul G (Nat.mul e (Nat.mul 2 (Nat.mul q (Nat.mul d d')))))))) true) :
    SqLipschitz n m (ofNat T) (ofNat (Nat.mul C (Nat.mul
        (Nat.mul G (Nat.mul e (Nat.mul 2 (Nat.mul q (Nat.mul d d')))))
        (Nat.mul G (Nat.mul e (Nat.mul 2 (Nat.mul q (Nat.mul d d'))))))))
      (fun x => vadd (l x) (h (entrywise φ (g x)))) :=
  ⟨ofNat_nonneg _, ofNat_pos pos, fun x x' _ _ =>
    let δ : Vec R := vsub x x'
    let z : Vec R := vsub (entrywise φ (g x)) (entrywise φ (g x'))
    let w : Vec R := matVec n U δ
    let D : R := mul (mul (add one one) (ofNat q)) (ofNat d)
    let η : Vec R := vsub (vsmul D z) (vsmul (ofNat s) w)
    let E : Nat := Nat.mul G e
    let F : Nat := Nat.mul G (Nat.mul e (Nat.mul 2 (Nat.mul q (Nat.mul d d'))))
    let o : Vec R := vsub (vadd (l x) (h (entrywise φ (g x)))) (vadd (l x') (h (entrywise φ (g x'))))
    let v : Vec R := append k (fun j => mul (ofNat E) (mul (ofNat (c j)) (η j))) (vsmul (ofNat κ) δ)
    let y : Vec R := fun j => mul (ofNat (c j)) (η j)
    let S : Vec R := fun j => mul (ofNat (c j)) (w j)
    have slope : le (normSq k y) (mul (sq (ofNat p)) (normSq k S)) :=
      le_via
        (sum_le (n := k) (f := fun j => mul (y j) (y j))
          (g := fun j => mul (sq (ofNat p)) (mul (S j) (S j)))
          (fun j hj =>
            have ew : Eq (w j) (mul (ofNat d) (sub (g x j) (g x' j))) :=
              Eq.symm (hg.times_sub hr x x' hj)
            le_via
              (mul_le_mul_left (sq_nonneg (mul (ofNat (c j)) (ofNat d)))
                (hφ.near hs hp (g x j) (g x' j)))
              (Eq.trans
                (congrArg (fun w => sq (mul (ofNat (c j)) (sub (mul D (z j)) (mul (ofNat s) w)))) ew)
                (ring_eq (vars6 (ofNat (c j)) (ofNat q) (ofNat d) (z j) (ofNat s)
                    (sub (g x j) (g x' j)))
                  (a := sq (mul (ofNat (c j)) (sub
                    (mul (mul (mul (add one one) (ofNat q)) (ofNat d)) (z j))
                    (mul (ofNat s) (mul (ofNat d) (sub (g x j) (g x' j)))))))
                  (b := mul (sq (mul (ofNat (c j)) (ofNat d)))
                    (sq (sub (mul (mul (add one one) (ofNat q)) (z j))
                      (mul (ofNat s) (sub (g x j) (g x' j))))))))
              (Eq.trans
                (congrArg (fun w => mul (sq (ofNat p)) (sq (mul (ofNat (c j)) w))) ew)
                (ring_eq (vars4 (ofNat p) (ofNat (c j)) (ofNat d) (sub (g x j) (g x' j)))
                  (a := mul (sq (ofNat p)) (sq (mul (ofNat (c j))
                    (mul (ofNat d) (sub (g x j) (g x' j))))))
                  (b := mul (sq (mul (ofNat (c j)) (ofNat d)))
                    (mul (sq (ofNat p)) (sq (sub (g x j) (g x' j)))))))))
        rfl (Eq.symm (sum_mul_left k (sq (ofNat p)) _))
    have row (i : Nat) (hi : Nat.lt i m) :
        Eq (matVec (Nat.add k n) B v (Nat.add k i)) (mul (mul (ofNat κ) (ofNat F)) (o i)) :=
      have ez : Eq (matVec k V η i) (sub (mul D (matVec k V z i)) (mul (ofNat s) (matVec k V w i))) :=
        Eq.trans (matVec_sub k V (vsmul D z) (vsmul (ofNat s) w) i)
          (congr2 sub (matVec_smul k V D z i) (matVec_smul k V (ofNat s) w i))
      have eh : Eq (matVec k V z i)
          (mul (ofNat d') (sub (h (entrywise φ (g x)) i) (h (entrywise φ (g x')) i))) :=
        Eq.symm (hh.times_sub hr' (entrywise φ (g x)) (entrywise φ (g x')) hi)
      have el : Eq (matVec n A δ i) (mul (ofNat e) (sub (l x i) (l x' i))) :=
        Eq.symm (hl.times_sub ht x x' hi)
      have two (N : Nat) : Eq (ofNat (Nat.mul 2 N) : R) (mul (add one one) (ofNat N)) :=
        Eq.trans (ofNat_mul 2 N) (congrArg (fun t => mul t (ofNat N)) ofNat_two)
      have eq2 : Eq (ofNat (Nat.mul 2 (Nat.mul q (Nat.mul d d'))) : R)
          (mul (add one one) (mul (ofNat q) (mul (ofNat d) (ofNat d')))) :=
        Eq.trans (two _) (congrArg (mul (add one one))
          (Eq.trans (ofNat_mul q _) (congrArg (mul (ofNat q)) (ofNat_mul d d'))))
      let P : R := mul (add one one) (mul (ofNat q) (mul (ofNat d) (ofNat d')))
      have eX : Eq (ofNat (Nat.mul G (Nat.mul s e)) : R) (mul (ofNat G) (mul (ofNat s) (ofNat e))) :=
        Eq.trans (ofNat_mul G _) (congrArg (mul (ofNat G)) (ofNat_mul s e))
      have eY : Eq (ofNat (Nat.mul G (Nat.mul 2 (Nat.mul q (Nat.mul d d')))) : R) (mul (ofNat G) P) :=
        Eq.trans (ofNat_mul G _) (congrArg (mul (ofNat G)) eq2)
      have eF : Eq (ofNat F : R) (mul (ofNat G) (mul (ofNat e) P)) :=
        Eq.trans (ofNat_mul G _) (congrArg (mul (ofNat G))
          (Eq.trans (ofNat_mul e _) (congrArg (mul (ofNat e)) eq2)))
      let Vw : R := matVec k V w i
      let H : R := sub (h (entrywise φ (g x)) i) (h (entrywise φ (g x')) i)
      let L : R := sub (l x i) (l x' i)
      Eq.trans (hB.output (E := E) η δ hi)
        (Eq.trans
          (congr2 add
            (congr2 mul (ofNat_mul G e) (congrArg (mul (ofNat κ))
              (Eq.trans ez (congrArg (fun t => sub (mul D t) (mul (ofNat s) Vw)) eh))))
            (congrArg (mul (ofNat κ)) (congr2 add (congrArg (fun t => mul t Vw) eX) (congr2 mul eY el))))
          (Eq.trans
            (bordered_row (ofNat G) (ofNat e) (ofNat q) (ofNat d) (ofNat d') (ofNat κ) (ofNat s) Vw H L)
            (congr2 mul (congrArg (mul (ofNat κ)) (Eq.symm eF))
              (ring_eq (vars4 (l x i) (l x' i) (h (entrywise φ (g x)) i) (h (entrywise φ (g x')) i))
                (a := add (sub (l x i) (l x' i))
                  (sub (h (entrywise φ (g x)) i) (h (entrywise φ (g x')) i)))
                (b := sub (add (l x i) (h (entrywise φ (g x)) i))
                  (add (l x' i) (h (entrywise φ (g x')) i)))))))
    have left : Eq (normSq (Nat.add k m) (matVec (Nat.add k n) B v))
        (add (mul (sq (ofNat κ)) (normSq k S)) (mul (sq (mul (ofNat κ) (ofNat F))) (normSq m o))) :=
      Eq.trans (sum_append k m _)
        (congr2 add
          (Eq.trans (normSq_congr (y := vsmul (ofNat κ) S) (fun _ hi => hB.hidden (E := E) η δ hi))
            (normSq_smul k (ofNat κ) S))
          (Eq.trans
            (normSq_congr (x := fun i => matVec (Nat.add k n) B v (Nat.add k i))
              (y := vsmul (mul (ofNat κ) (ofNat F)) o) row)
            (normSq_smul m (mul (ofNat κ) (ofNat F)) o)))
    have right : Eq (normSq (Nat.add k n) v)
        (add (mul (sq (ofNat E)) (normSq k y)) (mul (sq (ofNat κ)) (normSq n δ))) :=
      Eq.trans (normSq_append k n _ _)
        (congr2 add (normSq_smul k (ofNat E) y) (normSq_smul n (ofNat κ) δ))
    have cap : le (mul (ofNat T : R) (sq (mul (ofNat E) (ofNat p)))) (mul (ofNat C) (sq (ofNat κ))) :=
      le_via (ofNat_mul_le hcap)
        (congrArg (mul (ofNat T)) (Eq.symm (Eq.trans (ofNat_sq _)
          (congrArg sq (ofNat_mul E p)))))
        (congrArg (mul (ofNat C)) (Eq.symm (ofNat_sq κ)))
    le_via
      (bordered_bound (ofNat_nonneg T) (normSq_nonneg k S) (ofNat_pos hκ) cap slope
        (le_via (hN v) (congrArg (mul (ofNat C)) (Eq.symm left))
          (congrArg (mul (ofNat T)) (Eq.symm right))))
      (congrArg (fun t => mul t (normSq m o))
        (Eq.trans (ofNat_mul C _) (congrArg (mul (ofNat C)) (ofNat_sq F))))
      rfl⟩

/-- The summands of a map may change places. -/
theorem SqLipschitz.vadd_comm {P Q : R} {f : Vec R → Vec R}
    (h : SqLipschitz n m P Q (fun x => vadd (f x) (g x))) :
    SqLipschitz n m P Q (fun x => vadd (g x) (f x)) :=
  h.congrFun (fun x i _ => add_comm (g x i) (f x i))

/-- The integer matrix of the identity. -/
def identityMatrix : Nat → Nat → Int := fun i j => cond (Nat.beq i j) (Int.ofNat 1) (Int.ofNat 0)

/-- The identity is a linear map. -/
theorem Affine.identity (n : Nat) : Affine n n identityMatrix (one : R) vzero (fun x => x) :=
  fun x i hi => Eq.symm (Eq.trans (add_zero _)
    (Eq.trans
      (sum_single hi (fun j ne => match k : Nat.beq i j with
        | true => False.elim (ne (Eq.symm (Nat.eq_of_beq_eq_true k)))
        | false => Eq.trans
          (congrArg (fun t => mul (mul (ofInt (cond t (Int.ofNat 1) (Int.ofNat 0))) one) (x j)) k)
          (Eq.trans (congrArg (fun t => mul (mul t one) (x j)) ofInt_zero)
            (ring_eq (vars1 (x j)) (a := mul (mul zero one) (x j)) (b := zero)))))
      (match k : Nat.beq i i with
        | true => Eq.trans
          (congrArg (fun t => mul (mul (ofInt (cond t (Int.ofNat 1) (Int.ofNat 0))) one) (x i)) k)
          (Eq.trans (congrArg (fun t => mul (mul t one) (x i)) ofInt_one)
            (ring_eq (vars1 (x i)) (a := mul (mul one one) (x i)) (b := x i)))
        | false => False.elim (Nat.ne_of_beq_eq_false k rfl))))

end

end

end LipBridge
