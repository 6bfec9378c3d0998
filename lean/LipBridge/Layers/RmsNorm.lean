import LipBridge.Layers.Sum
/-!
# RMSNorm

`N u = g ⊙ u * t(u)` with `t(u) = √d / √(‖u‖² + dε)`, `d` the dimension. No root is written down: `t`
is any function with `t(u) ≥ 0` and `t(u)² (‖u‖² + dε) = d`. This file has the definitions and the
geometry; the constants are in `RmsNormBound`.

Vectors of length `≥ r` only matter where `max(‖u‖², r²)` stands for `‖u‖²`: the same function there,
and on the whole space one with the constant that RMSNorm has where `‖u‖ ≥ r`.

The set is not convex, so there is no mean-value argument. Append `√(dε)` to `u` as a coordinate:
`t(u) u` is `√d` times the unit vector of the longer vector, and
`‖a/‖a‖ - b/‖b‖‖² ≤ ‖a - b‖² / (‖a‖ ‖b‖)`. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `N u = g ⊙ u * t(u)`: entry `i` is `g_i * u_i * t(u)`. -/
def rmsNorm (g : Vec R) (t : Vec R → R) : Vec R → Vec R := fun u i => mul (mul (g i) (u i)) (t u)

/-- On `S`, `t(u) = √d / √(‖u‖² + dε)`: `t(u) ≥ 0` and `t(u)² (‖u‖² + dε) = d`, `d` the dimension. -/
def RmsFactor (d : Nat) (ε : R) (S : Vec R → Prop) (t : Vec R → R) : Prop :=
  ∀ u, S u → And (le zero (t u))
    (Eq (mul (sq (t u)) (add (normSq d u) (mul (ofNat d) ε))) (ofNat d))

/-- On `S`, `t(u) = √d / √(max(‖u‖², l) + dε)`: the factor of RMSNorm where `‖u‖² ≥ l`. -/
def RmsFactorAtLeast (d : Nat) (ε l : R) (S : Vec R → Prop) (t : Vec R → R) : Prop :=
  ∀ u, S u → And (le zero (t u))
    (Eq (mul (sq (t u)) (add (sup (normSq d u) l) (mul (ofNat d) ε))) (ofNat d))

/-- The factor of RMSNorm is that for `l = 0`. -/
theorem RmsFactor.atLeast {d : Nat} {ε : R} {S : Vec R → Prop} {t : Vec R → R}
    (ht : RmsFactor d ε S t) : RmsFactorAtLeast d ε zero S t :=
  fun u hu => ⟨(ht u hu).left, Eq.trans
    (congrArg (fun s => mul (sq (t u)) (add s (mul (ofNat d) ε))) (sup_of_ge (normSq_nonneg d u)))
    (ht u hu).right⟩

/-- Where `‖u‖² ≥ l` it is the factor of RMSNorm. -/
theorem RmsFactorAtLeast.factor {d : Nat} {ε l : R} {S : Vec R → Prop} {t : Vec R → R}
    (ht : RmsFactorAtLeast d ε l S t) : RmsFactor d ε (fun u => And (S u) (le l (normSq d u))) t :=
  fun u hu => ⟨(ht u hu.left).left, Eq.trans
    (congrArg (fun s => mul (sq (t u)) (add s (mul (ofNat d) ε))) (Eq.symm (sup_of_ge hu.right)))
    (ht u hu.left).right⟩

/-- `⟨a u, b v⟩ = a b ⟨u, v⟩`, written out: `‖a u - b v‖² = a² ‖u‖² + b² ‖v‖² - 2 a b ⟨u, v⟩`. -/
theorem distSq_smul (n : Nat) (a b : R) (u v : Vec R) :
    Eq (distSq n (vsmul a u) (vsmul b v))
      (sub (add (mul (sq a) (normSq n u)) (mul (sq b) (normSq n v)))
        (mul (mul a b) (add (dot n u v) (dot n u v)))) :=
  Eq.trans
    (normSq_congr (y := vadd (vsmul a u) (vsmul (neg b) v)) (fun i _ =>
      ring_eq (vars4 a b (u i) (v i))
        (a := sub (mul a (u i)) (mul b (v i))) (b := add (mul a (u i)) (mul (neg b) (v i)))))
    (Eq.trans (normSq_add n _ _)
      (Eq.trans
        (congr2 add (congr2 add (normSq_smul n a u)
            (congr2 add
              (Eq.trans (dot_smul_left n a u _) (congrArg (mul a)
                (Eq.trans (dot_comm n u _) (Eq.trans (dot_smul_left n (neg b) v u)
                  (congrArg (mul (neg b)) (dot_comm n v u))))))
              (Eq.trans (dot_smul_left n a u _) (congrArg (mul a)
                (Eq.trans (dot_comm n u _) (Eq.trans (dot_smul_left n (neg b) v u)
                  (congrArg (mul (neg b)) (dot_comm n v u))))))))
          (normSq_smul n (neg b) v))
        (ring_eq (vars5 a b (normSq n u) (normSq n v) (dot n u v)))))

/-- `‖u - v‖² = ‖u‖² + ‖v‖² - 2 ⟨u, v⟩`. -/
theorem distSq_expand (n : Nat) (u v : Vec R) :
    Eq (distSq n u v) (sub (add (normSq n u) (normSq n v)) (add (dot n u v) (dot n u v))) :=
  Eq.trans
    (distSq_congr (x' := vsmul one u) (y' := vsmul one v) (fun i _ => ring_eq (vars1 (u i))
        (b := mul one (u i))) (fun i _ => ring_eq (vars1 (v i)) (b := mul one (v i))))
    (Eq.trans (distSq_smul n one one u v)
      (ring_eq (vars3 (normSq n u) (normSq n v) (dot n u v))))

/-- `a² α = d > 0` and `a ≥ 0` give `a > 0`. -/
theorem factor_pos {a α d : R} (hd : lt zero d) (ha : le zero a) (h : Eq (mul (sq a) α) d) :
    lt zero a :=
  fun g => hd (le_of_eq (Eq.trans (Eq.symm h)
    (Eq.trans (congrArg (fun t => mul (sq t) α) (le_antisymm g ha))
      (ring_eq (vars1 α) (b := zero)))))

/-- With `a² α = b² β = d`: `(a - b) (a α - b β) ≤ 0`, for `a` falls where `a α` rises. -/
theorem factor_cross {a b α β d : R} (ha : lt zero a) (hb : lt zero b) (hd : le zero d)
    (h : Eq (mul (sq a) α) d) (k : Eq (mul (sq b) β) d) :
    le (mul (sub a b) (sub (mul a α) (mul b β))) zero :=
  le_of_mul_le_mul_left (mul_pos ha hb)
    (le_via (neg_le_neg (mul_nonneg hd (sq_nonneg (sub a b))))
      (Eq.trans
        (ring_eq (vars4 a b α β)
          (a := mul (mul a b) (mul (sub a b) (sub (mul a α) (mul b β))))
          (b := mul (sub a b) (sub (mul b (mul (sq a) α)) (mul a (mul (sq b) β)))))
        (Eq.trans (congrArg (mul (sub a b)) (congr2 sub (congrArg (mul b) h) (congrArg (mul a) k)))
          (ring_eq (vars3 a b d) (b := neg (mul d (sq (sub a b)))))))
      (ring_eq (vars2 a b) (a := mul (mul a b) zero) (b := neg zero)))

/-- `a² α = b² β = d` with `c α ≥ ρ`, `c β ≥ ρ` give `a b ρ ≤ c d`. -/
theorem factor_le {a b c α β ρ d : R} (hd : le zero d) (hc : le zero c) (hρ : le zero ρ)
    (hα : le ρ (mul c α)) (hβ : le ρ (mul c β)) (h : Eq (mul (sq a) α) d)
    (k : Eq (mul (sq b) β) d) : le (mul (mul a b) ρ) (mul c d) :=
  le_of_sq_le_sq (mul_nonneg hc hd)
    (le_via
      (mul_le_mul_left (mul_nonneg (sq_nonneg a) (sq_nonneg b))
        (mul_le_mul (le_trans hρ hα) hρ hα hβ))
      (ring_eq (vars3 a b ρ))
      (Eq.symm (Eq.trans
        (ring_eq (vars5 a b c α β) (b := mul (sq c) (mul (mul (sq a) α) (mul (sq b) β))))
        (Eq.trans (congrArg (mul (sq c)) (congr2 mul h k)) (ring_eq (vars2 c d))))))

/-- `a² α = b² β = d > 0` with `α ≤ β` give `b ≤ a`. -/
theorem factor_anti {a b α β d : R} (hd : lt zero d) (ha : lt zero a) (h : Eq (mul (sq a) α) d)
    (k : Eq (mul (sq b) β) d) (hle : le α β) : le b a :=
  le_of_sq_le_sq (le_of_lt ha)
    (le_of_mul_le_mul_left (pos_of_mul_pos (sq_nonneg b) (lt_congr rfl k hd))
      (le_via (mul_le_mul_left (sq_nonneg a) hle)
        (Eq.trans (mul_comm β (sq b)) (Eq.trans k (Eq.symm h))) (mul_comm β (sq a))))

/-- Where `max(U, l) ≤ max(V, l)`, what the maxima add to `U` and `V` does not count against
`unit_distSq`. -/
theorem factor_slack {a b U V l e d : R} (hd : lt zero d) (ha : lt zero a) (hb : lt zero b)
    (h : Eq (mul (sq a) (add (sup U l) e)) d) (k : Eq (mul (sq b) (add (sup V l) e)) d)
    (hle : le (sup U l) (sup V l)) :
    le zero (mul (sub a b) (sub (mul a (sub (sup U l) U)) (mul b (sub (sup V l) V)))) :=
  have hab : le b a := factor_anti hd ha h k (add_le_add_right e hle)
  Or.elim (sup_cases V l)
    (fun e₁ => le_congr rfl
      (Eq.trans
        (congrArg (fun s => mul (sub a b) (sub (mul a (sub (sup U l) U)) (mul b (sub s V)))) e₁)
        (ring_eq (vars5 a b V (sup U l) U)
          (a := mul (sub a b) (sub (mul a (sub (sup U l) U)) (mul b (sub V V))))
          (b := mul (sub a b) (mul a (sub (sup U l) U)))))
      (mul_nonneg (sub_nonneg hab) (mul_nonneg (le_of_lt ha) (sub_nonneg (le_sup_left U l)))))
    (fun e₂ =>
      have hba : le a b := factor_anti hd hb k h
        (add_le_add_right e (le_congr e₂ rfl (le_sup_right U l)))
      le_of_eq (Eq.symm (Eq.trans
        (congrArg (fun s => mul (sub s b) (sub (mul a (sub (sup U l) U)) (mul b (sub (sup V l) V))))
          (le_antisymm hba hab))
        (ring_eq (vars2 b (sub (mul a (sub (sup U l) U)) (mul b (sub (sup V l) V))))
          (a := mul (sub b b) (sub (mul a (sub (sup U l) U)) (mul b (sub (sup V l) V))))
          (b := zero)))))

/-- The heart of RMSNorm: with `a² (max(‖u‖², l) + e) = b² (max(‖v‖², l) + e) = d` and `e ≥ 0`,
`‖a u - b v‖² ≤ a b ‖u - v‖²`. -/
theorem unit_distSq {n : Nat} {a b e d l : R} {u v : Vec R} (ha : lt zero a) (hb : lt zero b)
    (hd : lt zero d) (he : le zero e) (h : Eq (mul (sq a) (add (sup (normSq n u) l) e)) d)
    (k : Eq (mul (sq b) (add (sup (normSq n v) l) e)) d) :
    le (distSq n (vsmul a u) (vsmul b v)) (mul (mul a b) (distSq n u v)) :=
  have slack : le zero (mul (sub a b) (sub (mul a (sub (sup (normSq n u) l) (normSq n u)))
      (mul b (sub (sup (normSq n v) l) (normSq n v))))) :=
    Or.elim (le_total (sup (normSq n u) l) (sup (normSq n v) l)) (factor_slack hd ha hb h k)
      (fun g => le_congr rfl
        (ring_eq (vars4 a b (sub (sup (normSq n u) l) (normSq n u))
            (sub (sup (normSq n v) l) (normSq n v)))
          (a := mul (sub a b) (sub (mul a (sub (sup (normSq n u) l) (normSq n u)))
            (mul b (sub (sup (normSq n v) l) (normSq n v)))))
          (b := mul (sub b a) (sub (mul b (sub (sup (normSq n v) l) (normSq n v)))
            (mul a (sub (sup (normSq n u) l) (normSq n u))))))
        (factor_slack hd hb ha k h g))
  have cross : le (mul (sub a b) (sub (mul a (sup (normSq n u) l)) (mul b (sup (normSq n v) l)))) zero :=
    le_trans
      (le_of_add (mul_nonneg he (sq_nonneg (sub a b)))
        (ring_eq (vars5 a b e (sup (normSq n u) l) (sup (normSq n v) l))
          (b := mul (sub a b) (sub (mul a (add (sup (normSq n u) l) e))
            (mul b (add (sup (normSq n v) l) e))))))
      (factor_cross ha hb (le_of_lt hd) h k)
  have falls : le (mul (sub a b) (sub (mul a (normSq n u)) (mul b (normSq n v)))) zero :=
    le_trans
      (le_of_add slack
        (ring_eq (.cons (sup (normSq n u) l) (.cons (sup (normSq n v) l)
            (vars4 a b (normSq n u) (normSq n v))))
          (b := mul (sub a b) (sub (mul a (sup (normSq n u) l)) (mul b (sup (normSq n v) l))))))
      cross
  le_congr (distSq_smul n a b u v) (congrArg (mul (mul a b)) (distSq_expand n u v))
    (le_of_add (neg_nonneg falls)
      (ring_eq (vars5 a b (normSq n u) (normSq n v) (dot n u v))))

/-- A gain `g` with `q g_i² ≤ p` changes lengths by at most `√(p/q)`: `q ‖g ⊙ z‖² ≤ p ‖z‖²`. -/
theorem gain_normSq {n : Nat} {g z : Vec R} {p q : R}
    (hg : ∀ i, Nat.lt i n → le (mul q (sq (g i))) p) :
    le (mul q (normSq n (fun i => mul (g i) (z i)))) (mul p (normSq n z)) :=
  le_via
    (sum_le (n := n) (f := fun i => mul (mul q (sq (g i))) (mul (z i) (z i)))
      (g := fun i => mul p (mul (z i) (z i)))
      (fun i hi => mul_le_mul_right (mul_self_nonneg (z i)) (hg i hi)))
    (Eq.trans (Eq.symm (sum_mul_left n q _))
      (sum_ext n (fun i => ring_eq (vars3 q (g i) (z i))
        (a := mul q (mul (mul (g i) (z i)) (mul (g i) (z i)))))))
    (Eq.symm (sum_mul_left n p _))

/-- `N u - N v = g ⊙ (t(u) u - t(v) v)`, in length. -/
theorem rmsNorm_distSq (n : Nat) (g : Vec R) (t : Vec R → R) (u v : Vec R) :
    Eq (distSq n (rmsNorm g t u) (rmsNorm g t v))
      (normSq n (fun i => mul (g i) (vsub (vsmul (t u) u) (vsmul (t v) v) i))) :=
  normSq_congr (fun i _ => ring_eq (vars5 (g i) (u i) (v i) (t u) (t v))
    (a := sub (mul (mul (g i) (u i)) (t u)) (mul (mul (g i) (v i)) (t v)))
    (b := mul (g i) (sub (mul (t u) (u i)) (mul (t v) (v i)))))

end

end LipBridge
