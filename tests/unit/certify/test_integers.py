"""Conversions to python-flint."""

import numpy as np
import pytest

from lipbridge.certify.integers import at, extremes, from_rows, gram, identity, matrix_gram, tall
from lipbridge.language.tensor import ExactMatrix


def test_wide_matrices_are_transposed() -> None:
    wide = ExactMatrix.from_fractions("w", [[1, 2, 2**70]])
    assert tall(wide).tolist() == [[1], [2], [2**70]]
    square = ExactMatrix.from_fractions("w", [[1, 2], [3, 4]])
    assert tall(square).tolist() == [[1, 2], [3, 4]]


def test_gram_and_extremes() -> None:
    v = np.array([[1, -2], [3, 4], [-5, 6]])
    g = gram(from_rows(v.tolist()))
    assert [[int(x) for x in row] for row in g.tolist()] == (v.T @ v).tolist()
    assert extremes(g) == (-20, 56)
    assert at(g, 0, 1) == -20


def test_identity() -> None:
    assert identity(2, -3).tolist() == [[-3, 0], [0, -3]]


@pytest.mark.parametrize("most", [1, 2**20 - 1, 2**20, 2**41 + 1, 2**63 - 1, 2**63, 2**90])
@pytest.mark.parametrize(("rows", "cols"), [(1, 1), (3, 5), (40, 7), (2, 4097)])
def test_gram_of_a_matrix_is_exact_at_every_size(most: int, rows: int, cols: int) -> None:
    # The largest entries that there are, so that sums come as close to 2^53 as they can.
    signs = np.random.default_rng(rows).choice([-1, 1, 1, 1], (rows, cols)).astype(object)
    for entries in (signs * most, abs(signs) * -most, signs * (most // 3)):
        matrix = ExactMatrix("w", entries)
        assert matrix_gram(matrix) == gram(tall(matrix))
