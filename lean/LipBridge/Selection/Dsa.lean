import LipBridge.Selection.GatedCases
/-!
# The selection of DeepSeek's sparse attention, near a hidden state

`I_s(x) = Σ_h (W x)_h·max(⟨P B_h (g ⊙ A x), k_s⟩, 0)`: `A` and `g` are projection and gain of the query
latent, `B_h` the rows of head `h`, `P` the rotation at the query's position, `k_s` the cached keys, `W` the
projection of the head weights; integers, since denominators, the latent's root mean square and `1/√(H d)`
are positive numbers that all tokens share. The products of the matrices are checked by the kernel, so that
the theorem is about the matrices as they are stored.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The products `⟨P B (g ⊙ A x), k_s⟩` of one head's query with the keys. -/
def dsaProducts (n l d : Nat) (A : Nat → Nat → Int) (g : Nat → Int) (B P K : Nat → Nat → Int)
    (x : Vec R) : Vec R :=
  matVec d K (matVec d P (matVec l B (fun t => mul (ofInt (g t)) (matVec n A x t))))

/-- The scores of the tokens. -/
def dsaScores (n l d H : Nat) (A : Nat → Nat → Int) (g : Nat → Int) (B : Nat → Nat → Nat → Int)
    (P K W : Nat → Nat → Int) (x : Vec R) : Vec R :=
  fun s => gated H (matVec n W x) (fun h => dsaProducts n l d A g (B h) P K x s)

/-- Whether `L = diag(g) A`. -/
noncomputable def isScaled (l n : Nat) (g : Nat → Int) (A L : Nat → Nat → Int) : Bool :=
  everyBelow l fun t => everyBelow n fun j => intBeq (L t j) (Int.mul (g t) (A t j))

/-- `Σ_j w_j p_j`. -/
noncomputable def rowValue (n : Nat) (w p : Nat → Int) : Int := sum n (fun j => Int.mul (w j) (p j))

/-- Whether products and weights at the point are what is said. -/
noncomputable def valuesOk (n T H : Nat) (W : Nat → Nat → Int) (J : Nat → Nat → Nat → Int)
    (p ω : Nat → Int) (ζ : Nat → Nat → Int) : Bool :=
  and (everyBelow H fun h => intBeq (ω h) (rowValue n (W h) p))
    (everyBelow T fun s => everyBelow H fun h => intBeq (ζ s h) (rowValue n (J h s) p))

/-- Whether the matrices multiply: `C = K P`, and for each head `M_h = B_h L`, `J_h = C M_h`; `b`, `b'` and
`b''` bits hold the sums, and the shapes have a digit for each of `d`, `T`, `l` and `n`. -/
noncomputable def dsaProductsOk (H b b' b'' : Nat) (sd sT sl sn : Shape) (L P K C : PackedMatrix)
    (B M J : Nat → PackedMatrix) : Bool :=
  and (and (Nat.beq K.rows (Shape.size sT)) (and (Nat.beq P.cols (Shape.size sd))
      (and (Nat.beq K.cols (Shape.size sd)) (PackedMatrix.isProduct K P C b sT sd sd))))
    (and (and (Nat.beq L.cols (Shape.size sn)) (and (Nat.beq C.rows (Shape.size sT))
        (Nat.beq C.cols (Shape.size sd))))
      (everyBelow H fun h =>
        and (and (Nat.beq (B h).rows (Shape.size sd)) (and (Nat.beq (B h).cols (Shape.size sl))
            (PackedMatrix.isProduct (B h) L (M h) b' sd sl sn)))
          (and (Nat.beq (M h).cols (Shape.size sn))
            (PackedMatrix.isProduct C (M h) (J h) b'' sT sd sn))))

section
variable {n l d T H a b D k : Nat}

/-- A row's value at a stored point. -/
theorem over_row {w p : Nat → Int} {x : Vec R} (hx : Over n D x p) :
    Eq (mul (ofNat D) (dot n (fun j => ofInt (w j)) x)) (ofInt (rowValue n w p)) :=
  Eq.trans (Eq.symm (sum_mul_left n (ofNat D) _))
    (Eq.trans
      (sum_congr (fun j hj => Eq.trans
        (ring_eq (vars3 (ofNat D) (ofInt (w j)) (x j))
          (a := mul (ofNat D) (mul (ofInt (w j)) (x j)))
          (b := mul (ofInt (w j)) (mul (ofNat D) (x j))))
        (Eq.trans (congrArg (mul (ofInt (w j))) (hx j hj)) (Eq.symm (ofInt_mul (w j) (p j))))))
      (Eq.symm (ofInt_sum n (fun j => Int.mul (w j) (p j)))))

/-- A row's value near a stored point. -/
theorem row_near {w p : Nat → Int} {ω : Int} {x x' : Vec R} (hx : Over n D x p)
    (hω : Eq (intBeq ω (rowValue n w p)) true) :
    Eq (mul (ofNat D) (dot n (fun j => ofInt (w j)) x'))
      (add (ofInt ω) (mul (ofNat D) (dot n (fun j => ofInt (w j)) (vsub x' x)))) :=
  Eq.trans
    (ring_eq (vars3 (ofNat D) (dot n (fun j => ofInt (w j)) x') (dot n (fun j => ofInt (w j)) x))
      (a := mul (ofNat D) (dot n (fun j => ofInt (w j)) x'))
      (b := add (mul (ofNat D) (dot n (fun j => ofInt (w j)) x))
        (mul (ofNat D) (sub (dot n (fun j => ofInt (w j)) x') (dot n (fun j => ofInt (w j)) x)))))
    (congr2 add (Eq.trans (over_row hx) (congrArg ofInt (Eq.symm (int_eq_of_beq hω))))
      (congrArg (mul (ofNat D)) (Eq.symm (dot_sub_right n _ x' x))))

/-- The products of a head are one linear map, with the matrix `J = K P B diag(g) A`. -/
theorem dsaProducts_linear {A B P K L C M J : Nat → Nat → Int} {g : Nat → Int}
    (hL : Eq (isScaled l n g A L) true)
    (hC : ∀ s i, Nat.lt s T → Nat.lt i d → Eq (C s i) (matMul d K P s i))
    (hM : ∀ i j, Nat.lt i d → Nat.lt j n → Eq (M i j) (matMul l B L i j))
    (hJ : ∀ s j, Nat.lt s T → Nat.lt j n → Eq (J s j) (matMul d C M s j)) (x : Vec R) {s : Nat}
    (hs : Nat.lt s T) : Eq (dsaProducts n l d A g B P K x s) (dot n (fun j => ofInt (J s j)) x) :=
  have latent : Agree l (fun t => mul (ofInt (g t)) (matVec n A x t)) (matVec n L x) :=
    fun t ht => Eq.trans (Eq.symm (sum_mul_left n (ofInt (g t)) _))
      (sum_congr (fun j hj => Eq.trans
        (Eq.symm (mul_assoc (ofInt (g t)) (ofInt (A t j)) (x j)))
        (congrArg (fun u => mul u (x j)) (Eq.trans (Eq.symm (ofInt_mul (g t) (A t j)))
          (congrArg ofInt (Eq.symm (int_eq_of_beq
            (everyBelow_sound (everyBelow_sound hL t ht) j hj))))))))
  have query : Agree d (matVec l B (fun t => mul (ofInt (g t)) (matVec n A x t))) (matVec n M x) :=
    fun i hi => Eq.trans (sum_congr (fun t ht => congrArg (mul (ofInt (B i t))) (latent t ht)))
      (Eq.trans (Eq.symm (matVec_matMul l n B L x i))
        (Eq.symm (matVec_congr hM x i hi)))
  have keys (y : Vec R) : Eq (matVec d K (matVec d P y) s) (matVec d C y s) :=
    Eq.trans (Eq.symm (matVec_matMul d d K P y s)) (Eq.symm (matVec_congr hC y s hs))
  Eq.trans (keys _)
    (Eq.trans (sum_congr (fun i hi => congrArg (mul (ofInt (C s i))) (query i hi)))
      (Eq.trans (Eq.symm (matVec_matMul d n C M x s)) (Eq.symm (matVec_congr hJ x s hs))))

/-- The products of a head are those of its matrix `J_h`, where the matrices multiply. -/
theorem dsaProducts_stored {A P K L C : PackedMatrix} {g : Nat → Int} {B M J : Nat → PackedMatrix}
    {β β' β'' : Nat} {sd sT sl sn : Shape}
    (hL : Eq (isScaled (Shape.size sl) (Shape.size sn) g (PackedMatrix.entry A) (PackedMatrix.entry L)) true)
    (hP : Eq (dsaProductsOk H β β' β'' sd sT sl sn L P K C B M J) true) {h : Nat} (hh : Nat.lt h H)
    (y : Vec R) {s : Nat} (hs : Nat.lt s (Shape.size sT)) :
    Eq (dsaProducts (Shape.size sn) (Shape.size sl) (Shape.size sd) (PackedMatrix.entry A) g
        (PackedMatrix.entry (B h)) (PackedMatrix.entry P) (PackedMatrix.entry K) y s)
      (dot (Shape.size sn) (fun j => ofInt (PackedMatrix.entry (J h) s j)) y) :=
  have first := bool_and (bool_and hP).left
  have shapes := bool_and (bool_and (bool_and hP).right).left
  have size {x y : Nat} (h : Eq (Nat.beq x y) true) {i : Nat} (k : Nat.lt i y) : Nat.lt i x :=
    Eq.subst (motive := fun m => Nat.lt i m) (Eq.symm (Nat.eq_of_beq_eq_true h)) k
  have inner {f : Nat → Nat → Nat → Int} {x y : Nat} (h : Eq (Nat.beq x y) true) {i j : Nat} {v : Int}
      (k : Eq v (f x i j)) : Eq v (f y i j) :=
    Eq.subst (motive := fun m => Eq v (f m i j)) (Nat.eq_of_beq_eq_true h) k
  have head := bool_and (everyBelow_sound (bool_and (bool_and hP).right).right h hh)
  have up := bool_and head.left
  dsaProducts_linear (B := PackedMatrix.entry (B h)) (M := PackedMatrix.entry (M h))
    (C := PackedMatrix.entry C) (J := PackedMatrix.entry (J h)) hL
    (fun s i hs hi => inner (f := fun m => matMul m (PackedMatrix.entry K) (PackedMatrix.entry P))
      (bool_and (bool_and first.right).right).left
      (PackedMatrix.isProduct_sound (bool_and (bool_and first.right).right).right s i
        (size first.left hs) (size (bool_and first.right).left hi)))
    (fun i j hi hj => inner
      (f := fun m => matMul m (PackedMatrix.entry (B h)) (PackedMatrix.entry L))
      (bool_and up.right).left
      (PackedMatrix.isProduct_sound (bool_and up.right).right i j (size up.left hi)
        (size shapes.left hj)))
    (fun s j hs hj => inner
      (f := fun m => matMul m (PackedMatrix.entry C) (PackedMatrix.entry (M h)))
      (bool_and shapes.right).right
      (PackedMatrix.isProduct_sound (bool_and head.right).right s j
        (size (bool_and shapes.right).left hs) (size (bool_and head.right).left hj)))
    y hs

/-- The selection of the indexer, near a stored point: within `a/b` of it the listed tokens are the only
top-k set of the scores, and of the scores times any positive number. -/
theorem dsa_selection {N : Nat} {A P K W L C : PackedMatrix} {g : Nat → Int} {B M J : Nat → PackedMatrix}
    {β β' β'' : Nat} {sd sT sl sn : Shape} {p ω : Nat → Int} {ν : Nat → Nat} {ζ : Nat → Nat → Int}
    {token : Nat → Nat} {τ μ : Nat → Nat → Nat} {E G u v : Nat → Nat → Int} {X F : Nat → Int}
    {sides : List PairSides} {lst : List Nat} {ρ c : R} {x : Vec R}
    (hd : Eq (Shape.size sd) d) (hT : Eq (Shape.size sT) T) (hl : Eq (Shape.size sl) l)
    (hn : Eq (Shape.size sn) n)
    (hL : Eq (isScaled l n g (PackedMatrix.entry A) (PackedMatrix.entry L)) true)
    (hP : Eq (dsaProductsOk H β β' β'' sd sT sl sn L P K C B M J) true)
    (hv : Eq (valuesOk n T H (PackedMatrix.entry W) (fun h => PackedMatrix.entry (J h)) p ω ζ) true)
    (hν : Eq (and (weightsOk H n (PackedMatrix.entry W) ν)
      (weightsOk H n (fun h j => Int.neg (PackedMatrix.entry W h j)) ν)) true)
    (ht : Eq (rowsOk N H n (Nat.mul a D) b lst token τ ω ζ (PackedMatrix.entry W)
      (fun s h => PackedMatrix.entry (J h) s) E ν μ u v X F G) true)
    (hg : Eq (gapsStay T N k H n (Nat.mul a D) lst token τ F G sides) true)
    (hρ : Eq (mul (ofNat D) ρ) one) (hc : lt zero c)
    (hx : WithinRatio n (ofNat a) (ofNat b) (storedVec p ρ) x) :
    UniqueTopK T k
      (fun s => mul c (dsaScores n l d H (PackedMatrix.entry A) g (fun h => PackedMatrix.entry (B h))
        (PackedMatrix.entry P) (PackedMatrix.entry K) (PackedMatrix.entry W) x s))
      (oneOf lst) :=
  match sd, sT, sl, sn, hd, hT, hl, hn, hP with
  | sd, sT, sl, sn, rfl, rfl, rfl, rfl, hP =>
  have value := bool_and hv
  gated_selection (J := fun s h => PackedMatrix.entry (J h) s) hc hx
    (fun h hh => row_near (Over.point hρ p) (everyBelow_sound value.left h hh))
    (fun s hs h hh => Eq.trans (congrArg (mul (ofNat D)) (dsaProducts_stored hL hP hh x hs))
      (row_near (Over.point hρ p) (everyBelow_sound (everyBelow_sound value.right s hs) h hh)))
    hν ht hg

end

end

/-! ## Left to the kernel

As in `StepKernelOnly.lean`. -/

set_option linter.unusedVariables false

/-- What the elaborator takes `isScaled` for. -/
def isScaled._sunfold (l n : Nat) (g : Nat → Int) (A L : Nat → Nat → Int) : Bool := true

/-- What the elaborator takes `valuesOk` for. -/
def valuesOk._sunfold (n T H : Nat) (W : Nat → Nat → Int) (J : Nat → Nat → Nat → Int)
    (p ω : Nat → Int) (ζ : Nat → Nat → Int) : Bool := true

/-- What the elaborator takes `dsaProductsOk` for. -/
def dsaProductsOk._sunfold (H b b' b'' : Nat) (sd sT sl sn : Shape) (L P K C : PackedMatrix)
    (B M J : Nat → PackedMatrix) : Bool := true

end LipBridge
