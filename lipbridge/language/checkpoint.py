"""A checkpoint on disk: one safetensors file, or a Hugging Face folder, sharded or not.

Nothing is loaded but headers, and those only of the shards that are asked for. The folder is
untrusted input: shard names must be plain file names, sizes are bounded, ranges are checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, final

from lipbridge.errors import WeightsError
from lipbridge.language.safetensors_header import FLOAT_DTYPES, StoredTensor, read_header, read_json

__all__ = ["Checkpoint", "TensorLocation", "open_checkpoint"]

_INDEX = "model.safetensors.index.json"
_MAX_INDEX = 256 << 20
_MAX_CONFIG = 16 << 20
_MAX_SHARDS = 10_000


@dataclass(frozen=True)
class TensorLocation:
    """A matrix or vector of a checkpoint, or a range of its rows; nothing is read yet.

    Args:
        file: the safetensors file that holds it.
        name: the tensor's name.
        dtype: safetensors dtype name.
        shape: the stored tensor's shape.
        rows: first row and one past the last; None means all.
        scale: the block scales ``weight_scale_inv`` of an fp8 tensor, or None.
        block: rows and columns that share one scale.
    """

    file: Path
    name: str
    dtype: str
    shape: tuple[int, ...]
    rows: tuple[int, int] | None = None
    scale: TensorLocation | None = None
    block: tuple[int, int] = (128, 128)

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
        """Refer to rows ``start`` to ``stop - 1`` of the stored tensor alone."""
        assert 0 <= start < stop <= self.shape[0], "row range outside the tensor"
        return replace(self, rows=(start, stop))


@final
class Checkpoint:
    """The tensors of a checkpoint by name, and its ``config.json``.

    Args:
        path: the file or folder that was opened.
        files: the safetensors file of every tensor.
        config: the parsed ``config.json``, or None where there is none.
    """

    def __init__(
        self, path: Path, files: Mapping[str, Path], config: Mapping[str, Any] | None
    ) -> None:
        self.path = path
        self.config = config
        self._files = MappingProxyType(dict(files))
        self._headers: dict[Path, dict[str, StoredTensor]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every tensor's name, sorted."""
        return tuple(sorted(self._files))

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def stored(self, name: str) -> StoredTensor:
        """Find a tensor; reads its file's header once.

        Raises:
            WeightsError: no such tensor in the index, or in the shard that the index names.
        """
        file = self._files.get(name)
        if file is None:
            raise WeightsError(f"{self.path}: no tensor {name!r}")
        if file not in self._headers:
            self._headers[file] = read_header(file)[0]
        stored = self._headers[file].get(name)
        if stored is None:
            raise WeightsError(
                f"{self.path}: the index puts tensor {name!r} in {file.name}, where it is not"
            )
        return stored

    def tensor(self, name: str, shape: tuple[int, ...] | None = None) -> TensorLocation:
        """Refer to a floating-point tensor, with the block scales that belong to it.

        Args:
            name: the tensor's name.
            shape: the shape it must have, or None.

        Raises:
            WeightsError: missing, misshapen, not floating point, or fp8 scales that do not fit.
        """
        stored = self.stored(name)
        if shape is not None and stored.shape != shape:
            raise WeightsError(
                f"{stored.file}: tensor {name!r} has shape {list(stored.shape)}, "
                f"but {list(shape)} was expected"
            )
        if stored.dtype not in FLOAT_DTYPES:
            raise WeightsError(
                f"{stored.file}: tensor {name!r} has dtype {stored.dtype}; "
                f"one of {', '.join(sorted(FLOAT_DTYPES))} was expected"
            )
        ref = TensorLocation(stored.file, name, stored.dtype, stored.shape)
        scale_name = f"{name}_scale_inv"
        return self._scaled(ref, scale_name) if scale_name in self else ref

    def _scaled(self, ref: TensorLocation, scale_name: str) -> TensorLocation:
        block = self._block_size()
        scale = self.stored(scale_name)
        if len(ref.shape) != 2 or ref.dtype not in {"F8_E4M3", "F8_E5M2"}:
            raise WeightsError(
                f"{ref.file}: tensor {ref.name!r} has block scales {scale_name!r}, "
                f"but is {ref.dtype} of shape {list(ref.shape)}, not an fp8 matrix"
            )
        expected = tuple(-(-size // step) for size, step in zip(ref.shape, block, strict=True))
        if scale.shape != expected or scale.dtype not in {"F32", "BF16", "F16", "F8_E8M0"}:
            raise WeightsError(
                f"{scale.file}: block scales {scale_name!r} are {scale.dtype} of shape "
                f"{list(scale.shape)}; {list(expected)} was expected for blocks {list(block)}"
            )
        inner = TensorLocation(scale.file, scale_name, scale.dtype, scale.shape)
        return replace(ref, scale=inner, block=block)

    def _block_size(self) -> tuple[int, int]:
        quantization = (self.config or {}).get("quantization_config")
        if not isinstance(quantization, dict):
            return (128, 128)
        sizes = cast("dict[str, object]", quantization).get("weight_block_size", [128, 128])
        if isinstance(sizes, list):
            items = cast("list[object]", sizes)
            numbers = [item for item in items if isinstance(item, int) and 0 < item <= 1 << 20]
            if len(items) == len(numbers) == 2:
                return (numbers[0], numbers[1])
        raise WeightsError(
            f"{self.path}: config.json: weight_block_size must be two positive integers"
        )


def open_checkpoint(path: Path | str) -> Checkpoint:
    """Open a safetensors file or a Hugging Face folder.

    A folder is read through ``model.safetensors.index.json`` when it has one, else it must hold
    exactly one safetensors file. ``config.json`` beside the weights is read when it is there.

    Raises:
        WeightsError: nothing usable there, or an index that points outside the folder.
    """
    path = Path(path)
    if path.is_file():
        files = dict.fromkeys(read_header(path)[0], path)
        return Checkpoint(path, files, _config(path.parent))
    if not path.is_dir():
        raise WeightsError(f"{path}: no such file or folder")
    if (path / _INDEX).is_file():
        return Checkpoint(path, _sharded(path), _config(path))
    found = sorted(path.glob("*.safetensors"))
    if len(found) != 1:
        raise WeightsError(
            f"{path}: {len(found)} safetensors files and no {_INDEX}; one of either was expected"
        )
    return Checkpoint(path, dict.fromkeys(read_header(found[0])[0], found[0]), _config(path))


def _config(folder: Path) -> dict[str, Any] | None:
    file = folder / "config.json"
    return read_json(file, limit=_MAX_CONFIG) if file.is_file() else None


def _sharded(folder: Path) -> dict[str, Path]:
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
            if not shards[shard].is_file():
                raise WeightsError(f"{index}: shard {shard!r} (tensor {name!r}) is missing")
    return {name: shards[cast("str", shard)] for name, shard in entries.items()}


def _is_plain(name: str) -> bool:
    unsafe = any(character in name for character in "/\\:\0")
    return name.endswith(".safetensors") and not unsafe and not name.startswith(".")
