"""Outward rounding and error constants, against rational arithmetic."""

from __future__ import annotations

import math
import sys
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from lipbridge.numeric.rounding import (
    UNIT,
    float_down,
    float_up,
    gamma,
    root_down,
    root_up,
    sum_down,
    sum_up,
)

positive = st.fractions(min_value=0) | st.builds(
    lambda m, e: Fraction(m) * Fraction(2) ** e, st.integers(0, 2**70), st.integers(-1200, 900)
)


@given(positive)
def test_rounding_outward_is_tight(value: Fraction) -> None:
    up, down = float_up(value), float_down(value)
    assert Fraction(down) <= value
    assert up == math.inf or value <= Fraction(up)
    assert up == down or up == math.nextafter(down, math.inf)


@given(st.floats(min_value=0.0, allow_infinity=False))
def test_floats_stay_what_they_are(value: float) -> None:
    assert float_up(Fraction(value)) == value == float_down(Fraction(value))


@pytest.mark.parametrize("value", [Fraction(10) ** 400, Fraction(sys.float_info.max) + 1])
def test_beyond_the_range(value: Fraction) -> None:
    assert float_up(value) == math.inf
    assert float_down(value) == sys.float_info.max


@given(positive)
def test_roots_enclose_and_are_tight(square: Fraction) -> None:
    low, high = root_down(square), root_up(square)
    assert low * low <= square <= high * high
    assert high - low <= high * Fraction(1, 2**69)


def test_root_of_nothing() -> None:
    assert root_up(Fraction(0)) == 0 == root_down(Fraction(0))
    assert root_up(Fraction(-1)) == 0


def test_gamma() -> None:
    assert gamma(1) == UNIT / (1 - UNIT)
    assert gamma(10) < gamma(11)
    with pytest.raises(OverflowError, match="too many"):
        gamma(1 << 52)


@given(st.lists(st.floats(0.0, 1e150), min_size=1, max_size=50))
def test_sums_of_squares_are_enclosed(values: list[float]) -> None:
    computed = 0.0
    for value in values:
        computed += value * value
    exact = sum(Fraction(value) ** 2 for value in values)
    assert sum_down(computed, len(values)) <= exact <= sum_up(computed, len(values))
