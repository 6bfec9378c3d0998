import LipBridge.Layers.RmsNorm
/-!
# RMSNorm does not change which score is greater

All scores `⟨N u, k⟩` of one query share the positive factor `t(u)`: `⟨N u, k⟩ = t(u) ⟨u, g ⊙ k⟩`. So
the selection by normalized scores is the selection by `⟨u, g ⊙ k⟩`, which is linear in `u`: no ball
and no `ε`. docs/theorems.md §§2 and 3.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `⟨N u, k⟩ = t(u) ⟨u, g ⊙ k⟩`. -/
theorem rmsNorm_score (n : Nat) (g : Vec R) (t : Vec R → R) (u k : Vec R) :
    Eq (dot n (rmsNorm g t u) k) (mul (t u) (dot n u (fun i => mul (g i) (k i)))) :=
  Eq.trans
    (sum_ext n (fun i => ring_eq (vars4 (g i) (u i) (t u) (k i))
      (a := mul (mul (mul (g i) (u i)) (t u)) (k i))
      (b := mul (t u) (mul (u i) (mul (g i) (k i))))))
    (sum_mul_left n (t u) _)

/-- A normalized score is at most another exactly when the un-normalized one is:
`⟨N u, k⟩ ≤ ⟨N u, k'⟩` iff `⟨u, g ⊙ k⟩ ≤ ⟨u, g ⊙ k'⟩`. -/
theorem rmsNorm_score_le_iff {d : Nat} {ε : R} {S : Vec R → Prop} {g : Vec R} {t : Vec R → R}
    (hd : Eq (Nat.ble 1 d) true) (ht : RmsFactor d ε S t) {u : Vec R} (hu : S u) (k k' : Vec R) :
    Iff (le (dot d (rmsNorm g t u) k) (dot d (rmsNorm g t u) k'))
      (le (dot d u (fun i => mul (g i) (k i))) (dot d u (fun i => mul (g i) (k' i)))) :=
  have hp : lt zero (t u) := factor_pos (ofNat_pos hd) (ht u hu).left (ht u hu).right
  ⟨fun h => le_of_mul_le_mul_left hp
      (le_via h (Eq.symm (rmsNorm_score d g t u k)) (Eq.symm (rmsNorm_score d g t u k'))),
   fun h => le_via (mul_le_mul_left (le_of_lt hp) h) (rmsNorm_score d g t u k)
      (rmsNorm_score d g t u k')⟩

end

end LipBridge
