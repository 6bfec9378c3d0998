"""Decimals of bounds lie on the side of the truth that they claim."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from lipbridge.decimals import decimal_down, decimal_near, decimal_up

values = st.fractions() | st.floats(allow_nan=False, allow_infinity=False)


@given(values, st.integers(1, 12))
def test_decimals_enclose_the_value(value: Fraction | float, digits: int) -> None:
    low, high, exact = Fraction(decimal_down(value, digits)), decimal_up(value, digits), value
    assert low <= exact <= Fraction(high)
    assert Fraction(high) - low <= abs(Fraction(value)) / 10 ** (digits - 1)


@pytest.mark.parametrize(
    ("value", "down", "up"),
    [
        (1.00000001, "1.00000", "1.00001"),
        (0.99999999, "0.999999", "1.00000"),
        (1234567.8, "1.23456E+6", "1.23457E+6"),
        (1e-9, "1.00000E-9", "1.00001E-9"),
        (Fraction(5, 2), "2.5", "2.5"),
        (0.0, "0", "0"),
        (float("inf"), "∞", "∞"),
    ],
)
def test_they_look_like(value: Fraction | float, down: str, up: str) -> None:
    assert (decimal_down(value, 6), decimal_up(value, 6)) == (down, up)


@pytest.mark.parametrize("way", [decimal_down, decimal_near, decimal_up])
def test_what_is_no_number_is_no_bound(way) -> None:
    with pytest.raises(ValueError, match="NaN"):
        way(float("nan"))
