"""Packing matrices and certificates into the few large numbers that the Lean kernel checks.

Entry p of a row is digit p in base 2^width of one natural number, plus a bias: the layout of
``LipBridge.PackedMatrix`` and ``LipBridge.SpectralCertificate``, whose checker works on whole rows
at once. Nothing here is trusted: the kernel computes from the printed numbers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.lean.literals import LEAF
from lipbridge.errors import ExportError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.claims.gained import GainedBound, GainedMap
from lipbridge.tighten.rescale import UNIT
from lipbridge.tighten.rows import RowBound

# Rows of a chunk: with more, numbers of a wide matrix grow out of the processor's caches.
_CHUNK = 8
_WIDE = 512
# Microseconds of the kernel: one operation on numbers of any length, and a kilobyte of results.
_STEP_COST = 3.5
_KILOBYTE_COST = 0.6
# What one operation leaves in the kernel's cache beside the number.
_ENTRY_BYTES = 400
# Kernel memory for one theorem: every intermediate number stays cached until it is checked.
_TILE_BYTES = 1_500_000_000
# Seconds of kernel time from which the work goes to two cores.
_SMALL_SECONDS = 0.4
# Columns of a strip of a long matrix.
_STRIP = 128
# Digits that are taken apart at once, and how many bits one must not have for that.
_AT_ONCE, _LONGEST = 1 << 18, 64
# Bits of a limb of a digit.
_LIMB = 15
# Bits by which the digits of W's Gram matrix grow for a certificate that takes its sums, too.
_SPARE = 4
# A matrix is long if it has this many times as many rows as columns, and so many entries, or if
# it has more than _WIDE columns.
_LONG = 8
_LONG_ENTRIES = 100_000


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
class Tile:
    """Rows of a Gram matrix that get one theorem.

    Attributes:
        start: the first chunk.
        count: the number of chunks.
        columns: how many columns are compared, up to the last row of the tile.
    """

    start: int
    count: int
    columns: int

    @property
    def depth(self) -> int:
        """The least t with columns ≤ 2^t."""
        return depth(self.columns)


@dataclass(frozen=True)
class PackedColumns:
    """Sums of some columns q of rows u_r, as one theorem states them.

    Attributes:
        dots: for every chunk c from that of the first column on, Σ_r u_ri·u_rq at digit
            chunk·(q − start) + (i − chunk·c) of base 2^b.
        wide: Σ_r Σ_q u_rq·2^(b·chunk·(q − start)).

    Source: Lean ``partCheck``.
    """

    dots: tuple[int, ...]
    wide: int


@dataclass(frozen=True)
class PackedPart:
    """Some rows u_r of a long matrix, and sums of theirs.

    Attributes:
        rows: the packed rows.
        columns: sums of strips of columns, one for each tile.
    """

    rows: PackedRows
    columns: tuple[PackedColumns, ...]


@dataclass(frozen=True)
class PackedCertificate:
    """A certificate as ``LipBridge.SpectralCertificate`` holds it.

    Attributes:
        scale: C = c², the weight of the matrix.
        bound: T; C·‖Wx‖² ≤ T·‖x‖².
        slack: d.
        error: ε.
        width: bits of T − d.
        top: bits of a digit of a packed chunk of the Gram matrix, less one.
        chunk: rows of a chunk.
        weight: e², the weight of the factor L.
        factor: the packed rows of L, in groups: rows that vanish from some place on are shorter.
        tiles: the ranges of chunks, one theorem each.
        parts: of a long matrix, the rows that get one theorem for each tile, with their sums.
    """

    scale: int
    bound: int
    slack: int
    error: int
    width: int
    top: int
    chunk: int
    weight: int
    factor: tuple[PackedRows, ...]
    tiles: tuple[Tile, ...]
    parts: tuple[PackedPart, ...] = ()

    @property
    def chunks(self) -> int:
        """The number of chunks."""
        return sum(tile.count for tile in self.tiles)


@dataclass(frozen=True)
class PackedGained:
    """A certificate as ``LipBridge.GainedCertificate`` holds it.

    Attributes:
        bound: the certificate.
        diagonal: the numbers D_i, packed.
        width: bits of D_i.
        top: bits of a digit of a packed chunk of the Gram matrix, less one.
        chunk: rows of a chunk.
        factor: the packed rows of L, in groups.
        tiles: the ranges of chunks, one theorem each.
        shared: whether the sums of W are those of its own certificate.
    """

    bound: GainedBound
    diagonal: int
    width: int
    top: int
    chunk: int
    factor: tuple[PackedRows, ...]
    tiles: tuple[Tile, ...]
    shared: bool

    @property
    def chunks(self) -> int:
        """The number of chunks."""
        return sum(tile.count for tile in self.tiles)


@dataclass(frozen=True)
class PackedBound:
    """A certificate of one row as ``LipBridge.RowCertificate`` holds it.

    Attributes:
        bound: the certificate.
        diagonal: the numbers D_i, packed.
        width: bits of D_i.
        weights: e, packed.
        bits: bits of e_i.
        row: v', packed.
        factor: the packed rows of L, in groups.
    """

    bound: RowBound
    diagonal: int
    width: int
    weights: int
    bits: int
    row: PackedRows
    factor: tuple[PackedRows, ...]


@dataclass(frozen=True)
class PackedBounds:
    """The certificates of some rows, with the sums that they share.

    Attributes:
        size: hidden units.
        top: bits of a digit of a packed chunk of the Gram matrix, less one.
        chunk: rows of a chunk.
        tiles: the ranges of chunks, one theorem each.
        sums: of the hidden layer's matrix, a strip of columns for each tile.
        bounds: the certificates.
    """

    size: int
    top: int
    chunk: int
    tiles: tuple[Tile, ...]
    sums: tuple[PackedColumns, ...]
    bounds: tuple[PackedBound, ...]

    @property
    def chunks(self) -> int:
        """The number of chunks."""
        return sum(tile.count for tile in self.tiles)


def pack_rows(rows: Sequence[Sequence[int]]) -> PackedRows:
    """Pack rows of equal length with the least width that holds every entry."""
    highest = max((max(row) for row in rows), default=0)
    lowest = min((min(row) for row in rows), default=0)
    width = _digit_width(lowest, highest)
    if width < _LONGEST:
        return _pack_array(np.array(rows, dtype=np.int64))
    bias = 1 << (width - 1)
    numbers = tuple(_join([entry + bias for entry in row], width) for row in rows)
    return PackedRows(len(rows[0]), width, bias, numbers)


def _pack_array(array: npt.NDArray[np.int64]) -> PackedRows:
    width = _digit_width(int(array.min(initial=0)), int(array.max(initial=0)))
    if width >= _LONGEST:
        return pack_rows(array.tolist())
    bias = 1 << (width - 1)
    return PackedRows(array.shape[1], width, bias, tuple(_numbers(array + bias, width)))


def _digit_width(lowest: int, highest: int) -> int:
    return 1 + max(0, highest, -lowest - 1).bit_length()


def _numbers(digits: npt.NDArray[np.int64], width: int) -> Iterable[int]:
    """Σ_p digits[i, p]·2^(width·p) for each row i, digits below 2^width < 2^63; bit by bit."""
    rows = max(1, _AT_ONCE // digits.shape[1])
    for start in range(0, len(digits), rows):
        part = np.ascontiguousarray(digits[start : start + rows], dtype="<i8")
        octets = part.view(np.uint8).reshape(*part.shape, 8)
        bits = np.unpackbits(octets, axis=2, count=width, bitorder="little")
        packed = np.packbits(bits.reshape(len(part), -1), axis=1, bitorder="little")
        yield from (int.from_bytes(row.tobytes(), "little") for row in packed)


def _join(digits: Iterable[int], width: int) -> int:
    """Σ_p digit_p·2^(width·p), by halves."""
    level = list(digits)
    while len(level) > 1:
        if len(level) % 2:
            level.append(0)
        level = [low | high << width for low, high in zip(level[::2], level[1::2], strict=True)]
        width *= 2
    return level[0] if level else 0


_packed: WeakKeyDictionary[ExactMatrix, dict[bool, PackedMatrix]] = WeakKeyDictionary()


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


def packed_certificate(
    certificate: SpectralCertificate, matrix: PackedMatrix, *, gained: bool = False
) -> PackedCertificate:
    """Pack a certificate for a packed matrix, with the least base in which no digit overflows.

    Args:
        certificate: a certificate that replays.
        matrix: the matrix, packed by columns exactly if the certificate is for Wᵀ.
        gained: whether the sums of a long matrix are to serve :func:`packed_gained`, too.

    Raises:
        ExportError: the two do not belong together.

    Source: Lean ``widthCheck``.
    """
    shape = (certificate.rows, certificate.cols, certificate.transpose)
    if shape != (matrix.rows, matrix.cols, matrix.transposed):
        raise ExportError(
            f"tensor {certificate.tensor!r}: the certificate is for a matrix of another shape; "
            "certify again"
        )
    base = _certificate_base(matrix.data, certificate)
    long, chunk, tiles = _layout(matrix.data, base)
    pieces: list[PackedRows] = []
    if long:
        base += _SPARE if gained else 0
        cost = _Cost(matrix.data.size, chunk, base)
        pieces = matrix.data.pieces(cost.parts(len(matrix.data.numbers), tiles))
    return PackedCertificate(
        scale=certificate.c**2,
        bound=certificate.T,
        slack=certificate.d,
        error=certificate.epsilon,
        width=_width([certificate.T - certificate.d]),
        top=base - 1,
        chunk=chunk,
        weight=certificate.e**2,
        factor=_factor(certificate.L, tiles),
        tiles=tiles,
        parts=tuple(_part(rows, base, chunk, tiles) for rows in pieces),
    )


def packed_gained(found: GainedMap, bound: GainedBound, own: SpectralCertificate) -> PackedGained:
    """Pack a certificate of a gained projection, in W's own layout where its digits fit there.

    Args:
        found: the projection W and the gain.
        bound: its certificate, which replays.
        own: the certificate of W.
    """
    rows, witness = packed_matrix(found.matrix, transposed=True).data, bound.witness
    diagonal = [entry - witness.d for entry in found.diagonal(bound)]
    width = _width(diagonal)
    stacks = (bound.scale, rows), (witness.e**2, pack_rows(witness.L))
    base, known = _base(stacks, width, witness.epsilon), _certificate_base(rows, own)
    long, chunk, tiles = _layout(rows, known)
    shared = long and base <= known + _SPARE
    if shared:
        base = known + _SPARE
    else:
        _, chunk, tiles = _layout(rows, base, sums=False)
    return PackedGained(
        bound=bound,
        diagonal=_join(diagonal, width),
        width=width,
        top=base - 1,
        chunk=chunk,
        factor=_factor(witness.L, tiles),
        tiles=tiles,
        shared=shared,
    )


def _width(numbers: Iterable[int]) -> int:
    return max(1, max(numbers).bit_length())


def _certificate_base(rows: PackedRows, certificate: SpectralCertificate) -> int:
    stacks = (certificate.c**2, rows), (certificate.e**2, pack_rows(certificate.L))
    return _base(stacks, _width([certificate.T - certificate.d]), certificate.epsilon)


def _layout(
    rows: PackedRows, base: int, *, sums: bool = True
) -> tuple[bool, int, tuple[Tile, ...]]:
    """Whether the sums of the rows are known before, the rows of a chunk, and the tiles.

    Args:
        rows: of the matrix.
        base: bits of a digit of a packed chunk.
        sums: whether they may be.
    """
    lanes, size = len(rows.numbers), rows.size
    # All rows of a wide matrix, spread for a single chunk, are more than one theorem may hold.
    long = size > _WIDE or (lanes >= _LONG * size and lanes * size >= _LONG_ENTRIES)
    long = sums and long
    strips = max(1, size // _STRIP) if long else 1
    chunk = min(size, _CHUNK if size < _WIDE * strips else _CHUNK // 2)
    cost = _Cost(size, chunk, base)
    # The sums of a long matrix are known before: its rows cost the tiles nothing.
    ends = cost.cuts(min(strips, cost.chunks)) if long else cost.tile_ends(lanes)
    return long, chunk, _tiles(chunk, ends)


def packed_bounds(
    matrix: PackedMatrix, rows: Sequence[tuple[RowBound, Sequence[int]]]
) -> PackedBounds:
    """Pack certificates of rows with the least base in which no digit of any overflows.

    Args:
        matrix: the hidden layer's, by columns.
        rows: each certificate, which replays, with its v.
    """
    size, lanes = matrix.data.size, len(matrix.data.numbers)
    chunk = min(size, _CHUNK if size < _WIDE else _CHUNK // 2)
    scaled = [pack_rows([bound.scaled(row)]) for bound, row in rows]
    diagonals = [[b.scale * s - b.witness.d for s in b.quotients] for b, _ in rows]
    widths = [max(diagonal).bit_length() for diagonal in diagonals]
    base = 2
    for (bound, _), packed, width in zip(rows, scaled, widths, strict=True):
        witness = bound.witness
        stacks = (bound.first, matrix.data), (bound.second, packed)
        factor = witness.e**2, pack_rows(witness.L)
        base = max(base, _base((*stacks, factor), width, witness.epsilon))
    ends = _Cost(size, chunk, base).row_ends(lanes)
    tiles = _tiles(chunk, ends)
    bits = UNIT.bit_length()
    return PackedBounds(
        size=size,
        top=base - 1,
        chunk=chunk,
        tiles=tiles,
        sums=_part(matrix.data, base, chunk, tiles).columns,
        bounds=tuple(
            PackedBound(
                bound=bound,
                diagonal=_join(diagonal, width),
                width=width,
                weights=_join(bound.units, bits),
                bits=bits,
                row=packed,
                factor=_factor(bound.witness.L, tiles),
            )
            for (bound, _), packed, diagonal, width in zip(
                rows, scaled, diagonals, widths, strict=True
            )
        ),
    )


def _base(stacks: Sequence[tuple[int, PackedRows]], width: int, epsilon: int) -> int:
    """The least base in which no digit overflows. Source: Lean ``widthCheck``."""
    plus = sum(s * len(r.numbers) * (4**r.width + r.bias**2) for s, r in stacks)
    minus = sum(s * r.bias * 2 * len(r.numbers) << r.width for s, r in stacks)
    largest = max(
        plus + 2 * epsilon,
        (1 << width) + minus + epsilon,
        *(len(r.numbers) << r.width for _, r in stacks),
        4 * epsilon + 1,
    )
    return max(2, largest.bit_length(), *(r.width for _, r in stacks))


def _tiles(chunk: int, ends: Sequence[int]) -> tuple[Tile, ...]:
    return tuple(Tile(start, end - start, chunk * end) for start, end in pairwise((0, *ends)))


def depth(size: int) -> int:
    """The least t with size ≤ 2^t."""
    return (size - 1).bit_length()


def _part(rows: PackedRows, base: int, chunk: int, tiles: Sequence[Tile]) -> PackedPart:
    limbs = _limbs(rows)
    # Sums of products of limbs are exact in float64: below 2^53.
    gram = [np.zeros((rows.size, rows.size), np.int64) for _ in range(2 * len(limbs) - 1)]
    for i, low in enumerate(limbs):
        for j, high in enumerate(limbs[i:], i):
            product = (low.T @ high).astype(np.int64)
            gram[i + j] += product if i == j else product + product.T
    sums = [
        sum(int(limb[:, q].sum()) << _LIMB * i for i, limb in enumerate(limbs))
        for q in range(rows.size)
    ]

    def dots(start: int, columns: slice) -> int:
        height = min(chunk, rows.size - start)
        total = 0
        for i, table in enumerate(gram):
            block = table[start : start + height, columns]
            padded = np.pad(block, ((0, chunk - height), (0, 0)))
            total += _strided(padded.T.ravel(), base) << _LIMB * i
        return total

    def strip(tile: Tile) -> PackedColumns:
        columns = slice(chunk * tile.start, tile.columns)
        starts = range(chunk * tile.start, rows.size, chunk)
        return PackedColumns(
            tuple(dots(start, columns) for start in starts), _join(sums[columns], base * chunk)
        )

    return PackedPart(rows, tuple(map(strip, tiles)))


def _limbs(rows: PackedRows) -> list[npt.NDArray[np.float64]]:
    """The digits, cut into limbs: Σ_i limbs[i]·2^(15·i). Shape (rows, size)."""
    count, length = len(rows.numbers), -(-rows.size * rows.width // 8)
    raw = np.frombuffer(b"".join(n.to_bytes(length, "little") for n in rows.numbers), np.uint8)
    bits = np.unpackbits(
        raw.reshape(count, length), axis=1, count=rows.size * rows.width, bitorder="little"
    ).reshape(count, rows.size, rows.width)
    powers = 2.0 ** np.arange(_LIMB)
    cuts = [bits[:, :, i : i + _LIMB] for i in range(0, rows.width, _LIMB)]
    return [cut @ powers[: cut.shape[2]] for cut in cuts]


def _strided(values: npt.NDArray[np.int64], width: int) -> int:
    """Σ_p values[p]·2^(width·p) for 0 ≤ values[p] < 2^width: eight digits fill whole bytes."""
    total = 0
    for j in range(8):
        digits = np.ascontiguousarray(values[j::8], dtype="<i8")
        slots = np.zeros((len(digits), width), np.uint8)
        slots[:, :8] = digits.view(np.uint8).reshape(-1, 8)[:, :width]
        total |= int.from_bytes(slots.tobytes(), "little") << width * j
    return total


@dataclass(frozen=True)
class _Cost:
    """What the kernel takes, in seconds and bytes: a guess from measurements.

    Attributes:
        size: columns of the matrix.
        chunk: rows of a chunk.
        base: bits of a digit of a packed chunk.
    """

    size: int
    chunk: int
    base: int

    @property
    def chunks(self) -> int:
        """The number of chunks."""
        return -(-self.size // self.chunk)

    def of(self, lanes: int, start: int, stop: int, columns: int) -> tuple[float, float]:
        """Seconds and bytes for the chunks from start to stop, with so many rows of the stacks."""
        kilobytes = self.chunk * self.base * columns / 8000
        narrow = self.base * self.chunk * stop / 8000
        levels = 4 * (self.chunk * stop).bit_length()
        # One multiplication spreads the last three levels.
        wide_levels = 2 + 4 * max(0, columns.bit_length() - 3)
        steps = lanes * (4 * (stop - start) + levels + wide_levels + 16)
        # While digits spread, numbers are two thirds as long as at the end, on an average.
        results = lanes * (
            2 * kilobytes * (stop - start + wide_levels / 3)
            + narrow * ((stop - start) / 2 + 2 * levels / 3)
        )
        return (steps * _STEP_COST + results * _KILOBYTE_COST) / 1e6, (
            steps * _ENTRY_BYTES + results * 1100
        )

    def parts(self, rows: int, tiles: Sequence[Tile]) -> int:
        """Into how many parts a long matrix is cut, an even number for two cores."""
        strips = [tile.columns - self.chunk * tile.start for tile in tiles]
        needed = self.of(rows, 0, self.chunks, max(strips))[1]
        return 2 * -(-int(needed) // (2 * _TILE_BYTES))

    def row_ends(self, rows: int) -> list[int]:
        """Where the chunks of each theorem about a row end, its sums of so many rows known."""

        def fits(count: int) -> bool:
            ends = [0, *self.cuts(count)]
            return all(
                self.of(self.size - self.chunk * start, start, stop, self.chunk * stop)[1]
                <= _TILE_BYTES
                and self.of(rows, start, self.chunks, self.chunk * (stop - start))[1] <= _TILE_BYTES
                for start, stop in pairwise(ends)
            )

        return self.cuts(next((n for n in range(1, self.chunks) if fits(n)), self.chunks))

    def cuts(self, count: int) -> list[int]:
        """The chunks in so many ranges of about equal length."""
        return [self.chunks * (i + 1) // count for i in range(count)]

    def tile_ends(self, rows: int) -> list[int]:
        """Where the chunks of each theorem end: alike in time, bounded in memory."""

        def tile(start: int, stop: int) -> tuple[float, float]:
            # Factor rows of lower triangular shape vanish from their own number on.
            lanes = rows + max(0, self.size - self.chunk * start)
            return self.of(lanes, start, stop, self.chunk * stop)

        def cut(limit: float) -> list[int]:
            ends, start = list[int](), 0
            while start < self.chunks:
                stop = start + 1
                while stop < self.chunks:
                    seconds, size = tile(start, stop + 1)
                    if seconds > limit or size > _TILE_BYTES:
                        break
                    stop += 1
                ends.append(stop)
                start = stop
            return ends

        whole, _ = tile(0, self.chunks)
        if whole <= _SMALL_SECONDS:
            return cut(whole)
        # As few tiles as memory allows, an even number for two cores, of about equal time.
        count = max(2, len(cut(whole)))
        count += count % 2
        low, high = 0.0, whole
        while high - low > high / 64:
            middle = (low + high) / 2
            low, high = (low, middle) if len(cut(middle)) <= count else (middle, high)
        return cut(high)


def _factor(rows: Sequence[Sequence[int]], tiles: Sequence[Tile]) -> tuple[PackedRows, ...]:
    """Rows in groups by the first tile that ends at or past their last entry that is not 0."""
    ends = [min(len(rows), tile.columns) for tile in tiles]
    groups: dict[int, list[Sequence[int]]] = {}
    for row in rows:
        last = max((i + 1 for i, entry in enumerate(row) if entry), default=0)
        end = next(end for end in ends if end >= last)
        groups.setdefault(end, []).append(row[:end])
    return tuple(pack_rows(groups[end]) for end in sorted(groups))
