"""The toolchain that lake uses: the official Lean with the official core.

Its compiler gets what the embedded one gets, exactly the sources that were rendered: an export's
lakefile or build folder could carry options, plugins or forged results.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from lipbridge.cache import content_key, file_sha256
from lipbridge.check.pins import LEAN_VERSION, TOOLCHAIN
from lipbridge.check.process import Children, Completed
from lipbridge.errors import NoCheckerError

_VERSION = re.compile(r"Lean \(version ([0-9][^\s),]*)")


@dataclass(frozen=True)
class Toolchain:
    """The compiler of the pinned toolchain, known by its version string alone.

    Attributes:
        executable: its ``lean``.
    """

    executable: Path

    name: ClassVar = "lake"
    version: ClassVar = LEAN_VERSION
    # Officially `Nat.land` is a recursion whose termination rests on it, and the check of a
    # certificate computes with that. In the small core it has no axiom.
    axioms: ClassVar = frozenset({"propext"})
    brings: ClassVar = ("Init",)

    @property
    def identified(self) -> str:
        """How it was identified."""
        return f"{self.executable} by what it answers to --version"

    @cached_property
    def key(self) -> str:
        """What modules that it compiled are kept by."""
        return content_key([self.version, str(self.executable), file_sha256(self.executable)])

    def run(self, arguments: Sequence[str], *, cwd: Path, children: Children) -> Completed:
        """Run ``lean ARGUMENTS`` in a child process; see :meth:`Compiler.run`."""
        variables = {"PATH": f"{self.executable.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        limit = f"-M{children.memory_mb}"
        return children.run(self.executable, [limit, *arguments], cwd=cwd, variables=variables)


def find_toolchain() -> Toolchain:
    """Find the pinned toolchain without making elan download anything.

    Raises:
        NoCheckerError: it is not there, or it is of another version.
    """
    elan = Path(os.environ.get("ELAN_HOME") or Path.home() / ".elan")
    folder = TOOLCHAIN.replace("/", "--").replace(":", "---")
    candidates = [elan / "toolchains" / folder / "bin/lean"]
    if on_path := shutil.which("lean"):
        candidates.append(Path(on_path))
    seen: list[str] = []
    for candidate in candidates:
        if candidate.is_file():
            version = _lean_version(candidate)
            if version == LEAN_VERSION:
                return Toolchain(candidate)
            seen.append(version or "unknown")
    found = f"lake here is for Lean {', '.join(seen)}" if seen else "lake is not installed"
    raise NoCheckerError(
        f"{found}; the check needs {TOOLCHAIN}: `elan toolchain install {TOOLCHAIN}`"
    )


def _lean_version(lean: Path) -> str:
    """What a Lean says it is; asked in a folder that pins no toolchain."""
    with tempfile.TemporaryDirectory(prefix="lipbridge-lake-") as folder:
        try:
            answer = Children(30).run(lean, ["--version"], cwd=Path(folder))
        except OSError:
            return ""
    match = _VERSION.search(answer.stdout)
    return match.group(1) if match and answer.code == 0 else ""
