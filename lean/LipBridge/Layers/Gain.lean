import LipBridge.Layers.RmsNormBound
/-!
# A gain: each entry times a number of its own

`x ↦ g ⊙ x` has the constant `max|g|`, reached on the coordinate vector of a largest entry. Gains are
stored as integers times `r = 1/e`, or as integers relative to a whole number `c`: `g/e + c`.
docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `x ↦ g ⊙ x`: entry `i` is `g_i * x_i`. -/
def gain (g : Vec R) : Vec R → Vec R := fun x i => mul (g i) (x i)

/-- `g ⊙ x - g ⊙ y = g ⊙ (x - y)`, in length. -/
theorem gain_distSq (n : Nat) (g x y : Vec R) :
    Eq (distSq n (gain g x) (gain g y)) (normSq n (fun i => mul (g i) (vsub x y i))) :=
  normSq_congr (fun i _ => ring_eq (vars3 (g i) (x i) (y i))
    (a := sub (mul (g i) (x i)) (mul (g i) (y i))) (b := mul (g i) (sub (x i) (y i))))

/-- A gain with `q g_i² ≤ p` has the constant `√(p/q)`, `max|g|`. -/
theorem gain_sqLipschitz {n : Nat} {g : Vec R} {p q : R} (hp : le zero p) (hq : lt zero q)
    (hg : ∀ i, Nat.lt i n → le (mul q (sq (g i))) p) : SqLipschitz n n p q (gain g) :=
  ⟨hp, hq, fun x y _ _ => le_via (gain_normSq (z := vsub x y) hg)
    (congrArg (mul q) (gain_distSq n g x y)) rfl⟩

/-- The stored gain `g/e`, `g_i² ≤ p`, has the constant `√(p/e²)`: `max|g|/e`. -/
theorem gain_sqLipschitz_ofNat {n p e : Nat} {g : Nat → Int} {r : R}
    (hg : Eq (gainBelow n g p) true) (hr : Eq (mul (ofNat e) r) one) :
    SqLipschitz n n (ofNat p : R) (ofNat (Nat.mul e e)) (gain (fun i => mul (ofInt (g i)) r)) :=
  gain_sqLipschitz (ofNat_nonneg p)
    (lt_congr rfl (ofNat_mul e e) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
    (gainBelow_sound hg hr)

/-- `(a + c e) r = a r + c` where `r = 1/e`: an offset, counted in units of the stored integers. -/
theorem offset_entry {e : Nat} {r : R} (a c : Int) (hr : Eq (mul (ofNat e) r) one) :
    Eq (mul (ofInt (Int.add a (Int.mul c (Int.ofNat e)))) r) (add (mul (ofInt a) r) (ofInt c)) :=
  Eq.trans
    (congrArg (fun t => mul t r) (Eq.trans (ofInt_add a (Int.mul c (Int.ofNat e)))
      (congrArg (add (ofInt a)) (ofInt_mul c (Int.ofNat e)))))
    (Eq.trans
      (ring_eq (vars4 (ofInt a) (ofInt c) (ofNat e) r)
        (a := mul (add (ofInt a) (mul (ofInt c) (ofNat e))) r)
        (b := add (mul (ofInt a) r) (mul (ofInt c) (mul (ofNat e) r))))
      (Eq.trans (congrArg (fun t => add (mul (ofInt a) r) (mul (ofInt c) t)) hr)
        (congrArg (add (mul (ofInt a) r)) (mul_one (ofInt c)))))

/-- The gain `g/e + c`, stored as `g`, with `(g_i + c e)² ≤ p` has the constant `√(p/e²)`:
`max|g + c e|/e`. -/
theorem gain_sqLipschitz_offset {n p e : Nat} {g : Nat → Int} {r : R} (c : Int)
    (hg : Eq (gainBelow n (fun i => Int.add (g i) (Int.mul c (Int.ofNat e))) p) true)
    (hr : Eq (mul (ofNat e) r) one) :
    SqLipschitz n n (ofNat p : R) (ofNat (Nat.mul e e))
      (gain (fun i => add (mul (ofInt (g i)) r) (ofInt c))) :=
  gain_sqLipschitz (ofNat_nonneg p)
    (lt_congr rfl (ofNat_mul e e) (mul_pos (pos_of_reciprocal hr) (pos_of_reciprocal hr)))
    (fun i hi => le_via (gainBelow_sound hg hr i hi)
      (congrArg (fun t => mul (ofNat (Nat.mul e e)) (sq t)) (Eq.symm (offset_entry (g i) c hr))) rfl)

/-- The outputs of a gain depend on the inputs at the same places. -/
theorem gain_congr {n : Nat} (g : Vec R) {x y : Vec R} (h : Agree n x y) :
    Agree n (gain g x) (gain g y) :=
  fun i hi => congrArg (mul (g i)) (h i hi)

end

end LipBridge
