"""Sums of products of packed columns, as one theorem states them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lipbridge.emit.data.packed import PackedRows, join
from lipbridge.emit.data.tiles import Tile

# Bits of a limb of a digit.
_LIMB = 15


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
            tuple(dots(start, columns) for start in starts), join(sums[columns], base * chunk)
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
