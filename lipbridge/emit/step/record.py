"""One recorded step in integers: what its theorem is rendered from, and what a check reads back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal

import msgspec

from lipbridge.emit.step.path import Lock
from lipbridge.emit.step.recorded import Bits, Natural, Recorded, StoredMatrix, refuse_range
from lipbridge.errors import CertificateError
from lipbridge.language.place import Position
from lipbridge.language.tensor import ExactMatrix

_Positions = tuple[Position, ...]
ScoreOrigin = Literal["keys", "trace", "spec"]
"""Computed of recorded keys, recorded, or computed by a spec's network."""
ConstantOrigin = Literal[ScoreOrigin, "given"]
"""The same, or given beside the trace."""
# Pairs of a selected key and another one, times their entries, that the kernel compares in seconds.
_MOST_ENTRIES = 1 << 17


class StoredVectors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The query and the keys as integers over ``2**bits``.

    Attributes:
        bits: exponent of the common denominator.
        query: n integers.
        keys: one row of n integers for each block that competes.
    """

    bits: Bits
    query: tuple[int, ...]
    keys: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        for row in (self.query, *self.keys):
            refuse_range(row, self.bits)


class StepRecord(Recorded, frozen=True, kw_only=True):
    """The competition at one step.

    Score of block b: ``scores[b] / 2**score_bits``, within ``error / 2**score_bits``; its constant:
    ``constants[b] / 2**constant_bits``; radius: δ = ``delta / 2**delta_bits``.

    Attributes:
        trace: file name of the trace.
        trace_sha256: SHA-256 of that file; empty for a folder.
        blocks: the block of each entry of ``scores`` and ``constants``; only blocks that compete.
        selected: positions in ``blocks``, increasing.
        vectors: with them the scores are ⟨query, key⟩ exactly, and the theorem assumes nothing;
            without them it is about every family of scores with these values and constants. Where
            the pairs are few, the constants of differences are ‖k_i − k_j‖, see `lock`, and there
            are no others.
        forced: blocks that are selected by position; the theorem is about the others.
        constants_of, scores_of: where they come from; without vectors both are premises.
        given: the constant that every score was given, over ``2**constant_bits``.
        version: of the layout.
    """

    file = "step.json"
    root = "SelectionStep"

    version: Literal[2] = 2
    trace: str
    trace_sha256: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")]
    blocks: _Positions
    scores: tuple[int, ...]
    score_bits: Bits
    constants: tuple[Natural, ...]
    constant_bits: Bits
    error: Natural
    selected: _Positions
    delta: Natural
    delta_bits: Bits
    vectors: StoredVectors | None = None
    forced: _Positions = ()
    constants_of: ConstantOrigin = "keys"
    scores_of: ScoreOrigin = "keys"
    given: Natural | None = None

    def __post_init__(self) -> None:
        refuse_range((*self.scores, self.error), self.score_bits)
        refuse_range(self.constants, self.constant_bits)
        refuse_range((self.delta,), self.delta_bits)

    @property
    def lock(self) -> Lock | None:
        """Selection and radius by the lengths of differences of keys; None by those of keys."""
        if self.vectors is None:
            return None
        pairs = len(self.selected) * (len(self.blocks) - len(self.selected))
        if pairs * len(self.vectors.query) > _MOST_ENTRIES:
            return None
        return Lock(self.selected, self.delta, self.delta_bits)

    def margin(self, position: int) -> int:
        """How far a score may move, over 2^(score_bits + constant_bits + delta_bits).

        (e + e')·D·b + P·N·a, with e' = e. Source: Lean ``Step.margin``.
        """
        fixed = 2 * self.error << (self.constant_bits + self.delta_bits)
        return fixed + (self.constants[position] * self.delta << self.score_bits)

    def scaled(self, position: int) -> int:
        """A score over 2^(score_bits + constant_bits + delta_bits)."""
        return self.scores[position] << (self.constant_bits + self.delta_bits)

    def others(self) -> tuple[int, ...]:
        """Positions that are not selected."""
        chosen = set(self.selected)
        return tuple(p for p in range(len(self.blocks)) if p not in chosen)

    def threshold(self) -> int:
        """θ: no score outside can rise above it, and no selected one can fall to it."""
        tops = [self.scaled(p) + self.margin(p) for p in self.others()]
        return max(tops)

    def fits(self) -> bool:
        count, vectors = len(self.blocks), self.vectors
        return (
            count > 0
            and len(self.scores) == count
            and len(self.constants) == (count if self.lock is None else 0)
            and (self.lock is None or not self.constant_bits)
            and (self.given is not None) == (self.vectors is None and self.constants_of == "given")
            # What was given is the premise that is told: the theorem's own asks for no more.
            and (self.given is None or self.given <= min(self.constants))
            and not set(self.forced) & set(self.blocks)
            and all(a < b for a, b in pairwise(self.blocks))
            and 0 < len(self.selected) < count
            and list(self.selected) == sorted(set(self.selected))
            and all(p < count for p in self.selected)
            and (
                vectors is None
                or (
                    len(vectors.keys) == count
                    and len(vectors.query) > 0
                    and all(len(row) == len(vectors.query) for row in vectors.keys)
                )
            )
        )

    def replay(self) -> None:
        """Check the record in exact integers, as the kernel will.

        Raises:
            CertificateError: naming the block whose score, constant or margin is not what is
                claimed.

        Source: Lean ``Step.check`` and ``Step.keysCheck``; ``Lock.staysCheck``.
        """
        if self.vectors is not None:
            _verify_scores(self, self.vectors)
            if self.lock is not None:
                pair = self.lock.broken(self.scores, self.vectors.keys, self.vectors.bits)
                if pair is not None:
                    i, j = (self.blocks[position] for position in pair)
                    raise CertificateError(
                        f"{self.place}: blocks {i} and {j} can change places: the gap of their "
                        "scores is not above ‖k_i − k_j‖·δ; export the step again"
                    )
                return
            _verify_constants(self, self.vectors)
        threshold = self.threshold()
        for p in self.selected:
            if self.scaled(p) - self.margin(p) <= threshold:
                rival = max(self.others(), key=lambda o: self.scaled(o) + self.margin(o))
                raise CertificateError(
                    f"{self.place}: blocks {self.blocks[p]} and {self.blocks[rival]} can change "
                    "places: the gap of their scores is not above (L_i + L_j)·δ + 4e; export the "
                    "step again"
                )

    def matrices(self) -> Sequence[ExactMatrix]:
        if (stored := self.vectors) is None:
            return ()
        query, keys = ((stored.query,), "query"), (stored.keys, "keys")
        return [StoredMatrix("", stored.bits, rows).exact(name) for rows, name in (query, keys)]


def _verify_scores(record: StepRecord, vectors: StoredVectors) -> None:
    if record.score_bits != 2 * vectors.bits or record.error:
        raise CertificateError(
            f"{record.place}: scores are not over the square of the keys' denominator"
        )
    for block, key, score in zip(record.blocks, vectors.keys, record.scores, strict=True):
        if sum(x * y for x, y in zip(vectors.query, key, strict=True)) != score:
            raise CertificateError(
                f"{record.place}: the score of block {block} is not ⟨q, k⟩; export the step again"
            )


def _verify_constants(record: StepRecord, vectors: StoredVectors) -> None:
    for block, key, constant in zip(record.blocks, vectors.keys, record.constants, strict=True):
        square = sum(y * y for y in key)
        if square << (2 * record.constant_bits) > constant**2 << (2 * vectors.bits):
            raise CertificateError(
                f"{record.place}: the constant of block {block} is below ‖k‖, so it is no Lipschitz"
                " constant of its score"
            )
