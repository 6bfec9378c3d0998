"""Results kept on disk as they come, a file each, so that work that stopped goes on from there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from lipbridge.errors import ExportError, InputError
from lipbridge.files import refusing, whole

T = TypeVar("T")


class Kept(Generic[T]):
    """A folder of results, and what they belong to; several processes share it.

    Args:
        folder: made where there is none.
        what: what the results are called in messages: ``bounds``.
        files: the name of a result's file by its number: ``layer-{:05d}.msgpack``.
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
        text, target = json.dumps(state, indent=1) + "\n", folder / "kept.json"
        with refusing(f"{folder}: cannot be used for {what}", ExportError, UnicodeError):
            folder.mkdir(parents=True, exist_ok=True)
            held = any(folder.glob(f"{files.partition('{')[0]}*"))
            if held and not resume:
                raise InputError(f"{folder}: holds {what}; resume them, or use a new folder")
            known = target.read_text("utf-8") if target.exists() else ""
            if not (held or known) and any(folder.iterdir()):
                raise InputError(f"{folder}: holds other files than {what}; use a new folder")
            # Results that do not say what they belong to may belong to anything.
            if resume and (held or known) and known != text:
                raise InputError(
                    f"{folder}: holds {what} of another input or settings; use a new folder"
                )
        with whole(target) as draft:
            draft.write_text(text, "utf-8")

    def get(self, number: int, make: Callable[[], T]) -> T:
        """A result, from its file or made and kept.

        Raises:
            ExportError: the file cannot be written, or holds something else.
        """
        path = self.folder / self.files.format(number)
        if path.exists():
            unreadable = f"{path}: not readable {self.what}"
            with refusing(unreadable, ExportError, ValueError, remedy="delete it"):
                return self._decode(path.read_bytes())
        made = make()
        with whole(path) as draft:
            draft.write_bytes(self._encode(made))
        return made
