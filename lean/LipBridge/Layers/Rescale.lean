import LipBridge.Layers.Merge
import LipBridge.Layers.Relu
/-!
# Rescaling the hidden units of a ReLU layer

`relu (c a) = c relu a` for `c ≥ 0`. So row `i` of one layer may be multiplied by `c_i` and column `i`
of the next divided by it: the function stays, the product of the two norms may fall. docs/theorems.md §2.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-- `max(c a, c b) = c max(a, b)` for `c ≥ 0`. -/
theorem sup_mul {c : R} (hc : le zero c) (a b : R) : Eq (sup (mul c a) (mul c b)) (mul c (sup a b)) :=
  Or.elim (le_total a b)
    (fun h => Eq.trans (sup_of_le (mul_le_mul_left hc h)) (congrArg (mul c) (Eq.symm (sup_of_le h))))
    (fun h => Eq.trans (sup_of_ge (mul_le_mul_left hc h)) (congrArg (mul c) (Eq.symm (sup_of_ge h))))

/-- `relu (c a) = c relu a` for `c ≥ 0`, entry by entry. -/
theorem relu_mul {c x : Vec R} {i : Nat} (hc : le zero (c i)) :
    Eq (relu (fun i => mul (c i) (x i)) i) (mul (c i) (relu x i)) :=
  Eq.trans (congrArg (sup (mul (c i) (x i))) (Eq.symm (mul_zero (c i)))) (sup_mul hc (x i) zero)

/-- Two layers `V (relu (W x + b)) + a` and their rescaled form `V' (relu (W' x + b')) + a`, with
`W'_i = c_i W_i`, `b'_i = c_i b_i` and `V'_ki c_i = K V_ki`, `s = K s'`, have the same values. -/
theorem rescale_eq {rows mid cols K : Nat} {V V' W W' : Nat → Nat → Int} {c : Nat → Nat}
    {r s s' : R} {a b b' : Vec R}
    (hW : ∀ i j, Nat.lt i mid → Nat.lt j cols → Eq (W' i j) (Int.mul (Int.ofNat (c i)) (W i j)))
    (hb : ∀ i, Nat.lt i mid → Eq (b' i) (mul (ofNat (c i)) (b i)))
    (hV : ∀ k i, Nat.lt k rows → Nat.lt i mid →
      Eq (Int.mul (V' k i) (Int.ofNat (c i))) (Int.mul (Int.ofNat K) (V k i)))
    (hs : Eq (mul (ofNat K) s') s) (x : Vec R) :
    Agree rows (linear mid V' s' a (relu (linear cols W' r b' x)))
      (linear mid V s a (relu (linear cols W r b x))) :=
  have h₁ (i : Nat) (hi : Nat.lt i mid) :
      Eq (linear cols W' r b' x i) (mul (ofNat (c i)) (linear cols W r b x i)) :=
    Eq.trans
      (congr2 add
        (Eq.trans
          (sum_congr (fun j hj => Eq.trans
            (congrArg (fun t => mul (mul t r) (x j))
              (Eq.trans (congrArg ofInt (hW i j hi hj)) (ofInt_mul (Int.ofNat (c i)) (W i j))))
            (ring_eq (vars4 (ofInt (Int.ofNat (c i))) (ofInt (W i j)) r (x j))
              (b := mul (ofInt (Int.ofNat (c i))) (mul (mul (ofInt (W i j)) r) (x j))))))
          (sum_mul_left cols (ofInt (Int.ofNat (c i))) _))
        (hb i hi))
      (Eq.symm (mul_add (ofNat (c i)) _ (b i)))
  have h₂ (i : Nat) (hi : Nat.lt i mid) :
      Eq (relu (linear cols W' r b' x) i) (mul (ofNat (c i)) (relu (linear cols W r b x) i)) :=
    Eq.trans (congrArg (fun t => sup t zero) (h₁ i hi))
      (relu_mul (c := fun i => ofNat (c i)) (ofNat_nonneg (c i)))
  fun k hk => congrArg (fun t => add t (a k))
    (sum_congr (fun i hi => Eq.trans (congrArg (mul (mul (ofInt (V' k i)) s')) (h₂ i hi))
      (Eq.trans
        (ring_eq (vars4 (ofInt (V' k i)) s' (ofNat (c i)) (relu (linear cols W r b x) i))
          (b := mul (mul (mul (ofInt (V' k i)) (ofNat (c i))) s') (relu (linear cols W r b x) i)))
        (Eq.trans
          (congrArg (fun t => mul (mul t s') (relu (linear cols W r b x) i))
            (Eq.trans (Eq.symm (ofInt_mul (V' k i) (Int.ofNat (c i))))
              (Eq.trans (congrArg ofInt (hV k i hk hi)) (ofInt_mul (Int.ofNat K) (V k i)))))
          (Eq.trans
            (ring_eq (vars4 (ofNat K) (ofInt (V k i)) s' (relu (linear cols W r b x) i))
              (a := mul (mul (mul (ofNat K) (ofInt (V k i))) s') (relu (linear cols W r b x) i))
              (b := mul (mul (ofInt (V k i)) (mul (ofNat K) s'))
                (relu (linear cols W r b x) i)))
            (congrArg (fun t => mul (mul (ofInt (V k i)) t) (relu (linear cols W r b x) i)) hs))))))

/-- Two layers around a ReLU have every constant that their rescaled form has. -/
theorem rescale_sqLipschitz {rows mid cols K : Nat} {V V' W W' : Nat → Nat → Int} {c : Nat → Nat}
    {r s s' P Q : R} {a b b' : Vec R}
    (hW : ∀ i j, Nat.lt i mid → Nat.lt j cols → Eq (W' i j) (Int.mul (Int.ofNat (c i)) (W i j)))
    (hb : ∀ i, Nat.lt i mid → Eq (b' i) (mul (ofNat (c i)) (b i)))
    (hV : ∀ k i, Nat.lt k rows → Nat.lt i mid →
      Eq (Int.mul (V' k i) (Int.ofNat (c i))) (Int.mul (Int.ofNat K) (V k i)))
    (hs : Eq (mul (ofNat K) s') s)
    (h : SqLipschitz cols rows P Q (fun x => linear mid V' s' a (relu (linear cols W' r b' x)))) :
    SqLipschitz cols rows P Q (fun x => linear mid V s a (relu (linear cols W r b x))) :=
  h.congrFun (fun x k hk => Eq.symm (rescale_eq hW hb hV hs x k hk))

/-- The same with the rescaled matrices checked entry by entry: `W' = diag(c) W`,
`V' diag(c) = K V`; the bias is `b' = diag(c) b`. -/
theorem rescale_sqLipschitz_stored {rows mid cols K : Nat} {V V' W W' : Nat → Nat → Int}
    {c : Nat → Nat} {r s s' P Q : R} {a b : Vec R}
    (hW : Eq (sameMatrix mid cols W' (fun i j => Int.mul (Int.ofNat (c i)) (W i j))) true)
    (hV : Eq (sameMatrix rows mid (fun k i => Int.mul (V' k i) (Int.ofNat (c i)))
      (fun k i => Int.mul (Int.ofNat K) (V k i))) true)
    (hs : Eq (mul (ofNat K) s') s)
    (h : SqLipschitz cols rows P Q (fun x => linear mid V' s' a
      (relu (linear cols W' r (fun i => mul (ofNat (c i)) (b i)) x)))) :
    SqLipschitz cols rows P Q (fun x => linear mid V s a (relu (linear cols W r b x))) :=
  rescale_sqLipschitz (sameMatrix_sound hW) (fun _ _ => rfl) (sameMatrix_sound hV) hs h

end

end LipBridge
