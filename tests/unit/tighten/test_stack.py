"""LipSDP of one hidden layer: never below a slope, near the optimum, exact in its stack."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from lipbridge.certify import certified
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.rescale import UNIT
from lipbridge.tighten.stack import HiddenWeights, find_weights, stack


def maps(seed: int, inputs: int, hidden: int, outputs: int) -> tuple[ExactMatrix, ExactMatrix]:
    rng = np.random.default_rng(seed)
    u, v = rng.standard_normal((hidden, inputs)), rng.standard_normal((outputs, hidden))
    return (
        ExactMatrix.from_floats("u", u.astype(np.float32)),
        ExactMatrix.from_floats("v", v.astype(np.float32)),
    )


def floats(matrix: ExactMatrix) -> np.ndarray:
    return matrix.numerators.astype(float) / matrix.denominator


def bound(u: ExactMatrix, v: ExactMatrix, weights: HiddenWeights) -> float:
    stacked = stack(u, v, weights, ("a", "b"))
    certificate = certified(stacked.matrix)
    return float(stacked.square(Fraction(*certificate.squared_constant), Fraction(1))) ** 0.5


def steepest(u: np.ndarray, v: np.ndarray, seed: int) -> float:
    """The largest norm of a Jacobian ``V diag(s) U`` that occurs at some random point."""
    points = np.random.default_rng(seed).standard_normal((200, u.shape[1]))
    patterns = (points @ u.T > 0).astype(float)
    return max(float(np.linalg.norm((v * s) @ u, 2)) for s in patterns)


@pytest.mark.parametrize("shape", [(5, 3, 2), (2, 6, 1), (3, 1, 4), (1, 4, 3)])
def test_the_stack_is_exact_and_the_bound_is_between_slope_and_product(
    shape: tuple[int, int, int],
) -> None:
    u, v = maps(0, *shape)
    weights = find_weights(u, v)
    assert weights is not None
    stacked = stack(u, v, weights, ("a", "b"))
    c = [Fraction(k) for k in weights.units]
    inputs, hidden, outputs = shape
    rows = stacked.matrix.integers()
    for i in range(hidden):
        for j in range(inputs):
            assert rows[j][i] == weights.first * c[i] * u.integers()[i][j]
        for j in range(outputs):
            assert rows[inputs + j][i] == weights.second * UNIT / c[i] * v.integers()[j][i]
    assert stacked.matrix.rows >= stacked.matrix.cols
    assert not any(any(row) for row in rows[inputs + outputs :])
    found = bound(u, v, weights)
    a, b = floats(u), floats(v)
    assert found >= steepest(a, b, 1) * (1 - 1e-12)
    assert found <= np.linalg.norm(a, 2) * np.linalg.norm(b, 2) * (1 + 1e-6)


def test_the_bound_is_nearly_the_optimum() -> None:
    """A known optimum: for one hidden unit it is ``‖u‖·‖v‖``, which a slope reaches."""
    u, v = maps(3, 4, 1, 2)
    weights = find_weights(u, v)
    assert weights is not None
    exact = float(np.linalg.norm(floats(u)) * np.linalg.norm(floats(v)))
    assert bound(u, v, weights) == pytest.approx(exact, rel=1e-4)
    assert bound(u, v, weights) >= exact * (1 - 1e-12)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(1, 4),
    st.integers(1, 5),
    st.integers(1, 3),
    st.lists(st.sampled_from([1, 2, 60, 1001, UNIT]), min_size=5, max_size=5),
    st.integers(1, 9),
)
def test_no_weights_prove_a_bound_below_a_slope(
    seed: int, inputs: int, hidden: int, outputs: int, units: list[int], first: int
) -> None:
    u, v = maps(seed, inputs, hidden, outputs)
    found = bound(u, v, HiddenWeights(tuple(units[:hidden]), first, 3))
    assert found >= steepest(floats(u), floats(v), seed) * (1 - 1e-12)


def test_numbers_beyond_float64_and_zeros() -> None:
    u, v = maps(0, 2, 2, 1)
    zero = ExactMatrix.from_fractions("z", [[Fraction(0), Fraction(0)]])
    assert find_weights(u, zero) is None
    huge = ExactMatrix.from_fractions("h", [[Fraction(1 << 3000), Fraction(1 << 2990)]])
    weights = find_weights(u, huge)
    assert weights is not None
    exact = stack(u, huge, weights, ("a", "b"))
    assert exact.matrix.max_abs > 1 << 2990
    assert v.rows == 1
