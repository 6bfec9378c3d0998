import LipBridge.Evaluate.ReluRows
import LipBridge.Selection.Keys
import LipBridge.Selection.ReluRange
import LipBridge.Selection.Step
/-!
# The check of a step of DeepSeek's sparse attention, near queries and head weights

`I_t = Σ_h w_h·max(⟨q_h, k_t⟩, 0)` at the indexer's queries and head weights, as they are projected. Where every
query moves by at most `ρ` and every weight by at most `ε`, a product moves by at most `ρ·‖k_t‖`, and the difference of
two by at most `ρ·‖k_s - k_t‖`. Numbers tell the selected tokens from the others: every selected score stays above
`over`, every other below `under`. For nearly all tokens their scores are so far from the boundary that one allowance
does, for the longest key that digits allow; of those listed in `near` the ranges are computed. The few nearest to the
boundary are excused, each selected one only to above `under`, each other only to below `over`, and compared pair by
pair, which loses nothing but roundings. Products are stored by heads, keys by coordinates: products, positive parts and
scores are those of all tokens at once, a large number a head.
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
  /-- The keys, one a row, stored by columns. -/
  keys : PackedMatrix
  /-- The products of keys and queries, one row a key, stored by columns. -/
  products : PackedMatrix
  /-- The scores, one row. -/
  scores : PackedMatrix
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
  /-- No key is longer than its digits allow. -/
  longest : Nat
  /-- Every selected score stays above, but those of `first`. -/
  over : Int
  /-- Every other score stays below, but those of `second`. -/
  under : Int
  /-- Selected tokens near the boundary. -/
  first : List Nat
  /-- Other tokens near the boundary. -/
  second : List Nat
  /-- Tokens whose ranges are computed. -/
  near : List Nat
  /-- No score of any other selected token is less. -/
  least : Int
  /-- No score of any other token is more. -/
  most : Int

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
  entry := K.bias
  length := 0
  least := Int.ofNat 0
  cap := Int.ofNat 0

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
noncomputable def apart (t : ProjectedStep) (o i z x : Nat) : Bool :=
  t.reach (lengthSq t.keys.width t.shape x o) fun m =>
    force (Nat.mul t.scale t.products.bias) fun c => pick (marked t.marks i)
      (intBle (Int.add (pick (oneOf t.first i) t.under t.over) (Int.ofNat 1))
        (reluLow t.products.width t.scale c m t.low z 0 0))
      (intBle (Int.neg (pick (oneOf t.second i) t.over t.under))
        (reluLow t.products.width t.scale c m t.high z 0 0))

/-- The check of the tokens that are listed: their scores stay on their sides. -/
noncomputable def nearApart (t : ProjectedStep) : Bool :=
  force (keyRows t.keys t.shape).origin fun o => everyListed (fun i =>
    force (PackedMatrix.rowAt t.products i) fun z => force (PackedMatrix.rowAt t.keys i) fun x =>
      t.apart o i z x) t.near

/-- Whether token `i`, whose score has the digit `d`, is on its side, or listed. -/
noncomputable def sided (t : ProjectedStep) (i d : Nat) : Bool :=
  force d fun d => pick (pick (marked t.marks i) (intBle t.least (diff d t.scores.bias))
    (intBle (diff d t.scores.bias) t.most)) true (oneOf t.near i)

/-- The check of all tokens by their scores. -/
noncomputable def tokensSided (t : ProjectedStep) (sT : Shape) : Bool :=
  everyDigit t.scores.width t.sided sT 0 (PackedMatrix.rowAt t.scores 0)

/-- What a score moves by at most, for any key: of each head `β·(b 2^w + m) + e |v| m`, where `m` is what a product
moves by. -/
noncomputable def allowance (t : ProjectedStep) (H e β : Nat) (v : Nat → Int) : Nat :=
  natSum H fun h => Nat.add
    (Nat.mul β (Nat.add (Nat.mul t.scale (Nat.pow 2 t.products.width)) (Nat.mul t.way t.longest)))
    (Nat.mul (Nat.mul e (Int.natAbs (v h))) (Nat.mul t.way t.longest))

/-- Whether the scores are those of positive parts of the products with the weights `W`, and `least` and `most` are so
far from the boundary that the allowance does. -/
noncomputable def scoresOk (t : ProjectedStep) (T H e β bits k : Nat) (sH sT : Shape) (W : PackedMatrix) : Bool :=
  and
    (and
      (and (and (Nat.beq W.rows 1) (Nat.beq W.cols H)) (and (Nat.beq t.scores.cols T) (Nat.beq (Shape.size sT) T)))
      (and (and (Nat.beq t.products.width (Nat.succ k)) (Nat.beq t.products.bias (Nat.pow 2 k)))
        (and (Nat.beq (Rows.count t.scores.data) (PackedMatrix.count t.scores))
          (Nat.ble (Nat.mul t.keys.cols (Nat.mul t.keys.bias t.keys.bias)) (Nat.mul t.longest t.longest)))))
    (and
      (force (t.allowance H e β (PackedMatrix.entry W 0)) fun a => and
        (intBle (Int.add (Int.add t.over (Int.ofNat 1)) (Int.ofNat a))
          (Int.mul (Int.ofNat (Nat.mul e t.scale)) t.least))
        (intBle (Int.add (Int.mul (Int.ofNat (Nat.mul e t.scale)) t.most) (Int.ofNat a)) t.under))
      (PackedMatrix.isProduct W (PackedMatrix.relu (PackedMatrix.flip t.products) k sT) t.scores bits Shape.one
        sH sT))

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
  force (PackedMatrix.rowAt t.products i) fun z => force (PackedMatrix.rowAt t.products j) fun z' =>
    force (PackedMatrix.rowAt t.keys i) fun x => force (PackedMatrix.rowAt t.keys j) fun y =>
      t.above H z z' x y

/-- The check of the tokens near the boundary, pair by pair. -/
noncomputable def pairsApart (t : ProjectedStep) (H : Nat) : Bool :=
  everyListed (fun i => everyListed (t.pairApart H i) t.second) t.first

/-- Whether the products are those of keys and queries, and the weights within `β` are what is said of them. -/
noncomputable def productsOk (t : ProjectedStep) (T H e α β bits : Nat) (sT sH : Shape) (v : Nat → Int)
    (Q : PackedMatrix) : Bool :=
  and
    (and (and (and (Nat.beq (len t.low) H) (Nat.beq (len t.high) H)) (Nat.beq t.products.cols H))
      (and (and (Nat.ble α t.way) (intBle t.under t.over))
        (everyBelow H fun h =>
          and (intBle (ofList t.low h) (Int.add (Int.mul (Int.ofNat e) (v h)) (Int.neg (Int.ofNat β))))
            (intBle (ofList t.high h)
              (Int.add (Int.neg (Int.mul (Int.ofNat e) (v h))) (Int.neg (Int.ofNat β)))))))
    (and
      (and (and (Nat.beq (Rows.count t.products.data) (PackedMatrix.count t.products))
          (Nat.beq Q.rows t.keys.cols))
        (and (and (Nat.beq t.products.rows T) (Nat.beq t.keys.rows T))
          (and (Nat.beq Q.cols H) (keyRows t.keys t.shape).fits)))
      (PackedMatrix.isProduct (PackedMatrix.flip Q) (PackedMatrix.flip t.keys) (PackedMatrix.flip t.products) bits
        sH t.shape sT))

/-- What the check says of token `i`. -/
def Apart (t : ProjectedStep) (i : Nat) : Prop :=
  Eq (t.apart (keyRows t.keys t.shape).origin i (PackedMatrix.rowAt t.products i)
    (PackedMatrix.rowAt t.keys i)) true

/-! ## What the checks say -/

end ProjectedStep

set_option smartUnfolding false in
/-- What holds of every number in a list holds of each. -/
theorem everyListed_sound {p : Nat → Bool} {i : Nat} : ∀ {l : List Nat}, Eq (everyListed p l) true →
    Eq (oneOf l i) true → Eq (p i) true
  | .nil, _, h => bool_absurd (Eq.symm h)
  | .cons x _, g, h => Or.elim (pick_or (a := Nat.beq i x) h)
      (fun e => Eq.subst (motive := fun k => Eq (p k) true) (Eq.symm (Nat.eq_of_beq_eq_true e))
        (bool_and g).left)
      (fun e => everyListed_sound (bool_and g).right e)

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

/-- A listed token stays on its side. -/
theorem listed_apart {i : Nat} (h : Eq t.nearApart true) (hi : Eq (oneOf t.near i) true) : t.Apart i :=
  everyListed_sound (p := fun i => t.apart (keyRows t.keys t.shape).origin i (PackedMatrix.rowAt t.products i)
    (PackedMatrix.rowAt t.keys i)) h hi

end ProjectedStep

end LipBridge
