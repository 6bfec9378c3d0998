"""One recorded step in integers: what its theorem is rendered from, and what a check reads back."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from lipbridge.certify import read_json
from lipbridge.errors import CertificateError

STEP_PATH = "step.json"
# Scores and constants are fractions over powers of two; float64 needs no more than this.
_Bits = Annotated[int, msgspec.Meta(ge=0, le=1 << 14)]
_Natural = Annotated[int, msgspec.Meta(ge=0)]
_Naturals = tuple[_Natural, ...]


class StoredVectors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The query and the keys as integers over ``2**bits``.

    Attributes:
        bits: exponent of the common denominator.
        query: n integers.
        keys: one row of n integers for each block that competes.
    """

    bits: _Bits
    query: tuple[int, ...]
    keys: tuple[tuple[int, ...], ...]


class StepRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The competition at one step.

    Score of block b: ``scores[b] / 2**score_bits``, within ``error / 2**score_bits``; its constant:
    ``constants[b] / 2**constant_bits``; radius: δ = ``delta / 2**delta_bits``.

    Attributes:
        trace: file name of the trace.
        trace_sha256: SHA-256 of that file; empty for a folder.
        layer, sequence, head, step: where.
        blocks: the block of each entry of ``scores`` and ``constants``; only blocks that compete.
        selected: positions in ``blocks``, increasing.
        vectors: with them the scores are ⟨query, key⟩ exactly, and the theorem assumes nothing;
            without them it is about every family of scores with these values and constants.
        version: of the layout.
    """

    version: Literal[1] = 1
    trace: str
    trace_sha256: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")]
    layer: _Natural
    sequence: _Natural
    head: _Natural
    step: _Natural
    blocks: _Naturals
    scores: tuple[int, ...]
    score_bits: _Bits
    constants: _Naturals
    constant_bits: _Bits
    error: _Natural
    selected: _Naturals
    delta: _Natural
    delta_bits: _Bits
    vectors: StoredVectors | None = None

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
        lows = [self.scaled(p) - self.margin(p) - 1 for p in self.selected]
        return max(tops) if tops else min(lows, default=0)


def verify_step(record: StepRecord) -> None:
    """Check the record in exact integers, as the kernel will.

    Raises:
        CertificateError: naming the block whose score, constant or margin is not what is claimed.

    Source: Lean ``Step.check`` and ``Step.keysCheck``.
    """
    place = f"step {record.step}, layer {record.layer}, head {record.head}"
    if record.vectors is not None:
        _verify_vectors(record, record.vectors, place)
    threshold = record.threshold()
    for p in record.selected:
        if record.scaled(p) - record.margin(p) <= threshold:
            rival = max(record.others(), key=lambda o: record.scaled(o) + record.margin(o))
            raise CertificateError(
                f"{place}: blocks {record.blocks[p]} and {record.blocks[rival]} can change places:"
                " the gap of their scores is not above (L_i + L_j)·δ + 4e; export the step again"
            )


def _verify_vectors(record: StepRecord, vectors: StoredVectors, place: str) -> None:
    if record.score_bits != 2 * vectors.bits or record.error:
        raise CertificateError(f"{place}: scores are not over the square of the keys' denominator")
    for block, key, score, constant in zip(
        record.blocks, vectors.keys, record.scores, record.constants, strict=True
    ):
        if sum(x * y for x, y in zip(vectors.query, key, strict=True)) != score:
            raise CertificateError(
                f"{place}: the score of block {block} is not ⟨q, k⟩; export the step again"
            )
        square = sum(y * y for y in key)
        if square << (2 * record.constant_bits) > constant**2 << (2 * vectors.bits):
            raise CertificateError(
                f"{place}: the constant of block {block} is below ‖k‖, so it is no Lipschitz"
                " constant of its score"
            )


def step_from_json(text: str | bytes) -> StepRecord:
    """Read what :func:`~lipbridge.certify.strict_json.record_to_json` wrote.

    Raises:
        CertificateError: not of this format, or a record that cannot be.
    """
    record = read_json(text, StepRecord, STEP_PATH)
    count, vectors = len(record.blocks), record.vectors
    good = (
        count > 0
        and len(record.scores) == len(record.constants) == count
        and list(record.selected) == sorted(set(record.selected))
        and all(p < count for p in record.selected)
        and (
            vectors is None
            or (
                len(vectors.keys) == count
                and len(vectors.query) > 0
                and all(len(row) == len(vectors.query) for row in vectors.keys)
            )
        )
    )
    if not good:
        raise CertificateError(f"{STEP_PATH}: positions or lists that do not fit together")
    return record
