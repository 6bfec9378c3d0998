import LipBridge.Certificate.Parts
import LipBridge.Evaluate.Product
/-!
# A Gram matrix times a vector, from the sums of its chunks

The sums `Σ_r u_ri u_rp` of `k` rows `i` of a Gram matrix are the digits of one number (`Columns`), and so
are their products with a vector, once these digits are spread: one multiplication gives `k` entries.
-/

set_option autoImplicit false

namespace LipBridge

/-- Larger digits make a larger number. -/
theorem pack_mono (B n : Nat) {f g : Nat → Nat} (h : ∀ p, Nat.le (f p) (g p)) :
    Nat.le (pack B n f) (pack B n g) :=
  Nat.rec
    (motive := fun n => ∀ f g : Nat → Nat, (∀ p, Nat.le (f p) (g p)) →
      Nat.le (pack B n f) (pack B n g))
    (fun _ _ _ => Nat.le.refl)
    (fun _ ih _ _ h => nat_add_le_add (h 0)
      (nat_mul_le_mul_left B (ih _ _ (fun p => h (Nat.succ p))))) n f g h

/-- A sum over blocks. -/
theorem natSum_blocks (k N : Nat) (f : Nat → Nat) :
    Eq (natSum N (fun c => natSum k (fun j => f (Nat.add (Nat.mul k c) j))))
      (natSum (Nat.mul k N) f) :=
  Nat.rec
    (motive := fun N => Eq (natSum N (fun c => natSum k (fun j => f (Nat.add (Nat.mul k c) j))))
      (natSum (Nat.mul k N) f))
    rfl
    (fun N ih => Eq.trans
      (congrArg (fun t => Nat.add t (natSum k (fun j => f (Nat.add (Nat.mul k N) j)))) ih)
      (Eq.symm (natSum_append (Nat.mul k N) k f))) N

/-- The entries `Σ_p X_jp y_p` for `k` rows `j` of `m` digits each, packed in base `2^e`: those of the rows
are digits of `D` in base `2^b`, and `Y` packs the `y_p` downwards. -/
noncomputable def gramRows (b e k m : Nat) (sh : Shape) (D Y : Nat) : Nat :=
  innerDigit (Nat.mul e k) m (spread b e sh D) Y

/-- `Σ_i (Σ_p X_ip y_p) c_i` over the `k N` rows, in chunks of `k` rows whose sums are `D`; `c_i` is digit
`i` of `C` in base `2^w`. -/
noncomputable def gramSum (b e k m w N : Nat) (sh ks : Shape) (D : Nat → Nat) (Y C : Nat) : Nat :=
  natSum N fun c => force (D c) fun d => force (gramRows b e k m sh d Y) fun y =>
    digitSum e w Nat.mul ks y (Nat.shiftRight C (Nat.mul w (Nat.mul k c)))

/-- Whether digits below `2^b`, times numbers below `2^w`, add up to digits of base `2^e`; shapes fit. -/
noncomputable def gramFits (b e k m w N : Nat) (sh ks : Shape) : Bool :=
  and
    (and (Nat.beq (Nat.mul k N) m)
      (and (Nat.beq (Shape.size sh) (Nat.mul k m)) (Nat.beq (Shape.size ks) k)))
    (and
      (and (Nat.ble (Nat.pow 2 b) (Nat.pow 2 e))
        (Nat.ble (Nat.succ (Nat.mul m (Nat.mul (Nat.pow 2 b) (Nat.pow 2 w)))) (Nat.pow 2 e)))
      (and (Nat.ble 2 (Nat.pow 2 (Nat.mul e k)))
        (Nat.ble (Nat.succ (Nat.mul m (Nat.mul
          (Nat.mul 2 (pack (Nat.pow 2 e) k (fun _ => Nat.pow 2 b))) (Nat.pow 2 w))))
          (Nat.pow 2 (Nat.mul e k)))))

section
variable {b e k m w N : Nat} {sh ks : Shape}

/-- The packed entries of one chunk. -/
theorem gramRows_eq (h : Eq (gramFits b e k m w N sh ks) true) {X : Nat → Nat → Nat}
    (hX : ∀ j q, Nat.lt (X j q) (pow2 b)) (A : Nat) :
    Eq (gramRows b e k m sh (grid b k m X) (packDown (Nat.mul e k) m (digit w A)))
      (pack (pow2 e) k (fun j => natSum m (fun p => Nat.mul (X j p) (digit w A p)))) :=
  let f (q : Nat) : Nat := pack (pow2 e) k (fun j => X j q)
  have size := bool_and (bool_and (bool_and h).left).right
  have fit := bool_and (bool_and h).right
  have wide := bool_and fit.right
  have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
  have spreads : Eq (spread b e sh (grid b k m X)) (pack (pow2 (Nat.mul e k)) m f) :=
    Eq.trans (spread_eq_pack (Nat.le_of_ble_eq_true (bool_and fit.left).left) sh _)
      (Eq.trans
        (congrArg (fun n => pack (pow2 e) n (digit b (grid b k m X)))
          (Nat.eq_of_beq_eq_true size.left))
        (Eq.trans (pack_blocks (pow2 e) k m _)
          (Eq.trans
            (congrArg (fun B => pack B m (fun q => pack (pow2 e) k
              (fun j => digit b (grid b k m X) (Nat.add (Nat.mul k q) j)))) (Eq.symm (pow2_mul e k)))
            (pack_congr _ m (fun _ hq => pack_congr _ k (fun _ hj => digit_grid hX hq hj))))))
  Eq.trans
    (congrArg (fun x => innerDigit (Nat.mul e k) m x (packDown (Nat.mul e k) m (digit w A))) spreads)
    (Eq.trans
      (innerDigit_eq (F := pack (pow2 e) k (fun _ => pow2 b)) (G := pow2 w)
        (Nat.le_of_ble_eq_true wide.left)
        (fun q => pack_mono (pow2 e) k (fun j => below (hX j q)))
        (fun p => below (digit_lt w A p)) (Nat.le_of_ble_eq_true wide.right))
      (Eq.trans
        (natSum_congr (fun p _ => Eq.trans (nat_mul_comm (f p) (digit w A p))
          (Eq.symm (pack_mul (pow2 e) k (digit w A p) (fun j => X j p)))))
        (Eq.trans (Eq.symm (pack_natSum (pow2 e) k m (fun p j => Nat.mul (digit w A p) (X j p))))
          (pack_congr (pow2 e) k
            (fun j _ => natSum_congr (fun p _ => nat_mul_comm (digit w A p) (X j p)))))))

/-- The whole sum. -/
theorem gramSum_eq (h : Eq (gramFits b e k m w N sh ks) true) {X : Nat → Nat → Nat} {D : Nat → Nat}
    (hX : ∀ i q, Nat.lt (X i q) (pow2 b))
    (hD : ∀ c, Nat.lt c N → Eq (D c) (grid b k m (fun j => X (Nat.add (Nat.mul k c) j))))
    (A C : Nat) :
    Eq (gramSum b e k m w N sh ks D (packDown (Nat.mul e k) m (digit w A)) C)
      (natSum m (fun i => Nat.mul (natSum m (fun p => Nat.mul (X i p) (digit w A p))) (digit w C i))) :=
  have size := bool_and (bool_and h).left
  have fit := bool_and (bool_and (bool_and h).right).left
  have below {x y : Nat} (g : Nat.lt x y) : Nat.le x y := Nat.le_trans (Nat.le_succ x) g
  let s (i : Nat) : Nat := natSum m (fun p => Nat.mul (X i p) (digit w A p))
  have small (i : Nat) : Nat.lt (s i) (pow2 e) :=
    Nat.le_trans (Nat.succ_le_succ (natSum_le m (Nat.mul (pow2 b) (pow2 w)) (fun p =>
      nat_mul_le_mul (below (hX i p)) (below (digit_lt w A p))))) (Nat.le_of_ble_eq_true fit.right)
  Eq.trans
    (natSum_congr (fun c hc =>
      let C' := Nat.shiftRight C (Nat.mul w (Nat.mul k c))
      Eq.trans
        (congrArg (fun y => digitSum e w Nat.mul ks y C')
          (Eq.trans
            (congrArg (fun d => gramRows b e k m sh d (packDown (Nat.mul e k) m (digit w A)))
              (hD c hc))
            (gramRows_eq h (fun j q => hX (Nat.add (Nat.mul k c) j) q) A)))
        (Eq.trans (digitSum_eq e w Nat.mul ks _ C')
          (Eq.trans
            (congrArg (fun n => natSum n (fun j => Nat.mul
                (digit e (pack (pow2 e) k (fun j => s (Nat.add (Nat.mul k c) j))) j) (digit w C' j)))
              (Nat.eq_of_beq_eq_true (bool_and size.right).right))
            (natSum_congr (fun j hj => congr2 Nat.mul
              (digit_pack e k (fun j _ => small (Nat.add (Nat.mul k c) j)) hj)
              (Eq.symm (digit_add w C (Nat.mul k c) j))))))))
    (Eq.trans (natSum_blocks k N (fun i => Nat.mul (s i) (digit w C i)))
      (congrArg (fun n => natSum n (fun i => Nat.mul (s i) (digit w C i)))
        (Nat.eq_of_beq_eq_true size.left)))

end

end LipBridge
