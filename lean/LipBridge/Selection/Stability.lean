import LipBridge.Selection.TopK
import LipBridge.Selection.Scores
/-!
# The stability radius of a selection

If the scores of the selected blocks exceed those of the others by more than what both can move
within `δ`, the selection does not change within `δ`. Three forms: a constant for each block, one
constant for all, and a constant for each pair.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R] {n m k : Nat} {s : Nat → Vec R → R} {δ : R} {q q' : Vec R}
  {S : BlockSet}

/-- One pair of scores. If `f`, `g` have constants `L`, `M` and `f(q) - g(q) > (L + M)·δ`, then
`f(q') > g(q')` wherever `‖q' - q‖ ≤ δ`. -/
theorem pair_stable {f g : Vec R → R} {L M : R} (hf : ScoreLipschitz n L f)
    (hg : ScoreLipschitz n M g) (hδ : le zero δ) (hq : Within n δ q q')
    (gap : lt (mul (add L M) δ) (sub (f q) (g q))) : lt (g q') (f q') :=
  lt_of_sub_pos (gap_pos gap
    (le_congr rfl (add_mul L M δ) (gap_drift (hf.abs_le hδ hq) (hg.abs_le hδ hq))))

/-- The stability radius, with a constant for each block. Let `s_i` have constant `L_i`, let `S` have
`k` blocks, and let `s_i(q) - s_j(q) > (L_i + L_j)·δ` for all `i` in `S`, `j` outside. Then at every
`q'` with `‖q' - q‖ ≤ δ` the set `S` is a top-k set of the scores, and the only one. -/
theorem stability_radius {L : Nat → R} (hL : ∀ i, Nat.lt i m → ScoreLipschitz n (L i) (s i))
    (hδ : le zero δ) (hk : Eq (count m S) k)
    (gap : Across m S fun i j => lt (mul (add (L i) (L j)) δ) (sub (s i q) (s j q)))
    (hq : Within n δ q q') : UniqueTopK m k (fun i => s i q') S :=
  unique_of_separated hk (fun i j hi hj ei ej =>
    pair_stable (hL i hi) (hL j hj) hδ hq (gap i j hi hj ei ej))

/-- The uniform stability radius: with one constant `L` for all scores, a gap
`s_i(q) - s_j(q) > 2·L·δ` between all `i` in `S` and `j` outside makes `S` the only top-k set at every
`q'` with `‖q' - q‖ ≤ δ`; so the radius is `gap / (2L)`. -/
theorem stability_radius_uniform {L : R} (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i))
    (hδ : le zero δ) (hk : Eq (count m S) k)
    (gap : Across m S fun i j => lt (mul (ofNat 2) (mul L δ)) (sub (s i q) (s j q)))
    (hq : Within n δ q q') : UniqueTopK m k (fun i => s i q') S :=
  stability_radius (L := fun _ => L) hL hδ hk (fun i j hi hj ei ej =>
    lt_congr (Eq.trans (add_mul L L δ) (Eq.symm (two_mul (mul L δ)))) rfl (gap i j hi hj ei ej)) hq

/-- The stability radius, with a constant for each pair: if the difference `s_i - s_j` has constant
`L_ij`, a gap `s_i(q) - s_j(q) > L_ij·δ` is enough. For dot products `⟨q, k_i⟩` this is
`L_ij = ‖k_i - k_j‖`, usually far below `L_i + L_j`. -/
theorem stability_radius_pairwise {L : Nat → Nat → R}
    (hL : Across m S fun i j => ScoreLipschitz n (L i j) (fun x => sub (s i x) (s j x)))
    (hδ : le zero δ) (hk : Eq (count m S) k)
    (gap : Across m S fun i j => lt (mul (L i j) δ) (sub (s i q) (s j q)))
    (hq : Within n δ q q') : UniqueTopK m k (fun i => s i q') S :=
  unique_of_separated hk (fun i j hi hj ei ej =>
    lt_of_sub_pos (gap_pos (gap i j hi hj ei ej)
      (le_congr (ring_eq (vars2 (sub (s i q) (s j q)) (sub (s i q') (s j q')))
          (b := neg (sub (sub (s i q') (s j q')) (sub (s i q) (s j q))))) rfl
        (le_trans (neg_le_abs _) ((hL i j hi hj ei ej).abs_le hδ hq)))))

/-- A positive gap certifies the query itself: `S` is the only top-k set at `q`. -/
theorem unique_at_query {L : Nat → R} (hL : ∀ i, Nat.lt i m → ScoreLipschitz n (L i) (s i))
    (hδ : le zero δ) (hk : Eq (count m S) k)
    (gap : Across m S fun i j => lt (mul (add (L i) (L j)) δ) (sub (s i q) (s j q))) :
    UniqueTopK m k (fun i => s i q) S :=
  stability_radius hL hδ hk gap (Within.self n δ q)

end

end LipBridge
