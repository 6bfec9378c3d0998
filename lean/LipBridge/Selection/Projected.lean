import LipBridge.Selection.ProjectedCheck
/-!
# The selection of DeepSeek's sparse attention, near queries and head weights

What the checks of a step say of its scores, and with it the theorem that exports state.
-/

set_option autoImplicit false

universe u

namespace LipBridge

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

/-! ## All heads at once -/

/-- A ReLU moves by at most what its argument does. -/
theorem relu_within {z p : R} {m : Nat} (h : le (abs (sub z p)) (ofNat m)) :
    le (abs (sub (sup z zero) (sup p zero))) (ofNat m) :=
  have step {a b : R} (k : le a (add b (ofNat m))) : le (sup a zero) (add (sup b zero) (ofNat m)) :=
    sup_le (le_trans k (add_le_add_right (ofNat m) (le_sup_left b zero)))
      (add_nonneg (le_sup_right b zero) (ofNat_nonneg m))
  have e := ends_of_abs h
  abs_le
    (le_via (add_le_add_right (neg (sup p zero)) (step e.right)) rfl
      (ring_eq (vars2 (sup p zero) (ofNat m)) (a := ofNat m)
        (b := add (add (sup p zero) (ofNat m)) (neg (sup p zero)))))
    (le_via (add_le_add_right (neg (sup z zero))
        (step (a := p) (b := z) (le_via (add_le_add_right (ofNat m) e.left)
          (ring_eq (vars2 p (ofNat m)) (a := p) (b := add (sub p (ofNat m)) (ofNat m))) rfl)))
      (ring_eq (vars2 (sup z zero) (sup p zero)) (a := neg (sub (sup z zero) (sup p zero)))
        (b := sub (sup p zero) (sup z zero)))
      (ring_eq (vars2 (sup z zero) (ofNat m)) (a := ofNat m)
        (b := add (add (sup z zero) (ofNat m)) (neg (sup z zero)))))

/-- A number that is not negative. -/
theorem abs_le_of_nonneg {x c : R} (h : le zero x) (k : le x c) : le (abs x) c :=
  abs_le k (le_trans (le_via (neg_le_neg h) rfl (ring_eq .nil (a := zero) (b := neg zero))) (le_trans h k))

/-- A weight near `e v` times a ReLU near `b P`. -/
theorem term_near {e b β m C P : Nat} {v p : Int} {y z : R}
    (hy : le (abs (sub y (ofInt (Int.mul (Int.ofNat e) v)))) (ofNat β))
    (hz : le (abs (sub z (ofInt (Int.mul (Int.ofNat b) p)))) (ofNat m))
    (hP : Eq (ofNat P) (sup (ofInt p) (zero : R))) (hC : Nat.le P C) :
    le (abs (sub (mul y (sup z zero)) (mul (mul (ofNat e) (ofNat b)) (mul (ofInt v) (ofNat P)))))
      (ofNat (Nat.add (Nat.mul β (Nat.add (Nat.mul b C) m)) (Nat.mul (Nat.mul e (Int.natAbs v)) m))) :=
  have point : Eq (sup (ofInt (Int.mul (Int.ofNat b) p)) (zero : R)) (mul (ofNat b) (ofNat P)) :=
    Eq.trans (congr2 sup (ofInt_mul (Int.ofNat b) p) (Eq.symm (mul_zero (ofNat b))))
      (Eq.trans (Eq.symm (mul_sup (ofNat_nonneg b) (ofInt p) zero)) (congrArg (mul (ofNat b)) (Eq.symm hP)))
  have near : le (abs (sub (sup z zero) (mul (ofNat b) (ofNat P)))) (ofNat m) :=
    le_via (relu_within hz) (congrArg (fun x => abs (sub (sup z zero) x)) (Eq.symm point)) rfl
  have size : le (abs (sup z zero)) (ofNat (Nat.add (Nat.mul b C) m)) :=
    abs_le_of_nonneg (le_sup_right z zero) (le_trans (ends_of_abs near).right
      (le_via (add_le_add_right (ofNat m) (mul_le_mul_left (ofNat_nonneg b) (ofNat_le hC))) rfl
        (Eq.trans (ofNat_add _ m) (congrArg (fun x => add x (ofNat m)) (ofNat_mul b C)))))
  have weight : le (abs (ofInt (Int.mul (Int.ofNat e) v) : R)) (ofNat (Nat.mul e (Int.natAbs v))) :=
    le_via (abs_mul_le (abs_le_of_nonneg (ofNat_nonneg e) (le_refl (ofNat e))) (abs_ofInt_le v))
      (congrArg abs (ofInt_mul (Int.ofNat e) v)) (ofNat_mul e (Int.natAbs v))
  le_via (abs_add_le (abs_mul_le hy size) (abs_mul_le weight near))
    (congrArg abs (Eq.trans
      (congrArg (sub (mul y (sup z zero)))
        (ring_eq (vars4 (ofNat e) (ofNat b) (ofInt v) (ofNat P))
          (a := mul (mul (ofNat e) (ofNat b)) (mul (ofInt v) (ofNat P)))
          (b := mul (mul (ofNat e) (ofInt v)) (mul (ofNat b) (ofNat P)))))
      (Eq.trans
        (congrArg (fun x => sub (mul y (sup z zero)) (mul x (mul (ofNat b) (ofNat P))))
          (Eq.symm (ofInt_mul (Int.ofNat e) v)))
        (ring_eq (vars4 y (sup z zero) (ofInt (Int.mul (Int.ofNat e) v)) (mul (ofNat b) (ofNat P)))
          (a := sub (mul y (sup z zero)) (mul (ofInt (Int.mul (Int.ofNat e) v)) (mul (ofNat b) (ofNat P))))
          (b := add (mul (sub y (ofInt (Int.mul (Int.ofNat e) v))) (sup z zero))
            (mul (ofInt (Int.mul (Int.ofNat e) v)) (sub (sup z zero) (mul (ofNat b) (ofNat P)))))))))
    (Eq.trans (ofNat_add _ _) (congr2 add (ofNat_mul _ _) (ofNat_mul _ _)))

/-- A score is within the allowance of `e b` times an integer. -/
theorem score_near {H e b : Nat} {a P : Nat → Nat} {v : Nat → Int} {S : Int} {x : Nat → R}
    (hS : Eq (ofInt S) (sum H (fun h => mul (ofInt (v h) : R) (ofNat (P h)))))
    (hx : ∀ h, Nat.lt h H →
      le (abs (sub (x h) (mul (mul (ofNat e) (ofNat b)) (mul (ofInt (v h)) (ofNat (P h)))))) (ofNat (a h))) :
    And (le (sub (mul (mul (ofNat e) (ofNat b)) (ofInt S)) (ofNat (natSum H a))) (sum H x))
      (le (sum H x) (add (mul (mul (ofNat e) (ofNat b)) (ofInt S)) (ofNat (natSum H a)))) :=
  have whole : Eq (sum H (fun h => mul (mul (ofNat e) (ofNat b)) (mul (ofInt (v h) : R) (ofNat (P h)))))
      (mul (mul (ofNat e) (ofNat b)) (ofInt S)) :=
    Eq.trans (sum_mul_left H _ _) (congrArg (mul (mul (ofNat e) (ofNat b))) (Eq.symm hS))
  ⟨le_via (sum_le (fun h hh => (ends_of_abs (hx h hh)).left))
      (Eq.symm (Eq.trans (sum_sub H _ _) (congr2 sub whole (Eq.symm (ofNat_natSum H a))))) rfl,
   le_via (sum_le (fun h hh => (ends_of_abs (hx h hh)).right)) rfl
      (Eq.symm (Eq.trans (sum_add H _ _) (congr2 add whole (Eq.symm (ofNat_natSum H a)))))⟩

/-- An excused token is compared with the number that lies farther away. -/
theorem excused_le (a : Bool) {under over : Int} (h : Eq (intBle under over) true) :
    And (Int.le (pick a under over) over) (Int.le under (pick a over under)) :=
  match a with
  | true => ⟨int_le_of_ble h, int_le_of_ble h⟩
  | false => ⟨int_le_refl over, int_le_refl under⟩

/-- The digit for an entry of the transposed matrix. -/
theorem PackedMatrix.digitAt_flip (W : PackedMatrix) (i j : Nat) :
    Eq (PackedMatrix.digitAt (PackedMatrix.flip W) i j) (PackedMatrix.digitAt W j i) :=
  match W with
  | .mk _ _ _ _ true _ => rfl
  | .mk _ _ _ _ false _ => rfl

/-- The selection near queries and head weights. Wherever every query is within `a/b` of the stored one and every
weight within `f/e`, the marked tokens are the only top-k set of the scores, and of the scores times any positive
number. -/
theorem projected_selection {t : ProjectedStep} {T H k n a e f D D' bits bits' : Nat} {Q W : PackedMatrix}
    {sT sH : Shape} {r s c : R} {q : Nat → Vec R} {w : Nat → R}
    (hP : Eq (t.productsOk T H e (Nat.mul a D) (Nat.mul f D') bits sT sH (PackedMatrix.entry W 0) Q) true)
    (hS : Eq (t.scoresOk T H e (Nat.mul f D') bits' n sH sT W) true) (hZ : Eq t.products.transposed true)
    (ht : Eq (t.tokensSided sT) true) (hn : Eq t.nearApart true) (hp : Eq (t.pairsApart H) true)
    (hk : Eq (marksOk T k t.marks) true)
    (hr : Eq (mul (ofNat D) r) one) (hs : Eq (mul (ofNat D') s) one) (hc : lt zero c)
    (hq : ∀ h, Nat.lt h H → WithinRatio t.keys.cols (ofNat a) (ofNat t.scale)
      (storedVec (fun j => PackedMatrix.entry Q j h) r) (q h))
    (hw : ∀ h, Nat.lt h H →
      le (abs (mul (ofNat e) (sub (w h) (mul (ofInt (PackedMatrix.entry W 0 h)) s)))) (ofNat f)) :
    UniqueTopK T k
      (fun i => mul c (gated H w (fun h => matVec t.keys.cols (PackedMatrix.entry t.keys) (q h) i)))
      (marked t.marks) :=
  let v := PackedMatrix.entry W 0
  have P := bool_and (bool_and hP).left
  have lens := bool_and P.left
  have cols : Eq t.products.cols H := Nat.eq_of_beq_eq_true lens.right
  have lowLen : Eq (len t.low) H := Nat.eq_of_beq_eq_true (bool_and lens.left).left
  have highLen : Eq (len t.high) H := Nat.eq_of_beq_eq_true (bool_and lens.left).right
  have bounds := bool_and P.right
  have X := bool_and (bool_and hP).right
  have counts := bool_and X.left
  have stored := (bool_and counts.left).left
  have rows := bool_and (bool_and counts.right).left
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
      (add (ofInt (Int.mul (Int.ofNat e) (v h)))
        (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (v h)) s))))) :=
    Eq.trans
      (ring_eq (vars5 (ofNat e) (ofNat D') (w h) (ofInt (v h)) s)
        (a := mul (mul (ofNat e) (ofNat D')) (w h))
        (b := add (mul (ofNat e) (mul (mul (ofNat D') s) (ofInt (v h))))
          (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (v h)) s))))))
      (congrArg (fun t => add t _) (Eq.trans
        (congrArg (mul (ofNat e)) (Eq.trans (congrArg (fun t => mul t _) hs) (one_mul _)))
        (Eq.symm (ofInt_mul _ _))))
  have moves (h : Nat) (hh : Nat.lt h H) :
      le (abs (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (v h)) s)))))
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
      (le_via (add_le_add_left (ofInt (Int.mul (Int.ofNat e) (v h)))
          (le_via (neg_le_neg (le_trans (neg_le_abs _) (moves h hh)))
            rfl
            (ring_eq (vars1 (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (v h)) s)))))
              (a := mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (v h)) s))))
              (b := neg (neg (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (v h)) s)))))))))
        (ofInt_less _ _) (weight h))
  have high (h : Nat) (hh : Nat.lt h H) : le (ofInt (ofList t.high h)) (neg (y h)) :=
    le_trans (ofInt_le (int_le_of_ble (bool_and (everyBelow_sound bounds.right h hh)).right))
      (le_via (neg_le_neg (add_le_add_left (ofInt (Int.mul (Int.ofNat e) (v h)))
          (le_trans (le_abs _) (moves h hh))))
        (Eq.trans (ofInt_less _ _) (Eq.trans
          (congrArg (fun x => sub x (ofNat (Nat.mul f D'))) (ofInt_neg _))
          (ring_eq (vars2 (ofInt (Int.mul (Int.ofNat e) (v h))) (ofNat (Nat.mul f D')))
            (a := sub (neg (ofInt (Int.mul (Int.ofNat e) (v h)))) (ofNat (Nat.mul f D')))
            (b := neg (add (ofInt (Int.mul (Int.ofNat e) (v h))) (ofNat (Nat.mul f D')))))))
        (congrArg neg (weight h)))
  have value (i : Nat) (hi : Nat.lt i T) (h : Nat) (hh : Nat.lt h H) :
      Eq (z i h) (add (ofInt (t.scaled (PackedMatrix.rowAt t.products i) h))
        (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h))) :=
    have entry : Eq (diff (digit t.products.width (PackedMatrix.rowAt t.products i) h) t.products.bias)
        (sum t.keys.cols (fun j => Int.mul (PackedMatrix.entry t.keys i j) (PackedMatrix.entry Q j h))) :=
      Eq.trans
        (congrArg (fun x => diff x t.products.bias)
          (digit_rowAt stored i (Eq.subst (motive := fun n => Nat.lt h n) (Eq.symm cols) hh)))
        (Eq.trans (Eq.symm (PackedMatrix.entry_digitAt t.products i h))
          (Eq.trans (Eq.symm (PackedMatrix.entry_flip t.products h i))
            (Eq.trans
              (PackedMatrix.isProduct_sound X.right h i
                (Eq.subst (motive := fun n => Nat.lt h n) (Eq.symm (Nat.eq_of_beq_eq_true queries.left)) hh)
                (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm (Nat.eq_of_beq_eq_true rows.right)) hi))
              (Eq.trans
                (congrArg (fun n => sum (R := Int) n (fun j =>
                  Int.mul (PackedMatrix.entry (PackedMatrix.flip Q) h j)
                    (PackedMatrix.entry (PackedMatrix.flip t.keys) j i)))
                  (Nat.eq_of_beq_eq_true (bool_and counts.left).right))
                (sum_ext (R := Int) t.keys.cols (fun j => Eq.trans
                  (congr2 Int.mul (PackedMatrix.entry_flip Q h j) (PackedMatrix.entry_flip t.keys j i))
                  (mul_comm (R := Int) _ _)))))))
    Eq.trans (product_near hr) (congrArg (fun x => add (ofInt (Int.mul (Int.ofNat t.scale) x)) _)
      (Eq.symm entry))
  have within (i : Nat) (hi : Nat.lt i T) {n : Nat}
      (hn : le (normSq t.keys.cols (fun j => (ofInt (PackedMatrix.entry t.keys i j) : R))) (sq (ofNat n)))
      (h : Nat) (hh : Nat.lt h H) :
      le (abs (sub (z i h) (ofInt (t.scaled (PackedMatrix.rowAt t.products i) h)))) (ofNat (Nat.mul t.way n)) :=
    le_via (dot_within (n := t.keys.cols) (w := fun j => ofInt (PackedMatrix.entry t.keys i j)) (move h hh) hn)
      (congrArg abs (Eq.trans (congrArg (fun x => sub x _) (value i hi h hh))
        (ring_eq (vars2 (ofInt (t.scaled (PackedMatrix.rowAt t.products i) h))
            (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h)))
          (a := sub (add (ofInt (t.scaled (PackedMatrix.rowAt t.products i) h))
            (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h)))
            (ofInt (t.scaled (PackedMatrix.rowAt t.products i) h)))
          (b := dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h))))) rfl
  have near (i : Nat) (hi : Nat.lt i T) {n : Nat}
      (hn : Eq (Nat.ble (lengthSq t.keys.width t.shape (PackedMatrix.rowAt t.keys i)
        (keyRows t.keys t.shape).origin) (Nat.mul n n)) true) :=
    within i hi (le_congr (Eq.symm (KeyGap.length_eq (t := keyRows t.keys t.shape) hf i)) (Eq.symm (ofNat_sq n))
      (ofNat_le_of_ble hn))
  have nearGap (i j : Nat) (hi : Nat.lt i T) (hj : Nat.lt j T) {n : Nat}
      (hn : Eq (Nat.ble (lengthSq t.keys.width t.shape (PackedMatrix.rowAt t.keys i)
        (PackedMatrix.rowAt t.keys j)) (Nat.mul n n)) true) (h : Nat) (hh : Nat.lt h H) :
      le (abs (sub (sub (z i h) (z j h)) (sub (ofInt (t.scaled (PackedMatrix.rowAt t.products i) h))
        (ofInt (t.scaled (PackedMatrix.rowAt t.products j) h))))) (ofNat (Nat.mul t.way n)) :=
    have sizes := bool_and (bool_and hf).left
    le_via
      (dot_within (n := t.keys.cols)
        (w := images (between t.keys.width (PackedMatrix.rowAt t.keys i) (PackedMatrix.rowAt t.keys j)))
        (move h hh)
        (le_congr (Eq.symm (lengthSq_eq (Nat.eq_of_beq_eq_true sizes.left) _ _)) (Eq.symm (ofNat_sq n))
          (ofNat_le_of_ble hn)))
      (congrArg abs (Eq.trans
        (congr2 (fun x y => sub (sub x y) _) (value i hi h hh) (value j hj h hh))
        (Eq.trans
          (ring_eq (vars4 (ofInt (t.scaled (PackedMatrix.rowAt t.products i) h))
              (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h))
              (ofInt (t.scaled (PackedMatrix.rowAt t.products j) h))
              (dot t.keys.cols (fun k => ofInt (PackedMatrix.entry t.keys j k)) (u h)))
            (a := sub (sub
              (add (ofInt (t.scaled (PackedMatrix.rowAt t.products i) h))
                (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h)))
              (add (ofInt (t.scaled (PackedMatrix.rowAt t.products j) h))
                (dot t.keys.cols (fun k => ofInt (PackedMatrix.entry t.keys j k)) (u h))))
              (sub (ofInt (t.scaled (PackedMatrix.rowAt t.products i) h))
                (ofInt (t.scaled (PackedMatrix.rowAt t.products j) h))))
            (b := sub (dot t.keys.cols (fun j => ofInt (PackedMatrix.entry t.keys i j)) (u h))
              (dot t.keys.cols (fun k => ofInt (PackedMatrix.entry t.keys j k)) (u h))))
          (Eq.trans (Eq.symm (dot_sub_left t.keys.cols _ _ (u h)))
            (dot_congr (fun _ hk => Eq.symm (images_between sizes.right i j hk)) (fun _ _ => rfl)))))) rfl
  have score (i : Nat) := scaled_score (H := H) (P := mul (ofNat e) (ofNat D'))
    (Q := mul (ofNat t.scale) (ofNat D)) (mul_nonneg (ofNat_nonneg t.scale) (ofNat_nonneg D)) w
    (fun h => matVec t.keys.cols (PackedMatrix.entry t.keys) (q h) i)
  -- One token, by its score.
  have S := bool_and (bool_and hS).left
  have sizes := bool_and S.left
  have digits := bool_and S.right
  have heads : Eq W.cols H := Nat.eq_of_beq_eq_true (bool_and sizes.left).right
  have bias : Eq t.products.bias (pow2 n) := Nat.eq_of_beq_eq_true (bool_and digits.left).right
  have sums := bool_and (bool_and hS).right
  have far := bool_and sums.left
  have turned : Eq (PackedMatrix.flip t.products).transposed false :=
    congrArg (fun b => pick b false true) hZ
  have longest (i : Nat) :
      le (normSq t.keys.cols (fun j => (ofInt (PackedMatrix.entry t.keys i j) : R))) (sq (ofNat t.longest)) :=
    le_trans (KeyGap.length_le (t := keyRows t.keys t.shape) hf i)
      (le_congr rfl (Eq.symm (ofNat_sq t.longest)) (ofNat_le_of_ble (bool_and digits.right).right))
  let part (i h : Nat) : Nat := Nat.sub (digit t.products.width (PackedMatrix.rowAt t.products i) h) t.products.bias
  have total (i : Nat) (hi : Nat.lt i T) : Eq (ofInt (PackedMatrix.entry t.scores 0 i) : R)
      (sum H (fun h => mul (ofInt (v h)) (ofNat (part i h)))) :=
    have tokens := Eq.symm (Nat.eq_of_beq_eq_true rows.left)
    have hi' : Nat.lt i t.products.rows := Eq.subst (motive := fun n => Nat.lt i n) tokens hi
    have positive (h : Nat) (hh : Nat.lt h H) :
        Eq (PackedMatrix.entry (PackedMatrix.relu (PackedMatrix.flip t.products) n sT) h i)
          (Int.ofNat (part i h)) :=
      have hh' : Nat.lt h t.products.cols := Eq.subst (motive := fun n => Nat.lt h n) (Eq.symm cols) hh
      Eq.trans
        (PackedMatrix.entry_relu (Z := PackedMatrix.flip t.products) turned
          (Nat.eq_of_beq_eq_true (bool_and digits.left).left)
          (Eq.trans (Nat.eq_of_beq_eq_true (bool_and sizes.right).right) tokens)
          (Eq.trans (Nat.eq_of_beq_eq_true stored)
            (congrArg (fun b => pick b t.products.cols t.products.rows) hZ)) hh' hi')
        (congrArg Int.ofNat (congr2 Nat.sub
          (Eq.trans (PackedMatrix.digitAt_flip t.products h i) (Eq.symm (digit_rowAt stored i hh')))
          (Eq.symm bias)))
    Eq.trans
      (congrArg ofInt (PackedMatrix.isProduct_sound sums.right 0 i
        (Eq.subst (motive := fun n => Nat.lt 0 n) (Eq.symm (Nat.eq_of_beq_eq_true (bool_and sizes.left).left))
          Nat.le.refl) hi'))
      (Eq.trans (ofInt_sum _ _) (Eq.trans
        (congrArg (fun n => sum n (fun h => (ofInt (Int.mul (PackedMatrix.entry W 0 h) (PackedMatrix.entry
          (PackedMatrix.relu (PackedMatrix.flip t.products) _ sT) h i)) : R))) heads)
        (sum_congr (fun h hh => Eq.trans (ofInt_mul _ _)
          (congrArg (fun x => mul (ofInt (v h)) (ofInt x)) (positive h hh))))))
  have about (i : Nat) (hi : Nat.lt i T) :=
    score_near (e := e) (b := t.scale) (x := fun h => mul (y h) (sup (z i h) zero)) (total i hi)
      (fun h hh => term_near
        (le_via (moves h hh)
          (congrArg abs (Eq.trans (congrArg (fun x => sub x _) (weight h))
            (ring_eq (vars2 (ofInt (Int.mul (Int.ofNat e) (v h)))
                (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (v h)) s)))))
              (a := sub (add (ofInt (Int.mul (Int.ofNat e) (v h)))
                (mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (v h)) s)))))
                (ofInt (Int.mul (Int.ofNat e) (v h))))
              (b := mul (ofNat D') (mul (ofNat e) (sub (w h) (mul (ofInt (v h)) s))))))) rfl)
        (within i hi (longest i) h hh) (relu_sub _ t.products.bias)
        (Nat.le_trans (nat_sub_le _ t.products.bias) (Nat.le_trans (Nat.le_succ _) (digit_lt _ _ h))))
  have scaled (x : Int) : Eq (ofInt (Int.mul (Int.ofNat (Nat.mul e t.scale)) x) : R)
      (mul (mul (ofNat e) (ofNat t.scale)) (ofInt x)) :=
    Eq.trans (ofInt_mul _ _) (congrArg (fun k => mul k (ofInt x)) (ofNat_mul e t.scale))
  have place (i : Nat) (hi : Nat.lt i T) : Eq (PackedMatrix.entry t.scores 0 i)
      (diff (digit t.scores.width (PackedMatrix.rowAt t.scores 0) i) t.scores.bias) :=
    Eq.trans (PackedMatrix.entry_digitAt t.scores 0 i)
      (congrArg (fun x => diff x t.scores.bias) (Eq.symm (digit_rowAt (bool_and digits.right).left 0
        (Eq.subst (motive := fun n => Nat.lt i n)
          (Eq.symm (Nat.eq_of_beq_eq_true (bool_and sizes.right).left)) hi))))
  have grows {p q : Int} (h : Eq (intBle p q) true) :
      le (mul (mul (ofNat e) (ofNat t.scale)) (ofInt p) : R) (mul (mul (ofNat e) (ofNat t.scale)) (ofInt q)) :=
    mul_le_mul_left (mul_nonneg (ofNat_nonneg e) (ofNat_nonneg t.scale)) (ofInt_le (int_le_of_ble h))
  have aside (i : Nat) (hi : Nat.lt i T)
      (h : Eq (pick (marked t.marks i)
        (intBle t.least (diff (digit t.scores.width (PackedMatrix.rowAt t.scores 0) i) t.scores.bias))
        (intBle (diff (digit t.scores.width (PackedMatrix.rowAt t.scores 0) i) t.scores.bias) t.most)) true) :
      pick (marked t.marks i)
        (le (add (ofInt (pick (oneOf t.first i) t.under t.over)) one)
          (sum H (fun h => mul (y h) (sup (z i h) zero))))
        (le (sum H (fun h => mul (y h) (sup (z i h) zero)))
          (ofInt (pick (oneOf t.second i) t.over t.under))) :=
    have order := (bool_and bounds.left).right
    side_sound h
      (fun g => le_trans
        (add_le_add_right one (ofInt_le (R := R) (excused_le (oneOf t.first i) order).left))
        (le_trans
          (le_via
            (add_le_add_right (neg (ofNat (t.allowance H e (Nat.mul f D') v)))
              (le_trans (ofInt_le (R := R) (int_le_of_ble far.left))
                (le_via (grows g) (scaled t.least) rfl)))
            (Eq.symm (Eq.trans
              (congrArg (fun x => add x (neg (ofNat (t.allowance H e (Nat.mul f D') v))))
                (Eq.trans (ofInt_add _ _) (congrArg (fun x => add x _) (Eq.trans (ofInt_add _ _)
                  (congrArg (add (ofInt t.over)) ofInt_one)))))
              (ring_eq (vars2 (add (ofInt t.over) one) (ofNat (t.allowance H e (Nat.mul f D') v)))
                (a := add (add (add (ofInt t.over) one) (ofNat (t.allowance H e (Nat.mul f D') v)))
                  (neg (ofNat (t.allowance H e (Nat.mul f D') v))))
                (b := add (ofInt t.over) one))))
            (congrArg (fun x => sub (mul (mul (ofNat e) (ofNat t.scale)) (ofInt x))
              (ofNat (t.allowance H e (Nat.mul f D') v))) (place i hi)))
          (about i hi).left))
      (fun g => le_trans (about i hi).right
        (le_trans
          (le_via
            (add_le_add_right (ofNat (t.allowance H e (Nat.mul f D') v)) (grows g))
            (congrArg (fun x => add (mul (mul (ofNat e) (ofNat t.scale)) (ofInt x))
              (ofNat (t.allowance H e (Nat.mul f D') v))) (place i hi))
            (Eq.trans (ofInt_add _ _) (congrArg (fun x => add x _) (scaled t.most))))
          (ofInt_le (R := R) (int_le_trans (int_le_of_ble far.right)
            (excused_le (oneOf t.second i) order).right))))
  -- One token.
  have token (i : Nat) (hi : Nat.lt i T) : pick (marked t.marks i)
      (le (add (ofInt (pick (oneOf t.first i) t.under t.over)) one)
        (sum H (fun h => mul (y h) (sup (z i h) zero))))
      (le (sum H (fun h => mul (y h) (sup (z i h) zero)))
        (ofInt (pick (oneOf t.second i) t.over t.under))) :=
    Or.elim (pick_or (Eq.subst (motive := fun i => Eq (t.sided i _) true) (nat_zero_add i)
      (everyDigit_sound sT 0 (PackedMatrix.rowAt t.scores 0) ht i
        (Eq.subst (motive := fun n => Nat.lt i n)
          (Eq.symm (Nat.eq_of_beq_eq_true (bool_and sizes.right).right)) hi))))
      (aside i hi) (fun listed =>
    match ProjectedStep.reach_sound (ProjectedStep.listed_apart hn listed) with
    | ⟨n, hn, sides⟩ =>
      have close (h : Nat) (hh : Nat.lt h H) :
          le (abs (sub (z i h) (sub
            (ofNat (Nat.mul t.scale (digit t.products.width (PackedMatrix.rowAt t.products i) h)))
            (ofNat (Nat.mul t.scale t.products.bias))))) (ofNat (Nat.mul t.way n)) :=
        le_via (near i hi hn h hh) (congrArg (fun x => abs (sub (z i h) x)) (Eq.symm (scaled_eq _ _ _))) rfl
      have least (v : List Int) (hv : Eq (len v) H) (y : Nat → R)
          (hy : ∀ h, Nat.lt h H → le (ofInt (ofList v h)) (y h)) :
          le (ofInt (reluLow t.products.width t.scale (Nat.mul t.scale t.products.bias) (Nat.mul t.way n) v
            (PackedMatrix.rowAt t.products i) 0 0)) (sum H (fun h => mul (y h) (sup (z i h) zero))) :=
        match H, hv, hy, close with
        | _, rfl, hy, close => le_via (relu_low v (PackedMatrix.rowAt t.products i) 0 0 y (z i) hy close) rfl
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
            (congrArg neg (Eq.symm (ofInt_neg _))))))
  -- Two tokens near the boundary.
  have pair (i j : Nat) (hi : Nat.lt i T) (hj : Nat.lt j T) (li : Eq (oneOf t.first i) true)
      (lj : Eq (oneOf t.second j) true) :
      lt (sum H (fun h => mul (y h) (sup (z j h) zero))) (sum H (fun h => mul (y h) (sup (z i h) zero))) :=
    have found : Eq (t.above H (PackedMatrix.rowAt t.products i) (PackedMatrix.rowAt t.products j)
        (PackedMatrix.rowAt t.keys i) (PackedMatrix.rowAt t.keys j)) true :=
      everyListed_sound (p := t.pairApart H i) (everyListed_sound hp li) lj
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

/-- What the elaborator takes `tokensSided` for. -/
def ProjectedStep.tokensSided._sunfold (t : ProjectedStep) (sT : Shape) : Bool := true

/-- What the elaborator takes `nearApart` for. -/
def ProjectedStep.nearApart._sunfold (t : ProjectedStep) : Bool := true

/-- What the elaborator takes `pairsApart` for. -/
def ProjectedStep.pairsApart._sunfold (t : ProjectedStep) (H : Nat) : Bool := true

/-- What the elaborator takes `marksOk` for. -/
def marksOk._sunfold (T k m : Nat) : Bool := true

/-- What the elaborator takes `productsOk` for. -/
def ProjectedStep.productsOk._sunfold (t : ProjectedStep) (T H e α β bits : Nat) (sT sH : Shape)
    (v : Nat → Int) (Q : PackedMatrix) : Bool := true

/-- What the elaborator takes `scoresOk` for. -/
def ProjectedStep.scoresOk._sunfold (t : ProjectedStep) (T H e β bits k : Nat) (sH sT : Shape)
    (W : PackedMatrix) : Bool := true

end LipBridge
