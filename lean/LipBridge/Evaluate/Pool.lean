import LipBridge.Evaluate.Product
import LipBridge.Layers.MeanPool
/-!
# The mean of packed tokens

Over the integers, with the reciprocal replaced by 1, pooling adds the blocks of a packed vector. Every
block is spread to a base in which no sum overflows; the sum of these numbers is compared with the
packed result, both with their biases on the other side. So a block takes a few operations, whatever
its dimension.
-/

set_option autoImplicit false

namespace LipBridge

/-- Whether `Σ_t x_{td+j} = y_j` for `j < d`, where `x_i` is digit `i` of `X` in base `2^w` less `β`, `y_j`
digit `j` of `Y` in base `2^v` less `γ`; the sums are taken in base `2^u`, and `d ≤ 2^l`. -/
noncomputable def poolCheck (b d u l w β X v γ Y : Nat) : Bool :=
  and (and (and (Nat.ble 1 u) (Nat.ble d (Nat.pow 2 l))) (and (Nat.ble w u) (Nat.ble v u)))
    (and
      (and (Nat.ble (Nat.succ (Nat.add (Nat.mul b (Nat.pow 2 w)) γ)) (Nat.pow 2 u))
        (Nat.ble (Nat.succ (Nat.add (Nat.pow 2 v) (Nat.mul b β))) (Nat.pow 2 u)))
      (force X fun X => Nat.beq
        (Nat.add (natSum b (fun t => spreadTo w u l d (Nat.shiftRight X (Nat.mul w (Nat.mul t d)))))
          (Nat.mul γ (rep u d)))
        (Nat.add (spreadTo v u l d Y) (Nat.mul (Nat.mul b β) (rep u d)))))

/-- `Σ_{t<b} (f_t - β) = Σ_{t<b} f_t - bβ`. -/
theorem sum_diff (b β : Nat) (f : Nat → Nat) :
    Eq (sum b (fun t => diff (f t) β)) (diff (natSum b f) (Nat.mul b β)) :=
  Nat.rec
    (motive := fun b => Eq (sum b (fun t => diff (f t) β)) (diff (natSum b f) (Nat.mul b β)))
    (Eq.symm (Eq.trans (congrArg (diff 0) (nat_zero_mul β)) (diff_zero 0)))
    (fun b ih => Eq.trans (congrArg (fun s => Int.add s (diff (f b) β)) ih)
      (Eq.trans (diff_add (natSum b f) (Nat.mul b β) (f b) β)
        (congrArg (diff (Nat.add (natSum b f) (f b))) (Eq.symm (nat_succ_mul b β))))) b

/-- The sums that `poolCheck` has compared. -/
theorem poolCheck_sound {b d u l w β X v γ Y : Nat}
    (h : Eq (poolCheck b d u l w β X v γ Y) true) {j : Nat} (hj : Nat.lt j d) :
    Eq (Nat.add (natSum b (fun t => digit w X (Nat.add (Nat.mul t d) j))) γ)
      (Nat.add (digit v Y j) (Nat.mul b β)) :=
  have k := bool_and (bool_and h).left
  have hu : Nat.lt 0 u := Nat.le_of_ble_eq_true (bool_and k.left).left
  have hd := Nat.le_of_ble_eq_true (bool_and k.left).right
  have hw := Nat.le_of_ble_eq_true (bool_and k.right).left
  have hv := Nat.le_of_ble_eq_true (bool_and k.right).right
  have m := bool_and (bool_and h).right
  have h₁ := Nat.le_of_ble_eq_true (bool_and m.left).left
  have h₂ := Nat.le_of_ble_eq_true (bool_and m.left).right
  let S : Nat → Nat := fun j => natSum b (fun t => digit w X (Nat.add (Nat.mul t d) j))
  have left : Eq
      (Nat.add (natSum b (fun t => spreadTo w u l d (Nat.shiftRight X (Nat.mul w (Nat.mul t d)))))
        (Nat.mul γ (rep u d)))
      (pack (pow2 u) d (fun j => Nat.add (S j) γ)) :=
    Eq.symm (Eq.trans (pack_add (pow2 u) d S (fun _ => γ))
      (congr2 Nat.add
        (Eq.trans (pack_natSum (pow2 u) d b (fun t j => digit w X (Nat.add (Nat.mul t d) j)))
          (natSum_congr (fun t _ => Eq.symm (Eq.trans (spreadTo_eq_pack hw hd _)
            (pack_congr (pow2 u) d (fun j _ => Eq.symm (digit_add w X (Nat.mul t d) j)))))))
        (Eq.symm (rep_mul hu γ d))))
  have right : Eq (Nat.add (spreadTo v u l d Y) (Nat.mul (Nat.mul b β) (rep u d)))
      (pack (pow2 u) d (fun j => Nat.add (digit v Y j) (Nat.mul b β))) :=
    Eq.symm (Eq.trans (pack_add (pow2 u) d (digit v Y) (fun _ => Nat.mul b β))
      (congr2 Nat.add (Eq.symm (spreadTo_eq_pack hv hd Y)) (Eq.symm (rep_mul hu _ d))))
  pack_inj u d
    (fun _ _ => Nat.le_trans (Nat.succ_le_succ (nat_add_le_add
      (natSum_le b (pow2 w) (fun _ => Nat.le_trans (Nat.le_succ _) (digit_lt w X _)))
      (Nat.le.refl (n := γ)))) h₁)
    (fun j _ => Nat.le_trans (Nat.succ_le_succ (nat_add_le_add
      (Nat.le_trans (Nat.le_succ _) (digit_lt v Y j)) (Nat.le.refl (n := Nat.mul b β)))) h₂)
    (Eq.trans (Eq.symm left) (Eq.trans (Nat.eq_of_beq_eq_true m.right) right)) j hj

/-- Pooling over the integers, from the packed sums. -/
theorem meanPool_eval {b d u l w β X v γ Y : Nat} {x : Vec Int}
    (hx : ∀ i, Nat.lt i (Nat.mul b d) → Eq (x i) (diff (digit w X i) β))
    (h : Eq (poolCheck b d u l w β X v γ Y) true) :
    Agree d (meanPool b d one x) (ofPacked v γ Y) :=
  fun j hj => Eq.trans (one_mul (R := Int) _)
    (Eq.trans
      (sum_congr (fun t ht => hx (Nat.add (Nat.mul t d) j) (nat_block_lt ht hj)))
      (Eq.trans (sum_diff b β (fun t => digit w X (Nat.add (Nat.mul t d) j)))
        (diff_eq (poolCheck_sound h hj))))

/-- Pooling over the integers at a packed vector. -/
theorem meanPool_packed {b d : Nat} (u l : Nat) {w β X v γ Y : Nat}
    (h : Eq (poolCheck b d u l w β X v γ Y) true) :
    Agree d (meanPool b d one (ofPacked w β X)) (ofPacked v γ Y) :=
  meanPool_eval (fun _ _ => rfl) h

end LipBridge
