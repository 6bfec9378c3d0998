"""Files of tensors, one kind or the other; none is read whole where its format allows slices."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from lipbridge.audit.trace.records import METADATA_KEY
from lipbridge.errors import TraceError
from lipbridge.files import refusing


class TensorFile(Protocol):
    """One file of tensors, and the metadata of its trace."""

    path: Path
    metadata: str | None

    def shapes(self) -> dict[str, tuple[int, ...]]: ...

    def read(self, name: str, start: int | None = None, stop: int | None = None) -> Tensor: ...


class _Safetensors:
    """A safetensors file, read slice by slice from the mapped file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with refusing(f"{path}: not a readable safetensors file", TraceError, SafetensorError):
            self._file: Any = safe_open(path, framework="pt")
        self.metadata: str | None = (self._file.metadata() or {}).get(METADATA_KEY)

    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: tuple(self._file.get_slice(name).get_shape()) for name in self._file.keys()}  # noqa: SIM118

    def read(self, name: str, start: int | None = None, stop: int | None = None) -> Tensor:
        with refusing(
            f"{self.path}: {name} cannot be read", TraceError, SafetensorError, TypeError
        ):
            if start is None:
                return self._file.get_tensor(name)
            return self._file.get_slice(name)[start:stop]


class _Npz:
    """An npz file; each array is read whole, when first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        unreadable = f"{path}: not a readable npz file"
        with (
            refusing(unreadable, TraceError, ValueError, TypeError, zipfile.BadZipFile),
            path.open("rb") as file,
            np.load(file, allow_pickle=False) as loaded,
        ):
            self._arrays: dict[str, np.ndarray[Any, Any]] = {
                name: loaded[name] for name in loaded.files
            }
            if len(self._arrays) < len(loaded.files):
                raise TraceError(f"{path}: a name stands twice in the archive")
        raw = self._arrays.pop(METADATA_KEY, None)
        self.metadata = (
            None if raw is None else raw.astype(np.uint8).tobytes().decode(errors="replace")
        )

    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: array.shape for name, array in self._arrays.items()}

    def read(self, name: str, start: int | None = None, stop: int | None = None) -> Tensor:
        array = self._arrays[name]
        try:
            return torch.from_numpy(array[start:stop] if array.ndim else array)
        except TypeError as error:
            raise TraceError(
                f"{self.path}: {name} has dtype {self._arrays[name].dtype}; store numbers"
            ) from error


def chunk_name(number: int) -> str:
    """The file of a chunk in a trace's folder; chunks are counted from 0."""
    return f"chunk-{number:06d}.safetensors"


def chunk_files(folder: Path) -> list[Path]:
    """The chunk files of a folder in order.

    Raises:
        TraceError: one is missing, or named in another way, so that their order is a guess.
    """
    found = sorted(folder.glob("chunk-*.safetensors"), key=lambda x: (len(x.name), x.name))
    for number, path in enumerate(found):
        if path.name != chunk_name(number):
            raise TraceError(
                f"{folder}: {path.name} stands where {chunk_name(number)} is expected; a chunk is "
                "missing, or they are not counted from 0"
            )
    return found


def open_file(path: Path) -> TensorFile:
    """Open a file by its name.

    Raises:
        TraceError: it is not readable.
    """
    return _Npz(path) if path.suffix == ".npz" else _Safetensors(path)
