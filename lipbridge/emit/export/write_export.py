"""Writing an export: the folder appears whole or not at all, and nothing of the user's is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from lipbridge.certify import read_json
from lipbridge.emit.export.folder import BY_PRODUCTS, ExportFolder
from lipbridge.emit.export.manifest import MANIFEST_NAME, digest
from lipbridge.errors import CertificateError, ExportError


class _Written(msgspec.Struct):
    """What a manifest of any version says of the files beside it."""

    files: dict[str, str]


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a new folder, or in the place of an export that nobody has changed.

    Args:
        folder: absent, empty, or an unchanged export.
        files: relative path → text; the manifest among them.

    Raises:
        ExportError: the folder holds something else, or cannot be written.
    """
    folder = _target(folder)
    _refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise ExportError(
            f"cannot write {folder}: no folder can be made in {folder.parent} ({error.strerror})"
        ) from error
    try:
        for name, text in files.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        staging.chmod(0o777 & ~_umask())
        if folder.exists():
            _exchange(folder, staging)
        else:
            os.replace(staging, folder)  # noqa: PTH105
    except OSError as error:
        raise ExportError(f"cannot write {folder}: {error.strerror}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _exchange(folder: Path, staging: Path) -> None:
    """Put a folder in the place of another one, which comes back where that fails."""
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    before = old / "export"
    try:
        os.replace(folder, before)  # noqa: PTH105
        os.replace(staging, folder)  # noqa: PTH105
    except BaseException:
        if before.exists():
            os.replace(before, folder)  # noqa: PTH105
        old.rmdir()
        raise
    for name in BY_PRODUCTS:
        if (before / name).exists():
            os.replace(before / name, folder / name)  # noqa: PTH105
    shutil.rmtree(old)


def _target(folder: Path) -> Path:
    """The folder itself, where a link leads to it.

    Raises:
        ExportError: the current folder, or one around it, which cannot be put in place whole.
    """
    try:
        target, here = folder.resolve(), Path.cwd()
    except (OSError, RuntimeError) as error:
        raise ExportError(f"{folder} is a link that leads nowhere; give another folder") from error
    if target == here:
        raise ExportError(f"--out {folder} is the current folder; give a new folder inside it")
    if target in here.parents:
        raise ExportError(f"--out {folder} holds the current folder; give a new folder")
    return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportError(f"{folder} is a file; give --out a folder")
    if not any(folder.iterdir()):
        return
    try:
        found = ExportFolder(folder)
        written = read_json(found.read(MANIFEST_NAME), _Written, MANIFEST_NAME).files
        folders = {str(parent) for name in written for parent in PurePosixPath(name).parents}
        for name in sorted((found.files | found.folders) - folders - {MANIFEST_NAME}):
            if name not in written:
                raise ExportError(
                    f"{folder} holds {name}, which no export wrote; give another folder"
                )
            if digest(found.read(name)) != written[name]:
                raise ExportError(
                    f"{folder / name} was changed since it was exported; give another folder"
                )
    except CertificateError as error:
        raise ExportError(
            f"{folder} is not empty and no export of this lipbridge ({error}); "
            "give --out another folder"
        ) from None
