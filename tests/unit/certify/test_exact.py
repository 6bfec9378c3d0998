"""The exact tier: a fraction that python-flint has established."""

from fractions import Fraction

import numpy as np
import pytest

from lipbridge.certify.exact import exact_upper
from lipbridge.language.tensor import ExactMatrix


@pytest.mark.parametrize("slack", [1e-3, 1e-6, 1e-14])
def test_bound_in_units_of_the_tensor(slack: float) -> None:
    values = np.random.default_rng(0).standard_normal((7, 5))
    bound = exact_upper(ExactMatrix.from_floats("w", values), slack=slack)
    truth = np.linalg.norm(values, 2)
    assert truth * (1 - 1e-15) <= float(bound) <= truth * (1 + slack + 1e-15)


def test_tiny_weight_is_never_below() -> None:
    bound = exact_upper(ExactMatrix.from_floats("w", np.array([[1e-5]])))
    assert Fraction(1e-5) <= bound <= Fraction(1e-5) * (1 + Fraction(1, 10**9))


def test_zero() -> None:
    assert exact_upper(ExactMatrix.from_floats("w", np.zeros((2, 3)))) == 0
