import LipBridge.Certificate.Lanes
/-!
# Gram matrices of packed rows, row by row: what the kernel computes

A stack is a packed matrix `v = u - β` (`u ≥ 0` the stored digits) with a weight `α`. Row `i` of
`Σ α vᵀv` is one packed number: `Σ_r u_ri * spread(u_r)` and corrections for the bias, since
`Σ_r v_ri v_rq = Σ_r u_ri u_rq + Mβ² - β(Σ_r u_rq + Σ_r u_ri)`. `rowCheck` compares it with row `i` of
`D·I`: every entry agrees up to `ε`. Only `Nat` arithmetic, one large product for each row of the
stack. `gramCheck` checks the rows `i = a, …, a + n - 1` at the places `q < a + n`; that suffices,
since the matrix is symmetric.
-/

set_option autoImplicit false

namespace LipBridge

/-- A packed matrix and its weight: entry `(r, p)` is `digit width x_r p - bias` for `p < size`, and 0
from there on. -/
structure Stack : Type where
  /-- The factor `α` of the Gram matrix. -/
  weight : Nat
  /-- Bits of a digit. -/
  width : Nat
  /-- The bias `β`. -/
  bias : Nat
  /-- The number of digits of a row. -/
  size : Nat
  /-- The rows. -/
  rows : Rows

/-- `Σ f(s)` over the stacks. -/
noncomputable def stackSum (f : Stack → Nat) (l : List Stack) : Nat :=
  List.rec (motive := fun _ => Nat) 0 (fun s _ ih => Nat.add (f s) ih) l

/-- The packed number with all digits 1. -/
noncomputable def ones (b : Nat) (s : Shape) : Nat :=
  Shape.rec (motive := fun _ => Nat) 1 (pack (Nat.pow 2 b) 8 (fun _ => 1))
    (fun l _ x y => Nat.add x (Nat.shiftLeft y (Nat.mul b (Shape.size l)))) s

/-- `α (Σ_r u_ri u_rq + Mβ²)`, packed over `q`. -/
noncomputable def Stack.plusRow (b : Nat) (sh : Shape) (i : Nat) (s : Stack) : Nat :=
  Nat.mul s.weight (Nat.add
    (force (Nat.add 32 (Nat.mul s.width i)) fun d => force (Nat.pow 2 s.width) fun W =>
      Lanes.dot d W (lanes s.width b sh s.rows))
    (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)) (ones b sh)))

/-- `Σ_r spread(u_r)`. -/
noncomputable def Stack.colSums (b : Nat) (sh : Shape) (s : Stack) : Nat :=
  Lanes.sum (lanes s.width b sh s.rows)

/-- `αβ (Σ_r u_rq + Σ_r u_ri)`, packed over `q`. -/
noncomputable def Stack.minusRow (b : Nat) (sh : Shape) (i : Nat) (s : Stack) : Nat :=
  Nat.mul (Nat.mul s.weight s.bias) (Nat.add (Stack.colSums b sh s)
    (Nat.mul (LipBridge.digit b (Stack.colSums b sh s) i) (ones b sh)))

/-- By how much the first eight digits of `y` exceed `m`, in all; `b₁, …, b₇` are the multiples of
`b`, `B = 2^b`. -/
noncomputable def excess8 (b₁ b₂ b₃ b₄ b₅ b₆ b₇ B m y : Nat) : Nat :=
  Nat.add
    (Nat.add
      (Nat.add (Nat.sub (Nat.mod y B) m) (Nat.sub (Nat.mod (Nat.shiftRight y b₁) B) m))
      (Nat.add (Nat.sub (Nat.mod (Nat.shiftRight y b₂) B) m)
        (Nat.sub (Nat.mod (Nat.shiftRight y b₃) B) m)))
    (Nat.add
      (Nat.add (Nat.sub (Nat.mod (Nat.shiftRight y b₄) B) m)
        (Nat.sub (Nat.mod (Nat.shiftRight y b₅) B) m))
      (Nat.add (Nat.sub (Nat.mod (Nat.shiftRight y b₆) B) m)
        (Nat.sub (Nat.mod (Nat.shiftRight y b₇) B) m)))

/-- By how much the digits of `y`, as many as the shape has, exceed `m`, in all. -/
noncomputable def excess (b b₂ b₃ b₄ b₅ b₆ b₇ B m : Nat) (s : Shape) : Nat → Nat :=
  Shape.rec (motive := fun _ => Nat → Nat) (fun y => Nat.sub (Nat.mod y B) m)
    (fun y => force y fun y => excess8 b b₂ b₃ b₄ b₅ b₆ b₇ B m y)
    (fun l _ f g y => Nat.add (f (Nat.mod y (Nat.pow 2 (Nat.mul b (Shape.size l)))))
      (g (Nat.shiftRight y (Nat.mul b (Shape.size l))))) s

/-- Whether the digits of `y`, as many as the shape has, are at most `m`. -/
noncomputable def digitsLe (b m : Nat) (s : Shape) (y : Nat) : Bool :=
  force b fun b => force (Nat.mul b 2) fun b₂ => force (Nat.mul b 3) fun b₃ =>
  force (Nat.mul b 4) fun b₄ => force (Nat.mul b 5) fun b₅ => force (Nat.mul b 6) fun b₆ =>
  force (Nat.mul b 7) fun b₇ => force (Nat.pow 2 b) fun B => force m fun m =>
    Nat.beq (excess b b₂ b₃ b₄ b₅ b₆ b₇ B m s y) 0

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
    (fun i ih => and (force (Nat.add a i) fun i => rowCheck b sh l D ε i) ih) n

/-- `α (M 4^w + Mβ²)`, not below any digit of `plusRow`. -/
noncomputable def Stack.plusMax (s : Stack) : Nat :=
  Nat.mul s.weight (Nat.add
    (Nat.mul (Rows.count s.rows) (Nat.mul (Nat.pow 2 s.width) (Nat.pow 2 s.width)))
    (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)))

/-- `αβ (M 2^w + M 2^w)`, not below any digit of `minusRow`. -/
noncomputable def Stack.minusMax (s : Stack) : Nat :=
  Nat.mul (Nat.mul s.weight s.bias) (Nat.add
    (Nat.mul (Rows.count s.rows) (Nat.pow 2 s.width))
    (Nat.mul (Rows.count s.rows) (Nat.pow 2 s.width)))

/-- Whether digits and column sums of the stack fit into `b` bits. -/
noncomputable def Stack.fits (b : Nat) (s : Stack) : Bool :=
  and (Nat.ble (Nat.pow 2 s.width) (Nat.pow 2 b))
    (Nat.ble (Nat.succ (Nat.mul (Rows.count s.rows) (Nat.pow 2 s.width))) (Nat.pow 2 b))

/-- Whether `f` holds for every stack. -/
noncomputable def allStacks (f : Stack → Bool) (l : List Stack) : Bool :=
  List.rec (motive := fun _ => Bool) true (fun s _ ih => and (f s) ih) l

/-- Whether `b` bits are enough for every entry of the packed rows. -/
noncomputable def widthCheck (b : Nat) (l : List Stack) (D ε : Nat) : Bool :=
  and (allStacks (Stack.fits b) l)
    (and (Nat.ble (Nat.succ (Nat.add (stackSum Stack.plusMax l) (Nat.mul 2 ε))) (Nat.pow 2 b))
      (Nat.ble (Nat.succ (Nat.add D (Nat.add (stackSum Stack.minusMax l) ε))) (Nat.pow 2 b)))

/-- The stacks with digits at place `a`; the others vanish from there on. -/
noncomputable def activeStacks (a : Nat) (l : List Stack) : List Stack :=
  List.rec (motive := fun _ => List Stack) .nil
    (fun s _ ih => pick (Nat.ble s.size a) ih (.cons s ih)) l

/-- The check of the rows `a, …, a + n - 1`, columns `0, …, a + n - 1`, for stacks that all have these
digits. -/
noncomputable def tileCheck (b : Nat) (sh : Shape) (l : List Stack) (D ε a n : Nat) : Bool :=
  and (Nat.ble (Nat.add a n) (Shape.size sh))
    (and (allStacks (fun s => Nat.ble (Nat.add a n) s.size) l)
      (and (widthCheck b l D ε) (rowsCheck b sh l D ε a n)))

/-- The check of the rows `a, …, a + n - 1`, columns `0, …, a + n - 1`. -/
noncomputable def gramCheck (b : Nat) (sh : Shape) (l : List Stack) (D ε a n : Nat) : Bool :=
  tileCheck b sh (activeStacks a l) D ε a n

end LipBridge
