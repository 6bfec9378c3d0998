"""A recorded path in integers: queries, keys, a radius for each step that keeps its selection."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Annotated, Literal

import msgspec

from lipbridge.emit.step.recorded import Bits, Natural, Recorded, Row, StoredMatrix, refuse_range
from lipbridge.errors import CertificateError
from lipbridge.language.place import Position
from lipbridge.language.tensor import ExactMatrix


class Lock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step whose selection cannot change within δ = ``delta / 2**delta_bits`` of its query.

    Attributes:
        selected: positions in ``blocks``, increasing.
        delta, delta_bits: the radius; the next query lies within it.
    """

    selected: tuple[Position, ...]
    delta: Natural
    delta_bits: Bits

    def __post_init__(self) -> None:
        refuse_range((self.delta,), self.delta_bits)

    @classmethod
    def widest(
        cls, scores: Sequence[int], keys: Sequence[Row], bits: int, selected: Sequence[int]
    ) -> Lock | None:
        """The largest radius, of 53 bits: δ < (s_i − s_j)/‖k_i − k_j‖ for selected i and others j.

        Args:
            scores: ⟨q, k⟩ of every key, over ``2**(2·bits)``.
            keys: over ``2**bits``.
            bits: exponent of the denominator.
            selected: positions.

        Returns:
            A lock, with δ = 0 at a tie; None where nothing else competes: any radius will do.
        """
        least: Fraction | None = None
        for i in selected:
            for j in set(range(len(scores))).difference(selected):
                square = _apart(keys[i], keys[j]) << 2 * bits
                # Equal keys have equal scores; then no radius is certified.
                room = Fraction((scores[i] - scores[j]) ** 2, square) if square else Fraction(0)
                least = room if least is None else min(least, room)
        return None if least is None else cls.below(least, selected)

    @classmethod
    def below(cls, square: Fraction, selected: Sequence[int]) -> Lock:
        """The largest radius below the root of a square."""
        bits = 0
        if square:
            size = square.numerator.bit_length() - square.denominator.bit_length()
            bits = max(0, 53 - size // 2)
        delta = math.isqrt(max(0, math.ceil(square * 4**bits) - 1))
        return cls(tuple(sorted(selected)), delta, bits)

    def broken(
        self, scores: Sequence[int], keys: Sequence[Row], bits: int
    ) -> tuple[int, int] | None:
        """Two keys that can change places within the radius, the first of them selected.

        Source: Lean ``Lock.staysCheck``.
        """
        for i in self.selected:
            for j in set(range(len(scores))).difference(self.selected):
                gap, way = scores[i] - scores[j], self.delta << bits
                if gap < 0 or way**2 * _apart(keys[i], keys[j]) >= gap**2 << 2 * self.delta_bits:
                    return i, j
        return None

    @property
    def radius(self) -> Fraction:
        """δ."""
        return Fraction(self.delta, 1 << self.delta_bits)


class PathRecord(Recorded, frozen=True, kw_only=True):
    """Consecutive steps of one head.

    Attributes:
        trace: file name of the trace.
        trace_sha256: SHA-256 of that file; empty for a folder.
        place: of the first query.
        top_k: blocks selected.
        blocks: the block of each key; all of them compete at every step.
        bits: exponent of the common denominator of queries and keys.
        queries: T + 1 rows of n integers.
        keys: a row a block; the difference of two scores has the constant ‖k_i − k_j‖.
        locks: for each of the T steps its radius, or None where nothing is certified.
        version: of the layout.
    """

    file = "path.json"
    root = "RecordedPath"

    version: Literal[3] = 3
    trace: str
    trace_sha256: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")]
    top_k: Annotated[int, msgspec.Meta(ge=1)]
    blocks: Annotated[tuple[Position, ...], msgspec.Meta(min_length=1)]
    bits: Bits
    queries: Annotated[tuple[Row, ...], msgspec.Meta(min_length=2)]
    keys: tuple[Row, ...]
    locks: tuple[Lock | None, ...]

    def __post_init__(self) -> None:
        for row in (*self.queries, *self.keys):
            refuse_range(row, self.bits)

    @property
    def where(self) -> str:
        return f"{self.place} to {self.place.step + len(self.locks)}"

    @property
    def certified(self) -> int:
        """Steps that certainly keep their selection."""
        return sum(lock is not None for lock in self.locks)

    def scores(self, index: int) -> list[int]:
        """⟨q, k_b⟩ of every key, over ``2**(2·bits)``."""
        query = self.queries[index]
        return [sum(x * y for x, y in zip(query, key, strict=True)) for key in self.keys]

    def movement_square(self, index: int) -> Fraction:
        """‖q_{t+1} − q_t‖², exactly."""
        return Fraction(_apart(self.queries[index + 1], self.queries[index]), 1 << 2 * self.bits)

    def worst_ratios(self) -> tuple[Fraction, Fraction]:
        """The largest ‖Δq_{t+1}‖²/‖Δq_t‖² at certified steps, and at all; 0 where there is none."""
        moved = [self.movement_square(t) for t in range(len(self.locks))]
        ratios = [
            (moved[t + 1] / moved[t], self.locks[t] is not None)
            for t in range(len(moved) - 1)
            if moved[t]
        ]
        locked = max((ratio for ratio, kept in ratios if kept), default=Fraction(0))
        return locked, max((ratio for ratio, _ in ratios), default=Fraction(0))

    def fits(self) -> bool:
        count, width = len(self.blocks), len(self.queries[0])
        return (
            len(self.keys) == count
            and all(a < b for a, b in pairwise(self.blocks))
            and len(self.queries) == len(self.locks) + 1
            and all(len(row) == width for row in (*self.queries, *self.keys))
            and all(
                lock is None
                or (
                    len(lock.selected) == self.top_k
                    and list(lock.selected) == sorted(set(lock.selected))
                    and all(p < count for p in lock.selected)
                )
                for lock in self.locks
            )
        )

    def replay(self) -> None:
        """Check the record in exact integers, as the kernel will.

        Raises:
            CertificateError: no step is certified; or naming the step whose radius is not what is
                claimed.

        Source: Lean ``linksCheck``.
        """
        if not self.certified:
            raise CertificateError(f"{self.file}: no step is certified, so it says nothing")
        for index, lock in enumerate(self.locks):
            if lock is not None:
                self._replay(index, lock)

    def _replay(self, index: int, lock: Lock) -> None:
        place = msgspec.structs.replace(self.place, step=self.place.step + index)
        pair = lock.broken(self.scores(index), self.keys, self.bits)
        if pair is not None:
            i, j = (self.blocks[position] for position in pair)
            raise CertificateError(
                f"{place}: blocks {i} and {j} can change places: the gap of their scores is not "
                "above ‖k_i − k_j‖·δ; export the path again"
            )
        if self.movement_square(index) > lock.radius**2:
            raise CertificateError(
                f"{place}: the next query lies outside its radius; export the path again"
            )

    def matrices(self) -> Sequence[ExactMatrix]:
        stored = (self.queries, "query"), (self.keys, "keys")
        return [StoredMatrix("", self.bits, rows).exact(name) for rows, name in stored]


def with_locks(record: PathRecord) -> PathRecord:
    """Give every step its largest radius, where the next query lies within it.

    A step with a tie has none.
    """
    locks: list[Lock | None] = []
    for index in range(len(record.queries) - 1):
        scores, moved = record.scores(index), record.movement_square(index)
        order = sorted(range(len(scores)), key=lambda p: (-scores[p], p))
        selected = order[: record.top_k]
        lock = Lock.widest(scores, record.keys, record.bits, selected)
        if lock is None:
            # Where no block competes with the selected ones, every radius will do.
            lock = Lock.below(math.ceil(moved) ** 2 + Fraction(1), selected)
        locks.append(lock if lock.delta and moved <= lock.radius**2 else None)
    return msgspec.structs.replace(record, locks=tuple(locks))


@cache
def _apart(a: tuple[int, ...], b: tuple[int, ...]) -> int:
    """‖a − b‖²."""
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True))
