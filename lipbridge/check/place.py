"""Where one module is compiled: a folder of its own, the only one that its process writes in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lipbridge.check.embedded import Compiler
from lipbridge.check.lake import Toolchain
from lipbridge.check.messages import Message, read_messages
from lipbridge.check.process import Children
from lipbridge.check.sources import Module
from lipbridge.files import refusing_temporary

_OLEAN, _SETUP = "module.olean", "setup.json"
# What Lean says where there is no room.
_UNWRITTEN = f"failed to write '{_OLEAN}'"


@dataclass(frozen=True)
class Place:
    """The place of one compilation.

    Attributes:
        compiler: the compiler.
        children: limits of its process.
        olean: where the compiled module is put, beside the folder.
        threads: options that say how many threads it has.
    """

    compiler: Compiler | Toolchain
    children: Children
    olean: Path
    threads: Sequence[str]

    def compile(self, module: Module, compiled: Mapping[str, Path]) -> tuple[Message, ...]:
        """What the compiler says; the compiled module is there if it says no error.

        Args:
            module: what is compiled, as a copy of its source.
            compiled: compiled modules by name, those that it imports among them.

        Raises:
            ExportError: there is no room.
        """
        folder = self.olean.with_suffix("")
        source, written = folder / module.path, folder / _OLEAN
        options = ["--json", *self.threads, f"--setup={_SETUP}", f"-o{_OLEAN}"]
        try:
            with refusing_temporary(self.olean.parent):
                source.parent.mkdir(parents=True)
                source.write_bytes(module.source)
                (folder / _SETUP).write_text(json.dumps(self._setup(module, compiled)), "utf-8")
            done = self.compiler.run([*options, module.path], cwd=folder, children=self.children)
            if _UNWRITTEN in done.stderr:  # which says nothing of what is proved
                with refusing_temporary(self.olean.parent):
                    raise OSError("the compiler's file is not written")
            messages = read_messages(done, self.children)
            if not any(message.is_error for message in messages):
                if written.is_symlink() or not written.is_file():
                    return (Message("", 0, 0, "error", "", "the compiler wrote no module"),)
                written.replace(self.olean)
            return messages
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _setup(self, module: Module, compiled: Mapping[str, Path]) -> dict[str, Any]:
        """Lean's module setup: exactly these imports, from exactly these files."""
        return {
            "name": module.name,
            "isModule": False,
            "imports": [
                {"module": name, "importAll": False, "isExported": True, "isMeta": False}
                for name in (*self.compiler.brings, *module.imports)
            ],
            # Lean loads the imports of imports by itself and looks them up here.
            "importArts": {name: [[str(path)]] for name, path in compiled.items()},
            "dynlibs": [],
            "plugins": [],
            "options": {},
        }
