"""root_up rounds up, by little, to a dyadic fraction."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from lipbridge.certify.roots import root_up
from lipbridge.layers.magnitude import ceil_root

positive = st.integers(1, 10**40)


@given(positive, positive)
def test_least_numerator_and_small_loss(p: int, q: int) -> None:
    square = Fraction(p, q)
    n, d = root_up(square).as_integer_ratio()
    assert d & (d - 1) == 0
    assert n * n * q >= p * d * d
    assert (n - 1) ** 2 * q < p * d * d
    # (N/D)² ≤ (p/q)(1 + 1e-9)²
    assert Fraction(n, d) ** 2 <= square * (1 + Fraction(1, 10**9)) ** 2


@pytest.mark.parametrize(
    ("square", "root"),
    [
        (0, 0),
        (1, 1),
        (Fraction(9, 4), Fraction(3, 2)),
        (36, 6),
        (Fraction(1, 1 << 200), Fraction(1, 1 << 100)),
    ],
)
def test_dyadic_roots_are_exact(square: Fraction | int, root: Fraction | int) -> None:
    assert root_up(Fraction(square)) == root


@given(st.fractions(min_value=-3, max_value=10**20))
def test_the_least_integer_above_a_root(square: Fraction) -> None:
    n = ceil_root(square)
    assert n >= 0 and n * n >= square
    assert n == 0 or (n - 1) ** 2 < square
