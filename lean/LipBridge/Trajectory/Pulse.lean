import LipBridge.Trajectory.Change
/-!
# The pulse map

Among `T` queries with gaps `γ_0, …, γ_{T-1}`, those with `γ_t ≤ 2·L·ε` are not certified at radius
`ε`. Their fraction `g(ε)` never decreases in `ε`, nor in `L`.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R] {T : Nat} {γ : Nat → R} {L L' ε ε' : R}

/-- `B` is the set of the queries `t < T` that are not certified at radius `ε`: those with
`γ_t ≤ 2·L·ε`. So `g(ε) = count T B / T`. -/
def Uncertified (T : Nat) (γ : Nat → R) (L ε : R) (B : BlockSet) : Prop :=
  ∀ t, Nat.lt t T → Iff (Eq (B t) true) (le (γ t) (mul (ofNat 2) (mul L ε)))

/-- The pulse map is monotone: for `0 ≤ L ≤ L'` and `0 ≤ ε ≤ ε'` the number of queries with
`γ_t ≤ 2·L·ε` is at most the number with `γ_t ≤ 2·L'·ε'`. -/
theorem pulse_monotone {B B' : BlockSet} (hL : le zero L) (hε : le zero ε) (kL : le L L')
    (kε : le ε ε') (h : Uncertified T γ L ε B) (h' : Uncertified T γ L' ε' B') :
    Nat.le (count T B) (count T B') :=
  count_le (fun t ht e => (h' t ht).mpr (le_trans ((h t ht).mp e)
    (mul_le_mul_left (ofNat_nonneg 2) (mul_le_mul (le_trans hL kL) hε kL kε))))

/-- The pulse map never decreases in the radius `ε`. -/
theorem pulse_monotone_radius {B B' : BlockSet} (hL : le zero L) (hε : le zero ε) (kε : le ε ε')
    (h : Uncertified T γ L ε B) (h' : Uncertified T γ L ε' B') : Nat.le (count T B) (count T B') :=
  pulse_monotone hL hε (le_refl L) kε h h'

/-- The pulse map never decreases in the constant `L`: a smaller Lipschitz constant has a smaller
transition region. -/
theorem pulse_monotone_constant {B B' : BlockSet} (hL : le zero L) (hε : le zero ε) (kL : le L L')
    (h : Uncertified T γ L ε B) (h' : Uncertified T γ L' ε B') : Nat.le (count T B) (count T B') :=
  pulse_monotone hL hε kL (le_refl ε) h h'

/-- The count is well defined: sets of the same uncertified queries have the same cardinality. -/
theorem pulse_unique {B B' : BlockSet} (h : Uncertified T γ L ε B) (h' : Uncertified T γ L ε B') :
    Eq (count T B) (count T B') :=
  nat_le_antisymm (count_le (fun t ht e => (h' t ht).mpr ((h t ht).mp e)))
    (count_le (fun t ht e => (h t ht).mpr ((h' t ht).mp e)))

/-- The set of the uncertified queries exists. -/
theorem pulse_exists (T : Nat) (γ : Nat → R) (L ε : R) : Exists fun B => Uncertified T γ L ε B :=
  match T with
  | 0 => ⟨fun _ => false, fun t ht => False.elim (Nat.not_succ_le_zero t ht)⟩
  | .succ T => match pulse_exists T γ L ε with
    | ⟨B, hB⟩ =>
      have below (b : Bool) (t : Nat) (ht : Nat.lt t T) :
          Eq (cond (Nat.ble T t) b (B t)) (B t) :=
        congrArg (fun c => cond c b (B t)) (Bool.eq_false_of_ne_true (fun e =>
          nat_lt_irrefl (n := T) (Nat.le_trans (Nat.succ_le_succ (Nat.le_of_ble_eq_true e)) ht)))
      have at_T (b : Bool) : Eq (cond (Nat.ble T T) b (B T)) b :=
        congrArg (fun c => cond c b (B T)) (Nat.ble_self_eq_true T)
      have make (b : Bool) (h : Iff (Eq b true) (le (γ T) (mul (ofNat 2) (mul L ε)))) :
          Exists fun B => Uncertified (Nat.succ T) γ L ε B :=
        ⟨fun t => cond (Nat.ble T t) b (B t), forall_lt_succ
          (fun t ht => ⟨fun e => (hB t ht).mp (Eq.trans (Eq.symm (below b t ht)) e),
            fun g => Eq.trans (below b t ht) ((hB t ht).mpr g)⟩)
          ⟨fun e => h.mp (Eq.trans (Eq.symm (at_T b)) e), fun g => Eq.trans (at_T b) (h.mpr g)⟩⟩
      Or.elim (le_em (γ T) (mul (ofNat 2) (mul L ε)))
        (fun g => make true ⟨fun _ => g, fun _ => rfl⟩)
        (fun g => make false ⟨fun e => bool_absurd (Eq.symm e), fun h => False.elim (g h)⟩)

/-- A query outside the set is certified: its selection is the only top-k set within `ε`. -/
theorem certified_stable {n m k : Nat} {s : Nat → Vec R → R} {q : Nat → Vec R} {S : Nat → BlockSet}
    {B : BlockSet} (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hε : le zero ε)
    (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : ∀ t, GapAtLeast m (fun i => s i (q t)) (S t) (γ t)) (hB : Uncertified T γ L ε B) {t : Nat}
    (ht : Nat.lt t T) (e : Eq (B t) false) {q' : Vec R} (hq : Within n ε (q t) q') :
    UniqueTopK m k (fun i => s i q') (S t) :=
  unique_of_gap hL hε (hS t) (gap t)
    (fun g => bool_absurd (Eq.trans (Eq.symm ((hB t ht).mpr g)) e)) hq

end

end LipBridge
