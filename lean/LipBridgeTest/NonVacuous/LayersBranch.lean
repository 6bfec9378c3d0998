import LipBridge.Layers.Concat
import LipBridge.Layers.Coordinates
import LipBridge.Layers.Activation
import LipBridgeTest.NonVacuous.Layers
/-!
# Branches, coordinates and activations are not vacuous

Each theorem with hypotheses, met by a proved example over ℤ.
-/

set_option autoImplicit false

namespace LipBridgeTest.Branch

open LipBridge

/-- `x ↦ 3 x` has the constant 3. -/
theorem triple : Lipschitz 2 2 (ofNat 3) (ofNat 1) (scale (mul (ofInt (i 3)) (one : Int))) :=
  LipschitzOn.ofSq (scale_sqLipschitz (P := 9) 2 one_inv) rfl rfl

/-- `x ↦ -2 x` has the constant 2. -/
theorem twice : Lipschitz 2 2 (ofNat 2) (ofNat 1) (scale (mul (ofInt (m 1)) (one : Int))) :=
  LipschitzOn.ofSq (scale_sqLipschitz (P := 4) 2 one_inv) rfl rfl

/-- ReLU has the constant 1. -/
theorem relu2 : Lipschitz 2 2 (ofNat 1 : Int) (ofNat 1) relu :=
  LipschitzOn.ofSq (relu_sqLipschitz 2) rfl rfl

/-! ## Sums -/

example : le (mul (sq (mul (i 1) (i 1))) (normSq 2 (vadd p34 p12)))
    (mul (sq (add (mul (i 5) (i 1)) (mul (i 3) (i 1)))) (i 1)) :=
  ratio_add (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl)

/-- `x ↦ 3 x + relu x` has the constant 4. -/
example : Lipschitz 2 2 (ofNat 4) (ofNat 1)
    (fun x => vadd (scale (mul (ofInt (i 3)) (one : Int)) x) (relu x)) :=
  sum_lipschitz_ofNat triple relu2
example : Lipschitz 2 2 (add (mul (ofNat 3) (ofNat 1)) (mul (ofNat 1) (ofNat 1)))
    (mul (ofNat 1) (ofNat 1)) (fun x => vadd (scale (mul (ofInt (i 3)) (one : Int)) x) (relu x)) :=
  sum_lipschitz triple relu2
example : LipschitzOn 2 2 (ofNat 4) (ofNat 1) Half
    (fun x => vadd (scale (mul (ofInt (i 3)) (one : Int)) x) (relu x)) :=
  sum_lipschitz_ofNat (triple.on Half) (relu2.on Half)
example : Lipschitz 2 2 (ofNat 1 : Int) (i 1) relu := relu2.congr rfl rfl
example : LipschitzOn 2 2 (i 1) (ofNat 1) Half relu := (relu2.on Half).congr rfl rfl
example : SqLipschitz 2 2 (i 1) (ofNat 1) relu := (relu_sqLipschitz 2).congr rfl rfl
example : SqLipschitzOn 2 2 (i 1) (ofNat 1) Half relu :=
  ((relu_sqLipschitz 2).on Half).congr rfl rfl

/-- `x ↦ x + (-2 x)` has the constant `1 + 2` by the rule. -/
example : Lipschitz 2 2 (ofNat 3) (ofNat 1)
    (fun x => vadd x (scale (mul (ofInt (m 1)) (one : Int)) x)) := residual_lipschitz_ofNat twice
example : Lipschitz 2 2 (add (ofNat 1) (ofNat 2)) (ofNat 1)
    (fun x => vadd x (scale (mul (ofInt (m 1)) (one : Int)) x)) := residual_lipschitz twice
example : LipschitzOn 2 2 (ofNat 3) (ofNat 1) Half
    (fun x => vadd x (scale (mul (ofInt (m 1)) (one : Int)) x)) :=
  residual_lipschitz_ofNat (twice.on Half)
example : SqLipschitz 2 2 (ofNat 9) (ofNat 1) (scale (mul (ofInt (i 3)) (one : Int))) :=
  triple.toSq_ofNat
example : SqLipschitzOn 2 2 (ofNat 9) (ofNat 1) Half (scale (mul (ofInt (i 3)) (one : Int))) :=
  (triple.on Half).toSq_ofNat

example : LipschitzOn 2 2 (add (mul (ofNat 3) (ofNat 1)) (mul (ofNat 1) (ofNat 1)))
    (mul (ofNat 1) (ofNat 1)) Half
    (fun x => vadd (scale (mul (ofInt (i 3)) (one : Int)) x) (relu x)) :=
  sum_lipschitz (triple.on Half) (relu2.on Half)
example : LipschitzOn 2 2 (add (ofNat 1) (ofNat 2)) (ofNat 1) Half
    (fun x => vadd x (scale (mul (ofInt (m 1)) (one : Int)) x)) :=
  residual_lipschitz (twice.on Half)

/-! ## Concatenation -/

example : Eq (append 2 p12 p34 1) (p12 1) := append_left 2 p12 p34 Nat.le.refl
example : Eq (append 2 p12 p34 3) (i 4) := rfl
example : le (mul (mul (i 1) (i 1)) (add (i 2) (i 3)))
    (mul (add (mul (i 2) (i 1)) (mul (i 3) (i 1))) (i 1)) :=
  ratio_concat (ile rfl) (ile rfl) (ile rfl) (ile rfl)

/-- `x ↦ (3 x, relu x)` has the constant `√10`. -/
example : SqLipschitz 2 4 (ofNat 10) (ofNat 1)
    (concat 2 (scale (mul (ofInt (i 3)) (one : Int))) relu) :=
  concat_sqLipschitz_ofNat triple.toSq_ofNat (relu_sqLipschitz 2)
example : SqLipschitz 2 4 (add (mul (ofNat 9) (ofNat 1)) (mul (ofNat 1) (ofNat 1)))
    (mul (ofNat 1) (ofNat 1)) (concat 2 (scale (mul (ofInt (i 3)) (one : Int))) relu) :=
  concat_sqLipschitz triple.toSq_ofNat (relu_sqLipschitz 2)
example : SqLipschitzOn 2 4 (ofNat 10) (ofNat 1) Half
    (concat 2 (scale (mul (ofInt (i 3)) (one : Int))) relu) :=
  concat_sqLipschitz_ofNat (triple.toSq_ofNat.on Half) ((relu_sqLipschitz 2).on Half)

example : SqLipschitzOn 2 4 (add (mul (ofNat 9) (ofNat 1)) (mul (ofNat 1) (ofNat 1)))
    (mul (ofNat 1) (ofNat 1)) Half (concat 2 (scale (mul (ofInt (i 3)) (one : Int))) relu) :=
  concat_sqLipschitz (triple.toSq_ofNat.on Half) ((relu_sqLipschitz 2).on Half)

/-! ## Coordinates -/

example : SqLipschitz 5 2 (ofNat 1 : Int) (ofNat 1) (slice 3) := slice_sqLipschitz rfl

/-- Exchanges 0 and 1. -/
def swap (n : Nat) : Nat := cond (Nat.beq n 0) 1 (cond (Nat.beq n 1) 0 n)

/-- `swap` keeps 0 and 1 below 2, and undoes itself. -/
theorem swap_swap (n : Nat) (h : Nat.lt n 2) : And (Nat.lt (swap n) 2) (Eq (swap (swap n)) n) :=
  match n, h with
  | 0, _ => ⟨Nat.le.refl, rfl⟩
  | .succ 0, _ => ⟨Nat.le.step Nat.le.refl, rfl⟩
  | .succ (.succ _), h =>
    False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ h)))

/-- `swap` takes no value twice. -/
theorem swap_inj (j k : Nat) (hj : Nat.lt j 2) (hk : Nat.lt k 2) (e : Eq (swap j) (swap k)) :
    Eq j k :=
  Eq.trans (Eq.symm (swap_swap j hj).right)
    (Eq.trans (congrArg swap e) (swap_swap k hk).right)

example : SqLipschitz 2 2 (ofNat 1 : Int) (ofNat 1) (gather swap) :=
  permute_sqLipschitz (τ := swap) (fun j h => (swap_swap j h).left) (fun j h => (swap_swap j h).right)
example : SqLipschitz 2 2 (ofNat 1 : Int) (ofNat 1) (gather swap) :=
  gather_sqLipschitz (fun j h => (swap_swap j h).left) swap_inj
example : le (sum 2 (fun j => normSq (swap j) p34)) (sum 2 (fun j => normSq j p34)) :=
  sum_gather_le (σ := swap) (f := fun j => normSq j p34) (fun j => normSq_nonneg j p34)
    (fun j h => (swap_swap j h).left) swap_inj
example : le (sum 2 (fun j => (kron (swap j) 1 : Int))) one := count_le_one swap_inj 1
example : Eq (kron 1 2 : Int) zero := kron_ne (fun e => Nat.noConfusion (Nat.noConfusion e id))
example : Eq (p34 1) (sum 2 (fun j => mul (kron 1 j) (p34 j))) := sum_kron p34 Nat.le.refl
example : Eq (gather swap p34 0) (i 4) := rfl

/-! ## Activations -/

example : SqLipschitz 2 2 (i 9) (i 1) (entrywise (fun a => mul (i 3) a)) :=
  entrywise_sqLipschitz 2 (ile rfl) (ilt rfl) (fun a b =>
    le_of_eq (Eq.trans (one_mul _) (Eq.trans (ring_eq (vars3 (i 3) a b)
      (a := sq (sub (mul (i 3) a) (mul (i 3) b))) (b := mul (sq (i 3)) (sq (sub a b)))) rfl)))
example : SlopeBound 1 1 (fun a : Int => sup a zero) := SlopeBound.ofSlope relu_slope
example : SqLipschitz 2 2 (ofNat 1 : Int) (ofNat 1) (entrywise (fun a => sup a zero)) :=
  activation_sqLipschitz 2 (SlopeBound.ofSlope relu_slope) rfl

/-- The constant map has slope 0, below that of softmax. -/
example : Lipschitz 2 2 (ofNat 1 : Int) (ofNat 2) (fun _ => p34) :=
  softmax_lipschitz 2 (fun x y => distSq_nonneg 2 x y)
example : Eq (entrywise (clamp (m 0) (i 2)) p34 1) (i 2) := rfl

end LipBridgeTest.Branch
