import LipBridge.Selection.Projected
import LipBridgeTest.NonVacuous.Order
/-!
# The selection near queries and head weights is not vacuous

One head, two tokens with keys 3 and 1, the query 8 and the weight 8: the scores are 192 and 64, and wherever query
and weight are within 1 of these the first stays above the second. Over ℤ, where 7 and 9 are such ones.
-/

set_option autoImplicit false

universe u

namespace LipBridgeTest.Projected

open LipBridge

/-- Recorded keys. -/
noncomputable def keys : PackedMatrix :=
  .mk 2 1 3 4 false (Rows.node (Rows.one 7) (Rows.one 5))

/-- Queries of the recorded hidden state, a column each. -/
noncomputable def queries : PackedMatrix :=
  .mk 1 1 5 16 false (Rows.one 24)

/-- Keys times queries. -/
noncomputable def products : PackedMatrix :=
  .mk 2 1 6 32 false (Rows.node (Rows.one 56) (Rows.one 40))

section
variable {R : Type u} [OrderedRing R]

/-- The head weights. -/
noncomputable def head_weights : List Int := .cons (Int.ofNat 8) .nil

/-- Bit t is 1 if token t is selected. -/
def selected : Nat := 1

/-- The products are those of keys and queries. -/
theorem recorded_products :
    Eq (productsOk 2 1 (Nat.pow 2 30) (Nat.mul (Nat.pow 2 30) 1) (Nat.mul (Nat.pow 2 30) 1) 3
      31128880624384868352 9 (Shape.node Shape.one Shape.one) Shape.one Shape.one head_weights keys
      queries products) true :=
  Eq.refl true

/-- From token 0 on, one key is at most 3 long and its score stays on its side of one number. -/
theorem recorded_tokens0 :
    Eq (tokensApart 0 1 1 selected (Int.ofNat 114139228956077850624)
      (Nat.mul (Nat.pow 2 30) (Nat.pow 2 30)) (Nat.pow 2 30) (Nat.mul (Nat.pow 2 30) 1)
      31128880624384868352 3 head_weights Shape.one keys products) true :=
  Eq.refl true

/-- From token 1 on, one key is at most 3 long and its score stays on its side of one number. -/
theorem recorded_tokens1 :
    Eq (tokensApart 1 1 1 selected (Int.ofNat 114139228956077850624)
      (Nat.mul (Nat.pow 2 30) (Nat.pow 2 30)) (Nat.pow 2 30) (Nat.mul (Nat.pow 2 30) 1)
      31128880624384868352 3 head_weights Shape.one keys products) true :=
  Eq.refl true

/-- 1 tokens are selected. -/
theorem recorded_marks :
    Eq (marksOk 2 1 selected) true :=
  Eq.refl true

/-- Layer 0, sequence 0, step 0: no queries within 1 and head weights within 1 select other tokens:
the 1 marked ones are the only top-1 set of the scores, whatever positive number all are multiplied
by. -/
theorem selection {r s c : R} {q : Nat → Vec R} {w : Nat → R} :
    Eq (mul (ofNat 1) r) one →
    Eq (mul (ofNat 1) s) one →
    lt zero c →
    (∀ h,
      Nat.lt h 1 →
      WithinRatio 1 (ofNat (Nat.pow 2 30)) (ofNat (Nat.pow 2 30))
        (storedVec (fun j => queries.entry j h) r) (q h)) →
    (∀ h,
      Nat.lt h 1 →
      le (abs (mul (ofNat (Nat.pow 2 30)) (sub (w h) (mul (ofInt (ofList head_weights h)) s))))
        (ofNat (Nat.pow 2 30))) →
    UniqueTopK 2 1 (fun t => mul c (gated 1 w (fun h => matVec 1 keys.entry (q h) t)))
      (marked selected) :=
  fun hr hs hc hq hw =>
    projected_selection rfl recorded_products rfl rfl
      (tokens_join recorded_tokens0 (tokens_range recorded_tokens1)) recorded_marks hr hs hc hq hw

end

/-- At the query 7 and the weight 9, each 1 from the stored one, token 0 is the only one selected. -/
example : UniqueTopK 2 1
    (fun t => mul (i 1) (gated 1 (fun _ => i 9) (fun _ => matVec 1 keys.entry (fun _ => i 7) t)))
    (marked selected) :=
  selection (r := i 1) (s := i 1) (c := i 1) (q := fun _ _ => i 7) (w := fun _ => i 9) rfl rfl (ilt rfl)
    (fun h hh => match h, hh with
      | 0, _ => ile rfl
      | .succ _, hh => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ hh)))
    (fun h hh => match h, hh with
      | 0, _ => ile rfl
      | .succ _, hh => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ hh)))

end LipBridgeTest.Projected
