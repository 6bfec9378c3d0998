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
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from lipbridge.errors import ExportError
from lipbridge.files import refusing, refusing_temporary

_ELSEWHERE = "set LIPBRIDGE_CACHE to another folder"
_OLEAN, _RECORD, _KEY = "module.olean", "record.json", "key"
_LIMIT_BYTES = 4 << 30
_CHUNK = 1 << 20


def cache_folder() -> Path:
    """The user's cache folder: ``LIPBRIDGE_CACHE``, else the platform's custom.

    Raises:
        ExportError: the user has no home.
    """
    if chosen := os.environ.get("LIPBRIDGE_CACHE"):
        return Path(chosen).absolute()
    # The XDG specification says to ignore a relative path.
    if (base := Path(os.environ.get("XDG_CACHE_HOME", ""))).is_absolute():
        return base / "lipbridge"
    with refusing("there is no folder for a cache", ExportError, RuntimeError, remedy=_ELSEWHERE):
        home = Path.home()
    custom = "Library/Caches" if sys.platform == "darwin" and not base.name else ".cache"
    return home / custom / "lipbridge"


def content_key(value: object) -> str:
    """SHA-256 of a JSON-ready value in canonical form."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_identity(path: Path) -> tuple[str | int, ...]:
    """What tells a file from any other, or from itself before a change, without reading it.

    Raises:
        OSError: there is none.
    """
    status = path.stat()
    # The change time cannot be set by a program, unlike the modification time.
    times = status.st_mtime_ns, status.st_ctime_ns
    return str(path), status.st_ino, status.st_size, *times


def _open(path: Path) -> BinaryIO:
    """Open a regular file; another kind, which might never end, is an ``OSError``."""
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise FileNotFoundError(2, f"{path} is no regular file")
    return file


def _copy(file: BinaryIO, copy: Path) -> str:
    """Copy a file; SHA-256 of the bytes that were written."""
    digest = hashlib.sha256()
    with copy.open("wb") as written:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            written.write(chunk)
    return digest.hexdigest()


class Cache:
    """A folder of entries, safe for concurrent runs: entries appear whole, by renaming.

    Args:
        folder: where entries live; made when the first one is stored.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or cache_folder()) / "modules"

    def _private(self) -> bool:
        """Make the folder, and the user's alone.

        Returns:
            Whether it is: another's folder, or one that others may write, is never used.

        Raises:
            OSError: it cannot be made.
        """
        top = self.folder.parent
        top.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = top.stat()
        if status.st_uid != os.geteuid():
            return False
        if status.st_mode & 0o077:
            # Nor is a folder closed to others in which they may be at home.
            if any(path.name not in (_KEY, self.folder.name) for path in top.iterdir()):
                raise PermissionError(1, "others may use it, and it holds other files")
            top.chmod(0o700)
        return True

    @cached_property
    def _secret(self) -> bytes:
        """The key of the codes, made where there is none."""
        if not self._private():
            raise PermissionError(1, "it belongs to another user")
        path = self.folder.parent / _KEY
        if not path.exists():
            self.folder.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder) as draft:
                draft.write(secrets.token_bytes(32))
                draft.flush()
                # Unlike renaming, this loses to a run that came first.
                with contextlib.suppress(FileExistsError):
                    os.link(draft.name, path)
        with _open(path) as file:
            status = os.fstat(file.fileno())
            secret = file.read(33)
        owned = status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) == 0o600
        if not owned or len(secret) != 32:
            raise PermissionError(1, f"{path} is not a key of yours alone; delete it")
        return secret

    def _code(self, key: str, data: object, olean_sha256: str) -> str:
        text = content_key([key, data, olean_sha256])
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    def code(self, value: object) -> str:
        """The code of a JSON-ready value, which only this key makes.

        Raises:
            ExportError: the key cannot be used.
        """
        with refusing(f"cannot use the key in {self.folder.parent}", remedy=_ELSEWHERE):
            return self._code("part", value, "")

    def require(self) -> None:
        """Refuse, before hours of work, a cache that could not be written at their end.

        Raises:
            ExportError: it cannot be used.
        """
        with self._refusing():
            self._code("", {}, "")
            self.folder.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder):
                pass

    def _refusing(self) -> AbstractContextManager[None]:
        remedy = f"{_ELSEWHERE}, or give --no-cache"
        return refusing(f"cannot use the cache {self.folder.parent}", remedy=remedy)

    def load(self, key: str, olean: Path | None = None) -> dict[str, Any] | None:
        """What was recorded, or None if there is no entry that this user's runs stored.

        Args:
            key: the entry's key.
            olean: where to copy the compiled module; what is hashed is what the copy holds.

        Raises:
            ExportError: the copy cannot be written.
        """
        place = self._place(key)
        try:
            with _open(place / _RECORD) as file:
                stored = json.load(file)
            data, digest = stored["data"], stored["olean_sha256"]
            intact = hmac.compare_digest(stored["code"], self._code(key, data, digest))
            if intact and olean is not None:
                with _open(place / _OLEAN) as file, refusing_temporary(olean.parent):
                    intact = _copy(file, olean) == digest
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            intact, data = False, {}
        if not intact:
            self._discard(place)
            return None
        with contextlib.suppress(OSError):
            os.utime(place)
        return data

    def store(self, key: str, data: dict[str, Any], olean: Path | None = None) -> None:
        """Add an entry, in the place of one that was there.

        Args:
            key: its key.
            data: what to record.
            olean: the compiled module, which is copied.

        Raises:
            ExportError: the cache cannot be written.
        """
        with self._refusing():
            self._store(self._place(key), key, data, olean)

    def _store(self, place: Path, key: str, data: dict[str, Any], olean: Path | None) -> None:
        self._code(key, data, "")  # no folder is made in a cache that cannot be used
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".new-", dir=place.parent))
        try:
            digest = ""
            if olean is not None:
                with _open(olean) as file:
                    digest = _copy(file, draft / _OLEAN)
            record = {"data": data, "olean_sha256": digest, "code": self._code(key, data, digest)}
            (draft / _RECORD).write_text(json.dumps(record, ensure_ascii=False), "utf-8")
            self._discard(place)
            # A run beside this one that stores the same may come between.
            with contextlib.suppress(OSError):
                draft.rename(place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

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
        """Take an entry away, if there is one; renamed first, so that nobody sees half of one."""
        if not place.exists():
            return
        grave = tempfile.TemporaryDirectory
        with (
            contextlib.suppress(OSError),
            grave(prefix=".old-", dir=place.parent, ignore_cleanup_errors=True) as folder,
        ):
            place.rename(Path(folder) / "entry")
