"""One step of a trace in exact arithmetic: what a theorem about its selection needs.

Floating-point numbers are integers over a power of two, so nothing is rounded except constants
that are square roots, which are rounded up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul
from pathlib import Path
from typing import Literal

from msgspec.structs import replace
from torch import Tensor

from lipbridge.audit.certify.chunk import ScoreFunction, fill_scores
from lipbridge.audit.certify.constants import Constants, resolve
from lipbridge.audit.certify.rounding import require_error
from lipbridge.audit.certify.selection import (
    candidate_scores,
    refuse_unusable,
    select_chunk,
    selected_always,
)
from lipbridge.audit.trace.records import Chunk, StreamKey, TraceInfo
from lipbridge.audit.trace.storage import Span, TraceReader
from lipbridge.errors import InputError, NotProvedError
from lipbridge.language.layer_range import ranges
from lipbridge.language.place import Place
from lipbridge.layers.magnitude import ceil_root

_ROOT_BITS = 60


@dataclass(frozen=True)
class Competition:
    """The competition at one step, exactly.

    Args:
        chunk: the step as it is recorded.
        blocks: the block of each entry of ``scores`` and ``constants``; only blocks that compete.
        scores: s_i, dyadic.
        constants: L_i ≥ Lip(s_i), dyadic.
        error: e; 0 where the scores are exact.
        selected, others: positions in ``blocks``.
        supremum: least (s_i − s_j − 4e)/(L_i + L_j); None where nothing can change. Every smaller
            radius is certified.
        exact_scores: the scores are exact dot products of the recorded numbers, not recorded
            scores.
        forced: blocks that are selected by position.
    """

    chunk: Chunk
    blocks: tuple[int, ...]
    scores: tuple[Fraction, ...]
    constants: tuple[Fraction, ...]
    error: Fraction
    selected: tuple[int, ...]
    others: tuple[int, ...]
    supremum: Fraction | None
    exact_scores: bool
    forced: tuple[int, ...]


def step_competition(
    trace: str | Path,
    place: Place,
    *,
    lipschitz: float | Constants | Sequence[float] | Tensor | None = None,
    error: float | None = None,
    source: Literal["auto", "keys", "scores"] = "auto",
    score: ScoreFunction | None = None,
) -> Competition:
    """Return the competition at one step.

    Args:
        trace: file or folder.
        place: the step of a head; without one, of the first.
        lipschitz: as for ``audit_trace``; from keys, ‖k_b‖ is rounded up to a multiple of 2⁻⁶⁰
            relative.
        error: evaluation error e; None derives it for recorded scores, and has to be given with
            ``score``. Exact scores have none.
        source: ``keys`` computes ⟨q, k_b⟩ exactly; ``scores`` takes recorded or computed ones as
            they are; ``auto`` prefers keys.
        score: computes scores from queries.

    Raises:
        InputError: no such step, layer or head, or an error that bounds nothing.
        NotProvedError: no δ > 0 is certified there (a tie, or a margin within the errors).

    Source: docs/theorems.md §3.
    """
    require_error(error)
    reader, head = TraceReader(trace), place.head or 0
    chunk = one_step(reader, place)
    use_keys = source == "keys" or (source == "auto" and chunk.keys is not None and score is None)
    if use_keys and chunk.keys is None:
        raise InputError(f"{trace}: {place} has no keys; take the recorded scores")
    if score is not None and error is None:
        raise InputError(f"{trace}: with a score function, give error: a bound on its rounding")
    filled = fill_scores(chunk, score).validated(reader.info)
    blocks, chosen = competition(filled, reader.info, head)
    assert filled.scores is not None
    given = Constants.of(lipschitz)  # type: ignore[arg-type]
    constants = _constants(filled, head, blocks, given, reader.info.lipschitz)
    level = Fraction(0)
    if use_keys:
        query = query_of(chunk, head)
        values = [sum(map(mul, query, key), Fraction(0)) for key in keys_of(chunk, head, blocks)]
    else:
        values = [Fraction(filled.scores[0, head, b].item()) for b in blocks]
        known = resolve(filled, reader.info, given, error)
        level = Fraction(float(known.error.expand(1, filled.scores.shape[1])[0, head]))
        # A derived error grows along the radius; constants are raised by that growth, as in the
        # audit. A given one does not.
        growth = Fraction(known.relative) * max(constants, default=Fraction(0))
        constants = [c + growth for c in constants]
    order = sorted(range(len(blocks)), key=lambda p: (-values[p], blocks[p]))
    selected, others = sorted(order[: len(chosen)]), sorted(order[len(chosen) :])
    supremum = _supremum(values, constants, selected, others, 4 * level)
    if supremum is not None and supremum <= 0:
        raise NotProvedError(
            f"{trace}: {place}: no radius is certified (a tie, or a margin within 4e); take "
            "another step"
        )
    always = selected_always(filled, reader.info, filled.scores.shape[-1])
    forced: list[int] = []
    if always is not None:
        forced = always[0, head if always.shape[1] > 1 else 0].nonzero()[:, 0].tolist()
    return Competition(
        chunk=chunk,
        blocks=tuple(blocks),
        scores=tuple(values),
        constants=tuple(constants),
        error=level,
        selected=tuple(selected),
        others=tuple(others),
        supremum=supremum,
        exact_scores=use_keys,
        forced=tuple(forced),
    )


def competition(chunk: Chunk, info: TraceInfo, head: int) -> tuple[list[int], list[int]]:
    """Return the blocks that compete at the only step of a chunk, and those of them selected.

    Raises:
        InputError: no such head.
        TraceError: a score is NaN or +inf.
    """
    filled = fill_scores(chunk, None).validated(info)
    scores = candidate_scores(filled, info)
    if head >= scores.shape[1]:
        raise InputError(f"{chunk.where}: head {head}; it has heads 0 to {scores.shape[1] - 1}")
    chosen = select_chunk(filled, info, scores)
    refuse_unusable(chosen, filled.where)
    blocks = [b for b, s in enumerate(scores[0, head].tolist()) if s > -math.inf]
    return blocks, sorted(b for b in chosen.blocks[0, head].tolist() if b >= 0)


def one_step(reader: TraceReader, place: Place) -> Chunk:
    """Read one step of a stream."""
    key, step = StreamKey(place.layer, place.sequence), place.step
    if key not in reader.streams:
        own = [k.sequence for k in reader.streams if k.layer == key.layer]
        layers = ranges({k.layer for k in reader.streams})
        there = f"sequences of that layer: {ranges(own)}" if own else f"layers there: {layers}"
        raise InputError(f"{reader.path}: no layer {key.layer}, sequence {key.sequence}; {there}")
    last = -1
    for span in reader.whole_files(key):
        last = max(last, span.first_step + span.stop - span.start - 1)
        if span.first_step <= step < span.first_step + span.stop - span.start:
            row = span.start + step - span.first_step
            return reader.read(Span(key, span.file, row, row + 1, step, None))
    raise InputError(
        f"{reader.path}: no step {step} in layer {key.layer}, sequence {key.sequence}; the last is "
        f"{last}"
    )


def of_one_head(trace: Path, place: Place) -> Place:
    """The step of the head that is named, or of the only one.

    Raises:
        InputError: no such step, or several heads and none named.
    """
    if place.head is not None:
        return place
    chunk = one_step(TraceReader(trace, 1), place)
    keys = 1 if chunk.keys is None else chunk.keys.shape[0]
    scores = 1 if chunk.scores is None else chunk.scores.shape[1]
    heads = max(chunk.queries.shape[1], keys, scores)
    if heads > 1:
        raise InputError(f"{trace}: {place}: say with --head which; heads there: 0-{heads - 1}")
    return replace(place, head=0)


def query_of(chunk: Chunk, head: int) -> list[Fraction]:
    """Return the first query, of a head or shared by all."""
    row = chunk.queries[0, head if chunk.queries.shape[1] > 1 else 0]
    return [Fraction(x) for x in row.double().tolist()]


def key_rows(chunk: Chunk, head: int, blocks: Sequence[int]) -> Tensor:
    """Return keys of blocks, of a head or shared by all, as float64, which holds them exactly."""
    assert chunk.keys is not None
    return chunk.keys[head if chunk.keys.shape[0] > 1 else 0, list(blocks)].double()


def keys_of(chunk: Chunk, head: int, blocks: Sequence[int]) -> list[list[Fraction]]:
    """The same as fractions."""
    return [list(map(Fraction, row)) for row in key_rows(chunk, head, blocks).tolist()]


def _constants(
    chunk: Chunk, head: int, blocks: list[int], given: Constants, uniform: float | None
) -> list[Fraction]:
    """Return dyadic upper bounds on L_b: given, recorded, from the keys, or uniform."""
    value = given.uniform
    if value is None:
        table = given.per_block
        if table is None and chunk.constants is not None:
            table = chunk.constants[0]
        if table is not None:
            row = table if table.ndim == 1 else table[head if table.shape[0] > 1 else 0]
            return [Fraction(row[b].item()) for b in blocks]
        if chunk.keys is not None:
            return [_norm(key) for key in keys_of(chunk, head, blocks)]
        value = uniform
    if value is None:
        raise InputError(
            f"{chunk.where}: a theorem needs a uniform or per-block Lipschitz constant; give one"
        )
    return [Fraction(value)] * len(blocks)


def _norm(entries: list[Fraction]) -> Fraction:
    """Return a dyadic upper bound on a Euclidean norm, relative excess below 2⁻⁶⁰."""
    square = sum((x * x for x in entries), Fraction(0))
    if square == 0:
        return Fraction(0)
    # Scale to about 2·60 bits before the integer root; the shift is even, so its root is a power
    # of two.
    size = square.numerator.bit_length() - square.denominator.bit_length()
    shift = max(0, 2 * _ROOT_BITS - size + 2)
    shift += shift % 2
    return Fraction(ceil_root(square * 2**shift), 2 ** (shift // 2))


def _supremum(
    values: list[Fraction],
    constants: list[Fraction],
    selected: list[int],
    others: list[int],
    four_e: Fraction,
) -> Fraction | None:
    """Return the least quotient over all pairs; None where no pair limits δ."""
    least: Fraction | None = None
    for i in selected:
        for j in others:
            room, total = values[i] - values[j] - four_e, constants[i] + constants[j]
            if room <= 0:
                return Fraction(0)
            if total > 0 and (least is None or room < least * total):
                least = room / total
    return least
