"""Scalings of hidden units: exact identities, and the product of norms falls."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.segments.rescale import UNIT, find_scalings, rescale


def random_chain(*sizes: int, seed: int = 0) -> list[ExactMatrix]:
    rng = np.random.default_rng(seed)
    return [
        ExactMatrix.from_floats(f"w{i}", rng.standard_normal((m, n)) * rng.uniform(0.1, 3, (m, 1)))
        for i, (n, m) in enumerate(pairwise(sizes))
    ]


def norms(matrices: list[ExactMatrix] | tuple[ExactMatrix, ...]) -> float:
    product = 1.0
    for m in matrices:
        product *= float(np.linalg.norm(m.numerators.astype(float) / m.denominator, 2))
    return product


@pytest.mark.parametrize("sizes", [(4, 9, 1), (3, 8, 5, 2), (1, 6, 7)])
def test_the_product_of_the_norms_falls(sizes: tuple[int, ...]) -> None:
    matrices = random_chain(*sizes)
    scalings = find_scalings(matrices)
    assert scalings is not None
    chain = rescale(matrices, scalings, [m.name for m in matrices])
    assert norms(chain.matrices) / chain.factor < 0.999 * norms(matrices)


def test_the_rescaled_matrices_are_those_of_the_scaled_units() -> None:
    """W'_ij·c_j = c'_i·W_ij exactly, c = 1 before the chain and K after it."""
    matrices = random_chain(3, 4, 5, 2)
    scalings = find_scalings(matrices)
    assert scalings is not None
    chain = rescale(matrices, scalings, ["a", "b", "c"])
    assert set(chain.scales[0]) == {1}
    assert set(chain.scales[-1]) == {chain.factor}
    for index, (w, scaled) in enumerate(zip(matrices, chain.matrices, strict=True)):
        before, after = chain.scales[index], chain.scales[index + 1]
        assert scaled.denominator == w.denominator
        for i in range(w.rows):
            for j in range(w.cols):
                left = int(scaled.numerators[i, j]) * before[j]
                assert left == after[i] * int(w.numerators[i, j])


def test_units_that_are_balanced_stay() -> None:
    identity = ExactMatrix.from_fractions("i", [[Fraction(1), 0], [0, Fraction(1)]])
    scalings = find_scalings([identity, identity])
    assert scalings is not None
    assert len(set(scalings[0])) == 1


def test_a_zero_matrix_has_no_scalings() -> None:
    zero = ExactMatrix.from_fractions("z", [[0, 0]])
    one = ExactMatrix.from_fractions("o", [[1], [1]])
    assert find_scalings([one, zero]) is None


def test_dead_units_do_no_harm() -> None:
    dead = ExactMatrix.from_fractions("d", [[1, 2], [0, 0], [3, -1]])
    last = ExactMatrix.from_fractions("l", [[1, 5, 0], [0, 0, 2]])
    scalings = find_scalings([dead, last])
    assert scalings is not None
    chain = rescale([dead, last], scalings, ["d", "l"])
    assert norms(chain.matrices) / chain.factor <= norms([dead, last])


def test_entries_beyond_float64_are_searched_too() -> None:
    huge = ExactMatrix("h", np.array([[10**400], [3 * 10**399]], dtype=object), 7)
    last = ExactMatrix.from_fractions("l", [[1, 5]])
    scalings = find_scalings([huge, last])
    assert scalings is not None
    assert all(UNIT % e == 0 for e in scalings[0])


@pytest.mark.parametrize("scalings", [[(1,)], [(1, 7, UNIT + 1)], [(1, 2, 0)], []])
def test_scalings_that_do_not_fit(scalings: list[tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match="scaling"):
        rescale(random_chain(2, 3, 1), scalings, ["a", "b"])
