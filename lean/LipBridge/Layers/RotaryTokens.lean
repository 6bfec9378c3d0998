import LipBridge.Layers.Isometry
import LipBridge.Layers.Tokenwise
/-!
# Isometries and rotary embeddings of a block

Where every map keeps distances, applying the map of its own to each token of a block does. So does a
rotary embedding that turns each token by the angles of its position. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- Where every `f_t` keeps distances, applying `f_t` to token `t` does. -/
theorem eachToken_isometry (b : Nat) {n m : Nat} {f : Nat → Vec R → Vec R}
    (h : ∀ t, Nat.lt t b → Isometry n m (f t)) :
    Isometry (Nat.mul b n) (Nat.mul b m) (eachToken b n m f) :=
  fun x y => eq_via (eachToken_distSq b n m f x y) (distSq_block b n x y)
    (sum_congr (fun t ht => h t ht (token n x t) (token n y t)))

/-- Rotary embeddings of a block, token `t` by the cosines `c_t` and the sines `s_t`: with
`c_t² + s_t² = 1` for each of the `b` tokens they keep distances. -/
theorem rotaryTokens_isometry (b h k : Nat) {c s : Nat → Vec R}
    (hcs : ∀ t i, Nat.lt t b → Nat.lt i h → Eq (add (sq (c t i)) (sq (s t i))) one) :
    Isometry (Nat.mul b (Nat.add h (Nat.add h k))) (Nat.mul b (Nat.add h (Nat.add h k)))
      (eachToken b (Nat.add h (Nat.add h k)) (Nat.add h (Nat.add h k))
        (fun t => rotary h (c t) (s t))) :=
  eachToken_isometry b (fun t ht => rotary_isometry h k (fun i hi => hcs t i ht hi))

end

end LipBridge
