"""A recorded path in integers: queries, keys, a radius for each step that keeps its selection."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

import msgspec

from lipbridge.certify import read_json
from lipbridge.emit.step.record import StepRecord, StoredVectors, verify
from lipbridge.errors import CertificateError

__all__ = ["PATH_PATH", "Lock", "PathRecord", "path_from_json", "verify_path"]

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
        keys: a row a block.
        constants, constant_bits: L_b = ``constants[b] / 2**constant_bits`` ≥ ‖k_b‖.
        locks: for each of the T steps its radius, or None where nothing is certified.
        version: of the layout.
    """

    version: Literal[1] = 1
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
    constants: tuple[_Natural, ...]
    constant_bits: _Bits
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

    def step(self, index: int, lock: Lock) -> StepRecord:
        """A certified step as a record of its own; scores are ⟨q, k_b⟩ exactly."""
        query = self.queries[index]
        return StepRecord(
            trace=self.trace,
            trace_sha256=self.trace_sha256,
            layer=self.layer,
            sequence=self.sequence,
            head=self.head,
            step=self.first + index,
            blocks=self.blocks,
            scores=tuple(sum(x * y for x, y in zip(query, key, strict=True)) for key in self.keys),
            score_bits=2 * self.bits,
            constants=self.constants,
            constant_bits=self.constant_bits,
            error=0,
            selected=lock.selected,
            delta=lock.delta,
            delta_bits=lock.delta_bits,
            vectors=StoredVectors(self.bits, query, self.keys),
        )

    def movement_square(self, index: int) -> Fraction:
        """‖q_{t+1} − q_t‖², exactly."""
        rows = zip(self.queries[index + 1], self.queries[index], strict=True)
        return Fraction(sum((x - y) ** 2 for x, y in rows), 1 << 2 * self.bits)

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


def verify_path(record: PathRecord) -> None:
    """Check the record in exact integers, as the kernel will.

    Raises:
        CertificateError: naming the step whose radius is not what is claimed.

    Source: Lean ``linksCheck``.
    """
    for index, lock in enumerate(record.locks):
        if lock is None:
            continue
        verify(record.step(index, lock))
        if record.movement_square(index) > Fraction(lock.delta, 1 << lock.delta_bits) ** 2:
            raise CertificateError(
                f"step {record.first + index}: the next query lies outside its radius; export the "
                "path again"
            )


def path_from_json(text: str | bytes) -> PathRecord:
    """Read what :func:`~lipbridge.certify.strict_json.record_to_json` wrote.

    Raises:
        CertificateError: not of this format, or a record that cannot be.
    """
    record = read_json(text, PathRecord, PATH_PATH)
    count, width = len(record.blocks), len(record.queries[0])
    good = (
        len(record.keys) == len(record.constants) == count
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
    return record
