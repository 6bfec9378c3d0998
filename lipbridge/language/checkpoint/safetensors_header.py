"""Reading the header of a safetensors file, and nothing but the header.

A safetensors file is eight bytes N (little endian), N bytes of JSON, then the tensors' bytes; the
JSON maps each name to its dtype, shape and byte range. Everything is checked before it is believed:
the header's length, the byte ranges against the file's size and against each other.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from lipbridge.errors import WeightsError
from lipbridge.files import refusing

_DTYPE_BITS: dict[str, int] = {
    "F4": 4,
    "BOOL": 8,
    "U8": 8,
    "I8": 8,
    "U16": 16,
    "I16": 16,
    "U32": 32,
    "I32": 32,
    "U64": 64,
    "I64": 64,
    "F8_E4M3": 8,
    "F8_E5M2": 8,
    "F8_E4M3FNUZ": 8,
    "F8_E5M2FNUZ": 8,
    "F8_E8M0": 8,
    "F16": 16,
    "BF16": 16,
    "F32": 32,
    "F64": 64,
}

_MAX_HEADER = 100_000_000
_MAX_DIMENSION = 1 << 40


@dataclass(frozen=True)
class StoredTensor:
    """Where one tensor lies.

    Args:
        file: the safetensors file.
        name: the tensor's name in it.
        dtype: the safetensors dtype name, such as ``BF16``.
        shape: its dimensions.
        start, end: byte range in the file, counted from the file's first byte.
    """

    file: Path
    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    end: int


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen = dict(pairs)
    if len(seen) != len(pairs):
        raise ValueError("a key occurs twice")
    return seen


def read_json(path: Path, *, limit: int) -> dict[str, Any]:
    """Read a JSON object from an untrusted file.

    Args:
        path: the file.
        limit: the most bytes it may have.

    Raises:
        WeightsError: unreadable, too long, not JSON, not an object, or with a repeated key.
    """
    with refusing(f"{path}: cannot be read", WeightsError):
        size = path.stat().st_size
        if size > limit:
            raise WeightsError(
                f"{path}: {size} bytes, more than the {limit} that such a file may have"
            )
        return _parse(path.read_bytes(), str(path))


def _parse(data: bytes, where: str) -> dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_no_duplicates)
    except (ValueError, RecursionError) as error:
        raise WeightsError(f"{where}: not valid JSON ({error})") from error
    if not isinstance(value, dict):
        raise WeightsError(f"{where}: a JSON object was expected, not {type(value).__name__}")
    return cast("dict[str, Any]", value)


def read_header(file: Path) -> tuple[dict[str, StoredTensor], dict[str, str]]:
    """Read the tensors' places and the metadata of a safetensors file.

    Args:
        file: the safetensors file; only its header is read.

    Returns:
        the tensors by name, and the ``__metadata__`` strings (empty when there are none).

    Raises:
        WeightsError: the file is unreadable, truncated, or its header contradicts itself.
    """
    with refusing(f"{file}: cannot be read", WeightsError):
        size = file.stat().st_size
        with file.open("rb") as stream:
            prefix = stream.read(8)
            length = int.from_bytes(prefix, "little")
            if prefix.startswith(b"GGUF"):
                raise WeightsError(
                    f"{file}: is a GGUF file, whose packed blocks are not read; give the "
                    "safetensors checkpoint that it was made from"
                )
            if len(prefix) < 8 or length > min(_MAX_HEADER, size - 8):
                raise WeightsError(
                    f"{file}: not a safetensors file, or truncated "
                    f"(header of {length} bytes announced, {size} bytes in all)"
                )
            data = stream.read(length)
    header = _parse(data, f"{file}: header")
    metadata = _metadata(header.pop("__metadata__", {}), file)
    base = 8 + length
    tensors = {name: _stored(file, name, entry, base, size) for name, entry in header.items()}
    _check_ranges(file, tensors, base)
    return tensors, metadata


def _metadata(value: object, file: Path) -> dict[str, str]:
    if not isinstance(value, dict):
        raise WeightsError(f"{file}: __metadata__ must be an object of strings")
    entries = cast("dict[str, object]", value)
    if not all(isinstance(item, str) for item in entries.values()):
        raise WeightsError(f"{file}: __metadata__ must be an object of strings")
    return cast("dict[str, str]", entries)


def _stored(file: Path, name: str, entry: object, base: int, size: int) -> StoredTensor:
    where = f"{file}: tensor {name!r}"
    if not isinstance(entry, dict):
        raise WeightsError(f"{where}: its header entry is not an object")
    fields = cast("dict[str, Any]", entry)
    dtype, shape, offsets = fields.get("dtype"), fields.get("shape"), fields.get("data_offsets")
    if not isinstance(dtype, str):
        raise WeightsError(f"{where}: no dtype in the header")
    dims = _integers(shape, where, "shape")
    ends = _integers(offsets, where, "data_offsets")
    if len(ends) != 2 or not ends[0] <= ends[1] <= size - base:
        raise WeightsError(f"{where}: byte range {ends} does not lie in the file (truncated?)")
    bits = _DTYPE_BITS.get(dtype)
    if bits is not None and math.prod(dims) * bits != 8 * (ends[1] - ends[0]):
        raise WeightsError(
            f"{where}: shape {list(dims)} of {dtype} does not take {ends[1] - ends[0]} bytes"
        )
    return StoredTensor(file, name, dtype, dims, base + ends[0], base + ends[1])


def _integers(value: object, where: str, field: str) -> tuple[int, ...]:
    items = cast("list[object]", value) if isinstance(value, list) else [None]
    numbers: list[int] = []
    for item in items:
        # bool is a subclass of int, and JSON's true is no dimension.
        if not isinstance(item, int) or isinstance(item, bool) or not 0 <= item <= _MAX_DIMENSION:
            raise WeightsError(f"{where}: {field} must be a list of non-negative integers")
        numbers.append(item)
    return tuple(numbers)


def _check_ranges(file: Path, tensors: dict[str, StoredTensor], base: int) -> None:
    reached = base
    for stored in sorted(tensors.values(), key=lambda item: (item.start, item.end)):
        if stored.start < reached:
            raise WeightsError(f"{file}: tensor {stored.name!r} overlaps the bytes of another one")
        reached = stored.end
