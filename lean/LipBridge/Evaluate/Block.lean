import LipBridge.Evaluate.Scaled
import LipBridge.Layers.SlopeChain
/-!
# Blocks of a packed matrix

Some rows and columns of a packed matrix are one again, with the same digits. So `isScaled` says of a
block that it is a matrix with its rows and columns multiplied by numbers, or that it vanishes; and that
is what `LayerBlock` asks of the matrix of a chain.
-/

set_option autoImplicit false

namespace LipBridge

/-- The rows `r, …, r + m - 1` and columns `c, …, c + k - 1` of a matrix kept by rows; `rs` has `m`
digits. -/
noncomputable def PackedMatrix.block (B : PackedMatrix) (r c m k : Nat) (rs : Shape) : PackedMatrix :=
  .mk m k B.width B.bias false (Rows.tabulate
    (fun i => Nat.mod (Nat.shiftRight (Rows.row B.data (Nat.add r i)) (Nat.mul B.width c))
      (Nat.pow 2 (Nat.mul B.width k))) rs 0)

/-- Its entries. -/
theorem PackedMatrix.entry_block {B : PackedMatrix} (hB : Eq B.transposed false) (r c m k : Nat)
    (rs : Shape) {i j : Nat} (hi : Nat.lt i (Shape.size rs)) (hj : Nat.lt j k) :
    Eq (PackedMatrix.entry (PackedMatrix.block B r c m k rs) i j)
      (PackedMatrix.entry B (Nat.add r i) (Nat.add c j)) :=
  match B, hB with
  | .mk _ _ w β false data, _ =>
    congrArg (fun x => diff x β)
      (Eq.trans
        (congrArg (fun x => digit w x j)
          (Eq.trans
            (Rows.walk_tabulate (fun i => Nat.mod (Nat.shiftRight (Rows.row data (Nat.add r i))
              (Nat.mul w c)) (Nat.pow 2 (Nat.mul w k))) rs 0 (fun _ => 0) i hi)
            (congrArg (fun x => Nat.mod (Nat.shiftRight x (Nat.mul w c)) (Nat.pow 2 (Nat.mul w k)))
              (Eq.trans (congrArg (fun i => Rows.row data (Nat.add r i)) (nat_zero_add i))
                (Rows.row_eq data (Nat.add r i))))))
        (Eq.trans (digit_mod w _ k hj) (Eq.symm (digit_add w _ c j))))

/-- Whether all entries are 0: they are themselves times 0. -/
noncomputable def PackedMatrix.isZero (Z : PackedMatrix) (b : Nat) (rs cs : Shape) : Bool :=
  PackedMatrix.isScaled Z Z 1 (rep 1 Z.cols) 1 (Nat.mul 0 (rep 1 Z.rows)) b rs cs

/-- `isZero` that says yes is right. -/
theorem PackedMatrix.isZero_sound {Z : PackedMatrix} {b : Nat} {rs cs : Shape}
    (h : Eq (PackedMatrix.isZero Z b rs cs) true) (i j : Nat) (hi : Nat.lt i Z.rows)
    (hj : Nat.lt j Z.cols) : Eq (PackedMatrix.entry Z i j) (Int.ofNat 0) :=
  have one : Eq (digit 1 (rep 1 Z.cols) j) 1 :=
    Eq.trans
      (congrArg (fun x => digit 1 x j) (Eq.trans (Eq.symm
          (Eq.trans (nat_mul_comm 1 _) (nat_mul_one (rep 1 Z.cols))))
        (rep_mul (Nat.le.refl (n := 1)) 1 Z.cols)))
      (digit_pack 1 Z.cols (fun _ _ => Nat.le.refl) hj)
  have zero : Eq (digit 1 (Nat.mul 0 (rep 1 Z.rows)) i) 0 :=
    Eq.trans
      (congrArg (fun x => digit 1 x i) (rep_mul (Nat.le.refl (n := 1)) 0 Z.rows))
      (digit_pack 1 Z.rows (fun _ _ => pow2_pos 1) hi)
  Eq.trans (Eq.symm (int_mul_one _))
    (Eq.trans (congrArg (fun t => Int.mul (PackedMatrix.entry Z i j) (Int.ofNat t)) (Eq.symm one))
      (Eq.trans (PackedMatrix.isScaled_sound h i j hi hj)
        (Eq.trans (congrArg (fun t => Int.mul (Int.ofNat t) (PackedMatrix.entry Z i j)) zero)
          (zero_mul (R := Int) _))))

section
variable {B W : PackedMatrix} {M N v C v' C' b b' : Nat} {rs cs zs : Shape}

/-- A layer whose units have rows of `B`. -/
theorem LayerBlock.ofRows (hB : Eq B.transposed false)
    (h : Eq (PackedMatrix.isScaled W (PackedMatrix.block B M N W.rows W.cols rs) v C v' C' b rs cs)
      true) (hr : Eq (Shape.size rs) W.rows)
    (hz : Or (Eq N 0)
      (Eq (PackedMatrix.isZero (PackedMatrix.block B M 0 W.rows N rs) b' rs zs) true)) :
    LayerBlock W.rows W.cols M N (PackedMatrix.entry B) (PackedMatrix.entry W) (digit v C)
      (digit v' C') where
  block i j hi hj := Eq.trans
    (congrArg (fun t => Int.mul t (Int.ofNat (digit v C j))) (Eq.symm
      (PackedMatrix.entry_block hB M N W.rows W.cols rs
        (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hr) hi) hj)))
    (PackedMatrix.isScaled_sound h i j hi hj)
  zeros i j hi hj := Or.elim hz
    (fun e => absurd (Eq.subst (motive := fun n => Nat.lt j n) e hj) (Nat.not_succ_le_zero j))
    (fun e => Eq.trans
      (Eq.trans
        (congrArg (PackedMatrix.entry B (Nat.add M i)) (Eq.symm (nat_zero_add j)))
        (Eq.symm (PackedMatrix.entry_block hB M 0 W.rows N rs
          (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hr) hi) hj)))
      (PackedMatrix.isZero_sound e i j hi hj))

/-- A layer whose units have columns of `B`: rows of `W` are compared, each with one weight. -/
theorem LayerBlock.ofColumns (hB : Eq B.transposed false)
    (h : Eq (PackedMatrix.isScaled W (PackedMatrix.turn (PackedMatrix.block B N M W.cols W.rows rs))
      v C v' C' b cs rs) true) (hr : Eq (Shape.size rs) W.cols)
    (hz : Or (Eq N 0) (And
      (Eq (PackedMatrix.isZero (PackedMatrix.block B 0 M N W.rows zs) b' zs cs) true)
      (Eq (Shape.size zs) N))) :
    LayerBlock W.rows W.cols M N (transpose (PackedMatrix.entry B)) (PackedMatrix.entry W)
      (digit v C) (digit v' C') where
  block i j hi hj := Eq.trans
    (congrArg (fun t => Int.mul t (Int.ofNat (digit v C j))) (Eq.symm (Eq.trans
      (PackedMatrix.entry_turn (PackedMatrix.block B N M W.cols W.rows rs) i j)
      (PackedMatrix.entry_block hB N M W.cols W.rows rs
        (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hr) hj) hi))))
    (PackedMatrix.isScaled_sound h i j hi hj)
  zeros i j hi hj := Or.elim hz
    (fun e => absurd (Eq.subst (motive := fun n => Nat.lt j n) e hj) (Nat.not_succ_le_zero j))
    (fun e => Eq.trans
      (Eq.trans
        (congrArg (fun j => PackedMatrix.entry B j (Nat.add M i)) (Eq.symm (nat_zero_add j)))
        (Eq.symm (PackedMatrix.entry_block hB 0 M N W.rows zs
          (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm e.right) hj) hi)))
      (PackedMatrix.isZero_sound e.left j i hj hi))

end

end LipBridge
