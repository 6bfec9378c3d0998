"""Levels are compared as numbers would be, whatever the parameters are."""

from __future__ import annotations

from itertools import product

from hypothesis import given, strategies as st

from lipbridge.recheck.levels import (
    ONE,
    ZERO,
    Level,
    at_most,
    equal,
    imax,
    join,
    param,
    substitute,
    succ,
)

NAMES = ("u", "")  # an anonymous parameter is a parameter
levels = st.recursive(
    st.sampled_from([ZERO, ONE, param("u"), param("")]),
    lambda inner: st.one_of(
        st.builds(succ, inner), st.builds(join, inner, inner), st.builds(imax, inner, inner)
    ),
    max_leaves=6,
)


def value(level: Level, at: dict[str, int]) -> int:
    if level.kind == "param":
        (name,) = level.parameters
        return at[name]
    parts = [value(part, at) for part in level.parts]
    if level.kind == "imax" and parts[1] == 0:
        return 0
    return max(parts, default=0) + (level.kind == "succ")


@given(levels, levels)
def test_comparison_is_that_of_all_values(left: Level, right: Level) -> None:
    # Levels of this size that differ anywhere differ below 8.
    points = [dict(zip(NAMES, at, strict=True)) for at in product(range(8), repeat=2)]
    assert at_most(left, right) == all(value(left, at) <= value(right, at) for at in points)
    assert equal(left, right) == all(value(left, at) == value(right, at) for at in points)


@given(levels, levels)
def test_substitution_replaces_values(level: Level, new: Level) -> None:
    at = {"u": 2, "": 3}
    replaced = substitute(level, {"u": new})
    assert value(replaced, at) == value(level, {**at, "u": value(new, at)})
    assert replaced.parameters <= level.parameters | new.parameters


def test_equal_structures_are_one_object() -> None:
    assert imax(param("u"), succ(ZERO)) is imax(param("u"), ONE)
    assert join(param("u"), param("v")) is not join(param("v"), param("u"))
    assert equal(join(param("u"), param("v")), join(param("v"), param("u")))


def test_an_impredicative_maximum_is_no_maximum() -> None:
    u, v = param("u"), param("v")
    assert not at_most(join(u, v), imax(u, v))
    assert at_most(imax(u, v), join(u, v))
    assert equal(imax(u, succ(v)), join(u, succ(v)))
    assert equal(imax(u, ZERO), ZERO)
    # A route to False in other checkers: `max (imax u v) w` may not be read as `max u v w`.
    assert not at_most(join(u, v), join(imax(u, v), v)) or equal(imax(u, v), join(u, v))
    assert not equal(join(imax(u, v), ZERO), join(u, v))
