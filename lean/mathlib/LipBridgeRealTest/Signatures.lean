import LipBridgeReal
/-!
# What the bridge takes from Mathlib, at the types where it takes it

Each line restates a recorded signature and is proved by the constant of that name. The file compiles
against the stub here, and against Mathlib with the official toolchain: there it says that the stub,
and so the type check that was done with it, told the truth. Classes do not appear: at `ℝ` and at
`EuclideanSpace ℝ (Fin n)` the statements are the same whatever the hierarchy above them.
-/

set_option autoImplicit false

universe u

namespace LipBridgeReal.Signatures

/-! ## ℝ is a linearly ordered commutative ring -/

example : ∀ a b c : Real, Eq (HAdd.hAdd (HAdd.hAdd a b) c) (HAdd.hAdd a (HAdd.hAdd b c)) := add_assoc
example : ∀ a b : Real, Eq (HAdd.hAdd a b) (HAdd.hAdd b a) := add_comm
example : ∀ a : Real, Eq (HAdd.hAdd a 0) a := add_zero
example : ∀ a : Real, Eq (HAdd.hAdd a (Neg.neg a)) 0 := add_neg_cancel
example : ∀ a b : Real, Eq (HSub.hSub a b) (HAdd.hAdd a (Neg.neg b)) := sub_eq_add_neg
example : ∀ a b c : Real, Eq (HMul.hMul (HMul.hMul a b) c) (HMul.hMul a (HMul.hMul b c)) := mul_assoc
example : ∀ a b : Real, Eq (HMul.hMul a b) (HMul.hMul b a) := mul_comm
example : ∀ a : Real, Eq (HMul.hMul a 1) a := mul_one
example : ∀ a b c : Real,
    Eq (HMul.hMul a (HAdd.hAdd b c)) (HAdd.hAdd (HMul.hMul a b) (HMul.hMul a c)) := mul_add
example : ∀ a : Real, Eq (HPow.hPow a (2 : Nat)) (HMul.hMul a a) := pow_two
example : ∀ a : Real, LE.le a a := le_refl
example : ∀ {a b c : Real}, LE.le a b → LE.le b c → LE.le a c := le_trans
example : ∀ {a b : Real}, LE.le a b → LE.le b a → Eq a b := le_antisymm
example : ∀ a b : Real, Or (LE.le a b) (LE.le b a) := le_total
example : ∀ {a b : Real}, Iff (Not (LE.le a b)) (LT.lt b a) := not_le
example : ∀ {a b c d : Real}, LE.le a b → LE.le c d → LE.le (HAdd.hAdd a c) (HAdd.hAdd b d) :=
  add_le_add
example : ∀ {a b : Real}, LT.lt 0 a → LT.lt 0 b → LT.lt 0 (HMul.hMul a b) := mul_pos
example : LT.lt (0 : Real) 1 := zero_lt_one
example : ∀ a b : Real, LE.le a (max a b) := le_max_left
example : ∀ a b : Real, LE.le b (max a b) := le_max_right
example : ∀ {a b c : Real}, LE.le a c → LE.le b c → LE.le (max a b) c := max_le
example : Eq (Int.cast 1 : Real) 1 := Int.cast_one
example : ∀ m n : Int, Eq (Int.cast (HAdd.hAdd m n) : Real) (HAdd.hAdd (Int.cast m) (Int.cast n)) :=
  Int.cast_add
example : ∀ m n : Int, Eq (Int.cast (HMul.hMul m n) : Real) (HMul.hMul (Int.cast m) (Int.cast n)) :=
  Int.cast_mul
example : ∀ n : Nat, Eq (Int.cast (Nat.cast n : Int) : Real) (Nat.cast n) := Int.cast_natCast
example : ∀ n : Nat, Eq (Nat.cast n : Int) (Int.ofNat n) := fun _ => rfl

/-! ## Division, roots, angles -/

example : ∀ {a : Real}, Ne a 0 → Eq (HMul.hMul a (Inv.inv a)) 1 := mul_inv_cancel₀
example : ∀ a b c : Real, Eq (HMul.hMul (HDiv.hDiv a b) c) (HDiv.hDiv (HMul.hMul a c) b) :=
  div_mul_eq_mul_div
example : ∀ {a b c : Real}, LT.lt 0 c → Iff (LE.le a (HDiv.hDiv b c)) (LE.le (HMul.hMul c a) b) :=
  le_div_iff₀'
example : ∀ a : Real, Eq (HPow.hPow (abs a) (2 : Nat)) (HPow.hPow a (2 : Nat)) := sq_abs
example : ∀ a : Real, LE.le 0 (Real.sqrt a) := Real.sqrt_nonneg
example : ∀ {a : Real}, LE.le 0 a → Eq (HMul.hMul (Real.sqrt a) (Real.sqrt a)) a := Real.mul_self_sqrt
example : ∀ a : Real, Eq (HAdd.hAdd (HPow.hPow (Real.cos a) (2 : Nat)) (HPow.hPow (Real.sin a) (2 : Nat))) 1 :=
  Real.cos_sq_add_sin_sq

/-! ## ℝ≥0 -/

example : ∀ a b : NNReal, Eq (NNReal.toReal (HDiv.hDiv a b)) (HDiv.hDiv (NNReal.toReal a) (NNReal.toReal b)) :=
  NNReal.coe_div
example : ∀ n : Nat, Eq (NNReal.toReal (Nat.cast n)) (Nat.cast n) := NNReal.coe_natCast
example : ∀ a : NNReal, LE.le 0 (NNReal.toReal a) := NNReal.coe_nonneg
/-- A numeral of ℝ≥0 is the cast of a natural number, by definition. -/
example : Eq (37 : NNReal) (Nat.cast 37) := rfl

/-! ## Euclidean space -/

section
variable {n m : Nat}

example : ∀ x y : EuclideanSpace Real (Fin n), Eq (HPow.hPow (dist x y) (2 : Nat))
    (Finset.sum Finset.univ fun i : Fin n =>
      HPow.hPow (dist (WithLp.ofLp x i) (WithLp.ofLp y i)) (2 : Nat)) := EuclideanSpace.dist_sq_eq
example : ∀ x : EuclideanSpace Real (Fin n), Eq (HPow.hPow (Norm.norm x) (2 : Nat))
    (Finset.sum Finset.univ fun i : Fin n => HPow.hPow (Norm.norm (WithLp.ofLp x i)) (2 : Nat)) :=
  EuclideanSpace.norm_sq_eq
example : ∀ a b : Real, Eq (dist a b) (abs (HSub.hSub a b)) := Real.dist_eq
example : ∀ a : Real, Eq (Norm.norm a) (abs a) := Real.norm_eq_abs
example : ∀ x y : EuclideanSpace Real (Fin n), Eq (dist x y) (Norm.norm (HSub.hSub x y)) := dist_eq_norm
example : ∀ {x y : EuclideanSpace Real (Fin n)}, LE.le 0 (dist x y) := dist_nonneg
example : ∀ x : EuclideanSpace Real (Fin n), LE.le 0 (Norm.norm x) := norm_nonneg
example : ∀ {x : EuclideanSpace Real (Fin n)} {r : Real},
    Iff (Membership.mem (Metric.closedBall 0 r) x) (LE.le (Norm.norm x) r) := mem_closedBall_zero_iff
/-- The constructor takes `p` and forgets nothing: round trip by definition. -/
example : ∀ v : Fin n → Real, Eq (WithLp.ofLp (WithLp.toLp 2 v : EuclideanSpace Real (Fin n))) v :=
  fun _ => rfl
example : ∀ x : EuclideanSpace Real (Fin n), Eq (WithLp.toLp 2 (WithLp.ofLp x)) x := fun _ => rfl

/-! ## Sums, sets, Lipschitz maps -/

example : ∀ f : Fin 0 → Real, Eq (Finset.sum Finset.univ f) 0 := Fin.sum_univ_zero
example : ∀ f : Fin (HAdd.hAdd n 1) → Real, Eq (Finset.sum Finset.univ f)
    (HAdd.hAdd (Finset.sum Finset.univ fun i : Fin n => f (Fin.castSucc i)) (f (Fin.last n))) :=
  Fin.sum_univ_castSucc
example : ∀ i : Fin n, Eq (Fin.castSucc i).val i.val := fun _ => rfl
example : Eq (Fin.last n).val n := rfl
example : ∀ {f g : Fin n → Real}, (∀ i, Membership.mem (Finset.univ : Finset (Fin n)) i → Eq (f i) (g i)) →
    Eq (Finset.sum Finset.univ f) (Finset.sum Finset.univ g) := Finset.sum_congr rfl
example : ∀ {a : EuclideanSpace Real (Fin n)} {p : EuclideanSpace Real (Fin n) → Prop},
    Iff (Membership.mem (Set.ofPred p) a) (p a) := Set.mem_ofPred
example : ∀ {K : NNReal} {f : EuclideanSpace Real (Fin n) → EuclideanSpace Real (Fin m)},
    (∀ x y, LE.le (dist (f x) (f y)) (HMul.hMul (NNReal.toReal K) (dist x y))) → LipschitzWith K f :=
  LipschitzWith.of_dist_le_mul
example : ∀ {K : NNReal} {f : EuclideanSpace Real (Fin n) → Real}, LipschitzWith K f →
    ∀ x y, LE.le (dist (f x) (f y)) (HMul.hMul (NNReal.toReal K) (dist x y)) :=
  LipschitzWith.dist_le_mul
example : ∀ {K : NNReal} {f : EuclideanSpace Real (Fin n) → EuclideanSpace Real (Fin m)}
    {s : Set (EuclideanSpace Real (Fin n))}, (∀ x, Membership.mem s x → ∀ y, Membership.mem s y →
      LE.le (dist (f x) (f y)) (HMul.hMul (NNReal.toReal K) (dist x y))) → LipschitzOnWith K f s :=
  LipschitzOnWith.of_dist_le_mul
example : ∀ {K : NNReal} {f : EuclideanSpace Real (Fin n) → EuclideanSpace Real (Fin m)}
    {s t : Set (EuclideanSpace Real (Fin n))}, LipschitzOnWith K f t →
    (∀ x, Membership.mem s x → Membership.mem t x) → LipschitzOnWith K f s :=
  fun h k => LipschitzOnWith.mono h k

/-! ## Finite sets of blocks -/

example : ∀ i : Fin m, Membership.mem (Finset.univ : Finset (Fin m)) i := Finset.mem_univ
example : ∀ {S T : Finset (Fin m)}, (∀ i, Iff (Membership.mem S i) (Membership.mem T i)) → Eq S T :=
  Finset.ext
example : ∀ (b : Fin m → Bool) (i : Fin m),
    Iff (Membership.mem (Finset.filter (fun i => Eq (b i) true) Finset.univ) i)
      (And (Membership.mem (Finset.univ : Finset (Fin m)) i) (Eq (b i) true)) :=
  fun _ _ => Finset.mem_filter
example : ∀ b : Fin m → Bool, Eq (Finset.card (Finset.filter (fun i => Eq (b i) true) Finset.univ))
    (Finset.sum Finset.univ fun i => ite (Eq (b i) true) 1 0) := fun _ => Finset.card_filter _ _

end

end LipBridgeReal.Signatures
