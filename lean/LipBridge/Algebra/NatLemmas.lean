import LipBridge.Algebra.Logic
/-!
# Natural numbers: the laws of arithmetic

The commutative-semiring laws and the order of `Nat`, proved from the recursion equations. They bear
names of our own (`nat_…`), so that they never meet those of the official library.
-/

set_option autoImplicit false

namespace LipBridge

/-- `0 + n = n`. -/
theorem nat_zero_add (n : Nat) : Eq (Nat.add 0 n) n :=
  Nat.rec (motive := fun n => Eq (Nat.add 0 n) n) rfl (fun _ ih => congrArg Nat.succ ih) n

/-- `(m+1) + n = (m+n) + 1`. -/
theorem nat_succ_add (m n : Nat) : Eq (Nat.add (Nat.succ m) n) (Nat.succ (Nat.add m n)) :=
  Nat.rec (motive := fun n => Eq (Nat.add (Nat.succ m) n) (Nat.succ (Nat.add m n))) rfl
    (fun _ ih => congrArg Nat.succ ih) n

/-- `m + n = n + m`. -/
theorem nat_add_comm (m n : Nat) : Eq (Nat.add m n) (Nat.add n m) :=
  Nat.rec (motive := fun n => Eq (Nat.add m n) (Nat.add n m)) (Eq.symm (nat_zero_add m))
    (fun k ih => Eq.trans (congrArg Nat.succ ih) (Eq.symm (nat_succ_add k m))) n

/-- `(a + b) + c = a + (b + c)`. -/
theorem nat_add_assoc (a b c : Nat) : Eq (Nat.add (Nat.add a b) c) (Nat.add a (Nat.add b c)) :=
  Nat.rec (motive := fun c => Eq (Nat.add (Nat.add a b) c) (Nat.add a (Nat.add b c))) rfl
    (fun _ ih => congrArg Nat.succ ih) c

/-- `0 * n = 0`. -/
theorem nat_zero_mul (n : Nat) : Eq (Nat.mul 0 n) 0 :=
  Nat.rec (motive := fun n => Eq (Nat.mul 0 n) 0) rfl (fun _ ih => ih) n

/-- `a * (b + c) = a * b + a * c`. -/
theorem nat_mul_add (a b c : Nat) :
    Eq (Nat.mul a (Nat.add b c)) (Nat.add (Nat.mul a b) (Nat.mul a c)) :=
  Nat.rec (motive := fun c => Eq (Nat.mul a (Nat.add b c)) (Nat.add (Nat.mul a b) (Nat.mul a c)))
    rfl (fun _ ih => Eq.trans (congrArg (fun t => Nat.add t a) ih) (nat_add_assoc _ _ _)) c

/-- `(m+1) * n = m * n + n`. -/
theorem nat_succ_mul (m n : Nat) : Eq (Nat.mul (Nat.succ m) n) (Nat.add (Nat.mul m n) n) :=
  Nat.rec (motive := fun n => Eq (Nat.mul (Nat.succ m) n) (Nat.add (Nat.mul m n) n)) rfl
    (fun k ih => congrArg Nat.succ
      (Eq.trans (congrArg (fun t => Nat.add t m) ih)
        (Eq.trans (nat_add_assoc (Nat.mul m k) k m)
          (Eq.trans (congrArg (Nat.add (Nat.mul m k)) (nat_add_comm k m))
            (Eq.symm (nat_add_assoc (Nat.mul m k) m k)))))) n

/-- `m * n = n * m`. -/
theorem nat_mul_comm (m n : Nat) : Eq (Nat.mul m n) (Nat.mul n m) :=
  Nat.rec (motive := fun n => Eq (Nat.mul m n) (Nat.mul n m)) (Eq.symm (nat_zero_mul m))
    (fun k ih => Eq.trans (congrArg (fun t => Nat.add t m) ih) (Eq.symm (nat_succ_mul k m))) n

/-- `(a * b) * c = a * (b * c)`. -/
theorem nat_mul_assoc (a b c : Nat) : Eq (Nat.mul (Nat.mul a b) c) (Nat.mul a (Nat.mul b c)) :=
  Nat.rec (motive := fun c => Eq (Nat.mul (Nat.mul a b) c) (Nat.mul a (Nat.mul b c))) rfl
    (fun k ih => Eq.trans (congrArg (fun t => Nat.add t (Nat.mul a b)) ih)
      (Eq.symm (nat_mul_add a (Nat.mul b k) b))) c

/-- `n * 1 = n`. -/
theorem nat_mul_one (n : Nat) : Eq (Nat.mul n 1) n := nat_zero_add n

/-- `a + c = b + c` gives `a = b`. -/
theorem nat_add_right_cancel {a b : Nat} (c : Nat) (h : Eq (Nat.add a c) (Nat.add b c)) : Eq a b :=
  Nat.rec (motive := fun c => Eq (Nat.add a c) (Nat.add b c) → Eq a b) (fun h => h)
    (fun _ ih h => ih (Nat.noConfusion h (fun e => e))) c h

/-- `a + b = 0` gives `a = 0`. -/
theorem nat_eq_zero_of_add {a b : Nat} (h : Eq (Nat.add a b) 0) : Eq a 0 :=
  match b with
  | 0 => h
  | Nat.succ _ => Nat.noConfusion h

/-- Two numbers compare: one is the other plus something. -/
theorem nat_total (a b : Nat) :
    Or (Exists fun k => Eq (Nat.add a k) b) (Exists fun k => Eq (Nat.add b (Nat.succ k)) a) :=
  Nat.rec (motive := fun a =>
      Or (Exists fun k => Eq (Nat.add a k) b) (Exists fun k => Eq (Nat.add b (Nat.succ k)) a))
    (Or.inl ⟨b, nat_zero_add b⟩)
    (fun a ih => Or.elim ih
      (fun h => match h with
        | ⟨0, e⟩ => Or.inr ⟨0, congrArg Nat.succ (Eq.symm e)⟩
        | ⟨Nat.succ k, e⟩ => Or.inl ⟨k, Eq.trans (nat_succ_add a k) e⟩)
      (fun h => match h with
        | ⟨k, e⟩ => Or.inr ⟨Nat.succ k, congrArg Nat.succ e⟩)) a

/-! ## The order -/

/-- `n ≤ n + k`. -/
theorem nat_le_add (n k : Nat) : Nat.le n (Nat.add n k) :=
  Nat.rec (motive := fun k => Nat.le n (Nat.add n k)) Nat.le.refl (fun _ ih => Nat.le.step ih) k

/-- `a ≤ b` gives a `k` with `a + k = b`. -/
theorem nat_exists_of_le {a b : Nat} (h : Nat.le a b) : Exists fun k => Eq (Nat.add a k) b :=
  Nat.le.rec (motive := fun b _ => Exists fun k => Eq (Nat.add a k) b) ⟨0, rfl⟩
    (fun _ ih => match ih with
      | ⟨k, e⟩ => ⟨Nat.succ k, congrArg Nat.succ e⟩) h

/-- `a + k = b` gives `a ≤ b`. -/
theorem nat_le_of_add_eq {a b k : Nat} (h : Eq (Nat.add a k) b) : Nat.le a b :=
  h ▸ nat_le_add a k

/-- `a < b` or `b ≤ a`. -/
theorem nat_lt_or_ge (a b : Nat) : Or (Nat.lt a b) (Nat.le b a) :=
  Or.elim (nat_total b a)
    (fun h => match h with | ⟨_, e⟩ => Or.inr (nat_le_of_add_eq e))
    (fun h => match h with
      | ⟨k, e⟩ => Or.inl (nat_le_of_add_eq (k := k) (Eq.trans (nat_succ_add a k) e)))

/-- `a ≤ b` and `b ≤ a` give `a = b`. -/
theorem nat_le_antisymm {a b : Nat} (h₁ : Nat.le a b) (h₂ : Nat.le b a) : Eq a b :=
  match nat_exists_of_le h₁, nat_exists_of_le h₂ with
  | ⟨k, e⟩, ⟨l, e'⟩ =>
    have h : Eq (Nat.add k l) 0 :=
      nat_add_right_cancel a
        (Eq.trans (nat_add_comm (Nat.add k l) a)
          (Eq.trans (Eq.symm (nat_add_assoc a k l))
            (Eq.trans (congrArg (fun t => Nat.add t l) e)
              (Eq.trans e' (Eq.symm (nat_zero_add a))))))
    have h0 : Eq k 0 := nat_eq_zero_of_add h
    Eq.trans (congrArg (Nat.add a) (Eq.symm h0)) e

/-- Nothing is less than itself. -/
theorem nat_lt_irrefl {n : Nat} (h : Nat.lt n n) : False := Nat.not_succ_le_self n h

/-- `Nat.ble` that says no reverses the order. -/
theorem nat_le_of_ble_false {a b : Nat} (h : Eq (Nat.ble a b) false) : Nat.le b a :=
  Or.elim (nat_lt_or_ge b a) (fun hl => Nat.le_trans (Nat.le_succ b) hl)
    (fun hg => bool_absurd (Eq.trans (Eq.symm (Nat.ble_eq_true_of_le hg)) h))

/-! ## Blocks -/

/-- `b > 0` when some `j < b`. -/
theorem nat_pos_of_lt {j b : Nat} (h : Nat.lt j b) : Nat.lt 0 b :=
  Nat.le_trans (Nat.succ_le_succ (Nat.zero_le j)) h

/-- `m·q + r = m·t + j` with `r, j < m` gives `q ≤ t`. -/
theorem nat_block_le {m q r t j : Nat} (hj : Nat.lt j m)
    (h : Eq (Nat.add (Nat.mul m q) r) (Nat.add (Nat.mul m t) j)) : Nat.le q t :=
  Or.elim (nat_total q t)
    (fun g => match g with | ⟨_, e⟩ => nat_le_of_add_eq e)
    (fun g => match g with
      | ⟨k, e⟩ =>
        -- `q = t + (k+1)`, so `j = m·(k+1) + r ≥ m`
        have hq : Eq (Nat.add (Nat.mul m q) r)
            (Nat.add (Nat.mul m t) (Nat.add (Nat.mul m (Nat.succ k)) r)) :=
          Eq.trans (congrArg (fun q => Nat.add (Nat.mul m q) r) (Eq.symm e))
            (Eq.trans (congrArg (fun s => Nat.add s r) (nat_mul_add m t (Nat.succ k)))
              (nat_add_assoc _ _ _))
        have hj' : Eq (Nat.add (Nat.mul m (Nat.succ k)) r) j :=
          nat_add_right_cancel (Nat.mul m t)
            (Eq.trans (nat_add_comm _ _) (Eq.trans (Eq.symm hq) (Eq.trans h (nat_add_comm _ _))))
        have hm : Nat.le m j :=
          nat_le_of_add_eq (k := Nat.add (Nat.mul m k) r)
            (Eq.trans (Eq.symm (nat_add_assoc m (Nat.mul m k) r))
              (Eq.trans (congrArg (fun s => Nat.add s r) (nat_add_comm m (Nat.mul m k))) hj'))
        False.elim (nat_lt_irrefl (Nat.le_trans hj hm)))

/-- `m·q + r = m·t + j` with `r, j < m` gives `q = t` and `r = j`. -/
theorem nat_block_unique {m q r t j : Nat} (hr : Nat.lt r m) (hj : Nat.lt j m)
    (h : Eq (Nat.add (Nat.mul m q) r) (Nat.add (Nat.mul m t) j)) : And (Eq q t) (Eq r j) :=
  have hq : Eq q t := nat_le_antisymm (nat_block_le hj h) (nat_block_le hr (Eq.symm h))
  ⟨hq, nat_add_right_cancel (Nat.mul m t) (Eq.trans (nat_add_comm r _)
    (Eq.trans (congrArg (fun q => Nat.add (Nat.mul m q) r) (Eq.symm hq))
      (Eq.trans h (nat_add_comm _ j))))⟩

/-- `(a + b) * c = a * c + b * c`. -/
theorem nat_add_mul (a b c : Nat) :
    Eq (Nat.mul (Nat.add a b) c) (Nat.add (Nat.mul a c) (Nat.mul b c)) :=
  Eq.trans (nat_mul_comm _ c)
    (Eq.trans (nat_mul_add c a b) (congr2 Nat.add (nat_mul_comm c a) (nat_mul_comm c b)))

/-- `t < b` and `j < m` give `t·m + j < b·m`. -/
theorem nat_block_lt {t b m j : Nat} (ht : Nat.lt t b) (hj : Nat.lt j m) :
    Nat.lt (Nat.add (Nat.mul t m) j) (Nat.mul b m) :=
  match nat_exists_of_le ht with
  | ⟨k, e⟩ =>
    have h₁ : Nat.le (Nat.succ (Nat.add (Nat.mul t m) j)) (Nat.mul (Nat.succ t) m) :=
      match nat_exists_of_le hj with
      | ⟨l, f⟩ => nat_le_of_add_eq (k := l)
        (Eq.trans (nat_add_assoc (Nat.mul t m) (Nat.succ j) l)
          (Eq.trans (congrArg (Nat.add (Nat.mul t m)) f) (Eq.symm (nat_succ_mul t m))))
    Nat.le_trans h₁ (nat_le_of_add_eq (k := Nat.mul k m)
      (Eq.trans (Eq.symm (nat_add_mul (Nat.succ t) k m)) (congrArg (fun s => Nat.mul s m) e)))

end LipBridge
