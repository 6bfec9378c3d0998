"""One recorded step in integers: what its theorem is rendered from, and what a check reads back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from lipbridge.errors import CertificateError, ExportError

__all__ = ["STEP_PATH", "StepRecord", "StoredVectors", "step_from_json", "step_to_json", "verify"]

STEP_PATH = "step.json"
_VERSION = 1
_MAX_CHARACTERS = 1 << 30
# Scores and constants are fractions over powers of two; float64 needs no more than this.
_MAX_BITS = 1 << 14
_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")


@dataclass(frozen=True)
class StoredVectors:
    """The query and the keys as integers over ``2**bits``.

    Attributes:
        bits: exponent of the common denominator.
        query: n integers.
        keys: one row of n integers for each block that competes.
    """

    bits: int
    query: tuple[int, ...]
    keys: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class StepRecord:
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
    """

    trace: str
    trace_sha256: str
    layer: int
    sequence: int
    head: int
    step: int
    blocks: tuple[int, ...]
    scores: tuple[int, ...]
    score_bits: int
    constants: tuple[int, ...]
    constant_bits: int
    error: int
    selected: tuple[int, ...]
    delta: int
    delta_bits: int
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


def verify(record: StepRecord) -> None:
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


def step_to_json(record: StepRecord) -> str:
    """Write a record; integers are exact whatever their size."""
    fields = {"version": _VERSION, **asdict(record)}
    lines = (f" {json.dumps(key)}: {json.dumps(value)}" for key, value in fields.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def step_from_json(text: str, path: Path) -> StepRecord:
    """Read what :func:`step_to_json` wrote.

    Raises:
        ExportError: not of this format; the message says what is wrong.
    """
    if len(text) > _MAX_CHARACTERS:
        raise ExportError(f"{path} is longer than {_MAX_CHARACTERS} characters")
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExportError(f"{path} is no recorded step: {error}; export again") from None
    kinds = StepRecord.__annotations__
    if not isinstance(data, dict) or set(cast("dict[str, Any]", data)) != {"version", *kinds}:
        raise ExportError(f"{path} is no recorded step: keys are missing or unknown; export again")
    fields = cast("dict[str, Any]", data)
    if fields.pop("version") != _VERSION:
        raise ExportError(f"{path}: not version {_VERSION}; export again")
    for name, kind in kinds.items():
        if kind == "int" and type(fields[name]) is not int:
            raise ExportError(f"{path}: {name} is no integer; export again")
        if kind == "tuple[int, ...]":
            fields[name] = _integers(fields[name], f"{path}: {name}")
    if not (isinstance(fields["trace"], str) and isinstance(fields["trace_sha256"], str)):
        raise ExportError(f"{path}: trace is no name; export again")
    if not _DIGEST.fullmatch(fields["trace_sha256"]):
        raise ExportError(f"{path}: trace_sha256 is no SHA-256; export again")
    vectors = fields.pop("vectors")
    record = StepRecord(**fields, vectors=None if vectors is None else _vectors(vectors, path))
    _check_ranges(record, path)
    return record


def _vectors(value: object, path: Path) -> StoredVectors:
    fields = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    if set(fields) != {"bits", "query", "keys"} or type(fields["bits"]) is not int:
        raise ExportError(f"{path}: vectors are not bits, query and keys; export again")
    rows = fields["keys"]
    if not isinstance(rows, list):
        raise ExportError(f"{path}: keys are not rows; export again")
    keys = tuple(_integers(row, f"{path}: keys") for row in cast("list[object]", rows))
    return StoredVectors(fields["bits"], _integers(fields["query"], f"{path}: query"), keys)


def _integers(value: object, where: str) -> tuple[int, ...]:
    if not isinstance(value, list) or any(type(x) is not int for x in cast("list[Any]", value)):
        raise ExportError(f"{where} is not a list of integers; export again")
    return tuple(cast("list[int]", value))


def _check_ranges(record: StepRecord, path: Path) -> None:
    """Refuse what no record can be, before anything is computed from it."""
    count = len(record.blocks)
    bits: Sequence[int] = (record.score_bits, record.constant_bits, record.delta_bits)
    vectors = record.vectors
    good = (
        count > 0
        and len(record.scores) == len(record.constants) == count
        and all(0 <= b <= _MAX_BITS for b in bits)
        and min((*record.constants, *record.blocks, record.error, record.delta)) >= 0
        and list(record.selected) == sorted(set(record.selected))
        and all(0 <= p < count for p in record.selected)
        and (
            vectors is None
            or (
                0 <= vectors.bits <= _MAX_BITS
                and len(vectors.keys) == count
                and len(vectors.query) > 0
                and all(len(row) == len(vectors.query) for row in vectors.keys)
            )
        )
    )
    if not good:
        raise ExportError(f"{path}: numbers outside their range, or lists that differ in length")
