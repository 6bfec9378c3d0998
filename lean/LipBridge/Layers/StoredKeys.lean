import LipBridge.Layers.BlockMax
import LipBridge.Vector.Halves
/-!
# Block scores of stored keys

Keys are stored as integers times `r = 1/d`; the bounds on their lengths are checked on integers.
docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- The vector of the stored integers `z` times `r = 1/d`. -/
def storedVec (z : Nat → Int) (r : R) : Vec R :=
  fun j => mul (ofInt (z j)) r

/-- Row `s` of the integer matrix `K`, times `r = 1/d`. -/
def storedKey (K : Nat → Nat → Int) (r : R) (s : Nat) : Vec R := fun j => mul (ofInt (K s j)) r

/-- An integer is at most its natural part. -/
theorem ofInt_le_toNat (z : Int) : le (ofInt z : R) (ofNat (Int.toNat z)) :=
  match z with
  | .ofNat _ => le_refl _
  | .negSucc _ => ofInt_le (n := Int.ofNat 0) (int_le_of_ble rfl)

/-- `d²·⟨z r, k r⟩ = ⟨z, k⟩` for integer vectors, where `d r = 1`. -/
theorem stored_dot {n d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) (z k : Nat → Int) :
    Eq (mul (ofNat (Nat.mul d d)) (dot n (storedVec z r) (storedVec k r))) (ofInt (dot n z k)) :=
  Eq.trans
    (congrArg (mul _) (Eq.trans
      (sum_ext n (fun j => Eq.trans
        (ring_eq (vars3 (ofInt (z j)) (ofInt (k j)) r)
          (a := mul (mul (ofInt (z j)) r) (mul (ofInt (k j)) r))
          (b := mul (sq r) (mul (ofInt (z j)) (ofInt (k j)))))
        (congrArg (mul (sq r)) (Eq.symm (ofInt_mul (z j) (k j))))))
      (Eq.trans (sum_mul_left n (sq r) _)
        (congrArg (mul (sq r)) (Eq.symm (ofInt_sum n (fun j => Int.mul (z j) (k j))))))))
    (Eq.trans (congrArg (fun t => mul t _) (ofNat_mul d d))
      (Eq.trans
        (ring_eq (vars3 (ofNat d) r (ofInt (sum n (fun j => Int.mul (z j) (k j)))))
          (b := mul (sq (mul (ofNat d) r)) (ofInt (sum n (fun j => Int.mul (z j) (k j))))))
        (Eq.trans (congrArg (fun t => mul (sq t) _) hr)
          (ring_eq (vars1 (ofInt (sum n (fun j => Int.mul (z j) (k j)))))
            (b := ofInt (sum n (fun j => Int.mul (z j) (k j))))))))

/-- `d² ‖z * r‖² = ‖z‖²` for an integer vector `z`, where `d r = 1`. -/
theorem stored_normSq {n d : Nat} {r : R} (hr : Eq (mul (ofNat d) r) one) (z : Nat → Int) :
    Eq (mul (ofNat (Nat.mul d d)) (normSq n (fun j => mul (ofInt (z j)) r))) (ofInt (normSq n z)) :=
  stored_dot hr z z

/-- Whether `‖K_s‖² ≤ P` for each row `s < b`. -/
def keysBelow (n b : Nat) (K : Nat → Nat → Int) (P : Nat) : Bool :=
  allBelow b (fun s => intBle (normSq n (K s)) (Int.ofNat P))

/-- Whether `‖K_s - K'_t‖² ≤ P` for each pair of rows `s < b`, `t < c`. -/
def pairsBelow (n b c : Nat) (K K' : Nat → Nat → Int) (P : Nat) : Bool :=
  allBelow b (fun s => allBelow c (fun t => intBle (distSq n (K s) (K' t)) (Int.ofNat P)))

section
variable {n b c P d : Nat} {K K' : Nat → Nat → Int} {r : R}

/-- The score of a block of stored keys has the constant `√(P/d²)`, where `‖K_s‖² ≤ P`, checked on
integers. -/
theorem blockScore_sqLipschitz_ofNat (hb : Eq (Nat.ble 1 b) true)
    (hK : Eq (keysBelow n b K P) true) (hr : Eq (mul (ofNat d) r) one) :
    SqLipschitz n 1 (ofNat P : R) (ofNat (Nat.mul d d)) (blockScore n b (storedKey K r)) :=
  blockScore_sqLipschitz (Nat.le_of_ble_eq_true hb) (ofNat_nonneg P)
    (lt_congr rfl (ofNat_mul d d) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
    (fun s hs => le_via (ofInt_le (int_le_of_ble (allBelow_sound hK hs)))
      (stored_normSq hr (K s)) rfl)

/-- The difference of the scores of two blocks of stored keys has the constant `√(P/d²)`, where
`‖K_s - K'_t‖² ≤ P`, checked on integers. -/
theorem blockGap_sqLipschitz_ofNat (hb : Eq (Nat.ble 1 b) true) (hc : Eq (Nat.ble 1 c) true)
    (hK : Eq (pairsBelow n b c K K' P) true) (hr : Eq (mul (ofNat d) r) one) :
    SqLipschitz n 1 (ofNat P : R) (ofNat (Nat.mul d d))
      (blockGap n b c (storedKey K r) (storedKey K' r)) :=
  blockGap_sqLipschitz (Nat.le_of_ble_eq_true hb) (Nat.le_of_ble_eq_true hc) (ofNat_nonneg P)
    (lt_congr rfl (ofNat_mul d d) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
    (fun s t hs ht => le_via (ofInt_le (int_le_of_ble (allBelow_sound (allBelow_sound hK hs) ht)))
      (Eq.trans
        (congrArg (mul _) (normSq_congr (fun j _ =>
          Eq.trans (ring_eq (vars3 (ofInt (K s j)) (ofInt (K' t j)) r)
              (a := sub (mul (ofInt (K s j)) r) (mul (ofInt (K' t j)) r))
              (b := mul (add (ofInt (K s j)) (neg (ofInt (K' t j)))) r))
            (congrArg (fun w => mul w r)
              (Eq.symm (Eq.trans (ofInt_add (K s j) (Int.neg (K' t j)))
                (congrArg (add (ofInt (K s j))) (ofInt_neg (K' t j)))))))))
        (stored_normSq hr (vsub (K s) (K' t)))) rfl)

end

end

end LipBridge
