import LipBridge.Evaluate.Product
import LipBridge.Evaluate.Congruence
import LipBridge.Layers.Dot
import LipBridge.Layers.Gain
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.MeanPool
import LipBridge.Layers.Relu
import LipBridge.Layers.Scale
import LipBridge.Layers.Activation
import LipBridge.Layers.Split
import LipBridge.Layers.StoredKeys
/-!
# The value of a network at a stored point

In any ordered ring: `Over n d x z` says that `x` is the integer vector `z` divided by `d`, in its first
`n` entries. Every layer that is evaluated exactly takes such a vector to such a vector: the integers are
those that the same layer over ℤ computes, with every reciprocal replaced by 1 and biases over the
layer's denominator. So the kernel evaluates the very network that a theorem is about.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `d·x_i = z_i` for `i < n`: `x` is the integer vector `z` over `d`. -/
def Over (n d : Nat) (x : Vec R) (z : Vec Int) : Prop :=
  ∀ i, Nat.lt i n → Eq (mul (ofNat d) (x i)) (ofInt (z i))

/-- Whether `a·b = c`; the denominator of a product. -/
noncomputable def isTimes (a b c : Nat) : Bool := Nat.beq (Nat.mul a b) c

/-- `isTimes` that says yes means equality. -/
theorem eq_of_isTimes {a b c : Nat} (h : Eq (isTimes a b c) true) : Eq (Nat.mul a b) c :=
  Nat.eq_of_beq_eq_true h

/-- A square is a product. -/
theorem isTimes_self (d : Nat) : Eq (isTimes d d (Nat.mul d d)) true := nat_beq_self (Nat.mul d d)

/-- A stored point: integers times `r = 1/d`. -/
theorem Over.point {n d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) (z : Nat → Int) :
    Over n d (storedVec z r) z :=
  fun i _ => Eq.trans (ring_eq (vars3 (ofNat d) (ofInt (z i)) r)
      (a := mul (ofNat d) (mul (ofInt (z i)) r)) (b := mul (ofInt (z i)) (mul (ofNat d) r)))
    (Eq.trans (congrArg (mul (ofInt (z i))) hr) (mul_one _))

section
variable {n m d D e : Nat} {x y : Vec R} {z w : Vec Int}

/-- Integers that were computed. -/
theorem Over.known (h : Over n d x z) (k : Agree n z w) : Over n d x w :=
  fun i hi => Eq.trans (h i hi) (congrArg ofInt (k i hi))

/-- Only the first `n` entries matter. -/
theorem Over.congr (k : Agree n x y) (h : Over n d y z) : Over n d x z :=
  fun i hi => Eq.trans (congrArg (mul (ofNat d)) (k i hi)) (h i hi)

/-- A finer denominator `D = e·d`. -/
theorem Over.finer (h : Over n d x z) (e : Nat) (hD : Eq (isTimes e d D) true) :
    Over n D x (fun i => Int.mul (Int.ofNat e) (z i)) :=
  fun i hi => Eq.trans
    (congrArg (fun t => mul (ofNat t) (x i)) (Eq.symm (eq_of_isTimes hD)))
    (Eq.trans (congrArg (fun t => mul t (x i)) (ofNat_mul e d))
      (Eq.trans (mul_assoc _ _ _)
        (Eq.trans (congrArg (mul (ofNat e)) (h i hi)) (Eq.symm (ofInt_mul (Int.ofNat e) (z i))))))

/-! ## Maxima -/

/-- `c·max(a, b) = max(c·a, c·b)` for `c ≥ 0`. -/
theorem mul_sup {c : R} (hc : le zero c) (a b : R) :
    Eq (mul c (sup a b)) (sup (mul c a) (mul c b)) :=
  Or.elim (le_total a b)
    (fun h => Eq.trans (congrArg (mul c) (sup_of_le h)) (Eq.symm (sup_of_le (mul_le_mul_left hc h))))
    (fun h => Eq.trans (congrArg (mul c) (sup_of_ge h)) (Eq.symm (sup_of_ge (mul_le_mul_left hc h))))

/-- The image of a maximum is the maximum of the images. -/
theorem ofInt_sup (a b : Int) : Eq (ofInt (sup a b) : R) (sup (ofInt a) (ofInt b)) :=
  Or.elim (le_total a b)
    (fun h => Eq.trans (congrArg ofInt (sup_of_le h)) (Eq.symm (sup_of_le (ofInt_le h))))
    (fun h => Eq.trans (congrArg ofInt (sup_of_ge h)) (Eq.symm (sup_of_ge (ofInt_le h))))

/-- The maximum of two values over `d`. -/
theorem sup_over {a b : R} {s t : Int} (h : Eq (mul (ofNat d) a) (ofInt s))
    (k : Eq (mul (ofNat d) b) (ofInt t)) : Eq (mul (ofNat d) (sup a b)) (ofInt (sup s t)) :=
  Eq.trans (mul_sup (ofNat_nonneg d) a b) (Eq.trans (congr2 sup h k) (Eq.symm (ofInt_sup s t)))

/-- The opposite of a value over `d`. -/
theorem neg_over {a : R} {s : Int} (h : Eq (mul (ofNat d) a) (ofInt s)) :
    Eq (mul (ofNat d) (neg a)) (ofInt (Int.neg s)) :=
  Eq.trans (ring_eq (vars2 (ofNat d) a) (b := neg (mul (ofNat d) a)))
    (Eq.trans (congrArg neg h) (Eq.symm (ofInt_neg s)))

/-- The sum of two values over `d`. -/
theorem add_over {a b : R} {s t : Int} (h : Eq (mul (ofNat d) a) (ofInt s))
    (k : Eq (mul (ofNat d) b) (ofInt t)) : Eq (mul (ofNat d) (add a b)) (ofInt (Int.add s t)) :=
  Eq.trans (mul_add _ a b) (Eq.trans (congr2 add h k) (Eq.symm (ofInt_add s t)))

/-- The maximum of `b` values over `d`. -/
theorem maxOver_over {b : Nat} {f : Nat → R} {g : Nat → Int}
    (h : ∀ t, Nat.lt t b → Eq (mul (ofNat d) (f t)) (ofInt (g t))) :
    Eq (mul (ofNat d) (maxOver b f)) (ofInt (maxOver b g)) :=
  match b, h with
  | 0, _ => Eq.trans (mul_zero _) (Eq.symm ofInt_zero)
  | .succ k, h =>
    Nat.rec (motive := fun k => (∀ t, Nat.lt t (Nat.succ k) → Eq (mul (ofNat d) (f t)) (ofInt (g t))) →
        Eq (mul (ofNat d) (maxUpTo k f)) (ofInt (maxUpTo k g)))
      (fun h => h 0 Nat.le.refl)
      (fun k ih h => sup_over (ih (fun t ht => h t (Nat.le.step ht))) (h (Nat.succ k) Nat.le.refl)) k h

/-- ReLU. -/
theorem Over.relu (h : Over n d x z) : Over n d (relu x) (LipBridge.relu z) :=
  fun i hi => sup_over (h i hi) (Eq.trans (mul_zero _) (Eq.symm ofInt_zero))

/-- Absolute values. -/
theorem Over.abs (h : Over n d x z) :
    Over n d (entrywise LipBridge.abs x) (entrywise LipBridge.abs z) :=
  fun i hi => sup_over (h i hi) (neg_over (h i hi))

/-- Max pooling. -/
theorem Over.maxPool {b : Nat} (h : Over (Nat.mul b n) d x z) :
    Over n d (maxPool b n x) (LipBridge.maxPool b n z) :=
  fun _ hi => maxOver_over (fun _ ht => h _ (nat_block_lt ht hi))

/-- Block maxima. -/
theorem Over.blockMax {blocks b : Nat} (h : Over (Nat.mul blocks b) d x z) :
    Over blocks d (blockMax b x) (LipBridge.blockMax b z) :=
  fun _ hi => maxOver_over (fun _ ht => h _ (nat_block_lt hi ht))

/-- A vector read as tokens. -/
theorem Over.split (b k : Nat) (h : Over n d x z) : Over n d (split b k x) z := h

/-! ## Factors and biases -/

/-- A factor `p·r`, `r = 1/q`, over `D = d·q`: the integers are `p·z`. -/
theorem times_over {q : Nat} {p s : Int} {r a : R} (hr : Eq (mul (ofNat q) r) one)
    (hD : Eq (isTimes d q D) true) (h : Eq (mul (ofNat d) a) (ofInt s)) :
    Eq (mul (ofNat D) (mul (mul (ofInt p) r) a)) (ofInt (Int.mul p s)) :=
  Eq.trans (congrArg (fun t => mul (ofNat t) _) (Eq.symm (eq_of_isTimes hD)))
    (Eq.trans (congrArg (fun t => mul t _) (ofNat_mul d q))
      (Eq.trans
        (ring_eq (vars5 (ofNat d) (ofNat q) (ofInt p) r a)
          (a := mul (mul (ofNat d) (ofNat q)) (mul (mul (ofInt p) r) a))
          (b := mul (mul (ofNat q) r) (mul (ofInt p) (mul (ofNat d) a))))
        (Eq.trans (congr2 mul hr (congrArg (mul (ofInt p)) h))
          (Eq.trans (one_mul _) (Eq.symm (ofInt_mul p s))))))

/-- A number `p·r`, `r = 1/q`, over `d = e·q`: the integer is `e·p`. -/
theorem number_over {q : Nat} {p : Int} {r : R} (hr : Eq (mul (ofNat q) r) one)
    (hd : Eq (isTimes e q d) true) :
    Eq (mul (ofNat d) (mul (ofInt p) r)) (ofInt (Int.mul (Int.ofNat e) p)) :=
  Eq.trans (congrArg (fun t => mul (ofNat t) _) (Eq.symm (eq_of_isTimes hd)))
    (Eq.trans (congrArg (fun t => mul t _) (ofNat_mul e q))
      (Eq.trans
        (ring_eq (vars4 (ofNat e) (ofNat q) (ofInt p) r)
          (a := mul (mul (ofNat e) (ofNat q)) (mul (ofInt p) r))
          (b := mul (mul (ofNat q) r) (mul (ofNat e) (ofInt p))))
        (Eq.trans (congrArg (fun t => mul t _) hr)
          (Eq.trans (one_mul _) (Eq.symm (ofInt_mul (Int.ofNat e) p))))))

/-- Scaling by `p/q`. -/
theorem Over.scale {q : Nat} {p : Int} {r : R} (hr : Eq (mul (ofNat q) r) one)
    (hD : Eq (isTimes d q D) true) (h : Over n d x z) :
    Over n D (scale (mul (ofInt p) r) x) (fun i => Int.mul p (z i)) :=
  fun i hi => times_over hr hD (h i hi)

/-- Leaky ReLU of slope `p/q`. -/
theorem Over.leakyRelu {q p : Nat} {r : R} (hr : Eq (mul (ofNat q) r) one)
    (hD : Eq (isTimes d q D) true) (h : Over n d x z) :
    Over n D (leakyRelu (mul (ofNat p) r) x)
      (fun i => sup (Int.mul (Int.ofNat q) (z i)) (Int.mul (Int.ofNat p) (z i))) :=
  fun i hi => sup_over
    (h.finer q (Eq.trans (congrArg (fun t => Nat.beq t D) (nat_mul_comm q d)) hD) i hi)
    (times_over (p := Int.ofNat p) hr hD (h i hi))

/-- Clamping between `p/q` and `p'/q'`, `d = e·q = e'·q'`. -/
theorem Over.clamp {q q' e' : Nat} {p p' : Int} {r r' : R} (hr : Eq (mul (ofNat q) r) one)
    (hr' : Eq (mul (ofNat q') r') one) (hd : Eq (isTimes e q d) true) (hd' : Eq (isTimes e' q' d) true)
    (h : Over n d x z) :
    Over n d (entrywise (clamp (mul (ofInt p) r) (mul (ofInt p') r')) x)
      (entrywise (LipBridge.clamp (Int.mul (Int.ofNat e) p) (Int.mul (Int.ofNat e') p')) z) :=
  fun i hi => neg_over (sup_over (neg_over (sup_over (h i hi) (number_over hr hd)))
    (neg_over (number_over hr' hd')))

/-- `a·r + c = (a + c·q)·r`, where `q·r = 1`. -/
theorem offset_eq {q : Nat} {r : R} (c : Int) (hr : Eq (mul (ofNat q) r) one) (a : Int) :
    Eq (add (mul (ofInt a) r) (ofInt c)) (mul (ofInt (Int.add a (Int.mul c (Int.ofNat q)))) r) :=
  Eq.trans (congrArg (add (mul (ofInt a) r))
      (Eq.trans (Eq.symm (mul_one (ofInt c))) (Eq.trans (congrArg (mul (ofInt c)) (Eq.symm hr))
        (ring_eq (vars3 (ofInt c) (ofNat q) r) (a := mul (ofInt c) (mul (ofNat q) r))
          (b := mul (mul (ofInt c) (ofNat q)) r)))))
    (Eq.trans (Eq.symm (add_mul _ _ r))
      (congrArg (fun t => mul t r) (Eq.symm (Eq.trans (ofInt_add _ _)
        (congrArg (add (ofInt a)) (ofInt_mul c (Int.ofNat q)))))))

/-- A stored gain `g/q`, with an integer added to each entry: the integers are `(g_i + c·q)·z_i`. -/
theorem Over.gainOffset {q : Nat} {g : Nat → Int} {r : R} (c : Int) (hr : Eq (mul (ofNat q) r) one)
    (hD : Eq (isTimes d q D) true) (h : Over n d x z) :
    Over n D (gain (fun i => add (mul (ofInt (g i)) r) (ofInt c)) x)
      (fun i => Int.mul (Int.add (g i) (Int.mul c (Int.ofNat q))) (z i)) :=
  fun i hi => Eq.trans
    (congrArg (fun t => mul (ofNat D) (mul t (x i))) (offset_eq c hr (g i)))
    (times_over hr hD (h i hi))

/-- A stored gain `g/q`. -/
theorem Over.gain {q : Nat} {g : Nat → Int} {r : R} (hr : Eq (mul (ofNat q) r) one)
    (hD : Eq (isTimes d q D) true) (h : Over n d x z) :
    Over n D (gain (fun i => mul (ofInt (g i)) r) x) (fun i => Int.mul (g i) (z i)) :=
  fun i hi => times_over hr hD (h i hi)

/-! ## Linear maps -/

/-- `Σ_j a_j b_j` of values over `d` and `q`. -/
theorem dot_over {q : Nat} {a b : Vec R} {s t : Vec Int} (h : Over n d a s) (k : Over n q b t)
    (hD : Eq (isTimes d q D) true) : Eq (mul (ofNat D) (dot n a b)) (ofInt (dot n s t)) :=
  Eq.trans (congrArg (fun t => mul (ofNat t) _) (Eq.symm (eq_of_isTimes hD)))
    (Eq.trans (congrArg (fun t => mul t _) (ofNat_mul d q))
      (Eq.trans (Eq.symm (sum_mul_left n _ _))
        (Eq.trans
          (sum_congr (fun i hi => Eq.trans
            (ring_eq (vars4 (ofNat d) (ofNat q) (a i) (b i))
              (a := mul (mul (ofNat d) (ofNat q)) (mul (a i) (b i)))
              (b := mul (mul (ofNat d) (a i)) (mul (ofNat q) (b i))))
            (Eq.trans (congr2 mul (h i hi) (k i hi)) (Eq.symm (ofInt_mul (s i) (t i))))))
          (Eq.symm (ofInt_sum n (fun i => Int.mul (s i) (t i)))))))

/-- `W x + b` with `W` over `q` and a bias over `D = d·q`. -/
theorem Over.linear {q : Nat} {W : Nat → Nat → Int} {r : R} {b : Vec R} {c : Vec Int}
    (hr : Eq (mul (ofNat q) r) one) (hD : Eq (isTimes q d D) true) (hb : Over m D b c)
    (h : Over n d x z) : Over m D (linear n W r b x) (LipBridge.linear n W one c z) :=
  fun i hi => add_over
    (Eq.trans
      (dot_over (a := fun j => mul (ofInt (W i j)) r)
        (Over.point hr (fun j => W i j)) h hD)
      (congrArg ofInt (sum_ext n (fun j => congrArg (fun t => Int.mul t (z j))
        (Eq.symm (int_mul_one (W i j)))))))
    (hb i hi)

/-- No bias. -/
theorem Over.zero : Over n d (fun _ => zero : Vec R) (fun _ => Int.ofNat 0) :=
  fun _ _ => Eq.trans (mul_zero _) (Eq.symm ofInt_zero)

/-- A stored bias over `q`, where `D = e·q`. -/
theorem Over.bias {q : Nat} {g : Nat → Int} {r : R} (hr : Eq (mul (ofNat q) r) one)
    (hD : Eq (isTimes e q D) true) :
    Over n D (fun i => mul (ofInt (g i)) r) (fun i => Int.mul (Int.ofNat e) (g i)) :=
  fun _ _ => number_over hr hD

/-- Inner products with stored keys. -/
theorem Over.dotKeys {q : Nat} {K : Nat → Nat → Int} {r : R} (hr : Eq (mul (ofNat q) r) one)
    (hD : Eq (isTimes q d D) true) (h : Over n d x z) :
    Over m D (dotKeys n K r x) (LipBridge.linear n K one (fun _ => Int.ofNat 0) z) :=
  Over.linear hr hD Over.zero h

/-- Means of `b` tokens. -/
theorem Over.meanPool {b : Nat} {r : R} (hr : Eq (mul (ofNat b) r) one)
    (hD : Eq (isTimes d b D) true) (h : Over (Nat.mul b n) d x z) :
    Over n D (meanPool b n r x) (LipBridge.meanPool b n one z) :=
  fun i hi => Eq.trans (congrArg (fun t => mul (ofNat t) _) (Eq.symm (eq_of_isTimes hD)))
    (Eq.trans (congrArg (fun t => mul t _) (ofNat_mul d b))
      (Eq.trans
        (ring_eq (vars4 (ofNat d) (ofNat b) r (sum b (fun t => x (Nat.add (Nat.mul t n) i))))
          (a := mul (mul (ofNat d) (ofNat b)) (mul r (sum b (fun t => x (Nat.add (Nat.mul t n) i)))))
          (b := mul (mul (ofNat b) r) (mul (ofNat d) (sum b (fun t => x (Nat.add (Nat.mul t n) i))))))
        (Eq.trans (congr2 mul hr (Eq.trans (Eq.symm (sum_mul_left b _ _))
            (Eq.trans (sum_congr (fun _ ht => h _ (nat_block_lt ht hi)))
              (Eq.symm (ofInt_sum b (fun t => z (Nat.add (Nat.mul t n) i)))))))
          (Eq.trans (one_mul _) (congrArg ofInt (Eq.symm (one_mul (R := Int) _)))))))

/-! ## Branches and tokens -/

/-- Sums of vectors over one denominator. -/
theorem Over.vadd (h : Over n d x z) (k : Over n d y w) :
    Over n d (vadd x y) (LipBridge.vadd z w) :=
  fun i hi => add_over (h i hi) (k i hi)

/-- Concatenations of vectors over one denominator. -/
theorem Over.append (h : Over n d x z) (k : Over m d y w) :
    Over (Nat.add n m) d (append n x y) (LipBridge.append n z w) :=
  fun i hi => Or.elim (nat_lt_or_ge i n)
    (fun l => eq_via (congrArg (mul (ofNat d)) (append_left n x y l))
      (congrArg ofInt (append_left n z w l)) (h i l))
    (fun l => match nat_exists_of_le l with
      | ⟨j, e⟩ => Eq.subst (motive := fun i => Eq (mul (ofNat d) (LipBridge.append n x y i))
          (ofInt (LipBridge.append n z w i))) e
          (eq_via (congrArg (mul (ofNat d)) (append_right n x y j))
            (congrArg ofInt (append_right n z w j)) (k j (nat_lt_of_add_lt (e.symm ▸ hi)))))

/-- A map applied to each of `b` tokens. -/
theorem Over.tokenwise (b : Nat) {f : Vec R → Vec R} {g : Vec Int → Vec Int}
    (hf : ∀ {u : Vec R} {v : Vec Int}, Over n d u v → Over m D (f u) (g v))
    (h : Over (Nat.mul b n) d x z) :
    Over (Nat.mul b m) D (tokenwise b n m f x) (LipBridge.tokenwise b n m g z) :=
  fun i hi => hf (fun _ hj => h _ (nat_block_lt (block_of_lt hi).right hj)) (Nat.mod i m)
    (Nat.mod_lt i (block_of_lt hi).left)

end

/-- The Hadamard transform. -/
theorem Over.hadamard (k : Nat) {d : Nat} {x : Vec R} {z : Vec Int} (h : Over (twoPow k) d x z) :
    Over (twoPow k) d (hadamard k x) (LipBridge.hadamard k z) :=
  match k, h with
  | 0, h => h
  | .succ k, h =>
    have left : Over (twoPow k) d x z :=
      fun i hi => h i (Nat.le_trans hi (nat_le_add (twoPow k) (twoPow k)))
    have right : Over (twoPow k) d (drop (twoPow k) x) (drop (twoPow k) z) :=
      fun i hi => h (Nat.add (twoPow k) i) (match nat_exists_of_le hi with
        | ⟨t, e⟩ => nat_le_of_add_eq (k := t)
          (Eq.trans (nat_ring (vars3 (twoPow k) i t)
              (a := Nat.add (Nat.succ (Nat.add (twoPow k) i)) t)
              (b := Nat.add (twoPow k) (Nat.add (Nat.succ i) t)))
            (congrArg (Nat.add (twoPow k)) e)))
    Over.append (Over.hadamard k (Over.vadd left right))
      (Over.hadamard k (fun i hi => add_over (left i hi) (neg_over (right i hi))))

end

/-! ## Computed values -/

/-- Whether the integers `y` are those packed in `Y`, digits of `w` bits less the bias `β`. -/
noncomputable def packedCheck (m : Nat) (y : Vec Int) (w β Y : Nat) : Bool :=
  vecCheck m y (ofPacked w β Y)

/-- `packedCheck` that says yes means agreement. -/
theorem packedCheck_sound {m w β Y : Nat} {y : Vec Int} (h : Eq (packedCheck m y w β Y) true) :
    Agree m y (ofPacked w β Y) :=
  vecCheck_sound h

/-- A packed linear map at a packed vector, computed on whole numbers. -/
theorem PackedMatrix.product_packed (W : PackedMatrix) (sh : Shape) (b : Nat)
    {v γ X v' γ' Y : Nat} {c : Vec Int}
    (h : Eq (PackedMatrix.productCheck W sh b v γ X c (ofPacked v' γ' Y)) true) :
    Agree W.rows (linear W.cols (PackedMatrix.entry W) one c (ofPacked v γ X)) (ofPacked v' γ' Y) :=
  PackedMatrix.product_eval W sh b (c := c) (fun _ _ => rfl) (fun _ _ => rfl) h

set_option linter.unusedVariables false in
/-- What the elaborator takes `isTimes` for; see `KernelOnly.lean`. -/
def isTimes._sunfold (a b c : Nat) : Bool := true

set_option linter.unusedVariables false in
/-- What the elaborator takes `packedCheck` for. -/
def packedCheck._sunfold (m : Nat) (y : Vec Int) (w β Y : Nat) : Bool := true

end LipBridge
