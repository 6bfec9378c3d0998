"""Packing matrices and certificates into the few large numbers that the Lean kernel checks.

Entry p of a row is digit p in base 2^width of one natural number, plus a bias: the layout of
``LipBridge.PackedMatrix`` and ``LipBridge.SpectralCertificate``, whose checker works on whole rows
at once. Nothing here is trusted: the kernel computes from the printed numbers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.lean.literals import LEAF
from lipbridge.errors import ExportError
from lipbridge.language.tensor import ExactMatrix

__all__ = [
    "PackedCertificate",
    "PackedMatrix",
    "PackedPart",
    "PackedRows",
    "pack_rows",
    "packed_certificate",
    "packed_matrix",
]

# Kernel memory for one theorem: every intermediate number stays cached until it is checked.
_TILE_BYTES = 1_500_000_000
_PART_BYTES = 500_000_000
# What the cache holds beside the digits of a number: the number, its term, its place in a table.
_ENTRY_BYTES = 350
# Microseconds of the kernel: one row in one Gram row, and one digit spread to the wider base.
_STEP_COST = 12
_SPREAD_COST = 7
# From this many products on there are two tiles at least, for two cores.
_SMALL_PRODUCTS = 20_000
# A matrix is long if it has this many times as many rows as columns, and so many entries.
_LONG = 20
_LONG_ENTRIES = 200_000


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


@dataclass(frozen=True)
class PackedPart:
    """Some rows u_r of a long matrix, and sums of theirs in the base of the Gram rows.

    Attributes:
        rows: the packed rows.
        dots: Σ_r u_ri·Σ_q u_rq·2^(base·q), for every place i.
        columns: Σ_r Σ_q u_rq·2^(base·q).

    Source: Lean ``partCheck``.
    """

    rows: PackedRows
    dots: tuple[int, ...]
    columns: int


@dataclass(frozen=True)
class PackedCertificate:
    """A certificate as ``LipBridge.SpectralCertificate`` holds it.

    Attributes:
        scale: C = c², the weight of the matrix.
        bound: T; C·‖Wx‖² ≤ T·‖x‖².
        slack: d.
        error: ε.
        base: bits of a digit of a packed Gram row.
        weight: e², the weight of the factor L.
        factor: the packed rows of L, in groups: rows that vanish from some place on are shorter.
        tiles: ranges [start, stop) of Gram rows, one theorem each.
        parts: of a long matrix, the rows that get one theorem each, with their packed sums.
    """

    scale: int
    bound: int
    slack: int
    error: int
    base: int
    weight: int
    factor: tuple[PackedRows, ...]
    tiles: tuple[tuple[int, int], ...]
    parts: tuple[PackedPart, ...] = ()


def pack_rows(rows: Sequence[Sequence[int]]) -> PackedRows:
    """Pack rows of equal length with the least width that holds every entry."""
    highest = max((max(row) for row in rows), default=0)
    lowest = min((min(row) for row in rows), default=0)
    width = 1 + max(0, highest, -lowest - 1).bit_length()
    bias = 1 << (width - 1)
    numbers = tuple(_join([entry + bias for entry in row], width) for row in rows)
    return PackedRows(len(rows[0]), width, bias, numbers)


def _join(digits: Iterable[int], width: int) -> int:
    """Σ_p digit_p·2^(width·p), by halves."""
    level = list(digits)
    while len(level) > 1:
        if len(level) % 2:
            level.append(0)
        level = [low | high << width for low, high in zip(level[::2], level[1::2], strict=True)]
        width *= 2
    return level[0] if level else 0


def packed_matrix(matrix: ExactMatrix, *, transposed: bool = False) -> PackedMatrix:
    """Pack the numerators of a matrix, row by row or column by column.

    Args:
        matrix: the exact matrix.
        transposed: pack its columns.
    """
    source = matrix.transpose() if transposed else matrix
    return PackedMatrix(matrix.rows, matrix.cols, transposed, pack_rows(source.integers()))


def packed_certificate(
    certificate: SpectralCertificate,
    matrix: PackedMatrix,
    stacked: tuple[tuple[int, PackedRows], ...] = (),
) -> PackedCertificate:
    """Pack a certificate for a packed matrix, with the least base in which no digit overflows.

    Args:
        certificate: a certificate that replays.
        matrix: the matrix, packed by columns exactly if the certificate is for Wᵀ.
        stacked: where the certificate is of rows that lie in several matrices: the weights of this
            one and the others in units of c², with the others' rows.

    Raises:
        ExportError: the two do not belong together.

    Source: Lean ``widthCheck``.
    """
    shape = (certificate.rows, certificate.cols, certificate.transpose)
    own, *others = stacked or ((1, matrix.data),)
    rows = matrix.rows if not others else certificate.rows
    if shape != (rows, matrix.cols, matrix.transposed):
        raise ExportError(
            f"tensor {certificate.tensor!r}: the certificate is for a matrix of another shape; "
            "certify again"
        )
    count = 0 if others else _part_count(matrix.data)
    lanes = sum(len(data.numbers) for _, data in (own, *others))
    ends = [matrix.data.size] if count else _tile_ends(matrix.data, lanes, len(certificate.L))
    factor = tuple(_groups(certificate.L, ends))
    unit, weight = certificate.c**2, certificate.e**2
    scale = unit * own[0]
    stacks = (
        (scale, matrix.data),
        *((unit * more, data) for more, data in others),
        *((weight, data) for data in factor),
    )
    plus = sum(s * len(r.numbers) * (4**r.width + r.bias**2) for s, r in stacks)
    minus = sum(s * r.bias * 2 * len(r.numbers) << r.width for s, r in stacks)
    largest = max(
        plus + 2 * certificate.epsilon,
        certificate.T - certificate.d + minus + certificate.epsilon,
        *(len(r.numbers) << r.width for _, r in stacks),
    )
    base = largest.bit_length()
    return PackedCertificate(
        scale=scale,
        bound=certificate.T,
        slack=certificate.d,
        error=certificate.epsilon,
        base=base,
        weight=weight,
        factor=factor,
        tiles=tuple(pairwise((0, *ends))),
        parts=tuple(_part(rows, base) for rows in matrix.data.pieces(count)),
    )


def _part_count(data: PackedRows) -> int:
    """How many parts a long matrix is cut into, bounded in kernel memory; 0 if it is not long."""
    rows, size = len(data.numbers), data.size
    if rows < _LONG * size or rows * size < _LONG_ENTRIES:
        return 0
    number = size * (2 * data.width + 24) // 8
    each = 2 * number + 5 * _ENTRY_BYTES
    # An even number, for two cores.
    return 2 * -(-rows * size * each // (2 * _PART_BYTES))


def _part(rows: PackedRows, base: int) -> PackedPart:
    dots, columns = [0] * rows.size, 0
    mask = (1 << rows.width) - 1
    for number in rows.numbers:
        digits = [number >> rows.width * p & mask for p in range(rows.size)]
        spread = _join(digits, base)
        columns += spread
        for i, digit in enumerate(digits):
            dots[i] += digit * spread
    return PackedPart(rows, tuple(dots), columns)


def _tile_ends(data: PackedRows, rows: int, factor_rows: int) -> list[int]:
    """Where the ranges of Gram rows end that get one theorem each, bounded in kernel memory."""
    size = data.size
    lanes = rows + factor_rows
    # A digit of a packed Gram row has a little more than two digits of the matrix.
    number = size * (2 * data.width + 24) // 8
    spread = 3 * lanes * size * _ENTRY_BYTES
    gram = 2 * lanes * size * (number * 2 // 3 + 2 * _ENTRY_BYTES)
    count = 1 + gram // max(_TILE_BYTES - spread, _TILE_BYTES // 2)
    if lanes * size > _SMALL_PRODUCTS:
        count = max(2, count)
    count = min(count, -(-size // LEAF))
    return _equal_tiles(size, rows, factor_rows, count)


def _equal_tiles(size: int, rows: int, factor_rows: int, count: int) -> list[int]:
    """Cut the Gram rows into ``count`` tiles that take the kernel about the same time."""

    def cost(start: int, stop: int) -> int:
        # Factor rows of lower triangular shape vanish from their own number on.
        lanes = rows + max(0, factor_rows - start)
        return lanes * ((stop - start) * _STEP_COST + stop * _SPREAD_COST)

    def cut(limit: int) -> list[int]:
        ends, start = list[int](), 0
        while start < size:
            stop = min(size, start + LEAF)
            while stop < size and cost(start, min(size, stop + LEAF)) <= limit:
                stop = min(size, stop + LEAF)
            ends.append(stop)
            start = stop
        return ends

    low, high = 0, cost(0, size)
    while high - low > high // 64:
        middle = (low + high) // 2
        low, high = (low, middle) if len(cut(middle)) <= count else (middle, high)
    return cut(high)


def _groups(rows: Sequence[Sequence[int]], ends: Sequence[int]) -> Iterable[PackedRows]:
    """Group rows by the first end at or past their last entry that is not 0."""
    groups: dict[int, list[Sequence[int]]] = {}
    for row in rows:
        last = max((i + 1 for i, entry in enumerate(row) if entry), default=0)
        end = next(end for end in ends if end >= last)
        groups.setdefault(end, []).append(row[:end])
    for end in sorted(groups):
        yield pack_rows(groups[end])
