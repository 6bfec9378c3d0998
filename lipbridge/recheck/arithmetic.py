"""Operations on natural numbers that may be computed on literals at once, because they were earned.

Lean's kernel computes fourteen operations by name, whatever their definitions say. Here an
operation is computed only in an environment whose definition is known to mean it. What is checked
below, without computing any of them, together with induction on the literals outside the system,
gives that meaning:

- ``pred add sub mul pow beq ble shiftLeft shiftRight``: the recursion equations hold by definition,
  for variables.
- ``gcd log2 land lor xor``: the definition is a recursion over an explicit bound, restated here,
  which starts at an argument that every step makes smaller; so the bound is never reached early.
- ``div mod``: two theorems, without axioms, determine them: ``k * (m / k) + m % k = m``, and
  ``m % k < k`` where ``0 < k``; besides, ``m / 0 = 0`` by definition.

What is proved or holds by definition is true in the model; so the added rules are true in it.

Source: the Lean 4 reference, "Natural Numbers", on what the kernel computes; the argument from
the model in M. Carneiro, "The Type Theory of Lean" (2019), chapter 5.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import gcd

from lipbridge.recheck.constants import Inductive, Theorem
from lipbridge.recheck.environment import Environment
from lipbridge.recheck.kernel import PROP, Kernel
from lipbridge.recheck.levels import ONE
from lipbridge.recheck.reduction import FALSE, NAT, SUCC, TRUE
from lipbridge.recheck.terms import (
    FOLDED,
    RefusedError,
    Term,
    app,
    apps,
    bind,
    const,
    constants,
    free,
    lam,
    nat,
    pi,
)

# The two facts about division.
DIVISION, REMAINDER = "Nat.div_add_mod", "Nat.mod_lt"
_LARGEST_EXPONENT = 1 << 24

_FOLDS: dict[str, Callable[[int, int], int]] = {
    "Nat.add": lambda a, b: a + b,
    "Nat.sub": lambda a, b: a - b if a > b else 0,
    "Nat.mul": lambda a, b: a * b,
    "Nat.div": lambda a, b: a // b if b else 0,
    "Nat.mod": lambda a, b: a % b if b else a,
    "Nat.gcd": gcd,
    "Nat.land": lambda a, b: a & b,
    "Nat.lor": lambda a, b: a | b,
    "Nat.xor": lambda a, b: a ^ b,
    "Nat.shiftRight": lambda a, b: a >> b if b < a.bit_length() else 0,
}
_BINARY: dict[str, Callable[[int, int], int | bool | None]] = {
    **_FOLDS,
    "Nat.beq": lambda a, b: a == b,
    "Nat.ble": lambda a, b: a <= b,
    "Nat.pow": lambda a, b: a**b if b <= _LARGEST_EXPONENT else None,
    "Nat.shiftLeft": lambda a, b: a << b if b <= _LARGEST_EXPONENT else None,
}
_UNARY: dict[str, Callable[[int], int]] = {
    "Nat.succ": lambda a: a + 1,
    "Nat.log2": lambda a: a.bit_length() - 1 if a else 0,
}

_BOOL = const("Bool")
_X, _Y, _N, _M = free(0, NAT), free(1, NAT), free(6, NAT), free(7, NAT)
_P, _Q = free(2, _BOOL), free(3, _BOOL)
_IF = const("cond", (ONE,))
_WORDS = {
    "x": _X,
    "y": _Y,
    "n": _N,
    "m": _M,
    "true": TRUE,
    "false": FALSE,
    "succ": SUCC,
    "if": app(_IF, NAT),  # value, then, else
    "case": app(const("Bool.rec", (ONE,)), lam(_BOOL, NAT)),  # if false, if true, value
}


def _term(text: str, **words: Term) -> Term:
    """The term that a text writes: ``(f a b)``, numbers, the words above and operations."""
    tokens = re.findall(r"[()]|[^()\s]+", text)

    def read() -> Term:
        items: list[Term] = []
        while tokens and (token := tokens.pop(0)) != ")":
            if token.startswith("("):
                items.append(read())
            elif token.isdigit():
                items.append(nat(int(token)))
            else:
                items.append(words.get(token) or _WORDS.get(token) or const(f"Nat.{token}"))
        return apps(items[0], items[1:])

    return read()


def _fueled(type_: Term, zero: Term, step: Callable[[Term], Term]) -> Term:
    """Recursion over ``x`` with values of ``type_``: ``zero``, then ``step`` of the last one."""
    last = free(5, type_)
    successor = bind(lam, [free(4, NAT), last], step(last))
    return apps(const("Nat.rec", (ONE,)), [lam(NAT, type_), zero, successor, _X])


def _log2() -> Term:
    def step(last: Term) -> Term:
        return bind(lam, [_N], _term("case 0 (succ (last (div n 2))) (ble 2 n)", last=last))

    return app(_fueled(pi(NAT, NAT), lam(NAT, nat(0)), step), _X)


def _gcd() -> Term:
    def step(last: Term) -> Term:
        return bind(lam, [_N, _M], _term("case (last (mod m n) n) m (beq n 0)", last=last))

    return apps(_fueled(pi(NAT, pi(NAT, NAT)), bind(lam, [_N, _M], _M), step), [_X, _Y])


def _bitwise(bit: Term) -> Term:
    """Combine two numbers bit by bit, from the lowest: while both have bits left, then the rest."""
    rest_m, rest_n = (
        _term("if (bit false true) m 0", bit=bit),
        _term("if (bit true false) n 0", bit=bit),
    )

    def step(last: Term) -> Term:
        half = _term("last (div n 2) (div m 2)", last=last)
        twice = _term("add half half", half=half)
        low = "(bit (beq (mod n 2) 1) (beq (mod m 2) 1))"
        both = _term(f"if {low} (succ twice) twice", bit=bit, twice=twice)
        text = "if (beq n 0) rest_m (if (beq m 0) rest_n both)"
        return bind(lam, [_N, _M], _term(text, rest_m=rest_m, rest_n=rest_n, both=both))

    return apps(_fueled(pi(NAT, pi(NAT, NAT)), bind(lam, [_N, _M], rest_m), step), [_X, _Y])


_XOR = bind(lam, [_P, _Q], apps(_IF, [_BOOL, _P, app(const("Bool.not"), _Q), _Q]))


_Pairs = list[tuple[Term, Term]]


def _tables() -> _Pairs:
    """What ``cond`` and the combinations of two bits mean."""
    pairs: _Pairs = [(_term("if true x y"), _X), (_term("if false x y"), _Y)]
    values = {False: FALSE, True: TRUE}
    meanings: list[tuple[Term, Callable[[bool, bool], bool]]] = [
        (const("Bool.and"), lambda a, b: a and b),
        (const("Bool.or"), lambda a, b: a or b),
        (_XOR, lambda a, b: a != b),
    ]
    for bit, meaning in meanings:
        for a, first in values.items():
            pairs += [(apps(bit, [first, values[b]]), values[meaning(a, b)]) for b in values]
    return pairs


def _pairs(text: str) -> _Pairs:
    sides = (equation.split("=") for equation in text.split(";") if equation)
    return [(_term(left), _term(right)) for left, right in sides]


# For each operation what it is reduced to, earned before it, and what must hold by definition.
_EQUATIONS: dict[str, tuple[str, _Pairs]] = {
    "pred": ("", _pairs("pred 0 = 0; pred (succ x) = x")),
    "add": ("", _pairs("add x 0 = x; add x (succ y) = succ (add x y)")),
    "sub": ("pred", _pairs("sub x 0 = x; sub x (succ y) = pred (sub x y)")),
    "mul": ("add", _pairs("mul x 0 = 0; mul x (succ y) = add (mul x y) x")),
    "pow": ("mul", _pairs("pow x 0 = 1; pow x (succ y) = mul (pow x y) x")),
    "beq": (
        "",
        _pairs("beq 0 0 = true; beq 0 (succ y) = false; beq (succ x) 0 = false")
        + _pairs("beq (succ x) (succ y) = beq x y"),
    ),
    "ble": ("", _pairs("ble 0 y = true; ble (succ x) 0 = false; ble (succ x) (succ y) = ble x y")),
    "shiftLeft": ("mul", _pairs("shiftLeft x 0 = x; shiftLeft x (succ y) = shiftLeft (mul 2 x) y")),
    "div": ("add mul", _pairs("div x 0 = 0")),
    "mod": ("div", []),
    "shiftRight": (
        "div",
        _pairs("shiftRight x 0 = x; shiftRight x (succ y) = div (shiftRight x y) 2"),
    ),
    "gcd": ("mod beq", [(_term("gcd x y"), _gcd())]),
    "log2": ("div ble", [(_term("log2 x"), _log2())]),
    "land": ("mod beq", [*_tables(), (_term("land x y"), _bitwise(const("Bool.and")))]),
    "lor": ("mod beq", [*_tables(), (_term("lor x y"), _bitwise(const("Bool.or")))]),
    "xor": ("mod beq", [*_tables(), (_term("xor x y"), _bitwise(_XOR))]),
}

# The constants that decide what is earned: where they are declared, the answer is the same.
RELEVANT = tuple(
    sorted(
        {DIVISION, REMAINDER, "Eq", "Nat.le"}
        | constants(x for _, pairs in _EQUATIONS.values() for pair in pairs for x in pair)
    )
)


def earned(env: Environment) -> tuple[str, ...]:
    """The operations whose meaning is known in an environment.

    Raises:
        RefusedError: one is there and means something else.
    """
    kernel = Kernel(env)
    found: list[str] = []
    for short, (needs, pairs) in _EQUATIONS.items():
        operation = env[name := f"Nat.{short}"]
        known = all(env[x] is not None for x in constants(y for pair in pairs for y in pair))
        if operation is None or not known or not {f"Nat.{x}" for x in needs.split()} <= {*found}:
            continue
        if name == "Nat.div" and not _division(kernel, env):
            continue
        type_ = _BOOL if name in ("Nat.beq", "Nat.ble") else NAT
        for _ in range(1 if name in ("Nat.pred", "Nat.log2") else 2):
            type_ = pi(NAT, type_)
        if operation.type is not type_ or operation.universes:
            raise RefusedError(f"{name} has another type than the kernel supposes")
        for left, right in pairs:
            types = kernel.infer(left, check=True), kernel.infer(right, check=True)
            if not kernel.equal(*types) or not kernel.equal(left, right):
                raise RefusedError(f"{name} does not satisfy its recursion equations")
        kernel.reset()
        found.append(name)
    return tuple(found)


def _division(kernel: Kernel, env: Environment) -> bool:
    """Whether the environment proves what determines quotient and remainder."""
    equality = apps(const("Eq", (ONE,)), [NAT, _term("add (mul y (div x y)) (mod x y)"), _X])
    positive = free(2, _term("le 1 y"))
    smaller = _term("le (succ (mod x y)) y")
    claims = bind(pi, [_X, _Y], equality), bind(pi, [_X, _Y, positive], smaller)
    for name, statement in zip((DIVISION, REMAINDER), claims, strict=True):
        theorem = env[name]
        if theorem is None:
            return False
        _require_order(kernel)
        kernel.require_equality()
        kernel.infer(statement, check=True)
        if not isinstance(theorem, Theorem) or not kernel.equal(theorem.type, statement):
            raise RefusedError(f"{name} does not say what determines division")
        if env.axioms(name):
            raise RefusedError(f"{name} rests on axioms")
    return True


def _require_order(kernel: Kernel) -> None:
    order = kernel.lookup("Nat.le")
    shape = isinstance(order, Inductive) and order.constructors == ("Nat.le.refl", "Nat.le.step")
    types = (
        pi(NAT, pi(NAT, PROP)),
        bind(pi, [_X], _term("le x x")),
        bind(pi, [_X, _Y, free(2, _term("le x y"))], _term("le x (succ y)")),
    )
    stated = order.type, *(kernel.lookup(f"Nat.le.{x}").type for x in ("refl", "step"))
    if not shape or stated != types:
        raise RefusedError("Nat.le is not the order of natural numbers")


def accelerate(kernel: Kernel, names: tuple[str, ...]) -> None:
    """Let a kernel compute these operations, and no others, on literals at once."""
    kernel.binary = {name: _BINARY[name] for name in names if name in _BINARY}
    kernel.unary = {name: _UNARY[name] for name in ("Nat.succ", *names) if name in _UNARY}
    kernel.unknown = frozenset(_BINARY) - {*names}
    FOLDED.clear()
    FOLDED.update({name: _FOLDS[name] for name in names if name in _FOLDS})
    for name in _FOLDS:
        const(name).folds = FOLDED.get(name)
