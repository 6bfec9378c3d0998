r"""Tables of constants, one for each score and each difference of two, exactly.

Score i of a network that ends in the linear map M has the constant ``‖M_i‖·K``, K = √(P/Q) that of
the layers before, and the difference of the scores i and j has ``‖M_i − M_j‖·K``.

Source: theory, section 3.  Lean: ``LipBridge.scores_lipschitz``, ``LipBridge.pairs_lipschitz``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import flint
import numpy as np

from lipbridge.certify.integers import at
from lipbridge.language.tensor import ExactMatrix

__all__ = ["ScoreTables", "score_tables"]

# Bits of the largest constant of a table.
_BITS = 40


@dataclass(frozen=True)
class ScoreTables:
    """The tables; constants are numerators over one denominator D, rounded up.

    Attributes:
        gram: ``⟨M_i, M_j⟩`` in numerators, shape (m, m).
        scores: N_i ≥ D·‖M_i‖·K, least, shape (1, m).
        pairs: N_ij ≥ D·‖M_i − M_j‖·K, least, shape (m, m).
        denominator: D, a power of two.
    """

    gram: ExactMatrix
    scores: ExactMatrix
    pairs: ExactMatrix
    denominator: int


def score_tables(name: str, matrix: ExactMatrix, before: Fraction) -> ScoreTables:
    """Make the tables of a network's scores.

    Args:
        name: the network's name, in front of the tables' names.
        matrix: M, shape (m, k).
        before: K², exact or an upper bound.
    """
    rows = flint.fmpz_mat(matrix.integers())
    products, count = rows * rows.transpose(), matrix.rows
    unit = before / matrix.denominator**2
    single = [at(products, i, i) for i in range(count)]
    gaps = [
        [single[i] + single[j] - 2 * at(products, i, j) for j in range(count)] for i in range(count)
    ]
    largest = max(*single, *(max(row) for row in gaps)) * unit
    # D·√largest has about _BITS bits.
    size = largest.numerator.bit_length() - largest.denominator.bit_length()
    denominator = 1 << max(0, _BITS - size // 2)

    def numerators(squares: list[int]) -> list[int]:
        return [_root_up(square * unit * denominator**2) for square in squares]

    gram = [[at(products, i, j) for j in range(count)] for i in range(count)]
    return ScoreTables(
        _matrix(f"{name}_gram", gram),
        _matrix(f"{name}_scores_N", [numerators(single)]),
        _matrix(f"{name}_pairs_N", [numerators(row) for row in gaps]),
        denominator,
    )


def _root_up(square: Fraction) -> int:
    """The least N ≥ 0 with N² ≥ the square."""
    least = -(-square.numerator // square.denominator)
    return math.isqrt(least - 1) + 1 if least > 0 else 0


def _matrix(name: str, rows: list[list[int]]) -> ExactMatrix:
    return ExactMatrix(name, len(rows), len(rows[0]), np.array(rows, dtype=object), 1)
