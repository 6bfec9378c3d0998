"""The toolchain that lake uses: the official Lean with the official core.

Its compiler gets what the embedded one gets, exactly the sources that were rendered: an export's
lakefile or build folder could carry options, plugins or forged results.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from lipbridge.cache import content_key, file_identity
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
        """What modules that it compiled are kept by: each of its files that decides about them.

        Raises:
            NoCheckerError: it does not say where its libraries and its core are.
        """
        prefix = Path(_answer(self.executable, "--print-prefix"))
        libraries = prefix / "lib/lean"
        if not (prefix.is_absolute() and libraries.is_dir()):
            raise NoCheckerError(
                f"{self.executable} does not say where its libraries are (--print-prefix); {_MEND}"
            )
        core = [found for name in self.brings for found in libraries.glob(f"{name}/**/*.*")]
        files = (self.executable, prefix / "bin/lean", *libraries.glob("*.*"), *core)
        return content_key([self.version, sorted(file_identity(x) for x in files if x.is_file())])

    def run(self, arguments: Sequence[str], *, cwd: Path, children: Children) -> Completed:
        """Run ``lean ARGUMENTS`` in a child process; see :meth:`Compiler.run`."""
        return children.run(self.executable, [f"-M{children.memory_mb}", *arguments], cwd=cwd)


_MEND = f"the check needs {TOOLCHAIN}: `elan toolchain install {TOOLCHAIN}`"


def find_toolchain() -> Toolchain:
    """Find the pinned toolchain without making elan download anything.

    Raises:
        NoCheckerError: it is not there, or it is of another version.
    """
    seen: list[str] = []
    for candidate in _candidates():
        match = _VERSION.search(_answer(candidate, "--version"))
        if match and match.group(1) == LEAN_VERSION:
            return Toolchain(candidate)
        seen.append(match.group(1) if match else "unknown")
    found = "no `lean` of an official toolchain was found"
    if seen:
        found = f"the `lean` found here is of version {', '.join(dict.fromkeys(seen))}"
    raise NoCheckerError(f"{found}; {_MEND}")


def _candidates() -> Iterator[Path]:
    """Where elan keeps the pinned toolchain, then what is on the PATH."""
    elan = Path(os.environ.get("ELAN_HOME") or "~/.elan")
    folder = TOOLCHAIN.replace("/", "--").replace(":", "---")
    with suppress(RuntimeError):  # no home
        if (kept := elan.expanduser() / "toolchains" / folder / "bin/lean").is_file():
            yield kept
    for place in os.get_exec_path():
        found = shutil.which("lean", path=place)
        if found is not None and not _is_shim(Path(found).absolute()):
            yield Path(found).absolute()


def _is_shim(lean: Path) -> bool:
    """Whether it is elan, which lies beside: settings decide what that runs, or downloads."""
    return any((path.parent / "elan").exists() for path in (lean, lean.resolve()))


def _answer(lean: Path, question: str) -> str:
    """What a Lean says of itself, a line; asked in a folder that pins no toolchain."""
    with tempfile.TemporaryDirectory(prefix="lipbridge-lake-") as folder:
        try:
            answer = Children(30).run(lean, [question], cwd=Path(folder))
        except OSError:
            return ""
    return answer.stdout.strip() if answer.code == 0 else ""
