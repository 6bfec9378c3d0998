import LipBridge.Evaluate.Repeated
import LipBridge.Vector.Halves
/-!
# Constants from below

`Steep n m N D f`: somewhere `f` is as steep as `N/D`, so that no constant of `f` is smaller. Two stored
points show it, at which the kernel evaluates `f` exactly. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `N² ‖x - y‖² ≤ D² ‖f x - f y‖²` for some `x` and `y` apart. -/
def Steep (n m N D : Nat) (f : Vec R → Vec R) : Prop :=
  Exists fun x => Exists fun y => And (lt zero (distSq n x y))
    (le (mul (ofNat (Nat.mul N N)) (distSq n x y))
      (mul (ofNat (Nat.mul D D)) (distSq m (f x) (f y))))

/-- No constant is smaller: `N D' ≤ N' D` for every constant `N'/D'`, in squares. -/
theorem Steep.le {n m N D : Nat} {N' D' : R} {f : Vec R → Vec R} (h : Steep n m N D f)
    (l : Lipschitz n m N' D' f) :
    le (mul (ofNat (Nat.mul N N)) (sq D')) (mul (ofNat (Nat.mul D D)) (sq N')) :=
  match h with
  | ⟨x, y, hp, hs⟩ =>
    le_of_mul_le_mul_left hp
      (le_trans
        (le_via (mul_le_mul_left (sq_nonneg D') hs)
          (ring_eq (vars3 (distSq n x y) (ofNat (Nat.mul N N)) (sq D'))
            (a := mul (distSq n x y) (mul (ofNat (Nat.mul N N)) (sq D')))
            (b := mul (sq D') (mul (ofNat (Nat.mul N N)) (distSq n x y)))) rfl)
        (le_via (mul_le_mul_left (ofNat_nonneg (Nat.mul D D)) (l.bound x y ⟨⟩ ⟨⟩))
          (ring_eq (vars3 (sq D') (ofNat (Nat.mul D D)) (distSq m (f x) (f y)))
            (a := mul (sq D') (mul (ofNat (Nat.mul D D)) (distSq m (f x) (f y))))
            (b := mul (ofNat (Nat.mul D D)) (mul (sq D') (distSq m (f x) (f y)))))
          (ring_eq (vars3 (distSq n x y) (ofNat (Nat.mul D D)) (sq N'))
            (a := mul (distSq n x y) (mul (ofNat (Nat.mul D D)) (sq N')))
            (b := mul (ofNat (Nat.mul D D)) (mul (sq N') (distSq n x y))))))

/-- The difference of two vectors over `d`. -/
theorem Over.vsub {n d : Nat} {x y : Vec R} {z w : Vec Int} (h : Over n d x z) (k : Over n d y w) :
    Over n d (vsub x y) (LipBridge.vsub z w) :=
  fun i hi => add_over (h i hi) (neg_over (k i hi))

/-- `‖z - w‖²`, by halves: thousands of entries would nest too deep. -/
noncomputable def gapSum (n : Nat) (z w : Vec Int) : Int :=
  sumByHalves n (fun i => Int.mul (vsub z w i) (vsub z w i))

/-- The squared distance of two vectors over `d`. -/
theorem distSq_over {n d : Nat} {x y : Vec R} {z w : Vec Int} (h : Over n d x z) (k : Over n d y w) :
    Eq (mul (ofNat (Nat.mul d d)) (distSq n x y)) (ofInt (gapSum n z w)) :=
  Eq.trans (dot_over (Over.vsub h k) (Over.vsub h k) (isTimes_self d))
    (congrArg ofInt (Eq.symm (sumByHalves_eq n _)))

/-- The same for blocks of `b` equal tokens. -/
theorem distSq_repeated {b n d : Nat} {x y : Vec R} {z w : Vec Int}
    (h : Over (Nat.mul b n) d x (repeated n z)) (k : Over (Nat.mul b n) d y (repeated n w)) :
    Eq (mul (ofNat (Nat.mul d d)) (distSq (Nat.mul b n) x y))
      (ofInt (Int.mul (Int.ofNat b) (gapSum n z w))) :=
  Eq.trans (congrArg (mul (ofNat (Nat.mul d d))) (distSq_block b n x y))
    (Eq.trans (Eq.symm (sum_mul_left b _ _))
      (Eq.trans (sum_congr (fun _ ht => distSq_over (h.token ht) (k.token ht)))
        (Eq.trans (sum_const b _) (Eq.symm (ofInt_mul (Int.ofNat b) (gapSum n z w))))))

/-- Whether points over `d` of squared distance `g` are apart, and values over `e` of squared distance
`h` are `N/D` times as far from each other: `(N e)² g ≤ (D d)² h`. -/
noncomputable def steepCheck (N D d e : Nat) (g h : Int) : Bool :=
  and (and (Nat.ble 1 (Nat.mul d d)) (Nat.ble 1 (Nat.mul e e)))
    (and (intBle (Int.ofNat 1) g)
      (intBle (Int.mul (Int.ofNat (Nat.mul (Nat.mul N N) (Nat.mul e e))) g)
        (Int.mul (Int.ofNat (Nat.mul (Nat.mul D D) (Nat.mul d d))) h)))

/-- Two points of known distance, at which `f` has values of known distance. -/
theorem Steep.ofValues {n m N D d e : Nat} {x y : Vec R} {g h : Int} {f : Vec R → Vec R}
    (hx : Eq (mul (ofNat (Nat.mul d d)) (distSq n x y)) (ofInt g))
    (hf : Eq (mul (ofNat (Nat.mul e e)) (distSq m (f x) (f y))) (ofInt h))
    (hc : Eq (steepCheck N D d e g h) true) : Steep n m N D f :=
  have c := bool_and hc
  have hd : lt (zero : R) (ofNat (Nat.mul d d)) := ofNat_pos (bool_and c.left).left
  have he : lt (zero : R) (ofNat (Nat.mul e e)) := ofNat_pos (bool_and c.left).right
  have apart : lt (zero : R) (ofInt g) :=
    lt_of_lt_of_le (lt_congr rfl ofNat_one zero_lt_one)
      (ofInt_le (int_le_of_ble (bool_and c.right).left))
  ⟨x, y,
    fun low => apart (le_via (mul_le_mul_left (ofNat_nonneg (Nat.mul d d)) low)
      (Eq.symm hx) (Eq.symm (mul_zero _))),
    le_of_mul_le_mul_left (mul_pos hd he)
      (le_via (ofInt_le (int_le_of_ble (bool_and c.right).right))
        (Eq.trans
          (ring_eq (vars4 (ofNat (Nat.mul d d)) (ofNat (Nat.mul e e)) (ofNat (Nat.mul N N))
              (distSq n x y))
            (a := mul (mul (ofNat (Nat.mul d d)) (ofNat (Nat.mul e e)))
              (mul (ofNat (Nat.mul N N)) (distSq n x y)))
            (b := mul (mul (ofNat (Nat.mul N N)) (ofNat (Nat.mul e e)))
              (mul (ofNat (Nat.mul d d)) (distSq n x y))))
          (Eq.symm (Eq.trans (ofInt_mul _ _)
            (congr2 mul (ofNat_mul (Nat.mul N N) (Nat.mul e e)) (Eq.symm hx)))))
        (Eq.trans
          (ring_eq (vars4 (ofNat (Nat.mul d d)) (ofNat (Nat.mul e e)) (ofNat (Nat.mul D D))
              (distSq m (f x) (f y)))
            (a := mul (mul (ofNat (Nat.mul d d)) (ofNat (Nat.mul e e)))
              (mul (ofNat (Nat.mul D D)) (distSq m (f x) (f y))))
            (b := mul (mul (ofNat (Nat.mul D D)) (ofNat (Nat.mul d d)))
              (mul (ofNat (Nat.mul e e)) (distSq m (f x) (f y)))))
          (Eq.symm (Eq.trans (ofInt_mul _ _)
            (congr2 mul (ofNat_mul (Nat.mul D D) (Nat.mul d d)) (Eq.symm hf))))))⟩

end

end LipBridge
