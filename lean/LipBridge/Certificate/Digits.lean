import LipBridge.Certificate.Division
/-!
# Digits and packed numbers

Digit `p` of `x` in base `2^w` is `(x >> w*p) % 2^w`; `pack B n f = Σ_{p<n} f p * B^p`. A packed
number with digits below its base determines them (`digit_eq`, `pack_inj`): so one equality between
two large numbers is `n` equalities between their digits.
-/

set_option autoImplicit false

namespace LipBridge

/-- Digit `p` of `x` in base `2^w`: `(x >> w*p) % 2^w`. -/
noncomputable def digit (w x p : Nat) : Nat := Nat.mod (Nat.shiftRight x (Nat.mul w p)) (Nat.pow 2 w)

/-- The number with digits `f`: `Σ_{p<n} f p * B^p`. -/
noncomputable def pack (B n : Nat) (f : Nat → Nat) : Nat :=
  Nat.rec (motive := fun _ => (Nat → Nat) → Nat) (fun _ => 0)
    (fun _ ih f => Nat.add (f 0) (Nat.mul B (ih (fun p => f (Nat.succ p))))) n f

/-- `Σ_{p<n} f p`. -/
noncomputable def natSum (n : Nat) (f : Nat → Nat) : Nat :=
  Nat.rec (motive := fun _ => Nat) 0 (fun n ih => Nat.add ih (f n)) n

/-! ## Laws of `pack` -/

/-- Equal digits make equal numbers. -/
theorem pack_congr (B n : Nat) {f g : Nat → Nat} (h : ∀ p, Nat.lt p n → Eq (f p) (g p)) :
    Eq (pack B n f) (pack B n g) :=
  Nat.rec
    (motive := fun n => ∀ f g : Nat → Nat, (∀ p, Nat.lt p n → Eq (f p) (g p)) →
      Eq (pack B n f) (pack B n g))
    (fun _ _ _ => rfl)
    (fun n ih f g h => congr2 (fun a b => Nat.add a (Nat.mul B b))
      (h 0 (Nat.succ_le_succ (Nat.zero_le n)))
      (ih (fun p => f (Nat.succ p)) (fun p => g (Nat.succ p)) (fun p hp => h (Nat.succ p) (Nat.succ_le_succ hp)))) n f g h

/-- `pack (f + g) = pack f + pack g`. -/
theorem pack_add (B n : Nat) (f g : Nat → Nat) :
    Eq (pack B n (fun p => Nat.add (f p) (g p))) (Nat.add (pack B n f) (pack B n g)) :=
  Nat.rec
    (motive := fun n => ∀ f g : Nat → Nat, Eq (pack B n (fun p => Nat.add (f p) (g p)))
      (Nat.add (pack B n f) (pack B n g)))
    (fun _ _ => rfl)
    (fun n ih f g => Eq.trans
      (congrArg (fun t => Nat.add (Nat.add (f 0) (g 0)) (Nat.mul B t))
        (ih (fun p => f (Nat.succ p)) (fun p => g (Nat.succ p))))
      (nat_ring (vars5 (f 0) (g 0) B (pack B n (fun p => f (Nat.succ p)))
          (pack B n (fun p => g (Nat.succ p))))
        (b := Nat.add (Nat.add (f 0) (Nat.mul B (pack B n (fun p => f (Nat.succ p)))))
          (Nat.add (g 0) (Nat.mul B (pack B n (fun p => g (Nat.succ p)))))))) n f g

/-- `pack (c * f) = c * pack f`. -/
theorem pack_mul (B n c : Nat) (f : Nat → Nat) :
    Eq (pack B n (fun p => Nat.mul c (f p))) (Nat.mul c (pack B n f)) :=
  Nat.rec
    (motive := fun n => ∀ f : Nat → Nat, Eq (pack B n (fun p => Nat.mul c (f p)))
      (Nat.mul c (pack B n f)))
    (fun _ => rfl)
    (fun n ih f => Eq.trans
      (congrArg (fun t => Nat.add (Nat.mul c (f 0)) (Nat.mul B t)) (ih (fun p => f (Nat.succ p))))
      (nat_ring (vars4 c (f 0) B (pack B n (fun p => f (Nat.succ p))))
        (b := Nat.mul c (Nat.add (f 0) (Nat.mul B (pack B n (fun p => f (Nat.succ p)))))))) n f

/-- `pack 0 = 0`. -/
theorem pack_zero (B n : Nat) : Eq (pack B n (fun _ => 0)) 0 :=
  Nat.rec (motive := fun n => Eq (pack B n (fun _ => 0)) 0) rfl
    (fun _ ih => Eq.trans (congrArg (fun t => Nat.add 0 (Nat.mul B t)) ih) rfl) n

/-- A packed number is cut in two: `pack (m+n) f = pack m f + B^m * pack n (f (m + ·))`. -/
theorem pack_append (B m n : Nat) (f : Nat → Nat) :
    Eq (pack B (Nat.add m n) f)
      (Nat.add (pack B m f) (Nat.mul (Nat.pow B m) (pack B n (fun p => f (Nat.add m p))))) :=
  Nat.rec
    (motive := fun m => ∀ f : Nat → Nat, Eq (pack B (Nat.add m n) f)
      (Nat.add (pack B m f) (Nat.mul (Nat.pow B m) (pack B n (fun p => f (Nat.add m p))))))
    (fun f => Eq.trans
      (congr2 (pack B) (nat_zero_add n) (rfl : Eq f f))
      (Eq.trans (pack_congr B n (fun p _ => congrArg f (Eq.symm (nat_zero_add p))))
        (nat_ring (vars1 (pack B n (fun p => f (Nat.add 0 p))))
          (b := Nat.add 0 (Nat.mul 1 (pack B n (fun p => f (Nat.add 0 p))))))))
    (fun m ih f => Eq.trans
      (congr2 (pack B) (nat_succ_add m n) (rfl : Eq f f))
      (Eq.trans (congrArg (fun t => Nat.add (f 0) (Nat.mul B t)) (ih (fun p => f (Nat.succ p))))
        (Eq.trans
          (nat_ring (vars5 (f 0) B (pack B m (fun p => f (Nat.succ p))) (Nat.pow B m)
              (pack B n (fun p => f (Nat.succ (Nat.add m p)))))
            (a := Nat.add (f 0) (Nat.mul B (Nat.add (pack B m (fun p => f (Nat.succ p)))
              (Nat.mul (Nat.pow B m) (pack B n (fun p => f (Nat.succ (Nat.add m p))))))))
            (b := Nat.add (Nat.add (f 0) (Nat.mul B (pack B m (fun p => f (Nat.succ p)))))
              (Nat.mul (Nat.mul (Nat.pow B m) B) (pack B n (fun p => f (Nat.succ (Nat.add m p)))))))
          (congrArg (fun t => Nat.add (pack B (Nat.succ m) f) (Nat.mul (Nat.pow B (Nat.succ m)) t))
            (pack_congr B n (fun p _ => congrArg f (Eq.symm (nat_succ_add m p)))))))) m f

/-- The last digit of a packed number. -/
theorem pack_last (B n : Nat) (f : Nat → Nat) :
    Eq (pack B (Nat.succ n) f) (Nat.add (pack B n f) (Nat.mul (Nat.pow B n) (f n))) :=
  pack_append B n 1 f

/-- Blocks of `k` digits are digits of base `B^k`. -/
theorem pack_blocks (B k m : Nat) (f : Nat → Nat) :
    Eq (pack B (Nat.mul k m) f)
      (pack (Nat.pow B k) m (fun q => pack B k (fun j => f (Nat.add (Nat.mul k q) j)))) :=
  Nat.rec
    (motive := fun m => Eq (pack B (Nat.mul k m) f)
      (pack (Nat.pow B k) m (fun q => pack B k (fun j => f (Nat.add (Nat.mul k q) j)))))
    rfl
    (fun m ih => Eq.trans (pack_append B (Nat.mul k m) k f)
      (Eq.trans
        (congr2 (fun x y => Nat.add x (Nat.mul y
          (pack B k (fun j => f (Nat.add (Nat.mul k m) j))))) ih (nat_pow_mul B k m))
        (Eq.symm (pack_last (Nat.pow B k) m
          (fun q => pack B k (fun j => f (Nat.add (Nat.mul k q) j))))))) m

/-- The number with the single digit `D` at place `i < n` is `D * B^i`. -/
theorem pack_single (B D : Nat) {i n : Nat} (h : Nat.lt i n) :
    Eq (pack B n (fun p => pick (Nat.beq p i) D 0)) (Nat.mul D (Nat.pow B i)) :=
  Nat.rec
    (motive := fun i => ∀ n, Nat.lt i n →
      Eq (pack B n (fun p => pick (Nat.beq p i) D 0)) (Nat.mul D (Nat.pow B i)))
    (fun n h => match n, h with
      | .zero, h => absurd h (Nat.not_succ_le_zero 0)
      | .succ n, _ => Eq.trans (congrArg (fun t => Nat.add D (Nat.mul B t)) (pack_zero B n))
          (nat_ring (vars1 D) (a := Nat.add D 0) (b := Nat.mul D 1)))
    (fun i ih n h => match n, h with
      | .zero, h => absurd h (Nat.not_succ_le_zero _)
      | .succ n, h => Eq.trans
          (congrArg (fun t => Nat.add 0 (Nat.mul B t)) (ih n (Nat.le_of_succ_le_succ h)))
          (nat_ring (vars3 B D (Nat.pow B i)) (a := Nat.add 0 (Nat.mul B (Nat.mul D (Nat.pow B i))))
            (b := Nat.mul D (Nat.mul (Nat.pow B i) B)))) i n h

/-- A packed sum is the sum of the packed numbers. -/
theorem pack_natSum (B n m : Nat) (f : Nat → Nat → Nat) :
    Eq (pack B n (fun p => natSum m (fun r => f r p))) (natSum m (fun r => pack B n (f r))) :=
  Nat.rec
    (motive := fun m => Eq (pack B n (fun p => natSum m (fun r => f r p)))
      (natSum m (fun r => pack B n (f r))))
    (pack_zero B n)
    (fun m ih => Eq.trans (pack_add B n (fun p => natSum m (fun r => f r p)) (f m))
      (congrArg (fun t => Nat.add t (pack B n (f m))) ih)) m

/-! ## Digits -/

/-- Digit 0 is the remainder. -/
theorem digit_zero (w x : Nat) : Eq (digit w x 0) (Nat.mod x (pow2 w)) := rfl

/-- Digit `p + 1` of `x` is digit `p` of `x >> w`. -/
theorem digit_succ (w x p : Nat) : Eq (digit w x (Nat.succ p)) (digit w (Nat.shiftRight x w) p) :=
  congrArg (fun t => Nat.mod t (pow2 w))
    (Eq.trans (congrArg (Nat.shiftRight x) (nat_add_comm (Nat.mul w p) w))
      (shiftRight_add x w (Nat.mul w p)))

/-- Digits past `n` are those of `x >> w*n`. -/
theorem digit_add (w x n p : Nat) :
    Eq (digit w x (Nat.add n p)) (digit w (Nat.shiftRight x (Nat.mul w n)) p) :=
  congrArg (fun t => Nat.mod t (pow2 w))
    (Eq.trans (congrArg (Nat.shiftRight x) (nat_mul_add w n p))
      (shiftRight_add x (Nat.mul w n) (Nat.mul w p)))

/-- Digits are below the base. -/
theorem digit_lt (w x p : Nat) : Nat.lt (digit w x p) (pow2 w) := nat_mod_lt _ (pow2_pos w)

/-- A number is its first `n` digits and the rest: `x = pack n (digits of x) + 2^(w*n) * (x >> w*n)`. -/
theorem pack_digit_add (w n x : Nat) :
    Eq (Nat.add (pack (pow2 w) n (digit w x))
      (Nat.mul (Nat.pow (pow2 w) n) (Nat.shiftRight x (Nat.mul w n)))) x :=
  Nat.rec
    (motive := fun n => ∀ x, Eq (Nat.add (pack (pow2 w) n (digit w x))
      (Nat.mul (Nat.pow (pow2 w) n) (Nat.shiftRight x (Nat.mul w n)))) x)
    (fun x => nat_ring (vars1 x) (a := Nat.add 0 (Nat.mul 1 x)) (b := x))
    (fun n ih x =>
      have e : Eq (pack (pow2 w) n (fun p => digit w x (Nat.succ p)))
          (pack (pow2 w) n (digit w (Nat.shiftRight x w))) :=
        pack_congr (pow2 w) n (fun p _ => digit_succ w x p)
      have s : Eq (Nat.shiftRight x (Nat.mul w (Nat.succ n)))
          (Nat.shiftRight (Nat.shiftRight x w) (Nat.mul w n)) :=
        Eq.trans (congrArg (Nat.shiftRight x) (nat_add_comm (Nat.mul w n) w))
          (shiftRight_add x w (Nat.mul w n))
      Eq.trans
        (congr2 (fun a b => Nat.add (Nat.add (digit w x 0) (Nat.mul (pow2 w) a))
          (Nat.mul (Nat.pow (pow2 w) (Nat.succ n)) b)) e s)
        (Eq.trans
          (nat_ring (vars5 (digit w x 0) (pow2 w) (pack (pow2 w) n (digit w (Nat.shiftRight x w)))
              (Nat.pow (pow2 w) n) (Nat.shiftRight (Nat.shiftRight x w) (Nat.mul w n)))
            (a := Nat.add (Nat.add (digit w x 0)
                (Nat.mul (pow2 w) (pack (pow2 w) n (digit w (Nat.shiftRight x w)))))
              (Nat.mul (Nat.mul (Nat.pow (pow2 w) n) (pow2 w))
                (Nat.shiftRight (Nat.shiftRight x w) (Nat.mul w n))))
            (b := Nat.add (digit w x 0) (Nat.mul (pow2 w)
              (Nat.add (pack (pow2 w) n (digit w (Nat.shiftRight x w)))
                (Nat.mul (Nat.pow (pow2 w) n)
                  (Nat.shiftRight (Nat.shiftRight x w) (Nat.mul w n)))))))
          (Eq.trans (congrArg (fun t => Nat.add (digit w x 0) (Nat.mul (pow2 w) t))
              (ih (Nat.shiftRight x w)))
            (mod_add_shiftRight x w)))) n x

/-- Digits are unique: `x = pack n f + 2^(w*n) * t` with `f p < 2^w` has the digits `f`, and
`x >> w*n = t`. -/
theorem digit_eq (w n : Nat) {x t : Nat} {f : Nat → Nat} (hf : ∀ p, Nat.lt p n → Nat.lt (f p) (pow2 w))
    (h : Eq x (Nat.add (pack (pow2 w) n f) (Nat.mul (Nat.pow (pow2 w) n) t))) :
    And (∀ p, Nat.lt p n → Eq (digit w x p) (f p)) (Eq (Nat.shiftRight x (Nat.mul w n)) t) :=
  Nat.rec
    (motive := fun n => ∀ (x : Nat) (f : Nat → Nat), (∀ p, Nat.lt p n → Nat.lt (f p) (pow2 w)) →
      Eq x (Nat.add (pack (pow2 w) n f) (Nat.mul (Nat.pow (pow2 w) n) t)) →
      And (∀ p, Nat.lt p n → Eq (digit w x p) (f p)) (Eq (Nat.shiftRight x (Nat.mul w n)) t))
    (fun _ _ _ h => ⟨fun p hp => absurd hp (Nat.not_succ_le_zero p),
      Eq.trans h (nat_ring (vars1 t) (a := Nat.add 0 (Nat.mul 1 t)))⟩)
    (fun n ih x f hf h =>
      have e : Eq x (Nat.add (f 0) (Nat.mul (pow2 w)
          (Nat.add (pack (pow2 w) n (fun p => f (Nat.succ p))) (Nat.mul (Nat.pow (pow2 w) n) t)))) :=
        Eq.trans h (nat_ring (vars5 (f 0) (pow2 w) (pack (pow2 w) n (fun p => f (Nat.succ p)))
            (Nat.pow (pow2 w) n) t)
          (a := Nat.add (Nat.add (f 0) (Nat.mul (pow2 w) (pack (pow2 w) n (fun p => f (Nat.succ p)))))
              (Nat.mul (Nat.mul (Nat.pow (pow2 w) n) (pow2 w)) t)))
      have k := mod_shiftRight_eq (hf 0 (Nat.succ_le_succ (Nat.zero_le n))) e
      have i := ih (Nat.shiftRight x w) (fun p => f (Nat.succ p))
        (fun p hp => hf (Nat.succ p) (Nat.succ_le_succ hp)) k.right
      ⟨fun p => match p with
        | .zero => fun _ => k.left
        | .succ p => fun hp => Eq.trans (digit_succ w x p) (i.left p (Nat.le_of_succ_le_succ hp)),
       Eq.trans (congrArg (Nat.shiftRight x) (nat_add_comm (Nat.mul w n) w))
         (Eq.trans (shiftRight_add x w (Nat.mul w n)) i.right)⟩) n x f hf h

/-- Packed numbers with digits below the base are equal only where their digits are. -/
theorem pack_inj (b n : Nat) {f g : Nat → Nat} (hf : ∀ p, Nat.lt p n → Nat.lt (f p) (pow2 b))
    (hg : ∀ p, Nat.lt p n → Nat.lt (g p) (pow2 b)) (h : Eq (pack (pow2 b) n f) (pack (pow2 b) n g)) :
    ∀ p, Nat.lt p n → Eq (f p) (g p) :=
  fun p hp => Eq.trans
    (Eq.symm ((digit_eq b n (t := 0) hf (rfl : Eq (pack (pow2 b) n f) _)).left p hp))
    ((digit_eq b n (t := 0) hg h).left p hp)

/-- Digits of a packed number. -/
theorem digit_pack (b n : Nat) {f : Nat → Nat} (hf : ∀ p, Nat.lt p n → Nat.lt (f p) (pow2 b))
    {p : Nat} (hp : Nat.lt p n) : Eq (digit b (pack (pow2 b) n f) p) (f p) :=
  (digit_eq b n (t := 0) hf rfl).left p hp

/-- `2^(w*n) = (2^w)^n`. -/
theorem pow2_mul (w n : Nat) : Eq (pow2 (Nat.mul w n)) (Nat.pow (pow2 w) n) := nat_pow_mul 2 w n

/-- The low digits of a number are those of its remainder: for `p < n`, digit `p` of
`x % 2^(w*n)` is digit `p` of `x`. -/
theorem digit_mod (w x n : Nat) {p : Nat} (hp : Nat.lt p n) :
    Eq (digit w (Nat.mod x (pow2 (Nat.mul w n))) p) (digit w x p) :=
  have z : Eq (Nat.shiftRight (Nat.mod x (pow2 (Nat.mul w n))) (Nat.mul w n)) 0 :=
    (mod_shiftRight_eq (q := 0) (nat_mod_lt x (pow2_pos _)) rfl).right
  have e : Eq x (Nat.add (pack (pow2 w) n (digit w (Nat.mod x (pow2 (Nat.mul w n)))))
      (Nat.mul (Nat.pow (pow2 w) n) (Nat.shiftRight x (Nat.mul w n)))) :=
    Eq.trans (Eq.symm (mod_add_shiftRight x (Nat.mul w n)))
      (congr2 (fun a b => Nat.add a (Nat.mul b (Nat.shiftRight x (Nat.mul w n))))
        (Eq.trans (Eq.symm (pack_digit_add w n _))
          (congrArg (fun t => Nat.add _ (Nat.mul (Nat.pow (pow2 w) n) t)) z))
        (pow2_mul w n))
  Eq.symm ((digit_eq w n (fun p _ => digit_lt w _ p) e).left p hp)

/-- Digit `j` of digit `q` of base `2^(b k)` is digit `k q + j` of base `2^b`. -/
theorem digit_digit (b k y q : Nat) {j : Nat} (hj : Nat.lt j k) :
    Eq (digit b (digit (Nat.mul b k) y q) j) (digit b y (Nat.add (Nat.mul k q) j)) :=
  Eq.trans (digit_mod b (Nat.shiftRight y (Nat.mul (Nat.mul b k) q)) k hj)
    (Eq.trans (congrArg (fun t => digit b (Nat.shiftRight y t) j) (nat_mul_assoc b k q))
      (Eq.symm (digit_add b y (Nat.mul k q) j)))

/-- A remainder has no digits past `n`. -/
theorem shiftRight_mod (w x n : Nat) :
    Eq (Nat.shiftRight (Nat.mod x (pow2 (Nat.mul w n))) (Nat.mul w n)) 0 :=
  (mod_shiftRight_eq (q := 0) (nat_mod_lt x (pow2_pos _)) rfl).right

end LipBridge
