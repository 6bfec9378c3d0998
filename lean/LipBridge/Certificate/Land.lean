import LipBridge.Certificate.NatOrder
import LipBridge.Certificate.Digits
/-!
# Bitwise conjunction of packed numbers

`land` works on all digits at once: of two packed numbers it is the number packed from the `land`s of
their digits. With a mask that has the same digits everywhere it cuts every digit to size in one step.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Bit by bit -/

/-- Below 2 there are 0 and 1. -/
theorem lt_two_cases {s : Nat} (h : Nat.lt s 2) : Or (Eq s 0) (Eq s 1) :=
  match s, h with
  | 0, _ => Or.inl rfl
  | 1, _ => Or.inr rfl
  | .succ (.succ _), h => absurd (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ h))
      (Nat.not_succ_le_zero _)

/-- The lowest bits apart: `land (s + 2 a) (t + 2 b) = s t + 2 (land a b)`. -/
theorem land_bit {s t : Nat} (a b : Nat) (hs : Nat.lt s 2) (ht : Nat.lt t 2) :
    Eq (Nat.land (Nat.add s (Nat.mul 2 a)) (Nat.add t (Nat.mul 2 b)))
      (Nat.add (Nat.mul s t) (Nat.mul 2 (Nat.land a b))) :=
  let x := Nat.add s (Nat.mul 2 a)
  let y := Nat.add t (Nat.mul 2 b)
  have kx := nat_div_mod_eq (x := x) hs rfl
  have ky := nat_div_mod_eq (x := y) ht rfl
  have high : Eq (Nat.div (Nat.land x y) 2) (Nat.land a b) :=
    Eq.trans (Nat.and_div_two (a := x) (b := y)) (congr2 Nat.land kx.right ky.right)
  have low : Eq (Nat.mod (Nat.land x y) 2) (Nat.mul s t) :=
    have no (h : Not (And (Eq s 1) (Eq t 1))) (z : Eq (Nat.mul s t) 0) :
        Eq (Nat.mod (Nat.land x y) 2) (Nat.mul s t) :=
      Or.elim (lt_two_cases (nat_mod_lt (Nat.land x y) (y := 2) (Nat.le.step Nat.le.refl)))
        (fun e => Eq.trans e (Eq.symm z))
        (fun e =>
          have k := (Nat.and_mod_two_eq_one (a := x) (b := y)).mp e
          absurd ⟨Eq.trans (Eq.symm kx.left) k.left, Eq.trans (Eq.symm ky.left) k.right⟩ h)
    Or.elim (lt_two_cases hs)
      (fun e => no (fun k => Nat.noConfusion (Eq.trans (Eq.symm e) k.left))
        (Eq.trans (congrArg (fun r => Nat.mul r t) e) (nat_zero_mul t)))
      (fun e => Or.elim (lt_two_cases ht)
        (fun f => no (fun k => Nat.noConfusion (Eq.trans (Eq.symm f) k.right))
          (congrArg (Nat.mul s) f))
        (fun f => Eq.trans
          ((Nat.and_mod_two_eq_one (a := x) (b := y)).mpr
            ⟨Eq.trans kx.left e, Eq.trans ky.left f⟩)
          (Eq.symm (congr2 Nat.mul e f))))
  Eq.trans (Eq.symm (nat_mod_add_div (Nat.land x y) 2))
    (congr2 (fun r q => Nat.add r (Nat.mul 2 q)) low high)

/-- Half of a number below `2^(k+1)` is below `2^k`. -/
theorem half_lt {x k : Nat} (h : Nat.lt x (pow2 (Nat.succ k))) : Nat.lt (Nat.div x 2) (pow2 k) :=
  Or.elim (nat_lt_or_ge (Nat.div x 2) (pow2 k)) (fun g => g) (fun g =>
    absurd (Nat.le_trans h (Nat.le_trans
      (Eq.subst (motive := fun t => Nat.le t (Nat.mul 2 (Nat.div x 2))) (nat_mul_comm 2 (pow2 k))
        (nat_mul_le_mul_left 2 g))
      (nat_le_of_add_eq (k := Nat.mod x 2)
        (Eq.trans (nat_add_comm _ _) (nat_mod_add_div x 2))))) nat_lt_irrefl)

/-- The low `k` bits apart:
`land (x + 2^k y) (m + 2^k n) = land x m + 2^k (land y n)` for `x, m < 2^k`. -/
theorem land_append (k : Nat) : ∀ {x m : Nat} (y n : Nat), Nat.lt x (pow2 k) → Nat.lt m (pow2 k) →
    Eq (Nat.land (Nat.add x (Nat.mul (pow2 k) y)) (Nat.add m (Nat.mul (pow2 k) n)))
      (Nat.add (Nat.land x m) (Nat.mul (pow2 k) (Nat.land y n))) :=
  Nat.rec
    (motive := fun k => ∀ {x m : Nat} (y n : Nat), Nat.lt x (pow2 k) → Nat.lt m (pow2 k) →
      Eq (Nat.land (Nat.add x (Nat.mul (pow2 k) y)) (Nat.add m (Nat.mul (pow2 k) n)))
        (Nat.add (Nat.land x m) (Nat.mul (pow2 k) (Nat.land y n))))
    (fun {x m} y n hx hm => match x, m, hx, hm with
      | 0, 0, _, _ =>
        have e (z : Nat) : Eq (Nat.add 0 (Nat.mul 1 z)) z :=
          nat_ring (vars1 z) (a := Nat.add 0 (Nat.mul 1 z))
        Eq.trans (congr2 Nat.land (e y) (e n)) (Eq.symm (e (Nat.land y n)))
      | .succ _, _, h, _ => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _)
      | 0, .succ _, _, h => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _))
    (fun k ih {x m} y n hx hm =>
      have bit (z : Nat) : Nat.lt (Nat.mod z 2) 2 := nat_mod_lt z (Nat.le.step Nat.le.refl)
      have e (z q : Nat) : Eq (Nat.add z (Nat.mul (pow2 (Nat.succ k)) q))
          (Nat.add (Nat.mod z 2) (Nat.mul 2 (Nat.add (Nat.div z 2) (Nat.mul (pow2 k) q)))) :=
        Eq.trans (congrArg (fun t => Nat.add t (Nat.mul (pow2 (Nat.succ k)) q))
            (Eq.symm (nat_mod_add_div z 2)))
          (nat_ring (vars4 (Nat.mod z 2) (Nat.div z 2) (pow2 k) q)
            (a := Nat.add (Nat.add (Nat.mod z 2) (Nat.mul (Nat.add 1 1) (Nat.div z 2)))
              (Nat.mul (Nat.mul (pow2 k) (Nat.add 1 1)) q))
            (b := Nat.add (Nat.mod z 2)
              (Nat.mul (Nat.add 1 1) (Nat.add (Nat.div z 2) (Nat.mul (pow2 k) q)))))
      have l : Eq (Nat.land x m) (Nat.add (Nat.mul (Nat.mod x 2) (Nat.mod m 2))
          (Nat.mul 2 (Nat.land (Nat.div x 2) (Nat.div m 2)))) :=
        Eq.trans (congr2 Nat.land (Eq.symm (nat_mod_add_div x 2)) (Eq.symm (nat_mod_add_div m 2)))
          (land_bit (Nat.div x 2) (Nat.div m 2) (bit x) (bit m))
      Eq.trans (congr2 Nat.land (e x y) (e m n))
        (Eq.trans (land_bit _ _ (bit x) (bit m))
          (Eq.trans (congrArg (fun t => Nat.add (Nat.mul (Nat.mod x 2) (Nat.mod m 2)) (Nat.mul 2 t))
              (ih y n (half_lt hx) (half_lt hm)))
            (Eq.trans
              (nat_ring (vars4 (Nat.mul (Nat.mod x 2) (Nat.mod m 2))
                  (Nat.land (Nat.div x 2) (Nat.div m 2)) (pow2 k) (Nat.land y n))
                (a := Nat.add (Nat.mul (Nat.mod x 2) (Nat.mod m 2)) (Nat.mul (Nat.add 1 1)
                  (Nat.add (Nat.land (Nat.div x 2) (Nat.div m 2)) (Nat.mul (pow2 k) (Nat.land y n)))))
                (b := Nat.add (Nat.add (Nat.mul (Nat.mod x 2) (Nat.mod m 2))
                    (Nat.mul (Nat.add 1 1) (Nat.land (Nat.div x 2) (Nat.div m 2))))
                  (Nat.mul (Nat.mul (pow2 k) (Nat.add 1 1)) (Nat.land y n))))
              (congrArg (fun t => Nat.add t (Nat.mul (pow2 (Nat.succ k)) (Nat.land y n)))
                (Eq.symm l)))))) k

/-- `n < 2^n`. -/
theorem lt_pow2 (n : Nat) : Nat.lt n (pow2 n) :=
  Nat.rec (motive := fun n => Nat.lt n (pow2 n)) Nat.le.refl
    (fun n ih => Nat.le_trans (Nat.succ_le_succ ih)
      (Eq.subst (motive := fun t => Nat.le (Nat.succ (pow2 n)) t)
        (Eq.symm (nat_ring (vars1 (pow2 n)) (a := Nat.mul (pow2 n) (Nat.add 1 1))
          (b := Nat.add (pow2 n) (pow2 n))))
        (nat_add_le_add (Nat.le.refl (n := pow2 n)) (pow2_pos n)))) n

/-- `0 < 2^k` bits, all 1, in two ways: `2^(k+1) - 1 = 1 + 2 (2^k - 1)`. -/
theorem mask_succ (k : Nat) : Eq (Nat.sub (pow2 (Nat.succ k)) 1)
    (Nat.add 1 (Nat.mul 2 (Nat.sub (pow2 k) 1))) :=
  nat_add_right_cancel 1 (Eq.trans (nat_sub_add_cancel (pow2_pos (Nat.succ k)))
    (Eq.trans (congrArg (fun t => Nat.mul t 2) (Eq.symm (nat_sub_add_cancel (pow2_pos k))))
      (nat_ring (vars1 (Nat.sub (pow2 k) 1))
        (a := Nat.mul (Nat.add (Nat.sub (pow2 k) 1) 1) (Nat.add 1 1))
        (b := Nat.add (Nat.add 1 (Nat.mul (Nat.add 1 1) (Nat.sub (pow2 k) 1))) 1))))

/-- Nothing and everything: `land x 0 = 0` and `land x (2^k - 1) = x` for `x < 2^k`. -/
theorem land_mask (k : Nat) : ∀ {x : Nat}, Nat.lt x (pow2 k) →
    And (Eq (Nat.land x 0) 0) (Eq (Nat.land x (Nat.sub (pow2 k) 1)) x) :=
  Nat.rec
    (motive := fun k => ∀ {x : Nat}, Nat.lt x (pow2 k) →
      And (Eq (Nat.land x 0) 0) (Eq (Nat.land x (Nat.sub (pow2 k) 1)) x))
    (fun {x} h => match x, h with
      | 0, _ => ⟨rfl, rfl⟩
      | .succ _, h => absurd (Nat.le_of_succ_le_succ h) (Nat.not_succ_le_zero _))
    (fun k ih {x} h =>
      have i := ih (half_lt h)
      have bit : Nat.lt (Nat.mod x 2) 2 := nat_mod_lt x (Nat.le.step Nat.le.refl)
      have e := Eq.symm (nat_mod_add_div x 2)
      ⟨Eq.trans (congrArg (fun t => Nat.land t 0) e)
        (Eq.trans (land_bit (t := 0) (Nat.div x 2) 0 bit (Nat.le.step Nat.le.refl))
          (congrArg (fun t => Nat.add 0 (Nat.mul 2 t)) i.left)),
       Eq.trans (congr2 Nat.land e (mask_succ k))
        (Eq.trans (land_bit (t := 1) (Nat.div x 2) (Nat.sub (pow2 k) 1) bit Nat.le.refl)
          (Eq.trans (congr2 (fun s t => Nat.add s (Nat.mul 2 t)) (nat_mul_one (Nat.mod x 2)) i.right)
            (Eq.symm e)))⟩) k

/-- `land x (2^k - 1) = x % 2^k`. -/
theorem land_eq_mod (x k : Nat) : Eq (Nat.land x (Nat.sub (pow2 k) 1)) (Nat.mod x (pow2 k)) :=
  let r := Nat.mod x (pow2 k)
  let q := Nat.shiftRight x k
  have hr : Nat.lt r (pow2 k) := nat_mod_lt x (pow2_pos k)
  have hm : Nat.lt (Nat.sub (pow2 k) 1) (pow2 k) :=
    Eq.subst (motive := fun t => Nat.le t (pow2 k)) (Eq.symm (nat_sub_add_cancel (pow2_pos k)))
      Nat.le.refl
  Eq.trans (congrArg (fun t => Nat.land t (Nat.sub (pow2 k) 1)) (Eq.symm (mod_add_shiftRight x k)))
    (Eq.trans (land_append k q 0 hr hm)
      (congr2 (fun s t => Nat.add s (Nat.mul (pow2 k) t)) (land_mask k hr).right
        (land_mask q (lt_pow2 q)).left))

/-! ## Digit by digit -/

/-- Of two packed numbers: `land (pack f) (pack h) = pack (land f h)`. -/
theorem land_pack (b n : Nat) {f h : Nat → Nat} (hf : ∀ p, Nat.lt (f p) (pow2 b))
    (hh : ∀ p, Nat.lt (h p) (pow2 b)) :
    Eq (Nat.land (pack (pow2 b) n f) (pack (pow2 b) n h))
      (pack (pow2 b) n (fun p => Nat.land (f p) (h p))) :=
  Nat.rec
    (motive := fun n => ∀ f h : Nat → Nat, (∀ p, Nat.lt (f p) (pow2 b)) →
      (∀ p, Nat.lt (h p) (pow2 b)) → Eq (Nat.land (pack (pow2 b) n f) (pack (pow2 b) n h))
        (pack (pow2 b) n (fun p => Nat.land (f p) (h p))))
    (fun _ _ _ _ => rfl)
    (fun _ ih f h hf hh => Eq.trans (land_append b _ _ (hf 0) (hh 0))
      (congrArg (fun t => Nat.add (Nat.land (f 0) (h 0)) (Nat.mul (pow2 b) t))
        (ih (fun p => f (Nat.succ p)) (fun p => h (Nat.succ p)) (fun p => hf (Nat.succ p))
          (fun p => hh (Nat.succ p))))) n f h hf hh

/-- The bits from `e` on: `land h (2^e (2^f - 1)) = 2^e (h >> e)` where these are at most `f`. -/
theorem land_upper {e f h : Nat} (hh : Nat.lt (Nat.shiftRight h e) (pow2 f)) :
    Eq (Nat.land h (Nat.mul (pow2 e) (Nat.sub (pow2 f) 1)))
      (Nat.mul (pow2 e) (Nat.shiftRight h e)) :=
  have hr : Nat.lt (Nat.mod h (pow2 e)) (pow2 e) := nat_mod_lt h (pow2_pos e)
  Eq.trans
    (congr2 Nat.land (Eq.symm (mod_add_shiftRight h e))
      (Eq.symm (nat_zero_add (Nat.mul (pow2 e) (Nat.sub (pow2 f) 1)))))
    (Eq.trans (land_append e (Nat.shiftRight h e) (Nat.sub (pow2 f) 1) hr (pow2_pos e))
      (Eq.trans
        (congr2 (fun s t => Nat.add s (Nat.mul (pow2 e) t)) (land_mask e hr).left
          (land_mask f hh).right)
        (nat_zero_add _)))

end LipBridge
