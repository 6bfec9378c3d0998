"""Tensors out of weights files: safetensors, ``.pt``/``.bin`` state dicts, ``.npz``, folders.

Files are untrusted. safetensors is read lazily, so that memory stays near one tensor (or one slice
of rows); ``.pt`` goes through torch's restricted loader (``weights_only``), ``.npz`` through numpy
with pickles refused.
"""

from __future__ import annotations

import difflib
import pickle
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.companions import stated_beside
from lipbridge.language.checkpoint.files import Checkpoint, open_checkpoint, untransposed
from lipbridge.numeric.weights.dequantize import load
from lipbridge.numeric.weights.exact import as_tensor

_TORCH_SUFFIXES = frozenset({".pt", ".pth", ".bin", ".ckpt"})
# GGUF is refused where a header is read.
_ONE_FORMAT = frozenset({".safetensors", ".gguf"})
_SUFFIXES = "a folder, .safetensors, .pt, .pth, .bin, .ckpt or .npz"
# Keys under which training scripts keep the weights in a checkpoint that holds more.
_NESTED_KEYS = ("state_dict", "model_state_dict", "model")


def load_tensor(
    source: Checkpoint | Path | str, name: str, rows: tuple[int, int] | None = None
) -> torch.Tensor:
    """Read one tensor as stored, or a range of its rows.

    Args:
        source: a weights file, a Hugging Face folder, sharded or not, or an opened checkpoint.
        name: the tensor's name in it; ``X.T`` is the transposed of X in a file that has X alone.
        rows: first row and one past the last; None means all.

    Returns:
        The tensor on the CPU in its stored type. A quantised matrix comes as float64, scales
        multiplied in, which is exact.

    Raises:
        WeightsError: no such file or tensor (near names are given), a damaged file, rows out of
            range, or a quantised tensor that is not understood.
    """
    source = open_weights(source)
    if isinstance(source, Checkpoint):
        held = untransposed(name, source)
        location = source.tensor(held)
        if held != name:
            return part_of(load(location), held, name, rows, f"{source.path}: ")
        return load(location if rows is None else location.select(*rows))
    tensors = _from_torch(source) if source.suffix in _TORCH_SUFFIXES else _from_npz(source, name)
    held = untransposed(name, tensors)
    if held not in tensors:
        near = difflib.get_close_matches(name, tensors, n=3, cutoff=0.5)
        hint = f"it holds {len(tensors)} tensors, none like it"
        hint = f"nearest: {', '.join(near)}" if near else hint
        raise WeightsError(f"{source}: no tensor {name!r}; {hint}")
    # What scales a tensor of safetensors is looked up there, see `quantization`.
    for other in stated_beside(held, sorted(tensors), codes=False).values():
        raise WeightsError(
            f"{source}: tensor {held!r} comes with {other!r}, which is not understood here; "
            "quantised weights are read from safetensors"
        )
    tensor = as_tensor(tensors[held], held).detach()
    if tensor.dtype.itemsize == 1 and tensor.dtype != torch.bool:
        raise WeightsError(
            f"{source}: tensor {name!r} is {str(tensor.dtype).removeprefix('torch.')}, and what "
            "scales it is not known; quantised weights are read from safetensors"
        )
    return part_of(tensor, held, name, rows, f"{source}: ")


def part_of(
    tensor: torch.Tensor, held: str, name: str, rows: tuple[int, int] | None, where: str = ""
) -> torch.Tensor:
    """The tensor of a name, or some of its rows.

    Args:
        tensor: the one that is held under the name, or whose transposed bears it.
        held: its name.
        name: the name that was asked for, see :func:`untransposed`.
        rows: first row and one past the last; None means all.
        where: what begins the message of an error.

    Raises:
        WeightsError: it is no matrix and is to be transposed, or has fewer rows.
    """
    if held != name:
        if tensor.ndim != 2:
            raise WeightsError(
                f"{where}no tensor {name!r}: {held!r} has shape {list(tensor.shape)}, and only a "
                "matrix has a transposed"
            )
        tensor = tensor.T
    if rows is None:
        return tensor
    size = tensor.shape[0] if tensor.ndim else 0
    if not 0 <= rows[0] < rows[1] <= size:
        raise WeightsError(
            f"{where}tensor {name!r} has {size} rows; rows {rows[0]}:{rows[1]} do not lie in it"
        )
    return tensor[rows[0] : rows[1]]


def open_weights(source: Checkpoint | Path | str) -> Checkpoint | Path:
    """Open what holds safetensors, once for many tensors; the path of another kind of file.

    Raises:
        WeightsError: no such file, or a damaged one.
    """
    if isinstance(source, Checkpoint):
        return source
    path = Path(source)
    if not path.is_dir() and not path.is_file():
        raise WeightsError(f"{path}: no such file or folder")
    return open_checkpoint(path) if path.is_dir() or path.suffix in _ONE_FORMAT else path


def tensor_names(source: Checkpoint | Path | str) -> tuple[str, ...]:
    """Names of all tensors in a weights file or folder, sorted.

    Raises:
        WeightsError: no such file, or a damaged one.
    """
    source = open_weights(source)
    if isinstance(source, Checkpoint):
        return source.weight_names
    if source.suffix in _TORCH_SUFFIXES:
        return tuple(sorted(_from_torch(source)))
    return tuple(sorted(_from_npz(source, None)))


def _from_torch(path: Path) -> dict[str, torch.Tensor]:
    loaded = _torch_load(path)
    if isinstance(loaded, Mapping):
        _refuse_several(path, loaded)
        nested = [key for key in _NESTED_KEYS if isinstance(loaded.get(key), Mapping)]
        if nested:
            loaded = loaded[nested[0]]
            _refuse_several(path, loaded)
    if not isinstance(loaded, Mapping):
        raise WeightsError(
            f"{path}: holds a {type(loaded).__name__}, not tensors by name; save a dict of "
            "them, such as model.state_dict()"
        )
    items = cast("Mapping[object, object]", loaded).items()
    return {key: value for key, value in items if isinstance(key, str) and torch.is_tensor(value)}


def _refuse_several(path: Path, loaded: Mapping[Any, Any]) -> None:
    """Refuse tensors in more than one dict: nothing says which are meant.

    What an optimizer keeps lies one dict deeper.
    """
    nested = [key for key in _NESTED_KEYS if isinstance(loaded.get(key), Mapping)]
    held = {key: value for key, value in loaded.items() if isinstance(value, Mapping)}
    own = [key for key, values in held.items() if any(map(torch.is_tensor, values.values()))]
    sets = [*nested, *(key for key in own if key not in nested)]
    if len(sets) > 1 or (sets and any(map(torch.is_tensor, loaded.values()))):
        raise WeightsError(
            f"{path}: holds more than one set of tensors, {sets[0]!r} among them; "
            "save the state dict that is meant alone"
        )


def _torch_load(path: Path) -> Any:
    mapped: dict[str, Any] = {"mmap": True} if zipfile.is_zipfile(path) else {}
    try:
        with warnings.catch_warnings(action="ignore"):
            return torch.load(path, map_location="cpu", weights_only=True, **mapped)
    except pickle.UnpicklingError as error:
        raise WeightsError(
            f"{path}: holds pickled objects or is damaged; only tensors are read: "
            "save model.state_dict() instead"
        ) from error
    except Exception as error:  # torch's reader lets through whatever damaged bytes provoke
        raise _damaged(path, error) from error


def _from_npz(path: Path, name: str | None) -> dict[str, torch.Tensor]:
    """The archive's names; only the tensor asked for is read, the others stay empty."""
    if path.suffix != ".npz":
        raise WeightsError(f"{path}: unknown kind of weights file; use {_SUFFIXES}")
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            found = {key: torch.empty(0) for key in archive.files}
            if len(found) < len(archive.files):
                raise WeightsError(f"{path}: {_twice(archive.files)!a} stands twice in the archive")
            held = name and untransposed(name, found)
            if held and held in found:
                found[held] = as_tensor(archive[held], held)
            return found
    except WeightsError:
        raise
    except Exception as error:  # numpy's and zip's readers let through what damaged bytes provoke
        raise WeightsError(f"{path}: not an .npz archive of plain numeric arrays") from error


def _twice(names: Sequence[str]) -> str:
    return next(name for name in names if names.count(name) > 1)


def _damaged(path: Path, error: Exception) -> WeightsError:
    reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
    return WeightsError(f"{path}: cannot be read as a weights file ({reason})")
