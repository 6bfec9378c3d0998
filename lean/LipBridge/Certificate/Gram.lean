import LipBridge.Certificate.Packed
/-!
# Gram matrices of packed rows, row by row

A stack is a packed matrix `v = u - β` (`u ≥ 0` the stored digits) with a weight `α`. Row `i` of
`Σ α vᵀv` is one packed number: `Σ_r u_ri * spread(u_r)` and corrections for the bias, since
`Σ_r v_ri v_rq = Σ_r u_ri u_rq + Mβ² - β(Σ_r u_rq + Σ_r u_ri)`. `rowCheck` compares it with row `i` of
`D·I`: every entry agrees up to `ε`. Only `Nat` arithmetic, about one large product a row of the
stack.
-/

set_option autoImplicit false

namespace LipBridge

/-- A packed matrix and its weight: entry `(r, p)` is `digit width x_r p - bias`. -/
structure Stack : Type where
  /-- The factor `α` of the Gram matrix. -/
  weight : Nat
  /-- Bits of a digit. -/
  width : Nat
  /-- The bias `β`. -/
  bias : Nat
  /-- The rows. -/
  rows : Rows

/-- The stored digit `u_rp`. -/
noncomputable def Stack.digit (s : Stack) (r p : Nat) : Nat :=
  LipBridge.digit s.width (Rows.get s.rows r) p

/-- `α (Σ_r u_ri u_rq + Mβ²)`. -/
noncomputable def Stack.plus (s : Stack) (i q : Nat) : Nat :=
  Nat.mul s.weight (Nat.add
    (natSum (Rows.count s.rows) (fun r => Nat.mul (Stack.digit s r i) (Stack.digit s r q)))
    (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)))

/-- `αβ (Σ_r u_rq + Σ_r u_ri)`. -/
noncomputable def Stack.minus (s : Stack) (i q : Nat) : Nat :=
  Nat.mul (Nat.mul s.weight s.bias) (Nat.add
    (natSum (Rows.count s.rows) (fun r => Stack.digit s r q))
    (natSum (Rows.count s.rows) (fun r => Stack.digit s r i)))

/-- `Σ f(s)` over the stacks. -/
noncomputable def stackSum (f : Stack → Nat) (l : List Stack) : Nat :=
  List.rec (motive := fun _ => Nat) 0 (fun s _ ih => Nat.add (f s) ih) l

/-- Entry `(i, q)` of `Σ α vᵀv` is that of `D·I`, up to `ε`: the difference plus `ε` is an `n` with
`0 ≤ n ≤ 2ε`. -/
def GramEntry (l : List Stack) (D ε i q : Nat) : Prop :=
  Exists fun n => And (Nat.le n (Nat.mul 2 ε))
    (Eq (Nat.add (stackSum (fun s => Stack.plus s i q) l) n)
      (Nat.add (pick (Nat.beq q i) D 0) (Nat.add (stackSum (fun s => Stack.minus s i q) l) ε)))

/-! ## What the kernel computes -/

/-- `Σ_r u_ri * spread(u_r)`. -/
noncomputable def Rows.dot (w b : Nat) (s : Shape) (i : Nat) (t : Rows) : Nat :=
  Rows.rec (motive := fun _ => Nat)
    (fun x => Nat.mul (Nat.mod (Nat.shiftRight x (Nat.mul w i)) (Nat.pow 2 w)) (spread w b s x))
    (fun x₀ x₁ x₂ x₃ x₄ x₅ x₆ x₇ => Nat.add
      (Nat.add
        (Nat.add
          (Nat.mul (Nat.mod (Nat.shiftRight x₀ (Nat.mul w i)) (Nat.pow 2 w)) (spread w b s x₀))
          (Nat.mul (Nat.mod (Nat.shiftRight x₁ (Nat.mul w i)) (Nat.pow 2 w)) (spread w b s x₁)))
        (Nat.add
          (Nat.mul (Nat.mod (Nat.shiftRight x₂ (Nat.mul w i)) (Nat.pow 2 w)) (spread w b s x₂))
          (Nat.mul (Nat.mod (Nat.shiftRight x₃ (Nat.mul w i)) (Nat.pow 2 w)) (spread w b s x₃))))
      (Nat.add
        (Nat.add
          (Nat.mul (Nat.mod (Nat.shiftRight x₄ (Nat.mul w i)) (Nat.pow 2 w)) (spread w b s x₄))
          (Nat.mul (Nat.mod (Nat.shiftRight x₅ (Nat.mul w i)) (Nat.pow 2 w)) (spread w b s x₅)))
        (Nat.add
          (Nat.mul (Nat.mod (Nat.shiftRight x₆ (Nat.mul w i)) (Nat.pow 2 w)) (spread w b s x₆))
          (Nat.mul (Nat.mod (Nat.shiftRight x₇ (Nat.mul w i)) (Nat.pow 2 w)) (spread w b s x₇)))))
    (fun _ _ a b => Nat.add a b) t

/-- The packed number with all digits 1. -/
noncomputable def ones (b : Nat) (s : Shape) : Nat :=
  Shape.rec (motive := fun _ => Nat) 1 (pack (Nat.pow 2 b) 8 (fun _ => 1))
    (fun l _ x y => Nat.add x (Nat.shiftLeft y (Nat.mul b (Shape.size l)))) s

/-- `plus`, packed over `q`. -/
noncomputable def Stack.plusRow (b : Nat) (sh : Shape) (i : Nat) (s : Stack) : Nat :=
  Nat.mul s.weight (Nat.add (Rows.dot s.width b sh i s.rows)
    (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)) (ones b sh)))

/-- `Σ_r spread(u_r)`. -/
noncomputable def Stack.colSums (b : Nat) (sh : Shape) (s : Stack) : Nat :=
  Rows.sum (spread s.width b sh) s.rows

/-- `minus`, packed over `q`. -/
noncomputable def Stack.minusRow (b : Nat) (sh : Shape) (i : Nat) (s : Stack) : Nat :=
  Nat.mul (Nat.mul s.weight s.bias) (Nat.add (Stack.colSums b sh s)
    (Nat.mul (LipBridge.digit b (Stack.colSums b sh s) i) (ones b sh)))

/-- Whether the first `n` digits are at most `m`. -/
noncomputable def allLe (b m n : Nat) : Nat → Bool :=
  Nat.rec (motive := fun _ => Nat → Bool) (fun _ => true)
    (fun _ ih y => and (Nat.ble (Nat.mod y (Nat.pow 2 b)) m) (ih (Nat.shiftRight y b))) n

/-- Whether the digits of `y`, as many as the shape has, are at most `m`. -/
noncomputable def digitsLe (b m : Nat) (s : Shape) : Nat → Bool :=
  Shape.rec (motive := fun _ => Nat → Bool) (fun y => allLe b m 1 y) (fun y => allLe b m 8 y)
    (fun l _ f g y => and (f (Nat.mod y (Nat.pow 2 (Nat.mul b (Shape.size l)))))
      (g (Nat.shiftRight y (Nat.mul b (Shape.size l))))) s

/-- Whether the packed numbers `x ≤ y` have a difference with digits at most `m`, and no more digits
than the shape. -/
noncomputable def diffCheck (b m : Nat) (sh : Shape) (x y : Nat) : Bool :=
  and (Nat.ble x y) (and (Nat.beq (Nat.shiftRight (Nat.sub y x) (Nat.mul b (Shape.size sh))) 0)
    (digitsLe b m sh (Nat.sub y x)))

/-- Whether row `i` of `Σ α vᵀv` is row `i` of `D·I`, up to `ε`. -/
noncomputable def rowCheck (b : Nat) (sh : Shape) (l : List Stack) (D ε i : Nat) : Bool :=
  diffCheck b (Nat.mul 2 ε) sh (stackSum (Stack.plusRow b sh i) l)
    (Nat.add (Nat.shiftLeft D (Nat.mul b i))
      (Nat.add (stackSum (Stack.minusRow b sh i) l) (Nat.mul ε (ones b sh))))

/-- Whether the rows `a, …, a + n - 1` pass. -/
noncomputable def rowsCheck (b : Nat) (sh : Shape) (l : List Stack) (D ε a n : Nat) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun i ih => and (rowCheck b sh l D ε (Nat.add a i)) ih) n

/-- `α (M 4^w + Mβ²)`, not below `plus`. -/
noncomputable def Stack.plusMax (s : Stack) : Nat :=
  Nat.mul s.weight (Nat.add
    (Nat.mul (Rows.count s.rows) (Nat.mul (Nat.pow 2 s.width) (Nat.pow 2 s.width)))
    (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)))

/-- `αβ (M 2^w + M 2^w)`, not below `minus`. -/
noncomputable def Stack.minusMax (s : Stack) : Nat :=
  Nat.mul (Nat.mul s.weight s.bias) (Nat.add
    (Nat.mul (Rows.count s.rows) (Nat.pow 2 s.width))
    (Nat.mul (Rows.count s.rows) (Nat.pow 2 s.width)))

/-- Whether digits and column sums of the stack fit into `b` bits. -/
noncomputable def Stack.fits (b : Nat) (s : Stack) : Bool :=
  and (Nat.ble (Nat.pow 2 s.width) (Nat.pow 2 b))
    (Nat.ble (Nat.succ (Nat.mul (Rows.count s.rows) (Nat.pow 2 s.width))) (Nat.pow 2 b))

/-- Whether every stack fits. -/
noncomputable def allFit (b : Nat) (l : List Stack) : Bool :=
  List.rec (motive := fun _ => Bool) true (fun s _ ih => and (Stack.fits b s) ih) l

/-- Whether `b` bits are enough for every entry of the packed rows. -/
noncomputable def widthCheck (b : Nat) (l : List Stack) (D ε : Nat) : Bool :=
  and (allFit b l)
    (and (Nat.ble (Nat.succ (Nat.add (stackSum Stack.plusMax l) (Nat.mul 2 ε))) (Nat.pow 2 b))
      (Nat.ble (Nat.succ (Nat.add D (Nat.add (stackSum Stack.minusMax l) ε))) (Nat.pow 2 b)))

/-- The check of the rows `a, …, a + n - 1`, columns `0, …, a + n - 1`. -/
noncomputable def gramCheck (b : Nat) (sh : Shape) (l : List Stack) (D ε a n : Nat) : Bool :=
  and (Nat.ble (Nat.add a n) (Shape.size sh))
    (and (widthCheck b l D ε) (rowsCheck b sh l D ε a n))
end LipBridge
