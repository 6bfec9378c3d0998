import LipBridge.Algebra.Numerals
/-!
# Fractions with one base: normal forms

`n / β^k` with `β = b + 1`. Every fraction has one normal form: divide by `β` while the numerator
allows it. So two pairs have the same normal form as soon as `n * β^l = m * β^k`, and the fractions
are a type without quotients.
-/

set_option autoImplicit false

namespace LipBridgeTest

open LipBridge

/-- The base `β = b + 1`, as an integer. -/
abbrev base (b : Nat) : Int := ofNat (Nat.succ b)

/-- `β^k`. -/
def pw (b k : Nat) : Int :=
  match k with
  | 0 => one
  | .succ k => mul (pw b k) (base b)

/-- `0 < β^k`. -/
theorem pw_pos (b k : Nat) : lt zero (pw b k) :=
  match k with
  | 0 => zero_lt_one
  | .succ k => mul_pos (pw_pos b k) (ofNat_pos rfl)

/-- `β^(k+l) = β^k * β^l`. -/
theorem pw_add (b k l : Nat) : Eq (pw b (Nat.add k l)) (mul (pw b k) (pw b l)) :=
  match l with
  | 0 => Eq.symm (mul_one _)
  | .succ l => Eq.trans (congrArg (fun t => mul t (base b)) (pw_add b k l)) (mul_assoc _ _ _)

/-- The `q < j` with `β * q = n`, or 0. -/
def search (b n j : Nat) : Nat :=
  match j with
  | 0 => 0
  | .succ j => cond (Nat.beq (Nat.mul (Nat.succ b) j) n) j (search b n j)

/-- `β * j = β * q` gives `j = q`. -/
theorem nat_mul_cancel {b j q : Nat} (h : Eq (Nat.mul (Nat.succ b) j) (Nat.mul (Nat.succ b) q)) :
    Eq j q :=
  have e : Eq (mul (base b) (ofNat j)) (mul (base b) (ofNat q)) :=
    Eq.trans (Eq.symm (ofNat_mul (Nat.succ b) j)) (Eq.trans (congrArg ofNat h) (ofNat_mul _ q))
  have g : Eq (Int.ofNat j) (Int.ofNat q) :=
    le_antisymm (R := Int) (le_of_mul_le_mul_left (ofNat_pos (n := Nat.succ b) rfl) (le_of_eq e))
      (le_of_mul_le_mul_left (ofNat_pos (n := Nat.succ b) rfl) (le_of_eq (Eq.symm e)))
  Int.noConfusion g (fun e => e)

/-- The search finds what there is. -/
theorem search_eq {b q : Nat} (j : Nat) (h : Nat.lt q j) :
    Eq (search b (Nat.mul (Nat.succ b) q) j) q :=
  match j, h with
  | .succ j, h => cond_ind (P := fun t => Eq t q)
      (fun e => nat_mul_cancel (Nat.eq_of_beq_eq_true e))
      (fun e => search_eq j (Or.elim (nat_lt_or_ge q j) (fun g => g) (fun g =>
        have f : Eq q j := nat_le_antisymm (Nat.le_of_succ_le_succ h) g
        absurd (congrArg (Nat.mul (Nat.succ b)) (Eq.symm f)) (Nat.ne_of_beq_eq_false e))))

/-- `q ≤ β * q`. -/
theorem le_base_mul (b q : Nat) : Nat.le q (Nat.mul (Nat.succ b) q) :=
  nat_le_of_add_eq (k := Nat.mul b q) (nat_ring (vars2 b q))

/-- `n / β`, where `β` divides `n`. -/
def quo (b : Nat) : Int → Int
  | .ofNat n => Int.ofNat (search b n (Nat.succ n))
  | .negSucc n => Int.neg (Int.ofNat (search b (Nat.succ n) (Nat.succ (Nat.succ n))))

/-- `(β * n) / β = n`. -/
theorem quo_mul (b : Nat) (n : Int) : Eq (quo b (mul (base b) n)) n :=
  match n with
  | .ofNat n => congrArg Int.ofNat (search_eq _ (Nat.succ_le_succ (le_base_mul b n)))
  | .negSucc n => congrArg (fun t => Int.neg (Int.ofNat t))
      (search_eq (q := Nat.succ n) _ (Nat.succ_le_succ (le_base_mul b (Nat.succ n))))

/-- Whether two integers are equal. -/
def sameInt (x y : Int) : Bool := and (intBle x y) (intBle y x)

/-- `sameInt` that says yes means equality. -/
theorem eq_of_sameInt {x y : Int} (h : Eq (sameInt x y) true) : Eq x y :=
  match bool_and h with
  | ⟨h, k⟩ => int_le_antisymm (int_le_of_ble h) (int_le_of_ble k)

/-- `sameInt x x`. -/
theorem sameInt_self {x y : Int} (h : Eq x y) : Eq (sameInt x y) true :=
  have g : Eq (intBle y y) true := int_ble_of_le (int_le_refl y)
  Eq.symm h ▸ congr2 and g g

/-- The normal form of `n / β^k`. -/
def norm (b : Nat) (n : Int) (k : Nat) : Prod Int Nat :=
  match k with
  | 0 => ⟨n, 0⟩
  | .succ k => cond (sameInt (mul (base b) (quo b n)) n) (norm b (quo b n) k) ⟨n, Nat.succ k⟩

/-- `(β * n) / β^(k+1)` and `n / β^k` have the same normal form. -/
theorem norm_mul (b : Nat) (n : Int) (k : Nat) :
    Eq (norm b (mul (base b) n) (Nat.succ k)) (norm b n k) :=
  have e := quo_mul b n
  Eq.trans
    (congrArg (fun c => cond c (norm b (quo b (mul (base b) n)) k) ⟨mul (base b) n, Nat.succ k⟩)
      (sameInt_self (congrArg (mul (base b)) e)))
    (congrArg (fun t => norm b t k) e)

/-- `(n * β^j) / β^(k+j)` and `n / β^k` have the same normal form. -/
theorem norm_scale (b : Nat) (n : Int) (k j : Nat) :
    Eq (norm b (mul n (pw b j)) (Nat.add k j)) (norm b n k) :=
  match j with
  | 0 => congrArg (fun t => norm b t k) (mul_one n)
  | .succ j => Eq.trans
      (congrArg (fun t => norm b t (Nat.succ (Nat.add k j)))
        (ring_eq (vars3 n (pw b j) (base b)) (a := mul n (mul (pw b j) (base b)))
          (b := mul (base b) (mul n (pw b j)))))
      (Eq.trans (norm_mul b (mul n (pw b j)) (Nat.add k j)) (norm_scale b n k j))

/-- `n * β^l = m * β^k` gives equal normal forms of `n / β^k` and `m / β^l`. -/
theorem norm_eq {b : Nat} {n m : Int} {k l : Nat} (h : Eq (mul n (pw b l)) (mul m (pw b k))) :
    Eq (norm b n k) (norm b m l) :=
  Eq.trans (Eq.symm (norm_scale b n k l))
    (Eq.trans (congr2 (norm b) h (nat_add_comm k l)) (norm_scale b m l k))

/-- The normal form has the value of the fraction. -/
theorem norm_sound (b : Nat) (n : Int) (k : Nat) :
    Eq (mul (norm b n k).fst (pw b k)) (mul n (pw b (norm b n k).snd)) :=
  match k with
  | 0 => rfl
  | .succ k => cond_ind
      (P := fun t : Prod Int Nat => Eq (mul t.fst (pw b (Nat.succ k))) (mul n (pw b t.snd)))
      (fun h =>
        have e : Eq (mul (base b) (quo b n)) n := eq_of_sameInt h
        Eq.trans (Eq.symm (mul_assoc _ (pw b k) (base b)))
          (Eq.trans (congrArg (fun t => mul t (base b)) (norm_sound b (quo b n) k))
            (Eq.trans (ring_eq (vars3 (quo b n) (base b) (pw b (norm b (quo b n) k).snd))
                (b := mul (mul (base b) (quo b n)) (pw b (norm b (quo b n) k).snd)))
              (congrArg (fun t => mul t (pw b (norm b (quo b n) k).snd)) e))))
      (fun _ => rfl)

/-- A normal form is its own normal form. -/
theorem norm_idem (b : Nat) (n : Int) (k : Nat) :
    Eq (norm b (norm b n k).fst (norm b n k).snd) (norm b n k) :=
  norm_eq (norm_sound b n k)

end LipBridgeTest
