import LipBridge.Evaluate.Branch
import LipBridge.Layers.BlockMax
import LipBridge.Layers.Hadamard
import LipBridge.Layers.MaxPool
/-!
# What block maxima and the Hadamard transform depend on

With these a network is evaluated layer by layer.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The maxima of `blocks` blocks of `b` scores depend on those scores only. -/
theorem blockMax_congr (blocks b : Nat) {x y : Vec R} (h : Agree (Nat.mul blocks b) x y) :
    Agree blocks (blockMax b x) (blockMax b y) :=
  fun _ hj => maxOver_congr (fun _ ht => h _ (nat_block_lt hj ht))

/-- The Hadamard transform of dimension `2^k` depends on the first `2^k` entries only. -/
theorem hadamard_congr (k : Nat) {x y : Vec R} (h : Agree (twoPow k) x y) :
    Agree (twoPow k) (hadamard k x) (hadamard k y) :=
  match k, h with
  | 0, h => h
  | .succ k, h =>
    have left : Agree (twoPow k) x y :=
      fun i hi => h i (Nat.le_trans hi (nat_le_add (twoPow k) (twoPow k)))
    have right : Agree (twoPow k) (drop (twoPow k) x) (drop (twoPow k) y) :=
      fun i hi => h (Nat.add (twoPow k) i) (match nat_exists_of_le hi with
        | ⟨t, e⟩ => nat_le_of_add_eq (k := t)
          (Eq.trans (nat_ring (vars3 (twoPow k) i t)
              (a := Nat.add (Nat.succ (Nat.add (twoPow k) i)) t)
              (b := Nat.add (twoPow k) (Nat.add (Nat.succ i) t)))
            (congrArg (Nat.add (twoPow k)) e)))
    append_congr (hadamard_congr k (vadd_congr left right))
      (hadamard_congr k (fun i hi => congr2 sub (left i hi) (right i hi)))

end

end LipBridge
