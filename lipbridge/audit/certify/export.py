"""A step of a trace as the record that its theorem is rendered from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import torch
from msgspec.structs import replace

from lipbridge.audit.certify.chunk import require_products
from lipbridge.audit.certify.constants import Constants
from lipbridge.audit.certify.exact import (
    Competition,
    competition,
    key_rows,
    keys_of,
    one_step,
    query_of,
    step_competition,
)
from lipbridge.audit.certify.network import NetworkScores
from lipbridge.audit.stream import audit_trace
from lipbridge.audit.trace.storage import TraceReader
from lipbridge.emit.step.path import Lock, PathRecord, with_locks
from lipbridge.emit.step.record import ConstantOrigin, ScoreOrigin, StepRecord, StoredVectors
from lipbridge.errors import InputError, NotProvedError
from lipbridge.language.place import Place

# Scores and gaps of a path: the kernel computes each of them.
_MOST_GAPS = 100_000


def step_record(
    trace: Path, place: Place, *, known: NetworkScores | None = None, sha256: str = ""
) -> StepRecord:
    """Return one step in integers, with the largest certified radius.

    Where the trace holds keys and nothing else is given, scores are ⟨q, k_b⟩ exactly and the record
    holds query and keys; else it holds the recorded or computed scores with their error.

    Args:
        trace: file or folder.
        place: the step of a head.
        known: constants, scores and error that override those of the trace.
        sha256: of the trace file.

    Raises:
        InputError: no such step, layer or head, or nothing that could be selected instead.
        NotProvedError: no δ > 0 is certified there.
        ContradictionError: scores of the layer that are steeper than their constants.
        TraceError: recorded scores that are not those of the keys.
        CertificateError: recorded constants that are below the lengths of the keys.
    """
    known = known or NetworkScores(Constants(), None, None)
    found = step_competition(
        trace,
        place,
        lipschitz=known.constants,
        score=known.score,
        error=known.error,
        # With a given error the theorem is about computed scores, keys or not.
        source="auto" if known.error is None else "scores",
    )
    _require_loser(found, f"{trace}: {place}")
    if not found.exact_scores or found.chunk.scores is not None:
        # What the trace says of itself must not contradict it.
        audit_trace(
            trace,
            lipschitz=known.constants,
            error=known.error,
            score=known.score,
            layers=[place.layer],
        )
    vectors, bits = None, _bits((*found.scores, found.error))
    if found.exact_scores:
        vectors = _vectors(found, place.head or 0, bits)
        bits = 2 * vectors.bits
    constants_of, scores_of = _origin(found, known)
    # As it was given; what errors grow by is added in the constants.
    given = known.constants.uniform if vectors is None and constants_of == "given" else None
    constant_bits = _bits([*found.constants, *([] if given is None else [Fraction(given)])])
    if found.supremum is None:
        raise InputError(
            f"{trace}: {place}: every constant is 0, so that no query changes the selection"
        )
    delta_bits, delta = _below(found.supremum)
    record = StepRecord(
        trace=trace.name,
        trace_sha256=sha256,
        place=place,
        blocks=found.blocks,
        scores=_integers(found.scores, bits),
        score_bits=bits,
        constants=_integers(found.constants, constant_bits),
        constant_bits=constant_bits,
        error=int(found.error * 2**bits),
        selected=found.selected,
        delta=delta,
        delta_bits=delta_bits,
        vectors=vectors,
        forced=found.forced,
        constants_of=constants_of,
        scores_of=scores_of,
        given=None if given is None else int(Fraction(given) * 2**constant_bits),
    )
    if vectors is not None and record.lock is not None:
        # The rule of the audit and of paths.
        record = replace(record, constants=(), constant_bits=0)
        lock = Lock.widest(record.scores, vectors.keys, vectors.bits, record.selected)
        if lock is not None:
            record = replace(record, delta=lock.delta, delta_bits=lock.delta_bits)
    record.replay()
    return record


def _origin(found: Competition, known: NetworkScores) -> tuple[ConstantOrigin, ScoreOrigin]:
    """Where the constants and the scores of a step come from."""
    constants: ConstantOrigin = "keys"
    if known.constants.certified:
        constants = "spec"
    elif known.constants.uniform is not None:
        constants = "given"
    elif found.chunk.constants is not None or found.chunk.keys is None:
        constants = "trace"
    scores: ScoreOrigin = "keys"
    if known.score is not None:
        scores = "spec"
    elif found.chunk.scores is not None and not found.exact_scores:
        scores = "trace"
    return constants, scores


def _require_loser(found: Competition, place: str) -> None:
    """Refuse a step at which nothing can change, so that any radius would do."""
    if not found.blocks:
        raise InputError(f"{place}: no block competes; each is masked or forced")
    if not found.others:
        raise InputError(
            f"{place}: each of {len(found.blocks)} blocks that compete is selected, so that "
            "nothing is selected by score; take a later step"
        )


def path_record(trace: Path, first: Place, last: int, *, sha256: str = "") -> PathRecord:
    """Return consecutive steps in integers, with the certified radius of each that has one.

    A step is certified where the next query lies within its radius.

    Args:
        trace: file or folder; it holds keys, and its scores are ⟨q, k_b⟩.
        first: of a head, the step of the first query.
        last: step of the last query.
        sha256: of the trace file.

    Raises:
        InputError: no such steps, no keys, blocks that come or go, another number of selected
            ones, scores that are not those of the keys, or more than the kernel reads.
        NotProvedError: no step is certified.
    """
    if first.step >= last:
        raise InputError(f"a path from {first.step} to {last} has no step; give A-B with A < B")
    reader, head = TraceReader(trace), first.head or 0
    steps = [replace(first, step=step) for step in range(first.step, last + 1)]
    chunks = [one_step(reader, step) for step in steps]
    place = f"{trace}: layer {first.layer}, sequence {first.sequence}, head {head}"
    if any(chunk.keys is None for chunk in chunks):
        raise InputError(
            f"{place} has no keys; a path is proved from queries and keys: record 'keys'"
        )
    found = [competition(chunk, reader.info, head) for chunk in chunks]
    segments = [0 if c.segments is None else int(c.segments[0]) for c in chunks]
    blocks, selected = found[0]
    for step, (competing, chosen) in enumerate(found[1:], first.step + 1):
        for what, same in (
            ("another segment begins", segments[step - first.step] == segments[0]),
            ("other blocks compete", competing == blocks),
            ("another number of blocks is selected", len(chosen) == len(selected)),
        ):
            if not same:
                raise InputError(f"{place}: {what} at step {step}; give a shorter range")
    if not 0 < len(selected) < len(blocks):
        raise InputError(
            f"{place}: {len(selected)} of {len(blocks)} blocks that compete are selected, so no "
            "selection can change"
        )
    gaps = len(blocks) + len(selected) * (len(blocks) - len(selected))
    if gaps * len(chunks) > _MOST_GAPS:
        raise InputError(
            f"{place}: {len(chunks)} steps of {gaps} scores and gaps, more than the kernel computes"
            f" in minutes ({_MOST_GAPS} in all); give a shorter range"
        )
    rows = key_rows(chunks[0], head, blocks)
    for step, chunk in enumerate(chunks, first.step):
        # Rows of other widths are other keys, too.
        same = list(map(torch.equal, rows, key_rows(chunk, head, blocks)))
        if not all(same):
            raise InputError(
                f"{place}: keys of block {blocks[same.index(False)]} differ between files at step "
                f"{step}; give a shorter range"
            )
        require_products(chunk, reader.info, None)
    queries, keys = [query_of(chunk, head) for chunk in chunks], keys_of(chunks[0], head, blocks)
    bits = _bits([x for row in (*queries, *keys) for x in row])
    record = with_locks(
        PathRecord(
            trace=trace.name,
            trace_sha256=sha256,
            place=first,
            top_k=len(selected),
            blocks=tuple(blocks),
            bits=bits,
            queries=tuple(_integers(row, bits) for row in queries),
            keys=tuple(_integers(row, bits) for row in keys),
            locks=(),
        )
    )
    for index, lock in enumerate(record.locks):
        # Computed scores are rounded ones of the same keys; recorded ones may be any.
        if lock is None or chunks[index].scores is None:
            continue
        if [blocks[p] for p in lock.selected] != found[index][1]:
            raise InputError(
                f"{place}: at step {first.step + index} the scores choose other blocks than query "
                "and keys do, of which a path is proved"
            )
    if not record.certified:
        raise NotProvedError(f"{place}: no step from {first.step} to {last} is certified")
    record.replay()
    return record


def _vectors(found: Competition, head: int, score_bits: int) -> StoredVectors:
    """The query and the keys of the competing blocks over one power of two."""
    query, keys = query_of(found.chunk, head), keys_of(found.chunk, head, found.blocks)
    # Every score is over a power of two that divides the square of this one.
    bits = max(_bits([x for row in (query, *keys) for x in row]), -(-score_bits // 2))
    return StoredVectors(bits, _integers(query, bits), tuple(_integers(k, bits) for k in keys))


def _bits(values: Sequence[Fraction]) -> int:
    """The least k for which dyadic numbers are integers over 2^k."""
    return max((value.denominator.bit_length() - 1 for value in values), default=0)


def _integers(row: Sequence[Fraction], bits: int) -> tuple[int, ...]:
    return tuple(int(x * 2**bits) for x in row)


def _below(supremum: Fraction) -> tuple[int, int]:
    """Return (bits, numerator): the largest of 53 significant bits below."""
    bits = max(0, 53 - (supremum.numerator.bit_length() - supremum.denominator.bit_length()))
    return bits, math.ceil(supremum * 2**bits) - 1
