import LipBridge.Algebra.NatDivision
import LipBridge.Evaluate.Basic
import LipBridge.Layers.Concat
import LipBridge.Layers.Tokenwise
/-!
# What branches and token maps depend on

Sums, concatenations and token-by-token maps of functions that depend on their first entries only do so
too. With these a network is evaluated layer by layer.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u}

/-- `i < b·m` gives `m > 0` and `i / m < b`. -/
theorem block_of_lt {i b m : Nat} (h : Nat.lt i (Nat.mul b m)) :
    And (Nat.lt 0 m) (Nat.lt (Nat.div i m) b) :=
  match m, h with
  | 0, h => absurd h (Nat.not_succ_le_zero i)
  | .succ m, h => ⟨Nat.succ_le_succ (Nat.zero_le m),
      Or.elim (nat_lt_or_ge (Nat.div i (Nat.succ m)) b) (fun g => g) (fun g =>
        match nat_exists_of_le g with
        | ⟨k, e⟩ =>
          have hi : Eq (Nat.add (Nat.mul b (Nat.succ m))
              (Nat.add (Nat.mul k (Nat.succ m)) (Nat.mod i (Nat.succ m)))) i :=
            Eq.trans (nat_ring (vars4 b (Nat.succ m) k (Nat.mod i (Nat.succ m)))
                (b := Nat.add (Nat.mul (Nat.succ m) (Nat.add b k)) (Nat.mod i (Nat.succ m))))
              (Eq.trans (congrArg
                (fun q => Nat.add (Nat.mul (Nat.succ m) q) (Nat.mod i (Nat.succ m))) e)
                (nat_div_add_mod i (Nat.succ m)))
          absurd (Nat.le_trans h (nat_le_of_add_eq hi)) nat_lt_irrefl)⟩

/-- `m + j < m + k` gives `j < k`. -/
theorem nat_lt_of_add_lt {m j k : Nat} (h : Nat.lt (Nat.add m j) (Nat.add m k)) : Nat.lt j k :=
  match nat_exists_of_le h with
  | ⟨t, e⟩ => nat_le_of_add_eq (k := t) (nat_add_right_cancel m
      (Eq.trans (nat_ring (vars3 j t m) (b := Nat.add (Nat.succ (Nat.add m j)) t))
        (Eq.trans e (nat_add_comm m k))))

/-- A concatenation of `m` and `k` entries depends on those. -/
theorem append_congr {m k : Nat} {a b c d : Vec R} (h : Agree m a c) (g : Agree k b d) :
    Agree (Nat.add m k) (append m a b) (append m c d) :=
  fun i hi => Or.elim (nat_lt_or_ge i m)
    (fun l => eq_via (append_left m a b l) (append_left m c d l) (h i l))
    (fun l => match nat_exists_of_le l with
      | ⟨j, e⟩ => Eq.subst (motive := fun i => Eq (append m a b i) (append m c d i)) e
          (eq_via (append_right m a b j) (append_right m c d j)
            (g j (nat_lt_of_add_lt (e.symm ▸ hi)))))

/-- The outputs of a map applied to each of `b` tokens depend on the block only. -/
theorem tokenwise_congr (b : Nat) {n m : Nat} {f : Vec R → Vec R}
    (hf : ∀ {u v : Vec R}, Agree n u v → Agree m (f u) (f v)) {x y : Vec R}
    (h : Agree (Nat.mul b n) x y) :
    Agree (Nat.mul b m) (tokenwise b n m f x) (tokenwise b n m f y) :=
  fun i hi => hf (fun _ hj => h _ (nat_block_lt (block_of_lt hi).right hj)) (Nat.mod i m)
    (Nat.mod_lt i (block_of_lt hi).left)

end

section
variable {R : Type u} [OrderedRing R]

/-- A sum of vectors depends on the same entries. -/
theorem vadd_congr {m : Nat} {a b c d : Vec R} (h : Agree m a c) (k : Agree m b d) :
    Agree m (vadd a b) (vadd c d) :=
  fun i hi => congr2 add (h i hi) (k i hi)

end

/-- The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`: long integer vectors
are written so, and each entry is read at once. -/
noncomputable def ofPacked (w β X : Nat) : Vec Int :=
  fun i => diff (Nat.mod (Nat.shiftRight X (Nat.mul w i)) (Nat.pow 2 w)) β

end LipBridge
