"""Sums of products of packed columns, as one theorem states them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lipbridge.emit.data.digits import LONGEST, digit_bits, digits, join
from lipbridge.emit.data.packed import PackedRows
from lipbridge.emit.data.tiles import Tile, Tiled, depth
from lipbridge.emit.lean.literals import row_terms, rows_term

# Bits of a limb of a digit, and of several of them.
_LIMB, _WIDE = 15, 60


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


def packed_part(rows: PackedRows, base: int, chunk: int, tiles: Sequence[Tile]) -> PackedPart:
    """Rows of a long matrix with the sums of every tile's columns; base: bits of a digit."""
    limbs = _limbs(rows)
    tables = [np.pad(table, ((0, -rows.size % chunk), (0, 0))) for table in _wide(_products(limbs))]
    sums = [
        sum(int(limb[:, q].sum()) << _LIMB * i for i, limb in enumerate(limbs))
        for q in range(rows.size)
    ]

    def dots(start: int, columns: slice) -> int:
        blocks = (table[start : start + chunk, columns] for table in tables)
        return sum(_strided(block.T.ravel(), base) << _WIDE * i for i, block in enumerate(blocks))

    def strip(tile: Tile) -> PackedColumns:
        columns = slice(chunk * tile.start, tile.columns)
        starts = range(chunk * tile.start, rows.size, chunk)
        return PackedColumns(
            tuple(dots(start, columns) for start in starts), join(sums[columns], base * chunk)
        )

    return PackedPart(rows, tuple(map(strip, tiles)))


def strip_values(tiled: Tiled, columns: Sequence[PackedColumns], size: int) -> list[dict[str, Any]]:
    """What the theorem about each strip of columns is rendered from.

    Args:
        tiled: the sums, a tile a strip.
        columns: the sums of each strip.
        size: columns of the matrix.
    """
    strips: list[dict[str, Any]] = []
    for index, (strip, tile) in enumerate(zip(columns, tiled.tiles, strict=True)):
        start = tiled.chunk * tile.start
        count, left = min(size, tile.columns) - start, size - start
        dots = rows_term(row_terms(strip.dots, (tiled.top + 1) * tiled.chunk * count))
        strips.append(
            {"index": index, "chunk": tile.start, "start": start, "left": left, "count": count}
            | {"depths": (depth(left), depth(count)), "dots": dots, "wide": strip.wide}
        )
    return strips


def _products(limbs: Sequence[npt.NDArray[np.float64]]) -> list[npt.NDArray[np.int64]]:
    """Limbs of Σ_r u_ri·u_rq, not yet below 2^15. Shape (size, size)."""
    # Sums of products of limbs are exact in float64: below 2^53.
    size = limbs[0].shape[1]
    gram = [np.zeros((size, size), np.int64) for _ in range(2 * len(limbs) - 1)]
    for i, low in enumerate(limbs):
        for j, high in enumerate(limbs[i:], i):
            product = (low.T @ high).astype(np.int64)
            gram[i + j] += product if i == j else product + product.T
    return gram


def _wide(limbs: Sequence[npt.NDArray[np.int64]]) -> list[npt.NDArray[np.int64]]:
    """The same numbers as digits of 60 bits."""
    found: list[npt.NDArray[np.int64]] = []
    carry, i = np.zeros_like(limbs[0]), 0
    while i < len(limbs) or carry.any():
        carry = carry + limbs[i] if i < len(limbs) else carry
        place = _LIMB * i % _WIDE
        digit = (carry & (1 << _LIMB) - 1) << place
        found = [*found[:-1], found[-1] | digit] if place else [*found, digit]
        carry, i = carry >> _LIMB, i + 1
    return found


def _limbs(rows: PackedRows) -> list[npt.NDArray[np.float64]]:
    """The digits, cut into limbs: Σ_i limbs[i]·2^(15·i). Shape (rows, size)."""
    packed = rows.numbers, rows.size, rows.width
    if rows.width < LONGEST:
        known = digits(*packed)
        return [
            (known >> i & (1 << _LIMB) - 1).astype(np.float64) for i in range(0, rows.width, _LIMB)
        ]
    bits, powers = digit_bits(*packed), 2.0 ** np.arange(_LIMB)
    cuts = [bits[:, :, i : i + _LIMB] for i in range(0, rows.width, _LIMB)]
    return [cut @ powers[: cut.shape[2]] for cut in cuts]


def _strided(values: npt.NDArray[np.int64], width: int) -> int:
    """Σ_p values[p]·2^(width·p) for 0 ≤ values[p] < 2^width."""
    total, step = 0, 8 // math.gcd(8, width)
    # So many digits fill whole bytes.
    for j in range(step):
        digits = np.ascontiguousarray(values[j::step], dtype="<i8")
        slots = np.zeros((len(digits), max(8, width * step // 8)), np.uint8)
        slots[:, :8] = digits.view(np.uint8).reshape(-1, 8)
        slots = slots[:, : width * step // 8]
        total |= int.from_bytes(slots.tobytes(), "little") << width * j
    return total
