import LipBridge.Selection.Stability
/-!
# Computed scores

What a machine selects by are computed scores `t`, within `e` of the exact scores `s`. Comparing the
computed selections at `q` and `q'` costs `e` for each of four evaluations.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R] {n m k : Nat} {s : Nat → Vec R → R} {δ e : R} {q q' : Vec R}
  {S : BlockSet}

/-- The computed scores `t` are within `e` of the exact scores at the query `q`: `|t_i - s_i(q)| ≤ e`
for every block `i < m`. -/
def ComputedWithin (m : Nat) (e : R) (s : Nat → Vec R → R) (q : Vec R) (t : Nat → R) : Prop :=
  ∀ i, Nat.lt i m → le (abs (sub (t i) (s i q))) e

/-- A computed score at `q'` differs from the computed score at `q` by at most `e + L·δ + e`. -/
theorem computed_drift {f : Vec R → R} {L t t' : R} (hf : ScoreLipschitz n L f) (hδ : le zero δ)
    (hq : Within n δ q q') (ht : le (abs (sub t (f q))) e) (ht' : le (abs (sub t' (f q'))) e) :
    le (abs (sub t' t)) (add (add e (mul L δ)) e) :=
  le_trans (abs_sub_le t' (f q) t)
    (add_le_add
      (le_trans (abs_sub_le t' (f q') (f q)) (add_le_add ht' (hf.abs_le hδ hq)))
      (le_congr (abs_sub_comm (f q) t) rfl ht))

/-- Computed scores, with a constant for each block. Let `t` and `t'` be the scores computed at `q`
and `q'`, each within `e` of the exact ones, and `‖q' - q‖ ≤ δ`. If the computed gaps at `q` are
`t_i - t_j > (L_i + L_j)·δ + 4·e` for `i` in `S`, `j` outside, then `S` is the only top-k set of the
scores computed at `q'`. -/
theorem computed_stability {L : Nat → R} {t t' : Nat → R}
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n (L i) (s i)) (hδ : le zero δ) (hk : Eq (count m S) k)
    (ht : ComputedWithin m e s q t) (ht' : ComputedWithin m e s q' t') (hq : Within n δ q q')
    (gap : Across m S fun i j =>
      lt (add (mul (add (L i) (L j)) δ) (mul (ofNat 4) e)) (sub (t i) (t j))) :
    UniqueTopK m k t' S :=
  unique_of_separated hk (fun i j hi hj ei ej =>
    lt_of_sub_pos (gap_pos (gap i j hi hj ei ej)
      (le_congr rfl
        (Eq.trans (congrArg (add (mul (add (L i) (L j)) δ)) (four_mul e))
          (ring_eq (vars4 (L i) (L j) δ e) (b := add (add (add e (mul (L i) δ)) e)
            (add (add e (mul (L j) δ)) e))))
        (gap_drift (computed_drift (hL i hi) hδ hq (ht i hi) (ht' i hi))
          (computed_drift (hL j hj) hδ hq (ht j hj) (ht' j hj))))))

/-- Computed scores, one constant: a computed gap `> 2·L·δ + 4·e` at `q` makes the selected set `S`
the only top-k set of the scores computed at `q'`; so the computed selections at `q` and `q'` agree. -/
theorem computed_stability_uniform {L : R} {t t' : Nat → R}
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hδ : le zero δ) (hk : Eq (count m S) k)
    (ht : ComputedWithin m e s q t) (ht' : ComputedWithin m e s q' t') (hq : Within n δ q q')
    (gap : Across m S fun i j =>
      lt (add (mul (ofNat 2) (mul L δ)) (mul (ofNat 4) e)) (sub (t i) (t j))) :
    UniqueTopK m k t' S :=
  computed_stability (L := fun _ => L) hL hδ hk ht ht' hq (fun i j hi hj ei ej =>
    lt_congr (congrArg (fun a => add a (mul (ofNat 4) e))
      (Eq.trans (add_mul L L δ) (Eq.symm (two_mul (mul L δ))))) rfl (gap i j hi hj ei ej))

/-- Any two selections agree: under the same hypotheses, whatever top-k set `T` the scores computed at
`q` have and whatever top-k set `T'` those computed at `q'` have, `T = T'`. -/
theorem computed_selections_agree {L : R} {t t' : Nat → R}
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hδ : le zero δ) (hk : Eq (count m S) k)
    (ht : ComputedWithin m e s q t) (ht' : ComputedWithin m e s q' t') (hq : Within n δ q q')
    (gap : Across m S fun i j =>
      lt (add (mul (ofNat 2) (mul L δ)) (mul (ofNat 4) e)) (sub (t i) (t j)))
    {T T' : BlockSet} (hT : TopK m k t T) (hT' : TopK m k t' T') : SameOn m T T' :=
  SameOn.trans
    (SameOn.symm ((computed_stability_uniform hL hδ hk ht ht (Within.self n δ q) gap).only T hT))
    ((computed_stability_uniform hL hδ hk ht ht' hq gap).only T' hT')

end

end LipBridge
