import LipBridge.Selection.Concrete
import LipBridge.Selection.StepKernelOnly
/-!
# Recorded steps of a network

Where the scores are the outputs of a map with a certified constant `N/D`, that constant serves every
block, and a recorded step fits as soon as the values at `q` are the recorded ones.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- Whether every block of the step is recorded with a constant of at least `N/D`. -/
noncomputable def Step.boundsAtLeast (st : Step) (N : Nat) : Bool :=
  Step.allBlocks (fun b => Nat.ble N b.bound) st.blocks

section
variable {R : Type u} [OrderedRing R]

/-- The numerator of a constant may be enlarged. -/
theorem ScoreRatio.mono {n : Nat} {N M D : R} {A : Vec R → Prop} {f : Vec R → R}
    (h : ScoreRatio n N D A f) (k : le N M) : ScoreRatio n M D A f where
  num_nonneg := le_trans h.num_nonneg k
  den_pos := h.den_pos
  bound x y hx hy := le_trans (h.bound x y hx hy)
    (mul_le_mul_right (distSq_nonneg n x y) (sq_le_sq h.num_nonneg k))

/-- Let `f` have the constant `N/D` on `A`, `D` being that of the step, let no block be recorded with a
smaller one, and let `f` have the recorded values at `q`, `|P·f(q)_i - z_i| ≤ e`. Then the outputs of
`f`, as scores, fit the step. -/
theorem Step.fits_of_lipschitz {st : Step} {n p N : Nat} {A : Vec R → Prop} {f : Vec R → Vec R}
    {q : Vec R} (hf : LipschitzOn n p (ofNat N) (ofNat st.den) A f)
    (hsize : Eq (Nat.ble st.size p) true) (hN : Eq (st.boundsAtLeast N) true) (mem : A q)
    (values : ∀ i, Nat.lt i st.size → le
      (abs (sub (mul (ofNat st.scale) (f q i)) (ofInt (st.block i).score))) (ofNat st.error)) :
    st.Fits n A (fun i x => f x i) q where
  mem := mem
  values := values
  constants _ hi := (hf.score (Nat.le_trans hi (Nat.le_of_ble_eq_true hsize))).mono
    (ofNat_le_of_ble (Step.allBlocks_nth _ hN hi))

/-- A network on a recorded step. Let the kernel have checked the step, let `f` have the constant `N/D`
and the recorded values at `q` (within `e/P`). Then at every `q'` with `‖q' - q‖ ≤ a/b` the recorded
blocks are the only top-k set of the outputs of `f` among the blocks that are not forced. -/
theorem Step.network_stable {st : Step} {n p N : Nat} {f : Vec R → Vec R} {q q' : Vec R}
    (hst : Eq st.check true) (hf : Lipschitz n p (ofNat N) (ofNat st.den) f)
    (hsize : Eq (Nat.ble st.size p) true) (hN : Eq (st.boundsAtLeast N) true)
    (values : ∀ i, Nat.lt i st.size → le
      (abs (sub (mul (ofNat st.scale) (f q i)) (ofInt (st.block i).score))) (ofNat st.error))
    (hq : st.Near n q q') :
    UniqueTopKAmong st.size st.k (complement st.forced) (f q') st.chosen :=
  Step.stable hst (Step.fits_of_lipschitz hf hsize hN ⟨⟩ values) ⟨⟩ hq

end

set_option linter.unusedVariables false in
/-- What the elaborator takes `Step.boundsAtLeast` for; see `StepKernelOnly.lean`. -/
def Step.boundsAtLeast._sunfold (st : Step) (N : Nat) : Bool := true

end LipBridge
