"""Conversions to python-flint."""

import numpy as np

from lipbridge.certify.integers import at, extremes, from_rows, gram, identity, tall
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
