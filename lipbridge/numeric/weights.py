"""Tensors out of weights files: safetensors, ``.pt``/``.bin`` state dicts, ``.npz``, folders.

Files are untrusted. safetensors is read lazily, so that memory stays near one tensor (or one slice
of rows); ``.pt`` goes through torch's restricted loader (``weights_only``), ``.npz`` through numpy
with pickles refused.
"""

from __future__ import annotations

import difflib
import hashlib
import pickle
import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from safetensors import SafetensorError, safe_open

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint import open_checkpoint
from lipbridge.numeric.dequantize import load_exact

__all__ = ["file_sha256", "load_tensor", "tensor_names"]

_TORCH_SUFFIXES = frozenset({".pt", ".pth", ".bin", ".ckpt"})
_SUFFIXES = "a folder, .safetensors, .pt, .pth, .bin, .ckpt or .npz"
# Keys under which training scripts keep the weights in a checkpoint that holds more.
_NESTED_KEYS = ("state_dict", "model_state_dict", "model")


def load_tensor(path: Path | str, name: str, rows: tuple[int, int] | None = None) -> torch.Tensor:
    """Read one tensor as stored, or a range of its rows.

    Args:
        path: a weights file, or a Hugging Face folder, sharded or not.
        name: the tensor's name in it.
        rows: first row and one past the last; None means all.

    Returns:
        The tensor on the CPU in its stored type. An fp8 matrix with block scales beside it
        comes as float64, scales multiplied in, which is exact.

    Raises:
        WeightsError: no such file or tensor (near names are given), a damaged file, rows out of
            range.
    """
    path = Path(path)
    if path.is_dir():
        return _from_checkpoint(path, name, rows)
    if not path.is_file():
        raise WeightsError(f"{path}: no such weights file; check the path given to --weights")
    if path.suffix == ".safetensors":
        if f"{name}_scale_inv" in tensor_names(path):
            return _from_checkpoint(path, name, rows)
        return _from_safetensors(path, name, rows)
    tensors = _from_torch(path) if path.suffix in _TORCH_SUFFIXES else _from_npz(path, name)
    if name not in tensors:
        raise _missing(path, name, tensors)
    return _take(path, name, tensors[name], rows)


def tensor_names(path: Path | str) -> tuple[str, ...]:
    """Names of all tensors in a weights file or folder, sorted.

    Raises:
        WeightsError: no such file, or a damaged one.
    """
    path = Path(path)
    if path.is_dir():
        return open_checkpoint(path).names
    if not path.is_file():
        raise WeightsError(f"{path}: no such weights file; check the path given to --weights")
    if path.suffix == ".safetensors":
        try:
            with safe_open(path, framework="pt") as file:
                return tuple(sorted(file.keys()))
        except (SafetensorError, OSError) as error:
            raise _damaged(path, error) from error
    if path.suffix in _TORCH_SUFFIXES:
        return tuple(sorted(_from_torch(path)))
    return tuple(sorted(_from_npz(path, None)))


def file_sha256(path: Path | str) -> str:
    """SHA-256 of a file's bytes, in hexadecimal, read in pieces.

    Raises:
        WeightsError: the file cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read ({error.strerror})") from error


def _from_checkpoint(path: Path, name: str, rows: tuple[int, int] | None) -> torch.Tensor:
    """A tensor with its block scales, if it has any, multiplied in."""
    checkpoint = open_checkpoint(path)
    if name not in checkpoint:
        raise _missing(path, name, checkpoint.names)
    location = checkpoint.tensor(name)
    if rows is not None:
        _check_rows(path, name, location.shape, rows)
        location = location.select(*rows)
    if location.scale is not None:
        return load_exact(location)
    return _from_safetensors(location.file, name, rows)


def _from_safetensors(path: Path, name: str, rows: tuple[int, int] | None) -> torch.Tensor:
    try:
        with safe_open(path, framework="pt") as file:
            names = list(file.keys())
            if name not in names:
                raise _missing(path, name, names)
            if rows is None:
                return cast("torch.Tensor", file.get_tensor(name))
            part = file.get_slice(name)
            _check_rows(path, name, tuple(part.get_shape()), rows)
            return cast("torch.Tensor", part[rows[0] : rows[1]])
    except (SafetensorError, OSError) as error:
        raise _damaged(path, error) from error


def _from_torch(path: Path) -> dict[str, torch.Tensor]:
    loaded = _torch_load(path)
    for key in _NESTED_KEYS:
        if isinstance(loaded, Mapping) and isinstance(loaded.get(key), Mapping):
            loaded = loaded[key]
            break
    if not isinstance(loaded, Mapping):
        raise WeightsError(
            f"{path}: holds a {type(loaded).__name__}, not a state dict; "
            "save model.state_dict() instead"
        )
    items = cast("Mapping[object, object]", loaded).items()
    return {key: value for key, value in items if isinstance(key, str) and torch.is_tensor(value)}


def _torch_load(path: Path) -> Any:
    try:
        if zipfile.is_zipfile(path):
            return torch.load(path, map_location="cpu", weights_only=True, mmap=True)
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise WeightsError(
            f"{path}: holds pickled objects or is damaged; only tensors are read: "
            "save model.state_dict() instead"
        ) from error
    except (RuntimeError, OSError, EOFError, ValueError, struct.error) as error:
        raise _damaged(path, error) from error


def _from_npz(path: Path, name: str | None) -> dict[str, torch.Tensor]:
    """The archive's names; only the tensor asked for is read, the others stay empty."""
    if path.suffix != ".npz":
        raise WeightsError(f"{path}: unknown kind of weights file; use {_SUFFIXES}")
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            found = {key: torch.empty(0) for key in archive.files}
            if name in found:
                array = np.ascontiguousarray(archive[name])
                native = array.astype(array.dtype.newbyteorder("="), copy=False)
                found[name] = torch.from_numpy(native)
            return found
    except (OSError, EOFError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise WeightsError(f"{path}: not an .npz archive of plain numeric arrays") from error


def _take(
    path: Path, name: str, tensor: torch.Tensor, rows: tuple[int, int] | None
) -> torch.Tensor:
    tensor = tensor.detach()
    if rows is None:
        return tensor
    _check_rows(path, name, tuple(tensor.shape), rows)
    return tensor[rows[0] : rows[1]]


def _check_rows(path: Path, name: str, shape: tuple[int, ...], rows: tuple[int, int]) -> None:
    if not shape or not 0 <= rows[0] < rows[1] <= shape[0]:
        size = shape[0] if shape else 0
        raise WeightsError(
            f"{path}: tensor {name!r} has {size} rows; rows {rows[0]}:{rows[1]} do not lie in it"
        )


def _missing(path: Path, name: str, names: Iterable[str]) -> WeightsError:
    known = list(names)
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"nearest: {', '.join(near)}" if near else f"it holds {len(known)} tensors, none like it"
    return WeightsError(f"{path}: no tensor {name!r}; {hint}")


def _damaged(path: Path, error: Exception) -> WeightsError:
    reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
    return WeightsError(f"{path}: cannot be read as a weights file ({reason})")
