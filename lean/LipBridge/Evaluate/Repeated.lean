import LipBridge.Evaluate.Given
import LipBridge.Evaluate.Stored
import LipBridge.Layers.Similarity
/-!
# Blocks of equal tokens

At a block whose tokens are equal, what treats its tokens alike is evaluated at one of them. So layers
of any number of tokens have values that the kernel computes; the inputs of a network stand one after
the other, and each is read by itself.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u}

/-- A block of tokens of dimension `d` that are all `x`. -/
def repeated (d : Nat) (x : Vec R) : Vec R := fun i => x (Nat.mod i d)

/-- Each token is `x`. -/
theorem token_repeated (d : Nat) (x : Vec R) (t : Nat) : Agree d (token d (repeated d x) t) x :=
  fun _ hj => congrArg x (nat_div_mod_block t hj).right

/-- A layer that takes every such token to `y` makes a block of tokens `y`. -/
theorem eachToken_repeated (b : Nat) {n m : Nat} {f : Nat → Vec R → Vec R} {x y : Vec R}
    (h : ∀ (k : Nat) (z : Vec R), Agree n z x → Agree m (f k z) y) :
    Agree (Nat.mul b m) (eachToken b n m f (repeated n x)) (repeated m y) :=
  fun i hi => h (Nat.div i m) (token n (repeated n x) (Nat.div i m))
    (token_repeated n x (Nat.div i m)) (Nat.mod i m) (Nat.mod_lt i (block_of_lt hi).left)

/-- The first input of several. -/
theorem slice_first {m k : Nat} (x y : Vec R) (h : Eq (Nat.ble k m) true) :
    Agree k (slice 0 (append m x y)) x :=
  fun i hi => Eq.trans (congrArg (append m x y) (nat_zero_add i))
    (append_left m x y (Nat.le_trans hi (Nat.le_of_ble_eq_true h)))

/-- An input of those after the first. -/
theorem slice_rest {m t k : Nat} {x y z : Vec R} (h : Agree k (slice t y) z) :
    Agree k (slice (Nat.add m t) (append m x y)) z :=
  fun i hi => Eq.trans
    (Eq.trans (congrArg (append m x y) (nat_add_assoc m t i)) (append_right m x y (Nat.add t i)))
    (h i hi)

/-- The only one. -/
theorem slice_whole (k : Nat) (x : Vec R) : Agree k (slice 0 x) x :=
  fun i _ => congrArg x (nat_zero_add i)

end

section
variable {R : Type u} [OrderedRing R] {b n d : Nat} {x : Vec R} {z : Vec Int}

/-- One of equal tokens over `d`. -/
theorem Over.token {t : Nat} (h : Over (Nat.mul b n) d x (repeated n z)) (ht : Nat.lt t b) :
    Over n d (token n x t) z :=
  fun _ hj => Eq.trans (h _ (nat_block_lt ht hj))
    (congrArg (fun i => ofInt (z i)) (nat_div_mod_block t hj).right)

/-- The mean of equal tokens is each of them. -/
theorem Over.meanPool_repeated {r : R} (hr : Eq (mul (ofNat b) r) one)
    (h : Over (Nat.mul b n) d x (repeated n z)) : Over n d (LipBridge.meanPool b n r x) z :=
  fun i hi => Eq.trans
    (ring_eq (vars3 (ofNat d) r (sum b (fun t => LipBridge.token n x t i)))
      (a := mul (ofNat d) (mul r (sum b (fun t => LipBridge.token n x t i))))
      (b := mul r (mul (ofNat d) (sum b (fun t => LipBridge.token n x t i)))))
    (Eq.trans
      (congrArg (mul r) (Eq.trans (Eq.symm (sum_mul_left b (ofNat d) _))
        (Eq.trans (sum_congr (fun _ ht => h.token ht i hi)) (sum_const b (ofInt (z i))))))
      (Eq.trans
        (ring_eq (vars3 r (ofNat b) (ofInt (z i))) (a := mul r (mul (ofNat b) (ofInt (z i))))
          (b := mul (mul (ofNat b) r) (ofInt (z i))))
        (Eq.trans (congrArg (fun t => mul t (ofInt (z i))) hr) (one_mul _))))

end

/-- The score of a query against a block of equal keys is that against one of them. -/
theorem similarity_repeated {R : Type u} [OrderedRing R] {b d : Nat} {f g : Vec R → Vec R}
    {x q k : Vec R} (hb : Eq (Nat.ble 1 b) true) (hf : Agree d (f x) q)
    (hg : Agree (Nat.mul b d) (g x) (repeated d k)) :
    Agree 1 (similarity b d f g x) (fun _ => dot d q k) :=
  fun _ _ => match maxOver_mem (Nat.le_of_ble_eq_true hb)
      (fun t => dot d (f x) (token d (g x) t)) with
    | ⟨t, ht, e⟩ => Eq.trans e (dot_congr hf (fun _ hj => Eq.trans (hg _ (nat_block_lt ht hj))
        (congrArg k (nat_div_mod_block t hj).right)))

end LipBridge
