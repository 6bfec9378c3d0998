import LipBridge.Layers.SupLinear
import LipBridge.Network.Cubed
import LipBridge.Selection.Computed
import LipBridge.Selection.Concrete
import LipBridge.Selection.Dense
import LipBridge.Selection.Folklore
import LipBridge.Selection.Joint
import LipBridge.Selection.Ties
import LipBridge.Trajectory.Contraction
import LipBridge.Trajectory.Exchange
import LipBridge.Trajectory.Expected
import LipBridge.Trajectory.LockIn
import LipBridge.Trajectory.Pulse
import LipBridge.Trajectory.Speculative
/-!
# Showcase

The main theorems, stated in full and in the words of docs/theorems.md, each proved by the theorem of the
library. Numbers are those of any ordered commutative ring `R` (ℤ, ℚ, ℝ); constants are
fractions or elements of `R`; no square roots, so that `‖x - y‖ ≤ δ` is `distSq n x y ≤ δ²`.
-/

set_option autoImplicit false

universe u

namespace Showcase

open LipBridge

variable {R : Type u} [OrderedRing R] {n m k : Nat} {s : Nat → Vec R → R} {q q' : Vec R}
  {S T T' F U : BlockSet} {L δ e : R}

/-! ## Networks -/

/-- Three layers of constant `σ = N/D`, activations and a projection of constant 1: `Lip ≤ σ³`. -/
theorem sigma_cubed {n₀ n₁ n₂ n₃ n₄ : Nat} {N D : R} {f₁ f₂ f₃ φ₁ φ₂ φ₃ p : Vec R → Vec R}
    (h₁ : Lipschitz n₀ n₁ N D f₁) (hφ₁ : Nonexpansive n₁ n₁ φ₁)
    (h₂ : Lipschitz n₁ n₂ N D f₂) (hφ₂ : Nonexpansive n₂ n₂ φ₂)
    (h₃ : Lipschitz n₂ n₃ N D f₃) (hφ₃ : Nonexpansive n₃ n₃ φ₃) (hp : Nonexpansive n₃ n₄ p) :
    Lipschitz n₀ n₄ (cube N) (cube D) (fun x => p (φ₃ (f₃ (φ₂ (f₂ (φ₁ (f₁ x))))))) :=
  LipBridge.sigma_cubed h₁ hφ₁ h₂ hφ₂ h₃ hφ₃ hp

/-- For two layers, `Lip ≤ σ³` is false: take `σ = 1/2`. -/
theorem sigma_cubed_two_layers_false {h : R} (hh : Eq (mul (ofNat 2) h) one) :
    Not (∀ (N D : R) (f₁ f₂ : Vec R → Vec R), Lipschitz 1 1 N D f₁ → Lipschitz 1 1 N D f₂ →
      Lipschitz 1 1 (cube N) (cube D) (fun x => f₂ (f₁ x))) :=
  folklore_two_layers_false hh

/-- In ℓ∞ the constant of a linear layer is `T/d`, where no absolute row sum of the stored integers
exceeds `T`. -/
theorem linear_supLipschitz {rows cols T d : Nat} {W : Nat → Nat → Int} {r : R}
    (h : RowSums.{u} rows cols W T) (hr : Eq (mul (ofNat d) r) one) (b : Vec R) :
    SupLipschitz cols rows (ofNat T) (ofNat d) (linear cols W r b) :=
  LipBridge.linear_supLipschitz h hr b

/-- The score of a token in DeepSeek's indexer on the ball `‖x‖ ≤ A/B`: head weights and products under one
norm, `V` the rows `α_h W_h` and `β_h J_h`. -/
theorem gated_lipschitzOn {H γ T C A B d N D : Nat} {α β : Nat → Nat}
    {W J V : Nat → Nat → Int} {c : R} {f : Vec R → R}
    (hf : ∀ x, Eq (f x) (gated H (matVec n W x) (matVec n J x)))
    (hV : Eq (isJoint H n γ α β W J V) true)
    (hT : ∀ z : Vec R, le (mul (ofNat C) (normSq (Nat.add H H) (matVec n V z)))
      (mul (ofNat T) (normSq n z)))
    (hN : Eq (jointCheck γ T C A B d N D) true) (hc : Eq (mul (ofNat d) c) one) :
    LipschitzOn n 1 (ofNat N) (ofNat D) (InBall 0 1 n A B) (fun x _ => mul c (f x)) :=
  LipBridge.gated_lipschitzOn hf hV hT hN hc

/-! ## Selection -/

/-- Scores with constants `L_i`, gaps `s_i(q) - s_j(q) > (L_i + L_j)·δ` between the selected blocks and
the others: at every `q'` with `‖q' - q‖ ≤ δ` the selected set is the only top-k set. -/
theorem stability_radius {L : Nat → R} (hL : ∀ i, Nat.lt i m → ScoreLipschitz n (L i) (s i))
    (hδ : le zero δ) (hk : Eq (count m S) k)
    (gap : Across m S fun i j => lt (mul (add (L i) (L j)) δ) (sub (s i q) (s j q)))
    (hq : Within n δ q q') : UniqueTopK m k (fun i => s i q') S :=
  LipBridge.stability_radius hL hδ hk gap hq

/-- With one constant `L`: a gap `> 2·L·δ`. -/
theorem stability_radius_uniform (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i))
    (hδ : le zero δ) (hk : Eq (count m S) k)
    (gap : Across m S fun i j => lt (mul (ofNat 2) (mul L δ)) (sub (s i q) (s j q)))
    (hq : Within n δ q q') : UniqueTopK m k (fun i => s i q') S :=
  LipBridge.stability_radius_uniform hL hδ hk gap hq

/-- A gap `> L·δ`, as folklore has it, is not enough: `s_0(q) = q`, `s_1(q) = -q`, `L = 1`, `q = 6`,
`δ = 10`, `q' = -4`. -/
theorem folklore_false : Not (∀ (n m k : Nat) (s : Nat → Vec Int → Int) (L δ : Int) (q q' : Vec Int)
    (S : BlockSet), (∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) → le zero δ →
    TopK m k (fun i => s i q) S →
    (Across m S fun i j => lt (mul L δ) (sub (s i q) (s j q))) → Within n δ q q' →
    TopK m k (fun i => s i q') S) :=
  LipBridge.folklore_false

/-- The 2 cannot be lowered: for every gap `γ < 2·L·δ` there are scores whose selection changes. -/
theorem two_is_optimal {γ : R} (hL : le zero L) (hγ : lt zero γ)
    (h : lt γ (mul (ofNat 2) (mul L δ))) :
    Exists fun s : Nat → Vec R → R => Exists fun q : Vec R => Exists fun q' : Vec R =>
      And (∀ i, ScoreLipschitz 1 L (s i)) (And (Within 1 δ q q')
        (And (Eq (sub (s 0 q) (s 1 q)) γ)
          (And (UniqueTopK 2 1 (fun i => s i q) (only 0))
            (UniqueTopK 2 1 (fun i => s i q') (only 1))))) :=
  LipBridge.two_is_optimal hL hγ h

/-- A set is the only top-k set exactly where its scores exceed the others strictly: a gap of 0, a tie,
certifies nothing. -/
theorem unique_iff_separated {s : Nat → R} :
    Iff (UniqueTopK m k s S) (And (Eq (count m S) k) (Separated m s S)) :=
  LipBridge.unique_iff_separated

/-- Scores computed with an error of at most `e`: a computed gap `> 2·L·δ + 4·e` makes the computed
selections at `q` and `q'` agree, however ties are broken. -/
theorem computed_selections_agree {t t' : Nat → R}
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hδ : le zero δ) (hk : Eq (count m S) k)
    (ht : ComputedWithin m e s q t) (ht' : ComputedWithin m e s q' t') (hq : Within n δ q q')
    (gap : Across m S fun i j =>
      lt (add (mul (ofNat 2) (mul L δ)) (mul (ofNat 4) e)) (sub (t i) (t j)))
    (hT : TopK m k t T) (hT' : TopK m k t' T') : SameOn m T T' :=
  LipBridge.computed_selections_agree hL hδ hk ht ht' hq gap hT hT'

/-- Forced blocks and the local window `F` leave the competition: the active set `F ∪ S` is stable. -/
theorem active_stable {L : Nat → R} (hL : ∀ i, Nat.lt i m → ScoreLipschitz n (L i) (s i))
    (hδ : le zero δ) (hF : ∀ i, Nat.lt i m → Eq (S i) true → Eq (complement F i) true)
    (hk : Eq (count m S) k)
    (gap : Across m S fun i j => Eq (complement F j) true →
      lt (mul (add (L i) (L j)) δ) (sub (s i q) (s j q)))
    (hq : Within n δ q q') (hU : ActiveSet m k F (fun i => s i q') U) : SameOn m U (union F S) :=
  LipBridge.active_stable hL hδ hF hk gap hq hU

/-- Where `S` is the only top-k set on a ball, sparse attention is the dense operator on `S` there. -/
theorem dense_reduction.{v} {B : Type v} {A : Vec R → BlockSet → B} {select : Vec R → BlockSet}
    (hA : DependsOnBlocks m A) (hsel : Selects m k s select)
    (stable : ∀ x, Within n δ q x → UniqueTopK m k (fun i => s i x) S) {x : Vec R}
    (hx : Within n δ q x) : Eq (A x (select x)) (A x S) :=
  LipBridge.dense_reduction hA hsel stable hx

/-- One step of a trace: an integer check by the kernel (`st.check = true`) certifies the recorded
selection for every family of scores with the recorded values at `q` and the recorded constants. -/
theorem step_stable {st : Step} {A : Vec R → Prop} (hst : Eq st.check true) (hs : st.Fits n A s q)
    (hA : A q') (hq : st.Near n q q') :
    UniqueTopKAmong st.size st.k (complement st.forced) (fun i => s i q') st.chosen :=
  Step.stable hst hs hA hq

/-! ## Trajectories -/

/-- The selection changes from `t` to `t + 1` only if `γ_t ≤ 2·L·σ_t`, where `σ_t` bounds the step. -/
theorem change_only_if {q : Nat → Vec R} {σ γ : Nat → R} {S : Nat → BlockSet}
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hq : Path n q σ)
    (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : ∀ t, GapAtLeast m (fun i => s i (q t)) (S t) (γ t)) (t : Nat)
    (change : Not (SameOn m (S t) (S (Nat.succ t)))) : le (γ t) (mul (ofNat 2) (mul L (σ t))) :=
  LipBridge.change_only_if hL hq hS gap t change

/-- With gaps of at least `γ`: `transitions · γ ≤ 2·L·Σ σ_t`. -/
theorem transition_count {q : Nat → Vec R} {σ : Nat → R} {γ : R} {S : Nat → BlockSet} (T : Nat)
    (hL0 : le zero L) (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hq : Path n q σ)
    (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : ∀ t, Nat.lt t T → GapAtLeast m (fun i => s i (q t)) (S t) γ) :
    le (mul (ofNat (transitions m S T)) γ) (mul (ofNat 2) (mul L (sum T σ))) :=
  LipBridge.transition_count T hL0 hL hq hS gap

/-- Steps `≤ C·ρᵗ` and `2·L·C·ρᴺ < (1 - ρ)·γ_N`: the selection is constant from step `N` on. -/
theorem selection_constant {q : Nat → Vec R} {S : Nat → BlockSet} {ρ C γ : R} {N : Nat}
    (hL0 : le zero L) (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i))
    (hρ : le zero ρ) (hρ1 : lt ρ one) (hC : le zero C)
    (hq : Path n q (fun t => mul C (rpow ρ t)))
    (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : GapAtLeast m (fun i => s i (q N)) (S N) γ)
    (h : lt (mul (ofNat 2) (mul L (mul C (rpow ρ N)))) (mul (sub one ρ) γ)) (d : Nat) :
    SameOn m (S N) (S (Nat.add N d)) :=
  LipBridge.selection_constant hL0 hL hρ hρ1 hC hq hS gap h d

/-- The number of queries with `γ_t ≤ 2·L·ε` never decreases in `L` nor in `ε`. -/
theorem pulse_monotone {T : Nat} {γ : Nat → R} {L' ε ε' : R} {B B' : BlockSet} (hL : le zero L)
    (hε : le zero ε) (kL : le L L') (kε : le ε ε') (h : Uncertified T γ L ε B)
    (h' : Uncertified T γ L' ε' B') : Nat.le (count T B) (count T B') :=
  LipBridge.pulse_monotone hL hε kL kε h h'

/-- With acceptance rate `α < 1` and draft length `m`, `V` verification steps yield `T` tokens on
average, `T ≤ V·(1 + α + … + αᵐ)`, exactly when `T·(1 - α) ≤ V·(1 - α^{m+1})`. -/
theorem verification_steps {α : R} (h : lt α one) (m : Nat) (T V : R) :
    Iff (le T (mul V (expectedTokens α m)))
      (le (mul T (sub one α)) (mul V (sub one (rpow α (Nat.succ m))))) :=
  LipBridge.verification_steps h m T V

/-- The rate of a path: with at most `N` changes in `N + b` steps, `κᴺ·ρᵇ`. -/
theorem effective_rate {q : Nat → Vec R} {σ e : Nat → R} {S : Nat → BlockSet} {ρ κ γ : R} {N b : Nat}
    (hρ : le zero ρ) (hρκ : le ρ κ) (he : le zero (e 0)) (hγ : le zero γ) (hL0 : le zero L)
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hq : Path n q σ)
    (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : ∀ t, Nat.lt t (Nat.add N b) → GapAtLeast m (fun i => s i (q t)) (S t) γ)
    (locked : ∀ t, SameOn m (S t) (S (Nat.succ t)) → le (e (Nat.succ t)) (mul ρ (e t)))
    (jump : ∀ t, le (e (Nat.succ t)) (mul κ (e t)))
    (few : lt (mul (ofNat 2) (mul L (sum (Nat.add N b) σ))) (mul (ofNat (Nat.succ N)) γ)) :
    le (e (Nat.add N b)) (mul (mul (rpow κ N) (rpow ρ b)) (e 0)) :=
  LipBridge.effective_rate_bound hρ hρκ he hγ hL0 hL hq hS gap locked jump few

/-- The rate of a path some of whose steps are certified to keep the selection: with `N` others among
`N + b`, `κᴺ·ρᵇ`. -/
theorem certified_rate {S : Nat → BlockSet} {B : BlockSet} {ρ κ : R} {e : Nat → R} {T : Nat}
    (hρ : le zero ρ) (hκ : le zero κ)
    (keeps : ∀ t, Nat.lt t T → Eq (B t) false → SameOn m (S t) (S (Nat.succ t)))
    (locked : ∀ t, Nat.lt t T → SameOn m (S t) (S (Nat.succ t)) → le (e (Nat.succ t)) (mul ρ (e t)))
    (jump : ∀ t, Nat.lt t T → le (e (Nat.succ t)) (mul κ (e t))) :
    And (Nat.le (transitions m S T) (count T B))
      (le (e T) (mul (mul (rpow κ (count T B)) (rpow ρ (count T (others B)))) (e 0))) :=
  LipBridge.certified_rate hρ hκ keeps locked jump

/-- A change of the selection moves the output by at most the mass of the blocks that entered times the
diameter of the values. -/
theorem selection_exchange {a b w : Nat → R} {v : Nat → Vec R} {Δ W W' : R} (hW : lt zero W)
    (hWW : le W W') (hw : ∀ i, Nat.lt i m → le zero (w i))
    (ha : ∀ i, Nat.lt i m → And (le zero (a i)) (Eq (mul W (a i)) (cond (S i) (w i) zero)))
    (hb : ∀ i, Nat.lt i m → And (le zero (b i)) (Eq (mul W' (b i)) (cond (T i) (w i) zero)))
    (sa : Eq (sum m a) one) (sb : Eq (sum m b) one)
    (hv : ∀ i j, Nat.lt i m → Nat.lt j m → Within n Δ (v i) (v j)) :
    Within n (mul (sum m (fun i => cond (minus T S i) (b i) zero)) Δ)
      (attend m a v) (attend m b v) :=
  LipBridge.selection_exchange hW hWW hw ha hb sa sb hv

/-- `κ = ρ + j/η`, while the distance is at least `η` and a change adds at most `j`. -/
theorem jump_factor {ρ j η e' : R} (hj : le zero j) (hη : le zero η) (far : le η e)
    (h : le e' (add (mul ρ e) j)) : le (mul η e') (mul (add (mul η ρ) j) e) :=
  LipBridge.jump_factor hj hη far h

/-- The mean number of changes over any weights of paths. -/
theorem expected_transitions {γ : R} (P T : Nat) {w : Nat → R} {q : Nat → Nat → Vec R}
    {σ : Nat → Nat → R} {S : Nat → Nat → BlockSet} (hw : ∀ i, Nat.lt i P → le zero (w i))
    (hL0 : le zero L) (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i))
    (hq : ∀ i, Nat.lt i P → Path n (q i) (σ i))
    (hS : ∀ i, Nat.lt i P → ∀ t, TopK m k (fun j => s j (q i t)) (S i t))
    (gap : ∀ i, Nat.lt i P → ∀ t, Nat.lt t T → GapAtLeast m (fun j => s j (q i t)) (S i t) γ) :
    le (mul (sum P (fun i => mul (w i) (ofNat (transitions m (S i) T)))) γ)
      (mul (ofNat 2) (mul L (sum P (fun i => mul (w i) (sum T (σ i)))))) :=
  LipBridge.expected_transitions P T hw hL0 hL hq hS gap

/-- A constant `c·L` at `ε` is `L` at `c·ε`. -/
theorem pulse_shape {T : Nat} {γ : Nat → R} {c ε : R} {B : BlockSet} :
    Iff (Uncertified T γ (mul c L) ε B) (Uncertified T γ L (mul c ε) B) :=
  LipBridge.pulse_shape

/-- Verification steps that are enough for `n` changes. -/
theorem transient_steps {γ σ α V : R} (hα : lt α one) (hγ : lt zero γ)
    (count : le (mul (ofNat n) γ) (mul (ofNat 2) (mul L σ)))
    (h : le (mul (mul (ofNat 2) (mul L σ)) (sub one α))
      (mul γ (mul V (sub one (rpow α (Nat.succ m)))))) :
    le (ofNat n) (mul V (expectedTokens α m)) :=
  LipBridge.transient_steps hα hγ count h

end Showcase
