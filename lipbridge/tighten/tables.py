r"""Tables of constants, one for each score and each difference of two, exactly.

Score i of a network that ends in the linear map M has the constant ``‖M_i‖·K``, K = √(P/Q) that of
the layers before, and the difference of the scores i and j has ``‖M_i − M_j‖·K``; or a smaller one
from a certificate of its own, where a hidden layer comes before M.

Source: docs/theorems.md §3.  Lean: ``LipBridge.scores_lipschitz``, ``LipBridge.pairs_lipschitz``,
``LipBridge.RowCertificate``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import flint
import numpy as np

from lipbridge.certify.integers import at
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers.magnitude import ceil_root
from lipbridge.tighten.plan import Plan, plan_square, scored
from lipbridge.tighten.rows import RowBound, RowLayer
from lipbridge.tighten.segments.segment import Rescaled, Single, Squares

# Bits of the largest constant of a table.
_BITS = 40
# Of more scores the constants of differences are not listed one by one.
_MAX_LISTED = 128
# Beyond these many scores their tables cost more than they tell.
MAX_SCORES = 1024


@dataclass(frozen=True)
class ScoreTables:
    """The tables; constants are numerators over one denominator D, rounded up.

    Attributes:
        gram: ``⟨M_i, M_j⟩`` in numerators, shape (m, m); None where rows have certificates.
        scores: N_i ≥ D·‖M_i‖·K, least, shape (1, m).
        pairs: N_ij ≥ D·‖M_i − M_j‖·K, least, shape (m, m).
        denominator: D, a power of two.
    """

    gram: ExactMatrix | None
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

    @property
    def differences(self) -> tuple[tuple[Fraction, ...], ...]:
        """The constant of score i less score j at [i][j], j < i; nothing of very many scores."""
        if self.pairs.rows > _MAX_LISTED:
            return ()
        rows = enumerate(self.pairs.integers)
        return tuple(tuple(Fraction(n, self.denominator) for n in row[:i]) for i, row in rows)


def best_tables(
    name: str,
    start: Plan,
    rescaled: Plan | None,
    squares: Squares,
    rows: Mapping[tuple[int, int], RowBound],
) -> tuple[ScoreTables, Rescaled | None] | None:
    """The tables of a network that ends in a linear map, from the plan that serves pairs best.

    Where maxima of blocks of scores are taken at the end, they are of the scores.

    Args:
        name: the network's name.
        start: single layers and merged maps.
        rescaled: the plan with chains rescaled, where there is one.
        squares: squared constants.
        rows: certificates of all rows, or of none.

    Returns:
        The tables, and the rescaled chain whose last matrix they are of, or None where they are of
        the last map itself; None in their place for a network that ends otherwise.
    """
    start, rescaled = scored(start), rescaled and scored(rescaled)
    matrix = score_map(start)
    if matrix is None:
        return None
    layer = row_layer(start) if rows else None
    if layer is not None:
        before = plan_square(start[:-3], squares)
        found = {place: before * layer.square(bound) for place, bound in rows.items()}
        return _tables(name, matrix.rows, found), None
    tables = score_tables(name, matrix, plan_square(start[:-1], squares))
    chain = rescaled[-1] if rescaled else None
    if not rescaled or not isinstance(chain, Rescaled):
        return tables, None
    *inner, outer = chain.chain.matrices
    factors = [squares.matrices[matrix.name] for matrix in inner]
    before = math.prod(factors, start=plan_square(rescaled[:-1], squares))
    found = score_tables(name, outer, before / chain.chain.factor**2)
    return (found, chain) if found.pair < tables.pair else (tables, None)


def score_map(start: Plan) -> ExactMatrix | None:
    """The linear map that a network's scores come from; None where they are not 2 or more of one.

    Args:
        start: the plan of single scores.
    """
    last = start[-1] if start else None
    if not isinstance(last, Single) or not last.piece.affine:
        return None
    matrix = last.piece.matrix
    return matrix if 2 <= matrix.rows <= MAX_SCORES else None


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
    found = {
        (i, j): unit * (single[i] if i == j else single[i] + single[j] - 2 * at(products, i, j))
        for i in range(count)
        for j in range(i + 1)
    }
    gram = [[at(products, i, j) for j in range(count)] for i in range(count)]
    return _tables(name, count, found, ExactMatrix(f"{name}_gram", np.array(gram, dtype=object)))


def row_layer(start: Plan) -> RowLayer | None:
    """The hidden layer before a network's scores; None where its last layers are others."""
    if len(start) < 3 or any(len(segment.pieces) > 1 for segment in start[-3:]):
        return None
    hidden, middle, last = (segment.pieces[0] for segment in start[-3:])
    slope = middle.layers[0].slope_bound
    if slope is None or not hidden.affine or not last.affine:
        return None
    return RowLayer(hidden.matrix, slope, last.matrix)


def _tables(
    name: str,
    count: int,
    squares: Mapping[tuple[int, int], Fraction],
    gram: ExactMatrix | None = None,
) -> ScoreTables:
    """The tables of squared constants, those of single scores at (i, i)."""
    largest = max(squares.values())
    # D·√largest has about _BITS bits.
    size = largest.numerator.bit_length() - largest.denominator.bit_length()
    denominator = 1 << max(0, _BITS - size // 2)
    known = {place: ceil_root(square * denominator**2) for place, square in squares.items()}
    scores = [known[i, i] for i in range(count)]
    pairs = [
        [0 if i == j else known[max(i, j), min(i, j)] for j in range(count)] for i in range(count)
    ]
    return ScoreTables(
        gram,
        ExactMatrix(f"{name}_scores_N", np.array([scores], dtype=object)),
        ExactMatrix(f"{name}_pairs_N", np.array(pairs, dtype=object)),
        denominator,
    )
