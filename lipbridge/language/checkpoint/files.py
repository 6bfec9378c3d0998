"""A checkpoint on disk: one safetensors file, or a Hugging Face folder, sharded or not.

Nothing is loaded but headers, and those only of the shards that are asked for. The folder is
untrusted input: shard names must be plain file names, sizes are bounded, ranges are checked.
"""

from __future__ import annotations

import difflib
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, final

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.companions import ALIASES, is_companion
from lipbridge.language.checkpoint.quantization import find_scaling
from lipbridge.language.checkpoint.quantized import Scaling
from lipbridge.language.checkpoint.safetensors_header import StoredTensor, read_header, read_json

_INDEX = "model.safetensors.index.json"
_CONFIG = "config.json"
_MODELOPT = "hf_quant_config.json"
_MAX_INDEX = 256 << 20
_MAX_CONFIG = 16 << 20
_MAX_SHARDS = 10_000


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
        paths = (folder / name for name in (_CONFIG, _MODELOPT, _INDEX))
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
            WeightsError: no such tensor in the index, or in the shard that the index names.
        """
        name = self._packed.get(name, name)
        file = self._everywhere.get(name)
        if file is not None and file != self._files.get(name, file):
            raise WeightsError(
                f"{self.path}: holds a tensor {name!r}, but the index beside it names "
                f"{file.name} for it; give the folder"
            )
        if file is None:
            known = self.weight_names
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
            hint = f"nearest: {', '.join(near)}"
            if not near:
                first = ", ".join(known[:6]) + ", …" * (len(known) > 6)
                hint = f"it holds {len(known)} tensors, none like it: {first}"
            raise WeightsError(f"{self.path}: no tensor {name!r}; {hint}")
        if file not in self._headers:
            self._headers[file] = read_header(file)
        stored = self._headers[file].get(name)
        if stored is None:
            raise WeightsError(
                f"{self.path}: the index puts tensor {name!r} in {file.name}, where it is not"
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
        return tuple(sorted(self._everywhere))

    def _find(self, name: str) -> StoredTensor | None:
        return self.stored(name) if name in self._everywhere else None


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
    config = _json(folder / _CONFIG)
    quantization = stated_quantization(folder)
    if path.is_file():
        files = dict.fromkeys(read_header(path), path)
        beside = _sharded(folder, complete=False) if (folder / _INDEX).is_file() else {}
        # An index that does not name the file is about another checkpoint.
        beside = beside if any(file.name == path.name for file in beside.values()) else {}
        return Checkpoint(path, files, config, quantization, beside)
    if not path.is_dir():
        raise WeightsError(f"{path}: no such file or folder")
    if (path / _INDEX).is_file():
        return Checkpoint(path, _sharded(path), config, quantization)
    found = sorted(path.glob("*.safetensors"))
    if len(found) != 1:
        for other in path.glob("*.gguf") if not found else ():
            read_header(other)
        raise WeightsError(
            f"{path}: {len(found)} safetensors files and no {_INDEX}; one of either was expected"
        )
    files = dict.fromkeys(read_header(found[0]), found[0])
    return Checkpoint(path, files, config, quantization)


def stated_quantization(folder: Path) -> Mapping[str, Any] | None:
    """``quantization_config`` of the model or of its text part; ModelOpt's own file else.

    Raises:
        WeightsError: it is no object, or stated twice and not the same.
    """
    config = _json(folder / _CONFIG) or {}
    stated = [
        (f"{where}{key}", part[key])
        for where, part in (("", config), ("text_config.", config.get("text_config")))
        if isinstance(part, dict)
        for key in ("quantization_config", "compression_config")
        if part.get(key) is not None
    ]
    if not stated:
        own = (_json(folder / _MODELOPT) or {}).get("quantization")
        stated = [] if own is None else [(f"{_MODELOPT}: quantization", own)]
    for key, value in stated:
        if not isinstance(value, dict):
            raise WeightsError(f"{folder}: {key} must be an object, not {value!r}")
        if value != stated[0][1]:
            raise WeightsError(f"{folder}: {key} and {stated[0][0]} contradict each other")
    if not stated:
        return None
    found = cast("dict[str, Any]", stated[0][1])
    return {"quant_method": "modelopt", **found} if "quant_algo" in found else found


def _json(file: Path) -> dict[str, Any] | None:
    return read_json(file, limit=_MAX_CONFIG) if file.is_file() else None


def _sharded(folder: Path, *, complete: bool = True) -> dict[str, Path]:
    index = folder / _INDEX
    weight_map = read_json(index, limit=_MAX_INDEX).get("weight_map")
    if not isinstance(weight_map, dict):
        raise WeightsError(f"{index}: no object weight_map")
    entries = cast("dict[str, object]", weight_map)
    shards: dict[str, Path] = {}
    for name, shard in entries.items():
        if not isinstance(shard, str) or not _is_plain(shard):
            raise WeightsError(
                f"{index}: tensor {name!r} lies in {shard!r}, which is not the plain name of a "
                "safetensors file in the same folder"
            )
        if shard not in shards:
            shards[shard] = folder / shard
            if len(shards) > _MAX_SHARDS:
                raise WeightsError(f"{index}: more than {_MAX_SHARDS} shards")
            if complete and not shards[shard].is_file():
                raise WeightsError(f"{index}: shard {shard!r} (tensor {name!r}) is missing")
    return {name: shards[cast("str", shard)] for name, shard in entries.items()}


def _is_plain(name: str) -> bool:
    unsafe = any(character in name for character in "/\\:\0")
    return name.endswith(".safetensors") and not unsafe and not name.startswith(".")
