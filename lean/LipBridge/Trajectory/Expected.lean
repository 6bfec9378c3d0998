import LipBridge.Selection.Dense
import LipBridge.Trajectory.Pulse
import LipBridge.Trajectory.Speculative
/-!
# Means over paths, depth of the pulse, the whole transient

What holds of each path holds of the mean over any distribution of paths. Besides its width, the number
of steps that are not certified, a pulse has a depth: what those steps lose. See docs/theorems.md §4.
-/

set_option autoImplicit false

universe u v

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-! ## Expected exploration -/

/-- `Σ_i w_i·transitions_i` over `P` paths: for weights of sum 1, the mean number of changes. -/
def meanTransitions (P m T : Nat) (w : Nat → R) (S : Nat → Nat → BlockSet) : R :=
  sum P (fun i => mul (w i) (ofNat (transitions m (S i) T)))

/-- `Σ_i w_i·length_i` over `P` paths of `T` steps `σ_i`: for weights of sum 1, the mean length. -/
def meanLength (P T : Nat) (w : Nat → R) (σ : Nat → Nat → R) : R :=
  sum P (fun i => mul (w i) (sum T (σ i)))

/-- Expected exploration. For any weights `w_i ≥ 0` of finitely many paths, of which path `i` has the
steps `σ_i` and the selections `S_i` with gaps of at least `γ`:
`γ·Σ w_i·transitions_i ≤ 2·L·Σ w_i·length_i`; so `γ·E[n] ≤ 2·L·E[Σσ]`. -/
theorem expected_transitions {n m k : Nat} {s : Nat → Vec R → R} {L γ : R} (P T : Nat)
    {w : Nat → R} {q : Nat → Nat → Vec R} {σ : Nat → Nat → R} {S : Nat → Nat → BlockSet}
    (hw : ∀ i, Nat.lt i P → le zero (w i)) (hL0 : le zero L)
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hq : ∀ i, Nat.lt i P → Path n (q i) (σ i))
    (hS : ∀ i, Nat.lt i P → ∀ t, TopK m k (fun j => s j (q i t)) (S i t))
    (gap : ∀ i, Nat.lt i P → ∀ t, Nat.lt t T → GapAtLeast m (fun j => s j (q i t)) (S i t) γ) :
    le (mul (meanTransitions P m T w S) γ) (mul (ofNat 2) (mul L (meanLength P T w σ))) :=
  le_via
    (sum_le (n := P) (f := fun i => mul (mul (w i) (ofNat (transitions m (S i) T))) γ)
      (g := fun i => mul (mul (ofNat 2) L) (mul (w i) (sum T (σ i))))
      (fun i hi => le_via
        (mul_le_mul_left (hw i hi)
          (transition_count T hL0 hL (hq i hi) (hS i hi) (gap i hi)))
        (mul_assoc (w i) _ γ)
        (ring_eq (vars4 (ofNat 2) L (w i) (sum T (σ i)))
          (b := mul (w i) (mul (ofNat 2) (mul L (sum T (σ i))))))))
    (Eq.symm (sum_mul_right P γ _))
    (Eq.trans (Eq.symm (mul_assoc (ofNat 2) L _))
      (Eq.symm (sum_mul_left P (mul (ofNat 2) L) (fun i => mul (w i) (sum T (σ i))))))

/-! ## The pulse map: depth and shape -/

/-- The depth of a pulse: the sum of the losses `w_t` over the steps that are not certified. -/
def pulseDepth (T : Nat) (w : Nat → R) (B : BlockSet) : R := sum T (fun t => cond (B t) (w t) zero)

/-- The depth never decreases in the constant, nor in the radius, where no loss is negative. -/
theorem depth_monotone {T : Nat} {γ w : Nat → R} {L L' ε ε' : R} {B B' : BlockSet}
    (hw : ∀ t, Nat.lt t T → le zero (w t)) (hL : le zero L) (hε : le zero ε) (kL : le L L')
    (kε : le ε ε') (h : Uncertified T γ L ε B) (h' : Uncertified T γ L' ε' B') :
    le (pulseDepth T w B) (pulseDepth T w B') :=
  sum_le (fun t ht =>
    have more (b b' : Bool) (k : Eq b true → Eq b' true) :
        le (cond b (w t) zero) (cond b' (w t) zero) :=
      match b, b', k with
      | true, true, _ => le_refl _
      | true, false, k => bool_absurd (Eq.symm (k rfl))
      | false, true, _ => hw t ht
      | false, false, _ => le_refl _
    more (B t) (B' t) (fun e => (h' t ht).mpr (le_trans ((h t ht).mp e)
      (mul_le_mul_left (ofNat_nonneg 2) (mul_le_mul (le_trans hL kL) hε kL kε)))))

/-- The pulse map has one shape: a constant `c` times as large at the radius `ε` is the same constant at
`c·ε`. So `L` only stretches the axis. -/
theorem pulse_shape {T : Nat} {γ : Nat → R} {c L ε : R} {B : BlockSet} :
    Iff (Uncertified T γ (mul c L) ε B) (Uncertified T γ L (mul c ε) B) :=
  have e : Eq (mul (ofNat 2) (mul (mul c L) ε)) (mul (ofNat 2) (mul L (mul c ε))) :=
    ring_eq (vars4 (ofNat 2) c L ε)
  ⟨fun h t ht => ⟨fun b => le_congr rfl (Eq.symm e) ((h t ht).mp b),
      fun g => (h t ht).mpr (le_congr rfl e g)⟩,
    fun h t ht => ⟨fun b => le_congr rfl e ((h t ht).mp b),
      fun g => (h t ht).mpr (le_congr rfl (Eq.symm e) g)⟩⟩

/-! ## The transient in verification steps -/

/-- Transient and acceptance rate in one: a path with `n` changes, gaps of at least `γ > 0` and the
length `σ` needs at most `V` verification steps for as many tokens as it has changes, as soon as
`2·L·σ·(1 - α) ≤ γ·V·(1 - α^{m+1})`, with acceptance rate `α < 1` and draft length `m`. -/
theorem transient_steps {L γ σ α V : R} {n m : Nat} (hα : lt α one) (hγ : lt zero γ)
    (count : le (mul (ofNat n) γ) (mul (ofNat 2) (mul L σ)))
    (h : le (mul (mul (ofNat 2) (mul L σ)) (sub one α))
      (mul γ (mul V (sub one (rpow α (Nat.succ m)))))) :
    le (ofNat n) (mul V (expectedTokens α m)) :=
  (verification_steps hα m (ofNat n) V).mpr (le_of_mul_le_mul_left hγ
    (le_trans
      (le_congr (ring_eq (vars3 (ofNat n) γ α) (a := mul γ (mul (ofNat n) (sub one α)))
          (b := mul (mul (ofNat n) γ) (sub one α))) rfl
        (mul_le_mul_right (le_of_lt (sub_pos hα)) count)) h))

/-! ## Constants without weights, and sequences in a ball -/

/-- A product of products. -/
theorem prod_mul (L : Nat) (a b : Nat → R) :
    Eq (prod L (fun i => mul (a i) (b i))) (mul (prod L a) (prod L b)) :=
  match L with
  | 0 => Eq.symm (one_mul one)
  | .succ L => Eq.trans (congrArg (fun t => mul t (mul (a L) (b L))) (prod_mul L a b))
      (ring_eq (vars4 (prod L a) (prod L b) (a L) (b L))
        (b := mul (mul (prod L a) (a L)) (mul (prod L b) (b L))))

/-- `Lip(f) ≤ C·Π ‖W_ℓ‖`: where stage `ℓ` has the constant `(c_ℓ/d_ℓ)·(N_ℓ/D_ℓ)`, `N_ℓ/D_ℓ` from its
weights, all the other constants make one factor `C = Π c_ℓ/d_ℓ`. -/
theorem absorbed_constant (L : Nat) {n : Nat → Nat} {c d N D : Nat → R} {f : Nat → Vec R → Vec R}
    (h : ∀ i, Nat.lt i L →
      Lipschitz (n i) (n (Nat.succ i)) (mul (c i) (N i)) (mul (d i) (D i)) (f i)) :
    Lipschitz (n 0) (n L) (mul (prod L c) (prod L N)) (mul (prod L d) (prod L D)) (compose L f) :=
  (compose_lipschitz L h).congr (prod_mul L c N) (prod_mul L d D)

/-- What holds on the ball holds along every sequence that stays in it: sparse attention is the dense
operator on the same blocks at every step. -/
theorem dense_along {B : Type v} {n m k : Nat} {s : Nat → Vec R → R} {δ : R} {q : Vec R}
    {S : BlockSet} {A : Vec R → BlockSet → B} {select : Vec R → BlockSet} {x : Nat → Vec R}
    (hA : DependsOnBlocks m A) (hsel : Selects m k s select)
    (stable : ∀ y, Within n δ q y → UniqueTopK m k (fun i => s i y) S)
    (hx : ∀ t, Within n δ q (x t)) (t : Nat) : Eq (A (x t) (select (x t))) (A (x t) S) :=
  dense_reduction hA hsel stable (hx t)

end

end LipBridge
