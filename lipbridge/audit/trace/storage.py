"""Reading traces; a file is never read whole where its format allows slices."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np
import torch
from torch import Tensor

from lipbridge.audit.trace.files import chunk_files, open_file
from lipbridge.audit.trace.records import (
    FIELDS,
    METADATA_KEY,
    STEP_FIELDS,
    Chunk,
    StreamKey,
    TraceInfo,
)
from lipbridge.cache import file_sha256
from lipbridge.errors import TraceError
from lipbridge.language.layer_range import ranges
from lipbridge.language.place import Place

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
        paths = chunk_files(self.path) if self.path.is_dir() else [self.path]
        if not paths or not self.path.exists():
            raise TraceError(
                f"{self.path}: no trace there; give a .safetensors or .npz file or a chunk folder"
            )
        self._files = [open_file(path) for path in paths]
        self._names: dict[tuple[StreamKey, int], dict[str, tuple[str, tuple[int, ...]]]] = {}
        self._whole: dict[StreamKey, list[Span]] = {}
        for number, file in enumerate(self._files):
            for name, shape in file.shapes().items():
                match = _NAME.fullmatch(name)
                if match is None or match[3] not in FIELDS:
                    raise TraceError(
                        f"{file.path}: tensor {name!r} is not part of a trace;"
                        f" fields are {', '.join(FIELDS)}"
                    )
                key = StreamKey(int(match[1] or 0), int(match[2] or 0))
                held = self._names.setdefault((key, number), {})
                if match[3] in held:
                    raise TraceError(
                        f"{file.path}: {held[match[3]][0]!r} and {name!r} are both the {match[3]} "
                        f"of layer {key.layer}, sequence {key.sequence}; keep one"
                    )
                held[match[3]] = (name, shape)
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
        """Return what identifies this trace to a resumed audit: names and contents of its files."""
        return ";".join(f"{f.path.name}:{file_sha256(f.path)}" for f in self._files)

    def file_of(self, place: Place) -> str:
        """Return the name of the file of a step, where a trace has several; else nothing."""
        if len(self._files) == 1:
            return ""
        spans = self.whole_files(StreamKey(place.layer, place.sequence))
        at = bisect_right(spans, place.step, key=lambda span: span.first_step) - 1
        return self._files[spans[at].file].path.name

    def whole_files(self, key: StreamKey) -> list[Span]:
        """Return one span for each file that holds steps of a stream; planned once."""
        if key not in self._whole:
            self._whole[key] = self.plan(key, 1 << 60)
        return self._whole[key]

    def plan(self, key: StreamKey, chunk_bytes: int, copies: int = 1) -> list[Span]:
        """Split a stream into spans; ``copies`` of the scores of one fill ``chunk_bytes``."""
        # A file without a step of the stream stands between no two of them.
        numbers = [n for (k, n), held in self._names.items() if k == key and held["queries"][1][0]]
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
        """Read a span, and the step after it where the same file holds it."""
        same = span.follows is not None and span.follows[0] == span.file
        return self._read(
            span.key, span.file, span.start, span.stop + same, span.first_step, device
        )

    def read_next(self, span: Span, device: torch.device | str = "cpu") -> Chunk | None:
        """Read the step after a span where another file holds it, with the fields of that file.

        Raises:
            TraceError: one of the two files holds a field of steps that the other lacks.
        """
        if span.follows is None or span.follows[0] == span.file:
            return None
        number, row = span.follows
        for field in sorted(
            self._names[span.key, span.file].keys() ^ self._names[span.key, number].keys()
        ):
            if field in STEP_FIELDS and field != "constants":
                raise TraceError(
                    f"{self._files[number].path}: layer {span.key.layer}, sequence "
                    f"{span.key.sequence}: {field} is in one chunk file and not in the next"
                )
        step = span.first_step + span.stop - span.start
        return self._read(span.key, number, row, row + 1, step, device)

    def _read(
        self,
        key: StreamKey,
        number: int,
        start: int,
        stop: int,
        first_step: int,
        device: torch.device | str,
    ) -> Chunk:
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
            values[field] = FIELDS[field].whole(tensor).to(device)
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


def joined(chunk: Chunk, after: Chunk) -> Chunk:
    """Append the one row of ``after``, the first of the next file; both with scores.

    A block that one side lacks is not eligible there. Keys and constants stay those of ``chunk``:
    they judge its own rows, and nothing is certified at the row appended.

    Raises:
        TraceError: fields of other heads, width or dtype.
    """
    assert chunk.scores is not None
    assert after.scores is not None
    widest = max(chunk.scores.shape[-1], after.scores.shape[-1])
    values: dict[str, Any] = {}
    for field in FIELDS:
        mine: Tensor | None = getattr(chunk, field)
        mine = None if mine is None else padded(field, mine, widest)
        values[field] = mine
        if mine is None or field not in STEP_FIELDS:
            continue
        other = mine[-1:] if field == "constants" else padded(field, getattr(after, field), widest)
        if mine.shape[1:] != other.shape[1:] or (
            field == "scores" and mine.dtype != other.dtype  # of which their rounding is derived
        ):
            raise TraceError(
                f"{after.where}: {field} of shape {tuple(other.shape[1:])} and {other.dtype}, in "
                f"the chunk file before of {tuple(mine.shape[1:])} and {mine.dtype}; record one "
                "indexer"
            )
        if mine.shape[0] == 1 != chunk.steps:
            if bool(torch.equal(mine, other)):
                continue
            mine = mine.expand(chunk.steps, *mine.shape[1:])
        values[field] = torch.cat([mine, other])
    return Chunk(chunk.key, chunk.first_step, **values)


def padded(field: str, tensor: Tensor, blocks: int) -> Tensor:
    """Widen the block axes: −inf scores, ineligible, not forced, constants, mass and keys 0."""
    axes = FIELDS[field].axes[-tensor.ndim :].rjust(tensor.ndim)
    short = [(blocks - n) * (axis == "B") for axis, n in zip(axes, tensor.shape, strict=True)]
    if not any(short):
        return tensor
    sides = [count for axis in reversed(short) for count in (0, axis)]
    return torch.nn.functional.pad(tensor, sides, value=FIELDS[field].fill)


def only_layer(trace: Path) -> int:
    """The layer that is meant where none is named: the only one, else 0.

    Raises:
        TraceError: no trace, or several layers without a layer 0.
    """
    layers = {key.layer for key in TraceReader(trace, 1).streams}
    if len(layers) > 1 and 0 not in layers:
        raise TraceError(f"{trace}: say with --layer which; layers there: {ranges(layers)}")
    return min(layers)
