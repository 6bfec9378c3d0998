import LipBridge.Selection.Sets
import LipBridge.Trajectory.Path
/-!
# What a change of the selection does to the output

Attention returns `Σ a_i v_i`, weights `a_i ≥ 0` of sum 1. A change of the selection moves it by at most
`μ·Δ`: the attention mass `μ` that is exchanged, times the diameter `Δ` of the values. So a step that
changes the selection, where a locked one contracts by `ρ`, contracts by `κ = ρ + μΔ/η` at worst while the
distance is at least `η`. See docs/theorems.md §4.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `Σ_{i<m} a_i v_i`: the output of attention with the weights `a` on the values `v`. -/
def attend (m : Nat) (a : Nat → R) (v : Nat → Vec R) : Vec R :=
  fun x => sum m (fun i => mul (a i) (v i x))

/-- Weighted vectors of length at most `Δ`: `‖Σ w_i u_i‖ ≤ (Σ w_i)·Δ`. -/
theorem attend_normSq {n : Nat} {Δ : R} (m : Nat) {w : Nat → R} {u : Nat → Vec R}
    (hw : ∀ i, Nat.lt i m → le zero (w i))
    (hu : ∀ i, Nat.lt i m → le (normSq n (u i)) (sq Δ)) :
    le (normSq n (attend m w u)) (mul (sq (sum m w)) (sq Δ)) :=
  match m, hw, hu with
  | 0, _, _ => le_of_eq (Eq.trans (normSq_zero n)
      (ring_eq (vars1 Δ) (a := zero) (b := mul (sq zero) (sq Δ))))
  | .succ m, hw, hu => minkowski (x := attend m w u) (y := vsmul (w m) (u m))
      (sum_nonneg (fun i hi => hw i (Nat.le.step hi))) (hw m Nat.le.refl) (sq_nonneg Δ)
      (attend_normSq m (fun i hi => hw i (Nat.le.step hi)) (fun i hi => hu i (Nat.le.step hi)))
      (le_congr (normSq_smul n (w m) (u m)) rfl
        (mul_le_mul_left (sq_nonneg (w m)) (hu m Nat.le.refl)))

section
variable {n m : Nat} {a b lost gained : Nat → R} {v : Nat → Vec R} {μ Δ : R}

/-- The difference of the outputs, spread over all pairs of a value that loses and one that gains. -/
theorem attend_exchange (h : ∀ i, Nat.lt i m → Eq (add (b i) (lost i)) (add (a i) (gained i)))
    (sl : Eq (sum m lost) μ) (sg : Eq (sum m gained) μ) (x : Nat) :
    Eq (attend m lost (fun i => attend m gained (fun j => vsub (v j) (v i))) x)
      (mul μ (sub (attend m b v x) (attend m a v x))) :=
  have inner (i : Nat) : Eq (attend m gained (fun j => vsub (v j) (v i)) x)
      (sub (attend m gained v x) (mul μ (v i x))) :=
    Eq.trans (sum_ext m (fun j => ring_eq (vars3 (gained j) (v j x) (v i x))
        (a := mul (gained j) (sub (v j x) (v i x)))
        (b := sub (mul (gained j) (v j x)) (mul (gained j) (v i x)))))
      (Eq.trans (sum_sub m (fun j => mul (gained j) (v j x)) (fun j => mul (gained j) (v i x)))
        (congrArg (fun t => sub (attend m gained v x) t)
          (Eq.trans (sum_mul_right m (v i x) gained) (congrArg (fun t => mul t (v i x)) sg))))
  have outer : Eq (attend m lost (fun i => attend m gained (fun j => vsub (v j) (v i))) x)
      (sub (mul μ (attend m gained v x)) (mul μ (attend m lost v x))) :=
    Eq.trans (sum_ext m (fun i => Eq.trans (congrArg (mul (lost i)) (inner i))
        (ring_eq (vars4 (lost i) (attend m gained v x) μ (v i x))
          (a := mul (lost i) (sub (attend m gained v x) (mul μ (v i x))))
          (b := sub (mul (lost i) (attend m gained v x)) (mul μ (mul (lost i) (v i x)))))))
      (Eq.trans (sum_sub m (fun i => mul (lost i) (attend m gained v x))
          (fun i => mul μ (mul (lost i) (v i x))))
        (congr2 sub
          (Eq.trans (sum_mul_right m (attend m gained v x) lost)
            (congrArg (fun t => mul t (attend m gained v x)) sl))
          (sum_mul_left m μ (fun i => mul (lost i) (v i x)))))
  have balance : Eq (add (attend m b v x) (attend m lost v x))
      (add (attend m a v x) (attend m gained v x)) :=
    have pair (f g : Nat → R) : Eq (add (attend m f v x) (attend m g v x))
        (sum m (fun i => mul (add (f i) (g i)) (v i x))) :=
      Eq.trans (Eq.symm (sum_add m (fun i => mul (f i) (v i x)) (fun i => mul (g i) (v i x))))
        (sum_ext m (fun i => Eq.symm (add_mul (f i) (g i) (v i x))))
    Eq.trans (pair b lost)
      (Eq.trans (sum_congr (fun i hi => congrArg (fun t => mul t (v i x)) (h i hi)))
        (Eq.symm (pair a gained)))
  Eq.trans outer
    (Eq.trans
      (ring_eq (vars4 μ (attend m a v x) (attend m gained v x) (attend m lost v x))
        (a := sub (mul μ (attend m gained v x)) (mul μ (attend m lost v x)))
        (b := mul μ (sub (add (attend m a v x) (attend m gained v x))
          (add (attend m a v x) (attend m lost v x)))))
      (Eq.trans
        (congrArg (fun t => mul μ (sub t (add (attend m a v x) (attend m lost v x))))
          (Eq.symm balance))
        (ring_eq (vars4 μ (attend m a v x) (attend m b v x) (attend m lost v x))
          (a := mul μ (sub (add (attend m b v x) (attend m lost v x))
            (add (attend m a v x) (attend m lost v x))))
          (b := mul μ (sub (attend m b v x) (attend m a v x))))))

/-- Exchanged mass. Let the weights `b` come from `a` by taking `lost` and giving `gained`, both of sum
`μ`, and let no two values be further apart than `Δ`. Then the output moves by at most `μ·Δ`. -/
theorem exchanged_mass (hl : ∀ i, Nat.lt i m → le zero (lost i))
    (hg : ∀ i, Nat.lt i m → le zero (gained i))
    (h : ∀ i, Nat.lt i m → Eq (add (b i) (lost i)) (add (a i) (gained i)))
    (sl : Eq (sum m lost) μ) (sg : Eq (sum m gained) μ)
    (hv : ∀ i j, Nat.lt i m → Nat.lt j m → Within n Δ (v i) (v j)) :
    Within n (mul μ Δ) (attend m a v) (attend m b v) :=
  have hμ : le zero μ := le_congr rfl (Eq.symm sl) (sum_nonneg hl)
  have spread : le (normSq n (attend m lost (fun i => attend m gained (fun j => vsub (v j) (v i)))))
      (mul (sq (sum m lost)) (sq (mul μ Δ))) :=
    attend_normSq m hl (fun i hi => le_congr rfl
      (Eq.trans (ring_eq (vars2 μ Δ) (a := sq (mul μ Δ)) (b := mul (sq μ) (sq Δ)))
        (congrArg (fun t => mul (sq t) (sq Δ)) (Eq.symm sg)))
      (attend_normSq m hg (fun j hj => hv i j hi hj)))
  have scaled : le (mul (sq μ) (distSq n (attend m b v) (attend m a v)))
      (mul (sq μ) (sq (mul μ Δ))) :=
    le_congr
      (Eq.symm (Eq.trans
        (normSq_congr (y := vsmul μ (vsub (attend m b v) (attend m a v)))
          (fun x _ => attend_exchange h sl sg x))
        (normSq_smul n μ _)))
      (congrArg (fun t => mul (sq t) (sq (mul μ Δ))) (Eq.symm sl)) spread
  Or.elim (pos_or_zero hμ)
    (fun p => le_of_mul_le_mul_left (sq_pos p) scaled)
    (fun z =>
      have none (f : Nat → R) (hf : ∀ i, Nat.lt i m → le zero (f i)) (s : Eq (sum m f) μ) (i : Nat)
          (hi : Nat.lt i m) : Eq (f i) zero :=
        le_antisymm (le_congr rfl (Eq.symm (Eq.trans s z)) (term_le_sum hf hi)) (hf i hi)
      have same : Agree n (vsub (attend m b v) (attend m a v)) vzero := fun x _ =>
        Eq.trans (congrArg (fun t => sub t (attend m a v x))
          (sum_congr (fun i hi => congrArg (fun t => mul t (v i x))
            (Eq.trans (Eq.symm (add_zero (b i)))
              (Eq.trans (congrArg (add (b i)) (Eq.symm (none lost hl sl i hi)))
                (Eq.trans (h i hi)
                  (Eq.trans (congrArg (add (a i)) (none gained hg sg i hi)) (add_zero (a i)))))))))
          (ring_eq (vars1 (attend m a v x)) (a := sub (attend m a v x) (attend m a v x)) (b := zero))
      le_congr (Eq.trans (normSq_congr same) (normSq_zero n)) rfl (sq_nonneg (mul μ Δ)))

/-- A change of the selection. Attention with the scores `w_i ≥ 0` on the blocks `S` has the weights
`a_i = w_i/W`, on the blocks `T` the weights `b_i = w_i/W'`. Where `W ≤ W'` the exchange moves the output
by at most the mass that `b` gives to the blocks that entered, times the diameter of the values; where
`W' ≤ W`, so do those that left, `S` and `T` having changed places. -/
theorem selection_exchange {S T : BlockSet} {w : Nat → R} {W W' : R} (hW : lt zero W)
    (hWW : le W W') (hw : ∀ i, Nat.lt i m → le zero (w i))
    (ha : ∀ i, Nat.lt i m → And (le zero (a i)) (Eq (mul W (a i)) (cond (S i) (w i) zero)))
    (hb : ∀ i, Nat.lt i m → And (le zero (b i)) (Eq (mul W' (b i)) (cond (T i) (w i) zero)))
    (sa : Eq (sum m a) one) (sb : Eq (sum m b) one)
    (hv : ∀ i j, Nat.lt i m → Nat.lt j m → Within n Δ (v i) (v j)) :
    Within n (mul (sum m (fun i => cond (minus T S i) (b i) zero)) Δ) (attend m a v) (attend m b v) :=
  have pos : lt zero W' := lt_of_lt_of_le hW hWW
  have covered (i : Nat) (hi : Nat.lt i m) :
      le (b i) (add (a i) (cond (minus T S i) (b i) zero)) :=
    have split (s t : Bool) (es : Eq (S i) s) (et : Eq (T i) t) :
        le (b i) (add (a i) (cond (and t (not s)) (b i) zero)) :=
      match s, t, es, et with
      | false, true, _, _ => le_of_add (ha i hi).left (add_comm _ _)
      | true, true, es, et => le_congr rfl (add_zero (a i))
          (le_of_mul_le_mul_left (mul_pos hW pos)
            (le_congr
              (Eq.trans (mul_assoc W W' (b i)) (congrArg (mul W) (Eq.trans (hb i hi).right
                (congrArg (fun c => cond c (w i) zero) et))))
              (Eq.trans (ring_eq (vars3 W W' (a i)) (a := mul (mul W W') (a i))
                  (b := mul W' (mul W (a i))))
                (congrArg (mul W') (Eq.trans (ha i hi).right
                  (congrArg (fun c => cond c (w i) zero) es))))
              (mul_le_mul_right (hw i hi) hWW)))
      | _, false, _, et => le_congr rfl (Eq.trans (congrArg (add (a i)) rfl) (add_zero (a i)))
          (le_trans (le_of_mul_le_mul_left pos (le_congr (Eq.trans (hb i hi).right
            (congrArg (fun c => cond c (w i) zero) et)) (mul_zero W') (le_refl zero)))
            (ha i hi).left)
    split (S i) (T i) rfl rfl
  exchanged_mass (lost := fun i => sub (add (a i) (cond (minus T S i) (b i) zero)) (b i))
    (fun i hi => sub_nonneg (covered i hi))
    (fun i hi =>
      have g (c : Bool) : le zero (cond c (b i) zero) := match c with
        | true => (hb i hi).left
        | false => le_refl zero
      g (minus T S i))
    (fun i _ => ring_eq (vars3 (b i) (a i) (cond (minus T S i) (b i) zero))
      (a := add (b i) (sub (add (a i) (cond (minus T S i) (b i) zero)) (b i))))
    (Eq.trans (sum_sub m (fun i => add (a i) (cond (minus T S i) (b i) zero)) b)
      (Eq.trans (congr2 sub (Eq.trans (sum_add m a (fun i => cond (minus T S i) (b i) zero))
          (congrArg (fun t => add t _) sa)) sb)
        (ring_eq (vars1 (sum m (fun i => cond (minus T S i) (b i) zero)))
          (a := sub (add one (sum m (fun i => cond (minus T S i) (b i) zero))) one))))
    rfl hv

end

/-- κ. Where a locked step contracts by `ρ` and a change adds at most the jump `j = μ·Δ`, a distance of
at least `η` contracts by `κ = ρ + j/η` at worst: `η·e' ≤ (η·ρ + j)·e`. -/
theorem jump_factor {ρ j η e e' : R} (hj : le zero j) (hη : le zero η) (far : le η e)
    (h : le e' (add (mul ρ e) j)) : le (mul η e') (mul (add (mul η ρ) j) e) :=
  le_trans (mul_le_mul_left hη h)
    (le_congr (ring_eq (vars4 η ρ e j) (b := add (mul (mul η ρ) e) (mul j η)))
      (add_mul (mul η ρ) j e)
      (add_le_add (le_refl _) (mul_le_mul_left hj far)))

end

end LipBridge
