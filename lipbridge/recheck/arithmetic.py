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

from collections.abc import Callable
from math import gcd

from lipbridge.recheck.constants import Inductive, Theorem
from lipbridge.recheck.environment import Environment
from lipbridge.recheck.kernel import PROP, Kernel
from lipbridge.recheck.levels import ONE
from lipbridge.recheck.reduction import FALSE, NAT, SUCC, TRUE, ZERO_LITERAL, Operation
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

__all__ = ["RELEVANT", "accelerate", "earned"]

# Where the two facts about division are proved.
DIVISION, REMAINDER = "LipBridge.nat_div_add_mod", "Nat.mod_lt"
_LARGEST_EXPONENT = 1 << 24


def _power(a: int, b: int) -> int | None:
    return a**b if b <= _LARGEST_EXPONENT else None


def _shift_left(a: int, b: int) -> int | None:
    return a << b if b <= _LARGEST_EXPONENT else None


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
_BINARY: dict[str, Operation] = {
    **_FOLDS,
    "Nat.beq": lambda a, b: a == b,
    "Nat.ble": lambda a, b: a <= b,
    "Nat.pow": _power,
    "Nat.shiftLeft": _shift_left,
}
_UNARY: dict[str, Callable[[int], int]] = {
    "Nat.log2": lambda a: a.bit_length() - 1 if a else 0,
}

_BOOL = const("Bool")
_X, _Y = free(0, NAT), free(1, NAT)
_P, _Q = free(2, _BOOL), free(3, _BOOL)
_ONE, _TWO = nat(1), nat(2)


def _f(name: str, *args: Term) -> Term:
    return apps(const(f"Nat.{name}"), args)


def _next(term: Term) -> Term:
    return app(SUCC, term)


def _on_bool(false: Term, true: Term, value: Term) -> Term:
    return apps(const("Bool.rec", (ONE,)), [lam(_BOOL, NAT), false, true, value])


def _cond(value: Term, true: Term, false: Term) -> Term:
    return apps(const("cond", (ONE,)), [NAT, value, true, false])


def _fueled(type_: Term, zero: Term, step: Callable[[Term], Term], fuel: Term) -> Term:
    """Recursion over ``fuel`` with values of ``type_``: ``zero``, then ``step`` of the last one."""
    last = free(5, type_)
    successor = bind(lam, [free(4, NAT), last], step(last))
    return apps(const("Nat.rec", (ONE,)), [lam(NAT, type_), zero, successor, fuel])


def _log2() -> Term:
    n = free(6, NAT)

    def step(last: Term) -> Term:
        halved = _next(app(last, _f("div", n, _TWO)))
        return bind(lam, [n], _on_bool(ZERO_LITERAL, halved, _f("ble", _TWO, n)))

    return app(_fueled(pi(NAT, NAT), lam(NAT, ZERO_LITERAL), step, _X), _X)


def _gcd() -> Term:
    m, n = free(6, NAT), free(7, NAT)

    def step(last: Term) -> Term:
        again = apps(last, [_f("mod", n, m), m])
        return bind(lam, [m, n], _on_bool(again, n, _f("beq", m, ZERO_LITERAL)))

    zero = bind(lam, [m, n], n)
    return apps(_fueled(pi(NAT, pi(NAT, NAT)), zero, step, _X), [_X, _Y])


def _bitwise(bit: Term) -> Term:
    """Combine two numbers bit by bit, from the lowest: while both have bits left, then the rest."""
    n, m = free(6, NAT), free(7, NAT)
    rest_m = _cond(apps(bit, [FALSE, TRUE]), m, ZERO_LITERAL)
    rest_n = _cond(apps(bit, [TRUE, FALSE]), n, ZERO_LITERAL)

    def step(last: Term) -> Term:
        half = apps(last, [_f("div", n, _TWO), _f("div", m, _TWO)])
        twice = _f("add", half, half)
        low = [_f("beq", _f("mod", number, _TWO), _ONE) for number in (n, m)]
        both = _cond(apps(bit, low), _next(twice), twice)
        one_left = _cond(_f("beq", m, ZERO_LITERAL), rest_n, both)
        return bind(lam, [n, m], _cond(_f("beq", n, ZERO_LITERAL), rest_m, one_left))

    zero = bind(lam, [n, m], rest_m)
    return apps(_fueled(pi(NAT, pi(NAT, NAT)), zero, step, _X), [_X, _Y])


def _tables() -> list[tuple[Term, Term]]:
    """What ``cond`` and the combinations of two bits mean."""
    pairs: list[tuple[Term, Term]] = [
        (_cond(TRUE, _X, _Y), _X),
        (_cond(FALSE, _X, _Y), _Y),
    ]
    values = {False: FALSE, True: TRUE}
    meanings: list[tuple[Term, Callable[[bool, bool], bool]]] = [
        (const("Bool.and"), lambda a, b: a and b),
        (const("Bool.or"), lambda a, b: a or b),
        (_exclusive(), lambda a, b: a != b),
    ]
    for bit, meaning in meanings:
        for a, first in values.items():
            for b, second in values.items():
                pairs.append((apps(bit, [first, second]), values[meaning(a, b)]))
    return pairs


def _exclusive() -> Term:
    negated = app(const("Bool.not"), _Q)
    body = apps(const("cond", (ONE,)), [_BOOL, _P, negated, _Q])
    return bind(lam, [_P, _Q], body)


def _equations() -> dict[str, list[tuple[Term, Term]]]:
    """For each operation, pairs that must be equal by definition, in an order that builds up."""
    x, y, zero, sx, sy = _X, _Y, ZERO_LITERAL, _next(_X), _next(_Y)
    bits = _tables()
    return {
        "Nat.pred": [(_f("pred", zero), zero), (_f("pred", sx), x)],
        "Nat.add": [(_f("add", x, zero), x), (_f("add", x, sy), _next(_f("add", x, y)))],
        "Nat.sub": [(_f("sub", x, zero), x), (_f("sub", x, sy), _f("pred", _f("sub", x, y)))],
        "Nat.mul": [(_f("mul", x, zero), zero), (_f("mul", x, sy), _f("add", _f("mul", x, y), x))],
        "Nat.pow": [(_f("pow", x, zero), _ONE), (_f("pow", x, sy), _f("mul", _f("pow", x, y), x))],
        "Nat.beq": [
            (_f("beq", zero, zero), TRUE),
            (_f("beq", zero, sy), FALSE),
            (_f("beq", sx, zero), FALSE),
            (_f("beq", sx, sy), _f("beq", x, y)),
        ],
        "Nat.ble": [
            (_f("ble", zero, y), TRUE),
            (_f("ble", sx, zero), FALSE),
            (_f("ble", sx, sy), _f("ble", x, y)),
        ],
        "Nat.shiftLeft": [
            (_f("shiftLeft", x, zero), x),
            (_f("shiftLeft", x, sy), _f("shiftLeft", _f("mul", _TWO, x), y)),
        ],
        "Nat.div": [(_f("div", x, zero), zero)],
        "Nat.mod": [],
        "Nat.shiftRight": [
            (_f("shiftRight", x, zero), x),
            (_f("shiftRight", x, sy), _f("div", _f("shiftRight", x, y), _TWO)),
        ],
        "Nat.gcd": [(_f("gcd", x, y), _gcd())],
        "Nat.log2": [(_f("log2", x), _log2())],
        "Nat.land": [*bits, (_f("land", x, y), _bitwise(const("Bool.and")))],
        "Nat.lor": [*bits, (_f("lor", x, y), _bitwise(const("Bool.or")))],
        "Nat.xor": [*bits, (_f("xor", x, y), _bitwise(_exclusive()))],
    }


# What an operation is reduced to by its equations: earned only after these.
_NEEDS = {
    "Nat.sub": ("Nat.pred",),
    "Nat.mul": ("Nat.add",),
    "Nat.pow": ("Nat.mul",),
    "Nat.shiftLeft": ("Nat.mul",),
    "Nat.div": ("Nat.add", "Nat.mul"),
    "Nat.mod": ("Nat.div",),
    "Nat.shiftRight": ("Nat.div",),
    "Nat.gcd": ("Nat.mod", "Nat.beq"),
    "Nat.log2": ("Nat.div", "Nat.ble"),
    "Nat.land": ("Nat.mod", "Nat.beq"),
    "Nat.lor": ("Nat.mod", "Nat.beq"),
    "Nat.xor": ("Nat.mod", "Nat.beq"),
}

# The constants that decide what is earned: where they are declared, the answer is the same.
RELEVANT = tuple(
    sorted(
        {DIVISION, REMAINDER, "Eq", "Nat.le"}
        | constants(x for pairs in _equations().values() for pair in pairs for x in pair)
    )
)


def earned(env: Environment) -> tuple[str, ...]:
    """The operations whose meaning is known in an environment.

    Raises:
        RefusedError: one is there and means something else.
    """
    kernel = Kernel(env)
    found: list[str] = []
    for name, equations in _equations().items():
        operation = env[name]
        known = all(env[x] is not None for x in constants(y for pair in equations for y in pair))
        if operation is None or not known or not set(_NEEDS.get(name, ())) <= set(found):
            continue
        if name == "Nat.div" and not _division(kernel, env):
            continue
        arguments = 1 if name in ("Nat.pred", "Nat.log2") else 2
        type_ = _BOOL if name in ("Nat.beq", "Nat.ble") else NAT
        for _ in range(arguments):
            type_ = pi(NAT, type_)
        if operation.type is not type_ or operation.universes:
            raise RefusedError(f"{name} has another type than the kernel supposes")
        for left, right in equations:
            types = kernel.infer(left, check=True), kernel.infer(right, check=True)
            if not kernel.equal(*types) or not kernel.equal(left, right):
                raise RefusedError(f"{name} does not satisfy its recursion equations")
        kernel.reset()
        found.append(name)
    return tuple(found)


def _division(kernel: Kernel, env: Environment) -> bool:
    """Whether the environment proves what determines quotient and remainder."""
    m, k = _X, _Y
    remainder = _f("mod", m, k)
    whole = _f("add", _f("mul", k, _f("div", m, k)), remainder)
    claim = bind(pi, [m, k], apps(const("Eq", (ONE,)), [NAT, whole, m]))
    positive = free(2, _f("le", _ONE, k))
    smaller = bind(pi, [m, k, positive], _f("le", _next(remainder), k))
    for name, statement in ((DIVISION, claim), (REMAINDER, smaller)):
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
    holds = free(2, _f("le", _X, _Y))
    shape = isinstance(order, Inductive) and order.constructors == ("Nat.le.refl", "Nat.le.step")
    types = (
        pi(NAT, pi(NAT, PROP)),
        bind(pi, [_X], _f("le", _X, _X)),
        bind(pi, [_X, _Y, holds], _f("le", _X, _next(_Y))),
    )
    stated = order.type, *(kernel.lookup(f"Nat.le.{x}").type for x in ("refl", "step"))
    if not shape or stated != types:
        raise RefusedError("Nat.le is not the order of natural numbers")


def accelerate(kernel: Kernel, names: tuple[str, ...]) -> None:
    """Let a kernel compute these operations, and no others, on literals at once."""
    kernel.binary = {name: _BINARY[name] for name in names if name in _BINARY}
    kernel.unary = {"Nat.succ": lambda value: value + 1}
    kernel.unary.update((name, _UNARY[name]) for name in names if name in _UNARY)
    FOLDED.clear()
    FOLDED.update({name: _FOLDS[name] for name in names if name in _FOLDS})
    for name in _FOLDS:
        const(name).folds = FOLDED.get(name)
