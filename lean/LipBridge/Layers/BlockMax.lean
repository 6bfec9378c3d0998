import LipBridge.Layers.Sum
import LipBridge.Layers.Dot
import LipBridge.Vector.Max
/-!
# The score of a block: the maximum over its tokens

`q ↦ max_{s<b} ⟨q, k_s⟩` has the constant `max_s ‖k_s‖`, and the difference of the scores of two
blocks has the constant `max_{s,t} ‖k_s - k'_t‖`, most often far below the sum of the two.
docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-! ## Maxima and differences of maxima -/

/-- The distance of vectors with one entry. -/
theorem distSq_one (x y : Vec R) : Eq (distSq 1 x y) (sq (sub (x 0) (y 0))) := zero_add _

/-- A maximum is one of its members. -/
theorem maxUpTo_mem (k : Nat) (f : Nat → R) :
    Exists fun s => And (Nat.le s k) (Eq (maxUpTo k f) (f s)) :=
  match k with
  | 0 => ⟨0, Nat.le.refl, rfl⟩
  | .succ k => Or.elim (sup_cases (maxUpTo k f) (f (Nat.succ k)))
      (fun e => match maxUpTo_mem k f with
        | ⟨s, hs, h⟩ => ⟨s, Nat.le.step hs, Eq.trans e h⟩)
      (fun e => ⟨Nat.succ k, Nat.le.refl, e⟩)

/-- A maximum over `b > 0` members is one of them. -/
theorem maxOver_mem {b : Nat} (hb : Nat.lt 0 b) (f : Nat → R) :
    Exists fun s => And (Nat.lt s b) (Eq (maxOver b f) (f s)) :=
  match b, hb with
  | .succ k, _ => match maxUpTo_mem k f with
    | ⟨s, hs, h⟩ => ⟨s, Nat.succ_le_succ hs, h⟩

/-- `max f - max g` at one point and at another differ by at most what some `f_s - g_t` does. -/
theorem maxOver_gap {b c : Nat} (hb : Nat.lt 0 b) (hc : Nat.lt 0 c) (f f' g g' : Nat → R)
    (h : le (sub (maxOver b f') (maxOver c g')) (sub (maxOver b f) (maxOver c g))) :
    Exists fun s => Exists fun t => And (Nat.lt s b) (And (Nat.lt t c)
      (le (sq (sub (sub (maxOver b f) (maxOver c g)) (sub (maxOver b f') (maxOver c g'))))
        (sq (sub (sub (f s) (g t)) (sub (f' s) (g' t)))))) :=
  match maxOver_mem hb f, maxOver_mem hc g' with
  | ⟨s, hs, es⟩, ⟨t, ht, et⟩ => ⟨s, t, hs, ht, sq_le_sq (sub_nonneg h)
      (add_le_add (add_le_add (le_of_eq es) (neg_le_neg (le_maxOver g ht)))
        (neg_le_neg (add_le_add (le_maxOver f' hs) (neg_le_neg (le_of_eq et)))))⟩

/-- What bounds every difference `(f_s - g_t)` bounds the difference of the maxima. -/
theorem maxOver_gap_le {b c : Nat} (hb : Nat.lt 0 b) (hc : Nat.lt 0 c) {f f' g g' : Nat → R}
    {Q B : R} (hQ : le zero Q)
    (h : ∀ s t, Nat.lt s b → Nat.lt t c →
      le (mul Q (sq (sub (sub (f s) (g t)) (sub (f' s) (g' t))))) B) :
    le (mul Q (sq (sub (sub (maxOver b f) (maxOver c g)) (sub (maxOver b f') (maxOver c g'))))) B :=
  Or.elim (le_total (sub (maxOver b f') (maxOver c g')) (sub (maxOver b f) (maxOver c g)))
    (fun hle => match maxOver_gap hb hc f f' g g' hle with
      | ⟨s, t, hs, ht, k⟩ => le_trans (mul_le_mul_left hQ k) (h s t hs ht))
    (fun hle => match maxOver_gap hb hc f' f g' g hle with
      | ⟨s, t, hs, ht, k⟩ =>
        le_via (le_trans (mul_le_mul_left hQ k)
            (le_via (h s t hs ht) (congrArg (mul Q) (sq_sub_comm _ _)) rfl))
          (congrArg (mul Q) (sq_sub_comm _ _)) rfl)

/-! ## The maximum of any scores -/

section
variable {n b : Nat} {P Q : R} {S : Vec R → Prop}

/-- The maximum of `b` scores, each with the constant `√(P/Q)` on `S`, has that constant on `S`. -/
theorem maxScore_sqLipschitz (hb : Nat.lt 0 b) (hP : le zero P) (hQ : lt zero Q)
    {f : Nat → Vec R → R}
    (h : ∀ s, Nat.lt s b → ∀ x y, S x → S y →
      le (mul Q (sq (sub (f s x) (f s y)))) (mul P (distSq n x y))) :
    SqLipschitzOn n 1 P Q S (fun x _ => maxOver b (fun s => f s x)) :=
  ⟨hP, hQ, fun x y hx hy => match maxOver_dist hb (fun s => f s x) (fun s => f s y) with
    | ⟨s, hs, k⟩ => le_via (le_trans (mul_le_mul_left (le_of_lt hQ) k) (h s hs x y hx hy))
        (congrArg (mul Q) (distSq_one _ _)) rfl⟩

/-- The maximum of each block of `b` scores: entry `j` is `max_{t<b} x_{j·b+t}`. -/
def blockMax (b : Nat) (x : Vec R) : Vec R :=
  fun j => maxOver b (fun t => x (Nat.add (Nat.mul j b) t))

/-- Taking the maximum of each of `blocks` blocks of `b` scores has the constant 1. -/
theorem blockMax_sqLipschitz (blocks b : Nat) :
    SqLipschitz (Nat.mul blocks b) blocks (ofNat 1 : R) (ofNat 1) (blockMax b) :=
  SqLipschitz.ofLe (fun x y => le_via
    (sum_le (n := blocks) (fun j _ => maxOver_sq_le b (fun t => x (Nat.add (Nat.mul j b) t))
      (fun t => y (Nat.add (Nat.mul j b) t))))
    rfl (normSq_block blocks b (vsub x y)))

/-! ## Block scores -/

/-- `Q ⟨z, k⟩² ≤ P ‖z‖²` where `Q ‖k‖² ≤ P`. -/
theorem dot_sq_le {z k : Vec R} (hQ : le zero Q) (hk : le (mul Q (normSq n k)) P) :
    le (mul Q (sq (dot n z k))) (mul P (normSq n z)) :=
  le_trans
    (le_via (mul_le_mul_left hQ (cauchy_schwarz n z k)) rfl
      (ring_eq (vars3 Q (normSq n z) (normSq n k)) (a := mul (mul Q (normSq n k)) (normSq n z))))
    (mul_le_mul_right (normSq_nonneg n z) hk)

/-- `q ↦ max_{s<b} ⟨q, k_s⟩`, as a vector with one entry. -/
def blockScore (n b : Nat) (k : Nat → Vec R) : Vec R → Vec R :=
  fun q _ => maxOver b (fun s => dot n q (k s))

/-- `q ↦ max_{s<b} ⟨q, k_s⟩ - max_{t<c} ⟨q, k'_t⟩`, as a vector with one entry. -/
def blockGap (n b c : Nat) (k k' : Nat → Vec R) : Vec R → Vec R :=
  fun q _ => sub (maxOver b (fun s => dot n q (k s))) (maxOver c (fun t => dot n q (k' t)))

/-- The score of a block has the constant `max_s ‖k_s‖`: `√(P/Q)` where `Q ‖k_s‖² ≤ P` for each of
its keys. -/
theorem blockScore_sqLipschitz (hb : Nat.lt 0 b) (hP : le zero P) (hQ : lt zero Q)
    {k : Nat → Vec R} (hk : ∀ s, Nat.lt s b → le (mul Q (normSq n (k s))) P) :
    SqLipschitz n 1 P Q (blockScore n b k) :=
  maxScore_sqLipschitz hb hP hQ (fun s hs x y _ _ =>
    le_via (dot_sq_le (z := vsub x y) (le_of_lt hQ) (hk s hs))
      (congrArg (fun t => mul Q (sq t)) (Eq.symm (dot_sub_left n x y (k s)))) rfl)

/-- The difference of the scores of two blocks has the constant `max_{s,t} ‖k_s - k'_t‖`: `√(P/Q)`
where `Q ‖k_s - k'_t‖² ≤ P` for each pair. -/
theorem blockGap_sqLipschitz {c : Nat} (hb : Nat.lt 0 b) (hc : Nat.lt 0 c) (hP : le zero P)
    (hQ : lt zero Q) {k k' : Nat → Vec R}
    (hk : ∀ s t, Nat.lt s b → Nat.lt t c → le (mul Q (distSq n (k s) (k' t))) P) :
    SqLipschitz n 1 P Q (blockGap n b c k k') :=
  ⟨hP, hQ, fun x y _ _ => le_via
    (maxOver_gap_le hb hc (le_of_lt hQ)
      (f := fun s => dot n x (k s)) (f' := fun s => dot n y (k s))
      (g := fun t => dot n x (k' t)) (g' := fun t => dot n y (k' t))
      (fun s t hs ht => le_via (dot_sq_le (z := vsub x y) (le_of_lt hQ) (hk s t hs ht))
        (congrArg (fun t => mul Q (sq t))
          (Eq.trans (ring_eq (vars4 (dot n x (k s)) (dot n x (k' t)) (dot n y (k s)) (dot n y (k' t)))
              (b := sub (sub (dot n x (k s)) (dot n y (k s))) (sub (dot n x (k' t)) (dot n y (k' t)))))
            (Eq.symm (Eq.trans (dot_sub_right n (vsub x y) (k s) (k' t))
              (congr2 sub (dot_sub_left n x y (k s)) (dot_sub_left n x y (k' t)))))))
        rfl))
    (congrArg (mul Q) (distSq_one _ _)) rfl⟩

end

end

end LipBridge
