import LipBridge.Evaluate.Branch
import LipBridge.Evaluate.Congruence
import LipBridge.Evaluate.Given
import LipBridge.Evaluate.Repeated
import LipBridge.Layers.Activation
import LipBridge.Layers.MeanPool
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.Dot
import LipBridge.Layers.MaxPool
import LipBridge.Layers.Scale
import LipBridgeTest.NonVacuous.LayersBranch
/-!
# What layers depend on is not vacuous

Two vectors over ℤ that agree in their first two entries only.
-/

set_option autoImplicit false

namespace LipBridgeTest.Congruence

open LipBridge

/-- `(3, 4, 0, …)`. -/
def x : Vec Int := ofList (vars2 (i 3) (i 4))

/-- `(3, 4, 7, 0, …)`. -/
def y : Vec Int := ofList (vars3 (i 3) (i 4) (i 7))

/-- They agree in two entries. -/
theorem agree : Agree 2 x y := agree_of_check rfl

/-- They differ in the third. -/
example : Not (Agree 3 x y) :=
  fun h => bool_absurd (Eq.symm (congrArg (intBeq (i 0)) (Eq.symm (h 2 Nat.le.refl))))

example : Agree 1 (linear 2 (fun _ _ => i 2) one vzero x) (linear 2 (fun _ _ => i 2) one vzero y) :=
  linear_congr 1 2 (fun _ _ => i 2) one vzero agree
example : Agree 1 (dotKeys 2 (fun _ _ => i 2) one x) (dotKeys 2 (fun _ _ => i 2) one y) :=
  dotKeys_congr 1 2 (fun _ _ => i 2) one agree
example : Agree 2 (relu x) (relu y) := relu_congr agree
example : Agree 2 (leakyRelu (i 0) x) (leakyRelu (i 0) y) := leakyRelu_congr (i 0) agree
example : Agree 2 (entrywise abs x) (entrywise abs y) := entrywise_congr agree
example : Agree 2 (scale (i 5) x) (scale (i 5) y) := scale_congr (i 5) agree
example : Agree 1 (meanPool 2 1 one x) (meanPool 2 1 one y) := meanPool_congr 2 1 one agree
example : Agree 1 (maxPool 2 1 x) (maxPool 2 1 y) := maxPool_congr 2 1 agree
example : Agree 1 (blockMax 2 x) (blockMax 2 y) := blockMax_congr 1 2 agree
example : Agree 2 (hadamard 1 x) (hadamard 1 y) := hadamard_congr 1 agree
example : Agree 2 (vadd x x) (vadd y y) := vadd_congr agree agree
example : Agree 4 (append 2 x x) (append 2 y y) := append_congr agree agree
example : Agree 2 (tokenwise 2 1 1 relu x) (tokenwise 2 1 1 relu y) :=
  tokenwise_congr 2 (n := 1) (m := 1) (f := relu) relu_congr agree

/-! ## With given functions replaced -/

/-- A quarter turn takes `(3, 4)` to `(-4, 3)`. -/
example : Agree 2 (rotary 1 (quarterTurn 0) (quarterTurn 1) x) (ofList (vars2 (Int.neg (i 4)) (i 3))) :=
  agree_of_check rfl
/-- It is a rotation. -/
example : Eq (add (sq (quarterTurn 0 0)) (sq (quarterTurn 1 0))) (i 1) := rfl

example : Agree 2 (rmsNorm x (fun _ => one) x) (rmsNorm x (fun _ => one) y) :=
  rmsNorm_given_congr x agree
example : Agree 2 (center 2 one x) (center 2 one y) := center_congr one agree
example : Agree 2 (layerNorm 2 one x (fun _ => one) x x) (layerNorm 2 one x (fun _ => one) x y) :=
  layerNorm_given_congr one x x agree
example : Agree 2 (groupNorm 2 1 one x (fun _ => one) x x) (groupNorm 2 1 one x (fun _ => one) x y) :=
  groupNorm_given_congr (G := 2) (d := 1) one x x agree
example : Agree 2 (rotary 1 x y x) (rotary 1 x y y) := rotary_congr 1 0 x y agree
example : Agree 2 (rotaryPairs 1 x y x) (rotaryPairs 1 x y y) := rotaryPairs_congr 1 0 x y agree
example : Agree 2 (after 1 relu x) (after 1 relu y) :=
  after_congr 1 (m := 1) (fun _ _ h => relu_congr h) agree
example : Agree 2 (eachToken 2 1 1 (fun _ => relu) x) (eachToken 2 1 1 (fun _ => relu) y) :=
  eachToken_congr 2 (n := 1) (m := 1) (fun _ _ _ h => relu_congr h) agree

/-! ## Blocks of equal tokens -/

/-- `(3, 4, 3, 4, …)`. -/
def block : Vec Int := repeated 2 x

example : Agree 4 block (ofList (.cons (i 3) (.cons (i 4) (vars2 (i 3) (i 4))))) :=
  agree_of_check rfl
example : Agree 2 (token 2 block 5) x := token_repeated 2 x 5
example : Agree 4 (eachToken 2 2 2 (fun _ => relu) block) (repeated 2 x) :=
  eachToken_repeated 2 (n := 2) (m := 2) (f := fun _ => relu) (x := x) (y := x) (fun _ _ h =>
    Agree.trans (relu_congr h) (agree_of_check (y := relu x) (w := vars2 (i 3) (i 4)) rfl))
example : Agree 2 (slice 0 (append 2 x y)) x := slice_first x y rfl
example : Agree 3 (slice 2 (append 2 x y)) y := slice_rest (m := 2) (slice_whole 3 y)
/-- `⟨(3, 4), (3, 4)⟩ = 25`, against each of two keys. -/
example : Agree 1 (similarity 2 2 (fun _ => x) (fun _ => block) x) (fun _ => dot 2 x x) :=
  similarity_repeated (b := 2) rfl (fun _ _ => rfl) (fun _ _ => rfl)
example : Eq (dot 2 x x) (i 25) := rfl

end LipBridgeTest.Congruence
