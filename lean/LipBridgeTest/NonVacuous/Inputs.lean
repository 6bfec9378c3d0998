import LipBridge.Inputs.Gains
import LipBridge.Layers.Similarity
import LipBridgeTest.NonVacuous.Vectors
/-!
# Several inputs and bounded maps are not vacuous

The score `⟨q, k⟩` of a query `q` and a key `k` of two entries each, the key no longer than 5, the
query of any length: a constant in the query, and none in the key. Maps with a largest length.
-/

set_option autoImplicit false

namespace LipBridgeTest.Inputs

open LipBridge

/-- Where the key, the second half, is no longer than 5. -/
def keyBall : Vec Int → Prop := InBall 2 1 2 5 1

/-- The key `(3, 4)` of the query `(1, 1)` lies in the ball. -/
theorem inside : keyBall (ofList (vars4 (i 1) (i 1) (i 3) (i 4))) :=
  fun t ht => match t, ht with
    | 0, _ => ile rfl
    | .succ _, ht => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ ht))

/-- The key `(4, 4)` does not. -/
theorem outside : Not (keyBall (ofList (vars4 (i 1) (i 1) (i 4) (i 4)))) :=
  fun h => ilt (x := i 25) (y := i 32) rfl (h 0 Nat.le.refl)

/-- The query's part has the constant 1 where only it varies. -/
theorem query_moves (z : Vec Int) :
    LipschitzOn 4 2 (ofNat 1) (ofNat 1) (Slice 4 0 2 keyBall z) (slice 0) :=
  LipschitzOn.ofSq ((slice_sqLipschitz (n := 4) (s := 0) (m := 2) rfl).on _) rfl rfl

/-- The key's part has the constant 0 there. -/
theorem key_still (z : Vec Int) :
    LipschitzOn 4 2 (ofNat 0) (ofNat 1) (Slice 4 0 2 keyBall z) (slice 2) :=
  LipschitzOn.ofSq (slice_still_after (n := 4) (t := 2) (m := 2) rfl rfl) rfl rfl

/-- The key is no longer than 5. -/
theorem key_bounded (z : Vec Int) :
    BoundedOn 1 2 (ofNat 5) (ofNat 1) (Slice 4 0 2 keyBall z) (slice 2) :=
  (BoundedOn.part (B := 1) rfl (fun _ h => h)).mono (fun _ h => h.left)

/-- In the query the score has the constant 5. -/
theorem score_query (z : Vec Int) : LipschitzOn 4 1 (ofNat 5) (ofNat 1) (Slice 4 0 2 keyBall z)
    (similarity 1 2 (slice 0) (slice 2)) :=
  similarity_query_lipschitzOn_ofNat (b := 1) rfl (query_moves z) (key_still z) (key_bounded z)

/-- The score of `(1, 1)` against `(3, 4)` is 7. -/
example : Eq (similarity 1 2 (slice 0) (slice 2) (ofList (vars4 (i 1) (i 1) (i 3) (i 4))) 0) (i 7) :=
  rfl

/-- In the key there is no constant, as small as 5 at least, where the query is not bounded. -/
example : Not (LipschitzOn 4 1 (ofNat 5) (ofNat 1) keyBall
    (similarity 1 2 (slice 0) (slice 2) : Vec Int → Vec Int)) :=
  fun h => ilt (x := i 25) (y := i 81) rfl (h.bound (ofList (vars4 (i 9) (i 0) (i 1) (i 0)))
    (ofList (vars4 (i 9) (i 0) (i 0) (i 0)))
    (fun t ht => match t, ht with
      | 0, _ => ile rfl
      | .succ _, ht => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ ht)))
    (fun t ht => match t, ht with
      | 0, _ => ile rfl
      | .succ _, ht => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ ht))))

/-! ## Largest lengths -/

/-- A map whose values all have the length 5. -/
theorem capped : NormCap 2 5 1 (fun _ : Vec Int => p34) := ⟨rfl, fun _ => ile rfl⟩

example : BoundedOn 1 2 (ofNat 5) (ofNat 1) keyBall (fun _ : Vec Int => p34) :=
  BoundedOn.cap (f := fun x => x) capped
example : BoundedOn 2 2 (ofNat 5) (ofNat 1) keyBall (tokenwise 2 2 2 (fun _ : Vec Int => p34)) :=
  BoundedOn.tokenwiseCap (f := fun x => x) capped

/-- RMSNorm with the factor 0 is 0, so LayerNorm with it is its bias. -/
theorem flat : NormCap 2 0 1 (rmsNorm (fun _ => i 1) (fun _ : Vec Int => i 0)) :=
  ⟨rfl, fun _ => le_of_eq (Eq.trans
    (congrArg (mul _) (Eq.trans
      (normSq_congr (y := vzero) (fun _ _ => mul_zero _)) (normSq_zero 2)))
    (mul_zero _))⟩

example : NormCap 2 0 1 (layerNorm 2 (i 0) (fun _ => i 1) (fun _ : Vec Int => i 0) (fun _ => zero)) :=
  layerNorm_plain_cap flat
example : NormCap 2 5 1 (layerNorm 2 (i 0) (fun _ => i 1) (fun _ : Vec Int => i 0) p34) :=
  layerNorm_cap (C := 5) (E := 1) flat (ile rfl) rfl

/-- A quarter turn lengthens nothing. -/
example : NormGain 2 2 (ofNat 1) (ofNat 1) (rotary 1 (fun _ => i 0) (fun _ => i 1)) :=
  rotary_normGain 1 0 (fun _ _ => rfl)

end LipBridgeTest.Inputs
