"""A step of a trace as the record that its theorem is rendered from."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import msgspec
from torch import Tensor

from lipbridge.audit.exact import StepMargins, competing_blocks, one_step, step_margins
from lipbridge.audit.network import NetworkScores
from lipbridge.audit.records import Chunk, StreamKey
from lipbridge.audit.storage import TraceReader
from lipbridge.emit.step.path import Lock, PathRecord, verify_path
from lipbridge.emit.step.record import StepRecord, StoredVectors, verify
from lipbridge.errors import InputError, NotProvedError

__all__ = ["path_record", "step_record"]

# Blocks times steps of a path: the kernel reads each of them.
_MOST_BLOCKS = 20_000


def step_record(
    trace: Path,
    step: int,
    *,
    layer: int = 0,
    sequence: int = 0,
    head: int = 0,
    top_k: int | None = None,
    known: NetworkScores | None = None,
    sha256: str = "",
) -> StepRecord:
    """Return one step in integers, with the largest certified radius.

    Where the trace holds keys and nothing else is given, scores are ⟨q, k_b⟩ exactly and the record
    holds query and keys; else it holds the recorded or computed scores with their error.

    Args:
        trace: file or folder.
        step: step of the stream, from 0.
        layer: layer.
        sequence: sequence.
        head: head.
        top_k: instead of the trace's.
        known: constants, scores and error that override those of the trace.
        sha256: of the trace file.

    Raises:
        InputError: no such step, layer or head.
        NotProvedError: no δ > 0 is certified there.
        CertificateError: recorded constants that are below the lengths of the keys.
    """
    margins = step_margins(
        trace,
        step,
        layer=layer,
        sequence=sequence,
        head=head,
        top_k=top_k,
        lipschitz=None if known is None else known.constants,
        score=None if known is None else known.score,
        error=None if known is None else known.error,
        # With a given error the theorem is about computed scores, keys or not.
        source="auto" if known is None or known.error is None else "scores",
    )
    vectors, scores, bits = None, margins.scores, margins.score_bits
    if margins.exact_scores:
        chunk = one_step(TraceReader(trace, top_k), StreamKey(layer, sequence), step)
        vectors = _vectors(chunk, head, margins)
        bits = 2 * vectors.bits
        scores = tuple(s << (bits - margins.score_bits) for s in margins.scores)
    record = StepRecord(
        trace=trace.name,
        trace_sha256=sha256,
        layer=layer,
        sequence=sequence,
        head=head,
        step=step,
        blocks=margins.blocks,
        scores=scores,
        score_bits=bits,
        constants=margins.constants,
        constant_bits=margins.constant_bits,
        error=margins.error,
        selected=margins.selected,
        delta=margins.delta,
        delta_bits=margins.delta_bits,
        vectors=vectors,
    )
    verify(record)
    return record


def path_record(
    trace: Path,
    first: int,
    last: int,
    *,
    layer: int = 0,
    sequence: int = 0,
    head: int = 0,
    top_k: int | None = None,
    sha256: str = "",
) -> PathRecord:
    """Return consecutive steps in integers, with the certified radius of each that has one.

    A step is certified where the next query lies within its radius.

    Args:
        trace: file or folder; it holds keys, and its scores are ⟨q, k_b⟩.
        first: step of the first query.
        last: step of the last query.
        layer: layer.
        sequence: sequence.
        head: head.
        top_k: instead of the trace's.
        sha256: of the trace file.

    Raises:
        InputError: no such steps, no keys, blocks that come or go, or more than the kernel reads.
        NotProvedError: no step is certified.
    """
    if first >= last:
        raise InputError(f"--path {first}-{last} has no step; give two steps A-B with A < B")
    reader, key = TraceReader(trace, top_k), StreamKey(layer, sequence)
    chunks = [one_step(reader, key, step) for step in range(first, last + 1)]
    place = f"{trace}: layer {layer}, sequence {sequence}"
    if chunks[0].keys is None:
        raise InputError(f"{place} has no keys; a path is proved from queries and keys")
    segments = {0 if c.segments is None else int(c.segments[0]) for c in chunks}
    blocks = [competing_blocks(chunk, reader.info, head) for chunk in chunks]
    for step, found in enumerate(blocks, first):
        if found != blocks[0] or len(segments) > 1:
            raise InputError(f"{place}: other blocks compete at step {step}; give a shorter range")
    if len(blocks[0]) * len(chunks) > _MOST_BLOCKS:
        raise InputError(
            f"{place}: {len(chunks)} steps of {len(blocks[0])} blocks, more than the kernel reads"
            f" in minutes ({_MOST_BLOCKS} in all); give a shorter range"
        )
    table = chunks[0].keys[head if chunks[0].keys.shape[0] > 1 else 0]
    keys = [_fractions(table[b]) for b in blocks[0]]
    queries = [_fractions(c.queries[0, head if c.queries.shape[1] > 1 else 0]) for c in chunks]
    bits = math.lcm(*(x.denominator for row in (*queries, *keys) for x in row)).bit_length() - 1
    margins = [_margins(trace, step, layer, sequence, head, top_k) for step in range(first, last)]
    nothing = NotProvedError(f"{place}: no step from {first} to {last} is certified")
    known = next((found for found in margins if found is not None), None)
    if known is None:
        raise nothing
    record = PathRecord(
        trace=trace.name,
        trace_sha256=sha256,
        layer=layer,
        sequence=sequence,
        head=head,
        first=first,
        top_k=len(known.selected),
        blocks=tuple(blocks[0]),
        bits=bits,
        queries=tuple(_integers(row, bits) for row in queries),
        keys=tuple(_integers(row, bits) for row in keys),
        constants=known.constants,
        constant_bits=known.constant_bits,
        locks=(None,) * len(margins),
    )
    locks = tuple(
        Lock(found.selected, found.delta, found.delta_bits)
        if found is not None
        and record.movement_square(index) <= Fraction(found.delta, 1 << found.delta_bits) ** 2
        else None
        for index, found in enumerate(margins)
    )
    record = msgspec.structs.replace(record, locks=locks)
    if not record.certified:
        raise nothing
    verify_path(record)
    return record


def _margins(
    trace: Path, step: int, layer: int, sequence: int, head: int, top_k: int | None
) -> StepMargins | None:
    """The competition at a step; None where no radius is certified."""
    try:
        return step_margins(
            trace, step, layer=layer, sequence=sequence, head=head, top_k=top_k, source="keys"
        )
    except NotProvedError:
        return None


def _vectors(chunk: Chunk, head: int, margins: StepMargins) -> StoredVectors:
    """The query and the keys of the competing blocks over one power of two."""
    assert chunk.keys is not None
    query = _fractions(chunk.queries[0, head if chunk.queries.shape[1] > 1 else 0])
    table = chunk.keys[head if chunk.keys.shape[0] > 1 else 0]
    keys = [_fractions(table[b]) for b in margins.blocks]
    largest = math.lcm(*(x.denominator for row in (query, *keys) for x in row))
    # Every score is over a power of two that divides the square of this one.
    bits = max(largest.bit_length() - 1, -(-margins.score_bits // 2))
    return StoredVectors(bits, _integers(query, bits), tuple(_integers(k, bits) for k in keys))


def _fractions(row: Tensor) -> list[Fraction]:
    return [Fraction(x) for x in row.double().tolist()]


def _integers(row: list[Fraction], bits: int) -> tuple[int, ...]:
    return tuple(int(x * 2**bits) for x in row)
