/-!
# Logic: truth values and chains of equalities

Small lemmas without which term proofs grow long.
-/

set_option autoImplicit false

namespace LipBridge

/-- From `a = b` and `c = d`, `b = d` gives `a = c`. The middle step comes last, when both of its
sides are known, so that it may be left to a normalizer. -/
theorem eq_via.{u} {α : Sort u} {a b c d : α} (h₁ : Eq a b) (h₂ : Eq c d) (h : Eq b d) : Eq a c :=
  Eq.trans h₁ (Eq.trans h (Eq.symm h₂))

/-- Two arguments at a time: `a = a'` and `b = b'` give `f a b = f a' b'`. -/
theorem congr2.{u, v, w} {α : Sort u} {β : Sort v} {γ : Sort w} (f : α → β → γ)
    {a a' : α} {b b' : β} (h : Eq a a') (k : Eq b b') : Eq (f a b) (f a' b') :=
  congr (congrArg f h) k

/-- A truth value is true or false. -/
theorem bool_em (b : Bool) : Or (Eq b true) (Eq b false) :=
  match b with
  | true => Or.inl rfl
  | false => Or.inr rfl

/-- `t` if `b` is true, else `f`; by the bare recursor, which the kernel reduces fastest. -/
noncomputable abbrev pick.{u} {α : Type u} (b : Bool) (t f : α) : α :=
  Bool.rec (motive := fun _ => α) f t b

/-- `true` is not `false`. -/
theorem bool_absurd {p : Prop} (h : Eq true false) : p := Bool.noConfusion h

/-- Both parts of a true conjunction are true. -/
theorem bool_and {a b : Bool} (h : Eq (and a b) true) : And (Eq a true) (Eq b true) :=
  match a, b, h with
  | true, true, _ => ⟨rfl, rfl⟩
  | true, false, h => bool_absurd (Eq.symm h)
  | false, _, h => bool_absurd (Eq.symm h)

/-- A choice with `false` that is true has both parts true. -/
theorem both_of_pick {a b : Bool} (h : Eq (pick a b false) true) : And (Eq a true) (Eq b true) :=
  match a, h with
  | true, h => ⟨rfl, h⟩
  | false, h => bool_absurd (Eq.symm h)

end LipBridge
