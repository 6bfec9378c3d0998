import LipBridge.Selection.Gated
import LipBridge.Evaluate.Packed
/-!
# Weighted sums of ReLUs, each weight and each argument in a range

A weight times a ReLU is least at an end of either range, head by head. So is a weight times the difference of two
ReLUs, whose range the two arguments and their difference give: where both keep their sides it is that of the
difference, or of the one that is on.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-! ## One score -/

/-- `p - n` and the least that `Σ_h y_h max(z_h, 0)` can be: `v` says what the weights are at least, and `z_h` is
within `m` of `b` times digit `h` of `x`, less `c`. -/
noncomputable def reluLow (w b c m : Nat) (v : List Int) : Nat → Nat → Nat → Int :=
  List.rec (motive := fun _ => Nat → Nat → Nat → Int) (fun _ p n => diff p n)
    (fun y _ ih x p n =>
      force (Nat.mul b (Nat.mod x (Nat.pow 2 w))) fun d => force (Nat.shiftRight x w) fun x =>
        Int.rec (motive := fun _ => Int)
          (fun y => force (Nat.add p (Nat.mul y (Nat.sub d (Nat.add c m)))) fun p => ih x p n)
          (fun y => force (Nat.add n (Nat.mul (Nat.succ y) (Nat.sub (Nat.add d m) c))) fun n => ih x p n)
          y) v

/-! ## Two scores -/

/-- The smaller of two integers. -/
noncomputable def lesser (x y : Int) : Int := pick (intBle x y) x y

/-- The least that `max(A, 0) - max(B, 0)` can be, with `A` within `p` of `a`, `B` within `q` of `b` and `A - B`
within `r` of `a - b`. -/
noncomputable def reluGap (a b : Int) (p q r : Nat) : Int :=
  lesser (sup (Int.add a (Int.neg (Int.ofNat p))) (Int.ofNat 0))
    (sup (Int.add (Int.add a (Int.neg b)) (Int.neg (Int.ofNat r)))
      (Int.add (Int.neg b) (Int.neg (Int.ofNat q))))

/-- The least that `y g` can be, `y` from `v` to `u` and `g` from `lo` to `hi`. -/
noncomputable def productLow (v u lo hi : Int) : Int :=
  lesser (lesser (Int.mul v lo) (Int.mul v hi)) (lesser (Int.mul u lo) (Int.mul u hi))

/-- The least that `Σ_h y_h (max(A_h, 0) - max(B_h, 0))` can be: `v` and `v'` say what the weights and their
opposites are at least, `A_h` is within `p` of `a_h`, `B_h` within `q` of `b_h`, and `A_h - B_h` within `r` of
`a_h - b_h`. -/
noncomputable def reluGaps (H : Nat) (v v' : Vec Int) (a b : Nat → Int) (p q r : Nat) : Int :=
  sum H fun h => productLow (v h) (Int.neg (v' h)) (reluGap (a h) (b h) p q r)
    (Int.neg (reluGap (b h) (a h) q p r))

/-- It is not above either. -/
theorem lesser_le (x y : Int) : And (Int.le (lesser x y) x) (Int.le (lesser x y) y) :=
  have found (b : Bool) (h : Eq (intBle x y) b) : And (Int.le (pick b x y) x) (Int.le (pick b x y) y) :=
    match b, h with
    | true, h => ⟨int_le_refl x, int_le_of_ble h⟩
    | false, h => ⟨int_le_of_ble_false h, int_le_refl y⟩
  found (intBle x y) rfl

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

/-- The ends of a range. -/
theorem ends_of_abs {y z m : R} (h : le (abs (sub y z)) m) : And (le (sub z m) y) (le y (add z m)) :=
  ⟨le_via (add_le_add_left (sub y m) (le_trans (neg_le_abs _) h))
      (ring_eq (vars3 y z m) (a := sub z m) (b := add (sub y m) (neg (sub y z))))
      (ring_eq (vars2 y m) (a := y) (b := add (sub y m) m)),
   le_via (add_le_add_left z (le_trans (le_abs _) h))
      (ring_eq (vars2 y z) (a := y) (b := add z (sub y z))) rfl⟩

/-- A ReLU within `m` of `d - c`. -/
theorem relu_ends {y : R} {d c m : Nat} (h : le (abs (sub y (sub (ofNat d) (ofNat c)))) (ofNat m)) :
    And (le (ofNat (Nat.sub d (Nat.add c m))) (sup y zero))
      (le (sup y zero) (ofNat (Nat.sub (Nat.add d m) c))) :=
  have e := ends_of_abs h
  ⟨le_via (sup_le_sup (le_via e.left
        (Eq.trans (ofInt_diff d (Nat.add c m)) (Eq.trans (congrArg (sub (ofNat d)) (ofNat_add c m))
          (ring_eq (vars3 (ofNat d) (ofNat c) (ofNat m))
            (a := sub (ofNat d) (add (ofNat c) (ofNat m)))
            (b := sub (sub (ofNat d) (ofNat c)) (ofNat m))))) rfl) (le_refl zero))
      (relu_sub d (Nat.add c m)) rfl,
   le_via (sup_le_sup (le_via e.right rfl
        (Eq.trans (ofInt_diff (Nat.add d m) c) (Eq.trans (congrArg (fun t => sub t (ofNat c)) (ofNat_add d m))
          (ring_eq (vars3 (ofNat d) (ofNat c) (ofNat m))
            (a := sub (add (ofNat d) (ofNat m)) (ofNat c))
            (b := add (sub (ofNat d) (ofNat c)) (ofNat m)))))) (le_refl zero))
      rfl (relu_sub (Nat.add d m) c)⟩

/-- A weight that is not negative. -/
theorem product_high {k P : Nat} {y S : R} (hy : le (ofNat k) y) (hS : le (ofNat P) S) :
    le (ofNat (Nat.mul k P)) (mul y S) :=
  le_via (mul_le_mul (le_trans (ofNat_nonneg k) hy) (ofNat_nonneg P) hy hS) (ofNat_mul k P) rfl

/-- A weight that may be negative. -/
theorem product_low {k P : Nat} {y S : R} (hy : le (ofInt (Int.negSucc k)) y) (h0 : le zero S)
    (hS : le S (ofNat P)) : le (neg (ofNat (Nat.mul (Nat.succ k) P))) (mul y S) :=
  le_trans
    (le_via (neg_le_neg (mul_le_mul_left (ofNat_nonneg (Nat.succ k)) hS))
      (congrArg neg (ofNat_mul (Nat.succ k) P)) rfl)
    (le_via (mul_le_mul_right h0 hy)
      (Eq.trans (ring_eq (vars2 (ofNat (Nat.succ k)) S)
          (a := neg (mul (ofNat (Nat.succ k)) S)) (b := mul (neg (ofNat (Nat.succ k))) S))
        (congrArg (fun t => mul t S) (Eq.symm (ofInt_negSucc k)))) rfl)

/-- `reluLow` is not above the score. -/
theorem relu_low {w b c m : Nat} : ∀ (v : List Int) (x p n : Nat) (y z : Nat → R),
    (∀ h, Nat.lt h (len v) → le (ofInt (ofList v h)) (y h)) →
    (∀ h, Nat.lt h (len v) →
      le (abs (sub (z h) (sub (ofNat (Nat.mul b (digit w x h))) (ofNat c)))) (ofNat m)) →
    le (ofInt (reluLow w b c m v x p n))
      (add (sub (ofNat p) (ofNat n)) (sum (len v) (fun h => mul (y h) (sup (z h) zero))))
  | .nil, _, p, n, _, _, _, _ => le_of_eq (Eq.trans (ofInt_diff p n) (Eq.symm (add_zero _)))
  | .cons k t, x, p, n, y, z, hy, hz =>
    have tail (p n : Nat) := relu_low t (Nat.shiftRight x w) p n (fun h => y (Nat.succ h))
      (fun h => z (Nat.succ h)) (fun h hh => hy (Nat.succ h) (Nat.succ_le_succ hh))
      (fun h hh => Eq.subst
        (motive := fun d => le (abs (sub (z (Nat.succ h)) (sub (ofNat (Nat.mul b d)) (ofNat c)))) (ofNat m))
        (digit_succ w x h) (hz (Nat.succ h) (Nat.succ_le_succ hh)))
    have ends := relu_ends (hz 0 (Nat.succ_le_succ (Nat.zero_le _)))
    have first := hy 0 (Nat.succ_le_succ (Nat.zero_le _))
    have whole := sum_first (len t) (fun h => mul (y h) (sup (z h) zero))
    match k, first with
    | .ofNat k, first =>
      le_trans (tail (Nat.add p (Nat.mul k (Nat.sub (Nat.mul b (digit w x 0)) (Nat.add c m)))) n)
        (le_via
          (add_le_add_left (add (sub (ofNat p) (ofNat n))
              (sum (len t) (fun h => mul (y (Nat.succ h)) (sup (z (Nat.succ h)) zero))))
            (product_high first ends.left))
          (Eq.trans (congrArg (fun q => add (sub q (ofNat n)) _) (ofNat_add p _))
            (ring_eq (vars4 (ofNat p) (ofNat n)
              (ofNat (Nat.mul k (Nat.sub (Nat.mul b (digit w x 0)) (Nat.add c m))))
              (sum (len t) (fun h => mul (y (Nat.succ h)) (sup (z (Nat.succ h)) zero))))))
          (Eq.trans (congrArg (add (sub (ofNat p) (ofNat n))) whole)
            (ring_eq (vars3 (sub (ofNat p) (ofNat n)) (mul (y 0) (sup (z 0) zero))
              (sum (len t) (fun h => mul (y (Nat.succ h)) (sup (z (Nat.succ h)) zero)))))))
    | .negSucc k, first =>
      le_trans (tail p (Nat.add n
          (Nat.mul (Nat.succ k) (Nat.sub (Nat.add (Nat.mul b (digit w x 0)) m) c))))
        (le_via
          (add_le_add_left (add (sub (ofNat p) (ofNat n))
              (sum (len t) (fun h => mul (y (Nat.succ h)) (sup (z (Nat.succ h)) zero))))
            (product_low first (le_sup_right _ _) ends.right))
          (Eq.trans (congrArg (fun q => add (sub (ofNat p) q) _) (ofNat_add n _))
            (ring_eq (vars4 (ofNat p) (ofNat n)
              (ofNat (Nat.mul (Nat.succ k) (Nat.sub (Nat.add (Nat.mul b (digit w x 0)) m) c)))
              (sum (len t) (fun h => mul (y (Nat.succ h)) (sup (z (Nat.succ h)) zero))))))
          (Eq.trans (congrArg (add (sub (ofNat p) (ofNat n))) whole)
            (ring_eq (vars3 (sub (ofNat p) (ofNat n)) (mul (y 0) (sup (z 0) zero))
              (sum (len t) (fun h => mul (y (Nat.succ h)) (sup (z (Nat.succ h)) zero)))))))

/-- The image of a difference. -/
theorem ofInt_less (a : Int) (p : Nat) :
    Eq (ofInt (Int.add a (Int.neg (Int.ofNat p))) : R) (sub (ofInt a) (ofNat p)) :=
  Eq.trans (ofInt_add _ _) (congrArg (add (ofInt a)) (ofInt_neg (Int.ofNat p)))

/-- `reluGap` is not above the difference of the ReLUs. -/
theorem relu_gap {A B : R} {a b : Int} {p q r : Nat} (hA : le (abs (sub A (ofInt a))) (ofNat p))
    (hB : le (abs (sub B (ofInt b))) (ofNat q))
    (hd : le (abs (sub (sub A B) (sub (ofInt a) (ofInt b)))) (ofNat r)) :
    le (ofInt (reluGap a b p q r)) (sub (sup A zero) (sup B zero)) :=
  Or.elim (le_total B zero)
    (fun h => le_trans (ofInt_le (lesser_le _ _).left)
      (le_via (sup_le_sup (ends_of_abs hA).left (le_refl zero))
        (Eq.trans (ofInt_sup _ _) (congr2 sup (ofInt_less a p) ofInt_zero))
        (Eq.trans (congrArg (sub (sup A zero)) (sup_of_le h))
          (ring_eq (vars1 (sup A zero)) (a := sub (sup A zero) zero) (b := sup A zero)))))
    (fun h => le_trans (ofInt_le (lesser_le _ _).right)
      (le_via
        (sup_le (c := sub (sup A zero) B)
          (le_trans (ends_of_abs hd).left (add_le_add_right (neg B) (le_sup_left A zero)))
          (le_via (add_le_add (le_sup_right A zero) (neg_le_neg (ends_of_abs hB).right))
            (ring_eq (vars2 (ofInt b) (ofNat q)) (a := sub (neg (ofInt b)) (ofNat q))
              (b := add zero (neg (add (ofInt b) (ofNat q))))) rfl))
        (Eq.trans (ofInt_sup _ _) (congr2 sup
          (Eq.trans (ofInt_less _ r) (congrArg (fun t => sub t (ofNat r))
            (Eq.trans (ofInt_add a _) (congrArg (add (ofInt a)) (ofInt_neg b)))))
          (Eq.trans (ofInt_less _ q) (congrArg (fun t => sub t (ofNat q)) (ofInt_neg b)))))
        (congrArg (sub (sup A zero)) (sup_of_ge h))))

/-- `productLow` is not above the product. -/
theorem productLow_le {y g : R} {v u lo hi : Int} (hv : le (ofInt v) y) (hu : le y (ofInt u))
    (hl : le (ofInt lo) g) (hh : le g (ofInt hi)) : le (ofInt (productLow v u lo hi)) (mul y g) :=
  have swap {x s t : R} (hx : le x zero) (h : le s t) : le (mul x t) (mul x s) :=
    le_via (neg_le_neg (mul_le_mul_left (neg_nonneg hx) h))
      (ring_eq (vars2 x t) (a := mul x t) (b := neg (mul (neg x) t)))
      (ring_eq (vars2 x s) (a := mul x s) (b := neg (mul (neg x) s)))
  have corner (c : Int) : le (ofInt (lesser (Int.mul c lo) (Int.mul c hi))) (mul (ofInt c) g) :=
    Or.elim (le_total (zero : R) (ofInt c))
      (fun h => le_trans (ofInt_le (lesser_le _ _).left)
        (le_via (mul_le_mul_left h hl) (ofInt_mul c lo) rfl))
      (fun h => le_trans (ofInt_le (lesser_le _ _).right) (le_via (swap h hh) (ofInt_mul c hi) rfl))
  Or.elim (le_total zero g)
    (fun h => le_trans (ofInt_le (lesser_le _ _).left) (le_trans (corner v) (mul_le_mul_right h hv)))
    (fun h => le_trans (ofInt_le (lesser_le _ _).right) (le_trans (corner u)
      (le_via (swap h hu) (mul_comm _ g) (mul_comm y g))))

/-- `reluGaps` is not above the difference of the scores. -/
theorem relu_gaps {H p q r : Nat} {v v' : Vec Int} {a b : Nat → Int} {y A B : Nat → R}
    (hv : ∀ h, Nat.lt h H → le (ofInt (v h)) (y h))
    (hv' : ∀ h, Nat.lt h H → le (ofInt (v' h)) (neg (y h)))
    (hA : ∀ h, Nat.lt h H → le (abs (sub (A h) (ofInt (a h)))) (ofNat p))
    (hB : ∀ h, Nat.lt h H → le (abs (sub (B h) (ofInt (b h)))) (ofNat q))
    (hd : ∀ h, Nat.lt h H →
      le (abs (sub (sub (A h) (B h)) (sub (ofInt (a h)) (ofInt (b h))))) (ofNat r)) :
    le (ofInt (reluGaps H v v' a b p q r))
      (sub (sum H (fun h => mul (y h) (sup (A h) zero))) (sum H (fun h => mul (y h) (sup (B h) zero)))) :=
  le_via
    (sum_le (fun h hh => productLow_le (hv h hh)
      (le_via (neg_le_neg (hv' h hh)) (ring_eq (vars1 (y h)) (a := y h) (b := neg (neg (y h))))
        (ofInt_neg (v' h)))
      (relu_gap (hA h hh) (hB h hh) (hd h hh))
      (le_via
        (neg_le_neg (relu_gap (hB h hh) (hA h hh)
          (le_via (abs_le
              (le_trans (neg_le_abs _) (hd h hh))
              (le_via (le_trans (le_abs _) (hd h hh))
                (ring_eq (vars1 (sub (sub (A h) (B h)) (sub (ofInt (a h)) (ofInt (b h)))))
                  (a := neg (neg (sub (sub (A h) (B h)) (sub (ofInt (a h)) (ofInt (b h))))))
                  (b := sub (sub (A h) (B h)) (sub (ofInt (a h)) (ofInt (b h))))) rfl))
            (congrArg abs (ring_eq (vars4 (A h) (B h) (ofInt (a h)) (ofInt (b h)))
              (a := sub (sub (B h) (A h)) (sub (ofInt (b h)) (ofInt (a h))))
              (b := neg (sub (sub (A h) (B h)) (sub (ofInt (a h)) (ofInt (b h))))))) rfl)))
        (ring_eq (vars2 (sup (A h) zero) (sup (B h) zero))
          (a := sub (sup (A h) zero) (sup (B h) zero))
          (b := neg (sub (sup (B h) zero) (sup (A h) zero))))
        (ofInt_neg _))))
    (ofInt_sum H _)
    (Eq.trans (Eq.symm (sum_sub H _ _)) (sum_ext H (fun h => ring_eq
      (vars3 (y h) (sup (A h) zero) (sup (B h) zero))
      (a := sub (mul (y h) (sup (A h) zero)) (mul (y h) (sup (B h) zero)))
      (b := mul (y h) (sub (sup (A h) zero) (sup (B h) zero))))))

end

end LipBridge
