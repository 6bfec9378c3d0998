"""Equations that must hold by definition: what is written of an operation, and earned by it.

They are asked of a kernel for variables; induction on numbers, outside of the system, does the
rest. So a definition is known to mean what a program here computes, whatever its text is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.levels import ONE
from lipbridge.recheck.reduction import FALSE, NAT, TRUE
from lipbridge.recheck.rewriting import bind
from lipbridge.recheck.terms import Term, app, apps, const, free, lam, nat, need, pi

Equations = list[tuple[Term, Term]]

BOOL, INT, ROWS = const("Bool"), const("Int"), const("LipBridge.Rows")
_FUNCTIONS = pi(NAT, NAT), pi(NAT, pi(NAT, NAT))
_TYPES = [
    *((NAT, "x y k"), (_FUNCTIONS[0], "last1"), (_FUNCTIONS[1], "last2"), (NAT, "n m")),
    *((BOOL, "p q"), (ROWS, "d e"), (NAT, "x0 x1 x2 x3 x4 x5 x6 x7"), (INT, "z")),
]
VARIABLES = {
    name: free(number, type_)
    for number, (type_, name) in enumerate((x, name) for x, y in _TYPES for name in y.split())
}
_WORDS: dict[str, Term] = {
    **VARIABLES,
    **{"true": TRUE, "false": FALSE, "Bool": BOOL, "cond": const("cond", (ONE,))},
    "same": app(const("Eq", (ONE,)), NAT),
    "if": app(const("cond", (ONE,)), NAT),  # value, then, else
    "case": app(const("Bool.rec", (ONE,)), lam(BOOL, NAT)),  # if false, if true, value
    "rec1": app(const("Nat.rec", (ONE,)), lam(NAT, _FUNCTIONS[0])),  # at 0, after `last1`, value
    "rec2": app(const("Nat.rec", (ONE,)), lam(NAT, _FUNCTIONS[1])),
}


def written(text: str, words: Mapping[str, Term] = _WORDS) -> Term:
    """The term that a text writes: ``f a b``, ``λn,m body``, numbers, words, names, operations."""
    tokens = re.findall(r"[()]|[^()\s]+", text)

    def read() -> Term:
        items: list[Term] = []
        while tokens and (token := tokens.pop(0)) != ")":
            if token.startswith("λ"):
                return bind(lam, [VARIABLES[name] for name in token[1:].split(",")], read())
            if token.startswith("("):
                items.append(read())
            else:
                known = nat(int(token)) if token.isdigit() else words.get(token)
                items.append(known or const(token if "." in token else f"Nat.{token}"))
        return apps(items[0], items[1:])

    return read()


def equations(text: str, **words: Term) -> Equations:
    """What a text writes, ``left = right; …``, in which some words mean these terms."""
    sides = (equation.split("=") for equation in text.split(";") if equation.strip())
    known = _WORDS | words
    return [(written(left, known), written(right, known)) for left, right in sides]


def require(kernel: Kernel, pairs: Equations, refusal: str) -> None:
    """Raise ``RefusedError`` with this text unless equations hold by definition."""
    need(all(kernel.same(left, right) for left, right in pairs), refusal)
    kernel.reset()
