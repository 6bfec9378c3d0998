"""LipSDP of chains: never below a slope, near the optimum, exact in its stack."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from lipbridge.certify import certified
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.segments.rescale import UNIT
from lipbridge.tighten.segments.stack import HiddenWeights, StackedMaps, find_weights, stack


def maps(seed: int, *sizes: int) -> list[ExactMatrix]:
    rng = np.random.default_rng(seed)
    return [
        ExactMatrix.from_floats(f"w{i}", rng.standard_normal((rows, cols)).astype(np.float32))
        for i, (cols, rows) in enumerate(pairwise(sizes))
    ]


def floats(matrix: ExactMatrix) -> np.ndarray:
    return matrix.numerators.astype(float) / matrix.denominator


def bound(stacked: StackedMaps) -> float:
    certificate = certified(stacked.matrix)
    slopes = [Fraction(1)] * (len(stacked.blocks) - 1)
    return float(stacked.square(Fraction(*certificate.squared_constant), slopes)) ** 0.5


def steepest(chain: Sequence[ExactMatrix], seed: int) -> float:
    """The largest norm of a Jacobian ``W_L diag(s) … W_1`` that occurs at some random point."""
    weights = [floats(matrix) for matrix in chain]
    best = 0.0
    for x in np.random.default_rng(seed).standard_normal((100, weights[0].shape[1])):
        value, jacobian = x, np.eye(len(x))
        for w in weights[:-1]:
            on = (w @ value > 0).astype(float)
            value, jacobian = on * (w @ value), on[:, None] * (w @ jacobian)
        best = max(best, float(np.linalg.norm(weights[-1] @ jacobian, 2)))
    return best


SHAPES = [
    (5, 3, 2),
    (2, 6, 1),
    (3, 1, 4),
    (1, 4, 3),
    (3, 5, 4, 2),
    (6, 2, 5, 3, 1),
    (2, 3, 2, 4, 3, 2),
]


@pytest.mark.parametrize("sizes", SHAPES)
def test_the_stack_is_exact_and_the_bound_is_between_slope_and_product(
    sizes: tuple[int, ...],
) -> None:
    chain = maps(0, *sizes)
    weights = find_weights(chain)
    assert weights is not None
    stacked = stack(chain, weights, "b")
    rows = stacked.matrix.integers
    assert stacked.matrix.rows >= stacked.matrix.cols
    filled = 0
    for index, (matrix, block) in enumerate(zip(chain, stacked.blocks, strict=True)):
        before, after = stacked.scales[index], stacked.scales[index + 1]
        for i, row in enumerate(matrix.integers):
            for j, entry in enumerate(row):
                place = (i, j) if block.upright else (j, i)
                found = rows[block.row + place[0]][block.column + place[1]]
                assert found * before[j] == after[i] * entry
                filled += found != 0
    assert filled == sum(entry != 0 for row in rows for entry in row)
    assert set(stacked.scales[0]) == {1}
    assert set(stacked.scales[-1]) == {stacked.factor}
    found = bound(stacked)
    assert found >= steepest(chain, 1) * (1 - 1e-12)
    norms = (np.linalg.norm(floats(matrix), 2) for matrix in chain)
    assert found <= float(np.prod(list(norms))) * (1 + 1e-6)


@pytest.mark.parametrize("depth", [2, 3, 4, 5])
def test_the_bound_is_nearly_the_optimum(depth: int) -> None:
    """A known optimum: with one unit a layer it is the product of the lengths, and a slope."""
    chain = maps(3, 4, *[1] * (depth - 1), 2)
    weights = find_weights(chain)
    assert weights is not None
    exact = float(np.prod([np.linalg.norm(floats(matrix)) for matrix in chain]))
    found = bound(stack(chain, weights, "b"))
    assert found == pytest.approx(exact, rel=2e-4)
    assert found >= exact * (1 - 1e-12)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.lists(st.integers(1, 4), min_size=3, max_size=5),
    st.randoms(use_true_random=False),
)
def test_no_weights_prove_a_bound_below_a_slope(
    seed: int, sizes: list[int], random: object
) -> None:
    chain = maps(seed, *sizes)
    units = tuple(
        tuple(random.choice([1, 2, 60, 1001, UNIT]) for _ in range(matrix.rows))
        for matrix in chain[:-1]
    )
    factors = tuple(random.choice([1, 3, 7, 1 << 40]) for _ in chain)
    found = bound(stack(chain, HiddenWeights(units, factors), "b"))
    assert found >= steepest(chain, seed) * (1 - 1e-12)


def test_numbers_beyond_float64_and_zeros() -> None:
    (u, _) = maps(0, 2, 2, 1)
    zero = ExactMatrix.from_fractions("z", [[Fraction(0), Fraction(0)]])
    assert find_weights([u, zero]) is None
    huge = ExactMatrix.from_fractions("h", [[Fraction(1 << 3000), Fraction(1 << 2990)]])
    weights = find_weights([u, huge])
    assert weights is not None
    assert stack([u, huge], weights, "b").matrix.max_abs > 1 << 2990


def test_weights_that_do_not_fit_are_refused() -> None:
    chain = maps(0, 2, 2, 1)
    for weights, reason in (
        (HiddenWeights(((1, 1),), (1,)), "one factor for each map"),
        (HiddenWeights(((1, 1),), (1, 0)), "at least 1"),
        (HiddenWeights(((1,),), (1, 1)), "units are needed"),
        (HiddenWeights(((1, 1), (1,)), (1, 1)), "units are needed"),
        (HiddenWeights(((1, 19),), (1, 1)), "no divisor"),
    ):
        with pytest.raises(ValueError, match=reason):
            stack(chain, weights, "b")
    with pytest.raises(ValueError, match="two linear maps at least"):
        stack(chain[:1], HiddenWeights((), (1,)), "b")
