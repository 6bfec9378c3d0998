import LipBridge.Inputs.Slice
import LipBridge.Layers.Tokenwise
/-!
# How long the values of a map are

`BoundedOn b m A B S f` says that on `S` each of the `b` tokens of `f x` has a length of at most `A/B`.
A score `⟨f x, g x⟩` of two branches has a constant only where both are bounded: on a ball, or after a
norm. `NormGain` says how much a map can lengthen. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- Token 0 of a vector that is one token is the vector. -/
theorem token_zero {R : Type u} (m : Nat) (x : Vec R) (j : Nat) : Eq (token m x 0 j) (x j) :=
  congrArg x (Eq.trans (congrArg (fun t => Nat.add t j) (nat_zero_mul m)) (nat_zero_add j))

section
variable {R : Type u} [OrderedRing R]

/-! ## Balls -/

/-- Each of the `b` tokens, of dimension `d`, of the input that starts at `s` has a length of at most
`N/D`. -/
def InBall (s b d N D : Nat) (x : Vec R) : Prop :=
  ∀ t, Nat.lt t b →
    le (mul (sq (ofNat D)) (normSq d (token d (slice s x) t))) (sq (ofNat N))

/-- A ball of an input that does not reach `c` is kept when the entries from `c` on are exchanged. -/
theorem InBall.splice_below {s b d N D c : Nat} {x y : Vec R}
    (hc : Eq (Nat.ble (Nat.add s (Nat.mul b d)) c) true) (h : InBall s b d N D y) :
    InBall s b d N D (splice c x y) :=
  fun t ht => le_via (h t ht)
    (congrArg (mul _) (normSq_congr (fun _ hj => LipBridge.splice_below x y
      (Nat.le_trans (nat_add_le_add_left s (nat_block_lt ht hj)) (Nat.le_of_ble_eq_true hc))))) rfl

/-- A ball of an input that starts at `c` or later is kept when the entries before `c` are exchanged. -/
theorem InBall.splice_from {s b d N D c : Nat} {x y : Vec R} (hc : Eq (Nat.ble c s) true)
    (h : InBall s b d N D x) : InBall s b d N D (splice c x y) :=
  fun t ht => le_via (h t ht)
    (congrArg (mul _) (normSq_congr (fun _ _ => LipBridge.splice_from x y
      (Nat.le_trans (Nat.le_of_ble_eq_true hc) (nat_le_add s _))))) rfl

/-! ## Bounded maps -/

/-- `B² ‖token t of f x‖² ≤ A²` for all `x` in `S` and `t < b`, with `A ≥ 0` and `B > 0`. -/
structure BoundedOn (b m : Nat) (A B : R) (S : Vec R → Prop) (f : Vec R → Vec R) : Prop where
  /-- `0 ≤ A`. -/
  num_nonneg : le zero A
  /-- `0 < B`. -/
  den_pos : lt zero B
  /-- `B² ‖token t of f x‖² ≤ A²`. -/
  bound : ∀ x, S x → ∀ t, Nat.lt t b → le (mul (sq B) (normSq m (token m (f x) t))) (sq A)

/-- `Q ‖h u‖² ≤ P ‖u‖²` for all `u`, with `P ≥ 0` and `Q > 0`. -/
structure NormGain (n m : Nat) (P Q : R) (h : Vec R → Vec R) : Prop where
  /-- `0 ≤ P`. -/
  num_nonneg : le zero P
  /-- `0 < Q`. -/
  den_pos : lt zero Q
  /-- `Q ‖h u‖² ≤ P ‖u‖²`. -/
  bound : ∀ u, le (mul Q (normSq m (h u))) (mul P (normSq n u))

section
variable {n m : Nat} {P Q A B : R} {S : Vec R → Prop} {f h : Vec R → Vec R}

/-- A map that fixes 0 lengthens by no more than its constant. -/
theorem SqLipschitz.normGain (hh : SqLipschitz n m P Q h) (h0 : Agree m (h vzero) vzero) :
    NormGain n m P Q h :=
  have sub0 (x : Vec R) (i : Nat) : Eq (x i) (vsub x vzero i) :=
    ring_eq (vars1 (x i)) (b := sub (x i) zero)
  ⟨hh.num_nonneg, hh.den_pos, fun u => le_via (hh.bound u vzero ⟨⟩ ⟨⟩)
    (congrArg (mul Q) (normSq_congr (fun i hi => Eq.trans (sub0 (h u) i)
      (congrArg (sub (h u i)) (Eq.symm (h0 i hi))))))
    (congrArg (mul P) (normSq_congr (fun i _ => sub0 u i)))⟩

/-- A smaller set keeps the bound. -/
theorem BoundedOn.mono {b : Nat} {T : Vec R → Prop} (hf : BoundedOn b m A B S f)
    (hT : ∀ x, T x → S x) : BoundedOn b m A B T f :=
  ⟨hf.num_nonneg, hf.den_pos, fun x hx => hf.bound x (hT x hx)⟩

/-- A bounded map with one token, as a vector. -/
theorem BoundedOn.vector (hf : BoundedOn 1 m A B S f) {x : Vec R} (hx : S x) :
    le (mul (sq B) (normSq m (f x))) (sq A) :=
  le_via (hf.bound x hx 0 Nat.le.refl)
    (congrArg (mul _) (normSq_congr (fun i _ => Eq.symm (token_zero m (f x) i)))) rfl

/-- A bounded vector is one token. -/
theorem BoundedOn.ofVector (hA : le zero A) (hB : lt zero B)
    (hf : ∀ x, S x → le (mul (sq B) (normSq m (f x))) (sq A)) : BoundedOn 1 m A B S f :=
  ⟨hA, hB, fun x hx t ht => le_via (hf x hx)
    (congrArg (mul _) (normSq_congr (fun i _ => Eq.trans
      (congrArg (fun t => token m (f x) t i)
        (nat_le_antisymm (Nat.le_of_succ_le_succ ht) (Nat.zero_le t)))
      (token_zero m (f x) i)))) rfl⟩

end

/-! ## Rules, for bounds that are natural numbers -/

section
variable {b m k A B A' B' P Q N D C E : Nat} {S : Vec R → Prop} {f g h : Vec R → Vec R}

/-- An input is as long as its ball says. -/
theorem BoundedOn.part {s : Nat} (hB : Eq (Nat.ble 1 B) true)
    (hS : ∀ x : Vec R, S x → InBall s b m A B x) :
    BoundedOn b m (ofNat A : R) (ofNat B) S (slice s) :=
  ⟨ofNat_nonneg A, ofNat_pos hB, fun x hx => hS x hx⟩

/-- The only input is as long as its ball says. -/
theorem BoundedOn.input (hB : Eq (Nat.ble 1 B) true) (hS : ∀ x : Vec R, S x → InBall 0 b m A B x) :
    BoundedOn b m (ofNat A : R) (ofNat B) S (fun x => x) :=
  ⟨ofNat_nonneg A, ofNat_pos hB, fun x hx t ht => le_via (hS x hx t ht)
    (congrArg (mul _) (normSq_congr (fun j _ => Eq.symm
      (congrArg x (nat_zero_add (Nat.add (Nat.mul t m) j)))))) rfl⟩

/-- The step behind every rule: `Q w ≤ P` gives `B² w ≤ A²` where `√(P/Q) ≤ A/B`, checked on natural
numbers. -/
theorem root_step {w : R} (hQ : lt (zero : R) (ofNat Q)) (hw : le (mul (ofNat Q) w) (ofNat P))
    (hc : Eq (Nat.ble (Nat.mul P (Nat.mul B B)) (Nat.mul (Nat.mul A A) Q)) true) :
    le (mul (sq (ofNat B)) w) (sq (ofNat A)) :=
  le_of_mul_le_mul_left hQ
    (le_trans
      (le_via (mul_le_mul_left (sq_nonneg (ofNat B)) hw)
        (ring_eq (vars3 (ofNat Q) (ofNat B) w)) rfl)
      (le_via (ofNat_mul_le (R := R) hc)
        (Eq.trans (mul_comm _ _) (congrArg (mul (ofNat P)) (Eq.symm (ofNat_sq B))))
        (Eq.trans (mul_comm _ _) (congrArg (fun t => mul t (ofNat Q)) (Eq.symm (ofNat_sq A))))))

/-- A map that is applied: `B² v ≤ A²` and `Q w ≤ P v` give `B'² w ≤ A'²` where
`√(P/Q)·A/B ≤ A'/B'`, checked on natural numbers. -/
theorem bounded_step {v w : R} (hB : lt (zero : R) (ofNat B)) (hQ : lt (zero : R) (ofNat Q))
    (hv : le (mul (sq (ofNat B)) v) (sq (ofNat A))) (hw : le (mul (ofNat Q) w) (mul (ofNat P) v))
    (hc : Eq (Nat.ble (Nat.mul (Nat.mul P (Nat.mul A A)) (Nat.mul B' B'))
      (Nat.mul (Nat.mul A' A') (Nat.mul Q (Nat.mul B B)))) true) :
    le (mul (sq (ofNat B')) w) (sq (ofNat A')) :=
  have image (x y : Nat) : Eq (ofNat (Nat.mul x (Nat.mul y y)) : R) (mul (ofNat x) (sq (ofNat y))) :=
    Eq.trans (ofNat_mul x _) (congrArg (mul (ofNat x)) (ofNat_sq y))
  root_step (lt_congr rfl (image Q B) (mul_pos hQ (sq_pos hB)))
    (le_trans
      (le_via (mul_le_mul_left (sq_nonneg (ofNat B)) hw)
        (Eq.trans (congrArg (fun t => mul t w) (image Q B))
          (ring_eq (vars3 (ofNat Q) (sq (ofNat B)) w))) rfl)
      (le_via (mul_le_mul_left (ofNat_nonneg P) hv)
        (ring_eq (vars3 (ofNat P) (sq (ofNat B)) v)) (image P A)))
    hc

/-- A map of vectors lengthens by at most its gain. -/
theorem BoundedOn.then (hf : BoundedOn 1 m (ofNat A : R) (ofNat B) S f)
    (hg : NormGain m k (ofNat P : R) (ofNat Q) g) (hB : Eq (Nat.ble 1 B') true)
    (hc : Eq (Nat.ble (Nat.mul (Nat.mul P (Nat.mul A A)) (Nat.mul B' B'))
      (Nat.mul (Nat.mul A' A') (Nat.mul Q (Nat.mul B B)))) true) :
    BoundedOn 1 k (ofNat A' : R) (ofNat B') S (fun x => g (f x)) :=
  .ofVector (ofNat_nonneg A') (ofNat_pos hB) (fun x hx =>
    bounded_step hf.den_pos hg.den_pos (hf.vector hx) (hg.bound (f x)) hc)

/-- A map that acts on each token as `h` does lengthens each token by at most the gain of `h`. -/
theorem BoundedOn.through (hf : BoundedOn b m (ofNat A : R) (ofNat B) S f)
    (hg : ∀ x t, Nat.lt t b → Agree k (token k (g x) t) (h (token m x t)))
    (hh : NormGain m k (ofNat P : R) (ofNat Q) h) (hB : Eq (Nat.ble 1 B') true)
    (hc : Eq (Nat.ble (Nat.mul (Nat.mul P (Nat.mul A A)) (Nat.mul B' B'))
      (Nat.mul (Nat.mul A' A') (Nat.mul Q (Nat.mul B B)))) true) :
    BoundedOn b k (ofNat A' : R) (ofNat B') S (fun x => g (f x)) :=
  ⟨ofNat_nonneg A', ofNat_pos hB, fun x hx t ht => le_via
    (bounded_step hf.den_pos hh.den_pos (hf.bound x hx t ht) (hh.bound (token m (f x) t)) hc)
    (congrArg (mul _) (normSq_congr (hg (f x) t ht))) rfl⟩

/-- A map applied to each token lengthens each by at most its gain. -/
theorem BoundedOn.tokenwise (hf : BoundedOn b m (ofNat A : R) (ofNat B) S f)
    (hh : NormGain m k (ofNat P : R) (ofNat Q) h) (hB : Eq (Nat.ble 1 B') true)
    (hc : Eq (Nat.ble (Nat.mul (Nat.mul P (Nat.mul A A)) (Nat.mul B' B'))
      (Nat.mul (Nat.mul A' A') (Nat.mul Q (Nat.mul B B)))) true) :
    BoundedOn b k (ofNat A' : R) (ofNat B') S (fun x => LipBridge.tokenwise b m k h (f x)) :=
  hf.through (fun x t _ _ hj => tokenwise_entry b m k h x t hj) hh hB hc

/-- Values that a vector is added to: `‖h u + c‖ ≤ N/D + C/E` where `‖h u‖ ≤ N/D` and `‖c‖ ≤ C/E`. -/
theorem BoundedOn.shift {c : Vec R} (hf : BoundedOn b k (ofNat N : R) (ofNat D) S f)
    (hE : Eq (Nat.ble 1 E) true) (hc : le (mul (sq (ofNat E)) (normSq k c)) (sq (ofNat C)))
    (hg : ∀ x t, Nat.lt t b → Agree k (token k (g x) t) (vadd (token k (f x) t) c)) :
    BoundedOn b k (ofNat (Nat.add (Nat.mul N E) (Nat.mul C D)) : R) (ofNat (Nat.mul D E)) S g :=
  have hE0 : lt (zero : R) (ofNat E) := ofNat_pos hE
  ⟨ofNat_nonneg _, lt_congr rfl (ofNat_mul D E) (mul_pos hf.den_pos hE0), fun x hx t ht => le_via
    (ratio_add (E := one) hf.num_nonneg (le_of_lt hf.den_pos) (ofNat_nonneg C) (le_of_lt hE0)
      (le_of_lt zero_lt_one) (le_via (hf.bound x hx t ht) rfl (mul_one _))
      (le_via hc rfl (mul_one _)))
    (congr2 mul (congrArg sq (ofNat_mul D E)) (normSq_congr (hg x t ht)))
    (Eq.trans (congrArg sq (Eq.symm (ofNat_cross N D C E))) (Eq.symm (mul_one _)))⟩

/-- Values of two branches added: `A/B + C/E`. -/
theorem BoundedOn.plus (hf : BoundedOn b m (ofNat A : R) (ofNat B) S f)
    (hg : BoundedOn b m (ofNat C : R) (ofNat E) S g) :
    BoundedOn b m (ofNat (Nat.add (Nat.mul A E) (Nat.mul C B)) : R) (ofNat (Nat.mul B E)) S
      (fun x => vadd (f x) (g x)) :=
  ⟨ofNat_nonneg _, lt_congr rfl (ofNat_mul B E) (mul_pos hf.den_pos hg.den_pos), fun x hx t ht => le_via
    (ratio_add (E := one) hf.num_nonneg (le_of_lt hf.den_pos) hg.num_nonneg (le_of_lt hg.den_pos)
      (le_of_lt zero_lt_one) (le_via (hf.bound x hx t ht) rfl (mul_one _))
      (le_via (hg.bound x hx t ht) rfl (mul_one _)))
    (congrArg (fun e => mul (sq e) _) (ofNat_mul B E))
    (Eq.trans (congrArg sq (Eq.symm (ofNat_cross A B C E))) (Eq.symm (mul_one _)))⟩

end

end

end LipBridge
