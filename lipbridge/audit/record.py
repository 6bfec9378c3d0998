"""Recording a trace while a torch model runs, with bounded memory."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from lipbridge.audit.records import StreamKey, TraceInfo
from lipbridge.audit.storage import padded
from lipbridge.audit.tap import Capture, Indexer, Tap, deepseek_queries, recognize
from lipbridge.audit.writing import TraceWriter
from lipbridge.errors import TraceError

__all__ = ["Recorder"]

Extract = Callable[[nn.Module, tuple[Any, ...], Any], Mapping[str, Tensor]]


@dataclass
class _Stream:
    """One indexer while it is recorded; ``largest`` [N, blocks] is the running max ‖k‖ a block."""

    layer: int
    indexer: Indexer
    tap: Tap | None = None
    length: int = 0
    segment: int = -1
    largest: Tensor | None = None
    pending: list[tuple[int, Capture]] = field(default_factory=list[tuple[int, Capture]])


class Recorder:
    """Records every indexer of a model as a trace folder, from entering to leaving a ``with``.

    Known indexers (:data:`~lipbridge.audit.tap.INDEXERS`) are recognized by the names of their
    classes: one stream a layer and batch row; a new text (the cache starts anew) is a new segment.
    The hooks keep references to tensors that the indexer has computed anyway; they are worked on
    and written once ``device_bytes`` of them are pending.

    Args:
        model: any torch module that contains indexers, or is one.
        folder: for the chunk files.
        last: keep only this many last queries of each call; a long prompt is the bulk of a trace.
        device_bytes: pending tensors on the device.
        max_bytes: pending rows in memory.
        info: metadata, needed with ``extract``.
        extract: for other modules: name of a submodule → function of (module, inputs, output) that
            returns trace fields (at least ``queries`` [T, H, n]; ``scores`` [T, H, B]).

    Raises:
        TraceError: nothing to record in the model, indexers that differ in their settings, or a
            folder that cannot be written.
    """

    def __init__(
        self,
        model: nn.Module,
        folder: str | Path,
        *,
        last: int | None = None,
        device_bytes: int = 1 << 26,
        max_bytes: int = 1 << 28,
        info: TraceInfo | None = None,
        extract: Mapping[str, Extract] | None = None,
    ) -> None:
        self._last, self._device_bytes, self._bytes = last, device_bytes, 0
        self._handles: list[Any] = []
        self._streams: list[_Stream] = []
        self._modules: list[nn.Module] = []
        self._extract = dict(extract or {})
        self._model = model
        names = dict(model.named_modules())
        for name, module in names.items():
            indexer = None if name in self._extract else recognize(module)
            if indexer is not None:
                layer = getattr(module, "layer_idx", None)
                place = len(self._streams) if layer is None else int(layer)
                self._streams.append(_Stream(place, indexer))
                self._modules.append(module)
        missing = [name for name in self._extract if name not in names]
        if missing or not (self._streams or self._extract):
            raise TraceError(
                f"recording: no submodule {missing[0]!r} in the model"
                if missing
                else "recording: no known indexer in the model; give 'extract' for its submodules"
            )
        infos = {s.indexer.info for s in self._streams} | ({info} if info else set())
        if len(infos) != 1:
            raise TraceError(
                "recording: give 'info' with 'extract', and record indexers of different settings"
                " into folders of their own"
            )
        self._writer = TraceWriter(folder, infos.pop(), max_bytes)

    def __enter__(self) -> Recorder:
        """Attach the hooks."""
        for stream, module in zip(self._streams, self._modules, strict=True):
            self._handles.append(module.register_forward_pre_hook(self._before(stream)))
            self._handles.append(
                module.register_forward_hook(self._after(stream), always_call=True)
            )
        for layer, (name, extract) in enumerate(self._extract.items()):
            module = self._model.get_submodule(name)
            self._handles.append(module.register_forward_hook(self._plain(layer, extract)))
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the hooks and write what is pending."""
        for handle in self._handles:
            handle.remove()
        self._handles.clear()
        for stream in self._streams:
            if stream.tap is not None:  # an interrupt inside a forward
                stream.tap.stop()
        self.drain()
        self._writer.close()

    def drain(self) -> None:
        """Work on what is pending, move it to memory, and hand it to the writer."""
        with torch.no_grad():
            for stream in self._streams:
                # One batch a segment: many small steps would cost many small operations each.
                for segment, group in groupby(stream.pending, key=itemgetter(0)):
                    self._write(stream, segment, _together([capture for _, capture in group]))
                stream.pending.clear()
        self._bytes = 0

    def _before(self, stream: _Stream) -> Callable[..., None]:
        def hook(_module: nn.Module, _inputs: Any) -> None:
            stream.tap = Tap()
            stream.tap.start()

        return hook

    def _after(self, stream: _Stream) -> Callable[..., None]:
        def hook(_module: nn.Module, _inputs: Any, output: Any) -> None:
            tap, stream.tap = stream.tap, None
            if tap is None:
                return
            tap.stop()
            if output is None:  # the forward raised; its own error is the one to see
                return
            with torch.no_grad():
                capture = stream.indexer.capture(tap, stream.length)
                steps = capture.queries.shape[1]
                if self._last is not None and steps > self._last:
                    capture = _tail(capture, self._last)
            if capture.length != stream.length + steps or stream.segment < 0:
                stream.segment += 1
            stream.length = capture.length
            stream.pending.append((stream.segment, capture))
            self._bytes += capture.queries.nbytes + capture.scores.nbytes + capture.new_keys.nbytes
            if self._bytes >= self._device_bytes:
                self.drain()

        return hook

    def _plain(self, layer: int, extract: Extract) -> Callable[..., None]:
        def hook(module: nn.Module, inputs: tuple[Any, ...], output: Any) -> None:
            with torch.no_grad():
                self._writer.append(StreamKey(layer, 0), **extract(module, inputs, output))

        return hook

    def _write(self, stream: _Stream, segment: int, capture: Capture) -> None:
        """Write rows of one segment, a stream for each batch row."""
        indexer, blocks = stream.indexer, capture.scores.shape[-1]
        constants = _constants(stream, capture, blocks) * (
            math.sqrt(2 * indexer.heads) * (1 + 1e-12) if capture.weights is not None else 1.0
        )
        queries, scores = capture.queries, capture.scores
        if capture.weights is not None:
            queries = deepseek_queries(queries.float(), capture.weights)[:, :, None]
        scores = scores.transpose(1, 2)
        forced = scores == torch.inf
        slots = (indexer.info.top_k - forced.sum(-1)).clamp(min=0)
        # Additive masks use the most negative number of the dtype instead of −inf.
        least = torch.finfo(scores.dtype).min / 4
        scores = scores.masked_fill(forced | (scores < least), -torch.inf)
        for row in range(queries.shape[0]):
            self._writer.append(
                StreamKey(stream.layer, row),
                queries=queries[row],
                scores=scores[row],
                slots=slots[row],
                segments=torch.full((queries.shape[1],), segment),
                constants=constants[row],
            )


def _tail(capture: Capture, last: int) -> Capture:
    """Return the last queries alone, copied so that the others can be freed."""
    weights = capture.weights
    return capture._replace(
        queries=capture.queries[:, -last:].clone(),
        weights=None if weights is None else weights[:, -last:].clone(),
        scores=capture.scores[:, :, -last:].clone(),
    )


def _together(calls: list[Capture]) -> Capture:
    """Join consecutive calls of one segment; blocks that were not there yet score −inf."""
    if len(calls) == 1:
        return calls[0]
    widest = max(c.scores.shape[-1] for c in calls)
    weights = [c.weights for c in calls if c.weights is not None]
    return Capture(
        torch.cat([c.queries for c in calls], 1),
        torch.cat(weights, 1) if weights else None,
        torch.cat([padded("scores", c.scores, widest) for c in calls], 2),
        torch.cat([c.new_keys for c in calls], -1),
        calls[-1].length,
    )


def _constants(stream: _Stream, capture: Capture, blocks: int) -> Tensor:
    """Return max ‖k‖ of each block so far, rounded up, [N, B] float64."""
    keys = capture.new_keys[:, 0].transpose(-1, -2).double()
    norms = torch.linalg.vector_norm(keys, dim=-1) * (1 + (keys.shape[-1] + 8) * 2.0**-52)
    fresh = norms.shape[1]
    start = capture.length - fresh
    known = stream.largest
    if start == 0 or known is None:
        known = norms.new_zeros((norms.shape[0], blocks))
    known = nn.functional.pad(known, (0, max(0, blocks - known.shape[1])))
    place = torch.arange(start, capture.length, device=norms.device) // stream.indexer.block_size
    known = known.scatter_reduce(1, place.expand_as(norms), norms, "amax")
    stream.largest = known
    return known[:, :blocks]
