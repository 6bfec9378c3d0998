"""sqrt_upper rounds up, by little, to a dyadic fraction."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from lipbridge.certify.roots import sqrt_upper
from lipbridge.layers.magnitude import ceil_root

positive = st.integers(1, 10**40)


@given(positive, positive)
def test_least_numerator_and_small_loss(p: int, q: int) -> None:
    n, d = sqrt_upper(p, q)
    assert d & (d - 1) == 0
    assert n * n * q >= p * d * d
    assert (n - 1) ** 2 * q < p * d * d
    # (N/D)² ≤ (p/q)(1 + 1e-9)²
    assert Fraction(n, d) ** 2 <= Fraction(p, q) * (1 + Fraction(1, 10**9)) ** 2


@pytest.mark.parametrize(
    ("p", "q", "root"),
    [(0, 7, (0, 1)), (1, 1, (1, 1)), (9, 4, (3, 2)), (36, 1, (6, 1)), (1, 1 << 200, (1, 1 << 100))],
)
def test_dyadic_roots_are_exact_and_reduced(p: int, q: int, root: tuple[int, int]) -> None:
    assert sqrt_upper(p, q) == root


def test_more_bits_on_request() -> None:
    n, d = sqrt_upper(2, 1, numerator_bits=200)
    assert Fraction(n, d) ** 2 - 2 < Fraction(1, 1 << 190)
    assert math.isqrt(2 * d * d) + 1 == n


@pytest.mark.parametrize(("p", "q"), [(-1, 1), (1, 0), (1, -1)])
def test_rejects(p: int, q: int) -> None:
    with pytest.raises(ValueError, match="no upper bound"):
        sqrt_upper(p, q)


@given(st.fractions(min_value=-3, max_value=10**20))
def test_the_least_integer_above_a_root(square: Fraction) -> None:
    n = ceil_root(square)
    assert n >= 0 and n * n >= square
    assert n == 0 or (n - 1) ** 2 < square
