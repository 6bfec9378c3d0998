"""Packing certificates into the few large numbers that the Lean kernel checks, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.data.digits import join
from lipbridge.emit.data.packed import (
    PackedMatrix,
    PackedRows,
    pack_rows,
    packed_matrix,
)
from lipbridge.emit.data.sums import PackedColumns, PackedPart, packed_part
from lipbridge.emit.data.tiles import Tile, Tiled, layout, pieces, row_layout
from lipbridge.errors import ExportError
from lipbridge.tighten.claims.gained import GainedBound, GainedMap
from lipbridge.tighten.rows import RowBound
from lipbridge.tighten.segments.rescale import UNIT

# Bits by which the digits of W's Gram matrix grow for a certificate that takes its sums, too.
_SPARE = 4


@dataclass(frozen=True)
class PackedCertificate(Tiled):
    """A certificate as ``LipBridge.SpectralCertificate`` holds it.

    Attributes:
        scale: C = c², the weight of the matrix.
        bound: T; C·‖Wx‖² ≤ T·‖x‖².
        slack: d.
        error: ε.
        width: bits of T − d.
        weight: e², the weight of the factor L.
        factor: the packed rows of L, in groups: rows that vanish from some place on are shorter.
        parts: of a long matrix, the rows that get one theorem for each tile, with their sums.
    """

    scale: int
    bound: int
    slack: int
    error: int
    width: int
    weight: int
    factor: tuple[PackedRows, ...]
    parts: tuple[PackedPart, ...] = ()


@dataclass(frozen=True)
class PackedGained(Tiled):
    """A certificate as ``LipBridge.GainedCertificate`` holds it.

    Attributes:
        bound: the certificate.
        diagonal: the numbers D_i, packed.
        width: bits of D_i.
        factor: the packed rows of L, in groups.
        shared: whether the sums of W are those of its own certificate.
    """

    bound: GainedBound
    diagonal: int
    width: int
    factor: tuple[PackedRows, ...]
    shared: bool


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
class PackedBounds(Tiled):
    """The certificates of some rows, with the sums that they share.

    Attributes:
        size: hidden units.
        sums: of the hidden layer's matrix, a strip of columns for each tile.
        bounds: the certificates.
    """

    size: int
    sums: tuple[PackedColumns, ...]
    bounds: tuple[PackedBound, ...]


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
    long, chunk, tiles = layout(matrix.data, base)
    base += _SPARE if long and gained else 0
    parts = pieces(matrix.data, base, chunk, tiles) if long else []
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
        parts=tuple(packed_part(rows, base, chunk, tiles) for rows in parts),
    )


def gram_layout(
    certificate: SpectralCertificate, matrix: PackedMatrix, *, gained: bool = False
) -> tuple[int, int] | None:
    """Bits of a digit and rows of a chunk of W·Wᵀ, where a long W's own module sums it whole.

    Args:
        certificate: as for :func:`packed_certificate`.
        matrix: the matrix.
        gained: whether the sums are to serve :func:`packed_gained`, too.
    """
    base = _certificate_base(matrix.data, certificate)
    long, chunk, tiles = layout(matrix.data, base)
    if not (matrix.transposed and long and len(tiles) == 1) or matrix.rows % chunk:
        return None
    return base + (_SPARE if gained else 0), chunk


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
    long, chunk, tiles = layout(rows, known)
    shared = long and base <= known + _SPARE
    if shared:
        base = known + _SPARE
    else:
        _, chunk, tiles = layout(rows, base, sums=False)
    return PackedGained(
        bound=bound,
        diagonal=join(diagonal, width),
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


def packed_bounds(
    matrix: PackedMatrix, rows: Sequence[tuple[RowBound, Sequence[int]]]
) -> PackedBounds:
    """Pack certificates of rows with the least base in which no digit of any overflows.

    Args:
        matrix: the hidden layer's, by columns.
        rows: each certificate, which replays, with its v.
    """
    size, lanes = matrix.data.size, len(matrix.data.numbers)
    scaled = [pack_rows([bound.scaled(row)]) for bound, row in rows]
    diagonals = [[b.scale * s - b.witness.d for s in b.quotients] for b, _ in rows]
    widths = [max(diagonal).bit_length() for diagonal in diagonals]
    base = 2
    for (bound, _), packed, width in zip(rows, scaled, widths, strict=True):
        witness = bound.witness
        stacks = (bound.first, matrix.data), (bound.second, packed)
        factor = witness.e**2, pack_rows(witness.L)
        base = max(base, _base((*stacks, factor), width, witness.epsilon))
    chunk, tiles = row_layout(size, lanes, base)
    bits = UNIT.bit_length()
    return PackedBounds(
        size=size,
        top=base - 1,
        chunk=chunk,
        tiles=tiles,
        sums=packed_part(matrix.data, base, chunk, tiles).columns,
        bounds=tuple(
            PackedBound(
                bound=bound,
                diagonal=join(diagonal, width),
                width=width,
                weights=join(bound.units, bits),
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


def _factor(rows: Sequence[Sequence[int]], tiles: Sequence[Tile]) -> tuple[PackedRows, ...]:
    """Rows in groups by the first tile that ends at or past their last entry that is not 0."""
    ends = [min(len(rows), tile.columns) for tile in tiles]
    groups: dict[int, list[Sequence[int]]] = {}
    for row in rows:
        last = max((i + 1 for i, entry in enumerate(row) if entry), default=0)
        end = next(end for end in ends if end >= last)
        groups.setdefault(end, []).append(row[:end])
    return tuple(pack_rows(groups[end]) for end in sorted(groups))
