import LipBridge
import Mathlib.Analysis.InnerProductSpace.PiL2
/-!
# ℝ is an ordered ring of LipBridge

Built-in syntax only, as in the library, so that the same files compile against Mathlib and against
its recorded signatures. The namespace is outside `LipBridge`, whose names would hide Mathlib's.
-/

set_option autoImplicit false

namespace LipBridgeReal

/-- ℝ is an ordered ring. -/
noncomputable instance instOrderedRingReal : LipBridge.OrderedRing Real where
  zero := 0
  one := 1
  add a b := HAdd.hAdd a b
  mul a b := HMul.hMul a b
  sup a b := max a b
  neg a := Neg.neg a
  le a b := LE.le a b
  ofInt z := Int.cast z
  add_assoc := add_assoc
  add_comm := add_comm
  add_zero := add_zero
  add_neg := add_neg_cancel
  mul_assoc := mul_assoc
  mul_comm := mul_comm
  mul_one := mul_one
  mul_add := mul_add
  le_refl := le_refl
  le_trans h k := le_trans h k
  le_antisymm h k := le_antisymm h k
  le_total := le_total
  le_em a b := Classical.em (LE.le a b)
  add_le_add_left c h := add_le_add (le_refl c) h
  mul_pos h k := not_le.mpr (mul_pos (not_le.mp h) (not_le.mp k))
  zero_lt_one := not_le.mpr zero_lt_one
  le_sup_left := le_max_left
  le_sup_right := le_max_right
  sup_le h k := max_le h k
  ofInt_one := Int.cast_one
  ofInt_add m n := Int.cast_add m n
  ofInt_mul m n := Int.cast_mul m n

/-! ## Numbers -/

/-- The image of a natural number is its cast. -/
theorem ofNat_eq_cast (n : Nat) : Eq (LipBridge.ofNat n : Real) (Nat.cast n) := Int.cast_natCast n

/-- `0 < a` in LipBridge is `0 < a`. -/
theorem pos_of_lt {a : Real} (h : LipBridge.lt LipBridge.zero a) : LT.lt 0 a := not_le.mp h

/-- The reciprocals that an export asks for: `r d = 1/d`. -/
noncomputable def recip (d : Nat) : Real := Inv.inv (Nat.cast d)

/-- `d · (1/d) = 1` for `d ≥ 1`, checked on natural numbers. -/
theorem mul_recip {d : Nat} (h : Eq (Nat.ble 1 d) true) :
    Eq (LipBridge.mul (LipBridge.ofNat d) (recip d)) LipBridge.one :=
  Eq.trans (congrArg (fun t : Real => HMul.hMul t (recip d)) (ofNat_eq_cast d))
    (mul_inv_cancel₀ (fun e => LipBridge.ofNat_pos (R := Real) h
      (LipBridge.le_of_eq (Eq.trans (ofNat_eq_cast d) e))))

/-- Every hypothesis about reciprocals of an export is met by `1/d`. -/
theorem reciprocals (l : List Nat) (h : Eq (LipBridge.withoutZero l) true) :
    LipBridge.Reciprocals l recip :=
  .ofAll (fun _ h => mul_recip h) l h

end LipBridgeReal
