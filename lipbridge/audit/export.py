"""A step of a trace as the record that its theorem is rendered from."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

from torch import Tensor

from lipbridge.audit.exact import StepMargins, one_step, step_margins
from lipbridge.audit.network import NetworkScores
from lipbridge.audit.records import Chunk, StreamKey
from lipbridge.audit.storage import TraceReader
from lipbridge.emit.step.record import StepRecord, StoredVectors, verify

__all__ = ["step_record"]


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
