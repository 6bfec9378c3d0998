import LipBridge.Layers.Isometry
/-!
# The Hadamard transform

`H_{2n} (a, b) = (H_n (a + b), H_n (a - b))`, without a normalizing factor, multiplies distances by
`√n` in dimension `n = 2^k`; divided by `√n` it is an isometry. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- `2^k`, by doubling. -/
def twoPow (k : Nat) : Nat :=
  match k with
  | 0 => 1
  | .succ k => Nat.add (twoPow k) (twoPow k)

section
variable {R : Type u} [OrderedRing R]

/-- The unnormalized Hadamard transform of dimension `2^k`:
`H (a, b) = (H (a + b), H (a - b))`. -/
def hadamard (k : Nat) (x : Vec R) : Vec R :=
  match k with
  | 0 => x
  | .succ k => append (twoPow k) (hadamard k (vadd x (drop (twoPow k) x)))
      (hadamard k (vsub x (drop (twoPow k) x)))

/-- The parallelogram law: `‖a + b‖² + ‖a - b‖² = 2 (‖a‖² + ‖b‖²)`, for differences. -/
theorem parallelogram (n : Nat) (a b c d : Vec R) :
    Eq (add (distSq n (vadd a b) (vadd c d)) (distSq n (vsub a b) (vsub c d)))
      (mul (add one one) (add (distSq n a c) (distSq n b d))) :=
  Eq.trans (Eq.symm (sum_add n _ _))
    (Eq.trans
      (sum_ext n (fun i => ring_eq (vars4 (a i) (b i) (c i) (d i))
        (a := add
          (mul (sub (add (a i) (b i)) (add (c i) (d i))) (sub (add (a i) (b i)) (add (c i) (d i))))
          (mul (sub (sub (a i) (b i)) (sub (c i) (d i))) (sub (sub (a i) (b i)) (sub (c i) (d i)))))
        (b := mul (add one one) (add (mul (sub (a i) (c i)) (sub (a i) (c i)))
          (mul (sub (b i) (d i)) (sub (b i) (d i)))))))
      (Eq.trans (sum_mul_left n (add one one) _) (congrArg (mul (add one one)) (sum_add n _ _))))

/-- The Hadamard transform multiplies squared distances by `2^k`. -/
theorem hadamard_distSq (k : Nat) (x y : Vec R) :
    Eq (distSq (twoPow k) (hadamard k x) (hadamard k y))
      (mul (ofNat (twoPow k)) (distSq (twoPow k) x y)) :=
  match k with
  | 0 => Eq.symm (Eq.trans (congrArg (fun t => mul t (distSq 1 x y)) ofNat_one) (one_mul _))
  | .succ k => Eq.trans (distSq_append (twoPow k) (twoPow k) _ _ _ _)
      (Eq.trans (congr2 add (hadamard_distSq k _ _) (hadamard_distSq k _ _))
        (Eq.trans (Eq.symm (mul_add (ofNat (twoPow k)) _ _))
          (Eq.trans
            (congrArg (mul (ofNat (twoPow k)))
              (Eq.trans (parallelogram (twoPow k) x (drop (twoPow k) x) y (drop (twoPow k) y))
                (congrArg (mul (add one one)) (Eq.symm (distSq_split (twoPow k) (twoPow k) x y)))))
            (Eq.trans
              (ring_eq (vars2 (ofNat (twoPow k)) (distSq (Nat.add (twoPow k) (twoPow k)) x y))
                (b := mul (add (ofNat (twoPow k)) (ofNat (twoPow k)))
                  (distSq (Nat.add (twoPow k) (twoPow k)) x y)))
              (congrArg (fun t => mul t (distSq (Nat.add (twoPow k) (twoPow k)) x y))
                (Eq.symm (ofNat_add (twoPow k) (twoPow k))))))))

/-- The unnormalized Hadamard transform of dimension `n = 2^k` has the constant `√n`. -/
theorem hadamard_sqLipschitz (k : Nat) :
    SqLipschitz (twoPow k) (twoPow k) (ofNat (twoPow k) : R) (ofNat 1) (hadamard k) :=
  ⟨ofNat_nonneg _, ofNat_pos rfl, fun x y _ _ => le_of_eq
    (Eq.trans (congrArg (fun t => mul t _) ofNat_one)
      (Eq.trans (one_mul _) (hadamard_distSq k x y)))⟩

/-- The Hadamard transform times a number `w` with `2^k w² = 1` keeps distances. -/
theorem hadamard_isometry (k : Nat) {w : R} (hw : Eq (mul (ofNat (twoPow k)) (sq w)) one) :
    Isometry (twoPow k) (twoPow k) (fun x => vsmul w (hadamard k x)) :=
  fun x y => Eq.trans
    (normSq_congr (y := vsmul w (vsub (hadamard k x) (hadamard k y))) (fun i _ =>
      ring_eq (vars3 w (hadamard k x i) (hadamard k y i))
        (a := sub (mul w (hadamard k x i)) (mul w (hadamard k y i)))
        (b := mul w (sub (hadamard k x i) (hadamard k y i)))))
    (Eq.trans (normSq_smul (twoPow k) w _)
      (Eq.trans (congrArg (mul (sq w)) (hadamard_distSq k x y))
        (Eq.trans (ring_eq (vars3 w (ofNat (twoPow k)) (distSq (twoPow k) x y))
            (b := mul (mul (ofNat (twoPow k)) (sq w)) (distSq (twoPow k) x y)))
          (Eq.trans (congrArg (fun t => mul t (distSq (twoPow k) x y)) hw) (one_mul _)))))

end

end LipBridge
