"""Files: one line where the system refuses one, and none that is half written."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from lipbridge.errors import ExportError, LipBridgeError


@contextmanager
def refusing(
    message: str,
    error: type[LipBridgeError] = ExportError,
    *also: type[Exception],
    remedy: str = "",
) -> Generator[None]:
    """Say in one line what the system refuses.

    Args:
        message: what cannot be done, such as ``x.npz: cannot be read``; the reason is added.
        error: what is raised.
        also: what else is a refusal, besides ``OSError``.
        remedy: how to mend it, said last.
    """
    try:
        yield
    except (OSError, *also) as reason:
        said = getattr(reason, "strerror", None) or reason
        raise error("; ".join(filter(None, (f"{message} ({said})", remedy)))) from reason


def refusing_temporary(folder: Path | None = None) -> AbstractContextManager[None]:
    """Say in one line that a temporary folder takes no more, or that there is none."""
    remedy = "set TMPDIR to a folder with more room"
    return refusing(f"cannot write to {folder or 'a temporary folder'}", remedy=remedy)


def require_place(place: Path | str | None) -> None:
    """Refuse, before hours of work, a file that could not be written at their end.

    Raises:
        ExportError: it is a folder, or its folder is not there or takes no file.
    """
    if place is None:
        return
    path = Path(place)
    if path.exists() and not path.is_dir() and not path.is_file():
        return
    with refusing(f"{path}: cannot be written"):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with tempfile.NamedTemporaryFile(dir=path.parent):
            pass


@contextmanager
def whole(
    path: Path, error: type[LipBridgeError] = ExportError, *also: type[Exception]
) -> Generator[Path]:
    """A draft to be written to, which takes the place of a file; whole, or not at all.

    Args:
        path: the file; several processes may write the same. What is no file, such as a terminal,
            is its own draft.
        error: raised where it cannot be written.
        also: as for :func:`refusing`.
    """
    with refusing(f"{path}: cannot be written", error, *also):
        if path.exists() and not path.is_file():
            yield path
            return
        # In a folder of its own, whose name nobody knows beforehand.
        with tempfile.TemporaryDirectory(
            prefix=".partial-", dir=path.parent, ignore_cleanup_errors=True
        ) as folder:
            draft = Path(folder) / path.name
            yield draft
            draft.replace(path)


def write_text(path: Path | str, text: str) -> None:
    """Write a text, whole or not at all.

    Raises:
        ExportError: the file cannot be written.
    """
    with whole(Path(path)) as draft:
        draft.write_text(text, "utf-8")
