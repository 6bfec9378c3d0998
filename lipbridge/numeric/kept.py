"""Results kept on disk as they come, a file each, so that work that stopped goes on from there.

The name of a file ends in a digest of what it holds and of what that belongs to: a file that was
changed, that changed places with another, or that came from other work is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from lipbridge import __version__
from lipbridge.errors import ExportError, InputError
from lipbridge.files import refusing, whole

T = TypeVar("T")


class Kept(Generic[T]):
    """A folder of results, and what they belong to; several processes share it.

    Args:
        folder: made where there is none.
        what: what the results are called in messages: ``bounds``.
        files: the name of a result's file by its number and digest: ``layer-{:05d}-{}.msgpack``.
        state: all that the results depend on, JSON-ready.
        codec: a result as bytes, and the inverse, which raises ``ValueError`` for other bytes.
        resume: go on with results of the same state; else there must be none.

    Raises:
        InputError: it holds results that are not asked for, or of another state.
        ExportError: it cannot be used.
    """

    def __init__(
        self,
        folder: Path,
        what: str,
        files: str,
        state: object,
        codec: tuple[Callable[[T], bytes], Callable[[bytes], T]],
        *,
        resume: bool,
    ) -> None:
        self.folder, self.what, self.files = folder, what, files
        self._encode, self._decode = codec
        text = json.dumps({"lipbridge": __version__, "of": state}, indent=1) + "\n"
        self._state, target = text.encode(), folder / "kept.json"
        with refusing(f"{folder}: cannot be used for {what}", ExportError, UnicodeError):
            folder.mkdir(parents=True, exist_ok=True)
            held = any(folder.glob(f"{files.partition('{')[0]}*"))
            if held and not resume:
                raise InputError(f"{folder}: holds {what}; resume them, or use a new folder")
            known = target.read_text("utf-8") if target.exists() else ""
            # Another process may be writing what this one is about to.
            others = (x.name for x in folder.iterdir() if not x.name.startswith("."))
            if not held and not set(others) <= {"kept.json"}:
                raise InputError(f"{folder}: holds other files than {what}; use a new folder")
            # Results that do not say what they belong to may belong to anything.
            if resume and (held or known) and known != text:
                raise InputError(
                    f"{folder}: holds {what} of another input or settings, or of another version "
                    "of lipbridge; use a new folder"
                )
        with whole(target) as draft:
            draft.write_text(text, "utf-8")

    def get(self, number: int, make: Callable[[], T]) -> T:
        """A result, from its file or made and kept.

        Raises:
            ExportError: the file cannot be written, or is not the one that was kept.
        """
        for path in self.folder.glob(self.files.format(number, "*")):
            unreadable = f"{path}: not readable {self.what}"
            with refusing(unreadable, ExportError, ValueError, remedy="delete it"):
                data = path.read_bytes()
                if path.name != self._name(number, data):
                    raise ValueError("it is not what was kept here")
                return self._decode(data)
        data = self._encode(made := make())
        with whole(self.folder / self._name(number, data)) as draft:
            draft.write_bytes(data)
        return made

    def _name(self, number: int, data: bytes) -> str:
        digest = hashlib.sha256(self._state + f"{number} ".encode() + data)
        return self.files.format(number, digest.hexdigest()[:32])
