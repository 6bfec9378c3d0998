"""A state file of finished bounds, so that an interrupted run goes on where it stopped.

JSON lines, one a matrix, appended by any process with a single write. An entry counts only for the
very same numbers: its key is the SHA-256 of the matrix's shape, type and bytes, so that a changed
checkpoint is computed anew. A line that was cut off by a crash is skipped.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, cast

import torch

from lipbridge.errors import InputError
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.scaling import dtype_name

__all__ = ["Ledger", "tensor_key"]

_VERSION = 1


def tensor_key(tensor: torch.Tensor) -> str:
    """SHA-256 over type, shape and bytes of a tensor."""
    head = f"{dtype_name(tensor.dtype)} {tuple(tensor.shape)}\n"
    digest = hashlib.sha256(head.encode())
    if tensor.numel():
        digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().data)
    return digest.hexdigest()


class Ledger:
    """The finished bounds in a state file.

    Args:
        path: the file; it is created at the first entry.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bounds = _read(path)

    def __len__(self) -> int:
        return len(self._bounds)

    def find(self, key: str) -> SpectralBound | None:
        """Return the bound of a tensor with this key, if it is finished."""
        return self._bounds.get(key)

    def add(self, entries: dict[str, SpectralBound]) -> None:
        """Append bounds: one write, flushed to the disk, whole or not at all in practice.

        Raises:
            InputError: the file cannot be written.
        """
        self._bounds.update(entries)
        lines = [
            json.dumps({"version": _VERSION, "key": key, "bound": bound.to_json()})
            for key, bound in entries.items()
        ]
        # The leading newline ends a line that a crash may have left unfinished.
        data = ("\n" + "\n".join(lines) + "\n").encode()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                os.write(handle, data)
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise InputError(f"{self.path}: cannot be written ({error.strerror})") from error


def _read(path: Path) -> dict[str, SpectralBound]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    bounds: dict[str, SpectralBound] = {}
    for line in text.splitlines():
        try:
            record = cast("dict[str, Any]", json.loads(line))
            if record["version"] == _VERSION:
                bounds[str(record["key"])] = SpectralBound.from_json(record["bound"])
        except (ValueError, KeyError, TypeError, InputError):
            continue
    return bounds
