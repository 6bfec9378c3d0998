import LipBridge.Algebra.NatDivision
import LipBridge.Lipschitz.Comp
/-!
# A layer applied to each token of a block

If `f : Rⁿ → Rᵐ` has a constant, then so has the map that applies `f` to each of `b` tokens, from the
stacked block of length `b·n` to the stacked block of length `b·m`: the same one. So has the map that
applies `f_t` to token `t`, where all the `f_t` have it. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

/-- Token `t` of a stacked block of tokens of dimension `n`. -/
def token {R : Type u} (n : Nat) (x : Vec R) (t : Nat) : Vec R := fun j => x (Nat.add (Nat.mul t n) j)

/-- `f : Rⁿ → Rᵐ` applied to each of `b` tokens: entry `t·m + j` of the result is entry `j` of
`f (token t)`. The definition is the same for every `b`. -/
def tokenwise {R : Type u} (_b n m : Nat) (f : Vec R → Vec R) (x : Vec R) : Vec R :=
  fun i => f (token n x (Nat.div i m)) (Nat.mod i m)

/-- `f_t : Rⁿ → Rᵐ` applied to token `t`, for each of `b` tokens: entry `t·m + j` of the result is entry
`j` of `f_t (token t)`. The definition is the same for every `b`. -/
def eachToken {R : Type u} (_b n m : Nat) (f : Nat → Vec R → Vec R) (x : Vec R) : Vec R :=
  fun i => f (Nat.div i m) (token n x (Nat.div i m)) (Nat.mod i m)

/-- Entry `t·m + j` of the result is entry `j` of `f_t` at token `t`. -/
theorem eachToken_entry {R : Type u} (b n m : Nat) (f : Nat → Vec R → Vec R) (x : Vec R) (t : Nat)
    {j : Nat} (hj : Nat.lt j m) :
    Eq (eachToken b n m f x (Nat.add (Nat.mul t m) j)) (f t (token n x t) j) :=
  congr2 (fun s i => f s (token n x s) i) (nat_div_mod_block t hj).left (nat_div_mod_block t hj).right

/-- Entry `t·m + j` of the result is entry `j` of `f` at token `t`. -/
theorem tokenwise_entry {R : Type u} (b n m : Nat) (f : Vec R → Vec R) (x : Vec R) (t : Nat)
    {j : Nat} (hj : Nat.lt j m) :
    Eq (tokenwise b n m f x (Nat.add (Nat.mul t m) j)) (f (token n x t) j) :=
  eachToken_entry b n m (fun _ => f) x t hj

section
variable {R : Type u} [OrderedRing R]

/-- Distances between stacked blocks, token by token. -/
theorem distSq_block (b n : Nat) (x y : Vec R) : Eq (distSq (Nat.mul b n) x y)
    (sum b (fun t => distSq n (token n x t) (token n y t))) :=
  normSq_block b n (vsub x y)

/-- Distances of the results, token by token. -/
theorem eachToken_distSq (b n m : Nat) (f : Nat → Vec R → Vec R) (x y : Vec R) :
    Eq (distSq (Nat.mul b m) (eachToken b n m f x) (eachToken b n m f y))
      (sum b (fun t => distSq m (f t (token n x t)) (f t (token n y t)))) :=
  Eq.trans (distSq_block b m _ _)
    (sum_ext b (fun t => distSq_congr
      (fun _ hj => eachToken_entry b n m f x t hj) (fun _ hj => eachToken_entry b n m f y t hj)))

/-- Where every `f_t` has one constant, applying `f_t` to token `t` has it too. -/
theorem eachToken_sqLipschitz (b : Nat) {n m : Nat} {P Q : R} {f : Nat → Vec R → Vec R}
    (hP : le zero P) (hQ : lt zero Q) (h : ∀ t, Nat.lt t b → SqLipschitz n m P Q (f t)) :
    SqLipschitz (Nat.mul b n) (Nat.mul b m) P Q (eachToken b n m f) where
  num_nonneg := hP
  den_pos := hQ
  bound x y _ _ := le_via
    (sum_le (n := b) (fun t ht => (h t ht).bound (token n x t) (token n y t) ⟨⟩ ⟨⟩))
    (Eq.trans (congrArg (mul Q) (eachToken_distSq b n m f x y)) (Eq.symm (sum_mul_left b Q _)))
    (Eq.trans (congrArg (mul P) (distSq_block b n x y)) (Eq.symm (sum_mul_left b P _)))

/-- Token by token the constant stays the same. -/
theorem tokenwise_sqLipschitz (b : Nat) {n m : Nat} {P Q : R} {f : Vec R → Vec R}
    (h : SqLipschitz n m P Q f) :
    SqLipschitz (Nat.mul b n) (Nat.mul b m) P Q (tokenwise b n m f) :=
  eachToken_sqLipschitz b (f := fun _ => f) h.num_nonneg h.den_pos (fun _ _ => h)

end

end LipBridge
