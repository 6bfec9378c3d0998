"""Recording a trace while a torch model runs, with bounded memory."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import wraps
from itertools import groupby, zip_longest
from operator import itemgetter
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from lipbridge.audit.recording.batching import (
    Piece,
    Stream,
    block_constants,
    compact,
    held_bytes,
    likeness,
    side_by_side,
    together,
)
from lipbridge.audit.recording.call_observer import CallObserver, attach, detach
from lipbridge.audit.recording.indexer_calls import Capture, deepseek_queries, recognize
from lipbridge.audit.trace.records import StreamKey, TraceInfo
from lipbridge.audit.trace.states import StateWriter
from lipbridge.audit.trace.writing import TraceWriter
from lipbridge.errors import TraceError

Extract = Callable[[nn.Module, tuple[Any, ...], Any], Mapping[str, Tensor]]


class Recorder:
    """Records every indexer of a model as a trace folder, from entering to leaving a ``with``.

    Known indexers (:data:`~lipbridge.audit.recording.indexer_calls.INDEXERS`) are recognized by
    the names of their classes: one stream a layer and batch row; a new text (the cache starts anew)
    is a new segment. What is kept are references to tensors that the indexer has computed anyway;
    they are worked on and written once ``device_bytes`` of them are pending.

    Args:
        model: any torch module that contains indexers, or is one.
        folder: for the chunk files.
        last: keep only this many last queries of each call; a long prompt is the bulk of a trace.
        device_bytes: pending tensors on the device.
        max_bytes: pending rows in memory.
        states: also write the hidden states, keys and selections themselves, so that a step can be
            proved (:mod:`lipbridge.audit.trace.states`).
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
        states: bool = False,
        info: TraceInfo | None = None,
        extract: Mapping[str, Extract] | None = None,
    ) -> None:
        self._last, self._device_bytes, self._bytes = last, device_bytes, 0
        self._handles: list[Any] = []
        self._forwards: list[tuple[nn.Module, Any]] = []
        self._streams: list[Stream] = []
        self._extract = dict(extract or {})
        self._model = model
        names = dict(model.named_modules())
        for name, module in names.items():
            indexer = None if name in self._extract else recognize(module)
            if indexer is not None:
                layer = getattr(module, "layer_idx", None)
                place = len(self._streams) if layer is None else int(layer)
                around = names[name.rpartition(".")[0]] if name else None
                self._streams.append(Stream(place, indexer, module, around))
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
        self._states = StateWriter(folder, last) if states else None

    def __enter__(self) -> Recorder:
        """Begin to watch the modules."""
        attach()
        for stream in self._streams:
            module = stream.module
            self._forwards.append((module, module.__dict__.get("forward")))
            # Hooks would do; but torch calls modules that have any at three times the cost.
            module.forward = self._watched(stream, module.forward)
        for layer, (name, extract) in enumerate(self._extract.items()):
            module = self._model.get_submodule(name)
            self._handles.append(module.register_forward_hook(self._plain(layer, extract)))
        return self

    def __exit__(self, *_: object) -> None:
        """Let the modules be and write what is pending."""
        for handle in self._handles:
            handle.remove()
        self._handles.clear()
        while self._forwards:
            module, forward = self._forwards.pop()
            if forward is None:
                del module.forward
            else:
                module.forward = forward
        detach()
        self.drain()
        self._writer.flush()

    def drain(self) -> None:
        """Work on what is pending, move it to memory, and hand it to the writer."""
        with torch.no_grad():
            # One batch a segment: many small steps would cost many small operations each.
            pending = [
                [
                    (stream, segment, together([capture for _, capture in group]))
                    for segment, group in groupby(stream.pending, key=itemgetter(0))
                ]
                for stream in self._streams
            ]
            for stream in self._streams:
                stream.pending.clear()
            # Layers mostly have the same shapes; side by side they cost the operations of one.
            for pieces in zip_longest(*pending):
                alike: dict[Any, list[Piece]] = {}
                for piece in pieces:
                    if piece is not None:
                        alike.setdefault(likeness(piece), []).append(piece)
                for group in alike.values():
                    size = max(1, self._device_bytes // (4 * held_bytes(group[0][2])))
                    for start in range(0, len(group), size):
                        self._write(group[start : start + size])
        self._bytes = 0

    def _watched(self, stream: Stream, forward: Callable[..., Any]) -> Callable[..., Any]:
        """Return a module's forward that also records; an error inside passes through."""
        observer = stream.observer

        @wraps(forward)
        def watched(*inputs: Any, **options: Any) -> Any:
            observer.start()
            try:
                output = forward(*inputs, **options)
            finally:
                observer.stop()
            capture, steps, keys = self._capture(stream, observer)
            observer.clear()
            if self._states is not None:
                given = (stream.layer, stream.module, stream.around, forward, inputs, options)
                self._states.write(*given, keys, capture.length - keys.shape[-1], output)
            if capture.length != stream.length + steps or stream.segment < 0:
                stream.segment += 1
            stream.length = capture.length
            stream.pending.append((stream.segment, capture))
            self._bytes += held_bytes(capture)
            if self._bytes >= self._device_bytes:
                self.drain()
            return output

        return watched

    def _capture(self, stream: Stream, observer: CallObserver) -> tuple[Capture, int, Tensor]:
        """Read an observer; return also how many queries there were, and new keys, before cuts."""
        # To leave gradients is dearer than to ask whether they are on.
        if torch.is_grad_enabled():
            with torch.no_grad():
                return self._capture(stream, observer)
        whole = stream.indexer.capture(observer, stream.length)
        capture = compact(whole)
        steps = capture.queries.shape[1]
        if self._last is not None and steps > self._last:
            capture = _tail(capture, self._last)
        return capture, steps, whole.new_keys

    def _plain(self, layer: int, extract: Extract) -> Callable[..., None]:
        def hook(module: nn.Module, inputs: tuple[Any, ...], output: Any) -> None:
            with torch.no_grad():
                self._writer.append(StreamKey(layer, 0), **extract(module, inputs, output))

        return hook

    def _write(self, pieces: list[Piece]) -> None:
        """Write pieces of equal shapes, a stream for each layer and batch row."""
        indexer = pieces[0][0].indexer
        capture = side_by_side([capture for _, _, capture in pieces])
        blocks, rows = capture.scores.shape[-1], pieces[0][2].queries.shape[0]
        constants = block_constants([stream for stream, _, _ in pieces], capture, blocks) * (
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
        queries, scores, slots, constants = (t.cpu() for t in (queries, scores, slots, constants))
        for row in range(queries.shape[0]):
            stream, segment, _ = pieces[row // rows]
            self._writer.append(
                StreamKey(stream.layer, row % rows),
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
