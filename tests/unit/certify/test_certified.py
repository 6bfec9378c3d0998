from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from lipbridge.certify import certified, replay
from lipbridge.language.tensor import ExactMatrix


@pytest.mark.parametrize(("order", "slack"), [(8, 1e-9), (72, 1e-6)])
def test_as_tight_as_the_size_affords(order: int, slack: float) -> None:
    values = np.random.default_rng(order).standard_normal((order, order + 8))
    matrix = ExactMatrix.from_floats("W", values)
    certificate = certified(matrix)
    replay(matrix, certificate)
    bound = float(Fraction(*certificate.squared_constant)) ** 0.5
    truth = float(np.linalg.norm(values, 2))
    assert truth * (1 - 1e-13) <= bound <= truth * (1 + slack)
