"""Integer matrices in python-flint: conversion, the Gram matrix, extreme entries."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

import flint
import numpy as np
import numpy.typing as npt

from lipbridge.language.tensor import ExactMatrix


def tall(matrix: ExactMatrix) -> flint.fmpz_mat:
    """Return V: the numerators W, or Wᵀ where W is wider than high. Shape (M, k), k ≤ M."""
    w = flint.fmpz_mat(matrix.integers)
    return w.transpose() if matrix.cols > matrix.rows else w


_grams: WeakKeyDictionary[ExactMatrix, flint.fmpz_mat] = WeakKeyDictionary()


def matrix_gram(matrix: ExactMatrix) -> flint.fmpz_mat:
    """Return VᵀV of :func:`tall`, computed once for a matrix; not to be changed."""
    if matrix not in _grams:
        _grams[matrix] = _gram(matrix)
    return _grams[matrix]


def _gram(matrix: ExactMatrix) -> flint.fmpz_mat:
    """VᵀV out of limbs of V: a sum of products of two stays below 2^53, where float64 is exact."""
    if matrix.numerators.dtype != np.int64:
        return gram(tall(matrix))
    v = matrix.numerators.T if matrix.cols > matrix.rows else matrix.numerators
    height, k = v.shape
    bits = (53 - height.bit_length()) // 2
    last = max(0, matrix.max_abs.bit_length() - 1) // bits
    limbs = [v >> bits * i & (1 << bits) - 1 for i in range(last)] + [v >> bits * last]
    floats = [limb.astype(np.float64) for limb in limbs]
    total = flint.fmpz_mat(k, k)
    for i, low in enumerate(floats):
        for j, high in enumerate(floats[i:], i):
            product = (low.T @ high).astype(np.int64)
            whole = product if i == j else product + product.T
            total += flint.fmpz_mat(k, k, whole.ravel().tolist()) * (1 << bits * (i + j))
    return total


def gram(v: flint.fmpz_mat) -> flint.fmpz_mat:
    """Return VᵀV exactly."""
    return v.transpose() * v


def from_rows(rows: Iterable[Iterable[int]]) -> flint.fmpz_mat:
    """Build a matrix from rows of Python integers of equal length."""
    return flint.fmpz_mat([list(row) for row in rows])


def identity(k: int, scale: int) -> flint.fmpz_mat:
    """Return scale·I of order k."""
    result = flint.fmpz_mat(k, k)
    for i in range(k):
        result[i, i] = scale
    return result


def at(matrix: flint.fmpz_mat, i: int, j: int) -> int:
    """Return entry (i, j) as a Python integer."""
    return int(matrix[i, j])


def leading(matrix: flint.fmpz_mat) -> tuple[npt.NDArray[np.float64], int]:
    """Return (A, x) with M ≈ A·2^x, to 2^-60 of the largest entry; entries of A are below 2^61.

    Args:
        matrix: M, positive semidefinite: |M_ij| ≤ max M_ii (Cauchy–Schwarz).
    """
    k = matrix.nrows()
    largest = max(abs(at(matrix, i, i)) for i in range(k))
    # Below 2^63, above the 53 bits of a mantissa.
    shift = max(0, largest.bit_length() - 61)
    values = np.array([int(x) >> shift for x in matrix.entries()], dtype=np.int64)
    return values.reshape(k, k).astype(np.float64), shift


def extremes(matrix: flint.fmpz_mat) -> tuple[int, int]:
    """Return the least and the greatest entry."""
    entries = matrix.entries()
    return int(min(entries)), int(max(entries))


def centre(matrix: flint.fmpz_mat) -> tuple[int, int, int]:
    """Return the least and the greatest diagonal entry, and the least ε of any t·I − B.

    ε = max(max_{i≠j} |B_ij|, ⌈(max B_ii − min B_ii)/2⌉): no t makes |(t·I − B)_ij| ≤ ε with less.

    Args:
        matrix: B, symmetric; its diagonal is cleared.
    """
    diagonal = [at(matrix, i, i) for i in range(matrix.nrows())]
    low, high = min(diagonal), max(diagonal)
    for i in range(matrix.nrows()):
        matrix[i, i] = 0
    least, greatest = extremes(matrix)
    return low, high, max(-least, greatest, (high - low + 1) // 2)
