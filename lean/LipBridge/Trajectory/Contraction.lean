import LipBridge.Trajectory.Change
import LipBridge.Trajectory.Power
/-!
# The rate of a path whose selection changes now and then

Where the selection is locked a step contracts by `ρ`, where it changes by `κ ≥ ρ` at worst. After `T`
steps with `n` changes the distance is at most `κⁿ ρ^(T-n)` times the first, and `n·γ ≤ 2·L·Σσ`: the
rate of the whole path in terms of the constant `L` of the scores. See docs/theorems.md §4.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- The blocks, or steps, that are not in the set. -/
def others (B : BlockSet) : BlockSet := fun t => cond (B t) false true

/-- A set and the others are all. -/
theorem count_others (T : Nat) (B : BlockSet) :
    Eq (Nat.add (count T B) (count T (others B))) T :=
  match T with
  | 0 => rfl
  | .succ T =>
    have step (b : Bool) (c d : Nat) (h : Eq (Nat.add c d) T) :
        Eq (Nat.add (Nat.add c (cond b 1 0)) (Nat.add d (cond (cond b false true) 1 0)))
          (Nat.succ T) :=
      match b with
      | true => Eq.trans (nat_succ_add c d) (congrArg Nat.succ h)
      | false => congrArg Nat.succ h
    step (B T) (count T B) (count T (others B)) (count_others T B)

section
variable {R : Type u} [OrderedRing R]

/-- The factor of `T` steps, those in `B` by `κ`, the others by `ρ`. -/
def pathRate (ρ κ : R) (B : BlockSet) (T : Nat) : R := prod T (fun t => cond (B t) κ ρ)

/-- Steps that shrink by `ρ`, and in `B` by `κ`, shrink altogether by the product. -/
theorem contraction {ρ κ : R} {e : Nat → R} {B : BlockSet} (hρ : le zero ρ) (hκ : le zero κ)
    {T : Nat} (h : ∀ t, Nat.lt t T → le (e (Nat.succ t)) (mul (cond (B t) κ ρ) (e t))) :
    le (e T) (mul (pathRate ρ κ B T) (e 0)) :=
  match T, h with
  | 0, _ => le_of_eq (Eq.symm (one_mul (e 0)))
  | .succ T, h =>
    have pos (b : Bool) : le zero (cond b κ ρ) := match b with
      | true => hκ
      | false => hρ
    le_trans (h T Nat.le.refl) (le_congr rfl
      (ring_eq (vars3 (pathRate ρ κ B T) (cond (B T) κ ρ) (e 0))
        (a := mul (mul (pathRate ρ κ B T) (cond (B T) κ ρ)) (e 0))
        (b := mul (cond (B T) κ ρ) (mul (pathRate ρ κ B T) (e 0))))
      (mul_le_mul_left (pos (B T))
        (contraction hρ hκ (fun t ht => h t (Nat.le.step ht)))))

/-- More changes, a worse rate: `κᵃ ρᵇ⁺ʲ ≤ κᵃ⁺ʲ ρᵇ` for `0 ≤ ρ ≤ κ`. -/
theorem rate_exchange {ρ κ : R} (hρ : le zero ρ) (h : le ρ κ) (a b j : Nat) :
    le (mul (rpow κ a) (rpow ρ (Nat.add b j))) (mul (rpow κ (Nat.add a j)) (rpow ρ b)) :=
  le_congr
    (Eq.trans (congrArg (mul (rpow κ a)) (rpow_add ρ b j))
      (ring_eq (vars3 (rpow κ a) (rpow ρ b) (rpow ρ j))
        (b := mul (mul (rpow κ a) (rpow ρ b)) (rpow ρ j))))
    (Eq.trans (congrArg (fun x => mul x (rpow ρ b)) (rpow_add κ a j))
      (ring_eq (vars3 (rpow κ a) (rpow κ j) (rpow ρ b))
        (b := mul (mul (rpow κ a) (rpow ρ b)) (rpow κ j))))
    (mul_le_mul_left (mul_nonneg (rpow_nonneg (le_trans hρ h) a) (rpow_nonneg hρ b))
      (rpow_le_rpow hρ h j))

/-- The rate of `T` steps: `κ` to the number of those in `B`, `ρ` to that of the others. -/
theorem pathRate_split (ρ κ : R) (B : BlockSet) (T : Nat) :
    Eq (pathRate ρ κ B T) (mul (rpow κ (count T B)) (rpow ρ (count T (others B)))) :=
  match T with
  | 0 => Eq.symm (one_mul (one : R))
  | .succ T =>
    have step (b : Bool) : Eq (mul (pathRate ρ κ B T) (cond b κ ρ))
        (mul (rpow κ (Nat.add (count T B) (cond b 1 0)))
          (rpow ρ (Nat.add (count T (others B)) (cond (cond b false true) 1 0)))) :=
      match b with
      | true => Eq.trans (congrArg (fun x => mul x κ) (pathRate_split ρ κ B T))
          (ring_eq (vars3 (rpow κ (count T B)) (rpow ρ (count T (others B))) κ)
            (b := mul (mul (rpow κ (count T B)) κ) (rpow ρ (count T (others B)))))
      | false => Eq.trans (congrArg (fun x => mul x ρ) (pathRate_split ρ κ B T))
          (mul_assoc _ _ _)
    step (B T)

/-- The rate with certified locks. Let the selection keep its blocks in every step that is not in `B`, let
a step that keeps them contract by `ρ`, any other by `κ` at worst. Then the selection changes at most
`|B|` times in `T` steps, and the distance is at most `κ^|B| ρ^(T-|B|)` times the first. -/
theorem certified_rate {m : Nat} {S : Nat → BlockSet} {B : BlockSet} {ρ κ : R} {e : Nat → R} {T : Nat}
    (hρ : le zero ρ) (hκ : le zero κ)
    (keeps : ∀ t, Nat.lt t T → Eq (B t) false → SameOn m (S t) (S (Nat.succ t)))
    (locked : ∀ t, Nat.lt t T → SameOn m (S t) (S (Nat.succ t)) → le (e (Nat.succ t)) (mul ρ (e t)))
    (jump : ∀ t, Nat.lt t T → le (e (Nat.succ t)) (mul κ (e t))) :
    And (Nat.le (transitions m S T) (count T B))
      (le (e T) (mul (mul (rpow κ (count T B)) (rpow ρ (count T (others B)))) (e 0))) :=
  ⟨count_le (fun t ht e =>
      have g (b : Bool) (eb : Eq (B t) b) : Eq (B t) true := match b, eb with
        | true, eb => eb
        | false, eb => absurd (keeps t ht eb) (change_of_counted e)
      g (B t) rfl),
    le_congr rfl (congrArg (fun x => mul x (e 0)) (Eq.symm (pathRate_split ρ κ B T)))
      (contraction hρ hκ (fun t ht =>
        have g (b : Bool) (eb : Eq (B t) b) : le (e (Nat.succ t)) (mul (cond b κ ρ) (e t)) :=
          match b, eb with
          | true, _ => jump t ht
          | false, eb => locked t ht (keeps t ht eb)
        g (B t) rfl))⟩

section
variable {n m k : Nat} {s : Nat → Vec R → R} {L ρ κ γ : R} {q : Nat → Vec R} {σ e : Nat → R}
  {S : Nat → BlockSet}

/-- Effective rate. If locked steps contract by `ρ` and steps at which the selection changes by `κ` at
worst, then after `T` steps the distance is `κⁿ ρ^(T-n)` times the first, `n` the number of changes,
and `n·γ ≤ 2·L·Σ‖q_{t+1} - q_t‖`. -/
theorem effective_rate (T : Nat) (hρ : le zero ρ) (hκ : le zero κ) (hL0 : le zero L)
    (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i)) (hq : Path n q σ)
    (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : ∀ t, Nat.lt t T → GapAtLeast m (fun i => s i (q t)) (S t) γ)
    (locked : ∀ t, SameOn m (S t) (S (Nat.succ t)) → le (e (Nat.succ t)) (mul ρ (e t)))
    (jump : ∀ t, le (e (Nat.succ t)) (mul κ (e t))) :
    And (le (e T) (mul (mul (rpow κ (transitions m S T))
        (rpow ρ (count T (others (changesAt m S))))) (e 0)))
      (le (mul (ofNat (transitions m S T)) γ) (mul (ofNat 2) (mul L (sum T σ)))) :=
  have h (t : Nat) : le (e (Nat.succ t)) (mul (cond (changesAt m S t) κ ρ) (e t)) :=
    have g (b : Bool) (hb : Eq (agrees m (S t) (S (Nat.succ t))) b) :
        le (e (Nat.succ t)) (mul (cond (cond b false true) κ ρ) (e t)) :=
      match b, hb with
      | true, hb => locked t (same_of_agrees hb)
      | false, _ => jump t
    g (agrees m (S t) (S (Nat.succ t))) rfl
  ⟨le_congr rfl (congrArg (fun x => mul x (e 0)) (Eq.symm (pathRate_split ρ κ (changesAt m S) T)))
      (contraction hρ hκ (fun t _ => h t)),
    transition_count T hL0 hL hq hS gap⟩

/-- Effective rate in terms of `L` alone: of `T = N + b` steps at most `N` change the selection as soon
as `2·L·Σσ < (N + 1)·γ`, and then the distance is at most `κᴺ ρᵇ` times the first. What is enough for
`L` is enough for every smaller constant: the bound never worsens as `L` falls. -/
theorem effective_rate_bound {N b : Nat} (hρ : le zero ρ) (hρκ : le ρ κ) (he : le zero (e 0))
    (hγ : le zero γ) (hL0 : le zero L) (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i))
    (hq : Path n q σ) (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : ∀ t, Nat.lt t (Nat.add N b) → GapAtLeast m (fun i => s i (q t)) (S t) γ)
    (locked : ∀ t, SameOn m (S t) (S (Nat.succ t)) → le (e (Nat.succ t)) (mul ρ (e t)))
    (jump : ∀ t, le (e (Nat.succ t)) (mul κ (e t)))
    (few : lt (mul (ofNat 2) (mul L (sum (Nat.add N b) σ))) (mul (ofNat (Nat.succ N)) γ)) :
    le (e (Nat.add N b)) (mul (mul (rpow κ N) (rpow ρ b)) (e 0)) :=
  have r := effective_rate (Nat.add N b) hρ (le_trans hρ hρκ) hL0 hL hq hS gap locked jump
  have split : Eq (Nat.add (transitions m S (Nat.add N b))
      (count (Nat.add N b) (others (changesAt m S)))) (Nat.add N b) :=
    count_others (Nat.add N b) (changesAt m S)
  Or.elim (nat_lt_or_ge N (transitions m S (Nat.add N b)))
    (fun g => absurd (le_trans (mul_le_mul_right hγ (ofNat_le g)) r.right) few)
    (fun g => match nat_exists_of_le g with
      | ⟨j, hj⟩ =>
        -- `n + j = N` changes fewer, and as many more locked steps
        have locks : Eq (count (Nat.add N b) (others (changesAt m S))) (Nat.add b j) :=
          nat_add_right_cancel (transitions m S (Nat.add N b)) (Eq.trans (nat_add_comm _ _)
            (Eq.trans split (Eq.trans (congrArg (fun t => Nat.add t b) (Eq.symm hj))
              (nat_ring (vars3 (transitions m S (Nat.add N b)) j b)
                (a := Nat.add (Nat.add (transitions m S (Nat.add N b)) j) b)
                (b := Nat.add (Nat.add b j) (transitions m S (Nat.add N b)))))))
        le_trans r.left (mul_le_mul_right he (le_congr
          (congrArg (fun c => mul (rpow κ (transitions m S (Nat.add N b))) (rpow ρ c)) locks)
          (congrArg (fun c => mul (rpow κ c) (rpow ρ b)) (Eq.symm hj))
          (rate_exchange hρ hρκ (transitions m S (Nat.add N b)) b j))))

/-- The last change. Where steps are at most `C·ρᵗ` and gaps at least `γ > 2·L·C·ρᴺ`, no step from `N`
on changes the selection: the number of steps before the last change grows with `log L` only. -/
theorem no_change_after {C : R} {N : Nat} (hρ : le zero ρ) (hρ1 : le ρ one) (hC : le zero C)
    (hL0 : le zero L) (hL : ∀ i, Nat.lt i m → ScoreLipschitz n L (s i))
    (hq : Path n q (fun t => mul C (rpow ρ t))) (hS : ∀ t, TopK m k (fun i => s i (q t)) (S t))
    (gap : ∀ t, GapAtLeast m (fun i => s i (q t)) (S t) γ)
    (h : lt (mul (ofNat 2) (mul L (mul C (rpow ρ N)))) γ) (d : Nat) :
    SameOn m (S (Nat.add N d)) (S (Nat.succ (Nat.add N d))) :=
  have smaller : le (rpow ρ (Nat.add N d)) (rpow ρ N) :=
    le_congr (rpow_add ρ N d) (Eq.symm (mul_one _))
      (mul_le_mul_left (rpow_nonneg hρ N) (rpow_le_one hρ hρ1 d))
  have keeps := unique_of_gap hL (hq.nonneg (Nat.add N d)) (hS (Nat.add N d)) (gap (Nat.add N d))
    (lt_of_le_of_lt (mul_le_mul_left (ofNat_nonneg 2)
      (mul_le_mul_left hL0 (mul_le_mul_left hC smaller))) h)
    (hq.step (Nat.add N d))
  keeps.only _ (hS (Nat.succ (Nat.add N d)))

end

end

end LipBridge
