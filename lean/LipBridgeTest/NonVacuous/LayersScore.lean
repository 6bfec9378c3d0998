import LipBridge.Layers.StoredKeys
import LipBridge.Layers.Merge
import LipBridge.Layers.Bilinear
import LipBridge.Layers.Rescale
import LipBridgeTest.NonVacuous.Layers
/-!
# Scores, merged and rescaled layers are not vacuous

Each theorem with hypotheses, met by a proved example over ℤ.
-/

set_option autoImplicit false

namespace LipBridgeTest.Score

open LipBridge

/-! ## Block scores -/

/-- Two keys, `(3, 4)` and `(1, -2)`. -/
def keys : Nat → Vec Int := fun s => cond (Nat.beq s 0) p34 p12

/-- `‖k‖² ≤ 25` for both. -/
theorem keys_le (s : Nat) (h : Nat.lt s 2) : le (mul (i 1) (normSq 2 (keys s))) (i 25) :=
  match s, h with
  | 0, _ => ile rfl
  | .succ 0, _ => ile rfl
  | .succ (.succ _), h =>
    False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ h)))

/-- The difference of any two of them has `‖k - k'‖² ≤ 40`. -/
theorem keys_dist (s t : Nat) (hs : Nat.lt s 2) (ht : Nat.lt t 2) :
    le (mul (i 1) (distSq 2 (keys s) (keys t))) (i 40) :=
  match s, t, hs, ht with
  | 0, 0, _, _ => ile rfl
  | 0, .succ 0, _, _ => ile rfl
  | .succ 0, 0, _, _ => ile rfl
  | .succ 0, .succ 0, _, _ => ile rfl
  | .succ (.succ _), _, h, _ =>
    False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ h)))
  | _, .succ (.succ _), _, h =>
    False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ (Nat.le_of_succ_le_succ h)))

example : Exists fun s => And (Nat.lt s 2) (Eq (maxOver 2 p34) (p34 s)) :=
  maxOver_mem (nat_le_add 1 1) p34
example : le (mul (i 1) (sq (dot 2 p34 p12))) (mul (i 5) (normSq 2 p34)) := dot_sq_le (ile rfl) (ile rfl)
example : SqLipschitz 2 1 (i 25) (i 1) (blockScore 2 2 keys) :=
  blockScore_sqLipschitz (P := i 25) (Q := i 1) (nat_le_add 1 1) (ile rfl) (ilt rfl) keys_le
example : SqLipschitz 2 1 (i 40) (i 1) (blockGap 2 2 2 keys keys) :=
  blockGap_sqLipschitz (P := i 40) (Q := i 1) (nat_le_add 1 1) (nat_le_add 1 1) (ile rfl) (ilt rfl) keys_dist
example : Eq (blockScore 2 2 keys p12 0) (i 5) := rfl

/-- The members of the maximum, each with the constant 5. -/
theorem member_le (s : Nat) (h : Nat.lt s 2) (x y : Vec Int) :
    le (mul (i 1) (sq (sub (dot 2 x (keys s)) (dot 2 y (keys s))))) (mul (i 25) (distSq 2 x y)) :=
  le_via (dot_sq_le (z := vsub x y) (Q := i 1) (ile rfl) (keys_le s h))
    (congrArg (fun t => mul (i 1) (sq t)) (Eq.symm (dot_sub_left 2 x y (keys s)))) rfl

example : SqLipschitz 2 1 (i 25) (i 1) (fun x _ => maxOver 2 (fun s => dot 2 x (keys s))) :=
  maxScore_sqLipschitz (P := i 25) (Q := i 1) (nat_le_add 1 1) (ile rfl) (ilt rfl)
    (fun s h x y _ _ => member_le s h x y)
example : SqLipschitzOn 2 1 (i 25) (i 1) Half (fun x _ => maxOver 2 (fun s => dot 2 x (keys s))) :=
  maxScore_sqLipschitz (P := i 25) (Q := i 1) (nat_le_add 1 1) (ile rfl) (ilt rfl) (fun s h x y _ _ => member_le s h x y)
example : le (mul (i 1) (sq (sub (sub (maxOver 2 p34) (maxOver 2 p12))
    (sub (maxOver 2 p34) (maxOver 2 p12))))) (i 0) :=
  maxOver_gap_le (nat_le_add 1 1) (nat_le_add 1 1) (ile rfl) (fun s t _ _ => le_of_eq
    (ring_eq (vars1 (sub (p34 s) (p12 t)))
      (a := mul one (sq (sub (sub (p34 s) (p12 t)) (sub (p34 s) (p12 t))))) (b := zero)))

example : Exists fun s => Exists fun t => And (Nat.lt s 2) (And (Nat.lt t 2)
    (le (sq (sub (sub (maxOver 2 p34) (maxOver 2 p12)) (sub (maxOver 2 p12) (maxOver 2 p34))))
      (sq (sub (sub (p34 s) (p12 t)) (sub (p12 s) (p34 t)))))) :=
  maxOver_gap (nat_le_add 1 1) (nat_le_add 1 1) p34 p12 p12 p34 (ile rfl)

/-- The keys as stored integers. -/
def stored : Nat → Nat → Int := fun s j => keys s j

example : Eq (intBle (i 1) (i 2)) true :=
  allBelow_sound (b := 2) (p := fun _ => intBle (i 1) (i 2)) rfl Nat.le.refl
example : SqLipschitz 2 1 (ofNat 25) (ofNat 1) (blockScore 2 2 (storedKey stored (one : Int))) :=
  blockScore_sqLipschitz_ofNat (P := 25) (d := 1) rfl rfl one_inv
example : SqLipschitz 2 1 (ofNat 40) (ofNat 1)
    (blockGap 2 2 2 (storedKey stored (one : Int)) (storedKey stored (one : Int))) :=
  blockGap_sqLipschitz_ofNat (P := 40) (d := 1) rfl rfl rfl one_inv
example : Eq (mul (ofNat (Nat.mul 1 1)) (normSq 2 (fun j => mul (ofInt (p34 j)) (one : Int))))
    (ofInt (normSq 2 p34)) := stored_normSq one_inv p34

/-! ## Merged layers -/

/-- The matrix `(3, -1)ᵀ (3, -1)`, of norm 10. -/
theorem outer_norm : NormBound.{0} 2 2 (matMul 1 (transpose row) row) 100 1 :=
  fun {R} [OrderedRing R] (x : Vec R) =>
    have h₁ := mul_le_mul_left (ofNat_nonneg 10) (row_norm x)
    have h₂ := column_norm (matVec 2 row x)
    le_congr (congrArg (mul (ofNat 1)) (normSq_congr (fun j _ => matVec_matMul 1 2 (transpose row) row x j)))
      (Eq.trans (congrArg (fun t => mul t (normSq 2 x)) (ofNat_mul 10 10)) (mul_assoc _ _ _))
      (le_trans h₂ (le_via h₁
        (congrArg (mul (ofNat 10)) (Eq.symm (Eq.trans (congrArg (fun t => mul t _) ofNat_one)
          (one_mul _)))) rfl))

example : SqLipschitz 2 2 (ofNat 100) (ofNat 1)
    (fun x => linear 1 (transpose row) (one : Int) vzero (linear 2 row one vzero x)) :=
  merge_sqLipschitz (d := 1) (e := 1) outer_norm one_inv one_inv vzero vzero
example : Eq (mul (ofNat (Nat.mul 1 1)) (mul one one) : Int) one := reciprocal_mul one_inv one_inv
example : SqLipschitz 2 2 (ofNat 1 : Int) (ofNat 1) (fun x i => relu x i) :=
  (relu_sqLipschitz 2).congrFun (fun _ _ _ => rfl)

/-- `⟨W x, k⟩` with `W` the row `(3, -1)` and `k = 2`: `‖Wᵀ k‖² = 40`. -/
example : SqLipschitz 2 1 (ofNat 40) (ofNat 1)
    (fun x => dotKeys 1 (fun _ _ => i 2) (one : Int) (linear 2 row one vzero x)) :=
  score_sqLipschitz (mid := 1) (cols := 2) (P := 40) (d := 1) (e := 1) (k := fun _ => i 2) (W := row) rfl one_inv one_inv vzero

/-- The difference of the scores of `k = 2` and `k' = 1`: `‖Wᵀ (k - k')‖² = 10`. -/
example : SqLipschitz 2 1 (ofNat 10) (ofNat 1)
    (fun x => vsub (dotKeys 1 (fun _ _ => i 2) (one : Int) (linear 2 row one vzero x))
      (dotKeys 1 (fun _ _ => i 1) (one : Int) (linear 2 row one vzero x))) :=
  scoreGap_sqLipschitz (mid := 1) (cols := 2) (P := 10) (d := 1) (e := 1) (k := fun _ => i 2) (k' := fun _ => i 1)
    (W := row) rfl one_inv one_inv vzero

/-! ## Scores in both arguments -/

/-- The stacked vector `(q, k) = ((3, 4), (1, -2))`. -/
def stack : Vec Int := ofList (vars4 (i 3) (i 4) (i 1) (m 1))

example : PairBall 2 2 (i 25) (i 5) (i 1) stack := ⟨ile rfl, ile rfl⟩
example : SqLipschitzOn 4 1 (i 30) (i 1) (PairBall 2 2 (i 25) (i 5) (i 1)) (pairScore 2) :=
  pairScore_sqLipschitzOn 2 (a := i 25) (b := i 5) (c := i 1) (ile rfl) (ile rfl)
    (ilt rfl)
example : SqLipschitzOn 3 1 (i 300) (i 1) (PairBall 1 2 (i 25) (i 5) (i 1))
    (bilinear 1 2 row (one : Int)) :=
  bilinear_sqLipschitzOn (T := 10) (C := 1) (d := 1) (a := i 25) (b := i 5) (c := i 1) rfl row_norm
    one_inv (ile rfl) (ile rfl) (ilt rfl)
example : Eq (pairScore 2 stack 0) (m 4) := rfl
example : le (mul (i 1) (sq (add (dot 2 stack p34) (dot 2 (drop 2 stack) p12))))
    (mul (i 30) (normSq 4 stack)) :=
  dot_append_sq_le (m := 2) (k := 2) (x := stack) (a := p34) (b := p12) (c := i 1) (B := i 30)
    (ile rfl) (ile rfl)

/-! ## Rescaling -/

example : Eq (sup (mul (i 2) (i 3)) (mul (i 2) (m 0))) (mul (i 2) (sup (i 3) (m 0))) :=
  sup_mul (c := i 2) (ile rfl) (i 3) (m 0)
example : Eq (relu (fun j => mul (p34 j) (p12 j)) 0) (mul (p34 0) (relu p12 0)) :=
  relu_mul (c := p34) (x := p12) (i := 0) (ile rfl)

/-- `6 = 2·3` on the way in, and `2·3 = 2·3` on the way out. -/
example : SqLipschitz 1 1 (ofNat 36) (ofNat 1)
    (fun x => linear 1 (fun _ _ => i 6) (one : Int) vzero
      (relu (linear 1 (fun _ _ => i 1) one vzero x))) :=
  rescale_sqLipschitz (K := 1) (c := fun _ => 2) (V' := fun _ _ => i 3) (W' := fun _ _ => i 2)
    (b' := vzero) (s' := one)
    (fun _ _ _ _ => rfl) (fun _ _ => rfl) (fun _ _ _ _ => rfl) one_inv
    (SqLipschitzOn.comp_ofNat (P₁ := 4) (Q₁ := 1) (P₂ := 9) (Q₂ := 1)
      (SqLipschitzOn.comp_ofNat (P₁ := 4) (Q₁ := 1)
        (linear_sqLipschitz (C := 1) (d := 1) (dotKey_normBound (n := 1) (P := 4) (K := fun _ _ => i 2) rfl) one_inv vzero)
        (relu_sqLipschitz 1) (fun _ _ => ⟨⟩))
      (linear_sqLipschitz (C := 1) (d := 1) (dotKey_normBound (n := 1) (P := 9) (K := fun _ _ => i 3) rfl) one_inv vzero)
      (fun _ _ => ⟨⟩))

example (x : Vec Int) : Agree 1
    (linear 1 (fun _ _ => i 3) one vzero (relu (linear 1 (fun _ _ => i 2) one vzero x)))
    (linear 1 (fun _ _ => i 6) one vzero (relu (linear 1 (fun _ _ => i 1) one vzero x))) :=
  rescale_eq (rows := 1) (mid := 1) (cols := 1) (K := 1) (c := fun _ => 2) (V := fun _ _ => i 6)
    (V' := fun _ _ => i 3) (W := fun _ _ => i 1) (W' := fun _ _ => i 2) (a := vzero) (b := vzero)
    (b' := vzero) (s' := one) (fun _ _ _ _ => rfl) (fun _ _ => Eq.symm (mul_zero _))
    (fun _ _ _ _ => rfl) one_inv x
example : SqLipschitz 1 1 (ofNat 36) (ofNat 1)
    (fun x => linear 1 (fun _ _ => i 6) (one : Int) vzero
      (relu (linear 1 (fun _ _ => i 1) one vzero x))) :=
  rescale_sqLipschitz_stored (rows := 1) (mid := 1) (cols := 1) (K := 1) (c := fun _ => 2)
    (V := fun _ _ => i 6) (V' := fun _ _ => i 3) (W := fun _ _ => i 1) (W' := fun _ _ => i 2)
    (s' := one) rfl rfl one_inv
    (SqLipschitzOn.comp_ofNat (P₁ := 4) (Q₁ := 1) (P₂ := 9) (Q₂ := 1)
      (SqLipschitzOn.comp_ofNat (P₁ := 4) (Q₁ := 1)
        (linear_sqLipschitz (C := 1) (d := 1)
          (dotKey_normBound (n := 1) (P := 4) (K := fun _ _ => i 2) rfl) one_inv _)
        (relu_sqLipschitz 1) (fun _ _ => ⟨⟩))
      (linear_sqLipschitz (C := 1) (d := 1)
        (dotKey_normBound (n := 1) (P := 9) (K := fun _ _ => i 3) rfl) one_inv vzero)
      (fun _ _ => ⟨⟩))

end LipBridgeTest.Score
