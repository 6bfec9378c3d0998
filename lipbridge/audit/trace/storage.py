"""Reading traces; a file is never read whole where its format allows slices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np
import torch
from torch import Tensor

from lipbridge.audit.trace.files import open_file
from lipbridge.audit.trace.records import (
    FIELDS,
    METADATA_KEY,
    STEP_FIELDS,
    Chunk,
    StreamKey,
    TraceInfo,
)
from lipbridge.errors import TraceError
from lipbridge.language.layer_range import ranges

_NAME = re.compile(r"(?:layers\.(\d{1,9})\.)?(?:sequences\.(\d{1,9})\.)?([a-z]+)")


@dataclass(frozen=True)
class Span:
    """Steps ``start`` to ``stop`` of one file of a stream.

    ``first_step``: the stream's count at ``start``.
    ``follows``: the file that holds the step after ``stop`` and its row there, or None at the end.
    """

    key: StreamKey
    file: int
    start: int
    stop: int
    first_step: int
    follows: tuple[int, int] | None


class TraceReader:
    """A trace opened for reading.

    Args:
        path: a ``.safetensors`` or ``.npz`` file, or a folder of chunk files.
        top_k: blocks selected, instead of what the metadata says; with it, none are needed.

    Raises:
        TraceError: nothing readable there, or names or metadata that do not fit the layout.
    """

    def __init__(self, path: str | Path, top_k: int | None = None) -> None:
        self.path = Path(path)
        paths = sorted(self.path.glob("chunk-*.safetensors")) if self.path.is_dir() else [self.path]
        if not paths or not self.path.exists():
            raise TraceError(
                f"{self.path}: no trace there; give a .safetensors or .npz file or a chunk folder"
            )
        self._files = [open_file(path) for path in paths]
        self._names: dict[tuple[StreamKey, int], dict[str, tuple[str, tuple[int, ...]]]] = {}
        for number, file in enumerate(self._files):
            for name, shape in file.shapes().items():
                match = _NAME.fullmatch(name)
                if match is None or match[3] not in FIELDS:
                    raise TraceError(
                        f"{file.path}: tensor {name!r} is not part of a trace;"
                        f" fields are {', '.join(FIELDS)}"
                    )
                key = StreamKey(int(match[1] or 0), int(match[2] or 0))
                self._names.setdefault((key, number), {})[match[3]] = (name, shape)
        infos = {f.metadata for f in self._files}
        if len(infos) > 1 or (infos == {None} and top_k is None):
            raise TraceError(
                f"{self.path}: every file needs the same metadata under {METADATA_KEY!r}; where "
                "there are none, say with --top-k how many blocks are selected"
            )
        stated = infos.pop()
        if stated is not None:
            info = TraceInfo.from_json(stated, str(self.path))
            self.info = info if top_k is None else msgspec.structs.replace(info, top_k=top_k)
        else:
            self.info = TraceInfo(top_k=cast("int", top_k))
        for (key, number), held in self._names.items():
            if "queries" not in held or not held["queries"][1]:
                raise TraceError(
                    f"{paths[number]}: layer {key.layer}, sequence {key.sequence} has no 'queries'"
                )
        for key in self.streams:
            shapes = [held["queries"][1] for (k, _), held in self._names.items() if k == key]
            if not sum(shape[0] for shape in shapes) or any(0 in shape[1:] for shape in shapes):
                raise TraceError(
                    f"{self.path}: layer {key.layer}, sequence {key.sequence} has no step: its "
                    f"queries have shape {list(shapes[0])}"
                )

    @property
    def streams(self) -> tuple[StreamKey, ...]:
        """The streams, by layer and sequence."""
        return tuple(sorted({key for key, _ in self._names}))

    def fingerprint(self) -> str:
        """Return what identifies this trace to a resumed audit: names and sizes of its files."""
        return ";".join(f"{f.path.name}:{f.path.stat().st_size}" for f in self._files)

    def plan(self, key: StreamKey, chunk_bytes: int, copies: int = 1) -> list[Span]:
        """Split a stream into spans; ``copies`` of the scores of one fill ``chunk_bytes``."""
        numbers = [n for k, n in self._names if k == key]
        spans: list[Span] = []
        first = 0
        for place, number in enumerate(numbers):
            held = self._names[key, number]
            length = held["queries"][1][0]
            row = int(np.prod(held["scores"][1][1:])) * 4 if "scores" in held else 0
            if "keys" in held:
                row = max(row, int(np.prod(held["keys"][1][:-1])) * 8)
            row = max(row, int(np.prod(held["queries"][1][1:])) * 8)
            stride = max(1, chunk_bytes // max(1, row * copies))
            for start in range(0, length, stride):
                stop = min(length, start + stride)
                follows = (number, stop) if stop < length else None
                if follows is None and place + 1 < len(numbers):
                    follows = (numbers[place + 1], 0)
                spans.append(Span(key, number, start, stop, first + start, follows))
            first += length
        return spans

    def read(self, span: Span, device: torch.device | str = "cpu") -> Chunk:
        """Read a span and the step after it, so that its last movement is known."""
        chunk = self._read(span.key, span.file, span.start, span.stop, span.first_step)
        if span.follows is not None:
            file, row = span.follows
            chunk = _joined(chunk, self._read(span.key, file, row, row + 1, span.first_step))
        moved: dict[str, Any] = {name: _to(getattr(chunk, name), device) for name in FIELDS}
        return Chunk(span.key, span.first_step, **moved)

    def _read(self, key: StreamKey, number: int, start: int, stop: int, first_step: int) -> Chunk:
        """Read rows of one file, head axes put in."""
        held = self._names[key, number]
        file = self._files[number]
        values: dict[str, Any] = {}
        for field, (name, shape) in held.items():
            per_step = FIELDS[field].stored(len(shape)).startswith("T")
            if per_step and shape[:1] != held["queries"][1][:1]:
                raise TraceError(
                    f"{file.path}: {name} has {shape[0] if shape else 0} rows"
                    f" for {held['queries'][1][0]} queries"
                )
            tensor = file.read(name, start, stop) if per_step else file.read(name)
            narrow = tensor.dtype.itemsize == 1 and tensor.dtype.is_floating_point
            if narrow or tensor.is_complex():
                dtype = str(tensor.dtype).removeprefix("torch.")
                why = ", and a trace does not say what scales it" if narrow else ""
                raise TraceError(
                    f"{file.path}: {name} has dtype {dtype}{why}; store float16 or wider"
                )
            values[field] = FIELDS[field].whole(tensor)
        chunk = Chunk(key, first_step, **values)
        _refuse_shapes(chunk)
        return chunk


def _refuse_shapes(chunk: Chunk) -> None:
    """Refuse queries and keys that have no products.

    Raises:
        TraceError: another number of axes, another width, or other heads.
    """
    for name, tensor in (("queries", chunk.queries), ("keys", chunk.keys)):
        if tensor is not None and tensor.ndim != 3:
            raise TraceError(
                f"{chunk.where}: {name} have shape {tuple(tensor.shape)}; "
                f"{'[steps, heads, n]' if name == 'queries' else '[heads, blocks, n]'} fits"
            )
    if chunk.keys is None:
        return
    (_, heads, width), (others, _, length) = chunk.queries.shape, chunk.keys.shape
    if width != length:
        raise TraceError(
            f"{chunk.where}: keys of width {length}, queries of width {width}; they need the same"
        )
    if heads != others and 1 not in (heads, others):
        raise TraceError(
            f"{chunk.where}: queries have {heads} heads and keys {others}; record both of one "
            "indexer"
        )


def _to(tensor: Tensor | None, device: torch.device | str) -> Tensor | None:
    return None if tensor is None else tensor.to(device)


def _joined(chunk: Chunk, after: Chunk) -> Chunk:
    """Append the one row of ``after``; a block that one side lacks is not eligible there."""
    values: dict[str, Any] = {"keys": after.keys, "pairwise": chunk.pairwise}
    widest = max(_blocks(chunk), _blocks(after))
    for field in STEP_FIELDS:
        mine: Tensor | None = getattr(chunk, field)
        other: Tensor | None = getattr(after, field)
        if mine is None or other is None:
            if (mine is None) != (other is None) and field != "constants":
                raise TraceError(f"{chunk.where}: {field} is in one chunk file and not in the next")
            values[field] = mine
            continue
        if FIELDS[field].fill is not None:
            mine, other = padded(field, mine, widest), padded(field, other, widest)
        values[field] = mine
        if field == "constants" and mine.shape[0] == 1 == other.shape[0] and chunk.steps > 1:
            continue  # the last row needs no radius, so the earlier constants serve
        if (
            field in ("mask", "forced")
            and mine.shape[0] == 1 != chunk.steps
            and bool(torch.equal(mine, other))
        ):
            continue
        if mine.shape[0] == 1 != chunk.steps:
            mine = mine.expand(chunk.steps, -1, -1)
        values[field] = torch.cat([mine, other])
    if chunk.keys is not None and after.keys is None:
        values["keys"] = chunk.keys
    if values["pairwise"] is not None and values["pairwise"].shape[-1] < widest:
        short = widest - values["pairwise"].shape[-1]
        # No lock of this chunk speaks of a block that is not yet there.
        values["pairwise"] = torch.nn.functional.pad(values["pairwise"], (0, short, 0, short))
    return Chunk(chunk.key, chunk.first_step, **values)


def _blocks(chunk: Chunk) -> int:
    """Return the number of blocks B."""
    return (
        chunk.scores.shape[-1]
        if chunk.scores is not None
        else 0
        if chunk.keys is None
        else chunk.keys.shape[-2]
    )


def padded(field: str, tensor: Tensor, blocks: int) -> Tensor:
    """Widen the block axis: −inf scores, ineligible, not forced, constant and mass 0."""
    short = blocks - tensor.shape[-1]
    if short == 0:
        return tensor
    return torch.nn.functional.pad(tensor, (0, short), value=FIELDS[field].fill)


def only_layer(trace: Path) -> int:
    """The layer that is meant where none is named: the only one, else 0.

    Raises:
        TraceError: no trace, or several layers without a layer 0.
    """
    layers = {key.layer for key in TraceReader(trace, 1).streams}
    if len(layers) > 1 and 0 not in layers:
        raise TraceError(f"{trace}: say with --layer which; layers there: {ranges(layers)}")
    return min(layers)
