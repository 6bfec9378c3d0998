"""Which rows of a Gram matrix get one theorem: alike in time, bounded in memory.

The costs are guesses from measurements; a wrong one makes a check slower, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lipbridge.emit.data.packed import PackedRows

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
# A matrix is long if it has this many times as many rows as columns, and so many entries, or if
# it has more than _WIDE columns.
_LONG = 8
_LONG_ENTRIES = 100_000


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
class Tiled:
    """Sums of a Gram matrix, chunk by chunk of its rows.

    Attributes:
        top: bits of a digit of a packed chunk, less one.
        chunk: rows of a chunk.
        tiles: the ranges of chunks, one theorem each.
    """

    top: int
    chunk: int
    tiles: tuple[Tile, ...]

    @property
    def chunks(self) -> int:
        """The number of chunks."""
        return sum(tile.count for tile in self.tiles)


def layout(rows: PackedRows, base: int, *, sums: bool = True) -> tuple[bool, int, tuple[Tile, ...]]:
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


def row_layout(size: int, lanes: int, base: int) -> tuple[int, tuple[Tile, ...]]:
    """The rows of a chunk and the tiles for theorems about a row each, its sums known before.

    Args:
        size: columns of the matrix.
        lanes: its rows.
        base: bits of a digit of a packed chunk.
    """
    chunk = min(size, _CHUNK if size < _WIDE else _CHUNK // 2)
    return chunk, _tiles(chunk, _Cost(size, chunk, base).row_ends(lanes))


def pieces(rows: PackedRows, base: int, chunk: int, tiles: Sequence[Tile]) -> list[PackedRows]:
    """The rows of a long matrix in as many parts as memory needs, an even number for two cores."""
    return rows.pieces(_Cost(rows.size, chunk, base).parts(len(rows.numbers), tiles))


def _tiles(chunk: int, ends: Sequence[int]) -> tuple[Tile, ...]:
    return tuple(Tile(start, end - start, chunk * end) for start, end in pairwise((0, *ends)))


def depth(size: int) -> int:
    """The least t with size ≤ 2^t."""
    return (size - 1).bit_length()


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
