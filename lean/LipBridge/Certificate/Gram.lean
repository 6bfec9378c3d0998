import LipBridge.Certificate.Lanes
/-!
# Gram matrices of packed rows, chunk by chunk: what the kernel computes

A stack is a packed matrix `v = u - β` (`u ≥ 0` the stored digits) with a weight `α`. A chunk is `k`
rows `i = k c, …, k c + k - 1` of `Σ α vᵀv`, packed in one number with digit `k q + j` for row
`k c + j` and column `q`: `Σ_r A_r P_r` and corrections for the bias, since
`Σ_r v_ri v_rq = Σ_r u_ri u_rq + Mβ² - β(Σ_r u_rq + Σ_r u_ri)`. Here `P_r` is row `r` spread to base
`2^(b k)`, and `A_r` has `k` digits of the row spread to base `2^b`. `chunkCheck` compares the chunk
with that of the diagonal matrix of the `D_i`: every entry agrees up to `ε`. Only `Nat` arithmetic, one
large product for each row of the stack. `gramCheck` checks the chunks `c₀, …, c₀ + C - 1` at the
places `q < n`; with `n = k (c₀ + C)` that suffices, since the matrix is symmetric.
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

/-- The number of digits of a row among the first `n` places. -/
noncomputable def Stack.places (n : Nat) (s : Stack) : Nat := pick (Nat.ble s.size n) s.size n

/-- The rows, spread to base `2^b` and to base `2^(b k)`; there are at most `2^t` digits. -/
noncomputable def Stack.lanes (b k t n : Nat) (s : Stack) : Lanes :=
  force s.width fun w => force b fun b => force (Nat.mul b k) fun g => force t fun t =>
  force (Stack.places n s) fun m =>
    Lanes.make (Nat.mul b (Nat.pow 2 t)) (spreadEight w b t m) (spreadTo w b t m) (spreadTo w g t m) s.rows

/-- Where the stack has digits: 1 for each row of chunk `c`, packed in base `2^b`. -/
noncomputable def Stack.onesAt (b k n c : Nat) (s : Stack) : Nat :=
  chunk b k (rep b (Stack.places n s)) c

/-- Where the stack has digits: 1 for each place, packed in base `2^(b k)`. -/
noncomputable def Stack.ones (b k n : Nat) (s : Stack) : Nat :=
  rep (Nat.mul b k) (Stack.places n s)

/-- `α (Σ_r u_ri u_rq + Mβ²)`, packed over the rows `i` of chunk `c` and over `q`. -/
noncomputable def Stack.plusChunk (b k t n c : Nat) (s : Stack) : Nat :=
  Nat.mul s.weight (Nat.add
    (force (Nat.add 32 (Nat.mul (Nat.mul b k) c)) fun d =>
      force (Nat.sub (Nat.pow 2 (Nat.mul b k)) 1) fun W => Lanes.dot d W (Stack.lanes b k t n s))
    (Nat.mul (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias))
      (Nat.mul (Stack.onesAt b k n c s) (Stack.ones b k n s))))

/-- `αβ (Σ_r u_rq + Σ_r u_ri)`, packed likewise. -/
noncomputable def Stack.minusChunk (b k t n c : Nat) (s : Stack) : Nat :=
  Nat.mul (Nat.mul s.weight s.bias) (Nat.add
    (Nat.mul (Stack.onesAt b k n c s) (Lanes.sum (Stack.lanes b k t n s)))
    (Nat.mul (chunk b k (Lanes.sumX (Stack.lanes b k t n s)) c) (Stack.ones b k n s)))

/-- `D_i` for the rows `i` of chunk `c`, each at its own place; `D_i` is digit `i` of `T` in base
`2^v`. -/
noncomputable def diagonalChunk (b k v T c : Nat) : Nat :=
  Nat.shiftLeft
    (pack (Nat.mul (Nat.pow 2 (Nat.mul b k)) (Nat.pow 2 b)) k
      (fun j => digit v T (Nat.add (Nat.mul k c) j)))
    (Nat.mul (Nat.mul b k) (Nat.mul k c))

/-- Whether chunk `c` of `Σ α vᵀv` is that of the diagonal, up to `ε`, in base `2^b`, `b = e + 1`. -/
noncomputable def chunkCheck (e k t n : Nat) (l : List Stack) (v T ε c : Nat) : Bool :=
  force (Nat.succ e) fun b =>
    diffCheck e (Nat.mul k n) (Nat.mul 2 ε) (stackSum (Stack.plusChunk b k t n c) l)
      (Nat.add (diagonalChunk b k v T c)
        (Nat.add (stackSum (Stack.minusChunk b k t n c) l)
          (Nat.mul ε (Nat.mul (rep b k) (rep (Nat.mul b k) n)))))

/-- Whether the chunks `a, …, a + C - 1` pass. -/
noncomputable def chunksCheck (e k t n : Nat) (l : List Stack) (v T ε a C : Nat) : Bool :=
  Nat.rec (motive := fun _ => Bool) true
    (fun i ih => and (force (Nat.add a i) fun c => chunkCheck e k t n l v T ε c) ih) C

/-- `α (M 4^w + Mβ²)`, not below any digit of `plusChunk`. -/
noncomputable def Stack.plusMax (s : Stack) : Nat :=
  Nat.mul s.weight (Nat.add
    (Nat.mul (Rows.count s.rows) (Nat.mul (Nat.pow 2 s.width) (Nat.pow 2 s.width)))
    (Nat.mul (Rows.count s.rows) (Nat.mul s.bias s.bias)))

/-- `αβ (M 2^w + M 2^w)`, not below any digit of `minusChunk`. -/
noncomputable def Stack.minusMax (s : Stack) : Nat :=
  Nat.mul (Nat.mul s.weight s.bias) (Nat.add
    (Nat.mul (Rows.count s.rows) (Nat.pow 2 s.width))
    (Nat.mul (Rows.count s.rows) (Nat.pow 2 s.width)))

/-- Whether digits and column sums of the stack fit into `b` bits. -/
noncomputable def Stack.fits (b : Nat) (s : Stack) : Bool :=
  and (Nat.ble s.width b)
    (Nat.ble (Nat.succ (Nat.mul (Rows.count s.rows) (Nat.pow 2 s.width))) (Nat.pow 2 b))

/-- Whether `f` holds for every stack. -/
noncomputable def allStacks (f : Stack → Bool) (l : List Stack) : Bool :=
  List.rec (motive := fun _ => Bool) true (fun s _ ih => and (f s) ih) l

/-- Whether `e + 1` bits are enough for every entry of the packed chunks, and `e` for `2 ε`. -/
noncomputable def widthCheck (e : Nat) (l : List Stack) (v ε : Nat) : Bool :=
  and (and (Nat.ble (Nat.succ (Nat.mul 2 ε)) (Nat.pow 2 e)) (allStacks (Stack.fits (Nat.succ e)) l))
    (and (Nat.ble (Nat.succ (Nat.add (stackSum Stack.plusMax l) (Nat.mul 2 ε)))
        (Nat.pow 2 (Nat.succ e)))
      (Nat.ble (Nat.succ (Nat.add (Nat.pow 2 v) (Nat.add (stackSum Stack.minusMax l) ε)))
        (Nat.pow 2 (Nat.succ e))))

/-- The stacks with digits at place `a`; the others vanish from there on. -/
noncomputable def activeStacks (a : Nat) (l : List Stack) : List Stack :=
  List.rec (motive := fun _ => List Stack) .nil
    (fun s _ ih => pick (Nat.ble s.size a) ih (.cons s ih)) l

/-- The check of the chunks `a, …, a + C - 1`, columns `0, …, n - 1`; `n ≤ 2^t`. -/
noncomputable def tileCheck (e k t n : Nat) (l : List Stack) (v T ε a C : Nat) : Bool :=
  and (and (Nat.ble 1 k) (and (Nat.ble (Nat.mul k (Nat.add a C)) n) (Nat.ble n (Nat.pow 2 t))))
    (and (widthCheck e l v ε) (chunksCheck e k t n l v T ε a C))

/-- The check of the chunks `a, …, a + C - 1`, by the stacks that have digits there. -/
noncomputable def gramCheck (e k t n : Nat) (l : List Stack) (v T ε a C : Nat) : Bool :=
  tileCheck e k t n (activeStacks (Nat.mul k a) l) v T ε a C

end LipBridge
