"""Universe levels: zero, successor, maximum, impredicative maximum, parameters.

A level denotes a natural number once its parameters do; ``imax a b`` is 0 where b is, else the
maximum. Comparison is exact: every level is brought to a maximum of ``parameter + constant``, after
splitting on whether a parameter is zero wherever an ``imax`` asks for it.

Sources: the Lean 4 reference, "Universes"; M. Carneiro, "The Type Theory of Lean" (2019),
section 2.2; ``src/kernel/level.cpp`` of Lean 4 compares by normal forms instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial


class Level:
    """A level; one object a structure, so that identity is structural equality.

    Attributes:
        kind: zero, succ, max, imax or param.
        parts: the levels that it is made of.
        parameters: names of the parameters in it; that of a parameter alone is its own.
    """

    __slots__ = ("kind", "parameters", "parts")

    def __init__(self, kind: str, *parts: Level, name: str | None = None) -> None:
        self.kind, self.parts = kind, parts
        self.parameters = frozenset([] if name is None else [name])
        self.parameters = self.parameters.union(*(part.parameters for part in parts))


_level = cache(Level)
ZERO = _level("zero")


# The next level; the maximum of two; what is 0 where the right level is 0, else the maximum:
# the level of a function type.
succ, join, imax = (partial(_level, kind) for kind in ("succ", "max", "imax"))


def param(name: str) -> Level:
    """A level parameter of a declaration."""
    return _level("param", name=name)


ONE = succ(ZERO)


def substitute(level: Level, values: Mapping[str, Level]) -> Level:
    """The level with parameters replaced."""
    if level.kind == "param":
        (name,) = level.parameters
        return values.get(name, level)
    if not level.parameters:
        return level
    return _level(level.kind, *(substitute(part, values) for part in level.parts))


class _UndecidedError(Exception):
    """An ``imax`` depends on whether this parameter is zero."""


def _terms(level: Level, positive: Mapping[str, bool]) -> dict[str | None, int]:
    """The level as a maximum of ``parameter + constant``; the constant term's key is None.

    The constant term is at least every constant beside a parameter: each rule below keeps it so.

    Args:
        level: what to write so.
        positive: parameters known to be at least 1 (true) or 0 (false).
    """
    if level.kind == "param":
        (name,) = level.parameters
        known = positive.get(name)
        return {None: 0} if known is False else {None: int(known is True), name: 0}
    joined: dict[str | None, int] = {None: 0}
    for part in reversed(level.parts):
        for name, constant in _terms(part, positive).items():
            joined[name] = max(joined.get(name, 0), constant)
        if level.kind == "imax" and joined[None] == 0:  # so far, the right level alone
            unknown = next((name for name in joined if name is not None), None)
            if unknown is not None:
                raise _UndecidedError(unknown)
            break
    return {name: constant + (level.kind == "succ") for name, constant in joined.items()}


def _decide(left: Level, right: Level, positive: Mapping[str, bool]) -> bool:
    try:
        small, large = _terms(left, positive), _terms(right, positive)
    except _UndecidedError as split:
        cases = ({**positive, split.args[0]: answer} for answer in (False, True))
        return all(_decide(left, right, case) for case in cases)
    # `u + k ≤ large` for every u asks for u itself in `large`, with a constant of at least k.
    return all(constant <= large.get(name, -1) for name, constant in small.items())


@cache
def at_most(left: Level, right: Level) -> bool:
    """Whether ``left ≤ right`` under every assignment of natural numbers to the parameters."""
    return left is right or left is ZERO or _decide(left, right, {})


def equal(left: Level, right: Level) -> bool:
    """Whether two levels are equal under every assignment."""
    return left is right or (at_most(left, right) and at_most(right, left))


def same_levels(left: Sequence[Level], right: Sequence[Level]) -> bool:
    """Whether two lists of levels are equal one by one."""
    return left is right or (len(left) == len(right) and all(map(equal, left, right)))
