"""Exact decisions about a spectral norm, in integers: slow, simple, independent of ``spectral``.

It is what tests and benchmarks measure every floating-point method against.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpz_mat

from lipbridge.language.tensor import ExactMatrix


def is_upper_bound(matrix: ExactMatrix, value: Fraction) -> bool:
    """Decide ``σ_max(W) < value`` exactly; a bound that is attained can be given 1e-300 more.

    With W = N/D and value = a/b ≥ 0, the question is whether ``(aD)²·I − b²·NᵀN`` is positive
    definite, that is (Sylvester) whether all its leading minors are positive. They are the pivots
    of fraction-free elimination.

    Source: E. H. Bareiss, *Sylvester's identity and multistep integer-preserving Gaussian
    elimination*, Math. Comp. 22 (1968).
    """
    if value <= 0:
        return False
    turned = matrix.transpose() if matrix.cols > matrix.rows else matrix
    entries = fmpz_mat(turned.integers)
    gram = entries.transpose() * entries * (value.denominator**2)
    top = (value.numerator * matrix.denominator) ** 2
    shifted = [[-int(entry) for entry in row] for row in gram.tolist()]
    for index, row in enumerate(shifted):
        row[index] += top
    return _minors_positive(shifted)


def is_lower_bound(matrix: ExactMatrix, value: Fraction) -> bool:
    """Decide ``0 ≤ value ≤ σ_max(W)`` exactly."""
    return value == 0 or (value > 0 and not is_upper_bound(matrix, value))


def _minors_positive(rows: list[list[int]]) -> bool:
    previous = 1
    for k, pivot_row in enumerate(rows):
        pivot = pivot_row[k]
        if pivot <= 0:
            return False
        for i in range(k + 1, len(rows)):
            row, left = rows[i], rows[i][k]
            # Symmetric: the part left of the diagonal is never read again.
            for j in range(i, len(rows)):
                row[j] = (row[j] * pivot - left * pivot_row[j]) // previous
            for j in range(k + 1, i):
                row[j] = rows[j][i]
        previous = pivot
    return True
