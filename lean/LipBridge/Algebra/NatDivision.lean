import LipBridge.Algebra.NatLemmas
/-!
# Natural numbers: division with remainder

`Nat.div` and `Nat.mod` are those that the kernel computes by its own arithmetic; officially both are
recursions on fuel. That `k·(m/k) + m mod k = m` is proved here from their definitions: the official
theorem rests on the axiom `propext`, and every certified norm would with it.
-/

set_option autoImplicit false

namespace LipBridge

/-- `b ≤ a` gives `(a - b) + b = a`. -/
theorem nat_sub_add_cancel {a b : Nat} (h : Nat.le b a) : Eq (Nat.add (Nat.sub a b) b) a :=
  Nat.rec (motive := fun b => ∀ a, Nat.le b a → Eq (Nat.add (Nat.sub a b) b) a) (fun _ _ => rfl)
    (fun b ih a h => match a, h with
      | .zero, h => absurd h (Nat.not_succ_le_zero b)
      | .succ a, h => Eq.trans
          (congrArg (fun t => Nat.succ (Nat.add t b)) (Nat.succ_sub_succ_eq_sub a b))
          (congrArg Nat.succ (ih a (Nat.le_of_succ_le_succ h)))) b a h

section
-- Both are irreducible, so that no elaborator unfolds them by accident; here they have to be.
set_option allowUnsafeReducibility true in
attribute [local semireducible] Nat.modCore Nat.div

/-- Quotient and remainder with the same fuel belong together. -/
theorem nat_go_div_add_mod (k : Nat) (hk : Nat.lt 0 k) : ∀ (fuel x : Nat) (h : Nat.lt x fuel),
    Eq (Nat.add (Nat.mul k (Nat.div.go k hk fuel x h)) (Nat.modCore.go k hk fuel x h)) x
  | 0, _, h => absurd h (Nat.not_succ_le_zero _)
  | .succ fuel, x, h =>
    match hd : Nat.decLe k x with
    | isTrue hx =>
      have e := nat_go_div_add_mod k hk fuel (Nat.sub x k) (Nat.div_rec_fuel_lemma hk hx h)
      show Eq (Nat.add (Nat.mul k (dite (h := Nat.decLe k x) (LE.le k x) _ _))
          (dite (h := Nat.decLe k x) (LE.le k x) _ _)) x from
      Eq.symm hd ▸ Eq.trans (nat_add_assoc _ k _) (Eq.trans (congrArg (Nat.add _) (nat_add_comm k _))
        (Eq.trans (Eq.symm (nat_add_assoc _ _ k))
          (Eq.trans (congrArg (fun t => Nat.add t k) e) (nat_sub_add_cancel hx))))
    | isFalse _ =>
      show Eq (Nat.add (Nat.mul k (dite (h := Nat.decLe k x) (LE.le k x) _ _))
          (dite (h := Nat.decLe k x) (LE.le k x) _ _)) x from
      Eq.symm hd ▸ nat_zero_add x

/-- The remainder of what is too small to divide is itself. -/
theorem nat_modCore_of_lt (x : Nat) : ∀ (k : Nat), Not (Nat.le k x) → Eq (Nat.modCore x k) x
  | 0, _ => rfl
  | .succ k, h =>
    have step (k fuel : Nat) (hk : Nat.lt 0 k) (hf : Nat.lt x (.succ fuel)) (h : Not (Nat.le k x)) :
        Eq (Nat.modCore.go k hk (.succ fuel) x hf) x :=
      match hd : Nat.decLe k x with
      | isTrue hx => absurd hx h
      | isFalse _ =>
        show Eq (dite (h := Nat.decLe k x) (LE.le k x) _ _) x from Eq.symm hd ▸ rfl
    step (.succ k) x (Nat.succ_le_succ (Nat.zero_le k)) Nat.le.refl h

/-- `Nat.mod` adds shortcuts to `Nat.modCore`, and no more. -/
theorem nat_mod_eq_modCore : ∀ (m k : Nat), Eq (Nat.mod m k) (Nat.modCore m k)
  | 0, 0 => rfl
  | 0, .succ k => Eq.symm (nat_modCore_of_lt 0 (.succ k) (Nat.not_succ_le_zero k))
  | .succ m, k =>
    match hd : Nat.decLe k (.succ m) with
    | isTrue _ =>
      show Eq (ite (h := Nat.decLe k (.succ m)) (LE.le k (.succ m)) _ _) _ from Eq.symm hd ▸ rfl
    | isFalse h =>
      show Eq (ite (h := Nat.decLe k (.succ m)) (LE.le k (.succ m)) _ _) _ from
      Eq.symm hd ▸ Eq.symm (nat_modCore_of_lt (.succ m) k h)

/-- `k * (m / k) + m % k = m`. -/
theorem nat_div_add_mod (m : Nat) : ∀ (k : Nat),
    Eq (Nat.add (Nat.mul k (Nat.div m k)) (Nat.mod m k)) m
  | 0 => Eq.trans (congrArg (Nat.add _) (nat_mod_eq_modCore m 0))
      (Eq.trans (congrArg (fun t => Nat.add t m) (nat_zero_mul _)) (nat_zero_add m))
  | .succ k => Eq.trans (congrArg (Nat.add _) (nat_mod_eq_modCore m (.succ k)))
      (nat_go_div_add_mod (.succ k) (Nat.succ_le_succ (Nat.zero_le k)) (.succ m) m Nat.le.refl)

end

/-- Entry `t·m + j` with `j < m` lies in block `t` at place `j`. -/
theorem nat_div_mod_block (t : Nat) {m j : Nat} (hj : Nat.lt j m) :
    And (Eq (Nat.div (Nat.add (Nat.mul t m) j) m) t)
      (Eq (Nat.mod (Nat.add (Nat.mul t m) j) m) j) :=
  nat_block_unique (Nat.mod_lt _ (nat_pos_of_lt hj)) hj
    (Eq.trans (nat_div_add_mod (Nat.add (Nat.mul t m) j) m)
      (congrArg (fun s => Nat.add s j) (nat_mul_comm t m)))

end LipBridge
