"""Packing certificates into the few large numbers that the Lean kernel checks, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lipbridge.certify import PsdCertificate, SpectralCertificate
from lipbridge.emit.data.digits import join
from lipbridge.emit.data.packed import PackedMatrix, PackedRows, pack_rows, packed_matrix
from lipbridge.emit.data.sums import PackedColumns, PackedPart, packed_part
from lipbridge.emit.data.tiles import Tile, Tiled, layout, pieces, row_layout
from lipbridge.errors import ExportError
from lipbridge.tighten.claims.gained import GainedBound, GainedMap
from lipbridge.tighten.rows import RowBound
from lipbridge.tighten.segments.rescale import UNIT

# Bits by which the digits of W's Gram matrix grow for a certificate that takes its sums, too.
_SPARE = 4


@dataclass(frozen=True, kw_only=True)
class PackedForm:
    """Weighted sums ``Σ s·SᵀS + e²·LᵀL``, which are ``diag(D_i)`` up to ε, as Lean compares them.

    Attributes:
        witness: e, d, ε and L.
        width: bits of D_i.
        factor: the packed rows of L, in groups: rows that vanish from some place on are shorter.
    """

    witness: PsdCertificate
    width: int
    factor: tuple[PackedRows, ...]


@dataclass(frozen=True, kw_only=True)
class PackedNorm(PackedForm, Tiled):
    """A certificate of a norm, D_i = T − d, as ``LipBridge.SpectralCertificate`` holds it.

    Attributes:
        parts: of a long matrix, the rows that get one theorem for each tile, with their sums.
    """

    parts: tuple[PackedPart, ...]


@dataclass(frozen=True, kw_only=True)
class PackedGained(PackedForm, Tiled):
    """A certificate of a gained projection as ``LipBridge.GainedCertificate`` holds it.

    Attributes:
        diagonal: the numbers D_i, packed.
        shared: whether the sums of the matrix are those of its own certificate.
    """

    diagonal: int
    shared: bool


@dataclass(frozen=True, kw_only=True)
class PackedBound(PackedForm):
    """A certificate of one row as ``LipBridge.RowCertificate`` holds it.

    Attributes:
        diagonal: the numbers D_i, packed.
        bound: the certificate.
        weights: e, packed.
        bits: bits of e_i.
        row: v', packed.
    """

    diagonal: int
    bound: RowBound
    weights: int
    bits: int
    row: PackedRows


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
) -> PackedNorm:
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
    base, long, chunk, tiles = _layout(matrix.data, certificate, gained)
    parts = pieces(matrix.data, base, chunk, tiles) if long else []
    return PackedNorm(
        witness=certificate,
        width=_width([certificate.T - certificate.d]),
        top=base - 1,
        chunk=chunk,
        tiles=tiles,
        factor=_factor(certificate.L, tiles),
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
    base, long, chunk, tiles = _layout(matrix.data, certificate, gained)
    whole = matrix.transposed and long and len(tiles) == 1
    return (base, chunk) if whole and matrix.rows % chunk == 0 else None


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
    base = _base(stacks, width, witness.epsilon)
    known, shared, chunk, tiles = _layout(rows, own, True)
    if shared and base <= known:
        base = known
    else:
        shared, chunk, tiles = layout(rows, base, sums=False)
    return PackedGained(
        witness=witness,
        diagonal=join(diagonal, width),
        width=width,
        top=base - 1,
        chunk=chunk,
        tiles=tiles,
        factor=_factor(witness.L, tiles),
        shared=shared,
    )


def _width(numbers: Iterable[int]) -> int:
    return max(1, max(numbers).bit_length())


def _layout(
    rows: PackedRows, certificate: SpectralCertificate, gained: bool
) -> tuple[int, bool, int, tuple[Tile, ...]]:
    """Bits of a digit for a certificate of a norm, and the layout of its sums."""
    stacks = (certificate.c**2, rows), (certificate.e**2, pack_rows(certificate.L))
    base = _base(stacks, _width([certificate.T - certificate.d]), certificate.epsilon)
    long, chunk, tiles = layout(rows, base)
    return base + (_SPARE if long and gained else 0), long, chunk, tiles


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
    widths = list(map(_width, diagonals))
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
                witness=bound.witness,
                diagonal=join(diagonal, width),
                width=width,
                factor=_factor(bound.witness.L, tiles),
                weights=join(bound.units, bits),
                bits=bits,
                row=packed,
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
