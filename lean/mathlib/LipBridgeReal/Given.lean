import LipBridgeReal.Ring
/-!
# What an export takes as given, over ℝ

The root of RMSNorm, LayerNorm and GroupNorm, and the cosines and sines of a rotary embedding.
-/

set_option autoImplicit false

namespace LipBridgeReal

/-! ## Roots: what RMSNorm and LayerNorm take as given -/

/-- `0 < 1/d`. -/
theorem recip_pos {d : Nat} (h : Eq (Nat.ble 1 d) true) :
    LipBridge.lt LipBridge.zero (recip d) :=
  LipBridge.pos_of_mul_pos (LipBridge.ofNat_nonneg d)
    (LipBridge.lt_congr rfl (mul_recip h) LipBridge.zero_lt_one)

/-- An export's `ε = a · e`, where `e` is `1/b` or 1, is positive. -/
theorem epsilon_pos {a : Nat} {e : Real} (ha : Eq (Nat.ble 1 a) true)
    (he : LipBridge.lt LipBridge.zero e) :
    LipBridge.lt LipBridge.zero (LipBridge.mul (LipBridge.ofNat a) e) :=
  LipBridge.mul_pos (LipBridge.ofNat_pos ha) he

/-- `√(d / s)`, for `s > 0`, is what is asked for. -/
theorem root_spec {d : Nat} {s : Real} (hs : LipBridge.lt LipBridge.zero s) :
    And (LipBridge.le LipBridge.zero (Real.sqrt (HMul.hMul (LipBridge.ofNat d : Real) (Inv.inv s))))
      (Eq (LipBridge.mul (LipBridge.sq (Real.sqrt (HMul.hMul (LipBridge.ofNat d : Real) (Inv.inv s)))) s)
        (LipBridge.ofNat d)) :=
  have inv : Eq (LipBridge.mul s (Inv.inv s : Real)) LipBridge.one :=
    mul_inv_cancel₀ (fun e => hs (LipBridge.le_of_eq e))
  have hi : LipBridge.le LipBridge.zero (Inv.inv s : Real) :=
    LipBridge.le_of_lt (LipBridge.pos_of_mul_pos (LipBridge.le_of_lt hs)
      (LipBridge.lt_congr rfl inv LipBridge.zero_lt_one))
  have square : Eq (LipBridge.sq (Real.sqrt (HMul.hMul (LipBridge.ofNat d : Real) (Inv.inv s))))
      (LipBridge.mul (LipBridge.ofNat d) (Inv.inv s)) :=
    Real.mul_self_sqrt (LipBridge.mul_nonneg (LipBridge.ofNat_nonneg d) hi)
  ⟨Real.sqrt_nonneg _, Eq.trans (congrArg (fun t => LipBridge.mul t s) square)
    (Eq.trans (LipBridge.mul_assoc _ _ _)
      (Eq.trans (congrArg (LipBridge.mul (LipBridge.ofNat d)) (Eq.trans (LipBridge.mul_comm _ _) inv))
        (LipBridge.mul_one _)))⟩

/-- `s + d ε > 0` where `s ≥ 0`. -/
theorem radicand_pos {d : Nat} {ε s : Real} (hd : Eq (Nat.ble 1 d) true)
    (hε : LipBridge.lt LipBridge.zero ε) (hs : LipBridge.le LipBridge.zero s) :
    LipBridge.lt LipBridge.zero (LipBridge.add s (LipBridge.mul (LipBridge.ofNat d) ε)) :=
  LipBridge.lt_congr rfl (LipBridge.add_comm _ _)
    (LipBridge.lt_congr (Eq.symm (LipBridge.add_zero LipBridge.zero)) rfl
      (LipBridge.add_lt_add (LipBridge.mul_pos (LipBridge.ofNat_pos hd) hε) hs))

/-- `√(d / (‖u‖² + d ε))`. -/
noncomputable def rmsFactor (d : Nat) (ε : Real) (u : LipBridge.Vec Real) : Real :=
  Real.sqrt (HMul.hMul (LipBridge.ofNat d : Real)
    (Inv.inv (LipBridge.add (LipBridge.normSq d u) (LipBridge.mul (LipBridge.ofNat d) ε))))

/-- The given function of an RMSNorm or LayerNorm exists over ℝ, for any `ε > 0`. -/
theorem rmsFactor_spec {d : Nat} {ε : Real} (hd : Eq (Nat.ble 1 d) true)
    (hε : LipBridge.lt LipBridge.zero ε) (S : LipBridge.Vec Real → Prop) :
    LipBridge.RmsFactor d ε S (rmsFactor d ε) :=
  fun u _ => root_spec (radicand_pos hd hε (LipBridge.normSq_nonneg d u))

/-- `√(d / (max(‖u‖², l) + d ε))`. -/
noncomputable def rmsFactorAtLeast (d : Nat) (ε l : Real) (u : LipBridge.Vec Real) : Real :=
  Real.sqrt (HMul.hMul (LipBridge.ofNat d : Real) (Inv.inv (LipBridge.add
    (LipBridge.sup (LipBridge.normSq d u) l) (LipBridge.mul (LipBridge.ofNat d) ε))))

/-- The given function of an RMSNorm that is bounded below exists over ℝ, for any `ε > 0`. -/
theorem rmsFactorAtLeast_spec {d : Nat} {ε : Real} (hd : Eq (Nat.ble 1 d) true)
    (hε : LipBridge.lt LipBridge.zero ε) (l : Real) (S : LipBridge.Vec Real → Prop) :
    LipBridge.RmsFactorAtLeast d ε l S (rmsFactorAtLeast d ε l) :=
  fun u _ => root_spec (radicand_pos hd hε
    (LipBridge.le_trans (LipBridge.normSq_nonneg d u) (LipBridge.le_sup_left _ l)))

/-! ## Rotations: what a rotary embedding takes as given -/

/-- Cosines and sines of angles, as a rotary embedding takes them. -/
noncomputable def rotation (θ : Nat → Real) (c : Nat) : LipBridge.Vec Real :=
  fun i => match c with
    | 0 => Real.cos (θ i)
    | .succ _ => Real.sin (θ i)

/-- They are rotations, whatever the angles. -/
theorem rotation_spec (θ : Nat → Real) (i : Nat) :
    Eq (LipBridge.add (LipBridge.sq (rotation θ 0 i)) (LipBridge.sq (rotation θ 1 i))) LipBridge.one :=
  Eq.trans (LipBridge.congr2 HAdd.hAdd (Eq.symm (pow_two (Real.cos (θ i))))
    (Eq.symm (pow_two (Real.sin (θ i))))) (Real.cos_sq_add_sin_sq (θ i))

end LipBridgeReal
