"""A checkpoint on disk: one safetensors file, or a Hugging Face folder, sharded or not.

Nothing is loaded but headers. The folder is untrusted input: shard names must be plain file names,
sizes are bounded, ranges are checked.
"""

from __future__ import annotations

import difflib
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, final

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.companions import ALIASES, is_companion
from lipbridge.language.checkpoint.folder import (
    CONFIG,
    INDEX,
    MODELOPT,
    indexed_files,
    read_folder_json,
    stated_quantization,
)
from lipbridge.language.checkpoint.quantization import find_scaling
from lipbridge.language.checkpoint.quantized import Scaling
from lipbridge.language.checkpoint.safetensors_header import (
    StoredTensor,
    read_header,
    same_values,
)

_MEND = "mend the index, or move the file that is not meant to another folder"


@dataclass(frozen=True)
class TensorLocation:
    """A matrix or vector of a checkpoint, or a range of its rows; nothing is read yet.

    Args:
        stored: where its bytes lie.
        name: the name under which it was asked for.
        shape: the shape of its values.
        rows: first row and one past the last; None means all.
        scaling: how a quantised tensor is scaled, or None.
    """

    stored: StoredTensor
    name: str
    shape: tuple[int, ...]
    rows: tuple[int, int] | None = None
    scaling: Scaling | None = None

    @property
    def file(self) -> Path:
        """The safetensors file that holds it."""
        return self.stored.file

    @property
    def selected_shape(self) -> tuple[int, ...]:
        """Shape of what the reference denotes, the row range applied."""
        if self.rows is None:
            return self.shape
        return (self.rows[1] - self.rows[0], *self.shape[1:])

    @property
    def label(self) -> str:
        """Name for people: ``….weight`` or ``….weight[128:256]``."""
        return self.name if self.rows is None else f"{self.name}[{self.rows[0]}:{self.rows[1]}]"

    def select(self, start: int, stop: int) -> TensorLocation:
        """Refer to rows ``start`` to ``stop - 1`` of the stored tensor alone.

        Raises:
            WeightsError: they do not lie in it.
        """
        if not self.shape or not 0 <= start < stop <= self.shape[0]:
            size = self.shape[0] if self.shape else 0
            raise WeightsError(
                f"{self.file}: tensor {self.name!r} has {size} rows; rows {start}:{stop} do not "
                "lie in it"
            )
        return replace(self, rows=(start, stop))


@final
class Checkpoint:
    """The tensors of a checkpoint by name, and its ``config.json``.

    Args:
        path: the file or folder that was opened.
        files: the safetensors file of every tensor.
        config: the parsed ``config.json``, or None where there is none.
        quantization: how its tensors are quantised, or None where nothing says so.
        beside: the file of every tensor of the whole checkpoint, where one shard was opened: its
            scales may lie in another shard.
    """

    def __init__(
        self,
        path: Path,
        files: Mapping[str, Path],
        config: Mapping[str, Any] | None,
        quantization: Mapping[str, Any] | None = None,
        beside: Mapping[str, Path] | None = None,
    ) -> None:
        self.path = path
        self.config = config
        self._quantization = quantization
        self._files = MappingProxyType(dict(files))
        self._everywhere = MappingProxyType({**files, **(beside or {})})
        self._headers: dict[Path, dict[str, StoredTensor]] = {}
        self._packed = {
            _plain(name): name
            for name in files
            if _plain(name) != name and _plain(name) not in files
        }

    @property
    def files(self) -> tuple[Path, ...]:
        """The safetensors files that its tensors lie in."""
        return tuple(sorted(set(self._everywhere.values())))

    @property
    def descriptions(self) -> tuple[Path, ...]:
        """The files beside its tensors that say what these are, as they are read."""
        folder = self.path if self.path.is_dir() else self.path.parent
        paths = (folder / name for name in (CONFIG, MODELOPT, INDEX))
        return tuple(path for path in paths if path.is_file())

    @property
    def names(self) -> tuple[str, ...]:
        """Every tensor's name, sorted; a packed weight goes by the name ``….weight``."""
        return tuple(sorted({*self._files, *self._packed}))

    @property
    def weight_names(self) -> tuple[str, ...]:
        """As :attr:`names`, without what only says how another tensor is scaled."""
        packed = set(self._packed.values())
        return tuple(n for n in self.names if n not in packed and not is_companion(n, self._files))

    def __contains__(self, name: str) -> bool:
        return name in self._files or name in self._packed

    def stored(self, name: str) -> StoredTensor:
        """Find a tensor; reads its file's header once.

        Raises:
            WeightsError: no such tensor in the index, or in the shard that the index names; or
                another file of the folder has other values for it.
        """
        name = self._packed.get(name, name)
        file = self._everywhere.get(name)
        if file is not None and file != self._files.get(name, file):
            raise WeightsError(
                f"{self.path}: holds a tensor {name!r}, but the index beside it names "
                f"{file.name} for it; {_MEND}"
            )
        others = self._unlisted.get(name, ())
        if file is None and others:
            raise WeightsError(
                f"{self.path}: holds a tensor {name!r} in {others[0].name}, but the index leaves "
                f"it out; {_MEND}"
            )
        if file is None:
            known = self.weight_names
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
            hint = f"nearest: {', '.join(near)}"
            if not near:
                first = ", ".join(known[:6]) + ", …" * (len(known) > 6)
                hint = f"it holds {len(known)} tensors, none like it: {first}"
            raise WeightsError(f"{self.path}: no tensor {name!r}; {hint}")
        stored = self._header(file).get(name)
        if stored is None:
            raise WeightsError(
                f"{self.path}: the index puts tensor {name!r} in {file.name}, where it is not"
            )
        for other in others:
            if not same_values(stored, self._header(other)[name]):
                raise WeightsError(
                    f"{self.path}: holds a tensor {name!r} with other values in {other.name} than "
                    f"in {file.name}, which the index names for it; {_MEND}"
                )
        return stored

    def tensor(self, name: str, shape: tuple[int, ...] | None = None) -> TensorLocation:
        """Refer to a tensor, with the scales that belong to it.

        Args:
            name: the tensor's name.
            shape: the shape it must have, or None.

        Raises:
            WeightsError: missing, misshapen, or quantised in a way that is not understood.
        """
        stored = self.stored(name)
        scaling = find_scaling(stored, name, self._all_names, self._find, self._quantization)
        actual = stored.shape
        if scaling is not None and scaling.packed:
            actual = (*actual[:-1], 2 * actual[-1])
        if shape is not None and actual != shape:
            raise WeightsError(
                f"{stored.file}: tensor {name!r} has shape {list(actual)}, "
                f"but {list(shape)} was expected"
            )
        return TensorLocation(stored, name, actual, scaling=scaling)

    @cached_property
    def _all_names(self) -> tuple[str, ...]:
        return tuple(sorted({*self._everywhere, *self._unlisted}))

    def _find(self, name: str) -> StoredTensor | None:
        return self.stored(name) if name in self._everywhere or name in self._unlisted else None

    def _header(self, file: Path) -> dict[str, StoredTensor]:
        if file not in self._headers:
            self._headers[file] = read_header(file)
        return self._headers[file]

    @cached_property
    def _unlisted(self) -> Mapping[str, Sequence[Path]]:
        """Files of the folder that hold a tensor, and are not named for it by the index."""
        found: dict[str, list[Path]] = {}
        for file in sorted(self.path.glob("*.safetensors")) if self.path.is_dir() else ():
            with suppress(WeightsError):  # a damaged file is refused where it is asked for
                for name in self._header(file):
                    if self._files.get(name) != file:
                        found.setdefault(name, []).append(file)
        return found


def untransposed(name: str, held: Container[str]) -> str:
    """The name that a tensor is held under: ``X`` for ``X.T``, its transposed, unless both are."""
    plain = name.removesuffix(".T")
    return plain if name not in held and plain in held else name


def _plain(name: str) -> str:
    head, dot, last = name.rpartition(".")
    return head + dot + ALIASES.get(last, last)


def open_checkpoint(path: Path | str) -> Checkpoint:
    """Open a safetensors file or a Hugging Face folder.

    A folder is read through ``model.safetensors.index.json`` when it has one, else it must hold
    exactly one safetensors file. ``config.json`` beside the weights is read when it is there; so is
    the index beside a single file that it names.

    Raises:
        WeightsError: nothing usable there, or an index that points outside the folder.
    """
    path = Path(path)
    folder = path if path.is_dir() else path.parent
    config = read_folder_json(folder / CONFIG)
    quantization = stated_quantization(folder)
    if path.is_file():
        files = dict.fromkeys(read_header(path), path)
        beside = indexed_files(folder, complete=False) if (folder / INDEX).is_file() else {}
        # An index that does not name the file is about another checkpoint.
        beside = beside if any(file.name == path.name for file in beside.values()) else {}
        return Checkpoint(path, files, config, quantization, beside)
    if not path.is_dir():
        raise WeightsError(f"{path}: no such file or folder")
    if (path / INDEX).is_file():
        return Checkpoint(path, indexed_files(path), config, quantization)
    found = sorted(path.glob("*.safetensors"))
    if len(found) != 1:
        for other in path.glob("*.gguf") if not found else ():
            read_header(other)
        raise WeightsError(
            f"{path}: {len(found)} safetensors files and no {INDEX}; one of either was expected"
        )
    files = dict.fromkeys(read_header(found[0]), found[0])
    return Checkpoint(path, files, config, quantization)
