import LipBridge.Certificate.Rows
/-!
# Spreading the digits of a row

`spread` moves the digits of a packed row from base `2^w` to a wider base `2^b`, where products of
rows do not overflow: three operations a digit, on groups of eight digits.
-/

set_option autoImplicit false

namespace LipBridge

/-- A binary tree over the digits of a row, with one or eight digits in a leaf. -/
inductive Shape : Type where
  /-- One digit. -/
  | one : Shape
  /-- Eight digits. -/
  | eight : Shape
  /-- The digits of `l`, then those of `r`. -/
  | node (l r : Shape) : Shape

/-- The number of digits. -/
noncomputable def Shape.size (s : Shape) : Nat :=
  Shape.rec (motive := fun _ => Nat) 1 8 (fun _ _ a b => Nat.add a b) s

/-- `Σ_{t<n} (y >> w*t) * B^t`. -/
noncomputable def chain (w B n : Nat) : Nat → Nat :=
  Nat.rec (motive := fun _ => Nat → Nat) (fun _ => 0)
    (fun _ ih y => Nat.add y (Nat.mul B (ih (Nat.shiftRight y w)))) n

/-- `Σ_{t<n} (y >> w*(i+t)) * B^t`: the same chain, each quotient straight from `y`. -/
noncomputable def chainFrom (w B y n : Nat) : Nat → Nat :=
  Nat.rec (motive := fun _ => Nat → Nat) (fun _ => 0)
    (fun _ ih i => Nat.add (Nat.shiftRight y (Nat.mul w i)) (Nat.mul B (ih (Nat.succ i)))) n

/-- Both chains are equal. -/
theorem chainFrom_eq (w B y n : Nat) : ∀ i,
    Eq (chainFrom w B y n i) (chain w B n (Nat.shiftRight y (Nat.mul w i))) :=
  Nat.rec
    (motive := fun n => ∀ i,
      Eq (chainFrom w B y n i) (chain w B n (Nat.shiftRight y (Nat.mul w i))))
    (fun _ => rfl)
    (fun n ih i => congrArg
      (fun t => Nat.add (Nat.shiftRight y (Nat.mul w i)) (Nat.mul B t))
      (Eq.trans (ih (Nat.succ i))
        (congrArg (chain w B n) (shiftRight_add y (Nat.mul w i) w)))) n

/-- Eight digits of base `2^w` in base `B = 2^w + K`; `w₁, …, w₇` are the multiples of `w`. With
`q_t = y >> w*t`, digit `t` is `q_t - 2^w * q_{t+1}`; so the sum of `digit_t * B^t` is
`y + K * Σ_{t≥1} q_t * B^(t-1)`. -/
noncomputable def spread8 (w₁ w₂ w₃ w₄ w₅ w₆ w₇ B K y : Nat) : Nat :=
  Nat.add y (Nat.mul K
    (Nat.add (Nat.shiftRight y w₁) (Nat.mul B
    (Nat.add (Nat.shiftRight y w₂) (Nat.mul B
    (Nat.add (Nat.shiftRight y w₃) (Nat.mul B
    (Nat.add (Nat.shiftRight y w₄) (Nat.mul B
    (Nat.add (Nat.shiftRight y w₅) (Nat.mul B
    (Nat.add (Nat.shiftRight y w₆) (Nat.mul B (Nat.shiftRight y w₇))))))))))))))

/-- The digits of `x` in base `2^w`, as many as `s` has, in base `2^b`. What depends on `w` and `b`
only is handed in: the multiples of `w`, `B = 2^b`, `K = 2^b - 2^w`, `M = 2^(8w)`. -/
noncomputable def spreadWith (w w₂ w₃ w₄ w₅ w₆ w₇ b B K M : Nat) (s : Shape) : Nat → Nat :=
  Shape.rec (motive := fun _ => Nat → Nat) (fun x => Nat.mod x (Nat.pow 2 w))
    (fun x => spread8 w w₂ w₃ w₄ w₅ w₆ w₇ B K (Nat.mod x M))
    (fun l _ f g x =>
      Nat.add (f (Nat.mod x (Nat.pow 2 (Nat.mul w (Shape.size l)))))
        (Nat.shiftLeft (g (Nat.shiftRight x (Nat.mul w (Shape.size l))))
          (Nat.mul b (Shape.size l)))) s

/-- The digits of `x` in base `2^w`, as many as `s` has, in base `2^b`. -/
noncomputable def spread (w b : Nat) (s : Shape) : Nat → Nat :=
  spreadWith w (Nat.mul w 2) (Nat.mul w 3) (Nat.mul w 4) (Nat.mul w 5) (Nat.mul w 6) (Nat.mul w 7)
    b (Nat.pow 2 b) (Nat.sub (Nat.pow 2 b) (Nat.pow 2 w)) (Nat.pow 2 (Nat.mul w 8)) s

/-- The quotients of `spread8` are the chain. -/
theorem spread8_chain (w B y : Nat) :
    Eq (Nat.add (Nat.shiftRight y w) (Nat.mul B
        (Nat.add (Nat.shiftRight y (Nat.mul w 2)) (Nat.mul B
        (Nat.add (Nat.shiftRight y (Nat.mul w 3)) (Nat.mul B
        (Nat.add (Nat.shiftRight y (Nat.mul w 4)) (Nat.mul B
        (Nat.add (Nat.shiftRight y (Nat.mul w 5)) (Nat.mul B
        (Nat.add (Nat.shiftRight y (Nat.mul w 6)) (Nat.mul B
          (Nat.shiftRight y (Nat.mul w 7))))))))))))))
      (chain w B 7 (Nat.shiftRight y w)) :=
  Eq.trans
    (congrArg (fun t => Nat.add (Nat.shiftRight y t) (Nat.mul B (chainFrom w B y 6 2)))
      (Eq.symm (nat_zero_add w)))
    (Eq.trans (chainFrom_eq w B y 7 1)
      (congrArg (fun t => chain w B 7 (Nat.shiftRight y t)) (nat_zero_add w)))

/-- The chain of quotients packs the digits. -/
theorem chain_eq_pack {w B K : Nat} (hB : Eq (Nat.add K (pow2 w)) B) (n : Nat) : ∀ y,
    Eq (Nat.shiftRight y (Nat.mul w (Nat.succ n))) 0 →
      Eq (Nat.add y (Nat.mul K (chain w B n (Nat.shiftRight y w))))
        (pack B (Nat.succ n) (digit w y)) :=
  Nat.rec
    (motive := fun n => ∀ y, Eq (Nat.shiftRight y (Nat.mul w (Nat.succ n))) 0 →
      Eq (Nat.add y (Nat.mul K (chain w B n (Nat.shiftRight y w))))
        (pack B (Nat.succ n) (digit w y)))
    (fun y h =>
      have h' : Eq (Nat.shiftRight y w) 0 :=
        Eq.trans (congrArg (Nat.shiftRight y) (Eq.symm (nat_zero_add w))) h
      have e : Eq y (digit w y 0) :=
        Eq.trans (Eq.symm (mod_add_shiftRight y w))
          (congrArg (fun t => Nat.add (Nat.mod y (pow2 w)) (Nat.mul (pow2 w) t)) h')
      e)
    (fun n ih y h =>
      have z : Eq (Nat.shiftRight (Nat.shiftRight y w) (Nat.mul w (Nat.succ n))) 0 :=
        Eq.trans (Eq.symm (shiftRight_add y w (Nat.mul w (Nat.succ n))))
          (Eq.trans (congrArg (Nat.shiftRight y) (nat_add_comm w (Nat.mul w (Nat.succ n)))) h)
      have i := ih (Nat.shiftRight y w) z
      have d : Eq (pack B (Nat.succ n) (fun p => digit w y (Nat.succ p)))
          (pack B (Nat.succ n) (digit w (Nat.shiftRight y w))) :=
        pack_congr B (Nat.succ n) (fun p _ => digit_succ w y p)
      have key (q c : Nat) :
          Eq (Nat.add (Nat.add (digit w y 0) (Nat.mul (pow2 w) q))
              (Nat.mul K (Nat.add q (Nat.mul (Nat.add K (pow2 w)) c))))
            (Nat.add (digit w y 0) (Nat.mul (Nat.add K (pow2 w)) (Nat.add q (Nat.mul K c)))) :=
        nat_ring (vars5 (digit w y 0) (pow2 w) q K c)
      have key' : Eq (Nat.add (Nat.add (digit w y 0) (Nat.mul (pow2 w) (Nat.shiftRight y w)))
            (Nat.mul K (chain w B (Nat.succ n) (Nat.shiftRight y w))))
          (Nat.add (digit w y 0) (Nat.mul B (Nat.add (Nat.shiftRight y w)
            (Nat.mul K (chain w B n (Nat.shiftRight (Nat.shiftRight y w) w)))))) :=
        Eq.subst (motive := fun C => Eq
            (Nat.add (Nat.add (digit w y 0) (Nat.mul (pow2 w) (Nat.shiftRight y w)))
              (Nat.mul K (Nat.add (Nat.shiftRight y w)
                (Nat.mul C (chain w B n (Nat.shiftRight (Nat.shiftRight y w) w))))))
            (Nat.add (digit w y 0) (Nat.mul C (Nat.add (Nat.shiftRight y w)
              (Nat.mul K (chain w B n (Nat.shiftRight (Nat.shiftRight y w) w))))))) hB
          (key (Nat.shiftRight y w) (chain w B n (Nat.shiftRight (Nat.shiftRight y w) w)))
      Eq.trans
        (congrArg (fun t => Nat.add t (Nat.mul K (chain w B (Nat.succ n) (Nat.shiftRight y w))))
          (Eq.symm (mod_add_shiftRight y w)))
        (Eq.trans key'
          (congrArg (fun t => Nat.add (digit w y 0) (Nat.mul B t)) (Eq.trans i (Eq.symm d))))) n

/-- `spread` packs the digits in the wider base:
`spread w b s x = Σ_{p < size s} digit w x p * 2^(b*p)`. -/
theorem spread_eq_pack {w b : Nat} (hw : Nat.le (pow2 w) (pow2 b)) (s : Shape) : ∀ x,
    Eq (spread w b s x) (pack (pow2 b) (Shape.size s) (digit w x)) :=
  Shape.rec
    (motive := fun s => ∀ x, Eq (spread w b s x) (pack (pow2 b) (Shape.size s) (digit w x)))
    (fun _ => rfl)
    (fun x => Eq.trans
      (congrArg (fun t => Nat.add (Nat.mod x (pow2 (Nat.mul w 8)))
        (Nat.mul (Nat.sub (pow2 b) (pow2 w)) t))
        (spread8_chain w (pow2 b) (Nat.mod x (pow2 (Nat.mul w 8)))))
      (Eq.trans
        (chain_eq_pack (nat_sub_add_cancel hw) 7 (Nat.mod x (pow2 (Nat.mul w 8)))
          (shiftRight_mod w x 8))
        (pack_congr (pow2 b) 8 (fun _ hp => digit_mod w x 8 hp))))
    (fun l r f g x => Eq.trans
      (congr2 Nat.add
        (Eq.trans (f (Nat.mod x (pow2 (Nat.mul w (Shape.size l)))))
          (pack_congr (pow2 b) (Shape.size l) (fun _ hp => digit_mod w x (Shape.size l) hp)))
        (Eq.trans (shiftLeft_eq_mul _ (Nat.mul b (Shape.size l)))
          (congr2 Nat.mul (pow2_mul b (Shape.size l))
            (Eq.trans (g (Nat.shiftRight x (Nat.mul w (Shape.size l))))
              (pack_congr (pow2 b) (Shape.size r)
                (fun p _ => Eq.symm (digit_add w x (Shape.size l) p)))))))
      (Eq.symm (pack_append (pow2 b) (Shape.size l) (Shape.size r) (digit w x)))) s

end LipBridge
