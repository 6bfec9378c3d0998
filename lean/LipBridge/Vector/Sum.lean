import LipBridge.Algebra.Numerals
/-!
# Finite sums

`sum n f = f 0 + … + f (n-1)` in an ordered ring, and its laws.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `f 0 + … + f (n-1)`. -/
def sum (n : Nat) (f : Nat → R) : R :=
  match n with
  | 0 => zero
  | .succ n => add (sum n f) (f n)

/-! ## Equalities -/

/-- Sums of equal terms are equal. -/
theorem sum_congr {n : Nat} {f g : Nat → R} (h : ∀ i, Nat.lt i n → Eq (f i) (g i)) :
    Eq (sum n f) (sum n g) :=
  match n, h with
  | 0, _ => rfl
  | .succ n, h =>
    congr2 add (sum_congr (fun i hi => h i (Nat.le.step hi))) (h n Nat.le.refl)

/-- Sums of terms that are equal everywhere are equal. -/
theorem sum_ext (n : Nat) {f g : Nat → R} (h : ∀ i, Eq (f i) (g i)) : Eq (sum n f) (sum n g) :=
  sum_congr (fun i _ => h i)

/-- `Σ 0 = 0`. -/
theorem sum_zero (n : Nat) : Eq (sum n (fun _ => (zero : R))) zero :=
  match n with
  | 0 => rfl
  | .succ n => Eq.trans (congrArg (fun t => add t zero) (sum_zero n)) (add_zero zero)

/-- `Σ (f + g) = Σ f + Σ g`. -/
theorem sum_add (n : Nat) (f g : Nat → R) :
    Eq (sum n (fun i => add (f i) (g i))) (add (sum n f) (sum n g)) :=
  match n with
  | 0 => Eq.symm (add_zero zero)
  | .succ n => Eq.trans (congrArg (fun t => add t (add (f n) (g n))) (sum_add n f g))
      (ring_eq (vars4 (sum n f) (sum n g) (f n) (g n))
        (b := add (add (sum n f) (f n)) (add (sum n g) (g n))))

/-- `Σ (c * f) = c * Σ f`. -/
theorem sum_mul_left (n : Nat) (c : R) (f : Nat → R) :
    Eq (sum n (fun i => mul c (f i))) (mul c (sum n f)) :=
  match n with
  | 0 => Eq.symm (mul_zero c)
  | .succ n => Eq.trans (congrArg (fun t => add t (mul c (f n))) (sum_mul_left n c f))
      (Eq.symm (mul_add c (sum n f) (f n)))

/-- `Σ (f * c) = (Σ f) * c`. -/
theorem sum_mul_right (n : Nat) (c : R) (f : Nat → R) :
    Eq (sum n (fun i => mul (f i) c)) (mul (sum n f) c) :=
  Eq.trans (sum_ext n (fun i => mul_comm (f i) c))
    (Eq.trans (sum_mul_left n c f) (mul_comm c (sum n f)))

/-- `Σ (-f) = -Σ f`. -/
theorem sum_neg (n : Nat) (f : Nat → R) : Eq (sum n (fun i => neg (f i))) (neg (sum n f)) :=
  match n with
  | 0 => ring_eq .nil (a := zero) (b := neg zero)
  | .succ n => Eq.trans (congrArg (fun t => add t (neg (f n))) (sum_neg n f))
      (ring_eq (vars2 (sum n f) (f n)) (b := neg (add (sum n f) (f n))))

/-- `Σ (f - g) = Σ f - Σ g`. -/
theorem sum_sub (n : Nat) (f g : Nat → R) :
    Eq (sum n (fun i => sub (f i) (g i))) (sub (sum n f) (sum n g)) :=
  Eq.trans (sum_add n f (fun i => neg (g i))) (congrArg (add (sum n f)) (sum_neg n g))

/-- `Σ_i Σ_j f i j = Σ_j Σ_i f i j`. -/
theorem sum_comm (m n : Nat) (f : Nat → Nat → R) :
    Eq (sum m (fun i => sum n (fun j => f i j))) (sum n (fun j => sum m (fun i => f i j))) :=
  match m with
  | 0 => Eq.symm (sum_zero n)
  | .succ m => Eq.trans (congrArg (fun t => add t (sum n (fun j => f m j))) (sum_comm m n f))
      (Eq.symm (sum_add n (fun j => sum m (fun i => f i j)) (fun j => f m j)))

/-- `Σ_{i<a+b} f i = Σ_{i<a} f i + Σ_{i<b} f (a+i)`. -/
theorem sum_append (a b : Nat) (f : Nat → R) :
    Eq (sum (Nat.add a b) f) (add (sum a f) (sum b (fun i => f (Nat.add a i)))) :=
  match b with
  | 0 => Eq.symm (add_zero (sum a f))
  | .succ b => Eq.trans (congrArg (fun t => add t (f (Nat.add a b))) (sum_append a b f))
      (add_assoc _ _ _)

/-- `Σ_{i<b·d} f i = Σ_{t<b} Σ_{j<d} f (t·d+j)`. -/
theorem sum_block (b d : Nat) (f : Nat → R) :
    Eq (sum (Nat.mul b d) f) (sum b (fun t => sum d (fun j => f (Nat.add (Nat.mul t d) j)))) :=
  match b with
  | 0 => congrArg (fun n => sum n f) (nat_zero_mul d)
  | .succ b => Eq.trans (congrArg (fun n => sum n f) (nat_succ_mul b d))
      (Eq.trans (sum_append (Nat.mul b d) d f)
        (congrArg (fun t => add t (sum d (fun j => f (Nat.add (Nat.mul b d) j))))
          (sum_block b d f)))

/-- A sum whose terms vanish except at `k < n` is the term at `k`. -/
theorem sum_single {n k : Nat} {f : Nat → R} (hk : Nat.lt k n)
    (h : ∀ i, Not (Eq i k) → Eq (f i) zero) : Eq (sum n f) (f k) :=
  match n, hk with
  | .succ n, hk =>
    Or.elim (nat_lt_or_ge k n)
      (fun g => Eq.trans
        (congr2 add (sum_single g h) (h n (fun e =>
          nat_lt_irrefl (Eq.subst (motive := Nat.lt k) e g))))
        (add_zero (f k)))
      (fun g =>
        have e : Eq k n := nat_le_antisymm (Nat.le_of_succ_le_succ hk) g
        Eq.subst (motive := fun k => (∀ i, Not (Eq i k) → Eq (f i) zero) →
            Eq (add (sum n f) (f n)) (f k)) (Eq.symm e)
          (fun h => Eq.trans
            (congrArg (fun t => add t (f n)) (Eq.trans
              (sum_congr (fun i hi => h i (fun e =>
                nat_lt_irrefl (Eq.subst (motive := fun i => Nat.lt i n) e hi))))
              (sum_zero n)))
            (zero_add (f n))) h)

/-- The image of a sum of integers. -/
theorem ofInt_sum (n : Nat) (f : Nat → Int) :
    Eq (ofInt (sum n f) : R) (sum n (fun i => ofInt (f i))) :=
  match n with
  | 0 => ofInt_zero
  | .succ n => Eq.trans (ofInt_add (sum n f) (f n))
      (congrArg (fun t => add t (ofInt (f n))) (ofInt_sum n f))

/-- A sum of `n` equal terms. -/
theorem sum_const (n : Nat) (c : R) : Eq (sum n (fun _ => c)) (mul (ofNat n) c) :=
  match n with
  | 0 => Eq.symm (Eq.trans (congrArg (fun t => mul t c) ofNat_zero) (zero_mul c))
  | .succ n => Eq.trans (congrArg (fun t => add t c) (sum_const n c))
      (Eq.trans (ring_eq (vars2 (ofNat n) c) (b := mul (add (ofNat n) one) c))
        (congrArg (fun t => mul t c) (Eq.symm (ofNat_succ n))))

/-! ## Inequalities -/

/-- Sums keep inequalities. -/
theorem sum_le {n : Nat} {f g : Nat → R} (h : ∀ i, Nat.lt i n → le (f i) (g i)) :
    le (sum n f) (sum n g) :=
  match n, h with
  | 0, _ => le_refl zero
  | .succ n, h => add_le_add (sum_le (fun i hi => h i (Nat.le.step hi))) (h n Nat.le.refl)

/-- A sum of non-negative terms is not negative. -/
theorem sum_nonneg {n : Nat} {f : Nat → R} (h : ∀ i, Nat.lt i n → le zero (f i)) :
    le zero (sum n f) :=
  le_via (sum_le h) (Eq.symm (sum_zero n)) rfl

/-- A term of a sum of non-negative terms is at most the sum. -/
theorem term_le_sum {n k : Nat} {f : Nat → R} (h : ∀ i, Nat.lt i n → le zero (f i))
    (hk : Nat.lt k n) : le (f k) (sum n f) :=
  match n, h, hk with
  | .succ n, h, hk =>
    Or.elim (nat_lt_or_ge k n)
      (fun g => le_trans (term_le_sum (fun i hi => h i (Nat.le.step hi)) g)
        (le_of_add (h n Nat.le.refl) rfl))
      (fun g =>
        have e : Eq k n := nat_le_antisymm (Nat.le_of_succ_le_succ hk) g
        Eq.subst (motive := fun k => le (f k) (add (sum n f) (f n))) (Eq.symm e)
          (le_of_add (sum_nonneg (fun i hi => h i (Nat.le.step hi))) (add_comm _ _)))

/-- A shorter sum of non-negative terms is smaller. -/
theorem sum_le_of_le {m n : Nat} {f : Nat → R} (h : ∀ i, le zero (f i)) (hm : Nat.le m n) :
    le (sum m f) (sum n f) :=
  match nat_exists_of_le hm with
  | ⟨k, e⟩ => Eq.subst (motive := fun n => le (sum m f) (sum n f)) e
      (le_of_add (sum_nonneg (n := k) (f := fun i => f (Nat.add m i)) (fun _ _ => h _))
        (Eq.symm (sum_append m k f)))

end

end LipBridge
