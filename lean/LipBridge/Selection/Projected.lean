import LipBridge.Selection.GatedCases
import LipBridge.Selection.Keys
/-!
# The selection of DeepSeek's sparse attention, near queries and head weights

`I_t = Σ_h w_h·max(⟨q_h, k_t⟩, 0)` at the indexer's queries and head weights, as they are projected. Where every
query moves by at most `ρ` and every weight by at most `ε`, a score moves by at most
`Σ_h ((|w_h| + ε)·ρ·‖k_t‖ + ε·max(⟨q_h, k_t⟩, 0))`. So one number tells the selected tokens from the others: every
selected score stays above it, every other below, and thousands of tokens take one comparison each, in
place of one for each pair. The products of queries and keys are one packed product of matrices.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- The tokens whose bit in `m` is 1. -/
noncomputable def marked (m : Nat) : BlockSet := fun t => Nat.beq (Nat.mod (Nat.shiftRight m t) 2) 1

/-- Whether `k` tokens are marked. -/
noncomputable def marksOk (T k m : Nat) : Bool := Nat.beq (count T (marked m)) k

/-- A digit less its bias, or 0. -/
noncomputable def digitRelu (w β x : Nat) : Nat := Nat.sub (Nat.mod x (Nat.pow 2 w)) β

/-- Whether a score is on its side of `θ`, whatever it moves by. -/
noncomputable def apart (selected : Bool) (θ S : Int) (M : Nat) : Bool :=
  pick selected (intBle (Int.add (Int.add θ (Int.ofNat 1)) (Int.ofNat M)) S)
    (intBle (Int.add S (Int.ofNat M)) θ)

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

/-- Whether `f` holds of `s, s + 1, …` and the first `n` numbers of a list, one after the other. -/
noncomputable def everyRow (f : Nat → Nat → Bool) (n : Nat) : Nat → List Nat → Bool :=
  Nat.rec (motive := fun _ => Nat → List Nat → Bool) (fun _ _ => true)
    (fun _ ih s l => List.rec (motive := fun _ => Bool) false
      (fun x t _ => and (f s x) (force (Nat.succ s) fun s => ih s t)) l) n

/-- A list without its first `n` numbers. -/
noncomputable def skip (n : Nat) : List Nat → List Nat :=
  Nat.rec (motive := fun _ => List Nat → List Nat) (fun l => l)
    (fun _ ih l => List.rec (motive := fun _ => List Nat) .nil (fun _ t _ => ih t) l) n

/-- Whether the key in row `x` is not longer than `κ`; `o` packs the biases. -/
noncomputable def keyWithin (κ w o : Nat) (sd : Shape) (x : Nat) : Bool :=
  force x fun x => Nat.ble (lengthSq w sd x o) (Nat.mul κ κ)

/-- The check of token `t`: `x` is a row of products, `β F` times the sum of their ReLUs and `M` are what a
score may move by. -/
noncomputable def tokenApart (H m : Nat) (θ : Int) (E b F M : Nat) (v : List Int) (w β t x : Nat) : Bool :=
  force x fun x => apart (marked m t) θ
    (Int.mul (Int.ofNat E) (fastDot (digitRelu w β) 0 v (shifts w H x)))
    (Nat.add M (Nat.mul F (Nat.mul b (natSum H (fun h => Nat.sub (digit w x h) β)))))

/-- The check of `n` tokens from token `s` on, row by row of the lists of keys and of products: no key is
longer than `κ`, every score is on its side of `θ`. -/
noncomputable def tokensApart (s n H m : Nat) (θ : Int) (E b F M κ : Nat) (v : List Int) (sd : Shape)
    (K Z : PackedMatrix) : Bool :=
  and
    (force (keyRows K sd).origin fun o => force K.width fun w =>
      everyRow (fun _ x => keyWithin κ w o sd x) n s (skip s (Rows.toList K.data .nil)))
    (force Z.width fun w => force Z.bias fun β =>
      everyRow (fun t x => tokenApart H m θ E b F M v w β t x) n s (skip s (Rows.toList Z.data .nil)))

/-- What the check says of token `t`. -/
def TokenApart (H m : Nat) (θ : Int) (E b F M κ : Nat) (v : List Int) (sd : Shape) (K Z : PackedMatrix)
    (t : Nat) : Prop :=
  And (Eq (keyWithin κ K.width (keyRows K sd).origin sd (Rows.get K.data t)) true)
    (Eq (tokenApart H m θ E b F M v Z.width Z.bias t (Rows.get Z.data t)) true)

/-- `everyRow` that says yes is right. -/
theorem everyRow_sound {f : Nat → Nat → Bool} : ∀ (n s : Nat) (l : List Nat),
    Eq (everyRow f n s l) true → ∀ i, Nat.lt i n → Eq (f (Nat.add s i) (nth 0 l i)) true
  | 0, _, _, _, i, hi => absurd hi (Nat.not_succ_le_zero i)
  | .succ _, _, .nil, h, _, _ => bool_absurd (Eq.symm h)
  | .succ _, _, .cons _ _, h, 0, _ => (bool_and h).left
  | .succ n, s, .cons _ t, h, .succ i, hi =>
    Eq.subst (motive := fun k => Eq (f k (nth 0 t i)) true) (nat_succ_add s i)
      (everyRow_sound n (Nat.succ s) t (bool_and h).right i (Nat.le_of_succ_le_succ hi))

/-- What is left begins at number `n`. -/
theorem nth_skip : ∀ (n : Nat) (l : List Nat) (i : Nat), Eq (nth 0 (skip n l) i) (nth 0 l (Nat.add n i))
  | 0, l, i => congrArg (nth 0 l) (Eq.symm (nat_zero_add i))
  | .succ _, .nil, _ => rfl
  | .succ n, .cons x t, i =>
    Eq.trans (nth_skip n t i) (congrArg (nth 0 (.cons x t)) (Eq.symm (nat_succ_add n i)))

/-- `everyRow` of a tree of rows, from row `s` on. -/
theorem everyRow_rows {f : Nat → Nat → Bool} {s n : Nat} {r : Rows}
    (h : Eq (everyRow f n s (skip s (Rows.toList r .nil))) true) {t : Nat} (hs : Nat.le s t)
    (hn : Nat.lt t (Nat.add s n)) : Eq (f t (Rows.get r t)) true :=
  match nat_exists_of_le hs with
  | ⟨i, e⟩ =>
    Eq.subst (motive := fun t => Eq (f t (Rows.get r t)) true) e
      (Eq.subst (motive := fun x => Eq (f (Nat.add s i) x) true)
        (Eq.trans (nth_skip s (Rows.toList r .nil) i) (Rows.nth_toList r (Nat.add s i)))
        (everyRow_sound n s (skip s (Rows.toList r .nil)) h i
          (Or.elim (nat_lt_or_ge i n) (fun g => g) (fun g => absurd
            (Nat.le_trans (Eq.subst (motive := fun t => Nat.lt t (Nat.add s n)) (Eq.symm e) hn)
              (nat_add_le_add (Nat.le.refl (n := s)) g)) (Nat.not_succ_le_self _)))))

/-- A matrix that is stored by rows. -/
theorem row_at {W : PackedMatrix} (h : Eq W.transposed false) (t : Nat) :
    Eq (PackedMatrix.rowAt W t) (Rows.get W.data t) :=
  congrArg (fun b => pick b (Rows.column W.width W.width t W.data) (Rows.get W.data t)) h

/-- `keyWithin`, its number as it is. -/
theorem key_within {κ w o : Nat} {sd : Shape} {x : Nat} (h : Eq (keyWithin κ w o sd x) true) :
    Eq (Nat.ble (lengthSq w sd x o) (Nat.mul κ κ)) true := h

/-- `tokenApart`, its number as it is. -/
theorem token_apart {H m : Nat} {θ : Int} {E b F M : Nat} {v : List Int} {w β t x : Nat}
    (h : Eq (tokenApart H m θ E b F M v w β t x) true) :
    Eq (apart (marked m t) θ (Int.mul (Int.ofNat E) (fastDot (digitRelu w β) 0 v (shifts w H x)))
      (Nat.add M (Nat.mul F (Nat.mul b (natSum H (fun h => Nat.sub (digit w x h) β)))))) true := h

section
variable {s n e H m E b F M κ : Nat} {θ : Int} {v : List Int} {sd : Shape} {K Z : PackedMatrix}

/-- `tokensApart` that says yes is right. -/
theorem tokens_range (h : Eq (tokensApart s n H m θ E b F M κ v sd K Z) true) (t : Nat) (hs : Nat.le s t)
    (hn : Nat.lt t (Nat.add s n)) : TokenApart H m θ E b F M κ v sd K Z t :=
  ⟨everyRow_rows (f := fun _ x => keyWithin κ K.width (keyRows K sd).origin sd x) (bool_and h).left hs hn,
   everyRow_rows (f := fun t x => tokenApart H m θ E b F M v Z.width Z.bias t x) (bool_and h).right hs hn⟩

/-- The tokens of one range, then those from its end on. -/
theorem tokens_join (h : Eq (tokensApart s n H m θ E b F M κ v sd K Z) true)
    (g : ∀ t, Nat.le (Nat.add s n) t → Nat.lt t e → TokenApart H m θ E b F M κ v sd K Z t) (t : Nat)
    (hs : Nat.le s t) (he : Nat.lt t e) : TokenApart H m θ E b F M κ v sd K Z t :=
  Or.elim (nat_lt_or_ge t (Nat.add s n)) (tokens_range h t hs) (fun k => g t k he)

end

/-- Whether `Z` is the product of keys and queries, and `M` what a score may move by at most by its weights:
`Σ_h (e |ω_h| + β) α κ`. -/
noncomputable def productsOk (T H e α β κ M bits : Nat) (sT sd sH : Shape) (v : List Int)
    (K Q Z : PackedMatrix) : Bool :=
  and (and (and (Nat.ble (len v) H) (Nat.beq Z.cols H))
      (and (Nat.beq (Rows.count Z.data) (PackedMatrix.count Z))
        (Nat.ble (natSum H (fun h =>
          Nat.mul (Nat.add (Int.natAbs (Int.mul (Int.ofNat e) (ofList v h))) β) (Nat.mul α κ))) M)))
    (and (and (and (Nat.beq K.rows T) (Nat.beq Q.cols H)) (keyRows K sd).fits)
      (PackedMatrix.isProduct K Q Z bits sT sd sH))

section
variable {R : Type u} [OrderedRing R]

/-- A cut-off difference is a ReLU. -/
theorem relu_sub : ∀ x β : Nat, Eq (ofNat (Nat.sub x β) : R) (sup (ofInt (diff x β)) zero)
  | x, 0 => Eq.trans (Eq.symm (sup_of_ge (ofNat_nonneg x)))
      (congrArg (fun t => sup (ofInt t) zero) (Eq.symm (diff_zero x)))
  | 0, .succ β => Eq.trans (congrArg ofNat (nat_zero_sub (.succ β))) (Eq.trans ofNat_zero
      (Eq.symm (sup_of_le (le_via (neg_le_neg (ofNat_nonneg (.succ β))) (ofInt_negSucc β)
        (ring_eq .nil (a := zero) (b := neg zero))))))
  | .succ x, .succ β => Eq.trans (congrArg ofNat (nat_succ_sub_succ x β))
      (Eq.trans (relu_sub x β) (congrArg (fun t => sup (ofInt t) zero) (Eq.symm (diff_succ x β))))

/-- One head: how far its term may move. -/
theorem head_within {A Z r p : R} {c β m P : Nat} (hA : le (abs A) (ofNat c)) (hr : le (abs r) (ofNat β))
    (hp : le (abs p) (ofNat m)) (hZ : Eq (sup Z zero) (ofNat P)) :
    le (abs (sub (mul (add A r) (sup (add Z p) zero)) (mul A (ofNat P))))
      (ofNat (Nat.add (Nat.mul (Nat.add c β) m) (Nat.mul β P))) :=
  have positive : le (abs (ofNat P : R)) (ofNat P) :=
    abs_le (le_refl _) (le_trans (le_congr rfl (ring_eq .nil (a := zero) (b := neg zero))
      (neg_le_neg (ofNat_nonneg P))) (ofNat_nonneg P))
  le_via
    (abs_add_le (abs_mul_le (abs_add_le hA hr) (relu_rest (z := Z) hp).right) (abs_mul_le hr positive))
    (congrArg abs (Eq.trans
      (ring_eq (vars4 A r (sup (add Z p) zero) (ofNat P))
        (b := add (mul (add A r) (sub (sup (add Z p) zero) (ofNat P))) (mul r (ofNat P))))
      (congrArg (fun t => add (mul (add A r) (sub (sup (add Z p) zero) t)) (mul r (ofNat P)))
        (Eq.symm hZ))))
    (Eq.trans (ofNat_add _ _) (congr2 add
      (Eq.trans (ofNat_mul _ m) (congrArg (fun t => mul t (ofNat m)) (ofNat_add c β))) (ofNat_mul β P)))

/-- All heads: how far a score may move, either way. -/
theorem heads_within {H β m N : Nat} {A Z r p : Nat → R} {c P : Nat → Nat}
    (hA : ∀ h, Nat.lt h H → le (abs (A h)) (ofNat (c h)))
    (hr : ∀ h, Nat.lt h H → le (abs (r h)) (ofNat β)) (hp : ∀ h, Nat.lt h H → le (abs (p h)) (ofNat m))
    (hZ : ∀ h, Nat.lt h H → Eq (sup (Z h) zero) (ofNat (P h)))
    (hN : Nat.le (natSum H (fun h => Nat.mul (Nat.add (c h) β) m)) N) :
    And
      (le (sum H (fun h => mul (add (A h) (r h)) (sup (add (Z h) (p h)) zero)))
        (add (sum H (fun h => mul (A h) (ofNat (P h)))) (ofNat (Nat.add N (Nat.mul β (natSum H P))))))
      (le (sum H (fun h => mul (A h) (ofNat (P h))))
        (add (sum H (fun h => mul (add (A h) (r h)) (sup (add (Z h) (p h)) zero)))
          (ofNat (Nat.add N (Nat.mul β (natSum H P)))))) :=
  have all : le (sum H (fun h => ofNat (Nat.add (Nat.mul (Nat.add (c h) β) m) (Nat.mul β (P h)))) : R)
      (ofNat (Nat.add N (Nat.mul β (natSum H P)))) :=
    le_via (add_le_add_right (ofNat (Nat.mul β (natSum H P))) (ofNat_le (R := R) hN))
      (Eq.trans (sum_ext H (fun _ => ofNat_add _ _)) (Eq.trans (sum_add H _ _) (congr2 add
        (Eq.symm (ofNat_natSum H _))
        (Eq.trans (sum_ext H (fun h => ofNat_mul β (P h))) (Eq.trans (sum_mul_left H (ofNat β) _)
          (Eq.trans (congrArg (mul (ofNat β)) (Eq.symm (ofNat_natSum H P))) (Eq.symm (ofNat_mul β _))))))))
      (ofNat_add N _)
  have each (h : Nat) (hh : Nat.lt h H) := head_within (hA h hh) (hr h hh) (hp h hh) (hZ h hh)
  ⟨le_trans
    (le_via (sum_le (fun h hh => le_via (add_le_add_left (mul (A h) (ofNat (P h)))
        (le_trans (le_abs _) (each h hh)))
        (ring_eq (vars2 (mul (add (A h) (r h)) (sup (add (Z h) (p h)) zero)) (mul (A h) (ofNat (P h))))
          (a := mul (add (A h) (r h)) (sup (add (Z h) (p h)) zero))
          (b := add (mul (A h) (ofNat (P h))) (sub (mul (add (A h) (r h)) (sup (add (Z h) (p h)) zero))
            (mul (A h) (ofNat (P h)))))) rfl)) rfl (Eq.symm (sum_add H _ _)))
    (add_le_add_left _ all),
   le_trans
    (le_via (sum_le (fun h hh => le_via
        (add_le_add_left (mul (add (A h) (r h)) (sup (add (Z h) (p h)) zero))
          (le_trans (neg_le_abs _) (each h hh)))
        (ring_eq (vars2 (mul (add (A h) (r h)) (sup (add (Z h) (p h)) zero)) (mul (A h) (ofNat (P h))))
          (a := mul (A h) (ofNat (P h)))
          (b := add (mul (add (A h) (r h)) (sup (add (Z h) (p h)) zero))
            (neg (sub (mul (add (A h) (r h)) (sup (add (Z h) (p h)) zero))
              (mul (A h) (ofNat (P h))))))) rfl)) rfl (Eq.symm (sum_add H _ _)))
    (add_le_add_left _ all)⟩

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

/-- The sum of weights times ReLUs of digits. -/
theorem relus_dot {w β H x : Nat} {v : List Int} (hv : Nat.le (len v) H) :
    Eq (fastDot (digitRelu w β) 0 v (shifts w H x))
      (sum H (fun h => Int.mul (Int.ofNat (Nat.sub (digit w x h) β)) (ofList v h))) :=
  have long : Nat.le (len v) (len (shifts w H x)) :=
    Eq.subst (motive := fun n => Nat.le (len v) n) (Eq.symm (len_shifts w H x)) hv
  Eq.trans (Eq.symm (fastDot_eq (digitRelu w β) 0 v _ long))
    (Eq.trans (dotMap_eq (fun y => diff (digitRelu w β y) 0) v _ H long hv)
      (sum_congr (fun h hh => congrArg (fun t => Int.mul t (ofList v h))
        (Eq.trans (diff_zero _) (congrArg (fun t => Int.ofNat (Nat.sub t β)) (digit_shifts w H x h hh))))))

/-- What is on its side of `θ` stays there. -/
theorem apart_sound {sel : Bool} {θ S : Int} {M : Nat} {y : R} (h : Eq (apart sel θ S M) true)
    (up : le y (add (ofInt S) (ofNat M))) (down : le (ofInt S) (add y (ofNat M))) :
    pick sel (le (add (ofInt θ) one) y) (le y (ofInt θ)) :=
  match sel, h with
  | true, h =>
    have low : le (add (add (ofInt θ) one) (ofNat M)) (ofInt S : R) :=
      le_via (ofInt_le (R := R) (int_le_of_ble h))
        (Eq.symm (Eq.trans (ofInt_add _ _) (congrArg (fun t => add t (ofNat M))
          (Eq.trans (ofInt_add θ (Int.ofNat 1)) (congrArg (add (ofInt θ)) ofInt_one))))) rfl
    le_of_add_le_add_left (ofNat M) (le_congr (add_comm _ _) (add_comm _ _)
      (le_trans low down))
  | false, h => le_trans up (le_via (ofInt_le (R := R) (int_le_of_ble h)) (Eq.symm (ofInt_add S _)) rfl)

/-- The selection near queries and head weights. Wherever every query is within `a/b` of the stored one and every
weight within `f/e`, the marked tokens are the only top-k set of the scores, and of the scores times any positive
number. -/
theorem projected_selection {T H d k a b e f D D' κ M bits m : Nat} {θ : Int} {v : List Int}
    {K Q Z : PackedMatrix} {sT sd sH : Shape} {r s c : R} {q : Nat → Vec R} {w : Nat → R}
    (hd : Eq K.cols d)
    (hP : Eq (productsOk T H e (Nat.mul a D) (Nat.mul f D') κ M bits sT sd sH v K Q Z) true)
    (hK : Eq K.transposed false) (hZ : Eq Z.transposed false)
    (ht : ∀ t, Nat.le 0 t → Nat.lt t T →
      TokenApart H m θ (Nat.mul e b) b (Nat.mul f D') M κ v sd K Z t)
    (hk : Eq (marksOk T k m) true)
    (hr : Eq (mul (ofNat D) r) one) (hs : Eq (mul (ofNat D') s) one) (hc : lt zero c)
    (hq : ∀ h, Nat.lt h H →
      WithinRatio d (ofNat a) (ofNat b) (storedVec (fun j => PackedMatrix.entry Q j h) r) (q h))
    (hw : ∀ h, Nat.lt h H →
      le (abs (mul (ofNat e) (sub (w h) (mul (ofInt (ofList v h)) s)))) (ofNat f)) :
    UniqueTopK T k
      (fun t => mul c (gated H w (fun h => matVec d (PackedMatrix.entry K) (q h) t))) (marked m) :=
  match d, hd, hq with
  | _, rfl, hq =>
  have P := bool_and (bool_and hP).left
  have sizes := bool_and P.left
  have stored := bool_and P.right
  have X := bool_and (bool_and hP).right
  have shapes := bool_and (bool_and X.left).left
  have hf := (bool_and X.left).right
  have cols : Eq Z.cols H := Nat.eq_of_beq_eq_true sizes.right
  have way (h : Nat) (hh : Nat.lt h H) :
      le (normSq K.cols (vsmul (mul (ofNat b) (ofNat D))
        (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r)))) (sq (ofNat (Nat.mul a D))) :=
    le_via (mul_le_mul_left (sq_nonneg (ofNat D)) (hq h hh))
      (Eq.trans (normSq_smul K.cols _ _)
        (ring_eq (vars3 (ofNat b) (ofNat D)
            (normSq K.cols (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r))))
          (a := mul (sq (mul (ofNat b) (ofNat D)))
            (normSq K.cols (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r))))
          (b := mul (sq (ofNat D)) (mul (sq (ofNat b))
            (normSq K.cols (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r)))))))
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
  have checked (t : Nat) (tt : Nat.lt t T) := ht t (Nat.zero_le t) tt
  -- One token, its score times `e D' b D`.
  have token (t : Nat) (tt : Nat.lt t T) :
      pick (marked m t)
        (le (add (ofInt θ) one) (mul (mul (mul (ofNat e) (ofNat D')) (mul (ofNat b) (ofNat D)))
          (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) t))))
        (le (mul (mul (mul (ofNat e) (ofNat D')) (mul (ofNat b) (ofNat D)))
          (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) t))) (ofInt θ)) :=
    have inside : Nat.lt t K.rows :=
      Eq.subst (motive := fun n => Nat.lt t n) (Eq.symm (Nat.eq_of_beq_eq_true shapes.left)) tt
    have value (h : Nat) (hh : Nat.lt h H) : Eq
        (diff (digit Z.width (PackedMatrix.rowAt Z t) h) Z.bias)
        (sum K.cols (fun j => Int.mul (PackedMatrix.entry K t j) (PackedMatrix.entry Q j h))) :=
      Eq.trans (congrArg (fun x => diff x Z.bias) (digit_rowAt stored.left t
          (Eq.subst (motive := fun n => Nat.lt h n) (Eq.symm cols) hh)))
        (Eq.trans (Eq.symm (PackedMatrix.entry_digitAt Z t h))
          (PackedMatrix.isProduct_sound X.right t h inside
            (Eq.subst (motive := fun n => Nat.lt h n) (Eq.symm (Nat.eq_of_beq_eq_true shapes.right)) hh)))
    have long : le (normSq K.cols (fun j => (ofInt (PackedMatrix.entry K t j) : R))) (sq (ofNat κ)) :=
      le_congr (Eq.symm (KeyGap.length_eq (t := keyRows K sd) hf t)) (Eq.symm (ofNat_sq κ))
        (ofNat_le_of_ble (Eq.subst
          (motive := fun x => Eq (Nat.ble (lengthSq K.width sd x (keyRows K sd).origin) (Nat.mul κ κ)) true)
          (Eq.symm (row_at hK t)) (key_within (checked t tt).left)))
    have both := heads_within (H := H) (N := M)
      (A := fun h => ofInt (Int.mul (Int.ofNat e) (ofList v h)))
      (Z := fun h => ofInt (Int.mul (Int.ofNat b)
        (sum K.cols (fun j => Int.mul (PackedMatrix.entry K t j) (PackedMatrix.entry Q j h)))))
      (r := fun h => mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (ofList v h)) s))))
      (p := fun h => dot K.cols (fun j => ofInt (PackedMatrix.entry K t j))
        (vsmul (mul (ofNat b) (ofNat D)) (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r))))
      (P := fun h => Nat.mul b (Nat.sub (digit Z.width (PackedMatrix.rowAt Z t) h) Z.bias))
      (fun _ _ => abs_ofInt_le _) moves (fun h hh => dot_within (way h hh) long)
      (fun h hh => Eq.trans
        (congr2 sup (Eq.trans (congrArg (fun z => ofInt (Int.mul (Int.ofNat b) z))
            (Eq.symm (value h hh))) (ofInt_mul _ _)) (Eq.symm (mul_zero (ofNat b))))
        (Eq.trans (Eq.symm (mul_sup (ofNat_nonneg b) _ zero))
          (Eq.trans (congrArg (mul (ofNat b)) (Eq.symm (relu_sub _ _))) (Eq.symm (ofNat_mul b _)))))
      (Nat.le_of_ble_eq_true stored.right)
    have score : Eq (sum H (fun h => mul
          (add (ofInt (Int.mul (Int.ofNat e) (ofList v h)))
            (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (ofList v h)) s)))))
          (sup (add (ofInt (Int.mul (Int.ofNat b)
              (sum K.cols (fun j => Int.mul (PackedMatrix.entry K t j) (PackedMatrix.entry Q j h)))))
            (dot K.cols (fun j => ofInt (PackedMatrix.entry K t j))
              (vsmul (mul (ofNat b) (ofNat D))
                (vsub (q h) (storedVec (fun j => PackedMatrix.entry Q j h) r))))) zero)))
        (mul (mul (mul (ofNat e) (ofNat D')) (mul (ofNat b) (ofNat D)))
          (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) t))) :=
      Eq.trans
        (sum_ext H (fun h => Eq.trans
          (congr2 mul (Eq.symm (weight h)) (Eq.trans
            (congr2 sup (Eq.symm (product_near hr)) (Eq.symm (mul_zero (mul (ofNat b) (ofNat D)))))
            (Eq.symm (mul_sup (mul_nonneg (ofNat_nonneg b) (ofNat_nonneg D)) _ zero))))
          (ring_eq (vars4 (mul (ofNat e) (ofNat D')) (w h) (mul (ofNat b) (ofNat D))
              (sup (dot K.cols (fun j => ofInt (PackedMatrix.entry K t j)) (q h)) zero))
            (a := mul (mul (mul (ofNat e) (ofNat D')) (w h)) (mul (mul (ofNat b) (ofNat D))
              (sup (dot K.cols (fun j => ofInt (PackedMatrix.entry K t j)) (q h)) zero)))
            (b := mul (mul (mul (ofNat e) (ofNat D')) (mul (ofNat b) (ofNat D)))
              (mul (w h) (sup (dot K.cols (fun j => ofInt (PackedMatrix.entry K t j)) (q h)) zero))))))
        (sum_mul_left H _ _)
    have plain : Eq (sum H (fun h => mul (ofInt (Int.mul (Int.ofNat e) (ofList v h)))
          (ofNat (Nat.mul b (Nat.sub (digit Z.width (PackedMatrix.rowAt Z t) h) Z.bias)))))
        (ofInt (Int.mul (Int.ofNat (Nat.mul e b)) (fastDot (digitRelu Z.width Z.bias) 0 v
          (shifts Z.width H (PackedMatrix.rowAt Z t)))) : R) :=
      Eq.trans
        (sum_ext H (fun h => Eq.trans
          (congr2 mul (ofInt_mul _ _) (ofNat_mul b _))
          (ring_eq (vars4 (ofNat e) (ofInt (ofList v h)) (ofNat b)
              (ofNat (Nat.sub (digit Z.width (PackedMatrix.rowAt Z t) h) Z.bias)))
            (a := mul (mul (ofNat e) (ofInt (ofList v h))) (mul (ofNat b)
              (ofNat (Nat.sub (digit Z.width (PackedMatrix.rowAt Z t) h) Z.bias))))
            (b := mul (mul (ofNat e) (ofNat b)) (mul
              (ofNat (Nat.sub (digit Z.width (PackedMatrix.rowAt Z t) h) Z.bias))
              (ofInt (ofList v h)))))))
        (Eq.trans (sum_mul_left H _ _) (Eq.trans
          (congr2 mul (Eq.symm (ofNat_mul e b)) (Eq.trans
            (sum_ext H (fun _ => Eq.symm (ofInt_mul _ _)))
            (Eq.trans (Eq.symm (ofInt_sum H _))
              (congrArg ofInt (Eq.symm (relus_dot (Nat.le_of_ble_eq_true sizes.left)))))))
          (Eq.symm (ofInt_mul _ _))))
    have moved : Eq (Nat.mul (Nat.mul f D') (natSum H (fun h =>
          Nat.mul b (Nat.sub (digit Z.width (PackedMatrix.rowAt Z t) h) Z.bias))))
        (Nat.mul (Nat.mul f D') (Nat.mul b (natSum H (fun h =>
          Nat.sub (digit Z.width (PackedMatrix.rowAt Z t) h) Z.bias)))) :=
      congrArg (Nat.mul _) (natSum_mul H b _)
    apart_sound (Eq.subst
        (motive := fun x => Eq (apart (marked m t) θ
          (Int.mul (Int.ofNat (Nat.mul e b)) (fastDot (digitRelu Z.width Z.bias) 0 v (shifts Z.width H x)))
          (Nat.add M (Nat.mul (Nat.mul f D') (Nat.mul b
            (natSum H (fun h => Nat.sub (digit Z.width x h) Z.bias)))))) true)
        (Eq.symm (row_at hZ t)) (token_apart (checked t tt).right))
      (le_congr (Eq.symm score) (Eq.symm (congr2 add plain
        (congrArg (fun n => ofNat (Nat.add M n)) moved))) both.left)
      (le_congr (Eq.symm plain) (Eq.symm (congr2 add score
        (congrArg (fun n => ofNat (Nat.add M n)) moved))) both.right)
  unique_of_separated (Nat.eq_of_beq_eq_true hk) (fun i j hi hj ei ej =>
    have high := Eq.subst (motive := fun s => pick s
      (le (add (ofInt θ) one) (mul (mul (mul (ofNat e) (ofNat D')) (mul (ofNat b) (ofNat D)))
        (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) i))))
      (le (mul (mul (mul (ofNat e) (ofNat D')) (mul (ofNat b) (ofNat D)))
        (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) i))) (ofInt θ))) ei (token i hi)
    have low := Eq.subst (motive := fun s => pick s
      (le (add (ofInt θ) one) (mul (mul (mul (ofNat e) (ofNat D')) (mul (ofNat b) (ofNat D)))
        (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) j))))
      (le (mul (mul (mul (ofNat e) (ofNat D')) (mul (ofNat b) (ofNat D)))
        (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) j))) (ofInt θ))) ej (token j hj)
    have gap := lt_of_lt_of_le (lt_of_le_of_lt low (lt_congr (Eq.symm (add_zero (ofInt θ))) rfl (fun g => zero_lt_one (le_of_add_le_add_left _ g)))) high
    have less := lt_of_mul_lt_mul (mul_nonneg (mul_nonneg (ofNat_nonneg e) (ofNat_nonneg D'))
      (mul_nonneg (ofNat_nonneg b) (ofNat_nonneg D))) gap
    lt_of_sub_pos (lt_congr rfl
      (ring_eq (vars3 c (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) i))
          (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) j)))
        (b := mul c (sub (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) i))
          (gated H w (fun h => matVec K.cols (PackedMatrix.entry K) (q h) j)))))
      (mul_pos hc (sub_pos less))))

end

/-! ## Left to the kernel

As in `StepKernelOnly.lean`. -/

set_option linter.unusedVariables false

/-- What the elaborator takes `tokensApart` for. -/
def tokensApart._sunfold (s n H m : Nat) (θ : Int) (E b F M κ : Nat) (v : List Int) (sd : Shape)
    (K Z : PackedMatrix) : Bool := true

/-- What the elaborator takes `marksOk` for. -/
def marksOk._sunfold (T k m : Nat) : Bool := true

/-- What the elaborator takes `productsOk` for. -/
def productsOk._sunfold (T H e α β κ M bits : Nat) (sT sd sH : Shape) (v : List Int)
    (K Q Z : PackedMatrix) : Bool := true

end LipBridge
