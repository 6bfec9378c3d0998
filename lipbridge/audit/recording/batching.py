"""Joining what was seen in many calls and layers, so that it is worked on in few operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import torch
from torch import Tensor, nn

from lipbridge.audit.recording.call_observer import CallObserver
from lipbridge.audit.recording.indexer_calls import Capture, Indexer
from lipbridge.audit.trace.storage import padded

# More new keys than this in one call are reduced to their norms at once.
_MANY_KEYS = 256


@dataclass
class Stream:
    """One indexer while it is recorded, and the module around it.

    ``largest`` [N, blocks] is the running max ‖k‖ a block.
    """

    layer: int
    indexer: Indexer
    module: nn.Module
    around: nn.Module | None
    observer: CallObserver = field(default_factory=CallObserver)
    length: int = 0
    segment: int = -1
    largest: Tensor | None = None
    pending: list[tuple[int, Capture]] = field(default_factory=list[tuple[int, Capture]])


# A stream, a segment of it, and what was seen of that.
Piece = tuple[Stream, int, Capture]


def held_bytes(capture: Capture) -> int:
    """Return about how much memory a capture holds."""
    return capture.queries.nbytes + capture.scores.nbytes + capture.new_keys.nbytes


def compact(capture: Capture) -> Capture:
    """Replace many new keys by their norms, so that a long prompt is not kept, nor waited for."""
    if capture.new_keys.shape[-1] < _MANY_KEYS:
        return capture
    return capture._replace(new_keys=_norms(capture.new_keys))


def likeness(piece: Piece) -> Any:
    """Return what pieces have in common that can be worked on together."""
    stream, _, capture = piece
    tensors = (capture.queries, capture.weights, capture.scores, capture.new_keys)
    shapes = tuple(t if t is None else (t.shape, t.dtype, t.device) for t in tensors)
    return stream.indexer.heads, stream.indexer.block_size, capture.length, shapes


def side_by_side(captures: list[Capture]) -> Capture:
    """Join captures of equal shapes as batch rows."""
    if len(captures) == 1:
        return captures[0]
    weights = [c.weights for c in captures if c.weights is not None]
    return Capture(
        torch.cat([c.queries for c in captures]),
        torch.cat(weights) if weights else None,
        torch.cat([c.scores for c in captures]),
        torch.cat([c.new_keys for c in captures]),
        captures[0].length,
    )


def together(calls: list[Capture]) -> Capture:
    """Join consecutive calls of one segment; blocks that were not there yet score −inf."""
    if len(calls) == 1:
        return calls[0]
    widest = max(c.scores.shape[-1] for c in calls)
    weights = [c.weights for c in calls if c.weights is not None]
    scores = [
        padded("scores", torch.cat([c.scores for c in run], 2), widest)
        for _, run in groupby(calls, key=lambda c: c.scores.shape[-1])
    ]
    keys = [
        torch.cat([c.new_keys for c in run], -1)
        for _, run in groupby(calls, key=lambda c: c.new_keys.shape[2])
    ]
    if len(keys) > 1:
        keys = [_norms(part) for part in keys]
    return Capture(
        torch.cat([c.queries for c in calls], 1),
        torch.cat(weights, 1) if weights else None,
        torch.cat(scores, 2),
        torch.cat(keys, -1),
        calls[-1].length,
    )


def block_constants(streams: list[Stream], capture: Capture, blocks: int) -> Tensor:
    """Return max ‖k‖ of each block so far, rounded up, [streams·N, B] float64."""
    norms = _norms(capture.new_keys)[:, 0, 0]
    start = capture.length - norms.shape[1]
    rows = norms.shape[0] // len(streams)
    before: list[Tensor] = []
    for stream in streams:
        known = stream.largest
        if start == 0 or known is None:
            known = norms.new_zeros((rows, blocks))
        before.append(nn.functional.pad(known, (0, max(0, blocks - known.shape[1]))))
    widest = max(known.shape[1] for known in before)
    known = torch.cat([padded("constants", known, widest) for known in before])
    place = torch.arange(start, capture.length, device=norms.device)
    place = place // streams[0].indexer.block_size
    known = known.scatter_reduce(1, place.expand_as(norms), norms, "amax")
    for stream, largest in zip(streams, known.split(rows), strict=True):
        stream.largest = largest
    return known[:, :blocks]


def _norms(keys: Tensor) -> Tensor:
    """Return ‖k‖ rounded up, [N, 1, 1, S] float64: keys of one coordinate with the same norm.

    Shape:
        keys [N, 1, D, S].
    """
    if keys.shape[2] == 1 and keys.dtype == torch.float64:
        return keys.abs()
    norms = torch.linalg.vector_norm(keys.double(), dim=2, keepdim=True)
    return norms * (1 + (keys.shape[2] + 8) * 2.0**-52)
