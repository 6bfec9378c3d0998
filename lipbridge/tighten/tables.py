r"""Tables of constants, one for each score and each difference of two, exactly.

Score i of a network that ends in the linear map M has the constant ``‖M_i‖·K``, K = √(P/Q) that of
the layers before, and the difference of the scores i and j has ``‖M_i − M_j‖·K``.

Source: docs/theorems.md §3.  Lean: ``LipBridge.scores_lipschitz``, ``LipBridge.pairs_lipschitz``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import flint
import numpy as np

from lipbridge.certify.integers import at
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.plan import Plan, Rescaled, Single, Squares, plan_square, scored

__all__ = ["MAX_SCORES", "ScoreTables", "best_tables", "score_tables"]

# Bits of the largest constant of a table.
_BITS = 40
# Beyond these many scores their tables cost more than they tell.
MAX_SCORES = 1024


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

    @property
    def constants(self) -> tuple[Fraction, ...]:
        """The constant of every score."""
        return tuple(Fraction(n, self.denominator) for n in self.scores.integers[0])

    @property
    def pair(self) -> Fraction:
        """The largest constant of a difference of two scores."""
        return Fraction(int(self.pairs.numerators.max()), self.denominator)


def best_tables(
    name: str, start: Plan, rescaled: Plan | None, squares: Squares
) -> tuple[ScoreTables, Rescaled | None] | None:
    """The tables of a network that ends in a linear map, from the plan that serves pairs best.

    Where maxima of blocks of scores are taken at the end, they are of the scores.

    Args:
        name: the network's name.
        start: single layers and merged maps.
        rescaled: the plan with chains rescaled, where there is one.
        squares: squared constants.

    Returns:
        The tables, and the rescaled chain whose last matrix they are of, or None where they are of
        the last map itself; None in their place for a network that ends otherwise.
    """
    start, rescaled = scored(start), rescaled and scored(rescaled)
    last = start[-1] if start else None
    if not isinstance(last, Single) or not last.piece.affine:
        return None
    if not 2 <= last.piece.matrix.rows <= MAX_SCORES:
        return None
    tables = score_tables(name, last.piece.matrix, plan_square(start[:-1], squares))
    chain = rescaled[-1] if rescaled else None
    if not rescaled or not isinstance(chain, Rescaled):
        return tables, None
    *inner, outer = chain.chain.matrices
    factors = [squares.matrices[matrix.name] for matrix in inner]
    before = math.prod(factors, start=plan_square(rescaled[:-1], squares))
    found = score_tables(name, outer, before / chain.chain.factor**2)
    return (found, chain) if found.pair < tables.pair else (tables, None)


def score_tables(name: str, matrix: ExactMatrix, before: Fraction) -> ScoreTables:
    """Make the tables of a network's scores.

    Args:
        name: the network's name, in front of the tables' names.
        matrix: M, shape (m, k).
        before: K², exact or an upper bound.
    """
    rows = flint.fmpz_mat(matrix.integers)
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
