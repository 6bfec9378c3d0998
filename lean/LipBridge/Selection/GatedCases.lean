import LipBridge.Selection.Gated
/-!
# The selection by weighted sums of ReLUs, near a point

Every score has rows, each a linear function below it; those of a token that is not selected are below the
opposite of its score. A gap of two scores stays open where two rows say so. Where one pair of rows does not
do for the whole ball, sides of heads are told apart: at every point a product is at most 0 or at least 0, and
in each case other rows may be taken, which assume that.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- Telling sides of heads apart: of the first or of the second of two scores, head `h` off and on. -/
inductive Sides : Type where
  /-- The rows of the two scores. -/
  | rows (i j : Nat) : Sides
  /-- A head of the first score. -/
  | first (h : Nat) (off on : Sides) : Sides
  /-- A head of the second score. -/
  | second (h : Nat) (off on : Sides) : Sides

/-- What is assumed, with head `h` known to be `c`. -/
noncomputable def assume (a : Nat → Nat) (h c : Nat) : Nat → Nat := fun k => pick (Nat.beq k h) c (a k)

/-- Whether `f` says yes in every case, told what is assumed of both scores and which rows are taken. -/
noncomputable def Sides.every (f : (Nat → Nat) → (Nat → Nat) → Nat → Nat → Bool) (t : Sides) :
    (Nat → Nat) → (Nat → Nat) → Bool :=
  Sides.rec (motive := fun _ => (Nat → Nat) → (Nat → Nat) → Bool) (fun i j a c => f a c i j)
    (fun h _ _ off on a c => and (off (assume a h 3) c) (on (assume a h 4) c))
    (fun h _ _ off on a c => and (off a (assume c h 3)) (on a (assume c h 4))) t

/-- The sides of one pair of scores. -/
structure PairSides : Type where
  /-- The selected token. -/
  first : Nat
  /-- The other one. -/
  second : Nat
  /-- Sides told apart. -/
  sides : Sides

/-- Whether `p` holds of the sides of a pair in a list. -/
noncomputable def somePair (s t : Nat) (p : Sides → Bool) (l : List PairSides) : Bool :=
  List.rec (motive := fun _ => Bool) false
    (fun c _ ih => pick (and (and (Nat.beq c.first s) (Nat.beq c.second t)) (p c.sides)) true ih) l

/-- Whether row `c` of a token assumes nothing but what is assumed. -/
noncomputable def rowFits (H : Nat) (c a : Nat → Nat) : Bool :=
  everyBelow H fun h => pick (Nat.ble 3 (c h)) (Nat.beq (c h) (a h)) true

/-- Whether a gap of two rows stays open: `V ≥ 0` is left of it, and `α² ‖G + G'‖² < V²`. -/
noncomputable def gapOpen (n α : Nat) (V : Int) (G G' : Nat → Int) : Bool :=
  and (intBle (Int.ofNat 0) V)
    (intBle (Int.add (Int.mul (Int.ofNat (Nat.mul α α)) (normSq n (vadd G G'))) (Int.ofNat 1))
      (Int.mul V V))

/-- The check of all `N` rows: a selected token is bounded below as it is, another with its sign changed. -/
noncomputable def rowsOk (N H n α b : Nat) (l : List Nat) (token : Nat → Nat) (c : Nat → Nat → Nat)
    (ω : Nat → Int) (ζ : Nat → Nat → Int) (W : Nat → Nat → Int) (J : Nat → Nat → Nat → Int)
    (E : Nat → Nat → Int) (ν : Nat → Nat) (μ : Nat → Nat → Nat) (u v : Nat → Nat → Int)
    (K L : Nat → Int) (G : Nat → Nat → Int) : Bool :=
  everyBelow N fun i => pick (oneOf l (token i))
    (rowOk H n α (c i) (fun h => Int.mul (Int.ofNat b) (ω h))
      (fun h => Int.mul (Int.ofNat b) (ζ (token i) h)) W (J (token i)) (E i) ν (μ (token i)) (u i) (v i)
      (K i) (L i) (G i))
    (rowOk H n α (c i) (fun h => Int.mul (Int.ofNat b) (Int.neg (ω h)))
      (fun h => Int.mul (Int.ofNat b) (ζ (token i) h)) (fun h j => Int.neg (W h j)) (J (token i)) (E i) ν
      (μ (token i)) (u i) (v i) (K i) (L i) (G i))

/-- Whether rows `i` and `j` of tokens `s` and `t`, under what is assumed, keep the gap open. -/
noncomputable def rowsStay (N H n α : Nat) (token : Nat → Nat) (c : Nat → Nat → Nat) (L : Nat → Int)
    (G : Nat → Nat → Int) (s t : Nat) (a a' : Nat → Nat) (i j : Nat) : Bool :=
  and (and (and (Nat.ble (Nat.succ i) N) (Nat.beq (token i) s)) (rowFits H (c i) a))
    (and (and (and (Nat.ble (Nat.succ j) N) (Nat.beq (token j) t)) (rowFits H (c j) a'))
      (gapOpen n α (Int.add (L i) (L j)) (G i) (G j)))

/-- Nothing is assumed. -/
noncomputable def nothing : Nat → Nat := fun _ => 1

/-- The check of a selection: the listed tokens are `k`, and every gap between one of them and another stays
open, by the rows with the tokens' own numbers or by a listed telling apart. -/
noncomputable def gapsStay (T N k H n α : Nat) (l : List Nat) (token : Nat → Nat) (c : Nat → Nat → Nat)
    (L : Nat → Int) (G : Nat → Nat → Int) (p : List PairSides) : Bool :=
  and (Nat.beq (count T (oneOf l)) k)
    (everyBelow T fun s => pick (oneOf l s)
      (everyBelow T fun t => pick (oneOf l t) true
        (pick (rowsStay N H n α token c L G s t nothing nothing s t) true
          (somePair s t (fun f => f.every (rowsStay N H n α token c L G s t) nothing nothing) p))) true)

section
variable {R : Type u} [OrderedRing R]

/-- The products have the sides that are assumed. -/
def AllAssumed (a : Nat → Nat) (z : Nat → R) : Prop := ∀ h, Assumed (a h) (z h)

/-- Nothing is assumed. -/
theorem AllAssumed.nothing (z : Nat → R) : AllAssumed nothing z :=
  fun _ => ⟨fun e => Nat.noConfusion e (fun e => Nat.noConfusion e),
    fun e => Nat.noConfusion e (fun e => Nat.noConfusion e)⟩

/-- One head more is known. -/
theorem AllAssumed.and {a : Nat → Nat} {z : Nat → R} {h c : Nat} (ha : AllAssumed a z)
    (hc : Assumed c (z h)) : AllAssumed (assume a h c) z := fun k =>
  Or.elim (bool_em (Nat.beq k h))
    (fun e => Eq.subst (motive := fun i => Assumed (assume a h c i) (z i))
      (Eq.symm (Nat.eq_of_beq_eq_true e))
      (Eq.subst (motive := fun i => Assumed i (z h))
        (congrArg (fun s => pick s c (a h))
          (Eq.symm (Eq.subst (motive := fun i => Eq (Nat.beq i h) true) (Nat.eq_of_beq_eq_true e) e))) hc))
    (fun e => Eq.subst (motive := fun i => Assumed i (z k))
      (congrArg (fun s => pick s c (a k)) (Eq.symm e)) (ha k))

/-- A product that is at most 0. -/
theorem Assumed.off {z : R} (h : le z zero) : Assumed 3 z :=
  ⟨fun _ => h, fun e => Nat.noConfusion e (fun e => Nat.noConfusion e (fun e => Nat.noConfusion e
    (fun e => Nat.noConfusion e)))⟩

/-- A product that is at least 0. -/
theorem Assumed.on {z : R} (h : le zero z) : Assumed 4 z :=
  ⟨fun e => Nat.noConfusion e (fun e => Nat.noConfusion e (fun e => Nat.noConfusion e
    (fun e => Nat.noConfusion e))), fun _ => h⟩

/-- What follows in every case follows. -/
theorem Sides.sound {f : (Nat → Nat) → (Nat → Nat) → Nat → Nat → Bool} {P : Prop} {z z' : Nat → R}
    (hf : ∀ a c i j, AllAssumed a z → AllAssumed c z' → Eq (f a c i j) true → P) :
    ∀ (t : Sides) (a c : Nat → Nat), AllAssumed a z → AllAssumed c z' → Eq (t.every f a c) true → P
  | .rows i j, a, c, ha, hc, e => hf a c i j ha hc e
  | .first h off on, a, c, ha, hc, e => Or.elim (le_total (z h) zero)
      (fun k => Sides.sound hf off (assume a h 3) c (ha.and (Assumed.off k)) hc (bool_and e).left)
      (fun k => Sides.sound hf on (assume a h 4) c (ha.and (Assumed.on k)) hc (bool_and e).right)
  | .second h off on, a, c, ha, hc, e => Or.elim (le_total (z' h) zero)
      (fun k => Sides.sound hf off a (assume c h 3) ha (hc.and (Assumed.off k)) (bool_and e).left)
      (fun k => Sides.sound hf on a (assume c h 4) ha (hc.and (Assumed.on k)) (bool_and e).right)

/-- Some sides of a pair of a list have what is said of them. -/
theorem somePair_sound {s t : Nat} {p : Sides → Bool} : ∀ {l : List PairSides},
    Eq (somePair s t p l) true → Exists fun f => Eq (p f) true
  | .nil, e => bool_absurd (Eq.symm e)
  | .cons c _, e => Or.elim (pick_or e) (fun k => ⟨c.sides, (bool_and k).right⟩) somePair_sound

/-- What a row assumes holds where what is assumed does. -/
theorem rowFits_sound {H : Nat} {c a : Nat → Nat} {z : Nat → R} (ha : AllAssumed a z)
    (h : Eq (rowFits H c a) true) : ∀ k, Nat.lt k H → Assumed (c k) (z k) := fun k hk =>
  have e : Eq (pick (Nat.ble 3 (c k)) (Nat.beq (c k) (a k)) true) true := everyBelow_sound h k hk
  have same (g : Eq (Nat.ble 3 (c k)) true) : Assumed (c k) (z k) :=
    Eq.subst (motive := fun i => Assumed i (z k)) (Eq.symm (Nat.eq_of_beq_eq_true (pick_true g e))) (ha k)
  ⟨fun g => (same (congrArg (Nat.ble 3) g)).left g, fun g => (same (congrArg (Nat.ble 3) g)).right g⟩

/-- `α² ‖G + G'‖² < V²`, and so `|⟨G + G', y⟩| < V`: a gap that stays open is positive. -/
theorem gap_positive {n α : Nat} {V : Int} {G G' : Nat → Int} {y : Vec R}
    (hy : le (normSq n y) (sq (ofNat α))) (h : Eq (gapOpen n α V G G') true) :
    lt zero (add (ofInt V) (add (dot n (fun j => ofInt (G j)) y) (dot n (fun j => ofInt (G' j)) y))) :=
  have c := bool_and h
  have whole : le (zero : R) (ofInt V) :=
    le_congr (Eq.symm ofInt_zero) rfl (ofInt_le (int_le_of_ble c.left))
  have joint : Eq (add (dot n (fun j => ofInt (G j)) y) (dot n (fun j => ofInt (G' j)) y))
      (dot n (fun j => (ofInt (vadd G G' j) : R)) y) :=
    Eq.trans (Eq.symm (dot_add_left n _ _ y))
      (dot_congr (fun j _ => Eq.symm (ofInt_add (G j) (G' j))) (fun _ _ => rfl))
  have most : le (sq (add (dot n (fun j => ofInt (G j)) y) (dot n (fun j => ofInt (G' j)) y)))
      (mul (sq (ofNat α)) (ofInt (normSq n (vadd G G')))) :=
    le_via (le_trans (cauchy_schwarz n (fun j => ofInt (vadd G G' j)) y)
        (mul_le_mul_left (normSq_nonneg n _) hy))
      (congrArg sq joint)
      (Eq.trans (congrArg (mul _) (ofInt_dot n _ _)) (mul_comm _ _))
  have less : le (add (mul (sq (ofNat α)) (ofInt (normSq n (vadd G G')))) one) (sq (ofInt V) : R) :=
    le_via (ofInt_le (R := R) (int_le_of_ble c.right))
      (Eq.symm (Eq.trans (ofInt_add _ _) (congr2 add
        (Eq.trans (ofInt_mul _ _) (congrArg (fun t => mul t _) (ofNat_sq α))) ofInt_one)))
      (Eq.symm (ofInt_mul V V))
  fun low =>
    have back : le (ofInt V)
        (neg (add (dot n (fun j => ofInt (G j)) y) (dot n (fun j => ofInt (G' j)) y))) :=
      le_via (add_le_add_right
          (neg (add (dot n (fun j => ofInt (G j)) y) (dot n (fun j => ofInt (G' j)) y))) low)
        (ring_eq (vars2 (ofInt V)
            (add (dot n (fun j => ofInt (G j)) y) (dot n (fun j => ofInt (G' j)) y))) (a := ofInt V))
        (Eq.symm (zero_add _))
    zero_lt_one (le_of_add_le_add_left _ (le_trans less (le_trans (sq_le_sq whole back)
      (le_via most
        (ring_eq (vars1 (add (dot n (fun j => ofInt (G j)) y) (dot n (fun j => ofInt (G' j)) y)))
          (a := sq (neg (add (dot n (fun j => ofInt (G j)) y) (dot n (fun j => ofInt (G' j)) y)))))
        (add_zero _)))))

/-- Two scores, `q` times the one and `q` times the other with its sign changed bounded below. -/
theorem two_scores {q i j m m' : R} (hq : le zero q) (h : le m (mul q i)) (h' : le m' (mul q (neg j)))
    (g : lt zero (add m m')) : lt zero (sub i j) :=
  pos_of_mul_pos hq (lt_of_lt_of_le g (le_via (add_le_add h h') rfl (ring_eq (vars3 q i j))))

/-- A row's value near a stored point: `b d w' = b ω + ⟨W, b d e⟩`, from `d w' = ω + d ⟨W, e⟩`. -/
theorem near_value {n b d : Nat} {ω : Int} {W : Nat → Int} {w : R} {e : Vec R}
    (h : Eq (mul (ofNat d) w) (add (ofInt ω) (mul (ofNat d) (dot n (fun j => ofInt (W j)) e)))) :
    Eq (mul (mul (ofNat b) (ofNat d)) w)
      (add (ofInt (Int.mul (Int.ofNat b) ω))
        (dot n (fun j => ofInt (W j)) (vsmul (mul (ofNat b) (ofNat d)) e))) :=
  have out : Eq (dot n (fun j => (ofInt (W j) : R)) (vsmul (mul (ofNat b) (ofNat d)) e))
      (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e)) :=
    Eq.trans (dot_comm n _ _) (Eq.trans (dot_smul_left n _ e _) (congrArg (mul _) (dot_comm n e _)))
  Eq.trans (mul_assoc _ _ _) (Eq.trans (congrArg (mul (ofNat b)) h)
    (Eq.trans
      (ring_eq (vars4 (ofNat b) (ofNat d) (ofInt ω) (dot n (fun j => ofInt (W j)) e))
        (a := mul (ofNat b) (add (ofInt ω) (mul (ofNat d) (dot n (fun j => ofInt (W j)) e))))
        (b := add (mul (ofNat b) (ofInt ω))
          (mul (mul (ofNat b) (ofNat d)) (dot n (fun j => ofInt (W j)) e))))
      (congr2 add (Eq.symm (ofInt_mul _ _)) (Eq.symm out))))

/-- The same with signs changed. -/
theorem opposite_value {n d : Nat} {ω : Int} {W : Nat → Int} {w : R} {e : Vec R}
    (h : Eq (mul (ofNat d) w) (add (ofInt ω) (mul (ofNat d) (dot n (fun j => ofInt (W j)) e)))) :
    Eq (mul (ofNat d) (neg w)) (add (ofInt (Int.neg ω))
      (mul (ofNat d) (dot n (fun j => ofInt (Int.neg (W j))) e))) :=
  have row : Eq (dot n (fun j => (ofInt (Int.neg (W j)) : R)) e) (neg (dot n (fun j => ofInt (W j)) e)) :=
    Eq.trans (sum_ext n (fun j => Eq.trans (congrArg (fun t => mul t _) (ofInt_neg (W j)))
        (ring_eq (vars2 (ofInt (W j)) (e j))
          (a := mul (neg (ofInt (W j))) (e j)) (b := neg (mul (ofInt (W j)) (e j))))))
      (sum_neg n _)
  Eq.trans (ring_eq (vars2 (ofNat d) w) (b := neg (mul (ofNat d) w)))
    (Eq.trans (congrArg neg h)
      (Eq.trans
        (ring_eq (vars3 (ofInt ω) (ofNat d) (dot n (fun j => ofInt (W j)) e))
          (a := neg (add (ofInt ω) (mul (ofNat d) (dot n (fun j => ofInt (W j)) e))))
          (b := add (neg (ofInt ω)) (mul (ofNat d) (neg (dot n (fun j => ofInt (W j)) e)))))
        (congr2 add (Eq.symm (ofInt_neg ω)) (congrArg (mul (ofNat d)) (Eq.symm row)))))

/-- The selection by weighted sums of ReLUs, near a point. Let weights and products be linear in `x`, with
the rows `W_h` and `J_sh`, and have the values `ω_h/d` and `ζ_sh/d` at `x`; let the checks say yes. Then at
every `x'` with `‖x' - x‖ ≤ a/b` the listed tokens are the only top-k set of the scores, and of the scores
times any positive number. -/
theorem gated_selection {H n a b d T N k : Nat} {l : List Nat} {W : Nat → Nat → Int} {ω : Nat → Int}
    {ν : Nat → Nat} {J : Nat → Nat → Nat → Int} {ζ : Nat → Nat → Int} {token : Nat → Nat}
    {c μ : Nat → Nat → Nat} {E G u v : Nat → Nat → Int} {K L : Nat → Int} {p : List PairSides}
    {x x' : Vec R} {w : Nat → R} {z : Nat → Nat → R} {m : R}
    (hm : lt zero m) (hx : WithinRatio n (ofNat a) (ofNat b) x x')
    (hw : ∀ h, Nat.lt h H → Eq (mul (ofNat d) (w h))
      (add (ofInt (ω h)) (mul (ofNat d) (dot n (fun j => ofInt (W h j)) (vsub x' x)))))
    (hz : ∀ s, Nat.lt s T → ∀ h, Nat.lt h H → Eq (mul (ofNat d) (z s h))
      (add (ofInt (ζ s h)) (mul (ofNat d) (dot n (fun j => ofInt (J s h j)) (vsub x' x)))))
    (hν : Eq (and (weightsOk H n W ν) (weightsOk H n (fun h j => Int.neg (W h j)) ν)) true)
    (hr : Eq (rowsOk N H n (Nat.mul a d) b l token c ω ζ W J E ν μ u v K L G) true)
    (hg : Eq (gapsStay T N k H n (Nat.mul a d) l token c L G p) true) :
    UniqueTopK T k (fun s => mul m (gated H w (z s))) (oneOf l) :=
  have nonneg : le (zero : R) (mul (ofNat b) (ofNat d)) := mul_nonneg (ofNat_nonneg b) (ofNat_nonneg d)
  have hy : le (normSq n (vsmul (mul (ofNat b) (ofNat d)) (vsub x' x))) (sq (ofNat (Nat.mul a d))) :=
    le_via (mul_le_mul_left (sq_nonneg (ofNat d)) hx)
      (Eq.trans (normSq_smul n _ _) (ring_eq (vars3 (ofNat b) (ofNat d) (normSq n (vsub x' x)))
        (a := mul (sq (mul (ofNat b) (ofNat d))) (normSq n (vsub x' x)))
        (b := mul (sq (ofNat d)) (mul (sq (ofNat b)) (normSq n (vsub x' x))))))
      (Eq.trans (congrArg sq (ofNat_mul a d)) (ring_eq (vars2 (ofNat a) (ofNat d))
        (a := sq (mul (ofNat a) (ofNat d))) (b := mul (sq (ofNat d)) (sq (ofNat a)))))
  have opposite (s : Nat) : Eq (gated H (fun h => neg (w h)) (z s)) (neg (gated H w (z s))) :=
    Eq.trans (sum_ext H (fun h => ring_eq (vars2 (w h) (sup (z s h) zero))
      (a := mul (neg (w h)) (sup (z s h) zero)) (b := neg (mul (w h) (sup (z s h) zero)))))
      (sum_neg H _)
  have row (s i : Nat) (es : Eq (token i) s) (hs : Nat.lt s T) (h : Nat) (hh : Nat.lt h H) :=
    Eq.subst (motive := fun i => Eq (mul (mul (ofNat b) (ofNat d)) (z s h))
        (add (ofInt (Int.mul (Int.ofNat b) (ζ i h)))
          (dot n (fun j => ofInt (J i h j)) (vsmul (mul (ofNat b) (ofNat d)) (vsub x' x)))))
      (Eq.symm es) (near_value (b := b) (hz s hs h hh))
  unique_of_separated (Nat.eq_of_beq_eq_true (bool_and hg).left) (fun s t hs ht es et =>
    have apart (a a' : Nat → Nat) (i j : Nat) (ha : AllAssumed a (z s)) (ha' : AllAssumed a' (z t))
        (f : Eq (rowsStay N H n _ token c L G s t a a' i j) true) :
        lt zero (sub (gated H w (z s)) (gated H w (z t))) :=
      have first := bool_and (bool_and f).left
      have second := bool_and (bool_and (bool_and f).right).left
      have of_s := Nat.eq_of_beq_eq_true (bool_and first.left).right
      have of_t := Nat.eq_of_beq_eq_true (bool_and second.left).right
      two_scores
        (mul_nonneg (add_nonneg zero_le_one zero_le_one) (sq_nonneg (mul (ofNat b) (ofNat d))))
        (row_below nonneg hy (fun h hh => near_value (b := b) (hw h hh)) (row s i of_s hs)
          (bool_and hν).left (rowFits_sound ha first.right)
          (pick_true (Eq.trans (congrArg (oneOf l) of_s) es)
            (everyBelow_sound hr i (Nat.le_of_ble_eq_true (bool_and first.left).left))))
        (le_congr rfl (congrArg (mul _) (Eq.symm (opposite t)))
          (row_below nonneg hy (fun h hh => near_value (b := b) (opposite_value (hw h hh)))
            (row t j of_t ht) (bool_and hν).right (rowFits_sound ha' second.right)
            (pick_false (Eq.trans (congrArg (oneOf l) of_t) et)
              (everyBelow_sound hr j (Nat.le_of_ble_eq_true (bool_and second.left).left)))))
        (lt_congr rfl
          (Eq.trans
            (ring_eq (vars4 (ofInt (L i)) (ofInt (L j))
                (dot n (fun h => (ofInt (G i h) : R)) (vsmul (mul (ofNat b) (ofNat d)) (vsub x' x)))
                (dot n (fun h => (ofInt (G j h) : R)) (vsmul (mul (ofNat b) (ofNat d)) (vsub x' x))))
              (b := add (add (ofInt (L i)) (ofInt (L j))) (add
                (dot n (fun h => (ofInt (G i h) : R)) (vsmul (mul (ofNat b) (ofNat d)) (vsub x' x)))
                (dot n (fun h => (ofInt (G j h) : R)) (vsmul (mul (ofNat b) (ofNat d)) (vsub x' x))))))
            (congrArg (fun t => add t _) (Eq.symm (ofInt_add (L i) (L j)))))
          (gap_positive hy (bool_and (bool_and f).right).right))
    lt_of_sub_pos (lt_congr rfl
      (ring_eq (vars3 m (gated H w (z s)) (gated H w (z t)))
        (a := sub (mul m (gated H w (z s))) (mul m (gated H w (z t))))
        (b := mul m (sub (gated H w (z s)) (gated H w (z t)))))
      (mul_pos hm (Or.elim
        (pick_or (pick_false et (everyBelow_sound
          (pick_true es (everyBelow_sound (bool_and hg).right s hs)) t ht)))
        (apart nothing nothing s t (AllAssumed.nothing (z s)) (AllAssumed.nothing (z t)))
        (fun f => match somePair_sound f with
        | ⟨g, e⟩ => Sides.sound apart g nothing nothing (AllAssumed.nothing (z s))
            (AllAssumed.nothing (z t)) e)))))

end

/-! ## Left to the kernel

As in `StepKernelOnly.lean`. -/

set_option linter.unusedVariables false

/-- What the elaborator takes `weightsOk` for. -/
def weightsOk._sunfold (H n : Nat) (W : Nat → Nat → Int) (ν : Nat → Nat) : Bool := true

/-- What the elaborator takes `rowsOk` for. -/
def rowsOk._sunfold (N H n α b : Nat) (l : List Nat) (token : Nat → Nat) (c : Nat → Nat → Nat)
    (ω : Nat → Int) (ζ : Nat → Nat → Int) (W : Nat → Nat → Int) (J : Nat → Nat → Nat → Int)
    (E : Nat → Nat → Int) (ν : Nat → Nat) (μ : Nat → Nat → Nat) (u v : Nat → Nat → Int)
    (K L : Nat → Int) (G : Nat → Nat → Int) : Bool := true

/-- What the elaborator takes `gapsStay` for. -/
def gapsStay._sunfold (T N k H n α : Nat) (l : List Nat) (token : Nat → Nat) (c : Nat → Nat → Nat)
    (L : Nat → Int) (G : Nat → Nat → Int) (p : List PairSides) : Bool := true

end LipBridge
