import LipBridge.Selection.Sets
import LipBridge.Algebra.Order
/-!
# Top-k sets

A top-k set of a score vector has `k` blocks, each with a score at least that of every block outside.
Ties are allowed, so that a score vector may have several top-k sets. Where the scores inside exceed
those outside strictly there is only one.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `S` is a top-k set of the scores `s_0, …, s_{m-1}`: `|S| = k`, and `s_j ≤ s_i` for every `i` in
`S` and `j` outside. With ties there may be several. -/
structure TopK (m k : Nat) (s : Nat → R) (S : BlockSet) : Prop where
  /-- `|S| = k`. -/
  card : Eq (count m S) k
  /-- `s_j ≤ s_i` for every `i` in `S` and `j` outside. -/
  best : Across m S fun i j => le (s j) (s i)

/-- Every score in `S` exceeds every score outside: `s_j < s_i` for `i` in `S`, `j` outside. -/
def Separated (m : Nat) (s : Nat → R) (S : BlockSet) : Prop := Across m S fun i j => lt (s j) (s i)

/-- `S` is a top-k set of the scores, and the only one. -/
structure UniqueTopK (m k : Nat) (s : Nat → R) (S : BlockSet) : Prop where
  /-- It is a top-k set. -/
  isTopK : TopK m k s S
  /-- Every top-k set is equal to it. -/
  only : ∀ T, TopK m k s T → SameOn m S T

/-- Strict separation makes a set of `k` blocks the only top-k set: if `|S| = k` and `s_j < s_i` for
all `i` in `S`, `j` outside, then every top-k set equals `S`. -/
theorem unique_of_separated {m k : Nat} {s : Nat → R} {S : BlockSet} (hk : Eq (count m S) k)
    (h : Separated m s S) : UniqueTopK m k s S where
  isTopK := ⟨hk, fun i j hi hj ei ej => le_of_lt (h i j hi hj ei ej)⟩
  only _ hT := same_of_count_eq (Eq.trans hk (Eq.symm hT.card))
    (fun i j hi hj Si Ti Tj Sj => h i j hi hj Si Sj (hT.best j i hj hi Tj Ti))

/-- Two only top-k sets of the same scores are equal. -/
theorem UniqueTopK.same {m k : Nat} {s : Nat → R} {S T : BlockSet} (h : UniqueTopK m k s S)
    (g : UniqueTopK m k s T) : SameOn m S T := h.only T g.isTopK

end

end LipBridge
