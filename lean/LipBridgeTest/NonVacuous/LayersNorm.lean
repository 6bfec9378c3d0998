import LipBridge.Layers.GroupNorm
import LipBridge.Layers.NormGlobal
import LipBridge.Layers.Hadamard
import LipBridgeTest.NonVacuous.Layers
import LipBridge.Rational.Ring
/-!
# Norms and isometries are not vacuous

RMSNorm over ℤ on the vectors of four entries with `‖u‖² = 4`, where `t(u) = 1`; and over ℚ on
those with `‖u‖² = 12`, where `ε = 1` and `t(u) = 1/2`. Rotary by a quarter turn.
-/

set_option autoImplicit false

namespace LipBridgeTest.Norm

open LipBridge

/-! ## RMSNorm over ℤ -/

/-- The vectors of four entries with `‖u‖² = 4`. -/
def Sphere (u : Vec Int) : Prop := Eq (normSq 4 u) (i 4)

/-- `(1, 1, -1, 1)` is one of them. -/
example : Sphere (ofList (vars4 (i 1) (i 1) (m 0) (i 1))) := rfl

/-- With `ε = 0` the factor is 1 there. -/
theorem sphere_factor : RmsFactor 4 (i 0) Sphere (fun _ => one) :=
  fun _ hu => ⟨ile rfl, Eq.trans (one_mul _) (Eq.trans (congrArg (fun t => add t _) hu) rfl)⟩

/-- The gain `(3, 3, 3, 3)`. -/
def gain3 : Vec Int := fun _ => i 3

/-- `‖u‖² ≥ 4` there, so the constant is `3 √4/√4 = 3`. -/
example : SqLipschitzOn 4 4 (i 36) (i 4) Sphere (rmsNorm gain3 (fun _ => one)) :=
  rmsNorm_sqLipschitzOn (d := 4) (ε := i 0) (c := i 1) (ρ := i 4) (p := i 9) (q := i 1) rfl
    (ile rfl) (ile rfl) (ilt rfl) (ile rfl) (ilt rfl) (fun _ _ => ile rfl)
    (fun _ hu => le_of_eq (Eq.symm (Eq.trans (one_mul _)
      (Eq.trans (congrArg (fun t => add t _) hu) rfl)))) sphere_factor
example (u : Vec Int) (hu : Sphere u) :
    le (mul (i 1) (normSq 4 (rmsNorm gain3 (fun _ => one) u))) (mul (i 9) (ofNat 4)) :=
  rmsNorm_normSq_le (d := 4) (ε := i 0) (p := i 9) (q := i 1) (g := gain3) (ile rfl) (ile rfl) (fun _ _ => ile rfl) sphere_factor.atLeast hu

/-- The same vectors, of length at least 1. -/
theorem sphere_least : RmsFactorAtLeast 4 (i 0) (sq (mul (i 1) one)) Sphere (fun _ => one) :=
  fun _ hu => ⟨ile rfl, Eq.trans (one_mul _)
    (Eq.trans (congrArg (fun t => add (sup t (sq (mul (i 1) one))) (i 0)) hu) rfl)⟩
example : RmsFactor 4 (i 0) (fun u => And (Sphere u) (le (sq (mul (i 1) one)) (normSq 4 u)))
    (fun _ => one) := sphere_least.factor
example : SqLipschitzOn 4 4 (i 36) (i 1) Sphere (rmsNorm gain3 (fun _ => one)) :=
  rmsNormAtLeast_sqLipschitzOn (d := 4) (ε := i 0) (c := i 1) (ρ := i 1) (p := i 9) (q := i 1) rfl
    (ile rfl) (ile rfl) (ilt rfl) (ile rfl) (ilt rfl) (fun _ _ => ile rfl)
    (fun _ _ => le_via (le_sup_right _ _) rfl (Eq.trans (one_mul _) (add_zero _))) sphere_least

/-- With `‖u‖ ≥ 1` the constant is `3 √4/√1 = 6`. -/
example : SqLipschitzOn 4 4 (ofNat 36) (ofNat 1) Sphere
    (rmsNorm (fun _ => mul (ofInt (i 3)) (one : Int)) (fun _ => one)) :=
  rmsNormAtLeast_sqLipschitz_ofNat (d := 4) (p := 9) (e := 1) (n := 0) (m := 1) (a := 1) (b := 1)
    (g := fun _ => i 3) rfl rfl rfl one_inv one_inv one_inv sphere_least
example : le (mul (i 1) (normSq 2 (fun j => mul (gain3 j) (p34 j)))) (mul (i 9) (normSq 2 p34)) :=
  gain_normSq (p := i 9) (q := i 1) (g := gain3) (fun _ _ => ile rfl)
example : le (mul (ofNat (Nat.mul 1 1)) (sq (mul (ofInt (i 3)) (one : Int)))) (ofNat 9) :=
  gainBelow_sound (d := 1) (g := fun _ => i 3) rfl one_inv 0 Nat.le.refl
example : lt zero (i 2) := factor_pos (α := i 1) (d := i 4) (ilt rfl) (ile rfl) rfl
example : le (mul (sub (i 2) (i 1)) (sub (mul (i 2) (i 1)) (mul (i 1) (i 4)))) zero :=
  factor_cross (d := i 4) (ilt rfl) (ilt rfl) (ile rfl) rfl rfl
example : le (mul (mul (i 2) (i 1)) (i 1)) (mul (i 1) (i 4)) :=
  factor_le (α := i 1) (β := i 4) (ile rfl) (ile rfl) (ile rfl) (ile rfl) (ile rfl) rfl rfl
example : le (distSq 2 (vsmul (i 1) p34) (vsmul (i 1) p34)) (mul (mul (i 1) (i 1)) (distSq 2 p34 p34)) :=
  unit_distSq (e := i 0) (d := i 25) (l := i 0) (ilt rfl) (ilt rfl) (ilt rfl) (ile rfl) rfl rfl
example : le (i 1) (i 2) :=
  factor_anti (α := i 1) (β := i 4) (d := i 4) (ilt rfl) (ilt rfl) rfl rfl (ile rfl)
example : le zero (mul (sub (i 2) (i 1))
    (sub (mul (i 2) (sub (sup (i 0) (i 1)) (i 0))) (mul (i 1) (sub (sup (i 4) (i 1)) (i 4))))) :=
  factor_slack (e := i 0) (d := i 4) (ilt rfl) (ilt rfl) (ilt rfl) rfl rfl (ile rfl)

/-! ## RMSNorm over ℚ, with ε -/

/-- The vectors of four entries with `‖u‖² = 12`. -/
def Sphere12 (u : Vec Rational) : Prop := Eq (normSq 4 u) (ofNat 12)

/-- `(2, 2, -2, 0)`. -/
def corner : Vec Int := ofList (vars4 (i 2) (i 2) (m 1) (i 0))

/-- It is one of them. -/
example : Sphere12 (fun j => ofInt (corner j)) :=
  Eq.symm (Eq.trans (ofInt_sum 4 (fun j => mul (corner j) (corner j)))
    (sum_ext 4 (fun j => ofInt_mul (corner j) (corner j))))

/-- `(1/2)² * (12 + 4) = 4`: with `ε = 1` the factor is 1/2 there. -/
theorem sphere12_factor : RmsFactor 4 (ofNat 1) Sphere12 (fun _ => inverse 2) :=
  fun _ hu => ⟨reciprocal_nonneg (mul_inverse 2 rfl),
    Eq.trans (congrArg (fun t => mul (sq (inverse 2)) (add t (mul (ofNat 4) (ofNat 1)))) hu)
      (Eq.trans (congrArg (fun t => mul (sq (inverse 2)) t)
          (Eq.trans (congrArg (add (ofNat 12)) (Eq.symm (ofNat_mul 4 1)))
            (Eq.trans (Eq.symm (ofNat_add 12 4)) (ofNat_mul 4 4))))
        (Eq.trans (congrArg (fun t => mul (sq (inverse 2)) (mul t (ofNat 4))) (ofNat_mul 2 2))
          (Eq.trans (ring_eq (vars3 (inverse 2) (ofNat 2) (ofNat 4))
              (a := mul (sq (inverse 2)) (mul (mul (ofNat 2) (ofNat 2)) (ofNat 4)))
              (b := mul (sq (mul (ofNat 2) (inverse 2))) (ofNat 4)))
            (Eq.trans (congrArg (fun t => mul (sq t) (ofNat 4)) (mul_inverse 2 rfl))
              (ring_eq (vars1 (ofNat 4 : Rational)) (a := mul (sq one) (ofNat 4)) (b := ofNat 4))))))⟩

/-- The loose constant `max|g|/√ε = 1`. -/
example : SqLipschitzOn 4 4 (ofNat 1) (mul (ofNat 1) (ofNat 1)) Sphere12
    (rmsNorm (fun _ => ofNat 1) (fun _ => inverse 2)) :=
  rmsNorm_loose rfl (ofNat_pos rfl) (ofNat_nonneg 1) (ofNat_pos rfl)
    (fun _ _ => le_of_eq (Eq.trans (congr2 (fun s t => mul s (sq t)) ofNat_one ofNat_one)
      (Eq.trans (ring_eq .nil (a := mul one (sq one)) (b := one)) (Eq.symm ofNat_one))))
    sphere12_factor

/-! ## Stored gains and LayerNorm -/

/-- On `{‖u‖² = 4}` the bound `‖u‖² ≥ 4/1` holds. -/
theorem sphere_domain (u : Vec Int) (hu : Sphere u) : RmsDomain 4 (i 0) 4 1 u :=
  le_of_eq (Eq.symm (Eq.trans (one_mul _) (Eq.trans (congrArg (fun t => add t _) hu) rfl)))

example : SqLipschitzOn 4 4 (ofNat 36) (ofNat 4) Sphere
    (rmsNorm (fun _ => mul (ofInt (i 3)) (one : Int)) (fun _ => one)) :=
  rmsNorm_sqLipschitzOn_ofNat (d := 4) (p := 9) (e := 1) (A := 4) (B := 1) (g := fun _ => i 3)
    rfl rfl rfl one_inv (ε := i 0) (ile rfl) sphere_domain sphere_factor

/-- The single entries 0: with `d = 1` centring gives 0, and with `ε = 1` the factor is 1. -/
def Origin (u : Vec Int) : Prop := Eq (normSq 1 u) (i 0)

/-- The factor there. -/
theorem origin_factor : RmsFactor 1 (i 1) Origin (fun _ => one) :=
  fun _ hu => ⟨ile rfl, Eq.trans (one_mul _) (Eq.trans (congrArg (fun t => add t _) hu) rfl)⟩

/-- The bound there. -/
theorem origin_domain (u : Vec Int) (hu : Origin u) : RmsDomain 1 (i 1) 1 1 u :=
  le_of_eq (Eq.symm (Eq.trans (one_mul _) (Eq.trans (congrArg (fun t => add t _) hu) rfl)))

example : SqLipschitzOn 1 1 (ofNat 9) (ofNat 1) (fun u => Origin (center 1 (one : Int) u))
    (layerNorm 1 (one : Int) (fun _ => mul (ofInt (i 3)) one) (fun _ => one) (fun _ => i 5)) :=
  layerNorm_sqLipschitzOn_ofNat (d := 1) (p := 9) (e := 1) (A := 1) (B := 1) (g := fun _ => i 3)
    rfl rfl rfl one_inv one_inv (ε := i 1) (ile rfl) origin_domain origin_factor (fun _ => i 5)
example : SqLipschitzOn 1 1 (ofNat 9) (ofNat 1) (fun u => Origin (center 1 (one : Int) u))
    (layerNorm 1 (one : Int) (fun _ => mul (ofInt (i 3)) one) (fun _ => one) vzero) :=
  layerNorm_of_rmsNorm one_inv (rmsNorm_sqLipschitzOn_ofNat (d := 1) (p := 9) (e := 1) (A := 1)
    (B := 1) (g := fun _ => i 3) rfl rfl rfl one_inv (ε := i 1) (ile rfl) origin_domain origin_factor)
example : SqLipschitz 1 1 (ofNat 1 : Int) (ofNat 1) (center 1 one) := center_sqLipschitz one_inv
example : le (normSq 1 (center 1 (one : Int) p34)) (normSq 1 p34) := center_normSq_le one_inv p34

/-- With `ε = 1` the constant `max|g|/√ε = 3`, whatever the length. -/
example : SqLipschitzOn 1 1 (ofNat 9) (ofNat 1) Origin
    (rmsNorm (fun _ => mul (ofInt (i 3)) (one : Int)) (fun _ => one)) :=
  rmsNorm_sqLipschitz_ofNat (d := 1) (p := 9) (e := 1) (n := 1) (m := 1) (g := fun _ => i 3)
    rfl rfl rfl one_inv one_inv origin_factor
example : SqLipschitzOn 1 1 (ofNat 9) (ofNat 1) (fun u => Origin (center 1 (one : Int) u))
    (layerNorm 1 (one : Int) (fun _ => mul (ofInt (i 3)) one) (fun _ => one) (fun _ => i 5)) :=
  layerNorm_sqLipschitz_ofNat (d := 1) (p := 9) (e := 1) (n := 1) (m := 1) (g := fun _ => i 3)
    rfl rfl rfl one_inv one_inv one_inv origin_factor (fun _ => i 5)
/-- Two groups of one entry each: centred they are 0. -/
example : SqLipschitzOn 2 2 (ofNat 9) (ofNat 1) (Groups 2 1 (one : Int) Origin)
    (groupNorm 2 1 (one : Int) (fun _ => mul (ofInt (i 3)) one) (fun _ => one) (fun _ => i 5)) :=
  groupNorm_sqLipschitz_ofNat (G := 2) (d := 1) (p := 9) (e := 1) (n := 1) (m := 1)
    (g := fun _ => i 3) rfl rfl rfl one_inv one_inv one_inv origin_factor (fun _ => i 5)
example (u : Vec Int) : RmsDomain 4 (mul (ofNat 2) one) 8 1 u := rmsDomain_all (n := 2) one_inv u

/-- Centring in ℚ, dimension 2. -/
example : SqLipschitz 2 2 (ofNat 1) (ofNat 1) (center 2 (inverse 2)) :=
  center_sqLipschitz (mul_inverse 2 rfl)
example (x y : Vec Rational) :
    le (distSq 2 (center 2 (inverse 2) x) (center 2 (inverse 2) y)) (distSq 2 x y) :=
  center_distSq (mul_inverse 2 rfl) x y

/-! ## Isometries -/

/-- A quarter turn, `c = 0` and `s = 1`, and a third coordinate left alone. -/
theorem quarter_turn : Isometry 3 3 (rotary 1 (fun _ => i 0) (fun _ => i 1)) :=
  rotary_isometry 1 1 (fun _ _ => rfl)

example : SqLipschitz 3 3 (ofNat 1) (ofNat 1) (rotary 1 (fun _ => i 0) (fun _ => i 1)) :=
  quarter_turn.sqLipschitz
example : Eq (rotary 1 (fun _ => i 0) (fun _ => i 1) p345 1) (i 3) := rfl

/-- A turn with the amplitude 2. -/
example : SqLipschitz 3 3 (i 4) (i 1) (rotary 1 (fun _ => i 0) (fun _ => i 2)) :=
  rotary_sqLipschitz 1 1 (p := i 4) (q := i 1) (ile rfl) (ilt rfl) (ile rfl) (fun _ _ => ile rfl)
example : SqLipschitz 2 2 (i 9) (i 1) (vsmul (i 3)) :=
  scaledIsometry_sqLipschitz (c := i 9) (ile rfl) (fun x y =>
    Eq.trans (normSq_congr (y := vsmul (i 3) (vsub x y)) (fun j _ => ring_eq (vars3 (i 3) (x j) (y j))
      (a := sub (mul (i 3) (x j)) (mul (i 3) (y j))))) (normSq_smul 2 (i 3) (vsub x y)))

/-- The Hadamard transform of dimension 4, halved, in ℚ. -/
example : Isometry 4 4 (fun x => vsmul (inverse 2) (hadamard 2 x)) :=
  hadamard_isometry 2 (Eq.trans (congrArg (fun t => mul t (sq (inverse 2))) (ofNat_mul 2 2))
    (Eq.trans (ring_eq (vars2 (inverse 2) (ofNat 2)) (a := mul (mul (ofNat 2) (ofNat 2)) (sq (inverse 2)))
        (b := sq (mul (ofNat 2) (inverse 2))))
      (Eq.trans (congrArg sq (mul_inverse 2 rfl)) (mul_one one))))
example : Eq (hadamard 1 p34 0) (i 7) := rfl
example : Eq (hadamard 1 p34 1) (m 0) := rfl

end LipBridgeTest.Norm
