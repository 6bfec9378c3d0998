"""``lipbridge.json``: what an export says of itself, and the digests of all its files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from lipbridge.errors import ExportError

__all__ = ["MANIFEST_NAME", "MANIFEST_VERSION", "Manifest", "digest", "read_manifest"]

MANIFEST_NAME = "lipbridge.json"
MANIFEST_VERSION = 1
_MAX_BYTES = 16 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PATH = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Manifest:
    """The manifest.

    Attributes:
        version: of this format.
        lipbridge: version of the program that exported.
        networks: the networks' names, none for the theory alone.
        weights_name: file name of the weights, or empty.
        weights_sha256: SHA-256 of the weights file, or empty.
        stubs: whether proofs are ``sorry``.
        modules: the generated modules, in dependency order.
        files: relative path → SHA-256 of every file of the export but this one.
    """

    version: int
    lipbridge: str
    networks: tuple[str, ...]
    weights_name: str
    weights_sha256: str
    stubs: bool
    modules: tuple[str, ...]
    files: Mapping[str, str]

    def to_text(self) -> str:
        """JSON with sorted keys."""
        return json.dumps(asdict(self), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an export.

    Raises:
        ExportError: there is none, or it is not of this format; the message says which.
    """
    path = folder / MANIFEST_NAME
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ExportError(f"{path} is larger than {_MAX_BYTES} bytes; export again")
        data: object = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ExportError(
            f"{folder} is not an export: no {MANIFEST_NAME}; make one with `lipbridge export`"
        ) from None
    except (OSError, ValueError) as error:
        raise ExportError(f"cannot read {path}: {error}; export again") from None
    if not isinstance(data, dict):
        raise ExportError(f"{path} is not a JSON object; export again")
    return _manifest(path, cast("dict[str, Any]", data))


def _manifest(path: Path, data: dict[str, Any]) -> Manifest:
    types = {
        "version": int,
        "lipbridge": str,
        "networks": list,
        "weights_name": str,
        "weights_sha256": str,
        "stubs": bool,
        "modules": list,
        "files": dict,
    }
    if set(data) != set(types):
        odd = sorted(set(data) ^ set(types))
        raise ExportError(f"{path}: missing or unknown keys {odd}; export again")
    for key, kind in types.items():
        if type(data[key]) is not kind:
            raise ExportError(f"{path}: {key} is not a {kind.__name__}; export again")
    if data["version"] != MANIFEST_VERSION:
        raise ExportError(
            f"{path}: version {data['version']}, but this lipbridge reads {MANIFEST_VERSION}; "
            "export again"
        )
    for key in ("modules", "networks"):
        if not all(isinstance(name, str) for name in data[key]):
            raise ExportError(f"{path}: {key} are not names; export again")
        data[key] = tuple(data[key])
    for name, value in data["files"].items():
        if not _PATH.fullmatch(name) or ".." in name.split("/"):
            raise ExportError(f"{path}: {name!r} is not a path inside the export")
        if not (isinstance(value, str) and _DIGEST.fullmatch(value)):
            raise ExportError(f"{path}: the digest of {name} is not a SHA-256")
    return Manifest(**data)
