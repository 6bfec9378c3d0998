"""The network's constant is the product of the layers', rounded up by little."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from lipbridge.certify.composition import compose


@given(st.lists(st.tuples(st.integers(0, 10**30), st.integers(1, 10**30)), max_size=6))
def test_upper_bound_with_small_loss(pairs: list[tuple[int, int]]) -> None:
    constant = compose(pairs)
    square = Fraction(1)
    for p, q in pairs:
        square *= Fraction(p, q)
    assert constant.holds()
    assert constant.denominator & (constant.denominator - 1) == 0
    assert square <= constant.fraction**2 <= square * (1 + Fraction(1, 10**9)) ** 2
    if constant.numerator:
        assert (constant.numerator - 1) ** 2 * constant.Q < constant.P * constant.denominator**2


def test_exact_cases() -> None:
    assert compose([]).fraction == 1
    assert compose([(4, 1), (9, 16)]).fraction == Fraction(3, 2)
    assert compose([(0, 1), (9, 16)]).fraction == 0


def test_short_denominator() -> None:
    assert compose([(2, 1)], max_denominator_bits=4).fraction == Fraction(23, 16)


@pytest.mark.parametrize("pair", [(-1, 1), (1, 0), (1, -2)])
def test_rejects(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="layer 1"):
        compose([(1, 1), pair])
