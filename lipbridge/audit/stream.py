"""The audit of a whole trace, span by span: larger than memory, on CPU or GPU, and resumable."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from msgspec.structs import replace as replace_fields
from torch import Tensor

from lipbridge.audit.certify.chunk import (
    Plan,
    ScoreFunction,
    Slopes,
    audit_chunk,
    fill_scores,
    product_error,
    require_products,
    require_same_keys,
)
from lipbridge.audit.certify.constants import Constants, require_constants
from lipbridge.audit.certify.rounding import require_error
from lipbridge.audit.contradiction import Contradiction, find_contradictions
from lipbridge.audit.rows import Rows
from lipbridge.audit.trace.records import StreamKey, TraceInfo
from lipbridge.audit.trace.storage import Span, TraceReader, joined
from lipbridge.errors import ContradictionError, InputError
from lipbridge.numeric.kept import Kept
from lipbridge.numeric.ranks import Ranks
from lipbridge.progress import progress

# Tables are kept in memory; sets larger than this would outweigh all other columns together.
_KEEP_SELECTED = 64


@dataclass(frozen=True)
class AuditResult:
    """What an audit found.

    Args:
        path: the trace.
        info: its metadata, with the ``top_k`` that was used.
        rows: a row a step and head.
        contradictions: what observed data contradict; empty unless asked to go on past them.
        error: the evaluation error given, or None where it was derived.
        device: where it ran.
        seconds: wall time.
    """

    path: str
    info: TraceInfo
    rows: Rows
    contradictions: tuple[Contradiction, ...]
    error: float | None
    device: str
    seconds: float


def audit_trace(
    trace: str | Path,
    *,
    lipschitz: float | Constants | np.ndarray[Any, Any] | Tensor | Sequence[float] | None = None,
    top_k: int | None = None,
    error: float | None = None,
    slopes: Slopes = "all",
    score: ScoreFunction | None = None,
    layers: Sequence[int] | None = None,
    device: str = "cpu",
    chunk_bytes: int = 1 << 28,
    out: str | Path | None = None,
    resume: bool = False,
    on_contradiction: Literal["raise", "record"] = "raise",
    ranks: Ranks | None = None,
) -> AuditResult:
    """Audit a trace: margins, certified radii, movements, locks and changes of every step.

    Args:
        trace: file or folder, see :mod:`lipbridge.audit.trace.records`.
        lipschitz: uniform L, per-block [B], pairwise [B, B], or :class:`Constants`; None: from the
            trace.
        top_k: blocks selected, instead of the trace's.
        error: evaluation error e of every score; None derives it from dtype and dimension, for
            scores that are dot products; with ``score`` it has to be given.
        slopes: ``all`` also tests |Δs| ≤ L‖Δq‖ for every block; ``none`` saves that pass.
        score: computes scores from recorded queries or hidden states.
        layers: audit these alone.
        device: torch device.
        chunk_bytes: memory for one span, working copies included.
        out: folder for a ``rows-….safetensors`` a span.
        resume: go on with an audit of the same trace and settings that stopped in ``out``.
        on_contradiction: ``raise`` stops with the evidence; ``record`` keeps it and goes on.
        ranks: the processes that share the spans; all of them make this call.

    Returns:
        The rows and what they contradict.

    Raises:
        ElsewhereError: on ranks above 0.
        TraceError: the trace does not fit its layout, or lacks what is needed.
        ContradictionError: a selection changed where a lock was certified, or a score outran its
            constant.

    Source: docs/theorems.md §§3 and 4.
    """
    started = time.perf_counter()
    ranks = ranks or Ranks()

    def prepare() -> tuple[TraceReader, Plan, list[Span], Kept[Rows] | None]:
        reader = TraceReader(trace, top_k)
        constants = Constants.of(lipschitz)
        require_error(error)
        if score is not None and error is None:
            raise InputError(
                f"{trace}: the scores come from a function whose rounding is unknown; give error, "
                "a bound on |computed − exact| for every score"
            )
        plan = Plan(constants, error, slopes, score)
        keys = [k for k in reader.streams if layers is None or k.layer in layers]
        if not keys:
            raise InputError(
                f"{trace}: no such layer; the trace has {sorted({k.layer for k in reader.streams})}"
            )
        # Radii per block and pair hold about six float64 copies of the scores at a time; the plain
        # rule holds one.
        copies = 3 if constants.uniform is not None else 12
        spans = [span for key in keys for span in reader.plan(key, chunk_bytes, copies)]
        if out is None:
            return reader, plan, spans, None
        settings = _settings(reader.info, plan, chunk_bytes, keys)
        state = {"trace": reader.fingerprint(), "settings": settings}
        if score is not None:
            state["score"] = _sample(reader, spans, score, device)
        names, codec = "rows-{:06d}-{}.safetensors", (Rows.to_bytes, Rows.from_bytes)
        kept = Kept(Path(out), "audit rows", names, state, codec, resume=resume)
        return reader, plan, spans, kept

    reader, plan, spans, store = ranks.together(prepare)
    info, share = reader.info, ranks.share(len(spans))
    total = sum(spans[number].stop - spans[number].start for number in share)
    done = 0

    def work(number: int) -> Rows:
        nonlocal done
        span = spans[number]

        def make() -> Rows:
            return _audit_span(reader, span, info, plan, device)

        rows = make() if store is None else store.get(number, make)
        if on_contradiction == "raise" and (found := _located(reader, rows)):
            raise ContradictionError(f"{trace}: {found[0].message()}")
        done += span.stop - span.start
        progress("auditing steps", done, total)
        return rows

    with torch.inference_mode():
        rows = Rows.concat(ranks.spread(len(spans), work, Rows.to_bytes, Rows.from_bytes))
    return AuditResult(
        path=str(trace),
        info=info,
        rows=rows,
        contradictions=tuple(_located(reader, rows)),
        error=error,
        device=device,
        seconds=time.perf_counter() - started,
    )


def _audit_span(reader: TraceReader, span: Span, info: TraceInfo, plan: Plan, device: str) -> Rows:
    """Read and audit one span."""
    recorded, after = reader.read(span, device), reader.read_next(span, device)
    if recorded.scores is None and plan.score is None:
        # What the metadata say is of recorded scores; products are rounded here, in float64.
        info = replace_fields(
            info,
            roundings=max(recorded.queries.shape[-1], info.roundings or 0),
            unit_roundoff=max(2.0**-52, info.unit_roundoff or 0.0),
        )
        if plan.error is not None:
            own = max(product_error(held) for held in (recorded, after) if held is not None)
            plan = replace(plan, error=math.nextafter(plan.error + own, math.inf))
    chunk = filled = fill_scores(recorded, plan.score).validated(info)
    if after is not None:
        chunk = joined(filled, fill_scores(after, plan.score).validated(info))
        if plan.score is None:
            require_same_keys(chunk, after, info)
    columns = audit_chunk(chunk, info, plan, span.stop - span.start)
    rows = Rows.from_chunk(span.key, span.first_step, columns, info.top_k <= _KEEP_SELECTED)
    # A contradiction says more of a wrong score than that it is wrong.
    if plan.score is None and not find_contradictions(rows):
        require_products(recorded, info, plan.error)
        require_constants(filled, info, plan.constants)
    return rows


def _located(reader: TraceReader, rows: Rows) -> list[Contradiction]:
    """Return what a table contradicts, with the file of each step where there are several."""
    return [replace(c, file=reader.file_of(c.place)) for c in find_contradictions(rows)]


def _sample(reader: TraceReader, spans: Sequence[Span], score: ScoreFunction, device: str) -> str:
    """Return a digest of the scores of the first step of every span: a function has no other."""
    digest = hashlib.sha256()
    for span in spans:
        first = reader.read(replace(span, stop=span.start + 1, follows=None), device)
        digest.update(score(first.queries).detach().double().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


def _settings(info: TraceInfo, plan: Plan, chunk_bytes: int, streams: Sequence[StreamKey]) -> str:
    """Return a digest of all that the rows depend on besides the trace."""
    digest = hashlib.sha256(info.to_json().encode())
    given = plan.constants
    for tensor in (given.per_block, given.pairwise):
        digest.update(b"-" if tensor is None else tensor.cpu().contiguous().numpy().tobytes())
    digest.update(repr((given.uniform, given.certified, plan.error)).encode())
    digest.update(repr((plan.slopes, chunk_bytes, streams)).encode())
    return digest.hexdigest()
