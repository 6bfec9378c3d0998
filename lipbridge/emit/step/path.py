"""A recorded path in integers: queries, keys, a radius for each step that keeps its selection."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Annotated, Literal

import msgspec

from lipbridge.certify import read_json
from lipbridge.errors import CertificateError

PATH_PATH = "path.json"
_Bits = Annotated[int, msgspec.Meta(ge=0, le=1 << 14)]
_Natural = Annotated[int, msgspec.Meta(ge=0)]
_Row = Annotated[tuple[int, ...], msgspec.Meta(min_length=1)]


class Lock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step whose selection cannot change within δ = ``delta / 2**delta_bits`` of its query.

    Attributes:
        selected: positions in ``blocks``, increasing.
        delta, delta_bits: the radius; the next query lies within it.
    """

    selected: tuple[_Natural, ...]
    delta: _Natural
    delta_bits: _Bits

    @property
    def radius(self) -> Fraction:
        """δ."""
        return Fraction(self.delta, 1 << self.delta_bits)


class PathRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Consecutive steps of one head.

    Attributes:
        trace: file name of the trace.
        trace_sha256: SHA-256 of that file; empty for a folder.
        layer, sequence, head, first: where; ``first`` is the step of the first query.
        top_k: blocks selected.
        blocks: the block of each key; all of them compete at every step.
        bits: exponent of the common denominator of queries and keys.
        queries: T + 1 rows of n integers.
        keys: a row a block; the difference of two scores has the constant ‖k_i − k_j‖.
        locks: for each of the T steps its radius, or None where nothing is certified.
        version: of the layout.
    """

    version: Literal[2] = 2
    trace: str
    trace_sha256: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")]
    layer: _Natural
    sequence: _Natural
    head: _Natural
    first: _Natural
    top_k: Annotated[int, msgspec.Meta(ge=1)]
    blocks: Annotated[tuple[_Natural, ...], msgspec.Meta(min_length=1)]
    bits: _Bits
    queries: Annotated[tuple[_Row, ...], msgspec.Meta(min_length=2)]
    keys: tuple[_Row, ...]
    locks: tuple[Lock | None, ...]

    @property
    def place(self) -> str:
        """Where it is, in words."""
        last = self.first + len(self.locks)
        return f"steps {self.first} to {last}, layer {self.layer}, head {self.head}"

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


def with_locks(record: PathRecord) -> PathRecord:
    """Give every step its largest radius, where the next query lies within it.

    δ < (s_i − s_j)/‖k_i − k_j‖ for all selected i and other j, 53 bits; a step with a tie has none.
    """
    locks: list[Lock | None] = []
    for index in range(len(record.queries) - 1):
        scores, moved = record.scores(index), record.movement_square(index)
        order = sorted(range(len(scores)), key=lambda p: (-scores[p], p))
        selected = sorted(order[: record.top_k])
        least: Fraction | None = None
        for i in selected:
            for j in order[record.top_k :]:
                square = _apart(record.keys[i], record.keys[j]) << 2 * record.bits
                # Equal keys have equal scores; then no radius is certified.
                room = Fraction((scores[i] - scores[j]) ** 2, square) if square else Fraction(0)
                least = room if least is None else min(least, room)
        bits = 0
        if least:
            size = least.numerator.bit_length() - least.denominator.bit_length()
            bits = max(0, 53 - size // 2)
        # Where no block competes with the selected ones, every radius will do.
        within = math.ceil(moved) ** 2 + 1 if least is None else least
        delta = math.isqrt(max(0, math.ceil(within * 4**bits) - 1))
        lock = Lock(tuple(selected), delta, bits)
        locks.append(lock if delta and moved <= lock.radius**2 else None)
    return msgspec.structs.replace(record, locks=tuple(locks))


@cache
def _apart(a: tuple[int, ...], b: tuple[int, ...]) -> int:
    """‖a − b‖²."""
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True))


def verify_path(record: PathRecord) -> None:
    """Check the record in exact integers, as the kernel will.

    Raises:
        CertificateError: naming the step whose radius is not what is claimed.

    Source: Lean ``linksCheck``.
    """
    for index, lock in enumerate(record.locks):
        if lock is None:
            continue
        scores, place = record.scores(index), f"step {record.first + index}, head {record.head}"
        for i in lock.selected:
            for j in set(range(len(scores))).difference(lock.selected):
                gap, way = scores[i] - scores[j], lock.delta << record.bits
                square = _apart(record.keys[i], record.keys[j])
                if gap < 0 or way**2 * square >= gap**2 << 2 * lock.delta_bits:
                    raise CertificateError(
                        f"{place}: blocks {record.blocks[i]} and {record.blocks[j]} can change "
                        "places: the gap of their scores is not above ‖k_i − k_j‖·δ; export the "
                        "path again"
                    )
        if record.movement_square(index) > lock.radius**2:
            raise CertificateError(
                f"{place}: the next query lies outside its radius; export the path again"
            )


def path_from_json(text: str | bytes) -> PathRecord:
    """Read what :func:`~lipbridge.certify.strict_json.record_to_json` wrote.

    Raises:
        CertificateError: not of this format, or a record that cannot be.
    """
    record = read_json(text, PathRecord, PATH_PATH)
    count, width = len(record.blocks), len(record.queries[0])
    good = (
        len(record.keys) == count
        and all(a < b for a, b in pairwise(record.blocks))
        and len(record.queries) == len(record.locks) + 1
        and all(len(row) == width for row in (*record.queries, *record.keys))
        and all(
            lock is None
            or (
                len(lock.selected) == record.top_k
                and list(lock.selected) == sorted(set(lock.selected))
                and all(p < count for p in lock.selected)
            )
            for lock in record.locks
        )
    )
    if not good:
        raise CertificateError(f"{PATH_PATH}: positions or lists that do not fit together")
    if not record.certified:
        raise CertificateError(f"{PATH_PATH}: no step is certified, so it says nothing")
    return record
