"""Compiled modules cached by content: an entry's key names all that its result depends on.

The folder is the user's alone (mode 0700). Every entry carries a code made with a key that lies in
the folder (mode 0600): what somebody planted without that key is not believed, but compiled anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
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

    def private(self) -> bool:
        """Make the folder, and the user's alone.

        Returns:
            Whether it is: another's folder, or one that others may write, is never used.

        Raises:
            OSError: it cannot be made.
        """
        top = self.folder.parent
        top.mkdir(mode=0o700, parents=True, exist_ok=True)
        if top.stat().st_uid != os.geteuid():
            return False
        top.chmod(0o700)
        return True

    @cached_property
    def _secret(self) -> bytes:
        """The key of the codes, made where there is none."""
        if not self.private():
            raise PermissionError(1, "it belongs to another user")
        path = self.folder.parent / "key"
        with contextlib.suppress(FileExistsError):
            handle, draft = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
            try:
                # Unlike renaming, this loses to a run that came first.
                os.link(draft, path)
            finally:
                Path(draft).unlink()
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:  # noqa: PTH123
            status = os.fstat(file.fileno())
            secret = file.read(33)
        owned = status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) == 0o600
        if not owned or len(secret) != 32:
            raise PermissionError(1, f"{path} is not a key of yours alone; delete it")
        return secret

    def _code(self, key: str, data: object, olean_sha256: str) -> str:
        text = content_key([key, data, olean_sha256])
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    def load(self, key: str) -> Entry | None:
        """The entry, or None if it is absent or not one that this user's runs stored."""
        place = self._place(key)
        if not place.exists():
            return None
        try:
            stored = json.loads((place / _RECORD).read_text("utf-8"))
            data, olean_sha256 = stored["data"], stored["olean_sha256"]
            intact = hmac.compare_digest(stored["code"], self._code(key, data, olean_sha256))
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
                f"cannot use the cache {self.folder.parent}: {error.strerror or error}; "
                "set LIPBRIDGE_CACHE to another folder, or give --no-cache"
            ) from error

    def _store(self, key: str, olean: Path | None, data: dict[str, Any]) -> Entry:
        place = self._place(key)
        digest = "" if olean is None else file_sha256(olean)
        record = {"data": data, "olean_sha256": digest, "code": self._code(key, data, digest)}
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".new-", dir=place.parent))
        if olean is not None:
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
