import LipBridge.Selection.Window
/-!
# Dense reduction

Where the selection is constant, sparse attention is an ordinary dense operator on fixed blocks, and
inherits whatever is known of it there.
-/

set_option autoImplicit false

universe u v

namespace LipBridge

section
variable {R : Type u} [OrderedRing R] {n m k : Nat} {s : Nat → Vec R → R} {δ : R} {q : Vec R}
  {S : BlockSet} {B : Type v}

/-- The operator `A(q, S)` depends on the blocks `i < m` of `S` only. -/
def DependsOnBlocks (m : Nat) (A : Vec R → BlockSet → B) : Prop :=
  ∀ x S T, SameOn m S T → Eq (A x S) (A x T)

/-- `select` picks a top-k set of the scores at every query; ties may be broken in any way. -/
def Selects (m k : Nat) (s : Nat → Vec R → R) (select : Vec R → BlockSet) : Prop :=
  ∀ x, TopK m k (fun i => s i x) (select x)

/-- A property of operators on queries that looks at the ball `‖x - q‖ ≤ δ` only: operators that
agree on the ball both have it or both lack it. -/
def OnBall (n : Nat) (δ : R) (q : Vec R) (P : (Vec R → B) → Prop) : Prop :=
  ∀ f g : Vec R → B, (∀ x, Within n δ q x → Eq (f x) (g x)) → P f → P g

/-- Dense reduction. If on the ball `‖x - q‖ ≤ δ` the set `S` is the only top-k set, then there
`A(x, S(x)) = A(x, S)`: the sparse operator equals the dense operator on the fixed blocks `S`. -/
theorem dense_reduction {A : Vec R → BlockSet → B} {select : Vec R → BlockSet}
    (hA : DependsOnBlocks m A) (hsel : Selects m k s select)
    (stable : ∀ x, Within n δ q x → UniqueTopK m k (fun i => s i x) S) {x : Vec R}
    (hx : Within n δ q x) : Eq (A x (select x)) (A x S) :=
  hA x (select x) S (SameOn.symm ((stable x hx).only (select x) (hsel x)))

/-- Every property transfers: if `P` looks at the ball only and the dense operator `x ↦ A(x, S)` has
it, the sparse operator `x ↦ A(x, S(x))` has it too. -/
theorem dense_transfer {A : Vec R → BlockSet → B} {select : Vec R → BlockSet}
    {P : (Vec R → B) → Prop} (hA : DependsOnBlocks m A) (hsel : Selects m k s select)
    (stable : ∀ x, Within n δ q x → UniqueTopK m k (fun i => s i x) S) (hP : OnBall n δ q P)
    (h : P (fun x => A x S)) : P (fun x => A x (select x)) :=
  hP _ _ (fun _ hx => Eq.symm (dense_reduction hA hsel stable hx)) h

/-- Dense reduction with forced blocks: where `S` is the only top-k set of the blocks outside `F` on
the ball, an operator evaluated on any active set equals the operator on `F ∪ S`. -/
theorem dense_reduction_forced {A : Vec R → BlockSet → B} {select : Vec R → BlockSet} {F : BlockSet}
    (hA : DependsOnBlocks m A) (hsel : ∀ x, ActiveSet m k F (fun i => s i x) (select x))
    (stable : ∀ x, Within n δ q x → UniqueTopKAmong m k (complement F) (fun i => s i x) S) {x : Vec R}
    (hx : Within n δ q x) : Eq (A x (select x)) (A x (union F S)) :=
  hA x (select x) (union F S) (active_unique (stable x hx) (hsel x))

/-- Statements about three points of the ball and their values, such as a modulus of convexity or a
Lipschitz bound, look at the ball only. -/
theorem onBall_three (Q : Vec R → Vec R → Vec R → B → B → B → Prop) :
    OnBall n δ q (fun f => ∀ x y z, Within n δ q x → Within n δ q y → Within n δ q z →
      Q x y z (f x) (f y) (f z)) :=
  fun _ _ e h x y z hx hy hz => e x hx ▸ e y hy ▸ e z hz ▸ h x y z hx hy hz

/-- Dense reduction from a gap: scores with constants `L_i` and gaps `> (L_i + L_j)·δ` at `q` make the
sparse operator equal to the dense one on the whole ball `‖x - q‖ ≤ δ`. -/
theorem dense_reduction_of_gap {A : Vec R → BlockSet → B} {select : Vec R → BlockSet} {L : Nat → R}
    (hA : DependsOnBlocks m A) (hsel : Selects m k s select)
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n (L i) (s i)) (hδ : le zero δ) (hk : Eq (count m S) k)
    (gap : Across m S fun i j => lt (mul (add (L i) (L j)) δ) (sub (s i q) (s j q))) {x : Vec R}
    (hx : Within n δ q x) : Eq (A x (select x)) (A x S) :=
  dense_reduction hA hsel (fun _ hy => stability_radius hL hδ hk gap hy) hx

end

end LipBridge
