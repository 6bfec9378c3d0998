import LipBridge.Evaluate.MatrixProduct
import LipBridge.Evaluate.Strides
/-!
# Products of packed digits, each with one of its own

`pointwise` multiplies the digits one after the other. `planes` takes all digits at once and the bits of
the multipliers one after the other: a mask leaves the digits whose multiplier has bit `k`, and these count
`2^k` times; so a product takes six operations on large numbers for every bit of a multiplier, however many
digits there are.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Digit by digit -/

/-- `Σ_p x_p X_p 2^(b p)` over the digits `x_p` of `x` in base `2^w` and `X_p` of `X` in base `2^v`. -/
noncomputable def pointwise (w v b : Nat) (sh : Shape) : Nat → Nat → Nat :=
  Shape.rec (motive := fun _ => Nat → Nat → Nat)
    (fun x X => Nat.mul (digit w x 0) (digit v X 0))
    (fun x X =>
      Nat.add (Nat.mul (digit w x 0) (digit v X 0)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 1) (digit v X 1)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 2) (digit v X 2)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 3) (digit v X 3)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 4) (digit v X 4)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 5) (digit v X 5)) (Nat.mul (Nat.pow 2 b)
      (Nat.add (Nat.mul (digit w x 6) (digit v X 6))
        (Nat.mul (Nat.pow 2 b) (Nat.mul (digit w x 7) (digit v X 7))))))))))))))))
    (fun l _ f g x X => Nat.add
      (f (Nat.mod x (Nat.pow 2 (Nat.mul w (Shape.size l))))
        (Nat.mod X (Nat.pow 2 (Nat.mul v (Shape.size l)))))
      (Nat.shiftLeft
        (g (Nat.shiftRight x (Nat.mul w (Shape.size l)))
          (Nat.shiftRight X (Nat.mul v (Shape.size l)))) (Nat.mul b (Shape.size l)))) sh

/-- `pointwise` packs the products of the digits. -/
theorem pointwise_eq_pack (w v b : Nat) (sh : Shape) : ∀ x X : Nat,
    Eq (pointwise w v b sh x X)
      (pack (pow2 b) (Shape.size sh) (fun p => Nat.mul (digit w x p) (digit v X p))) :=
  Shape.rec
    (motive := fun sh => ∀ x X : Nat, Eq (pointwise w v b sh x X)
      (pack (pow2 b) (Shape.size sh) (fun p => Nat.mul (digit w x p) (digit v X p))))
    (fun _ _ => rfl)
    (fun _ _ => rfl)
    (fun l r f g x X => Eq.trans
      (congr2 Nat.add
        (Eq.trans (f _ _) (pack_congr (pow2 b) (Shape.size l) (fun _ hp => congr2 Nat.mul
          (digit_mod w x (Shape.size l) hp) (digit_mod v X (Shape.size l) hp))))
        (Eq.trans (shiftLeft_eq_mul _ (Nat.mul b (Shape.size l)))
          (congr2 Nat.mul (pow2_mul b (Shape.size l))
            (Eq.trans (g _ _) (pack_congr (pow2 b) (Shape.size r) (fun p _ => congr2 Nat.mul
              (Eq.symm (digit_add w x (Shape.size l) p))
              (Eq.symm (digit_add v X (Shape.size l) p))))))))
      (Eq.symm (pack_append (pow2 b) (Shape.size l) (Shape.size r)
        (fun p => Nat.mul (digit w x p) (digit v X p))))) sh

/-! ## Bit by bit -/

/-- `Σ_p x_p c_p B^p` over digits `x_p` and multipliers `c_p < 2^v`, packed in `x` and `c`; `o` is the
packed 1. -/
noncomputable def planes (b v o c x : Nat) : Nat :=
  natSum v fun k => Nat.land (Nat.shiftLeft x k)
    (Nat.mul (Nat.sub (Nat.pow 2 b) 1) (Nat.land c (Nat.shiftLeft o k)))

/-- `2^k x` and `2^k y` have the bits of `x` and `y`, moved. -/
theorem land_shiftLeft (k x y : Nat) : Eq (Nat.land (Nat.shiftLeft x k) (Nat.mul (pow2 k) y))
    (Nat.mul (pow2 k) (Nat.land x y)) :=
  Eq.trans
    (congr2 Nat.land
      (Eq.trans (shiftLeft_eq_mul x k) (Eq.symm (nat_zero_add (Nat.mul (pow2 k) x))))
      (Eq.symm (nat_zero_add (Nat.mul (pow2 k) y))))
    (Eq.trans (land_append k x y (pow2_pos k) (pow2_pos k)) (nat_zero_add _))

/-- Bit `k` of a number. -/
noncomputable abbrev bitAt (x k : Nat) : Nat := Nat.shiftRight (Nat.mod x (pow2 (Nat.succ k))) k

/-- Bits are below 2. -/
theorem bitAt_lt (x k : Nat) : Nat.lt (bitAt x k) 2 :=
  shiftRight_lt (e := k) (f := 1) (nat_mod_lt x (pow2_pos (Nat.succ k)))

/-- `2^k < 2^(k+1)`. -/
theorem pow2_lt_succ (k : Nat) : Nat.lt (pow2 k) (pow2 (Nat.succ k)) :=
  Eq.subst (motive := fun t => Nat.lt (pow2 k) t)
    (nat_ring (vars1 (pow2 k)) (a := Nat.add (pow2 k) (pow2 k))
      (b := Nat.mul (pow2 k) (Nat.add 1 1)))
    (nat_add_le_add (Nat.le.refl (n := pow2 k)) (pow2_pos k))

/-- Bit `k` at its place: `land x 2^k`. -/
theorem land_pow2 (x k : Nat) : Eq (Nat.land x (pow2 k)) (Nat.mul (pow2 k) (bitAt x k)) :=
  let h := Nat.mod x (pow2 (Nat.succ k))
  let q := Nat.shiftRight x (Nat.succ k)
  Eq.trans
    (congrArg (fun t => Nat.land t (pow2 k)) (Eq.symm (mod_add_shiftRight x (Nat.succ k))))
    (Eq.trans
      (land_append (Nat.succ k) q 0 (nat_mod_lt x (pow2_pos (Nat.succ k))) (pow2_lt_succ k))
      (Eq.trans
        (congrArg (fun t => Nat.add (Nat.land h (pow2 k)) (Nat.mul (pow2 (Nat.succ k)) t))
          (land_mask q (lt_pow2 q)).left)
        (Eq.trans (congrArg (Nat.land h) (Eq.symm (nat_mul_one (pow2 k))))
          (land_upper (f := 1) (bitAt_lt x k)))))

/-- One bit more: `x % 2^(k+1) = x % 2^k + land x 2^k`. -/
theorem mod_pow2_succ (x k : Nat) : Eq (Nat.mod x (pow2 (Nat.succ k)))
    (Nat.add (Nat.mod x (pow2 k)) (Nat.land x (pow2 k))) :=
  Eq.trans (Eq.symm (mod_add_shiftRight (Nat.mod x (pow2 (Nat.succ k))) k))
    (congr2 Nat.add (mod_mod_pow2 (Nat.le_succ k) x) (Eq.symm (land_pow2 x k)))

/-- All bits or none: `land x ((2^b - 1) s) = s x` for `x < 2^b`, `s < 2`. -/
theorem land_all {b x s : Nat} (hx : Nat.lt x (pow2 b)) (hs : Nat.lt s 2) :
    Eq (Nat.land x (Nat.mul (Nat.sub (pow2 b) 1) s)) (Nat.mul s x) :=
  Or.elim (lt_two_cases hs)
    (fun e => Eq.subst (motive := fun s => Eq (Nat.land x (Nat.mul (Nat.sub (pow2 b) 1) s))
      (Nat.mul s x)) (Eq.symm e) (Eq.trans (land_mask b hx).left (Eq.symm (nat_zero_mul x))))
    (fun e => Eq.subst (motive := fun s => Eq (Nat.land x (Nat.mul (Nat.sub (pow2 b) 1) s))
      (Nat.mul s x)) (Eq.symm e)
      (Eq.trans (congrArg (Nat.land x) (nat_mul_one (Nat.sub (pow2 b) 1)))
        (Eq.trans (land_mask b hx).right
          (Eq.symm (Eq.trans (nat_mul_comm 1 x) (nat_mul_one x))))))

section
variable {b k n : Nat}

/-- Of two grids: the grid of the `land`s. -/
theorem grid_land {F G : Nat → Nat → Nat} (hF : ∀ j q, Nat.lt (F j q) (pow2 b))
    (hG : ∀ j q, Nat.lt (G j q) (pow2 b)) :
    Eq (Nat.land (grid b k n F) (grid b k n G)) (grid b k n (fun j q => Nat.land (F j q) (G j q))) :=
  Eq.trans
    (land_pack (Nat.mul b k) n (fun q => pack_lt b k (fun j => hF j q))
      (fun q => pack_lt b k (fun j => hG j q)))
    (pack_congr _ n (fun q _ => land_pack b k (fun j => hF j q) (fun j => hG j q)))

/-- `planes` packs the products of the digits. -/
theorem planes_eq_grid {v : Nat} {o c x : Nat} {F G : Nat → Nat → Nat} (hv : Nat.le v b)
    (hF : ∀ j q, Nat.lt (F j q) (pow2 b)) (hG : ∀ j q, Nat.lt (G j q) (pow2 v))
    (ho : Eq o (grid b k n (fun _ _ => 1))) (hc : Eq c (grid b k n G)) (hx : Eq x (grid b k n F)) :
    Eq (planes b v o c x) (grid b k n (fun j q => Nat.mul (G j q) (F j q))) :=
  let M := Nat.sub (pow2 b) 1
  have fits (j q : Nat) : Nat.lt (G j q) (pow2 b) := Nat.le_trans (hG j q) (pow2_le hv)
  have full : Nat.lt M (pow2 b) := Eq.subst (motive := fun t => Nat.le t (pow2 b))
    (Eq.symm (nat_sub_add_cancel (pow2_pos b))) Nat.le.refl
  -- One bit of every multiplier.
  have term (u : Nat) (hu : Nat.lt u b) :
      Eq (Nat.land (Nat.shiftLeft x u) (Nat.mul M (Nat.land c (Nat.shiftLeft o u))))
        (grid b k n (fun j q => Nat.mul (Nat.land (G j q) (pow2 u)) (F j q))) :=
    let S : Nat → Nat → Nat := fun j q => bitAt (G j q) u
    have low (j q : Nat) : Nat.lt (S j q) 2 := bitAt_lt (G j q) u
    have bit (j q : Nat) : Eq (Nat.land (G j q) (pow2 u)) (Nat.mul (pow2 u) (S j q)) :=
      land_pow2 (G j q) u
    have mask : Eq (Nat.shiftLeft o u) (grid b k n (fun _ _ => pow2 u)) :=
      Eq.trans (shiftLeft_eq_mul o u)
        (Eq.trans (congrArg (Nat.mul (pow2 u)) ho)
          (Eq.trans (Eq.symm (grid_mul (pow2 u) (fun _ _ => 1)))
            (grid_congr (fun _ _ _ _ => nat_mul_one (pow2 u)))))
    have small : Nat.lt (pow2 u) (pow2 b) := Nat.le_trans (pow2_lt_succ u) (pow2_le hu)
    have chosen : Eq (Nat.mul M (Nat.land c (Nat.shiftLeft o u)))
        (Nat.mul (pow2 u) (grid b k n (fun j q => Nat.mul M (S j q)))) :=
      Eq.trans
        (congrArg (Nat.mul M) (Eq.trans (congr2 Nat.land hc mask)
          (grid_land fits (fun _ _ => small))))
        (Eq.trans (Eq.symm (grid_mul M _))
          (Eq.trans
            (grid_congr (fun j q _ _ => Eq.trans (congrArg (Nat.mul M) (bit j q))
              (nat_ring (vars3 M (pow2 u) (S j q))
                (a := Nat.mul M (Nat.mul (pow2 u) (S j q)))
                (b := Nat.mul (pow2 u) (Nat.mul M (S j q))))))
            (grid_mul (pow2 u) _)))
    Eq.trans
      (Eq.trans (congr2 (fun s t => Nat.land (Nat.shiftLeft s u) t) hx chosen)
        (land_shiftLeft u (grid b k n F) (grid b k n (fun j q => Nat.mul M (S j q)))))
      (Eq.trans
        (congrArg (Nat.mul (pow2 u)) (Eq.trans
          (grid_land hF (fun j q => Nat.le_trans
            (Nat.succ_le_succ (Eq.subst (motive := fun t => Nat.le (Nat.mul M (S j q)) t)
              (nat_mul_one M) (nat_mul_le_mul_left M (Nat.le_of_succ_le_succ (low j q))))) full))
          (grid_congr (fun j q _ _ => land_all (hF j q) (low j q)))))
        (Eq.trans (Eq.symm (grid_mul (pow2 u) _))
          (grid_congr (fun j q _ _ => Eq.trans (Eq.symm (nat_mul_assoc (pow2 u) (S j q) (F j q)))
            (congrArg (fun t => Nat.mul t (F j q)) (Eq.symm (bit j q)))))))
  -- The bits below `u`.
  have sum : ∀ u, Nat.le u b →
      Eq (planes b u o c x) (grid b k n (fun j q => Nat.mul (Nat.mod (G j q) (pow2 u)) (F j q))) :=
    Nat.rec
      (motive := fun u => Nat.le u b → Eq (planes b u o c x)
        (grid b k n (fun j q => Nat.mul (Nat.mod (G j q) (pow2 u)) (F j q))))
      (fun _ => Eq.symm (Eq.trans
        (grid_congr (fun j q _ _ => Eq.trans
          (congrArg (fun t => Nat.mul t (F j q))
            (mod_shiftRight_eq (s := 0) (q := G j q) (pow2_pos 0)
              (nat_ring (vars1 (G j q)) (b := Nat.add 0 (Nat.mul 1 (G j q))))).left)
          (nat_zero_mul (F j q))))
        grid_zero))
      (fun u ih hu => Eq.trans
        (congr2 Nat.add (ih (Nat.le_trans (Nat.le_succ u) hu)) (term u hu))
        (Eq.trans (Eq.symm (grid_add _ _))
          (grid_congr (fun j q _ _ => Eq.trans
            (Eq.symm (nat_add_mul (Nat.mod (G j q) (pow2 u)) (Nat.land (G j q) (pow2 u)) (F j q)))
            (congrArg (fun t => Nat.mul t (F j q)) (Eq.symm (mod_pow2_succ (G j q) u)))))))
  Eq.trans (sum v hv)
    (grid_congr (fun j q _ _ => congrArg (fun t => Nat.mul t (F j q))
      (mod_shiftRight_eq (q := 0) (hG j q) rfl).left))

end

end LipBridge
