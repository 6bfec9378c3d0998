"""What a safetensors file holds, and JSON files beside it; nothing is read but headers.

Headers are untrusted: the package ``safetensors`` bounds their length, and checks shapes and byte
ranges against each other and against the file before anything is believed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from safetensors import SafetensorError, safe_open

from lipbridge.errors import WeightsError
from lipbridge.files import refusing


@dataclass(frozen=True)
class StoredTensor:
    """A tensor of a file.

    Args:
        file: the safetensors file.
        name: the tensor's name in it.
        dtype: the safetensors dtype name, such as ``BF16``.
        shape: its dimensions.
    """

    file: Path
    name: str
    dtype: str
    shape: tuple[int, ...]


def read_header(file: Path) -> dict[str, StoredTensor]:
    """Read the tensors of a safetensors file by name; of the file only its header.

    Raises:
        WeightsError: the file is unreadable, truncated, or its header contradicts itself.
    """
    with refusing(f"{file}: cannot be read", WeightsError), file.open("rb") as stream:
        start = stream.read(4)
        if not start:
            raise WeightsError(f"{file}: is empty, not a safetensors file; save or copy it again")
        if start == b"GGUF":
            raise WeightsError(
                f"{file}: is a GGUF file, whose packed blocks are not read; give the "
                "safetensors checkpoint that it was made from"
            )
    with (
        refusing(
            f"{file}: not a safetensors file, or damaged",
            WeightsError,
            SafetensorError,
            remedy="save or copy it again",
        ),
        safe_open(file, framework="np") as opened,
    ):
        slices = {name: opened.get_slice(name) for name in opened.keys()}  # noqa: SIM118
    return {
        name: StoredTensor(file, name, found.get_dtype(), tuple(found.get_shape()))
        for name, found in slices.items()
    }


def same_values(one: StoredTensor, other: StoredTensor) -> bool:
    """Whether two tensors hold the same bytes, read as the same numbers.

    Raises:
        WeightsError: a file is unreadable.
    """
    if (one.dtype, one.shape) != (other.dtype, other.shape):
        return False
    return _digest(one) == _digest(other)


def _digest(stored: StoredTensor) -> str:
    with refusing(f"{stored.file}: cannot be read", WeightsError), stored.file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        start, stop = json.loads(stream.read(length))[stored.name]["data_offsets"]
        stream.seek(8 + length + start)
        digest, left = sha256(), stop - start
        while left and (part := stream.read(min(left, 1 << 20))):
            digest.update(part)
            left -= len(part)
    return digest.hexdigest()


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
