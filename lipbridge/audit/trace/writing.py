"""Writing traces: whole ones to a file, growing ones to a folder of chunk files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import save_file
from torch import Tensor

from lipbridge.audit.trace.files import chunk_name
from lipbridge.audit.trace.records import FIELDS, METADATA_KEY, STEP_FIELDS, StreamKey, TraceInfo
from lipbridge.audit.trace.storage import padded
from lipbridge.errors import TraceError
from lipbridge.files import refusing, whole


def save_trace(
    path: str | Path, info: TraceInfo, streams: Mapping[StreamKey, Mapping[str, Tensor]]
) -> None:
    """Write a whole trace to one ``.safetensors`` or ``.npz`` file.

    Args:
        path: where to.
        info: the metadata.
        streams: the fields of each stream.

    Raises:
        TraceError: an unknown field, or a file that cannot be written.
    """
    target = Path(path)
    tensors: dict[str, Tensor] = {}
    for key, held in streams.items():
        for field, tensor in held.items():
            if field not in FIELDS:
                raise TraceError(
                    f"{target}: unknown field {field!r}; fields are {', '.join(FIELDS)}"
                )
            tensors[StreamKey(*key).prefix() + field] = tensor.detach().cpu().contiguous()
    with refusing(f"{target}: cannot be written", TraceError, SafetensorError):
        if target.suffix == ".npz":
            arrays: dict[str, Any] = {name: tensor.numpy() for name, tensor in tensors.items()}
            arrays[METADATA_KEY] = np.frombuffer(info.to_json().encode(), dtype=np.uint8)
            np.savez(target, **arrays)
        else:
            _save(tensors, target, info)


class TraceWriter:
    """Writes a trace as a folder of chunk files, holding at most ``max_bytes`` in memory.

    Args:
        folder: made where missing; it must not hold a trace already.
        info: the metadata.
        max_bytes: a chunk is written once this much is pending.

    Raises:
        TraceError: the folder holds a trace, or cannot be written.
    """

    def __init__(self, folder: str | Path, info: TraceInfo, max_bytes: int = 1 << 28) -> None:
        self.folder, self.info, self.max_bytes = Path(folder), info, max_bytes
        if self.folder.exists() and any(self.folder.glob("chunk-*.safetensors")):
            raise TraceError(
                f"{self.folder}: holds a trace already; choose another folder or remove it"
            )
        with refusing(f"{self.folder}: cannot be made", TraceError):
            self.folder.mkdir(parents=True, exist_ok=True)
        self._pending: dict[StreamKey, list[dict[str, Tensor]]] = {}
        self._static: dict[StreamKey, dict[str, Tensor]] = {}
        self._bytes = 0
        self._chunks = 0

    def append(self, key: StreamKey, **values: Tensor) -> None:
        """Add steps of a stream.

        ``keys`` and ``pairwise`` hold from here on: others than those before begin a new chunk. Of
        ``constants`` the largest of a chunk count.
        Rows of scores may grow wider from call to call (blocks are appended), never narrower
        within a chunk.
        """
        steps = {
            name: t for name, t in values.items() if name in STEP_FIELDS and name != "constants"
        }
        rest = {name: t for name, t in values.items() if name not in steps}
        unknown = [name for name in rest if name not in FIELDS]
        if unknown or "queries" not in steps:
            raise TraceError(
                f"{self.folder}: append needs 'queries' and known fields; got {', '.join(values)}"
            )
        held = self._static.setdefault(key, {})
        for name, tensor in rest.items():
            moved = tensor.detach().cpu()
            if self._pending.get(key):
                if name == "constants" and name in held:
                    # Constants bound every step of the chunk, so they can only grow within it.
                    moved = _larger(held[name], moved)
                elif name not in held or not torch.equal(held[name], moved):
                    self.flush()
            held[name] = moved
        row = {name: t.detach().cpu() for name, t in steps.items()}
        self._pending.setdefault(key, []).append(row)
        self._bytes += sum(t.numel() * t.element_size() for t in row.values())
        if self._bytes >= self.max_bytes:
            self.flush()

    def flush(self) -> None:
        """Write what is pending as one chunk file; nothing pending, nothing written."""
        tensors: dict[str, Tensor] = {}
        for key, rows in self._pending.items():
            for name in rows[0]:
                parts = [row[name] for row in rows]
                if FIELDS[name].fill is not None:
                    widest = max(p.shape[-1] for p in parts)
                    parts = [padded(name, p, widest) for p in parts]
                tensors[key.prefix() + name] = torch.cat(parts).contiguous()
            for name, tensor in self._static.get(key, {}).items():
                tensors[key.prefix() + name] = tensor.contiguous()
        if tensors:
            target = self.folder / chunk_name(self._chunks)
            with whole(target, TraceError, SafetensorError) as draft:
                _save(tensors, draft, self.info)
            self._chunks += 1
        self._pending.clear()
        self._bytes = 0

    def close(self) -> None:
        """Write what is still pending."""
        self.flush()

    def __enter__(self) -> TraceWriter:
        """Return the writer."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what is still pending."""
        self.flush()


def _save(tensors: Mapping[str, Tensor], path: Path, info: TraceInfo) -> None:
    """Write a safetensors file; what shares its memory with another tensor is copied."""
    apart, seen = dict[str, Tensor](), set[int]()
    for name, tensor in tensors.items():
        place = tensor.untyped_storage().data_ptr()
        apart[name] = tensor.clone() if place in seen else tensor
        seen.add(place)
    save_file(apart, path, metadata={METADATA_KEY: info.to_json()})


def _larger(first: Tensor, second: Tensor) -> Tensor:
    """Return the elementwise maximum, missing blocks counting as 0."""
    widest = max(first.shape[-1], second.shape[-1])
    return torch.maximum(padded("constants", first, widest), padded("constants", second, widest))
