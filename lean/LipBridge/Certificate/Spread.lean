import LipBridge.Certificate.Land
import LipBridge.Certificate.Rows
/-!
# Spreading the digits of a row

`spread` moves the digits of a packed row from base `2^w` to a wider base `2^b`, where products of
rows do not overflow. It halves blocks of digits level by level: at each level one `land` finds the
upper halves of all blocks, and one shift moves them. So a row of `n` digits takes about `4 log₂ n`
operations.
-/

set_option autoImplicit false

namespace LipBridge

/-- Evaluates `n` before `f` sees it: the recursor makes the kernel reduce `n + 1` to a literal, and
hands its predecessor on. For any `n`, `force n f = f n` by definition. -/
noncomputable abbrev force.{u} {α : Type u} (n : Nat) (f : Nat → α) : α :=
  Nat.rec (motive := fun _ => α) (f 0) (fun m _ => f m) (Nat.succ n)

/-- A binary tree over the digits of a row, with one or eight digits in a leaf. -/
inductive Shape : Type where
  /-- One digit. -/
  | one : Shape
  /-- Eight digits. -/
  | eight : Shape
  /-- The digits of `l`, then those of `r`. -/
  | node (l r : Shape) : Shape

/-- The number of digits. -/
noncomputable def Shape.size (s : Shape) : Nat :=
  Shape.rec (motive := fun _ => Nat) 1 8 (fun _ _ a b => Nat.add a b) s

/-- A number `t` with `size ≤ 2^t`. -/
noncomputable def Shape.depth (s : Shape) : Nat :=
  Shape.rec (motive := fun _ => Nat) 0 3 (fun _ _ a b => Nat.succ (pick (Nat.ble a b) b a)) s

/-- How blocks of digits are halved, the longest first: the mask `m` of their upper halves, and by how
much these move. -/
inductive Plan : Type where
  /-- Blocks of one digit. -/
  | done : Plan
  /-- All levels that are left: a multiplication by `r` and the mask `m`. -/
  | last (m r : Nat) : Plan
  /-- One level. -/
  | level (m s : Nat) (rest : Plan) : Plan

/-- The number `f ≤ t` of last levels that one multiplication replaces: copies of `2^f` digits must not
overlap. With more than three it would cost more than it saves. -/
noncomputable def lastLevels (w b t : Nat) : Nat :=
  Nat.rec (motive := fun _ => Nat) 0
    (fun i ih => pick
      (and (Nat.ble i 2) (Nat.ble (Nat.mul w (Nat.pow 2 (Nat.succ i))) (Nat.sub b w)))
      (Nat.succ i) ih) t

/-- Blocks of `2^f` digits in base `2^w`, to base `2^b`; `o` as for `plan`. -/
noncomputable def lastPlan (w b f o : Nat) : Plan :=
  force (Nat.mul (pack (Nat.pow 2 b) (Nat.pow 2 f) (fun _ => Nat.sub (Nat.pow 2 w) 1)) o) fun m =>
  force (pack (Nat.pow 2 (Nat.sub b w)) (Nat.pow 2 f) (fun _ => 1)) fun r => .last m r

/-- The levels for blocks of `2^(f+t)` digits, from base `2^w` to base `2^b`; `o` is the packed number
with as many digits 1 as there are blocks, in base `2^(b 2^(f+t))`. -/
noncomputable def plan (w b f t : Nat) : Nat → Plan :=
  Nat.rec (motive := fun _ => Nat → Plan)
    (fun o => Nat.rec (motive := fun _ => Plan) .done (fun _ _ => lastPlan w b f o) f)
    (fun t ih o =>
      force (Nat.mul w (Nat.pow 2 (Nat.add f t))) fun v =>
      force (Nat.mul b (Nat.pow 2 (Nat.add f t))) fun H =>
      force (Nat.mul (Nat.mul (Nat.pow 2 v) (Nat.sub (Nat.pow 2 v) 1)) o) fun m =>
      force (Nat.sub H v) fun s => force (Nat.add o (Nat.shiftLeft o H)) fun o => .level m s (ih o)) t

/-- Halves the blocks of `x` level by level. -/
noncomputable def Plan.run (p : Plan) : Nat → Nat :=
  Plan.rec (motive := fun _ => Nat → Nat) (fun x => x) (fun m r x => Nat.land (Nat.mul x r) m)
    (fun m s _ ih x => ih (Nat.add (Nat.sub x (Nat.land x m)) (Nat.shiftLeft (Nat.land x m) s))) p

/-- The number of first levels that one multiplication replaces: the digits of a long block are so few
bits that its copies do not overlap. -/
noncomputable def firstLevels (w b t : Nat) : Nat := lastLevels w b (Nat.sub t (lastLevels w b t))

/-- The first `n ≤ 2^t` digits of `x` in base `2^w`, in base `2^b`: the first levels at once, with blocks of
`2^(t-u)` digits in the place of digits, then all others. -/
noncomputable def spreadTo (w b t n x : Nat) : Nat :=
  Plan.run
    (plan w b (lastLevels w b t) (Nat.sub (Nat.sub t (firstLevels w b t)) (lastLevels w b t))
      (pack (Nat.pow 2 (Nat.mul b (Nat.pow 2 (Nat.sub t (firstLevels w b t)))))
        (Nat.pow 2 (firstLevels w b t)) (fun _ => 1)))
    (Plan.run
      (plan (Nat.mul w (Nat.pow 2 (Nat.sub t (firstLevels w b t))))
        (Nat.mul b (Nat.pow 2 (Nat.sub t (firstLevels w b t)))) (firstLevels w b t) 0 1)
      (Nat.land x (Nat.sub (Nat.pow 2 (Nat.mul w n)) 1)))

/-- The digits of `x` in base `2^w`, as many as `s` has, in base `2^b`. -/
noncomputable def spread (w b : Nat) (s : Shape) (x : Nat) : Nat :=
  spreadTo w b (Shape.depth s) (Shape.size s) x

/-! ## Two halves of a block -/

/-- `u 0, v 0, u 1, v 1, …`. -/
noncomputable def weave (u v : Nat → Nat) (p : Nat) : Nat :=
  Nat.rec (motive := fun _ => (Nat → Nat) → (Nat → Nat) → Nat) (fun u _ => u 0)
    (fun _ ih u v => ih v (fun q => u (Nat.succ q))) p u v

/-- `F` of the woven values weaves the values of `F`. -/
theorem weave_map (F : Nat → Nat) (p : Nat) : ∀ u v : Nat → Nat,
    Eq (F (weave u v p)) (weave (fun q => F (u q)) (fun q => F (v q)) p) :=
  Nat.rec
    (motive := fun p => ∀ u v : Nat → Nat,
      Eq (F (weave u v p)) (weave (fun q => F (u q)) (fun q => F (v q)) p))
    (fun _ _ => rfl) (fun _ ih u v => ih v (fun q => u (Nat.succ q))) p

/-- What holds for all values holds for the woven ones. -/
theorem weave_all {P : Nat → Prop} (p : Nat) : ∀ u v : Nat → Nat, (∀ q, P (u q)) →
    (∀ q, P (v q)) → P (weave u v p) :=
  Nat.rec
    (motive := fun p => ∀ u v : Nat → Nat, (∀ q, P (u q)) → (∀ q, P (v q)) → P (weave u v p))
    (fun _ _ hu _ => hu 0)
    (fun _ ih u v hu hv => ih v (fun q => u (Nat.succ q)) hv (fun q => hu (Nat.succ q))) p

/-- Two digits make one of the squared base: `pack B (2g) (weave u v) = pack B² g (u + B v)`. -/
theorem pack_weave (B g : Nat) : ∀ u v : Nat → Nat,
    Eq (pack B (Nat.mul 2 g) (weave u v))
      (pack (Nat.mul B B) g (fun p => Nat.add (u p) (Nat.mul B (v p)))) :=
  Nat.rec
    (motive := fun g => ∀ u v : Nat → Nat, Eq (pack B (Nat.mul 2 g) (weave u v))
      (pack (Nat.mul B B) g (fun p => Nat.add (u p) (Nat.mul B (v p)))))
    (fun _ _ => rfl)
    (fun g ih u v => Eq.trans
      (congrArg (fun t => Nat.add (u 0) (Nat.mul B (Nat.add (v 0) (Nat.mul B t))))
        (ih (fun q => u (Nat.succ q)) (fun q => v (Nat.succ q))))
      (nat_ring (vars4 (u 0) B (v 0)
          (pack (Nat.mul B B) g (fun p => Nat.add (u (Nat.succ p)) (Nat.mul B (v (Nat.succ p))))))
        (b := Nat.add (Nat.add (u 0) (Nat.mul B (v 0))) (Nat.mul (Nat.mul B B)
          (pack (Nat.mul B B) g
            (fun p => Nat.add (u (Nat.succ p)) (Nat.mul B (v (Nat.succ p))))))))) g

/-- `w 2^(t+1) = w 2^t + w 2^t`. -/
theorem double_width (w t : Nat) : Eq (Nat.mul w (Nat.pow 2 (Nat.succ t)))
    (Nat.add (Nat.mul w (Nat.pow 2 t)) (Nat.mul w (Nat.pow 2 t))) :=
  nat_ring (vars2 w (Nat.pow 2 t)) (a := Nat.mul w (Nat.mul (Nat.pow 2 t) (Nat.add 1 1)))

/-- `2^(b 2^(t+1)) = 2^(b 2^t) 2^(b 2^t)`. -/
theorem double_base (b t : Nat) : Eq (pow2 (Nat.mul b (Nat.pow 2 (Nat.succ t))))
    (Nat.mul (pow2 (Nat.mul b (Nat.pow 2 t))) (pow2 (Nat.mul b (Nat.pow 2 t)))) :=
  Eq.trans (congrArg pow2 (double_width b t)) (nat_pow_add 2 _ _)

/-- A block of `2^t` digits of `h`, in base `2^b`. -/
noncomputable abbrev blockOf (w b t h : Nat) : Nat := pack (pow2 b) (Nat.pow 2 t) (digit w h)

/-- A block is made of its halves. -/
theorem blockOf_halves (w b t h : Nat) :
    Eq (Nat.add (blockOf w b t (Nat.mod h (pow2 (Nat.mul w (Nat.pow 2 t)))))
        (Nat.mul (pow2 (Nat.mul b (Nat.pow 2 t)))
          (blockOf w b t (Nat.shiftRight h (Nat.mul w (Nat.pow 2 t))))))
      (blockOf w b (Nat.succ t) h) :=
  Eq.symm (Eq.trans
    (congrArg (fun n => pack (pow2 b) n (digit w h))
      (nat_ring (vars1 (Nat.pow 2 t)) (a := Nat.mul (Nat.pow 2 t) (Nat.add 1 1))
        (b := Nat.add (Nat.pow 2 t) (Nat.pow 2 t))))
    (Eq.trans (pack_append (pow2 b) (Nat.pow 2 t) (Nat.pow 2 t) (digit w h))
      (congr2 Nat.add
        (pack_congr (pow2 b) (Nat.pow 2 t) (fun _ hp => Eq.symm (digit_mod w h (Nat.pow 2 t) hp)))
        (congr2 Nat.mul (Eq.symm (pow2_mul b (Nat.pow 2 t)))
          (pack_congr (pow2 b) (Nat.pow 2 t) (fun p _ => digit_add w h (Nat.pow 2 t) p))))))

/-- A number below `2^(e+f)` has at most `f` bits from `e` on. -/
theorem shiftRight_lt {h e f : Nat} (hh : Nat.lt h (pow2 (Nat.add e f))) :
    Nat.lt (Nat.shiftRight h e) (pow2 f) :=
  Or.elim (nat_lt_or_ge (Nat.shiftRight h e) (pow2 f)) (fun g => g) (fun g =>
    absurd (Nat.le_trans hh (Nat.le_trans
      (Eq.subst (motive := fun t => Nat.le t (Nat.mul (pow2 e) (Nat.shiftRight h e)))
        (Eq.symm (nat_pow_add 2 e f)) (nat_mul_le_mul_left (pow2 e) g))
      (nat_le_of_add_eq (k := Nat.mod h (pow2 e))
        (Eq.trans (nat_add_comm _ _) (mod_add_shiftRight h e))))) nat_lt_irrefl)

/-- `(a + t) - t = a`. -/
theorem nat_add_sub (a t : Nat) : Eq (Nat.sub (Nat.add a t) t) a :=
  nat_add_right_cancel t (nat_sub_add_cancel
    (Eq.subst (motive := fun x => Nat.le t x) (nat_add_comm t a) (nat_le_add t a)))

/-- `2^b ≤ 2^(b+k)`. -/
theorem pow2_le {v b : Nat} (h : Nat.le v b) : Nat.le (pow2 v) (pow2 b) :=
  match nat_exists_of_le h with
  | ⟨k, e⟩ => Eq.subst (motive := fun t => Nat.le (pow2 v) (pow2 t)) e
    (Eq.subst (motive := fun t => Nat.le (pow2 v) t) (Eq.symm (nat_pow_add 2 v k))
      (Eq.subst (motive := fun t => Nat.le t (Nat.mul (pow2 v) (pow2 k))) (nat_mul_one (pow2 v))
        (nat_mul_le_mul_left (pow2 v) (pow2_pos k))))

/-- One level halves every block. -/
theorem level_eq {v H g : Nat} (hv : Nat.le v H) {h : Nat → Nat}
    (hh : ∀ p, Nat.lt (h p) (pow2 (Nat.add v v))) {x m : Nat}
    (hx : Eq x (pack (pow2 (Nat.add H H)) g h))
    (hm : Eq m (pack (pow2 (Nat.add H H)) g
      (fun _ => Nat.mul (pow2 v) (Nat.sub (pow2 v) 1)))) :
    Eq (Nat.add (Nat.sub x (Nat.land x m)) (Nat.shiftLeft (Nat.land x m) (Nat.sub H v)))
      (pack (pow2 H) (Nat.mul 2 g)
        (weave (fun p => Nat.mod (h p) (pow2 v)) (fun p => Nat.shiftRight (h p) v))) :=
  let B := pow2 (Nat.add H H)
  let lo : Nat → Nat := fun p => Nat.mod (h p) (pow2 v)
  let hi : Nat → Nat := fun p => Nat.shiftRight (h p) v
  have double : Nat.le (pow2 (Nat.add v v)) B := pow2_le (nat_add_le_add hv hv)
  have mask_lt : Nat.lt (Nat.mul (pow2 v) (Nat.sub (pow2 v) 1)) (pow2 (Nat.add v v)) :=
    Eq.subst (motive := fun t => Nat.lt (Nat.mul (pow2 v) (Nat.sub (pow2 v) 1)) t)
      (Eq.symm (nat_pow_add 2 v v))
      (Eq.subst (motive := fun t => Nat.lt t (Nat.mul (pow2 v) (pow2 v)))
        (nat_zero_add _)
        (nat_add_mul_lt (pow2_pos v) (Eq.subst (motive := fun t => Nat.le t (pow2 v))
          (Eq.symm (nat_sub_add_cancel (pow2_pos v))) Nat.le.refl)))
  have t : Eq (Nat.land x m) (pack B g (fun p => Nat.mul (pow2 v) (hi p))) :=
    Eq.trans (congr2 Nat.land hx hm)
      (Eq.trans (land_pack (Nat.add H H) g (fun p => Nat.le_trans (hh p) double)
          (fun _ => Nat.le_trans mask_lt double))
        (pack_congr B g (fun p _ => land_upper (shiftRight_lt (hh p)))))
  have low : Eq (Nat.sub x (Nat.land x m)) (pack B g lo) :=
    Eq.trans
      (congr2 Nat.sub
        (Eq.trans hx (Eq.trans
          (pack_congr B g (fun p _ => Eq.symm (mod_add_shiftRight (h p) v)))
          (Eq.trans (pack_add B g lo (fun p => Nat.mul (pow2 v) (hi p)))
            (congrArg (Nat.add (pack B g lo)) (Eq.symm t)))))
        (rfl : Eq (Nat.land x m) _))
      (nat_add_sub (pack B g lo) (Nat.land x m))
  have high : Eq (Nat.shiftLeft (Nat.land x m) (Nat.sub H v))
      (pack B g (fun p => Nat.mul (pow2 H) (hi p))) :=
    Eq.trans (shiftLeft_eq_mul _ _)
      (Eq.trans (congrArg (Nat.mul (pow2 (Nat.sub H v))) t)
        (Eq.trans (Eq.symm (pack_mul B g (pow2 (Nat.sub H v)) _))
          (pack_congr B g (fun p _ => Eq.trans (Eq.symm (nat_mul_assoc _ _ _))
            (congrArg (fun s => Nat.mul s (hi p))
              (Eq.trans (Eq.symm (nat_pow_add 2 (Nat.sub H v) v))
                (congrArg pow2 (nat_sub_add_cancel hv))))))))
  Eq.trans (congr2 Nat.add low high)
    (Eq.trans (Eq.symm (pack_add B g lo (fun p => Nat.mul (pow2 H) (hi p))))
      (Eq.trans
        (congrArg (fun c => pack c g (fun p => Nat.add (lo p) (Nat.mul (pow2 H) (hi p))))
          (nat_pow_add 2 H H))
        (Eq.symm (pack_weave (pow2 H) g lo hi))))

/-- Digits below the base make a number below its power. -/
theorem pack_lt (b n : Nat) : ∀ {f : Nat → Nat}, (∀ p, Nat.lt (f p) (pow2 b)) →
    Nat.lt (pack (pow2 b) n f) (pow2 (Nat.mul b n)) :=
  Nat.rec
    (motive := fun n => ∀ {f : Nat → Nat}, (∀ p, Nat.lt (f p) (pow2 b)) →
      Nat.lt (pack (pow2 b) n f) (pow2 (Nat.mul b n)))
    (fun _ => Nat.le.refl)
    (fun n ih {f} h => Eq.subst
      (motive := fun t => Nat.lt (pack (pow2 b) (Nat.succ n) f) t)
      (Eq.symm (Eq.trans (nat_pow_add 2 (Nat.mul b n) b) (nat_mul_comm _ _)))
      (nat_add_mul_lt (h 0) (ih (f := fun p => f (Nat.succ p)) (fun p => h (Nat.succ p))))) n

/-- `(z mod 2^b) mod 2^w = z mod 2^w` for `w ≤ b`. -/
theorem mod_mod_pow2 {w b : Nat} (h : Nat.le w b) (z : Nat) :
    Eq (Nat.mod (Nat.mod z (pow2 b)) (pow2 w)) (Nat.mod z (pow2 w)) :=
  match nat_exists_of_le h with
  | ⟨k, e⟩ =>
    let y := Nat.mod z (pow2 b)
    Eq.symm (mod_shiftRight_eq
      (q := Nat.add (Nat.shiftRight y w) (Nat.mul (pow2 k) (Nat.shiftRight z b)))
      (nat_mod_lt y (pow2_pos w))
      (Eq.trans (Eq.symm (mod_add_shiftRight z b))
        (Eq.trans
          (congr2 (fun u v => Nat.add u (Nat.mul v (Nat.shiftRight z b)))
            (Eq.symm (mod_add_shiftRight y w))
            (Eq.trans (congrArg pow2 (Eq.symm e)) (nat_pow_add 2 w k)))
          (nat_ring
            (vars5 (Nat.mod y (pow2 w)) (pow2 w) (Nat.shiftRight y w) (pow2 k) (Nat.shiftRight z b))
            (a := Nat.add (Nat.add (Nat.mod y (pow2 w)) (Nat.mul (pow2 w) (Nat.shiftRight y w)))
              (Nat.mul (Nat.mul (pow2 w) (pow2 k)) (Nat.shiftRight z b)))
            (b := Nat.add (Nat.mod y (pow2 w)) (Nat.mul (pow2 w)
              (Nat.add (Nat.shiftRight y w) (Nat.mul (pow2 k) (Nat.shiftRight z b))))))))).left

/-- Below `2^s`, a multiple of `2^s` changes no digit. -/
theorem digit_below {w s p : Nat} (h : Nat.le (Nat.mul w (Nat.succ p)) s) (y R : Nat) :
    Eq (Nat.mod (Nat.shiftRight (Nat.add y (Nat.mul (pow2 s) R)) (Nat.mul w p)) (pow2 w))
      (digit w y p) :=
  match nat_exists_of_le h with
  | ⟨k, e⟩ =>
    let v := Nat.mul w p
    let d := Nat.shiftRight y v
    have split : Eq (pow2 s) (Nat.mul (pow2 v) (Nat.mul (pow2 w) (pow2 k))) :=
      Eq.trans (congrArg pow2 (Eq.symm e))
        (Eq.trans (nat_pow_add 2 (Nat.add v w) k)
          (Eq.trans (congrArg (fun t => Nat.mul t (pow2 k)) (nat_pow_add 2 v w))
            (nat_mul_assoc (pow2 v) (pow2 w) (pow2 k))))
    have first : Eq (Nat.shiftRight (Nat.add y (Nat.mul (pow2 s) R)) v)
        (Nat.add d (Nat.mul (Nat.mul (pow2 w) (pow2 k)) R)) :=
      (mod_shiftRight_eq (m := Nat.mod y (pow2 v)) (nat_mod_lt y (pow2_pos v))
        (Eq.trans
          (congr2 (fun a b => Nat.add a (Nat.mul b R)) (Eq.symm (mod_add_shiftRight y v)) split)
          (nat_ring (vars5 (Nat.mod y (pow2 v)) (pow2 v) d (Nat.mul (pow2 w) (pow2 k)) R)
            (a := Nat.add (Nat.add (Nat.mod y (pow2 v)) (Nat.mul (pow2 v) d))
              (Nat.mul (Nat.mul (pow2 v) (Nat.mul (pow2 w) (pow2 k))) R))
            (b := Nat.add (Nat.mod y (pow2 v)) (Nat.mul (pow2 v)
              (Nat.add d (Nat.mul (Nat.mul (pow2 w) (pow2 k)) R))))))).right
    Eq.trans (congrArg (fun t => Nat.mod t (pow2 w)) first)
      (mod_shiftRight_eq (m := Nat.mod d (pow2 w))
        (q := Nat.add (Nat.shiftRight d w) (Nat.mul (pow2 k) R)) (nat_mod_lt d (pow2_pos w))
        (Eq.trans
          (congrArg (fun t => Nat.add t (Nat.mul (Nat.mul (pow2 w) (pow2 k)) R))
            (Eq.symm (mod_add_shiftRight d w)))
          (nat_ring (vars5 (Nat.mod d (pow2 w)) (pow2 w) (Nat.shiftRight d w) (pow2 k) R)
            (a := Nat.add (Nat.add (Nat.mod d (pow2 w)) (Nat.mul (pow2 w) (Nat.shiftRight d w)))
              (Nat.mul (Nat.mul (pow2 w) (pow2 k)) R))
            (b := Nat.add (Nat.mod d (pow2 w)) (Nat.mul (pow2 w)
              (Nat.add (Nat.shiftRight d w) (Nat.mul (pow2 k) R))))))).left

/-- `n` copies of `y`, side by side in base `2^(b-w)`: digit `p` of copy `p` is in its place. -/
theorem copies_digit {w b n y : Nat} (hw : Nat.le w b)
    (hn : Nat.le (Nat.mul w n) (Nat.sub b w)) (hy : Nat.lt y (pow2 (Nat.mul w n))) {p : Nat}
    (hp : Nat.lt p n) :
    Eq (Nat.mod (Nat.shiftRight (pack (pow2 (Nat.sub b w)) n (fun _ => y)) (Nat.mul b p)) (pow2 w))
      (digit w y p) :=
  let s := Nat.sub b w
  let Y := pack (pow2 s) n (fun _ => y)
  have small : Nat.lt y (pow2 s) := Nat.le_trans hy (pow2_le hn)
  have place : Eq (Nat.mul b p) (Nat.add (Nat.mul s p) (Nat.mul w p)) :=
    Eq.trans (congrArg (fun t => Nat.mul t p) (Eq.symm (nat_sub_add_cancel hw)))
      (nat_ring (vars3 s w p) (a := Nat.mul (Nat.add s w) p)
        (b := Nat.add (Nat.mul s p) (Nat.mul w p)))
  match nat_exists_of_le hp with
  | ⟨m, e⟩ =>
    let R := pack (pow2 s) m (fun _ => y)
    have length : Eq n (Nat.add p (Nat.succ m)) :=
      Eq.trans (Eq.symm e) (nat_succ_add p m)
    have cut : Eq (Nat.shiftRight Y (Nat.mul s p)) (Nat.add y (Nat.mul (pow2 s) R)) :=
      (mod_shiftRight_eq (m := pack (pow2 s) p (fun _ => y)) (pack_lt s p (fun _ => small))
        (Eq.trans (congrArg (fun n => pack (pow2 s) n (fun _ => y)) length)
          (Eq.trans (pack_append (pow2 s) p (Nat.succ m) (fun _ => y))
            (congrArg
              (fun t => Nat.add (pack (pow2 s) p (fun _ => y))
                (Nat.mul t (Nat.add y (Nat.mul (pow2 s) R))))
              (Eq.symm (pow2_mul s p)))))).right
    Eq.trans
      (congrArg (fun t => Nat.mod t (pow2 w))
        (Eq.trans (congrArg (Nat.shiftRight Y) place)
          (Eq.trans (shiftRight_add Y (Nat.mul s p) (Nat.mul w p))
            (congrArg (fun t => Nat.shiftRight t (Nat.mul w p)) cut))))
      (digit_below (Nat.le_trans (nat_mul_le_mul_left w hp) hn) y R)

/-- One multiplication spreads a block of `n` digits. -/
theorem copies_eq {w b n y : Nat} (hw : Nat.le w b) (hn : Nat.le (Nat.mul w n) (Nat.sub b w))
    (hy : Nat.lt y (pow2 (Nat.mul w n))) :
    And (Nat.lt (Nat.mul (pack (pow2 (Nat.sub b w)) n (fun _ => 1)) y) (pow2 (Nat.mul b n)))
      (Eq (Nat.land (Nat.mul (pack (pow2 (Nat.sub b w)) n (fun _ => 1)) y)
          (pack (pow2 b) n (fun _ => Nat.sub (pow2 w) 1)))
        (pack (pow2 b) n (digit w y))) :=
  let s := Nat.sub b w
  let Y := pack (pow2 s) n (fun _ => y)
  have copies : Eq (Nat.mul (pack (pow2 s) n (fun _ => 1)) y) Y :=
    Eq.trans (nat_mul_comm _ y)
      (Eq.trans (Eq.symm (pack_mul (pow2 s) n y (fun _ => 1)))
        (pack_congr (pow2 s) n (fun _ _ => nat_mul_one y)))
  have narrow : Nat.le s b := nat_le_of_add_eq (nat_sub_add_cancel hw)
  have hY : Nat.lt Y (pow2 (Nat.mul b n)) :=
    Nat.le_trans (pack_lt s n (fun _ => Nat.le_trans hy (pow2_le hn)))
      (pow2_le (Eq.subst (motive := fun t => Nat.le t (Nat.mul b n)) (nat_mul_comm n s)
        (Eq.subst (motive := fun t => Nat.le (Nat.mul n s) t) (nat_mul_comm n b)
          (nat_mul_le_mul_left n narrow))))
  have digits : Eq Y (pack (pow2 b) n (digit b Y)) :=
    Eq.trans (Eq.symm (pack_digit_add b n Y))
      (congrArg (fun t => Nat.add (pack (pow2 b) n (digit b Y)) (Nat.mul (Nat.pow (pow2 b) n) t))
        (mod_shiftRight_eq (q := 0) hY rfl).right)
  have mask : Nat.lt (Nat.sub (pow2 w) 1) (pow2 b) :=
    Nat.le_trans (Eq.subst (motive := fun t => Nat.le t (pow2 w))
      (Eq.symm (nat_sub_add_cancel (pow2_pos w))) Nat.le.refl) (pow2_le hw)
  ⟨Eq.subst (motive := fun t => Nat.lt t (pow2 (Nat.mul b n))) (Eq.symm copies) hY,
    Eq.trans
      (congrArg (fun t => Nat.land t (pack (pow2 b) n (fun _ => Nat.sub (pow2 w) 1)))
        (Eq.trans copies digits))
      (Eq.trans (land_pack b n (fun p => digit_lt b Y p) (fun _ => mask))
        (pack_congr (pow2 b) n (fun _ hp => Eq.trans (land_eq_mod _ w)
          (Eq.trans (mod_mod_pow2 hw _) (copies_digit hw hn hy hp)))))⟩

/-- One multiplication spreads all blocks. -/
theorem lastPlan_run {w b f : Nat} (hw : Nat.le w b)
    (hf : Nat.le (Nat.mul w (Nat.pow 2 f)) (Nat.sub b w)) (g : Nat) {h : Nat → Nat}
    (hh : ∀ p, Nat.lt (h p) (pow2 (Nat.mul w (Nat.pow 2 f)))) :
    Eq (Plan.run (lastPlan w b f (pack (pow2 (Nat.mul b (Nat.pow 2 f))) g (fun _ => 1)))
        (pack (pow2 (Nat.mul b (Nat.pow 2 f))) g h))
      (pack (pow2 (Nat.mul b (Nat.pow 2 f))) g (fun p => blockOf w b f (h p))) :=
  let B := pow2 (Nat.mul b (Nat.pow 2 f))
  let r := pack (pow2 (Nat.sub b w)) (Nat.pow 2 f) (fun _ => 1)
  let M := pack (pow2 b) (Nat.pow 2 f) (fun _ => Nat.sub (pow2 w) 1)
  have mask : Nat.lt (Nat.sub (pow2 w) 1) (pow2 b) :=
    Nat.le_trans (Eq.subst (motive := fun t => Nat.le t (pow2 w))
      (Eq.symm (nat_sub_add_cancel (pow2_pos w))) Nat.le.refl) (pow2_le hw)
  Eq.trans
    (congr2 Nat.land
      (Eq.trans (nat_mul_comm (pack B g h) r) (Eq.symm (pack_mul B g r h)))
      (Eq.trans (Eq.symm (pack_mul B g M (fun _ => 1)))
        (pack_congr B g (fun _ _ => nat_mul_one M))))
    (Eq.trans
      (land_pack (Nat.mul b (Nat.pow 2 f)) g (fun p => (copies_eq hw hf (hh p)).left)
        (fun _ => pack_lt b (Nat.pow 2 f) (fun _ => mask)))
      (pack_congr B g (fun p _ => (copies_eq hw hf (hh p)).right)))

/-- All levels spread every block. -/
theorem plan_run {w b f : Nat} (hw : Nat.le w b)
    (hf : Or (Eq f 0) (Nat.le (Nat.mul w (Nat.pow 2 f)) (Nat.sub b w))) (t : Nat) :
    ∀ (g : Nat) (h : Nat → Nat),
    (∀ p, Nat.lt (h p) (pow2 (Nat.mul w (Nat.pow 2 (Nat.add f t))))) →
    Eq (Plan.run (plan w b f t (pack (pow2 (Nat.mul b (Nat.pow 2 (Nat.add f t)))) g (fun _ => 1)))
        (pack (pow2 (Nat.mul b (Nat.pow 2 (Nat.add f t)))) g h))
      (pack (pow2 (Nat.mul b (Nat.pow 2 (Nat.add f t)))) g (fun p => blockOf w b (Nat.add f t) (h p))) :=
  Nat.rec
    (motive := fun t => ∀ (g : Nat) (h : Nat → Nat),
      (∀ p, Nat.lt (h p) (pow2 (Nat.mul w (Nat.pow 2 (Nat.add f t))))) →
      Eq (Plan.run (plan w b f t (pack (pow2 (Nat.mul b (Nat.pow 2 (Nat.add f t)))) g (fun _ => 1)))
          (pack (pow2 (Nat.mul b (Nat.pow 2 (Nat.add f t)))) g h))
        (pack (pow2 (Nat.mul b (Nat.pow 2 (Nat.add f t)))) g (fun p => blockOf w b (Nat.add f t) (h p))))
    (fun g h hh => match f, hf with
      | .zero, _ => pack_congr _ g (fun p _ =>
          Eq.symm (Eq.trans (digit_zero w (h p))
            (mod_shiftRight_eq (q := 0)
              (Eq.subst (motive := fun t => Nat.lt (h p) (pow2 t)) (nat_mul_one w) (hh p)) rfl).left))
      | .succ _, hf => lastPlan_run hw
          (Or.elim hf (fun e => nomatch e) (fun k => k)) g hh)
    (fun t ih g h hh =>
      let v := Nat.mul w (Nat.pow 2 (Nat.add f t))
      let H := Nat.mul b (Nat.pow 2 (Nat.add f t))
      let B := pow2 (Nat.add H H)
      have eB : Eq (pow2 (Nat.mul b (Nat.pow 2 (Nat.succ (Nat.add f t))))) B :=
        congrArg pow2 (double_width b (Nat.add f t))
      have hh' : ∀ p, Nat.lt (h p) (pow2 (Nat.add v v)) := fun p =>
        Eq.subst (motive := fun s => Nat.lt (h p) (pow2 s)) (double_width w (Nat.add f t)) (hh p)
      have hv : Nat.le v H :=
        Eq.subst (motive := fun s => Nat.le s H) (nat_mul_comm (Nat.pow 2 (Nat.add f t)) w)
          (Eq.subst (motive := fun s => Nat.le (Nat.mul (Nat.pow 2 (Nat.add f t)) w) s)
            (nat_mul_comm (Nat.pow 2 (Nat.add f t)) b) (nat_mul_le_mul_left (Nat.pow 2 (Nat.add f t)) hw))
      let o := pack B g (fun _ => 1)
      have next : Eq (Nat.add o (Nat.shiftLeft o H)) (pack (pow2 H) (Nat.mul 2 g) (fun _ => 1)) :=
        Eq.trans
          (congrArg (Nat.add o) (Eq.trans (shiftLeft_eq_mul o H)
            (Eq.symm (pack_mul B g (pow2 H) (fun _ => 1)))))
          (Eq.trans (Eq.symm (pack_add B g (fun _ => 1) (fun _ => Nat.mul (pow2 H) 1)))
            (Eq.trans
              (congrArg (fun c => pack c g (fun _ => Nat.add 1 (Nat.mul (pow2 H) 1)))
                (nat_pow_add 2 H H))
              (Eq.trans (Eq.symm (pack_weave (pow2 H) g (fun _ => 1) (fun _ => 1)))
                (pack_congr (pow2 H) (Nat.mul 2 g) (fun p _ =>
                  weave_all (P := fun z => Eq z 1) p _ _ (fun _ => rfl) (fun _ => rfl))))))
      have mask : Eq (Nat.mul (Nat.mul (pow2 v) (Nat.sub (pow2 v) 1)) o)
          (pack B g (fun _ => Nat.mul (pow2 v) (Nat.sub (pow2 v) 1))) :=
        Eq.trans (Eq.symm (pack_mul B g _ (fun _ => 1)))
          (pack_congr B g (fun _ _ => nat_mul_one _))
      let lo : Nat → Nat := fun p => Nat.mod (h p) (pow2 v)
      let hi : Nat → Nat := fun p => Nat.shiftRight (h p) v
      have small : ∀ p, Nat.lt (weave lo hi p) (pow2 v) := fun p =>
        weave_all (P := fun z => Nat.lt z (pow2 v)) p lo hi
          (fun q => nat_mod_lt (h q) (pow2_pos v)) (fun q => shiftRight_lt (hh' q))
      have goal : Eq (Plan.run (plan w b f (Nat.succ t) o) (pack B g h))
          (pack B g (fun p => blockOf w b (Nat.succ (Nat.add f t)) (h p))) :=
        Eq.trans
          (congr2 (fun o x => Plan.run (plan w b f t o) x) next (level_eq hv hh' rfl mask))
          (Eq.trans (ih (Nat.mul 2 g) (weave lo hi) small)
            (Eq.trans
              (pack_congr (pow2 H) (Nat.mul 2 g) (fun p _ => weave_map (blockOf w b (Nat.add f t)) p lo hi))
              (Eq.trans
                (pack_weave (pow2 H) g (fun p => blockOf w b (Nat.add f t) (lo p))
                  (fun p => blockOf w b (Nat.add f t) (hi p)))
                (Eq.trans
                  (congrArg (fun c => pack c g (fun p => Nat.add (blockOf w b (Nat.add f t) (lo p))
                    (Nat.mul (pow2 H) (blockOf w b (Nat.add f t) (hi p))))) (Eq.symm (nat_pow_add 2 H H)))
                  (pack_congr B g (fun p _ => blockOf_halves w b (Nat.add f t) (h p)))))))
      Eq.subst (motive := fun c => Eq (Plan.run (plan w b f (Nat.succ t) (pack c g (fun _ => 1)))
          (pack c g h)) (pack c g (fun p => blockOf w b (Nat.succ (Nat.add f t)) (h p)))) (Eq.symm eB) goal) t

/-- The levels that one multiplication replaces: at most all, and with room for their copies. -/
theorem lastLevels_fit (w b t : Nat) :
    And (Nat.le (lastLevels w b t) t)
      (Or (Eq (lastLevels w b t) 0)
        (Nat.le (Nat.mul w (Nat.pow 2 (lastLevels w b t))) (Nat.sub b w))) :=
  Nat.rec
    (motive := fun t => And (Nat.le (lastLevels w b t) t)
      (Or (Eq (lastLevels w b t) 0)
        (Nat.le (Nat.mul w (Nat.pow 2 (lastLevels w b t))) (Nat.sub b w))))
    ⟨Nat.le.refl, Or.inl rfl⟩
    (fun t ih =>
      let c := and (Nat.ble t 2) (Nat.ble (Nat.mul w (Nat.pow 2 (Nat.succ t))) (Nat.sub b w))
      let good (f : Nat) : Prop := And (Nat.le f (Nat.succ t))
        (Or (Eq f 0) (Nat.le (Nat.mul w (Nat.pow 2 f)) (Nat.sub b w)))
      Or.elim (bool_em c)
        (fun e => Eq.subst (motive := fun c => good (pick c (Nat.succ t) (lastLevels w b t)))
          (Eq.symm e)
          ⟨Nat.le.refl, Or.inr (Nat.le_of_ble_eq_true (bool_and e).right)⟩)
        (fun e => Eq.subst (motive := fun c => good (pick c (Nat.succ t) (lastLevels w b t)))
          (Eq.symm e) ⟨Nat.le_trans ih.left (Nat.le_succ t), ih.right⟩)) t

/-- The depth bounds the size. -/
theorem Shape.size_le (s : Shape) : Nat.le (Shape.size s) (Nat.pow 2 (Shape.depth s)) :=
  Shape.rec (motive := fun s => Nat.le (Shape.size s) (Nat.pow 2 (Shape.depth s)))
    Nat.le.refl Nat.le.refl
    (fun l r a b =>
      let d := pick (Nat.ble (Shape.depth l) (Shape.depth r)) (Shape.depth r) (Shape.depth l)
      have k : And (Nat.le (Shape.depth l) d) (Nat.le (Shape.depth r) d) :=
        Or.elim (bool_em (Nat.ble (Shape.depth l) (Shape.depth r)))
          (fun e => Eq.subst
            (motive := fun c => And (Nat.le (Shape.depth l) (pick c (Shape.depth r) (Shape.depth l)))
              (Nat.le (Shape.depth r) (pick c (Shape.depth r) (Shape.depth l)))) (Eq.symm e)
            ⟨Nat.le_of_ble_eq_true e, Nat.le.refl⟩)
          (fun e => Eq.subst
            (motive := fun c => And (Nat.le (Shape.depth l) (pick c (Shape.depth r) (Shape.depth l)))
              (Nat.le (Shape.depth r) (pick c (Shape.depth r) (Shape.depth l)))) (Eq.symm e)
            ⟨Nat.le.refl, nat_le_of_ble_false e⟩)
      Eq.subst (motive := fun t => Nat.le (Nat.add (Shape.size l) (Shape.size r)) t)
        (nat_ring (vars1 (Nat.pow 2 d)) (a := Nat.add (Nat.pow 2 d) (Nat.pow 2 d))
          (b := Nat.mul (Nat.pow 2 d) (Nat.add 1 1)))
        (nat_add_le_add (Nat.le_trans a (pow2_le k.left)) (Nat.le_trans b (pow2_le k.right)))) s

/-- Digits past the end are 0: `pack n f = pack m f` where `f` vanishes from `n` on. -/
theorem pack_pad (B : Nat) {n m : Nat} {f : Nat → Nat} (h : Nat.le n m)
    (z : ∀ p, Eq (f (Nat.add n p)) 0) : Eq (pack B m f) (pack B n f) :=
  match nat_exists_of_le h with
  | ⟨k, e⟩ => Eq.subst (motive := fun m => Eq (pack B m f) (pack B n f)) e
    (Eq.trans (pack_append B n k f)
      (Eq.trans
        (congrArg (fun t => Nat.add (pack B n f) (Nat.mul (Nat.pow B n) t))
          (Eq.trans (pack_congr B k (fun p _ => z p)) (pack_zero B k)))
        (rfl : Eq (Nat.add (pack B n f) (Nat.mul (Nat.pow B n) 0)) (pack B n f))))

/-- A remainder has the digits 0 past its end. -/
theorem digit_mod_past (w x n p : Nat) :
    Eq (digit w (Nat.mod x (pow2 (Nat.mul w n))) (Nat.add n p)) 0 :=
  Eq.trans (digit_add w _ n p)
    (Eq.trans (congrArg (fun t => digit w t p) (shiftRight_mod w x n))
      (mod_shiftRight_eq (x := Nat.shiftRight 0 (Nat.mul w p)) (q := 0) (pow2_pos w)
        (mod_shiftRight_eq (x := 0) (q := 0) (pow2_pos (Nat.mul w p)) rfl).right).left)

/-- Copies of long blocks do not overlap where those of short ones do not. -/
theorem copies_fit {w b u : Nat} (hw : Nat.le w b)
    (h : Or (Eq u 0) (Nat.le (Nat.mul w (Nat.pow 2 u)) (Nat.sub b w))) (k : Nat) :
    Or (Eq u 0) (Nat.le (Nat.mul (Nat.mul w k) (Nat.pow 2 u)) (Nat.sub (Nat.mul b k) (Nat.mul w k))) :=
  have apart : Eq (Nat.sub (Nat.mul b k) (Nat.mul w k)) (Nat.mul (Nat.sub b w) k) :=
    Eq.trans
      (congrArg (fun t => Nat.sub t (Nat.mul w k))
        (Eq.trans (congrArg (fun t => Nat.mul t k) (Eq.symm (nat_sub_add_cancel hw)))
          (nat_add_mul (Nat.sub b w) w k)))
      (nat_add_sub (Nat.mul (Nat.sub b w) k) (Nat.mul w k))
  Or.elim h Or.inl (fun g => Or.inr
    (Eq.subst (motive := fun t => Nat.le (Nat.mul (Nat.mul w k) (Nat.pow 2 u)) t) (Eq.symm apart)
      (Eq.subst (motive := fun t => Nat.le t (Nat.mul (Nat.sub b w) k))
        (nat_ring (vars3 w (Nat.pow 2 u) k) (a := Nat.mul (Nat.mul w (Nat.pow 2 u)) k)
          (b := Nat.mul (Nat.mul w k) (Nat.pow 2 u)))
        (nat_mul_le_mul g (Nat.le.refl (n := k))))))

/-- First and last levels are no more than all. -/
theorem levels_fit (w b t : Nat) :
    And (Eq (Nat.add (Nat.sub t (firstLevels w b t)) (firstLevels w b t)) t)
      (Nat.le (lastLevels w b t) (Nat.sub t (firstLevels w b t))) :=
  let f := lastLevels w b t
  let u := firstLevels w b t
  have both : Nat.le (Nat.add u f) t :=
    Eq.subst (motive := fun x => Nat.le (Nat.add u f) x)
      (nat_sub_add_cancel (lastLevels_fit w b t).left)
      (nat_add_le_add (lastLevels_fit w b (Nat.sub t f)).left (Nat.le.refl (n := f)))
  have rest : Eq (Nat.add (Nat.sub t u) u) t := nat_sub_add_cancel (Nat.le_trans (nat_le_add u f) both)
  ⟨rest, Nat.le_of_succ_le_succ (nat_lt_of_add_lt (m := u)
    (Nat.succ_le_succ (Eq.subst (motive := fun x => Nat.le (Nat.add u f) x)
      (Eq.trans (Eq.symm rest) (nat_add_comm (Nat.sub t u) u)) both)))⟩

/-- The first levels make the blocks of a number, the others the digits of these. -/
theorem levels_run {w b : Nat} (hw : Nat.le w b) (t : Nat) {y : Nat}
    (hy : Nat.lt y (pow2 (Nat.mul w (Nat.pow 2 t)))) :
    Eq
      (Plan.run
        (plan w b (lastLevels w b t) (Nat.sub (Nat.sub t (firstLevels w b t)) (lastLevels w b t))
          (pack (pow2 (Nat.mul b (Nat.pow 2 (Nat.sub t (firstLevels w b t)))))
            (Nat.pow 2 (firstLevels w b t)) (fun _ => 1)))
        (Plan.run
          (plan (Nat.mul w (Nat.pow 2 (Nat.sub t (firstLevels w b t))))
            (Nat.mul b (Nat.pow 2 (Nat.sub t (firstLevels w b t)))) (firstLevels w b t) 0 1) y))
      (blockOf w b t y) :=
  let f := lastLevels w b t
  let u := firstLevels w b t
  let e := Nat.sub t u
  let k := Nat.pow 2 e
  let W := Nat.mul w k
  have fits := levels_fit w b t
  have whole : Eq (Nat.mul k (Nat.pow 2 u)) (Nat.pow 2 t) :=
    Eq.trans (Eq.symm (nat_pow_add 2 e u)) (congrArg (Nat.pow 2) fits.left)
  have first := plan_run (w := W) (b := Nat.mul b k) (f := u) (nat_mul_le_mul hw (Nat.le.refl (n := k)))
    (copies_fit hw (lastLevels_fit w b (Nat.sub t f)).right k) 0 1 (fun _ => y)
    (fun _ => Eq.subst (motive := fun x => Nat.lt y (pow2 x))
      (Eq.trans (congrArg (Nat.mul w) (Eq.symm whole)) (Eq.symm (nat_mul_assoc w k (Nat.pow 2 u)))) hy)
  have ft : Eq (Nat.add f (Nat.sub e f)) e :=
    Eq.trans (nat_add_comm f (Nat.sub e f)) (nat_sub_add_cancel fits.right)
  have others := plan_run hw (lastLevels_fit w b t).right (Nat.sub e f) (Nat.pow 2 u) (digit W y)
    (fun p => Eq.subst (motive := fun x => Nat.lt (digit W y p) (pow2 (Nat.mul w (Nat.pow 2 x))))
      (Eq.symm ft) (digit_lt W y p))
  have others' : Eq (Plan.run (plan w b f (Nat.sub e f)
        (pack (pow2 (Nat.mul b k)) (Nat.pow 2 u) (fun _ => 1))) (blockOf W (Nat.mul b k) u y))
      (pack (pow2 (Nat.mul b k)) (Nat.pow 2 u) (fun p => blockOf w b e (digit W y p))) :=
    Eq.subst (motive := fun x => Eq
        (Plan.run (plan w b f (Nat.sub e f)
          (pack (pow2 (Nat.mul b (Nat.pow 2 x))) (Nat.pow 2 u) (fun _ => 1)))
          (pack (pow2 (Nat.mul b (Nat.pow 2 x))) (Nat.pow 2 u) (digit W y)))
        (pack (pow2 (Nat.mul b (Nat.pow 2 x))) (Nat.pow 2 u) (fun p => blockOf w b x (digit W y p))))
      ft others
  Eq.trans
    (congrArg (Plan.run (plan w b f (Nat.sub e f)
      (pack (pow2 (Nat.mul b k)) (Nat.pow 2 u) (fun _ => 1)))) first)
    (Eq.trans others'
      (Eq.trans
        (pack_congr _ (Nat.pow 2 u) (fun p _ => pack_congr (pow2 b) k
          (fun _ hj => digit_digit w k y p hj)))
        (Eq.trans
          (congrArg (fun B => pack B (Nat.pow 2 u) (fun p => pack (pow2 b) k
            (fun j => digit w y (Nat.add (Nat.mul k p) j)))) (pow2_mul b k))
          (Eq.trans (Eq.symm (pack_blocks (pow2 b) k (Nat.pow 2 u) (digit w y)))
            (congrArg (fun n => pack (pow2 b) n (digit w y)) whole)))))

/-- The block of a number whose other digits are cut off packs its digits. -/
theorem blockOf_cut (w b : Nat) {t n : Nat} (hn : Nat.le n (Nat.pow 2 t)) (x : Nat) :
    Eq (blockOf w b t (Nat.mod x (pow2 (Nat.mul w n)))) (pack (pow2 b) n (digit w x)) :=
  Eq.trans (pack_pad (pow2 b) hn (fun p => digit_mod_past w x n p))
    (pack_congr (pow2 b) n (fun _ hp => digit_mod w x n hp))

/-- A number whose other digits are cut off is as short as these. -/
theorem cut_lt_block (w : Nat) {t n : Nat} (hn : Nat.le n (Nat.pow 2 t)) (x : Nat) :
    Nat.lt (Nat.mod x (pow2 (Nat.mul w n))) (pow2 (Nat.mul w (Nat.pow 2 t))) :=
  Nat.le_trans (nat_mod_lt x (pow2_pos _)) (pow2_le (nat_mul_le_mul_left w hn))

/-- `spreadTo` packs the digits in the wider base. -/
theorem spreadTo_eq_pack {w b t n : Nat} (hw : Nat.le w b) (hn : Nat.le n (Nat.pow 2 t)) (x : Nat) :
    Eq (spreadTo w b t n x) (pack (pow2 b) n (digit w x)) :=
  Eq.trans
    (congrArg (fun y => Plan.run
      (plan w b (lastLevels w b t) (Nat.sub (Nat.sub t (firstLevels w b t)) (lastLevels w b t))
        (pack (pow2 (Nat.mul b (Nat.pow 2 (Nat.sub t (firstLevels w b t)))))
          (Nat.pow 2 (firstLevels w b t)) (fun _ => 1)))
      (Plan.run
        (plan (Nat.mul w (Nat.pow 2 (Nat.sub t (firstLevels w b t))))
          (Nat.mul b (Nat.pow 2 (Nat.sub t (firstLevels w b t)))) (firstLevels w b t) 0 1) y))
      (land_eq_mod x (Nat.mul w n)))
    (Eq.trans (levels_run hw t (cut_lt_block w hn x)) (blockOf_cut w b hn x))

/-- `2^w ≤ 2^b` gives `w ≤ b`. -/
theorem le_of_pow2_le {w b : Nat} (h : Nat.le (pow2 w) (pow2 b)) : Nat.le w b :=
  Or.elim (nat_lt_or_ge b w)
    (fun g => absurd (Nat.le_trans (pow2_le g) h) (fun k => nat_lt_irrefl (n := pow2 b)
      (Nat.le_trans
        (Eq.subst (motive := fun t => Nat.le (Nat.succ (pow2 b)) t)
          (nat_ring (vars1 (pow2 b)) (a := Nat.add (pow2 b) (pow2 b))
            (b := Nat.mul (pow2 b) (Nat.add 1 1)))
          (nat_add_le_add (Nat.le.refl (n := pow2 b)) (pow2_pos b))) k)))
    (fun g => g)

/-- `spread` packs the digits in the wider base:
`spread w b s x = Σ_{p < size s} digit w x p * 2^(b*p)`. -/
theorem spread_eq_pack {w b : Nat} (hw : Nat.le (pow2 w) (pow2 b)) (s : Shape) (x : Nat) :
    Eq (spread w b s x) (pack (pow2 b) (Shape.size s) (digit w x)) :=
  spreadTo_eq_pack (le_of_pow2_le hw) (Shape.size_le s) x

end LipBridge
