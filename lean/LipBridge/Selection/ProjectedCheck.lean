import LipBridge.Evaluate.MatrixProduct
import LipBridge.Evaluate.RowRange
import LipBridge.Selection.Keys
import LipBridge.Selection.ReluRange
import LipBridge.Selection.Step
/-!
# The check of a step of DeepSeek's sparse attention, near queries and head weights

`I_t = Σ_h w_h·max(⟨q_h, k_t⟩, 0)` at the indexer's queries and head weights, as they are projected. Where every
query moves by at most `ρ` and every weight by at most `ε`, a product moves by at most `ρ·‖k_t‖`, and the difference of
two by at most `ρ·‖k_s - k_t‖`. Numbers tell the selected tokens from the others, one comparison a token: every
selected score stays above `over`, every other below `under`. The few tokens near the boundary are excused, each
selected one only to above `under`, each other only to below `over`, and compared pair by pair, which loses nothing
but roundings. The products of queries and keys are one packed product of matrices.
-/

set_option autoImplicit false

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

end LipBridge
