import LipBridge.Certificate.Spread
/-!
# Packed numbers in two dimensions

`grid b k n F` packs `F j q` for `j < k` and `q < n`: digit `k q + j` in base `2^b`. The product of
`k` packed digits and `n` digits in base `2^(b k)` is the grid of all their products; so `k` rows of a
Gram matrix are one sum of products.
-/

set_option autoImplicit false

namespace LipBridge

/-! ## Numbers packed and cut -/

/-- `f` below `m`, 0 from there on. -/
noncomputable def cut (m : Nat) (f : Nat → Nat) (p : Nat) : Nat :=
  pick (Nat.ble (Nat.succ p) m) (f p) 0

/-- Below `m` nothing changes. -/
theorem cut_lt {m : Nat} {f : Nat → Nat} {p : Nat} (h : Nat.lt p m) : Eq (cut m f p) (f p) :=
  congrArg (fun c => pick c (f p) 0) (Nat.ble_eq_true_of_le h)

/-- From `m` on there is 0. -/
theorem cut_ge {m : Nat} {f : Nat → Nat} {p : Nat} (h : Nat.le m p) : Eq (cut m f p) 0 :=
  congrArg (fun c => pick c (f p) 0)
    (Bool.eq_false_of_ne_true (fun e => nat_lt_irrefl (Nat.le_trans (Nat.le_of_ble_eq_true e) h)))

/-- A cut value is at most the value. -/
theorem cut_le {m c : Nat} {f : Nat → Nat} (h : ∀ p, Nat.le (f p) c) (p : Nat) :
    Nat.le (cut m f p) c :=
  Or.elim (nat_lt_or_ge p m)
    (fun g => Eq.subst (motive := fun t => Nat.le t c) (Eq.symm (cut_lt g)) (h p))
    (fun g => Eq.subst (motive := fun t => Nat.le t c) (Eq.symm (cut_ge g)) (Nat.zero_le c))

/-- A packed number of `m` digits has zeros on top. -/
theorem pack_cut (B : Nat) {m n : Nat} (h : Nat.le m n) (f : Nat → Nat) :
    Eq (pack B m f) (pack B n (cut m f)) :=
  Eq.symm (Eq.trans (pack_pad B h (fun p => cut_ge (nat_le_add m p)))
    (pack_congr B m (fun _ hp => cut_lt hp)))

/-- `n` digits 1 in base `2^b`. -/
noncomputable def rep (b n : Nat) : Nat :=
  Nat.div (Nat.sub (Nat.pow 2 (Nat.mul b n)) 1) (Nat.sub (Nat.pow 2 b) 1)

/-- `rep` packs 1. -/
theorem rep_eq_pack {b : Nat} (hb : Nat.lt 0 b) (n : Nat) :
    Eq (rep b n) (pack (pow2 b) n (fun _ => 1)) :=
  let d := Nat.sub (pow2 b) 1
  have hd : Eq (Nat.add d 1) (pow2 b) := nat_sub_add_cancel (pow2_pos b)
  have geometric : Eq (Nat.add (Nat.mul d (pack (pow2 b) n (fun _ => 1))) 1) (pow2 (Nat.mul b n)) :=
    Nat.rec
      (motive := fun n => Eq (Nat.add (Nat.mul d (pack (pow2 b) n (fun _ => 1))) 1)
        (pow2 (Nat.mul b n))) rfl
      (fun n ih => Eq.trans
        (Eq.subst
          (motive := fun B => Eq (Nat.add (Nat.mul d (Nat.add 1 (Nat.mul B
              (pack (pow2 b) n (fun _ => 1))))) 1)
            (Nat.mul B (Nat.add (Nat.mul d (pack (pow2 b) n (fun _ => 1))) 1))) hd
          (nat_ring (vars2 d (pack (pow2 b) n (fun _ => 1)))
            (a := Nat.add (Nat.mul d (Nat.add 1 (Nat.mul (Nat.add d 1)
              (pack (pow2 b) n (fun _ => 1))))) 1)
            (b := Nat.mul (Nat.add d 1) (Nat.add (Nat.mul d (pack (pow2 b) n (fun _ => 1))) 1))))
        (Eq.trans (congrArg (Nat.mul (pow2 b)) ih)
          (Eq.trans (Eq.symm (nat_pow_add 2 b (Nat.mul b n)))
            (congrArg pow2 (nat_add_comm b (Nat.mul b n)))))) n
  have pos : Nat.lt 0 d := Nat.le_of_succ_le_succ
    (Eq.subst (motive := fun t => Nat.le 2 t) (Eq.symm hd) (pow2_le (v := 1) hb))
  (nat_div_mod_eq pos (Eq.trans
    (nat_add_right_cancel 1 (Eq.trans (nat_sub_add_cancel (pow2_pos _)) (Eq.symm geometric)))
    (Eq.symm (nat_zero_add _)))).right

/-- A constant digit. -/
theorem rep_mul {b : Nat} (hb : Nat.lt 0 b) (c n : Nat) :
    Eq (Nat.mul c (rep b n)) (pack (pow2 b) n (fun _ => c)) :=
  Eq.trans (congrArg (Nat.mul c) (rep_eq_pack hb n))
    (Eq.trans (Eq.symm (pack_mul (pow2 b) n c (fun _ => 1)))
      (pack_congr (pow2 b) n (fun _ _ => nat_mul_one c)))

/-- A number is its digits, where nothing is past them. -/
theorem pack_digit {b n x : Nat} (h : Eq (Nat.shiftRight x (Nat.mul b n)) 0) :
    Eq (pack (pow2 b) n (digit b x)) x :=
  Eq.trans (Eq.symm (congrArg
      (fun t => Nat.add (pack (pow2 b) n (digit b x)) (Nat.mul (Nat.pow (pow2 b) n) t)) h))
    (pack_digit_add b n x)

/-- A number below `2^s` has nothing past `s` bits. -/
theorem shiftRight_eq_zero {x s : Nat} (h : Nat.lt x (pow2 s)) : Eq (Nat.shiftRight x s) 0 :=
  (mod_shiftRight_eq (q := 0) h rfl).right

/-- `k` digits from `k c` on. -/
noncomputable def chunk (b k x c : Nat) : Nat :=
  Nat.land (Nat.shiftRight x (Nat.mul (Nat.mul b k) c)) (Nat.sub (Nat.pow 2 (Nat.mul b k)) 1)

/-- `chunk` is a digit of base `2^(b k)`. -/
theorem chunk_eq_digit (b k x c : Nat) : Eq (chunk b k x c) (digit (Nat.mul b k) x c) :=
  land_eq_mod _ _

/-- `chunk` packs `k` digits. -/
theorem chunk_pack (b k c : Nat) {m : Nat} {f : Nat → Nat} (hf : ∀ p, Nat.lt (f p) (pow2 b)) :
    Eq (chunk b k (pack (pow2 b) m f) c)
      (pack (pow2 b) k (fun j => cut m f (Nat.add (Nat.mul k c) j))) :=
  let x := pack (pow2 b) m f
  let n := Nat.add (Nat.mul k c) (Nat.add k m)
  have hn : Nat.le m n := Nat.le_trans
    (Eq.subst (motive := fun t => Nat.le m t) (nat_add_comm m k) (nat_le_add m k))
    (Eq.subst (motive := fun t => Nat.le (Nat.add k m) t) (nat_add_comm (Nat.add k m) (Nat.mul k c))
      (nat_le_add (Nat.add k m) (Nat.mul k c)))
  have hc : ∀ p, Nat.lt (cut m f p) (pow2 b) := fun p => Or.elim (nat_lt_or_ge p m)
    (fun g => Eq.subst (motive := fun t => Nat.lt t (pow2 b)) (Eq.symm (cut_lt g)) (hf p))
    (fun g => Eq.subst (motive := fun t => Nat.lt t (pow2 b)) (Eq.symm (cut_ge g)) (pow2_pos b))
  have e : ∀ p, Nat.lt p n → Eq (digit b x p) (cut m f p) := fun p hp =>
    Eq.trans (congrArg (fun y => digit b y p) (pack_cut (pow2 b) hn f))
      (digit_pack b n (fun p _ => hc p) hp)
  have lt : Nat.lt (digit (Nat.mul b k) x c) (pow2 (Nat.mul b k)) := digit_lt _ x c
  Eq.trans (chunk_eq_digit b k x c)
    (Eq.trans (Eq.symm (pack_digit (shiftRight_eq_zero lt)))
      (pack_congr (pow2 b) k (fun _ hj => Eq.trans (digit_digit b k x c hj)
        (e _ (nat_add_le_add (Nat.le.refl (n := Nat.mul k c))
          (Nat.le_trans hj (nat_le_add k m)))))))

/-! ## Grids -/

/-- `F j q` for `j < k`, `q < n`: digit `k q + j` in base `2^b`. -/
noncomputable def grid (b k n : Nat) (F : Nat → Nat → Nat) : Nat :=
  pack (pow2 (Nat.mul b k)) n (fun q => pack (pow2 b) k (fun j => F j q))

section
variable {b k n : Nat}

/-- Equal entries make equal grids. -/
theorem grid_congr {F G : Nat → Nat → Nat}
    (h : ∀ j q, Nat.lt j k → Nat.lt q n → Eq (F j q) (G j q)) : Eq (grid b k n F) (grid b k n G) :=
  pack_congr _ n (fun q hq => pack_congr _ k (fun _ hj => h _ q hj hq))

/-- `grid (F + G) = grid F + grid G`. -/
theorem grid_add (F G : Nat → Nat → Nat) : Eq (grid b k n (fun j q => Nat.add (F j q) (G j q)))
    (Nat.add (grid b k n F) (grid b k n G)) :=
  Eq.trans (pack_congr _ n (fun q _ => pack_add (pow2 b) k (fun j => F j q) (fun j => G j q)))
    (pack_add _ n _ _)

/-- `grid (c * F) = c * grid F`. -/
theorem grid_mul (c : Nat) (F : Nat → Nat → Nat) :
    Eq (grid b k n (fun j q => Nat.mul c (F j q))) (Nat.mul c (grid b k n F)) :=
  Eq.trans (pack_congr _ n (fun q _ => pack_mul (pow2 b) k c (fun j => F j q))) (pack_mul _ n c _)

/-- `grid 0 = 0`. -/
theorem grid_zero : Eq (grid b k n (fun _ _ => 0)) 0 :=
  Eq.trans (pack_congr _ n (fun _ _ => pack_zero (pow2 b) k)) (pack_zero _ n)

/-- The grid of a sum. -/
theorem grid_natSum (m : Nat) (F : Nat → Nat → Nat → Nat) :
    Eq (grid b k n (fun j q => natSum m (fun r => F r j q)))
      (natSum m (fun r => grid b k n (F r))) :=
  Eq.trans (pack_congr _ n (fun q _ => pack_natSum (pow2 b) k m (fun r j => F r j q)))
    (pack_natSum _ n m (fun r q => pack (pow2 b) k (fun j => F r j q)))

/-- All products of two packed numbers. -/
theorem grid_outer (a c : Nat → Nat) :
    Eq (Nat.mul (pack (pow2 b) k a) (pack (pow2 (Nat.mul b k)) n c))
      (grid b k n (fun j q => Nat.mul (a j) (c q))) :=
  Eq.symm (Eq.trans
    (pack_congr _ n (fun q _ => Eq.trans
      (pack_congr (pow2 b) k (fun j _ => nat_mul_comm (a j) (c q)))
      (Eq.trans (pack_mul (pow2 b) k (c q) a) (nat_mul_comm (c q) _))))
    (pack_mul _ n (pack (pow2 b) k a) c))

/-- The diagonal: `a j` where `q = s + j`. -/
theorem grid_diagonal (g : Nat) (k : Nat) : ∀ (s : Nat) (a : Nat → Nat), Nat.le (Nat.add s k) n →
    Eq (pack (pow2 g) n (fun q => pack (pow2 b) k
        (fun j => pick (Nat.beq q (Nat.add s j)) (a j) 0)))
      (Nat.mul (Nat.pow (pow2 g) s) (pack (Nat.mul (pow2 g) (pow2 b)) k a)) :=
  Nat.rec
    (motive := fun k => ∀ (s : Nat) (a : Nat → Nat), Nat.le (Nat.add s k) n →
      Eq (pack (pow2 g) n (fun q => pack (pow2 b) k
          (fun j => pick (Nat.beq q (Nat.add s j)) (a j) 0)))
        (Nat.mul (Nat.pow (pow2 g) s) (pack (Nat.mul (pow2 g) (pow2 b)) k a)))
    (fun _ _ _ => pack_zero (pow2 g) n)
    (fun k ih s a h =>
      let rest := pack (Nat.mul (pow2 g) (pow2 b)) k (fun j => a (Nat.succ j))
      have hs : Nat.lt s n := Nat.le_trans (Nat.succ_le_succ (nat_le_add s k)) h
      Eq.trans
        (pack_add (pow2 g) n (fun q => pick (Nat.beq q s) (a 0) 0)
          (fun q => Nat.mul (pow2 b) (pack (pow2 b) k
            (fun j => pick (Nat.beq q (Nat.add s (Nat.succ j))) (a (Nat.succ j)) 0))))
        (Eq.trans
          (congr2 Nat.add (pack_single (pow2 g) (a 0) hs)
            (Eq.trans (pack_mul (pow2 g) n (pow2 b) _)
              (congrArg (Nat.mul (pow2 b))
                (Eq.trans
                  (pack_congr (pow2 g) n (fun q _ => pack_congr (pow2 b) k (fun j _ =>
                    congrArg (fun t => pick (Nat.beq q t) (a (Nat.succ j)) 0)
                      (Eq.symm (nat_succ_add s j)))))
                  (ih (Nat.succ s) (fun j => a (Nat.succ j))
                    (Eq.subst (motive := fun t => Nat.le t n) (Eq.symm (nat_succ_add s k)) h))))))
          (nat_ring (vars5 (a 0) (Nat.pow (pow2 g) s) (pow2 b) (pow2 g) rest)
            (a := Nat.add (Nat.mul (a 0) (Nat.pow (pow2 g) s))
              (Nat.mul (pow2 b) (Nat.mul (Nat.mul (Nat.pow (pow2 g) s) (pow2 g)) rest)))
            (b := Nat.mul (Nat.pow (pow2 g) s)
              (Nat.add (a 0) (Nat.mul (Nat.mul (pow2 g) (pow2 b)) rest)))))) k

end

/-! ## Digits at most `m` -/

/-- A product that vanishes has a factor that does. -/
theorem nat_mul_eq_zero {B t : Nat} (hB : Nat.lt 0 B) (h : Eq (Nat.mul B t) 0) : Eq t 0 :=
  match t, h with
  | 0, _ => rfl
  | .succ t, h => absurd
      (Eq.subst (motive := fun x => Nat.lt 0 x)
        (nat_eq_zero_of_add (Eq.trans (nat_add_comm B (Nat.mul B t)) h)) hB) nat_lt_irrefl

/-- A packed number that vanishes has digits 0. -/
theorem pack_eq_zero {B : Nat} (hB : Nat.lt 0 B) (n : Nat) : ∀ {f : Nat → Nat},
    Eq (pack B n f) 0 → ∀ p, Nat.lt p n → Eq (f p) 0 :=
  Nat.rec
    (motive := fun n => ∀ {f : Nat → Nat}, Eq (pack B n f) 0 → ∀ p, Nat.lt p n → Eq (f p) 0)
    (fun _ p hp => absurd hp (Nat.not_succ_le_zero p))
    (fun _ ih {f} h p => match p with
      | .zero => fun _ => nat_eq_zero_of_add h
      | .succ p => fun hp => ih (f := fun p => f (Nat.succ p))
          (nat_mul_eq_zero hB (nat_eq_zero_of_add (Eq.trans (nat_add_comm _ _) h))) p
          (Nat.le_of_succ_le_succ hp)) n

/-- Where no digit of `y` has its highest bit, all are below `2^e`. -/
theorem small_digits {e n y : Nat} (h : Eq (Nat.shiftRight y (Nat.mul (Nat.succ e) n)) 0)
    (k : Eq (Nat.land y (Nat.mul (pow2 e) (rep (Nat.succ e) n))) 0) :
    ∀ p, Nat.lt p n → Nat.lt (digit (Nat.succ e) y p) (pow2 e) :=
  let b := Nat.succ e
  let c := Nat.mul (pow2 e) (Nat.sub (pow2 1) 1)
  have hc : Nat.lt c (pow2 b) := Eq.subst (motive := fun t => Nat.lt t (pow2 b))
    (Eq.symm (nat_mul_one (pow2 e)))
    (Eq.subst (motive := fun t => Nat.lt (pow2 e) t)
      (nat_ring (vars1 (pow2 e)) (a := Nat.add (pow2 e) (pow2 e))
        (b := Nat.mul (pow2 e) (Nat.add 1 1)))
      (nat_add_le_add (Nat.le.refl (n := pow2 e)) (pow2_pos e)))
  have top (p : Nat) : Nat.lt (Nat.shiftRight (digit b y p) e) (pow2 1) :=
    shiftRight_lt (e := e) (f := 1) (digit_lt b y p)
  have z : Eq (pack (pow2 b) n (fun p => Nat.mul (pow2 e) (Nat.shiftRight (digit b y p) e))) 0 :=
    Eq.trans
      (Eq.symm (pack_congr (pow2 b) n (fun p _ => land_upper (top p))))
      (Eq.trans (Eq.symm (land_pack b n (digit_lt b y) (fun _ => hc)))
        (Eq.trans
          (congr2 Nat.land (pack_digit h) (Eq.trans
            (pack_congr (pow2 b) n (fun _ _ => nat_mul_one (pow2 e)))
            (Eq.symm (rep_mul (Nat.succ_le_succ (Nat.zero_le e)) (pow2 e) n)))) k))
  fun p hp =>
    have s := nat_mul_eq_zero (pow2_pos e) (pack_eq_zero (pow2_pos b) n z p hp)
    Eq.subst (motive := fun t => Nat.lt t (pow2 e))
      (Eq.trans (Eq.symm (congrArg
          (fun t => Nat.add (Nat.mod (digit b y p) (pow2 e)) (Nat.mul (pow2 e) t)) s))
        (mod_add_shiftRight (digit b y p) e))
      (nat_mod_lt (digit b y p) (pow2_pos e))

/-- Whether the grids `x ≤ y` of `n` digits in base `2^(e+1)` have a difference with digits at most
`m`. -/
noncomputable def diffCheck (e n m x y : Nat) : Bool :=
  and (Nat.ble x y)
    (force (rep (Nat.succ e) n) fun o => force (Nat.mul (Nat.pow 2 e) o) fun hi =>
    force (Nat.sub y x) fun d =>
      and (Nat.beq (Nat.shiftRight d (Nat.mul (Nat.succ e) n)) 0)
        (and (Nat.beq (Nat.land d hi) 0)
          (Nat.beq (Nat.land (Nat.add d (Nat.mul (Nat.sub (Nat.sub (Nat.pow 2 e) 1) m) o)) hi) 0)))

/-- Digits that pass `diffCheck` are at most `m`. -/
theorem diffCheck_digit {e n m x y : Nat} (hm : Nat.lt m (pow2 e))
    (h : Eq (diffCheck e n m x y) true) :
    And (Eq (Nat.shiftRight (Nat.sub y x) (Nat.mul (Nat.succ e) n)) 0)
      (∀ p, Nat.lt p n → Nat.le (digit (Nat.succ e) (Nat.sub y x) p) m) :=
  let b := Nat.succ e
  let d := Nat.sub y x
  let c := Nat.sub (Nat.sub (pow2 e) 1) m
  have k := bool_and (bool_and h).right
  have k' := bool_and k.right
  have z : Eq (Nat.shiftRight d (Nat.mul b n)) 0 := Nat.eq_of_beq_eq_true k.left
  have low := small_digits z (Nat.eq_of_beq_eq_true k'.left)
  have hc : Eq (Nat.add c m) (Nat.sub (pow2 e) 1) := nat_sub_add_cancel
    (Nat.le_of_succ_le_succ (Eq.subst (motive := fun t => Nat.lt m t)
      (Eq.symm (nat_sub_add_cancel (pow2_pos e))) hm))
  have hc' : Eq (Nat.add (Nat.add c m) 1) (pow2 e) :=
    Eq.trans (congrArg (fun t => Nat.add t 1) hc) (nat_sub_add_cancel (pow2_pos e))
  have c_lt : Nat.lt c (pow2 e) := Eq.subst (motive := fun t => Nat.lt c t) hc'
    (Nat.succ_le_succ (nat_le_add c m))
  let f : Nat → Nat := cut n (fun p => Nat.add (digit b d p) c)
  have twice : Eq (Nat.add (pow2 e) (pow2 e)) (pow2 b) :=
    nat_ring (vars1 (pow2 e)) (b := Nat.mul (pow2 e) (Nat.add 1 1))
  have hf : ∀ p, Nat.lt (f p) (pow2 b) := fun p => Or.elim (nat_lt_or_ge p n)
    (fun g => Eq.subst (motive := fun t => Nat.lt t (pow2 b)) (Eq.symm (cut_lt g))
      (Eq.subst (motive := fun t => Nat.lt (Nat.add (digit b d p) c) t) twice
        (Nat.le_trans (Nat.le.step (Nat.le.refl (n := Nat.succ (Nat.add (digit b d p) c))))
          (Eq.subst
            (motive := fun t => Nat.le t (Nat.add (pow2 e) (pow2 e)))
            (nat_ring (vars2 (digit b d p) c) (a := Nat.add (Nat.succ (digit b d p)) (Nat.succ c))
              (b := Nat.succ (Nat.succ (Nat.add (digit b d p) c))))
            (nat_add_le_add (low p g) c_lt)))))
    (fun g => Eq.subst (motive := fun t => Nat.lt t (pow2 b)) (Eq.symm (cut_ge g)) (pow2_pos b))
  have s : Eq (Nat.add d (Nat.mul c (rep b n))) (pack (pow2 b) n f) :=
    Eq.trans
      (congr2 Nat.add (Eq.symm (pack_digit z)) (rep_mul (Nat.succ_le_succ (Nat.zero_le e)) c n))
      (Eq.trans (Eq.symm (pack_add (pow2 b) n (digit b d) (fun _ => c)))
        (pack_congr (pow2 b) n (fun _ hp => Eq.symm (cut_lt hp))))
  have high := small_digits (e := e) (n := n) (y := pack (pow2 b) n f)
    (shiftRight_eq_zero (pack_lt b n hf))
    (Eq.subst (motive := fun t => Eq (Nat.land t (Nat.mul (pow2 e) (rep b n))) 0) s
      (Nat.eq_of_beq_eq_true k'.right))
  ⟨z, fun p hp =>
    have g : Nat.lt (Nat.add (digit b d p) c) (pow2 e) :=
      Eq.subst (motive := fun t => Nat.lt t (pow2 e))
        (Eq.trans (digit_pack b n (fun p _ => hf p) hp) (cut_lt hp)) (high p hp)
    have g' : Nat.lt (Nat.add c (digit b d p)) (Nat.add c (Nat.succ m)) :=
      Eq.subst (motive := fun t => Nat.lt t (Nat.add c (Nat.succ m))) (nat_add_comm _ _)
        (Eq.subst (motive := fun t => Nat.lt (Nat.add (digit b d p) c) t) (Eq.symm hc') g)
    Nat.le_of_succ_le_succ (nat_lt_of_add_lt g')⟩

/-- Two grids that pass `diffCheck` have entries that differ by `0, …, m`. -/
theorem diffCheck_sound {e k n m : Nat} {F G : Nat → Nat → Nat} (hm : Nat.lt m (pow2 e))
    (hF : ∀ j q, Nat.lt (Nat.add (F j q) m) (pow2 (Nat.succ e)))
    (hG : ∀ j q, Nat.lt (G j q) (pow2 (Nat.succ e)))
    (h : Eq (diffCheck e (Nat.mul k n) m (grid (Nat.succ e) k n F) (grid (Nat.succ e) k n G)) true)
    {j q : Nat} (hj : Nat.lt j k) (hq : Nat.lt q n) :
    Exists fun t => And (Nat.le t m) (Eq (Nat.add (F j q) t) (G j q)) :=
  let b := Nat.succ e
  let g := Nat.mul b k
  let d := Nat.sub (grid b k n G) (grid b k n F)
  have hd := diffCheck_digit hm h
  let N : Nat → Nat → Nat := fun j q => digit b (digit g d q) j
  have place {j q : Nat} (hj : Nat.lt j k) (hq : Nat.lt q n) :
      Nat.lt (Nat.add (Nat.mul k q) j) (Nat.mul k n) :=
    Nat.le_trans
      (Eq.subst (motive := fun t => Nat.le t (Nat.add (Nat.mul k q) k)) (rfl : Eq _ _)
        (nat_add_le_add (Nat.le.refl (n := Nat.mul k q)) hj))
      (nat_mul_le_mul_left k hq)
  have hN {j q : Nat} (hj : Nat.lt j k) (hq : Nat.lt q n) : Nat.le (N j q) m :=
    Eq.subst (motive := fun t => Nat.le t m) (Eq.symm (digit_digit b k d q hj))
      (hd.right _ (place hj hq))
  have hz : Eq (Nat.shiftRight d (Nat.mul g n)) 0 :=
    Eq.trans (congrArg (Nat.shiftRight d) (nat_mul_assoc b k n)) hd.left
  have dN : Eq d (grid b k n N) :=
    Eq.trans (Eq.symm (pack_digit hz))
      (pack_congr (pow2 g) n (fun q _ =>
        Eq.symm (pack_digit (shiftRight_eq_zero (digit_lt g d q)))))
  have sum : Eq (grid b k n (fun j q => Nat.add (F j q) (N j q))) (grid b k n G) :=
    Eq.trans (grid_add F N)
      (Eq.trans (congrArg (Nat.add (grid b k n F)) (Eq.symm dN))
        (Eq.trans (nat_add_comm _ _)
          (nat_sub_add_cancel (Nat.le_of_ble_eq_true (bool_and h).left))))
  let S : Nat → Nat → Nat := fun j q => pick (Nat.ble (N j q) m) (Nat.add (F j q) (N j q)) 0
  have hS : ∀ j q, Nat.lt (S j q) (pow2 b) := fun j q => Or.elim (bool_em (Nat.ble (N j q) m))
    (fun t => Eq.subst (motive := fun c => Nat.lt (pick c (Nat.add (F j q) (N j q)) 0) (pow2 b))
      (Eq.symm t) (Nat.le_trans (Nat.succ_le_succ
        (nat_add_le_add (Nat.le.refl (n := F j q)) (Nat.le_of_ble_eq_true t))) (hF j q)))
    (fun t => Eq.subst (motive := fun c => Nat.lt (pick c (Nat.add (F j q) (N j q)) 0) (pow2 b))
      (Eq.symm t) (pow2_pos b))
  have eS {j q : Nat} (hj : Nat.lt j k) (hq : Nat.lt q n) :
      Eq (S j q) (Nat.add (F j q) (N j q)) :=
    congrArg (fun c => pick c (Nat.add (F j q) (N j q)) 0) (Nat.ble_eq_true_of_le (hN hj hq))
  have sum' : Eq (grid b k n S) (grid b k n G) :=
    Eq.trans (grid_congr (fun _ _ hj hq => eS hj hq)) sum
  have row := pack_inj g n (fun q _ => pack_lt b k (fun j => hS j q))
    (fun q _ => pack_lt b k (fun j => hG j q)) sum' q hq
  have entry := pack_inj b k (fun j _ => hS j q) (fun j _ => hG j q) row j hj
  ⟨N j q, hN hj hq, Eq.trans (Eq.symm (eS hj hq)) entry⟩

end LipBridge
