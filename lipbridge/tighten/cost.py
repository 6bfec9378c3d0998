"""What the checks of tighter theorems take the Lean kernel, in microseconds; a guess."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lipbridge.language.kernel_limit import certificate_products
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.segments.bordered import HiddenBlock
from lipbridge.tighten.segments.pieces import Piece

# A product of a certificate, an entry of a product's rows, an entry of a matrix whose rows become
# columns, an entry of a rescaled matrix, a pair of scores.
_CERTIFICATE_STEP = 40
_PRODUCT_STEP = 15
_TURN_STEP = 25
_SCALE_STEP = 90
_PAIR_STEP = 250


def merged(piece: Piece) -> int:
    """Linear maps in a row: every product, and the certificate of the last."""
    total = _certificate(piece.matrix.rows, piece.matrix.cols)
    for before, m in pairwise(piece.matrices):
        turned = before.rows * m.cols + m.rows * (m.cols + before.rows)
        total += _PRODUCT_STEP * m.rows * before.rows + _TURN_STEP * turned
    return total


def rescaled(matrix: ExactMatrix) -> int:
    """A matrix of a rescaled chain: its entries and its certificate."""
    return _certificate(matrix.rows, matrix.cols) + _SCALE_STEP * matrix.rows * matrix.cols


def stacked(maps: Sequence[ExactMatrix]) -> int:
    """A chain under one certificate: its units of odd and even layers, and its entries."""
    sizes = [maps[0].cols, *(matrix.rows for matrix in maps)]
    odd, even = sum(sizes[1::2]), sum(sizes[::2])
    return _certificate(odd, even) + _SCALE_STEP * sum(m.rows * m.cols for m in maps)


def bordered(block: HiddenBlock) -> int:
    """A hidden layer under one certificate: its entries, and a product, row by row."""
    inner, outer = block.inner.matrix, block.outer.matrix
    k, m, n = inner.rows, outer.rows, inner.cols
    entries = k * (m + n) + m * n
    total = _certificate(k + m, k + n) + _SCALE_STEP * entries + _PRODUCT_STEP * m * k
    return total + sum(merged(piece) for piece in (block.inner, block.outer) if piece.merged)


def joint(heads: int, inputs: int) -> int:
    """Head weights and products of one token under one norm."""
    return _certificate(2 * heads, inputs) + _SCALE_STEP * 2 * heads * inputs


def bordered_chain(maps: Sequence[Piece]) -> int:
    """A chain of hidden layers under one certificate: its entries, and a product for each layer."""
    rows = sum(piece.matrix.rows for piece in maps)
    columns = sum(piece.matrix.cols for piece in maps)
    total, width = _certificate(rows, columns), 0
    for piece in maps:
        m, k = piece.matrix.rows, piece.matrix.cols
        entries = m * (k + 2 * width) + k * rows * bool(width)
        total += _SCALE_STEP * entries + (_PRODUCT_STEP * m * k if width else 0)
        width += k
    return total + sum(merged(piece) for piece in maps if piece.merged)


def scores(matrix: ExactMatrix) -> int:
    """The inner products of the last map's rows, and the tables of constants."""
    rows, cols = matrix.rows, matrix.cols
    return _PAIR_STEP * rows**2 + rows * cols * (_PRODUCT_STEP + 2 * _TURN_STEP)


def row_sums(hidden: ExactMatrix) -> int:
    """What the certificates of all rows after a hidden layer share."""
    return _CERTIFICATE_STEP * hidden.rows * hidden.cols


def row(hidden: ExactMatrix) -> int:
    """A certificate of one row after a hidden layer."""
    return _CERTIFICATE_STEP * hidden.rows**2 // 2 + _PAIR_STEP * hidden.rows


def steep(maps: Sequence[ExactMatrix]) -> int:
    """Two points through a chain: a wide matrix by columns, another one digit by digit."""
    wide = sum(m.rows + m.cols if m.cols > m.rows else m.rows * m.cols for m in maps)
    entries = maps[0].cols + sum(m.rows for m in maps)
    return 2 * _PRODUCT_STEP * wide + 2 * _PAIR_STEP * entries


def _certificate(rows: int, cols: int) -> int:
    return _CERTIFICATE_STEP * certificate_products(rows, cols)
