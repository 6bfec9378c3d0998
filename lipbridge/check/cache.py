"""Compiled modules cached by content: an entry's key names all that its result depends on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lipbridge.errors import ExportError

__all__ = ["Cache", "Entry", "cache_folder", "content_key", "file_sha256"]

_OLEAN, _RECORD = "module.olean", "record.json"
_LIMIT_BYTES = 4 << 30


def cache_folder() -> Path:
    """The user's cache folder: ``LIPBRIDGE_CACHE``, else the platform's custom."""
    if chosen := os.environ.get("LIPBRIDGE_CACHE"):
        return Path(chosen).absolute()
    if sys.platform == "darwin" and "XDG_CACHE_HOME" not in os.environ:
        return Path.home() / "Library" / "Caches" / "lipbridge"
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification says to ignore a relative path.
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "lipbridge"


def content_key(value: object) -> str:
    """SHA-256 of a JSON-ready value in canonical form."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Entry:
    """A cached result.

    Attributes:
        olean: the compiled module; absent for a probe.
        data: what was recorded with it, JSON-ready.
    """

    olean: Path | None
    data: dict[str, Any]


class Cache:
    """A folder of entries, safe for concurrent runs: entries appear whole, by renaming.

    Args:
        folder: where entries live; made when the first one is stored.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or cache_folder()) / "modules"

    def load(self, key: str) -> Entry | None:
        """The entry, or None if it is absent or does not match its recorded hashes."""
        place = self._place(key)
        if not place.exists():
            return None
        try:
            stored = json.loads((place / _RECORD).read_text("utf-8"))
            data, olean_sha256 = stored["data"], stored["olean_sha256"]
            intact = stored["data_sha256"] == content_key(data)
            olean = place / _OLEAN if olean_sha256 else None
            intact = intact and (olean is None or file_sha256(olean) == olean_sha256)
        except (OSError, ValueError, KeyError, TypeError):
            intact, data, olean = False, {}, None
        if not intact:
            self._discard(place)
            return None
        with contextlib.suppress(OSError):
            os.utime(place)
        return Entry(olean, data)

    def store(self, key: str, olean: Path | None, data: dict[str, Any]) -> Entry:
        """Add an entry; a concurrent run that stored the same one first wins.

        Args:
            key: its key.
            olean: the compiled module, which is moved into the cache.
            data: what to record with it.

        Raises:
            ExportError: the cache cannot be written.
        """
        try:
            return self._store(key, olean, data)
        except OSError as error:
            raise ExportError(
                f"cannot write the cache {self.folder}: {error.strerror or error}; "
                "set LIPBRIDGE_CACHE to another folder"
            ) from error

    def _store(self, key: str, olean: Path | None, data: dict[str, Any]) -> Entry:
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".new-", dir=place.parent))
        record = {"data": data, "data_sha256": content_key(data), "olean_sha256": ""}
        if olean is not None:
            record["olean_sha256"] = file_sha256(olean)
            shutil.move(olean, draft / _OLEAN)
        (draft / _RECORD).write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        try:
            draft.rename(place)
        except OSError:
            existing = self.load(key)
            if existing is not None:
                shutil.rmtree(draft, ignore_errors=True)
                return existing
            draft.rename(place)
        return Entry(place / _OLEAN if olean is not None else None, data)

    def trim(self, limit: int = _LIMIT_BYTES) -> None:
        """Delete the entries unused for longest until the rest takes at most ``limit`` bytes."""
        sized: list[tuple[float, int, Path]] = []
        for place in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):
                size = sum(file.stat().st_size for file in place.iterdir())
                sized.append((place.stat().st_mtime, size, place))
        total = sum(size for _, size, _ in sized)
        for _, size, place in sorted(sized):
            if total <= limit:
                return
            self._discard(place)
            total -= size

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _discard(self, place: Path) -> None:
        """Take an entry away; renamed first, so that nobody sees half of one."""
        with contextlib.suppress(OSError):
            grave = Path(tempfile.mkdtemp(prefix=".old-", dir=place.parent))
            place.rename(grave / "entry")
            shutil.rmtree(grave, ignore_errors=True)
