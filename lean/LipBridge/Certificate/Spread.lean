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
  /-- One level. -/
  | level (m s : Nat) (rest : Plan) : Plan

/-- The levels for blocks of `2^t` digits, from base `2^w` to base `2^b`; `o` is the packed number with
as many digits 1 as there are blocks, in base `2^(b 2^t)`. -/
noncomputable def plan (w b t : Nat) : Nat → Plan :=
  Nat.rec (motive := fun _ => Nat → Plan) (fun _ => .done)
    (fun t ih o =>
      force (Nat.mul w (Nat.pow 2 t)) fun v => force (Nat.mul b (Nat.pow 2 t)) fun H =>
      force (Nat.mul (Nat.mul (Nat.pow 2 v) (Nat.sub (Nat.pow 2 v) 1)) o) fun m =>
      force (Nat.sub H v) fun s => force (Nat.add o (Nat.shiftLeft o H)) fun o => .level m s (ih o)) t

/-- Halves the blocks of `x` level by level. -/
noncomputable def Plan.run (p : Plan) : Nat → Nat :=
  Plan.rec (motive := fun _ => Nat → Nat) (fun x => x)
    (fun m s _ ih x => ih (Nat.add (Nat.sub x (Nat.land x m)) (Nat.shiftLeft (Nat.land x m) s))) p

/-- The first `n ≤ 2^t` digits of `x` in base `2^w`, in base `2^b`. -/
noncomputable def spreadTo (w b t n x : Nat) : Nat :=
  Plan.run (plan w b t 1) (Nat.land x (Nat.sub (Nat.pow 2 (Nat.mul w n)) 1))

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

/-- All levels spread every block. -/
theorem plan_run {w b : Nat} (hw : Nat.le w b) (t : Nat) : ∀ (g : Nat) (h : Nat → Nat),
    (∀ p, Nat.lt (h p) (pow2 (Nat.mul w (Nat.pow 2 t)))) →
    Eq (Plan.run (plan w b t (pack (pow2 (Nat.mul b (Nat.pow 2 t))) g (fun _ => 1)))
        (pack (pow2 (Nat.mul b (Nat.pow 2 t))) g h))
      (pack (pow2 (Nat.mul b (Nat.pow 2 t))) g (fun p => blockOf w b t (h p))) :=
  Nat.rec
    (motive := fun t => ∀ (g : Nat) (h : Nat → Nat),
      (∀ p, Nat.lt (h p) (pow2 (Nat.mul w (Nat.pow 2 t)))) →
      Eq (Plan.run (plan w b t (pack (pow2 (Nat.mul b (Nat.pow 2 t))) g (fun _ => 1)))
          (pack (pow2 (Nat.mul b (Nat.pow 2 t))) g h))
        (pack (pow2 (Nat.mul b (Nat.pow 2 t))) g (fun p => blockOf w b t (h p))))
    (fun g h hh => pack_congr _ g (fun p _ =>
      Eq.symm (Eq.trans (digit_zero w (h p))
        (mod_shiftRight_eq (q := 0)
          (Eq.subst (motive := fun t => Nat.lt (h p) (pow2 t)) (nat_mul_one w) (hh p)) rfl).left)))
    (fun t ih g h hh =>
      let v := Nat.mul w (Nat.pow 2 t)
      let H := Nat.mul b (Nat.pow 2 t)
      let B := pow2 (Nat.add H H)
      have eB : Eq (pow2 (Nat.mul b (Nat.pow 2 (Nat.succ t)))) B :=
        congrArg pow2 (double_width b t)
      have hh' : ∀ p, Nat.lt (h p) (pow2 (Nat.add v v)) := fun p =>
        Eq.subst (motive := fun s => Nat.lt (h p) (pow2 s)) (double_width w t) (hh p)
      have hv : Nat.le v H :=
        Eq.subst (motive := fun s => Nat.le s H) (nat_mul_comm (Nat.pow 2 t) w)
          (Eq.subst (motive := fun s => Nat.le (Nat.mul (Nat.pow 2 t) w) s)
            (nat_mul_comm (Nat.pow 2 t) b) (nat_mul_le_mul_left (Nat.pow 2 t) hw))
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
      have goal : Eq (Plan.run (plan w b (Nat.succ t) o) (pack B g h))
          (pack B g (fun p => blockOf w b (Nat.succ t) (h p))) :=
        Eq.trans
          (congr2 (fun o x => Plan.run (plan w b t o) x) next (level_eq hv hh' rfl mask))
          (Eq.trans (ih (Nat.mul 2 g) (weave lo hi) small)
            (Eq.trans
              (pack_congr (pow2 H) (Nat.mul 2 g) (fun p _ => weave_map (blockOf w b t) p lo hi))
              (Eq.trans
                (pack_weave (pow2 H) g (fun p => blockOf w b t (lo p))
                  (fun p => blockOf w b t (hi p)))
                (Eq.trans
                  (congrArg (fun c => pack c g (fun p => Nat.add (blockOf w b t (lo p))
                    (Nat.mul (pow2 H) (blockOf w b t (hi p))))) (Eq.symm (nat_pow_add 2 H H)))
                  (pack_congr B g (fun p _ => blockOf_halves w b t (h p)))))))
      Eq.subst (motive := fun c => Eq (Plan.run (plan w b (Nat.succ t) (pack c g (fun _ => 1)))
          (pack c g h)) (pack c g (fun p => blockOf w b (Nat.succ t) (h p)))) (Eq.symm eB) goal) t

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

/-- `spreadTo` packs the digits in the wider base. -/
theorem spreadTo_eq_pack {w b t n : Nat} (hw : Nat.le w b) (hn : Nat.le n (Nat.pow 2 t)) (x : Nat) :
    Eq (spreadTo w b t n x) (pack (pow2 b) n (digit w x)) :=
  let y := Nat.mod x (pow2 (Nat.mul w n))
  have hy : Nat.lt y (pow2 (Nat.mul w (Nat.pow 2 t))) :=
    Nat.le_trans (nat_mod_lt x (pow2_pos _)) (pow2_le (nat_mul_le_mul_left w hn))
  Eq.trans (congrArg (Plan.run (plan w b t 1)) (land_eq_mod x (Nat.mul w n)))
    (Eq.trans (plan_run hw t 1 (fun _ => y) (fun _ => hy))
      (Eq.trans (pack_pad (pow2 b) hn (fun p => digit_mod_past w x n p))
        (pack_congr (pow2 b) n (fun _ hp => digit_mod w x n hp))))

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
