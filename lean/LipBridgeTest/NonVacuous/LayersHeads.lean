import LipBridge.Layers.Scores
import LipBridgeTest.NonVacuous.LayersTokens
/-!
# Scores of several queries are not vacuous

Two queries and a key in ℤ, on balls; a block whose length is bounded as a whole, and token by token.
-/

set_option autoImplicit false

namespace LipBridgeTest.Heads

open LipBridge

/-- Two queries of dimension 2, together no longer than 5, and a key no longer than 3. -/
def Balls : Vec Int → Prop := fun x => And (InBall 0 1 4 5 1 x) (InBall 4 1 2 3 1 x)

/-- The queries `(1, 2)` and `(0, -2)`, and the key `(2, 1)`. -/
def point : Vec Int := ofList (vars6 (i 1) (i 2) (i 0) (m 1) (i 2) (i 1))

/-- The domain has points. -/
example : Balls point := ⟨fun t ht => match t, ht with
    | 0, _ => ile rfl
    | .succ _, h => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ h)),
  fun t ht => match t, ht with
    | 0, _ => ile rfl
    | .succ _, h => False.elim (Nat.not_succ_le_zero _ (Nat.le_of_succ_le_succ h))⟩

/-- The queries have the constant 1. -/
theorem queries : LipschitzOn 6 4 (ofNat 1) (ofNat 1) Balls (slice 0) :=
  LipschitzOn.ofSq ((slice_sqLipschitz (n := 6) (s := 0) (m := 4) rfl).on Balls) rfl rfl

/-- The key has the constant 1. -/
theorem key : LipschitzOn 6 2 (ofNat 1) (ofNat 1) Balls (slice 4) :=
  LipschitzOn.ofSq ((slice_sqLipschitz (n := 6) (s := 4) (m := 2) rfl).on Balls) rfl rfl

/-- The queries together are no longer than 5. -/
theorem queries_le : BoundedOn 1 4 (ofNat 5) (ofNat 1) Balls (slice 0) :=
  .part rfl (fun _ h => h.left)

/-- The key is no longer than 3. -/
theorem key_le : BoundedOn 1 2 (ofNat 3) (ofNat 1) Balls (slice 4) := .part rfl (fun _ h => h.right)

/-- `ρ_g K_f + ρ_f K_g = 3·1 + 5·1`. -/
example : LipschitzOn 6 2 (ofNat 8) (ofNat 1) Balls (scores 2 (slice 0) (slice 4)) :=
  scores_lipschitzOn_ofNat (b := 2) (d := 2) queries key queries_le key_le
example : BoundedOn 1 2 (ofNat 15) (ofNat 1) Balls (scores 2 (slice 0) (slice 4)) :=
  scores_boundedOn_ofNat (b := 2) (d := 2) queries_le key_le

/-- The values are `⟨(1, 2), (2, 1)⟩ = 4` and `⟨(0, -2), (2, 1)⟩ = -2`. -/
example : Eq (scores 2 (slice 0) (slice 4) point 0) (i 4) := rfl
example : Eq (scores 2 (slice 0) (slice 4) point 1) (m 1) := rfl

/-- A key that does not vary: 3 times the constant of the queries. -/
example : LipschitzOn 6 2 (ofNat 3) (ofNat 1) (Slice 6 0 4 Balls point)
    (scores 2 (slice 0) (slice 4)) :=
  scores_queries_lipschitzOn_ofNat (b := 2) (d := 2) (queries.mono (fun _ h => h.left))
    (D₂ := 1) (LipschitzOn.ofSq (slice_still_after (n := 6) (s := 0) (k := 4) (t := 4) (m := 2) rfl rfl)
      rfl rfl)
    (key_le.mono (fun _ h => h.left))

/-- Queries that do not vary: 5 times the constant of the key. -/
example : LipschitzOn 6 2 (ofNat 5) (ofNat 1) (Slice 6 4 2 Balls point)
    (scores 2 (slice 0) (slice 4)) :=
  scores_key_lipschitzOn_ofNat (b := 2) (d := 2)
    (D₁ := 1) (LipschitzOn.ofSq (slice_still_before (n := 6) (s := 4) (k := 2) (t := 0) (m := 4) rfl rfl)
      rfl rfl)
    (key.mono (fun _ h => h.left)) (queries_le.mono (fun _ h => h.left))

/-! ## Blocks -/

/-- The whole block of two tokens is no longer than 5, so neither token is. -/
example : BoundedOn 2 2 (ofNat 5) (ofNat 1) Balls (slice 0) :=
  .tokens (b := 2) (m := 2) queries_le

/-- Four tokens no longer than 3 are together no longer than `√4·3`. -/
example : BoundedOn 1 8 (ofNat 6) (ofNat 1) (InBall 0 4 2 3 1 : Vec Int → Prop) (fun x => x) :=
  have each : BoundedOn 4 2 (ofNat 3) (ofNat 1) (InBall 0 4 2 3 1 : Vec Int → Prop) (fun x => x) :=
    .input rfl (fun _ h => h)
  each.whole rfl rfl

example : SqLipschitz 4 4 (ofNat 1 : Int) (ofNat 1) (split 2 2) := split_sqLipschitz 2 2
example : NormGain 4 4 (ofNat 1 : Int) (ofNat 1) (split 2 2) := split_normGain 2 2
example : Agree 4 (split 2 2 Tokens.block) (split 2 2 Tokens.block) := split_congr 2 2 (fun _ _ => rfl)
example : Eq (token 2 (split 2 2 Tokens.block) 1 0) (i 3) := rfl
example : NormGain 4 4 (ofNat 1) (ofNat 1)
    (eachToken 2 2 2 (fun t => rotary 1 (Tokens.cosines t) (Tokens.sines t))) :=
  rotaryTokens_normGain 2 1 0 Tokens.circles
example : NormGain 2 4 (ofNat 2 : Int) (ofNat 1) (concat 2 relu relu) :=
  .concat (relu_normGain 2) (relu_normGain 2)

end LipBridgeTest.Heads
