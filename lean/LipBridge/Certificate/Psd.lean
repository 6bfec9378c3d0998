import LipBridge.Certificate.Parts
import LipBridge.Vector.Matrix
/-!
# Positive semidefinite, up to a small error

Where every entry of `Σ α vᵀv` is that of `diag(D_i)` up to `ε` (`GramRows`), and `k ε ≤ d`, the form
`Σ α ‖v x‖²` is at most `Σ D_i x_i² + d ‖x‖²`: for `E = diag(D_i) - Σ α vᵀv`,
`-E_iq x_i x_q ≤ ε (x_i² + x_q²)/2`, so `-xᵀE x ≤ k ε ‖x‖²`. No symmetry, division or root is needed.
-/

set_option autoImplicit false

universe u

namespace LipBridge

section
variable {R : Type u} [OrderedRing R]

/-! ## A matrix close to a diagonal one -/

/-- `1 + 1`. -/
abbrev two : R := add one one

/-- `0 < 2`. -/
theorem two_pos : lt (zero : R) two := lt_congr rfl (Eq.symm ofNat_two) (ofNat_pos rfl)

/-- `-ε ≤ e ≤ ε` gives `4 (-e ab) ≤ 2 ε (a² + b²)`. -/
theorem cross_le {e ε a b : R} (h : le (neg ε) e) (k : le e ε) :
    le (mul (mul two two) (mul (neg e) (mul a b)))
      (mul (mul two ε) (add (mul a a) (mul b b))) :=
  le_of_add
    (c := add (mul (sub e (neg ε)) (sq (add a b))) (mul (sub ε e) (sq (sub a b))))
    (add_nonneg (mul_nonneg (sub_nonneg h) (sq_nonneg (add a b)))
      (mul_nonneg (sub_nonneg k) (sq_nonneg (sub a b))))
    (ring_eq (vars4 e ε a b))

/-- The form `Σ_i Σ_q f_iq x_i x_q`. -/
def form (k : Nat) (f : Nat → Nat → R) (x : Vec R) : R :=
  sum k (fun i => sum k (fun q => mul (f i q) (mul (x i) (x q))))

/-- `Σ_i Σ_q (c * f i q) = c * Σ_i Σ_q f i q`. -/
theorem sum_sum_mul (k : Nat) (c : R) (f : Nat → Nat → R) :
    Eq (sum k (fun i => sum k (fun q => mul c (f i q))))
      (mul c (sum k (fun i => sum k (fun q => f i q)))) :=
  Eq.trans (sum_ext k (fun i => sum_mul_left k c (f i)))
    (sum_mul_left k c (fun i => sum k (fun q => f i q)))

/-- `Σ_i Σ_q (x_i² + x_q²) = 2 k ‖x‖²`. -/
theorem sum_sum_sq (k : Nat) (x : Vec R) :
    Eq (sum k (fun i => sum k (fun q => add (mul (x i) (x i)) (mul (x q) (x q)))))
      (mul two (mul (ofNat k) (normSq k x))) :=
  Eq.trans
    (sum_ext k (fun i => Eq.trans (sum_add k (fun _ => mul (x i) (x i)) (fun q => mul (x q) (x q)))
      (congrArg (fun t => add t (normSq k x)) (sum_const k (mul (x i) (x i))))))
    (Eq.trans (sum_add k (fun i => mul (ofNat k) (mul (x i) (x i))) (fun _ => normSq k x))
      (Eq.trans (congr2 add (sum_mul_left k (ofNat k) (fun i => mul (x i) (x i)))
          (sum_const k (normSq k x)))
        (ring_eq (vars2 (ofNat k) (normSq k x))
          (a := add (mul (ofNat k) (normSq k x)) (mul (ofNat k) (normSq k x))))))

/-- `|e_iq| ≤ ε` for all `i, q < k` gives `-Σ e_iq x_i x_q ≤ k ε ‖x‖²`. -/
theorem neg_form_le {k : Nat} {ε : R} {e : Nat → Nat → R}
    (h : ∀ i q, Nat.lt i k → Nat.lt q k → And (le (neg ε) (e i q)) (le (e i q) ε)) (x : Vec R) :
    le (form k (fun i q => neg (e i q)) x) (mul (mul (ofNat k) ε) (normSq k x)) :=
  have s : le (sum k (fun i => sum k (fun q =>
        mul (mul two two) (mul (neg (e i q)) (mul (x i) (x q))))))
      (sum k (fun i => sum k (fun q =>
        mul (mul two ε) (add (mul (x i) (x i)) (mul (x q) (x q)))))) :=
    sum_le (fun i hi => sum_le (fun q hq => cross_le (h i q hi hq).left (h i q hi hq).right))
  le_of_mul_le_mul_left (mul_pos two_pos two_pos)
    (le_congr (Eq.symm (sum_sum_mul k (mul two two) (fun i q => mul (neg (e i q)) (mul (x i) (x q)))))
      (Eq.symm (Eq.trans
        (sum_sum_mul k (mul two ε) (fun i q => add (mul (x i) (x i)) (mul (x q) (x q))))
        (Eq.trans (congrArg (mul (mul two ε)) (sum_sum_sq k x))
          (ring_eq (vars3 (ofNat k) ε (normSq k x))
            (a := mul (mul two ε) (mul two (mul (ofNat k) (normSq k x))))
            (b := mul (mul two two) (mul (mul (ofNat k) ε) (normSq k x))))))) s)

/-- `Nat.beq n n`. -/
theorem nat_beq_self (n : Nat) : Eq (Nat.beq n n) true :=
  Nat.rec (motive := fun n => Eq (Nat.beq n n) true) rfl (fun _ ih => ih) n

/-- `Σ D_i x_i²`. -/
def weightedSq (k : Nat) (D : Nat → R) (x : Vec R) : R :=
  sum k (fun i => mul (D i) (mul (x i) (x i)))

/-- `D_i` on the diagonal, 0 beside it: the form is `Σ D_i x_i²`. -/
theorem form_diag (k : Nat) (D : Nat → R) (x : Vec R) :
    Eq (form k (fun i q => pick (Nat.beq q i) (D i) zero) x) (weightedSq k D x) :=
  sum_congr (fun i hi => Eq.trans
    (sum_single (k := i) (f := fun q => mul (pick (Nat.beq q i) (D i) zero) (mul (x i) (x q))) hi
      (fun q hq => Or.elim (bool_em (Nat.beq q i))
        (fun t => absurd (Nat.eq_of_beq_eq_true t) hq)
        (fun t => Eq.trans (congrArg (fun c => mul (pick c (D i) zero) (mul (x i) (x q))) t)
          (zero_mul (mul (x i) (x q))))))
    (congrArg (fun c => mul (pick c (D i) zero) (mul (x i) (x i))) (nat_beq_self i)))

/-- Entries of `g` that are those of `diag(D_i)` up to `ε`, with `k ε ≤ d`, give
`Σ g_iq x_i x_q ≤ Σ D_i x_i² + d ‖x‖²`. -/
theorem form_le {k : Nat} {D : Nat → R} {d ε : R} {g : Nat → Nat → R}
    (h : ∀ i q, Nat.lt i k → Nat.lt q k →
      And (le (neg ε) (sub (pick (Nat.beq q i) (D i) zero) (g i q)))
        (le (sub (pick (Nat.beq q i) (D i) zero) (g i q)) ε))
    (hd : le (mul (ofNat k) ε) d) (x : Vec R) :
    le (form k g x) (add (weightedSq k D x) (mul d (normSq k x))) :=
  have e : Eq (form k g x)
      (add (form k (fun i q => pick (Nat.beq q i) (D i) zero) x)
        (form k (fun i q => neg (sub (pick (Nat.beq q i) (D i) zero) (g i q))) x)) :=
    Eq.trans
      (sum_ext k (fun i => Eq.trans
        (sum_ext k (fun q => ring_eq (vars4 (g i q) (pick (Nat.beq q i) (D i) zero) (x i) (x q))
          (b := add (mul (pick (Nat.beq q i) (D i) zero) (mul (x i) (x q)))
            (mul (neg (sub (pick (Nat.beq q i) (D i) zero) (g i q))) (mul (x i) (x q))))))
        (sum_add k _ _)))
      (sum_add k _ _)
  le_congr e rfl
    (add_le_add (le_of_eq (form_diag k D x))
      (le_trans (neg_form_le h x) (mul_le_mul_right (normSq_nonneg k x) hd)))

/-! ## The form of a stack -/

/-- The image of a difference of natural numbers. -/
theorem ofInt_diff (a b : Nat) : Eq (ofInt (diff a b) : R) (sub (ofNat a) (ofNat b)) :=
  have e : Eq (Int.add (diff a b) (Int.ofNat b)) (Int.ofNat a) :=
    Eq.trans (congrArg (Int.add (diff a b)) (Eq.symm (diff_zero b)))
      (Eq.trans (diff_add a b b 0)
        (Eq.trans (diff_eq (c := a) (d := 0) (nat_ring (vars2 a b)
          (a := Nat.add (Nat.add a b) 0) (b := Nat.add a (Nat.add b 0)))) (diff_zero a)))
  have f : Eq (add (ofInt (diff a b) : R) (ofNat b)) (ofNat a) :=
    Eq.trans (Eq.symm (ofInt_add (diff a b) (Int.ofNat b))) (congrArg ofInt e)
  Eq.trans (ring_eq (vars2 (ofInt (diff a b)) (ofNat b))
      (b := sub (add (ofInt (diff a b)) (ofNat b)) (ofNat b)))
    (congrArg (fun t => sub t (ofNat b)) f)

/-- The image of a sum of natural numbers. -/
theorem ofNat_natSum (n : Nat) (f : Nat → Nat) :
    Eq (ofNat (natSum n f) : R) (sum n (fun r => ofNat (f r))) :=
  Nat.rec (motive := fun n => Eq (ofNat (natSum n f) : R) (sum n (fun r => ofNat (f r)))) ofNat_zero
    (fun n ih => Eq.trans (ofNat_add (natSum n f) (f n)) (congrArg (fun t => add t (ofNat (f n))) ih)) n

/-- Entry `(r, p)` of a stack: `u_rp - β` for `p < size`, else 0. -/
noncomputable def Stack.entry (s : Stack) (r p : Nat) : Int :=
  pick (Nat.ble (Nat.succ p) s.size) (diff (Stack.digit s r p) s.bias) (Int.ofNat 0)

/-- `α Σ_r v_ri v_rq`. -/
noncomputable def Stack.gram (s : Stack) (i q : Nat) : R :=
  mul (ofNat s.weight) (sum (Rows.count s.rows)
    (fun r => mul (ofInt (Stack.entry s r i)) (ofInt (Stack.entry s r q))))

/-- `plus = gram + minus` where both places have digits. -/
theorem plus_eq_of_has (s : Stack) {i q : Nat} (hs : Eq (Stack.has s i q) true) :
    Eq (ofNat (Stack.plus s i q) : R) (add (Stack.gram s i q) (ofNat (Stack.minus s i q))) :=
  have entry (p : Nat) (h : Eq (Nat.ble (Nat.succ p) s.size) true) (r : Nat) :
      Eq (ofInt (Stack.entry s r p) : R) (sub (ofNat (Stack.digit s r p)) (ofNat s.bias)) :=
    Eq.trans (congrArg (fun t => ofInt (pick t (diff (Stack.digit s r p) s.bias) (Int.ofNat 0))) h)
      (ofInt_diff _ _)
  let M := Rows.count s.rows
  let u : Nat → Nat → R := fun r p => ofNat (Stack.digit s r p)
  have p : Eq (ofNat (Stack.plus s i q) : R) (mul (ofNat s.weight)
      (add (sum M (fun r => mul (u r i) (u r q))) (mul (ofNat M) (mul (ofNat s.bias) (ofNat s.bias))))) :=
    Eq.trans (ofNat_mul _ _) (congrArg (mul (ofNat s.weight)) (Eq.trans (ofNat_add _ _)
      (congr2 add (Eq.trans (ofNat_natSum M _) (sum_ext M (fun _ => ofNat_mul _ _)))
        (Eq.trans (ofNat_mul _ _) (congrArg (mul (ofNat M)) (ofNat_mul _ _))))))
  have m : Eq (ofNat (Stack.minus s i q) : R) (mul (mul (ofNat s.weight) (ofNat s.bias))
      (add (sum M (fun r => u r q)) (sum M (fun r => u r i)))) :=
    Eq.trans (ofNat_mul _ _) (congr2 mul (ofNat_mul _ _)
      (Eq.trans (ofNat_add _ _) (congr2 add (ofNat_natSum M _) (ofNat_natSum M _))))
  have g : Eq (sum M (fun r => mul (ofInt (Stack.entry s r i)) (ofInt (Stack.entry s r q))))
      (sub (add (sum M (fun r => mul (u r i) (u r q))) (mul (ofNat M) (mul (ofNat s.bias) (ofNat s.bias))))
        (mul (ofNat s.bias) (add (sum M (fun r => u r q)) (sum M (fun r => u r i))))) :=
    Eq.trans
      (sum_ext M (fun r => Eq.trans
        (congr2 mul (entry i (bool_and hs).left r) (entry q (bool_and hs).right r))
        (ring_eq (vars3 (u r i) (u r q) (ofNat s.bias))
          (a := mul (sub (u r i) (ofNat s.bias)) (sub (u r q) (ofNat s.bias)))
          (b := sub (add (mul (u r i) (u r q)) (mul (ofNat s.bias) (ofNat s.bias)))
            (mul (ofNat s.bias) (add (u r q) (u r i)))))))
      (Eq.trans (sum_sub M _ _)
        (congr2 sub (Eq.trans (sum_add M _ _) (congrArg (add _) (sum_const M _)))
          (Eq.trans (sum_mul_left M (ofNat s.bias) _)
            (congrArg (mul (ofNat s.bias)) (sum_add M _ _)))))
  Eq.trans p (Eq.symm (Eq.trans
    (congr2 add (congrArg (mul (ofNat s.weight)) g) m)
    (ring_eq (vars4 (ofNat s.weight) (ofNat s.bias)
        (add (sum M (fun r => mul (u r i) (u r q))) (mul (ofNat M) (mul (ofNat s.bias) (ofNat s.bias))))
        (add (sum M (fun r => u r q)) (sum M (fun r => u r i))))
      (a := add (mul (ofNat s.weight) (sub
          (add (sum M (fun r => mul (u r i) (u r q))) (mul (ofNat M) (mul (ofNat s.bias) (ofNat s.bias))))
          (mul (ofNat s.bias) (add (sum M (fun r => u r q)) (sum M (fun r => u r i))))))
        (mul (mul (ofNat s.weight) (ofNat s.bias))
          (add (sum M (fun r => u r q)) (sum M (fun r => u r i))))))))

/-- `plus = gram + minus`; all vanish where a place has no digit. -/
theorem plus_eq (s : Stack) (i q : Nat) :
    Eq (ofNat (pick (Stack.has s i q) (Stack.plus s i q) 0) : R)
      (add (Stack.gram s i q) (ofNat (pick (Stack.has s i q) (Stack.minus s i q) 0))) :=
  Or.elim (bool_em (Stack.has s i q))
    (fun h => Eq.trans (congrArg (fun t => ofNat (pick t (Stack.plus s i q) 0)) h)
      (Eq.trans (plus_eq_of_has s h) (congrArg (add _)
        (congrArg (fun t => ofNat (pick t (Stack.minus s i q) 0)) (Eq.symm h)))))
    (fun h =>
      have g : Eq (Stack.gram s i q : R) zero :=
        have z (r : Nat) :
            Eq (mul (ofInt (Stack.entry s r i)) (ofInt (Stack.entry s r q)) : R) zero :=
          Or.elim (bool_em (Nat.ble (Nat.succ i) s.size))
            (fun e =>
              have e' : Eq (Nat.ble (Nat.succ q) s.size) false :=
                Eq.trans (congrArg (fun t => and t (Nat.ble (Nat.succ q) s.size)) (Eq.symm e)) h
              Eq.trans (congrArg (mul _) (Eq.trans (congrArg
                (fun t => ofInt (pick t (diff (Stack.digit s r q) s.bias) (Int.ofNat 0))) e')
                ofInt_zero)) (mul_zero _))
            (fun e => Eq.trans (congrArg (fun t => mul t _) (Eq.trans (congrArg
                (fun t => ofInt (pick t (diff (Stack.digit s r i) s.bias) (Int.ofNat 0))) e)
                ofInt_zero)) (zero_mul _))
        Eq.trans (congrArg (mul _) (Eq.trans (sum_ext _ z) (sum_zero _))) (mul_zero _)
      Eq.trans (congrArg (fun t => ofNat (pick t (Stack.plus s i q) 0)) h)
        (Eq.trans ofNat_zero (Eq.symm (Eq.trans
          (congr2 add g (Eq.trans
            (congrArg (fun t => ofNat (pick t (Stack.minus s i q) 0)) h) ofNat_zero))
          (add_zero zero)))))

/-- `‖v x‖²` for a vector of `k` entries. -/
noncomputable def Stack.normSq (s : Stack) (k : Nat) (x : Vec R) : R :=
  LipBridge.normSq (Rows.count s.rows) (matVec k (Stack.entry s) x)

/-- `Σ_i Σ_q α (vᵀv)_iq x_i x_q = α ‖v x‖²`. -/
theorem form_gram (s : Stack) (k : Nat) (x : Vec R) :
    Eq (form k (Stack.gram s) x) (mul (ofNat s.weight) (Stack.normSq s k x)) :=
  let v : Nat → Nat → R := fun r p => ofInt (Stack.entry s r p)
  let M := Rows.count s.rows
  have e (r : Nat) : Eq (mul (sum k (fun i => mul (v r i) (x i))) (sum k (fun q => mul (v r q) (x q))))
      (sum k (fun i => sum k (fun q => mul (mul (v r i) (v r q)) (mul (x i) (x q))))) :=
    Eq.trans (Eq.symm (sum_mul_right k (sum k (fun q => mul (v r q) (x q))) _))
      (sum_ext k (fun i => Eq.trans (Eq.symm (sum_mul_left k (mul (v r i) (x i)) _))
        (sum_ext k (fun q => ring_eq (vars4 (v r i) (x i) (v r q) (x q))))))
  Eq.symm (Eq.trans
    (congrArg (mul (ofNat s.weight)) (Eq.trans (sum_ext M e)
      (Eq.trans (sum_comm M k _) (sum_ext k (fun i => Eq.trans (sum_comm M k _)
        (sum_ext k (fun q => sum_mul_right M (mul (x i) (x q)) (fun r => mul (v r i) (v r q)))))))))
    (Eq.trans (Eq.symm (sum_sum_mul k (ofNat s.weight) _))
      (sum_ext k (fun _ => sum_ext k (fun _ => Eq.symm (mul_assoc (ofNat s.weight) _ _))))))

/-! ## The form of a list of stacks -/

/-- `Σ f(s)` over the stacks. -/
noncomputable def stackSumR (f : Stack → R) (l : List Stack) : R :=
  List.rec (motive := fun _ => R) zero (fun s _ ih => add (f s) ih) l

/-- `Σ α ‖v x‖²` over the stacks. -/
noncomputable def stackForm (l : List Stack) (k : Nat) (x : Vec R) : R :=
  stackSumR (fun s => mul (ofNat s.weight) (Stack.normSq s k x)) l

/-- `Σ plus = Σ gram + Σ minus`. -/
theorem plus_sum_eq (l : List Stack) (i q : Nat) :
    Eq (ofNat (stackSum (fun s => pick (Stack.has s i q) (Stack.plus s i q) 0) l) : R)
      (add (stackSumR (fun s => Stack.gram s i q) l)
        (ofNat (stackSum (fun s => pick (Stack.has s i q) (Stack.minus s i q) 0) l))) :=
  List.rec
    (motive := fun l => Eq (ofNat (stackSum (fun s => pick (Stack.has s i q) (Stack.plus s i q) 0) l) : R)
      (add (stackSumR (fun s => Stack.gram s i q) l)
        (ofNat (stackSum (fun s => pick (Stack.has s i q) (Stack.minus s i q) 0) l))))
    (Eq.trans ofNat_zero (Eq.symm (Eq.trans (congrArg (add zero) ofNat_zero) (add_zero zero))))
    (fun s l ih => Eq.trans (ofNat_add _ _) (Eq.trans (congr2 add (plus_eq s i q) ih)
      (Eq.trans
        (ring_eq (vars4 (Stack.gram s i q) (ofNat (pick (Stack.has s i q) (Stack.minus s i q) 0))
            (stackSumR (fun s => Stack.gram s i q) l)
            (ofNat (stackSum (fun s => pick (Stack.has s i q) (Stack.minus s i q) 0) l)))
          (a := add (add (Stack.gram s i q) (ofNat (pick (Stack.has s i q) (Stack.minus s i q) 0)))
            (add (stackSumR (fun s => Stack.gram s i q) l)
              (ofNat (stackSum (fun s => pick (Stack.has s i q) (Stack.minus s i q) 0) l))))
          (b := add (add (Stack.gram s i q) (stackSumR (fun s => Stack.gram s i q) l))
            (add (ofNat (pick (Stack.has s i q) (Stack.minus s i q) 0))
              (ofNat (stackSum (fun s => pick (Stack.has s i q) (Stack.minus s i q) 0) l)))))
        (congrArg (add _) (Eq.symm (ofNat_add _ _)))))) l

/-- The form of `Σ α vᵀv` is `Σ α ‖v x‖²`. -/
theorem form_stackSum (l : List Stack) (k : Nat) (x : Vec R) :
    Eq (form k (fun i q => stackSumR (fun s => Stack.gram s i q) l) x) (stackForm l k x) :=
  List.rec
    (motive := fun l => Eq (form k (fun i q => stackSumR (fun s => Stack.gram s i q) l) x)
      (stackForm l k x))
    (Eq.trans (sum_ext k (fun _ => Eq.trans (sum_ext k (fun _ => zero_mul _)) (sum_zero k)))
      (sum_zero k))
    (fun s _ ih => Eq.trans
      (Eq.trans (sum_ext k (fun i => Eq.trans
          (sum_ext k (fun q => add_mul (Stack.gram s i q) _ (mul (x i) (x q)))) (sum_add k _ _)))
        (sum_add k _ _))
      (congr2 add (form_gram s k x) ih)) l

/-- `G + m + n = δ + (m + ε)` gives `δ - G = n - ε`. -/
theorem sub_of_sums {G m n δ ε : R} (h : Eq (add (add G m) n) (add δ (add m ε))) :
    Eq (sub δ G) (sub n ε) :=
  Eq.trans (ring_eq (vars4 δ G m ε) (b := sub (add δ (add m ε)) (add G (add m ε))))
    (Eq.trans (congrArg (fun t => sub t (add G (add m ε))) (Eq.symm h))
      (ring_eq (vars4 n G m ε) (a := sub (add (add G m) n) (add G (add m ε)))))

/-- The form is at most `Σ D_i x_i² + d ‖x‖²`. -/
theorem GramRows.form_le {l : List Stack} {D : Nat → Nat} {d ε k n : Nat} (g : GramRows l D ε n)
    (hn : Nat.le k n) (hd : Nat.le (Nat.mul k ε) d) (x : Vec R) :
    le (stackForm l k x)
      (add (weightedSq k (fun i => ofNat (D i)) x) (mul (ofNat d) (LipBridge.normSq k x))) :=
  le_congr (Eq.symm (form_stackSum l k x)) rfl
    (LipBridge.form_le (D := fun i => ofNat (D i)) (ε := ofNat ε)
      (fun i q hi hq => match GramRows.entry g (Nat.le_trans hi hn) (Nat.le_trans hq hn) with
        | ⟨n, hn, e⟩ =>
          let G : R := stackSumR (fun s => Stack.gram s i q) l
          let m : R := ofNat (stackSum (fun s => pick (Stack.has s i q) (Stack.minus s i q) 0) l)
          let δ : R := pick (Nat.beq q i) (ofNat (D i)) OrderedRing.zero
          have p : Eq (ofNat (pick (Nat.beq q i) (D i) 0) : R) δ :=
            Bool.rec (motive := fun c =>
              Eq (ofNat (pick c (D i) 0) : R) (pick c (ofNat (D i)) OrderedRing.zero))
              ofNat_zero rfl (Nat.beq q i)
          have h : Eq (add (add G m) (ofNat n)) (add δ (add m (ofNat ε))) :=
            Eq.trans (congrArg (fun t => add t (ofNat n)) (Eq.symm (plus_sum_eq l i q)))
              (Eq.trans (Eq.symm (ofNat_add _ _))
                (Eq.trans (congrArg ofNat e)
                  (Eq.trans (ofNat_add _ _) (congr2 add p (ofNat_add _ _)))))
          have d : Eq (sub δ G) (sub (ofNat n) (ofNat ε)) :=
            sub_of_sums h
          have b : le (ofNat n : R) (add (ofNat ε) (ofNat ε)) :=
            le_via (ofNat_le hn) rfl
              (Eq.trans (ring_eq (vars1 (ofNat ε)) (a := add (ofNat ε) (ofNat ε))
                  (b := mul (add one one) (ofNat ε)))
                (Eq.trans (congrArg (fun t => mul t (ofNat ε)) (Eq.symm ofNat_two))
                  (Eq.symm (ofNat_mul 2 ε))))
          ⟨le_congr rfl d (le_of_add (ofNat_nonneg n) (ring_eq (vars2 (ofNat n) (ofNat ε))
              (a := add (neg (ofNat ε)) (ofNat n)) (b := sub (ofNat n) (ofNat ε)))),
           le_congr d rfl (le_via (add_le_add_right (neg (ofNat ε)) b) rfl
             (ring_eq (vars1 (ofNat ε)) (b := add (add (ofNat ε) (ofNat ε)) (neg (ofNat ε)))))⟩)
      (le_via (ofNat_le hd) (Eq.symm (ofNat_mul k ε)) rfl) x)

end

end LipBridge
