import LipBridge.Layers.Linear
/-!
# Mean pooling over a block of tokens

The mean of `b` tokens of dimension `d` has constant `1/√b` from the stacked block to the mean; the
folklore's 1 is valid but loose. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `meanPool x` at `j` is `r * Σ_{t<b} x_{t·d+j}`, with `r = 1/b`. -/
def meanPool (b d : Nat) (r : R) (x : Vec R) : Vec R :=
  fun j => mul r (sum b (fun t => x (Nat.add (Nat.mul t d) j)))

/-- `(Σ_{t<b} u_t)² ≤ b Σ_{t<b} u_t²`. -/
theorem sum_sq_le (b : Nat) (u : Nat → R) :
    le (sq (sum b u)) (mul (ofNat b) (sum b (fun t => mul (u t) (u t)))) :=
  le_via (cauchy_schwarz b (fun _ => one) u)
    (congrArg sq (sum_ext b (fun t => Eq.symm (one_mul (u t)))))
    (congrArg (fun s => mul s (normSq b u))
      (Eq.symm (Eq.trans (sum_ext b (fun _ => mul_one one))
        (Eq.trans (sum_const b one) (mul_one (ofNat b))))))

/-- `b * (r * Σ u)² ≤ Σ u²` where `b r = 1`. -/
theorem mean_sq_le {b : Nat} {r : R} (hr : Eq (mul (ofNat b) r) one) (u : Nat → R) :
    le (mul (ofNat b) (mul (mul r (sum b u)) (mul r (sum b u)))) (sum b (fun t => mul (u t) (u t))) :=
  le_via
    (mul_le_mul_left (mul_nonneg (reciprocal_nonneg hr) (le_of_lt zero_lt_one)) (sum_sq_le b u))
    (Eq.trans (ring_eq (vars3 (ofNat b) r (sum b u))
        (b := mul (mul (ofNat b) r) (mul r (sq (sum b u)))))
      (Eq.trans (congrArg (fun t => mul t (mul r (sq (sum b u)))) hr)
        (ring_eq (vars2 r (sq (sum b u))) (b := mul (mul r one) (sq (sum b u))))))
    (Eq.symm (Eq.trans (ring_eq (vars3 (ofNat b) r (sum b (fun t => mul (u t) (u t))))
        (b := mul (mul (ofNat b) r) (sum b (fun t => mul (u t) (u t)))))
      (Eq.trans (congrArg (fun t => mul t (sum b (fun t => mul (u t) (u t)))) hr) (one_mul _))))

/-- The mean of differences is the difference of the means. -/
theorem meanPool_sub (b d : Nat) (r : R) (x y : Vec R) (j : Nat) :
    Eq (sub (meanPool b d r x j) (meanPool b d r y j)) (meanPool b d r (vsub x y) j) :=
  Eq.symm (Eq.trans (congrArg (mul r) (sum_sub b _ _))
    (ring_eq (vars3 r (sum b (fun t => x (Nat.add (Nat.mul t d) j)))
        (sum b (fun t => y (Nat.add (Nat.mul t d) j))))
      (b := sub (mul r (sum b (fun t => x (Nat.add (Nat.mul t d) j))))
        (mul r (sum b (fun t => y (Nat.add (Nat.mul t d) j)))))))

/-- `b ‖meanPool x‖² ≤ ‖x‖²`. -/
theorem meanPool_normSq {b : Nat} (d : Nat) {r : R} (hr : Eq (mul (ofNat b) r) one) (x : Vec R) :
    le (mul (ofNat b) (normSq d (meanPool b d r x))) (normSq (Nat.mul b d) x) :=
  le_via
    (sum_le (n := d) (fun j _ => mean_sq_le hr (fun t => x (Nat.add (Nat.mul t d) j))))
    (Eq.symm (sum_mul_left d (ofNat b) _))
    (Eq.trans (normSq_block b d x) (sum_comm b d _))

/-- The mean of `b` tokens has constant `√(1/b)`. -/
theorem meanPool_sqLipschitz (b d : Nat) {r : R} (hr : Eq (mul (ofNat b) r) one) :
    SqLipschitz (Nat.mul b d) d (ofNat 1) (ofNat b) (meanPool b d r) where
  num_nonneg := ofNat_nonneg 1
  den_pos := pos_of_reciprocal hr
  bound x y _ _ := le_via (meanPool_normSq d hr (vsub x y))
    (congrArg (mul (ofNat b)) (normSq_congr (fun j _ => meanPool_sub b d r x y j)))
    (Eq.trans (congrArg (fun t => mul t (distSq (Nat.mul b d) x y)) ofNat_one) (one_mul _))

/-- The folklore's constant 1 for the mean: valid but loose. -/
theorem meanPool_folklore (b d : Nat) {r : R} (hr : Eq (mul (ofNat b) r) one)
    (hb : Eq (Nat.ble 1 b) true) :
    SqLipschitz (Nat.mul b d) d (ofNat 1) (ofNat 1) (meanPool b d r) :=
  (meanPool_sqLipschitz b d hr).weaken (ofNat_nonneg 1) (ofNat_pos rfl)
    (mul_le_mul_left (ofNat_nonneg 1) (ofNat_le_of_ble hb))

/-- The mean depends on the entries of the block only. -/
theorem meanPool_congr (b d : Nat) (r : R) {x y : Vec R} (h : Agree (Nat.mul b d) x y) :
    Agree d (meanPool b d r x) (meanPool b d r y) :=
  fun _ hj => congrArg (mul r) (sum_congr (fun _ ht => h _ (nat_block_lt ht hj)))

end

end LipBridge
