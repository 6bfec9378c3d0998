import LipBridge.Evaluate.Block
import LipBridge.Evaluate.MatrixProduct
import LipBridge.Layers.SlopeBorderedChain
/-!
# The rows of a layer in a bordered matrix of a chain, packed

That a layer's rows hold its weighted matrix, before it a multiple of the product of this block with the rows of
the layer before it, and nothing after it: four checks on blocks of one packed matrix and on one stored product.
-/

set_option autoImplicit false

namespace LipBridge

section
variable {B W J : PackedMatrix} {M N v C v' C' u E u' A a e b b' b'' b''' : Nat} {rs cs ns zs : Shape}

/-- The digits of an equal scaling. -/
theorem allEqual_digit {n K : Nat} {c : Nat → Nat} (h : Eq (allEqual n K c) true) {i : Nat}
    (hi : Nat.lt i n) : Eq (c i) K :=
  Nat.eq_of_beq_eq_true (allBelow_sound (p := fun i => Nat.beq (c i) K) h hi)

/-- A layer whose units have rows of `B`. -/
theorem FilledBlock.ofRows (hB : Eq B.transposed false)
    (h : Eq (PackedMatrix.isScaled W
      (PackedMatrix.block B (Nat.add M W.cols) N W.rows W.cols rs) v C v' C' b rs cs) true)
    (hp : Eq (PackedMatrix.isProduct (PackedMatrix.block B (Nat.add M W.cols) N W.rows W.cols rs)
      (PackedMatrix.block B M 0 W.cols N cs) J b' rs cs ns) true)
    (hf : Eq (PackedMatrix.isScaled J (PackedMatrix.block B (Nat.add M W.cols) 0 W.rows N rs)
      u E u' A b'' rs ns) true)
    (hz : Eq (PackedMatrix.isZero (PackedMatrix.block B 0 N (Nat.add M W.cols) W.cols zs) b''' zs cs)
      true)
    (hJ : And (Eq J.rows W.rows) (Eq J.cols N)) (hr : Eq (Shape.size rs) W.rows)
    (hc : Eq (Shape.size cs) W.cols) (hs : Eq (Shape.size zs) (Nat.add M W.cols))
    (hE : Eq (allEqual N e (digit u E)) true) (hA : Eq (allEqual W.rows a (digit u' A)) true) :
    FilledBlock W.rows W.cols M N (PackedMatrix.entry B) (PackedMatrix.entry W) (digit v C)
      (digit v' C') a e where
  block i j hi hj := Eq.trans
    (congrArg (fun t => Int.mul t (Int.ofNat (digit v C j))) (Eq.symm
      (PackedMatrix.entry_block hB (Nat.add M W.cols) N W.rows W.cols rs
        (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hr) hi) hj)))
    (PackedMatrix.isScaled_sound h i j hi hj)
  fill i j hi hj :=
    have hi' : Nat.lt i (Shape.size rs) := Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hr) hi
    have left : Eq (PackedMatrix.entry
          (PackedMatrix.block B (Nat.add M W.cols) 0 W.rows N rs) i j)
        (PackedMatrix.entry B (Nat.add (Nat.add M W.cols) i) j) :=
      Eq.trans (PackedMatrix.entry_block hB (Nat.add M W.cols) 0 W.rows N rs hi' hj)
        (congrArg (PackedMatrix.entry B (Nat.add (Nat.add M W.cols) i)) (nat_zero_add j))
    have product := PackedMatrix.isProduct_sound hp i j hi hj
    have scaled := PackedMatrix.isScaled_sound hf i j
      (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hJ.left) hi)
      (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hJ.right) hj)
    eq_via
      (Eq.trans (int_mul_comm (Int.ofNat e) (PackedMatrix.entry B (Nat.add (Nat.add M W.cols) i) j))
        (congr2 Int.mul (Eq.symm left) (congrArg Int.ofNat (Eq.symm (allEqual_digit hE hj)))))
      (Eq.trans
        (congrArg (Int.mul (Int.ofNat a)) (Eq.symm (Eq.trans product
          (sum_congr (fun t ht => congr2 Int.mul
            (PackedMatrix.entry_block hB (Nat.add M W.cols) N W.rows W.cols rs hi' ht)
            (Eq.trans
              (PackedMatrix.entry_block hB M 0 W.cols N cs
                (Eq.subst (motive := fun n => Nat.lt t n) (Eq.symm hc) ht) hj)
              (congrArg (PackedMatrix.entry B (Nat.add M t)) (nat_zero_add j))))))))
        (congrArg (fun t => Int.mul (Int.ofNat t) (PackedMatrix.entry J i j))
          (Eq.symm (allEqual_digit hA hi))))
      scaled
  zeros i j hi hj := Eq.trans
    (Eq.trans
      (congrArg (fun t => PackedMatrix.entry B t (Nat.add N j)) (Eq.symm (nat_zero_add i)))
      (Eq.symm (PackedMatrix.entry_block hB 0 N (Nat.add M W.cols) W.cols zs
        (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hs) hi) hj)))
    (PackedMatrix.isZero_sound hz i j hi hj)

/-- A layer whose units have columns of `B`. -/
theorem FilledBlock.ofColumns (hB : Eq B.transposed false)
    (h : Eq (PackedMatrix.isScaled W
      (PackedMatrix.turn (PackedMatrix.block B N (Nat.add M W.cols) W.cols W.rows cs)) v C v' C' b rs cs)
      true)
    (hp : Eq (PackedMatrix.isProduct (PackedMatrix.block B 0 M N W.cols ns)
      (PackedMatrix.block B N (Nat.add M W.cols) W.cols W.rows cs) J b' ns cs rs) true)
    (hf : Eq (PackedMatrix.isScaled J (PackedMatrix.block B 0 (Nat.add M W.cols) N W.rows ns)
      u E u' A b'' ns rs) true)
    (hz : Eq (PackedMatrix.isZero (PackedMatrix.block B N 0 W.cols (Nat.add M W.cols) cs) b''' cs zs)
      true)
    (hJ : And (Eq J.rows N) (Eq J.cols W.rows)) (hc : Eq (Shape.size cs) W.cols)
    (hn : Eq (Shape.size ns) N)
    (hE : Eq (allEqual W.rows e (digit u E)) true) (hA : Eq (allEqual N a (digit u' A)) true) :
    FilledBlock W.rows W.cols M N (transpose (PackedMatrix.entry B)) (PackedMatrix.entry W)
      (digit v C) (digit v' C') a e where
  block i j hi hj := Eq.trans
    (congrArg (fun t => Int.mul t (Int.ofNat (digit v C j))) (Eq.symm (Eq.trans
      (PackedMatrix.entry_turn (PackedMatrix.block B N (Nat.add M W.cols) W.cols W.rows cs) i j)
      (PackedMatrix.entry_block hB N (Nat.add M W.cols) W.cols W.rows cs
        (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hc) hj) hi))))
    (PackedMatrix.isScaled_sound h i j hi hj)
  fill i j hi hj :=
    have hj' : Nat.lt j (Shape.size ns) := Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hn) hj
    have left : Eq (PackedMatrix.entry
          (PackedMatrix.block B 0 (Nat.add M W.cols) N W.rows ns) j i)
        (PackedMatrix.entry B j (Nat.add (Nat.add M W.cols) i)) :=
      Eq.trans (PackedMatrix.entry_block hB 0 (Nat.add M W.cols) N W.rows ns hj' hi)
        (congrArg (fun t => PackedMatrix.entry B t (Nat.add (Nat.add M W.cols) i)) (nat_zero_add j))
    have product := PackedMatrix.isProduct_sound hp j i hj hi
    have scaled := PackedMatrix.isScaled_sound hf j i
      (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hJ.left) hj)
      (Eq.subst (motive := fun n => Nat.lt i n) (Eq.symm hJ.right) hi)
    eq_via
      (Eq.trans (int_mul_comm (Int.ofNat e) (PackedMatrix.entry B j (Nat.add (Nat.add M W.cols) i)))
        (congr2 Int.mul (Eq.symm left) (congrArg Int.ofNat (Eq.symm (allEqual_digit hE hi)))))
      (Eq.trans
        (congrArg (Int.mul (Int.ofNat a)) (Eq.symm (Eq.trans product
          (sum_congr (fun t ht => Eq.trans
            (congr2 Int.mul
              (Eq.trans (PackedMatrix.entry_block hB 0 M N W.cols ns hj' ht)
                (congrArg (fun s => PackedMatrix.entry B s (Nat.add M t)) (nat_zero_add j)))
              (PackedMatrix.entry_block hB N (Nat.add M W.cols) W.cols W.rows cs
                (Eq.subst (motive := fun n => Nat.lt t n) (Eq.symm hc) ht) hi))
            (int_mul_comm _ _))))))
        (congrArg (fun t => Int.mul (Int.ofNat t) (PackedMatrix.entry J j i))
          (Eq.symm (allEqual_digit hA hj))))
      scaled
  zeros i j hi hj := Eq.trans
    (Eq.trans
      (congrArg (PackedMatrix.entry B (Nat.add N j)) (Eq.symm (nat_zero_add i)))
      (Eq.symm (PackedMatrix.entry_block hB N 0 W.cols (Nat.add M W.cols) cs
        (Eq.subst (motive := fun n => Nat.lt j n) (Eq.symm hc) hj) hi)))
    (PackedMatrix.isZero_sound hz j i hj hi)

end

end LipBridge
