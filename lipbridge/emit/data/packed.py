"""Integers as the few large numbers that the Lean kernel reads: a row is one natural number.

Entry p of a row is digit p in base 2^width, plus a bias: the layout of ``LipBridge.PackedMatrix``.
Nothing here is trusted: the kernel computes from the printed numbers only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from lipbridge.emit.data.digits import LONGEST, join, pack_digits
from lipbridge.emit.data.leaves import rows_tree
from lipbridge.emit.lean.literals import LEAF, literal
from lipbridge.emit.lean.term import Term, app
from lipbridge.language.tensor import ExactMatrix


@dataclass(frozen=True)
class PackedRows:
    """Rows of integers, one natural number each: entry = digit − bias.

    Attributes:
        size: digits of a row.
        width: bits of a digit.
        bias: what is taken off a digit, 2^(width−1).
        numbers: Σ_p (entry_p + bias)·2^(width·p), row by row.
    """

    size: int
    width: int
    bias: int
    numbers: tuple[int, ...]

    @property
    def bits(self) -> int:
        """Bits of all numbers together."""
        return len(self.numbers) * self.size * self.width

    @property
    def tree(self) -> str:
        """They as a Lean tree."""
        return rows_tree(self.numbers, self.size, self.width, self.bias)

    @property
    def vector(self) -> Term:
        """Its one row as a ``Vec Int`` that reads a digit an entry."""
        (number,) = self.numbers
        return app("ofPacked", str(self.width), literal(self.bias), literal(number))

    def pieces(self, count: int) -> list[PackedRows]:
        """Cut the rows into pieces, in whole leaves of eight rows; none for a count of 0."""
        total = len(self.numbers)
        count = min(count, total)
        ends = {min(total, -(-total * i // count // LEAF) * LEAF) for i in range(1, count)} | {0}
        return [
            PackedRows(self.size, self.width, self.bias, self.numbers[start:stop])
            for start, stop in pairwise(sorted(ends | {total}))
            if count
        ]

    def entry(self, row: int, place: int) -> int:
        """Entry ``place`` of a row, read back as the kernel reads it."""
        return (self.numbers[row] >> self.width * place) % (1 << self.width) - self.bias


@dataclass(frozen=True)
class PackedMatrix:
    """An integer matrix as ``LipBridge.PackedMatrix`` holds it.

    Attributes:
        rows: rows of the matrix.
        cols: columns of the matrix.
        transposed: whether ``data`` holds its columns.
        data: the packed rows, or columns.
    """

    rows: int
    cols: int
    transposed: bool
    data: PackedRows

    def entry(self, row: int, col: int) -> int:
        """Entry W_ij of the integer matrix. Source: Lean ``PackedMatrix.entry``."""
        return self.data.entry(col, row) if self.transposed else self.data.entry(row, col)


def pack_rows(rows: Sequence[Sequence[int]]) -> PackedRows:
    """Pack rows of equal length with the least width that holds every entry."""
    highest = max((max(row) for row in rows), default=0)
    lowest = min((min(row) for row in rows), default=0)
    width = _digit_width(lowest, highest)
    if width < LONGEST:
        return _pack_array(np.array(rows, dtype=np.int64))
    bias = 1 << (width - 1)
    numbers = tuple(join([entry + bias for entry in row], width) for row in rows)
    return PackedRows(len(rows[0]), width, bias, numbers)


def _pack_array(array: npt.NDArray[np.int64]) -> PackedRows:
    width = _digit_width(int(array.min(initial=0)), int(array.max(initial=0)))
    if width >= LONGEST:
        return pack_rows(array.tolist())
    bias = 1 << (width - 1)
    return PackedRows(array.shape[1], width, bias, tuple(pack_digits(array + bias, width)))


def _digit_width(lowest: int, highest: int) -> int:
    return 1 + max(0, highest, -lowest - 1).bit_length()


_packed: WeakKeyDictionary[ExactMatrix, dict[bool, PackedMatrix]] = WeakKeyDictionary()


def product_bits(matrix: PackedMatrix, width: int) -> int:
    """Bits of a digit of sums of its packed numbers, each times a digit of ``width`` bits.

    Source: Lean ``PackedMatrix.productCheck``.
    """
    count, size = len(matrix.data.numbers), matrix.data.size
    # A product with a row is one digit of a larger number, with a bit to spare.
    terms = count if matrix.transposed else max(count, 2 * size)
    return width + matrix.data.width + terms.bit_length() + 1


def product_base(a: PackedMatrix, b: PackedMatrix, m: PackedMatrix, mid: int) -> int:
    """The least base in which no digit of either side overflows. Source: Lean ``productBits``."""
    left = mid * ((1 << a.data.width + b.data.width) + a.data.bias * b.data.bias) + m.data.bias
    right = (1 << m.data.width) + mid * (
        (a.data.bias << b.data.width) + (b.data.bias << a.data.width)
    )
    return max(left, right).bit_length()


def packed_matrix(matrix: ExactMatrix, *, transposed: bool = False) -> PackedMatrix:
    """The numerators of a matrix, packed once, row by row or column by column.

    Args:
        matrix: the exact matrix.
        transposed: pack its columns.
    """
    known = _packed.setdefault(matrix, {})
    if transposed not in known:
        rows = matrix.numerators.T if transposed else matrix.numerators
        packed = _pack_array(rows) if rows.dtype == np.int64 else pack_rows(rows.tolist())
        known[transposed] = PackedMatrix(matrix.rows, matrix.cols, transposed, packed)
    return known[transposed]
