import LipBridge.Evaluate.Strides
/-!
# Inner products by one multiplication

`(Σ_p f_p B^p) (Σ_p g_p B^(n-p))` has `Σ_p f_p g_p` at the place `n`: what is below it is carried
nowhere as long as the base is wide enough. So an inner product of two packed numbers takes a few
operations, once one of them is packed the other way round.
-/

set_option autoImplicit false

namespace LipBridge

/-- `Σ_{p<n} f_p 2^(b (n-p))`: digits packed downwards, above a digit that is 0. -/
noncomputable def packDown (b n : Nat) (f : Nat → Nat) : Nat :=
  Nat.rec (motive := fun _ => Nat) 0 (fun p ih => Nat.shiftLeft (Nat.add ih (f p)) b) n

/-- `Σ_p x_p y_p` for digits `x_p` of `X` in base `2^b` and `Y` that packs the `y_p` downwards. -/
noncomputable def innerDigit (b n X Y : Nat) : Nat := digit b (Nat.mul X Y) n

/-- One more digit below. -/
theorem packDown_last (b n : Nat) (f : Nat → Nat) :
    Eq (packDown b (Nat.succ n) f) (Nat.mul (pow2 b) (Nat.add (packDown b n f) (f n))) :=
  shiftLeft_eq_mul _ b

/-- The lowest digit is 0. -/
theorem packDown_multiple (b n : Nat) (f : Nat → Nat) :
    Exists fun q => Eq (packDown b n f) (Nat.mul (pow2 b) q) :=
  match n with
  | 0 => ⟨0, rfl⟩
  | .succ n => ⟨_, packDown_last b n f⟩

section
variable {b F G : Nat} {f g : Nat → Nat}

/-- A packed number is at most twice its highest digit: `B Σ_{p<n} f_p B^p ≤ 2 F B^n`. -/
theorem pack_le (hB : Nat.le 2 (pow2 b)) (hf : ∀ p, Nat.le (f p) F) (n : Nat) :
    Nat.le (Nat.mul (pow2 b) (pack (pow2 b) n f)) (Nat.mul (Nat.mul 2 F) (Nat.pow (pow2 b) n)) :=
  let B := pow2 b
  Nat.rec
    (motive := fun n => Nat.le (Nat.mul B (pack B n f)) (Nat.mul (Nat.mul 2 F) (Nat.pow B n)))
    (Nat.zero_le _)
    (fun n ih =>
      let E := Nat.pow B n
      have top : Nat.le (Nat.mul B (Nat.mul E (f n))) (Nat.mul B (Nat.mul E F)) :=
        nat_mul_le_mul_left B (nat_mul_le_mul_left E (hf n))
      have low : Nat.le (Nat.mul B (pack B n f)) (Nat.mul B (Nat.mul E F)) :=
        Nat.le_trans ih (Eq.subst (motive := fun t => Nat.le t (Nat.mul B (Nat.mul E F)))
          (nat_ring (vars2 E F) (a := Nat.mul 2 (Nat.mul E F)) (b := Nat.mul (Nat.mul 2 F) E))
          (nat_mul_le_mul hB Nat.le.refl))
      Eq.subst (motive := fun t => Nat.le (Nat.mul B t) (Nat.mul (Nat.mul 2 F) (Nat.mul E B)))
        (Eq.symm (pack_last B n f))
        (Eq.subst (motive := fun t => Nat.le t (Nat.mul (Nat.mul 2 F) (Nat.mul E B)))
          (Eq.symm (nat_mul_add B (pack B n f) (Nat.mul E (f n))))
          (Eq.subst (motive := fun t => Nat.le (Nat.add (Nat.mul B (pack B n f))
              (Nat.mul B (Nat.mul E (f n)))) t)
            (nat_ring (vars3 B E F)
              (a := Nat.add (Nat.mul B (Nat.mul E F)) (Nat.mul B (Nat.mul E F)))
              (b := Nat.mul (Nat.mul 2 F) (Nat.mul E B)))
            (nat_add_le_add low top)))) n

/-- How the product goes on. -/
theorem inner_step (B l E s h P c a q : Nat) :
    Eq (Nat.add (Nat.mul B (Nat.add l (Nat.mul E (Nat.add s (Nat.mul B h)))))
        (Nat.add (Nat.mul B (Nat.mul P c))
          (Nat.mul (Nat.mul E B) (Nat.add (Nat.mul B (Nat.mul a q)) (Nat.mul a c)))))
      (Nat.add (Nat.mul B (Nat.add l (Nat.mul P c)))
        (Nat.mul (Nat.mul E B) (Nat.add (Nat.add s (Nat.mul a c))
          (Nat.mul B (Nat.add h (Nat.mul a q)))))) :=
  nat_ring (.cons a (vars8 B l E s h P c q))

/-- The product of the two packed numbers: the sum at the place `n`, and what is below it. -/
theorem inner_split (hB : Nat.le 2 (pow2 b)) (hf : ∀ p, Nat.le (f p) F) (hg : ∀ p, Nat.le (g p) G)
    (n : Nat) :
    Exists fun l => Exists fun h => And
      (Nat.le (Nat.mul (pow2 b) l)
        (Nat.mul (Nat.mul n (Nat.mul (Nat.mul 2 F) G)) (Nat.pow (pow2 b) n)))
      (Eq (Nat.mul (pack (pow2 b) n f) (packDown b n g))
        (Nat.add l (Nat.mul (Nat.pow (pow2 b) n)
          (Nat.add (natSum n (fun p => Nat.mul (f p) (g p))) (Nat.mul (pow2 b) h))))) :=
  let B := pow2 b
  let K := Nat.mul (Nat.mul 2 F) G
  let s (n : Nat) : Nat := natSum n (fun p => Nat.mul (f p) (g p))
  Nat.rec
    (motive := fun n => Exists fun l => Exists fun h => And
      (Nat.le (Nat.mul B l) (Nat.mul (Nat.mul n K) (Nat.pow B n)))
      (Eq (Nat.mul (pack B n f) (packDown b n g))
        (Nat.add l (Nat.mul (Nat.pow B n) (Nat.add (s n) (Nat.mul B h))))))
    ⟨0, 0, Nat.zero_le _, rfl⟩
    (fun n ih => match ih, packDown_multiple b n g with
      | ⟨l, h, hl, e⟩, ⟨q, hq⟩ =>
        let E := Nat.pow B n
        let P := pack B n f
        have below : Nat.le (Nat.mul B (Nat.mul B (Nat.add l (Nat.mul P (g n)))))
            (Nat.mul (Nat.mul (Nat.succ n) K) (Nat.mul E B)) :=
          Eq.subst (motive := fun t => Nat.le t (Nat.mul (Nat.mul (Nat.succ n) K) (Nat.mul E B)))
            (nat_ring (vars4 B l P (g n))
              (a := Nat.mul B (Nat.add (Nat.mul B l) (Nat.mul (Nat.mul B P) (g n))))
              (b := Nat.mul B (Nat.mul B (Nat.add l (Nat.mul P (g n))))))
            (Eq.subst (motive := Nat.le _)
              (nat_ring (vars5 B n F G E)
                (a := Nat.mul B (Nat.add (Nat.mul (Nat.mul n (Nat.mul (Nat.mul 2 F) G)) E)
                  (Nat.mul (Nat.mul (Nat.mul 2 F) E) G)))
                (b := Nat.mul (Nat.mul (Nat.succ n) (Nat.mul (Nat.mul 2 F) G)) (Nat.mul E B)))
              (nat_mul_le_mul_left B (nat_add_le_add hl
                (nat_mul_le_mul (pack_le hB hf n) (hg n)))))
        ⟨Nat.mul B (Nat.add l (Nat.mul P (g n))), Nat.add h (Nat.mul (f n) q), below,
          Eq.trans (congr2 Nat.mul (pack_last B n f) (packDown_last b n g))
            (Eq.trans
              (nat_ring (vars6 P E (f n) B (packDown b n g) (g n))
                (a := Nat.mul (Nat.add P (Nat.mul E (f n)))
                  (Nat.mul B (Nat.add (packDown b n g) (g n))))
                (b := Nat.add (Nat.mul B (Nat.mul P (packDown b n g)))
                  (Nat.add (Nat.mul B (Nat.mul P (g n)))
                    (Nat.mul (Nat.mul E B) (Nat.add (Nat.mul (f n) (packDown b n g))
                      (Nat.mul (f n) (g n)))))))
              (Eq.trans
                (congr2 (fun x y => Nat.add (Nat.mul B x) (Nat.add (Nat.mul B (Nat.mul P (g n)))
                  (Nat.mul (Nat.mul E B) (Nat.add y (Nat.mul (f n) (g n)))))) e
                  (Eq.trans (congrArg (Nat.mul (f n)) hq)
                    (nat_ring (vars3 (f n) B q) (b := Nat.mul B (Nat.mul (f n) q)))))
                (inner_step B l E (s n) h P (g n) (f n) q)))⟩) n

/-- The sum itself, where the base is wide enough: `2 n F G < B`. -/
theorem innerDigit_eq (hB : Nat.le 2 (pow2 b)) (hf : ∀ p, Nat.le (f p) F)
    (hg : ∀ p, Nat.le (g p) G) {n : Nat}
    (h : Nat.lt (Nat.mul n (Nat.mul (Nat.mul 2 F) G)) (pow2 b)) :
    Eq (innerDigit b n (pack (pow2 b) n f) (packDown b n g))
      (natSum n (fun p => Nat.mul (f p) (g p))) :=
  match inner_split hB hf hg n with
  | ⟨l, _, hl, e⟩ =>
    let B := pow2 b
    let E := Nat.pow B n
    let K := Nat.mul n (Nat.mul (Nat.mul 2 F) G)
    have pos : Nat.lt 0 E := Eq.subst (motive := Nat.lt 0) (pow2_mul b n) (pow2_pos (Nat.mul b n))
    have low : Nat.lt l E := Or.elim (nat_lt_or_ge l E) (fun k => k) (fun k =>
      have most : Nat.le (Nat.add (Nat.mul K E) E) (Nat.mul K E) :=
        Nat.le_trans (Eq.subst (motive := fun t => Nat.le t (Nat.mul B l)) (nat_succ_mul K E)
          (nat_mul_le_mul h k)) hl
      absurd (Nat.le_trans (nat_add_le_add (Nat.le.refl (n := Nat.mul K E)) pos) most)
        (Nat.not_succ_le_self _))
    have small : Nat.lt (natSum n (fun p => Nat.mul (f p) (g p))) B :=
      Nat.le_trans (Nat.succ_le_succ (Nat.le_trans
        (natSum_le n (Nat.mul F G) (fun p => nat_mul_le_mul (hf p) (hg p)))
        (nat_mul_le_mul_left n (Eq.subst (motive := Nat.le (Nat.mul F G))
          (nat_ring (vars2 F G) (a := Nat.add (Nat.mul F G) (Nat.mul F G))
            (b := Nat.mul (Nat.mul 2 F) G)) (nat_le_add _ _))))) h
    (mod_shiftRight_eq small (mod_shiftRight_eq
      (Eq.subst (motive := Nat.lt l) (Eq.symm (pow2_mul b n)) low)
      (Eq.trans e (congrArg (fun t => Nat.add l (Nat.mul t _)) (Eq.symm (pow2_mul b n))))).right).left

end

/-- The inner product of the digits of `x` with numbers that are packed downwards. -/
theorem innerDigit_spread {w v e n : Nat} {sh : Shape} {g : Nat → Nat} (hS : Eq (Shape.size sh) n)
    (hw : Nat.le (pow2 w) (pow2 e)) (hB : Nat.le 2 (pow2 e)) (hg : ∀ p, Nat.le (g p) (pow2 v))
    (h : Nat.lt (Nat.mul n (Nat.mul (Nat.mul 2 (pow2 w)) (pow2 v))) (pow2 e)) (x : Nat) :
    Eq (innerDigit e n (spread w e sh x) (packDown e n g))
      (natSum n (fun p => Nat.mul (digit w x p) (g p))) :=
  Eq.trans
    (congrArg (fun y => innerDigit e n y (packDown e n g))
      (Eq.trans (spread_eq_pack hw sh x)
        (congrArg (fun n => pack (pow2 e) n (digit w x)) hS)))
    (innerDigit_eq hB (fun p => Nat.le_trans (Nat.le_succ _) (digit_lt w x p)) hg h)

end LipBridge
