import LipBridge.Inputs.Tokens
import LipBridge.Layers.Split
/-!
# Bounds of whole blocks

A bound on the length of a whole block, its tokens stacked, is one on the length of each token; the
converse costs a factor `√b`. Reading a vector as a block of tokens, and turning every token, keep the
length of the whole; so it is followed where it is known. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- Reading a vector as a block of tokens keeps its length. -/
theorem split_normGain (b d : Nat) :
    NormGain (Nat.mul b d) (Nat.mul b d) (ofNat 1 : R) (ofNat 1) (split b d) :=
  ⟨ofNat_nonneg 1, ofNat_pos rfl, fun _ => le_refl _⟩

/-- A token is no longer than its block: `‖x_t‖² ≤ ‖x‖²`. -/
theorem normSq_token {b t : Nat} (d : Nat) (x : Vec R) (ht : Nat.lt t b) :
    le (normSq d (token d x t)) (normSq (Nat.mul b d) x) :=
  le_via (term_le_sum (f := fun t => normSq d (token d x t)) (fun _ _ => normSq_nonneg d _) ht)
    rfl (normSq_block b d x)

/-- A bound of the whole block is one of each token. -/
theorem BoundedOn.tokens {b m : Nat} {A B : R} {S : Vec R → Prop} {f : Vec R → Vec R}
    (hf : BoundedOn 1 (Nat.mul b m) A B S f) : BoundedOn b m A B S f :=
  ⟨hf.num_nonneg, hf.den_pos, fun x hx _ ht =>
    le_trans (mul_le_mul_left (sq_nonneg B) (normSq_token m (f x) ht)) (hf.vector hx)⟩

/-- A bound of each of `b` tokens is one of the whole block, `√b` times as large: `√b·A/B ≤ A'/B'`,
checked on natural numbers. -/
theorem BoundedOn.whole {b m A B A' B' : Nat} {S : Vec R → Prop} {f : Vec R → Vec R}
    (hf : BoundedOn b m (ofNat A : R) (ofNat B) S f) (hB : Eq (Nat.ble 1 B') true)
    (hc : Eq (Nat.ble (Nat.mul (Nat.mul b (Nat.mul A A)) (Nat.mul B' B'))
      (Nat.mul (Nat.mul A' A') (Nat.mul B B))) true) :
    BoundedOn 1 (Nat.mul b m) (ofNat A' : R) (ofNat B') S f :=
  .ofVector (ofNat_nonneg A') (ofNat_pos hB) (fun _ hx =>
    root_step (lt_congr rfl (ofNat_sq B) (sq_pos hf.den_pos)) (hf.stacked hx) hc)

/-- Where all maps `h_t` have one gain, applying `h_t` to token `t` lengthens the whole block by at most
that. -/
theorem NormGain.eachToken {b n m : Nat} {P Q : R} {h : Nat → Vec R → Vec R} (hP : le zero P)
    (hQ : lt zero Q) (hh : ∀ t, Nat.lt t b → NormGain n m P Q (h t)) :
    NormGain (Nat.mul b n) (Nat.mul b m) P Q (LipBridge.eachToken b n m h) :=
  ⟨hP, hQ, fun u => le_via
    (sum_le (n := b) (f := fun t => mul Q (normSq m (h t (token n u t))))
      (g := fun t => mul P (normSq n (token n u t)))
      (fun t ht => (hh t ht).bound (token n u t)))
    (Eq.trans
      (congrArg (mul Q) (Eq.trans (normSq_block b m (LipBridge.eachToken b n m h u))
        (sum_ext b (fun t => normSq_congr (fun _ hj => eachToken_entry b n m h u t hj)))))
      (Eq.symm (sum_mul_left b Q _)))
    (Eq.trans (congrArg (mul P) (normSq_block b n u)) (Eq.symm (sum_mul_left b P _)))⟩

/-- Rotary embeddings of a block keep the length of the whole. -/
theorem rotaryTokens_normGain (b h k : Nat) {c s : Nat → Vec R}
    (hcs : ∀ t i, Nat.lt t b → Nat.lt i h → Eq (add (sq (c t i)) (sq (s t i))) one) :
    NormGain (Nat.mul b (Nat.add h (Nat.add h k))) (Nat.mul b (Nat.add h (Nat.add h k)))
      (ofNat 1 : R) (ofNat 1)
      (eachToken b (Nat.add h (Nat.add h k)) (Nat.add h (Nat.add h k))
        (fun t => rotary h (c t) (s t))) :=
  .eachToken (ofNat_nonneg 1) (ofNat_pos rfl)
    (fun t ht => rotary_normGain h k (fun i hi => hcs t i ht hi))

/-- Maps side by side: the squares of their gains add. -/
theorem NormGain.concat {n m k P₁ Q₁ P₂ Q₂ : Nat} {f g : Vec R → Vec R}
    (hf : NormGain n m (ofNat P₁ : R) (ofNat Q₁) f) (hg : NormGain n k (ofNat P₂ : R) (ofNat Q₂) g) :
    NormGain n (Nat.add m k) (ofNat (Nat.add (Nat.mul P₁ Q₂) (Nat.mul P₂ Q₁)) : R)
      (ofNat (Nat.mul Q₁ Q₂)) (LipBridge.concat m f g) :=
  ⟨ofNat_nonneg _, lt_congr rfl (ofNat_mul Q₁ Q₂) (mul_pos hf.den_pos hg.den_pos), fun u => le_via
    (ratio_concat (le_of_lt hf.den_pos) (le_of_lt hg.den_pos) (hf.bound u) (hg.bound u))
    (congr2 mul (ofNat_mul Q₁ Q₂) (normSq_append m k (f u) (g u)))
    (congrArg (fun t => mul t (normSq n u)) (Eq.symm (ofNat_cross P₁ Q₁ P₂ Q₂)))⟩

end

end LipBridge
