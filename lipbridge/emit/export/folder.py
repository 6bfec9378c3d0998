"""An export's folder as untrusted data: regular files inside it, of bounded size, no links."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from lipbridge.emit.export.manifest import MANIFEST_NAME, Manifest, digest, read_manifest
from lipbridge.errors import CertificateError, ExportError

# Left in an export by lake.
BY_PRODUCTS = (".lake", "lake-manifest.json")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,255}")
_MAX_DEPTH = 16
_MAX_FILES = 100_000
_MAX_BYTES = 512 << 20
_KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
    stat.S_IFREG: "a file",
}


class ExportFolder:
    """The files of an export; nothing outside of the folder is ever read, no link followed.

    Args:
        root: the folder.

    Attributes:
        files, folders: the paths of all that is in it.

    Raises:
        ExportError: there is no such folder, or it is no export.
        CertificateError: something in it is neither a folder nor a regular file.
    """

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise ExportError(
                f"{root} is no folder; give one that `lipbridge export` or `run` wrote"
            )
        self.root = root.resolve()
        self.files: set[str] = set()
        self.folders: set[str] = set()
        self._seen: dict[str, bytes] = {}
        try:
            self._list(self._open(), "", 1)
        except OSError as error:
            raise ExportError(f"cannot read {root}: {error.strerror}") from None
        if not self.files:
            raise ExportError(
                f"{root} is no export: it is empty; write one with `lipbridge export`"
            )
        if MANIFEST_NAME not in self.files:
            raise CertificateError(f"{MANIFEST_NAME}: missing, so {root} is no export")

    def _list(self, handle: int, prefix: str, depth: int) -> None:
        try:
            self._list_open(handle, prefix, depth)
        finally:
            os.close(handle)

    def _list_open(self, handle: int, prefix: str, depth: int) -> None:
        for name in sorted(os.listdir(handle)):
            path = prefix + name
            mode = os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode
            kind = stat.S_IFMT(mode)
            if path == BY_PRODUCTS[0] and kind == stat.S_IFDIR:
                continue
            if kind not in (stat.S_IFDIR, stat.S_IFREG):
                what = _KINDS.get(kind, "no regular file")
                raise CertificateError(f"{path!a}: {what}, which no export holds; export again")
            if not _NAME.fullmatch(name) or depth > _MAX_DEPTH or len(self.files) >= _MAX_FILES:
                raise CertificateError(f"{path!a}: no name of a file of an export; export again")
            if kind == stat.S_IFREG:
                if path != BY_PRODUCTS[1]:
                    self.files.add(path)
                continue
            self.folders.add(path)
            inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handle)
            self._list(inner, f"{path}/", depth + 1)

    def read(self, path: str) -> bytes:
        """The bytes of a file, the same ones however often it is asked for.

        Raises:
            CertificateError: missing, not a regular file, or too large.
        """
        if path not in self._seen:
            self._seen[path] = self._read(path)
        return self._seen[path]

    @cached_property
    def manifest(self) -> Manifest:
        """What the export says of itself.

        Raises:
            CertificateError: as :meth:`read`, or of another format or version.
        """
        return read_manifest(self.read(MANIFEST_NAME))

    def data(self, path: str) -> bytes:
        """The bytes of a file that an export is made from.

        Raises:
            CertificateError: as :meth:`read`, or the manifest lists others.
        """
        found = self.read(path)
        if path in self.manifest.files:
            self._require_listed(path, digest(found))
        return found

    def _require_listed(self, path: str, sha256: str) -> None:
        if sha256 != self.manifest.files.get(path):
            raise CertificateError(
                f"{path}: not the file that {MANIFEST_NAME} lists by its SHA-256; export again"
            )

    def digest(self, path: str) -> str:
        """SHA-256 of a file, which is not kept; raises as :meth:`read`."""
        return digest(self._seen[path] if path in self._seen else self._read(path))

    def _read(self, path: str) -> bytes:
        if path in self.folders:
            raise CertificateError(f"{path}: a folder, not a file; export again")
        if path not in self.files:
            raise CertificateError(f"{path}: missing; export again")
        try:
            with os.fdopen(self._open(path, os.O_NONBLOCK), "rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    raise CertificateError(f"{path}: no regular file; export again")
                # Read with a limit all the same: it may grow meanwhile.
                large = status.st_size > _MAX_BYTES
                data = b"" if large else file.read(_MAX_BYTES + 1)
        except OSError as error:
            raise CertificateError(f"{path}: {error.strerror}; export again") from None
        if large or len(data) > _MAX_BYTES:
            raise CertificateError(f"{path}: larger than {_MAX_BYTES >> 20} MiB")
        return data

    def _open(self, path: str = "", flags: int = 0) -> int:
        """A handle of a file, or of the export's folder, reached without following links."""
        handle = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        parts = path.split("/") if path else []
        for index, part in enumerate(parts, start=1):
            wanted = flags if index == len(parts) else os.O_DIRECTORY
            try:
                inner = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | wanted, dir_fd=handle)
            finally:
                os.close(handle)
            handle = inner
        return handle

    def compare(self, files: Mapping[str, str], free: frozenset[str]) -> None:
        """Hold the folder against what lipbridge writes, byte for byte.

        Args:
            files: path → text of every file.
            free: paths of files that may hold another text.

        Raises:
            CertificateError: naming the first file that is missing, too much, or different.
        """
        manifest, listed = self.manifest, self.manifest.files
        for path in sorted(listed.keys() - self.files):
            raise CertificateError(
                f"{path}: missing, though {MANIFEST_NAME} lists it; export again"
            )
        folders = _folders(files)
        for path in sorted((self.files | self.folders) - files.keys() - folders):
            if path in listed or path in _folders(listed):
                raise CertificateError(
                    f"{MANIFEST_NAME}: files lists {path}, which no export with {manifest.options} "
                    "has; restore these fields, or export again"
                )
            what = "a folder" if path in self.folders else "a file"
            raise CertificateError(
                f"{path}: {what} that lipbridge does not write for this export; remove it"
            )
        for path in sorted(files.keys() - listed.keys() - {MANIFEST_NAME}):
            raise CertificateError(
                f"{MANIFEST_NAME}: files does not list {path}, which an export with "
                f"{manifest.options} has; restore these fields, or export again"
            )
        anew = read_manifest(files[MANIFEST_NAME].encode())
        self.compare_part(files, anew, free)
        manifest.refuse_other(anew)
        self._compare(MANIFEST_NAME, files[MANIFEST_NAME].encode())

    def compare_part(
        self, files: Mapping[str, str], anew: Manifest, free: frozenset[str] = frozenset()
    ) -> None:
        """Hold some files against what lipbridge writes, byte for byte, and against the manifest.

        Args:
            files: path → text of these files.
            anew: the manifest that was written with them.
            free: paths of files that may hold another text.

        Raises:
            CertificateError: naming the first file that is missing or different.
        """
        written = [path for path in files if path != MANIFEST_NAME]
        for path in written:
            if path not in free:
                self._compare(path, files[path].encode())
        for path in written:
            self._require_listed(path, anew.files[path])

    def compare_digests(self, listed: Mapping[str, str], manifest: str) -> None:
        """Hold the folder against the digests of all its files, and its manifest against a text.

        Raises:
            CertificateError: naming the first file that is missing, too much, or different.
        """
        known = listed.keys() | {MANIFEST_NAME}
        for path in sorted((known | _folders(known)) ^ (self.files | self.folders)):
            what = "a folder" if path in self.folders else "a file"
            wrong = "missing" if path in known else f"{what} that no part has checked"
            raise CertificateError(f"{path}: {wrong}; check the export in parts again")
        for path, sha256 in listed.items():
            if self.digest(path) != sha256:
                raise CertificateError(
                    f"{path}: not the file that was checked; check the export in parts again"
                )
        self._compare(MANIFEST_NAME, manifest.encode())

    def _compare(self, path: str, wanted: bytes) -> None:
        found = self.read(path)
        if found == wanted:
            return
        lines = zip(found.split(b"\n"), wanted.split(b"\n"), strict=False)
        different = ((n, a + b) for n, (a, b) in enumerate(lines, start=1) if a != b)
        line, text = next(different, (0, b""))
        where = f"{path}:{line}" if line else path
        mend = f", or restore stubs in {MANIFEST_NAME}" if b"sorry" in text else ""
        raise CertificateError(
            f"{where}: not what lipbridge writes from this export's data; export again{mend}"
        )


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder that some of the paths lie in."""
    return {path.rsplit("/", n)[0] for path in paths for n in range(1, path.count("/") + 1)}
