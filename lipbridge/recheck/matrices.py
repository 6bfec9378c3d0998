"""The integers of packed matrices: every one of them is compared with what is stored.

A matrix holds a number for each row, or for each column, whose digits are its entries with a bias.
A kernel computes a digit from the whole number, which would take too long for all of them. So it is
asked, for variables, whether the library's ``PackedMatrix.entry`` means what is read here, as it is
asked about operations in ``arithmetic``; then each number is taken apart once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from lipbridge.recheck.equations import INT, equations, require
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.levels import ONE
from lipbridge.recheck.reduction import FALSE, NAT, TRUE
from lipbridge.recheck.terms import Nat, RefusedError, Term, app, const, lam, need, spine

_MATRIX = const("LipBridge.PackedMatrix")
_NAMES = "PackedMatrix.mk PackedMatrix.entry digit Rows.get Rows.walk Rows.one Rows.eight Rows.node"
_KNOWN = {name.split(".")[-1]: const(f"LipBridge.{name}") for name in _NAMES.split()}
_ROWS = _KNOWN["one"], _KNOWN["eight"], _KNOWN["node"]
_MEANING = equations(
    """
    entry (mk n m k x false d) x0 x1 = Int.subNatNat (digit k (get d x0) x1) x;
    entry (mk n m k x true d) x0 x1 = Int.subNatNat (digit k (get d x1) x0) x;
    digit k x y = mod (shiftRight x (mul k y)) (pow 2 k);
    Int.subNatNat x y = signed (Int.ofNat (sub x y)) (λk,z Int.negSucc k) (sub y x);
    get d x = walk d (λk 0) x;
    walk (one x) last1 0 = x; walk (one x) last1 (succ y) = last1 y;
    walk (node d e) last1 = walk d (walk e last1);
    walk (eight x0 x1 x2 x3 x4 x5 x6 x7) last1 = walk (one x0) (walk (one x1) (walk (one x2)
      (walk (one x3) (walk (one x4) (walk (one x5) (walk (one x6) (walk (one x7) last1)))))))
    """,
    **_KNOWN,
    signed=app(const("Nat.rec", (ONE,)), lam(NAT, INT)),
)


def require_matrices(kernel: Kernel, stored: Mapping[str, Sequence[str]]) -> None:
    """Compare packed matrices with the stored integers.

    Args:
        kernel: where they are.
        stored: the constant that is a matrix → each row as a JSON array.

    Raises:
        RefusedError: one holds others; the text names the first.
    """
    if stored:
        require(kernel, _MEANING, "PackedMatrix.entry does not mean what is read here")
    for name, lines in stored.items():
        _require_entries(kernel, name, [json.loads(line) for line in lines])


def _require_entries(kernel: Kernel, name: str, stored: list[Sequence[int]]) -> None:
    need(kernel.infer(const(name), check=True) is _MATRIX, f"{name} is no packed matrix")
    top, parts = spine(kernel.whnf(const(name)))
    turned = kernel.whnf(parts[4]) if top is _KNOWN["mk"] else top
    need(turned in (TRUE, FALSE), f"{name} is not written out")
    (rows,), (cols,), (width,), (bias,) = (list(_packed(kernel, name, x)) for x in parts[:4])
    need((rows, cols) == (len(stored), len(stored[0])), f"{name} has another shape than is stored")
    if turned is TRUE:
        stored = list(zip(*stored, strict=True))
    packed = list(_packed(kernel, name, parts[5]))
    need(len(packed) == len(stored), f"{name} has another number of packed rows")
    for r, (number, wanted) in enumerate(zip(packed, stored, strict=True)):
        bits = f"{number:0{width * len(wanted)}b}"
        need(len(bits) == width * len(wanted), f"{name} has digits beyond its entries")
        places = range(len(bits) - width, -1, -width)
        for p, (at, value) in enumerate(zip(places, wanted, strict=True)):
            if int(bits[at : at + width], 2) - bias != value:
                i, j = (p, r) if turned is TRUE else (r, p)
                raise RefusedError(f"entry {i}, {j} of {name} is not the stored {value}")


def _packed(kernel: Kernel, name: str, rows: Term) -> Iterator[int]:
    """The packed numbers in order, or a number by itself."""
    waiting = [rows]
    while waiting:
        found = kernel.whnf(waiting.pop())
        top, parts = spine(found)
        need(isinstance(found, Nat) or top in _ROWS, f"{name} is not written out")
        if isinstance(found, Nat):
            yield found.value
        waiting += reversed(parts)
