import LipBridge.Inputs.Gains
import LipBridge.Layers.Gain
import LipBridge.Layers.RotaryTokens
/-!
# How much gains and maps of single tokens lengthen

A gain fixes 0. Where each token has a map of its own and all of these have one gain, as rotary
embeddings at different positions do, every token is lengthened by at most that. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- A gain fixes 0. -/
theorem gain_normGain {n : Nat} {P Q : R} {g : Vec R} (h : SqLipschitz n n P Q (gain g)) :
    NormGain n n P Q (gain g) :=
  h.normGain (fun i _ => mul_zero (g i))

/-- Maps `h_t` applied to token `t` lengthen each token by at most the gain that all of them have:
`√(P/Q)·A/B ≤ A'/B'`, checked on natural numbers. -/
theorem BoundedOn.eachToken {b m k A B A' B' P Q : Nat} {S : Vec R → Prop} {f : Vec R → Vec R}
    {h : Nat → Vec R → Vec R} (hf : BoundedOn b m (ofNat A : R) (ofNat B) S f)
    (hh : ∀ t, Nat.lt t b → NormGain m k (ofNat P : R) (ofNat Q) (h t))
    (hB : Eq (Nat.ble 1 B') true)
    (hc : Eq (Nat.ble (Nat.mul (Nat.mul P (Nat.mul A A)) (Nat.mul B' B'))
      (Nat.mul (Nat.mul A' A') (Nat.mul Q (Nat.mul B B)))) true) :
    BoundedOn b k (ofNat A' : R) (ofNat B') S (fun x => LipBridge.eachToken b m k h (f x)) :=
  ⟨ofNat_nonneg A', ofNat_pos hB, fun x hx t ht => le_via
    (bounded_step hf.den_pos (hh t ht).den_pos (hf.bound x hx t ht)
      ((hh t ht).bound (token m (f x) t)) hc)
    (congrArg (mul _) (normSq_congr (fun _ hj => eachToken_entry b m k h (f x) t hj))) rfl⟩

end

end LipBridge
