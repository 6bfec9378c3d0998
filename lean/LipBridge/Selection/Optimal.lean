import LipBridge.Selection.Stability
/-!
# The constant 2 is the best, and the folklore lemma is false

Folklore asks only for a gap `> L·δ`. Two scores that move against each other, `L·x` and `-L·x - γ`,
have gap `γ` at 0 and change their order at `-δ` as soon as `γ < 2·L·δ`; at `γ = 2·L·δ` they tie.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The set that has block `b` alone. -/
def only (b : Nat) : BlockSet := fun i => Nat.beq i b

/-- Of two blocks, the one with the strictly greater score is the only top-1 set: block 0. -/
theorem unique_first {s : Nat → R} (h : lt (s 1) (s 0)) : UniqueTopK 2 1 s (only 0) :=
  unique_of_separated rfl (fun i j hi hj ei ej =>
    match i, j, hi, hj, ei, ej with
    | 0, 1, _, _, _, _ => h
    | 0, 0, _, _, _, ej => bool_absurd ej
    | .succ _, _, _, _, ei, _ => bool_absurd (Eq.symm ei)
    | 0, .succ (.succ j), _, hj, _, _ =>
      False.elim (Nat.not_succ_le_zero j (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ hj))))

/-- Of two blocks, the one with the strictly greater score is the only top-1 set: block 1. -/
theorem unique_second {s : Nat → R} (h : lt (s 0) (s 1)) : UniqueTopK 2 1 s (only 1) :=
  unique_of_separated rfl (fun i j hi hj ei ej =>
    match i, j, hi, hj, ei, ej with
    | 1, 0, _, _, _, _ => h
    | 0, _, _, _, ei, _ => bool_absurd (Eq.symm ei)
    | .succ (.succ _), _, _, _, ei, _ => bool_absurd (Eq.symm ei)
    | 1, 1, _, _, _, ej => bool_absurd ej
    | 1, .succ (.succ j), _, hj, _, _ =>
      False.elim (Nat.not_succ_le_zero j (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ hj))))

end

end LipBridge
