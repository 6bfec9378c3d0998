import LipBridge.Evaluate.MatrixProduct
import LipBridge.Evaluate.RowRange
import LipBridge.Selection.Keys
import LipBridge.Selection.ReluRange
import LipBridge.Selection.Step
/-!
# The selection of DeepSeek's sparse attention, near queries and head weights

`I_t = Σ_h w_h·max(⟨q_h, k_t⟩, 0)` at the indexer's queries and head weights, as they are projected. Where every
query moves by at most `ρ` and every weight by at most `ε`, a product moves by at most `ρ·‖k_t‖`, and the difference of
two by at most `ρ·‖k_s - k_t‖`. Numbers tell the selected tokens from the others, one comparison a token: every
selected score stays above `over`, every other below `under`. The few tokens near the boundary are excused, each
selected one only to above `under`, each other only to below `over`, and compared pair by pair, which loses nothing
but roundings. The products of queries and keys are one packed product of matrices.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-! ## The selected tokens -/

/-- The tokens whose bit in `m` is 1. -/
noncomputable def marked (m : Nat) : BlockSet := fun t => Nat.beq (Nat.mod (Nat.shiftRight m t) 2) 1

/-- Whether `a` and the lowest `T` bits of `m` that are 1 are `k`. -/
noncomputable def bitsOk (T k : Nat) : Nat → Nat → Bool :=
  Nat.rec (motive := fun _ => Nat → Nat → Bool) (fun _ a => Nat.beq a k)
    (fun _ ih m a => force (Nat.add a (Nat.mod m 2)) fun a => force (Nat.shiftRight m 1) fun m => ih m a) T

/-- Whether `k` tokens are marked. -/
noncomputable def marksOk (T k m : Nat) : Bool := bitsOk T k m 0

/-- `bitsOk` that says yes is right. -/
theorem bitsOk_sound {k : Nat} : ∀ (T m a : Nat), Eq (bitsOk T k m a) true →
    Eq (Nat.add a (count T (marked m))) k
  | 0, _, _, h => Nat.eq_of_beq_eq_true h
  | .succ T, m, a, h =>
    have bit : Eq (Nat.mod m 2) (cond (marked m 0) 1 0) :=
      have small (x : Nat) (hx : Nat.lt x 2) : Eq x (cond (Nat.beq x 1) 1 0) :=
        match x, hx with
        | 0, _ => rfl
        | 1, _ => rfl
        | .succ (.succ x), hx => absurd (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ hx))
            (Nat.not_succ_le_zero x)
      small (Nat.mod m 2) (nat_mod_lt m (Nat.succ_le_succ (Nat.zero_le 1)))
    have rest : Eq (count T (fun t => marked m (Nat.succ t))) (count T (marked (Nat.shiftRight m 1))) :=
      SameOn.count_eq (fun t _ => congrArg (fun x => Nat.beq (Nat.mod x 2) 1)
        (Eq.trans (congrArg (Nat.shiftRight m) (nat_add_comm t 1)) (shiftRight_add m 1 t)))
    Eq.trans
      (congrArg (Nat.add a) (Eq.trans (Step.count_front T (marked m)) (congr2 Nat.add (Eq.symm bit) rest)))
      (Eq.trans (Eq.symm (nat_add_assoc a (Nat.mod m 2) _)) (bitsOk_sound T _ _ h))

/-! ## The check -/

/-- A step in queries and head weights, and what of it the check needs to know. -/
structure ProjectedStep : Type where
  /-- The keys, one a row. -/
  keys : PackedMatrix
  /-- The products of keys and queries, one row a key. -/
  products : PackedMatrix
  /-- A digit for each entry of a key. -/
  shape : Shape
  /-- Bit `t` is 1 if token `t` is selected. -/
  marks : Nat
  /-- What the weights are at least, scaled. -/
  low : List Int
  /-- What their opposites are at least. -/
  high : List Int
  /-- `b`: no query moves by more than `a/b`. -/
  scale : Nat
  /-- `a D`: how far a query moves at most, scaled. -/
  way : Nat
  /-- Where the search for the length of a key begins. -/
  length : Nat
  /-- Every selected score stays above, but those of `first`. -/
  over : Int
  /-- Every other score stays below, but those of `second`. -/
  under : Int
  /-- Selected tokens near the boundary. -/
  first : List Nat
  /-- Other tokens near the boundary. -/
  second : List Nat

/-- Keys as `KeyGap` takes them. -/
noncomputable def keyRows (K : PackedMatrix) (sd : Shape) : KeyGap where
  keys := K
  shape := sd
  scale := 1
  P := 0
  Q := 1
  over := 1
  pull := fun _ _ => 0
  a := 0
  b := 1
  d := 1
  u := 0
  v := 1
  entry := Nat.pow 2 K.width
  length := 0
  least := Int.ofNat 0
  cap := Int.ofNat 0

/-- Whether `f` holds of row `i` of a tree. -/
noncomputable def Rows.at (f : Nat → Bool) (i : Nat) (t : Rows) : Bool :=
  Rows.within (fun _ x => f x) i (Nat.succ i) t 0

/-- Whether `p` holds of every number in a list. -/
noncomputable def everyListed (p : Nat → Bool) (l : List Nat) : Bool :=
  List.rec (motive := fun _ => Bool) true (fun x _ ih => and (p x) ih) l

/-- A number near the root of `N`, by Newton's steps from `κ`. -/
noncomputable def rootFrom (κ N : Nat) : Nat :=
  Nat.rec (motive := fun _ => Nat → Nat) (fun x => x)
    (fun _ ih x => force (Nat.div (Nat.add x (Nat.div N x)) 2) ih) 8 κ

namespace ProjectedStep

/-- Whether `f` holds of what a product with a key of squared length `N` moves by at most. -/
noncomputable def reach (t : ProjectedStep) (N : Nat) (f : Nat → Bool) : Bool :=
  force N fun N => force (rootFrom t.length N) fun x =>
    force (pick (Nat.ble N (Nat.mul x x)) x (Nat.succ x)) fun k =>
      and (Nat.ble N (Nat.mul k k)) (force (Nat.mul t.way k) f)

/-- Whether the score of token `i` stays on its side: `z` are its products, `x` is its key; `o` packs the biases of a
key. -/
noncomputable def apart (t : ProjectedStep) (o u w b c i z x : Nat) : Bool :=
  t.reach (lengthSq u t.shape x o) fun m => pick (marked t.marks i)
    (intBle (Int.add (pick (oneOf t.first i) t.under t.over) (Int.ofNat 1)) (reluLow w b c m t.low z 0 0))
    (intBle (Int.neg (pick (oneOf t.second i) t.over t.under)) (reluLow w b c m t.high z 0 0))

/-- The check of `n` tokens from token `s` on: every score stays on its side. -/
noncomputable def tokensApart (t : ProjectedStep) (s n : Nat) : Bool :=
  force (keyRows t.keys t.shape).origin fun o => force t.keys.width fun u => force t.products.width fun w =>
    force t.scale fun b => force (Nat.mul t.scale t.products.bias) fun c =>
      Rows.within (fun i z => Rows.at (fun x => t.apart o u w b c i z x) i t.keys.data) s (Nat.add s n)
        t.products.data 0

/-- The products of a token, scaled. -/
noncomputable def scaled (t : ProjectedStep) (z h : Nat) : Int :=
  Int.mul (Int.ofNat t.scale) (diff (digit t.products.width z h) t.products.bias)

/-- Whether the score of a token with products `z` and key `x` stays above that of a token with `z'` and `y`. -/
noncomputable def above (t : ProjectedStep) (H z z' x y : Nat) : Bool :=
  force (keyRows t.keys t.shape).origin fun o =>
    t.reach (lengthSq t.keys.width t.shape x o) fun p => t.reach (lengthSq t.keys.width t.shape y o) fun q =>
      t.reach (lengthSq t.keys.width t.shape x y) fun r =>
        intBle (Int.ofNat 1) (reluGaps H (ofList t.low) (ofList t.high) (t.scaled z) (t.scaled z') p q r)

/-- Whether the score of token `i` stays above that of token `j`. -/
noncomputable def pairApart (t : ProjectedStep) (H i j : Nat) : Bool :=
  Rows.at (fun z => Rows.at (fun z' => Rows.at (fun x => Rows.at (fun y => t.above H z z' x y)
    j t.keys.data) i t.keys.data) j t.products.data) i t.products.data

/-- The check of the tokens near the boundary, pair by pair. -/
noncomputable def pairsApart (t : ProjectedStep) (H : Nat) : Bool :=
  everyListed (fun i => everyListed (t.pairApart H i) t.second) t.first

/-- Whether the products are those of keys and queries, and the weights within `β` are what is said of them. -/
noncomputable def productsOk (t : ProjectedStep) (T H e α β bits : Nat) (sT sH : Shape) (v : List Int)
    (Q : PackedMatrix) : Bool :=
  and
    (and (and (and (Nat.beq (len t.low) H) (Nat.beq (len t.high) H)) (Nat.beq t.products.cols H))
      (and (and (Nat.ble α t.way) (intBle t.under t.over))
        (everyBelow H fun h =>
          and (intBle (ofList t.low h) (Int.add (Int.mul (Int.ofNat e) (ofList v h)) (Int.neg (Int.ofNat β))))
            (intBle (ofList t.high h)
              (Int.add (Int.neg (Int.mul (Int.ofNat e) (ofList v h))) (Int.neg (Int.ofNat β)))))))
    (and
      (and (and (Nat.beq (Rows.count t.products.data) (PackedMatrix.count t.products))
          (Nat.beq (Rows.count t.keys.data) T))
        (and (and (Nat.beq (Rows.count t.products.data) T) (Nat.beq t.keys.rows T))
          (and (Nat.beq Q.cols H) (keyRows t.keys t.shape).fits)))
      (PackedMatrix.isProduct t.keys Q t.products bits sT t.shape sH))

/-- What the check says of token `i`. -/
def Apart (t : ProjectedStep) (i : Nat) : Prop :=
  Eq (t.apart (keyRows t.keys t.shape).origin t.keys.width t.products.width t.scale
    (Nat.mul t.scale t.products.bias) i (Rows.get t.products.data i) (Rows.get t.keys.data i)) true

/-! ## What the checks say -/

end ProjectedStep

/-- `Rows.at` that says yes is right. -/
theorem Rows.at_sound {f : Nat → Bool} {i : Nat} {t : Rows} (h : Eq (Rows.at f i t) true)
    (hi : Nat.lt i (Rows.count t)) : Eq (f (Rows.get t i)) true :=
  Rows.within_sound h hi Nat.le.refl Nat.le.refl

set_option smartUnfolding false in
/-- What holds of every number in a list holds of each. -/
theorem everyListed_sound {p : Nat → Bool} {i : Nat} : ∀ {l : List Nat}, Eq (everyListed p l) true →
    Eq (oneOf l i) true → Eq (p i) true
  | .nil, _, h => bool_absurd (Eq.symm h)
  | .cons x _, g, h => Or.elim (pick_or (a := Nat.beq i x) h)
      (fun e => Eq.subst (motive := fun k => Eq (p k) true) (Eq.symm (Nat.eq_of_beq_eq_true e))
        (bool_and g).left)
      (fun e => everyListed_sound (bool_and g).right e)

/-- A matrix that is stored by rows. -/
theorem row_at {W : PackedMatrix} (h : Eq W.transposed false) (t : Nat) :
    Eq (PackedMatrix.rowAt W t) (Rows.get W.data t) :=
  congrArg (fun b => pick b (Rows.column W.width W.width t W.data) (Rows.get W.data t)) h

namespace ProjectedStep
variable {t : ProjectedStep}

/-- `reach` that says yes is right. -/
theorem reach_sound {N : Nat} {f : Nat → Bool} (h : Eq (t.reach N f) true) :
    Exists fun k => And (Eq (Nat.ble N (Nat.mul k k)) true) (Eq (f (Nat.mul t.way k)) true) :=
  have found (k : Nat) (h : Eq (and (Nat.ble N (Nat.mul k k)) (f (Nat.mul t.way k))) true) :
      Exists fun k => And (Eq (Nat.ble N (Nat.mul k k)) true) (Eq (f (Nat.mul t.way k)) true) :=
    ⟨k, (bool_and h).left, (bool_and h).right⟩
  found (pick (Nat.ble N (Nat.mul (rootFrom t.length N) (rootFrom t.length N))) (rootFrom t.length N)
    (Nat.succ (rootFrom t.length N))) h

section
variable {T H e α β bits s n : Nat} {sT sH : Shape} {v : List Int} {Q : PackedMatrix}

/-- `tokensApart` that says yes is right. -/
theorem range (hP : Eq (t.productsOk T H e α β bits sT sH v Q) true) (h : Eq (t.tokensApart s n) true)
    (i : Nat) (hs : Nat.le s i) (hn : Nat.lt i (Nat.add s n)) (hi : Nat.lt i T) : t.Apart i :=
  have counts := bool_and (bool_and (bool_and hP).right).left
  have inside {m : Nat} (e : Eq (Nat.beq m T) true) : Nat.lt i m :=
    Eq.subst (motive := fun m => Nat.lt i m) (Eq.symm (Nat.eq_of_beq_eq_true e)) hi
  have all : Eq (Rows.within (fun i z => Rows.at (fun x => t.apart (keyRows t.keys t.shape).origin t.keys.width
      t.products.width t.scale (Nat.mul t.scale t.products.bias) i z x) i t.keys.data) s (Nat.add s n)
      t.products.data 0) true := h
  Rows.at_sound (Rows.within_sound all (inside (bool_and (bool_and counts.right).left).left) hs hn)
    (inside (bool_and counts.left).right)

/-- The tokens of one range, then those from its end on. -/
theorem join (hP : Eq (t.productsOk T H e α β bits sT sH v Q) true) (h : Eq (t.tokensApart s n) true)
    (g : ∀ i, Nat.le (Nat.add s n) i → Nat.lt i T → t.Apart i) (i : Nat) (hs : Nat.le s i)
    (hi : Nat.lt i T) : t.Apart i :=
  Or.elim (nat_lt_or_ge i (Nat.add s n)) (fun k => range hP h i hs k hi) (fun k => g i k hi)

/-- The tokens of the last range. -/
theorem last (hP : Eq (t.productsOk T H e α β bits sT sH v Q) true) (h : Eq (t.tokensApart s n) true)
    (he : Eq (Nat.ble T (Nat.add s n)) true) (i : Nat) (hs : Nat.le s i) (hi : Nat.lt i T) : t.Apart i :=
  range hP h i hs (Nat.le_trans hi (Nat.le_of_ble_eq_true he)) hi

end

end ProjectedStep

section
variable {R : Type u} [OrderedRing R]

/-- A vector of length `c` moves by at most `c` times the way. -/
theorem dot_within {n α c : Nat} {w y : Vec R} (hy : le (normSq n y) (sq (ofNat α)))
    (hw : le (normSq n w) (sq (ofNat c))) : le (abs (dot n w y)) (ofNat (Nat.mul α c)) :=
  abs_le_of_sq_le_sq (ofNat_nonneg _)
    (le_trans (cauchy_schwarz n w y)
      (le_via (mul_le_mul (sq_nonneg (ofNat c)) (normSq_nonneg n y) hw hy) rfl
        (Eq.trans (congrArg sq (ofNat_mul α c)) (ring_eq (vars2 (ofNat α) (ofNat c))
          (a := sq (mul (ofNat α) (ofNat c))) (b := mul (sq (ofNat c)) (sq (ofNat α)))))))

/-- A product near a stored query: `b D ⟨k, q'⟩ = b ⟨k, q⟩ + ⟨k, b D (q' - q/D)⟩`. -/
theorem product_near {d b D : Nat} {K Q : Nat → Int} {r : R} {q : Vec R} (hr : Eq (mul (ofNat D) r) one) :
    Eq (mul (mul (ofNat b) (ofNat D)) (dot d (fun j => ofInt (K j)) q))
      (add (ofInt (Int.mul (Int.ofNat b) (sum d (fun j => Int.mul (K j) (Q j)))))
        (dot d (fun j => ofInt (K j)) (vsmul (mul (ofNat b) (ofNat D)) (vsub q (storedVec Q r))))) :=
  have part (j : Nat) : Eq (mul (mul (ofNat b) (ofNat D)) (mul (ofInt (K j)) (q j)))
      (add (mul (ofNat b) (ofInt (Int.mul (K j) (Q j))))
        (mul (ofInt (K j)) (vsmul (mul (ofNat b) (ofNat D)) (vsub q (storedVec Q r)) j))) :=
    Eq.trans
      (ring_eq (vars6 (ofNat b) (ofNat D) (ofInt (K j)) (q j) (ofInt (Q j)) r)
        (a := mul (mul (ofNat b) (ofNat D)) (mul (ofInt (K j)) (q j)))
        (b := add (mul (ofNat b) (mul (mul (ofNat D) r) (mul (ofInt (K j)) (ofInt (Q j)))))
          (mul (ofInt (K j)) (mul (mul (ofNat b) (ofNat D)) (sub (q j) (mul (ofInt (Q j)) r))))))
      (congrArg (fun t => add (mul (ofNat b) t) _)
        (Eq.trans (congrArg (fun t => mul t _) hr)
          (Eq.trans (one_mul _) (Eq.symm (ofInt_mul (K j) (Q j))))))
  Eq.trans (Eq.symm (sum_mul_left d (mul (ofNat b) (ofNat D)) _))
    (Eq.trans (sum_ext d part) (Eq.trans (sum_add d _ _) (congrArg (fun t => add t _)
      (Eq.trans (sum_mul_left d (ofNat b) _)
        (Eq.trans (congrArg (mul (ofNat b)) (Eq.symm (ofInt_sum d _))) (Eq.symm (ofInt_mul _ _)))))))

/-- A scaled integer. -/
theorem scaled_eq (b x β : Nat) : Eq (ofInt (Int.mul (Int.ofNat b) (diff x β)) : R)
    (sub (ofNat (Nat.mul b x)) (ofNat (Nat.mul b β))) :=
  Eq.trans (ofInt_mul _ _) (Eq.trans (congrArg (mul (ofNat b)) (ofInt_diff x β))
    (Eq.trans (ring_eq (vars3 (ofNat b) (ofNat x) (ofNat β))
        (a := mul (ofNat b) (sub (ofNat x) (ofNat β)))
        (b := sub (mul (ofNat b) (ofNat x)) (mul (ofNat b) (ofNat β))))
      (congr2 sub (Eq.symm (ofNat_mul b x)) (Eq.symm (ofNat_mul b β)))))

/-- The scores of a step, times what clears denominators: weights `y`, products `z`. -/
theorem scaled_score {H : Nat} {P Q : R} (hQ : le zero Q) (w z : Nat → R) :
    Eq (sum H (fun h => mul (mul P (w h)) (sup (mul Q (z h)) zero))) (mul (mul P Q) (gated H w z)) :=
  Eq.trans
    (sum_ext H (fun h => Eq.trans
      (congrArg (mul (mul P (w h))) (Eq.trans
        (congrArg (sup (mul Q (z h))) (Eq.symm (mul_zero Q))) (Eq.symm (mul_sup hQ (z h) zero))))
      (ring_eq (vars4 P (w h) Q (sup (z h) zero))
        (a := mul (mul P (w h)) (mul Q (sup (z h) zero)))
        (b := mul (mul P Q) (mul (w h) (sup (z h) zero))))))
    (sum_mul_left H _ _)

/-- What follows on either side. -/
theorem side_sound {b c d : Bool} {p q : Prop} (h : Eq (pick b c d) true) (hc : Eq c true → p)
    (hd : Eq d true → q) : pick b p q :=
  match b, h with
  | true, h => hc h
  | false, h => hd h

/-- A selected token and another: both are near the boundary, or a number is between their scores. -/
theorem sides_apart (a b : Bool) {under over : Int} (h : Eq (intBle under over) true) :
    Or (And (Eq a true) (Eq b true)) (Int.le (pick b over under) (pick a under over)) :=
  match a, b with
  | true, true => Or.inl ⟨rfl, rfl⟩
  | true, false => Or.inr (int_le_refl under)
  | false, true => Or.inr (int_le_refl over)
  | false, false => Or.inr (int_le_of_ble h)

/-- The selection near queries and head weights. Wherever every query is within `a/b` of the stored one and every
weight within `f/e`, the marked tokens are the only top-k set of the scores, and of the scores times any positive
number. -/
theorem projected_selection {t : ProjectedStep} {T H k a e f D D' bits : Nat} {v : List Int} {Q : PackedMatrix}
    {sT sH : Shape} {r s c : R} {q : Nat → Vec R} {w : Nat → R}
    (hP : Eq (t.productsOk T H e (Nat.mul a D) (Nat.mul f D') bits sT sH v Q) true)
    (hK : Eq t.keys.transposed false) (hZ : Eq t.products.transposed false)
    (ht : ∀ i, Nat.le 0 i → Nat.lt i T → t.Apart i) (hp : Eq (t.pairsApart H) true)
    (hk : Eq (marksOk T k t.marks) true)
    (hr : Eq (mul (ofNat D) r) one) (hs : Eq (mul (ofNat D') s) one) (hc : lt zero c)
    (hq : ∀ h, Nat.lt h H → WithinRatio t.keys.cols (ofNat a) (ofNat t.scale)
      (storedVec (fun j => PackedMatrix.entry Q j h) r) (q h))
    (hw : ∀ h, Nat.lt h H →
      le (abs (mul (ofNat e) (sub (w h) (mul (ofInt (ofList v h)) s)))) (ofNat f)) :
    UniqueTopK T k
      (fun i => mul c (gated H w (fun h => matVec t.keys.cols (PackedMatrix.entry t.keys) (q h) i)))
      (marked t.marks) :=
  have P := bool_and (bool_and hP).left
  have lens := bool_and P.left
  have cols : Eq t.products.cols H := Nat.eq_of_beq_eq_true lens.right
  have lowLen : Eq (len t.low) H := Nat.eq_of_beq_eq_true (bool_and lens.left).left
  have highLen : Eq (len t.high) H := Nat.eq_of_beq_eq_true (bool_and lens.left).right
  have bounds := bool_and P.right
  have X := bool_and (bool_and hP).right
  have counts := bool_and X.left
  have stored := (bool_and counts.left).left
  have keyCount : Eq (Rows.count t.keys.data) T := Nat.eq_of_beq_eq_true (bool_and counts.left).right
  have rows := bool_and (bool_and counts.right).left
  have rowCount : Eq (Rows.count t.products.data) T := Nat.eq_of_beq_eq_true rows.left
  have queries := bool_and (bool_and counts.right).right
  have hf := queries.right
  have way (h : Nat) (hh : Nat.lt h H) :
      le (normSq t.keys.cols (vsmul (mul (ofNat t.scale) (ofNat D))
        (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r)))) (sq (ofNat (Nat.mul a D))) :=
    le_via (mul_le_mul_left (sq_nonneg (ofNat D)) (hq h hh))
      (Eq.trans (normSq_smul t.keys.cols _ _)
        (ring_eq (vars3 (ofNat t.scale) (ofNat D)
            (normSq t.keys.cols (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r))))
          (a := mul (sq (mul (ofNat t.scale) (ofNat D)))
            (normSq t.keys.cols (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r))))
          (b := mul (sq (ofNat D)) (mul (sq (ofNat t.scale))
            (normSq t.keys.cols (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r)))))))
      (Eq.trans (congrArg sq (ofNat_mul a D)) (ring_eq (vars2 (ofNat a) (ofNat D))
        (a := sq (mul (ofNat a) (ofNat D))) (b := mul (sq (ofNat D)) (sq (ofNat a)))))
  have weight (h : Nat) : Eq (mul (mul (ofNat e) (ofNat D')) (w h))
      (add (ofInt (Int.mul (Int.ofNat e) (ofList v h)))
        (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (ofList v h)) s))))) :=
    Eq.trans
      (ring_eq (vars5 (ofNat e) (ofNat D') (w h) (ofInt (ofList v h)) s)
        (a := mul (mul (ofNat e) (ofNat D')) (w h))
        (b := add (mul (ofNat e) (mul (mul (ofNat D') s) (ofInt (ofList v h))))
          (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (ofList v h)) s))))))
      (congrArg (fun t => add t _) (Eq.trans
        (congrArg (mul (ofNat e)) (Eq.trans (congrArg (fun t => mul t _) hs) (one_mul _)))
        (Eq.symm (ofInt_mul _ _))))
  have moves (h : Nat) (hh : Nat.lt h H) :
      le (abs (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (ofList v h)) s)))))
        (ofNat (Nat.mul f D')) :=
    le_via (abs_mul_le (abs_le (le_refl (ofNat D'))
        (le_trans (le_congr rfl (ring_eq .nil (a := zero) (b := neg zero)) (neg_le_neg (ofNat_nonneg D')))
          (ofNat_nonneg D'))) (hw h hh)) rfl
      (Eq.trans (ofNat_mul f D') (mul_comm _ _))
  -- Weights and products, times what clears denominators.
  let y (h : Nat) : R := mul (mul (ofNat e) (ofNat D')) (w h)
  let z (i h : Nat) : R :=
    mul (mul (ofNat t.scale) (ofNat D)) (matVec t.keys.cols (PackedMatrix.entry t.keys) (q h) i)
  let u (h : Nat) : Vec R := vsmul (mul (ofNat t.scale) (ofNat D))
    (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r))
  have move (h : Nat) (hh : Nat.lt h H) : le (normSq t.keys.cols (u h)) (sq (ofNat t.way)) :=
    le_trans (way h hh) (sq_le_sq (ofNat_nonneg _) (ofNat_le_of_ble (bool_and bounds.left).left))
  have low (h : Nat) (hh : Nat.lt h H) : le (ofInt (ofList t.low h)) (y h) :=
    le_trans (ofInt_le (int_le_of_ble (bool_and (everyBelow_sound bounds.right h hh)).left))
      (le_via (add_le_add_left (ofInt (Int.mul (Int.ofNat e) (ofList v h)))
          (le_via (neg_le_neg (le_trans (neg_le_abs _) (moves h hh)))
            rfl
            (ring_eq (vars1 (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (ofList v h)) s)))))
              (a := mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (ofList v h)) s))))
              (b := neg (neg (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (ofList v h)) s)))))))))
        (ofInt_less _ _) (weight h))
  have high (h : Nat) (hh : Nat.lt h H) : le (ofInt (ofList t.high h)) (neg (y h)) :=
    le_trans (ofInt_le (int_le_of_ble (bool_and (everyBelow_sound bounds.right h hh)).right))
      (le_via (neg_le_neg (add_le_add_left (ofInt (Int.mul (Int.ofNat e) (ofList v h)))
          (le_trans (le_abs _) (moves h hh))))
        (Eq.trans (ofInt_less _ _) (Eq.trans
          (congrArg (fun x => sub x (ofNat (Nat.mul f D'))) (ofInt_neg _))
          (ring_eq (vars2 (ofInt (Int.mul (Int.ofNat e) (ofList v h))) (ofNat (Nat.mul f D')))
            (a := sub (neg (ofInt (Int.mul (Int.ofNat e) (ofList v h)))) (ofNat (Nat.mul f D')))
            (b := neg (add (ofInt (Int.mul (Int.ofNat e) (ofList v h))) (ofNat (Nat.mul f D')))))))
        (congrArg neg (weight h)))
  have value (i : Nat) (hi : Nat.lt i T) (h : Nat) (hh : Nat.lt h H) :
      Eq (z i h) (add (ofInt (t.scaled (Rows.get t.products.data i) h))
        (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h))) :=
    have entry : Eq (diff (digit t.products.width (Rows.get t.products.data i) h) t.products.bias)
        (sum t.keys.cols (fun j => Int.mul (PackedMatrix.entry t.keys i j) (PackedMatrix.entry Q j h))) :=
      Eq.trans
        (congrArg (fun x => diff x t.products.bias) (Eq.trans
          (congrArg (fun x => digit t.products.width x h) (Eq.symm (row_at hZ i)))
          (digit_rowAt stored i (Eq.subst (motive := fun n => Nat.lt h n) (Eq.symm cols) hh))))
        (Eq.trans (Eq.symm (PackedMatrix.entry_digitAt t.products i h))
          (PackedMatrix.isProduct_sound X.right i h
            (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm (Nat.eq_of_beq_eq_true rows.right)) hi)
            (Eq.subst (motive := fun n => Nat.lt h n) (Eq.symm (Nat.eq_of_beq_eq_true queries.left)) hh)))
    Eq.trans (product_near hr) (congrArg (fun x => add (ofInt (Int.mul (Int.ofNat t.scale) x)) _)
      (Eq.symm entry))
  have near (i : Nat) (hi : Nat.lt i T) {n : Nat}
      (hn : Eq (Nat.ble (lengthSq t.keys.width t.shape (Rows.get t.keys.data i)
        (keyRows t.keys t.shape).origin) (Nat.mul n n)) true) (h : Nat) (hh : Nat.lt h H) :
      le (abs (sub (z i h) (ofInt (t.scaled (Rows.get t.products.data i) h)))) (ofNat (Nat.mul t.way n)) :=
    le_via
      (dot_within (n := t.keys.cols) (w := fun j => ofInt (PackedMatrix.entry t.keys i j)) (move h hh)
        (le_congr (Eq.symm (KeyGap.length_eq (t := keyRows t.keys t.shape) hf i)) (Eq.symm (ofNat_sq n))
          (ofNat_le_of_ble (Eq.subst
            (motive := fun x => Eq (Nat.ble (lengthSq t.keys.width t.shape x
              (keyRows t.keys t.shape).origin) (Nat.mul n n)) true) (Eq.symm (row_at hK i)) hn))))
      (congrArg abs (Eq.trans (congrArg (fun x => sub x _) (value i hi h hh))
        (ring_eq (vars2 (ofInt (t.scaled (Rows.get t.products.data i) h))
            (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h)))
          (a := sub (add (ofInt (t.scaled (Rows.get t.products.data i) h))
            (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h)))
            (ofInt (t.scaled (Rows.get t.products.data i) h)))
          (b := dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h))))) rfl
  have nearGap (i j : Nat) (hi : Nat.lt i T) (hj : Nat.lt j T) {n : Nat}
      (hn : Eq (Nat.ble (lengthSq t.keys.width t.shape (Rows.get t.keys.data i) (Rows.get t.keys.data j))
        (Nat.mul n n)) true) (h : Nat) (hh : Nat.lt h H) :
      le (abs (sub (sub (z i h) (z j h)) (sub (ofInt (t.scaled (Rows.get t.products.data i) h))
        (ofInt (t.scaled (Rows.get t.products.data j) h))))) (ofNat (Nat.mul t.way n)) :=
    have sizes := bool_and (bool_and hf).left
    le_via
      (dot_within (n := t.keys.cols)
        (w := images (between t.keys.width (PackedMatrix.rowAt t.keys i) (PackedMatrix.rowAt t.keys j)))
        (move h hh)
        (le_congr (Eq.symm (lengthSq_eq (Nat.eq_of_beq_eq_true sizes.left) _ _)) (Eq.symm (ofNat_sq n))
          (ofNat_le_of_ble (Eq.subst
            (motive := fun x => Eq (Nat.ble (lengthSq t.keys.width t.shape x
              (PackedMatrix.rowAt t.keys j)) (Nat.mul n n)) true) (Eq.symm (row_at hK i))
            (Eq.subst (motive := fun x => Eq (Nat.ble (lengthSq t.keys.width t.shape
              (Rows.get t.keys.data i) x) (Nat.mul n n)) true) (Eq.symm (row_at hK j)) hn)))))
      (congrArg abs (Eq.trans
        (congr2 (fun x y => sub (sub x y) _) (value i hi h hh) (value j hj h hh))
        (Eq.trans
          (ring_eq (vars4 (ofInt (t.scaled (Rows.get t.products.data i) h))
              (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h))
              (ofInt (t.scaled (Rows.get t.products.data j) h))
              (dot t.keys.cols (fun k => ofInt (PackedMatrix.entry t.keys j k)) (u h)))
            (a := sub (sub
              (add (ofInt (t.scaled (Rows.get t.products.data i) h))
                (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h)))
              (add (ofInt (t.scaled (Rows.get t.products.data j) h))
                (dot t.keys.cols (fun k => ofInt (PackedMatrix.entry t.keys j k)) (u h))))
              (sub (ofInt (t.scaled (Rows.get t.products.data i) h))
                (ofInt (t.scaled (Rows.get t.products.data j) h))))
            (b := sub (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h))
              (dot t.keys.cols (fun k => ofInt (PackedMatrix.entry t.keys j k)) (u h))))
          (Eq.trans (Eq.symm (dot_sub_left t.keys.cols _ _ (u h)))
            (dot_congr (fun k hk => Eq.symm (images_between sizes.right i j hk)) (fun _ _ => rfl)))))) rfl
  have score (i : Nat) := scaled_score (H := H) (P := mul (ofNat e) (ofNat D'))
    (Q := mul (ofNat t.scale) (ofNat D)) (mul_nonneg (ofNat_nonneg t.scale) (ofNat_nonneg D)) w
    (fun h => matVec t.keys.cols (PackedMatrix.entry t.keys) (q h) i)
  -- One token.
  have token (i : Nat) (hi : Nat.lt i T) : pick (marked t.marks i)
      (le (add (ofInt (pick (oneOf t.first i) t.under t.over)) one)
        (sum H (fun h => mul (y h) (sup (z i h) zero))))
      (le (sum H (fun h => mul (y h) (sup (z i h) zero)))
        (ofInt (pick (oneOf t.second i) t.over t.under))) :=
    match ProjectedStep.reach_sound (ht i (Nat.zero_le i) hi) with
    | ⟨n, hn, sides⟩ =>
      have close (h : Nat) (hh : Nat.lt h H) :
          le (abs (sub (z i h) (sub
            (ofNat (Nat.mul t.scale (digit t.products.width (Rows.get t.products.data i) h)))
            (ofNat (Nat.mul t.scale t.products.bias))))) (ofNat (Nat.mul t.way n)) :=
        le_via (near i hi hn h hh) (congrArg (fun x => abs (sub (z i h) x)) (Eq.symm (scaled_eq _ _ _))) rfl
      have least (v : List Int) (hv : Eq (len v) H) (y : Nat → R)
          (hy : ∀ h, Nat.lt h H → le (ofInt (ofList v h)) (y h)) :
          le (ofInt (reluLow t.products.width t.scale (Nat.mul t.scale t.products.bias) (Nat.mul t.way n) v
            (Rows.get t.products.data i) 0 0)) (sum H (fun h => mul (y h) (sup (z i h) zero))) :=
        match H, hv, hy, close with
        | _, rfl, hy, close => le_via (relu_low v (Rows.get t.products.data i) 0 0 y (z i) hy close) rfl
            (ring_eq (vars2 (ofNat 0) (sum (len v) (fun h => mul (y h) (sup (z i h) zero))))
              (a := sum (len v) (fun h => mul (y h) (sup (z i h) zero)))
              (b := add (sub (ofNat 0) (ofNat 0)) (sum (len v) (fun h => mul (y h) (sup (z i h) zero)))))
      side_sound sides
        (fun g => le_trans
          (le_via (ofInt_le (R := R) (int_le_of_ble g))
            (Eq.symm (Eq.trans (ofInt_add _ _) (congrArg (add _) ofInt_one))) rfl)
          (least t.low lowLen y low))
        (fun g => le_via (neg_le_neg (le_trans (ofInt_le (R := R) (int_le_of_ble g))
            (least t.high highLen (fun h => neg (y h)) high)))
          (Eq.trans (ring_eq (vars1 (sum H (fun h => mul (y h) (sup (z i h) zero))))
              (a := sum H (fun h => mul (y h) (sup (z i h) zero)))
              (b := neg (neg (sum H (fun h => mul (y h) (sup (z i h) zero))))))
            (congrArg neg (Eq.trans (Eq.symm (sum_neg H _)) (sum_ext H (fun h => ring_eq
              (vars2 (y h) (sup (z i h) zero)) (a := neg (mul (y h) (sup (z i h) zero)))
              (b := mul (neg (y h)) (sup (z i h) zero)))))))
          (Eq.trans (ring_eq (vars1 (ofInt (pick (oneOf t.second i) t.over t.under)))
              (a := ofInt (pick (oneOf t.second i) t.over t.under))
              (b := neg (neg (ofInt (pick (oneOf t.second i) t.over t.under)))))
            (congrArg neg (Eq.symm (ofInt_neg _)))))
  -- Two tokens near the boundary.
  have pair (i j : Nat) (hi : Nat.lt i T) (hj : Nat.lt j T) (li : Eq (oneOf t.first i) true)
      (lj : Eq (oneOf t.second j) true) :
      lt (sum H (fun h => mul (y h) (sup (z j h) zero))) (sum H (fun h => mul (y h) (sup (z i h) zero))) :=
    have inside {m k : Nat} (e : Eq m T) (hk : Nat.lt k T) : Nat.lt k m :=
      Eq.subst (motive := fun m => Nat.lt k m) (Eq.symm e) hk
    have all : Eq (t.pairApart H i j) true :=
      everyListed_sound (p := t.pairApart H i) (everyListed_sound hp li) lj
    have found : Eq (t.above H (Rows.get t.products.data i) (Rows.get t.products.data j)
        (Rows.get t.keys.data i) (Rows.get t.keys.data j)) true :=
      Rows.at_sound (Rows.at_sound (Rows.at_sound (Rows.at_sound all (inside rowCount hi))
        (inside rowCount hj)) (inside keyCount hi)) (inside keyCount hj)
    match ProjectedStep.reach_sound found with
    | ⟨_, hm, found⟩ => match ProjectedStep.reach_sound found with
      | ⟨_, hn, found⟩ => match ProjectedStep.reach_sound found with
        | ⟨_, hd, found⟩ => lt_of_sub_pos (lt_of_lt_of_le
            (lt_of_lt_of_le zero_lt_one
              (le_via (ofInt_le (R := R) (int_le_of_ble found)) (Eq.symm ofInt_one) rfl))
            (relu_gaps low high (near i hi hm) (near j hj hn) (nearGap i j hi hj hd)))
  unique_of_separated (Eq.trans (Eq.symm (nat_zero_add _)) (bitsOk_sound T t.marks 0 hk)) (fun i j hi hj ei ej =>
    have apart : lt (sum H (fun h => mul (y h) (sup (z j h) zero)))
        (sum H (fun h => mul (y h) (sup (z i h) zero))) :=
      have up := Eq.subst (motive := fun s => pick s
        (le (add (ofInt (pick (oneOf t.first i) t.under t.over)) one)
          (sum H (fun h => mul (y h) (sup (z i h) zero))))
        (le (sum H (fun h => mul (y h) (sup (z i h) zero)))
          (ofInt (pick (oneOf t.second i) t.over t.under)))) ei (token i hi)
      have down := Eq.subst (motive := fun s => pick s
        (le (add (ofInt (pick (oneOf t.first j) t.under t.over)) one)
          (sum H (fun h => mul (y h) (sup (z j h) zero))))
        (le (sum H (fun h => mul (y h) (sup (z j h) zero)))
          (ofInt (pick (oneOf t.second j) t.over t.under)))) ej (token j hj)
      Or.elim (sides_apart (oneOf t.first i) (oneOf t.second j) (bool_and bounds.left).right)
        (fun both => pair i j hi hj both.left both.right)
        (fun order => lt_of_lt_of_le (lt_of_le_of_lt (le_trans down (ofInt_le order))
          (lt_congr (Eq.symm (add_zero _)) rfl (fun g => zero_lt_one (le_of_add_le_add_left _ g)))) up)
    have less := lt_of_mul_lt_mul
      (mul_nonneg (mul_nonneg (ofNat_nonneg e) (ofNat_nonneg D'))
        (mul_nonneg (ofNat_nonneg t.scale) (ofNat_nonneg D)))
      (lt_congr (Eq.symm (score j)) (Eq.symm (score i)) apart)
    lt_of_sub_pos (lt_congr rfl
      (ring_eq (vars3 c (gated H w (fun h => matVec t.keys.cols (PackedMatrix.entry t.keys) (q h) i))
          (gated H w (fun h => matVec t.keys.cols (PackedMatrix.entry t.keys) (q h) j)))
        (b := mul c (sub
          (gated H w (fun h => matVec t.keys.cols (PackedMatrix.entry t.keys) (q h) i))
          (gated H w (fun h => matVec t.keys.cols (PackedMatrix.entry t.keys) (q h) j)))))
      (mul_pos hc (sub_pos less))))

end

/-! ## Left to the kernel

As in `StepKernelOnly.lean`. -/

set_option linter.unusedVariables false

/-- What the elaborator takes `tokensApart` for. -/
def ProjectedStep.tokensApart._sunfold (t : ProjectedStep) (s n : Nat) : Bool := true

/-- What the elaborator takes `pairsApart` for. -/
def ProjectedStep.pairsApart._sunfold (t : ProjectedStep) (H : Nat) : Bool := true

/-- What the elaborator takes `marksOk` for. -/
def marksOk._sunfold (T k m : Nat) : Bool := true

/-- What the elaborator takes `productsOk` for. -/
def ProjectedStep.productsOk._sunfold (t : ProjectedStep) (T H e α β bits : Nat) (sT sH : Shape)
    (v : List Int) (Q : PackedMatrix) : Bool := true

end LipBridge
