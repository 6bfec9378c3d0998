"""Universe levels: zero, successor, maximum, impredicative maximum, parameters.

A level denotes a natural number once its parameters do; ``imax a b`` is 0 where b is, else the
maximum. Comparison is exact: every level is brought to a maximum of ``parameter + constant``, after
splitting on whether a parameter is zero wherever an ``imax`` asks for it.

Sources: the Lean 4 reference, "Universes"; M. Carneiro, "The Type Theory of Lean" (2019),
section 2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache


class Level:
    """A level; one object a structure, so that identity is structural equality."""

    __slots__ = ("open",)
    open: bool


class Zero(Level):
    """The level of propositions."""

    __slots__ = ()

    def __init__(self) -> None:
        self.open = False


class Succ(Level):
    """``below + 1``."""

    __slots__ = ("below",)

    def __init__(self, below: Level) -> None:
        self.below, self.open = below, below.open


class Pair(Level):
    """What the two maxima have in common."""

    __slots__ = ("left", "right")

    def __init__(self, left: Level, right: Level) -> None:
        self.left, self.right, self.open = left, right, left.open or right.open


class Max(Pair):
    """The maximum of two levels."""

    __slots__ = ()


class IMax(Pair):
    """0 where the right level is 0, else the maximum: the level of a function type."""

    __slots__ = ()


class Param(Level):
    """A level parameter of a declaration."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name, self.open = name, True


# The one object of each structure, as written.
succ, join, imax, param = cache(Succ), cache(Max), cache(IMax), cache(Param)
ZERO = Zero()
ONE = succ(ZERO)


def substitute(level: Level, values: Mapping[str, Level]) -> Level:
    """The level with parameters replaced."""
    if not level.open:
        return level
    if isinstance(level, Param):
        return values.get(level.name, level)
    if isinstance(level, Succ):
        return succ(substitute(level.below, values))
    assert isinstance(level, Pair)
    make = join if isinstance(level, Max) else imax
    return make(substitute(level.left, values), substitute(level.right, values))


def parameters(levels: Iterable[Level]) -> set[str]:
    """Names of the parameters that occur."""
    names, waiting = set[str](), list(levels)
    while waiting:
        level = waiting.pop()
        if isinstance(level, Param):
            names.add(level.name)
        elif isinstance(level, Succ):
            waiting.append(level.below)
        elif isinstance(level, Pair):
            waiting += (level.left, level.right)
    return names


class _UndecidedError(Exception):
    """An ``imax`` depends on whether this parameter is zero."""


def _terms(level: Level, positive: Mapping[str, bool]) -> dict[str | None, int]:
    """The level as a maximum of ``parameter + constant``; the constant term's key is None.

    The constant term is at least every constant beside a parameter: each rule below keeps it so.

    Args:
        level: what to write so.
        positive: parameters known to be at least 1 (true) or 0 (false).
    """
    if isinstance(level, Zero):
        return {None: 0}
    if isinstance(level, Param):
        known = positive.get(level.name)
        if known is False:
            return {None: 0}
        return {None: int(known is True), level.name: 0}
    if isinstance(level, Succ):
        return {name: constant + 1 for name, constant in _terms(level.below, positive).items()}
    assert isinstance(level, Pair)
    right = _terms(level.right, positive)
    if isinstance(level, IMax) and right[None] == 0:
        unknown = next((name for name in right if name is not None), None)
        if unknown is not None:
            raise _UndecidedError(unknown)
        return {None: 0}
    joined = _terms(level.left, positive)
    for name, constant in right.items():
        joined[name] = max(joined.get(name, 0), constant)
    return joined


def _decide(left: Level, right: Level, positive: Mapping[str, bool]) -> bool:
    try:
        small, large = _terms(left, positive), _terms(right, positive)
    except _UndecidedError as split:
        return all(
            _decide(left, right, {**positive, split.args[0]: answer}) for answer in (False, True)
        )
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
